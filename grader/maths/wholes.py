"""Formulas of whole arrays, `1/N X^T (X w - y)`: how they may be read, and whether one agrees with a truth."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

import numpy as np

from grader.maths import repairs
from grader.maths.agreement import agree
from grader.maths.evaluation import evaluate
from grader.maths.repairs import rewrite
from grader.maths.scope import Scope
from grader.maths.values import Value
from grader.model.errors import Unreadable
from grader.model.expressions import Call, Expr, Num, Op, names_in, walk


def whole_equal(
    body: Expr,
    truths: Sequence[Value],
    letters: tuple[str, ...],
    coordinates: Sequence[Mapping[str, np.ndarray]],
    scopes: Sequence[Scope],
) -> bool | None:
    """Whether a formula of whole arrays agrees with truths over `letters`, element by element in their order, in
    every scope, in some reading.

    None if it cannot be computed or has another shape in all readings: its author may lay out derivatives in
    another way.
    """
    found: list[bool | None] = []
    for reading in dict.fromkeys(_readings(body, scopes[0])):
        verdicts = [
            _agrees(reading, truth, letters, tuple(len(values[letter]) for letter in letters), scope)
            for truth, values, scope in zip(truths, coordinates, scopes, strict=True)
        ]
        found.append(None if None in verdicts else all(verdicts))
        if found[-1]:
            return True
    return False if False in found else None


def _agrees(body: Expr, truth: Value, letters: tuple[str, ...], shape: tuple[int, ...], scope: Scope) -> bool | None:
    try:
        value = evaluate(body, scope)
    except Unreadable:
        return None
    return None if value.axes or value.shape != shape else agree(Value(letters, value.data), truth)


def _readings(body: Expr, scope: Scope) -> tuple[Expr, ...]:
    if sum(1 for _ in walk(body)) > repairs.LONGEST:
        return (body,)
    algebra = as_matrix_algebra(body, scope)
    return body, algebra, side_by_side(body, scope), side_by_side(algebra, scope)


def as_matrix_algebra(expr: Expr, scope: Scope) -> Expr:
    """Every `*` as a product of matrices where it can be one (plain text has no other sign for it), `|x|` as the
    length of a vector, and `A^-1` as the inverse of a matrix. In a program `*` is what it says: `X.T * (X @ w - y)`."""
    plain = not any(isinstance(one, Op) and one.sign == "@" for one in walk(expr))

    def change(node: Expr) -> Expr | None:
        if isinstance(node, Op) and node.op == "mul" and node.sign == "*" and plain:
            return Op("mul", tuple(rewrite(arg, change) for arg in node.args), node.place, "@")
        if isinstance(node, Call) and node.function == "abs":
            return Call("norm", tuple(rewrite(arg, change) for arg in node.args), node.place)
        if isinstance(node, Op) and node.op == "pow" and _is_minus_one(node.args[1]) and _axes(node.args[0], scope) > 1:
            return Call("inv", (rewrite(node.args[0], change),), node.place)
        return None

    return rewrite(expr, change)


def _is_minus_one(exponent: Expr) -> bool:
    if isinstance(exponent, Op) and exponent.op == "neg":
        return isinstance(exponent.args[0], Num) and exponent.args[0].value == 1
    return isinstance(exponent, Num) and exponent.value == -1


def _axes(expr: Expr, scope: Scope) -> int:
    return max((np.ndim(scope.names[name]) for name in names_in(expr) if name in scope.names), default=0)


def side_by_side(expr: Expr, scope: Scope) -> Expr:
    """Two columns side by side, `(u - y) u x^T`, as their product element by element: as matrices they have none."""

    def change(node: Expr) -> Expr | None:
        if not (isinstance(node, Op) and node.op == "mul" and not node.sign):
            return None
        left, right = (rewrite(arg, change) for arg in node.args)
        turned = any(isinstance(arg, Op) and arg.op == "transpose" for arg in (left, right))
        columns = not turned and _is_vector(left, scope) and _is_vector(right, scope)
        return Op("mul", (left, right), node.place, "⊙" if columns else "")

    return rewrite(expr, change)


def _is_vector(expr: Expr, scope: Scope) -> bool:
    try:
        return evaluate(expr, scope).rank == 1
    except Unreadable:
        return False
