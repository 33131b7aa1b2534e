"""What an answer holds for a part of a question that has several."""

from __future__ import annotations

import re
from collections.abc import Sequence

from grader.kinds.kind import Kind, View, remark
from grader.marking.links import words_said
from grader.marking.outcomes import ZERO
from grader.model.expressions import Index, walk
from grader.model.patterns import later
from grader.model.results import Finding, Status
from grader.prepare.parts import PreparedPart


def leaves_formulas(view: View, views: Sequence[View | None]) -> bool:
    """Whether elements of arrays stand in an answer and were given to none of its parts: "max of X[s*k+j] for j".

    Also, whether a line of code cannot be read, `Y_pool[b, k, c] = X[b, s*k:s*k+p, c].max()`, and whether one formula
    was given to several parts where code beside the words may tell another.
    """
    taken = [place for own in views if own is not None and own.places for place in own.places]
    if len(set(taken)) < len(taken) and any(_PROGRAMS.search(block.text) for block in view.answer.context):
        return True
    code = [block.span for block in view.answer.blocks if block.kind == "code"]
    for claim in view.reading().claims:
        start = claim.place[0]
        if claim.error is not None and taken and any(span.start <= start < span.stop for span in code):
            return True
        inside = any(low <= start < high for low, high in taken)
        if not inside and taken and claim.expr is not None and any(isinstance(n, Index) for n in walk(claim.expr)):
            return True
    return False


def has_candidate(member: PreparedPart, view: View) -> bool:
    """Whether something in an answer may answer a part."""
    kind = member.kind
    if kind is None or kind.in_words is None:
        return True
    reading = view.reading(**dict(kind.reads))
    if kind.find(member.expected, view) or any(claim.error is not None for claim in view.claims(reading)):
        return True
    return kind.in_words != "" and re.search(kind.in_words, reading.words) is not None


def unanswered(kind: Kind, view: View, labelled: bool) -> Finding:
    """The finding of a part that nothing in an answer answers: blank, unless its label or other words may do so."""
    reading = view.reading(**dict(kind.reads))
    broken = [claim for claim in reading.claims if claim.error is not None]
    if broken and (error := broken[0].error) is not None:
        reason = remark("unreadable", message=error.message, what=kind.doc)
        return Finding(Status.REVIEW, None, (reason,), "", (broken[0].place,))
    in_words = kind.in_words and re.search(kind.in_words, words_said(reading))
    in_code = kind.compounds and (
        any(not block.is_program for block in view.answer.context)
        or any(block.kind == "code" and _PROGRAMS.search(block.text) for block in view.answer.blocks)
    )
    told = kind.compounds and _tells(words_said(reading))
    if labelled or in_words or in_code or told:
        return Finding(Status.REVIEW, None, (remark("no-answer-found", what=kind.doc),))
    return none_given(kind)


_PROGRAMS = later(r"^[^#\n]*[\w\])] *(?:[+-]?=(?!=))[^#\n]*\w\(.*\)", re.M)  # Y[b,k,c] = X[b,s*k:s*k+p,c].max()


def _tells(words: str) -> bool:
    """Whether words may tell what a formula would: "the output for b and k is the largest of the inputs at ..."."""
    return len(words.split()) >= _FEWEST_TELLING and _TELLS.search(words) is not None


_FEWEST_TELLING = 15
_TELLS = later(r"\b(?:is|are|takes?|keeps?|equals?|becomes?)\b(?:\W+\w+){0,4}?\W+(?:the|every|each)\b")


def none_given(kind: Kind) -> Finding:
    """The finding of a part that an answer says nothing of."""
    return Finding(Status.BLANK, ZERO, (remark("part-missing", what=kind.doc),))
