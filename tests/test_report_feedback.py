"""What a real student is told: each slip by its name, beside the words that hold it."""

from __future__ import annotations

from pathlib import Path

import pytest

from grader.grade import grade, load_rubric
from grader.model.documents import Submission
from grader.read import READERS
from grader.report import render

RUBRIC = Path(__file__).parents[1] / "rubrics" / "homework10.yaml"
HAND_IN = r"""
## 3

### (b)

Number of input channel is $48\times64\times10 = 30720$

Number of input channel is $46\times62\times10 = 28520$

### (d)

Trainable parameters will be $3\times3\times10\times20 + 10 = 1810$

## 4

### (b)

$$
\begin{align}
    \frac{\part J}{\part W[k_1,k_2,n,m] }
    &=\frac{\part J}{\part Z[i,j_1, j_2, m]}\cdot\frac{ Z[i,j_1, j_2, m]}{W[k_1,k_2,n,m]} \\
    &=  \frac{\part J}{\part Z[i,j_1, j_2, m]}\cdot X[i, j+k_1,j_2+k_2,n]
\end{align}
$$

## 5

### (a)

$$
\mathbf y = [2,2,10,0]
$$

### (c)

If using sub-sampling with stride = s, shape will be (B, N, Ceil(C/s)).
"""


def section(id: str) -> str:
    """The feedback on one question."""
    submission = Submission("s", (READERS.load("markdown").read(HAND_IN, "s.md"),))
    page = render(grade(load_rubric(RUBRIC), submission))
    return page.split(f"\n## {id}: ")[1].split("\n## ")[0]


@pytest.mark.parametrize(
    ("id", "words", "said"),
    [
        ("3b", r"$46\times62\times10 = 28520$", "Both values carry the same label"),
        ("3d", r"20 + 10 = 1810$", "one bias per output channel, not per input channel"),
        ("4b", r"X[i, j+k_1,j_2+k_2,n]", "The sum over `i, j1, j2` is missing"),
        ("4b", r"X[i, j+k_1,j_2+k_2,n]", "`j` was read as `j1`"),
        ("5a", "[2,2,10,0]", "The first sample is x[0]"),
        ("5c", "(B, N, Ceil(C/s))", "the stride divides the sample axis"),
    ],
)
def test_slips_are_named_beside_the_words(id: str, words: str, said: str) -> None:
    """Missing sum, bias, start, axis and label are each named once, with the line and carets below it."""
    text = section(id)
    assert text.count(said) == 1
    quoted = [block for block in text.split("```") if block.startswith("text\n") and words in block]
    assert any("^^^" in block for block in quoted)


def test_no_value_is_given_away() -> None:
    """None of these pages holds the number or the shape that is right."""
    assert not [id for id, key in (("3d", "1820"), ("5a", "1, 3, 0, 1"), ("5c", "N/s")) if key in section(id)]
