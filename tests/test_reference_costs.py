"""What layers cost, against small implementations written here: arrays are enumerated, operations are counted."""

from __future__ import annotations

import math
from collections.abc import Callable, Iterator
from itertools import product
from typing import Any, NamedTuple

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from grader.reference.functions import FUNCTIONS, LAYERS, MEASURES
from grader.reference.layer_table import LAYERS as TABLE
from grader.reference.layer_table import measured

SMALL = settings(max_examples=60, deadline=None, derandomize=True)
Shape = tuple[int, ...]


def cost(layer: str, shape: Any, **said: Any) -> tuple[Shape, int, int, int]:
    """Shape, parameters, MACs and FLOPs, with the arguments by name."""
    names = [parameter.name for parameter in TABLE[layer].parameters]
    assert said.keys() <= set(names)
    defaults = {p.name: () if p.default is None else p.default for p in TABLE[layer].parameters}
    data = (np.array(shape), *(said.get(name, defaults[name]) for name in names))
    found = [measured(layer, measure, data) for measure in MEASURES]
    return tuple(int(n) for n in found[0]), found[1], found[2], found[3]


class Ran(NamedTuple):
    """What came of running a layer: its output, the arrays it learned, and what was counted."""

    output: np.ndarray
    learned: tuple[np.ndarray, ...]
    macs: int
    others: int

    def cost(self) -> tuple[Shape, int, int, int]:
        """Shape, parameters, MACs and FLOPs."""
        return self.output.shape, sum(array.size for array in self.learned), self.macs, 2 * self.macs + self.others


class Counter:
    """Arithmetic that counts: multiply-accumulate steps, and every other operation."""

    def __init__(self) -> None:
        self.macs = self.others = 0

    def dot(self, start: float, left: Any, right: Any) -> float:
        """`start + left·right`, one step after the other."""
        total = start
        for a, b in zip(left, right, strict=True):
            total += a * b
            self.macs += 1
        return total

    def other(self, value: Any) -> Any:
        """One operation that is no step of a sum of products."""
        self.others += 1
        return value

    def affine(self, weights: np.ndarray, vector: Any, bias: np.ndarray | None) -> np.ndarray:
        """`W x + b`, row by row."""
        starts = np.zeros(len(weights)) if bias is None else bias
        return np.array([self.dot(start, row, vector) for start, row in zip(starts, weights, strict=True)])


def numbers(*shape: int) -> np.ndarray:
    """An array of that shape."""
    return np.sin(np.arange(math.prod(shape), dtype=float)).reshape(shape)


def maybe(wanted: Any, array: np.ndarray) -> np.ndarray | None:
    """A bias, or none."""
    return array if wanted else None


def learned(*arrays: np.ndarray | None) -> tuple[np.ndarray, ...]:
    """Those arrays that exist."""
    return tuple(array for array in arrays if array is not None)


# -- windows ---------------------------------------------------------------------------------------------------


class Sliding(NamedTuple):
    """One axis: its length, and the window over it."""

    length: int
    kernel: int
    stride: int
    padding: int
    dilation: int

    @property
    def taps(self) -> list[int]:
        """Where the elements of a window lie."""
        return [self.dilation * k for k in range(self.kernel)]

    def starts(self, same: bool) -> list[int]:
        """Where windows begin, counted from the first element; found by sliding until one sticks out."""
        if same:  # a window for each stride, padded by as little as that takes, less before than after
            count = len(range(0, self.length, self.stride))
            lack = max(0, (count - 1) * self.stride + self.taps[-1] + 1 - self.length)
            first, end = -(lack // 2), self.length + lack - lack // 2
        else:
            first, end = -self.padding, self.length + self.padding
        found = []
        while first + self.taps[-1] < end:
            found.append(first)
            first += self.stride
        return found


@st.composite
def slidings(draw: st.DrawFn) -> list[Sliding]:
    """One to three axes under windows that fit."""
    axes = draw(st.integers(1, 3))
    longest, widest = {1: (9, 4), 2: (6, 3), 3: (4, 2)}[axes]
    found = []
    for _ in range(axes):
        kernel, dilation, padding = draw(st.integers(1, widest)), draw(st.integers(1, 2)), draw(st.integers(0, 2))
        least = max(1, dilation * (kernel - 1) + 1 - 2 * padding)
        length = draw(st.integers(least, max(least, longest)))
        found.append(Sliding(length, kernel, draw(st.integers(1, 3)), padding, dilation))
    return found


def said_of(axes: list[Sliding]) -> dict[str, list[int]]:
    """Arguments as a rubric would write them."""
    return {key: [getattr(axis, key) for axis in axes] for key in ("kernel", "stride", "padding", "dilation")}


def outside(place: Shape, image: np.ndarray) -> bool:
    """Whether a place lies in the padding."""
    return any(not 0 <= i < n for i, n in zip(place, image.shape, strict=True))


def run_convolution(channels: int, filters: int, groups: int, axes: list[Sliding], bias: bool, same: bool) -> Ran:
    """Loops over filters, windows, channels of the group and taps; zeros of the padding are multiplied too."""
    image = numbers(channels, *(axis.length for axis in axes))
    kernels = numbers(filters, channels // groups, *(axis.kernel for axis in axes))
    biases = maybe(bias, numbers(filters))
    starts = [axis.starts(same) for axis in axes]
    output, counter = np.zeros((filters, *(len(one) for one in starts))), Counter()
    for f in range(filters):
        first = f // (filters // groups) * (channels // groups)
        for at in np.ndindex(*output.shape[1:]):
            left, right = [], []
            for c in range(channels // groups):
                for tap in np.ndindex(*kernels.shape[2:]):
                    place = tuple(starts[a][at[a]] + axes[a].taps[tap[a]] for a in range(len(axes)))
                    left.append(kernels[(f, c, *tap)])
                    right.append(0.0 if outside(place, image[0]) else image[(first + c, *place)])
            output[(f, *at)] = counter.dot(0.0 if biases is None else biases[f], left, right)
    return Ran(output, learned(kernels, biases), counter.macs, counter.others)


GROUPING = st.tuples(st.integers(1, 2), st.integers(1, 2), st.integers(1, 2))  # groups, and what a group has


@SMALL
@given(slidings(), GROUPING, st.booleans(), st.booleans())
def test_convolution(axes: list[Sliding], grouping: Shape, bias: bool, same: bool) -> None:
    """Shape, weights and products of a convolution are those of one done by loops."""
    groups, channels, filters = grouping[0], grouping[0] * grouping[1], grouping[0] * grouping[2]
    ran = run_convolution(channels, filters, groups, axes, bias, same)
    shape = (channels, *(axis.length for axis in axes))
    said = {**said_of(axes), "filters": filters, "groups": groups, "bias": int(bias)}
    if same:
        said |= {"padding": 0, "same padding": 1}
    assert cost("conv", shape, **said) == ran.cost()
    turned = cost("conv", (*shape[1:], shape[0]), **said, channels=1)
    assert turned == ((*ran.output.shape[1:], filters), *ran.cost()[1:])


def test_the_loops_convolve() -> None:
    """The loops above compute numpy's convolution where it exists."""
    ran = run_convolution(1, 1, 1, [Sliding(7, 3, 1, 2, 1)], False, False)
    assert np.allclose(ran.output[0], np.correlate(numbers(7), numbers(3), mode="full"))


@SMALL
@given(slidings(), GROUPING, st.booleans(), st.data())
def test_transposed_convolution(axes: list[Sliding], grouping: Shape, bias: bool, data: st.DataObject) -> None:
    """Every input element is spread over the output by loops; where they reach is the shape before cropping."""
    groups, channels, filters = grouping[0], grouping[0] * grouping[1], grouping[0] * grouping[2]
    extras = [data.draw(st.integers(0, max(axis.stride, axis.dilation) - 1)) for axis in axes]
    kernels = numbers(channels, filters // groups, *(axis.kernel for axis in axes))
    reached = [0] * len(axes)
    macs = 0
    for place in np.ndindex(channels, *(axis.length for axis in axes)):
        for tap in np.ndindex(*kernels.shape[1:]):
            macs += 1
            for a, axis in enumerate(axes):
                reached[a] = max(reached[a], axis.stride * place[1 + a] + axis.taps[tap[1 + a]] + 1)
    lengths = [n + extra - 2 * axis.padding for n, extra, axis in zip(reached, extras, axes, strict=True)]
    said = {**said_of(axes), "filters": filters, "groups": groups, "bias": int(bias), "extra": extras}
    shape = (channels, *(axis.length for axis in axes))
    if min(lengths) < 1:
        with pytest.raises(ValueError, match=r"padding \d crops all"):
            cost("conv_transpose", shape, **said)
        return
    wanted = Ran(np.zeros((filters, *lengths)), learned(kernels, maybe(bias, numbers(filters))), macs, 0)
    assert cost("conv_transpose", shape, **said) == wanted.cost()
    if all(extra < axis.stride for extra, axis in zip(extras, axes, strict=True)):
        back = cost("conv", wanted.output.shape, **{**said_of(axes), "filters": channels, "groups": groups})
        assert back[0] == shape  # the convolution whose transpose it is leads back


def pool_starts(axis: Sliding, ceil: bool) -> list[int]:
    """Windows from the left; with `ceil` until all is covered, if they begin inside the input or its left padding."""
    if not ceil:
        return axis.starts(False)
    found = [-axis.padding]
    while found[-1] + axis.taps[-1] + 1 < axis.length + axis.padding and found[-1] + axis.stride < axis.length:
        found.append(found[-1] + axis.stride)
    return found


@SMALL
@given(slidings(), st.integers(1, 3), st.sampled_from(["valid", "same", "ceil"]), st.booleans())
def test_pooling(axes: list[Sliding], channels: int, ends: str, average: bool) -> None:
    """Windows are laid one after the other, and each takes a comparison less than it has elements, or their mean."""
    axes = [axis._replace(padding=min(axis.padding, (axis.taps[-1] + 1) // 2)) for axis in axes]
    axes = [axis._replace(length=max(axis.length, axis.taps[-1] + 1)) for axis in axes]
    starts = [axis.starts(True) if ends == "same" else pool_starts(axis, ends == "ceil") for axis in axes]
    counter = Counter()
    output = np.zeros((channels, *(len(one) for one in starts)))
    for at in np.ndindex(*output.shape):
        values = iter([float(sum(tap)) for tap in product(*(axis.taps for axis in axes))])
        best = next(values)
        for value in values:
            best = counter.other(best + value if average else max(best, value))
        output[at] = counter.other(best / len(axes)) if average else best
    said: dict[str, Any] = {**said_of(axes)}
    said |= {"window": said.pop("kernel"), "ceil": int(ends == "ceil"), "kind": int(average)}
    if ends == "same":
        said |= {"padding": 0, "same padding": 1}
    lengths = [axis.length for axis in axes]
    wanted = Ran(output, (), 0, counter.others).cost()
    assert cost("pool", (channels, *lengths), **said) == wanted
    turned = cost("pool", (*lengths, channels), **said, channels=1)
    assert turned == ((*output.shape[1:], channels), *wanted[1:])


# -- vectors ---------------------------------------------------------------------------------------------------

SIZE = st.integers(1, 5)
LEADING = st.lists(st.integers(1, 3), max_size=2).map(tuple)


def places(shape: Shape) -> Iterator[Shape]:
    """All positions of the leading axes."""
    yield from np.ndindex(*shape)


@SMALL
@given(LEADING, SIZE, SIZE, st.booleans())
def test_dense(leading: Shape, width: int, units: int, bias: bool) -> None:
    """A matrix for all vectors of the input, product by product."""
    data, weights, biases = numbers(*leading, width), numbers(units, width), maybe(bias, numbers(units))
    counter, output = Counter(), np.zeros((*leading, units))
    for place in places(leading):
        output[place] = counter.affine(weights, data[place], biases)
    assert np.allclose(output, data @ weights.T + (0 if biases is None else biases))
    wanted = Ran(output, learned(weights, biases), counter.macs, counter.others).cost()
    assert cost("dense", data.shape, units=units, bias=int(bias)) == wanted


@SMALL
@given(LEADING, SIZE, SIZE)
def test_embedding_and_flatten(shape: Shape, vocabulary: int, width: int) -> None:
    """A look-up in a table, and a change of shape: nothing is computed."""
    shape = (*shape, 3)
    table, indices = numbers(vocabulary, width), np.zeros(shape, dtype=int)
    assert cost("embedding", shape, vocabulary=vocabulary, width=width) == Ran(table[indices], (table,), 0, 0).cost()
    for keep in range(len(shape)):
        flat = indices.reshape(*shape[:keep], -1)
        assert cost("flatten", shape, keep=keep) == Ran(flat, (), 0, 0).cost()


@SMALL
@given(st.integers(1, 4), LEADING, st.booleans())
def test_batch_norm(channels: int, lengths: Shape, affine: bool) -> None:
    """When predicting, every element takes one product and one sum, with numbers of its channel."""
    data, scale, shift = numbers(channels, *lengths), numbers(channels), numbers(channels)
    counter, output = Counter(), np.zeros((channels, *lengths))
    for place in np.ndindex(*data.shape):
        output[place] = counter.dot(shift[place[0]], [scale[place[0]]], [data[place]])
    wanted = Ran(output, (scale, shift) if affine else (), counter.macs, counter.others).cost()
    assert cost("batch_norm", data.shape, affine=int(affine)) == wanted
    assert cost("batch_norm", (*lengths, channels), affine=int(affine), channels=1)[1:] == wanted[1:]


@SMALL
@given(LEADING, st.lists(st.integers(1, 4), min_size=1, max_size=2).map(tuple), st.booleans())
def test_layer_norm(leading: Shape, inner: Shape, affine: bool) -> None:
    """Mean, variance, quotient, scale and shift of each group, operation by operation."""
    data, scale, shift = numbers(*leading, *inner), numbers(*inner), numbers(*inner)
    counter, output = Counter(), np.zeros(data.shape)

    def mean(values: list[float]) -> float:
        total = values[0]
        for value in values[1:]:
            total = counter.other(total + value)
        return float(counter.other(total / len(values)))

    for place in places(leading):
        group = [float(value) for value in data[place].flat]
        middle = mean(group)
        centred = [counter.other(value - middle) for value in group]
        spread = mean([counter.other(value * value) for value in centred])
        root = counter.other(math.sqrt(counter.other(spread + 1e-5)))
        normed = [counter.other(value / root) for value in centred]
        if affine:
            normed = [counter.dot(b, [a], [x]) for a, b, x in zip(scale.flat, shift.flat, normed, strict=True)]
        output[place] = np.array(normed).reshape(inner)
    wanted = Ran(output, (scale, shift) if affine else (), counter.macs, counter.others).cost()
    assert cost("layer_norm", data.shape, axes=len(inner), affine=int(affine)) == wanted


# -- sequences -------------------------------------------------------------------------------------------------


class Maps:
    """The maps of a recurrent cell, for each gate: of the input, of the state, and their biases."""

    def __init__(self, counter: Counter, gates: int, sizes: tuple[int, int], biases: int) -> None:
        width, units = sizes
        self.counter = counter
        self.inputs, self.states = numbers(gates, units, width), numbers(gates, units, units)
        self.biases = numbers(biases, gates, units)

    def gate(self, number: int, x: np.ndarray, h: np.ndarray, function: Callable[[Any], Any]) -> np.ndarray:
        """`function(W x + U h + b)`, all in one running sum; two biases are one, added up before."""
        start = self.biases[:, number].sum(axis=0)
        total = self.counter.affine(self.states[number], h, self.counter.affine(self.inputs[number], x, start))
        return np.array([self.counter.other(function(value)) for value in total])


def sigmoid(z: float) -> float:
    """The logistic function."""
    return 1 / (1 + math.exp(-z))


def step_rnn(maps: Maps, x: np.ndarray, h: np.ndarray, c: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
    """Elman's cell."""
    return maps.gate(0, x, h, math.tanh), c


def step_lstm(maps: Maps, x: np.ndarray, h: np.ndarray, c: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
    """`c' = f c + i g`, `h' = o tanh(c')`."""
    count = maps.counter.other
    i, f, o = (maps.gate(k, x, h, sigmoid) for k in range(3))
    g = maps.gate(3, x, h, math.tanh)
    c = np.array([count(count(f[u] * c[u]) + count(i[u] * g[u])) for u in range(len(c))])
    return np.array([count(o[u] * count(math.tanh(c[u]))) for u in range(len(c))]), c


def step_gru(maps: Maps, x: np.ndarray, h: np.ndarray, c: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
    """`h' = z h + (1 - z) g`; the reset gate inside the product with U, or outside where U has a bias of its own."""
    count, units = maps.counter.other, range(len(h))
    r, z = (maps.gate(k, x, h, sigmoid) for k in range(2))
    if len(maps.biases) < 2:
        g = maps.gate(2, x, np.array([count(r[u] * h[u]) for u in units]), math.tanh)
    else:
        state = maps.counter.affine(maps.states[2], h, maps.biases[1, 2])
        given = maps.counter.affine(maps.inputs[2], x, maps.biases[0, 2])
        g = np.array([count(math.tanh(count(given[u] + count(r[u] * state[u])))) for u in units])
    return np.array([count(count(z[u] * h[u]) + count(count(1 - z[u]) * g[u])) for u in units]), c


@pytest.mark.parametrize(
    ("layer", "gates", "step"), [("rnn", 1, step_rnn), ("lstm", 4, step_lstm), ("gru", 3, step_gru)]
)
@SMALL
@given(leading=LEADING, steps=st.integers(1, 3), sizes=st.tuples(SIZE, SIZE), biases=st.integers(0, 2))
def test_recurrent(layer: str, gates: int, step: Any, leading: Shape, steps: int, sizes: Any, biases: int) -> None:
    """Each cell is run step by step, with its arrays and its operations counted."""
    width, units = sizes
    counter = Counter()
    maps = Maps(counter, gates, sizes, biases)
    data, output = numbers(*leading, steps, width), np.zeros((*leading, steps, units))
    for place in places(leading):
        h, c = np.zeros(units), np.zeros(units)
        for t in range(steps):
            h, c = step(maps, data[place][t], h, c)
            output[(*place, t)] = h
    wanted = Ran(output, (maps.inputs, maps.states, maps.biases), counter.macs, counter.others).cost()
    assert cost(layer, data.shape, units=units, biases=biases) == wanted
    last = cost(layer, data.shape, units=units, biases=biases, outputs=1)
    assert last == (output[..., -1, :].shape, *wanted[1:])


@SMALL
@given(st.tuples(SIZE, SIZE, SIZE, st.integers(1, 3)), st.tuples(SIZE, SIZE), LEADING, st.booleans())
def test_attention(sizes: Shape, depths: Shape, leading: Shape, bias: bool) -> None:
    """Projections, scores, softmax and mixture, number by number, for every head."""
    steps, memory, width, heads = sizes
    keys, values = depths
    counter = Counter()
    wide = ((heads, keys, width), (heads, keys, width), (heads, values, width), (width, heads * values))
    q, k, v, o = (numbers(*shape) for shape in wide)
    bq, bk, bv, bo = (maybe(bias, numbers(*shape[:-1])) for shape in wide)
    output = np.zeros((*leading, steps, width))
    for place in places(leading):
        x, m = numbers(steps, width), numbers(memory, width)
        mixed: list[list[float]] = [[] for _ in range(steps)]
        for h in range(heads):
            rows = [
                [counter.affine(w[h], row, None if b is None else b[h]) for row in data]
                for w, b, data in ((q, bq, x), (k, bk, m), (v, bv, m))
            ]
            for t in range(steps):
                scores = [counter.other(counter.dot(0.0, rows[0][t], key) / math.sqrt(keys)) for key in rows[1]]
                powers = [counter.other(math.exp(score)) for score in scores]
                total = powers[0]
                for power in powers[1:]:
                    total = counter.other(total + power)
                weights = [counter.other(power / total) for power in powers]
                mixed[t] += [counter.dot(0.0, weights, [row[n] for row in rows[2]]) for n in range(values)]
        for t in range(steps):
            output[(*place, t)] = counter.affine(o, mixed[t], bo)
    wanted = Ran(output, learned(q, k, v, o, bq, bk, bv, bo), counter.macs, counter.others).cost()
    said = {"heads": heads, "keys": keys, "values": values, "memory": memory, "bias": int(bias)}
    assert cost("attention", output.shape, **said) == wanted


def test_attention_shares_out_its_width() -> None:
    """Keys and values have the width by the heads, and a sequence looks at itself, unless said."""
    whole = cost("attention", (5, 12), heads=3, keys=4, values=4, memory=5)
    assert cost("attention", (5, 12), heads=3) == whole != cost("attention", (5, 12), heads=3, memory=6)


@SMALL
@given(LEADING, SIZE, SIZE, st.booleans())
def test_feed_forward(leading: Shape, width: int, hidden: int, bias: bool) -> None:
    """Two maps with a rectifier between them, at each place."""
    data, counter = numbers(*leading, width), Counter()
    first, second = numbers(hidden, width), numbers(width, hidden)
    b1, b2 = maybe(bias, numbers(hidden)), maybe(bias, numbers(width))
    output = np.zeros(data.shape)
    for place in places(leading):
        inner = [counter.other(max(0.0, value)) for value in counter.affine(first, data[place], b1)]
        output[place] = counter.affine(second, inner, b2)
    wanted = Ran(output, learned(first, second, b1, b2), counter.macs, counter.others).cost()
    assert cost("feed_forward", data.shape, hidden=hidden, bias=int(bias)) == wanted


# -- published numbers, and what does not fit ------------------------------------------------------------------

PUBLISHED = [
    # Dumoulin, Visin, arXiv:1603.07285, figures 2.1 to 2.7, 3.1, 4.1 to 4.7 and 5.1
    ("conv", [1, 4, 4], {"filters": 1, "kernel": 3}, "shape", (1, 2, 2)),
    ("conv", [1, 5, 5], {"filters": 1, "kernel": 4, "padding": 2}, "shape", (1, 6, 6)),
    ("conv", [1, 5, 5], {"filters": 1, "kernel": 3, "same padding": 1}, "shape", (1, 5, 5)),
    ("conv", [1, 5, 5], {"filters": 1, "kernel": 3, "padding": 2}, "shape", (1, 7, 7)),
    ("conv", [1, 5, 5], {"filters": 1, "kernel": 3, "stride": 2}, "shape", (1, 2, 2)),
    ("conv", [1, 5, 5], {"filters": 1, "kernel": 3, "stride": 2, "padding": 1}, "shape", (1, 3, 3)),
    ("conv", [1, 6, 6], {"filters": 1, "kernel": 3, "stride": 2, "padding": 1}, "shape", (1, 3, 3)),
    ("conv", [1, 7, 7], {"filters": 1, "kernel": 3, "dilation": 2}, "shape", (1, 3, 3)),
    ("conv_transpose", [1, 2, 2], {"filters": 1, "kernel": 3}, "shape", (1, 4, 4)),
    ("conv_transpose", [1, 6, 6], {"filters": 1, "kernel": 4, "padding": 2}, "shape", (1, 5, 5)),
    ("conv_transpose", [1, 2, 2], {"filters": 1, "kernel": 3, "stride": 2}, "shape", (1, 5, 5)),
    ("conv_transpose", [1, 3, 3], {"filters": 1, "kernel": 3, "stride": 2, "padding": 1}, "shape", (1, 5, 5)),
    (
        "conv_transpose",
        [1, 3, 3],
        {"filters": 1, "kernel": 3, "stride": 2, "padding": 1, "extra": 1},
        "shape",
        (1, 6, 6),
    ),
    ("conv_transpose", [1, 3, 3], {"filters": 1, "kernel": 3, "stride": 2, "same padding": 1}, "shape", (1, 6, 6)),
    ("pool", [1, 5, 5], {"window": 3, "stride": 1}, "shape", (1, 3, 3)),
    # ResNet-50 (He et al., arXiv:1512.03385, table 1), its first layers
    ("conv", [3, 224, 224], {"filters": 64, "kernel": 7, "stride": 2, "padding": 3}, "shape", (64, 112, 112)),
    ("conv", [3, 224, 224], {"filters": 64, "kernel": 7, "stride": 2, "padding": 3, "bias": 0}, "params", 9408),
    ("conv", [3, 224, 224], {"filters": 64, "kernel": 7, "stride": 2, "padding": 3}, "macs", 118_013_952),
    ("pool", [64, 112, 112], {"window": 3, "stride": 2, "padding": 1}, "shape", (64, 56, 56)),
    ("batch_norm", [64, 112, 112], {}, "params", 128),
    # SqueezeNet pools with windows that begin inside but reach past the end
    ("pool", [96, 110, 110], {"window": 3, "stride": 2, "ceil": 1}, "shape", (96, 55, 55)),
    # LeNet-5 halves its images
    ("pool", [6, 28, 28], {"window": 2, "kind": 1}, "shape", (6, 14, 14)),
    # AlexNet's second layer, on two devices; VGG-16's first dense layer
    ("conv", [96, 27, 27], {"filters": 256, "kernel": 5, "padding": 2, "groups": 2}, "params", 307_456),
    ("dense", [25088], {"units": 4096}, "params", 102_764_544),
    # Keras, "Working with RNNs"
    ("lstm", [10, 64], {"units": 128}, "params", 98_816),
    ("rnn", [10, 256], {"units": 128}, "params", 49_280),
    ("gru", [10, 64], {"units": 256, "biases": 2}, "params", 247_296),
    # BERT base (Devlin et al., arXiv:1810.04805)
    ("embedding", [512], {"vocabulary": 30522, "width": 768}, "params", 23_440_896),
    ("attention", [512, 768], {"heads": 12}, "params", 2_362_368),
    ("feed_forward", [512, 768], {"hidden": 3072}, "params", 4_722_432),
    ("layer_norm", [512, 768], {}, "params", 1536),
]


@pytest.mark.parametrize(("layer", "shape", "said", "measure", "wanted"), PUBLISHED)
def test_published_numbers(layer: str, shape: Any, said: dict[str, Any], measure: str, wanted: Any) -> None:
    """Sizes and counts that papers and manuals print come out."""
    assert cost(layer, shape, **said)[MEASURES.index(measure)] == wanted


UNFIT = [
    (
        "conv",
        [3, 5, 5],
        {"filters": 2, "kernel": 7},
        "a window of length 7 does not fit an input of length 5 with padding 0",
    ),
    (
        "conv",
        [3, 9],
        {"filters": 2, "kernel": 3, "dilation": 5},
        r"length 3 with dilation 5 \(over 11 elements\) does not",
    ),
    ("conv", [3, 9], {"filters": 2, "kernel": [3, 3]}, "kernel takes 1 number, not 2: one for each length"),
    ("conv", [3, 9], {"filters": 4, "kernel": 3, "groups": 2}, "3 channels cannot be shared out among 2 groups"),
    ("conv", [4, 9], {"filters": 3, "kernel": 3, "groups": 2}, "3 filters cannot be shared out among 2 groups"),
    ("conv", [9], {"filters": 3, "kernel": 3}, r"channels and 1 to 3 lengths, not of shape \[9\]"),
    ("conv", [3, 9], {"filters": 3, "kernel": 3, "stride": 0}, "stride is at least 1, not 0"),
    ("conv", [3, 9], {"filters": 3, "kernel": 3, "padding": -1}, "padding is at least 0, not -1"),
    ("conv", [3, 9], {"filters": 2.5, "kernel": 3}, "filters takes whole numbers, not 2.5"),
    ("conv", [3, 9], {"filters": float("nan"), "kernel": 3}, "filters takes whole numbers, not nan"),
    (
        "conv_transpose",
        [1, 1],
        {"filters": 1, "kernel": 3, "padding": 2},
        "padding 2 crops all of an output of length 3",
    ),
    ("conv_transpose", [1, 4], {"filters": 1, "kernel": 3, "extra": 1}, "extra 1 is not less than the stride 1"),
    ("pool", [1, 4], {"window": 2, "padding": 2}, "padding 2 is more than half of a window of length 2"),
    ("dense", [4], {"units": [2, 3]}, "units is one number, not 2"),
    ("dense", [4], {"units": 2, "bias": 2}, "bias is at most 1, not 2"),
    ("dense", [0], {"units": 2}, "input is at least 1, not 0"),
    ("flatten", [4, 3], {"keep": 2}, r"keeping 2 axes leaves none to flatten in an input of shape \[4, 3\]"),
    ("layer_norm", [4], {"axes": 2}, r"shape \[..., 2 lengths\], not \[4\]"),
    ("lstm", [4], {"units": 2}, r"shape \[..., steps, width\], not \[4\]"),
    ("gru", [4, 2], {"units": 2, "biases": 3}, "biases is at most 2, not 3"),
    ("attention", [4, 10], {"heads": 4}, "a width of 10 cannot be shared out among 4 heads"),
    ("embedding", [], {"vocabulary": 3, "width": 2}, "an input has at least one axis"),
]


@pytest.mark.parametrize(("layer", "shape", "said", "sentence"), UNFIT)
def test_what_does_not_fit(layer: str, shape: Any, said: dict[str, Any], sentence: str) -> None:
    """Sizes that do not fit together are refused with a sentence that names them."""
    with pytest.raises(ValueError, match=sentence):
        cost(layer, shape, **said)


def test_counts_are_exact() -> None:
    """Counts beyond 64 bits do not wrap around."""
    wide = 10**9
    assert cost("dense", [wide, wide], units=wide)[2] == wide**3


def test_every_layer_is_registered() -> None:
    """The names that expressions know are those of the table, and each measure of each computes something."""
    assert tuple(TABLE) == LAYERS
    assert {f"{layer}.{measure}" for layer in LAYERS for measure in MEASURES} <= FUNCTIONS.keys()
    arguments = {"conv": (2, 1), "conv_transpose": (2, 1), "embedding": (3, 2), "flatten": (), "attention": ()}
    for layer in LAYERS:
        for measure in MEASURES:
            own = arguments.get(layer, () if layer.endswith("norm") else (2,))
            assert np.min(FUNCTIONS[f"{layer}.{measure}"].call(np.array([2, 4]), *own)) >= 0
