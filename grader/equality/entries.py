"""Entries of arrays: a formula with its sums written out, and a letter for each entry.

Where indices run so far as nobody says, to 3 and to 4 is tried; means of what is summed are means of so many numbers.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from functools import reduce
from itertools import product
from types import MappingProxyType

from grader.equality.entry_signs import positive_arrays
from grader.equality.entry_totals import ONE, ZERO, NoArrays, first_letter, is_column, is_zero, norm_of, total
from grader.equality.roles import CONSTANTS
from grader.equality.scalars import Habits, compare_scalars
from grader.equality.verdicts import EQUAL, UNDECIDED
from grader.model.expressions import (
    Bound,
    Call,
    Expr,
    Index,
    Name,
    Num,
    Op,
    Reduce,
    Relation,
    base_name,
    children,
    names_in,
    nodes_of,
    rebuilt,
    walk,
)
from grader.model.records import NamedTuple

_NOWHERE = (0, 0)
KRONECKER, LEVI_CIVITA = "delta", frozenset(["epsilon", "varepsilon"])
QUANTITIES = frozenset(["trace", "det", "norm"])
_MOST_NODES = 4_000
_COUNTS = frozenset("nN")
_COUNT = "n"  # of the numbers that are summed, where there is a mean of them


class _Frame(NamedTuple):
    """How far indices run, and what the letters in their places are."""

    sizes: Mapping[str, int]  # by the name of the last value; "" for sums without limits
    means: Mapping[str, str]  # letters with a bar, and the array that each is the mean of
    indices: Mapping[str, int]
    shapes: Mapping[str, tuple[int, ...]] = MappingProxyType({})  # of arrays whose indices all have last values


def compare_entries(one: Expr, other: Expr, letters: frozenset[str], habits: Habits) -> str:
    """Whether two formulas agree for all values of the free indices, in two sizes where the size may vary."""
    means = _means_of(one, other)
    positive = positive_arrays((one, other))
    symbols = {node.base.name for side in (one, other) for node in nodes_of(Index, side) if isinstance(node.base, Name)}
    for size in (3,) if symbols & LEVI_CIVITA else (3, 4):
        sizes = _sizes((one, other), size, bool(means))
        for values in _patterns(len(letters)):
            free = dict(zip(sorted(letters), values, strict=True))
            frame = _Frame(sizes, means, free, _shapes((one, other), sizes))
            sides = [_with_sizes(_expanded(side, frame), sizes) for side in (one, other)]
            if any(sum(1 for _ in walk(side)) > _MOST_NODES for side in sides):
                raise NoArrays
            verdict = compare_scalars(sides[0], sides[1], habits).verdict
            if verdict == UNDECIDED and positive:
                verdict = compare_scalars(sides[0], sides[1], _with_positive(habits, sides, positive)).verdict
            if verdict != EQUAL:
                return verdict if size == 3 or sizes.keys() - {""} else UNDECIDED  # \\delta_{ii} is 3 in space
    return EQUAL


def _with_positive(habits: Habits, sides: list[Expr], arrays: frozenset[str]) -> Habits:
    """What is known of letters, with the entries of some arrays as positive: of which logarithms are taken."""
    names = names_in(sides[0]) | names_in(sides[1])
    said = {name: "positive" for name in names if "#" in name and name.partition("#")[0] in arrays}
    return habits._replace(structures={**habits.structures, **said})


def _patterns(count: int) -> Iterator[tuple[int, ...]]:
    """Values of free indices: each way in which some of them may be the same."""
    for values in product(range(1, 4), repeat=count):
        if all(value <= max((0, *values[:place])) + 1 for place, value in enumerate(values)):
            yield values


def _sizes(sides: tuple[Expr, Expr], size: int, has_means: bool) -> dict[str, int]:
    """How far the indices run: to numbers of their own for each name of a last value."""
    lasts = sorted(
        {
            bound.high.name
            for side in sides
            for node in nodes_of(Reduce, side)
            for bound in node.bounds
            if isinstance(bound.high, Name) and bound.high.name not in CONSTANTS
        }
    )
    if has_means and not lasts:
        lasts = [_COUNT]
    scalars = frozenset(name for side in sides for name in names_in(side)) & _COUNTS
    open_sums = any(bound.high is None for side in sides for node in nodes_of(Reduce, side) for bound in node.bounds)
    if open_sums and len(lasts) == 1 and scalars and not scalars & {*lasts}:  # 1/n, with a sum up to q
        raise NoArrays
    found = {name: size - place for place, name in enumerate(lasts)}
    if len(lasts) > 2:
        raise NoArrays
    return found if len(lasts) == 2 else {**found, "": size}


def _shapes(sides: tuple[Expr, Expr], sizes: Mapping[str, int]) -> dict[str, tuple[int, ...]]:
    """The shapes of arrays by the last values of their indices: A is m by n in `\\sum_{i=1}^m \\sum_{j=1}^n A_{ij}`."""
    bounds = [bound for side in sides for node in nodes_of(Reduce, side) for bound in node.bounds]
    lasts = {bound.index: sizes.get(bound.high.name, 0) for bound in bounds if isinstance(bound.high, Name)}
    entries = [node for side in sides for node in nodes_of(Index, side) if isinstance(node.base, Name)]
    named = [(node, [place.name for place in node.indices if isinstance(place, Name)]) for node in entries]
    return {
        base_name(node): tuple(lasts[name] for name in names)
        for node, names in named
        if len(names) == len(node.indices) == len([name for name in names if lasts.get(name)])
    }


def _with_sizes(expr: Expr, sizes: Mapping[str, int]) -> Expr:
    if isinstance(expr, Name) and expr.name in sizes:
        return Num(sizes[expr.name], expr.place, str(sizes[expr.name]))
    return rebuilt(expr, lambda child: _with_sizes(child, sizes))


def _means_of(*sides: Expr) -> dict[str, str]:
    """Letters with a bar whose own numbers are summed: of x_i the mean is x_bar."""
    names = frozenset(name for side in sides for name in names_in(side))
    arrays = {node.base.name for side in sides for node in nodes_of(Index, side) if isinstance(node.base, Name)}
    return {name: name.removesuffix("_bar") for name in names if name.removesuffix("_bar") in arrays - {name}}


def _expanded(expr: Expr, frame: _Frame) -> Expr:
    """A formula with its sums written out, and a letter for each entry."""
    if isinstance(expr, Index):
        if isinstance(expr.base, Num) and len(expr.indices) == 1 and isinstance(expr.indices[0], Relation):
            return _one_where(expr.indices[0], frame)
        return _entry(expr.base, tuple(_position(place, frame) for place in expr.indices), frame)
    if isinstance(expr, Reduce):
        return _written_out(expr, frame)
    if isinstance(expr, Call) and expr.function in QUANTITIES:
        return _quantity(expr, frame)
    if isinstance(expr, Op) and expr.op in ("transpose", "cross", "pm", "mp"):
        raise NoArrays
    if isinstance(expr, Op) and expr.op == "mul":
        if (form := _bilinear(expr, frame)) is not None:
            return form
        factors = [_expanded(arg, frame) for arg in expr.args]
        return ZERO if any(map(is_zero, factors)) else Op("mul", tuple(factors), expr.place, "·")
    if isinstance(expr, Name):
        return _number(expr, frame)
    if not isinstance(expr, Num | Op | Call):
        raise NoArrays
    return rebuilt(expr, lambda child: _expanded(child, frame))


def _quantity(expr: Call, frame: _Frame) -> Expr:
    """A trace or a norm by the entries of what it is taken of."""
    (inner, *said) = expr.args
    if expr.function == "trace" and not said:
        return total("add", [_entry(inner, (k, k), frame) for k in range(1, _size(frame) + 1)])
    if expr.function != "norm":
        raise NoArrays
    shape = frame.shapes.get(inner.name) if isinstance(inner, Name) else None
    return norm_of(expr, shape or (_size(frame),) * 2, lambda base, places: _entry(base, places, frame))


def _bilinear(expr: Op, frame: _Frame) -> Expr | None:
    """`\\frac12 x^T A y` as a sum over the entries; None for any other product."""
    factors = _factors(expr)
    at = next((k for k, one in enumerate(factors) if isinstance(one, Op) and one.op == "transpose"), None)
    last = factors[-1]
    if at is None or at >= len(factors) - 1 or not (isinstance(last, Name) and last.name.islower()):
        return None
    row, middle = children(factors[at])[0], factors[at + 1 : -1]
    if not (isinstance(row, Name) and row.name.islower() and all(base_name(one).isupper() for one in middle)):
        return None
    matrix = reduce(lambda one, other: Op("mul", (one, other), expr.place, ""), middle) if middle else None
    terms: list[Expr] = []
    for one, other in product(range(1, _size(frame) + 1), repeat=2):
        inner = _entry(matrix, (one, other), frame) if matrix is not None else ONE
        if matrix is not None or one == other:
            ends = (_letter(row.name, (one,)), inner, _letter(last.name, (other,)))
            terms.append(total("mul", [end for end in ends if end != ONE]))
    before = [_expanded(one, frame) for one in factors[:at]]
    return total("mul", [*before, total("add", terms)])


def _factors(expr: Expr) -> list[Expr]:
    if isinstance(expr, Op) and expr.op == "mul" and expr.sign in ("", "·"):
        return [factor for arg in expr.args for factor in _factors(arg)]
    return [expr]


def leaves_out(expr: Expr) -> bool:
    """Whether a sum or a product leaves out one value of its index: `\\sum_{j \\ne i}`."""
    conditions = (node.indices[0] for node in nodes_of(Index, expr) if isinstance(node.base, Num) and node.indices)
    return any(isinstance(one, Relation) and one.ops == ("!=",) for one in conditions)


def _one_where(condition: Relation, frame: _Frame) -> Expr:
    """1 where two indices are not the same, 0 where they are: `\\sum_{j \\ne i}` leaves out a term."""
    if condition.ops != ("!=",) or any(operand is None for operand in condition.operands):
        raise NoArrays
    places = [_position(operand, frame) for operand in condition.operands if operand is not None]
    return ZERO if places[0] == places[1] else ONE


def _number(expr: Name, frame: _Frame) -> Expr:
    """A letter that stands for a number, not for an index nor for a whole array."""
    if expr.name in frame.indices:
        raise NoArrays
    array = frame.means.get(expr.name, "")
    if not array:
        return expr
    size = _size(frame)
    added = total("add", [_letter(array, (place,)) for place in range(1, size + 1)])
    return Op("div", (added, Num(size, expr.place, str(size))), expr.place)


def _position(place: Expr, frame: _Frame) -> int:
    if isinstance(place, Num) and isinstance(place.value, int) and place.value > 0:
        return place.value
    if isinstance(place, Name) and place.name in frame.indices:
        return frame.indices[place.name]
    raise NoArrays


def _size(frame: _Frame) -> int:
    if "" not in frame.sizes:
        raise NoArrays
    return frame.sizes[""]


def _written_out(expr: Reduce, frame: _Frame) -> Expr:
    if expr.op not in _TOTALS or len(expr.bounds) == 0:
        raise NoArrays
    ranges = [range(1, _last(bound, frame) + 1) for bound in expr.bounds]
    terms = []
    for values in product(*ranges):
        inside = dict(zip((bound.index for bound in expr.bounds), values, strict=True))
        terms.append(_expanded(expr.body, frame._replace(indices={**frame.indices, **inside})))
    return total(_TOTALS[expr.op], terms)


_TOTALS = {"sum": "add", "prod": "mul", "max": "max", "min": "min"}


def _last(bound: Bound, frame: _Frame) -> int:
    """The last value of an index that begins at 1, or runs over all of its values."""
    if bound.low is None and bound.high is None:
        return _size(frame)
    first = isinstance(bound.low, Num) and bound.low.value == 1
    if not first or not isinstance(bound.high, Name) or bound.high.name not in frame.sizes:
        raise NoArrays
    return frame.sizes[bound.high.name]


def _entry(base: Expr, places: tuple[int, ...], frame: _Frame) -> Expr:
    """An entry of an array, of a symbol, of a product or a transpose of matrices, or of a cross product."""
    if isinstance(base, Name):
        return _symbol(base.name, places) or _letter(base.name, places)
    if not isinstance(base, Op):
        raise NoArrays
    if base.op == "transpose" and len(places) == 2:
        return _entry(base.args[0], places[::-1], frame)
    if base.op == "neg" or (base.op == "add" and base.args):
        return Op(base.op, tuple(_entry(arg, places, frame) for arg in base.args), base.place, base.sign)
    if base.op == "pow" and _is_square(base):
        return _entry(Op("mul", (base.args[0], base.args[0]), base.place, ""), places, frame)
    if base.op == "mul" and base.sign == "×" and len(places) == 1:
        (place,) = places
        after, last = place % 3 + 1, (place + 1) % 3 + 1
        one, other = base.args
        pairs = [
            Op("mul", (_entry(one, (a,), frame), _entry(other, (b,), frame)), base.place, "·")
            for a, b in ((after, last), (last, after))
        ]
        return Op("add", (pairs[0], Op("neg", (pairs[1],), base.place)), base.place, "-")
    if base.op == "mul" and base.sign in ("", "·") and isinstance(base.args[0], Num):
        return Op("mul", (base.args[0], _entry(base.args[1], places, frame)), base.place, "·")
    if base.op == "mul" and base.sign in ("", "·") and len(places) in (1, 2):
        one, other = base.args
        if len(places) == 1 and not (base_name(first_letter(one)).isupper() and is_column(other)):
            raise NoArrays
        terms: list[Expr] = [
            Op("mul", (_entry(one, (places[0], k), frame), _entry(other, (k, *places[1:]), frame)), base.place, "·")
            for k in range(1, _size(frame) + 1)
        ]
        return total("add", terms)
    raise NoArrays


def _is_square(base: Op) -> bool:
    return isinstance(base.args[1], Num) and base.args[1].value == 2


def _letter(array: str, places: tuple[int, ...]) -> Name:
    return Name("#".join([array, *map(str, places)]), _NOWHERE)


def _symbol(name: str, places: tuple[int, ...]) -> Expr | None:
    """Kronecker's symbol with two indices, Levi-Civita's with three; None for an array."""
    if name == KRONECKER and len(places) == 2:
        return ONE if places[0] == places[1] else ZERO
    if name in LEVI_CIVITA and len(places) == 3:
        a, b, c = places
        sign = (b - a) * (c - b) * (c - a) // 2
        number = Num(abs(sign), _NOWHERE, str(abs(sign)))
        return Op("neg", (number,), _NOWHERE) if sign < 0 else number
    return None
