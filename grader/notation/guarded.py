"""Conditions beside the range of an index: `max_{0 <= j < p, s k + j < N}`, `... for j in range(p) if s*k + j < N`."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from grader.model.expressions import Bound, Call, Expr, Name, Num, Op, Relation, names_in

if TYPE_CHECKING:
    from grader.notation.parser import Parser

_TURNED = {">": "<", ">=": "<="}


def guarded(bounds: Sequence[Bound], spec: Expr | None) -> list[Bound] | None:
    """The bounds under a condition that an index plus something else stays below a length; None for anything else.

    Only an index whose own range has been told is meant: in `0 <= j < n` the n is its end.
    """
    if not isinstance(spec, Relation):
        return None
    operands, ops = spec.operands, spec.ops
    first = operands[0]
    if len(ops) == 2 and ops[0] == "<=" and isinstance(first, Num) and first.value == 0:  # 0 <= s k + j < N
        operands, ops = operands[1:], ops[1:]
    if len(ops) != 1 or operands[0] is None or operands[1] is None:
        return None
    left, right = operands if ops[0] not in _TURNED else operands[::-1]
    op = _TURNED.get(ops[0], ops[0])
    if op not in ("<", "<=") or not isinstance(left, Op) or left.op != "add" or right is None:
        return None
    for at, bound in enumerate(bounds):
        last = _last(left, bound.index, right, op == "<")
        if last is not None and bound.low is not None and bound.high is not None:
            high = Call("min", (bound.high, last), bound.high.place)
            return [*bounds[:at], Bound(bound.index, bound.low, high, bound.place), *bounds[at + 1 :]]
    return None


def under_guard(parser: Parser, bounds: tuple[Bound, ...]) -> tuple[Bound, ...]:
    """The bounds under a condition behind them: `... for j in range(p) if s*k + j < N`; nothing if it is another."""
    token = parser.peek()
    if not bounds or token is None or token.kind != "word" or token.text != "if":
        return bounds
    parser.advance()
    return tuple(guarded(bounds, parser.statement()) or ())


def _last(left: Op, index: str, right: Expr, strict: bool) -> Expr | None:
    """The last value at which a sum with this index as one term is below (or at) what stands on the right."""
    terms = _terms(left)
    rest = [term for term in terms if not (isinstance(term, Name) and term.name == index)]
    if len(rest) != len(terms) - 1 or any(index in names_in(one) for one in (*rest, right)):
        return None
    place = right.place
    less = [*rest, Num(1, place, "1")] if strict else rest
    return Op("add", (right, *(Op("neg", (term,), place) for term in less)), place)


def _terms(expr: Expr) -> list[Expr]:
    return [term for arg in expr.args for term in _terms(arg)] if isinstance(expr, Op) and expr.op == "add" else [expr]


def equation_follows(parser: Parser) -> bool:
    """Whether an equation stands behind a colon: "drop the sum over i: dW[k] = ..." sums nothing up."""
    depth = 0
    for token in parser.tokens[parser.at + 1 :]:
        depth += {"open": 1, "group": 1, "close": -1, "endgroup": -1}.get(token.kind, 0)
        if token.kind in ("line", "stop", "break") or depth < 0:
            return False
        if depth == 0 and token.kind == "rel" and token.text == "=":
            return True
    return False
