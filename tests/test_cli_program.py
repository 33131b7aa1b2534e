"""The program as a whole: help, start, unknown words, small commands, and endings that nobody foresaw."""

from __future__ import annotations

import os
import subprocess
import sys
from dataclasses import dataclass
from pathlib import Path
from types import ModuleType

import pytest
from click.testing import CliRunner, Result
from fakes import install

import grader
from grader.cli import COMMANDS, main
from grader.model.answers import Echo
from grader.model.documents import Note
from grader.model.errors import Fault, RubricError
from grader.model.results import Evidence
from grader.version import VERSION

TESTS = Path(__file__).parent


def run(*args: str) -> Result:
    """Runs the program in this process."""
    return CliRunner().invoke(main, args, prog_name="grader")


def python(code: str, **env: str) -> subprocess.CompletedProcess[str]:
    """Runs lines of Python in a process of their own, where the stand-ins can be imported."""
    path = os.pathsep.join([str(TESTS), str(TESTS.parent)])
    return subprocess.run(
        [sys.executable, "-c", code],
        capture_output=True,
        encoding="utf-8",
        env={**os.environ, "PYTHONPATH": path, **env},
        check=False,
        timeout=60,
    )


@pytest.mark.parametrize("name", COMMANDS)
@pytest.mark.parametrize("flag", ["-h", "--help"])
def test_every_command_has_help(name: str, flag: str) -> None:
    """Each command of the table can be imported and explains itself."""
    result = run(name, flag)
    assert result.exit_code == 0
    assert result.stdout.startswith(f"Usage: grader {name}")


def test_help_lists_every_command() -> None:
    """The help of the program names all commands with a sentence each."""
    text = run("-h").stdout
    assert all(name in text and help in text for name, help in COMMANDS.items())


def test_version() -> None:
    """The version is the one of the package."""
    assert run("--version").stdout == f"grader {VERSION}\n"
    assert grader.__version__ == VERSION


@pytest.mark.parametrize("flag", ["--version", "--help"])
def test_start_imports_little(flag: str) -> None:
    """Help and version load what click loads, four small modules of ours, and nothing heavy."""
    report = "import atexit, os, sys; os._exit = sys.exit; "
    report += "atexit.register(lambda: print(*sys.modules, file=sys.stderr)); "
    base = set(python(f"{report} import click").stderr.split())
    start = f"from grader.cli import run; sys.argv = ['grader', '{flag}']; run()"
    loaded = set(python(report + start).stderr.split()) - base
    assert {name for name in loaded if name.startswith("grader")} == {
        "grader",
        "grader.cli",
        "grader.cli.output",
        "grader.version",
    }
    assert not loaded & {"numpy", "yaml", "rich", "importlib.metadata", "json", "markdown_it", "pathlib"}


@pytest.mark.parametrize(
    ("args", "said"),
    [
        (["grde"], "did you mean 'grade'?"),
        (["zzz"], "there are grade, check"),
        (["grade", "--ot", "x"], "--out"),
        (["completion", "tcsh"], "bash"),
        (["grade"], "RUBRIC"),
    ],
)
def test_unknown_words(args: list[str], said: str) -> None:
    """A slip of the fingers ends with 2 and what may have been meant."""
    result = run(*args)
    assert result.exit_code == 2
    assert said in result.stderr


@pytest.mark.parametrize("shell", ["bash", "zsh", "fish"])
def test_completion(shell: str) -> None:
    """The script for a shell names the program's variable."""
    assert "_GRADER_COMPLETE" in run("completion", shell).stdout


WITH_FAKES = (
    "import sys; from fakes import *; install(pytest.MonkeyPatch()); "
    "from grader.cli import run; sys.argv[1:] = {}; run()"
)


def test_a_bug_ends_with_three(tmp_path: Path) -> None:
    """What nobody foresaw ends with 3, a sentence and the traceback on stderr, and no results."""
    (tmp_path / "hw.yaml").write_text("", encoding="utf-8")
    (tmp_path / "a.md").write_text("1a: bug", encoding="utf-8")
    args = ["grade", str(tmp_path / "hw.yaml"), str(tmp_path / "a.md"), "--out", str(tmp_path / "out")]
    done = python(WITH_FAKES.format(args))
    assert done.returncode == 3
    assert done.stderr.startswith("grader itself failed")
    assert "a bug of the test" in done.stderr
    assert list((tmp_path / "out").iterdir()) == []


@pytest.mark.parametrize(("args", "code"), [(["compare", "x", "x"], 0), (["compare", "x", "y"], 1), (["schema"], 0)])
def test_a_reader_that_leaves_changes_no_ending(args: list[str], code: int) -> None:
    """`grader ... | head -1` ends with the code it would have ended with, not with that of a gate."""
    reader, writer = os.pipe()
    os.close(reader)
    try:
        command = [sys.executable, "-m", "grader", *args]
        done = subprocess.run(command, stdout=writer, stderr=subprocess.PIPE, check=False, text=True)
    finally:
        os.close(writer)
    assert (done.returncode, done.stderr) == (code, "")


@pytest.mark.skipif(not Path("/dev/full").exists(), reason="no device that is full")
def test_a_full_disk_is_no_bug() -> None:
    """Output that cannot be written ends with one sentence about the disk, without a traceback."""
    with Path("/dev/full").open("w") as full:
        command = [sys.executable, "-m", "grader", "schema"]
        done = subprocess.run(command, stdout=full, stderr=subprocess.PIPE, check=False, text=True)
    assert done.returncode == 4
    assert done.stderr.count("\n") == 1
    assert "could not be written" in done.stderr


def test_a_terminal_that_is_not_unicode(tmp_path: Path) -> None:
    """Characters that the terminal lacks are escaped; they do not end the run."""
    (tmp_path / "hw.yaml").write_text("", encoding="utf-8")
    (tmp_path / "a.md").write_text("1a: right", encoding="utf-8")
    args = ["check", str(tmp_path / "hw.yaml"), str(tmp_path / "a.md")]
    done = python(WITH_FAKES.format(args), PYTHONIOENCODING="latin-1")
    assert done.returncode == 0
    assert "1a  \\u2713 right" in done.stdout


def test_faulty_rubrics_show_all_faults(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    """Every fault of a rubric is printed with its line, and the code is 2."""
    grading, _ = install(monkeypatch)

    def load_rubric(path: Path, sandbox: str = "auto") -> None:
        raise RubricError("hw.yaml", (Fault(2, 1, "a", "unknown key"), Fault(5, 3, "b", "no points")))

    monkeypatch.setattr(grading, "load_rubric", load_rubric)
    for args in (["lint", "hw.yaml"], ["grade", "hw.yaml", str(tmp_path)]):
        result = run(*args)
        assert result.exit_code == 2
        assert result.stderr.splitlines()[1:] == ["hw.yaml:2:1: a: unknown key", "hw.yaml:5:3: b: no points"]


@dataclass(frozen=True)
class Check:
    """One result of a lint."""

    id: str
    what: str
    ok: bool
    message: str
    reasons: tuple[object, ...] = ()


@pytest.mark.parametrize(("ok", "code"), [(True, 0), (False, 1)])
def test_lint(monkeypatch: pytest.MonkeyPatch, tmp_path: Path, ok: bool, code: int) -> None:
    """Each check is a line; one that fails ends the program with 1."""
    grading, _ = install(monkeypatch)
    checks = (Check("1a", "reference", True, ""), Check("1b", "accept 3", ok, "marked wrong"))
    monkeypatch.setattr(grading, "lint", lambda prepared: checks)
    (tmp_path / "hw.yaml").write_text("", encoding="utf-8")
    result = run("lint", str(tmp_path / "hw.yaml"))
    assert result.exit_code == code
    assert ("FAIL  1b  accept 3: marked wrong" in result.stdout) is not ok


def test_echo(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    """The view of a file shows each answer with its clue, its lines and every reading."""
    grading, _ = install(monkeypatch)
    one = Echo("1a", "heading", (Evidence("a.md", 3, 1, "x = 1,5"),), ("1.5", "(1, 5)"), (Note("struck-out"),))
    monkeypatch.setattr(grading, "echo", lambda prepared, submission, printed: (one,))
    monkeypatch.setattr(grading, "printer", lambda form: str, raising=False)
    (tmp_path / "a.md").write_text("text", encoding="utf-8")
    assert run("echo", str(tmp_path / "a.md")).stdout == (
        "a\n\n1a  found by heading\n    a.md:3 | x = 1,5\n    read as: 1.5\n    read as: (1, 5)\n"
        "    ! Words that were struck out do not count.\n"
    )


def test_schema(monkeypatch: pytest.MonkeyPatch) -> None:
    """The schema of the kinds' vocabulary is printed as JSON."""
    kinds, schema = ModuleType("grader.kinds"), ModuleType("grader.rubric.schema")
    kinds.__dict__["vocabulary"] = tuple
    schema.__dict__["json_schema"] = lambda vocabulary: {"title": "Rubric", "kinds": list(vocabulary)}
    monkeypatch.setitem(sys.modules, "grader.kinds", kinds)
    monkeypatch.setitem(sys.modules, "grader.rubric.schema", schema)
    assert run("schema").stdout == '{\n  "title": "Rubric",\n  "kinds": []\n}\n'


def test_public_names() -> None:
    """What the package offers is listed, and a wrong name is an AttributeError like anywhere else."""
    assert grader.GraderError.__name__ == "GraderError"
    assert callable(grader.render)
    assert dir(grader) == sorted(grader.__all__)
    with pytest.raises(AttributeError, match="nothing"):
        _ = grader.nothing
