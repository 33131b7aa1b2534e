"""What a student writes above an answer and uses in it: "delta := dJ/dZ", in earlier answers or before the first."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence

from grader.kinds._expected import Expected
from grader.kinds._gradient_letters import for_each_array, raised_by, said_gradients
from grader.kinds._worded_definitions import with_worded_definitions
from grader.kinds.kind import View
from grader.marking.memory import memory_of, words_key
from grader.model.answers import Answer, Located
from grader.model.expressions import Index, Name, Relation, base_name
from grader.model.rubrics import Question
from grader.notation.reading import Reading
from grader.prepare.parts import PreparedPart, PreparedRubric

_CONTEXT = 40  # relations of earlier answers that a later one may refer to


def definitions(
    relations: Sequence[Relation], names: Mapping[str, int], derivatives: Mapping[str, int]
) -> tuple[Relation, ...]:
    """Those whose left side is no declared name: they may say what a letter stands for."""
    return tuple(r for r in for_each_array(relations[-_CONTEXT:], derivatives) if _may_define(r, names))


def _may_define(relation: Relation, names: Mapping[str, int]) -> bool:
    name = base_name(relation.operands[0])
    return bool(name and name not in names) or raised_by(relation, names) is not None


def introduced(
    question: Question, prepared: PreparedPart, located: Located, rubric: PreparedRubric
) -> Iterator[Relation]:
    """The relations that stand above the parts of a question's problem.

    Those above all answers, "Notation: let g be dJ/dU", are for every question; so they are read once for all.
    """
    if not has_formula(prepared):
        return
    for words in located.loose:
        if question.id in words.among or (not words.among and _stands_above_all(words, located)):
            names = names_of(prepared)
            yield from said_gradients(words.text, formula_names(prepared))
            view = View(words, names, _memo=memory_of(rubric).of(("above", *words_key(words, 0))))
            yield from said_relations(view.reading(), names)


def _stands_above_all(words: Answer, located: Located) -> bool:
    """Whether words of nobody stand above the first answer of their document."""
    beside = [block for answer in located.answers if answer.document is words.document for block in answer.blocks]
    begun = min((block.span.start for block in beside), default=0)
    return bool(words.blocks) and words.blocks[-1].span.stop <= begun


def said_relations(reading: Reading, names: Mapping[str, int]) -> Iterator[Relation]:
    """The relations among its claims, and those that words make: "let g be dJ/dU"."""
    for claim in with_worded_definitions(reading.claims, reading.after, names):
        if isinstance(claim.expr, Relation):
            yield claim.expr
            if (named := _named_at_end(claim.expr, names)) is not None:
                yield named


def _named_at_end(relation: Relation, names: Mapping[str, int]) -> Relation | None:
    """The equation for a letter that ends a chain about a declared name: `dJ/dZ = dJ/dU U(1 - U) =: delta`."""
    first, last = relation.operands[0], relation.operands[-1]
    if len(relation.operands) < 3 or set(relation.ops) != {"="} or base_name(first) not in names:
        return None
    letter = isinstance(last, Name | Index) and base_name(last) not in names
    return Relation((last, first), ("=",), relation.place) if letter else None


def has_formula(prepared: PreparedPart) -> bool:
    """Whether a question, or a part of it, asks for a formula."""
    return any(inner.kind is not None and inner.kind.compounds for inner in (prepared, *prepared.parts))


def names_of(prepared: PreparedPart) -> Mapping[str, int]:
    """The declared names of a question, or those of its first part that has some."""
    return prepared.names or next((inner.names for inner in prepared.parts if inner.names), {})


def formula_names(prepared: PreparedPart) -> Mapping[str, int]:
    """The names that a formula of a question may use, derivatives on the way among them."""
    found = (inner.expected.names for inner in (prepared, *prepared.parts) if isinstance(inner.expected, Expected))
    return next(found, {})
