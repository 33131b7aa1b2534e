"""Letters typed without a sign between them: `3mn`, `X[i, sk, n]`, `X^TXw`, `\\mathrm{d}Z`."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from grader.model.patterns import later
from grader.notation import signs

if TYPE_CHECKING:
    from grader.notation.tokens import Lexer

_DIGIT_FOLLOWS = re.compile(r"\s*\d")
_SIGN_FOLLOWS = later(r"\s*(?:[-+*/^=()·²³⁴⁻]|$)")
_FACTORS_FOLLOW = later(r"[-+*/^·²³⁴]|\s[-+*/·]\s?[A-Za-z\d(]|\s[A-Za-z](?:\^|[²³⁴]|\s?[-+*/)])")
_DIGITS = re.compile(r"\d{1,2}(?![\d.])")
_INDICES = later(r"\s?(?:\[|_\s?\{)([^\[\](){}=]{1,80})[\]}]")
_TYPED_ROW = later(r"_([a-z]{1,4})(?![A-Za-z0-9_])")
_STRANGER = later(r"[A-Za-z]_[a-z]{1,2}")
_FACTOR_FOLLOWS = later(r"\s?[\^*·⊙]|\^?[Tᵀ⊤]")
_BEFORE_FACTOR = frozenset(["close", "num", "op", "rel"])
SMALL_WORDS = frozenset("in to of is at or an as no on by if it up max min out sum sub avg ave row col new old".split())
_MOST_FACTORS = 4  # letters side by side that are a product
_LONGEST_INDEX = 40  # tokens in which the bracket before a word is looked for


def capital(lexer: Lexer, word: str) -> str | None:
    """`x[i, k, n]`, `x_{ij}` where only X is declared, with as many axes: the same array, typed without shift."""
    large = word.upper()
    if len(word) != 1 or word == large or word in lexer.names or lexer.names.get(large, 0) < 1:
        return None
    rank, indices = lexer.names[large], _INDICES.match(lexer.source, lexer.at)
    if indices is None:
        row = _TYPED_ROW.match(lexer.source, lexer.at)
        return large if row is not None and is_row(row[1], rank) else None
    return large if indices[1].count(",") + 1 == rank or is_row(indices[1].strip(), rank) else None


def is_row(letters: str, rank: int) -> bool:
    """Whether letters without commas are one for each of several axes: `x_ij`; `x_in` says which x."""
    return len(letters) == rank > 1 and letters.isalpha() and letters.islower() and letters not in SMALL_WORDS


def opens_row(lexer: Lexer, first: str, rest: str) -> bool:
    """Whether `x_ij` is an element of X, where only X is declared."""
    return len(first) == 1 and first not in lexer.names and is_row(rest, lexer.names.get(first.upper(), 0))


def is_stranger(lexer: Lexer, word: str) -> bool:
    """Whether `q_ij` that nobody declared goes on with the formula before it: no prose has a subscript."""
    last = lexer.tokens[-1] if lexer.tokens else None
    if last is None or not _STRANGER.fullmatch(word) or word[2:] in SMALL_WORDS:
        return False
    indexed = len(lexer.tokens) > 1 and lexer.tokens[-2].text == "_"  # X_ij q_ij
    opened = last.kind == "open" and _FACTOR_FOLLOWS.match(lexer.source, lexer.at) is not None  # s_i (x_i^T w - y_i)
    return indexed or opened or last.kind in _BEFORE_FACTOR or (last.kind == "name" and not last.weak)


def factors(lexer: Lexer, word: str) -> list[tuple[str, int, int]]:
    """`3mn`: declared names directly after a number or sign."""
    if _in_index(lexer, word):
        return [(letter, place, place + 1) for place, letter in enumerate(word)]
    if _are_quantities(lexer, word):
        return [(letter, place, place + 1) for place, letter in enumerate(word)]
    if len(word) <= _MOST_FACTORS and _stands_in_formula(lexer):
        return lexer.split(word) or []
    if len(word) > 3 or lexer.spaced or not lexer.tokens or not _multiplies(lexer):
        return []
    pieces = lexer.split(word.rstrip("e"))
    if pieces is None or "e" in lexer.names or not word.endswith("e"):
        return lexer.split(word) or []
    return [*pieces, ("e", len(word) - 1, len(word))] if word.count("e") == 1 else []


def _are_quantities(lexer: Lexer, word: str) -> bool:
    """Whether letters of physics that nobody declared stand in a formula: `W = nRT ln 3`, `1/(2πRC)`."""
    if _MIXED.fullmatch(word) is None and not (len(word) == 2 and word.isupper() and word not in _SHOUTED):
        return False
    last = lexer.tokens[-1] if lexer.tokens else None
    if last is None or any(letter in lexer.names for letter in word):
        return False
    glued = not lexer.spaced and (last.kind == "num" or last.text in ("pi", "omega", "(", "2"))
    begins = last.kind == "rel" or (last.kind == "op" and last.text in "+-*/·") or glued
    return begins and _QUANTITY_FOLLOWS.match(lexer.source, lexer.at) is not None


_QUANTITY_FOLLOWS = later(r"\s*(?:[-+*/^=()·²³⁴⁻√≈]|(?:ln|log|sin|cos|tan|exp|sqrt)(?![A-Za-z])|$)")
_SHOUTED = frozenset("OK NO IT IS IN OF TO AT OR MB KB GB MW KW AC DC".split())


def _multiplies(lexer: Lexer) -> bool:
    """Whether a word may be a product: directly behind a number, a sign or a bracket that closes, or in `t/(RC)`."""
    kinds = [token.kind for token in lexer.tokens[-2:]]
    return kinds[-1] in ("num", "op", "close") or (kinds == ["op", "open"] and lexer.source.startswith(")", lexer.at))


def _stands_in_formula(lexer: Lexer) -> bool:
    """Whether a sign stands before a word and another behind it: `f = ab(1-b)`, `1 - ab`, but no "= an array"."""
    last = lexer.tokens[-1] if lexer.tokens else None
    before = lexer.tokens[-2] if len(lexer.tokens) > 1 else None
    if last is not None and before is not None and last.text == "(" and before.kind in ("op", "rel"):
        return _FACTORS_FOLLOW.match(lexer.source, lexer.at) is not None  # R/(RLCs² + Ls + R)
    if last is None or not (last.kind == "rel" or (last.kind == "op" and last.text in "+-*/·")):
        return False
    return _SIGN_FOLLOWS.match(lexer.source, lexer.at) is not None


def _in_index(lexer: Lexer, word: str) -> bool:
    """`X[i, sk, n]`, `X_{i, sk, n}`: two letters among indices, one of them declared."""
    if len(word) != 2 or not word.isalpha() or not any(letter in lexer.names for letter in word):
        return False
    depth, last = 0, lexer.tokens[-_LONGEST_INDEX:]
    for token, before in zip(reversed(last), [*reversed(last[:-1]), None], strict=False):
        depth += {"open": 1, "close": -1}.get(token.kind, 0)
        if depth > 0:
            lowered = token.text == "{" and before is not None and before.text == "_"
            return (token.text == "[" or lowered) and lexer.tokens[-1].kind in ("open", "sep", "op")
    return False


def belongs_to_last(lexer: Lexer, found: re.Match[str], start: int, stop: int) -> bool:
    """The cross of `$5 x 4$`; the rest of `\\mathrm{d}Z`."""
    last = lexer.tokens[-1] if lexer.tokens else None
    if last is None:
        return False
    if found.group() == "x" and last.kind == "num" and _DIGIT_FOLLOWS.match(lexer.source, lexer.at):
        lexer.add("op", "×", start, stop)
        return True
    return last.text == "d" and lexer.upright_derivative(found, stop)


def is_numbered(lexer: Lexer, word: str, start: int) -> bool:
    """Adds `k1` where `k_1` stands in the formula as well, and `m'` where a sum runs over it, as one name."""
    at = lexer.at
    digits = _DIGITS.match(lexer.source, at) if len(word) == 1 else None
    zeroth = digits is not None and digits[0] == "0" and lexer.dialect.free  # h0 + v0 t: nobody multiplies by 0
    if digits and (zeroth or _stands_in_index(lexer) or _stands_lowered(word + "_" + digits[0], lexer.source)):
        lexer.at = digits.end()
    elif len(word) == 1 and lexer.source.startswith("'", at) and _is_summed_prime(lexer.source, word):
        lexer.at += 1
    else:
        return False
    lexer.add("name", word + lexer.source[at : lexer.at], start, start + 1 + lexer.at - at)
    return True


def _stands_lowered(name: str, source: str) -> bool:
    letter, _, digits = name.partition("_")
    return re.search(rf"(?<![A-Za-z]){letter}_\{{?{digits}(?!\d)", source) is not None


def _stands_in_index(lexer: Lexer) -> bool:
    """Whether a letter stands in the brackets or the subscript of an array: in `X[i,j1]` no product is meant."""
    depth = 0
    for at in range(len(lexer.tokens) - 1, max(-1, len(lexer.tokens) - _LONGEST_INDEX), -1):
        token = lexer.tokens[at]
        depth += {"open": 1, "group": 1, "close": -1, "endgroup": -1}.get(token.kind, 0)
        if depth > 0:
            before = lexer.tokens[at - 1] if at else token
            if token.text == "[":
                return before.kind in ("name", "endgroup") and lexer.names.get(before.text, 1) > 0
            lowered = token.kind == "group" and before.text == "_" and at > 1
            summed = lowered and lexer.tokens[at - 2].kind == "reduce"  # \sum_{k1}
            return summed or (lowered and lexer.names.get(lexer.tokens[at - 2].text, 0) > 0)
    return False


def _is_summed_prime(source: str, letter: str) -> bool:
    """Whether a sum of a formula runs over the letter with a prime: `\\sum_{i,m'}`."""
    return re.search(rf"\\sum\s*(?:\\limits\s*)?_\s*\{{[^{{}}]*(?<![A-Za-z]){letter}'", source) is not None


def opens_subscript(lexer: Lexer) -> bool:
    """Whether the last token opens a subscript."""
    last = lexer.tokens[-1]
    before = lexer.tokens[-2] if len(lexer.tokens) > 1 else last
    return last.text == "_" or (last.kind == "group" and before.text == "_" and before.kind == "op")


def raised_letter(lexer: Lexer, found: re.Match[str]) -> str:
    """The letters from a T on: only that one in `X^TXw`, since TeX raises one letter."""
    word = found.group()
    if len(word) < 3 or not lexer.source.endswith("^", 0, found.start()) or "T" in lexer.names:
        return word
    lexer.at = found.start() + 1
    return word[:1]


def is_product(lexer: Lexer, word: str) -> bool:
    """Whether letters that nobody declared are no word: `mgL`, the `mgh` of `mgh/2`, and where g and h are declared."""
    others = [letter for letter in word if letter not in lexer.names]
    if len(word) == _TRIPLE and len(others) == 1 and _VOWEL.search(word) is None:
        return True
    return len(word) <= _MOST_LETTERS and (
        _MIXED.fullmatch(word) is not None
        or (len(word) == _TRIPLE and _DIVIDED.match(lexer.source, lexer.at) is not None)
    )


_MOST_LETTERS, _TRIPLE = 4, 3
_VOWEL = later(r"[aeiouyAEIOUY]")
_MIXED = later(r"[a-z]{1,2}[A-Z]{1,2}")
_DIVIDED = later(r"\s?(?:/\s?\d|\^\s?\{?[2-9])")


def is_union(lexer: Lexer, word: str) -> bool:
    """Whether a U stands between two intervals."""
    behind = bool(lexer.tokens) and lexer.tokens[-1].kind == "close"
    return word == "U" and behind and lexer.source[lexer.at :].lstrip()[:1] in "(["


def read_entry(lexer: Lexer, word: str, start: int) -> None:
    """The index of the first of several entries that are typed as one word, `y_if_i`: no `if` stands in it."""
    if _ENTRIES.fullmatch(word):
        lexer.add("op", "_", start + 1, start + 2)
        lexer.add("group", "{", start + 2, start + 2)
        lexer.add("num" if word[2].isdigit() else "name", word[2], start + 2, start + 3)
        lexer.add("endgroup", "}", start + 3, start + 3)
        lexer.at += 2


_ENTRIES = later(r"[A-Za-z]_[a-z\d](?:[A-Za-z]_[a-z\d])+")


_VALUED = re.compile(r"[\[=]|(?:\^\d|\([A-Z]\))?\s*=\s*[\d(\[]|\s*:?=\s*(?:∂|d[A-Z])|\([a-z]\w?(?:[+-]\w+)?,\s?[a-z]")
_IN_SUM = later(r"\^\d|\s?[-+]\s?\d")  # lambda^2 - 7 lambda + 10


_BEHIND_SIGN = later(r"(?:\d|\)|\b[A-Z])\s?[-+*·]\s?\Z")  # (4 - lambda)*(3 - lambda), A - lambda I


def takes_value(lexer: Lexer, word: str) -> bool:
    """`bias = 5`, `dW[i]`: a short word that is given a value or an index."""
    in_sum = word in signs.GREEK and (
        _IN_SUM.match(lexer.source, lexer.at) is not None
        or (
            not lexer.source.startswith("(", lexer.at)  # phi(1, 2) - phi(0, 0)
            and _BEHIND_SIGN.search(lexer.source, max(0, lexer.at - len(word) - 4), lexer.at - len(word)) is not None
        )
    )
    return in_sum or (len(word) <= 8 and _VALUED.match(lexer.source, lexer.at, lexer.at + 12) is not None)
