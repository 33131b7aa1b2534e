"""A whole rubric made ready: what each part expects, with all faults collected."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from collections.abc import Sequence as Worlds
from dataclasses import dataclass, field
from typing import Any

import numpy as np

from grader.kinds import KINDS
from grader.kinds._usual_symbols import usual_symbols
from grader.kinds.kind import Kind, Setup
from grader.maths.worlds import World
from grader.model.errors import Fault, RubricError, Unreadable
from grader.model.records import NamedTuple
from grader.model.rubrics import Mapping as Fields
from grader.model.rubrics import Mistake, Node, Part, Question, Rubric, Scalar, Sequence
from grader.prepare.lengths import declared_shapes
from grader.prepare.names import NameTable, read_names
from grader.prepare.samples import build_worlds

_MOST_FOLLOWED = 500  # references recomputed from students' values that are kept
NAMED_AXES = {"shape": 1, "array": 1, "number": 0}  # kinds whose answers later questions may use


class PreparedMistake(NamedTuple):
    """A foreseen wrong answer with what its kind expects."""

    mistake: Mistake
    kind: Kind
    expected: Any


class PreparedPart(NamedTuple):
    """A part with what its kind expects; `kind` is None for `review` and for a part made of parts."""

    part: Part
    kind: Kind | None
    expected: Any
    names: Mapping[str, int]
    mistakes: tuple[PreparedMistake, ...] = ()
    parts: tuple[PreparedPart, ...] = ()
    uses: tuple[str, ...] = ()  # names of earlier answers that the reference depends on
    given: World | None = None  # the data of the question


@dataclass(frozen=True, slots=True, eq=False)
class PreparedRubric:
    """A rubric ready to grade with."""

    rubric: Rubric
    questions: tuple[tuple[Question, PreparedPart], ...]
    preparer: Preparer = field(repr=False)


def prepare(
    rubric: Rubric | None, faults: tuple[Fault, ...], name: str, folder: str = ".", sandbox: str = "auto"
) -> PreparedRubric:
    """Makes a rubric ready. Raises RubricError with all faults, those found while loading included.

    `folder` is where files that the rubric names lie, `sandbox` the way to isolate students' code.
    """
    if rubric is None:
        raise RubricError(name, faults)
    preparer = Preparer(rubric, folder, sandbox)
    questions = preparer.prepare_all()
    every = (*faults, *dict.fromkeys(preparer.faults))
    if every:
        raise RubricError(name, every)
    return PreparedRubric(rubric, tuple(zip(rubric.questions, questions, strict=True)), preparer)


class Preparer:
    """Prepares parts in the order in which they depend on each other's answers."""

    def __init__(self, rubric: Rubric, folder: str = ".", sandbox: str = "auto") -> None:
        self.rubric, self.folder, self.sandbox = rubric, folder, sandbox
        self.faults: list[Fault] = []
        self.named = {part.name: part for question in rubric.questions for part in _walk(question.part) if part.name}
        self.answers: dict[str, Any] = {}
        self._tables: dict[tuple[Any, ...], NameTable] = {}
        self._worlds: dict[tuple[Any, ...], tuple[World, Worlds[World], Any]] = {}
        self._done: dict[int, PreparedPart] = {}
        self.memory: Any = None  # of the marking room: what was read and judged already
        self._followed: dict[tuple[Any, ...], PreparedPart | None] = {}

    def prepare_all(self) -> list[PreparedPart]:
        """Every question's part, after the answers it depends on."""
        for part in self._ordered():
            self._prepare_named(part)
        return [self.prepare(question.part) for question in self.rubric.questions]

    # -- dependencies --------------------------------------------------------------------------------------

    def _ordered(self) -> list[Part]:
        """Named parts, each after those it uses; a circle is a fault."""
        order: list[Part] = []
        state: dict[str, int] = {}

        def visit(name: str, path: tuple[str, ...]) -> None:
            if state.get(name) == 2:
                return
            if state.get(name) == 1:
                part = self.named[name]
                circle = " -> ".join((*path[path.index(name) :], name))
                self._fault(part.fields, f"these answers depend on each other in a circle: {circle}")
                return
            state[name] = 1
            for used in self.uses(self.named[name]):
                visit(used, (*path, name))
            state[name] = 2
            order.append(self.named[name])

        for name in self.named:
            visit(name, ())
        return order

    def uses(self, part: Part) -> tuple[str, ...]:
        """Names of answers that a part's own fields or definitions mention."""
        words: set[str] = set()
        for mapping in (part.fields, part.let):
            if mapping is not None:
                words |= set(_words(mapping))
        return tuple(name for name in self.named if name in words)

    def _prepare_named(self, part: Part) -> None:
        if part.kind not in NAMED_AXES:
            self._fault(
                part.fields,
                f"an answer of kind {part.kind} cannot be used by name",
                "name a number, shape or array",
            )
            return
        prepared = self.prepare(part)
        if prepared.expected is not None and prepared.kind is not None:
            value = prepared.kind.value(prepared.expected)
            if value is None:
                self._fault(part.fields, f"the answer {part.name} has no value that later questions could use")
            else:
                self.answers[part.name] = value

    # -- parts ---------------------------------------------------------------------------------------------

    def prepare(self, part: Part) -> PreparedPart:
        """One part with its sub-parts and mistakes; faults are collected."""
        if id(part) not in self._done:
            self._done[id(part)] = self._prepare(part)
        return self._done[id(part)]

    def _prepare(self, part: Part) -> PreparedPart:
        if part.parts or part.kind == "parts":
            self._check_choices(part)
            return PreparedPart(part, None, None, {}, parts=tuple(self.prepare(inner) for inner in part.parts))
        if part.kind == "review":
            return PreparedPart(part, None, None, {})
        setup = self._setup(part, {})
        kind = KINDS.load(part.kind)
        before = len(setup.faults)
        expected = kind.prepare(part.fields, setup)
        if expected is None and len(setup.faults) == before and not self.faults:
            self._fault(part.fields, f"this {part.kind} could not be prepared")
        mistakes = self._mistakes(part, kind, expected, setup)
        self.faults.extend(setup.faults)
        return PreparedPart(part, kind, expected, setup.names, mistakes, uses=self.uses(part), given=setup.world)

    def _check_choices(self, part: Part) -> None:
        choices = [one for one in part.parts if one.kind == "choice"]
        if len(choices) > 1:
            proposal = "make a question of each, or one choice whose options say both"
            self._fault(choices[1].fields, "two choices in one answer cannot be told apart", proposal)

    def _mistakes(self, part: Part, kind: Kind, expected: Any, setup: Setup) -> tuple[PreparedMistake, ...]:
        inner = kind.for_mistakes(expected, setup)
        return tuple(self._mistake(mistake, inner) for mistake in part.mistakes)

    def _mistake(self, mistake: Mistake, setup: Setup) -> PreparedMistake:
        kind = KINDS.load(mistake.kind)
        return PreparedMistake(mistake, kind, kind.prepare(mistake.fields, setup))

    def follow(self, prepared: PreparedPart, values: Mapping[str, Any]) -> PreparedPart | None:
        """The same part with some earlier answers replaced by the student's; None if that cannot be computed."""
        key = (id(prepared), *((name, np.asarray(value).tobytes()) for name, value in values.items()))
        if key not in self._followed:
            if len(self._followed) > _MOST_FOLLOWED:
                self._followed.clear()
            self._followed[key] = self._follow(prepared, values)
        return self._followed[key]

    def _follow(self, prepared: PreparedPart, values: Mapping[str, Any]) -> PreparedPart | None:
        if prepared.kind is None:
            return None
        setup = self._setup(prepared.part, values)
        expected = prepared.kind.prepare(prepared.part.fields, setup)
        mistakes = self._mistakes(prepared.part, prepared.kind, expected, setup)
        if expected is None or setup.faults:
            return None
        return prepared._replace(expected=expected, mistakes=mistakes)

    def _setup(self, part: Part, values: Mapping[str, Any]) -> Setup:
        table = self._table(part)
        uses = self.uses(part)
        answers = {name: self.answers[name] for name in uses if name in self.answers}
        key = (*_key(part), *answers)
        if values:
            base, samples = build_worlds(table, {**answers, **values})
            shapes = declared_shapes(table, {**answers, **values})
        else:
            if key not in self._worlds:
                self._worlds[key] = (*self._build(table, part, answers), declared_shapes(table, answers))
            base, samples, shapes = self._worlds[key]
        return Setup(
            base,
            samples,
            table.names,
            [],
            self.rubric.digest,
            shapes,
            called=(*filter(None, (part.name,)), *part.quantities, *usual_symbols(part.title)),
            folder=self.folder,
            sandbox=self.sandbox,
        )

    def _table(self, part: Part) -> NameTable:
        key = _key(part)
        if key not in self._tables:
            axes = {name: NAMED_AXES.get(other.kind, 0) for name, other in self.named.items()}
            table = read_names(
                self.rubric.digest, (self.rubric.given, part.let), (self.rubric.symbols, part.symbols), axes
            )
            self.faults.extend(table.faults)
            self._tables[key] = table
        return self._tables[key]

    def _build(self, table: NameTable, part: Part, answers: Mapping[str, Any]) -> tuple[World, Worlds[World]]:
        base, samples = build_worlds(table, answers)
        if not samples:
            self._fault(
                part.fields,
                "no sizes were found for which all symbols fit together",
                "check the lengths under symbols",
            )
            return base, (base,)
        for name, definition in base.definitions.items():
            if not definition.letters and not table.symbols and name not in base.data:
                try:
                    table.names[name] = int(np.ndim(getattr(base[name], "data", base[name])))
                except Unreadable as error:
                    self._definition_fault(name, str(error), part)
        return base, samples

    def _definition_fault(self, name: str, message: str, part: Part) -> None:
        for mapping in (part.let, self.rubric.given):
            for key, value in mapping.entries if mapping is not None else ():
                if re.match(rf"\s*{re.escape(name)}\s*(\[|$)", key.text):
                    self._fault(value, f"cannot compute {name}: {message}")
                    return
        self._fault(part.fields, f"cannot compute {name}: {message}")

    def _fault(self, node: Node, message: str, suggestion: str = "") -> None:
        place = node.place
        self.faults.append(Fault(place.line, place.column, place.path, message, suggestion))


def _walk(part: Part) -> Iterator[Part]:
    yield part
    for inner in part.parts:
        yield from _walk(inner)


def _words(node: Node) -> Iterator[str]:
    if isinstance(node, Scalar):
        yield from re.findall(r"[A-Za-z_]\w*", node.text)
    elif isinstance(node, Sequence):
        for item in node.items:
            yield from _words(item)
    elif isinstance(node, Fields):
        for _, value in node.entries:
            yield from _words(value)


def _key(part: Part) -> tuple[Any, ...]:
    """What a part's names depend on: the entries of its own `let` and `symbols`, by their places."""
    found: list[Any] = []
    for mapping in (part.let, part.symbols):
        found.append(
            tuple((key.text, key.place.line, key.place.column) for key, _ in mapping.entries) if mapping else ()
        )
    return tuple(found)
