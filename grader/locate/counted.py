"""Numbers that only count the parts of a sheet or of a problem: `1. a.`, `2. b.`"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from itertools import pairwise

from grader.locate.labels import Label

_FEWEST = 4


def only_counted(found: Sequence[tuple[Label | None, bool]]) -> Mapping[int, Label]:
    """The labels of the parts without their counts, by place; empty where the numbers are those of problems.

    Each possible label comes with whether it is a heading. The counts go on below the next heading, `3. a.`, `4. b.`,
    or begin again. As labels of problems and parts, 1a is followed by 1b or 2a.
    """
    counted = [
        (at, label)
        for at, (label, heading) in enumerate(found)
        if label is not None and not heading and len(label.path) == 2 and label.path[1].isalpha()
    ]
    numbers = [label.path[0] for _, label in counted]
    letters = [label.path[1] for _, label in counted]
    restarts = "b" in letters and any(before > after == "a" for before, after in pairwise(letters))
    whole = len(counted) >= _FEWEST and restarts and numbers == [str(at + 1) for at in range(len(counted))]
    if not whole and not _begin_again(found):
        return {}
    return {at: label._replace(path=label.path[1:], stops=label.stops[1:]) for at, label in counted}


def _begin_again(found: Sequence[tuple[Label | None, bool]]) -> bool:
    """Whether below each problem's heading, and nowhere else, stand `1. a.`, `2. b.` and so on."""
    below: list[list[tuple[str, ...]]] = []
    for label, heading in found:
        path = label.path if label is not None else ()
        if heading and len(path) == 1:
            below.append([])
        elif below and len(path) == 2:
            below[-1].append(path)
        else:
            return False
    alike = [[(str(at + 1), chr(ord("a") + at)) for at in range(len(paths))] for paths in below]
    return bool(below) and all(len(paths) > 1 for paths in below) and alike == below
