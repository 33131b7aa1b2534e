"""What an answer claims as its number: the value as written, its unit, and what stands before it in a chain."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterator, Mapping, Sequence
from itertools import pairwise
from typing import TYPE_CHECKING, Any

from grader.kinds._choosing import TOTAL, Candidate, rank
from grader.kinds._continued import continued, told_in_turn
from grader.kinds._explaining import explaining
from grader.kinds._grids import worked_grid
from grader.kinds._phasors_written import with_unit_last
from grader.kinds._totals import totals_of
from grader.kinds._trailing_tests import without_test
from grader.kinds._units import Evaluate, Quantity, has_unit, in_unit, quantity, without_unit
from grader.kinds.kind import View
from grader.model.expressions import Call, Expr, Name, Num, Place, Reduce, Relation, Unit, names_in, walk
from grader.model.patterns import later
from grader.model.records import NamedTuple
from grader.notation.reading import Claim, Reading, read_answer

if TYPE_CHECKING:
    from grader.kinds._measured import Sheet
    from grader.reference.units import Unit as Measure


class Member(NamedTuple):
    """One member of a chain: its value in the unit of the last one, and its expression without the unit."""

    value: Any
    expr: Expr


class Claimed(NamedTuple):
    """The number of a claim, in the unit in which it stands.

    `measure` is None without a unit; `message` says why a unit cannot be read. `earlier` are the numbers before it in
    a chain, in the same unit; those of another dimension are left out.
    """

    value: Any
    expr: Expr
    earlier: tuple[Member, ...] = ()
    measure: Measure | None = None
    message: str = ""
    unit: str = ""  # the words of the unit, and where they stand
    place: Place = (0, 0)

    @property
    def members(self) -> tuple[Member, ...]:
        """All members of the chain, this one included."""
        return (*self.earlier, Member(self.value, self.expr))


def sheet(view: View, imaginary: bool = False) -> Sheet:
    """The answer with its units taken out of the words."""
    from grader.kinds._measured import sheet_of  # patterns that only answers with units need

    found: Sheet = view.remember(("sheet", imaginary), lambda: sheet_of(view.answer.blocks, imaginary))
    return found


def measured_reading(view: View, imaginary: bool = False, grouping: bool = True) -> Reading:
    """The reading of an answer whose numbers carry their units."""
    names = view.names  # kept alive with the reading: its id is the key

    def read() -> tuple[Reading, Any]:
        page = sheet(view, imaginary)
        reading = read_answer(page.blocks, names, grouping=grouping)
        claims = tuple(_with_units(claim, page, imaginary) for claim in reading.claims)
        return reading._replace(claims=claims), names

    found: tuple[Reading, Any] = view.remember(("measured", id(names), imaginary, grouping), read)
    return found[0]


def _with_units(claim: Claim, page: Sheet, imaginary: bool) -> Claim:
    if claim.expr is None:
        return claim
    from grader.kinds._attached_units import attached

    expr = attached(claim.expr, page.around(*claim.place))
    expr = with_unit_last(expr) if imaginary else expr
    if expr is claim.expr:
        return claim
    stops = [node.place[1] for node in walk(expr) if isinstance(node, Unit)]
    return claim._replace(expr=expr, place=(claim.place[0], max(claim.place[1], *stops, 0)))


def claimed(claim: Claim, evaluate: Evaluate) -> Claimed | None:
    """The number that a claim ends with; None if it is none, or leaves a choice to us: max(1820, 1810)."""
    expr = claim.expr
    members = expr.operands if isinstance(expr, Relation) else (expr,)
    if any(isinstance(part, Call) and part.function in ("max", "min") and len(part.args) > 1 for part in members):
        return None
    if isinstance(expr, Relation) and any(op not in ("=", "~") for op in expr.ops):
        return None
    members = tuple(_largest_of_one(part) for part in members)
    found = [(part, measured) for part in members if part and (measured := quantity(part, evaluate)) is not None]
    if not found:
        return None
    last, own = found[-1]
    own = own._replace(value=_thousands(last, own.value, [part.value for _, part in found[:-1]]))
    units = [node for node in walk(last) if isinstance(node, Unit)] if has_unit(last) else []
    units.sort(key=lambda node: node.place)
    earlier = tuple(_told(found[:-1], own))
    words = units[-1].text if units else ""
    place = (units[0].place[0], units[-1].place[1]) if units else last.place
    return Claimed(own.value, without_unit(last), earlier, own.measure, own.message, words, place)


_DOTTED = later(r"[1-9]\d{0,2}(\.\d{3})+", holds=(".",))


def _thousands(expr: Expr, value: Any, earlier: list[Any]) -> Any:
    """ "9 * 10 * 20 + 20 = 1.820": where the working comes to a thousand times as much, the dot groups digits."""
    if isinstance(expr, Num) and earlier and _DOTTED.fullmatch(expr.text) and earlier[-1] == value * 1000:
        return earlier[-1]
    return value


def _largest_of_one(expr: Expr | None) -> Expr | None:
    """ "max 10", where the word only says what the number is."""
    named = isinstance(expr, Reduce) and expr.op in ("max", "min") and not expr.bounds and not names_in(expr.body)
    return expr.body if named and isinstance(expr, Reduce) else expr


def _told(members: list[tuple[Expr, Quantity]], own: Quantity) -> Iterator[Member]:
    for expr, part in members:
        if part.message and part.measure is None:
            continue  # 1/2 kx^2 = 0.8 J: letters of a formula, of which no unit is made
        value = part.value
        if part.measure is not None and own.measure is not None:
            value = in_unit(value, part.measure, own.measure)
        elif own.measure is not None:
            value = _set_up(value, own)
        if value is not None:
            yield Member(value, without_unit(expr))


def _set_up(value: Any, own: Quantity) -> Any:
    """A number without a unit before a value with one: `1/(2 pi 2200 * 47e-9) = 1.54 kHz` was worked out in Hz."""
    measure = own.measure
    if measure is None or isinstance(value, complex) or measure.logarithmic or measure.offset or not own.value:
        return value
    factor = measure.factor
    told = value / (float(factor) or 1)
    return told if factor != 1 and abs(told - own.value) <= _ROUNDED * abs(own.value) else value


_ROUNDED = 0.006  # what is lost where three figures are written


def candidates_in(view: View, reading: Reading, evaluate: Evaluate) -> list[Candidate]:
    """Every number in an answer; a number written as a word is seldom the answer if another is there."""
    claims = told_in_turn(continued(view.claims(reading)))
    if _ATTAINED.search(reading.words):
        claims = tuple(_as_value(claim) for claim in claims)
    found = [(claim, claimed(claim, evaluate)) for claim in claims if not _is_step(claim)]
    if all(value is None for _, value in found):  # p = 0.03 < 0.05
        claims = tuple(claim._replace(expr=without_test(claim.expr, evaluate)) for claim in claims)
        found = [(claim, claimed(claim, evaluate)) for claim in claims if not _is_step(claim)]
    ranges = _ranges(claims)
    beside = [(claim, value) for claim, value in found if claim not in ranges]
    found = beside if any(value is not None for _, value in beside) else found
    if grid := worked_grid(view, claims):
        found = _without(grid, found)
    reasons, totals, text = explaining(claims), totals_of(found), view.answer.document.text[view.base :]
    digits = any(value is not None and not _is_word(c) and not _is_coordinate(c) for c, value in found)
    first, row = _explaining_cells(view, [(claim, value.value) for claim, value in found if value is not None])
    return [
        Candidate(claim, value, rank(claim) + _total(claim, totals, reading, text) - _doubt(claim, reasons, digits))
        for claim, value in found
        if value is not None and not first <= claim.place[0] < row
    ]


def _is_step(claim: Claim) -> bool:
    """Whether a program adds what stands here to what it counts: `count += 1`."""
    begins = isinstance(claim.expr, Relation) and claim.expr.operands[0] is None
    return begins and claim.before[-1:] in ("+", "-", "*", "/")


def _without(
    grid: frozenset[tuple[int, int]], found: list[tuple[Claim, Claimed | None]]
) -> list[tuple[Claim, Claimed | None]]:
    """The numbers outside a worked array, if one below it is one of its entries: "so the largest is 6"."""
    held = {value.value for claim, value in found if value is not None and claim.place in grid}
    told = any(value is not None and claim.place > max(grid) and value.value in held for claim, value in found)
    return [(claim, value) for claim, value in found if claim.place not in grid] if told else found


def _explaining_cells(view: View, found: list[tuple[Claim, Any]]) -> tuple[int, int]:
    """The cells of a row behind the first number, if theirs add up to it: "1820 | 1800 for W, 20 for b".

    Of any other numbers nobody knows whether they explain it or take its place: "1820 | no, 1810".
    """
    block = view.answer.blocks[0] if view.answer.blocks else None
    if block is None or block.kind != "row":
        return 0, 0
    ends = [run.span.start for run in block.runs if run.kind == "cell"]
    end = next((end for end in ends if any(claim.place[0] < end for claim, _ in found)), block.span.stop)
    inside = [value for claim, value in found if claim.place[0] < end]
    addends = [value for claim, value in found if end <= claim.place[0] < block.span.stop]
    explains = len(inside) == 1 and len(addends) > 1 and sum(addends) == inside[0]
    return (end, block.span.stop) if explains else (0, 0)


_ATTAINED = later(
    r"\b(attained|reached|achieved|sharp|tight|equality holds|angenommen|atteinte?|se alcanza)\b",
    holds="attained reached achieved sharp tight equality angenommen atteint alcanza".split(),
)
_BOUNDS = frozenset(["<=", ">="])


def _as_value(claim: Claim) -> Claim:
    """`Z <= 3 + 3 = 6` where the bound is attained: the largest Z is 6. Of two bounds, 0 <= X <= 3, none is."""
    expr = claim.expr
    if not isinstance(expr, Relation) or isinstance(expr.operands[0], Num):
        return claim
    bounds = [op for op in expr.ops if op in _BOUNDS]
    if len(bounds) != 1 or not set(expr.ops) <= {*_BOUNDS, "=", "~"}:
        return claim
    return claim._replace(expr=expr._replace(ops=("=",) * len(expr.ops)))


_DOTS = later(r"[\s,]*(\.\.\.|…)[\s,]*")


def _ranges(claims: Sequence[Claim]) -> list[Claim]:
    """What says which values an index takes, `n = 0, ..., 9` and `n in [10]`: no number of anything."""
    found: list[Claim] = []
    for claim, following in zip(claims, [*claims[1:], None], strict=False):
        if not _is_coordinate(claim) or not isinstance(claim.expr, Relation):
            continue
        if claim.expr.ops == ("in",):
            found.append(claim)
        elif following is not None and _DOTS.fullmatch(following.before):
            found += [claim, following]
    return [*found, *_more_places(claims)]


def _more_places(claims: Sequence[Claim]) -> list[Claim]:
    """The 2 and 3 of "i = 1, 2, 3" and of "rows 1 to 3"."""
    found: list[Claim] = []
    inside = False
    for before, claim in pairwise(claims):
        begins = (_is_coordinate(before) and before.expr is not None) or _PLACED.search(before.before) is not None
        goes_on = isinstance(claim.expr, Num) and _LISTS.fullmatch(claim.before.strip()) is not None
        inside = goes_on and (inside or begins)
        found += [claim] if inside else []
    return found


_PLACED = later(
    r"\b(rows?|col(umn)?s?|zeilen?|spalten?|lignes?|colonnes?)\s*$", holds=("row", "col", "zeile", "spalte", "ligne")
)
_LISTS = later(r",|and|or|, and|to|through|until|bis|und|-|–")


def _is_coordinate(claim: Claim) -> bool:
    """`i = 1` says where, or for which one."""
    expr = claim.expr
    first = expr.operands[0] if isinstance(expr, Relation) else None
    return isinstance(first, Name) and len(first.name) == 1


def _is_broken(claim: Claim) -> bool:
    """Whether it is no place because places are counted: w = 29/20 = 1.45."""
    last = claim.expr.operands[-1] if isinstance(claim.expr, Relation) else None
    return isinstance(last, Num) and not isinstance(last.value, int)


def _doubt(claim: Claim, reasons: set[tuple[int, int]], digits: bool) -> int:
    placed = _is_coordinate(claim) and not _is_broken(claim) and _NAMES_PLACE.search(claim.before) is not None
    aside = digits and (_is_word(claim) or placed)
    return (6 if aside else 0) + (8 if claim.place in reasons else 0)


_NAMES_PLACE = later(
    r"\b(instance|example|e\.g|at|where|when|border|corner|edge|places?|positions?)\b[^.]*$|^\s*(,|and)\s*$"
)


_TOGETHER = later(
    r"[\s,]*([a-z]+ )?(altogether|together|in (total|all)|overall|insgesamt|zusammen|en tout|au total)\b(?! with)",
    holds=("together", "total", "all", "insgesamt", "zusammen", "en tout"),
)


def _total(claim: Claim, totals: Mapping[tuple[int, int], int], reading: Reading, text: str) -> int:
    """What speaks for a total: it is the sum of the numbers before it, or "together" stands behind it.

    And for the exact one of two: "about 5.13 million (5133600 to be exact)".
    """
    after = bisect_right(reading.claims, claim.place, key=lambda other: other.place)  # they stand in order
    following = reading.claims[after].before if after < len(reading.claims) else reading.after
    if claim.aside and _EXACT.match(text, claim.place[1]):
        return _MEANT
    added = claim.before.strip() in ("and", "plus", "+", "with", "und", "et", "y")  # "1800 and 20 together"
    return max(totals.get(claim.place, 0), TOTAL if not added and _TOGETHER.match(following) else 0)


_EXACT, _MEANT = later(r"[\s,$]*(?:to be (?:exact|precise)|exactly|precisely)\b"), 54  # more than brackets take


def _is_word(claim: Claim) -> bool:
    return isinstance(claim.expr, Num) and claim.place[1] - claim.place[0] != len(claim.expr.text)
