"""What is said of a case that fails: of a hidden one nothing that the program chose."""

from __future__ import annotations

import builtins
import re
from collections.abc import Iterator
from typing import Any

import numpy as np

from grader.kinds.kind import mistake, remark
from grader.model.results import Reason
from grader.programs import libraries
from grader.programs.arrays import array_of
from grader.programs.cases import Case, Task, size, words
from grader.programs.compare import Verdict
from grader.programs.positions import idle_positions
from grader.programs.runs import Trial
from grader.programs.scores import Scored
from grader.programs.source import Program
from grader.sandbox.values import Array, Ended, Limit, Raised, Returned

_ADDRESS = re.compile(r"\b0x[0-9a-fA-F]{4,}\b")
_PRINTED = 180  # characters


def failing_case(task: Task, scored: Scored, program: Program | None) -> Iterator[Reason]:
    """How many cases are right, and the smallest that is not."""
    wrong = smallest_failing(task, scored)
    if wrong is None:
        return
    case, verdict, trial = wrong
    given = words(case, task.arguments, task.shown)
    veiled = case.hidden and not task.shown
    name = dict(verdict.facts).get("name")
    if name is not None:
        yield remark("about-result" if task.positions else "about-name", found=name)
    elif items := [int(fact) + 1 for fact_of, fact in verdict.facts if fact_of == "item"]:
        yield remark("about-value", count=items[-1])
    yield _veiled(verdict, trial, given, task) if veiled else _reason(verdict, trial, given, task, program)
    if len(task.results) > 1:
        yield from _by_name(task, scored)
    if _is_cut(case, trial, verdict, task):
        yield remark("decimals-cut")
    yield remark("cases-right", count=scored.right, total=len(task.cases))
    yield from _by_position(task, scored)
    if trial.printed.strip() and not veiled and verdict.id in ("returns-nothing", "raised"):
        yield remark("printed", found=_one_line(trial.printed))


def _is_cut(case: Case, trial: Trial, verdict: Verdict, task: Task) -> bool:
    """Whether whole numbers come back that are the expected ones without their decimals: an array of integers, as the
    input may be one, keeps no others."""
    if not case.expected or not isinstance(trial.answer, Returned):
        return False
    expected: Any = case.expected[0]
    found: Any = trial.answer.value
    facts = dict(verdict.facts)
    if task.function and ("name" in facts or "item" in facts):  # then both are as many values
        place = task.positions.index(facts["name"]) if "name" in facts else int(facts["item"])
        expected, found = expected[place], found[place]
    return _has_lost(expected, found)


def _has_lost(expected: Any, found: Any) -> bool:
    if not isinstance(found, Array) or not isinstance(expected, np.ndarray) or expected.dtype.kind != "f":
        return False
    own = array_of(found)
    if own.shape != expected.shape or own.dtype.kind not in "iuf" or not np.all(np.isfinite(expected)):
        return False
    near = np.isclose(expected, np.round(expected), rtol=0, atol=_NEAR_WHOLE)
    whole = np.where(near & (own == np.round(expected)), np.round(expected), np.trunc(expected))
    return bool(np.all(own == whole) and np.any(own != 0) and not np.all(near))


_NEAR_WHOLE = 1e-9


def _by_name(task: Task, scored: Scored) -> Iterator[Reason]:
    """Which of several names are right in all cases, and which are not."""
    missed: set[str] = set()
    for verdict in scored.verdicts:
        names = dict(verdict.facts).get("missed", ", ".join(task.results)) if not verdict.right else ""
        missed |= set(names.split(", ")) if names else set()
    sound = [name for name in task.results if name not in missed]
    if sound and missed:
        wrong = ", ".join(name for name in task.results if name in missed)
        yield remark("names-right", found=", ".join(sound), names=wrong)


def _by_position(task: Task, scored: Scored) -> Iterator[Reason]:
    """How often each of the results of a function is right, and which are so by chance only."""
    pairs = list(zip(task.cases, scored.verdicts, strict=True))
    told = [dict(verdict.facts).get("missed", "") for case, verdict in pairs if not (case.raises or verdict.right)]
    missed = [one.split(", ") for one in told if one]
    total = sum(not case.raises for case in task.cases)
    sound = total - len(told)
    for name in task.positions if missed else ():
        count = sound + sum(name not in names for names in missed)
        yield remark("result-right", found=name, count=count, total=total)
    idle = idle_positions(list(zip(task.cases, scored.attempt.trials, strict=True)), task)
    for place in sorted(idle):
        yield remark("result-idle", found=task.positions[place])


def smallest_failing(task: Task, scored: Scored) -> tuple[Case, Verdict, Trial] | None:
    """The smallest input that fails; one that may be shown before one that may not, a value before an exception."""
    rows = zip(task.cases, scored.verdicts, scored.attempt.trials, strict=True)
    failing = [row for row in rows if not row[1].right]
    ended = Limit.EARLIER

    def rank(row: tuple[Case, Verdict, Trial]) -> tuple[bool, bool, bool, int]:
        case, answer = row[0], row[2].answer
        unseen = isinstance(answer, Ended) and answer.limit is ended
        return unseen, case.hidden and not task.shown, bool(case.raises), size(case)

    return min(failing, key=rank, default=None)


def _reason(verdict: Verdict, trial: Trial, given: str, task: Task, program: Program | None) -> Reason:
    answer = trial.answer
    facts = {name: fact for name, fact in verdict.facts if name not in ("name", "missed", "item")}
    if verdict.id == "raised" and isinstance(answer, Raised):
        where = _where(answer, program)
        wanted = lacking(answer, program)
        if where and wanted:
            return mistake("program-lacks", given=given, found=wanted, where=where)
        if not where:  # the call itself: too few arguments, or something that cannot be called
            return mistake("call-raised", given=given, found=error_words(answer))
        return mistake("program-raised", given=given, found=error_words(answer), where=where)
    if verdict.id == "ended" and isinstance(answer, Ended):
        if answer.limit is Limit.TIME:
            time = f"{task.seconds:g} second{'' if task.seconds == 1 else 's'}"
            return mistake("program-too-slow", given=given, message=time)
        return mistake("program-ended", given=given, message=answer.words)
    return mistake(verdict.id, given=given, **facts)


def lacking(raised: Raised, program: Program | None) -> str:
    """The library for want of which a name has no value: `plt`, where matplotlib is imported and not installed here."""
    told = raised.type == "NameError" or raised.type in libraries.ABSENT
    return libraries.missing(program.sources, [raised.message]) if told and program is not None else ""


# What may be said of a hidden case as of any other: nothing of it is of the program's choosing.
_OF_HIDDEN = (
    "returns-nothing",
    "raises-nothing",
    "raises-other",
    "property-fails",
    "result-unbound",
    "print-cut",
)


def _veiled(verdict: Verdict, trial: Trial, given: str, task: Task) -> Reason:
    """The same of a hidden case, without a word that the program chose: it could be the input."""
    facts = {name: fact for name, fact in verdict.facts if name in ("where", "count", "asked")}
    if verdict.id in ("raised", "ended"):
        if isinstance(trial.answer, Raised):
            return mistake("hidden-raised", given=given, found=known_error(trial.answer))
        reason = _reason(verdict, trial, given, task, None)
        return reason._replace(id=f"hidden-{reason.id}")
    if verdict.id in ("entries-wrong", "result-shape-wrong"):
        return mistake(f"hidden-{verdict.id}", given=given, **facts)
    if verdict.id == "raises-own":
        return mistake("hidden-raises-other", given=given, **facts)
    if verdict.id == "raises-other" and isinstance(trial.answer, Raised) and is_known(trial.answer):
        return mistake("hidden-raises-known", given=given, found=trial.answer.type, **facts)
    if verdict.id in _OF_HIDDEN:
        return mistake(f"hidden-{verdict.id}", given=given, **facts)
    return mistake("hidden-result-wrong", given=given)


def known_error(raised: Raised) -> str:
    """The type of an exception, where it is one of Python's own or of numpy's: any other is the program's choice."""
    return raised.type if is_known(raised) else "an exception of its own"


def is_known(raised: Raised) -> bool:
    """Whether the type of an exception is one of Python's own, or of numpy's."""
    kind = getattr(builtins, raised.type, None)
    return (isinstance(kind, type) and issubclass(kind, BaseException)) or raised.type in _OF_NUMPY


_OF_NUMPY = frozenset(["LinAlgError", "AxisError", "UFuncTypeError", "DTypePromotionError", "TooHardError"])


def error_words(raised: Raised) -> str:
    """An exception on one line, with its message."""
    return _one_line(f"{raised.type}: {raised.message}" if raised.message else raised.type)


def _where(raised: Raised, program: Program | None) -> str:
    """The student's own line at which it happened, and those that led there; nothing if it was none of them."""
    if program is None or not raised.trace:
        return ""
    steps = raised.trace[-3:]
    lines = [(name if name != "<module>" else "", program.line(line)) for line, name in steps]
    return _one_line(" → ".join(f"{name}: {line}" if name else line for name, line in lines))


def _one_line(text: str) -> str:
    """Words of a process on one line, without addresses, which differ from run to run."""
    flat = " ".join(_ADDRESS.sub("0x...", text).split())
    return flat if len(flat) <= _PRINTED else flat[: _PRINTED - 3] + "..."
