"""`grader grade` and `grader check`: what is printed, what is written, and how the program ends."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from click.testing import CliRunner, Result
from fakes import install

from grader.cli import main


@pytest.fixture(autouse=True)
def _place(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A folder with a rubric and an empty folder of hand-ins."""
    install(monkeypatch)
    monkeypatch.chdir(tmp_path)
    Path("hw.yaml").write_text("", encoding="utf-8")
    Path("in").mkdir()


def hand_in(**texts: str) -> None:
    """Markdown files in the folder of hand-ins."""
    for name, text in texts.items():
        Path("in", f"{name}.md").write_text(text, encoding="utf-8")


def grader(*args: str) -> Result:
    """Runs the program in this process."""
    return CliRunner().invoke(main, args, prog_name="grader")


def grade(*args: str) -> Result:
    """Grades the folder of hand-ins."""
    return grader("grade", "hw.yaml", "in", *args)


def test_a_run() -> None:
    """Plain columns in a pipe, then where things are and what needs a person; marks are no failure."""
    hand_in(s01="1a: right\n1b: partial", s02="1a: review\n1b: blank")
    result = grade()
    assert result.exit_code == 0
    assert result.stdout == (
        "submission  score  max  1a  1b  review  error\n"
        "s01             3    4   2   1       0      0\n"
        "s02             0    4   ?   -       1      0\n\n"
        "Needs a person: 1 question in 1 submission.\n"
        "  s02  1a  The answer could not be decided; please mark it.\n"
        "Results: results/grades.csv, results/results.jsonl. Feedback: results/feedback.\n"
    )
    assert result.stderr == ""
    assert sorted(path.name for path in Path("results").rglob("*.*")) == [
        "grades.csv",
        "results.jsonl",
        "s01.md",
        "s02.md",
    ]


def test_what_waits_is_listed_up_to_a_dozen() -> None:
    """A long list of what waits for a person is cut, and what is left out is counted."""
    hand_in(a="\n".join(f"{number}: review" for number in range(15)))
    lines = grade().stdout.splitlines()
    assert [line.split()[1] for line in lines if line.startswith("  a  ")] == [str(n) for n in range(12)]
    assert "  and 3 more; their status in the results is `review` or `error`" in lines


def test_the_same_bytes_twice() -> None:
    """A second run replaces the results of the first with the same bytes, and the output is no hand-in."""
    hand_in(s01="1a: right")
    assert grade("--out", "in/out").exit_code == 0
    first = {path: path.read_bytes() for path in Path("in/out").rglob("*.*")}
    result = grade("--out", "in/out")
    assert result.exit_code == 0
    assert "Skipped in/out." in result.stderr
    assert {path: path.read_bytes() for path in Path("in/out").rglob("*.*")} == first


@pytest.mark.parametrize(
    ("texts", "options", "code", "said"),
    [
        ({"a": "1a: wrong"}, [], 0, ""),
        ({"a": "1a: wrong"}, ["--fail-under", "50"], 1, "Below 50 percent: a."),
        ({"a": "1a: right"}, ["--fail-under", "100"], 0, ""),
        ({"a": "1a: review"}, ["--fail-under", "1"], 1, "Below 1 percent: a."),
        ({"a": "1a: error"}, ["--fail-under", "1"], 3, "a bug of ours"),
        ({}, [], 5, "nothing to grade in in"),
        ({"a": "1a: interrupt"}, [], 130, "interrupted"),
        ({"a": "1a: right"}, ["--out", "hw.yaml"], 2, "is a file"),
        ({"a": "1a: right"}, ["--out", "in"], 2, "not results"),
        ({"a": "1a: right"}, ["--fail-undr", "1"], 2, "--fail-under"),
        ({"a": "1a: right"}, ["nowhere.md"], 2, "nowhere.md: no such file or directory"),
    ],
)
def test_exit_codes(texts: dict[str, str], options: list[str], code: int, said: str) -> None:
    """Each ending has its code and a sentence on stderr."""
    hand_in(**texts)
    result = grade(*options)
    assert result.exit_code == code
    assert said in result.stderr
    assert bool(result.stderr) == bool(said)
    assert "Traceback" not in result.stdout


def test_unreadable_hand_ins() -> None:
    """What cannot be read is in the results as a question for a person, and ends with 4."""
    hand_in(a="1a: right")
    Path("in/b.png").write_bytes(b"\x89PNG")
    result = grade()
    assert result.exit_code == 4
    assert "Could not be read: b." in result.stderr
    assert "b,0,2,1,0,review" in Path("results/grades.csv").read_text(encoding="utf-8")


def test_bugs_show_their_traceback_once() -> None:
    """The log of a bug of ours goes to stderr, the same lines only once."""
    hand_in(a="1a: error", b="1a: error")
    assert grade("--quiet").stderr.count("Traceback: of the test") == 1


def test_results_of_another_rubric_are_kept() -> None:
    """Another rubric's results are refused and stay as they are; --force replaces them."""
    hand_in(a="1a: right")
    grade()
    before = Path("results/results.jsonl").read_bytes()
    Path("other.yaml").write_text("", encoding="utf-8")
    result = grader("grade", "other.yaml", "in")
    assert result.exit_code == 2
    assert result.stderr == ("results holds results of hw; name another folder with --out, or use --force\n")
    assert Path("results/results.jsonl").read_bytes() == before
    assert grader("grade", "other.yaml", "in", "--force").exit_code == 0


def test_replaced_results_are_counted() -> None:
    """Hand-ins of an earlier run that are gone from the results are said to be gone."""
    hand_in(a="1a: right", b="1a: right")
    grade()
    Path("in/b.md").unlink()
    assert "No longer in the results: 1 submission of an earlier run." in grade().stderr


def test_quiet() -> None:
    """With --quiet a run that goes well prints nothing."""
    hand_in(a="1a: right")
    result = grade("--quiet")
    assert (result.stdout, result.stderr) == ("", "")


def test_json() -> None:
    """With --format json stdout is one JSON array, and nothing else."""
    hand_in(a="1a: right", b="1a: review")
    result = grade("--format", "json")
    records = json.loads(result.stdout)
    assert [record["submission"] for record in records] == ["a", "b"]
    lines = Path("results/results.jsonl").read_text(encoding="utf-8").splitlines()
    assert records == [json.loads(line) for line in lines]
    assert "Needs a person" in result.stderr


def test_hostile_names_do_not_reach_the_terminal() -> None:
    """A file name with an escape sequence is shown and written without it."""
    Path("in", "\x1b[31mred\x07.md").write_text("1a: right", encoding="utf-8")
    result = grade()
    assert result.exit_code == 0
    assert "\x1b" not in result.output
    assert [path.name for path in Path("results/feedback").iterdir()] == ["_[31mred_.md"]


def test_check() -> None:
    """A student sees each answer with the own line, the reading and a sentence, and never the key."""
    hand_in(a="1a: right\n1b: wrong")
    result = grader("check", "hw.yaml", "in/a.md")
    assert result.exit_code == 0
    assert result.stdout == (
        "Hand-in a, rubric hw\n\n"
        "1a  ✓ right  2 of 2\n"
        "    a.md:1 | 1a: right\n"
        "           |     ^^^^^\n"
        "    read as: 3\n\n"
        "1b  ✗ not right  0 of 2\n"
        "    a.md:2 | 1b: wrong\n"
        "           |     ^^^^^\n"
        "    read as: 3\n\n"
        "Score: 2 of 4\n"
        "Look again at: 1b\n"
    )


@pytest.mark.parametrize(
    ("text", "options", "code"),
    [
        ("1a: wrong", [], 0),
        ("1a: right", ["--strict"], 0),
        ("1a: partial", ["--strict"], 1),
        ("1a: blank", ["--strict"], 1),
        ("1a: review", ["--strict"], 0),
        ("1a: review", ["--fail-under", "1"], 1),
        ("1a: error", ["--strict"], 3),
        ("1a: interrupt", [], 130),
    ],
)
def test_check_exit_codes(text: str, options: list[str], code: int) -> None:
    """Without a gate a check ends with 0; a wrong answer fails only where that was asked for."""
    hand_in(a=text)
    assert grader("check", "hw.yaml", "in/a.md", *options).exit_code == code


def test_check_of_what_is_not_there() -> None:
    """A file that does not exist is named, and so is a missing rubric."""
    assert "gone.md" in grader("check", "hw.yaml", "gone.md").stderr
    result = grader("check", "gone.yaml", "in")
    assert (result.exit_code, result.stderr) == (2, "cannot read the rubric gone.yaml: no such file\n")
