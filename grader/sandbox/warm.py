"""The process that students' processes are made of: it knows Python and numpy, and nothing else.

It is started by `exec` with an empty environment and one socket. `warm` imports numpy once and forks a confined child
for each request that comes with two descriptors: the channel and the pipe for what is printed. `cold` is one child
without a parent, for what isolates by other means. A request is the JSON of `Limits` as a list. The answer to a
request is one byte and a descriptor of the new process, by which the grader ends it and sees that it has ended.
"""

from __future__ import annotations

import functools
import gc
import json
import os
import random
import signal
import site
import socket
import sys
import sysconfig
from importlib import import_module
from typing import Any

import numpy as np

from grader.sandbox import child, confine, kernel, outline, program, view, wire

# What students import: a module that is first imported in the child would need its files and libraries there.
_PRELOADED = """
abc array ast bisect calendar cmath collections contextlib copy csv dataclasses datetime decimal enum fractions
functools hashlib heapq inspect io itertools json logging math numbers operator os.path pathlib platform pprint random
re shutil statistics string struct tempfile textwrap threading time timeit traceback types typing unittest
unittest.mock warnings numpy.fft numpy.linalg numpy.polynomial numpy.random numpy.testing
""".split()
# What every child does first is done once here: what that makes and caches is then shared.
_REHEARSED = """
import numpy as np
def f(x, y):
    h, w = x.shape
    z = np.zeros((h, w))
    for i in range(h):
        z[i] = np.sum(x[i:i + 1, :] * y) + sum(k for k in (1, 2))
    return np.array([[z[0, 0]]])
"""
_PROCESSOR = 600  # seconds of processor time at the very most; the clock outside ends a run long before


def readable() -> tuple[str, ...]:
    """The folders that a student's process may read."""
    numpy = os.path.dirname(os.path.abspath(np.__file__))
    found = [sysconfig.get_path("stdlib"), sysconfig.get_path("platstdlib"), numpy, f"{numpy}.libs"]
    return tuple(dict.fromkeys(os.path.realpath(path) for path in found if os.path.isdir(path)))


def prepare() -> None:
    """All imports, and a heap that forks share."""
    for name in _PRELOADED:
        import_module(name)
    site.setquit()
    np.random.default_rng = _seeded(np.random.default_rng)
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # Ctrl-C is for the grader, which ends this process by the socket
    np.linalg.solve(np.eye(3), np.ones(3)) @ np.ones(3)
    kernel.libc()
    outline.outline(_REHEARSED, deep=True)
    program.rehearse(_REHEARSED)
    child.rehearse(np.ones((2, 2)))
    gc.collect()
    gc.freeze()


def _seeded(make: Any) -> Any:
    """A generator that nobody gives a seed would differ from run to run, and marks with it."""

    @functools.wraps(make)
    def default_rng(seed: Any = None) -> Any:
        return make(0 if seed is None else seed)

    return default_rng


def warm(kind: str, control: socket.socket) -> None:
    """Serves until the socket closes. `kind` is the layer: namespaces, or landlock alone."""
    prepare()
    paths, standard = readable(), os.path.realpath(sysconfig.get_path("stdlib"))
    base = confine.address_space()
    own = -1
    if kind == "namespaces":
        view.leave_the_machine()
        view.stay_behind()
        own = os.open("/proc/self/ns/pid", os.O_RDONLY | os.O_CLOEXEC)
        view.build(paths, standard)
    control.send(b"+")
    while True:
        request, descriptors, _, _ = socket.recv_fds(control, 4096, 2)
        _reap()
        if not request:
            os._exit(0)
        process = _fork(own, control, paths, base, json.loads(request), descriptors)
        handle = os.pidfd_open(process)
        socket.send_fds(control, [b"+"], [handle])
        for descriptor in (handle, *descriptors):
            os.close(descriptor)


def _reap() -> None:
    try:
        while os.waitpid(-1, os.WNOHANG)[0]:
            pass
    except ChildProcessError:
        return


def _fork(
    own: int, control: socket.socket, paths: tuple[str, ...], base: int, request: list[int], descriptors: list[int]
) -> int:
    """One child; with namespaces it is the first process of one more of its own, so that its end ends all."""
    parent = 0 if own >= 0 else os.getpid()
    if own >= 0:
        kernel.unshare(kernel.NEW_PID)
    process = os.fork()
    if process:
        if own >= 0:
            kernel.setns(own, kernel.NEW_PID)
        return process
    try:
        control.close()
        if own >= 0:
            os.close(own)
        _become(own >= 0, paths, base, request, parent, descriptors)
    except OSError as error:
        os.write(1, str(error).encode("utf-8"))  # nothing of the student's has run: these are our words
    finally:
        os._exit(70)


def _become(
    namespaces: bool, paths: tuple[str, ...], base: int, request: list[int], parent: int, descriptors: list[int]
) -> None:
    """From a copy of this process to a student's."""
    memory, files, answer = request
    channel, output = descriptors
    os.setsid()
    confine.redirect(output)
    os.close(output)
    if namespaces:
        confine.own_folder(files)
        confine.become_nobody()
    confine.limit_resources(base + memory, files if namespaces else 0, _PROCESSOR)
    confine.give_up(paths, (confine.HOME,) if namespaces else (), parent)
    run(channel, answer)


def run(channel: int, answer: int) -> None:
    """Chance is the same in every run, so that the same source gives the same data."""
    random.seed(0)
    np.random.seed(0)
    os.write(channel, wire.frame(wire.READY, bytes(16), b"", b""))  # whatever ends from here on is the student's doing
    child.serve(channel, answer)


def cold(kind: str, channel: int, output: int, request: list[int]) -> None:
    """One child, isolated by who started it (`bubblewrap`) or by nothing (`none`)."""
    prepare()
    memory, files, answer = request
    paths, base = readable(), confine.address_space()
    confine.redirect(output)
    os.close(output)
    confine.limit_resources(base + memory, files, _PROCESSOR)
    if kind == "bubblewrap":
        confine.give_up(paths, (confine.HOME,), 0)
    run(channel, answer)


def main() -> None:
    """Arguments: warm, kind, socket; or cold, kind, channel, output, request."""
    way, kind, *rest = sys.argv[1:]
    sys.path[:] = [path for path in sys.path if path != os.environ.pop("GRADER", "")]
    os.environ.clear()
    os.environ.update(HOME=confine.HOME, TMPDIR=confine.HOME)
    sys.argv[:] = [child.FILE]
    if way == "warm":
        warm(kind, socket.socket(fileno=int(rest[0])))
    else:
        cold(kind, int(rest[0]), int(rest[1]), json.loads(rest[2]))
