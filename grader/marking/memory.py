"""Answers in the same words are read and judged once: the work is remembered by the words, not by the place."""

from __future__ import annotations

from typing import Any

from grader.kinds.kind import READINGS
from grader.model.answers import Answer
from grader.model.documents import Block, Run, Span
from grader.prepare.parts import PreparedRubric

MOST = 2000  # answers in a generation; the last but one is forgotten, so that memory stays flat in a long batch
FORMULAS = 8000  # of which it is remembered what is said of them: each costs less room than an answer, and more time
PROGRAM = 40  # answers as which a program counts, with all that it gave back

Made = dict[tuple[Any, ...], Any]


class Memory:
    """What was made for each answer, by question and words, and for each formula, by how it is written.

    What was used again since the last generation began lives on in the next: the answers that many give.
    """

    __slots__ = ("_before", "_made", "_size", "formulas")

    def __init__(self) -> None:
        self._made: dict[tuple[Any, ...], Made] = {}
        self._before: dict[tuple[Any, ...], Made] = {}
        self.formulas: Made = {}
        self._size = 0

    def of(self, key: tuple[Any, ...], size: int = 1) -> Made:
        """The memo of one answer, which takes the room of so many."""
        if key not in self._made:
            if self._size >= MOST:
                self._before, self._made, self._size = self._made, {}, 0
            self._size += size
            if len(self.formulas) >= FORMULAS:
                self.formulas.clear()
            self._made[key] = self._before.get(key, {})
        return self._made[key]

    def of_answer(self, question: str, context: tuple[Any, ...], words: tuple[Any, ...], size: int) -> Made:
        """The memo of an answer below some definitions: it means what these say, and is read as it is without them."""
        memo = self.of((question, context, *words), size)
        if context and not memo:
            memo[READINGS] = self.of((question, (), *words), size).setdefault(READINGS, [])
        return memo

    def clear(self) -> None:
        """Forgets everything."""
        for made in (self._made, self._before, self.formulas):
            made.clear()
        self._size = 0


def memory_of(rubric: PreparedRubric) -> Memory:
    """The memory that goes with a prepared rubric; it never changes a result, only when it is computed."""
    if rubric.preparer.memory is None:
        rubric.preparer.memory = Memory()
    memory: Memory = rubric.preparer.memory
    return memory


def words_key(answer: Answer, base: int) -> tuple[Any, ...]:
    """An answer's words and where they stand relative to its start: equal for equal answers anywhere."""
    before = tuple((block.info, block.text, block.span.start - base) for block in answer.context)
    return before + tuple([
        (
            block.kind, block.label, block.level, block.quoted, block.info,
            block.span.start - base, block.span.stop - base,
            tuple([(run.kind, run.text, run.marks, run.span.start - base, run.span.stop - base) for run in block.runs]),
        )
        for block in answer.blocks
    ])  # fmt: skip


def moved(answer: Answer, base: int) -> Answer:
    """The answer with all places counted from its own start."""

    def shift(span: Span) -> Span:
        return Span(span.start - base, span.stop - base)

    blocks = tuple(
        Block(
            block.kind, shift(block.span),
            tuple(Run(run.kind, run.text, shift(run.span), run.marks) for run in block.runs),
            block.level, block.label, block.info, block.quoted,
        )
        for block in answer.blocks
    )  # fmt: skip
    return Answer(
        answer.question, answer.document, blocks, answer.clue, context=answer.context, functions=answer.functions
    )
