"""Numbers in words: six, forty-six, a hundred and twenty, eighteen hundred, minus six; "multiplied by"."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from grader.model.patterns import later
from grader.model.records import NamedTuple
from grader.notation import signs

if TYPE_CHECKING:
    from grader.notation.tokens import Lexer

_BEHIND = later(r"\s+(?=\d|([A-Za-z-]+))")
_ONE, _NEAR = frozenset(["one", "One"]), 24
_MINUS = frozenset(["minus", "Minus"])
_ROUND = {"hundred": 100, "thousand": 1000, "million": 1_000_000}
_DIGITS = [word for word, digits in signs.SPELLED.items() if len(digits) == 1]
_ONE_OF = later(r"\b(?:a|one)\s+\Z", re.I)
_ONE_BEHIND = later(  # of "two, one", "row one", "from zero to one"
    r"(?:\b([\w-]+)(?:\s?[,;]\s*(?:and\s+)?|\s+(?:and|or)\s+)|\b(?:rows?|columns?|cols?|lines?|to|from|through"
    r"|index|limits?|bounds?|über|(?:start|begin|stop|end)s?(?: (?:at|by|with|in))?)\s+)\Z",
    re.I,
)
_ONE_ENDS = later(
    r"\s*(?:[,.;:)\]\n]|\Z|(?:and|or|to|through|up to)\s+(?:\d|[a-z-]+)|(?:rows?|columns?|cols?)\b)", re.I
)
_ONE_BEFORE = later(r"\s?,\s*([\w-]+)\s*(?:[,.;)\]\n]|\Z|and\b)", re.I)
_ONE_LISTED = later(r"\s?,\s*([a-z\d-]+)\s?,\s*(?:and\s+)?([a-z\d-]+)\b", re.I)
_NULL_OF = later(r"[\s-]{1,3}(?:spaces?|sets?|vectors?|matri\w+|hypothes\w+|sequences?|models?|distributions?)\b", re.I)
_FOLLOWING = later(r"(?:\s*-\s*|\s+)(and\s+)?([A-Za-z]+(?:-[A-Za-z]+)?)(?!\d)")


def read_number_word(lexer: Lexer, word: str, start: int, stop: int) -> bool:
    """`six`, `forty-six`, `five hundred and twelve`, the sign of `minus six`; False for any other word."""
    if word.lower() == "null" and _NULL_OF.match(lexer.source, lexer.at):
        return False
    spelled = "1" if word in _ONE and _counts(lexer, word) else signs.SPELLED.get(word.lower())
    one = _ONE_OF.search(lexer.source, 0, lexer.at - len(word)) if spelled is None and word in _ROUND else None
    if spelled is not None or one is not None:
        begun = _Number(int(spelled)) if spelled is not None else _Number(1).with_round(_ROUND[word])
        whole = _composed(lexer.source, lexer.at, begun) if begun is not None else None
        if whole is None or _HALVED.match(lexer.source, whole[1]):
            return False  # a hundred thousand, a hundred and some, two and a half
        if one is not None:
            start -= len(one.group())
            while lexer.tokens and lexer.tokens[-1].text in ("a", "one"):
                lexer.tokens.pop()
        number, end = whole
        broken, end = _decimals(lexer.source, end)
        lexer.add("num", f"{number}{broken}", start, stop + end - lexer.at).weak = True
        lexer.at = end
        return True
    found = _BEHIND.match(lexer.source, lexer.at) if word in _MINUS else None
    if found is None or (found[1] is not None and found[1].lower() not in signs.SPELLED):
        return False
    lexer.add("op", "-", start, stop)
    lexer.at, lexer.spaced = found.end(), False
    return True


def _decimals(source: str, at: int) -> tuple[str, int]:
    """The decimals that follow a whole number in words, and where they end: ".25" of "point two five"."""
    found = _POINT.match(source, at)
    digits = "".join(signs.SPELLED[word.lower()] for word in found[1].split()) if found is not None else ""
    return (f".{digits}", found.end()) if found is not None else ("", at)


_POINT = later(rf" point((?: (?:{'|'.join(_DIGITS)})\b)+)", re.I, holds=("point",))
_HALVED = later(r" and (?:a|one|three) (?:half|third|quarter)s?\b", re.I, holds=(" and ",))
_BY = later(r"\s+by\b(?!\s+(?:the|its|a|all|itself)\b)")
_FAR = 60  # tokens of one product


_PLACE_FOLLOWS = later(r"\s+[(\[]\s?\d+\s?[,;]")


def read_percent_word(lexer: Lexer, word: str, start: int, stop: int) -> bool:
    """The sign that "10.7 percent" and "10.7 per cent" spell; "percentage points" are none."""
    if word not in ("percent", "per", "pct") or not lexer.tokens or lexer.tokens[-1].kind != "num":
        return False
    if word == "per":
        if (found := _CENT.match(lexer.source, lexer.at)) is None:
            return False
        stop += found.end() - lexer.at
        lexer.at = found.end()
    lexer.add("op", "%", start, stop)
    return True


_CENT = later(r"\s+cent\b")


def read_product_word(lexer: Lexer, word: str, start: int, stop: int) -> bool:
    """ "multiplied by", and "and by" behind it: A multiplied by B and by (1 - B); the "at" of "6 on (1, 3)"."""
    behind_number = word == "on" and lexer.tokens and lexer.tokens[-1].kind == "num"
    if behind_number and _PLACE_FOLLOWS.match(lexer.source, lexer.at):
        lexer.add("word", "at", start, stop)
        return True
    further = word == "and" and any(token.text == "times" for token in lexer.tokens[-_FAR:])
    found = _BY.match(lexer.source, lexer.at) if word == "multiplied" or further else None
    if found is None:
        return False
    lexer.add("word", "times", start, start + found.end() - lexer.at + len(word))
    lexer.at = found.end()
    return True


def _counts(lexer: Lexer, word: str) -> bool:
    """Whether `one` is a number here: in "two, three, ten, one" and in "row one", not in "this one is larger"."""
    before = lexer.source[max(0, lexer.at - len(word) - _NEAR) : lexer.at - len(word)]
    behind = _ONE_BEHIND.search(before)
    if behind is not None and (behind[1] is None or _is_number(behind[1])):
        return _ONE_ENDS.match(lexer.source, lexer.at) is not None
    if _ONE_LESS.match(lexer.source, lexer.at):  # U[i] times one minus U[i]
        return True
    listed = _ONE_LISTED.match(lexer.source, lexer.at)  # y is one, three, zero, one
    if listed is not None and all(map(_is_number, listed.groups())):
        return True
    following = None if before.rstrip(" \t\n([{:=") else _ONE_BEFORE.match(lexer.source, lexer.at)
    return following is not None and _is_number(following[1])


_ONE_LESS = later(r"\s+(?:minus|plus)\s+(?!sign)\W*[A-Za-z]{1,3}(?:_?\d)?(?![A-Za-z])")


def _is_number(word: str) -> bool:
    return word.isdecimal() or word.lower() in signs.SPELLED or word.lower() == "one"


class _Number(NamedTuple):
    """A number as it is spoken, word by word."""

    current: int  # up to the next thousand
    thousands: int = 0
    below: int = 0  # what the next word must be less than; 0: as the first word says
    millions: int = 0

    def with_round(self, size: int) -> _Number | None:
        """With `hundred`, `thousand` or `million` behind it: eighteen hundred, two thousand, five million."""
        if size == 100 and 0 < self.current < 100 and self.below < 100:
            return _Number(self.current * 100, self.thousands, 100, self.millions)
        if size == 1000 and self.current and not self.thousands:
            return _Number(0, self.current, 1000, self.millions)
        if size == 1_000_000 and self.current and not self.thousands and not self.millions:
            return _Number(0, 0, 1000, self.current)
        return None

    def with_more(self, value: int) -> _Number | None:
        """With a smaller number behind it: twenty one, two hundred ten."""
        below = self.below or (10 if self.current >= 20 and self.current % 10 == 0 else 0)
        if not 0 < value < min(below, 100):
            return None
        below = 10 if value >= 20 and value % 10 == 0 else 1
        return _Number(self.current + value, self.thousands, below, self.millions)

    @property
    def value(self) -> int:
        return 1_000_000 * self.millions + 1000 * self.thousands + self.current


def _composed(source: str, at: int, number: _Number) -> tuple[int, int] | None:
    """The whole number that begins so and where it ends; None if the words behind make another of it."""
    while (behind := _FOLLOWING.match(source, at)) is not None:
        word = behind[2].lower()
        said = "1" if word == "one" else signs.SPELLED.get(word)
        longer = number.with_round(_ROUND[word]) if word in _ROUND else number.with_more(int(said)) if said else None
        if behind[1] and (word in _ROUND or number.below < 100):
            longer = None  # two and three are two numbers
        if longer is None:
            left_over = word in _ROUND or word == "million" or (behind[1] and number.below >= 100 and said is None)
            return None if left_over else (number.value, at)
        number, at = longer, behind.end()
    return number.value, at
