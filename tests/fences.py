"""Reads the documentation as its readers do: files to copy, commands to type, and what they should print."""

from __future__ import annotations

import re
import shlex
from dataclasses import dataclass
from pathlib import Path

from click.testing import CliRunner

from grader.cli import main

ROOT = Path(__file__).parents[1]
DOCS = sorted((ROOT / "docs").glob("*.md"))
_FENCE = re.compile(r"^(`{3,})(\w+)(?: ([\w.-]+))?\n(.*?)^\1$", re.MULTILINE | re.DOTALL)


@dataclass(frozen=True, slots=True)
class Fence:
    """A fenced block: its language, the file it is to be saved as, its text and where it begins."""

    language: str
    file: str
    text: str
    line: int


def fences(page: Path, language: str = "") -> list[Fence]:
    """The blocks of a page, of one language or of all."""
    text = page.read_text(encoding="utf-8")
    found = [Fence(hit[2], hit[3] or "", hit[4], text.count("\n", 0, hit.start()) + 1) for hit in _FENCE.finditer(text)]
    return [fence for fence in found if language in ("", fence.language)]


def save_files(page: Path, folder: Path) -> None:
    """Every block with a name, as a file."""
    for fence in fences(page):
        if fence.file:
            (folder / fence.file).write_text(fence.text, encoding="utf-8")


def typed(console: str) -> str:
    """A console block as it comes out when its commands are typed: `$ grader ...` and all that is printed."""
    shown = []
    for line in console.splitlines():
        if line.startswith("$ "):
            program, *arguments = shlex.split(line[2:])
            assert program == "grader"
            result = CliRunner().invoke(main, arguments, prog_name="grader", terminal_width=88)
            shown.append(f"{line}\n{result.output}")
    return "\n".join(shown)
