"""A place in a list of tokens: looks ahead, steps on, and says what is wrong where."""

from __future__ import annotations

from grader.model.errors import Unreadable
from grader.notation.tokens import Token

_SOFT = ("edge", "line")
_ENDS = ("edge", "break", "line", "word")


class Brackets:
    """How many brackets are open: `with parser.brackets:`. Inside them a line may end anywhere."""

    __slots__ = ("depth",)

    def __init__(self) -> None:
        self.depth = 0

    def __enter__(self) -> None:
        self.depth += 1

    def __exit__(self, *error: object) -> None:
        self.depth -= 1


class Cursor:
    """Tokens, and the one that is next."""

    def __init__(self, tokens: list[Token]) -> None:
        self.tokens = tokens
        self.at = 0
        self.brackets = Brackets()

    def peek(self, ahead: int = 0) -> Token | None:
        """The next token, or one further on; None at the end."""
        place = self.at + ahead
        return self.tokens[place] if place < len(self.tokens) else None

    def is_next(self, kind: str, text: str | None = None) -> bool:
        """Whether the next token is of a kind (and a text)."""
        if self.at >= len(self.tokens):
            return False
        token = self.tokens[self.at]
        return token.kind == kind and (text is None or token.text == text)

    @property
    def stop(self) -> int:
        """Where the token that was read last ends in the source."""
        return self.tokens[self.at - 1].stop

    def fail(self, message: str, token: Token | None = None, expected: str = "") -> Unreadable:
        """The error to raise: what is wrong at a token, by default the next."""
        token = token or self.peek() or (self.tokens[-1] if self.tokens else None)
        if token is None:
            return Unreadable(message, 0, 0, expected)
        return Unreadable(message, token.start, token.stop, expected)

    def advance(self) -> Token:
        """Reads one token."""
        token = self.tokens[self.at]
        self.at += 1
        return token

    def expect(self, kind: str, text: str, opener: Token) -> Token:
        """Reads the token that must stand here to close what another one opened."""
        self.skip_edges()
        if not self.is_next(kind, text):
            token = self.peek()
            if token is None or token.kind in ("edge", "break", "line"):
                raise self.fail(f"this bracket is never closed by `{text}`", opener, text)
            raise self.fail(f"`{token.text}` cannot stand here", token, f"`{text}` is expected here")
        return self.advance()

    def begins_entry(self) -> bool:
        """Whether a number follows that a blank sets apart: [3 1], [3 -1]."""
        token, after = self.peek(), self.peek(1)
        if token is None or after is None:
            return False
        minus = token.kind == "op" and token.text == "-" and token.spaced and not after.spaced
        return token.kind == "num" or (minus and after.kind == "num")

    def skip_edges(self) -> None:
        """Inside brackets, steps over line ends and edges of mathematics."""
        if self.brackets.depth:
            self.skip_soft()

    def skip_soft(self) -> None:
        """Steps over line ends and edges of mathematics."""
        tokens, at = self.tokens, self.at  # called before every operator: written out for speed
        while at < len(tokens) and tokens[at].kind in _SOFT:
            at += 1
        self.at = at

    def after_soft(self) -> Token | None:
        """The next token that is neither a line end nor an edge."""
        tokens, at = self.tokens, self.at
        while at < len(tokens) and tokens[at].kind in _SOFT:
            at += 1
        return tokens[at] if at < len(tokens) else None

    def ends_here(self) -> bool:
        """Whether mathematics cannot go on here."""
        token = self.peek()
        return token is None or token.kind in _ENDS
