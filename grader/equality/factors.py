"""Factors as arrays have them: `x * (x > 0)`, whose condition is one or zero, and `w @ x` of two vectors."""

from __future__ import annotations

from grader.equality.keys import key
from grader.model.expressions import Cases, Expr, Group, Name, Num, Op, Relation, rebuilt, walk


def counted(factor: Expr) -> Expr:
    """`x * (x > 0)`: a factor in brackets that holds or does not is one or zero."""
    held = factor.items[0] if is_condition(factor) and isinstance(factor, Group) else None
    if held is None:
        return factor
    one, zero = (Num(value, factor.place, str(value)) for value in (1, 0))
    return Cases(((one, held), (zero, None)), factor.place)


def is_condition(node: Expr) -> bool:
    """Whether an expression is an inequality in brackets."""
    single = isinstance(node, Group) and node.brackets == "()" and len(node.items) == 1
    held = node.items[0] if single and isinstance(node, Group) else None
    return isinstance(held, Relation) and set(held.ops) <= {"<", "<=", ">", ">="}


def with_inner_products(gold: Expr, answer: Expr) -> tuple[Expr, Expr]:
    """Both with `w @ x` as `w^T x`, and `w \\cdot x` beside it too: of arrays with one axis it is the inner product."""
    dotted = frozenset(
        frozenset(map(key, chain))
        for expr in (gold, answer)
        for node in walk(expr)
        if (chain := _chain(node)) and len(chain) == 2 and _is_inner(chain)
    )
    return _turned(gold, dotted), _turned(answer, dotted)


def _turned(expr: Expr, dotted: frozenset[frozenset[str]]) -> Expr:
    chain = _chain(expr)
    if _is_inner(chain) and isinstance(expr, Op):
        first, *rest = (_turned(factor, dotted) for factor in chain)
        product: Expr = Op("transpose", (first,), first.place)
        for factor in rest:
            product = Op("mul", (product, factor), expr.place, "@")
        return product
    if isinstance(expr, Op) and expr.op == "mul" and expr.sign == "·" and frozenset(map(key, expr.args)) in dotted:
        first, last = expr.args
        return Op("mul", (Op("transpose", (first,), first.place), last), expr.place, "@")
    return rebuilt(expr, lambda child: _turned(child, dotted))


def _chain(expr: Expr) -> list[Expr]:
    """The factors between which `@` stands; none of anything else."""
    factors: list[Expr] = []
    while isinstance(expr, Op) and expr.op == "mul" and expr.sign == "@":
        factors.append(expr.args[1])
        expr = expr.args[0]
    return [expr, *reversed(factors)] if factors else []


def _is_inner(chain: list[Expr]) -> bool:
    """Whether a chain begins and ends with a vector, a small letter, so that it is a number: `x @ A @ x`."""
    ends = [chain[0], chain[-1]] if chain else []
    return bool(ends) and all(isinstance(end, Name) and end.name[:1].islower() for end in ends)
