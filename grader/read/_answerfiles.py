"""YAML, JSON and CSV to answers, each key and value as it was typed and with its place in the file."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from contextlib import closing
from importlib import import_module
from typing import Any

from grader.model.records import NamedTuple

DEEPEST = 20  # questions with parts with parts need three; a matrix of answers two more
LARGEST_YAML = 1_000_000  # characters; PyYAML without its C library reads about a hundred thousand in a second


class Fault(Exception):
    """The file is no file of answers; `at` is the offset where that shows."""

    def __init__(self, message: str, at: int) -> None:
        super().__init__(message)
        self.at = at


class Scalar(NamedTuple):
    """A value as it was typed: `words`, from `start` to `stop` of the file, quotes excluded."""

    words: str
    start: int
    stop: int
    block: bool = False  # lines below `key: |`
    empty: bool = False  # nothing, or null


class Sequence(NamedTuple):
    """A list of values."""

    items: tuple[Value, ...]
    start: int
    stop: int


class Mapping(NamedTuple):
    """Keys and values in the order in which they stand; a key may stand there twice."""

    entries: tuple[tuple[Scalar, Value], ...]
    start: int
    stop: int


Value = Scalar | Sequence | Mapping


class _Frame:
    """A list or mapping that is being read."""

    def __init__(self, start: int, is_list: bool) -> None:
        self.start = start
        self.is_list = is_list
        self.values: list[Value] = []

    def finished(self, stop: int) -> Value:
        if self.is_list:
            return Sequence(tuple(self.values), self.start, stop)
        keys = [value for value in self.values[::2] if isinstance(value, Scalar)]
        return Mapping(tuple(zip(keys, self.values[1::2], strict=True)), self.start, stop)


class _Builder:
    """Puts values together with a stack of its own: ten thousand brackets must not end the program."""

    def __init__(self) -> None:
        self.stack: list[_Frame] = []
        self.root: Value | None = None

    def open(self, start: int, is_list: bool) -> None:
        self.check_key(start)
        if len(self.stack) >= DEEPEST:
            raise Fault(f"more than {DEEPEST} lists or mappings stand inside each other", start)
        self.stack.append(_Frame(start, is_list))

    def close(self, stop: int) -> None:
        self.put(self.stack.pop().finished(stop))

    def put(self, value: Value) -> None:
        if self.stack:
            self.stack[-1].values.append(value)
        else:
            self.root = value

    def check_key(self, at: int) -> None:
        """A list or mapping cannot be the name of a question."""
        if self.stack and not self.stack[-1].is_list and len(self.stack[-1].values) % 2 == 0:
            raise Fault("a key must be the name of a question", at)


# -- YAML ------------------------------------------------------------------------------------------------------

_MARKS = re.compile(r"(?:[!&]\S*\s+)+")


def read_yaml(text: str) -> Value | None:
    """Values as typed: `no`, `1e-3` and `12:30` are words. Raises Fault; anchors, aliases and tags are refused."""
    if len(text) > LARGEST_YAML:
        raise Fault(f"a file of answers has at most {LARGEST_YAML:,} characters", 0)
    yaml: Any = import_module("yaml")  # late, for a quick start; untyped with or without its stubs
    builder = _Builder()
    documents = 0
    try:
        # Events: PyYAML's composer recurses, follows aliases, and turns what was typed into numbers and dates.
        with closing(yaml.parse(text, Loader=getattr(yaml, "CSafeLoader", yaml.SafeLoader))) as events:
            for event in events:
                documents += type(event).__name__ == "DocumentStartEvent"
                if documents > 1:
                    raise Fault("a second document begins here; remove the line `---`", event.start_mark.index)
                _take(builder, event, text)
    except yaml.YAMLError as error:
        mark = getattr(error, "problem_mark", None) or getattr(error, "context_mark", None)
        problem = str(getattr(error, "problem", None) or "a character that YAML does not allow")
        at = mark.index if mark else getattr(error, "position", 0)
        raise Fault(f"{problem}; put the answer in single quotes, or below `key: |`", at) from None
    return builder.root


def _take(builder: _Builder, event: Any, text: str) -> None:
    kind = type(event).__name__
    start, stop = event.start_mark.index, event.end_mark.index
    if kind == "AliasEvent" or getattr(event, "anchor", None) is not None:
        raise Fault("anchors and aliases (`&name`, `*name`) are not read; put the answer in single quotes", start)
    if getattr(event, "tag", None) is not None:
        raise Fault("tags such as `!name` are not read; put the answer in single quotes", start)
    if kind == "ScalarEvent":
        builder.put(_scalar(event, text, start, stop))
    elif kind in ("SequenceStartEvent", "MappingStartEvent"):
        builder.open(start, kind == "SequenceStartEvent")
    elif kind in ("SequenceEndEvent", "MappingEndEvent"):
        builder.close(stop)


def _scalar(event: Any, text: str, start: int, stop: int) -> Scalar:
    if event.style in ("'", '"'):
        return Scalar(event.value, start + 1, max(start + 1, stop - 1))
    if event.style in ("|", ">"):
        line = text.find("\n", start, stop) + 1
        return Scalar(event.value, line or stop, stop, block=event.style == "|")
    nothing = event.value in _NOTHING  # c: ~
    return Scalar("" if nothing else event.value, start, stop, empty=nothing)


_NOTHING = ("", "~", "null")


# -- JSON ------------------------------------------------------------------------------------------------------

_JSON = re.compile(r'[\s,:]+|(?P<text>"(?:[^"\\]|\\.)*+")|(?P<sign>[\[\]{}])|(?P<typed>[^\s,:\[\]{}"]+)', re.DOTALL)
_HALVES = re.compile("[\ud800-\udfff]")  # `"\\ud800"` is JSON, but no character


def read_json(text: str) -> Value | None:
    """Values as typed: `1e-3` stays what it is, and `null` is nothing. Raises Fault."""
    try:
        json.loads(text, parse_int=str, parse_float=str)
    except RecursionError:
        raise Fault("it is nested too deeply", 0) from None
    except json.JSONDecodeError as error:
        raise Fault(f"{error.msg[:1].lower()}{error.msg[1:]}", min(error.pos, len(text))) from None
    builder = _Builder()
    for found in _JSON.finditer(text):
        start, stop = found.span()
        sign = found["sign"]
        if found["text"]:
            words = _HALVES.sub("\ufffd", json.loads(found["text"]))
            builder.put(Scalar(words, start + 1, stop - 1))
        elif found["typed"]:
            empty = found["typed"] == "null"
            builder.put(Scalar("" if empty else found["typed"], start, stop, empty=empty))
        elif sign in ("[", "{"):
            builder.open(start, sign == "[")
        elif sign:
            builder.close(stop)
    return builder.root


# -- CSV -------------------------------------------------------------------------------------------------------

_CELLS = {
    sign: re.compile(rf'[ ]*"(?P<quoted>(?:[^"]|"")*+)"[ ]*(?=[{sign}\n]|\Z)|(?P<plain>[^{sign}\n]*+)')
    for sign in ",;\t"
}
QUESTION = frozenset(
    "question questions problem exercise task id q number no no. nr nr. # aufgabe frage exercice ejercicio pregunta"
    " problema esercizio domanda 题号 题目 问题 問題".split()
)
PART = frozenset("part subpart subquestion subproblem label letter teil teilaufgabe partie parte sub".split())
ANSWER = frozenset(
    "answer answers response solution result antwort lösung réponse respuesta risposta 答案 解答 回答".split()
)
_NAME = re.compile(r"\s*(?:[^\W\d_]{1,9}[ .]?)?\d{1,2}[ .]?\(?[a-z]?\)?[.):]?\s*", re.I)
_LETTER = re.compile(r"\s*\(?[a-z]\)?\s*", re.I)


def read_csv(text: str) -> Value | None:
    """The columns `question` and `answer`, and `part` if there is one. Raises Fault.

    `1a,(1000, 3, 256, 256)`: where the answer is the last column, a comma in it needs no quotes.
    """
    head, _, _ = text.lstrip("\n").partition("\n")
    sign = max(",;\t", key=head.count)
    rows = _rows(text, sign)
    names = [cell.words.strip().casefold() for cell in next(rows, ())]
    if not names:
        return None
    if len(names) > 1 and _NAME.fullmatch(names[0]):  # the first line is an answer, `1a,5 by 4`
        rows, parted = _rows(text, sign), len(names) > 2 and _LETTER.fullmatch(names[1])
        names = ["question", "part", "answer"] if parted else ["question", "answer"]
    columns = [next((at for at, name in enumerate(names) if name in known), -1) for known in (QUESTION, PART, ANSWER)]
    question, part, answer = columns
    if question < 0 or answer < 0:
        raise Fault("its first line does not name the columns `question` and `answer`", 0)
    entries: list[tuple[Scalar, Value]] = []
    for row in rows:
        cells = _fitted(row, names, answer, text)
        key, value = cells[question], cells[answer]
        named = cells[part] if part >= 0 else None
        if named is not None and named.words.strip():
            entries.append((key, Mapping(((named, value),), named.start, value.stop)))
        else:
            entries.append((key, value))
    return Mapping(tuple(entries), 0, len(text))


def _fitted(row: list[Scalar], names: list[str], answer: int, text: str) -> list[Scalar]:
    """As many cells as columns; what is too much belongs to the answer, if that stands last."""
    if len(row) < len(names):
        end = row[-1].stop
        return [*row, *(Scalar("", end, end, empty=True) for _ in range(len(names) - len(row)))]
    if len(row) == len(names):
        return row
    if answer != len(names) - 1:
        raise Fault(
            f"there are {len(row)} cells in {len(names)} columns; put an answer with commas in quotes", row[0].start
        )
    start, stop = row[answer].start, row[-1].stop
    return [*row[:answer], Scalar(text[start:stop], start, stop)]


def _rows(text: str, sign: str) -> Iterator[list[Scalar]]:
    """Lines with something in them, cut at the sign; a quoted cell may hold it, and line ends."""
    at = 0
    row: list[Scalar] = []
    while at < len(text):
        found = _CELLS[sign].match(text, at)
        assert found is not None  # a cell may be empty
        if found["quoted"] is not None:
            row.append(Scalar(found["quoted"].replace('""', '"'), *found.span("quoted")))
        else:
            row.append(Scalar(found["plain"], *found.span("plain"), empty=not found["plain"].strip()))
        at = found.end()
        if text.startswith(sign, at):
            at += 1
            if at < len(text) and text[at] != "\n":
                continue
            row.append(Scalar("", at, at, empty=True))
        at += 1
        if any(cell.words.strip() for cell in row):
            yield row
        row = []
