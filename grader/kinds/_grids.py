"""Rows of bare numbers in an answer: the array that was worked out, of which the words below say what is asked."""

from __future__ import annotations

import re
from collections.abc import Iterator

from grader.kinds.kind import View
from grader.model.patterns import later
from grader.notation.reading import Claim

_ROW = later(r"[\s|\[\](){},;&\\]*[-+−]?\d[\d.]*(?:[\s|,;&\[\]]+[-+−]?\d[\d.]*)+[\s|\[\](){},;&.\\]*")
_NUMBER = re.compile(r"[-+−]?\d[\d.]*")


def worked_grid(view: View, claims: tuple[Claim, ...]) -> frozenset[tuple[int, int]]:
    """The places of claims in lines of as many numbers each, if other claims follow below all of these lines.

    "| -3 | 0 | / | -6 | 1 | / so the largest is 1" says what is asked below the array. Of an array without anything
    below it nobody knows that.
    """
    inside = in_grids(view, claims)
    below = inside and any(claim.place > max(inside) and claim.expr is not None for claim in claims)
    return inside if below else frozenset()


def in_grids(view: View, claims: tuple[Claim, ...]) -> frozenset[tuple[int, int]]:
    """The places of claims that are entries of an array written line by line."""
    blocks = view.answer.blocks
    if len(claims) < _FEWEST or not blocks:
        return frozenset()
    start, stop = view.base + blocks[0].span.start, view.base + blocks[-1].span.stop
    stretches = [(low - view.base, high - view.base) for low, high in _grids(view.answer.document.text, start, stop)]
    return frozenset(claim.place for claim in claims if any(low <= claim.place[0] < high for low, high in stretches))


_FEWEST = 5  # claims: two lines of two numbers, and what is said below


def _grids(text: str, start: int, stop: int) -> Iterator[tuple[int, int]]:
    """The stretches of two and more lines with as many numbers each, at least two, and nothing else."""
    first, rows, width, at = start, 0, 0, start
    for line in [*text[start:stop].split("\n"), ""]:
        count = len(_NUMBER.findall(line)) if _ROW.fullmatch(line) else 0
        if count != width:
            if rows > 1 and width:
                yield first, at
            first, rows, width = at, 0, count
        rows += 1
        at += len(line) + 1
