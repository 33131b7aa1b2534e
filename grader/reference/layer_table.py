"""The table of layers: the arguments that each takes, in order, and who computes what it costs."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from types import MappingProxyType
from typing import Any

import numpy as np

from grader.model.records import NamedTuple
from grader.reference import affine, sequences, windows
from grader.reference.cost import Arguments, Cost, Lengths


class Parameter(NamedTuple):
    """An argument of a layer.

    Without a `default` it must be given, or (`needed` is false) the layer finds it from the others. `words` are
    what may be written in place of a number: each stands for numbers of this argument and perhaps of others.
    """

    name: str
    default: int | None = None
    needed: bool = False
    words: Mapping[str, Mapping[str, int]] = MappingProxyType({})


class Layer(NamedTuple):
    """A layer: its cost from the shape of its input and its arguments, and the arguments after the input."""

    cost: Callable[[Lengths, Arguments], Cost]
    parameters: tuple[Parameter, ...]


def _need(*names: str) -> tuple[Parameter, ...]:
    return tuple(Parameter(name, needed=True) for name in names)


def _switch(name: str, default: int, off: tuple[str, ...], on: tuple[str, ...]) -> Parameter:
    """An argument that is 0 or 1, with words for both."""
    return Parameter(name, default, words={word: {name: k} for k, words in enumerate((off, on)) for word in words})


def _yes_no(name: str, default: int) -> Parameter:
    return _switch(name, default, ("no", "false"), ("yes", "true"))


INPUT = Parameter("input", needed=True)
_BIAS = _yes_no("bias", 1)
_AFFINE = _yes_no("affine", 1)
_CHANNELS = _switch("channels", 0, ("first",), ("last",))
_OUTPUTS = _switch("outputs", 0, ("all",), ("last",))
_PADDING = Parameter("padding", 0, words={"valid": {"padding": 0}, "same": {"padding": 0, "same padding": 1}})
_SAME = Parameter("same padding", 0)  # what padding=same stands for: a name that nobody can type
_ONE_BY_ONE = (Parameter("stride", 1), _PADDING, Parameter("dilation", 1), Parameter("groups", 1), _BIAS, _CHANNELS)
_RECURRENT = (*_need("units"), Parameter("biases", 1), _OUTPUTS)

LAYERS: dict[str, Layer] = {
    "dense": Layer(affine.dense, (*_need("units"), _BIAS)),
    "conv": Layer(windows.convolution, (*_need("filters", "kernel"), *_ONE_BY_ONE, _SAME)),
    "conv_transpose": Layer(
        windows.transposed_convolution, (*_need("filters", "kernel"), *_ONE_BY_ONE, Parameter("extra", 0), _SAME)
    ),
    "pool": Layer(
        windows.pooling,
        (
            *_need("window"),
            Parameter("stride"),
            _PADDING,
            Parameter("dilation", 1),
            _yes_no("ceil", 0),
            _switch("kind", 0, ("max",), ("average", "mean")),
            _CHANNELS,
            _SAME,
        ),
    ),
    "flatten": Layer(affine.flatten, (Parameter("keep", 0),)),
    "batch_norm": Layer(affine.batch_norm, (_AFFINE, _CHANNELS)),
    "layer_norm": Layer(affine.layer_norm, (Parameter("axes", 1), _AFFINE)),
    "embedding": Layer(affine.embedding, _need("vocabulary", "width")),
    "rnn": Layer(sequences.rnn, _RECURRENT),
    "lstm": Layer(sequences.lstm, _RECURRENT),
    "gru": Layer(sequences.gru, _RECURRENT),
    "attention": Layer(
        sequences.attention,
        (Parameter("heads", 1), Parameter("keys"), Parameter("values"), Parameter("memory"), _BIAS),
    ),
    "feed_forward": Layer(sequences.feed_forward, (*_need("hidden"), _BIAS)),
}


def measured(name: str, measure: str, data: tuple[Any, ...]) -> Any:
    """`shape` of a layer's output as an array, or its `params`, `macs` or `flops` as an exact number.

    `data` are the input's shape and the arguments, in the order of the table; arguments left out at the end have
    their defaults. Raises ValueError, with a sentence that names the sizes, if they do not fit together.
    """
    layer = LAYERS[name]
    values: dict[str, Any] = {parameter.name: parameter.default for parameter in layer.parameters}
    values = {key: () if value is None else value for key, value in values.items()}
    values.update(zip((INPUT.name, *values), data, strict=False))
    said = Arguments(values)
    shape = said.lengths(INPUT.name)
    if not shape:
        raise ValueError("an input has at least one axis")
    cost = layer.cost(shape, said)
    return np.array(cost.shape, dtype=np.int64) if measure == "shape" else getattr(cost, measure)
