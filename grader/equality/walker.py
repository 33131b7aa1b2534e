"""One walk over an expression for every way of computing: in doubles, in fractions, to many digits."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from fractions import Fraction
from typing import Any, Protocol

from grader.equality.binding import derived, integrated, limited, reduced
from grader.equality.construction import CONSTRUCTED, construct
from grader.equality.entry_signs import at_point
from grader.equality.hashing import hashed
from grader.equality.slopes import slope_of, substitute
from grader.equality.verdicts import NotScalar, Unsupported
from grader.model.errors import Undecided
from grader.model.expressions import (
    Call,
    Cases,
    Derivative,
    Expr,
    Group,
    Index,
    Integral,
    Limit,
    Name,
    Num,
    Op,
    Reduce,
    Relation,
    Slice,
    Text,
    Unit,
)
from grader.notation.printing import show
from grader.reference.functions import FUNCTIONS

Value = Any  # a number of an algebra
Body = Callable[[Value], Value]
MOST_STEPS = 40_000  # nodes evaluated for one value
MOST_TERMS = 3_000  # of a sum that is written out


class Algebra(Protocol):
    """Arithmetic of one kind. Whatever has no value here raises Undefined, Inexact, Unsupported or Undecided."""

    def number(self, value: int | Fraction) -> Value: ...
    def constant(self, name: str) -> Value | None: ...
    def add(self, terms: list[Value]) -> Value: ...
    def negate(self, value: Value) -> Value: ...
    def multiply(self, one: Value, other: Value) -> Value: ...
    def divide(self, one: Value, other: Value) -> Value: ...
    def power(self, base: Value, exponent: Value, fraction: Fraction | None) -> Value: ...
    def call(self, function: str, args: list[Value]) -> Value | None: ...
    def accumulate(self, op: str, low: Value, high: Value, body: Body) -> Value: ...
    def integrate(self, low: Value, high: Value, body: Body, near: tuple[float, ...] = ()) -> Value: ...
    def approach(self, target: Value, side: str, body: Body) -> Value: ...
    def holds(self, op: str, one: Value, other: Value) -> Value: ...
    def choose(self, pieces: list[tuple[Value, Value | None]]) -> Value: ...


class Walker:
    """Evaluates expressions in an algebra, with values for names."""

    __slots__ = ("algebra", "steps", "values")

    def __init__(self, algebra: Algebra, values: Mapping[str, Value], steps: int = MOST_STEPS) -> None:
        self.algebra = algebra
        self.values = dict(values)
        self.steps = steps  # nodes that may still be evaluated

    def __call__(self, expr: Expr) -> Value:
        """The value of an expression."""
        self.steps -= 1
        if self.steps < 0:
            raise Undecided("this takes too long to be evaluated", *expr.place)
        rule = _RULES.get(type(expr))
        if rule is None:
            raise Unsupported("a slice" if isinstance(expr, Slice) else type(expr).__name__.lower())
        return rule(self, expr)

    def bound(self, name: str, expr: Expr) -> Body:
        """An expression as a function of one name."""

        def body(value: Value) -> Value:
            before = self.values.get(name)
            self.values[name] = value
            try:
                return self(expr)
            finally:
                if before is None:
                    del self.values[name]
                else:
                    self.values[name] = before

        return body

    def opaque(self, name: str, args: list[Value]) -> Value:
        """The value of a function that nobody defined: smooth, without symmetry, the same wherever it stands."""
        algebra = self.algebra
        terms = [algebra.number(hashed(name, 0))]
        for place, arg in enumerate(args):
            terms.append(algebra.multiply(algebra.number(hashed(name, place + 1)), arg))
        phase = algebra.add(terms)
        wave = algebra.call("sin", [phase])
        return algebra.add([wave, algebra.multiply(algebra.number(hashed(name, 99)), phase)])


def constant_exponent(expr: Expr) -> Fraction | None:
    """An exponent that is a literal fraction: 2, -1, 1/3, .5."""
    if isinstance(expr, Num):
        return Fraction(expr.value)
    if isinstance(expr, Op) and expr.op == "neg":
        inner = constant_exponent(expr.args[0])
        return None if inner is None else -inner
    if isinstance(expr, Op) and expr.op == "div":
        top, bottom = constant_exponent(expr.args[0]), constant_exponent(expr.args[1])
        return None if top is None or not bottom else top / bottom
    return None


# -- nodes -----------------------------------------------------------------------------------------------------


def _number(walker: Walker, expr: Num) -> Value:
    return walker.algebra.number(expr.value)


def _name(walker: Walker, expr: Name) -> Value:
    value = walker.values.get(expr.name)
    if value is None:
        value = walker.algebra.constant(expr.name)
    if value is None:
        raise Undecided(f"{expr.name} has no value here", *expr.place)
    return value


def _operator(walker: Walker, expr: Op) -> Value:
    rule = _OPERATORS.get(expr.op)
    if rule is None:
        raise NotScalar(expr.op)
    return rule(walker, expr)


def _add(walker: Walker, expr: Op) -> Value:
    return walker.algebra.add([walker(arg) for arg in expr.args])


def _multiply(walker: Walker, expr: Op) -> Value:
    return walker.algebra.multiply(walker(expr.args[0]), walker(expr.args[1]))


def _divide(walker: Walker, expr: Op) -> Value:
    return walker.algebra.divide(walker(expr.args[0]), walker(expr.args[1]))


def _power(walker: Walker, expr: Op) -> Value:
    base, exponent = expr.args
    if isinstance(base, Name) and base.name == "e" and "e" not in walker.values:
        return walker.algebra.call("exp", [walker(exponent)])
    return walker.algebra.power(walker(base), walker(exponent), constant_exponent(exponent))


def _scaled(factor: Fraction) -> Callable[[Walker, Op], Value]:
    return lambda walker, expr: walker.algebra.multiply(walker(expr.args[0]), walker.algebra.number(factor))


def _degrees(walker: Walker, expr: Op) -> Value:
    algebra = walker.algebra
    radians = algebra.multiply(algebra.constant("pi"), algebra.number(Fraction(1, 180)))
    return algebra.multiply(walker(expr.args[0]), radians)


def _phasor(walker: Walker, expr: Op) -> Value:
    """`5∠53.13°` is 5 times e to the power of i times the angle."""
    algebra = walker.algebra
    turned = algebra.multiply(algebra.constant("i"), walker(expr.args[1]))
    return algebra.multiply(walker(expr.args[0]), algebra.call("exp", [turned]))


def _called(function: str) -> Callable[[Walker, Op], Value]:
    def call(walker: Walker, expr: Op) -> Value:
        value = walker.algebra.call(function, [walker(arg) for arg in expr.args])
        if value is None:
            raise Unsupported(function)
        return value

    return call


_OPERATORS: dict[str, Callable[[Walker, Op], Value]] = {
    "add": _add,
    "neg": lambda walker, expr: walker.algebra.negate(walker(expr.args[0])),
    "mul": _multiply,
    "div": _divide,
    "pow": _power,
    "percent": _scaled(Fraction(1, 100)),
    "degree": _degrees,
    "angle": _phasor,
    "mod": _called("mod"),
    "factorial": _called("factorial"),
    "factorial2": _called("factorial2"),
}


def _call(walker: Walker, expr: Call) -> Value:
    if expr.function in CONSTRUCTED:
        return walker(construct(expr))
    if expr.function == "log" and len(expr.args) == 2:  # log(x, 2), with its base
        one, base = (Call("log", (arg,), expr.place) for arg in expr.args)
        return walker.algebra.divide(walker(one), walker(base))
    if expr.function.endswith("'") and len(expr.args) == 1 and (slope := slope_of(expr.function[:-1])) is not None:
        return walker(substitute(slope, "x", expr.args[0]))
    if expr.function == "norm" and len(expr.args) == 2:
        return _norm(walker, expr)
    args = [_argument(walker, arg) for arg in expr.args]
    known = FUNCTIONS.get(expr.function)
    if known is not None and not known.least <= len(args) <= known.most:
        raise Undecided(f"{expr.function} does not take {len(args)} values", *expr.place)
    value = walker.algebra.call(expr.function, args)
    return walker.opaque(f"{expr.function}()", args) if value is None else value


def _norm(walker: Walker, expr: Call) -> Value:
    """`\\|x\\|_2` is the usual norm; any other says which it is."""
    value, which = expr.args
    if constant_exponent(which) == 2:
        return walker.algebra.call("norm", [walker(value)])
    return walker.opaque(f"norm {show(which)}", [walker(value)])


def _argument(walker: Walker, expr: Expr) -> Value:
    """An argument; what is no number, `P(A|B)`, `f(x = 1)`, counts as it is written."""
    if isinstance(expr, Group | Relation | Text):
        return walker.algebra.number(hashed(show(expr), 7))
    return walker(expr)


def _index(walker: Walker, expr: Index) -> Value:
    base: Expr = expr.base
    indices = expr.indices
    while isinstance(base, Index):  # x_a_b
        indices = (*base.indices, *indices)
        base = base.base
    name = base.name if isinstance(base, Name) else show(base)
    places = [_argument(walker, index) for index in indices]
    return at_point(walker, name, walker.opaque(f"{name}[]", places), places)


def _relation(walker: Walker, expr: Relation) -> Value:
    first, second = expr.operands[:2]
    if len(expr.ops) > 2 or first is None or second is None:
        raise NotScalar("relation")
    held = walker.algebra.holds(expr.ops[0], walker(first), walker(second))
    if len(expr.ops) == 2:
        rest = Relation(expr.operands[1:], expr.ops[1:], expr.place)
        held = held & _relation(walker, rest)
    return held


def _cases(walker: Walker, expr: Cases) -> Value:
    """At one point only the cases that apply are computed: beside `0 at x = 0`, 1/x need have no value there."""
    held = [None if when is None else truth_of(walker, when) for _, when in expr.pieces]
    if all(each is None or isinstance(each, bool) for each in held):
        applies = [k for k, each in enumerate(held) if each] or [k for k, each in enumerate(held) if each is None][:1]
    else:
        applies = list(range(len(held)))
    return walker.algebra.choose([(walker(expr.pieces[k][0]), held[k]) for k in applies])


def truth_of(walker: Walker, expr: Expr) -> Value:
    """Whether a condition holds."""
    if isinstance(expr, Relation):
        return _relation(walker, expr)
    if isinstance(expr, Op) and expr.op in ("and", "or", "not"):
        held = truth_of(walker, expr.args[0])
        for arg in expr.args[1:]:
            held = held & truth_of(walker, arg) if expr.op == "and" else held | truth_of(walker, arg)
        if expr.op == "not":
            return not held if isinstance(held, bool) else ~held
        return held
    raise Undecided("this condition cannot be checked", *expr.place)


def _not_scalar(walker: Walker, expr: Expr) -> Value:
    if isinstance(expr, Group) and len(expr.items) == 1 and expr.brackets in ("()", "[]"):
        return walker(expr.items[0])
    raise NotScalar(show(expr))


def _unit(walker: Walker, expr: Unit) -> Value:
    return walker.opaque(f"unit {expr.text}", [])


_RULES: dict[type, Callable[[Walker, Any], Value]] = {
    Num: _number,
    Name: _name,
    Op: _operator,
    Call: _call,
    Index: _index,
    Reduce: reduced,
    Integral: integrated,
    Limit: limited,
    Derivative: derived,
    Relation: _relation,
    Cases: _cases,
    Group: _not_scalar,
    Text: _not_scalar,
    Unit: _unit,
}
