"""Golden tables of marks: under each heading a rubric in YAML, and a row an answer."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path

GOLDEN = Path(__file__).parent / "golden"
_SECTION = re.compile(r"^## (?P<title>[^\n]+)\n\n```yaml\n(?P<rubric>.*?)```\n\n(?P<rows>(?:\|[^\n]*\n)+)", re.M | re.S)


def rows_of(folder: Path, form: re.Pattern[str]) -> Iterator[tuple[str, str, re.Match[str]]]:
    """The name, the rubric and the match with `form` of every row; a row of another form is an error."""
    for path in sorted(folder.glob("*.md")):
        for section in _SECTION.finditer(path.read_text(encoding="utf-8")):
            for line in section["rows"].splitlines()[2:]:
                row = form.fullmatch(line)
                assert row, f"{path.name}: {line}"
                yield f"{path.stem}: {section['title']}: {row['answer']}", section["rubric"], row
