"""Sums of multiples of vectors, `w - \\eta (\\nabla L(w) + \\lambda w)`: equal for numbers is equal for them."""

from __future__ import annotations

from grader.equality.roles import CONSTANTS
from grader.model.expressions import Call, Expr, Name, Num, Op, Relation, names_in

# Step sizes and weights; theta, phi and omega are vectors of parameters as often.
_SCALARS = frozenset("alpha beta gamma eta lambda mu epsilon varepsilon tau rho kappa nu".split()) | CONSTANTS


def is_linear(expr: Expr) -> bool:
    """Whether each product has at most one factor that may be a vector, and nothing divides by one or is raised."""
    if _is_scalar(expr) or isinstance(expr, Name):
        return True
    if isinstance(expr, Call):
        return all(isinstance(arg, Name) for arg in expr.args)  # a gradient at w
    if isinstance(expr, Relation):
        return all(operand is not None and is_linear(operand) for operand in expr.operands)
    if not isinstance(expr, Op):
        return False
    if expr.op in ("add", "neg"):
        return all(is_linear(arg) for arg in expr.args)
    if expr.op == "mul":
        others = [factor for factor in _factors(expr) if not _is_scalar(factor)]
        return (len(others) == 1 and is_linear(others[0])) or _is_gradient_at(others)
    return expr.op == "div" and is_linear(expr.args[0]) and _is_scalar(expr.args[1])


def _factors(expr: Expr) -> list[Expr]:
    """The factors of a product in their order."""
    if not (isinstance(expr, Op) and expr.op == "mul"):
        return [expr]
    return [factor for arg in expr.args for factor in _factors(arg)]


def _is_gradient_at(factors: list[Expr]) -> bool:
    """`\\nabla L(w)`, which is read as a product."""
    if len(factors) != 2:
        return False
    one, other = factors
    return isinstance(one, Call) and one.function.startswith("nabla") and isinstance(other, Name)


def _is_scalar(expr: Expr) -> bool:
    """Whether an expression is made of numbers and of letters for them alone."""
    if isinstance(expr, Num):
        return True
    if isinstance(expr, Name):
        return expr.name in _SCALARS
    return isinstance(expr, Op) and names_in(expr) <= _SCALARS and all(map(_is_scalar, expr.args))
