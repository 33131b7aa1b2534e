"""Eigenvalues with their vectors, in whatever order a student lists them."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import Any

import numpy as np

from grader.kinds._beside import begins_list, glued
from grader.kinds._choosing import Candidate
from grader.kinds._eigen_equations import items_of_equation, without_repeats
from grader.kinds._vectors import Pair, only_vector, said, score, together_of
from grader.kinds._vectors_written import Names, Written, affine_of, number_of
from grader.model.expressions import Call, Cases, Expr, Group, Name, Num, Op, Relation
from grader.model.patterns import later
from grader.notation.reading import Claim

_DENIED = later(r"\b(?:not|never|no|cannot|neither|nor)\b|n['’]t\b")
_LAST_WORD = re.compile(r"(\w+)\s*$")
_EIGENVALUE = re.compile(r"lambda\w*|mu\d*|eigenvalue\w*|[lL]_?\d")


def pairs(claims: Sequence[Claim], names: Names, size: int) -> list[Candidate]:
    """All eigenvalues with their vectors as one candidate: alternating, or first the ones and then the others."""
    items: list[tuple[str, Any, str]] = []
    used: list[Claim] = []
    said_of = glued(claims, numbers=_is_length)
    for claim, behind in zip(said_of, (*said_of[1:], None), strict=False):
        if behind is not None and behind.before.strip().startswith("belong"):  # to lambda = 5 belongs (1, 1)
            claim = claim._replace(before="")
        found = _pair_items(claim, names)
        if found and _DENIED.search(claim.before):
            return []
        if found and not _says_again(claim, found, items):
            items += found
            used.append(claim)
    together = without_repeats(_matched(_without_listing(items)))
    if not together:
        return []
    place = (used[0].place[0], used[-1].place[1])
    return [Candidate(used[0]._replace(expr=together_of(used), place=place), together, score(used[0]))]


def _says_again(claim: Claim, found: list[tuple[str, Any, str]], items: list[tuple[str, Any, str]]) -> bool:
    """Whether an equation only has the value in it that was just told: "5: (A - 5I) v = 0"."""
    told = [item for kind, item, _ in items[-1:] if kind != "vector"]
    alone = len(found) == 1 and items_of_equation(claim.expr, {}) is not None
    return alone and bool(told) and _is_same(told[0], found[0][1])


def _without_listing(items: list[tuple[str, Any, str]]) -> list[tuple[str, Any, str]]:
    """The items but for a last vector more than there are values whose entries are these: a cell printed them."""
    values = [item for kind, item, _ in items if kind != "vector"]
    vectors = [item for kind, item, _ in items if kind == "vector"]
    if len(vectors) != len(values) + 1 or items[-1][0] != "vector":
        return items
    entries, told = np.sort_complex(vectors[-1].ball.mid.ravel()), [value.ball.mid.ravel() for value in values]
    listed = np.sort_complex(np.concatenate(told)) if told else np.zeros(0)
    return items[:-1] if entries.shape == listed.shape and np.allclose(entries, listed) else items


def _is_length(claim: Claim) -> bool:
    """Whether a number before a vector is its factor, as 1/sqrt(2), and not the eigenvalue it belongs to."""
    return not isinstance(said(claim), Num) and not _EIGENVALUE.fullmatch(_name_before(claim))


def _pair_items(claim: Claim, names: Names) -> list[tuple[str, Any, str]]:
    """("value" or "vector", what it is, the number in its name); of "(1, 1) for lambda = 5" both."""
    expr = claim.expr
    if isinstance(expr, Cases):
        return [item for piece in expr.pieces for item in _of_case(piece, names)]
    if (equation := items_of_equation(expr, names)) is not None:
        return equation
    if _OTHER_VALUE.search(claim.before):
        return []
    if isinstance(expr, Group) and len(expr.items) == 2 and not isinstance(expr.items[0], Group):
        value, inner = number_of(expr.items[0], names), expr.items[1]
        vector = affine_of(inner, names) if begins_list(inner) else None
        if value is not None and vector is not None and not vector.directions:
            return [("value", value, ""), ("vector", vector.start, "")]
    first = _name_before(claim)
    number = "".join(re.findall(r"\d", first))
    given = said(claim)
    affine = affine_of(given, names) if given is not None else None
    vector_of = None if affine is None else only_vector(affine)
    if vector_of is not None:
        return [("vector", vector_of, number)]
    named = bool(_EIGENVALUE.fullmatch(first))
    alone = not isinstance(expr, Relation) and isinstance(given, Num | Op | Call)
    value = number_of(given, names) if given is not None and (named or alone) else None
    kind = "own" if _BELONGS.fullmatch(claim.before) else "value"
    return [] if value is None else [(kind, value, number)]


_BELONGS = later(r"\s*[.,;]?\s*(?:and )?(?:belongs to|for|to|zu|gehört zu)(?: (?:the )?eigenvalue)?\s*")


_OTHER_VALUE = later(r"\b(?:trace|determinant|det|tr|rank)(?: of [a-z])?(?: is| =|:)*\s*\Z")


def _of_case(piece: tuple[Expr, Expr | None], names: Names) -> list[tuple[str, Any, str]]:
    affine, condition = affine_of(piece[0], names), piece[1]
    vector = None if affine is None else only_vector(affine)
    last = condition.operands[-1] if isinstance(condition, Relation) and condition.ops == ("=",) else None
    value = number_of(last, names) if last is not None else None
    return [] if vector is None or value is None else [("vector", vector, ""), ("own", value, "")]


def _name_before(claim: Claim) -> str:
    """The name that is given a value; in prose `lambda = -1` may be a word and `= -1`."""
    first = claim.expr.operands[0] if isinstance(claim.expr, Relation) else None
    if isinstance(first, Name):
        return first.name
    word = _LAST_WORD.search(claim.before) if isinstance(claim.expr, Relation) and first is None else None
    return word[1] if word else ""


def _matched(items: list[tuple[str, Any, str]]) -> tuple[Pair, ...]:
    """Which vector belongs to which value; empty where that is not clear."""
    if (told := _told_behind(items)) is not None:
        return told
    values = [(item, number) for kind, item, number in items if kind != "vector"]
    others = [(item, number) for kind, item, number in items if kind == "vector"]
    by_number = {number: value for value, number in values if number}
    numbers = [number for _, number in others]
    if len(by_number) == len(values) and len(set(numbers)) == len(numbers) and set(numbers) == by_number.keys():
        return tuple(Pair(by_number[number], vector) for vector, number in others)
    if not values and (named := _by_number_alone(items)):
        return named
    items = _without_counting(_values_ahead(items))
    order = "".join("V" if kind == "vector" else "L" for kind, _, _ in items)
    if re.fullmatch(r"(LV+)+", order):
        return _alternating(items)
    if re.fullmatch(r"(VL)+|L+V+|V+L+", order) and len(values) == len(others):
        return tuple(Pair(value, vector) for (value, _), (vector, _) in zip(values, others, strict=True))
    if (listed := _LISTED_TOO.fullmatch(order)) is not None:  # 1, 2, 4; 1: (1, -1, 1), 2: ...
        pairs = _alternating(items[listed.start("pairs") : listed.end("pairs")])
        alone = [item for _, item, _ in (*items[: listed.end("first")], *items[listed.start("last") :])]
        return pairs if _same_values(alone, [pair.value for pair in pairs]) else ()
    return ()


def _told_behind(items: list[tuple[str, Any, str]]) -> tuple[Pair, ...] | None:
    """Vectors each with its value behind it: "5, 2; (1, 1) for 5 and (-1, 2) for 2"; None for any other order."""
    order = "".join({"vector": "V", "own": "B"}.get(kind, "L") for kind, _, _ in items)
    if re.fullmatch(r"L*(?:VB)+", order) is None:
        return None
    start = order.index("V")
    pairs = tuple(
        Pair(value[1], vector[1]) for vector, value in zip(items[start::2], items[start + 1 :: 2], strict=True)
    )
    listed = [item for _, item, _ in items[:start]]
    return pairs if not listed or _same_values(listed, [pair.value for pair in pairs]) else ()


def _values_ahead(items: list[tuple[str, Any, str]]) -> list[tuple[str, Any, str]]:
    """The items with each "for 5" before its vector as a value: "for 5 we get (1, 1), for 2 we get (1, -2)"."""
    order = "".join({"vector": "V", "own": "B"}.get(kind, "L") for kind, _, _ in items)
    ahead = re.fullmatch(r"L*(?:BV+)+", order) is not None
    return (
        [("value", item, number) if kind == "own" else (kind, item, number) for kind, item, number in items]
        if (ahead)
        else items
    )


def _without_counting(items: list[tuple[str, Any, str]]) -> list[tuple[str, Any, str]]:
    """The items without the numbers of the rows of a table: 1, 5, (1, 1); 2, 2, (1, -2)."""
    order = "".join("V" if kind == "vector" else "L" for kind, _, _ in items)
    if re.fullmatch(r"(LLV){2,}", order) is None or any(number for _, _, number in items):
        return items
    counted = [item.exact is not None and item.exact.item() == at for at, (_, item, _) in enumerate(items[::3], 1)]
    return [item for at, item in enumerate(items) if at % 3] if all(counted) else items


def _by_number_alone(items: list[tuple[str, Any, str]]) -> tuple[Pair, ...]:
    """`v_5 = (1, 1), v_2 = (1, -2)`: the numbers of the names are the values, unless they only count."""
    numbers = [number for _, _, number in items]
    counts = sorted(numbers) in ([str(at) for at in range(first, len(numbers) + first)] for first in (0, 1))
    if not all(numbers) or counts or len(set(numbers)) != len(numbers):
        return ()
    values = [number_of(Num(int(number), (0, 0), number), {}) for number in numbers]
    return tuple(Pair(value, item) for value, (_, item, _) in zip(values, items, strict=True) if value is not None)


_LISTED_TOO = re.compile(r"(?P<first>L*)(?P<pairs>(?:LV+)+)(?P<last>L*)")


def _alternating(items: list[tuple[str, Any, str]]) -> tuple[Pair, ...]:
    """Each vector with the value before it."""
    found, current = [], None
    for kind, item, _ in items:
        current = item if kind == "value" else current
        if kind == "vector" and current is not None:
            found.append(Pair(current, item))
    return tuple(found)


def _same_values(listed: Sequence[Written], paired: Sequence[Written]) -> bool:
    """Whether values that are listed by themselves are those that have vectors, none more and none less."""
    ways = ((listed, paired), (paired, listed))
    return all(any(_is_same(one, other) for other in others) for ones, others in ways for one in ones)


def _is_same(one: Written, other: Written) -> bool:
    if one.exact is not None and other.exact is not None:
        return bool(one.exact.item() == other.exact.item())
    distance = abs(complex(one.ball.mid) - complex(other.ball.mid))
    return bool(distance <= float(one.ball.rad) + float(other.ball.rad))
