"""Which values stand where in YAML text: scalars stay as typed, and all that is not plain is refused."""

from __future__ import annotations

import re
from contextlib import closing
from importlib import import_module
from typing import Any

from grader.model.patterns import is_plain, later, postponed
from grader.model.rubrics import Mapping, Node, Place, Scalar, Sequence
from grader.rubric.complaints import LONGEST_QUOTE, Complaints, quoted
from grader.rubric.syntax import DEEPEST, QUOTES, TOO_DEEP, Source, explained

LONGEST_TEXT = 1_000_000
LONGEST_KEY_IN_PATH = 40

UNPRINTABLE = later("[\x00-\x08\x0b-\x1f\x7f-\x9f\u2028\u2029\ufeff\ufffe\uffff\ud800-\udfff]")
_ESCAPE = re.compile(r"\\(.)(\w*)", re.DOTALL)
_PLAIN_ESCAPES = '\\"/\n nxuU'
# A line break is a likely wish, so \n is refused only where it would eat the start of a LaTeX command.
_NOT_A_LINE_BREAK = ("abla", "e", "eq", "u", "ot", "ewline", "exists", "less", "gtr", "mid", "eg")


def normalised(text: str) -> str:
    """The text with \\n line ends and without the byte order mark that some editors put first."""
    return text.removeprefix("\ufeff").replace("\r\n", "\n").replace("\r", "\n")


def read_nodes(text: str, complaints: Complaints) -> Node | None:
    """The nodes of a normalised text; None, with the fault noted, if it cannot be followed to its end.

    An empty text is an empty scalar.
    """
    start = Place(1, 1, "")
    if len(text) > LONGEST_TEXT:
        complaints.add(start, f"a rubric of more than {LONGEST_TEXT:,} characters", "move data elsewhere")
        return None
    source = Source(text)
    hidden = () if is_plain(text) else UNPRINTABLE.findall(text)
    if hidden:
        place = _place(source, text.index(hidden[0]))
        more = f" (and {len(hidden) - 1} more like it)" if len(hidden) > 1 else ""
        complaints.add(place, f"the invisible character U+{ord(hidden[0]):04X}{more}", "delete it")
        return None
    return _follow(source, complaints)


def _follow(source: Source, complaints: Complaints) -> Node | None:
    with postponed():
        yaml: Any = import_module("yaml")  # late, for a quick start; untyped with or without its stubs
    builder = _Builder(source, complaints)
    try:
        # Events, because PyYAML's composer recurses: 10,000 times `[` must be a fault and not a crash.
        with closing(yaml.parse(source.text, Loader=getattr(yaml, "CSafeLoader", yaml.SafeLoader))) as events:
            for event in events:
                if not builder.take(event):
                    return None
    except yaml.YAMLError as error:
        offset, message, suggestion = explained(source, *_complaint(error))
        complaints.add(_place(source, offset, builder.path()), message, suggestion)
        return None
    return builder.root or Scalar("", Place(1, 1, ""))


def _complaint(error: Any) -> tuple[str, int, int]:
    """The parser's words, and the offsets of the problem and of its context."""
    problem = getattr(error, "problem_mark", None)
    context = getattr(error, "context_mark", None) or problem
    words = f"{getattr(error, 'context', None) or ''} {getattr(error, 'problem', None) or ''}"
    return words, problem.index if problem else 0, context.index if context else 0


def _place(source: Source, offset: int, path: str = "") -> Place:
    line = source.line(offset)
    return Place(line, source.column(offset, line), path)


def step(path: str, key: str) -> str:
    """The path of the value under a key."""
    shown = key if len(key) <= LONGEST_KEY_IN_PATH else key[: LONGEST_KEY_IN_PATH - 3] + "..."
    shown = shown.replace("\n", " ")
    return f"{path}.{shown}" if path and shown else path or shown


class _Frame:
    """A list or mapping that is being read."""

    __slots__ = ("entries", "flow", "items", "keep", "key", "lines", "number", "place", "split")

    def __init__(self, place: Place, is_list: bool, flow: bool) -> None:
        self.place = place
        self.items: list[Node] | None = [] if is_list else None
        self.entries: list[tuple[Scalar, Node]] = []
        self.flow = flow
        self.number = 0  # of the next item, counting those left out
        self.key: Scalar | None = None
        self.keep = True  # the value under a refused key is read, and left out
        self.lines: dict[str, int] = {}  # of the keys
        self.split = False  # a comma has cut a value, and this was said

    def child_path(self) -> str:
        if self.items is not None:
            return f"{self.place.path}[{self.number}]"
        return self.key.place.path if self.key is not None else self.place.path

    def finished(self) -> Node:
        if self.items is not None:
            return Sequence(tuple(self.items), self.place)
        return Mapping(tuple(self.entries), self.place)


class _Builder:
    """Turns the parser's events into nodes, with a stack of its own."""

    def __init__(self, source: Source, complaints: Complaints) -> None:
        self.root: Node | None = None
        self._source = source
        self._complaints = complaints
        self._stack: list[_Frame] = []
        self._documents = 0
        self._taking = {
            "DocumentStartEvent": self._document,
            "AliasEvent": self._alias,
            "ScalarEvent": self._scalar,
            "SequenceStartEvent": self._open,
            "MappingStartEvent": self._open,
            "SequenceEndEvent": self._close,
            "MappingEndEvent": self._close,
        }

    def take(self, event: Any) -> bool:
        """Reads one event; False if the rest is not worth reading."""
        taking = self._taking.get(type(event).__name__)
        return taking is None or taking(event)

    def path(self) -> str:
        """Of the value that comes next."""
        return self._stack[-1].child_path() if self._stack else ""

    def _here(self, event: Any) -> Place:
        mark = event.start_mark
        return Place(mark.line + 1, mark.column + 1, self.path())

    def _document(self, event: Any) -> bool:
        self._documents += 1
        if self._documents > 1:
            self._complaints.add(self._here(event), "a second document", "remove the line `---`")
        return self._documents == 1

    def _alias(self, event: Any) -> bool:
        place = self._here(event)
        self._refuse_anchor(place)
        self._complaints.spoil(place)
        return self._put(Scalar(f"*{event.anchor}", place))

    def _refuse_anchor(self, place: Place) -> None:
        self._complaints.add(
            place, "anchors and aliases are not part of the rubric language", "use `given` names instead"
        )

    def _refuse_extras(self, event: Any, place: Place) -> None:
        if event.anchor is not None:
            self._refuse_anchor(place)
        if event.tag is not None:
            start = event.start_mark.index
            typed = self._source.text[start : start + LONGEST_QUOTE].split()[0]
            self._complaints.add(place, f"tags such as {quoted(typed)} are not part of the rubric language", QUOTES)

    def _open(self, event: Any) -> bool:
        place = self._here(event)
        self._refuse_extras(event, place)
        if len(self._stack) >= DEEPEST:
            place = Place(place.line, place.column, "")  # the path would fill the screen
            self._complaints.add(place, TOO_DEEP)
            return False
        is_list = type(event).__name__ == "SequenceStartEvent"
        self._stack.append(_Frame(place, is_list, bool(event.flow_style)))
        return True

    def _close(self, event: Any) -> bool:
        return self._put(self._stack.pop().finished())

    def _scalar(self, event: Any) -> bool:
        place = self._here(event)
        self._refuse_extras(event, place)
        frame = self._stack[-1] if self._stack else None
        plain = not event.style
        if event.style == '"':
            self._check_escapes(event, place)
        if frame is not None and frame.items is None and frame.key is None:
            place = Place(place.line, place.column, step(place.path, event.value))
        elif plain and frame is not None and not event.value:
            self._refuse_blank(frame, place)
        if plain and frame is not None and frame.flow:
            self._check_split(frame, event.value, place)
        return self._put(Scalar(event.value, place))

    def _refuse_blank(self, frame: _Frame, place: Place) -> None:
        """Nothing after a key is YAML's null; here it is a forgotten value."""
        key = frame.key
        if frame.items is not None:
            self._complaints.add(place, "this list item has no value")
        elif key is not None and frame.keep:
            comma = "put the value in quotes if the comma belongs to it" if frame.flow else ""
            advice = "write a blank after the `:`" if ":" in key.text else comma
            self._complaints.add(key.place, f"{quoted(key.text)} has no value", advice)
            self._complaints.spoil(key.place)
        self._complaints.spoil(place)

    def _check_split(self, frame: _Frame, value: str, place: Place) -> None:
        """`{number: max(a, b)}` is the key `number`, cut at the comma, and a key `b)`."""
        if not frame.split and value.count("(") > value.count(")"):
            frame.split = True
            self._complaints.add(
                place,
                f"{quoted(value)} has no closing bracket: a comma ends a value inside `[...]` and `{{...}}`",
                QUOTES,
            )
            self._complaints.spoil(place)

    def _check_escapes(self, event: Any, place: Place) -> None:
        """Double quotes turn `\\theta` into a tab and `heta` without a word."""
        typed = self._source.text[event.start_mark.index : event.end_mark.index]
        for escape in _ESCAPE.finditer(typed):
            letter, rest = escape.groups()
            if letter not in _PLAIN_ESCAPES or (letter == "n" and rest in _NOT_A_LINE_BREAK):
                words = quoted(escape.group())
                break
        else:
            if is_plain(event.value) or not UNPRINTABLE.search(event.value):
                return
            words = "a code of an invisible character"
        self._complaints.add(
            place,
            f"{words} inside double quotes: a backslash starts an escape there",
            "use single quotes around text with a backslash",
        )

    def _put(self, node: Node) -> bool:
        if not self._stack:
            self.root = node
            return True
        frame = self._stack[-1]
        if frame.items is not None:
            frame.items.append(node)
            frame.number += 1
        elif frame.key is None:
            self._put_key(frame, node)
        else:
            if frame.keep:
                frame.entries.append((frame.key, node))
            frame.key, frame.keep = None, True
        return True

    def _put_key(self, frame: _Frame, node: Node) -> None:
        if not isinstance(node, Scalar):
            self._complaints.add(node.place, "a key must be a plain text", QUOTES)
            frame.key, frame.keep = Scalar("?", node.place), False
            return
        frame.key = node
        first = frame.lines.get(node.text)
        cut = frame.split and node.text.count(")") > node.text.count("(")
        frame.keep = bool(node.text) and not cut
        if not node.text:
            self._complaints.add(node.place, "a key is missing before `:`")
        elif node.text == "<<":
            self._complaints.add(
                node.place, "merge keys are not part of the rubric language", "use `given` names instead"
            )
            frame.keep = False
        elif frame.keep and first is not None:
            self._complaints.add(node.place, f"the key {quoted(node.text)} already stands in line {first}")
            frame.keep = False
        else:
            frame.lines[node.text] = node.place.line
