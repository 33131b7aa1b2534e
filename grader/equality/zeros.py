"""Statements about several letters: told apart at points where one of them holds, or that solve one of them."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import suppress
from fractions import Fraction
from itertools import pairwise

from grader.equality import points
from grader.equality.exact import Exact
from grader.equality.precise import Precise
from grader.equality.verdicts import DIFFERENT, UNDECIDED, Found
from grader.equality.walker import Walker, truth_of
from grader.model.errors import Undecided
from grader.model.expressions import Expr, Name, Op, Relation, walk

_CONFIRMATIONS = 4
_STEPS = 8_000  # nodes evaluated at all points together
_MOST_BOUNDS = 12


def compare_truth(gold: Expr, answer: Expr, letters: list[str]) -> Found:
    """Statements about several letters: a point where one holds and the other does not tells them apart."""
    values = points.values_of(dict.fromkeys(letters, points.ANY))
    algebra = Precise(40, frozenset(), False)
    walker = Walker(algebra, {}, _STEPS)  # one for all points: its steps bound the time of all
    for place in range(points.COUNT):
        walker.values = {name: algebra.mp.mpmathify(array[place].item()) for name, array in values.items()}
        if _is_apart(gold, answer, walker):
            return Found(DIFFERENT, "one of them holds where the other does not")
    if isinstance(gold, Relation) and isinstance(answer, Relation) and gold.ops == answer.ops == ("=",):
        return _compare_zeros(gold, answer, letters)
    exact = [{name: Fraction(array[place].item()) for name, array in values.items()} for place in range(points.COUNT)]
    if any(_is_apart(gold, answer, Walker(Exact(), point, _STEPS)) for point in _on_bounds((gold, answer), exact)):
        return Found(DIFFERENT, "one of them holds at a bound, the other does not")
    return Found(UNDECIDED, "they hold for the same sampled numbers, but may differ elsewhere")


def _is_apart(gold: Expr, answer: Expr, walker: Walker) -> bool:
    """Whether one statement holds at a point and the other does not; not where one of them has no value."""
    try:
        return bool(truth_of(walker, gold)) != bool(truth_of(walker, answer))
    except (ArithmeticError, Undecided, ValueError):
        return False


def _on_bounds(statements: tuple[Expr, ...], sampled: list[dict[str, Fraction]]) -> Iterator[dict[str, Fraction]]:
    """Points at which a letter is what a statement bounds it by: x = a for `x <= a`, in fractions, so exactly."""
    seen = 0
    for node in (node for statement in statements for node in walk(statement) if isinstance(node, Relation)):
        if set(node.ops) & {"=", "~"}:  # f'(x) = x + x = 3x says nothing of x
            continue
        for one, other in pairwise(node.operands):
            for name, bound in ((one, other), (other, one)):
                if not isinstance(name, Name) or bound is None or seen >= _MOST_BOUNDS:
                    continue
                seen += 1
                for point in sampled:
                    with suppress(ArithmeticError, Undecided, ValueError):
                        value = Walker(Exact(), point, _STEPS)(bound)
                        if isinstance(value, Fraction):
                            yield point | {name.name: value}


def _compare_zeros(gold: Relation, answer: Relation, letters: list[str]) -> Found:
    """Two equations in several letters, on points that solve one of them."""
    tested = 0
    for one, other in ((gold, answer), (answer, gold)):
        here = 0
        for point in _solutions(_sides(one), letters):
            if not _vanishes(_sides(other), point):
                return Found(DIFFERENT, "a solution of one of them does not solve the other")
            here += 1
        if here < _CONFIRMATIONS:
            return Found(UNDECIDED, "too few solutions were found to compare these equations")
        tested += here
    return Found(UNDECIDED, f"both are solved by the same {tested} sampled points, but may have others")


def _sides(relation: Relation) -> Expr:
    one, other = relation.operands[:2]
    assert one is not None and other is not None
    return Op("add", (one, Op("neg", (other,), other.place)), one.place)


def _solutions(expr: Expr, letters: list[str]) -> list[dict[str, object]]:
    """Points that make an expression zero, by the secant method in each letter; fewer where that takes too long."""
    algebra = Precise(40, frozenset(), False)
    mp, found, walker = algebra.mp, [], Walker(algebra, {}, _STEPS)
    complaint: Undecided | None = None
    values = points.values_of(dict.fromkeys(letters, points.ANY))
    for place in range(0, 12):
        point = {name: mp.mpmathify(array[place].item()) for name, array in values.items()}
        letter = letters[place % len(letters)]

        def at(value: object, point: dict[str, object] = point, letter: str = letter) -> object:
            walker.values = point | {letter: value}
            return walker(expr)

        try:
            root = mp.findroot(at, (point[letter], point[letter] * mp.mpf("1.1")), tol=mp.mpf("1e-50"), maxsteps=40)
        except (ArithmeticError, ValueError):
            continue
        except Undecided as error:
            if walker.steps < 0:
                break
            complaint = complaint or error  # the search ran off to where nothing can be evaluated: sin of 1e60
            continue
        found.append(point | {letter: root})
    if not found and complaint is not None:
        raise complaint
    return found


def _vanishes(expr: Expr, point: dict[str, object]) -> bool:
    algebra = Precise(40, frozenset(), False)
    try:
        return bool(abs(Walker(algebra, point)(expr)) < algebra.mp.mpf("1e-15"))
    except ArithmeticError:
        return True  # a hole of the other equation is no contradiction
