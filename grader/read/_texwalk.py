"""Goes through the body of a LaTeX document once, from front to back, without recursion."""

from __future__ import annotations

import re
from collections.abc import Callable

from grader.model.documents import Note, Span
from grader.read import _textables as tables
from grader.read._macros import Macros
from grader.read._texblocks import Blocks
from grader.read._texcode import Listing
from grader.read._texcommands import drop, find_command, options, settings
from grader.read._texlabels import is_label, plain
from grader.read._texlists import Numbering
from grader.read._texpairs import Pairs

_TOKEN = re.compile(
    r"\\(?P<side>begin|end)\s?\{(?P<name>[^{}\n]{1,40})\}"
    r"|\\(?P<verb>verb\*?|lstinline(?:\[[^\]\n]*\])?)(?P<bar>[^A-Za-z\s*{])(?P<inside>[^\n]*?)(?P=bar)"
    r"|\\(?P<command>[A-Za-z@]+)\*?"
    r"|\\(?P<sign>.)"
    r"|(?P<dollar>\$\$?)"
    r"|(?P<brace>[{}])"
    r"|(?P<space>\n\s*+)"
    r"|(?P<amp>&)"
    r"|(?P<quote>---?|``|'')",
    re.DOTALL,
)
_BRACED = re.compile(r"\{([^{}\n]*)\}")
_LANGUAGE = re.compile(r"language\s*=\s*\{?(?:\[[^\]]*\])?(\w+)")


class Walk:
    """The tokens in order, and what is open; `exam` says that `\\part` is a part of a question."""

    def __init__(self, text: str, pairs: Pairs, literal: dict[int, int], macros: Macros, stop: int) -> None:
        self.text, self.pairs, self.literal, self.macros, self.stop = text, pairs, literal, macros, stop
        self.blocks = Blocks(text)
        self.exam = False
        self.theorems: dict[str, str] = {}
        self.listings: dict[str, Listing] = {}
        self.opened: list[tuple[int, Callable[[], None]]] = []  # environments: where they end, and what then
        self.numbering = Numbering(self.blocks, macros)
        self.tables: list[int] = []
        self.skipped: dict[int, int] = {}  # branches of conditions that are not read: from each \\else to its end

    def run(self, at: int) -> None:
        """Everything from `at` to the end of the body."""
        self._go(at, self.stop)
        self._reach(len(self.text) + 1)
        self.blocks.flush()

    def _go(self, at: int, stop: int) -> int:
        while at < stop:
            token = _TOKEN.search(self.text, at, stop)
            if token is None:
                break
            self.blocks.words(at, token.start())
            self._reach(token.start())
            at = self._take(token)
            self._reach(at - 1)
        if at < stop:
            self.blocks.words(at, stop)
        return max(at, stop)  # a formula may go on behind it

    def inner_end(self) -> int:
        """Where the innermost brace or environment ends that is open."""
        stops = [frame.stop for frame in self.blocks.frames[-1:]] + [stop for stop, _ in self.opened[-1:]]
        return min([*stops, self.stop])

    def _reach(self, at: int) -> None:
        self.blocks.reach(at)
        while self.opened and self.opened[-1][0] <= at:
            self.opened.pop()[1]()

    def _take(self, token: re.Match[str]) -> int:
        start, stop = token.span()
        blocks = self.blocks
        if token["side"]:
            return self._environment(token) if token["side"] == "begin" else self._end(stop)
        if token["verb"]:
            blocks.add("code", token["inside"], *token.span("inside"))
        elif token["command"]:
            return find_command(token["command"])(self, token["command"], start, stop)
        elif token["sign"]:
            return self._sign(token["sign"], start, stop)
        elif token["dollar"]:
            return self._dollar(start, stop)
        elif token["space"]:
            self._space(start, stop)
        elif token["amp"]:
            if self.tables:
                blocks.cell(start, stop)
            else:
                blocks.words(start, stop)
        elif token["quote"]:
            blocks.print(tables.QUOTES[token["quote"]], start, stop)
        elif token["brace"] == "{" and (close := self.pairs.brace_end(start)) >= 0:
            blocks.open(close)
        return stop

    def _end(self, stop: int) -> int:
        self.blocks.close("row" if self.tables else "paragraph")
        return stop

    def _space(self, start: int, stop: int) -> None:
        if self.text.count("\n", start, stop) > 1 and not self.tables:
            self.blocks.close()
        else:
            self.blocks.line(start, stop)

    def _sign(self, sign: str, start: int, stop: int) -> int:
        if sign in tables.SIGNS:
            self.blocks.glue(sign, start, stop)
        elif sign in "([":
            return self._formula("math" if sign == "(" else "display", {"(": ")", "[": "]"}[sign], start, stop)
        elif sign in tables.ACCENTS or sign == "\\":
            return find_command(sign)(self, sign, start, stop)
        elif sign == "," and self.text[start - 1 : start].isdigit():  # 1\,820 is one number
            self.blocks.glue(" ", start, stop)
        elif sign in tables.SPACES:
            self.blocks.print(" ", start, stop)
        elif sign not in "-@])":
            self.blocks.words(start, stop)
        return stop

    # -- formulas ------------------------------------------------------------------------------------------

    def _dollar(self, start: int, stop: int) -> int:
        if stop - start == 1:
            return self._formula("math", "$", start, stop)
        close = self.pairs.next("$", stop)
        while self.text[close : close + 2] == "$" or (close < self.stop and self.text[close + 1 : close + 2] != "$"):
            close = self.pairs.next("$", close + 1)
        return self._displayed(start, stop, close, 2)

    def _formula(self, kind: str, closer: str, start: int, stop: int) -> int:
        close = self.pairs.next(closer, stop)
        if kind == "display":
            return self._displayed(start, stop, close, 2)
        limit = min(self.pairs.next("blank", start), self.pairs.next("wall", start))
        width = 1 if closer == "$" else 2
        if close < limit:
            self.blocks.add("math", self.text[stop:close], stop, close)
            return close + width
        self.blocks.notes.append(Note("unclosed-math", Span(start, stop)))
        if closer == "$":
            self.blocks.words(start, stop)
        return stop

    def _displayed(self, start: int, stop: int, close: int, width: int) -> int:
        wall = self.pairs.next("wall", start)
        if close < min(wall, self.stop):
            self.blocks.add("display", self.text[stop:close], stop, close)
            return close + width
        return self._unclosed(start, stop, stop)

    def _unclosed(self, start: int, stop: int, inside: int) -> int:
        """A formula that nothing closes ends at the next blank line, heading or item."""
        end = min(self.pairs.next("blank", stop), self.pairs.next("wall", stop), self.stop)
        self.blocks.notes.append(Note("unclosed-math", Span(start, end)))
        if self.text[stop:end].strip():
            self.blocks.add("display", self.text[inside:end], inside, end)
        return max(end, stop)

    # -- environments --------------------------------------------------------------------------------------

    def _environment(self, token: re.Match[str]) -> int:
        name, (start, stop) = token["name"], token.span()
        ending = self.pairs.environments.get(start)
        if start in self.literal:
            return self._code(name, stop, self.literal[start])
        if name in tables.FORMULAS:
            if ending is None or self.pairs.next("wall", start) < ending[0]:
                return self._unclosed(start, stop, start)
            kind = "math" if name == "math" else "display"
            self.blocks.add(kind, self.text[start : ending[1]], start, ending[1])
            return ending[1]
        if name in tables.PICTURES:
            end = ending[1] if ending else stop
            self.blocks.add("image", "", start, end)
            return end
        self.blocks.close("row" if self.tables else "paragraph")
        end = ending[0] if ending else self.stop
        self.blocks.open(end)
        return self._enter(name, start, stop, end)

    def _enter(self, name: str, start: int, stop: int, end: int) -> int:
        if name in tables.LISTS or name in tables.CHOICES or name in tables.PARTED or name in self.numbering.kinds:
            said, behind = settings(self, stop)
            if self.numbering.open(name, said, end):
                self.opened.append((end, self.numbering.close))
            return behind if name not in tables.SETTINGS else drop(self, behind, tables.SETTINGS[name])
        said, behind = options(self, stop)
        if name in tables.TABLES:
            self.tables.append(start)
            self.opened.append((end, self._close_table))
            return drop(self, stop, tables.TABLES[name])
        if name in tables.QUOTED:
            self.blocks.quoted += 1
            self.opened.append((end, self._close_quote))
        elif name in self.theorems or name in tables.PROBLEMS:
            return self._problem(name, start, stop)
        elif name in tables.SOLUTIONS:
            self.blocks.print("Solution: ", start, stop)
            return drop(self, behind, 1) if name == "solutionorbox" else behind
        elif name == "thebibliography":
            self.blocks.print("References", start, stop)
            self.blocks.close("heading", 2)
        return drop(self, behind, tables.SETTINGS.get(name, 0))

    def _code(self, name: str, start: int, end: int) -> int:
        stop = self.text.rindex("\\end", 0, end)
        said, begin = options(self, start)
        language, listing = _LANGUAGE.search(said), self.listings.get(name, Listing())
        info = language[1].lower() if language else listing.language
        for _ in range(listing.arguments):
            given = _BRACED.match(self.text, begin)
            begin = given.end() if given is not None else begin
        if name == "minted" and (language := _BRACED.match(self.text, begin)):
            info, begin = language[1], language.end()
        begin += self.text.startswith("\n", begin)
        self.blocks.code(begin, max(begin, stop - self.text.startswith("\n", stop - 1)), info)
        return end

    def _problem(self, name: str, start: int, stop: int) -> int:
        """`\\begin{problem}{2}`, `\\begin{exercise}[3.1]`, or counted."""
        word = self.theorems.get(name, tables.PROBLEMS.get(name, ""))
        said, at = options(self, stop)
        if word.casefold().strip() not in tables.PROBLEM_WORDS:  # a theorem, a lemma
            return at
        given = ""
        if name not in self.theorems:
            after = drop(self, at, 1)
            given = plain(self.text[at:after])
            given, at = (given, after) if is_label(given) and any(map(str.isdigit, given)) else ("", at)
        said = plain(said)
        if not given and said[:1].isdigit() and name not in self.theorems:
            given, said = said, ""
        if not given and name not in self.theorems and any(map(str.isdigit, said)):
            self.blocks.print(said, start, stop)
        else:
            number = self.numbering.next(name)
            self.blocks.print(f"{said if given and said else word} {given or number}", start, stop)
        self.blocks.close("heading", 2)
        return at

    def _close_table(self) -> None:
        self.row(self.blocks.runs[-1].span.stop if self.blocks.runs else 0, 0)
        self.tables.pop()

    def row(self, start: int, stop: int) -> None:
        """A row of a table ends; one that holds nothing is none."""
        if any(run.text.strip() or run.kind == "image" for run in self.blocks.runs):
            if self.blocks.runs[-1].kind != "cell":
                self.blocks.cell(start, max(start, stop))
            self.blocks.close("row")
        else:
            self.blocks.runs = []

    def _close_quote(self) -> None:
        self.blocks.quoted -= 1

    def item(self, start: int, at: int) -> int:
        """An item of a list, with the label that it brings along or is counted for it."""
        if not self.numbering.lists:
            self.blocks.close()
            return at
        said, stop = options(self, at)
        if stop == at:
            self.numbering.item(start, at)
            return at
        if "$" not in said and is_label(plain(said)):
            self.numbering.item(start, stop, plain(said))
            return stop
        self.numbering.item(start, at, "-")
        self.blocks.marks = (marks := self.blocks.marks) | {"strong"}
        reached = self._go(self.text.index("[", at) + 1, stop - 1)
        self.blocks.marks = marks
        self.blocks.print(" ", stop - 1, stop)
        return max(stop, reached)
