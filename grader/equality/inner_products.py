"""Letters of vector formulas: what has a name, and what has to be a number because it is added to one."""

from __future__ import annotations

from collections.abc import Iterator

from grader.equality.sampled import name_of
from grader.model.expressions import Call, Expr, Index, Op, children, walk


def named_parts(expr: Expr) -> Iterator[Expr]:
    """What may have a name: of `x_i` the whole, and no x."""
    yield expr
    inner = expr.indices if isinstance(expr, Index) and name_of(expr) else children(expr)
    for part in inner:
        yield from named_parts(part)


def beside_inner_products(total: Op) -> frozenset[str]:
    """The letters that stand in a sum with a product of vectors which is a number: y and b in `w^T x + b - y`."""
    terms = [term.args[0] if isinstance(term, Op) and term.op == "neg" else term for term in total.args]
    if not any(map(_is_number, terms)):
        return frozenset()
    return frozenset(name for term in terms if (name := name_of(term)) and name[:1].islower())


def certain_vectors(*exprs: Expr) -> frozenset[str]:
    """Letters in a sum that is transposed, mu in `(x - \\mu)^T`, and coefficients behind their data, `X\\beta`."""
    found: set[str] = set()
    for node in (node for expr in exprs for node in walk(expr)):
        if isinstance(node, Op) and node.op == "mul" and name_of(node.args[0]) in _DATA:
            found |= {name_of(node.args[1])} & _COEFFICIENTS
        if isinstance(node, Call) and node.function.startswith("nabla_"):  # of a^T x, whose value is a vector
            turned = (one.args[0] for one in walk(node) if isinstance(one, Op) and one.op == "transpose")
            found |= {name for one in turned if (name := name_of(one))[:1].islower()}
        inner = node.args[0] if isinstance(node, Op) and node.op == "transpose" else None
        if isinstance(inner, Op) and inner.op == "add":
            terms = [term.args[0] if isinstance(term, Op) and term.op == "neg" else term for term in inner.args]
            found |= {name for term in terms if (name := name_of(term))[:1].islower()}
    return frozenset(found)


_DATA, _COEFFICIENTS = frozenset(["X", "Phi"]), frozenset(["beta", "theta", "beta_hat", "theta_hat"])


def _is_number(term: Expr) -> bool:
    """A product of vectors that is a number, and a function of one: `\\sigma(w^T x + b)`."""
    if isinstance(term, Call) and len(term.args) == 1:
        inner = term.args[0]
        return any(map(_is_number, inner.args if isinstance(inner, Op) and inner.op == "add" else (inner,)))
    return _is_inner_product(term)


def _is_inner_product(term: Expr) -> bool:
    """`w^T x`: a small letter transposed before a small letter."""
    if not (isinstance(term, Op) and term.op == "mul" and len(term.args) == 2):
        return False
    row, column = term.args
    turned = isinstance(row, Op) and row.op == "transpose" and name_of(row.args[0])[:1].islower()
    return turned and name_of(column)[:1].islower()
