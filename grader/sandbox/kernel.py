"""The few calls of Linux that Python 3.11 has no function for.

Numbers are from the headers of Linux (include/uapi: sched.h, mount.h, prctl.h, capability.h, landlock.h); system
calls newer than 2019 have one number on all machines. Each wrapper raises OSError as functions of `os` do.
"""

from __future__ import annotations

import ctypes
import functools
import os
import platform

NEW_NS, NEW_UTS, NEW_IPC, NEW_USER, NEW_PID, NEW_NET = (
    *(0x00020000, 0x04000000, 0x08000000),
    *(0x10000000, 0x20000000, 0x40000000),
)
NOSUID, NODEV, NOEXEC, REC, BIND, PRIVATE = 2, 4, 8, 16384, 4096, 1 << 18
MNT_DETACH = 2
PDEATHSIG, DUMPABLE, CAPBSET_DROP, NO_NEW_PRIVS = 1, 4, 24, 38
SET_SECCOMP = 22

_MOUNT_SETATTR = 442
_CALLS = {"x86_64": (155, 126), "aarch64": (41, 91)}  # pivot_root, capset
_AT_RECURSIVE, _ATTR_RDONLY, _ATTR_NOSUID, _ATTR_NODEV = 0x8000, 1, 2, 4

MACHINE = platform.machine()
KNOWN_MACHINE = MACHINE in _CALLS


@functools.cache  # each makes its functions anew, and a child would take milliseconds for that
def libc() -> ctypes.CDLL:
    """The C library of this process."""
    return ctypes.CDLL(None, use_errno=True)


def _checked(result: int, what: str) -> int:
    if result < 0:
        number = ctypes.get_errno()
        raise OSError(number, os.strerror(number), what)
    return result


def syscall(number: int, *args: object) -> int:
    """A system call by its number; whole numbers are passed in full width."""
    full = [ctypes.c_long(arg) if isinstance(arg, int) else arg for arg in args]
    return _checked(libc().syscall(ctypes.c_long(number), *full), f"system call {number}")


def prctl(option: int, *args: object) -> int:
    """Changes what the kernel keeps of this process."""
    full = [ctypes.c_ulong(arg) if isinstance(arg, int) else arg for arg in (*args, *(0,) * (4 - len(args)))]
    return _checked(libc().prctl(option, *full), f"prctl {option}")


def unshare(flags: int) -> None:
    """Leaves the namespaces of the parent."""
    _checked(libc().unshare(flags), "unshare")


def setns(fd: int, flags: int) -> None:
    """Enters the namespace of a descriptor."""
    _checked(libc().setns(fd, flags), "setns")


def mount(source: str, target: str, kind: str, flags: int, options: str = "") -> None:
    """Mounts, or binds."""
    words = [word.encode() for word in (source, target, kind)]
    _checked(libc().mount(*words, ctypes.c_ulong(flags), options.encode()), f"mount {target}")


def make_read_only(path: str, below: bool = True) -> None:
    """Nothing at `path` (and below it) can be written, nor is it a device or set-id."""
    attributes = (ctypes.c_uint64 * 4)(_ATTR_RDONLY | _ATTR_NOSUID | _ATTR_NODEV, 0, 0, 0)
    flags = _AT_RECURSIVE if below else 0
    syscall(_MOUNT_SETATTR, -100, ctypes.c_char_p(path.encode()), flags, attributes, 32)


def enter_root(path: str) -> None:
    """Makes `path`, a mount, the root, and lets go of the old one."""
    os.chdir(path)
    dot = ctypes.c_char_p(b".")
    syscall(_CALLS[MACHINE][0], dot, dot)
    _checked(libc().umount2(b".", MNT_DETACH), "umount")
    os.chdir("/")


def drop_capabilities() -> None:
    """None is left, and none can come back."""
    for capability in range(64):
        try:
            prctl(CAPBSET_DROP, capability)
        except OSError:  # beyond the last that this kernel knows, or not permitted: then there are none to drop
            break
    head = (ctypes.c_uint32 * 2)(0x20080522, 0)
    syscall(_CALLS[MACHINE][1], head, (ctypes.c_uint32 * 6)())
