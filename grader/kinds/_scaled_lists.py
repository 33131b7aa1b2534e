"""A number times a list: `\\frac53(2, 1, 2)`, `(10, 5, 10)/3`, and what such a product is said to be."""

from __future__ import annotations

from collections.abc import Callable, Sequence

import numpy as np

from grader.kinds._left_sides import typed_between
from grader.kinds._numbers import value_of
from grader.kinds.kind import View
from grader.model.expressions import Call, Expr, Group, Num, Op, Relation
from grader.notation.reading import Claim, Reading

ArrayOf = Callable[[Expr | None], np.ndarray | None]


def with_factors(reading: Reading, view: View) -> Reading:
    """The reading with a number in mathematics and the list directly behind it as one product.

    `u = \\frac53(2,1,2) = (10/3, 5/3, 10/3)` is read as two equations side by side, with the list between them.
    `$\\frac15$ $[1, 2]$` are two formulas.
    """
    found: list[Claim] = []
    for claim in reading.claims:
        product = _product(found[-1], claim, view) if found else None
        if product is not None:
            found[-1] = product
        else:
            found.append(claim)
    return reading if len(found) == len(reading.claims) else reading._replace(claims=tuple(found))


def _product(left: Claim, right: Claim, view: View) -> Claim | None:
    """The two claims as one, where a number stands directly before a list; None where none does."""
    if not right.joined or right.before.strip(" *·") or left.block != right.block or "\n" in right.before:
        return None
    before, behind = _operands(left.expr), _operands(right.expr)
    factor, listed = (before[0][-1], behind[0][0]) if before[0] and behind[0] else (None, None)
    if factor is None or not isinstance(listed, Group) or not _is_factor(factor, left.in_maths and right.in_maths):
        return None
    gap = typed_between(view.answer.blocks, left.place[1], right.place[0])
    if len(gap) != right.place[0] - left.place[1]:
        return None
    place = (left.place[0], right.place[1])
    product = Op("mul", (factor, listed), (factor.place[0], listed.place[1]), "")
    operands, ops = (*before[0][:-1], product, *behind[0][1:]), (*before[1], *behind[1])
    expr = Relation(operands, ops, place) if ops else product
    return left._replace(expr=expr, place=place, boxed=left.boxed or right.boxed)


def _operands(expr: Expr | None) -> tuple[tuple[Expr | None, ...], tuple[str, ...]]:
    if isinstance(expr, Relation):
        return expr.operands, expr.ops
    return ((expr,), ()) if expr is not None else ((), ())


def _is_factor(expr: Expr, typeset: bool) -> bool:
    """Whether it is a number that multiplies: in prose only a fraction or a root, for "row 2 (1, 3)" says a place."""
    plain = isinstance(expr, Num) or (isinstance(expr, Op) and expr.op == "neg" and isinstance(expr.args[0], Num))
    return isinstance(expr, Num | Op | Call) and (typeset or not plain) and value_of(expr) is not None


def part_of(claim: Claim, reading: Reading) -> str:
    """The word that makes a number before a list its factor, "1/3 of [[2, 1], [1, 2]]"; "" if none stands there."""
    earlier = [one for one in reading.claims if one.place < claim.place and one.sentence == claim.sentence]
    told = bool(earlier) and claim.before.split() == ["of"] and not isinstance(claim.expr, Relation)
    last = _operands(earlier[-1].expr)[0][-1:] if told else ()
    return "of" if last and value_of(last[0]) is not None else ""


def scaled(expr: Op, array_of: ArrayOf) -> np.ndarray | None:
    """A factor before a matrix, 1/5 [[3, -1], [-1, 2]], behind it, or below it."""
    lists = [array_of(arg) for arg in expr.args]
    factors = [value_of(arg) for arg, array in zip(expr.args, lists, strict=True) if array is None]
    arrays = [array for array in lists if array is not None]
    if expr.op == "neg":
        return np.asarray(-arrays[0]) if arrays else None
    if len(arrays) != 1 or len(factors) != 1 or factors[0] is None or isinstance(factors[0], complex):
        return None
    if expr.op == "div":
        return np.asarray(arrays[0] / float(factors[0])) if lists[0] is not None and factors[0] != 0 else None
    return np.asarray(arrays[0] * float(factors[0]))


def says_two_lists(expr: Expr | None, array_of: ArrayOf, alike: Callable[[np.ndarray, np.ndarray], bool]) -> bool:
    """Whether a chain of equalities gives lists that differ: `\\frac43(2, 1, 2) = (10/3, 5/3, 10/3)`."""
    operands: Sequence[Expr | None] = expr.operands if isinstance(expr, Relation) else ()
    arrays = [array.ravel() for one in operands if (array := _total(one, array_of)) is not None]
    return any(one.shape == arrays[-1].shape and not alike(one, arrays[-1]) for one in arrays[:-1])


def _total(expr: Expr | None, array_of: ArrayOf) -> np.ndarray | None:
    """The list that a sum of lists comes to, `(3, 0, 3) - 2 (1, -1, 1)`; that which is listed, for anything else."""
    if not isinstance(expr, Op) or expr.op not in ("add", "neg"):
        return array_of(expr)
    parts = [found for part in expr.args if (found := _total(part, array_of)) is not None]
    if len(parts) < len(expr.args) or any(part.shape != parts[0].shape for part in parts):
        return array_of(expr)
    return -parts[0] if expr.op == "neg" else np.sum(parts, axis=0)
