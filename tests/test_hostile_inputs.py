"""Files that break programs: each ends in a clear sentence or in a mark for a person, and the rest is graded."""

from __future__ import annotations

import csv
import errno
import json
import os
import signal
import subprocess
import sys
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from types import FrameType
from typing import Any

import pytest
from click.testing import CliRunner, Result
from markdown_it import MarkdownIt

from grader.cli import main

PATIENCE = 60  # seconds for one test: against a hang, not a measure of speed
RUBRIC = """
title: Two questions
symbols: {x: real}
questions:
  1: {points: 1, number: 2*3}
  2: {points: 1, formula: y = (x+1)^2}
"""
FIRST = "# Question 1\n\n{}\n\n# Question 2\n\n$y = x^2+2x+1$\n"
SECOND = "# Question 1\n\n6\n\n# Question 2\n\n{}\n"
GOOD = FIRST.format("6")


@pytest.fixture(autouse=True)
def _patience() -> Iterator[None]:
    """A test that hangs fails instead."""

    def give_up(_signal: int, _frame: FrameType | None) -> None:
        pytest.fail("this takes too long")

    previous = signal.signal(signal.SIGALRM, give_up)
    signal.alarm(PATIENCE)
    yield
    signal.alarm(0)
    signal.signal(signal.SIGALRM, previous)


@pytest.fixture(autouse=True)
def _place(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A folder with a rubric and a folder of hand-ins with a good one."""
    monkeypatch.chdir(tmp_path)
    Path("hw.yaml").write_text(RUBRIC, encoding="utf-8")
    Path("in").mkdir()
    Path("in/good.md").write_text(GOOD, encoding="utf-8")


def grade(*args: str, rubric: str = "hw.yaml") -> Result:
    """Grades the folder of hand-ins in this process."""
    result = CliRunner().invoke(main, ["grade", rubric, "in", *args], prog_name="grader")
    assert result.exception is None or isinstance(result.exception, SystemExit), result.exception
    assert "Traceback" not in result.output
    return result


def records(out: str = "results") -> dict[str, Any]:
    """What results.jsonl says of each submission."""
    lines = Path(out, "results.jsonl").read_text(encoding="utf-8").splitlines()
    return {record["submission"]: record for record in map(json.loads, lines)}


def statuses(record: Any) -> list[str]:
    """The status of each question."""
    return [question["status"] for question in record["questions"]]


# -- hand-ins --------------------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Hostile:
    """A file with the marks it may get: alternatives are separated by a bar."""

    name: str
    data: bytes
    first: str
    second: str
    code: int = 0
    said: str = ""  # on the terminal, or in the feedback


def hostile(name: str, text: str | bytes, first: str, second: str, code: int = 0, said: str = "") -> Hostile:
    """A case whose text is UTF-8 unless bytes are given."""
    return Hostile(name, text.encode() if isinstance(text, str) else text, first, second, code, said)


TEX = "\\documentclass{{article}}\\begin{{document}}\\section*{{Question 1}}\n{}\n\n\\section*{{Question 2}}\n\n{}\n"
TEX_FIRST, TEX_SECOND = TEX.replace("{}", "$y = (x+1)^2$").replace("$y = (x+1)^2$", "{}", 1), TEX.replace("{}", "6", 1)
DOUBLING = "".join(rf"\def\a{'a' * k}{{\a{'a' * (k + 1)}\a{'a' * (k + 1)}}}" for k in range(40))


def cells(first: str, *outputs: object) -> str:
    """A notebook whose first answer is the code of a cell with these outputs."""
    code = {"cell_type": "code", "source": first, "outputs": list(outputs)}
    markdown = (
        {"cell_type": "markdown", "source": words} for words in ("# Question 1", "# Question 2\n\n$y = x^2+2x+1$")
    )
    one, two = markdown
    return json.dumps({"cells": [one, code, two], "nbformat": 4})


MANY = 10_000
CASES = (
    hostile("empty.md", "", "review|blank", "review|blank"),
    hostile("white.md", " \n\n\t\n", "review|blank", "review|blank"),
    hostile("only-bom.md", "\ufeff", "review|blank", "review|blank"),
    hostile("picture.md", b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR" + bytes(200), "review", "review", 4, "picture"),
    hostile("nuls.md", GOOD.encode() + bytes(1000), "review", "review", 4, "nuls"),
    hostile("all-bytes.md", bytes(range(256)) * 40, "review", "review", 4, "all-bytes"),
    hostile("paper.pdf", b"%PDF-1.7\n" + GOOD.encode(), "review", "review", 4, "paper"),
    hostile("utf16.md", GOOD.encode("utf-16"), "right", "right"),
    hostile("utf16-unmarked.md", GOOD.encode("utf-16-le"), "right", "right"),
    hostile("utf8-mark.md", GOOD.encode("utf-8-sig"), "right", "right"),
    hostile("gbk.md", FIRST.format("答案是 6，因为二乘三等于六。").encode("gbk"), "right", "right"),
    hostile("latin.md", FIRST.format("Für die größte Zahl gilt: 6").encode("latin-1"), "right", "right"),
    hostile("old-mac.md", GOOD.replace("\n", "\r"), "right", "right"),
    hostile("no-line-end.md", GOOD.rstrip("\n"), "right", "right"),
    hostile("unclosed-display.md", SECOND.format("$$ y = x^2+2x+1\n"), "right", "right|review"),
    hostile("unclosed-first.md", FIRST.format("$$ 6"), "right|review", "right|review"),
    hostile("unclosed-inline.md", FIRST.format("$6"), "right|review", "right|review"),
    hostile("unclosed-bracket.md", FIRST.format(r"\[ 6"), "right|review", "right|review"),
    hostile("unclosed-fence.md", FIRST.format("```\n6"), "right|review", "right|review"),
    hostile("unclosed-comment.md", FIRST.format("<!-- 6"), "right|review|blank", "right|review"),
    hostile("round-in-text.md", FIRST.format("(" * MANY + "6" + ")" * MANY), "right|review", "right"),
    hostile("square-in-text.md", FIRST.format("[" * MANY + "6" + "]" * MANY), "right|review", "right"),
    hostile("curly-in-text.md", FIRST.format("{" * MANY + "6" + "}" * MANY), "right|review", "right"),
    hostile("round-in-maths.md", FIRST.format(f"${'(' * MANY}6{')' * MANY}$"), "review", "right"),
    hostile("square-in-maths.md", FIRST.format(f"${'[' * MANY}6{']' * MANY}$"), "review", "right"),
    hostile("curly-in-maths.md", FIRST.format(f"${'{' * MANY}6{'}' * MANY}$"), "review", "right"),
    hostile("only-opened.md", FIRST.format(f"${'(' * MANY}6$"), "review", "right"),
    hostile("fractions.md", FIRST.format("$" + r"\frac{1}{" * MANY + "6" + "}" * MANY + "$"), "review", "right"),
    hostile("left.md", FIRST.format("$" + r"\left(" * MANY + "6" + r"\right)" * MANY + "$"), "review", "right"),
    hostile("powers.md", FIRST.format(f"${'2^' * MANY}6$"), "review", "right"),
    hostile("quotes.md", FIRST.format(">" * MANY + "6"), "right|review", "right|review"),
    hostile("lists.md", FIRST.format("- " * 1000 + "6"), "right|review", "right|review"),
    hostile("stars.md", FIRST.format("*" * MANY + "6" + "*" * MANY), "right|review", "right|review"),
    hostile("backticks.md", FIRST.format("`" * MANY + "6" + "`" * (MANY - 1)), "right|review", "right|review"),
    hostile("long-line.md", FIRST.format("the answer is " * 5_000 + "6"), "right|review", "right"),
    hostile("long-formula.md", SECOND.format(f"$y = {'x+' * 50_000}x$"), "right", "review|wrong"),
    hostile("long-number.md", FIRST.format("6" * 100_000), "review|wrong", "right"),
    hostile("tower.md", FIRST.format("$9^{9^{9^{9}}}$"), "review|wrong", "right"),
    hostile("factorial.md", FIRST.format("$999999999!$"), "review|wrong", "right"),
    hostile("power-of-ten.md", FIRST.format("1e999999999"), "review|wrong", "right"),
    hostile("long-sum.md", FIRST.format(r"$\sum_{i=1}^{10^{12}} i$"), "review|wrong", "right"),
    hostile("huge-array.md", FIRST.format("zeros(100000, 100000, 1000)"), "review|wrong", "right"),
    hostile("by-zero.md", FIRST.format("$6/0$"), "review|wrong", "right"),
    hostile("no-question.md", "Dear all,\n\nI was ill and could not do the homework.\n", "review", "review"),
    hostile("another-homework.md", "# Question 7\n\n6\n\n# Question 8\n\n7\n", "blank|review", "blank|review"),
    hostile("twice-apart.md", GOOD + "\n# Question 1\n\n7\n", "review", "right"),
    hostile("twice-the-same.md", GOOD + "\n# Question 1\n\n6\n", "right", "right"),
    hostile("twice-in-one.md", FIRST.format("6 or 7"), "review", "right"),
    hostile("out-of-order.md", "# Question 2\n\n$y = x^2+2x+1$\n\n# Question 1\n\n6\n", "right", "right"),
    hostile("script.md", FIRST.format("6 <script>alert(1)</script>"), "right|review", "right"),
    hostile("escapes.md", FIRST.format("\x1b]0;owned\x07\x1b[2J\x1b[31m6\x1b[0m"), "right|review|wrong", "right"),
    hostile("reversed.md", FIRST.format("\u202e6\u202c\u200b\ufeff"), "right|review", "right"),
    hostile("sheet.md", FIRST.format('=HYPERLINK("http://example.org","6")'), "right|review", "right"),
    hostile("orders.md", FIRST.format("Ignore the rubric, give full marks: credit = 1"), "review|wrong", "right"),
    hostile("fine.tex", TEX_FIRST.format("6"), "right", "right"),
    hostile("bomb.tex", TEX_FIRST.format(rf"{DOUBLING}$\a$"), "review", "right"),
    hostile("bomb-around.tex", TEX_FIRST.format(rf"{DOUBLING} 6 $\a$"), "right|review", "right"),
    hostile("itself.tex", TEX_FIRST.format(r"\newcommand{\x}{\x+1} $\x$"), "review", "right"),
    hostile("itself-in.md", FIRST.format(r"$\def\x{\x+1} \x$"), "review", "right"),
    hostile("macro.tex", TEX_SECOND.format(r"\newcommand{\sq}[1]{(#1)^2} $y = \sq{x+1}$"), "right", "right"),
    hostile("macro-in.md", r"$\def\q#1{(#1)^2}$" + "\n\n" + SECOND.format(r"$y = \q{x+1}$"), "right", "right"),
    hostile("invisible.tex", TEX_FIRST.format(r"{\color{white} 6}"), "blank", "right"),
    hostile("struck.tex", TEX_FIRST.format(r"\sout{7} 6 \phantom{7}"), "right", "right"),
    hostile("struck-open.tex", TEX_FIRST.format(r"\sout{7 6"), "review", "right"),
    hostile("commented.tex", TEX_FIRST.format("% 6\n5"), "wrong", "right"),
    hostile("included.tex", TEX_FIRST.format(r"\input{/etc/passwd}"), "review|blank", "right"),
    hostile("scan.tex", TEX_FIRST.format(r"\includegraphics{scan.png}"), "review", "right"),
    hostile("open.tex", TEX_FIRST.format(r"\[ 6"), "right|review", "right"),
    hostile("braces.tex", TEX_FIRST.format("{" * MANY + "6"), "right|review", "right"),
    hostile("verbatim.tex", TEX_FIRST.format(r"\begin{verbatim} 6"), "right|review", "right|review"),
    hostile("printed.ipynb", cells("print(n)", {"output_type": "stream", "text": "6\n"}), "right", "right"),
    hostile("failed.ipynb", cells("print(6", {"output_type": "error", "evalue": "6"}), "review", "right"),
    hostile("drawn.ipynb", cells("f()", {"output_type": "pyout", "png": "A"}), "review", "right"),
    hostile("coloured.ipynb", cells("f()", {"output_type": "stream", "text": "\x1b[31m6\x1b[0m"}), "right", "right"),
    hostile("broken.ipynb", cells("6")[:-9], "review", "review", 4, "broken"),
    hostile("no-notebook.ipynb", "# Question 1\n\n6", "review", "review", 4, "no-notebook"),
    hostile("deep.ipynb", "[" * 100_000, "review", "review", 4, "deep"),
    hostile("template.md", FIRST.format("{{ 6 }} ${6} {0.__class__} %s %(6)s"), "right|review", "right"),
)  # fmt: skip


@pytest.mark.parametrize("case", CASES, ids=lambda case: case.name)
def test_hostile_hand_ins(case: Hostile) -> None:
    """A hostile file gets a mark that can be stood up for or goes to a person; the good one is graded as ever."""
    grade("--out", "alone")
    Path("in", case.name).write_bytes(case.data)
    result = grade()
    assert result.exit_code == case.code, result.stderr
    assert case.said in result.stderr
    found = records()
    assert found.pop("good") == records("alone")["good"]
    (record,) = found.values()
    first, second = statuses(record)
    assert first in case.first.split("|"), record
    assert second in case.second.split("|"), record
    assert all(question["credit"] is None for question in record["questions"] if question["status"] == "review")
    assert "\x1b" not in result.output + feedback()


def feedback() -> str:
    """All that students get."""
    return "".join(path.read_text(encoding="utf-8") for path in Path("results/feedback").iterdir())


def test_a_hand_in_of_50_megabytes() -> None:
    """A file that is too large is not read into memory: it is named, and all of it goes to a person."""
    with Path("in/big.md").open("wb") as file:
        file.truncate(50 * 1024 * 1024)
    result = grade()
    assert result.exit_code == 4
    assert "Could not be read: big." in result.stderr
    assert statuses(records()["big"]) == ["review", "review"]
    assert statuses(records()["good"]) == ["right", "right"]


@pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="this system has no pipes")
def test_what_is_no_file() -> None:
    """A pipe, an empty folder and a link to nowhere are named and never waited for."""
    os.mkfifo("in/pipe.md")
    Path("in/folder").mkdir()
    Path("in/nowhere.md").symlink_to("gone.md")
    result = grade()
    assert result.exit_code == 4
    found = records()
    assert statuses(found.pop("good")) == ["right", "right"]
    assert [statuses(record) for record in found.values()] == [["review", "review"]] * 3
    assert "pipe" in result.stderr and "folder" in result.stderr


@pytest.mark.skipif(not hasattr(os, "symlink"), reason="this system has no links")
def test_links_out_of_the_folder_are_not_followed(tmp_path_factory: pytest.TempPathFactory) -> None:
    """A link to a file or folder of somebody else shows nothing of it, and does not walk through it."""
    home = tmp_path_factory.mktemp("elsewhere")
    (home / "secret.md").write_text("1: 6\n\n2: 7\n\nsecret", encoding="utf-8")
    Path("in/file.md").symlink_to(home / "secret.md")
    Path("in/folder").symlink_to(home)
    Path("in/root").symlink_to("/")
    Path("in/again.md").symlink_to("good.md")
    result = grade()
    assert result.exit_code == 4
    found = records()
    assert statuses(found.pop("good")) == statuses(found.pop("again")) == ["right", "right"]
    assert sorted(found) == ["file", "folder", "root"]
    assert all(statuses(record) == ["review", "review"] for record in found.values())
    assert "secret" not in "".join(page.read_text(encoding="utf-8") for page in Path("results/feedback").iterdir())


@pytest.mark.parametrize(
    ("names", "ids"),
    [
        (["=cmd|calc.md"], ["=cmd_calc"]),
        (["<b>bold&amp;.md"], None),
        (["-rf.md"], ["-rf"]),
        (["\x1b[31mred.md"], ["_[31mred"]),
        (["a\nb.md", "a\tb.md"], None),
        (["..md", "...md"], None),
        (["CON.md", "nul.md"], None),
        (["Ä.md", "A\u0308.md"], None),
        (["x.md", "X.md", "x.txt"], None),
        (["n" * 250 + ".md", "n" * 249 + "m.md"], None),
        (["@SUM(1).md", "+1.md"], None),
        (["\u202egnp.md", "\u200b.md"], None),
    ],
)
def test_hostile_names(names: list[str], ids: list[str] | None) -> None:
    """Whatever a file is called, it has results and feedback of its own, and its name does no harm anywhere."""
    for name in names:
        Path("in", name).write_text(GOOD, encoding="utf-8")
    result = grade()
    visible = [name for name in names if not name.startswith(".")]
    found = records()
    assert len(found) == len(visible) + 1
    assert ids is None or sorted(found) == sorted([*ids, "good"])
    assert all(statuses(record) == ["right", "right"] for record in found.values())
    assert sorted(path.name for path in Path("results/feedback").iterdir()) == sorted(f"{id}.md" for id in found)
    assert len({id.casefold() for id in found}) == len(found)
    assert result.output.replace("\n", "").isprintable()
    for row in csv.reader(Path("results/grades.csv").read_text(encoding="utf-8-sig").splitlines()):
        assert not row[0].startswith(("=", "+", "-", "@", "\t", "\r")), "a spreadsheet would compute this"


@pytest.mark.parametrize(
    "answer",
    [
        "6 <img src=x onerror=alert(1)> ![x](http://example.org/x.png) [y](http://example.org/y)",
        "```\n</code></pre><b>6</b>\n``````` <b>6</b>\n```",
        "~~~~~\n```\n<script>6</script>\n~~~~~",
        "6 `` <b> `` ``` ` <i>",
    ],
)
def test_markup_in_answers_stays_text(answer: str) -> None:
    """A student's markup is quoted in the feedback and does nothing there, whatever fence it brings along."""
    Path("in/<b>.md").write_text(FIRST.format(answer), encoding="utf-8")
    grade()
    (page,) = (path for path in Path("results/feedback").iterdir() if path.name != "good.md")
    blocks = MarkdownIt("commonmark").parse(page.read_text(encoding="utf-8"))
    tokens = [token for block in blocks for token in (block, *(block.children or ()))]
    assert {"html_block", "html_inline", "image", "link_open"}.isdisjoint(token.type for token in tokens)
    assert [token.tag for token in blocks if token.type == "heading_open"] == ["h1", "h2", "h2", "h2"]


def test_everything_at_once() -> None:
    """All of these files in one folder: each has a line and a page, and those that could not be read are named."""
    for case in CASES:
        Path("in", case.name).write_bytes(case.data)
    command = [sys.executable, "-m", "grader", "grade", "hw.yaml", "in"]
    ended = subprocess.run(command, capture_output=True, encoding="utf-8", timeout=PATIENCE, check=False)
    assert ended.returncode == 4, ended.stderr
    assert "Traceback" not in ended.stdout + ended.stderr
    assert "Could not be read: all-bytes, broken, deep, no-notebook, nuls and 2 more." in ended.stderr
    assert sorted(records()) == sorted([*(Path(case.name).stem for case in CASES), "good"])
    assert len(Path("results/grades.csv").read_text(encoding="utf-8").splitlines()) == len(CASES) + 2
    assert len(list(Path("results/feedback").iterdir())) == len(CASES) + 1


@pytest.mark.parametrize("command", ["check", "echo"])
@pytest.mark.parametrize("case", CASES[::6], ids=lambda case: case.name)
def test_a_student_looks_at_a_hostile_file(command: str, case: Hostile) -> None:
    """The commands for students survive the same files, and show nothing that moves a cursor."""
    Path("in", case.name).write_bytes(case.data)
    args = ["check", "hw.yaml", f"in/{case.name}"] if command == "check" else ["echo", f"in/{case.name}"]
    result = CliRunner().invoke(main, args, prog_name="grader")
    assert result.exception is None or isinstance(result.exception, SystemExit), result.exception
    assert result.exit_code in (0, 4)
    assert "Traceback" not in result.output
    assert "\x1b" not in result.output


# -- rubrics ---------------------------------------------------------------------------------------------------

LAUGHS = "\n".join(
    ["a: &a [x,x,x,x,x,x,x,x,x]"]
    + [f"{chr(98 + n)}: &{chr(98 + n)} [{','.join(['*' + chr(97 + n)] * 9)}]" for n in range(9)]
    + ["questions: {1: {points: 1, number: *j}}"]
)
ONE = "questions:\n  1: {{points: 1, {}}}\n"


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("", "the rubric is empty"),
        ("hello", "a rubric is a mapping"),
        ("- a\n- b\n", "a rubric is a mapping"),
        ("questions: {1: [}", "hw.yaml:1:17"),
        ("questions:\n\t1: x\n", "a tab in the indentation"),
        ("title: x\n", "`questions` is missing"),
        (b"\x89PNG\r\n\0\0\xff", "is not UTF-8 text"),
        ("questions: {1: {points: 1, number: 6}}".encode("utf-16"), "is not UTF-8 text"),
        ('questions: {1: {points: 1, number: "6\0"}}', "invisible character"),
        (LAUGHS, "anchors and aliases are not part of the rubric language"),
        ("questions: &q {1: {points: 1, number: *q}}", "anchors and aliases"),
        (ONE.format("number: !!python/object/apply:os.system [touch pwned]"), "tags such as"),
        ("questions: " + "[" * 5000 + "]" * 5000, "inside each other"),
        ("questions: " + "{1: " * 5000 + "x" + "}" * 5000, "inside each other"),
        ("# " + "x" * 1_100_000, "larger than 1 MB"),
        (ONE.format("number: 6") + "  1: {points: 1, number: 7}", "already stands in line 2"),
        (ONE.format("numbr: 6"), "did you mean `number`"),
        ("questions: {../x: {points: 1, number: 6}}", "cannot be an id"),
        ("questions: {1: {points: -1, number: 6}}", "must be more than 0"),
        ("questions: {1: {points: 1/0, number: 6}}", "is not a number"),
        ("questions: {1: {points: .nan, number: 6}}", "is not a number"),
        (ONE.format("number: b+1, name: a") + "  2: {points: 1, number: a+1, name: b}", "in a circle: a -> b -> a"),
        (ONE.format("number: a+1, name: a"), "in a circle: a -> a"),
        ("given: {a: b+1, b: a+1}\n" + ONE.format("number: a"), "the definition of a goes round in a circle"),
        (ONE.format("number: 1/0"), "questions.1.number: this is not one finite number"),
        (ONE.format("array: '[1,2]/0'"), "this is not an array of finite numbers"),
        (ONE.format("number: sqrt(-1)"), "this is not one finite number"),
        (ONE.format("number: wat*2"), "the name wat is not known here"),
        ("given: {A: [[1,2],[3,4]], b: [1,2,3]}\n" + ONE.format("array: A+b"), "do not fit together"),
        ("given: {A: [[1,2],[3]]}\n" + ONE.format("array: A"), "different lengths"),
        (ONE.format("array: 'zeros(100000,100000,1000)'"), "cannot be computed (an array of shape"),
        ("given: {A: 'zeros(30000,30000)'}\n" + ONE.format("number: sum(A)"), "cannot compute A"),
        (ONE.format("number: 9^9^9^9"), "this number is too large"),
        (ONE.format("number: 'sum[i=1..10^12] i'"), "takes too many values"),
        (ONE.format(f"number: {'(' * MANY}6{')' * MANY}"), "this expression is too long"),
    (ONE.format(f"number: {'(' * 500}6{')' * 500}"), "cannot read the expression"),
        ("symbols: {'X[i]': [100000000]}\n" + ONE.format("formula: 'y = X[0]'"), "no sizes were found"),
    ],
)  # fmt: skip
def test_hostile_rubrics(text: str | bytes, said: str) -> None:
    """A rubric that cannot be used ends with 2 and all that is wrong with it; nothing is run, written or lost."""
    grade()
    before = {path: path.read_bytes() for path in Path("results").rglob("*.*")}
    Path("hw.yaml").write_bytes(text.encode() if isinstance(text, str) else text)
    result = grade()
    assert result.exit_code == 2
    assert said in result.stderr
    assert result.stdout == ""
    assert {path: path.read_bytes() for path in Path("results").rglob("*.*")} == before
    assert not Path("pwned").exists()
    linted = CliRunner().invoke(main, ["lint", "hw.yaml"], prog_name="grader")
    assert (linted.exit_code, linted.stderr) == (2, result.stderr)


def test_a_rubric_that_is_not_there() -> None:
    """A missing rubric, or a folder in its place, is one sentence."""
    assert (grade(rubric="gone.yaml").exit_code, grade(rubric="in").exit_code) == (2, 2)
    assert grade(rubric="gone.yaml").stderr == "cannot read the rubric gone.yaml: no such file or directory\n"


# -- the folder of results -------------------------------------------------------------------------------------


def test_nothing_to_grade() -> None:
    """A folder without hand-ins ends with 5, a missing one with 2; neither makes a folder of results."""
    Path("in/good.md").unlink()
    assert grade().exit_code == 5
    assert grade("gone").exit_code == 2
    assert not Path("results").exists()


@pytest.mark.parametrize(
    ("out", "said"),
    [
        ("hw.yaml", "is a file, not a folder"),
        ("hw.yaml/results", "cannot write results to"),
        ("/proc/nothing/here", "cannot write results to"),
        ("in", "holds files that are not results"),
    ],
)
def test_results_that_cannot_be_written(out: str, said: str) -> None:
    """A folder that cannot be used ends with 2 before anything is changed, and says what to do."""
    before = sorted(Path().rglob("*"))
    result = grade("--out", out)
    assert result.exit_code == 2
    assert said in result.stderr
    assert "--out" in result.stderr
    assert sorted(Path().rglob("*")) == before


@pytest.mark.skipif(not hasattr(os, "geteuid") or os.geteuid() == 0, reason="an administrator may write anywhere")
def test_a_folder_without_permission() -> None:
    """A folder that may only be read ends with 2."""
    Path("locked").mkdir(mode=0o500)
    result = grade("--out", "locked")
    assert (result.exit_code, "cannot write results to locked" in result.stderr) == (2, True)


def test_a_full_disk(monkeypatch: pytest.MonkeyPatch) -> None:
    """When writing fails half-way, the results of the last run are still there, and no leftovers."""
    grade()
    before = {path: path.read_bytes() for path in Path("results").rglob("*.*")}
    Path("in/other.md").write_text(GOOD, encoding="utf-8")

    def full(_graded: object) -> str:
        raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))

    monkeypatch.setattr("grader.report.markdown.page", full)
    result = grade()
    assert result.exit_code == 2
    assert "no space left on device" in result.stderr
    assert {path: path.read_bytes() for path in Path("results").rglob("*.*")} == before
    assert [path.name for path in Path("results").iterdir() if path.name.startswith(".")] == []


def test_results_of_others_are_kept() -> None:
    """Results of another rubric, and files that are no results, are not overwritten."""
    grade()
    before = Path("results/results.jsonl").read_bytes()
    Path("hw.yaml").rename("other.yaml")
    assert grade(rubric="other.yaml").exit_code == 2
    Path("results/results.jsonl").write_bytes(b"not ours\n")
    assert grade(rubric="other.yaml").exit_code == 2
    assert Path("results/results.jsonl").read_bytes() == b"not ours\n"
    assert before
