"""Arrays of numbers: what a rubric lists or computes, and what an expression of a student lists."""

from __future__ import annotations

from decimal import Decimal
from fractions import Fraction
from typing import Any

import numpy as np

from grader.kinds._imaginary import speaks_of, with_unit
from grader.kinds._scaled_lists import scaled
from grader.kinds.kind import Setup
from grader.maths.evaluation import evaluate
from grader.maths.scope import Scope
from grader.maths.values import Value
from grader.model.errors import Unreadable
from grader.model.expressions import Call, Expr, Group, Op, Relation
from grader.model.rubrics import Node, Sequence

_PLAIN = Scope({})


def read_array(node: Node, setup: Setup, imaginary: bool = False) -> np.ndarray | None:
    """An array of a rubric: nested lists of expressions, or one expression. Records faults.

    With `imaginary`, `i` and `j` are the imaginary unit where the rubric does not define them.
    """
    if isinstance(node, Sequence):
        rows = [read_array(item, setup, imaginary) for item in node.items]
        if any(row is None for row in rows):
            return None
        known = [row for row in rows if row is not None]
        if len({row.shape for row in known}) > 1:
            setup.fault(node.place, "the rows of this array have different lengths")
            return None
        return np.array(known)
    expr = setup.parse(node)
    if expr is None:
        return None
    try:
        value = _value(expr, setup.world.scope(), imaginary)
    except Unreadable as error:
        setup.fault(node.place, f"cannot compute the array: {error.message}")
        return None
    data = np.asarray(float(value.data) if isinstance(value.data, Fraction) else value.data)
    kinds = "iufbc" if imaginary else "iufb"
    if value.axes or data.dtype.kind not in kinds or not np.all(np.isfinite(data)):
        setup.fault(node.place, "this is not an array of finite numbers")
        return None
    return data


def _value(expr: Expr, scope: Scope, imaginary: bool) -> Value:
    try:
        return evaluate(expr, scope)  # first: in sum[i] the letter is an index
    except Unreadable:
        if not imaginary or not speaks_of(expr, scope.names):
            raise
    return evaluate(*with_unit(expr, scope))


def complex_array_of(expr: Expr | None) -> np.ndarray | None:
    """The array of complex numbers that a student's expression lists; None if it lists none."""
    return array_of(expr, imaginary=True)


def array_of(expr: Expr | None, imaginary: bool = False) -> np.ndarray | None:
    """The array that a student's expression lists; None if it lists none."""
    if isinstance(expr, Relation):
        if not set(expr.ops) <= {"=", "~"}:
            return None
        found = [array_of(operand, imaginary) for operand in expr.operands if operand is not None]
        arrays = [array for array in found if array is not None]
        return arrays[-1] if arrays else array_of(column_of(expr.operands[-1]), imaginary)
    if isinstance(expr, Op) and expr.op in ("mul", "div", "neg") and any(map(_is_list, expr.args)):
        return scaled(expr, complex_array_of if imaginary else array_of)
    turned = isinstance(expr, Op) and expr.op == "transpose"
    inner = expr.args[0] if isinstance(expr, Op) and turned else expr
    while isinstance(inner, Group) and len(inner.items) == 1 and isinstance(inner.items[0], Group):
        inner = inner.items[0] if _is_table(inner.items[0]) else Group("[]", inner.items[0].items, inner.place)
    if not isinstance(inner, Group) or len(inner.items) < 1 or any(isinstance(item, Relation) for item in inner.items):
        return None
    try:
        data = np.asarray(evaluate(*with_unit(inner, _PLAIN) if imaginary else (inner, _PLAIN)).data)
    except Unreadable:
        return None
    if data.dtype.kind not in ("iufc" if imaginary else "iuf") or not data.ndim:
        return None
    return data.T if turned else data


def column_of(expr: Expr | None) -> Expr | None:
    r"""A vector of two that is typed as a binomial coefficient, `\binom{2}{4/3}`; None for anything else."""
    chosen = isinstance(expr, Call) and expr.function == "binomial"
    return Group("[]", expr.args, expr.place) if chosen and isinstance(expr, Call) else None


def _is_list(expr: Expr) -> bool:
    """A list in brackets, perhaps transposed: the (10, 14)^T of `\\frac16 (10, 14)^T`."""
    inner = expr.args[0] if isinstance(expr, Op) and expr.op == "transpose" else expr
    return isinstance(inner, Group)


def _is_table(group: Group) -> bool:
    return any(isinstance(item, Group) for item in group.items)


def without_dust(value: Any) -> Any:
    """Entries without what rounding in a computer leaves: 3 for 2.9999999999999973."""
    if isinstance(value, list):
        return [without_dust(one) for one in value]
    short = float(f"{value:.{_DECIMALS}g}") if isinstance(value, float) else value
    return int(short) if isinstance(short, float) and short.is_integer() and abs(short) < _WHOLE else short


_WHOLE = 1e12
_DECIMALS = 12  # beyond these stands what rounding in a computer leaves


def is_rounded(found: np.ndarray, wanted: np.ndarray) -> bool:
    """Whether each entry is the one asked for within a unit of its last decimal: 50.44 for 50.4371, and not 50.46.

    Or the exact one of which that asked for is rounded, with four digits or more: 17/12 for 1.41667.
    """
    pairs = zip(found.ravel().tolist(), wanted.ravel().tolist(), strict=True)
    return all(
        abs(own - asked) <= max(last_unit(own), 1e-9 * max(1, abs(asked))) or _is_source(own, asked)
        for own, asked in pairs
    )


def _is_source(own: float, asked: float) -> bool:
    unit = last_unit(asked)
    return abs(asked) >= _FOUR_DIGITS * unit and abs(own - asked) <= 0.5000001 * unit


_FOUR_DIGITS = 1000  # units of the last decimal


def is_coarse(found: np.ndarray, wanted: np.ndarray) -> bool:
    """Whether each entry is the one asked for, rounded to two digits or more: 2.3 for 2.25, and not 0.3 for 1/3."""
    pairs = zip(found.ravel().tolist(), wanted.ravel().tolist(), strict=True)
    return all(
        abs(own - asked)
        <= max(last_unit(own) * 0.5000001 * (abs(own) >= 10 * last_unit(own)), 1e-9 * max(1, abs(asked)))
        for own, asked in pairs
    )


def last_unit(value: float) -> float:
    """One of the last decimal of a number as it is written shortest."""
    exponent = Decimal(repr(round(float(value), _DECIMALS))).normalize().as_tuple().exponent
    return float(10.0 ** min(0, int(exponent)))


_DECIMALS = 12  # beyond these stands what rounding in a computer leaves
