"""Answers and rubrics made to cost time or memory, or to reach what they must not."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest

from grader.grade import grade, parse_rubric
from grader.model.documents import Submission
from grader.model.errors import RubricError, Unreadable
from grader.model.results import Mark, Status
from grader.notation.reading import parse_expression
from grader.read import READERS

NUMBER = "questions:\n  1: {points: 1, number: 6}\n"
FORMULA = "questions:\n  1: {points: 1, formula: g = x*a, symbols: {x: real, a: real}}\n"


def mark(rubric: str, answer: str) -> Mark:
    """The mark of an answer; fails if the grader met a bug of its own."""
    prepared = parse_rubric(rubric, "bomb")
    document = READERS.load("markdown").read(f"# 1\n\n{answer}\n", "bomb.md")
    graded = grade(prepared, Submission("bomb", (document,)))
    assert graded.log == ()
    return graded.marks[0]


HOPELESS = {
    "tower of powers": "$9^{9^{9^9}}$",
    "factorial of a tower": "$10^{10^{10}}!$",
    "long sum": r"$\sum_{i=1}^{10^9} i$",
    "sums of sums": r"$\sum_{i=1}^{10^6}\sum_{j=1}^{10^6} i \cdot j$",
    "power of a power": "$(10^{1000})^{1000}$",
    "factorials in the exponent": "$2000!^{2000!}$",
    "double factorial": "$2000!!$",
    "chain of powers": "$" + "9^" * 50 + "9$",
    "deep braces": "$" + "{" * 5000 + "1" + "}" * 5000 + "$",
    "deep fractions": "$" + r"\frac{1}{" * 3000 + "1" + "}" * 3000 + "$",
    "deep roots": "$" + r"\sqrt{" * 5000 + "1" + "}" * 5000 + "$",
    "deep sums": "$" + r"\sum_{i=1}^{" * 2000 + "1" + "}i" * 2000 + "$",
    "deep matrices": "$" + r"\begin{bmatrix}" * 2000 + "$",
    "deep brackets": "[" * 5000 + "]" * 5000,
    "continued fraction": "$" + r"1+\cfrac{1}{" * 100 + "1" + "}" * 100 + "$",
    "continued fraction in a line": "1+1/(" * 100 + "1" + ")" * 100,
    "roots of sums": "$" + r"\sqrt{1+" * 100 + "1" + "}" * 100 + "$",
    "powers of powers": "$" + "2^{" * 100 + "1" + "}" * 100 + "$",
    "cases in cases": "$" + r"\begin{cases} " * 40 + "1" + r" & x>0 \\ 1 & x<0 \end{cases}" * 40 + "$",
    "commands of nothing": "$" + r"\quad " * 60 + "$",
    "many operators": "$" + "1+" * 20_000 + "1$",
    "many exponents": "$" + "1^" * 3000 + "1$",
    "many subscripts": "$" + "x_" * 5000 + "1$",
    "many bars": "$" + "|" * 5001 + "$",
    "many exclamation marks": "$1" + "!" * 5000 + "$",
    "long number": "$0." + "1" * 100_000 + "$",
    "huge exponent": "$1e999999$",
    "macro of itself": r"$\def\x{\x\x}\x$",
    "new command of itself": r"$\newcommand{\a}{\a\a}\a$",
    "huge array": "$zeros(10^6, 10^6)$",
    "import": '__import__("os").system("echo hi")',
    "class": "$__class__.__mro__$",
    "infinity": r"$\infty$",
    "not a number": r"$6 + \frac{0}{0}$",
    "division by zero": r"$\frac{6}{0}$",
    "null character": "$\x00$",
}


@pytest.mark.parametrize("answer", HOPELESS.values(), ids=HOPELESS.keys())
def test_a_person_decides(answer: str) -> None:
    """What cannot be read or computed within bounds goes to a person; it is no score and no crash."""
    assert mark(NUMBER, answer).status is Status.REVIEW


WORDY = {
    "deep round brackets": "(" * 5000 + "1" + ")" * 5000,
    "open brackets": "(1," * 3000,
    "many lists": "$" + "1," * 10_000 + "$",
    "many cells": "$" + "1 & " * 10_000 + "$",
    "many numbers": "1 " * 10_000,
    "long word": "a" * 200_000,
    "long chain": "$" + "x=" * 5000 + "1$",
    "many primes": "x" + "'" * 5000,
    "many formulas": "$x$ " * 3000,
    "odd dollars": "$x" * 3001,
    "template": "{{7*7}} ${jndi:ldap://x}$ <script>1</script>",
    "other digits": "٣ 𝟓 １２",
    "long maximum": r"$\max(1," + "2," * 10_000 + "3)$",
}


@pytest.mark.parametrize("answer", WORDY.values(), ids=WORDY.keys())
@pytest.mark.parametrize("rubric", [NUMBER, FORMULA], ids=["number", "formula"])
def test_nothing_is_earned(rubric: str, answer: str) -> None:
    """Masses of brackets, numbers and words cost no time, raise nothing and earn nothing."""
    assert mark(rubric, answer).credit in (None, 0)


@pytest.mark.parametrize("answer", HOPELESS.values(), ids=HOPELESS.keys())
def test_formula_questions(answer: str) -> None:
    """The same holds where a formula is asked."""
    assert mark(FORMULA, answer).credit in (None, 0)


def test_the_right_answer_is_still_right() -> None:
    """The rubrics of this file can be answered."""
    assert mark(NUMBER, "6").status is Status.RIGHT
    assert mark(FORMULA, "$g = xa$").status is Status.RIGHT


def test_the_checks_can_fail(monkeypatch: pytest.MonkeyPatch) -> None:
    """A bug of the grader is seen by the check of this file."""
    monkeypatch.setattr("grader.grade.mark_question", lambda *_: 1 / 0)
    with pytest.raises(AssertionError):
        mark(NUMBER, "6")


FAULTY = {
    "tower": "number: 9^9^9^9",
    "factorial": "number: factorial(10^10)",
    "long sum": "number: 'sum[i=1..10^9] i'",
    "huge array": "number: sum(zeros(10^6, 10^6))",
    "negative length": "number: sum(zeros(-1))",
    "huge array in let": "number: x[0]\nlet: {x: 'zeros(10^6, 10^6)'}",
    "huge intermediate": "number: 'sum[i,j,k,l] X[i,j]*X[k,l]'\nlet: {X: 'ones(100, 100)'}",
    "huge symbol": "formula: a[i]\nsymbols: {'a[i]': [10^9]}",
    "deep": f"number: '{'(' * 4000}1{')' * 4000}'",
    "long": f"number: '{'1+' * 4000}1'",
    "very long": f"number: '{'1+' * 50_000}1'",
    "signs": f"number: '{'-' * 4000}1'",
    "division by zero": "number: 1/0",
    "import": "number: __import__(1)",
    "dunder": "number: __class__",
    "attribute": "number: x.real\nlet: {x: 1}",
    "lambda": "number: 'lambda x: x'",
    "circle": "number: y\nlet: {y: z, z: y}",
    "macro": r"number: '\def\x{\x\x}\x'",
    "unknown name": "number: open",
}


@pytest.mark.parametrize("fields", FAULTY.values(), ids=FAULTY.keys())
def test_rubrics(fields: str) -> None:
    """In a rubric these are faults with a line, found at once."""
    text = "".join(f"\n    {line}" for line in ("points: 1", *fields.split("\n")))
    with pytest.raises(RubricError) as caught:
        parse_rubric(f"questions:\n  1:{text}\n", "bomb")
    assert caught.value.faults[0].line > 0


@pytest.mark.parametrize(
    "text", ["(" * 300 + "1", "-" * 300 + "1", "1+" * 4000 + "1", "x" * 10_001, "{" * 300, "f(" * 300]
)
def test_expressions_have_limits(text: str) -> None:
    """Nesting, length and width of one expression are bounded by an error with a place, not by the stack."""
    with pytest.raises(Unreadable) as caught:
        parse_expression(text, {})
    assert 0 <= caught.value.start <= caught.value.stop <= len(text)


def test_memory() -> None:
    """All hopeless answers together stay below 600 MB."""
    script = "import test_maths_bombs as t\nfor a in t.HOPELESS.values(): t.mark(t.NUMBER, a)\n"
    limited = "import resource\nresource.setrlimit(resource.RLIMIT_AS, (600 << 20,) * 2)\n"
    done = subprocess.run(
        [sys.executable, "-c", limited + script], check=False, capture_output=True, text=True, timeout=60,
        env={"OPENBLAS_NUM_THREADS": "1"}, cwd=Path(__file__).parent,
    )  # fmt: skip
    assert done.returncode == 0, done.stderr[-500:]
