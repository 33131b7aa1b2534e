"""Numbers that follow from a name: what nobody defined has to have some value, and always the same."""

from __future__ import annotations

import zlib
from fractions import Fraction

_HALF = Fraction(1, 2)


def hashed(name: str, place: int) -> Fraction:
    """A number from 1/2 to 3/2 that follows from a name."""
    return _HALF + Fraction(zlib.crc32(f"{name}/{place}".encode()) >> 12, 1 << 20)
