"""The same input gives the same bytes: on any day, in any order, in any place, on any machine."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from grader.grade import grade, grade_file, load_rubric
from grader.model.documents import Submission
from grader.model.results import GradedSubmission
from grader.prepare.parts import PreparedRubric

ROOT = Path(__file__).parents[1]
RUBRIC, SUBMISSIONS = ROOT / "rubrics" / "homework10.yaml", ROOT / "submissions"


def run(*args: str | Path, place: Path, **environment: str) -> tuple[int, str, str]:
    """Runs the program in a process of its own: exit code, stdout, stderr."""
    kept = {name: os.environ[name] for name in ("PATH", "SYSTEMROOT", "HOME") if name in os.environ}
    env = {**kept, "PYTHONPATH": str(ROOT), "PYTHONHASHSEED": "0", **environment}
    command = [sys.executable, "-m", "grader", *map(str, args)]
    ended = subprocess.run(command, cwd=place, env=env, capture_output=True, encoding="utf-8", timeout=120, check=False)
    return ended.returncode, ended.stdout, ended.stderr


def files(out: Path) -> dict[str, bytes]:
    """All that was written, by name."""
    return {path.relative_to(out).as_posix(): path.read_bytes() for path in out.rglob("*") if path.is_file()}


@pytest.fixture(scope="module")
def first(tmp_path_factory: pytest.TempPathFactory) -> dict[str, bytes]:
    """What the first run writes."""
    out = tmp_path_factory.mktemp("first") / "out"
    code, _, said = run("grade", RUBRIC, SUBMISSIONS, "--out", out, place=ROOT)
    assert code == 0, said
    written = files(out)
    pages = {f"feedback/{path.stem}.md" for path in SUBMISSIONS.iterdir()}
    assert written.keys() == {"results.jsonl", "grades.csv", *pages}
    return written


@pytest.mark.parametrize(
    "environment",
    [
        {},
        {"PYTHONHASHSEED": "1"},
        {"PYTHONHASHSEED": "4242", "LC_ALL": "C", "TZ": "Asia/Tokyo", "COLUMNS": "40", "PYTHONOPTIMIZE": "1"},
    ],
    ids=["again", "another-seed", "another-machine"],
)
def test_another_run(environment: dict[str, str], first: dict[str, bytes], tmp_path: Path) -> None:
    """Neither Python's hash seed nor language, clock or width of the machine changes a byte."""
    code, _, said = run("grade", RUBRIC, SUBMISSIONS, "--out", tmp_path / "out", place=ROOT, **environment)
    assert code == 0, said
    assert files(tmp_path / "out") == first


def test_a_run_over_its_own_results(first: dict[str, bytes], tmp_path: Path) -> None:
    """A second run into the same folder leaves the same bytes, and prints the same."""
    arguments = ("grade", RUBRIC, SUBMISSIONS, "--out", tmp_path / "out")
    assert run(*arguments, place=tmp_path) == run(*arguments, place=tmp_path)
    assert files(tmp_path / "out") == first


def test_another_order(first: dict[str, bytes], tmp_path: Path) -> None:
    """The order in which hand-ins are named, and naming one twice, changes nothing."""
    paths = sorted(SUBMISSIONS.iterdir(), reverse=True)
    code, _, said = run("grade", RUBRIC, *paths, paths[3], "--out", tmp_path / "out", place=ROOT)
    assert code == 0, said
    assert files(tmp_path / "out") == first


def test_another_place(first: dict[str, bytes], tmp_path: Path) -> None:
    """Where the files lie, and from where the program is called, is in no result."""
    shutil.copytree(SUBMISSIONS, tmp_path / "elsewhere" / "handed in")
    shutil.copy(RUBRIC, tmp_path)
    place = tmp_path / "elsewhere"
    code, _, said = run("grade", "../homework10.yaml", "handed in", place=place)
    assert code == 0, said
    assert files(place / "results") == first
    for data in first.values():
        assert str(ROOT).encode() not in data


@pytest.mark.parametrize("command", ["check", "echo"])
def test_what_a_student_sees(command: str) -> None:
    """The commands for students print the same under any hash seed."""
    arguments = (RUBRIC, SUBMISSIONS / "s07.md") if command == "check" else (SUBMISSIONS / "s07.md", "--rubric", RUBRIC)
    first, second = (run(command, *arguments, place=ROOT, PYTHONHASHSEED=seed) for seed in ("1", "2"))
    assert first == second
    assert first[0] == 0


def test_hand_ins_do_not_meet(
    homework: PreparedRubric, hand_ins: dict[str, Submission], marked: dict[str, GradedSubmission]
) -> None:
    """A mark does not depend on who was graded before: the other way round, and again, all marks are equal."""
    for name in reversed(hand_ins):
        assert grade(homework, hand_ins[name]) == marked[name], name


def test_a_rubric_has_no_memory(hand_ins: dict[str, Submission], marked: dict[str, GradedSubmission]) -> None:
    """A rubric read anew gives the marks of one that has graded many."""
    for name in ("s07", "s04"):
        assert grade(load_rubric(RUBRIC), hand_ins[name]) == marked[name]


DEFINED = """## Problem 4

**(a)** Let $\\delta = \\frac{{\\partial J}}{{\\partial {name}}}$. It is $\\frac{{\\partial J}}{{\\partial U}} U (1-U)$.

**(b)** $\\frac{{\\partial J}}{{\\partial W[k_1,k_2,n,m]}}
= \\sum_{{i,j_1,j_2}} \\delta[i,j_1,j_2,m] X[i,j_1+k_1,j_2+k_2,n]$
"""


def test_the_same_words_under_another_definition_are_marked_anew(tmp_path: Path) -> None:
    """What was made of an answer is not kept for one whose letters mean something else."""
    for name in ("Z", "U"):
        (tmp_path / f"{name}.md").write_text(DEFINED.format(name=name), encoding="utf-8")

    def marks(names: str) -> dict[str, object]:
        rubric = load_rubric(RUBRIC)
        found = {}
        for name in names:
            graded = grade_file(rubric, tmp_path / f"{name}.md")
            found[name] = next(mark.credit for mark in graded.marks if mark.id == "4b")
        return found

    assert marks("ZU") == marks("UZ")
    assert marks("Z")["Z"] == 1
    assert marks("U")["U"] != 1
