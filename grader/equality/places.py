"""Where sequences are compared: at which whole numbers, and how far from 0 anything happens to them."""

from __future__ import annotations

from fractions import Fraction

from grader.equality.roles import cast
from grader.equality.switched import IMPULSE, STEP, bends, is_marked
from grader.equality.walker import constant_exponent
from grader.model.errors import Undecided
from grader.model.expressions import Bound, Call, Expr, Index, Name, Op, Reduce, Relation, names_in, walk
from grader.model.records import NamedTuple

_IN_BRACKETS = frozenset([STEP, IMPULSE])
_MARGIN = 3  # whole numbers looked at beyond the last at which anything happens
FARTHEST = 60


def endless_over_arrays(*exprs: Expr, open_too: bool = False) -> bool:
    """Whether a sum without an end runs over elements of arrays, or over steps and impulses.

    `open_too`: or one over all values of an index, however many.
    """
    return any(
        isinstance(node, Reduce)
        and node.op == "sum"
        and any(
            (is_endless(bound) or (open_too and is_open(bound))) and arguments(node.body, bound.index)
            for bound in node.bounds
        )
        for expr in exprs
        for node in walk(expr)
    )


def is_endless(bound: Bound) -> bool:
    """Whether an index runs to infinity, at either end."""
    return any(limit is not None and "infty" in names_in(limit) for limit in (bound.low, bound.high))


def is_open(bound: Bound) -> bool:
    """Whether an index runs over all its values."""
    return bound.low is None and bound.high is None


def arguments(expr: Expr, index: str) -> list[Expr]:
    """What stands in brackets below an expression and mentions an index."""
    found: list[Expr] = []
    for node in walk(expr):
        if isinstance(node, Index):
            found += [inner for inner in node.indices if index in names_in(inner)]
        elif isinstance(node, Call) and node.function in _IN_BRACKETS and index in names_in(node.args[0]):
            found.append(node.args[0])
    return found


def has_steps(*exprs: Expr) -> bool:
    """Whether steps or impulses in brackets stand in some expressions."""
    return any(is_marked(expr, _IN_BRACKETS) for expr in exprs)


class Plan(NamedTuple):
    """Where two formulas are compared."""

    whole: dict[str, tuple[int, ...]]  # values of the letters that are whole numbers
    letters: tuple[str, ...]  # those that are not
    support: range
    finite: frozenset[str]
    imaginary: frozenset[str]
    is_complex: bool
    counting: frozenset[str]  # letters that stand in limits of sums, which may be meant to be positive
    is_even: bool = False  # correlations are the same on both sides of 0


def plan_of(gold: Expr, answer: Expr, imaginary: frozenset[str]) -> Plan:
    """The plan for two formulas. Raises Undecided where too much would have to be looked at."""
    casting = cast((gold, answer), imaginary)
    placed = {name for expr in (gold, answer) for name in _placed(expr)}
    limits, counting = (frozenset(n for e in (gold, answer) for n in _limiting(e, ends)) for ends in (True, False))
    farthest = _farthest(gold, answer) + _MARGIN
    clocks = (
        placed | limits | {b.index for e in (gold, answer) for n in walk(e) if isinstance(n, Reduce) for b in n.bounds}
    )
    turns = max((_size(arg) for expr in (gold, answer) for arg in bends(expr, frozenset(clocks))), default=Fraction(0))
    farthest = max(farthest, int(turns) + _MARGIN)
    if farthest > FARTHEST:
        raise Undecided("steps and impulses so far away are not compared")
    whole: dict[str, tuple[int, ...]] = {}
    for name in sorted((placed | limits) & set(casting.roles)):
        signed = name in placed and not name[0].isupper()  # N counts something
        near = range(-farthest if signed else 1, farthest + 1)
        whole[name] = (*near, farthest + 13, *((farthest + 29, -farthest - 17) if signed else ()))
    letters = tuple(sorted(set(casting.roles) - set(whole)))
    size = farthest + 1
    finite = frozenset(
        node.base.name
        for expr in (gold, answer)
        if endless_over_arrays(gold, answer)
        for node in walk(expr)
        if isinstance(node, Index) and isinstance(node.base, Name)
    )
    return Plan(whole, letters, range(-size, size + 1), finite, casting.imaginary, casting.is_complex, counting)


def _placed(expr: Expr) -> frozenset[str]:
    """Letters that stand in brackets of sequences."""
    found: set[str] = set()
    for node in walk(expr):
        if isinstance(node, Index):
            found.update(name for index in node.indices for name in names_in(index))
        elif isinstance(node, Call) and node.function in _IN_BRACKETS:
            found.update(names_in(node.args[0]))
    for node in walk(expr):  # the sum of δ[k] for k up to n is a function of n
        if isinstance(node, Reduce):
            for bound in node.bounds:
                if bound.low is not None and is_endless(bound) and bound.index in found:
                    found.update(name for limit in (bound.low, bound.high) if limit for name in names_in(limit))
    return frozenset(found) - {"infty"}


def _limiting(expr: Expr, endless_too: bool) -> frozenset[str]:
    """Letters that stand in the limits of sums."""
    bounds = [bound for node in walk(expr) if isinstance(node, Reduce) for bound in node.bounds]
    kept = [bound for bound in bounds if endless_too or not is_endless(bound)]
    limits = [limit for bound in kept for limit in (bound.low, bound.high) if limit is not None]
    return frozenset(name for limit in limits for name in names_in(limit))


def _farthest(*exprs: Expr) -> int:
    """How far from 0 anything happens: the sum of what brackets are shifted by, and of the limits of sums."""
    shift, limits, told = Fraction(0), Fraction(0), Fraction(0)
    for expr in exprs:
        total = Fraction(0)
        for node in walk(expr):
            if isinstance(node, Index):
                shift = max(shift, *(_size(index) for index in node.indices))
            elif isinstance(node, Call) and node.function in _IN_BRACKETS:
                shift = max(shift, _size(node.args[0]))
            elif isinstance(node, Reduce):
                total += sum(max(_size(bound.low), _size(bound.high)) for bound in node.bounds)
            elif isinstance(node, Relation):
                told = max(told, *(_size(operand) for operand in node.operands))
        limits = max(limits, total)
    return int(shift + limits + told) + 1


def _size(expr: Expr | None) -> Fraction:
    """The largest sum of numbers that an expression can amount to beside a small letter."""
    if expr is None or isinstance(expr, Name):
        return Fraction(0)
    if (number := constant_exponent(expr)) is not None:
        return abs(number)
    if isinstance(expr, Op) and expr.op in ("add", "neg"):
        return sum((_size(arg) for arg in expr.args), Fraction(0))
    if isinstance(expr, Op) and expr.op == "mul":  # 2m, of which m is small
        product = Fraction(2)
        for arg in expr.args:
            product *= max(Fraction(1), _size(arg) if names_in(arg) else abs(constant_exponent(arg) or Fraction(9)))
        return product
    return Fraction(9)
