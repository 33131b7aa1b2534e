"""Builds an expression from tokens by operator precedence.

The parser reads the longest expression at a place and stops where it cannot go on, so that mathematics can be
found inside prose. What it cannot read inside mathematics delimiters is `Unreadable`, with the place.
"""

from __future__ import annotations

from grader.model.errors import Unreadable
from grader.model.expressions import Expr, Group, Name, Num, Op, Relation, Text
from grader.notation.atoms import ATOMS
from grader.notation.cursor import Cursor
from grader.notation.derivatives import as_derivative
from grader.notation.subscripts import read_slice, read_suffixes
from grader.notation.tokens import Names, Token

DEEPEST = 100  # nesting; a person writes at most about ten levels
WIDEST = 300  # operators in a row; a person writes at most about forty
LONGEST = 200_000  # tokens of one answer

RANGE, CROSS, ADD, MULTIPLY, NEGATE, POWER = 10, 15, 20, 30, 35, 50
_BINARY: dict[str, tuple[str, int]] = {  # the operation, and how tightly its sign binds
    "+": ("add", ADD),
    "-": ("sub", ADD),
    "*": ("mul", MULTIPLY),
    "×": ("mul", MULTIPLY),
    "·": ("mul", MULTIPLY),
    "⊙": ("mul", MULTIPLY),
    "/": ("div", MULTIPLY),
    "@": ("mul", MULTIPLY),
}
_POSTFIX = {"'": "transpose", "!": "factorial", "%": "percent"}
_TRANSPOSED = ("⊤", "T")

_FACTORS = ("frac", "sqrt", "reduce", "partial", "func", "matrix")  # a product goes on with these, in prose too


class Parser(Cursor):
    """Reads expressions from a list of tokens; `at` is the next token.

    With `cross_separates`, a cross binds more loosely than a sum and separates the lengths of a shape, as in
    `[h-p+1 \\times w-q+1]`.
    """

    def __init__(self, tokens: list[Token], names: Names, cross_separates: bool = False) -> None:
        super().__init__(tokens)
        self.names = names
        self.cross_separates = cross_separates
        self.whole = False  # all tokens are one expression of a rubric
        self.spoken = False  # inside "over j=0..p-1 of"
        self._depth = 0

    # -- chains and lists ----------------------------------------------------------------------------------

    def statement(self) -> Expr:
        """A chain of relations, or a single expression. A chain may go on after a line end."""
        start = self.peek()
        if start is None:
            raise self.fail("nothing stands here")
        first = None if start.kind == "rel" else self.expression()
        operands: list[Expr | None] = [first]
        ops: list[str] = []
        last = first
        while (token := self.after_soft()) is not None and token.kind == "rel":
            before = self.at
            self.skip_soft()
            self.at += 1
            self.skip_soft()
            if self.is_next("rel"):  # "= ~ .97"
                continue
            try:
                last = self.expression()
            except Unreadable:
                if token.maths and not self.ends_here():
                    raise
                self.at = before
                break
            ops.append(token.text)
            operands.append(last)
        if last is None:
            raise self.fail("nothing stands on the right of this sign", start)
        if not ops:
            return last
        return Relation(tuple(operands), tuple(ops), (first.place[0] if first else start.start, last.place[1]))

    def items(self, closer: str) -> list[Expr]:
        """Comma- or semicolon-separated items up to, not including, a closing bracket."""
        found: list[Expr] = []
        self.skip_edges()
        while not self.is_next("close", closer) and not self.is_next("close"):
            found.append(self.item())
            self.skip_edges()
            if self.is_next("sep"):
                self.advance()
                self.skip_edges()
            elif self.is_next("word", "and"):
                self.advance()
            elif not (closer == "]" and self.begins_entry()):  # [3 1] has two entries
                break
        return found

    def item(self) -> Expr:
        """One member of a list: a statement, a slice, dots or words."""
        token = self.peek()
        if token is None:
            raise self.fail("nothing stands here")
        if token.kind == "dots":
            self.advance()
            return Name("...", (token.start, token.stop))
        if token.kind == "word":
            return self._words()
        if token.kind == "sep" and token.text == ":":
            return read_slice(self, None)
        item = self.statement()
        if self.is_next("sep", ":"):
            return read_slice(self, item)
        if self.is_next("word") and not self.is_next("word", "and"):  # "(1000 images, 3 channels)"
            self._words()
        return item

    def _words(self) -> Expr:
        start = self.advance()
        words, stop = [start.text], start.stop
        while (token := self.peek()) is not None and (token.kind == "word" or (token.kind == "name" and token.weak)):
            words.append(token.text)
            stop = token.stop
            self.advance()
        if start.text.startswith("\\"):
            raise self.fail(f"the command {start.text} is not known", start)
        return Text(" ".join(words), (start.start, stop))

    def braces(self) -> Expr:
        """The expression inside TeX braces."""
        opener = self.advance()
        with self.brackets:
            items = [self.item()]
            self.skip_edges()
            while self.is_next("sep"):
                self.advance()
                items.append(self.item())
                self.skip_edges()
            if not self.is_next("endgroup"):
                raise self.fail("this brace is never closed", opener, "}")
            close = self.advance()
        return items[0] if len(items) == 1 else Group("", tuple(items), (opener.start, close.stop))

    # -- operators -------------------------------------------------------------------------------------------

    def expression(self, least: int = 0) -> Expr:
        """The longest expression whose operators bind at least as tightly as `least`."""
        left = self.operand()
        for _ in range(WIDEST):
            grown = self._infix(left, least)
            if grown is None:
                return left
            left = grown
        raise self.fail("this has too many terms to be read")

    def factor(self) -> Expr:
        """One factor with its powers, without the products around it."""
        return self.expression(MULTIPLY + 1)

    def term(self) -> Expr:
        """The longest expression that is no sum."""
        return self.expression(MULTIPLY)

    def _infix(self, left: Expr, least: int) -> Expr | None:
        """`left` with one more operator and operand, or None if the expression ends here."""
        before = self.at
        self.skip_edges()
        crossed = self._cross_edge()
        token = self.peek()
        grown: Expr | None = None
        if token is None:
            pass
        elif token.kind == "dots" and least <= RANGE and not crossed and self._is_range(token):
            grown = self._binary(left, "range", RANGE, before)
        elif token.kind == "op":
            grown = self._operator(left, token, least, before)
        elif not crossed and least <= MULTIPLY and self.juxtaposed(token):
            grown = self._product(left, token)
        if grown is None:
            self.at = before
        return grown

    def _cross_edge(self) -> bool:
        """Steps over an edge of mathematics or a line end when an operator follows: `$46\\times62$ * 20`."""
        before, token = self.at, self.after_soft()
        if token is not None and token.kind == "op" and token.text in _BINARY:
            self.skip_soft()
        return self.at > before

    def _is_range(self, dots: Token) -> bool:
        return bool(self.brackets.depth) or self.whole or self.spoken or dots.text == ".."

    def _operator(self, left: Expr, token: Token, least: int, before: int) -> Expr | None:
        sign = token.text
        if sign == "^":
            return self._power(left) if least <= POWER else None
        if sign in _POSTFIX:
            self.advance()
            return Op(_POSTFIX[sign], (left,), (left.place[0], token.stop))
        if sign not in _BINARY:
            return None
        op, strength = ("cross", CROSS) if sign == "×" and self.cross_separates else _BINARY[sign]
        return self._binary(left, op, strength, before, sign) if least <= strength else None

    def _binary(self, left: Expr, op: str, strength: int, before: int, sign: str = "") -> Expr | None:
        token = self.advance()
        try:
            self.skip_soft()
            right = self.expression(strength + 1)
        except Unreadable:
            if token.maths and not self.ends_here():
                raise
            if self.brackets.depth or (token.maths and strength > RANGE):
                raise
            self.at = before  # "6 - the largest": the dash is prose
            return None
        place = (left.place[0], right.place[1])
        if op == "div" and (quotient := self._derivative(left, right)) is not None:
            return quotient
        if op == "sub":
            op, right = "add", Op("neg", (right,), right.place)
        if op in ("add", "cross") and isinstance(left, Op) and left.op == op:
            return Op(op, (*left.args, right), place, sign)
        return Op(op, (left, right), place, sign)

    def _derivative(self, left: Expr, right: Expr) -> Expr | None:
        """`dU/dZ` typed with a slash, perhaps with a factor before it: `a * dU[i]/dZ[i]`."""
        derivative = as_derivative(left, right, self.names)
        if derivative is None and isinstance(left, Op) and left.op == "mul":
            inner = as_derivative(left.args[1], right, self.names)
            if inner is not None:
                return Op("mul", (left.args[0], inner), (left.place[0], right.place[1]), left.sign)
        return derivative

    def juxtaposed(self, token: Token) -> bool:
        """Whether a product without a sign goes on with this token.

        A number is no factor: "k_1 2" in mathematics is a slip, "2 3" is not a product.
        """
        if token.kind in _FACTORS:
            return True
        near = token.maths or not token.spaced
        if token.kind == "name":
            after = self.peek(1)
            indexed = after is not None and not after.spaced and after.text in ("[", "_")
            return near or not token.weak or indexed or (self._after_name() and token.text in self.names)
        if token.kind == "open":
            return token.text in "(⌈⌊" and (near or self._after_name())
        return near and token.kind in ("nabla", "group")

    def _after_name(self) -> bool:
        """Whether a declared name or an index ended just before: `dJ/dU U (1-U)` is a product, "6 (1,3)" is not."""
        last = self.tokens[self.at - 1] if self.at else None
        if last is None or self.cross_separates:
            return False
        return (last.kind == "name" and last.text in self.names) or (last.kind == "close" and last.text in ")]")

    def _product(self, left: Expr, token: Token) -> Expr | None:
        try:
            right = self.expression(MULTIPLY + 1)
        except Unreadable:
            if token.maths:
                raise
            return None
        if isinstance(right, Group) and len(right.items) != 1 and token.kind != "matrix":
            return None  # "6 (1,3)": a value and a position
        if not token.maths and token.kind == "open" and token.spaced and isinstance(right, Num | Name):
            return None  # "Z (2)": a remark in brackets
        return Op("mul", (left, right), (left.place[0], right.place[1]), "")

    def _power(self, left: Expr) -> Expr:
        self.advance()
        token = self.peek()
        if token is None:
            raise self.fail("nothing stands in the exponent")
        if token.kind == "name" and self._transposes(token.text):
            self.advance()
            return Op("transpose", (left,), (left.place[0], token.stop))
        if token.kind != "group":
            self._deeper()
            try:
                right = self.expression(POWER)
            finally:
                self._depth -= 1
            return Op("pow", (left, right), (left.place[0], right.place[1]))
        inner = self.braces()
        place = (left.place[0], self.stop)
        if isinstance(inner, Name) and self._transposes(inner.name):
            return Op("transpose", (left,), place)
        return Op("pow", (left, inner), place)

    def _transposes(self, exponent: str) -> bool:
        return exponent in _TRANSPOSED and exponent not in self.names

    # -- operands --------------------------------------------------------------------------------------------

    def _deeper(self) -> None:
        if self._depth >= DEEPEST:
            raise self.fail("this is nested too deeply to be read")
        self._depth += 1

    def operand(self) -> Expr:
        """What stands between operators: perhaps a sign, then an atom with its indices."""
        self.skip_edges()
        token = self.peek()
        if token is None:
            raise self.fail("something is missing at the end")
        if self.at > LONGEST:
            raise self.fail("this is too long to be read")
        self._deeper()
        try:
            if token.kind == "op" and token.text in "+-":
                self.advance()
                inner = self.expression(NEGATE)
                return Op("neg", (inner,), (token.start, inner.place[1])) if token.text == "-" else inner
            reader = ATOMS.get(token.kind)  # not by `atom`: a hundred levels of fractions must fit Python's stack
            if reader is None:
                raise self.fail(_unexpected(token), token, "a number, a name or a bracket")
            return read_suffixes(self, reader(self))
        finally:
            self._depth -= 1

    def atom(self, complaint: str = "") -> Expr:
        """A number, a name, a fraction, brackets ...: what an expression begins with, without indices after it.

        `complaint` says what is wrong if nothing of that kind stands here.
        """
        token = self.tokens[self.at]
        reader = ATOMS.get(token.kind)
        if reader is None:
            raise self.fail(complaint or _unexpected(token), token)
        self._deeper()
        try:
            return reader(self)
        finally:
            self._depth -= 1


def _unexpected(token: Token) -> str:
    if token.kind in ("edge", "line", "break", "stop"):
        return "something is missing here"
    if token.kind == "word" and token.text.startswith("\\"):
        return f"the command {token.text} is not known"
    return f"`{token.text}` cannot stand here"
