"""An order told in other words than its number: "fourth order", "4th order", `O(h^4)`, `e \\propto h^4`."""

from __future__ import annotations

from grader.kinds._agreement import Expected
from grader.kinds.kind import View, right
from grader.model.patterns import later
from grader.model.results import Finding
from grader.notation.reading import Claim

_ORDINALS = ("first", "second", "third", "fourth", "fifth", "sixth", "seventh", "eighth", "ninth", "tenth")
_STEP = r"(?:h|n|k|\\?[Dd]elta\s*[xt]|Δ\s?[xt]|d[xt]|\\tau|\\varepsilon|\\epsilon)"
_POWER = rf"{_STEP}\s*(?:\^\s*\{{?\s*(?P<%s>\d)\s*\}}?|(?P<%s>[²³⁴⁵⁶⁷⁸⁹]))"
_ORDER = later(
    rf"\b(?P<ordinal>{'|'.join(_ORDINALS)})(?:[- ]order\b)|\b(?P<counted>\d{{1,2}})(?:st|nd|rd|th)[- ]order\b"
    rf"|(?:\\mathcal\s*\{{?\s*O\s*\}}?|(?<![A-Za-z])O)\s*(?:\\left)?\(\s*{_POWER % ('large', 'raised')}"
    rf"|(?:\\propto|∝|\\sim|∼)\s*{_POWER % ('grown', 'lifted')}(?![\d.])"
)
_DENIES = later(r"\b(?:not|no|never|instead|but|or)\b|n['’]t\b")
_RAISED = "⁰¹²³⁴⁵⁶⁷⁸⁹"


def order_found(expected: Expected, view: View) -> Finding | None:
    """The finding for an order that is told in words and is right: "fourth order" for 4."""
    told = order_said(view.answer.text) if expected.rule is None and view.places is None else None
    if told is None or told[0] != expected.value:
        return None
    words = view.answer.text[told[1] : told[2]]
    start = view.answer.document.text.find(words, view.base)
    return right((Claim(None, (start - view.base, start - view.base + len(words))),), words) if start >= 0 else None


def order_said(text: str) -> tuple[int, int, int] | None:
    """The order that an answer tells, with where the words for it stand; None where none or several are told."""
    found = list(_ORDER.finditer(text))
    orders = {_order(hit.groupdict()) for hit in found}
    if len(orders) != 1 or _DENIES.search(text) is not None:
        return None
    return orders.pop(), found[-1].start(), found[-1].end()


def _order(said: dict[str, str | None]) -> int:
    if (ordinal := said["ordinal"]) is not None:
        return _ORDINALS.index(ordinal.lower()) + 1
    typed = said["counted"] or said["large"] or said["grown"]
    return int(typed) if typed else _RAISED.index(said["raised"] or said["lifted"] or "")
