"""What a program adds up in an array, as one formula: sums over the letters of its loops and slices."""

from __future__ import annotations

import ast
import re
from collections.abc import Mapping, Sequence
from typing import Any

from grader.model.records import NamedTuple
from grader.notation.array_code import Array, Reader, check_alike
from grader.notation.indexed import Element, Made, Place, Term, Unclear, letters_of, renamed, replaced, shown

_DERIVATIVE = re.compile(r"(?:dJ_?d_?|grad_?|d_?)(?P<by>[A-Z]\w{0,3})(?:_?grad)?")
_PLAIN_LETTER = re.compile(r"[a-z]\d?")
_POOL = [*"pqrtuvac", *(f"{letter}{digit}" for letter in "pqrtuv" for digit in "123")]


class Loop(NamedTuple):
    """A letter of a loop with its last value and its number of values, "" where these are all of an axis."""

    letter: str
    last: str
    length: str


class Added(NamedTuple):
    """One assignment: what is added to which elements, inside of which loops, and whether it is added."""

    items: list[ast.expr] | None
    value: Array
    loops: tuple[Loop, ...]
    adds: bool
    node: ast.stmt


class Names:
    """The arrays of a program: those declared, derivatives by them, and what the program itself tells of others."""

    def __init__(self, declared: Mapping[str, int], loss: str) -> None:
        self.declared, self.loss = declared, loss
        self.known: dict[str, int] = {}

    def rank_of(self, name: str) -> int | None:
        """The number of axes; None for a name of which nobody has said it."""
        if name in self.known or name in self.declared:
            return self.known.get(name, self.declared.get(name))
        by = self.by(name)
        return self.declared[by] if by else None

    def by(self, name: str) -> str:
        """The Z of dZ, dJdZ and grad_Z; "" for any other name."""
        found = _DERIVATIVE.fullmatch(name)
        return found["by"] if found is not None and self.declared.get(found["by"], 0) > 0 else ""

    def canonical(self, name: str) -> str:
        """The name as a formula has it: dJ/dZ for dZ."""
        by = self.by(name) if name not in self.declared else ""
        return f"d{self.loss}/d{by}" if by else name


def formula_of(name: str, one: Added, names: Names, reader: Reader, depth: int, guards: Sequence[Place]) -> str | None:
    """One assignment as a formula; None where it is not clear what it comes to."""
    try:
        places, body = _aligned(name, one, names, reader)
        out, body, loops = _gathered(places, body, one, depth)
    except Unclear:
        return None
    used = {place for element in _elements(body) for place in element.places} | {*places}
    if not set(map(_sorted, guards)) <= set(map(_sorted, used)):
        return None
    letters = tuple((loop.letter, loop.last) for loop in loops)
    body = Made("sum", (body,), letters) if letters else body
    named = _display([*out, *(letter for letter, _ in letters)], body, names.declared)
    body = _canonical(_relettered(body, named), names)
    left = Element(names.canonical(name), tuple((Term(1, "", named[letter]),) for letter in out))
    return f"{shown(left)} = {shown(body)}"


def _aligned(name: str, one: Added, names: Names, reader: Reader) -> tuple[list[Place], Any]:
    """The place of each axis of what is assigned to, and the value in the letters of its slices."""
    value = one.value
    if one.items is None:
        if not one.adds and one.loops:
            raise Unclear("overwritten in a loop")
        if names.rank_of(name) not in (None, len(value.axes)):
            raise Unclear("another number of axes")
        return [(Term(1, "", axis),) for axis in value.axes], value.body
    target = reader.element(name, one.items)
    assert isinstance(target.body, Element)
    missing = len(value.axes) - len(target.axes) if names.rank_of(name) is None else 0
    more = tuple(reader.letter() for _ in range(missing))
    axes, lengths = (*target.axes, *more), (*target.lengths, *("" for _ in more))
    if len(value.axes) > len(axes):
        raise Unclear("more axes than there is place for")
    pairs = dict(zip(value.axes[::-1], axes[::-1], strict=False))
    for ours, theirs in zip(lengths[::-1], value.lengths[::-1], strict=False):
        check_alike(ours, theirs)
    return [*target.body.places, *((Term(1, "", letter),) for letter in more)], renamed(value.body, pairs)


def _display(letters: Sequence[str], body: Any, declared: Mapping[str, int]) -> dict[str, str]:
    """Short letters, which no declared name has: those of the program where they are such."""
    inner = [letter for part in _sums(body) for letter, _ in part.letters]
    every = list(dict.fromkeys([*letters, *inner]))
    kept = {one: one for one in every if _PLAIN_LETTER.fullmatch(one) and one not in declared}
    taken = {*kept, *declared, *letters_of(body)}
    free = iter([letter for letter in _POOL if letter not in taken])
    return kept | {one: next(free) for one in every if one not in kept}


def _canonical(body: Any, names: Names) -> Any:
    if isinstance(body, Element):
        return body._replace(name=names.canonical(body.name))
    return (
        body._replace(parts=tuple(_canonical(part, names) for part in body.parts)) if isinstance(body, Made) else body
    )


def _sorted(place: Place) -> Place:
    return tuple(sorted(place))


def _elements(body: Any) -> list[Element]:
    if isinstance(body, Element):
        return [body]
    return [one for part in body.parts for one in _elements(part)] if isinstance(body, Made) else []


def _sums(body: Any) -> list[Made]:
    if not isinstance(body, Made):
        return []
    return [*([body] if body.how == "sum" else []), *(one for part in body.parts for one in _sums(part))]


def _relettered(body: Any, named: Mapping[str, str]) -> Any:
    """A body with the letters of its sums renamed as well."""
    if isinstance(body, Element):
        return renamed(body, named)
    if not isinstance(body, Made):
        return body
    letters = tuple((named.get(letter, letter), last) for letter, last in body.letters)
    return body._replace(parts=tuple(_relettered(part, named) for part in body.parts), letters=letters)


def _gathered(places: list[Place], body: Any, one: Added, depth: int) -> tuple[list[str], Any, list[Loop]]:
    """The letter of each axis, the value of such an element, and the loops that are summed over.

    An element X[j + k] to which Z[j] is added, for all j and k, is the sum of Z[p - k] over k: with p for j + k.
    """
    loops = {loop.letter: loop for loop in one.loops}
    if len(loops) < len(one.loops) or any(set(re.findall(r"\w+", loop.last)) & loops.keys() for loop in one.loops):
        raise Unclear("loops that depend on each other")
    out: list[str] = []
    moved: dict[str, Place] = {}
    for at, place in enumerate(places):
        others = {term.name for k, other in enumerate(places) if k != at for term in other}
        if len(place) == 1 and place[0].sign == 1 and not place[0].scale and place[0].name not in others:
            if place[0].name.isdecimal():
                raise Unclear("one element")
            out.append(place[0].name)
            continue
        if not one.adds:
            raise Unclear("a shifted place")
        letter = _eliminated(place, loops, others | moved.keys())
        rest = tuple(term._replace(sign=-term.sign) for term in place if term.name != letter)
        out.append(f"place{at}")
        moved[letter] = (Term(1, "", out[-1]), *rest)
    if any(term.name in moved for place in moved.values() for term in place):
        raise Unclear("places that depend on each other")
    left = [loop for loop in one.loops if loop.letter not in {*out, *moved}]
    if not all(_is_whole(loop) for loop in one.loops if loop not in left):
        raise Unclear("elements left out")
    if not one.adds and left:
        raise Unclear("overwritten in a loop")
    if any(loop in one.loops[:depth] for loop in left):
        raise Unclear("set to zero again")
    return out, replaced(body, moved), left


def _is_whole(loop: Loop) -> bool:
    """Whether a loop runs over all of an axis, as far as one can see: `range(n)`, not `range(3)` or `range(n-1)`."""
    return not loop.last or loop.length.isidentifier()


def _eliminated(place: Place, loops: Mapping[str, Loop], taken: set[str]) -> str:
    """The letter of a shifted place that the others determine: that of a slice, or of a loop over a whole axis."""
    free = [term.name for term in place if term.sign == 1 and not term.scale and term.name not in taken]
    sliced = [name for name in free if name.startswith("axis")]
    whole = [name for name in free if name in loops and not loops[name].last]
    named = [name for name in free if name in loops and _is_whole(loops[name])]
    for choice in (sliced, whole, named):
        if choice:
            return choice[0]
    raise Unclear("a place")
