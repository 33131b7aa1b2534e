"""Compares two written formulas: reads both, settles what only the pair can settle, and decides."""

from __future__ import annotations

import re
from typing import NamedTuple

from grader.equality.decide import decide, kind_of
from grader.equality.scalars import Habits
from grader.equality.slopes import substitute
from grader.equality.verdicts import EQUAL, UNDECIDED, UNREADABLE, Comparison, Found
from grader.model.errors import Undecided, Unreadable
from grader.model.expressions import Expr, Name, names_in
from grader.notation.claims import find_claims
from grader.notation.dialect import Dialect
from grader.notation.formula import read_formula, words_in
from grader.notation.printing import show

LONGEST_TEXT = 100_000
_DECIMAL_COMMA = re.compile(r"(?<![\d.,])\d+,\d+(?![\d.,])|\d[\s.]\d{3},\d")
_THOUSANDS_IN_LIST = re.compile(r"[(\[{][^()\[\]{}]*\d,0\d\d(?!\d)")


class _Side(NamedTuple):
    """One formula of the pair, as read."""

    text: str
    expr: Expr


def compare(gold: str, answer: str) -> Comparison:
    """Whether an answer says the same as the gold formula.

    Never raises for what was typed: what cannot be read is `unreadable`, what cannot be decided `undecided`.
    """
    dialect = Dialect(free=True, words=words_in(gold) | words_in(answer), units=True)
    sides: list[_Side] = []
    for text, which in ((gold, "gold"), (answer, "answer")):
        try:
            sides.append(_read(text, dialect))
        except Undecided as error:
            return Comparison(UNDECIDED, f"the {which}: {error.message}", *(_shown(side) for side in sides))
        except Unreadable as error:
            return Comparison(UNREADABLE, _complaint(which, text, error), *(_shown(side) for side in sides))
    one, other = sides
    found = _decide(one, other)
    if found.verdict != EQUAL:
        for retold in _other_readings(one, other, dialect):
            again = _decide(one, retold)
            if again.verdict == EQUAL:
                found, other = again, retold
                break
    elif bool(_THOUSANDS_IN_LIST.search(gold)) != bool(_THOUSANDS_IN_LIST.search(answer)):
        found = Found(UNDECIDED, "a comma with three digits behind it may separate thousands or entries")
    return Comparison(found.verdict, found.reason, _shown(one), _shown(other))


def _shown(side: _Side) -> str:
    return show(side.expr)


def _complaint(which: str, text: str, error: Unreadable) -> str:
    piece = text[error.start : error.stop].strip()
    where = f" at `{piece[:40]}`" if piece and piece not in error.message else ""
    return f"the {which} cannot be read{where}: {error.message}"


def _read(text: str, dialect: Dialect) -> _Side:
    """The claim of a text. Raises Unreadable, with offsets into the text, if none of it can be read."""
    if len(text) > LONGEST_TEXT:
        raise Unreadable("this text is too long to be read")
    first: Unreadable | None = None
    for claim in find_claims(text):
        try:
            formula = read_formula(claim.text, dialect)
        except RecursionError:
            raise Unreadable("this is nested too deeply to be read") from None
        except Unreadable as error:
            moved = Unreadable(error.message, error.start + claim.start, error.stop + claim.start, error.expected)
            first = first or moved
            continue
        expr = formula.expr
        for definition in formula.where:
            name, value = definition.operands[0], definition.operands[-1]
            if isinstance(name, Name) and value is not None:
                expr = substitute(expr, name.name, value)
        return _Side(claim.text, expr)
    assert first is not None
    raise first


def _decide(gold: _Side, answer: _Side) -> Found:
    one, other = settle(gold, answer)
    return decide(one, other, Habits(_imaginary(gold, answer)))


# -- what only the pair can settle -----------------------------------------------------------------------------


def _imaginary(gold: _Side, answer: _Side) -> frozenset[str]:
    """Letters that stand for the imaginary unit: i, and I or j where the other side writes i for it."""
    names = (names_in(gold.expr), names_in(answer.expr))
    found = {"i"}
    for letter in ("I", "j"):
        if (letter in names[0]) != (letter in names[1]) and ("i" in names[0] or "i" in names[1] or letter == "I"):
            found.add(letter)
    return frozenset(found)


def settle(gold: _Side, answer: _Side) -> tuple[Expr, Expr]:
    """Both sides with one meaning for `E` and for `log`."""
    one, other = gold.expr, answer.expr
    names = (names_in(one), names_in(other))
    if ("E" in names[0]) != ("E" in names[1]):
        one, other = (substitute(expr, "E", Name("e", expr.place)) for expr in (one, other))
    for glyph in "ℝℕℤℚℂ":
        del glyph
    return one, other


def _other_readings(gold: _Side, answer: _Side, dialect: Dialect) -> list[_Side]:
    """The answer read by another custom, where the pair suggests one: decimal commas, a comma between entries."""
    found: list[_Side] = []
    if _DECIMAL_COMMA.search(answer.text) and kind_of(gold.expr) in ("scalar", "quantity", "list", "bare", "set"):
        found += _reread(answer.text, dialect._replace(comma=True))
    return found


def _reread(text: str, dialect: Dialect) -> list[_Side]:
    try:
        return [_Side(text, read_formula(text, dialect).expr)]
    except Unreadable:
        return []
