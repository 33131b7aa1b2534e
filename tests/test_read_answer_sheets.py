"""Sheets of answers inside other documents: a fence of YAML or JSON in Markdown, a dictionary that a cell printed."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from grader.grade import grade, load_rubric
from grader.model.documents import Submission
from grader.read import READERS

RUBRIC = load_rubric(Path(__file__).parents[1] / "rubrics" / "homework10.yaml")
YAML = """p1:
  a: [1000, 256, 256, 3]   # images, rows, columns, colours
  b: [40, 80, 2400]
p2:
  b: 5x4
  c: {value: 6, pos: [3, 3]}
p5:
  a: [1, 3, 0, 1]
  c:
    sub: "Y[b,k,c] = X[b, s*k, c]"
    max: "Y[b,k,c] = max(X[b, s*k+j, c] for j in 0..p-1)"
    shape_sub: "(B, ceil(N/s), C)"
    shape_max: "(B, ceil(N/s), C)"
"""
ANSWERED = {"1a", "1b", "2b", "2c", "5a", "5c"}
PRINTED = {"1a": "(1000, 256, 256, 3)", "1b": "(40, 80, 2400)", "2c": {"value": 6, "position": [1, 3]}, "3d": 1820}


def credits_of(reader: str, name: str, text: str) -> dict[str, str]:
    """The credit of each question that has an answer; its status where it has none."""
    marks = grade(RUBRIC, Submission("s01", (READERS.load(reader).read(text, name),))).marks
    return {m.id: m.status.value if m.credit is None else str(m.credit) for m in marks if m.status.value != "blank"}


@pytest.mark.parametrize("fence", ["```yaml\n{}```", "~~~yml\n{}~~~"])
def test_a_fence_of_yaml_in_markdown_holds_answers(fence: str) -> None:
    """Its keys are questions and parts, as in a file of answers; words around it are read as ever."""
    text = f"# Homework 10\n\nI keep my answers in YAML.\n\n{fence.format(YAML)}\n\n## 3d\n\n1820\n"
    assert credits_of("markdown", "a.md", text) == dict.fromkeys(sorted(ANSWERED | {"3d"}), "1")


def test_the_evidence_of_a_fence_stands_at_its_line() -> None:
    """Line and words are those of the file that was handed in."""
    document = READERS.load("markdown").read(f"# Homework\n\n```yaml\n{YAML}```\n", "a.md")
    mark = next(m for m in grade(RUBRIC, Submission("s01", (document,))).marks if m.id == "2b")
    assert [(line.line, line.text) for line in mark.evidence] == [(8, "  b: 5x4")]


def test_a_fence_without_questions_stays_code() -> None:
    """A file of settings is no sheet of answers."""
    text = "# 1a\n\n(1000, 256, 256, 3)\n\n```yaml\nlearning_rate: 0.1\nbatch: 32\nepochs: 10\n```\n"
    assert credits_of("markdown", "a.md", text) == {"1a": "1"}


def test_a_dictionary_that_a_cell_printed_holds_answers() -> None:
    """The values count that were printed, not the code that made them."""
    code = 'answers = {}\nanswers["1a"] = f"(1000, {16*16}, 256, 3)"\nprint(json.dumps(answers, indent=2))'
    output = {"output_type": "stream", "name": "stdout", "text": json.dumps(PRINTED, indent=2) + "\n"}
    cell = {"cell_type": "code", "source": code, "outputs": [output], "metadata": {}, "execution_count": 1}
    notebook = json.dumps({"cells": [cell], "nbformat": 4, "nbformat_minor": 5, "metadata": {}})
    assert credits_of("notebook", "a.ipynb", notebook) == dict.fromkeys(PRINTED, "1")


def test_other_printed_json_stays_an_output() -> None:
    """A dictionary of settings answers nothing."""
    output = {"output_type": "stream", "name": "stdout", "text": '{"lr": 0.1, "epochs": 3, "loss": 0.25}\n'}
    cells = [
        {"cell_type": "markdown", "source": "# 1a\n\n(1000, 256, 256, 3)", "metadata": {}},
        {"cell_type": "code", "source": "print(log)", "outputs": [output], "metadata": {}, "execution_count": 1},
    ]
    notebook = json.dumps({"cells": cells, "nbformat": 4, "nbformat_minor": 5, "metadata": {}})
    found = credits_of("notebook", "a.ipynb", notebook)
    assert found.pop("1a") == "1"
    assert {*found.values()} <= {"review"}
