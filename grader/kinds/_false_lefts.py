r"""Left sides that the right value behind them does not belong to: `\ln L = e^{3/2}`, `N(M^T) =`, `T_3(t) = 2x`."""

from __future__ import annotations

from collections.abc import Callable

from grader.equality.answers import compare
from grader.equality.verdicts import DIFFERENT, EQUAL
from grader.kinds.kind import View
from grader.model.patterns import later
from grader.model.results import Finding
from grader.model.rubrics import Part

_NEAR = 60  # characters
_CLAUSE = later(r"[,;:.]\s|[$\n]|\\\[|\\\(")
_FUNCTION = later(r"\\?(?P<of>ln|log|exp|sin|cos|tan|sqrt)\s*[({|]?\s*\\?[A-Za-z](?:_\{?\w\}?)?\s*[)}|]?")
_APPROXIMATELY = later(r"\\approx(?![A-Za-z])|≈")
_CLOSED = later(r"\\(?:lim|int|sum|prod)(?![A-Za-z])")
_ARGUMENT = later(r"\\?[A-Za-z]+(?:_\{?\w+\}?)?\s*\(\s*(?P<of>[a-z])\s*\)")
_LETTERS = later(r"\\[A-Za-z]+|(?<![A-Za-z\\])[a-z](?![a-z])")
_DERIVED = later(r"[A-Za-z]\s*(?:'|′|’|\^\s*\{?\s*\\prime\s*\}?)\s*(?:\(\s*[a-z]\s*\))?")
_SPACE = later(
    r"\\?(?:operatorname|mathrm|text|mathcal|mathbf)?\*?\{?\s*(?P<space>N|[Nn]ull?|[Kk]ern?|C|[Cc]ol|[Rr]ow|[Ii]m|Bild)"
    r"\s*\}?\s*(?:\\left)?\(\s*\\?[A-Z]\s*(?P<turned>\^\s*\{?\s*(?:T|\\top|\\intercal|\\mathsf\{?T\}?)\s*\}?|'|ᵀ)?\s*"
    r"(?:\\right)?\)"
)
_SPACES = {"n": "null", "k": "null", "c": "column", "i": "column", "b": "column", "r": "row"}
_TURNED = {"null": "left null", "column": "row", "row": "column"}
_NAMES = {"null": "null kernel kern", "left null": "left", "column": "column range image bild", "row": "row zeilen"}
_ENDLESS = later(r"[\s$)}]*(?:\\to|\\rightarrow|→|->|\\longrightarrow)\s*-?\s*(?:\\infty|∞|oo\b)")


def false_left(part: Part, finding: Finding, view: View) -> str:
    """What stands on the left of a right value and cannot be equal to it; "" for none."""
    if not finding.spans:
        return ""
    text, (start, stop) = view.answer.document.text, (view.base + place for place in finding.spans[0])
    typed = _CLAUSE.split(text[max(view.base, start - _NEAR) : start])[-1] + text[start:stop]
    left, sign, right = typed.partition("=")
    check = _CHECKS.get(part.kind)
    if check is not None and sign and (said := left.strip(" ${&*")) and check(part, said, right.strip(" $")):
        return left.strip(" $&*")
    endless = _ENDLESS.match(text[stop : stop + _NEAR]) if part.kind == "number" else None
    return endless[0].strip(" $") if endless is not None else ""


def _of_number(part: Part, left: str, right: str) -> bool:
    r"""`\ln L = e^{3/2}`, and `\lim_{x \to 0} f(x) =` before the limit at infinity."""
    found = _FUNCTION.fullmatch(left)
    if found is not None:
        return found["of"] not in part.about.casefold() and not part.quantities
    closed = _CLOSED.search(left) is not None and len(left) + len(right) < 2 * _NEAR
    if not closed:
        return False
    reference = getattr(part.fields.get("number"), "text", "")
    if reference and compare(reference, left).verdict == EQUAL:
        return False  # = 5.33, which is 16/3 rounded
    return compare(left, _APPROXIMATELY.sub("=", right).rpartition("=")[2]).verdict == DIFFERENT


def _of_formula(part: Part, left: str, right: str) -> bool:
    """`T_3(t) = 2x - 2x^2`, and `F'(x) =` before what has an arbitrary constant."""
    assume = part.fields.get("assume")
    said = getattr(assume, "text", "")
    if _DERIVED.fullmatch(left):
        return "any constant" in said and not part.quantities
    found = _ARGUMENT.fullmatch(left)
    letters = set(_LETTERS.findall(right))
    return found is not None and found["of"] not in letters and bool(letters & {*"xyzt"})


def _of_space(part: Part, left: str, right: str) -> bool:
    """`N(M^T) =` before a basis of the null space of M."""
    found = _SPACE.fullmatch(left)
    asked = getattr(part.fields.get("property"), "text", "")
    if found is None or not asked.endswith("space"):
        return False
    space = _SPACES[found["space"][0].casefold()]
    space = _TURNED[space] if found["turned"] else space
    return not any(name in asked.split() for name in _NAMES[space].split())


_CHECKS: dict[str, Callable[[Part, str, str], bool]] = {
    "number": _of_number,
    "equals": _of_formula,
    "property": _of_space,
}
