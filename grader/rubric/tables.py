"""Which keys the rubric language has, and where each may stand: for the loader and the schema."""

from __future__ import annotations

from grader.model.records import NamedTuple
from grader.model.vocabulary import QUANTITY, Field, KindVocabulary

# Besides what model.vocabulary lists, `takes` may here be "points", "weight", "credit", "identifier", "slug",
# "symbols", "yes" (only true), "mistakes", "parts" and "questions".

LET = Field("let", "names", "Definitions for these answers, on top of `given`: a name and its expression.")
SYMBOLS = Field("symbols", "symbols", "What the free names of a formula are: real, positive, [N], symmetric [n, n].")
TITLE = Field("title", "text", "A title for people.")
QUESTIONS = Field("questions", "questions", "The questions, by their ids.", required=True)

RUBRIC_FIELDS = (
    TITLE,
    Field("given", "names", "Data and names that all questions share: a name and its expression or array."),
    SYMBOLS,
    QUESTIONS,
)
GROUP_FIELDS = (TITLE, LET, SYMBOLS, QUESTIONS)
QUESTION_FIELDS = (Field("points", "points", "What the question is worth.", required=True), TITLE)
PART_FIELDS = (Field("weight", "weight", "The share of this part among its neighbours; 1 unless said."),)
COMMON_FIELDS = (
    LET,
    SYMBOLS,
    Field("labels", "texts", "Words that mark this answer in a paragraph with several."),
    Field("name", "identifier", "The name under which later questions may use this answer."),
    Field("follow", "credit", "Credit for what follows from an own wrong earlier answer; 4/5 unless said."),
    Field("hint", "text", "A sentence that helps without giving the answer away."),
    Field("explain", "text", "The explanation that a student may read after marking."),
    Field("reveal", "flag", "May the student see the expected answer?"),
)
EXAMPLE_FIELDS = (  # not beside `review`; beside `parts` they are whole answers
    Field("accept", "texts", "Answers, as a student may write them, that must be marked right."),
    Field("reject", "texts", "Answers, as a student may write them, that must not be marked right."),
)
ANSWER_FIELDS = (  # `mistakes` only where one answer is compared
    Field("mistakes", "mistakes", "Foreseen wrong answers: each an answer with `credit` and `say`."),
    *EXAMPLE_FIELDS,
)
MISTAKE_FIELDS = (
    Field("id", "slug", "A short stable name: lower-case words with dashes. Made from `say` unless given."),
    Field("credit", "credit", "What this answer is worth: a part of the whole, from 0 to 1.", required=True),
    Field("say", "text", "What the student is told.", required=True),
)
PARTS = KindVocabulary(
    "parts",
    "Several answers, each with a weight.",
    (Field("parts", "parts", "The parts of the answer, by their ids.", required=True),),
)
REVIEW = KindVocabulary(
    "review",
    "A person marks this; the grader shows it.",
    (Field("review", "yes", "A person marks this; the grader shows it.", required=True),),
)
BUILT_IN = (PARTS, REVIEW)
DEEPEST_GROUPS = 3
DEEPEST_PARTS = 3

NOT_HERE = {  # a key in the wrong place, and what to do about it
    ("question", "weight"): "a question has `points`; `weight` belongs inside `parts`",
    ("part", "points"): "the question has the points; a part has a `weight`",
    ("part", "title"): "only a question has a title",
    ("group", "points"): "give the points to the questions of the group",
    ("group", "given"): "use `let` in a group",
    ("question", "given"): "use `let` in a question",
    ("part", "given"): "use `let` in a part",
    **{(role, "mistakes"): "put them inside a part, beside one answer" for role in ("question", "part")},
    **{
        (role, field.name): "a person marks this: there is nothing that an example could show"
        for role in ("question", "part")
        for field in EXAMPLE_FIELDS
    },
    ("rubric", "let"): "use `given` for the whole rubric",
    ("rubric", "points"): "points belong to a question",
}


class Language(NamedTuple):
    """The vocabulary of all kinds, looked up by the kind's own key."""

    kinds: dict[str, KindVocabulary]

    def having(self, field: str) -> tuple[str, ...]:
        """The keys of the kinds that know a field."""
        return tuple(key for key, kind in self.kinds.items() if any(own.name == field for own in kind.fields))


def language(vocabulary: tuple[KindVocabulary, ...], built_in: bool = True) -> Language:
    """The kinds that may be used; inside `mistakes` the built-in ones may not."""
    own = {kind.name for kind in BUILT_IN}
    kinds = {kind.fields[0].name: kind for kind in vocabulary if kind.name not in own}
    return Language(kinds | ({kind.name: kind for kind in BUILT_IN} if built_in else {}))


def fields_beside(kind: KindVocabulary) -> tuple[Field, ...]:
    """The common fields that may stand in a part of a kind."""
    return {PARTS.name: (*EXAMPLE_FIELDS, *COMMON_FIELDS), REVIEW.name: COMMON_FIELDS}.get(
        kind.name, (*ANSWER_FIELDS, *COMMON_FIELDS)
    )


def fields_of_mistake(kind: KindVocabulary) -> tuple[Field, ...]:
    """The kind's own fields that a foreseen wrong answer may have: what the quantity is called stands beside it."""
    return tuple(field for field in kind.fields if field is not QUANTITY)
