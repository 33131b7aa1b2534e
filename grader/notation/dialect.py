"""How to read what no declaration settles."""

from __future__ import annotations

from grader.model.records import NamedTuple

# Letters that are functions by custom: f(x) is a value of f, while x(y+1) is a product.
USUAL_FUNCTIONS = frozenset(["f", "g", "h", "F", "G", "H", "u", "v", "phi", "psi", "Phi", "Psi"])


class Dialect(NamedTuple):
    """The habits of whoever wrote.

    `free`: no names are declared, so that letters are factors, `f(x)` is a function's value and `a'` a name; otherwise
    names are declared by a rubric. `words` are runs of letters that are one name all the same; `functions` letters
    that are functions where brackets follow. `comma`: a comma between digits is a decimal comma. `units`: a number may
    carry units.
    """

    free: bool = False
    words: frozenset[str] = frozenset()
    functions: frozenset[str] = USUAL_FUNCTIONS
    comma: bool = False
    units: bool = False


DECLARED = Dialect()
