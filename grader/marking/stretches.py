"""Answers to several parts in one text, each led by the label of its part: "Zeros: ±1. Poles: 0.5 ± 0.5j. Stable"."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from fractions import Fraction
from functools import lru_cache

from grader.kinds.kind import View, remark
from grader.marking.cuts import since, until
from grader.marking.outcomes import combined
from grader.marking.right_beside import review_told
from grader.marking.told_by_parts import with_points_told
from grader.marking.turns import TURNS
from grader.model.documents import Block
from grader.model.patterns import later
from grader.model.results import Finding, Mark, Status
from grader.prepare.parts import PreparedPart

# What a person may be asked for because of words that belong to another label; other doubts stay.
_UNREAD = frozenset(["no-answer-found", "unreadable", "not-decided", "several-answers", "changed-by-words"])
_MOST = 2000  # characters of an answer
_WORDED = frozenset(["choice", "prose"])  # kinds whose answer may be the label itself: "Stable."
_SAYS = r"(?:=|:|(?:is|are|at|on|for|in|lie at|ist|sind|auf|für)\b)"
_LED = later(  # what stands between a label and its value: "of F is", "F =", ":"
    rf"[^\S\n]*(?:of convergence[^\S\n]*)?(?:(?:of\s+)?(?:\\?[,;: ]\s?)?\$?\\?[A-Za-z]{{1,2}}\$?\s*(?={_SAYS}))?"
    rf"{_SAYS}?[^\S\n]*"
)
_LEAD = later(
    r"\s*(?:[-*•]\s+)?(?:(?:and|und|while|so|also|with)\s+)?(?:(?:the|its|die|der|das)\s+)?"
    r"(?:(?:it|\$?f\$?)\s+is\s+)?(?:(?:strictly|streng|monoton\w*)\s+){0,2}(?:\\displaystyle\s+)?",
    re.IGNORECASE,
)
_TELLS = later(r"[\d=$\\]")


def with_stretches(
    prepared: PreparedPart, view: View, mark: Mark, marked: Callable[[PreparedPart, View], Mark]
) -> Mark:
    """The mark, where a part that was left open is right in the words behind its own label alone.

    Formulas without delimiters are seen only so: where what a label leads is another answer than the one that was
    marked, a person decides.
    """
    mark = _with_labels_twice(prepared, view, with_points_told(prepared, view, mark, marked), marked)
    typed = any(part.kind is not None and part.kind.name == "equals" for part in prepared.parts)
    if len(view.answer.text) > _MOST or (mark.status is not Status.REVIEW and not typed):
        return mark
    views = stretches(prepared.parts, view)
    if views is None:
        return mark
    told: list[Mark] = []
    for part, own, before in zip(prepared.parts, views, mark.parts, strict=True):
        if own is None:
            told.append(before)
            continue
        open_ = before.status in (Status.REVIEW, Status.BLANK)
        doubts = {reason.id for reason in before.reasons}
        bare = "=" not in own.answer.text and "part-named-otherwise" in doubts  # max (-1, 10), min (3, -22)
        unread = open_ and (bare or doubts <= _UNREAD or before.status is Status.BLANK)
        alone = marked(part, own) if unread or (typed and not open_) else before
        if (open_ or typed) and alone.status is Status.REVIEW and (short := _sentence(own)) is not None:
            said = marked(part, short)
            unread, alone = (True, said) if said.status is Status.RIGHT else (unread, alone)
        foreseen = alone.status is Status.PARTIAL and any(reason.mistake for reason in alone.reasons)
        if open_ and not foreseen and alone.status not in (Status.RIGHT, Status.REVIEW):
            if alone.status is not before.status:
                return mark
            alone = before
        opposed = not open_ and alone.status is not before.status
        if opposed and alone.status is Status.RIGHT and _SETS.fullmatch(own.answer.text) is not None:
            unread, opposed = True, False  # nothing else was said: "]-oo, -1] and [3, oo[" was not read before
        told.append(_opened(before) if opposed else alone if unread else before)
    return combined(prepared, tuple(told))._replace(id=mark.id, max=mark.max)


_RANGE = r"\$?\s*[\[\](][^$()\[\]]+[,;][^$()\[\]]+[\])\[]\s*\$?"
_BOUND = r"[^,;\n<>≤≥]{1,30}(?:[<>≤≥]=?|\\[lg](?:eq?|t)?(?![a-z]))[^,;\n<>≤≥]{1,30}"  # |z| > 1/2
_SETS = later(
    rf"\s*(?:on|for|in|auf|für|:)?\s*{_BOUND}[\s.,;]*|"
    rf"\s*(?:on|for|in|auf|für|:)?\s*{_RANGE}"
    rf"(?:\s*(?:,|and|und|∪|\\cup|as well as)\s*(?:(?:on|for|in|auf) )?{_RANGE})*[\s.,;]*"
)


def _without_lead_of_next(block: Block) -> tuple[Block, ...]:
    """The last words before another label, without those that lead that one: "on (0, 1), strictly" decreasing."""
    found = _LEADS_NEXT.search(block.text)
    if found is None:
        return (block,)
    kept = until(block, found.start())
    return (kept,) if kept.text.strip(" \n.,;") else ()


_LEADS_NEXT = later(
    r"(?:(?<=[)\]\[$\d])\s*[.,;]|[.;]\s|(?<=[)\]\[$\d])\s+and)\s*(?:(?:and|und|f|it|is|the|function|strictly|monoton\w+|then|while|streng)[\s,]*)+\Z",
    re.IGNORECASE,
)


def _sentence(view: View) -> View | None:
    """What a label leads up to the end of its sentence, where a reason or another clause follows that takes nothing
    back: "poles at 0.5 ± 0.5j. Since |p| < 1"."""
    block = view.answer.blocks[0] if len(view.answer.blocks) == 1 else None
    end = _ENDS.search(block.text) if block is not None else None
    if block is None or end is None or TURNS.search(block.text, end.end()) is not None:
        return None
    kept = until(block, end.start())
    return view.alone((kept,))


_ENDS = later(
    r"(?<=[\d$)}\]])\.?[.,;]\s+(?=(?:since|because|as|so|thus|hence|therefore|all|both|the|it|this|\$?\\?\|)\b)",
    re.IGNORECASE,
)


def _opened(mark: Mark) -> Mark:
    least, most = Fraction(0), Fraction(1)
    reason = remark("part-named-otherwise")
    return mark._replace(status=Status.REVIEW, credit=None, least=least, most=most, reasons=(reason,))


def stretches(parts: Sequence[PreparedPart], view: View) -> list[View | None] | None:
    """For each part the view of what its label leads; None where labels are missing, or said twice.

    The label of a part that words answer may stand anywhere, "so it is stable": it then has no stretch.
    """
    found = [_heads(part, parts, view.answer.blocks) or _compared(part, view.answer.blocks) for part in parts]
    worded = [part.kind is not None and part.kind.name in _WORDED for part in parts]
    led = [number for number, own in enumerate(found) if len(own) == 1 or not worded[number]]
    if any(len(found[number]) != 1 for number in led) or len(led) < min(2, len(parts)):
        return None
    heads = [own[0] if own else (0, 0, 0) for own in found]
    order = sorted(led, key=lambda number: heads[number][:2])
    first = heads[order[0]]
    above = [*(block.text for block in view.answer.blocks[: first[0]]), view.answer.blocks[first[0]].text[: first[1]]]
    if _TELLS.search("".join(above)) is not None:
        return None
    views: list[View | None] = [None] * len(parts)
    for place, number in enumerate(order):
        at, start, behind = heads[number]
        stop = heads[order[place + 1]][:2] if place + 1 < len(order) else None
        blocks = _between(view.answer.blocks, (at, start if worded[number] else behind), stop)
        if stop is not None and blocks and not worded[number]:
            blocks = (*blocks[:-1], *_without_lead_of_next(blocks[-1]))
        views[number] = view.alone(blocks)
    return views


def _heads(part: PreparedPart, parts: Sequence[PreparedPart], blocks: Sequence[Block]) -> list[tuple[int, int, int]]:
    """Where a label begins a clause: the number of the block, and in its text where it begins and its value begins."""
    pattern = _pattern(part.part.labels or (part.part.id,))
    applied = {label.partition(sign)[0].casefold() for label in part.part.labels for sign in "([" if sign in label}
    found: list[tuple[int, int, int]] = []
    for number, block in enumerate(blocks):
        text = block.text
        for hit in pattern.finditer(text):
            if applied and _ARGUMENT.match(text, hit.end()) and hit["label"].casefold().lstrip("\\") in applied:
                continue  # Var(Y), where the label is Var(X)
            if _OF.match(text, hit.end()):
                continue  # the uncertainty of the length, where that of g is asked for
            led = _LED.match(text, hit.end())
            start, behind = hit.start("label"), led.end() if led is not None else hit.end()
            if found and found[-1][0] == number and not text[found[-1][2] : start].strip(" $"):
                continue  # ROC: |z| > 1/2, where both are labels
            found.append((number, start, start if _IS_ORDERED.match(text, hit.end()) else behind))
    return found


_IS_ORDERED = later(r"[\s$]*(?:[<>≤≥]|\\[lg](?:eq?|t)?(?![a-z]))")  # |z| > 1/2, of which |z| is a label


def _with_labels_twice(
    prepared: PreparedPart, view: View, mark: Mark, marked: Callable[[PreparedPart, View], Mark]
) -> Mark:
    """The mark, with a part for a person whose label stands twice, once with a wrong value: "mean 4, ..., mean 3"."""
    blocks = view.answer.blocks
    if len(view.answer.text) > _MOST or not any(one.status is Status.RIGHT for one in mark.parts):
        return mark
    heads = [_heads(part, prepared.parts, blocks) for part in prepared.parts]
    every = sorted(head for own in heads for head in own)
    told = list(mark.parts)
    for number, (part, own) in enumerate(zip(prepared.parts, heads, strict=True)):
        if len(own) < _TWICE or told[number].status is not Status.RIGHT or part.kind is None:
            continue
        for head in own if part.kind.name in _VALUED else ():
            stop = next((other[:2] for other in every if other > head), None)
            piece = _between(blocks, (head[0], head[2]), stop)
            if not piece or _BEGINS.match(piece[0].text) is None:
                continue
            if marked(part, view.alone(piece)).status is Status.WRONG:
                told[number] = review_told(told[number])
    return combined(prepared, tuple(told))._replace(id=mark.id, max=mark.max) if told != [*mark.parts] else mark


_TWICE = 2
_VALUED = frozenset(["number", "array", "set"])
_BEGINS = later(r"\s*\$?\s*[-−\d({\[]")


def under_title(
    prepared: PreparedPart, view: View, finding: Finding, judged: Callable[[PreparedPart, View], Finding]
) -> Finding:
    """The finding where several values stood in an answer, of which the title of its question leads the right one.

    "Cluster 1: (0,0), (2,0). New centres: (1,0)": what stands before is no answer to "New centres". No words take
    anything back.
    """
    several = finding.status is Status.REVIEW and {reason.id for reason in finding.reasons} == {"several-answers"}
    blocks, title = view.answer.blocks, prepared.part.title
    if not several or len(view.answer.text) > _MOST or not title or TURNS.search(view.answer.text) is not None:
        return finding
    pattern = _titled(title)
    hits = [(number, hit) for number, block in enumerate(blocks) for hit in pattern.finditer(block.text)]
    if len(hits) != 1 or not (hits[0][0] or hits[0][1].start()):
        return finding
    alone = judged(prepared, view.alone(_between(blocks, (hits[0][0], hits[0][1].end()), None)))
    return alone if alone.status is Status.RIGHT else finding


@lru_cache(maxsize=200)
def _titled(title: str) -> re.Pattern[str]:
    """The title, or its last word before "of", where a clause begins with it: "The projection is ..."."""
    head = re.split(r"\s+(?:of|for|in|at|with)\s|[,:(]", title.strip())[0].split()
    names = {re.escape(title.strip()), r"\s+".join(map(re.escape, head)), re.escape(head[-1]) if head else ""}
    words = "|".join(sorted((name for name in names if len(name) > _SHORTEST), key=len, reverse=True)) or r"(?!)"
    return re.compile(
        rf"(?:\A|[.;]\s+|\n\s*|,?\s(?:and|so|hence|thus)\s+)(?:(?:so|hence|thus|therefore|finally),?\s+)?(?:the\s+)?"
        rf"(?:{words})(?:\s+of\s+\S+)?\s*(?::|\b(?:is|are)\b(?! not))\s*",
        re.IGNORECASE,
    )


_SHORTEST = 3  # letters of a word that says what is asked for


def _compared(part: PreparedPart, blocks: Sequence[Block]) -> list[tuple[int, int, int]]:
    """Where what an inequality is about stands again before such a sign: the |z| of "X(z) = ..., |z| > 1/2"."""
    reference = getattr(part.expected, "text", "") if part.kind is not None and part.kind.name == "equals" else ""
    if (of := _ABOUT.match(reference)) is None:
        return []
    pattern = _about(of["letter"])
    return [
        (number, hit.start("label"), hit.start("label"))
        for number, block in enumerate(blocks)
        for hit in pattern.finditer(block.text)
    ]


_ORDER = r"(?:[<>≤≥]|\\[lg](?:eq?|t)?(?![a-z]))"
_ABOUT = later(rf"\s*(?:\|\s*(?P<letter>[a-z])\s*\|)\s*{_ORDER}")


@lru_cache(maxsize=50)
def _about(letter: str) -> re.Pattern[str]:
    bar = r"(?:\||\\[lr]?vert(?![a-z]))"
    return re.compile(rf"(?:\A|[.,;:(]\s*|\s)(?P<label>\$?\s*{bar}\s*{letter}\s*{bar}\s*{_ORDER})")


_OF = later(  # but "increasing for x > 1"
    r"\s+(?:of|for|in)\b(?!\s+convergence)(?!\s+(?:all\s+)?\$?\s*(?:[a-z]\s*|[-−]?[\d./]+\s*)(?:[<>≤≥]|\\[lg](?:eq?|t)?(?![a-z])))"
)
_ARGUMENT = later(r"\s*(?:\\left\s*)?[(\[]")


@lru_cache(maxsize=200)
def _pattern(labels: tuple[str, ...]) -> re.Pattern[str]:
    words = "|".join(sorted((re.escape(label) for label in labels), key=len, reverse=True))
    typeset = rf"\\(?:operatorname|mathrm|text)\s*\{{\s*(?:{words})\s*\}}|\\?(?:{words})(?![A-Za-z])"
    return re.compile(rf"(?:\A|[.,;]\s|\n|\s(?:and|und)\s){_LEAD.pattern}\$?(?P<label>{typeset})", re.IGNORECASE)


def _between(blocks: Sequence[Block], start: tuple[int, int], stop: tuple[int, int] | None) -> tuple[Block, ...]:
    kept: list[Block] = []
    for number, block in enumerate(blocks):
        if number < start[0] or (stop is not None and number > stop[0]):
            continue
        own = block
        if stop is not None and number == stop[0]:
            own = until(own, stop[1])
        if number == start[0]:
            own = since(own, start[1])
        if own.text.strip(" \n.,;"):
            kept.append(own)
    return tuple(kept)
