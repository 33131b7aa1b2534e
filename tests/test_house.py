"""The house holds: who may know whom, who may print, how large a room may grow, what every plug-in owes."""

from __future__ import annotations

import ast
import re
import sys
from collections.abc import Iterator
from functools import cache
from pathlib import Path
from typing import Any

import pytest

import grader
from grader.batch.layouts import LAYOUTS
from grader.cli import COMMANDS
from grader.kinds import KINDS
from grader.model.registry import Registry
from grader.read import READERS
from grader.report import REPORTS
from grader.sandbox.backends import BACKENDS

PACKAGE = Path(grader.__file__).parent
MODULES = sorted(PACKAGE.rglob("*.py"))

# From the lowest floor up: a room, and whom it may know. A folder or module that is not here has no floor.
KNOWS: dict[str, set[str]] = {
    "version": set(),
    "model": set(),
    "rubric": {"model"},
    "read": {"model"},
    "reference": {"model"},
    "notation": {"model", "reference"},
    "maths": {"model", "reference"},
    "equality": {"model", "reference", "notation", "maths"},
    "locate": {"model"},
    "sandbox": {"model"},
    "programs": {"model", "reference", "maths", "sandbox"},
    "kinds": {"model", "reference", "notation", "maths", "equality", "sandbox", "programs"},
    "prepare": {"model", "reference", "notation", "maths", "kinds"},
    "mistakes": {"model", "reference", "notation", "maths", "kinds", "prepare"},
    "marking": {"model", "notation", "maths", "kinds", "prepare", "mistakes"},
    "report": {"model"},
    "grade": {"model", "rubric", "read", "notation", "maths", "locate", "kinds", "prepare", "mistakes", "marking"},
    "batch": {"model", "read", "prepare", "report", "grade"},
    "cli": {"sandbox", "version", "model", "rubric", "read", "kinds", "report", "grade", "batch", "equality"},
    "__init__": {"version", "model", "read", "report", "grade", "equality"},
    "__main__": {"cli"},
}

# What is not in the standard library, and the rooms that may use it.
LIBRARIES: dict[str, set[str]] = {
    "click": {"cli"},
    "rich": {"cli"},
    "yaml": {"rubric", "batch", "read"},  # batch: the metadata of a Gradescope export; read: files of answers
    "markdown_it": {"read"},
    "pypdf": {"read"},
    "numpy": {"reference", "maths", "equality", "kinds", "prepare", "mistakes", "sandbox", "programs"},
    "mpmath": {"equality"},
}

# The same input gives the same bytes, and what students wrote runs nowhere but in the sandbox.
FORBIDDEN = {
    *("time", "datetime", "calendar", "random", "secrets", "uuid", "locale"),
    *("socket", "ssl", "http", "urllib", "ftplib", "smtplib"),
    *("subprocess", "multiprocessing", "threading", "pickle", "marshal", "shelve", "ctypes", "runpy", "code"),
}
# The room whose business is a stranger's code has to start, confine, time and end processes; each module of it has
# the means it needs and no other. What it gives back depends on none of them but where a limit says so: the clock only
# decides that a run is over, and what is drawn is a nonce that nobody keeps. `threading` is the lock of the fork
# server; `random` is there to be seeded with the same number for every run.
MEANS: dict[str, set[str]] = {
    "sandbox/kernel.py": {"ctypes"},
    "sandbox/landlock.py": {"ctypes"},
    "sandbox/seccomp.py": {"ctypes"},
    "sandbox/backend.py": {"socket"},
    "sandbox/forkserver.py": {"socket", "subprocess", "threading"},
    "sandbox/coldstart.py": {"subprocess"},
    "sandbox/backends/bubblewrap.py": {"subprocess"},
    "sandbox/warm.py": {"random", "socket"},
    "sandbox/session.py": {"secrets", "socket", "time"},
    "sandbox/running.py": {"time"},
}
# What runs a stranger's source, catches all that it raises, and ends processes that are not the grader: the children.
# `none` warns, for nobody may run it without noticing.
CHILDREN = {
    "sandbox/child.py": {"exec", "compile", "broad", "sys.stdout", "sys.stderr"},
    "sandbox/program.py": {"exec", "compile", "broad"},
    "sandbox/confine.py": {"os._exit"},
    "sandbox/view.py": {"os._exit"},
    "sandbox/warm.py": {"os._exit", ".random."},
    "sandbox/backends/none.py": {"warnings.warn"},
    "model/records.py": {"eval"},  # of the names of a class's own fields, as the library's named tuples do
}
FORBIDDEN_CALLS = frozenset({"eval", "exec", "compile", "__import__", "input", "breakpoint", "hash"})
ENDINGS = frozenset({"print", "exit", "quit", "sys.exit", "os._exit", "os.abort", "os.kill"})
# Modules named by something else than a literal: a plug-in of a closed list, a public name of the package, the list of
# what is loaded before a student's process is made, or in that process a file of the hand-in.
IMPORTERS = frozenset({"model/registry.py", "cli/__init__.py", "__init__.py", "sandbox/warm.py", "sandbox/program.py"})

MOST_LINES, MOST_LINES_OF_A_FUNCTION = 350, 50
# Larger than the rest for a reason; the numbers may only fall, and a line goes when its module has shrunk.
LARGER: dict[str, tuple[int, str]] = {}
VAGUE = frozenset({"util", "utils", "helper", "helpers", "misc", "common", "stuff"})
UNFINISHED = re.compile(r"\b(TODO|FIXME|XXX|HACK|WIP|TBD|NotImplemented(Error)?)\b|^\s*\.\.\.\s*$", re.MULTILINE)

# Modules of a registry's folder that are neither plug-ins nor begin with an underscore: others import them.
BESIDES = {
    "kinds": {"kind"},
    "batch.layouts": {"layout"},
    "sandbox.backends": set(),
    "read": {"reader", "files", "archive", "bundle", "ignored", "items"},
    "report": {"report", "clean", "excerpt", "numbers", "phrases", "sections", "sentences", "sheet", "summary"},
}
REGISTRIES: list[Registry[Any]] = [BACKENDS, KINDS, LAYOUTS, READERS, REPORTS]


# -- reading the source ----------------------------------------------------------------------------------------


@cache
def tree_of(path: Path) -> ast.Module:
    """A module's syntax tree."""
    return ast.parse(path.read_text(encoding="utf-8"), str(path))


def name_of(path: Path, root: Path = PACKAGE) -> str:
    """A module's path as it is written in the tables above."""
    return path.relative_to(root).as_posix()


def room_of(path: Path, root: Path = PACKAGE) -> str:
    """The folder, or the module, that stands directly below the package."""
    return path.relative_to(root).parts[0].removesuffix(".py")


def dotted(node: ast.expr) -> str:
    """`os.path.join` as it was written; what is not a chain of names is empty."""
    if isinstance(node, ast.Name):
        return node.id
    if isinstance(node, ast.Attribute) and (base := dotted(node.value)):
        return f"{base}.{node.attr}"
    return ""


@cache
def nodes_of(tree: ast.AST) -> tuple[ast.AST, ...]:
    """Every node of a module."""
    return tuple(ast.walk(tree))


def calls(tree: ast.AST) -> Iterator[tuple[ast.Call, str]]:
    """Every call of a named function."""
    for node in nodes_of(tree):
        if isinstance(node, ast.Call) and (name := dotted(node.func)):
            yield node, name


def imports(tree: ast.AST) -> Iterator[tuple[int, str]]:
    """Line and full name of all that is imported, inside functions too; a relative import begins with a dot."""
    for node in nodes_of(tree):
        if isinstance(node, ast.Import):
            yield from ((node.lineno, alias.name) for alias in node.names)
        elif isinstance(node, ast.ImportFrom):
            base = "." * node.level + (node.module or "")
            yield from ((node.lineno, f"{base}.{alias.name}") for alias in node.names)
    for call, name in calls(tree):
        if name.endswith("import_module") and call.args and isinstance(call.args[0], ast.Constant):
            yield call.lineno, str(call.args[0].value)


def complaints(root: Path) -> list[str]:
    """Every import below a folder that the floors do not allow, and every room without a floor."""
    found: list[str] = []
    for path in sorted(root.rglob("*.py")):
        room = room_of(path, root)
        if room not in KNOWS:
            found.append(f"{name_of(path, root)}: {room} has no floor")
            continue
        for line, name in imports(tree_of(path)):
            first, _, rest = name.partition(".")
            known, other = KNOWS[room] | {room}, rest.partition(".")[0]
            if not first or (first == "grader" and other not in known):
                found.append(f"{name_of(path, root)}:{line}: {room} may not know {other or name}")
            elif first != "grader" and first not in sys.stdlib_module_names and room not in LIBRARIES.get(first, ()):
                found.append(f"{name_of(path, root)}:{line}: {room} may not know {first}")
    return found


# -- floors ----------------------------------------------------------------------------------------------------


def test_imports_go_downwards() -> None:
    """No room knows one above it or beside it, nor a library that is another room's business."""
    assert complaints(PACKAGE) == []


def test_the_floors_are_a_house() -> None:
    """The table of floors knows only what stands above in it, and every room of it exists."""
    rooms = list(KNOWS)
    for number, room in enumerate(rooms):
        assert KNOWS[room] <= set(rooms[:number]), room
    assert set(rooms) == {room_of(path) for path in MODULES}
    used = {name.partition(".")[0] for path in MODULES for _, name in imports(tree_of(path))}
    assert used >= LIBRARIES.keys()


@pytest.mark.parametrize(
    ("path", "source", "complaint"),
    [
        ("model/a.py", "import grader.cli", "model/a.py:1: model may not know cli"),
        ("model/a.py", "def f():\n    from grader.maths.values import Value", "model/a.py:2: model may not know maths"),
        ("rubric/a.py", "from grader.read import files", "rubric/a.py:1: rubric may not know read"),
        ("read/a.py", "from grader import rubric", "read/a.py:1: read may not know rubric"),
        ("reference/a.py", "from grader.rubric import load", "reference/a.py:1: reference may not know rubric"),
        ("locate/a.py", "from grader.maths import parser", "locate/a.py:1: locate may not know maths"),
        ("locate/a.py", "from ..maths import parser", "locate/a.py:1: locate may not know ..maths.parser"),
        (
            "report/a.py",
            "class A:\n    def f(self):\n        import grader.kinds as k",
            "report/a.py:3: report may not know kinds",
        ),
        ("kinds/a.py", "import click", "kinds/a.py:1: kinds may not know click"),
        ("read/a.py", "import numpy.linalg", "read/a.py:1: read may not know numpy"),
        ("report/a.py", "from yaml import safe_load", "report/a.py:1: report may not know yaml"),
        (
            "maths/a.py",
            "from importlib import import_module\nx = import_module('sympy')",
            "maths/a.py:2: maths may not know sympy",
        ),
        ("grade.py", "import grader.batch.run", "grade.py:1: grade may not know batch"),
        ("attic/a.py", "", "attic/a.py: attic has no floor"),
        ("attic.py", "", "attic.py: attic has no floor"),
    ],
)
def test_a_broken_floor_is_found(tmp_path: Path, path: str, source: str, complaint: str) -> None:
    """An import that goes up, sideways or to another room's library is named with its line."""
    (tmp_path / "maths").mkdir()
    (tmp_path / "maths" / "good.py").write_text("import re\nfrom grader.model.errors import Fault\n", encoding="utf-8")
    assert complaints(tmp_path) == []
    target = tmp_path / path
    target.parent.mkdir(exist_ok=True)
    target.write_text(source, encoding="utf-8")
    assert complaints(tmp_path)[:1] == [complaint]


# -- manners ---------------------------------------------------------------------------------------------------


def test_only_the_command_line_prints_and_exits() -> None:
    """Rooms give back values; what is shown and how the program ends is decided in one place."""
    found = [
        f"{name_of(path)}:{call.lineno}: {name}"
        for path in MODULES
        if room_of(path) not in ("cli", "__main__")
        for call, name in calls(tree_of(path))
        if name not in CHILDREN.get(name_of(path), ())
        if name in ENDINGS or name.startswith(("sys.stdout", "sys.stderr", "traceback.print", "warnings.", "logging."))
    ]
    found += [
        f"{name_of(path)}:{node.lineno}: SystemExit"
        for path in MODULES
        if room_of(path) != "cli"
        for node in nodes_of(tree_of(path))
        if isinstance(node, ast.Name) and node.id == "SystemExit"
    ]
    assert found == []


def test_nothing_depends_on_clock_chance_or_network() -> None:
    """No module can know the time, draw lots, reach a network, or run what a student wrote."""
    found = [
        f"{name_of(path)}:{line}: {name}"
        for path in MODULES
        for line, name in imports(tree_of(path))
        if name.partition(".")[0] in FORBIDDEN - MEANS.get(name_of(path), set()) or name.startswith("numpy.random")
    ]
    for path in MODULES:
        for call, name in calls(tree_of(path)):
            allowed = CHILDREN.get(name_of(path), set())
            if name in FORBIDDEN_CALLS - allowed or (".random." in name and ".random." not in allowed):
                found.append(f"{name_of(path)}:{call.lineno}: {name}")
    assert found == []


def test_modules_are_imported_by_name() -> None:
    """Only closed lists of plug-ins and public names are imported by a name that is computed."""
    found = {
        name_of(path)
        for path in MODULES
        for call, name in calls(tree_of(path))
        if name.endswith("import_module") and not isinstance(call.args[0], ast.Constant)
    }
    assert found == IMPORTERS


def broad_handlers(tree: ast.AST) -> Iterator[int]:
    """Lines on which everything is caught: bare, `Exception`, `BaseException`, alone, in a tuple or suppressed."""
    broad = {"Exception", "BaseException"}
    for node in nodes_of(tree):
        if isinstance(node, ast.ExceptHandler):
            kinds = node.type.elts if isinstance(node.type, ast.Tuple) else [node.type]
            if any(kind is None or dotted(kind).rpartition(".")[2] in broad for kind in kinds):
                yield node.lineno
    for call, name in calls(tree):
        if name.endswith("suppress") and any(dotted(kind) in broad for kind in call.args):
            yield call.lineno


def test_one_broad_except() -> None:
    """Our own bug is caught in one place only, where it becomes the mark `error`; a student's, in their process."""
    kept = [path for path in MODULES if "broad" not in CHILDREN.get(name_of(path), ())]
    found = [name_of(path) for path in kept for _ in broad_handlers(tree_of(path))]
    assert found == ["grade.py"]


@pytest.mark.parametrize(
    ("handler", "broad"),
    [
        ("except Exception:", True),
        ("except:", True),
        ("except BaseException as error:", True),
        ("except (ValueError, Exception):", True),
        ("except builtins.Exception:", True),
        ("except ValueError:", False),
        ("except (ValueError, TypeError):", False),
    ],
)
def test_a_broad_except_is_found(handler: str, broad: bool) -> None:
    """Each way to catch everything counts, and catching something does not."""
    assert bool(list(broad_handlers(ast.parse(f"try:\n    f()\n{handler}\n    pass")))) is broad


# -- size and words --------------------------------------------------------------------------------------------


@pytest.mark.parametrize("path", MODULES, ids=name_of)
def test_modules_stay_small(path: Path) -> None:
    """A module fits a reader's head, or says why not; an exception that is no longer needed is struck."""
    lines = len(path.read_text(encoding="utf-8").splitlines())
    allowed, _ = LARGER.get(name_of(path), (MOST_LINES, ""))
    assert lines <= allowed
    assert name_of(path) not in LARGER or lines > MOST_LINES


@pytest.mark.parametrize("path", MODULES, ids=name_of)
def test_functions_stay_small(path: Path) -> None:
    """A function fits a screen."""
    long = {
        node.name: node.end_lineno - node.lineno + 1
        for node in nodes_of(tree_of(path))
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef) and node.end_lineno is not None
        if node.end_lineno - node.lineno >= MOST_LINES_OF_A_FUNCTION
    }
    assert long == {}


def test_exceptions_are_of_this_house() -> None:
    """Each exception names a module that exists, and gives a reason."""
    assert {name_of(path) for path in MODULES} >= LARGER.keys()
    assert all(reason for _, reason in LARGER.values())
    assert {name_of(path) for path in MODULES} >= MEANS.keys() | CHILDREN.keys()
    for name, means in MEANS.items():
        assert means <= {used.partition(".")[0] for _, used in imports(tree_of(PACKAGE / name))}, name


@pytest.mark.parametrize("path", MODULES, ids=name_of)
def test_names_say_what_is_inside(path: Path) -> None:
    """No module is a drawer for everything."""
    assert VAGUE.isdisjoint(name_of(path).removesuffix(".py").lstrip("_").split("/"))


@pytest.mark.parametrize("path", MODULES, ids=name_of)
def test_everything_public_says_what_it_is(path: Path) -> None:
    """Each module, public class and public function has a docstring."""
    tree = tree_of(path)
    named = (ast.FunctionDef, ast.AsyncFunctionDef, ast.ClassDef)
    public = [node for node in tree.body if isinstance(node, named) and not node.name.startswith("_")]
    assert ast.get_docstring(tree)
    assert [node.name for node in public if not ast.get_docstring(node)] == []


@pytest.mark.parametrize("path", MODULES, ids=name_of)
def test_nothing_is_left_for_later(path: Path) -> None:
    """No stubs, and no words that stand for work not done."""
    assert UNFINISHED.findall(path.read_text(encoding="utf-8")) == []


# -- plug-ins --------------------------------------------------------------------------------------------------


def defines(path: Path, name: str) -> bool:
    """Does a module give a value or a function this name, at its top?"""
    for node in tree_of(path).body:
        targets = node.targets if isinstance(node, ast.Assign) else [getattr(node, "target", None)]
        if name in (getattr(target, "id", "") for target in targets) or getattr(node, "name", "") == name:
            return True
    return False


@pytest.mark.parametrize("registry", REGISTRIES, ids=lambda registry: registry.attribute)
def test_registries_list_their_folder(registry: Registry[Any]) -> None:
    """The closed list is the folder: nothing listed is missing, nothing in the folder is forgotten."""
    room = registry.package.removeprefix("grader.")
    modules = [path for path in (PACKAGE / room.replace(".", "/")).glob("*.py") if not path.stem.startswith("_")]
    plugins = {path.stem for path in modules if defines(path, registry.attribute)}
    assert sorted(registry.names) == sorted(plugins)
    assert {path.stem for path in modules} - plugins == BESIDES[room]
    assert not any(defines(path, registry.attribute) for path in (PACKAGE / room.replace(".", "/")).glob("_*.py"))


@pytest.mark.parametrize("registry", REGISTRIES, ids=lambda registry: registry.attribute)
def test_plugins_know_their_name(registry: Registry[Any]) -> None:
    """A plug-in is called like its file, fulfils the contract, and is loaded once."""
    for name in registry.names:
        assert registry.load(name).name == name
        assert isinstance(registry.load(name), registry.contract)
        assert registry.load(name) is registry.load(name)


def test_an_unknown_plugin_is_refused() -> None:
    """A name that is not on the list is an error with the nearest name, whatever files there are."""
    with pytest.raises(KeyError, match="did you mean 'number'"):
        KINDS.load("numbre")
    with pytest.raises(KeyError):
        KINDS.load("kind")


def test_kinds_carry_examples() -> None:
    """Each kind shows at least three answers with their marks, says what it is for, and documents its fields."""
    for kind in KINDS.all():
        assert len(kind.examples) >= 3, kind.name
        assert kind.doc and all(field.doc for field in kind.fields), kind.name
        assert kind.fields[0].name in (kind.name, "choice"), kind.name
        assert len({(example.rubric, example.answer) for example in kind.examples}) == len(kind.examples), kind.name


def test_readers_carry_examples() -> None:
    """Each reader shows at least one text, and no two readers want the same suffix."""
    suffixes = [suffix for reader in READERS.all() for suffix in reader.suffixes]
    assert len(suffixes) == len(set(suffixes))
    assert all(reader.examples for reader in READERS.all())


def test_commands_list_their_folder() -> None:
    """The table of commands is the folder of commands."""
    modules = [path for path in (PACKAGE / "cli").glob("*.py") if defines(path, "command")]
    assert sorted(COMMANDS) == sorted(path.stem for path in modules)


# -- the tests themselves --------------------------------------------------------------------------------------


@pytest.mark.parametrize("path", sorted(Path(__file__).parent.glob("test_*.py")), ids=lambda path: path.stem)
def test_tests_say_what_must_hold(path: Path) -> None:
    """Each test states in a docstring what is required."""
    functions = [node for node in nodes_of(tree_of(path)) if isinstance(node, ast.FunctionDef)]
    tests = [node for node in functions if node.name.startswith("test_")]
    assert tests
    assert [node.name for node in tests if not ast.get_docstring(node)] == []
