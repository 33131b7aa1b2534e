"""A student's process that is started for one run and has no warm parent."""

from __future__ import annotations

import os
import signal
import subprocess
from contextlib import suppress

from grader.sandbox import backend
from grader.sandbox.backend import Running
from grader.sandbox.values import Limits


def start(kind: str, prefix: list[str], limits: Limits) -> Running:
    """Starts warm.py's `cold` behind a prefix of the command that isolates it; its whole session is ended with it."""
    ours, theirs, reads, writes = backend.pair()
    words = ("cold", kind, str(theirs.fileno()), str(writes), backend.request(limits).decode("ascii"))
    with theirs:
        process = subprocess.Popen(
            [*prefix, *backend.command(*words)],
            env=backend.environment(),
            cwd="/",
            pass_fds=[theirs.fileno(), writes],
            stdin=subprocess.DEVNULL,
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
            start_new_session=True,
        )
    os.close(writes)

    def reap() -> None:
        with suppress(OSError):  # the session has ended by itself
            os.killpg(process.pid, signal.SIGKILL)
        process.wait()

    return Running(os.pidfd_open(process.pid), ours, reads, reap)
