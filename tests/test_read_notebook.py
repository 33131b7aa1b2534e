"""What is particular to notebooks: cells and their places, saved outputs, and files that are not quite notebooks."""

from __future__ import annotations

import json
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from test_read_markdown import check

from grader.grade import grade, parse_rubric
from grader.locate import locate
from grader.marking.evidence import evidence_at
from grader.model.documents import Document, Submission
from grader.read import READERS
from grader.report.jsonl import line

RUBRIC = "questions:\n  1: {points: 1, number: 2*3}\n  2: {points: 1, number: 7}\n"


def read(text: str) -> Document:
    """A text as a notebook."""
    return READERS.load("notebook").read(text, "hw.ipynb")


def notebook(*cells: Any, **more: Any) -> str:
    """A notebook of version 4."""
    return json.dumps({"cells": cells, "metadata": {}, "nbformat": 4, "nbformat_minor": 5} | more)


def words(*lines: str) -> dict[str, Any]:
    """A Markdown cell."""
    return {"cell_type": "markdown", "metadata": {}, "source": [each + "\n" for each in lines]}


def code(source: str, *outputs: Any) -> dict[str, Any]:
    """A code cell."""
    return {"cell_type": "code", "source": source, "outputs": list(outputs), "execution_count": 1, "metadata": {}}


def stream(text: Any, name: str = "stdout") -> dict[str, Any]:
    """What a program printed."""
    return {"output_type": "stream", "name": name, "text": text}


def result(**data: Any) -> dict[str, Any]:
    """The value of a cell, in forms whose slashes are written as two underscores."""
    return {"output_type": "execute_result", "data": {form.replace("__", "/"): value for form, value in data.items()}}


def shown(document: Document) -> list[tuple[str, str, str]]:
    """Kind, language and words of each block."""
    return [(block.kind, block.info, block.text) for block in document.blocks]


def notes(document: Document) -> list[str]:
    """The notes by name."""
    return [note.id for note in document.notes]


def test_cells_in_order() -> None:
    """Markdown cells are read as Markdown, code and printed words as code, raw cells as plain text."""
    document = read(
        notebook(
            words("# Homework", "", "1. $x$"),
            code("x = 2*3\nprint(x)", stream(["6\n", "7\n"]), result(text__plain="8")),
            {"cell_type": "raw", "source": "(b) # raw"},
            metadata={"language_info": {"name": "Python"}},
        )
    )
    assert shown(document) == [
        ("heading", "", "Homework"),
        ("paragraph", "", "x"),
        ("code", "cell python", "x = 2*3\nprint(x)"),
        ("code", "output", "6\n7"),
        ("code", "output", "8"),
        ("paragraph", "", "(b) # raw"),
    ]
    assert document.notes == ()
    check(document)


def test_version_3() -> None:
    """Cells on worksheets, with headings and outputs of the older kind."""
    cells = [
        {"cell_type": "heading", "level": 2, "source": ["Problem 1"]},
        {
            "cell_type": "code",
            "input": ["f()"],
            "outputs": [{"output_type": "pyout", "text": ["6"], "html": "<b>6</b>"}],
        },
        {
            "cell_type": "code",
            "input": "",
            "outputs": [{"output_type": "display_data", "png": "aaaa", "text": "<Figure>"}],
        },
    ]
    document = read(json.dumps({"nbformat": 3, "worksheets": [{"cells": cells}]}))
    assert [block.kind for block in document.blocks] == ["heading", "code", "code", "paragraph"]
    assert document.blocks[0].level == 2
    assert document.blocks[2].text == "6"
    assert document.blocks[3].runs[0].kind == "image"


def test_places_are_those_of_the_cell() -> None:
    """A mark names the cell, and line and column within it, also where macros were expanded."""
    text = notebook(
        words(r"$\newcommand{\six}{6}$", "", "## 1"), words("so", r"we get $\six$"), code("7", stream("a\n 7\n"))
    )
    document = read(text)
    run = next(run for block in document.blocks for run in block.runs if run.text == "6")
    found = evidence_at(document, run.span.start, run.span.stop)
    assert (found.cell, found.line, found.column, found.text, found.width) == ("cell 2", 2, 9, r"we get $\six$", 4)
    printed = document.blocks[-1].runs[0].span
    found = evidence_at(document, printed.start + 3, printed.stop)
    assert (found.cell, found.line, found.text) == ("output of cell 3", 2, " 7")
    assert found.place == "hw.ipynb, output of cell 3"


def test_marks_and_reports_name_the_cell() -> None:
    """The cell stands in results.jsonl; an answer that only an output gives is marked."""
    text = notebook(words("## 1"), code("n = 3\nprint(2*n)", stream("6\n")), words("## 2", r"$\frac{1}{2$"))
    graded = grade(parse_rubric(RUBRIC, "r"), Submission("hw", (read(text),)))
    assert [str(mark.status) for mark in graded.marks] == ["right", "review"]
    evidence = json.loads(line(graded))["questions"][0]["evidence"]
    assert evidence == [{"file": "hw.ipynb", "cell": "output of cell 2", "line": 1, "text": "6"}]


def test_code_is_not_the_answer_where_words_stand() -> None:
    """Numbers in the code of a cell are no answers beside words that answer."""
    text = notebook(words("## 1", "The result is 6."), code("x = 99\nplot(x, 5)"), words("## 2", "7"))
    graded = grade(parse_rubric(RUBRIC, "r"), Submission("hw", (read(text),)))
    assert [str(mark.status) for mark in graded.marks] == ["right", "right"]


@pytest.mark.parametrize(
    ("output", "note", "kept"),
    [
        (stream("\x1b[31mred\x1b[0m 5\x1b]0;t\x07\x00"), [], ["red 5"]),
        (stream("10%\r50%\r100%\nx\r\n"), [], ["100%\nx"]),
        (stream("warning: 3", "stderr"), ["stderr-not-read"], []),
        (stream("9" * 60_000), ["output-cut"], ["9" * 50_000]),
        (stream(5), ["odd-output"], []),
        (stream(["a", 5]), ["odd-output"], []),
        ("text", ["odd-output"], []),
        ({"output_type": "error", "ename": "E", "evalue": "7", "traceback": ["7"]}, ["cell-failed"], []),
        (result(text__html="<b>7</b>"), ["output-not-read"], []),
        (result(text__html="<b>7</b>", text__plain=["7"]), [], ["7"]),
        (result(text__latex="$x^2$", text__plain="x**2"), [], ["x**2"]),
        (result(text__latex="$x^2$"), [], ["x^2"]),
        (result(image__png="AAAA", text__plain="<Figure size 640x480>"), [], [""]),
        (result(application__json={"a": 1}), ["output-not-read"], []),
        (result(text__plain="\ud800 7"), [], ["\ufffd 7"]),
        ({"output_type": "execute_result", "data": 5}, ["output-not-read"], []),
    ],
)
def test_outputs(output: Any, note: list[str], kept: list[str]) -> None:
    """Printed words are kept without colours; what cannot be read is said."""
    document = read(notebook(code("f()", output)))
    assert notes(document) == note
    assert [block.text for block in document.blocks[1:]] == kept
    check(document)


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("{", "line 1"),
        ("", "line 1"),
        ('{"cells": [}', "line 1"),
        ("[" * 100_000, "nested"),
        ('{"a":' * 100_000, "nested"),
        ("9" * 10_000, "too long"),
        ("[]", "no list of cells"),
        ("null", "no list of cells"),
        ('{"cells": {}}', "no list of cells"),
        ('{"worksheets": 5}', "no list of cells"),
        ('{"cells": []}', "no cells"),
        ('{"worksheets": []}', "no cells"),
    ],
)
def test_what_is_no_notebook(text: str, message: str) -> None:
    """A file that cannot be read says why, and its questions wait for a person."""
    document = read(text)
    assert notes(document) == ["broken-notebook"]
    assert message in dict(document.notes[0].facts)["message"]
    graded = grade(parse_rubric(RUBRIC, "r"), Submission("hw", (document,)))
    assert [str(mark.status) for mark in graded.marks] == ["review", "review"]


@pytest.mark.parametrize(
    "cell",
    [5, None, [], {}, {"cell_type": "markdown"}, {"cell_type": "markdown", "source": 5}, {"cell_type": ["code"]},
     {"cell_type": "markdown", "source": ["a", 5]}, {"cell_type": "widget", "source": "x"}],
)  # fmt: skip
def test_odd_cells(cell: Any) -> None:
    """A cell that cannot be one is said, and the others are read."""
    document = read(notebook(words("one"), cell, words("three")))
    assert notes(document) == ["odd-cell"]
    assert [block.text for block in document.blocks] == ["one", "three"]
    assert document.place(document.origin(document.notes[0].span.start, 0)[0]).sheet == "cell 2"  # type: ignore[union-attr]


def test_cells_do_not_run_into_each_other() -> None:
    """What one cell leaves open ends with it; equal ids, attachments and empty cells do no harm."""
    cells = [words("$$ x = 1"), words("```", "y"), words("## 2 ![](attachment:a.png)"), words(), code("")]
    document = read(
        notebook(*({**cell, "id": "same", "attachments": {"a.png": {"image/png": "AA"}}} for cell in cells))
    )
    assert [block.kind for block in document.blocks] == ["paragraph", "paragraph", "heading"]
    assert document.blocks[2].runs[-1].kind == "image"


JSON = st.recursive(
    st.none()
    | st.booleans()
    | st.integers()
    | st.text(max_size=8)
    | st.sampled_from(["markdown", "code", "raw", "$x$"]),
    lambda inner: (
        st.lists(inner, max_size=4)
        | st.dictionaries(
            st.sampled_from(
                ["cells", "cell_type", "source", "outputs", "text", "data", "text/plain", "output_type", "level"]
            ),
            inner,
            max_size=5,
        )
    ),
    max_leaves=20,
)


@settings(max_examples=400, deadline=None)
@given(cells=st.lists(JSON, max_size=5))
def test_any_cells_are_read(cells: list[Any]) -> None:
    """Whatever stands in the list of cells, there is a document that keeps its promises."""
    check(read(json.dumps({"cells": cells})))


@settings(max_examples=200, deadline=None)
@given(text=st.text())
def test_any_text_is_read(text: str) -> None:
    """No text raises."""
    check(read(text))


def test_a_large_notebook_takes_no_time() -> None:
    """Thousands of cells with formulas, macros and outputs are read within seconds."""
    cells = [words(r"$\newcommand{\R}{\mathbb{R}}$")]
    cells += [words("## 1", r"$\R^2$"), code("f()", stream("6\n"), stream("7"))] * 4_000
    document = read(notebook(*cells))
    assert len(document.blocks) == 4_000 * 5
    check(document)


@pytest.mark.parametrize(
    ("cells", "statuses"),
    [
        ([code("print(5)", stream("5\n")), words("## 1b\n", "6"), words("## 2\n", "7")], "review right right"),
        ([words("Hello"), words("## 1b\n", "6"), words("## 2\n", "7")], "blank right right"),
        ([code("x = 5"), words("## 1b\n", "6"), words("## 2\n", "7")], "blank right right"),
    ],
)
def test_what_is_printed_above_all_labels_may_be_an_answer(cells: list[dict[str, Any]], statuses: str) -> None:
    """The questions before the first label are then for a person; words of greeting answer none of them."""
    rubric = parse_rubric("questions:\n  1a: {points: 1, number: 5}\n  1b: {points: 1, number: 6}\n"
                          "  2: {points: 1, number: 7}\n", "r")  # fmt: skip
    graded = grade(rubric, Submission("s", (read(notebook(*cells)),)))
    assert " ".join(str(mark.status) for mark in graded.marks) == statuses


@pytest.mark.parametrize(
    ("printed", "found"),
    [
        ("a [1, 3, 0, 1]\nb [2, 3, 10, 1]\n", ["right", "right"]),
        ("b [2, 3, 10, 1]\na [1, 3, 0, 1]\n", ["review", "review"]),  # in no order: not surely labels
        ("a [1, 3, 0, 1]\nloss 0.3\n", ["review", "review"]),
    ],
)
def test_printed_lines_may_begin_with_their_letters(printed: str, found: list[str]) -> None:
    """Below a problem's heading, printed lines of a letter and a value each answer their parts; others do not."""
    rubric = """
questions:
  5:
    questions:
      a: {points: 1, array: [1, 3, 0, 1]}
      b: {points: 1, array: [2, 3, 10, 1]}
"""
    text = notebook(words("## Problem 5"), code("show(x)", stream(printed)))
    graded = grade(parse_rubric(rubric, "r"), Submission("hw", (read(text),)))
    assert [str(mark.status) for mark in graded.marks] == found


_LETTERED = "questions:\n" + "".join(
    f"  1{letter}: {{points: 1, number: {n}}}\n" for letter, n in zip("abc", (6, 7, 8), strict=True)
)


@pytest.mark.parametrize(
    ("cells", "found"),
    [
        ([code("print('1a', 6)", stream("1a 6 images\n1b 7 rows\n1c 8\n"))], "6 images|7 rows|8"),
        ([code("", stream("1a 6\n")), code("", stream("1b 7\n")), code("", stream("1c 8\n"))], "6|7|8"),
        ([code("", stream("1b 7\n")), code("", stream("1a 6\n"))], ""),
        ([code("", stream("2d arrays: 6\n"))], ""),
        ([words("## 1"), code("x = 3\n# (a)\nprint(2*x)\n# (b)\nprint(x + 4)", stream("6\n7\n"))], "6|7"),
        ([words("## 1"), code("# (a)\nprint(6)\n# (b)\nx + 4", stream("6\n7\n"))], "6|7"),
        ([words("## 1"), code("# (a)\nprint(6)\nprint(6)\n# (b)\nprint(7)", stream("6\n6\n7\n"))], "6\n6|7"),
        ([words("## 1"), code("# (a)\nprint(6)\n# (b)\nprint(7)", stream("6\n6\n7\n"))], ""),
        ([words("## 1"), code("# (a)\nprint(z)\n# (b)\nprint(7)", stream("[[6\n 6]]\n7\n"))], "[[6\n 6]]|7"),
        ([words("## 1"), code("# (a)\nprint(6, end=' ')\n# (b)\nprint(7)\n8", stream("6 7\n8\n"))], ""),
        ([words("## 1"), code("# a\nprint(6)\n# b\nprint(7)", stream("6\n7\n"))], "6|7"),
        ([words("## 1"), code("# a\nprint(6)\nprint(7)", stream("6\n7\n"))], ""),
        ([words("## 1"), code("# --- a ---\nprint(6)\n# --- b ---\nx", stream("6\n"), result(text__plain="7"))], "6|7"),
        ([words("## 1"), code("print(f(x))  # (a)\nprint('#', 7)  # (b)", stream("6\n7\n"))], "6|7"),
        ([words("## 1"), code("print(6)  # (a)\nprint(7)\nprint(8)  # (b)", stream("6\n7\n8\n"))], ""),
        ([words("## 1"), code("y_a = 6\nprint(y_a)\nprint(y_b)", stream("6\n7\n"))], "6|7"),
        ([words("## 1"), code("print(y_a)\nprint(y)", stream("6\n7\n"))], ""),
        ([words("## 1"), code("print(y_b)\nprint(y_a)", stream("7\n6\n"))], ""),
        ([words("## 1"), code("# (a)\nfor i in x:\n    print(i)\n# (b)\nprint(7)", stream("6\n7\n"))], ""),
        ([words("## 1", "(a) 6"), code("# (b)\nprint(7)", stream("7\n"))], "6|7"),
    ],
)
def test_labels_that_are_printed_or_stand_in_comments(cells: list[dict[str, Any]], found: str) -> None:
    """Lines of an output answer the labels that they begin with, or that the comments above their statements give."""
    located = locate(Submission("s", (read(notebook(*cells)),)), parse_rubric(_LETTERED, "three").rubric)
    assert "|".join(answer.text for answer in located.answers) == found


@pytest.mark.parametrize(
    ("comments", "printed", "statuses"),
    [
        ("# b\nprint(7)\n# c\nprint(8)", "7\n8\n", "right right right"),
        ("# b\nfor i in x:\n    print(i)\n# c\nprint(8)", "7\n8\n", "right review review"),
        ("# (b)\nprint(7); show(x)\n# (c)\nprint(8)", "7\n[6 6]\n8\n", "right review review"),
    ],
)
def test_what_comments_give_to_other_parts_is_none_of_the_part_above(
    comments: str, printed: str, statuses: str
) -> None:
    """Where nobody knows which line answers which of the parts that the comments name, these are for a person."""
    text = notebook(words("## 1", "(a) $6$"), code(comments, stream(printed)))
    graded = grade(parse_rubric(_LETTERED, "three"), Submission("s", (read(text),)))
    assert " ".join(str(mark.status) for mark in graded.marks) == statuses
