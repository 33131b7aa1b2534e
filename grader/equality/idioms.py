"""Ways of saying things, by what they mean: indicators, intervals in conditions, compositions, Levi-Civita's symbol."""

from __future__ import annotations

from grader.model.expressions import Call, Cases, Expr, Group, Index, Name, Num, Op, Relation, rebuilt
from grader.notation.dialect import USUAL_FUNCTIONS

_ORDERS = frozenset(["<", "<=", ">", ">=", "=", "!=", "in"])
_INDICATORS = frozenset(["I", "𝟙"])
_LEVI_CIVITA = frozenset(["epsilon", "varepsilon"])
_ENDS = {"(": "<", "[": "<=", ")": "<", "]": "<="}
_INTERVALS = frozenset(["()", "[]", "(]", "[)"])
COMPOSED = "∘"


def by_meaning(expr: Expr) -> Expr:
    """An expression with each idiom in it written out."""
    expr = rebuilt(expr, by_meaning)
    if isinstance(expr, Op) and expr.op == "mul":
        return _indicator(expr) or _composition(expr) or expr
    if isinstance(expr, Op) and _is_endless(expr):
        return expr.args[0]
    if isinstance(expr, Call):
        return _called_indicator(expr) or expr
    if isinstance(expr, Index):
        return _permuted(expr) or expr
    if isinstance(expr, Cases):
        pieces = tuple((value, None if when is None else _condition(when)) for value, when in expr.pieces)
        return Cases(pieces, expr.place)
    return expr


def is_idiom(node: Expr) -> bool:
    """Whether one of these may begin at a node."""
    if isinstance(node, Op):
        if node.op == "mul":
            return node.sign == "⊙" or isinstance(node.args[1], Group)
        return _is_endless(node)
    if isinstance(node, Call):
        return node.function in _INDICATORS
    if isinstance(node, Index):
        return isinstance(node.base, Name) and node.base.name in _LEVI_CIVITA
    return isinstance(node, Cases)


def _is_endless(node: Op) -> bool:
    """A hundredth of infinity is infinity."""
    return node.op == "percent" and isinstance(node.args[0], Name) and node.args[0].name == "infty"


def _holds(when: Expr, place: tuple[int, int]) -> Expr:
    """One where a condition holds, zero elsewhere."""
    return Cases(((Num(1, place, "1"), _condition(when)), (Num(0, place, "0"), None)), place)


def _is_condition(expr: Expr) -> bool:
    if isinstance(expr, Op) and expr.op in ("and", "or", "not"):
        return all(_is_condition(arg) for arg in expr.args)
    return isinstance(expr, Relation) and set(expr.ops) <= _ORDERS


def _indicator(expr: Op) -> Expr | None:
    """`\\mathbb 1[x > 0]`, `1\\{x > 0\\}`."""
    one, held = expr.args
    if not (isinstance(one, Num) and one.value == 1 and one.text == "1" and expr.sign == ""):
        return None
    if isinstance(held, Group) and len(held.items) == 1 and _is_condition(held.items[0]):
        return _holds(held.items[0], expr.place)
    return None


def _called_indicator(expr: Call) -> Expr | None:
    """`I(x > 0)`."""
    if expr.function in _INDICATORS and len(expr.args) == 1 and _is_condition(expr.args[0]):
        return _holds(expr.args[0], expr.place)
    return None


def _condition(when: Expr) -> Expr:
    """A condition with `x \\in [a, b)` as a chain of inequalities."""
    if isinstance(when, Op):
        return Op(when.op, tuple(_condition(arg) for arg in when.args), when.place)
    return as_chain(when) or when


def as_chain(expr: Expr) -> Relation | None:
    """`x \\in (a, b)` and `|x - m| < r` as chains, a < x < b and -r < x - m < r; None for anything else."""
    if not (isinstance(expr, Relation) and len(expr.ops) == 1):
        return None
    one, other = expr.operands
    (op,) = expr.ops
    if op in (">", ">="):
        one, other, op = other, one, {">": "<", ">=": "<="}[op]
    if one is None or other is None:
        return None
    if op == "in" and isinstance(one, Name) and isinstance(other, Group) and other.brackets in _INTERVALS:
        if len(other.items) != 2:
            return None
        low, high = (_ENDS[bracket] for bracket in other.brackets)
        return Relation((other.items[0], one, other.items[1]), (low, high), expr.place)
    if op in ("<", "<=") and isinstance(one, Call) and one.function == "abs" and len(one.args) == 1:
        return Relation((Op("neg", (other,), other.place), one.args[0], other), (op, op), expr.place)
    return None


# -- compositions ----------------------------------------------------------------------------------------------


def _is_function(expr: Expr) -> bool:
    if isinstance(expr, Call):
        return expr.function == COMPOSED
    return isinstance(expr, Name) and expr.name.rstrip("'") in USUAL_FUNCTIONS


def _composition(expr: Op) -> Expr | None:
    """`f \\circ g` is no product, and `(f \\circ g)(x)` is f(g(x)): between letters that are functions by custom."""
    one, other = expr.args
    if expr.sign == "⊙" and _is_function(one):
        if _is_function(other):
            return Call(COMPOSED, (one, other), expr.place)
        if isinstance(other, Call) and other.function in USUAL_FUNCTIONS:
            return _applied(one, other)
    if expr.sign == "" and isinstance(one, Call) and one.function == COMPOSED and not _is_function(other):
        return _applied(one, other)
    return None


def _applied(function: Expr, value: Expr) -> Expr:
    if isinstance(function, Call):  # a composition: the last of its functions comes first
        for inner in reversed(function.args):
            value = _applied(inner, value)
        return value
    assert isinstance(function, Name)
    return Call(function.name, (value,), (function.place[0], value.place[1]))


# -- symbols ---------------------------------------------------------------------------------------------------


def _permuted(expr: Index) -> Expr | None:
    """Levi-Civita's symbol with its three indices in order: it changes its sign with each exchange of two."""
    if not (isinstance(expr.base, Name) and expr.base.name in _LEVI_CIVITA and len(expr.indices) == 3):
        return None
    if not all(isinstance(index, Name) for index in expr.indices):
        return None
    names = [index.name for index in expr.indices if isinstance(index, Name)]
    if len(set(names)) < 3:
        return Num(0, expr.place, "0")
    swaps = sum(names[a] > names[b] for a in range(3) for b in range(a + 1, 3))
    ordered = Index(expr.base, tuple(sorted(expr.indices, key=_name)), expr.place)
    return Op("neg", (ordered,), expr.place) if swaps % 2 else ordered


def _name(index: Expr) -> str:
    return index.name if isinstance(index, Name) else ""
