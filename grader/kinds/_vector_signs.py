"""Spellings of one vector that change nothing of it: `\\frac1{\\sqrt5}\\,[2, 1]^T`, and either sign of it."""

from __future__ import annotations

import re

from grader.model.documents import Block

_GAP = r"(?:\s|\\[,;:! ])*"
_LISTED = re.compile(
    rf"(?P<factor>\\[dt]?frac(?:\{{[^{{}}]*\}}|\d)\{{?\\sqrt\s*\{{?\d+\}}?\}}?{_GAP})"
    rf"\[(?P<inside>[^\[\]()=$]*,[^\[\]()=$]*)\]"
)
_EITHER = re.compile(
    rf"(?P<before>(?:\A|=|\$){_GAP})(?:\\pm(?![A-Za-z])|±)(?={_GAP}(?:\\[dt]?frac|\\left|\(|\[|\\begin))"
)


def with_round_brackets(blocks: tuple[Block, ...], either: bool) -> tuple[Block, ...]:
    """The blocks with round brackets behind a factor; with `either` also without a ± before the whole vector."""

    def spelled(text: str) -> str:
        text = _LISTED.sub(r"\g<factor>(\g<inside>)", text)
        return _EITHER.sub(lambda hit: hit["before"].ljust(len(hit[0])), text) if either else text

    return tuple(
        block._replace(runs=tuple(run._replace(text=spelled(run.text)) for run in block.runs)) for block in blocks
    )
