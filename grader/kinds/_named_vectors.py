"""Vectors that a solution set takes up by their names: `x = p + s v` with p = (3, 0, 2) and v = (-2, 1, 0)."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence

from grader.kinds._choosing import Candidate
from grader.kinds._stretches import Stretch, retold, words_of
from grader.kinds._vectors import said
from grader.kinds._vectors_written import Names, affine_of
from grader.model.documents import Block
from grader.model.expressions import Expr, Name, Op, Relation, names_in, rebuilt
from grader.model.patterns import later
from grader.notation.reading import Claim


def with_named_vectors(claims: Sequence[Claim], names: Names) -> tuple[Claim, ...]:
    """The claims with vectors in the place of their names, and without those that only say what names are.

    A name that stands for two vectors is left as it is, so that nothing is said with it; where vectors are added up
    by their names, none of them alone is an answer.
    """
    given = [_definition(claim, names) for claim in claims]
    called = {name for name, _ in filter(None, given)}
    takes = [_is_sum_of(claim, called) for claim in claims]
    if not any(takes):
        return tuple(claims)
    told: dict[str, list[Expr]] = {}
    for name, vector in filter(None, given):
        told.setdefault(name, []).append(vector)
    known = {name: vectors[0] for name, vectors in told.items() if len(vectors) == 1}
    ends = [claim.place[1] for claim, one in zip(claims, given, strict=True) if one is not None]
    return tuple(
        _with_vectors(claim, known, ends) if sums and said(claim) is not None else claim
        for claim, sums, one in zip(claims, takes, given, strict=True)
        if sums or one is None or one[0] in _SOLUTIONS
    )


_SOLUTIONS = frozenset(["x", "L", "S"])


def _with_vectors(claim: Claim, known: Mapping[str, Expr], ends: Sequence[int]) -> Claim:
    """The claim with its vectors; it ends where the last of them was told."""
    assert claim.expr is not None
    place = (claim.place[0], max((claim.place[1], *ends)))
    return claim._replace(expr=_put(claim.expr, known), place=place)


def _definition(claim: Claim, names: Names) -> tuple[str, Expr] | None:
    """The name and the list of `v = (1, 2)`."""
    expr = claim.expr
    first = expr.operands[0] if isinstance(expr, Relation) and set(expr.ops) == {"="} else None
    last = said(claim)
    if not isinstance(first, Name) or last is None or affine_of(last, names) is None:
        return None
    return first.name, last


def _is_sum_of(claim: Claim, called: set[str]) -> bool:
    """Whether a claim adds up vectors that have names, or is a multiple of one that is said to be the solution."""
    expr = claim.expr.operands[-1] if isinstance(claim.expr, Relation) else claim.expr
    if not isinstance(expr, Op) or not names_in(expr) & called:
        return False
    return expr.op == "add" or (expr.op == "mul" and isinstance(claim.expr, Relation) and said(claim) is not None)


def _put(expr: Expr, known: Mapping[str, Expr]) -> Expr:
    """The expression with vectors for names, but for what stands before its last sign of equality."""
    if isinstance(expr, Relation):
        return Relation((*expr.operands[:-1], _in_place(expr.operands[-1], known)), expr.ops, expr.place)
    return _in_place(expr, known)


def _in_place(expr: Expr | None, known: Mapping[str, Expr]) -> Expr:
    assert expr is not None
    if isinstance(expr, Name) and expr.name in known:
        return known[expr.name]
    return rebuilt(expr, lambda part: _in_place(part, known))


def without_parts(candidates: list[Candidate]) -> list[Candidate]:
    """The candidates without points that are told to be a part of a solution which has its parameters."""
    if not any(one.value.directions for one in candidates):
        return candidates
    found: list[Candidate] = []
    part = False
    for one in candidates:
        goes_on = part and one.claim.joined
        part = not one.value.directions and (goes_on or _PART.search(one.claim.before) is not None)
        found += [] if part else [one]
    return found


_PART = later(r"\b(?:particular|special|homogene\w+|null ?space|kernel|spann?\w*|basis|directions?)\b[^.]*\Z")


# -- products that are typed without a sign ------------------------------------------------------------------------

_TIMES = later(
    r"(?<![\w.])(?P<factor>\d+(?:\.\d+|/\d+)?)[ \t]?(?P<name>x_?(?P<number>\d))(?![\w.]\d?)"
    r"|(?<![\w.])(?P<count>\d+)[ \t](?P<letter>[s-z])(?=[ \t]*(?:[-+,.;)=\]]|\n|\Z|(?:and|with|where)\b))"
)
_UNKNOWN = later(r"(?<![\w.])(?<!\d )x_?\d[ \t]*(?:=|,|and\b|is\b)")


def unknowns(text: str, size: int) -> dict[str, int]:
    """The names x1, x2, ... of an answer that speaks of them."""
    return {f"x{number}": 0 for number in range(size + 1)} if _UNKNOWN.search(text) else {}


def with_products(blocks: tuple[Block, ...], size: int) -> tuple[Block, ...]:
    """The blocks with `4 - 2*x2` for `4 - 2x2` and `4 - 2 x2`, which in prose may be a shape, where x2 is unknown."""
    text = "\n".join(block.text for block in blocks)
    numbered, named = _UNKNOWN.search(text) is not None, frozenset(_LISTED.findall(text))
    found = [[*_products(words, size, numbered), *_multiples(words, named)] for words in map(words_of, blocks)]
    return tuple(retold(block, stretches) for block, stretches in zip(blocks, found, strict=True))


_LISTED = later(r"(?<![A-Za-z])([a-z](?:_?\w)?)[ \t]*=[ \t]*[(\[]")
_MULTIPLE = later(r"(?<=[-+=])(?P<gap>[ \t]*)(?P<factor>[a-zR])[ \t]+(?P<name>[a-z](?:_?\w)?)(?![\w(])")


def _multiples(words: str, named: frozenset[str]) -> Iterator[Stretch]:
    """`p + s v`, where v is a list."""
    for found in _MULTIPLE.finditer(words):
        if found["name"] in named:
            yield Stretch(found.start("factor"), found.end(), f"{found['factor']}*{found['name']}")


def _products(words: str, size: int, numbered: bool) -> Iterator[Stretch]:
    for found in _TIMES.finditer(words):
        if found["letter"]:
            yield Stretch(found.start(), found.end(), f"{found['count']}*{found['letter']}")
        elif numbered and int(found["number"]) <= size:
            yield Stretch(found.start(), found.end(), f"{found['factor']}*{found['name']}")


# -- which unknowns are free ---------------------------------------------------------------------------------------

_NAME = r"(?:[a-z](?:_?\{?\d\}?)?|\\[a-z]+)"
_FREE = re.compile(
    rf"(?P<only>\bonly\s+)?\$?(?<![A-Za-z\\])(?P<names>{_NAME}\$?(?:\s*(?:,|and|und|,\s*and)\s*\$?{_NAME}\$?)*)\s*"
    r"(?:(?:is|are|be|as|sind|ist|=)\s+)?(?P<not>not\s+|never\s+)?(?:both\s+|all\s+|completely\s+)?"
    r"(?:free|arbitrary|frei|beliebig)\b"
)
_EACH = re.compile(r"([a-z])_?\{?(\d)?\}?")


def not_free(text: str, free: frozenset[str]) -> str:
    """Words that call something free which is no parameter of the answer, or deny it; "" for none."""
    for found in _FREE.finditer(text):
        names = {
            one[1] + (one[2] or "") for one in _EACH.finditer(found["names"].replace("and", " ").replace("und", " "))
        }
        wrong = names & free if found["not"] else names != free if found["only"] else not names <= free
        if wrong:
            return found.group().strip()
    for found in _FIXED.finditer(text):
        if found["name"].replace("_", "") in free:
            return found.group().strip()
    return ""


_FIXED = re.compile(
    r"(?<![A-Za-z\\])(?P<name>[a-z](?:_?\d)?)\$?\s+(?:(?:is|are)\s+)?(?:fixed|constant|given|can ?not be|can.t be)\b"
)
