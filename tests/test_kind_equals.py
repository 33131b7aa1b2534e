"""Formulas without declared symbols, in whole answers: what is claimed among the words, and what it earns."""

from __future__ import annotations

import pytest

from grader.grade import grade, parse_rubric
from grader.model.documents import Submission
from grader.read import READERS

CASES = [
    (r"(x^2+2x)e^x", r"By the product rule $f' = 2x e^x + x^2 e^x$, so the answer is $(x^2+2x)e^x$.", "right"),
    (r"(x^2+2x)e^x", r"By the product rule $f' = 2x e^x + x^2 e^x$.", "right"),
    (r"(x^2+2x)e^x", r"$$f'(x) = 2x\,e^{x} + x^{2}e^{x} = x e^x (x+2)$$", "right"),
    (r"(x^2+2x)e^x", r"The answer is $(x^2-2x)e^x$.", "wrong"),
    (r"(x^2+2x)e^x", r"I guess it is either $(x^2+2x)e^x$ or $2xe^x$.", "review"),
    (r"(x^2+2x)e^x", r"It is not $(x^2+2x)e^x$.", "review"),
    (r"(x^2+2x)e^x", r"$(x^2+2x)e^x$ is wrong, I think.", "review"),
    (r"(x^2+2x)e^x", r"$(x^2+2x e^x$", "review"),
    (r"(x^2+2x)e^x", r"I do not know.", "blank"),
    (r"(x^2+2x)e^x", r"\boxed{(x^2+2x)e^x} Correction: I forgot a factor.", "review"),
    (r"(x^2+2x)e^x", r"$(x^2+2x)e^x$, sorry, that is the second derivative.", "review"),
    (r"[1, 2)", r"It holds for $1 \le x < 2$.", "right"),
    (r"[1, 2)", r"It holds for $1 \le x \le 2$.", "wrong"),
    (r"x = 2 or x = -3", r"$x_1 = 2$, $x_2 = -3$", "right"),
    (r"x = 2 or x = -3", r"$x = 2$", "wrong"),
    (r"9.81 m/s^2", r"$g = 981\ \text{cm/s}^2$", "right"),
    (r"9.81 m/s^2", r"9.81 m/s", "wrong"),
    (r"9.81 m/s^2", r"9.81", "review"),
    (r"\ln 2", r"\boxed{0.693}", "wrong"),
    (r"\ln 2", r"$$\boxed{-\ln\tfrac12}$$", "right"),
]


@pytest.mark.parametrize(("gold", "answer", "status"), CASES)
def test_a_claim_among_words_earns_what_it_says(gold: str, answer: str, status: str) -> None:
    """The claim is found and compared; words that turn it round, and what cannot be read, go to a person."""
    rubric = parse_rubric(f"questions:\n  1: {{points: 2, equals: '{gold}'}}\n", "r")
    document = READERS.load("markdown").read(f"# 1\n\n{answer}\n", "a.md")
    graded = grade(rubric, Submission("a", (document,)))
    (mark,) = graded.marks
    assert (graded.log, str(mark.status)) == ((), status), mark
    assert mark.evidence
