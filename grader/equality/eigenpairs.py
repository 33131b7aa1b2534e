"""Eigenvalues with their eigenvectors, `\\lambda = 1: (1, -1)^T`: a vector stands for all its multiples."""

from __future__ import annotations

import re
from fractions import Fraction

from grader.equality.scalars import exact_value
from grader.equality.spans import rank
from grader.equality.verdicts import DIFFERENT, EQUAL, UNDECIDED, Found
from grader.model.errors import Undecided, Unreadable
from grader.model.expressions import Group
from grader.model.patterns import later
from grader.notation.dialect import USUAL_FUNCTIONS, Dialect
from grader.notation.formula import read_formula

_LONGEST = 300  # characters
_NUMBER = r"-?(?:\d+(?:\.\d+)?(?:/\d+)?|\\[dt]?frac\{-?\d+\}\{\d+\})"
_JOINED = (
    r"(?:\\[,;: ]|\\q?quad(?![a-z])|\\text\s*\{[^{}]*\}|\\(?:to|mapsto|rightarrow|Rightarrow|left|implies)(?![a-z])"
    r"|[\s:,;()→↦⇒]|(?:with|has|and|for|eigenvectors?|eigenvalues?|the|is|gives|vector)(?![A-Za-z])"
    r"|(?:\\(?:mathbf|vec|boldsymbol)\s*\{?\s*)?[vxu]\}?(?:_\{?\d\}?|[₁-₄]|\d)?\s*=)*?"
)
_PAIR = later(
    rf"{_JOINED}(?:\\lambda|λ|lambda)\s*(?:_\{{?\d\}}?|[₁-₄]|\d)?\s*=\s*(?P<value>{_NUMBER}){_JOINED}\s*(?:\\left\s*)?"
    rf"(?P<vector>[(\[]\s*{_NUMBER}(?:\s*,\s*(?:\\[,;: ])?\s*{_NUMBER})+\s*(?:\\right\s*)?[)\]]"
    rf"|\\begin\{{[pb]matrix\}}.{{1,60}}?\\end\{{[pb]matrix\}})\s*(?:\^\s*\{{?\s*(?:T|\\top)\s*\}}?|ᵀ)?"
)
_NAMED = later(r"eigenv|\\lambda|λ|lambda")
_DIALECT = Dialect(free=True, functions=USUAL_FUNCTIONS)
Pairs = dict[Fraction, list[list[Fraction]]]


def compare_eigenpairs(gold: str, answer: str) -> Found | None:
    """The verdict on eigenvalues with their spaces; None where not both are such lists."""
    if max(len(gold), len(answer)) > _LONGEST or not (_NAMED.search(gold) and _NAMED.search(answer)):
        return None
    one, other = _pairs(gold), _pairs(answer)
    if one is None or other is None:
        return None
    if any(not any(row) for pairs in (one, other) for rows in pairs.values() for row in rows):
        return Found(UNDECIDED, "a vector of zeros is no eigenvector")
    if one.keys() != other.keys():
        return Found(DIFFERENT, "the eigenvalues differ")
    for value, rows in one.items():
        if len({len(row) for row in (*rows, *other[value])}) > 1:
            return Found(DIFFERENT, "the eigenvectors have different lengths")
        if not rank(rows) == rank(other[value]) == rank([*rows, *other[value]]):
            return Found(DIFFERENT, "an eigenvector of one is none of the other")
    return Found(EQUAL, "both have the same eigenvalues, with the same spaces")


def _pairs(text: str) -> Pairs | None:
    """The vectors of each eigenvalue; None for a text that says anything else."""
    text, found, at = text.replace("$", " ").rstrip(" ."), Pairs(), 0
    while at < len(text):
        pair = _PAIR.match(text, at)
        if pair is None:
            return None
        value, vector = _number(pair["value"]), _vector(pair["vector"])
        if value is None or vector is None:
            return None
        found.setdefault(value, []).append(vector)
        at = pair.end()
        at += len(text[at:]) - len(text[at:].lstrip(" )"))
    return found or None


def _number(text: str) -> Fraction | None:
    try:
        return exact_value(read_formula(text, _DIALECT).expr)
    except (Unreadable, Undecided, ArithmeticError):
        return None


def _vector(text: str) -> list[Fraction] | None:
    try:
        expr = read_formula(re.sub(r"\\left|\\right", "", text), _DIALECT).expr
        items = expr.items if isinstance(expr, Group) else ()
        if items and all(isinstance(item, Group) and len(item.items) == 1 for item in items):
            items = tuple(item.items[0] for item in items if isinstance(item, Group))
        values = [exact_value(item) for item in items]
    except (Unreadable, Undecided, ArithmeticError):
        return None
    known = [value for value in values if value is not None]
    return known if len(known) == len(values) > 1 else None
