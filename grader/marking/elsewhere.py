"""Values that an answer gives to another object or place than the question's: "the gradient at (2, 1)" for (1, 2)."""

from __future__ import annotations

import re
from collections.abc import Iterator

from grader.kinds.kind import View
from grader.marking.cuts import clause_before
from grader.model.patterns import later
from grader.model.results import Finding
from grader.model.rubrics import Part

_REACH = 120  # characters before a value
_THING = (
    r"(?:\$\s*)?(?P<thing>\([-\d., ]+\)|[A-Za-z]\s*=\s*-?\d[\d.]*|[A-Z]\s*[+−-]\s*[A-Z]|[A-Z]\^?[-{]*[A-Z1-9]\}?"
    r"|[A-Z]{2}|infinity|\\infty|∞|the origin|zero|[A-Za-z]'{0,2})(?:\s*\$)?(?![\w'^(]|\s*[-+*/=]\s*[-\w\\])"
)
_PLACED = later(
    rf"\b(?P<how>of|at|for|with respect to|wrt|in)\s+(?:the (?:matrix|point|function|vector|place)\s+)?{_THING}"
)
_ARTICLES = frozenset(["a", "i", "I"])


def of_another(part: Part, finding: Finding, view: View) -> str:
    """What an answer says its value belongs to, where the question names another of the same sort; "" if nothing."""
    title = part.title
    if not finding.spans or not title:
        return ""
    wanted = dict(_places(title))
    if not wanted:
        return ""
    clause = clause_before(view, finding, _REACH)
    asked = {_bare(thing) for _, thing in _places(" ; ".join((title, part.about, *part.quantities)))}
    for how, thing in _places(clause):
        if how in wanted and _sort(thing) == _sort(wanted[how]) and _bare(thing) not in asked:
            return f"{how} {thing}"
    return ""


_QUALIFIERS = (
    "angular|sampling|nyquist|cut-?off|corner|beat|peak-to-peak|effective|rms|average|mean|initial|negative|half|double"
    "|relative|percentage|residual|normali[sz]ed|weighted|cumulative|marginal|conditional|joint|circular|inverse|dual"
)


def qualified_label(part: Part, finding: Finding, view: View) -> str:
    """A word that makes another quantity of a part's label right before a value: "angular frequency 50 Hz"."""
    if not finding.spans or not part.labels:
        return ""
    text, start = view.answer.document.text, view.base + finding.spans[0][0]
    before = text[max(view.base, start - _REACH) : start].casefold()
    asked = " ".join((part.title, part.about, *part.labels, *part.quantities)).casefold()
    labels = "|".join(re.escape(label.casefold()) for label in part.labels if len(label) >= _WORD)
    if not labels:
        return ""
    found = re.search(
        rf"(?:\b(?P<kind>{_QUALIFIERS})\s+)?\b(?:{labels})\b\s*"
        r"(?P<turn>lag|lead|margin|delay|delayed by|error|ratio|shift|step)?"
        r"(?:\s+(?:is|are|was|of|at|the|about|=|:))*[\s:=≈~($]*\Z",
        before,
    )
    said = None if found is None else found["kind"] or found["turn"]
    return "" if found is None or said is None or said in asked else found[0].strip(" :=($")


_WORD = 3  # letters of a label that is no letter of a formula


def _places(text: str) -> Iterator[tuple[str, str]]:
    for found in _PLACED.finditer(text):
        if found["thing"] not in _ARTICLES:
            yield ("with respect to" if found["how"] == "wrt" else found["how"]), found["thing"]


def _bare(thing: str) -> str:
    return re.sub(r"[\s{}$]", "", thing).replace("−", "-")


def _sort(thing: str) -> str:
    """Letters stand for objects; points, values and the origin for places."""
    if thing.startswith("(") or thing in ("the origin", "zero", "infinity", "\\infty", "∞"):
        return "place"
    return "value" if "=" in thing else "object"
