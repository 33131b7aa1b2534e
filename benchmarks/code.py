"""How fast programs are marked: the same hand-ins by a plain pytest subprocess, and a whole batch on two processes.

    python benchmarks/code.py [MANY]

One function, two-dimensional valid cross-correlation, five hidden cases. Both sides run in turn in one run; the first
of each is thrown away. Then 200 hand-ins are marked by two processes, some of which never end. Last, `grader grade` is
given folders of 100, 1000 and MANY (2000; 10000 takes minutes) hand-ins, to see whether its memory grows; in half of
them the results are large. Ends with 1 if a ratio is not met.
"""

from __future__ import annotations

import os
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from concurrent.futures import ProcessPoolExecutor
from functools import cache, partial
from multiprocessing import get_context
from pathlib import Path

from grader.grade import grade, parse_rubric
from grader.kinds.code import Expected
from grader.model.answers import Answer
from grader.model.documents import Submission
from grader.model.results import Status
from grader.prepare.parts import PreparedRubric
from grader.programs.source import program_of
from grader.programs.trials import try_out
from grader.read import READERS

ROUNDS, CLASS, ENDLESS = 21, 200, 4
SHAPES = (((8, 9), (3, 2)), ((5, 5), (5, 5)), ((1, 7), (1, 3)), ((12, 4), (2, 4)), ((6, 6), (1, 1)))
RUBRIC = """
questions:
  1:
    points: 10
    code: correlate(X, W)
    reference: correlate
    time: 1 s
    cases:
""" + "".join(f"      - {{X: {{normal: {list(a)}}}, W: {{normal: {list(b)}}}, hidden: true}}\n" for a, b in SHAPES)
SOURCE = """
import numpy as np

def correlate(x, k):  # {number}
    h, w = x.shape[0] - k.shape[0] + 1, x.shape[1] - k.shape[1] + 1
    return np.array([[(x[i:i + k.shape[0], j:j + k.shape[1]] * k).sum() for j in range(w)] for i in range(h)])
"""
LARGE = """
right = correlate
def correlate(x, k):  # the values, and beside them two megabytes that are the grader's to compare and to forget
    right(x, k)
    return np.zeros((512, 512))
"""
TEST = f"""
import numpy as np
import pytest
from solution import correlate

@pytest.mark.parametrize(("a", "b"), {SHAPES})
def test_correlate(a, b):
    x, k = np.random.default_rng(0).normal(size=a), np.random.default_rng(1).normal(size=b)
    windows = np.lib.stride_tricks.sliding_window_view(x, b)
    assert np.allclose(correlate(x, k), np.tensordot(windows, k, axes=2))
"""


@cache
def rubric() -> PreparedRubric:
    """The sample assignment, read once in each process."""
    return parse_rubric(RUBRIC, "sample")


def hand_in(number: int) -> Submission:
    """A program; no two are alike, so that nothing is remembered."""
    text = SOURCE.format(number=number)
    return Submission(f"s{number}", (READERS.load("python").read(text, "solution.py"),))


def ours(number: int) -> None:
    """A hand-in through the whole pipeline."""
    (mark,) = grade(rubric(), hand_in(number)).marks
    assert mark.status is Status.RIGHT, mark


def sandboxed(number: int) -> None:
    """Only what the sandbox does of it, and the comparison."""
    expected = rubric().questions[0][1].expected
    assert isinstance(expected, Expected)
    document = hand_in(number).documents[0]
    tried = try_out(program_of(Answer("1", document, document.blocks, "program"), 0), expected.task)
    assert tried.scored is not None and tried.scored.right == len(SHAPES)


def theirs(folder: Path) -> None:
    """The same by pytest, in a process of its own, without any plug-in."""
    plain = {**os.environ, "PYTEST_DISABLE_PLUGIN_AUTOLOAD": "1"}
    done = subprocess.run([sys.executable, "-m", "pytest", "-q", "-p", "no:cacheprovider", "."], cwd=folder,
                          capture_output=True, check=False, env=plain)  # fmt: skip
    assert done.returncode == 0, done.stdout


def seconds(work: Callable[[], object]) -> float:
    """How long it took."""
    began = time.perf_counter()
    work()
    return time.perf_counter() - began


def compared() -> bool:
    """One hand-in, side by side."""
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        (folder / "solution.py").write_text(SOURCE.format(number=0), encoding="utf-8")
        (folder / "test_solution.py").write_text(TEST, encoding="utf-8")
        works: tuple[Callable[[int], None], ...] = (ours, sandboxed, lambda _: theirs(folder))
        rows = [[seconds(partial(work, -number)) for work in works] for number in range(ROUNDS + 1)][1:]
    whole, part, pytest = (statistics.median(column) for column in zip(*rows, strict=True))
    print(f"one hand-in: {whole * 1e3:.1f} ms whole, {part * 1e3:.1f} ms of them sandbox; pytest {pytest * 1e3:.0f} ms")
    print(f"that is 1/{pytest / whole:.1f} of it, whole, and 1/{pytest / part:.1f}")
    return whole * 20 < pytest


def slowly(number: int) -> float:
    """How long one hand-in of the class took, from its own beginning; every fiftieth never ends."""
    if number % (CLASS // ENDLESS) != 7:
        return seconds(lambda: ours(number))
    text = f"def correlate(x, k):\n    while True: pass  # {number}\n"
    document = READERS.load("python").read(text, "solution.py")
    began = time.perf_counter()
    (mark,) = grade(rubric(), Submission("endless", (document,))).marks
    assert mark.status is Status.WRONG
    return -(time.perf_counter() - began)


def batch() -> bool:
    """A class on two processes, each with a warm process of its own; then the same with endless loops in it."""
    with ProcessPoolExecutor(2, mp_context=get_context("spawn")) as pool:
        list(pool.map(slowly, [10_000 + k for k in range(8)]))
        honest = [20_000 + k for k in range(CLASS) if (20_000 + k) % (CLASS // ENDLESS) != 7]
        took = seconds(lambda: list(pool.map(slowly, honest, chunksize=4)))
        times = list(pool.map(slowly, range(30_000, 30_000 + CLASS)))
    rate = len(honest) / took
    usual, worst = statistics.median(t for t in times if t > 0), max(t for t in times if t > 0)
    print(f"a class on two processes: {rate:.0f} hand-ins a second, whole pipeline; beside endless loops "
          f"{usual * 1e3:.1f} ms each, at most {worst * 1e3:.0f} ms")  # fmt: skip
    return rate >= 100 and worst < 1.0


def resident(folder: Path, count: int) -> float:
    """Megabytes that `grader grade` needs at most for so many hand-ins."""
    given = folder / f"in{count}"
    given.mkdir()
    for number in range(count):
        text = SOURCE.format(number=number)
        (given / f"{number:05}.py").write_text(text + LARGE if number % 2 else text, encoding="utf-8")
    process = subprocess.Popen(
        [sys.executable, "-m", "grader", "grade", "-q", "hw.yaml", given.name, "-o", f"out{count}"], cwd=folder
    )
    _, status, used = os.wait4(process.pid, 0)
    process.returncode = os.waitstatus_to_exitcode(status)
    assert process.returncode == 0
    return used.ru_maxrss / 1024


def flat(many: int) -> bool:
    """Memory of the whole command, for a hundred hand-ins and for many."""
    counts = sorted({100, 1000, many})
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        (folder / "hw.yaml").write_text(RUBRIC, encoding="utf-8")
        needed = [resident(folder, count) for count in counts]
    pairs = zip(needed, counts, strict=True)
    print("memory of the grader: " + ", ".join(f"{size:.0f} MB for {count}" for size, count in pairs))
    return needed[-1] < needed[0] * 1.25 + 10


def main() -> int:
    """All three."""
    many = int(sys.argv[1]) if len(sys.argv) > 1 else 2000
    met = [compared(), batch(), flat(many)]
    return 0 if all(met) else 1


if __name__ == "__main__":
    raise SystemExit(main())
