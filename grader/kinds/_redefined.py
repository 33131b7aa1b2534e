"""Names that a rubric gives and a student says something else of: "a y + 1, where a = 5"."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from collections.abc import Set as AbstractSet

from grader.maths.agreement import agree
from grader.maths.evaluation import CONSTANTS, evaluate
from grader.maths.scope import Scope
from grader.maths.values import Value
from grader.maths.worlds import World, read_definition
from grader.model.errors import Unreadable
from grader.model.expressions import Call, Expr, Name, Num, Relation, names_in, walk
from grader.model.patterns import later
from grader.notation.reading import Claim

_FRESH = "=own"  # a name that nobody can write
_EXAMPLE = later(
    r"\b(at|for|if|when|example|check|test|try|say)\W*$",
    holds=("at", "for", "if", "when", "example", "check", "test", "try", "say"),
)  # "at y = 3 it is 7"


def redefined(formula: Expr, claims: Iterable[Claim], samples: Sequence[World], target: str) -> Claim | None:
    """The claim that gives a name of the formula another value than the rubric does; None if there is none.

    The formula then means another one than that which was compared. What cannot be computed, as a name of a name,
    is no contradiction.
    """
    used = names_in(formula) - {target}
    for claim in claims:
        expr = claim.expr
        if not isinstance(expr, Relation) or set(expr.ops) != {"="} or _EXAMPLE.search(claim.before):
            continue
        if any(_contradicts(expr, used, world) for world in samples):
            return claim
    return None


def _contradicts(expr: Relation, used: AbstractSet[str], world: World) -> bool:
    left, *others = expr.operands
    for other in others:
        definition = read_definition(left, other) if left is not None and other is not None else None
        if isinstance(other, Num) and other.value == 0:  # "with dJ/dZ = 0 outside": the usual padding
            return False
        if definition is None or definition.name not in used or definition.name not in world:
            return False
        fresh = definition._replace(name=_FRESH)
        try:
            said = world.with_definitions({_FRESH: fresh})[_FRESH] if definition.letters else _whole(other, world)
            if agree(_value(said), _value(world[definition.name])) is False:
                return True
        except Unreadable:
            return False
    return False


def _whole(expr: Expr | None, world: World) -> Value:
    assert expr is not None
    return evaluate(expr, world.scope())


def _value(data: object) -> Value:
    return data if isinstance(data, Value) else Value((), data)


def redefined_function(body: Expr, others: Sequence[Claim]) -> Claim | None:
    """The claim that says something else of a known function which a formula calls: `σ(x) = max(0, x)`."""
    called = {node.function for node in walk(body) if isinstance(node, Call)}
    for claim in others:
        expr = claim.expr
        left = expr.operands[0] if isinstance(expr, Relation) and set(expr.ops) == {"="} else None
        value = expr.operands[-1] if isinstance(expr, Relation) else None
        if not isinstance(left, Call) or left.function not in called or len(left.args) != 1 or value is None:
            continue
        letter = left.args[0]
        if not isinstance(letter, Name) or names_in(value) - CONSTANTS.keys() != {letter.name}:
            continue
        if not all(_alike(left, value, letter.name, number) for number in _TRIED):
            return claim
    return None


_TRIED = (0.3, 1.7, -0.8)


def _alike(one: Expr, other: Expr, letter: str, number: float) -> bool:
    try:
        values = [complex(evaluate(expr, Scope({letter: number})).data) for expr in (one, other)]
    except (Unreadable, TypeError, ValueError, ArithmeticError):
        return False
    return abs(values[0] - values[1]) < _LEAST


_LEAST = 1e-6
