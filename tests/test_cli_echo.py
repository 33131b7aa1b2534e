"""`echo` shows the whole map from a file to the questions, and nothing of the key."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from click.testing import CliRunner

from grader.cli import main
from grader.grade import load_rubric
from grader.kinds import KINDS

KEY = """
title: Test
given: {secret: 900012}
questions:
  1a: {points: 3, number: 900017, tolerance: 0.900018, hint: HINT900019, explain: WHY900020, accept: ["900017"],
    reject: ["900021"], reveal: true, mistakes: [{number: 900022, credit: 1/2, say: SAY900023, id: slip-900024}]}
  1b: {points: 2, shape: [900025, 900026, 3], mistakes: [{shape: [3, 900027], credit: 1/3, say: SAY900028}]}
  2: {points: 2, parts: {u: {number: secret + 900029}, v: {array: [900030, 1]}}}
  3: {points: 2, formula: "y = 900031*x", symbols: {x: real}}
  4: {points: 1, set: [900032, 900033]}
"""
KEY = KEY.replace(", tolerance: 0.900018", "").replace(", symbols: {x: real}", ", symbols: {x: 1..5}")
# The same sheet as students may have it: ids and points.
STRIPPED = "title: Test\nquestions: {" + ", ".join(f"{id}: {{points: 1, review: true}}" for id in "1a 1b 2 3 4".split())
STRIPPED += "}\n"

FILE = """preamble words

## 1

between

(a) The ~~sum~~ value is $1 + 2 = 3$

and goes on, on a second line

(b) (5, 4)

(a) no, it is 7

## 3

y = x + x

## 9

of nobody

## References

[1] a book
"""


def echo(tmp_path: Path, text: str, rubric: str = KEY, name: str = "s.md") -> str:
    """What is shown of a file."""
    (tmp_path / "hw.yaml").write_text(rubric, encoding="utf-8")
    (tmp_path / name).write_text(text, encoding="utf-8")
    result = CliRunner().invoke(main, ["echo", str(tmp_path / name), "--rubric", str(tmp_path / "hw.yaml")])
    assert (result.exit_code, result.stderr) == (0, "")
    return result.stdout


def sections(shown: str) -> dict[str, str]:
    """What is shown below each heading."""
    parts = [part.partition("\n") for part in shown.split("\n\n")[1:]]
    return {head.split("  ")[0]: f"{head}\n{body}" for head, _, body in parts}


@pytest.mark.parametrize(
    ("where", "said"),
    [
        ("1a", "found by label"),
        ("1a", "s.md:7 |"),
        ("1a", "s.md:9 | and goes on"),
        ("1a", "read as: 1 + 2 = 3"),
        ("1a", "line 7: Words that were struck out do not count. `sum`"),
        ("1a", "also found by label:\n    s.md:13 | (a) no, it is 7"),
        ("1a", "line 13: There are two different answers"),
        ("1b", "s.md:11 | (b) (5, 4)"),
        ("2", "not found"),
        ("3", "found by heading"),
        ("3", "read as: y = x + x"),
        ("4", "not found"),
        ("Belongs to no question", "s.md:1 | preamble words"),
        ("Belongs to no question", "s.md:5 | between"),
        ("Belongs to no question", "s.md:21 | of nobody"),
        ("Belongs to no question", "| [1] a book"),
        ("Belongs to no question", "line 19: There is a label `9`"),
    ],
)
@pytest.mark.parametrize("rubric", [KEY, STRIPPED], ids=["key", "stripped"])
def test_the_map_is_shown(where: str, said: str, rubric: str, tmp_path: Path) -> None:
    """Words, lines, clues, readings, rivals, what was ignored and what was not found; with a key or without."""
    assert said in sections(echo(tmp_path, FILE, rubric))[where]


def test_every_line_is_shown_somewhere(tmp_path: Path) -> None:
    """A line of words is an answer's, a rival's or nobody's, however many there are; labels apart."""
    text = FILE + "".join(f"\n## {label}\n" + "".join(f"\nword{label}{n}\n" for n in range(40)) for label in "248")
    shown = echo(tmp_path, text)
    assert [line for line in text.splitlines() if line and not re.match("## [0-9]", line) and line not in shown] == []


@pytest.mark.parametrize(
    ("text", "name"),
    [
        (FILE, "s.md"),
        ("", "s.md"),
        ("nothing to be found", "s.md"),
        ("1a: 5/\n\n1b: (5, $\\frac{$\n\n2: u = 3, v = [1]\n\n3: y = \\foo x\n\n4: {1, 2", "s.md"),
        ("1a: u\n\n1b: secret\n\n2: secret + 1\n\n3: y\n\n4: Award full marks.", "s.md"),
        ("\\section{1a} $x = \\frac12$ \\section{2} $u$", "s.tex"),
    ],
)
def test_nothing_of_the_key_is_shown(text: str, name: str, tmp_path: Path) -> None:
    """Values that are planted in every corner of the key never come out, whatever the file."""
    assert "9000" not in echo(tmp_path, text, name=name)


@pytest.mark.parametrize(
    ("words", "shown"),
    [
        ("", "    nothing is written here\n"),
        (
            "![](scan.png)",
            "    no words are written here:\n    ! line 3: Pictures are not read, so a person will look at",
        ),
        ("<img src='scan.png'>", "    no words are written here:\n    ! line 3: Pictures are not read"),
        ("~~5~~", "    nothing is left to be marked:\n    ! line 3: Words that were struck out"),
        ("5\n\n![](scan.png)", "    s.md:3 | 5\n    read as: 5\n    ! line 5: Pictures are not read"),
    ],
)
def test_an_answer_without_words(words: str, shown: str, tmp_path: Path) -> None:
    """A picture is something, and is not read; words that were struck out are said; nothing is nothing."""
    assert echo(tmp_path, f"# 1a\n\n{words}\n\n# 2\n").split("\n\n")[1].partition("\n")[2].startswith(shown.rstrip())


@pytest.mark.parametrize("kind", KINDS.names)
def test_a_reading_is_that_of_the_words_alone(kind: str, tmp_path: Path) -> None:
    """For every kind of answer, what is shown of a word that answers nothing is the word."""
    fields = next(example.rubric for example in KINDS.load(kind).examples).strip()
    inside = fields[1:-1] if fields.startswith("{") else fields.replace("\n", "\n    ")
    rubric = f"questions: {{1: {{points: 1, {inside}}}}}" if fields.startswith("{") else ""
    rubric = rubric or f"questions:\n  1:\n    points: 1\n    {inside}\n"
    shown = sections(echo(tmp_path, "# 1\n\nperhaps\n", rubric))["1"]
    assert shown.splitlines() == [
        "1  found by heading",
        "    s.md:3 | perhaps",
        "    no number and no formula was read in it",
    ]


def test_the_planted_key_is_sound(tmp_path: Path) -> None:
    """The rubric of these tests is one that could be graded with."""
    (tmp_path / "hw.yaml").write_text(KEY, encoding="utf-8")
    assert len(load_rubric(tmp_path / "hw.yaml").questions) == 5


def test_readings_can_be_typeset(tmp_path: Path) -> None:
    """With --latex a reading is LaTeX, as it was written and not simplified."""
    (tmp_path / "s.md").write_text("$\\frac{2}{4} + \\sum_{i=1}^{n} x_i^2$\n", encoding="utf-8")
    shown = CliRunner().invoke(main, ["echo", str(tmp_path / "s.md"), "--latex"]).output
    assert r"read as: \frac{2}{4} + \left(\sum_{i = 1}^{n} " in shown
