"""A bug in any room costs no student a mark and gives none: each room's door is broken in turn."""

from __future__ import annotations

import json
import subprocess
import sys
import textwrap
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import replace
from fractions import Fraction
from importlib import import_module
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pytest
from click.testing import CliRunner, Result

from grader.cli import main
from grader.grade import grade, load_rubric, parse_rubric
from grader.kinds import KINDS
from grader.kinds.kind import Kind
from grader.model.documents import Submission
from grader.model.results import UNDECIDED, Finding, GradedSubmission, Mark, Status
from grader.prepare.parts import PreparedPart, PreparedRubric
from grader.read import READERS

ROOT = Path(__file__).parents[1]
HAND_INS = ("s01", "s05", "s07")  # everything right, much left out, one slip that others follow from

Broken = Callable[..., Any]


def _raise(error: type[BaseException], text: str = "a bug of the test") -> Broken:
    def broken(*_: Any, **__: Any) -> Any:
        raise error(text)

    return broken


# What a door may do that it must not.
FAULTS: dict[str, Broken] = {
    "raises": _raise(ZeroDivisionError),
    "nests-too-deep": _raise(RecursionError),
    "no-memory": _raise(MemoryError),
    "none": lambda *_, **__: None,
    "true": lambda *_, **__: True,
    "words": lambda *_, **__: "right",
    "lookalike": lambda *_, **__: SimpleNamespace(
        status="right", credit=1, spans=(), reasons=(), answers=(), claims=()
    ),
}
ENDS = ("raises", "nests-too-deep", "no-memory")
# Of a door with a yes or no for an answer nobody can tell that it is the wrong one; it can still fail.
DOORS: dict[str, tuple[str, ...]] = {
    "grader.locate.locate": tuple(FAULTS),
    "grader.marking.marks.mark_question": tuple(FAULTS),
    "grader.marking.marks.words_of": ENDS,
    "grader.marking.evidence.evidence_at": ENDS,
    "grader.mistakes.declared.explain": tuple(FAULTS),
    "grader.mistakes.carried.carry": tuple(FAULTS),
    "grader.notation.reading.read_answer": ("raises", "nests-too-deep", "no-memory", "none", "true", "words"),
    "grader.maths.evaluation.evaluate": ("raises", "no-memory", "none", "true", "words"),
    "grader.maths.agreement.agree": ENDS,
    "grader.kinds._numbers.value_of": ENDS,
}

# What a kind may give instead of a judgement.
FINDINGS: dict[str, Broken] = {
    **FAULTS,
    "a-status": lambda *_: Status.RIGHT,
    "a-mark": lambda *_: Mark("1", Fraction(1), Status.RIGHT, Fraction(1), Fraction(1), Fraction(1)),
    "not-a-number": lambda *_: Finding(Status.PARTIAL, float("nan")),  # type: ignore[arg-type]
    "a-float": lambda *_: Finding(Status.RIGHT, 1.0),  # type: ignore[arg-type]
    "too-much": lambda *_: Finding(Status.PARTIAL, Fraction(3, 2)),
    "less-than-nothing": lambda *_: Finding(Status.PARTIAL, Fraction(-1)),
    "right-without-credit": lambda *_: Finding(Status.RIGHT, None),
    "review-with-credit": lambda *_: Finding(Status.REVIEW, Fraction(1)),
    "no-such-status": lambda *_: Finding("right", Fraction(1)),  # type: ignore[arg-type]
    "no-such-place": lambda *_: Finding(Status.RIGHT, Fraction(1), spans=(("a", "b"),)),  # type: ignore[arg-type]
}


# -- a rubric that knows every kind, and one that is real ------------------------------------------------------


@pytest.fixture(scope="module")
def every_kind() -> PreparedRubric:
    """One question for each kind: its first example."""
    questions = []
    for number, kind in enumerate(KINDS.all(), 1):
        fields = textwrap.dedent(kind.examples[0].rubric).strip()
        fields = fields[1:-1] if fields.startswith("{") else fields
        if "\n" in fields:
            questions.append(f"  {number}:\n    points: 1\n{textwrap.indent(fields, '    ')}\n")
        else:
            questions.append(f"  {number}: {{points: 1, {fields}}}\n")
    return parse_rubric("questions:\n" + "".join(questions), "every-kind")


@pytest.fixture(scope="module")
def answers() -> Submission:
    """The answers of these examples, each below its heading."""
    text = "".join(f"# Question {n}\n\n{kind.examples[0].answer}\n\n" for n, kind in enumerate(KINDS.all(), 1))
    return Submission("answers", (READERS.load("markdown").read(text, "answers.md"),))


@pytest.fixture(scope="module")
def all_right(every_kind: PreparedRubric, answers: Submission) -> GradedSubmission:
    """These answers as they are marked when nothing is broken."""
    return grade(every_kind, answers)


@pytest.fixture(scope="module")
def real() -> PreparedRubric:
    """The rubric of homework 10, of this module's own: what is broken here must not reach other tests."""
    return load_rubric(ROOT / "rubrics" / "homework10.yaml")


def with_judge(prepared: PreparedRubric, name: str, judge: Broken) -> PreparedRubric:
    """The same rubric, with another judge for one kind."""

    def changed(part: PreparedPart) -> PreparedPart:
        kind = part.kind
        if kind is not None and kind.name == name:
            kind = kind._replace(judge=judge)
        return part._replace(kind=kind, parts=tuple(map(changed, part.parts)))

    return replace(prepared, questions=tuple((question, changed(part)) for question, part in prepared.questions))


def everywhere(patch: pytest.MonkeyPatch, door: str, substitute: Broken) -> None:
    """Replaces a function in every module that has imported it."""
    home, _, name = door.rpartition(".")
    original = getattr(import_module(home), name)
    assert callable(original)
    for module_name, module in list(sys.modules.items()):
        if module_name.startswith("grader."):
            for key, value in list(vars(module).items()):
                if value is original:
                    patch.setattr(module, key, substitute)


def grade_anew(prepared: PreparedRubric, submission: Submission) -> GradedSubmission:
    """Grades as if nothing had been graded before: what is remembered would hide a fault, or keep its work."""
    prepared.preparer.memory = None
    try:
        return grade(prepared, submission)
    finally:
        prepared.preparer.memory = None


@contextmanager
def broken(door: str, substitute: Broken) -> Iterator[None]:
    """A door that is broken for a while."""
    with pytest.MonkeyPatch.context() as patch:
        everywhere(patch, door, substitute)
        yield


def assert_no_harm(normal: GradedSubmission, found: GradedSubmission) -> list[str]:
    """The ids of what the fault touched: all of it is undecided, all else is as ever, and the log tells."""
    assert [mark.id for mark in found.marks] == [mark.id for mark in normal.marks]
    touched = [new for old, new in zip(normal.marks, found.marks, strict=True) if new != old]
    for old, new in zip(normal.marks, found.marks, strict=True):
        assert (new.credit or 0) <= (old.credit or 0), new
    assert all(mark.status in UNDECIDED and mark.credit is None for mark in touched), touched
    assert all((mark.least, mark.most) == (Fraction(0), Fraction(1)) for mark in touched if mark.status is Status.ERROR)
    errors = [mark for mark in found.marks if mark.status is Status.ERROR]
    assert bool(errors) == bool(found.log)
    assert all(text.startswith("Traceback") for text in found.log)
    return [mark.id for mark in touched]


# -- one kind --------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("fault", FINDINGS)
@pytest.mark.parametrize("kind", KINDS.all(), ids=lambda kind: kind.name)
def test_a_broken_kind(
    kind: Kind, fault: str, every_kind: PreparedRubric, answers: Submission, all_right: GradedSubmission
) -> None:
    """A kind that fails, or gives what is no finding, loses its own question to a person, and no other."""
    assert {mark.status for mark in all_right.marks} == {Status.RIGHT}
    found = grade_anew(with_judge(every_kind, kind.name, FINDINGS[fault]), answers)
    assert assert_no_harm(all_right, found) == [str(KINDS.names.index(kind.name) + 1)]
    assert len(found.log) == 1
    assert found.count(Status.ERROR) == 1


# -- one room --------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(("door", "fault"), [(door, fault) for door, faults in DOORS.items() for fault in faults])
def test_a_broken_room(
    door: str,
    fault: str,
    real: PreparedRubric,
    hand_ins: dict[str, Submission],
    marked: dict[str, GradedSubmission],
) -> None:
    """A room that fails gives nobody a credit, leaves what it did not touch, and is well again afterwards."""
    with broken(door, FAULTS[fault]):
        found = {name: grade_anew(real, hand_ins[name]) for name in HAND_INS}
    touched = [id for name in HAND_INS for id in assert_no_harm(marked[name], found[name])]
    assert touched, "the fault was never met"
    assert grade_anew(real, hand_ins["s01"]) == marked["s01"]


# Doors behind which properties are decided, and what each may do that can be noticed.
PROPERTY_DOORS: dict[str, tuple[str, ...]] = {
    "grader.kinds._vectors_written.matrix_of": ("raises", "nests-too-deep", "no-memory", "true", "words"),
    "grader.kinds._vectors_written.number_of": ("raises", "nests-too-deep", "no-memory", "true", "words"),
    "grader.kinds._beside.glued": tuple(FAULTS),
    "grader.kinds._verdicts.decide": tuple(FAULTS),
    "grader.maths.balls.refuted": ENDS,
    "grader.maths.balls.possible": ENDS,
    "grader.maths.linear.rank": ("raises", "nests-too-deep", "no-memory", "words"),
}
_PROPERTIES = """
questions:
  1: {points: 1, property: eigenvector, of: [[2, 1], [1, 2]], value: 3, vectors: unit}
  2: {points: 1, property: null space, of: [[1, 1, 1]]}
  3: {points: 1, property: factorisation, of: [[4, 2], [2, 3]], as: Cholesky}
  4: {points: 1, number: 6}
"""
_WITH_PROPERTIES = """
# Question 1\n\n(0.71, 0.71)
# Question 2\n\n(1, -1, 0), (1, 0, -1)
# Question 3\n\nL = [[2, 0], [1, 1.414]]
# Question 4\n\n6
"""


@pytest.mark.parametrize(
    ("door", "fault"), [(door, fault) for door, faults in PROPERTY_DOORS.items() for fault in faults]
)
def test_a_broken_property(door: str, fault: str) -> None:
    """Where a property cannot be decided by a bug of ours, only its questions are lost, and to a person."""
    prepared = parse_rubric(_PROPERTIES, "properties")
    answers = Submission("s", (READERS.load("markdown").read(_WITH_PROPERTIES, "s.md"),))
    normal = grade_anew(prepared, answers)
    assert {mark.status for mark in normal.marks} == {Status.RIGHT}
    with broken(door, FAULTS[fault]):
        found = grade_anew(prepared, answers)
    touched = assert_no_harm(normal, found)
    assert touched, "the fault was never met"
    assert "4" not in touched
    assert grade_anew(prepared, answers) == normal


@pytest.mark.parametrize("fault", FAULTS)
def test_parts_that_cannot_be_told_apart(fault: str, real: PreparedRubric, hand_ins: dict[str, Submission]) -> None:
    """Where the answers to several parts cannot be told apart by a bug of ours, only these questions are lost."""
    normal = grade_anew(real, hand_ins["s01"])
    with broken("grader.marking.labels.split_views", FAULTS[fault]):
        found = grade_anew(real, hand_ins["s01"])
    assert assert_no_harm(normal, found) == ["3a", "3b", "5c"]


@pytest.mark.parametrize("door", ["grader.locate.locate", "grader.marking.marks.mark_question"])
def test_nothing_works(door: str, real: PreparedRubric, hand_ins: dict[str, Submission]) -> None:
    """When nothing can be located or marked, all questions are errors: the score is nothing, and could be all."""
    with broken(door, FAULTS["raises"]):
        found = grade_anew(real, hand_ins["s01"])
    assert found.count(Status.ERROR) == len(found.marks)
    assert (found.score, found.least, found.most) == (Fraction(0), Fraction(0), found.max)
    assert "ZeroDivisionError: a bug of the test" in found.log[0]


def test_a_fault_that_comes_and_goes(real: PreparedRubric, hand_ins: dict[str, Submission]) -> None:
    """Every question goes on after one that failed, and each failure has its own traceback."""
    from grader.marking import marks

    normal = grade_anew(real, hand_ins["s01"])
    calls = iter(range(len(normal.marks)))

    def sometimes(*args: Any) -> Mark:
        if next(calls) % 3 == 0:
            raise ValueError("every third")
        return marks.mark_question(*args)

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr("grader.grade.mark_question", sometimes)
        found = grade_anew(real, hand_ins["s01"])
    touched = assert_no_harm(normal, found)
    assert touched == [mark.id for mark in normal.marks[::3]]
    assert len(found.log) == len(touched)


def test_interruption_is_no_fault(real: PreparedRubric, hand_ins: dict[str, Submission]) -> None:
    """Ctrl-C ends the run; it is not a bug to be written down as a mark."""
    with broken("grader.marking.marks.mark_question", _raise(KeyboardInterrupt)), pytest.raises(KeyboardInterrupt):
        grade_anew(real, hand_ins["s01"])


# -- the whole program -----------------------------------------------------------------------------------------


def run(out: Path, *names: str) -> tuple[Result, dict[str, Any]]:
    """Grades hand-ins of homework 10; the results by submission."""
    paths = [str(ROOT / "submissions" / f"{name}.md") for name in names]
    args = ["grade", str(ROOT / "rubrics" / "homework10.yaml"), *paths, "--out", str(out)]
    result = CliRunner().invoke(main, args, prog_name="grader")
    lines = (out / "results.jsonl").read_text(encoding="utf-8").splitlines() if out.exists() else []
    return result, {record["submission"]: record for record in map(json.loads, lines)}


@pytest.mark.parametrize(
    ("door", "fault"),
    [
        ("grader.locate.locate", "raises"),
        ("grader.locate.locate", "none"),
        ("grader.notation.reading.read_answer", "true"),
        ("grader.marking.labels.split_views", "raises"),
    ],
)
def test_the_program_says_that_it_failed(door: str, fault: str, tmp_path: Path) -> None:
    """A bug of ours ends with 3 and its traceback on stderr, and the results of all are written."""
    load_rubric(ROOT / "rubrics" / "homework10.yaml")  # the kinds are imported before a door is broken
    with broken(door, FAULTS[fault]):
        result, records = run(tmp_path, "s01", "s07")
    assert result.exit_code == 3, result.output
    assert set(records) == {"s01", "s07"}
    assert "Traceback" in result.stderr
    assert "Traceback" not in result.stdout
    assert "The grader itself failed (a bug of ours, please report it): s01, s07." in result.stderr
    errors = [
        question for record in records.values() for question in record["questions"] if question["status"] == "error"
    ]
    assert errors
    assert all(question["credit"] is None and question["points"] is None for question in errors)


def test_one_poisoned_hand_in(tmp_path: Path) -> None:
    """A hand-in on which the grader fails does not change a byte of the others' results."""
    from grader.locate import locate

    def poisoned(submission: Submission, rubric: Any) -> Any:
        if submission.id == "s07":
            raise ValueError("a bug of the test")
        return locate(submission, rubric)

    _, normal = run(tmp_path / "normal", "s01", "s07", "s08")
    with broken("grader.locate.locate", poisoned):
        result, found = run(tmp_path / "poisoned", "s01", "s07", "s08")
    assert result.exit_code == 3
    assert {name: record for name, record in found.items() if name != "s07"} == {
        name: record for name, record in normal.items() if name != "s07"
    }
    assert {question["status"] for question in found["s07"]["questions"]} == {"error"}
    assert found["s07"]["most"] == found["s07"]["max"]


def test_a_bug_while_writing(tmp_path: Path) -> None:
    """A bug outside of marking ends the program with 3 and its traceback; earlier results stay as they are."""
    run(tmp_path / "out", "s10")
    before = {path: path.read_bytes() for path in (tmp_path / "out").rglob("*.*")}
    program = textwrap.dedent("""
        import sys
        from grader.report import csv
        def broken(graded):
            raise ValueError("a bug of the test")
        csv.row = broken
        sys.argv = ["grader", "grade", *sys.argv[1:]]
        from grader.cli import run
        run()
    """)
    files = [str(ROOT / "rubrics" / "homework10.yaml"), str(ROOT / "submissions" / "s01.md")]
    command = [sys.executable, "-c", program, *files, "--out", str(tmp_path / "out")]
    ended = subprocess.run(command, capture_output=True, encoding="utf-8", timeout=60, check=False)
    assert ended.returncode == 3
    assert ended.stdout == ""
    assert "grader itself failed" in ended.stderr
    assert "ValueError: a bug of the test" in ended.stderr
    assert {path: path.read_bytes() for path in (tmp_path / "out").rglob("*.*")} == before
