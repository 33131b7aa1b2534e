"""What a reader is shown of a question with parts."""

from __future__ import annotations

from fractions import Fraction

from fakes import graded, mark

from grader.model.results import Evidence, Mark, Reason, Status
from grader.report import render
from grader.report.sections import Section, section

SAME = Reason("wrong-sign", mistake=True)
OTHER = Reason("missing-factor", say="A factor is missing.", mistake=True)


def part(id: str, status: Status, *reasons: Reason, column: int = 1, weight: int = 1) -> Mark:
    """A part whose evidence begins at a column."""
    evidence = (Evidence("s.md", 1, column, "in 10, out 20", 2),)
    return mark(id, status, max=Fraction(weight), evidence=evidence, reasons=reasons)


def shown(*parts: Mark, status: Status = Status.PARTIAL) -> Section:
    """A question of four points with these parts."""
    return section(mark("1a", status, max=Fraction(4), reasons=(), parts=parts))


def test_parts_that_come_to_the_same_are_one() -> None:
    """Where all parts say the same there is nothing to tell apart: one section, with the words of all."""
    one = shown(part("in", Status.WRONG, SAME, column=4), part("out", Status.WRONG, SAME, column=12))
    assert one.below == ()
    assert one.sentences == ("The sign is wrong.",)
    assert [place.column for place in one.evidence] == [4, 12]


def test_parts_that_differ_have_their_share_of_the_points() -> None:
    """Each group of parts has a section; its points come from the weights."""
    one = shown(part("in", Status.RIGHT, weight=2), part("out", Status.WRONG, SAME), part("b", Status.WRONG, SAME))
    assert one.evidence == ()
    assert [(below.title, below.points, below.max) for below in one.below] == [
        ("in", Fraction(2), Fraction(2)),
        ("out, b", Fraction(0), Fraction(2)),
    ]


def test_what_all_parts_say_is_said_once() -> None:
    """A sentence that stands in every part moves to the question."""
    one = shown(part("in", Status.WRONG, SAME), part("out", Status.WRONG, SAME, OTHER))
    assert one.sentences == ("The sign is wrong.",)
    assert [below.sentences for below in one.below] == [(), ("A factor is missing.",)]


def test_a_part_left_out_shows_no_words() -> None:
    """The words of the other parts are not shown as those of a part that nothing answers."""
    one = shown(part("in", Status.RIGHT), part("out", Status.BLANK))
    assert [bool(below.evidence) for below in one.below] == [True, False]


def test_parts_inside_parts() -> None:
    """A part made of parts keeps them, and its points are shared among them."""
    inner = mark(
        "x",
        Status.PARTIAL,
        max=Fraction(3),
        reasons=(),
        parts=(part("a", Status.RIGHT), part("b", Status.WRONG)),
    )
    one = shown(inner, part("y", Status.RIGHT))
    assert [(below.title, below.max) for below in one.below[0].below] == [
        ("a", Fraction(3, 2)),
        ("b", Fraction(3, 2)),
    ]


def test_one_sentence_in_the_feedback() -> None:
    """Two parts with one fault do not repeat the sentence, in no report for people."""
    parts = (part("in", Status.WRONG, SAME, column=4), part("out", Status.WRONG, SAME, column=12))
    whole = graded("s", mark("1a", Status.WRONG, reasons=(), parts=parts))
    for format in ("markdown", "terminal"):
        assert render(whole, format).count("The sign is wrong.") == 1
