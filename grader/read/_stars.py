"""Which stars and underscores are arithmetic, though Markdown would take them for emphasis."""

from __future__ import annotations

import re
from collections.abc import Iterator

from grader.model.patterns import later

_SIGN = re.compile(r"\*\**|_")  # so written, it is looked for by its first sign
_DIGITS = frozenset("0123456789")
_NAMES = frozenset("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz") | _DIGITS
_BEFORE = _NAMES | frozenset(")]}")
_BEHIND = _NAMES | frozenset("([{\\")
_LABEL = later(r"\(\s*[A-Za-z0-9]{1,4}\s*\)")
_LABEL_LINE = later(r"[\s>#*-]*\(?[A-Za-z0-9]{1,4}\)\s*\Z|.*[\s*]\([A-Za-z]{1,3}\)\s*\Z")
# `*(c)*7`, `*n*th`: emphasis of a label or a word, although its second star touches a digit or letter.
# At the start of a line such a label also stands before a blank, with a word before its letter: `*zu b)*  5 x 4`.
_PROTECTED = re.compile(
    r"(?<![\w)\]}*\\])(?<![\d)\]] )\*(?:\(?[A-Za-z0-9]{1,4}[).:]|[A-Za-z]+[.:]?)\*(?=[A-Za-z0-9])"
    r"|(?:(?<=\n)|\A)\*(?:[^\W\d_]{1,12} )?\(?[A-Za-z0-9]{1,4}[).:]{1,2}\*(?=\s)"
)


def arithmetic(text: str) -> Iterator[tuple[int, int]]:
    """Spans of signs to keep as text, in order.

    1. A star tight between operands is a product: `3*3`, `)*10`, `w*h`.
    2. With a blank on one side it is one between numbers: `460 *(3*3+1)`, `2 *3* 4`; the bracket must
       not look like a label, and what comes before must not be one.
    3. Two stars are a power tight behind a number, bracket or one-letter name: `2**3`, `x**2`.
    4. An underscore behind a bracket, or before a brace, is a subscript: `f(x)_i`, `w_{ij}`, `∑_{i}`.
    Everything else (`**6**`, `*answer*: 5`, `**(c)**`, `***Ans. 4***`) stays emphasis.
    """
    kept_until = 0
    for match in _SIGN.finditer(text):
        start, stop = match.span()
        if start < kept_until or stop == len(text):
            continue
        protected = _PROTECTED.match(text, start)
        if protected:
            kept_until = protected.end()
            continue
        if start and _RULES.get(match.group(), _never)(text, start, stop):
            yield start, stop


def _never(text: str, start: int, stop: int) -> bool:
    return False


def _is_product(text: str, start: int, stop: int) -> bool:
    before, behind = text[start - 1], text[stop]
    if before in _BEFORE and behind in _BEHIND:
        return True
    left, right = start - 1, stop
    while left > 0 and text[left] in " \t":
        left -= 1
    while right < len(text) - 1 and text[right] in " \t":
        right += 1
    if text[left] not in _DIGITS and text[left] not in ")]":
        return False
    if text[right] not in _DIGITS and (text[right] not in "([" or _LABEL.match(text, right)):
        return False
    return not _follows_label(text, start)


def _follows_label(text: str, start: int) -> bool:
    near = max(0, start - 24)  # a line can be a megabyte long, a label cannot
    line = text.rfind("\n", near, start) + 1
    return bool(_LABEL_LINE.match(text[max(line, near) : start]))


def _is_power(text: str, start: int, stop: int) -> bool:
    before, behind = text[start - 1], text[stop]
    if before in _NAMES - _DIGITS and start > 1 and text[start - 2] in _NAMES:
        return False
    if behind in _NAMES - _DIGITS and text[stop + 1 : stop + 2] in _NAMES:
        return False
    return (before in _NAMES or before in ")]") and (behind in _NAMES or behind == "(")


def _is_subscript(text: str, start: int, stop: int) -> bool:
    before, behind = text[start - 1], text[stop]
    return (before in ")]}" and behind in _NAMES) or behind == "{"


_RULES = {"*": _is_product, "**": _is_power, "_": _is_subscript}
