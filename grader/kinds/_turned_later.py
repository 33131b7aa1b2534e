"""Sentences behind a right answer that make another one of it: "but I would take", "then added up over m".

Of the hand-ins by which these words were chosen hardly one says them behind an answer that stands.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from grader.kinds._formula_doubts import is_padding
from grader.kinds.kind import View
from grader.model.expressions import Place
from grader.model.patterns import later

_OF_ALL = later(
    r"\b(?:but (?!with |(?:that|this|it)(?:.s| is| was)? not (?:asked|wanted|needed))"
    r"|however\b|although\b|though\b|nevertheless\b|in the end\b|in practice\b|actually\b"
    r"|instead\b(?! of)"
    r"|would (?:take|use|say|need|want)\b|half of\b|this happens twice\b)",
    holds="but however although though nevertheless end practice actually instead would half twice".split(),
)
_OF_FORMULAS = later(
    r"\b(?:(?:is|are|be|being|was|gets?|got|been|it|this|that|them|everything|all) (?!not )(?:\w+ ){0,2}"
    r"(?:added|summed|averaged|divided|multiplied)|(?:added|summed|adds|sums) (?:up )?(?:over|only)"
    r"|(?:add|sum) (?:it|them|this|everything|all|these|up)|divide|average|multiply|kept apart|not add|nothing added"
    r"|take only|only the (?:one|first|last|strongest|largest|biggest|even|odd|middle)|strongest|the others|other end"
    r"|wrap\w*|periodic\w*|circular\w*|mirror\w*|reflect\w*|takes? the values?|only up to|up to \d"
    r"|for any \w|afterwards|after that|on average|the (?:mean|average)|twice (?:that|this|as|the)"
    r"|per (?:image|sample|recording))\b"
    r"|\bxi (?:is|are|being|denotes?|means|stands for)\b[^.;]{0,30}\b(?:columns?|features?)\b"  # a row it is
    r"(?! (?:vector|row)s?\b)(?! of (?:the )?(?:sample|example|image|data|i)\b)"
    r"|\b(?:over|counts) (?:all |the )*(?:features|columns) i\b"
    r"|\bp (?:are|is|being) (?:the )?(?:true )?labels?\b"
    r"|= ?1 ?(?:for|if|when) \w ?(?:≠|\\neq?(?![a-z])|!=) ?\w"
)
_OF_LIMITS = later(
    r"\b(?:in the (?:last|first|inside|middle|corner|upper|lower)|at the (?:border|edge|end)s?|except|only 0"
    r"|only 1|not both|never both|negative|excluded|even|odd"
    r"|shift\w*|matlab|(?:1|one).based|places? of)\b"
)
_OF_SHAPES = later(
    r"\b(?:single axis|one axis|as one (?:axis|vector|dim\w*)|not (?:an axis|part)|not (?:\w+ ){0,2}axis"
    r"|gr[ea]y|flattened?"
    r"|(?:last|first) (?:two|three) (?:axes )?(?:are|can be|form|make)(?: to be)? (?:seen|one|joined|merged|together)"
    r"|reshaped?|averaged? (?:the|away|out|over)|(?:two|three|four) axes|one behind the other)\b"
)
_WORDS = {
    "formula": _OF_FORMULAS,
    "gradient": _OF_FORMULAS,
    "limits": _OF_LIMITS,
    "shape": _OF_SHAPES,
}


def turned(kind: str, view: View, spans: Sequence[Place]) -> str:
    """Such words behind the last of the places where an answer stands; "" if there are none."""
    if not spans:
        return ""
    begins = (start for start, _ in spans) if kind == "limits" else (stop for _, stop in spans)
    text = _behind(view, max(begins) if kind != "limits" else min(begins))
    patterns = (_OF_ALL, _WORDS.get(kind))
    said = (one for pattern in patterns if pattern for one in pattern.finditer(text) if _stands(one, text))
    found = next(said, None)
    return "" if found is None or (kind in _OF_ARRAYS and is_padding(text)) else found[0].strip()


def _stands(found: re.Match[str], text: str) -> bool:
    """Not "nothing has to be averaged", and not the "summed over k" directly behind a formula, which is read."""
    read = found.start() <= _NEXT and found[0].startswith(("added", "summed", "adds", "sums"))
    return not read and _DENIED.search(text[: found.start()]) is None


_NEXT = 3  # characters between a formula and its sums
_DENIED = later(r"\b(?:no|not|nothing|never|without)\b[^.;\n]{0,20}\Z")
_OF_ARRAYS = ("formula", "gradient")


def _behind(view: View, at: int) -> str:
    """What stands behind a place, to the end of the answer or of its part, in small letters."""
    end = max((high for low, high in view.places or () if low <= at <= high), default=None)
    said: list[str] = []
    for block in view.answer.blocks:
        for run in block.runs:
            if run.span.stop > at and (end is None or run.span.start < end):
                stop = None if end is None else max(0, end - run.span.start)
                said.append(run.text[max(0, at - run.span.start) : stop])
        said.append("\n")
    return _SET.sub("", "".join(said).lower())


_SET = re.compile(r"\\q?quad|\\(?:text\w*|mbox)\s*\{|\\[,;:]|[$*_]")  # what sets words in a formula
