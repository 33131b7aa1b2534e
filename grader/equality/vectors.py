"""Vectors in bold type or with an arrow: dot and cross products, evaluated for generic vectors in space."""

from __future__ import annotations

import re
from collections.abc import Mapping

import numpy as np

from grader.equality.vanishing import is_moderate
from grader.equality.verdicts import DIFFERENT, EQUAL, Found, NotScalar
from grader.maths.sampling import generic_array
from grader.model.expressions import Call, Expr, Name, Num, Op, Relation, names_in, walk

_BOLD = r"\\(?:mathbf|boldsymbol|bm|pmb)(?![A-Za-z])\s*\{?\s*\\?(?P<bold>[a-z])(?![A-Za-z])"
_ARROW = r"\\(?:vec|overrightarrow)(?![A-Za-z])\s*\{?\s*\\?(?P<arrow>[A-Za-z])(?![A-Za-z])"
_MARKED = re.compile(f"{_BOLD}|{_ARROW}")
_LETTER = re.compile(r"(?<![\\A-Za-z])[A-Za-z](?![A-Za-z])")
_UNIT_VECTORS = frozenset("ijk")
_SAMPLES = 3
_CLOSE = 1e-10


def compare_vectors(gold: Expr, answer: Expr, texts: tuple[str, str]) -> Found | None:
    """Two formulas in which a letter that is marked is always marked, and stands for a vector; others for numbers.

    None where a letter is marked here and plain there, where a product is of neither kind, or nothing is marked.
    """
    vectors = _marked(*texts)
    gold, answer = _values_of_same(gold, answer) or (gold, answer)
    if not vectors or vectors & _UNIT_VECTORS or not vectors & (names_in(gold) | names_in(answer)):
        return None
    names = sorted(names_in(gold) | names_in(answer))
    if any(name[:1].isupper() and name not in vectors for name in names) or not is_moderate(gold, answer):
        return None  # a capital may be a matrix
    if not any(_is_product(node) for expr in (gold, answer) for node in walk(expr)):
        return None
    try:
        for sample in range(_SAMPLES):
            values = {
                name: np.asarray(generic_array(f"space/{name}/{sample}", (3,) if name in vectors else ()))
                for name in names
            }
            one, other = _value(gold, values), _value(answer, values)
            if one.shape != other.shape:
                return Found(DIFFERENT, "one is a vector, the other a number")
            if np.any(np.abs(one - other) > _CLOSE * max(np.max(np.abs(one)), np.max(np.abs(other)))):
                return Found(DIFFERENT, "they differ for sampled vectors")
    except (NotScalar, ValueError, ArithmeticError):
        return None
    return Found(EQUAL, "they agree for sampled vectors")


def _marked(*texts: str) -> frozenset[str]:
    """Letters that are set as vectors; none where one of them stands without its mark in the same text, too.

    A text without any marks, typed on a keyboard, means the vectors of the other.
    """
    found: set[str] = set()
    plain: set[str] = set()
    for text in texts:
        marked = {hit["bold"] or hit["arrow"] for hit in _MARKED.finditer(text)}
        found |= marked
        if marked or "\\" in text:
            plain |= {hit[0] for hit in _LETTER.finditer(_MARKED.sub(" ", text))}
    return frozenset() if found & plain else frozenset(found)


def _values_of_same(gold: Expr, answer: Expr) -> tuple[Expr, Expr] | None:
    """The values that two equations give to the same vector, `F = q v \\times B`, with a cross product in them."""
    if not isinstance(gold, Relation) or not isinstance(answer, Relation) or (gold.ops, answer.ops) != (("=",), ("=",)):
        return None
    (left, value), (other_left, other) = gold.operands, answer.operands
    if not isinstance(left, Name) or not isinstance(other_left, Name) or left.name != other_left.name:
        return None
    if value is None or other is None or left.name in names_in(value) | names_in(other):
        return None
    crossed = all(any(isinstance(node, Op) and node.sign == "×" for node in walk(side)) for side in (value, other))
    return (value, other) if crossed else None


def _is_product(node: Expr) -> bool:
    return (isinstance(node, Op) and node.op == "mul") or (isinstance(node, Call) and node.function in ("norm", "abs"))


def _value(expr: Expr, values: Mapping[str, np.ndarray]) -> np.ndarray:
    if isinstance(expr, Num):
        return np.asarray(float(expr.value))
    if isinstance(expr, Name) and expr.name in values:
        return values[expr.name]
    if isinstance(expr, Call) and len(expr.args) == 1 and expr.function in ("norm", "abs"):
        return np.asarray(np.linalg.norm(_value(expr.args[0], values)))
    if isinstance(expr, Call) and len(expr.args) == 1 and expr.function == "sqrt":
        inner = _value(expr.args[0], values)
        if inner.ndim or inner < 0:
            raise NotScalar("a root")
        return np.asarray(np.sqrt(inner))
    if isinstance(expr, Op):
        return _operator(expr, [_value(arg, values) for arg in expr.args])
    raise NotScalar("vectors")


def _operator(expr: Op, args: list[np.ndarray]) -> np.ndarray:
    if expr.op == "neg":
        return np.asarray(-args[0])
    if expr.op == "add":
        if len({arg.shape for arg in args}) > 1:
            raise NotScalar("a number beside a vector")
        return np.asarray(sum(args[1:], args[0]))
    if expr.op == "mul":
        return _product(expr.sign, *args)
    if expr.op == "div" and not args[1].ndim:
        return np.asarray(args[0] / args[1])
    if expr.op == "pow" and isinstance(expr.args[1], Num) and expr.args[1].value == 2 and not args[0].ndim:
        return np.asarray(args[0] ** 2)
    raise NotScalar(expr.op)


def _product(sign: str, one: np.ndarray, other: np.ndarray) -> np.ndarray:
    if not (one.ndim and other.ndim):
        if sign == "×" and (one.ndim or other.ndim):
            raise NotScalar("a cross product with a number")
        return np.asarray(one * other)
    if sign == "·":
        return np.asarray(one @ other)
    if sign == "×":
        return np.asarray(np.cross(one, other))
    raise NotScalar("two vectors side by side")
