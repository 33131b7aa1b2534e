"""The sides of equations of matrices."""

from __future__ import annotations

from grader.equality.keys import ordered_key
from grader.equality.letters import is_algebra_of_matrices
from grader.equality.scalars import Habits
from grader.equality.verdicts import EQUAL
from grader.model.expressions import Expr, Name, Op, Relation


def has_matrices(*relations: Relation) -> bool:
    """Whether a side of some relations is algebra of matrices, whose factors have an order."""
    return any(is_algebra_of_matrices(side) for one in relations for side in one.operands if side is not None)


def same_order(one: Relation, other: Relation) -> bool:
    """Whether two relations are the same in the order of all factors."""
    return ordered_key(one) == ordered_key(other)


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
