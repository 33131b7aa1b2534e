"""The last formula of an answer, if it follows from others or says once more what the one before it says."""

from __future__ import annotations

import re

from grader.equality.answers import compare
from grader.equality.verdicts import EQUAL
from grader.kinds.kind import View
from grader.model.records import NamedTuple

_DELIMITED = ("math", "display")


class Concluded(NamedTuple):
    """A formula that an answer ends with."""

    place: tuple[int, int]
    read_as: str


def said_again(gold: str, assume: str, view: View) -> Concluded | None:
    """The last formula, if it says once more what the one before it says: "$z = 2 + 4(x-1)$, or $z = 4x - 2$"."""
    runs = [run for block in view.answer.blocks for run in block.runs]
    last = next((place for place in reversed(range(2, len(runs))) if runs[place].kind in _DELIMITED), 0)
    if not last or runs[last - 2].kind not in _DELIMITED or not _AGAIN.fullmatch(runs[last - 1].text):
        return None
    around = "".join(run.text for run in (*runs[: last - 1], *runs[last + 1 :]) if run.kind not in _DELIMITED)
    if TURNED.search(around) or any(map(str.isalnum, "".join(run.text for run in runs[last + 1 :]))):
        return None
    pair = [compare(gold, runs[place].text, assume=assume) for place in (last - 2, last)]
    place = (runs[last].span.start, runs[last].span.stop)
    return Concluded(place, pair[1].answer_as) if all(one.verdict == EQUAL for one in pair) else None


_AGAIN = re.compile(
    r"[\s,;(]*(?:or|i\.? ?e\.?|that is|which is|equivalently|in other words|simplified)"
    r"(?:,? (?:equivalently|simplified|simply|also|just|the same as))?[\s,:]*",
    re.IGNORECASE,
)


def concluded(gold: str, assume: str, view: View) -> Concluded | None:
    """The last formula, if it is right and follows from others: `$Y(1 - a) = X$, so $H = \\frac{1}{1-a}$`."""
    runs = [run for block in view.answer.blocks for run in block.runs]
    last = next((place for place in reversed(range(1, len(runs))) if runs[place].kind in _DELIMITED), 0)
    if not last or any(map(str.isalnum, "".join(run.text for run in runs[last + 1 :]))):
        return None
    place = (runs[last].span.start, runs[last].span.stop)
    if not _SO.search(runs[last - 1].text) or TURNED.search(view.answer.text):
        return None
    found = compare(gold, runs[last].text, assume=assume)
    return Concluded(place, found.answer_as) if found.verdict == EQUAL else None


_SO = re.compile(
    r"\b(so|hence|thus|therefore|consequently|which (gives|yields|means)|it follows|we (get|obtain)"
    r"|gives|yields)[\s,:]*(that|we (have|get|obtain))?[\s,:]*\Z",
    re.IGNORECASE,
)
TURNED = re.compile(r"\b(not?|never|but|or|wrong|instead|either|assum\w*|suppose|if)\b|n't", re.IGNORECASE)
