"""What is declared of letters decides what would be open without it, and nothing else."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from click.testing import CliRunner

from grader.cli import main
from grader.equality.answers import compare
from grader.equality.structures import read_structures

ODD_ALONE = r"\begin{cases} 2/n & n \text{ odd} \\ 0 & n \text{ even}\end{cases}"
DECLARED = [
    ("A: symmetric matrix", "A^T", "A", "equal"),
    ("A: symmetric", "x^TAy", "y^TAx", "equal"),
    ("A: matrix", "A^T", "A", "different"),
    ("A: antisymmetric", "A^T", "-A", "equal"),
    ("A: antisymmetric", "x^TAx", "1", "different"),
    ("A: antisymmetric; x: vector", "x^TAx", "0", "equal"),
    ("A: symmetric; x: vector", "x^TAx", "0", "different"),
    ("A: antisymmetric; B: symmetric", r"\operatorname{tr}(AB)", "0", "equal"),
    ("A: square", "A^TA - AA^T", "0", "different"),
    ("A: invertible", "(A^TA)^{-1}", "A^{-1}A^{-T}", "equal"),
    ("A: invertible", "(A^TA)^{-1}", "A^{-T}A^{-1}", "different"),
    ("A: symmetric", r"\nabla_x(x^TAx)", "2Ax", "equal"),
    ("A, B: square", r"\det(AB)", r"\det(A)\det(B)", "equal"),
    ("A, B: square", r"\det(A+B)", r"\det(A)+\det(B)", "different"),
    ("A, B: invertible", "(AB)^{-1}", "B^{-1}A^{-1}", "equal"),
    ("A, B: invertible", "(AB)^{-1}", "A^{-1}B^{-1}", "different"),
    ("Q: orthogonal", "Q^TQ", "I", "equal"),
    ("Q: orthogonal", "Q^{-1}", "Q^T", "equal"),
    ("Q: square", "Q^{-1}", "Q^T", "different"),
    ("A, B: symmetric", "(AB)^T", "BA", "equal"),
    ("A, B: symmetric", "(AB)^T", "AB", "different"),
    ("A, B: diagonal", "AB", "BA", "equal"),
    ("A: symmetric; B: diagonal", "AB", "BA", "different"),
    ("P: projection", "PP", "P", "equal"),
    ("P: symmetric", "PP", "P", "different"),
    ("S: positive definite", r"(S^{-1})^T", "S^{-1}", "equal"),
    ("A: upper triangular", "A", "A^T", "different"),
    ("x: positive", r"\sqrt{x^2}", "x", "equal"),
    ("x: real", r"\sqrt{x^2}", "x", "different"),
    ("x: positive", r"\lvert x_i\rvert", "x_i", "equal"),
    ("x_i: positive", r"\lvert x_i\rvert", "x_i", "equal"),
    ("x: real", r"\lvert x_i\rvert", "x_i", "different"),
    ("n: whole number", r"\sin(\pi n)", "0", "equal"),
    ("n: number", r"\sin(\pi n)", "0", "different"),
    ("n: integer", "(-1)^{2n}", "1", "equal"),
    ("W_1: symmetric", "W_1^T", "W_1", "equal"),
    ("C: constant", "Ce^{kx}", "Ae^{kx}", "equal"),
    ("C: constant", "Ce^{kx}", "Ake^{kx}", "equal"),
    ("C: constant", "Ce^{kx}", "Axe^{kx}", "different"),
    ("C: constant", "Ce^{kx}", "Ae^{2kx}", "different"),
    ("C: constant", "Ce^{kx}", "e^{kx}", "different"),
    ("C: constant", "Ce^{kx}", "Ce^{kx}+1", "different"),
    ("C: constant", "Ce^{kx}", "e^{kx+A}", "undecided"),
    ("C: constant", "y = Ce^{kx}", "y = Ae^{kx}", "equal"),
    ("C: constant", "x^2y + yz^2 + C", "x^2y + yz^2 + 7 + K", "equal"),
    ("C: constant", "x^2y + yz^2 + C", "x^2y + yz^2 + 7", "different"),
    ("C: constant", "x^2y + yz^2 + C", "x^2y + yz^2 + C(z)", "different"),
    ("C: constant", "xy + C", "xy + Cy", "different"),
    ("C: any constant", "x^2y + yz^2 + C", "x^2y + yz^2 + 7", "equal"),
    ("C: any constant", "x^2y + yz^2 + C", "x^2y + yz^2", "equal"),
    ("C: any constant", "x^2y + yz^2 + C", "x^2y + yz^2 + K", "equal"),
    ("C: any constant", "x^2y + yz^2 + C", "x^2y + yz^2 + z", "different"),
    ("A, B: any constant", "Ae^x + Be^{-x}", "e^x - e^{-x}", "equal"),
    ("A, B: any constant", "Ae^x + Be^{-x}", "e^x + 1", "different"),
    ("n: positive whole number", "(1-(-1)^n)/n", ODD_ALONE, "equal"),
    ("n: whole number", "(1-(-1)^n)/n", ODD_ALONE, "undecided"),
    ("n: whole number", r"\sin(n\pi/2)", "0", "different"),
    ("n: whole number", r"\sin(n\pi/2)", r"-\sin(n\pi/2)", "different"),
    ("n: whole number", r"\sin(n\pi/2)^2", r"\frac{1-(-1)^n}{2}", "equal"),
    ("n: whole number", r"\frac{2}{n\pi}\sin\frac{n\pi}{2}", r"\frac{4}{n\pi}\sin\frac{n\pi}{2}", "different"),
    ("n: whole number", r"\cos(n\pi/4)", "0", "different"),
    ("C: constant", r"\ln|x|+C", r"\ln x+K", "undecided"),
    ("C: constant", r"\ln|x|+C", r"\ln|3x|+K", "equal"),
    ("C: constant", r"C\sqrt{x}", r"K\sqrt{|x|}", "undecided"),
    ("C: constant", r"\frac{1}{x+C}", r"\frac{1}{x-A}", "equal"),
    ("C_1, C_2: constant", "C_1e^{x}+C_2e^{-x}", "Ae^x+Be^{-x}", "equal"),
    ("C_1, C_2: constant", "C_1e^{x}+C_2e^{-x}", r"A\cosh x+B\sinh x", "equal"),
    ("C_1, C_2: constant", "C_1e^{x}+C_2e^{-x}", "A(e^x+e^{-x})", "different"),
    ("C_1, C_2: constant", "C_1e^{x}+C_2e^{-x}", "Ae^x+Be^{-2x}", "different"),
    ("A, B: boolean", "A + AB", "A", "equal"),
    ("A, B: boolean", r"\overline{A\cdot B}", r"\overline{A}+\overline{B}", "equal"),
    ("A, B: boolean", r"\overline{A+B}", r"\overline{A}+\overline{B}", "different"),
    ("A, B: boolean", "A'B + AB'", r"A \oplus B", "equal"),
    ("A, B, C: boolean", "AB + C", "(A+C)(B+C)", "equal"),
    ("A, B, C: boolean", "AB + C", "(A+C)(A+B)", "different"),
]  # fmt: skip


# What everybody means by these: whole numbers, square matrices, other names for the constants of a solution.
CUSTOMARY = {
    (r"\sin(n\pi/2)^2", r"\frac{1-(-1)^n}{2}"),
    ("(-1)^{2n}", "1"),
    (r"\det(AB)", r"\det(A)\det(B)"),
    ("(AB)^{-1}", "B^{-1}A^{-1}"),
    (r"\ln|x|+C", r"\ln|3x|+K"),
    ("x^2y + yz^2 + C", "x^2y + yz^2 + 7 + K"),
    ("x^2y + yz^2 + C", "x^2y + yz^2 + K"),
    ("Ce^{kx}", "Ae^{kx}"),
    ("y = Ce^{kx}", "y = Ae^{kx}"),
    ("C_1e^{x}+C_2e^{-x}", "Ae^x+Be^{-x}"),
}


@pytest.mark.parametrize(("assume", "gold", "answer", "verdict"), DECLARED)
def test_a_declaration_is_used(assume: str, gold: str, answer: str, verdict: str) -> None:
    """Letters are sampled as what they are declared to be, and as nothing more."""
    assert compare(gold, answer, assume=assume).verdict == verdict


@pytest.mark.parametrize(("assume", "gold", "answer", "verdict"), DECLARED)
def test_nothing_is_assumed_unasked(assume: str, gold: str, answer: str, verdict: str) -> None:
    """Without the declaration, no pair is equal that needs it."""
    if verdict == "equal" and (gold, answer) not in CUSTOMARY:
        assert compare(gold, answer).verdict != "equal"


def test_several_letters_and_declarations() -> None:
    """Letters are separated by commas, declarations by semicolons; names are as they are read."""
    assert read_structures(r"A, B_1: symmetric matrix; \Sigma: positive definite") == {
        "A": "symmetric", "B1": "symmetric", "Sigma": "positive definite",
    }  # fmt: skip


@pytest.mark.parametrize("text", ["A", "A: funny", ": symmetric", "A = symmetric", "1: symmetric"])
def test_what_is_no_declaration_is_said(text: str) -> None:
    """A declaration that says nothing known is an error in a sentence."""
    with pytest.raises(ValueError, match=r"known|declaration"):
        read_structures(text)


def test_the_program_takes_declarations(tmp_path: Path) -> None:
    """--let may be repeated, a line of a file of pairs may hold its own, and a wrong one is an error of use."""
    run = CliRunner().invoke
    two = ["compare", "--let", "A: symmetric", "--let", "B: symmetric"]
    assert run(main, [*two, "(AB)^T", "BA"]).exit_code == 0
    assert run(main, ["compare", "(AB)^T", "BA"]).exit_code == 1
    assert run(main, ["compare", "--let", "A: funny", "A", "A"]).exit_code == 2
    pairs = tmp_path / "pairs.jsonl"
    row = {"gold": "A^T", "answer": "A"}
    pairs.write_text("\n".join(json.dumps(one) for one in (row, row | {"assume": "A: symmetric"})), "utf-8")
    found = [json.loads(line)["verdict"] for line in run(main, ["compare", "--jsonl", str(pairs)]).output.splitlines()]
    assert found == ["different", "equal"]
    pairs.write_text(json.dumps(row | {"assume": "A: funny"}), "utf-8")
    ended = run(main, ["compare", "--jsonl", str(pairs)])
    assert ended.exit_code != 0
    assert "funny" in ended.output


def test_the_program_shows_latex() -> None:
    """With --latex the readings are LaTeX."""
    shown = CliRunner().invoke(main, ["compare", "--latex", "sqrt(x)/2", r"x^{1/2}/2"]).output
    assert r"\sqrt{x} / 2" in shown


def test_a_list_of_declarations_is_as_good_as_a_text() -> None:
    """`assume` takes several texts, and says what it takes where it is given anything else."""
    assert compare("(AB)^T", "BA", assume=["A: symmetric", "B: symmetric"]).verdict == "equal"
    assert compare("(AB)^T", "BA", assume=("A, B: symmetric",)).verdict == "equal"
    with pytest.raises(TypeError, match="a list of such texts"):
        compare("x", "x", assume={"x": "positive"})  # type: ignore[arg-type]


def test_entries_of_a_vector_that_is_declared_are_those_of_any() -> None:
    """That x is a vector says no more than its entries do: norms are compared with sums of them."""
    assert compare(r"\|x\|_\infty", r"\max_i\lvert x_i\rvert", assume="x: vector").verdict == "equal"
    assert compare(r"\|x\|_1", r"\sum_i x_i", assume="x: vector").verdict == "different"
