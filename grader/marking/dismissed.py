"""What an answer mentions to turn it down: "it isn't (40, 80, 240) but (40, 80, 2400)", "I first had -2"."""

from __future__ import annotations

import re

from grader.model.answers import Answer
from grader.model.documents import Block
from grader.model.patterns import later

_NOT = (
    r"(?:(?:is|are|was|were|do|does|did|can|could|will|would)(?:\s?n\W?t|\s+not)|can\s?not|not)"
    r"(?!\s+(?:only|just|quite|even)\b)"
)
_PLACED = r"[\d(\[]"  # something that may be taken for an answer
_ENDS = r"[^.;!?\n]|\.(?=\d)"  # repeated a few times only: a sentence may be a megabyte long
_SUBJECT = r"(?:it|this|that|the\s+(?:shape|size|answer|result|value|number|output)(?:\s+of\s+\w+)?)"
# Each finds a stretch that goes, up to what the answer says instead.
_TURNED_DOWN = (
    later(
        rf"\b{_NOT}\s+(?:{_ENDS}){{0,60}}?{_PLACED}(?:{_ENDS}){{0,40}}?,?\s+but\b(?!\s+(?:that|this|it|they|i)\b)"
        r"(?:\s+(?:rather|instead))?",
        re.I,
        holds=("but",),
    ),
    later(
        rf"(?:\A|(?<=[.!?]\s)){_SUBJECT}\s+(?:can(?:no|\W)t\s+be|can\s?not\s+be|is\s?(?:not|n\Wt)|would\s?(?:not|n\Wt)\s+be)\b"
        rf"(?!(?:{_ENDS}){{0,200}}\bbut\b)(?:{_ENDS}){{0,60}}{_PLACED}(?:{_ENDS}){{0,200}}[.;]\s+",
        re.I,
    ),
    later(
        r"\b(?:one|some(?:body|one)?|you|people|many|others?|we|i)\s+(?:could|might|may|would)(?:\s+also)?\s+(?:think|write"
        rf"|say|guess|believe|expect)\b(?:{_ENDS}){{0,60}}?{_PLACED}(?:{_ENDS}){{0,100}}?(?:[,;]\s*(?:but|yet|however)\b|;|[.]\s+but\b),?",
        re.I,
        holds=("think", "write", "say", "guess", "believe", "expect"),
    ),
    later(
        r"(?:\A|(?<=[.!?;]\s))(?:i\s+(?:first|initially|originally)\s+(?:had|thought|wrote|got|said|took|used|found|saw|read|chose)"
        r"|(?:at\s+first|first|initially|originally),?\s+i\s+(?:had|thought|wrote|got|said|took|used|found|saw|read|chose))\b"
        rf"(?:(?:{_ENDS}){{0,100}}?,?\s+but\b(?!\s+(?:that|this|it|they)\b)|(?:{_ENDS}){{0,200}}(?:[.!?;]\s*|\Z))",
        re.I,
        holds=("first", "initially", "originally"),
    ),
    later(
        r"\b(?:drop(?:ped|s)?|thr(?:ow|ew|own)(?:ing|s)?\s+away|discard(?:ed|s)?|le(?:ft|ave)s?\s+out|skip(?:ped|s)?"
        r"|remov(?:e|ed|es))\b(?:\s+(?:are|is|the|values?|entries|numbers?))*\s*:?\s*(?:[(\[][-\d\s,;.]*\d[)\]]"
        r"|-?\d+(?:\s*,\s*-?\d+)+)",
        re.I,
        holds=("drop", "throw", "threw", "discard", "left", "leave", "skip", "remov"),
    ),
)
_LENGTH = r"(?:\d+|[A-Z]|(?:\\l?)?(?:floor|ceil|[⌊⌈])\(?[A-Z/s() \d+-]{1,14}?[)⌋⌉])"
# (46, 62, 20) for both, and not (48, 64, 20): a list of three or more, of which nothing more is said
_NOT_LIST = later(
    r"(?<=[\dA-Z][)\]])(?:[^.;!?\n\d()\[\]]{0,40}?)[,(\s](?:and\s+)?(?:not|instead\s+of|rather\s+than)\s+\$?"
    rf"[(\[](\s*{_LENGTH}(?:\s*(?:,|x|×)\s*{_LENGTH}){{2,}}\s*)[)\]](?!\s*(?:for|in|is|as the|when|if)\b)",
    re.I,
    holds=("not", "instead", "rather"),
)
_MAY = (
    "not",
    "n't",
    "n’t",
    "might",
    "could",
    "would",
    "may ",
    "first",
    "initial",
    "origin",
    "drop",
    "throw",
    "threw",
    "discard",
)
_MAY_TOO = ("instead", "rather", "left out", "leave", "skip", "remov")


def without_dismissed(answer: Answer) -> Answer | None:
    """The answer without what it turns down; None if it turns nothing down, or nothing else is left."""
    said = answer.text.casefold()
    if not any([word in said for word in (*_MAY, *_MAY_TOO)]):
        return None
    blocks = tuple([_kept(block) for block in answer.blocks])
    if all(mine is theirs for mine, theirs in zip(blocks, answer.blocks, strict=True)):
        return None
    left = tuple([block for block in blocks if block.text.strip()])
    return answer._replace(blocks=left, rivals=()) if any(map(_says_something, left)) else None


def _says_something(block: Block) -> bool:
    return re.search(r"\d|\w\s*[\[(=]", block.text) is not None


def _kept(block: Block) -> Block:
    if block.kind in ("code", "heading"):
        return block
    text = block.text
    gaps = [found.span() for pattern in _TURNED_DOWN for found in pattern.finditer(text)]
    gaps += [found.span() for found in _NOT_LIST.finditer(text) if not _is_said_elsewhere(found, text)]
    return _without(block, gaps) if gaps else block


def _is_said_elsewhere(found: re.Match[str], text: str) -> bool:
    """Whether the list that is turned down stands in the text a second time: it takes back what was said."""
    rest = text[: found.start(1)] + text[found.end(1) :]
    numbers = re.findall(r"\d+", found[1])
    if len(numbers) > 2:
        return re.search(r"\D+".join(numbers), rest) is not None
    return "".join(found[1].split()) in "".join(rest.split())


def _without(block: Block, gaps: list[tuple[int, int]]) -> Block:
    """The block with blanks where the gaps are: what is left keeps its place."""
    runs = []
    at = 0
    for run in block.runs:
        text = run.text
        for low, high in gaps:
            a, b = max(low - at, 0), min(high - at, len(text))
            if a < b:
                text = text[:a] + " " * (b - a) + text[b:]
        runs.append(run if text == run.text else run._replace(text=text))
        at += len(run.text)
    return block._replace(runs=tuple([run for run in runs if run.text.strip() or not run.text or run.kind != "math"]))
