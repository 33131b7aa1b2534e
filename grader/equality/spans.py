"""Spans of vectors that are written out: `span{(1, 0, 1), (0, 1, 0)}` is the same space whatever its basis."""

from __future__ import annotations

import re
from fractions import Fraction

from grader.equality.scalars import exact_value
from grader.equality.verdicts import DIFFERENT, EQUAL, UNDECIDED, Found
from grader.model.errors import Undecided, Unreadable
from grader.model.expressions import Expr, Group
from grader.notation.dialect import Dialect
from grader.notation.formula import read_formula

_SPAN = re.compile(
    r"[\s$]*(?:(?P<name>[A-Za-z]\w*(?:\([A-Za-z]\))?)\s*=\s*)?\\?(?:operatorname\*?\s*|mathrm\s*|text\s*)?\{?\s*"
    r"(?:span|Span|gen)\s*\}?\s*(?:\\left)?\s*\\?[{(](?P<vectors>.*?)(?:\\right)?\\?[})][\s$.]*",
    re.DOTALL,
)
_TURNED = re.compile(
    r"(?<=[)\]])\s*(?:\^\s*\{?\s*(?:T|\\top|\\intercal|\\mathsf\{T\}|\\mathrm\{T\})\s*\}?|ᵀ|')(?=\s*(?:[,;]|$|\\))"
)  # (1, 2)^T
_MOST = 2_000  # characters
_Rows = list[list[Fraction]]


def compare_spans(gold: str, answer: str, dialect: Dialect) -> Found | None:
    """Two spans by the rank of their vectors; None where not both are spans."""
    if "pan" not in gold or "pan" not in answer or max(len(gold), len(answer)) > _MOST:
        return None
    found = [_SPAN.fullmatch(text) for text in (gold, answer)]
    if not all(found):
        return None
    tables = [_vectors(one["vectors"], dialect) for one in found if one is not None]
    if any(table is None for table in tables):
        return Found(UNDECIDED, "the vectors of a span are not written out in numbers")
    one, other = (table for table in tables if table is not None)
    if len({len(row) for row in (*one, *other)}) > 1:
        return Found(DIFFERENT, "these are spans of vectors of different lengths")
    names = {side["name"] for side in found if side is not None and side["name"]}
    if len(names) > 1:
        return Found(UNDECIDED, "these are spaces with different names")
    if rank(one) == rank(other) == rank([*one, *other]):
        return Found(EQUAL, "both are the same space")
    return Found(DIFFERENT, "one of them has a vector that is not in the other")


def spanned(text: str, dialect: Dialect) -> list[list[Fraction]] | None:
    """The vectors of one span that is written out in numbers; None for any other text."""
    found = _SPAN.fullmatch(text) if "pan" in text and len(text) <= _MOST else None
    rows = _vectors(found["vectors"], dialect) if found is not None else None
    return rows if rows and len({len(row) for row in rows}) == 1 else None


def _vectors(text: str, dialect: Dialect) -> _Rows | None:
    try:
        expr = read_formula(_TURNED.sub("", text), dialect).expr
        listed = expr.items if isinstance(expr, Group) and _holds_lists(expr) else (expr,)
        rows = [[exact_value(entry) for entry in _entries(one)] for one in listed]
    except (Unreadable, Undecided, ArithmeticError):
        return None
    known = [[entry for entry in row if entry is not None] for row in rows]
    return known if rows and all(row and len(row) == len(own) for row, own in zip(rows, known, strict=True)) else None


def _holds_lists(expr: Group) -> bool:
    return expr.brackets == "" and all(isinstance(item, Group) for item in expr.items)


def _entries(expr: Expr) -> tuple[Expr, ...]:
    """The entries of a row or a column."""
    if not isinstance(expr, Group):
        return ()
    if all(isinstance(item, Group) and len(item.items) == 1 for item in expr.items):
        return tuple(item.items[0] for item in expr.items if isinstance(item, Group))
    return expr.items


def rank(rows: list[list[Fraction]]) -> int:
    """How many rows are independent of each other."""
    left = [list(row) for row in rows]
    rank = 0
    for column in range(len(left[0])):
        pivot = next((row for row in left[rank:] if row[column]), None)
        if pivot is None:
            continue
        left.remove(pivot)
        left.insert(rank, pivot)
        for row in left[rank + 1 :]:
            factor = row[column] / pivot[column]
            row[:] = [a - factor * b for a, b in zip(row, pivot, strict=True)]
        rank += 1
    return rank
