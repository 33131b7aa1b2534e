"""Formulas of Typst to LaTeX, as far as what they mean is certain."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from types import MappingProxyType

from grader.model.records import NamedTuple
from grader.read._mathml import NotRead
from grader.read._typstsigns import AROUND, BARE, COMMANDS, SHORTHANDS, SIGNS

DEEPEST = 40
LONGEST = 5_000  # characters of what a function of the file draws
_TOKEN = re.compile(
    r"(?P<blank>\s+|//[^\n]*|/\*.*?\*/)"
    r'|(?P<text>"(?:[^"\\]|\\.)*")'
    r"|(?P<line>\\(?=\s|\Z))|(?P<escape>\\.)"
    r"|(?P<code>\#[\w.-]*)"
    r"|(?P<number>\d+(?:\.\d+)?(?:e[+-]?\d+(?![A-Za-z]))?)"
    r"|(?P<name>[A-Za-z][A-Za-z]+(?:\.[A-Za-z]+)*|(?:[^\W\d_][^\W\d_]+)(?:\.[A-Za-z]+)*)"
    r"|(?P<letter>[^\W\d_])"
    rf"|(?P<short>{'|'.join(re.escape(sign) for sign in sorted(SHORTHANDS, key=len, reverse=True))})"
    r"|(?P<sign>.)",
    re.DOTALL,
)
_COMMAND = re.compile(r"\\[A-Za-z]+\Z")
_PAIRS = {"(": ")", "[": "]", "{": "}"}
_ESCAPED = frozenset("{}%#$&_")


class _Token(NamedTuple):
    kind: str
    text: str
    tight: bool  # nothing stands before it


class _Atom(NamedTuple):
    """A piece of a formula; `inner` is what a bracket holds, which a fraction or an index takes without it."""

    words: str
    inner: str | None = None
    letter: bool = False


class Drawn(NamedTuple):
    """A function of the file's own, `#let pd(a, b) = $(partial #a) / (partial #b)$`."""

    names: tuple[str, ...]
    body: str


def as_latex(text: str, known: Mapping[str, str], drawn: Mapping[str, Drawn] = MappingProxyType({})) -> str:
    """The LaTeX of the inside of `$...$`; `known` and `drawn` are the formulas of `#let`. Raises NotRead."""
    words = _Parser(text.replace("\0", ""), known, drawn).row(())
    lines = [line.strip() for line in words.split("\0")]
    if len(lines) > 1:
        return "\\begin{aligned}" + " \\\\ ".join(line for line in lines if line) + "\\end{aligned}"
    return words.strip()


class _Parser:
    def __init__(self, text: str, known: Mapping[str, str], drawn: Mapping[str, Drawn], depth: int = 0) -> None:
        if depth > DEEPEST:
            raise NotRead("it is nested too deeply")
        self.known, self.drawn, self.depth = known, drawn, depth
        self.tokens: list[_Token] = []
        tight = False
        for found in _TOKEN.finditer(text):
            if found.lastgroup == "blank":
                tight = False
                continue
            self.tokens.append(_Token(found.lastgroup or "", found.group(), tight))
            tight = True
        self.at = 0

    def peek(self) -> _Token | None:
        return self.tokens[self.at] if self.at < len(self.tokens) else None

    def is_next(self, text: str, tight: bool = False) -> bool:
        token = self.peek()
        return token is not None and token.text == text and token.kind != "text" and (token.tight or not tight)

    def row(self, ends: tuple[str, ...]) -> str:
        """Up to one of these signs, which is left."""
        self.depth += 1
        if self.depth > DEEPEST:
            raise NotRead("it is nested too deeply")
        pieces: list[str] = []
        while (token := self.peek()) is not None and not (token.kind in ("sign", "short") and token.text in ends):
            blank = "" if token.tight and not (pieces and _COMMAND.search(pieces[-1])) else " "
            pieces.append(f"{blank if pieces else ''}{self.fraction()}")
        self.depth -= 1
        return "".join(pieces)

    def fraction(self) -> str:
        above = self.attached()
        words = above.words
        while self.is_next("/"):
            self.at += 1
            if self.peek() is None:
                raise NotRead("a fraction has nothing below")
            below = self.attached()
            words = f"\\frac{{{_bare(above)}}}{{{_bare(below)}}}"
            above = _Atom(words)
        return words

    def attached(self) -> _Atom:
        """A piece with its index and power, in whichever order; `f(x)` is one piece."""
        atom = self.atom()
        if atom.letter and self.is_next("(", tight=True):
            atom = _Atom(atom.words + self.atom().words)
        index = power = ""
        while self.is_next("_") or self.is_next("^") or self.is_next("'", tight=True):
            sign = self.tokens[self.at].text
            self.at += 1
            if sign == "'":
                power += "'"
                continue
            if self.peek() is None:
                raise NotRead("an index is missing")
            given = self.atom()
            if given.letter and self.is_next("(", tight=True):
                given = _Atom(given.words + self.atom().words)
            if sign == "_":
                index = _bare(given)
            else:
                power = f"{power}{' ' if power else ''}{_bare(given)}"
        if not index and not power:
            return atom
        if power and set(power) == {"'"}:
            return _Atom(f"{_base(atom)}{power}" + (f"_{{{index}}}" if index else ""))
        return _Atom(_base(atom) + (f"_{{{index}}}" if index else "") + (f"^{{{power}}}" if power else ""))

    def atom(self) -> _Atom:
        token = self.peek()
        assert token is not None
        self.at += 1
        take = _TAKES.get(token.kind)
        return take(self, token) if take else _Atom(token.text)

    # -- pieces ----------------------------------------------------------------------------------------------

    def text(self, token: _Token) -> _Atom:
        inner = re.sub(r"\\(.)", r"\1", token.text[1:-1])
        return _Atom("\\text{" + "".join(f"\\{sign}" if sign in _ESCAPED else sign for sign in inner) + "}")

    def line(self, token: _Token) -> _Atom:
        if self.depth > 1:
            raise NotRead("a line ends inside one of its parts")
        return _Atom("\0")

    def escape(self, token: _Token) -> _Atom:
        return _Atom(f"\\{token.text[1]}" if token.text[1] in _ESCAPED else token.text[1])

    def code(self, token: _Token) -> _Atom:
        words = self.known.get(token.text[1:])
        if words is None:
            raise NotRead("it holds code")
        return _Atom(_together(words), words)

    def letter(self, token: _Token) -> _Atom:
        words = self.known.get(token.text)
        return _Atom(token.text if words is None else f"{{{words}}}", None, True)

    def short(self, token: _Token) -> _Atom:
        return _Atom(SHORTHANDS[token.text] + " ")

    def sign(self, token: _Token) -> _Atom:
        sign = token.text
        if sign in _PAIRS:
            inner = self.row((_PAIRS[sign],))
            if not self.is_next(_PAIRS[sign]):
                return _Atom(f"{_escaped(sign)}{inner}")  # an interval such as `[0, 1)` closes with another
            self.at += 1
            return _Atom(f"{_escaped(sign)}{inner}{_escaped(_PAIRS[sign])}", inner if sign == "(" else None)
        if sign == "√":
            return _Atom(f"\\sqrt{{{_bare(self.atom()) if self.peek() else ''}}}")
        if sign in "_^/":
            raise NotRead("an index or a fraction belongs to nothing")
        if sign == "&":  # where lines are to be aligned
            return _Atom("")
        return _Atom("\\$" if sign == "$" else _escaped(sign))

    def name(self, token: _Token) -> _Atom:
        name = token.text
        if name in self.known:
            return _Atom(f"{{{self.known[name]}}}", self.known[name])
        if name in self.drawn and self.is_next("(", tight=True):
            return self.draw(name)
        if self.is_next("(", tight=True) and name not in ("dot.op", "dot.c"):
            called = self.call(name)
            if called is not None:
                return called
        if name not in SIGNS and "." in name:
            raise NotRead(f"it holds the name {name}")
        if not self.is_next("(", tight=True):
            return _Atom(SIGNS[name] + " " if name in SIGNS else name)
        shown = SIGNS[name] if name in SIGNS else f"\\operatorname{{{name}}}" if name.isascii() else name
        return _Atom(f"{shown} {self.atom().words}")  # `exp(-x)/2` is a fraction of the whole

    def call(self, name: str) -> _Atom | None:
        """A function that Typst draws; None if the bracket is only that of an argument, as in `sin(x)`."""
        if name not in _CALLS and name not in COMMANDS and name not in AROUND and name not in BARE:
            return None
        self.at += 1
        rows, keys = self.arguments(name)
        flat = [cell for row in rows for cell in row]
        if name in _CALLS:
            return _Atom(_CALLS[name](rows, flat, keys))
        if len(flat) != 1 and not (name in BARE and flat):
            raise NotRead(f"{name} does not have one part")
        if name in AROUND:
            return _Atom(f"{AROUND[name][0]}{flat[0]}{AROUND[name][1]}")
        return _Atom(f"{COMMANDS[name]}{{{flat[0]}}}" if name in COMMANDS else ", ".join(flat))

    def draw(self, name: str) -> _Atom:
        """A function of the file's own, with what it is given in place of its names."""
        self.at += 1
        rows, _ = self.arguments(name)
        given = [cell for row in rows for cell in row]
        names, body = self.drawn[name]
        if len(given) != len(names):
            raise NotRead(f"{name} is given another number of parts than it has")
        inner = _Parser(body, {**self.known, **dict(zip(names, given, strict=True))}, self.drawn, self.depth + 1)
        words = inner.row(())
        if len(words) > LONGEST:
            raise NotRead(f"{name} grows too long")
        return _Atom(_together(words.strip()), words.strip())

    def arguments(self, name: str) -> tuple[list[list[str]], dict[str, str]]:
        """Rows of a call, divided by semicolons, and what is said by keys."""
        rows: list[list[str]] = [[]]
        keys: dict[str, str] = {}
        while self.peek() is not None and not self.is_next(")"):
            start = self.at
            key = self._key()
            words = self.row((",", ";", ")")).strip()
            if key:
                keys[key] = "".join(token.text for token in self.tokens[start + 2 : self.at])
            elif words or self.is_next(",") or self.is_next(";"):
                rows[-1].append(words)
            if self.is_next(";"):
                rows.append([])
            if self.is_next(",") or self.is_next(";"):
                self.at += 1
        if not self.is_next(")"):
            raise NotRead(f"the bracket of {name} is never closed")
        self.at += 1
        return [row for row in rows if row], keys

    def _key(self) -> str:
        token, colon = self.peek(), "".join(other.text for other in self.tokens[self.at + 1 : self.at + 2])
        if token is not None and token.text in ("delim", "augment", "gap", "size", "align") and colon == ":":
            self.at += 2
            return token.text
        return ""


_ONE = re.compile(r"[A-Za-z](?:_\{\w+\})?(?:\[[^\[\]]*\])?|\\[dt]?frac\{.*\}\{[^{}]*\}", re.DOTALL)


def _together(words: str) -> str:
    """Words that something else is said of, in braces where they are not one piece: `partial #a` of `X[i,j]`."""
    return words if _ONE.fullmatch(words) else f"{{{words}}}"


def _bare(atom: _Atom) -> str:
    return (atom.words if atom.inner is None else atom.inner).strip()


def _base(atom: _Atom) -> str:
    words = atom.words.strip()
    simple = len(words) <= 1 or re.fullmatch(
        r"\\[A-Za-z]+|[(\[].*[)\]]|\d+(?:\.\d+)?|\\?\w+ ?\(.*\)|\w+", words, re.DOTALL
    )
    return words if simple else f"{{{words}}}"


def _escaped(sign: str) -> str:
    return f"\\{sign}" if sign in "{}%" else sign


_Rows = list[list[str]]
_DELIMITERS = {
    '"["': ("[", "]"), '"("': ("(", ")"), '"|"': ("|", "|"), '"{"': ("\\{", "\\}"), '"||"': ("\\|", "\\|"),
    "#none": (".", "."), "none": (".", "."), "": ("(", ")"),
}  # fmt: skip


def _matrix(rows: _Rows, flat: list[str], keys: dict[str, str]) -> str:
    if keys.get("delim", "") not in _DELIMITERS or "augment" in keys:
        raise NotRead("it has a matrix with other brackets")
    opening, closing = _DELIMITERS[keys.get("delim", "")]
    body = " \\\\ ".join(" & ".join(row) for row in rows)
    return f"\\left{opening}\\begin{{matrix}}{body}\\end{{matrix}}\\right{closing}"


def _column(rows: _Rows, flat: list[str], keys: dict[str, str]) -> str:
    return _matrix([[cell] for cell in flat], flat, keys)


def _cases(rows: _Rows, flat: list[str], keys: dict[str, str]) -> str:
    return "\\begin{cases}" + " \\\\ ".join(flat) + "\\end{cases}"


def _pair(command: str) -> Callable[[_Rows, list[str], dict[str, str]], str]:
    def write(rows: _Rows, flat: list[str], keys: dict[str, str]) -> str:
        if len(flat) != 2:
            raise NotRead(f"{command[1:]} does not have two parts")
        return f"{command}{{{flat[0]}}}{{{flat[1]}}}"

    return write


def _root(rows: _Rows, flat: list[str], keys: dict[str, str]) -> str:
    if len(flat) not in (1, 2):
        raise NotRead("root does not have two parts")
    return f"\\sqrt{{{flat[0]}}}" if len(flat) == 1 else f"\\sqrt[{flat[0]}]{{{flat[1]}}}"


def _operator(rows: _Rows, flat: list[str], keys: dict[str, str]) -> str:
    found = re.fullmatch(r"\\text\{([A-Za-z ]{1,20})\}", flat[0]) if len(flat) == 1 else None
    if found is None:
        raise NotRead("an operator has no name")
    return f"\\operatorname{{{found[1].replace(' ', '')}}} "


def _refused(rows: _Rows, flat: list[str], keys: dict[str, str]) -> str:
    raise NotRead("it holds signs above and below each other")


_CALLS: dict[str, Callable[[_Rows, list[str], dict[str, str]], str]] = {
    "frac": _pair("\\frac"), "binom": _pair("\\binom"), "root": _root, "vec": _column, "mat": _matrix, "cases": _cases,
    "op": _operator,
} | dict.fromkeys(
    "underbrace overbrace underbracket overbracket attach class accent underparen overparen".split(), _refused
)  # fmt: skip
_TAKES: dict[str, Callable[[_Parser, _Token], _Atom]] = {
    "text": _Parser.text, "line": _Parser.line, "escape": _Parser.escape, "code": _Parser.code, "short": _Parser.short,
    "letter": _Parser.letter, "sign": _Parser.sign, "name": _Parser.name,
}  # fmt: skip
