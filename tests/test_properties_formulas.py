"""Right formulas stay right however they are typeset; with one slip they are never right."""

from __future__ import annotations

from dataclasses import dataclass, replace
from itertools import combinations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from grader.grade import grade, parse_rubric
from grader.model.documents import Submission
from grader.model.results import Status
from grader.read import READERS

MANY = settings(max_examples=150, deadline=None, derandomize=True, database=None)

LAYER = """
questions:
  1:
    points: 5
    {asked}
    symbols:
      X[i,j1,j2,n]: [B, H, V, N]
      W[k1,k2,n,m]: [Kh, Kw, N, M]
      b[m]: [M]
    let:
      Z[i,j1,j2,m]: sum[k1,k2,n] W[k1,k2,n,m] * X[i,j1+k1,j2+k2,n] + b[m]
      U[i,j1,j2,m]: 1 / (1 + exp(-Z[i,j1,j2,m]))
"""
POOLING = """
questions:
  1:
    points: 4
    formula: Y[i,k=0..floor((N-1)/s),n] = max[j=0..p-1] X[i,s*k+j,n]
    symbols: {'X[i,k,n]': [B, N, C], s: 2..4, p: 2..4}
"""


def _layer(target: str, given: str) -> str:
    return LAYER.replace("{asked}", f"gradient: {target}\n    in terms of: {given}")


RUBRICS = {
    "Z": parse_rubric(_layer("dJ/dZ[i,j1,j2,m]", "dJ/dU"), "Z"),
    "W": parse_rubric(_layer("dJ/dW[k1,k2,n,m]", "dJ/dZ"), "W"),
    "X": parse_rubric(_layer("dJ/dX[i,j1,j2,n]", "dJ/dZ"), "X"),
    "pooling": parse_rubric(POOLING, "pooling"),
}


def status(rubric: str, answer: str) -> Status:
    """What the grader says of an answer."""
    document = READERS.load("markdown").read(f"# 1\n\n{answer}\n", "answer.md")
    graded = grade(RUBRICS[rubric], Submission("answer", (document,)))
    assert graded.log == ()
    return graded.marks[0].status


# -- a formula before it is typeset ----------------------------------------------------------------------------


@dataclass(frozen=True)
class Factor:
    """An array with its indices; a derivative of the loss if its name begins with d."""

    name: str
    indices: tuple[str, ...]
    power: int = 1


@dataclass(frozen=True)
class Formula:
    """A coefficient, summed indices, and a product."""

    target: Factor
    bound: tuple[str, ...]
    factors: tuple[Factor, ...]
    before: str = ""


@dataclass(frozen=True)
class Style:
    """How a formula is written down."""

    derivative: int = 0
    subscripts: bool = False
    sign: str = r"\cdot "
    nested: bool = False
    brackets: tuple[str, str] = ("", "")
    left: bool = True
    blank: str = ""
    neutral: str = "{}"
    frame: str = "${}$"


GRADIENTS = {
    "W": Formula(
        Factor("dW", ("k1", "k2", "n", "m")),
        ("i", "j1", "j2"),
        (Factor("dZ", ("i", "j1", "j2", "m")), Factor("X", ("i", "j1+k1", "j2+k2", "n"))),
    ),
    "X": Formula(
        Factor("dX", ("i", "j1", "j2", "n")),
        ("k1", "k2", "m"),
        (Factor("dZ", ("i", "j1-k1", "j2-k2", "m")), Factor("W", ("k1", "k2", "n", "m"))),
    ),
}
DERIVATIVES = (
    r"\frac{\partial J}{\partial %s@}",
    r"\frac{\part J}{\part %s@}",
    r"\dfrac{\partial J}{\partial %s}@",
    r"\frac{d J}{d %s@}",
    r"\partial J/\partial %s@",
    r"dJ/d%s@",
    r"\frac{\partial J}{\partial \mathbf{%s}@}",
    r"\left(\frac{\partial J}{\partial %s}\right)@",
)
SIGNS = (" ", r"\cdot ", r" \cdot ", "*", r"\times ", r"\,", r" \; ")
BRACKETS = (("", ""), ("(", ")"), (r"\left(", r"\right)"), (r"\left[", r"\right]"), ("{", "}"), (r"\bigl(", r"\bigr)"))
NEUTRALS = (
    "{}",
    "0 + {}",
    "{} + 0",
    r"1 \cdot {}",
    r"\frac{{2}}{{2}} {}",
    "({})",
    r"\frac{{{}}}{{1}}",
    "--{}",
    "{} - 0",
)
FRAMES = (
    "${}$",
    "$${}$$",
    r"\({}\)",
    "$$\n{}\n$$",
    "So the answer is ${}$.",
    r"$\boxed{{{}}}$",
    "$$\\begin{{split}}\n{}\n\\end{{split}}$$",
)


def _index(name: str) -> str:
    return name.replace("1", "_1").replace("2", "_2")


def _factor(factor: Factor, style: Style) -> str:
    inner = ("," + style.blank).join(_index(index) for index in factor.indices)
    place = f"_{{{inner}}}" if style.subscripts else f"[{inner}]"
    if factor.name.startswith("d"):
        text = DERIVATIVES[style.derivative].replace("%s", factor.name[1:]).replace("@", place)
    else:
        text = factor.name + place
    return text if factor.power == 1 else f"\\left({text}\\right)^{{{factor.power}}}"


def typeset(formula: Formula, style: Style) -> str:
    """A formula as Markdown."""
    product = style.sign.join(_factor(factor, style) for factor in formula.factors)
    body = style.brackets[0] + product + style.brackets[1]
    names = [_index(name) for name in formula.bound]
    if style.nested:
        body = "".join(rf"\sum_{{{name}}}" for name in names) + body
    elif names:
        body = rf"\sum_{{{(',' + style.blank).join(names)}}} {body}"
    body = style.neutral.format(formula.before + body)
    left = _factor(formula.target, style) + " = " if style.left else ""
    return style.frame.format(left + body)


STYLES = st.builds(
    Style,
    derivative=st.integers(0, len(DERIVATIVES) - 1),
    subscripts=st.booleans(),
    sign=st.sampled_from(SIGNS),
    nested=st.booleans(),
    brackets=st.sampled_from(BRACKETS),
    left=st.booleans(),
    blank=st.sampled_from(["", " "]),
    neutral=st.sampled_from(NEUTRALS),
    frame=st.sampled_from(FRAMES),
)
LETTERS = ("a", "c", "f", "h", "l", "p", "q", "r", "t", "u", "v", "i", "j1", "j2", "k1", "k2", "m", "n")
FREE = {name: formula.target.indices for name, formula in GRADIENTS.items()}


@st.composite
def renamed(draw: st.DrawFn, formula: Formula, free: bool) -> Formula:
    """The formula with its factors and sums in another order and other letters for its indices.

    Without a left side the free indices keep their letters: nothing else says which is which.
    """
    names = formula.target.indices + formula.bound
    letters = draw(st.permutations(LETTERS))[: len(names)]
    kept = () if free else formula.target.indices
    others = [letter for letter in letters if letter not in kept]
    spare = iter(others + [letter for letter in LETTERS if letter not in letters and letter not in kept])
    table = {name: name if name in kept else next(spare) for name in names}
    factors = [replace(f, indices=tuple(_rename(i, table) for i in f.indices)) for f in formula.factors]
    return Formula(
        replace(formula.target, indices=tuple(table[name] for name in formula.target.indices)),
        tuple(draw(st.permutations([table[name] for name in formula.bound]))),
        tuple(draw(st.permutations(factors))),
        formula.before,
    )


def _rename(index: str, table: dict[str, str]) -> str:
    for sign in "+-":
        first, found, second = index.partition(sign)
        if found:
            return table[first] + sign + table[second]
    return table[index]


# -- right answers ---------------------------------------------------------------------------------------------


@pytest.mark.parametrize("name", GRADIENTS)
@MANY
@given(data=st.data(), style=STYLES)
def test_right_however_written(name: str, data: st.DataObject, style: Style) -> None:
    """Other letters, other order, another notation, zeros added and ones multiplied change nothing."""
    formula = data.draw(renamed(GRADIENTS[name], style.left))
    answer = typeset(formula, style)
    assert status(name, answer) is Status.RIGHT, answer


SUMS = ("sum[{}] ", "sum_{{{}}} ", "Σ_{{{}}} ", "∑_{{{}}} ", "sum over {} of ")
PLAIN_FRAMES = ("{}", "`{}`", "Answer: {}", "```\n{}\n```", "We get {}", "{}.")
PLAIN_LEFT = {"W": "dJ/dW[k1,k2,n,m]", "X": "dJ/dX[i,j1,j2,n]"}


@pytest.mark.parametrize("name", GRADIENTS)
@MANY
@given(data=st.data())
def test_right_in_plain_text(name: str, data: st.DataObject) -> None:
    """The same answers without any LaTeX, with blanks and signs as they come."""
    formula = GRADIENTS[name]
    sign = data.draw(st.sampled_from(["*", " * ", " · ", "·"]))
    blank = data.draw(st.sampled_from(["", " "]))
    loss = data.draw(st.sampled_from(["dJ/d", "∂J/∂"]))
    texts = []
    for factor in data.draw(st.permutations(formula.factors)):
        head = loss + factor.name[1:] if factor.name.startswith("d") else factor.name
        texts.append(f"{head}[{(',' + blank).join(factor.indices)}]")
    bound = (", " if blank else ",").join(data.draw(st.permutations(formula.bound)))
    right = data.draw(st.sampled_from(SUMS)).format(bound) + sign.join(texts)
    left = data.draw(st.sampled_from(["", PLAIN_LEFT[name] + " = ", PLAIN_LEFT[name] + "=", f"dJ/d{name} = "]))
    answer = data.draw(st.sampled_from(PLAIN_FRAMES)).format(left + right)
    assert status(name, answer) is Status.RIGHT, answer


# -- one slip --------------------------------------------------------------------------------------------------


def _with(formula: Formula, place: int, factor: Factor) -> Formula:
    factors = list(formula.factors)
    factors[place] = factor
    return replace(formula, factors=tuple(factors))


def slips(formula: Formula) -> dict[str, Formula]:
    """Every formula that is one slip away, by the name of the slip."""
    found = {
        "sign": replace(formula, before="-"),
        "factor": replace(formula, before="2 "),
        "half": replace(formula, before=r"\frac{1}{2} "),
    }
    for index in formula.bound:
        found[f"no sum over {index}"] = replace(formula, bound=tuple(b for b in formula.bound if b != index))
    for place, factor in enumerate(formula.factors):
        others = tuple(f for k, f in enumerate(formula.factors) if k != place)
        found[f"without {factor.name}"] = replace(formula, factors=others)
        found[f"{factor.name} squared"] = _with(formula, place, replace(factor, power=2))
        found[f"{factor.name} inverted"] = _with(formula, place, replace(factor, power=-1))
        found[f"{factor.name} twice"] = replace(formula, factors=(*formula.factors, factor))
        for k, index in enumerate(factor.indices):
            head, tail = factor.indices[:k], factor.indices[k + 1 :]
            changes = {"one more": index + "+1", "one less": index + "-1"}
            if "+" in index or "-" in index:
                changes["other sign"] = index.translate(str.maketrans("+-", "-+"))
                changes["no shift"] = index[:2]
                changes["shift only"] = index[3:]
            for slip, changed in changes.items():
                moved = replace(factor, indices=(*head, changed, *tail))
                found[f"{slip} at {index} of {factor.name}"] = _with(formula, place, moved)
        for a, b in combinations(range(len(factor.indices)), 2):
            indices = list(factor.indices)
            indices[a], indices[b] = indices[b], indices[a]
            found[f"{factor.name} exchanged {a}{b}"] = _with(formula, place, replace(factor, indices=tuple(indices)))
    return found


SLIPS = [(name, slip, changed) for name, formula in GRADIENTS.items() for slip, changed in slips(formula).items()]


@pytest.mark.parametrize(("name", "slip", "formula"), SLIPS, ids=[f"{name}: {slip}" for name, slip, _ in SLIPS])
def test_a_slip_is_never_right(name: str, slip: str, formula: Formula) -> None:
    """A formula with one slip never earns full marks, with or without its left side."""
    for left in (True, False):
        answer = typeset(formula, Style(left=left))
        assert status(name, answer) is not Status.RIGHT, answer


@pytest.mark.parametrize("name", GRADIENTS)
@MANY
@given(data=st.data(), style=STYLES)
def test_a_slip_is_never_right_however_written(name: str, data: st.DataObject, style: Style) -> None:
    """Other letters and another notation do not hide a slip."""
    slip, changed = data.draw(st.sampled_from(sorted(slips(GRADIENTS[name]).items())))
    answer = typeset(changed, style)
    assert status(name, answer) is not Status.RIGHT, f"{slip}: {answer}"


def test_the_unchanged_formula_is_right() -> None:
    """What the slips are made from is right, so that a slip is what makes the difference."""
    for name, formula in GRADIENTS.items():
        assert status(name, typeset(formula, Style())) is Status.RIGHT
        assert formula not in slips(formula).values()


# -- element by element ----------------------------------------------------------------------------------------

ELEMENTWISE = [
    r"\frac{\partial J}{\partial U} U (1-U)",
    r"\frac{\partial J}{\partial U} \odot U \odot (1-U)",
    r"\frac{\partial J}{\partial U}\,\sigma(Z)\,(1-\sigma(Z))",
    r"\frac{\partial J}{\partial U} \sigma(Z) \sigma(-Z)",
    r"\frac{\partial J}{\partial U} (U - U^2)",
    r"(1-U) \cdot U \cdot \frac{\partial J}{\partial U}",
    r"\frac{\partial J}{\partial U} \frac{e^{-Z}}{(1+e^{-Z})^2}",
    r"\frac{\partial J}{\partial U} \frac{e^{Z}}{(1+e^{Z})^2}",
    r"\frac{\partial J}{\partial U} \frac{1}{1+e^{-Z}}\left(1-\frac{1}{1+e^{-Z}}\right)",
    r"\frac{\partial J}{\partial U} \frac{1}{4}\left(1 - \tanh^2(Z/2)\right)",
    r"\frac{\partial J}{\partial U} \frac{1}{2 + e^{Z} + e^{-Z}}",
    r"\frac{\part J}{\part U[i,j_1,j_2,m]} U[i,j_1,j_2,m] (1-U[i,j_1,j_2,m])",
    r"\frac{\partial J}{\partial U_{i,j_1,j_2,m}} U_{i,j_1,j_2,m} (1-U_{i,j_1,j_2,m})",
    r"dJ/dU \cdot U \cdot (1 - U)",
]
OTHER = [
    r"\frac{\partial J}{\partial U} U (1+U)",
    r"\frac{\partial J}{\partial U} U (U-1)",
    r"\frac{\partial J}{\partial U} (1-U)",
    r"\frac{\partial J}{\partial U} U",
    r"\frac{\partial J}{\partial U}",
    r"U (1-U)",
    r"\frac{\partial J}{\partial U} U (1-U^2)",
    r"\frac{\partial J}{\partial U} (1-U^2)",
    r"\frac{\partial J}{\partial U} Z (1-Z)",
    r"\frac{\partial J}{\partial U} \frac{e^{-Z}}{1+e^{-Z}}",
    r"\frac{\partial J}{\partial U} \frac{e^{-Z}}{(1-e^{-Z})^2}",
    r"\frac{\partial J}{\partial U} \frac{e^{-2Z}}{(1+e^{-Z})^2}",
    r"\frac{\partial J}{\partial U} \frac{-e^{-Z}}{(1+e^{-Z})^2}",
    r"\frac{\partial J}{\partial U} \sigma(Z)^2",
    r"\frac{\partial J}{\partial U[i,j_2,j_1,m]} U (1-U)",
    r"\sum_m \frac{\partial J}{\partial U} U (1-U)",
    r"\log\left(\frac{\partial J}{\partial U} U (1-U)\right)",
    r"\left|\frac{\partial J}{\partial U} U (1-U)\right|",
]


@pytest.mark.parametrize(
    "left", ["", r"\frac{\partial J}{\partial Z} = ", r"\frac{\partial J}{\partial Z[i,j_1,j_2,m]} = "]
)
@pytest.mark.parametrize("right", ELEMENTWISE)
def test_equal_forms_are_right(right: str, left: str) -> None:
    """Any equal form of the derivative of a sigmoid counts, with or without indices."""
    assert status("Z", f"${left}{right}$") is Status.RIGHT


@pytest.mark.parametrize("right", OTHER)
def test_other_forms_are_not_right(right: str) -> None:
    """A form that differs somewhere never earns full marks."""
    assert status("Z", rf"$\frac{{\partial J}}{{\partial Z}} = {right}$") is not Status.RIGHT


# -- limits ----------------------------------------------------------------------------------------------------

WINDOWS = [
    (r"Y[i,k,n] = \max_{j=0,\dots,p-1} X[i,sk+j,n]", True),
    (r"Y[i,k,n] = \max_{0 \le j < p} X[i,sk+j,n]", True),
    (r"Y_{i,k,n} = \max_{j\in\{0,\ldots,p-1\}} X_{i,sk+j,n}", True),
    (r"Y[a,t,c] = \max_{0 \le r \le p-1} X[a,r+s\cdot t,c]", True),
    (r"Y[i,k,n] = \max_{j=0,\dots,p} X[i,sk+j,n]", False),
    (r"Y[i,k,n] = \max_{0 \le j < p-1} X[i,sk+j,n]", False),
    (r"Y[i,k,n] = \max_{1 \le j < p} X[i,sk+j,n]", False),
    (r"Y[i,k,n] = \max_{0 \le j < s} X[i,sk+j,n]", False),
    (r"Y[i,k,n] = \max_{0 \le j < p} X[i,pk+j,n]", False),
    (r"Y[i,k,n] = \max_{0 \le j < p} X[i,sk-j,n]", False),
    (r"Y[i,k,n] = \max_{0 \le j < p} X[i,k+j,n]", False),
    (r"Y[i,k,n] = \max_{0 \le j < p} X[i,s(k+j),n]", False),
    (r"Y[i,k,n] = \max_{0 \le j < p} X[i,sk+j+1,n]", False),
    (r"Y[i,k,n] = \max_{0 \le j < p} X[n,sk+j,i]", False),
    (r"Y[i,k,n] = \min_{0 \le j < p} X[i,sk+j,n]", False),
    (r"Y[i,k,n] = \sum_{0 \le j < p} X[i,sk+j,n]", False),
    (r"Y[i,k,n] = X[i,sk,n]", False),
]


@pytest.mark.parametrize(("answer", "right"), WINDOWS, ids=[row[0] for row in WINDOWS])
def test_windows(answer: str, right: bool) -> None:
    """A pooling window has exactly p elements, from s times k on; one more or one less is not right."""
    assert (status("pooling", f"${answer}$") is Status.RIGHT) is right
