"""Where the cases of a formula meet: one number decides between < and <=, and no sample drawn by chance hits it."""

from __future__ import annotations

import numpy as np
import pytest

from grader.grade import grade, parse_rubric
from grader.kinds._expected import Expected
from grader.kinds._meeting import worlds_where_cases_meet
from grader.model.documents import Submission
from grader.model.errors import RubricError
from grader.model.results import Mark
from grader.prepare.parts import PreparedRubric
from grader.read import READERS

_SYMBOLS = "{x: real, a: real, z: positive, 'Z[i]': [N]}"


def cases(*pieces: tuple[str, str]) -> str:
    """LaTeX of a value by cases."""
    return r"\begin{cases} " + r" \\ ".join(f"{value} & {where}" for value, where in pieces) + r" \end{cases}"


def rubric_of(formula: str) -> PreparedRubric:
    """A rubric of one formula."""
    quoted = formula.replace("'", "''")
    return parse_rubric(f"questions:\n  q:\n    points: 1\n    formula: '{quoted}'\n    symbols: {_SYMBOLS}\n", "one")


def mark_of(formula: str, answer: str) -> Mark:
    """The mark of a formula in LaTeX."""
    document = READERS.load("markdown").read(f"${answer}$", "answer.md")
    graded = grade(rubric_of(formula), Submission("s", (document,)))
    assert graded.log == ()
    return graded.marks[0]


def expected_of(formula: str) -> Expected:
    """What the kind prepares."""
    expected = rubric_of(formula).questions[0][1].expected
    assert isinstance(expected, Expected)
    return expected


_STEP = "f = " + cases(("1", "x < 4"), ("0", r"x \ge 4"))
_MOVING = "f = " + cases(("1", "x > a"), ("0", r"x \le a"))
_ROOT = "f = " + cases(("1", r"x < \sqrt{2}"), ("0", r"x \ge \sqrt{2}"))
_INSIDE = "f = " + cases(("1", "x^2 < 4"), ("0", r"x^2 \ge 4"))
_SLOPE = "f = " + cases(("1", "2x + 1 < 4"), ("0", r"2x + 1 \ge 4"))

NEVER_FULL = [
    (_STEP, "f = " + cases(("1", r"x \le 4"), ("0", "x > 4"))),
    (_STEP, "f = " + cases(("1", "x < 4"), ("0", "x > 4"))),  # nothing is said of 4
    (_MOVING, "f = " + cases(("1", r"x \ge a"), ("0", "x < a"))),
    (_ROOT, "f = " + cases(("1", r"x \le \sqrt{2}"), ("0", r"x > \sqrt{2}"))),
    (_INSIDE, "f = " + cases(("1", r"x^2 \le 4"), ("0", "x^2 > 4"))),
    (_SLOPE, "f = " + cases(("1", r"x \le 3/2"), ("0", "x > 3/2"))),
    ("f = [x > 4]*x", r"f = 1_{x \ge 4} x"),
    ("g[i] = [Z[i] > 4]*Z[i]", r"g_i = 1_{Z_i \ge 4} Z_i"),
]

RIGHT = [
    (_STEP, "f = " + cases(("1", "x < 4"), ("0", r"x \ge 4"))),
    (_STEP, "f = " + cases(("0", r"4 \le x"), ("1", "4 > x"))),
    (_STEP, "f = " + cases(("1", "x < 4"), ("0", r"\text{otherwise}"))),
    (_MOVING, "f = " + cases(("1", "a < x"), ("0", r"a \ge x"))),
    (_MOVING, "f = " + cases(("1", "x - a > 0"), ("0", r"x - a \le 0"))),
    (_SLOPE, "f = " + cases(("1", "x < 3/2"), ("0", r"x \ge 3/2"))),
    ("f = [x > 4]*(x - 4)", r"f = 1_{x \ge 4} (x - 4)"),  # both are zero there
    ("f = [z > 0]*2", r"f = 1_{z \ge 0} \cdot 2"),  # 0 is no positive number
    ("g[i] = [Z[i] > 0]*Z[i]", r"g_i = 1_{Z_i \ge 0} Z_i"),
    ("dU/dZ[i] = [Z[i] > 0]", r"\frac{dU}{dZ}[i] = 1_{Z_i \ge 0}"),  # has no value there: a convention
]


@pytest.mark.parametrize(("formula", "answer"), NEVER_FULL)
def test_an_answer_that_differs_where_cases_meet_never_earns_full_marks(formula: str, answer: str) -> None:
    """It is for a person; wrong where a sample drawn by chance shows the difference already."""
    mark = mark_of(formula, answer)
    assert mark.status.value in ("review", "wrong"), (mark.read_as, mark.reasons)
    assert not mark.credit


@pytest.mark.parametrize(("formula", "answer"), RIGHT)
def test_an_answer_that_agrees_where_cases_meet_stays_right(formula: str, answer: str) -> None:
    """Another way to write the cases, or a difference that is none, costs nothing."""
    mark = mark_of(formula, answer)
    assert mark.status.value == "right", (mark.read_as, mark.reasons)


def test_samples_lie_on_the_boundary_to_the_last_digit() -> None:
    """A number beside the boundary would tell nothing: both sides are equal at some point."""
    meeting = expected_of(_MOVING).meeting
    assert meeting is not None
    touching = [np.asarray(world["x"].data) == np.asarray(world["a"].data) for world in meeting.samples]
    assert touching
    assert all(points.any() for points in touching)


def test_samples_drawn_by_chance_do_not_lie_there() -> None:
    """Without the check, the samples themselves could not tell the two answers apart."""
    for world in expected_of(_STEP).samples:
        assert not (np.asarray(world["x"].data) == 4).any()


def test_a_formula_without_conditions_has_no_such_samples() -> None:
    """It costs nothing where there is nothing to check."""
    expected = expected_of("f = x^2 + a")
    assert expected.meeting is None
    assert list(worlds_where_cases_meet([], expected.samples[0])) == []


def test_the_same_rubric_gives_the_same_samples() -> None:
    """Nothing is left to chance."""
    one, other = expected_of(_INSIDE).meeting, expected_of(_INSIDE).meeting
    assert one is not None
    assert other is not None
    for first, second in zip(one.samples, other.samples, strict=True):
        np.testing.assert_array_equal(np.asarray(first["x"].data), np.asarray(second["x"].data))


@pytest.mark.parametrize(
    ("formula", "answer", "credit"),
    [
        ("f = [n > 3]*n", "f = n", "0"),
        ("f = [n > 3]*n", "f = [n > 2]*n", "0"),
        ("f = [n > 3]*n", r"f = 1_{n \ge 4} n", "1"),  # the same for whole numbers
    ],
)
def test_whole_numbers_are_tried_on_both_sides_of_a_condition(formula: str, answer: str, credit: str) -> None:
    """Two lengths drawn by chance may both lie above the edge, where the condition changes nothing."""
    rubric = parse_rubric(f"questions:\n  q: {{points: 1, formula: '{formula}', symbols: {{n: integer}}}}\n", "one")
    document = READERS.load("markdown").read(f"${answer}$", "answer.md")
    mark = grade(rubric, Submission("s", (document,))).marks[0]
    assert str(mark.credit) == credit, mark.read_as


_TAX = r"f = \begin{cases} 0.1x & x < 10000 \\ 0.2x - 1000 & x \ge 10000 \end{cases}"
_SIDES = [
    (_TAX, "{x: positive}", "f = 0.1x", "0"),
    (_TAX, "{x: positive}", "f = 0.2x - 1000", "0"),
    (_TAX, "{x: positive}", r"f = 0.1x + 0.1 \max(0, x - 10000)", "1"),
    ("f = max(0, x - 400)", "{x: real}", "f = 0x", "0"),
    ("f = max(0, x - 400)", "{x: real}", r"f = (x - 400) 1_{x > 400}", "1"),
    ("f = [x < 0.99]*x", "{x: real 0..1}", "f = x", "0"),
    ("f = [x < 0.99]*x", "{x: real 0..1}", r"f = x 1_{x < 0.99}", "1"),
    ("f = [x < -200]*x", "{x: negative}", "f = 0x", "0"),
    ("f = min(n, 40)", "{n: size}", "f = n", "0"),
    ("f = min(n, 40)", "{n: size}", r"f = \min(40, n)", "1"),
    ("f = |n|", "{n: integer}", "f = n", "0"),
    ("f = |n|", "{n: size}", "f = n", "1"),
    ("f = [n >= 0]*2^n", "{n: integer}", "f = 2^n", "0"),
    ("f = [n >= 0]*2^n", "{n: integer}", r"f = 2^n [n \ge 0]", "1"),
    ("f = [n >= 0]*2^n", "{n: integer}", r"f = 2^n 1_{\{n > -1\}}", "1"),
    ("f = [n <= 4]*n", "{n: 2..5}", "f = n", "0"),
    ("f = [n <= 4]*n", "{n: 2..5}", r"f = n [n < 5]", "1"),
    ("g[i] = [Z[i] > 100]*Z[i]", "{'Z[i]': [N]}", "g_i = 0 Z_i", "0"),
    ("g[i] = [Z[i] > 100]*Z[i]", "{'Z[i]': [N]}", r"g_i = Z_i 1_{Z_i > 100}", "1"),
]


@pytest.mark.parametrize(("formula", "symbols", "answer", "credit"), _SIDES)
def test_both_sides_of_a_condition_count_however_far_it_lies(
    formula: str, symbols: str, answer: str, credit: str
) -> None:
    """Samples drawn by chance lie below 10,000 and above 0: there, one case alone would be right."""
    quoted = formula.replace("'", "''")
    rubric = parse_rubric(f"questions:\n  q:\n    points: 1\n    formula: '{quoted}'\n    symbols: {symbols}\n", "one")
    document = READERS.load("markdown").read(f"${answer}$", "answer.md")
    mark = grade(rubric, Submission("s", (document,))).marks[0]
    assert str(mark.credit) == credit, mark.read_as


_EDGES = [1000 * 3**k for k in range(9)]


def tax(rates: list[int]) -> str:
    """A tax of ten brackets."""
    inner = [(f"{rates[k]} x", rf"{_EDGES[k - 1]} \le x < {_EDGES[k]}") for k in range(1, len(_EDGES))]
    first, last = (f"{rates[0]} x", f"x < {_EDGES[0]}"), (f"{rates[-1]} x", rf"x \ge {_EDGES[-1]}")
    return "f = " + cases(first, *inner, last)


@pytest.mark.parametrize("bracket", range(10))
def test_every_one_of_many_cases_counts(bracket: int) -> None:
    """A wrong rate in any bracket is seen, between two edges as well as beyond all of them."""
    rates = list(range(2, 12))
    rubric = parse_rubric(f"questions:\n  q: {{points: 1, formula: '{tax(rates)}', symbols: {{x: positive}}}}\n", "one")
    rates[bracket] += 13
    document = READERS.load("markdown").read(f"${tax(rates)}$", "answer.md")
    assert str(grade(rubric, Submission("s", (document,))).marks[0].credit) == "0"


def test_more_cases_than_can_be_compared_are_a_fault_of_the_rubric() -> None:
    """What is not compared must not pass."""
    many = "f = " + " + ".join(f"[x > {1000 + k}]" for k in range(70))
    with pytest.raises(RubricError, match="more cases than can be compared"):
        rubric_of(many)


_CURVED = [
    ("f = [log(x) > 10]*x", "{x: positive}", "f = 0x", "0"),
    ("f = [sqrt(x) > 100]*x", "{x: positive}", "f = 0x", "0"),
    ("f = [sqrt(x) > 100]*x", "{x: positive}", "f = [x > 10000] x", "1"),
    ("f = [x^3 > 10^9]*x", "{x: real}", "f = [x > 999] x", "0"),
    ("f = [x^3 > 10^9]*x", "{x: real}", "f = [x > 1000] x", "1"),
    ("f = [x*y > 10^6]*x", "{x: positive, y: positive}", "f = 0x", "0"),
    ("f = [2^n > 10^6]*n", "{n: size}", "f = 0n", "0"),
    ("f = [2^n > 10^6]*n", "{n: size}", r"f = n 1_{n \ge 20}", "1"),
    ("f = [n! > 10^9]*n", "{n: size}", "f = 0n", "0"),
    ("f = [n! > 10^9]*n", "{n: size}", "f = n [n > 12]", "1"),
    ("f = mod(n, 1000)", "{n: size}", "f = n", "0"),
    ("f = mod(n, 1000)", "{n: size}", r"f = n \bmod 1000", "1"),
    ("f = floor(x/1000)", "{x: positive}", "f = 0x", "0"),
    ("f = ceil(n/1000)", "{n: size}", "f = 1 + 0n", "0"),
    ("f = ceil(n/1000)", "{n: size}", r"f = \lfloor (n - 1)/1000 \rfloor + 1", "1"),
    (_STEP, "{x: real}", "f = " + cases(("1", r"x \le 4"), ("0", "x > 4")), "None"),
    (_TAX, "{x: positive}", r"f = \begin{cases} 0.1x & x \le 10000 \\ 0.2x - 1000 & x > 10000 \end{cases}", "1"),
    ("f = [x < 10000]", "{x: positive}", r"f = [x \le 10000]", "None"),
]


@pytest.mark.parametrize(("formula", "symbols", "answer", "credit"), _CURVED)
def test_conditions_of_any_form_are_reached(formula: str, symbols: str, answer: str, credit: str) -> None:
    """Where a curve crosses a number is searched, and the edge itself is looked at however far it lies."""
    quoted = formula.replace("'", "''")
    rubric = parse_rubric(f"questions:\n  q:\n    points: 1\n    formula: '{quoted}'\n    symbols: {symbols}\n", "one")
    document = READERS.load("markdown").read(f"${answer}$", "answer.md")
    mark = grade(rubric, Submission("s", (document,))).marks[0]
    assert str(mark.credit) == credit, mark.read_as


@pytest.mark.parametrize(
    ("answer", "credit"),
    [
        ("f = 2^n for n >= 0, else 0", "1"),
        ("f = 2^n for n > 0, else 0", "0"),
        ("f = 2^n for n >= 0, else 1", "0"),
        ("f = 2^n for n >= 0", "None"),
        ("$f = 2^n, n \\ge 0$", "None"),
        ("f = 2^n", "0"),
    ],
)
def test_a_condition_in_words_is_not_passed_over(answer: str, credit: str) -> None:
    """The formula alone is wrong, but nobody wrote it alone."""
    rubric = parse_rubric("questions:\n  q: {points: 1, formula: 'f = [n >= 0]*2^n', symbols: {n: integer}}\n", "one")
    document = READERS.load("markdown").read(answer, "answer.md")
    assert str(grade(rubric, Submission("s", (document,))).marks[0].credit) == credit


_MISTAKES = """
questions:
  q:
    points: 1
    formula: 'f = [x > 4]*x'
    symbols: {x: real}
    mistakes:
      - {id: no-factor, formula: '[x > 4]', credit: 1/2, say: The factor x is missing.}
      - {id: wrong-edge, formula: '[x >= 4]*x', credit: 3/4, say: The edge does not belong to it.}
"""


@pytest.mark.parametrize(
    ("answer", "mistake", "credit"),
    [
        (r"f = 1_{x > 4}", "no-factor", "1/2"),
        (r"f = 1_{x \ge 4} x", "wrong-edge", "3/4"),
        (r"f = 1_{x > 4} x", "", "1"),
    ],
)
def test_foreseen_mistakes_are_recognised_as_before(answer: str, mistake: str, credit: str) -> None:
    """They are compared with their own values, and one of them may be the edge itself."""
    document = READERS.load("markdown").read(f"${answer}$", "answer.md")
    mark = grade(parse_rubric(_MISTAKES, "one"), Submission("s", (document,))).marks[0]
    assert (str(mark.credit), list(mark.mistakes)) == (credit, [mistake] if mistake else [])
