"""Which plain words say what is wrong with text that is not YAML."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Callable

Said = tuple[int, str, str]  # offset, message, suggestion
Rule = Callable[["Source", int, int], Said]

QUOTES = "put the whole value in quotes"
CLOSERS = "\"'])}"
PAIRS = {"[": "]", "{": "}"}
DEEPEST = 40  # lists and mappings inside each other; a rubric needs about ten
TOO_DEEP = f"more than {DEEPEST} lists or mappings inside each other"


class Source:
    """The text of a rubric, with its lines."""

    def __init__(self, text: str) -> None:
        self.text = text
        self._starts = [0, *(found.end() for found in re.finditer("\n", text))]

    def line(self, offset: int) -> int:
        """The number of the line, from 1."""
        return bisect_right(self._starts, min(offset, len(self.text)))

    def column(self, offset: int, line: int = 0) -> int:
        """The number of the column, from 1; of the line, if that is known."""
        return min(offset, len(self.text)) - self._starts[(line or self.line(offset)) - 1] + 1

    def char(self, offset: int) -> str:
        """The character there; nothing at the end of the text."""
        return self.text[offset : offset + 1]

    def before(self, offset: int) -> str:
        """What stands before it on the same line, without blanks around it."""
        return self.text[self._starts[self.line(offset) - 1] : offset].strip()

    def same_line(self, one: int, other: int) -> bool:
        """Do both stand on one line?"""
        return self.line(one) == self.line(other)


def explained(source: Source, problem: str, mark: int, context: int) -> Said:
    """What to say about an error of the YAML parser.

    `problem` is its own jargon, context and problem together; `mark` and `context` are its two offsets.
    """
    found = next((rule for words, rule in RULES if words in problem), _unknown)
    return found(source, mark, context)


def _unknown(source: Source, mark: int, context: int) -> Said:
    return mark, "this is not YAML", "look at the indentation, quotes and brackets here"


def _colon(source: Source, mark: int, context: int) -> Said:
    before = source.before(mark)
    if ": " in before or before.endswith(":"):
        return mark, "a second `: ` on this line, inside a value", QUOTES
    return (
        mark,
        "a key cannot stand here",
        "look at the indentation of this line, and for a missing `:` in the line above",
    )


def _tab(source: Source, mark: int, context: int) -> Said:
    return mark, "a tab in the indentation", "indent with spaces"


def _first_character(source: Source, mark: int, context: int) -> Said:
    if source.char(mark) == "\t":
        return _tab(source, mark, context)
    return mark, f"a value cannot start with `{source.char(mark)}`", QUOTES


def _indicator(source: Source, mark: int, context: int) -> Said:
    """The reserved character stands where the context began: `* 2`, `&`, `|x|`, `>= 3`."""
    if source.before(context)[-1:] in tuple(CLOSERS):
        return _after_value(source, context)
    return _first_character(source, context, context)


def _after_value(source: Source, mark: int) -> Said:
    if source.before(mark).endswith("'"):
        return (
            mark,
            "text after a closing quote",
            "write an apostrophe inside single quotes twice, or put the whole value in double quotes",
        )
    return mark, "text after the end of a value", QUOTES


def _open_quote(source: Source, mark: int, context: int) -> Said:
    quote = source.char(context)
    return context, f"a quote that is never closed: {quote}", f"add the closing {quote}"


def _escape(source: Source, mark: int, context: int) -> Said:
    return (
        mark,
        "a backslash inside double quotes starts an escape, and this one does not exist",
        "use single quotes around text with a backslash",
    )


def _brackets(source: Source, mark: int, context: int) -> Said:
    opener = source.char(context)
    here = source.char(mark)
    if here in PAIRS:
        return mark, f"`{here}` inside a value that stands between `{opener}` and `{PAIRS[opener]}`", QUOTES
    if not here or not source.same_line(mark, context):
        return context, f"`{opener}` is never closed", f"add the closing `{PAIRS[opener]}`, or quotes"
    if here == ":":
        return mark, "a second `:` inside a value", QUOTES
    return _after_value(source, mark)


def _tight_colon(source: Source, mark: int, context: int) -> Said:
    return mark, "a `:` without a blank after it", "write a blank after the `:`, or put the value in quotes"


def _no_value(source: Source, mark: int, context: int) -> Said:
    if not source.char(mark):
        return mark, "the text ends inside `[` or `{`", "add the closing bracket"
    return _first_character(source, mark, context)


def _no_key(source: Source, mark: int, context: int) -> Said:
    if source.before(mark):
        return _after_value(source, mark)
    said = {"-": "a list item where a key was expected", ":": "a key is missing before `:`"}
    return (
        mark,
        said.get(source.char(mark), "the indentation of this line fits no line above"),
        "indent it exactly like the lines it belongs to",
    )


def _no_item(source: Source, mark: int, context: int) -> Said:
    return mark, "a key among the items of a list", "look at the indentation, or start the line with `- `"


def _no_colon(source: Source, mark: int, context: int) -> Said:
    return (
        context,
        "this line has no `:` after its key",
        "write `key: value`; a text of several lines stands below `key: |`",
    )


def _list_on_line(source: Source, mark: int, context: int) -> Said:
    return (
        mark,
        "a list cannot start on the line of its key",
        "start it on the next line or write `[...]`; put the value in quotes if the dash is a minus",
    )


def _directive(source: Source, mark: int, context: int) -> Said:
    return mark, "lines that start with `%` are not part of the rubric language", "delete the line"


def _after_end(source: Source, mark: int, context: int) -> Said:
    return mark, "text after the end of the rubric", "look at the indentation of this line"


def _tag(source: Source, mark: int, context: int) -> Said:
    return context, "tags such as `!name` are not part of the rubric language", QUOTES


def _too_deep(source: Source, mark: int, context: int) -> Said:
    """libyaml 0.2.6 gives up at 1000 brackets before it reports the first: `[[[[...`."""
    opened: list[int] = []
    for offset, sign in enumerate(source.text[: mark + 1]):
        if sign in PAIRS:
            opened.append(offset)
        elif opened and sign == PAIRS[source.text[opened[-1]]]:
            opened.pop()
    return opened[DEEPEST] if len(opened) > DEEPEST else mark, TOO_DEEP, ""


# The first words found decide. libyaml and PyYAML's own parser word the same problem differently.
RULES: tuple[tuple[str, Rule], ...] = (
    ("nesting depth", _too_deep),
    ("mapping values are not allowed", _colon),
    ("tab character", _tab),
    ("cannot start any token", _first_character),
    ("unexpected ':'", _tight_colon),
    ("scanning an alias", _indicator),
    ("scanning an anchor", _indicator),
    ("scanning a block scalar", _indicator),
    ("unexpected end of stream", _open_quote),
    ("unexpected document separator", _open_quote),
    ("unexpected document indicator", _open_quote),
    ("parsing a quoted scalar", _escape),
    ("scanning a double-quoted scalar", _escape),
    ("could not find expected ':'", _no_colon),
    ("parsing a flow sequence", _brackets),
    ("parsing a flow mapping", _brackets),
    ("node content", _no_value),
    ("parsing a block mapping", _no_key),
    ("parsing a block collection", _no_item),
    ("parsing a block sequence", _no_item),
    ("mapping keys are not allowed", _first_character),
    ("sequence entries are not allowed", _list_on_line),
    ("directive", _directive),
    ("incompatible YAML document", _directive),
    ("<document start>", _after_end),
    ("tag", _tag),
    ("parsing a node", _tag),
)
