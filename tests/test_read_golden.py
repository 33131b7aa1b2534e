"""The readers against written cases: a title, a source, and the blocks it has to give."""

from __future__ import annotations

import json
import re
from pathlib import Path

import pytest

from grader.model.documents import Document, Span
from grader.read import READERS

CASES = re.compile(
    r"^## (?P<title>[^\n]+)\n\n`````(?P<format>\w+)\n(?P<source>.*?)\n`````\n\n"
    r"`````blocks\n(?P<blocks>.*?)\n?`````$",
    re.MULTILINE | re.DOTALL,
)
FOLDER = Path(__file__).parent / "golden" / "read"


def load() -> list[tuple[str, str, str, str]]:
    """Title, format, source and expected blocks of every case of every file."""
    cases = []
    for path in sorted(FOLDER.glob("*.md")):
        for match in CASES.finditer(path.read_text(encoding="utf-8")):
            cases.append((f"{path.stem}: {match['title']}", match["format"], match["source"], match["blocks"]))
    return cases


def show(document: Document) -> str:
    """A document as the golden files write it: kind, level, label, quotes, language, place; then runs."""
    lines = []
    for block in document.blocks:
        words = [block.kind]
        words += [str(block.level)] if block.level else []
        words += [json.dumps(block.label)] if block.label else []
        words += [">" * block.quoted] if block.quoted else []
        words += [f"({block.info})"] if block.info else []
        line, column = document.position(block.span.start)
        lines.append(" ".join([*words, f"@{line}:{column}"]))
        for run in block.runs:
            marks = f" [{' '.join(run.marks)}]" if run.marks else ""
            lines.append(f"  {run.kind}{marks} {json.dumps(run.text, ensure_ascii=False)}")
    for note in document.notes:
        place = note.span or Span(0, 0)
        lines.append(f"note {note.id} {json.dumps(document.text[place.start : place.stop], ensure_ascii=False)}")
    return "\n".join(lines)


@pytest.mark.parametrize(
    ("format", "source", "blocks"), [case[1:] for case in load()], ids=[case[0] for case in load()]
)
def test_golden(format: str, source: str, blocks: str) -> None:
    """A written case is read exactly as written."""
    assert show(READERS.load(format).read(source, "case.md")) == blocks


def test_golden_files_are_found() -> None:
    """The loader understands every case in the golden files."""
    cases = load()
    assert {case[0].split(":")[0] for case in cases} == {path.stem for path in FOLDER.glob("*.md")}
    blocks = sum(path.read_text(encoding="utf-8").count("\n`````blocks\n") for path in FOLDER.glob("*.md"))
    assert len(cases) == blocks
