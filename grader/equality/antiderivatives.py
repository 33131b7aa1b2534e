"""Formulas that are known up to a constant: integrals without limits, and the constant that is added to them."""

from __future__ import annotations

from grader.equality.constants import is_renamed, lacks_values
from grader.equality.keys import key
from grader.equality.scalars import Habits, compare_scalars
from grader.equality.slopes import differentiate, substitute
from grader.equality.verdicts import DIFFERENT, EQUAL, UNDECIDED, Found
from grader.model.errors import Undecided
from grader.model.expressions import Call, Expr, Integral, Name, Op, names_in, walk


def compare_antiderivatives(gold: Expr, answer: Expr, habits: Habits) -> Found | None:
    """An integral without limits against a formula: the derivative of the formula is what is integrated."""
    for one, other in ((gold, answer), (answer, gold)):
        open_ended = isinstance(one, Integral) and one.high is None and one.low is None
        if not open_ended or any(_is_integral(node) for node in walk(other)):
            continue
        assert isinstance(one, Integral)
        found = compare_scalars(one.body, differentiate(other, one.variable), habits)
        if found.verdict != EQUAL:
            return found
        if lacks_values(one.body, other, habits):
            why = "the derivative of one is what the other integrates, which has values where the first has none"
            return Found(UNDECIDED, why)
        free = names_in(other) - names_in(one.body) - {one.variable}
        if any(name.rstrip("0123456789") in ("C", "c", "K", "k") for name in free):
            return Found(EQUAL, "the derivative of one is what the other integrates")
        return Found(UNDECIDED, "the derivative of one is what the other integrates, but the constant is missing")
    return None


def _is_integral(node: Expr) -> bool:
    return isinstance(node, Integral) or (isinstance(node, Call) and node.function in ("Integral", "integrate", "int"))


def by_constants(gold: Expr, answer: Expr, habits: Habits) -> Found | None:
    """What a difference is if a letter is a constant of integration; None if none of them is one."""
    if habits.several and names_in(gold) != names_in(answer):
        return None
    if (renamed := with_one_constant(gold, answer)) is not None:
        if compare_scalars(gold, renamed, habits).verdict == EQUAL:
            return Found(EQUAL, "they differ in the name of the constant that is added")
        if differs_by_constant(gold, renamed, habits):
            return Found(EQUAL, "they differ by a number, which the constant that is added takes up")
    elif (names := with_other_constants(gold, answer)) is not None and is_renamed(gold, answer, names, habits):
        return Found(EQUAL, "they differ in the names of their constants")
    elif differs_by_constant(gold, answer, habits):
        return Found(EQUAL, "they differ by a number, which the constant that is added takes up")
    elif lacks_constant(gold, answer, habits):
        return Found(DIFFERENT, "a constant that may have any value is missing")
    return None


def with_one_constant(gold: Expr, answer: Expr) -> Expr | None:
    """The answer with the gold's name for a constant that both only add: x^2 + C, x^2 + K."""
    mine, theirs = names_in(gold) - names_in(answer), names_in(answer) - names_in(gold)
    if not (len(mine) == len(theirs) == 1 and {*mine, *theirs} <= _CONSTANTS_ADDED):
        return None
    (one,), (other,) = mine, theirs
    if not (_is_added(gold, one) and _is_added(answer, other)):
        return None
    return substitute(answer, other, Name(one, answer.place))


def with_other_constants(gold: Expr, answer: Expr) -> tuple[tuple[str, ...], tuple[str, ...]] | None:
    """The constants of a family of solutions in the gold formula and in the answer: C e^{-3x} + 2, A e^{-3x} + 2.

    None where another capital may be a quantity like them, or where nothing shows a solution of an equation.
    """
    known = frozenset(["pi", "e", "i"])
    mine, theirs = names_in(gold) - names_in(answer) - known, names_in(answer) - names_in(gold) - known
    others = names_in(gold) - mine - known
    if not mine or len(mine) != len(theirs) or not {*mine, *theirs} <= _CONSTANTS_OF_FAMILIES or len(others) > 3:
        return None
    if any(name[:1].isupper() for name in others) or not others & {"x", "t"}:
        return None
    return (tuple(sorted(mine)), tuple(sorted(theirs))) if all(_varies(gold, name) for name in mine) else None


def _varies(expr: Expr, name: str) -> bool:
    """Whether a letter stands once, as a factor of what grows or turns: `C e^{kx}`, `C_2 sin x`."""
    times = [node for node in walk(expr) if isinstance(node, Op) and node.op == "mul" and name in names_in(node)]
    once = sum(isinstance(node, Name) and node.name == name for node in walk(expr)) == 1
    return once and any(_grows(node) for product in times for node in walk(product))


def _grows(node: Expr) -> bool:
    if isinstance(node, Call):
        return node.function in ("exp", "sin", "cos", "sinh", "cosh")
    return isinstance(node, Op) and node.op == "pow" and "e" in names_in(node.args[0]) and bool(names_in(node.args[1]))


_CONSTANTS_OF_FAMILIES = frozenset(
    [*"ABCDKck", *(f"{letter}{sign}{digit}" for letter in "CcAK" for sign in ("", "_") for digit in "0123")]
)


def differs_by_constant(gold: Expr, answer: Expr, habits: Habits) -> bool:
    """Whether two formulas that both add one constant are one family: sin(x)^2 + C and -cos(x)^2 + C.

    Only of functions of small letters: in A + B + C none of the letters is a constant of integration.
    """
    shared = names_in(gold) & names_in(answer) & _CONSTANTS_OF_INTEGRATION
    letters = (names_in(gold) | names_in(answer)) - shared - {"pi", "e", "i"}
    if len(shared) != 1 or not letters or any(name[:1].isupper() for name in letters):
        return False
    (constant,) = shared
    if not all(_adds_last(expr, constant) for expr in (gold, answer)):
        return False
    variables = [letter for letter in _VARIABLES if letter in letters]
    if not variables or variables[0] not in names_in(gold) & names_in(answer):
        return False
    try:  # x^2 y + C and x^2 y + y + C have one slope in x, and are two families
        slopes = ((differentiate(gold, letter), differentiate(answer, letter)) for letter in variables)
        return all(compare_scalars(one, other, habits).verdict == EQUAL for one, other in slopes)
    except (Undecided, ArithmeticError):
        return False


def _adds_last(expr: Expr, name: str) -> bool:
    """Whether a sum ends with a letter that stands nowhere else in it."""
    last = expr.args[-1] if isinstance(expr, Op) and expr.op == "add" else None
    return isinstance(last, Name) and last.name == name and _is_added(expr, name)


def _is_added(expr: Expr, name: str) -> bool:
    """Whether a letter is added and stands nowhere else; what has no slope here, `\\Gamma(k)`, adds none."""
    try:
        return key(differentiate(expr, name)) == "1"
    except Undecided:
        return False


_CONSTANTS_OF_INTEGRATION = frozenset(["C", "C1", "C_1", "K"])
_VARIABLES = ("x", "t", "y", "u", "z", "theta", "s", "r", "v", "phi")


def lacks_constant(gold: Expr, answer: Expr, habits: Habits) -> bool:
    """Whether the answer is the gold formula but for the constant that this adds: x^2 for x^2 + C."""
    mine = names_in(gold) - names_in(answer)
    if len(mine) != 1 or not mine <= _CONSTANTS_ADDED:
        return False
    (constant,) = mine
    letters = names_in(gold) - {constant, "pi", "e", "i"}
    try:
        if not _is_added(gold, constant) or not letters:
            return False
        slopes = ((differentiate(gold, letter), differentiate(answer, letter)) for letter in sorted(letters))
        return all(compare_scalars(one, other, habits).verdict == EQUAL for one, other in slopes)
    except (Undecided, ArithmeticError):
        return False


_CONSTANTS_ADDED = frozenset(["C", "c", "K", "k", "D", "C1", "c1", "C_1"])
