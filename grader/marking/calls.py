"""A value inside of what nobody could read: `foo(10)`, `-np.array([1, 2])`, `1 + 2 + ... + 10`, `ln e^2`."""

from __future__ import annotations

from grader.kinds.kind import View, remark
from grader.model.patterns import later
from grader.model.results import Finding, Status
from grader.prepare.parts import PreparedPart

_VALUED = frozenset(["number", "array", "set"])
_REACH = 60  # characters
_CALL = later(r"(?P<before>[-+*/^\d.]\s?)?(?<![\\\w.])(?P<name>[A-Za-z_](?:[\w.]*\w)?)\(\s*\Z")
_GLUED = later(r"(?P<before>[-+*/^\d.]\s?)?(?<![\\\w.])(?P<name>[A-Za-z_](?:[\w.]*\w)?)\Z")
_LETTER = later(r"[A-Za-z](?:_?\d+|_\w)?")  # P_1(1, 2) is a point
_MADE = frozenset(  # what only says of which type a list is
    "array matrix mat Matrix tensor list tuple set vec vector float int float64 float32 int64 complex Fraction frac c"
    " column row point shape pos frozenset sorted N Rational S asarray col diag".split()
)
_ENDLESS = later(r"(?:\.\.\.|…|\\[lc]?dots[cb]?)\s*[-+*·×]?\s*\Z")
_MINUS = ("-", "−", "–", "‐", "‑", "‒")
_DASH = later(r"(?:\b(?:is|are|equals)|[=:])\s*(?P<sign>[-−–‐‑‒])\s+\Z")  # "It is - 5": a minus, or a dash
_ANY_DASH = later(r"[\w)]\s+(?P<sign>[-−–‐‑‒])\s+\Z")
_CONDITION = later(  # 2x with x = 10
    r"(?:\d[a-z]|[a-z]\s?\^|[)\w]\s?[+*/]\s?\w)[^.;=\n]{0,30}\b(?:with|where|when)\s*\$?\s*\Z"
)
_OPERATORS = later(
    r"(?<![A-Za-z\\])(?:ln|log|lg|mod|choose|sqrt|exp|sin|cos|tan|inv|norm|binom)(?![A-Za-z])|√|\d\s+:\s+\d|\d\s+in\s+\d"
)
_BARRED = later(r"\(\s*[-−]?\d[\d.,\s]*\|[^()|\n]*\)")  # (1,4|3,4), where commas are decimal ones
_ROW = r"\[[^\[\]\n=]*\]"
_GRID = later(rf"{_ROW}[^\[\]\n]*{_ROW}[^\n]*\n[^\S\n]*{_ROW}[^\S\n]+{_ROW}")  # matrices side by side, typed in lines
_OF_LEFT = later(r"[(\[][^()\[\]=]*[)\]]\s*=")
_SHORT = 40  # characters of an answer of which all is looked at
_WORDS = later(r"(?<![A-Za-z\\])[a-z]{4,}")


def in_call(prepared: PreparedPart, view: View, finding: Finding) -> Finding:
    """The finding, for a person where the value that was read stands in such a thing."""
    kind = prepared.kind
    decided = finding.status in (Status.RIGHT, Status.WRONG, Status.PARTIAL)
    if kind is None or kind.name not in _VALUED or not decided or not finding.spans:
        return finding
    if any(reason.id in _OF_PROGRAMS for reason in finding.reasons):
        return finding
    said = _around(view, finding)
    if not said:
        return finding
    reason = remark("changed-by-words", words=said)
    return Finding(Status.REVIEW, None, (reason,), finding.read_as, finding.spans)


_OF_PROGRAMS = frozenset(["read-from-program"])


def _around(view: View, finding: Finding) -> str:
    text = view.answer.document.text
    start, stop = (view.base + place for place in finding.spans[0])
    before = text[max(view.base, start - _REACH) : start]
    opens = text[start : start + 1] in ("(", "[")
    if opens and _OF_LEFT.match(text, start, stop) is not None:  # U(1, 2) - U(0, 0) = 4
        return ""
    found = _CALL.search(before) or (_GLUED.search(before) if opens else None)
    if found is not None and (found["before"] or found["name"].rpartition(".")[2] not in _MADE):
        letter = _LETTER.fullmatch(found["name"]) is not None and not found["before"]
        if not letter:
            return f"{found['name']}("
    if (endless := _ENDLESS.search(before)) is not None and not opens:
        return endless[0].strip()
    told = _DASH if finding.status is Status.RIGHT else _ANY_DASH
    if not text[start : start + 1].startswith(_MINUS) and (dash := told.search(before)) is not None:
        return dash["sign"]
    if (condition := _CONDITION.search(before)) is not None:
        return condition[0].strip(" $")
    whole = view.answer.text.strip()
    if finding.status is Status.WRONG and (odd := _BARRED.search(whole) or _GRID.search(whole)) is not None:
        return odd[0].strip()[:_SHORT]
    if finding.status is Status.WRONG and len(whole) <= _SHORT and _WORDS.search(_OPERATORS.sub("", whole)) is None:
        operator = _OPERATORS.search(whole)
        covered = text[start:stop].strip(" $.") == whole.strip(" $.")
        return "" if operator is None or covered else operator[0]
    return ""
