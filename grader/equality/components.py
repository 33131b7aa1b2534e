"""Vectors written with unit vectors, `2x i + 3 j`, as the list of their components."""

from __future__ import annotations

import re
from collections.abc import Callable

from grader.model.expressions import Expr, Group, Name, Num, Op, Relation, Unit, names_in

_MARKED = re.compile(
    r"\\(?:mathbf|boldsymbol|bm|vec|pmb|hat|widehat)\s*(?:\{\s*|\s+)?\\?(?:mathbf\s*\{?)?(?:imath|jmath|[ijk])(?![A-Za-z])"
)
_NOWHERE = (0, 0)
_AXES = {"i": 0, "j": 1, "k": 2, "i_hat": 0, "j_hat": 1, "k_hat": 2, "x_hat": 0, "y_hat": 1, "z_hat": 2}
_ZERO, _ONE = Num(0, _NOWHERE, "0"), Num(1, _NOWHERE, "1")
_Parts = dict[int, Expr]  # the factor of each unit vector


def is_marked(*texts: str) -> bool:
    """Whether a unit vector is set in bold type or with a hat: i is no imaginary unit there."""
    return any("\\" in text and _MARKED.search(text) for text in texts)


def as_components(gold: Expr, answer: Expr, texts: tuple[str, str]) -> tuple[Expr, Expr]:
    """Both sides as lists of components, where one is marked as a vector and each is one or a list already.

    Unmarked letters, `2i - j + 5k`, are unit vectors beside a list of two or three numbers.
    """
    gold, answer = _without_unit(gold, answer)
    parts = [_parts_in(expr) for expr in (gold, answer)]
    if not is_marked(*texts) and not _beside_list(gold, answer, parts):
        return gold, answer
    lists = [_value(expr) for expr in (gold, answer)]
    sizes = [
        len(expr.items) for expr, part in zip(lists, parts, strict=True) if part is None and isinstance(expr, Group)
    ]
    if any(part is None and not isinstance(expr, Group) for expr, part in zip(lists, parts, strict=True)):
        return gold, answer
    largest = max((axis + 1 for part in parts if part is not None for axis in part), default=0)
    size = max([largest, *sizes, 2])
    one, other = (
        expr if part is None else _listed(expr, part, size) for expr, part in zip((gold, answer), parts, strict=True)
    )
    return one, other


def is_sum_of_axes(expr: Expr) -> bool:
    """Whether an expression is a sum of multiples of two or three letters that may be unit vectors, `2i - j + 5k`."""
    parts = _parts(expr)
    return parts is not None and len(parts) > 1


def components_of(expr: Expr) -> tuple[Expr, ...] | None:
    """The components of a sum of multiples of two or three unit vectors, `2x i + 3 j`; None for anything else."""
    parts = _parts(expr) if is_sum_of_axes(expr) else None
    return None if parts is None else tuple(parts.get(axis, _ZERO) for axis in range(max(parts) + 1))


def _without_unit(gold: Expr, answer: Expr) -> tuple[Expr, Expr]:
    """Both without the unit behind them, `3i - 4j N` and `(3, -4) N`, if it is the same for vectors of both kinds."""
    (one, mine), (other, theirs) = _measured(gold), _measured(answer)
    vectors = [side for side in (_value(one), _value(other)) if isinstance(side, Group) or _has_axis(side)]
    return (one, other) if mine and mine == theirs and len(vectors) == 2 else (gold, answer)


def _measured(expr: Expr) -> tuple[Expr, str]:
    """An expression and the unit behind its last term; "" if there is none."""
    if isinstance(expr, Relation) and expr.operands[-1] is not None:
        last, unit = _measured(expr.operands[-1])
        return expr._replace(operands=(*expr.operands[:-1], last)), unit
    if isinstance(expr, Op) and expr.op == "add":
        last, unit = _measured(expr.args[-1])
        return expr._replace(args=(*expr.args[:-1], last)), unit
    if isinstance(expr, Op) and expr.op == "neg":
        last, unit = _measured(expr.args[0])
        return expr._replace(args=(last,)), unit
    unit = ""
    inner: Expr = expr
    while isinstance(inner, Op) and inner.op in ("mul", "div") and (name := _unit_name(inner.args[1])):
        unit = f"{'/' if inner.op == 'div' else ' '}{name}{unit}"
        inner = inner.args[0]
    return (inner, unit) if isinstance(inner, Group) or _has_axis(inner) else (expr, "")


def _unit_name(expr: Expr) -> str:
    """The name of a unit, or of a letter that may be one."""
    if isinstance(expr, Unit):
        return expr.text
    return expr.name if isinstance(expr, Name) and expr.name not in _AXES and len(expr.name) < _LONG else ""


_LONG = 4  # letters


def _beside_list(gold: Expr, answer: Expr, parts: list[_Parts | None]) -> bool:
    """Whether one side is a list, and the other a sum of multiples of two letters that may be unit vectors."""
    for expr, own, other in ((gold, parts[0], parts[1]), (answer, parts[1], parts[0])):
        listed = _value(expr)
        if own is None and other is not None and len(other) > 1 and isinstance(listed, Group):
            few = len(listed.items) in (2, 3) and listed.brackets not in ("", "{}", "{|}")
            return few and names_in(listed).isdisjoint(_AXES)
    return False


def _value(expr: Expr) -> Expr:
    last = expr.operands[-1] if isinstance(expr, Relation) and set(expr.ops) == {"="} else expr
    return expr if last is None else last


def _parts_in(expr: Expr) -> _Parts | None:
    return _parts(_value(expr))


def _listed(expr: Expr, parts: _Parts, size: int) -> Expr:
    listed = Group("()", tuple(parts.get(axis, _ZERO) for axis in range(size)), expr.place)
    if isinstance(expr, Relation):
        return Relation((*expr.operands[:-1], listed), expr.ops, expr.place)
    return listed


def _has_axis(expr: Expr) -> bool:
    return not names_in(expr).isdisjoint(_AXES)


def _parts(expr: Expr) -> _Parts | None:
    """The factors of the unit vectors; None where an expression is no sum of multiples of them."""
    if isinstance(expr, Name) and expr.name in _AXES:
        return {_AXES[expr.name]: _ONE}
    if not isinstance(expr, Op) or not _has_axis(expr):
        return None
    if expr.op == "add":
        return _sum([_parts(arg) for arg in expr.args])
    if expr.op == "neg":
        return _scaled(_parts(expr.args[0]), lambda part: Op("neg", (part,), _NOWHERE))
    if expr.op == "mul" and expr.sign not in ("×", "⊙"):
        one, other = expr.args
        vector, factor = (other, one) if _has_axis(other) else (one, other)
        if _has_axis(factor):
            return None
        return _scaled(_parts(vector), lambda part: Op("mul", (factor, part), _NOWHERE, "·"))
    if expr.op == "div" and not _has_axis(expr.args[1]):
        return _scaled(_parts(expr.args[0]), lambda part: Op("div", (part, expr.args[1]), _NOWHERE))
    return None


def _sum(terms: list[_Parts | None]) -> _Parts | None:
    total: _Parts = {}
    for term in terms:
        if term is None:
            return None
        for axis, part in term.items():
            total[axis] = Op("add", (total[axis], part), _NOWHERE) if axis in total else part
    return total


def _scaled(parts: _Parts | None, change: Callable[[Expr], Expr]) -> _Parts | None:
    return None if parts is None else {axis: change(part) for axis, part in parts.items()}
