"""What the instructor asked, as written: values keep their place so that any fault can name its line."""

from __future__ import annotations

import re
from fractions import Fraction

from grader.model.records import NamedTuple

_WORDS = re.compile(r"[^\W_]+")


class Place(NamedTuple):
    """Where something stands in a rubric file. Line and column count from 1."""

    line: int
    column: int
    path: str  # questions.3d.points


class Scalar(NamedTuple):
    """A single value, always as the text that was typed: YAML's own conversions never happen."""

    text: str
    place: Place


class Sequence(NamedTuple):
    """A list."""

    items: tuple[Node, ...]
    place: Place


class Mapping(NamedTuple):
    """Keys and values in the order of the file; keys are unique."""

    entries: tuple[tuple[Scalar, Node], ...]
    place: Place

    def get(self, key: str) -> Node | None:
        """The value under a key, or None."""
        return next((value for name, value in self.entries if name.text == key), None)


Node = Scalar | Sequence | Mapping


class Mistake(NamedTuple):
    """A foreseen wrong answer: what it is, what it is worth, and what to say."""

    id: str
    kind: str
    fields: Mapping  # as for a part of that kind
    credit: Fraction
    say: str
    place: Place


class Part(NamedTuple):
    """One thing to be marked: an answer of one kind, or (`kind == "parts"`) several with weights."""

    id: str  # "value"; the question's own id for a question of one part
    kind: str
    fields: Mapping  # the kind's own keys, checked against its vocabulary
    place: Place
    weight: Fraction = Fraction(1)
    parts: tuple[Part, ...] = ()
    mistakes: tuple[Mistake, ...] = ()
    labels: tuple[str, ...] = ()  # words that mark this part's answer in a paragraph with several
    name: str = ""  # under which later questions may use this answer
    title: str = ""  # of its question; none where that has several parts
    about: str = ""  # the title of its question, which may be about several parts
    symbols: Mapping | None = None  # free names of a formula, on top of the rubric's
    let: Mapping | None = None  # definitions on top of `given`
    follow: Fraction = Fraction(4, 5)  # credit for an answer that follows from an own wrong earlier one
    hint: str = ""
    explain: str = ""
    reveal: bool = False  # may the student see the expected answer?
    accept: tuple[Scalar, ...] = ()
    reject: tuple[Scalar, ...] = ()

    @property
    def quantities(self) -> tuple[str, ...]:
        """What may stand before the sign of equality in an answer: `E_kin`, `f'`; nothing where it is not said."""
        said = self.fields.get("quantity")
        items = said.items if isinstance(said, Sequence) else (said,)
        return tuple(item.text.strip() for item in items if isinstance(item, Scalar))

    @property
    def slots(self) -> tuple[str, ...]:
        """What stands before the answer to each part, as on a sheet of empty answers; nothing without parts."""
        found: list[str] = []
        for inner in self.parts:
            first, *others = inner.slots or ("",)
            label = inner.labels[0] if inner.labels else inner.id
            found += [f"{label}: {first}".strip(), *others]
        return tuple(found)


class Question(NamedTuple):
    """A question with its points."""

    id: str
    points: Fraction
    part: Part
    title: str = ""


class Group(NamedTuple):
    """Questions under one heading; `questions` are the ids of all of them, at any depth."""

    id: str
    title: str
    questions: tuple[str, ...]


class Headline(NamedTuple):
    """A heading of a sheet of answers. `questions` stand below that of a group; for a question there are none."""

    id: str
    text: str
    depth: int
    questions: tuple[str, ...] = ()


class Rubric(NamedTuple):
    """A whole rubric. `digest` is a hash of its text: the only source of sample points."""

    name: str
    title: str
    digest: str
    given: Mapping | None
    symbols: Mapping | None
    questions: tuple[Question, ...]
    place: Place
    groups: tuple[Group, ...] = ()  # an outer one before those in it

    @property
    def headlines(self) -> tuple[Headline, ...]:
        """The headings of a sheet of answers, in order: every group's, and every question's."""
        return headlines(tuple((one.id, one.title, one.points) for one in self.questions), self.groups)

    @property
    def max(self) -> Fraction:
        """The sum of all points."""
        return sum((question.points for question in self.questions), Fraction(0))


def headlines(questions: tuple[tuple[str, str, Fraction], ...], groups: tuple[Group, ...]) -> tuple[Headline, ...]:
    """The headings of a sheet of questions, each an id, a title and points, in order."""
    points = {id: worth for id, _, worth in questions}
    found: list[Headline] = []
    for id, title, worth in questions:
        around = [group for group in groups if id in group.questions]
        for depth, group in enumerate(around):
            if group.questions[0] == id:
                together = sum((points[inner] for inner in group.questions), Fraction(0))
                words = _headline(group.id, group.title, together)
                found.append(Headline(group.id, words, depth, group.questions))
        found.append(Headline(id, _headline(id, title, worth), len(around)))
    return tuple(found)


def _headline(id: str, title: str, points: Fraction) -> str:
    worth = f"{float(points):g}" if Fraction(f"{float(points):g}") == points else str(points)
    return f"{' — '.join(filter(None, (id, ' '.join(title.split()))))} ({worth} {'point' if points == 1 else 'points'})"


def headline_words(text: str) -> str:
    """What of a heading survives every format: its words and numbers, without the signs between them."""
    return " ".join(_WORDS.findall(text.casefold()))
