"""Letters that an answer itself defines: `(B, K, C)` with `K = ceil(N/s)`."""

from __future__ import annotations

from collections.abc import Container, Iterator, Mapping, Sequence
from functools import partial

from grader.kinds.kind import View
from grader.maths import repairs
from grader.model.expressions import Expr, Name, Num, Op, Relation, names_in

_DEEPEST = 3  # definitions by other definitions


def with_own_letters(expr: Expr, view: View, known: Container[str]) -> Expr:
    """The expression with letters that nobody declared replaced by what the same answer says they are.

    A letter that is given two values keeps its name: which counts is for a person.
    """
    expr = repairs.rewrite(expr, _primed)
    if all(name in known for name in names_in(expr)):
        return expr
    own = _definitions(view, known)
    for _ in range(_DEEPEST):
        used = names_in(expr) & own.keys()
        if not used:
            break
        expr = repairs.rewrite(expr, partial(_written_out, own))
    return expr


def _primed(node: Expr) -> Expr | None:
    """`N'` as a name of its own: of a length there is no transpose."""
    turned = node.args[0] if isinstance(node, Op) and node.op == "transpose" else None
    return Name(f"{turned.name}'", node.place) if isinstance(turned, Name) else None


def _written_out(own: Mapping[str, Expr], node: Expr) -> Expr | None:
    return own.get(node.name) if isinstance(node, Name) else None


def _definitions(view: View, known: Container[str]) -> dict[str, Expr]:
    found: dict[str, set[Expr]] = {}
    for claim in view.reading(grouping=False).claims:
        if isinstance(claim.expr, Relation) and set(claim.expr.ops) == {"="}:
            *names, last = claim.expr.operands  # K1 = K2 = 2
            names = [_primed(name) or name if name is not None else None for name in names]
            for letter, body in _by_crosses(names, last):
                found.setdefault(letter, set()).add(body)
            for name in names[:1] if not all(isinstance(name, Name) for name in names) else names:
                if isinstance(name, Name) and name.name not in known and last is not None:
                    found.setdefault(name.name, set()).add(last)
    own = frozenset(found)
    for letter, body in _told_above(view, known):
        if letter not in own:
            found.setdefault(letter, set()).add(body)
    once = {name: next(iter(bodies)) for name, bodies in found.items() if len(bodies) == 1}
    return {name: body for name, body in once.items() if name not in names_in(body)}


def _told_above(view: View, known: Container[str]) -> Iterator[tuple[str, Expr]]:
    """ "Let L = ceil(N/s)." above the answer; of a number, L = 46, the answer to another question may speak."""
    for relation in view.context:
        name, body = relation.operands[0], relation.operands[-1]
        if relation.ops != ("=",) or not isinstance(name, Name) or name.name in known or body is None:
            continue
        letters = names_in(body)
        if letters and all(letter in known for letter in letters):
            yield name.name, body


def _by_crosses(names: Sequence[Expr | None], last: Expr | None) -> Iterator[tuple[str, Expr]]:
    """The letters of `K_1 x K_2 = 2 x 3`, each with its number."""
    first = names[0] if len(names) == 1 else None
    if isinstance(first, Op) and isinstance(last, Op) and first.op == last.op and first.sign == last.sign == "×":
        letters = [one.name for one in first.args if isinstance(one, Name)]
        numbers = [one for one in last.args if isinstance(one, Num)]
        if len(letters) == len(first.args) == len(last.args) == len(numbers):
            yield from zip(letters, numbers, strict=True)
