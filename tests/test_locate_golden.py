"""Which words answer which question: the cases of golden/locate, readable by a teacher."""

from __future__ import annotations

import re
from dataclasses import dataclass
from fractions import Fraction
from pathlib import Path

import pytest

from grader.locate import locate
from grader.model.documents import Submission
from grader.model.rubrics import Mapping, Part, Place, Question, Rubric
from grader.read import READERS

GOLDEN = Path(__file__).parent / "golden" / "locate"
HERE = Place(1, 1, "")
CASE = re.compile(
    r"^## (?P<title>[^\n]+)\n\nrubric: (?P<ids>[^\n]+)\n\n(?:notes: (?P<notes>[^\n]+)\n\n)?"
    r"~~~~~markdown\n(?P<text>.*?)\n~~~~~\n\n(?P<table>(?:\|[^\n]*\n?)*)",
    re.M | re.S,
)


@dataclass(frozen=True, slots=True)
class Case:
    """One hand-in with the map that a careful reader makes of it."""

    name: str
    ids: tuple[str, ...]
    text: str
    rows: tuple[tuple[str, str, str], ...]
    notes: tuple[str, ...]


def rubric(*ids: str) -> Rubric:
    """A rubric of which only the ids matter."""
    questions = tuple(Question(name, Fraction(1), Part(name, "number", Mapping((), HERE), HERE)) for name in ids)
    return Rubric("test", "", "0", None, None, questions, HERE)


def submission(*texts: str) -> Submission:
    """A hand-in of Markdown files."""
    reader = READERS.load("markdown")
    return Submission("s", tuple(reader.read(text, f"file{at}.md") for at, text in enumerate(texts)))


def cases() -> list[Case]:
    found = []
    for path in sorted(GOLDEN.glob("*.md")):
        for match in CASE.finditer(path.read_text(encoding="utf-8")):
            lines = match["table"].splitlines()[2:]
            rows = [tuple(cell.strip() for cell in line.strip("|").split("|")) for line in lines]
            found.append(
                Case(
                    f"{path.stem}: {match['title']}",
                    tuple(match["ids"].split()),
                    match["text"],
                    tuple((row[0], row[1], row[2]) for row in rows),
                    tuple((match["notes"] or "").split()),
                )
            )
    return found


def words(text: str) -> str:
    return " ".join(text.split())


@pytest.mark.parametrize("case", cases(), ids=lambda case: case.name)
def test_words_are_located_as_a_careful_reader_would(case: Case) -> None:
    """Every question gets exactly the words, the clue and the rivals of the golden table."""
    located = locate(submission(case.text), rubric(*case.ids))
    got = []
    for answer in located.answers:
        got.append((answer.question, words(answer.text), answer.clue))
        got += [(rival.question, words(rival.text), "rival") for rival in answer.rivals]
    assert sorted(got) == sorted(case.rows)
    ids = {note.id for note in located.notes}
    assert ids == set(case.notes)


def test_every_golden_case_is_read() -> None:
    """No case of the golden files is skipped because of its form."""
    titles = sum(path.read_text(encoding="utf-8").count("\nrubric: ") for path in GOLDEN.glob("*.md"))
    assert len(cases()) == titles >= 60
