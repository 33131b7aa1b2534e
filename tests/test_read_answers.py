"""What is particular to files of answers: values stay as they were typed, and what is no such file says so."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from test_read_markdown import check

from grader.grade import grade, parse_rubric
from grader.marking.evidence import evidence_at
from grader.model.documents import Block, Document, Run, Span, Submission
from grader.read import READERS, plain

RUBRIC = """
questions:
  1:
    questions:
      a: {points: 1, shape: [1000, 3, 256, 256]}
      b: {points: 1, number: 1e-3}
  2: {points: 1, array: [1, 3, 0, 1]}
"""
RIGHT = {
    "flat.yaml": "name: Ann\n1a: (1000, 3, 256, 256)\n1b: 1e-3\n2: [1, 3, 0, 1]\n",
    "nested.yml": "1:\n  a: |\n    The shape is\n    $1000 \\times 3\\times 256 \\times 256$.\n"
    "  b: '0.001'\n2:\n- 1\n- 3\n- 0\n- 1\n",
    "flat.json": '{"1a": "(1000, 3, 256, 256)", "1b": 1e-3, "2": [1, 3, 0, 1]}',
    "nested.json": '{\n\t"answers": {\n\t\t"1": {"a": [1000, 3, 256, 256], "b": 0.001},\n\t\t"2": "y = [1, 3, 0, 1]"}}',
    "list.json": '[{"question": "1a", "answer": "1000 \\u00d7 3 × 256 × 256"}, '
    '{"question": "1b", "answer": "1e-3"}, {"2": [1, 3, 0, 1]}]',
    "parts.json": '{"problems": [{"number": 1, "parts": [{"label": "a", "answer": "(1000, 3, 256, 256)"}, '
    '{"label": "b", "answer": 1e-3}]}, {"number": 2, "answer": [1, 3, 0, 1]}]}',
    "pairs.json": '[{"question": 1, "part": "a", "answer": [1000, 3, 256, 256]}, {"question": 1, "part": "b", '
    '"answer": "1e-3"}, {"question": 2, "answer": "[1, 3, 0, 1]"}]',
    "items.yaml": "problem_1:\n- part_a: (1000, 3, 256, 256)\n- part_b: 1e-3\nproblem_2: [1, 3, 0, 1]\n",
    "headless.csv": "1a,(1000, 3, 256, 256)\n1b,1e-3\n2,[1, 3, 0, 1]\n",
    "german.csv": "Aufgabe;Antwort\n1a;(1000, 3, 256, 256)\n1b;0.001\n2;[1, 3, 0, 1]\n",
    "bare.csv": "question,answer\n1a,(1000, 3, 256, 256)\n1b,1e-3\n2,[1, 3, 0, 1]\n",
    "quoted.csv": 'Question;Part;Answer\n1;a;"(1000, 3, 256, 256)"\n1;b;"0.001"\n2;;[1, 3, 0, 1]\n',
}  # fmt: skip


BARE = ("a)", "(1, 2)", "1.", "2.5", " ", "\u00a0", "\u2028", "\x0c", "x_1", "_b_", "|", "# ", "- ", ">", "&lt;", "=",
        "[a](b)", "~~", "\x1f", "\r", "*", "$x$", "\n")  # fmt: skip


def read(text: str, name: str = "hw.yaml") -> Document:
    """A text as a file of answers."""
    return READERS.load("answers").read(text, name)


@pytest.mark.parametrize("name", RIGHT)
def test_each_form_is_marked(name: str) -> None:
    """Flat or nested, as YAML, JSON or CSV, the answers are found, and the marks show where they stand."""
    document = read(RIGHT[name], name)
    graded = grade(parse_rubric(RUBRIC, "r"), Submission("hw", (document,)))
    assert [str(mark.status) for mark in graded.marks] == ["right", "right", "right"]
    for mark in graded.marks:
        assert mark.evidence
        for item in mark.evidence:
            assert RIGHT[name].split("\n")[item.line - 1] == item.text


@pytest.mark.parametrize("typed", ["no", "Yes", "on", "1e-3", "012", "0x1F", "12:30", "2026-01-01", "1_000", ".5",
                                   "+3", "1,820", "Null", "y", "=", "(1, 2)", "a  b", "1.0"])  # fmt: skip
def test_yaml_changes_nothing(typed: str) -> None:
    """A value is what was typed, not what YAML takes it for."""
    assert [block.text for block in read(f"1a: {typed}\n").blocks] == ["1a", typed]


@pytest.mark.parametrize("typed", ["", "~", "''", "null"])
def test_nothing_answers_nothing(typed: str) -> None:
    """`c: ~` is a question that was left out."""
    assert [block.text for block in read(f"1a: {typed}\n1b: 6\n").blocks] == ["1a", "1b", "6"]


def test_places_are_those_of_the_file() -> None:
    """A stretch of an answer is the same stretch of the file, also in a block of lines and in quotes."""
    text = '1a: |\n  first\n    second 6\n1b: "so 7"\n1c: "\\u00d7 8"\n'
    document = read(text)
    for words, line, column in (("second 6", 3, 5), ("so 7", 4, 6)):
        at = document.text.index(words)
        found = evidence_at(document, at, at + len(words))
        assert (found.line, found.column, found.width) == (line, column, len(words))
    assert evidence_at(document, document.text.index("8"), document.text.index("8") + 1).line == 5


@pytest.mark.parametrize(
    ("name", "text", "message"),
    [
        ("a.yaml", "1a: &x 3\n1b: *x", "line 1: anchors and aliases"),
        ("a.yaml", "1a: 3\n1b: *2", "line 2: anchors and aliases"),
        ("a.yaml", "1a: !!int 3", "line 1: tags"),
        ("a.yaml", "1a: y: 3", "line 1: mapping values"),
        ("a.yaml", "1a: 3\n---\n1b: 4", "line 2: a second document"),
        ("a.yaml", "[" * 10_000, "inside each other|nesting"),
        ("a.yaml", "1a: [1, {a: 2}]", "holds keys"),
        ("a.yaml", "[1, 2]: 3", "must be the name"),
        ("a.yaml", "just words", "which question"),
        ("a.yaml", "name: env\ndependencies: [numpy]", "none of its keys"),
        ("a.yaml", "1a: 3\n1b: \x01", "does not allow|special characters|control characters"),
        ("a.json", '{"1a": 3,}', "line 1:"),
        ("a.json", "[" * 100_000, "nested too deeply"),
        ("a.json", "[[1, 2], [3, 4]]", "which question"),
        ("a.json", '[{"points": 3, "of": 4}]', "no `question` and `answer`"),
        ("a.csv", "id,value\n1,2\n", "does not name the columns"),
        ("a.csv", "answer,question\n1,2,1a\n", "line 2: there are 3 cells"),
    ],
)
def test_what_is_no_file_of_answers(name: str, text: str, message: str) -> None:
    """It says why in words, and its questions wait for a person."""
    document = read(text, name)
    assert [note.id for note in document.notes] == ["broken-answers"]
    assert any(words in dict(document.notes[0].facts)["message"] for words in message.split("|"))
    graded = grade(parse_rubric(RUBRIC, "r"), Submission("hw", (document,)))
    assert {str(mark.status) for mark in graded.marks} == {"review"}


def test_what_stands_beside_an_answer_is_said_and_hides_no_other() -> None:
    """A comment beside an answer is told; a question left empty is blank, and not hidden by it."""
    document = read('{"1a": {"answer": "3", "comment": "odd"}, "1b": {"answer": "", "comment": ""}}', "hw.json")
    assert [block.text for block in document.blocks] == ["1a", "3", "1b"]
    assert [note.id for note in document.notes] == ["beside-not-read"]
    graded = grade(parse_rubric(RUBRIC, "r"), Submission("hw", (document,)))
    assert str(graded.marks[1].status) == "blank"


def test_an_odd_key_is_said() -> None:
    """What stands under a word that is no question is not read as an answer, and does not pass in silence."""
    document = read("1a: 3\nconclusion: 4\nname: Ann\n")
    assert [block.text for block in document.blocks] == ["1a", "3"]
    assert [note.id for note in document.notes] == ["key-not-read"]


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("1a: {shape: [4, 5], axes: [row, column]}", ["1a", "shape: [4, 5]", "axes: [row, column]"]),
        ("1a:\n  in_channels: 10\n  out_channels: 20", ["1a", "in channels: 10", "out channels: 20"]),
        ("1a:\n  value: 3\n  unit: m", ["1a", "value: 3 m"]),
        ("1a:\n  answer: 3\n  because: so", ["1a", "3"]),
        ("1:\n  a: 3\n  b: 4", ["1", "a", "3", "b", "4"]),
    ],
)
def test_an_answer_may_be_several_lines_with_words(text: str, words: list[str]) -> None:
    """Words below the name of a question are those of its answer, unless one of them says which it is."""
    document = read(text)
    assert [" ".join(block.text.split()) for block in document.blocks] == words
    check(document)


@pytest.mark.parametrize(
    ("name", "text", "statuses", "unknown"),
    [
        ("a.yaml", "1a: (1000, 3, 256, 256)\n1b: 1e-3\nz: 5\n2: [1, 3, 0, 1]\nx: 7", "right right right", ["z", "x"]),
        ("a.yaml", "1:\n  a: (1000, 3, 256, 256)\n  b: 1e-3\n  z: 5\n2: [1, 3, 0, 1]", "right right right", ["z"]),
        ("a.yaml", "1:\n  z: 5\n  b: 1e-3\n2: [1, 3, 0, 1]", "blank right right", ["z"]),
        ("a.yaml", "1b: 1e-3\nz:\n  y: 5\n2c: 3\n2: [1, 3, 0, 1]", "blank right review", ["z"]),
        ("a.json", '{"1b": "1e-3", "z": 0.002, "2": [1, 3, 0, 1]}', "blank right right", ["z"]),
        ("a.csv", "question,answer\n1b,1e-3\nz,5\n", "blank right blank", ["z"]),
    ],
)
def test_a_key_that_is_no_question_is_nobodys(name: str, text: str, statuses: str, unknown: list[str]) -> None:
    """What stands beside it is said, and is no part of the answer above."""
    graded = grade(parse_rubric(RUBRIC, "r"), Submission("hw", (read(text, name),)))
    assert " ".join(str(mark.status) for mark in graded.marks) == statuses
    assert [dict(note.facts)["label"] for note in graded.notes if note.id == "unknown-question"] == unknown


@pytest.mark.parametrize(
    ("name", "text"),
    [
        ("a.csv", 'answer,question\n1e-3,1b\n"[1, 3, 0, 1]",2\n'),
        ("a.json", '[{"answer": 0.001, "question": "1b"}, {"answer": [1, 3, 0, 1], "id": 2}]'),
        ("a.yaml", "- answer: |\n    so $x =$\n    0.001\n  question: 1b\n- {answer: '[1, 3, 0, 1]', question: 2}\n"),
    ],
)
def test_an_answer_may_stand_before_its_question(name: str, text: str) -> None:
    """It is read, and its place is the one that it has."""
    document = read(text, name)
    graded = grade(parse_rubric(RUBRIC, "r"), Submission("hw", (document,)))
    assert [str(mark.status) for mark in graded.marks] == ["blank", "right", "right"]
    for mark in graded.marks[1:]:
        assert all(text.split("\n")[item.line - 1] == item.text for item in mark.evidence)


@given(text=st.lists(st.sampled_from(BARE), max_size=12).map("".join))
def test_a_bare_answer_is_what_plain_text_makes_of_it(text: str) -> None:
    """The short way for lines without markup gives the same block."""
    if plain.is_bare(text):
        (block,) = plain.read_words(text).blocks
        span = Span(0, len(text))
        assert block == Block("paragraph", span, (Run("text", text, span),))


def test_keys_inside_of_an_answer_are_its_own() -> None:
    """`{x: 3, y: 4}` is one answer to one question, which has no parts."""
    rubric = parse_rubric("questions:\n  1: {points: 1, parts: {x: {number: 3}, y: {number: 4}}}\n", "r")
    for text in ("1: {x: 3, y: 4}", "1:\n  answer: {x: 3, y: 4}\n"):
        graded = grade(rubric, Submission("hw", (read(text),)))
        assert [str(mark.status) for mark in graded.marks] == ["right"]


def test_the_word_answer_is_no_question() -> None:
    """`answer:` below a name is the answer; words in words in words there leave an empty question to a person."""
    document = read("1: {a: {why: {so: {then: 1 is 1}}}, b: {answer: 1e-3}}\n2: {solution: [1, 3, 0, 1]}\n")
    graded = grade(parse_rubric(RUBRIC, "r"), Submission("hw", (document,)))
    assert [str(mark.status) for mark in graded.marks] == ["review", "right", "right"]
    assert [note.id for note in graded.notes] == ["key-not-read"]


PIECES = ("1a", ": ", "\n", "  ", "- ", "[", "]", "{", "}", ",", "'", '"', "|", ">", "&a ", "*a", "!x ", "# c", "---\n",
          "$x$", "$$", "\\", ";", "\t", "question", "answer", "null", "3", "(1, 2)", "? ", "<<", "\u2028", "é", "\x00",
          '"1": ', '"a\\n"', "%", "@", "question,answer\n")  # fmt: skip


@settings(max_examples=800, deadline=None)
@given(
    text=st.lists(st.sampled_from(PIECES), max_size=40).map("".join) | st.text(),
    kind=st.sampled_from(["yaml", "json", "csv", ""]),
)
def test_any_text_is_read(text: str, kind: str) -> None:
    """No text raises; blocks and runs stand in order with exact slices."""
    document = read(text, f"hw.{kind}")
    assert document.original == text
    check(document)


@pytest.mark.parametrize("kind", ["yaml", "json", "csv"])
@pytest.mark.parametrize(
    "piece", ["1a: 3\n", "[", "{1a: ", '"1a": 3,', '"', '""', "a,", "- ", "? ", "'", "1a,2\n", "&a ", "\n", " ", '"x\n']
)
def test_time_is_linear(kind: str, piece: str) -> None:
    """A long file of anything takes seconds."""
    heads = {"csv": "question,answer\n", "yaml": "", "json": ""}
    read(heads[kind] + piece * (50_000 // len(piece)), f"hw.{kind}")


def test_examples_are_read() -> None:
    """Each example gives blocks and no complaint."""
    for example in READERS.load("answers").examples:
        document = read(example, "hw")
        assert document.blocks and not document.notes
