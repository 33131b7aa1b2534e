"""Probabilities with a condition or a sign in their brackets, `P(D \\mid +)`: names of numbers, and no products."""

from __future__ import annotations

import re
from collections.abc import MutableMapping

_HEAD = r"(?<![A-Za-z\\])(?:P|Pr|\\Pr|\\(?:mathbb|mathrm|operatorname|text)\s*\{Pr?\})"
_INSIDE = r"(?P<inside>(?:[^()=$<>\\]|\\[A-Za-z]+|\\[,;:! ]){1,60}?)"
_CHANCE = re.compile(rf"{_HEAD}\s*(?:\\left\s*|\\[bB]ig[lr]?\s*)?\({_INSIDE}(?:\\right\s*|\\[bB]ig[lr]?\s*)?\)")
_NOT_A_FACTOR = re.compile(r"\||\\(?:mid|vert|middle|cap|cup)(?![A-Za-z])|\A\s*[+−-]\s*\Z")
_BLANKS = re.compile(r"\s|\\[,;:! ]")
_MOST = 9


def with_chances_named(text: str, known: MutableMapping[str, str]) -> str:
    """LaTeX of the same length in which each such probability is one of the names P_1, P_2, ...; `known` keeps them."""
    if "P_" in text:  # names of its own
        return text

    def name(found: re.Match[str]) -> str:
        inside = _BLANKS.sub("", found["inside"].replace(r"\mid", "|"))
        if not _NOT_A_FACTOR.search(found["inside"]) or len(known) >= _MOST:
            return found[0]
        return known.setdefault(inside, f"P_{len(known) + 1}").ljust(len(found[0]))

    return _CHANCE.sub(name, text)
