"""An expression set as LaTeX and read again is the same expression."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from grader.model.errors import Unreadable
from grader.model.expressions import Bound, Expr, Num, Op, Unit
from grader.notation.dialect import USUAL_FUNCTIONS, Dialect
from grader.notation.formula import functions_in, read_formula, words_in
from grader.notation.typesetting import latex

GOLDEN = Path(__file__).parent / "golden" / "equality"


def formulas() -> list[str]:
    """Every formula of the golden tables."""
    cells = {
        cell.strip(" `")
        for page in GOLDEN.glob("*.md")
        for line in page.read_text("utf-8").splitlines()
        if line.startswith("| `")
        for cell in line.removeprefix("|").rpartition("|")[0].rpartition("|")[0].split("` | `")
    }
    return sorted(cells)


def read(text: str, words: frozenset[str] = frozenset(), functions: frozenset[str] | None = None) -> Expr:
    """A formula as two people read it."""
    functions = functions_in(text) if functions is None else functions
    dialect = Dialect(free=True, words=words_in(text) | words, functions=USUAL_FUNCTIONS | functions, units=True)
    return read_formula(text, dialect).expr


def shape(expr: Any) -> Any:
    """A tree without places and without the way numbers, quotients and units were typed."""
    if isinstance(expr, Num):
        return ("number", expr.value)
    if isinstance(expr, Unit):
        return ("unit", expr.text.replace("{", "").replace("}", ""))
    if isinstance(expr, Op) and expr.op != "mul":
        return (expr.op, *map(shape, expr.args))
    if isinstance(expr, Bound):
        return ("bound", expr.index, shape(expr.low), shape(expr.high))
    if hasattr(expr, "_fields"):
        return (type(expr).__name__, *(shape(getattr(expr, name)) for name in expr._fields if name != "place"))
    return tuple(map(shape, expr)) if isinstance(expr, tuple) else expr


@pytest.mark.parametrize("text", formulas())
def test_latex_reads_back(text: str) -> None:
    """What is read from LaTeX that was made of a reading is that reading, and its LaTeX is the same."""
    try:
        expr = read(text)
    except Unreadable:
        return
    typeset = latex(expr)
    again = read(typeset, words_in(text), functions_in(text))
    assert shape(again) == shape(expr), typeset
    assert latex(again) == typeset


_LEAVES = st.sampled_from(["x", "y", "n", "2", "0.5", r"\alpha", "x_1", r"\hat{y}", "x_i", "f(x)"])


def _grown(inner: st.SearchStrategy[str]) -> st.SearchStrategy[str]:
    pair = st.tuples(inner, inner)
    return st.one_of(
        pair.map(lambda two: rf"\frac{{{two[0]}}}{{{two[1]}}}"),
        pair.map(lambda two: rf"\left({two[0]}\right)^{{{two[1]}}}"),
        pair.map(lambda two: rf"({two[0]}) - ({two[1]})"),
        pair.map(lambda two: rf"({two[0]})({two[1]})"),
        pair.map(lambda two: rf"({two[0]}) \cdot -({two[1]})"),
        pair.map(lambda two: rf"({two[0]})/({two[1]})"),
        inner.map(lambda one: rf"-({one})"),
        inner.map(lambda one: rf"\sqrt{{{one}}}"),
        inner.map(lambda one: rf"\sin({one})"),
        inner.map(lambda one: rf"({one})!"),
        inner.map(lambda one: rf"|{one}|"),
        inner.map(lambda one: rf"\sum_{{i=1}}^{{n}} ({one})"),
        inner.map(lambda one: rf"\int_0^1 ({one}) \, dx"),
        inner.map(lambda one: rf"\left.{one}\right|_{{x=1}}"),
    )


@settings(max_examples=150, deadline=None)
@given(st.recursive(_LEAVES, _grown, max_leaves=8))
def test_any_formula_reads_back(text: str) -> None:
    """Signs, quotients, powers and what binds a letter, inside each other in any order."""
    expr = read(text)
    assert shape(read(latex(expr))) == shape(expr)
