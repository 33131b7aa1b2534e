"""Square matrices that a rubric declares to be of a structure: `symbols: {A: "symmetric [n, n]"}`."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable

from grader.maths.structured import MADE
from grader.model.expressions import Expr
from grader.model.records import NamedTuple
from grader.model.rubrics import Node, Scalar
from grader.prepare.names import NameTable, Symbol

_NEAR = 0.7  # of difflib
_DECLARED = re.compile(r"([A-Za-z][A-Za-z -]*?)(?:\s+matrix)?\s*(?:\s\[(.*)\])?", re.DOTALL)


def read_structure(
    text: str, name: str, letters: tuple[str, ...], node: Node, table: NameTable,
    parse: Callable[[Node, NameTable], Expr | None],
) -> bool:  # fmt: skip
    """Whether a text declares a matrix of a structure, or means to; notes it in the table, with what is wrong."""
    said = read_structured(text, name, len(letters))
    if said is None:
        return False
    if said.fault:
        table.fault(node, said.fault, said.suggestion)
        return True
    size = parse(Scalar(said.length, node.place), table)
    if size is not None:
        table.symbols[name] = Symbol("array", letters, (size, size), structure=said.structure)
        table.names[name] = 2
    return True


class Structured(NamedTuple):
    """What a declaration says: a structure and two equal lengths, or what is wrong with it."""

    structure: str = ""
    length: str = ""
    fault: str = ""
    suggestion: str = ""


def read_structured(text: str, name: str, axes: int) -> Structured | None:
    """`symmetric [n, n]`, `positive definite matrix [n, n]`; None for a text that speaks of no structure.

    `axes`: the number of index letters that the name was declared with, 0 without any.
    """
    found = _DECLARED.fullmatch(text.strip())
    if found is None:
        return None
    words, lengths = " ".join(found[1].lower().split()), found[2]
    if words not in MADE:
        near = _closest(words)
        if lengths is None and not near:
            return None
        message = f"`{words}` is no structure of a matrix that is known here"
        return Structured(fault=message, suggestion=f"did you mean `{near}`?" if near else ", ".join(MADE))
    if lengths is None:
        return Structured(fault=f"a {words} matrix needs its lengths", suggestion=f"{name}: {words} [n, n]")
    sizes = [size.strip() for size in lengths.split(",")]
    if len(sizes) != 2 or not sizes[0] or sizes[0] != sizes[1]:
        first = sizes[0] or "n"
        return Structured(
            fault=f"a {words} matrix has two equal lengths", suggestion=f"{name}: {words} [{first}, {first}]"
        )
    if axes not in (0, 2):
        return Structured(fault=f"a {words} matrix has two index letters, not {axes}", suggestion=f"{name}[i,j]")
    return Structured(words, sizes[0])


def _closest(words: str) -> str:
    words = words[:60]
    if not any(2 * sum((Counter(words) & Counter(one)).values()) >= _NEAR * len(words + one) for one in MADE):
        return ""  # too few letters in common, whatever their order: no need of a library that is slow to import
    from difflib import get_close_matches

    near = get_close_matches(words, MADE, n=1, cutoff=_NEAR)
    return near[0] if near else ""
