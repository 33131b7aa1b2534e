"""A clause behind a right formula that nobody knows to be harmless is for a person; those that hands-in really use are
harmless."""

from __future__ import annotations

import pytest
from homework import status

WEIGHTS = r"$\sum_{i,j_1,j_2} \frac{\partial J}{\partial Z[i,j_1,j_2,m]} X[i,j_1+k_1,j_2+k_2,n]$"
INPUTS = r"$\sum_{k_1,k_2,m} \frac{\partial J}{\partial Z[i,j_1-k_1,j_2-k_2,m]} W[k_1,k_2,n,m]$"
FULL = r"$\sum_{l_1,l_2,m} \frac{\partial J}{\partial Z[i,l_1,l_2,m]} W[j_1-l_1,j_2-l_2,n,m]$"
SIGMOID = r"$\frac{\partial J}{\partial U[i,j_1,j_2,m]} U[i,j_1,j_2,m](1-U[i,j_1,j_2,m])$"
CHAIN = r"$\frac{\partial J}{\partial U[i,j_1,j_2,m]}\times\frac{\partial U[i,j_1,j_2,m]}{\partial Z[i,j_1,j_2,m]}$"
SUB, POOL = "$Y[i,k,n] = X[i,sk,n]$", r"$Y[i,k,n] = \max_{j=0..p-1} X[i,sk+j,n]$"
BOTH = r"Sub-sampling: {}. Max pooling: {}. Shape of both: $(B, \lceil N/s\rceil, C)$."
FREE = r"$Y[i,k,n] = \max_{j} X[i,sk+j,n]$"


@pytest.mark.parametrize(
    ("question", "answer"),
    [
        ("4b", WEIGHTS + ", with $J_1, J_2$ the height and width of Z"),
        ("4b", WEIGHTS + " for every $k_1, k_2, n, m$"),
        ("4b", WEIGHTS + " where $i$ runs over the batch and $(j_1, j_2)$ over all pixels of $Z$."),
        ("4b", WEIGHTS + " where the sum is over $i$, $j_1$ and $j_2$"),
        ("4b", WEIGHTS + ", because W is used everywhere"),
        ("4c", INPUTS + ", where positions that lie outside Z contribute nothing."),
        ("4c", INPUTS + r" in which $\partial J/\partial Z$ is taken as zero whenever $j_1-k_1$ is negative"),
        ("4c", INPUTS + " with zeros outside of Z"),
        ("4c", INPUTS + " where $k_1$ and $k_2$ run over the kernel"),
        ("4c", FULL + " where $(l_1,l_2)$ go over the pixels of Z and W counts as zero if its index is negative"),
        ("4a", SIGMOID + r" where $\sigma(z) = 1/(1+e^{-z})$ is the sigmoid"),
        ("4a", SIGMOID + " for every $[i,j_1,j_2,m]$"),
        ("5c", BOTH.format(SUB + r" for $k=0,\dots,\lfloor (N-1)/s\rfloor$", POOL)),
        ("5c", BOTH.format(SUB + " where we sub-sample", POOL + " when we pool")),
        ("5c", BOTH.format(SUB + r" for $i = 1, \dots, B$", POOL)),
        ("5c", BOTH.format(SUB, FREE + " with $j < p$")),
        ("5c", BOTH.format(SUB, FREE + r", $j = 0, 1, \dots, p-1$")),
        ("4c", INPUTS + ", k1 = 0..K1-1, k2 = 0..K2-1"),
        (
            "4c",
            FULL + r" where you only keep the terms with $0\le j_1-l_1\le K_1-1$ and $0\le j_2-l_2\le K_2-1$"
            r" ($K_1\times K_2$ is the filter size).",
        ),
        ("5c", BOTH.format(SUB + r" for $k = 0,\dots,\lfloor (N-1)/s\rfloor$", POOL + " for the same $k$")),
        ("5c", BOTH.format(SUB, POOL + r" (if $sk+j\geqslant N$, element is skipped)")),
        ("4a", CHAIN + f"\n\nAs $dU/dZ = U(1-U)$, putting this value,\n\n{SIGMOID}"),
    ],
)
def test_clauses_of_real_hand_ins_leave_a_right_formula_right(question: str, answer: str) -> None:
    """Ranges, names, padding and reasons behind a right formula change nothing."""
    assert status(question, answer) == "right"


@pytest.mark.parametrize(
    ("question", "answer"),
    [
        ("4b", WEIGHTS + " for fixed $j_1$, $j_2$"),
        ("4b", WEIGHTS + " for k1 = k2 = 0"),
        ("4b", WEIGHTS + " for n = m"),
        ("4b", WEIGHTS + " where the sum is over $j_1$ and $j_2$"),
        ("4b", WEIGHTS + ", where $j_1$ and $j_2$ run over the kernel"),
        ("4b", WEIGHTS + " where k1, k2 run over the image"),
        ("4b", WEIGHTS + " where j1 and j2 run from 1"),
        ("4b", WEIGHTS + r" is $\partial J/\partial X$"),
        ("4b", WEIGHTS + " where X is U of the layer"),
        (
            "4b",
            r"$\sum_{j_1=0}^{K-1}\sum_{j_2=0}^{K-1}\sum_i \frac{\partial J}{\partial Z[i,j_1,j_2,m]} "
            r"X[i,j_1+k_1,j_2+k_2,n]$ where K is the size of the kernel",
        ),
        ("4c", INPUTS + " for fixed m"),
        ("4c", INPUTS + " for stride 2"),
        ("4c", INPUTS + " where Z outside is 1"),
        ("4c", INPUTS + " where values outside are 1"),
        ("4c", FULL + ", where l1, l2 run over the kernel"),
        ("4a", SIGMOID + " at Z = 0"),
        ("5c", BOTH.format(SUB + r" for $k = 1, \dots, \lceil N/s\rceil$", POOL)),
        ("5c", BOTH.format(SUB + r" for $k = 0, \dots, \lfloor N/s\rfloor$", POOL)),
        ("5c", BOTH.format(SUB, POOL + r" with $k < \lfloor (N-1)/s\rfloor$")),
        ("5c", BOTH.format(SUB, POOL + " where s = p = 2")),
        ("5c", BOTH.format(SUB, FREE)),
        ("5c", BOTH.format(SUB, FREE + " over all j")),
        ("4b", WEIGHTS + ", $j_1, j_2 = 0, 1$"),
        ("4b", WEIGHTS + " where j1 and j2 run from 0 to 1"),
        ("4c", INPUTS + ", k1, k2 run over the whole image"),
        (
            "4c",
            FULL + r" where you only keep the terms with $1\le j_1-l_1\le K_1-1$ ($K_1\times K_2$ is the filter size)",
        ),
        ("5c", BOTH.format(SUB, POOL + r" for the same $k$ and the first $j$")),
        ("5c", BOTH.format(SUB, POOL + r" (if $sk+j\geqslant N-1$, element is skipped)")),
        ("4c", FULL + ", l1 and l2 running over the kernel"),
    ],
)
def test_a_clause_that_narrows_or_changes_a_right_formula_is_for_a_person(question: str, answer: str) -> None:
    """What holds for one place, another range or another array is no right answer to the question."""
    assert status(question, answer) == "review"


def test_a_window_of_the_stride_is_found_behind_the_formula() -> None:
    """A range that only the words behind a maximum give is the range that counts."""
    assert status("5c", BOTH.format(SUB, FREE + ", $j < s$")) == "partial"


@pytest.mark.parametrize(
    ("question", "answer", "wanted"),
    [
        ("4a", "```python\ndZ = dU * U * (1 - U)\n```", "right"),
        ("4a", "```python\ndZ = dU * U * (1 - U)\nprint(dZ.shape)\n```", "right"),
        ("4a", "```python\ndZ = dU * U * (1 - U)\ndZ[Z < 0] = 0\n```", "review"),
        ("4a", "```python\ndZ = dU * U * (1 - U)\ndZ *= U\n```", "review"),
        ("4a", "`dZ = dU * U * (1 - U)`\n\n`dZ = dZ / B`", "review"),
        ("4b", "```python\ndW[k1,k2,n,m] += dZ[i,j1,j2,m] * X[i,j1+k1,j2+k2,n]\ndW /= B\n```", "review"),
    ],
)
def test_what_a_program_changes_below_is_for_a_person(question: str, answer: str, wanted: str) -> None:
    """A right line of a program is not the answer where a later one gives the array other values."""
    assert status(question, answer) == wanted
