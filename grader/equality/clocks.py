"""Equations of functions: `\\ddot y + y = x`, `y''(t) + y(t) = x(t)` and `\\frac{d^2y}{dt^2} + y = x` are one."""

from __future__ import annotations

import re

from grader.model.patterns import later

_PRIMED = later(r"(?<![A-Za-z\\])(?P<letter>[A-Za-z])\s*(?:'{1,4}|[′’]{1,4}|\^\s*\{?\s*(?:\\prime\s*){1,4}\}?)")
_DOTTED = later(
    r"\\(?P<dots>d{0,2}dot)(?![A-Za-z])\s*(?:\{\s*(?P<braced>[A-Za-z])\s*\}|(?P<bare>[A-Za-z])(?![A-Za-z]))"
)
_SLOPE = later(
    r"(?P<frac>\\[dt]?frac\s*\{\s*)?d\s*(?:\^\s*\{?(?P<order>[23])\}?|(?P<glyph>[²³]))?\s*(?P<letter>[A-Za-z])"
    r"\s*(?:\(\s*[a-z]\s*\)\s*)?(?(frac)\}\s*\{|/)\s*d\s*(?P<by>[a-z])\s*(?:\^\s*\{?[23]\}?|[²³])?(?(frac)\s*\})"
)
_APPLIED = later(
    r"(?<![A-Za-z\\])(?P<letter>[A-Za-z])(?P<primes>'{0,4})(?P<brackets>\s*(?:\\left\s*)?\(\s*(?P<by>[a-z])\s*(?:\\right\s*)?\))"
)
_TIMES = frozenset("tx")


def without_clocks(gold: str, answer: str) -> tuple[str, str] | None:
    """Both equations with primes for slopes and without the variable behind functions; None where nothing is derived.

    Only where the same functions are derived in both, by one variable.
    """
    if not _may_derive(gold) or not _may_derive(answer):
        return None
    texts, variables = [], set()
    derived: list[set[str]] = []
    for text in (gold, answer):
        plain, by = _with_primes(text)
        texts.append(plain)
        variables |= by
        derived.append({found["letter"] for found in _PRIMED.finditer(plain)})
    variables |= {found["by"] for text in texts for found in _APPLIED.finditer(text)}
    called = {found["letter"] for text in texts for found in _APPLIED.finditer(text)}
    if not derived[0] or derived[0] != derived[1] or len(variables) > 1 or not variables <= _TIMES:
        return None
    if variables & (called | derived[0]):
        return None
    plain_texts = [_APPLIED.sub(_unapplied, text) for text in texts]
    return plain_texts[0], plain_texts[1]


def _may_derive(text: str) -> bool:
    return "=" in text and any(sign in text for sign in ("'", "dot", "′", "’", "prime", "/d", "{d"))


def _with_primes(text: str) -> tuple[str, set[str]]:
    """The text with each slope as a letter with primes, and the variables by which it derives."""
    variables: set[str] = set()

    def primed(letter: str, order: int, whole: str) -> str:
        return (letter + "'" * order).rjust(len(whole))

    def of_slope(found: re.Match[str]) -> str:
        variables.add(found["by"])
        order = int(found["order"] or {"²": 2, "³": 3}.get(found["glyph"] or "", 1))
        return primed(found["letter"], order, found[0])

    def of_dots(found: re.Match[str]) -> str:
        variables.add("t")
        return primed(found["braced"] or found["bare"], len(found["dots"]) - 2, found[0])

    def of_primes(found: re.Match[str]) -> str:
        order = found[0].count("\\prime") or sum(found[0].count(sign) for sign in "'′’")
        return primed(found["letter"], order, found[0])

    return _PRIMED.sub(of_primes, _DOTTED.sub(of_dots, _SLOPE.sub(of_slope, text))), variables


def _unapplied(found: re.Match[str]) -> str:
    return (found["letter"] + found["primes"]).ljust(len(found[0]))
