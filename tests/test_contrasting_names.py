"""A right value under the name, or behind the left side, of something else is for a person; its own name is right."""

from __future__ import annotations

import pytest

from grader.grade import grade, parse_rubric
from grader.marking.contrasts import contrasting
from grader.model.documents import Submission
from grader.read import READERS

RUBRIC = r"""
questions:
  eigen: {points: 2, title: The eigenvalues of A, set: [2, 3]}
  kernel: {points: 2, title: A basis of the null space of M, let: {M: [[1, 2, 0]]}, property: null space, of: M}
  shadow:
    points: 2
    title: The projection of b onto the column space of S
    array: [1.5, 2, 2.5]
  both:
    points: 2
    title: Determinant and inverse of A
    parts:
      det: {number: 6, labels: [determinant, det]}
      inverse: {array: [[2, 1], [5, 3]], labels: [inverse]}
  layer:
    points: 2
    title: A convolutional layer
    parts:
      shape: {shape: [12, 16, 16], labels: [shape, output]}
      count: {number: 912, labels: [parameters, weights]}
  step:
    points: 2
    title: The new centroids after one step
    parts: {first: {array: [2, 1], labels: [first]}, second: {array: [4, 3], labels: [second]}}
  limit: {points: 1, title: The limit of (1 + 3/x)^x for x to infinity, number: e^3}
  primitive: {points: 1, title: The integral of x, equals: x^2/2 + C, assume: "C: any constant"}
  taylor: {points: 1, title: The Taylor polynomial of ln(1+2x), equals: 2x - 2x^2}
  series: {points: 1, title: Where the series converges, equals: '(-1/2, 1/2]'}
  ill: {points: 1, title: The probability of the disease given a positive test, number: 0.269, tolerance: 1%}
"""
RIGHT, REVIEW = "right", "review"


@pytest.mark.parametrize(
    ("question", "answer", "status"),
    [
        ("eigen", "The eigenvalues are 2 and 3", RIGHT),
        ("eigen", "2 and 3", RIGHT),
        ("eigen", "The singular values are 2 and 3", REVIEW),
        ("kernel", "null space: (2, -1, 0), (0, 0, 1)", RIGHT),
        ("kernel", r"$N(M) = \operatorname{span}\{(2,-1,0), (0,0,1)\}$", RIGHT),
        ("kernel", "The kernel has the basis (2, -1, 0), (0, 0, 1)", RIGHT),
        ("kernel", "column space: (2, -1, 0), (0, 0, 1)", REVIEW),
        ("kernel", "row space basis: (2, -1, 0), (0, 0, 1)", REVIEW),
        ("kernel", r"$N(M^T) = \operatorname{span}\{(2,-1,0), (0,0,1)\}$", REVIEW),
        ("kernel", r"$C(M) = \operatorname{span}\{(2,-1,0), (0,0,1)\}$", REVIEW),
        ("shadow", "The projection is (1.5, 2, 2.5)", RIGHT),
        ("shadow", "The projection onto the orthogonal complement is (1.5, 2, 2.5)", REVIEW),
        ("shadow", "The error vector is (1.5, 2, 2.5)", REVIEW),
        ("both", "The determinant is 6, the inverse is [[2, 1], [5, 3]]", RIGHT),
        ("both", "The trace is 6, the inverse is [[2, 1], [5, 3]]", REVIEW),
        ("layer", "shape 12 x 16 x 16, 912 parameters", RIGHT),
        ("layer", "output 12 x 16 x 16 and 912 weights", RIGHT),
        ("layer", "shape 12 x 16 x 16, 912 FLOPs", REVIEW),
        ("layer", "kernel shape 12 x 16 x 16, parameters 912", REVIEW),
        ("step", "new centroids: (2, 1), (4, 3)", RIGHT),
        ("step", "From the old ones, the new centroids are (2, 1), (4, 3)", RIGHT),
        ("step", "old centroids: (2, 1), (4, 3)", REVIEW),
        ("limit", "The limit is e^3", RIGHT),
        ("limit", r"$\lim_{x\to\infty} (1+\frac{3}{x})^x = e^3$", RIGHT),
        ("limit", r"$\ln L = 3$, so $L = e^3$", RIGHT),
        ("limit", r"$\ln L = e^3$", REVIEW),
        ("limit", "The limit of the logarithm is $e^3$", REVIEW),
        ("limit", r"$e^3 \to \infty$", REVIEW),
        ("limit", r"$\lim_{x\to 0} (1+\frac{3}{x})^x = e^3$", REVIEW),
        ("limit", "The limit does not exist; e^3 is only an upper bound", REVIEW),
        ("primitive", "$F(x) = x^2/2 + C$", RIGHT),
        ("primitive", "$F'(x) = x^2/2 + C$", REVIEW),
        ("taylor", "$T(x) = 2x - 2x^2$", RIGHT),
        ("taylor", "$T(t) = 2x - 2x^2$", REVIEW),
        ("series", "It converges for $-1/2 < x \\le 1/2$, diverges elsewhere", RIGHT),
        ("series", "It diverges for $-1/2 < x \\le 1/2$", REVIEW),
        ("series", "absolutely for $-1/2 < x \\le 1/2$", REVIEW),
        ("ill", "The probability of the disease is 0.269", RIGHT),
        ("ill", "The probability is 0.269", RIGHT),
        ("ill", "The probability of a positive test is 0.269", REVIEW),
        ("ill", "The prevalence is 26.9 %", REVIEW),
        ("ill", "odds 0.269", REVIEW),
    ],
)
def test_a_right_value_under_another_name_is_for_a_person(question: str, answer: str, status: str) -> None:
    """Whoever names another quantity beside a right value is asked about it; the asked one's names take nothing."""
    assert status_of(RUBRIC, question, answer) == status


def status_of(rubric: str, question: str, answer: str) -> str:
    document = READERS.load("markdown").read(f"# {question}\n\n{answer}\n", "a.md")
    marks = grade(parse_rubric(rubric, "one"), Submission("s01", (document,))).marks
    return next(one.status.value for one in marks if one.id == question)


@pytest.mark.parametrize(
    ("own", "title", "before", "behind", "name"),
    [
        ("", "The mean of X", "The median is ", "", "median"),
        ("", "The mean of X", "The mean is ", "", ""),
        ("", "The mean of X", "The median is 3, the mean is ", "", ""),
        ("", "The rank of A", "", " is the nullity", "nullity"),
        ("", "The rank of A", "", ", the nullity is 2", ""),
        ("mean", "Mean and variance of X", "The variance is ", "", "variance"),
        ("", "Mean and variance of X", "The variance is ", "", ""),
        ("", "Der Rang von A", "Die Spur ist ", "", "spur"),
        ("", "Something of which nothing is known", "The trace is ", "", ""),
    ],
)
def test_only_a_name_directly_beside_contrasts(own: str, title: str, before: str, behind: str, name: str) -> None:
    """A name in another clause, one that is asked for too and one of an unknown question say nothing."""
    assert contrasting((own, title), before, behind) == name


NAMED = r"""
questions:
  speed: {points: 1, title: The speed of the ball at impact, number: 19.8, unit: m/s, tolerance: 1%}
  gradient: {points: 1, title: "The gradient of f at (1, 2)", array: [4, -2]}
  eigen: {points: 1, title: The eigenvalues of A, set: [2, 5]}
  slope: {points: 1, title: The derivative of exp(x^2), equals: "2 x e^{x^2}"}
  force: {points: 1, title: The force on the left support, array: [30, 40], unit: N}
  tone: {points: 1, title: The frequency of the tone, number: 300, unit: Hz}
  limit: {points: 1, title: The limit, number: 3}
  shape: {points: 1, title: The shape of the output, shape: {channels: 16, height: 30, width: 30}}
  kernel: {points: 1, title: A basis of the null space, let: {A: [[1, 2, 0], [0, 0, 1]]}, property: null space, of: A}
  heat: {points: 1, title: The power dissipated in R2, number: 12, unit: W}
  count: {points: 1, title: The number of learnable parameters of the layer, number: 448}
  impedance: {points: 1, title: The impedance, number: 3 + 4*i, unit: ohm}
  growth: {points: 1, title: The running time, equals: "n log n"}
  parts: {points: 1, title: An antiderivative of x cos x, equals: "x sin x + cos x + C"}
  wave:
    points: 3
    parts:
      amplitude: {number: 5, unit: V, labels: [amplitude]}
      frequency: {number: 50, unit: Hz, labels: [frequency]}
      phase: {number: 30, unit: °, labels: [phase]}
"""


@pytest.mark.parametrize(
    ("question", "answer", "status"),
    [
        ("speed", "The ball hits the ground at 19.8 m/s.", RIGHT),
        ("speed", "The final speed of the ball is 19.8 m/s.", RIGHT),
        ("speed", "The terminal speed of the ball is 19.8 m/s.", REVIEW),
        ("speed", "The car moves at 19.8 m/s.", REVIEW),
        ("speed", "It is 19.8 m/s halfway down.", REVIEW),
        ("gradient", "The gradient of f at (1, 2) is (4, -2).", RIGHT),
        ("gradient", "The gradient is (4, -2).", RIGHT),
        ("gradient", "The gradient at (2, 1) is (4, -2).", REVIEW),
        ("gradient", "The gradient of g is (4, -2).", REVIEW),
        ("gradient", "The unit gradient is (4, -2).", REVIEW),
        ("gradient", "(4, -2) is the gradient.", RIGHT),
        ("gradient", "(4, -2) is the residual.", REVIEW),
        ("eigen", "The eigenvalues of A are 2 and 5.", RIGHT),
        ("eigen", "The eigenvalues of A + I are 2 and 5.", REVIEW),
        ("eigen", "The eigenvalues of B are 2 and 5.", REVIEW),
        ("slope", "The derivative is $2xe^{x^2}$.", RIGHT),
        ("slope", "The second derivative is $2xe^{x^2}$.", REVIEW),
        ("force", "The force on the left support is (30, 40) N.", RIGHT),
        ("force", "The force on the right support is (30, 40) N.", REVIEW),
        ("force", "(30, 40) N in the opposite direction", REVIEW),
        ("tone", "300 Hz", RIGHT),
        ("tone", "It appears 300 Hz lower, that is at 400 Hz.", REVIEW),
        ("tone", "It is aliased, but not to 300 Hz.", REVIEW),
        ("limit", "It tends to 3.", RIGHT),
        ("limit", "It does not tend to 3.", REVIEW),
        ("limit", "It oscillates around 3.", REVIEW),
        ("shape", "(16, 30, 30) with height and width doubled", REVIEW),
        ("shape", "(16, 30, 30), both transposed", REVIEW),
        ("kernel", "The null space is spanned by (-2, 1, 0).", RIGHT),
        ("kernel", "The left null space is spanned by (-2, 1, 0).", REVIEW),
        ("kernel", "(-2, 1, 0) with one sign changed", REVIEW),
        ("gradient", r"$\nabla f(1, 2) = (4, -2)$", RIGHT),
        ("gradient", r"$\nabla f(2, 1) = (4, -2)$", REVIEW),
        ("slope", r"$\frac{dy}{dx} = 2xe^{x^2}$", RIGHT),
        ("slope", r"$\frac{dy}{dt} = 2xe^{x^2}$", REVIEW),
        ("slope", r"$f''(x) = 2xe^{x^2}$", REVIEW),
        ("slope", r"$\int f = 2xe^{x^2}$", REVIEW),
        ("parts", r"$\int x\cos x\,dx = x\sin x + \cos x + C$", RIGHT),
        ("impedance", r"$Z = (3+4j)\,\Omega$", RIGHT),
        ("impedance", r"$Z^* = (3+4j)\,\Omega$", REVIEW),
        ("heat", "R2 dissipates 12 W.", RIGHT),
        ("heat", "R1 dissipates 12 W.", REVIEW),
        ("heat", "Both resistors together dissipate 12 W.", REVIEW),
        ("count", "448 parameters", RIGHT),
        ("count", "each filter has 448 parameters", REVIEW),
        ("count", "448, biases excluded", REVIEW),
        ("growth", "It grows as $n \\log n$.", RIGHT),
        ("growth", "worse than $n \\log n$", REVIEW),
        ("limit", "The function value is 3, the limit doesn't exist.", REVIEW),
        ("wave", "amplitude 5 V, frequency 50 Hz, phase 30°", RIGHT),
        ("wave", "amplitude 5 V, angular frequency 50 Hz, phase 30°", REVIEW),
        ("wave", "amplitude 5 V, frequency 50 Hz, phase lag 30°", REVIEW),
    ],
)
def test_words_that_make_it_another_quantity(question: str, answer: str, status: str) -> None:
    """What narrows, turns or places a right value elsewhere than the question goes to a person."""
    assert status_of(NAMED, question, answer) == status
