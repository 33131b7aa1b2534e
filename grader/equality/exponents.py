"""Letters in exponents, and letters of what is inverted, where formulas are read as algebra of matrices."""

from __future__ import annotations

from grader.equality.sampled import name_of
from grader.equality.walker import constant_exponent
from grader.model.expressions import Call, Expr, Op, walk

THIRD = 3.0  # power: what holds for it and for products of its kind holds for whole numbers


def exponents(expr: Expr) -> frozenset[str]:
    """Letters that are the exponents of what may be a matrix, the k of `P D^k P^{-1}`."""
    powers = [node.args for node in walk(expr) if isinstance(node, Op) and node.op == "pow"]
    capitals = [args for args in powers if any(name_of(inner)[:1].isupper() for inner in walk(args[0]))]
    return frozenset(name_of(exponent) for _, exponent in capitals) & _WHOLE


_WHOLE = frozenset("kmnpqrN")


def inverted(expr: Expr) -> frozenset[str]:
    """Letters in a product whose inverse or determinant a formula takes, `(AB)^{-1}`: so written they are square.

    Not beside a transpose, `(X^T X)^{-1}`, where X need not be square.
    """
    found: set[str] = set()
    for node in walk(expr):
        if isinstance(node, Op) and node.op == "pow" and constant_exponent(node.args[1]) == -1:
            inner = list(walk(node.args[0]))
        elif isinstance(node, Call) and node.function in ("inv", "det"):
            inner = [one for arg in node.args for one in walk(arg)]
        else:
            continue
        signs = {one.op for one in inner if isinstance(one, Op)}
        if "mul" in signs and signs.isdisjoint(("transpose", "add")):
            found |= {name_of(one) for one in inner} - {""}
    return frozenset(found)
