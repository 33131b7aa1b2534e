"""A formula behind the values that it is made of, and before where it holds: "A = 2, B = -1; x(t) = ... for t >= 0"."""

from __future__ import annotations

import re
from collections.abc import Iterator

from grader.equality.answers import compare
from grader.equality.verdicts import EQUAL
from grader.kinds._equal_conclusions import TURNED, is_named_otherwise
from grader.kinds._equal_doubts import letters_of
from grader.kinds._equal_orders import are_lower
from grader.model.patterns import later
from grader.model.records import NamedTuple

_SINCE = r"[A-Za-z]\s*(?:>=?|≥|\\geq?(?:slant)?(?![a-z])|\\gt(?![a-z]))\s*0(?![\d.,]\d)"
_WHERE = r"(?:valid )?(?:for|when|where|with|if)\s+(?:all |every |any )?"
_BEHIND = later(rf"[\s,;]*\(?\s*{_WHERE}\$?\s*{_SINCE}\s*\$?\s*\)?[\s.]*\Z|[\s,;]*\(\s*\$\s*{_SINCE}\s*\$\s*\)[\s.]*\Z")
_INSIDE = later(
    rf"(?:\\q?quad(?![a-z])|\\[,;:! ]|\s|,|\$\s*,\s*\$|\\text\s*\{{\s*{_WHERE}\}})+"
    rf"\(?\s*{_SINCE}\s*\)?\s*(?P<close>\$)?[\s.]*\Z"
)
_BOUNDARY = later(
    r"[,;]|:(?=\s)|\\q?quad(?![a-z])|\\(?:Rightarrow|implies|Longrightarrow|to)(?![a-z])|[-=]+>|⇒|→|\\text\s*\{[^{}]*\}"
    r"|(?<![\\A-Za-z])(?:and|so|thus|hence|therefore|with|then|also|where)(?![A-Za-z])",
    re.IGNORECASE,
)
_DEFINED = later(
    r"(?P<name>\\?[A-Za-z]+(?:_(?:\{\w+\}|\w))?)\s*(?:\(\s*(?P<of>[A-Za-z])\s*\))?\s*=(?P<value>[^=<>]+)", re.DOTALL
)
_EQUATION = later(r"(?P<name>[A-Za-z])'(?:\([A-Za-z]\))?\s*=(?P<side>[^=<>]+)")
_NUMBER = later(r"\s*[-+−]?\s*(?:\d+(?:[./]\d+)?|\\[dt]?frac\s*\{?\s*\d+\s*\}?\s*\{?\s*\d+\s*\}?)\s*")
_WORD = later(r"(?<![\\A-Za-z])[A-Za-z]{4,}")
_FUNCTIONS = frozenset("sqrt sinh cosh tanh arcsin arccos arctan".split())


class Last(NamedTuple):
    """The formula that an answer comes to: its text, and how it reads."""

    text: str
    read_as: str


def without_domain(text: str) -> str:
    """The text before "for t >= 0", with which it ends; "" where it does not."""
    if (real := _REAL.search(text)) is not None and text[: real.start()].strip(" $"):
        rest = text[: real.start()]
        return f"{rest}$" if rest.count("$") % 2 else rest
    found = _BEHIND.search(text) or _INSIDE.search(text)
    if found is None or not text[: found.start()].strip(" $"):
        return ""
    close = found.groupdict().get("close") or ""
    rest = text[: found.start()] + close
    letter = _BOUNDED.findall(found[0])[-1]
    about = re.search(rf"(?<![A-Za-z\\]){letter}(?![A-Za-z])", rest) is not None
    return rest if about and rest.count("$") % 2 == 0 else ""


_ONE = r"[A-Za-z](?:_\{?\d\}?|\d)?"
_REAL = later(  # C_1, C_2 \in \mathbb R
    rf"(?:[,;\s$]|\\q?quad|\\[ ,;:]|\b(?:where|with|for|and)\b)+{_ONE}(?:[\s$]*,[\s$]*{_ONE})*[\s$]*(?:\\in|∈)\s*"
    r"(?:\\mathbb\s*\{?\s*[RC]\s*\}?|ℝ|ℂ)[\s.$]*\Z"
)
_BOUNDED = re.compile(r"([A-Za-z])\s*(?:[>≥]|\\g)")


def last_of(gold: str, assume: str, text: str) -> Last | None:
    """The right formula that stands last, where only where it holds and the values in it stand beside it."""
    plain = without_domain(text)
    if TURNED.search(plain or text):
        return None
    if plain and (said := _said(gold, plain.strip(" $."), assume)) is not None:
        return said
    members = [piece for piece in members_of(_unset((plain or text).replace("$", " "))) if piece.strip(" .")]
    if len(members) < 2 or any(_is_prose(one) for one in members):
        from grader.kinds._equal_expansions import expansion  # what few answers give

        return expansion(gold, assume, text)
    *helpers, last = members
    in_lines = _unset(text) != text and all("=" in one for one in helpers) and _solved(last) and "=" in last
    leads = in_lines or _are_helpers(helpers, last, gold) or are_lower(helpers, last)
    return _said(gold, last, assume) if leads else None


def _unset(text: str) -> str:
    """The lines of an `align` one behind the other."""
    if "\\begin" not in text or _ALIGNED.search(text) is None or "matrix" in text or "cases" in text:
        return text
    return _ALIGNED.sub(" ", text).replace("&", " ").replace("\\\\", " ; ")


_ALIGNED = later(r"\\(?:begin|end)\s*\{(?:align|aligned|gather|gathered|split|eqnarray)\*?\}")


def _said(gold: str, text: str, assume: str) -> Last | None:
    """What a formula says, if it is the reference and not another quantity with its value."""
    if is_named_otherwise(gold, text):
        return None
    found = compare(gold, text, assume=assume)
    return Last(text, found.answer_as) if found.verdict == EQUAL else None


def right_among(gold: str, assume: str, text: str) -> str:
    """The right formula, as it is written, that stands beside others in one line: "V = kq/r → E = kq/r^2"; or "".

    An equation that an arrow leads on from, "k^2 = 16 ⇒ k = 4", is no answer unless its left side is one letter.
    """
    members = (
        [piece.strip(" .\n") for piece in members_of(text.replace("$", " ").replace(" or ", " ; "))]
        if len(text) < _LONGEST
        else []
    )
    found = [one for one in members if one and not _is_prose(one)][-_FEW:]
    if len(found) < len([one for one in members if one]) or len(found) < 2 or _BOUNDS.search("".join(found[1:])):
        return ""  # "y = a e^x; a > 0" says where it holds
    left = found[-1].partition("=")[0].strip() if "=" in found[-1] else None  # "z = 2 + 4(x-1), or z = 4x-3" goes on
    others = [one for one in found[:-1] if _solved(one) and one.partition("=")[0].strip() != left]
    return next((one for one in others if compare(gold, one, assume=assume).verdict == EQUAL), "")


def right_before_slip(gold: str, assume: str, text: str) -> bool:
    """Whether a chain says the reference before it ends in something else: "12 - gt^2/2 = 12 - 5t^2"."""
    if len(text) > _LONGEST or "=" not in text or _BOUNDS.search(text) or _ASKED.match(text):
        return False
    *earlier, _ = text.replace("$", " ").split("=")
    members = [one.strip(" .\n") for one in earlier if not _is_prose(one)]
    return any(one and compare(gold, one, assume=assume).verdict == EQUAL for one in members[-_FEW:])


_ASKED = later(r"[\s$(]*\\(?:int|iint|oint|lim|sum|prod)(?![a-z])|[\s$]*[∫∑∏]")  # what the question says itself
_LONGEST, _FEW = 300, 4
_BOUNDS = later(r"[<>≤≥]|\\[lg](?:eq?|t)(?![a-z])")


def _solved(text: str) -> bool:
    left, sign, _ = text.partition("=")
    return not sign or _SOLVED.fullmatch(left.strip()) is not None


_SOLVED = later(
    r"\\?[A-Za-z]+(?:_(?:\{\w+\}|\w))?'*\s*(?:\(\s*[A-Za-z]\s*\))?|\\?d?\w/\s*d\w|\\frac\{.{1,20}\}\{.{1,20}\}"
)


def members_of(text: str) -> Iterator[str]:
    """The pieces of a text between the signs and words that set statements apart, outside brackets."""
    start, depth, at = 0, 0, 0
    edges = {found.start(): found.end() for found in _BOUNDARY.finditer(text)}
    while at < len(text):
        depth += (text[at] in "([{") - (text[at] in ")]}")
        if depth == 0 and at in edges:
            yield text[start:at]
            start = at = edges[at]
        else:
            at += 1
    yield text[start:]


def _is_prose(text: str) -> bool:
    return any(word not in _FUNCTIONS for word in _WORD.findall(text))


def _are_helpers(helpers: list[str], last: str, gold: str) -> bool:
    """Whether what stands before gives numbers to letters that the reference has not, or says what a transform is."""
    named = _DEFINED.fullmatch(last.strip(" ."))
    names = [named["name"]] if named is not None else []
    asked = letters_of(gold)
    for one in helpers:
        if named is not None and _is_solved_by(one.strip(" ."), named):  # y' = -2y → y = 5 e^{-2t}
            continue
        found = _DEFINED.fullmatch(one.strip(" ."))
        if found is None or found["name"] in names or found["name"].lstrip("\\") in asked:
            return False
        elsewhere = found["of"] is not None and found["of"] not in asked
        if not elsewhere and _NUMBER.fullmatch(found["value"]) is None:
            return False
        names.append(found["name"])
    return True


def _is_solved_by(equation: str, named: re.Match[str]) -> bool:
    """Whether a function of one letter, as it is defined, makes a differential equation of first order true."""
    found, value = _EQUATION.fullmatch(equation), named["value"].strip()
    letters = letters_of(value) - {named["name"], "e", "pi"}
    if found is None or found["name"] != named["name"] or len(letters) != 1:
        return False
    side = re.sub(rf"(?<![A-Za-z\\]){found['name']}(?![A-Za-z])", lambda _: f"({value})", found["side"])
    return compare(rf"\frac{{d}}{{d{min(letters)}}} ({value})", side).verdict == EQUAL
