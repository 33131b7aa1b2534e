"""The lengths of all names with letters in them, as a rubric declares or defines them."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import numpy as np

from grader.maths.extents import with_definitions
from grader.maths.sizes import Sizes, number, size_of
from grader.model.expressions import Call, Name
from grader.prepare.names import NameTable, Symbol


def declared_shapes(table: NameTable, answers: Mapping[str, Any]) -> dict[str, Sizes]:
    """The shape of every name of which it is known; `answers` are the values of earlier answers."""
    found: dict[str, Sizes] = {name: tuple(number(n) for n in np.shape(value)) for name, value in answers.items()}
    found |= {name: sizes for name, symbol in table.symbols.items() if (sizes := _sizes(symbol)) is not None}
    found = with_definitions(found, table.definitions)
    for name, symbol in table.symbols.items():  # dJ/dZ: shape(Z)
        same = symbol.shape
        if isinstance(same, Call) and same.function == "shape" and isinstance(same.args[0], Name):
            sizes = found.get(same.args[0].name)
            found |= {} if sizes is None else {name: sizes}
    return found


def _sizes(symbol: Symbol) -> Sizes | None:
    if symbol.sort != "array":
        return ()
    return None if symbol.shape is not None else tuple(size_of(length) for length in symbol.lengths)
