"""The truth that a formula is compared with, at every sample."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from types import MappingProxyType

import numpy as np

from grader.maths.sizes import Sizes
from grader.maths.values import Value
from grader.maths.worlds import World
from grader.model.records import NamedTuple

ANONYMOUS = tuple(f"axis {number}" for number in range(1, 9))  # index letters of an array declared without any


class Expected(NamedTuple):
    """The truth at every sample: `truths[s]` has the axes `letters`, whose values are `coordinates[s]`, in the world
    `samples[s]`."""

    target: str
    letters: tuple[str, ...]
    truths: tuple[Value, ...]
    coordinates: tuple[Mapping[str, np.ndarray], ...]
    samples: tuple[World, ...]
    names: Mapping[str, int]
    text: str
    shapes: Mapping[str, Sizes] = MappingProxyType({})  # lengths of names with letters in them, where known
    asked: Sizes | None = None  # and those of the answer
    turning: frozenset[str] = frozenset()  # names on which it depends which case of the reference applies
    meeting: Expected | None = None  # the same at samples where the cases of the reference meet
    likely: bool = False  # it is compared with what is right at other samples, which is seldom wrong at these
    is_mistake: bool = False  # of a declared mistake, which need not be told as fully as what is right
    further: Callable[[], tuple[Expected, ...]] | None = None  # the same at more samples, for what is right at these
