"""A warm fork in namespaces of its own, with Landlock where the kernel has it, and a list of system calls."""

from __future__ import annotations

import sys

from grader.sandbox import kernel
from grader.sandbox.backend import Backend
from grader.sandbox.forkserver import ForkServer

_SERVER = ForkServer("namespaces")


def _missing() -> str:
    if not sys.platform.startswith("linux"):
        return "namespaces are a thing of Linux"
    if not kernel.KNOWN_MACHINE:
        return f"its system calls are not known for {kernel.MACHINE}"
    return _SERVER.missing()


BACKEND = Backend(
    "namespaces",
    "a warm process with numpy, forked into user, process, network, mount and IPC namespaces, with seccomp",
    (
        "files: a root of its own with Python and numpy to read, a small folder in memory to write",
        "network: none, not even sockets",
        "processes: it sees no other and starts none; its end is the end of all that is in it",
        "memory, files, output and time are bounded",
        "results: compared outside; a forged one is a lie about itself",
    ),
    _missing,
    _SERVER.child,
)
