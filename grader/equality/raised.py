"""Exponents typed without brackets: `e^-3x` may mean e^(-3x), and is e^(-3) times x by the rules."""

from __future__ import annotations

import re

from grader.model.expressions import Expr, Name, Num, Op, rebuilt

_UNGROUPED = re.compile(r"(?:\^|\*\*)\s?[-−]?\s?\d+(?:\.\d+)?\s?\*?\s?[A-Za-z\\]")


def may_go_on(text: str) -> bool:
    """Whether letters stand directly behind an exponent without brackets."""
    return _UNGROUPED.search(text) is not None


def with_whole_exponents(expr: Expr) -> Expr:
    """`e^-3x` as e^(-3x), wherever a power of e by a number has a factor behind it."""
    if isinstance(expr, Op) and expr.op == "mul" and len(expr.args) == 2:
        left, right = (with_whole_exponents(arg) for arg in expr.args)
        grown = _raised(left, right) if expr.sign in ("", "*") else None
        return grown if grown is not None else expr._replace(args=(left, right))
    return rebuilt(expr, with_whole_exponents)


def _raised(left: Expr, factor: Expr) -> Expr | None:
    """The left side with the factor in the exponent of its last power; None where that is no power of e."""
    if not isinstance(left, Op) or not left.args:
        return None
    if left.op in ("mul", "neg"):
        inner = _raised(left.args[-1], factor)
        return None if inner is None else left._replace(args=(*left.args[:-1], inner))
    if left.op != "pow" or not isinstance(left.args[0], Name) or left.args[0].name != "e":
        return None
    exponent = left.args[1]
    number = exponent.args[0] if isinstance(exponent, Op) and exponent.op == "neg" else exponent
    if not isinstance(number, Num) or isinstance(factor, Num):
        return None
    return left._replace(args=(left.args[0], Op("mul", (exponent, factor), exponent.place, "")))
