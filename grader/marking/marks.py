"""Marks one question: judges its parts, looks for what went wrong, and ties every mark to the student's words."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from functools import partial
from itertools import groupby

from grader.kinds._gradient_letters import said_gradients
from grader.kinds.kind import View, remark
from grader.marking.again import completed, says_again
from grader.marking.asked_places import by_places
from grader.marking.attempts import said_otherwise, tells_none
from grader.marking.boxed import without_boxes
from grader.marking.calls import in_call
from grader.marking.clauses import is_labelled
from grader.marking.coded import tells_all, with_code
from grader.marking.consequences import with_consequence
from grader.marking.definitions import definitions, formula_names, has_formula, names_of, said_relations
from grader.marking.dismissed import without_dismissed
from grader.marking.evidence import lines_at, merged, words_of
from grader.marking.explained import says_otherwise, without_explanation
from grader.marking.facts import false_statement
from grader.marking.labels import split_views
from grader.marking.members import has_candidate, leaves_formulas, none_given, unanswered
from grader.marking.memory import PROGRAM, memory_of, moved, words_key
from grader.marking.numerals import with_numeral
from grader.marking.otherwise import otherwise
from grader.marking.outcomes import ONE, ZERO, blank, combined, expected_text, rivalled, told_by_program, undecided
from grader.marking.own_labels import with_own_labels
from grader.marking.phrases import one_word, spelled_out, with_phrases
from grader.marking.progress import Progress
from grader.marking.reasons import gives_no_reason, is_text, leading_value
from grader.marking.right_beside import doubt_below, is_told_elsewhere, review_told
from grader.marking.roots import with_open_roots
from grader.marking.second_looks import looked_at
from grader.marking.shapes_beside import without_shapes
from grader.marking.stretches import under_title, with_stretches
from grader.marking.title_words import without_title
from grader.model.answers import Answer
from grader.model.results import Finding, Mark, Status
from grader.model.rubrics import Question
from grader.notation.printing import show
from grader.prepare.parts import PreparedPart, PreparedRubric

_TOLD = ("struck-out", "corrected")  # what of the answer's own history its feedback mentions
_LARGE = ("program", "trial", "gathered")  # what takes room: samples of a program, arrays of a formula, its numbers


def mark_question(
    rubric: PreparedRubric, question: Question, prepared: PreparedPart, answer: Answer, progress: Progress
) -> Mark:
    """The mark of a question that was found. Rival answers that would earn another credit go to review."""
    mark = _mark_explained(rubric, question, prepared, answer, progress)
    told = tuple(remark(note.id) for note in answer.notes if note.id in _TOLD)
    if told:
        mark = mark._replace(reasons=(*mark.reasons, *dict.fromkeys(told)))
    for rival in (*answer.again, *answer.rivals):
        other = _mark_answer(rubric, question, prepared, rival, Progress(dict(progress.values)))
        if says_again(answer, mark, rival, other):
            mark = other
        elif rival in answer.again and other.credit is None:
            continue  # "10, 20" is less clear alone than among words
        elif (both := completed(prepared, mark, other)) is not None:
            mark = both._replace(id=question.id, max=question.points)
        elif (other.status, other.credit) != (mark.status, mark.credit):
            evidence = (*mark.evidence, *other.evidence)
            read_as = " | ".join(text for text in (mark.read_as, other.read_as) if text)
            return undecided(question, prepared, Status.REVIEW, remark("answered-twice"), evidence, read_as)
    for derivation in answer.derived:
        other = _mark_answer(rubric, question, prepared, derivation, Progress(dict(progress.values)))
        if says_otherwise(prepared, derivation, other):
            seen, reason = (*mark.evidence, *other.evidence), remark("answered-twice")
            return undecided(question, prepared, Status.REVIEW, reason, seen, mark.read_as)
    unread = any(note.id == "formula-left-out" for note in answer.notes) and not told_by_program(mark.reasons)
    half = any(note.id == "corrected" for note in answer.notes) and any(p.status is Status.BLANK for p in mark.parts)
    if (unread or half) and mark.status in (Status.PARTIAL, Status.WRONG):  # the rest may stand in the code, or above
        reason = remark("formula-left-out" if unread else "answered-twice")
        return undecided(question, prepared, Status.REVIEW, reason, mark.evidence, mark.read_as)
    return mark


def _mark_explained(
    rubric: PreparedRubric, question: Question, prepared: PreparedPart, answer: Answer, progress: Progress
) -> Mark:
    """The mark of an answer, which what explains it makes neither unclear nor right; what it turns down is none."""
    explained = without_explanation(answer)
    head = without_dismissed(answer) if explained is None else explained.head
    if head is None:
        return _mark_answer(rubric, question, prepared, answer, progress)
    before, aside = progress.copied(), progress.copied()
    whole = _mark_answer(rubric, question, prepared, answer, progress)
    alone = _mark_answer(rubric, question, prepared, head, before)
    decided = (Status.WRONG, Status.PARTIAL)
    lacking = any(part.status is Status.BLANK for part in alone.parts)  # "verdict: no, reason: ..."
    opposed = whole.status is Status.RIGHT and alone.status in decided and not lacking
    if explained is not None and explained.unsure:
        opposed = opposed or (whole.status in decided and alone.status in (*decided, Status.RIGHT) and not lacking)
        if not opposed or (whole.status, whole.credit) == (alone.status, alone.credit):
            return whole
    leads = explained is not None and explained.leads and whole.status is not Status.RIGHT and not lacking
    leads = leads and alone.status in (Status.RIGHT, Status.PARTIAL)
    if opposed or (explained is not None and not leads and alone.status is Status.RIGHT and whole.status in decided):
        return rivalled(question, prepared, whole)
    turned_down = explained is None and alone.status in (Status.RIGHT, *decided)
    seen = explained is not None and alone.status is Status.PARTIAL and whole.status in (Status.WRONG, Status.REVIEW)
    if turned_down or seen or leads or (alone.status is Status.RIGHT and whole.status is Status.REVIEW):
        told = None if explained is None else _mark_answer(rubric, question, prepared, explained.tail, aside)
        if explained is not None and told is not None and says_otherwise(prepared, explained.tail, told, leads):
            disputed = alone.status is Status.RIGHT and whole.status in decided
            return rivalled(question, prepared, whole) if disputed else whole
        progress.take(before)
        return alone
    return whole


def _mark_answer(
    rubric: PreparedRubric, question: Question, prepared: PreparedPart, answer: Answer, progress: Progress
) -> Mark:
    answer = with_numeral(answer, prepared, question.id)
    text = answer.text.strip()
    if not text and not any(run.kind == "image" for block in answer.blocks for run in block.runs):
        return blank(question, prepared, remark("nothing-written"), words_of(answer))
    base = min((block.span.start for block in answer.blocks), default=0)
    memory, sort = memory_of(rubric), PROGRAM if _is_in_code(prepared) else 1
    names, with_formula = names_of(prepared), has_formula(prepared)
    gradients = tuple(said_gradients(text, formula_names(prepared))) if with_formula else ()
    context = definitions((*progress.relations, *gradients), names, formula_names(prepared)) if with_formula else ()
    memo = memory.of_answer(question.id, context, words_key(answer, base), sort)
    if memo[("none",)] if ("none",) in memo else memo.setdefault(("none",), tells_none(prepared, text)):
        return blank(question, prepared, remark("no-attempt"), words_of(answer))
    worded = [block for block in answer.blocks if block.kind != "heading"]
    if worded and all(block.is_program for block in worded) and not _reads_code(prepared):
        return undecided(question, prepared, Status.REVIEW, remark("code-only"), words_of(answer))
    own = memo[("answer",)] if ("answer",) in memo else memo.setdefault(("answer",), moved(answer, base))
    view = View(
        own._replace(document=answer.document), names, context=context, base=base, _memo=memo, shared=memory.formulas
    )
    marked = _mark_part(rubric, prepared, view, progress, whole=True)
    if with_formula:
        progress.relations.extend((*gradients, *said_relations(view.reading(), names)))
    return marked._replace(id=question.id, max=question.points, evidence=marked.evidence or words_of(answer))


def _reads_code(prepared: PreparedPart) -> bool:
    """Whether a question asks for a program, or for one formula, which a program may tell."""
    return _is_in_code(prepared) or (prepared.kind is not None and prepared.kind.compounds)


def _is_in_code(prepared: PreparedPart) -> bool:
    return any(_is_in_code(inner) for inner in prepared.parts) or (prepared.kind is not None and prepared.kind.in_code)


def _mark_part(
    rubric: PreparedRubric, prepared: PreparedPart, view: View, progress: Progress, whole: bool = False
) -> Mark:
    if prepared.parts:
        return _mark_parts(rubric, prepared, view, progress)
    if prepared.kind is None:
        return _mark(prepared, Finding(Status.REVIEW, None, (remark("for-a-person"),)), view)
    if view.names is not prepared.names:
        view = replace(view, names=prepared.names)
    key = ("finding", id(prepared), view.places, view.context)
    kept = view.remember(key, lambda: (looked_at(prepared, view, _judged), prepared))  # alive: its id is the key
    finding = kept[0]
    finding = with_consequence(prepared, view, finding, _judged) if whole else finding
    finding = in_call(prepared, view, with_open_roots(view, finding))
    if finding.status is not Status.RIGHT:
        from grader.mistakes.carried import carry

        finding = carry(prepared, rubric.preparer, view, finding, progress.values, rubric.preparer.answers)
    if finding.credit is not None and finding.credit < 1 and set(prepared.uses) & progress.undecided:
        reasons = (remark("depends-on-undecided"), *finding.reasons)
        finding = Finding(Status.REVIEW, None, reasons, finding.read_as, finding.spans)
    if prepared.part.name and finding.credit is None:
        progress.undecided.add(prepared.part.name)
    elif prepared.part.name and finding.value is not None:
        progress.values[prepared.part.name] = finding.value
    if view.reasons:
        known = all(reason.mistake for reason in view.reasons)  # otherwise it is not clear that this part is meant
        status, credit = (finding.status, finding.credit) if known else (Status.REVIEW, None)
        finding = Finding(status, credit, (*view.reasons, *finding.reasons), finding.read_as, finding.spans)
    return _mark(prepared, _checked(finding), view)


def _judged(prepared: PreparedPart, view: View) -> Finding:
    """The finding of an answer by itself, whatever was answered before."""
    assert prepared.kind is not None
    view = without_title(prepared, view)
    finding = by_places(prepared, view, _checked(prepared.kind.judge(prepared.expected, view)))
    if finding.status is not Status.RIGHT:
        from grader.mistakes.declared import explain

        finding = explain(prepared, view, finding)
    elif prepared.mistakes:
        from grader.mistakes.declared import nearer

        finding = nearer(prepared, view, finding)
    view.forget(*_LARGE)
    if told := told_by_program(finding.reasons):
        from grader.kinds._programmed import without_programs

        view = without_programs(view)
    if finding.status not in (Status.RIGHT, Status.WRONG, Status.PARTIAL):
        return under_title(prepared, view, finding, _judged)
    words = said_otherwise(finding, view, prepared.kind)  # "not (5, 4)"
    doubt = remark("changed-by-words", words=words) if words else None
    if doubt is None and finding.status is Status.RIGHT:
        doubt = otherwise(prepared, finding, view)
    if doubt is None and finding.status is not Status.RIGHT and not told:
        doubt = prepared.kind.doubt(finding, view) or doubt_below(prepared, finding, view)
    if doubt is not None or finding.status is not Status.RIGHT:
        return finding if doubt is None else Finding(Status.REVIEW, None, (doubt,), finding.read_as, finding.spans)
    if (said := false_statement(prepared, view, finding)) is not None:
        reason = remark("false-equation", said=show(said.expr))
        return Finding(Status.REVIEW, None, (reason,), finding.read_as, (*finding.spans, said.place))
    return finding


def _checked(finding: Finding) -> Finding:
    if not isinstance(finding, Finding):
        raise TypeError(f"a kind gave {finding!r} instead of a finding")
    return finding


def _mark(prepared: PreparedPart, finding: Finding, view: View) -> Mark:
    part = prepared.part
    credit = finding.credit
    document, base = view.answer.document, view.base
    evidence = tuple(item for start, stop in finding.spans for item in lines_at(document, base + start, base + stop))
    below_full = finding.status is not Status.RIGHT
    return Mark(
        part.id,
        part.weight,
        finding.status,
        credit,
        ZERO if credit is None else credit,
        ONE if credit is None else credit,
        finding.read_as,
        expected_text(prepared),
        finding.reasons,
        merged(evidence) or words_of(view.answer, base),
        hint=part.hint if below_full else "",
        explain=part.explain if below_full else "",
        reveal=part.reveal,
    )


# -- parts -----------------------------------------------------------------------------------------------------


def _mark_parts(rubric: PreparedRubric, prepared: PreparedPart, view: View, progress: Progress) -> Mark:
    """The mark of a question with parts; formulas in code beside its words count where all of them are right."""
    view = without_boxes(view)
    if (coded := with_code(prepared.parts, view)) is not None:
        before = progress.copied()
        if tells_all(prepared.parts, mark := _mark_of_parts(rubric, prepared, coded, progress)):
            return mark
        progress.take(before)
    mark = _mark_of_parts(rubric, prepared, view, progress)
    marked = partial(_mark_part, rubric, progress=progress)
    return with_own_labels(prepared, view, with_stretches(prepared, view, mark, marked), marked)


def _mark_of_parts(rubric: PreparedRubric, prepared: PreparedPart, view: View, progress: Progress) -> Mark:
    typed, view = view, with_phrases(prepared.parts, view)
    marks: dict[str, Mark] = {}
    reasoned = len(prepared.parts) > 1 and any(map(is_text, prepared.parts))
    by_kind = sorted(
        prepared.parts, key=lambda p: (p.kind is None, p.kind.name if p.kind else "", prepared.parts.index(p))
    )
    for kind, group in groupby(by_kind, key=lambda p: p.kind):
        members = list(group)
        views: list[View | None] = split_views(members, view) if kind is not None and len(members) > 1 else [view]
        if kind is None or kind.in_code or all(map(is_text, members)):
            views = [view] * len(members)
        unread = kind is not None and kind.compounds and leaves_formulas(view, views)
        for member, own in zip(members, views, strict=True):
            others = [one_word(label) for part in prepared.parts if part is not member for label in part.part.labels]
            labelled = is_labelled([*map(one_word, member.part.labels)], others, view.answer.text)
            before = progress.copied()
            mark = _mark_member(rubric, member, (own, view), progress, labelled)
            if (alone := without_shapes(prepared.parts, member, own or view, mark)) is not None:
                mark = _mark_part(rubric, member, alone, progress)
            if mark.status in (Status.WRONG, Status.PARTIAL) and own is not None and own.places:
                mark = _mark_of_several(rubric, member, own, before, mark)
                mark = review_told(mark) if is_told_elsewhere(member, view, views) else mark
            mark = _mark_beside_reason(rubric, prepared.parts, member, view, progress, mark) if reasoned else mark
            if unread and mark.credit is not None and mark.credit < 1:  # its own formula may be one that was not read
                reason = remark("no-answer-found", what=member.kind.doc if member.kind else "a formula")
                mark = _mark(member, Finding(Status.REVIEW, None, (reason,), mark.read_as), view)
            marks[member.part.id] = mark
    if all(mark.status is Status.BLANK for mark in marks.values()):  # "(4, 7)" for two numbers: not blank, but not read
        unread = Finding(Status.REVIEW, None, (remark("no-answer-found", what="each part"),))
        marks = {member.part.id: _mark(member, unread, view) for member in prepared.parts}
    told = tuple(marks[member.part.id] for member in prepared.parts)
    if view is not typed:
        told = tuple(mark._replace(read_as=spelled_out(prepared.parts, mark.read_as)) for mark in told)
    return combined(prepared, told)


def _mark_of_several(rubric: PreparedRubric, member: PreparedPart, own: View, progress: Progress, mark: Mark) -> Mark:
    """The mark of a part with several values of which the last is not right, but the first is: "nullity 3. 5 rows"."""
    if member.kind is None or member.kind.compounds or own.places is None or len(own.places) < 2:
        return mark
    first = _mark_part(rubric, member, own.limited(own.places[:1], own.reasons), progress)
    if first.status is not Status.RIGHT:
        return mark
    return _mark(member, Finding(Status.REVIEW, None, (remark("several-answers"),), mark.read_as), own)


def _mark_beside_reason(
    rubric: PreparedRubric,
    parts: Sequence[PreparedPart],
    member: PreparedPart,
    view: View,
    progress: Progress,
    mark: Mark,
) -> Mark:
    """The mark of a part where a reason is asked for: none beside a bare value, and the value that stands before it."""
    if member.kind is None or mark.status in (Status.ERROR, Status.BLANK):
        return mark
    if is_text(member):
        none = mark.status is Status.REVIEW and gives_no_reason(parts, view)
        return _mark(member, none_given(member.kind), view) if none else mark
    leading = leading_value(member, view)
    if leading is None:
        return mark
    first = _mark_part(rubric, member, leading.view, progress.copied())
    if mark.status is Status.REVIEW:
        return first if first.status is Status.RIGHT and leading.explained else mark
    if (first.status is Status.RIGHT) is (mark.status is Status.RIGHT):
        return mark
    return _mark(member, Finding(Status.REVIEW, None, (remark("several-answers"),), mark.read_as), view)


def _mark_member(
    rubric: PreparedRubric, member: PreparedPart, views: tuple[View | None, View], progress: Progress, labelled: bool
) -> Mark:
    """The mark of one part; a part that nothing in the answer can answer is blank, unless words might."""
    own, view = views
    if member.kind is not None:
        limited = own if own is not None else view
        key = ("candidate", id(member), limited.places)
        found = own is not None and limited.remember(key, lambda: (has_candidate(member, limited), member))[0]
        if not found:
            return _mark(member, unanswered(member.kind, view, labelled), view)
    return _mark_part(rubric, member, own or view, progress)
