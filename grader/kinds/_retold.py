"""A formula under the name of a function, and letters that are defined beside it: `H(jw) = 1/(1 + jw T)`, `T = RC`."""

from __future__ import annotations

import re
from collections.abc import Sequence

from grader.equality.answers import compare
from grader.equality.verdicts import EQUAL
from grader.kinds._equal_doubts import is_elsewhere
from grader.model.patterns import later

_SYMBOL = r"(?:\\[A-Za-z]+|[A-Za-z])(?:_(?:\{\w{1,8}\}|\w))?"
_BOXED = later(r"\s*\\(?:boxed|fbox)\s*\{(?P<inside>.*)\}[\s.]*", re.DOTALL, holds=("box",))
_APART = re.compile(
    r"\s*[,;]?\s*\\q?quad(?![A-Za-z])\s*(?:\\(?:text|mathrm)\s*\{[^{}]*\}\s*(?:\\q?quad(?![A-Za-z]))?)?\s*"
)
_DEFINES = later(  # T = RC, and what it comes to: T = RC = 0.47 ms, of which the formula is put in
    rf"\s*(?P<letter>{_SYMBOL})\s*=\s*(?P<value>[^=<>]+?)"
    r"(?:(?:=|\\approx(?![a-z])|≈)\s*\d[\d.,]*\s*(?:\\(?:cdot|times)\s*10\s*\^\s*(?:\{[-+\d]+\}|\d))?"
    r"(?:\s|\\[,;:! ])*(?:\\(?:text|mathrm)\s*\{[^{}]*\}|[munµ]?s|\\mu\s*s)?)?[\s.,;]*",
    holds=("=",),
)
_NAMED = re.compile(
    rf"\s*(?P<name>{_SYMBOL}|\\nabla\s*\^\s*\{{?2\}}?\s*{_SYMBOL})\s*(?:[(\[](?P<of>[^()\[\]=]*)[)\]])?"
    r"\s*=(?P<chain>.+)",
    re.DOTALL,
)
_HESSIAN = re.compile(r"\\nabla\s*\^")
_OWN_LETTER = re.compile(r"[A-Za-z]\}?_\{?[A-Za-z]")  # V_{out}: what no reference without it can be about
_LONGEST = 400  # characters of a formula
_MOST = 3  # letters that are defined


def is_retold(gold: tuple[str, str], assume: str, formulas: Sequence[str]) -> bool:
    """Whether formulas say a reference, `gold` with its name or "", once what is defined beside it is put in.

    Besides the formula there may only be definitions of letters that it has and the reference has not.
    """
    pieces = [piece for one in formulas for piece in _APART.split(_without_box(one)) if piece.strip()]
    if not pieces or any(len(piece) > _LONGEST for piece in pieces) or len(pieces) > _MOST + 1:
        return False
    text, name = gold
    named = next((at for at, piece in enumerate(pieces) if name and piece.lstrip().startswith(name)), 0)
    places = (named,) if name or len(pieces) == 1 else (0, len(pieces) - 1)  # let u = v^2: E = m u/2
    return any(_is_from((pieces[at], pieces[:at] + pieces[at + 1 :]), (text, name), assume) for at in places)


def _is_from(said: tuple[str, list[str]], gold: tuple[str, str], assume: str) -> bool:
    """Whether a formula says the reference with what the others define put in; each of them is needed."""
    (main, others), (text, name) = said, gold
    for other in others:
        defines = _DEFINES.fullmatch(other)
        if defines is None or defines["letter"] == name or _holds(text, defines["letter"]):
            return False
        put_in = _put_in(main, defines["letter"], defines["value"])
        if put_in == main:
            return False
        main = put_in
    return _says(main, text, name, assume)


_FIRST = later(
    r"\s*(?:let|set|put|define|with|write|writing)\s+(?P<definition>[^=.;:\n]+=[^=.;:\n]+?)\s*"
    r"(?:[.;:,]\s*|\s)(?:(?:then|so|thus|hence|we (?:get|have|find)|it is|the answer is|this gives)[\s,:]*)+"
    r"(?P<formula>[^.;:\n]+?)[\s.]*",
    re.IGNORECASE,
)


def defined_first(text: str) -> tuple[str, ...]:
    """The two formulas of "Let u = x + 1. Then f = u^2 - 1", typed without dollars; none of anything else."""
    found = _FIRST.fullmatch(text) if "=" in text and len(text) <= _LONGEST else None
    return (found["definition"], found["formula"]) if found is not None else ()


def _says(main: str, text: str, name: str, assume: str) -> bool:
    """Whether a formula is the reference: as it stands, or behind the name of the function."""
    if compare(text, main, assume=assume).verdict == EQUAL:
        return True
    named = _NAMED.fullmatch(main)
    if named is None:
        return False
    hessian = not name and _HESSIAN.search(named["name"]) is not None and "matrix" in named["chain"]
    if not hessian and (not name or named["name"].lstrip("\\") != name):
        return False
    if is_elsewhere((named["of"] or "").strip(), text):
        return False
    *steps, value = named["chain"].split("=")
    truth = text.partition("=")[2] if name else text
    known = (_is_general(step, truth) or compare(truth, step, assume=assume).verdict == EQUAL for step in steps)
    return compare(truth, value, assume=assume).verdict == EQUAL and all(known)


def _is_general(step: str, truth: str) -> bool:
    """Whether a member of a chain has letters that no reference without them can be about: V_{out}, a sum of x[n]."""
    if _OWN_LETTER.search(step) is not None:
        return True
    return bool(set(_ALONE.findall(step)) - set(_ALONE.findall(truth)) - _NUMBERS)


_ALONE = re.compile(r"(?<![A-Za-z\\])[A-Za-z](?![A-Za-z])")
_NUMBERS = frozenset("dije")


def _without_box(text: str) -> str:
    boxed = _BOXED.fullmatch(text)
    return boxed["inside"] if boxed is not None else text


def _holds(text: str, letter: str) -> bool:
    """Whether a reference has a letter, typed as `\\omega` or as omega."""
    bare = letter.lstrip("\\")
    return _plain(letter) in map(_plain, _SYMBOLS.findall(text)) or bare in _WORDS.findall(text)


def _put_in(text: str, letter: str, value: str) -> str:
    """A formula with a value for each place of a letter, behind its own left side."""
    left, sign, right = text.partition("=") if "=" in text else ("", "", text)
    wanted = _plain(letter)
    return (
        left
        + sign
        + _SYMBOLS.sub(lambda found: rf"\left({value}\right)" if _plain(found[0]) == wanted else found[0], right)
    )


def _plain(letter: str) -> str:
    return letter.replace("{", "").replace("}", "")


_SYMBOLS, _WORDS = re.compile(_SYMBOL), re.compile(r"[A-Za-z]\w*")
