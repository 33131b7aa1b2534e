"""Bound letters by one name: the sum over k of x[k] is that over m of x[m]."""

from __future__ import annotations

from grader.equality.slopes import substitute
from grader.model.expressions import Bound, Expr, Integral, Name, Reduce, names_in, rebuilt, walk


def has_bound(*exprs: Expr) -> bool:
    """Whether a sum or an integral binds a letter in any of some expressions."""
    kinds = (Reduce, Integral)
    return any(type(node) in kinds for expr in exprs for node in walk(expr))


def renamed(expr: Expr) -> Expr:
    """An expression whose bound letters are numbered from the inside out: what differs in them alone becomes one."""
    expr = rebuilt(expr, renamed)
    if isinstance(expr, Reduce):
        depth = _depth(expr.body)
        bounds, body = [], expr.body
        for number, bound in enumerate(expr.bounds):
            name = f"#{depth + number}"
            body = substitute(body, bound.index, Name(name, bound.place))
            bounds.append(Bound(name, bound.low, bound.high, bound.place))
        earlier = {bound.index for bound in expr.bounds}
        limits = [limit for bound in expr.bounds for limit in (bound.low, bound.high) if limit is not None]
        if any(names_in(limit) & earlier for limit in limits):  # one index in the limits of another
            return expr
        return Reduce(expr.op, tuple(bounds), body, expr.place)
    if isinstance(expr, Integral):
        name = f"#{_depth(expr.body)}"
        if expr.high is None:  # the letter of an antiderivative is free
            return expr
        return expr._replace(variable=name, body=substitute(expr.body, expr.variable, Name(name, expr.place)))
    return expr


def _depth(expr: Expr) -> int:
    return sum(
        len(node.bounds) if isinstance(node, Reduce) else 1
        for node in walk(expr)
        if isinstance(node, Reduce | Integral)
    )
