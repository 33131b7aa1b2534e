"""Other readings of a formula: typed without delimiters, `2X^T(Xw - y)`; powers of a matrix, `x^T P^2 y`."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from typing import Any

from grader.kinds.kind import View, remark
from grader.maths.evaluation import CONSTANTS
from grader.model.expressions import Call, Expr, Name, Num, Op, rebuilt
from grader.model.patterns import later
from grader.model.results import Finding, Status
from grader.notation.parities import by_parity
from grader.reference.functions import find_function

_SIGNS = later(r"[A-Za-z0-9_\s+\-−*/^=().·'\[\]{}|⁰¹²³⁴⁵⁶⁷⁸⁹⁻ᵀ√]+")
_OPERATES = later(r"[+\-−*/^=·(]")
_LETTERS = re.compile(r"[A-Za-z]+")
_LONGEST = 400  # characters of one formula


def as_mathematics(view: View, names: Mapping[str, int]) -> View | None:
    """The same answer as one formula between delimiters; None if it is not made of declared names and signs alone."""
    blocks = view.answer.blocks
    if view.places is not None or len(blocks) != 1 or len(blocks[0].runs) != 1 or blocks[0].kind == "code":
        return None
    (run,) = blocks[0].runs
    text = run.text.strip().removesuffix(".")
    if run.kind != "text" or not _is_formula(text, names):
        return None
    typed = run.text if {"p", "i"} <= names.keys() else _PI.sub("π ", run.text)  # `pi` would be p times i there
    block = blocks[0]._replace(runs=(run._replace(kind="math", text=typed),))
    answer = view.answer._replace(blocks=(block,))
    return View(answer, view.names, view.places, view.reasons, view.context, view.base)


_PI = later(r"(?<![A-Za-z])pi(?![A-Za-z])")


def in_words(view: View, names: Mapping[str, int]) -> View | None:
    """An answer that is a formula in words, "half of a times b", as that formula; None if it is none."""
    blocks = view.answer.blocks
    if view.places is not None or len(blocks) != 1 or blocks[0].kind == "code":
        return None
    from grader.kinds._in_signs import in_signs  # words that only few answers have

    runs = blocks[0].runs
    text = "".join([f"${run.text}$" if run.kind in _DELIMITED else run.text for run in runs])
    said = by_parity(text) or in_signs(text, names)
    if not said:
        return None
    block = blocks[0]._replace(runs=(runs[0]._replace(kind="math", text=said),))
    answer = view.answer._replace(blocks=(block,))
    return View(answer, view.names, view.places, view.reasons, view.context, view.base)


_DELIMITED = ("math", "display")


def _is_formula(text: str, names: Mapping[str, int]) -> bool:
    if len(text) > _LONGEST or "\n" in text or not _SIGNS.fullmatch(text) or not _OPERATES.search(text):
        return False
    return all(_is_known(word, names) for word in _LETTERS.findall(text))


def _is_known(word: str, names: Mapping[str, int]) -> bool:
    """A declared name, a side of a derivative, a function, or declared letters side by side, with a transpose's T."""
    if word in names or word in CONSTANTS or find_function(word) is not None:
        return True
    if any(word in name.split("/") for name in names):
        return True
    return all(letter in names or letter == "T" for letter in word)


_MOST_FACTORS = 4


def multiplied_out(body: Expr, names: Mapping[str, int]) -> Expr | None:
    """Whole powers of arrays with two axes as products of matrices, not element by element; None without any."""
    found = _multiplied(body, names)
    return None if found == body else found


def _multiplied(expr: Expr, names: Mapping[str, int]) -> Expr:
    if isinstance(expr, Op) and expr.op == "pow" and _is_matrix(expr.args[0], names):
        base, exponent = expr.args
        inner = exponent.args[0] if isinstance(exponent, Op) and exponent.op == "neg" else None
        if isinstance(inner, Num) and inner.value == 1 and isinstance(base, Name):  # tr(A^{-1}) is no sum of 1/A_ii
            return Call("inv", (base,), expr.place)
        if isinstance(exponent, Num) and exponent.value in range(2, _MOST_FACTORS + 1):
            product = base
            for _ in range(int(exponent.value) - 1):
                product = Op("mul", (product, base), expr.place, "")
            return product
    return rebuilt(expr, lambda child: _multiplied(child, names))


def _is_matrix(expr: Expr, names: Mapping[str, int]) -> bool:
    """A declared array with two axes, its transpose, or a product or sum of them: (AB)^2."""
    if isinstance(expr, Name):
        return names.get(expr.name) == 2
    return (
        isinstance(expr, Op)
        and expr.op in ("mul", "add", "transpose", "neg")
        and all(_is_matrix(arg, names) for arg in expr.args)
    )


def spoken_formula(expected: Any, view: View, judge: Callable[[Any, View], Finding]) -> Finding | None:
    """The finding for a formula in words: right if it is right in signs, and else for a person."""
    if (told := in_words(view, expected.names)) is None:
        return None
    again = judge(expected, told)
    spans = tuple([(block.span.start, block.span.stop) for block in view.answer.blocks])
    if again.status is Status.RIGHT:
        cases = [remark("cases-in-words")] if "mod 2" in again.read_as else []
        return Finding(again.status, again.credit, (*cases, *again.reasons), again.read_as, spans)
    return Finding(Status.REVIEW, None, (remark("changed-by-words", words=again.read_as),), again.read_as, spans)
