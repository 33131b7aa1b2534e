"""From what a program did to a finding: the credit, and what is said of it."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from fractions import Fraction

from grader.kinds._code_cases import failing_case, smallest_failing
from grader.kinds._code_notes import is_newer, line_facts, notes
from grader.kinds.kind import View, mistake, remark
from grader.model.documents import Block
from grader.model.records import NamedTuple
from grader.model.results import Finding, Reason, Status
from grader.programs import bans, libraries
from grader.programs.breaches import Asked, Found
from grader.programs.cases import Case, Task
from grader.programs.compare import Verdict
from grader.programs.runs import given_imports, given_names
from grader.programs.scores import CUT, SLIPS, Scored
from grader.programs.snippets import named_in_functions
from grader.programs.trials import Tried
from grader.sandbox.values import Raised

ZERO, ONE = Fraction(0), Fraction(1)


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
        return _not_run(task, tried, spans, view)
    earned = earn(task, tried, scored, view)
    total = len(task.cases)
    read_as = f"{_called(task, scored)}: {scored.right} of {total} test cases come out right"
    beside = tuple(notes(task, tried, scored))
    if earned.open:
        return Finding(Status.REVIEW, None, (*earned.open, *earned.reasons, *beside), read_as, spans)
    credit = earned.share * earned.factor
    failing = (*failing_case(task, scored, tried.program), *_weighed(task, scored))
    reasons = (*earned.reasons, *failing, *beside)
    status = Status.RIGHT if credit == 1 else Status.WRONG if credit == 0 else Status.PARTIAL
    return Finding(status, credit, reasons, read_as, _failing_spans(task, tried, scored) + spans)


def _called(task: Task, scored: Scored) -> str:
    if not task.function:
        return ", ".join(task.results)
    return f"{scored.attempt.way.name}({', '.join(task.arguments)})"


# -- credit ----------------------------------------------------------------------------------------------------


def _wanting(tried: Tried, scored: Scored, raised: list[Raised]) -> list[Reason]:
    """A library, or a file of the student's, that some case failed for want of, or of a name that was to come of it, or
    that numpy had once."""
    raised = [*raised, *_causes(tried, scored, raised)]
    if once := libraries.removed(raised):
        return [remark("name-removed", found=once)]
    failed = [one.message for one in raised if one.type == "NameError" or one.type in libraries.ABSENT]
    library = libraries.missing(tried.program.sources, failed) if failed and tried.program is not None else ""
    if library:
        return [remark("library-missing", found=library)]
    module = libraries.not_handed_in(raised)
    return [remark("module-missing", found=module)] if module else []


_MISSED = re.compile(r"(?:name '|there is no function `)(\w+)")


def _causes(tried: Tried, scored: Scored, raised: list[Raised]) -> Iterator[Raised]:
    """What the statements raised that were to give the missing names a value: an import that only another answer needs
    is none."""
    statements = tried.outlines[scored.attempt.way.file].statements
    known = [one for one in scored.attempt.failures if 0 <= one.number < len(statements)]
    seen: set[int] = set()
    waiting = [found[1] for one in raised if (found := _MISSED.match(one.message))]
    while waiting:
        name = waiting.pop()
        for number, one in enumerate(known):
            if number not in seen and {name, "*"} & {*statements[one.number].binds}:
                seen.add(number)
                waiting += _MISSED.findall(one.raised.message)
                yield one.raised


_UNDECIDED = {
    "property-open": "property-undecided",
    "value-open": "value-undecided",
    "rounding-open": "rounding-undecided",
    "order-open": "order-undecided",
    "among-others": "among-undecided",
    "in-mapping": "mapping-undecided",
    "shown-together": "shown-undecided",
}


# What the parser raises when it gives up: no fault of syntax.
TOO_DEEP = frozenset(["RecursionError", "MemoryError"])
_NESTED = "the parser gives it up"


def earn(task: Task, tried: Tried, scored: Scored, view: View) -> Earned:
    """Credit of an attempt, with the reasons for all that is taken off."""
    share, reasons = share_of(task, scored)
    reasons += map(mistake, dict.fromkeys(id for one in scored.verdicts for id in one.forms))
    factor = ONE
    for id, fact in scored.slips:
        factor *= SLIPS[id]
        reasons.append(mistake(id, found=fact) if fact else mistake(id))
    open_ = list(_left_open(task, tried, scored, share))
    for found in _broken_bans(task, tried, scored):
        facts = line_facts(tried.program, found.line, view)
        if found.sure:
            factor *= found.ban.credit
            reasons.append(mistake("forbidden-used", found=found.ban.what, **facts))
        elif share:  # where no case is right, nothing is left to decide
            open_.append(remark("forbidden-hidden", found=found.ban.what, **facts))
    raised = [trial.answer for trial in scored.attempt.trials if isinstance(trial.answer, Raised)]
    if tried.program is not None and libraries.works_apart(tried.program.sources, raised):
        open_.append(remark("processes-missing"))
    banned = any(reason.id == "forbidden-used" for reason in reasons)  # a library may be forbidden
    open_ += [] if banned else _wanting(tried, scored, raised)
    undecided = (_UNDECIDED[verdict.id] for verdict in scored.verdicts if verdict.id in _UNDECIDED)
    open_ += map(remark, dict.fromkeys(undecided if factor else ()))
    return Earned(share, factor, tuple(reasons), tuple(open_))


def _left_open(task: Task, tried: Tried, scored: Scored, share: Fraction) -> Iterator[Reason]:
    """What of the program was not run, or in place of something else."""
    if tried.rival:
        yield remark("other-function", found=tried.rival, asked=task.function)
    if tried.shadowed:
        yield remark("name-shadowed", found=", ".join(tried.shadowed))
    if share and any(id == "call-missing" for id, _ in scored.slips):
        yield remark("shown-undecided")
    unbound = any(verdict.id == "result-unbound" for verdict in scored.verdicts)
    if (
        unbound
        and not task.function
        and tried.program is not None
        and (inside := named_in_functions(tried.program, tried.outlines, task.results))
    ):
        yield remark("named-in-function", names=", ".join(inside))
    if scored.attempt.left:  # its first cases say nothing of those that were not run
        yield remark("given-up", count=str(scored.attempt.left), total=str(len(task.cases)))
    deep = any(piece.message in TOO_DEEP for piece in tried.outlines[scored.attempt.way.file].broken)
    if deep and not all(verdict.right for verdict in scored.verdicts):
        yield remark("program-not-readable", message=_NESTED)


def share_of(task: Task, scored: Scored) -> tuple[Fraction, list[Reason]]:
    """The weighted share of right cases: never more than that of the hidden ones, whose inputs nobody has seen, and
    nothing where only exceptions come out right, for a program that always raises gives those."""
    pairs = [pair for pair in zip(task.cases, scored.verdicts, strict=True) if pair[1].id != CUT]
    whole = _share(pairs)
    hidden = [pair for pair in pairs if pair[0].hidden]
    valued = [pair for pair in pairs if not pair[0].raises]
    unseen = [pair for pair in valued if pair[0].hidden] or valued  # a memorised example unlocks no exceptions
    if unseen and not any(verdict.earned for _, verdict in unseen):
        return ZERO, [mistake("shown-only")] if any(verdict.earned for _, verdict in valued) else []
    if hidden and whole > (least := _share(hidden)):
        return least, [mistake("shown-only")] if least == 0 else []
    return whole, []


def _weighed(task: Task, scored: Scored) -> Iterator[Reason]:
    """What the cases that come out right are together, where their number does not say it."""
    plain = [Verdict(one.right, one.id if one.id == CUT else "") for one in scored.verdicts]
    share, _ = share_of(task, scored._replace(verdicts=tuple(plain)))
    raised = any(case.raises and one.right for case, one in zip(task.cases, scored.verdicts, strict=True))
    if raised and not share_of(task, scored)[0]:
        yield remark("exceptions-only")
    if task.positions and any(one.part for one in scored.verdicts):
        return  # what each of the results is worth has been said
    if 0 < share < 1 and share != Fraction(scored.right, len(plain)):
        whole = _share([pair for pair in zip(task.cases, plain, strict=True) if pair[1].id != CUT])
        yield remark("cases-weigh" if share == whole else "hidden-weigh", count=str(share))


def _share(pairs: list[tuple[Case, Verdict]]) -> Fraction:
    total = sum((case.weight for case, _ in pairs), ZERO)
    return sum((case.weight * verdict.earned for case, verdict in pairs), ZERO) / total


_MOST = Fraction(2, 3)  # by weight, of the cases that are not right: so many make a foreseen mistake


def part_of(rows: Sequence[tuple[Case, Verdict, Verdict]]) -> Fraction:
    """The weighted share of the cases that give what a foreseen mistake gives, or nothing if that is not what most of
    those give that are not right; each case with its verdicts beside the mistake and beside the reference.

    A program that is right where the mistake is not makes another one.
    """
    if any(right.right and not told.right for _, told, right in rows):
        return ZERO
    unseen = [row for row in rows if row[0].hidden] or rows
    for some in (rows, unseen):
        wrong = [(case, told) for case, told, right in some if not right.right]
        if not wrong or _share([(case, Verdict(told.right)) for case, told in wrong]) < _MOST:
            return ZERO
    earned = [(case, told if told.right else Verdict(False)) for case, told, _ in rows]
    return min(_share(earned), _share([one for one in earned if one[0].hidden] or earned))


def _broken_bans(task: Task, tried: Tried, scored: Scored) -> list[Found]:
    way, program = scored.attempt.way, tried.program
    if not task.bans or program is None:
        return []
    names = tuple(name for name, _ in program.files)
    failed = frozenset(one.number for one in scored.attempt.failures)
    known, imports = given_names(task, way), given_imports(way)
    asked = Asked(way.file, way.name, task.arguments, known, imports, failed=failed, lengths=task.lengths())
    asked = asked if way.name else asked._replace(results=task.results)
    if not way.owner:
        return bans.broken(task.bans, tried.outlines, names, asked)
    return bans.broken(task.bans, tried.outlines, names, asked._replace(name=way.owner, member=way.name))


# -- what is said ----------------------------------------------------------------------------------------------


def _not_run(task: Task, tried: Tried, spans: tuple[tuple[int, int], ...], view: View) -> Finding:
    facts = dict(tried.facts)
    if tried.why == "not-parsed" and facts.get("message") in TOO_DEEP:
        return Finding(Status.REVIEW, None, (remark("program-not-readable", message=_NESTED),), "", spans)
    if tried.why == "not-parsed" and tried.program is not None and not tried.program.loose:
        line = int(facts.get("line", "0"))
        place = tried.program.place(line)
        told = line_facts(tried.program, line, view)
        reason = mistake("program-not-parsed", message=facts.get("message", ""), **told)
        pieces = [piece for one in tried.outlines for piece in one.broken if piece.line == line]
        if any(is_newer(tried.program, piece) for piece in pieces):
            newer = remark("newer-python", **told)
            return Finding(Status.REVIEW, None, (newer,), "", (place,) if place else spans)
        return Finding(Status.WRONG, ZERO, (reason,), "", (place,) if place else spans)
    if tried.why == "not-read":
        return Finding(Status.REVIEW, None, (remark("program-not-readable", **facts),), "", spans)
    if tried.why == "defined-twice":
        return Finding(Status.REVIEW, None, (remark("answered-twice"),), "", spans)
    if tried.why == "other-language" and tried.program is not None:
        return Finding(Status.REVIEW, None, (remark("other-language", found=tried.program.language),), "", spans)
    if tried.why == "no-function" and task.function and (line := _inner(tried, task.function)):
        told = line_facts(tried.program, line, view)
        return Finding(Status.REVIEW, None, (remark("function-inside", asked=task.function, **told),), "", spans)
    if tried.why == "no-function" and task.function:
        return Finding(Status.REVIEW, None, (remark("function-missing", asked=task.function),), "", spans)
    return Finding(Status.REVIEW, None, (remark("no-answer-found", what="a program"),), "", spans)


def _inner(tried: Tried, name: str) -> int:
    """The line on which a method, or a function inside another, has a name; 0 for none."""
    pattern = re.compile(rf"[ \t]+(?:async )?def {re.escape(name)}\b")
    lines = [one.split("\n") for one in tried.program.sources] if tried.program is not None else []
    return next((k for each in lines for k, line in enumerate(each, 1) if pattern.match(line)), 0)


def _spans(task: Task, tried: Tried, view: View) -> tuple[tuple[int, int], ...]:
    """The first line of the function; of a snippet, its blocks, or of a whole file what gives the names a value."""
    program, scored = tried.program, tried.scored
    if program is not None and scored is not None and not task.function and _has_functions(tried, scored):
        statements = tried.outlines[scored.attempt.way.file].statements
        own = [statements[number] for number in scored.attempt.way.binding]
        ends = [(program.place(one.first), program.place(one.last)) for one in own]
        spans = tuple((first[0], last[1]) for first, last in ends if first is not None and last is not None)
        if spans:
            return spans
    if program is not None and scored is not None and task.function:
        way = scored.attempt.way
        statement = tried.outlines[way.file].find(way.owner or way.name)
        place = program.place(statement.first) if statement is not None else None
        if place is not None:
            return (place,)
    return tuple(_own(block) for block in view.answer.blocks)


def _has_functions(tried: Tried, scored: Scored) -> bool:
    """Whether a snippet stands among functions that it does not call, as those of other questions."""
    program, way = tried.program, scored.attempt.way
    statements = tried.outlines[way.file].statements
    own = [one for one in statements if program is not None and program.place(one.first) is not None]
    read = {name for one in own if one.what != "FunctionDef" for name in one.reads}
    return any(one.what == "FunctionDef" and read.isdisjoint(one.binds) for one in own)


def _own(block: Block) -> tuple[int, int]:
    """The lines of a block of code without the fence around them; any other block as it stands."""
    runs = [run for run in block.runs if run.text.strip()]
    if block.kind != "code" or not runs:
        return block.span
    last = runs[-1]
    return runs[0].span.start, last.span.stop - len(last.text) + len(last.text.rstrip())


def _failing_spans(task: Task, tried: Tried, scored: Scored) -> tuple[tuple[int, int], ...]:
    """The line at which the smallest failing case raised."""
    wrong = smallest_failing(task, scored)
    answer = wrong[2].answer if wrong is not None else None
    if not isinstance(answer, Raised) or not answer.trace or tried.program is None:
        return ()
    place = tried.program.place(answer.trace[-1][0])
    return (place,) if place is not None else ()
