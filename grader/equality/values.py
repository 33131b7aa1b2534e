"""Decides whether two formulas for one value are equal: numbers, probabilities, products of matrices."""

from __future__ import annotations

from grader.equality.antiderivatives import by_constants, compare_antiderivatives
from grader.equality.approximations import approximates
from grader.equality.chances import provably_different, provably_equal
from grader.equality.constants import compare_up_to_constants
from grader.equality.customs import in_both_orders, of_positive, of_sizes
from grader.equality.digits import contradicts_itself
from grader.equality.endless import compare_terms
from grader.equality.gathered import compare_gathered
from grader.equality.keys import key, ordered_key
from grader.equality.letters import compare_matrices, depends_on_order, is_algebra_of_matrices
from grader.equality.means import with_means
from grader.equality.orders import ORDERS, compare_orders
from grader.equality.scalars import Habits, compare_scalars
from grader.equality.signals import are_signals, compare_signals
from grader.equality.structures import declared
from grader.equality.switched import is_marked
from grader.equality.tensors import sums_errors
from grader.equality.truth import negates, same_in_boolean_algebra
from grader.equality.verdicts import DIFFERENT, EQUAL, UNDECIDED, Found, NotScalar
from grader.model.expressions import (
    Call,
    Cases,
    Expr,
    Group,
    Index,
    Name,
    Num,
    Op,
    Relation,
    names_in,
    nodes_of,
    rebuilt,
    walk,
)

_ORDER = "they are equal only if the letters commute, which matrices do not"


def compare_values(gold: Expr, answer: Expr, habits: Habits) -> Found:
    """Two formulas for one value each: numbers, or products of matrices and vectors."""
    if are_signals(gold, answer) and (found := _signals(gold, answer, habits)) is not None:
        return found
    if isinstance(gold, Call) and isinstance(answer, Call) and gold.function == answer.function in ORDERS:
        return compare_orders(gold, answer)
    if isinstance(gold, Call) and isinstance(answer, Call) and {gold.function, answer.function} <= ORDERS:
        found = compare_orders(gold, answer)
        return found if found.verdict == DIFFERENT else Found(UNDECIDED, "one bounds from above or below what both say")
    if "boolean" in habits.structures.values() and (found := same_in_boolean_algebra(gold, answer)) is not None:
        return found
    if habits.structures and (found := compare_up_to_constants(gold, answer, habits)) is not None:
        return found
    if is_algebra_of_matrices(gold) or is_algebra_of_matrices(answer) or declares_matrix(gold, answer, habits):
        gathered = compare_gathered(gold, answer, habits.structures)
        return gathered or _of_matrices(gold, answer, habits)
    if (found := compare_antiderivatives(gold, answer, habits)) is not None:
        return found
    if (found := compare_terms(gold, answer, habits)) is not None:
        return found
    try:
        found = compare_scalars(gold, answer, habits)
    except NotScalar:
        if not _has_chances(gold, answer):
            raise
        found = _by_chance(gold, answer, habits)
    if found.verdict != EQUAL and _has_chances(gold, answer):
        return _by_chance(gold, answer, habits)
    return _doubted(gold, answer, habits, found)


def _of_matrices(gold: Expr, answer: Expr, habits: Habits) -> Found:
    """The verdict on products of matrices; of Sigma nobody says whether it is a covariance, which is symmetric."""
    found = compare_matrices(gold, answer, habits.structures)
    if found.verdict != DIFFERENT or "Sigma" in habits.structures or "Sigma" not in names_in(gold) & names_in(answer):
        return found
    again = compare_matrices(gold, answer, {**habits.structures, "Sigma": "symmetric"})
    return found if again.verdict != EQUAL else Found(UNDECIDED, "they are equal if Sigma is symmetric")


def _signals(gold: Expr, answer: Expr, habits: Habits) -> Found | None:
    """The verdict on steps, impulses and sums without an end over arrays; None where sums alone are not decided."""
    found = compare_signals(gold, answer, habits)
    if found.verdict == EQUAL and (reason := _doubt(gold, answer, habits)):
        if reason == _ORDER and in_both_orders(gold):  # AB - BA, A^2 + AB + BA + B^2
            return Found(DIFFERENT, "they differ for matrices, as which the order of factors shows them")
        return Found(UNDECIDED, reason)
    return found if found.verdict != UNDECIDED or is_marked(gold) or is_marked(answer) else None


def _norm_of_capital(expr: Expr) -> bool:
    return any(
        isinstance(node, Call) and node.function == "norm" and any(name.isupper() for name in names_in(node))
        for node in walk(expr)
    )


def _size_of_capital(expr: Expr) -> bool:
    """Whether bars stand around a function with a capital: `|H(\\omega)|`, whose values may be complex."""
    sizes = (node.args[0] for node in walk(expr) if isinstance(node, Call) and node.function == "abs")
    return any(isinstance(size, Call) and len(size.function) == 1 and size.function.isupper() for size in sizes)


def _by_chance(gold: Expr, answer: Expr, habits: Habits) -> Found:
    if provably_equal(gold, answer, habits):
        return Found(EQUAL, "they agree for all events and variables")
    if provably_different(gold, answer, habits):
        return Found(DIFFERENT, "they differ, for independent events too")
    return Found(UNDECIDED, "they are not the same for all events and variables")


def declares_matrix(gold: Expr, answer: Expr, habits: Habits) -> bool:
    """Whether a letter of either is declared as a matrix or a vector."""
    return bool(habits.structures) and declared(habits.structures, names_in(gold) | names_in(answer))


def _doubted(gold: Expr, answer: Expr, habits: Habits, found: Found) -> Found:
    """What letters that may be more than numbers leave of a verdict."""
    called = {node.function for expr in (gold, answer) for node in walk(expr) if type(node) is Call}
    if (
        found.verdict != UNDECIDED
        and "conjugate" in called
        and negates(gold, answer)
        and (again := same_in_boolean_algebra(gold, answer)) is not None
    ):
        return found if again.verdict == found.verdict else Found(UNDECIDED, _NEGATED)
    if found.verdict != UNDECIDED and (reason := _turned_cross(gold, answer, habits, found)):
        return Found(UNDECIDED, reason)
    if found.verdict == EQUAL and (reason := _doubt(gold, answer, habits)):
        if reason == _ORDER and in_both_orders(gold):  # AB - BA, A^2 + AB + BA + B^2
            return Found(DIFFERENT, "they differ for matrices, as which the order of factors shows them")
        return Found(UNDECIDED, reason)
    if found.verdict == DIFFERENT and (again := _by_custom(gold, answer, habits, called)) is not None:
        return again
    if found.verdict == UNDECIDED:
        said = _with_spread(gold, answer, habits) or of_positive(gold, answer, habits)
        return said if said is not None and said.verdict == EQUAL else found  # log(sigma^2) and 2 log(sigma)
    if found.verdict == DIFFERENT and called & _STEPS and _steps(gold, answer):
        return Found(UNDECIDED, "one of them names a function that may be a step")
    if found.verdict == DIFFERENT and (meant := with_means(gold, answer)) is not None:
        again = compare_scalars(*meant, habits)
        return Found(EQUAL, "they are equal, a letter with a bar being the mean") if again.verdict == EQUAL else again
    if found.verdict == DIFFERENT and (reason := _beyond_numbers(gold, answer)):
        return Found(UNDECIDED, reason)
    if found.verdict == DIFFERENT and _heads(gold) != _heads(answer) and "delta" in _heads(gold) | _heads(answer):
        return Found(UNDECIDED, "steps and impulses of signals are not computed")  # u[n] - u[n-1], and delta[n]
    if found.verdict == DIFFERENT and not called.isdisjoint(_UNKNOWN) and _calls(gold) != _calls(answer):
        return Found(UNDECIDED, "they name functions about which nothing is known")
    return found


def _beyond_numbers(gold: Expr, answer: Expr) -> str:
    """Why a difference of numbers may be none: a conjugate transpose, a norm beside entries."""
    if any(_is_normed(one) and not _is_normed(other) and nodes_of(Index, other) for one, other in _both(gold, answer)):
        return "a norm of arrays of these sizes is not computed"
    nodes = [node for expr in (gold, answer) for node in walk(expr)]
    raised = (node.args[1] for node in nodes if isinstance(node, Op) and node.op == "pow")
    if any(isinstance(one, Name) and one.name in ("H", "dagger", "star") for one in raised):
        return "a raised H or star may be the conjugate transpose"
    return ""


def _is_normed(expr: Expr) -> bool:
    """Whether a norm of a matrix stands in an expression, or one that is neither the usual one nor the sum of sizes."""
    norms = [node for node in walk(expr) if isinstance(node, Call) and node.function == "norm"]
    usual = (all(isinstance(one, Num) and one.value in (1, 2) for one in node.args[1:]) for node in norms)
    return not all(usual) or _norm_of_capital(expr)


def _both(gold: Expr, answer: Expr) -> tuple[tuple[Expr, Expr], tuple[Expr, Expr]]:
    return (gold, answer), (answer, gold)


def _heads(expr: Expr) -> frozenset[str]:
    """The names of signals with one index: `u[n]`, `delta[n-1]`."""
    nodes = (node for node in walk(expr) if isinstance(node, Index) and len(node.indices) == 1)
    return frozenset(node.base.name for node in nodes if isinstance(node.base, Name)) & {"u", "delta"}


_NEGATED = "it depends on whether a bar is a negation or a conjugate"


def _steps(gold: Expr, answer: Expr) -> bool:
    """Whether `u(t)`, which may be a step, stands on one side alone, and cases on the other."""
    for one, other in ((gold, answer), (answer, gold)):
        steps = any(isinstance(node, Call) and node.function in _STEPS for node in walk(one))
        if steps and any(isinstance(node, Cases) for node in walk(other)):
            return not any(isinstance(node, Call) and node.function in _STEPS for node in walk(other))
    return False


_STEPS = frozenset(["u", "H", "theta", "Theta"])


def _doubt(gold: Expr, answer: Expr, habits: Habits) -> str:
    """Why an equality of numbers may be none of what the letters stand for."""
    if contradicts_itself(gold) != contradicts_itself(answer):
        return "they are equal if of two cases that apply the first counts"
    if _size_of_capital(gold) != _size_of_capital(answer):
        return "bars around a capital may be those of a complex number, or a determinant"
    if _norm_of_capital(gold) != _norm_of_capital(answer):
        return "bars around a capital may be a determinant, which is no norm"
    if not _holds_for_complex(gold, answer, habits):
        return "they are equal if z is a real number"
    return _ORDER if depends_on_order(gold, answer) else ""


def _by_custom(gold: Expr, answer: Expr, habits: Habits, called: set[str]) -> Found | None:
    """What a difference is by the customs of constants, deviations and symbols with indices; None without any."""
    if (found := by_constants(gold, answer, habits)) is not None:
        return found
    if not called.isdisjoint(_OF_COMPLEX) and (found := _for_real_letters(gold, answer, habits)) is not None:
        return found
    if (found := approximates(gold, answer, habits)) is not None:
        return found
    if "sqrt" in called and (found := of_sizes(gold, answer, habits)) is not None and found.verdict == EQUAL:
        return found
    again = _with_spread(gold, answer, habits)
    if again is not None:
        return again if again.verdict != DIFFERENT else None
    if _TENSORS & (names_in(gold) | names_in(answer)):
        one, other = _in_one_order(gold), _in_one_order(answer)
        if (one, other) != (gold, answer) and compare_scalars(one, other, habits).verdict == EQUAL:
            if not _has_epsilon(gold) and not (sums_errors(gold) and sums_errors(answer)):
                return Found(EQUAL, "delta is Kronecker's, whose indices have no order")
            return Found(UNDECIDED, "the order of the indices of delta or epsilon may not count")
        one, other = _by_kronecker(gold), _by_kronecker(answer)
        if (one, other) != (gold, answer) and compare_scalars(one, other, habits).verdict == EQUAL:
            return Found(EQUAL, "delta is Kronecker's")
    return None


def _with_spread(gold: Expr, answer: Expr, habits: Habits) -> Found | None:
    """The verdict with sigma as a standard deviation, which is positive; None where there is no mean beside it."""
    if not {"sigma", "mu"} <= names_in(gold) or "sigma" in habits.structures:
        return None
    return compare_scalars(gold, answer, habits._replace(structures={**habits.structures, "sigma": "positive"}))


_OF_COMPLEX = frozenset(["re", "im", "conjugate", "arg"])
_RATHER_COMPLEX = frozenset(["z", "w", "s", "h", "c", "psi", "phi", "xi", "zeta"])


def _for_real_letters(gold: Expr, answer: Expr, habits: Habits) -> Found | None:
    """`Re(e^{ix})` is cos(x): letters beside an imaginary unit are real there; z and capitals are for a person."""
    parts = [
        node
        for expr in (gold, answer)
        for node in walk(expr)
        if isinstance(node, Call) and node.function in _OF_COMPLEX
    ]
    if not parts or not all(names_in(part) & habits.imaginary for part in parts):
        return None
    letters = frozenset(name for part in parts for name in names_in(part)) - habits.imaginary
    real = {name: "real" for name in letters if name not in habits.structures}
    again = compare_scalars(gold, answer, habits._replace(structures={**habits.structures, **real}))
    if again.verdict != EQUAL:
        return None
    unsure = sorted(name for name in letters if name in _RATHER_COMPLEX or name[:1].isupper())
    return Found(UNDECIDED, f"they are equal if {unsure[0]} is a real number") if unsure else again


_UNKNOWN = frozenset(
    """
    P Pr E Var Cov H det trace tr Phi nabla I N C ⊗ ⊕ ∘ O Theta Omega divergence curl laplacian sinc
    """.split()
)


def _has_chances(*exprs: Expr) -> bool:
    return any(
        isinstance(node, Call) and node.function in ("P", "E", "Var", "Cov") for expr in exprs for node in walk(expr)
    )


def _calls(expr: Expr) -> frozenset[str]:
    """Functions with rules of their own, with their arguments: P(A), det(AB)."""
    return frozenset(key(node) for node in walk(expr) if isinstance(node, Call) and node.function in _UNKNOWN)


_TENSORS = frozenset(["delta", "epsilon", "varepsilon"])


def _in_one_order(expr: Expr) -> Expr:
    """Kronecker's and Levi-Civita's symbols with their indices in alphabetical order."""
    if isinstance(expr, Index) and isinstance(expr.base, Name) and expr.base.name in _TENSORS:
        return Index(expr.base, tuple(sorted(expr.indices, key=key)), expr.place)
    return rebuilt(expr, _in_one_order)


def _has_epsilon(expr: Expr) -> bool:
    return bool(names_in(expr) & {"epsilon", "varepsilon"})


def _by_kronecker(expr: Expr) -> Expr:
    """Delta with two indices as 1 where they are equal, and 0 elsewhere."""
    if isinstance(expr, Index) and expr.base == Name("delta", expr.base.place) and len(expr.indices) == 2:
        one, zero = (Num(value, expr.place, str(value)) for value in (1, 0))
        return Cases(((one, Relation(expr.indices, ("=",), expr.place)), (zero, None)), expr.place)
    return rebuilt(expr, _by_kronecker)


def _holds_for_complex(gold: Expr, answer: Expr, habits: Habits) -> bool:
    """Whether an equality with |z| holds for complex numbers too; of other letters it is not asked."""
    if "z" not in names_in(gold) or "z" in habits.structures or key(gold) == key(answer):
        return True
    sized = any(isinstance(node, Call) and node.function == "abs" for expr in (gold, answer) for node in walk(expr))
    if not sized:
        return True
    wide = habits._replace(structures={**habits.structures, "z": "complex"})
    return compare_scalars(gold, answer, wide).verdict == EQUAL


def _turned_cross(gold: Expr, answer: Expr, habits: Habits, found: Found) -> str:
    """Why crosses between letters, which may be vectors, leave a verdict open: their order, u × v and v × u."""
    if not (_crosses(gold) and _crosses(answer)) or ordered_key(gold) == ordered_key(answer):
        return ""
    turned = Op("neg", (answer,), answer.place)
    if found.verdict == EQUAL or compare_scalars(gold, turned, habits).verdict == EQUAL:
        return "a cross may be the product of two vectors, whose sign depends on the order"
    return ""


def _crosses(expr: Expr) -> bool:
    return any(
        isinstance(node, Op) and node.op == "mul" and node.sign == "×" and all(names_in(arg) for arg in node.args)
        for node in walk(expr)
    )


def may_not_commute(gold: Expr, answer: Expr) -> bool:
    """Whether the order of factors may count: among capitals, matrices, lists."""
    return (
        depends_on_order(gold, answer)
        or (_crosses(gold) and _crosses(answer))
        or is_algebra_of_matrices(gold)
        or is_algebra_of_matrices(answer)
        or any(isinstance(node, Group) for expr in (gold, answer) for node in walk(expr))
    )
