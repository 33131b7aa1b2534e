"""Fills the dots of `1 + 2 + ... + n` and `x_1 x_2 ... x_n`: a sum or product, where the pattern is certain.

The last term says how a term depends on its number; every term before the dots has to be what it says. Where two
readings are possible, or none, nothing is guessed.
"""

from __future__ import annotations

from collections.abc import Iterator
from fractions import Fraction
from itertools import pairwise

from grader.equality.keys import key
from grader.equality.roles import CONSTANTS
from grader.equality.scalars import Habits, compare_scalars, exact_value
from grader.equality.series import general_term
from grader.equality.slopes import substitute
from grader.equality.verdicts import EQUAL, NotScalar, Undefined
from grader.model.errors import Undecided
from grader.model.expressions import Bound, Expr, Index, Name, Num, Op, Reduce, names_in, rebuilt, walk

DOTS = "..."
_INDEX = "k…"  # a name that nobody types
_NOWHERE = (0, 0)
_FIRST = range(-1, 4)  # numbers that a first term may have
_MOST_BEFORE = 8


def has_dots(expr: Expr) -> bool:
    """Whether dots stand in a sum or a product."""
    return any(
        isinstance(node, Op) and node.op in ("add", "mul") and any(_is_dots(arg) for arg in node.args)
        for node in walk(expr)
    )


def filled(expr: Expr) -> Expr:
    """An expression with its dots written as sums and products. Raises Undecided where the pattern is not certain."""
    if isinstance(expr, Op) and expr.op in ("add", "mul"):
        terms = list(_flat(expr, expr.op))
        at = next((place for place, term in enumerate(terms) if _is_dots(term)), None)
        if at is not None:
            if terms[at] != _unsigned(terms[at]) and not any(term != _unsigned(term) for term in terms[:at]):
                raise Undecided("whether the signs of these terms change is not certain", *expr.place)
            before, after = ([filled(term) for term in part] for part in (terms[:at], terms[at + 1 :]))
            return _continued(expr.op, before, after, expr)
    return rebuilt(expr, filled)


def _unsigned(expr: Expr) -> Expr:
    return expr.args[0] if isinstance(expr, Op) and expr.op == "neg" else expr


def _is_dots(expr: Expr) -> bool:
    inner = _unsigned(expr)
    return isinstance(inner, Name) and inner.name == DOTS


def _flat(expr: Expr, op: str) -> Iterator[Expr]:
    """The terms as typed: what stands in brackets on the right, (n - 1), is one of them."""
    if isinstance(expr, Op) and expr.op == op:
        yield from _flat(expr.args[0], op)
        yield from expr.args[1:]
    else:
        yield expr


def _continued(op: str, before: list[Expr], after: list[Expr], whole: Expr) -> Expr:
    if op == "add" and (endless := _endless(before, after, whole)) is not None:
        return endless
    if any(_is_dots(term) for term in after):
        raise Undecided("dots stand twice in one sum or product", *whole.place)
    if not after or not 0 < len(before) <= _MOST_BEFORE:
        raise Undecided("these dots have no first or no last term", *whole.place)
    found = list(_readings(op, before, after, whole))
    if len({key(one) for one in found}) != 1:
        raise Undecided("how these dots go on is not certain", *whole.place)
    return found[0]


def _endless(before: list[Expr], after: list[Expr], whole: Expr) -> Expr | None:
    """The series that begins so: `1 - 1/2 + 1/3 - ...`, `x + x^2/2 + ... + x^n/n + ...`; None for a sum with an end."""
    infinite = Name("infty", whole.place)
    if not after and (body := general_term(before, _INDEX)) is not None:
        bound = Bound(_INDEX, Num(0, _NOWHERE, "0"), infinite, whole.place)
        return Reduce("sum", (bound,), body, whole.place)
    if len(after) == 2 and _is_dots(after[1]) and 1 < len(before) <= _MOST_BEFORE:
        ending = _pattern("add", before, after[0])
        if isinstance(ending, Reduce) and isinstance(ending.bounds[0].high, Name):
            low = ending.bounds[0].low
            return Reduce("sum", (Bound(_INDEX, low, infinite, whole.place),), ending.body, whole.place)
    return None


def _readings(op: str, before: list[Expr], after: list[Expr], whole: Expr) -> Iterator[Expr]:
    """Every reading: the last term is the first behind the dots, or all of what stands there."""
    for count in {1, len(after)}:
        last = after[0] if count == 1 else Op(op, tuple(after), whole.place)
        rest = after[count:]
        reduced = _pattern(op, before, last)
        if reduced is None:
            reduced = None if names_in(last) else _pattern(op, [last], before[0], before[1:])
        if reduced is None:
            continue
        yield Op(op, (reduced, *rest), whole.place) if rest else reduced


def _pattern(op: str, before: list[Expr], last: Expr, descending: list[Expr] | None = None) -> Expr | None:
    """The sum or product from the first term to the last; None where the terms are no such row.

    `descending`: the terms before the largest, in `n + (n-1) + ... + 1`.
    """
    letters = names_in(last) - CONSTANTS
    for term in before:
        letters -= names_in(term)
    if not letters:
        return None if descending is not None else _progression(op, before, last)
    if len(letters) != 1:
        return None
    letter = next(iter(letters))
    if len(before) == 1 and not descending and not _shows_number(last, letter):
        return None  # 1 + ... + n^2: squares, or all numbers?
    starts = [start for start in _FIRST if _fits(before, last, letter, start)]
    if len(starts) != 1:
        return None
    for back, term in enumerate(descending or (), 1):
        shifted = Op("add", (Name(letter, _NOWHERE), Num(-back, _NOWHERE, str(-back))), _NOWHERE)
        if not _same(term, substitute(last, letter, shifted)):
            return None
    body = substitute(last, letter, Name(_INDEX, _NOWHERE))
    low = Num(starts[0], _NOWHERE, str(starts[0]))
    bound = Bound(_INDEX, low, Name(letter, _NOWHERE), last.place)
    return Reduce("sum" if op == "add" else "prod", (bound,), body, last.place)


def _shows_number(last: Expr, letter: str) -> bool:
    """Whether the number of the term is itself the term, or stands in its subscripts alone."""
    if isinstance(last, Name):
        return True
    indices = [index for node in walk(last) if isinstance(node, Index) for index in node.indices]
    lowered = sum(_is(index, letter) for index in indices)
    return lowered > 0 and lowered == sum(_is(node, letter) for node in walk(last))


def _is(expr: Expr, letter: str) -> bool:
    return isinstance(expr, Name) and expr.name == letter


def _fits(before: list[Expr], last: Expr, letter: str, start: int) -> bool:
    return all(
        _same(term, substitute(last, letter, Num(start + place, _NOWHERE, str(start + place))))
        for place, term in enumerate(before)
    )


def _same(one: Expr, other: Expr) -> bool:
    if key(one) == key(other):
        return True
    try:
        return compare_scalars(one, other, Habits()).verdict == EQUAL
    except (Undecided, ArithmeticError):
        return False


def _progression(op: str, before: list[Expr], last: Expr) -> Expr | None:
    """`1 + 2 + ... + 100`, `2 + 4 + 8 + ... + 1024`: numbers by equal steps or equal ratios."""
    numbers = [_number(term) for term in (*before, last)]
    if len(before) < 2 or any(number is None for number in numbers):
        return None
    values = [number for number in numbers if number is not None]
    first, step, end = values[0], values[1] - values[0], values[-1]
    index: Expr = Name(_INDEX, _NOWHERE)
    if step and all(value == first + step * place for place, value in enumerate(values[:-1])):
        count = (end - first) / step
        body: Expr = Op("add", (_literal(first), Op("mul", (_literal(step), index), _NOWHERE, "·")), _NOWHERE)
    elif first and len(before) > 2 and all(a * values[1] == b * first for a, b in pairwise(values[:-1])):
        ratio = values[1] / first
        count = next((Fraction(n) for n in range(1, 200) if first * ratio**n == end), Fraction(1, 2))
        body = Op("mul", (_literal(first), Op("pow", (_literal(ratio), index), _NOWHERE)), _NOWHERE, "·")
    else:
        return None
    if count.denominator != 1 or count < len(before):
        return None
    bound = Bound(_INDEX, Num(0, _NOWHERE, "0"), Num(int(count), _NOWHERE, str(count)), last.place)
    return Reduce("sum" if op == "add" else "prod", (bound,), body, last.place)


def _number(expr: Expr) -> Fraction | None:
    try:
        return exact_value(expr)
    except (Undefined, NotScalar, Undecided):
        return None


def _literal(value: Fraction) -> Num:
    return Num(value, _NOWHERE, str(value))
