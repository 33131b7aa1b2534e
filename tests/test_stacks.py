"""Whole stacks of hand-ins in many layouts, beside the bands of credit that a fair marker gave them."""

from __future__ import annotations

from dataclasses import dataclass
from fractions import Fraction
from functools import cache
from pathlib import Path

import pytest

from grader.grade import grade_file, load_rubric
from grader.model.results import Mark, Status

ROOT = Path(__file__).parents[1]
STACKS = sorted((Path(__file__).parent / "golden" / "stacks").iterdir())
LEAST, MOST_OPEN = Fraction(95, 100), Fraction(5, 100)


@dataclass(frozen=True, slots=True)
class Band:
    """What a fair marker gives an answer; `sure` without hesitation."""

    file: str
    question: str
    low: Fraction
    high: Fraction
    sure: bool


@cache
def bands(stack: Path) -> tuple[Band, ...]:
    """A line for each question of each hand-in: file, question, lowest and highest credit, sure or doubt."""
    rows = (line.split("\t") for line in (stack / "bands.tsv").read_text(encoding="utf-8").splitlines())
    return tuple(Band(row[0], row[1], Fraction(row[2]), Fraction(row[3]), row[4] == "sure") for row in rows)


@cache
def marks(stack: Path) -> dict[tuple[str, str], Mark]:
    """The marks of a whole stack, by file and question."""
    rubric = load_rubric(ROOT / "rubrics" / "homework10.yaml")
    files = sorted(path for path in stack.iterdir() if path.name != "bands.tsv")
    return {(path.name, mark.id): mark for path in files for mark in grade_file(rubric, path).marks}


def within(mark: Mark, band: Band) -> bool:
    """Whether a mark is decided, and inside its band."""
    return mark.credit is not None and band.low <= mark.credit <= band.high


@pytest.mark.parametrize("stack", STACKS, ids=lambda path: path.name)
def test_no_wrong_answer_earns_full_marks(stack: Path) -> None:
    """Of all mistakes a marker can make this is the worst."""
    full = [band for band in bands(stack) if band.high < 1 and marks(stack)[band.file, band.question].credit == 1]
    assert full == []


@pytest.mark.parametrize("stack", STACKS, ids=lambda path: path.name)
def test_what_a_person_would_mark_without_hesitation_is_marked_so(stack: Path) -> None:
    """Nineteen of twenty such answers get a mark inside the person's band, and few are left to one."""
    sure = [band for band in bands(stack) if band.sure]
    inside = sum(within(marks(stack)[band.file, band.question], band) for band in sure)
    open_ = sum(marks(stack)[band.file, band.question].status is Status.REVIEW for band in bands(stack))
    assert Fraction(inside, len(sure)) >= LEAST, inside
    assert Fraction(open_, len(bands(stack))) <= MOST_OPEN, open_


def test_a_mark_outside_its_band_is_told() -> None:
    """The comparison can fail."""
    band = Band("s01.md", "1a", Fraction(1, 2), Fraction(3, 4), sure=True)
    mark = next(iter(marks(STACKS[0]).values()))
    assert not within(mark._replace(credit=Fraction(1)), band)
    assert not within(mark._replace(credit=None), band)
    assert within(mark._replace(credit=Fraction(1, 2)), band)
