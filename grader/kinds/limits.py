"""The range of one or more indices: first and last value, both included."""

from __future__ import annotations

from fractions import Fraction
from itertools import pairwise
from typing import Any

from grader.kinds._choosing import hesitates
from grader.kinds._defined import with_own_letters
from grader.kinds._limit_claims import (
    bounds_in,
    claims_about,
    in_other_letters,
    names_others,
    said_of_both,
    with_ends_named,
    with_names_first,
)
from grader.kinds._limit_values import ends_of, index_name, is_range, named_before, of_python, result_of
from grader.kinds._limit_words import BEGINS, BOTH, FROM_TO, LOWER, SAME, TO, TOO, goes_further, left_out
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
from grader.model.expressions import Bound, Expr, Index, Name, Num, Op
from grader.model.patterns import later
from grader.model.records import NamedTuple
from grader.model.results import Finding
from grader.model.rubrics import Mapping
from grader.model.vocabulary import Field
from grader.notation.printing import show
from grader.notation.reading import Claim, Reading

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


def _gather(claims: tuple[Claim, ...], wanted: tuple[str, ...], after: str = "") -> tuple[Found, list[Claim]]:
    """Limits by index, from relations, sums, lists and the words "from ... to"; `after` are the last words."""
    found: Found = {}
    used: list[Claim] = []
    pending: list[str] = []  # indices named but without limits yet: "k1, k2 in {0, 1}", "k1 and k2 go from"
    numbers: list[Expr] = []
    meant: list[str] = []  # what takes these values
    begun = ""  # the words before the first of these
    previous = expr = None
    behind = (*(claim.before for claim in claims[1:]), after)
    for last, claim, words in zip((None, *claims), claims, behind, strict=False):
        previous, expr = expr, claim.expr
        numbers = _going_on(numbers, last, claim)
        name = index_name(expr)
        if name in wanted:
            same = SAME.search(claim.before) or TOO.match(words)
            if same and len(found) == 1 and name not in found:  # "and the same for k2", "and k2 too"
                found[name] = next(iter(found.values()))
                used.append(claim)
                continue
            pending = [name] if numbers else [*pending, name]  # "k1 from 0 to 1, k2 from 0 to 2"
            numbers = []
            used.append(claim)
            continue
        bounds = [bound for bound in bounds_in(expr) if bound.index in wanted]
        if bounds:
            before = pending if claim.joined and len(numbers) < 2 else []
            if not _is_upper(bounds, claim, found):
                _take(bounds, before, found)
            pending = [*before, *(bound.index for bound in bounds)]
            low, high = found[pending[-1]]
            numbers = [low] if low is not None and high is None else []
            used.append(claim)
            continue
        expr = of_python(result_of(expr), claim)
        if expr is None:
            continue
        if is_range(expr):
            low, high = ends_of(expr)
            for other in pending or named_before(claim, wanted) or _open(wanted, found, claim, claims):
                found.setdefault(other, (low, high))
            used.append(claim)
        elif (listed := _listed(claim, expr, _for_both(numbers, previous, claim, words), previous, begun)) is not None:
            begun = claim.before if len(listed) == 1 else begun
            numbers = listed
            used.append(claim)
            if len(numbers) > 2 or (len(numbers) == 2 and not _is_told(found, wanted, begun)):
                meant = meant if len(numbers) > 2 else pending or [w for w in wanted if w not in found]
                found |= dict.fromkeys(meant, (numbers[0], numbers[-1]))  # "both run over 0, 1, 2"
    return found, used


def _open(wanted: tuple[str, ...], found: Found, claim: Claim, claims: tuple[Claim, ...]) -> list[str]:
    """The indices without limits: one alone where other ranges follow, "range(3), range(2)", else all of them."""
    left = [name for name in wanted if name not in found]
    behind = (of_python(result_of(other.expr), other) for other in claims if other.place > claim.place)
    return left[:1] if any(expr is not None and is_range(expr) for expr in behind) else left


def _is_told(found: Found, wanted: tuple[str, ...], begun: str) -> bool:
    """Whether other words give two more numbers where all limits are known: "k1 = 0..1, the rows of X from 0 to 5"."""
    return all(None not in found.get(name, (None,)) for name in wanted) and not BOTH.search(begun)


def _going_on(numbers: list[Expr], before: Claim | None, claim: Claim) -> list[Expr]:
    """The values so far, if this claim may go on with them: not below "so both are 0 or 1", in what was printed."""
    complete = len(numbers) > 1
    if complete and claim.aside and before is not None and not before.aside:
        return []  # "go from 0 to 1 (W is 2 by 2)"
    return numbers if before is None or before.block == claim.block or not complete else []


def _for_both(numbers: list[Expr], previous: Expr | None, claim: Claim, behind: str) -> list[Expr]:
    """ "0 and 1 for both": the first of two numbers that nothing announces."""
    said = not numbers and _AND.fullmatch(claim.before.strip()) and _BOTH.match(behind)
    return [previous] if said and isinstance(previous, Num) else numbers


_BOTH = later(r"\s*(for|in) (both|each|the two|k_?1 and k_?2)\b")


def _listed(claim: Claim, expr: Expr, numbers: list[Expr], previous: Expr | None, begun: str) -> list[Expr] | None:
    """The values named so far with this one; None if it belongs to no such list: "from 0 to 1", "0, ..., 1"."""
    goes_on = bool(numbers) and (claim.joined or _DOTS.fullmatch(claim.before))
    if _IS_ONE.match(claim.before) and index_name(previous)[:1].islower():
        return [expr]  # "k1 is 0 or 1"
    goes_on = goes_on or bool(numbers and _OR.fullmatch(claim.before))
    if not isinstance(expr, Num | Op | Name | Index) or not (goes_on or FROM_TO.search(claim.before)):
        return None
    numbers = [] if BEGINS.search(claim.before) and not _UPPER.search(claim.before) else numbers
    if not numbers and isinstance(previous, Num) and TO.search(claim.before):
        numbers = [previous]  # "0 to 1 for both"
    if not numbers and _AND.search(claim.before):
        return None  # "W[1,0] and W[1,1]": nothing has begun
    if numbers and _AND.search(claim.before) and not _BETWEEN.search(begun) and not _follows(numbers[-1], expr):
        return None  # "are 0 and 2": is 1 among them?
    turned = len(numbers) == 1 and _UPPER.search(begun) and LOWER.search(claim.before)  # upper limit 1, lower limit 0
    return [expr, *numbers] if turned else [*numbers, expr]


def _follows(before: Expr, expr: Expr) -> bool:
    """Whether "a and b" can be all values there are; of letters nobody can say."""
    return not (isinstance(before, Num) and isinstance(expr, Num)) or expr.value - before.value == 1


def _joined_values(used: list[Claim]) -> list[Claim]:
    """The value behind the "or" of "can each only be 0 or 1": one more than the value before, and no second thought."""
    said = [(a, b) for a, b in pairwise(used) if b.before.strip() == "or" and _ONE_OF.search(a.before)]
    return [
        b for a, b in said if isinstance(a.expr, Num) and isinstance(b.expr, Num) and b.expr.value == a.expr.value + 1
    ]


_ONE_OF = later(
    r"^\s*(is|equals|are)( (each|both|either))?\s*$|"
    r"\b(each|both|only|can|may|must|either|takes?)( \w+){0,2} (be|are|is|values?)\s*$"
    r"|\b(are|is|be) (each|both|only|either)\s*$"
)


def _is_upper(bounds: list[Bound], claim: Claim, found: Found) -> bool:
    """ "k1 = 0 to k1 = 1": the second value of an index ends what the first began."""
    one = bounds[0]
    low, high = found.get(one.index, (None, None))
    if len(bounds) > 1 or one.high is not None or low is None or high is not None or not TO.search(claim.before):
        return False
    found[one.index] = (low, one.low)
    return True


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


_DENIES = later(
    r"不是|并非|\b(not(?! exist| fit)|never|neither|nicht|cannot|exclu\w+|except|unless|but|\w*n't)\b"
    r"|\b(without|starting from)\b|\b(plus|minus) (one|two|1|2)\b|\b(one|1) (more|less|further)\b",
    holds="不是 并非 not never either nicht exclu except without start but n't plus minus more less further".split(),
)
_IS_ONE = later(r"\s*(is|equals|are)( (each|both|either))?\s*\Z")
_UPPER = later(r"\b(upper|highest|largest|last|ends?|stops?|maximum|max)\b[^.]*$")
_BETWEEN = later(r"\b(from|between|zwischen|von|de|desde|entre|от|od|van|från)\s*$|[从從由]\s*$|^\W*$")
_OR, _AND = later(r"\s*or\s*"), later(r"\b(and|und|et|y)\s*$")
_DOTS = later(r"[\s,]*(\.\.\.|…)?[\s,]*")


def _value(expr: Expr | None, expected: Expected, view: View) -> int | None:
    scope = expected.world.scope()
    try:
        value = None if expr is None else scalar(evaluate(with_own_letters(expr, view, scope.names), scope).data)
    except Unreadable:
        return None
    return value if isinstance(value, int) else None


# -- judging ---------------------------------------------------------------------------------------------------


def _is_denied(reading: Reading, view: View, values: dict[str, tuple[int | None, int | None]]) -> bool:
    """Whether words take limits back; that the next value is not reached any more is no more than they say."""
    denials, ends = sum(1 for _ in _DENIES.finditer(reading.words)), {high for _, high in values.values()}
    beyond = [int(found[1]) for found in _NOT_REACHED.finditer(view.answer.text.lower())] if denials else []
    return denials > len(beyond) or any({value - 1} != ends for value in beyond)


_NOT_REACHED = later(r"\b(\d+)\W{0,3}(?: is)? not (?:reached|included|taken|counted|part of it|allowed)\b")


def judge(expected: Expected, view: View) -> Finding:
    """Compares the stated limits with the reference."""
    wanted = tuple(name for name, _ in expected.limits)
    view = view.named(dict.fromkeys(wanted, 0))
    reading: Reading = view.reading(grouping=False)
    claims = with_names_first(with_ends_named([*claims_about(wanted, view, reading)], reading.after), wanted)
    found, used = _gather(claims, wanted, reading.after)
    if not found and (other := in_other_letters(view.claims(reading), wanted)) is not None:
        found, used = dict.fromkeys(wanted, other), [*view.claims(reading)]
    if not found:
        return not_found(view, "the limits of an index")
    shown = tuple(used)
    joined = _joined_values(used)  # "0 or 1" names the two values of an index
    others = reading._replace(claims=tuple(claim for claim in reading.claims if claim not in joined))
    unsure = hesitates(used, others) or names_others(used, wanted, reading)
    read_as = "; ".join(f"{name} from {show(low) or '?'} to {show(high) or '?'}" for name, (low, high) in found.items())
    values = {name: (_value(low, expected, view), _value(high, expected, view)) for name, (low, high) in found.items()}
    if unsure or _is_denied(reading, view, values):  # "do not run from 0 to 1", "or from 1 to 2"
        return review(shown, "", remark("limits-unclear"))
    missing = [name for name in wanted if name not in values]
    again = [tuple(_value(end, expected, view) for end in ends) for ends in said_of_both(claims)]
    if (
        any(ends not in values.values() for ends in again)
        or any(None in limits for limits in values.values())
        or (missing and SAME.search(reading.words))
    ):
        return review(shown, read_as, remark("limits-unclear"))
    hits = [name for name, limits in expected.limits if values.get(name) == limits]
    if len(hits) == len(wanted):
        if words := left_out(view.answer.text.lower()) or goes_further(view.answer.text.lower(), expected.limits):
            return review(shown, read_as, remark("changed-by-words", words=words))
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
    return tuple(c for c in view.claims(view.reading(grouping=False)) if list(bounds_in(c.expr)))


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
    in_words=r"\b(from|between|de|entre|von|zero|one|all|whole|boundary|inside|within)\b",
    calculates=True,
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
