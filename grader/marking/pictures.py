"""What stands in an answer and is not read: a picture, a formula, an odd key. Nobody loses or wins by it."""

from __future__ import annotations

from grader.kinds.kind import remark
from grader.marking.outcomes import undecided
from grader.model.answers import Answer
from grader.model.documents import Run
from grader.model.results import UNDECIDED, Mark, Reason, Status
from grader.model.rubrics import Question
from grader.prepare.parts import PreparedPart

_LITTLE = 40  # characters beside a picture that may as well be its caption
_LONGEST = 60  # characters of a picture's name that are shown


def with_unread(question: Question, prepared: PreparedPart, answer: Answer, mark: Mark) -> Mark:
    """The mark, or none if what is not read may hold the answer.

    Beside a formula that could not be read nothing is sure. Beside a picture only a right answer is, and only if
    there are more words than a caption has. In a file of answers a key that names nothing may hold what is missing.
    """
    reason = _formula(answer) or _picture(answer, mark) or _key(answer, mark)
    if reason is None or mark.status is Status.ERROR:
        return mark
    if mark.status in UNDECIDED:
        return mark._replace(reasons=(*mark.reasons, reason))
    return undecided(question, prepared, Status.REVIEW, reason, mark.evidence, mark.read_as)


def _formula(answer: Answer) -> Reason | None:
    spans = [(block.span.start, block.span.stop) for block in answer.blocks]
    for note in answer.document.notes:
        if note.id == "formula-not-read" and note.span is not None:
            at = note.span.start
            if any(start <= at < stop for start, stop in spans):
                return remark("formula-beside", message=dict(note.facts).get("message", ""))
    return None


def _key(answer: Answer, mark: Mark) -> Reason | None:
    unread = any(note.id == "key-not-read" for note in answer.document.notes)
    return remark("may-be-hidden", note="key-not-read") if unread and mark.status is Status.BLANK else None


def pictures(answer: Answer) -> list[Run]:
    """The pictures of an answer that may be part of it; one above all words is that of the question."""
    worded = _worded(answer)
    first = worded[0].span.start if worded else 0
    runs = (run for block in answer.blocks for run in block.runs)
    return [run for run in runs if run.kind == "image" and "struck" not in run.marks and run.span.start >= first]


def _picture(answer: Answer, mark: Mark) -> Reason | None:
    shown = pictures(answer)
    if not shown:
        return None
    words = sum(len(run.text.strip()) for run in _worded(answer))
    if mark.status is Status.RIGHT and words > _LITTLE:
        return None
    return remark("picture-not-read", picture=picture_name(answer, shown[0]))


def _worded(answer: Answer) -> list[Run]:
    runs = (run for block in answer.blocks for run in block.runs)
    return [run for run in runs if run.kind not in ("image", "break", "cell") and run.text.strip()]


def picture_name(answer: Answer, run: Run) -> str:
    """As it was typed, which names the file: `![](scan.png)`."""
    start, stop = answer.document.origin(run.span.start, run.span.stop)
    name = " ".join(answer.document.original[start:stop].split())
    return name if len(name) <= _LONGEST else name[: _LONGEST - 1] + "…"
