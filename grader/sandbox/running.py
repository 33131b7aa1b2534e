"""`run`: a student's source and calls in, an outcome out. The rest of this room stands behind it."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import TypeVar

from grader.model.errors import UsageError
from grader.sandbox import wire
from grader.sandbox.backend import Backend
from grader.sandbox.backends import BACKENDS, UNSAFE
from grader.sandbox.session import Over, Session
from grader.sandbox.values import Answer, Call, Ended, Limit, Limits, Outcome, Raised

AUTO = "auto"
T = TypeVar("T")
_CHOSEN: dict[str, Backend] = {}  # `auto`, once it is known: whether a way works costs a second to find out


def run(source: str, calls: tuple[Call, ...], limits: Limits | None = None, backend: str = AUTO) -> Outcome:
    """Runs the source in a process of its own, and then the calls, one after the other, in that process.

    After a limit that ends the process the calls that are left have `Limit.EARLIER`; whoever wants them answered
    runs them again. Inputs that are not plain data are a mistake of ours: ValueError. UsageError, with a sentence
    that says what to install, if nothing here can isolate.
    """
    limits = limits or Limits()
    chosen = choose(backend)
    _check(calls)
    if len(source) > limits.source:
        words = f"the source has more than {limits.source} characters"
        return Outcome(chosen.name, Ended(Limit.SOURCE, words), (_EARLIER,) * len(calls), "", 0, 0.0)
    began = time.monotonic()
    session = Session(chosen.start(limits), limits)
    load: Raised | Ended | None = None
    answers: list[Answer] = []
    try:
        session.ready()
        load = _only_failure(session, source)
        if load is None:
            answers += _answers(session, calls)
    finally:
        session.close()
    answers += [_EARLIER] * (len(calls) - len(answers))
    lost = max(0, session.printed - len(session.kept))
    return Outcome(chosen.name, load, tuple(answers), session.text(), lost, time.monotonic() - began)


@contextmanager
def opened(limits: Limits, backend: str = AUTO) -> Iterator[Session]:
    """A confined process that waits, for whoever asks it one thing after the other; it has ended afterwards.

    Its methods raise `Over` when a limit has ended it. UsageError if nothing here can isolate.
    """
    session = Session(choose(backend).start(limits), limits)
    try:
        session.ready()
        yield session
    finally:
        session.close()


def timed(work: Callable[[], T]) -> tuple[T, float]:
    """What comes of some work of our own, and the seconds it took: for limits that are measured by it."""
    began = time.monotonic()
    value = work()
    return value, time.monotonic() - began


def choose(name: str) -> Backend:
    """The backend of that name, or for `auto` the first that works here; UsageError if it does not."""
    if name in _CHOSEN:
        return _CHOSEN[name]
    if name != AUTO and name not in BACKENDS.names:
        raise UsageError(f"there is no way to isolate called {name!r}; there are {', '.join(BACKENDS.names)}")
    candidates = [one for one in BACKENDS.names if one != UNSAFE] if name == AUTO else [name]
    why: dict[str, str] = {}
    for one in candidates:
        found = BACKENDS.load(one)
        why[one] = found.missing()
        if not why[one]:
            return _CHOSEN.setdefault(name, found)
    reasons = "; ".join(f"{one}: {reason}" for one, reason in why.items())
    raise UsageError(
        "students' code cannot be isolated on this system; install bubblewrap (apt install bubblewrap) or use a Linux "
        f"kernel with user namespaces or Landlock ({reasons})"
    )


_EARLIER = Ended(Limit.EARLIER, "the run had ended before this call")


def _check(calls: tuple[Call, ...]) -> None:
    """Our own inputs are plain, before a process is started for them."""
    for call in calls:
        try:
            wire.encode((call.name, list(call.args), dict(call.kwargs)))
        except (wire.Unplain, wire.TooLarge) as error:
            raise ValueError(f"an argument of {call.name} is not plain data: {error or 'too large'}") from error


def _only_failure(session: Session, source: str) -> Raised | Ended | None:
    try:
        answer = session.load(source)
    except Over as over:
        return over.ended
    if isinstance(answer, Raised):
        return answer
    return None


def _answers(session: Session, calls: tuple[Call, ...]) -> list[Answer]:
    answers: list[Answer] = []
    for call in calls:
        try:
            answers.append(session.call(call))
        except Over as over:
            return [*answers, over.ended]
    return answers
