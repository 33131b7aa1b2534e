"""Derivatives of one function one after the other, `f_x = ..., f_{xy} = ...`: the last one answers."""

from __future__ import annotations

from collections.abc import Sequence

from grader.model.patterns import later
from grader.model.records import NamedTuple

_LETTER = r"\\?[A-Za-z]+"
_LEFTS = (
    later(rf"(?P<of>{_LETTER})(?P<primes>'*)\s*(?:\([^()=]{{1,12}}\))?"),
    later(rf"(?P<of>{_LETTER})_\s*\{{?\s*(?P<by>[a-z]{{1,4}})\s*\}}?\s*(?:\([^()=]{{1,12}}\))?"),
    later(
        rf"\\[dt]?frac\s*\{{\s*(?:\\partial|d|\\mathrm\s*\{{\s*d\s*\}})\s*(?:\^\s*\{{?\s*(?P<order>\d)\s*\}}?)?\s*"
        rf"(?P<of>{_LETTER})\s*\}}\s*\{{[^{{}}=]*(?:\{{[^{{}}]*\}}[^{{}}=]*)*\}}"
    ),
    later(r"(?:∂|d)(?P<raised>[²³])?(?P<of>[A-Za-z])\s*/\s*(?:\(?(?:∂|d)[a-z][²³]?\s*)+\)?"),
)


class _Derivative(NamedTuple):
    of: str
    order: int


def are_lower(earlier: Sequence[str], last: str) -> bool:
    """Whether each of several equations gives a derivative of the same function, of a lower order than the last one."""
    found = [_derivative(one) for one in (*earlier, last)]
    orders = [one.order for one in found if one is not None]
    same = {one.of for one in found if one is not None}
    return len(orders) == len(found) > 1 and len(same) == 1 and max(orders[:-1]) < orders[-1]


def _derivative(equation: str) -> _Derivative | None:
    """What stands left of the first equals sign, as a derivative: `f` is one of order 0."""
    left, sign, _ = equation.strip(" .\n").partition("=")
    for pattern in _LEFTS if sign else ():
        found = pattern.fullmatch(left.strip())
        if found is None:
            continue
        told = found.groupdict()
        if "by" in told:
            return _Derivative(told["of"], len(told["by"]))
        if "primes" in told:
            return _Derivative(told["of"], len(told["primes"]))
        raised = {"²": 2, "³": 3}.get(told.get("raised") or "", 1)
        return _Derivative(told["of"], int(told.get("order") or raised))
    return None
