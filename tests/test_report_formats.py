"""What each report writes, to the letter where other programs read it."""

from __future__ import annotations

import json
from fractions import Fraction

import pytest
from fakes import graded, mark
from markdown_it import MarkdownIt

from grader.model.documents import Note
from grader.model.errors import UsageError
from grader.model.results import Evidence, Reason, Status
from grader.report import REPORTS, render
from grader.report.numbers import decimal, json_number

HOSTILE = "```\n<script>alert(1)</script>\n# Score: 100\n\x1b[31m![x](http://evil)\u202e ````"


@pytest.mark.parametrize(
    ("value", "number", "text"),
    [
        (Fraction(3), "3", "3"),
        (Fraction(0), "0", "0"),
        (Fraction(1, 4), "0.25", "0.25"),
        (Fraction(1, 3), "0.333333", "0.3333"),
        (Fraction(2, 3), "0.666667", "0.6667"),
        (Fraction(1, 1024), "0.0009765625", "0.001"),
        (Fraction(100), "100", "100"),
        (Fraction(599999, 100000), "5.99999", "6"),
    ],
)
def test_numbers(value: Fraction, number: str, text: str) -> None:
    """JSON numbers are exact where they are finite; people get four decimals without zeros at the end."""
    assert json.dumps(json_number(value)) == number
    assert decimal(value) == text


def test_csv() -> None:
    """A row per submission; blank is empty, undecided is named, formulas are defused."""
    marks = (
        mark("1a", Status.RIGHT),
        mark("1b", Status.PARTIAL, max=Fraction(1, 3)),
        mark("1c", Status.WRONG),
        mark("1d", Status.BLANK),
        mark("=2", Status.REVIEW),
        mark("2b", Status.ERROR),
    )
    assert render(graded("=cmd()", *marks), "csv") == (
        "submission,score,max,review,error,1a,1b,1c,1d,'=2,2b\n'=cmd(),2.1667,10.3333,1,1,2,0.1667,0,,review,error\n"
    )


def test_csv_of_nothing() -> None:
    """Without submissions there is still a header."""
    assert render((), "csv") == "submission,score,max,review,error\n"


def test_jsonl() -> None:
    """The keys of the contract in their order, parts inside questions, one line per submission."""
    part = mark("value", Status.WRONG, reasons=(Reason("off-by-one", mistake=True),))
    whole = mark("1a", Status.PARTIAL, "the answer is 3", credit=Fraction(1, 3), parts=(part,))
    text = render(graded("s01", whole, mark("1b", Status.REVIEW)), "jsonl")
    assert text.count("\n") == 1
    record = json.loads(text)
    assert list(record) == ["submission", "rubric", "score", "max", "least", "most", "review", "questions"]
    assert [record[key] for key in list(record)[:7]] == ["s01", "hw", 0.666667, 4, 0.666667, 2.666667, 1]
    first, second = record["questions"]
    assert first == {
        "id": "1a",
        "points": 0.666667,
        "max": 2,
        "credit": 0.333333,
        "status": "partial",
        "read_as": "3",
        "expected": "KEY",
        "mistakes": ["off-by-one"],
        "feedback": "Remark: off by one.",
        "evidence": [{"file": "s.md", "line": 3, "text": "the answer is 3"}],
        "parts": first["parts"],
    }
    assert list(first["parts"][0]) == list(first)
    assert (second["points"], second["credit"], second["status"]) == (None, None, "review")


def test_jsonl_is_sorted() -> None:
    """Lines stand in the order of the submissions' ids, however they come."""
    lines = render((graded("b"), graded("a")), "jsonl").splitlines()
    assert [json.loads(line)["submission"] for line in lines] == ["a", "b"]


def test_markdown() -> None:
    """A student sees points, the own words with file, line and carets, the reading, sentences and hints."""
    evidence = (Evidence("s.md", 3, 15, "the answer is 3, I think", 1),)
    text = render(graded("s01", mark("1a", Status.WRONG, evidence=evidence, hint="Count.", explain="Because.")))
    assert text == (
        "# Feedback for s01\n\nRubric: hw  \nScore: **0 of 2**\n\n"
        "## 1a: 0 of 2 (not right)\n\nYour words, `s.md`, line 3:\n\n"
        "```text\nthe answer is 3, I think\n              ^\n```\n\n"
        "Read as: `3`\n\nHint: Count.\n\nBecause.\n"
    )


@pytest.mark.parametrize("format", ["markdown", "terminal"])
@pytest.mark.parametrize("status", Status)
def test_the_key_is_for_the_instructor(format: str, status: Status) -> None:
    """What a student reads holds the expected answer only where the rubric reveals it."""
    reasons = (Reason("no-row", (("expected", "KEY"),)),)
    part = mark("value", status, reasons=reasons)
    assert "KEY" not in render(graded("s", mark(status=status, parts=(part,), reasons=reasons)), format)
    assert "KEY" in render(graded("s", mark(status=status, reveal=True)), format)


def test_terminal_view_keeps_explanations_back() -> None:
    """Before the deadline a student sees the hint, not the explanation."""
    text = render(graded("s", mark(status=Status.WRONG, hint="Count.", explain="Because.")), "terminal")
    assert "hint: Count." in text
    assert "Because" not in text


def test_a_right_answer_needs_no_hint() -> None:
    """Hints are for answers that are not right yet."""
    assert "Count" not in render(graded("s", mark(hint="Count.")), "markdown")


def test_hostile_text_stays_text() -> None:
    """Student text makes no heading, image, link, HTML or escape in the feedback, wherever it turns up."""
    notes = (Note("empty-file", None, (("file", HOSTILE),)),)
    evidence = (Evidence(HOSTILE, 1, 1, HOSTILE, 3),)
    reasons = (Reason(HOSTILE),)
    text = render(graded(HOSTILE, mark(evidence=evidence, read_as=HOSTILE, reasons=reasons), notes=notes))
    tokens = MarkdownIt().parse(text)
    kinds = [token.type for token in tokens] + [child.type for token in tokens for child in token.children or ()]
    assert kinds.count("heading_open") == 2
    assert kinds.count("fence") == 1
    assert not {"html_block", "html_inline", "image", "link_open"} & set(kinds)
    assert "\x1b" not in text
    assert "\u202e" not in text


@pytest.mark.parametrize("format", REPORTS.names)
def test_no_report_carries_escapes(format: str) -> None:
    """No output, JSON included, can move a cursor or turn the direction of text."""
    evil = "\x1b]0;t\x07a\u202eb\x9b31m"
    one = mark(evil, evidence=(Evidence(evil, 1, 1, evil, 2),), read_as=evil, hint=evil)
    text = render(graded(evil, one), format)
    assert not {"\x1b", "\x07", "\u202e", "\x9b"} & set(text)


def test_undecided_points_are_named() -> None:
    """A question that waits for a person has no points, and the score says so with its range."""
    text = render(graded("s", mark("1a"), mark("1b", Status.REVIEW)))
    assert "Score: **2 of 4 so far; 1 question waits for a person (in all between 2 and 4)**" in text
    assert "## 1b: open, of 2 (needs a person)" in text


def test_unknown_report() -> None:
    """A format that does not exist is named together with those that do."""
    with pytest.raises(UsageError, match="csv, jsonl, markdown, terminal"):
        render(graded(), "pdf")
