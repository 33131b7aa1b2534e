"""Lists in files of answers whose items say which question or part they answer."""

from __future__ import annotations

import re

from grader.read._answerfiles import ANSWER, PART, QUESTION, Mapping, Scalar, Sequence, Value

# The name of a question or a part: `1a`, `1`, `Problem 2 (c)`, `q3.1`, `b`, `(iv)`.
_PIECE = re.compile(r"[^\W\d_]+|\d+")
_NUMBER = re.compile(r"\d{1,3}|[^\W\d_]|[ivxIVX]{2,5}")
_HEADING = re.compile(r"\(\d[\d./]* points?\)\s*\Z")  # of a sheet of answers
_LONGEST_NAME = 40
_BELOW = ("parts", "subquestions", "subparts", "subproblems", "questions", "answers", "items", "teile", "teilaufgaben")


def is_name(words: str) -> bool:
    """Numbers and letters, and at most two words such as `Problem` and `part`; or a whole heading with its points."""
    if _HEADING.search(words):
        return True
    if len(words) > _LONGEST_NAME:
        return False
    pieces = [bool(_NUMBER.fullmatch(piece)) for piece in _PIECE.findall(words)]
    return any(pieces) and pieces.count(False) <= 2


def listed(value: Value) -> Value:
    """A list of `{"part": "a", "answer": ..}` or `{"a": ..}` as the mapping that it stands for; all else as it is."""
    if not isinstance(value, Sequence) or not value.items:
        return value
    entries = [pair(item) for item in value.items]
    found = tuple(entry for entry in entries if entry is not None)
    return Mapping(found, value.start, value.stop) if len(found) == len(entries) else value


def pair(item: Value) -> tuple[Scalar, Value] | None:
    """The name that an item of a list gives, and what it says below it; None if it names nothing."""
    if not isinstance(item, Mapping):
        return None
    named = {key.words.strip().casefold(): value for key, value in reversed(item.entries)}
    question, part = (_first(named, keys) for keys in (QUESTION, PART))
    answer = next((named[key] for key in (*ANSWER, *_BELOW) if key in named), None)
    name = question or part
    if name is not None and answer is not None:
        inner = listed(answer)
        if question is not None and part is not None:
            inner = Mapping(((part, inner),), part.start, max(part.stop, inner.stop))
        return name, inner
    (key, value), *others = item.entries or ((Scalar("", 0, 0), item),)
    return (key, listed(value)) if not others and is_name(key.words) else None


def _first(named: dict[str, Value], keys: frozenset[str]) -> Scalar | None:
    found = (value for key, value in named.items() if key in keys)
    return next((value for value in found if isinstance(value, Scalar) and is_name(value.words)), None)
