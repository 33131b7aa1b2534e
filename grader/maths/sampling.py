"""Sample points and sizes from a hash: the same rubric always gives the same ones, on every machine."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import islice

import numpy as np

POINTS = 32  # values of each free number
_SPECIAL = (0.0, 1.0, -1.0, 2.0, -2.0, 3.0, 7.5, -7.5, 150.25, -150.25)  # where many wrong formulas differ
_FNV_BASIS, _FNV_PRIME, _MASK = 0xCBF29CE484222325, 0x100000001B3, 2**64 - 1
_GAMMA = np.uint64(0x9E3779B97F4A7C15)
_MIXES = ((np.uint64(30), np.uint64(0xBF58476D1CE4E5B9)), (np.uint64(27), np.uint64(0x94D049BB133111EB)))
_LAST_SHIFT, _SURPLUS = np.uint64(31), np.uint64(11)
POINT_AXIS = "*"  # the axis along which the points lie


def stream(seed: str, count: int) -> np.ndarray:
    """`count` numbers in [0, 1) that follow from the seed alone, the same on every machine.

    SplitMix64 (Steele, Lea, Flood, "Fast splittable pseudorandom number generators", 2014), started at the
    FNV-1a hash of the seed.
    """
    start = _FNV_BASIS
    for byte in seed.encode():
        start = (start ^ byte) * _FNV_PRIME & _MASK
    bits = np.arange(1, count + 1, dtype=np.uint64) * _GAMMA + np.uint64(start)
    for shift, factor in _MIXES:
        bits = (bits ^ (bits >> shift)) * factor
    return np.asarray(((bits ^ (bits >> _LAST_SHIFT)) >> _SURPLUS) * 2.0**-53)


def generic_array(seed: str, shape: tuple[int, ...]) -> np.ndarray:
    """An array without symmetry or special values: magnitudes from 0.5 to 2, both signs."""
    count = int(np.prod(shape))
    draws = stream(seed, 2 * count)
    signs = np.where(draws[count:] < 0.5, -1.0, 1.0)
    return np.asarray((signs * 2.0 ** (2 * draws[:count] - 1)).reshape(shape))


def points(seed: str, low: float | None, high: float | None) -> np.ndarray:
    """Points for a free number: magnitude bands on both sides of zero, kept inside (low, high).

    Bands from 0.03 to 30, so that neither a small nor a large term can hide (peers that draw from one narrow
    range accept abs(x) for x, or 10000+2x for 10000+x).
    """
    draws = stream(seed, 2 * POINTS)
    magnitude = 10.0 ** (3 * draws[:POINTS] - 1.5)
    if low is not None and high is not None:
        return np.asarray(low + (high - low) * (0.02 + 0.96 * draws[:POINTS]))
    special = np.array(_SPECIAL)
    if low is not None:
        magnitude[:6] = np.abs(special[[1, 3, 5, 6, 8, 9]])
        return np.asarray(low + magnitude)
    if high is not None:
        magnitude[:6] = np.abs(special[[1, 3, 5, 6, 8, 9]])
        return np.asarray(high - magnitude)
    values = np.where(draws[POINTS:] < 0.5, -magnitude, magnitude)
    # Each name gets the special values in its own order, so that x = y = 0 everywhere cannot hide a difference.
    order = np.argsort(stream(f"{seed}/order", len(special)))
    values[: len(special)] = special[order]
    return np.asarray(values)


def whole_number(seed: str, low: int, high: int) -> int:
    """A whole number from low to high, both included."""
    return low + int(stream(seed, 1)[0] * (high - low + 1))


def distinct_sizes(seed: str, names: list[str], ranges: dict[str, tuple[int, int]]) -> Iterator[dict[str, int]]:
    """Candidate assignments of pairwise different lengths, from 2 up."""
    return islice(_assignments(seed, names, ranges), 200)


def mirrored(sizes: dict[str, int], ranges: dict[str, tuple[int, int]]) -> dict[str, int]:
    """The same lengths dealt out the other way round, longest for shortest.

    Where a kernel was longer than its input in one, it is shorter in the other.
    """
    free = sorted((name for name in sizes if name not in ranges), key=sizes.__getitem__)
    return sizes | {name: sizes[other] for name, other in zip(free, reversed(free), strict=True)}


def _assignments(seed: str, names: list[str], ranges: dict[str, tuple[int, int]]) -> Iterator[dict[str, int]]:
    # Small lengths keep arrays small: with many letters, the lengths are a permutation of 2, 3, ...
    free = [name for name in names if name not in ranges]
    for attempt in range(500):
        top = max(len(free) + 2, 12 if len(names) <= 5 else 0) + attempt // 100
        draws = stream(f"{seed}/sizes/{attempt}", top - 1 + len(ranges))
        lengths = 2 + np.argsort(draws[: top - 1])  # 2 to top in some order
        sizes = {name: int(length) for name, length in zip(free, lengths, strict=False)}
        for (name, (low, high)), draw in zip(ranges.items(), draws[top - 1 :], strict=True):
            sizes[name] = low + int(draw * (high - low + 1))
        if len(set(sizes.values())) == len(sizes):
            yield sizes


_POOL = 40  # from how many the others are chosen


def told_apart(
    found: Iterator[dict[str, int]],
    ranges: dict[str, tuple[int, int]] = {},  # noqa: B006 - nobody writes to it
) -> Iterator[dict[str, int]]:
    """The first assignment, the same mirrored, then those of the next that tell most that these do not.

    ceil(N/s) and floor(N/s) + 1 are equal unless s divides N: some sample must have such lengths, and some not. A limit
    of the wrong length, j < C for j < N, shows only where C is the smaller one: every two lengths come in both orders.
    What vanishes for even n shows only if some n is even.
    """
    first = next(found, None)
    if first is None:
        return
    yield first
    known = _facts(first)
    if (other := mirrored(first, ranges)) != first:
        yield other  # where it does not fit it is left out
    waiting = [(sizes, _facts(sizes)) for sizes in islice(found, _POOL)]
    while waiting:
        best = max(range(len(waiting)), key=lambda at: (len(waiting[at][1] - known), -at))
        sizes, facts = waiting.pop(best)
        known |= facts
        yield sizes
    yield from found


def _facts(sizes: dict[str, int]) -> set[tuple[str, str, int]]:
    """What lengths tell: which of two is the longer one, the rest of each division, and which are odd: (-1)^n."""
    longer = {(a, b, -2) for a, one in sizes.items() for b, other in sizes.items() if one > other}
    odd = {(name, "", size % 2) for name, size in sizes.items()}
    return {*longer, *odd, *_residues(sizes)}


def _residues(sizes: dict[str, int]) -> frozenset[tuple[str, str, int]]:
    """For every two lengths the rest of the division: none, one, one too few (-1), or another (2)."""
    found = set()
    for a, longer in sizes.items():
        for b, shorter in sizes.items():
            if a != b and 1 < shorter <= longer:
                rest = longer % shorter
                found.add((a, b, rest if rest < 2 else -1 if rest == shorter - 1 else 2))
    return frozenset(found)
