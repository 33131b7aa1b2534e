"""What each operation does to a gradient on its way back: local slopes, and pull-backs of whole arrays.

For y = f(x) and the gradient g of a scalar by y, the pull-back is the gradient by x, g times the Jacobian of f
(Griewank and Walther, "Evaluating Derivatives", 2nd edition 2008, chapter 3). Matrix rules: Giles, "Collected
matrix derivative results for forward and reverse mode algorithmic differentiation", 2008.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import numpy as np

from grader.maths.values import Value, combine
from grader.reference.functions import softmax

Pull = Callable[..., tuple[np.ndarray, ...]]

# By operator: the slope by each argument, from the values of all arguments (float arrays or numbers).
SLOPES: dict[str, tuple[Callable[..., Any], ...]] = {
    "neg": (lambda a: -1.0,),
    "percent": (lambda a: 0.01,),
    "mul": (lambda a, b: b, lambda a, b: a),
    "div": (lambda a, b: np.divide(1.0, b), lambda a, b: np.divide(-a, np.multiply(b, b))),
    "pow": (
        lambda a, b: np.where(np.equal(b, 0), 0.0, b * np.power(a, b - 1.0)),
        lambda a, b: np.power(a, b) * np.log(a),
    ),
}


def floating(value: Value) -> Value:
    """The same value as floating numbers: a slope of whole numbers is seldom whole."""
    if isinstance(value.data, np.ndarray):
        return value if value.data.dtype.kind in "fc" else Value(value.axes, value.data.astype(float))
    return value if isinstance(value.data, complex) else Value(value.axes, float(value.data))


def weigh(cotangent: Value, slope: Callable[..., Any], *at: Value) -> Value:
    """A gradient times a slope at some values, whose axes it has already. Where the gradient is zero nothing comes
    back, however steep the slope: what a limit leaves out of a sum may not even have a value there."""
    return combine(lambda g, *data: np.where(np.equal(g, 0), 0.0, np.multiply(g, slope(*data))), cotangent, *at)


def itself(slope: Any) -> Any:
    """The slope where it is known as a value."""
    return slope


def fit(cotangent: Value, like: Value) -> Value:
    """A gradient summed over the axes that a value was broadcast along, to that value's own axes and shape."""
    data = np.asarray(cotangent.data)
    data = np.sum(data, axis=tuple(at for at, axis in enumerate(cotangent.axes) if axis not in like.axes))
    axes = tuple(axis for axis in cotangent.axes if axis in like.axes)
    surplus = data.ndim - len(axes) - like.rank
    data = np.sum(data, axis=tuple(range(len(axes), len(axes) + surplus)))
    narrow = tuple(len(axes) + at for at, n in enumerate(like.shape) if n == 1 != data.shape[len(axes) + at])
    return Value(axes, np.sum(data, axis=narrow, keepdims=True) if narrow else data)


def shares(hits: np.ndarray, first: bool) -> np.ndarray:
    """How the elements that attain a maximum (along the last axis) share its gradient: all alike, or the `first`
    takes it. At a tie there is no derivative; where both ways give the same gradient, the tie does not matter."""
    if first:
        return np.asarray(hits & (np.cumsum(hits, axis=-1) == 1)) * 1.0
    return np.asarray(hits / np.maximum(np.sum(hits, axis=-1, keepdims=True), 1))


def product_of_others(factors: np.ndarray) -> np.ndarray:
    """For each element along the last axis the product of all others: no division, so zeros do no harm."""
    ones = np.ones_like(factors[..., :1])
    before = np.cumprod(np.concatenate([ones, factors[..., :-1]], axis=-1), axis=-1)
    after = np.cumprod(np.concatenate([ones, factors[..., :0:-1]], axis=-1), axis=-1)[..., ::-1]
    return np.asarray(before * after)


# -- whole arrays ----------------------------------------------------------------------------------------------


def matrix_product(g: np.ndarray, a: np.ndarray, b: np.ndarray) -> tuple[np.ndarray, ...]:
    """Of `a @ b`: g b^T and a^T g; a vector is a row on the left and a column on the right."""
    rows = a if a.ndim > 1 else a[None, :]
    columns = b if b.ndim > 1 else b[:, None]
    full = g[..., None, :] if a.ndim == 1 and b.ndim > 1 else g[..., None] if b.ndim == 1 else g
    full = full[None, :] if a.ndim == b.ndim == 1 else full
    left = np.matmul(full, np.swapaxes(columns, -1, -2))
    right = np.matmul(np.swapaxes(rows, -1, -2), full)
    return _summed(left, rows).reshape(a.shape), _summed(right, columns).reshape(b.shape)


def _summed(found: np.ndarray, like: np.ndarray) -> np.ndarray:
    return np.asarray(fit(Value((), found), Value((), like)).data)


def _outer(g: np.ndarray, a: np.ndarray, b: np.ndarray) -> tuple[np.ndarray, ...]:
    return (g @ np.ravel(b)).reshape(a.shape), (np.ravel(a) @ g).reshape(b.shape)


def _dot(g: np.ndarray, a: np.ndarray, b: np.ndarray) -> tuple[np.ndarray, ...]:
    if a.ndim and b.ndim:
        return matrix_product(g, a, b)
    return _summed(g * b, a), _summed(g * a, b)


def _inverse(g: np.ndarray, a: np.ndarray) -> tuple[np.ndarray, ...]:
    inverse = np.linalg.inv(a).T
    return (-inverse @ g @ inverse,)


def _softmax(g: np.ndarray, z: np.ndarray) -> tuple[np.ndarray, ...]:
    p = softmax(z)
    return (p * (g - np.sum(g * p, axis=-1, keepdims=True)),)


def _correlate(g: np.ndarray, image: np.ndarray, kernel: np.ndarray) -> tuple[np.ndarray, ...]:
    """Of `Z[i] = sum over k of W[k] X[i+k]`: each product goes back to both of its factors."""
    by_image, by_kernel = np.zeros(image.shape), np.zeros(kernel.shape)
    for place in np.ndindex(*kernel.shape):
        window = tuple(slice(k, k + n) for k, n in zip(place, g.shape, strict=True))
        by_image[window] += g * kernel[place]
        by_kernel[place] = np.sum(g * image[window])
    return by_image, by_kernel


def _convolve(g: np.ndarray, image: np.ndarray, kernel: np.ndarray) -> tuple[np.ndarray, ...]:
    by_image, by_flipped = _correlate(g, image, np.flip(kernel))
    return by_image, np.flip(by_flipped)


def _subsample(g: np.ndarray, samples: np.ndarray, stride: np.ndarray) -> tuple[np.ndarray, ...]:
    found = np.zeros(samples.shape)
    found[:: int(stride)] = g
    return found, np.zeros(())


def _max_pool(g: np.ndarray, samples: np.ndarray, size: np.ndarray, stride: np.ndarray) -> tuple[np.ndarray, ...]:
    found = np.zeros(samples.shape)
    for k, start in enumerate(range(0, len(samples), int(stride))):
        window = samples[start : start + int(size)]
        best = np.argmax(window, axis=0)[None]
        np.add.at(found[start : start + int(size)], (best, *np.indices(best.shape)[1:]), g[k][None])
    return found, np.zeros(()), np.zeros(())


# By function of whole arrays: from the gradient and the arguments, as float arrays, the gradient by each argument.
WHOLE: dict[str, Pull] = {
    "sum": lambda g, a: (g * np.ones(a.shape),),
    "mean": lambda g, a: (g * np.ones(a.shape) / a.size,),
    "prod": lambda g, a: (g * product_of_others(a.reshape(-1)).reshape(a.shape),),
    "length": lambda g, a: (np.zeros(a.shape),),
    "transpose": lambda g, a: (np.transpose(g),),
    "flip": lambda g, a: (np.flip(g),),
    "trace": lambda g, a: (g * np.eye(*a.shape),),
    "det": lambda g, a: (g * np.linalg.det(a) * np.linalg.inv(a).T,),
    "inv": _inverse,
    "norm": lambda g, a: (g * a / np.linalg.norm(a),),
    "dot": _dot,
    "outer": _outer,
    "softmax": _softmax,
    "correlate": _correlate,
    "convolve": _convolve,
    "subsample": _subsample,
    "max_pool": _max_pool,
}

# Constant but for jumps: no derivative at the jumps, zero everywhere else.
LEVEL = frozenset({"relu'", "floor", "ceil", "sign", "delta", "where", "argmax", "argmin", "rank", "nullity"})
# Functions of one argument with a corner at zero.
CORNERED = frozenset({"relu", "abs"})
