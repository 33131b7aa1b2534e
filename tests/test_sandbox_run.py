"""A run of honest code: values go in and come out as they are, and everything else is said plainly."""

from __future__ import annotations

import json
import math
import os
import subprocess
import sys
from pathlib import Path

import numpy as np
import pytest
from click.testing import CliRunner
from hypothesis import given, settings
from hypothesis import strategies as st

from grader.cli import DONE, GATE, USAGE, main
from grader.model.errors import UsageError
from grader.sandbox import backend, probes, running, wire
from grader.sandbox.backends import BACKENDS, UNSAFE
from grader.sandbox.backends.none import NotIsolated
from grader.sandbox.running import run
from grader.sandbox.values import Answer, Array, Call, Ended, Limit, Limits, Plain, Raised, Returned


def isolates() -> bool:
    """Does this machine have any means?"""
    try:
        running.choose("auto")
    except UsageError:
        return False
    return True


needs_isolation = pytest.mark.skipif(not isolates(), reason="nothing here can isolate")


def one(source: str, *args: Plain) -> Answer:
    """The answer of `f` to its arguments."""
    (answer,) = run(source, (Call("f", args),), Limits(call=2.0)).answers
    return answer


def value(answer: Answer) -> Plain:
    """What came back."""
    assert isinstance(answer, Returned), answer
    return answer.value


VALUES: list[Plain] = [
    *(None, True, 0, -1, 10**4000, 0.1, -0.0, math.inf, 1e-320, 2 - 1j, "", "\u2211\ud800\0", [], (), {}),
    [1, [2.0, (None, "x")]],
    {"a": 1, 2: [True], 0.5: {}, False: ()},
    Array("<f8", (2, 1), bytes(16)),
    Array("<c16", (), bytes(16)),
    Array("|b1", (3,), b"\0\1\1"),
    Array("<i8", (0, 4), b""),
]


@needs_isolation
@pytest.mark.parametrize("sent", VALUES, ids=lambda sent: repr(type(sent)))
def test_values_come_back_as_they_are(sent: Plain) -> None:
    """Every kind of plain data survives the way there and back, with its type."""
    back = value(one("def f(x): return x", sent))
    assert type(back) is type(sent)
    assert back == sent
    assert str(back)[:9] == str(sent)[:9] if not isinstance(sent, int) else True


@needs_isolation
@pytest.mark.parametrize("made", ["Counter('aab')", "defaultdict(int, a=2, b=1)", "OrderedDict(a=2, b=1)"])
def test_a_dict_is_a_dict(made: str) -> None:
    """The dicts of the standard library come back as what they hold."""
    source = f"from collections import Counter, OrderedDict, defaultdict\ndef f(x): return {made}"
    assert value(one(source, 1)) == {"a": 2, "b": 1}


@needs_isolation
@pytest.mark.parametrize(
    ("made", "expected"),
    [
        ("dict(zip(*np.unique(['b', 'a', 'b'], return_counts=True)))", {"a": 1, "b": 2}),
        ("dict(zip(*np.unique([3, 1, 3], return_counts=True)))", {1: 1, 3: 2}),
        ("{(np.int64(0), 1): 'x', (1, 'y'): 'z'}", {(0, 1): "x", (1, "y"): "z"}),
        ("np.array(['a', 'b'])[1]", "b"),
        ("np.array([['a', 'b']])", [["a", "b"]]),
        ("frozenset(np.unique(['b', 'a', 'b']))", {"a", "b"}),
        ("{np.int64(1), 2, (3, np.int64(4))}", {1, 2, (3, 4)}),
        ("collections.namedtuple('P', 'x y')(1, 'b')", (1, "b")),
    ],
)
def test_keys_and_texts_of_numpy_are_those_of_python(made: str, expected: object) -> None:
    """What ordinary programs make of numpy's scalars, and a namedtuple, comes back as plain data."""

    def bare(item: object) -> object:
        if isinstance(item, Array):
            return np.frombuffer(item.data, item.dtype).reshape(item.shape).item()
        return {key: bare(inner) for key, inner in item.items()} if isinstance(item, dict) else item

    assert bare(value(one(f"import collections\nimport numpy as np\ndef f(x): return {made}", 1))) == expected


@needs_isolation
def test_arrays_are_arrays_inside() -> None:
    """A function gets arrays of numpy that it may change, and gives back any layout and byte order."""
    source = "def f(x):\n    x += 1\n    return x.T, x[::-1], x.astype('>f4'), x.sum(), x > 3"
    data = np.arange(6.0).reshape(2, 3)
    back = value(one(source, Array("<f8", (2, 3), data.tobytes())))
    assert isinstance(back, tuple)
    arrays = [np.frombuffer(item.data, item.dtype).reshape(item.shape) for item in back]
    expected = [(data + 1).T, (data + 1)[::-1], data + 1, np.sum(data + 1), data + 1 > 3]
    assert all(np.array_equal(got, want) for got, want in zip(arrays, expected, strict=True))


def test_few_keys_can_collide() -> None:
    """A dict whose keys have one hash would keep the grader busy for minutes: those that can be made so are few."""
    few = {(row, column): 1 for row in range(64) for column in range(64)}
    assert wire.decode(*wire.encode(few)) == few
    with pytest.raises(wire.TooLarge):
        wire.encode(few | {2**61: 1})
    for key in ('["u",[["i","%x"]]]', '["i","%x"]'):
        pairs = ",".join(f'[{key % (number * (2**61 - 1))},["n"]]' for number in range(1, 3000))
        assert len(wire.decode(f'["d",[{pairs}]]'.encode(), b"")) == 2999
        with pytest.raises(wire.Garbled):
            wire.decode(f'["l",[["d",[{pairs}]],["d",[{pairs}]]]]'.encode(), b"")


@pytest.mark.parametrize(
    "key", ['["u",[["u",[]]]]', '["u",[["l",[]]]]', '["l",[]]', '["u",[' + '["n"],' * 8 + '["n"]]]']
)
def test_keys_are_flat(key: str) -> None:
    """What cannot be a key of plain data is no answer."""
    with pytest.raises(wire.Garbled):
        wire.decode(f'["d",[[{key},["n"]]]]'.encode(), b"")


plain = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats(allow_nan=False) | st.text(max_size=5),
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(st.text(max_size=3) | st.integers(), inner, max_size=3),
    max_leaves=12,
)


@given(plain)
@settings(max_examples=60, deadline=None)
def test_the_wire_loses_nothing(sent: Plain) -> None:
    """Encoding and decoding are each other's inverse."""
    assert wire.decode(*wire.encode(sent)) == sent


@needs_isolation
def test_exceptions_show_the_students_lines() -> None:
    """An exception has its type, its message and only the lines of the source."""
    source = "import numpy as np\ndef g(x):\n    return np.linalg.inv(x)\ndef f(x):\n    return g(x)"
    answer = one(source, Array("<f8", (1, 1), bytes(8)))
    assert isinstance(answer, Raised)
    assert (answer.type, answer.message, answer.trace) == ("LinAlgError", "Singular matrix", ((5, "f"), (3, "g")))


@needs_isolation
@pytest.mark.parametrize(
    ("source", "kind", "trace"),
    [
        ("x = 1\ndef f(:", "SyntaxError", ((2, "<module>"),)),
        ("def f(): pass\n1 / 0", "ZeroDivisionError", ((2, "<module>"),)),
        ("import nothing_of_this_name", "ModuleNotFoundError", ((1, "<module>"),)),
        ("open('data.csv')", "FileNotFoundError", ((1, "<module>"),)),
    ],
)
def test_a_source_that_fails(source: str, kind: str, trace: tuple[tuple[int, str], ...]) -> None:
    """What fails while the source is loaded is said once, and no call is made."""
    outcome = run(source, (Call("f"), Call("f")))
    assert isinstance(outcome.load, Raised)
    assert outcome.load.type in (kind, "PermissionError")
    assert outcome.load.trace[: len(trace)] == trace
    assert [answer.limit for answer in outcome.answers if isinstance(answer, Ended)] == [Limit.EARLIER] * 2


@needs_isolation
def test_calls_share_a_process() -> None:
    """Calls are made in order, in one process; a missing function is the student's mistake; names may be given."""
    source = "n = 0\ndef f(by=1):\n    global n\n    n += by\n    return n\nif __name__ == '__main__': n = 99"
    outcome = run(source, (Call("f"), Call("f", (), {"by": 5}), Call("g"), Call("f", ("x",))))
    first, second, third, fourth = outcome.answers
    assert (value(first), value(second)) == (1, 6)
    assert isinstance(third, Raised)
    assert isinstance(fourth, Raised)
    assert (third.type, fourth.type) == ("NameError", "TypeError")


@needs_isolation
def test_after_a_limit_nothing_is_called() -> None:
    """The call at which a run ended says why, and the rest that it had ended."""
    source = "def f(x):\n    while x: pass\n    return x"
    outcome = run(source, (Call("f", (0,)), Call("f", (1,)), Call("f", (0,))), Limits(call=0.5))
    assert value(outcome.answers[0]) == 0
    limits = [answer.limit for answer in outcome.answers[1:] if isinstance(answer, Ended)]
    assert limits == [Limit.TIME, Limit.EARLIER]


@needs_isolation
def test_the_same_source_gives_the_same_data() -> None:
    """Chance starts from the same number each time, and sets have one order."""
    source = "import random, numpy as np\ndef f(): return random.random(), np.random.rand(), list({'a', 'b', 'c', 'd'})"
    assert value(one(source)) == value(one(source))


@needs_isolation
def test_output_is_kept_and_counted() -> None:
    """What is printed is kept up to its limit, and the rest is counted."""
    outcome = run("print('x' * 99, end='')\nprint('!')", (), Limits(output=50))
    assert (outcome.output, outcome.lost) == ("x" * 50, 51)


@needs_isolation
def test_a_warm_process_that_died_is_started_again() -> None:
    """Whoever ends the warm process ends no later run."""
    for name in ("namespaces", "landlock"):
        if not BACKENDS.load(name).missing():
            server = sys.modules[f"grader.sandbox.backends.{name}"]._SERVER
            server._process.kill()
            server._process.wait()
            (answer,) = run("def f(): return 1", (Call("f"),), backend=name).answers
            assert value(answer) == 1


@needs_isolation
def test_nothing_stays_behind_a_grader() -> None:
    """A grader that ends, or is killed, leaves no warm process."""
    body = "from grader.sandbox.running import run; import os, sys; run('', ())\n"
    body += (
        "from grader.sandbox.running import choose; m = sys.modules['grader.sandbox.backends.' + choose('auto').name]\n"
    )
    body += "print(m._SERVER._process.pid if hasattr(m, '_SERVER') else 0, flush=True); os.kill(os.getpid(), 9)"
    done = subprocess.run([sys.executable, "-c", body], capture_output=True, text=True, check=False, timeout=60)
    left = Path(f"/proc/{int(done.stdout)}/stat")
    for _ in range(100):
        if not left.exists() or left.read_text().rpartition(")")[2].split()[0] == "Z":
            return
        os.sched_yield()
        subprocess.run(["sleep", "0.05"], check=True)
    raise AssertionError("the warm process is still there")


def test_our_own_inputs_are_plain() -> None:
    """An argument that is no plain data is a mistake of ours, before anything runs."""
    if isolates():
        with pytest.raises(ValueError, match="argument of f"):
            run("", (Call("f", (object(),)),))  # type: ignore[arg-type]


def test_nothing_that_isolates_is_one_sentence(monkeypatch: pytest.MonkeyPatch) -> None:
    """Where nothing works, one sentence says what to install; `none` is not taken silently."""
    monkeypatch.setattr(running, "_CHOSEN", {})
    lacking = {
        name: backend.Backend(name, "", (), lambda: "it is not there", BACKENDS.load(name).start)
        for name in BACKENDS.names
    }
    monkeypatch.setattr(running, "BACKENDS", type("R", (), {"names": BACKENDS.names, "load": lacking.__getitem__}))
    with pytest.raises(UsageError, match="install bubblewrap") as raised:
        run("", ())
    assert "\n" not in str(raised.value)
    assert UNSAFE not in str(raised.value).partition("(namespaces")[2]
    result = CliRunner().invoke(main, ["doctor"])
    assert result.exit_code == GATE
    assert "install bubblewrap" in result.output


def test_no_isolation_is_asked_for_and_loud() -> None:
    """The way that protects nothing warns each time, and the doctor refuses it."""
    if why := BACKENDS.load(UNSAFE).missing():
        pytest.skip(why)
    with pytest.warns(NotIsolated, match="WITHOUT isolation"):
        outcome = run("def f(): return 1", (Call("f"),), backend=UNSAFE)
    assert outcome.backend == UNSAFE
    assert value(outcome.answers[0]) == 1
    result = CliRunner().invoke(main, ["doctor", "--backend", UNSAFE])
    assert result.exit_code == GATE
    assert "NOT ISOLATED" in result.output


@needs_isolation
@pytest.mark.parametrize("name", [name for name in BACKENDS.names if name != UNSAFE])
def test_the_doctor_proves_each_way(name: str) -> None:
    """Every probe holds with every way that works here, and the doctor says which it is."""
    if why := BACKENDS.load(name).missing():
        pytest.skip(why)
    result = CliRunner().invoke(main, ["doctor", "--backend", name])
    assert result.exit_code == DONE, result.output
    assert result.output.startswith(f"{name}: ")
    assert f"{len(probes.PROBES)} of {len(probes.PROBES)} probes held" in result.output
    assert "left" not in " ".join(os.listdir(Path(probes.__file__).parent))


@needs_isolation
def test_the_doctor_tells_what_does_not_hold(monkeypatch: pytest.MonkeyPatch) -> None:
    """A probe that comes through ends with 1 and says what came back."""
    open_door = probes.Probe("files", "read", "def f(path): return 7", probes._refused)
    monkeypatch.setattr(probes, "PROBES", (open_door,))
    result = CliRunner().invoke(main, ["doctor", "--quiet"])
    assert result.exit_code == GATE
    assert "FAIL  files: read: it came back with 7" in result.output


def test_the_doctor_knows_its_names() -> None:
    """A way that does not exist is wrong usage."""
    assert CliRunner().invoke(main, ["doctor", "--backend", "nonne"]).exit_code == USAGE


def test_the_child_knows_no_other_room() -> None:
    """What runs beside a student's code imports this room and the errors, and nothing of the marking."""
    code = "import sys, grader.sandbox.warm; print(*[m for m in sys.modules if m.startswith('grader')])"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    rooms = {name.split(".")[1] for name in done.stdout.split() if "." in name}
    assert rooms == {"sandbox"}


@pytest.mark.parametrize(
    ("node", "size"),
    [
        (["l", [["a", "|u1", [64], 0]] * 2], 64),
        (["l", [["a", "|u1", [64], 0], ["a", "|u1", [64], 32]]], 96),
        (["a", "<f8", [0, 1 << 47, 1 << 47], 0], 0),
        (["a", "<f8", [1 << 47, 0, 1 << 47], 0], 8),
        (["a", "<f8", [3], 0], 16),
    ],
)
def test_arrays_take_no_more_than_came(node: list[object], size: int) -> None:
    """Arrays that share bytes, and shapes that no array can have, are garbled."""
    with pytest.raises(wire.Garbled):
        wire.decode(json.dumps(node).encode(), bytes(size))


@needs_isolation
def test_all_answers_together_are_bounded() -> None:
    """Answers that are small enough one by one end the run when they are too large together."""
    source = "import numpy as np\ndef f():\n    return np.zeros(100_000)\n"
    outcome = run(source, (Call("f", ()),) * 12, Limits(call=2.0, answer=1 << 20))
    ended = [answer.limit for answer in outcome.answers if isinstance(answer, Ended)]
    assert ended[:1] == [Limit.ANSWER]
    assert isinstance(outcome.answers[8], Returned)
