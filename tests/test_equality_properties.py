"""Properties of comparing: re-typesetting and rearranging keep a verdict, every single slip changes it."""

from __future__ import annotations

import pytest
from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st

from grader.equality.answers import compare

LETTERS = ("x", "y", "t")
FUNCTIONS = ("sin", "cos", "exp", "arctan", "tanh")
SETTINGS = settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.too_slow])

Tree = tuple[str, ...] | tuple[object, ...]


def trees() -> st.SearchStrategy[Tree]:
    """Formulas that have a value at every real point, as nested tuples."""
    leaves = st.one_of(
        st.sampled_from(LETTERS).map(lambda name: ("name", name)),
        st.integers(2, 9).map(lambda number: ("number", number)),
    )
    return st.recursive(
        leaves,
        lambda inner: st.one_of(
            st.tuples(st.just("add"), inner, inner),
            st.tuples(st.just("sub"), inner, inner),
            st.tuples(st.just("mul"), inner, inner),
            st.tuples(st.just("div"), inner, st.integers(2, 9).map(lambda number: ("number", number))),
            st.tuples(st.just("pow"), inner, st.integers(2, 3).map(lambda number: ("number", number))),
            st.tuples(st.just("call"), st.sampled_from(FUNCTIONS), inner),
        ),
        max_leaves=6,
    )


def latex(tree: Tree) -> str:
    """As LaTeX."""
    kind = tree[0]
    if kind in ("name", "number"):
        return str(tree[1])
    if kind == "call":
        return rf"\{tree[1]}\left({latex(tree[2])}\right)"
    one, other = latex(tree[1]), latex(tree[2])
    signs = {
        "add": rf"\left({one} + {other}\right)",
        "sub": rf"({one} - \left({other}\right))",
        "mul": rf"({one}) \cdot {{\left({other}\right)}}",
        "div": rf"\dfrac{{{one}}}{{{other}}}",
        "pow": rf"\left({one}\right)^{{{other}}}",
    }
    return signs[str(kind)]


def python(tree: Tree) -> str:
    """As Python, with the terms and factors the other way round."""
    kind = tree[0]
    if kind in ("name", "number"):
        return str(tree[1])
    if kind == "call":
        return f"{tree[1]}({python(tree[2])})"
    one, other = python(tree[1]), python(tree[2])
    signs = {
        "add": f"({other} + {one})",
        "sub": f"(-({other}) + {one})",
        "mul": f"({other})*({one})",
        "div": f"({one})/({other})",
        "pow": f"({one})**{other}",
    }
    return signs[str(kind)]


@SETTINGS
@given(trees())
@example(("call", "sin", ("call", "exp", ("call", "exp", ("number", 5)))))
@example(
    ("mul", ("name", "x"), ("call", "sin", ("sub", ("call", "exp", ("call", "exp", ("number", 5))), ("name", "y"))))
)
def test_retyping_and_rearranging_keep_a_formula(tree: Tree) -> None:
    """The same formula in LaTeX and in Python, its terms and factors permuted, is equal."""
    found = compare(latex(tree), python(tree))
    assert found.verdict == "equal", (latex(tree), python(tree), found)


@SETTINGS
@given(trees(), st.sampled_from(["({0}) + 0", "1 \\cdot ({0})", "\\frac{{2({0})}}{{2}}", "({0}) + y - y", "-(-({0}))"]))
def test_adding_nothing_keeps_a_formula(tree: Tree, idle: str) -> None:
    """Adding zero, multiplying by one and the like change no verdict; beside e^(e^7), y leaves no trace in any sum."""
    verdict = compare(latex(tree), idle.format(latex(tree))).verdict
    steep = "exp" in latex(tree) or "tanh" in latex(tree)  # too large, or too near to one, for any number of digits
    assert verdict == "equal" or (steep and verdict == "undecided")


@SETTINGS
@given(
    trees(),
    st.sampled_from(["-({0}) - 1", "({0}) + 1", "({0}) + 10^{{-9}}", "({0}) + \\frac{{x}}{{1000}}", "({0}) - y^2 - 1"]),
)
def test_any_added_slip_is_not_equal(tree: Tree, slip: str) -> None:
    """A formula with something more in it is never called equal, however small that is."""
    mutant = slip.format(latex(tree))
    if slip.startswith("-") and compare(f"2({latex(tree)})", "-1").verdict == "equal":
        return
    assert compare(latex(tree), mutant).verdict in ("different", "undecided"), mutant


MUTANTS = [
    ("x^2 + 3x - 1", ["x^2 - 3x - 1",
         "x^2 + 3x + 1", "x^2 + 2x - 1", "x^3 + 3x - 1", "x^2 + 3 - 1", "3x - 1", "y^2 + 3y - 1"]),
    (r"\frac{n(n+1)}{2}", [r"\frac{n(n-1)}{2}", r"\frac{n(n+1)}{3}", r"\frac{n^2}{2}", r"\frac{(n+1)(n+1)}{2}"]),
    (r"\sum_{i=1}^{n} x_i y_i", [
        r"\sum_{i=1}^{n-1} x_i y_i", r"\sum_{i=0}^{n} x_i y_i", r"\sum_{i=1}^{n} x_i", r"x_i y_i",
        r"\sum_{i=1}^{n} x_i y_{i+1}", r"\sum_{i=1}^{n} x_i^2", r"\prod_{i=1}^{n} x_i y_i"]),
    (r"\frac{1}{n-1} \sum_{i=1}^n (x_i - \bar x)^2", [r"\frac{1}{n} \sum_{i=1}^n (x_i - \bar x)^2",
        r"\frac{1}{n-1} \sum_{i=1}^n (x_i + \bar x)^2", r"\frac{1}{n-1} \sum_{i=1}^n (x_i - \bar x)"]),
    (r"e^{-\frac{(x-\mu)^2}{2\sigma^2}}", [r"e^{\frac{(x-\mu)^2}{2\sigma^2}}", r"e^{-\frac{(x-\mu)^2}{\sigma^2}}",
        r"e^{-\frac{(x-\mu)}{2\sigma^2}}", r"e^{-\frac{(x-\mu)^2}{2\sigma}}", r"e^{-\frac{(x+\mu)^2}{2\sigma^2}}"]),
    (r"X^T (X w - y)", [r"X (X w - y)", r"X^T (X w + y)", r"X^T (X^T w - y)", r"2X^T (X w - y)", r"X^T X w - y"]),
    (r"\int_0^a x e^{-x} dx", [
        r"\int_0^a x e^{x} dx", r"\int_1^a x e^{-x} dx", r"\int_0^a e^{-x} dx", r"\int_0^b x e^{-x} dx"]),
    (r"p \log p + (1-p) \log(1-p)", [
        r"p \log p - (1-p) \log(1-p)", r"p \log p + (1-p) \log(p)", r"p \log p + \log(1-p)"]),
    (r"A^{-1} B", [r"B A^{-1}", r"A B^{-1}", r"A^{-1} B^{-1}", r"AB"]),
    (r"[0, 1)", [r"[0, 1]", r"(0, 1)", r"[0, 2)", r"[-1, 1)"]),
    (r"x \ge 3 \text{ or } x < -1", [
        r"x > 3 \text{ or } x < -1", r"x \ge 3 \text{ and } x < -1", r"x \ge 3 \text{ or } x < 1"]),
    (r"\begin{pmatrix} 1 & 2 \\ 3 & 4 \end{pmatrix}", [r"\begin{pmatrix} 1 & 3 \\ 2 & 4 \end{pmatrix}",
        r"\begin{pmatrix} 1 & 2 \\ 3 & -4 \end{pmatrix}", r"\begin{pmatrix} 1 & 2 \end{pmatrix}"]),
    (r"12 \text{ kJ}", [r"12 \text{ J}", r"-12 \text{ kJ}", r"12 \text{ kW}", r"1.2 \text{ kJ}"]),
]  # fmt: skip


@pytest.mark.parametrize(("gold", "mutant"), [(gold, mutant) for gold, mutants in MUTANTS for mutant in mutants])
def test_each_single_slip_is_not_equal(gold: str, mutant: str) -> None:
    """One sign, factor, index, exponent, limit, transpose or unit changed is never called equal."""
    assert compare(gold, gold).verdict == "equal"
    assert compare(gold, mutant).verdict in ("different", "undecided")


@settings(max_examples=200, deadline=None)
@given(st.text(max_size=40), st.text(max_size=40))
def test_any_text_gets_a_verdict(gold: str, answer: str) -> None:
    """Whatever is typed, there is one of four verdicts and a reason."""
    found = compare(gold, answer)
    assert found.verdict in ("equal", "different", "undecided", "unreadable")
    assert found.reason


@settings(max_examples=150, deadline=None)
@given(st.text(alphabet=r"\{}^_()[]|+-*/=<>,.0123456789xyzie sincolgfrat&%!'", max_size=40))
def test_signs_at_random_get_a_verdict(text: str) -> None:
    """Text made of the signs of formulas is read, or refused with a reason, and never crashes."""
    assert compare("x + 1", text).reason
