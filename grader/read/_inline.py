"""The pieces of a paragraph, each with the offsets CommonMark itself does not keep."""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import lru_cache

from markdown_it import MarkdownIt
from markdown_it.parser_inline import ParserInline
from markdown_it.rules_inline import StateInline
from markdown_it.token import Token

_SHORT = 2000  # characters of a content that is remembered
_SPECIAL = re.compile(r"[\\`*_~\[\]!&<\n]")


def newline(state: StateInline, silent: bool) -> bool:
    """A line end, hard or soft; the blanks before it are cut where runs are made."""
    if state.src[state.pos] != "\n":
        return False
    if not silent:
        state.push("softbreak", "br", 0)
    state.pos += 1
    while state.pos < state.posMax and state.src[state.pos] in " \t":
        state.pos += 1
    return True


class PlacedInline(ParserInline):
    """CommonMark's inline rules; each token says in `meta["at"]` where it stands in the content."""

    def __init__(self) -> None:
        super().__init__()
        self.ruler.at("newline", newline)
        self.ruler.disable(["linkify", "html_inline"])
        self.ruler2.disable(["fragments_join"])  # joined tokens would need a new place

    def tokenize(self, state: StateInline) -> None:
        """As in the parent; but what waits to become a token does so after each rule."""
        rules = self.ruler.getRules("")
        end = state.posMax
        while state.pos < end:
            start, count = state.pos, len(state.tokens)
            if state.level < state.md.options["maxNesting"]:
                for rule in rules:
                    if rule(state, False):
                        break
            if state.pos == start:
                state.pending += state.src[start]
                state.pos += 1
            if state.pending:
                state.pushPending()
            _place(state.tokens[count:], start, state.pos)


def _place(tokens: Sequence[Token], start: int, stop: int) -> None:
    """A rule leaves one token, a row of delimiters, or a link around tokens that have their places."""
    delimiters = len(tokens) > 1 and all(token.type == "text" for token in tokens)
    for token in tokens:
        if "at" in token.meta:
            continue
        if delimiters:
            token.meta["at"] = (start, start + len(token.content))
            start += len(token.content)
        else:
            token.meta["at"] = (start, stop)


def inline_tokens(parser: MarkdownIt, content: str, references: dict[str, object]) -> list[Token]:
    """The tokens of a content; a content without any markup is one of them."""
    if not _SPECIAL.search(content):
        token = Token("text", "", 0, content=content)
        token.meta["at"] = (0, len(content))
        return [token] if content else []
    if references.get("references") or len(content) > _SHORT:
        return parser.inline.parse(content, parser, references, [])
    return _parsed(parser, content)


@lru_cache(maxsize=1000)
def _parsed(parser: MarkdownIt, content: str) -> list[Token]:
    """The same words mean the same wherever they stand: a class copies the sheet. Nobody changes the tokens."""
    return parser.inline.parse(content, parser, {}, [])
