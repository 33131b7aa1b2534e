"""Cases in words behind a formula: `h = 2^{-n}` for `n >= 0`, and 0 otherwise."""

from __future__ import annotations

from collections.abc import Sequence, Set

from grader.maths.conditions import is_condition
from grader.model.expressions import Cases, Expr, Group, Num, Relation, names_in
from grader.model.patterns import later
from grader.model.records import NamedTuple
from grader.notation.reading import Claim, Reading

_FOR = later(r"[\s,;(]*(for|if|when|where|whenever|with|only|für|wenn|falls|si|pour|para|quando|se)?( all)?\s*")
_ELSE = later(r"\b(else|otherwise|elsewhere|sonst|sinon|ailleurs|si no|altrimenti|outside)\b")


class Said(NamedTuple):
    """The condition behind a formula, and the formula by cases; None where nobody says what holds otherwise."""

    condition: Claim
    whole: Cases | None
    claims: tuple[Claim, ...]


def cases_said(claim: Claim, body: Expr, claims: Sequence[Claim], reading: Reading, numbers: Set[str]) -> Said | None:
    """What stands behind a formula of a claim, if it is a condition on numbers on which the reference turns."""
    behind = [one for one in claims if one.place > claim.place and one.sentence == claim.sentence][:3]
    condition = _condition(behind[0]) if behind else None
    if condition is None or not names_in(condition) & numbers or not _FOR.fullmatch(behind[0].before):
        return None
    if len(behind) == 2:
        words = f"{behind[1].before} {reading.after}"
        value = behind[1].expr.operands[-1] if isinstance(behind[1].expr, Relation) else behind[1].expr
        if isinstance(value, Num) and _ELSE.search(words):
            whole = Cases(((body, condition), (value, None)), (body.place[0], value.place[1]))
            return Said(behind[0], whole, (claim, *behind))
    return Said(behind[0], None, (claim, *behind[:1]))


def _condition(claim: Claim) -> Expr | None:
    expr = claim.expr
    if isinstance(expr, Group) and expr.brackets == "()" and len(expr.items) == 1:
        expr = expr.items[0]
    ordered = isinstance(expr, Relation) and not set(expr.ops) <= {"="}
    return expr if expr is not None and ordered and is_condition(expr) else None
