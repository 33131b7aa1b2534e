"""Names of numpy by whatever path: `numpy.matlib.linalg.qr` is `numpy.linalg.qr`, for matlib holds what numpy does."""

from __future__ import annotations

from functools import cache
from pathlib import Path
from types import ModuleType

import numpy

_PUBLIC = frozenset(dir(numpy))
SIGNS = "=?"  # before a name: it is handed on; it may be something else
_WHOLE = "matlib"  # not loaded here; all names of numpy are names of it


def names_of(use: str) -> tuple[str, ...]:
    """A name that is used, and the same from the module that its path ends in, if that is another one of numpy's."""
    plain = use.lstrip(SIGNS)
    if not plain.startswith("numpy."):
        return (use,)
    own, sign = _canonical(plain), use[: len(use) - len(plain)]
    return (use, sign + own) if sign + own != use else (use,)


@cache
def _canonical(use: str) -> str:
    parts = use.split(".")
    module: ModuleType = numpy
    for number, part in enumerate(parts[1:], 1):
        inner = held_by(module, part)
        if not isinstance(inner, ModuleType):
            return ".".join([_home(module, part, inner), *parts[number + 1 :]])
        module = inner
    return module.__name__


def held_by(module: ModuleType, part: str) -> object:
    """What a module holds, without the words of warning that come with names that numpy is about to drop."""
    if part == _WHOLE:
        return module
    public = module is numpy and part in _PUBLIC
    return getattr(numpy, part, None) if public else vars(module).get(part)


def _home(module: ModuleType, part: str, value: object) -> str:
    """The name by which numpy itself calls a function: numpy.absolute for `numpy.abs`."""
    place, name = getattr(value, "__module__", module.__name__), getattr(value, "__name__", part)
    own = isinstance(place, str) and isinstance(name, str) and f"{place}.".startswith("numpy.") and callable(value)
    return f"{place}.{name}" if own else f"{module.__name__}.{part}"


@cache
def is_aside(path: str) -> bool:
    """Whether a path leads through a module of numpy's that is not loaded here: what it holds is not known.

    Such is `numpy.linalg.linalg`; numpy.trapz, which numpy had once, is none: to import it fails.
    """
    parts, module = path.split("."), numpy
    for number, part in enumerate(parts[1:], 2) if parts[0] == "numpy" else ():
        inner = held_by(module, part)
        if inner is None:
            file = Path(numpy.__file__).parent.joinpath(*parts[1:number])
            return file.is_dir() or file.with_suffix(".py").is_file()
        if not isinstance(inner, ModuleType):
            return False
        module = inner
    return False
