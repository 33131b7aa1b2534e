"""General solutions of differential equations: `x^2 + y^2 = C`, `y = Cx`, and vectors of functions with constants.

Both are the same family whatever its constants are called. Letters are constants only where all else says so: the
usual letters for them beside small letters of variables, in an equation for a curve or a function.
"""

from __future__ import annotations

from itertools import pairwise

from grader.equality.constants import CONSTANT, compare_up_to_constants, is_renamed
from grader.equality.keys import key
from grader.equality.lengths import rows_of
from grader.equality.matrices import has_matrix, written_out
from grader.equality.phases import without_phase
from grader.equality.roles import CONSTANTS
from grader.equality.scalars import Habits, compare_scalars
from grader.equality.slopes import differentiate, substitute
from grader.equality.verdicts import EQUAL, UNDECIDED, Found
from grader.model.errors import Undecided
from grader.model.expressions import Call, Expr, Group, Name, Num, Op, Relation, names_in, walk
from grader.model.records import NamedTuple

_NOWHERE = (0, 0)
_FREE = frozenset(["C", "K", "c", "C1", "C2", "C3", "c1", "c2", "c3", "A", "B", "D", "k", "a", "b", "c0", "C0", "c4"])
_GIVEN = frozenset("abk")  # beside two constants with indices they are parameters, where both have them
_ADDED = frozenset(["C", "K", "c", "C1", "c1", "k", "D"])
_INTEGRATED = frozenset(["C", "C0", "C1", "C2", "C3", "c0", "c1", "c2", "c3", "c4"])  # r = (a cos t, b sin t) has none
_ALONG = frozenset("xt")
_FUNCTIONS = frozenset("yuvwxz")
_CURVE = frozenset(["x", "y", "t", "u", "v", "r", "theta", "z"])
_SAME = Found(EQUAL, "both are the same family, whatever the constants are called")
_REUSED = Found(UNDECIDED, "they are the same family if one letter stands for another constant in each")
_NO_HABITS = Habits(frozenset())


class _Curve(NamedTuple):
    """An equation for a curve: what is zero on it, and the letter that is a constant."""

    zero: Expr
    constant: str


def compare_general_solutions(gold: Expr, answer: Expr, habits: Habits) -> Found | None:
    """That both are the same family of curves or functions; None where they are not, or nothing shows one."""
    declared = frozenset(name for name, kind in habits.structures.items() if kind == CONSTANT)
    try:
        if habits.structures:
            return _of_vectors(gold, answer, declared) if declared else None
        return _of_curves(gold, answer) or _of_functions(gold, answer) or _of_vectors(gold, answer, declared)
    except (Undecided, ArithmeticError, ValueError):
        return None


# -- curves ----------------------------------------------------------------------------------------------------


def _of_curves(gold: Expr, answer: Expr) -> Found | None:
    """`x^2 + y^2 = C` and `y^2 = K - x^2`: what is constant on one curve depends on the other's in a straight line."""
    one, other = _curve(gold), _curve(answer)
    if one is None or other is None or not {one.constant, other.constant} & (_INTEGRATED | {"c"}):
        return None
    letters = names_in(one.zero) - CONSTANTS - {one.constant}
    if letters != names_in(other.zero) - CONSTANTS - {other.constant} or len(letters) < 2 or not letters <= _CURVE:
        return None
    first, *_ = sorted(letters)
    moved = [_moved(differentiate(curve.zero, first), letters) for curve in (other, one)]
    for letter in sorted(letters):
        slopes = [differentiate(curve.zero, letter) for curve in (one, other)]
        products = [Op("mul", (slope, there), _NOWHERE, "·") for slope, there in zip(slopes, moved, strict=True)]
        if compare_scalars(products[0], products[1], _NO_HABITS).verdict != EQUAL:
            return None
    alike = any(_same_slopes(one.zero, told, first) for told in (other.zero, _opposite(other.zero)))
    sizes = [Call("abs", (differentiate(curve.zero, curve.constant),), _NOWHERE) for curve in (one, other)]
    if alike and compare_scalars(sizes[0], sizes[1], _NO_HABITS).verdict != EQUAL:  # x + y = C, x + y = 2K
        return _REUSED
    return _SAME if one.constant != other.constant or (one.constant == "C" and not alike) else _REUSED


def _same_slopes(one: Expr, other: Expr, letter: str) -> bool:
    return compare_scalars(differentiate(one, letter), differentiate(other, letter), _NO_HABITS).verdict == EQUAL


def _opposite(expr: Expr) -> Expr:
    return Op("neg", (expr,), expr.place)


def _curve(expr: Expr) -> _Curve | None:
    """An equation in which one letter that may be a constant is added, with a number for a factor."""
    if not isinstance(expr, Relation) or expr.ops != ("=",) or None in expr.operands:
        return None
    left, right = expr.operands
    assert left is not None and right is not None
    if any(isinstance(node, Group | Relation) for side in (left, right) for node in walk(side)):
        return None
    zero = Op("add", (left, Op("neg", (right,), right.place)), expr.place)
    constants = (names_in(zero) & _ADDED) - CONSTANTS
    if len(constants) != 1:
        return None
    (constant,) = constants
    return _Curve(zero, constant) if _number(differentiate(zero, constant)) else None


def _number(expr: Expr) -> bool:
    """Whether an expression is a number other than zero."""
    return not names_in(expr) - CONSTANTS and compare_scalars(expr, Num(0, _NOWHERE, "0"), _NO_HABITS).verdict != EQUAL


def _moved(expr: Expr, letters: frozenset[str]) -> Expr:
    """The value at another point, whose letters nobody types."""
    for letter in letters:
        expr = substitute(expr, letter, Name(f"{letter}#", _NOWHERE))
    return expr


# -- functions -------------------------------------------------------------------------------------------------


def _of_functions(gold: Expr, answer: Expr) -> Found | None:
    """`y = Cx` and `y = Kx`: functions of one variable alone, beside letters for constants."""
    one, other = _function(gold), _function(answer)
    if one is None or other is None or key(one[0]) != key(other[0]):
        return None
    return _compared(without_phase(one[1]), without_phase(other[1]))


def _function(expr: Expr) -> tuple[Expr, Expr] | None:
    """The name of a function of x or t, and its value."""
    if not isinstance(expr, Relation) or expr.ops != ("=",) or None in expr.operands:
        return None
    left, value = _named(expr.operands[0]), expr.operands[1]
    name = left.name if isinstance(left, Name) else left.function if isinstance(left, Call) else ""
    if left is None or value is None or name not in _FUNCTIONS or name in names_in(value):
        return None
    return (Name(name, left.place), value) if not has_matrix(value) and not isinstance(value, Group) else None


def _compared(gold: Expr, answer: Expr) -> Found | None:
    """Whether two values in one variable are the same but for the names of their constants."""
    mine, theirs = names_in(gold) - CONSTANTS, names_in(answer) - CONSTANTS
    along = mine & theirs & _ALONG
    given = (mine & theirs) - _FREE - along  # omega, which both have
    if all(len(side & _INTEGRATED) > 1 for side in (mine, theirs)):
        given |= mine & theirs & _GIVEN
    mine, theirs = mine - given, theirs - given
    if len(along) != 1 or not mine - along or not theirs - along or not (mine | theirs) - along <= _FREE:
        return None
    if not (mine - along <= _INTEGRATED or theirs - along <= _INTEGRATED):
        return None
    names = tuple(sorted(mine - along)), tuple(sorted(theirs - along))
    if len(names[0]) == len(names[1]) and is_renamed(gold, answer, names, _NO_HABITS):
        custom = len(names[0]) > 1 and (mine | theirs) - along <= _INTEGRATED  # C_1 e^x + C_2 e^{-x}, either way round
        return _SAME if custom or mine.isdisjoint(theirs - along) else _REUSED
    return _as_spaces(gold, answer, (mine - along, theirs - along))


def _as_spaces(gold: Expr, answer: Expr, names: tuple[frozenset[str], frozenset[str]]) -> Found | None:
    """`C_1 e^x + C_2 e^{-x}` and `A cosh x + B sinh x`: one space of functions, each constant a factor in both."""
    if any(len(one) < 2 for one in names) or not all(
        _is_linear(*side) for side in zip((gold, answer), names, strict=True)
    ):
        return None
    for name in sorted(names[0] & names[1]):  # c_1 of one is not that of the other
        answer = substitute(answer, name, Name(f"{name}#", _NOWHERE))
    declared = Habits(frozenset(), dict.fromkeys(names[0] | (names_in(answer) - names_in(gold)), CONSTANT))
    found = compare_up_to_constants(gold, answer, declared)
    return _SAME if found is not None and found.verdict == EQUAL else None


def _is_linear(expr: Expr, names: frozenset[str]) -> bool:
    """Whether an expression is a sum of terms with one constant as a factor each."""
    slopes = [differentiate(expr, name) for name in sorted(names)]
    if any(names_in(slope) & names for slope in slopes):
        return False
    rest = expr
    for name in sorted(names):
        rest = substitute(rest, name, Num(0, _NOWHERE, "0"))
    return compare_scalars(rest, Num(0, _NOWHERE, "0"), _NO_HABITS).verdict == EQUAL


# -- vectors of functions --------------------------------------------------------------------------------------


def _of_vectors(gold: Expr, answer: Expr, said: frozenset[str]) -> Found | None:
    """Solutions of systems, `c_1 e^t (1, 1) + c_2 e^{-t} (1, -1)`, as families of vectors."""
    one, other = _components(gold), _components(answer)
    if one is None or other is None or len(one) != len(other) or _names_differ(gold, answer):
        return None
    letters = [frozenset(name for part in side for name in names_in(part)) - CONSTANTS for side in (one, other)]
    along = letters[0] & letters[1] & _ALONG
    if len(along) != 1 or any(not side - along or not side - along <= _FREE | said for side in letters):
        return None
    if not any(side - along <= _INTEGRATED | said for side in letters):
        return None
    (variable,) = along
    sums = [_mixed(side, variable) for side in (one, other)]
    declared = Habits(frozenset(), dict.fromkeys((letters[0] | letters[1]) - along, CONSTANT))
    found = compare_up_to_constants(sums[0], sums[1], declared)
    if found is None or found.verdict == UNDECIDED:
        return None
    return _SAME if found.verdict == EQUAL else found


def _mixed(components: list[Expr], variable: str) -> Expr:
    """One sum of all components, each times a function that no solution has: families of these are those of vectors."""
    total = components[0]
    for number, component in enumerate(components[1:], start=1):
        square = Op("pow", (Name(variable, _NOWHERE), _TWO), _NOWHERE)
        below = Op("add", (square, Num(6 + number, _NOWHERE, str(6 + number))), _NOWHERE, "+")
        factor = Op("div", (_ONE, below), _NOWHERE, "/")
        root = Call("sqrt", (factor,), _NOWHERE)
        total = Op("add", (total, Op("mul", (component, root), _NOWHERE, "·")), _NOWHERE, "+")
    return total


_ONE, _TWO = Num(1, _NOWHERE, "1"), Num(2, _NOWHERE, "2")


def _components(expr: Expr) -> list[Expr] | None:
    """The components of a vector of functions, written as a vector or as an equation for each; None for others."""
    if (isinstance(expr, Group) and expr.brackets == "") or (isinstance(expr, Op) and expr.op == "and"):
        items = expr.items if isinstance(expr, Group) else expr.args
        return _in_order(items)
    if isinstance(expr, Relation):
        expr = expr.operands[-1] if expr.ops == ("=",) and expr.operands[-1] is not None else expr
    table = written_out(expr) if has_matrix(expr) else expr
    if not isinstance(table, Group) or table.brackets not in ("()", "[]") or len(table.items) < 2:
        return None
    rows = rows_of(table)
    entries = [row[0] for row in rows] if all(len(row) == 1 for row in rows) else rows[0] if len(rows) == 1 else []
    return entries or None


def _names_differ(gold: Expr, answer: Expr) -> bool:
    """Whether both give values to several letters, `x = ..., y = ...`, and not to the same ones."""
    names = [_lefts(expr) for expr in (gold, answer)]
    if isinstance(gold, Relation) and isinstance(answer, Relation):
        return _of_vector(gold) != _of_vector(answer)
    return bool(names[0]) and bool(names[1]) and names[0] != names[1]


def _of_vector(expr: Relation) -> str:
    """The letter of a vector, `x(t) = ...`; "" for another left side."""
    left = _named(expr.operands[0])
    return left.name if isinstance(left, Name) else left.function if isinstance(left, Call) else ""


def _lefts(expr: Expr) -> list[str]:
    items = expr.items if isinstance(expr, Group) and expr.brackets == "" else expr.args if isinstance(expr, Op) else ()
    lefts = [_named(item.operands[0]) for item in items if isinstance(item, Relation)]
    return [left.name if isinstance(left, Name) else left.function for left in lefts if isinstance(left, Name | Call)]


def _named(left: Expr | None) -> Expr | None:
    """What an equation gives a value to: `x(t)` is read as a product beside an x alone."""
    if isinstance(left, Op) and left.op == "mul" and left.sign == "" and names_in(left.args[1]) <= _ALONG:
        return left.args[0]
    return left


def _in_order(items: tuple[Expr, ...]) -> list[Expr] | None:
    """The values of `x1 = ..., x2 = ...` or `x(t) = ..., y(t) = ...`, if they stand in the order of their names."""
    names: list[str] = []
    values: list[Expr] = []
    for item in items:
        left = item.operands[0] if isinstance(item, Relation) and item.ops == ("=",) else None
        value = item.operands[1] if isinstance(item, Relation) and left is not None else None
        left = _named(left)
        if not isinstance(left, Name | Call) or value is None:
            return None
        names.append(left.name if isinstance(left, Name) else left.function)
        values.append(value)
    rising = all(one < other for one, other in pairwise(names))
    named = frozenset(names)
    return values if rising and len(values) > 1 and not any(names_in(value) & named for value in values) else None
