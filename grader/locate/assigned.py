"""Code below the number of a problem that gives each part a value: `a = np.zeros((1000, 256, 256, 3))`."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace

from grader.locate.labels import plain, read_label
from grader.locate.pieces import lines_of, stands_as_typed
from grader.locate.printed import HASH
from grader.model.documents import Block, Document, Run, Span
from grader.model.patterns import later

_LANGUAGES = frozenset({"", "python", "py", "python3", "{python}", "code", "text", "txt"})
_MADE = r"[A-Za-z_][\w.]{0,30}\((?:[-\d\s()\[\],*/+]|\b(?:dtype|shape|size)\s?=\s?[\w.]*)*\)"
_TYPED = r"[-\d(\[{][-\d\s()\[\],*/+]*"
_LINE = later(
    r"(?:(?:part|ans|answer|shape|size|x|y)_?)?(?P<letter>[a-h])(?:_(?:shape|size))?"
    rf"[ \t]*=[ \t]*(?P<given>{_TYPED}|{_MADE})[ \t]*",
    re.I,
)
_IMPORT = re.compile(r"[ \t]*(?:import|from)\b")


def with_assigned(document: Document) -> Document:
    """The document, with such lines as paragraphs: below a heading that is a number, if nothing else there has a label.

    The letters go on from a, and no other line stands among them: a letter of a calculation names no part.
    """
    if not any(block.kind == "code" and _may_assign(block) for block in document.blocks):
        return document
    blocks: list[Block] = []
    for section in _sections(document.blocks):
        blocks += _told(document.text, section) or section
    return replace(document, blocks=tuple(blocks))


def _may_assign(block: Block) -> bool:
    return _is_typed(block) and "a" in block.text[:_BEGINS] and "=" in block.text


_BEGINS = 200  # characters in which the first letter stands


def _is_typed(block: Block) -> bool:
    return block.kind == "code" and block.info.removeprefix("cell ").split(" ")[0].lower() in _LANGUAGES


def _sections(blocks: Sequence[Block]) -> Iterator[list[Block]]:
    """The blocks from each heading on, and before the first."""
    section: list[Block] = []
    for block in blocks:
        if block.kind == "heading" and section:
            yield section
            section = []
        section.append(block)
    yield section


def _told(text: str, section: list[Block]) -> list[Block]:
    """The heading and a paragraph for each line; nothing where the section holds anything else that may answer."""
    head, others = section[0], section[1:]
    label = read_label(plain(head.text[:80])) if head.kind == "heading" else None
    if label is None or len(label.path) > 1 or not label.path[0].isdecimal():
        return []
    made: list[Block] = [head]
    letters: list[str] = []
    for block in others:
        lines = _lines(text, block) if _is_typed(block) else []
        if not lines and (block.kind == "code" or any(map(str.isdecimal, block.text)) or _has_label(block)):
            return []
        made += [paragraph for _, paragraph in lines] or [block]
        letters += [letter for letter, _ in lines]
    in_order = letters == [chr(ord("a") + k) for k in range(len(letters))]
    return made if len(letters) > 1 and in_order else []


def _has_label(block: Block) -> bool:
    label = read_label(plain(f"{block.label} {block.text[:80]}".lstrip(" -*+")))
    return label is not None and (label.closed or label.alone)


def _lines(text: str, block: Block) -> list[tuple[str, Block]]:
    """The letter and the paragraph of each line; nothing if a line is anything else."""
    if not stands_as_typed(text, block):
        return []
    found: list[tuple[str, Block]] = []
    for start, stop in lines_of(text, block.runs[0].span):
        hashed = HASH.match(text, start, stop)
        end = hashed.start(1) if hashed else stop
        if not text[start:end].strip() or _IMPORT.match(text, start, end):
            continue
        given = _LINE.fullmatch(text, start, end)
        if given is None:
            return []
        code, words = Span(*given.span("given")), Span(min(end + 1, stop), stop)
        runs = [Run("code", text[code.start : code.stop], code)]
        runs += [Run("text", text[words.start : words.stop], words)] if words.start < words.stop else []
        letter = given["letter"].lower()
        found.append((letter, Block("paragraph", Span(start, stop), tuple(runs), 1, f"{letter})", "", block.quoted)))
    return found
