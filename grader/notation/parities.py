"""Values for odd and for even numbers, told in words: "4/(nπ) for odd n and 0 for even n", as a formula by cases."""

from __future__ import annotations

import re

from grader.model.patterns import later

_LONGEST = 300  # characters
_ODD, _EVEN = r"odd|ungerades?|impair", r"even|gerades?|pair"
_LETTER = r"(?:\\(?:text|mathrm)\s*\{\s*)?(?P<letter%s>[a-z])\}?"
_PARITY = rf"(?:\\(?:text|mathrm)\s*\{{\s*)?(?P<parity%s>{_ODD}|{_EVEN})(?![a-z])\s*\}}?"
_OPENS = (
    r"\s*[,:(\[]?\s*(?:\\(?:text|mathrm)\s*\{)?\s*(?:(?:for|if|when|where|whenever|with|falls|für|wenn)\s+)?(?:all\s+)?"
)


def _condition(number: int) -> str:
    """ "for odd n", ", n even", "(n is odd)", "if n is odd"."""
    first, second = (f"{_PARITY % f'{number}a'}\\s*{_LETTER % f'{number}a'}", f"{_LETTER % f'{number}b'}")
    said = rf"{second}\s*(?:is|=|ist)?\s*{_PARITY % f'{number}b'}"
    return rf"{_OPENS}\}}?\s*(?:{first}|{said})\s*[)\]]?"


_LEFT = r"(?:(?P<left%d>[A-Za-z]\w{0,3}(?:_\{?\w\}?|\(\w\)|\[\w\])?)\s*=\s*)?"
_VALUE = r"(?P<value%d>[^,;=]{1,120}?)"
_BETWEEN = r"\s*[,;.]?\s*(?:(?:and|while|but|whereas|und|or)\s+)?(?:it is\s+|is\s+)?"
_ELSE = r"(?P<otherwise>(?:otherwise|else|sonst)(?:\s+it is)?)"
_BEHIND = later(  # 4/(nπ) for odd n, 0 for even n
    rf"\s*{_LEFT % 1}{_VALUE % 1}{_condition(1)}{_BETWEEN}{_LEFT % 2}"
    rf"(?:{_ELSE}\s*[,:]?\s*(?P<value3>[^,;=]{{1,120}}?)"
    rf"|{_VALUE % 2}(?:{_condition(2)}|\s*,?\s*(?P<last>otherwise|else|sonst)))\s*\.?\s*"
)
_BEFORE = later(  # for odd n: 4/(nπ), for even n: 0
    rf"{_condition(1)}\s*[:,]?\s*{_LEFT % 1}{_VALUE % 1}{_BETWEEN}"
    rf"(?:{_condition(2)}|{_ELSE})\s*[:,]?\s*{_LEFT % 2}{_VALUE % 2}\s*\.?\s*",
    re.IGNORECASE,
)
_WORD = later(r"(?<![\\A-Za-z])[A-Za-z]{3,}")
_PI = later(r"(?<![A-Za-z\\])pi(?![A-Za-z])")
_FUNCTIONS = frozenset("sin cos tan exp log sqrt frac dfrac cdot".split())


def by_parity(text: str) -> str:
    """The formula by cases that a text tells; "" for any other text, also where only one of the cases is told."""
    if len(text) > _LONGEST or not any(word in text for word in ("odd", "even", "gerade")):
        return ""
    plain = text.replace("$", " ").replace("\\,", " ").replace("\\;", " ").replace("\\quad", " ").strip()
    found = _BEHIND.fullmatch(plain) or _BEFORE.fullmatch(plain)
    if found is None:
        return ""
    told = found.groupdict()
    letters = {letter for key, letter in told.items() if key.startswith("letter") and letter}
    odd = [_is_odd(told[f"parity{n}a"] or told[f"parity{n}b"]) for n in (1, 2)]
    first, second = told["value1"], told["value2"] or told.get("value3")
    lefts = {left.replace(" ", "") for left in (told["left1"], told["left2"]) if left}
    if len(letters) != 1 or len(lefts) > 1 or not first or not second or not all(map(_is_value, (first, second))):
        return ""
    if odd[0] is None or odd[0] == odd[1]:  # both for odd n
        return ""
    (letter,) = letters
    left = f"{told['left1']} = " if told["left1"] else ""
    left = f"{left[0]}_{letter} = " if left == f"{left[:1]}{letter} = " else left  # bn
    first, second = (_PI.sub(r"\\pi ", value) for value in (first, second))
    return (
        rf"{left}\begin{{cases}} {first} & {letter} \bmod 2 = {int(odd[0])} \\"
        rf" {second} & \text{{otherwise}} \end{{cases}}"
    )


def _is_odd(word: str | None) -> bool | None:
    return None if not word else re.match(_ODD, word, re.IGNORECASE) is not None


def _is_value(text: str) -> bool:
    return bool(text.strip()) and all(word in _FUNCTIONS for word in _WORD.findall(text))
