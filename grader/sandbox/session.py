"""The grader's side of one run: requests out, answers in, the clock, and what is printed.

Every request carries a nonce of its own, drawn when it is sent, that the answer must repeat: nothing written in
advance is an answer. The output pipe is drained all the time and never parsed. Whatever happens, the process is ended
and waited for before a run is over.
"""

from __future__ import annotations

import os
import re
import select
import signal
import time
from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass, field
from secrets import token_bytes
from socket import socket
from typing import Any

from grader.model.errors import UsageError
from grader.sandbox import wire
from grader.sandbox.backend import Running
from grader.sandbox.values import Answer, Call, Ended, Limit, Limits, Opaque, Plain, Raised, Returned

_CHUNK = 1 << 18
_FLOOD = 100  # times the output that is kept
_ANSWERED = 8  # times the largest answer that all answers of one process may have together
_ROOM = 1 << 16  # of an answer besides its value
_START = 30.0  # seconds until a cold process has imported numpy
_MOST_TYPE, _MOST_MESSAGE, _MOST_TRACE = 200, 2000, 20  # whatever a child may send
_END = 2.0  # seconds for the kernel to take a process apart
_CONTROLS = re.compile("\x1b\\[[0-?]*[ -/]*[@-~]|[\x00-\x08\x0b-\x1f\x7f-\x9f\u202a-\u202e\u2066-\u2069\ud800-\udfff]")


class Over(Exception):
    """The run ends here; the argument is what ended it."""

    def __init__(self, ended: Ended) -> None:
        super().__init__(ended.words)
        self.ended = ended


@dataclass(slots=True)
class Session:
    """One student's process as the grader sees it."""

    running: Running
    limits: Limits
    kept: bytearray = field(default_factory=bytearray)
    printed: int = 0
    answered: int = 0
    spent: float = 0.0  # seconds that it was waited for
    open: bool = True

    def ready(self) -> None:
        """Waits until the process is confined; it runs nothing of the student's before."""
        try:
            kind, _, _, _ = self._receive(time.monotonic(), _START)
        except Over as over:
            self._drain()
            why = self.text() or over.ended.words
            raise UsageError(f"a process for students' code could not be confined: {why}") from over
        if kind != wire.READY:
            raise UsageError("a process for students' code could not be confined")

    def load(self, source: str) -> Answer:
        """Compiles and runs the source itself."""
        return self._ask(wire.LOAD, source, self.limits.load)

    def call(self, call: Call) -> Answer:
        """One call; its inputs are sent now and not before."""
        request: Plain = (call.name, list(call.args), dict(call.kwargs))
        return self._ask(wire.CALL, request, self.limits.call)

    def outline(self, sources: tuple[str, ...], deep: bool = False) -> Answer:
        """What sources consist of, see outline.py; to be believed as long as nothing has run here."""
        return self._ask(wire.OUTLINE, [list(sources), deep], self.limits.load)

    def run(self, request: Plain) -> Answer:
        """Runs a program statement by statement, see program.py; the value lists what failed."""
        return self._ask(wire.RUN, request, self.limits.load)

    def names(self, names: tuple[str, ...]) -> Answer:
        """Global names of the program with their values, see `Guest.names` of child.py."""
        return self._ask(wire.NAMES, list(names), self.limits.call)

    def changed(self) -> Answer:
        """Which arguments of the last call the function has changed, as the process itself says."""
        return self._ask(wire.CHANGED, None, self.limits.call)

    def used(self) -> Answer:
        """Bytes by which the process has grown at most, as it says itself."""
        return self._ask(wire.PEAK, None, self.limits.call)

    def printed_since(self, count: int) -> str:
        """What was kept of the output after its first bytes, cleaned."""
        self._drain()
        return _clean(bytes(self.kept[count:]))

    def close(self) -> None:
        """Ends the process and all that it started, and takes what is left in the pipe."""
        running = self.running
        with suppress(ProcessLookupError):  # it has ended by itself
            signal.pidfd_send_signal(running.process, signal.SIGKILL)
        running.reap()
        select.select([running.process], [], [], _END)
        # Behind bwrap others die a moment after it. Whoever lives holds the pipe, so its end is the end of all.
        until = time.monotonic() + _END
        while self.open and (left := until - time.monotonic()) > 0:
            select.select([running.output], [], [], left)
            self._drain()
        os.close(running.process)
        os.close(running.output)
        running.channel.close()

    def text(self) -> str:
        """What was printed, without what would move a cursor or hide a word."""
        return _clean(bytes(self.kept))

    def _ask(self, kind: int, request: Plain, seconds: float) -> Answer:
        began, nonce = time.monotonic(), token_bytes(16)
        try:
            self._send(wire.frame(kind, nonce, *wire.encode(request)), began, seconds)
            reply, echoed, structure, raw = self._receive(began, seconds)
        finally:
            took = time.monotonic() - began
            self.spent += took
        try:
            if echoed != nonce or reply not in _ANSWERS:
                raise wire.Garbled
            return _ANSWERS[reply](wire.decode(structure, raw), took)
        except (wire.Garbled, TypeError, ValueError) as error:
            raise Over(Ended(Limit.CHANNEL, "the program wrote where only results go", took)) from error

    def _send(self, message: bytes, began: float, seconds: float) -> None:
        view = memoryview(message)
        while view:
            self._wait(began, seconds, writing=True)
            try:
                view = view[self.running.channel.send(view) :]
            except BlockingIOError:
                continue
            except OSError:
                raise self._died(began) from None

    def _receive(self, began: float, seconds: float) -> tuple[int, bytes, bytes, bytes]:
        head = self._exactly(wire.HEADER.size, began, seconds)
        try:
            kind, nonce, structure, raw = wire.header(head, self.limits.answer + _ROOM)
        except wire.Garbled:
            words = "the program wrote where only results go"
            raise Over(Ended(Limit.CHANNEL, words, time.monotonic() - began)) from None
        self.answered += structure + raw
        if self.answered > self.limits.answer * _ANSWERED:  # they are all kept until the last case is judged
            words = "its values are together too large to be compared"
            raise Over(Ended(Limit.ANSWER, words, time.monotonic() - began))
        return kind, nonce, self._exactly(structure, began, seconds), self._exactly(raw, began, seconds)

    def _exactly(self, count: int, began: float, seconds: float) -> bytes:
        data = bytearray()
        while len(data) < count:
            self._wait(began, seconds)
            try:
                chunk = self.running.channel.recv(min(count - len(data), _CHUNK))
            except BlockingIOError:
                continue
            except OSError:
                chunk = b""
            if not chunk:
                raise self._died(began)
            data += chunk
        return bytes(data)

    def _wait(self, began: float, seconds: float, writing: bool = False) -> None:
        """Until the channel can be used; meanwhile the pipe is drained, and the clock is watched."""
        channel, process, output = self.running.channel, self.running.process, self.running.output
        while True:
            left = began + seconds - time.monotonic()
            if left <= 0:
                raise Over(Ended(Limit.TIME, f"it took longer than {seconds:g} s", time.monotonic() - began))
            reads: list[int | socket] = [channel, process, *([output] if self.open else [])]
            ready, writable, _ = select.select(reads, [channel] if writing else [], [], left)
            if output in ready:
                self._drain()
                if self.printed > self.limits.output * _FLOOD:
                    words = f"it printed more than {self.limits.output * _FLOOD} bytes"
                    raise Over(Ended(Limit.OUTPUT, words, time.monotonic() - began))
            if writable or (channel in ready and not writing):
                return
            if process in ready:
                raise self._died(began)

    def _drain(self) -> None:
        """Takes what is in the pipe, but not for ever: a flood is met again at the next look at the clock."""
        for _ in range(16):
            try:
                chunk = os.read(self.running.output, _CHUNK)
            except BlockingIOError:
                return
            if not chunk:
                self.open = False
                return
            self.printed += len(chunk)
            self.kept += chunk[: max(0, self.limits.output - len(self.kept))]

    def _died(self, began: float) -> Over:
        words = "Python itself stopped, by a crash or by an order to exit"
        return Over(Ended(Limit.DIED, words, time.monotonic() - began))


def _clean(data: bytes) -> str:
    return _CONTROLS.sub("", data.decode("utf-8", "replace").replace("\r\n", "\n"))


def _raised(value: object, seconds: float) -> Raised:
    kind, message, trace, kinds = _typed(value, tuple, 4)
    if type(kind) is not str or type(message) is not str or type(trace) is not list or type(kinds) is not list:
        raise wire.Garbled
    places, names = tuple(map(_place, trace[-_MOST_TRACE:])), tuple([one for one in kinds if type(one) is str])
    return Raised(kind[:_MOST_TYPE], message[:_MOST_MESSAGE], places, seconds, names)


def _place(pair: object) -> tuple[int, str]:
    line, name = _typed(pair, tuple, 2)
    if type(line) is not int or type(name) is not str:
        raise wire.Garbled
    return line, name[:_MOST_TYPE]


def _typed(value: object, kind: type, count: int) -> tuple[object, ...]:
    if type(value) is not kind or not isinstance(value, tuple) or len(value) != count:
        raise wire.Garbled
    return value


def _opaque(value: object, seconds: float) -> Opaque:
    if type(value) is not str:
        raise wire.Garbled
    return Opaque(value[:_MOST_TYPE], seconds)


def _too_large(_: object, seconds: float) -> Answer:
    raise Over(Ended(Limit.ANSWER, "the value is too large or too deeply nested to be compared", seconds))


def _matrix(value: Plain, seconds: float) -> Returned:
    return Returned(value, seconds, "matrix")


_ANSWERS: dict[int, Callable[[Any, float], Answer]] = {
    wire.DONE: Returned,
    wire.MATRIX: _matrix,
    wire.RAISED: _raised,
    wire.OPAQUE: _opaque,
    wire.TOO_LARGE: _too_large,
}
