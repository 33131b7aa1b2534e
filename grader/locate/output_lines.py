"""Answers that only point to what a program printed have what they point to: "second line of the output"."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence

from grader.locate.assign import Cut
from grader.locate.labels import plain, read_label
from grader.locate.outline import Node, leaves
from grader.locate.outputs import Output, lines_of, outputs_of
from grader.locate.pieces import drop, keep, stands_as_typed
from grader.locate.pointer_words import Pointer, read_pointer
from grader.model.answers import Answer
from grader.model.documents import Block, Document
from grader.model.records import NamedTuple


class Stretch(NamedTuple):
    """One place that answers a question, from its cut to the next."""

    cut: Cut
    following: Cut | None
    answer: Answer


class _Pointing(NamedTuple):
    """Words that point, the number of the block in which they stand, and blocks of words before them."""

    pointer: Pointer
    words: Block
    at: int
    before: tuple[Block, ...]


class _Page(NamedTuple):
    """A document with what was printed in it, the problem of each block, and the words that point, by stretch."""

    document: Document
    outputs: list[Output]
    problems: list[str]
    pointing: Mapping[int, _Pointing]


def with_outputs_pointed_at(
    document: Document, root: Node, cuts: Sequence[Cut], stretches: Sequence[Stretch]
) -> list[Answer]:
    """The answers; one that only points to an output, or a line of one, has this.

    It is the output among its own words, the only one in its problem, or that of the cell which it names. Where that
    leaves a choice, or the line is not there or is another part's, the answer stays as it is, for a person.
    """
    answers = [one.answer for one in stretches]
    pointing = {
        number: found for number, one in enumerate(stretches) if (found := _pointing(document, one)) is not None
    }
    if not pointing:
        return answers
    page = _Page(document, outputs_of(document.blocks), _problems(document, root, cuts), pointing)
    last: Output | None = None
    taken: list[Block] = []
    for number, found in pointing.items():
        last = _output_of(page, stretches, number, last)
        if last is not None and (shown := _shown(page, found.pointer, last, stretches[number], cuts)):
            answers[number] = answers[number]._replace(blocks=(*found.before, *shown, *_rest(found)))
            taken += shown if found.pointer.line else ()
    return [one if number in pointing else _without(document, one, taken) for number, one in enumerate(answers)]


def _without(document: Document, answer: Answer, taken: Sequence[Block]) -> Answer:
    """An answer that is only an output, without those lines of it that other parts point to, if any line is left."""
    if not taken or any(_gives(block) for block in answer.blocks if block.kind != "code"):
        return answer
    left: list[Block] = []
    for block in answer.blocks:
        inside = [one.span for one in taken if block.span.start <= one.span.start and one.span.stop <= block.span.stop]
        if inside and stands_as_typed(document.text, block):
            start, text = block.runs[0].span.start, block.text
            lines = [(text.rfind("\n", 0, span.start - start) + 1, span.stop - start) for span in inside]
            block = drop(block, lines)
        left.append(block)
    return answer._replace(blocks=tuple(left)) if any(block.text.strip() for block in left) else answer


def _pointing(document: Document, stretch: Stretch) -> _Pointing | None:
    """The last words of an answer, if they do nothing but point, and those before them give nothing."""
    worded = [block for block in stretch.answer.blocks if block.kind not in ("code", "heading")]
    if not worded or any(map(_gives, worded[:-1])):
        return None
    *before, words = worded
    pointer = read_pointer(words.text.strip(" \t\n:"))
    last = stretch.following.block if stretch.following else len(document.blocks) - 1
    for at in range(stretch.cut.block, last + 1) if pointer is not None else ():
        whole = document.blocks[at].span
        if pointer is not None and whole.start <= words.span.start and words.span.stop <= whole.stop:
            return _Pointing(pointer, words, at, tuple(before))
    return None


def _gives(block: Block) -> bool:
    """Whether words may be an answer: they have a number, a formula or a picture."""
    return any(map(str.isdecimal, block.text)) or any(run.kind not in ("text", "break") for run in block.runs)


def _rest(found: _Pointing) -> Iterable[Block]:
    """What the words say besides: "it is the same for Z and U"."""
    text = found.words.text.rstrip(" \t\n:")
    return [keep(found.words, len(text) - found.pointer.rest, len(text))] if found.pointer.rest else []


def _problems(document: Document, root: Node, cuts: Sequence[Cut]) -> list[str]:
    """The problem in which each block stands."""
    problem = {leaf.question: child.key for child in root.children for leaf in leaves(child)}
    begun = {
        cut.block: problem.get(next(iter((cut.question, *cut.among)[not cut.question :]), ""), "")
        for cut in cuts
        if cut.question or cut.among or cut.unknown or cut.heading
    }
    found: list[str] = []
    for number in range(len(document.blocks)):
        found.append(begun.get(number, found[-1] if found else ""))
    return found


def _output_of(page: _Page, stretches: Sequence[Stretch], number: int, last: Output | None) -> Output | None:
    """The output that words point to; `last` is what those before pointed to. None if that is not clear."""
    pointer, _, at, _ = page.pointing[number]
    own = [one for one in page.outputs if _is_within(one, stretches[number])]
    inside = [one for one in page.outputs if page.problems[one.blocks[0]] == page.problems[at]]
    if pointer.cell or (pointer.where and not pointer.line):
        found = _beside(page, pointer, at, last)
        return found if found in inside and not _is_of_others(found, stretches, number, page) else None
    sides = [one for one in inside if pointer.where != ("above" if one.blocks[0] > at else "below")]
    for choice in (own, sides):
        fitting = [one for one in choice if one in sides]
        if fitting:
            return fitting[0] if len(fitting) == 1 else None
    return None


def _beside(page: _Page, pointer: Pointer, at: int, last: Output | None) -> Output | None:
    """The output of the next cell, of that above, or of the one behind `last`; None if this cell printed nothing."""
    if pointer.cell == "then":
        at = last.blocks[-1] if last is not None else len(page.problems)
    back = pointer.cell == "previous" or (not pointer.cell and pointer.where == "above")
    cells = [k for k, block in enumerate(page.document.blocks) if block.kind == "code" and _is_code(page, k)]
    near = [k for k in cells if (k < at if back else k > at)]
    cell = (near[-1] if back else near[0]) if near else -1
    return next((one for one in page.outputs if one.code == cell >= 0), None)


def _is_code(page: _Page, number: int) -> bool:
    return all(number not in one.blocks for one in page.outputs)


def _is_within(output: Output, stretch: Stretch) -> bool:
    last = stretch.following.block if stretch.following else output.blocks[-1] + 1
    return stretch.cut.block < output.blocks[0] and output.blocks[-1] < last


def _is_of_others(output: Output, stretches: Sequence[Stretch], number: int, page: _Page) -> bool:
    """Whether an output is what answers another question: that has no other words, and they do not point as well."""
    return any(
        _is_within(output, one) or one.cut.block in output.blocks
        for k, one in enumerate(stretches)
        if one.cut.question != stretches[number].cut.question and k not in page.pointing
        if not any(_gives(block) for block in one.answer.blocks if block.kind != "code")
    )


def _shown(page: _Page, pointer: Pointer, output: Output, stretch: Stretch, cuts: Sequence[Cut]) -> tuple[Block, ...]:
    """The printed blocks, or the line of them; nothing if the line is not there, is no value, or another part's."""
    blocks = page.document.blocks
    if not pointer.line:
        return tuple(blocks[number] for number in output.blocks)
    lines = lines_of(blocks, output)
    at = pointer.line - 1 if pointer.line > 0 else len(lines) - 1
    counted = lines[: at + 1] if pointer.line > 0 else lines[-1:]
    if not 0 <= at < len(lines) or not all(line.whole for line in counted):
        return ()
    line, start = lines[at], lines[at].start
    labels = [cut for cut in cuts if cut.block == line.block and line.start <= cut.at < line.stop]
    if any(cut.question != stretch.cut.question for cut in labels):
        return ()
    start = labels[-1].stop if labels else start
    label = read_label(plain(blocks[line.block].text[start : line.stop]))
    if label is not None and label.closed and label.path[-1].isalpha():  # "b: 12" is the first line, and not of a
        if not stretch.cut.question.endswith(label.path[-1]):
            return ()
        start += label.stop
    return (keep(blocks[line.block], start, line.stop),)
