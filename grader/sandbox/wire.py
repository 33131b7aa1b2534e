"""The language between the grader and a student's process: frames, and plain data in them.

A frame is a header of fixed size (magic, kind, nonce, length of the structure, length of the raw bytes) and then
both. The structure is JSON of tagged lists: whole numbers are hexadecimal strings and floats `float.hex`, so that
nothing is lost and no decoder converts anything by itself; arrays stand in the raw bytes and are named by offset.
Lengths are checked against the limit before anything is read, shapes against lengths before anything is made.
Values are encoded by exact type: a subclass, with an `__eq__` or a buffer of its own, is refused. Nothing here
unpickles, evaluates or imports what it reads. Both sides use this module, but neither trusts the other with it:
whatever the decoder raises on purpose is `Garbled`.
"""

from __future__ import annotations

import json
import struct
from collections.abc import Callable
from math import prod
from typing import Any

from grader.sandbox.values import Array, Plain

HEADER = struct.Struct("<4sB16sIQ")
MAGIC = b"GSB1"
LOAD, CALL, DONE, RAISED, OPAQUE, TOO_LARGE, READY = range(1, 8)
OUTLINE, RUN, NAMES, CHANGED, PEAK, MATRIX = range(8, 14)  # all but the last are requests; MATRIX is DONE for np.matrix

DTYPES = {"|b1": 1, "|i1": 1, "|u1": 1} | {f"<{kind}{size}": size for kind in "iu" for size in (2, 4, 8)}
DTYPES |= {"<f2": 2, "<f4": 4, "<f8": 8, "<c8": 8, "<c16": 16}
MOST_DEEP, MOST_ITEMS, MOST_DIMENSIONS = 64, 200_000, 16
MOST_STRUCTURE = 8 << 20  # a decoder makes twenty times as much of the worst of it
_KEYS = (str, int, float, bool)
# A dict that a stranger fills with keys of one hash would keep the decoder busy for minutes. Texts are hashed with a
# secret and small whole numbers by themselves; of all others, which can be made to collide, there are few.
_MOST_KEY, MOST_ODD, _SMALL_KEY = 8, 4096, 1 << 60


class Garbled(Exception):
    """Bytes that are no frame, or a structure that is no plain data."""


class Unplain(Exception):
    """A value that is not plain data; the argument is its type's name."""


class TooLarge(Exception):
    """A value with too many levels, items or bytes."""


def _is_key(key: Any) -> bool:
    """A text, a number or a truth value, or a short tuple of these."""
    if type(key) is tuple:
        return len(key) <= _MOST_KEY and all(type(part) in _KEYS for part in key)
    return type(key) in _KEYS


def _is_odd(key: Any) -> bool:
    """Whether others of the same hash are easily found."""
    return type(key) is tuple or (type(key) is int and not -_SMALL_KEY < key < _SMALL_KEY)


class _Packer:
    """Collects the raw bytes of one value while its structure is made."""

    def __init__(self, most: int) -> None:
        self.raw: list[bytes] = []
        self.size, self.items, self.odd, self.most = 0, 0, 0, most

    def pack(self, value: Any, depth: int = 0) -> list[Any]:
        self.items += 1
        if depth > MOST_DEEP or self.items > MOST_ITEMS:
            raise TooLarge
        kind = type(value)
        if value is None:
            return ["n"]
        if kind in (list, tuple):
            return ["l" if kind is list else "u", [self.pack(item, depth + 1) for item in value]]
        if kind is dict:
            if not all(map(_is_key, value)):
                raise Unplain("dict")
            self.odd += sum(map(_is_odd, value))
            if self.odd > MOST_ODD:
                raise TooLarge
            pairs = [[self.pack(key, depth + 1), self.pack(item, depth + 1)] for key, item in value.items()]
            return ["d", pairs]
        if kind in (set, frozenset):
            return self.set(value, depth)
        if kind is Array:
            return self.array(value)
        if kind not in _ATOMS:
            raise Unplain(getattr(kind, "__name__", "?"))
        return _ATOMS[kind](value)

    def set(self, value: Any, depth: int) -> list[Any]:
        """In an order that does not change from run to run."""
        if not all(map(_is_key, value)):
            raise Unplain("set")
        self.odd += sum(map(_is_odd, value))
        if self.odd > MOST_ODD:
            raise TooLarge
        return ["t", [self.pack(item, depth + 1) for item in sorted(value, key=repr)]]

    def array(self, value: Array) -> list[Any]:
        if value.dtype not in DTYPES:
            raise Unplain(f"array of {value.dtype}")
        place = self.size
        self.size += len(value.data)
        if self.size > self.most:
            raise TooLarge
        self.raw.append(value.data)
        return ["a", value.dtype, list(value.shape), place]


_ATOMS: dict[type, Callable[[Any], list[Any]]] = {
    bool: lambda value: ["b", int(value)],
    int: lambda value: ["i", format(value, "x")],
    float: lambda value: ["f", value.hex()],
    complex: lambda value: ["c", value.real.hex(), value.imag.hex()],
    str: lambda value: ["s", value],
}


def encode(value: Plain, most: int = 1 << 62) -> tuple[bytes, bytes]:
    """Structure and raw bytes of a value; Unplain or TooLarge if it is none that can be sent."""
    packer = _Packer(most)
    structure = json.dumps(packer.pack(value)).encode("ascii")
    if len(structure) + packer.size > most or len(structure) > MOST_STRUCTURE:
        raise TooLarge
    return structure, b"".join(packer.raw)


class _Reader:
    """Reads a structure that a stranger made."""

    def __init__(self, raw: bytes) -> None:
        self.raw, self.items, self.size, self.odd = raw, 0, 0, 0

    def read(self, node: Any, depth: int = 0) -> Any:
        self.items += 1
        if depth > MOST_DEEP or self.items > MOST_ITEMS or type(node) is not list or not node:
            raise Garbled
        tag, rest = node[0], node[1:]
        if type(tag) is not str or tag not in _READS:
            raise Garbled
        shape, read = _READS[tag]
        if tuple(map(type, rest)) != shape:
            raise Garbled
        return read(self, depth + 1, *rest)

    def key(self, node: Any, depth: int) -> Any:
        key = self.read(node, depth)
        if not _is_key(key):
            raise Garbled
        self.odd += _is_odd(key)
        if self.odd > MOST_ODD:
            raise Garbled
        return key

    def pairs(self, depth: int, pairs: list[Any]) -> dict[Any, Any]:
        found: dict[Any, Any] = {}
        for pair in pairs:
            if type(pair) is not list or len(pair) != 2:
                raise Garbled
            key = self.key(pair[0], depth)
            found[key] = self.read(pair[1], depth)
        return found

    def set(self, depth: int, items: list[Any]) -> Any:
        return {self.key(item, depth) for item in items}

    def array(self, dtype: str, shape: list[Any], place: int) -> Array:
        if dtype not in DTYPES or len(shape) > MOST_DIMENSIONS or place < 0:
            raise Garbled
        size = DTYPES[dtype]
        for extent in shape:
            if type(extent) is not int or not 0 <= extent < 1 << 48:
                raise Garbled
        # numpy cannot make (0, 2**47, 2**47), though it holds nothing: what is not 0 must fit by itself.
        if prod((extent for extent in shape if extent), start=size) >= 1 << 63:
            raise Garbled
        size = prod(shape, start=size)
        self.size += size  # each array has bytes of its own: many that name the same ones would fill the grader
        if self.size > len(self.raw):
            raise Garbled
        data = self.raw[place : place + size]
        if len(data) != size or (dtype == "|b1" and data.strip(b"\0\1")):
            raise Garbled
        return Array(dtype, tuple(shape), data)


_READS: dict[str, tuple[tuple[type, ...], Callable[..., Any]]] = {
    "n": ((), lambda reader, depth: None),
    "b": ((int,), lambda reader, depth, bit: bool(bit)),
    "i": ((str,), lambda reader, depth, text: int(text, 16)),
    "f": ((str,), lambda reader, depth, text: float.fromhex(text)),
    "c": ((str, str), lambda reader, depth, re, im: complex(float.fromhex(re), float.fromhex(im))),
    "s": ((str,), lambda reader, depth, text: text),
    "l": ((list,), lambda reader, depth, items: [reader.read(item, depth) for item in items]),
    "u": ((list,), lambda reader, depth, items: tuple(reader.read(item, depth) for item in items)),
    "d": ((list,), _Reader.pairs),
    "t": ((list,), _Reader.set),
    "a": ((str, list, int), lambda reader, depth, dtype, shape, place: reader.array(dtype, shape, place)),
}


def decode(structure: bytes, raw: bytes) -> Any:
    """The value of a structure; Garbled, whatever else it may be."""
    try:
        return _Reader(raw).read(json.loads(structure))
    except (ValueError, RecursionError, OverflowError, MemoryError) as error:
        raise Garbled from error


def frame(kind: int, nonce: bytes, structure: bytes, raw: bytes) -> bytes:
    """One message, ready to send."""
    return HEADER.pack(MAGIC, kind, nonce, len(structure), len(raw)) + structure + raw


def header(data: bytes, most: int) -> tuple[int, bytes, int, int]:
    """Kind, nonce and both lengths of a message, if they are within bounds."""
    magic, kind, nonce, structure, raw = HEADER.unpack(data)
    if magic != MAGIC or structure + raw > most or structure > MOST_STRUCTURE:
        raise Garbled
    return kind, nonce, structure, raw
