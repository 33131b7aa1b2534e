"""What everybody means though nobody says it: capitals in both orders are matrices, quantities below roots positive."""

from __future__ import annotations

from grader.equality.roles import CONSTANTS
from grader.equality.scalars import Habits, compare_scalars
from grader.equality.verdicts import Found
from grader.model.expressions import Call, Expr, Name, Op, names_in, walk

_NUMBERS = frozenset("xyzab")  # letters of numbers, not of quantities


def in_both_orders(expr: Expr) -> bool:
    """Whether two capitals are multiplied in one order and in the other, which nobody writes of numbers."""
    products = [node.args for node in walk(expr) if isinstance(node, Op) and node.op == "mul"]
    pairs = {tuple(arg.name for arg in args if isinstance(arg, Name) and arg.name.isupper()) for args in products}
    return any(len(pair) == 2 and pair[0] != pair[1] and pair[::-1] in pairs for pair in pairs)


def of_positive(gold: Expr, answer: Expr, habits: Habits) -> Found | None:
    """The verdict on roots of products and quotients of letters for positive ones: sqrt(L/g), sqrt(L)/sqrt(g)."""
    calls = [node for expr in (gold, answer) for node in walk(expr) if isinstance(node, Call)]
    roots = [node.args[0] for node in calls if node.function == "sqrt"]
    if len(roots) < len(calls) or not any(len(names_in(root)) > 1 for root in roots):
        return None
    if any(isinstance(node, Op) and node.op not in ("mul", "div") for root in roots for node in walk(root)):
        return None
    if any(names_in(root) & _NUMBERS for root in roots):  # sqrt(xy) is no sqrt(x) sqrt(y)
        return None
    letters = names_in(gold) | names_in(answer)
    positive = habits._replace(structures={**habits.structures, **dict.fromkeys(letters - CONSTANTS, "positive")})
    return compare_scalars(gold, answer, positive)
