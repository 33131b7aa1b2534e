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
    rf"(?P<open>(?:\\left\s*)?\\?\{{)(?P<point>[^{{}}:|]*(?:\\begin\s*\{{\w+\}}.*?\\end\s*\{{\w+\}}[^{{}}:|]*)*?)"
    rf"(?P<rest>{_GAP}(?::|\\mid(?![A-Za-z])|\\(?:middle|[bB]ig[lrm]?)\s*\||(?<!\\middle)(?<!\\big)(?<!\\Big)(?<!\\bigm)\|){_GAP}{_LETTERS}{_GAP}"
    rf"(?:(?:\\in(?![A-Za-z])|∈|in\b){_GAP}{_REAL}|(?:(?:is|are)\s+)?(?:any\s+|arbitrary\s+|all\s+)?reals?(?:\s+numbers?)?)"
    rf"{_GAP}(?:\\right\s*)?\\?\}})",
    re.DOTALL,
)


def with_points_alone(blocks: tuple[Block, ...]) -> tuple[Block, ...]:
    """The blocks with blanks for the braces of such sets, and for the words that their letters are real numbers.

    Any other condition, s > 0 or a whole s, stays what it is.
    """
    if any("}" in block.text for block in blocks):
        blocks = tuple(
            block._replace(runs=tuple(run._replace(text=_BUILDER.sub(_point_alone, run.text)) for run in block.runs))
            for block in blocks
        )
    return _with_parameters(blocks)


_VECTOR_NAME = r"(?:\\(?:vec|mathbf|boldsymbol|bm)(?![A-Za-z])|[a-z]_?\{?\d|[a-z](?![A-Za-z]))"
_LINE = re.compile(
    rf"(?P<sign>[-+=]{_GAP}){_REAL}(?={_GAP}(?:\\cdot|·|\*)?{_GAP}(?:\\left\s*)?(?:[(\[]|\\begin|{_VECTOR_NAME}))"
)
_SPAN = re.compile(
    rf"(?P<sign>\+{_GAP})(?:(?:\\(?:mathrm|operatorname|text|mathop)\s*\{{\s*|\\)?(?:span|Span|lin)\s*\}}?{_GAP}"
    rf"(?:\\left\s*)?(?:\\?\{{|\(|\\langle)|\\langle(?![A-Za-z])|⟨)(?P<inside>[^$<>|:;\n]*)"
    rf"(?<!\\right)(?:\\right\s*)?(?:(?<!\\)\\?\}}|\)|\\rangle|⟩)(?={_GAP}(?:[.;,]?{_GAP}(?:[$\n]|\Z)))",
)
_SINGLE = re.compile(r"(?<![A-Za-z\\])[a-z](?![A-Za-z])")
_PIECES = re.compile(r"(?P<opens>[(\[]|\\begin)|(?P<closes>[)\]]|\\end)|(?P<comma>,)")


def _with_parameters(blocks: tuple[Block, ...]) -> tuple[Block, ...]:
    """The blocks with a letter for each line: `\\mathbb{R}(1, 2) + \\mathbb{R}(0, 1)`, `+ span{(1, 2), (0, 1)}`."""
    used = {letter for block in blocks for letter in _SINGLE.findall(block.text)}
    letters = iter([letter for letter in "stuvpqrabc" if letter not in used])
    lines = sum(len(_LINE.findall(run.text)) for block in blocks for run in block.runs)

    def renamed(found: re.Match[str]) -> str:
        return found["sign"] + next(letters, "R").ljust(len(found.group()) - len(found["sign"]))

    def summed(found: re.Match[str]) -> str:
        vectors = _vectors_in(found["inside"])
        told = found["sign"] + "+".join(f"{next(letters, 'R')} {vector}" for vector in vectors)
        fits = vectors and len(told) <= len(found.group())
        return told.ljust(len(found.group())) if fits else found.group()

    def spelled(text: str) -> str:
        told = _LINE.sub(renamed, text) if lines > 1 else text  # a single one is a parameter like any other
        told = _SPAN.sub(summed, told)
        return told if told == text else _MEMBER.sub("=  ", told)

    return tuple(
        block._replace(runs=tuple(run._replace(text=spelled(run.text)) for run in block.runs)) for block in blocks
    )


def _vectors_in(inside: str) -> list[str]:
    """The vectors of a list that stand in brackets; none if anything else is among them."""
    depth, begun, found = 0, 0, []
    for piece in _PIECES.finditer(inside):
        depth += bool(piece["opens"]) - bool(piece["closes"])
        if piece["comma"] and not depth:
            found.append(inside[begun : piece.start()].strip())
            begun = piece.end()
    found.append(inside[begun:].strip())
    return found if all(_VECTOR.match(one) for one in found) else []


_MEMBER = re.compile(rf"\\in(?={_GAP}(?:\\left\s*)?(?:[(\[]|\\begin))")
_VECTOR = re.compile(rf"(?:\\left\s*)?(?:[(\[]|\\begin|{_VECTOR_NAME})")


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
