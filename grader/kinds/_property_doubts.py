"""What beside an answer by a property takes it back: another eigenvalue, a narrowed parameter, a second thought."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from typing import Any

from grader.kinds._choosing import Candidate, hesitates
from grader.kinds._given import Expected
from grader.kinds._modifiers import change_behind
from grader.kinds._numbers import value_of
from grader.model.expressions import Expr, Name, Num, Op, Relation, names_in
from grader.model.patterns import later
from grader.notation.reading import Claim, Reading

_SAYS_VALUE = re.compile(r"\beigenvalue( is| of|:| =)?\s*$")
_EVERY = frozenset(["R", "ℝ", "reals", "C", "ℂ"])  # a parameter that takes all of these is free
_NARROWING = later(
    r"\b[a-zλμαβ]\$? *(in|∈|\\in) *\$?(\\mathbb *\{?)?[NZQℕℤℚ]"
    r"|\\mathbb *\{? *[NZQ] *\}?(?= *(?:\\left *)?[(\[]| *\\begin"
    r"| *(?:\\vec|\\mathbf)? *\{? *[a-z](?![a-z]))|[NZℕℤℚ](?= *[(\[])"  # Z(1, 2): whole multiples
    r"|\b(?i:no solutions?(?! other)|unsolvable|inconsistent)\b"
    r"|\b(?i:integers?|natural|whole|rational|positive|negative|non-?zero)\b"
    r"|(?<![A-Za-z])[a-zλμ](?:_\d)?\$? +(?:is|are|must be|being)? *(?:not|unequal|greater|less|larger|smaller|between"
    r"|at (?:least|most)|above|below|except|other than)\b(?! (?:free|bound|determined|restricted|limited|fixed)\b)"
)
_NARROWS = frozenset(["<", ">", "<=", ">=", "=", "in", "!="])


def other_value(expected: Expected, claims: Sequence[Claim]) -> Claim | None:
    """The claim that says another eigenvalue than the one asked for, if none says the right one."""
    if expected.eigenvalue is None:
        return None
    pairs = zip((None, *claims), claims, strict=False)
    said = [(claim, value) for before, claim in pairs if (value := _eigenvalue(claim, before)) is not None]
    wanted = complex(expected.eigenvalue)
    if not said or any(abs(complex(value) - wanted) <= 5e-3 * max(1, abs(wanted)) for _, value in said):
        return None
    return said[-1][0]


def narrowed_in_words(text: str) -> str:
    """The words that hold a free parameter to some of its values: "t in N", "t an integer"; "" if there are none."""
    found = _NARROWING.search(text)
    return found.group().strip() if found else ""


def changed_at_end(claim: Claim, reading: Reading) -> str:
    """The words behind the last of several claims that were taken as one, "..., the wrong way round"; "" for none."""
    behind = [one for one in reading.claims if one.place[0] >= claim.place[1]]
    said = change_behind(behind[0].before if behind else reading.after)
    return said.group().strip() if said is not None else ""


def _eigenvalue(claim: Claim, before: Claim | None) -> Any:
    expr = claim.expr
    numbered = isinstance(expr, Relation) and isinstance(expr.operands[0], Num)  # "λ1 = 1": the name, and `1 = 1`
    if numbered and before is not None and before.place[1] == claim.place[0] and isinstance(expr, Relation):
        named = isinstance(before.expr, Name) and before.expr.name.startswith("lambda")
        return value_of(expr.operands[-1]) if named else None
    if isinstance(expr, Relation) and isinstance(expr.operands[0], Name) and expr.operands[0].name.startswith("lambda"):
        return value_of(expr.operands[-1])
    return value_of(expr) if _SAYS_VALUE.search(claim.before) else None


def narrowed(expected: Expected, chosen: Claim, claims: Iterable[Claim]) -> Claim | None:
    """The claim that holds a free parameter of the answer to some of its values: "t >= 0", "t = 2"."""
    expr = chosen.expr
    body = expr.operands[-1] if isinstance(expr, Relation) else expr
    free = names_in(body) if body is not None else frozenset()
    for claim in claims:
        other = claim.expr
        if claim is chosen or not isinstance(other, Relation) or not set(other.ops) <= _NARROWS:
            continue
        said = {one.name for one in other.operands if isinstance(one, Name)}
        names = {name for name in said & free if not name.startswith("lambda")}  # an eigenvalue is no parameter
        if expected.every and _holds_some(other, free):
            return claim
        zero = "=" in other.ops and value_of(other.operands[-1]) == 0  # "t (1, 1), t = 0"
        if names and (zero or expected.every) and not _is_free(other):
            return claim
    return None


_ORDERS = frozenset(["<", ">", "<=", ">=", "!="])
_UNKNOWN = re.compile(r"[xyzuv]\d?")


def _holds_some(relation: Relation, free: frozenset[str]) -> bool:
    """Whether a relation holds between parameters alone, `s + t = 1`, or bounds an unknown, `x_1 > 0`."""
    names = names_in(relation)
    among = bool(names) and names <= free and not _is_free(relation)
    return among or (bool(_ORDERS & set(relation.ops)) and any(_UNKNOWN.fullmatch(name) for name in names))


def _is_free(relation: Relation) -> bool:
    """Whether a relation lets a parameter be any number, or says what it is in other unknowns: "t in R", "t = x3"."""
    last = relation.operands[-1]
    if set(relation.ops) == {"in"}:
        base: Expr | None = last.args[0] if isinstance(last, Op) and last.op == "pow" else last
        return isinstance(base, Name) and base.name in _EVERY
    return set(relation.ops) == {"="} and not any(isinstance(one, Num) for one in relation.operands)


def wavers(chosen: Candidate, candidates: Sequence[Candidate], expected: Expected, reading: Reading) -> list[Candidate]:
    """Candidates that come out otherwise, with "or", "maybe", "no, wait" between them and the chosen one."""
    credit = expected.check(chosen.value).credit
    others = [c for c in candidates if c is not chosen and hesitates((chosen.claim, c.claim), reading)]
    return [c for c in others if expected.check(c.value).credit != credit]
