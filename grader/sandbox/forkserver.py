"""The grader's end of a warm process: started on first use, asked for children, started again if it has died.

One for each kind and process of the grader; a lock guards the few milliseconds of a request, so that runs from
several threads wait for each other no longer than a fork takes.
"""

from __future__ import annotations

import atexit
import os
import socket
import subprocess
import threading
from dataclasses import dataclass, field

from grader.model.errors import UsageError
from grader.sandbox import backend
from grader.sandbox.backend import Running
from grader.sandbox.values import Limits

_START = 30.0  # seconds for numpy to be imported, on a machine that is busy
_ANSWER = 10.0


@dataclass(slots=True, eq=False)
class ForkServer:
    """A warm process of one kind."""

    kind: str
    why: str = ""  # what was said when it could not start
    _owner: int = 0
    _process: subprocess.Popen[bytes] | None = None
    _control: socket.socket | None = None
    _lock: threading.Lock = field(default_factory=threading.Lock)

    def missing(self) -> str:
        """What keeps it from starting, in a few words; it is started to find out."""
        with self._lock:
            if self.why or self._alive():
                return self.why
            try:
                self._start()
            except (OSError, UsageError) as error:
                self.stop()
                self.why = str(error)
            return self.why

    def child(self, limits: Limits) -> Running:
        """A confined process that waits for source."""
        ours, theirs, reads, writes = backend.pair()
        try:
            with self._lock:
                handle = self._ask(backend.request(limits), [theirs.fileno(), writes])
        except (OSError, UsageError):
            ours.close()
            os.close(reads)
            raise
        finally:
            theirs.close()
            os.close(writes)
        return Running(handle, ours, reads, lambda: None)

    def stop(self) -> None:
        """Ends it, and with it whatever it has forked."""
        if self._owner == os.getpid() and self._control is not None and self._process is not None:
            self._control.close()
            try:
                self._process.wait(2)
            except subprocess.TimeoutExpired:
                self._process.kill()
                self._process.wait()
        self._control = self._process = None

    def _alive(self) -> bool:
        return self._owner == os.getpid() and self._process is not None and self._process.poll() is None

    def _start(self) -> None:
        self.stop()
        atexit.unregister(self.stop)
        atexit.register(self.stop)  # only tidiness: a grader that is killed closes the socket too
        ours, theirs = socket.socketpair(socket.AF_UNIX, socket.SOCK_SEQPACKET)
        with theirs:
            self._process = subprocess.Popen(
                backend.command("warm", self.kind, str(theirs.fileno())),
                env=backend.environment(),
                cwd="/",
                pass_fds=[theirs.fileno()],
                stdin=subprocess.DEVNULL,
                stdout=subprocess.DEVNULL,
                stderr=subprocess.PIPE,
                start_new_session=True,
            )
        self._owner, self._control = os.getpid(), ours
        ours.settimeout(_START)
        said = self._process.stderr
        assert said is not None
        with said:
            if ours.recv(1) != b"+":
                raise UsageError(said.read().decode("utf-8", "replace").strip().rpartition("\n")[2] or "it ended")
        ours.settimeout(_ANSWER)

    def _ask(self, request: bytes, descriptors: list[int]) -> int:
        """The descriptor of a new child; a server that has died meanwhile is started again, once."""
        for _ in range(2):
            if not self._alive():
                self._start()
            assert self._control is not None
            try:
                socket.send_fds(self._control, [request], descriptors)
                _, handles, _, _ = socket.recv_fds(self._control, 1, 1)
            except OSError:
                handles = []
            if handles:
                return handles[0]
            self.stop()
        raise UsageError(f"the process that runs students' code ({self.kind}) does not answer")
