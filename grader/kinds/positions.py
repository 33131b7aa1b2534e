"""Positions in an array: one of several right ones, or all of them; counted from 0 unless the rubric says so."""

from __future__ import annotations

from collections.abc import Iterable
from fractions import Fraction
from itertools import pairwise
from typing import Any

import numpy as np

from grader.kinds._arrays import read_array
from grader.kinds._choosing import changed_by, hesitates
from grader.kinds._index_said import said_indices, without_entries
from grader.kinds._numbers import read_fraction, value_of
from grader.kinds._positions_otherwise import array_named, elsewhere, told_otherwise
from grader.kinds._positions_said import Position, claimed_positions, lone_index, positions_of
from grader.kinds.kind import Example, Kind, Setup, View, mistake, not_found, partial, remark, review, right, wrong
from grader.model.expressions import Index, Num, Op, Relation, names_in
from grader.model.patterns import later
from grader.model.records import NamedTuple
from grader.model.results import Finding
from grader.model.rubrics import Mapping, Scalar
from grader.model.vocabulary import Field
from grader.notation.printing import show
from grader.notation.reading import Claim, Reading

_SWAP_SAID = later(
    r"\((x|col\w*|horizontal), ?(y|row\w*|vertical)\)|\bx,? ?y\b|column(s)? first|col(umn)?,? ?row"
    r"|\(j, ?i\)|width first"
)
_TURNS = later(r"\b(but|(?<!column )(?<!row )(?<!give the )first|instead|previously|had|before)\b")
_SWAPPED_PAIR = later(
    r"\((x|col\w*|horizontal), ?(y|row\w*|vertical)\)|\bx ?= ?\d+\W+(and )?y ?= ?\d",
    holds=("(x,", "(col", "(horizontal,", "x=", "x ="),
)
_NAMED_TURNED = later(
    r"\bi (is|=|being|for|denotes) (the )?col|\bj (is|=|being|for|denotes) (the )?row|the \d (is|being) the (col|x)\b"
    r"|\bcol\w*,? (and )?(then|before|first,? then) (the )?rows?\b"
    r"|\bthe first (one |number |index |entry )?(is|being) the (col|x\b)",
    holds=("col", "row", "is the", "being the"),
)
_ONE_SAID = later(
    r"\b(1|one)[- ](based|indexed)|(count|index|start)\w* (from|at) (1|one)\b|from (1|one)\b"
    r"|\bfirst (row|col\w*|line|one|index|place|entry) (is|=|has) ?(the )?(row |col\w* |number |index )*(1|one)\b",
    holds=("based", "count", "index", "start", "from ", "first "),
)


class Expected(NamedTuple):
    """The right positions, counted from 0; `shape` is that of the array if known."""

    positions: frozenset[Position]
    rank: int
    all: bool
    from_one: Fraction
    swapped: Fraction
    shape: tuple[int, ...]
    values: tuple[tuple[Position, Any], ...] = ()  # of the array at the right positions, if it is known
    array: str = ""  # its name


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
        _values(fields, setup, found),
        of.text if isinstance(of := fields.get("of"), Scalar) else "",
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


def _values(fields: Mapping, setup: Setup, positions: frozenset[Position]) -> tuple[tuple[Position, Any], ...]:
    node = fields.get("of")
    if not isinstance(node, Scalar) or node.text not in setup.world:
        return ()
    array = np.asarray(setup.world[node.text])
    inside = (place for place in sorted(positions) if len(place) == array.ndim and _inside(place, array.shape))
    return tuple((place, array[place].item()) for place in inside)


def find(expected: Expected, view: View) -> tuple[Claim, ...]:
    """The claims that name positions."""
    claims = view.claims(view.reading(grouping=False))
    return tuple(dict.fromkeys(claim for claim, _ in claimed_positions(claims, expected.rank)))


_PAIR_TURNED = later(r"\(\s*(?:x|col\w*)\s*,\s*(?:y|rows?)\s*\)")
_ZERO_SAID = later(
    r"(count\w*|start\w*|begin\w*|index\w*|number\w*)( \w+){0,2} (from|at|with) (0|zero)\b"
    r"|\b(0|zero).?(based|indexed)\b",
    holds=("count", "start", "begin", "index", "number", "based"),
)
_CONVERTED = later(r"\bconvert(ed|s)?\b(?! from)|\bon (my )?paper\b", holds=("convert", "paper"))


def judge(expected: Expected, view: View) -> Finding:
    """Compares the claimed positions with the right ones."""
    reading = view.reading(grouping=False)
    claimed = _claimed(expected, view.claims(reading), reading)
    if not claimed:
        return not_found(view, "a position")
    claims = tuple(dict.fromkeys(claim for claim, _ in claimed))
    given = tuple(dict.fromkeys(position for _, position in claimed))
    read_as = _text(given)
    hits = [position for position in given if position in expected.positions]
    given = given if hesitates(claims, reading) else _told_once(given, hits, view.answer.text.casefold())
    other = _other_value(expected, claims) or _value_beside(expected, claims, reading)
    if (other := other or (_of_another_array(expected, claims, view) if hits else None)) is not None:
        return review((other,), read_as, remark("other-value-there", said=show(other.expr)))
    if _is_taken_back(claims, reading, all_right=len(hits) == len(given)):
        return review(claims, read_as, remark("several-answers"))
    words = reading.words
    from_one = _ONE_SAID.search(view.answer.text.casefold())  # with its numbers: "counting from 1"
    if from_one:
        moved = tuple(tuple(k - 1 for k in position) for position in given)
        if set(moved) <= expected.positions:
            return partial(max(expected.from_one, Fraction(1, 2)), claims, read_as, mistake("counts-from-one"))
    text = view.answer.text.casefold()
    turned = bool(_SWAPPED_PAIR.search(text) or _NAMED_TURNED.search(text)) or told_otherwise(text, given)
    if hits and turned and any(p[::-1] not in hits for p in hits):
        return review(claims, read_as, remark("order-unclear"))
    if hits and from_one:  # (1, 3), counted from 1, is (0, 2): which of the two is meant?
        return review(claims, read_as, remark("counting-unclear"))
    if len(hits) == len(given):
        return _all_right(expected, view, claims, given, read_as)
    if hits and (len(given) > 3 or expected.rank == len(expected.positions) == 1):
        return review(claims, read_as, remark("several-answers"))
    if hits:
        reason = mistake("some-positions-wrong", wrong=_outside_text(given, hits))
        return partial(Fraction(1, 2), claims, read_as, reason)
    return _explain_miss(expected, claims, given, read_as, words, view.answer.text.casefold())


def _claimed(expected: Expected, claims: tuple[Claim, ...], reading: Reading) -> list[tuple[Claim, Position]]:
    """The positions that an answer names; of a list the indices."""
    if expected.rank > 1:
        return claimed_positions(claims, expected.rank)
    told = without_entries(claims, expected.array)
    return said_indices(told, expected.array) or claimed_positions(told, 1) or lone_index(reading)


def _all_right(
    expected: Expected, view: View, claims: tuple[Claim, ...], given: tuple[Position, ...], read_as: str
) -> Finding:
    if words := elsewhere(view, claims[-1].place[1], given, expected.shape, expected.array):
        return review(claims, read_as, remark("changed-by-words", words=words))
    missing = len(expected.positions) - len(given)
    if expected.all and missing:
        credit = Fraction(len(given), len(expected.positions))
        return partial(credit, claims, read_as, mistake("positions-missing", count=missing))
    return right(claims, read_as, value=np.array(given))


def _of_another_array(expected: Expected, claims: tuple[Claim, ...], view: View) -> Claim | None:
    """A right position of an array that is not asked for: X[1,3], where it is one of Z."""
    others = {name for name, rank in view.names.items() if rank} - {expected.array}
    known = claims if expected.array in view.names else ()
    return next((claim for claim in known if array_named(claim.expr, others)), None)


def _told_once(given: tuple[Position, ...], hits: list[Position], text: str) -> tuple[Position, ...]:
    """The positions without those that only tell a right one again: Z[2, 4], "counted from 0" (1, 3)."""
    first = _CONVERTED.search(text) is not None and given[-1:] == tuple(hits[-1:])  # (2, 4) on paper, converted (1, 3)
    told = {tuple(k + 1 for k in position) for position in hits} if first or _ZERO_SAID.search(text) else set()
    return tuple(position for position in given if position in hits or position not in told)


def _is_taken_back(claims: tuple[Claim, ...], reading: Reading, all_right: bool) -> bool:
    """Whether words leave it open which of the positions counts: "(0,0), not (1,3)", "first I had (1,3), but ..."."""
    if any(changed_by(claim, reading) for claim in claims) or _DENIES.search(reading.words):
        return True
    return not all_right and (_TURNS.search(reading.words) is not None or hesitates(claims, reading))


_DENIES = later(
    r"不是|并非|不在"
    r"|\b(nowhere(?! else)|no (position|place|pixel|entry|index|element)s?\b(?! (else|more|left|with"
    r"|(is|are|has|can|could|reach\w*|exceed\w*) [^.]{0,12}"
    r"(above|below|larger|bigger|greater|higher|more|smaller|lower|less)))|never)\b",
    holds=("不是", "并非", "不在", "nowhere", "position", "place", "pixel", "entry", "index", "element", "never"),
)


def _other_value(expected: Expected, claims: tuple[Claim, ...]) -> Claim | None:
    """The first claim that gives a right position a value that the array does not have there: Z[1,3] = 5."""
    known = dict(expected.values)
    for claim in claims:
        expr = claim.expr
        if not isinstance(expr, Relation) or not isinstance(expr.operands[0], Index):
            continue
        places = positions_of(expr.operands[0], expected.rank)
        said = [value_of(operand) for operand in expr.operands[1:]]
        if places and set(expr.ops) - {"=", "~"}:
            return claim
        if any(
            value is not None and place in known and not _is_near(value, known[place])
            for place in places
            for value in said
        ):
            return claim
    return None


def _value_beside(expected: Expected, claims: tuple[Claim, ...], reading: Reading) -> Claim | None:
    """A number said to stand at a right position that does not: "(1,1): -1", "(1,1) has the value 3"."""
    known = dict(expected.values)
    for place, said in pairwise(reading.claims if known else ()):
        value = value_of(said.expr) if place in claims and _HAS.fullmatch(said.before) else None
        for position in positions_of(place.expr, expected.rank) if value is not None else ():
            if position in known and not _is_near(value, known[position]):
                return said
    truths = {known[position] for claim in claims for position in positions_of(claim.expr, expected.rank)
              if position in known}  # fmt: skip
    if len(truths) != 1 or not known:
        return None
    truth = truths.pop()
    for said in reading.claims:
        value = _told(said) if said not in claims else None
        if value is not None and not _is_near(value, truth):
            return said
    return None


def _told(claim: Claim) -> Any:
    """The number that a claim says is the value: "gives 3", `3 - 3 + 3 - 2 = 1`, but not `X[1,1] = 3`."""
    expr = claim.expr
    if isinstance(expr, Relation):
        numbers = set(expr.ops) == {"="} and not any(names_in(side) for side in expr.operands if side is not None)
        return value_of(expr.operands[-1]) if numbers and isinstance(expr.operands[0], Op) else None
    return value_of(expr) if _VALUE_IS.search(claim.before) else None


_VALUE_IS = later(r"\b(gives?|values?|becomes|z is)( (is|of|=|:))*\s*$")
_HAS = later(r"\s*(:|(is|has|with)( the)?( value)?( of)?)\s*")


def _is_near(value: Any, truth: Any) -> bool:
    """Whether a number may be the truth, rounded as people round."""
    return bool(np.isclose(complex(value), complex(truth), rtol=0.02, atol=0.005))


def _explain_miss(
    expected: Expected, claims: tuple[Claim, ...], given: tuple[Position, ...], read_as: str, words: str, view_text: str
) -> Finding:
    """No position is right: counted from 1, exchanged, outside the array, or just another place."""
    swapped = {position[::-1] for position in given}
    if swapped <= expected.positions and expected.rank > 1:
        coordinates = all(isinstance(claim.expr, Num) for claim in claims)  # "column 1, row 2" is in no order
        if not coordinates and (_SWAP_SAID.search(words) or _PAIR_TURNED.search(view_text)):
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


def _text(positions: Iterable[tuple[int, ...]]) -> str:
    return ", ".join([str(position).replace(",)", ")") for position in positions])


def _outside_text(given: tuple[Position, ...], hits: list[Position]) -> str:
    return _text(position for position in given if position not in hits)


def _describe(expected: Expected) -> str:
    listed = _text(sorted(expected.positions))
    return listed if expected.all or len(expected.positions) == 1 else f"any of {listed}"


def _model_answer(expected: Expected) -> str:
    listed = sorted(expected.positions)
    if expected.rank == 1:  # "(3,)" is how a program prints it
        return ", ".join(f"n = {place[0]}" for place in (listed if expected.all else listed[:1]))
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
    in_words=r"\b(first|second|third|fourth|last|rows?|col(umn)?s?|corner|middle|centre|center|left|right|top|bottom|edge|border|"
    r"everywhere|nowhere)\b",
    calculates=True,
    examples=(
        Example("positions: [[1, 3], [2, 3]]", "the position is (1,3), (2,3)", "right"),
        Example("positions: [[1, 3], [2, 3]]", "at $i=1$, $j=3$", "right"),
        Example("positions: [[1, 3], [2, 3]]", "row 2, column 3", "right"),
        Example("positions: [[1, 3], [2, 3]]", "$Z[2,3] = 6$", "right"),
        Example("positions: [3]", "$n = 3$", "right"),
        Example("positions: [3]", "(3)", "right"),
        Example("positions: [3]", "index 2", "wrong"),
        Example("positions: [3]", "3 is the largest", "review"),
        Example("{positions: [[3], [5]], need: all}", "$n = 3$ and $n = 4$", "partial"),
        Example("positions: [[1, 3], [2, 3]]", "(2,4)", "partial"),
        Example("positions: [[1, 3], [2, 3]]", "(0,0)", "wrong"),
        Example("positions: [[1, 3], [2, 3]]", "in the corner", "review"),
    ),
)
