"""Positions as students name them: `(1, 3)`, `Z[1][3] = 6`, "row 1, column 3", `i = 1, j = 3`."""

from __future__ import annotations

import re
from itertools import product

from grader.kinds._numbers import value_of
from grader.model.expressions import Expr, Group, Index, Name, Num, Op, Relation, Slice, base_name
from grader.model.patterns import later
from grader.notation.reading import Claim, Reading

Position = tuple[int, ...]

_ROW = later(r"(\b(rows?|zeilen?|lignes?|filas?|renglón)|行)( index| number| no\.?| nr\.?)?[ :=]*$")
_COLUMN = later(r"(\b(col(umn)?s?|spalten?|colonnes?|columnas?)|列)( index| number| no\.?| nr\.?)?[ :=]*$")


def positions_of(expr: Expr | None, rank: int) -> tuple[Position, ...]:
    """The positions an expression names; none if it names none."""
    if isinstance(expr, Op) and expr.op == "transpose" and isinstance(expr.args[0], Group):
        expr = expr.args[0]  # the column (1, 3)^T
    if isinstance(expr, Relation):
        if expr.ops == ("in",) and isinstance(expr.operands[0], Name) and expr.operands[0].name.islower():
            return ()  # i in {1, 2}: values of an index
        found = positions_of(expr.operands[-1], rank)
        first = expr.operands[0]
        found = found or _lowered(first, rank)
        if isinstance(first, Group) and [base_name(item) for item in first.items] in _TURNED:  # (j, i) in {(0, 2)}
            return tuple(place[::-1] for place in found)
        return found or tuple(p for operand in expr.operands[:-1] for p in positions_of(operand, rank))
    if isinstance(expr, Op) and expr.op == "add" and len(expr.args) == 2:  # (1, 0)-(3, 0), with a dash
        ends = [_lone(expr.args[0], rank), _lone(_after_dash(expr.args[1]), rank)]
        return _between(*ends) if all(ends) else ()
    if isinstance(expr, Op) and expr.op == "mul" and expr.sign == "×" and len(expr.args) == rank > 1:
        sides = [_members(side) for side in expr.args]  # {0, 1} × {1, 2}
        return tuple(product(*sides))[:_MOST] if all(sides) else ()
    if isinstance(expr, Index):
        inner = expr.base.indices if isinstance(expr.base, Index) else ()  # Z[0][1]
        if isinstance(expr.base, Group) and expr.base.brackets == "[]":
            inner = expr.base.items  # [0][1]
        indices = (*inner, *expr.indices)
        if len(indices) == 1 and isinstance(indices[0], Num) and indices[0].text.isdecimal():
            return (tuple(map(int, indices[0].text)),) if len(indices[0].text) == rank > 1 else ()  # Z_{13}
        return positions_of(Group("()", indices, expr.place), rank)
    if isinstance(expr, Group):
        items = expr.items[::-1] if [_axis(item) for item in expr.items] in _TURNED else expr.items
        values = [_places_of(_unnamed(item)) for item in items]
        if len(values) == rank and all(values):
            return tuple(product(*values))[:_MOST]
        nested = [positions_of(item, rank) for item in expr.items]
        return tuple(p for positions in nested for p in positions) if all(nested) else ()
    return ()


def _members(expr: Expr) -> tuple[int, ...]:
    """The places along one axis that a set in braces lists."""
    listed = expr.items if isinstance(expr, Group) and expr.brackets == "{}" else ()
    places = [_places_of(item) for item in listed]
    return tuple(dict.fromkeys(place for some in places for place in some)) if all(places) else ()


def _after_dash(expr: Expr) -> Expr | None:
    return expr.args[0] if isinstance(expr, Op) and expr.op == "neg" else None


def _lone(expr: Expr | None, rank: int) -> Position:
    """The position that a pair in brackets is; () for anything else."""
    found = positions_of(expr, rank) if isinstance(expr, Group) else ()
    return found[0] if len(found) == 1 else ()


_MOST = 50  # places of one answer


def _places_of(item: Expr) -> tuple[int, ...]:
    """The places along one axis: `3`, `1..3`, the `1:4` of an index, which ends before its last number."""
    value = value_of(item)
    if isinstance(value, int):
        return (value,)
    ends = item.args if isinstance(item, Op) and item.op == "range" else ()
    if isinstance(item, Slice) and item.step is None:
        ends = tuple([end for end in (item.start, item.stop) if end is not None])
    low, high = (value_of(end) for end in ends) if len(ends) == 2 else (None, None)
    if not isinstance(low, int) or not isinstance(high, int):
        return ()
    return tuple(range(low, high + (not isinstance(item, Slice))))[:_MOST]


def _lowered(expr: Expr | None, rank: int) -> tuple[Position, ...]:
    """The position below a letter that nobody declared, `z_{23} = 6`."""
    places = _LOWERED.fullmatch(expr.name) if isinstance(expr, Name) else None
    return (tuple(map(int, places[1])),) if places is not None and len(places[1]) == rank > 1 else ()


_LOWERED = later(r"[A-Za-z]_?(\d+)")
_TURNED = (["j", "i"], ["col", "row"], ["column", "row"])  # (j=0, i=2) says which is which


def _axis(item: Expr) -> str:
    return base_name(item.operands[0]) if isinstance(item, Relation) else ""


def _unnamed(item: Expr) -> Expr:
    """The 1 of `(i=1, j=3)` and `(row=1, col=3)`."""
    named = isinstance(item, Relation) and item.ops == ("=",) and isinstance(item.operands[0], Name)
    value = item.operands[1] if named and isinstance(item, Relation) else None
    return item if value is None else value


def claimed_positions(claims: tuple[Claim, ...], rank: int) -> list[tuple[Claim, Position]]:
    """Every position that the claims name, in brackets or in words; those turned down are left out."""
    claims = _with_products(tuple(claim for claim in claims if not _is_convention(claim)))
    found = [(claim, p) for claim in claims for p in positions_of(claim.expr, rank)]
    passed = [claim for claim, _ in found if _is_passed_by(claim, claims)]
    kept = [(claim, p) for claim, p in found if claim not in passed]
    kept = [(claim, p) for claim, p in kept if not _is_table(claim.expr)] or kept  # the window is [[0, 0], [3, 3]]
    plain = [(claim, p) for claim, p in kept if not isinstance(claim.expr, Relation)]
    if plain and len(kept) - len(plain) > 1:  # Z[3,0] = -6, Z[3,1] = 2, ...: so the largest is at (3,3)
        kept = plain
    return _run_through(kept or found) or _spoken(claims, rank) or _alone(claims, rank)


def _is_convention(claim: Claim) -> bool:
    """ "(the first row is row 0)": how places are counted, which the answer's words tell, and no place itself."""
    return isinstance(claim.expr, Num) and _CONVENTION.search(claim.before) is not None


_CONVENTION = later(
    r"\bfirst (?:row|col(?:umn)?|line|one|index|place|entry)s? (?:is|=|has|counts as|being)[a-z ]{0,25}$"
)


def _with_products(claims: tuple[Claim, ...]) -> tuple[Claim, ...]:
    """The claims with `{0, 1} x {1, 2}` as one product, which as words are two sets."""
    found: list[Claim] = []
    for claim in claims:
        last = found[-1].expr if found else None
        first = last.operands[-1] if isinstance(last, Relation) else last
        if first is None or claim.expr is None or claim.before.strip() != "x":
            found.append(claim)
        elif _members(first) and _members(claim.expr):
            product_ = Op("mul", (first, claim.expr), (first.place[0], claim.place[1]), "×")
            whole = last._replace(operands=(*last.operands[:-1], product_)) if isinstance(last, Relation) else product_
            found[-1] = found[-1]._replace(expr=whole, place=(found[-1].place[0], claim.place[1]))
        else:
            found.append(claim)
    return tuple(found)


def lone_index(reading: Reading) -> list[tuple[Claim, Position]]:
    """The position in a vector that is all of an answer: "3", "(3)", "index 3"."""
    claim = reading.claims[0] if len(reading.claims) == 1 else None
    expr = claim.expr if claim is not None else None
    expr = expr.items[0] if isinstance(expr, Group) and len(expr.items) == 1 else expr
    if claim is None or not isinstance(expr, Num) or not isinstance(expr.value, int):
        return []
    words = set(re.findall(r"[^\W\d_]+", reading.words))
    return [(claim, (expr.value,))] if words <= _OF_INDEX and not reading.after.strip() else []


_OF_INDEX = frozenset("at the is it index position place answer".split())


def _run_through(found: list[tuple[Claim, Position]]) -> list[tuple[Claim, Position]]:
    """ "(1, 3) to (3, 3)": all positions of a row or a column between the two, said by one claim."""
    through: list[tuple[Claim, Position]] = []
    for claim, last in found:
        before, first = through[-1] if through else (claim, last)
        between = _between(first, last) if _TO.fullmatch(claim.before) and before.sentence == claim.sentence else ()
        if between:
            whole = before._replace(place=(before.place[0], claim.place[1]))
            through[-1:] = [(whole, position) for position in between]
        else:
            through.append((claim, last))
    return through


def _between(first: Position, last: Position) -> tuple[Position, ...]:
    """The positions from one to another that differs along one axis, both included; none for others."""
    apart = [axis for axis, (a, b) in enumerate(zip(first, last, strict=True)) if a != b]
    if len(apart) != 1:
        return ()
    (axis,) = apart
    low, high = sorted((first[axis], last[axis]))
    return tuple((*first[:axis], k, *first[axis + 1 :]) for k in range(low, min(high, low + _MOST) + 1))


_TO = later(r"\s*(to|through|until|up to|bis|[-–—]|\.\.\.?|…)\s*")


def _is_table(expr: Expr | None) -> bool:
    """Whether these are rows of numbers, which beside a place name none."""
    last = expr.operands[-1] if isinstance(expr, Relation) else expr
    return isinstance(last, Group) and len(last.items) > 1 and all(isinstance(item, Group) for item in last.items)


def _alone(claims: tuple[Claim, ...], rank: int) -> list[tuple[Claim, Position]]:
    """ "1, 3", where nothing else is written."""
    values = [value_of(claim.expr) if isinstance(claim.expr, Num) else None for claim in claims]
    joined = all(claim.joined and claim.before.strip() == "," for claim in claims[1:])
    if len(values) != rank or rank < 2 or not joined or not all(isinstance(value, int) for value in values):
        return []
    place = (claims[0].place[0], claims[-1].place[1])
    return [(claims[0]._replace(place=place), tuple(value for value in values if isinstance(value, int)))]


def _is_passed_by(claim: Claim, claims: tuple[Claim, ...]) -> bool:
    """A place that is named to be turned down: "Z[0,3] is only 3", "not -2 at (3,2)"."""
    number = claims.index(claim)
    before = claims[number - 1] if number else None
    behind = claims[number + 1].before if number + 1 < len(claims) else ""
    denied = before is not None and before.sentence == claim.sentence and re.search(r"\bnot\s*$", before.before)
    if _CONTENT.search(claim.before) or _ASIDE.search(claim.before):
        return True
    if denied and re.fullmatch(r"\s*at\s*", claim.before):
        return True
    return isinstance(claim.expr, Index) and re.match(r"\s*is (only|just)\b", behind) is not None


_ASIDE = later(
    r"\b(not|since|because|weil|denn)\s*$|\b(compare|unlike)\b[^.]*$",
    holds=("not", "since", "because", "weil", "denn", "compare", "unlike"),
)
_CONTENT = later(
    r"\b(window|patch|block|sub-?matrix|entries|pixels)( there| is| has| =| are| of x| covers| sees| shows|:)*\s*$"
    r"|\b(left|right|top|upper|bottom|lower) (column|row|one|part)( is| =|:)*\s*$",
    holds=("window", "patch", "block", "matrix", "entries", "pixels", "column", "row", "one", "part"),
)


def _spoken(claims: tuple[Claim, ...], rank: int) -> list[tuple[Claim, Position]]:
    """`i = 1, j = 3`, or "row 1, column 3": one coordinate a claim."""
    if (ranged := _of_ranges(claims, rank)) is not None:
        return ranged
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


def _of_ranges(claims: tuple[Claim, ...], rank: int) -> list[tuple[Claim, Position]] | None:
    """Places told by all values of each axis: "rows 1 to 3, column 3", `i in {1, 2, 3}`, "i = 1, 2, 3 with j = 3".

    None where no axis has several values, or the answer is not one product of them.
    """
    axes: list[tuple[Claim, str, list[int]]] = []
    several, ended = False, -1  # whether an axis has several values; the last claim that gave one
    for number, claim in enumerate(claims):
        last = axes[-1] if axes and ended == number - 1 and claims[number - 1].block == claim.block else None
        value, between = value_of(claim.expr), claim.before.strip()
        if (listed := _listed(claim.expr)) is not None:
            axes.append((claim, *listed))
            several = several or len(listed[1]) > 1
        elif last is not None and isinstance(value, int) and (_TO.fullmatch(between) or _AND.fullmatch(between)):
            last[2].extend(range(last[2][-1] + 1, value + 1) if _TO.fullmatch(between) else [value])
            several = True
        elif (found := _coordinate(claim, claims[number + 1].before if number + 1 < len(claims) else "")) is not None:
            axes.append((claim, found[0], [found[1]]))
        else:
            continue
        ended = number
    if not several:
        return None
    names = [axis for _, axis, _ in axes]
    if len(axes) != rank or len(set(names)) != rank:
        return None
    ordered = axes[::-1] if names in (["column", "row"], ["j", "i"]) else axes
    return [(axes[0][0], place) for place in product(*(values for _, _, values in ordered))][:_MOST]


_TO, _AND = re.compile(r"to|through|until|bis|-|–|à"), re.compile(r",|and|or|, and|, or|und")


def _listed(expr: Expr | None) -> tuple[str, list[int]] | None:
    """The axis and the values of `i in {1, 2, 3}` or `1 <= i <= 3`."""
    if not isinstance(expr, Relation):
        return None
    first, last = expr.operands[0], expr.operands[-1]
    if expr.ops in (("in",), ("=",)) and isinstance(first, Name) and isinstance(last, Group | Op):
        values = [value_of(item) for item in last.items] if isinstance(last, Group) else [*_places_of(last)]
        whole = [value for value in values if isinstance(value, int)]
        return (first.name, whole) if values and len(whole) == len(values) else None
    middle = expr.operands[1] if len(expr.operands) == 3 else None
    if isinstance(middle, Name) and set(expr.ops) <= {"<", "<="}:
        low, high = value_of(first), value_of(last)
        if isinstance(low, int) and isinstance(high, int):
            low, high = low + (expr.ops[0] == "<"), high - (expr.ops[1] == "<")
            return middle.name, list(range(low, high + 1))[:_MOST]
    return None


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
        lone = len(name) <= 3 and name not in _VALUES and not (len(name) == 1 and name.isupper())  # Z = 0
        return (name, value) if isinstance(value, int) and lone else None
    value = value_of(expr)
    if not isinstance(value, int) or value < 0:  # "rows 1-3" is no difference
        return None
    if claim.before.endswith("第"):  # 第1行，第3列: behind the last number, the other of the two
        return "column" if behind.startswith("列") or (not behind and "行" in claim.before) else "row", value
    if _ROW.search(claim.before):
        return "row", value
    return ("column", value) if _COLUMN.search(claim.before) else None
