"""Builds an expression from tokens by operator precedence.

The parser reads the longest expression at a place and stops where it cannot go on, so that mathematics can be
found inside prose. What it cannot read inside mathematics delimiters is `Unreadable`, with the place.
"""

from __future__ import annotations

from fractions import Fraction

from grader.maths import indexing
from grader.maths.tokens import Names, Token
from grader.model.errors import Unreadable
from grader.model.expressions import Call, Expr, Group, Index, Name, Num, Op, Relation, Text
from grader.reference.functions import find_function

DEEPEST = 100  # nesting; a person writes at most about ten levels
WIDEST = 300  # operators in a row; a person writes at most about forty
LONGEST = 200_000  # tokens of one answer

RANGE, CROSS, ADD, MULTIPLY, NEGATE, POWER = 10, 15, 20, 30, 35, 50
_BINARY = {
    "+": ADD,
    "-": ADD,
    "*": MULTIPLY,
    "×": MULTIPLY,
    "·": MULTIPLY,
    "⊙": MULTIPLY,
    "/": MULTIPLY,
    "@": MULTIPLY,
}
_SKIPPED = ("edge", "line")
_FUNCTION_BRACKETS = {"⌈": "ceil", "⌊": "floor"}


class Parser:
    """Reads expressions from a list of tokens; `at` is the next token.

    With `cross_separates`, a cross binds more loosely than a sum and separates the lengths of a shape, as in
    `[h-p+1 \\times w-q+1]`.
    """

    def __init__(self, tokens: list[Token], names: Names, cross_separates: bool = False) -> None:
        self.tokens = tokens
        self.names = names
        self.cross_separates = cross_separates
        self.at = 0
        self.whole = False  # all tokens are one expression of a rubric
        self.spoken = False  # inside "over j=0..p-1 of"
        self._depth = 0
        self._brackets = 0

    # -- looking -----------------------------------------------------------------------------------------

    def peek(self, ahead: int = 0) -> Token | None:
        """The next token, or one further on; None at the end."""
        place = self.at + ahead
        return self.tokens[place] if place < len(self.tokens) else None

    def is_next(self, kind: str, text: str | None = None) -> bool:
        """Whether the next token is of a kind (and a text)."""
        token = self.peek()
        return token is not None and token.kind == kind and (text is None or token.text == text)

    def fail(self, message: str, token: Token | None = None, expected: str = "") -> Unreadable:
        """The error to raise: what is wrong at a token, by default the next."""
        token = token or self.peek() or (self.tokens[-1] if self.tokens else None)
        if token is None:
            return Unreadable(message, 0, 0, expected)
        return Unreadable(message, token.start, token.stop, expected)

    def _advance(self) -> Token:
        token = self.tokens[self.at]
        self.at += 1
        return token

    def _expect(self, kind: str, text: str, opener: Token) -> Token:
        self._skip_edges()
        if not self.is_next(kind, text):
            token = self.peek()
            if token is None or token.kind in ("edge", "break", "line"):
                raise self.fail(f"this bracket is never closed by `{text}`", opener, text)
            raise self.fail(f"`{token.text}` cannot stand here", token, text)
        return self._advance()

    def _skip_edges(self) -> None:
        while self._brackets and (token := self.peek()) is not None and token.kind in _SKIPPED:
            self.at += 1

    # -- chains and lists ----------------------------------------------------------------------------------

    def statement(self) -> Expr:
        """A chain of relations, or a single expression. A chain may go on after a line end."""
        start = self.peek()
        if start is None:
            raise self.fail("nothing stands here")
        operands: list[Expr | None] = []
        ops: list[str] = []
        operands.append(None if start.kind == "rel" else self.expression())
        while (token := self._next_relation()) is not None:
            before = self.at
            self.at = self.tokens.index(token, self.at) + 1
            while (skip := self.peek()) is not None and skip.kind in _SKIPPED:
                self.at += 1
            if (again := self.peek()) is not None and again.kind == "rel":  # "= ~ .97"
                continue
            try:
                operand = self.expression()
            except Unreadable:
                if token.maths and not self._ends_here():
                    raise
                self.at = before
                break
            ops.append(token.text)
            operands.append(operand)
        if not ops:
            if operands[0] is None:
                raise self.fail("nothing stands on the right of this sign", start)
            return operands[0]
        last = operands[-1]
        assert last is not None
        first = operands[0]
        return Relation(tuple(operands), tuple(ops), (first.place[0] if first else start.start, last.place[1]))

    def _next_relation(self) -> Token | None:
        ahead = 0
        while (token := self.peek(ahead)) is not None and token.kind in _SKIPPED:
            ahead += 1
        return token if token is not None and token.kind == "rel" else None

    def _ends_here(self) -> bool:
        token = self.peek()
        return token is None or token.kind in ("edge", "break", "line", "word")

    def items(self, closer: str) -> list[Expr]:
        """Comma- or semicolon-separated items up to, not including, a closing bracket."""
        found: list[Expr] = []
        self._skip_edges()
        while not self.is_next("close", closer) and not self.is_next("close"):
            found.append(self._item())
            self._skip_edges()
            if self.is_next("sep"):
                self._advance()
                self._skip_edges()
            elif self.is_next("word") and (token := self.peek()) is not None and token.text == "and":
                self._advance()
            else:
                break
        return found

    def _item(self) -> Expr:
        token = self.peek()
        if token is None:
            raise self.fail("nothing stands here")
        if token.kind == "dots":
            self._advance()
            return Name("...", (token.start, token.stop))
        if token.kind == "word":
            return self._words()
        if token.kind == "sep" and token.text == ":":
            return indexing.read_slice(self, None)
        item = self.statement()
        if self.is_next("sep", ":"):
            return indexing.read_slice(self, item)
        if self.is_next("word") and not self.is_next("word", "and"):  # "(1000 images, 3 channels)"
            self._words()
        return item

    def _words(self) -> Expr:
        start = self._advance()
        words, stop = [start.text], start.stop
        while (token := self.peek()) is not None and (token.kind == "word" or (token.kind == "name" and token.weak)):
            words.append(token.text)
            stop = token.stop
            self._advance()
        if start.text.startswith("\\"):
            raise self.fail(f"the command {start.text} is not known", start)
        return Text(" ".join(words), (start.start, stop))

    # -- expressions -----------------------------------------------------------------------------------------

    def expression(self, least: int = 0) -> Expr:
        """The longest expression whose operators bind at least as tightly as `least`."""
        self._depth += 1
        if self._depth > DEEPEST:
            raise self.fail("this is nested too deeply to be read")
        try:
            left = self._prefix()
            for _ in range(WIDEST):
                grown = self._infix(left, least)
                if grown is None:
                    return left
                left = grown
            raise self.fail("this has too many terms to be read")
        finally:
            self._depth -= 1

    def _infix(self, left: Expr, least: int) -> Expr | None:
        """`left` with one more operator and operand, or None if the expression ends here."""
        before = self.at
        self._skip_edges()
        crossed = self._cross_edge()
        token = self.peek()
        if token is None:
            self.at = before
            return None
        if (
            token.kind == "dots"
            and least <= RANGE
            and (self._brackets or self.whole or self.spoken or token.text == "..")
            and not crossed
        ):
            return self._binary(left, "range", RANGE, before)
        if token.kind == "op":
            grown = self._operator(left, token, least, before)
            if grown is None:
                self.at = before
            return grown
        if crossed or least > MULTIPLY or not self._juxtaposed(token):
            self.at = before
            return None
        right = self._juxtaposition(before)
        return None if right is None else Op("mul", (left, right), (left.place[0], right.place[1]), "")

    def _cross_edge(self) -> bool:
        """Steps over an edge of mathematics or a line end when an operator follows: `$46\\times62$ * 20`."""
        ahead = 0
        while (token := self.peek(ahead)) is not None and token.kind in _SKIPPED:
            ahead += 1
        if ahead and token is not None and token.kind == "op" and token.text in _BINARY:
            self.at += ahead
            return True
        return False

    def _operator(self, left: Expr, token: Token, least: int, before: int) -> Expr | None:
        sign = token.text
        if sign == "^":
            return self._power(left) if least <= POWER else None
        if sign == "'":
            self._advance()
            return Op("transpose", (left,), (left.place[0], token.stop))
        if sign == "!":
            self._advance()
            return Op("factorial", (left,), (left.place[0], token.stop))
        if sign == "%":
            self._advance()
            return Op("percent", (left,), (left.place[0], token.stop))
        if sign == "_" or sign not in _BINARY:
            return None
        if sign == "×" and self.cross_separates:
            return self._binary(left, "cross", CROSS, before, sign) if least <= CROSS else None
        strength = _BINARY[sign]
        if least > strength:
            return None
        return self._binary(
            left, {"+": "add", "-": "sub", "/": "div", "@": "mul"}.get(sign, "mul"), strength, before, sign
        )

    def _binary(self, left: Expr, op: str, strength: int, before: int, sign: str = "") -> Expr | None:
        token = self._advance()
        try:
            self._skip_soft()
            right = self.expression(strength + 1)
        except Unreadable:
            if token.maths and not self._ends_here():
                raise
            if self._brackets or (token.maths and strength > RANGE):
                raise
            self.at = before  # "6 - the largest": the dash is prose
            return None
        place = (left.place[0], right.place[1])
        if op == "div" and (derivative := indexing.as_derivative(left, right, self.names)) is not None:
            return derivative
        if op == "div" and isinstance(left, Op) and left.op == "mul":  # a * dU[i]/dZ[i]
            inner = indexing.as_derivative(left.args[1], right, self.names)
            if inner is not None:
                return Op("mul", (left.args[0], inner), place, left.sign)
        if op == "sub":
            op, right = "add", Op("neg", (right,), right.place)
        if op in ("add", "cross") and isinstance(left, Op) and left.op == op:
            return Op(op, (*left.args, right), place, sign)
        return Op(op, (left, right), place, sign)

    def _skip_soft(self) -> None:
        while (token := self.peek()) is not None and token.kind in _SKIPPED:
            self.at += 1

    def _juxtaposed(self, token: Token) -> bool:
        """Whether a product without a sign goes on with this token."""
        if token.kind in ("frac", "sqrt", "reduce", "partial", "nabla", "group"):
            return token.maths or not token.spaced or token.kind in ("frac", "sqrt", "reduce", "partial")
        if token.kind == "name":
            after = self.peek(1)
            indexed = after is not None and not after.spaced and after.text in ("[", "_")
            return token.maths or not token.weak or not token.spaced or indexed
        if token.kind == "func":
            return True
        if token.kind == "open":
            return token.text in "(⌈⌊" and (token.maths or not token.spaced)
        if token.kind == "num":  # "k_1 2" in mathematics is a slip, "2 3" is not a product
            return False
        return token.kind == "matrix"

    def _juxtaposition(self, before: int) -> Expr | None:
        token = self.peek()
        assert token is not None
        try:
            right = self.expression(MULTIPLY + 1)
        except Unreadable:
            if token.maths:
                raise
            self.at = before
            return None
        if isinstance(right, Group) and len(right.items) != 1:  # "6 (1,3)": a value and a position
            self.at = before
            return None
        return right

    def _power(self, left: Expr) -> Expr:
        self._advance()
        token = self.peek()
        if token is None:
            raise self.fail("nothing stands in the exponent")
        if token.kind == "name" and token.text in ("⊤", "T") and token.text not in self.names:
            self._advance()
            return Op("transpose", (left,), (left.place[0], token.stop))
        if token.kind == "group":
            inner, stop = self._braces()
            if isinstance(inner, Name) and inner.name in ("⊤", "T") and inner.name not in self.names:
                return Op("transpose", (left,), (left.place[0], stop))
            return Op("pow", (left, inner), (left.place[0], stop))
        right = self.expression(POWER)
        return Op("pow", (left, right), (left.place[0], right.place[1]))

    # -- what an expression begins with ------------------------------------------------------------------------

    def _prefix(self) -> Expr:
        self._skip_edges()
        token = self.peek()
        if token is None:
            raise self.fail("something is missing at the end")
        if self.at > LONGEST:
            raise self.fail("this is too long to be read")
        if token.kind == "op" and token.text in "+-":
            self._advance()
            inner = self.expression(NEGATE)
            return Op("neg", (inner,), (token.start, inner.place[1])) if token.text == "-" else inner
        reader = getattr(self, f"_read_{token.kind}", None)
        if reader is None:
            raise self.fail(_unexpected(token), token, "a number, a name or a bracket")
        return self._suffixes(reader(), token)

    def _suffixes(self, left: Expr, token: Token) -> Expr:
        """Indices directly after a name: `[i,j]`, `_{i,j}`, and `(i,j)` for a declared array."""
        for _ in range(10):
            following = self.peek()
            if following is None:
                return left
            if following.kind == "op" and following.text == "_":
                left = indexing.read_subscript(self, left)
            elif following.kind == "open" and following.text == "[" and self._takes_brackets(left, following):
                left = self._bracketed(left, "]")
            elif following.kind == "open" and following.text == "(" and self._takes_round(left, following):
                before = self.at
                called = self._bracketed(left, ")")
                if isinstance(called, Index) and len(called.indices) != self.names.get(_name(left), 0):
                    self.at = before
                    return left
                left = called
            else:
                return left
        raise self.fail("this carries too many indices to be read")

    def _takes_brackets(self, left: Expr, following: Token) -> bool:
        return (
            isinstance(left, Name | Index | Call | Group)
            and (following.maths or not following.spaced)
            and not (isinstance(left, Group) and following.spaced)
        )

    def _takes_round(self, left: Expr, following: Token) -> bool:
        return isinstance(left, Name) and self.names.get(left.name, 0) > 0 and not following.spaced

    def _bracketed(self, left: Expr, closer: str) -> Expr:
        opener = self._advance()
        self._brackets += 1
        try:
            items = self.items(closer)
            close = self._expect("close", closer, opener)
        finally:
            self._brackets -= 1
        if not items:
            raise self.fail("these brackets are empty", opener)
        return Index(left, tuple(items), (left.place[0], close.stop))

    def _read_num(self) -> Expr:
        token = self._advance()
        text = token.text
        if len(text) > 1000:
            raise self.fail("this number is too long to be read", token)
        mantissa, _, exponent = text.lower().partition("e")
        if exponent and abs(int(exponent)) > 400:
            raise self.fail("this number is too large to be read", token)
        value = Fraction(text)
        return Num(
            int(value) if value.denominator == 1 and "." not in text else value,
            (token.start, token.stop),
            text,
        )

    def _read_name(self) -> Expr:
        token = self._advance()
        if token.text == "d" and "d" not in self.names and (derivative := indexing.read_slash(self, token)) is not None:
            return derivative
        return Name(token.text, (token.start, token.stop))

    def _read_partial(self) -> Expr:
        token = self._advance()
        derivative = indexing.read_slash(self, token)
        if derivative is None:
            raise self.fail("this derivative cannot be read", token, "a derivative such as ∂J/∂Z")
        return derivative

    def _read_nabla(self) -> Expr:
        return indexing.read_nabla(self, self._advance())

    def _read_func(self) -> Expr:
        token = self._advance()
        name = token.text
        while self.is_next("op", "'"):
            self._advance()
            name += "'"
        exponent = None
        if self.is_next("op", "^"):  # \sin^2 x, \log_2 is left to the subscript below
            self._advance()
            exponent = self._braces()[0] if self.is_next("group") else self._prefix()
        if self.is_next("op", "_") and name == "log":
            self._advance()
            base = self._braces()[0] if self.is_next("group") else self._prefix()
            argument = self._arguments(token)[0]
            args: tuple[Expr, ...] = (argument,)
            return Op(
                "div",
                (Call("log", args, _span(token, argument)), Call("log", (base,), base.place)),
                _span(token, argument),
            )
        args = self._arguments(token)
        called: Expr = Call(find_function(name) or name, args, (token.start, self.tokens[self.at - 1].stop))
        return called if exponent is None else Op("pow", (called, exponent), called.place)

    def _arguments(self, token: Token) -> tuple[Expr, ...]:
        opener = self.peek()
        if opener is not None and opener.kind == "open" and opener.text in "([{":
            self._advance()
            self._brackets += 1
            try:
                items = self.items({"(": ")", "[": "]", "{": "}"}[opener.text])
                self._expect("close", {"(": ")", "[": "]", "{": "}"}[opener.text], opener)
            finally:
                self._brackets -= 1
            if not items:
                raise self.fail("a function without an argument", token)
            return tuple(items)
        if opener is not None and opener.kind == "group":
            return (self._braces()[0],)
        return (self.expression(MULTIPLY),)

    def _read_reduce(self) -> Expr:
        return indexing.read_reduce(self, self._advance())

    def _read_open(self) -> Expr:
        opener = self._advance()
        self._brackets += 1
        try:
            if opener.text in _FUNCTION_BRACKETS:
                inner = self.expression()
                close = self._expect("close", "⌉" if opener.text == "⌈" else "⌋", opener)
                return Call(_FUNCTION_BRACKETS[opener.text], (inner,), (opener.start, close.stop))
            closers = {"(": ")", "[": "]", "{": "}"}
            items = self.items(closers[opener.text])
            self._skip_edges()
            found = self.peek()
            if found is not None and found.kind == "close" and found.text in ")]" and opener.text in "([":
                close = self._advance()  # half-open intervals: [2, 6)
            else:
                close = self._expect("close", closers[opener.text], opener)
        finally:
            self._brackets -= 1
        brackets = opener.text + close.text
        if brackets == "()" and len(items) == 1 and not isinstance(items[0], Relation | Text):
            return items[0]
        return Group(brackets, tuple(items), (opener.start, close.stop))

    def _read_group(self) -> Expr:
        return self._braces()[0]

    def _braces(self) -> tuple[Expr, int]:
        """The expression inside TeX braces, and where they end."""
        opener = self._advance()
        self._brackets += 1
        try:
            items = [self._item()]
            self._skip_edges()
            while self.is_next("sep"):
                self._advance()
                items.append(self._item())
                self._skip_edges()
            if not self.is_next("endgroup"):
                raise self.fail("this brace is never closed", opener, "}")
            close = self._advance()
        finally:
            self._brackets -= 1
        inner = items[0] if len(items) == 1 else Group("", tuple(items), (opener.start, close.stop))
        return inner, close.stop

    def _read_frac(self) -> Expr:
        token = self._advance()
        derivative = indexing.read_fraction(self, token)
        if derivative is not None:
            return derivative
        top = self._argument(token)
        bottom = self._argument(token)
        return Op("div", (top, bottom), (token.start, self.tokens[self.at - 1].stop), "frac")

    def _argument(self, command: Token) -> Expr:
        """A brace group, or one token (a single digit of a number: `\\frac12`)."""
        token = self.peek()
        if token is None or token.kind in ("edge", "line", "break", "endgroup"):
            raise self.fail(f"\\{command.text} needs two arguments", command)
        if token.kind == "group":
            return self._braces()[0]
        if token.kind == "num" and len(token.text) > 1 and token.text.isdigit():
            first, rest = token.text[0], token.text[1:]
            split = Token("num", rest, token.start + 1, token.stop, True, False)
            self.tokens[self.at : self.at + 1] = [
                Token("num", first, token.start, token.start + 1, True, False),
                split,
            ]
        reader = getattr(self, f"_read_{self.tokens[self.at].kind}", None)
        if reader is None:
            raise self.fail(_unexpected(token), token)
        result: Expr = reader()
        return result

    def _read_sqrt(self) -> Expr:
        token = self._advance()
        root: Expr | None = None
        if self.is_next("open", "["):
            opener = self._advance()
            self._brackets += 1
            root = self.expression()
            self._expect("close", "]", opener)
            self._brackets -= 1
        inner = self._prefix() if self.is_next("open") else self._argument(token)
        place = (token.start, self.tokens[self.at - 1].stop)
        if root is None:
            return Call("sqrt", (inner,), place)
        return Op("pow", (inner, Op("div", (Num(1, place), root), place)), place)

    def _read_bar(self) -> Expr:
        opener = self._advance()
        self._brackets += 1
        try:
            inner = self.expression()
            if not self.is_next("bar"):
                raise self.fail("this bar has no partner", opener, "|")
            close = self._advance()
        finally:
            self._brackets -= 1
        return Call("abs", (inner,), (opener.start, close.stop))

    def _read_matrix(self) -> Expr:
        opener = self._advance()
        rows: list[list[Expr]] = [[]]
        self._brackets += 1
        try:
            while not self.is_next("endmatrix"):
                token = self.peek()
                if token is None:
                    raise self.fail("this matrix is never closed", opener, "\\end")
                if token.kind == "row":
                    rows.append([])
                    self._advance()
                elif token.kind == "amp" or token.kind in _SKIPPED:
                    self._advance()
                else:
                    rows[-1].append(self._item())
        finally:
            self._brackets -= 1
        close = self._advance()
        place = (opener.start, close.stop)
        full = [Group("[]", tuple(row), (row[0].place[0], row[-1].place[1])) for row in rows if row]
        if len(full) == 1:
            return Group("[]", full[0].items, place)
        if all(len(row.items) == 1 for row in full):  # a column vector
            return Group("[]", tuple(row.items[0] for row in full), place)
        return Group("[]", tuple(full), place)


def _name(expr: Expr) -> str:
    return expr.name if isinstance(expr, Name) else ""


def _span(token: Token, last: Expr) -> tuple[int, int]:
    return token.start, max(token.stop, last.place[1])


def _unexpected(token: Token) -> str:
    if token.kind in ("edge", "line", "break", "stop"):
        return "something is missing here"
    if token.kind == "word" and token.text.startswith("\\"):
        return f"the command {token.text} is not known"
    return f"`{token.text}` cannot stand here"
