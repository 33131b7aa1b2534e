"""Cuts LaTeX and plain text into one stream of tokens, each with its place in the source."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping

from grader.maths import signs
from grader.model.documents import Block
from grader.reference.functions import WRITTEN_FUNCTIONS, find_function

# Kinds: num, name, func, word, op, rel, open, close, group (a TeX brace), endgroup, sep, dots, frac, sqrt,
# reduce, partial, nabla, arrow, amp, row, line (a line or TeX row ends), edge (mathematics begins or ends),
# stop (a sentence ends), break (a block ends), matrix, endmatrix, bar.


class Token:
    """One token; `start` and `stop` are offsets into the source."""

    __slots__ = ("kind", "maths", "spaced", "start", "stop", "text", "weak")

    def __init__(self, kind: str, text: str, start: int, stop: int, maths: bool, spaced: bool) -> None:
        self.kind, self.text, self.start, self.stop = kind, text, start, stop
        self.maths = maths  # stands between mathematics delimiters
        self.spaced = spaced  # blanks stand before it
        self.weak = False  # a lone letter in prose: a name only if what follows says so

    def __repr__(self) -> str:
        return f"{self.kind}:{self.text}"


Names = Mapping[str, int]  # every declared name and its number of axes

_DERIVATIVE = r"(?<![A-Za-z])(?:∂|d)\s?(?P<top>[A-Za-z])\s?/\s?(?:∂|d)\s?(?P<low>[A-Za-z](?:_?[0-9₀-₉]+)?)(?![A-Za-z])"
_COMMAND = r"\\(?P<command>[A-Za-z]+|.)"
_GROUPED = r"\d{1,3}(?:,\d{3})+(?![\d,])(?!\.\d+,)(?:\.\d+)?"
_PLAIN = r"\d+(?:\.\d+)?|\.\d+"

_TEXT = re.compile(
    rf"""(?P<space>[\s\u200b\u00a0]+)
    |(?P<label>\d+(?:st|nd|rd|th)\b|\d+-?[dD]\b|\d+-(?:[A-Za-z]{{2,}}))
    |(?P<grouped>(?<![\d.,]){_GROUPED}|(?<![\d.,])\d{{1,3}}(?:[\ \u00a0\u202f\u2009]\d{{3}})+(?![\d.,]?\d)
        |(?<![\d.,])\d{{1,3}}(?:\.\d{{3}}){{2,}}(?![\d.]))
    |(?P<num>(?:{_PLAIN})(?:[eE][+-]?\d+(?![A-Za-z]))?)
    |(?P<cross>(?<=[\d)])[xX](?=[\d(]))
    |(?P<derivative>{_DERIVATIVE})
    |(?P<word>[A-Za-z\u00c0-\u00d6\u00d8-\u00f6\u00f8-\u024f]+(?:['’-](?=[A-Za-z]{{2,}})[A-Za-z]+)*(?:_(?=[A-Za-z0-9])[A-Za-z0-9]+)*[0-9₀-₉]*'*)
    |(?P<sup>[⁰¹²³⁴⁵⁶⁷⁸⁹]+)
    |(?P<sub>[ᵢⱼₖₗₘₙₚₛₜ₀₁₂₃₄₅₆₇₈₉]+)
    |(?P<cjk>[\u3040-\u30ff\u3400-\u9fff\uac00-\ud7af]+)
    |(?P<three>==>|-->)|(?P<two><=|>=|!=|==|:=|=<|=>|->|\*\*|\.\.\.|\.\.)
    |{_COMMAND}
    |(?P<one>.)""",
    re.VERBOSE | re.DOTALL,
)
_MATHS = re.compile(
    rf"""(?P<space>(?:[\s~\u200b\u00a0]|\\[,;:!\ >])+)
    |(?P<grouped>\d{{1,3}}(?:(?:\{{,\}}|\\,|,)\d{{3}})+(?![\d,]))
    |(?P<num>(?:{_PLAIN})(?:[eE][+-]?\d+(?![A-Za-z]))?)
    |(?P<word>[A-Za-z]+[₀-₉]*)
    |(?P<sup>[⁰¹²³⁴⁵⁶⁷⁸⁹]+)
    |(?P<cjk>[\u3040-\u30ff\u3400-\u9fff\uac00-\ud7af]+)
    |(?P<two><=|>=|!=|==|:=|=<|=>|->|\*\*|\.\.\.|\.\.)
    |\\\\(?P<newline>(?:\[[^\]]*\])?)
    |{_COMMAND}
    |(?P<one>.)""",
    re.VERBOSE | re.DOTALL,
)
_ARGUMENT = re.compile(r"\s*\{([^{}]*)\}")
_ACCENTED = re.compile(r"\s*(?:\{\s*\\?([A-Za-z]+)\s*\}|\\?([A-Za-z]))")
_SET_FOLLOWS = re.compile(r"\s*\$?\s*(?:\\?\{|\[)")
_CALL_FOLLOWS = re.compile(r"\s*(?:\\left|\\[bB]igg?l?|\\[,;!])*\s*['′]*\s*\(")
_FUNCTION_FOLLOWS = re.compile(r"\s*(?:[(\[{_^⌈⌊\d\\|'′]|over\b)")
_CROSS_FOLLOWS = re.compile(r"\s*[\dA-Za-z(⌈⌊\\$]")


class Lexer:
    """Cuts runs of text and mathematics into tokens.

    `names` are the declared names: a run of letters is one name if it is declared, and is cut into declared
    names and single letters if not. `grouping` allows `5,133,600` to be one number outside brackets.
    """

    def __init__(self, names: Names, grouping: bool = True, prose: bool = True) -> None:
        self.names = names
        self.grouping = grouping
        self.prose = prose  # False in a rubric's expressions: every word is a name
        self.tokens: list[Token] = []
        self.boxes: list[int] = []  # where a boxed answer begins
        self._matrices: list[bool] = []  # open environments: is it a matrix?
        self._spaced = False
        self._depth = 0

    def blocks(self, blocks: Iterable[Block]) -> list[Token]:
        """Tokens of an answer. Blocks end with `break`, their lines with `line`, mathematics has edges."""
        for block in blocks:
            for run in block.runs:
                start = run.span.start
                if run.kind in ("math", "display"):
                    self._add("edge", "", start, start, True)
                    self.maths(run.text, start)
                    self._matrices.clear()
                    self._add("edge", "", run.span.stop, run.span.stop, True)
                elif run.kind == "code":
                    self._lines(run.text, start)
                elif run.kind == "break":
                    self._add("line", "", start, start, False)
                elif run.kind == "cell":
                    self._add("sep", ";", start, start, False)
                elif run.kind == "image":
                    self._add("word", "picture", start, run.span.stop, False)
                elif len(run.text) == run.span.stop - start:
                    self.text(run.text, start)
                else:  # an escape or an entity: one character that stands for several
                    self.text(run.text, start, run.span.stop)
            self._add("break", "", block.span.stop, block.span.stop, False)
            self._depth = 0
        return self.tokens

    def _lines(self, text: str, start: int) -> None:
        for line in text.splitlines(keepends=True):
            self.text(line, start)
            self._add("line", "", start + len(line.rstrip("\n")), start + len(line), False)
            start += len(line)

    def _add(self, kind: str, text: str, start: int, stop: int, maths: bool) -> Token:
        token = Token(kind, text, start, stop, maths, self._spaced)
        self.tokens.append(token)
        self._spaced = False
        if kind == "open":
            self._depth += 1
        elif kind == "close":
            self._depth = max(0, self._depth - 1)
        return token

    # -- plain text ------------------------------------------------------------------------------------

    def text(self, text: str, offset: int = 0, whole_stop: int | None = None) -> list[Token]:
        """Tokens of plain text; `whole_stop` is set when all of it stands for one stretch of the source."""
        at = 0
        while at < len(text):
            found = _TEXT.match(text, at)
            assert found is not None  # the last alternative takes any character
            kind, start, at = found.lastgroup or "", found.start(), found.end()
            if kind == "grouped" and not (self.grouping and self._depth == 0):
                found = re.compile(r"\d+").match(text, start)
                assert found is not None
                kind, at = "num", found.end()
            place = (offset + start, offset + at) if whole_stop is None else (offset, whole_stop)
            at = self._text_token(kind, found, text, at, place)
        return self.tokens

    def _text_token(self, kind: str, found: re.Match[str], text: str, at: int, place: tuple[int, int]) -> int:
        word, (start, stop) = found.group(), place
        if kind == "space":
            self._spaced = True
        elif kind in ("label", "cjk"):
            self._add("word", word, start, stop, False)
        elif kind == "grouped":
            whole, point, rest = word.partition(".") if word.count(".") == 1 else (word, "", "")
            self._add("num", re.sub(r"\D", "", whole) + point + rest, start, stop, False)
        elif kind == "num":
            self._add("num", word, start, stop, False)
        elif kind == "cross":
            self._add("op", "×", start, stop, False)
        elif kind in ("derivative", "low", "top"):
            low = found["low"].replace("_", "").translate(signs.SUBSCRIPT_DIGITS)
            self._add("name", f"d{found['top']}/d{low}", start, stop, False)
        elif kind == "word":
            self._text_word(word, text, at, place)
        elif kind == "sup":
            self._superscript(word, start, stop, False)
        elif kind == "sub":
            plain = word.translate(signs.SUBSCRIPT_LETTERS).translate(signs.SUBSCRIPT_DIGITS)
            self._add("op", "_", start, start, False)
            self._add("num" if plain.isdigit() else "name", plain, start, stop, False)
        elif kind == "command":
            return self._command(found["command"], text, at, start, False, start - found.start())
        else:
            self._sign(word, start, stop, False, text[at : at + 1])
        return at

    def _text_word(self, word: str, text: str, at: int, place: tuple[int, int]) -> None:
        name = self.canonical(word)
        if word in ("x", "X") and self._is_cross(text, at):
            self._add("op", "×", *place, False)
        elif self.prose and word.lower() in signs.NUMBER_WORDS:
            self._add("num", signs.NUMBER_WORDS[word.lower()], *place, False).weak = True
        elif name in self.names and not (name in ("a", "A", "I") and text[at : at + 1] == " " and self.prose):
            self._add("name", name, *place, False).weak = len(word) == 1 and self.prose
        elif word in signs.REDUCERS and _FUNCTION_FOLLOWS.match(text, at):
            self._add("reduce", signs.REDUCERS[word], *place, False)
        elif word == "in" and _SET_FOLLOWS.match(text, at):
            self._add("rel", "in", *place, False)
        elif self._is_function(word) and _FUNCTION_FOLLOWS.match(text, at):
            self._add("func", find_function(word) or word, *place, False)
        elif not self.prose:
            self._add("name", name, *place, False)
        elif len(word.rstrip("'").translate(signs.SUBSCRIPT_DIGITS).rstrip("0123456789_")) == 1 or (
            len(word) <= 6 and re.match(r"[\[=]|\s*=\s*[\d(\[]", text[at : at + 6])
        ):
            self._add("name", name, *place, False).weak = True
        elif len(word) <= 3 and not self._spaced and self._after_number() and self._split(word) is not None:
            for piece, begin, end in self._split(word) or ():
                self._add("name", piece, place[0] + begin, place[0] + end, False)
        else:
            self._add("word", word, *place, False)

    def _is_function(self, word: str) -> bool:
        """In prose, "shape (5, 4)" and "mean" are words; a rubric may call every function."""
        name = find_function(word)
        return name is not None and (not self.prose or name in WRITTEN_FUNCTIONS)

    def _after_number(self) -> bool:
        return bool(self.tokens) and self.tokens[-1].kind in ("num", "op", "close") and not self._spaced

    def _is_cross(self, text: str, at: int) -> bool:
        if not self.tokens or not _CROSS_FOLLOWS.match(text, at):
            return False
        last = self.tokens[-1]
        if last.kind == "edge":  # "46 x $62$"
            last = self.tokens[-2] if len(self.tokens) > 1 else last
        digit_follows = text[at : at + 2].strip()[:1].isdigit()
        spaced_alike = self._spaced == text[at : at + 1].isspace()
        return (last.kind in ("num", "close") and (digit_follows or spaced_alike)) or (
            last.kind == "name" and self._spaced and spaced_alike
        )

    # -- mathematics -----------------------------------------------------------------------------------

    def maths(self, text: str, offset: int = 0) -> list[Token]:
        """Tokens of LaTeX."""
        at = 0
        while at < len(text):
            found = _MATHS.match(text, at)
            assert found is not None
            kind, start, at = found.lastgroup or "", found.start(), found.end()
            if (
                kind == "grouped"
                and "," in found.group().replace("{,}", "")
                and not (self.grouping and self._depth == 0)
            ):
                found = re.compile(r"\d+").match(text, start)
                assert found is not None
                kind, at = "num", found.end()
            at = self._maths_token(kind, found, text, at, offset)
        return self.tokens

    def _maths_token(self, kind: str, found: re.Match[str], text: str, at: int, offset: int) -> int:
        word, start, stop = found.group(), offset + found.start(), offset + at
        if kind == "space":
            self._spaced = True
        elif kind == "grouped":
            self._add("num", re.sub(r"\D", "", word), start, stop, True)
        elif kind == "num":
            self._add("num", word, start, stop, True)
        elif kind == "word":
            self._maths_word(word, start)
        elif kind == "cjk":
            self._add("word", word, start, stop, True)
        elif kind == "sup":
            self._superscript(word, start, stop, True)
        elif kind == "newline":
            self._add("row" if self._matrices and self._matrices[-1] else "line", "", start, stop, True)
        elif kind == "command":
            return self._command(found["command"], text, at, start, True, offset)
        elif word in "{}":
            self._add("group" if word == "{" else "endgroup", word, start, stop, True)
        elif word == "&":
            if self._matrices and self._matrices[-1]:
                self._add("amp", "&", start, stop, True)
        else:
            self._sign(word, start, stop, True, text[at : at + 1])
        return at

    def _maths_word(self, word: str, start: int) -> None:
        place = (start, start + len(word))
        name = self.canonical(word)
        if name in self.names:
            self._add("name", name, *place, True)
        elif len(word) > 1 and word in signs.REDUCERS:
            self._add("reduce", signs.REDUCERS[word], *place, True)
        elif len(word) > 1 and self._is_function(word):
            self._add("func", find_function(word) or word, *place, True)
        elif len(word) >= 3 and self._split(word) is None:
            self._add("word", word, *place, True)
        else:
            for piece, begin, end in self._split(word) or self._letters(word):
                self._add("name", piece, start + begin, start + end, True)

    def _letters(self, word: str) -> list[tuple[str, int, int]]:
        return [(letter, k, k + 1) for k, letter in enumerate(word)]

    def _split(self, word: str) -> list[tuple[str, int, int]] | None:
        """A run of letters as declared names, longest first; None if some of it is not declared."""
        pieces, at = [], 0
        while at < len(word):
            for stop in range(len(word), at, -1):
                if word[at:stop] in self.names:
                    pieces.append((word[at:stop], at, stop))
                    at = stop
                    break
            else:
                return None
        return pieces

    # -- both ------------------------------------------------------------------------------------------

    def canonical(self, word: str) -> str:
        """The one spelling of a name: `k_1`, `k₁` and `k1` are `k1`; `C_in` is `Cin` if that is declared."""
        word = word.translate(signs.SUBSCRIPT_DIGITS)
        joined = word.replace("_", "")
        if joined in self.names:
            return joined
        head, _, tail = word.partition("_")
        return head + tail if tail.isdigit() else word

    def _superscript(self, word: str, start: int, stop: int, maths: bool) -> None:
        self._add("op", "^", start, start, maths)
        self._add("num", word.translate(signs.SUPERSCRIPT_DIGITS), start, stop, maths)

    def _command(self, name: str, text: str, at: int, start: int, maths: bool, offset: int) -> int:
        """One LaTeX command; returns where to read on, in `text`."""
        stop = offset + at
        if name in signs.TEXT_COMMANDS or name in signs.ACCENTS or name in ("begin", "end"):
            return self._command_with_argument(name, text, at, start, maths, offset)
        if name in signs.STYLES:
            if name in ("boxed", "fbox", "framebox"):
                self.boxes.append(start)
            if name in ("left", "right") and text[at : at + 1] == ".":
                return at + 1
            argument = _ARGUMENT.match(text, at) if name in signs.WITH_SETTING else None
            return argument.end() if argument else at
        if name == "\\":
            self._add("row" if self._matrices and self._matrices[-1] else "line", "", start, stop, maths)
        elif name in ("quad", "qquad"):
            self._add("sep", ";", start, stop, maths)
        elif name in signs.SPACES:
            self._spaced = True
        elif name in ("frac", "dfrac", "tfrac", "cfrac"):
            self._add("frac", name, start, stop, maths)
        elif name == "sqrt":
            self._add("sqrt", name, start, stop, maths)
        elif name in signs.PARTIALS:
            self._add("partial", name, start, stop, maths)
        elif name == "nabla":
            self._add("nabla", name, start, stop, maths)
        elif name in signs.REDUCERS:
            self._add("reduce", signs.REDUCERS[name], start, stop, maths)
        elif name in ("top", "intercal"):
            self._add("name", "⊤", start, stop, maths)
        elif (
            name not in self.names
            and find_function(name)
            and (name not in signs.GREEK or _CALL_FOLLOWS.match(text, at))
        ):
            self._add("func", find_function(name) or name, start, stop, maths)
        elif name in signs.NUMBER_SETS:
            self._add("name", signs.NUMBER_SETS[name], start, stop, maths)
        elif name in signs.GREEK:
            self._add("name", name, start, stop, maths)
        elif name in ("{", "}"):
            self._add("open" if name == "{" else "close", name, start, stop, maths)
        elif name in ("_", "%", "&", "$", "#"):
            self._add("op" if name in "_%" else "word", name, start, stop, maths)
        else:
            self._sign(name, start, stop, maths, "", command=True)
        return at

    def _command_with_argument(self, name: str, text: str, at: int, start: int, maths: bool, offset: int) -> int:
        if name in signs.ACCENTS:
            accented = _ACCENTED.match(text, at)
            if accented is None:
                self._add("word", "\\" + name, start, offset + at, maths)
                return at
            letter = accented[1] or accented[2]
            self._add("name", f"{letter}_{name}", start, offset + accented.end(), maths)
            return accented.end()
        argument = _ARGUMENT.match(text, at)
        if argument is None:
            if name in ("begin", "end"):
                self._add("word", "\\" + name, start, offset + at, maths)
            return at
        if name in ("begin", "end"):
            self._environment(name, argument[1].rstrip("*"), start, offset + argument.end(), maths)
            columns = _ARGUMENT.match(text, argument.end()) if name == "begin" and argument[1] == "array" else None
            return (columns or argument).end()
        words = Lexer(self.names, self.grouping)
        words.text(argument[1], offset + argument.start(1))
        for token in words.tokens:
            token.maths = token.maths or maths
            token.weak = False
            self.tokens.append(token)
        self._spaced = True
        return argument.end()

    def _environment(self, command: str, name: str, start: int, stop: int, maths: bool) -> None:
        matrix = name in signs.MATRIX_ENVIRONMENTS
        if command == "begin":
            self._matrices.append(matrix)
        elif self._matrices:
            self._matrices.pop()
        if matrix:
            self._add("matrix" if command == "begin" else "endmatrix", name, start, stop, maths)
        elif name == "cases":
            self._add("word", "\\cases", start, stop, maths)

    def _sign(self, sign: str, start: int, stop: int, maths: bool, after: str, command: bool = False) -> None:
        if not maths and sign in "!'’′" and not self._is_postfix(sign, after):
            self._add("stop" if sign == "!" else "word", sign, start, stop, maths)
            return
        for kind, table in (("open", signs.OPENING), ("close", signs.CLOSING), ("op", signs.OPERATORS),
                            ("rel", signs.RELATIONS), ("sep", signs.SEPARATORS)):  # fmt: skip
            if sign in table:
                self._add(kind, table[sign], start, stop, maths)
                return
        if sign in signs.GREEK_GLYPHS:
            self._glyph(signs.GREEK_GLYPHS[sign], start, stop, maths, after)
        elif sign in signs.ARROWS:
            self._add("arrow", sign, start, stop, maths)
        elif sign in signs.DOTS:
            self._add("dots", ".." if sign == ".." else "...", start, stop, maths)
        elif sign in signs.REDUCERS:
            self._add("reduce", signs.REDUCERS[sign], start, stop, maths)
        elif sign in signs.PARTIALS:
            self._add("partial", sign, start, stop, maths)
        elif sign == "∇":
            self._add("nabla", sign, start, stop, maths)
        elif sign == "√":
            self._add("sqrt", sign, start, stop, maths)
        elif sign == "⊤":
            self._add("name", sign, start, stop, maths)
        elif sign in "|∣" or sign in ("vert", "mid", "lvert", "rvert"):
            self._add("bar", "|", start, stop, maths)
        elif sign in ".。?!" and not command:
            self._add("stop", sign, start, stop, maths)
        elif sign == "\n":
            self._add("line", "", start, stop, maths)
        elif not (sign in '"“”`$' and not maths):
            self._add("word", "\\" + sign if command else sign, start, stop, maths)

    def _is_postfix(self, sign: str, after: str) -> bool:
        """In prose, `!` ends a sentence and `'` is a quotation mark unless the place says otherwise."""
        last = self.tokens[-1] if self.tokens else None
        if last is None or self._spaced or last.kind not in ("num", "name", "func", "close"):
            return False
        return after[:1] in tuple("*/+-)=(×·^") if sign == "!" else last.kind != "num"

    def _glyph(self, name: str, start: int, stop: int, maths: bool, after: str) -> None:
        kind = "func" if name not in self.names and find_function(name) and after[:1] in ("(", "'", "′") else "name"
        self._add(kind, (find_function(name) or name) if kind == "func" else name, start, stop, maths)
