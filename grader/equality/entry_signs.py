"""Entries of arrays at sampled points: of every size and of both signs, but for what both sides take a logarithm of.

An entry x_i is a number that follows from its name and its indices. At each point all entries of an array are scaled,
and at most points turned as well, some to below zero: else |x_i| would be x_i, and max(0, z_i) would be z_i.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import TYPE_CHECKING, Any

from grader.equality.hashing import hashed
from grader.equality.points import COMPLEX, ONCE, POSITIVE, SCALE, SIZE, TURN
from grader.equality.structures import role_of
from grader.model.expressions import Call, Expr, Index, Name, Num, Op, Reduce, children, walk

if TYPE_CHECKING:
    from grader.equality.walker import Walker

_SCALED, _TURNED = "[]", "[±]"  # behind the name of an array: no letters that anybody types
_SYMBOLS = frozenset(["delta", "epsilon", "varepsilon"])  # are what they are, 0, 1 or -1
_ROOTS = frozenset(["sqrt", "log", "log2", "log10", "ln"])
_OF_SIGNS = frozenset(["abs", "max", "min", "sign", "relu", "norm"])
_OF_COMPLEX = frozenset(["conjugate", "re", "im", "arg"])


def roles_of_entries(exprs: tuple[Expr, ...], structures: Mapping[str, str]) -> dict[str, str]:
    """What hidden letters scale and turn the arrays of some expressions, with their roles.

    Not turned is what is declared as positive. That of which each side takes a logarithm or a root is turned only to
    find a difference: log(p_i q_i) is log p_i + log q_i among probabilities, but 2 log x_i is not log(x_i^2).
    """
    arrays = {name for expr in exprs for node in walk(expr) if isinstance(node, Index) and (name := array_of(node))}
    if not arrays:
        return {}
    declared = {name.partition("_")[0] for name, kind in structures.items() if role_of(kind) == POSITIVE}
    positive = positive_arrays(exprs)
    complex_ones = {name for expr in exprs for name in _inside(expr, _OF_COMPLEX)}
    scales = {name + _SCALED: SIZE if name in positive | declared else SCALE for name in arrays}
    scales |= {name + _SCALED: COMPLEX for name in complex_ones}
    return scales | {name + _TURNED: ONCE if name in positive else TURN for name in arrays - declared}


def positive_arrays(exprs: tuple[Expr, ...]) -> frozenset[str]:
    """The arrays of which each side takes a logarithm or a root; none where one asks for the size or sign of any."""
    positive = frozenset.intersection(*(frozenset(_below_roots(expr)) for expr in exprs))
    asked = positive and any(name in positive for expr in exprs for name in _inside(expr, _OF_SIGNS))
    return frozenset() if asked else positive


def is_hidden(name: str) -> bool:
    """Whether a letter is one that scales or turns an array."""
    return name.endswith("]")


def array_of(entry: Index) -> str:
    """The name of the array of an entry; "" for symbols such as Kronecker's, and for indicators."""
    base: Expr = entry.base
    while isinstance(base, Index):  # x_a_b
        base = base.base
    return base.name if isinstance(base, Name) and base.name not in _SYMBOLS else ""


def at_point(walker: Walker, name: str, value: Any, places: list[Any]) -> Any:
    """The value of an entry as it is scaled and turned at the point of a walker."""
    algebra = walker.algebra
    scale, turn = walker.values.get(name + _SCALED), walker.values.get(name + _TURNED)
    if scale is not None:
        value = algebra.multiply(value, scale)
    if turn is None:
        return value
    terms = [algebra.number(hashed(name, 50))]
    for number, place in enumerate(places):
        terms.append(algebra.multiply(algebra.number(hashed(name, 51 + number)), place))
    return algebra.multiply(value, algebra.call("cos", [algebra.multiply(turn, algebra.add(terms))]))


def _below_roots(expr: Expr) -> Iterator[str]:
    """The arrays whose signs decide whether a root or a logarithm has a value."""
    for node in walk(expr):
        called = isinstance(node, Call) and node.function in _ROOTS
        raised = isinstance(node, Op) and node.op == "pow" and _is_root(node.args[1])
        if isinstance(node, Call | Op) and (called or raised):
            yield from _deciding(node.args[0])


def _deciding(expr: Expr) -> Iterator[str]:
    """The arrays whose signs make up that of a product: not e^{z_i}, |x_i|, x_i^2, nor a sum, which may have either."""
    if isinstance(expr, Index) and (name := array_of(expr)):
        yield name
    elif isinstance(expr, Op) and expr.op == "pow":
        if not _is_even(expr.args[1]):
            yield from _deciding(expr.args[0])
    elif isinstance(expr, Reduce) and expr.op == "prod":
        yield from _deciding(expr.body)
    elif isinstance(expr, Op) and expr.op in ("mul", "div", "neg"):
        for child in children(expr):
            yield from _deciding(child)


def _is_even(exponent: Expr) -> bool:
    return isinstance(exponent, Num) and exponent.value % 2 == 0


def _is_root(exponent: Expr) -> bool:
    """Whether negative numbers have no such power: 1/2, and what is no number that is written out."""
    while isinstance(exponent, Op) and exponent.op == "neg":
        exponent = exponent.args[0]
    if isinstance(exponent, Op) and exponent.op == "div" and all(isinstance(arg, Num) for arg in exponent.args):
        return _is_even(exponent.args[1])
    return not isinstance(exponent, Num) or exponent.value != int(exponent.value)


def _inside(expr: Expr, functions: frozenset[str]) -> Iterator[str]:
    """The arrays that stand in a call of one of some functions: in a conjugate, a real part, a phase, a size."""
    for node in walk(expr):
        if isinstance(node, Call) and node.function in functions:
            yield from (name for inner in walk(node) if isinstance(inner, Index) and (name := array_of(inner)))
