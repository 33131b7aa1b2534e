"""An answer that is taken back at another place: "Ignore (b).", "Oops, I mixed up (a) and (b)." below the last one."""

from __future__ import annotations

import re

from grader.model.answers import Answer, Located
from grader.model.patterns import later
from grader.model.results import Status
from grader.model.rubrics import Question
from grader.prepare.parts import PreparedPart

_PARTED = later(r"(\d{1,2})([a-z])")
_TAKES = later(
    r"\b(?:ignore|disregard|forget about|scrap|mixed up|swapped|switched|exchanged|confused|i forgot|take back"
    r"|took back|withdraw|in the wrong order|(?:other|wrong) way (?:a)?round"
    r"|is wrong|are wrong|was wrong|is not right|is incorrect|double it|halve it)\b"
    r"|\btake (?:\S+ ){1,2}back\b",
    holds="ignore disregard forget scrap mixed swapped switched exchanged confused forgot back withdraw wrong right "
    "way incorrect double halve".split(),
)
_ALL = later(
    r"\ball (?:of )?(?:my |the |these )?(?:answers|results|numbers)\b[^.!?\n]{0,30}\b(?:doubled|halved|wrong)\b",
    holds=("doubled", "halved", "wrong"),
)
_ELSEWHERE = later(
    r"\b(?:see (?:the |my )?corrections?\b|corrected (?:below|at the end|later|further down))", holds=("correct",)
)
_SENTENCE = later(r"(?<=[.!?])\s+|\n")
_LONGEST = 120  # characters of such a sentence


Taking = tuple[Answer, tuple[str, ...]]


def takings(located: Located) -> tuple[Taking, ...]:
    """The answers, and words of nobody, that take an answer back, with the sentences that do; for all questions."""
    found = ((each, _takings_of(each)) for each in (*located.answers, *located.loose))
    return tuple((each, sentences) for each, sentences in found if sentences)


def _takings_of(answer: Answer) -> tuple[str, ...]:
    written = answer.text
    if _TAKES.search(text := written.casefold()) is None and _ALL.search(text) is None:
        return ()
    sentences = _SENTENCE.split(f"{_label_of(answer)}{written}")
    short = ((sentence, sentence.casefold()) for sentence in sentences if len(sentence) <= _LONGEST)
    return tuple(sentence for sentence, said in short if _ALL.search(said) or _TAKES.search(said))


def spoken_of_elsewhere(
    question: Question, part: PreparedPart, located: Located, taken: tuple[Taking, ...], status: Status
) -> str:
    """The words at another place that leave it open what an answer is worth; "" for none."""
    turned = _places_turned(question, located) if _asks_place(part) else ""
    decided = status in (Status.RIGHT, Status.PARTIAL)
    return turned or (taken_back_elsewhere(question, located, taken) if decided else "")


def _asks_place(part: PreparedPart) -> bool:
    return (part.kind is not None and part.kind.name == "positions") or any(map(_asks_place, part.parts))


def taken_back_elsewhere(question: Question, located: Located, taken: tuple[Taking, ...]) -> str:
    """The sentence, in another answer or in words of nobody, that takes back the answer to a question; "" for none.

    There a letter names a part of the same problem, `(b)`, or of any where that problem has none of this letter; the
    whole label names any question, `2b`.
    """
    own = located.get(question.id)
    if own is None:
        return ""
    if own.notes == () and (told := _ELSEWHERE.search(own.text.casefold())) is not None:
        return told.group()
    parts = _PARTED.fullmatch(question.id) if taken else None
    problem, letter = parts.groups() if parts is not None else ("", question.id)
    label = rf"(?<!\w){re.escape(question.id)}(?!\w)|\((?:{re.escape(letter)})\)|\bpart \(?{re.escape(letter)}\b"
    if problem:  # 3d as 3.d, and as 3.4 where the parts are numbered
        label += rf"|(?<![\w.]){problem}[. ]?\(?(?:{letter}|{ord(letter) - ord('a') + 1})\)?(?![\w.]*\d)\b"
    for each, sentences in taken:
        there = _PARTED.fullmatch(each.question)
        has_own = there is not None and located.get(f"{there[1]}{letter}") is not None
        if each.question == question.id or (problem and has_own and there is not None and there[1] != problem):
            continue
        for sentence in sentences:
            said = sentence.casefold()
            if _ALL.search(said) or re.search(label, said):
                return sentence.strip()
    return ""


_TURNED = later(
    r"\b(?:positions?|places?|indices|coordinates|pixels?)\b[^.!?\n\d]{0,60}"
    r"\((?:columns?|cols?|x)\s*,\s*(?:rows?|y)\)[^.!?\n]{0,40}",
    re.I,
    holds=("(col", "(x"),
)


def _places_turned(question: Question, located: Located) -> str:
    """The words of a hand-in by which all places are given with the column first; "" for none.

    Of what an answer says itself its kind knows.
    """
    own = located.get(question.id)
    found = _TURNED.search(own.document.text) if own is not None else None
    if own is None or found is None or _TURNED.search(own.text) or _NAMED.search(own.text):
        return ""
    pairs = _PAIR.findall(own.text)
    return "" if pairs and all(int(one) == int(other) for one, other in pairs) else found.group().strip()


_NAMED = later(r"\bcol(?:umn)?s?\b.*\brows?\b|\brows?\b.*\bcol(?:umn)?s?\b", re.I | re.S, holds=("row",))
_PAIR = later(r"[(\[]\s*(\d+)\s*,\s*(\d+)\s*[)\]]")


def _label_of(answer: Answer) -> str:
    """What stands before words of nobody in their line, the label that they lost: "(c)" of "(c) and (d) are"."""
    if answer.question or not answer.blocks:
        return ""
    text, start = answer.document.text, answer.blocks[0].span.start
    return text[text.rfind("\n", 0, start) + 1 : start]
