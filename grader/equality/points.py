"""Where formulas are compared: points of several magnitudes on both sides of zero, the same on every machine."""

from __future__ import annotations

from collections.abc import Mapping
from functools import lru_cache

import numpy as np

from grader.maths.sampling import stream

# How many points, and within which magnitudes: small, moderate, large, and between 0 and 1 for what lives there.
_BANDS: tuple[tuple[int, float, float, bool], ...] = (  # count, least, greatest, negative too
    (5, 0.35, 3.0, False),
    (6, 0.2, 4.0, True),
    (4, 0.05, 0.95, False),
    (3, 0.02, 0.9, True),
    (3, 4.0, 60.0, True),
    (3, 100.0, 3000.0, True),
)
COUNT = sum(count for count, *_ in _BANDS)
_POSITIVE_BANDS = np.repeat([not both for *_, both in _BANDS], [count for count, *_ in _BANDS])
ANY, WHOLE, POSITIVE, NEAR, COMPLEX, COUNTING = "any", "whole", "positive", "near", "complex", "counting"
UNIT = "unit"  # between 0 and 1
# Of the entries of an array: a SCALE may be zero, a SIZE may not, and SMALL ones bring them between 0 and 1. What TURNs
# them is kept; what ONCE does is left out where only one side has a value then.
SCALE, SIZE, SMALL, TURN, ONCE = "scale", "size", "small", "turn", "once"
_HIDDEN = frozenset([SCALE, SIZE, SMALL, TURN, ONCE])


def values_of(roles: Mapping[str, str]) -> dict[str, np.ndarray]:
    """Values for each name, of shape (COUNT,); names with different places in the alphabet get different ones."""
    ordered = sorted(roles, key=lambda name: (roles[name] in _HIDDEN, name))
    return {name: values_in_slot(slot, roles[name]) for slot, name in enumerate(ordered)}


def near(
    values: Mapping[str, np.ndarray], roles: Mapping[str, str], edges: tuple[float, ...], far: bool = False
) -> dict[str, np.ndarray]:
    """The same points, some of them moved onto, next to and beyond the edges where a formula may change its course.

    Whole numbers only to near edges, since a sum with many terms takes long; `far` says that nothing runs up to them.
    """
    moved = {}
    letters = [name for name in values if roles[name] not in _HIDDEN]
    for place, name in enumerate(letters):
        wanted = _around(edges, roles[name], np.inf if far else _LONGEST)
        copy = values[name].copy()
        for number, value in enumerate(wanted[: COUNT - 6]):  # each name in turn, while the others keep their values
            if number % len(letters) == place:
                copy[COUNT - 1 - number] = value
        moved[name] = copy
    hidden = {name: array for name, array in values.items() if name not in moved}
    return moved | {name: _with_zero(array) if roles[name] == SCALE else array for name, array in hidden.items()}


def _with_zero(array: np.ndarray) -> np.ndarray:
    """The same but for one point, at which all entries of an array are zero."""
    copy = array.copy()
    copy[COUNT - 6] = 0.0
    return copy


def _around(edges: tuple[float, ...], role: str, longest: float) -> list[float]:
    if role in (WHOLE, COUNTING):
        whole = [value for edge in edges for value in (float(np.ceil(edge)) + 1, float(np.ceil(edge)))]
        return [value for value in whole if value < longest and (role == WHOLE or value >= 1)]
    if role != ANY:
        return []
    on = [sign * edge for edge in edges for sign in (1, -1)]  # first, for there is only so much room
    return [0.0, *on, *(sign * edge * factor + shift for sign, factor, shift in _AROUND for edge in (*edges, 0.0))]


_LONGEST = 130.0  # a sum with more terms takes long
_AROUND = (
    (1, 1.0, 0.4375), (-1, 1.0, -0.375), (1, 2.0, 1.0), (-1, 2.0, 0.125), (1, 1.0, -0.3125), (-1, 1.0, 0.40625),
    (-1, 0.5, 0.0),
)  # fmt: skip


@lru_cache(maxsize=512)
def values_in_slot(slot: int, role: str) -> np.ndarray:
    """The values of the name that comes at this place."""
    if role in (WHOLE, COUNTING):
        draws = stream(f"whole/{slot}", COUNT)
        whole = np.floor(2 + draws * 6) + (slot % 3)
        whole[[3, 9, 15]] += [9 + slot % 4, 17 + slot % 5, 26 + slot % 3]
        return np.asarray(whole)
    if role in (TURN, ONCE):  # nothing is turned where letters are positive
        turns = 1.0 + 6.0 * stream(f"turn/{slot}", COUNT)
        return np.asarray(np.where(_POSITIVE_BANDS, 0.0, turns))
    if role in (UNIT, SMALL):
        draws = stream(f"unit/{slot}", COUNT)
        return np.asarray((0.05 + 0.9 * draws) / (64 if role == SMALL else 1))
    if role in (POSITIVE, SCALE, SIZE):
        draws = stream(f"positive/{slot}", COUNT)
        return np.asarray(0.2 + 2.3 * draws)
    if role == NEAR:
        draws = stream(f"near/{slot}", 2 * COUNT)
        return np.asarray(np.where(draws[COUNT:] < 0.5, -1.0, 1.0) * (0.2 + 2.3 * draws[:COUNT]))
    values = _banded(slot)
    if role == COMPLEX:
        return np.asarray(values + 1j * _banded(slot + 1000)[::-1])
    return values


def _banded(slot: int) -> np.ndarray:
    draws = stream(f"points/{slot}", 2 * COUNT)
    pieces, at = [], 0
    for count, least, greatest, both in _BANDS:
        sizes = least * (greatest / least) ** draws[at : at + count]
        signs = np.where(draws[COUNT + at : COUNT + at + count] < 0.5, -1.0, 1.0) if both else 1.0
        pieces.append(sizes * signs)
        at += count
    # Few binary digits: a value that is written out exactly costs less to compute with to many digits.
    return np.round(np.concatenate(pieces) * 4096) / 4096
