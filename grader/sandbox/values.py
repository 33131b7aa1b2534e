"""What goes into a run and what comes out: plain frozen data, nothing that a student's process could have made run.

Plain data: None, bool, int, float, complex, str, list, tuple, dict with keys of str, int, float, bool or
short tuples of these, a set of such, and `Array`. What a function gives back that is none of these is `Opaque`; it
is never guessed at.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import Enum
from typing import Any, TypeAlias


@dataclass(frozen=True, slots=True)
class Array:
    """An array of numpy as data: dtype as in `DTYPES` of wire.py, little-endian bytes in C order.

    A scalar of numpy is an array of shape (). `numpy.frombuffer(data, dtype).reshape(shape)` gives it back.
    """

    dtype: str
    shape: tuple[int, ...]
    data: bytes


Plain: TypeAlias = (
    "bool | int | float | complex | str | Array | list[Any] | tuple[Any, ...] | dict[Any, Any] | set[Any] | None"
)


@dataclass(frozen=True, slots=True)
class Call:
    """A function of the student's source by its name, and what it is given."""

    name: str
    args: tuple[Plain, ...] = ()
    kwargs: Mapping[str, Plain] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Limits:
    """What a run may use. Seconds are of the wall clock and are counted outside; sizes are bytes."""

    load: float = 5.0  # to compile and run the source itself
    call: float = 5.0  # each call
    memory: int = 1 << 30  # address space on top of the interpreter with numpy
    files: int = 16 << 20  # all files of the temporary folder together
    output: int = 64 << 10  # kept of what is printed; a hundred times as much ends the run
    answer: int = 32 << 20  # one value that comes back
    source: int = 1 << 20


class Limit(Enum):
    """What ended a run before its end."""

    TIME = "time"
    OUTPUT = "output"
    ANSWER = "answer"  # a value larger than allowed, or nested too deeply
    SOURCE = "source"
    DIED = "died"  # the process ended: a crash of the interpreter, os._exit, memory that the kernel would not give
    CHANNEL = "channel"  # what came back is no answer to what was asked: somebody wrote into the channel
    EARLIER = "earlier"  # the run had ended before this call


@dataclass(frozen=True, slots=True)
class Returned:
    """A call came back with plain data; `type` is "matrix" if that was a matrix of numpy, and empty otherwise."""

    value: Plain
    seconds: float
    type: str = ""


@dataclass(frozen=True, slots=True)
class Opaque:
    """A call came back with something that is not plain data; `type` is its type's name."""

    type: str
    seconds: float


@dataclass(frozen=True, slots=True)
class Raised:
    """An exception: `trace` holds line and function of the student's source only, the innermost last.

    `kinds` are the names of its own type and of those that it is derived from.
    """

    type: str
    message: str
    trace: tuple[tuple[int, str], ...]
    seconds: float
    kinds: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Ended:
    """A limit ended the run here; `words` says so to a person."""

    limit: Limit
    words: str
    seconds: float = 0.0


Answer: TypeAlias = Returned | Opaque | Raised | Ended


@dataclass(frozen=True, slots=True)
class Outcome:
    """One run. `load` is None if the source ran to its end; then there is one answer for each call."""

    backend: str
    load: Raised | Ended | None
    answers: tuple[Answer, ...]
    output: str  # what was printed and written to the standard streams, without control characters
    lost: int  # bytes of output that were not kept
    seconds: float
