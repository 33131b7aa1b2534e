"""Answers that only point to a line that a program printed: "second line of the output"."""

from __future__ import annotations

import re
from collections.abc import Iterator

from grader.model.answers import Answer
from grader.model.documents import Block, Document, Run, Span
from grader.model.patterns import later

_ORDINALS = ("first", "second", "third", "fourth", "fifth", "sixth", "seventh", "eighth")
_IN_GERMAN = ("erste", "zweite", "dritte", "vierte", "fünfte", "sechste", "siebte", "achte")
_NTH = rf"(?P<nth>{'|'.join(_ORDINALS)}|{'|'.join(_IN_GERMAN)}|last|letzte|\d(?=st|nd|rd|th|\.))(?:st|nd|rd|th|r|n|\.)?"
_PRINTED = r"(?:outputs?|results?|print(?:out|ed)?|ausgabe|ergebnis(?:se)?)"
_POINTER = later(
    rf"\s*(?:(?:see|siehe|it is|that is|this is|any of|in) )?(?:the |die |der )?{_NTH} "
    rf"(?:{_PRINTED} (?:line|row)|{_PRINTED}?zeile"
    rf"|(?:line|row|zeile)(?: (?:of|in|der|von) (?:the |der |my )?{_PRINTED})?)"
    r"(?: (?:above|below|oben|unten))?(?P<rest>[.,;:()]?[^\d=]*)",
    re.IGNORECASE,
    holds=("line", "row", "zeile"),
)
_LONGEST = 160  # characters of an answer that only points
_PREFIX = re.compile(r"[ \t]*(?:##|:)?[ \t]*(?:\[\d+\][ \t]*)?")  # of R, and of Org
_TYPED_OUTPUT = re.compile(r"(?:[ \t]*(?:##|:)[^\n]*(?:\n|\Z))+")


def with_lines_pointed_at(answers: list[Answer]) -> list[Answer]:
    """The answers; one that only names a line of what was printed has this line.

    What was printed is in the answer itself, or the only output above it in its problem.
    """
    return [_pointed(answer) for answer in answers]


def _pointed(answer: Answer) -> Answer:
    document = answer.document
    words = [block for block in answer.blocks if block.kind not in ("code", "heading")]
    words = [block for block in words if not _is_output(block, document)]
    said = " ".join(block.text for block in words).strip(" \t\n:")
    found = _POINTER.fullmatch(said) if 0 < len(said) <= _LONGEST else None
    if found is None or answer.rivals:
        return answer
    output = _output_of(answer, words[0])
    lines = [*_lines(output)] if output is not None else []
    nth = found["nth"].casefold()
    at = _place_of(nth, len(lines))
    if at is None or output is None:
        return answer
    rest = [] if not found["rest"].strip(" .,;:()") else words
    return answer._replace(blocks=(_line(output, lines[at]), *rest))


def _place_of(nth: str, count: int) -> int | None:
    for names in (_ORDINALS, _IN_GERMAN):
        if nth in names:
            at = names.index(nth)
            return at if at < count else None
    if nth in ("last", "letzte"):
        return count - 1 if count else None
    return int(nth) - 1 if 0 < int(nth) <= count else None


def _output_of(answer: Answer, words: Block) -> Block | None:
    """The printed block that an answer speaks of: its own, or the only one above it in its problem."""
    document = answer.document
    own = [block for block in answer.blocks if _is_output(block, document)]
    if own:
        return own[-1]
    above: list[Block] = []
    for block in document.blocks:
        if block.span.start >= words.span.start:
            break
        if block.kind == "heading" and any(map(str.isdigit, block.text)):  # of a problem, and not of part "c)"
            above = []
        above += [block] if _is_output(block, document) else []
    return above[0] if len(above) == 1 else None  # of two, nobody can say which


def _is_output(block: Block, document: Document) -> bool:
    """Whether a block was printed: below a cell, with the signs of R before each line, or as results of Org."""
    if block.kind == "code":
        return block.info.startswith("output") or (not block.info and _TYPED_OUTPUT.fullmatch(block.text) is not None)
    printed = block.kind == "paragraph" and _NUMBERS.fullmatch(block.text) is not None
    return printed and _RESULTS.search(document.original) is not None and _below_code(block, document)


def _below_code(block: Block, document: Document) -> bool:
    at = next((k for k, one in enumerate(document.blocks) if one.span == block.span), 0)
    return at > 0 and document.blocks[at - 1].kind == "code"


_NUMBERS = later(r"[\d\s\[\](),.+:e-]*\d[\d\s\[\](),.+:e-]*")
_RESULTS = later(r"^[ \t]*#\+results\b", re.IGNORECASE | re.MULTILINE, holds=("#+results",))


def _lines(output: Block) -> Iterator[tuple[int, int]]:
    """Where the printed lines stand in the text of a block, without what the program that shows them puts before."""
    at = 0
    for line in output.text.split("\n"):
        prefix = _PREFIX.match(line)
        begin = prefix.end() if prefix is not None else 0
        if line[begin:].strip():
            yield at + begin, at + len(line.rstrip())
        at += len(line) + 1


def _line(output: Block, place: tuple[int, int]) -> Block:
    run = output.runs[0]
    start, stop = (run.span.start + offset for offset in place)
    text = output.text[place[0] : place[1]]
    return Block("code", Span(start, stop), (Run("code", text, Span(start, stop)),), info="output")
