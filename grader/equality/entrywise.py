"""Derivatives by one entry of an array, `\\frac{\\partial}{\\partial x_k} \\sum_i x_i^2`, by Kronecker's symbol."""

from __future__ import annotations

from grader.equality.slopes import differentiate, substitute
from grader.model.errors import Undecided
from grader.model.expressions import Bound, Call, Expr, Index, Name, Op, Reduce, names_in, rebuilt, walk
from grader.notation.calculus import BY_ENTRY

_NOWHERE = (0, 0)
_STEP = "step"  # no letter that anybody types
_LETTERS = "pqruvmlhg"


def by_entries(expr: Expr) -> Expr:
    """An expression with such derivatives written out: by x_k, the entry x_i has the slope `\\delta_{ik}`."""
    if not any(_is_by_entry(node) for node in walk(expr)):
        return expr
    expr = rebuilt(expr, by_entries)
    if not isinstance(expr, Call) or not _is_by_entry(expr):
        return expr
    body, entry = expr.args
    if not isinstance(entry, Index) or names_in(expr) & {"delta", _STEP}:
        raise Undecided("this derivative by an entry is not written out", *expr.place)
    free = _renamed(body, names_in(entry) - {_base(entry)})
    return _unmoved(differentiate(_moved(free, entry), _STEP))


def _is_by_entry(node: Expr) -> bool:
    return isinstance(node, Call) and node.function == BY_ENTRY


def _base(entry: Index) -> str:
    return entry.base.name if isinstance(entry.base, Name) else ""


def _moved(expr: Expr, entry: Index) -> Expr:
    """An expression in which one entry is larger by a step."""
    if isinstance(expr, Index) and isinstance(expr.base, Name) and expr.base.name == _base(entry):
        if len(expr.indices) != len(entry.indices):
            raise Undecided("an array has different numbers of indices", *expr.place)
        moved: Expr = Name(_STEP, _NOWHERE)
        for one, other in zip(expr.indices, entry.indices, strict=True):
            moved = Op("mul", (moved, Index(Name("delta", _NOWHERE), (one, other), _NOWHERE)), _NOWHERE)
        return Op("add", (expr, moved), expr.place)
    if isinstance(expr, Call) and expr.function == "ln":
        expr = expr._replace(function="log")
    if isinstance(expr, Name) and expr.name == _base(entry):
        raise Undecided("an array stands beside its entries", *expr.place)
    return rebuilt(expr, lambda child: _moved(child, entry))


def _is_step(expr: Expr) -> bool:
    while isinstance(expr, Op) and expr.op == "mul":
        expr = expr.args[0]
    return isinstance(expr, Name) and expr.name == _STEP


def _unmoved(expr: Expr) -> Expr:
    """An expression without its steps, which have become zero."""
    if isinstance(expr, Op) and expr.op == "add" and len(expr.args) == 2 and _is_step(expr.args[1]):
        return expr.args[0]
    return rebuilt(expr, _unmoved)


def _renamed(expr: Expr, taken: frozenset[str]) -> Expr:
    """An expression whose sums run over other letters than those of the entry: `\\sum_i x_i^2` by x_i."""
    expr = rebuilt(expr, lambda child: _renamed(child, taken))
    if not isinstance(expr, Reduce):
        return expr
    for bound in expr.bounds:
        if bound.index not in taken:
            continue
        used = names_in(expr) | taken | {one.index for one in expr.bounds}
        letter = next((letter for letter in _LETTERS if letter not in used), "")
        if not letter:
            raise Undecided("no letter is left for the index of a sum", *expr.place)
        bounds = tuple(Bound(letter, b.low, b.high, b.place) if b is bound else b for b in expr.bounds)
        body = substitute(expr.body, bound.index, Name(letter, _NOWHERE))
        expr = Reduce(expr.op, bounds, body, expr.place)
    return expr
