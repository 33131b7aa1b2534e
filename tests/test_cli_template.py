"""A sheet of empty answers is read back without a doubt, filled or not, in every format."""

from __future__ import annotations

import json
import re
import textwrap
from collections.abc import Iterator, Mapping
from functools import cache
from pathlib import Path

import pytest
from click.testing import CliRunner, Result
from fences import DOCS, ROOT, fences
from test_kind_examples import text_of

from grader.cli import main, template
from grader.grade import grade, lint, model_answers, parse_rubric
from grader.kinds import KINDS
from grader.locate import locate
from grader.model.documents import Submission
from grader.model.results import GradedSubmission, Status
from grader.prepare.parts import PreparedRubric
from grader.read import READERS
from grader.read.files import FORMATS
from grader.report.sheet import FORMS, sheet

ODD = {
    "odd ids": """
        Q-4: {points: 1, number: 41}
        bonus: {points: 1, number: 42}
        3.2: {points: 1/3, number: 43}""",
    "one id within another": """
        Q4: {points: 1, number: 41}
        P4: {points: 2.5, number: 42}
        4a: {points: 1, number: 43}""",
    "parts by letters": """
        a: {points: 1, number: 41}
        b: {points: 1, parts: {a: {number: 42}, b: {number: 43}}}
        c: {points: 1, number: 44}""",
    "roman": """
        i: {points: 1, number: 41}
        ii: {points: 1, parts: {i: {number: 42}, v: {shape: [4, 2]}}}
        iii: {points: 1, number: 43}""",
    "one question": """
        1: {points: 1, title: Length 5, number: 41}""",
    "a group in a group": """
        2:
          title: Outer
          questions:
            a: {title: Inner 3, questions: {i: {points: 1, number: 41}, ii: {points: 1, number: 42}}}
            b: {points: 1, number: 43}
        3: {points: 1, number: 44}""",
    "a group that is no label": """
        1: {points: 1, number: 41}
        bonus: {title: Extra, questions: {7: {points: 1, number: 42}, 8: {points: 1, number: 43}}}""",
    "titles that look like labels": """
        1: {points: 1, title: (b) or 2c. Part a, number: 41}
        2: {points: 1, title: References, number: 42}
        3: {points: 1, title: Problem 1, number: 43}
        4: {points: 1, title: 'A: 17', number: 44}""",
    "titles with signs": """
        1: {points: 1, title: '50% of $x_1^2$ & {a}_b <b>c</b> #1 [d](e) \\ ~ ^ `f` *g* $', number: 41}
        2: {points: 1, title: 'what is 1+1?', number: 42}
        3: {points: 1, title: 每层的参数, number: 43}
        4: {points: 1, title: '!', number: 44}""",
    "one title twice": """
        1: {title: Same, questions: {a: {points: 1, title: Same, number: 41}, b: {points: 1, title: Same, number: 42}}}
        2: {points: 1, title: Same, number: 43}""",
    "ids that differ by a sign": """
        1.1: {points: 1, number: 41}
        11: {points: 1, number: 42}
        1-2: {points: 1, number: 43}""",
    "parts of parts": """
        1: {points: 4, parts: {u: {parts: {x: {number: 41}, y: {shape: [4, 2]}}}, v: {positions: [[1, 2]]}}}""",
}


def rubrics() -> Iterator[tuple[str, str]]:
    """Every rubric of the repository: files, pages, examples of the kinds; and odd ones."""
    for path in sorted((ROOT / "rubrics").glob("*.yaml")):
        yield path.stem, path.read_text(encoding="utf-8")
    for page in (ROOT / "README.md", *DOCS):
        for fence in fences(page, "yaml"):
            if not fence.file.startswith("faulty"):
                whole = re.search(r"^questions:", fence.text, re.MULTILINE)
                yield f"{page.stem}-{fence.line}", fence.text if whole else one_question(fence.text)
    for kind in KINDS.all():
        for number, text in enumerate(dict.fromkeys(example.rubric for example in kind.examples)):
            yield f"{kind.name}-{number}", text_of(text, "1")
    for name, text in ODD.items():
        yield name, f"title: 'Exercise 1: all of it'\nquestions:\n{textwrap.indent(textwrap.dedent(text), '  ')}\n"


def one_question(text: str) -> str:
    """A rubric around one question."""
    return "questions:\n  1:\n" + textwrap.indent(text, "    ")


RUBRICS = [pytest.param(text, id=name) for name, text in rubrics()]


def read_back(prepared: PreparedRubric, form: str, answers: Mapping[str, str]) -> tuple[Submission, GradedSubmission]:
    """A sheet as it comes back, and its marks."""
    reader = READERS.load(FORMATS[f".{form}"])
    document = reader.read(sheet(prepared.rubric, form, answers), f"s.{form}")
    submission = Submission("s", (document,))
    located = locate(submission, prepared.rubric)
    assert (document.notes, located.notes) == ((), ())
    ids = [question.id for question, _ in prepared.questions]
    found = {answer.question: (answer.clue, answer.rivals) for answer in located.answers}
    assert found == dict.fromkeys(ids, ("heading", ()))
    return submission, grade(prepared, submission)


@cache
def prepared_of(text: str) -> PreparedRubric:
    """A rubric, prepared once for all sheets."""
    return parse_rubric(text, "hw", folder=str(ROOT / "rubrics"))


@cache
def sound(prepared: PreparedRubric) -> set[str]:
    """The questions whose reference earns full marks by itself."""
    return {one.id for one in lint(prepared) if one.what == "the reference earns full marks" and one.ok}


@pytest.mark.parametrize("form", FORMS)
@pytest.mark.parametrize("text", RUBRICS)
def test_a_blank_sheet_is_blank(text: str, form: str) -> None:
    """Each question is found under its own heading, and neither title nor points are an answer to it."""
    _, graded = read_back(prepared_of(text), form, {})
    assert {mark.id: mark.status for mark in graded.marks if mark.status is not Status.BLANK} == {}


@pytest.mark.parametrize("form", FORMS)
@pytest.mark.parametrize("text", RUBRICS)
def test_a_sheet_of_right_answers_is_right(text: str, form: str) -> None:
    """The reference written below each heading earns full marks wherever `lint` finds that it does alone."""
    prepared = prepared_of(text)
    answers = model_answers(prepared)
    right = sound(prepared)
    _, graded = read_back(prepared, form, answers)
    assert {mark.id: (mark.status, mark.read_as) for mark in graded.marks if mark.id in right} == {
        mark.id: (Status.RIGHT, mark.read_as) for mark in graded.marks if mark.id in right
    }


@pytest.mark.parametrize("form", FORMS)
@pytest.mark.parametrize("text", RUBRICS)
def test_each_answer_stands_for_itself(text: str, form: str) -> None:
    """With one question answered that one is right, and all others are blank."""
    prepared = prepared_of(text)
    follows = {question.id for question, part in prepared.questions if any(one.uses for one in (part, *part.parts))}
    for id, words in model_answers(prepared).items():
        _, graded = read_back(prepared, form, {id: words})
        expected = {mark.id: Status.RIGHT if mark.id == id else Status.BLANK for mark in graded.marks}
        assert id in follows or id not in sound(prepared) or {mark.id: mark.status for mark in graded.marks} == expected


@pytest.mark.parametrize("form", FORMS)
@pytest.mark.parametrize("text", RUBRICS)
def test_each_part_stands_for_itself(text: str, form: str) -> None:
    """With one part of a question answered no other part takes the answer for its own."""
    prepared = prepared_of(text)
    for id, words in model_answers(prepared).items():
        part = next(part for question, part in prepared.questions if question.id == id)
        texts = words.split("\n\n") if part.parts and not any(one.parts for one in part.parts) else []
        for number, own in enumerate(texts):
            slots = [own if place == number else slot for place, slot in enumerate(part.part.slots)]
            _, graded = read_back(prepared, form, {id: "\n\n".join(slots)})
            (mark,) = (mark for mark in graded.marks if mark.id == id)
            others = [one.status for place, one in enumerate(mark.parts) if place != number]
            assert mark.parts[number].status is Status.RIGHT
            assert set(others) <= {Status.BLANK}


@pytest.mark.parametrize(
    "words",
    [
        "1. first 3\n2. then 4\n\nso 41",
        "(a) 40 + 1\n\n(b) = 41",
        "- a: 1\n- b: 2\n\nin all 41",
        "Problem 3 says so: 41",
        "## Work\n\n40 + 1\n\n## Result\n\n41",
    ],
)
def test_what_is_written_below_a_heading_stays_there(words: str) -> None:
    """Lists, steps and headings of a student's own divide no answer of the sheet."""
    rubric = parse_rubric(f"questions:\n{textwrap.indent(textwrap.dedent(ODD['a group in a group']), '  ')}\n", "hw")
    for question, _ in rubric.questions:
        read_back(rubric, "md", {question.id: words})


def run(*args: object) -> Result:
    """Runs the program in this process."""
    return CliRunner().invoke(main, ["template", *map(str, args)], prog_name="grader")


SECRET = """
title: Sums
given: {hidden: 90001}
questions:
  1: {title: Areas, questions: {a: {points: 2, title: The disc, number: 90002, hint: H90003, explain: E90004,
      accept: ["90002"], reject: ["90005"], mistakes: [{number: 90006, credit: 1/2, say: S90007}]}}}
  2: {points: 1, choice: 90008, reveal: true}
  3: {points: 2, parts: {u: {number: 90009}, v: {shape: [90010, 3]}}}
"""
SECRET = SECRET.replace("choice: 90008", "number: 90008")


@pytest.mark.parametrize("form", FORMS)
def test_nothing_of_the_key_is_printed(form: str, tmp_path: Path) -> None:
    """Ids, titles, points and names of parts are on the sheet; no value, hint or mistake is."""
    (tmp_path / "hw.yaml").write_text(SECRET, encoding="utf-8")
    result = run(tmp_path / "hw.yaml", "--to", form)
    assert result.exit_code == 0
    assert [word for word in ("Sums", "Areas", "The disc", "(2 points)", "u:", "v:") if word not in result.stdout] == []
    assert "900" not in result.stdout


@pytest.mark.parametrize(
    ("args", "start"),
    [
        ([], "# Answer sheet: Sums\n"),
        (["--to", "tex"], "\\documentclass"),
        (["--out", "a.tex"], "\\documentclass"),
        (["--out", "a.ipynb"], "{\n"),
        (["--out", "a.txt"], "# Answer sheet: Sums\n"),
        (["--out", "a.txt", "--to", "tex"], "\\documentclass"),
    ],
)
def test_the_format_is_asked_for_or_that_of_the_file(
    args: list[str], start: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """`--to` decides, then the suffix of the file; without either a sheet is Markdown."""
    monkeypatch.chdir(tmp_path)
    Path("hw.yaml").write_text(SECRET, encoding="utf-8")
    result = run("hw.yaml", *args)
    assert result.exit_code == 0
    text = Path(args[1]).read_text(encoding="utf-8") if args[:1] == ["--out"] else result.stdout
    assert text.startswith(start)


def test_no_answers_are_written_over(tmp_path: Path) -> None:
    """A file that exists may hold answers: it stays as it is, and the program ends with 2."""
    (tmp_path / "hw.yaml").write_text(SECRET, encoding="utf-8")
    (tmp_path / "a.md").write_text("mine", encoding="utf-8")
    result = run(tmp_path / "hw.yaml", "--out", tmp_path / "a.md")
    assert (result.exit_code, (tmp_path / "a.md").read_text(encoding="utf-8")) == (2, "mine")
    assert run(tmp_path / "hw.yaml", "--out", tmp_path / "no" / "a.md").exit_code == 2


def test_the_notebook_is_one() -> None:
    """The sheet for notebooks has what the format asks for: cells with a type, metadata and a source."""
    whole = json.loads(sheet(parse_rubric(SECRET, "hw").rubric, "ipynb"))
    assert (whole["nbformat"], whole["metadata"]) == (4, {})
    assert all(set(cell) == {"cell_type", "metadata", "source"} for cell in whole["cells"])


def test_the_command_knows_every_form() -> None:
    """The choice of the command is the table of the sheets, and each is a format that is read."""
    (option,) = (one for one in template.command.params if one.name == "form")
    assert list(getattr(option.type, "choices", ())) == list(FORMS)
    assert all(f".{form}" in FORMATS for form in FORMS)
