"""The functions that expressions may call, against loops written from their definitions."""

from __future__ import annotations

import math
from fractions import Fraction
from typing import Any

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from grader.reference import arrays, layers
from grader.reference.functions import ALIASES, FUNCTIONS, find_function, is_exact

SMALL = settings(max_examples=60, deadline=None, derandomize=True)
WHOLE = st.integers(-9, 9)


def whole_array(*shape: int) -> st.SearchStrategy[np.ndarray]:
    """Arrays of small whole numbers, so that every sum is exact."""
    count = math.prod(shape)
    return st.lists(WHOLE, min_size=count, max_size=count).map(lambda v: np.array(v, dtype=int).reshape(shape))


@st.composite
def image_and_kernel(draw: st.DrawFn) -> tuple[np.ndarray, np.ndarray]:
    """An image and a kernel that fits into it, of one to three axes."""
    kernel = draw(st.lists(st.integers(1, 3), min_size=1, max_size=3))
    image = [k + draw(st.integers(0, 3)) for k in kernel]
    return draw(whole_array(*image)), draw(whole_array(*kernel))


def slow_correlate(image: np.ndarray, kernel: np.ndarray) -> np.ndarray:
    """`Z[i] = sum over k of W[k] X[i+k]` with one loop per index."""
    lengths = [n - k + 1 for n, k in zip(image.shape, kernel.shape, strict=True)]
    result = np.zeros(lengths, dtype=int)
    for place in np.ndindex(*lengths):
        for offset in np.ndindex(*kernel.shape):
            result[place] += kernel[offset] * image[tuple(i + k for i, k in zip(place, offset, strict=True))]
    return result


@SMALL
@given(image_and_kernel())
def test_correlate(pair: tuple[np.ndarray, np.ndarray]) -> None:
    """Cross-correlation on the valid pixels, without reversal, on any number of axes."""
    assert np.array_equal(layers.correlate(*pair), slow_correlate(*pair))


@SMALL
@given(image_and_kernel())
def test_convolve(pair: tuple[np.ndarray, np.ndarray]) -> None:
    """Convolution is correlation with the kernel reversed; on one axis it is numpy's."""
    image, kernel = pair
    found = layers.convolve(image, kernel)
    assert np.array_equal(found, slow_correlate(image, np.flip(kernel)))
    if image.ndim == 1:
        assert np.array_equal(found, np.convolve(image, kernel, mode="valid"))


def test_reversal_is_seen() -> None:
    """The loops tell a correlation from a convolution and a kernel from its transpose."""
    image, kernel = np.arange(30).reshape(6, 5) ** 2, np.array([[1, -2], [3, 5]])
    assert not np.array_equal(layers.convolve(image, kernel), slow_correlate(image, kernel))
    assert not np.array_equal(layers.correlate(image, kernel.T), slow_correlate(image, kernel))


@pytest.mark.parametrize("shapes", [((3,), (4,)), ((3, 3), (4, 1)), ((3, 3), (3,)), ((3,), (1, 1))])
def test_kernel_must_fit(shapes: tuple[tuple[int, ...], tuple[int, ...]]) -> None:
    """A kernel longer than its image, or of other axes, is refused."""
    with pytest.raises(ValueError, match="does not fit"):
        layers.correlate(np.ones(shapes[0]), np.ones(shapes[1]))


@SMALL
@given(st.integers(1, 12).flatmap(lambda n: whole_array(n, 2)), st.integers(1, 5), st.integers(1, 4))
def test_pooling(samples: np.ndarray, stride: int, size: int) -> None:
    """`y[k] = x[s*k]` and `y[k] = max over j < p of x[s*k+j]`, k from 0 to floor((N-1)/s), along the first axis."""
    count = (len(samples) - 1) // stride + 1
    thinned, pooled = layers.subsample(samples, stride), layers.max_pool(samples, size, stride)
    assert thinned.shape == pooled.shape == (count, 2)
    for k in range(count):
        for channel in range(2):
            window = [samples[stride * k + j, channel] for j in range(size) if stride * k + j < len(samples)]
            assert thinned[k, channel] == samples[stride * k, channel]
            assert pooled[k, channel] == max(window)


@SMALL
@given(st.tuples(st.integers(1, 4), st.integers(1, 4)).flatmap(lambda shape: whole_array(*shape)))
def test_arrays(values: np.ndarray) -> None:
    """Totals, products and positions agree with loops over all elements."""
    elements = [int(v) for v in values.flat]
    assert arrays.total(values) == sum(elements)
    assert arrays.product(values) == math.prod(elements)
    assert arrays.mean(values) == pytest.approx(sum(elements) / len(elements))
    wanted = [place for place in np.ndindex(*values.shape) if values[place] == max(elements)]
    assert [tuple(place) for place in arrays.where(values == values.max())] == wanted


def test_large_products_are_exact() -> None:
    """A product of whole numbers does not wrap around at 64 bits."""
    assert arrays.product(np.full(80, 7)) == 7**80


@pytest.mark.parametrize("sizes", [(10**6, 10**6), (-1,), (5_000_001,), (10**30,)])
def test_huge_arrays_are_refused(sizes: tuple[int, ...]) -> None:
    """An array that would not fit, or has a negative length, is refused before it is made."""
    with pytest.raises((ValueError, OverflowError)):
        arrays.filled(0, *sizes)


@pytest.mark.parametrize("name", [name for name, function in FUNCTIONS.items() if function.slope is not None])
def test_slopes(name: str) -> None:
    """Every derivative in the table agrees with a central difference."""
    function = FUNCTIONS[name]
    assert function.slope is not None
    step = 1e-6
    beyond_one = name in ("arccosh", "arccoth", "arcsec", "arccsc")
    for z in (1.3, 1.9) if beyond_one else (0.3, 0.7) if name.startswith("arc") else (0.3, 0.7, 1.9):
        difference = (function.call(z + step) - function.call(z - step)) / (2 * step)
        assert function.slope(z) == pytest.approx(difference, rel=1e-6)
        assert function.slope(z) != pytest.approx(difference + 1e-3, rel=1e-6)


@pytest.mark.parametrize(
    ("name", "arguments", "wanted"),
    [
        ("floor", (0.3 / 0.1,), 3.0),
        ("ceil", (0.1 * 3 / 0.1,), 3.0),
        ("floor", (Fraction(-1, 3),), -1),
        ("ceil", (Fraction(-1, 3),), 0),
        ("sqrt", (Fraction(9, 4),), Fraction(3, 2)),
        ("sqrt", (2,), math.sqrt(2)),
        ("max", (1, Fraction(1, 3)), 1),
        ("min", (1, Fraction(1, 3)), Fraction(1, 3)),
        ("factorial", (20,), math.factorial(20)),
        ("delta", (2, 2), 1.0),
        ("delta", (2, 3), 0.0),
        ("log2", (8,), 3.0),
        ("log10", (1000,), 3.0),
        ("sign", (-2,), -1.0),
        ("relu", (-2,), 0.0),
        ("relu'", (2,), 1.0),
        ("sigmoid", (0,), 0.5),
        ("sigmoid'", (0,), 0.25),
        ("tanh'", (0,), 1.0),
    ],
)
def test_values(name: str, arguments: tuple[Any, ...], wanted: Any) -> None:
    """Functions of plain numbers give plain numbers, exact where that is possible."""
    found = FUNCTIONS[name].call(*arguments)
    assert found == pytest.approx(wanted)
    assert is_exact(found) or not is_exact(wanted)


@pytest.mark.parametrize(
    "name", [n for n, f in FUNCTIONS.items() if f.elementwise and f.most == 1 and n != "factorial"]
)
def test_elementwise(name: str) -> None:
    """A function of an array is the function of each of its elements."""
    values = np.array([[0.2, 0.9], [0.4, 0.1]]) + (name in ("arccosh", "arccoth", "arcsec", "arccsc"))
    function = FUNCTIONS[name]
    found = np.asarray(function.call(values))
    assert found.shape == values.shape
    assert np.allclose(found, [[function.call(float(v)) for v in row] for row in values], rtol=1e-14)
    assert np.all(np.isfinite(found))


def test_spellings() -> None:
    """Every alias names a function of the table; a word that is none names nothing."""
    assert all(find_function(alias) is not None for alias in ALIASES)
    assert find_function("ReLU") == "relu"
    assert find_function("__import__") is find_function("eval") is find_function("") is None
