"""Who or what a right value is said of: "R1 dissipates 12 W" for R2, "each filter has 448" for a layer, "at most 2"."""

from __future__ import annotations

import re

from grader.kinds.kind import View
from grader.marking.cuts import clause_before, sentence_around
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
_PART = r"half|twice|double|(?:a|one) (?:half|third|quarter|fifth|tenth)|two thirds|three quarters|three times"
_IS = r"(?:is|was|are|equals?|has|=)[\s$:=(]*\Z"
_PART_OF = later(
    rf"\b(?P<who>(?:{_PART})(?: of)?(?: the| its| this)? (?!as\b|that\b)\w+(?: \w+){{0,3}}) {_IS}",
    holds="half twice double third quarter fifth tenth thirds quarters times".split(),
)
_FUNCTIONS = (
    "standard error|error|uncertainty|variance|derivative|square|square root|inverse|logarithm|log|reciprocal|negative"
    "|change|percentage|complement|standard deviation"
)
_MADE_OF = later(rf"\b(?P<who>(?:{_FUNCTIONS}) of (?:the |its |this )?\w+) {_IS}", holds=tuple(_FUNCTIONS.split("|")))
_COUNTS = dict(zip("one two three four five six seven eight nine ten".split(), range(1, 11), strict=True))
_WHEN = later(
    r"\b(?P<how>after|at|in|within|for|over)\s+"
    rf"\$?(?P<count>\d+(?:\.\d+)?|{'|'.join(_COUNTS)})\$?[\s~]*(?:\\[,;: ])?\s*"
    r"(?P<unit>hours?|h|seconds?|s|minutes?|min|days?|weeks?|months?|years?|epochs?|steps?|iterations?|metres?|meters?|m"
    r"|%|percent)(?![A-Za-z])",
    re.IGNORECASE,
)
_LEVEL = later(
    r"(?P<level>\d+(?:\.\d+)?)\s*\\?%[\s-]*(?:confidence|level|interval|ci\b|certainty)|(?:confidence|level)"
    r"(?: level)?(?: of)?\s*(?P<told>\d+(?:\.\d+)?)\s*\\?%",
    re.IGNORECASE,
)
_FUNCTION_OF = later(r"(?<![\\\w])(?P<who>log|ln|exp|sqrt|minus|negative)\s+[A-Za-z]\w*\s*=\s*\Z", holds=("=",))
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
    if part.title and (other := _at_other_time(part, finding, view) or _of_other_level(part, view)):
        return other
    made = _PART_OF.search(clause) or _MADE_OF.search(clause) or _FUNCTION_OF.search(clause)
    if made is not None and _of_what(made["who"]) not in asked:
        return made["who"]
    if kind != "number":
        return ""
    missing = _NONE.search(view.answer.text.casefold())
    if missing is not None:
        return missing["who"]
    each = _EACH.search(clause) if part.title and not any(word in asked for word in _ONE) else None
    return each["who"] if each is not None else _of_others(part, asked, typed)


def _of_what(said: str) -> str:
    """The word that makes something else of what is asked for: `third` of "a third of the side"."""
    first, *rest = said.split()
    return rest[0] if first in ("a", "one") and rest else first


def _at_other_time(part: Part, finding: Finding, view: View) -> str:
    """ "after 4 hours", in the sentence of a value that is asked for after 5 hours."""
    wanted = {(_count(found), _unit(found)) for found in _WHEN.finditer(part.title)}
    if not wanted:
        return ""
    said = sentence_around(view, finding, _REACH)
    told = [(found, (_count(found), _unit(found))) for found in _WHEN.finditer(said)]
    of_unit = [(found, pair) for found, pair in told if pair[1] in {unit for _, unit in wanted}]
    return of_unit[0][0][0] if len(of_unit) == 1 and of_unit[0][1] not in wanted else ""


def _count(found: re.Match[str]) -> float:
    said = found["count"].casefold()
    return float(_COUNTS.get(said) or said) if said in _COUNTS or said[0].isdigit() else 0.0


def _unit(found: re.Match[str]) -> str:
    unit = found["unit"].casefold()
    return _SHORT.get(unit.rstrip("s") or unit, unit.rstrip("s") or unit)


_SHORT = {"hour": "h", "second": "", "minute": "min", "metre": "m", "meter": "m", "percent": "%"}


def _of_other_level(part: Part, view: View) -> str:
    """ "for 90 % confidence", where an interval of 95 % is asked for, and the answer says nothing of that."""
    wanted = {found["level"] or found["told"] for found in _LEVEL.finditer(part.title)}
    said = [found for found in _LEVEL.finditer(view.answer.text)]
    levels = {found["level"] or found["told"] for found in said}
    return said[0][0] if wanted and levels and levels.isdisjoint(wanted) else ""


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
