"""Answers to several parts in one text, each led by the label of its part."""

from __future__ import annotations

import pytest

from grader.grade import grade, parse_rubric
from grader.model.documents import Submission
from grader.read import READERS

RUBRIC = """
questions:
  fields:
    points: 3
    parts:
      div: {equals: x + y + z, labels: [div, divergence]}
      curl: {equals: "(-y, -z, -x)", labels: [curl, rot]}
  system:
    points: 4
    parts:
      zeros: {set: [1, -1], labels: [zeros, zeroes]}
      poles: {equals: "{1/2 + i/2, 1/2 - i/2}", labels: [poles, pole]}
      stable: {choice: "yes", options: {"yes": [stable], "no": [unstable, not stable]}, labels: [stable, stability]}
"""


@pytest.mark.parametrize(
    ("question", "answer", "status"),
    [
        ("fields", "div F = x+y+z, curl F = (-y,-z,-x)", "right"),
        ("fields", "div: x+y+z, curl: (-y,-z,-x)", "right"),
        ("fields", "curl F = (-y,-z,-x), div F = x+y+z", "right"),
        ("fields", r"$\operatorname{div} F = x+y+z$, $\operatorname{curl} F = (-y,-z,-x)$", "right"),
        ("fields", r"$\mathrm{div}\, F = x+y+z$ and $\mathrm{rot}\, F = (-y,-z,-x)$", "right"),
        ("fields", "The divergence of F is $x+y+z$, the curl is $(-y,-z,-x)$.", "right"),
        ("fields", "div F = x+y+z\n\ncurl F = (-y,-z,-x)", "right"),
        ("fields", "div F = x+y-z, curl F = (-y,-z,-x)", "review"),
        ("fields", "div F = (-y,-z,-x), curl F = x+y+z", "review"),
        ("fields", "div F = x+y+z, curl F = (-y,-z,-x), but div F = x", "review"),
        ("fields", "with G = 3x: div F = x+y+z, curl F = (-y,-z,-x)", "review"),
        ("system", r"Zeros: $\pm 1$. Poles: $0.5 \pm 0.5j$. Stable.", "right"),
        ("system", "Zeros: ±1. Poles: 0.5 ± 0.5j. Stable since |p| < 1.", "right"),
        ("system", "zeros: 1 and -1\npoles: 0.5 + 0.5i and 0.5 - 0.5i\nstable", "right"),
        ("system", "Zeros: ±1. Poles: 0.5 ± 0.5j. Not stable.", "review"),
        ("system", "Zeros: 0.5 ± 0.5j. Poles: ±1. Stable.", "review"),
    ],
)
def test_what_a_label_leads_is_read_alone(question: str, answer: str, status: str) -> None:
    """A part that was not read in the whole text is right if it is behind its own label, and is never wrong by that."""
    document = READERS.load("markdown").read(f"# {question}\n\n{answer}\n", "a.md")
    marks = grade(parse_rubric(RUBRIC, "one"), Submission("s", (document,))).marks
    mark = next(one for one in marks if one.id == question)
    assert mark.status.value == status or (status == "review" and mark.credit != 1)
