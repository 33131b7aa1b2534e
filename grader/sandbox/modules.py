"""By which names the files of a hand-in may import each other: Python looks beside the file that it was started with,
and nobody says here which folder that was."""

from __future__ import annotations

from collections.abc import Iterable, Iterator


def module_name(name: str) -> str:
    """The full name of a file as a module, `hw.helper` for `hw/helper.py`, and of a package, `hw` for its
    `__init__.py`."""
    path = name.removesuffix(".py").replace("/", ".").replace("\\", ".").strip(".")
    return path.removesuffix(".__init__") if path != "__init__" else ""


def packages(files: Iterable[str]) -> set[str]:
    """The full names of all folders that hold a file, with or without an `__init__.py`."""
    named = [(name, module_name(name)) for name in files]
    found = {path for name, path in named if name.endswith("__init__.py")}
    return found | {above for _, path in named for above in _above(path)}


def _above(path: str) -> Iterator[str]:
    while path := path.rpartition(".")[0]:
        yield path


def importable(modules: Iterable[str], main: str) -> dict[str, str]:
    """Names that may be imported, each with the full name of the module that is meant.

    What lies beside `main`, and in the folders around that, comes first; then the full names; then what only one
    module is called, in whatever folder: `helper` for `src/helper.py`. Of two that nothing tells apart there is none.
    """
    every = sorted({*modules} - {""})
    found: dict[str, str] = {}
    for home in _above(main):
        for path in every:
            if path.startswith(f"{home}."):
                found.setdefault(path.removeprefix(f"{home}."), path)
    found |= {path: path for path in every if path not in found}
    ends: dict[str, list[str]] = {}
    for path in every:
        for end in endings(path):
            ends.setdefault(end, []).append(path)
    return found | {end: paths[0] for end, paths in ends.items() if end not in found and len(paths) == 1}


def endings(path: str) -> Iterator[str]:
    """`core.ops` and `ops` for `hw.core.ops`."""
    while "." in path:
        path = path.partition(".")[2]
        yield path
