"""Proof that a way to isolate holds here: small attacks, run through `run` itself, each with what must come of it."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path

from grader.sandbox.running import run
from grader.sandbox.values import Answer, Call, Ended, Limit, Limits, Opaque, Raised, Returned

_REFUSALS = ("PermissionError", "FileNotFoundError", "OSError")  # OSError itself: a file system that is read-only
_LIMITS = Limits(load=5.0, call=1.0)
_HERE = str(Path(__file__).resolve())  # a file that exists; that it can be read outside proves that a refusal is one
_FORGED = """
import os, time
def f(path):
    for number in range(3, 64):
        try: os.write(number, bytes(64))
        except OSError: pass
    time.sleep(9)
"""


@dataclass(frozen=True, slots=True)
class Probe:
    """One attack: what it tries, the source with a function `f`, and whether the answer shows that it failed."""

    name: str
    what: str
    source: str
    held: Callable[[Answer], bool]


@dataclass(frozen=True, slots=True)
class Result:
    """A probe and what came of it; `found` is the answer in a few words, if it is not what must be."""

    probe: Probe
    held: bool
    found: str


def _refused(answer: Answer) -> bool:
    return isinstance(answer, Raised) and answer.type in _REFUSALS


def _ended(*limits: Limit) -> Callable[[Answer], bool]:
    return lambda answer: isinstance(answer, Ended) and answer.limit in limits


PROBES = (
    Probe(
        "works",
        "an honest function gives its value",
        "import numpy as np\ndef f(path): return [int(np.arange(4).sum()), 0.5]",
        lambda answer: isinstance(answer, Returned) and answer.value == [6, 0.5],
    ),
    Probe("files", "read a file of the grader", "def f(path): return open(path).read()", _refused),
    Probe("files", "write beside it", "def f(path): return open(path + '.left', 'w').name", _refused),
    Probe(
        "network",
        "open a socket",
        "import socket\ndef f(path): return socket.create_connection(('127.0.0.1', 9), 1).fileno()",
        _refused,
    ),
    Probe("processes", "start a process", "import os\ndef f(path): return os.fork()", _refused),
    Probe("processes", "kill the parent", "import os\ndef f(path): return os.kill(os.getppid() or 1, 0)", _refused),
    Probe(
        "memory",
        "take more memory than there is for it",
        "def f(path):\n    x = []\n    while True: x.append(bytes(1 << 24))",
        lambda answer: isinstance(answer, Raised) and answer.type == "MemoryError",
    ),
    Probe("time", "never end", "def f(path):\n    while True: pass", _ended(Limit.TIME)),
    Probe("output", "print for ever", "def f(path):\n    while True: print('x' * 9999)", _ended(Limit.OUTPUT)),
    Probe("forged result", "write an answer of its own", _FORGED, _ended(Limit.CHANNEL)),
    Probe(
        "forged result",
        "give back an object that equals everything",
        "class A:\n    def __eq__(s, o): return True\ndef f(path): return A()",
        lambda answer: isinstance(answer, Opaque),
    ),
)


def prove(backend: str) -> Iterator[Result]:
    """Runs every probe; each in a process of its own, as students' code is."""
    for probe in PROBES:
        outcome = run(probe.source, (Call("f", (_HERE,)),), _LIMITS, backend)
        (answer,) = outcome.answers
        if outcome.load is not None:
            answer = outcome.load
        yield Result(probe, probe.held(answer), _words(answer))


def _words(answer: Answer) -> str:
    match answer:
        case Raised():
            return f"{answer.type}: {answer.message}"
        case Ended():
            return answer.words
        case Opaque():
            return f"a value of type {answer.type}"
        case Returned():
            return f"it came back with {answer.value!r:.60}"
