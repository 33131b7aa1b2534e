"""Units of measurement: which one was typed, and what a quantity is in another.

    >>> convert(36, parse_unit("km/h"), parse_unit(r"\\si{\\metre\\per\\second}"))
    Fraction(10, 1)

What a symbol means is decided in `_unit_names`, what it is worth in `_unit_table`. How symbols are put together
follows the SI Brochure (9th edition, 2019), sections 5.2 and 5.4, which forbid what could be read in two ways:

- After a slash no product follows without brackets: `J/kg K` is refused, `J/(kg K)` and `m/s/s` are read.
- After the word "per" all that follows in words is divided by: "joules per kilogram kelvin" (SI Brochure, table 6).
  After `\\per` of siunitx only the next unit is.
- A power belongs to the unit before it, prefix included: `cm^2` is 1e-4 m^2. "Square" and "cubic" take the unit after
  them, "squared" and "cubed" the one before: in "meters per second squared" the second.
- Braces of LaTeX that only set type group nothing, as on paper: `\\text{m s}^{-1}` is m/s. And `ms^-1` is one per
  millisecond (SI Brochure, 5.2), though some write it for m/s.
- `m2` and `s-2` are powers, a hyphen between words is a product.
- A number is no part of a unit, but for the 1 of `1/s`.
"""

from __future__ import annotations

from fractions import Fraction

from grader.model.patterns import later
from grader.reference._unit_names import find_unit
from grader.reference._unit_table import DIMENSIONS
from grader.reference._unit_text import END, FRACTIONS, Token, tokens
from grader.reference._unit_values import MOST_EXPONENT, ONE, Unit, convert, convertible, power, times

__all__ = ["DIMENSIONS", "ONE", "Unit", "convert", "convertible", "find_unit", "parse_unit", "power", "times"]

_LONGEST, _DEEPEST = 200, 8
_CLOSING = {"(": ")", "[": "]", "{": "}"}
_BEFORE = {
    **{"square": Fraction(2), "sq": Fraction(2), "cubic": Fraction(3), "cu": Fraction(3)},
    **{"inverse": Fraction(-1), "reciprocal": Fraction(-1), "sqrt": Fraction(1, 2), "√": Fraction(1, 2)},
}
_AFTER = {"squared": 2, "cubed": 3}
_EXPONENT = later(r"([+-]?[0-9]+(?:\.[0-9]+)?)(?:/([0-9]+))?")
_EXPONENT_FRACTION = later(r"^([+-]?)\\[dt]?frac\{([+-]?[0-9]+)\}\{([0-9]+)\}$")
_AFTER_ONE = frozenset({"/", "per", "\\per", END.text, *_CLOSING.values()})
_MOST_WORDS = 3  # "degrees Celsius", "fluid ounce"


def _shown(text: str) -> str:
    return repr(text if len(text) <= 40 else text[:40] + "…")


def _exponent(text: str) -> Fraction:
    """The number in an exponent; ValueError for anything else and for what is too large."""
    while len(text) > 2 and text[-1] == _CLOSING.get(text[0]):
        text = text[1:-1]
    match = _EXPONENT.fullmatch(_EXPONENT_FRACTION.sub(r"\1\2/\3", text))
    if match is None:
        raise ValueError(f"{_shown(text)} is no exponent of a unit")
    bottom = Fraction(match[2] or 1)
    value = Fraction(match[1]) / bottom if bottom else None
    if value is None or abs(value) > MOST_EXPONENT or value.denominator > MOST_EXPONENT:
        raise ValueError(f"the exponent {_shown(text)} is beyond {MOST_EXPONENT}")
    return value


class _Reader:
    """Reads the tokens of one unit from left to right, looking one token ahead."""

    def __init__(self, found: list[Token]) -> None:
        self.found = found
        self.place = 0

    @property
    def next(self) -> Token:
        return self.found[self.place]

    def take(self) -> Token:
        token = self.next
        if token is not END:
            self.place += 1
        return token

    def accept(self, *texts: str) -> bool:
        if self.next.text in texts and self.next is not END:
            self.place += 1
            return True
        return False

    def name(self) -> str:
        """The next token as a word of English, without the backslash of siunitx."""
        return self.next.text.lstrip("\\").lower() if self.next.kind in ("word", "macro") else self.next.text

    def product(self, depth: int) -> Unit:
        """Units multiplied and divided, up to a closing bracket or the end."""
        if depth > _DEEPEST:
            raise ValueError("this unit is nested too deeply")
        result = ONE
        if self.next.text == "1" and self.found[self.place + 1].text in _AFTER_ONE:
            self.take()
        elif self.name() != "per":
            result = self.factor(depth)
        divided = ""  # by what: a slash, or the word "per"
        while self.next is not END and self.next.text not in _CLOSING.values():
            sign = self.next.text
            if self.accept("/") or (self.name() == "per" and self.take()):
                divided = divided if sign == "\\per" else sign
                result = times(result, power(self.factor(depth), -1))
                continue
            written = self.accept("*", ".")
            if written and self.next is END and sign == ".":
                break  # the end of a sentence, or an abbreviation: "sec."
            if divided == "/" or (written and divided):
                raise ValueError("what is multiplied after a division needs brackets, as in J/(kg K)")
            if not written and sign == "-" and not self.next.apart and not self.found[self.place + 1].apart:
                self.take()
            result = times(result, power(self.factor(depth), -1 if divided else 1))
        return result

    def factor(self, depth: int) -> Unit:
        """One unit or group with its power."""
        if self.next.kind != "end" and (exponent := _BEFORE.get(self.name())) is not None:
            self.take()
            self.accept(".")
            if depth > _DEEPEST:
                raise ValueError("this unit is nested too deeply")
            return power(self.factor(depth + 1), exponent)
        return self.raised(self.group(depth) if self.next.text in _CLOSING else self.single(depth))

    def group(self, depth: int) -> Unit:
        closing = _CLOSING[self.take().text]
        result = self.product(depth + 1)
        if not self.accept(closing):
            raise ValueError(f"a bracket is not closed: {_shown(closing)} is missing")
        return result

    def single(self, depth: int) -> Unit:
        token = self.take()
        if token.text in FRACTIONS:
            if self.next.text != "{":
                raise ValueError("a fraction of units needs braces, as in \\frac{m}{s}")
            above = self.group(depth)
            if self.next.text != "{":
                raise ValueError("a fraction of units needs braces, as in \\frac{m}{s}")
            return times(above, power(self.group(depth), -1))
        if token is END:
            raise ValueError("a unit is missing at the end")
        if token.kind == "number":
            raise ValueError(f"the number {_shown(token.text)} is no part of a unit")
        if token.kind == "word" and (phrase := self.phrase(token.text)) is not None:
            return phrase
        unit = find_unit(token.text.removeprefix("\\")) if token.kind in ("word", "macro") else None
        if unit is None or (token.text == "in" and self.between_words()):
            raise ValueError(f"{_shown(token.text)} is not a unit that is known here")
        return unit

    def between_words(self) -> bool:
        """Whether the token just taken stands between two words: there, `in` is no inch."""
        return self.place > 1 and self.found[self.place - 2].kind == self.next.kind == "word"

    def phrase(self, word: str) -> Unit | None:
        """A unit whose name is several words, the longest first; None leaves everything where it was."""
        ends, words = {}, word
        place = self.place
        for _ in range(_MOST_WORDS - 1):
            place += self.found[place].text == "-"
            if self.found[place].kind != "word":
                break
            words += " " + self.found[place].text
            place += 1
            ends[words] = place
        for words, place in reversed(ends.items()):
            if (unit := find_unit(words)) is not None:
                self.place = place
                return unit
        return None

    def raised(self, unit: Unit) -> Unit:
        """A unit with the power that is written after it."""
        if self.accept("^", "**") or (self.name() == "tothe" and self.take()):
            return power(unit, _exponent(self.exponent()))
        if (exponent := _AFTER.get(self.name())) is not None:
            self.take()
            return power(unit, exponent)
        ahead = self.found[self.place : self.place + 2]
        if self.next.kind == "number" and not self.next.apart:
            return power(unit, _exponent(self.take().text))
        if self.next.text in ("-", "+") and ahead[1].kind == "number" and not (self.next.apart or ahead[1].apart):
            return power(unit, _exponent(self.take().text + self.take().text))
        return unit

    def exponent(self) -> str:
        """The text of an exponent: a signed number, or everything in one pair of brackets."""
        closing = _CLOSING.get(self.next.text)
        if closing is None:
            sign = self.take().text if self.next.text in ("-", "+") else ""
            return sign + self.take().text
        text, depth = self.take().text, 1
        while depth and self.next is not END:
            token = self.take()
            depth += (token.text in _CLOSING) - (token.text in _CLOSING.values())
            text += token.text
        return text


def parse_unit(text: str) -> Unit:
    """The unit that a text stands for; ValueError with a sentence that names the part nobody knows.

    Reads symbols and names with products, quotients and powers, in plain text, LaTeX and siunitx:
    `kg·m²·s⁻²`, `J/(kg K)`, `\\frac{\\text{m}}{\\text{s}}`, `\\si{\\metre\\per\\second\\squared}`, "cubic centimeters".
    """
    if len(text) > _LONGEST:
        raise ValueError(f"a unit is no longer than {_LONGEST} characters")
    if (unit := find_unit(text)) is not None:
        return unit
    reader = _Reader(tokens(text))
    if reader.next is END:
        raise ValueError("there is no unit")
    unit = reader.product(0)
    if reader.next is not END:
        raise ValueError(f"{_shown(reader.next.text)} closes nothing")
    return unit
