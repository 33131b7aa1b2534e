"""Every mistake an instructor can make in the language of rubrics, each once."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from test_rubric_load import FULL, VOCABULARY

from grader.model.errors import Fault
from grader.rubric import read_rubric

Case = tuple[str, int, str, str, str]  # text, line, path, part of the message, part of the suggestion

Q = "questions:\n  1a:\n    points: 1\n"
N = Q + "    number: 3\n"
M = N + "    mistakes:\n      - "
P = Q + "    parts:\n"


def faults_of(text: str) -> tuple[Fault, ...]:
    return read_rubric(text, "hw", VOCABULARY)[1]


def deep(key: str, levels: int, inner: str) -> str:
    return f"{{{key}: {{a: " * levels + inner + "}}" * levels


FAULTS: list[Case] = [
    # the whole
    ("title: x", 1, "", "`questions` is missing", "add `questions:`"),
    ("questions: {}", 1, "questions", "`questions` is empty", ""),
    ("questions: [1a, 1b]", 1, "questions", "takes a mapping from ids, not a list", "each id as a key"),
    (N + "titel: x", 5, "titel", "unknown key `titel`", "did you mean `title`?"),
    (N + "let: {a: 1}", 5, "let", "`let` cannot stand here", "use `given`"),
    (N + "title: [a]", 5, "title", "`title` takes a text, not a list", "quotes"),
    (N + "given: [1]", 5, "given", "takes a mapping of names, not a list", ""),
    (N + "given: {Z: {a: 1}}", 5, "given.Z", "`Z` takes an expression or a list, not a mapping", ""),
    (N + "given: {Z: ''}", 5, "given.Z", "`Z` has an empty expression", ""),
    (N + "given:\n  Z: 1\n  Z[i]: i", 7, "given.Z[i]", "`Z` is already defined in line 6", ""),
    (N + "symbols: n", 5, "symbols", "takes a mapping of names, not one value", ""),
    # questions and groups
    ("questions: {1a: 5}", 1, "questions.1a", "a question is a mapping of keys, not one value", "{points"),
    ("questions:\n  1 a: {points: 1, number: 3}", 2, "questions.1 a", "cannot be an id", "write `1a`"),
    (f"questions: {{{'x' * 41}: {{points: 1, number: 3}}}}", 1, "questions.", "cannot be an id", ""),
    ("questions: {score: {points: 1, number: 3}}", 1, "questions.score", "grades has a column", "`Q-score`"),
    (N + "  1A: {points: 1, number: 3}", 5, "questions.1A", "already defined in line 2", ""),
    (
        N + "  1: {questions: {a: {points: 1, number: 3}}}",
        5,
        "questions.1.questions.a",
        "`1a` is already defined in line 2",
        "",
    ),
    ("questions:\n  1a:\n    number: 3", 2, "questions.1a", "`points` is missing", "add `points:`"),
    (
        "questions: {1: {points: 3, questions: {a: {points: 1, number: 3}}}}",
        1,
        "questions.1.points",
        "`points` cannot stand here",
        "to the questions of the group",
    ),
    (
        "questions: {1: " + deep("questions", 4, "{points: 1, number: 3}") + "}",
        1,
        "questions.1.questions.a.questions.a.questions.a",
        "groups inside each other more than 3 deep",
        "",
    ),
    ("questions: {1: {questions: [a]}}", 1, "questions.1.questions", "takes a mapping from ids", "as a key"),
    # points
    *[
        (f"questions: {{1a: {{number: 3, points: {typed}}}}}", 1, "questions.1a.points", message, suggestion)
        for typed, message, suggestion in [
            ("two", "`two` is not a number", "`2`, `0.5` or `1/2`"),
            ("'2,5'", "`2,5` is not a number", "write `2.5`"),
            ("0", "`points` must be more than 0", ""),
            ("-1", "`points` must be more than 0", ""),
            ("50%", "points are not a percentage", "`2`"),
            ("[1]", "`points` takes a number, not a list", ""),
        ]
    ],
    # kinds
    (Q, 2, "questions.1a", "no kind of answer: one of `number`, `shape`", ""),
    (Q + "    nubmer: 3", 4, "questions.1a.nubmer", "no kind of answer, and unknown key", "mean `number`?"),
    (
        N + "    array: 3",
        5,
        "questions.1a.array",
        "more than one kind of answer: `number`, `array`",
        "`parts`",
    ),
    (N + "    review: true", 5, "questions.1a.review", "more than one kind of answer", "`parts`"),
    (Q + "    review: false", 4, "questions.1a.review", "`review` can only be `true`", "leave it out"),
    (Q + "    review: yes", 4, "questions.1a.review", "not `yes`", "write `true`"),
    (N + "    order: any", 5, "questions.1a.order", "`order` does not go with `number`", "goes with `shape`"),
    (N + "    tolerence: 1", 5, "questions.1a.tolerence", "unknown key", "did you mean `tolerance`?"),
    (N + "    weight: 1", 5, "questions.1a.weight", "`weight` cannot stand here", "inside `parts`"),
    (Q + "    code: x", 2, "questions.1a", "`function` is missing", "add `function:`"),
    # fields of a kind
    (Q + "    number: {a: 1}", 4, "questions.1a.number", "takes an expression or a list, not a mapping", ""),
    (Q + "    number: ['', 1]", 4, "questions.1a.number[0]", "`number` has an empty expression", ""),
    (N + "    tolerance: small", 5, "questions.1a.tolerance", "`small` is not a number", "`0.5`"),
    (Q + "    shape: [[1]]", 4, "questions.1a.shape[0]", "takes one size, not a list", ""),
    (Q + "    shape: {a: ''}", 4, "questions.1a.shape.a", "has an empty expression", ""),
    (Q + "    shape: 2\n    order: anny", 5, "questions.1a.order", "`anny` is no choice", "mean `any`?"),
    (Q + "    shape: 2\n    order: q", 5, "questions.1a.order", "is no choice", "one of `any`, `given`"),
    (Q + "    limits: 3", 4, "questions.1a.limits", "takes a mapping of names, not one value", ""),
    (Q + "    limits: {i: {a: 1}}", 4, "questions.1a.limits.i", "`i` takes an expression or a list", ""),
    (Q + "    all of: {a: {b: 1}}", 4, "questions.1a.all of.a", "takes an expression or a list", ""),
    (Q + "    all of: 1\n    words: {a: 1}", 5, "questions.1a.words", "a text or a list of texts", ""),
    # common keys
    (N + "    labels: [[a]]", 5, "questions.1a.labels[0]", "`labels` takes a text, not a list", "quotes"),
    (N + "    labels: ['']", 5, "questions.1a.labels[0]", "`labels` has an empty text", ""),
    (N + "    name: a b", 5, "questions.1a.name", "`a b` is not a name", "write `a_b`"),
    (N + "    name: [a]", 5, "questions.1a.name", "`name` takes a name, not a list", ""),
    (
        N + "    name: Z\ngiven: {'Z[i]': i}",
        5,
        "questions.1a.name",
        "already used by `given` in line 6",
        "other",
    ),
    (N + "    name: z\n    let: {z: 1}", 5, "questions.1a.name", "already used by `let`", "another name"),
    (
        N + "    name: z\n  2: {points: 1, number: 1, name: z}",
        6,
        "questions.2.name",
        "already used by an answer in line 5",
        "another name",
    ),
    (N + "    let: {z: 1, 'z[i]': 2}", 5, "questions.1a.let.z[i]", "`z` is already defined in line 5", ""),
    (N + "    follow: 2", 5, "questions.1a.follow", "`follow` must be from 0 to 1", "`1/2` or `50%`"),
    (N + "    reveal: Yes", 5, "questions.1a.reveal", "takes `true` or `false`, not `Yes`", "write `true`"),
    (N + "    reveal: TRUE", 5, "questions.1a.reveal", "not `TRUE`", "write `true`"),
    (N + "    reveal: later", 5, "questions.1a.reveal", "takes `true` or `false`, not `later`", ""),
    (N + "    hint: {a: 1}", 5, "questions.1a.hint", "`hint` takes a text, not a mapping", "quotes"),
    (N + "    accept: {a: 1}", 5, "questions.1a.accept", "a text or a list of texts, not a mapping", ""),
    # mistakes
    (N + "    mistakes: {number: 2}", 5, "questions.1a.mistakes", "takes a list, not a mapping", "with `- `"),
    (M + "3", 6, "questions.1a.mistakes[0]", "a mistake is a mapping of keys, not one value", "`credit`"),
    (M + "{number: 2, say: no}", 6, "questions.1a.mistakes[0]", "`credit` is missing", "add `credit:`"),
    (M + "{number: 2, credit: 0}", 6, "questions.1a.mistakes[0]", "`say` is missing", "add `say:`"),
    (M + "{number: 2, credit: 0, say: ''}", 6, "questions.1a.mistakes[0].say", "`say` is empty", ""),
    (M + "{number: 2, credit: 2, say: no}", 6, "questions.1a.mistakes[0].credit", "from 0 to 1", "points"),
    (M + "{credit: 0, say: no}", 6, "questions.1a.mistakes[0]", "no kind of answer", "add `number:`"),
    (M + "{nmber: 1, credit: 0, say: no}", 6, "questions.1a.mistakes[0].nmber", "no kind", "mean `number`?"),
    (M + "{number: 1, credit: 0, say: no, hint: x}", 6, "questions.1a.mistakes[0].hint", "unknown key", ""),
    (M + "{number: 1, id: A b, credit: 0, say: x}", 6, "questions.1a.mistakes[0].id", "not an id", "`a-b`"),
    # parts
    (Q + "    parts: {}", 4, "questions.1a.parts", "`parts` is empty", ""),
    (Q + "    parts: [a]", 4, "questions.1a.parts", "takes a mapping from ids, not a list", "as a key"),
    (P + "      a: 3", 5, "questions.1a.parts.a", "a part is a mapping of keys, not one value", "{number"),
    (P + "      a b: {number: 3}", 5, "questions.1a.parts.a b", "cannot be an id", "write `ab`"),
    (P + "      a: {number: 3, weight: 0}", 5, "questions.1a.parts.a.weight", "must be more than 0", ""),
    (
        P + "      a: {number: 3, points: 1}",
        5,
        "questions.1a.parts.a.points",
        "cannot stand here",
        "`weight`",
    ),
    (P + "      a: {weight: 2}", 5, "questions.1a.parts.a", "no kind of answer", ""),
    (P + "      a: {number: 3}\n    mistakes: []", 6, "questions.1a.mistakes", "cannot stand here", "inside a part"),
    (Q + "    review: true\n    accept: x", 5, "questions.1a.accept", "cannot stand here", "a person marks this"),
    (
        Q + "    parts: {a: " + deep("parts", 3, "{number: 3}") + "}",
        4,
        "questions.1a.parts.a.parts.a.parts.a.parts",
        "`parts` inside each other more than 3 deep",
        "",
    ),
]


@pytest.mark.parametrize(("text", "line", "path", "message", "suggestion"), FAULTS)
def test_each_fault_is_named(text: str, line: int, path: str, message: str, suggestion: str) -> None:
    """One mistake gives one fault, with its line, its path, what is wrong and what to do."""
    (fault,) = faults_of(text)
    assert (fault.line, fault.path[: len(path)]) == (line, path)
    assert message in fault.message
    assert suggestion in fault.suggestion
    assert suggestion or not fault.suggestion
    assert fault.column >= 1
    assert not fault.message.endswith(".")


def test_all_faults_come_at_once_in_file_order() -> None:
    """A rubric with several mistakes names them all."""
    text = "titel: x\nquestions:\n  1a: {points: 0, number: 3}\n  1b: {points: 1, nubmer: 3}\n  1c: {}\n"
    found = [(fault.line, fault.path) for fault in faults_of(text)]
    assert found == [
        (1, "titel"),
        (3, "questions.1a.points"),
        (4, "questions.1b.nubmer"),
        (5, "questions.1c"),
        (5, "questions.1c"),
    ]


def test_what_is_sound_comes_with_the_faults() -> None:
    """The caller can look for further faults in the questions that could be read."""
    rubric, faults = read_rubric(N + "  1b: {points: x, number: 3}\n  1c: {points: 1}\n", "hw", VOCABULARY)
    assert len(faults) == 2
    assert rubric is not None
    assert [question.id for question in rubric.questions] == ["1a"]


def test_faults_are_capped() -> None:
    """After a hundred faults the last one says how many more there are."""
    faults = faults_of(N + "".join(f"    bad{count}: 1\n" for count in range(250)))
    assert len(faults) == 101
    assert faults[-1].message == "and 150 more faults"
    assert [fault.line for fault in faults] == sorted(fault.line for fault in faults)


def test_words_of_the_file_are_shortened_and_escaped() -> None:
    """A message stays one printable line."""
    (fault,) = faults_of(N + '    "' + "a\\nb" * 1000 + '": 1\n')
    assert len(fault.message) < 120
    assert (fault.message + fault.path).isprintable()


@pytest.mark.parametrize(
    "text",
    [
        "questions: {" + ",".join(f"q{count}: {{x{count}: 1}}" for count in range(20_000)) + "}",
        N + "".join(f"    k{count}: 1\n" for count in range(60_000)),
        "a: [" + "*x, " * 100_000 + "]",
        "a: [" + "1, " * 200_000 + "]",
    ],
)
def test_many_faults_take_bounded_time(text: str) -> None:
    """A hostile megabyte is refused in seconds."""
    assert faults_of(text)


ALPHABET = "abq1: -[]{}'\"#&*!|>%@`,?\\\n\t<=~()"
KEYS = ["questions", "points", "number", "parts", "mistakes", "review", "let", "name", "credit", "say", "1a"]
MARKS = [
    ": ",
    ", ",
    "{",
    "}",
    "[",
    "]",
    "1/2",
    "&a ",
    "*a",
    "x",
    "'",
    '"',
    "<<",
    "\n",
    "\n  ",
    "\n    ",
    "\n      - ",
]
WORDS = st.sampled_from([*KEYS, *MARKS])


@settings(max_examples=400, deadline=None, derandomize=True)
@given(st.one_of(st.text(), st.text(ALPHABET, max_size=60), st.lists(WORDS, max_size=40).map("".join)))
def test_any_text_gives_a_result(text: str) -> None:
    """Never an exception; without faults there is a rubric with questions."""
    rubric, faults = read_rubric(text, "hw", VOCABULARY)
    assert faults or (rubric is not None and rubric.questions)
    assert all(fault.line >= 1 and fault.column >= 1 and fault.message for fault in faults)


@settings(max_examples=300, deadline=None, derandomize=True)
@given(st.integers(0, len(FULL)), st.integers(0, 12), st.text(ALPHABET + "\x00é", max_size=4))
def test_any_damage_to_a_good_rubric_gives_a_result(at: int, gone: int, put: str) -> None:
    """Slips of the keyboard in a good rubric never raise."""
    rubric, faults = read_rubric(FULL[:at] + put + FULL[at + gone :], "hw", VOCABULARY)
    assert faults or rubric is not None
