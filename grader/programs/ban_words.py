"""Words of `forbid` that would forbid nothing: names that are misspelt, `for` in place of `loops`."""

from __future__ import annotations

import keyword
import sys
from collections.abc import Sequence
from difflib import get_close_matches
from types import ModuleType

import numpy

from grader.programs.bindings import STARRED
from grader.programs.breaches import LOOPS, NESTED, OVER
from grader.programs.libraries import ONCE
from grader.programs.numpy_names import held_by, is_aside
from grader.programs.usual import MODULES

_ALIKE, _MISSPELT = 0.65, 0.78
_LIBRARIES = ("numpy", "scipy", "pandas", "sklearn", "sympy", "torch", "tensorflow", "jax", "numba", "matplotlib")
# Names that numpy had once, and that students may still use.
_FORMER = frozenset({*getattr(numpy, "__expired_attributes__", ()), *getattr(numpy, "__former_attrs__", ()), *ONCE})


def vain(word: str, arguments: Sequence[str]) -> tuple[str, str] | None:
    """What is wrong with a word of `forbid`, and what may have been meant; None where it may forbid something, as every
    name does of which nothing is known here."""
    over = OVER.fullmatch(word)
    if over is not None:
        near = get_close_matches(over[1], arguments, n=1, cutoff=_ALIKE)
        near = near or [name for name in arguments if name.casefold() == over[1].casefold()]
        known = f"known: {', '.join(f'`{name}`' for name in arguments)}"
        told = f"did you mean `loops over {near[0]}`?" if near else known
        return None if over[1] in arguments else (f"`{over[1]}` is no argument that loops could run over", told)
    if word in LOOPS or NESTED.fullmatch(word):
        return None
    if keyword.iskeyword(word):
        return f"`{word}` is no name that a program uses", f"write one of {', '.join(f'`{one}`' for one in LOOPS)}"
    root, _, rest = word.partition(".")
    full = MODULES.get(root, root)
    if full != root:  # `np`
        return f"names are forbidden in full, and not as `{root}`", f"did you mean `{full}{word.removeprefix(root)}`?"
    if rest:
        return _lacking(root, rest) if root == "numpy" or root in STARRED else None
    libraries = () if word in _LIBRARIES or word in sys.stdlib_module_names else _LIBRARIES
    turned = [one for one in libraries if sorted(one) == sorted(word)]
    if found := turned or get_close_matches(word, libraries, n=1, cutoff=_MISSPELT):
        return f"`{word}` is not a module that is known here", f"did you mean `{found[0]}`?"
    near = get_close_matches(word.casefold(), LOOPS, n=1, cutoff=_ALIKE)
    return (f"`{word}` is neither a name nor a word for loops", f"did you mean `{near[0]}`?") if near else None


def _lacking(root: str, rest: str) -> tuple[str, str] | None:
    """The first part of a path that a module does not hold."""
    inside: object = numpy if root == "numpy" else STARRED[root]
    path = root
    for part in rest.split("."):
        found = held_by(inside, part) if isinstance(inside, ModuleType) else getattr(inside, part, None)
        if found is None:
            if is_aside(f"{path}.{part}") or (path == "numpy" and part in _FORMER):
                return None
            names = [name for name in dir(inside) if name[:1] != "_"]
            near = get_close_matches(part, names, n=1, cutoff=_ALIKE)
            return f"`{path}` holds no `{part}`", f"did you mean `{path}.{near[0]}`?" if near else ""
        inside, path = found, f"{path}.{part}"
    return None
