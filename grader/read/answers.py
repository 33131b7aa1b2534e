"""Files of answers: YAML, JSON or CSV whose keys are the names of questions, and whose values answer them."""

from __future__ import annotations

from collections.abc import Callable, Iterator

from grader.model.documents import KEY, Block, Document, Note, Run, Span
from grader.model.sources import Source
from grader.read import plain
from grader.read._answerfiles import ANSWER, Fault, Mapping, Scalar, Sequence, Value, read_csv, read_json, read_yaml
from grader.read._answertrees import is_name, listed, pair
from grader.read._view import View
from grader.read.reader import Reader

_ABOUT = frozenset(
    "name names student students id sid email date course class homework hw assignment sheet title author authors"
    " group version semester term".split()
)
_UNITS = ("unit", "units")
_HOLDS = frozenset("answers answer solutions solution responses questions problems parts results".split())
_LONGEST_NAME = 40
_LEVEL = 6  # of headings


def read(text: str, name: str) -> Document:
    """The answers as they were typed; a file that holds none becomes a document without blocks, and says why."""
    kind = name.rpartition(".")[2].lower()
    try:
        maker = _made(text, _FORMATS.get(kind, _by_its_look(text)))
    except Fault as fault:
        at = min(fault.at, len(text))
        line = text.count("\n", 0, at) + 1
        facts = (("message", f"line {line}: {fault}"),)
        return Document(name, text, (), (Note("broken-answers", Span(at, at), facts),))
    view = maker.view
    return Document(name, view.text, tuple(maker.blocks()), tuple(view.notes), Source(text, tuple(view.stretches)))


def _made(text: str, values: Callable[[str], Value | None]) -> _Maker:
    """What was read is let go of before blocks are made: of a long table both would not be small."""
    maker = _Maker(text)
    maker.mapping(_entries(values(text)), 1)
    return maker


def _by_its_look(text: str) -> Callable[[str], Value | None]:
    """For a name without a suffix: JSON begins with a bracket, and a first line without a colon names columns."""
    first = text.lstrip()
    if first.startswith(("{", "[")):
        return read_json
    return read_yaml if ":" in first.partition("\n")[0] else read_csv


def _entries(root: Value | None) -> tuple[tuple[Scalar, Value], ...]:
    """Questions and answers: keys and values, or a list of `question` and `answer`."""
    if isinstance(root, Sequence):
        entries = tuple(_pair(item) for item in root.items)
    elif isinstance(root, Mapping):
        entries = root.entries
        held = [value for key, value in entries if key.words.strip().casefold() in _HOLDS]
        about = all(key.words.strip().casefold() in _HOLDS | _ABOUT for key, _ in entries)
        if len(held) == 1 and about:  # `homework: 10` and `student: s01` above `answers:`
            return _entries(held[0])
    else:
        raise Fault("it does not say which question each answer belongs to; write `1a: ...`", 0)
    if not any(is_name(key.words) for key, _ in entries):
        raise Fault("none of its keys is the name of a question, such as `1a`", 0)
    return entries


def _pair(item: Value) -> tuple[Scalar, Value]:
    if not isinstance(item, Mapping):
        raise Fault("an answer in this list does not say which question it belongs to", item.start)
    if (found := pair(item)) is not None:
        return found
    if len(item.entries) == 1:
        return item.entries[0]
    raise Fault("an answer in this list has no `question` and `answer`", item.start)


class _Maker:
    """A text of names and answers below each other; each name is a heading, each answer is read as plain text."""

    def __init__(self, text: str) -> None:
        self.view = View(text)
        self.parts: list[tuple[int, int, int]] = []  # start, stop, level of a heading or 0 for an answer

    def mapping(self, entries: tuple[tuple[Scalar, Value], ...], level: int) -> None:
        """The names of one level, each with its answer or with its parts."""
        beside = level > 1 and any(key.words.strip().casefold() in ANSWER for key, _ in entries)
        for key, value in entries:
            if is_name(key.words):
                self._name(key, level)
                self._answer(value, level)
            elif level > 1 and key.words.strip().casefold() in ANSWER:
                self._answer(value, level - 1)
            else:
                self._ignored(key, value, beside)

    def _answer(self, value: Value, level: int) -> None:
        """What stands beside a name: its answer, or its parts."""
        value = listed(value)
        if isinstance(value, Mapping) and _is_labelled(value):
            self._labelled(value)
            return
        if isinstance(value, Mapping) and not _is_set(value):
            self.mapping(value.entries, min(level + 1, _LEVEL))
            return
        self._gap(value.start)
        start = self.view.length
        self._value(value)
        if self.view.length > start:
            self.parts.append((start, self.view.length, 0))

    def _labelled(self, value: Mapping, above: tuple[Scalar, ...] = ()) -> None:
        """`{shape: [40, 80], axes: [trial, channel]}`: an answer in several lines, each with its own word before it.

        Of `{pooling: {equation: ..., shape: ...}}` both words stand before each.
        """
        for number, (key, item) in enumerate(value.entries):
            if isinstance(item, Mapping) and not _is_set(item):
                self._labelled(item, (*above, key))
                continue
            joins = number and key.words.strip().casefold() in _UNITS and isinstance(item, Scalar)
            start = self.parts.pop()[0] if joins and self.parts and not self.parts[-1][2] else -1
            if start < 0:
                self._gap(key.start)
                start = self.view.length
                for word in (*above, key):
                    self._scalar(word._replace(words=" ".join(word.words.replace("_", " ").split())))
                    self._sign(": " if word is key else " ", item.start if word is key else key.start)
            else:
                self._sign(" ", item.start)
            self._value(item)
            self.parts.append((start, self.view.length, 0))

    def _ignored(self, key: Scalar, value: Value, beside: bool) -> None:
        """`name: Ann` says nothing of a question; any other word may be one under a name that nobody gave it.

        `{answer: 5x4, comment: ...}` has its answer: what stands beside it is told, and hides no other.
        """
        if key.words.strip().casefold() in _ABOUT or (isinstance(value, Scalar) and not value.words.strip()):
            return
        self._gap(key.start)
        place = Span(self.view.length, self.view.length)
        id = "beside-not-read" if beside else "key-not-read"
        self.view.notes.append(Note(id, place, (("key", key.words[:_LONGEST_NAME]),)))

    def _name(self, key: Scalar, level: int) -> None:
        self._gap(key.start)
        start = self.view.length
        self._scalar(Scalar(" ".join(key.words.replace("_", " ").split()), key.start, key.stop))
        if self.view.length > start:
            self.parts.append((start, self.view.length, level))

    def _value(self, value: Value) -> None:
        if isinstance(value, Scalar):
            self._scalar(value)
        elif isinstance(value, Sequence):
            self._list(value)
        else:
            self._set(value)

    def _list(self, value: Sequence) -> None:
        """`[1, 3, 0, 1]` and the same as items below each other are one list."""
        self._sign("[", value.start)
        for number, item in enumerate(value.items):
            if number:
                self._sign(", ", item.start)
            self._value(item)
        self._sign("]", value.stop)

    def _set(self, value: Mapping) -> None:
        if not _is_set(value):
            raise Fault("a list of values holds keys, too; put the answer in quotes", value.start)
        self._sign("{", value.start)
        for number, (key, _) in enumerate(value.entries):
            if number:
                self._sign(", ", key.start)
            self._scalar(key)
        self._sign("}", value.stop)

    def _scalar(self, scalar: Scalar) -> None:
        source, view = self.view.source, self.view
        words = scalar.words
        if scalar.start < view.at:  # an answer that stands before its question
            view.fetch(scalar.start, scalar.stop, words)
            return
        self._skip(scalar.start)
        if source[scalar.start : scalar.stop] == words:
            view.keep(scalar.stop)
        elif scalar.block and self._lines(scalar):
            return
        elif words:
            view.replace(max(scalar.stop, view.at), words)
        self._skip(scalar.stop)

    def _lines(self, scalar: Scalar) -> bool:
        """The lines below `key: |`, without what they are indented by."""
        source, pieces = self.view.source, []
        at = scalar.start
        for line in scalar.words.rstrip("\n").split("\n"):
            end = source.find("\n", at, scalar.stop)
            end = scalar.stop if end < 0 else end
            if not source.endswith(line, at, end):
                return False
            pieces.append((end - len(line), end))
            at = end + 1
        for number, (start, end) in enumerate(pieces):
            self._skip(start)
            if number:
                self.view.replace(start, "\n")
            self.view.keep(end)
        return True

    def _sign(self, words: str, at: int) -> None:
        self._skip(at)
        self.view.replace(self.view.at, words)

    def _skip(self, at: int) -> None:
        self.view.drop(at)

    def _gap(self, at: int) -> None:
        """What stands between a name and its answer: as many blanks, so that the places stay those of the file."""
        if at > self.view.at:
            self.view.blank(at)
        else:
            self.view.replace(self.view.at, "\n\n")

    def blocks(self) -> Iterator[Block]:
        """Headings, and what plain text makes of each answer."""
        text = self.view.text
        for start, stop, level in self.parts:
            words, span = text[start:stop], Span(start, stop)
            if level:
                yield Block("heading", span, (Run("text", words, span),), level, info=KEY)
                continue
            if plain.is_bare(words):  # most answers of a table
                yield Block("paragraph", span, (Run("text", words, span),))
                continue
            made = plain.read_words(words)
            self.view.notes += [note._replace(span=_moved(note.span, start)) for note in made.notes]
            for block in made.blocks:
                runs = tuple(
                    run._replace(span=Span(run.span.start + start, run.span.stop + start)) for run in block.runs
                )
                yield block._replace(span=Span(block.span.start + start, block.span.stop + start), runs=runs)


def _moved(span: Span | None, by: int) -> Span | None:
    return Span(span.start + by, span.stop + by) if span else None


def _is_labelled(value: Mapping, depth: int = 1) -> bool:
    """Whether all keys are words of the student's own, none of them a part or `answer`, beside values without keys, or
    with keys of that kind."""
    return bool(value.entries) and all(
        not is_name(key.words)
        and key.words.strip().casefold() not in ANSWER | _ABOUT
        and (not isinstance(item, Mapping) or _is_set(item) or (depth > 0 and _is_labelled(item, depth - 1)))
        and not (isinstance(item, Scalar) and item.empty)
        for key, item in value.entries
    )


def _is_set(value: Mapping) -> bool:
    """For YAML `{0, 1}` is a mapping whose keys have no values."""
    return bool(value.entries) and all(isinstance(each, Scalar) and each.empty for _, each in value.entries)


_FORMATS: dict[str, Callable[[str], Value | None]] = {
    "yaml": read_yaml, "yml": read_yaml, "json": read_json, "csv": read_csv,
}  # fmt: skip

READER = Reader(
    "answers",
    (".yaml", ".yml", ".json", ".csv"),
    read,
    (
        "1a: (1000, 3, 256, 256)\n1b: 1e-3\n2:\n  a: 'no'\n  b: |\n    $x = 3$\n    and so on\n",
        '{"1a": "$x^2$", "2": {"a": [1, 3, 0, 1], "b": null}}',
        "question,answer\n1a,(1000, 3, 256, 256)\n",
    ),
)
