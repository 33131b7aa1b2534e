"""Array expressions of Python in index notation: slices, `@`, `.T`, einsum and sums, with a letter for each axis."""

from __future__ import annotations

import ast
from collections.abc import Callable, Mapping
from itertools import count
from typing import Any

from grader.model.records import NamedTuple
from grader.notation.indexed import Element, Made, Place, Term, Unclear, place_of, renamed


class Array(NamedTuple):
    """An expression with a letter for each of its axes, and what is known of the length of each."""

    axes: tuple[str, ...]
    body: Any
    lengths: tuple[str, ...] = ()


_OPERATORS: Mapping[type[ast.operator], str] = {
    ast.Add: "+", ast.Sub: "-", ast.Mult: "*", ast.Div: "/", ast.Pow: "^",
}  # fmt: skip
FUNCTIONS = frozenset(["exp", "log", "sqrt", "tanh", "cosh", "sinh", "abs"])
_LIBRARIES = frozenset(["np", "numpy", "jnp", "torch", "tf", "math"])


class Reader:
    """Reads expressions. `ranks` are the numbers of axes of arrays, `sizes` what the names of lengths stand for."""

    def __init__(self, ranks: Callable[[str], int | None]) -> None:
        self.ranks = ranks
        self.sizes: dict[str, str] = {}
        self.temporaries: dict[str, Array] = {}
        self._count = count()

    def letter(self) -> str:
        """A letter that nobody has used."""
        return f"axis{next(self._count)}"

    def read(self, node: ast.expr) -> Array:
        """An expression with its axes. Raises Unclear for anything else than arrays and numbers."""
        reader = _READERS.get(type(node))
        if reader is None:
            raise Unclear(type(node).__name__)
        return reader(self, node)

    def of_rank(self, node: ast.expr, rank: int) -> Array:
        """An expression that has so many axes; an array of which nobody said so has them as well."""
        unknown = isinstance(node, ast.Name) and node.id not in self.temporaries and self.ranks(node.id) is None
        if isinstance(node, ast.Name) and unknown:
            return self.element(node.id, [ast.Slice() for _ in range(rank)])
        return self.read(node)

    def element(self, name: str, items: list[ast.expr]) -> Array:
        """`X[:, k:k+n, 3]`: the letters of the slices are its axes; axes left out at the end are whole."""
        rank = self.ranks(name)
        items = _spread(items, rank)
        whole: list[ast.expr | None] = [None] * max(0, (rank or 0) - len(items))
        if rank is not None and len(items) > rank:
            raise Unclear("too many indices")
        places: list[Place] = []
        axes: list[str] = []
        lengths: list[str] = []
        for at, item in enumerate([*items, *whole]):
            if item is not None and not isinstance(item, ast.Slice):
                places.append(place_of(item))
                continue
            axes.append(self.letter())
            place, length = self._sliced(item, axes[-1], f"{name}.{at}")
            places.append(place)
            lengths.append(length)
        return Array(tuple(axes), Element(name, tuple(places)), tuple(lengths))

    def _sliced(self, item: ast.Slice | None, letter: str, whole: str) -> tuple[Place, str]:
        if item is None or (item.lower is None and item.upper is None and item.step is None):
            return (Term(1, "", letter),), whole
        scale = "" if item.step is None else ast.unparse(item.step)
        if scale and not scale.isidentifier() and not scale.isdecimal():
            raise Unclear("a step")
        start = () if item.lower is None else place_of(item.lower)
        if item.upper is None and start:
            raise Unclear("an open slice")  # how long it is depends on the array
        return (*start, Term(1, scale, letter)), "" if scale else self._length(item)

    def _length(self, item: ast.Slice) -> str:
        """Of `k:k+n` the n. Raises Unclear for `k:n`, which is as long as the array lets it be."""
        if item.upper is None or item.lower is None:
            length = "" if item.upper is None else ast.unparse(item.upper)
            return self.sizes.get(length, length)
        lower, upper = place_of(item.lower), [*place_of(item.upper)]
        for term in lower:
            if term not in upper:
                raise Unclear("a slice")
            upper.remove(term)
        length = upper[0].name if len(upper) == 1 and upper[0].sign == 1 and not upper[0].scale else ""
        return self.sizes.get(length, length)

    def fresh(self, array: Array) -> Array:
        """The same with letters of its own."""
        letters = {old: self.letter() for old in array.axes}
        return Array(tuple(letters.values()), renamed(array.body, letters), array.lengths)

    def combined(self, how: str, left: Array, right: Array) -> Array:
        """Element by element, the axes aligned from the last."""
        joined = min(len(left.axes), len(right.axes))
        pairs = dict(zip(right.axes[len(right.axes) - joined :], left.axes[len(left.axes) - joined :], strict=True))
        for one, other in zip(left.lengths[::-1], right.lengths[::-1], strict=False):
            check_alike(one, other)
        longer = left if len(left.axes) >= len(right.axes) else right
        axes = tuple(pairs.get(letter, letter) for letter in longer.axes)
        return Array(axes, Made(how, (left.body, renamed(right.body, pairs))), longer.lengths)

    def multiplied(self, left: Array, right: Array) -> Array:
        """The product of matrices: the last axis of the first and the last but one of the second are summed over."""
        if not left.axes or not right.axes or len(right.axes) > 2:
            raise Unclear("a product")
        inner = right.axes[0]
        check_alike(left.lengths[-1], right.lengths[0])
        body = Made("*", (left.body, renamed(right.body, {inner: left.axes[-1]})))
        summed = Made("sum", (body,), ((left.axes[-1], ""),))
        return Array((*left.axes[:-1], *right.axes[1:]), summed, (*left.lengths[:-1], *right.lengths[1:]))

    def summed(self, array: Array, over: tuple[int, ...] | None) -> Array:
        """The sum over some axes, or all of them."""
        number = len(array.axes)
        places = {at % number for at in (range(number) if over is None else over)} if number else set()
        if not places:
            return array
        letters = tuple((array.axes[at], "") for at in sorted(places))
        kept = [at for at in range(number) if at not in places]
        body = Made("sum", (array.body,), letters)
        return Array(tuple(array.axes[at] for at in kept), body, tuple(array.lengths[at] for at in kept))


def check_alike(one: str, other: str) -> None:
    """Raises Unclear for two lengths that are certainly not the same: two axes of one array, two numbers."""
    known = one and other and one != other
    of_one = "." in one and "." in other and one.partition(".")[0] == other.partition(".")[0]
    if known and (of_one or (one.isdecimal() and other.isdecimal())):
        raise Unclear("lengths differ")


def _spread(items: list[ast.expr], rank: int | None) -> list[ast.expr]:
    """The indices, whole axes in place of `...`."""
    dots = [at for at, item in enumerate(items) if isinstance(item, ast.Constant) and item.value is Ellipsis]
    if not dots:
        return items
    if len(dots) > 1 or rank is None:
        raise Unclear("dots")
    missing = rank - len(items) + 1
    return [*items[: dots[0]], *[ast.Slice() for _ in range(missing)], *items[dots[0] + 1 :]]


# -- one reader for each sort of expression -------------------------------------------------------------------------


def _name(reader: Reader, node: Any) -> Array:
    if node.id in reader.temporaries:
        return reader.fresh(reader.temporaries[node.id])
    rank = reader.ranks(node.id)
    if rank is None:
        raise Unclear(node.id)
    return reader.element(node.id, [])


def _constant(reader: Reader, node: Any) -> Array:
    if type(node.value) not in (int, float):
        raise Unclear("a constant")
    return Array((), repr(node.value))


def _binary(reader: Reader, node: Any) -> Array:
    if isinstance(node.op, ast.MatMult):
        return reader.multiplied(reader.read(node.left), reader.read(node.right))
    if type(node.op) not in _OPERATORS:
        raise Unclear("an operator")
    return reader.combined(_OPERATORS[type(node.op)], reader.read(node.left), reader.read(node.right))


def _unary(reader: Reader, node: Any) -> Array:
    inner = reader.read(node.operand)
    if isinstance(node.op, ast.UAdd):
        return inner
    if not isinstance(node.op, ast.USub):
        raise Unclear("an operator")
    return inner._replace(body=Made("neg", (inner.body,)))


def _subscript(reader: Reader, node: Any) -> Array:
    items = indices_of(node)
    base = node.value
    while isinstance(base, ast.Subscript):  # W[k1][k2], where no slice stands before
        before = indices_of(base)
        if any(isinstance(item, ast.Slice) for item in before):
            raise Unclear("a slice of a slice")
        items, base = [*before, *items], base.value
    if not isinstance(base, ast.Name) or base.id in reader.temporaries:
        raise Unclear("a subscript")
    return reader.element(base.id, items)


def indices_of(node: ast.Subscript) -> list[ast.expr]:
    """What stands between the brackets."""
    return list(node.slice.elts) if isinstance(node.slice, ast.Tuple) else [node.slice]


def _attribute(reader: Reader, node: Any) -> Array:
    inner = reader.read(node.value)
    if node.attr != "T":
        raise Unclear(node.attr)
    return Array(inner.axes[::-1], inner.body, inner.lengths[::-1])


def _call(reader: Reader, node: Any) -> Array:
    function, arguments = node.func, list(node.args)
    if not isinstance(function, ast.Attribute):
        raise Unclear("a call")
    if not (isinstance(function.value, ast.Name) and function.value.id in _LIBRARIES):
        arguments = [function.value, *arguments]  # (a * b).sum(axis=0)
    named = {keyword.arg: keyword.value for keyword in node.keywords}
    if function.attr == "einsum" and not named:
        return _einsum(reader, arguments)
    if function.attr in FUNCTIONS and len(arguments) == 1 and not named:
        inner = reader.read(arguments[0])
        return inner._replace(body=Made(function.attr, (inner.body,)))
    if function.attr == "sum" and named.keys() <= {"axis"} and 0 < len(arguments) < 3:
        axis = named.get("axis", arguments[1] if len(arguments) > 1 else None)
        return reader.summed(reader.read(arguments[0]), None if axis is None else _whole_numbers(axis))
    if function.attr in ("dot", "matmul") and len(arguments) == 2 and not named:
        return reader.multiplied(*map(reader.read, arguments))
    if function.attr in ("multiply", "subtract", "add") and len(arguments) == 2 and not named:
        how = {"multiply": "*", "subtract": "-", "add": "+"}[function.attr]
        return reader.combined(how, *map(reader.read, arguments))
    axes = named.get("axes", arguments[2] if len(arguments) > 2 else None)
    if function.attr == "tensordot" and named.keys() <= {"axes"} and isinstance(axes, ast.Tuple | ast.List):
        return _tensordot(reader.read(arguments[0]), reader.read(arguments[1]), axes.elts)
    raise Unclear(function.attr)


def _tensordot(left: Array, right: Array, axes: list[ast.expr]) -> Array:
    """The sum over axes of the first and as many of the second."""
    if len(axes) != 2 or not left.axes or not right.axes:
        raise Unclear("tensordot")
    ours = [at % len(left.axes) for at in _whole_numbers(axes[0])]
    theirs = [at % len(right.axes) for at in _whole_numbers(axes[1])]
    if len(ours) != len(theirs) or len(set(ours)) < len(ours) or len(set(theirs)) < len(theirs):
        raise Unclear("tensordot")
    pairs = {right.axes[b]: left.axes[a] for a, b in zip(ours, theirs, strict=True)}
    body = Made("*", (left.body, renamed(right.body, pairs)))
    rest = [(left, at) for at in range(len(left.axes)) if at not in ours]
    rest += [(right, at) for at in range(len(right.axes)) if at not in theirs]
    summed = Made("sum", (body,), tuple((left.axes[at], "") for at in ours))
    return Array(tuple(one.axes[at] for one, at in rest), summed, tuple(one.lengths[at] for one, at in rest))


def _whole_numbers(node: ast.expr) -> tuple[int, ...]:
    items = node.elts if isinstance(node, ast.Tuple | ast.List) else [node]
    try:
        values = [ast.literal_eval(item) for item in items]
    except ValueError:
        raise Unclear("an axis") from None
    if not all(type(value) is int for value in values):
        raise Unclear("an axis")
    return tuple(values)


def _einsum(reader: Reader, arguments: list[ast.expr]) -> Array:
    spec = arguments[0].value if arguments and isinstance(arguments[0], ast.Constant) else None
    inputs, arrow, output = str(spec).replace(" ", "").partition("->")
    words = inputs.split(",")
    operands = [reader.of_rank(argument, len(word)) for argument, word in zip(arguments[1:], words, strict=False)]
    if not isinstance(spec, str) or not arrow or "." in spec or len(words) != len(arguments) - 1 or not operands:
        raise Unclear("einsum")
    letters: dict[str, str] = {}
    lengths: dict[str, str] = {}
    bodies = []
    for word, operand in zip(words, operands, strict=True):
        if len(word) != len(operand.axes) or len(set(word)) < len(word):
            raise Unclear("einsum")
        for sign, length in zip(word, operand.lengths, strict=True):
            letters.setdefault(sign, reader.letter())
            check_alike(lengths.setdefault(sign, length), length)
        bodies.append(renamed(operand.body, dict(zip(operand.axes, (letters[sign] for sign in word), strict=True))))
    if not set(output) <= letters.keys() or len(set(output)) < len(output):
        raise Unclear("einsum")
    body = bodies[0]
    for other in bodies[1:]:
        body = Made("*", (body, other))
    summed = tuple((letters[sign], "") for sign in letters if sign not in output)
    body = Made("sum", (body,), summed) if summed else body
    return Array(tuple(letters[sign] for sign in output), body, tuple(lengths[sign] for sign in output))


_READERS: Mapping[type[ast.expr], Callable[[Reader, Any], Array]] = {
    ast.Name: _name,
    ast.Constant: _constant,
    ast.BinOp: _binary,
    ast.UnaryOp: _unary,
    ast.Subscript: _subscript,
    ast.Attribute: _attribute,
    ast.Call: _call,
}
