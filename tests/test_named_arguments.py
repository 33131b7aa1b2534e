"""Layer functions in a rubric: named arguments, words, faults at their line, and none of it for students."""

from __future__ import annotations

from unittest.mock import ANY

import pytest

from grader.grade import lint, parse_rubric
from grader.maths.evaluation import evaluate
from grader.maths.worlds import World
from grader.model.errors import RubricError, Unreadable
from grader.model.expressions import Call, Num, walk
from grader.notation.reading import parse_expression
from grader.reference.functions import in_order


def value(text: str) -> object:
    """What a rubric's expression comes to, as a number or a list."""
    data = evaluate(in_order(parse_expression(text, {}), text), World({}).scope()).data
    return data.tolist() if hasattr(data, "tolist") else data


@pytest.mark.parametrize(
    ("text", "same"),
    [
        ("conv_shape([3, 32, 32], filters=16, kernel=5, stride=2, padding=2)", "[16, 16, 16]"),
        ("conv_shape([3, 32, 32], padding=2, stride=2, kernel=5, filters=16)", "[16, 16, 16]"),
        ("conv_shape([3, 32, 32], 16, 5, 2, 2)", "[16, 16, 16]"),
        ("conv_shape(input=[3, 32, 32], filters=16, kernel=[5, 3], padding=[2, 1])", "[16, 32, 32]"),
        ("conv_shape([3, 9], filters=2, kernel=3, padding=same)", "[2, 9]"),
        ("conv_shape([3, 9], filters=2, kernel=3, padding=valid)", "[2, 7]"),
        ("conv_shape([9, 9, 3], filters=2, kernel=3, channels=last)", "[7, 7, 2]"),
        ("conv_shape([3, 9, 9], filters=2, kernel=3, channels=first)", "[2, 7, 7]"),
        ("conv_params([3, 9], filters=2, kernel=3, bias=no)", "18"),
        ("conv_params([3, 9], filters=2, kernel=3, bias=yes)", "20"),
        ("pool_shape([6, 28, 28], window=2)", "[6, 14, 14]"),
        ("pool_shape([6, 5], window=2, ceil=yes)", "[6, 3]"),
        ("pool_flops([6, 4], window=2, kind=average) - pool_flops([6, 4], window=2, kind=max)", "12"),
        ("dense_params(784, units=2^3 + 2)", "7850"),
        ("dense_macs(784, 10) + dense_params(784, units=10, bias=false)", "15680"),
        ("flatten_shape(pool_shape(conv_shape([1, 28, 28], filters=6, kernel=5), window=2))", "[864]"),
        ("lstm_shape([7, 3], units=5, outputs=last)", "[5]"),
        ("conv_shape([3, 32, 32], filters=16, kernel=5)[0]", "16"),
        ("sum[k=3..4] k * dense_params([2], units=3)", "63"),
        ("attention_params([4, 6], heads=2, keys=5, bias=no)", "240"),
    ],
)
def test_calls(text: str, same: str) -> None:
    """Arguments go by name in any order, or by place; words and expressions stand for numbers."""
    assert value(text) == value(same)


@pytest.mark.parametrize(
    ("text", "complaint"),
    [
        ("conv_shape([3, 9], filtres=2, kernel=3)", "conv_shape has no argument filtres"),
        ("conv_shape([3, 9], kernel=3)", "conv_shape needs the argument filters"),
        ("dense_params(units=3)", "dense_params needs the argument input"),
        ("dense_params([3], units=3, units=4)", "dense_params has the argument units twice"),
        ("dense_params([3], 3, units=4)", "dense_params has the argument units twice"),
        ("dense_params([3], units=3, 1)", "an argument of dense_params without a name after one with a name"),
        ("dense_params([3], 3, 1, 4)", "dense_params takes at most 3 arguments"),
    ],
)
def test_wrong_calls(text: str, complaint: str) -> None:
    """What is wrong with a call is said, with its place in the expression."""
    with pytest.raises(Unreadable, match=complaint) as caught:
        value(text)
    assert 0 <= caught.value.start < caught.value.stop <= len(text)


def test_other_expressions_are_not_touched() -> None:
    """An expression without layers is the one that was parsed; relations elsewhere stay relations."""
    for text in ("where(Z == max(Z))", "conv_shape", "a_shape = 3", "shape(X)[0] = 2"):
        parsed = parse_expression(text, {})
        assert in_order(parsed, text) == parsed


@pytest.mark.parametrize(
    "text",
    [
        "*".join(["dense_params([2], units=3)", *["1"] * 290]),
        "*".join([*["1"] * 290, "dense_params([2], units=3)"]),
        "sin(" * 40 + "dense_params([2], units=3)" + ")" * 40,
    ],
)
def test_deep_expressions(text: str) -> None:
    """As many operators and brackets as the parser reads, around a layer, do not exhaust the stack."""
    found = [node for node in walk(in_order(parse_expression(text, {}), text)) if isinstance(node, Call)]
    assert [node.args[1:] for node in found if node.function == "dense.params"] == [(Num(3, ANY, "3"),)]


FAULTY = """\
given:
  x: [3, 9, 9]
  y: conv_shape(x, filters=4, kernel=11)
questions:
  a:
    points: 1
    number: dense_params(x, units=2, basis=no)
  b:
    points: 1
    shape: pool_shape(x, window=2, padding=2)
    mistakes:
      - {shape: "flatten_shape(x, keep=3)", credit: 0, say: No.}
"""


def test_faults_stand_at_their_line() -> None:
    """A layer that does not fit, and a call that is wrong, are faults of the rubric with line and column."""
    with pytest.raises(RubricError) as caught:
        parse_rubric(FAULTY, "r")
    found = {fault.line: fault for fault in caught.value.faults}
    wanted = {
        3: "a window of length 11 does not fit an input of length 9 with padding 0",
        7: "dense_params has no argument basis",
        10: "padding 2 is more than half of a window of length 2",
        12: "keeping 3 axes leaves none to flatten in an input of shape [3, 9, 9]",
    }
    assert {line: sentence in found[line].message for line, sentence in wanted.items()} == dict.fromkeys(wanted, True)
    assert found.keys() == wanted.keys()
    assert found[7].suggestion == "did you mean `bias`?"


@pytest.mark.parametrize(
    ("shape", "accept", "reject"),
    [
        ("'conv_shape([3, N, N], filters=F, kernel=k)'", "(F, N-k+1, N-k+1)", "(F, N-k, N-k)"),
        ("[F, 'conv_shape([3, N], filters=F, kernel=k)[1]']", "(F, N-k+1)", "(F, N-k)"),
        ("['conv_shape([3, 9], filters=4, kernel=2)[1]', 5]", "(8, 5)", "(9, 5)"),
        ("shape(Z)", "(N-K+1, F)", "(N-K, F)"),
    ],
)
def test_lengths_may_be_letters(shape: str, accept: str, reject: str) -> None:
    """A layer of symbolic sizes is compared as a formula is, and a rubric that says it so is sound."""
    text = f"""\
symbols: {{N: 10..20, F: size, k: 2..4, K: 2..6, "x[i]": [N], "w[j,f]": [K, F]}}
given: {{"Z[i,f]": "sum[j] w[j,f] * x[i+j]"}}
questions:
  a: {{points: 1, shape: {shape}, accept: ["{accept}"], reject: ["{reject}"]}}
"""
    assert [result for result in lint(parse_rubric(text, "r")) if not result.ok] == []


@pytest.mark.parametrize(
    "answer",
    [
        "`dense_params([784], 10, 1)`",
        "`dense_params([784], units=10)`",
        "dense_params([784], 10)",
        r"$\operatorname{dense_params}([784], 10, 1)$",
        r"$\operatorname{dense.params}([784], 10, 1)$",
        "`dense.params([784], 10, 1)`",
        "dense.params([784], 10)",
    ],
)
def test_students_do_not_call_layers(answer: str) -> None:
    """A call that does the exercise is no answer to it, however it is spelled."""
    text = f"questions:\n  1: {{points: 1, number: 'dense_params(784, units=10)', reject: ['{answer}']}}\n"
    assert [result for result in lint(parse_rubric(text, "r")) if not result.ok] == []
