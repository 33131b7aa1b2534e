"""Letters with a bar as the means of the numbers that are summed: `n / \\sum x_i` is `1 / \\bar x`."""

from __future__ import annotations

from grader.equality.slopes import substitute
from grader.model.expressions import Bound, Expr, Index, Name, Num, Op, Reduce, names_in, rebuilt, walk

_COUNT = "n"
_INDICES = frozenset("ijk")


def with_means(gold: Expr, answer: Expr) -> tuple[Expr, Expr] | None:
    """Both with the mean of x_1 to x_n in place of a bar above x, if such numbers are summed in one of them.

    A sum without limits over x_i runs over all n of them.
    """
    both = names_in(gold) | names_in(answer)
    bars = {name for name in both if name.endswith("_bar")}
    if not bars:
        return None
    if _COUNT in both:
        gold, answer = _over_all(gold), _over_all(answer)
    meant = (gold, answer)
    for bar in sorted(bars):
        meant = _with_mean(*meant, bar) or meant
    return None if meant == (gold, answer) else meant


def _with_mean(gold: Expr, answer: Expr, bar: str) -> tuple[Expr, Expr] | None:
    """Both with a mean in place of one letter with a bar, if its numbers are summed in one of them."""
    for node in (node for expr in (gold, answer) for node in walk(expr)):
        if not (isinstance(node, Reduce) and node.op == "sum" and len(node.bounds) == 1):
            continue
        bound = node.bounds[0]
        if bound.high is None or not isinstance(bound.low, Num) or bound.low.value != 1:
            continue
        for inner in walk(node.body):
            if isinstance(inner, Index) and isinstance(inner.base, Name) and len(inner.indices) == 1:
                own = Index(inner.base, (Name(bound.index, node.place),), node.place)
                if bar == f"{inner.base.name}_bar":
                    total = Reduce("sum", node.bounds, own, node.place)
                    mean = Op("div", (total, bound.high), node.place)
                    return substitute(gold, bar, mean), substitute(answer, bar, mean)
    return None


def _over_all(expr: Expr) -> Expr:
    """Sums over x_i that say no limits, `\\sum x_i` and `\\sum_i x_i`, from 1 to n."""
    if isinstance(expr, Reduce) and expr.op == "sum" and len(expr.bounds) == 1:
        bound = expr.bounds[0]
        if bound.low is None and bound.high is None and bound.index in _INDICES:
            one = Num(1, bound.place, "1")
            expr = expr._replace(bounds=(Bound(bound.index, one, Name(_COUNT, bound.place), bound.place),))
    return rebuilt(expr, _over_all)
