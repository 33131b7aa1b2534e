"""Values behind a part's own letter and a sign of equality, among numbers that have none: "t = 3.0, beyond 2.131"."""

from __future__ import annotations

import re
from collections.abc import Callable
from functools import lru_cache

from grader.kinds.kind import View, remark
from grader.marking.cuts import since, until
from grader.marking.outcomes import combined
from grader.marking.right_beside import review_told
from grader.marking.turns import ORDERS
from grader.model.documents import Block
from grader.model.patterns import later
from grader.model.results import Finding, Mark, Status
from grader.prepare.parts import PreparedPart

_MOST = 600  # characters of an answer
_END = later(
    r"[.;,](?=\s|\\|\Z)|\\q?quad(?![a-z])|\n|\b(?:and|so|hence|thus|which|this|und)\b|\s(?:[<>≤≥]|\\[lg](?:eq?|t)(?![a-z]))|\Z"
)


def with_own_labels(
    prepared: PreparedPart, view: View, mark: Mark, marked: Callable[[PreparedPart, View], Mark]
) -> Mark:
    """The mark, where a number that has no name was taken for a part whose own letter stands before another one.

    Only one value may have the letter, no words may take anything back, and what the other numbers are must be told:
    they have names of their own, or are compared with. A doubt of any other kind stays one.
    """
    text = view.answer.text
    open_ = [_is_open(part) for part in mark.parts]
    if not any(open_) or len(text) > _MOST or _turns(text):
        return mark
    told = list(mark.parts)
    for number, part in enumerate(prepared.parts):
        if not open_[number] or part.kind is None or part.kind.name != "number":
            continue
        pieces = _led(part.part.labels, view.answer.blocks)
        if _words(part.part.labels).search(_BESIDE.sub("=", text)) is not None:
            continue  # "t = 3.0 is the critical value, the statistic is 2.131"
        alone = marked(part, view.alone((pieces[0],))) if len(pieces) == 1 else None
        if alone is None:
            continue
        foreseen = alone.status is Status.PARTIAL and any(reason.mistake for reason in alone.reasons)
        if alone.status is not Status.RIGHT and not foreseen:
            continue
        if _UNTOLD.search(_TOLD.sub(" ", text)) is not None:  # "t = 3.0, by hand 2.9"
            told[number] = review_told(told[number])
        else:
            told[number] = alone._replace(id=told[number].id, max=told[number].max)
    return combined(prepared, tuple(told))._replace(id=mark.id, max=mark.max) if told != [*mark.parts] else mark


def _turns(text: str) -> bool:
    """Whether words of an answer turn or order its values; those of a decision do not: "H0 is not rejected"."""
    return ORDERS.search(_DECIDES.sub(" ", text)) is not None


_DECIDES = later(
    r"\b(?:(?:is|are|was|can|do|does|could|we) ?(?:not|n['’]t)|cannot|not) (?:be )?"
    r"(?:reject|significant|accept|retain)\w*",
    re.IGNORECASE,
    holds=("reject", "significant", "accept", "retain"),
)


def of_quantity(
    prepared: PreparedPart, view: View, finding: Finding, judge: Callable[[PreparedPart, View], Finding]
) -> Finding:
    """The finding, or for a number that is not right, the right one behind the letter of what is asked for.

    "t = 3.0, which is beyond the critical value 2.131": the same rules as for a part.
    """
    text, letters = view.answer.text, prepared.part.quantities
    of_number = prepared.kind is not None and prepared.kind.name == "number" and bool(letters)
    doubts = {reason.id for reason in finding.reasons}
    several = finding.status is Status.REVIEW and bool(doubts) and doubts <= _OF_SEVERAL
    if of_number and finding.status is Status.RIGHT:
        return _unless_named(prepared, view, finding, judge)
    if not of_number or not (several or finding.status is Status.WRONG) or len(text) > _MOST or _turns(text):
        return finding
    pieces = _led(letters, view.answer.blocks)
    alone = judge(prepared, view.alone((pieces[0],))) if len(pieces) == 1 else None
    if alone is None or alone.status is not Status.RIGHT:
        return finding
    if _UNTOLD.search(_TOLD.sub(" ", text)) is not None:
        return Finding(Status.REVIEW, None, (remark("several-answers"),), alone.read_as, alone.spans)
    return alone


def _unless_named(
    prepared: PreparedPart, view: View, finding: Finding, judge: Callable[[PreparedPart, View], Finding]
) -> Finding:
    """A right number, or a person's where the letter asked for stands before another: "t = 2.1, beyond 3"."""
    pieces = _led(prepared.part.quantities, view.answer.blocks)
    if len(pieces) != 1 or not finding.spans:
        return finding
    low, high = pieces[0].span.start, pieces[0].span.stop
    if any(low <= start < high or low < stop <= high for start, stop in finding.spans):
        return finding
    alone = judge(prepared, view.alone((pieces[0],)))
    if alone.status not in (Status.WRONG, Status.PARTIAL):
        return finding
    return Finding(Status.REVIEW, None, (remark("several-answers"),), finding.read_as, finding.spans)


_BESIDE = later(r"\b[^\W\d_]{3,}(?:\s+(?:is|are|has|value|of))*[\s:$(]*\\?[A-Za-z](?:_\{?\w+\}?)?\s*(?:=|\\approx|≈)")


@lru_cache(maxsize=200)
def _words(labels: tuple[str, ...]) -> re.Pattern[str]:
    """The labels that are words, wherever they stand but directly before the letter."""
    long = "|".join(re.escape(one) for one in labels if len(one) >= _WORD and one.isalpha()) or r"(?!)"
    return re.compile(rf"(?<!\w)(?:{long})(?!\w)", re.IGNORECASE)


_WORD = 3  # letters


_OF_ANOTHER = later(  # the critical t = 2.131
    r"\b(?:critical|tabulated|table|threshold|given|for|if|assume[sd]?|suppose|let|old|initial|maximal|minimal|other|first"
    r"|second|mean|average|expected|estimated|without|from)\s+\$?\s*\Z"
    r"|\\(?!quad|qquad|text|displaystyle|;|,)[A-Za-z]+\s*\Z|(?<![A-Za-z\\])[A-ZΔδ-]\s?\Z",  # \delta x
    re.IGNORECASE,
)


def _is_open(part: Mark) -> bool:
    """Whether another value was taken, or nobody knows which; of a value with a doubt about it there is no other."""
    doubts = {reason.id for reason in part.reasons}
    return part.status is Status.WRONG or (part.status is Status.REVIEW and bool(doubts) and doubts <= _OF_SEVERAL)


_OF_SEVERAL = frozenset(["several-answers", "part-named-otherwise"])
_TOLD = later(  # a value behind its name, and one that is compared with
    r"\\?[A-Za-zα-ωΑ-Ω]\w*(?:_\{?\w+\}?)?\s*(?:=|\\approx|≈)[^,;\n$]*?(?=[,;\n$]|\.\s|\.?\Z|\b(?:and|so|hence|thus|with)\b)"
    r"|[A-Za-z]_\{?\w+\}?"
    r"|\bthe (?:[a-z]+ ){1,4}(?:is|was|equals) [^,;\n]*?(?=[,;\n]|\.\s|\.?\Z)"
    r"|(?:\b(?:beyond|exceeds?|than|above|below|critical value|at the level|level|quantile)\b|[<>≤≥]"
    r"|\\[lg](?:eq?|t)(?![a-z]))[^.;,\d]{0,25}\d[\d.,]*(?:\\[,; ])*\s*(?:\\?%)?",
    re.IGNORECASE,
)
_UNTOLD = later(r"\d")


def _led(labels: tuple[str, ...], blocks: tuple[Block, ...]) -> list[Block]:
    """The pieces of an answer from an own letter and its sign of equality up to the end of that value."""
    found: list[Block] = []
    for block in blocks:
        for hit in _letters(labels).finditer(block.text):
            if _OF_ANOTHER.search(block.text[: hit.start()]) is not None:
                return []
            end = _END.search(block.text, hit.end())
            stop = len(block.text) if end is None else end.start()
            found.append(since(until(block, stop), hit.start("label")))
    return found


@lru_cache(maxsize=200)
def _letters(labels: tuple[str, ...]) -> re.Pattern[str]:
    words = "|".join(sorted((re.escape(one) for one in labels if not one.isspace()), key=len, reverse=True)) or r"(?!)"
    return re.compile(
        rf"(?<![\w\\/|^(])(?<![-+*/·−]\s)(?<![-+*/·−])(?P<label>\\?(?:{words}))\s*(?:=|\\approx|≈)(?=\s*[-−\d\\(√$])"
    )
