"""Finds vectors, lists of vectors, eigenvalues with their vectors, and points of a solution set in an answer.

Each reader takes the claims of a view and the wanted length of a vector, and gives candidates whose value is what
the checks of `property` take: see `READERS` there.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from itertools import pairwise

from grader.kinds._beside import begins_list, glued
from grader.kinds._choosing import Candidate, rank
from grader.kinds._lists_of_working import without_working
from grader.kinds._solution_sets import is_unknown
from grader.kinds._vectors_written import Affine, Names, Written, affine_of, flat, matrix_of, parameters_of
from grader.model.expressions import Call, Expr, Group, Index, Name, Num, Op, Relation
from grader.model.records import NamedTuple
from grader.notation.printing import show
from grader.notation.reading import Claim

_LIST = re.compile(r"[\s,;:|&*.•-]*(and|or|with|t)?[\s,;:|&*.•-]*")
_NUMBERED = re.compile(r"[A-Za-z]+_?\d+")
_SPAN = frozenset({"span", "Span", "null", "ker", "Lin", "lin"})


class Pair(NamedTuple):
    """An eigenvalue and a vector that belongs to it."""

    value: Written
    vector: Written


# -- one vector ----------------------------------------------------------------------------------------------------


def said(claim: Claim) -> Expr | None:
    """What a claim gives: the last member of `v = ...`; None for `A v = ...`, whose result is no answer."""
    expr = claim.expr
    if not isinstance(expr, Relation):
        return expr
    names = expr.operands[:-1]
    if any(op not in ("=", "~") for op in expr.ops):
        return None
    plain = all(
        name is None or isinstance(name, Name) or _is_transposed_name(name) or is_unknown(name) for name in names[:1]
    )
    return expr.operands[-1] if plain else None


def _is_transposed_name(expr: Expr) -> bool:
    return isinstance(expr, Op) and expr.op == "transpose" and isinstance(expr.args[0], Name)


def score(claim: Claim) -> int:
    """How much speaks for a claim; that a vector has a name takes nothing away."""
    first = claim.expr.operands[0] if isinstance(claim.expr, Relation) else None
    return rank(claim, [first.name.lower()] if isinstance(first, Name) else ())


def vectors(claims: Sequence[Claim], names: Names, size: int) -> list[Candidate]:
    """Single vectors, `t (1, 2)` being one: the factor may be anything."""
    found = []
    for claim in glued(claims):
        affine = affine_of(said(claim), names)
        if affine is not None:
            vector = only_vector(affine)
            if vector is not None:
                found.append(Candidate(claim, vector, score(claim)))
    others = () if found else [(c, only_vector(c.value)) for c in points(claims, names, size)]
    return found or [c._replace(value=vector) for c, vector in others if vector is not None]


def only_vector(affine: Affine) -> Written | None:
    """The one vector that is written, `t (1, 1)` without its factor; None for a line or a plane beside zero."""
    if not affine.directions:
        return affine.start
    through_zero = not affine.start.ball.mid.any()
    return affine.directions[0] if through_zero and len(affine.directions) == 1 else None


# -- lists of vectors ----------------------------------------------------------------------------------------------


def lists(claims: Sequence[Claim], names: Names, size: int) -> list[Candidate]:
    """Lists of vectors. The value is all the ways to read one: a square matrix may list its rows or its columns."""
    runs: list[list[tuple[Claim, list[tuple[Written, ...]]]]] = []
    before: Claim | None = None
    for claim in without_working(glued(claims), size):
        ways = _ways(claim, names, size)
        if ways:
            if runs and before is not None and _goes_on(before, claim):
                runs[-1].append((claim, ways))
            else:
                runs.append([(claim, ways)])
        before = claim
    found = []
    for run in runs:
        merged = run[0][0]._replace(
            expr=together_of([claim for claim, _ in run]), place=(run[0][0].place[0], run[-1][0].place[1])
        )
        readings = run[0][1] if len(run) == 1 else [tuple(v for _, ways in run for v in ways[0])]
        if len(run) == 1 or all(len(ways) == 1 for _, ways in run):
            found.append(Candidate(merged, readings, score(run[0][0])))
    return found or _spanned(claims, names, size)


def _spanned(claims: Sequence[Claim], names: Names, size: int) -> list[Candidate]:
    """`x1 = -s - t, x2 = s, x3 = t`: what the free parameters stand for."""
    solutions = points(claims, names, size)
    through_zero = [c for c in solutions if c.value.directions and not c.value.start.ball.mid.any()]
    return [c._replace(value=[c.value.directions]) for c in through_zero]


def _goes_on(before: Claim, claim: Claim) -> bool:
    """Whether a list goes on: nothing but commas and "and" between, or a name with a number, v2 = ..."""
    first = claim.expr.operands[0] if isinstance(claim.expr, Relation) else None
    numbered = isinstance(first, Name) and bool(_NUMBERED.fullmatch(first.name))
    words = _LIST.fullmatch(claim.before)
    alternative = words is not None and words[1] == "or"
    return not alternative and (words is not None or numbered)


def together_of(claims: Sequence[Claim]) -> Expr | None:
    """The expressions of several claims as one list."""
    if len(claims) == 1:
        return claims[0].expr
    exprs = tuple(claim.expr for claim in claims if claim.expr is not None)
    return Group("", exprs, (claims[0].place[0], claims[-1].place[1]))


def _ways(claim: Claim, names: Names, size: int) -> list[tuple[Written, ...]]:
    expr = said(claim)
    while isinstance(expr, Op) and expr.op == "mul" and isinstance(expr.args[0], Name) and expr.args[0].name in _SPAN:
        expr = expr.args[1]
    if isinstance(expr, Group) and expr.brackets in ("{}", "()", "") and all(begins_list(i) for i in expr.items):
        each = [affine_of(item, names) for item in expr.items]
        rows = [None if affine is None else only_vector(affine) for affine in each]
        whole = [row for row in rows if row is not None]
        return [tuple(whole)] if whole and len(whole) == len(rows) else []
    affine = affine_of(expr, names)
    if affine is not None:
        if not affine.directions:
            return [(affine.start,)]
        return [affine.directions] if not affine.start.ball.mid.any() else []
    return _of_matrix(None if expr is None or parameters_of(expr, names) else matrix_of(expr, names), size)


def _of_matrix(matrix: Written | None, size: int) -> list[tuple[Written, ...]]:
    """The columns or the rows of a matrix, whichever have the wanted length."""
    if matrix is None or len(matrix.shape) != 2:
        return []
    columns = tuple(matrix.part((slice(None), k)) for k in range(matrix.shape[1]))
    rows = tuple(matrix.part(k) for k in range(matrix.shape[0]))
    return [way for way in (columns, rows) if way[0].shape == (size,)]


# -- eigenvalues with their vectors --------------------------------------------------------------------------------


def points(claims: Sequence[Claim], names: Names, size: int) -> list[Candidate]:
    """Points with free parameters: `(1, 2) + t (1, 1)`, `(1 + t, 2 + t)`, `x1 = 1 + t, x2 = 2 + t`, `1, 2`."""
    found = []
    for claim in glued(claims):
        affine = affine_of(said(claim), names)
        if affine is not None:
            found.append(Candidate(claim, affine, score(claim)))
    return found or _by_components(claims, names, size) or _bare(claims, names, size)


def _components(size: int) -> list[dict[str, int]]:
    """The usual names of components, each with its place: x1, x2, or x, y, z."""
    usual = [{f"{x}{k}": k - first for k in range(first, size + first)} for x in "xvu" for first in (1, 0)]
    return usual + [{name: k for k, name in enumerate(letters[:size])} for letters in ("xyzw", "abcd") if size <= 4]


def _by_components(claims: Sequence[Claim], names: Names, size: int) -> list[Candidate]:
    for places in _components(size):
        given: dict[int, Expr] = {}
        used: list[Claim] = []
        for claim in claims:
            expr = claim.expr
            first = expr.operands[0] if isinstance(expr, Relation) and set(expr.ops) <= {"=", "~"} else None
            place = places.get(first.name) if isinstance(first, Name) else None
            if isinstance(expr, Relation) and place is not None and expr.operands[-1] is not None:
                if place in given and show(given[place]) != show(expr.operands[-1]):
                    return []  # said twice: "x = 1 or x = 2"
                given[place] = expr.operands[-1]
                used.append(claim)
        mentioned = {name for expr in given.values() for name in parameters_of(expr, names)}
        if any(places[name] in given for name in mentioned & places.keys()):
            return []  # x1 = 3 - 2 x2, x2 = 0
        for name, place in places.items():
            if place not in given and name in mentioned:  # x3 is free
                given[place] = Name(name, used[0].place)
        if used and sorted(given) == list(range(size)):
            span = (used[0].place[0], used[-1].place[1])
            group = Group("()", tuple(given[k] for k in range(size)), span)
            affine = affine_of(group, names)
            if affine is not None:
                return [Candidate(_without_let(used[0])._replace(expr=group, place=span), affine, 0)]
    return []


def _without_let(claim: Claim) -> Claim:
    """ "Let x2 = s" gives an unknown the letter of a parameter, and supposes nothing."""
    names = isinstance(claim.expr, Relation) and isinstance(claim.expr.operands[-1], Name)
    return claim._replace(before=_LET.sub("", claim.before)) if names else claim


_LET = re.compile(r"\b(let|set|put|choose|call)\s*\Z")


def _bare(claims: Sequence[Claim], names: Names, size: int) -> list[Candidate]:
    """`v = 1, 2` without brackets: numbers joined by nothing but commas."""
    runs: list[list[Claim]] = []
    for claim, before in zip(claims, (None, *claims), strict=False):
        if isinstance(said(claim), Num | Op | Call | Index):
            if runs and before is runs[-1][-1] and claim.joined and not isinstance(claim.expr, Relation):
                runs[-1].append(claim)
            else:
                runs.append([claim])
    found = []
    for run in runs:
        parts = tuple(expr for expr in map(said, run) if expr is not None)
        span = (run[0].place[0], run[-1].place[1])
        group = Group("()", parts, span)
        affine = affine_of(group, names) if len(parts) == size > 1 else None
        if affine is not None and all(a.block == b.block for a, b in pairwise(run)):
            found.append(Candidate(run[0]._replace(expr=group, place=span), affine, score(run[0])))
    return found


Reader = Callable[[Sequence[Claim], Names, int], list[Candidate]]


def flattened(matrix: Written) -> Written:
    """A row or column as a vector; a matrix as it is."""
    return flat(matrix) or matrix
