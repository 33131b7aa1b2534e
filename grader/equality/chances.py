"""Probabilities and expectations as numbers: of generic events, with a weight for each combination of them.

What holds for the weights of all combinations holds for all events (Kolmogorov's axioms, on a finite space), and
what holds for generic values of a variable holds for its moments. Independence is never assumed.
"""

from __future__ import annotations

from collections.abc import Callable
from itertools import product

from grader.equality.keys import key
from grader.equality.scalars import Habits, compare_scalars
from grader.equality.slopes import substitute
from grader.equality.verdicts import DIFFERENT, EQUAL
from grader.model.errors import Undecided
from grader.model.expressions import Call, Expr, Group, Name, Num, Op, Relation, names_in, rebuilt, walk

_NOWHERE = (0, 0)
_MOST_EVENTS, _OUTCOMES = 4, 4
_MOMENTS = ("E", "Var", "Cov")
_ONE = Num(1, _NOWHERE, "1")
Truth = dict[str, bool]
_COMPLEMENTS = {">": "<=", ">=": "<", "!=": "="}


class _NoEvent(Exception):
    """What stands in brackets is no event that is understood here."""


def provably_equal(gold: Expr, answer: Expr, habits: Habits) -> bool:
    """Whether two formulas in probabilities or expectations agree for all events and all variables."""
    calls = [node for expr in (gold, answer) for node in walk(expr) if isinstance(node, Call)]
    if len(calls) > _MOST_CALLS or any(_depth(call) > _DEEPEST for call in calls):
        return False
    try:
        if any(call.function == "P" for call in calls):
            events = sorted({event for call in calls if call.function == "P" for event in _events_of(call)})
            if len(events) > _MOST_EVENTS:
                return False
            gold, answer = (_with_weights(expr, events) for expr in (gold, answer))
        if any(call.function in _MOMENTS for call in calls):
            letters = {name for call in calls if call.function in _MOMENTS for name in names_in(call)}
            variables = sorted(name for name in letters if name[:1].isupper() and name.isascii())
            gold, answer = (_with_outcomes(expr, variables) for expr in (gold, answer))
        return compare_scalars(gold, answer, habits).verdict == EQUAL
    except (_NoEvent, Undecided, ArithmeticError):
        return False


def provably_different(gold: Expr, answer: Expr, habits: Habits) -> bool:
    """Whether two formulas in probabilities differ for generic events and for independent ones, or two in moments of
    one variable differ for a generic one."""
    calls = [node for expr in (gold, answer) for node in walk(expr) if isinstance(node, Call)]
    if len(calls) > _MOST_CALLS or any(_depth(call) > _DEEPEST for call in calls):
        return False
    chances = [call for call in calls if call.function == "P"]
    moments = [call for call in calls if call.function in _MOMENTS]
    try:
        if moments:
            letters = {name for call in moments for name in names_in(call)}
            variables = sorted(name for name in letters if name[:1].isupper() and name.isascii())
            atoms = None if chances else _with_atoms(gold, answer)
            if atoms is not None:
                return compare_scalars(atoms[0], atoms[1], habits).verdict == DIFFERENT
            if chances or len(variables) != 1:
                return False
            sides = [_with_outcomes(expr, variables) for expr in (gold, answer)]
            return compare_scalars(sides[0], sides[1], habits).verdict == DIFFERENT
        events = sorted({event for call in chances for event in _events_of(call)})
        if not events or len(events) > _MOST_EVENTS:
            return False
        generic = [_with_weights(expr, events) for expr in (gold, answer)]
        alone = [_independent(expr, events) for expr in generic]
        return all(compare_scalars(one, other, habits).verdict == DIFFERENT for one, other in (generic, alone))
    except (_NoEvent, Undecided, ArithmeticError):
        return False


def _with_atoms(gold: Expr, answer: Expr) -> tuple[Expr, Expr] | None:
    """Both with a letter for each moment of single variables, which may have any values; None where others occur."""

    def changed(expr: Expr) -> Expr:
        if not (isinstance(expr, Call) and expr.function in _MOMENTS):
            return rebuilt(expr, changed)
        names = sorted(arg.name for arg in expr.args if isinstance(arg, Name))
        if len(names) < len(expr.args):
            raise _NoEvent
        function = "Var" if expr.function == "Cov" and len(set(names)) == 1 else expr.function
        return Name(f"{function} {' '.join(sorted(set(names)))}", expr.place)

    try:
        return changed(gold), changed(answer)
    except _NoEvent:
        return None


def _independent(expr: Expr, events: list[str]) -> Expr:
    """The weights of all combinations as products of the chances of single events, each p : 1 with its opposite."""
    for number, values in enumerate(product((True, False), repeat=len(events))):
        happening = tuple(
            Name(f"odds {event}", _NOWHERE) for event, happens in zip(events, values, strict=True) if happens
        )
        weight: Expr = (
            happening[0] if len(happening) == 1 else Op("mul", happening, _NOWHERE, "·") if happening else _ONE
        )
        expr = substitute(expr, f"weight {number}", weight)
    return expr


_MOST_CALLS, _DEEPEST = 24, 2  # each mean inside another is written out for every outcome


def _depth(call: Call) -> int:
    """How many expectations stand inside each other: E(X - E(X)) has two."""
    inner = [_depth(node) for arg in call.args for node in walk(arg) if isinstance(node, Call)]
    return max(inner, default=0) + (call.function in _MOMENTS)


# -- events ----------------------------------------------------------------------------------------------------


def _events_of(call: Call) -> set[str]:
    found: set[str] = set()
    for arg in call.args:
        for part in arg.items if isinstance(arg, Group) and arg.brackets == "|" else (arg,):
            _holds(part, found)
    return found


def _holds(expr: Expr, seen: set[str]) -> Callable[[Truth], bool]:
    """Whether an event happens, given which of the single ones do; their names are added to `seen`."""
    if isinstance(expr, Name) and (stem := expr.name.removesuffix("_bar").rstrip("'")) != expr.name:
        return _negated(_holds(Name(stem, expr.place), seen))
    if isinstance(expr, Name):
        seen.add(expr.name)
        return lambda truth: truth[expr.name]
    if isinstance(expr, Relation) and len(expr.ops) == 1:
        if expr.ops[0] in _COMPLEMENTS:
            return _negated(_holds(expr._replace(ops=(_COMPLEMENTS[expr.ops[0]],)), seen))
        name = key(expr)
        seen.add(name)
        return lambda truth: truth[name]
    if isinstance(expr, Call) and expr.function == "conjugate":
        return _negated(_holds(expr.args[0], seen))
    if isinstance(expr, Op) and expr.op == "pow" and isinstance(expr.args[1], Name) and expr.args[1].name in ("c", "C"):
        return _negated(_holds(expr.args[0], seen))
    if isinstance(expr, Op) and expr.op == "not":
        return _negated(_holds(expr.args[0], seen))
    if isinstance(expr, Op) and expr.op in _JOINED:
        parts = [_holds(arg, seen) for arg in expr.args]
        join = _JOINED[expr.op]
        return lambda truth: join(part(truth) for part in parts)
    if isinstance(expr, Op) and expr.op == "difference":
        first, second = (_holds(arg, seen) for arg in expr.args)
        return lambda truth: first(truth) and not second(truth)
    raise _NoEvent


_JOINED: dict[str, Callable[..., bool]] = {"intersection": all, "and": all, "mul": all, "union": any, "or": any}


def _negated(holds: Callable[[Truth], bool]) -> Callable[[Truth], bool]:
    return lambda truth: not holds(truth)


def _with_weights(expr: Expr, events: list[str]) -> Expr:
    if isinstance(expr, Call) and expr.function == "P":
        given = [item for arg in expr.args if _is_condition(arg) and isinstance(arg, Group) for item in arg.items]
        wanted = [arg for arg in expr.args if not _is_condition(arg)]
        below = _weight(given, events)
        return Op("div", (_weight([*wanted, *given], events), below), expr.place)
    return rebuilt(expr, lambda child: _with_weights(child, events))


def _is_condition(arg: Expr) -> bool:
    return isinstance(arg, Group) and arg.brackets == "|"


def _weight(conditions: list[Expr], events: list[str]) -> Expr:
    """The sum of the weights of all combinations in which the conditions hold."""
    tests = [_holds(condition, set()) for condition in conditions]
    names: list[Expr] = []
    for number, values in enumerate(product((True, False), repeat=len(events))):
        truth = dict(zip(events, values, strict=True))
        if all(test(truth) for test in tests):
            names.append(Name(f"weight {number}", _NOWHERE))
    if not names:
        return Num(0, _NOWHERE, "0")
    return names[0] if len(names) == 1 else Op("add", tuple(names), _NOWHERE)


# -- expectations ----------------------------------------------------------------------------------------------


def _with_outcomes(expr: Expr, variables: list[str]) -> Expr:
    if isinstance(expr, Call) and expr.function in _MOMENTS:
        args = [_with_outcomes(arg, variables) for arg in expr.args]
        if any(isinstance(arg, Group | Relation) for arg in args) or len(args) != (2 if expr.function == "Cov" else 1):
            raise _NoEvent
        one, other = args[0], args[-1]
        if expr.function == "E":
            return _mean(one, variables)
        squares = _mean(Op("mul", (one, other), _NOWHERE, "·"), variables)
        means = Op("mul", (_mean(one, variables), _mean(other, variables)), _NOWHERE, "·")
        return Op("add", (squares, Op("neg", (means,), _NOWHERE)), _NOWHERE)
    return rebuilt(expr, lambda child: _with_outcomes(child, variables))


def _mean(expr: Expr, variables: list[str]) -> Expr:
    terms: list[Expr] = []
    for outcome in range(_OUTCOMES):
        value = expr
        for variable in variables:
            value = substitute(value, variable, Name(f"{variable} in {outcome}", _NOWHERE))
        terms.append(Op("mul", (Name(f"weight {outcome}", _NOWHERE), value), _NOWHERE, "·"))
    weights = tuple(Name(f"weight {outcome}", _NOWHERE) for outcome in range(_OUTCOMES))
    return Op("div", (Op("add", tuple(terms), _NOWHERE), Op("add", weights, _NOWHERE)), _NOWHERE)
