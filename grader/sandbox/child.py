"""Inside a student's process: load the source, make the calls asked for one at a time, answer with plain data.

Nothing here is a secret and nothing here is believed. The student's code shares this process and may find and
replace all of it, the channel too. What it can then do is answer in place of this module, for the one call whose
inputs it has just been sent: lie about its own results, which is no better than computing them. What is expected is
never sent here. Hence the broad `except`, `compile` and `exec`: this is the one place that is made to run a stranger.
"""

from __future__ import annotations

import builtins
import os
import resource
import sys
from collections import Counter, OrderedDict, defaultdict
from types import ModuleType, TracebackType
from typing import Any

import numpy as np

from grader.sandbox import outline, program, wire
from grader.sandbox.values import Array

FILE = "hand-in.py"
_MOST_MESSAGE, _MOST_TRACE, _MOST_KINDS = 2000, 20, 20
_read, _write, _exit = os.read, os.write, os._exit  # what a student puts into `os` later does not change these
_getrusage, _SELF = resource.getrusage, resource.RUSAGE_SELF
_MATRIX, _view = np.matrix, np.ndarray.view
_DICTS = (Counter, OrderedDict, defaultdict)


def serve(channel: int, most: int) -> None:
    """Answers requests until the channel closes, then ends the process without running anything left behind."""
    guest = Guest(most)
    sys.modules["hand_in"] = guest.module
    try:
        while True:
            kind, nonce, structure, raw = _receive(channel)
            request = wire.decode(structure, raw)
            message = wire.frame(*_answer(guest, kind, nonce, request))
            for stream in (sys.stdout, sys.stderr):
                _flush(stream)
            while message:
                message = message[_write(channel, message) :]
    finally:
        _exit(0)


class Guest:
    """A student's program in this process: where it lives, and what its last call was given."""

    def __init__(self, most: int) -> None:
        self.module, self.most = ModuleType("hand_in"), most
        self.sent: list[Any] = []  # the arguments of the last call, as they came ...
        self.given: list[Any] = []  # ... and as the function had them
        self.peak = _getrusage(_SELF).ru_maxrss

    def load(self, source: str) -> Any:
        """The whole source at once."""
        exec(compile(source, FILE, "exec", dont_inherit=True), self.module.__dict__)
        return None

    def outline(self, request: Any) -> Any:
        """What each file consists of; nothing of it has run before."""
        sources, deep = request
        return [outline.outline(source, deep) for source in sources]

    def run(self, request: Any) -> Any:
        """A program, statement by statement, in a module of its own; what failed of it."""

        def given() -> dict[str, Any]:
            return {name: _unpacked(value) for name, value in request["given"].items()}

        self.module, failures = program.run(request, given, FILE)
        return [(index, *_described(error)) for index, error in failures]

    def call(self, request: Any) -> Any:
        """One call of a function of the program."""
        name, args, kwargs = request
        function = self.module.__dict__.get(name)
        if function is None:
            raise NameError(f"there is no function `{name}`")
        self.sent = [*args, *kwargs.values()]
        self.given = [_unpacked(item) for item in self.sent]
        rest = dict(zip(kwargs, self.given[len(args) :], strict=True))
        return function(*self.given[: len(args)], **rest)

    def names(self, names: Any) -> Any:
        """Values of global names: each with `value`, `matrix` (of numpy), `opaque` and a type, or `unbound`."""
        found: list[tuple[str, Any]] = []
        for name in names:
            if name not in self.module.__dict__:
                found.append(("unbound", None))
                continue
            value = self.module.__dict__[name]
            try:
                plain = _plain(value, self.most)
                wire.encode(plain, self.most)
            except (wire.Unplain, wire.TooLarge):
                found.append(("opaque", type(value).__name__[:200]))
            else:
                found.append(("matrix" if type(value) is _MATRIX else "value", plain))
        return found

    def changed(self, _: Any) -> Any:
        """Which arguments of the last call are no longer what they were."""
        return [not _same(sent, now) for sent, now in zip(self.sent, self.given, strict=True)]

    def used(self, _: Any) -> Any:
        """Bytes of memory by which this process has grown at most."""
        return 1024 * max(0, _getrusage(_SELF).ru_maxrss - self.peak)


_REQUESTS: dict[int, Any] = {
    wire.LOAD: Guest.load,
    wire.CALL: Guest.call,
    wire.OUTLINE: Guest.outline,
    wire.RUN: Guest.run,
    wire.NAMES: Guest.names,
    wire.CHANGED: Guest.changed,
    wire.PEAK: Guest.used,
}


def _same(sent: Any, now: Any) -> bool:
    try:
        return wire.encode(sent) == wire.encode(_plain(now))
    except (wire.Unplain, wire.TooLarge):
        return False


def rehearse(value: Any) -> None:
    """Sends a value to nobody."""
    wire.decode(*wire.encode(_plain([value, 1, 0.5, "", (None, True), {"a": _unpacked(_array(value))}])))


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


def _answer(guest: Guest, kind: int, nonce: bytes, request: Any) -> tuple[int, bytes, bytes, bytes]:
    """Kind, nonce and contents of the reply."""
    try:
        value = _REQUESTS[kind](guest, request)
        done = wire.MATRIX if type(value) is _MATRIX else wire.DONE
        return (done, nonce, *wire.encode(_plain(value, guest.most), guest.most))
    except wire.Unplain as refused:
        return (wire.OPAQUE, nonce, *wire.encode(str(refused)[:200]))
    except wire.TooLarge:
        return (wire.TOO_LARGE, nonce, *wire.encode(None))
    except BaseException as error:  # also SystemExit and KeyboardInterrupt: they are the student's, not ours
        return (wire.RAISED, nonce, *wire.encode(_described(error)))


def _unpacked(value: Any) -> Any:
    """Plain data with arrays of numpy, which the function may change: they are its own."""
    if type(value) is Array:
        return np.frombuffer(value.data, value.dtype).reshape(value.shape).copy()
    if type(value) in (list, tuple):
        return type(value)(map(_unpacked, value))
    return {key: _unpacked(item) for key, item in value.items()} if type(value) is dict else value


def _plain(value: Any, most: int = 1 << 62, depth: int = 0) -> Any:
    """The other way, by exact type; what is neither is left for the encoder to refuse.

    An array of more than `most` bytes is refused before it is copied.
    """
    if depth > wire.MOST_DEEP:
        raise wire.TooLarge
    kind = type(value)
    if kind in _DICTS:
        value, kind = dict(value), dict
    if kind is np.str_:
        return str(value)
    if issubclass(kind, tuple) and type(getattr(kind, "_fields", None)) is tuple:  # a namedtuple: the values alone
        value, kind = tuple.__getitem__(value, slice(None)), tuple
    if kind in (set, frozenset):
        return {_key(item) for item in value}
    if kind is np.ndarray and value.dtype.kind == "U":  # texts: numpy's own list of them is as good
        if value.nbytes > most:
            raise wire.TooLarge
        return value.tolist()
    if issubclass(kind, np.ndarray) and not _is_masked(kind):  # of whatever class: the numbers alone
        own = _view(value, np.ndarray)
        return _array(_numbers(own), most)
    if kind.__module__ == "numpy" and issubclass(kind, np.generic):
        return _array(np.asarray(value), most)
    if kind is range or kind is memoryview:
        return list(value) if kind is range and len(value) <= wire.MOST_ITEMS else _array(np.asarray(value), most)
    if kind in (list, tuple):
        return kind(_plain(item, most, depth + 1) for item in value)
    return {_key(key): _plain(item, most, depth + 1) for key, item in value.items()} if kind is dict else value


def _numbers(value: Any) -> Any:
    """Of an array of objects that are all numbers of Python, the array of these."""
    if value.dtype.kind != "O" or value.size > wire.MOST_ITEMS:
        return value
    items = value.ravel().tolist()
    return np.array(items).reshape(value.shape) if items and all(type(one) in _NUMBERS for one in items) else value


_NUMBERS = (int, float, complex)


def _is_masked(kind: type) -> bool:
    """Whether some numbers of an array may be hidden. (Nothing here imports `numpy.ma`.)"""
    return any(base.__module__.startswith("numpy.ma") for base in kind.__mro__)


def _key(key: Any) -> Any:
    """Keys as `np.unique` gives them, as numbers and texts of Python; tuples of such for places in a grid."""
    if type(key) is tuple:
        return tuple(map(_key, key))
    return key.item() if type(key).__module__ == "numpy" and isinstance(key, np.generic) else key


_SHORTER = {"g": np.float64, "G": np.complex128}  # longer ones, which no message has


def _array(value: Any, most: int = 1 << 62) -> Array:
    if value.nbytes > most:
        raise wire.TooLarge
    value = value.astype(_SHORTER.get(value.dtype.char, value.dtype), copy=False)
    dtype = value.dtype.newbyteorder("<")
    if dtype.str not in wire.DTYPES:
        raise wire.Unplain(f"array of {value.dtype}"[:200])
    return Array(dtype.str, value.shape, value.astype(dtype, order="C").tobytes())


def _described(error: BaseException) -> tuple[str, str, list[tuple[int, str]], list[str]]:
    """Type, words, the lines of the student's that led there, and the names of all that it is."""
    try:
        words = str.__getitem__(str(error), slice(0, _MOST_MESSAGE))
    except BaseException:  # a `__str__` of the student's own
        words = ""
    trace = [*_lines(error.__traceback__)][-_MOST_TRACE:]
    if isinstance(error, SyntaxError) and error.filename == FILE:
        trace.append((error.lineno or 0, "<module>"))
    kinds = [kind.__name__[:200] for kind in type(error).__mro__ if not _is_feigned(kind)]
    return type(error).__name__[:200], words, trace, kinds[:_MOST_KINDS]


def _is_feigned(kind: type) -> bool:
    """Whether a type only has the name of one of Python's: `class ValueError(Exception)`."""
    return kind.__module__ != "builtins" and hasattr(builtins, kind.__name__)


def _lines(trace: TracebackType | None) -> Any:
    while trace is not None:
        code = trace.tb_frame.f_code
        if code.co_filename == FILE:
            yield trace.tb_lineno, code.co_name
        trace = trace.tb_next
