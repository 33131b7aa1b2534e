"""Which base a logarithm has, where only one side says it."""

from __future__ import annotations

from grader.model.expressions import Call, Expr, Num, rebuilt, walk


def with_one_logarithm(one: Expr, other: Expr) -> tuple[Expr, Expr]:
    """Both with `log` to the base that one side writes, and with `ln` as the natural one."""
    calls = {node.function for expr in (one, other) for node in walk(expr) if isinstance(node, Call)}
    if "log" in calls and any(has_base_ten(expr) for expr in (one, other)):
        one, other = (expr if has_base_ten(expr) else to_base_ten(expr) for expr in (one, other))
    return (as_natural(one), as_natural(other)) if "ln" in calls else (one, other)


def as_natural(expr: Expr) -> Expr:
    """`ln` as the logarithm that it is."""
    if isinstance(expr, Call) and expr.function == "ln":
        return Call("log", tuple(as_natural(arg) for arg in expr.args), expr.place)
    return rebuilt(expr, as_natural)


def has_base_ten(expr: Expr) -> bool:
    """Whether a logarithm to base ten is written out, as lg or with its base."""
    for node in walk(expr):
        if isinstance(node, Call) and node.function == "log10":
            return True
        if isinstance(node, Call) and node.function == "log" and len(node.args) == 2 and _is_ten(node.args[1]):
            return True
    return False


def _is_ten(expr: Expr) -> bool:
    return isinstance(expr, Num) and expr.value == 10


def to_base_ten(expr: Expr) -> Expr:
    """A bare logarithm, where the other side says that base ten is meant."""
    if isinstance(expr, Call) and expr.function == "log" and len(expr.args) == 1:
        return Call("log10", (to_base_ten(expr.args[0]),), expr.place)
    return rebuilt(expr, to_base_ten)
