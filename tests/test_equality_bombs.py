"""What would take for ever, or all memory, gets a verdict; and nothing that blows up is ever called equal."""

from __future__ import annotations

import threading

import pytest

from grader.equality.answers import compare

BOMBS = {
    "tower": "9^{9^{9^9}}",
    "factorial of a tower": "10^{10^{10}}!",
    "factorials": "((((9!)!)!)!)!",
    "deep brackets": "(" * 5000 + "x" + ")" * 5000,
    "deep fractions": r"\frac{1}{" * 5000 + "x" + "}" * 5000,
    "cases in cases": r"\begin{cases} " * 40 + "1" + r" & x>0 \\ 1 & x<0 \end{cases}" * 40,
    "deep powers": "2^" * 5000 + "2",
    "deep roots": r"\sqrt{" * 5000 + "x" + "}" * 5000,
    "long sum": "+".join(["x"] * 20_000),
    "million terms": r"\sum_{k=1}^{1000000} \frac{1}{k}",
    "more terms": r"\sum_{k=1}^{10^{12}} k",
    "nested sums": r"\sum_{a=1}^{900}\sum_{b=1}^{900}\sum_{c=1}^{900} abc",
    "nested products": r"\prod_{a=1}^{2000}\prod_{b=1}^{2000} (a+b)",
    "own macro": r"\def\x{\x\x}\x",
    "macro bomb": r"\newcommand{\a}{\b\b}\newcommand{\b}{\a\a}\a",
    "power": r"(x+1)^{400000000}",
    "power of a sum": r"(x+y+z+1)^{400} - 1",
    "huge exponent": "1e400",
    "many digits": "9" * 20_000,
    "matrix power": r"\begin{pmatrix}1&1\\1&0\end{pmatrix}^{1000000000}",
    "determinant": r"\det\begin{pmatrix}" + r"\\".join("&".join(["x"] * 40) for _ in range(40)) + r"\end{pmatrix}",
    "huge matrix": "[" + ",".join("[" + ",".join(["1"] * 100) + "]" for _ in range(100)) + "]",
    "infinity": r"\infty - \infty",
    "zero by zero": r"\frac{0}{0}",
    "tangent of a huge number": r"\tan(10^{100})",
    "exponential of a huge number": r"e^{e^{e^{e^{e}}}}",
    "iterated integrals": r"\int_0^1\int_0^1\int_0^1\int_0^1 e^{xyzw} dx dy dz dw",
    "derivatives": r"\frac{d^{20}}{dx^{20}} \sin(\sin(\sin(\sin(x^2 e^x))))",
    "a dunder": "__import__('os').system('true')",
    "attributes": "x.__class__.__mro__",
    "bars": "|" * 2000,
    "primes": "f" + "'" * 5000 + "(x)",
    "subscripts": "x" + "_{a" * 2000 + "}" * 2000,
    "dollars": "$" * 5000,
    "boxes": r"\boxed{" * 500 + "1" + "}" * 500,
    "blanks": " " * 50_000 + "x",
    "commas": "," * 5000,
    "control characters": "x\x00\x1b[31m+1",
    "dots in a row": "1+2+" * 200 + r"\dots+n",
    "dots up to a tower": r"1+2+\dots+9^{9^{9^9}}",
    "dots for many terms": r"1+2+\dots+10^{12}",
    "values at limits": r"\left." * 14 + "x^2" + r"\right|_{x=x}^{x=x+1}" * 14,
    "values inside values": r"\left." * 200 + "x" + r"\right|_0^1" * 200,
    "many events": "P(" + r"\cap ".join("ABCDEFGHIJKLMNOPQ") + "|Z)",
    "expectations": r"\mathbb E[" * 12 + "X" + "]" * 12,
    "variances": r"\operatorname{Var}(" * 8 + "XYZ" + ")" * 8,
    "slow progression": r"x=\frac{n}{997}+\frac{n}{991}, n\in\mathbb Z",
    "raised glyphs": "x" + "²" * 2000,
    "units": r"\SI{5}{" + r"\kilo\meter\per\second" * 300 + "}",
    "many matrices": r"\det(ABCDEFGHJKLM)",
    "tiny number": r"\cos(10^{-700})",
    "tinier number": r"\cos(10^{-100000})",
    "lines": r"x=1 \\ " * 300,
    "system": r"\begin{cases}" + r"x=1\\" * 300 + r"\end{cases}",
    "counted": "apples " * 2000,
    "implications": r"p\Rightarrow " * 200 + "q",
    "remainders": "7%" * 200 + "3",
    "open cases": r"\left\{\begin{array}{l}" * 200,
    "open points": r"\left.\right|" * 400,
    "hats": r"\hat{" * 500 + "x" + "}" * 500,
}  # fmt: skip


@pytest.mark.parametrize("name", BOMBS)
@pytest.mark.parametrize("other", ["1", "itself plus one"])
def test_a_bomb_gets_a_verdict_and_no_mark(name: str, other: str) -> None:
    """A bomb against something else is never equal, and always comes back with a reason."""
    bomb = BOMBS[name]
    found = compare(f"{bomb} + 1" if other == "itself plus one" else other, bomb)
    assert found.verdict != "equal", found
    assert found.reason


def test_it_works_in_threads() -> None:
    """Several threads compare at once, each to its own number of digits."""
    verdicts: list[str] = []

    def run() -> None:
        verdicts.extend(compare(r"\sin^2 x + \cos^2 x", "1").verdict for _ in range(5))

    threads = [threading.Thread(target=run) for _ in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert verdicts == ["equal"] * 20


def test_the_same_pair_gives_the_same_words() -> None:
    """A second comparison says exactly the same."""
    pair = (r"\frac{x^2-1}{x-1}", "x + 1 + 10^{-12}")
    assert compare(*pair) == compare(*pair)
