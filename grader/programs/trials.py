"""How a student's program is tried: as it stands, and where that fails in the ways in which a person would mend it."""

from __future__ import annotations

import builtins
import re
from collections.abc import Iterator, Sequence, Set
from difflib import SequenceMatcher, get_close_matches

from grader.model.records import NamedTuple
from grader.programs.cases import Task
from grader.programs.outlines import Broken, Outline, Statement
from grader.programs.patience import Patience
from grader.programs.runs import Attempt, Way, attempt, explored
from grader.programs.scores import Scored, pays, score, worth
from grader.programs.source import Program
from grader.programs.usual import IMPORTS
from grader.sandbox.values import Answer, Ended, Raised, Returned

_UNKNOWN = re.compile(r"name '(\w+)' is not defined")
_NEAR = 0.75


class Tried(NamedTuple):
    """All that is known of a program. Without `scored` nothing was run, for the reason that `why` names."""

    program: Program | None
    outlines: tuple[Outline, ...] = ()
    scored: Scored | None = None
    why: str = ""
    facts: tuple[tuple[str, str], ...] = ()
    rival: str = ""  # a function of quite another name, run in place of the one that was asked for
    shadowed: tuple[str, ...] = ()  # built-in names that the program sets anew, without which more comes out right
    overwritten: tuple[str, ...] = ()  # given names that the snippet set anew; these statements were left out


def try_out(given: Program | None, task: Task) -> Tried:
    """Runs a program, and where not all comes out right looks whether a slip explains it."""
    if given is None or given.language:
        return Tried(given, why="no-code" if given is None else "other-language")
    picked: list[tuple[Way, str, str]] = []

    def pick(outlines: tuple[Outline, ...]) -> Way | None:
        picked.extend([found] if (found := _pick(given, outlines, task)) is not None else [])
        return picked[0][0] if picked else None

    patience = Patience(task.seconds, lambda case, trial: pays(case, trial, task))
    program, outlines, first = explored(given, task, pick, patience)
    if isinstance(outlines, Ended):
        return Tried(program, why="not-read", facts=(("message", outlines.words),))
    if first is None:
        return _unfound(program, outlines, task)
    way, slip, rival = picked[0]
    if not task.function and any(isinstance(trial.answer, Ended) for trial in first.trials):
        first = _without_context(program, outlines[way.file], task, first, patience)
    slips = (("function-misnamed", slip),) if slip else ()
    scored = _mended(program, outlines[way.file], task, score(first, task, slips), patience)
    if not task.function:
        return Tried(program, outlines, scored, overwritten=_overwritten(outlines[way.file], task))
    scored, shadowed = _unshadowed(program, outlines[way.file], task, scored, patience)
    return Tried(program, outlines, scored, rival=rival, shadowed=shadowed)


def _pick(program: Program, outlines: tuple[Outline, ...], task: Task) -> tuple[Way, str, str] | None:
    """How to run it first; the name of its function, if that is another one; the name of a rival."""
    if not task.function:
        own = outlines[program.main]
        skip = (*_overwriting(own, task), *_earlier(program, own, task.results))
        binding = tuple([k for k, one in enumerate(own.statements) if {*one.binds} & {*task.results}])
        way = Way("", program.main, skip=skip, own=_begins(program, own), binding=binding)
        return (way, "", "") if own.statements else None
    piece = _broken(program, outlines, task)
    if _is_in_two_files(program, outlines, task):
        return None
    for whole in (True, False):  # a definition, or else a lambda, a class, a name for something else, an import
        for number, outline in enumerate(outlines):
            place = _defined(program, outline, task.function, whole)
            if place and piece is not None and piece.first > place:
                return None  # the last word is one that does not parse
            if place:
                skip = (*_earlier(program, outline, (task.function,)), *_replacing(program, outline, task.function))
                return Way(task.function, number, order=_by_name(outline, task), skip=skip), "", ""
    if piece is not None:
        return None
    return _otherwise(program, outlines, task)


def _otherwise(program: Program, outlines: tuple[Outline, ...], task: Task) -> tuple[Way, str, str] | None:
    """Where nothing at the top of a file has the name that is asked for: a function that a class keeps, one that is
    misspelt, or one of quite another name. No function that another question asks for stands for this one."""
    owners = [
        (k, one) for k, outline in enumerate(outlines) for one in outline.statements if task.function in one.static
    ]
    if len(owners) == 1:
        file, owner = owners[0][0], owners[0][1].binds[0]
        tail = f"{task.function} = {owner}.{task.function}"
        return Way(task.function, file, owner=owner, tail=tail), f"{owner}.{task.function}", ""
    functions = {
        name: number
        for own in (False, True)  # those of the answer itself before others of the same name
        for number, outline in enumerate(outlines)
        for name, one in outline.functions().items()
        if name not in program.asked and (not own or program.place(one.first) is not None)
    }
    plain = {re.sub(r"\W|_", "", name).casefold(): name for name in functions}
    wanted = re.sub(r"_", "", task.function).casefold()
    if near := get_close_matches(wanted, plain, n=2, cutoff=_NEAR):
        name = plain[near[0]]
        several = len(near) > 1 and abs(_likeness(wanted, near[0]) - _likeness(wanted, near[1])) < _TIE
        return Way(name, functions[name]), name, name if several else ""  # positives2 and positives3, for positives
    others = [(name, place) for outline in outlines for name, place in _possible(outline, task) if name in functions]
    own = [name for name, line in others if program.place(line) is not None] or [name for name, _ in others]
    return (Way(own[0], functions[own[0]]), "", own[0]) if len(own) == 1 else None


def _likeness(one: str, other: str) -> float:
    return SequenceMatcher(None, one, other).ratio()


_TIE = 0.03


def _defined(program: Program, outline: Outline, name: str, whole: bool) -> int:
    """The line on which the answer itself gives a name its last value, with a definition if `whole`; 0 for none."""
    lines = (
        one.first
        for one in outline.statements
        if name in one.binds and program.place(one.first) is not None and (one.what == "FunctionDef" or not whole)
    )
    return max(lines, default=0)


def _begins(program: Program, outline: Outline) -> int:
    """The first statement of the answer itself."""
    own = (k for k, one in enumerate(outline.statements) if program.place(one.first) is not None)
    return next(own, 0)


def _replacing(program: Program, outline: Outline, name: str) -> tuple[int, ...]:
    """Statements below a function that give its name to what it returns: `rms = rms(x)`."""
    defined = [k for k, one in enumerate(outline.statements) if one.what == "FunctionDef" and name in one.binds]
    if not defined:
        return ()
    later = enumerate(outline.statements[defined[-1] + 1 :], defined[-1] + 1)
    return tuple([k for k, one in later if one.what == "Assign" and one.binds == (name,) and one.calls == name])


def _is_in_two_files(program: Program, outlines: tuple[Outline, ...], task: Task) -> bool:
    """Two files of a hand-in define it: which of them is the answer, a person must say."""
    return sum(bool(_defined(program, outline, task.function, True)) for outline in outlines) > 1


def _earlier(program: Program, outline: Outline, names: tuple[str, ...]) -> tuple[int, ...]:
    """Statements above an answer that give its names a value: an answer that fails must not stand on an earlier one."""
    return tuple(
        number
        for number, one in enumerate(outline.statements)
        if program.place(one.first) is None and set(names) & set(one.binds)
    )


def _possible(outline: Outline, task: Task) -> list[tuple[str, int]]:
    """Functions with as many arguments that no other function calls, and their lines."""
    own = outline.functions()
    called = {name for mine, one in own.items() for name in one.reads if name != mine}
    return [(name, one.first) for name, one in own.items() if name not in called and one.takes(len(task.arguments))]


def _unfound(program: Program, outlines: tuple[Outline, ...], task: Task) -> Tried:
    piece = _broken(program, outlines, task)
    if task.function and _is_in_two_files(program, outlines, task):
        return Tried(program, outlines, why="defined-twice")
    if piece is None:
        return Tried(program, outlines, why="no-function")
    facts = (("message", piece.message), ("line", str(piece.line)))
    twice = any(_defined(program, outline, task.function, False) for outline in outlines) and bool(task.function)
    return Tried(program, outlines, why="defined-twice" if twice else "not-parsed", facts=facts)


def _broken(program: Program, outlines: tuple[Outline, ...], task: Task) -> Broken | None:
    """The piece that does not parse and that would have been the answer."""
    pattern = re.compile(rf"^\s*(?:async )?def {re.escape(task.function)}\b") if task.function else None
    for (_, source), outline in zip(program.files, outlines, strict=True):
        lines = source.split("\n")
        for piece in outline.broken:
            if program.place(piece.first) is None:
                continue
            if pattern is None or any(pattern.match(line) for line in lines[piece.first - 1 : piece.last]):
                return piece
    return None


# -- snippets --------------------------------------------------------------------------------------------------


def _overwriting(outline: Outline, task: Task) -> tuple[int, ...]:
    """Statements that set given names anew without looking at what was given."""
    return tuple(number for number, one in enumerate(outline.statements) if _overwrites(one, task))


def _overwrites(one: Statement, task: Task) -> bool:
    given = set(task.arguments) - set(task.results)
    names = set(one.binds)
    return one.what in ("Assign", "AnnAssign") and bool(names) and names <= given and not names & set(one.reads)


def _overwritten(outline: Outline, task: Task) -> tuple[str, ...]:
    numbers = _overwriting(outline, task)
    return tuple(dict.fromkeys(name for number in numbers for name in outline.statements[number].binds))


def _without_context(program: Program, outline: Outline, task: Task, first: Attempt, patience: Patience) -> Attempt:
    """Tried again without what stands above the answer and does more than define, if there is any."""
    above = {
        number for number, one in enumerate(outline.statements) if program.place(one.first) is None and not one.simple
    }
    skip = tuple(sorted({*first.way.skip, *above}))
    return attempt(program, task, first.way._replace(skip=skip), patience) if above else first


# -- what may have been meant ----------------------------------------------------------------------------------


def _mended(program: Program, outline: Outline, task: Task, scored: Scored, patience: Patience) -> Scored:
    """The same, or the first other way in which more comes out right."""
    best = scored
    for way, slip, fact in _others(outline, task, scored):
        if all(verdict.right for verdict in best.verdicts) or patience.is_over():
            break
        other = score(attempt(program, task, way, patience), task, (*scored.slips, (slip, fact)))
        if worth(other) > worth(best) or _shows(other, best) or (slip in _IMPORTS and _settles(other, best, fact)):
            best = other
    return best


def _unshadowed(
    program: Program, outline: Outline, task: Task, scored: Scored, patience: Patience
) -> tuple[Scored, tuple[str, ...]]:
    """The same, or without what gives built-in names another value, `sum = 0` below the functions: they worked above
    it. The names, if more comes out right then."""
    known = [(number, {*one.binds} & _BUILT_IN) for number, one in enumerate(outline.statements)]
    known = [(number, names) for number, names in known if names and outline.statements[number].what not in _DEFINING]
    if not known or all(verdict.right for verdict in scored.verdicts) or patience.is_over():
        return scored, ()
    way = scored.attempt.way
    skip = tuple(sorted({*way.skip, *(number for number, _ in known)}))
    other = score(attempt(program, task, way._replace(skip=skip), patience), task, scored.slips)
    names = tuple(sorted({name for _, each in known for name in each}))
    return (other, names) if worth(other) > worth(scored) else (scored, ())


_IMPORTS = ("import-missing", "import-fails")  # of a name that the usual imports give
_BUILT_IN = frozenset(dir(builtins))
_DEFINING = ("FunctionDef", "AsyncFunctionDef", "ClassDef", "Import", "ImportFrom")


def _shows(other: Scored, best: Scored) -> bool:
    """Does it show all that is missing, where before nothing did? A person decides what that is worth."""
    new, old = ([one.id == "shown-together" for one in scored.verdicts] for scored in (other, best))
    return any(new) and not any(old) and other.earned >= best.earned


def _settles(other: Scored, best: Scored, name: str) -> bool:
    """Does it come back, or to another end, where before it only raised for want of this name? `IndexError` is then
    the real fault, and not that `np` is not defined."""
    then, now = ([trial.answer for trial in scored.attempt.trials] for scored in (best, other))
    if any(isinstance(one, Returned) for one in then):
        return False
    return any(isinstance(one, Returned) for one in now) or (_lacks(then, name) and not _lacks(now, name))


def _lacks(answers: Sequence[Answer], name: str) -> bool:
    found = [_UNKNOWN.match(one.message) for one in answers if isinstance(one, Raised)]
    return any(one is not None and one[1] == name for one in found)


def _others(outline: Outline, task: Task, scored: Scored) -> Iterator[tuple[Way, str, str]]:
    way = scored.attempt.way
    raised = [trial.answer for trial in scored.attempt.trials if isinstance(trial.answer, Raised)]
    raised += [failure.raised for failure in scored.attempt.failures]
    if outline.below_guard((task.function,) if task.function else task.results):
        yield way._replace(guarded=True), "below-main-guard", ""
    unknown = [found[1] for one in raised if (found := _UNKNOWN.match(one.message))]
    forgotten = next((name for name in unknown if name in IMPORTS), "")
    if forgotten:
        binding = outline.find(forgotten)
        fails = binding is not None and binding.what.startswith("Import")
        yield way._replace(prelude=True), _IMPORTS[fails], forgotten
    if task.function:
        own = outline.functions().get(way.name)
        order = _order(own.arguments, task) if own is not None else ()
        if order:
            yield way._replace(order=order), "arguments-exchanged", ", ".join(own.arguments if own else ())
        return
    known = {name for one in outline.statements for name in one.binds}
    read = {name for one in outline.statements for name in one.reads} - known
    given = {name.casefold(): name for name in task.arguments}
    miscased = tuple(
        (name, given[name.casefold()]) for name in sorted(read) if given.get(name.casefold(), name) != name
    )
    if miscased:
        way = way._replace(alias=miscased)
        yield way, "given-misnamed", ", ".join(name for name, _ in miscased)
    wanted = [name for name in task.results if name not in known]
    renamed = _near(known - {*task.arguments, *task.results}, wanted)
    if renamed:
        yield way._replace(alias=(*way.alias, *renamed)), "result-misnamed", ", ".join(name for name, _ in renamed)
    missing = [name for name in task.results if name not in known]
    if missing:
        yield way._replace(last=True), "result-not-kept", ", ".join(missing)
    calls = _calls(outline, task) if missing == [*task.results] else []
    if len(calls) == 1:
        yield way._replace(last=True, tail=calls[0]), "call-missing", calls[0].partition("(")[0]


def _calls(outline: Outline, task: Task) -> list[str]:
    """Calls of the functions that take what is given: one of them may be the answer, which nobody called."""
    functions = outline.functions()
    names = [name for name, _ in _possible(outline, task) if task.arguments]
    same = [name for name in names if {*functions[name].arguments} == {*task.arguments}]
    words = ", ".join(f"{name}={name}" if same else name for name in task.arguments)
    return [f"{name}({words})" for name in same or names]


def _near(known: Set[str], wanted: Sequence[str]) -> tuple[tuple[str, str], ...]:
    """Pairs of a name that the program gives and one that was asked for, alike but for capitals or a letter."""
    found: list[tuple[str, str]] = []
    for name in wanted:
        folded = {one.casefold(): one for one in sorted(known)}
        near = get_close_matches(name.casefold(), folded, n=2, cutoff=_ALIKE)
        if near and (len(near) == 1 or near[0] == name.casefold()):
            found.append((folded[near[0]], name))
    return tuple(sorted(found))


_ALIKE = 0.8  # of difflib: "centers" for "centres", and not "error" for "err"


def _by_name(outline: Outline, task: Task) -> tuple[str, ...]:
    """The arguments of a function that takes some of them by name only: `rk4(*, y0, t)`."""
    own = outline.functions().get(task.function)
    named = own is not None and own.keywords and {*own.arguments, *own.keywords} == {*task.arguments}
    return task.arguments if named else ()


def _order(arguments: tuple[str, ...], task: Task) -> tuple[str, ...]:
    """The student's names in the order of the rubric, if they are the same names in another order."""
    known = {name.casefold(): name for name in arguments}
    own = tuple(known.get(name.casefold(), "") for name in task.arguments)
    return own if all(own) and len(set(own)) == len(arguments) and own != arguments else ()
