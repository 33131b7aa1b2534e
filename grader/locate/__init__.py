"""Which words of a submission answer which question, by which clue, with which rivals."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Set

from grader.locate import programs
from grader.locate.asides import with_asides
from grader.locate.assign import Cut, assign, with_keys
from grader.locate.assigned import with_assigned
from grader.locate.axis_tables import with_axis_tables
from grader.locate.clean import Habits, habits_of, pleas
from grader.locate.commented import with_commented
from grader.locate.conventions import with_own_ranges
from grader.locate.fenced import with_fenced
from grader.locate.filenames import announced, named
from grader.locate.footnotes import with_footnotes
from grader.locate.named_values import with_named_value
from grader.locate.options import with_options
from grader.locate.outline import Node, leaves
from grader.locate.output_lines import Stretch, with_outputs_pointed_at
from grader.locate.pieces import is_blank, within
from grader.locate.replies import only_asks
from grader.locate.sections import by_rules, by_sections, by_topics, with_headings
from grader.locate.settle import Claim, claim, settle, stretch, unclaimed, without_shared
from grader.locate.sheet import sheet_of
from grader.locate.sights import sights
from grader.locate.single import begins_at
from grader.locate.spread import spread
from grader.locate.unsure import with_unsure
from grader.model.answers import Answer, Located
from grader.model.documents import KEY, Document, Note, Submission
from grader.model.records import NamedTuple
from grader.model.rubrics import Rubric

__all__ = ["locate"]


def locate(submission: Submission, rubric: Rubric) -> Located:
    """The answers found, in the order of the rubric.

    Notes: "no-question-found"; "unknown-question" for a label the rubric lacks; "unassigned" for words under
    a problem none of whose parts was found; "answered-twice"; "addresses-the-grader".
    """
    root, known, slots = sheet_of(rubric)
    asked = programs.asked_for(rubric)
    wanted = _Wanted(root, slots, asked, programs.answered_in_words(rubric))
    files = named(root, submission, asked)
    claims: dict[str, list[Claim]] = {}
    notes: list[Note] = []
    loose: list[Answer] = []
    for handed in submission.documents:
        document = handed if asked else _rewritten(handed)
        telling = len(submission.documents) > 1 or document.question or document.is_program
        within = announced(root, document.question or document.name) if telling else None
        cuts = with_options(document, assign(root, sights(document, known), within), rubric)
        if within is None and not any(cut.question or cut.parts for cut in cuts):
            cuts = by_sections(root, document) or by_rules(root, document) or cuts
        if any(cut.question or cut.parts for cut in cuts):
            cuts = with_keys(document, with_headings(root, document, by_topics(document, cuts)))
        questions = [leaf.question for leaf in leaves(root)]
        cuts = with_unsure(document, without_shared(document, cuts, questions), questions)
        cuts = with_asides(document, root, cuts)
        loose += _unclaimed(document, cuts, root)
        addressed = _addressed(document)
        habits = habits_of(document, bool(addressed), only_asks(document, cuts))
        for found in _claims(document, cuts, wanted, habits):
            claims.setdefault(found.answer.question, []).append(found)
        for cut, following in zip(cuts, [*cuts[1:], None], strict=False):
            notes += _loose(document, cut, following)
        notes += addressed
    notes += programs.unasked(submission, rubric, asked)
    if not claims and any(note.id == "unknown-question" for note in notes):
        notes.append(Note("no-question-found"))  # "**40 recordings**" is no label: nothing is blank for sure
    elif not claims:
        located = _unlabelled(submission, root, notes, loose, asked)
        return programs.found(located, submission, rubric, asked, files)
    own = {question: programs.own(found, question in asked) for question, found in claims.items()}
    answers = [settle(own[leaf.question]) for leaf in leaves(root) if leaf.question in own]
    loose += spread(root, answers)
    notes += [
        Note("answered-twice", note.span, (("question", answer.question),))
        for answer in answers
        for note in answer.notes
        if note.id == "answered-twice"
    ]
    return programs.found(Located(tuple(answers), tuple(notes), tuple(loose)), submission, rubric, asked, files)


class _Wanted(NamedTuple):
    """What a rubric says of its questions: their tree, words that wait for answers, code, and where words answer."""

    root: Node
    slots: Mapping[str, Set[str]]
    asked: Mapping[str, programs.Asked]
    worded: Set[str]


def _claims(document: Document, cuts: list[Cut], wanted: _Wanted, habits: Habits) -> list[Claim]:
    """What stands for each question in one document; for words that only point to an output, this.

    Not where code is asked for, nor where the words "the third line" may be the answer.
    """
    begun = [(cut, after) for cut, after in zip(cuts, [*cuts[1:], None], strict=False) if cut.question]
    found = [
        claim(document, cut, after, wanted.slots[cut.question], cut.question in wanted.asked, habits)
        for cut, after in begun
    ]
    may_point = [cut.question not in wanted.asked and cut.question not in wanted.worded for cut, _ in begun]
    stretches = [
        Stretch(cut, after, each.answer) for (cut, after), each, may in zip(begun, found, may_point, strict=True) if may
    ]
    pointed = iter(with_outputs_pointed_at(document, wanted.root, cuts, stretches))
    return [
        each._replace(answer=with_named_value(next(pointed), cut.block)) if may else each
        for (cut, _), each, may in zip(begun, found, may_point, strict=True)
    ]


def _rewritten(document: Document) -> Document:
    """The document as its labels are looked for, where no program is asked for; a printed sheet of answers has them."""
    printed = any(block.is_program for block in document.blocks) and any(block.info == KEY for block in document.blocks)
    coded = document if printed else with_assigned(with_commented(document))
    return with_own_ranges(with_axis_tables(with_footnotes(with_fenced(coded))))


def _unlabelled(
    submission: Submission, root: Node, notes: list[Note], loose: list[Answer], asked: Mapping[str, programs.Asked]
) -> Located:
    """Without any label the whole file answers the one question there is; more than one is not guessed."""
    questions = leaves(root)
    filled = [each for each in submission.documents if not all(is_blank(block) for block in each.blocks)]
    if len(questions) != 1 or not filled:
        return Located((), (*notes, Note("no-question-found")), tuple(loose))
    question = questions[0].question
    code = question in asked
    whole = Cut(0, 0, 0, question, "whole file")
    claims = [claim(one, whole if code else begins_at(one, question), None, code=code) for one in filled]
    answer: Answer = settle(programs.own(claims, code))
    return Located((answer,), tuple(notes))


def _unclaimed(document: Document, cuts: list[Cut], root: Node) -> Iterator[Answer]:
    """Stretches that belong to no question: before the first cut, and behind those of nobody.

    What a program printed above the first label may answer the questions before that one.
    """
    if not document.blocks:
        return
    first = Cut(0, 0, 0, "", among=_before(cuts, root))
    for cut, following in zip([first, *cuts], [*cuts, None], strict=True):
        if not cut.question and not (cut is first and following and following.block == following.at == 0):
            blocks = stretch(document, cut, following)
            left = tuple(b for b in blocks if not is_blank(b) and not (cut.parts and b.kind == "heading"))
            if left and (cut is not first or any(block.info.startswith("output") for block in left)):
                yield Answer("", document, left, "", among=cut.among)
            elif left:
                yield Answer("", document, left, "")


def _before(cuts: list[Cut], root: Node) -> tuple[str, ...]:
    """The questions that come before the first of the cuts."""
    questions = [leaf.question for leaf in leaves(root)]
    found = next((question for cut in cuts for question in (cut.question, *cut.among) if question in questions), None)
    return tuple(questions[: questions.index(found)]) if found is not None else ()


def _loose(document: Document, cut: Cut, following: Cut | None) -> list[Note]:
    """Notes on words that belong to no question."""
    if cut.unknown:
        return [Note("unknown-question", document.blocks[cut.block].span, (("label", cut.unknown),))]
    if cut.parts and (span := unclaimed(document, cut, following)):
        return [Note("unassigned", span)]
    return []


def _addressed(document: Document) -> list[Note]:
    return [
        Note("addresses-the-grader", within(block, start, stop))
        for block in document.blocks
        if block.kind != "code"
        for start, stop in pleas(block)
    ]
