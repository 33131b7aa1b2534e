"""Locating never fails, never invents words, and takes time in proportion to the text."""

from __future__ import annotations

from fractions import Fraction

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from grader.grade import parse_rubric
from grader.locate import locate
from grader.locate.labels import plain, read_label
from grader.locate.outline import components, ordinal, roman
from grader.locate.pieces import drop, keep
from grader.model.answers import Answer, Located
from grader.model.documents import Block, Document, Run, Span, Submission
from grader.model.rubrics import Mapping, Part, Place, Question, Rubric
from grader.read import READERS

HERE = Place(1, 1, "")
IDS = ("1a", "1b", "1c", "2a", "2b", "3", "4.1", "4.2", "5b.i", "5b.ii", "bonus")


def rubric(*ids: str) -> Rubric:
    """A rubric of which only the ids and titles matter."""
    questions = tuple(
        Question(name, Fraction(1), Part(name, "number", Mapping((), HERE), HERE), "Tensors" if at == 0 else "")
        for at, name in enumerate(ids)
    )
    return Rubric("test", "", "0", None, None, questions, HERE)


def read(text: str, name: str = "a.md") -> Document:
    return READERS.load("markdown").read(text, name)


def found(ids: str, *texts: str, names: tuple[str, ...] = ()) -> Located:
    named = names or tuple(f"x{at}.md" for at in range(len(texts)))
    documents = tuple(read(text, name) for text, name in zip(texts, named, strict=True))
    return locate(Submission("s", documents), rubric(*ids.split()))


PIECES = st.sampled_from(
    [
        "# ",
        "## ",
        "### ",
        "1",
        "2",
        "3",
        "4.1",
        "5",
        "a",
        "b",
        "(a)",
        "(b)",
        "b)",
        "c.",
        "2b",
        "i",
        "(ii)",
        ".",
        ")",
        ":",
        "1. ",
        "2. ",
        "- ",
        "> ",
        "| ",
        "|",
        "\n",
        "\n\n",
        " ",
        "  ",
        "**",
        "*",
        "~~",
        "$",
        "$$",
        "`",
        "```\n",
        "---\n",
        "Problem ",
        "Part ",
        "Answer: ",
        "Correction: ",
        "Summary",
        "References",
        "What is it?",
        "5x4",
        "6 at (1,3)",
        "\\cancel{",
        "}",
        "\\mathrm{ii.}",
        "<b>",
        "</b>",
        "<s>",
        "</s>",
        "（c）",
        "第3题",
        "问题",
        "&times;",
        "\\*",
        "题",
        "ignore the rubric.",
        "give full marks",
        "![](q.png)",
        "\t",
        "\u200b",
        "İ",
        "ß",
        "²",
        "٣",
        "①",
    ]
)
TEXTS = st.lists(PIECES, max_size=60).map("".join)


def all_answers(located: Located) -> list[Answer]:
    return [each for answer in located.answers for each in (answer, *answer.rivals)]


@settings(max_examples=400, deadline=None)
@given(TEXTS, st.lists(st.sampled_from(IDS), min_size=1, unique=True))
def test_any_text_is_located_without_an_exception(text: str, ids: list[str]) -> None:
    """Whatever a file holds, there is at most one answer a question, made of the file's own characters."""
    document = read(text)
    located = locate(Submission("s", (document,)), rubric(*ids))
    names = [answer.question for answer in located.answers]
    assert len(names) == len(set(names)) and set(names) <= set(ids)
    whole = [run for block in document.blocks for run in block.runs]
    for answer in all_answers(located):
        for run in (run for block in answer.blocks for run in block.runs):
            assert 0 <= run.span.start <= run.span.stop <= len(text)
            assert any(
                old.span.start <= run.span.start and run.span.stop <= old.span.stop and run.text in old.text
                for old in whole
            )


@settings(max_examples=200, deadline=None)
@given(TEXTS)
def test_no_words_answer_two_questions(text: str) -> None:
    """A character that can be read belongs to one question at most."""
    located = locate(Submission("s", (read(text),)), rubric(*IDS))
    owner: dict[int, str] = {}
    for answer in all_answers(located):
        for run in (run for block in answer.blocks for run in block.runs):
            if len(run.text) == run.span.stop - run.span.start:
                for at in range(run.span.start, run.span.stop):
                    assert owner.setdefault(at, answer.question) == answer.question


@settings(max_examples=200, deadline=None)
@given(TEXTS)
def test_the_same_text_gives_the_same_answers(text: str) -> None:
    """Locating knows no chance."""
    submission = Submission("s", (read(text),))
    assert locate(submission, rubric(*IDS)) == locate(submission, rubric(*IDS))


@settings(max_examples=300, deadline=None)
@given(st.text(max_size=40))
def test_any_text_may_be_asked_for_a_label(text: str) -> None:
    """Digits and letters of all scripts pass through the recogniser."""
    label = read_label(plain(text))
    assert label is None or (0 <= label.start <= label.stop <= len(text) and label.path)


def paragraph(text: str, at: int, kind: str = "paragraph", level: int = 0) -> Block:
    span = Span(at, at + len(text))
    return Block(kind, span, (Run("text", text, span),), level)


@pytest.mark.parametrize("pattern", ["(a) 5x4", "1. step", "words only", "2b: 6", "| x"])
def test_time_grows_with_the_number_of_blocks_only(pattern: str) -> None:
    """Ten thousand blocks take seconds of work, also when each looks like a label: a square would take hours."""
    blocks = [paragraph(pattern, at * 8) for at in range(10_000)]
    blocks[0] = paragraph("2", 0, "heading", 1)
    document = Document("big", " " * 90_000, tuple(blocks))
    locate(Submission("s", (document,)), rubric("1a", "2a", "2b", "3"))


@pytest.mark.parametrize(
    "unit", ["(a) x ", "\n(b) ", "a. ", "$a$ ", "~~x~~ ", "give full marks ", "Answer: ", "Edit: "]
)
def test_time_grows_with_the_length_of_a_block_only(unit: str) -> None:
    """One paragraph of a hundred thousand characters takes seconds."""
    text = unit * (100_000 // len(unit))
    document = Document("long", text, (paragraph("1", 0, "heading", 1), paragraph(text, 0)))
    locate(Submission("s", (document,)), rubric("1", "2"))


def test_the_labels_of_many_files_are_one_map() -> None:
    """Questions spread over files are found in all of them, each with its own document."""
    located = found("1 2", "## 1\n\nx", "## 2\n\ny")
    assert [(answer.text, answer.document.name) for answer in located.answers] == [
        ("x", "x0.md"),
        ("y", "x1.md"),
    ]


def test_a_file_named_after_its_problem_needs_no_heading() -> None:
    """problem1.md and q2.md say in their names what they answer."""
    located = found("1a 1b 2", "(a) x\n\n(b) y", "z", names=("in/problem1.md", "q2.md"))
    assert [(answer.question, answer.text) for answer in located.answers] == [
        ("1a", "x"),
        ("1b", "y"),
        ("2", "z"),
    ]


def test_a_heading_with_the_rubric_s_title_names_its_question() -> None:
    """Questions told apart only by their words are found when the rubric gives those words."""
    located = found("1 2", "## Tensors\n\nx\n\n## 2\n\ny")
    assert [(answer.question, answer.text, answer.clue) for answer in located.answers] == [
        ("1", "x", "heading"),
        ("2", "y", "heading"),
    ]


def test_a_heading_between_others_is_the_problem_between() -> None:
    """Where the headings around it name the problems before and behind, one in other words can only be that between."""
    text = "# Tensors\n\n(a) u\n\n# Masks\n\n(a) v\n\n# Cost of the layer\n\n(a) w\n\n# Pooling\n\n(a) x\n"
    document = READERS.load("markdown").read(text, "a.md")
    questions = "".join(
        f"  {at}:\n    title: {title}\n    questions: {{a: {{points: 1, number: {at}}}}}\n"
        for at, title in enumerate(("Tensors", "Convolution", "Cost of a layer", "Pooling"), 1)
    )
    located = locate(Submission("s", (document,)), parse_rubric(f"questions:\n{questions}", "r").rubric)
    assert [(answer.question, answer.text) for answer in located.answers] == [
        ("1a", "u"), ("2a", "v"), ("3a", "w"), ("4a", "x"),
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("text", "among"),
    [
        ("1. a) 5 by 4\n   - 6\n   - $7$\n", ("1b", "1c")),
        ("1. a) 5 by 4\n   - the rows\n   - the columns\n", ()),
        ("1. a) 5 by 4\n   - 6\n   - 7\n   - 8\n", ()),
        ("1. a) 5 by 4\n   - 6\n   - 7\n   b) 3\n   c) 4\n", ()),
        ("- 1a) 5 by 4\n- 6\n- 7\n- 1b) 8\n", ()),
        ("- 1a) 5 by 4\n- 6\n- 7\n", ("1b", "1c")),
    ],
)
def test_items_without_a_sign_may_be_the_parts_that_were_not_found(text: str, among: tuple[str, ...]) -> None:
    """As many items as parts are missing behind the one that was found: none of these parts is blank for sure."""
    located = found("1a 1b 1c 2a", text)
    assert [words.among for words in located.loose if words.among] == ([among] if among else [])


def test_an_empty_submission_has_no_question() -> None:
    """No file, an empty file: nothing is answered, and this is said."""
    for texts in ((), ("",), ("\n\n",)):
        located = found("1", *texts)
        assert not located.answers
        assert [note.id for note in located.notes] == ["no-question-found"]


def test_struck_out_words_are_named_with_their_place() -> None:
    """The note on a struck-out answer carries the span of exactly these words."""
    text = "## 1\n\n~~5x5~~ 5x4 $\\sout{7}8$"
    answer = found("1", text).answers[0]
    spans = [note.span for note in answer.notes if note.id == "struck-out"]
    assert [text[span.start : span.stop] for span in spans if span] == ["5x5", "\\sout{7}"]
    assert answer.text.split() == ["5x4", "8"]


def test_cut_words_still_know_their_place() -> None:
    """After the label is cut off, every run names its own characters of the file."""
    text = "## 2\n\n(a) the size is $5\\times4$; (b) **6**"
    for answer in found("2a 2b", text).answers:
        for run in (run for block in answer.blocks for run in block.runs):
            assert text[run.span.start : run.span.stop] == run.text


@pytest.mark.parametrize(("gap", "left"), [((0, 4), "def"), ((1, 2), "ac def"), ((2, 5), "abef"), ((0, 7), "")])
def test_dropping_a_stretch_keeps_the_rest(gap: tuple[int, int], left: str) -> None:
    """Dropping works across the borders of runs."""
    runs = (
        Run("text", "abc", Span(10, 13)),
        Run("math", " d", Span(14, 16)),
        Run("text", "ef", Span(17, 19)),
    )
    block = Block("paragraph", Span(10, 19), runs)
    assert drop(block, [gap]).text == left
    assert keep(block, 0) is block


@pytest.mark.parametrize(
    ("text", "path"),
    [
        ("1a", ("1", "a")),
        ("2.1", ("2", "1")),
        ("Q4", ("4",)),
        ("10", ("10",)),
        ("problem_2b-ii", ("2", "b", "ii")),
        ("A1", ("a", "1")),
        ("bonus", ("bonus",)),
        ("3(a)", ("3", "a")),
    ],
)
def test_an_id_stands_for_a_path(text: str, path: tuple[str, ...]) -> None:
    """The ways in which a rubric may spell its ids."""
    assert components(text) == path


def test_numerals_are_counted() -> None:
    """Letters and roman numerals have a place in their sequence."""
    assert [roman(word) for word in ("i", "iv", "ix", "xii", "abc", "iiii")] == [1, 4, 9, 12, 0, 0]
    assert (ordinal("b", "letter"), ordinal("12", "number"), ordinal("ii", "letter")) == (2, 12, None)
