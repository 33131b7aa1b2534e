"""Compares two written formulas: reads both, settles what only the pair can settle, and decides."""

from __future__ import annotations

import re
from typing import NamedTuple

from grader.equality.decide import decide, kind_of
from grader.equality.quantities import has_unit, with_units
from grader.equality.scalars import Habits
from grader.equality.slopes import substitute
from grader.equality.verdicts import EQUAL, UNDECIDED, UNREADABLE, Comparison, Found
from grader.model.errors import Undecided, Unreadable
from grader.model.expressions import Call, Expr, Name, Num, names_in, rebuilt, walk
from grader.notation.claims import find_claims
from grader.notation.dialect import Dialect
from grader.notation.formula import read_formula, words_in
from grader.notation.printing import show

LONGEST_TEXT = 100_000
_DECIMAL_COMMA = re.compile(r"(?<![\d.,])\d+,\d+(?![\d.,])|\d[\s.]\d{3},\d")
_AS_POINT, _BLANK = re.compile(r"(?<=\d),(?=\d)"), re.compile(r"(?<=\d)[\s.](?=\d{3}(?!\d))")
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
            again = _decide(*retold)
            if again.verdict == EQUAL:
                found, (one, other) = again, retold
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
            if _DECIMAL_COMMA.search(claim.text):  # 1 234,5
                try:
                    return _Side(claim.text, read_formula(_with_points(claim.text), dialect).expr)
                except Unreadable:
                    pass
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


def _with_points(text: str) -> str:
    """A number typed with a decimal comma, 1.234,5, in the other custom."""
    return _AS_POINT.sub(".", _BLANK.sub("", text))


def _decide(gold: _Side, answer: _Side) -> Found:
    one, other = settle(gold, answer)
    return decide(one, other, Habits(_imaginary(gold, answer)))


# -- what only the pair can settle -----------------------------------------------------------------------------


def _imaginary(gold: _Side, answer: _Side) -> frozenset[str]:
    """Letters that stand for the imaginary unit: i, and I or j where the other side writes i for it."""
    names = (names_in(gold.expr), names_in(answer.expr))
    found = {"i"}
    if ("I" in names[0]) != ("I" in names[1]):
        found.add("I")
    if ("j" in names[0]) != ("j" in names[1]) and found & (names[0] | names[1]):
        found.add("j")
    return frozenset(found)


def settle(gold: _Side, answer: _Side) -> tuple[Expr, Expr]:
    """Both sides with one meaning for `E` and for `log`."""
    one, other = gold.expr, answer.expr
    names = (names_in(one), names_in(other))
    if ("E" in names[0]) != ("E" in names[1]):
        one, other = (substitute(expr, "E", Name("e", expr.place)) for expr in (one, other))
    if has_unit(one) or has_unit(other):  # 5 cm and 0.05 m, where m might be a letter
        one, other = with_units(one), with_units(other)
    if any(isinstance(node, Call) and node.function == "conjugate" for expr in (one, other) for node in walk(expr)):
        one, other = _conjugated(one), _conjugated(other)
    based = [_has_base(expr) for expr in (one, other)]
    if based[0] != based[1]:
        one, other = (expr if has else _to_base_ten(expr) for expr, has in zip((one, other), based, strict=True))
    return one, other


def _conjugated(expr: Expr) -> Expr:
    """`\\overline{x}` as a conjugate, where the other side says that it is one."""
    if isinstance(expr, Name) and expr.name.endswith("_bar"):
        return Call("conjugate", (Name(expr.name.removesuffix("_bar"), expr.place),), expr.place)
    return rebuilt(expr, _conjugated)


def _has_base(expr: Expr) -> bool:
    """Whether a logarithm to base ten is written out, as lg or with its base."""
    for node in walk(expr):
        if isinstance(node, Call) and node.function == "log10":
            return True
        if isinstance(node, Call) and node.function == "log" and len(node.args) == 2 and _is_ten(node.args[1]):
            return True
        if isinstance(node, Call) and node.function == "log" and len(node.args) == 1 and _is_ten(node.args[0]):
            return True
    return False


def _is_ten(expr: Expr) -> bool:
    return isinstance(expr, Num) and expr.value == 10


def _to_base_ten(expr: Expr) -> Expr:
    """A bare logarithm, where the other side says that base ten is meant."""
    if isinstance(expr, Call) and expr.function == "log" and len(expr.args) == 1:
        return Call("log10", (_to_base_ten(expr.args[0]),), expr.place)
    return rebuilt(expr, _to_base_ten)


def _other_readings(gold: _Side, answer: _Side, dialect: Dialect) -> list[tuple[_Side, _Side]]:
    """The pair read by another custom, where one side suggests it: a decimal comma against a single number."""
    found: list[tuple[_Side, _Side]] = []
    for one, other in ((gold, answer), (answer, gold)):
        if not (_DECIMAL_COMMA.search(one.text) and kind_of(other.expr) in ("scalar", "quantity")):
            continue
        try:
            reread = one._replace(expr=read_formula(_with_points(one.text), dialect).expr)
        except Unreadable:
            continue
        found.append((reread, answer) if one is gold else (gold, reread))
    return found
