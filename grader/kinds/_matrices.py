"""Finds the factors of a factorisation in an answer: labelled matrices, or a written product."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from grader.kinds._beside import glued
from grader.kinds._choosing import Candidate
from grader.kinds._factor_table import FACTORISATIONS
from grader.kinds._vectors import Reader, score
from grader.kinds._vectors_written import Names, Written, exactly, matrix_of
from grader.maths.linear import identity
from grader.model.expressions import Expr, Group, Name, Num, Op, Relation
from grader.notation.reading import Claim

INVERSE = "P^-1"

# A product written out, A = [[..]] [[..]]: which factor stands where, and which is only another one turned.
_ORDER: dict[str, tuple[str, ...]] = {
    "QR": ("Q", "R"),
    "LU": ("L", "U"),
    "any LU": ("L", "U"),
    "PA = LU": (),
    "A = PLU": ("P", "L", "U"),
    "Cholesky": ("L", "L^T"),
    "PDP": ("P", "D", INVERSE),
    "QDQ": ("Q", "D", "Q^T"),
    "SVD": ("U", "S", "V^T"),
}


def factors_of(kind: str) -> Reader:
    """The reader for one way to factor. Where a label stands twice, each of its matrices is a candidate."""

    def read(claims: Sequence[Claim], names: Names, size: int) -> list[Candidate]:
        first: dict[str, Written] = {}
        last: dict[str, Written] = {}
        used: list[Claim] = []
        for claim in glued(claims, matrices=True):
            label, matrix = _labelled(claim, kind, names, size)
            if matrix is not None:
                first.setdefault(label, matrix)
                last[label] = matrix
                used.append(claim)
        if not used:
            return _products(claims, kind, names)
        exprs = tuple(claim.expr for claim in used if claim.expr is not None)
        place = (used[0].place[0], used[-1].place[1])
        merged = used[0]._replace(expr=exprs[0] if len(exprs) == 1 else Group("", exprs, place), place=place)
        found = [Candidate(merged, _named(last), score(used[0]))]
        twice = any(first[label] is not last[label] for label in first)
        return [Candidate(merged, _named(first), score(used[0])), *found] if twice else found

    return read


def _labelled(claim: Claim, kind: str, names: Names, size: int) -> tuple[str, Written | None]:
    expr = claim.expr
    if not isinstance(expr, Relation) or any(op not in ("=", "~") for op in expr.ops):
        return "", None
    label = _label(expr.operands[0], kind)
    last = expr.operands[-1]
    if isinstance(last, Name) and last.name in ("I", "E"):
        return label, exactly(identity(size)) if label else None
    return label, matrix_of(last, names) if label else None


def _label(expr: Expr | None, kind: str) -> str:
    """The factor's name, with ^T or ^-1 behind it; empty for any other name."""
    how = FACTORISATIONS[kind]
    if isinstance(expr, Name):
        name = expr.name if expr.name in how.names else how.others.get(expr.name, "")
        return name
    if isinstance(expr, Op) and expr.op == "transpose" and isinstance(expr.args[0], Name):
        inner = _label(expr.args[0], kind)
        return f"{inner}^T" if inner else ""
    if isinstance(expr, Op) and expr.op == "pow" and kind == "PDP":
        base, power = expr.args
        negative = isinstance(power, Op) and power.op == "neg" and isinstance(power.args[0], Num)
        return INVERSE if negative and _label(base, kind) == "P" else ""
    return ""


def _named(found: dict[str, Written]) -> dict[str, Written]:
    """Factors by their names: `V^T` gives V, unless V stands there too."""
    result = {label: matrix for label, matrix in found.items() if not label.endswith("^T")}
    for label, matrix in found.items():
        if label.endswith("^T"):
            result.setdefault(label.removesuffix("^T"), matrix.T)
    return result


def _products(claims: Sequence[Claim], kind: str, names: Names) -> list[Candidate]:
    order = _ORDER[kind]
    found = []
    for claim in glued(claims, matrices=True):
        expr = claim.expr.operands[-1] if isinstance(claim.expr, Relation) else claim.expr
        matrices = [matrix_of(part, names) for part in _flattened(expr)]
        known = [matrix for matrix in matrices if matrix is not None]
        if order and len(known) == len(matrices) == len(order):
            named: dict[str, Written] = {}
            for name, matrix in zip(order, known, strict=True):
                named.setdefault(name, matrix)
            if all(_is_turned(named, name) for name in order):
                found.append(Candidate(claim, _named(named), score(claim)))
    return found


def _flattened(expr: Expr | None) -> list[Expr]:
    """The factors of a product; a number before a matrix stays with it."""
    if isinstance(expr, Op) and expr.op == "mul" and matrix_of(expr, {}) is None:
        return [part for arg in expr.args for part in _flattened(arg)]
    return [] if expr is None else [expr]


def _is_turned(named: dict[str, Written], name: str) -> bool:
    """Whether `L^T` is the transpose of the `L` that stands beside it."""
    base = named.get(name.removesuffix("^T"))
    if not name.endswith("^T") or base is None or base is named[name]:
        return True
    turned = named[name].T
    return turned.shape == base.shape and bool(
        np.all(np.abs(turned.ball.mid - base.ball.mid) <= turned.ball.rad + base.ball.rad)
    )
