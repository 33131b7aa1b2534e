"""What a process gives up before it runs a student's code, in the order in which it still can."""

from __future__ import annotations

import io
import os
import resource
import sys

from grader.sandbox import kernel, landlock, seccomp

NOBODY = 65534
HOME = "/sandbox"  # no place where Python, numpy or a checkout may lie: it would cover them
_INODES = 256


def limit_resources(memory: int, files: int, processor: int) -> None:
    """Limits of the kernel. Those of processes count per user, so they only stand behind seccomp."""
    most = {
        resource.RLIMIT_AS: memory,
        resource.RLIMIT_FSIZE: files,
        resource.RLIMIT_CPU: processor,
        resource.RLIMIT_CORE: 0,
        resource.RLIMIT_NOFILE: 64,
        resource.RLIMIT_STACK: 16 << 20,
        resource.RLIMIT_MEMLOCK: 0,
        resource.RLIMIT_MSGQUEUE: 0,
    }
    for which, amount in most.items():
        hard = resource.getrlimit(which)[1]
        amount = amount if hard == resource.RLIM_INFINITY else min(amount, hard)
        resource.setrlimit(which, (amount, amount))


def own_folder(size: int) -> None:
    """A temporary folder in memory that nobody else sees and that vanishes with the process."""
    kernel.unshare(kernel.NEW_NS | kernel.NEW_IPC | kernel.NEW_UTS)
    options = f"size={max(size, 4096)},nr_inodes={_INODES},mode=777"
    kernel.mount("tmpfs", HOME, "tmpfs", kernel.NOSUID | kernel.NODEV | kernel.NOEXEC, options)
    os.chdir(HOME)


def become_nobody() -> None:
    """Where the namespace knows such a user; else the process is whoever started the grader, without rights."""
    try:
        os.setresgid(NOBODY, NOBODY, NOBODY)
        os.setresuid(NOBODY, NOBODY, NOBODY)
    except OSError:
        return


def give_up(readable: tuple[str, ...], writable: tuple[str, ...], parent: int) -> None:
    """Capabilities, files, traces and system calls. `parent` is who must still be alive, or 0 where none is seen."""
    kernel.drop_capabilities()
    kernel.prctl(kernel.DUMPABLE, 0)
    kernel.prctl(kernel.PDEATHSIG, 9)  # after the change of user, which would clear it
    if parent and os.getppid() != parent:
        os._exit(0)
    if landlock.version():
        landlock.apply(readable, writable)
    seccomp.apply()


def address_space() -> int:
    """Bytes that this process has mapped."""
    with open("/proc/self/statm", encoding="ascii") as file:
        return int(file.read().split()[0]) * resource.getpagesize()


def redirect(output: int) -> None:
    """Both standard streams write into one pipe, line by line, so that little is lost when a process is ended."""
    os.dup2(output, 1)
    os.dup2(output, 2)
    for name, descriptor in (("stdout", 1), ("stderr", 2)):
        raw = io.FileIO(descriptor, "w", closefd=False)
        stream = io.TextIOWrapper(io.BufferedWriter(raw), "utf-8", "backslashreplace", line_buffering=True)
        setattr(sys, name, stream)
        setattr(sys, f"__{name}__", stream)
