"""The value of a formula in which letters are matrices, vectors and numbers."""

from __future__ import annotations

from collections.abc import Callable, Mapping

import numpy as np

from grader.equality.hashing import hashed
from grader.equality.keys import key
from grader.equality.verdicts import NotScalar
from grader.maths.sampling import generic_array
from grader.model.expressions import Call, Expr, Index, Name, Num, Op, names_in, walk
from grader.notation.printing import show
from grader.reference.functions import FUNCTIONS


class Singular(NotScalar):
    """The inverse of a matrix is taken that has none, whatever its entries are."""


def name_of(node: Expr) -> str:
    """A letter, perhaps with indices: W, W1, W_2."""
    if isinstance(node, Index) and isinstance(node.base, Name):
        return key(node)
    return node.name if isinstance(node, Name) else ""


def value_of(expr: Expr, values: Mapping[str, np.ndarray]) -> np.ndarray:
    """The value of an expression with matrices for letters. Raises NotScalar where there is none."""
    name = name_of(expr)
    if isinstance(expr, Num):
        return np.asarray(float(expr.value))
    if name:
        return values[name] if name in values else _number(name)
    if isinstance(expr, Op) and expr.op in _OPERATORS:
        if expr.op == "mul" and expr.sign == "×":
            raise NotScalar("another product")
        if expr.op == "mul" and expr.sign == "⊙":
            return _entrywise_product([value_of(arg, values) for arg in expr.args])
        return _OPERATORS[expr.op]([value_of(arg, values) for arg in expr.args])
    if isinstance(expr, Call):
        return _called(expr, values)
    raise NotScalar("matrices")


def _number(name: str) -> np.ndarray:
    known = _CONSTANTS.get(name)
    return generic_array(f"number/{name}", ()) if known is None else np.asarray(known)


_CONSTANTS = {"pi": np.pi, "e": np.e}


def constants_of(*exprs: Expr) -> frozenset[str]:
    """Letters that are constants: pi, and e where it is raised to something with letters in it, `e^{-w^T x}`."""
    raised = (node.args for expr in exprs for node in walk(expr) if isinstance(node, Op) and node.op == "pow")
    powers = any(isinstance(base, Name) and base.name == "e" and names_in(exponent) for base, exponent in raised)
    return frozenset(_CONSTANTS if powers else ["pi"])


def _called(expr: Call, values: Mapping[str, np.ndarray]) -> np.ndarray:
    if expr.function == "norm" and len(expr.args) <= 2:
        return _norm(expr, values)
    if expr.function.startswith(_GRADIENT):
        return _gradient(expr, values)
    if expr.function == "⊗":
        return _kronecker([value_of(arg, values) for arg in expr.args])
    if expr.function in _OF_SEVERAL and len(expr.args) > 1:
        return _OF_SEVERAL[expr.function]([value_of(arg, values) for arg in expr.args])
    if len(expr.args) == 1:
        found = value_of(expr.args[0], values)
        if expr.function in _ENTRYWISE and not found.ndim:  # \\sigma(w^T x + b)
            return np.asarray(_ENTRYWISE[expr.function](found))
        if expr.function in _ENTRYWISE and (found.shape[1] == 1 or expr.function in _ACTIVATIONS):
            return np.asarray(_ENTRYWISE[expr.function](found))  # \\sigma(Xw); e^A of a matrix is something else
        if expr.function in _CALLS:
            return np.asarray(_CALLS[expr.function](found))
        if expr.function not in FUNCTIONS:  # a function that nobody defined, element by element
            return np.asarray(np.sin(found + float(hashed(expr.function, 0))))
    raise NotScalar("matrices")


def _norm(expr: Call, values: Mapping[str, np.ndarray]) -> np.ndarray:
    """A norm; the usual one of vectors and that of Frobenius without bars, so that they have complex slopes."""
    value = value_of(expr.args[0], values)
    kind = show(expr.args[1]) if len(expr.args) > 1 else ""
    column = not value.ndim or value.shape[1] == 1
    if kind in ("", "F", "Fro") or (kind == "2" and column):
        return np.asarray(np.sqrt(np.sum(value * value)))
    if kind not in _NORMS or np.iscomplexobj(value):
        raise NotScalar("another norm")
    return np.asarray(np.linalg.norm(value.reshape(-1) if column else value, _NORMS[kind]))


_NORMS = {"1": 1, "2": 2, "infty": np.inf}


def has_gradient(expr: Expr) -> bool:
    """Whether a gradient by a letter is taken of what is written out, `\\nabla_w \\|Xw - y\\|^2`."""
    return any(
        isinstance(node, Call) and node.function.startswith(_GRADIENT) and _is_smooth(node) for node in walk(expr)
    )


def _is_smooth(gradient: Call) -> bool:
    calls = {node.function for node in walk(gradient.args[0]) if isinstance(node, Call)}
    return gradient.function.removeprefix(_GRADIENT) in names_in(gradient.args[0]) and calls <= _SMOOTH


def _gradient(expr: Call, values: Mapping[str, np.ndarray]) -> np.ndarray:
    """The derivatives of a number by each entry of a letter, in its shape: by a small step along the imaginary axis.

    (Squire, Trapp, "Using complex variables to estimate derivatives of real functions", SIAM Review 40, 1998.)
    """
    letter = values.get(expr.function.removeprefix(_GRADIENT))
    if letter is None or not letter.ndim or not _is_smooth(expr):
        raise NotScalar("a gradient")
    if not np.isfinite(value_of(expr.args[0], values)):  # the logarithm of a negative determinant
        raise NotScalar("a gradient where there is no value")
    found = np.empty(letter.shape)
    for place in np.ndindex(letter.shape):
        moved = letter.astype(complex)
        moved[place] += 1j * _IMAGINARY_STEP
        value = value_of(expr.args[0], {**values, expr.function.removeprefix(_GRADIENT): moved})
        if value.ndim:
            raise NotScalar("a gradient of what is no number")
        found[place] = value.imag / _IMAGINARY_STEP
    return found


_GRADIENT = "nabla_"
_IMAGINARY_STEP = 1e-30
_SMOOTH = frozenset(
    ["norm", "exp", "log", "ln", "sqrt", "sin", "cos", "tanh", "sigmoid", "trace", "transpose", "inv", "det"]
)


def _product(args: list[np.ndarray]) -> np.ndarray:
    one, other = args
    if not (one.ndim and other.ndim):
        return np.asarray(one * other)
    result = np.asarray(one @ other)
    return result.reshape(()) if result.shape == (1, 1) else result  # xᵀy is a number


def _entrywise_product(args: list[np.ndarray]) -> np.ndarray:
    one, other = args
    if one.shape != other.shape:
        raise NotScalar("an entrywise product of different shapes")
    return np.asarray(one * other)


def _extreme(choose: Callable[[np.ndarray], np.generic]) -> Callable[[list[np.ndarray]], np.ndarray]:
    def found(args: list[np.ndarray]) -> np.ndarray:
        if any(arg.ndim for arg in args):
            raise NotScalar("the larger of two matrices")
        return np.asarray(choose(np.asarray(args)))

    return found


_OF_SEVERAL: dict[str, Callable[[list[np.ndarray]], np.ndarray]] = {
    "max": _extreme(np.max),
    "min": _extreme(np.min),
    "outer": lambda args: _product([args[0], _transposed(args[1])]),
}


def _kronecker(args: list[np.ndarray]) -> np.ndarray:
    if any(arg.ndim != 2 for arg in args):
        raise NotScalar("a Kronecker product of numbers")
    return np.asarray(np.kron(*args))


def _transposed(value: np.ndarray) -> np.ndarray:
    if not value.ndim:  # \\mathbf 1^T is a vector of ones
        raise NotScalar("a number is transposed")
    return np.asarray(value.T)


def _quotient(args: list[np.ndarray]) -> np.ndarray:
    one, other = args
    if not other.ndim:
        return np.asarray(one / other)
    return np.asarray(one @ _inverse(other) if one.ndim else one * _inverse(other))


def _inverse(value: np.ndarray) -> np.ndarray:
    """The inverse; none of `A^T A` where A is wide, which is singular but for rounding."""
    found = np.linalg.inv(value)
    if np.max(np.abs(found)) * np.max(np.abs(value)) > _SINGULAR:
        raise Singular("a singular matrix")
    return np.asarray(found)


_SINGULAR = 1e9


def _power(args: list[np.ndarray]) -> np.ndarray:
    base, exponent = args
    if not base.ndim:
        return _exponential(np.log(base) * exponent) if exponent.ndim == _MATRIX else np.asarray(base**exponent)
    if exponent.ndim or exponent != int(exponent) or abs(exponent) > 20:
        raise NotScalar("power")
    base = _inverse(base) if exponent < 0 else base
    return np.asarray(np.linalg.matrix_power(base, abs(int(exponent))))


_MATRIX = 2  # axes


def _exponential(value: np.ndarray) -> np.ndarray:
    """The exponential of a square matrix: its series, for the matrix halved so often that it is small, squared back.

    Scaling and squaring as in Higham, Functions of Matrices (2008), section 10.3, with Taylor's polynomial.
    """
    square = _squared(value)
    halvings = max(0, int(np.ceil(np.log2(max(float(np.linalg.norm(square, 1)), 1e-9)))) + 3)
    if halvings > _MOST_HALVINGS:
        raise NotScalar("the exponential of a large matrix")
    term = total = np.eye(len(square))
    for count in range(1, 20):
        term = term @ square / 2.0**halvings / count
        total = total + term
    for _ in range(halvings):
        total = total @ total
    return np.asarray(total)


_MOST_HALVINGS = 12


def _sum(args: list[np.ndarray]) -> np.ndarray:
    total = args[0]
    for arg in args[1:]:
        if total.ndim != arg.ndim:
            raise NotScalar("sum")
        total = total + arg
    return np.asarray(total)


def _of_rows(value: np.ndarray) -> np.ndarray:
    """Each row of scores as weights, `softmax(QK^T)`."""
    if not value.ndim:
        raise NotScalar("a softmax of one number")
    raised = np.exp(value - np.max(value, axis=1, keepdims=True))
    return np.asarray(raised / np.sum(raised, axis=1, keepdims=True))


def _on_diagonal(value: np.ndarray) -> np.ndarray:
    """A vector on the diagonal of a matrix, as `diag(p)` and `np.diag(p)` put it."""
    if value.ndim != 2 or value.shape[1] != 1:
        raise NotScalar("a diagonal of what is no vector")
    return np.diag(value[:, 0])


_OPERATORS: dict[str, Callable[[list[np.ndarray]], np.ndarray]] = {
    "add": _sum,
    "neg": lambda args: -args[0],
    "mul": _product,
    "div": _quotient,
    "pow": _power,
    "transpose": lambda args: _transposed(args[0]),
}
_CALLS: dict[str, Callable[[np.ndarray], np.ndarray | np.generic]] = {
    "transpose": np.transpose,
    "inv": _inverse,
    "trace": lambda value: np.trace(_squared(value)) if value.ndim else value,
    "det": lambda value: np.linalg.det(_squared(value)) if value.ndim else value,
    "abs": lambda value: np.abs(value) if not value.ndim else _bars(value),
    "sqrt": lambda value: _scalar(np.sqrt, value),
    "exp": lambda value: _scalar(np.exp, value),
    "log": lambda value: _scalar(np.log, value),
    "softmax": _of_rows,
    "diagonal": _on_diagonal,
}

_ACTIVATIONS = frozenset(["sigmoid", "relu", "tanh"])  # of neural networks: entry by entry of matrices too
_ENTRYWISE: dict[str, Callable[[np.ndarray], np.ndarray]] = {
    "sigmoid": lambda value: 1 / (1 + np.exp(-value)),
    "relu": lambda value: np.maximum(value, 0),
    "softmax": lambda value: np.exp(value) / np.sum(np.exp(value)),
    "tanh": np.tanh, "exp": np.exp, "sin": np.sin, "cos": np.cos,
}  # fmt: skip


def _bars(value: np.ndarray) -> np.ndarray:
    """Bars around a column are its length, around a matrix its determinant."""
    return np.asarray(np.linalg.norm(value) if value.shape[1] == 1 else np.linalg.det(_squared(value)))


def _squared(value: np.ndarray) -> np.ndarray:
    if value.shape[0] != value.shape[1]:
        raise NotScalar("a trace or determinant of a matrix that is not square")
    return value


def _scalar(function: Callable[[np.ndarray], np.ndarray], value: np.ndarray) -> np.ndarray:
    if value.ndim:
        raise NotScalar("function")
    return function(value)
