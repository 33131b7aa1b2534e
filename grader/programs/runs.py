"""Tries a program on the cases of a task: in a process of its own, begun anew after a limit has ended one."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping
from typing import Any

from grader.model.records import NamedTuple
from grader.programs.cases import Case, Task, plain
from grader.programs.later import completed, missed
from grader.programs.libraries import ABSENT
from grader.programs.outlines import Outline, read_outlines
from grader.programs.patience import Patience
from grader.programs.source import Program
from grader.programs.usual import IMPORTS, PRELUDE
from grader.sandbox.program import LAST
from grader.sandbox.running import opened
from grader.sandbox.session import Over, Session
from grader.sandbox.values import Answer, Call, Ended, Limit, Limits, Raised, Returned

_LOAD = 2.0  # seconds for what stands at the top of a program
_MOST_RESTARTS = 2  # so that one answer takes at most three times its limit
_IN_A_ROW = 2  # cases that take too long, one right after the other, before the rest is given up
_MOST_PRINTED = 4000


class Way(NamedTuple):
    """How a program is tried: `name` is its function; by `order` arguments go by name, in place of position.

    With `prelude` the usual imports are given; `skip` are statements left out, `alias` names that stand for given
    ones; `definitions` leaves out all that is neither. The answer begins with the statement `own`, and `guarded` runs
    what stands below `if __name__ == "__main__":`; `binding` are the statements that give a result its value. `owner`
    is the class that keeps the function; `tail` is a line that stands behind the end of the file.
    """

    name: str
    file: int = 0
    order: tuple[str, ...] = ()
    prelude: bool = False
    skip: tuple[int, ...] = ()
    alias: tuple[tuple[str, str], ...] = ()
    definitions: bool = False
    last: bool = False
    own: int = 0
    guarded: bool = False
    binding: tuple[int, ...] = ()
    owner: str = ""
    tail: str = ""


def given_names(task: Task, way: Way) -> frozenset[str]:
    """Names that a program finds beside those of its own: of what the instructor gives, and of usual imports."""
    return frozenset(_NAME.findall(task.setup + (PRELUDE if way.prelude else "")))


def given_imports(way: Way) -> Mapping[str, str]:
    """What the names of the usual imports stand for, `inv` for numpy.linalg.inv, where a program was given them."""
    return IMPORTS if way.prelude else {}


_NAME = re.compile(r"[A-Za-z_]\w*")


class Failure(NamedTuple):
    """A statement at the top that failed: its number in the outline, and what it raised."""

    number: int
    raised: Raised


class Trial(NamedTuple):
    """What came of one case. `values` are those of a snippet's results, by name: a state and plain data. Of what was
    printed not all is kept if it is `cut`."""

    answer: Answer
    changed: tuple[bool, ...] = ()
    printed: str = ""
    values: tuple[tuple[str, Any], ...] = ()
    cut: bool = False


class Attempt(NamedTuple):
    """A program tried on all cases; `load` is what ended it before the first, if anything did, `top` what ended it
    when all of it was run, so that only its definitions were. Of one that was given up `left` cases were not run."""

    way: Way
    trials: tuple[Trial, ...]
    failures: tuple[Failure, ...] = ()
    printed: str = ""
    load: Ended | None = None
    top: Ended | None = None
    left: int = 0


def limits_of(task: Task) -> Limits:
    """What a program may use."""
    return Limits(load=max(_LOAD, task.seconds), call=task.seconds, memory=task.memory)


def explored(
    program: Program, task: Task, pick: Callable[[tuple[Outline, ...]], Way | None], patience: Patience | None = None
) -> tuple[Program, tuple[Outline, ...] | Ended, Attempt | None]:
    """What the files of a program consist of, and the program tried in the way that is picked from that, if any is.

    The program is the same, or with what it misses of the code that stands below it. Of a source that the parser
    cannot stand there is what ended the process.
    """
    alone = program._replace(files=program.alone, alone=(), later="") if program.alone else None
    if sum(map(len, program.sources)) > limits_of(task).source:
        if alone is not None:
            return explored(alone, task, pick)
        return program, Ended(Limit.SOURCE, "the source is too long"), None
    if len(program.later) > limits_of(task).source or not task.function:
        program = program._replace(later="")
    with opened(limits_of(task), task.backend) as session:
        outlines = _outlined(session, program.sources, task)
        if not isinstance(outlines, Ended):
            whole = _whole(session, program, outlines, task)
            if whole is None:  # other answers end the parser: without them
                return explored(program._replace(later=""), task, pick, patience)
            program, outlines = whole
        if isinstance(outlines, Ended) and alone is not None:  # or files beside it do
            return explored(alone, task, pick)
        way = None if isinstance(outlines, Ended) else pick(outlines)
        if way is None:
            return program, outlines, None
        run = _Run(program, task, way, patience)
        begun = run.begin(session, _in_turn(task))
    return program, outlines, _finished(run, begun)


def _whole(
    session: Session, program: Program, outlines: tuple[Outline, ...], task: Task
) -> tuple[Program, tuple[Outline, ...]] | None:
    names = missed(program, outlines, frozenset(_NAME.findall(task.setup)))
    if not names:
        return program, outlines
    below = _outlined(session, (program.later,), task)
    if isinstance(below, Ended):
        return None
    whole = completed(program, outlines[program.main], below[0], names)
    both = outlines if whole is program else _outlined(session, whole.sources, task)  # `np` was imported above
    return None if isinstance(both, Ended) else (whole, both)


def _outlined(session: Session, sources: tuple[str, ...], task: Task) -> tuple[Outline, ...] | Ended:
    try:
        answer = session.outline(sources, bool(task.bans))
    except Over as over:
        return over.ended
    if isinstance(answer, Returned):
        return read_outlines(answer.value)
    return Ended(Limit.DIED, "the parser failed")


def attempt(program: Program, task: Task, way: Way, patience: Patience | None = None) -> Attempt:
    """The program on every case in turn, as long as there is patience with it."""
    return _finished(_Run(program, task, way, patience), [])


def _finished(run: _Run, begun: list[Trial]) -> Attempt:
    cases, trials = _in_turn(run.task), begun
    while len(trials) < len(cases) and run.sittings <= _MOST_RESTARTS and not run.patience.given_up:
        if len(trials) >= _IN_A_ROW and all(map(_is_endless, trials[-_IN_A_ROW:])):
            break  # a loop without an end, and not only a case that takes long
        trials += run.sitting(cases[len(trials) :])
        if run.load is not None:
            break
    left = len(cases) - len(trials) if run.patience.given_up else 0
    ended = run.load or Ended(Limit.EARLIER, "runs before it had to be ended")
    trials += [Trial(ended)] * (len(cases) - len(trials))
    places = sorted(range(len(cases)), key=lambda number: run.task.cases[number].hidden)  # as _in_turn has them
    trials = [trial for _, trial in sorted(zip(places, trials, strict=True), key=lambda pair: pair[0])]
    return Attempt(run.way, tuple(trials), run.failures, run.printed, run.load, run.top, left)


def _is_endless(trial: Trial) -> bool:
    return isinstance(trial.answer, Ended) and trial.answer.limit is Limit.TIME


def _in_turn(task: Task) -> tuple[Case, ...]:
    """The cases with the hidden ones last: a program that keeps what it has seen must not tell of it when it is given
    inputs of which all that it says is shown."""
    return tuple(sorted(task.cases, key=lambda case: case.hidden))


class _Run:
    """One program, over several processes."""

    def __init__(self, program: Program, task: Task, way: Way, patience: Patience | None = None) -> None:
        self.program, self.task, self.way = program, task, way
        self.patience = patience or Patience(task.seconds, lambda case, trial: True)
        self.patience.begin()
        self.failures: tuple[Failure, ...] = ()
        self.printed = ""
        self.load: Ended | None = None
        self.top: Ended | None = None
        self.sittings = 0

    def sitting(self, cases: tuple[Case, ...]) -> list[Trial]:
        """As many cases as one process stands."""
        with opened(limits_of(self.task), self.task.backend) as session:
            return self.begin(session, cases)

    def begin(self, session: Session, cases: tuple[Case, ...]) -> list[Trial]:
        """The same in a process that has been opened. If what stands at the top ends it, the next is without that."""
        self.sittings += 1
        if not self.task.function:
            return self.patience.kept(cases, self._snippets(session, cases), session)
        ended = self._start(session, {})
        if ended is None:
            return self.patience.kept(cases, self._calls(session, cases), session)
        if self.way.definitions:
            self.load = ended
        else:
            self.top = ended
        self.way = self.way._replace(definitions=True)
        return []

    def _start(self, session: Session, given: dict[str, Any]) -> Ended | None:
        way, setup = self.way, (PRELUDE if self.way.prelude else "") + self.task.setup
        request = {
            "files": self._files(),
            "main": way.file,
            "skip": list(way.skip),
            "definitions": way.definitions,
            "given": given,
            "setup": setup,
            "last": way.last,
            "own": way.own,
            "guarded": way.guarded,
        }
        try:
            answer = session.run(request)
        except Over as over:
            return over.ended
        if not isinstance(answer, Returned):
            return Ended(Limit.CHANNEL, "the program meddles with what runs it")
        self.failures = _failures(answer.value, answer.seconds)
        self.printed = self.printed or session.printed_since(0)[:_MOST_PRINTED]
        return None

    def _files(self) -> list[list[str]]:
        """Names and sources, as the program is tried."""
        files, way = [list(pair) for pair in self.program.files], self.way
        files[way.file][1] += f"\n{way.tail}" if way.tail else ""
        return files

    def _calls(self, session: Session, cases: tuple[Case, ...]) -> Iterator[Trial]:
        for case in cases:
            before = len(session.kept)
            inputs = tuple(plain(value) for value in case.inputs)
            call = Call(self.way.name, inputs)
            if self.way.order:
                call = Call(self.way.name, (), dict(zip(self.way.order, inputs, strict=True)))
            try:
                answer = session.call(call)
                changed = session.changed() if self.task.unchanged else None
            except Over as over:
                yield Trial(over.ended, (), session.printed_since(before)[:_MOST_PRINTED])
                return
            printed = session.printed_since(before)
            cut = len(printed) > _MOST_PRINTED or len(session.kept) >= session.limits.output
            yield Trial(answer, _flags(changed), printed[:_MOST_PRINTED], cut=cut)

    def _snippets(self, session: Session, cases: tuple[Case, ...]) -> Iterator[Trial]:
        names = (*self.task.results, *((LAST,) if self.way.last else ()))
        renamed = {other: name for name, other in self.way.alias}
        for case in cases:
            before = len(session.kept)
            given = {name: plain(value) for name, value in zip(self.task.arguments, case.inputs, strict=True)}
            given |= {name: given[own] for name, own in self.way.alias if own in given}
            known = self.failures
            ended = self._start(session, given)
            printed = session.printed_since(before)[:_MOST_PRINTED]
            if ended is not None:
                yield Trial(ended, (), printed)
                return
            raised = _cause(self.failures, self.way)
            if case.hidden and not self.task.shown:
                self.failures = known  # which line fails, of a thousand that ask, would tell the input
            try:
                answer = session.names(tuple(renamed.get(name, name) for name in names))
            except Over as over:
                yield Trial(over.ended, (), printed)
                return
            values = _values(answer, len(names))
            lost = any(state == "unbound" for state, _ in values[: len(self.task.results)])
            yield Trial(raised if raised is not None and lost else answer, (), printed, values)


def _cause(failures: tuple[Failure, ...], way: Way) -> Raised | None:
    """Why a result has no value: the failure of what would have given it one, or else the first of the answer.

    A library that is not there is no cause: if its names are missed, what needs them fails too.
    """
    causes = [one for one in failures if one.raised.type not in ABSENT]
    causes = [one for one in causes if one.number in way.binding] or causes
    causes = [one for one in causes if one.number >= way.own] or causes
    return causes[0].raised if causes else None


def _flags(answer: Answer | None) -> tuple[bool, ...]:
    value = answer.value if isinstance(answer, Returned) else None
    return tuple(one is True for one in value) if isinstance(value, list) else ()


def _values(answer: Answer, count: int) -> tuple[tuple[str, Any], ...]:
    """States and values as they were asked for; nothing of a process that says something else."""
    value = answer.value if isinstance(answer, Returned) else None
    pairs = [one for one in value if isinstance(one, tuple) and len(one) == 2] if isinstance(value, list) else []
    sound = len(pairs) == count and all(isinstance(state, str) for state, _ in pairs)
    return tuple(pairs) if sound else (("unbound", None),) * count


def _failures(value: Any, seconds: float) -> tuple[Failure, ...]:
    """What failed at the top, as far as the process says it in the form that was agreed."""
    found: list[Failure] = []
    for one in value if isinstance(value, list) else ():
        match one:
            case (int(index), str(kind), str(message), list(trace), list()):
                places = (place for place in trace if isinstance(place, tuple) and len(place) == 2)
                lines = tuple((line, name) for line, name in places if type(line) is int and type(name) is str)
                found.append(Failure(index, Raised(kind[:200], message[:2000], lines, seconds)))
    return tuple(found)


def reference_values(source: str, task: Task, name: str) -> tuple[tuple[Trial, ...], int, tuple[Failure, ...]]:
    """What a function of the instructor's program gives for the cases of a task, the bytes of memory it took, and
    what of the program failed before."""
    program = Program((("", source),), ())
    run = _Run(program, task, Way(name))
    with opened(limits_of(task), task.backend) as session:
        if not task.function:
            return tuple(run._snippets(session, task.cases)), 0, run.failures
        ended = run._start(session, {})
        if ended is not None:
            return (Trial(ended),) * len(task.cases), 0, ()
        trials = tuple(run._calls(session, task.cases))
        try:
            used = session.used()
        except Over:
            return trials, 0, run.failures
    memory = used.value if isinstance(used, Returned) and isinstance(used.value, int) else 0
    return trials, memory, run.failures
