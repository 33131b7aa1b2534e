"""The cases that a program is tried on: inputs as they are given or drawn, and what must come of them."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass
from fractions import Fraction
from typing import Any

import numpy as np

from grader.maths.sampling import stream
from grader.model.records import NamedTuple
from grader.programs.compare import Rule
from grader.sandbox.values import Array, Plain

MOST_SHOWN = 24  # elements of an input that is shown


class Case(NamedTuple):
    """One trial. `inputs` are arrays, numbers, texts, lists; `expected` is one value for each result.

    A case with `raises` must end in one of these exceptions. What is `hidden` is described and never shown.
    """

    inputs: tuple[Any, ...]
    weight: Fraction
    hidden: bool
    raises: tuple[str, ...]
    expected: tuple[Any, ...] = ()


class Ban(NamedTuple):
    """What a program must not use: `what` in words of the rubric, and what is left of the credit if it does."""

    what: str
    credit: Fraction


@dataclass(frozen=True, slots=True, eq=False)
class Task:
    """What is asked of a program. Without a `function` it is a snippet that gives `results` their values."""

    function: str
    arguments: tuple[str, ...]
    results: tuple[str, ...]
    cases: tuple[Case, ...]
    rule: Rule
    unchanged: bool
    bans: tuple[Ban, ...]
    setup: str
    seconds: float
    memory: int
    backend: str
    shown: bool  # may hidden inputs be shown?
    holds: Callable[[Case, Any], bool | None] | None = None  # a property of inputs and result
    shares: tuple[Fraction, ...] = ()  # of the results of a snippet, or of the positions; together 1
    positions: tuple[str, ...] = ()  # what a function gives back, result by result, where each earns its share

    def lengths(self) -> dict[str, int]:
        """How long all axes of each argument are at least, in the case where they are longest."""
        shapes = [[as_array(value).shape for value in case.inputs] for case in self.cases]
        every = zip(self.arguments, zip(*shapes, strict=True), strict=True)
        return {name: max((min(one, default=0) for one in given), default=0) for name, given in every}


# -- drawing ---------------------------------------------------------------------------------------------------


def normal(seed: str, shape: tuple[int, ...], mean: float, deviation: float) -> np.ndarray:
    """Normal values, rounded to six places so that they are the same on every machine.

    Box, Muller, "A note on the generation of random normal deviates", 1958.
    """
    count = int(np.prod(shape, dtype=int))
    draws = stream(seed, 2 * count)
    radius = np.sqrt(-2 * np.log(1 - draws[:count]))
    values = radius * np.cos(2 * np.pi * draws[count:])
    return np.asarray(np.round(mean + deviation * values, 6).reshape(shape))


def uniform(seed: str, shape: tuple[int, ...], low: float, high: float) -> np.ndarray:
    """Values from low to high, rounded to six places."""
    draws = stream(seed, int(np.prod(shape, dtype=int)))
    return np.asarray(np.round(low + (high - low) * draws, 6).reshape(shape))


def integers(seed: str, shape: tuple[int, ...], low: int, high: int) -> np.ndarray:
    """Whole numbers from low to high, both included."""
    draws = stream(seed, int(np.prod(shape, dtype=int)))
    return np.asarray(low + np.floor(draws * (high - low + 1)), dtype=np.int64).reshape(shape)


def permutation(seed: str, count: int) -> np.ndarray:
    """The numbers from 0 to count - 1 in some order."""
    return np.argsort(stream(seed, count)).astype(np.int64)


# -- as data and in words --------------------------------------------------------------------------------------


def plain(value: Any) -> Plain:
    """An input as data for the sandbox."""
    if isinstance(value, np.ndarray):
        dtype = value.dtype.newbyteorder("<")
        return Array(dtype.str, value.shape, value.astype(dtype, order="C").tobytes())
    if isinstance(value, list | tuple):
        return type(value)(plain(item) for item in value)
    return value  # type: ignore[no-any-return]


def words(case: Case, names: tuple[str, ...], shown: bool) -> str:
    """The inputs of a case: the values where they are few and may be shown, or else their shapes."""
    open_ = shown or not case.hidden
    return ", ".join(_words(name, value, open_) for name, value in zip(names, case.inputs, strict=True))


def _words(name: str, value: Any, shown: bool) -> str:
    if isinstance(value, np.ndarray):
        if shown and value.size <= MOST_SHOWN:
            return f"{name} = {listed(value)}"
        kind = {"i": "whole numbers", "u": "whole numbers", "b": "truth values", "c": "complex numbers"}
        return f"{name} of shape {value.shape} ({kind.get(value.dtype.kind, 'numbers')})"
    if shown and len(repr(value)) <= 100:
        return f"{name} = {value!r}"
    names: dict[type, str] = {int: "whole number", float: "number", str: "text", bool: "truth value"}
    return f"{name} ({names.get(type(value), 'list')})"


def listed(value: np.ndarray) -> str:
    """An array on one line."""
    text = str(np.array2string(value, separator=", ", precision=6, max_line_width=10_000)).replace("\n", "")
    return re.sub(r"(?<=\[) +| +(?=[,\]])", "", re.sub(r" +", " ", text))  # the columns stand below each other there


def size(case: Case) -> int:
    """How much there is to look at in a case: elements of all its inputs."""
    return sum(int(as_array(value).size) if isinstance(value, np.ndarray | list) else 1 for value in case.inputs)


def as_array(value: Any) -> np.ndarray:
    """An input as an expression sees it; a list of things of several kinds or lengths is one axis of objects."""
    try:
        return np.asarray(value)
    except ValueError:
        items = np.empty(len(value), dtype=object)
        for number, item in enumerate(value):
            items[number] = item
        return items
