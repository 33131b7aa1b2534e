"""Compares formulas with impulses in continuous time as distributions: `δ(2t)` is `δ(t)/2`, `t δ(t)` is 0.

A formula is a regular part and a sum of impulses, each with a factor that is continuous where it stands. Impulses are
compared by place and weight, regular parts between the jumps of their steps; what they are at a jump does not count.
An integral over an impulse is the value of the factor at its place, times steps for the limits it has to lie between.
"""

from __future__ import annotations

from itertools import pairwise
from typing import Any

from grader.equality.growth import infinite_sign
from grader.equality.kinks import is_bent
from grader.equality.precise import Precise
from grader.equality.roles import CONSTANTS, Cast, cast
from grader.equality.scalars import Habits, compare_scalars
from grader.equality.slopes import substitute
from grader.equality.switched import (
    JUMP,
    PULSE,
    Point,
    Switched,
    agrees,
    algebra_of,
    bends,
    check_sizes,
    degree,
    is_marked,
    letters_at,
    marked_in,
    variants,
)
from grader.equality.verdicts import DIFFERENT, EQUAL, UNDECIDED, Found, NotScalar, Unsupported
from grader.equality.walker import constant_exponent
from grader.model.errors import Undecided
from grader.model.expressions import (
    Call,
    Cases,
    Expr,
    Group,
    Integral,
    Num,
    Op,
    Reduce,
    Relation,
    names_in,
    rebuilt,
    walk,
)
from grader.model.records import NamedTuple

_NOWHERE = (0, 0)
_ZERO, _ONE = Num(0, _NOWHERE, "0"), Num(1, _NOWHERE, "1")
_TIMES = ("t", "tau", "omega", "x", "f", "y", "z", "s")  # which letter is the time, if several could be
_MOST_TERMS = 40
_BROKEN = frozenset(["sign", "floor", "ceil", "mod", "delta", "max", "min", "relu"])
_BENT = frozenset(["sign", "abs", "relu"])
_PULSES, _JUMPS = frozenset([PULSE]), frozenset([JUMP])


class _Parts(NamedTuple):
    """A regular part, and impulses: a factor and the argument of each."""

    regular: Expr
    impulses: tuple[tuple[Expr, Expr], ...] = ()


# -- taking apart ----------------------------------------------------------------------------------------------


def _op(op: str, *args: Expr) -> Expr:
    return Op(op, args, _NOWHERE)


def _parts(expr: Expr) -> _Parts:
    """The parts of an expression. Raises Undecided where it is not linear in its impulses."""
    if not is_marked(expr, _PULSES):
        return _Parts(expr)
    if isinstance(expr, Call) and expr.function == PULSE:
        return _Parts(_ZERO, ((_ONE, expr.args[0]),))
    if isinstance(expr, Op) and expr.op == "add":
        parts = [_parts(arg) for arg in expr.args]
        return _Parts(
            _op("add", *(part.regular for part in parts)), tuple(one for part in parts for one in part.impulses)
        )
    if isinstance(expr, Op) and expr.op == "neg":
        (part,) = (_parts(arg) for arg in expr.args)
        return _Parts(_op("neg", part.regular), tuple((_op("neg", factor), arg) for factor, arg in part.impulses))
    if isinstance(expr, Op) and expr.op == "mul":
        one, other = expr.args
        if is_marked(one, _PULSES):
            one, other = other, one
        if not is_marked(one, _PULSES):
            part = _parts(other)
            scaled = tuple((_op("mul", one, factor), arg) for factor, arg in part.impulses)
            return _Parts(_op("mul", one, part.regular), scaled)
    if isinstance(expr, Op) and expr.op == "div" and not is_marked(expr.args[1], _PULSES):
        part, below = _parts(expr.args[0]), expr.args[1]
        scaled = tuple((_op("div", factor, below), arg) for factor, arg in part.impulses)
        return _Parts(_op("div", part.regular, below), scaled)
    if isinstance(expr, Reduce):
        return _parts(_written_out(expr))
    if isinstance(expr, Group) and expr.brackets == "[]" and len(expr.items) == 1:
        return _parts(expr.items[0])
    raise Undecided("a formula that is not linear in its impulses", *expr.place)


def _written_out(expr: Reduce) -> Expr:
    """A finite sum over impulses as its terms."""
    bound = expr.bounds[0] if len(expr.bounds) == 1 and expr.op == "sum" else None
    if bound is not None and bound.low is not None and bound.high is not None:
        low, high = constant_exponent(bound.low), constant_exponent(bound.high)
        if low is not None and high is not None and low.denominator == high.denominator == 1:
            numbers = range(int(low), int(high) + 1)
            if 0 < len(numbers) <= _MOST_TERMS:
                terms = (substitute(expr.body, bound.index, Num(number, _NOWHERE, str(number))) for number in numbers)
                return _op("add", *terms, _ZERO)
    raise Undecided("a sum over impulses that is not written out", *expr.place)


def _sifted(expr: Expr) -> Expr:
    """An expression without integrals over impulses."""
    expr = rebuilt(expr, _sifted)
    if not (isinstance(expr, Integral) and is_marked(expr.body, _PULSES)):
        return expr
    if expr.low is None or expr.high is None:
        raise Undecided("an integral over an impulse without limits", *expr.place)
    parts = _parts(expr.body)
    terms: list[Expr] = [] if _is_zero(parts.regular) else [expr._replace(body=parts.regular)]
    for factor, arg in parts.impulses:
        if degree(arg, expr.variable) != 1:
            raise Undecided("an integral over an impulse that does not depend on its variable alone", *expr.place)
        _check_continuous(factor)
        if any(isinstance(node, Integral | Reduce) for node in walk(factor)):  # whose letters may be those of the place
            raise Undecided("an integral over an impulse times another integral or sum", *expr.place)
        at_zero, at_one = (substitute(arg, expr.variable, number) for number in (_ZERO, _ONE))
        slope = _op("add", at_one, _op("neg", at_zero))
        place = _op("div", _op("neg", at_zero), slope)
        term = _op("div", substitute(factor, expr.variable, place), Call("abs", (slope,), _NOWHERE))
        for limit, sign in ((expr.low, -1), (expr.high, 1)):
            if infinite_sign(limit) == sign:
                continue
            apart = _op("add", place, _op("neg", limit))
            term = _op("mul", Call(JUMP, (apart if sign < 0 else _op("neg", apart),), _NOWHERE), term)
        terms.append(term)
    return _op("add", *terms, _ZERO)


def _is_zero(expr: Expr) -> bool:
    """Whether an expression is plainly zero."""
    if isinstance(expr, Num):
        return expr.value == 0
    if not isinstance(expr, Op):
        return False
    if expr.op in ("add", "neg"):
        return all(_is_zero(arg) for arg in expr.args)
    return (expr.op == "mul" and any(_is_zero(arg) for arg in expr.args)) or (
        expr.op == "div" and _is_zero(expr.args[0])
    )


def _check_continuous(factor: Expr) -> None:
    for node in walk(factor):
        if isinstance(node, Cases | Relation) or (isinstance(node, Call) and node.function in _BROKEN):
            raise Undecided("an impulse times what may jump", *node.place)


# -- comparing -------------------------------------------------------------------------------------------------


def compare_impulses(gold: Expr, answer: Expr, habits: Habits) -> Found:
    """Whether two formulas are the same distribution. Raises Undecided where that cannot be told."""
    check_sizes(gold, answer)
    gold, answer = _sifted(gold), _sifted(answer)
    if not (is_marked(gold) or is_marked(answer)):
        return compare_scalars(gold, answer, habits)
    if any(isinstance(n, Integral) and (is_marked(n) or is_bent(n)) for e in (gold, answer) for n in walk(e)):
        raise Undecided("an integral over steps is not computed")
    time = _time_of(gold, answer)
    casting = cast((gold, answer), habits.imaginary)
    letters = tuple(sorted(set(casting.roles) - {time}))
    sides = (_parts(gold), _parts(answer))
    for part in sides:
        for factor, _ in part.impulses:
            _check_continuous(factor)
    found = _compare(sides, letters, time, casting, positive=False)
    if (
        found.verdict == DIFFERENT
        and letters
        and _compare(sides, letters, time, casting, positive=True).verdict == EQUAL
    ):
        return Found(UNDECIDED, "they are equal if the letters beside the time are positive")
    return found


def _compare(sides: tuple[_Parts, _Parts], letters: tuple[str, ...], time: str, casting: Cast, positive: bool) -> Found:
    seen = [0]
    for variant in variants(seen):
        algebra = algebra_of(casting.imaginary, casting.is_complex)
        chosen = letters_at(letters, variant)
        values = {name: algebra.number(abs(value) if positive else value) for name, value in chosen.items()}
        try:
            found = _At(algebra, values, time).differ(*sides)
        except (NotScalar, Unsupported):
            raise
        except (ArithmeticError, ValueError):
            continue
        if found:
            return Found(DIFFERENT, found)
        seen[0] += 1
    if not seen[0]:
        return Found(UNDECIDED, "no values of the letters were found for which both are defined")
    return Found(EQUAL, "they have the same impulses, and agree between their jumps")


def _time_of(*exprs: Expr) -> str:
    """The letter that all impulses and steps depend on."""
    args = [names for call in marked_in(*exprs) if (names := names_in(call.args[0]) - CONSTANTS)]
    if not args:  # nothing depends on the time
        return _TIMES[0]
    common = frozenset.intersection(*args)
    found = [name for name in _TIMES if name in common] or sorted(common)
    if not found:
        raise Undecided("steps and impulses of several letters are not compared")
    return found[0]


class _At:
    """Both formulas at one choice of values for all letters but the time."""

    def __init__(self, algebra: Precise, values: dict[str, Any], time: str) -> None:
        self.algebra, self.values, self.time = algebra, values, time

    def value(self, expr: Expr, time: Any) -> Any:
        """The value of an expression at a time."""
        return Switched(self.algebra, {**self.values, self.time: time})(expr)

    def differ(self, gold: _Parts, answer: _Parts) -> str:
        """In what the two differ; "" where in nothing."""
        placed: list[tuple[Any, list[Any]]] = []
        for side, part in enumerate((gold, answer)):
            for factor, arg in part.impulses:
                place, slope = self._place(arg)
                weight = self.value(factor, place) / abs(slope)
                same = [weights for other, weights in placed if abs(other - place) < 1e-30]
                if not same:
                    same.append([self.algebra.number(0)] * 2)
                    placed.append((place, same[0]))
                same[0][side] += weight
        for place, (one, other) in placed:
            if not agrees(Point(one, other, self.algebra.error)):
                return f"their impulses differ at {self.time} = {float(place):.6g}"
        return self._differ_between(gold.regular, answer.regular)

    def _place(self, arg: Expr) -> tuple[Any, Any]:
        """Where an argument is zero, and how fast it grows."""
        if degree(arg, self.time) != 1:
            raise Undecided("a step or an impulse whose argument is no multiple of the time", *arg.place)
        walker = Switched(self.algebra, self.values)
        at_zero, at_one = (
            walker.real(substitute(arg, self.time, Num(number, _NOWHERE, str(number)))) for number in (0, 1)
        )
        if at_one == at_zero:
            raise Undecided("an impulse that does not depend on the time", *arg.place)
        return -at_zero / (at_one - at_zero), at_one - at_zero

    def _differ_between(self, gold: Expr, answer: Expr) -> str:
        """Where the regular parts differ."""
        for inside in self._stretches(gold, answer):
            agreed = 0
            for time in inside:
                pair = [self._or_none(expr, time) for expr in (gold, answer)]
                if pair == [None, None]:
                    continue
                if None in pair:
                    raise Undecided("they agree where both have a value, but only one has one somewhere")
                if not agrees(Point(pair[0], pair[1], self.algebra.error)):
                    return f"they differ at {self.time} = {float(time):.6g}"
                agreed += 1
            if not agreed:
                raise Undecided("between two jumps they have no value")
        return ""

    def _or_none(self, expr: Expr, time: Any) -> Any:
        try:
            return self.value(expr, time)
        except (NotScalar, Unsupported):
            raise
        except (ArithmeticError, ValueError):
            return None

    def _stretches(self, *exprs: Expr) -> list[list[Any]]:
        """Times to look at, in every stretch between two jumps and beyond the outermost."""
        number = self.algebra.mp.mpf
        bent = [arg for expr in exprs for arg in bends(expr, frozenset([self.time])) if self.time in names_in(arg)]
        places = sorted({self._place(arg)[0] for arg in bent})
        apart = [one for one, other in pairwise([*places, number("inf")]) if other - one > 1e-30] or [number(0)]
        within = [
            [one + (other - one) * number(part) / 1000 for part in (171, 618, 893)] for one, other in pairwise(apart)
        ]
        before = [apart[0] - number(part) / 1000 for part in (271, 1618, 7389, 61803)]
        after = [apart[-1] + number(part) / 1000 for part in (314, 2236, 6931, 57721)]
        return [before, *within, after]
