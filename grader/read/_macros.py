"""A student's own commands: what defines one, and what a use of it stands for."""

from __future__ import annotations

import re
from dataclasses import dataclass, field

from grader.model.patterns import later
from grader.model.records import NamedTuple
from grader.read._textables import PROBLEMS, SOLUTIONS

MOST_STEPS = 1_000  # replacements for one use: a macro that uses itself would never end
MOST_CHARACTERS = 20_000  # that one use may add: ten macros of ten uses each come to more than a file
MOST_WORK = 30_000_000  # characters moved for one document; what is left then stays as it was typed
MOST_NESTED = 50  # braces in each other: unclosed ones would each be followed to the end of the file

DEFINES = later(
    r"\\(?P<how>(?:re|provide)?newcommand|providecommand|(?:New|Renew|Provide|Declare)DocumentCommand"
    r"|DeclareMathOperator|DeclarePairedDelimiter|[gex]?def|let)(?![A-Za-z@])\*?"
)
_BLANKS = later(r"(?:[ \t]|%[^\n]*\n|\n(?![ \t]*\n))*")
_NAME = later(r"\{\s*\\([A-Za-z@]+|.)\s*\}|\\([A-Za-z@]+|.)")
_SETTING = re.compile(r"\[([^\[\]]*)\]")
_PARAMETERS = re.compile(r"(?:#[1-9])*(?=\{)")
_SPECIFIED = later(r"\{\s*(?:[oO](?:\{([^{}]*)\})?\s*)?((?:m\s*)*)\}")
_PIECE = later(r"\\[A-Za-z@]+|\\.|.", re.DOTALL)
_USE = later(r"\\([A-Za-z@]+|[^A-Za-z@])\*?", re.DOTALL)
_COUNTS = re.compile(r"\\(?:set|step|refstep|addto)counter(?![A-Za-z@])")
_PARAMETER = re.compile(r"#([1-9])")
_BRACE = re.compile(r"\\.|[{}]", re.DOTALL)

# What must stay what it is, whatever a file redefines: without them nothing could be found in it.
_KEPT = frozenset({"begin", "end", "item", "(", ")", "[", "]", "\\", "{", "}", "$", "%", "par"})


class Macro(NamedTuple):
    """`arity` arguments, the first of which may be left out if there is a `default`."""

    body: str
    arity: int = 0
    default: str | None = None
    starred: bool = False  # a star behind the name belongs to it
    final: bool = False  # nothing in the body is a macro: `\let\old\vec`, and then `\vec` is defined by `\old`


class Bomb(Exception):
    """A use that would not end, or grow beyond all bounds. Caught where macros are used."""


@dataclass(slots=True, eq=False, repr=False)
class Macros:
    """The commands defined so far, in the order of the file; a notebook's cells share one."""

    known: dict[str, Macro] = field(default_factory=dict)
    environments: dict[str, Macro] = field(default_factory=dict)  # by `\\begin{name}` and `\\end{name}`
    exploded: set[str] = field(default_factory=set)
    work: int = MOST_WORK

    def define(self, text: str, found: re.Match[str]) -> int | None:
        """Takes a definition that begins with this match of DEFINES; where it ends, None if it is none."""
        read = _READS.get(found["how"].removeprefix("g").removeprefix("e").removeprefix("x"), _command)
        taken = read(text, found.end())
        if taken is None:
            return None
        name, macro, stop = taken
        provides = found["how"].lower().startswith("provide")
        if macro.final:
            macro = self.known.get(macro.body[1:], macro)
        if name not in _KEPT and not (provides and name in self.known):
            self.known[name] = macro
        return stop

    def define_environment(self, text: str, at: int) -> int | None:
        """Takes `{name}[count][default]{begin}{end}` of a `\\newenvironment`; where it ends, None if it is none."""
        named = _group(text, at)
        count, given, at = _counted(text, named[1]) if named else ("0", None, at)
        begin = _group(text, at) if named else None
        end = _group(text, begin[1]) if begin else None
        if named is None or begin is None or end is None or count not in "0123456789":
            return None
        name = named[0].strip()
        known = name in PROBLEMS and not _COUNTS.search(begin[0])
        if known or (name in SOLUTIONS and not int(count or 0)):
            return end[1]  # what these say is known better than how they are set
        self.environments[f"\\begin{{{name}}}"] = Macro(_clean(begin[0]), int(count or 0), given)
        self.environments[f"\\end{{{name}}}"] = Macro(_clean(end[0]))
        return end[1]

    def uses(self, name: str) -> bool:
        """Whether this command, without its backslash, stands for something else."""
        return name in self.known and name not in self.exploded and self.work > 0

    def expand(self, text: str, start: int) -> tuple[str, list[int], int]:
        """What the use at `start` stands for, the offset of each of its characters, and where the use ends.

        The offset is -1 for what comes from a definition. Raises Bomb; the use then stays as it was typed.
        """
        return self.expand_as(text, *self._at(text, start))

    def expand_as(self, text: str, name: str, macro: Macro, after: int) -> tuple[str, list[int], int]:
        """The same for a use of this macro whose name ends at `after`."""
        args, stop = arguments(text, after, macro)
        words, places = _filled(macro, [(text[a:b], list(range(a, b))) for a, b in args])
        room = len(words) + MOST_CHARACTERS
        at = len(words) if macro.final else 0
        for _ in range(MOST_STEPS):
            self.work -= len(words) - at + 20
            use = next((use for use in _USE.finditer(words, at) if use[1] in self.known), None)
            if use is None:
                return _kept_apart(words, places, text, stop)
            begin = use.start()
            _, inner, after = self._at(words, begin)
            args, end = arguments(words, after, inner)
            piece, origins = _filled(inner, [(words[a:b], places[a:b]) for a, b in args])
            words, places = words[:begin] + piece + words[end:], places[:begin] + origins + places[end:]
            at = begin + len(piece) if inner.final else begin
            if len(words) > room or self.work <= 0:
                break
        self.exploded.add(name)
        raise Bomb(name)

    def _at(self, text: str, start: int) -> tuple[str, Macro, int]:
        use = _USE.match(text, start)
        assert use is not None  # the caller has seen a command here
        macro = self.known[use[1]]
        return use[1], macro, use.end() if macro.starred else start + 1 + len(use[1])


def group_end(text: str, start: int) -> int:
    """Behind the brace that closes the one at `start`; -1 if none does."""
    depth = 0
    for brace in _BRACE.finditer(text, start):
        depth += {"{": 1, "}": -1}.get(brace.group(), 0)
        if depth == 0:
            return brace.end()
        if depth > MOST_NESTED:
            break
    return -1


def arguments(text: str, at: int, macro: Macro) -> tuple[list[tuple[int, int]], int]:
    """Where the arguments of a use stand, and where it ends; an optional one left out is (0, 0)."""
    found: list[tuple[int, int]] = []
    count = macro.arity
    if macro.default is not None:
        count -= 1
        given = _SETTING.match(text, _skip(text, at)) if count >= 0 else None
        found.append(given.span(1) if given else (0, 0))
        at = given.end() if given else at
    for _ in range(count):
        begin = _skip(text, at)
        if text.startswith("{", begin):
            end = group_end(text, begin)
            if end < 0:
                break
            found.append((begin + 1, end - 1))
            at = end
        elif (piece := _PIECE.match(text, begin)) is not None and piece.group() not in "}$":
            found.append(piece.span())
            at = piece.end()
        else:
            break
    return found, at


def _skip(text: str, at: int) -> int:
    blanks = _BLANKS.match(text, at)
    return blanks.end() if blanks else at


def _filled(macro: Macro, args: list[tuple[str, list[int]]]) -> tuple[str, list[int]]:
    """The body with the arguments in their places; an argument that is not there leaves nothing."""
    if macro.default is not None and args and not args[0][1]:
        args = [(macro.default, [-1] * len(macro.default)), *args[1:]]
    words: list[str] = []
    places: list[int] = []
    at = 0
    for parameter in _PARAMETER.finditer(macro.body):
        words.append(macro.body[at : parameter.start()])
        places += [-1] * (parameter.start() - at)
        number = int(parameter[1]) - 1
        if number < len(args):
            words.append(args[number][0])
            places += args[number][1]
        at = parameter.end()
    words.append(macro.body[at:])
    places += [-1] * (len(macro.body) - at)
    return "".join(words), places


def _kept_apart(words: str, places: list[int], text: str, stop: int) -> tuple[str, list[int], int]:
    """`\\al b` with `\\alpha` for `\\al`: no letter may grow onto a command at the end."""
    if re.search(r"\\[A-Za-z@]+\Z", words) and text[stop : stop + 1].isalpha():
        return words + " ", [*places, -1], stop
    return words, places, stop


# -- definitions -----------------------------------------------------------------------------------------------

Taken = tuple[str, Macro, int] | None


def _group(text: str, at: int) -> tuple[str, int] | None:
    begin = _skip(text, at)
    end = group_end(text, begin) if text.startswith("{", begin) else -1
    return (text[begin + 1 : end - 1], end) if end >= 0 else None


def _named(text: str, at: int) -> tuple[str, int] | None:
    found = _NAME.match(text, _skip(text, at))
    return (found[1] or found[2], found.end()) if found else None


def _clean(body: str) -> str:
    """One line without comments: what a macro puts somewhere must not end a paragraph there."""
    body = re.sub(r"(?<!\\)%[^\n]*", "", body).strip()
    body = re.sub(r"\s*\n\s*", " ", re.sub(r"\n[ \t]*\n\s*", r" \\par ", body))
    return body.replace("\\xspace", "")


def _command(text: str, at: int) -> Taken:
    """`\\newcommand{\\name}[count][default]{body}`."""
    named = _named(text, at)
    if named is None:
        return None
    number, given, at = _counted(text, named[1])
    body = _group(text, at)
    if body is None or number not in "0123456789":
        return None
    return named[0], Macro(_clean(body[0]), int(number or 0), given), body[1]


def _counted(text: str, at: int) -> tuple[str, str | None, int]:
    """`[count][default]`: how many arguments, what the first is if it is left out, and where this ends."""
    count = _SETTING.match(text, _skip(text, at))
    given = _SETTING.match(text, _skip(text, count.end())) if count else None
    end = given or count
    return count[1].strip() if count else "0", given[1] if given else None, end.end() if end else at


def _definition(text: str, at: int) -> Taken:
    """`\\def\\name#1#2{body}`; arguments set apart by other signs are not understood."""
    named = _named(text, at)
    found = _PARAMETERS.match(text, _skip(text, named[1])) if named else None
    body = _group(text, found.end()) if found else None
    if named is None or found is None or body is None:
        return None
    return named[0], Macro(_clean(body[0]), len(found.group()) // 2), body[1]


def _equal(text: str, at: int) -> Taken:
    """`\\let\\name=\\other`."""
    named = _named(text, at)
    other = re.compile(r"[ \t]*=?[ \t]*(\\(?:[A-Za-z@]+|.))").match(text, named[1]) if named else None
    if named is None or other is None:
        return None
    return named[0], Macro(other[1], final=True), other.end()


def _operator(text: str, at: int) -> Taken:
    """`\\DeclareMathOperator{\\name}{words}`."""
    named = _named(text, at)
    body = _group(text, named[1]) if named else None
    if named is None or body is None:
        return None
    words = re.sub(r"\\[,;:! ]|\s", "", _clean(body[0]))
    return named[0], Macro(f"\\operatorname{{{words}}}"), body[1]


def _delimiters(text: str, at: int) -> Taken:
    """`\\DeclarePairedDelimiter{\\abs}{\\lvert}{\\rvert}`; the size that a use may give says nothing."""
    named = _named(text, at)
    left = _group(text, named[1]) if named else None
    right = _group(text, left[1]) if left else None
    if named is None or left is None or right is None:
        return None
    return named[0], Macro(f"{left[0]} #2 {right[0]}", 2, "", starred=True), right[1]


def _document_command(text: str, at: int) -> Taken:
    """`\\NewDocumentCommand{\\name}{O{default} m m}{body}`; other kinds of arguments are not understood."""
    named = _named(text, at)
    given = _SPECIFIED.match(text, _skip(text, named[1])) if named else None
    body = _group(text, given.end()) if given else None
    if named is None or given is None or body is None:
        return None
    optional = given.group().lstrip("{ ")[:1] in ("o", "O")
    count = given[2].count("m") + optional
    return named[0], Macro(_clean(body[0]), count, (given[1] or "") if optional else None), body[1]


_READS = {
    "def": _definition,
    "let": _equal,
    "DeclareMathOperator": _operator,
    "DeclarePairedDelimiter": _delimiters,
    "NewDocumentCommand": _document_command,
    "RenewDocumentCommand": _document_command,
    "ProvideDocumentCommand": _document_command,
    "DeclareDocumentCommand": _document_command,
}
