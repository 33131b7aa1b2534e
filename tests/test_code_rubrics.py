"""What a rubric may ask of a program: every fault is named with its line, and inputs are the same in every run."""

from __future__ import annotations

import textwrap
from fractions import Fraction
from pathlib import Path

import numpy as np
import pytest

from grader.grade import lint, load_rubric, parse_rubric
from grader.kinds import vocabulary
from grader.kinds.code import Expected
from grader.model.errors import RubricError
from grader.programs.cases import Task
from grader.rubric import json_schema, read_rubric

HEAD = "questions:\n  1:\n    points: 1\n"
SOUND = "code: f(X)\nreference: sum(X)\ncases: [{X: [1, 2]}, {X: {normal: 3}, hidden: true}]\n"
HELD = "code: f(X)\ncases: [{X: [1]}]\n"


def rubric(fields: str) -> str:
    """A rubric of one question."""
    return HEAD + textwrap.indent(textwrap.dedent(fields).strip(), "    ") + "\n"


def task_of(fields: str) -> Task:
    """What is asked of a program by these fields."""
    expected = parse_rubric(rubric(fields), "r").questions[0][1].expected
    assert isinstance(expected, Expected)
    return expected.task


FAULTS = [
    ("code: f(X\nreference: sum(X)\ncases: [{X: [1]}]", 4, "`code` takes a function with its arguments"),
    ("code: f(weight)\nreference: sum(weight)\ncases: [{weight: [1]}]", 4, "cannot be called 'weight'"),
    ("code: f(X, X)\nreference: sum(X)\ncases: [{X: [1]}]", 4, "cannot be called 'X'"),
    ("code: f(X)\nreference: sum(X)", 4, "needs a list of `cases`"),
    ("code: f(X)\nreference: sum(X)\ncases: {X: 1}", 6, "needs a list of `cases`"),
    ("code: f(X)\nreference: sum(X)\ncases: [3]", 6, "a case is a mapping"),
    ("code: f(X)\nreference: sum(X)\ncases: [{Y: 3}]", 6, "`Y` is no argument"),
    ("code: f(X, W)\nreference: sum(X)\ncases: [{X: 3}]", 6, "this case has no W"),
    ("code: f(X)\nreference: sum(X)\ncases: [{X: {norml: 3}}]", 6, "an input is one of"),
    ("code: f(X)\nreference: sum(X)\ncases: [{X: {normal: 3, low: 2}}]", 6, "`low` does not go with `normal`"),
    ("code: f(X)\nreference: sum(X)\ncases: [{X: {normal: [3, -1]}}]", 6, "a length is a whole number"),
    ("code: f(X)\nreference: sum(X)\ncases: [{X: {normal: 10000000}}]", 6, "more than 1,000,000 elements"),
    ("code: f(X)\nreference: sum(X)\ncases: [{X: {uniform: 3, low: 2, high: 1}}]", 6, "`high` is less than `low`"),
    ("code: f(X)\nreference: sum(X)\ncases: [{X: {normal: 3, dtype: float16}}]", 6, "`dtype` of an array is one of"),
    ("code: f(X)\nreference: sum(X)\ncases: [{X: {texts: a}}]", 6, "`texts` takes a list of texts"),
    ("code: f(X)\nreference: sum(X)\ncases: [{X: [1], weight: 0}]", 6, "must be more than 0"),
    ("code: f(X)\nreference: sum(X)\ncases: [{X: [1], hidden: maybe}]", 6, "`hidden` takes `true` or `false`"),
    ("code: f(X)\nreference: sum(X)\ncases: [{X: [1], times: 0}]", 6, "`times` takes a whole number"),
    ("code: f(X)\nreference: sum(X)\ncases: [{X: [1], raises: a b}]", 6, "the name of an exception"),
    ("code: f(X)\ncases: [{X: [1]}]", 4, "needs a `reference`, or conditions"),
    ("code: f(X)\nreference: sum(Q)\ncases: [{X: [1]}]", 5, "cannot be computed for case 1"),
    ("code: f(X)\nreference: sum(X\ncases: [{X: [1]}]", 5, "cannot read the expression"),
    ("code: f(X)\nreference: {file: not-there.py}\ncases: [{X: [1]}]", 5, "cannot read not-there.py"),
    ("code: f(X)\nreference: {file: a.py, name: f}\ncases: [{X: [1]}]", 5, "`name` does not go with `file`"),
    ("code: b\nreference: {c: sum(X)}\ncases: [{X: [1]}]", 5, "gives each of b its expression"),
    ("code: b\nreference: {b: sum(X)}\ncases: [{X: [1]}, {Y: [1]}]", 6, "each case gives the same names"),
    (SOUND + "forbid: [no loops]", 7, "`forbid` does not know 'no loops'"),
    (SOUND + "forbid: [loop]", 7, "`loop` is neither a name nor a word for loops"),
    (SOUND + "forbid: {recursive: 0}", 7, "`recursive` is neither a name nor a word for loops"),
    (SOUND + "forbid: [for]", 7, "`for` is no name that a program uses"),
    (SOUND + "forbid: [numpy.convovle]", 7, "`numpy` holds no `convovle`"),
    (SOUND + "forbid: [numpy.linalg.invert]", 7, "`numpy.linalg` holds no `invert`"),
    (SOUND + "forbid: [math.factoral]", 7, "`math` holds no `factoral`"),
    (SOUND + "forbid: [np.dot]", 7, "not as `np`"),
    (SOUND + "forbid: [loops over Y]", 7, "`Y` is no argument that loops could run over"),
    (HELD + "holds: reslt == sum(X)", 6, "a condition does not know the name 'reslt'"),
    (HELD + "holds: result == sum(Y)", 6, "a condition does not know the name 'Y'"),
    (HELD + "holds: [result > 0, foo(X) == result]", 6, "a condition does not know the function 'foo'"),
    (HELD + "holds: all(result > 0)", 6, "a condition does not know the function 'all'"),
    (HELD + "holds: result > 0 and result < 9", 6, "a condition does not know the name 'and'"),
    (HELD + "holds: result.shape == X.shape", 6, "a condition cannot read `result.shape`"),
    (HELD + "holds: result - sum(X)", 6, "the condition 'result - sum(X)' compares nothing"),
    (HELD + "holds: result in [1, 2]", 6, "a condition cannot be computed with `in`"),
    (HELD + "holds: sum(X) > 0", 6, "the condition 'sum(X) > 0' says nothing of `result`"),
    (HELD.replace("f(X)", "b") + "holds: result > 0", 6, "a condition does not know the name 'result'"),
    (SOUND + "holds: result == sum(X) + 1", 7, "the reference does not meet these conditions in case 1"),
    (SOUND + "forbid: {loops: 1}", 7, "from 0 to less than 1"),
    (SOUND + "time: soon", 7, "`time` takes seconds or a multiple"),
    (SOUND + "memory: 3", 7, "`memory` takes a size or a multiple"),
    (SOUND + "results: [a, b]", 5, "the reference does not give a, b in every case"),
    (SOUND + "results: [a]", 7, "names at least two values"),
    (SOUND + "results: [a, a]", 7, "names at least two values"),
    (SOUND + "results: [a, b c]", 7, "names at least two values"),
    (SOUND + "results: [a, b]\nweights: {c: 1}", 8, "`weights` is a mapping of the names of a, b"),
    (SOUND.replace("sum(X)", "{a: sum(X), b: 3}") + "results: [a, b]", 5, "`b` is the same in every case"),
    (SOUND.replace("sum(X)", "{a: sum(X), c: max(X)}") + "results: [a, b]", 5, "gives each of a, b its expression"),
    (SOUND + "results: [a, b]\nholds: result > 0", 7, "`results` does not go with `holds`"),
    ("code: [a, b]\nreference: {a: sum(X), b: 1}\ncases: [{X: [1]}]\nresults: [a, b]", 7, "those of a function"),
    (SOUND + "weights: {a: 1}", 7, "`weights` is a mapping of the names"),
    ("code: [a, b]\nreference: {a: sum(X), b: 1}\ncases: [{X: [1]}]\nweights: {c: 1}", 7, "`weights` is a mapping"),
    ("code: [a, b]\nreference: {a: sum(X), b: 1}\ncases: [{X: [1]}]\nweights: {a: 0}", 7, "must be more than 0"),
    (SOUND + "compare: nearly", 7, "nearly"),
    (SOUND + "mistakes: [{reference: sum(X) + 0, credit: 0, say: No.}]", 7, "what the reference gives, in every case"),
    (SOUND + "mistakes: [{credit: 0, say: No.}]", 7, "no kind of answer"),
    (SOUND + "mistakes: [{code: f(X), credit: 0, say: No.}]", 7, "needs a `reference` that makes it"),
]


@pytest.mark.parametrize(("fields", "line", "message"), FAULTS, ids=lambda value: str(value)[-30:])
def test_faults_are_named(fields: str, line: int, message: str, tmp_path: Path) -> None:
    """Each mistake of an instructor is one fault at its line, never an exception of another kind."""
    with pytest.raises(RubricError) as error:
        parse_rubric(rubric(fields), "r", folder=str(tmp_path))
    assert any(fault.line == line and message in fault.message for fault in error.value.faults), error.value
    assert all(fault.path for fault in error.value.faults)


def suggested(fields: str) -> str:
    """What is suggested in place of a fault."""
    with pytest.raises(RubricError) as error:
        parse_rubric(rubric(fields), "r")
    return " ".join(fault.suggestion for fault in error.value.faults)


SUGGESTED = {
    SOUND + "forbid: [loop]": "did you mean `loops`?",
    SOUND + "forbid: [numpy.convovle]": "did you mean `numpy.convolve`?",
    SOUND + "forbid: [scypi]": "did you mean `scipy`?",
    SOUND + "forbid: [panda]": "did you mean `pandas`?",
    HELD + "holds: result == result": "such as `result > 0`",
    SOUND + "forbid: [np.dot]": "did you mean `numpy.dot`?",
    SOUND + "forbid: [loops over x]": "did you mean `loops over X`?",
    HELD + "holds: rezult > 0": "did you mean `result`?",
    HELD + "holds: meen(result) > 0": "did you mean `mean`?",
    HELD + "holds: result.shape == (1,)": "write `shape(result)`",
    HELD + "holds: result - X": "such as `abs(result - X) < 1e-9`",
}


@pytest.mark.parametrize("fields", SUGGESTED)
def test_what_was_meant_is_suggested(fields: str) -> None:
    """Beside what is wrong stands the nearest thing that is known."""
    assert suggested(fields) == SUGGESTED[fields]


ALLOWED = [
    *("numpy.trapz", "numpy.in1d", "numpy.linalg", "numpy.ma.sort", "numpy.ndarray.sort", "numpy.lib.stride_tricks"),
    *("scipy.signal.convolve2d", "convolve2d", "vmap", "expm", "helper", "sum", "eval", "math.factorial", "@", "sort"),
    *("loops over X", "loops 2 deep", "comprehensions", "numpy.polynomial.Polynomial", "functools.reduce"),
]


@pytest.mark.parametrize("word", ALLOWED)
def test_what_may_be_used_may_be_forbidden(word: str) -> None:
    """Names of other versions and other libraries too, of which nothing is known here."""
    assert parse_rubric(rubric(SOUND + f"forbid: ['{word}']"), "r")


HELD_TRUE = ["norm(result) < 9", "result[0] == X[0]", "sum_i result_i = 1", "0 < result < 9", "result.T @ result == pi"]


@pytest.mark.parametrize("condition", HELD_TRUE)
def test_conditions_may_be_written_in_many_ways(condition: str) -> None:
    """Indices, chains, constants and transposes are known."""
    assert parse_rubric(rubric(HELD + f"holds: '{condition}'"), "r")


@pytest.mark.parametrize(
    ("program", "message"),
    [
        ("def f(X): return 1 / 0", "the reference gives nothing for case 1: ZeroDivisionError"),
        ("def f(X): return f", "its results are not plain data"),
        ("def g(X): return 1", "there is no function `f`"),
        ("def f(X): return", "the reference gives None in every case"),
        ("def f(X): return X * float('nan')", "the reference gives nothing but NaN in every case"),
        ("import nowhere\ndef f(X): return nowhere.g(X)", "line 1 fails: ModuleNotFoundError"),
        ("def f(X) return X", "line 1 cannot be read as Python"),
        ("def f(X): return X", ""),
    ],
)
def test_faults_of_a_program_of_reference(program: str, message: str, tmp_path: Path) -> None:
    """A reference that is a program is run before anything is marked, and what fails in it is a fault of the rubric."""
    (tmp_path / "ref.py").write_text(program, encoding="utf-8")
    text = rubric("code: f(X)\nreference: {file: ref.py}\ncases: [{X: [1, 2]}]")
    if not message:
        assert parse_rubric(text, "r", folder=str(tmp_path))
        return
    with pytest.raises(RubricError, match=message):
        parse_rubric(text, "r", folder=str(tmp_path))


def test_a_program_of_reference_is_found_beside_the_rubric(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Its path counts from the rubric's folder, wherever the grader is called; it earns full marks itself."""
    (tmp_path / "sub").mkdir()
    (tmp_path / "sub" / "ref.py").write_text("import numpy as np\ndef ref(X): return np.sort(X)\n", encoding="utf-8")
    path = tmp_path / "hw.yaml"
    path.write_text(
        rubric("code: f(X)\nreference: {file: sub/ref.py, function: ref}\ncases: [{X: {normal: 5}}]"), encoding="utf-8"
    )
    monkeypatch.chdir("/")
    results = lint(load_rubric(path))
    assert [result.what for result in results if result.ok] == [
        "a blank earns nothing",
        "the reference earns full marks",
    ]


def test_drawn_inputs_follow_from_the_seed() -> None:
    """The same seed gives the same inputs, another one others; without one they follow from the rubric's text."""
    one, same, other = (task_of(SOUND + f"seed: {seed}").cases[1].inputs[0] for seed in ("a", "a", "b"))
    assert np.array_equal(one, same)
    assert not np.array_equal(one, other)
    assert np.array_equal(task_of(SOUND).cases[1].inputs[0], task_of(SOUND).cases[1].inputs[0])
    assert not np.array_equal(task_of(SOUND).cases[1].inputs[0], task_of(SOUND + "hint: x").cases[1].inputs[0])


def test_what_is_drawn_is_what_was_described() -> None:
    """Shapes, bounds, types and numbers of cases are those that stand in the rubric."""
    task = task_of(
        """
        code: f(a, b, c, d, e, g)
        reference: sum(a)
        seed: s
        cases:
          - a: {normal: [200, 3], mean: 5, deviation: 2}
            b: {uniform: 50, low: -2, high: -1, dtype: float32}
            c: {integers: [20, 2], low: -3, high: 3}
            d: {permutation: 6}
            e: {list: [1, 2]}
            g: {text: "1, 2"}
            times: 3
            weight: 6
        """
    )
    assert len(task.cases) == 3
    assert {case.weight for case in task.cases} == {Fraction(2)}
    a, b, c, d, e, g = task.cases[0].inputs
    assert a.shape == (200, 3)
    assert abs(a.mean() - 5) < 0.5
    assert abs(a.std() - 2) < 0.5
    assert (b.dtype, b.min() >= -2, b.max() <= -1) == (np.float32, True, True)
    assert set(c.ravel().tolist()) <= set(range(-3, 4))
    assert sorted(d.tolist()) == list(range(6))
    assert (e, g) == ([1, 2], "1, 2")
    assert not np.array_equal(task.cases[0].inputs[0], task.cases[1].inputs[0])


@pytest.mark.parametrize(
    ("given", "seconds", "memory"),
    [
        ("", 2.0, 1 << 30),
        ("time: 3 s\nmemory: 200 MB", 3.0, 200 << 20),
        ("time: 20x\nmemory: 10x", 0.5, 64 << 20),
        ("time: 20 x reference", 0.5, 1 << 30),
    ],
)
def test_limits(given: str, seconds: float, memory: int) -> None:
    """Limits are absolute, or multiples of what the reference takes that never fall below a floor."""
    task = task_of(SOUND + given)
    assert task.seconds == pytest.approx(seconds, rel=0.5)
    assert task.memory == memory


def test_a_mistake_need_not_repeat_what_is_asked() -> None:
    """A foreseen mistake is another reference; only what it gives and what it is worth is told."""
    text = rubric(SOUND + "mistakes: [{reference: max(X), credit: 1/2, say: That is the largest.}]")
    part = parse_rubric(text, "r").questions[0][1]
    assert [entry.expected.text for entry in part.mistakes] == ["max(X)"]
    long = rubric(SOUND + "mistakes: [{code: f(X), reference: max(X), credit: 1/2, say: That is the largest.}]")
    assert parse_rubric(long, "r").questions[0][1].mistakes[0].expected.text == "max(X)"


@pytest.mark.parametrize("asked", ["relu(z)", "softmax(Z)", "correlate(X, W)"])
def test_a_function_may_have_the_name_of_its_reference(asked: str) -> None:
    """`lint` runs the reference as a hand-in, which must not call itself there."""
    name, _, names = asked.removesuffix(")").partition("(")
    inputs = ", ".join(f"{one}: {{normal: [3, 3]}}" for one in names.split(", "))
    text = rubric(f"code: {asked}\nreference: {name}\ncases: [{{{inputs}}}]")
    assert all(result.ok for result in lint(parse_rubric(text, "r")))


def test_lists_hold_inputs_of_any_kind() -> None:
    """A list of texts, and a list with arrays in it, are what a function of Python is often given."""
    text = "code: f(a, b)\nreference: 1\ncases: [{a: {texts: [x, y z]}, b: {list: [{normal: 2}, {text: t}, 3]}}]"
    a, b = task_of(text).cases[0].inputs
    assert a == ["x", "y z"]
    assert (b[0].shape, b[1:]) == ((2,), ["t", 3])


def test_names_of_a_snippet_have_weights() -> None:
    """What each name is worth follows from `weights`; one that is not named there weighs 1."""
    text = "code: [a, b, c]\nweights: {a: 2}\nreference: {a: sum(X), b: max(X), c: min(X)}\ncases: [{X: [1, 2]}]"
    assert task_of(text).shares == (Fraction(1, 2), Fraction(1, 4), Fraction(1, 4))


@pytest.mark.parametrize("name", ["convolution", "homework10"])
def test_the_sample_is_sound(name: str) -> None:
    """The rubric that is shown passes its own checks."""
    path = Path(__file__).parents[1] / "rubrics" / f"{name}.yaml"
    assert all(result.ok for result in lint(load_rubric(path)))


@pytest.mark.parametrize(
    ("mistake", "sound"),
    [
        ("{reference: max(X), credit: 0, say: No.}", True),
        ("{code: f(X), reference: max(X), credit: 0, say: No.}", True),
        ("{credit: 0, say: No.}", False),
        ("{reference: max(X), say: No.}", False),
        ("{referense: max(X), credit: 0, say: No.}", False),
    ],
)
def test_editors_know_mistakes_of_programs(mistake: str, sound: bool) -> None:
    """The schema for editors and the loader agree on how a mistake of a program is told."""
    jsonschema, yaml = pytest.importorskip("jsonschema"), pytest.importorskip("yaml")
    text = rubric(SOUND + f"mistakes: [{mistake}]").replace("  1:", "  q1:")
    checker = jsonschema.Draft7Validator(json_schema(vocabulary()))
    assert checker.is_valid(yaml.safe_load(text)) is sound
    assert (not read_rubric(text, "hw", vocabulary())[1]) is sound
