"""The fields of a property as its row of the table needs them: matrices, eigenvalues and closed words."""

from __future__ import annotations

from collections import ChainMap
from collections.abc import Callable
from typing import Any

import numpy as np

from grader.kinds._numbers import scalar
from grader.kinds._vectors import Reader
from grader.kinds._verdicts import Verdict, amount
from grader.kinds.kind import Setup
from grader.maths.evaluation import evaluate
from grader.maths.linear import Eigenvalue, Matrix, as_exact, as_floats, eigenvalues, rational
from grader.maths.scope import Scope
from grader.model.errors import Unreadable
from grader.model.expressions import Expr
from grader.model.records import NamedTuple
from grader.model.rubrics import Mapping as Fields
from grader.model.rubrics import Node, Scalar, Sequence
from grader.reference.functions import is_exact

_LARGEST = 12  # rows or columns of a matrix


class Expected(NamedTuple):
    """A property made ready: how answers are read, the length of a vector, and the check of what was read."""

    read: Reader
    size: int
    check: Callable[[Any], Verdict]
    what: str  # "an eigenvector", for "Asked for: ..."
    model: str  # one answer, as a student may write it
    words: str  # the property, for the instructor
    complex: bool = False
    eigenvalue: Any = None  # the one that is asked for
    every: bool = False  # whether a parameter must run through all its values


class Given:
    """The fields of one part, read as each property needs them; all faults go to the setup."""

    def __init__(self, fields: Fields, setup: Setup) -> None:
        self.fields, self.setup = fields, setup
        self.vectors = self.option("vectors", "any")
        self.complex = self.option("numbers", "real") == "complex"

    def option(self, name: str, usual: str) -> str:
        """A closed word."""
        node = self.fields.get(name)
        return node.text.strip() if isinstance(node, Scalar) else usual

    def fault(self, name: str, message: str, suggestion: str = "") -> None:
        """A fault at one field."""
        node = self.fields.get(name)
        self.setup.fault((node or self.fields).place, message, suggestion)

    def value_of(self, expr: Expr) -> Any:
        """The data of an expression, `i` being the imaginary unit where complex numbers are allowed."""
        scope = self.setup.world.scope()
        if self.complex:
            scope = Scope(ChainMap(dict(scope.names), {"i": 1j}), scope.indices, scope.letters)
        return evaluate(expr, scope).data

    def matrix(self, name: str, axes: int = 2) -> Matrix | None:
        """A matrix (or with `axes` 1 a vector, as a matrix with one row too) of real numbers; None after a fault."""
        node = self.fields.get(name)
        data = None if node is None else self._data(node)
        return None if data is None or node is None else self.checked(name, data, axes)

    def checked(self, name: str, data: Matrix, axes: int) -> Matrix | None:
        """The same data, if it is a matrix (or vector) of real numbers of a size that is feasible."""
        numeric = data.dtype == object or (data.dtype.kind in "iufb" and np.all(np.isfinite(data)))
        if not numeric or data.ndim not in ((2,) if axes == 2 else (1, 2)) or 0 in data.shape:
            self.fault(name, f"`{name}` must be a {'matrix' if axes == 2 else 'vector'} of numbers")
            return None
        if max(data.shape) > _LARGEST:
            self.fault(name, f"a matrix of more than {_LARGEST} rows or columns")
            return None
        return np.atleast_2d(rational(data) if data.dtype != object else data)

    def _data(self, node: Node) -> Matrix | None:
        if isinstance(node, Sequence):
            rows = [self._data(item) for item in node.items]
            known = [row for row in rows if row is not None]
            if len(known) < len(rows):
                return None
            if len({row.shape for row in known}) != 1:
                self.setup.fault(node.place, "the rows of this matrix have different lengths")
                return None
            exact = all(row.dtype == object for row in known)
            rows_as = [row.tolist() if exact else as_floats(row).tolist() for row in known]
            return np.array(rows_as, object if exact else None)
        expr = self.setup.parse(node)
        if expr is None:
            return None
        try:
            data = self.value_of(expr)
        except Unreadable as error:
            self.setup.fault(node.place, f"cannot compute this: {error.message}")
            return None
        return as_exact(data) if is_exact(data) else rational(np.asarray(data))

    def square(self, name: str) -> Matrix | None:
        """A square matrix."""
        found = self.matrix(name)
        if found is not None and found.shape[0] != found.shape[1]:
            self.fault(name, f"eigenvalues need a square matrix; this one is {found.shape[0]} by {found.shape[1]}")
            return None
        return found

    def eigenvalue(self, matrix: Matrix) -> tuple[Eigenvalue, ...] | None:
        """The eigenvalue under `value`, or all that are allowed where none is named; None after a fault."""
        every = eigenvalues(matrix)
        node = self.fields.get("value")
        if node is None:
            return self.allowed(every)
        expr = self.setup.parse(node)
        if expr is None:
            return None
        try:
            number = _plain(self.value_of(expr))
        except Unreadable as error:
            self.fault("value", f"cannot compute this: {error.message}", "write `numbers: complex` to use i")
            return None
        found = tuple(e for e in every if number is not None and abs(complex(e.value) - number) < 1e-6)
        if not found:
            listed = ", ".join(amount(e.value) for e in every)
            self.fault("value", "this is no eigenvalue of the matrix", f"its eigenvalues are {listed}")
            return None
        return self.allowed(found)

    def allowed(self, found: tuple[Eigenvalue, ...]) -> tuple[Eigenvalue, ...] | None:
        """The same eigenvalues; None after a fault if some are complex and that was not said."""
        strange = [e for e in found if isinstance(e.value, complex)]
        if strange and not self.complex:
            message = f"the eigenvalue {amount(strange[0].value)} is complex"
            self.fault("of", message, "write `numbers: complex`")
            return None
        return found


def _plain(data: Any) -> complex | None:
    if isinstance(data, complex):
        return data
    number = scalar(data)
    return None if number is None else complex(number)
