"""Entries of arrays: a formula with its sums written out, and a letter for each entry.

Where indices run so far as nobody says, to 3 and to 4 is tried; means of what is summed are means of so many numbers.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from functools import reduce
from itertools import product

from grader.equality.entry_signs import positive_arrays
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
_ZERO, _ONE = Num(0, _NOWHERE, "0"), Num(1, _NOWHERE, "1")
KRONECKER, LEVI_CIVITA = "delta", frozenset(["epsilon", "varepsilon"])
QUANTITIES = frozenset(["trace", "det", "norm"])
_MOST_NODES = 4_000
_COUNTS = frozenset("nN")
_COUNT = "n"  # of the numbers that are summed, where there is a mean of them


class NoArrays(Exception):
    """What stands in a formula is no formula of entries."""


class _Frame(NamedTuple):
    """How far indices run, and what the letters in their places are."""

    sizes: Mapping[str, int]  # by the name of the last value; "" for sums without limits
    means: Mapping[str, str]  # letters with a bar, and the array that each is the mean of
    indices: Mapping[str, int]


def compare_entries(one: Expr, other: Expr, letters: frozenset[str], habits: Habits) -> str:
    """Whether two formulas agree for all values of the free indices, in two sizes where the size may vary."""
    means = _means_of(one, other)
    positive = positive_arrays((one, other))
    symbols = {node.base.name for side in (one, other) for node in nodes_of(Index, side) if isinstance(node.base, Name)}
    for size in (3,) if symbols & LEVI_CIVITA else (3, 4):
        sizes = _sizes((one, other), size, bool(means))
        for values in _patterns(len(letters)):
            frame = _Frame(sizes, means, dict(zip(sorted(letters), values, strict=True)))
            sides = [_with_sizes(_expanded(side, frame), sizes) for side in (one, other)]
            if any(sum(1 for _ in walk(side)) > _MOST_NODES for side in sides):
                raise NoArrays
            verdict = compare_scalars(sides[0], sides[1], _with_positive(habits, sides, positive)).verdict
            if verdict != EQUAL:
                return verdict if size == 3 or sizes.keys() - {""} else UNDECIDED  # \\delta_{ii} is 3 in space
    return EQUAL


def _with_positive(habits: Habits, sides: list[Expr], arrays: frozenset[str]) -> Habits:
    """What is known of letters, with the entries of some arrays as positive: of which logarithms are taken."""
    names = names_in(sides[0]) | names_in(sides[1]) if arrays else frozenset[str]()
    said = {name: "positive" for name in names if "#" in name and name.partition("#")[0] in arrays}
    return habits._replace(structures={**habits.structures, **said}) if said else habits


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
    if isinstance(expr, Call):
        if expr.function == "trace" and len(expr.args) == 1:
            return _total("add", [_entry(expr.args[0], (k, k), frame) for k in range(1, _size(frame) + 1)])
        if expr.function in QUANTITIES:
            raise NoArrays
    if isinstance(expr, Op) and expr.op in ("transpose", "cross", "pm", "mp"):
        raise NoArrays
    if isinstance(expr, Op) and expr.op == "mul":
        if (form := _bilinear(expr, frame)) is not None:
            return form
        factors = [_expanded(arg, frame) for arg in expr.args]
        return _ZERO if any(map(_is_zero, factors)) else Op("mul", tuple(factors), expr.place, "·")
    if isinstance(expr, Name):
        return _number(expr, frame)
    if not isinstance(expr, Num | Op | Call):
        raise NoArrays
    return rebuilt(expr, lambda child: _expanded(child, frame))


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
        inner = _entry(matrix, (one, other), frame) if matrix is not None else _ONE
        if matrix is not None or one == other:
            ends = (_letter(row.name, (one,)), inner, _letter(last.name, (other,)))
            terms.append(_total("mul", [end for end in ends if end != _ONE]))
    before = [_expanded(one, frame) for one in factors[:at]]
    return _total("mul", [*before, _total("add", terms)])


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
    return _ZERO if places[0] == places[1] else _ONE


def _number(expr: Name, frame: _Frame) -> Expr:
    """A letter that stands for a number, not for an index nor for a whole array."""
    if expr.name in frame.indices:
        raise NoArrays
    array = frame.means.get(expr.name, "")
    if not array:
        return expr
    size = _size(frame)
    total = _total("add", [_letter(array, (place,)) for place in range(1, size + 1)])
    return Op("div", (total, Num(size, expr.place, str(size))), expr.place)


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
    if expr.op not in ("sum", "prod") or len(expr.bounds) == 0:
        raise NoArrays
    ranges = [range(1, _last(bound, frame) + 1) for bound in expr.bounds]
    terms = []
    for values in product(*ranges):
        inside = dict(zip((bound.index for bound in expr.bounds), values, strict=True))
        terms.append(_expanded(expr.body, frame._replace(indices={**frame.indices, **inside})))
    return _total("add" if expr.op == "sum" else "mul", terms)


def _last(bound: Bound, frame: _Frame) -> int:
    """The last value of an index that begins at 1, or runs over all of its values."""
    if bound.low is None and bound.high is None:
        return _size(frame)
    first = isinstance(bound.low, Num) and bound.low.value == 1
    if not first or not isinstance(bound.high, Name) or bound.high.name not in frame.sizes:
        raise NoArrays
    return frame.sizes[bound.high.name]


def _total(op: str, terms: list[Expr]) -> Expr:
    """A sum or a product of terms, without those that are zero."""
    if op == "add":
        terms = [term for term in terms if not _is_zero(term)]
    if not terms:
        return _ZERO
    if op == "mul":  # has two factors, or others would be left out
        return reduce(lambda one, other: Op("mul", (one, other), _NOWHERE, "·"), terms)
    return terms[0] if len(terms) == 1 else Op(op, tuple(terms), _NOWHERE, "+")


def _is_zero(expr: Expr) -> bool:
    return isinstance(expr, Num) and expr.value == 0


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
    if base.op == "mul" and base.sign in ("", "·") and len(places) == 2:
        one, other = base.args
        terms: list[Expr] = [
            Op("mul", (_entry(one, (places[0], k), frame), _entry(other, (k, places[1]), frame)), base.place, "·")
            for k in range(1, _size(frame) + 1)
        ]
        return _total("add", terms)
    raise NoArrays


def _is_square(base: Op) -> bool:
    return isinstance(base.args[1], Num) and base.args[1].value == 2


def _letter(array: str, places: tuple[int, ...]) -> Name:
    return Name("#".join([array, *map(str, places)]), _NOWHERE)


def _symbol(name: str, places: tuple[int, ...]) -> Expr | None:
    """Kronecker's symbol with two indices, Levi-Civita's with three; None for an array."""
    if name == KRONECKER and len(places) == 2:
        return _ONE if places[0] == places[1] else _ZERO
    if name in LEVI_CIVITA and len(places) == 3:
        a, b, c = places
        sign = (b - a) * (c - b) * (c - a) // 2
        number = Num(abs(sign), _NOWHERE, str(abs(sign)))
        return Op("neg", (number,), _NOWHERE) if sign < 0 else number
    return None
