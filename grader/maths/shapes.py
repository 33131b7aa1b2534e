"""The shape of every piece of a formula, with lengths as letters, and the first piece that cannot be.

Signs mean what they mean to `evaluation`: two arrays side by side, or with `@` or a dot between them, are a matrix
product; a star or a circled dot multiplies element by element; a sum stretches axes of length 1, and adds a vector
to each row of a matrix. Where people read the same signs otherwise (an outer product `y wᵀ`, a bias added to each
column, bars that are a norm), or where a name or function is not known, the shape is unknown, and nothing is said.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from itertools import pairwise
from typing import Any

from grader.maths.evaluation import CONSTANTS
from grader.maths.fitting import NUMBER, OF_WHOLE, UNKNOWN, Shape, multiplied, together, transposed
from grader.maths.sizes import Sizes, number
from grader.model.errors import Undecided
from grader.model.expressions import Call, Expr, Group, Index, Name, Num, Op, Reduce, Relation, Slice, Text, names_in
from grader.model.records import NamedTuple
from grader.reference.functions import FUNCTIONS

_APPLIED = frozenset(["softmax"])  # written before its argument as a name that nobody declares: `softmax(X w)`
_ONLY_OF_NUMBERS = frozenset(["abs", "factorial"])  # bars around an array are its norm as often as not


class Misfit(Undecided):
    """A product or sum that cannot be, with the operands and their shapes.

    `message` says what cannot be done with arrays of these shapes, and `start`, `stop` are its place; `what` is the
    verb alone: multiplied, added. `certain` is False where another reading of the sign would fit: two matrices of
    one shape side by side may be meant element by element.
    """

    def __init__(self, whole: Op, what: str, left: Shape, right: Shape, certain: bool = True) -> None:
        super().__init__(f"{left} and {right} cannot be {what}", *whole.place)
        self.whole, self.what, self.left_shape, self.right_shape = whole, what, left, right
        self.certain = certain

    @property
    def place(self) -> tuple[int, int]:
        """Where the piece stands."""
        return self.start, self.stop

    @property
    def turned(self) -> tuple[Op, ...]:
        """The same with one of the two matrices transposed, where that fits."""
        fit = multiplied if self.what == "multiplied" and self.whole.sign in ("", "·", "@") else together
        (left, right), shapes = self.whole.args, (self.left_shape, self.right_shape)
        tried = [
            ((_turned(left), right), (transposed(shapes[0]), shapes[1]), shapes[0]),
            ((left, _turned(right)), (shapes[0], transposed(shapes[1])), shapes[1]),
        ]
        return tuple(
            self.whole._replace(args=args)
            for args, both, matrix in tried
            if matrix.rank == 2 and (found := fit(*both)) is not None and found.sizes is not None
        )


def _turned(expr: Expr) -> Expr:
    return expr.args[0] if isinstance(expr, Op) and expr.op == "transpose" else Op("transpose", (expr,), expr.place)


def infer(expr: Expr, shapes: Mapping[str, Sizes], letters: frozenset[str] = frozenset()) -> Shape:
    """The shape of an expression, given those of the names in it; `letters` are indices in scope.

    Raises Misfit for the innermost, leftmost product or sum that cannot be.
    """
    rule = _INFERRERS.get(type(expr))
    shape: Shape = UNKNOWN if rule is None else rule(expr, _Scope(shapes, letters))
    return shape


class _Scope(NamedTuple):
    shapes: Mapping[str, Sizes]
    letters: frozenset[str]

    def of(self, expr: Expr) -> Shape:
        return infer(expr, self.shapes, self.letters)


def _name(expr: Name, scope: _Scope) -> Shape:
    if expr.name in scope.letters:
        return Shape((), (expr.name,))
    if expr.name in scope.shapes:
        return Shape(scope.shapes[expr.name])
    return NUMBER if expr.name in CONSTANTS else UNKNOWN


# -- operators -------------------------------------------------------------------------------------------------


def _operator(expr: Op, scope: _Scope) -> Shape:
    args = [scope.of(arg) for arg in expr.args]
    operation = _OPERATIONS.get(expr.op)
    return UNKNOWN if operation is None else operation(expr, args, scope)


def _sum(expr: Op, args: list[Shape], scope: _Scope) -> Shape:
    total = args[0]
    for count, term in enumerate(args[1:], start=1):
        both = together(total, term)
        if both is None:
            upto = expr.args[: count + 1]
            left = upto[0] if count == 1 else Op("add", upto[:-1], (upto[0].place[0], upto[-2].place[1]), expr.sign)
            place = (upto[0].place[0], upto[-1].place[1])
            what = "subtracted" if isinstance(upto[-1], Op) and upto[-1].op == "neg" else "added"
            raise Misfit(Op("add", (left, upto[-1]), place, expr.sign), what, total, term)
        total = both
    return total


def _product(expr: Op, args: list[Shape], scope: _Scope) -> Shape:
    left, right = args
    first = expr.args[0]
    if isinstance(first, Name) and first.name in _APPLIED and left.sizes is None and expr.sign == "":
        return right
    if left.sizes is None or right.sizes is None:
        return UNKNOWN
    if not (left.rank and right.rank) or expr.sign == "⊙":
        return _elementwise(expr, left, right, "multiplied element by element")
    matrix = multiplied(left, right)
    if expr.sign in ("", "·", "@"):
        if matrix is None:
            raise Misfit(_bare(expr, scope), "multiplied", left, right, certain=left.sizes != right.sizes)
        return matrix
    both = together(left, right)
    if matrix is None and both is None:
        raise Misfit(_bare(expr, scope), "multiplied", left, right)
    return both if both is not None and matrix is None else UNKNOWN  # a star may be meant as a matrix product


def _bare(expr: Op, scope: _Scope) -> Op:
    """A product without the numbers before its first array: `X y` of `2 X y`, which is read as `(2 X) y`."""
    left, right = expr.args
    while isinstance(left, Op) and (left.op == "neg" or (left.op == "mul" and scope.of(left.args[0]).sizes == ())):
        left = left.args[-1]
    return Op(expr.op, (left, right), (left.place[0], expr.place[1]), expr.sign)


def _elementwise(expr: Op, left: Shape, right: Shape, what: str) -> Shape:
    both = together(left, right)
    if both is None:
        raise Misfit(expr, what, left, right)
    return both


def _power(expr: Op, args: list[Shape], scope: _Scope) -> Shape:
    """Element by element; but a matrix to the power of -1 is its inverse, which only a square one has."""
    base, exponent = args
    if base.rank == 2 and base.sizes and base.sizes[0] != base.sizes[1] and _is_negative(expr.args[1]):
        return UNKNOWN
    return together(base, exponent) or UNKNOWN


def _is_negative(expr: Expr) -> bool:
    return isinstance(expr, Op) and expr.op == "neg"


_OPERATIONS: dict[str, Callable[[Op, list[Shape], _Scope], Shape]] = {
    "add": _sum,
    "neg": lambda expr, args, scope: args[0],
    "mul": _product,
    "div": lambda expr, args, scope: _elementwise(expr, args[0], args[1], "divided"),
    "pow": _power,
    "percent": lambda expr, args, scope: args[0],
    "factorial": lambda expr, args, scope: UNKNOWN if args[0].rank else args[0],
    "transpose": lambda expr, args, scope: transposed(args[0]),
}


def _call(expr: Call, scope: _Scope) -> Shape:
    args = [scope.of(arg) for arg in expr.args]
    function = FUNCTIONS.get(expr.function)
    if any(arg.sizes is None for arg in args):
        return UNKNOWN
    if function is not None and not function.least <= len(args) <= function.most:
        return UNKNOWN
    whole = OF_WHOLE.get(expr.function)
    if whole is not None and not (len(args) > 1 and expr.function in ("max", "min")):
        return (
            UNKNOWN if any(arg.letters for arg in args) else Shape(whole(expr, [arg.sizes for arg in args]), row=None)
        )
    if expr.function in _APPLIED:
        return args[0]
    if function is None or not function.elementwise or (expr.function in _ONLY_OF_NUMBERS and args[0].rank):
        return UNKNOWN
    return _all_together(args)


def _all_together(shapes: list[Shape]) -> Shape:
    """Combined element by element; unknown if they do not fit."""
    result: Shape | None = shapes[0]
    for shape in shapes[1:]:
        result = None if result is None else together(result, shape)
    return result or UNKNOWN


# -- indices ---------------------------------------------------------------------------------------------------


def _index(expr: Index, scope: _Scope) -> Shape:
    sliced = any(isinstance(index, Slice) for index in expr.indices)
    if isinstance(expr.base, Index) and not sliced:
        inner = (*expr.base.indices, *expr.indices)
        return _index(Index(expr.base.base, inner, expr.place), scope)  # X[i][j]
    base = scope.of(expr.base)
    named = frozenset(name for index in expr.indices for name in names_in(index) if name not in scope.shapes)
    inside = scope._replace(letters=scope.letters | named)
    positions = [inside.of(index) for index in expr.indices if not isinstance(index, Slice)]
    if not base.sizes or base.letters or len(expr.indices) > base.rank or any(p.sizes != () for p in positions):
        return UNKNOWN
    rest = base.sizes[len(expr.indices) :]
    if not sliced:
        letters = dict.fromkeys(name for position in positions for name in position.letters)
        return Shape(rest, tuple(letters), row=None)
    if named:
        return UNKNOWN
    kept = [
        size if index.start is index.stop is index.step is None else None
        for index, size in zip(expr.indices, base.sizes, strict=False)
        if isinstance(index, Slice)
    ]
    return Shape((*kept, *rest), row=None)


def _reduce(expr: Reduce, scope: _Scope) -> Shape:
    """Without the indices it runs over; limits may depend on further ones."""
    bound = frozenset(bound.index for bound in expr.bounds)
    inner = scope._replace(letters=scope.letters | bound)
    body = inner.of(expr.body)
    limits = [inner.of(limit) for bound in expr.bounds for limit in (bound.low, bound.high) if limit is not None]
    if not expr.bounds or body.sizes is None or (body.rank and expr.op in ("max", "min")):
        return UNKNOWN
    letters = dict.fromkeys(name for shape in (body, *limits) for name in shape.letters)
    return body._replace(letters=tuple(name for name in letters if name not in bound))


def _group(expr: Group, scope: _Scope) -> Shape:
    items = [scope.of(item) for item in expr.items]
    if len(items) == 1 and (expr.brackets == "()" or (expr.brackets == "[]" and isinstance(expr.items[0], Relation))):
        return items[0]
    if expr.brackets not in ("()", "[]") or not items or any(item.letters or item.sizes is None for item in items):
        return UNKNOWN
    same = all(a.sizes == b.sizes for a, b in pairwise(items))
    return Shape((number(len(items)), *(items[0].sizes or ())), row=None) if same else UNKNOWN


def _relation(expr: Relation, scope: _Scope) -> Shape:
    operands = [scope.of(operand) for operand in expr.operands if operand is not None]
    if len(operands) < len(expr.operands) or any(op in ("in", "~") for op in expr.ops):
        return UNKNOWN
    return _all_together(operands)


_INFERRERS: dict[type, Callable[[Any, _Scope], Shape]] = {
    Num: lambda expr, scope: NUMBER,
    Name: _name,
    Op: _operator,
    Call: _call,
    Index: _index,
    Reduce: _reduce,
    Relation: _relation,
    Group: _group,
    Slice: lambda expr, scope: UNKNOWN,
    Text: lambda expr, scope: UNKNOWN,
}
