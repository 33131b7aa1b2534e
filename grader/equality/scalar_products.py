"""Inner products in brackets, `\\langle x, Ay \\rangle`, `(x, Ay)`, where the other side has `x^T A y`."""

from __future__ import annotations

import re
from itertools import pairwise

from grader.model.patterns import later

_INNER = r"(?P<one>[^,;=<>|\[\]⟨⟩]{1,60}),(?P<other>[^,;=<>|\[\]⟨⟩]{1,60}?)"
_ANGLED = later(rf"(?:\\left\s*)?(?:\\langle(?![a-z])|⟨){_INNER}(?:\\right\s*)?(?:\\rangle(?![a-z])|⟩)")
_ROUND = later(rf"(?P<before>[\s$]*)\({_INNER}\)(?P<behind>[\s$.]*)")
_TRANSPOSED = later(r"\^\s*(?:\{\s*)?(?:T(?![a-z])|\\top|\\intercal|⊤|\\mathsf)|ᵀ")


def with_inner_products(text: str, partner: str) -> str:
    """The text with `x^T (Ay)` for `\\langle x, Ay \\rangle`, where its partner has a transposed vector,
    or one of them is a sum of such products."""
    if not _is_one_value(text, partner) and not (_is_bilinear(text) or _is_bilinear(partner)):
        return text
    return _ANGLED.sub(lambda found: _product(found) if _is_whole(found) else found[0], text)


def _is_bilinear(text: str) -> bool:
    """Whether brackets are added that have a side in common, as vectors hardly are: <u, v> + <u, w>."""
    found = list(_ANGLED.finditer(text)) if text.count(",") > 1 else []
    if len(found) < 2 or not all(_is_whole(one) for one in found):
        return False
    between = [text[one.end() : other.start()].strip() for one, other in pairwise(found)]
    sides = [{side.strip() for side in one.groups()} for one in found]
    return all(_ADDED.match(signs) for signs in between) and any(one & other for one, other in pairwise(sides))


_ADDED = re.compile(r"[-+−]")


def with_pair(text: str, partner: str) -> str:
    """Likewise for a whole text `(x, Ay)`, which may also be a point: whoever tells it so must say that."""
    whole = _ROUND.fullmatch(text) if _is_one_value(text, partner) else None
    return text if whole is None or not _is_whole(whole) else f"{whole['before']}{_product(whole)}{whole['behind']}"


def _is_one_value(text: str, partner: str) -> bool:
    return "," in text and "," not in partner and _TRANSPOSED.search(partner) is not None


def _product(found: re.Match[str]) -> str:
    return f"({found['one'].strip()})^{{\\top}} ({found['other'].strip()})"


def _is_whole(found: re.Match[str]) -> bool:
    """Whether both factors have all their brackets, and letters: (1, 2) is a point."""
    sides = (found["one"], found["other"])
    return all(_LETTER.search(side) is not None and side.count("(") == side.count(")") for side in sides)


_LETTER = re.compile(r"[^\W\d_]")
