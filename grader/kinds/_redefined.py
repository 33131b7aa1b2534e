"""Names that a rubric gives and a student says something else of: "a y + 1, where a = 5"."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from collections.abc import Set as AbstractSet

from grader.maths.agreement import agree
from grader.maths.evaluation import evaluate
from grader.maths.values import Value
from grader.maths.worlds import World, read_definition
from grader.model.errors import Unreadable
from grader.model.expressions import Expr, Num, Relation, names_in
from grader.notation.reading import Claim

_FRESH = "=own"  # a name that nobody can write
_EXAMPLE = re.compile(r"\b(at|for|if|when|example|check|test|try|say)\W*$")  # "at y = 3 it is 7"


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
