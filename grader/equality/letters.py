"""Whether two formulas are equal only because numbers commute: AB and BA, where A and B may be matrices."""

from __future__ import annotations

from collections.abc import Callable, Mapping

import numpy as np

from grader.equality.verdicts import DIFFERENT, EQUAL, UNDECIDED, Found, NotScalar
from grader.equality.walker import constant_exponent
from grader.maths.sampling import generic_array
from grader.model.expressions import Call, Expr, Name, Num, Op, names_in, walk

_SIZE = 3
_VECTORS = frozenset("abcdfghpqrstuvwxyz")


def depends_on_order(gold: Expr, answer: Expr) -> bool:
    """Whether reading letters as matrices tells two formulas apart that are equal as numbers."""
    letters = _matrices(gold, answer)
    if len(letters) < 2 or not any(_multiplies(expr, letters) for expr in (gold, answer)):
        return False
    values = {name: generic_array(f"matrix/{name}", (_SIZE, _SIZE)) for name in letters}
    if "I" in letters and letters & _VECTORS:  # the unit matrix; beside capitals alone it may be a current
        values["I"] = np.eye(_SIZE)
    try:
        one, other = _value(gold, values), _value(answer, values)
    except (NotScalar, ValueError, np.linalg.LinAlgError):
        return False
    return np.shape(one) != np.shape(other) or not np.allclose(one, other, rtol=1e-6, atol=1e-9)


def _matrices(gold: Expr, answer: Expr) -> set[str]:
    """Letters that may be matrices: capitals; beside a transpose or an inverse, vectors too; nothing that divides."""
    names = {name for name in names_in(gold) | names_in(answer) if len(name) == 1 and name.isascii()}
    letters = {name for name in names if name.isupper()}
    nodes = [node for expr in (gold, answer) for node in walk(expr) if isinstance(node, Op)]
    for node in nodes:
        turned = node.op == "transpose" or (node.op == "pow" and constant_exponent(node.args[1]) == -1)
        if turned and names_in(node.args[0]) & names:
            letters |= {name for name in names if name in _VECTORS}
            break
    for node in nodes:
        if node.op == "div":
            letters -= names_in(node.args[1])
    return letters


def _multiplies(expr: Expr, letters: set[str]) -> bool:
    """Whether two capital letters stand next to each other in a product without a sign, as matrices do."""
    for node in walk(expr):
        if isinstance(node, Op) and node.op == "mul" and node.sign in ("", "@", "·"):
            left, right = _last(node.args[0]), _first(node.args[1])
            if left != right and left in letters and right in letters:
                return True
    return False


def _last(expr: Expr) -> str | None:
    while isinstance(expr, Op) and expr.op in ("mul", "pow", "transpose"):
        expr = expr.args[-1] if expr.op == "mul" else expr.args[0]
    return expr.name if isinstance(expr, Name) else None


def _first(expr: Expr) -> str | None:
    while isinstance(expr, Op) and expr.op in ("mul", "pow", "transpose"):
        expr = expr.args[0]
    return expr.name if isinstance(expr, Name) else None


def compare_matrices(gold: Expr, answer: Expr) -> Found:
    """Two formulas with transposes, read as algebra of matrices (capitals) and column vectors (small letters).

    Greek letters, and letters that divide or stand in exponents, are numbers.
    """
    names = names_in(gold) | names_in(answer)
    numbers = _numbers(gold, answer)
    for vectors in (_VECTORS, _VECTORS & frozenset("bruvwxyz")):
        equal = True
        try:
            for size in (_SIZE, _SIZE + 1):
                values = {name: _sample(name, size, vectors - numbers, numbers) for name in sorted(names)}
                one, other = _value(gold, values), _value(answer, values)
                if one.shape != other.shape:
                    return Found(DIFFERENT, "they have different shapes when read as matrices and vectors")
                equal = equal and bool(np.allclose(one, other, rtol=1e-9, atol=1e-12))
        except (NotScalar, ValueError, np.linalg.LinAlgError):
            continue
        words = "they agree" if equal else "they differ"
        return Found(EQUAL if equal else DIFFERENT, f"{words} for sampled matrices and vectors")
    return Found(UNDECIDED, "these products cannot be, when read as matrices and vectors")


def _numbers(gold: Expr, answer: Expr) -> frozenset[str]:
    found: set[str] = set()
    for expr in (gold, answer):
        for node in walk(expr):
            if isinstance(node, Op) and node.op in ("div", "pow"):
                found |= names_in(node.args[1])
    return frozenset(found)


def _sample(name: str, size: int, vectors: frozenset[str], numbers: frozenset[str]) -> np.ndarray:
    letter = name[:1] if len(name.rstrip("0123456789")) == 1 else ""
    if name == "I":
        return np.eye(size)
    if letter.isupper() and name not in numbers:
        return generic_array(f"matrix/{name}", (size, size))
    if letter in vectors and name not in numbers:
        return generic_array(f"vector/{name}", (size, 1))
    return np.asarray(np.abs(generic_array(f"number/{name}", ())))


def _value(expr: Expr, values: Mapping[str, np.ndarray]) -> np.ndarray:
    if isinstance(expr, Num):
        return np.asarray(float(expr.value))
    if isinstance(expr, Name):
        return values[expr.name] if expr.name in values else generic_array(f"number/{expr.name}", ())
    if isinstance(expr, Op) and expr.op in _OPERATORS:
        return _OPERATORS[expr.op]([_value(arg, values) for arg in expr.args])
    if isinstance(expr, Call) and expr.function in _CALLS and len(expr.args) == 1:
        return np.asarray(_CALLS[expr.function](_value(expr.args[0], values)))
    raise NotScalar("matrices")


def _product(args: list[np.ndarray]) -> np.ndarray:
    one, other = args
    if not (one.ndim and other.ndim):
        return np.asarray(one * other)
    result = np.asarray(one @ other)
    return result.reshape(()) if result.shape == (1, 1) else result  # xᵀy is a number


def _quotient(args: list[np.ndarray]) -> np.ndarray:
    one, other = args
    return np.asarray(
        one @ np.linalg.inv(other)
        if other.ndim and one.ndim
        else one * np.linalg.inv(other)
        if other.ndim
        else one / other
    )


def _power(args: list[np.ndarray]) -> np.ndarray:
    base, exponent = args
    if not base.ndim:
        return np.asarray(np.abs(base) ** exponent)
    if exponent.ndim or exponent != int(exponent) or abs(exponent) > 20:
        raise NotScalar("power")
    return np.asarray(np.linalg.matrix_power(base, int(exponent)))


def _sum(args: list[np.ndarray]) -> np.ndarray:
    total = args[0]
    for arg in args[1:]:
        if total.ndim != arg.ndim:
            raise NotScalar("sum")
        total = total + arg
    return np.asarray(total)


_OPERATORS: dict[str, Callable[[list[np.ndarray]], np.ndarray]] = {
    "add": _sum,
    "neg": lambda args: -args[0],
    "mul": _product,
    "div": _quotient,
    "pow": _power,
    "transpose": lambda args: np.asarray(args[0].T),
}
_CALLS: dict[str, Callable[[np.ndarray], np.ndarray | np.generic]] = {
    "transpose": np.transpose,
    "inv": np.linalg.inv,
    "trace": np.trace,
    "det": np.linalg.det,
    "norm": np.linalg.norm,
    "sqrt": lambda value: _scalar(np.sqrt, value),
    "exp": lambda value: _scalar(np.exp, value),
    "log": lambda value: _scalar(np.log, value),
}


def _scalar(function: Callable[[np.ndarray], np.ndarray], value: np.ndarray) -> np.ndarray:
    if value.ndim:
        raise NotScalar("function")
    return function(np.abs(value))
