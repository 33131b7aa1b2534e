"""A list of the system calls that remain; every other one answers EPERM.

What is not here: a new process or thread, a program, a signal to anybody, sockets and their messages, ioctl (and with
it the terminal), shared memory that has a name or a descriptor, links, special files and modes, namespaces, mounts,
tracing, keys, bpf, io_uring, priorities, limits. `fcntl` keeps only what duplicates a descriptor and its flags (with
F_SETOWN it could send a signal), `prlimit64` only reads. `clone3` answers ENOSYS, as on kernels that do not know it.

Numbers are from the headers of Linux 6.1 for x86_64, and the generic ones, which aarch64 uses.
"""

from __future__ import annotations

import ctypes
import struct

from grader.sandbox import kernel

_TABLE = """
    read:0:63 write:1:64 readv:19:65 writev:20:66 pread64:17:67 pwrite64:18:68 preadv:295:69 pwritev:296:70
    open:2:- openat:257:56 close:3:57 close_range:436:436 stat:4:- fstat:5:80 lstat:6:- newfstatat:262:79
    statx:332:291 poll:7:- ppoll:271:73 select:23:- pselect6:270:72 lseek:8:62 mmap:9:222 mprotect:10:226
    munmap:11:215 mremap:25:216 madvise:28:233 brk:12:214 rt_sigaction:13:134 rt_sigprocmask:14:135
    rt_sigreturn:15:139 rt_sigpending:127:136 sigaltstack:131:132 restart_syscall:219:128 access:21:-
    faccessat:269:48 faccessat2:439:439 pipe2:293:59 dup:32:23 dup2:33:- dup3:292:24 sched_yield:24:124
    nanosleep:35:101 clock_nanosleep:230:115 clock_gettime:228:113 clock_getres:229:114 gettimeofday:96:169
    time:201:- getpid:39:172 gettid:186:178 getppid:110:173 getuid:102:174 geteuid:107:175 getgid:104:176
    getegid:108:177 getresuid:118:148 getresgid:120:150 getgroups:115:158 getpgrp:111:- getpgid:121:155
    getsid:124:156 getrandom:318:278 getcwd:79:17 chdir:80:49 fchdir:81:50 rename:82:- renameat:264:38
    renameat2:316:276 mkdir:83:- mkdirat:258:34 rmdir:84:- unlink:87:- unlinkat:263:35 getdents:78:-
    getdents64:217:61 readlink:89:- readlinkat:267:78 ftruncate:77:46 truncate:76:45 fsync:74:82 fdatasync:75:83
    fadvise64:221:223 copy_file_range:326:285 sendfile:40:71 flock:73:32 futex:202:98 set_robust_list:273:99
    rseq:334:293 arch_prctl:158:- sched_getaffinity:204:123 uname:63:160 getrlimit:97:163 getrusage:98:165
    times:100:153 sysinfo:99:179 umask:95:166 statfs:137:43 fstatfs:138:44 exit:60:93 exit_group:231:94
    membarrier:324:283
"""  # name:x86_64:aarch64
ALLOWED = {name: (x86, arm) for name, x86, arm in (row.split(":") for row in _TABLE.split())}
_MACHINES = {"x86_64": (0, 0xC000003E, 72, 302), "aarch64": (1, 0xC00000B7, 25, 261)}  # column, audit, fcntl, prlimit64
_CLONE3 = 435
_FCNTL = (0, 1, 2, 3, 4, 1030)  # F_DUPFD, F_GETFD, F_SETFD, F_GETFL, F_SETFL, F_DUPFD_CLOEXEC

_LOAD, _EQUAL, _RETURN = 0x20, 0x15, 0x06
_ALLOW, _KILL, _EPERM, _ENOSYS = 0x7FFF0000, 0x80000000, 0x00050001, 0x00050026
_NUMBER, _ARCHITECTURE, _SECOND, _THIRD = 0, 4, 24, 32  # offsets in struct seccomp_data; both machines: low half first

Step = tuple[int, int, int, int]  # code, jump if true, jump if false, operand


def _only(argument: tuple[int, ...], number: int, values: tuple[int, ...]) -> list[Step]:
    """One system call, allowed if each named word of its arguments is one of the values."""
    checks: list[Step] = []
    for place in argument:
        checks.append((_LOAD, 0, 0, place))
        checks += [(_EQUAL, len(values) - at, 0, value) for at, value in enumerate(values)]
        checks.append((_RETURN, 0, 0, _EPERM))
    return [(_EQUAL, 0, len(checks) + 1, number), *checks, (_RETURN, 0, 0, _ALLOW)]


def program(machine: str) -> list[Step]:
    """The filter for a machine, in the language of BPF."""
    column, audit, fcntl, prlimit = _MACHINES[machine]
    steps: list[Step] = [(_LOAD, 0, 0, _ARCHITECTURE), (_EQUAL, 1, 0, audit), (_RETURN, 0, 0, _KILL)]
    steps.append((_LOAD, 0, 0, _NUMBER))
    for pair in ALLOWED.values():
        if pair[column] != "-":
            steps += [(_EQUAL, 0, 1, int(pair[column])), (_RETURN, 0, 0, _ALLOW)]
    steps += _only((_SECOND,), fcntl, _FCNTL)
    steps += _only((_THIRD, _THIRD + 4), prlimit, (0,))
    steps += [(_EQUAL, 0, 1, _CLONE3), (_RETURN, 0, 0, _ENOSYS)]
    return [*steps, (_RETURN, 0, 0, _EPERM)]


def missing() -> str:
    """Why this layer cannot be used here, or nothing."""
    return "" if kernel.MACHINE in _MACHINES else f"seccomp filters are not known for {kernel.MACHINE}"


def apply() -> None:
    """From here on this process has only these calls; there is no way back."""
    steps = program(kernel.MACHINE)
    code = ctypes.create_string_buffer(b"".join(struct.pack("<HBBI", *step) for step in steps))
    head = ctypes.create_string_buffer(struct.pack("<HxxxxxxQ", len(steps), ctypes.addressof(code)))
    kernel.prctl(kernel.NO_NEW_PRIVS, 1)
    kernel.prctl(kernel.SET_SECCOMP, 2, ctypes.byref(head))
