"""Pairs that a teacher can read: what equals what, and what is left to a person."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from grader.equality.answers import compare

FOLDER = Path(__file__).parent / "golden" / "equality"
_UNITS = ("text{ cm}", "apples", "text{ dB}")  # a unit is not asked for where the gold has none
_ROW = re.compile(r"^\| `(?P<gold>.*?)` \| `(?P<answer>.*?)`? \| (?P<verdict>\w+) \|$", re.MULTILINE)


def rows() -> list[tuple[str, str, str]]:
    """Every row of the tables."""
    found = []
    for page in sorted(FOLDER.glob("*.md")):
        found += [(hit["gold"], hit["answer"], hit["verdict"]) for hit in _ROW.finditer(page.read_text("utf-8"))]
    return found


@pytest.mark.parametrize(("gold", "answer", "verdict"), rows())
def test_each_pair_is_decided_as_written(gold: str, answer: str, verdict: str) -> None:
    """The verdict is that of the table, with a reason in words."""
    found = compare(gold, answer)
    assert found.reason
    assert found.verdict == verdict or (verdict == "not" and found.verdict != "equal"), found


@pytest.mark.parametrize(("gold", "answer", "verdict"), rows())
def test_which_side_is_gold_does_not_matter(gold: str, answer: str, verdict: str) -> None:
    """What is equal one way round is equal the other way round, but for units that the gold does not ask for."""
    if verdict != "unreadable" and not any(unit in gold + answer for unit in _UNITS):
        found = compare(answer, gold).verdict
        assert found == verdict or (verdict == "not" and found != "equal")


def test_every_row_is_read() -> None:
    """No row of the tables is skipped because it is written otherwise."""
    lines = [line for page in FOLDER.glob("*.md") for line in page.read_text("utf-8").splitlines()]
    assert len(rows()) == sum(line.startswith("| `") for line in lines) > 100


@pytest.mark.parametrize(
    ("gold", "answer", "verdict"),
    [
        (r"\binom{5}{2}p^2(1-p)^3", "(5 choose 2) p^2 (1-p)^3", "equal"),
        (r"\binom{5}{2}p^2(1-p)^3", "(5 choose 3) p^3 (1-p)^2", "different"),
        ("2598960", "52 choose 5", "equal"),
        (r"\binom{4}{2}\binom{48}{3}", "C(4,2)*C(48,3)", "equal"),
        ("(32, 64, 14, 14)", "torch.Size([32, 64, 14, 14])", "equal"),
        (r"\frac{8\pi}{3}", "(8/3)π cubic units", "equal"),
        (r"\arctan x+\arctan\frac1x,\quad x>0", "π/2", "equal"),
        (r"\arctan x+\arctan\frac1x,\quad x>0", "-π/2", "different"),
        (r"\ln(xy^2),\quad x,y>0", "ln x + 2 ln y", "equal"),
        (r"\sin x, i = 3", r"\sin x", "different"),
        ("min(a, b), n = 5", "min(a, b)", "different"),
        (r"\exp(2y), x > 0", r"\exp(2y)", "different"),
        (r"\frac{x^2-9}{x+3},\ x\neq -3", "x - 3 for x != -3", "equal"),
        (r"\frac{x^2-9}{x+3},\ x\neq -3", "x - 3 for x != 3", "different"),
        (r"\max(0, 1-y\,w^Tx)", "max(1 - y w^T x, 0)", "equal"),
        (r"\max(0, 1-y\,w^Tx)", "max(1 + y w^T x, 0)", "different"),
        (r"\frac{1}{1-x},\ |x|<1", "1 + x + x^2 + x^3 + ...", "equal"),
        (r"\frac{1}{1-x},\ |x|<1", "1 - x + x^2 - x^3 + ...", "different"),
        (r"\sum_{k=0}^{\infty} x^k,\ |x|<1", r"\frac{1}{1-x}", "equal"),
        (r"\sum_{k=0}^{\infty} x^k,\ |x|<1", r"\frac{1}{1+x}", "different"),
        (r"\delta x^T", "np.outer(δ, x)", "equal"),
        (r"\delta x^T", "np.outer(x, δ)", "different"),
    ],
)
def test_what_students_type_in_words_and_calls(gold: str, answer: str, verdict: str) -> None:
    """Binomials in words, calls of libraries and units without a name are read as what they say."""
    assert compare(gold, answer).verdict == verdict
