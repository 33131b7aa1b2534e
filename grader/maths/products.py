"""Products and transposes of whole arrays, as matrix algebra writes them."""

from __future__ import annotations

import numpy as np

from grader.maths import values
from grader.maths.values import Value, combine
from grader.model.errors import Undecided
from grader.model.expressions import Op


def is_matrix_product(expr: Op, left: Value, right: Value) -> bool:
    """Whether a product is one of matrices: of whole arrays, unless the sign says element by element."""
    return left.rank >= 1 and right.rank >= 1 and expr.sign in ("", "·", "@")


def is_outer_product(expr: Op, left: Value, right: Value) -> bool:
    """Whether a product is a column times a row, `d x^T`: a vector that is transposed on the right only."""
    first, second = (isinstance(arg, Op) and arg.op == "transpose" for arg in expr.args)
    vectors = left.rank == right.rank == 1 and not left.axes and not right.axes
    return vectors and second and not first and is_matrix_product(expr, left, right)


def product(expr: Op, args: list[Value]) -> Value:
    """A product, of whole arrays perhaps of matrices. Raises Undecided where shapes do not fit."""
    left, right = args[0], args[1]
    if is_outer_product(expr, left, right):
        if left.data.size * right.data.size > values.LARGEST:
            raise Undecided("this needs too large an array", *expr.place)
        return Value((), np.multiply.outer(left.data, right.data))
    if is_matrix_product(expr, left, right):
        if left.axes or right.axes:
            raise Undecided("a matrix product of indexed arrays is not understood", *expr.place)
        if left.shape[-1] != right.shape[max(0, right.rank - 2)]:
            shapes = f"{left.shape} and {right.shape}"
            raise Undecided(f"a product of arrays of shapes {shapes} does not exist", *expr.place)
        across = right.shape[-1] if right.rank > 1 else 1
        if left.data.size // max(1, left.shape[-1]) * across > values.LARGEST:
            raise Undecided("this needs too large an array", *expr.place)
        return Value((), np.matmul(left.data, right.data))
    return combine(values.multiply, left, right)


def transposed(expr: Op, args: list[Value]) -> Value:
    """A whole array with its axes in reverse order. Raises Undecided for one element of an array."""
    axes, data = args[0].axes, args[0].data
    if args[0].rank == 0 and axes:
        raise Undecided("one element of an array is transposed", *expr.place)
    if args[0].rank == 0:
        return args[0]
    order = (*range(len(axes)), *reversed(range(len(axes), data.ndim)))
    return Value(axes, data.transpose(order))
