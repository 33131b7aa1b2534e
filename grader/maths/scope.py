"""What names mean while an expression is evaluated."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from itertools import chain
from typing import Any

import numpy as np

from grader.maths.values import Value
from grader.model.expressions import Expr, Index, Name, names_in, spelled

# By the id of an expression, which is kept alive: every position in an array below it, and that axis's length.
Accesses = dict[int, tuple[Expr, list[tuple[Expr, int]]]]
# The indices in the places of an indexed array, and for their coordinates what was taken out.
Taken = tuple[tuple[str, ...], list[tuple[tuple[Any, ...], Value]]]
Written = dict[Any, Taken]  # the same, by how the indexed array is written


class Gathered:
    """What was taken out of arrays where every name means the same, by the id of an expression, which is kept alive.

    `written` is shared by formulas in which every name means the same: they have most of their arrays in common.
    """

    __slots__ = ("known", "written")

    def __init__(self, written: Written | None = None) -> None:
        self.known: dict[int, tuple[Expr, Taken]] = {}
        self.written = written

    def of(self, expr: Index) -> Taken:
        """What was taken out for an expression so far."""
        found = self.known.get(id(expr))
        if found is None:
            key = None if self.written is None else spelled(expr)
            taken = None if self.written is None else self.written.get(key)
            if taken is None:
                used = (names_in(index) if type(index) is not Name else (index.name,) for index in expr.indices)
                taken = tuple(chain.from_iterable(used)), []
                if self.written is not None:
                    self.written[key] = taken
            found = self.known[id(expr)] = (expr, taken)
        return found[1]


@dataclass(frozen=True, slots=True, eq=False, repr=False)
class Scope:
    """What names mean while an expression is evaluated.

    `names`: whole arrays and numbers; a method `measure`, if there is one, answers shape, size and
    multiplications of a name without computing its values.
    `indices`: coordinates of the indices in scope (1-d integer arrays).
    `letters`: for an index without limits, its usual range as (low, high), both included.
    """

    names: Mapping[str, Any]
    indices: Mapping[str, np.ndarray] = field(default_factory=dict)
    letters: Mapping[str, tuple[int, int]] = field(default_factory=dict)
    accesses: Accesses = field(default_factory=dict)
    gathered: Gathered | None = None  # shared by scopes in which every name means the same

    def bind(self, indices: Mapping[str, np.ndarray]) -> Scope:
        """The same scope with more indices."""
        return Scope(self.names, {**self.indices, **indices}, self.letters, self.accesses, self.gathered)
