"""What a student says that letters of a formula stand for: along the way ("where q = 1 - p"), or above it."""

from __future__ import annotations

from collections.abc import Iterable

from grader.kinds._trial import Expected
from grader.maths.worlds import Definition, read_definition
from grader.model.expressions import Expr, Index, Name, Num, Relation, names_in, walk


def base_name(left: Expr | None) -> str:
    """The name of a lone name or of an indexed array, "" for anything else."""
    base = left.base if isinstance(left, Index) else left
    return base.name if isinstance(base, Name) else ""


def local_definitions(
    formula: Expr, others: Iterable[Expr | None], expected: Expected, context: tuple[Relation, ...]
) -> dict[str, Definition]:
    """The definitions that a formula uses, from the other claims of its answer and from relations above it."""
    found: dict[str, Definition] = {}
    used = names_in(formula)
    own = [expr for expr in others if isinstance(expr, Relation)]
    for number, expr in enumerate((*context, *own)):
        if set(expr.ops) != {"="}:
            continue
        # Above, the first member says what the letter is; what follows it was that question's own answer.
        left, body = expr.operands[0], expr.operands[1 if number < len(context) else -1]
        name = base_name(left)
        if left is None or body is None or name not in used or name in names_in(body):
            continue
        if name == expected.target or (name in expected.names and not _works_out(name, body, expected)):
            continue
        if isinstance(body, Num) and (body.value == 0 or _is_indexed(name, formula)):
            continue  # "with delta = 0 outside": what delta is was said before
        if name in found and base_name(found[name].body) in expected.names:
            continue  # "gZ = dJ/dZ" says what it is; "gZ[i] = gU[i] * ..." was an answer
        if (definition := read_definition(left, body)) is not None:
            found[name] = definition
    return found


def _works_out(name: str, body: Expr, expected: Expected) -> bool:
    """Whether a declared derivative, not the one that the answer is in terms of, is worked out: "where dU/dZ = ..."."""
    return "/" in name and name not in expected.text and not isinstance(body, Name) and bool(names_in(body))


def _is_indexed(name: str, formula: Expr) -> bool:
    return any(isinstance(node, Index) and base_name(node) == name for node in walk(formula))
