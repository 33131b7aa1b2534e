"""Inside a student's process: load the source, make the calls asked for one at a time, answer with plain data.

Nothing here is a secret and nothing here is believed. The student's code shares this process and may find and
replace all of it, the channel too. What it can then do is answer in place of this module, for the one call whose
inputs it has just been sent: lie about its own results, which is no better than computing them. What is expected is
never sent here. Hence the broad `except`, `compile` and `exec`: this is the one place that is made to run a stranger.
"""

from __future__ import annotations

import os
import sys
from types import ModuleType, TracebackType
from typing import Any

import numpy as np

from grader.sandbox import wire
from grader.sandbox.values import Array

FILE = "hand-in.py"
_MOST_MESSAGE, _MOST_TRACE = 2000, 20
_read, _write, _exit = os.read, os.write, os._exit  # what a student puts into `os` later does not change these


def serve(channel: int, most: int) -> None:
    """Answers requests until the channel closes, then ends the process without running anything left behind."""
    module = ModuleType("hand_in")
    sys.modules["hand_in"] = module
    try:
        while True:
            kind, nonce, structure, raw = _receive(channel)
            request = wire.decode(structure, raw)
            message = wire.frame(*_answer(kind, nonce, request, module, most))
            for stream in (sys.stdout, sys.stderr):
                _flush(stream)
            while message:
                message = message[_write(channel, message) :]
    finally:
        _exit(0)


def _receive(channel: int) -> tuple[int, bytes, bytes, bytes]:
    head = _exactly(channel, wire.HEADER.size)
    kind, nonce, structure, raw = wire.header(head, 1 << 40)
    return kind, nonce, _exactly(channel, structure), _exactly(channel, raw)


def _exactly(channel: int, count: int) -> bytes:
    data = bytearray()
    while len(data) < count:
        chunk = _read(channel, min(count - len(data), 1 << 20))
        if not chunk:
            _exit(0)
        data += chunk
    return bytes(data)


def _flush(stream: Any) -> None:
    try:
        stream.flush()
    except BaseException:  # the student may have put anything there
        return


def _answer(kind: int, nonce: bytes, request: Any, module: ModuleType, most: int) -> tuple[int, bytes, bytes, bytes]:
    """Kind, nonce and contents of the reply."""
    try:
        value = _load(request, module) if kind == wire.LOAD else _call(request, module)
        return (wire.DONE, nonce, *wire.encode(_plain(value), most))
    except wire.Unplain as refused:
        return (wire.OPAQUE, nonce, *wire.encode(str(refused)[:200]))
    except wire.TooLarge:
        return (wire.TOO_LARGE, nonce, *wire.encode(None))
    except BaseException as error:  # also SystemExit and KeyboardInterrupt: they are the student's, not ours
        return (wire.RAISED, nonce, *wire.encode(_described(error)))


def _load(source: str, module: ModuleType) -> Any:
    exec(compile(source, FILE, "exec", dont_inherit=True), module.__dict__)
    return None


def _call(request: Any, module: ModuleType) -> Any:
    name, args, kwargs = request
    function = module.__dict__.get(name)
    if function is None:
        raise NameError(f"there is no function `{name}`")
    return function(*map(_unpacked, args), **{key: _unpacked(item) for key, item in kwargs.items()})


def _unpacked(value: Any) -> Any:
    """Plain data with arrays of numpy, which the function may change: they are its own."""
    if type(value) is Array:
        return np.frombuffer(value.data, value.dtype).reshape(value.shape).copy()
    if type(value) in (list, tuple):
        return type(value)(map(_unpacked, value))
    return {key: _unpacked(item) for key, item in value.items()} if type(value) is dict else value


def _plain(value: Any, depth: int = 0) -> Any:
    """The other way, by exact type; what is neither is left for the encoder to refuse."""
    if depth > wire.MOST_DEEP:
        raise wire.TooLarge
    kind = type(value)
    if kind is np.ndarray or (kind.__module__ == "numpy" and issubclass(kind, np.generic)):
        return _array(np.asarray(value))
    if kind in (list, tuple):
        return kind(_plain(item, depth + 1) for item in value)
    return {key: _plain(item, depth + 1) for key, item in value.items()} if kind is dict else value


def _array(value: Any) -> Array:
    dtype = value.dtype.newbyteorder("<")
    if dtype.str not in wire.DTYPES:
        raise wire.Unplain(f"array of {value.dtype}"[:200])
    return Array(dtype.str, value.shape, value.astype(dtype, order="C").tobytes())


def _described(error: BaseException) -> tuple[str, str, list[tuple[int, str]]]:
    try:
        words = str.__getitem__(str(error), slice(0, _MOST_MESSAGE))
    except BaseException:  # a `__str__` of the student's own
        words = ""
    trace = [*_lines(error.__traceback__)][-_MOST_TRACE:]
    if isinstance(error, SyntaxError) and error.filename == FILE:
        trace.append((error.lineno or 0, "<module>"))
    return type(error).__name__[:200], words, trace


def _lines(trace: TracebackType | None) -> Any:
    while trace is not None:
        code = trace.tb_frame.f_code
        if code.co_filename == FILE:
            yield trace.tb_lineno, code.co_name
        trace = trace.tb_next
