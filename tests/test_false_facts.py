"""Equations about the data of a question beside a right answer: a false one is for a person, a true one no matter."""

import pytest
from homework import status

FALSE = [
    ("5a", "y = [1, 3, 0, 1], since y[k] = x[k+2]"),
    ("5a", "y = [x[1], x[3], x[5], x[7]] = [1, 3, 0, 1]"),
    ("5a", "y = [1, 3, 0, 1]. x[1]=1, x[3]=3, x[5]=0, x[7]=1"),
    ("5b", "y[k] = max(x[2k], x[2k+2]) = [2, 3, 10, 1]"),
    ("5b", "y = [2, 3, 10, 1]; y[0] = max(x[1], x[2])"),
    ("5b", "y = [2, 3, 10, 1] with s = 3"),
    ("5b", r"$y[k]=\max_{j=0..2} x[2k+j]$, y = [2, 3, 10, 1]"),
    ("2c", "6 at (1,3); Z[0,0] = 5"),
    ("2c", "$Z[i,j]=X[i,j]+X[i,j+1]-X[i+1,j]-X[i+1,j+1]$. Max 6 at (1,3)"),
]
TRUE = [
    ("5a", "y = [1, 3, 0, 1], since $y[k] = x[2k]$"),
    ("5a", "$y=(x_0,x_2,x_4,x_6)=(1,3,0,1)$"),
    ("5b", "y[k] = max(x[2k], x[2k+1]) = [2, 3, 10, 1]"),
    ("5b", "$p=s=2$: y = [2, 3, 10, 1]"),
    ("5b", r"$y[k]=\max_{j=0..1} x[2k+j]$, y = [2, 3, 10, 1]"),
    ("2c", "$Z[1,3]=X[1,3]-X[1,4]+X[2,3]-X[2,4]=3-0+3-0=6$ at (1,3)"),
    ("2c", "$Z[i,j]=X[i,j]-X[i,j+1]+X[i+1,j]-X[i+1,j+1]$. Max 6 at (1,3)"),
    ("2d", "-6 at (1,0), as Z = W * X"),
]


@pytest.mark.parametrize(("question", "answer"), FALSE)
def test_a_right_answer_beside_a_false_equation_about_the_data_is_for_a_person(question: str, answer: str) -> None:
    """What contradicts the given arrays contradicts the answer."""
    assert status(question, answer) == "review"


@pytest.mark.parametrize(("question", "answer"), TRUE)
def test_a_right_answer_keeps_its_mark_beside_true_equations_about_the_data(question: str, answer: str) -> None:
    """Working that holds takes nothing away."""
    assert status(question, answer) == "right"


def test_a_value_at_a_wrong_position_is_right_in_its_value() -> None:
    """`Z[0,2] = -6` is marked as a value and a position, each by itself."""
    assert status("2d", "$Z[0,2] = -6$") == "partial"
