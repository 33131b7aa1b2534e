"""Which words answer which question, and why we think so."""

from __future__ import annotations

from grader.model.documents import Block, Document, Note
from grader.model.records import NamedTuple
from grader.model.results import Evidence

ALONE = "order alone"  # the clue of answers without any label: whether they fit the questions must show in the marks

JOINT = "joint label"  # the clue of pieces below a label of several parts: no other order may fit better


class Answer(NamedTuple):
    """The words that answer one question.

    `blocks` are whole blocks of `document`, or blocks whose first runs (a label such as "(a)") were cut off;
    struck-out words are no longer in them. No blocks means that the question was found and left blank.
    `rivals` are other places that claim to answer the same question with other words. `context` is the code that
    stands before an answer that is code, and outside it: a program may need it to run. What stands below the answer
    comes last in it, with `later` before its language. Of an answer in words it is the code that stands among these.
    `functions` are those that questions of the rubric ask for.
    """

    question: str
    document: Document
    blocks: tuple[Block, ...]
    clue: str  # "heading", "label", "list", "order", "whole file"
    rivals: tuple[Answer, ...] = ()
    notes: tuple[Note, ...] = ()
    context: tuple[Block, ...] = ()
    functions: frozenset[str] = frozenset()
    derived: tuple[Answer, ...] = ()  # places below a heading "Derivations", which say how it was found
    again: tuple[Answer, ...] = ()  # places further down that repeat its result, or all of its words
    among: tuple[str, ...] = ()  # of words above the parts of a problem, or below a joint label: their questions

    @property
    def text(self) -> str:
        """The words, a line a block."""
        return "\n".join([block.text for block in self.blocks])


class Located(NamedTuple):
    """The map from a submission to the questions of a rubric."""

    answers: tuple[Answer, ...]  # at most one a question; questions not found are absent
    notes: tuple[Note, ...] = ()  # "no-question-found", "unknown-question", "answered-twice", ...
    loose: tuple[Answer, ...] = ()  # words that answer no question, each stretch with question and clue empty

    def get(self, question: str) -> Answer | None:
        """The answer to a question, None if the question was not found."""
        return next((answer for answer in self.answers if answer.question == question), None)


class Echo(NamedTuple):
    """How one question of a hand-in was found and read; needs no key and holds none.

    A question that was not found has no clue. Words that belong to no question come last, under no question.
    """

    question: str
    clue: str
    evidence: tuple[Evidence, ...]
    read_as: tuple[str, ...]
    notes: tuple[Note, ...] = ()
    rivals: tuple[Echo, ...] = ()  # other places that claim the question
    document: Document | None = None  # what the places of the notes are counted in
