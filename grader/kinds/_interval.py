"""An interval where a list of its two ends is asked for: `52.4 ± 1.7`, `50.7 <= mu <= 54.1`, "50.7 to 54.1"."""

from __future__ import annotations

import re
from collections.abc import Sequence
from itertools import pairwise

import numpy as np

from grader.kinds._choosing import Candidate, rank
from grader.kinds._numbers import value_of
from grader.kinds.kind import View
from grader.model.expressions import Expr, Group, Op, Relation
from grader.model.patterns import later
from grader.notation.reading import Claim

_TO = later(r"\s*(to|until|bis|up to)\s*", holds=("to", "until", "bis"))
_LOWER, _UPPER = later(r"\blower( \w+)?\s*[:=]?\s*$", holds=("lower",)), later(r"\bupper( \w+)?\s*[:=]?\s*$")
_BOTH_SIGNS = ("+-", "+/-", "+ / -")


def is_interval(wanted: np.ndarray) -> bool:
    """Whether two numbers, the smaller one first, may be the ends of an interval."""
    return wanted.shape == (2,) and bool(wanted[0] < wanted[1])


def intervals(claims: Sequence[Claim], text: str, spoken: bool = False) -> list[Candidate]:
    """The intervals that an answer says without brackets; with `spoken`, only those that it says by two numbers."""
    signed = any(sign in text for sign in _BOTH_SIGNS)
    told = ((claim, _ends(claim.expr, signed)) for claim in claims if not spoken)
    single = [(claim, ends) for claim, ends in told if ends is not None]
    said = [] if single else [pair for pair in map(_said, pairwise(claims)) if pair is not None]
    found = single or said
    return [Candidate(claim, np.array(ends, dtype=float), rank(claim)) for claim, ends in found if ends[0] < ends[1]]


def _ends(expr: Expr | None, signed: bool) -> tuple[float, float] | None:
    if isinstance(expr, Relation) and expr.ops in (("<=", "<="), ("<", "<")):
        low, high = (value_of(one) if one is not None else None for one in (expr.operands[0], expr.operands[-1]))
        middle = expr.operands[1]
        named = middle is not None and value_of(middle) is None
        return (float(low), float(high)) if named and low is not None and high is not None else None
    if isinstance(expr, Relation) and set(expr.ops) <= {"=", "~"}:
        return _ends(expr.operands[-1], signed)
    if not isinstance(expr, Op) or len(expr.args) != 2:
        return None
    middle, half = expr.args
    if expr.op == "add" and signed and isinstance(half, Op) and half.op == "neg":
        half = half.args[0]
    elif expr.op != "pm":
        return None
    centre, width = value_of(middle), value_of(half)
    return None if centre is None or width is None else (float(centre - width), float(centre + width))


_MIDDLE = later(r"\s*[<≤]=?\s*(?!not\b|or\b|and\b)[^\W\d_]\w{0,7}\s*", holds=("<", "≤"))


def _bound(claim: Claim) -> Expr | None:
    """The number of `< 54.4` behind a word that nobody declared."""
    expr = claim.expr
    below = isinstance(expr, Relation) and expr.operands[0] is None and expr.ops in (("<",), ("<=",))
    return expr.operands[-1] if below and isinstance(expr, Relation) else None


def _said(pair: tuple[Claim, Claim]) -> tuple[Claim, tuple[float, float]] | None:
    """Two numbers with "to" between them, or called the lower and the upper one."""
    first, second = pair
    if _MIDDLE.fullmatch(second.before) is not None and (bound := _bound(second)) is not None:  # 50.4 < mu < 54.4
        second = second._replace(expr=bound, before="to")
    if _UPPER.search(first.before) is not None and _LOWER.search(second.before) is not None:
        first, second = second, first
    named = _LOWER.search(first.before) is not None and _UPPER.search(second.before) is not None
    if first.expr is None or second.expr is None or not (named or _TO.fullmatch(second.before)):
        return None
    ends = _result(first.expr), _result(second.expr)
    low, high = map(value_of, ends)
    if low is None or high is None:
        return None
    place = (min(first.place[0], second.place[0]), max(first.place[1], second.place[1]))
    return first._replace(expr=Group("[]", ends, place), place=place), (float(low), float(high))


def _result(expr: Expr) -> Expr:
    """What an end comes out as: "lower: 8.40 - 0.62 = 7.78"."""
    last = expr.operands[-1] if isinstance(expr, Relation) and set(expr.ops) <= {"=", "~"} else None
    return expr if last is None else last


def is_printed(claim: Claim, view: View) -> bool:
    """Whether a list has blanks and no commas, as numpy prints it: [1. 6.]."""
    typed = view.answer.document.text[view.base + claim.place[0] : view.base + claim.place[1]]
    return _PRINTED.fullmatch(typed) is not None


_PRINTED = re.compile(r"\s*\[\s*-?\d+(?:\.\d*)?(?:\s+-?\d+(?:\.\d*)?)+\s*\]\s*")


def may_be_interval(expr: Expr | None) -> bool:
    """Whether brackets may mean an interval: `[1, 4]`, `(1, 4]`."""
    last = expr.operands[-1] if isinstance(expr, Relation) else expr
    if not isinstance(last, Group) or last.brackets == "{}" or len(last.items) != 2:
        return False
    low, high = (value_of(item) for item in last.items)
    return low is not None and high is not None and low < high
