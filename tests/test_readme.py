"""The README keeps its word: what it says to type works, and prints what it shows."""

from __future__ import annotations

import doctest
import re
import shutil
from pathlib import Path

import pytest
from fences import ROOT, Fence, fences, save_files, typed

import grader
from grader.cli import BUG, COMMANDS, DONE, GATE, INTERRUPTED, NOTHING, UNGRADED, USAGE
from grader.report import REPORTS

README = ROOT / "README.md"
TEXT = README.read_text(encoding="utf-8")


@pytest.fixture(autouse=True)
def _place(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A folder with the files that the README shows."""
    monkeypatch.chdir(tmp_path)
    save_files(README, tmp_path)


@pytest.mark.parametrize("fence", fences(README, "console"), ids=lambda fence: f"line-{fence.line}")
def test_commands_print_what_is_shown(fence: Fence) -> None:
    """Each command that is shown with its output gives exactly that output."""
    assert typed(fence.text) == fence.text


def test_python_gives_what_is_shown() -> None:
    """The lines of Python give the values that are shown."""
    (fence,) = fences(README, "python")
    test = doctest.DocTestParser().get_doctest(fence.text, {}, "README.md", "README.md", fence.line)
    failures: list[str] = []
    doctest.DocTestRunner(verbose=False).run(test, out=failures.append)
    assert not failures, "".join(failures)


def test_make_targets_exist() -> None:
    """Each `make` command is one that the Makefile knows."""
    targets = set(re.findall(r"^(\w+):", (ROOT / "Makefile").read_text(encoding="utf-8"), re.MULTILINE))
    named = set(re.findall(r"^make (\w+)", TEXT, re.MULTILINE))
    assert named
    assert named <= targets


def test_links_lead_somewhere() -> None:
    """Every relative link names a file."""
    links = re.findall(r"\]\((?!http)([^)#]+)", TEXT)
    assert links
    assert [link for link in links if not (ROOT / link).exists()] == []


def test_everything_is_mentioned() -> None:
    """Every command, exit code, public name and report stands in the README."""
    codes = (DONE, GATE, USAGE, BUG, UNGRADED, NOTHING, INTERRUPTED)
    words = [*(f"| {code} |" for code in codes), *(f"grader {name} " for name in COMMANDS)]
    words += [f"grader.{name}" for name in grader.__all__ if not name.startswith("_")]
    words += [f"`{name}`" for name in REPORTS.names]
    assert [word for word in words if word not in TEXT] == []


def test_the_first_screen_is_short() -> None:
    """Answer, rubric and output come before a reader has to scroll far."""
    assert TEXT[: TEXT.index("## Start")].count("\n") < 60


def test_the_package_says_what_it_is_licensed_under() -> None:
    """The licence file is the one that the package names."""
    assert (ROOT / "LICENSE").read_text(encoding="utf-8").startswith("MIT License")
    assert shutil.which("make") is None or "make test" in (ROOT / ".ci" / "run").read_text(encoding="utf-8")
