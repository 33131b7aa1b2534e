"""The tags, comments and words of an HTML page, each with its place; any text is cut in linear time."""

from __future__ import annotations

import re
from collections.abc import Iterator
from html import unescape

from grader.model.records import NamedTuple

# A page that was cut anywhere is read to its end: the standard parser gives no place to attributes, and waits for
# the rest of what is unfinished.
_TAG = re.compile(r"""<(/?)([A-Za-z][A-Za-z0-9:_-]*)((?:\s|/)(?:"[^"]*"|'[^']*'|[^"'>])*+)?>""")
_SIMPLE = re.compile(r"<(/?)([A-Za-z][A-Za-z0-9:_-]*)((?:\s|/)[^>]*+)?>")
_DECLARATION = re.compile(r"<(?:!(?:doctype|\[)|\?)[^>]*+>", re.IGNORECASE)
_ATTRIBUTE = re.compile(r"""([^\s"'>/=]+)(?:\s*=\s*(?:"([^"]*)"|'([^']*)'|([^\s"'>]+)))?""")
_CLOSING = re.compile(r"</[A-Za-z]+\s*>")
_RAW = frozenset({"script", "style"})
ENTITY = re.compile(r"&(?:#\d{1,8};?|#[xX][0-9A-Fa-f]{1,7};?|[A-Za-z][A-Za-z0-9]{1,31};?)")


class Attribute(NamedTuple):
    """The value of an attribute as it stands in the file, entities and all."""

    start: int
    stop: int
    raw: str

    @property
    def value(self) -> str:
        """What it says."""
        return unescape(self.raw)


class Token(NamedTuple):
    """A piece of a page: `text`, `open`, `close`, `comment`, `raw` (the inside of a script) or `other`.

    `name` is that of the tag, in lower case; a piece of raw text has the name of its element.
    """

    kind: str
    name: str
    start: int
    stop: int
    source: str = ""

    def attributes(self) -> dict[str, Attribute]:
        """Of a tag, by name in lower case; the first counts, as in browsers."""
        found: dict[str, Attribute] = {}
        for match in _ATTRIBUTE.finditer(self.source, 1 + len(self.name)):
            group = match.lastindex if match.lastindex and match.lastindex > 1 else 1
            start = match.start(group) if group > 1 else match.end()
            raw = match[group] if group > 1 else ""
            found.setdefault(match[1].lower(), Attribute(self.start + start, self.start + start + len(raw), raw))
        return found


def tokens(text: str, start: int = 0, stop: int | None = None) -> Iterator[Token]:
    """All of them in order, without a gap between them.

    What cannot be a tag is text, an unclosed comment or script too: it may hold the rest of the answers.
    """
    cut = _Cut(text, len(text) if stop is None else stop)
    at = begun = start
    while (at := text.find("<", at, cut.stop)) >= 0:
        token = cut.markup(at)
        if token is None:
            at += 1
            continue
        if begun < at:
            yield Token("text", "", begun, at)
        yield token
        at = begun = token.stop
        if token.kind == "open" and token.name in _RAW and (close := cut.end_of(token)) >= 0:
            yield Token("raw", token.name, at, close)
            at = begun = close
    if begun < cut.stop:
        yield Token("text", "", begun, cut.stop)


class _Cut:
    """What is known of the rest of the text, so that nothing is searched twice in vain."""

    def __init__(self, text: str, stop: int) -> None:
        self.text = text
        self.stop = stop
        self.last_tag_end = text.rfind(">", 0, stop)
        self.last_comment_end = text.rfind("-->", 0, stop)
        self.quoted = True  # until a quote is found that never ends: from there on `>` ends each tag
        self.unclosed: set[str] = set()

    def markup(self, at: int) -> Token | None:
        if at > self.last_tag_end:
            return None
        if self.text.startswith("<!--", at):
            if at + 4 > self.last_comment_end:
                return None
            return Token("comment", "", at, self.text.find("-->", at + 4) + 3)
        return self._tag(at) or self._declaration(at)

    def _tag(self, at: int) -> Token | None:
        match = None
        if self.quoted:
            match = _TAG.match(self.text, at, self.stop)
            simple = _SIMPLE.match(self.text, at, self.stop)
            # `<a href="x>..</a>..<p class="y">` has swallowed words.
            if simple and (match is None or (match.end() > simple.end() and _CLOSING.search(match.group()))):
                self.quoted, match = False, simple
        else:
            match = _SIMPLE.match(self.text, at, self.stop)
        if match is None:
            return None
        return Token("close" if match[1] else "open", match[2].lower(), at, match.end(), match.group())

    def _declaration(self, at: int) -> Token | None:
        match = _DECLARATION.match(self.text, at, self.stop)
        return Token("other", "", at, match.end()) if match else None

    def end_of(self, token: Token) -> int:
        if token.name in self.unclosed:
            return -1
        found = re.compile(rf"</{token.name}(?=[\s/>])", re.IGNORECASE).search(self.text, token.stop, self.stop)
        if found is None:
            self.unclosed.add(token.name)
            return -1
        return found.start()
