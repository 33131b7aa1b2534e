"""Walks one submission through the rooms: a pure function of the rubric and the submission."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path

from grader.kinds import vocabulary
from grader.kinds.kind import View, remark
from grader.locate import locate
from grader.locate.programs import as_asked
from grader.marking.definitions import introduced
from grader.marking.evidence import all_words_of
from grader.marking.marks import mark_question
from grader.marking.outcomes import blank, confirmed, undecided
from grader.marking.pictures import picture_name, pictures, with_unread
from grader.marking.progress import Progress
from grader.marking.withdrawn import spoken_of_elsewhere
from grader.model.answers import ALONE, JOINT, Answer, Echo, Located
from grader.model.documents import Document, Note, Run, Submission
from grader.model.errors import RubricError, UsageError
from grader.model.expressions import Expr
from grader.model.records import NamedTuple
from grader.model.results import GradedSubmission, Mark, Reason, Status
from grader.model.rubrics import Question
from grader.notation.printing import show
from grader.notation.reading import Claim, read_answer
from grader.prepare.parts import PreparedPart, PreparedRubric, prepare
from grader.read import READERS, read_submission
from grader.rubric import read_rubric

LARGEST_RUBRIC = 1_000_000  # bytes


def load_rubric(path: Path, sandbox: str = "auto") -> PreparedRubric:
    """A rubric file, checked and ready to grade with; `sandbox` is the way to isolate students' code.

    Raises UsageError if the file cannot be read, RubricError with all faults of the rubric.
    """
    try:
        if path.stat().st_size > LARGEST_RUBRIC:
            raise UsageError(f"the rubric {path} is larger than {LARGEST_RUBRIC // 1_000_000} MB")
        data = path.read_bytes()
    except OSError as error:
        raise UsageError(f"cannot read the rubric {path}: {(error.strerror or str(error)).lower()}") from None
    try:
        text = data.decode("utf-8-sig")
    except UnicodeDecodeError:
        raise UsageError(f"the rubric {path} is not UTF-8 text; save it as UTF-8") from None
    return parse_rubric(text, path.stem, str(path), str(path.parent), sandbox)


def parse_rubric(text: str, name: str, shown: str = "", folder: str = ".", sandbox: str = "auto") -> PreparedRubric:
    """A rubric's text, checked and ready to grade with. Raises RubricError with all faults."""
    rubric, faults = read_rubric(text, name, vocabulary(text))
    if faults:  # a suggestion may name any kind: only now are all of them imported
        rubric, faults = read_rubric(text, name, vocabulary())
    return prepare(rubric, faults, shown or name, folder, sandbox)


def runs_code(prepared: PreparedRubric) -> bool:
    """Does any question ask for a program?"""

    def asks(part: PreparedPart) -> bool:
        return (part.kind is not None and part.kind.in_code) or any(map(asks, part.parts))

    return any(asks(part) for _, part in prepared.questions)


def grade(prepared: PreparedRubric, submission: Submission) -> GradedSubmission:
    """All marks of a submission. Never raises: what fails here is our own bug, marked `error`, and the rest goes on."""
    log: list[str] = []
    located = _guarded(lambda: _located(prepared, submission), log)
    progress = Progress()
    marks = []
    for question, part in prepared.questions:
        mark = None
        if located is not None:
            mark = _guarded(lambda q=question, p=part: _mark(prepared, q, p, submission, located, progress), log)
        marks.append(mark if isinstance(mark, Mark) else undecided(question, part, Status.ERROR, remark("error")))
        progress.leave_open(part, marks[-1])
    if located is not None and any(answer.clue == ALONE for answer in located.answers):
        marks = confirmed(prepared.questions, marks)
    if located is not None and any(answer.clue == JOINT for answer in located.answers):
        marks = _guarded(lambda: _told_apart(prepared, marks, located), log) or [
            undecided(question, part, Status.ERROR, remark("error")) for question, part in prepared.questions
        ]
    notes = (
        *submission.notes,
        *(_placed(note, document) for document in submission.documents for note in document.notes),
    )
    return GradedSubmission(
        submission.id,
        prepared.rubric.name,
        tuple(marks),
        (*notes, *(located.notes if located else ())),
        tuple(log),
        submission.ignored,
    )


def grade_file(prepared: PreparedRubric, path: Path, id: str | None = None) -> GradedSubmission:
    """Reads and grades one hand-in, a file or a folder. Never raises."""
    return grade_read(prepared, lambda: read_submission(path, id), id or path.stem)


def grade_read(prepared: PreparedRubric, read: Callable[[], Submission], id: str) -> GradedSubmission:
    """Grades what `read` gives; if that fails, which is a bug of ours, all questions are marked `error`."""
    log: list[str] = []
    submission = _guarded(read, log)
    if isinstance(submission, Submission):
        return grade(prepared, submission)
    marks = tuple(undecided(question, part, Status.ERROR, remark("error")) for question, part in prepared.questions)
    return GradedSubmission(id, prepared.rubric.name, marks, (), tuple(log))


def _placed(note: Note, document: Document) -> Note:
    """A note with the file and line it is about, for people."""
    if note.span is None or any(name == "line" for name, _ in note.facts):
        return note
    at = min(note.span.start, len(document.text))
    place = document.place(document.origin(at, at)[0])
    cell = (("cell", place.sheet),) if place.sheet else ()
    return Note(note.id, note.span, (*note.facts, ("file", document.name), *cell, ("line", str(place.line))))


def _guarded(step, log: list[str]):  # type: ignore[no-untyped-def]
    """The one broad `except` of the package: our own bug must not cost a student marks, nor stop the batch."""
    try:
        return step()
    except Exception:
        import traceback

        log.append(traceback.format_exc())
        return None


def _located(prepared: PreparedRubric, submission: Submission) -> Located:
    located = locate(submission, prepared.rubric)
    if not isinstance(located, Located):
        raise TypeError(f"locate gave {located!r}")
    return located


def _mark(
    prepared: PreparedRubric,
    question: Question,
    part: PreparedPart,
    submission: Submission,
    located: Located,
    progress: Progress,
) -> Mark:
    answer = located.get(question.id)
    if answer is not None:
        progress.define(introduced(question, part, located, prepared))
        mark = mark_question(prepared, question, part, answer, progress)
        if not isinstance(mark, Mark) or mark.id != question.id:
            raise TypeError(f"marking gave {mark!r}")
        if said := spoken_of_elsewhere(question, part, located, progress.takings(located), mark.status):
            reason = remark("taken-back-elsewhere", words=said)
            return undecided(question, part, Status.REVIEW, reason, mark.evidence, mark.read_as)
        return with_unread(question, part, answer, mark)
    from grader.marking.hidden import hidden
    from grader.read.ignored import is_picture

    above = _above(question, prepared)
    if (unseen := hidden(question, part, submission, located, above)) is not None:
        return unseen
    loose = [name for name in submission.ignored if is_picture(name) and not _is_shown(name, submission)]
    if loose:
        return undecided(question, part, Status.REVIEW, remark("picture-not-read", picture=loose[0]))
    return blank(question, part, remark("not-found"))


def _told_apart(prepared: PreparedRubric, marks: list[Mark], located: Located) -> list[Mark]:
    """The marks, those below one label of several parts for a person if another order fits as well."""
    from grader.marking.joint import in_their_order

    def mark(question: Question, part: PreparedPart, answer: Answer) -> Mark:
        return mark_question(prepared, question, part, answer, Progress())

    return in_their_order(prepared.questions, marks, located, mark)


def _above(question: Question, prepared: PreparedRubric) -> tuple[str, ...]:
    """The questions before this one, the nearest first."""
    ids = [other.id for other, _ in prepared.questions]
    return tuple(ids[: ids.index(question.id)][::-1])


def _is_shown(name: str, submission: Submission) -> bool:
    """Whether a document names the picture: then it belongs to the answer that it stands in."""
    file = name.rpartition("/")[2]
    return any(file in document.original for document in submission.documents)


# -- without a key ---------------------------------------------------------------------------------------------


def printer(form: str) -> Callable[[Expr | None], str]:
    """Writes expressions as they were understood, never simplified: "plain" signs, or "latex"."""
    if form == "plain":
        return show
    from grader.notation.typesetting import latex

    return latex


def echo(
    prepared: PreparedRubric | None, submission: Submission, printed: Callable[[Expr | None], str] = show
) -> tuple[Echo, ...]:
    """How a submission is read. With a rubric, question by question; without, block by block.

    `printed` writes an expression as it was understood: in plain signs, or with `typesetting.latex` as LaTeX.
    """
    if prepared is None:
        return tuple(_echo_document(document, printed) for document in submission.documents)
    located = locate(submission, prepared.rubric)
    asked = ((question.id, part, located.get(question.id)) for question, part in prepared.questions)
    echoes = tuple(
        Echo(id, "", (), ()) if answer is None else _echo_answer(answer, part, printed) for id, part, answer in asked
    )
    return (*echoes, *_echo_rest(located, submission))


def _echo_answer(answer: Answer, part: PreparedPart, printed: Callable[[Expr | None], str]) -> Echo:
    names = part.names or next((inner.names for inner in part.parts), {})
    kind = part.kind or next((inner.kind for inner in part.parts if inner.kind), None)
    if kind is not None and kind.in_code:
        claims: tuple[Claim, ...] = ()
    else:
        claims = View(answer, names).reading(**dict(kind.reads if kind else {})).claims
    rivals = tuple(_echo_answer(rival, part, printed) for rival in answer.rivals)
    words = all_words_of(answer)
    unread = (Note("picture-not-read", run.span, (("picture", picture_name(answer, run)),)) for run in pictures(answer))
    notes = (*answer.notes, *unread)
    return Echo(answer.question, answer.clue, words, _shown(claims, printed), notes, rivals, answer.document)


def _echo_rest(located: Located, submission: Submission) -> Iterator[Echo]:
    """The words that belong to no question, and what is to be said of each file as a whole."""
    words = all_words_of(*located.loose)
    notes = tuple(note for note in located.notes if note.id in _OF_THE_FILE)
    document = submission.documents[0] if len(submission.documents) == 1 else None
    if words or notes:
        yield Echo("", "", words, (), notes, (), document)


def _shown(claims: tuple, printed: Callable[[Expr | None], str]) -> tuple[str, ...]:  # type: ignore[type-arg]
    return tuple(
        printed(claim.expr) if claim.expr is not None else f"not readable: {claim.error.message}" for claim in claims
    )


_OF_THE_FILE = frozenset(
    {"unknown-question", "unassigned", "no-question-found", "no-label-found"}
)  # others stand by their questions


def _echo_document(document: Document, printed: Callable[[Expr | None], str]) -> Echo:
    reading = read_answer(document.blocks, {})
    answer = Answer("", document, document.blocks, "whole file")
    return Echo(document.name, "whole file", all_words_of(answer), _shown(reading.claims, printed))


# -- a rubric's own tests --------------------------------------------------------------------------------------


class LintResult(NamedTuple):
    """One check of a rubric by itself."""

    id: str
    what: str
    ok: bool
    message: str = ""
    reasons: tuple[Reason, ...] = ()  # why an example is not marked as it should be


def lint(prepared: PreparedRubric) -> tuple[LintResult, ...]:
    """Runs `accept` and `reject` examples; the reference must earn full marks, a blank none."""
    results: list[LintResult] = []
    for question, part in prepared.questions:
        results.append(_lint_blank(prepared, question, part))
        if model := _model_answer(part):
            results.append(_lint_text(prepared, question, part, model, "the reference earns full marks", True))
        for owner in (part, *part.parts):
            results += _lint_mistakes(prepared, question, owner)
            for example in owner.part.accept:
                results.append(_lint_text(prepared, question, owner, example.text, f"accepts {example.text!r}", True))
            for example in owner.part.reject:
                results.append(_lint_text(prepared, question, owner, example.text, f"rejects {example.text!r}", False))
    return tuple(results)


def _lint_mistakes(prepared: PreparedRubric, question: Question, part: PreparedPart) -> list[LintResult]:
    """The declared mistakes that can never count: written as an answer, they are right within the tolerance."""
    found: list[LintResult] = []
    for entry in part.mistakes:
        counts = entry.expected is not None and entry.mistake.credit < 1
        text = entry.kind.model_answer(entry.expected) if counts else ""
        mark = _mark_text(prepared, question, part, text) if text else None
        if mark is not None and (mark.status is Status.RIGHT or "nearer-to-mistake" in [r.id for r in mark.reasons]):
            what, why = f"tells the mistake {text!r} from the reference", "it lies within the tolerance; narrow that"
            found.append(LintResult(question.id, what, False, why))
    return found


def model_answers(prepared: PreparedRubric) -> dict[str, str]:
    """The reference of each question as a student might write it, where it can be written at all."""
    return {question.id: model for question, part in prepared.questions if (model := _model_answer(part))}


def _model_answer(part: PreparedPart) -> str:
    if part.parts:
        pieces = [(inner, _model_answer(inner)) for inner in part.parts]
        if not all(text for _, text in pieces):
            return ""
        return "\n\n".join(
            f"{inner.part.labels[0] if inner.part.labels else inner.part.id}: {text}" for inner, text in pieces
        )
    return part.kind.model_answer(part.expected) if part.kind is not None else ""


def _mark_text(prepared: PreparedRubric, question: Question, part: PreparedPart, text: str) -> Mark | None:
    document = READERS.load("markdown").read(text, "example")
    log: list[str] = []
    answer = as_asked(Answer(question.id, document, document.blocks, "whole file"), question)
    mark = _guarded(lambda: mark_question(prepared, question, part, answer, Progress()), log)
    return mark if isinstance(mark, Mark) else None


def _lint_text(
    prepared: PreparedRubric, question: Question, part: PreparedPart, text: str, what: str, accept: bool
) -> LintResult:
    mark = _mark_text(prepared, question, part, text)
    full = mark is not None and mark.status is Status.RIGHT
    status = "error" if mark is None else f"{mark.status}" + (f" ({mark.read_as})" if mark.read_as else "")
    ok = full if accept else mark is not None and not full
    why = "" if mark is None or not mark.mistakes else f", for: {', '.join(mark.mistakes)}"
    told = () if ok or mark is None else mark.reasons + tuple(reason for one in mark.parts for reason in one.reasons)
    return LintResult(question.id, what, ok, "" if ok else f"it is marked {status}{why}", told)


def _lint_blank(prepared: PreparedRubric, question: Question, part: PreparedPart) -> LintResult:
    mark = _mark_text(prepared, question, part, "")
    ok = mark is not None and mark.status is Status.BLANK
    return LintResult(question.id, "a blank earns nothing", ok, "" if ok else "it does not")


__all__ = ["LintResult", "Note", "RubricError", "Run", "echo", "grade", "lint", "load_rubric", "parse_rubric"]
