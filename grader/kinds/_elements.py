"""The elements of a set as a student lists them."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from grader.kinds._numbers import value_of
from grader.kinds._points import is_point_of_letters
from grader.model.expressions import Call, Expr, Group, Index, Name, Relation

Element = Any  # a number, or a tuple of numbers
EQUAL = frozenset(["=", "~", "in"])


def elements_of(expr: Expr | None) -> frozenset[Element] | None:
    """The elements a student lists; None if it is no list."""
    if isinstance(expr, Relation):
        return elements_of(expr.operands[-1]) if says(expr) else None
    if isinstance(expr, Name) and expr.name == "emptyset":
        return frozenset()
    if not isinstance(expr, Group) or expr.brackets == "()":
        return None
    found = []
    for item in expr.items:
        value = value_of(item) if not isinstance(item, Group) else tuple(value_of(part) for part in item.items)
        if value is None or (isinstance(value, tuple) and None in value):
            return None
        found.append(value)
    return frozenset(found)


def says(expr: Relation) -> bool:
    """Whether an equation says what a name is: not "x != 1", and not "2x = 1"; of a set also `sigma(A) = {2, 5}`."""
    left, right = expr.operands[0], expr.operands[-1]
    named = isinstance(left, Name | Index | None) or is_point_of_letters(left)
    braced = isinstance(right, Group) and right.brackets == "{}"
    spectrum = braced and isinstance(left, Call) and left.function == "sigmoid" and isinstance(left.args[0], Name)
    return set(expr.ops) <= EQUAL and (named or spectrum)


def listed(elements: Iterable[Element]) -> str:
    """The elements in an order that does not change, for a message."""
    return ", ".join(map(_text, sorted(elements, key=str)))


def _text(element: Element) -> str:
    return f"({', '.join(map(_text, element))})" if isinstance(element, tuple) else str(element)
