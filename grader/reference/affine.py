"""Layers that act on one vector at a time: dense, embedding, normalisation, and flatten."""

from __future__ import annotations

import math

from grader.reference.cost import Arguments, Cost, Lengths, split_last


def dense(shape: Lengths, said: Arguments) -> Cost:
    """`y = W x + b`: (..., D) gives (..., units); leading axes are free, every vector of them is mapped alike.

    D·units weights and `units` biases; D·units MACs for each vector (Goodfellow, Bengio, Courville, "Deep
    Learning", 2016, section 6.1).
    """
    places, (width,) = split_last(shape, 1, "a dense layer", "width")
    units = said.number("units")
    params = width * units + (units if said.flag("bias") else 0)
    return Cost((*shape[:-1], units), params, places * width * units)


def embedding(shape: Lengths, said: Arguments) -> Cost:
    """A row of a table for each index: (...) gives (..., width).

    vocabulary·width parameters; a look-up multiplies nothing (Bengio et al., "A neural probabilistic language
    model", JMLR 3, 2003, section 2; Goodfellow et al. 2016, section 12.4).
    """
    width = said.number("width")
    return Cost((*shape, width), said.number("vocabulary") * width)


def flatten(shape: Lengths, said: Arguments) -> Cost:
    """All axes but the first `keep` as one, in row-major order; nothing is learned or computed.

    Raises ValueError if no axis is left to flatten.
    """
    keep = said.number("keep", 0)
    if keep >= len(shape):
        raise ValueError(f"keeping {keep} axes leaves none to flatten in an input of shape {list(shape)}")
    return Cost((*shape[:keep], math.prod(shape[keep:])))


def batch_norm(shape: Lengths, said: Arguments) -> Cost:
    """Each channel scaled and shifted, as when predicting: the shape stays.

    A scale and a shift for each channel are learned (Ioffe, Szegedy, arXiv:1502.03167, algorithm 1); mean and
    variance are not. Predicting is one MAC for each element, since the statistics are fixed and merge with scale
    and shift (algorithm 2, step 11). The channels are the first axis, or the last with `channels=last`.
    """
    channels = shape[-1] if said.flag("channels") else shape[0]
    return Cost(shape, 2 * channels if said.flag("affine") else 0, math.prod(shape))


def layer_norm(shape: Lengths, said: Arguments) -> Cost:
    """The last `axes` axes together brought to mean 0 and variance 1, then scaled and shifted: the shape stays.

    One scale and one shift for each of the n elements of those axes (Ba, Kiros, Hinton, arXiv:1607.06450,
    section 3): one MAC each. Besides, for each group: n for the mean (n - 1 sums, a quotient), n differences,
    n squares, n for their mean, 2 for `sqrt(v + eps)`, n quotients: 5n + 2. Raises ValueError for too few axes.
    """
    axes = said.number("axes")
    groups, normalised = split_last(shape, axes, "layer normalisation", f"{axes} lengths")
    n, affine = math.prod(normalised), said.flag("affine")
    return Cost(shape, 2 * n if affine else 0, groups * n if affine else 0, groups * (5 * n + 2))
