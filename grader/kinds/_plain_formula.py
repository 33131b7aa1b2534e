"""A formula typed without delimiters, all of the answer: `2X^T(Xw - y)`, `E = 1/2 m v^2 + 1/2 k x^2`."""

from __future__ import annotations

import re
from collections.abc import Mapping

from grader.kinds.kind import View
from grader.reference.functions import find_function

_SIGNS = re.compile(r"[A-Za-z0-9_\s+\-−*/^=().·'\[\]{}|]+")
_OPERATES = re.compile(r"[+\-−*/^=·(]")
_LETTERS = re.compile(r"[A-Za-z]+")
_LONGEST = 400  # characters of one formula


def as_mathematics(view: View, names: Mapping[str, int]) -> View | None:
    """The same answer as one formula between delimiters; None if it is not made of declared names and signs alone."""
    blocks = view.answer.blocks
    if view.places is not None or len(blocks) != 1 or len(blocks[0].runs) != 1 or blocks[0].kind == "code":
        return None
    (run,) = blocks[0].runs
    text = run.text.strip().removesuffix(".")
    if run.kind != "text" or len(text) > _LONGEST or "\n" in text or not _SIGNS.fullmatch(text):
        return None
    if not _OPERATES.search(text) or not all(_is_known(word, names) for word in _LETTERS.findall(text)):
        return None
    block = blocks[0]._replace(runs=(run._replace(kind="math"),))
    answer = view.answer._replace(blocks=(block,))
    return View(answer, view.names, view.places, view.reasons, view.context, view.base)


def _is_known(word: str, names: Mapping[str, int]) -> bool:
    """A declared name, a function, or several declared letters side by side, with the T of a transpose."""
    if word in names or find_function(word) is not None:
        return True
    return all(letter in names or letter == "T" for letter in word)
