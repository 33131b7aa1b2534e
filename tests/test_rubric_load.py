"""What a sound rubric becomes."""

from __future__ import annotations

import hashlib
from fractions import Fraction

import pytest

from grader.model.rubrics import Mapping, Part, Rubric, Scalar
from grader.model.vocabulary import Field, KindVocabulary
from grader.rubric import read_rubric
from grader.rubric.fields import fraction, slug
from grader.rubric.load import digest_of, join_ids
from grader.rubric.parts import head

VOCABULARY = (
    KindVocabulary(
        "number",
        "A number.",
        (
            Field("number", "expression", "The number.", required=True),
            Field("tolerance", "number", "How near is near enough."),
        ),
    ),
    KindVocabulary(
        "shape",
        "A shape.",
        (
            Field("shape", "axes", "The sizes.", required=True),
            Field("order", "text", "Does it matter?", options=("any", "given")),
        ),
    ),
    KindVocabulary(
        "array",
        "An array.",
        (Field("array", "expression", ""), Field("shape", "axes", "May be checked alone.")),
    ),
    KindVocabulary("limits", "Limits of sums.", (Field("limits", "names", "From where to where."),)),
    KindVocabulary("all", "All of several.", (Field("all of", "expressions", ""), Field("words", "texts", ""))),
    KindVocabulary(
        "code",
        "A program.",
        (Field("code", "any", "What to run."), Field("function", "text", "Its name.", required=True)),
    ),
)

FULL = """
title: Homework
given:
  X: [[0, 1], [2, 3]]
  Z: correlate(X, X)
symbols: {n: positive integer}
questions:
  1:
    title: Shapes
    let: {a: 1, b: 2}
    symbols: {m: real}
    questions:
      a: {points: 3, shape: {images: 10*3, height: 7}, order: any}
      b:
        points: 2.5
        title: The second
        let: {b: 3, c: 4}
        number: a + b
        tolerance: 1%
        name: second
        labels: [second, b)]
        follow: 1/2
        hint: Think.
        explain: |
          Because
          of this.
        reveal: true
        accept: ["5", 'five']
        reject: '6'
        mistakes:
          - {number: 4, credit: 1/2, say: "Don't forget the borders of X!"}
          - {id: wrong-kind, shape: [1, 2], credit: 0, say: That is a shape.}
      1: {points: 1, review: true}
  2c:
    points: 4
    let: {k: 1}
    parts:
      value: {number: max(Z), weight: 2, let: {j: 2}}
      place:
        weight: 50%
        parts:
          row: {number: 1}
"""


def read(text: str) -> Rubric:
    rubric, faults = read_rubric(text, "hw", VOCABULARY)
    assert faults == ()
    assert rubric is not None
    return rubric


def question(fields: str) -> Part:
    return read(f"questions:\n  1a:\n    points: 1\n    {fields}\n").questions[0].part


def keys(mapping: Mapping | None) -> list[str]:
    return [key.text for key, _ in mapping.entries] if mapping else []


def test_questions_come_in_file_order_with_joined_ids() -> None:
    """Ids of groups and children are joined, with a dot where two digits would meet."""
    rubric = read(FULL)
    assert [one.id for one in rubric.questions] == ["1a", "1b", "1.1", "2c"]
    assert [one.points for one in rubric.questions] == [3, Fraction(5, 2), 1, 4]
    assert rubric.questions[1].title == "The second"
    assert (rubric.name, rubric.title, keys(rubric.given)) == ("hw", "Homework", ["X", "Z"])


def test_a_part_holds_exactly_what_was_written() -> None:
    """Common keys are typed, the kind's own keys stay nodes, and nothing else is among them."""
    part = read(FULL).questions[1].part
    assert (part.id, part.kind, keys(part.fields)) == ("1b", "number", ["number", "tolerance"])
    assert (part.name, part.labels, part.follow) == ("second", ("second", "b)"), Fraction(1, 2))
    assert (part.hint, part.explain, part.reveal) == ("Think.", "Because\nof this.", True)
    assert [one.text for one in part.accept] == ["5", "five"]
    assert [one.text for one in part.reject] == ["6"]
    assert (part.place.line, part.place.path) == (14, "questions.1.questions.b")


def test_defaults_of_a_part() -> None:
    """What is not written has the documented default."""
    part = question("number: 3")
    assert (part.weight, part.follow, part.reveal) == (Fraction(1), Fraction(4, 5), False)
    assert (part.name, part.labels, part.mistakes, part.let, part.symbols) == ("", (), (), None, None)


def test_definitions_are_inherited_and_the_inner_ones_win() -> None:
    """Group before question before part; an own entry of the same name replaces the outer one."""
    first, second, _, parts = read(FULL).questions
    assert (keys(first.part.let), keys(first.part.symbols)) == (["a", "b"], ["m"])
    assert keys(second.part.let) == ["a", "b", "c"]
    own = second.part.let.get("b") if second.part.let else None
    assert isinstance(own, Scalar)
    assert own.text == "3"
    assert keys(parts.part.parts[0].let) == ["k", "j"]
    assert keys(parts.part.parts[1].parts[0].let) == ["k"]


def test_an_indexed_definition_replaces_the_plain_name() -> None:
    """`Z[i]` and `Z` are one name; `R(0)` and `R(1)` are two."""
    text = """
questions:
  1:
    let: {Z: 1, R(0): 2}
    questions:
      a: {points: 1, number: 3, let: {"Z[i]": i, R(1): 2}}
"""
    assert keys(read(text).questions[0].part.let) == ["R(0)", "Z[i]", "R(1)"]


def test_parts_nest_with_their_weights() -> None:
    """A question of several answers is a part of kind `parts`, with the question's id and no fields."""
    part = read(FULL).questions[3].part
    assert (part.id, part.kind, part.fields.entries) == ("2c", "parts", ())
    assert [(one.id, one.kind, one.weight) for one in part.parts] == [
        ("value", "number", 2),
        ("place", "parts", Fraction(1, 2)),
    ]
    assert part.parts[1].parts[0].id == "row"


def test_review_has_no_fields() -> None:
    """`review: true` is a kind of its own."""
    part = read(FULL).questions[2].part
    assert (part.kind, part.fields.entries) == ("review", ())


def test_mistakes_have_stable_ids_and_their_own_kind() -> None:
    """The id comes from the sentence unless given; the kind is that of the key which stands there."""
    mistakes = read(FULL).questions[1].part.mistakes
    assert [(one.id, one.kind, one.credit, keys(one.fields)) for one in mistakes] == [
        ("dont-forget-the-borders-of", "number", Fraction(1, 2), ["number"]),
        ("wrong-kind", "shape", 0, ["shape"]),
    ]
    assert mistakes[0].say == "Don't forget the borders of X!"


def test_a_mistake_need_not_repeat_required_fields() -> None:
    """Only the kind's own key says what the wrong answer is."""
    part = question("code: a\n    function: f\n    mistakes: [{code: b, credit: 0, say: no}]")
    assert keys(part.mistakes[0].fields) == ["code"]


def test_a_sentence_without_latin_letters_gives_an_id_too() -> None:
    """The id is then a hash of the sentence: the same in every run."""
    part = question("number: 1\n    mistakes: [{number: 2, credit: 0, say: 不对}]")
    assert part.mistakes[0].id == "mistake-" + hashlib.sha256("不对".encode()).hexdigest()[:8]


def test_mistakes_that_say_the_same_are_numbered() -> None:
    """Ids made from sentences that begin alike are numbered on, past those that are given."""
    says = ["{number: 1, credit: 0, say: No.}", "{id: no-2, number: 2, credit: 0, say: Oh.}"]
    says += ["{number: 3, credit: 0, say: no}", "{number: 4, credit: 0, say: no}"]
    part = question(f"number: 5\n    mistakes: [{', '.join(says)}]")
    assert [mistake.id for mistake in part.mistakes] == ["no", "no-2", "no-3", "no-4"]


def test_a_key_that_is_a_field_of_the_other_kind_is_that_field() -> None:
    """`shape` beside `array` does not make two kinds."""
    part = question("shape: [2]\n    array: X")
    assert (part.kind, keys(part.fields)) == ("array", ["shape", "array"])


def test_the_key_may_differ_from_the_name_of_the_kind() -> None:
    """A kind is found by its first field and carries its own name."""
    assert question("all of: [1, 2]").kind == "all"


@pytest.mark.parametrize(
    "typed",
    ["1e-3", "no", "12:30", "012", "0x1F", "1_000", "~", "2024-01-02", "null", "+1", ".inf", "=", "1.50"],
)
def test_scalars_stay_as_typed(typed: str) -> None:
    """None of YAML's conversions happens."""
    node = question(f"number: {typed}").fields.get("number")
    assert isinstance(node, Scalar)
    assert node.text == typed


def test_line_ends_and_byte_order_mark_change_nothing() -> None:
    """The same rubric saved by another editor has the same digest and the same places."""
    plain = read(FULL)
    assert read("\ufeff" + FULL.replace("\n", "\r\n")) == plain
    assert read(FULL.replace("\n", "\r")) == plain
    assert plain.digest == digest_of(FULL) != digest_of(FULL + " ")


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("2", 2),
        ("0.1", Fraction(1, 10)),
        (".5", Fraction(1, 2)),
        ("1.", 1),
        ("1e-3", Fraction(1, 1000)),
        ("1/3", Fraction(1, 3)),
        ("1 / 3", Fraction(1, 3)),
        ("12.5%", Fraction(1, 8)),
        ("50 %", Fraction(1, 2)),
        ("-2", -2),
        ("1 1/2", None),
        ("1/0", None),
        ("1_000", None),
        ("٣", None),
        ("1e999999999", None),
        ("nan", None),
        ("inf", None),
        ("", None),
        ("%", None),
        ("2,5", None),
        ("9" * 5000, None),
    ],
)
def test_numbers_are_exact_or_refused(text: str, value: Fraction | int | None) -> None:
    """A number is read exactly, or not at all."""
    assert fraction(text) == value


@pytest.mark.parametrize(
    ("group", "child", "joined"),
    [("2", "a", "2a"), ("2", "1", "2.1"), ("2a", "1", "2a1"), ("", "1a", "1a"), ("Q2", "10", "Q2.10")],
)
def test_ids_join(group: str, child: str, joined: str) -> None:
    """Two numbers never run together."""
    assert join_ids(group, child) == joined


@pytest.mark.parametrize(
    ("text", "name"),
    [("Z", "Z"), ("Z[i,j]", "Z"), ("f(x)", "f"), ("R(0)", "R(0)"), ("x[1]", "x[1]"), ("dJ/dZ", "dJ/dZ")],
)
def test_heads_of_definitions(text: str, name: str) -> None:
    """Arguments that are letters belong to the definition, and numbers to the name."""
    assert head(text) == name


@pytest.mark.parametrize(
    ("text", "made"),
    [("There is one bias, per channel!", "there-is-one-bias-per"), ("Größe", "groe"), ("...", "")],
)
def test_slugs(text: str, made: str) -> None:
    """Five words, lower case, ASCII."""
    assert slug(text, 5) == made
