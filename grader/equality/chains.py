"""Steps of a chain of equalities: whether they lead to its end, or contradict it."""

from __future__ import annotations

from grader.equality.quantities import is_off
from grader.equality.roles import CONSTANTS
from grader.equality.scalars import Habits, compare_scalars, exact_value
from grader.equality.slopes import differentiate
from grader.equality.verdicts import DIFFERENT, EQUAL, UNDECIDED, NotScalar, Undefined
from grader.model.errors import Undecided
from grader.model.expressions import Call, Expr, Group, Integral, Op, Relation, names_in, walk

_WHERE_BOTH = "they agree where both have a value"


def step_to(one: Expr, last: Expr) -> str:
    """The verdict on a step of a chain: `e^{3\\ln x} = x^3` is right where both have a value."""
    from grader.equality.decide import decide

    if any(isinstance(node, Integral) and node.high is None for node in walk(one)) and not isinstance(one, Integral):
        return _factor_to(one, last)
    try:
        found = decide(one, last, Habits())
    except ArithmeticError:
        return UNDECIDED
    return EQUAL if found.verdict == UNDECIDED and found.reason.startswith(_WHERE_BOTH) else found.verdict


def _factor_to(one: Expr, last: Expr) -> str:
    """The verdict on an integrating factor, `e^{\\int 2x dx} = e^{x^2}`, of whose logarithm the slope is integrated."""
    exponent = one.args[-1] if isinstance(one, Op) and one.op == "pow" and names_in(one.args[0]) == {"e"} else one
    if isinstance(one, Call) and one.function == "exp":
        exponent = one.args[0]
    if not isinstance(exponent, Integral):
        return UNDECIDED
    slope = Op("div", (differentiate(last, exponent.variable), last), last.place)
    return compare_scalars(exponent.body, slope, Habits()).verdict


def check_chain(values: list[Expr], relation: Relation) -> None:
    """A chain that contradicts itself has no value: 1 = 2."""
    numbers = [exactly(value) for value in values]
    known = {number for number in numbers if number is not None}
    if "~" not in relation.ops and any(is_off(value, values[-1]) for value in values[:-1]):
        raise Undecided("this chain of equalities contradicts itself", *relation.place)
    letters = names_in(values[-1]) - CONSTANTS if values else frozenset[str]()
    for value in values[:-1] if letters else ():  # f'(x) = 2 x^2 = 6 x^2
        if names_in(value) - CONSTANTS == letters and step_to(value, values[-1]) == DIFFERENT:
            raise Undecided("this chain of equalities contradicts itself", *relation.place)
    if len(known) > 1 and "~" not in relation.ops:
        raise Undecided("this chain of equalities contradicts itself", *relation.place)


def exactly(expr: Expr) -> object | None:
    """The value of an expression where it is a rational number; None for any other, for lists and integrals."""
    # A norm of a list may be a number; `\\int_0^1 x dx = 1/3` is a wrong value rather than a slip on the way to it.
    if any(isinstance(node, Group | Integral) for node in walk(expr)):
        return None
    try:
        return exact_value(expr)
    except (Undefined, NotScalar, Undecided):
        return None
