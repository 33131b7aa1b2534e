"""More of what a hostile hand-in tries, as it would be handed in: the programs of golden/attacks, and whole folders.

No mark rises, no hidden input and no file comes out, and the next hand-in is graded as if nothing had happened.
"""

from __future__ import annotations

import os
import re
import socket
from fractions import Fraction
from pathlib import Path

import pytest
from test_code_attacks import CHANNEL, HONEST, LOOK, marked, secrets

from grader.grade import parse_rubric
from grader.model.results import Status
from grader.prepare.parts import PreparedRubric
from grader.programs.compare import Rule, compare
from grader.programs.libraries import missing
from grader.report import render
from grader.sandbox.backends import BACKENDS, UNSAFE

FOLDER = Path(__file__).parent / "golden" / "attacks"
CASE = re.compile(r"^## (?P<title>[^\n]+)\n\n````python\n(?P<text>.*?)^````$", re.MULTILINE | re.DOTALL)
RUBRIC = """
questions:
  1:
    points: 10
    code: f(X, W)
    seed: tricks
    reference: correlate(X, W)
    time: 1 s
    memory: 200 MB
    cases:
      - {X: {normal: [4, 5]}, W: {normal: [2, 3]}, hidden: true}
      - {X: {normal: [3, 3]}, W: {normal: [1, 2]}, hidden: true}
      - {X: [[1, 2, 0], [0, 1, 3], [2, 1, 1]], W: [[1, 0], [0, 2]]}
"""
GOOD = HONEST.replace("def f", "def good")
PROGRAMS = {
    "a coroutine": "async def f(X, W): return X\n",
    "a class": "class f:\n    def __new__(c, X, W): return X\n",
    "a generator": "def f(X, W):\n    yield X\n",
    "a module with every name": "def __getattr__(n): return lambda *a: 1\n",
    "itself imported": "from hand_in import *\ndef f(X, W): return X\n",
    "another module in its place": (
        "import sys\nsys.modules['hand_in'] = sys.modules['numpy']\ndef f(X, W): return X\n"
    ),
    "many definitions": "def f(X, W): return X\n" * 3000,
    "brackets in a decorator": "@" + "(" * 5000 + ")" * 5000 + "\ndef f(X, W): return X\n",
    "lambdas in lambdas": "f = " + "lambda X, W=0: (" * 80 + "X" + ")" * 80 + "\n",
    "texts in texts": "f = lambda X, W: X\nx = " + "f'{" * 50 + "1" + "}'" * 50 + "\n",
    "a long number": "x = " + "9" * 900_000 + "\ndef f(X, W): return X\n",
    "a long text": "x = ('a' * 4096) * 4096 * 4096 * 4096\ndef f(X, W): return X\n",
    "conditions in conditions": "x = " + "1 if 1 else " * 5000 + "1\ndef f(X, W): return X\n",
    "a long sum": f"def f(X, W):\n    n = {'1 + ' * 3000}1\n    for i in range(n): pass\n    return X\n",
    "a long chain": f"def f(X, W):\n    return X{'.T' * 20_000}\n",
    "half an import, many times": "from scipy import (\n" * 40_000 + "def f(X, W): return X\n",
    "other ends of lines": "def f(X, W):\n\x0c    return X\n\x0b\x1c\x1d\u2028\u2029\x85",
    "marks of order": "\ufeff\ufeffdef f(X, W): return X\n",
    "a shell": "!cat /etc/passwd\n%%bash\nls /\ndef f(X, W): return X\n",
    "a name that looks the same": "def ｆ(X, W): return X\n",
}
OFTEN = (
    "proc parent",
    "dup stdout on channel",
    "frame then exit",
    "int80",
    "fork by code",
    "leave file",
    "symlink home",
)


def cases() -> dict[str, str]:
    """Every program of every page, with what it needs above it."""
    found = dict(PROGRAMS)
    for path in sorted(FOLDER.glob("*.md")):
        page = path.read_text(encoding="utf-8")
        assert len(CASE.findall(page)) == page.count("\n## "), path.name
        found |= {case["title"]: f"{LOOK}{CHANNEL}{case['text']}" for case in CASE.finditer(page)}
    return found


CASES = cases()
RUBRICS: dict[str, PreparedRubric] = {}


def rubric_by(backend: str) -> PreparedRubric:
    """The rubric, run by one way to isolate, if this machine has it."""
    if why := BACKENDS.load(backend).missing():
        pytest.skip(f"{backend}: {why}")
    if backend not in RUBRICS:
        RUBRICS[backend] = parse_rubric(RUBRIC, "tricks", sandbox=backend)
    return RUBRICS[backend]


def earns_nothing(backend: str, source: str) -> None:
    """No mark, no secret, no escape; and an honest hand-in after it earns all."""
    rubric = rubric_by(backend)
    graded = marked(rubric, source)
    assert graded.log == ()
    assert graded.marks[0].credit in (None, 0)
    shown = "\n".join(render((graded,), form) for form in ("markdown", "terminal", "jsonl"))
    assert not any(secret in shown for secret in secrets(rubric))
    assert "root:" not in shown
    assert "\x1b" not in shown
    assert marked(rubric, HONEST).marks[0].status is Status.RIGHT


FIRST, *OTHERS = [name for name in BACKENDS.names if name != UNSAFE]


@pytest.mark.parametrize("name", CASES)
def test_no_trick_raises_a_mark(name: str) -> None:
    """Whatever a program does, it earns what its values are worth."""
    earns_nothing(FIRST, CASES[name])


@pytest.mark.parametrize("name", OFTEN)
@pytest.mark.parametrize("backend", OTHERS)
def test_no_trick_raises_a_mark_elsewhere(backend: str, name: str) -> None:
    """The weaker ways to isolate hold too."""
    earns_nothing(backend, CASES[name])


TELLS = {
    "raised": "print(seen); raise ValueError(repr(seen))",
    "returned": "return np.full((2, 2), seen[-1][0][0] if seen else 0)",
    "named": "raise type(repr(seen), (Exception,), {})",
}


@pytest.mark.parametrize("name", TELLS)
def test_what_a_hidden_case_gave_is_not_told_in_an_open_one(name: str) -> None:
    """A program that keeps its inputs is given the hidden ones last, wherever the rubric has them."""
    source = (
        f"{LOOK}seen = []\n{GOOD}def f(X, W):\n    if X.shape == (3, 3) and W.shape == (2, 2):\n        {TELLS[name]}\n"
    )
    source += "    seen.append(X.tolist())\n    return good(X, W)\n"
    rubric = rubric_by(FIRST)
    graded = marked(rubric, source)
    assert graded.marks[0].credit == Fraction(2, 3)
    assert not any(secret in render((graded,), "jsonl") for secret in secrets(rubric))


BESIDE = "numpy conftest sitecustomize usercustomize grader json re os sys ast builtins struct pickle site types wire"


def test_files_beside_a_hand_in_do_nothing(tmp_path: Path) -> None:
    """Modules that shadow others, links, pipes, sockets and devices are neither followed nor run, nor waited for."""
    from click.testing import CliRunner

    from grader.cli import main

    (tmp_path / "rubric.yaml").write_text(RUBRIC, encoding="utf-8")
    for name in ("a", "b", "c"):
        folder = tmp_path / "handed" / name
        folder.mkdir(parents=True)
        (folder / "f.py").write_text(HONEST, encoding="utf-8")
    for name in BESIDE.split():
        (tmp_path / "handed" / "a" / f"{name}.py").write_text("raise SystemExit('shadow')\n", encoding="utf-8")
    other = tmp_path / "handed" / "b"
    os.mkfifo(other / "pipe.py")
    (other / "passwords.py").symlink_to("/etc/passwd")
    (other / "zeros.py").symlink_to("/dev/zero")
    (other / "loop").symlink_to(".")
    with open(other / "sparse.py", "wb") as file:
        file.truncate(1 << 32)
    with socket.socket(socket.AF_UNIX) as end:
        here = os.open(other, os.O_PATH)
        end.bind(f"/proc/self/fd/{here}/socket.py")
        os.close(here)
    words = ["grade", str(tmp_path / "rubric.yaml"), str(tmp_path / "handed"), "--out", str(tmp_path / "o")]
    done = CliRunner().invoke(main, words)
    lines = (tmp_path / "o" / "grades.csv").read_text(encoding="utf-8").splitlines()
    assert [line.split(",")[:2] for line in lines[1:]] == [["a", "10"], ["b", "10"], ["c", "10"]], done.output
    assert not any(
        "root:" in path.read_text(encoding="utf-8") for path in (tmp_path / "o").rglob("*") if path.is_file()
    )


HEAVY = [
    ([[float(j * k) for j in range(3)] for k in range(400)], [[0.0] * 490 for _ in range(400)]),
    ([[float(j * k) for j in range(3)] for k in range(400)], [[0.0] * 3 for _ in range(400)]),
    ({"a" * k for k in range(1, 300)}, [[0.0] * 600 for _ in range(299)]),
    (set(range(2000)), {k + 0.5 for k in range(90_000)}),
    ([{"a": k} for k in range(300)], [{"b": [0.0] * 600} for _ in range(300)]),
    ((1.0, [1.0, 2.0], "a", True), ("a", True, [[0.0]] * 90_000, 1.0)),
]


@pytest.mark.parametrize(("expected", "found"), HEAVY)
def test_what_comes_back_does_not_keep_the_grader_busy(expected: object, found: object) -> None:
    """Things that are matched each with each are few, and soon told apart."""
    assert not compare(expected, found, Rule(unordered=True)).right


def test_imports_are_looked_at_in_bounds() -> None:
    """A source of imports that never end is read once, not once for each."""
    assert missing(["import torch, (\n" * 60_000], ["name 'zzz' is not defined"] * 200) == ""


SNIPPET = """
questions:
  1:
    points: 2
    code: [m]
    seed: tricks
    reference: {m: mean(u)}
    cases: [{u: [1000, 2, 6]}, {u: {normal: 5}, hidden: true}]
"""
ASKING = "".join(f"assert not {k}/250 <= abs(u[0]) < {k + 1}/250\n" for k in range(900)) + "m = 0\n"


def test_which_line_fails_does_not_tell_a_hidden_input() -> None:
    """Of the statements that fail with hidden inputs none is quoted: a thousand of them could ask for a number."""
    assert "assert not" not in str(marked(parse_rubric(SNIPPET, "r"), ASKING).marks[0].reasons)
