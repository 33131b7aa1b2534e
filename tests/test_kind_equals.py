"""Formulas without declared symbols, in whole answers: what is claimed among the words, and what it earns."""

from __future__ import annotations

import pytest

from grader.grade import grade, parse_rubric
from grader.model.documents import Submission
from grader.model.results import Mark
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
    # a chain that begins with what is computed
    (r"1/2", r"$\int_0^1 x\,dx = [x^2/2]_0^1 = \frac12$", "right"),
    (r"1/2", r"$\int_0^1 x\,dx = \frac13$", "wrong"),
    (r"-2", r"$\det\begin{pmatrix}1&2\\3&4\end{pmatrix} = 4 - 6 = -2$", "right"),
    (r"x^2", r"$\ln f = x^2$", "review"),
    (r"x^2", r"$\ln f = g = x^2$", "review"),
    (r"x^2", r"$2x = x^2$", "review"),
    # what stands above it gives other names their values
    (r"1 + x - x^2/2", "$f(0)=1,\\ f'(0)=1,\\ f''(0)=-1$\n\n$T_2(x)=1+x-\\frac{1}{2!}x^2$", "right"),
    (r"1 + x - x^2/2", "$f(0)=1,\\ f'(0)=1,\\ f''(0)=-1$\n\n$T_2(x)=1+x+\\frac{1}{2!}x^2$", "wrong"),
    (r"y = 3/2 + x", "$a = 3/2$, $b = 1$\n\n$y = 3/2 + x$", "right"),
    (r"y = 3/2 + x", "$y = 1$\n\n$y = 3/2 + x$", "review"),
    (r"y = 3/2 + x", "Not this:\n\n$a = 3/2$\n\n$y = 3/2 + x$", "review"),
    # an expansion names what it expands
    (r"1 + x - x^2/2", r"$\sqrt{1+2x} \approx 1 + x - \frac{x^2}{2}$", "right"),
    (r"1 + x - x^2/2", r"$\sqrt{1+2x} = 1 + x - \frac{x^2}{2} + O(x^3)$", "right"),
    (r"1 + x - x^2/2", r"$\sqrt{1+3x} = 1 + x - \frac{x^2}{2} + O(x^3)$", "review"),
    (r"1 + x - x^2/2", "T₂(x) = 1 + x − x²/2", "right"),
    # a list or an interval at the end of a sentence without a dollar
    (r"[-1, 5)", "The interval of convergence is [-1, 5).", "right"),
    (r"[-1, 5)", "The interval of convergence is not [-1, 5).", "review"),
    (r"(4, 1, 2)", "The gradient at (1, 2, 0) is (4, 1, 2).", "right"),
    (r"(4, 1, 2)", "The gradient at (1, 2, 0) is (4, 1, 3).", "wrong"),
    # slopes one by one, and where a gradient is taken
    (r"(4, 1, 2)", r"At $(1,2,0)$: $f_x = 2\cdot1\cdot2 = 4$, $f_y = 1+0 = 1$, $f_z = 2e^0 = 2$", "right"),
    (r"(4, 1, 2)", r"$\nabla f|_{(1,2,0)} = (4,1,2)^T$", "right"),
    (r"(4, 1, 2)", r"$\nabla f|_{(1,2,0)} = (4,1,3)^T$", "wrong"),
    # a slash and what follows it, typed in a line
    (r"1 - e^{-t/(R*C)}", r"v(t) = 1 - e^(-t/RC)", "right"),
    (r"1 - e^{-t/(R*C)}", r"v(t) = 1 + e^(-t/RC)", "wrong"),
    (r"1 - e^{-t/R*C}", r"v(t) = 1 - e^(-t/RC)", "review"),
    # a domain behind the value
    (r"1/(s+a)", r"$\frac{1}{s+a}$ for $s > 0$", "right"),
    (r"1/(s+a)", r"$F(s) = \frac{1}{s+a}$, $\Re s > -a$", "right"),
    (r"1/(s+a)", r"$\frac{1}{s-a}$ for $s > 0$", "wrong"),
    (r"1/(s+a)", r"$\frac{1}{s+a}$ for $s < 0$", "review"),
    (r"1/(s+a)", r"$\frac{1}{s+a}$ for $t > 0$", "review"),
    (r"\sqrt{x^2}", r"$x$ for $x > 0$", "review"),
    (r"\sqrt{x^2}", r"$|x|$ for $x \in \mathbb R$", "right"),
    (r"\frac{1}{1-x}", r"$\frac{1}{1-x}$, $|x| < 1$", "right"),
    # what its letters stand for, said behind the formula
    (r"x^2+1", r"$x^2+1$ where $x=2$", "review"),
    (r"x^2+1", r"$x^2+2$, where $x=2$", "wrong"),
    (r"5", r"$x^2+1$, where $x=2$", "right"),
    (r"x^2+1", r"$x^2+1$ where $x$ is a number", "right"),
    (r"n p (1-p)", r"$npq$ where $q = 1-p$", "right"),
    (r"n p (1-p)", r"$npq$ where $q = p$", "wrong"),
    (r"n p (1-p)", r"$n p q$ where $n$ is the number of trials and $q = 1-p$", "right"),
    (r"n p q", r"$npq$ where $q = 1-p$", "review"),
    # what a letter of the reference is said to be makes another formula of it; a new letter only renames one
    (r"\sqrt{2 g h}", r"let $h = 2g$. $\sqrt{2gh}$", "review"),
    (r"\sqrt{2 g h}", r"$\sqrt{2gh}$ with $h = g$", "review"),
    (r"\sqrt{2 g h}", r"$\sqrt{2gh}$ with $g$ replaced by $a$", "review"),
    (r"\sqrt{2 g h}", r"$\sqrt{2gh}$ with $h$ in metres", "right"),
    (r"1/2 m v^2", r"$E = \frac12 m v^2$ with $v = at$", "review"),
    (r"1/2 m v^2", r"$v = 2u$, so $E = \frac12 m v^2$", "review"),
    (r"1/2 m v^2", r"From $p = mv$ we get $E = \frac{p^2}{2m} = \frac12 m v^2$", "right"),
    (r"1/2 m v^2", r"With $v = 3$ m/s and $m = 2$ kg, $E = \frac12 m v^2$", "right"),
    (r"1/2 m v^2", r"The change of $\frac12 m v^2$", "review"),
    (r"1/2 m v^2", r"$\frac12 m v^2$, crossed out", "review"),
    (r"1/2 m v^2", r"Let $u = v^2$. Then $E = \frac12 m u$.", "right"),
    (r"1/2 m v^2", r"Let $u = v^3$. Then $E = \frac12 m u$.", "review"),
    (r"1/2 m v^2", r"Let $u = v^2$. Then $E = \frac12 m u$, doubled.", "review"),
    (r"1/2 m v^2", r"Let $u = v^2$. Then twice $E = \frac12 m u$.", "review"),
    (r"1/2 m v^2", "Let u = v^2. Then E is not 1/2 m u.", "review"),
    (r"P(A\cup B)", r"It is not $P(A \text{ or } B)$", "review"),
    (r"\arcsin x", r"Let $x = \sin t$, $dx = \cos t\,dt$. So the integral is $\int dt = t = \arcsin x$.", "right"),
    (r"H = 1/(1+j*omega*R*C)", r"$H(\omega) = \frac{1}{1+j\omega RC}$ with $\omega = 2\pi f$", "right"),
    (r"H = 1/(1+j*omega*R*C)", r"$H(2\omega) = \frac{1}{1+j\omega RC}$", "review"),
    (r"y = C*e^(-2*x)", r"$\ln y = -2x + c$, hence $y = C e^{-2x}$ with $C = e^c$", "right"),
    (r"H = 1/(1+s*R*C)", r"$H = \frac{Y}{X}$, so $H = \frac{1}{1+sRC}$", "right"),
    # formulas in words
    (r"1/2 m v^2", "one half m v squared", "right"),
    (r"1/2 m v^2", "one half times m times v squared", "right"),
    (r"1/2 m v^2", "1/2 times m times v^2", "right"),
    (r"1/2 m v^2", "half of $mv^2$", "right"),
    (r"1/2 m v^2", "$mv^2$ over two", "right"),
    (r"1/2 m v^2", "half of m v cubed", "review"),
    (r"1/2 m v^2", r"half of $\frac12 mv^2$", "review"),
    (r"1/2 m v^2", "1/2 times the mass m times v^2", "review"),
    (r"1/2 m v^2", "half of m times v, squared", "review"),
    (r"\sqrt{2 g h}", "the square root of 2 g h", "right"),
    (r"\sqrt{2 g h}", "sqrt of 2 times g times h", "right"),
    (r"\sqrt{2 g h}", "the cube root of 2gh", "review"),
    (r"\sqrt{2 g h}", "the square root of 2 times g times v", "review"),
    (r"\sqrt{2 g h} + v", "the square root of 2gh plus v", "review"),
    (r"(a + b)/c", "a plus b over c", "review"),
    (r"a + b/c", "a plus b over c", "review"),
    (r"f = x^2", "f is x squared", "right"),
    (r"f = x^2", "$f = x$ squared", "right"),
    (r"f = x^2", "f is x squared times 2", "review"),
    (r"f = x^2 + 2x", "Let u = x+1. Then f = u^2-1", "right"),
    (r"f = x^2 + 2x", "Let u = x+1. Then f = u^2+1", "wrong"),
    # a reference with a name
    (r"f = x^2", r"The derivative is $x^2$.", "review"),
    (r"f = x^2", r"the integral of f is $x^2$", "review"),
    (r"f'' = x^2", r"The derivative is $x^2$.", "right"),
    (r"F = x^2/2", r"The integral is $x^2/2$.", "right"),
    (r"f = x^2", r"$\int f = x^2$", "review"),
    (r"f = x^2", r"$f(2x) = x^2$", "review"),
    (r"f = x^2", r"$f(y) = x^2$", "review"),
    (r"f = x^2", r"$f(-x) = x^2$", "review"),
    (r"f = x^2", r"$\hat f = x^2$", "review"),
    (r"v = \sqrt{2 g h}", r"$v(t) = \sqrt{2gh}$", "right"),
    (r"f = x^2", r"$x^2$", "right"),
    (r"f = x^2", r"$f(x) = x^2$", "right"),
    (r"f = x^2", r"$\frac{df}{dx} = x^2$", "review"),
    (r"f = x^2", r"$\dot f = x^2$", "review"),
    (r"f = x^2", r"$g = x^2$", "review"),
    (r"f = x^2", r"$g = x^3$", "wrong"),
    (r"f = x^2", r"$x^3$", "wrong"),
    (r"A = [[1,2],[3,4]]", r"$A^{-1} = \begin{pmatrix}1&2\\3&4\end{pmatrix}$", "review"),
    (r"A = [[1,2],[3,4]]", r"$A = [1\ 2; 3\ 4]$", "right"),
    (r"[[1,2],[3,4]]", r"[1 2; 3 4]", "right"),
    (r"[[1,2],[3,4]]", r"[1 3; 2 4]", "wrong"),
]


def mark_of(fields: str, answer: str) -> Mark:
    """The mark of an answer to one question with these fields."""
    rubric = parse_rubric(f"questions:\n  1: {{points: 2, {fields}}}\n", "r")
    graded = grade(rubric, Submission("a", (READERS.load("markdown").read(f"# 1\n\n{answer}\n", "a.md"),)))
    assert graded.log == ()
    return graded.marks[0]


@pytest.mark.parametrize("answer", ["$x^2/2$", "$x^2/2 + 5$"])
def test_a_missing_constant_is_named(answer: str) -> None:
    """What is missing is said, and nothing else of the reference."""
    (reason,) = mark_of("equals: x^2/2 + C", answer).reasons
    assert dict(reason.facts)["message"] == "a constant that may have any value is missing"


def test_letters_of_the_reference_alone_are_not_told() -> None:
    """A point at which formulas differ names the letters of the answer only."""
    (reason,) = mark_of("equals: x^2/2 + C", "$x^2$").reasons
    assert "C" not in dict(reason.facts)["message"] and "x =" in dict(reason.facts)["message"]


PARTS = """parts: {a: {equals: "F = x^2/2"}, b: {equals: "f' = x^2/2 + 1"}}"""


@pytest.mark.parametrize(
    ("answer", "credit"),
    [
        ("$F = x^2/2$, $f' = x^2/2+1$", 1),
        ("$f' = x^2/2+1$, $F = x^2/2$", 1),
        ("$F = x^2/2+1$, $f' = x^2/2$", 0),
        ("$f' = x^2/2$, $F = x^2/2+1$", 0),
    ],
)
def test_named_answers_go_to_their_own_parts(answer: str, credit: int) -> None:
    """What stands on the left says which part is answered, in any order."""
    assert mark_of(PARTS, answer).credit == credit


@pytest.mark.parametrize(("gold", "answer", "status"), CASES)
def test_a_claim_among_words_earns_what_it_says(gold: str, answer: str, status: str) -> None:
    """The claim is found and compared; words that turn it round, and what cannot be read, go to a person."""
    rubric = parse_rubric(f"questions:\n  1: {{points: 2, equals: '{gold}'}}\n", "r")
    document = READERS.load("markdown").read(f"# 1\n\n{answer}\n", "a.md")
    graded = grade(rubric, Submission("a", (document,)))
    (mark,) = graded.marks
    assert (graded.log, str(mark.status)) == ((), status), mark
    assert mark.evidence
