"""Left sides that are worked out from the data of a question: `BA = ...` where A B is asked for."""

from __future__ import annotations

import numpy as np

from grader.maths.evaluation import CONSTANTS, evaluate
from grader.maths.scope import Scope
from grader.maths.wholes import as_matrix_algebra
from grader.maths.worlds import World
from grader.model.errors import Unreadable
from grader.model.expressions import Call, Expr, Op, Relation, names_in


def is_of_given(left: Expr, said: Expr | None, given: World | None, rank: int) -> bool:
    """Whether a left side is worked out from the data, and to something else: `BA = ...`, `A + B = ...` for A B.

    `rank` is the number of axes of what is asked for: `max(x[0], x[1]) = 2` gives one entry of a list.
    """
    letters = names_in(left) - CONSTANTS.keys()
    if given is None or not isinstance(said, Relation) or not isinstance(left, Op | Call) or not letters:
        return False
    scope = given.scope()
    if not letters <= scope.names.keys() or (isinstance(left, Call) and left.function in ("abs", "norm")):
        return False  # |A| is a determinant, too
    last = said.operands[-1]
    told = _value(last, scope) if last is not None and not names_in(last) else None
    readings = [_value(one, scope) for one in dict.fromkeys((left, as_matrix_algebra(left, scope)))]
    known = [value for value in readings if value is not None]
    if told is None or told.ndim != rank or len(known) < len(readings):
        return False
    alike = [value.shape == told.shape for value in known]  # |W| + |b| = 1820 counts the entries
    return all(alike) and not any(np.allclose(value, told, rtol=_NEAR) for value in known)


def _value(expr: Expr | None, scope: Scope) -> np.ndarray | None:
    try:
        with np.errstate(all="ignore"):
            value = evaluate(expr, scope) if expr is not None else None
    except Unreadable:
        return None
    data = None if value is None or value.axes else np.asarray(value.data)
    return None if data is None or data.dtype.kind not in "iuf" else data


_NEAR = 0.02  # rounded values are equal
