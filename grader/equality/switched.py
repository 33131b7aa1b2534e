"""Steps and impulses of signals: what they are called once they are told, and how formulas with them are evaluated.

`u[n]` and `δ[n]` are marked as STEP and IMPULSE, `u(t)` and `δ(t)` as JUMP and PULSE: functions of one argument. Where
a step is zero a product with it is zero, though its other factor has no value: `u[n-1]/n` is 0 at n = 0.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from fractions import Fraction
from itertools import pairwise
from typing import Any

from grader.equality.hashing import hashed
from grader.equality.kinks import is_bent, reach_of
from grader.equality.precise import Precise
from grader.equality.roles import CONSTANTS
from grader.equality.verdicts import Undefined
from grader.equality.walker import Walker, constant_exponent
from grader.model.errors import Undecided
from grader.model.expressions import Call, Cases, Expr, Name, Num, Op, Relation, names_in, walk
from grader.model.records import NamedTuple

STEP, IMPULSE = "step of []", "impulse of []"
JUMP, PULSE = "step of ()", "impulse of ()"
MARKS = frozenset([STEP, IMPULSE, JUMP, PULSE])
DIGITS = 100
VARIANTS = 12  # ways to choose values for the letters that are no whole numbers
_FIRST = 4  # of these, tried everywhere
_ENOUGH = 2  # at which both have to have a value
_EXACTLY, _CLOSELY, _NOISE = 1e-70, 1e-8, 1e-85
_BENT = frozenset(["abs", "sign", "sqrt", "relu"])
_LONGEST = 9  # digits of a number


class Point(NamedTuple):
    """Two values at one point."""

    gold: Any
    answer: Any
    error: float  # relative, of what was approached


def is_marked(expr: Expr, marks: frozenset[str] = MARKS) -> bool:
    """Whether a step or an impulse stands in an expression."""
    return any(isinstance(node, Call) and node.function in marks for node in walk(expr))


def marked_in(*exprs: Expr, marks: frozenset[str] = MARKS) -> list[Call]:
    """All steps and impulses of some expressions."""
    return [node for expr in exprs for node in walk(expr) if isinstance(node, Call) and node.function in marks]


def degree(expr: Expr, name: str) -> int:
    """The degree of an expression in a letter; 9 where it is no sum of products of numbers and letters."""
    if isinstance(expr, Name):
        return int(expr.name == name)
    if isinstance(expr, Num) or name not in names_in(expr):
        return 0
    if isinstance(expr, Op) and expr.op in ("add", "neg"):
        return max(degree(arg, name) for arg in expr.args)
    if isinstance(expr, Op) and expr.op == "mul":
        return min(9, sum(degree(arg, name) for arg in expr.args))
    if isinstance(expr, Op) and expr.op == "div" and name not in names_in(expr.args[1]):
        return degree(expr.args[0], name)
    return 9


def bends(expr: Expr, clocks: frozenset[str]) -> list[Expr]:
    """What is zero where a formula may change its course: arguments of steps and sizes, differences of conditions.

    Raises Undecided where a formula may change its course at places that are not told so: where it rounds, where it
    distinguishes cases of anything but the letters `clocks`, where what bends is no multiple of one of these.
    """
    found: list[Expr] = []
    for node in walk(expr):
        args: tuple[Expr, ...] = ()
        if isinstance(node, Call) and node.function in (*MARKS, *_BENT):
            args = node.args
        elif isinstance(node, Op) and node.op == "pow" and (constant_exponent(node.args[1]) or 1).denominator > 1:
            args = node.args[:1]
        elif isinstance(node, Relation):
            args = tuple(_apart(one, other) for one, other in pairwise(node.operands) if one is not None and other)
        elif not isinstance(node, Cases) and is_bent(node, deeply=False) and names_in(node) - CONSTANTS:
            raise Undecided("what rounds or chooses is not compared beside steps and sequences", *node.place)
        for arg in args:
            letters = names_in(arg) - CONSTANTS
            if letters and not letters & clocks and not (isinstance(node, Call) and is_multiple(arg)):
                raise Undecided("what bends at a value of another letter is not compared", *arg.place)
            if any(degree(arg, name) > 1 for name in letters & clocks):
                raise Undecided("what bends where no multiple of a letter is zero is not compared", *arg.place)
        found += args
    return found


def _apart(one: Expr, other: Expr) -> Expr:
    return Op("add", (one, Op("neg", (other,), other.place)), one.place)


def is_multiple(expr: Expr) -> bool:
    """Whether an expression is a product of letters and numbers, which is zero with one of them."""
    if isinstance(expr, Op):
        return expr.op in ("neg", "mul", "div") and all(map(is_multiple, expr.args))
    return isinstance(expr, Num | Name)


class Switched(Walker):
    """Evaluates formulas with steps. Raises Undecided where a step in continuous time stands at its jump."""

    __slots__ = ()

    def __call__(self, expr: Expr) -> Any:
        """The value of an expression."""
        if isinstance(expr, Op) and expr.op in ("mul", "div"):
            return self._product(expr)
        if isinstance(expr, Call) and expr.function in MARKS:
            return self._mark(expr)
        return super().__call__(expr)

    def _product(self, expr: Op) -> Any:
        try:
            first = self(expr.args[0])
            if first == 0 and expr.op == "mul" and self.is_switched(expr.args[0]):
                return first
            second = self(expr.args[1])
            return self.algebra.multiply(first, second) if expr.op == "mul" else self.algebra.divide(first, second)
        except Undefined:
            factors = expr.args if expr.op == "mul" else expr.args[:1]
            for place, factor in enumerate(factors):
                if is_marked(factor) and self._vanishes(factor):
                    rest = factors[1 - place] if expr.op == "mul" else expr.args[1]
                    if not is_marked(rest):
                        return self.algebra.number(0)
            raise

    def is_switched(self, expr: Expr) -> bool:
        """Whether an expression that is zero here is so since something is switched off."""
        return is_marked(expr)

    def _vanishes(self, factor: Expr) -> bool:
        try:
            return bool(self(factor) == 0)
        except Undefined:
            return False

    def _mark(self, expr: Call) -> Any:
        value = self.real(expr.args[0])
        if expr.function in (STEP, IMPULSE):
            number = self.whole(value)
            return self.algebra.number(int(number >= 0 if expr.function == STEP else number == 0))
        if expr.function == PULSE:
            raise Undecided("an impulse stands where it cannot be told apart", *expr.place)
        if abs(value) < 1e-30:
            raise Undecided("a step has no value where it jumps", *expr.place)
        return self.algebra.number(int(value > 0))

    def real(self, expr: Expr) -> Any:
        """The value of an argument, which has to be real."""
        value = self(expr)
        value = value.real if getattr(value, "imag", 0) == 0 and hasattr(value, "real") else value
        if getattr(value, "imag", 0) != 0 or value - value != 0:
            raise Undecided("a signal at what is no real number", *expr.place)
        return value

    def whole(self, value: Any) -> int:
        """A value as a whole number."""
        if value != int(value):
            raise Undecided("a sequence has no values between whole numbers")
        return int(value)


def letters_at(names: Sequence[str], variant: int) -> dict[str, Any]:
    """Values for letters: all small first, then some negative, then large, then mixed."""
    found = {}
    for slot, name in enumerate(names):
        is_large = variant in (2, 3) if variant < _FIRST else bool((variant >> (slot % 3)) & 1)
        drawn = hashed(name, variant)
        size = drawn + Fraction(3, 5) if is_large else (drawn - Fraction(2, 5)) * Fraction(4, 5)
        found[name] = -size if variant in (1, 3) and slot % 2 == 0 else size
    return found


def variants(seen: list[int]) -> Iterator[int]:
    """The variants that are worth a look; `seen` counts, in its only entry, at how many both had a value."""
    for variant in range(VARIANTS):
        if variant >= _FIRST and seen[0] >= _ENOUGH:
            return
        yield variant


def algebra_of(imaginary: frozenset[str], is_complex: bool) -> Precise:
    """Arithmetic to many digits."""
    return Precise(DIGITS, imaginary, is_complex)


def agrees(point: Point) -> bool:
    """Whether two values are the same. Raises Undecided where they are nearly so."""
    size, apart = max(abs(point.gold), abs(point.answer)), abs(point.gold - point.answer)
    if point.error > 1e-9 or not apart - apart == 0:
        raise Undecided("a sum that does not settle")
    if apart <= size * max(_EXACTLY, point.error) or size < _NOISE:
        return True
    if apart < _CLOSELY * size or apart < _EXACTLY:
        raise Undecided("they are nearly, but not quite equal")
    return False


def check_sizes(*exprs: Expr) -> None:
    """Raises Undecided where a number is so small or large that it leaves no trace beside others."""
    if reach_of(*exprs) > _LONGEST:
        raise Undecided("a number so small or large may hide a difference")
