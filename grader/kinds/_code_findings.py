"""From what a program did to a finding: the credit, and what is said of it."""

from __future__ import annotations

import builtins
import re
from collections.abc import Iterator
from fractions import Fraction

from grader.kinds.kind import View, mistake, remark
from grader.model.documents import Block
from grader.model.records import NamedTuple
from grader.model.results import Finding, Reason, Status
from grader.programs import bans, libraries
from grader.programs.cases import Case, Task, size, words
from grader.programs.compare import Verdict
from grader.programs.runs import Trial, given_names
from grader.programs.scores import SLIPS, Scored
from grader.programs.source import Program
from grader.programs.trials import Tried
from grader.sandbox.values import Ended, Limit, Raised

ZERO, ONE = Fraction(0), Fraction(1)
_ADDRESS = re.compile(r"\b0x[0-9a-fA-F]{4,}\b")
_PRINTED = 180  # characters
_MOST_REMARKS = 3


class Earned(NamedTuple):
    """The share of the cases that come out right, and what of it slips and bans leave."""

    share: Fraction
    factor: Fraction
    reasons: tuple[Reason, ...]
    open: tuple[Reason, ...]  # why a person has to decide


def finding(task: Task, tried: Tried, view: View) -> Finding:
    """The finding of a program by itself."""
    spans = _spans(task, tried, view)
    scored = tried.scored
    if scored is None:
        return _not_run(task, tried, spans)
    earned = earn(task, tried, scored)
    total = len(task.cases)
    read_as = f"{_called(task, scored)}: {scored.right} of {total} test cases come out right"
    notes = tuple(_notes(task, tried, scored))
    if earned.open:
        return Finding(Status.REVIEW, None, (*earned.open, *earned.reasons, *notes), read_as, spans)
    credit = earned.share * earned.factor
    failing = tuple(_failing(task, scored, tried.program))
    reasons = (*earned.reasons, *failing, *notes)
    status = Status.RIGHT if credit == 1 else Status.WRONG if credit == 0 else Status.PARTIAL
    return Finding(status, credit, reasons, read_as, _failing_spans(task, tried, scored) + spans)


def _called(task: Task, scored: Scored) -> str:
    if not task.function:
        return ", ".join(task.results)
    return f"{scored.attempt.way.name}({', '.join(task.arguments)})"


# -- credit ----------------------------------------------------------------------------------------------------


def _wanting(tried: Tried, scored: Scored, raised: list[Raised]) -> list[Reason]:
    """A library that some case failed for want of, or of a name that was to come of it, or that numpy had once."""
    named = any(one.type in ("NameError", "AttributeError") for one in raised)
    raised = [*raised, *(one.raised for one in scored.attempt.failures if named)]
    if once := libraries.removed(raised):
        return [remark("name-removed", found=once)]
    failed = [one.message for one in raised if one.type == "NameError" or one.type in libraries.ABSENT]
    library = libraries.missing(tried.program.sources, failed) if failed and tried.program is not None else ""
    return [remark("library-missing", found=library)] if library else []


_UNDECIDED = {
    "property-open": "property-undecided",
    "value-open": "value-undecided",
    "rounding-open": "rounding-undecided",
    "order-open": "order-undecided",
    "among-others": "among-undecided",
}


def earn(task: Task, tried: Tried, scored: Scored) -> Earned:
    """Credit of an attempt, with the reasons for all that is taken off."""
    share, reasons = share_of(task, scored)
    reasons += map(mistake, dict.fromkeys(one.id for one in scored.verdicts if one.right and one.id))
    factor = ONE
    for id, fact in scored.slips:
        factor *= SLIPS[id]
        reasons.append(mistake(id, found=fact) if fact else mistake(id))
    open_: list[Reason] = []
    if tried.rival:
        open_.append(remark("other-function", found=tried.rival, asked=task.function))
    for found in _broken_bans(task, tried, scored):
        if found.sure:
            factor *= found.ban.credit
            reasons.append(mistake("forbidden-used", found=found.ban.what, line=found.line))
        elif share:  # where no case is right, nothing is left to decide
            open_.append(remark("forbidden-hidden", found=found.ban.what, line=found.line))
    raised = [trial.answer for trial in scored.attempt.trials if isinstance(trial.answer, Raised)]
    if tried.program is not None and libraries.works_apart(tried.program.sources, raised):
        open_.append(remark("processes-missing"))
    banned = any(reason.id == "forbidden-used" for reason in reasons)  # a library may be forbidden
    open_ += [] if banned else _wanting(tried, scored, raised)
    undecided = (_UNDECIDED[verdict.id] for verdict in scored.verdicts if verdict.id in _UNDECIDED)
    open_ += map(remark, dict.fromkeys(undecided if factor else ()))
    return Earned(share, factor, tuple(reasons), tuple(open_))


def share_of(task: Task, scored: Scored) -> tuple[Fraction, list[Reason]]:
    """The weighted share of right cases: never more than that of the hidden ones, whose inputs nobody has seen, and
    nothing where only exceptions come out right, for a program that always raises gives those."""
    pairs = list(zip(task.cases, scored.verdicts, strict=True))
    whole = _share(pairs)
    hidden = [pair for pair in pairs if pair[0].hidden]
    valued = [pair for pair in pairs if not pair[0].raises]
    unseen = [pair for pair in valued if pair[0].hidden] or valued  # a memorised example unlocks no exceptions
    if unseen and not any(verdict.earned for _, verdict in unseen):
        return ZERO, [mistake("shown-only")] if any(verdict.earned for _, verdict in valued) else []
    if hidden and whole > (least := _share(hidden)):
        return least, [mistake("shown-only")] if least == 0 else []
    return whole, []


def _share(pairs: list[tuple[Case, Verdict]]) -> Fraction:
    total = sum((case.weight for case, _ in pairs), ZERO)
    return sum((case.weight * verdict.earned for case, verdict in pairs), ZERO) / total


def _broken_bans(task: Task, tried: Tried, scored: Scored) -> list[bans.Found]:
    way, program = scored.attempt.way, tried.program
    if not task.bans or program is None:
        return []
    names = tuple(name for name, _ in program.files)
    asked = bans.Asked(way.file, way.name, task.arguments, given_names(task, way))
    return bans.broken(task.bans, tried.outlines, names, asked)


# -- what is said ----------------------------------------------------------------------------------------------


def _not_run(task: Task, tried: Tried, spans: tuple[tuple[int, int], ...]) -> Finding:
    facts = dict(tried.facts)
    if tried.why == "not-parsed" and tried.program is not None and not tried.program.loose:
        line = int(facts.get("line", "0"))
        place = tried.program.place(line)
        reason = mistake("program-not-parsed", message=facts.get("message", ""), line=_shown_line(tried.program, line))
        if _is_newer(tried.program.line(line)):
            newer = remark("newer-python", line=_shown_line(tried.program, line))
            return Finding(Status.REVIEW, None, (newer,), "", (place,) if place else spans)
        return Finding(Status.WRONG, ZERO, (reason,), "", (place,) if place else spans)
    if tried.why == "not-read":
        return Finding(Status.REVIEW, None, (remark("program-not-readable", **facts),), "", spans)
    if tried.why == "defined-twice":
        return Finding(Status.REVIEW, None, (remark("answered-twice"),), "", spans)
    if tried.why == "other-language" and tried.program is not None:
        return Finding(Status.REVIEW, None, (remark("other-language", found=tried.program.language),), "", spans)
    if tried.why == "no-function" and task.function:
        return Finding(Status.REVIEW, None, (remark("function-missing", asked=task.function),), "", spans)
    return Finding(Status.REVIEW, None, (remark("no-answer-found", what="a program"),), "", spans)


_NEWER = re.compile(  # PEP 695, type parameters; PEP 701, quotes inside formatted strings; PEP 750, t"..."
    r"^\s*type\s+\w+(\[[^\]]*\])?\s*=|^\s*(async\s+)?(def|class)\s+\w+\s*\[[^\]]*\]|\b[fF][rR]?([\"']).*\{.*\4.*\}|\bt[\"']"
)


def _is_newer(line: str) -> bool:
    """Whether a line that does not parse may be one of a later version of Python than runs here."""
    return _NEWER.search(line) is not None


def _shown_line(program: Program, line: int) -> str:
    """A line by its words: its number is that of all files together."""
    return program.line(line)[:100]


def _failing(task: Task, scored: Scored, program: Program | None) -> Iterator[Reason]:
    """How many cases are right, and the smallest that is not."""
    wrong = _smallest(task, scored)
    if wrong is None:
        return
    case, verdict, trial = wrong
    given = words(case, task.arguments, task.shown)
    veiled = case.hidden and not task.shown
    name = dict(verdict.facts).get("name")
    if name is not None:
        yield remark("about-name", found=name)
    yield _veiled(verdict, trial, given, task) if veiled else _reason(verdict, trial, given, task, program)
    if len(task.results) > 1:
        yield from _by_name(task, scored)
    yield remark("cases-right", count=scored.right, total=len(task.cases))
    if trial.printed.strip() and not veiled and verdict.id in ("returns-nothing", "raised"):
        yield remark("printed", found=_one_line(trial.printed))


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


def _smallest(task: Task, scored: Scored) -> tuple[Case, Verdict, Trial] | None:
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
    facts = {name: fact for name, fact in verdict.facts if name not in ("name", "missed")}
    if verdict.id == "raised" and isinstance(answer, Raised):
        where = _where(answer, program)
        if not where:  # the call itself: too few arguments, or something that cannot be called
            return mistake("call-raised", given=given, found=_error(answer))
        return mistake("program-raised", given=given, found=_error(answer), where=where)
    if verdict.id == "ended" and isinstance(answer, Ended):
        if answer.limit is Limit.TIME:
            time = f"{task.seconds:g} second{'' if task.seconds == 1 else 's'}"
            return mistake("program-too-slow", given=given, message=time)
        return mistake("program-ended", given=given, message=answer.words)
    return mistake(verdict.id, given=given, **facts)


# What may be said of a hidden case as of any other: nothing of it is of the program's choosing.
_OF_HIDDEN = (
    "returns-nothing",
    "raises-nothing",
    "raises-other",
    "property-fails",
    "result-unbound",
)


def _veiled(verdict: Verdict, trial: Trial, given: str, task: Task) -> Reason:
    """The same of a hidden case, without a word that the program chose: it could be the input."""
    facts = {name: fact for name, fact in verdict.facts if name in ("where", "count", "asked")}
    if verdict.id in ("raised", "ended"):
        if isinstance(trial.answer, Raised):
            return mistake("hidden-raised", given=given, found=_known_error(trial.answer))
        reason = _reason(verdict, trial, given, task, None)
        return reason._replace(id=f"hidden-{reason.id}")
    if verdict.id in ("entries-wrong", "result-shape-wrong"):
        return mistake(f"hidden-{verdict.id}", given=given, **facts)
    if verdict.id in _OF_HIDDEN:
        return mistake(f"hidden-{verdict.id}", given=given, **facts)
    return mistake("hidden-result-wrong", given=given)


def _known_error(raised: Raised) -> str:
    kind = getattr(builtins, raised.type, None)
    known = isinstance(kind, type) and issubclass(kind, BaseException)
    return raised.type if known or raised.type in ("LinAlgError", "AxisError") else "an exception of its own"


def _error(raised: Raised) -> str:
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


def _notes(task: Task, tried: Tried, scored: Scored) -> Iterator[Reason]:
    """What of the program was left out, and what failed beside the answer."""
    if tried.overwritten:
        yield remark("given-overwritten", found=", ".join(tried.overwritten))
    if scored.attempt.way.definitions:
        top = scored.attempt.top
        if top is None or top.limit is Limit.TIME:
            yield remark("top-left-out")
        else:
            yield remark("top-ended", message=top.words)
    program, way = tried.program, scored.attempt.way
    if program is None:
        return
    outline = tried.outlines[way.file]
    for piece in [one for one in outline.broken if program.place(one.first) is not None][:_MOST_REMARKS]:
        yield remark("piece-not-parsed", found=_shown_line(program, piece.first), message=piece.message)
    statements, all_right = outline.statements, all(verdict.right for verdict in scored.verdicts)
    functions = [] if all_right else [one for one in statements if one.what == "FunctionDef"]
    read = frozenset([name for one in functions for name in one.reads])
    for failure in scored.attempt.failures[:_MOST_REMARKS]:
        own = 0 <= failure.number < len(statements)
        if own and task.function and not statements[failure.number].concerns(way.name, read):
            continue
        if own and {*statements[failure.number].binds} & {*task.results}:
            continue  # that is the answer itself
        if own and program.place(statements[failure.number].first) is not None:  # what stands above is no part of it
            line = _shown_line(program, statements[failure.number].first)  # a snippet has seen the hidden inputs, too
            error = _error(failure.raised) if task.function or task.shown else _known_error(failure.raised)
            yield remark("statement-failed", where=line, found=error)


def _spans(task: Task, tried: Tried, view: View) -> tuple[tuple[int, int], ...]:
    """The first line of the function; of a snippet, its blocks."""
    program, scored = tried.program, tried.scored
    if program is not None and scored is not None and task.function:
        statement = tried.outlines[scored.attempt.way.file].find(scored.attempt.way.name)
        place = program.place(statement.first) if statement is not None else None
        if place is not None:
            return (place,)
    return tuple(_own(block) for block in view.answer.blocks)


def _own(block: Block) -> tuple[int, int]:
    """The lines of a block of code without the fence around them; any other block as it stands."""
    runs = [run for run in block.runs if run.text.strip()]
    if block.kind != "code" or not runs:
        return block.span
    last = runs[-1]
    return runs[0].span.start, last.span.stop - len(last.text) + len(last.text.rstrip())


def _failing_spans(task: Task, tried: Tried, scored: Scored) -> tuple[tuple[int, int], ...]:
    """The line at which the smallest failing case raised."""
    wrong = _smallest(task, scored)
    answer = wrong[2].answer if wrong is not None else None
    if not isinstance(answer, Raised) or not answer.trace or tried.program is None:
        return ()
    place = tried.program.place(answer.trace[-1][0])
    return (place,) if place is not None else ()
