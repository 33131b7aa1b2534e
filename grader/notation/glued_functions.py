"""The name of a function typed without a blank before what it takes: `lnx`, `5ln7`, `xsinx`, `arctanx`."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from grader.model.patterns import later
from grader.notation import signs
from grader.reference.functions import find_function

if TYPE_CHECKING:
    from grader.notation.tokens import Lexer

_ARCS = tuple(f"{arc}{name}" for arc in ("arc", "ar", "a") for name in "sinh cosh tanh sin cos tan cot".split())
# Those that are written without brackets, the longest first.
_TAKING = sorted((*_ARCS, *"sinh cosh tanh coth sin cos tan cot sec csc ln log lg sqrt".split()), key=len, reverse=True)
WITHOUT_BRACKETS = frozenset(_TAKING)
_GLUED = later(
    rf"(?P<before>[A-Za-z]{{0,3}}?)(?P<function>{'|'.join(_TAKING)})"
    rf"(?P<inner>(?:{'|'.join(_TAKING)})?)(?P<taken>\d{{1,6}}|[A-Za-z]\w{{0,7}})",
    holds=("ln", "lg", "log", "sqrt", "sin", "cos", "tan", "cot", "sec", "csc"),
)
# Words of prose that begin so: they are formulas only where a sign or a number touches them.
_WORDS = frozenset(
    "cost costs cosy cots sing sink sins sine since sings tank tang tans logs logo login sect secs".split()
)
_GOES_ON = re.compile(r"\s*(?:[-+*/^=·⋅×)\]},;:.!?|²³]|$|\n|\d)|\s+[A-Za-z](?![A-Za-z])")
_SIGN_TOUCHES = re.compile(r"[-+*/^=·)]")
_BEFORE = frozenset(["num", "op", "rel", "open", "close", "name", "bar", "line", "edge", "sep", "stop", "func", "sup"])

Piece = tuple[str, str, int, int]


def read_glued(lexer: Lexer, word: str, start: int) -> bool:
    """Adds what such a word spells, where names are declared; False for any other word."""
    pieces = None if lexer.dialect.free else _spelled(lexer, word)
    for kind, text, begin, end in pieces or ():
        lexer.add(kind, text, start + begin, start + end)
    return pieces is not None


def _spelled(lexer: Lexer, word: str) -> list[Piece] | None:
    """The kinds, texts and places of what a word spells: letters, a function, and what it takes; None for other words.

    A word that declared names spell is their product, and in prose a word is one of prose where it may be.
    """
    found = _GLUED.fullmatch(word)
    if found is None or find_function(word) is not None or lexer.split(word) is not None:
        return None
    if lexer.prose and not lexer.in_maths and not _stands_in_formula(lexer, word):
        return None
    before = lexer.split(found["before"])
    taken = _taken(lexer, found["taken"], found.start("taken"))
    if before is None or taken is None:
        return None
    functions = [name for name in ("function", "inner") if found[name]]
    called = [("func", find_function(found[name]) or found[name], *found.span(name)) for name in functions]
    return [*(("name", *piece) for piece in before), *called, *taken]


def _taken(lexer: Lexer, text: str, start: int) -> list[Piece] | None:
    """What a function takes: digits, declared names, or one letter, whoever knows it."""
    if text.isdecimal():
        return [("num", text, start, start + len(text))]
    pieces = lexer.split(text) or ([(text, 0, 1)] if len(text) == 1 else None)
    return None if pieces is None else [("name", name, start + begin, start + end) for name, begin, end in pieces]


def _stands_in_formula(lexer: Lexer, word: str) -> bool:
    """Whether a word of prose can go on with a formula, or begin one."""
    last = lexer.tokens[-1] if lexer.tokens else None
    if _GOES_ON.match(lexer.source, lexer.at) is None or (last is not None and last.kind not in _BEFORE):
        return False
    if word.lower() not in _WORDS:
        return True
    counted = last is not None and last.kind in ("num", "op")
    return counted or _SIGN_TOUCHES.match(lexer.source, lexer.at) is not None


def takes_declared(lexer: Lexer, word: str) -> bool:
    """Whether `ln x` and `x sin y` go on with a declared name, behind a blank and without brackets."""
    if word not in WITHOUT_BRACKETS or lexer.split(word) is not None:
        return False
    following = _NAME_FOLLOWS.match(lexer.source, lexer.at)
    if following is None or following[1] in ("a", "A", "I"):
        return False
    name = following[1].partition("_")[0].rstrip("ᵢⱼₖₗₘₙₚₛₜ")  # ln p_i
    return lexer.canonical(signs.GREEK_GLYPHS.get(name[0], name[0]) + name[1:]) in lexer.names


_NAME_FOLLOWS = later(r"(?:[ \t]+|(?=[α-ωΑ-Ω]))([A-Za-zα-ωΑ-Ω][\w₀-₉]{0,7})(?![\w'’])")
