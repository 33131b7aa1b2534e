"""Values of an index as an answer writes them: `range(2)`, `{0, ..., p-1}`, `0..n`."""

from __future__ import annotations

from grader.model.expressions import Expr, Group, Name, Num, Op, Relation
from grader.model.patterns import later
from grader.notation.reading import Claim

_RANGE = later(r"\b(?:np\s?\.\s?|numpy\s?\.\s?)?a?range\s*$", holds=("range",))


def of_python(expr: Expr | None, claim: Claim) -> Expr | None:
    """`range(2)` and `range(0, 2)` end before their last number; behind an index, `k1: 0-1` is no difference."""
    if (dashed := _dashed(expr)) is not None and _INDEX.search(claim.before):
        return dashed
    items = expr.items if isinstance(expr, Group) else (expr,)
    if not _RANGE.search(claim.before) or expr is None or not 1 <= len(items) <= 2:
        return expr
    last = items[-1]
    assert last is not None
    before = Op("add", (last, Op("neg", (Num(1, last.place, "1"),), last.place)), last.place)
    return Op("range", (items[0] if len(items) == 2 else Num(0, last.place, "0"), before), expr.place)


_INDEX = later(r"(^|\b(both|each|in|is|are|from|\w\d?))[\s,:]*$")


def named_before(claim: Claim, wanted: tuple[str, ...]) -> list[str]:
    """The index that the last word before a claim is: "k1 0-1"."""
    words = claim.before.rstrip(" :").split()
    return [words[-1]] if words and words[-1] in wanted else []


def _dashed(expr: Expr | None) -> Op | None:
    """The range that two whole numbers with a dash and no blank between them stand for: `0-1`."""
    if not isinstance(expr, Op) or len(expr.args) != 2 or not isinstance(expr.args[1], Op):
        return None
    low, minus = expr.args
    high = minus.args[0] if isinstance(minus, Op) and minus.op == "neg" else None
    if expr.op != "add" or not isinstance(low, Num) or not isinstance(high, Num):
        return None
    tight = low.place[1] + 1 == high.place[0] and low.text.isdecimal() and high.text.isdecimal()
    return Op("range", (low, high), expr.place) if tight and low.value < high.value else None


def result_of(expr: Expr | None) -> Expr | None:
    """The number that a chain ends with: "from 0 to kh - 1 = 1"."""
    if isinstance(expr, Relation) and set(expr.ops) == {"="} and isinstance(expr.operands[-1], Num):
        return expr.operands[-1]
    return expr


def index_name(expr: Expr | None) -> str:
    """The name of a lone letter, "" for anything else."""
    return expr.name if isinstance(expr, Name) else ""


def is_range(expr: Expr) -> bool:
    """Whether an expression holds two ends."""
    if isinstance(expr, Relation) and expr.operands[0] is None:
        return expr.operands[-1] is not None and is_range(expr.operands[-1])
    return (isinstance(expr, Op) and expr.op == "range") or (isinstance(expr, Group) and len(expr.items) >= 2)


def ends_of(expr: Expr) -> tuple[Expr, Expr]:
    """The first and the last value; of `[0, 2)` the last is before 2."""
    if isinstance(expr, Relation):
        assert expr.operands[-1] is not None
        return ends_of(expr.operands[-1])
    if isinstance(expr, Op):
        return expr.args[0], expr.args[1]
    assert isinstance(expr, Group)
    last = expr.items[-1]
    if expr.brackets == "[)":
        last = Op("add", (last, Op("neg", (Num(1, last.place, "1"),), last.place)), last.place)
    return expr.items[0], last
