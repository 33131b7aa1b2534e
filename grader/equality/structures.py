"""What is declared of letters: `A, B: symmetric matrix; n: whole number`, and samples of that kind."""

from __future__ import annotations

import re
from collections.abc import Mapping

import numpy as np

from grader.equality.points import ANY, COMPLEX, COUNTING, POSITIVE, WHOLE
from grader.maths.sampling import generic_array
from grader.maths.structured import MADE

_ROLES = {
    "positive": POSITIVE, "positive number": POSITIVE, "whole": WHOLE, "whole number": WHOLE, "integer": WHOLE,
    "natural number": WHOLE, "complex": COMPLEX, "complex number": COMPLEX, "real": ANY, "real number": ANY,
    "positive whole number": COUNTING, "positive integer": COUNTING,
}  # fmt: skip
_PLAIN = ("matrix", "vector", "number", "scalar", "constant", "any constant", "boolean")
_SPLIT = re.compile(r"[;\n]")
_NUMBERED = re.compile(r"^([A-Za-z]+)_(\d+)")
_NAME = re.compile(r"\\?[A-Za-z]+(?:_?\{?[A-Za-z0-9]+\}?)?'*")


KNOWN = (*MADE, *_PLAIN, *_ROLES)


def read_structures(text: str) -> dict[str, str]:
    """What is said of each letter. Raises ValueError, in a sentence, for words that are not known.

    >>> read_structures("A, B: symmetric matrix; n: whole number")
    {'A': 'symmetric', 'B': 'symmetric', 'n': 'whole number'}
    """
    found: dict[str, str] = {}
    for part in _SPLIT.split(text):
        if not part.strip():
            continue
        names, colon, said = part.partition(":")
        letters = [name.strip() for name in names.split(",")]
        if not colon or not all(_NAME.fullmatch(name) for name in letters):
            raise ValueError(f"`{part.strip()}` is no declaration such as A: symmetric matrix")
        words = " ".join(said.lower().split())
        kind = next((one for one in (words, words.removesuffix(" matrix")) if one in KNOWN), None)
        if kind is None:
            raise ValueError(f"`{words}` is not known here; known are {', '.join(KNOWN)}")
        found |= {_canonical(name): kind for name in letters}
    return found


def _canonical(name: str) -> str:
    """A name as it is read: C_1, C_{1} and C1 are one."""
    plain = name.lstrip("\\").replace("{", "").replace("}", "")
    return _NUMBERED.sub(r"\1\2", plain)


def role_of(kind: str) -> str | None:
    """The kind of number that is declared; None for matrices, vectors and any number."""
    return _ROLES.get(kind)


def is_matrix(kind: str) -> bool:
    """Whether a matrix or a vector is declared."""
    return kind in MADE or kind in ("matrix", "vector")


def shapes_of(kind: str, sizes: tuple[int, int]) -> tuple[tuple[int, ...], ...]:
    """The shapes that what is declared may have."""
    long, short = sizes
    if kind in MADE:
        return ((long, long), (short, short))
    if kind == "matrix":
        return ((long, short), (short, long), (long, long), (short, short))
    return ((long, 1), (short, 1)) if kind == "vector" else ((),)


def sample(kind: str, seed: str, shape: tuple[int, ...]) -> np.ndarray:
    """A sample of this kind, with no other property."""
    value = np.asarray(generic_array(seed, shape))
    if kind in ("positive", "positive number"):
        return np.asarray(np.abs(value))
    made = MADE.get(kind)
    return value if made is None else np.asarray(made(value))


def declared(structures: Mapping[str, str], names: frozenset[str]) -> bool:
    """Whether one of some names is declared as a matrix or a vector."""
    return any(is_matrix(kind) for name, kind in structures.items() if name in names)
