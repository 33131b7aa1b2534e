"""How the student's own words are shown: a few lines, safe, with carets under the words that count."""

from __future__ import annotations

from dataclasses import dataclass

from grader.model.results import Evidence
from grader.report.clean import ELLIPSIS, clean, width

_EXCERPTS, _LINES, _CHARACTERS, _BEFORE = 6, 10, 600, 120


@dataclass(frozen=True, slots=True)
class Excerpt:
    """Lines that stand together in one file; `text` is clean, the file name is not."""

    file: str
    line: int
    text: str


def excerpts(evidence: tuple[Evidence, ...]) -> tuple[Excerpt, ...]:
    """The evidence of one mark, neighbouring lines together; at most six pieces of ten lines."""
    groups: list[list[Evidence]] = []
    for one in evidence:
        if groups and _follows(groups[-1][-1], one):
            groups[-1].append(one)
        else:
            groups.append([one])
    return tuple(Excerpt(group[0].file, group[0].line, _shown(group)) for group in groups[:_EXCERPTS])


def _follows(last: Evidence, one: Evidence) -> bool:
    return one.file == last.file and one.line == last.line + last.text.rstrip("\n").count("\n") + 1


def _shown(group: list[Evidence]) -> str:
    """Cut off after ten lines of text or 600 characters; caret lines count for neither."""
    lines: list[str] = []
    room, count = _CHARACTERS, 0
    for one in group:
        first, _, rest = one.text.partition("\n")
        following = clean(rest).expandtabs(4).rstrip("\n").split("\n") if rest.strip() else []
        for marked in (_marked(first, one.column, one.width, room), *([line] for line in following)):
            count += 1
            if count > _LINES or room <= 0:
                return "\n".join([*lines, ELLIPSIS])
            text = marked[0] if len(marked[0]) <= room else marked[0][: room - 1] + ELLIPSIS
            lines += [text, *marked[1:]]
            room -= len(text)
    return "\n".join(lines)


def _marked(line: str, column: int, count: int, room: int) -> list[str]:
    """The line and its carets; both are made of the same cleaned pieces, so that the carets stay in place."""
    start = max(0, column - 1)
    if start > len(line):
        start = count = 0
    before, words, after = (
        clean(piece).replace("\n", " ").replace("\t", " ")
        for piece in (line[:start], line[start : start + count], line[start + count :])
    )
    if len(before) + len(words) > room and len(before) > _BEFORE:
        before = ELLIPSIS + before[1 - _BEFORE :]
    pointed = width(words[: max(0, room - len(before))].rstrip())
    # A caret line under a whole line says nothing.
    worth = pointed and (before.strip() or after.strip())
    return [(before + words + after).rstrip(), *([" " * width(before) + "^" * pointed] if worth else [])]
