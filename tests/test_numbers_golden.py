"""What a careful marker gives for numbers with units and in forms: the tables of golden/numbers."""

from __future__ import annotations

import re
import textwrap
from collections.abc import Iterator
from dataclasses import dataclass
from fractions import Fraction
from pathlib import Path

import pytest

from grader.grade import grade, lint, parse_rubric
from grader.kinds._measured import sheet_of
from grader.model.documents import Submission
from grader.model.errors import RubricError
from grader.model.results import Mark, Status
from grader.prepare.parts import PreparedRubric
from grader.read import READERS

FOLDER = Path(__file__).parent / "golden" / "numbers"
SECTION = re.compile(r"^## (?P<title>[^\n]+)\n\n```yaml\n(?P<rubric>.*?)```\n\n(?P<rows>(?:\|[^\n]*\n?)+)", re.M | re.S)
COLUMNS = ["answer", "expected status", "credit", "why", "remark"]


@dataclass(frozen=True, slots=True)
class Row:
    """One line of a table, and the rubric above it."""

    title: str
    rubric: str
    answer: str
    status: Status
    credit: Fraction | None
    why: str


def rows() -> Iterator[Row]:
    """Every row of every table."""
    for path in sorted(FOLDER.glob("*.md")):
        for section in SECTION.finditer(path.read_text(encoding="utf-8")):
            lines = section["rows"].splitlines()
            head, _, *body = [[cell.strip() for cell in line[1:-1].split("|")] for line in lines]
            assert head == COLUMNS, path.name
            for answer, status, credit, why, _ in body:
                known = Fraction(credit) if credit else None
                yield Row(section["title"], section["rubric"], answer.strip("`"), Status(status), known, why)


ROWS = list(rows())


def rubric_of(fields: str) -> PreparedRubric:
    """A rubric of one question."""
    return parse_rubric(f"questions:\n  q:\n    points: 1\n{textwrap.indent(fields, '    ')}", "golden")


def mark_of(fields: str, answer: str) -> Mark:
    """The mark of an answer in a file of its own."""
    document = READERS.load("markdown").read(answer, "answer.md")
    graded = grade(rubric_of(fields), Submission("answer", (document,)))
    assert graded.log == ()
    return graded.marks[0]


def reasons(mark: Mark) -> set[str]:
    """The ids of all reasons of a mark and its parts."""
    return {reason.id for reason in mark.reasons} | {id for part in mark.parts for id in reasons(part)}


@pytest.mark.parametrize("row", ROWS, ids=lambda row: f"{row.title}: {row.answer}")
def test_a_careful_marker_agrees(row: Row) -> None:
    """Status and credit are a careful marker's, and what went wrong, or is not clear, has the name given for it."""
    mark = mark_of(row.rubric, row.answer)
    found = (mark.status, mark.credit)
    assert found == (row.status, row.credit), f"{mark.read_as!r}, {reasons(mark)}"
    assert not row.why or row.why in reasons(mark), reasons(mark)
    if row.status in (Status.PARTIAL, Status.WRONG) and row.why:
        assert row.why in mark.mistakes


@pytest.mark.parametrize("fields", list(dict.fromkeys(row.rubric for row in ROWS)))
def test_the_reference_is_right(fields: str) -> None:
    """Each rubric of the tables gives its own reference full marks, and a blank nothing."""
    assert [result for result in lint(rubric_of(fields)) if not result.ok] == []


INDICES = [
    ("number: sum[i=1..3] 1/i", "11/6", Status.RIGHT),
    ("number: sum[i=1..3] 1/i", "1.8333333333333", Status.RIGHT),
    ("number: sum[j=0..3] 2^j", "15", Status.RIGHT),
    ("number: sum[j=0..3] 2^j", "16", Status.WRONG),
    ("number: i + 1\nlet: {i: 2}", "3", Status.RIGHT),
    ("number: i + 1\nlet: {i: 2}", "1 + i", Status.REVIEW),
    ("number: abs(3 + 4*i)", "5", Status.RIGHT),
]


@pytest.mark.parametrize(("fields", "answer", "status"), INDICES)
def test_letters_stay_letters(fields: str, answer: str, status: Status) -> None:
    """An index or a name of the rubric is never the imaginary unit, and exact numbers stay exact."""
    assert mark_of(fields + "\n", answer).status is status


def test_there_are_enough_rows() -> None:
    """The tables are read whole."""
    assert len(ROWS) >= 130
    assert {row.status for row in ROWS} == {Status.RIGHT, Status.PARTIAL, Status.WRONG, Status.REVIEW}


FAULTS = [
    ("number: 1\nunit: wum", "cannot read the unit 'wum'"),
    ("number: 1\nunit: J/kg K", "what is multiplied after a division needs brackets"),
    ("number: 1\nwithout unit: 1/2", "`without unit` needs a `unit`"),
    ("number: 1\nunit: m\nwithout unit: 2", "must be from 0 to 1"),
    ("number: 1\nunit: m\nwithout unit: rewiew", "did you mean `review`?"),
    ("number: 1\npercent: yes\nunit: m", "`percent` and `unit` say two things"),
    ("number: 1\npercent: true", "`true` is no choice for `percent`"),
    ("number: 1\nsignificant figures: 0", "'0' is no number of digits"),
    ("number: 1\nsignificant figures: 4..3", "'4..3' is no number of digits"),
    ("number: 1\nsignifcant figures: 3", "did you mean `significant figures`?"),
    ("number: 1\ndecimals: many", "'many' is no number of digits"),
    ("number: 1/2\nform: lowest term", "did you mean `lowest terms`?"),
    ("number: pi\nform: fraction", "this number is no fraction"),
    ("number: 1/2\nform: factored", "only whole numbers from 2 to 10^12 are factored"),
    ("number: 3\nform: polar", "this number is not complex"),
    ("number: 3 + i\ndecimals: 2", "`decimals` is for a real number in digits"),
    ("number: sqrt(2)\nform: exact\ndecimals: 2", "`decimals` is for a real number in digits"),
    ("array: [1, 2]\nunit: wum", "cannot read the unit 'wum'"),
]


@pytest.mark.parametrize(("fields", "message"), FAULTS)
def test_a_faulty_rubric_is_told(fields: str, message: str) -> None:
    """What a rubric cannot ask of a number is a fault with its line, and says what to do."""
    with pytest.raises(RubricError) as caught:
        rubric_of(fields + "\n")
    assert message in str(caught.value)


PLACES = [
    ("number: 5\nunit: m", "It is $5\\,\\text{wum}$.", "\\text{wum}"),
    ("number: 5\nunit: m", "It is 5 q/s.", "q/s"),
    ("number: 5\nunit: J/(kg K)", "It is 5 J/kg K here.", "J/kg K"),
    ("number: 20\nunit: °C", "It is 20 K.", "K"),
    ("number: 5", "It is 500 cm.", "cm"),
]


@pytest.mark.parametrize(("fields", "answer", "words"), PLACES)
def test_the_caret_points_at_the_unit(fields: str, answer: str, words: str) -> None:
    """Where a person decides because of a unit, the evidence is that unit."""
    mark = mark_of(fields, answer)
    assert mark.status is Status.REVIEW
    (evidence,) = mark.evidence
    assert evidence.text[evidence.column - 1 :][: evidence.width] == words


NO_UNITS = [
    ("5 in total", ""),
    ("5 in", "in"),
    ("5 m in 2 s", "m s"),
    ("5 as before", ""),
    (r"$5 \pm 1$", ""),
    (r"$5 \in S$", ""),
    ("5 m. A car", "m"),
    ("5 m/s and more", "m/s"),
    ("the 2nd row", ""),
    ("5 km / h", "km / h"),
    ("2 kg m^2 s^-2", "kg m^2 s^-2"),
    (r"$2\,\mu\text{m}$", r"\mu\text{m}"),
    (r"$\SI{2e-3}{\kilo\gram}$", r"\kilo\gram"),
    (r"$\ang{45}$", "°"),
    ("€5", "€"),
    ("5 °C", "°C"),
]


@pytest.mark.parametrize(("text", "units"), NO_UNITS)
def test_units_are_what_stands_behind_a_value(text: str, units: str) -> None:
    """A word is a unit only right behind a value and if nothing else is more likely; places never move."""
    document = READERS.load("markdown").read(text, "answer.md")
    sheet = sheet_of(document.blocks)
    assert " ".join(found.text for found in sheet.units if found.measure is not None) == units
    spans = [run.span for block in document.blocks for run in block.runs]
    assert [run.span for block in sheet.blocks for run in block.runs] == spans


@pytest.mark.parametrize(
    "text",
    ["5 m/s, " * 3000, "5 " + "\\text{" * 2000, "5" + ")" * 50_000 + " m", "5 " + "m s " * 5000, "5 m" + "/s" * 3000],
    ids=["many", "open", "closers", "words", "slashes"],
)
def test_no_answer_is_too_long_for_its_units(text: str) -> None:
    """Whatever is written, looking for units ends, and is no fault of ours."""
    assert mark_of("number: 5\nunit: m\n", text).status in set(Status) - {Status.ERROR}
