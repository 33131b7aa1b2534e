"""What a layer costs: the shape it gives, its parameters, its operations; and the arguments it was called with.

The convention of all layers:

- An input has no batch axis unless its layer says that leading axes are free. Counts are for one input.
- `params` are the numbers that are learned: weights, biases, scales and shifts; no running statistics.
- `macs` are multiply-accumulate steps: a weight times an input (in attention also a query times a key, and a
  weight times a value), added to a running sum. A product with padding counts like any other.
- `flops` are 2 for each MAC, and 1 for each operation outside of them: a sum, product, quotient, comparison or
  function of one element. A bias is where a running sum starts, and costs nothing.
"""

from __future__ import annotations

import math
from collections.abc import Mapping
from typing import Any

import numpy as np

from grader.model.records import NamedTuple

Lengths = tuple[int, ...]


class Cost(NamedTuple):
    """A layer applied to one input: output shape, learned numbers, MACs, and FLOPs outside of the MACs."""

    shape: Lengths
    params: int = 0
    macs: int = 0
    others: int = 0

    @property
    def flops(self) -> int:
        """Floating-point operations: 1 MAC = 2 FLOPs."""
        return 2 * self.macs + self.others


class Arguments:
    """The arguments of a layer by name. All methods raise ValueError, with the name and the value, if one is unfit."""

    def __init__(self, values: Mapping[str, Any]) -> None:
        self._values = values

    def given(self, name: str) -> bool:
        """Whether an argument without a default was given; an empty list stands for one that was not."""
        return np.size(self._values.get(name, ())) > 0

    def lengths(self, name: str, least: int = 1) -> Lengths:
        """A number or a list of numbers, each whole and at least `least`."""
        flat = np.ravel(np.asarray(self._values[name], dtype=object))
        return tuple(_whole(name, value, least) for value in flat)

    def number(self, name: str, least: int = 1, most: int | None = None) -> int:
        """One whole number from `least` to `most`."""
        found = self.lengths(name, least)
        if len(found) != 1:
            raise ValueError(f"{name} is one number, not {len(found)}")
        if most is not None and found[0] > most:
            raise ValueError(f"{name} is at most {most}, not {found[0]}")
        return found[0]

    def flag(self, name: str) -> bool:
        """Yes or no, as 1 or 0."""
        return self.number(name, 0, 1) == 1

    def per_axis(self, name: str, axes: int, least: int = 1) -> Lengths:
        """One number for each axis; a single one holds for all."""
        found = self.lengths(name, least)
        if len(found) not in (1, axes):
            wanted = "1 number" if axes == 1 else f"1 number or {axes}"
            raise ValueError(f"{name} takes {wanted}, not {len(found)}: one for each length beside the channels")
        return found * axes if len(found) == 1 else found


def _whole(name: str, value: Any, least: int) -> int:
    number = int(value) if math.isfinite(value) else None
    if number is None or number != value or (isinstance(value, float) and abs(value) >= 2**53):
        raise ValueError(f"{name} takes whole numbers, not {value}")
    if number < least:
        raise ValueError(f"{name} is at least {least}, not {number}")
    return number


def split_last(shape: Lengths, axes: int, layer: str, names: str) -> tuple[int, Lengths]:
    """The number of free leading positions, and the last `axes` lengths. Raises ValueError if there are fewer."""
    if len(shape) < axes:
        raise ValueError(f"{layer} takes an input of shape [..., {names}], not {list(shape)}")
    return math.prod(shape[: len(shape) - axes]), shape[len(shape) - axes :]
