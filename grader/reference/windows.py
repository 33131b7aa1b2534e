"""Layers that slide a window over 1 to 3 axes: convolution, transposed convolution, pooling.

Shapes are (channels, lengths ...), or (lengths ..., channels) with `channels=last`; there is no batch axis. A
window of k elements with dilation d reaches over d(k-1)+1 elements.
"""

from __future__ import annotations

import math

from grader.model.records import NamedTuple
from grader.reference.cost import Arguments, Cost, Lengths


class _Axis(NamedTuple):
    """One axis under a window."""

    length: int
    kernel: int
    stride: int
    padding: int  # on either side
    dilation: int

    @property
    def reach(self) -> int:
        return self.dilation * (self.kernel - 1) + 1

    def __str__(self) -> str:
        dilated = f" with dilation {self.dilation} (over {self.reach} elements)" if self.dilation > 1 else ""
        return f"a window of length {self.kernel}{dilated}"


def _channels_and_axes(shape: Lengths, said: Arguments, layer: str, window: str) -> tuple[int, list[_Axis]]:
    if not 2 <= len(shape) <= 4:
        raise ValueError(f"{layer} takes an input of channels and 1 to 3 lengths, not of shape {list(shape)}")
    channels, lengths = (shape[-1], shape[:-1]) if said.flag("channels") else (shape[0], shape[1:])
    count = len(lengths)
    kernel = said.per_axis(window, count)
    stride = said.per_axis("stride", count) if said.given("stride") else kernel
    padding, dilation = said.per_axis("padding", count, 0), said.per_axis("dilation", count)
    return channels, [_Axis(*axis) for axis in zip(lengths, kernel, stride, padding, dilation, strict=True)]


def _joined(channels: int, lengths: list[int], said: Arguments) -> Lengths:
    return (*lengths, channels) if said.flag("channels") else (channels, *lengths)


def _positions(axis: _Axis, said: Arguments) -> int:
    """How many windows lie on an axis: floor((n + 2p - d(k-1) - 1)/s) + 1, and ceil(n/s) with padding `same`.

    Dumoulin, Visin, arXiv:1603.07285, relationship 15 (6 without dilation); `same` pads as little as gives every
    stride a window, which for s = 1 and odd k is their relationship 4. Raises ValueError if no window fits.
    """
    if said.flag("same padding"):
        return -(-axis.length // axis.stride)
    room = axis.length + 2 * axis.padding - axis.reach
    if room < 0:
        raise ValueError(f"{axis} does not fit an input of length {axis.length} with padding {axis.padding}")
    return room // axis.stride + 1


def _grouped(channels: int, filters: int, groups: int) -> None:
    for count, what in ((channels, "channels"), (filters, "filters")):
        if count % groups:
            raise ValueError(f"{count} {what} cannot be shared out among {groups} groups")


def convolution(shape: Lengths, said: Arguments) -> Cost:
    """`filters` kernels over all channels of their group: (C, n...) gives (filters, o...), see `_positions`.

    Each filter has C/groups·k... weights and a bias, and takes a MAC with every weight at every position
    (Goodfellow, Bengio, Courville, "Deep Learning", 2016, equations 9.7 and 9.8; groups: Krizhevsky, Sutskever,
    Hinton, "ImageNet classification with deep convolutional neural networks", 2012). Raises ValueError if the
    kernel does not fit or channels or filters do not divide by the groups.
    """
    channels, axes = _channels_and_axes(shape, said, "a convolution", "kernel")
    filters, groups = said.number("filters"), said.number("groups")
    _grouped(channels, filters, groups)
    outputs = [_positions(axis, said) for axis in axes]
    weights = filters * (channels // groups) * math.prod(axis.kernel for axis in axes)
    biases = filters if said.flag("bias") else 0
    return Cost(_joined(filters, outputs, said), weights + biases, weights * math.prod(outputs))


def transposed_convolution(shape: Lengths, said: Arguments) -> Cost:
    """The convolution from output to input, `W` transposed: (C, n...) gives (filters, o...).

    o = s(n-1) + d(k-1) + 1 - 2p + extra, and s·n with padding `same` (Dumoulin, Visin, arXiv:1603.07285,
    relationship 14, where `extra` is a). C·filters/groups·k... weights, a bias for each filter. Every input
    element meets every weight of its channel once: these MACs count even if padding crops where they arrive.
    Raises ValueError if nothing is left of an axis, or `extra` is not less than stride or dilation.
    """
    channels, axes = _channels_and_axes(shape, said, "a transposed convolution", "kernel")
    filters, groups = said.number("filters"), said.number("groups")
    _grouped(channels, filters, groups)
    extras = said.per_axis("extra", len(axes), 0)
    outputs = [_spread(axis, extra, said) for axis, extra in zip(axes, extras, strict=True)]
    weights = channels * (filters // groups) * math.prod(axis.kernel for axis in axes)
    biases = filters if said.flag("bias") else 0
    return Cost(_joined(filters, outputs, said), weights + biases, weights * math.prod(axis.length for axis in axes))


def _spread(axis: _Axis, extra: int, said: Arguments) -> int:
    if extra >= max(axis.stride, axis.dilation):
        raise ValueError(f"extra {extra} is not less than the stride {axis.stride} or the dilation {axis.dilation}")
    if said.flag("same padding"):
        return axis.stride * axis.length
    whole = axis.stride * (axis.length - 1) + axis.reach
    if whole + extra <= 2 * axis.padding:
        raise ValueError(f"padding {axis.padding} crops all of an output of length {whole + extra}")
    return whole + extra - 2 * axis.padding


def pooling(shape: Lengths, said: Arguments) -> Cost:
    """The maximum or mean of each window, channel by channel: (C, n...) gives (C, o...), see `_positions`.

    `ceil=yes` rounds up, o = ceil((n + 2p - d(k-1) - 1)/s) + 1, as long as the last window begins inside the
    input or its left padding (the convention of PyTorch's `ceil_mode`). The stride is the window unless said.
    Nothing is learned, no MACs. A window of k elements takes k - 1 comparisons, or k - 1 sums and a quotient; a
    window that reaches past the end counts as a whole one (Dumoulin, Visin, arXiv:1603.07285, relationship 7 and
    section 1.2). Raises ValueError if a window does not fit, or padding is more than half of it.
    """
    channels, axes = _channels_and_axes(shape, said, "pooling", "window")
    for axis in axes:
        if 2 * axis.padding > axis.reach:
            raise ValueError(f"padding {axis.padding} is more than half of {axis}")
    outputs = [_pooled(axis, said) for axis in axes]
    elements = math.prod(axis.kernel for axis in axes)
    each = elements if said.flag("kind") else elements - 1
    return Cost(_joined(channels, outputs, said), others=channels * math.prod(outputs) * each)


def _pooled(axis: _Axis, said: Arguments) -> int:
    outputs = _positions(axis, said)
    if said.flag("same padding") or not said.flag("ceil"):
        return outputs
    missed = (axis.length + 2 * axis.padding - axis.reach) % axis.stride != 0
    begins_inside = outputs * axis.stride < axis.length + axis.padding
    return outputs + (1 if missed and begins_inside else 0)
