"""The four subspaces of a real matrix: `\\operatorname{col}(A)^\\perp` is null(A^T), and null(A^T A) is null(A)."""

from __future__ import annotations

import re

from grader.equality.verdicts import DIFFERENT, EQUAL, Found
from grader.model.patterns import later
from grader.model.records import NamedTuple

_LONGEST = 120  # characters
_SET = r"\\?(?:(?:operatorname|mathrm|text|mathcal)\*?\s*\{?\s*)?"
_TURNED = r"(?:\s*\^\s*\{?\s*(?:\\top|\\intercal|\\mathsf\{T\}|\\mathrm\{T\}|T|⊤|')\s*\}?|ᵀ|'|⊤)"
_MATRIX = (
    rf"\(?\s*(?P<one>[A-Z])(?P<turned>{_TURNED})?(?:\s*(?P<other>[A-Z])(?P<also>{_TURNED})?)?\s*(?:\\right)?\s*\)?"
)
_PERP = r"\s*(?:\^\s*\{?\s*(?:\\perp|⊥)\s*\}?|⊥)"
_KINDS = {
    "null": r"(?i:null(?:\s?space)?|nul|ker(?:nel)?)|N",
    "col": r"(?i:col(?:umn)?(?:\s?space)?|im(?:age)?|ran(?:ge)?)|C",
    "row": r"(?i:row(?:\s?space)?)", "left": r"(?i:left[ -]null\s?space)",
}  # fmt: skip
_ANY = "|".join(f"(?P<{kind}>{words})" for kind, words in _KINDS.items())
_APPLIED = later(
    rf"[\s$]*\(?{_SET}(?:{_ANY})\s*\}}?\s*(?:\\left)?(?=\(|(?<=[\s}}])[A-Z]){_MATRIX}(?P<perps>(?:\)?{_PERP})*)\)?[\s$.]*"
)
_SAID = later(rf"(?:(?:the )?(?P<complement>orthogonal complement) of )?(?:the )?(?:{_ANY}) of \$?{_MATRIX}\$?[\s.]*")


_LETTER = later(r"[\s$]*[CN]\s*\(")


class _Space(NamedTuple):
    """The null space of a matrix, or what is orthogonal to it."""

    matrix: str
    turned: bool
    complement: bool


def compare_subspaces(gold: str, answer: str) -> Found | None:
    """The verdict on two subspaces that belong to a matrix; None where one is no such space."""
    if max(len(gold), len(answer)) > _LONGEST:
        return None
    one = space_of(gold)
    other = space_of(answer) if one is not None else None
    if one is None or other is None or all(map(_LETTER.match, (gold, answer))):
        return None  # C(A) and N(A) may be functions
    if one == other:
        return Found(EQUAL, "both are the same subspace of the matrix")
    return Found(DIFFERENT, "these are different subspaces, for most matrices")


def space_of(text: str) -> _Space | None:
    """The subspace that a text names; None for any other."""
    found = _APPLIED.fullmatch(text) or _SAID.fullmatch(text)
    if found is None:
        return None
    groups = found.groupdict()
    one, turned, other, also = (groups[name] for name in ("one", "turned", "other", "also"))
    kind = next(kind for kind in _KINDS if groups[kind])
    perps = len(re.findall(r"perp|⊥", groups.get("perps") or "")) + bool(groups.get("complement"))
    if one is None or not one.isupper() or (other is not None and (other != one or bool(turned) == bool(also))):
        return None  # A B, A A
    flipped = kind in ("col", "left")
    # The columns of A A^T are those of A, and its null space is that of A^T.
    transposed = bool(also if other is not None and not flipped else turned)
    return _Space(one, transposed != flipped, (kind in ("col", "row")) != (perps % 2 == 1))
