"""Sums over indices that an equation ties to each other: `\\sum_{j+k=p} x[j] w[k]`."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING

from grader.model.expressions import Call, Expr, Group, Name, Op, Relation
from grader.notation.comprehensions import with_left_out
from grader.notation.tokens import Token

if TYPE_CHECKING:
    from grader.notation.parser import Parser

OVER = "over"  # over(S): the lower limit of a sum over the members of a set that only has a name
Specs = tuple[list[Expr], tuple[Expr, ...], tuple[Expr, ...]]


def settled(parser: Parser, operator: Token, specs: list[Expr], conditions: tuple[Expr, ...]) -> Specs:
    """What stands under the sign, the conditions on it, and those that leave out a value.

    Where nothing is declared, sets are not written out; else an equation may tie indices to each other.
    """
    if parser.dialect.free:
        specs, left_out = with_left_out([_in_set(spec) for spec in specs])
        return specs, conditions, left_out
    if operator.text == "sum":
        specs, conditions = with_tied_indices(specs, conditions, parser.names)
    return specs, conditions, ()


def with_tied_indices(
    specs: list[Expr], conditions: tuple[Expr, ...], names: Mapping[str, int]
) -> tuple[list[Expr], tuple[Expr, ...]]:
    """The indices that stand under a sum sign, and the equations that they must satisfy.

    Summed are the letters of a sum on the left side; what it equals is given: `j + k = p` sums over j and k.
    """
    found: list[Expr] = []
    for spec in specs:
        tied = _tied(spec, names)
        known = {one.name for one in found if isinstance(one, Name)}
        found += [name for name in tied if name.name not in known] if tied else [spec]
        conditions = (*conditions, spec) if tied else conditions
    return found, conditions


def _tied(spec: Expr, names: Mapping[str, int]) -> list[Name]:
    left = spec.operands[0] if isinstance(spec, Relation) and spec.ops == ("=",) else None
    if not isinstance(left, Op) or left.op != "add" or not all(isinstance(arg, Name) for arg in left.args):
        return []
    # An array is no term of an index: the b of `b + k_2 = j_2` is another letter than the one of a bias b[m].
    letters = [arg for arg in left.args if isinstance(arg, Name) and names.get(arg.name, 1) > 0]
    return letters if len(letters) == len(left.args) else []


def _in_set(spec: Expr) -> Expr:
    """`i \\in S` as `i = over(S)`, where S is no set that is written out."""
    if not (isinstance(spec, Relation) and spec.ops == ("in",) and isinstance(spec.operands[0], Name)):
        return spec
    members = spec.operands[1]
    if members is None or isinstance(members, Group) or (isinstance(members, Op) and members.op == "range"):
        return spec
    place = members.place
    return Relation((spec.operands[0], Call(OVER, (members,), place)), ("=",), spec.place)
