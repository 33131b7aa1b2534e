"""Reads a whole string as one expression, and finds the mathematics inside an answer's prose."""

from __future__ import annotations

from collections.abc import Iterable
from functools import lru_cache

from grader.model.documents import Block
from grader.model.errors import Unreadable
from grader.model.expressions import Expr, Group, Text
from grader.model.records import NamedTuple
from grader.notation import products
from grader.notation.apart import is_glued
from grader.notation.atoms import SAYS_SHAPE
from grader.notation.cases import said_by_cases
from grader.notation.numerals import has_dotted
from grader.notation.parser import Parser
from grader.notation.recovered import value_at_end
from grader.notation.said_pairs import INDICES, pair_of_place, said_of_index
from grader.notation.tokens import Lexer, Names, Setting, Token

_TOO_DEEP, LONGEST_EXPRESSION = "this is nested too deeply to be read", 10_000  # characters of one in a rubric


def parse_expression(text: str, names: Names) -> Expr:
    """A rubric's expression; all of it must be read.

    `names` are the declared names with their numbers of axes; other words become names too, so that the
    caller can report them. Raises Unreadable with offsets into `text`.
    """
    return _parsed(text, frozenset(names.items()))


@lru_cache(maxsize=1000)
def _parsed(text: str, declared: frozenset[tuple[str, int]]) -> Expr:
    """The same words under the same names mean the same: a rubric writes many expressions more than once."""
    if len(text) > LONGEST_EXPRESSION:
        raise Unreadable("this expression is too long", 0, len(text))
    names = dict(declared)
    lexer = Lexer(names, grouping=False, prose=False)
    tokens = lexer.maths(text) if _is_latex(text) else lexer.text(text)
    parser = Parser([token for token in tokens if token.kind != "line"], names)
    parser.whole = True
    try:
        first = parser.statement()
        items = [first]
        while parser.is_next("sep", ","):
            parser.at += 1
            items.append(parser.statement())
    except RecursionError:
        raise Unreadable(_TOO_DEEP, 0, len(text)) from None
    rest = parser.peek()
    if rest is not None:
        raise Unreadable(f"`{rest.text}` cannot stand here", rest.start, rest.stop)
    return first if len(items) == 1 else Group("", tuple(items), (0, len(text)))


def _is_latex(text: str) -> bool:
    return "\\" in text or "_{" in text


class Claim(NamedTuple):
    """One piece of mathematics in an answer.

    `expr` is None where mathematics stands that cannot be read; `error` then says why. `before` are the words
    between the claim before and this one, lower case; `joined` says that nothing but a comma, "and" or a
    line end stands between the two.
    """

    expr: Expr | None
    place: tuple[int, int]
    before: str = ""
    joined: bool = False
    aside: bool = False  # inside round brackets of the prose
    boxed: bool = False
    block: int = 0
    sentence: int = 0
    error: Unreadable | None = None
    in_maths: bool = False


class Reading(NamedTuple):
    """All mathematics of an answer in order, and the words after the last piece."""

    claims: tuple[Claim, ...]
    after: str  # words after the last claim, lower case
    words: str  # all words outside mathematics, lower case

    @property
    def errors(self) -> tuple[Unreadable, ...]:
        """Mathematics that could not be read."""
        return tuple(claim.error for claim in self.claims if claim.error is not None)


def read_answer(
    blocks: Iterable[Block], names: Names, *, grouping: Setting = True, cross_separates: Setting = False
) -> Reading:
    """The mathematics in an answer, between its words."""
    lexer, blocks = Lexer(names, grouping), tuple(blocks)
    lexer.dotted = any(has_dotted(run.text) for block in blocks for run in block.runs)
    return _Finder(lexer.blocks(blocks), names, lexer.boxes, cross_separates).find()


_STARTERS = frozenset(
    "num name func open frac sqrt reduce partial nabla matrix binom int lim norm rel bar op group".split()
)
_ENDS, _TIGHT = frozenset(["edge", "line", "break", "sep", "arrow", "stop"]), frozenset("*/^+·×⊙@_")
_LEADING = frozenset(["±", "∓", "∪", "∩", "∖", "mod", "and", "or", "not", "choose", "over", "°"])
_CONNECT = frozenset(
    "at and or for with where when is are so then to from by both also if on thus hence an bei"
    " position positions place places point points pixel pixels index indices entry entries location locations".split()
)
_JOINS = frozenset(["and", "&", "or", "und", "oder", "和", "与", "或"])
_AFTER_WEAK = frozenset(["op", "rel", "open", "sep"])


_OPENS_PAIR = frozenset([  # "0 and ±2"
    ("sep", ":"), ("sep", ","), *(("word", word) for word in ("and", "or", "und", "oder", "is", "are", "roots")),
])  # fmt: skip


class _Finder:
    """Walks the tokens of an answer and collects claims and the words between them."""

    def __init__(self, tokens: list[Token], names: Names, boxes: list[int], cross_separates: Setting) -> None:
        self.parser = Parser(tokens, names, cross_separates)
        self.boxes = boxes
        self.claims: list[Claim] = []
        self.words: list[str] = []
        self.all_words: list[str] = []
        self.block = self.sentence = self.aside = 0
        self.joined = True

    def find(self) -> Reading:
        parser = self.parser
        while (token := parser.peek()) is not None:
            if not (self._may_start(token) and self._claim(token)):
                self._pass_over(parser.advance())
        return Reading(tuple(self.claims), " ".join(self.words), " ".join(self.all_words))

    def _may_start(self, token: Token) -> bool:
        if token.kind not in _STARTERS or (token.kind == "op" and token.text not in "+-" and not self._is_pair(token)):
            return False
        if token.kind == "op":
            following = self.parser.peek(1)
            return following is not None and following.kind in _STARTERS and (token.maths or not following.spaced)
        if token.kind == "name" and token.weak and not token.maths:
            return self._weak_name_counts(token)
        return True

    def _is_pair(self, token: Token) -> bool:
        """Whether `±1` stands for two numbers, first of all that is said; behind a number it is an uncertainty."""
        at = self.parser.at - 1
        while at >= 0 and self.parser.tokens[at].kind == "edge":
            at -= 1
        before = self.parser.tokens[at] if at >= 0 else None
        first = before is None or before.kind in ("break", "stop") or (before.kind, before.text) in _OPENS_PAIR
        return token.text == "±" and first

    def _weak_name_counts(self, token: Token) -> bool:
        """A lone letter in prose is mathematics if a sign, an index or a list of letters says so."""
        following = self.parser.peek(1)
        if following is None or following.kind == "break":
            return True
        if following.kind == "sep" and following.text in ",:":
            return True
        if following.text == "is" and token.text in INDICES:
            return True
        if following.kind == "open" and following.spaced:
            return False
        if following.kind == "edge":
            after = self.parser.peek(2)
            return after is not None and after.kind in ("rel", "op")
        return following.kind in _AFTER_WEAK or token.text in self.parser.names

    def _claim(self, token: Token) -> bool:
        parser, before = self.parser, self.parser.at
        try:
            expr = said_by_cases(parser, parser.statement())
        except (Unreadable, RecursionError) as error:  # powers of powers
            deep = Unreadable(_TOO_DEEP, token.start, token.stop)
            end = value_at_end(parser, before) if token.maths else None
            if end is None:
                self._after_failure(token, before, error if isinstance(error, Unreadable) else deep)
                return parser.at > before
            expr = end
        if isinstance(expr, Text) or (isinstance(expr, Group) and _only_words(expr)):
            parser.at = before
            return False
        if expr.place[0] < token.start or parser.at == before:
            parser.at = before + 1
            return False
        stray = self._stray(before, expr)
        if stray is not None and stray.maths:
            if (last := value_at_end(parser, before)) is not None:
                expr, stray = last._replace(place=(min(stray.start, last.place[0]), last.place[1])), None
            else:
                parser.statement()  # which is where it stood
        if stray is not None:
            message = f"`{stray.text}` cannot be read together with what stands beside it"
            trouble = Unreadable(message, stray.start, stray.stop)
            place = (min(expr.place[0], stray.start), max(expr.place[1], stray.stop))
            self._add(Claim(None, place, error=trouble, in_maths=token.maths), token)
            return True
        aside = self.aside > 0 or (not isinstance(expr, Group) and self._in_brackets(before))
        self._add(Claim(expr, expr.place, aside=aside, in_maths=token.maths), token)
        if aside and isinstance(said := parser.beside, Text) and before < parser.at and said.place[0] >= token.start:
            told = said.words.lower().split()  # "(1 is not included)": one number, and what is said of it
            self.words += told
            self.all_words += told
        return True

    def _in_brackets(self, start: int) -> bool:
        """Whether all that was read stands inside one pair of round brackets of the prose: (3*3), not (3-1)*2."""
        tokens, stop = self.parser.tokens, self.parser.at
        if tokens[start].text != "(" or tokens[start].maths:
            return False
        depth = 0
        for at in range(start, stop):
            depth += {"open": 1, "close": -1}.get(tokens[at].kind, 0)
            if not depth:
                return at == stop - 1
        return True

    def _stray(self, start: int, expr: Expr) -> Token | None:
        """What touches an expression without being part of it: then the expression is not all that was written.

        `$U(1-U) \\otimes Z$`, `$\\pm 2$`, `c / foo`: marking the part that can be read would mark another formula.
        """
        tokens, at = self.parser.tokens, self.parser.at
        after = tokens[at] if at < len(tokens) else None
        before = tokens[start - 1] if start else None
        if after is not None and after.kind == "stop" and after.maths:  # "U(1-U) . Z"
            behind = tokens[at + 1] if at + 1 < len(tokens) else None
            return None if behind is None or behind.kind in _ENDS else behind
        if after is not None and self._touches(after, tokens[at - 1]):
            return after
        exclaimed = after is not None and (after.kind, after.text, after.spaced) == ("stop", "!", False)
        if exclaimed and tokens[at - 1].kind == "num":
            return after  # a factorial, or delight
        if after is not None and is_glued(tokens, at):  # F1 = 2PR/(P+R)
            return after
        at_sign = before is not None and not tokens[start].maths and before.text == "@"  # X.T @ (P - Y)
        if at_sign or products.is_cut_off(tokens, start) or products.is_argument(tokens, start, expr):
            return before
        if after is not None and after.text == "." and not after.maths and products.is_called(tokens, at):
            return after  # (P - Y).sum(axis=0)
        if (
            before is not None
            and not tokens[start].maths
            and before.kind == "op"
            and before.text in _TIGHT
            and not before.spaced
        ):
            return before
        if before is not None and before.text in _LEADING and not tokens[start].spaced and before.kind == "op":
            return before  # ±6
        if before is not None and tokens[start].maths and before.maths:
            if before.kind == "op" and (
                before.text in _LEADING or products.is_raised(tokens, start)
            ):  # \\pm 2, \\cup [3, 4]
                return before
            called = before.kind == "word" and tokens[start].kind == "open"  # \\text{log}(x)
            called = called and before.text not in SAYS_SHAPE and before.text not in _CONNECT
            return before if called or _is_command(before) else None
        return None

    def _touches(self, after: Token, last: Token) -> bool:
        if (
            after.maths != last.maths
            or after.kind in _ENDS
            or after.kind in ("rel", "close", "endgroup", "endmatrix", "amp", "row")
        ):
            return False
        if not after.maths:  # in prose a dash, a unit or a bracket may follow a number
            following = self.parser.peek(1)
            if after.kind == "word" and following is not None and following.kind == "open":
                return following.text == "(" and not following.spaced  # c foo(d)
            if after.kind == "open":
                return products.after_subscript(self.parser, after)  # s_i (...), where no product was read
            return after.kind == "op" and after.text in _TIGHT and not (after.text == "*" and after.spaced)
        if after.kind == "word":
            following = self.parser.peek(1)
            called = following is not None and following.kind == "open" and following.text == "("
            return _is_command(after) or (called and after.text not in _CONNECT)
        return after.kind not in ("open", "group", "matrix") or after.text == "["

    def _after_failure(self, token: Token, before: int, error: Unreadable) -> None:
        """Inside mathematics a failure is a claim that cannot be read; in prose the token is just a word."""
        parser = self.parser
        parser.at = before
        if not token.maths and not error.message.endswith("to be read"):  # too deep, too long: no prose
            return
        while (skipped := parser.peek()) is not None and skipped.kind not in ("edge", "break", "line"):
            parser.at += 1
        stop = parser.tokens[parser.at - 1].stop
        self._add(Claim(None, (token.start, max(stop, token.stop)), error=error, in_maths=token.maths), token)

    def _add(self, claim: Claim, token: Token) -> None:
        previous = self.claims[-1] if self.claims else None
        boxed = any(start <= token.start and (previous is None or previous.place[0] < start) for start in self.boxes)
        if previous is not None and self.words == ["is"] and (said := said_of_index(previous, claim)) is not None:
            self.claims[-1], self.words, self.joined = said, [], True
            return
        if previous is not None and self.words == [","] and (pair := pair_of_place(previous, claim)) is not None:
            self.claims[-1], self.words, self.joined = pair, [], True
            return
        self.claims.append(
            Claim(claim.expr, claim.place, " ".join(self.words), self.joined and previous is not None, claim.aside,
                  boxed, self.block, self.sentence, claim.error, claim.in_maths)
        )  # fmt: skip
        self.words, self.joined = [], True

    def _pass_over(self, token: Token) -> None:
        if token.kind in ("word", "func") or (token.kind in ("name", "reduce") and not token.maths):
            word = token.text.lower()
            self.words.append(word)
            self.all_words.append(word)
            self.joined = self.joined and word in _JOINS
        elif token.kind == "stop":
            self.sentence += 1
            self.joined = False
            self.words.append(".")
        elif token.kind == "break":
            self.block += 1
            self.sentence += 1
            self.joined = False
            self.words.append("\n")
        elif token.kind in ("line", "arrow"):
            self.words.append("\n" if token.kind == "line" else "=>")
        elif token.kind == "sep":
            self.words.append(token.text)
            self.joined = self.joined and token.text in ",;"
        elif token.kind == "open" and token.text == "(" and not token.maths:
            self.aside += 1
        elif token.kind == "close" and token.text == ")" and not token.maths:
            self.aside = max(0, self.aside - 1)
        elif token.kind not in ("edge", "endgroup"):
            self.words.append(token.text)
            self.joined = False


def _is_command(token: Token) -> bool:
    return token.kind == "word" and token.text.startswith("\\")


def _only_words(group: Group) -> bool:
    """Brackets of prose, "(0-based)", and empty ones."""
    return not group.items or (len(group.items) == 1 and isinstance(group.items[0], Text))
