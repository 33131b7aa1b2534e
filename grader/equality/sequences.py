"""Compares sequences: steps and impulses in brackets, and sums without an end over arrays, at all whole numbers near 0.

An array that is summed without an end stands for any sequence that is zero far from 0, generic near it: what agrees
for these agrees term by term. A sum over all values of an index runs over all whole numbers here.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from itertools import product
from typing import Any

from grader.equality.hashing import hashed
from grader.equality.places import (
    FARTHEST,
    Plan,
    arguments,
    endless_over_arrays,
    has_steps,
    is_endless,
    is_open,
    plan_of,
)
from grader.equality.precise import Precise
from grader.equality.scalars import Habits
from grader.equality.switched import (
    IMPULSE,
    STEP,
    Point,
    Switched,
    agrees,
    algebra_of,
    check_sizes,
    degree,
    letters_at,
    marked_in,
    variants,
)
from grader.equality.verdicts import DIFFERENT, EQUAL, UNDECIDED, Found, NotScalar, Unsupported
from grader.model.errors import Undecided
from grader.model.expressions import (
    Bound,
    Call,
    Cases,
    Expr,
    Index,
    Integral,
    Limit,
    Name,
    Op,
    Reduce,
    names_in,
    walk,
)

_IN_BRACKETS = frozenset([STEP, IMPULSE])
_GUARD = 4  # terms that have to vanish where a sum is cut
_MOST_POINTS, _MOST_STEPS = 700, 40_000  # half a second
_CORRELATIONS = ("R", "r", "C", "c", "phi", "gamma", "rho")
_CHANCES = frozenset(["p", "P", "q", "pi"])  # which add up to 1
_OF_COMPLEX = frozenset(["abs", "conjugate", "re", "im", "arg"])
_BROKEN = frozenset(["floor", "ceil", "mod", "max", "min", "relu", "sign", "delta"])


# -- evaluating ------------------------------------------------------------------------------------------------


class _Sequences(Switched):
    """Evaluates formulas for sequences."""

    __slots__ = ("_switched", "finite", "is_even", "support")

    def __init__(self, algebra: Precise, values: Mapping[str, Any], plan: Plan) -> None:
        super().__init__(algebra, values)
        self.support, self.finite, self.is_even = plan.support, plan.finite, plan.is_even
        self._switched: dict[int, tuple[bool, Expr]] = {}

    def __call__(self, expr: Expr) -> Any:
        """The value of an expression."""
        if isinstance(expr, Index) and isinstance(expr.base, Name) and expr.base.name in self.finite:
            places = [self.whole(self.real(index)) for index in expr.indices]
            if not all(place in self.support for place in places):
                return self.algebra.number(0)
            if self.is_even and expr.base.name in _CORRELATIONS:
                places = [abs(place) for place in places]
            return self.algebra.number(hashed(f"{expr.base.name}[]", hash_of(places)))
        if isinstance(expr, Reduce) and expr.bounds and expr.op == "sum":
            bound = expr.bounds[0]
            inner = expr.body if len(expr.bounds) == 1 else expr._replace(bounds=expr.bounds[1:])
            if is_endless(bound) or (is_open(bound) and arguments(inner, bound.index)):
                return self._sum(bound, inner)
        return super().__call__(expr)

    def is_switched(self, expr: Expr) -> bool:
        """Whether an expression that is zero here is so since something is switched off, or a sequence has ended."""
        known = self._switched.get(id(expr))
        if known is None:
            found = super().is_switched(expr) or not self.finite.isdisjoint(names_in(expr))
            known = self._switched[id(expr)] = (found, expr)  # kept alive: its id is the key
        return known[0]

    def _sum(self, bound: Bound, inner: Expr) -> Any:
        """A sum without an end: cut where its terms vanish for good."""
        low, high = (self._limit(limit, sign) for limit, sign in ((bound.low, -1), (bound.high, 1)))
        reach = self._reach(bound.index, inner)
        start = min(-reach, reach if high is None else high) - _GUARD if low is None else low
        stop = max(reach, start) + _GUARD if high is None else high
        body = self.bound(bound.index, inner)
        algebra: Any = self.algebra
        terms = [body(algebra.number(number)) for number in range(start, stop + 1)]
        begins = low is not None or not any(terms[:_GUARD])
        ends = high is not None or not any(terms[-_GUARD:])
        if begins and ends:
            return algebra.add([algebra.number(0), *terms])
        if begins:
            return algebra.accumulate("sum", algebra.number(start), algebra.mp.inf, body)
        if ends:
            return algebra.accumulate("sum", algebra.number(-stop), algebra.mp.inf, lambda number: body(-number))
        raise Undecided("a sum without a beginning that does not settle")

    def _limit(self, limit: Expr | None, sign: int) -> int | None:
        """A limit; None where there is none at this end."""
        if limit is None:
            return None
        value = self(limit)
        mp: Any = self.algebra.mp  # type: ignore[attr-defined]
        if mp.isinf(value):
            if (value > 0) != (sign > 0):
                raise Undecided("a sum that ends before it begins", *limit.place)
            return None
        return self.whole(value)

    def _reach(self, index: str, inner: Expr) -> int:
        """The size of an index beyond which no sequence changes that depends on it."""
        deeper = {bound.index for node in walk(inner) if isinstance(node, Reduce) for bound in node.bounds}
        broken = (
            isinstance(node, Cases) or (isinstance(node, Call) and node.function in _BROKEN) for node in walk(inner)
        )
        if any(broken) or index in deeper:
            raise Undecided("a sum without an end over what changes its course")
        steps = [call.args[0] for call in marked_in(inner)]
        size, reach = max(abs(self.support[0]), abs(self.support[-1])), 0
        for arg in arguments(inner, index):
            if degree(arg, index) != 1:
                raise Undecided(
                    "a sum without an end over an array whose place is no multiple of the index", *arg.place
                )
            known = {name: self.algebra.number(0) for name in names_in(arg) & deeper}
            self.values.update(known)
            at_zero, at_one = (self.bound(index, arg)(self.algebra.number(number)) for number in (0, 1))
            for name in known:
                del self.values[name]
            if slope := abs(at_one - at_zero):
                spread = size * (len(known) + (arg not in steps))
                reach = max(reach, int((spread + abs(at_zero)) / slope) + 1)
        if reach > FARTHEST * 4:
            raise Undecided("a sum without an end over too many terms")
        return reach


def hash_of(places: list[int]) -> int:
    """One number for a place in an array."""
    found = 0
    for place in places:
        found = found * 1009 + place + 500
    return found


# -- comparing -------------------------------------------------------------------------------------------------


def compare_sequences(gold: Expr, answer: Expr, habits: Habits) -> Found:
    """Whether two formulas are equal at all whole numbers. Raises Undecided where that cannot be told."""
    if any(isinstance(node, Limit | Integral) for expr in (gold, answer) for node in walk(expr)):
        raise Undecided("limits and integrals of sequences are not computed")
    check_sizes(gold, answer)
    plan = plan_of(gold, answer, habits.imaginary | _turning(gold, answer))
    found = _compare(gold, answer, plan)
    if found.verdict == EQUAL and plan.finite and any(map(_may_be_complex, (gold, answer))):
        return Found(UNDECIDED, "they are equal if the sequences are real")
    if found.verdict != DIFFERENT:
        return found
    for custom, other in _customs(plan):
        if _compare(gold, answer, other).verdict == EQUAL:
            return Found(UNDECIDED, f"they are equal if {custom}")
    summed = all(endless_over_arrays(expr, open_too=True) for expr in (gold, answer))
    if plan.finite & _CHANCES or (plan.finite and not (summed or has_steps(gold, answer))):
        return Found(UNDECIDED, "what a sum over all elements of an array amounts to may be known")
    return found


def _turning(*exprs: Expr) -> frozenset[str]:
    """The letter j, where it stands in the exponent of a wave: `e^{-j\\omega n}`."""
    powers = (node for expr in exprs for node in walk(expr) if isinstance(node, Op) and node.op == "pow")
    waves = (node.args[1] for node in powers if isinstance(node.args[0], Name) and node.args[0].name == "e")
    return frozenset(name for exponent in waves for name in names_in(exponent) if name == "j")


def _may_be_complex(expr: Expr) -> bool:
    return any(isinstance(node, Call) and node.function in _OF_COMPLEX for node in walk(expr))


def _customs(plan: Plan) -> Iterator[tuple[str, Plan]]:
    """What may be meant though nobody says it, under which a difference may be none."""
    if plan.finite:
        yield "the sequences begin at 0", plan._replace(support=range(plan.support[-1] + 1))
        yield "the correlations are even", plan._replace(is_even=True)
    positive = {
        name: tuple(place for place in places if place > 0)
        for name, places in plan.whole.items()
        if name in plan.counting
    }
    if positive:
        yield "what is counted up to is positive", plan._replace(whole={**plan.whole, **positive})


def _compare(gold: Expr, answer: Expr, plan: Plan) -> Found:
    count = 0
    steps = [_MOST_STEPS]
    places = product(*plan.whole.values())
    unsure = ""
    for place in places:
        count += 1
        if count > _MOST_POINTS:
            raise Undecided("there are too many whole numbers to be compared at")
        numbers = dict(zip(plan.whole, place, strict=True))
        agreed = _agree_at(gold, answer, plan, numbers, steps)
        if agreed is False:
            where = ", ".join(f"{name} = {value}" for name, value in numbers.items())
            return Found(DIFFERENT, f"they differ at {where}" if where else "they differ")
        if agreed is None:
            unsure = "at some whole numbers one of them has no value"
    if unsure:
        return Found(UNDECIDED, unsure)
    return Found(EQUAL, f"they agree at all of {count} places, and nothing happens beyond")


def _agree_at(gold: Expr, answer: Expr, plan: Plan, numbers: dict[str, int], steps: list[int]) -> bool | None:
    """Whether both agree at some whole numbers, for several values of the other letters; None where that is open."""
    seen, lonely = [0], False
    for variant in variants(seen):
        values: list[Any] = []
        error = 0.0
        for expr in (gold, answer):
            algebra = algebra_of(plan.imaginary, plan.is_complex)
            point = {
                name: algebra.number(value) for name, value in {**letters_at(plan.letters, variant), **numbers}.items()
            }
            walker = _Sequences(algebra, point, plan)
            before = walker.steps = min(walker.steps, steps[0])
            try:
                values.append(walker(expr))
            except (NotScalar, Unsupported):
                raise
            except (ArithmeticError, ValueError):
                values.append(None)
            steps[0] -= before - walker.steps
            error = max(error, algebra.error)
        if None in values:
            lonely = lonely or values != [None, None]
            continue
        if not agrees(Point(values[0], values[1], error)):
            return False
        seen[0] += 1
        if not plan.letters:
            break
    return True if seen[0] and not lonely else None
