"""How shapes with letters combine: products, sums, transposes, and functions of whole arrays."""

from __future__ import annotations

from collections.abc import Callable
from itertools import zip_longest
from typing import Any

from grader.maths.sizes import Size, Sizes, minus, number, plus, size_of, times
from grader.model.expressions import Call
from grader.model.records import NamedTuple

_ONE = number(1)


class Shape(NamedTuple):
    """The lengths of a value; `sizes` is None if the shape is not known, and () for a number.

    `letters` are the indices that are free in it. `row` says of a vector whether it was transposed; None if that
    is not clear.
    """

    sizes: Sizes | None
    letters: tuple[str, ...] = ()
    row: bool | None = False

    @property
    def rank(self) -> int:
        """The number of axes; 0 for an unknown shape."""
        return len(self.sizes or ())

    def __str__(self) -> str:
        return "unknown" if self.sizes is None else written(self.sizes)


UNKNOWN = Shape(None)
NUMBER = Shape(())


def written(sizes: Sizes) -> str:
    """Lengths as a person writes them: `n × p`, `n`, `a number`; a question mark for one that is not known."""
    texts = ["?" if size is None else str(size) for size in sizes]
    if len(texts) > 1:
        texts = [f"({text})" if " " in text else text for text in texts]
    return " × ".join(texts) or "a number"


def transposed(shape: Shape) -> Shape:
    """The shape with its axes in the other order; that of a vector stays, but it is a row from then on."""
    if shape.sizes is None or (not shape.sizes and shape.letters):
        return UNKNOWN
    return Shape(shape.sizes[::-1], shape.letters, not shape.row if shape.rank == 1 and shape.row is not None else None)


def multiplied(left: Shape, right: Shape) -> Shape | None:
    """The shape of a matrix product; None if it cannot be."""
    if not left.sizes or not right.sizes or left.letters or right.letters or max(left.rank, right.rank) > 2:
        return UNKNOWN
    if left.rank == right.rank == 1 and left.row is not True and right.row is not False:
        return UNKNOWN  # a column times a row is an outer product
    inner, other = left.sizes[-1], right.sizes[max(0, right.rank - 2)]
    if inner is not None and other is not None and inner != other:
        # `X yᵀ y` is X times a number, and an axis of length 1 may be a number
        loose = (left.rank == 1 and left.row is None) or (right.rank == 1 and right.row is not False)
        return UNKNOWN if loose or _ONE in (inner, other) else None
    sizes = left.sizes[:-1] + (right.sizes[1:] if right.rank == 2 else ())
    if len(sizes) != 1:
        return Shape(sizes)
    vector, side = (right, False) if right.rank == 1 else (left, True)
    return Shape(sizes, row=side if vector.row is side else None)


def together(left: Shape, right: Shape) -> Shape | None:
    """The shape of two values combined element by element; None if they do not fit."""
    if left.sizes is None or right.sizes is None:
        return UNKNOWN
    letters = tuple(dict.fromkeys(left.letters + right.letters))
    if sorted((left.rank, right.rank)) == [1, 2]:
        matrix, vector = (left.sizes, right.sizes) if left.rank == 2 else (right.sizes, left.sizes)
        if vector[0] not in (matrix[1], _ONE) and (matrix[0] in (vector[0], None) or _ONE in matrix):
            return UNKNOWN  # to each column
    sizes: list[Size | None] = []
    for a, b in zip_longest(left.sizes[::-1], right.sizes[::-1], fillvalue=_ONE):
        if a is not None and b is not None and a != b and _ONE not in (a, b):
            return None
        sizes.append(b if a == _ONE else a if b in (_ONE, a) else None)
    ranked = {shape.row for shape in (left, right) if shape.rank == 1}
    return Shape(tuple(sizes[::-1]), letters, ranked.pop() if len(ranked) == 1 else None if ranked else False)


# -- functions of whole arrays -------------------------------------------------------------------------------------

Whole = Callable[[Call, list[Any]], Sizes | None]


def _is_square(sizes: Sizes) -> bool:
    return len(sizes) == 2 and sizes[0] == sizes[1] and sizes[0] is not None


def _filled(expr: Call, args: list[Any]) -> Sizes | None:
    return None if any(args) else tuple(size_of(arg) for arg in expr.args)


def _dot(expr: Call, args: list[Any]) -> Sizes | None:
    product = multiplied(Shape(args[0], row=True), Shape(args[1]))
    return None if product is None else product.sizes


def _outer(expr: Call, args: list[Any]) -> Sizes | None:
    if any(len(sizes) > 1 or None in sizes for sizes in args):
        return None
    return tuple(times(_ONE, *(sizes or (_ONE,))) for sizes in args)


def _windows(expr: Call, args: list[Any]) -> Sizes | None:
    image, kernel = args
    if len(image) != len(kernel) or not image or None in (*image, *kernel):
        return None
    left = tuple(plus(minus(a, b), _ONE) for a, b in zip(image, kernel, strict=True))
    return left if all(size.constant is None or size.constant > 0 for size in left) else None


def _thinned(expr: Call, args: list[Any]) -> Sizes | None:
    return (None, *args[0][1:]) if args[0] and not any(args[1:]) else None


OF_WHOLE: dict[str, Whole] = {
    **dict.fromkeys(("sum", "prod", "mean", "norm", "max", "min", "size", "length"), lambda expr, args: ()),
    **dict.fromkeys(("trace", "rank", "nullity"), lambda expr, args: () if len(args[0]) == 2 else None),
    "det": lambda expr, args: () if _is_square(args[0]) else None,
    "inv": lambda expr, args: args[0] if _is_square(args[0]) else None,
    "transpose": lambda expr, args: args[0][::-1],
    "flip": lambda expr, args: args[0],
    "shape": lambda expr, args: (number(len(args[0])),),
    **dict.fromkeys(("where", "argmax", "argmin"), lambda expr, args: (None, number(len(args[0])))),
    **dict.fromkeys(("zeros", "ones"), _filled),
    "dot": _dot,
    "outer": _outer,
    **dict.fromkeys(("correlate", "convolve"), _windows),
    **dict.fromkeys(("subsample", "max_pool"), _thinned),
}
