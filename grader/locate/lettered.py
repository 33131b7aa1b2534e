"""Letters without any sign below the headings of problems: `- a (5, 4)`, `- b 6`, or alone above their answers."""

from __future__ import annotations

import re
from collections.abc import Collection, Mapping

from grader.locate.labels import Label, plain, read_label
from grader.model.documents import Block, Document
from grader.model.patterns import later

_LETTER = later(r"[ \t]*([a-h])(?:[ \t]+(?![.):=,;+*/<>–]|-(?!\d))|[ \t]*\n\s*|[ \t]*\Z)")  # `a ::` has a sign
_FEWEST = 4


def lettered_items(document: Document, numbers: Collection[int] = ()) -> Mapping[int, tuple[Label, ...]]:
    """The labels by block; under each heading the letters go on from a, or none of them counts. Blocks `numbers` are
    a problem's number alone, which is a heading too.

    "- a 5 by 4 array" is a sentence, but not where "- b 6" comes next. Nothing if they are few.
    """
    found: dict[int, tuple[Label, ...]] = {}
    section: dict[int, Label] = {}
    numbered = False
    for number, block in enumerate([*document.blocks, None]):
        if block is None or block.kind == "heading" or number in numbers:
            found |= {at: (label,) for at, label in section.items()} if numbered and _goes_on(section) else {}
            section, numbered = {}, block is not None and (number in numbers or _is_problem(block))
        elif numbered and (label := _begun(block)) is not None:
            section[number] = label
    return found if len(found) >= _FEWEST else {}


def _is_problem(heading: Block) -> bool:
    label = read_label(plain(heading.text[:80]))
    return label is not None and len(label.path) == 1 and label.path[0].isdecimal()


def _begun(block: Block) -> Label | None:
    first = block.runs[0] if block.runs else None
    if block.kind != "paragraph" or block.label not in ("", "-", "*", "+") or first is None or first.kind != "text":
        return None
    begun = _LETTER.match(block.text) if not first.marks else None
    if begun is None or begun.end(1) > len(first.text):
        return None
    alone = begun.end() == len(block.text) or "\n" in begun[0]
    return Label((begun[1],), begun.start(1), (begun.end(),), "%", "", True, alone)


def _goes_on(section: Mapping[int, Label]) -> bool:
    letters = [label.path[0] for label in section.values()]
    return len(letters) > 1 and letters == [chr(ord("a") + k) for k in range(len(letters))]


_LETTERS = later(r"\W*[a-h]\)?(?:\s*(?:,|and|und|et|y|&|\+|/)\s*(?:and\s+)?\(?[a-h]\)?)+\W*", re.I)
_LISTED = re.compile(r"(?<![A-Za-z])[a-hA-H](?![A-Za-z])")


def listed_letters(text: str) -> str:
    """The letters of a heading that is a list of parts in order, "c, d, e" and "(c) and (d)"; "" for any other."""
    if len(text) > _LONGEST_LIST or _LETTERS.fullmatch(text) is None:
        return ""
    letters = "".join(_LISTED.findall(text)).lower()
    return letters if letters in "abcdefgh" else ""


_LONGEST_LIST = 40  # characters
