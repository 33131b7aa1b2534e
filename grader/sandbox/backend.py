"""What a way to isolate must offer, and how its first process is started."""

from __future__ import annotations

import json
import os
import socket
import sys
from collections.abc import Callable
from dataclasses import dataclass
from importlib.util import find_spec
from pathlib import Path

from grader.sandbox.values import Limits

PACKAGE = Path(__file__).resolve().parents[1]
_BOOT = (
    "import sys; sys.path[:0] = [{root!r}]; sys.path.append({numpy!r}); from grader.sandbox.warm import main; main()"
)


@dataclass(frozen=True, slots=True)
class Running:
    """A student's process: by `process`, a pidfd, it is ended; `reap` is called once it has."""

    process: int
    channel: socket.socket
    output: int
    reap: Callable[[], None]


@dataclass(frozen=True, slots=True)
class Backend:
    """One way to isolate.

    `missing` says in a few words what it lacks here, or nothing; it may take a second, once. `start` gives a
    confined process that waits for source. `protects` names what holds, for people.
    """

    name: str
    doc: str
    protects: tuple[str, ...]
    missing: Callable[[], str]
    start: Callable[[Limits], Running]


def numpy_folder() -> Path:
    """Where numpy lies, found without importing it."""
    spec = find_spec("numpy")
    assert spec is not None and spec.origin is not None  # a dependency of this package
    return Path(spec.origin).resolve().parent


def python() -> str:
    """The interpreter itself, not a link to it in a virtual environment."""
    return os.path.realpath(getattr(sys, "_base_executable", sys.executable))


def command(*arguments: str) -> list[str]:
    """Starts warm.py with nothing but the standard library, numpy and this room."""
    boot = _BOOT.format(root=str(PACKAGE.parent), numpy=str(numpy_folder().parent))
    return [python(), "-I", "-S", "-B", "-c", boot, *arguments]


def environment() -> dict[str, str]:
    """All that the process is told: one thread, as fork demands, and sets in the same order each time."""
    return {
        "OPENBLAS_NUM_THREADS": "1",
        "OMP_NUM_THREADS": "1",
        "MKL_NUM_THREADS": "1",
        "PYTHONHASHSEED": "0",
        "GRADER": str(PACKAGE.parent),
    }


def request(limits: Limits) -> bytes:
    """The part of the limits that the process itself has to know."""
    return json.dumps([limits.memory, limits.files, limits.answer]).encode("ascii")


def pair() -> tuple[socket.socket, socket.socket, int, int]:
    """Our end and the other end of the channel, then of the pipe for output."""
    ours, theirs = socket.socketpair(socket.AF_UNIX, socket.SOCK_STREAM)
    reads, writes = os.pipe()
    os.set_blocking(reads, False)
    ours.setblocking(False)
    return ours, theirs, reads, writes
