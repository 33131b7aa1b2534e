"""Answers whose reason is asked for as well: "6" gives none, and "6. The 3 entries below are copies" gives one."""

from __future__ import annotations

import re
from collections.abc import Sequence

from grader.kinds.kind import View
from grader.marking.explained import says_conclusion
from grader.model.expressions import Num
from grader.model.patterns import later
from grader.model.records import NamedTuple
from grader.prepare.parts import PreparedPart

_TOKEN = later(r"[^\W_]+(?:[.,]\d+)?|[=+*/<>^\\]")
_HEAD = later(r"\A\W*[^\W_]{1,2}[).:]\s+(?=\S)")  # of the item: "b) false"
_PLAIN = frozenset("yes no true false the is it this that a answer statement value so of".split())
_NUMBER = later(r"\d+(?:[.,]\d+)?")


def gives_no_reason(parts: Sequence[PreparedPart], view: View) -> bool:
    """Whether an answer is a bare value or verdict for the parts that are no text: then no reason can be read."""
    blocks = view.answer.blocks
    if any(run.kind not in ("text", "math", "display", "break", "cell") for block in blocks for run in block.runs):
        return False
    words = _TOKEN.findall(_HEAD.sub("", view.answer.text).casefold())
    numbers = [word for word in words if _NUMBER.fullmatch(word)]
    known = _PLAIN | {word for part in parts for text in _names_of(part) for word in _TOKEN.findall(text.casefold())}
    return len(numbers) < 2 and known.issuperset(word for word in words if word not in numbers)


def _names_of(part: PreparedPart) -> tuple[str, ...]:
    if part.kind is None or is_text(part):
        return (part.part.id, *part.part.labels)
    return (part.part.id, *part.part.labels, *part.kind.own_words(part.expected))


def is_text(part: PreparedPart) -> bool:
    """Whether a part asks for a reason, in words."""
    return part.kind is not None and part.kind.name == "prose"


class Leading(NamedTuple):
    """The number with which an answer begins, alone in its sentence, and whether what follows only explains it."""

    view: View
    explained: bool


def leading_value(part: PreparedPart, view: View) -> Leading | None:
    """The number with which an answer begins, "6. The 3 entries below are copies"; None if it begins otherwise.

    Numbers behind it may be another answer: "6. So it is 5", "6. There are 5 free entries".
    """
    kind = part.kind
    if kind is None or kind.name != "number":
        return None
    reading = view.reading(**dict(kind.reads))
    claims = view.claims(reading)
    if len(claims) < 2 or not isinstance(claims[0].expr, Num) or _says_more(claims[0].before, part):
        return None
    behind = [*[claim.before for claim in claims[1:]], reading.after]
    if not _STOPS.match(behind[0]) or claims[1].sentence == claims[0].sentence:
        return None
    text = view.answer.document.text[view.base + claims[0].place[1] : view.base + claims[-1].place[1]] + behind[-1]
    stated = any(
        _STATES.search(claim.before) or _COUNTS.match(after)
        for claim, after in zip(claims[1:], behind[1:], strict=True)
        if isinstance(claim.expr, Num)
    )
    explained = not (stated or _OTHERWISE.search(text) or says_conclusion(text))
    return Leading(view.limited((claims[0].place,)), explained)


def _says_more(words: str, part: PreparedPart) -> bool:
    """Whether words say more than what a number is: "the dimension is", "(b)"."""
    known = _PLAIN | {word.casefold() for name in _names_of(part) for word in name.split()}
    return any(word not in known for word in _TOKEN.findall(words) if len(word) > 1 or not word.isalpha())


_STOPS = later(r"\s*[.;\n]")
_STATES = later(
    r"(?:\b(?:is|are|was|has|have|had|be|equals?|gets?|gives?|leaves?|means?|only|need|needs|makes?|remain|remains)\b|=)"
    r"[^.;\n]{0,20}\Z"
)
_COUNTS = later(
    r"[^.;\n]{0,40}\b(?:free|independent|remain\w*|left|total|altogether|enough|needed|dimensions?|answer|result)\b"
)
_OTHERWISE = later(
    r"\b(?:no|nope|not sure|wait|actually|sorry|rather|correction|instead|or|but|maybe|perhaps"
    r"|i mean|hm+|wrong|should)\b",
    re.IGNORECASE,
)
