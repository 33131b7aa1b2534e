"""Programs are marked alike in every run and on every worker, and a fault of ours or of the machine gives no mark."""

from __future__ import annotations

import subprocess
import sys
from collections.abc import Callable, Iterator
from concurrent.futures import ProcessPoolExecutor
from fractions import Fraction
from multiprocessing import get_context
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from click.testing import CliRunner
from hypothesis import given, settings
from hypothesis import strategies as st
from hypothesis.extra import numpy as hnp

import grader.sandbox.running as running
from grader.cli import main
from grader.grade import grade, parse_rubric
from grader.model.documents import Submission
from grader.model.errors import UsageError
from grader.model.results import UNDECIDED, GradedSubmission, Mark, Status
from grader.prepare.parts import PreparedRubric
from grader.programs.cases import plain
from grader.programs.compare import Rule, compare
from grader.programs.source import program_of
from grader.read import READERS
from grader.sandbox.session import Session
from grader.sandbox.values import Call, Limits, Returned

ROOT = Path(__file__).parents[1]
TEXT = """
questions:
  1:
    points: 4
    code: f(x)
    reference: 2 * x
    cases: [{x: [1, 2]}, {x: {normal: 3}, hidden: true}, {x: {normal: 5}, hidden: true, weight: 2}]
"""
GOOD = "def f(x):\n    return 2 * x\n"
HALF = "def f(x):\n    return 2 * x if len(x) < 5 else x\n"


def marked(rubric: PreparedRubric, source: str) -> GradedSubmission:
    """A program, graded; what is remembered would hide a fault."""
    rubric.preparer.memory = None
    return grade(rubric, Submission("s", (READERS.load("python").read(source, "a.py"),)))


@pytest.fixture
def rubric() -> PreparedRubric:
    """A small question."""
    return parse_rubric(TEXT, "runs")


def test_weights_give_partial_credit(rubric: PreparedRubric) -> None:
    """The credit is the weighted share of the cases, and no more than that of the hidden ones."""
    assert marked(rubric, HALF).marks[0].credit == Fraction(1, 3)


# -- faults ----------------------------------------------------------------------------------------------------


def _raise(error: BaseException) -> Callable[..., Any]:
    def broken(*_: Any, **__: Any) -> Any:
        raise error

    return broken


FAULTS: dict[str, Callable[..., Any]] = {
    "raises": _raise(ZeroDivisionError("a bug of the test")),
    "cannot-start": _raise(UsageError("a process could not be started")),
    "no-memory": _raise(MemoryError()),
    "nothing": lambda *_, **__: None,
    "true": lambda *_, **__: True,
    "right": lambda *_, **__: "right",
    "a-value": lambda *_, **__: Returned("right", 0.0),
}
DOORS = [
    (Session, "ready"),
    (Session, "outline"),
    (Session, "run"),
    (Session, "call"),
]


@pytest.mark.parametrize("fault", FAULTS)
@pytest.mark.parametrize("door", DOORS, ids=lambda door: str(door[1]))
def test_a_broken_sandbox_gives_no_mark(
    door: tuple[type, str], fault: str, rubric: PreparedRubric, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Whatever a part of the sandbox does in place of its work, a wrong program earns nothing by it."""
    wrong = "def f(x):\n    return x\n"
    monkeypatch.setattr(*door, FAULTS[fault])
    (mark,) = marked(rubric, wrong).marks
    assert not mark.credit
    monkeypatch.undo()
    assert marked(rubric, GOOD).marks[0].status is Status.RIGHT


@pytest.mark.parametrize("fault", ["raises", "cannot-start", "no-memory"])
@pytest.mark.parametrize("door", DOORS, ids=lambda door: str(door[1]))
def test_a_fault_of_ours_costs_no_student_a_mark(
    door: tuple[type, str], fault: str, rubric: PreparedRubric, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A sandbox that fails leaves the question to a person, and the log says why."""
    monkeypatch.setattr(*door, FAULTS[fault])
    graded = marked(rubric, GOOD)
    assert graded.marks[0].status is Status.ERROR
    assert graded.log


@pytest.mark.parametrize("name", ["compare", "from_plain", "judge_case", "explored", "program_of", "earn"])
def test_a_broken_room_gives_no_mark(name: str, rubric: PreparedRubric, monkeypatch: pytest.MonkeyPatch) -> None:
    """A function of the rooms that judge programs fails: the mark is an error, and never a credit."""
    for module_name, module in list(sys.modules.items()):
        if module_name.startswith(("grader.programs", "grader.kinds")) and hasattr(module, name):
            monkeypatch.setattr(module, name, FAULTS["raises"])
    (mark,) = marked(rubric, "def f(x):\n    return x\n").marks
    assert mark.status in UNDECIDED or (name == "from_plain" and mark.status is Status.WRONG)


def test_a_dead_warm_process_is_started_again(rubric: PreparedRubric) -> None:
    """If the warm process is ended from outside, the next program is marked by a new one."""
    from grader.sandbox.backends import BACKENDS

    chosen = running.choose("auto")
    if chosen.name not in ("namespaces", "landlock"):
        pytest.skip("there is no warm process here")
    assert marked(rubric, GOOD).marks[0].status is Status.RIGHT
    server = vars(sys.modules[f"grader.sandbox.backends.{chosen.name}"])["_SERVER"]
    server._process.kill()
    server._process.wait()
    assert marked(rubric, GOOD).marks[0].status is Status.RIGHT
    assert BACKENDS.load(chosen.name) is chosen


# -- the machine -----------------------------------------------------------------------------------------------


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """A rubric and two hand-ins."""
    (tmp_path / "hw.yaml").write_text(TEXT, encoding="utf-8")
    (tmp_path / "in").mkdir()
    (tmp_path / "in" / "good.py").write_text(GOOD + "print(id(f), object())\n", encoding="utf-8")
    half = HALF.replace("else x", "else x + g.normal()").replace("def", "g = np.random.default_rng()\ndef")
    (tmp_path / "in" / "half.py").write_text(f"import numpy as np\n{half}", encoding="utf-8")
    (tmp_path / "in" / "odd.py").write_text("def f(x):\n    raise ValueError(object())\n", encoding="utf-8")
    return tmp_path


def test_the_same_bytes_twice(folder: Path) -> None:
    """A second run, in another process with another seed for hashes, writes the same bytes."""
    written = []
    for seed in ("1", "2"):
        command = [sys.executable, "-m", "grader", "grade", "hw.yaml", "in", "-o", f"out{seed}"]
        env = {"PYTHONPATH": str(ROOT), "PYTHONHASHSEED": seed, "PATH": "/usr/bin:/bin"}
        subprocess.run(command, cwd=folder, env=env, check=True, capture_output=True)
        out = folder / f"out{seed}"
        written.append({path.relative_to(out): path.read_bytes() for path in out.rglob("*") if path.is_file()})
    assert written[0] == written[1]
    assert len(written[0]) == 5


@pytest.fixture
def unsafe(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """A machine on which nothing isolates."""
    from grader.sandbox.backends import BACKENDS

    monkeypatch.setattr(running, "_CHOSEN", {})
    for name in BACKENDS.names:
        backend = BACKENDS.load(name)
        broken = type(backend)(backend.name, backend.doc, backend.protects, lambda: "not here", backend.start)
        monkeypatch.setitem(BACKENDS._loaded, name, broken if name != "none" else backend)
    yield


@pytest.mark.parametrize(
    "command", [["grade", "hw.yaml", "in"], ["check", "hw.yaml", "in/good.py"], ["lint", "hw.yaml"]]
)
def test_where_nothing_isolates_nothing_runs(
    command: list[str], folder: Path, unsafe: None, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Grading code stops with one sentence that says what to install; `none` is never taken by itself."""
    monkeypatch.chdir(folder)
    result = CliRunner().invoke(main, command)
    assert result.exit_code == 2
    assert "students' code cannot be isolated on this system; install bubblewrap" in result.output
    assert not (folder / "results").exists()


def test_no_isolation_is_loud(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Whoever asks for no isolation is told what that means, in the first line, each time."""
    monkeypatch.chdir(folder)
    for command in (["check", "hw.yaml", "in/good.py"], ["lint", "hw.yaml"], ["grade", "hw.yaml", "in/good.py"]):
        result = CliRunner().invoke(main, [*command, "--sandbox", "none"])
        assert result.exit_code == 0, result.output
        assert result.stderr.startswith("NOT ISOLATED: ")
    assert "NOT ISOLATED" not in CliRunner().invoke(main, ["lint", "hw.yaml"]).output


def test_an_unknown_way_to_isolate(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A misspelt name is refused with the names that there are."""
    monkeypatch.chdir(folder)
    result = CliRunner().invoke(main, ["lint", "hw.yaml", "--sandbox", "nmespaces"])
    assert result.exit_code == 2
    assert "namespaces" in result.output


def _worker(number: int) -> tuple[int, str]:
    """Grades in another process, with a warm process of its own."""
    rubric = parse_rubric(TEXT, "runs")
    (mark,) = marked(rubric, [GOOD, HALF, "def f(x):\n    return 3 * x\n"][number % 3]).marks
    return number, f"{mark.status} {mark.credit}"


@pytest.mark.parametrize("way", ["fork", "spawn"])
def test_workers_have_warm_processes_of_their_own(way: str) -> None:
    """Several processes that grade at once give the marks that one gives, forked from one that has graded or not."""
    expected = [_worker(number) for number in range(3)]
    with ProcessPoolExecutor(2, mp_context=get_context(way)) as pool:
        found = list(pool.map(_worker, range(12)))
    assert found == [(number, expected[number % 3][1]) for number in range(12)]


# -- comparing -------------------------------------------------------------------------------------------------

ARRAYS = hnp.arrays(
    np.float64,
    hnp.array_shapes(min_dims=0, max_dims=3, min_side=0, max_side=4),
    elements=st.floats(-1e6, 1e6, allow_subnormal=False),
)


@given(ARRAYS)
@settings(max_examples=100, deadline=None)
def test_a_value_agrees_with_itself(values: np.ndarray) -> None:
    """Sent and read back, as an array and, where that is one, as a list, a value is right."""
    assert compare(values, plain(values), Rule()).right
    assert compare(values, plain(values), Rule(exactly=True, dtype="same")).right
    if values.ndim == 1:
        assert compare(values, values.tolist(), Rule()).id == "returns-list"


@given(ARRAYS, st.floats(1e-3, 1e3), st.data())
@settings(max_examples=100, deadline=None)
def test_a_change_is_seen(values: np.ndarray, by: float, data: st.DataObject) -> None:
    """One entry that differs by a thousandth of the largest, another shape or a missing number is never right."""
    if values.size:
        place = data.draw(st.integers(0, values.size - 1))
        other = values.copy()
        other.ravel()[place] += by * max(1.0, float(np.max(np.abs(values))))
        verdict = compare(values, plain(other), Rule())
        assert not verdict.right
        assert dict(verdict.facts).get("where", "") == (str([int(k) for k in np.unravel_index(place, values.shape)])
                                                        if values.ndim else "")  # fmt: skip
        other.ravel()[place] = np.nan
        assert not compare(values, plain(other), Rule()).right
    verdict = compare(values, plain(values[None]), Rule())
    assert not verdict.right or verdict.id in ("extra-axis", "number-in-array")
    assert not compare(values, None, Rule()).right
    assert not compare(values, "x", Rule()).right


@pytest.mark.parametrize(
    ("expected", "found", "rule", "right"),
    [
        (3, 3.0, Rule(), True),
        (3, 3.0000001, Rule(), True),
        (3, 3.0000001, Rule(exactly=True), False),
        (0.0, 1e-17, Rule(), True),
        (np.zeros(3), np.full(3, 1e-17), Rule(), True),
        (np.array([1.0, 2.0]), np.array([1, 2]), Rule(), True),
        (np.array([1, 2]), np.array([1, 2], dtype=np.int32), Rule(dtype="kind"), True),
        (np.array([1 / 3]), np.array([1 / 3], dtype=np.float32), Rule(), True),
        (np.array([np.nan, np.inf]), np.array([np.nan, np.inf]), Rule(), True),
        (np.array([np.inf]), np.array([-np.inf]), Rule(), False),
        (np.array([True, False]), np.array([1, 0]), Rule(), True),
        (np.array([1 + 1j]), np.array([1 + 1j]), Rule(), True),
        (np.array([1 + 1j]), np.array([1.0]), Rule(), False),
        (True, 1, Rule(), True),
        (True, 1, Rule(exactly=True), False),
        (True, 2, Rule(), False),
        (False, 0.0, Rule(), True),
        (True, "True", Rule(), False),
        (False, np.array([False]), Rule(), True),
        ({"a", "b"}, {"b", "a"}, Rule(), True),
        ({"a", "b"}, ["b", "a"], Rule(), True),
        ({"a", "b"}, ["b", "a", "a"], Rule(), False),
        ({"a", "b"}, {"a": 1, "b": 2}, Rule(), False),
        ({"a", "b"}, {"a"}, Rule(), False),
        ({"a"}, {"a", "b"}, Rule(), False),
        ({0.3, 2}, {0.1 + 0.2, 2.0}, Rule(), True),
        ({(1, 2), (3, 4)}, {(3, 4), (1, 2)}, Rule(), True),
        (set(), set(), Rule(), True),
        (set(), {1}, Rule(), False),
        ([1, 2], {1, 2}, Rule(), False),
        ([3, 1], [1, 3], Rule(), False),
        ([3, 1], [1, 3], Rule(unordered=True), True),
        ([3, 1, 1], [1, 3, 3], Rule(unordered=True), False),
        ([3, 1], {1, 3}, Rule(unordered=True), True),
        (np.array([3.0, 1.0]), np.array([1.0, 3.0]), Rule(unordered=True), True),
        (np.array([3.0, 1.0]), np.array([1.0, 1.0]), Rule(unordered=True), False),
        (np.array([1j, -1j]), np.array([-1j, 1j]), Rule(unordered=True), True),
        (np.array([[1, 2], [3, 4]]), np.array([[3, 4], [1, 2]]), Rule(unordered=True), True),
        (np.array([[1, 2], [3, 4]]), np.array([[2, 1], [3, 4]]), Rule(unordered=True), False),
        (np.arange(900.0), np.arange(900.0)[::-1], Rule(unordered=True), True),
        ((np.float64(2.0), np.ones(2)), (np.ones(2), 2.0), Rule(), True),
        ((1.0, 2.0), (2.0, 1.0), Rule(), False),
        ("ab", "ab", Rule(), True),
        ("ab", "ac", Rule(), False),
        ([1, 2], (1, 2), Rule(), True),
        ((np.ones(2), 3), (np.ones(2), 3), Rule(), True),
        ((np.ones(2), 3), (np.ones(2), 4), Rule(), False),
        ((np.ones(2), 3), np.ones(2), Rule(), False),
        ({"a": 1.0}, {"a": 1.0}, Rule(), True),
        ({"a": 1.0}, {"b": 1.0}, Rule(), False),
        (None, None, Rule(), True),
        (None, 0, Rule(), False),
    ],
)
def test_what_is_equal(expected: Any, found: Any, rule: Rule, right: bool) -> None:
    """Values are compared by what they are, and types of entries only where that is asked for."""
    assert compare(expected, plain(found), rule).right is right


@pytest.mark.parametrize(
    ("expected", "found", "rule", "slip"),
    [
        (np.array([1.0, 2.0]), np.array([1, 2]), Rule(dtype="kind"), "dtype-differs"),
        (np.array([1, 2]), np.array([1, 2], dtype=np.int32), Rule(dtype="kind"), ""),
        (np.array([1, 2]), np.array([1, 2], dtype=np.int32), Rule(dtype="same"), "dtype-differs"),
        (np.array([1, 2]), np.array([[1, 2]]), Rule(), "extra-axis"),
        (np.array([1, 2]), np.array([[1], [2]]), Rule(), "column-for-vector"),
        (np.ones((2, 3)), np.ones((1, 2, 3)), Rule(), "extra-axis"),
        (np.ones((1, 3)), np.ones(3), Rule(), "lost-axis"),
        (np.ones((2, 1)), np.ones(2), Rule(), "vector-for-column"),
    ],
)
def test_right_numbers_in_another_form_are_a_slip(expected: Any, found: Any, rule: Rule, slip: str) -> None:
    """Another type of entries, or an axis of length 1 too many or too few, is named and not wrong."""
    verdict = compare(expected, plain(found), rule)
    assert (verdict.right, verdict.id) == (True, slip)


@pytest.mark.parametrize(
    ("expected", "found"),
    [
        (np.ones((3, 1)), np.ones((1, 3))),
        (np.ones((2, 3)), np.ones((3, 2))),
        (np.ones((2, 3)), np.ones(6)),
        (np.zeros(0), np.zeros((1, 0))),
    ],
)
def test_a_transposed_result_is_no_slip(expected: Any, found: Any) -> None:
    """A row in place of a column, and numbers in another arrangement, are wrong."""
    assert not compare(expected, plain(found), Rule()).right


def test_an_array_without_entries_comes_back() -> None:
    """A shape such as (10, 0) holds no bytes at all and is a value like any other."""
    source = "import numpy as np\ndef f(): return np.zeros((10, 0))"
    (answer,) = running.run(source, (Call("f"),), Limits()).answers
    assert isinstance(answer, Returned)
    assert getattr(answer.value, "shape", None) == (10, 0)


@given(st.lists(st.sampled_from(["x = 1", "def f(x):", "    return x", "", "  ", ">>> y = 2", "... z", "In [3]: a = 1",
                                 "Out[3]: 7", "%magic", "```", "# 3", "\x0c", "\u00a0y"]), max_size=12))  # fmt: skip
@settings(max_examples=60, deadline=None)
def test_lines_keep_their_places(lines: list[str]) -> None:
    """However a program is cleaned, it keeps its lines, and each of them its place in the hand-in."""
    from grader.model.answers import Answer

    text = "\n".join(lines)
    document = READERS.load("python").read(text, "a.py")
    program = program_of(Answer("1", document, document.blocks, ""), 0)
    if program is None:
        return
    code = [block for block in document.blocks if block.kind == "code"]
    assert len(program.places) == sum(block.text.count("\n") + 1 for block in code)
    assert all(place is not None and 0 <= place[0] <= place[1] <= len(text) for place in program.places)


def mark_reasons(mark: Mark) -> list[str]:
    """Ids of the reasons."""
    return [reason.id for reason in mark.reasons]


def test_memory_is_bounded(rubric: PreparedRubric) -> None:
    """A program that takes more than its limit fails by itself, and says so."""
    text = TEXT + "    memory: 100 MB\n"
    (mark,) = marked(parse_rubric(text, "memory"), "def f(x):\n    y = bytes(1 << 29)\n    return 2 * x\n").marks
    assert mark_reasons(mark)[0] == "program-raised"
    assert ("found", "MemoryError") in mark.reasons[0].facts


MANY = "".join(f"    elif len(x) == {number}00:\n        return {number}\n" for number in range(1, 1500))
TOP = "".join(f"elif K == {number}:\n    J = {number}\n" for number in range(1, 1500))
DEEP: dict[str, tuple[str, str]] = {
    "1500 branches": (f"def f(x):\n    if len(x) == 0:\n        return x\n{MANY}    return 2 * x\n", ""),
    "a sum of 2500 terms": (f"def f(x):\n    return 2 * x{' + 0 * x' * 2500}\n", ""),
    "signs before signs": (f"def f(x):\n    return 2 * {'-' * 2000}x\n", ""),
    "branches at the top": (
        f"K = -1\nif K == 0:\n    J = 0\n{TOP}{GOOD}",
        "program-not-readable",
    ),
    "what no parser stands": (f"def f(x):\n    return 2 * x{' + 0 * x' * 6000}\n", "program-not-readable"),
    "a helper that no parser stands": (
        f"def g(x):\n    return 2 * x{' + 0 * x' * 6000}\n\ndef f(x):\n    return g(x)\n",
        "program-not-readable",
    ),
    "beside the answer": (f"{GOOD}\ndef g(x):\n    return 2 * x{' + 0 * x' * 6000}\n", ""),
    "a fault of syntax": ("def f(x):\n    return 2 * (x\n", "program-not-parsed"),
}


@pytest.mark.parametrize("forbid", ["", "    forbid: {loops: 0}\n"])
@pytest.mark.parametrize("name", DEEP)
def test_what_is_deep_is_right_or_for_a_person(name: str, forbid: str) -> None:
    """A program that Python runs is run however deep it is nested; one that is too deep to be read is not wrong."""
    source, reason = DEEP[name]
    (mark,) = marked(parse_rubric(TEXT + forbid, "deep"), source).marks
    deep = forbid and mark_reasons(mark) == ["program-not-readable"]  # to look for loops takes more than to run
    assert deep or mark_reasons(mark)[:1] == ([reason] if reason else []), mark
