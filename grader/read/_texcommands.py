"""What each LaTeX command does to the blocks: a table from commands to functions of the walk.

Each function takes the walk, the name of the command, and where the command begins and ends; it gives back the
offset from which to read on.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable
from typing import TYPE_CHECKING

from grader.model.documents import Note, Span
from grader.model.patterns import later
from grader.read import _textables as tables
from grader.read._texcounters import (
    STYLES,
    decide_condition,
    make_counter,
    print_counter,
    set_counter,
    skip_branch,
    step_counter,
)
from grader.read._texlabels import is_list, plain
from grader.read._texsettings import set_list

if TYPE_CHECKING:
    from grader.read._texwalk import Walk

Command = Callable[["Walk", str, int, int], int]

_BLANKS = re.compile(r"[ \t]*\n?[ \t]*")
_ACCENTED = re.compile(r"\s*\{?\\?([A-Za-z])\}?")
_WHITE = re.compile(
    r"\{\s*(?:white|transparent)\s*\}|\[[^\]]*\]\{\s*(?:[fF]{6}|1\s*,\s*1\s*,\s*1|255\s*,\s*255\s*,\s*255)\s*\}"
)
_COLOUR = re.compile(r"\\color(?![A-Za-z@])")
_TITLED = re.compile(r"\d|^\W*(?:part\b|\(?[A-Za-z][).:]|[A-Za-z]\W*$)", re.IGNORECASE)
_GENERIC = frozenset({"", "problem", "question", "exercise", "task", "aufgabe", "solution", "answer", "übung"})
_LONGEST_UNKNOWN = 200  # characters of an unknown command with its arguments that are kept as they were typed


def find_command(name: str) -> Command:
    """What to do with a command; one nobody knows stays as it was typed."""
    return _COMMANDS.get(name, _unknown)


def group(walk: Walk, at: int) -> tuple[int, int]:
    """The inside of the argument that comes next; (-1, at) if none does."""
    blanks = _BLANKS.match(walk.text, at)
    begin = blanks.end() if blanks else at
    stop = walk.pairs.brace_end(begin) if walk.text.startswith("{", begin) else -1
    return (begin + 1, stop) if stop >= 0 else (-1, at)


def options(walk: Walk, at: int) -> tuple[str, int]:
    """What stands in the square brackets that come next, and where they end; an answer in brackets is no option."""
    found = _OPTIONS.match(walk.text, at)
    return (found[1], found.end()) if found and not is_list(found[1]) else ("", at)


def settings(walk: Walk, at: int) -> tuple[str, int]:
    """The same behind the beginning of a list, `[nosep,label=(\\roman*)]`, and `(3)` of the package tasks: columns."""
    found = _OPTIONS.match(walk.text, at)
    columns = _COLUMNS.match(walk.text, found.end() if found else at)
    return found[1] if found else "", columns.end() if columns else found.end() if found else at


_COLUMNS = re.compile(r"[ \t]*\(\d\)")
_OPTIONS = re.compile(r"[ \t]*\n?[ \t]*\[((?:[^\[\]{}\n]|\{(?:[^{}]|\{[^{}]*\})*\}|\n(?!\s*\n)){0,400})\]")


def drop(walk: Walk, at: int, count: int) -> int:
    """Behind so many arguments, with what stands in square brackets before each."""
    for _ in range(count):
        _, at = options(walk, at)
        begin, stop = group(walk, at)
        if begin < 0:
            return at
        at = stop + 1
    return at


def _dropped(walk: Walk, name: str, start: int, at: int) -> int:
    if name in tables.RULES and (widths := _WIDTHS.match(walk.text, at)) is not None:
        at = widths.end()
    return drop(walk, at, _DROPPED[name])


_WIDTHS = later(r"\[[^\]\n]{0,20}\]|\([lr][lr\d.{}a-z]{0,20}\)(?=\{)")  # \midrule[1pt], \cmidrule(lr){1-2}


def _input(walk: Walk, name: str, start: int, at: int) -> int:
    """Another file is never opened: a hand-in could name any."""
    stop = drop(walk, at, tables.INPUTS[name])
    facts = (("what", plain(walk.text[at:stop])[:80] or name),)
    walk.blocks.notes.append(Note("not-included", Span(start, stop), facts))
    return stop


def _image(walk: Walk, name: str, start: int, at: int) -> int:
    stop = drop(walk, at, tables.IMAGES[name])
    walk.blocks.add("image", "", start, stop)
    return stop


def _mark(walk: Walk, name: str, start: int, at: int) -> int:
    mark = tables.MARKS[name]
    if name in ("framebox", "fbox"):
        _, at = options(walk, at)
    begin, stop = group(walk, at)
    if name in _DECLARED:
        walk.blocks.marks = walk.blocks.marks | {mark}
    elif begin >= 0:
        walk.blocks.open(stop, mark)
        return begin
    return at


_DECLARED = frozenset({"bf", "bfseries", "it", "itshape", "em"})


def _last(walk: Walk, name: str, start: int, at: int) -> int:
    """Of `\\multicolumn{2}{c}{text}` the text is read."""
    at = drop(walk, at, tables.LAST[name] - 1)
    _, at = options(walk, at)
    begin, stop = group(walk, at)
    if begin < 0:
        return at
    if name in _RAISED:  # 10\textsuperscript{3} is not 103
        walk.blocks.print(_RAISED[name], start, at)
    walk.blocks.open(stop)
    return begin


def _margin(walk: Walk, name: str, start: int, at: int) -> int:
    """A label in the margin, `\\marginpar{1a}`; whatever else stands there is no answer."""
    begin, stop = group(walk, options(walk, at)[1])
    if begin < 0:
        return at
    words = _COMMAND.sub("", walk.text[begin:stop]).strip()
    if stop - begin <= _LONGEST_LABEL and _LABEL.fullmatch(words):
        walk.blocks.print(f"{words.rstrip('.:) ')}) ", start, stop + 1)
    return stop + 1


_COMMAND, _LONGEST_LABEL = re.compile(r"\\[A-Za-z]+|[{}]"), 60
_LABEL = re.compile(r"(?:[^\W\d_]{1,9}\.? ?)?\d{1,2}[. ]?(?:\(?[a-h]\)?)?[.:)]?|\(?[a-h]\)[.:]?")
_RAISED = {"textsuperscript": "^", "textsubscript": "_"}


def _word(walk: Walk, name: str, start: int, at: int) -> int:
    if name == "hspace":
        at = drop(walk, at, 1)
    elif name.endswith("hoice"):
        walk.numbering.choice(start, at)
    walk.blocks.print(tables.WORDS[name], start, at)
    if walk.text.startswith("{}", at):
        at += 2
    return at


def _accent(walk: Walk, name: str, start: int, at: int) -> int:
    found = _ACCENTED.match(walk.text, at)
    if found is None:
        return at
    walk.blocks.glue(unicodedata.normalize("NFC", found[1] + tables.ACCENTS[name]), start, found.end())
    return found.end()


def _heading(walk: Walk, name: str, start: int, at: int) -> int:
    if name == "part" and walk.exam:
        return _question(walk, name, start, at)
    starred = walk.text[at - 1] == "*"
    _, at = options(walk, at)
    begin, stop = group(walk, at)
    if begin < 0:
        return at
    walk.blocks.close()
    number = "" if starred else walk.numbering.numbered(name)
    title = plain(walk.text[begin:stop]).casefold()
    printed = walk.numbering.printed(name)
    if number and not _TITLED.search(title) and (printed or title.strip(" .:") in _GENERIC):
        walk.blocks.print(f"{printed or number} ", start, start + 1)
    walk.blocks.open(stop, heading=tables.SECTIONS[name])
    return begin


def _question(walk: Walk, name: str, start: int, at: int) -> int:
    if not walk.exam:
        return _unknown(walk, name, start, at)
    _, stop = options(walk, drop(walk, at, 1) if name == "titledquestion" else at)
    walk.numbering.question(name, start, stop)
    return stop


def _item(walk: Walk, name: str, start: int, at: int) -> int:
    return walk.item(start, at)


def _task(walk: Walk, name: str, start: int, at: int) -> int:
    """`\\task`, `\\task*(2)` over two columns, `\\task!` over all of them."""
    starred = walk.text[at - 1] == "*"
    spread = _COLUMNS.match(walk.text, at) if starred else None
    at = spread.end() if spread else at + walk.text.startswith("!", at)
    return walk.item(start, at)


def _paragraph(walk: Walk, name: str, start: int, at: int) -> int:
    walk.blocks.close()
    return at


def _line(walk: Walk, name: str, start: int, at: int) -> int:
    """`\\\\[2pt]` ends a line, or a row of a table; a blank before the bracket makes it a formula or a shape."""
    at += walk.text.startswith("*", at)
    size = _SIZE.match(walk.text, at)
    at = size.end() if size else at
    if walk.tables:
        walk.row(start, start + 2)
    else:
        walk.blocks.line(start, start + 2)
    return at


_SIZE = re.compile(r"\[-?[\d.]+\s*(?:pt|em|ex|cm|mm|in|\\baselineskip|\\parskip)\]")


def _rule(walk: Walk, name: str, start: int, at: int) -> int:
    if not walk.tables:
        walk.blocks.rule(start, at)
    return at


def _footnote(walk: Walk, name: str, start: int, at: int) -> int:
    """Beside the text, and so in brackets."""
    begin, stop = group(walk, at)
    if begin < 0:
        return at
    walk.blocks.print(" (", start, at)
    walk.blocks.open(stop, after=")")
    return begin


def _colour(walk: Walk, name: str, start: int, at: int) -> int:
    """White words are not on the page."""
    white = _WHITE.match(walk.text, at)
    _, after = options(walk, at)
    after = drop(walk, after, 1)
    if name == "textcolor":
        begin, stop = group(walk, after)
        if begin < 0:
            return after
        if not white:
            walk.blocks.open(stop)
            return begin
        walk.blocks.notes.append(Note("hidden-text", Span(start, stop + 1)))
        return stop + 1
    if not white:
        return after
    stop = walk.inner_end()
    again = _COLOUR.search(walk.text, after, stop)
    stop = again.start() if again else stop
    walk.blocks.notes.append(Note("hidden-text", Span(start, stop)))
    return stop


def _ensured(walk: Walk, name: str, start: int, at: int) -> int:
    begin, stop = group(walk, at)
    if begin < 0:
        return at
    walk.blocks.add("math", walk.text[begin:stop], begin, stop)
    return stop + 1


def _unknown(walk: Walk, name: str, start: int, at: int) -> int:
    """As it was typed, with its arguments: `\\frac{1}{2}` outside of a formula is still a half."""
    if name in STYLES or name.startswith("the"):
        printed = print_counter(walk, name, start, at)
    else:
        printed = decide_condition(walk, name, start, at) if name == "ifnum" else None
    if printed is not None:
        return printed
    stop = at
    while (found := group(walk, stop))[0] == stop + 1 and found[1] - start < _LONGEST_UNKNOWN:
        if "$" in walk.text[stop : found[1]] or "\n" in walk.text[stop : found[1]]:
            break
        stop = found[1] + 1
    walk.blocks.words(start, stop)
    return stop


_DROPPED = tables.dropped()
_COMMANDS: dict[str, Command] = {
    **dict.fromkeys(_DROPPED, _dropped),
    **dict.fromkeys(("setcounter", "addtocounter"), set_counter),
    **dict.fromkeys(("setlist", "settasks", "setenumerate", "newlist"), set_list),
    **dict.fromkeys(("stepcounter", "refstepcounter"), step_counter),
    **dict.fromkeys(tables.LAST, _last),
    **dict.fromkeys(tables.MARKS, _mark),
    **dict.fromkeys(tables.WORDS, _word),
    **dict.fromkeys(tables.ACCENTS, _accent),
    **dict.fromkeys(tables.INPUTS, _input),
    **dict.fromkeys(tables.IMAGES, _image),
    **dict.fromkeys(tables.QUESTIONS, _question),
    **dict.fromkeys(tables.SECTIONS, _heading),
    **dict.fromkeys(("\\", "newline", "linebreak", "tabularnewline"), _line),
    **dict.fromkeys(("hrule", "hrulefill"), _rule),
    **dict.fromkeys(("footnote", "footnotetext"), _footnote),
    **dict.fromkeys(("color", "textcolor"), _colour),
    "marginpar": _margin,
    "item": _item,
    "task": _task,
    **dict.fromkeys(("par", "newpage", "smallskip", "medskip", "bigskip"), _paragraph),
    "ensuremath": _ensured,
    "newcounter": make_counter,
    "else": skip_branch,
}
