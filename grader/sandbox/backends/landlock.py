"""A warm fork without namespaces: Landlock and a list of system calls, and no file can be written.

Weaker than namespaces in this: names and sizes of files outside can be asked for (their contents cannot), packages
beside the standard library can be read where they lie inside its folder, and it is the user who runs the grader.
"""

from __future__ import annotations

import sys

from grader.sandbox import kernel, landlock
from grader.sandbox.backend import Backend
from grader.sandbox.forkserver import ForkServer

_SERVER = ForkServer("landlock")


def _missing() -> str:
    if not sys.platform.startswith("linux"):
        return "Landlock is a thing of Linux"
    if not kernel.KNOWN_MACHINE:
        return f"its system calls are not known for {kernel.MACHINE}"
    if not landlock.version():
        return "this kernel has no Landlock (Linux 5.13 and later can have it)"
    return _SERVER.missing()


BACKEND = Backend(
    "landlock",
    "a warm process with numpy, forked, with Landlock and seccomp but without namespaces",
    (
        "files: the standard library and numpy to read, nothing to write; names of others are not hidden",
        "network: none, not even sockets",
        "processes: it can start none and signal none",
        "memory, output and time are bounded",
        "results: compared outside; a forged one is a lie about itself",
    ),
    _missing,
    _SERVER.child,
)
