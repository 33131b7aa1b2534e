"""Small stand-ins for the rooms that read and grade, for tests of what stands above them."""

from __future__ import annotations

import sys
from dataclasses import dataclass
from fractions import Fraction
from pathlib import Path
from types import ModuleType

import pytest

from grader.model.documents import Document, Note, Submission
from grader.model.errors import UsageError
from grader.model.results import UNDECIDED, Evidence, GradedSubmission, Mark, Reason, Status
from grader.model.rubrics import Place, Rubric

CREDIT = {Status.RIGHT: Fraction(1), Status.PARTIAL: Fraction(1, 2)}


@dataclass(frozen=True, slots=True)
class Prepared:
    """What `load_rubric` gives: the rubric's name is its file's stem."""

    rubric: Rubric


def mark(
    id: str = "1a",
    status: Status = Status.RIGHT,
    text: str = "the answer is 3",
    *,
    max: Fraction = Fraction(2),
    credit: Fraction | None = None,
    evidence: tuple[Evidence, ...] | None = None,
    reasons: tuple[Reason, ...] = (),
    parts: tuple[Mark, ...] = (),
    read_as: str = "3",
    hint: str = "",
    explain: str = "",
    reveal: bool = False,
) -> Mark:
    """A mark that fits its status; the key is always KEY, so that a leak can be found."""
    open_ = status in UNDECIDED
    worth = None if open_ else (CREDIT.get(status, Fraction(0)) if credit is None else credit)
    return Mark(
        id=id,
        max=max,
        status=status,
        credit=worth,
        least=Fraction(0) if worth is None else worth,
        most=Fraction(1) if worth is None else worth,
        read_as=read_as,
        expected="KEY",
        reasons=reasons,
        evidence=(Evidence("s.md", 3, 15, text, 1),) if evidence is None else evidence,
        parts=parts,
        hint=hint,
        explain=explain,
        reveal=reveal,
    )


def graded(id: str = "s01", *marks: Mark, notes: tuple[Note, ...] = (), log: tuple[str, ...] = ()) -> GradedSubmission:
    """A submission with one right mark unless others are given."""
    return GradedSubmission(id, "hw", marks or (mark(),), notes, log)


def load_rubric(path: Path, sandbox: str = "auto") -> Prepared:
    """Any file is a rubric."""
    if not path.is_file():
        raise UsageError(f"cannot read the rubric {path}: no such file")
    return Prepared(Rubric(path.stem, path.stem, "0", None, None, (), Place(1, 1, "")))


def read_submission(path: Path, id: str | None = None) -> Submission:
    """Text files, and folders of them; everything else gives a note."""
    name = id or path.stem
    if path.is_dir():
        parts = [read_submission(entry) for entry in sorted(path.iterdir())]
        return Submission(name, tuple(document for part in parts for document in part.documents))
    if path.suffix not in (".md", ".txt"):
        return Submission(name, (), (Note("unknown-format", None, (("file", path.name),)),))
    return Submission(name, (Document(path.name, path.read_text(encoding="utf-8"), ()),))


def grade(prepared: Prepared, submission: Submission) -> GradedSubmission:
    """Each line "1a: right" is a question with its mark; "1a: interrupt" and "1a: bug" end the run."""
    marks = []
    for document in submission.documents:
        for number, line in enumerate(document.text.splitlines(), start=1):
            id, _, word = line.partition(": ")
            if word == "interrupt":
                raise KeyboardInterrupt
            if word == "bug":
                raise ZeroDivisionError("a bug of the test")
            evidence = Evidence(document.name, number, len(id) + 3, line, len(word))
            marks.append(mark(id, Status(word), evidence=(evidence,)))
    log = ("Traceback: of the test",) if any(one.status is Status.ERROR for one in marks) else ()
    if not marks:
        marks.append(mark("1a", Status.REVIEW, evidence=()))
    return GradedSubmission(submission.id, prepared.rubric.name, tuple(marks), submission.notes, log)


def grade_file(prepared: Prepared, path: Path, id: str | None = None) -> GradedSubmission:
    """Reads and grades."""
    return grade(prepared, read_submission(path, id))


def install(monkeypatch: pytest.MonkeyPatch) -> tuple[ModuleType, ModuleType]:
    """Puts the stand-ins in the places of `grader.grade` and `grader.read`."""
    grading, reading = ModuleType("grader.grade"), ModuleType("grader.read")
    grading.__dict__.update(
        load_rubric=load_rubric,
        runs_code=lambda _: False,
        grade=grade,
        grade_file=grade_file,
        lint=lambda *_: (),
        echo=lambda *_: (),
    )
    reading.__dict__.update(read_submission=read_submission)
    monkeypatch.setitem(sys.modules, "grader.grade", grading)
    monkeypatch.setitem(sys.modules, "grader.read", reading)
    return grading, reading
