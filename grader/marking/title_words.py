"""The words of a question said once more before its answer: "f is concave on (-1, 3)", where that is asked."""

from __future__ import annotations

import re

from grader.kinds.kind import View
from grader.marking.cuts import since
from grader.model.patterns import later
from grader.prepare.parts import PreparedPart


def without_title(prepared: PreparedPart, view: View) -> View:
    """The answer without a lead that only says what is asked for: words of the title or a label, and small ones.

    One other word, "concave up", "except", and the lead stays: it may be the answer to another question.
    """
    blocks, part = view.answer.blocks, prepared.part
    if prepared.kind is None or prepared.kind.name != "equals" or len(blocks) != 1:
        return view
    found = _LEAD.match(blocks[0].text)
    asked = " ".join((part.title, *part.labels)).casefold()
    if found is None or _EITHER.search(asked) is not None:
        return view
    said = [word.casefold() for word in _WORD.findall(found["lead"])]
    own = {word for word in _WORD.findall(asked) if len(word) >= _TELLING}
    if own.isdisjoint(said) or not all(word in own or word in _SMALL for word in said):
        return view
    rest = since(blocks[0], found.end("lead"))
    behind = {word.casefold() for word in _WORD.findall(_SIGNS.sub(" ", rest.text)) if len(word) > 1}
    return view.alone((rest,)) if rest.text.strip() and behind <= _BETWEEN else view


_LEAD = later(
    r"\s*(?P<lead>(?:\$?[^\W\d_]+\$?[ ,:]+){1,8}?(?:\$?[^\W\d_]+\$?[ ]+)?"
    r"(?:on|for|in|when|where|if|is|are|auf|für|ist|:)\s+)"
    r"(?=[$(\[\]\\]|[a-z]\s*(?:<|>|≤|≥)|[-−\d])",
    re.IGNORECASE,
)
_WORD = later(r"[^\W\d_]+")
_SIGNS = later(r"\\[A-Za-z]+")
_BETWEEN = frozenset("and or on for in oo inf infty pi und oder auf für".split())
_EITHER = later(r"\b(?:or|not|oder|nicht|no)\b")
_TELLING = 5  # letters of a word that says what is asked for
_SMALL = frozenset(
    "a an and are at auf die der das f for function für g h hence if in interval intervals is ist it its of on range"
    " set so solution strictly the then therefore thus we when where x y u v t s z both".split()
)
