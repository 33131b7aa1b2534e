"""Positions in an array: one of several right ones, or all of them; counted from 0 unless the rubric says so."""

from __future__ import annotations

import re
from fractions import Fraction

import numpy as np

from grader.kinds._choosing import changed_by, hesitates
from grader.kinds._numbers import read_fraction, value_of
from grader.kinds.array import read_array
from grader.kinds.kind import (
    Example,
    Kind,
    Setup,
    View,
    mistake,
    not_found,
    partial,
    remark,
    review,
    right,
    wrong,
)
from grader.model.expressions import Expr, Group, Index, Name, Num, Relation
from grader.model.patterns import later
from grader.model.records import NamedTuple
from grader.model.results import Finding
from grader.model.rubrics import Mapping, Scalar
from grader.model.vocabulary import Field
from grader.notation.reading import Claim, Reading

Position = tuple[int, ...]

_SWAP_SAID = later(
    r"\((x|col\w*|horizontal), ?(y|row\w*|vertical)\)|\bx,? ?y\b|column(s)? first|col(umn)?,? ?row"
    r"|\(j, ?i\)|width first"
)
_TURNS = later(r"\b(but|first|instead|previously|had|before)\b")
_SWAPPED_PAIR = later(r"\((x|col\w*|horizontal), ?(y|row\w*|vertical)\)|\bx ?= ?\d+\W+(and )?y ?= ?\d")
_ONE_SAID = later(r"\b(1|one)[- ](based|indexed)|(count|index|start)\w* (from|at) (1|one)\b|from (1|one)\b")


_ROW = later(r"(\b(rows?|zeilen?|lignes?|filas?|renglón)|行)( index| number| no\.?| nr\.?)?[ :=]*$")
_COLUMN = later(r"(\b(col(umn)?s?|spalten?|colonnes?|columnas?)|列)( index| number| no\.?| nr\.?)?[ :=]*$")


class Expected(NamedTuple):
    """The right positions, counted from 0; `shape` is that of the array if known."""

    positions: frozenset[Position]
    rank: int
    all: bool
    from_one: Fraction
    swapped: Fraction
    shape: tuple[int, ...]


def prepare(fields: Mapping, setup: Setup) -> Expected | None:
    """Computes the positions. Records a fault if there are none."""
    node = fields.get("positions")
    values = None if node is None else read_array(node, setup)
    if values is None or node is None:
        return None
    if values.ndim == 1:
        values = values[None, :]
    if values.ndim != 2 or values.size == 0:
        setup.fault(node.place, "there is no such position")
        return None
    base = fields.get("base")
    start = int(base.text) if isinstance(base, Scalar) else 0
    found = frozenset(tuple(int(k) - start for k in row) for row in values)
    need = fields.get("need")
    return Expected(
        found,
        values.shape[1],
        isinstance(need, Scalar) and need.text == "all",
        _credit(fields, "from one", Fraction(1, 2), setup),
        _credit(fields, "swapped", Fraction(2, 5), setup),
        _shape(fields, setup),
    )


def _credit(fields: Mapping, name: str, default: Fraction, setup: Setup) -> Fraction:
    credit = read_fraction(fields.get(name), setup)
    return default if credit is None else min(credit, Fraction(1))


def _shape(fields: Mapping, setup: Setup) -> tuple[int, ...]:
    node = fields.get("of")
    if not isinstance(node, Scalar) or node.text not in setup.world:
        return ()
    shape = setup.world.measure(node.text, "shape")
    return () if shape is None else tuple(int(length) for length in shape)


def positions_of(expr: Expr | None, rank: int) -> tuple[Position, ...]:
    """The positions an expression names; none if it names none."""
    if isinstance(expr, Relation):
        found = positions_of(expr.operands[-1], rank)
        return found or tuple(p for operand in expr.operands[:-1] for p in positions_of(operand, rank))
    if isinstance(expr, Index):
        inner = expr.base.indices if isinstance(expr.base, Index) else ()  # Z[0][1]
        indices = (*inner, *expr.indices)
        if len(indices) == 1 and isinstance(indices[0], Num) and indices[0].text.isdecimal():
            return (tuple(map(int, indices[0].text)),) if len(indices[0].text) == rank > 1 else ()  # Z_{13}
        return positions_of(Group("()", indices, expr.place), rank)
    if isinstance(expr, Group):
        values = [value_of(item) for item in expr.items]
        if len(values) == rank and all(isinstance(value, int) for value in values):
            return (tuple(int(value) for value in values),)
        nested = [positions_of(item, rank) for item in expr.items]
        return tuple(p for positions in nested for p in positions) if all(nested) else ()
    return ()


def find(expected: Expected, view: View) -> tuple[Claim, ...]:
    """The claims that name positions."""
    return tuple(dict.fromkeys(claim for claim, _ in _claimed(expected, view, view.reading(grouping=False))))


def _claimed(expected: Expected, view: View, reading: Reading) -> list[tuple[Claim, Position]]:
    claims = view.claims(reading)
    found = [(claim, p) for claim in claims for p in positions_of(claim.expr, expected.rank)]
    passed = [claim for claim, _ in found if _is_passed_by(claim, claims)]
    kept = [(claim, p) for claim, p in found if claim not in passed]
    return kept or found or _spoken(claims, expected.rank)


def _is_passed_by(claim: Claim, claims: tuple[Claim, ...]) -> bool:
    """A place that is named to be turned down: "Z[0,3] is only 3", "not -2 at (3,2)"."""
    number = claims.index(claim)
    before = claims[number - 1] if number else None
    behind = claims[number + 1].before if number + 1 < len(claims) else ""
    denied = before is not None and before.sentence == claim.sentence and re.search(r"\bnot\s*$", before.before)
    if denied and re.fullmatch(r"\s*at\s*", claim.before):
        return True
    return isinstance(claim.expr, Index) and re.match(r"\s*is (only|just)\b", behind) is not None


def _spoken(claims: tuple[Claim, ...], rank: int) -> list[tuple[Claim, Position]]:
    """`i = 1, j = 3`, or "row 1, column 3": one coordinate a claim."""
    behind = [*(claim.before for claim in claims[1:]), ""]
    pairs = zip(claims, behind, strict=False)
    coordinates = [(claim, *found) for claim, words in pairs if (found := _coordinate(claim, words)) is not None]
    if len(coordinates) == rank + 1 == 3 and (more := _more_of_axis(coordinates, claims)):
        return more
    if len(coordinates) % rank or not coordinates:
        return []
    groups = [coordinates[k : k + rank] for k in range(0, len(coordinates), rank)]
    if any(len({axis for _, axis, _ in group}) < rank for group in groups):
        return []  # "column 0 of rows 1, 2 and 3": not one coordinate after the other
    positions: list[tuple[Claim, Position]] = []
    for group in groups:
        reversed_ = [axis for _, axis, _ in group] in (["column", "row"], ["j", "i"])  # says which is which
        ordered = group[::-1] if reversed_ else group
        positions.append((group[0][0], tuple(value for _, _, value in ordered)))
    return positions


def _more_of_axis(coordinates: list[tuple[Claim, str, int]], claims: tuple[Claim, ...]) -> list[tuple[Claim, Position]]:
    """ "row 1 column 3 (also rows 2 and 3)": more places of one axis, the other one as before."""
    (one, first, row), (_, second, column), (also, third, _) = coordinates
    places = claims[claims.index(also) :]
    values = [value_of(claim.expr) for claim in places]
    plain = all(re.fullmatch(r"and|,|, and", claim.before.strip()) for claim in places[1:])
    if (first, second) != ("row", "column") or not also.aside or not plain:
        return []
    if not re.search(r"\b(also|and|as well as)\b", also.before):
        return []
    listed = [(v, column) if third == "row" else (row, v) for v in values if isinstance(v, int)]
    if len(listed) < len(values):
        return []
    return [(one, (row, column)), *((claim, place) for claim, place in zip(places, listed, strict=True))]


_VALUES = frozenset(["max", "min", "val"])  # "max = 6, at i = 1, j = 3"


def _coordinate(claim: Claim, behind: str) -> tuple[str, int] | None:
    """The axis that a claim names, or the word behind it, and its index there."""
    expr = claim.expr
    if isinstance(expr, Relation) and isinstance(expr.operands[0], Name) and expr.ops == ("=",):
        value = value_of(expr.operands[1])
        name = expr.operands[0].name
        return (name, value) if isinstance(value, int) and len(name) <= 3 and name not in _VALUES else None
    value = value_of(expr)
    if not isinstance(value, int) or value < 0:  # "rows 1-3" is no difference
        return None
    if claim.before.endswith("第"):  # 第1行，第3列: behind the last number, the other of the two
        return "column" if behind.startswith("列") or (not behind and "行" in claim.before) else "row", value
    if _ROW.search(claim.before):
        return "row", value
    return ("column", value) if _COLUMN.search(claim.before) else None


_X_FIRST = later(r"\(\s*x\s*,\s*y\s*\)")
_ZERO_SAID = later(
    r"(count\w*|start\w*|begin\w*|index\w*|number\w*)( \w+){0,2} (from|at|with) (0|zero)\b"
    r"|\b(0|zero).?(based|indexed)\b"
)


def judge(expected: Expected, view: View) -> Finding:
    """Compares the claimed positions with the right ones."""
    reading = view.reading(grouping=False)
    claimed = _claimed(expected, view, reading)
    if not claimed:
        return not_found(view, "a position")
    claims = tuple(dict.fromkeys(claim for claim, _ in claimed))
    given = tuple(dict.fromkeys(position for _, position in claimed))
    read_as = ", ".join(str(position) for position in given)
    denied = any(changed_by(claim, reading) for claim in claims)  # "(0,0), not (1,3)"
    hits = [position for position in given if position in expected.positions]
    told_twice = hits and len(hits) < len(given) and not hesitates(claims, reading)
    if told_twice and _ZERO_SAID.search(view.answer.text.casefold()):
        told = {tuple(k + 1 for k in position) for position in hits}  # Z[2, 4], counted from 0 (1, 3)
        given = tuple(position for position in given if position in hits or position not in told)
    turned = len(hits) < len(given) and _TURNS.search(reading.words)  # "first I had (1, 3), but it is at (1, 0)"
    if denied or turned or (len(hits) < len(given) and hesitates(claims, reading)):
        return review(claims, read_as, remark("several-answers"))
    words = reading.words
    from_one = _ONE_SAID.search(view.answer.text.casefold())  # with its numbers: "counting from 1"
    if from_one:
        moved = tuple(tuple(k - 1 for k in position) for position in given)
        if set(moved) <= expected.positions:
            return partial(max(expected.from_one, Fraction(1, 2)), claims, read_as, mistake("counts-from-one"))
    if hits and _SWAPPED_PAIR.search(view.answer.text.casefold()) and any(p[::-1] not in hits for p in hits):
        return review(claims, read_as, remark("order-unclear"))
    if hits and from_one:  # (1, 3), counted from 1, is (0, 2): which of the two is meant?
        return review(claims, read_as, remark("counting-unclear"))
    if len(hits) == len(given):
        missing = len(expected.positions) - len(hits)
        if expected.all and missing:
            credit = Fraction(len(hits), len(expected.positions))
            return partial(credit, claims, read_as, mistake("positions-missing", count=missing))
        return right(claims, read_as, value=np.array(given))
    if hits and len(given) > 3:
        return review(claims, read_as, remark("several-answers"))
    if hits:
        return partial(
            Fraction(1, 2), claims, read_as, mistake("some-positions-wrong", wrong=_outside_text(given, hits))
        )
    return _explain_miss(expected, claims, given, read_as, words, view.answer.text.casefold())


def _explain_miss(
    expected: Expected, claims: tuple[Claim, ...], given: tuple[Position, ...], read_as: str, words: str, view_text: str
) -> Finding:
    """No position is right: counted from 1, exchanged, outside the array, or just another place."""
    swapped = {position[::-1] for position in given}
    if swapped <= expected.positions and expected.rank > 1:
        if _SWAP_SAID.search(words) or _X_FIRST.search(view_text):
            return partial(max(expected.swapped, Fraction(4, 5)), claims, read_as, remark("transposed-but-said"))
        return partial(expected.swapped, claims, read_as, mistake("transposed"))
    if {tuple(k - 1 for k in position) for position in given} <= expected.positions:
        return partial(expected.from_one, claims, read_as, mistake("counts-from-one"))
    if expected.shape and any(not _inside(position, expected.shape) for position in given):
        return wrong(claims, read_as, mistake("outside-the-array"))
    if len(given) > 8:
        return review(claims, read_as, remark("several-answers"))
    return wrong(claims, read_as, remark("position-differs"))


def _inside(position: Position, shape: tuple[int, ...]) -> bool:
    return all(0 <= k < length for k, length in zip(position, shape, strict=True))


def _outside_text(given: tuple[Position, ...], hits: list[Position]) -> str:
    return ", ".join(str(position) for position in given if position not in hits)


def _describe(expected: Expected) -> str:
    listed = ", ".join(str(position) for position in sorted(expected.positions))
    return listed if expected.all or len(expected.positions) == 1 else f"any of {listed}"


def _model_answer(expected: Expected) -> str:
    listed = sorted(expected.positions)
    return ", ".join(str(position) for position in (listed if expected.all else listed[:1]))


KIND = Kind(
    name="positions",
    doc="positions in an array, any of the right ones",
    fields=(
        Field("positions", "expression", "the right positions, such as where(Z == max(Z))", required=True),
        Field("need", "text", "`any` (the default) or `all` of them", options=("any", "all")),
        Field("base", "text", "what the rubric's own positions count from", options=("0", "1")),
        Field("of", "text", "the array's name, to tell positions outside it"),
        Field("from one", "number", "credit for a position counted from 1"),
        Field("swapped", "number", "credit for a position with its axes exchanged"),
    ),
    prepare=prepare,
    judge=judge,
    describe=_describe,
    find=find,
    model_answer=_model_answer,
    reads={"grouping": False},
    in_words=r"\b(rows?|col(umn)?s?|corner|middle|centre|center|left|right|top|bottom|edge|border|everywhere|nowhere)\b",
    examples=(
        Example("positions: [[1, 3], [2, 3]]", "the position is (1,3), (2,3)", "right"),
        Example("positions: [[1, 3], [2, 3]]", "at $i=1$, $j=3$", "right"),
        Example("positions: [[1, 3], [2, 3]]", "row 2, column 3", "right"),
        Example("positions: [[1, 3], [2, 3]]", "$Z[2,3] = 6$", "right"),
        Example("positions: [[1, 3], [2, 3]]", "(2,4)", "partial"),
        Example("positions: [[1, 3], [2, 3]]", "(0,0)", "wrong"),
        Example("positions: [[1, 3], [2, 3]]", "in the corner", "review"),
    ),
)
