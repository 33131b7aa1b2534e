"""Who or what a right value is said of: "R1 dissipates 12 W" for R2, "each filter has 448" for a layer, "at most 2"."""

from __future__ import annotations

from grader.kinds.kind import View
from grader.marking.cuts import clause_before
from grader.model.patterns import later
from grader.model.results import Finding
from grader.model.rubrics import Part

_REACH = 100  # characters before a value
_VERBS = (
    "has|have|needs?|contains?|uses?|learns?|requires?|takes?|costs?|gives?|holds?|is|are|gets?|dissipates?|consumes?"
)
_EACH = later(
    rf"(?P<who>\b(?:each|every)(?: one)?(?: of (?:the|these|those|them)(?: \w+)?)?(?: \w+)?) (?:{_VERBS})"
    r"(?: only| about| exactly| another)?[\s$:=(]*\Z",
    holds=("each", "every"),
)
_TOGETHER = later(r"\b(?P<who>together|both|altogether|jointly)\b[^.;]*\Z", holds=("together", "both", "jointly"))
_BOUND = later(
    r"\b(?P<who>(?:worse|better|faster|slower|steeper|more|less) than|(?:at (?:most|least)|no (?:more|less) than)"
    r"(?: from)?)[\s$\\(]*\Z",
    holds=("than", "at"),
)
_NONE = later(
    r"\b(?P<who>(?:limit|series|integral|derivative|inverse|sum) (?:itself )?(?:does ?n.t|doesn.?t|does not) exist)",
    holds=("limit", "series", "integral", "derivative", "inverse", "sum"),
)
_SYMBOL = later(r"(?<![\w\\{])(?P<letter>[A-Z])\s?_?\{?(?P<digit>\d)\}?(?!\w)")
_ONE = ("each", "every", "per ", "single", "one ")


def of_other_subject(part: Part, kind: str, finding: Finding, view: View) -> str:
    """The words before a right value by which it is that of somebody or something else; "" for none."""
    if not finding.spans:
        return ""
    typed = clause_before(view, finding, _REACH)
    clause, asked = typed.casefold(), " ".join((part.title, part.about, *part.labels)).casefold()
    bound = _BOUND.search(clause)
    if bound is not None and bound["who"] not in asked:
        return bound["who"]
    if kind != "number":
        return ""
    missing = _NONE.search(view.answer.text.casefold())
    if missing is not None:
        return missing["who"]
    each = _EACH.search(clause) if part.title and not any(word in asked for word in _ONE) else None
    return each["who"] if each is not None else _of_others(part, asked, typed)


def _of_others(part: Part, asked: str, typed: str) -> str:
    """ "both dissipate", and R1 in place of R2, before a value with a unit."""
    if not part.title or part.fields.get("unit") is None:
        return ""
    found = _TOGETHER.search(typed.casefold())
    if found is not None and not any(word in asked for word in ("together", "both", "total", "altogether", "all ")):
        return found["who"]
    own = [hit.group("letter", "digit") for hit in _SYMBOL.finditer(part.title)]
    said = [hit.group("letter", "digit") for hit in _SYMBOL.finditer(typed.partition("=")[0])]
    others = [pair for pair in said if pair not in own and pair[0] in {letter for letter, _ in own}]
    return "".join(others[0]) if others and not any(pair in own for pair in said) else ""
