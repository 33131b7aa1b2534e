"""Several results of one program, each with its share: names of a snippet, positions of what a function gives."""

from __future__ import annotations

from collections.abc import Sequence
from fractions import Fraction
from typing import Any

import numpy as np

from grader.programs.arrays import array_of, from_list
from grader.programs.cases import Case, Task
from grader.programs.compare import Rule, Verdict, compare
from grader.programs.runs import Trial
from grader.sandbox.values import Array, Returned

_ONE, _ZERO = Fraction(1), Fraction(0)
# What is left of the credit of a value that is right but for its type, in the cases in which it is.
FORMS: dict[str, Fraction] = {
    "returns-list": Fraction(4, 5),
    "returns-matrix": Fraction(4, 5),
    "number-in-array": Fraction(4, 5),
    "column-for-vector": Fraction(4, 5),
    "vector-for-column": Fraction(4, 5),
    "extra-axis": Fraction(4, 5),
    "lost-axis": Fraction(4, 5),
    "dtype-differs": Fraction(3, 4),
    "list-for-set": Fraction(4, 5),
    "set-for-list": Fraction(4, 5),
    "number-for-truth": Fraction(4, 5),
    "text-spelt": Fraction(4, 5),
    "results-exchanged": Fraction(4, 5),
}
# Of what is right or wrong only a person can tell: no other result beside it may hide that.
OPEN = frozenset(["property-open", "value-open", "rounding-open", "order-open", "among-others", "in-mapping"])


def together(
    verdicts: Sequence[Verdict],
    names: tuple[str, ...],
    shares: tuple[Fraction, ...],
    idle: frozenset[int] = frozenset(),
) -> Verdict:
    """Of several results, the first that is not right; what the others earn stays, but of those that are `idle`."""
    named = list(zip(verdicts, names, shares, strict=True))
    counted = [(one, share) for place, (one, _, share) in enumerate(named) if one.right and place not in idle]
    if all(one.right for one in verdicts):
        counted = [(one, share) for one, _, share in named]
    part = sum((share * FORMS.get(one.id, _ONE) for one, share in counted), _ZERO)
    forms = tuple(one.id for one, _ in counted if one.id)
    if all(one.right for one in verdicts):
        return next((one._replace(part=part, forms=forms) for one in verdicts if one.id), Verdict(True))
    wrong = [(one, name) for one, name, _ in named if not one.right]
    first, name = next(((one, name) for one, name in wrong if one.id in OPEN), wrong[0])
    missed = ", ".join(name for _, name in wrong)
    return first._replace(part=part, forms=forms, facts=(*first.facts, ("name", name), ("missed", missed)))


def by_position(whole: Verdict, found: Any, expected: Any, rule: Rule, task: Task, idle: frozenset[int]) -> Verdict:
    """What came back of a function, result by result; as a `whole` where all is right, or where it cannot be told
    which of the results is which."""
    if (whole.right and whole.id in ("", "results-exchanged")) or not _is_apart(expected, task):
        return whole
    if not _is_apart(found, task) or (rule.exactly and type(found) is not type(expected)):
        return whole
    verdicts = [compare(one, other, rule) for one, other in zip(expected, found, strict=True)]
    return together(verdicts, task.positions, task.shares, idle)


def _is_apart(value: Any, task: Task) -> bool:
    return isinstance(value, tuple | list) and len(value) == len(task.positions)


def idle_positions(pairs: Sequence[tuple[Case, Trial]], task: Task) -> frozenset[int]:
    """The results of a function that are the same whatever it is given, though others are expected.

    `return labels, 0` is right by chance where no row is far from its centre. It is looked at without the published
    cases too: an example that is written into a program makes no other result of a constant.
    """
    if not task.positions:
        return frozenset()
    rows: list[tuple[bool, Any, Any]] = [
        (case.hidden, case.expected[0], trial.answer.value)
        for case, trial in pairs
        if not case.raises and case.expected and isinstance(trial.answer, Returned)
    ]
    rows = [row for row in rows if _is_apart(row[1], task) and _is_apart(row[2], task)]
    unseen = [row for row in rows if row[0]]
    return frozenset(
        place
        for some in (rows, unseen)
        for place in range(len(task.positions))
        if len(some) > 1 and _is_same([row[2][place] for row in some]) and not _is_same([row[1][place] for row in some])
    )


def unvaried(task: Task) -> list[str]:
    """The names of results of which the same is expected in all of several cases."""
    wanted = [case.expected[0] for case in task.cases if not case.raises and case.expected]
    if len(wanted) < 2:
        return []
    return [name for place, name in enumerate(task.positions) if _is_same([one[place] for one in wanted])]


def _is_same(values: Sequence[Any]) -> bool:
    looks = [_look(value) for value in values]
    return all(look is not None and look == looks[0] for look in looks)


def _look(value: Any) -> Any:
    """What tells a value from others; of numbers that are all alike, whatever their count, that number."""
    if isinstance(value, list | tuple):
        listed = from_list(value)
        value = tuple(map(_look, value)) if listed is None else listed
    if isinstance(value, Array):
        value = array_of(value)
    if isinstance(value, bool | int | float | complex | np.generic):
        value = np.asarray(value)
    if not isinstance(value, np.ndarray):
        return value if isinstance(value, str | tuple) else None
    if value.dtype.kind not in "iufbc":
        return None
    alike = value.size > 0 and bool(np.all(value == value.flat[0]))
    return ("alike", complex(value.flat[0])) if alike else (value.shape, value.astype(complex).tobytes())
