"""Hand-ins that nobody tidied: the same answers in every style, and whole ones as tired students write them."""

from __future__ import annotations

import re
from fractions import Fraction
from pathlib import Path

import pytest
from handins import ANSWERS, ASKED, STYLES, Answers, Style, answers, covering, hand_in

from grader.grade import grade
from grader.model.documents import Submission
from grader.model.results import Mark, Status
from grader.prepare.parts import PreparedRubric
from grader.read import READERS

WRITTEN = {path.stem: path for path in sorted(ANSWERS.parent.glob("*.md")) if path != ANSWERS}
ROUNDS = 1  # ways to write each answer that every style is tried with
_HAND_IN = re.compile(r"^~{5,}(\w+)\n(.*?)^~{5,}$", re.DOTALL | re.MULTILINE)
_ROW = re.compile(r"^\| (\d\w) \| ([^|]*) \|", re.MULTILINE)


def inside(mark: Mark, band: Answers) -> bool:
    """Whether a careful marker could have given this mark."""
    return mark.credit is not None and band.low <= mark.credit <= band.high


@pytest.mark.parametrize("style", STYLES, ids=lambda style: style.name)
def test_the_style_of_a_hand_in_changes_no_mark(style: Style, homework: PreparedRubric) -> None:
    """Right, wrong and mixed answers earn what a careful marker gives, whatever they are written like."""
    for said, written in covering(style, ROUNDS, seed=STYLES.index(style)):
        for mark in grade(homework, hand_in(style, written)).marks:
            band = said[mark.id]
            assert inside(mark, band), (
                f"{mark.id} {band.name}, {written[mark.id]!r}: {mark.status} {mark.credit}, read as {mark.read_as!r}"
            )


@pytest.mark.parametrize("answer", answers(), ids=lambda each: f"{each.part}-{each.name}")
def test_every_way_to_write_an_answer_earns_the_same(answer: Answers, homework: PreparedRubric) -> None:
    """All forms of one answer stay in its band, with the other answers right."""
    style = next(style for style in STYLES if style.name == "number heading, bracket heading")
    right = {each.part: each.forms[0] for each in answers() if each.name == "right"}
    for form in answer.forms:
        marks = grade(homework, hand_in(style, {**right, answer.part: form})).marks
        mark = next(mark for mark in marks if mark.id == answer.part)
        assert inside(mark, answer), f"{form!r}: {mark.status} {mark.credit}, read as {mark.read_as!r}"


def whole(path: Path) -> tuple[Submission, dict[str, str]]:
    """The hand-in of a golden file, and what a fair person gives its parts; those not listed are right."""
    text = path.read_text(encoding="utf-8")
    found = _HAND_IN.search(text)
    assert found is not None, path.name
    document = READERS.load(found[1]).read(found[2], f"{path.stem}.{found[1]}")
    return Submission(path.stem, (document,)), dict.fromkeys(ASKED, "1") | dict(_ROW.findall(text))


def agrees(mark: Mark, wanted: str) -> bool:
    """Whether the mark is one of those that a fair person would give: "0.2-0.6 or review"."""
    for one in wanted.strip().split(" or "):
        low, _, high = one.partition("-")
        if one == "review":
            if mark.status is Status.REVIEW:
                return True
        elif mark.credit is not None and Fraction(low) <= mark.credit <= Fraction(high or low):
            return True
    return False


@pytest.mark.parametrize("name", WRITTEN)
def test_a_fair_person_agrees(name: str, homework: PreparedRubric) -> None:
    """Whole hand-ins in different voices get the marks that a fair person gives them."""
    submission, wanted = whole(WRITTEN[name])
    for mark in grade(homework, submission).marks:
        reasons = ", ".join(reason.id for reason in mark.reasons)
        assert agrees(mark, wanted[mark.id]), (
            f"{mark.id}: {mark.status} {mark.credit}, not {wanted[mark.id]}; read as {mark.read_as!r} ({reasons})"
        )


def test_nothing_is_tried_in_vain() -> None:
    """Every part has a right answer, and the helpers above can fail."""
    known = answers()
    assert {each.part for each in known if each.name == "right"} == set(ASKED)
    assert len({style.name for style in STYLES}) == len(STYLES) > 100
    blank = grade_of_nothing()
    assert not agrees(blank, "1") and not agrees(blank, "review") and agrees(blank, "0")
    assert not inside(blank, known[0])


def grade_of_nothing() -> Mark:
    """A mark of zero."""
    return Mark("1a", Fraction(1), Status.BLANK, Fraction(0), Fraction(0), Fraction(0), "", "", ())
