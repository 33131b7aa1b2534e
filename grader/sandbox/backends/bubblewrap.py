"""A cold start behind bubblewrap (`bwrap`), for systems that let only this program make namespaces."""

from __future__ import annotations

import os
import shutil
import subprocess
import sysconfig

from grader.sandbox import backend, coldstart, confine, kernel
from grader.sandbox.backend import Backend, Running
from grader.sandbox.values import Limits

_WAIT = 10  # seconds for the trial
_SYSTEM = ("/usr/lib", "/usr/lib64", "/lib", "/lib64", "/etc/ld.so.cache")  # what the interpreter is linked to


def _prefix(limits: Limits) -> list[str]:
    """The options: everything unshared, and only what Python needs bound at its own place."""
    program, numpy = backend.python(), backend.numpy_folder()
    standard = os.path.realpath(sysconfig.get_path("stdlib"))
    # LIBDIR is where Python was built to stand; one that was moved has its libraries beside its program.
    libraries = (str(sysconfig.get_config_var("LIBDIR") or standard), f"{os.path.dirname(program)}/../lib")
    shared = [path for path in map(os.path.realpath, libraries) if os.access(path, os.R_OK | os.X_OK)]
    words = ["bwrap", "--unshare-all", "--die-with-parent", "--new-session", "--cap-drop", "ALL"]
    words += ["--proc", "/proc", "--size", str(max(limits.files, 4096)), "--tmpfs", confine.HOME]
    for path in dict.fromkeys((*_SYSTEM, *shared, standard, program)):
        words += ["--ro-bind-try", path, path]
    for covered in ("site-packages", "dist-packages"):
        if os.path.isdir(f"{standard}/{covered}"):
            words += ["--tmpfs", f"{standard}/{covered}"]
    room = backend.PACKAGE / "sandbox"
    for path in (str(numpy), f"{numpy}.libs", str(backend.PACKAGE / "__init__.py"), str(room)):
        words += ["--ro-bind-try", path, path]
    return [*words, "--chdir", confine.HOME, "--"]


def _missing() -> str:
    if shutil.which("bwrap") is None:
        return "there is no program `bwrap`"
    if not kernel.KNOWN_MACHINE:
        return f"its system calls are not known for {kernel.MACHINE}"
    try:
        trial = subprocess.run(
            [*_prefix(Limits()), backend.python(), "-I", "-S", "-c", "pass"],
            env={},
            stdin=subprocess.DEVNULL,
            capture_output=True,
            timeout=_WAIT,
            check=False,
        )
    except (OSError, subprocess.TimeoutExpired) as error:
        return str(error)
    return trial.stderr.decode("utf-8", "replace").strip().rpartition("\n")[2] if trial.returncode else ""


def _start(limits: Limits) -> Running:
    program = shutil.which("bwrap") or "bwrap"
    return coldstart.start("bubblewrap", [program, *_prefix(limits)[1:]], limits)


BACKEND = Backend(
    "bubblewrap",
    "a process of its own for each run behind `bwrap`, with seccomp; slow, for numpy is imported each time",
    (
        "files: Python, its libraries and numpy to read, a small folder in memory to write",
        "network: none, not even sockets",
        "processes: it sees no other and starts none; its end is the end of all that is in it",
        "memory, files, output and time are bounded",
        "results: compared outside; a forged one is a lie about itself",
    ),
    _missing,
    _start,
)
