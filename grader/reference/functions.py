"""The table of named functions: what an expression may call, and under which spellings."""

from __future__ import annotations

import math
from collections.abc import Callable
from fractions import Fraction
from typing import TYPE_CHECKING, Any

import numpy as np

from grader.model.records import NamedTuple
from grader.reference import arrays, layers

if TYPE_CHECKING:
    from grader.model.expressions import Expr

Number = int | Fraction | float | complex
Data = Any  # a Python number, kept exact as long as possible, or an ndarray


class Function(NamedTuple):
    """A function of the expression language.

    `call` takes data (Python numbers or arrays) and gives data. An `elementwise` function keeps named index
    axes apart; any other sees whole arrays. `slope` gives the derivative of a function of one argument.
    """

    name: str
    call: Callable[..., Data]
    least: int = 1  # number of arguments, at least and at most
    most: int = 1
    elementwise: bool = True
    slope: Callable[[Data], Data] | None = None


def is_exact(value: Data) -> bool:
    """Whether a value is an exact rational number."""
    kind = type(value)
    return kind is int or kind is Fraction


def to_array(value: Data) -> np.ndarray:
    """Data as a float, complex, integer or boolean array; exact fractions become floats."""
    if type(value) is np.ndarray:
        return value
    if isinstance(value, Fraction):
        return np.asarray(float(value))
    if isinstance(value, int) and not isinstance(value, bool) and value.bit_length() > 62:
        return np.asarray(float(value))
    return np.asarray(value)


def _numeric(function: Callable[[np.ndarray], np.ndarray]) -> Callable[[Data], Data]:
    """A numpy function of one argument that gives a Python number for a Python number."""

    def call(value: Data) -> Data:
        with np.errstate(all="ignore"):
            result = function(to_array(value))
        return result if isinstance(value, np.ndarray) else result.item()

    return call


def _rounding(exact: Callable[[Any], int], function: Callable[[np.ndarray], np.ndarray]) -> Callable[[Data], Data]:
    def call(value: Data) -> Data:
        if is_exact(value):
            return exact(value)
        # A quotient such as 0.3/0.1 may miss a whole number by the last bits: round those away first.
        with np.errstate(all="ignore"):
            near = np.round(to_array(value))
            close = np.abs(near - value) <= 1e-9 * np.maximum(1.0, np.abs(near))
            result = np.where(close, near, function(to_array(value)))
        return result if isinstance(value, np.ndarray) else result.item()

    return call


def _square_root(value: Data) -> Data:
    if is_exact(value) and value >= 0:
        top, bottom = Fraction(value).numerator, Fraction(value).denominator
        if math.isqrt(top) ** 2 == top and math.isqrt(bottom) ** 2 == bottom:
            return Fraction(math.isqrt(top), math.isqrt(bottom))
    return _numeric(np.sqrt)(value)


def _extreme(pick: Callable[..., Any], reduce: Any, pairwise: Any) -> Callable[..., Data]:
    """`max(Z)` is the greatest element; `max(a, b)` compares element by element."""

    def call(*values: Data) -> Data:
        if len(values) == 1:
            return values[0] if not isinstance(values[0], np.ndarray) else reduce(values[0]).item()
        if all(is_exact(value) for value in values):
            return pick(values)
        result = to_array(values[0])
        for value in values[1:]:
            result = pairwise(result, to_array(value))
        return result

    return call


def _sigmoid(z: np.ndarray) -> np.ndarray:
    return np.asarray(1 / (1 + np.exp(-z)))


def _sigmoid_slope(z: np.ndarray) -> np.ndarray:
    return np.asarray(_sigmoid(z) * (1 - _sigmoid(z)))


def _sigmoid_curve(z: np.ndarray) -> np.ndarray:
    return np.asarray(_sigmoid_slope(z) * (1 - 2 * _sigmoid(z)))


def softmax(z: Data) -> np.ndarray:
    """`P[..., k] = exp(z[..., k]) / sum over l of exp(z[..., l])`: along the last axis, so that a batch has its
    samples in the rows (Goodfellow, Bengio, Courville, "Deep Learning", 2016, equation 4.1). Any shape but a
    single number, which raises ValueError."""
    array = to_array(z)
    if array.ndim == 0:
        raise ValueError("softmax of a single number")
    powers = np.exp(array - np.max(array.real, axis=-1, keepdims=True))  # the shift avoids overflow
    return np.asarray(powers / np.sum(powers, axis=-1, keepdims=True))


def _factorial(value: Data) -> Data:
    if not (is_exact(value) and value == int(value) and 0 <= value <= 2000):
        raise ValueError("factorial of this argument")
    return math.factorial(int(value))


def _gamma(value: Data) -> Data:
    return np.vectorize(math.gamma, otypes=[float])(to_array(value))


def _modulo(value: Data, by: Data) -> Data:
    if is_exact(value) and is_exact(by) and by != 0:
        return value % by
    with np.errstate(all="ignore"):
        return np.mod(to_array(value), to_array(by))


def _folded(function: Callable[[int, int], int]) -> Callable[..., Data]:
    """A function of whole numbers for fractions as well: gcd(3/2, 618) is 3/2, lcm(12/5, 18/5) is 36/5."""

    def call(*values: Data) -> Data:
        if not all(is_exact(value) for value in values):
            raise ValueError("numbers that are not whole")
        common = math.lcm(*(Fraction(value).denominator for value in values))
        whole = [int(Fraction(value) * common) for value in values]
        result = Fraction(function(*whole), common)
        return int(result) if result.denominator == 1 else result

    return call


def _binomial(n: Data, k: Data) -> Data:
    """Binomial coefficient of whole numbers, zero for k > n (Graham, Knuth, Patashnik, 1994, equation 5.1)."""
    if not (is_exact(n) and is_exact(k) and n == int(n) and k == int(k) and k >= 0 and 0 <= n <= 5000):
        raise ValueError("a binomial coefficient of these arguments")
    return math.comb(int(n), int(k))


def _one(name: str, function: Any, slope: Any = None) -> Function:
    return Function(name, _numeric(function), slope=None if slope is None else _numeric(slope))


def _whole(name: str, call: Callable[..., Data], least: int = 1, most: int = 1) -> Function:
    return Function(name, call, least, most, elementwise=False)


_TABLE = (
    _one("exp", np.exp, np.exp),
    _one("log", np.log, lambda z: 1 / z),
    _one("log1p", np.log1p, lambda z: 1 / (1 + z)),
    _one("expm1", np.expm1, np.exp),
    _one("erf", np.vectorize(math.erf, otypes=[float]), lambda z: 2 / math.sqrt(math.pi) * np.exp(-np.square(z))),
    _one("erfc", np.vectorize(math.erfc, otypes=[float]), lambda z: -2 / math.sqrt(math.pi) * np.exp(-np.square(z))),
    _one("log2", np.log2, lambda z: 1 / (z * np.log(2))),
    _one("log10", np.log10, lambda z: 1 / (z * np.log(10))),
    Function("sqrt", _square_root, slope=_numeric(lambda z: 0.5 / np.sqrt(z))),
    _one("sin", np.sin, np.cos),
    _one("cos", np.cos, lambda z: -np.sin(z)),
    _one("tan", np.tan, lambda z: 1 / np.cos(z) ** 2),
    _one("cot", lambda z: 1 / np.tan(z), lambda z: -1 / np.sin(z) ** 2),
    _one("sec", lambda z: 1 / np.cos(z), lambda z: np.sin(z) / np.cos(z) ** 2),
    _one("csc", lambda z: 1 / np.sin(z), lambda z: -np.cos(z) / np.sin(z) ** 2),
    _one("arcsin", np.arcsin, lambda z: 1 / np.sqrt(1 - z**2)),
    _one("arccos", np.arccos, lambda z: -1 / np.sqrt(1 - z**2)),
    _one("arccot", lambda z: np.arctan(1 / z), lambda z: -1 / (1 + z**2)),
    _one("arcsec", lambda z: np.arccos(1 / z), lambda z: 1 / (np.abs(z) * np.sqrt(z**2 - 1))),
    _one("arccsc", lambda z: np.arcsin(1 / z), lambda z: -1 / (np.abs(z) * np.sqrt(z**2 - 1))),
    _one("arctan", np.arctan, lambda z: 1 / (1 + z**2)),
    _one("sinh", np.sinh, np.cosh),
    _one("cosh", np.cosh, np.sinh),
    _one("tanh", np.tanh, lambda z: 1 - np.tanh(z) ** 2),
    _one("coth", lambda z: 1 / np.tanh(z), lambda z: -1 / np.sinh(z) ** 2),
    _one("sech", lambda z: 1 / np.cosh(z), lambda z: -np.tanh(z) / np.cosh(z)),
    _one("csch", lambda z: 1 / np.sinh(z), lambda z: -np.cosh(z) / np.sinh(z) ** 2),
    _one("arcsinh", np.arcsinh, lambda z: 1 / np.sqrt(z**2 + 1)),
    _one("arccosh", np.arccosh, lambda z: 1 / np.sqrt(z**2 - 1)),
    _one("arctanh", np.arctanh, lambda z: 1 / (1 - z**2)),
    _one("arccoth", lambda z: np.arctanh(1 / z), lambda z: 1 / (1 - z**2)),
    _one("arcsech", lambda z: np.arccosh(1 / z), lambda z: -1 / (z * np.sqrt(1 - z**2))),
    _one("arccsch", lambda z: np.arcsinh(1 / z), lambda z: -1 / (np.abs(z) * np.sqrt(1 + z**2))),
    _one("conjugate", np.conjugate),
    _one("re", np.real),
    _one("im", np.imag),
    _one("arg", np.angle),
    _one("cis", lambda z: np.exp(1j * z), lambda z: 1j * np.exp(1j * z)),
    Function("Gamma", _gamma),
    Function("mod", _modulo, 2, 2),
    Function("gcd", _folded(math.gcd), 2, 20),
    Function("lcm", _folded(math.lcm), 2, 20),
    Function("binomial", _binomial, 2, 2),
    _one("sigmoid", _sigmoid, _sigmoid_slope),
    _one("sigmoid'", _sigmoid_slope, _sigmoid_curve),
    _one("relu", lambda z: np.maximum(0, z), lambda z: (z > 0) * 1.0),
    _one("relu'", lambda z: (z > 0) * 1.0),
    _one("tanh'", lambda z: 1 - np.tanh(z) ** 2, lambda z: -2 * np.tanh(z) * (1 - np.tanh(z) ** 2)),
    Function("abs", abs, slope=_numeric(np.sign)),
    _one("sign", np.sign),
    Function("floor", _rounding(math.floor, np.floor)),
    Function("ceil", _rounding(math.ceil, np.ceil)),
    Function("factorial", _factorial),
    Function("delta", lambda a, b: (to_array(a) == to_array(b)) * 1, 2, 2),
    Function("max", _extreme(max, np.max, np.maximum), 1, 20),
    Function("min", _extreme(min, np.min, np.minimum), 1, 20),
    _whole("sum", arrays.total),
    _whole("prod", arrays.product),
    _whole("mean", arrays.mean),
    _whole("where", arrays.where),
    _whole("argmax", lambda z: arrays.where(z == np.max(z))),
    _whole("argmin", lambda z: arrays.where(z == np.min(z))),
    _whole("zeros", lambda *sizes: arrays.filled(0, *sizes), 1, 8),
    _whole("ones", lambda *sizes: arrays.filled(1, *sizes), 1, 8),
    _whole("length", len),
    _whole("transpose", np.transpose),
    _whole("flip", np.flip),
    _whole("trace", np.trace),
    _whole("det", np.linalg.det),
    _whole("rank", arrays.rank),
    _whole("nullity", arrays.nullity),
    _whole("inv", np.linalg.inv),
    _whole("norm", np.linalg.norm),
    _whole("dot", np.dot, 2, 2),
    _whole("outer", np.outer, 2, 2),
    _whole("softmax", softmax),
    _whole("correlate", layers.correlate, 2, 2),
    _whole("convolve", layers.convolve, 2, 2),
    _whole("subsample", layers.subsample, 2, 2),
    _whole("max_pool", layers.max_pool, 3, 3),
)

# What layers cost; who computes it stands in layer_table. A rubric writes `conv_shape(...)` with named arguments,
# which named_arguments turns into a call of `conv.shape`: a name that nobody can type, no student either.
LAYERS = (
    *("dense", "conv", "conv_transpose", "pool", "flatten", "batch_norm", "layer_norm", "embedding"),
    *("rnn", "lstm", "gru", "attention", "feed_forward"),
)
MEASURES = ("shape", "params", "macs", "flops")
LAYER_FUNCTIONS = frozenset(f"{layer}_{measure}" for layer in LAYERS for measure in MEASURES)


def _measure(layer: str, measure: str) -> Function:
    def call(*data: Data) -> Data:
        from grader.reference.layer_table import measured  # few rubrics need it

        return measured(layer, measure, data)

    return _whole(f"{layer}.{measure}", call, 1, 20)


FUNCTIONS: dict[str, Function] = {function.name: function for function in _TABLE}
FUNCTIONS.update((f"{layer}.{measure}", _measure(layer, measure)) for layer in LAYERS for measure in MEASURES)

# Functions that students write; elsewhere their names ("mean", "size") are words of prose.
_WORDS_OF_PROSE = frozenset("delta sign sec re im arg Gamma mod cot gcd lcm binomial conjugate".split())
WRITTEN_FUNCTIONS = frozenset(f.name for f in _TABLE if f.elementwise or f.name == "softmax") - _WORDS_OF_PROSE

# Functions that look at how a name is declared rather than at its value; see maths.evaluation.
SHAPE_FUNCTIONS = frozenset({"shape", "size", "multiplications"})

ALIASES: dict[str, str] = {
    "len": "length",
    "ln": "log",
    "lg": "log10",
    **{f"a{name}": f"arc{name}" for name in "sin cos tan cot sec csc sinh cosh tanh coth sech csch".split()},
    **{f"ar{name}": f"arc{name}" for name in "sinh cosh tanh coth sech csch".split()},
    "tg": "tan",
    "ctg": "cot",
    "cosec": "csc",
    "arctg": "arctan",
    "Abs": "abs",
    "modulo": "mod",
    "Mod": "mod",
    "tr": "trace",
    "Tr": "trace",
    "nCr": "binomial",
    "comb": "binomial",
    "choose": "binomial",
    "conj": "conjugate",
    "Re": "re",
    "Im": "im",
    "gamma": "Gamma",
    "GCD": "gcd",
    "LCM": "lcm",
    "ceiling": "ceil",
    "sigma": "sigmoid",
    "sigma'": "sigmoid'",
    "ReLU": "relu",
    "Relu": "relu",
    "relu'": "relu'",
    "sgn": "sign",
    "Max": "max",
    "Min": "min",
    "Ceil": "ceil",
    "Floor": "floor",
    "Exp": "exp",
    "Log": "log",
    "maximum": "max",
    "minimum": "min",
    "Sigmoid": "sigmoid",
}


def in_order(expr: Expr, text: str) -> Expr:
    """A rubric's expression, read from `text`, with named arguments in order; what has none is let through.

    Raises Unreadable for arguments that are wrong, see named_arguments.
    """
    if not any(f"_{measure}" in text for measure in MEASURES):
        return expr
    from grader.reference import named_arguments  # few rubrics need it

    return named_arguments.in_order(expr)


# The names that can be typed.
NAMED_FUNCTIONS = frozenset(f.name for f in _TABLE) | SHAPE_FUNCTIONS | LAYER_FUNCTIONS


def find_function(name: str) -> str | None:
    """The canonical name of a function, None if there is no such function."""
    name = ALIASES.get(name, name)
    return name if name in NAMED_FUNCTIONS else None
