"""What programs printed into a document: in which blocks, below which code, in which lines."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from grader.locate.leftout import is_program
from grader.model.documents import Block
from grader.model.patterns import later
from grader.model.records import NamedTuple


class Line(NamedTuple):
    """A printed line: its block, and where it stands in the text of that, without what R or knitr puts before it.

    `whole` says that it is a value of its own, and no row of an array that goes on in the next line.
    """

    block: int
    start: int
    stop: int
    whole: bool


class Output(NamedTuple):
    """What one piece of code printed, as numbers of blocks; `code` is that of the code, -1 where nobody knows."""

    code: int
    blocks: tuple[int, ...]


_MARGIN = later(r"[ \t]*(?:(?:##|#>|:)[ \t]*)?(?:\[1\][ \t]+)?")  # of knitr, of Org, and of R
_MARGINS = later(r"(?:[ \t]*(?:##|#>|:(?=[ \t]))[^\n]*(?:\n|\Z))+")
_ROWS = re.compile(r"\[(?:\d+)?,(?:\d+)?\]|\[\d+\][ \t]")  # of a matrix in R, or of a vector that goes on
_SAID = later(r"\W*(?:the )?(?:outputs?|results?|prints?|ausgabe|ergebnis|sortie)\W*", re.I)


def outputs_of(blocks: Sequence[Block]) -> list[Output]:
    """All that was printed, in order."""
    found: list[Output] = []
    for number, block in enumerate(blocks):
        code = _code_above(blocks, number)
        if not _is_printed(block, code >= 0):
            continue
        below = found[-1].blocks[-1] if found else -1
        if below == number - 1 >= 0 and block.info and blocks[below].info:  # of one cell; each fence is one by itself
            found[-1] = found[-1]._replace(blocks=(*found[-1].blocks, number))
        else:
            found.append(Output(code, (number,)))
    return found


def _is_printed(block: Block, below_code: bool) -> bool:
    """Whether a block was printed: below a cell, with a margin before each line, or in a fence right below code."""
    if block.kind != "code":
        return False
    return block.info.startswith("output") or (
        not block.info and (below_code or _MARGINS.fullmatch(block.text) is not None)
    )


def _code_above(blocks: Sequence[Block], number: int) -> int:
    """The code that a block stands right below; "Output:" may stand between. -1 if it stands below words."""
    at = number - 1
    while at >= 0 and (_is_below(blocks[at]) or _SAID.fullmatch(blocks[at].text)):
        at -= 1
    return at if at >= 0 and is_program(blocks[at]) else -1


def _is_below(block: Block) -> bool:
    return block.kind == "code" and (block.info.startswith("output") or not block.info)


def lines_of(blocks: Sequence[Block], output: Output) -> list[Line]:
    """The printed lines that are not blank."""
    return [line for number in output.blocks for line in _lines(number, blocks[number].text)]


def _lines(number: int, text: str) -> Iterator[Line]:
    at = depth = 0
    for line in text.split("\n"):
        margin = _MARGIN.match(line)
        begin = margin.end() if margin is not None else 0
        said = line[begin:]
        after = depth + sum(map(said.count, "[(")) - sum(map(said.count, "])"))
        if said.strip():
            whole = depth == after == 0 and not _ROWS.match(said.lstrip())
            yield Line(number, at + begin, at + len(line.rstrip()), whole)
        depth = after
        at += len(line) + 1
