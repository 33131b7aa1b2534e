r"""Words, remarks and left sides by which a right value is none: "On second thought: 6", `log b = 2.5`, "(squared)"."""

from __future__ import annotations

import pytest

from grader.grade import grade, parse_rubric
from grader.model.documents import Submission
from grader.read import READERS

RUBRIC = r"""
given: {m: 2, g: 9.81, R: 2000, C: 5e-6}
questions:
  slope: {points: 1, title: The slope, number: 2.5, quantity: b}
  gain: {points: 1, title: The kinetic energy, number: 0.045, unit: J, quantity: [E_kin, K]}
  average: {points: 1, title: The sample mean, number: 4.2, quantity: "x̄"}
  middle: {points: 1, title: The median, number: 7}
  kinks: {points: 1, title: Where f is not differentiable, set: [0, 1]}
  opening: {points: 1, title: The first three terms, array: [3, 7, 12]}
  stored: {points: 1, title: The energy in the capacitor, equals: C_1 U^2/2}
  flow: {points: 1, title: The divergence of F, equals: 2x + 3y}
  work: {points: 1, title: The work, equals: m g x}
  lifted: {points: 1, title: The work again, equals: mgx}
  decay: {points: 1, title: The decay, equals: "e^(-t/(R C))"}
  layer: {points: 1, title: The output y, symbols: {"A[i,j]": [M, N], "x[j]": [N]},
          formula: "y[i] = sum[j] A[i,j]*x[j]"}
  test: {points: 1, title: The decision, choice: reject, options: [reject, fail to reject]}
  series: {points: 1, title: The series, choice: conditionally convergent,
           options: [absolutely convergent, conditionally convergent, convergent, divergent]}
  gap: {points: 1, title: The singularity, choice: removable, options: [removable, pole, essential]}
"""
RIGHT, REVIEW, WRONG, PARTIAL = "right", "review", "wrong", "partial"


@pytest.mark.parametrize(
    ("question", "answer", "status"),
    [
        ("slope", "so b = 2.5", RIGHT),
        ("slope", "log b = 2.5", REVIEW),
        ("slope", "max b = 2.5", REVIEW),
        ("gain", "K = 0.045 J", RIGHT),
        ("gain", "Delta K = 0.045 J", REVIEW),
        ("average", r"$\bar x = 4.2$", RIGHT),
        ("average", "x̄ = 4.2", RIGHT),
        ("average", r"$\hat x = 4.2$", REVIEW),
        ("average", "x̄ - μ = 4.2", REVIEW),
        ("middle", r"$7 \quad (\text{wrong})$", REVIEW),
        ("middle", r"$7 \quad (\text{exact})$", RIGHT),
        ("stored", r"$C_1 U^2/2 \quad (\text{simplified})$", REVIEW),
        ("middle", "**7**. Checking: 3 and 6 stand below 7.", RIGHT),
        ("middle", "**7**. On second thought: 6.", REVIEW),
        ("middle", "It is 7. Rechecking gives 6.", REVIEW),
        ("kinks", "at 0 and 1", RIGHT),
        ("kinks", "f isn't differentiable at 0 and 1", RIGHT),
        ("kinks", "f is differentiable at 0 and 1", REVIEW),
        ("opening", "The first three are 3, 7, 12.", RIGHT),
        ("opening", "The last three are 3, 7, 12.", REVIEW),
        ("stored", "The energy is $C_1 U^2/2$.", RIGHT),
        ("stored", "The power is $C_1 U^2/2$.", REVIEW),
        ("flow", "div F = 2x + 3y", RIGHT),
        ("flow", "curl F = 2x + 3y", REVIEW),
        ("work", "$19.62 x$", RIGHT),
        ("work", "$18.62 x$", WRONG),
        ("lifted", "$19.62 x$", RIGHT),
        ("lifted", "$18.62 x$", WRONG),
        ("decay", "$e^{-100 t}$", RIGHT),
        ("decay", "$e^{-10 t}$", WRONG),
        ("layer", r"$y_i = A_{ij} x_j \qquad (\text{summed over } j)$", RIGHT),
        ("layer", r"$y_i = \sum_j A_{ij} x_j \qquad (\text{for all } i)$", RIGHT),
        ("layer", r"$y_i = \sum_j A_{ij} x_j \qquad (\text{squared})$", REVIEW),
        ("layer", r"$y_i = \sum_j A_{ij} x_j \qquad (j \text{ odd})$", REVIEW),
        ("layer", r"$y_i = \sum_j \underbrace{A_{ij}}_{\text{weight}} x_j$", RIGHT),
        ("layer", r"$y_i = \underbrace{\sum_j A_{ij} x_j}_{= 0}$", REVIEW),
        ("test", "We reject H0.", RIGHT),
        ("test", "There is enough evidence to reject H0.", RIGHT),
        ("test", "There is no doubt that we reject H0.", RIGHT),
        ("test", "Without hesitation we reject H0.", RIGHT),
        ("test", "We failed to reject H0.", WRONG),
        ("test", "There is insufficient evidence to reject H0.", WRONG),
        ("test", "It would be wrong to reject.", REVIEW),
        ("series", "it converges conditionally", RIGHT),
        ("series", "convergent but not absolutely convergent", RIGHT),
        ("series", "it converges absolutely", WRONG),
        ("gap", "It is removable, since the limit exists.", RIGHT),
        ("gap", "There's no reason for it to be removable.", REVIEW),
        ("gap", "removable would need a limit, and there is none", REVIEW),
    ],
)
def test_words_beside_a_right_value_are_heard(question: str, answer: str, status: str) -> None:
    """A right value earns its points, and none where words, a remark or the left side make another one of it."""
    document = READERS.load("markdown").read(f"## {question}\n\n{answer}\n", "s.md")
    marks = grade(parse_rubric(RUBRIC, "sheet"), Submission("s", (document,))).marks
    mark = next(mark for mark in marks if mark.id == question)
    assert mark.status.value == status, (mark.read_as, [reason.id for reason in mark.reasons])


def test_given_numbers_that_were_put_in_are_told() -> None:
    """A formula that is right with the given numbers says for which letters they stand."""
    document = READERS.load("markdown").read("## work\n\n$19.62 x$\n", "s.md")
    marks = grade(parse_rubric(RUBRIC, "sheet"), Submission("s", (document,))).marks
    reason = next(mark for mark in marks if mark.id == "work").reasons[0]
    assert (reason.id, dict(reason.facts)) == ("given-put-in", {"letters": "g, m"})
