"""All points of a set, `\\{(4 - s, 2, s) : s \\in \\mathbb{R}\\}` as mathematics writes it, told as the point alone."""

from __future__ import annotations

import re

from grader.kinds._points import is_point_of_letters
from grader.model.documents import Block
from grader.model.expressions import Expr, Group, Op

_REAL = r"(?:\\mathbb\s*\{?\s*R\s*\}?|\\R(?:eals)?(?![A-Za-z])|ℝ|R(?![A-Za-z]))"
_LETTERS = r"(?:\\[a-z]+|[a-z])(?:_\{?\d\}?)?(?:\s*,\s*(?:\\[a-z]+|[a-z])(?:_\{?\d\}?)?)*"
_GAP = r"(?:\s|\\[,;:! ]|\\q?quad(?![A-Za-z]))*"
_BUILDER = re.compile(
    rf"(?P<open>(?:\\left\s*)?\\\{{)(?P<point>[^{{}}:|]*(?:\\begin\s*\{{\w+\}}.*?\\end\s*\{{\w+\}}[^{{}}:|]*)*?)"
    rf"(?P<rest>{_GAP}(?::|\\mid(?![A-Za-z])|\\(?:middle|[bB]ig[lrm]?)\s*\||(?<!\\middle)(?<!\\big)(?<!\\Big)(?<!\\bigm)\|){_GAP}{_LETTERS}{_GAP}(?:\\in(?![A-Za-z])|∈){_GAP}{_REAL}"
    rf"{_GAP}(?:\\right\s*)?\\\}})",
    re.DOTALL,
)


def with_points_alone(blocks: tuple[Block, ...]) -> tuple[Block, ...]:
    """The blocks with blanks for the braces of such sets, and for the words that their letters are real numbers.

    Any other condition, s > 0 or a whole s, stays what it is.
    """
    if not any("\\}" in block.text for block in blocks):
        return blocks
    return tuple(
        block._replace(runs=tuple(run._replace(text=_BUILDER.sub(_point_alone, run.text)) for run in block.runs))
        for block in blocks
    )


def _point_alone(found: re.Match[str]) -> str:
    return " " * len(found["open"]) + found["point"] + " " * len(found["rest"])


def is_unknown(left: Expr | None) -> bool:
    """Whether a left side is the vector of the unknowns: `(x, y, z)^T`, a column of x, y, z."""
    inner = left.args[0] if isinstance(left, Op) and left.op == "transpose" else left
    if isinstance(inner, Group) and inner.items and all(_is_single(item) for item in inner.items):
        inner = Group("()", tuple(item.items[0] for item in inner.items if isinstance(item, Group)), inner.place)
    if isinstance(inner, Group) and len(inner.items) == 1:
        inner = inner.items[0]
    return is_point_of_letters(inner)


def _is_single(item: Expr) -> bool:
    return isinstance(item, Group) and len(item.items) == 1
