"""Builds an expression from tokens by operator precedence.

The parser reads the longest expression at a place and stops where it cannot go on, so that mathematics can be
found inside prose. What it cannot read inside mathematics delimiters is `Unreadable`, with the place.
"""

from __future__ import annotations

from grader.model.errors import Unreadable
from grader.model.expressions import Call, Expr, Group, Name, Num, Op, Text
from grader.notation import products
from grader.notation.atoms import ATOMS
from grader.notation.cursor import Cursor
from grader.notation.derivatives import quotient_of
from grader.notation.dialect import DECLARED, Dialect
from grader.notation.differences import is_evaluated, read_limits_of
from grader.notation.mixed import as_mixed, read_mixed
from grader.notation.powers import POWER, read_best, read_power
from grader.notation.products import MAGNITUDES, goes_on, is_label_of, is_spoken, scales_list
from grader.notation.quotients import with_power_of_ten
from grader.notation.statements import read_braces, read_item, read_items, read_statement
from grader.notation.subscripts import read_suffixes
from grader.notation.tokens import Names, Setting, Token

DEEPEST = 48  # nesting; a person writes at most about ten levels, and a level takes up to eighteen calls
WIDEST = 300  # operators in a row; a person writes at most about forty
LONGEST = 200_000  # tokens of one answer

RATIO, RANGE, UNION, INTERSECTION, CROSS = 8, 10, 12, 13, 15
ADD, MULTIPLY, NEGATE = 20, 30, 35
_BINARY: dict[str, tuple[str, int]] = {  # the operation, and how tightly its sign binds
    "+": ("add", ADD),
    "-": ("sub", ADD),
    "*": ("mul", MULTIPLY),
    "×": ("mul", MULTIPLY),
    "·": ("mul", MULTIPLY),
    "⊙": ("mul", MULTIPLY),
    "⊗": ("otimes", MULTIPLY - 5),  # AC ⊗ BD is (AC) ⊗ (BD)
    "⊕": ("oplus", ADD),
    "//": ("floordiv", MULTIPLY),
    "/": ("div", MULTIPLY),
    "@": ("mul", MULTIPLY),
    "mod": ("mod", MULTIPLY),
    "∠": ("angle", MULTIPLY),
    "±": ("pm", ADD),
    "∓": ("mp", ADD),
    "∪": ("union", UNION),
    "∩": ("intersection", INTERSECTION),
    "∖": ("difference", UNION),
}
_CROSSING = frozenset(["times", *MAGNITUDES])
_FREE_INFIX = frozenset(["num", "bar", "dots"])
_CALLED = {"otimes": "⊗", "oplus": "⊕", "floordiv": "//"}
_POSTFIX = {"'": "transpose", "!": "factorial", "%": "percent", "°": "degree"}
_SIGNED = {"+": "", "-": "neg", "±": "pm", "∓": "mp"}


class Parser(Cursor):
    """Reads expressions from a list of tokens; `at` is the next token.

    With `cross_separates`, a cross binds more loosely than a sum and separates the lengths of a shape, as in
    `[h-p+1 \\times w-q+1]`.
    """

    not_systems: frozenset[int] = frozenset()  # where rows were found to be cases, and no equations that all hold

    def __init__(
        self, tokens: list[Token], names: Names, cross_separates: Setting = False, dialect: Dialect = DECLARED
    ) -> None:
        super().__init__(tokens)
        self.names = names
        self.dialect = dialect
        self.nested_bars = False  # inside bars, another bar opens a new pair: ||x| |y||
        self.differentials: list[str] = []  # dx, dy ... that were read inside an integrand
        self.cross_separates = cross_separates
        self.whole = False  # all tokens are one expression of a rubric
        self.spoken = False  # inside "over j=0..p-1 of"
        self.integrals = 0  # integral signs that wait for their differential
        self.given = False  # inside P(...), a bar separates the event from its condition
        self.bars = 0  # pairs of bars that are open
        self.depth = 0
        self.beside: Text | None = None  # the last words behind a member of a list

    def same(self, tokens: list[Token]) -> Parser:
        """A parser of other tokens by the same rules."""
        return Parser(tokens, self.names, self.cross_separates, self.dialect)

    # -- chains and lists ----------------------------------------------------------------------------------

    def statement(self) -> Expr:
        """A chain of relations, or a single expression. A chain may go on after a line end."""
        return read_statement(self)

    def items(self, closer: str) -> list[Expr]:
        """Comma- or semicolon-separated items up to, not including, a closing bracket."""
        return read_items(self, closer)

    def item(self) -> Expr:
        """One member of a list: a statement, a slice, dots or words."""
        return read_item(self)

    def braces(self) -> Expr:
        """The expression inside TeX braces."""
        return read_braces(self)

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

    def sum(self) -> Expr:
        """The longest expression that is no union, ratio or range."""
        return self.expression(ADD)

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
        if token is not None and token.kind in _FREE_INFIX and (self.dialect.free or token.kind == "bar"):
            special = self._free_infix(left, token, least)
            if special is not None:
                return special
        grown: Expr | None = None
        if token is None or self.at_differential():
            pass
        elif token.kind == "dots" and least <= RANGE and not crossed and self._is_range(left, token):
            grown = self._binary(left, "range", RANGE, before)
        elif token.kind == "op":
            grown = self._operator(left, token, least, before)
        elif token.kind == "word" and least <= MULTIPLY and is_spoken(self, left, token):
            grown = self._spoken_product(left, before)
        elif token.kind == "word" and token.text in MAGNITUDES and isinstance(left, Num) and not self.dialect.free:
            grown = products.magnified(self, left)
        elif least <= ADD and (sign := products.spoken_sign(self, left, token)):
            grown = self._binary(left, _BINARY[sign][0], ADD, before, sign)
        elif not crossed and least <= MULTIPLY and goes_on(self, token, left):
            grown = self._product(left, token)
        elif self.dialect.free and least <= RATIO and token.text == ":" and not self.brackets.depth:
            grown = self._binary(left, "div", RATIO, before, ":")
        if grown is None:
            self.at = before
        return grown

    def _free_infix(self, left: Expr, token: Token, least: int) -> Expr | None:
        """What only follows where no names are declared: half of `3 1/2`, the bar of `x^2|_{x=1}`, dots."""
        if self.dialect.free and (mixed_number := read_mixed(self, left)) is not None:
            return mixed_number
        if is_evaluated(self, token) and least <= MULTIPLY:
            if least > ADD:
                raise self.fail("which of these terms is evaluated here is not certain", token)
            self.advance()
            return read_limits_of(self, left, left.place[0])
        if token.kind == "dots" and token.text == "..." and not self.brackets.depth and least <= MULTIPLY:
            dots = self.atom()
            return Op("mul", (left, dots), (left.place[0], dots.place[1]), "")
        return None

    def _cross_edge(self) -> bool:
        """Steps over an edge of mathematics or a line end when an operator follows: `$46\\times62$ * 20`."""
        before, token = self.at, self.after_soft()
        if token is not None and ((token.kind == "op" and token.text in _BINARY) or token.text in _CROSSING):
            self.skip_soft()
        return self.at > before

    def _is_range(self, left: Expr, dots: Token) -> bool:
        """Whether dots stand between two ends: `0..p-1`, `{0 … p-1}`, and `k = 0 \\dots 1`, but no `x_1 \\dots x_n`."""
        if self.brackets.depth or self.whole or self.spoken or dots.text == "..":
            return True
        return dots.maths and isinstance(left, Num) and not self.dialect.free

    def _operator(self, left: Expr, token: Token, least: int, before: int) -> Expr | None:
        sign = token.text
        if sign == "^":
            return read_power(self, left) if least <= POWER else None
        if sign in _POSTFIX:
            return self._postfix(left, token)
        if sign not in _BINARY:
            return None
        if sign == "*" and (best := read_best(self, left)) is not None:
            return best
        op, strength = ("cross", CROSS) if sign == "×" and self.cross_separates else _BINARY[sign]
        return self._binary(left, op, strength, before, sign) if least <= strength else None

    def _spoken_product(self, left: Expr, before: int) -> Expr | None:
        op, strength = ("cross", CROSS) if self.cross_separates else ("mul", MULTIPLY)
        grown = self._binary(left, op, strength, before, "×")
        return None if isinstance(grown, Op) and isinstance(grown.args[-1], Group) else grown

    def _postfix(self, left: Expr, token: Token) -> Expr:
        """A sign behind its operand. Where no names are declared, primes belong to a name: `y'` is no transpose."""
        self.advance()
        place = (left.place[0], token.stop)
        if token.text == "%" and self.dialect.free and self._is_modulo(left):
            right = self.expression(MULTIPLY + 1)
            return Op("mod", (left, right), (left.place[0], right.place[1]))
        if token.text == "'" and self.dialect.free and isinstance(left, Name):
            return Name(left.name + "'", place)
        if token.text == "!" and self.is_next("op", "!") and not self._is_third_mark():
            return Op("factorial2", (left,), (left.place[0], self.advance().stop))
        return Op(_POSTFIX[token.text], (left,), place)

    def _is_modulo(self, left: Expr) -> bool:
        """Whether the sign of percent has something on its right: `7 % 2`, `n % m`."""
        token = self.peek()
        if token is None or token.kind not in ("num", "name", "open"):
            return False
        return token.kind == "num" or not isinstance(left, Num)

    def _is_third_mark(self) -> bool:
        return self.peek(-2) is not None and (after := self.peek(1)) is not None and after.text == "!"

    def _binary(self, left: Expr, op: str, strength: int, before: int, sign: str = "") -> Expr | None:
        token = self.advance()
        try:
            self.skip_soft()
            right = with_power_of_ten(self, op, left, self.expression(strength + 1))
        except Unreadable:
            if token.maths and not self.ends_here():
                raise
            if self.brackets.depth or (token.maths and strength > RANGE):
                raise
            self.at = before  # "6 - the largest": the dash is prose
            return None
        place = (left.place[0], right.place[1])
        if op == "div" and (quotient := quotient_of(left, right, self.names)) is not None:
            return quotient
        if op == "floordiv" and not self.dialect.free and not (isinstance(left, Num) and isinstance(right, Num)):
            return Call("floor", (Op("div", (left, right), place),), place)  # (N-1)//s; but "10 // 20" are two answers
        if op in _CALLED:  # no number, but what the letters stand for may have it
            if not self.dialect.free:
                if token.maths:
                    raise self.fail(f"`{sign}` cannot stand here", token)
                self.at = before
                return None
            return Call(_CALLED[op], (left, right), place)
        if op == "sub":
            op, right = "add", Op("neg", (right,), right.place)
        if op in ("add", "cross", "union", "intersection") and isinstance(left, Op) and left.op == op:
            return Op(op, (*left.args, right), place, sign)
        return Op(op, (left, right), place, sign)

    def at_differential(self) -> bool:
        """Whether `dx` stands here, inside an integral."""
        if not self.integrals:
            return False
        token, after = self.peek(), self.peek(1)
        return (
            token is not None and token.kind == "name" and token.text == "d" and "d" not in self.names
            and after is not None and after.kind == "name"
        )  # fmt: skip

    def take_differentials(self) -> None:
        """Reads `dx`, `dx dy` where they stand."""
        while self.at_differential():
            self.advance()
            self.differentials.append(self.advance().text)

    def _product(self, left: Expr, token: Token) -> Expr | None:
        try:
            right = self.expression(MULTIPLY + 1)
        except Unreadable:
            if token.maths:
                raise
            return None
        if isinstance(right, Group) and right.brackets == "{}" and token.maths and not self.dialect.free:
            right = right._replace(brackets="()")  # U \\{1 - U\\}
        if self.dialect.free and isinstance(left, Name) and isinstance(right, Group) and right.brackets == "()":
            return Call(left.name, right.items, (left.place[0], right.place[1]))  # P(X = 1), C(n, k)
        if isinstance(right, Group) and len(right.items) != 1 and not scales_list(self, left, right, token):
            return left if is_label_of(self, left, right) else None  # "6 (1,3)": a value and a position
        if (number := as_mixed(self, left, right, token)) is not None:
            return number
        if not token.maths and token.kind == "open" and token.spaced and isinstance(right, Num | Name):
            return None  # "Z (2)": a remark in brackets
        return Op("mul", (left, right), (left.place[0], right.place[1]), "")

    # -- operands --------------------------------------------------------------------------------------------

    def deeper(self) -> None:
        """One level of nesting more; whoever calls it takes it back from `depth`."""
        if self.depth >= DEEPEST:
            raise self.fail("this is nested too deeply to be read")
        self.depth += 1

    def operand(self) -> Expr:
        """What stands between operators: perhaps a sign, then an atom with its indices."""
        self.skip_edges()
        token = self.peek()
        if token is None:
            raise self.fail("something is missing at the end")
        if self.at > LONGEST:
            raise self.fail("this is too long to be read")
        if self.at_differential():
            return Num(1, (token.start, token.start), "1")
        self.deeper()
        try:
            if token.kind == "op" and token.text in _SIGNED:
                self.advance()
                inner = self.expression(NEGATE)
                if token.text == "+":
                    return inner
                return Op(_SIGNED[token.text], (inner,), (token.start, inner.place[1]))
            reader = ATOMS.get(token.kind)  # not by `atom`: a hundred levels of fractions must fit Python's stack
            if reader is None:
                raise self.fail(_unexpected(token), token, "a number, a name or a bracket")
            return read_suffixes(self, reader(self))
        finally:
            self.depth -= 1

    def atom(self, complaint: str = "") -> Expr:
        """A number, a name, a fraction, brackets ...: what an expression begins with, without indices after it.

        `complaint` says what is wrong if nothing of that kind stands here.
        """
        token = self.peek()
        if token is None:
            raise self.fail("something is missing at the end")
        reader = ATOMS.get(token.kind)
        if reader is None:
            raise self.fail(complaint or _unexpected(token), token)
        self.deeper()
        try:
            return reader(self)
        finally:
            self.depth -= 1


def _unexpected(token: Token) -> str:
    if token.kind in ("edge", "line", "break", "stop"):
        return "something is missing here"
    if token.kind == "word" and token.text.startswith("\\"):
        return f"the command {token.text} is not known"
    return f"`{token.text}` cannot stand here"
