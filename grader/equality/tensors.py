"""Formulas in index notation, `C_{ij} = \\sum_k A_{ik} B_{kj}`: entry by entry, for arrays of any numbers.

Sums without limits run over all values of an index, and sums that nobody writes over the indices that a product has
twice, if neither side writes one. Kronecker's and Levi-Civita's symbols are what they are. What agrees for generic
entries, whichever of the free indices are the same, agrees for all.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from itertools import permutations

from grader.equality.entries import KRONECKER, LEVI_CIVITA, QUANTITIES, compare_entries
from grader.equality.entry_totals import NoArrays
from grader.equality.keys import ordered_key
from grader.equality.scalars import NOTHING, Habits
from grader.equality.verdicts import DIFFERENT, EQUAL, UNDECIDED, Found
from grader.model.errors import Undecided
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
    names_in,
    nodes_of,
    rebuilt,
    walk,
)
from grader.model.records import NamedTuple

_INDICES = frozenset([*"abcdhijklmnopqrstuv", "mu", "nu", "alpha", "beta", "rho", "sigma", "lambda"])
_SAYS_NO_MORE = frozenset(["matrix", "vector", "number", "scalar", "real", "real number"])
_MOST_FREE = 4
_SAME = Found(EQUAL, "they agree entry by entry, for arrays of any numbers")
_OTHER = Found(DIFFERENT, "they differ in an entry, for arrays of some numbers")
_IN_SPACE = Found(UNDECIDED, "whether they agree for all numbers of dimensions is not certain")


def with_capitals(expr: Expr, other: Expr) -> Expr:
    """Entries `a_{ij}` as those of the matrix A that the other side has."""
    mine, theirs = names_in(expr), names_in(other)
    capitals = {
        node.base.name: node.base.name.upper()
        for node in walk(expr)
        if isinstance(node, Index)
        and len(node.indices) == 2
        and isinstance(node.base, Name)
        and node.base.name.islower()
    }
    entries = {small: large for small, large in capitals.items() if large in theirs - mine and small not in theirs}
    if not entries or any(len(small) > 1 for small in entries):
        return expr

    def told(part: Expr) -> Expr:
        part = rebuilt(part, told)
        return Name(entries.get(part.name, part.name), part.place) if isinstance(part, Name) else part

    return told(expr)


class _Claim(NamedTuple):
    """What a side says: a value, and of what, if it says so."""

    left: Expr | None
    value: Expr


def compare_indexed(gold: Expr, answer: Expr, habits: Habits) -> Found | None:
    """The verdict on two formulas in index notation; None where one is in another.

    Free indices may have other names on the other side where both say of what they give the entries.
    """
    found = _of_entries(gold, answer, habits)
    if found is not None and found.verdict == EQUAL:
        return found
    for told in ((gold, with_capitals(answer, gold)), (with_capitals(gold, answer), answer)):
        again = _of_entries(*told, habits) if told != (gold, answer) else None
        if again is not None and again.verdict == EQUAL:
            return again
    return found


def _of_entries(gold: Expr, answer: Expr, habits: Habits) -> Found | None:
    one, other = _claim(gold), _claim(answer)
    if one is None or other is None or not _have_entries(one, other):
        return None
    if not _SAYS_NO_MORE.issuperset(habits.structures.values()):  # of a symmetric A the entries are not any numbers
        return None
    habits = habits._replace(structures=NOTHING)
    one, other = _all_summed(one, other)
    mine, theirs = _free_in(one), _free_in(other)
    if not mine | theirs <= _INDICES or max(len(mine), len(theirs)) > _MOST_FREE or not _is_notation(one, other):
        return None
    if all(any(map(sums_errors, _parts(claim))) for claim in (one, other)):
        return None
    try:
        if one.left is None or other.left is None:
            return _of_value(one, other, habits)
        if not mine | theirs and ordered_key(one.left) == ordered_key(other.left):
            return _verdict(compare_entries(one.value, other.value, mine, habits))
        renamings = _renamings(theirs, mine) if len(mine) == len(theirs) else ()
        same = any(_says_same(one, _renamed(other, names), mine, habits) for names in renamings)
        return _SAME if same else _apart(one, other, mine, habits)
    except (NoArrays, Undecided, ArithmeticError):
        return None


def _apart(one: _Claim, other: _Claim, mine: frozenset[str], habits: Habits) -> Found | None:
    """Different where both say of each entry of one array what it is, `y_i =` and `y_m =`, but not the same."""
    named, theirs = _entry_letters(one.left), _entry_letters(other.left)
    if named is None or theirs is None or named[0] != theirs[0] or len(named[1]) != len(theirs[1]):
        return None
    told = _renamed(other, dict(zip(theirs[1], named[1], strict=True)))
    if named[0] in names_in(one.value) | names_in(other.value):  # A_{ij} = A_{ji} says more than of its left side
        return None
    if {*named[1]} != mine or _free_in(told) != mine:
        return None
    return _OTHER if compare_entries(one.value, told.value, mine, habits) == DIFFERENT else None


def _entry_letters(left: Expr | None) -> tuple[str, tuple[str, ...]] | None:
    """The array and the letters of an entry that stands for all of them; None for `y_{ii}`, `y_1` and others."""
    if not isinstance(left, Index) or not isinstance(left.base, Name):
        return None
    letters = tuple(place.name for place in left.indices if isinstance(place, Name))
    return (left.base.name, letters) if len({*letters}) == len(left.indices) else None


def _claim(expr: Expr) -> _Claim | None:
    if not isinstance(expr, Relation):
        return _Claim(None, expr)
    left, *values = expr.operands
    value = values[0] if expr.ops == ("=",) else None
    return None if left is None or value is None else _Claim(left, value)


def _parts(claim: _Claim) -> list[Expr]:
    return [claim.value] if claim.left is None else [claim.left, claim.value]


def _have_entries(one: _Claim, other: _Claim) -> bool:
    """Whether entries of arrays stand on both sides, or on one side of an equation and the other gives its value."""
    first, second = (any(nodes_of(Index, part) for part in _parts(claim)) for claim in (one, other))
    return (first and (second or other.left is None)) or (second and one.left is None)


def _is_notation(one: _Claim, other: _Claim) -> bool:
    """Whether sums, several indices of one array or symbols of tensors show that indices count entries."""
    for part in (*_parts(one), *_parts(other)):
        for node in walk(part):
            if isinstance(node, Reduce) or (isinstance(node, Index) and (len(node.indices) > 1 or _is_slope(node))):
                return True
    return False


def sums_errors(expr: Expr) -> bool:
    """Whether a delta is summed over, which beside another such sum may be an array of errors, no symbol."""
    if LEVI_CIVITA & names_in(expr):
        return False
    return any(
        isinstance(inner, Index) and KRONECKER in names_in(inner.base) and _letters_of(inner) & _bound_in(node)
        for node in nodes_of(Reduce, expr)
        for inner in walk(node.body)
    )


def _is_slope(entry: Index) -> bool:
    """Whether an entry is that of a derivative: `\\frac{\\partial f}{\\partial x_i}` is read as `df/dx[i]`."""
    return isinstance(entry.base, Name) and "/" in entry.base.name


def _of_value(one: _Claim, other: _Claim, habits: Habits) -> Found | None:
    """The verdict where at least one side is a value alone: that of the quantity which the other names."""
    left = one.left if one.left is not None else other.left
    bare = other if one.left is not None else one
    if left is not None and (not _is_quantity(left) or ordered_key(left) == ordered_key(bare.value)):
        return None
    letters = _free_in(one._replace(left=None))
    if letters != _free_in(other._replace(left=None)):
        return None
    return _verdict(compare_entries(one.value, other.value, letters, habits))


def _verdict(found: str) -> Found | None:
    return {EQUAL: _SAME, DIFFERENT: _OTHER, UNDECIDED: _IN_SPACE}.get(found)


def _is_quantity(left: Expr) -> bool:
    """What an equation in indices is about: an entry, a trace, a product of matrices or of symbols."""
    if isinstance(left, Name | Index | Reduce):
        return not isinstance(left, Reduce) or _is_quantity(left.body)
    if isinstance(left, Call):
        return left.function in QUANTITIES
    if isinstance(left, Op) and left.op == "pow":
        return isinstance(left.args[0], Call) and left.args[0].function in QUANTITIES
    turned = any(isinstance(node, Op) and node.op == "transpose" for node in walk(left))
    return isinstance(left, Op) and left.op == "mul" and (turned or not names_in(left).isdisjoint(LEVI_CIVITA))


# -- letters of indices ----------------------------------------------------------------------------------------


def _letters_of(expr: Expr) -> frozenset[str]:
    """The letters in the places of indices."""
    return frozenset(name for node in nodes_of(Index, expr) for place in node.indices for name in names_in(place))


def _free_in(claim: _Claim) -> frozenset[str]:
    return frozenset(name for part in _parts(claim) for name in _letters_of(part) - _bound_in(part))


def _bound_in(expr: Expr) -> frozenset[str]:
    return frozenset(bound.index for node in nodes_of(Reduce, expr) for bound in node.bounds)


def _renamings(theirs: frozenset[str], mine: frozenset[str]) -> Iterator[dict[str, str]]:
    before = sorted(theirs)
    for order in permutations(sorted(mine)):
        yield dict(zip(before, order, strict=True))


def _renamed(claim: _Claim, names: Mapping[str, str]) -> _Claim:
    """A claim with other names for its free indices, and for bound ones names that nobody types."""
    left, value = (None if part is None else _with_names(part, names) for part in claim)
    assert value is not None
    return _Claim(left, value)


def _with_names(expr: Expr, names: Mapping[str, str]) -> Expr:
    if isinstance(expr, Name):
        return Name(names.get(expr.name, expr.name), expr.place)
    if isinstance(expr, Reduce):
        inside = {**names, **{bound.index: f"'{bound.index}" for bound in expr.bounds}}
        return Reduce(expr.op, _with_bounds(expr, inside), _with_names(expr.body, inside), expr.place)
    return rebuilt(expr, lambda child: _with_names(child, names))


def _with_bounds(expr: Reduce, names: Mapping[str, str]) -> tuple[Bound, ...]:
    return tuple(Bound(names[one.index], one.low, one.high, one.place) for one in expr.bounds)


# -- sums that nobody writes -----------------------------------------------------------------------------------


def _all_summed(one: _Claim, other: _Claim) -> tuple[_Claim, _Claim]:
    """Both with sums over the letters that stand twice in a product, if no sum is written in either."""
    if any(nodes_of(Reduce, part) for claim in (one, other) for part in _parts(claim)):
        return one, other
    return _summed_claim(one), _summed_claim(other)


def _summed_claim(claim: _Claim) -> _Claim:
    held = frozenset[str]() if claim.left is None else _once(claim.left)
    left = None if claim.left is None else _summed(claim.left, frozenset())
    return _Claim(left, _summed(claim.value, held))


def _summed(expr: Expr, held: frozenset[str]) -> Expr:
    if isinstance(expr, Op) and expr.op in ("add", "neg"):
        return Op(expr.op, tuple(_summed(arg, held) for arg in expr.args), expr.place, expr.sign)
    twice = sorted(name for name in _letters_of(expr) - held if _times(expr, name) == 2)
    if not twice or not _is_product(expr):
        return expr
    return Reduce("sum", tuple(Bound(name, None, None, expr.place) for name in twice), expr, expr.place)


def _is_product(expr: Expr) -> bool:
    if isinstance(expr, Op):
        return (expr.op in ("mul", "neg") and all(map(_is_product, expr.args))) or _is_quotient(expr)
    return isinstance(expr, Name | Num | Index)


def _is_quotient(expr: Op) -> bool:
    return expr.op == "div" and _is_product(expr.args[0]) and not nodes_of(Index, expr.args[1])


def _times(expr: Expr, name: str) -> int:
    """How often a letter stands as an index."""
    places = [place for node in nodes_of(Index, expr) for place in node.indices]
    return sum(isinstance(place, Name) and place.name == name for place in places)


def _once(expr: Expr) -> frozenset[str]:
    return frozenset(name for name in _letters_of(expr) if _times(expr, name) == 1)


def _says_same(one: _Claim, other: _Claim, letters: frozenset[str], habits: Habits) -> bool:
    if one.left is None or other.left is None or _free_in(other) != letters:
        return False
    if ordered_key(one.left) != ordered_key(other.left):
        try:
            if compare_entries(one.left, other.left, letters, habits) != EQUAL:
                return False
        except NoArrays:
            return False
    return compare_entries(one.value, other.value, letters, habits) == EQUAL
