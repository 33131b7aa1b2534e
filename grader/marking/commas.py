"""Decimal commas in lists and formulas: `x_1 = 1,5 und x_2 = -0,5`, `(0,5; 2,5)`, `2 + 12t - 4,905t^2`."""

from __future__ import annotations

from collections.abc import Callable

from grader.kinds._decimal_commas import read_with_points, read_with_thousands
from grader.kinds.kind import View
from grader.model.patterns import later
from grader.model.results import Finding
from grader.prepare.parts import PreparedPart

_KINDS = frozenset(["set", "array", "equals", "property"])
_NUMBER = r"\d+(?:,|\{,\})\d+"
_APART = later(rf"{_NUMBER}[^,;\n]{{0,20}}?(?:;|[<>≤≥]|\\leq?|\b(?:und|oder|and|or)\b)[^,;\n]{{0,20}}?{_NUMBER}")
_PAIR = later(r"[(\[]\s*[-−]?\d+\s*,\s*[-−]?\d+\s*[)\]]")  # a point, or an interval
_JOINED = later(rf"{_NUMBER}[\s$]*,[\s$]*[-−]?\d|\d[\s$]*,[\s$]+[-−]?{_NUMBER}")
_LISTED = later(r"[,;\[]|\\\{|\A\s*\{|±|\\pm")


def with_commas_read(prepared: PreparedPart, view: View, judge: Callable[[PreparedPart, View], Finding]) -> Finding:
    """The finding, or that with decimal commas as points where it earns more.

    Where commas may as well part the entries of a list, the answer is a person's.
    """
    finding = judge(prepared, view)
    if prepared.kind is None or prepared.kind.name not in _KINDS:
        return finding
    if prepared.kind.name in ("set", "array"):
        finding = read_with_thousands(finding, view, lambda told: judge(prepared, told))
    text = _PAIR.sub(" ", view.answer.text)
    lists = prepared.kind.name != "equals" or _LISTED.search(getattr(prepared.part.fields.get("equals"), "text", ""))
    certain = _APART.search(text) is not None and _JOINED.search(text) is None
    return read_with_points(finding, view, lambda told: judge(prepared, told), certain if lists else None)
