"""Vectors as they are typed: `F = <3, -4> N`, `e^{xy} \\langle x, y \\rangle`, and `(A'*A) \\ (A'*b)` of Matlab."""

from __future__ import annotations

import re

from grader.equality.nouns import top_level
from grader.model.patterns import later

_LONGEST = 300  # characters
_ANGLES = later(r"(?P<before>^|[=($]|\\left)\s*<(?P<inside>[^<>=]*,[^<>=]*)>")
_SCALED = later(
    r"(?P<head>[\s$]*[^=()\[\]<>]{1,20}=)?(?P<scalar>[^=<>]*?\S)\s*(?:\\left\s*)?(?P<open>\\langle(?![a-z])|⟨|[(\[])"
    r"(?P<inside>.*?)(?:\\right\s*)?(?P<close>\\rangle|⟩|[)\]])(?P<rest>[\s$.]*)",
    re.DOTALL,
)
_PAIRS = {r"\langle": r"\rangle", "⟨": "⟩", "(": ")", "[": "]"}
_LISTED = later(
    r"[\s$]*(?:[^=()\[\]<>]{1,20}=\s*)?(?:\\left\s*)?(?P<open>\\langle(?![a-z])|⟨|[(\[]).*,.*[)\]⟩e][\s$.]*", re.DOTALL
)
_FACTOR = later(  # (3, 4) behind it is scaled, where no function or line may be meant: f(3, 4), t(3, 4)
    r".*[\d)}²³]|[xyz]|.*[\dA-Za-z)}²³\s]\s*[xyzruvw]|.*[A-Za-z\d)}]\^\{?\w\}?", re.DOTALL
)
_SOLVED = later(
    r"(?P<head>\s*[a-z]\w*\s*=)?\s*(?P<matrix>\([^()\\]*\)|[A-Z]'?)\s*\\\s*(?P<right>\([^()\\]*\)|[a-z]|\[[^\[\]\\]*\])(?P<rest>[\s;.]*)"
)
_AXES = later(r"\\(?:hat|vec|mathbf)\s*\{?\s*\\?(?:imath|jmath|[ijk])(?![A-Za-z])")
_UNIT_BEHIND = later(
    r"(?P<vector>.*[)\]⟩>])\s*(?:\\[ ,;])*\s*(?:\\(?:text|mathrm)\s*\{\s*(?P<set>[A-Za-z/^\d ]{1,8})\}"
    r"|(?P<typed>[A-Za-z]{1,3}(?:/[A-Za-z]\^?2?)?))[\s.$]*",
    re.DOTALL,
)


def with_tuples(gold: str, answer: str) -> tuple[str, str]:
    """Both with vectors as lists in brackets, where the other side is one; as they were where none is typed so."""
    if max(len(gold), len(answer)) > _LONGEST:
        return gold, answer
    one, other = (_ANGLES.sub(r"\g<before>(\g<inside>)", text) if "<" in text else text for text in (gold, answer))
    one, other = _without_unit(one, other)
    return _spread(one, other), _spread(other, one)


def _without_unit(one: str, other: str) -> tuple[str, str]:
    """Both vectors without the unit behind them, if it is the same."""
    found = [_UNIT_BEHIND.fullmatch(text) for text in (one, other)]
    if found[0] is None or found[1] is None or not (_AXES.search(one) or _AXES.search(other)):
        return one, other
    units = ["".join((part["set"] or part["typed"]).split()) for part in (found[0], found[1])]
    return (found[0]["vector"], found[1]["vector"]) if units[0] == units[1] else (one, other)


def _spread(text: str, other: str) -> str:
    """`\\frac15 (3, 4)` as a list of products, in the brackets of the other side, if that is a list."""
    if "\\" in text and (solved := _SOLVED.fullmatch(text)) is not None and "$" not in text:
        matrix, right = (re.sub(r"([A-Za-z])'", r"\1^T", solved[part]) for part in ("matrix", "right"))
        return f"{solved['head'] or ''} ({matrix})^{{-1}} * {right}"
    listed, scaled = _LISTED.fullmatch(other), _SCALED.fullmatch(text)
    if listed is None or scaled is None or _PAIRS[scaled["open"]] != scaled["close"]:
        return text
    angled = scaled["open"] in (r"\langle", "⟨")
    scalar, entries = scaled["scalar"].strip(" $"), top_level(scaled["inside"])
    if len(entries) < 2 or not scalar or scalar in (r"\left", "-") or not (angled or _FACTOR.fullmatch(scalar)):
        return text
    if len(top_level(scalar)) > 1 or any(scalar.count(a) != scalar.count(b) for a, b in ("()", "[]", "{}")):
        return text
    opener = "[" if listed["open"] == "[" else "("
    spread = ", ".join(f"{scalar} * ({entry})" for entry in entries)
    return f"{scaled['head'] or ''} {opener}{spread}{_PAIRS[opener]}".replace("$", "")
