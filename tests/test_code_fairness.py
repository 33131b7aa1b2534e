"""Programs that are honest or nearly so: comments, printed results, names alike; and loops that a text hides."""

from __future__ import annotations

import pytest

from grader.grade import grade, parse_rubric
from grader.model.documents import Submission
from grader.model.results import Mark, Status
from grader.read import READERS

ENERGY = """
questions:
  1:
    points: 4
    code: energy(x)
    reference: sum(x * x)
    seed: fairness
    forbid: {loops: 0}
    cases: [{x: {normal: 9}, hidden: true}, {x: {normal: 7}, hidden: true}]
    mistakes: [{reference: sum(x), credit: 1/4, say: Each value is squared.}]
"""
RIGHT = "import numpy as np\ndef energy(x):\n    return np.sum(x * x)\n"
LOOPS = "def g(x):\\n    s = 0\\n    for v in x: s += v * v\\n    return s\\n"


def marked(source: str) -> Mark:
    """The mark of a program."""
    document = READERS.load("python").read(source, "hand_in.py")
    return grade(parse_rubric(ENERGY, "energy"), Submission("s", (document,))).marks[0]


@pytest.mark.parametrize(
    "comment",
    [
        "one could also use a loop, but this is easier to read",
        "actually this is fast",
        "I am not sure whether it is fast",
    ],
)
def test_a_comment_takes_nothing_from_a_program(comment: str) -> None:
    """What a program does is seen; its comments say nothing of it."""
    assert marked(RIGHT.replace("    return", f"    # {comment}\n    return")).status is Status.RIGHT


@pytest.mark.parametrize(
    "source",
    [
        f'exec("{LOOPS}")\ndef energy(x): return g(x)\n',
        f'run = exec\nrun("{LOOPS}")\ndef energy(x): return g(x)\n',
        'globals()["g"] = eval("lambda x: sum(v * v for v in x)")\ndef energy(x): return g(x)\n',
        f'import timeit\ntimeit.timeit(stmt="pass", setup="{LOOPS}", globals=globals(), number=1)\n'
        "def energy(x): return g(x)\n",
        f'open("tmod.py", "w").write("{LOOPS}")\nfrom tmod import g\ndef energy(x): return g(x)\n',
        f'import sys\nexec("{LOOPS}", sys.modules[__name__].__dict__)\ndef energy(x): return g(x)\n',
    ],
)
def test_a_loop_in_a_text_that_is_run_is_for_a_person(source: str) -> None:
    """Where loops are forbidden, a program that runs a text or puts functions in earns no full mark."""
    assert marked(source).status is not Status.RIGHT


def test_a_printed_result_is_no_foreseen_mistake() -> None:
    """Of a function that prints the right values, what it prints on the way to them is none of a declared mistake."""
    mark = marked("import numpy as np\ndef energy(x):\n    print(np.sum(x))\n    print(np.sum(x), np.sum(x * x))\n")
    assert mark.status is Status.PARTIAL
    assert [reason.id for reason in mark.reasons if not reason.say] == ["prints-instead"]


@pytest.mark.parametrize("first", ["x * x", "x"])
def test_of_two_names_alike_none_is_taken_for_sure(first: str) -> None:
    """energy_1 and energy_2 both resemble the name that is asked for: a person says which counts."""
    second = "x" if first == "x * x" else "x * x"
    source = f"import numpy as np\ndef energy_1(x): return np.sum({first})\ndef energy_2(x): return np.sum({second})\n"
    assert marked(source).status is Status.REVIEW


def test_a_snippet_in_a_function_is_for_a_person() -> None:
    """Names that get their values inside `main()` have none when the program has run, and may be right all the same."""
    rubric = parse_rubric(
        "questions: {1: {points: 2, code: [mu], reference: {mu: mean(X)}, cases: [{X: {normal: 6}, hidden: true}]}}",
        "one",
    )
    source = "import numpy as np\n\ndef main():\n    mu = X.mean()\n\nmain()\n"
    document = READERS.load("python").read(source, "hand_in.py")
    mark = grade(rubric, Submission("s", (document,))).marks[0]
    assert (mark.status, [reason.id for reason in mark.reasons][:1]) == (Status.REVIEW, ["named-in-function"])
