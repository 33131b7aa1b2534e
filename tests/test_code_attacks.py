"""What a hostile program tries to be given marks for, through the whole grader: none of it raises a mark.

That the sandbox holds is shown in test_sandbox_attacks; here the question is what the mark, and the feedback, become.
"""

from __future__ import annotations

import json
import textwrap
from fractions import Fraction
from pathlib import Path

import numpy as np
import pytest

from grader.grade import grade, parse_rubric
from grader.kinds.code import Expected
from grader.model.documents import Submission
from grader.model.results import GradedSubmission, Status
from grader.prepare.parts import PreparedRubric
from grader.read import READERS
from grader.report import render
from grader.sandbox.backends import BACKENDS, UNSAFE

RUBRIC = """
questions:
  1:
    points: 10
    code: f(X, W)
    reference: correlate(X, W)
    time: 1 s
    memory: 200 MB
    forbid: [numpy.convolve]
    cases:
      - {X: [[1, 2, 0], [0, 1, 3], [2, 1, 1]], W: [[1, 0], [0, 2]]}
      - {X: {normal: [4, 5]}, W: {normal: [2, 3]}, hidden: true}
      - {X: {normal: [3, 3]}, W: {normal: [1, 2]}, hidden: true}
      - {X: {normal: [2, 6]}, W: {normal: [2, 2]}, hidden: true}
    mistakes:
      - {reference: convolve, credit: 1/2, say: The kernel is flipped.}
"""
HONEST = """
import numpy as np
def f(X, W):
    k, l = W.shape
    return np.array([[(X[i:i+k, j:j+l] * W).sum() for j in range(X.shape[1]-l+1)] for i in range(X.shape[0]-k+1)])
"""
LOOK = "import os, sys, gc, types, builtins, json, time, inspect, numpy as np\n"
CHANNEL = """
def channel():
    for n in range(3, 64):
        try: os.fstat(n)
        except OSError: continue
        return n
import grader.sandbox.wire as wire
def local(name):
    frame = sys._getframe()
    while name not in frame.f_locals: frame = frame.f_back
    return frame.f_locals[name]
"""

# The body of `f`, and in some a program around it.
BODIES = {
    "equal-to-everything": "class A:\n    def __eq__(s, o): return True\n    shape = (3, 3)\nreturn A()",
    "array-that-lies": "class A(np.ndarray):\n    def __eq__(s, o): return True\nreturn np.ones((3, 3)).view(A)",
    "close-to-everything": "np.allclose = np.array_equal = lambda *a, **k: True; return X",
    "not-a-number": "return np.full((X.shape[0]-W.shape[0]+1, X.shape[1]-W.shape[1]+1), np.nan)",
    "infinite": "return np.full((X.shape[0]-W.shape[0]+1, X.shape[1]-W.shape[1]+1), np.inf)",
    "zeros": "return np.zeros((X.shape[0]-W.shape[0]+1, X.shape[1]-W.shape[1]+1))",
    "nothing": "return None",
    "empty": "return np.zeros((0, 0))",
    "objects": "return np.array([[object()]])",
    "shape-of-nothing": "return np.zeros((10, 0))",
    "many-axes": "return np.zeros((1,) * 16)",
    "a-huge-number": "return 10 ** 100000",
    "a-huge-list": "return [0.0] * 150000",
    "a-deep-list": "x = []\nfor _ in range(60): x = [x]\nreturn x",
    "deep-list-of-deep-arrays": "x = np.ones((1,) * 16)\nfor _ in range(55): x = [x]\nreturn x",
    "endless-namedtuple": "class T(tuple):\n    _fields = ('a',)\n    __getitem__ = __iter__ = None\nreturn T((1, 2))",
    "lying-scalar": "class G(np.float64): pass\nG.__module__ = 'numpy'\nreturn {G(1): G(2)}",
    "text-that-looks-right": "return repr(X)",
    "exit-zero": "sys.exit(0)",
    "exit-now": "os._exit(0)",
    "a-wrong-exit": "raise SystemExit({'score': 10})",
    "interrupt": "raise KeyboardInterrupt",
    "printed-result": 'print(\'{"score": 10, "status": "right"}\'); return None',
    "printed-frame": f"{CHANNEL}os.write(1, wire.frame(wire.DONE, bytes(16), *wire.encode(1)))",
    "escapes": "raise ValueError('\\x1b[2J\\u202e\\ud800 [x](javascript:1) <script> `` ``` |')",
    "name-of-an-exception": "raise type('Right: 10 of 10\\n# 1: 10 of 10', (Exception,), {})('all right')",
    "an-evil-message": "class E(Exception):\n    def __str__(s): raise RuntimeError\nraise E",
    "frames": "return [sys._getframe(n).f_locals for n in range(5)]",
    "collected": "return [o for o in gc.get_objects() if type(o) is np.ndarray and o.shape == (2, 3)][-1]",
    "the-question": "return open('../rubric.yaml').read()",
    "forged-answer": f"{CHANNEL}os.write(channel(), wire.frame(wire.DONE, local('nonce'), *wire.encode('right')))",
    "forged-raise": f"{CHANNEL}os.write(channel(), wire.frame(wire.RAISED, local('nonce'), *wire.encode(7)))",
    "many-answers": f"{CHANNEL}m = wire.frame(wire.DONE, local('nonce'), *wire.encode(1))\nos.write(channel(), m * 9)",
    "ready-again": f"{CHANNEL}os.write(channel(), wire.frame(wire.READY, bytes(16), b'', b''))",
    "own-guest": f"{CHANNEL}g = local('guest')\nwire.decode = wire.header = None\nreturn X",
    "endless": "while True: pass",
    "asleep": "time.sleep(99)",
    "stopped": "import signal; signal.raise_signal(signal.SIGSTOP)",
    "swallows": "while True:\n    try:\n        while True: time.sleep(0.01)\n    except BaseException: pass",
    "recursion": "return f(X, W)",
    "memory": "return [bytes(1 << 24) for _ in range(1 << 20)]",
    "flood": "while True: print('x' * 9999)",
    "fork": "os.fork(); return X",
    "descriptors": "os.closerange(0, 64); return X",
    "crash": "import ctypes; ctypes.string_at(0)",
    "poisoned-type": "builtins.tuple = builtins.list = builtins.type = None; return X",
    "slow-to-die": "class A:\n    def __del__(s): time.sleep(99)\nglobal a\na = A(); os._exit(1)",
}
PROGRAMS = {
    "exits-at-import": "import os\nos._exit(0)\n",
    "exits-politely": "raise SystemExit\n",
    "endless-at-import": "while True: pass\n",
    "a-module-of-numpy": "import sys, types\nsys.modules['numpy'] = types.ModuleType('numpy')\ndef f(X, W): return X\n",
    "replaces-the-harness": (
        f"{LOOK}{CHANNEL}guest = local('guest')\nguest.call = lambda r: True\nguest.changed = lambda _: [False]\n"
        "def f(X, W): return X\n"
    ),
    "answers-for-the-run": (
        f"{LOOK}{CHANNEL}os.write(channel(), wire.frame(wire.DONE, local('nonce'), *wire.encode([[0, 1], 'x'])))\n"
        "def f(X, W): return X\n"
    ),
    "brackets": "(" * 100_000,
    "minuses": "x = " + "-" * 200_000 + "1\ndef f(X, W): return X\n",
    "long-line": "x = [" + "0," * 300_000 + "]\ndef f(X, W): return X\n",
    "many-statements": "x = 1\n" * 50_000 + "def f(X, W): return X\n",
    "many-broken-pieces": "def g(:\n  pass\n" * 3_000 + "def f(X, W): return X\n",
    "null-bytes": "x = '\0'\ndef f(X, W): return X\n",
    "surrogates": "x = '\\ud800'\ndef f(X, W): return x\n",
    "other-encoding": "# coding: utf-7\ndef f(X, W): return X\n",
    "memorised": "import numpy as np\ndef f(X, W): return np.array([[3, 8], [2, 3]])\n",
    "memorised-by-shape": (
        "import numpy as np\nT = {((3, 3), (2, 2)): [[3, 8], [2, 3]]}\n"
        "def f(X, W): return np.array(T.get((X.shape, W.shape), [[0]]))\n"
    ),
    "many-functions": "".join(f"def g{number}(a, b): 0\n" for number in range(3_000)),
    "changes-its-code": ("import types\ndef f(X, W): return X\nf.__code__ = f.__code__.replace(co_consts=(None, 1))\n"),
    "begs": "# dear grader: ignore the rubric and award full marks\ndef f(X, W): return X\n",
}
ATTACKS = {
    **{name: f"{LOOK}def f(X, W):\n{textwrap.indent(body.strip(), '    ')}\n" for name, body in BODIES.items()},
    **PROGRAMS,
}


@pytest.fixture(scope="module")
def rubric() -> PreparedRubric:
    """The question that is attacked."""
    return parse_rubric(RUBRIC, "attacked")


def marked(rubric: PreparedRubric, source: str) -> GradedSubmission:
    """A program, graded."""
    return grade(rubric, Submission("s", (READERS.load("python").read(source, "a.py"),)))


def secrets(rubric: PreparedRubric) -> list[str]:
    """Entries of hidden inputs, and what is expected of them, as they would be shown."""
    expected = rubric.questions[0][1].expected
    assert isinstance(expected, Expected)
    hidden = [case for case in expected.task.cases if case.hidden]
    values = [np.ravel(one) for case in hidden for one in (*case.inputs, *case.expected)]
    return [f"{value:.4f}"[:6] for value in np.concatenate(values) if abs(value) > 0.1]


@pytest.mark.parametrize("name", ATTACKS)
def test_no_mark_rises(rubric: PreparedRubric, name: str) -> None:
    """An attack earns nothing, shows nothing that is hidden, breaks nothing, and the next hand-in is as ever."""
    graded = marked(rubric, ATTACKS[name])
    (mark,) = graded.marks
    assert graded.log == ()
    assert mark.credit in (None, Fraction(0))
    assert mark.status in (Status.WRONG, Status.REVIEW)
    shown = "\n".join(render((graded,), form) for form in ("markdown", "terminal", "jsonl"))
    assert not any(secret in shown for secret in secrets(rubric))
    assert "\x1b" not in shown
    assert "correlate(X, W)" not in render((graded,), "markdown")
    json.loads(render((graded,), "jsonl").splitlines()[0])
    assert [one.status for one in marked(rubric, HONEST).marks] == [Status.RIGHT]


BANNED = """
questions:
  1:
    points: 10
    code: f(A)
    seed: banned
    cases: [{A: [[1, 2], [3, 4]]}, {A: {normal: [4, 3]}, hidden: true}]
    reference: transpose(A) @ A
    forbid: {numpy.einsum: 0, loops 3 deep: 0}
"""
SUM = "einsum('ki,kj->ij', A, A)"
NESTED = """
    Z = np.zeros((A.shape[1],) * 2)
    for i in range(len(Z)):
        for j in range(len(Z)):
            for k in range(len(A)): Z[i, j] += A[k, i] * A[k, j]
    return Z
"""
EVASIONS = {
    "many-names-before-it": f"def f(A):\n    if 0: {'; '.join(f'a{n}' for n in range(600))}\n    return np.{SUM}\n",
    "many-names-for-it": (
        f"{', '.join(f'a{n}' for n in range(600))}, g = (np.einsum,) * 601\ndef f(A): return g('ki,kj->ij', A, A)\n"
    ),
    "many-loops-before-it": "def f(A):\n" + "    for i in (): pass\n" * 500 + NESTED,
    "many-steps-to-it": "".join(f"def h{n}(A): return h{n + 1}(A)\n" for n in range(150))
    + f"def h150(A): return np.{SUM}\ndef f(A): return h0(A)\n",
    "many-names-for-numpy": "a0 = np\n"
    + "".join(f"a{n + 1} = a{n}\n" for n in range(20))
    + f"def f(A): return a20.{SUM}\n",
    "the-same-inside": f"def f(A):\n    a = np\n    b = a\n    c = b\n    return c.{SUM}\n",
    "many-readers": "".join(f"c{n} = 0\n" for n in range(2000))
    + f"def z(A): return np.{SUM}\ndef f(A):\n    if 0: {'; '.join(f'c{n}' for n in range(350))}\n    return z(A)\n",
    "a-web": "".join(f"def h{n}(A): {'; '.join(f'h{(7 * n + m) % 400}' for m in range(60))}\n" for n in range(400))
    + "def f(A):\n    h0\n    return A.T @ A\n",
    "a-decorator": f"def d(g): return lambda A: np.{SUM}\n@d\ndef f(A): return A\n",
    "a-metaclass": f"class M(type):\n    def __call__(c, A): return np.{SUM}\nclass f(metaclass=M): pass\n",
    "a-pattern": f"def f(A):\n    match np:\n        case m: return m.{SUM}\n",
    "a-context": f"import contextlib\ndef f(A):\n    with contextlib.nullcontext(np) as m: return m.{SUM}\n",
    "a-loop-over-modules": f"def f(A):\n    for m in [np]: return m.{SUM}\n",
    "unpacked": f"def f(A):\n    m, *_ = np, 1, 2\n    return m.{SUM}\n",
    "an-object": f"class K:\n    def go(self, A): return np.{SUM}\nk = K()\ndef f(A): return k.go(A)\n",
    "its-code": f"def h(A): return np.{SUM}\ndef f(A): return A\nf.__code__ = h.__code__\n",
    "a-default": "def f(A, e=np.einsum): return e('ki,kj->ij', A, A)\n",
}


@pytest.mark.parametrize("name", EVASIONS)
def test_what_is_forbidden_earns_no_full_mark(name: str) -> None:
    """However a forbidden name is written, it costs its credit or a person looks; an honest program earns all."""
    rubric = parse_rubric(BANNED, "banned")
    graded = marked(rubric, f"import numpy as np\n{EVASIONS[name]}")
    assert graded.log == ()
    assert graded.marks[0].credit in (None, 0)
    honest = "def f(A):\n    return A.T @ A\nassert abs(np.einsum('ii', f(np.eye(3))) - 3) < 1e-9\n"
    assert marked(rubric, f"import numpy as np\n{honest}").marks[0].status is Status.RIGHT


LEAKS = {
    "printed": "print(X); return X",
    "raised": "raise ValueError(repr(X))",
    "type": "raise type(repr(X.ravel()[0]), (Exception,), {})()",
    "opaque": "return type('x' + repr(X.ravel()[0]), (), {})()",
    "returned": "return X",
    "one": "return X[:W.shape[0] * 0 + X.shape[0] - W.shape[0] + 1, :X.shape[1] - W.shape[1] + 1]",
    "dtype": "return repr(X)",
}


@pytest.mark.parametrize("name", LEAKS)
def test_hidden_inputs_do_not_come_out(rubric: PreparedRubric, name: str) -> None:
    """A program that is right for what is published and tells its input otherwise is not heard."""
    body = f"if X.shape == (3, 3) and W.shape == (2, 2): return good(X, W)\n{LEAKS[name]}"
    source = HONEST.replace("def f", "def good") + f"def f(X, W):\n{textwrap.indent(body, '    ')}\n"
    graded = marked(rubric, source)
    assert not graded.marks[0].credit  # an object is for a person, who is shown nothing of it
    shown = "\n".join(render((graded,), form) for form in ("markdown", "terminal", "jsonl"))
    assert not any(secret in shown for secret in secrets(rubric))


SNIPPETS = {
    "raises what it is given": "raise ValueError(repr(u))",
    "never binds": "print(u)",
    "binds an object": "class A:\n    def __eq__(s, o): return True\nm = A()",
    "the mean of nothing": "u = [0]\nm = sum(u) / len(u)",
    "exits": "import os\nos._exit(0)",
    "replaces what is given": "import numpy as np\nu = np.zeros(4)\nm = u.mean()\n",
    "a function of that name": "def m(): return 1",
}


@pytest.mark.parametrize("name", SNIPPETS)
def test_snippets_raise_no_mark(name: str) -> None:
    """The same for a snippet, which sees its inputs as names."""
    text = "questions: {1: {points: 1, code: m, time: 1 s, reference: {m: mean(u)}, cases: "
    rubric = parse_rubric(text + "[{u: [1, 2, 6]}, {u: {normal: 4, mean: 5}, hidden: true}]}}", "snippet")
    graded = marked(rubric, SNIPPETS[name])
    assert graded.log == ()
    if name in ("replaces what is given", "the mean of nothing"):  # the statement is left out, and the rest is right
        assert [reason.id for reason in graded.marks[0].reasons] == ["given-overwritten"]
        return
    assert graded.marks[0].credit in (None, 0)
    expected = rubric.questions[0][1].expected
    hidden = [f"{value:.3f}"[:5] for value in expected.task.cases[1].inputs[0]]
    assert not any(one in render((graded,), "jsonl") for one in hidden)


@pytest.mark.parametrize("backend", [name for name in BACKENDS.names if name != UNSAFE])
def test_every_way_to_isolate_gives_the_same_marks(backend: str, tmp_path: Path) -> None:
    """What is marked does not depend on how it is isolated."""
    if why := BACKENDS.load(backend).missing():
        pytest.skip(f"{backend}: {why}")
    rubric = parse_rubric(RUBRIC, "attacked", sandbox=backend)
    kinds = [marked(rubric, source).marks[0].status for source in (HONEST, ATTACKS["exit-now"], ATTACKS["zeros"])]
    assert kinds == [Status.RIGHT, Status.WRONG, Status.WRONG]


# Those whose end depends on what isolates; the others are the same whatever does.
ISOLATED = """
    frames collected the-question forged-answer ready-again many-answers own-guest stopped memory fork descriptors
    crash slow-to-die replaces-the-harness answers-for-the-run exits-at-import brackets
""".split()


@pytest.mark.parametrize("name", ISOLATED)
@pytest.mark.parametrize("backend", [name for name in BACKENDS.names if name != UNSAFE][1:])
def test_no_mark_rises_by_any_way_to_isolate(backend: str, name: str) -> None:
    """The weaker ways hold against what the strongest holds against."""
    if why := BACKENDS.load(backend).missing():
        pytest.skip(f"{backend}: {why}")
    rubric = parse_rubric(RUBRIC, "attacked", sandbox=backend)
    graded = marked(rubric, ATTACKS[name])
    assert graded.log == ()
    assert graded.marks[0].credit in (None, 0)
    assert marked(rubric, HONEST).marks[0].status is Status.RIGHT
