"""What an answer counts beside a right list or shape, and what does not fit it: "it has length 5", "30 numbers"."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import combinations
from math import prod

from grader.model.patterns import later

_LENGTH = later(
    r"\b(?:it|this|y|list|result|output|answer|which)\s+(?:\w+\s+)?(?:has|have|is of|of|with)\s+(?:a\s+|the\s+)?"
    r"(?:length|size)\s+(?:of\s+)?(\d{1,9})\b(?!\s*(?:x|×|by|\*))",
    holds=("length", "size"),
)
_COUNT = later(
    r"\b(?:it|this|z|u|y|list|result|output|answer|which|so|that|tensor|array)\s+(?:[zuy]\s+)?(?:is\s+|are\s+)?"
    r"(?:has|have|holds?|contains?|made of|consists of)\s+(\d{1,9})\s+"
    r"(?:numbers?|values|entries|elements|components)\b",
    holds=("number", "values", "entries", "elements", "components"),
)
_SUCH = later(
    r"(?<![·*×x.])(?<![·*×x] )(?<!cdot )(?<!times )\b\d{1,9}\$?\s+(?:such\b|of (?:them|these|those)\b)",
    holds=("such", "of them", "of these", "of those"),
)


def miscounted(lengths: Sequence[int], text: str) -> str:
    """The words that count something else than an array of these lengths has; "" if there are none."""
    text = text.casefold()
    if len(lengths) == 1 and (said := _LENGTH.search(text)) is not None and int(said[1]) != lengths[0]:
        return said[0]
    said = _COUNT.search(text)
    return said[0] if said is not None and int(said[1]) not in _products(lengths) else ""


def counts_apart(text: str) -> str:
    """Words that count whole arrays beside the lengths of one: "256 x 256 x 3, and we have 1000 such tensors"."""
    said = _SUCH.search(text.casefold())
    return said[0] if said is not None else ""


def _products(lengths: Sequence[int]) -> set[int]:
    """The sizes of the array and of all that lies in it: an image of 256 by 256 has 65536 pixels."""
    few = lengths[:_MOST]
    return {prod(some) for count in range(1, len(few) + 1) for some in combinations(few, count)}


_MOST = 6
