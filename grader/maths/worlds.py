"""What all names mean at once: given data, definitions, forward equations and sampled symbols, lazily computed."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from typing import Any, ClassVar

import numpy as np

from grader.maths.access import whole_number
from grader.maths.evaluation import evaluate
from grader.maths.ranges import _accesses, _linear
from grader.maths.scope import Accesses, Gathered, Scope
from grader.maths.values import Value, spread
from grader.model.errors import Misfit, Undecided
from grader.model.expressions import Bound, Expr, Index, Name, Op, Reduce, Relation, children, names_in
from grader.model.records import NamedTuple


class Definition(NamedTuple):
    """A name and what it stands for. With `letters` it is a forward equation, `Z[i,j] = ...`.

    `highs` are explicit last values of letters (`y[k=0..n]`); without one, a letter runs over all values at
    which every array is read inside its bounds (the valid pixels).
    """

    name: str
    body: Expr | Any  # an expression, or data
    letters: tuple[str, ...] = ()
    highs: tuple[Expr | None, ...] = ()


class Domain(NamedTuple):
    """Where a free number may lie: between both ends, which do not belong to it unless it is a whole number."""

    low: float
    high: float
    whole: bool = False


def read_definition(left: Expr, body: Expr | Any) -> Definition | None:
    """The left side of a definition: a name, or a name with index letters. None if it is neither."""
    if isinstance(left, Name):
        return Definition(left.name, body)
    if not (isinstance(left, Index) and isinstance(left.base, Name)):
        return None
    letters: list[str] = []
    highs: list[Expr | None] = []
    for index in left.indices:
        high: Expr | None = None
        if isinstance(index, Relation) and index.ops == ("=",):
            left_side, limits = index.operands
            assert left_side is not None
            index = left_side
            if not (isinstance(limits, Op) and limits.op == "range"):
                return None
            high = limits.args[1]
        if not isinstance(index, Name):
            return None
        letters.append(index.name)
        highs.append(high)
    return Definition(left.base.name, body, tuple(letters), tuple(highs))


class World(Mapping[str, Any]):
    """Names to data. Definitions are computed when first needed; the result never changes.

    `letters` gives the usual range of index letters, (low, high) with both ends included; `indexed` the declared
    index letters of arrays; `shapes` the lengths of sampled arrays. `hidden` are lengths that the rubric's shapes
    name without declaring them. `free` are the domains of the numbers that no length depends on.
    """

    __slots__ = (
        "_accesses", "_cache", "_open", "data", "definitions", "free", "hidden", "indexed", "letters", "shapes",
    )  # fmt: skip

    def __init__(
        self,
        definitions: dict[str, Definition],
        data: dict[str, Any] | None = None,
        letters: dict[str, tuple[int, int]] | None = None,
        *,
        indexed: dict[str, tuple[str, ...]] | None = None,
        shapes: dict[str, tuple[int, ...]] | None = None,
        hidden: frozenset[str] = frozenset(),
    ) -> None:
        self.definitions = definitions
        self.data = {} if data is None else data
        self.letters = {} if letters is None else letters
        self.indexed = {} if indexed is None else indexed
        self.shapes = {} if shapes is None else shapes
        self.hidden = hidden
        self.free: Mapping[str, Domain] = {}
        self._cache: dict[str, Any] = {}
        self._open: set[str] = set()
        self._accesses: Accesses = {}

    def __iter__(self) -> Iterator[str]:
        return iter({**self.definitions, **self.data})

    def __len__(self) -> int:
        return len({**self.definitions, **self.data})

    def __contains__(self, name: object) -> bool:
        return name in self.data or name in self.definitions

    def __getitem__(self, name: str) -> Any:
        if name in self.data:
            return self.data[name]
        if name not in self._cache:
            if name in self._open:
                raise Undecided(f"the definition of {name} goes round in a circle")
            definition = self.definitions[name]
            self._open.add(name)
            try:
                self._cache[name] = self._compute(definition)
            finally:
                self._open.discard(name)
        return self._cache[name]

    def _changed(
        self,
        cache: dict[str, Any] | None = None,
        *,
        definitions: Mapping[str, Definition] | None = None,
        data: Mapping[str, Any] | None = None,
        letters: dict[str, tuple[int, int]] | None = None,
    ) -> World:
        """A copy with more definitions, more data or other letters, which has computed what is in `cache`."""
        world = World(
            self.definitions if definitions is None else {**self.definitions, **definitions},
            self.data if data is None else {**self.data, **data},
            self.letters if letters is None else letters,
            indexed=self.indexed,
            shapes=self.shapes,
            hidden=self.hidden,
        )
        world.free = self.free
        if cache is not None:
            world._cache = cache
        return world

    def with_data(self, data: Mapping[str, Any]) -> World:
        """The same definitions, computed anew, with some names given."""
        return self._changed(data=data)

    def with_definitions(self, definitions: Mapping[str, Definition]) -> World:
        """The same world with more definitions; what was computed already is kept unless redefined."""
        kept = {} if definitions.keys() & self.keys() else dict(self._cache)
        return self._changed(kept, definitions=definitions)

    def filled(self, data: Mapping[str, Any]) -> World:
        """The same world with data for names it did not have; what was computed already is kept."""
        return self._changed(self._cache, data=data)

    def remember(self, key: str, compute: Callable[[], Any]) -> Any:
        """A value that follows from this world alone, computed once."""
        if key not in self._cache:
            self._cache[key] = compute()
        return self._cache[key]

    def with_letters(self, letters: Mapping[str, tuple[int, int]]) -> World:
        """The same world with more usual ranges of index letters; those known already stay."""
        return self._changed(self._cache, letters={**letters, **self.letters})

    def student_scope(
        self,
        indices: Mapping[str, np.ndarray] | None = None,
        extra: Mapping[str, Any] | None = None,
        public: frozenset[str] = frozenset(),
        accesses: Accesses | None = None,
        gathered: Gathered | None = None,
    ) -> Scope:
        """A scope for a student's expression: without the sizes that only the rubric names (a student's N may
        be another one) unless they are `public`, with some more names. `accesses` may be shared by scopes in which
        the same arrays are known, `gathered` by those in which every name means the same."""
        names = StudentNames(self, extra or {}, self.hidden - public)
        return Scope(names, indices or {}, self.letters, {} if accesses is None else accesses, gathered)

    def usual_letters(self) -> dict[str, tuple[str, ...]]:
        """For each array whose index letters were declared, these letters."""
        equations = {name: d.letters for name, d in self.definitions.items() if d.letters}
        derivatives = {
            f"d{loss}/d{name}": letters for loss in ("J", "L") for name, letters in (equations | self.indexed).items()
        }
        return {name: letters for name, letters in (derivatives | equations | self.indexed).items() if name in self}

    def scope(self, indices: Mapping[str, np.ndarray] | None = None, gathered: Gathered | None = None) -> Scope:
        """A scope for evaluating an expression in this world, which may remember what it takes out of arrays."""
        return Scope(self, indices or {}, self.letters, self._accesses, gathered)

    def _compute(self, definition: Definition) -> Any:
        if not isinstance(definition.body, Expr):
            return definition.body() if callable(definition.body) else definition.body
        if not definition.letters:
            value = evaluate(definition.body, self.scope())
            if value.axes and value.axes != ("*",):
                raise Undecided(f"{definition.name} has free indices")
            return value if value.axes else value.data
        coordinates = self.coordinates(definition)
        value = evaluate(definition.body, self.scope(coordinates))
        if value.rank or set(value.axes) - set(definition.letters):
            raise Undecided(f"the equation of {definition.name} leaves indices free")
        shape = tuple(len(coordinates[letter]) for letter in definition.letters)
        return np.broadcast_to(np.asarray(_floats(spread(value, definition.letters, 0))), shape).copy()

    def coordinates(self, definition: Definition) -> dict[str, np.ndarray]:
        """The values of the letters of a forward equation."""
        key = f"coordinates({definition.name})"
        if key in self._cache and self.definitions.get(definition.name) is definition:
            cached: dict[str, np.ndarray] = self._cache[key]
            return cached
        found: dict[str, np.ndarray] = {}
        for letter, high in zip(definition.letters, definition.highs, strict=True):
            if high is None:
                last = self._last(letter, definition)
            else:
                last = whole_number(evaluate(high, self.scope()), high)
            if not 0 <= last < 10_000_000:
                raise Misfit(f"the index {letter} of {definition.name} has no valid values")
            found[letter] = np.arange(last + 1)
        if self.definitions.get(definition.name) is definition:
            self._cache[key] = found
        return found

    def _last(self, letter: str, definition: Definition) -> int:
        """The largest value of a letter at which every array is still read inside its bounds."""
        lasts = []
        wrapped: Reduce | None = None
        for position, length in _accesses(definition.body, self.scope()):
            if isinstance(position, Name):
                if position.name == letter:
                    lasts.append(length - 1)
                continue
            if letter not in names_in(position):
                continue
            wrapped = wrapped or Reduce("sum", tuple(_all_bounds(definition.body)), definition.body, (0, 0))
            linear = _linear(position, letter, wrapped, self._letter_scope(definition, letter))
            if linear is not None and linear[0] > 0:
                factor, (_, high) = linear
                lasts.append((length - 1 - high) // factor)
        if not lasts:
            raise Undecided(f"no array tells how far the index {letter} of {definition.name} runs")
        return min(lasts)

    def _letter_scope(self, definition: Definition, letter: str) -> Scope:
        others = {other: np.arange(1) for other in definition.letters if other != letter}
        return self.scope(others)

    def measure(self, name: str, what: str) -> Any:
        """`shape`, `size` or `multiplications` of a name, without computing its elements; None if unknown."""
        definition = self.definitions.get(name)
        if name in self.shapes and name not in self.data and what != "multiplications":
            known = self.shapes[name]
            return np.array(known, dtype=int) if what == "shape" else int(np.prod(known))
        if definition is None or name in self.data or not isinstance(definition.body, Expr):
            if name not in self or what == "multiplications":
                return None
            shape = np.shape(self[name])
            return np.array(shape, dtype=int) if what == "shape" else int(np.prod(shape))
        if not definition.letters:
            if isinstance(definition.body, Name):
                return self.measure(definition.body.name, what)
            return None
        key = f"{what}({name})"
        if key in self._open:
            raise Undecided(f"the definition of {name} goes round in a circle")
        if key not in self._cache:
            self._open.add(key)
            try:
                self._cache[key] = self._measure(definition, what)
            finally:
                self._open.discard(key)
        return self._cache[key]

    def _measure(self, definition: Definition, what: str) -> Any:
        lengths = [len(c) for c in self.coordinates(definition).values()]
        if what == "multiplications":
            count = _multiplications(definition.body, self.scope(self.coordinates(definition)))
            return count * int(np.prod(lengths))
        return np.array(lengths, dtype=int) if what == "shape" else int(np.prod(lengths))


class StudentNames(Mapping[str, Any]):
    """The names of a world that a student may use."""

    __slots__ = ("extra", "hidden", "world")
    is_students: ClassVar[bool] = True

    def __init__(self, world: World, extra: Mapping[str, Any], hidden: frozenset[str]) -> None:
        self.world, self.extra, self.hidden = world, extra, hidden

    def __getitem__(self, name: str) -> Any:
        if name in self.extra:
            return self.extra[name]
        if name in self.hidden:
            raise KeyError(name)
        return self.world[name]

    def __contains__(self, name: object) -> bool:
        return name in self.extra or (name in self.world and name not in self.hidden)

    def __iter__(self) -> Iterator[str]:
        return iter({**dict.fromkeys(name for name in self.world if name not in self.hidden), **self.extra})

    def __len__(self) -> int:
        return len(list(iter(self)))

    def measure(self, name: str, what: str) -> Any:
        """As in a world."""
        return None if name in self.extra else self.world.measure(name, what)


def _floats(data: Any) -> Any:
    return float(data) if not isinstance(data, np.ndarray | int) else data


def _all_bounds(expr: Expr) -> list[Bound]:
    found: list[Bound] = []
    waiting = [expr]
    while waiting:
        node = waiting.pop()
        if isinstance(node, Reduce):
            found.extend(node.bounds)
        waiting.extend(children(node))
    return found


def _multiplications(expr: Expr, scope: Scope) -> int:
    """Products taken to compute one element; those inside index positions do not count."""
    from grader.maths.evaluation import coordinates_of

    if isinstance(expr, Index):
        return 0
    if isinstance(expr, Reduce):
        count, inner = 1, scope
        for bound in expr.bounds:
            coordinates, _ = coordinates_of(bound, expr, inner)
            inner = inner.bind({bound.index: coordinates})
            count *= len(coordinates)
        return count * _multiplications(expr.body, inner)
    own = 1 if isinstance(expr, Op) and expr.op == "mul" else 0
    return own + sum(_multiplications(child, scope) for child in children(expr))


def as_value(data: Any) -> Value:
    """Data of a name as a value."""
    return data if isinstance(data, Value) else Value((), data)
