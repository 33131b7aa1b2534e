"""What a hostile hand-in tries, against every way to isolate that this machine has.

Each attack is refused or ended, nothing outside is read, changed, left running or forged, and the next run works as
if nothing had happened. What a kernel cannot do is skipped with the reason.
"""

from __future__ import annotations

import os
import socket
import subprocess
import sys
import textwrap
import time
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import pytest

from grader.sandbox import seccomp, wire
from grader.sandbox.backends import BACKENDS, UNSAFE
from grader.sandbox.running import run
from grader.sandbox.values import Answer, Array, Call, Ended, Limit, Limits, Opaque, Outcome, Raised, Returned

SECRET = "the-key-is-" + "forty-two"
WORKED: set[str] = set()  # what was seen to work before the first attack; each attack is followed by the next proof
SHORT = Limits(load=1.0, call=1.0)
LOOK = "import os, sys, gc, socket, subprocess, threading, signal, resource, tempfile, json, time, numpy as np\n"


@dataclass(frozen=True, slots=True)
class Outside:
    """The world that must not be touched: a file, a listener, a process; and the backend that keeps it so."""

    backend: str
    file: Path
    port: int
    victim: subprocess.Popen[bytes]

    def attack(self, body: str, limits: Limits = SHORT) -> Outcome:
        """Runs a body as the student's function, which is told where everything is."""
        source = f"{LOOK}def attack(file, port, victim):\n{textwrap.indent(textwrap.dedent(body), '    ')}\n"
        call = Call("attack", (str(self.file), self.port, self.victim.pid))
        return run(source, (call,), limits, self.backend)


def children() -> set[int]:
    """Every living process below this one."""
    parents: dict[int, int] = {}
    for entry in Path("/proc").glob("[0-9]*/stat"):
        try:
            state, parent = entry.read_text().rpartition(")")[2].split()[:2]
        except OSError:
            continue
        if state != "Z":
            parents[int(entry.parent.name)] = int(parent)
    found = {os.getpid()}
    while more := {pid for pid, parent in parents.items() if parent in found} - found:
        found |= more
    return found


@pytest.fixture(params=[name for name in BACKENDS.names if name != UNSAFE])
def outside(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[Outside]:
    """What is to be protected, and the proof after each attack that it was."""
    name = str(request.param)
    if why := BACKENDS.load(name).missing():
        pytest.skip(f"{name}: {why}")
    secret = tmp_path / "secret.txt"
    secret.write_text(SECRET, encoding="utf-8")
    before = {path: path.stat().st_mtime_ns for path in tmp_path.iterdir()}
    assert name in WORKED or works(name)
    WORKED.add(name)
    with socket.create_server(("127.0.0.1", 0)) as listener, subprocess.Popen(["sleep", "60"]) as victim:
        living = children()
        yield Outside(name, secret, listener.getsockname()[1], victim)
        assert works(name)
        assert children() <= living
        assert victim.poll() is None
        assert secret.read_text(encoding="utf-8") == SECRET
        assert {path: path.stat().st_mtime_ns for path in tmp_path.iterdir()} == before
        listener.settimeout(0)
        with pytest.raises(BlockingIOError):
            listener.accept()
        victim.kill()


def works(backend: str) -> bool:
    """A run that has nothing to hide gives what it should, and starts from nothing."""
    source = "import builtins, os, numpy as np\n"
    source += "def f(x): return np.dot(x, x), hasattr(builtins, 'left'), os.path.exists('left')"
    outcome = run(source, (Call("f", (Array("<f8", (1,), b"\0\0\0\0\0\0\0@"),)),), Limits(), backend)
    four = Array("<f8", (), b"\0\0\0\0\0\0\x10@")
    (answer,) = outcome.answers
    return isinstance(answer, Returned) and answer.value == (four, False, False) and outcome.output == ""


REFUSED = {
    "read-the-key": "return open(file).read()",
    "change-the-key": "return open(file, 'w').write('mine')",
    "delete-the-key": "return os.unlink(file)",
    "rename-the-key": "return os.rename(file, file + '2')",
    "truncate-the-key": "return os.truncate(file, 0)",
    "write-beside": "return open(os.path.dirname(file) + '/left', 'w')",
    "list-a-folder": "return os.listdir(os.path.dirname(file))",
    "list-the-home": "return os.listdir(os.path.expanduser('~root'))",
    "list-processes": "return [n for n in os.listdir('/proc') if n.isdigit() and int(n) > 2][0]",
    "read-passwords": "return open('/etc/passwd').read()",
    "read-ssh-keys": "return open('/root/.ssh/id_rsa').read()",
    "own-memory": "return open('/proc/self/mem', 'rb')",
    "memory-of-another": "return open(f'/proc/{victim}/mem', 'rb')",
    "environment-of-another": "return open(f'/proc/{victim}/environ').read()",
    "the-grader-itself": "return open(f'/proc/{os.getppid()}/cmdline').read() if os.getppid() else 1 / 0",
    "the-terminal": "return open('/dev/tty', 'w')",
    "a-disk": "return open('/dev/vda', 'rb')",
    "shared-memory": "return open('/dev/shm/left', 'w')",
    "multiprocessing-memory": "from multiprocessing import shared_memory as s; return s.SharedMemory('left', True, 9)",
    "poison-the-library": "return open(os.__file__, 'a')",
    "poison-numpy": "return open(np.__file__, 'a')",
    "poison-bytecode": "return open(os.path.dirname(os.__file__) + '/__pycache__/left.pyc', 'wb')",
    "write-into-packages": "return open(os.path.dirname(os.path.dirname(np.__file__)) + '/left.py', 'w')",
    "tcp": "return socket.create_connection(('127.0.0.1', port), 1)",
    "udp": "s = socket.socket(socket.AF_INET, socket.SOCK_DGRAM); return s.sendto(b'x', ('8.8.8.8', 53))",
    "names": "return socket.getaddrinfo('example.org', 80)",
    "bind": "s = socket.socket(); return s.bind(('', 0))",
    "raw-socket": "return socket.socket(socket.AF_INET, socket.SOCK_RAW, 1)",
    "netlink": "return socket.socket(socket.AF_NETLINK, socket.SOCK_RAW, 0)",
    "abstract-socket": "s = socket.socket(socket.AF_UNIX); return s.bind('\\0left')",
    "socket-pair": "return socket.socketpair()[0].fileno()",
    "fork": "return os.fork()",
    "fork-bomb": "while True: os.fork()",
    "daemon": "return os.forkpty()",
    "spawn": "return os.posix_spawn('/bin/sh', ['sh', '-c', 'sleep 99'], {})",
    "exec": "os.execv('/bin/sh', ['sh'])",
    "shell": "return subprocess.check_output('id', shell=True)",
    "system": "code = os.system('sleep 99 &'); return 1 / 0 if code else 'a shell ran'",
    "pool": "from multiprocessing import Pool; return Pool(2)",
    "thread": "t = threading.Thread(target=time.sleep, args=(99,)); t.start(); return 'a thread'",
    "kill": "return os.kill(victim, 9)",
    "kill-parent": "return os.kill(os.getppid() or 1, 9)",
    "kill-everybody": "return os.kill(-1, 9)",
    "kill-group": "return os.killpg(0, 9)",
    "stop-itself": "return signal.raise_signal(signal.SIGSTOP)",
    "signal-by-file": "import fcntl; r, w = os.pipe(); return fcntl.fcntl(r, 8, victim)",  # F_SETOWN
    "renice": "return os.setpriority(os.PRIO_PROCESS, victim, 19)",
    "pin": "return os.sched_setaffinity(0, {0})",
    "become-root": "return os.setuid(1)",
    "session": "return os.setsid()",
    "raise-limits": "return resource.setrlimit(resource.RLIMIT_AS, (-1, -1))",
    "limits-of-another": "return resource.prlimit(victim, resource.RLIMIT_CPU, (1, 1))",
    "chroot": "return os.chroot('.')",
    "hard-link": "return os.link(file, 'left')",
    "soft-link": "return os.symlink(file, 'left')",
    "fifo": "return os.mkfifo('left')",
    "device": "return os.mknod('left', 0o20666, os.makedev(1, 3))",
    "set-uid": "open('left', 'w').close(); return os.chmod('left', 0o4777)",
    "memfd": "return os.memfd_create('left')",
    "handle": "return os.pidfd_open(victim)",
    "type-into-terminal": "import fcntl; return fcntl.ioctl(0, 0x5412, b'x')",
    "extended-attributes": "return os.setxattr('.', 'user.left', b'x')",
    "mount": "import ctypes; return 1 / (1 + ctypes.CDLL(None).mount(b'x', b'/sandbox', b'tmpfs', 0, None))",
}


def got(outcome: Outcome) -> Answer:
    """The answer to the one call."""
    (answer,) = outcome.answers
    return answer


@pytest.mark.parametrize("name", REFUSED)
def test_what_is_refused(outside: Outside, name: str) -> None:
    """The attempt raises, or ends the process; it never comes back with something."""
    outcome = outside.attack(REFUSED[name])
    answer = got(outcome)
    assert outcome.load is None
    assert isinstance(answer, Raised | Ended), answer
    assert not isinstance(answer, Raised) or answer.type not in ("SyntaxError", "NameError", "TypeError"), answer
    assert SECRET not in repr(outcome)


THEFTS = {
    "environment": "return sorted(os.environ)",
    "arguments": "return sys.argv",
    "objects": "return [o[:99] for o in gc.get_objects() if type(o) is str and 'forty-two' in o]",
    "modules": "return sorted(m for m in sys.modules if m.startswith('grader') and 'sandbox' not in m)",
}
HELD = {
    "environment": ["HOME", "TMPDIR"],
    "arguments": ["hand-in.py"],
    "objects": [],
    "modules": ["grader", "grader.model", "grader.model.errors"],
}


@pytest.mark.parametrize("name", HELD)
def test_nothing_is_there_to_steal(outside: Outside, name: str, monkeypatch: pytest.MonkeyPatch) -> None:
    """The process knows neither the environment nor the arguments nor any object of the grader."""
    monkeypatch.setenv("GRADER_TEST_KEY", SECRET)
    answer = got(outside.attack(THEFTS[name]))
    assert isinstance(answer, Returned)
    assert isinstance(answer.value, list)
    assert set(answer.value) <= set(HELD[name])


def test_four_descriptors(outside: Outside) -> None:
    """Open are the standard streams and the channel, and nothing else of the grader's."""
    body = """
    found = []
    for n in range(256):
        try: os.fstat(n); found.append(n)
        except OSError: pass
    return found
    """
    answer = got(outside.attack(body))
    assert isinstance(answer, Returned)
    assert isinstance(answer.value, list)
    assert len(answer.value) == 4
    assert answer.value[:3] == [0, 1, 2]


# -- forgery ---------------------------------------------------------------------------------------------------

CHANNEL = """
def channel():
    for n in range(3, 64):
        try: os.fstat(n)
        except OSError: continue
        return n
import grader.sandbox.wire as wire
def nonce():
    frame = sys._getframe()
    while type(frame.f_locals.get('nonce')) is not bytes: frame = frame.f_back
    return frame.f_locals['nonce']
"""
ONE = 'wire.frame(wire.DONE, {nonce}, *wire.encode("forged"))'
FORGED = {
    "a-nonce-guessed": f"os.write(channel(), {ONE.format(nonce='bytes(16)')})",
    "not-a-frame": "os.write(channel(), b'{\"score\": 100}' * 9)",
    "a-pickle": "import pickle; os.write(channel(), pickle.dumps({'score': 100}) * 9)",
    "a-length": "os.write(channel(), wire.HEADER.pack(b'GSB1', 3, nonce(), 2**31, 2**62))",
    "a-wide-one": "m = wire.frame(3, nonce(), b'[' + b'[],' * 3000000 + b'[]]', b'')\nos.write(channel(), m)",
    "brackets": "os.write(channel(), wire.frame(wire.DONE, nonce(), b'[' * 50000, b''))",
    "nested-lists": "os.write(channel(), wire.frame(3, nonce(), b'[\"l\",[' * 900 + b'[\"n\"]' + b']]' * 900, b''))",
    "a-shape": "os.write(channel(), wire.frame(3, nonce(), b'[\"a\",\"<f8\",[99999999999],0]', b''))",
    "shapes-of-nothing": "os.write(channel(), wire.frame(3, nonce(), b'[\"a\",\"<f8\",[0,-1],0]', b''))",
    "a-dtype": 'os.write(channel(), wire.frame(3, nonce(), b\'["a","|O8",[1],0]\', bytes(8)))',
    "a-bool": "os.write(channel(), wire.frame(3, nonce(), b'[\"a\",\"|b1\",[1],0]', b'\\7'))",
    "a-key": 'os.write(channel(), wire.frame(3, nonce(), b\'["d",[[["l",[]],["n"]]]]\', b\'\'))',
    "a-tag": "os.write(channel(), wire.frame(3, nonce(), b'[\"o\",\"os.system\"]', b''))",
    "not-hexadecimal": "os.write(channel(), wire.frame(3, nonce(), b'[\"i\",\"zz\"]', b''))",
    "an-exception": "os.write(channel(), wire.frame(wire.RAISED, nonce(), b'[\"s\",\"x\"]', b''))",
    "a-kind": "os.write(channel(), wire.frame(99, nonce(), b'[\"n\"]', b''))",
    "not-unicode": "os.write(channel(), wire.frame(3, nonce(), b'\\xff\\xfe\\0', b''))",
}


@pytest.mark.parametrize("name", FORGED)
def test_what_is_no_answer_is_none(outside: Outside, name: str) -> None:
    """Whatever is written into the channel that is no answer ends the run; it becomes no value."""
    body = f"{textwrap.dedent(CHANNEL)}{FORGED[name]}\ntime.sleep(9)"
    answer = got(outside.attack(body))
    assert isinstance(answer, Ended), answer
    assert answer.limit is Limit.CHANNEL


def test_answers_in_advance_are_refused(outside: Outside) -> None:
    """A process that took the channel over can answer for the call at hand, never for one it has not been sent."""
    body = f"{textwrap.dedent(CHANNEL)}n = nonce()\nos.write(channel(), {ONE.format(nonce='n')} * 2)\ntime.sleep(0.1)"
    source = f"{LOOK}def attack(file, port, victim):\n{textwrap.indent(body, '    ')}\n"
    call = Call("attack", ("", 0, 0))
    outcome = run(source, (call, call), SHORT, outside.backend)
    first, second = outcome.answers
    assert isinstance(first, Returned)
    assert isinstance(second, Ended)
    assert second.limit is Limit.CHANNEL


LIES = {
    "equal-to-everything": "class A:\n    def __eq__(s, o): return True\nreturn A()",
    "array-that-hides": "return np.ma.array([1.0, 2.0], mask=[0, 1])",
    "number-that-lies": "class A(float):\n    def __eq__(s, o): return True\nreturn A(1)",
    "list-that-lies": "class A(list): pass\nreturn A([1])",
    "key-that-lies": "class A(str): pass\nreturn {A('x'): 1}",
    "reduce": "class A:\n    def __reduce__(s): return os.system, ('id',)\nreturn A()",
    "objects": "return np.array([object()])",
    "record": "return np.zeros(2, dtype='i4,f8')",
    "strings": "return np.array([b'a'])",
    "function": "return attack",
    "generator": "return (i for i in range(3))",
}


@pytest.mark.parametrize("name", LIES)
def test_objects_do_not_come_out(outside: Outside, name: str) -> None:
    """What is not plain data by its exact type is named and not sent."""
    assert isinstance(got(outside.attack(LIES[name])), Opaque)


def test_of_an_array_that_lies_the_numbers_come_out(outside: Outside) -> None:
    """An array of a class of its own arrives as numbers: nothing that the class says of them is asked."""
    source = (
        "class A(np.ndarray):\n"
        "    shape, dtype, nbytes = (2,), 'f4', 0\n"
        "    def __eq__(s, o): return True\n"
        "    def tobytes(s, *a): return b'left'\n"
        "    def astype(s, *a, **k): return s\n"
        "return np.ndarray.view(np.ones(3), A)"
    )
    answer = got(outside.attack(source))
    assert isinstance(answer, Returned) and answer.value == Array("<f8", (3,), np.ones(3).tobytes())


TRICKS = {
    "patched-numpy": "np.allclose = np.array_equal = lambda *a, **k: True; return 7",
    "patched-builtins": "import builtins; builtins.left = 1; builtins.all = lambda x: True; return 7",
    "patched-os": "os.write = os.read = os._exit = None; return 7",
    "no-modules": "sys.modules.clear(); return 7",
    "a-hook": "sys.meta_path.insert(0, None); sys.path_hooks.clear(); return 7",
    "tracing": "sys.settrace(lambda *a: None); sys.setprofile(lambda *a: None); return 7",
    "at-exit": "import atexit; atexit.register(print, 'score: 100'); return 7",
    "closed-streams": "sys.stdout.close(); os.close(1); os.close(2); return 7",
    "streams-of-its-own": "sys.stdout = sys.stderr = None; return 7",
    "ignored-signals": "signal.signal(signal.SIGTERM, signal.SIG_IGN); return 7",
    "trap": "open('numpy.py', 'w').write('left = 1'); open('left', 'w').close(); return 7",
    "slow-clean-up": "class A:\n    def __del__(s): time.sleep(99)\nglobal a\na = A(); return 7",
}


@pytest.mark.parametrize("name", TRICKS)
def test_tricks_change_nothing(outside: Outside, name: str) -> None:
    """A run may change all that is inside its process; the value is its own and the next run knows nothing of it."""
    outcome = outside.attack(TRICKS[name])
    answer = got(outcome)
    assert outcome.output == ""
    assert isinstance(answer, Returned | Raised), answer
    assert not isinstance(answer, Returned) or answer.value == 7


def test_prints_are_only_prints(outside: Outside) -> None:
    """A result that is printed, to a stream or to its descriptor, is kept as output, without escapes."""
    outcome = outside.attack("print('{\"score\": 100}\\x1b[2J'); os.write(1, b'GSB1'); os.write(2, b'!'); return 0")
    assert got(outcome) == Returned(0, got(outcome).seconds)
    assert outcome.output == '{"score": 100}\nGSB1!'


ENDS = {
    "exit": ("sys.exit(0)", "SystemExit"),
    "exit-by-name": ("exit()", "SystemExit"),
    "interrupt": ("raise KeyboardInterrupt", "KeyboardInterrupt"),
    "exit-at-once": ("os._exit(0)", Limit.DIED),
    "abort": ("os.abort()", Limit.DIED),
    "segfault": ("import faulthandler; faulthandler._read_null()", Limit.DIED),
    "recursion": ("attack(file, port, victim)", "RecursionError"),
    "message-that-raises": ("class E(Exception):\n    def __str__(s): 1 / 0\nraise E", "E"),
    "heap": ("x = []\nwhile True: x.append(bytes(1 << 24))", "MemoryError"),
    "one-array": ("return np.ones(1 << 36)", "MemoryError"),
    "shared-anonymous": ("import mmap\nx = []\nwhile True: x.append(mmap.mmap(-1, 1 << 26))", "OSError"),
    "descriptors": ("x = []\nwhile True: x.append(os.dup(1))", "OSError"),
    "endless": ("while True: pass", Limit.TIME),
    "endless-in-c": ("import itertools; sum(itertools.repeat(0))", Limit.TIME),
    "swallowing": ("while True:\n    try:\n        while True: pass\n    except BaseException: pass", Limit.TIME),
    "asleep": ("time.sleep(99)", Limit.TIME),
    "numbers": ("return 9 ** 9 ** 9", Limit.TIME),
    "expression": ("import re; re.match('(a+)+$', 'a' * 64 + 'b')", Limit.TIME),
    "drip": ("while True: print('.', flush=True); time.sleep(0.01)", Limit.TIME),
    "flood": ("while True: os.write(1, b'x' * 65536)", Limit.OUTPUT),
    "message-that-loops": ("class E(Exception):\n    def __str__(s):\n        while True: pass\nraise E", Limit.TIME),
    "nested": ("x = []\nfor _ in range(9999): x = [x]\nreturn x", Limit.ANSWER),
    "itself": ("x = []; x.append(x); return x", Limit.ANSWER),
    "large": ("return np.zeros(9 << 20)", Limit.ANSWER),
    "long": ("return 'x' * (40 << 20)", Limit.ANSWER),
    "close-the-channel": ("os.closerange(3, 64); time.sleep(99)", Limit.DIED),
}


@pytest.mark.parametrize("name", ENDS)
def test_what_ends_a_run(outside: Outside, name: str) -> None:
    """Every way to end or to go on for ever has its own answer, and memory is bounded."""
    body, expected = ENDS[name]
    answer = got(outside.attack(body))
    found = answer.limit if isinstance(answer, Ended) else answer.type if isinstance(answer, Raised) else answer
    assert found == expected


BOMBS = {
    "endless": "while True: pass",
    "brackets": "(" * 500_000,
    "sums": "x = " + "+".join("1" * 200_000),
    "exits": "import os; os._exit(0)",
    "raises": "1 / 0",
    "a-zero-byte": "x = 1\0",
    "a-surrogate": "x = '\ud800'",
    "not-python": "def f(:",
    "large": "#" * (2 << 20),
    "never-answers": "import os; os.closerange(0, 64)",
}


@pytest.mark.parametrize("name", BOMBS)
def test_sources_that_do_not_load(outside: Outside, name: str) -> None:
    """A source that does not come to its end is an outcome, and its calls are not made."""
    outcome = run(BOMBS[name], (Call("f"),), SHORT, outside.backend)
    assert name == "sums" or outcome.load is not None
    assert not isinstance(got(outcome), Returned)


FILLS = {
    "disk": "with open('left', 'wb') as f:\n    while True: f.write(bytes(1 << 20))",
    "many-files": "for n in range(64): open(f'left{n}', 'wb').write(bytes(1 << 20))",
    "inodes": "for n in range(9999): os.mkdir(f'left{n}')",
}


@pytest.mark.parametrize("name", FILLS)
def test_the_folder_is_small(outside: Outside, name: str) -> None:
    """A disk cannot be filled, and what was written is gone with the process."""
    if (outside.backend, name) == ("bubblewrap", "inodes"):
        pytest.skip("bwrap bounds the bytes of its folder, not the number of files")
    answer = got(outside.attack(FILLS[name]))
    assert isinstance(answer, Raised)
    assert answer.type in ("OSError", "PermissionError")


def test_inputs_are_sent_late_and_are_copies(outside: Outside) -> None:
    """While one call runs nothing of the next has been sent, and changing an input changes none of ours."""
    source = f"{LOOK}import select\ndef f(x):\n    x[:] = 0\n{textwrap.indent(textwrap.dedent(CHANNEL), '    ')}\n"
    source += "    return len(select.select([channel()], [], [], 0.1)[0])\ndef g(x): return x"
    array = Array("<f8", (1,), b"\0\0\0\0\0\0\0@")
    outcome = run(source, (Call("f", (array,)), Call("g", (array,))), Limits(), outside.backend)
    first, second = outcome.answers
    assert first == Returned(0, first.seconds)
    assert second == Returned(array, second.seconds)


def test_an_endless_loop_delays_nobody(outside: Outside) -> None:
    """While one run uses its whole time, others are answered."""
    from concurrent.futures import ThreadPoolExecutor

    with ThreadPoolExecutor(1) as pool:
        endless = pool.submit(outside.attack, "while True: pass", Limits(call=2.5))
        time.sleep(0.3)
        assert works(outside.backend)
        assert not endless.done()
        assert isinstance(got(endless.result()), Ended)


RARE = """
import ctypes, sys
from grader.sandbox import seccomp
libc = ctypes.CDLL(None, use_errno=True)
libc.syscall, ctypes.get_errno
seccomp.apply()
for number in map(int, sys.argv[1:]):
    print(libc.syscall(ctypes.c_long(number), 0, 0, 0, 0, 0, 0), ctypes.get_errno())
"""
X86 = {
    "ptrace": 101, "unshare": 272, "setns": 308, "mount": 165, "pivot_root": 155, "bpf": 321, "io_uring_setup": 425,
    "keyctl": 250, "add_key": 248, "userfaultfd": 323, "perf_event_open": 298, "process_vm_readv": 310,
    "process_vm_writev": 311, "memfd_create": 319, "shmget": 29, "msgget": 68, "semget": 64, "mq_open": 240,
    "kcmp": 312, "init_module": 175, "kexec_load": 246, "personality": 135, "execveat": 322, "vfork": 58, "tgkill": 234,
    "tkill": 200, "rt_sigqueueinfo": 129, "pidfd_getfd": 438, "open_by_handle_at": 304, "name_to_handle_at": 303,
    "seccomp": 317, "prctl": 157, "acct": 163, "swapon": 167, "reboot": 169, "sethostname": 170, "iopl": 172,
    "socketpair": 53, "sendmsg": 46, "recvmsg": 47, "fanotify_init": 300, "inotify_init1": 294, "timer_create": 222,
}  # fmt: skip


@pytest.mark.skipif(os.uname().machine != "x86_64", reason="the numbers in this test are those of x86_64")
def test_rare_system_calls_are_refused() -> None:
    """Behind the filter even code that calls the kernel by number gets EPERM, and ENOSYS for clone3."""
    if why := seccomp.missing():
        pytest.skip(why)
    numbers = [*X86.values(), 435, 0x40000000 + 41]
    done = subprocess.run(
        [sys.executable, "-c", RARE, *map(str, numbers)], capture_output=True, text=True, timeout=30, check=True
    )
    answers = done.stdout.splitlines()
    assert answers == ["-1 1"] * len(X86) + ["-1 38", "-1 1"]


def test_the_list_of_calls_has_no_way_out() -> None:
    """Nothing that makes a process, a socket, a link or a mount stands on the list, on any machine."""
    out = {*X86, "clone", "fork", "execve", "socket", "connect", "kill", "ioctl", "link", "symlink", "mknod", "chmod"}
    assert not out & seccomp.ALLOWED.keys()
    for machine in ("x86_64", "aarch64"):
        assert len(seccomp.program(machine)) < 4096


def test_frames_survive_any_bytes() -> None:
    """Damaged structures are garbled and nothing else."""
    structure, raw = wire.encode({"a": [1, 2.5, None, (True, "x")], "b": Array("<i4", (2,), bytes(8))})
    for place in range(len(structure)):
        for other in (b"", b"[", b"]", b'"', b"9", b"\xff", b"-"):
            damaged = structure[:place] + other + structure[place + 1 :]
            try:
                wire.decode(damaged, raw)
            except wire.Garbled:
                continue
