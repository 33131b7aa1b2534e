"""Remainders of numbers, `7^{-1} \\equiv 8 \\pmod{11}` and "7^{-1} mod 11 = 8": the same left side, other spellings."""

from __future__ import annotations

import re

from grader.equality.verdicts import DIFFERENT, EQUAL, Found
from grader.model.patterns import later

_CONGRUENT = later(
    r"(?P<left>[^=≡]{1,40}?)\s*(?:≡|\\equiv(?![a-z]))\s*(?P<right>-?\d{1,9})\s*(?:\\pmod\s*\{?\s*(?P<tex>\d{1,9})\s*\}?"
    r"|\(?\s*\\?(?:bmod|mod)\s*\{?(?P<typed>\d{1,9})\}?\s*\)?)"
)
_REMAINDER = later(
    r"(?P<left>[^=≡]{1,40}?)\s*(?:\\bmod|\\mod|mod|%)\s*\{?(?P<modulus>\d{1,9})\}?\s*=\s*(?P<right>-?\d{1,9})"
)
_TIGHT = later(r"\\[,;:! ]|[\s{}*$]|\\cdot(?![a-z])|\\left|\\right")


def compare_moduli(gold: str, answer: str) -> Found | None:
    """The verdict on two remainders of the same; None where these are none, or of different things."""
    if "mod" not in gold + answer and "%" not in gold + answer:
        return None
    one, other = _read(gold), _read(answer)
    if one is None or other is None or one[:2] != other[:2] or one[3] == other[3]:
        return None  # what two congruences say is found in general, and x = 3 mod 7 may be either
    if (one[2] - other[2]) % one[1]:
        return Found(DIFFERENT, "they leave different remainders")
    return Found(EQUAL, "both leave the same remainder")


def _read(text: str) -> tuple[str, int, int, bool] | None:
    """What is divided, by what, and what is left; and whether that is the remainder itself."""
    text = text.strip(" $.")
    found = _CONGRUENT.fullmatch(text)
    if found is not None:
        return _tight(found["left"]), max(1, int(found["tex"] or found["typed"])), int(found["right"]), False
    found = _REMAINDER.fullmatch(text)
    if found is None or not 0 <= int(found["right"]) < int(found["modulus"]):
        return None
    return _tight(found["left"]), int(found["modulus"]), int(found["right"]), True


def _tight(text: str) -> str:
    return re.sub(r"[()]", "", _TIGHT.sub("", text).replace("⁻¹", "^-1"))
