"""Conditions under `holds` that could never be met, or never fail: faults of the rubric, before anybody is marked."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from difflib import get_close_matches
from itertools import pairwise

from grader.kinds.kind import Setup
from grader.maths.evaluation import CONSTANTS
from grader.maths.orders import COMPARISONS
from grader.maths.ranges import free_indices
from grader.model.expressions import Expr, Index, Relation, names_in, spelled, walk
from grader.model.rubrics import Scalar
from grader.reference.functions import NAMED_FUNCTIONS

# `result.shape == X.shape` would be read without its last words.
_ATTRIBUTE = re.compile(r"(?<![\w.])(?!(?:np|numpy|math)\.)([^\W\d]\w*)\.(?!T\b)([^\W\d]\w*)")
_ALIKE = 0.65
_INSTEAD = {
    "all": "a condition is met where it is true of every entry: `result > 0`",
    "and": "list both conditions by themselves",
    "True": "write what makes it true, such as `result > 0`",
}


def check_condition(node: Scalar, expr: Expr, arguments: Sequence[str], name: str, setup: Setup) -> None:
    """Records as a fault what of a condition is not known here, compares nothing, or says nothing of the result."""
    faults = [*_unread(node.text), *_unknown(node.text, expr, (*arguments, name), setup)]
    if not faults:
        faults = [*_vain(node.text, expr, name)]
    for message, suggestion in faults:
        setup.fault(node.place, message, suggestion)


def _unread(text: str) -> Iterator[tuple[str, str]]:
    for found in _ATTRIBUTE.finditer(text):
        known = found[2] in NAMED_FUNCTIONS
        yield (
            f"a condition cannot read `{found.group()}`",
            f"write `{found[2]}({found[1]})`" if known else "only `.T` stands behind a name",
        )


def _unknown(text: str, expr: Expr, own: tuple[str, ...], setup: Setup) -> Iterator[tuple[str, str]]:
    known = frozenset({*own, *setup.names, *setup.world.definitions, *CONSTANTS})
    places = [names_in(one) for part in walk(expr) if isinstance(part, Index) for one in part.indices]
    indices = {name for each in places for name in each}
    for name in free_indices(expr, known):
        if name in indices or name.removeprefix("_") in indices:
            continue
        is_function = re.search(rf"(?<!\w){re.escape(name)}\s*\(", text) is not None
        what = "function" if is_function else "name"
        near = get_close_matches(name, sorted(NAMED_FUNCTIONS if is_function else known), n=1, cutoff=_ALIKE)
        suggestion = f"did you mean `{near[0]}`?" if near else f"known: {', '.join(f'`{one}`' for one in own)}"
        yield f"a condition does not know the {what} {name!r}", _INSTEAD.get(name, suggestion)


def _vain(text: str, expr: Expr, name: str) -> Iterator[tuple[str, str]]:
    relations = [one for one in walk(expr) if isinstance(one, Relation)]
    strange = [sign for one in relations for sign in one.ops if sign not in COMPARISONS]
    if strange:
        yield f"a condition cannot be computed with `{strange[0]}`", "it compares by `==`, `!=`, `<`, `<=`, `>` or `>=`"
    elif not relations:
        yield f"the condition {text!r} compares nothing", f"such as `abs({text}) < 1e-9`"
    elif name not in names_in(expr):
        yield f"the condition {text!r} says nothing of `{name}`", f"it is what the program gives: `{name} > 0`"
    elif any(spelled(one) == spelled(other) for each in relations for one, other in pairwise(each.operands)):
        yield f"the condition {text!r} compares a value with itself", f"such as `{name} > 0`"
