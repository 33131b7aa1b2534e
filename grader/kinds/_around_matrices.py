"""What stands before and behind a matrix on lines of its own, and may make it another one: "2P =", "times 1/3"."""

from __future__ import annotations

import re

from grader.model.documents import Block
from grader.model.expressions import Relation
from grader.model.patterns import later
from grader.notation.reading import Claim

_MATRIX = 2  # axes

_NEAR = 100  # characters
_INVERSE = r"(?:\s*\^\s*[({]*\s*-\s*1\s*[)}]*|⁻¹)"
_NAME = later(
    rf"(?P<rest>.*?)(?P<name>(?<![A-Za-z\\])\\?[A-Za-z]{{1,12}}(?:_\{{?\w{{1,4}}\}}?)?{_INVERSE}?)\s*", re.DOTALL
)
_SAYS = later(r"(?:\b(?:is|are|equals?|to be|given by|as follows|then|now)|:|\s)+\Z")
_FACTOR = later(r"(?:[*·⋅×]|\btimes)\s*\Z")
_OPERATOR = later(r"(?:[-+*/·⋅×−]|\\(?:cdot|times)|\btimes)\Z")
_CHANGES = later(
    r"\s*\d+(?:/\d+)?\s*\Z|"
    r"[\s(]*(?:(?:and|then|now|all of it|it is)[\s,]+)*(?:[*/^·⋅×+='ᵀ]|-\s|\\(?:cdot|times)|times\b|plus\b|minus\b"
    r"|divi|multipl|everything|all (?:of|times|divided|entries)|each entry|scaled|over \d|transpos|inver|squared)"
)


def stands_alone(before: str, behind: str, joined: bool) -> bool:
    """Whether nothing around a matrix makes it a factor, a term or what a product is equal to.

    With `joined` the sign before it is read together with it.
    """
    if _CHANGES.match(behind[:_NEAR]):
        return False
    said = before[-_NEAR:].rstrip()
    if joined and _FACTOR.search(said):
        return True
    if _OPERATOR.search(said):
        return False
    line = said.rsplit("\n", 1)[-1]
    if line.endswith("="):
        return _is_name(line.split("=")[0])
    words = _SAYS.sub("", said)
    last = words.rsplit(None, 1)[-1] if words.split() else ""
    if not last:
        return True
    changed = any(sign.isdigit() or sign in _SIGNS for sign in last)
    return not changed or (_is_name(last) and "^" in last)


def changed_around(blocks: tuple[Block, ...], claim: Claim, axes: int) -> str:
    """The words or signs around a matrix that make it another one; "" if there are none, and for a vector."""
    if axes != _MATRIX:
        return ""
    before, behind = around(blocks, claim.place)
    changes = _CHANGES.match(behind[:_NEAR])
    if changes is not None:
        return changes[0].strip()
    said = before[-_NEAR:].rstrip()
    line = said.rsplit("\n", 1)[-1]
    if isinstance(claim.expr, Relation) or not line:
        return ""
    other = line.endswith("=") and not _is_name(line.split("=")[0])
    return line.strip() if other or _SCALES.search(line) else ""


_NUMBER = r"(?:\(?\d+(?:/\d+)?\)?|\\[dt]?frac\s*\{?\d+\}?\s*\{?\d+\}?)"
_SCALES = later(
    rf"(?:(?:\A|=)\s*-?{_NUMBER}|\bfactor\s*{_NUMBER}\s*:?|[*·⋅×/]|\\(?:cdot|times)"
    r"|\btimes(?: the)?(?: \w+)?|\d\s?[A-Z](?:\s*(?:is|are|has|have|with|the|rows|columns|:|=))*)\Z"
)


def around(blocks: tuple[Block, ...], place: tuple[int, int]) -> tuple[str, str]:
    """The words and formulas before and behind a place."""
    before, behind = "", ""
    for block in blocks:
        for run in block.runs:
            start, stop = run.span
            exact = len(run.text) == stop - start
            if stop <= place[0]:
                before += run.text
            elif start >= place[1]:
                behind += run.text
            elif exact:
                before += run.text[: max(0, place[0] - start)]
                behind += run.text[place[1] - start :] if place[1] < stop else ""
        before, behind = (before + "\n", behind) if block.span.stop <= place[0] else (before, behind + "\n")
    return before, behind


_SIGNS = "^²³ᵀ'*/+=·×−-"


def _is_name(left: str) -> bool:
    """Whether a left side ends with a name, B or B^-1, and with no factor and no term before it."""
    found = _NAME.fullmatch(left.strip())
    if found is None:
        return False
    rest = found["rest"].rstrip()
    last = rest.rsplit(None, 1)[-1] if rest.split() else ""
    return not rest.endswith(tuple("-+*/·×^−0123456789)")) and not any(sign in last for sign in "^²³ᵀ'")
