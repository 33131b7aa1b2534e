"""Conditions that what a program gives must meet, where no reference says what is right."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from itertools import islice
from typing import Any

import numpy as np

from grader.kinds._code_conditions import check_condition
from grader.kinds._code_reference import parse, scope_of
from grader.kinds.kind import Setup
from grader.maths.evaluation import evaluate
from grader.model.errors import Unreadable
from grader.model.expressions import Expr, Group, Op, names_in, walk
from grader.model.rubrics import Scalar
from grader.programs.arrays import from_list, from_plain
from grader.programs.cases import Case, Task, as_array

_EXACT = 2**53  # whole numbers that a float holds
_MOST = 1_000_000  # entries of a result that conditions are computed of
_MOST_SLICES = 20


def property_of(nodes: Sequence[Scalar], setup: Setup, task: Task) -> Callable[[Case, Any], bool | None] | None:
    """A check of conditions on `result`, or on the one name that a snippet gives; None after a fault."""
    name = task.results[0] if len(task.results) == 1 else "result"
    exprs = [parse(node, setup, task.arguments, task.cases[0], (name,)) for node in nodes]
    known = [expr for expr in exprs if expr is not None]
    before = len(setup.faults)
    for node, expr in zip(nodes, exprs, strict=True):
        if expr is not None:
            check_condition(node, expr, task.arguments, name, setup)
    if len(known) < len(exprs) or len(setup.faults) > before:
        return None

    def met(case: Case, value: Any, several: bool) -> bool | None:
        scope = scope_of(setup, (*task.arguments, name), (*case.inputs, value))
        try:
            with np.errstate(all="ignore"):
                data = [evaluate(expr, scope).data for expr in known]
        except Unreadable as error:  # shapes that do not fit: what came back is not of the form that is asked for
            return None if "too large" in error.message else False
        if not all(np.size(one) for one in data):
            return None
        if several and data and all(np.size(one) > 1 for one in data):
            return None  # (3, -3) for a root of 9: nothing says whether several values or one are asked for
        return all(bool(np.all(np.asarray(one, dtype=float) != 0)) for one in data)

    def holds(case: Case, found: Any) -> bool | None:
        value = from_list(found) if isinstance(found, list | tuple) else from_plain(found)
        several = isinstance(found, list | tuple) or not any(as_array(one).size > 1 for one in case.inputs)
        if isinstance(found, tuple) and value is None:
            return None  # (Q, R) where Q was asked for: a person has to look which of them is meant
        state, value = _counted_with(value)
        if value is None:
            return state
        held = met(case, value, several)
        if held and _is_stack(value, case) and _tell_axes(known, task, case):
            items = islice(value, _MOST_SLICES)
            return None if all(met(case, item, False) for item in items) else held
        return held

    return holds


def _counted_with(value: Any) -> tuple[bool | None, Any]:
    """A result as numbers whose squares and sums do not overflow, or None and what is said of it without looking."""
    if not isinstance(value, int | float | complex | np.ndarray):
        return False, None
    if isinstance(value, int) and abs(value) >= 2**62:
        return False, None
    if np.asarray(value).dtype.kind not in "iufbc" or not np.all(np.isfinite(value)):
        return False, None
    if not 0 < np.size(value) <= _MOST:
        return None, None  # of no elements everything is true
    if not isinstance(value, np.ndarray):
        return None, value
    if value.dtype.kind in "iu" and any(abs(int(one)) > _EXACT for one in (value.min(), value.max())):
        return None, None
    wide = np.complex128 if value.dtype.kind == "c" else np.float64
    return None, value.astype(wide) if value.dtype.itemsize < 16 or value.dtype.kind != "f" else value


def _is_stack(value: Any, case: Case) -> bool:
    """Has it more axes than a matrix, and than anything given?"""
    return np.ndim(value) > max(2, *(as_array(one).ndim for one in case.inputs))


def _tell_axes(exprs: Sequence[Expr], task: Task, case: Case) -> bool:
    """Whether a condition sets the result beside an array, so that each matrix of a stack is compared with it."""
    arrays = {name for name, one in zip(task.arguments, case.inputs, strict=True) if as_array(one).ndim}
    parts = [one for expr in exprs for one in walk(expr)]
    return any(arrays & names_in(expr) for expr in exprs) or any(map(_is_array, parts))


def _is_array(expr: Expr) -> bool:
    """A product of matrices, or a matrix that is written out."""
    return (isinstance(expr, Op) and expr.sign == "@") or (isinstance(expr, Group) and expr.brackets == "[]")
