"""What everybody means though nobody says it: capitals in both orders are matrices, quantities below roots positive."""

from __future__ import annotations

from grader.equality.roles import CONSTANTS
from grader.equality.scalars import Habits, compare_scalars
from grader.equality.verdicts import Found
from grader.model.expressions import Call, Expr, Name, Op, names_in, walk

_NUMBERS = frozenset("xyzab")  # letters of numbers, not of quantities
_LOGARITHMS = frozenset(["ln", "log", "log2", "log10"])
_UNKNOWNS = frozenset("xyz")
_SIZES = frozenset(["c", "m", "R", "L", "C", "T", "omega", "omega0", "rho", "tau", "M", "G", "n", "N", "g", "l"])


def in_both_orders(expr: Expr) -> bool:
    """Whether two capitals are multiplied in one order and in the other, which nobody writes of numbers."""
    products = [node.args for node in walk(expr) if isinstance(node, Op) and node.op == "mul"]
    pairs = {tuple(arg.name for arg in args if isinstance(arg, Name) and arg.name.isupper()) for args in products}
    return any(len(pair) == 2 and pair[0] != pair[1] and pair[::-1] in pairs for pair in pairs)


def of_positive(gold: Expr, answer: Expr, habits: Habits) -> Found | None:
    """The verdict on roots of products and quotients of letters for positive ones: sqrt(L/g), sqrt(L)/sqrt(g).

    So of logarithms of what plainly is a quantity: ln(V_2/V_1), ln V_2 - ln V_1.
    """
    roots = _roots_in(gold, answer) or _logarithms_in(gold, answer)
    if not roots or not all(map(_is_of_products, roots)):
        return None
    if any(names_in(root) & _NUMBERS for root in roots):  # sqrt(xy) is no sqrt(x) sqrt(y)
        return None
    return _for_positive(gold, answer, names_in(gold) | names_in(answer), habits)


def of_sizes(gold: Expr, answer: Expr, habits: Habits) -> Found | None:
    """The verdict for letters of what is never negative: 1/sqrt(1 - v^2/c^2) is c/sqrt(c^2 - v^2), c being a speed.

    Only below roots of sums of squares, out of which such a letter is taken.
    """
    roots = _roots_in(gold, answer)
    if not roots or not all(map(_is_of_sums, roots)) or any(names_in(root) & _UNKNOWNS for root in roots):
        return None
    sizes = (names_in(gold) | names_in(answer)) & _SIZES
    return _for_positive(gold, answer, sizes, habits) if sizes else None


def _roots_in(gold: Expr, answer: Expr) -> list[Expr]:
    """What stands below roots, some of several letters; none where other functions occur."""
    calls = [node for expr in (gold, answer) for node in walk(expr) if isinstance(node, Call)]
    roots = [node.args[0] for node in calls if node.function == "sqrt"]
    return roots if len(roots) == len(calls) and any(len(names_in(root)) > 1 for root in roots) else []


def _logarithms_in(gold: Expr, answer: Expr) -> list[Expr]:
    """What logarithms are taken of: letters with numbers or indices, some of several; none where others occur."""
    calls = [node for expr in (gold, answer) for node in walk(expr) if isinstance(node, Call)]
    taken = [node.args[0] for node in calls if node.function in _LOGARITHMS and len(node.args) == 1]
    letters = frozenset(name for one in taken for name in names_in(one)) - CONSTANTS
    if len(taken) < len(calls) or not any(len(names_in(one)) > 1 for one in taken):
        return []
    return taken if all(name[-1].isdigit() and len(name) > 1 for name in letters) else []


def _for_positive(gold: Expr, answer: Expr, letters: frozenset[str], habits: Habits) -> Found:
    positive = habits._replace(structures={**habits.structures, **dict.fromkeys(letters - CONSTANTS, "positive")})
    return compare_scalars(gold, answer, positive)


def _is_of_products(root: Expr) -> bool:
    return all(node.op in ("mul", "div") for node in walk(root) if isinstance(node, Op))


def _is_of_sums(root: Expr) -> bool:
    """Whether terms are added below a root, in whole powers of letters."""
    operators = {node.op for node in walk(root) if isinstance(node, Op)}
    return "add" in operators and operators <= {"add", "neg", "mul", "div", "pow"}
