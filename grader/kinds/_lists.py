"""Arrays that no brackets hold together: bare numbers, entries one by one, rows line by line."""

from __future__ import annotations

import string
from collections.abc import Callable, Sequence
from itertools import pairwise, takewhile
from typing import Any

import numpy as np

from grader.kinds._choosing import Candidate, rank
from grader.kinds._numbers import value_of
from grader.model.expressions import Call, Expr, Group, Index, Name, Num, Op, Reduce, Relation, names_in, walk
from grader.model.patterns import later
from grader.notation.reading import Claim, Reading

Read = Callable[[Expr | None], np.ndarray | None]
Evaluate = Callable[[Expr | None], Any]
_COMPONENTS = ("xyzw", "abcd", "uvw", "ijk")
_BETWEEN_ROWS = frozenset(["", "and", ";", ",", "|"])


def worked_out(claims: tuple[Claim, ...], evaluate: Evaluate) -> tuple[Claim, ...]:
    """The values of `|700 - 1000| = 300, |1200 - 1000| = 200`, where all claims are numbers that are worked out so."""
    told = [_result(claim.expr, evaluate) for claim in claims]
    if len(told) < 2 or None in told:
        return claims
    return tuple([claim._replace(expr=expr) for claim, expr in zip(claims, told, strict=True)])


def _result(expr: Expr | None, evaluate: Evaluate) -> Expr | None:
    if not isinstance(expr, Relation) or set(expr.ops) != {"="}:
        return None
    values = [evaluate(side) for side in expr.operands]
    return expr.operands[-1] if None not in values and len(set(values)) == 1 else None


def bare_lists(claims: tuple[Claim, ...], read: Read, evaluate: Evaluate = value_of) -> list[Candidate]:
    """`y = 2, 3, 10, 1` without brackets: numbers joined by nothing but commas."""
    is_entry = _is_entry if evaluate is value_of else lambda expr: evaluate(expr) is not None
    runs: list[list[Claim]] = []
    apart = set_apart(claims)
    for at, claim in enumerate(apart):
        worked_out = _ends_sources(apart[: at + 1], apart[at + 1 :], is_entry)
        if not is_entry(claim.expr) and not _opens_list(claim.expr, is_entry) and not worked_out:
            continue
        joined = claim.joined or claim.before.strip() == "" or set(claim.before) <= set(" ;,")
        if runs and joined and is_entry(claim.expr) and claim.block == runs[-1][-1].block:
            runs[-1].append(claim)
        else:
            runs.append([claim])
    found = []
    for run in runs:
        if len(run) > 1:
            first = run[0].expr.operands[-1] if isinstance(run[0].expr, Relation) else run[0].expr
            exprs = [first, *(claim.expr for claim in run[1:])]
            place = (run[0].place[0], run[-1].place[1])
            group = Group("[]", tuple(expr for expr in exprs if expr is not None), place)
            array = read(group)
            if array is not None:
                merged = Claim(group, place, run[0].before, False, run[0].aside, run[0].boxed, run[0].block)
                found.append(Candidate(merged, array, rank(merged)))
    return found


def set_apart(claims: Sequence[Claim]) -> list[Claim]:
    """The claims of `1 0 3 -2`, where blanks set entries apart, with 3 and -2 as two entries and no difference."""
    found: list[Claim] = []
    for claim, behind in zip(claims, [*claims[1:], None], strict=False):
        beside = (claim.joined and not claim.before) or (behind is not None and behind.joined and not behind.before)
        terms = _signed(claim.expr) if beside and claim.expr is not None else []
        for number, term in enumerate(terms or [claim.expr]):
            place = claim.place if term is None or not terms else term.place
            found.append(claim._replace(expr=term, place=place) if not number else _next(claim, term, place))
    return found


def _next(claim: Claim, term: Expr | None, place: tuple[int, int]) -> Claim:
    return claim._replace(expr=term, place=place, before="", joined=True, boxed=False)


def _signed(expr: Expr) -> list[Expr]:
    """The terms of `3 -2`, with a blank before each sign and none behind it; none for `3 - 2` and `3-2`."""
    if not isinstance(expr, Op) or expr.op != "add":
        return []
    first, *rest = expr.args
    terms = [*(_signed(first) or [first]), *rest]
    signed = [isinstance(term, Op) and term.op == "neg" and _is_entry(term) for term in terms[1:]]
    gaps = [term.place[0] - before.place[1] for before, term in pairwise(terms)]
    return terms if all(signed) and _is_entry(terms[0]) and set(gaps) == {_BLANK_AND_SIGN} else []


_BLANK_AND_SIGN = 2  # characters


def _is_entry(expr: Expr | None) -> bool:
    inner = expr.args[0] if isinstance(expr, Op) and expr.op in ("neg", "percent") else expr
    return isinstance(inner, Num) or (isinstance(inner, Op) and inner.op == "div")


def _opens_list(expr: Expr | None, is_entry: Callable[[Expr | None], bool]) -> bool:
    return (
        isinstance(expr, Relation) and isinstance(expr.operands[0], Name | Index | None) and is_entry(expr.operands[-1])
    )


def _ends_sources(claims: Sequence[Claim], behind: Sequence[Claim], is_entry: Callable[[Expr | None], bool]) -> bool:
    """Whether a claim is the `max(10, 1) = 2` of `max(1, 2), max(10, 1) = 2, 10`: as many sources as values."""
    last = claims[-1].expr
    if not isinstance(last, Relation) or last.ops[-1:] != ("=",) or not is_entry(last.operands[-1]):
        return False
    values = 1 + sum(1 for _ in takewhile(lambda claim: claim.joined and is_entry(claim.expr), behind))
    sources = claims[-values:]
    alike = len(sources) == values > 1 and [claim.joined for claim in sources] == [False, *[True] * (values - 1)]
    first = [one.operands[-1] if isinstance(one, Relation) else one for one in (claim.expr for claim in sources[:-1])]
    return alike and all(isinstance(one, Call | Reduce | Op) for one in (*first, last.operands[-2]))


_LETTERS = f"{string.ascii_letters}_"


def entries(claims: tuple[Claim, ...], evaluate: Evaluate = value_of) -> list[Candidate]:
    """`y[0] = 1, y[1] = 3`, `x1 = 1, x2 = 3` or `x = 1, y = 3`: one entry a claim, at its place.

    Brackets count from 0, and so may the numbers of names, or from 1. An entry that is said twice, with another
    value, leaves no list.
    """
    entries: dict[int, Any] = {}
    used: list[Claim] = []
    named = _by_letter(claims)
    for claim in claims:
        expr = claim.expr
        place = (named or place_of)(expr.operands[0]) if isinstance(expr, Relation) and expr.ops[0] in "=~" else None
        value = evaluate(expr.operands[-1]) if isinstance(expr, Relation) and place is not None else None
        if not isinstance(place, int) or value is None:
            continue
        if place in entries and entries[place] != value:
            return []
        entries[place] = value if isinstance(value, int | complex) else float(value)
        used.append(claim)
    entries, used = (entries, used) if entries else _counted(claims)
    first = 1 if used and all(_is_name_equation(claim.expr) for claim in used) and 0 not in entries else 0
    if len(entries) < 2 or sorted(entries) != list(range(first, len(entries) + first)):
        return []
    values = np.array([entries[place] for place in sorted(entries)])
    span = (used[0].place[0], used[-1].place[1])
    exprs = tuple(claim.expr for claim in used if claim.expr is not None)
    return [Candidate(Claim(Group("", exprs, span), span, used[0].before), values, 0)]


def _counted(claims: tuple[Claim, ...]) -> tuple[dict[int, Any], list[Claim]]:
    """`k = 0: max(1, 2) = 2, k = 1: max(3, 2) = 3`: the place, a colon or an arrow, and what stands there."""
    found: dict[int, Any] = {}
    used: list[Claim] = []
    for place, entry in pairwise(claims):
        expr = place.expr
        first = expr.operands[0] if isinstance(expr, Relation) and expr.ops == ("=",) else None
        if not (isinstance(first, Name) and entry.before.strip() in (":", "=>", "->", "gives", ": y =")):
            continue
        assert isinstance(expr, Relation)
        at, last = value_of(expr.operands[1]), entry.expr
        value = value_of(last.operands[-1] if isinstance(last, Relation) else last)
        if not isinstance(at, int) or value is None or at in found:
            return {}, []
        found[at] = float(value) if not isinstance(value, int) else value
        used.append(entry)
    return found, used


def _is_name_equation(expr: Expr | None) -> bool:
    return isinstance(expr, Relation) and isinstance(expr.operands[0], Name)


def _by_letter(claims: tuple[Claim, ...]) -> Callable[[Expr | None], Any] | None:
    """The places of `x, y, z` or `a, b, c`, where equations say what all of them are."""
    lefts = [claim.expr.operands[0] for claim in claims if isinstance(claim.expr, Relation)]
    letters = {left.name for left in lefts if isinstance(left, Name) and len(left.name) == 1}
    if axes := _axes_of(lefts):
        return lambda left: axes.index(left.name[-1]) if isinstance(left, Name) and _AXIS.fullmatch(left.name) else None
    for usual in _COMPONENTS:
        if len(letters) > 1 and letters == set(usual[: len(letters)]):
            return lambda left: usual.index(left.name) if isinstance(left, Name) and left.name in letters else None
    return None


def _axes_of(lefts: Sequence[Expr | None]) -> str:
    """The axes of `F_x = 1, F_y = 2, F_z = 3`, where all are components of one vector; "" for other equations."""
    names = [found for left in lefts if isinstance(left, Name) and (found := _AXIS.fullmatch(left.name)) is not None]
    axes = "".join(sorted({found["axis"] for found in names}))
    alike = len({found["stem"] for found in names}) == 1
    return axes if alike and axes in ("xy", "xyz") else ""


_AXIS = later(r"(?P<stem>[A-Za-z]+(?:_\w+)?)_(?P<axis>[xyz])")


def turns_components(expr: Expr | None) -> bool:
    """Whether the names on the left come in another order than the usual: `(y, x) = (1, 2)`."""
    left = expr.operands[0] if isinstance(expr, Relation) and expr.operands else None
    while isinstance(left, Op) and left.op == "transpose":
        left = left.args[0]
    if not isinstance(left, Group) or not all(isinstance(item, Name) for item in left.items):
        return False
    names = [item.name for item in left.items if isinstance(item, Name)]
    numbered = all(place_of(item) is not None for item in left.items)
    usual = any(set(names) <= set(letters) for letters in _COMPONENTS)
    return (numbered or usual) and names != sorted(names) and not (usual and names == sorted(names, key="xyzw".find))


def place_of(left: Expr | None) -> Any:
    """The place that `y[2]`, `y_2` or `y2` names."""
    if isinstance(left, Index) and len(left.indices) == 1:
        return value_of(left.indices[0])
    digits = left.name.lstrip(_LETTERS) if isinstance(left, Name) else ""
    return int(digits) if digits.isdecimal() else None


def stacked(candidates: list[Candidate], reading: Reading) -> list[Candidate]:
    """Lists of one length, with nothing but line ends between them, as the rows of a matrix."""
    if "column" in reading.words:  # "the columns are (1, 2) and (3, 4)"
        return candidates
    rows: list[list[Candidate]] = []
    for candidate in candidates:
        last = rows[-1][-1] if rows else None
        if last is not None and _is_next_row(last, candidate):
            rows[-1].append(candidate)
        else:
            rows.append([candidate])
    return [_matrix(group) if len(group) > 1 else group[0] for group in rows]


def _is_next_row(last: Candidate, one: Candidate) -> bool:
    alike = last.value.ndim == one.value.ndim == 1 and len(last.value) == len(one.value)
    return alike and one.claim.before.strip() in _BETWEEN_ROWS and not isinstance(one.claim.expr, Relation)


def _matrix(group: list[Candidate]) -> Candidate:
    first, last = group[0].claim, group[-1].claim
    place = (first.place[0], last.place[1])
    exprs = [one.claim.expr for one in group if one.claim.expr is not None]
    items = tuple(expr.operands[-1] if isinstance(expr, Relation) else expr for expr in exprs)
    expr = Group("[]", tuple(item for item in items if item is not None), place)
    merged = first._replace(expr=expr, place=place)
    return Candidate(merged, np.array([one.value for one in group]), max(one.rank for one in group))


def without_systems(claims: tuple[Claim, ...]) -> tuple[Claim, ...]:
    """The claims without equations that are still to be solved: `[[4, 6], [6, 14]] (c_0, c_1) = (10, 21)`."""
    return tuple([claim for claim in claims if not _is_system(claim.expr)])


def _is_system(expr: Expr | None) -> bool:
    left = expr.operands[0] if isinstance(expr, Relation) and set(expr.ops) == {"="} else None
    if not isinstance(left, Op) or left.op != "mul":
        return False
    last = left.args[-1]
    return isinstance(last, Group) and len(last.items) > 1 and all(_is_unknown(item) for item in last.items)


def _is_unknown(item: Expr) -> bool:
    while isinstance(item, Group) and len(item.items) == 1:
        item = item.items[0]
    return isinstance(item, Name)


def of_another(expr: Expr | None, turns: bool) -> bool:
    """Whether an equation says what an expression of a letter is: "2y = [1, 3]", "I - P = ..."; an inverse has a name
    of its own."""
    left = expr.operands[0] if isinstance(expr, Relation) and len(expr.operands) == 2 else None
    if not isinstance(left, Op) or len(names_in(left) - (_IDENTITY if left.op == "add" else set())) != 1:
        return False
    if left.op == "transpose" and not turns:  # of a vector only the direction differs
        return False
    return not (left.op == "pow" and value_of(_bare(left.args[1])) == -1)


_IDENTITY = frozenset(["I", "E"])


def _bare(expr: Expr) -> Expr:
    return expr.items[0] if isinstance(expr, Group) and len(expr.items) == 1 else expr


def of_one_size(candidates: list[Candidate], size: int) -> list[Candidate]:
    """The lists that are as long as the one asked for, if the last one is: "(1,2), (3,2), so the maxima are [2, 3]"."""
    last = max(candidates, key=lambda one: one.claim.place, default=None)
    if last is None or last.value.size != size or any(one.value.ndim > 1 for one in candidates):
        return candidates
    return [one for one in candidates if one.value.size == size]


def is_said(wanted: np.ndarray, reading: Reading) -> bool:
    """Whether the numbers asked for stand in the answer one after the other, whatever they were taken for."""
    claims = sorted((claim for claim in reading.claims if claim.expr is not None), key=lambda claim: claim.place)
    nodes = [node for claim in claims if claim.expr is not None for node in walk(claim.expr) if isinstance(node, Num)]
    said = [node.value for node in sorted(dict.fromkeys(nodes), key=lambda node: node.place)]
    asked = np.abs(wanted).ravel().tolist()  # a sign may have been taken for a difference: 3 1 - 2
    return any(said[at : at + len(asked)] == asked for at in range(len(said) - len(asked) + 1))
