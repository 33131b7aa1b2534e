"""Extremes over all values of a letter, `min_x f(x)` and `argmin_x f(x)`: they are kept as they stand.

The places of two extremes are the same where one function is the other times a positive number, plus what does not
depend on the letter; a greatest value stands where its opposite is least.
"""

from __future__ import annotations

from collections.abc import Callable
from fractions import Fraction

from grader.equality.keys import key
from grader.equality.renaming import renamed
from grader.equality.scalars import Habits, exact_value
from grader.equality.verdicts import DIFFERENT, EQUAL, Found, NotScalar, Undefined, Unsupported
from grader.model.errors import Undecided
from grader.model.expressions import Expr, Index, Num, Op, Reduce, names_in, walk

_PLACES = frozenset(["argmin", "argmax"])
_VALUES = frozenset(["min", "max"])
_GREATEST = frozenset(["argmax", "max"])
_USUAL_CONSTANTS = frozenset(["c", "k"])
_MOST_TERMS = 6
_Decide = Callable[[Expr, Expr, Habits], Found]
_Term = tuple[Fraction, Expr]  # a number, and what it is a factor of


def extremes(expr: Expr) -> tuple[str, ...]:
    """The extremes of an expression that no evaluation here can find, by what they say.

    A maximum over an index, `max_j x_j`, is one over the entries of an array, and is evaluated.
    """
    return tuple(sorted(key(node) for node in walk(expr) if isinstance(node, Reduce) and _is_open(node)))


def _is_open(node: Reduce) -> bool:
    if node.op in _PLACES:
        return True
    counted = {
        name
        for inner in walk(node.body)
        if isinstance(inner, Index)
        for place in inner.indices
        for name in names_in(place)
    }
    return node.op in _VALUES and any(bound.high is None and bound.index not in counted for bound in node.bounds)


def compare_places(gold: Expr, answer: Expr, habits: Habits, decide: _Decide) -> Found | None:
    """The places of two extremes, or one beside the value there; None where that is not certain."""
    one, other = (renamed(expr) for expr in (gold, answer))
    if not (isinstance(one, Reduce) and isinstance(other, Reduce)):
        return None
    kinds = {one.op, other.op}
    if not (kinds <= _PLACES | _VALUES and kinds & _PLACES) or _limits(one) != _limits(other):
        return None
    if any(_holds_place(side.body) for side in (one, other)):  # each level would be compared several times
        return None
    mine, theirs = _terms(one), _terms(other)
    if not mine or len(mine) != len(theirs) or len(mine) > _MOST_TERMS:
        return None
    if kinds & _VALUES or one.op == other.op:
        alike = decide(one.body, other.body, habits).verdict == EQUAL
        if alike and kinds & _VALUES:
            return Found(DIFFERENT, "one is where an extreme stands, the other the extreme itself")
        if alike:
            return Found(EQUAL, "both are where the same is extreme")
    turned = -1 if (one.op in _GREATEST) != (other.op in _GREATEST) else 1
    if kinds <= _PLACES and (sign := _factor_between(mine, theirs, habits, decide)):
        if sign == turned:
            return Found(EQUAL, "both are where the same is extreme, but for a positive factor and a constant")
        return Found(DIFFERENT, "one is where the other's function is least, the other where it is greatest")
    return None


def _holds_place(expr: Expr) -> bool:
    return any(isinstance(node, Reduce) and node.op in _PLACES for node in walk(expr))


def _limits(side: Reduce) -> tuple[str, ...]:
    return tuple(f"{bound.index}={key(bound.low)}..{key(bound.high)}" for bound in side.bounds)


def _factor_between(mine: list[_Term], theirs: list[_Term], habits: Habits, decide: _Decide) -> int:
    """The sign of the number by which one sum is the other; 0 where no such number is certain."""
    first = mine[0][0]
    for factor in dict.fromkeys(number / first for number, _ in theirs):
        scaled = _sum([(number * factor, rest) for number, rest in mine])
        if decide(scaled, _sum(theirs), habits).verdict == EQUAL:
            return 1 if factor > 0 else -1
    return 0


def _terms(side: Reduce) -> list[_Term]:
    """The terms of what is extreme, each with its number; without those that surely do not depend on the letters.

    `L + w^2` may hold a loss L that depends on w: only numbers, usual constants and what stands beside the letters
    elsewhere are left out, and nothing but numbers where the letters do not occur, `\\arg\\min_w F`.
    """
    letters = {bound.index for bound in side.bounds}
    terms = [(number, rest) for number, rest in _split(side.body) if number and names_in(rest)]
    depending = [rest for _, rest in terms if names_in(rest) & letters]
    known = frozenset().union(*map(names_in, depending)) | _USUAL_CONSTANTS if depending else frozenset()
    known = frozenset(name for name in known if not (name[:1].isupper() or name in "fgh" or name.endswith("_hat"))) | {
        "C"
    }
    if not depending:
        return terms
    return [(number, rest) for number, rest in terms if names_in(rest) & letters or not names_in(rest) <= known]


def widened(expr: Expr, doubtful: bool = False) -> Expr:
    """`\\arg\\min_w F(w) + \\lambda w^2` as the place of the sum, whose other terms hold the letter too.

    `doubtful`: where they do not hold it as well.
    """
    if not (isinstance(expr, Op) and expr.op == "add" and isinstance(expr.args[0], Reduce)):
        return expr
    first, rest = expr.args[0], expr.args[1:]
    letters = {bound.index for bound in first.bounds}
    if first.op not in _PLACES or not (doubtful or any(names_in(term) & letters for term in rest)):
        return expr
    return Reduce(first.op, first.bounds, Op("add", (first.body, *rest), expr.place), expr.place)


def _split(expr: Expr) -> list[_Term]:
    one = Num(1, expr.place, "1")
    if isinstance(expr, Op) and expr.op == "add":
        return [term for arg in expr.args for term in _split(arg)]
    if isinstance(expr, Op) and expr.op == "neg":
        return [(-number, rest) for number, rest in _split(expr.args[0])]
    if isinstance(expr, Op) and expr.op in ("mul", "div") and len(expr.args) == 2:
        left, right = (_number(arg) for arg in expr.args)
        if expr.op == "mul" and left is not None:
            return [(number * left, rest) for number, rest in _split(expr.args[1])]
        if right:
            factor = right if expr.op == "mul" else 1 / right
            return [(number * factor, rest) for number, rest in _split(expr.args[0])]
        if expr.op == "mul":
            return _split_factors(expr)
        return [(number, Op("div", (rest, expr.args[1]), expr.place, expr.sign)) for number, rest in _one(expr.args[0])]
    if isinstance(expr, Reduce) and expr.op == "sum":
        return [(number, expr._replace(body=rest)) for number, rest in _one(expr.body)]
    value = _number(expr)
    return [(Fraction(1), expr)] if value is None else [(value, one)]


def _split_factors(expr: Op) -> list[_Term]:
    """A product of letters, with the numbers in its factors taken out of it."""
    (left, first), (right, last) = (_one(arg)[0] for arg in expr.args)
    return [(left * right, Op("mul", (first, last), expr.place, expr.sign))]


def _one(expr: Expr) -> list[_Term]:
    """An expression as a single term: a sum stays together."""
    terms = _split(expr)
    return terms if len(terms) == 1 else [(Fraction(1), expr)]


def _number(expr: Expr) -> Fraction | None:
    if names_in(expr):
        return None
    try:
        return exact_value(expr)
    except (Undefined, NotScalar, Unsupported, Undecided, ArithmeticError):
        return None


def _sum(terms: list[_Term]) -> Expr:
    parts = [
        Op("mul", (Num(number, rest.place, str(number)), rest), rest.place, "·") if number != 1 else rest
        for number, rest in terms
    ]
    return parts[0] if len(parts) == 1 else Op("add", tuple(parts), parts[0].place)
