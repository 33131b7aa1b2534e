"""A list of points that the other parts of its question tell: "(0,0) saddle, (2,2) minimum" says all of them."""

from __future__ import annotations

import re
from collections.abc import Callable
from fractions import Fraction

from grader.kinds.kind import View
from grader.marking.named_points import EACH_POINT
from grader.marking.outcomes import combined
from grader.marking.right_beside import review_told
from grader.model.patterns import later
from grader.model.results import Mark, Status
from grader.prepare.parts import PreparedPart

_FEWEST = 2  # parts beside the list
_TURNED = later(r"\b(?:not?|never|neither|nor|but|wrong|instead|only|except|maybe)\b|n['’]t\b", re.IGNORECASE)


def with_points_told(
    prepared: PreparedPart, view: View, mark: Mark, marked: Callable[[PreparedPart, View], Mark]
) -> Mark:
    """The mark, where a list of points has no words of its own, and the other parts classify all that it lists.

    It is right where the answer names these points and no other; else, where all of the other parts are right, a person
    decides.
    """
    lists = [part.kind is not None and part.kind.name == "set" for part in prepared.parts]
    blank = [number for number, one in enumerate(mark.parts) if one.status is Status.BLANK]
    if not all(lists) or len(lists) <= _FEWEST or len(blank) != 1 or not _is_union(prepared, blank[0]):
        return mark
    others = [one.status for number, one in enumerate(mark.parts) if number != blank[0]]
    if not {Status.RIGHT, Status.WRONG}.issuperset(others):
        return mark
    before, own = mark.parts[blank[0]], marked(prepared.parts[blank[0]], view)
    elements = prepared.parts[blank[0]].expected.elements
    told = ", ".join(dict.fromkeys(found[0] for found in EACH_POINT.finditer(view.answer.text)))
    if _TURNED.search(view.answer.text) is None and _points(told) == {_plain(one) for one in elements}:
        own = own._replace(credit=Fraction(1), least=Fraction(1), most=Fraction(1), status=Status.RIGHT, reasons=())
        own = own._replace(read_as=f"{{{told}}}", hint="", explain="")
    else:
        own = before if Status.WRONG in others else review_told(own)
    parts = tuple(own if number == blank[0] else one for number, one in enumerate(mark.parts))
    return combined(prepared, parts)._replace(id=mark.id, max=mark.max)


def _points(text: str) -> set[tuple[Fraction, ...]]:
    texts = [re.sub(r"[()\s]", "", found[0]).replace("−", "-") for found in EACH_POINT.finditer(text)]
    return {tuple(Fraction(one) for one in re.split(r"[,|;]", text)) for text in texts if not text.endswith("/0")}


def _plain(element: object) -> object:
    return tuple(Fraction(one) for one in element) if isinstance(element, tuple) else element


def _is_union(prepared: PreparedPart, number: int) -> bool:
    """Whether a part lists points, namely what the other parts list together."""
    elements = [list(part.expected.elements) for part in prepared.parts]
    if not all(isinstance(one, tuple) and all(map(_is_real, one)) for one in elements[number]):
        return False
    others = [one for at, own in enumerate(elements) if at != number for one in own]
    return len(others) == len(elements[number]) and all(one in others for one in elements[number])


def _is_real(value: object) -> bool:
    return isinstance(value, int | float | Fraction)
