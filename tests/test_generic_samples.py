"""Lengths at which formulas are compared: no index with one value only, and none that an equation does not allow."""

from __future__ import annotations

from itertools import combinations, islice

import pytest

from grader.grade import grade, parse_rubric
from grader.maths.sampling import distinct_sizes, told_apart
from grader.model.documents import Submission
from grader.read import READERS

SEEDS = range(12)  # of the rubrics' text, from which lengths are drawn: one in ten had an index of one value
STRIDED = (
    'symbols: {"x[j]": [N], "w[a]": [K], s: 2..3}\ngiven: {"z[i=0..floor((N-K)/s)]": "sum[a] w[a]*x[s*i+a]"}\n'
    'questions:\n  1: {points: 2, gradient: "dJ/dw[a]", in terms of: dJ/dz}\n'
)
SAMPLED = 'symbols: {"x[k]": [N], s: 2..4}\nquestions:\n  1: {points: 2, formula: "Y[k=0..floor((N-1)/s)] = x[s*k]"}\n'
VALID = (
    'symbols: {"X[i,j]": [N, M], "W[a,b]": [K, L]}\n'
    'questions:\n  1: {points: 2, formula: "Z[i=0..N-K,j=0..M-L] = sum[a,b] W[a,b]*X[i+a,j+b]"}\n'
)
WINDOW = (
    'symbols: {"x[k]": [N], N: size, s: 2..4, p: 2..4}\n'
    'questions:\n  1: {points: 2, formula: "y[k=0..floor((N-p)/s)] = max[j=0..p-1] x[s*k+j]"}\n'
)
SQUARE_WAVE = 'symbols: {n: 1..12}\nquestions:\n  1: {points: 2, formula: "2*(1-(-1)^n)/(n*pi)"}\n'
QUARTERS = "symbols: {n: 0..20}\nquestions:\n  1: {points: 2, formula: cos(n*pi/2)}\n"


def status(rubric: str, seed: int, answer: str) -> str:
    """How an answer is marked by a rubric whose text begins with another comment for each seed."""
    prepared = parse_rubric(f"# {seed}\n{rubric}", "r")
    document = READERS.load("markdown").read(f"# 1\n\n{answer}\n", "a.md")
    (mark,) = grade(prepared, Submission("a", (document,))).marks
    return str(mark.status)


@pytest.mark.parametrize(
    ("rubric", "answer", "expected"),
    [
        (STRIDED, "dJ/dw[a] = sum[i] dJ/dz[i]*x[s*i+a]", "right"),
        (STRIDED, "dJ/dw[a] = sum[i] dJ/dz[i]*x[(s+1)*i+a]", "wrong"),
        (STRIDED, "dJ/dw[a] = sum[i] dJ/dz[i]*x[i+a]", "wrong"),
        (SAMPLED, "Y[k] = x[s*k]", "right"),
        (SAMPLED, "Y[k] = x[(s+1)*k]", "wrong"),
        (VALID, "Z[i,j] = sum[a,b] W[a,b]*X[i+a,j+b]", "right"),
        (VALID, "Z[i,j] = sum[a,b] W[a,b]*X[i+a,2*j+b]", "wrong"),
        (WINDOW, "y[k] = max_{j=0..p-1} x[s*k+j]", "right"),
        (WINDOW, "y[k] = max_{j=0..p} x[s*k+j]", "wrong"),
        (WINDOW, "y[k] = max_{j=1..p-1} x[s*k+j]", "wrong"),
        (WINDOW, "y[k] = x[s*k+p-1]", "wrong"),
        (SQUARE_WAVE, "$\\frac{4}{n\\pi}\\sin^2(n\\pi/2)$", "right"),
        (SQUARE_WAVE, "$\\frac{4}{n\\pi}$", "wrong"),
        (QUARTERS, "$\\cos(n\\pi/2)$", "right"),
        (QUARTERS, "$\\frac12(1+(-1)^n)$", "wrong"),
        (QUARTERS, "$(-1)^n$", "wrong"),
    ],
)
def test_a_mark_does_not_hang_on_the_lengths_drawn(rubric: str, answer: str, expected: str) -> None:
    """Whatever lengths follow from a rubric's text, a wrong stride is seen and a kernel fits into its input."""
    assert {status(rubric, seed, answer) for seed in SEEDS} == {expected}


def test_every_two_lengths_come_in_both_orders() -> None:
    """Of two lengths that are free, each is the longer one in one of the first two samples."""
    names = ["B", "C", "N"]
    first, second = islice(told_apart(distinct_sizes("any seed", names, {})), 2)
    for one, other in combinations(names, 2):
        assert (first[one] > first[other]) != (second[one] > second[other])


POOLED = (
    'symbols: {"X[b,k,c]": [B, N, C], s: 2..4, p: 2..4}\nquestions:\n'
    '  1: {points: 2, formula: "Y[b,k=0..floor((N-1)/s),c] = max[j=0..p-1] X[b,s*k+j,c]"}\n'
)


@pytest.mark.parametrize("seed", SEEDS)
def test_a_limit_by_the_wrong_length_is_never_right(seed: int) -> None:
    """A window that ends with the channels, `sk+j < C`, is no right answer for any text of the rubric."""
    answer = r"$Y[b,k,c] = \max_{0\le j<p,\ sk+j<C} X[b,sk+j,c]$"
    assert status(POOLED, seed, answer) != "right"
    assert status(POOLED, seed, answer.replace("<C", "<N")) == "right"


STEPPED = (
    'symbols: {"x[b,k]": [B, N], s: 2..4}\n'
    'questions:\n  1: {points: 2, formula: "y[b,k=0..floor((N-1)/s)] = x[b,s*k]"}\n'
)
SUMMED = 'symbols: {"x[i]": [N]}\nquestions:\n  1: {points: 2, formula: "sum[i] x[i]"}\n'
ENERGY = "symbols: {f: positive}\nquestions:\n  1: {points: 2, formula: 6.626e-34*f}\n"
DIAGONAL = 'symbols: {"A[i,j]": [N, N]}\nquestions:\n  1: {points: 2, formula: "sum[i] 1/A[i,i]"}\n'


@pytest.mark.parametrize(
    ("rubric", "right", "near"),
    [
        (STEPPED, "y[b,k] = x[b,s*k]", "y[b,k] = x[b,2*k]"),
        (SUMMED, "$\\sum_i x_i$", "$|\\sum_i x_i|$"),
        (ENERGY, "$6.626\\cdot 10^{-34} f$", "$2\\cdot 6.626\\cdot 10^{-34} f$"),
        (DIAGONAL, "$\\sum_i \\frac{1}{A_{ii}}$", "$\\text{tr}(A^{-1})$"),
    ],
)
def test_what_agrees_at_the_first_samples_alone_is_not_right(rubric: str, right: str, near: str) -> None:
    """One length, one sign or one magnitude that happened to be drawn makes no formula right; the right one stays."""
    assert {status(rubric, seed, right) for seed in SEEDS} == {"right"}
    assert "right" not in {status(rubric, seed, near) for seed in SEEDS}
