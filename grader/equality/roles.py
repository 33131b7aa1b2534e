"""What the letters of a pair are: real numbers, whole numbers, complex numbers, constants."""

from __future__ import annotations

from grader.equality.construction import CONSTRUCTED, construct
from grader.equality.points import ANY, COMPLEX, COUNTING, NEAR, POSITIVE, WHOLE
from grader.model.expressions import Call, Expr, Index, Integral, Limit, Name, Num, Op, Reduce, children, names_in
from grader.model.records import NamedTuple

CONSTANTS = frozenset(["pi", "e", "infty", "EulerGamma", "True", "False"])
_WHOLE_CALLS = frozenset(["factorial", "factorial2", "binomial", "gcd", "lcm"])
_COMPLEX_CALLS = frozenset(["conjugate", "re", "im", "arg"])
_STRENGTH = {ANY: 0, NEAR: 1, POSITIVE: 2, WHOLE: 3, COMPLEX: 4, COUNTING: 5}
_MOST_NAMES = 60


class Cast(NamedTuple):
    """The letters that stand for numbers, each with its role, and whether complex numbers are meant."""

    roles: dict[str, str]
    is_complex: bool
    imaginary: frozenset[str]


def cast(exprs: tuple[Expr, ...], imaginary: frozenset[str]) -> Cast:
    """The roles of all free names of some expressions."""
    roles: dict[str, str] = {}
    seen_imaginary = False
    waiting: list[tuple[Expr, str, frozenset[str]]] = [(expr, ANY, frozenset()) for expr in exprs]
    while waiting:
        node, role, bound = waiting.pop()
        if isinstance(node, Name):
            if node.name in bound or node.name in CONSTANTS:
                continue
            if node.name in imaginary:
                seen_imaginary = True
                continue
            if _STRENGTH[role] >= _STRENGTH[roles.get(node.name, ANY)]:
                roles[node.name] = role
            continue
        seen_imaginary = seen_imaginary or (isinstance(node, Op) and node.op == "angle")
        _descend(node, role, bound, roles, waiting)
    is_complex = seen_imaginary or COMPLEX in roles.values()
    return Cast(roles, is_complex, imaginary)


def _descend(
    node: Expr, role: str, bound: frozenset[str], roles: dict[str, str],
    waiting: list[tuple[Expr, str, frozenset[str]]],
) -> None:  # fmt: skip
    if isinstance(node, Call):
        if node.function in CONSTRUCTED:
            waiting.append((construct(node), role, bound))
            return
        role = WHOLE if node.function in _WHOLE_CALLS else COMPLEX if node.function in _COMPLEX_CALLS else role
    elif isinstance(node, Op):
        if node.op in ("factorial", "factorial2", "mod"):
            role = WHOLE
        elif node.op == "pow" and _is_negative(node.args[0]) and not isinstance(node.args[1], Num):
            waiting.append((node.args[1], WHOLE, bound))
            waiting.append((node.args[0], role, bound))
            return
    elif isinstance(node, Index):
        waiting.extend((index, WHOLE, bound) for index in node.indices)
        return
    elif isinstance(node, Reduce):
        inner = bound | {one.index for one in node.bounds}
        for one in node.bounds:
            waiting.extend((limit, WHOLE, inner - {one.index}) for limit in (one.low, one.high) if limit is not None)
        waiting.append((node.body, role, inner))
        return
    elif isinstance(node, Integral):
        _enter_integral(node, role, bound, roles, waiting)
        return
    elif isinstance(node, Limit):
        waiting.append((node.target, role, bound))
        waiting.append((node.body, role, bound | {node.variable}))
        return
    waiting.extend((child, role, bound) for child in children(node))


def _enter_integral(
    node: Integral, role: str, bound: frozenset[str], roles: dict[str, str],
    waiting: list[tuple[Expr, str, frozenset[str]]],
) -> None:  # fmt: skip
    if node.high is None:
        roles.setdefault(node.variable, POSITIVE)
        waiting.append((Name(node.variable, node.place), POSITIVE, bound))
    for limit in (node.low, node.high):
        if limit is not None:
            waiting.extend((Name(name, node.place), NEAR, bound) for name in names_in(limit))
    waiting.append((node.body, role, bound | {node.variable}))


def _is_negative(expr: Expr) -> bool:
    if isinstance(expr, Op) and expr.op == "neg":
        return not names_in(expr)
    return isinstance(expr, Num) and expr.value < 0
