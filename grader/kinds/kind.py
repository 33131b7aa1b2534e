"""What an answer kind is, and what it is given to work with."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from fractions import Fraction
from types import MappingProxyType
from typing import Any, TypeVar

from grader.maths.sizes import Sizes
from grader.maths.worlds import World
from grader.model.answers import Answer
from grader.model.documents import Block
from grader.model.errors import Fault, Unreadable
from grader.model.expressions import Expr, Relation
from grader.model.records import NamedTuple
from grader.model.results import Finding, Reason, Status
from grader.model.rubrics import Mapping as Fields
from grader.model.rubrics import Node, Place, Scalar
from grader.model.vocabulary import Field
from grader.notation.consulted import Choice, Consulted
from grader.notation.reading import Claim, Reading, parse_expression, read_answer
from grader.notation.tokens import Names
from grader.reference.functions import in_order


@dataclass(frozen=True, slots=True, eq=False, repr=False)
class Setup:
    """What a kind may use to prepare what it expects.

    `world` holds the given data; `samples` are worlds in which the free symbols have values too (just `world`
    itself if there are none). `names` are all declared names with their numbers of axes. `faults` collects
    the instructor's mistakes: a kind adds to it and returns None instead of raising.
    """

    world: World
    samples: Sequence[World]
    names: Names
    faults: list[Fault] = field(default_factory=list)
    digest: str = ""  # of the rubric: the only source of sampled values
    shapes: Mapping[str, Sizes] = field(default_factory=dict)  # lengths with letters in them, where known
    frame: Any = None  # what a gradient, formula or program expects, for declared mistakes that repeat less
    called: tuple[str, ...] = ()  # names of the answer: under which other questions use it, and its quantities
    rule: Any = None  # the unit of the question, for declared mistakes that do not repeat it
    tolerance: Any = None  # of a question for a number, likewise
    assume: str = ""  # what the letters of a question stand for, for declared mistakes that do not repeat it
    folder: str = "."  # the rubric's own, from which files are named
    sandbox: str = "auto"  # how students' code is isolated

    def fault(self, place: Place, message: str, suggestion: str = "") -> None:
        """Records a mistake of the instructor."""
        self.faults.append(Fault(place.line, place.column, place.path, message, suggestion))

    def parse(self, node: Node | None) -> Expr | None:
        """A scalar as an expression; None after recording a fault."""
        if not isinstance(node, Scalar):
            if node is not None:
                self.fault(node.place, "an expression is expected here, not a list or a mapping")
            return None
        try:
            return in_order(parse_expression(node.text, self.names), node.text)
        except Unreadable as error:
            self.fault(node.place, f"cannot read the expression {node.text!r}: {error.message}", error.expected)
            return None


_ZERO, _ONE = Fraction(0), Fraction(1)
READINGS = ("readings",)  # under which an answer remembers how it was read, under which names and options
_Made = TypeVar("_Made")


@dataclass(slots=True, eq=False, repr=False)
class View:
    """An answer as one part sees it: its mathematics, read as that part's kind needs it.

    `places` limits it to claims that begin inside one of these stretches of the document, for a paragraph
    that answers several parts; None for all.
    """

    answer: Answer
    names: Names
    places: tuple[tuple[int, int], ...] | None = None
    reasons: tuple[Reason, ...] = ()  # remarks of how the claims were assigned
    context: tuple[Relation, ...] = ()  # what the student wrote above: "delta := dJ/dZ" may be used later
    base: int = 0  # where the answer begins in its document: places in `answer` are counted from there
    _memo: dict[tuple[Any, ...], Any] = field(default_factory=dict)
    shared: dict[tuple[Any, ...], Any] = field(default_factory=dict)  # what holds for an expression in any answer

    def alone(self, blocks: tuple[Block, ...]) -> View:
        """Some blocks of the answer, or pieces of them, as an answer of their own."""
        answer = self.answer._replace(blocks=blocks)
        return View(answer, self.names, None, self.reasons, self.context, self.base)

    def reading(self, *, grouping: bool = True, cross_separates: bool = False) -> Reading:
        """The mathematics and words of the answer."""
        names = self.names
        key = (id(names), grouping, cross_separates)
        found: tuple[Reading, Names] | None = self._memo.get(key)
        if found is None:
            read = self._read(names, {"grouping": grouping, "cross_separates": cross_separates})
            found = self._memo[key] = (read, names)  # kept alive with the reading: its id is the key
        return found[0]

    def _read(self, names: Names, options: Mapping[str, bool]) -> Reading:
        """Read, unless what was read under other names or options is the same under these."""
        made: list[tuple[Consulted, dict[str, Choice], Reading]] = self.remember(READINGS, list)
        for consulted, choices, reading in made:
            alike = all([choices[option].is_answered_alike(chosen) for option, chosen in options.items()])
            if alike and consulted.is_answered_alike(names):
                return reading
        consulted, choices = Consulted(names), {option: Choice(chosen) for option, chosen in options.items()}
        reading = read_answer(self.answer.blocks, consulted, **choices)
        made.append((consulted, choices, reading))
        return reading

    def remember(self, key: tuple[Any, ...], make: Callable[[], Any]) -> Any:
        """What was made for this answer under a key, made once."""
        if key not in self._memo:
            self._memo[key] = make()
        return self._memo[key]

    def gathered(self, what: str, reading: Reading, make: Callable[[], _Made], *options: Any) -> _Made:
        """What was made of a reading for this part, made once for all the references that it is compared with."""
        key = ("gathered", what, id(reading), self.places, *options)
        found: tuple[_Made, Reading] = self.remember(key, lambda: (make(), reading))  # kept alive: its id is the key
        return found[0]

    def forget(self, *whats: str) -> None:
        """Drops what was made under keys that begin so: a long batch need not keep it."""
        for key in [key for key in self._memo if key[0] in whats]:
            del self._memo[key]

    def claims(self, reading: Reading) -> tuple[Claim, ...]:
        """The claims of a reading that are this part's business."""
        if self.places is None:
            return reading.claims
        return tuple(
            claim for claim in reading.claims if any(low <= claim.place[0] < high for low, high in self.places)
        )

    def holds_code(self) -> bool:
        """Whether code stands in an answer, seen as a whole, or among its words."""
        blocks = (*self.answer.blocks, *self.answer.context)
        return self.places is None and any(block.kind == "code" for block in blocks)

    def limited(self, places: tuple[tuple[int, int], ...], reasons: tuple[Reason, ...] = ()) -> View:
        """The same answer, limited to some stretches."""
        return View(self.answer, self.names, places, reasons, self.context, self.base, self._memo, self.shared)

    def named(self, names: Names) -> View:
        """The same answer, read with more declared names."""
        merged = names if self.names.keys() <= names.keys() else {**self.names, **names}
        return View(self.answer, merged, self.places, self.reasons, self.context, self.base, self._memo, self.shared)


class Example(NamedTuple):
    """A kind's own test: a rubric's fields, a student's words, and the status they must get."""

    rubric: str  # YAML of one part
    answer: str
    status: str


class Kind(NamedTuple):
    """An answer kind.

    `prepare` turns a rubric's fields into what `judge` expects, or records faults and returns None. `judge`
    compares an answer with it. `value` is the reference as data, for later questions that use it by name;
    `describe` is the reference as text for the instructor. `find` lists the claims of an answer that could be of
    this kind, so that several labelled answers in one paragraph can be told apart.
    """

    name: str
    doc: str
    fields: tuple[Field, ...]
    prepare: Callable[[Fields, Setup], Any]
    judge: Callable[[Any, View], Finding]
    describe: Callable[[Any], str]
    value: Callable[[Any], Any] = lambda expected: None
    find: Callable[[Any, View], tuple[Claim, ...]] = lambda expected, view: ()
    model_answer: Callable[[Any], str] = lambda expected: ""  # the reference as a student might write it
    reads: Mapping[str, bool] = MappingProxyType({})  # options of `View.reading`
    # In a question of several parts: words by which this kind may be answered without mathematics. A part
    # without a candidate and without such words was not answered. None: only `judge` can tell.
    in_words: str | None = None
    # The setup in which the part's declared mistakes are prepared, given what the part itself expects.
    own_words: Callable[[Any], tuple[str, ...]] = lambda expected: ()  # which are an answer: "missing", among options
    spoken: bool = False  # words such as "to" belong to an answer of this kind
    doubt: Callable[[Finding, View], Reason | None] = lambda finding, view: (
        None
    )  # why what is not right may be no answer
    calculates: bool = False  # an equation between numbers that is false makes a right answer unclear
    compounds: bool = False  # may a slip stand on top of a declared mistake?
    in_code: bool = False  # the answer is a program, and no mathematics is read in it
    decisive: bool = False  # a declared mistake that matches is what the answer is, whatever it earns without
    by: str = ""  # the key by which a mistake of this kind is told where its own key is not repeated
    for_mistakes: Callable[[Any, Setup], Setup] = lambda expected, setup: setup
    examples: tuple[Example, ...] = ()


# What explains a credit by cases, and not the one of a declared mistake that stands in its place.
COUNTS = frozenset("cases-right cases-weigh hidden-weigh result-right result-idle shown-only exceptions-only".split())
IN_PART = "mistake-in-part"  # the remark of a finding that a declared mistake explains not everywhere

# -- findings that every kind makes ---------------------------------------------------------------------------


def right(claims: tuple[Claim, ...], read_as: str, *reasons: Reason, value: Any = None) -> Finding:
    """Full credit."""
    return Finding(Status.RIGHT, _ONE, reasons, read_as, places(claims), value)


def partial(credit: Fraction, claims: tuple[Claim, ...], read_as: str, *reasons: Reason, value: Any = None) -> Finding:
    """Some credit: 0 is wrong and 1 is right."""
    status = Status.WRONG if credit == 0 else Status.RIGHT if credit == 1 else Status.PARTIAL
    return Finding(status, credit, reasons, read_as, places(claims), value)


def wrong(claims: tuple[Claim, ...], read_as: str, *reasons: Reason, value: Any = None) -> Finding:
    """No credit."""
    return Finding(Status.WRONG, _ZERO, reasons, read_as, places(claims), value)


def review(claims: tuple[Claim, ...], read_as: str, *reasons: Reason, value: Any = None) -> Finding:
    """A person decides; the reasons say why the grader could not."""
    return Finding(Status.REVIEW, None, reasons, read_as, places(claims), value)


def places(claims: tuple[Claim, ...]) -> tuple[tuple[int, int], ...]:
    """Where the claims stand."""
    return tuple(claim.place for claim in claims)


def mistake(id: str, **facts: object) -> Reason:
    """A reason that names what went wrong."""
    return Reason(id, tuple((name, str(value)) for name, value in facts.items()), mistake=True)


def remark(id: str, **facts: object) -> Reason:
    """A reason that explains without naming a mistake."""
    return Reason(id, tuple((name, str(value)) for name, value in facts.items()))


def not_found(view: View, what: str) -> Finding:
    """No claim of the right kind: unreadable mathematics if there is some, otherwise words only."""
    for claim in view.claims(view.reading()):
        if claim.error is not None:
            return review((claim,), "", remark("unreadable", message=claim.error.message, what=what))
    return review((), "", remark("no-answer-found", what=what))
