"""The sides of equations: of matrices, and where both are about the same thing."""

from __future__ import annotations

from grader.equality.keys import ordered_key
from grader.equality.letters import is_algebra_of_matrices
from grader.equality.roles import CONSTANTS
from grader.equality.sampled import name_of
from grader.equality.scalars import Habits
from grader.equality.verdicts import EQUAL
from grader.model.expressions import Call, Expr, Name, Op, Relation, names_in, walk
from grader.reference.functions import FUNCTIONS


def has_matrices(*relations: Relation) -> bool:
    """Whether a side of some relations is algebra of matrices, whose factors have an order."""
    return any(is_of_matrices(side) for one in relations for side in one.operands if side is not None)


def is_of_matrices(expr: Expr) -> bool:
    """Whether a formula is algebra of matrices, or holds products of the same capitals in both orders, `AB - BA`."""
    sums = (node for node in walk(expr) if isinstance(node, Op) and node.op == "add")
    return is_algebra_of_matrices(expr) or any(map(_commutes_nothing, sums))


def _commutes_nothing(total: Op) -> bool:
    """Whether a sum holds two capitals in both orders: as numbers, AB - BA would be nothing."""
    terms = [arg.args[0] if isinstance(arg, Op) and arg.op == "neg" else arg for arg in total.args]
    pairs = {
        (name_of(term.args[0]), name_of(term.args[1]))
        for term in terms
        if isinstance(term, Op) and term.op == "mul" and len(term.args) == 2
    }
    return any(a != b and a[:1].isupper() and b[:1].isupper() and (b, a) in pairs for a, b in pairs)


def same_order(one: Relation, other: Relation) -> bool:
    """Whether two relations are the same in the order of all factors."""
    return ordered_key(one) == ordered_key(other)


def says_other(left: Expr, value: Expr, other: Expr, habits: Habits) -> bool:
    """Whether `left = value` and `left = other` say two things, if the values differ: not where left stands in them.

    Of a function that nobody knows, x(t) or Var(X), only the function may not. An identity, cos t = (e^{it} +
    e^{-it})/2, always holds; with another value it does not.
    """
    from grader.equality.decide import decide

    if isinstance(left, Call) and left.function not in FUNCTIONS:
        calls = [node for side in (value, other) for node in walk(side) if isinstance(node, Call)]
        return not any(call.function == left.function and not _is_of_other(call, left) for call in calls)
    letters = (names_in(value) | names_in(other)) - CONSTANTS
    if not (names_in(left) - CONSTANTS) & letters:
        return True
    return isinstance(left, Call) and any(decide(left, one, habits).verdict == EQUAL for one in (value, other))


def _is_of_other(call: Call, left: Call) -> bool:
    """Whether two functions differ in whose they are: the f of f(x, y) is not that of f_X(x)."""
    owners = [one.args[0].name if one.args and isinstance(one.args[0], Name) else "" for one in (call, left)]
    return owners[0] != owners[1] and owners[1].isupper() and len(left.args) > 1


def is_step(left: Expr, right: Expr) -> bool:
    """Whether an equation assigns a letter its next value, `w := w - eta g`: as an equation it would be solved."""
    terms = right.args if isinstance(right, Op) and right.op == "add" else ()
    return isinstance(left, Name) and any(isinstance(term, Name) and term.name == left.name for term in terms)


def sides_agree(gold: tuple[Expr, Expr], answer: tuple[Expr, Expr], habits: Habits) -> bool:
    """Whether equations of matrices, `A^T A x = A^T b`, have the same sides, in any order."""
    if not any(map(is_algebra_of_matrices, gold)):
        return False
    from grader.equality.decide import decide

    orders = (answer, answer[::-1])
    return any(all(decide(a, b, habits).verdict == EQUAL for a, b in zip(gold, order, strict=True)) for order in orders)
