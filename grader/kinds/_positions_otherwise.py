"""Positions that words name otherwise than brackets do: "(1,3), i.e. in column 1 and row 3"."""

from __future__ import annotations

from collections.abc import Container

from grader.kinds._positions_said import Position
from grader.kinds.kind import View
from grader.model.expressions import Expr, Index, Name, Relation, base_name
from grader.model.patterns import later


def told_otherwise(text: str, given: tuple[Position, ...]) -> bool:
    """Whether words name another row and column, counted from 0 or 1: "(1,3), i.e. in column 1 and row 3"."""
    said = [
        (int(found["r"] or found["r2"]), int(found["c"] or found["c2"])) for found in _ROW_AND_COLUMN.finditer(text)
    ]
    known = {*given, *(tuple(k + 1 for k in position) for position in given)}
    return bool(said) and all(place not in known for place in said)


_SIDE = later(
    r"[\s$)\],:]*(?:(?:which|that) is |i\.e\.?,? ?|so |all |both |and )*(?:in |on |at )?(?:the )?(?:very )?"
    r"(?P<side>left|leftmost|first|right|rightmost|last|top|upper|uppermost|bottom|lower|lowest)(?:[- ]most)? "
    r"(?P<line>column|col|row)\b(?! (?:of (?:the )?(?:window|kernel|filter|w\b|x\b|image|patch)|is|has|have|=))"
)
_BEGINS, _ENDS = ("left", "leftmost", "top", "upper", "uppermost"), ("right", "rightmost", "bottom", "lower", "lowest")
_ELSEWHERE = later(
    r"\A[\s$)\]]*(?:of|in|on) (?:the )?(?:(?P<array>\$?[a-z]\$?)(?![\w'])"
    r"|kernel\b|filter\b|(?:padded )?input\b|transposed?\b)"
)


def _other_side(behind: str, given: tuple[Position, ...], shape: tuple[int, ...]) -> str:
    """The words that call a row or a column by a side on which none of the positions lies."""
    found = _SIDE.match(behind) if len(shape) == 2 else None
    while found is not None:
        axis = 0 if found["line"] == "row" else 1
        begins = found["side"] in (*_BEGINS, "first")
        slip = found["side"] in _BEGINS + _ENDS and (axis == 1) != (found["side"] in _OF_COLUMNS)  # the left row
        if not slip and all(position[axis] != (0 if begins else shape[axis] - 1) for position in given):
            return found[0].strip(" $)],:")
        behind = behind[found.end() :]
        found = _SIDE.match(behind)
    return ""


_OF_COLUMNS = ("left", "leftmost", "right", "rightmost")


def _in_another(behind: str, own: str) -> str:
    """The words directly behind a position that give it to another array: "(1,3) of X", "(1,3) in the kernel"."""
    found = _ELSEWHERE.match(behind)
    return "" if found is None or (found["array"] or "").strip("$") == own.casefold() else found[0].strip(" $)]")


def elsewhere(view: View, at: int, given: tuple[Position, ...], shape: tuple[int, ...], own: str) -> str:
    """The words behind a place of an answer that put the positions there on another side or in another array; "" for
    none."""
    end = max((block.span.stop for block in view.answer.blocks), default=0)
    behind = view.answer.document.text[view.base + at : view.base + min(end, at + _NEAR)].casefold()
    behind = behind.partition("\n\n")[0]
    return _other_side(behind, given, shape) or (_in_another(behind, own) if own else "")


_NEAR = 80  # characters
_AXIS_NUMBER = r"\W{0,3}(?:no\.? |nr\.? |number |index )?\$?(?P<%s>\d+)\b"
_ROW_AND_COLUMN = later(
    rf"\brow{_AXIS_NUMBER % 'r'}\W+(?:and |in |the )*col(?:umn)?{_AXIS_NUMBER % 'c'}"
    rf"|\bcol(?:umn)?{_AXIS_NUMBER % 'c2'}\W+(?:and |in |the )*row{_AXIS_NUMBER % 'r2'}",
    holds=("row",),
)


def array_named(expr: Expr | None, arrays: Container[str]) -> str:
    """Which of some arrays an expression takes an element of, `X[1,3]`, `x_{13} = 6`; "" for none."""
    first = expr.operands[0] if isinstance(expr, Relation) else expr
    if isinstance(first, Index):
        return base_name(first) if base_name(first) in arrays else ""
    letter = first.name[0] if isinstance(first, Name) and first.name[-1:].isdecimal() else ""
    return next((name for name in (letter, letter.upper()) if name and name in arrays), "")
