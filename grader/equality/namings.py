"""A side of a pair told by its last value or under the other side's name: "20 log10(100) = 40 dB", "rank is two"."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import suppress

from grader.equality.components import is_sum_of_axes
from grader.equality.decide import decide, kind_of
from grader.equality.keys import key
from grader.equality.norms import runs_through, with_sums
from grader.equality.readings import crossed, with_both_signs
from grader.equality.regions import is_over_region
from grader.equality.roles import CONSTANTS
from grader.equality.samples import numbered_members
from grader.equality.scalars import Habits
from grader.equality.slopes import substitute
from grader.equality.verdicts import EQUAL
from grader.model.errors import Unreadable
from grader.model.expressions import (
    Bound,
    Call,
    Derivative,
    Expr,
    Group,
    Name,
    Op,
    Reduce,
    Relation,
    Unit,
    names_in,
    rebuilt,
    walk,
)
from grader.model.patterns import later
from grader.notation.dialect import USUAL_FUNCTIONS, Dialect
from grader.notation.formula import read_formula
from grader.notation.printing import show
from grader.notation.spoken import read_phrase

_NUMBERS = CONSTANTS | {"i", "j"}
_HABITS = Habits(frozenset(["i", "j"]))  # in a chain of numbers


def named_anew(expr: Expr, text: str, other: Expr, other_text: str, dialect: Dialect) -> Iterator[Expr]:
    """The ways to tell one side which the other side suggests."""
    yield from _with_factors(expr, text, other, dialect)
    if (value := _last_value(expr, other)) is not None:
        yield value
    yield from _as_lengths(expr, other)
    if (summed := with_sums(expr, other)) is not None:
        yield summed
        if (bounded := _with_limits(summed, other)) is not None:
            yield bounded
    if (members := numbered_members(expr, other)) is not None:
        yield members
    if isinstance(other, Group) and (said := crossed(text, other)):
        with suppress(Unreadable):
            yield from _as_lengths(read_formula(said, dialect).expr, other)
    for tell in _TELLINGS:
        if (said_so := tell(expr, other)) is not None:
            yield said_so
    if (borrowed := _with_name_of(text, other_text)) and not isinstance(other, Group):
        with suppress(Unreadable):
            told = read_formula(borrowed, dialect).expr
            yield _last_value(told, other) or told


_ORDERS_OF_GROWTH = frozenset(["Theta", "O", "Omega", "o", "omega"])


def _order_of_growth(expr: Expr, other: Expr) -> Expr | None:
    """`T(n) \\in \\Theta(n^{\\log_2 3}) \\approx ...` as the order alone, where the other side gives one alone."""
    if not _is_order(other) or not isinstance(expr, Relation):
        return None
    exact = expr.ops[: expr.ops.index("~")] if "~" in expr.ops else expr.ops  # what follows is rounded
    order = expr.operands[len(exact)]
    return order if exact in ((), ("in",), ("=",)) and order is not None and _is_order(order) else None


def _is_order(expr: Expr) -> bool:
    return isinstance(expr, Call) and expr.function in _ORDERS_OF_GROWTH


def _listed_behind_name(expr: Expr, other: Expr) -> Expr | None:
    """`X = 1, 1+4j, 1, 1-4j` as `X = (1, 1+4j, 1, 1-4j)`, where the other side lists as many in order."""
    listed = other.operands[-1] if isinstance(other, Relation) and other.ops == ("=",) else other
    if not isinstance(listed, Group) or listed.brackets not in ("()", "[]") or not isinstance(expr, Group):
        return None
    first, *rest = expr.items
    same_length = len(expr.items) == len(listed.items) >= _LEAST_LISTED
    if expr.brackets or not same_length or not isinstance(first, Relation) or first.ops != ("=",):
        return None
    name, value = first.operands
    if not isinstance(name, Name | Call) or value is None or any(isinstance(item, Relation) for item in rest):
        return None
    told = Group("()", (value, *rest), expr.place)
    return Relation((name, told), ("=",), expr.place) if isinstance(other, Relation) else told


_LEAST_LISTED = 3


def values_of_same(gold: Expr, answer: Expr) -> tuple[Expr, Expr] | None:
    """The values of `tr A = ...` and `tr(A) = ...`, where nothing of the name stands in them; None for others."""
    if not isinstance(gold, Relation) or not isinstance(answer, Relation):
        return None
    if (gold.ops, answer.ops) != (("=",), ("=",)):
        return _value_of_chain(gold, answer)
    (left, value), (other_left, other) = gold.operands, answer.operands
    if left is None or value is None or other_left is None or other is None or not isinstance(left, Call | Name):
        return None
    named = {left.name} if isinstance(left, Name) else names_in(left)
    same = key(left) == key(other_left)
    return (value, other) if same and not named & (names_in(value) | names_in(other)) else None


def _value_of_chain(gold: Relation, answer: Relation) -> tuple[Expr, Expr] | None:
    """The value of `W = 12 J` beside `W = Fd = 4 N * 3 m = 12 J`, whose last value counts; None for other pairs.

    Of what the chain goes through nothing may be a letter alone, of which it would say something, too.
    """
    for one, chain, turned in ((gold, answer, False), (answer, gold, True)):
        name, value = one.operands[0], one.operands[-1]
        if one.ops != ("=",) or len(chain.ops) < 2 or set(chain.ops) - {"=", "~"}:
            continue
        if not isinstance(name, Name) or value is None or name.name in names_in(value) or chain.operands[0] is None:
            continue
        through = chain.operands[1:-1]
        if key(name) == key(chain.operands[0]) and not any(step is None or isinstance(step, Name) for step in through):
            return (chain, value) if turned else (value, chain)
    return None


def _with_factors(expr: Expr, text: str, other: Expr, dialect: Dialect) -> Iterator[Expr]:
    """`h(a + b)/2` as a product, where the other side says `(a + b)h/2`: there h is no function."""
    called = {node.function for node in walk(expr) if isinstance(node, Call)} & USUAL_FUNCTIONS
    elsewhere = {node.function for node in walk(other) if isinstance(node, Call)}
    factors = (called & names_in(other)) - elsewhere
    if factors:
        with suppress(Unreadable):
            yield read_formula(text, dialect._replace(functions=dialect.functions - factors)).expr


def _last_value(expr: Expr, other: Expr) -> Expr | None:
    """The end of a chain of equal numbers, or of one that a product of other letters begins; None for the rest.

    `1/(1+j) = (1-j)/2` says (1-j)/2, `u x v = (-3, 6, -3)` a vector; `x + y = 5` says more than 5.
    """
    if not isinstance(expr, Relation) or set(expr.ops) - {"="} or None in expr.operands:
        return None
    if any(isinstance(node, Op) and node.op == "mod" for node in walk(expr)):
        return None  # a congruence
    *before, value = [operand for operand in expr.operands if operand is not None]
    numbers = [operand for operand in before if not names_in(operand) - _NUMBERS]
    if before and is_over_region(before[0]) and not isinstance(other, Relation):
        return value if all(decide(one, value, _HABITS).verdict == EQUAL for one in before[1:]) else None
    if isinstance(other, Relation) and len(numbers) < len(before):
        return _shortened(expr, before, value)
    if isinstance(other, Relation) and not isinstance(other.operands[0], Call):
        return None  # 0 = 0 does not say x = 0
    if len(numbers) == len(before) and not any(isinstance(node, Group) for one in before for node in walk(one)):
        equal = all(decide(_unitless(one), _unitless(value), _HABITS).verdict == EQUAL for one in before)
        return value if equal else None
    if len(before) == 1 and names_in(before[0]) & names_in(value):  # det(3A) = 27 det(A), which is true
        return value if decide(before[0], value, _HABITS).verdict == EQUAL else None
    listed = kind_of(other) in ("matrix", "list", "vector") or isinstance(other, Group)
    listed = listed or (isinstance(value, Group) and is_sum_of_axes(other))
    named = isinstance(before[0], Op) and before[0].op in ("mul", "cross", "pow", "add", "transpose")
    free = not names_in(before[0]) & (names_in(value) | names_in(other))
    led = all(decide(one, value, _HABITS).verdict == EQUAL for one in before[1:])
    return value if listed and named and free and led else None


def _shortened(expr: Relation, before: list[Expr], value: Expr) -> Expr | None:
    """`det(A) = 2*(-4) - 3*2 = -14` without what was worked out on the way, which must be right."""
    first, *steps = before
    if not steps or (names_in(value) - _NUMBERS and not isinstance(first, Call | Derivative)):
        return None  # x = y = 2 says something of y, too
    right = all(decide(one, value, _HABITS).verdict == EQUAL for one in steps)
    return Relation((first, value), ("=",), expr.place) if right else None


def _unitless(expr: Expr) -> Expr:
    """`40 dB` as 40, beside a logarithm that says so."""
    if isinstance(expr, Op) and expr.op == "mul" and isinstance(expr.args[-1], Unit):
        unit = expr.args[-1]
        return expr.args[0] if unit.text == "dB" else expr
    return expr


def _as_lengths(expr: Expr, other: Expr) -> Iterator[Expr]:
    """`16 x 26 x 26` as the lengths of a shape, where the other side is a tuple of just as many."""
    if not isinstance(other, Group) or other.brackets not in ("()", "[]") or len(other.items) < 2:
        return
    lengths: list[Expr] = []
    rest = expr
    while isinstance(rest, Op) and rest.op in ("mul", "cross") and rest.sign == "×":
        lengths.insert(0, rest.args[1])
        rest = rest.args[0]
    lengths.insert(0, rest)
    if len(lengths) == len(other.items) and not any(isinstance(one, Group | Relation) for one in lengths):
        yield Group(other.brackets, tuple(lengths), expr.place)


def _with_both_signs(expr: Expr, other: Expr) -> Expr | None:
    """`lambda = 2 ± 3i` as its two values, where the other side lists values without a name."""
    several = other.items if isinstance(other, Group) and other.brackets == "" else ()
    several = other.args if isinstance(other, Op) and other.op in ("and", "or") else several
    name, value = expr.operands if isinstance(expr, Relation) and expr.ops == ("=",) else (None, expr)
    named = name is None or isinstance(name, Name)
    if len(several) < 2 or not named or value is None or any(isinstance(item, Relation) for item in several):
        return None
    both = with_both_signs(Group("", (value,), value.place))
    return Op(other.op, both.items, both.place) if isinstance(both, Group) and isinstance(other, Op) else both


def _with_limits(expr: Expr, other: Expr) -> Expr | None:
    """`Σ x_i` between the limits of the other side's sums, if all of them have the same; None where nothing is open."""
    limits = {
        (show(one.low), show(one.high)): one for one in _bounds(other) if one.low is not None and one.high is not None
    }
    if len(limits) != 1 or not any(one.low is None and one.high is None for one in _bounds(expr)):
        return None
    given = next(iter(limits.values()))
    if not runs_through(given) or _counts_otherwise(expr, given):
        return None

    def bounded(node: Expr) -> Expr:
        if isinstance(node, Reduce):
            bounds = tuple(
                Bound(one.index, given.low, given.high, one.place) if one.low is None and one.high is None else one
                for one in node.bounds
            )
            node = node._replace(bounds=bounds)
        return rebuilt(node, bounded)

    return bounded(expr)


def _counts_otherwise(expr: Expr, given: Bound) -> bool:
    """Whether numbers are counted by another letter than the last of the given limits: 1/n before a sum up to q."""
    counts = names_in(expr) & {"n", "N"}
    return bool(counts) and given.high is not None and not counts & names_in(given.high)


def _bounds(expr: Expr) -> list[Bound]:
    return [bound for node in walk(expr) if isinstance(node, Reduce) for bound in node.bounds]


def _as_interval(expr: Expr, other: Expr) -> Expr | None:
    """`50 ± 1.96` as the interval around 50, where the other side is one."""
    if not isinstance(other, Group) or other.brackets not in ("[]", "()") or len(other.items) != 2:
        return None
    if not isinstance(expr, Op) or expr.op != "pm" or len(expr.args) != 2:
        return None
    middle, half = expr.args
    low = Op("add", (middle, Op("neg", (half,), half.place)), expr.place)
    return Group(other.brackets, (low, Op("add", (middle, half), expr.place)), expr.place)


def _with_hat(expr: Expr, other: Expr) -> Expr | None:
    """`w = ...` as `\\hat w = ...`, where the other side says so and neither name stands on a right side."""
    if not isinstance(expr, Relation) or not isinstance(other, Relation) or (expr.ops, other.ops) != (("=",), ("=",)):
        return None
    (name, value), (other_name, other_value) = expr.operands, other.operands
    if not isinstance(name, Name) or not isinstance(other_name, Name) or value is None or other_value is None:
        return None
    bare, marked = sorted((name.name, other_name.name), key=len)
    used = names_in(value) | names_in(other_value)
    if marked not in (f"{bare}_hat", f"var{bare}") or used & {bare, marked}:
        return None
    return Relation((other_name, value), ("=",), expr.place)


def _without_stars(expr: Expr, other: Expr) -> Expr | None:
    """`x^* = 3` as `x = 3`, where the other side says so; None where the star may be that of a conjugate."""
    names = names_in(expr)
    starred = {name for name in names if name.endswith("_star")} - names_in(other)
    plain = {name.removesuffix("_star") for name in starred}
    if not starred or plain & names or names & {"i", "j"} or not plain <= names_in(other):
        return None
    for name in starred:
        expr = substitute(expr, name, Name(name.removesuffix("_star"), expr.place))
    return expr


_WORDS = r"(?P<word>gcd|lcm|rank|det|tr|trace|dim|nullity|Var|Cov|E|SD|std|deg)"
_OF_SOMETHING = later(
    r"\s*\$?\s*(?P<whole>\\?(?:operatorname\s*\{\s*|mathrm\s*\{\s*|text\s*\{\s*)?" + _WORDS + r"\s*\}?"
    r"\s*(?:(?:\\left)?[(\[][^()=]*(?:\\right)?[)\]]|\\?[A-Z]))\s*="
)
_ALONE = later(
    r"\s*\$?\s*(?:the\s+)?\\?(?:operatorname\s*\{|mathrm\s*\{|text\s*\{)?"
    + _WORDS
    + r"\}?\s*(?:=|:|\bis\b)\s*(?P<value>\S.*)\Z"
)


def _with_name_of(text: str, other: str) -> str:
    """`gcd = 12` and "rank is two" under the name that the other side gives, `\\gcd(84, 36)`; "" for anything else."""
    alone = _ALONE.match(text)
    whole = _OF_SOMETHING.match(other) if alone is not None else None
    if alone is None or whole is None or alone["word"].lower() != whole["word"].lower():
        return ""
    spoken = read_phrase(alone["value"])
    value = alone["value"] if spoken is None else str(getattr(spoken, "value", alone["value"]))
    return f"{whole['whole']} = {value}"


_TELLINGS = (
    _with_limits,
    _as_interval,
    _with_hat,
    _without_stars,
    _with_both_signs,
    _order_of_growth,
    _listed_behind_name,
)
