"""How mathematics is read: the tables of golden/maths, row by row."""

from __future__ import annotations

import re
from dataclasses import dataclass
from pathlib import Path

import pytest

from grader.model.errors import Unreadable
from grader.notation.printing import show
from grader.notation.reading import parse_expression, read_answer
from grader.read import READERS

FOLDER = Path(__file__).parent / "golden" / "maths"
SECTION = re.compile(
    r"^## (?P<title>[^\n]+)\n\n(?:Names: (?P<names>[^\n]+)\n\n)?`````readings\n(?P<rows>.*?)\n`````$",
    re.MULTILINE | re.DOTALL,
)
LINE_END = "⏎"  # a line end inside a row


@dataclass(frozen=True, slots=True)
class Row:
    """A source, the declared names with their numbers of axes, and the reading that a person has of it."""

    id: str
    source: str
    names: dict[str, int]
    reading: str
    rubric: bool  # an expression of a rubric; otherwise an answer in Markdown


def rows_of(path: Path) -> list[Row]:
    """Every row of one file."""
    rows = []
    for section in SECTION.finditer(path.read_text(encoding="utf-8")):
        words = [word.partition("/") for word in (section["names"] or "").split(", ") if word]
        names = {name: int(axes or 0) for name, _, axes in words}
        lines = section["rows"].split("\n")
        for source, reading in zip(lines[::2], lines[1::2], strict=True):
            assert reading.startswith("    => "), f"{path.name}: {reading}"
            id = f"{path.stem}: {section['title']}: {source}"
            row = Row(id, source.replace(LINE_END, "\n"), names, reading[7:], path.stem == "rubric")
            rows.append(row)
    return rows


ROWS = [row for path in sorted(FOLDER.glob("*.md")) for row in rows_of(path)]


def failure(error: Unreadable, source: str) -> str:
    """What could not be read, and where."""
    return f"unreadable at <{source[error.start : error.stop]}>: {error.message}"


def read(row: Row) -> str:
    """All claims of an answer, or the one expression of a rubric, as they are shown to people."""
    if row.rubric:
        try:
            return show(parse_expression(row.source, row.names))
        except Unreadable as error:
            return failure(error, row.source)
    document = READERS.load("markdown").read(row.source, "row.md")
    claims = read_answer(document.blocks, row.names).claims
    shown = [failure(c.error, row.source) if c.error is not None else show(c.expr) for c in claims]
    return " ; ".join(shown) or "nothing"


def agrees(found: str, wanted: str) -> bool:
    """Whether a reading is the one wanted; of a failure the place, and the beginning of what it says."""
    return found.startswith(wanted) if wanted.startswith("unreadable") else found == wanted


@pytest.mark.parametrize("row", ROWS, ids=[row.id for row in ROWS])
def test_reading(row: Row) -> None:
    """Written mathematics is read as a person reads it."""
    assert agrees(found := read(row), row.reading), found


def test_every_row_is_found() -> None:
    """No row of a table is skipped because its section is not understood."""
    for path in FOLDER.glob("*.md"):
        assert path.read_text(encoding="utf-8").count("\n    => ") == len(rows_of(path)) > 0
    assert len({row.id for row in ROWS}) == len(ROWS) >= 120


@pytest.mark.parametrize(
    ("source", "wrong"),
    [("$xy$", "x·z"), ("$x + $", "unreadable at <x>: something"), ("$x + $", "x"), ("none", "x"), ("$x$ $y$", "x")],
)
def test_a_wrong_row_fails(source: str, wrong: str) -> None:
    """A row with another reading, another place or a claim too few does not pass."""
    assert not agrees(read(Row("", source, {"x": 0, "y": 0}, wrong, False)), wrong)


@pytest.mark.parametrize("row", [row for row in ROWS if not row.rubric and "unreadable" not in row.reading][::5])
def test_places(row: Row) -> None:
    """Every claim stands where it says, inside the text, in the order of the text."""
    document = READERS.load("markdown").read(row.source, "row.md")
    places = [claim.place for claim in read_answer(document.blocks, row.names).claims]
    assert places == sorted(places)
    assert all(0 <= start < stop <= len(row.source) for start, stop in places)


@pytest.mark.parametrize(
    ("source", "boxed", "before", "aside"),
    [
        (r"$\boxed{42}$ and 7", [True, False], ["", "and"], [False, False]),
        ("The total is 12 (not 11).", [False, False], ["the total is", "not"], [False, True]),
        ("so 3, hence 4", [False, False], ["so", ", hence"], [False, False]),
    ],
)
def test_surroundings(source: str, boxed: list[bool], before: list[str], aside: list[bool]) -> None:
    """A claim knows the words before it, whether it is boxed, and whether it is an aside."""
    claims = read_answer(READERS.load("markdown").read(source, "row.md").blocks, {}).claims
    assert [claim.boxed for claim in claims] == boxed
    assert [claim.before for claim in claims] == before
    assert [claim.aside for claim in claims] == aside


@pytest.mark.parametrize(
    ("text", "names", "shown"),
    [
        ("max_pool(q, 2, 2)", {"q": 1}, "max_pool(q, 2, 2)"),
        ("max_j x[j]", {"x": 1}, "max over j of x[j]"),
        (r"y_{ln}", {"y": 2}, "y[l, n]"),
        (r"\log_{10} y", {"y": 1}, "log(y)/log(10)"),
    ],
)
def test_a_name_is_not_cut_where_it_looks_like_another(text: str, names: dict[str, int], shown: str) -> None:
    """`max_pool` is no maximum over pool, and the indices l and n are no logarithm."""
    assert show(parse_expression(text, names)) == shown
