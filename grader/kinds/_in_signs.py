"""A formula that is spoken, in signs: "half of m v squared", "the square root of 2gh", "a times b over 2c"."""

from __future__ import annotations

import re
from collections.abc import Container

from grader.model.patterns import later

_LONGEST = 160  # characters
_SPEAKS = later(
    r"\b(?:half|halved|times|over|squared|cubed|root|sqrt|multiplied|divided|product|exponential|exp of|twice|doubled"
    r"|plus|minus|power)\b",
    re.IGNORECASE,
)
# What is said in several words is one; what comes first is longer.
_PHRASES = tuple(
    (re.compile(pattern, re.IGNORECASE), sign)
    for pattern, sign in (
        (r"\b(?:one |a )?half(?: of| times)?(?: the)?\b", " <half> "),
        (r"\b(?:and )?(?:then )?multiplied (?:by|with)\b|\btimes\b|\band by\b", " <times> "),
        (r"\b(?:and )?(?:then )?divided by\b|\bover\b", " <over> "),
        (r"\bplus\b", " <plus> "),
        (r"\bminus\b", " <minus> "),
        (r"\b(?:the )?(?:square )?root of(?: the)?\b|\b(?:the )?sqrt of(?: the)?\b", " <root> "),
        (
            r"\b(?:the )?(?:exponential(?: function)?|exp) of\b|\be to the(?: power(?: of)?)?\b",
            " <exp> ",
        ),
        (r"\btwice\b", " <twice> "),
        (r",? ?\bunder (?:the|a) (?:square )?root(?: sign)?", " <rooted> "),
        (r",? ?\b(?:all )?halved\b", " <halved> "),
        (r",? ?\bdoubled\b", " <doubled> "),
        (r"\bsquared\b", " <2> "),
        (r"\bcubed\b", " <3> "),
        (r"\btwo\b", "2"),
        (r"\bthree\b", "3"),
        (r"\bfour\b", "4"),
    )
)
_PRODUCT = re.compile(r"\bthe product of (?P<one>\S+)(?:, (?P<two>\S+))?,? and (?P<last>\S+)", re.IGNORECASE)
_NAMED = re.compile(
    r"\s*(?P<open>\$?)\s*(?P<name>\\?[A-Za-z]\w{0,2}'?(?:\([a-z]\))?)\s*(?:=(?P<maths>)|\$?\s+(?:is|equals)\s)\s*(?=\S)"
)
_COMMA = re.compile(r",(?=\s*(?:and |then )*(?:multiplied|divided|times|over)\b)", re.IGNORECASE)
_FORMULA = re.compile(r"(\$[^$]*\$)")
_PIECES = re.compile(r"<\w+>|\$[^$]+\$|[^\s$<>]+")
_ATOM = re.compile(r"[\w^{}()\[\]*/+\-=.\\'·]+")
_WORD = re.compile(r"[A-Za-z]{2,}")
_BEFORE = {"root": r"\sqrt{(%s)}", "exp": "e^{(%s)}", "half": "((%s)/2)", "twice": "(2(%s))"}
_BEHIND = {"rooted": r"\sqrt{(%s)}", "halved": "((%s)/2)", "doubled": "(2(%s))"}
_SIGNS = {"times": "*", "over": "/", "plus": "+", "minus": "-"}


def in_signs(text: str, letters: Container[str]) -> str:
    """A whole answer in words as one formula in signs; "" if it is none, or if it can be understood in two ways.

    `letters` are those of the reference: of them alone are words such as `mv` made.
    """
    text = text.strip().removesuffix(".")
    if len(text) > _LONGEST or "\n" in text or not _SPEAKS.search(_FORMULA.sub("$", text)):
        return ""
    named = _NAMED.match(text)
    left = ""
    if named is not None:
        left, text = f"{named['name']} = ", ("" if named["maths"] is None else named["open"]) + text[named.end() :]
    text = _COMMA.sub("", text)
    text = _PRODUCT.sub(lambda found: " times ".join(filter(None, found.groups())), text)
    pieces = _PIECES.findall("".join(map(_told, _FORMULA.split(text))))
    atoms = [piece for piece in pieces if not piece.startswith("<")]
    if not atoms or not all(_is_atom(atom, letters) for atom in atoms):
        return ""
    said = _composed(pieces)
    return f"{left}{said}" if said and not any("=" in piece for piece in pieces) else ""


def _told(piece: str) -> str:
    for pattern, sign in () if piece.startswith("$") else _PHRASES:
        piece = pattern.sub(sign, piece)
    return piece


def _is_atom(piece: str, letters: Container[str]) -> bool:
    if not _is_closed(piece):
        return False
    if piece.startswith("$"):
        return "\\text" not in piece and "," not in piece
    words = _WORD.findall(piece)
    return _ATOM.fullmatch(piece) is not None and all(
        word in ("exp", "sqrt") or all(letter in letters for letter in word) for word in words
    )


def _is_closed(piece: str) -> bool:
    """Whether a piece is one factor: its brackets close, and no sum stands outside of them."""
    depth = 0
    for at, sign in enumerate(piece.strip("$ ")):
        depth += (sign in "([{") - (sign in ")]}")
        if depth < 0 or (depth == 0 and at and sign in "+-"):
            return False
    return depth == 0


def _composed(pieces: list[str]) -> str:
    """Prefixes reach to the end, a power belongs to the letter before it, and nothing follows a division."""
    opened: list[str] = []
    behind: list[str] = []
    terms: list[str] = []  # operands and the signs between them
    for before, piece in zip(["", *pieces], pieces, strict=False):
        word = piece.strip("<>") if piece.startswith("<") else ""
        if behind and word not in _BEHIND:
            return ""
        if not word:
            terms.append(piece.strip("$ "))
        elif word in _BEFORE:
            divides = bool(terms) and terms[-1] == "/" and word in ("root", "exp") and terms.count("/") == 1
            if {"+", "-"} & {*terms} or (terms and terms[-1] not in "*(" and not divides):
                return ""
            opened.append(word)
            terms.append("(")
        elif word in ("2", "3"):
            if not terms or {"root", "exp"} & {*opened} or not _is_simple(terms[-1], before.startswith("$")):
                return ""
            terms[-1] += f"^{word}"
        elif word in _BEHIND:
            behind.append(word)
        else:
            terms.append(_SIGNS[word])
    return _closed(terms, opened, behind)


_POWERED = re.compile(r"(?:\d+|[A-Za-z])*\\?[A-Za-z]+|\d+|\([^()]*\)")


def _is_simple(term: str, typed: bool) -> bool:
    """Whether a power behind a term has one meaning: "v squared", "mv squared" as it is spoken, no typed formula."""
    return (len(term) == 1 or not typed) and _POWERED.fullmatch(term) is not None


def _closed(terms: list[str], opened: list[str], behind: list[str]) -> str:
    signs = [term for term in terms if term in _SIGNS.values()]
    reaching = {"root", "exp"} & {*opened} or "rooted" in behind  # over what, where a division follows?
    divided = "/" in signs and (signs[-1] != "/" or signs.count("/") > 1 or (reaching and terms[-2] != "("))
    mixed = {"+", "-"} & {*signs} and ("/" in signs or opened or behind)
    if divided or mixed or len(behind) > 1 or (opened and behind) or not terms or terms[-1] in _SIGNS.values():
        return ""
    text, prefixes = "", iter(opened)
    stack: list[str] = []
    for term in terms:
        if term == "(":
            stack.append(next(prefixes))
            text += "\0"
        elif term in _SIGNS.values():
            text += f" {term} "
        else:
            text += f"({term})"
    for prefix in reversed(stack):
        head, _, tail = text.rpartition("\0")
        text = head + _BEFORE[prefix].replace("%s", tail)
    for suffix in behind:
        text = _BEHIND[suffix].replace("%s", text)
    return text
