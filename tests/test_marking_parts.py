"""Questions of several parts."""

from __future__ import annotations

from fractions import Fraction

import pytest

from grader.grade import grade, lint, parse_rubric
from grader.model.documents import Submission
from grader.model.results import Status
from grader.read import READERS

_TWO = "questions: {q: {points: 2, parts: {x: {number: 4}, y: {number: 7}}}}"


@pytest.mark.parametrize(
    ("array", "answer", "right"),
    [
        ("[2, -1]", "[2 -1]", True),
        ("[2, -1]", "[2 - 1]", False),
        ("[1]", "[2 -1]", False),
        ("[[-3, 0, 3], [-6, 1, -1]]", "[[-3  0  3]\n [-6  1 -1]]", True),
        ("[[-3, 0, 3], [-6, 1, -1]]", "[[-3  0  3]\n [-6  1  1]]", False),
        ("[1, 3, 0, 1]", "[1. 3. 0. 1.]", True),
    ],
)
def test_rows_as_numpy_prints_them(array: str, answer: str, right: bool) -> None:
    """A blank before a minus and none behind it separates entries; with blanks on both sides it is a difference."""
    document = READERS.load("markdown").read(answer, "a.md")
    rubric = parse_rubric(f'questions: {{q: {{points: 2, array: "{array}"}}}}', "one")
    (mark,) = grade(rubric, Submission("s", (document,))).marks
    assert (mark.status is Status.RIGHT) is right


@pytest.mark.parametrize("answer", ["(4,7)", "see the picture", "$\\begin{pmatrix}4\\\\7\\end{pmatrix}$"])
def test_words_that_answer_no_part_are_not_blank(answer: str) -> None:
    """An answer of which no part could be read goes to a person; it is neither blank nor wrong."""
    document = READERS.load("markdown").read(answer, "a.md")
    (mark,) = grade(parse_rubric(_TWO, "two"), Submission("s", (document,))).marks
    assert (mark.status, mark.credit) == (Status.REVIEW, None)


_EXTREMES = """
questions:
  q:
    points: 3
    parts:
      minimum: {set: [[1, 1]], labels: [minimum, min]}
      saddle: {set: [[0, 0]], labels: [saddle]}
      value: {number: -1, labels: [value, f_min]}
"""


@pytest.mark.parametrize(
    ("answer", "credit"),
    [
        ("min at (1,1), f = -1. saddle at (0,0)", "1"),
        ("min (1,1), saddle (0,0), value -1", "1"),
        ("min (1,1), saddle (0,0), value 2", "2/3"),
        ("Minimum: (1, 1), value: -1. Saddle point: (0, 0).", "1"),
        ("(1,1) is the min with f=-1, (0,0) is the saddle", "1"),
        ("(1,1) is the saddle with f=-1, (0,0) is the min", "1/3"),
        ("$(1,1)$ is the minimum, $f(1,1) = -1$, and $(0,0)$ is the saddle point.", "1"),
        ("At $(0,0)$: $\\det H = -9 < 0$, a saddle. At $(1,1)$: $f_{xx} = 6 > 0$, a minimum, with value $-1$.", "1"),
        ("At $(1,1)$: $\\det H = -9 < 0$, a saddle. At $(0,0)$: $f_{xx} = 6 > 0$, a minimum, with value $-1$.", "1/3"),
        ("A saddle at (0,0), a minimum at (1,1) with value -1", "1"),
        ("$(0,0)$: $\\det=0$, no decision. $(1,1)$: minimum with value $-1$.", None),
        ("$P_1$ is a saddle point, $P_2$ is a minimum (det = 27 > 0), $f(P_2) = -1$", None),
        ("value -1", "1/3"),
        ("The value is -1. I do not know the minimum and the saddle.", "1/3"),
    ],
)
def test_values_beside_their_labels(answer: str, credit: str | None) -> None:
    """A value belongs to the label in its clause, before or behind it; a label without a value is for a person."""
    document = READERS.load("markdown").read(answer, "a.md")
    (mark,) = grade(parse_rubric(_EXTREMES, "extremes"), Submission("s", (document,))).marks
    assert mark.credit == (None if credit is None else Fraction(credit))


_OF = "questions: {{q: {{points: 2, parts: {{{}}}}}}}"
_SPACES = """
questions:
  q:
    points: 2
    parts:
      rank: {number: 2, labels: [rank]}
      nullity: {number: 3, labels: [null space, dimension of the null space, dim N, dim ker]}
"""


@pytest.mark.parametrize(
    ("answer", "credit"),
    [
        ("rank = 2, null space = 3", "1"),
        ("null space 3 and rank 2", "1"),
        ("null space 2 and rank 3", "0"),
        ("null-space: 3\nrank: 2", "1"),
        ("The rank is 2 and the null space has dimension 3.", "1"),
        ("The null space has dimension 2 and the rank is 3.", "0"),
        ("The dimension of the null space and the rank are 3 and 2.", "1"),
        ("The dimension of the null space and the rank are 2 and 3.", "0"),
        ("rank 2, so the null space has dimension 5 - 2 = 3", "1"),
        ("| rank | null space |\n|---|---|\n| 2 | 3 |", "1"),
        ("$\\text{null space} = 3$, $\\text{rank} = 2$", "1"),
        ("$\\operatorname{rank}(C) = 2$ and $\\dim N(C) = 5 - 2 = 3$", "1"),
        ("$\\mathrm{rank}(C) = 3$ and $\\dim\\ker(C) = 2$", "0"),
        ("$\\mathrm{rank}(C) = 2$ and $\\dim\\ker(C) = 3$", "1"),
        ("rank 2, the null space is not trivial", None),
        ("rank 2, kernel 3", None),
        ("kernel 3, rank 2", None),
        ("rank 2. I do not know the null space", "1/2"),
        ("rank(C) = 2, dim(ker C) = 3", "1"),
        ("rank(C) = 3, dim(ker C) = 2", "0"),
        ("$\\dim(\\ker C) = 3$, $\\operatorname{rank} C = 2$", "1"),
        ("rank(C) = 2, dim(im C) = 3", None),
        ("Two pivots, so the rank is $2$; and $5-2=3$ is the dimension of the null space.", "1"),
        ("rank two and the null space three", "1"),
        ("rank 2, null space 3. There are 5 columns.", None),
    ],
)
def test_labels_of_several_words(answer: str, credit: str | None) -> None:
    """A label may have several words, in text and in formulas; a value under a name that is no label is nobody's."""
    document = READERS.load("markdown").read(answer, "a.md")
    (mark,) = grade(parse_rubric(_SPACES, "spaces"), Submission("s", (document,))).marks
    assert mark.credit == (None if credit is None else Fraction(credit))


@pytest.mark.parametrize(
    ("answer", "credit"),
    [
        ("The null space of A has dimension 2, the null space of B dimension 3.", "1"),
        ("null space of B = 3, null space of A = 2", "1"),
        ("null space of B: 2, null space of A: 3", "0"),
        ("null space 3, null space of A = 2", "1"),
    ],
)
def test_the_longest_label_counts(answer: str, credit: str) -> None:
    """Where a label begins as a shorter one of another part does, the longer is meant."""
    document = READERS.load("markdown").read(answer, "a.md")
    parts = "a: {number: 2, labels: [null space of A]}, b: {number: 3, labels: [null space, null space of B]}"
    rubric = parse_rubric(f"questions: {{q: {{points: 2, parts: {{{parts}}}}}}}", "two")
    (mark,) = grade(rubric, Submission("s", (document,))).marks
    assert mark.credit == Fraction(credit)


@pytest.mark.parametrize(
    ("answer", "credit"),
    [
        ("null space 3, row rank 2", "1"),
        ("row-rank: 3, null-space: 2", "0"),
        ("3 and 2", "1"),
    ],
)
def test_an_id_may_have_a_dash(answer: str, credit: str) -> None:
    """The id of a part is a label too, with a dash or a blank; what was read is shown as the rubric spells it."""
    document = READERS.load("markdown").read(answer, "a.md")
    rubric = parse_rubric(_OF.format("null-space: {number: 3}, row-rank: {number: 2}"), "two")
    (mark,) = grade(rubric, Submission("s", (document,))).marks
    assert mark.credit == Fraction(credit)
    assert "nullspace" not in mark.read_as


@pytest.mark.parametrize("answer", ["x - 1 = 2, so 3; then 4", "x-1 = 2, so 3; then 4"])
def test_a_label_is_no_difference(answer: str) -> None:
    """A label such as `x 1` is not taken out of a formula."""
    document = READERS.load("markdown").read(answer, "a.md")
    rubric = parse_rubric(_OF.format("a: {number: 3, labels: [x 1]}, b: {number: 4, labels: [x 2]}"), "two")
    (mark,) = grade(rubric, Submission("s", (document,))).marks
    assert mark.status is Status.RIGHT


@pytest.mark.parametrize(
    ("answer", "credit"),
    [
        ("The first eigenvalue is 2, the second is 5.", "1"),
        ("The second eigenvalue is 5, the first is 2.", None),
        ("second: 5, first: 2", None),
        ("The second eigenvalue is 2, the first eigenvalue 5.", "0"),
    ],
)
def test_one_word_of_a_label_may_name_its_part(answer: str, credit: str | None) -> None:
    """A value beside the word that tells a label from those of other parts is given to no other part."""
    document = READERS.load("markdown").read(answer, "a.md")
    parts = "a: {number: 2, labels: [first eigenvalue]}, b: {number: 5, labels: [second eigenvalue]}"
    (mark,) = grade(
        parse_rubric(f"questions: {{q: {{points: 2, parts: {{{parts}}}}}}}", "two"), Submission("s", (document,))
    ).marks
    assert mark.credit == (None if credit is None else Fraction(credit))


@pytest.mark.parametrize("answer", ["rank = 2, null space = 2", "rank 2, kernel 2", "There are 2 pivots, so rank = 2."])
def test_values_under_other_names_may_be_of_any_part(answer: str) -> None:
    """A part that no label names is not blank where the answer has another value."""
    document = READERS.load("markdown").read(answer, "a.md")
    rubric = parse_rubric("questions: {q: {points: 2, parts: {rank: {number: 2}, nullity: {number: 2}}}}", "two")
    (mark,) = grade(rubric, Submission("s", (document,))).marks
    assert mark.status is Status.REVIEW


_CRITICAL = """
questions:
  q:
    points: 2
    parts:
      saddles: {set: [[0, 0]], labels: [saddle]}
      minima: {set: [[1, 1], [2, 2]], labels: [minimum, min, minima]}
"""


@pytest.mark.parametrize(
    ("answer", "credit"),
    [
        ("Critical points: (0,0), (1,1), (2,2). (0,0) is a saddle, (1,1) and (2,2) are minima.", "1"),
        ("Critical points: (0,0), (1,1), (2,2). (1,1) and (2,2) are saddles, (0,0) is a minimum.", "0"),
        ("(0,0), (1,1), (2,2).\n(1,1) and (2,2) are minima because det > 0.\n(0,0) is a saddle because det < 0.", "1"),
        ("(0,0): saddle; (1,1), (2,2): minima", "1"),
        ("(1,1), (2,2): saddle; (0,0): minimum", "0"),
        ("$(0,0)$ has $H = \\begin{pmatrix}0&3\\\\3&2\\end{pmatrix}$: saddle. $(1,1)$ and $(2,2)$: minima.", "1"),
        ("(0,0): saddle, (1,1): minimum, (2,2): minimum", None),
        ("(0,0), (1,1) and (2,2): the first is a saddle, the others are minima", None),
        ("(0,0), (1,1) and (2,2): the last is a saddle, the others are minima", None),
        ("(0,0), (1,1), (2,2). Since det H < 0, the origin is a saddle. (1,1) and (2,2) are minima.", None),
        ("(0,0), (1,1), (2,2) are critical.", None),
        ("$x = 0$, $y = 0$, so $(0,0)$ is a saddle.", "1/2"),
        ("saddles: none; minima: (1,1), (2,2)", None),
        (
            "- At $(0,0)$: $\\det H = 0 - 9 = -9 < 0$, so $(0,0)$ is a saddle.\n"
            "- At $(1,1)$ and $(2,2)$: $\\det H = 18-9 = 9 > 0$ and $f_{xx} = 9 > 0$, so these are minima.",
            "1",
        ),
        ("$H = \\begin{pmatrix}0&3\\\\3&2\\end{pmatrix}$, so there is a saddle and a minimum", None),
    ],
)
def test_sets_of_which_all_elements_are_listed_first(answer: str, credit: str | None) -> None:
    """A list of all elements belongs to no part; where it is not clear which part has which, a person looks."""
    document = READERS.load("markdown").read(answer, "a.md")
    (mark,) = grade(parse_rubric(_CRITICAL, "critical"), Submission("s", (document,))).marks
    assert mark.credit == (None if credit is None else Fraction(credit))


@pytest.mark.parametrize(
    ("answer", "credit"),
    [
        ("Area 12 and perimeter 14", "1"),
        ("The area is A = 12, the perimeter P = 14.", "1"),
        ("The area is A = 14, the perimeter P = 12.", "0"),
        ("A 3 x 4 field: area 12, perimeter 14", None),
        ("area 12, perimeter 14, sum 26", None),
        ("26 = 12 + 14, perimeter 14, area 12", None),
    ],
)
def test_values_that_are_none_of_the_parts(answer: str, credit: str | None) -> None:
    """Values beside those of the parts shift none of them to another part."""
    document = READERS.load("markdown").read(answer, "a.md")
    parts = "area: {number: 12}, perimeter: {number: 14}"
    (mark,) = grade(parse_rubric(_OF.format(parts), "two"), Submission("s", (document,))).marks
    assert mark.credit == (None if credit is None else Fraction(credit))


def test_examples_of_whole_answers() -> None:
    """`accept` and `reject` beside `parts` are whole answers: such as earn full marks, and such as do not."""
    examples = "accept: ['x = 4, y = 7', 'x = 4'], reject: ['x = 4', 'y = 7 and x = 4']"
    rubric = parse_rubric(_TWO.replace("parts:", f"{examples}, parts:"), "two")
    failed = [result.what for result in lint(rubric) if not result.ok]
    assert failed == ["accepts 'x = 4'", "rejects 'y = 7 and x = 4'"]


_REASONED = """
questions:
  1:
    questions:
      a: {points: 2, parts: {verdict: {choice: no}, reason: {prose: {alias: [looks the same, same samples]}}}}
      b: {points: 2, parts: {dimension: {number: 6}, reason: {prose: {free: [diagonal, free entries]}}}}
"""


@pytest.mark.parametrize(
    ("answers", "credits"),
    [
        ("a) false\n\nb) 9", "1/2 0"),
        ("a) True.\n\nb) $6$", "0 1/2"),
        ("a) The statement is false.\n\nb) dimension 6", "1/2 1/2"),
        ("a) False, obviously.\n\nb) $\\frac{3\\cdot4}{2}=6$", "- -"),
        ("a) verdict: false, reason: same samples\n\nb) 6, on or above the diagonal", "1 1"),
        ("a) False, since aliases and **true** tones have the same samples.\n\nb) 6", "1 1/2"),
        ("a) The statement is false: same samples as those of a true tone\n\nb) 6", "1 1/2"),
        ("a) False. No wait, true. It looks the same.\n\nb) 6", "- 1/2"),
        ("a) no\n\nb) 6. The 3 entries below the diagonal are copies of those above.", "1/2 1"),
        ("a) no\n\nb) 3. The 6 entries above the diagonal are copies of those below.", "1/2 -"),
        ("a) no\n\nb) 6. The matrix has 9 entries, 3 below the diagonal are copies.", "1/2 -"),
        ("a) no\n\nb) 9. There are 6 entries on or above the diagonal.", "1/2 -"),
        ("a) no\n\nb) 6. No, 5. The free entries.", "1/2 -"),
        ("a) no\n\nb) 6. So it is 5, the free entries.", "1/2 -"),
        (
            "a) no\n\nb) $6$. You choose $a, b, c, d, e, f$ on and above the diagonal of "
            "$\\begin{pmatrix}a&b&c\\\\b&d&e\\\\c&e&f\\end{pmatrix}$.",
            "1/2 1",
        ),
        (
            "a) no\n\nb) $7$. You choose $a, b, c, d, e, f$ on and above the diagonal of "
            "$\\begin{pmatrix}a&b&c\\\\b&d&e\\\\c&e&f\\end{pmatrix}$.",
            "1/2 -",
        ),
        ("# a\n\nno\n\n# b\n\n6. The 3 entries below the diagonal are copies.", "1/2 1"),
        ("# a\n\nno\n\n# b\n\n9. The 6 entries above the diagonal.", "1/2 -"),
    ],
)
def test_values_beside_their_reasons(answers: str, credits: str) -> None:
    """A bare value gives no reason; of a number and its reason the number that stands alone first is the answer."""
    document = READERS.load("markdown").read(answers, "a.md")
    marks = grade(parse_rubric(_REASONED, "reasoned"), Submission("s", (document,))).marks
    assert " ".join("-" if mark.credit is None else str(mark.credit) for mark in marks) == credits


def test_each_of_several_texts_is_looked_for_everywhere() -> None:
    """Parts that ask for words are marked on all words of an answer."""
    document = READERS.load("markdown").read("It is fast, but noisy.", "a.md")
    parts = "good: {prose: {fast: [fast]}}, bad: {prose: {noisy: [noise, noisy]}}, other: {prose: {dear: [dear]}}"
    rubric = parse_rubric(f"questions: {{q: {{points: 3, parts: {{{parts}}}}}}}", "texts")
    (mark,) = grade(rubric, Submission("s", (document,))).marks
    assert [part.status for part in mark.parts] == [Status.RIGHT, Status.RIGHT, Status.REVIEW]


_RANKS = """
questions:
  q:
    points: 2
    parts:
      rank: {number: 2, labels: [rank, r]}
      nullity: {number: 3, labels: [nullity, dim]}
"""


@pytest.mark.parametrize(
    ("answer", "credit"),
    [
        ("There are two pivots so $\\operatorname{rank} C = 2$ and $\\dim N(C) = 5-2 = 3$.", "1"),
        ("$\\operatorname{rank}(C) = 2$ and $\\dim\\ker(C) = 3$.", "1"),
        ("$\\mathrm{nullity}(C)=3$ and $\\mathrm{rank}(C)=2$", "1"),
        ("rank C = 2, dim N(C) = 3", "1"),
        ("rank C = 3, dim N(C) = 2", "0"),
        ("There are two pivots so rank C = 2 and dim ker C = 2.", "1/2"),
        ("$\\operatorname{rank}(C) = 2$ and $\\dim\\operatorname{Col}(C) = 3$", None),
    ],
)
def test_ranks_and_dimensions_go_to_their_parts(answer: str, credit: str | None) -> None:
    """The rank, and the dimension of a space of the matrix, belong to the part that asks for it."""
    document = READERS.load("markdown").read(answer, "a.md")
    (mark,) = grade(parse_rubric(_RANKS, "ranks"), Submission("s", (document,))).marks
    assert mark.credit == (None if credit is None else Fraction(credit))


_TWO_PROBLEMS = """
questions:
  1: {questions: {a: {points: 1, number: 5}, b: {points: 1, number: 6}}}
  2: {questions: {a: {points: 1, number: 7}, b: {points: 1, number: 8}}}
"""


@pytest.mark.parametrize(
    ("between", "status"),
    [("**2**", Status.RIGHT), ("Zweitens", Status.REVIEW), ("## Two", Status.REVIEW), ("## Two\n", Status.REVIEW)],
)
def test_a_head_that_is_not_read_leaves_nothing_blank(between: str, status: Status) -> None:
    """What stands below a problem's head is marked where the head is read, and is for a person where it is not."""
    text = f"**1 a)** 5\n\n**1 b)** 6\n\n{between}\na) 7\nb) 8\n"
    document = READERS.load("markdown").read(text, "a.md")
    marks = grade(parse_rubric(_TWO_PROBLEMS, "two"), Submission("s", (document,))).marks
    assert [mark.status for mark in marks[2:]] == [status, status]


_SPREAD = """
    mean: {number: 1.9, labels: ["E[X]", "E(X)", mean]}
    variance: {number: 3.09, labels: ["Var(X)", variance, "V(X)"]}
"""
_SPLIT = """
    entropy: {number: 0.94, labels: [entropy, "H(S)", H]}
    gain: {number: 0.048, labels: [gain, IG]}
"""


@pytest.mark.parametrize(
    ("parts", "answer", "status"),
    [
        (_SPREAD, "E(X) = 1.9, Var(X) = 3.09", "right"),
        (_SPREAD, "Var(X) = 3.09, E(X) = 1.9", "right"),
        (_SPREAD, "E=1.9 V=3.09", "right"),
        (_SPREAD, "$\\mathbb{E}[X]=1.9$\n\n$\\mathbb{V}[X]=3.09$", "right"),
        (_SPREAD, "$E[X]=1.9$, $E[X^2]=6.7$, $Var(X)=6.7-1.9^2=3.09$", "right"),
        (_SPREAD, "E(X) = 3.09, Var(X) = 1.9", "wrong"),
        (_SPREAD, "E(X^2) = 1.9, Var(X) = 3.09", "review"),
        (_SPREAD, "E(Y) = 1.9, Var(X) = 3.09", "review"),
        (_SPLIT, "$IG = 0.048$, $H(S) = 0.94$", "right"),
        (_SPLIT, "$IG = 0.94 - 0.892 = 0.048$, $H(S) = 0.94$", "right"),
        (_SPLIT, "H(S) = 0.94, IG = 0.048", "right"),
        (_SPLIT, "$IG = 0.94$, $H = 0.048$", "wrong"),
        (_SPLIT, "$H = 0.94$, $IG = 0.1$", "partial"),
    ],
)
def test_labels_with_arguments(parts: str, answer: str, status: str) -> None:
    """A label such as E[X] is found however its brackets are typed; E[X^2] and E(Y) are something else."""
    document = READERS.load("markdown").read(answer, "a.md")
    rubric = parse_rubric(f"questions:\n  q:\n    points: 2\n    parts:{parts.replace('    ', '      ')}", "one")
    (mark,) = grade(rubric, Submission("s", (document,))).marks
    assert str(mark.status) == status, mark


_SHEET = """
questions:
  stop:
    points: 2
    parts:
      time: {number: 4.8, unit: s, tolerance: 1%, labels: [time, t]}
      distance: {number: 57.6, unit: m, tolerance: 1%, labels: [distance, d, s, x]}
  spring:
    points: 2
    parts:
      energy: {number: 0.8, unit: J, tolerance: 1%, labels: [energy, E, U, W]}
      speed: {number: sqrt(3.2), unit: m/s, tolerance: 1%, labels: [speed, velocity, v]}
  filter:
    points: 2
    parts:
      h: {equals: "3*(1/2)^n, n >= 0", labels: [impulse response, "h[n]"]}
      H: {equals: "3/(1 - z^{-1}/2)", labels: [transfer function, "H(z)"]}
  product:
    points: 2
    let: {A: [[1, 2, -1], [0, 3, 2]], B: [[2, 1], [-1, 0], [3, 4]]}
    parts:
      product: {array: "A @ B", labels: [product, AB]}
      determinant: {number: -15, labels: [determinant, det]}
  moments:
    points: 2
    parts:
      expectation: {number: 1.4, labels: [expectation, mean, "E(X)", "E[X]", E, μ]}
      variance: {number: 1.24, labels: [variance, "Var(X)", Var, V]}
"""


_RECURSION = r"$Y(z)=3X(z)+\frac12 z^{-1}Y(z)"


@pytest.mark.parametrize(
    ("question", "answer", "status"),
    [
        ("stop", r"$t = 4.8\,s$, $s = \frac12 a t^2 = 57.6\,m$", "right"),
        ("stop", r"$s = 57.6\,m$, $t = 4.8\,s$", "right"),
        ("stop", r"$t = 4.8s$, $s = 57.6m$", "right"),
        ("stop", r"$t = 57.6\,s$, $s = 4.8\,m$", "wrong"),
        ("stop", r"$s = 57.6\,m$, $t = 4.9\,s$", "partial"),
        ("stop", "stopping time $t_s = 4.8$ s, braking distance $d = 57.6$ m", "right"),
        ("stop", "stopping distance $t_s = 4.8$ s, braking time $d = 57.6$ m", "review"),
        ("stop", "$t_s = 4.8$ s, $d = 57.6$ m", "review"),
        ("stop", r"$t = 4.8$ s, $\Delta x = 57.6$ m", "right"),
        ("stop", r"$\Delta t = 57.6$ s, $\Delta x = 4.8$ m", "wrong"),
        ("stop", r"$t = 4.8$ s, $\delta x = 57.6$ m", "review"),
        ("stop", r"$t = 4.8$ s, $\Delta v = 57.6$ m", "review"),
        ("stop", "It takes 4.8 s and the car goes 57.6 m.", "right"),
        ("stop", "The car goes 57.6 m, which takes 4.8 s.", "right"),
        ("stop", "It takes 57.6 s and the car goes 4.8 m.", "wrong"),
        ("stop", "The distance is 4.8 s, the time 57.6 m.", "wrong"),
        ("stop", "It takes 4.8 s at 57.6 m/s.", "review"),
        ("stop", "The period is 4.8 s and the height 57.6 m.", "review"),
        ("spring", r"Energy: 0.8 J. From $\frac12mv^2=E$: $v=\sqrt{3.2}$ m/s", "right"),
        ("spring", r"Energy: 0.8 J. From $\frac12mv^2=E$: $v=\sqrt{3.4}$ m/s", "partial"),
        ("spring", r"Energy: 0.8 J. From $\frac12mv^2=0.9$ J: $v=\sqrt{3.2}$ m/s", "review"),
        (
            "filter",
            rf"{_RECURSION} \Rightarrow H(z)=\frac{{3}}{{1-\frac12z^{{-1}}}}$, $h[n]=3\cdot 0.5^n u[n]$",
            "right",
        ),
        (
            "filter",
            rf"{_RECURSION} \Rightarrow H(z)=\frac{{3}}{{1+\frac12z^{{-1}}}}$, $h[n]=3\cdot 0.5^n u[n]$",
            "partial",
        ),
        ("product", "AB = [[-3, -3], [3, 8]], det = -15", "right"),
        ("product", "AB = [[-3, -3], [3, 8]] and Det = 3*(-8) + 9 = -15", "right"),
        ("product", "AB = [[-3, -3], [3, 8]], det = 15", "partial"),
        ("product", "AB = [[-3, -3], [3, 8]], 2 det = -15", "review"),
        ("product", "AB = [[-3, -3], [3, 8]], det -15", "right"),
        ("moments", "$E[X]=1.4$; $E[X^2]=3.2$; $Var[X]=1.24$", "right"),
        ("moments", r"$E[X]=1.4$; $\operatorname{Var}\left[X\right]=1.24$", "right"),
        ("moments", "$E[X]=1.4$; $E[X^2]=1.24$; $Var[X]=3.2$", "partial"),
        ("moments", "$E[X]=1.4$; $Var[Y]=1.24$", "review"),
        ("moments", "$E[X]=1.4$; $Var(Y)=1.24$", "review"),
        ("moments", "E[X]=1.4; Var(Y)=1.24", "review"),
        ("moments", r"$E[X]=1.4$, $\sigma^2 = 1.24$", "right"),
        ("moments", r"$\mu=1.4$, $\sigma^2 = 3.2 - 1.96 = 1.24$", "right"),
        ("moments", r"$E[X]=1.4$, $\sigma = 1.24$", "review"),
        ("moments", r"$E[X]=1.4$; $Var[X]=3.2$; $\sigma^2=1.24$", "review"),
        ("moments", "$E(X) = 1.4$, $V(X) = 3.2 - 1.4^2 = 1.24$", "right"),
        ("moments", "$V(X)=1.4$, $E(X)=1.24$", "wrong"),
        ("moments", "$E(X) = 1.4$, $V(Y) = 1.24$", "review"),
        ("moments", "$E(X) = 1.4$, $V(2X) = 1.24$", "review"),
    ],
)
def test_labels_as_they_are_written(question: str, answer: str, status: str) -> None:
    """A label counts however it is written, beside the unit of the same letter too; near ones are other things."""
    document = READERS.load("markdown").read(f"# {question}\n\n{answer}\n", "a.md")
    marks = grade(parse_rubric(_SHEET, "one"), Submission("s", (document,))).marks
    assert next(str(one.status) for one in marks if one.id == question) == status
