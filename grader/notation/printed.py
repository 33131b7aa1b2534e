"""Arrays as programs print them: `[ 2.+0.j  2.+2.j -2.+0.j  2.-2.j]`, whose entries only blanks set apart."""

from __future__ import annotations

import re

from grader.model.patterns import later

_PART = r"\d+(?:\.\d*)?(?:e[-+]\d+)?"
_ENTRY = rf"[-+]?{_PART}[-+]{_PART}j"
_PRINTED = later(rf"(?:\[|\A)\s*{_ENTRY}(?:\s+{_ENTRY})+\s*(?:\]|\Z)", holds=("j",))
_GOES_ON = later(rf"(?:\[|\A)\s*{_ENTRY}(?:[\s,]+{_ENTRY})*,?\s*\Z", holds=("j",))
_BLANK = later(r"(?<=j)\s(?=\s*[-+\d])")


def with_commas(text: str) -> str:
    """A text of the same length in which commas set complex entries apart; real ones the parser tells by itself.

    >>> with_commas("[ 2.+0.j  2.-2.j]")
    '[ 2.+0.j, 2.-2.j]'
    """

    def apart(found: re.Match[str]) -> str:
        return _BLANK.sub(",", found[0])

    return _PRINTED.sub(apart, text)


def goes_on_below(text: str) -> bool:
    """Whether a line ends within such an array, whose next entry stands in the line below.

    >>> goes_on_below("[ 2.+0.j, 2.+2.j"), goes_on_below("[ 2.+0.j, 2.+2.j]")
    (True, False)
    """
    return _GOES_ON.search(text) is not None


_GAP = r"(?:\s|~|\\[,;:!> ]|\\q?quad(?![A-Za-z]))"
_NUMBER = r"[-+−]?\d+(?:\.\d+)?"
_SPACED = later(rf"[(\[]{_GAP}*({_NUMBER}(?:{_GAP}+{_NUMBER}){{2,}}){_GAP}*(?:\\right\s*)?[)\]]")
_BETWEEN = later(rf"(?<=\d){_GAP}+(?=[-+−]?\d)")
_THOUSANDS = later(rf"[-+−]?\d{{1,3}}(?:{_GAP}\d{{3}})+")


def with_list_commas(text: str) -> str:
    """Mathematics of the same length in which commas set the numbers of `(1\\;3\\;0\\;1)` apart.

    >>> with_list_commas(r"(1\\;3\\;0\\;1)"), with_list_commas(r"(5\\,133\\,600)")
    ('(1, 3, 0, 1)', '(5\\\\,133\\\\,600)')
    """

    def apart(found: re.Match[str]) -> str:
        if _THOUSANDS.fullmatch(found[1]):
            return found[0]
        return _BETWEEN.sub(lambda gap: ",".ljust(len(gap[0])), found[0])

    return _SPACED.sub(apart, text)
