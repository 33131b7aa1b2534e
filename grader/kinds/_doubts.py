"""What makes the number of an answer doubtful: words, formulas and other numbers beside it."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import Any

from grader.kinds._choosing import Candidate, changed_by, touches
from grader.kinds._numbers import value_of
from grader.kinds.kind import View, remark, review
from grader.model.expressions import Call, Expr, Index, Name, Op, Reduce, Relation, names_in, walk
from grader.model.results import Finding
from grader.notation.printing import show
from grader.notation.reading import Claim, Reading

_NO_UNITS = frozenset("abcdeijknopqruvwxyz")
_CONTINUES = re.compile(r"[\s,;]*(\.{3}|etc\b|and so (?:on|forth)\b)")


def unclear(claim: Claim, view: View, reading: Reading) -> Finding | None:
    """Why the number of an answer does not stand for itself: words beside it, or mathematics that nobody can read."""
    read_as = show(claim.expr)
    words = changed_by(claim, reading)
    if words:
        return review((claim,), read_as, remark("changed-by-words", words=words))
    for other in view.claims(reading):
        touching = claim.place[0] - other.place[1] <= 1  # 5 cis(0.9)
        if other.error is not None and (other.place > claim.place or touching):
            return review((other,), read_as, remark("unreadable", message=other.error.message, what="a number"))
    if _is_equation(claim.expr):
        return review((claim,), read_as, remark("equation-unsolved"))
    beside = touches(claim, reading)
    if beside is not None and beside.place > claim.place and _goes_on(beside):
        message = "a number, and directly behind it something else"
        return review((claim, beside), read_as, remark("unreadable", message=message, what="a number"))
    return None


def _is_equation(expr: Expr | None) -> bool:
    """Whether a number is what a letter's double is, or its square, and not the letter itself: "2n = 120"."""
    first = expr.operands[0] if isinstance(expr, Relation) and len(expr.operands) == 2 else None
    if not isinstance(first, Op | Call) or len(names_in(first)) != 1:
        return False
    letters = [node for node in walk(first) if isinstance(node, Name)]
    if len(letters) != 1 or not re.fullmatch("[a-df-z]", letters[0].name):  # not cos(pi/4), nor C_10
        return False
    return not any(isinstance(node, Index | Reduce) for node in walk(first))


def _goes_on(beside: Claim) -> bool:
    """Whether mathematics behind a number makes it another one: `0.447 e^{-1.1 i}`, `5 $x$`; not the m of "50 m"."""
    expr = beside.expr
    if not isinstance(expr, Name | Op | Call | Index) or value_of(expr) is not None:
        return False
    if isinstance(expr, Name) and not beside.in_maths:
        return expr.name in _NO_UNITS  # "120 n", but "50 m"
    return bool(names_in(expr))


def continued(claim: Claim, reading: Reading) -> str:
    """The words behind a list that let it go on: "1, 4, 5, ..."."""
    following = next((other for other in reading.claims if other.place[0] >= claim.place[1]), None)
    found = _CONTINUES.match(following.before if following is not None else reading.after)
    return found[1] if found else ""


def conflicts(rival: Candidate, chosen: Candidate) -> bool:
    """Whether another number stands as a second answer: "6 or 7", or a chain whose result is not used."""
    later = max(rival.claim, chosen.claim, key=lambda claim: claim.place)
    if later.joined or later.before.split()[-1:] == ["or"]:
        return True
    if rival.value.value in _numbers_in(chosen.claim.expr):
        return False
    alone = not re.search(r"[a-z]", rival.claim.before.split("\n")[-1]) and not re.search(r"[a-z]", chosen.claim.before)
    return isinstance(rival.claim.expr, Relation) or rival.rank > 0 or alone


def renames(later: Claim, claim: Claim) -> bool:
    """Whether a later equation gives the same name another number: "x = 5, where x = 3"."""
    name, again = _left(claim), _left(later)
    return later.place > claim.place and isinstance(name, Name) and show(name) == show(again)


def is_far(earlier: Any, value: Any) -> bool:
    """Whether the member before the last says another number, beyond rounding."""
    if isinstance(earlier, int) and isinstance(value, int):
        return earlier != value
    return bool(abs(earlier - value) > 0.01 * max(abs(earlier), abs(value)))


def _numbers_in(expr: Expr | None) -> set[Any]:
    """The values of all parts of an expression."""
    return {value_of(node) for node in walk(expr)} if expr is not None else set()


def solved(chosen: Candidate, candidates: Sequence[Candidate]) -> Candidate:
    """The solution, where what was chosen only checks it: "x = 5; indeed x^2 = 25"."""
    first = _left(chosen.claim)
    names = names_in(first) if isinstance(first, Op | Call) else frozenset()
    if len(names) != 1:
        return chosen
    earlier = [c for c in candidates if c.claim.place < chosen.claim.place]
    same = [c for c in earlier if isinstance(left := _left(c.claim), Name) and left.name in names]
    return same[-1] if same else chosen


def _left(claim: Claim) -> Expr | None:
    return claim.expr.operands[0] if isinstance(claim.expr, Relation) else None
