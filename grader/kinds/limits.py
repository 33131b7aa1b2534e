"""The range of one or more indices: first and last value, both included."""

from __future__ import annotations

import re
from collections.abc import Iterable
from contextlib import suppress
from fractions import Fraction
from itertools import pairwise
from typing import Any, NamedTuple

from grader.kinds._choosing import hesitates
from grader.kinds._numbers import scalar
from grader.kinds.kind import (
    Example,
    Kind,
    Setup,
    View,
    mistake,
    not_found,
    partial,
    remark,
    review,
    right,
    wrong,
)
from grader.maths.evaluation import evaluate
from grader.model.errors import Unreadable
from grader.model.expressions import Bound, Expr, Group, Index, Name, Num, Op, Reduce, Relation, children
from grader.model.results import Finding
from grader.model.rubrics import Mapping
from grader.model.vocabulary import Field
from grader.notation.printing import show
from grader.notation.reading import Claim, Reading
from grader.notation.sums import read_bounds

Limits = tuple[int, int]


class Expected(NamedTuple):
    """First and last value of each index, and a scope in which the student's letters can be evaluated."""

    limits: tuple[tuple[str, Limits], ...]
    world: Any


def prepare(fields: Mapping, setup: Setup) -> Expected | None:
    """Computes the limits; records a fault for anything but `first..last`."""
    node = fields.get("limits")
    if not isinstance(node, Mapping) or not node.entries:
        if node is not None:
            setup.fault(node.place, "limits need a mapping of indices", "limits: {k: 0..n-1}")
        return None
    found = []
    for key, value in node.entries:
        expr = setup.parse(value)
        if expr is None:
            return None
        if not (isinstance(expr, Op) and expr.op == "range"):
            setup.fault(value.place, "limits are written first..last", "k: 0..n-1")
            return None
        try:
            first, last = (scalar(evaluate(arg, setup.world.scope()).data) for arg in expr.args)
        except Unreadable as error:
            setup.fault(value.place, f"cannot compute these limits: {error.message}")
            return None
        if not (isinstance(first, int) and isinstance(last, int)):
            setup.fault(value.place, "limits must be whole numbers")
            return None
        found.append((key.text.replace("_", ""), (first, last)))
    return Expected(tuple(found), setup.world)


# -- reading ---------------------------------------------------------------------------------------------------


def _bounds_in(expr: Expr | None) -> Iterable[Bound]:
    """Every index with limits that an expression states: in relations and under sum signs."""
    waiting: list[Expr] = [expr] if expr is not None else []
    while waiting:
        node = waiting.pop(0)
        if isinstance(node, Reduce):
            yield from (bound for bound in node.bounds if bound.high is not None)
        if isinstance(node, Relation):
            with suppress(Unreadable):  # a relation that limits no index
                yield from (b for b in read_bounds([node], None) if b.high is not None or b.low is not None)
        waiting.extend(children(node))


def _gather(claims: tuple[Claim, ...], wanted: tuple[str, ...]) -> tuple[Found, list[Claim]]:
    """Limits by index, from relations, sums, lists of values, and the words "from ... to"."""
    found: Found = {}
    used: list[Claim] = []
    pending: list[str] = []  # indices named but without limits yet: "k1, k2 in {0, 1}", "k1 and k2 go from"
    numbers: list[Expr] = []
    previous: Expr | None = None
    expr: Expr | None = None
    for claim in _apart(claims, wanted):
        previous, expr = expr, claim.expr
        name = _index_name(expr)
        if name in wanted:
            if found and name not in found and _SAME.search(claim.before):  # "0 or 1, same for k2"
                found[name] = list(found.values())[-1]
            pending = [name] if numbers else [*pending, name]  # "k1 from 0 to 1, k2 from 0 to 2"
            numbers = []
            used.append(claim)
            continue
        bounds = [bound for bound in _bounds_in(expr) if bound.index in wanted]
        if bounds:
            before = pending if claim.joined and len(numbers) < 2 else []
            if not _is_upper(bounds, claim, found):
                _take(bounds, before, found)
            pending = [*before, *(bound.index for bound in bounds)]
            low, high = found[pending[-1]]
            numbers = [low] if low is not None and high is None else []  # k1 = 0..1 is said and done
            used.append(claim)
            continue
        expr = _of_python(_result(expr), claim)
        if expr is None:
            continue
        if _is_range(expr):
            low, high = _range(expr)
            for other in pending or [w for w in wanted if w not in found]:
                found.setdefault(other, (low, high))
            used.append(claim)
        elif (listed := _listed(claim, expr, numbers, previous)) is not None:
            numbers = listed
            used.append(claim)
            if len(numbers) >= 2:
                for other in pending or [w for w in wanted if w not in found]:
                    found[other] = (numbers[0], numbers[-1])
    return found, used


def _listed(claim: Claim, expr: Expr, numbers: list[Expr], previous: Expr | None) -> list[Expr] | None:
    """The values named so far with this one; None if it belongs to no such list: "from 0 to 1", "0, ..., 1"."""
    goes_on = _continues(claim, numbers) or (bool(numbers) and _DOTS.fullmatch(claim.before))
    if not isinstance(expr, Num | Op | Name | Index) or not (goes_on or _FROM_TO.search(claim.before)):
        return None
    if _VALUES.search(claim.before):  # "k1 and k2 can each only be 0 or 1"
        return [expr]
    numbers = [] if _BEGINS.search(claim.before) else numbers
    if not numbers and isinstance(previous, Num) and _TO.search(claim.before):
        numbers = [previous]  # "0 to 1 for both"
    if not numbers and _AND.search(claim.before):
        return None  # "W[1,0] and W[1,1]": nothing has begun
    return [*numbers, expr]


def _values_listed(used: list[Claim]) -> list[Claim]:
    """The values 1, 2 ... that "or" joins to the number before, one less each: "0 or 1", but not "1 or 2 and so on"."""
    said = [(a, b) for a, b in pairwise(used) if b.before.strip() == "or" and _VALUES.search(a.before)]
    return [
        b for a, b in said if isinstance(a.expr, Num) and isinstance(b.expr, Num) and b.expr.value == a.expr.value + 1
    ]


def _is_upper(bounds: list[Bound], claim: Claim, found: Found) -> bool:
    """ "k1 = 0 to k1 = 1": the second value of an index ends what the first began."""
    one = bounds[0]
    low, high = found.get(one.index, (None, None))
    if len(bounds) > 1 or one.high is not None or low is None or high is not None or not _TO.search(claim.before):
        return False
    found[one.index] = (low, one.low)
    return True


def _of_python(expr: Expr | None, claim: Claim) -> Expr | None:
    """`range(2)` and `range(0, 2)` end before their last number."""
    items = expr.items if isinstance(expr, Group) else (expr,)
    if not _RANGE.search(claim.before) or expr is None or not 1 <= len(items) <= 2:
        return expr
    last = items[-1]
    assert last is not None
    before = Op("add", (last, Op("neg", (Num(1, last.place, "1"),), last.place)), last.place)
    return Op("range", (items[0] if len(items) == 2 else Num(0, last.place, "0"), before), expr.place)


def _result(expr: Expr | None) -> Expr | None:
    """The number that a chain ends with: "from 0 to kh - 1 = 1"."""
    if isinstance(expr, Relation) and set(expr.ops) == {"="} and isinstance(expr.operands[-1], Num):
        return expr.operands[-1]
    return expr


_RANGE = re.compile(r"\brange\s*$")
_SAME = re.compile(r"\b(same|likewise|identical)( \w+){0,2}\s*$")
_TO = re.compile(r"\b(to|until|till|through|bis)\s*$")
Found = dict[str, tuple[Expr | None, Expr | None]]


def _take(bounds: list[Bound], pending: list[str], found: Found) -> None:
    """Notes limits, also for names listed just before: `k_1, k_2 \\in \\{0, 1\\}`, `0 \\le k_1, k_2 \\le 1`."""
    for bound in bounds:
        low, high = found.get(bound.index, (None, None))
        found[bound.index] = (bound.low or low, bound.high or high)
    last = bounds[-1].index
    for other in pending:
        low, high = found.get(other, (None, None))
        found[other] = (low or found[last][0], high or found[last][1])
        if len(bounds) == 1 and found[last][0] is None:
            found[last] = (low, found[last][1])


_SAID = (
    r"\b(each|both|only|can|may|must|either|takes?)( \w+){0,2} (be|are|is|values?)\s*$"
    r"|\b(are|is|be) (each|both|only|either)\s*$"
)
_VALUES = re.compile(_SAID)
_DENIES = re.compile(r"\b(not|never|neither|cannot|exclusive|excluded|excluding|starting from|but)\b|n't\b")
_FROM_TO = re.compile(
    rf"{_SAID}|"
    r"\b(from|between|to|up to and including|until|till|and|through|over|von|bis)\s*$|:\s*$"
    r"|\b(lower|upper)( limit| bound)?( is)?\s*$"
    r"|\b(starts?|begins?|ends?|stops?) (at|with)\s*$"
    r"|\b(limits?|bounds?|ranges?|indices|values?)( \w+){0,3} (is|are|be)\s*$"
)
_BEGINS = re.compile(r"\b(from|between|are|over|von)\s*$")
_AND = re.compile(r"\band\s*$")
_DOTS = re.compile(r"[\s,]*(\.\.\.|…)?[\s,]*")


def _apart(claims: tuple[Claim, ...], wanted: tuple[str, ...]) -> Iterable[Claim]:
    """ "k1: 0 to 1 / k2: 0 to 1": a slash before an index separates, it does not divide."""
    for claim in claims:
        expr = claim.expr
        if isinstance(expr, Op) and expr.op == "div" and _index_name(expr.args[1]) in wanted:
            for part in expr.args:
                before = claim.before if part is expr.args[0] else "/"
                yield claim._replace(expr=part, place=part.place, before=before, joined=False)
        else:
            yield claim


def _continues(claim: Claim, numbers: list[Expr]) -> bool:
    """`k = 0, 1`: the next value of a list that has begun."""
    return claim.joined and bool(numbers)


def _index_name(expr: Expr | None) -> str:
    return expr.name if isinstance(expr, Name) else ""


def _is_range(expr: Expr) -> bool:
    if isinstance(expr, Relation) and expr.operands[0] is None:
        return expr.operands[-1] is not None and _is_range(expr.operands[-1])
    return (isinstance(expr, Op) and expr.op == "range") or (isinstance(expr, Group) and len(expr.items) >= 2)


def _range(expr: Expr) -> tuple[Expr, Expr]:
    if isinstance(expr, Relation):
        assert expr.operands[-1] is not None
        return _range(expr.operands[-1])
    if isinstance(expr, Op):
        return expr.args[0], expr.args[1]
    assert isinstance(expr, Group)
    last = expr.items[-1]
    if expr.brackets == "[)":
        last = Op("add", (last, Op("neg", (Num(1, last.place, "1"),), last.place)), last.place)
    return expr.items[0], last


def _value(expr: Expr | None, expected: Expected) -> int | None:
    if expr is None:
        return None
    try:
        value = scalar(evaluate(expr, expected.world.scope()).data)
    except Unreadable:
        return None
    return value if isinstance(value, int) else None


# -- judging ---------------------------------------------------------------------------------------------------


def judge(expected: Expected, view: View) -> Finding:
    """Compares the stated limits with the reference."""
    wanted = tuple(name for name, _ in expected.limits)
    view = view.named(dict.fromkeys(wanted, 0))
    reading: Reading = view.reading(grouping=False)
    claims = view.claims(reading)
    found, used = _gather(claims, wanted)
    if not found:
        return not_found(view, "the limits of an index")
    shown = tuple(used)
    listed = _values_listed(used)  # "0 or 1" names the two values of an index
    others = reading._replace(claims=tuple(claim for claim in reading.claims if claim not in listed))
    if _DENIES.search(reading.words) or hesitates(used, others):  # "do not run from 0 to 1", "or from 1 to 2"
        return review(shown, "", remark("limits-unclear"))
    read_as = "; ".join(f"{name} from {show(low) or '?'} to {show(high) or '?'}" for name, (low, high) in found.items())
    values = {name: (_value(low, expected), _value(high, expected)) for name, (low, high) in found.items()}
    if any(None in limits for limits in values.values()):
        return review(shown, read_as, remark("limits-unclear"))
    hits = [name for name, limits in expected.limits if values.get(name) == limits]
    missing = [name for name in wanted if name not in values]
    if len(hits) == len(wanted):
        return right(shown, read_as)
    if missing and len(hits) + len(missing) == len(wanted):
        return partial(
            Fraction(len(hits), len(wanted)),
            shown,
            read_as,
            mistake("limits-missing", names=", ".join(missing)),
        )
    names = ", ".join(name for name in wanted if name not in hits and name not in missing)
    if all(values.get(name) == (low + 1, high + 1) for name, (low, high) in expected.limits):
        return partial(Fraction(2, 5), shown, read_as, mistake("counts-from-one"))
    if hits:
        return partial(Fraction(len(hits), len(wanted)), shown, read_as, mistake("limits-wrong", names=names))
    return wrong(shown, read_as, remark("limits-wrong", names=names))


def find(expected: Expected, view: View) -> tuple[Claim, ...]:
    """The claims that limit an index."""
    view = view.named(dict.fromkeys((name for name, _ in expected.limits), 0))
    return tuple(c for c in view.claims(view.reading(grouping=False)) if list(_bounds_in(c.expr)))


def _describe(expected: Expected) -> str:
    return "; ".join(f"{name} from {low} to {high}" for name, (low, high) in expected.limits)


KIND = Kind(
    name="limits",
    doc="first and last value of indices",
    fields=(Field("limits", "names", "for each index, first..last, both included", required=True),),
    prepare=prepare,
    judge=judge,
    describe=_describe,
    find=find,
    model_answer=lambda expected: "; ".join(f"{name} = {low}..{high}" for name, (low, high) in expected.limits),
    reads={"grouping": False},
    spoken=True,
    in_words=r"\b(from|between|zero|one|all|whole|boundary|inside|within)\b",
    examples=(
        Example("limits: {k1: 0..1, k2: 0..1}", "$0 \\le k_1 \\le 1$ and $0 \\le k_2 < 2$", "right"),
        Example("limits: {k1: 0..1, k2: 0..1}", "$k_1, k_2 \\in \\{0, 1\\}$", "right"),
        Example("limits: {k1: 0..1, k2: 0..1}", "k1 and k2 both go from 0 to 1", "right"),
        Example("limits: {k1: 0..1, k2: 0..1}", "$\\sum_{k_1=0}^{1}\\sum_{k_2=0}^{1} W[k_1,k_2]$", "right"),
        Example("limits: {k1: 0..1, k2: 0..1}", "k1 = 1..2, k2 = 1..2", "partial"),
        Example("limits: {k1: 0..1, k2: 0..1}", "k1 = 0..5, k2 = 0..4", "wrong"),
        Example("limits: {k1: 0..1, k2: 0..1}", "$i+k_1$ must stay inside $X$", "review"),
    ),
)
