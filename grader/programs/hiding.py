"""Where the syntax tree shows that something may be hidden: `eval`, `np.__dict__`, names from nowhere."""

from __future__ import annotations

import re
import sys

from grader.programs.bindings import STARRED
from grader.programs.breaches import Asked, Found, is_loop
from grader.programs.cases import Ban
from grader.programs.numpy_names import SIGNS, is_aside
from grader.programs.outlines import Outline
from grader.programs.reach import Reached
from grader.sandbox.meanings import CAUGHT
from grader.sandbox.names import ASKED
from grader.sandbox.outline import MORE

_HIDING_PARTS = frozenset(
    "__dict__ __code__ __globals__ __getattribute__ __builtins__ __subclasses__ attrgetter methodcaller setattr "
    "delattr FunctionType CodeType".split()
)
_RUNNING = frozenset(["eval", "exec", "compile", "runpy", "marshal", "FunctionType", "CodeType"])  # hides loops too
# By these a function comes to what another may do, its globals and all that is built in: loops are hidden there, too.
_REACHING = frozenset(
    "__builtins__ __self__ __globals__ __closure__ cell_contents f_globals f_builtins f_locals f_back tb_frame"
    " gi_frame cr_frame ag_frame _getframe exc_info".split()
)
_ANY = frozenset(["__import__", "importlib", "globals", "vars", "sys.modules"])
_WITHIN = frozenset(
    ["sys", "_sys", "os", "_os", "builtins", "bltns", "_builtins", "importlib", "inspect", "gc", "ctypes"]
)
_OBJECTS = frozenset(["", "self", "cls", CAUGHT])  # what an attribute hangs on that is no module
_HIDING = _RUNNING | frozenset(["__import__", "getattr", "globals", "vars", "locals", "importlib", "pickle", "pkgutil"])
_INNER = ("builtins.", "string.Formatter", f"{CAUGHT}.obj", "numpy.core.", "numpy._core.", "inspect.", "gc.", "ctypes.")
_ANYWHERE = ("builtins.", "sys.modules")  # changed at the top of a file, every function has it


def hidden(ban: Ban, reached: list[Reached], outlines: tuple[Outline, ...]) -> Found | None:
    """Where what is forbidden may stand unseen: `eval`, `np.__dict__`, `np` itself given to a function."""
    every = [statement for outline in outlines for statement in outline.statements]
    for statement in every:
        if statement.uses and statement.uses[0][0] == MORE:
            return Found(ban, statement.first, sure=False)
    modules = {module for statement in every for module in statement.imports if is_aside(module)}
    for one in reached:
        for use, line in one.statement.uses:
            foreign = not is_loop(ban) and any(f"{use}.".startswith(f"{module}.") for module in modules)
            if foreign or _hides(use, ban):
                return Found(Ban(use.removesuffix(".*"), ban.credit), line, sure=False)
    for statement in () if is_loop(ban) else every:
        for use, line in statement.uses if {"builtins", "sys"} & {*statement.touches} else ():
            if use.startswith(_ANYWHERE):
                return Found(Ban(use, ban.credit), line, sure=False)
    return None


def handed_on(ban: Ban, outlines: tuple[Outline, ...]) -> Found | None:
    """Where what is forbidden is put aside or given away: `heappush(h, np.linalg.qr)`, whatever takes it from there."""
    for statement in (statement for outline in outlines for statement in outline.statements):
        for use, line in statement.uses:
            if use[:1] == "=" and (use[1:] == ban.what or use.startswith(f"={ban.what}.")):
                return Found(ban, line, sure=False)
    return None


def from_elsewhere(
    bans: tuple[Ban, ...], reached: list[Reached], outlines: tuple[Outline, ...], asked: Asked, files: tuple[str, ...]
) -> Found | None:
    """What the text does not show: names that nothing gives a value, put in by `globals()`, and modules that run
    text. Loops of a library are none of the student's; those of a text that it runs are."""
    ban, loops = bans[0], all(map(is_loop, bans))
    every = [statement for outline in outlines for statement in outline.statements]
    for statement in every:
        for use, line in statement.uses:
            plain = use.lstrip(f"{SIGNS}=")
            if plain.partition(".")[0] in _PUTTING or plain.startswith(_PUTTING_PARTS):
                return Found(Ban(plain.removesuffix(".*"), ban.credit), line, sure=False)
    bound = {name for statement in every for name in (*statement.binds, *statement.gives)}
    bound |= {*asked.arguments} | asked.known
    starred = {module for statement in every if "*" in statement.binds for module in statement.imports}
    for module in starred:
        bound |= {*dir(STARRED[module])} if module in STARRED else set()
    own = {part for name in files for part in re.split(r"[/\\.]", name)} | {"hand_in", ""}
    own -= sys.stdlib_module_names  # `import pydoc` in a file of that name means the library
    imported = {module.partition(".")[0] for statement in every for module in statement.imports}
    unseen = imported - sys.stdlib_module_names | imported & _RUNNERS if loops else imported
    foreign = unseen - _PLAIN_MODULES - own
    for one in reached:
        unknown = set() if starred - STARRED.keys() else {*one.statement.unknown} - bound - _MODULE_NAMES
        if unknown:
            return Found(Ban(min(unknown), ban.credit), one.statement.first, sure=False)
        for use, line in one.statement.uses:
            if use.partition(".")[0] in foreign or use.startswith(_RUNNING_TEXT):
                return Found(Ban(use.removesuffix(".*"), ban.credit), line, sure=False)
    return None


_PUTTING = frozenset([
    *("globals", "vars", "locals", "exec", "eval", "compile", "setattr", "__import__", "runpy", "importlib", "marshal"),
])  # fmt: skip
_PUTTING_PARTS = (
    "builtins.exec",
    "builtins.eval",
    "builtins.compile",
    "builtins.setattr",
    "sys.modules",
    "sys._getframe",
)
_RUNNERS = frozenset("timeit code codeop pdb bdb doctest profile cProfile trace runpy zipimport pkgutil".split())
_RUNNING_TEXT = ("logging.config", "typing.get_type_hints")
_MODULE_NAMES = frozenset(["__name__", "__file__", "__doc__", "__package__", "__builtins__"])
_PLAIN_MODULES = frozenset(
    "numpy scipy math cmath random statistics itertools functools operator collections typing time copy dataclasses abc"
    " enum fractions decimal numbers string re heapq bisect warnings matplotlib pandas sympy sklearn torch seaborn tqdm"
    " __future__ contextlib textwrap pprint array sys os json pathlib io datetime logging builtins types inspect gc"
    " ctypes pickle pkgutil marshal importlib runpy jax numba".split()
)


def _hides(use: str, ban: Ban) -> bool:
    use = use.lstrip(SIGNS)
    parts, module = use.split("."), ban.what.rpartition(".")[0]
    if parts[0] in _RUNNING or (parts[0] in ("builtins", "types") and parts[-1] in _RUNNING):
        return True
    if _REACHING & {*parts} or parts[0] in _ANY or use.startswith("sys.modules"):
        return True
    if parts[0] not in _OBJECTS and _WITHIN & {*parts[1:]}:
        return True  # `warnings.sys.modules`, `enum.bltns.eval`: a module by way of another
    if is_loop(ban):
        return use == ASKED
    if module and use.endswith(".*") and f"{module}.".startswith(use[:-1]):
        return True
    inside = parts[1:] if parts[0] == "numpy" else []
    if any(part in ("np", "numpy") or (part[:1] == "_" and part[:2] != "__") for part in inside):
        return True  # np.linalg._linalg.inv, numpy by way of one of its own files
    return parts[0] in _HIDING or bool(_HIDING_PARTS & {*parts}) or use.startswith(_INNER)
