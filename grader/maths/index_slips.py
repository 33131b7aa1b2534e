"""Slips in one place of one array, undone: a shift that was forgotten, turned round or given to another letter."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from grader.maths.repairs import flipped, index_positions, rewrite
from grader.model.expressions import Expr, Index, Name, Op, base_name, names_in, walk
from grader.model.records import NamedTuple

_MOST_ACCESSES = 4
_MOST_LETTERS = 3  # that stand in other arrays and not in this one
_LONGEST = 60  # nodes; people write about thirty


class IndexSlip(NamedTuple):
    """A formula with one slip undone; `found` is the name of an array that stood there wrongly."""

    name: str
    body: Expr
    found: str = ""


def index_slips(expr: Expr, letters: Sequence[str]) -> Iterator[IndexSlip]:
    """Variants with one place of one array changed; `letters` are the indices of the answer.

    Where a letter of the answer stands nowhere, each variant puts it in.
    """
    nodes = list(walk(expr))
    used = names_in(expr)
    lost = [letter for letter in letters if letter not in used]
    if len(nodes) > _LONGEST or len(lost) > 1:
        return
    usual = sorted(index_positions(expr) | set(letters))
    accesses = [node for node in nodes if isinstance(node, Index) and any(map(_is_shifted, node.indices))]
    for access in accesses[:_MOST_ACCESSES]:
        inside = frozenset().union(*map(names_in, access.indices))
        absent = lost or [letter for letter in usual if letter not in inside][:_MOST_LETTERS]
        for name, at, place in _changes(access.indices, absent, turned=not lost):
            indices = (*access.indices[:at], place, *access.indices[at + 1 :])
            yield IndexSlip(name, _put(expr, access, Index(access.base, indices, access.place)))


def other_arrays(expr: Expr, alike: Sequence[Sequence[str]]) -> Iterator[IndexSlip]:
    """Variants with another derivative in the place of one; `alike` are the names of arrays of the same lengths."""
    accesses = [node for node in walk(expr) if isinstance(node, Index) and isinstance(node.base, Name)]
    for access in accesses if len(accesses) <= _MOST_ACCESSES else ():
        found = base_name(access)
        others = (name for names in alike if found in names for name in names if name != found)
        for name in (name for name in others if "/" in name and "/" in found):  # dJ/dU for dJ/dZ
            changed = Index(Name(name, access.base.place), access.indices, access.place)
            yield IndexSlip("wrong-derivative", _put(expr, access, changed), found)


def _changes(places: Sequence[Expr], absent: Sequence[str], turned: bool) -> Iterator[tuple[str, int, Expr]]:
    """Each change of one place: what slip it undoes, where, and what stands there then."""
    shifted = [at for at, place in enumerate(places) if _is_shifted(place)]
    signs = {_is_taken_away(places[at]) for at in shifted}
    if turned and len(shifted) > 1:
        yield from (("wrong-shift-sign", at, flipped(places[at])) for at in shifted)
    for at, place in enumerate(places):
        for letter in absent:
            put = Name(letter, place.place)
            if isinstance(place, Name):
                for away in sorted(signs):
                    shift = Op("neg", (put,), place.place) if away else put
                    yield "missing-shift", at, Op("add", (place, shift), place.place)
            elif at in shifted and isinstance(place, Op):
                by = place.args[1]
                yield "wrong-shift-letter", at, Op("add", (place.args[0], _with_letter(by, put)), place.place)


def _with_letter(by: Expr, put: Name) -> Expr:
    return Op("neg", (put,), by.place) if isinstance(by, Op) else put


def _is_shifted(place: Expr) -> bool:
    """`j + k` or `j - k`: two letters."""
    if not (isinstance(place, Op) and place.op == "add" and len(place.args) == 2):
        return False
    first, by = place.args
    by = by.args[0] if isinstance(by, Op) and by.op == "neg" else by
    return isinstance(first, Name) and isinstance(by, Name)


def _is_taken_away(place: Expr) -> bool:
    return isinstance(place, Op) and isinstance(place.args[1], Op)


def _put(expr: Expr, old: Expr, new: Expr) -> Expr:
    return rewrite(expr, lambda node: new if node is old else None)
