"""Positions that words name otherwise than brackets do: "(1,3), i.e. in column 1 and row 3"."""

from __future__ import annotations

from collections.abc import Container

from grader.kinds._positions_said import Position
from grader.model.expressions import Expr, Index, Name, Relation, base_name
from grader.model.patterns import later


def told_otherwise(text: str, given: tuple[Position, ...]) -> bool:
    """Whether words name another row and column, counted from 0 or 1: "(1,3), i.e. in column 1 and row 3"."""
    said = [
        (int(found["r"] or found["r2"]), int(found["c"] or found["c2"])) for found in _ROW_AND_COLUMN.finditer(text)
    ]
    known = {*given, *(tuple(k + 1 for k in position) for position in given)}
    return bool(said) and all(place not in known for place in said)


_AXIS_NUMBER = r"\W{0,3}(?:no\.? |nr\.? |number |index )?\$?(?P<%s>\d+)\b"
_ROW_AND_COLUMN = later(
    rf"\brow{_AXIS_NUMBER % 'r'}\W+(?:and |in |the )*col(?:umn)?{_AXIS_NUMBER % 'c'}"
    rf"|\bcol(?:umn)?{_AXIS_NUMBER % 'c2'}\W+(?:and |in |the )*row{_AXIS_NUMBER % 'r2'}",
    holds=("row",),
)


def array_named(expr: Expr | None, arrays: Container[str]) -> str:
    """Which of some arrays an expression takes an element of, `X[1,3]`, `x_{13} = 6`; "" for none."""
    first = expr.operands[0] if isinstance(expr, Relation) else expr
    if isinstance(first, Index):
        return base_name(first) if base_name(first) in arrays else ""
    letter = first.name[0] if isinstance(first, Name) and first.name[-1:].isdecimal() else ""
    return next((name for name in (letter, letter.upper()) if name and name in arrays), "")
