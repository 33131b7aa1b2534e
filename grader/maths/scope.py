"""What names mean while an expression is evaluated."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

import numpy as np

from grader.maths.values import Value
from grader.model.expressions import Expr

# By the id of an expression, which is kept alive: every position in an array below it, and that axis's length.
Accesses = dict[int, tuple[Expr, list[tuple[Expr, int]]]]
# By the id of an indexed array: itself, the indices in its places, and for their coordinates what was taken out.
Gathered = dict[int, tuple[Expr, tuple[str, ...], list[tuple[tuple[Any, ...], Value]]]]


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
