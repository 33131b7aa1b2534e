"""One stream of tokens for LaTeX and plain text, each token with its place in the source."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from typing import Protocol

from grader.model.documents import Block, Run, Span
from grader.model.patterns import later
from grader.notation import latex, plain, signs
from grader.notation.crosses import is_point_product
from grader.notation.dialect import DECLARED, Dialect
from grader.notation.frames import without_frames
from grader.notation.numerals import number_behind
from grader.notation.printed import with_list_commas
from grader.notation.remarks import with_remark_apart
from grader.notation.respelled import as_pause
from grader.notation.spaces import MATRIX_NAMED, OF_MATRICES
from grader.notation.spellings import SIGNS
from grader.reference.functions import WRITTEN_FUNCTIONS, find_function

# Kinds: num, name, func, word, unit, op, rel, open, close, group (a TeX brace), endgroup, sep, dots, frac, binom, sqrt,
# reduce, int, lim, partial, nabla, arrow, amp, row, line (a line or TeX row ends), edge (mathematics begins or ends),
# stop (a sentence ends), break (a block ends), matrix, endmatrix, bar, mid, norm, pmod.


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


class Setting(Protocol):
    """A bool, or one that remembers whether it was asked for."""

    def __bool__(self) -> bool: ...


_FENCED = later(  # with a command of LaTeX: in `a$x + b$y` the dollars are R
    r"\$\$((?=[^$]*\\[a-z])[^$]+)\$\$|\$((?=[^$\n]*\\[a-z])[^$\n]+)\$|\\\[((?:(?!\\\]).)+)\\\]|\\\(((?:(?!\\\)).)+)\\\)",
    re.S,
)
_ABOVE = later(r"([A-Za-z]|[a-z]{2,6})(bar|hat|tilde|dot)")
_OF_ARRAY = later(r"\(\s?([A-Za-z]\w*?)(?:_[a-z]{1,2})?\s?\)")
_QUOTES = frozenset('"“”`$')  # in prose they say nothing
_TYPED = later(r"d(?P<loss>[A-Za-z])_?d(?P<low>[A-Za-z]\w*)|grad_?(?P<by>[A-Z]\w*)|grad_(?P<small>[a-z]\w*)")
_INVERTED = later(r"\s*(?:\^\s*[({]?\s*-\s*1|⁻)")
_QUOTIENT = re.compile(r"\s*(\[[^\]]*\])?\s*[/}]")
_LONGEST_NAME = 30  # letters; a longer run is no declared name
_POSTFIX = frozenset("!'’′")
_BEFORE_POSTFIX = frozenset(["num", "name", "func", "close"])
_AFTER_FACTORIAL = frozenset("*/+-)=(×·^")
_CALLS = frozenset("('′")
_SHORT = frozenset(["tr", "Tr"])
_SPELLED = {"inf": "infty", "oo": "infty", "infinity": "infty"}
_FULL_WIDTH = later("[！-～]")
_GLUED_FUNCTIONS = frozenset(["ln", "abs", "sgn"])


def _unboxed(text: str) -> str:
    if "box" not in text or "\\" not in text:
        return text
    from grader.notation.boxes import without_braces

    return without_braces(text)


def _listed(text: str) -> str:
    """The text with commas in lists that a program printed."""
    if "j" not in text or "[" not in text:
        return text
    from grader.notation.printed import with_commas

    return with_commas(text)


class Lexer:
    """Cuts runs of text and mathematics into tokens.

    `names` are the declared names: a run of letters is one name if it is declared, and is cut into declared
    names and single letters if not. `grouping` allows `5,133,600` to be one number outside brackets.
    """

    def __init__(self, names: Names, grouping: Setting = True, prose: bool = True, dialect: Dialect = DECLARED) -> None:
        self.names = names
        self.dialect = dialect
        self.grouping = grouping
        self.prose = prose  # False in a rubric's expressions: every word is a name
        self.tokens: list[Token] = []
        self.boxes: list[int] = []  # where a boxed answer begins
        self.chances: dict[str, str] = {}  # probabilities with a condition, by what is in their brackets
        self.matrices: list[bool] = []  # open environments: is it a matrix?
        self.cases = False  # the next environment holds cases, whatever its name is
        self.dotted = False  # points set thousands apart
        self.spaced = False  # blanks stand before the next token
        self.source = ""  # the text that is being cut
        self.at = 0  # where to go on in it
        self.in_maths = False
        self.depth = 0  # brackets that are open

    # -- runs ------------------------------------------------------------------------------------------

    def blocks(self, blocks: Iterable[Block]) -> list[Token]:
        """Tokens of an answer. Blocks end with `break`, their lines with `line`, mathematics has edges."""
        for block in blocks:
            for before, run in zip((None, *block.runs), block.runs, strict=False):
                ends = before is not None and "strong" in before.marks and "strong" not in run.marks
                told = run._replace(text=as_pause(run.text)) if ends and run.kind == "text" else run
                for part in with_remark_apart(told):
                    self._run(part)
            self.in_maths = False
            self.add("break", "", block.span.stop, block.span.stop)
            self.depth = 0
        return self.tokens

    def _run(self, run: Run) -> None:
        kind, start, stop = run.kind, run.span.start, run.span.stop
        self.in_maths = kind in ("math", "display")
        if self.in_maths:
            self.add("edge", "", start, start)
            self.maths(with_list_commas(run.text), start)
            self.matrices.clear()
            self.add("edge", "", stop, stop)
        elif kind == "code":
            self._fenced(run.text, start)
        elif kind == "break":
            self._line_end(start, start)
        elif kind == "cell":
            self.add("sep", ";", start, start)
        elif kind == "image":
            self.add("word", "picture", start, stop)
        elif len(run.text) == stop - start:
            self.text(_unboxed(run.text), start)
        else:  # an escape or an entity: one character that stands for several
            self.text(run.text, start, stop)

    def _fenced(self, text: str, start: int) -> None:
        """Words between fences, where some write `$\\frac{a}{b}$` as outside."""
        at = 0
        for found in _FENCED.finditer(text):
            self._lines(text[at : found.start()], start + at)
            self._run(Run("math", found[found.lastindex or 0], Span(start + found.start(), start + found.end())))
            self.in_maths, at = False, found.end()
        self._lines(text[at:], start + at)

    def _lines(self, text: str, start: int) -> None:
        for line in text.splitlines(keepends=True):
            self.text(line, start)
            self._line_end(start + len(line.rstrip("\n")), start + len(line))
            start += len(line)

    def _line_end(self, start: int, stop: int) -> None:
        """The end of a line, or the comma that is missing where a printed array goes on below."""
        below = False
        if self.depth and self.source.rstrip().endswith(("j", "j,")):
            from grader.notation.printed import goes_on_below

            below = goes_on_below(self.source)
        self.add("sep" if below else "line", "," if below else "", start, stop)

    def text(self, text: str, offset: int = 0, whole_stop: int | None = None) -> list[Token]:
        """Tokens of plain text; `whole_stop` is set when all of it stands for one stretch of the source."""
        if not text.isascii() and _FULL_WIDTH.search(text):
            text = text.translate(signs.FULL_WIDTH)
        self.source, self.at, self.in_maths = _listed(self._chanced(text)), 0, False
        plain.cut(self, offset, whole_stop)
        return self.tokens

    def maths(self, text: str, offset: int = 0) -> list[Token]:
        """Tokens of LaTeX."""
        self.source, self.at, self.in_maths = _listed(self._chanced(without_frames(text))), 0, True
        latex.cut(self, offset)
        return self.tokens

    def _chanced(self, text: str) -> str:
        if "P" in text and not self.dialect.free and "P" not in self.names:
            from grader.notation.conditions import with_chances_named as named

            return named(text, self.chances)
        return text

    def words(self, text: str, offset: int) -> None:
        """Tokens of what `\\text{...}` holds: plain text, but its letters are not doubtful as those of prose."""
        inner = Lexer(self.names, self.grouping, not self.dialect.free, self.dialect)
        for token in inner.text(text, offset):
            token.maths = token.maths or self.in_maths
            token.weak = False
            self.tokens.append(token)
        self.spaced = True

    # -- tokens ----------------------------------------------------------------------------------------

    def add(self, kind: str, text: str, start: int, stop: int) -> Token:
        """One more token."""
        token = Token(kind, text, start, stop, self.in_maths, self.spaced)
        self.tokens.append(token)
        self.spaced = False
        if kind == "open":
            self.depth += 1
        elif kind == "close":
            self.depth = max(0, self.depth - 1)
        return token

    def sign(self, sign: str, start: int, stop: int, command: bool = False) -> None:
        """One sign, or a command that is another spelling of a sign."""
        after = "" if command else self.source[self.at : self.at + 1]
        if not self.in_maths and sign in _POSTFIX and not self._is_postfix(sign, after):
            self.add("stop" if sign == "!" else "word", sign, start, stop)
            return
        if sign == "Σ" and self.dialect.free and _INVERTED.match(self.source, self.at):  # Σ^{-1} is a matrix, no sum
            self.add("name", "Sigma", start, stop)
            return
        kind, text = SIGNS.get("·" if sign == "." and is_point_product(self) else sign, ("", sign))
        number = number_behind(self, text) if kind == "greek" and after.isdecimal() and not command else None
        if number is not None:  # ε0, λ1
            self.at = number.end()
            self.add("name", text + number[0], start, stop + len(number[0]))
            return
        if kind == "greek":
            called = find_function(text) if after in _CALLS and text not in self.names else None
            self.add("func" if called else "name", called or text, start, stop)
        elif kind and not (command and kind == "stop"):
            self.add(kind, text, start, stop)
        elif self.in_maths or sign not in _QUOTES:
            self.add("word", "\\" + sign if command else sign, start, stop)

    def _is_postfix(self, sign: str, after: str) -> bool:
        """In prose, `!` ends a sentence and `'` is a quotation mark unless the place says otherwise."""
        last = self.tokens[-1] if self.tokens else None
        if not self.prose and sign == "!":
            return True
        if last is None or self.spaced:
            return False
        if self.dialect.free and sign == "'":  # y_1''
            return True
        if last.kind not in _BEFORE_POSTFIX:
            return False
        return after in _AFTER_FACTORIAL if sign == "!" else last.kind != "num"

    # -- names -----------------------------------------------------------------------------------------

    @property
    def may_group(self) -> bool:
        """Whether `5,133,600` can be one number here: inside brackets it is a list."""
        return self.depth == 0 and bool(self.grouping)

    @property
    def may_end(self) -> bool:
        """Whether a formula can end here: outside brackets, and not behind an operator."""
        return self.depth == 0 and bool(self.tokens) and self.tokens[-1].kind in _BEFORE_POSTFIX

    @property
    def in_matrix(self) -> bool:
        """Whether the innermost environment is a matrix."""
        return bool(self.matrices) and self.matrices[-1]

    def pieces(self, word: str) -> list[tuple[str, str, int, int]]:
        """A run of letters that nobody declared, cut into functions, spelled letters, constants and single letters.

        Each piece with its kind and place: `xsin` is x times a sine, `pir` is pi times r.
        """
        found, at = [], 0
        while at < len(word):
            length = next((n for n in range(min(len(word) - at, 9), 1, -1) if self._is_spelled(word[at : at + n])), 1)
            piece = word[at : at + length]
            function = find_function(piece) if length > 1 and piece not in signs.GREEK else None
            kind, text = ("func", function) if function else ("name", _SPELLED.get(piece, piece))
            found.append((kind, text, at, at + length))
            at += length
        return found

    def _is_spelled(self, piece: str) -> bool:
        if piece in signs.GREEK or piece in _SPELLED or piece in self.dialect.words:
            return True
        return len(piece) > 2 and (find_function(piece) in WRITTEN_FUNCTIONS or piece in _GLUED_FUNCTIONS)

    def canonical(self, word: str) -> str:
        """The one spelling of a name: `k_1`, `k₁` and `k1` are `k1`; `C_in` is `Cin` if that is declared."""
        word = word.translate(signs.SUBSCRIPT_DIGITS)
        joined = word.replace("_", "")
        if joined in self.names:
            return joined
        if (above := _ABOVE.fullmatch(word)) is not None and f"{above[1]}_{above[2]}" in self.names:
            return f"{above[1]}_{above[2]}"  # xbar
        head, _, tail = word.partition("_")
        return head + tail if tail.isdigit() else word

    def short_derivative(self, word: str) -> str | None:
        """`dZ`, `dJdZ`, `grad_Z` for dJ/dZ, where that is declared and dZ is not."""
        if word not in self.names and word[:1] in ("d", "g") and (typed := _TYPED.fullmatch(word)) is not None:
            if typed["loss"] is not None:
                name = f"d{typed['loss']}/d{typed['low'].replace('_', '')}"
                return name if name in self.names else None
            word = f"d{typed['by'] or typed['small']}"
        if len(word) < 2 or word[0] != "d" or word in self.names:
            return None
        last = self.tokens[-1] if self.tokens else None
        if (last is not None and (last.kind == "group" or last.text == "/")) or _QUOTIENT.match(self.source, self.at):
            return None  # half of dJ/dZ or of \\frac{dJ}{dZ}
        ending = f"/{word}"
        named = [name for name in self.names if name.endswith(ending)]
        return next((name for name in named if name[1:2] in "JL"), named[0] if named else None)  # dZ: of the loss

    def upright_derivative(self, found: re.Match[str], stop: int) -> bool:
        """Puts the name of dJ/dZ in the place of a d that stands right before Z: `\\mathrm{d}Z`."""
        if "d" in self.names or self.source[: found.start()][-1:] in ("", " "):
            return False
        last = self.tokens.pop()
        derivative = self.short_derivative(f"d{found.group()}")
        if derivative is None:
            self.tokens.append(last)
            return False
        self.add("name", derivative, last.start, stop)
        return True

    def function(self, word: str) -> str | None:
        """The function of this name. In prose, "shape (5, 4)" and "mean" are words; a rubric may call all."""
        name = find_function(word)
        if name in OF_MATRICES and (word in _SHORT and all(letter in self.names for letter in word)):
            return None  # t r (1 - r), where both are declared
        of_matrix = name in OF_MATRICES and (self.in_maths or MATRIX_NAMED.match(self.source, self.at))
        if word == "mean" and (taken := _OF_ARRAY.match(self.source, self.at)) is not None:
            of_matrix = self.names.get(taken[1], 0) > 0  # 1/mean(x)
        return name if not self.prose or name in WRITTEN_FUNCTIONS or of_matrix else None

    def split(self, word: str) -> list[tuple[str, int, int]] | None:
        """A run of letters as declared names, longest first; None if some of it is not declared."""
        pieces, at = [], 0
        while at < len(word):
            for stop in range(min(len(word), at + _LONGEST_NAME), at, -1):
                if word[at:stop] in self.names:
                    pieces.append((word[at:stop], at, stop))
                    at = stop
                    break
            else:
                return None
        return pieces
