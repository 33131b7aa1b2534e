"""Which angle brackets are tags, what a tag stands for, and what it hides from a human reader."""

from __future__ import annotations

import re

from grader.model.documents import Note, Span
from grader.model.patterns import later
from grader.read._htmltags import ORDINAL, RAISED
from grader.read._regions import Found, Index, Region

# What is left of a tag. Of those that raise or lower their content the signs: 10<sup>3</sup> is 10^{3}, not 103.
_RUNS = {
    "br": "break", "p": "break", "div": "break", "li": "break", "tr": "break", "summary": "break",
    "td": "cell", "th": "cell", "img": "image", "sup": "html", "sub": "html",
}  # fmt: skip
_ON_CLOSING_ONLY = frozenset({"p", "div", "li", "tr", "summary", "td", "th"})
_MARKS = {
    "s": "struck", "del": "struck", "strike": "struck",
    "b": "strong", "strong": "strong", "i": "emphasis", "em": "emphasis",
}  # fmt: skip
_UNSEEN = frozenset({"script", "style", "template"})
_OTHERS = (
    "a abbr address article aside big blockquote body caption center cite code col colgroup dd details dl dt "
    "figcaption figure font footer h1 h2 h3 h4 h5 h6 head header hr html input ins kbd label main mark nav o "
    "object ol option pre q samp section select small span table tbody tfoot thead time title tt u ul "
    "var video"
)
_NAMES = frozenset(_OTHERS.split()) | set(_RUNS) | set(_MARKS) | _UNSEEN

_ATTRIBUTE = later(r"""\s+([A-Za-z_:][\w:.-]*)(?:\s*=\s*("[^"]*"|'[^']*'|[^\s"'=<>`]+))?""")
_FLAGS = frozenset({"hidden", "open", "checked", "disabled", "selected", "controls", "reversed"})
_HIDING = later(
    r"display:none|visibility:(?:hidden|collapse)|opacity:0?(?:\.0+)?(?![.\d])|font-size:0+(?:\.0+)?(?![.\d])"
    r"|(?<![-\w])color:(?:white|#fff(?:f|fff|fffff)?(?![\da-f])|transparent|rgba?\(255,255,255|rgba\([^)]*,0\))"
)


def take_comment(index: Index, found: Found, start: int) -> int:
    """An unclosed comment is text: swallowing the rest of the file would lose answers."""
    close = index.text.find("-->", start + 4) if start < index.last_comment_end else -1
    if close < 0:
        return start + 4
    return _hide(index, found, start, close + 3)


def take_tag(index: Index, found: Found, start: int, stop: int) -> int:
    """Deal with what looks like a tag; give back the offset from which to read on."""
    text = index.text
    closing = text.startswith("/", start + 1)
    match = _NAME.match(text, start + 2 if closing else start + 1)
    name = match.group().lower() if match else ""
    attributes = _attributes(text[match.end() : stop - 1]) if match else None
    if name not in _NAMES or attributes is None or not _is_tag(index, start, name, closing):
        return start + 1
    if not closing and (name in _UNSEEN or _hides(attributes)):
        close = index.partner.get(start)
        if close:
            return _hide(index, found, start, close[1])
        found.notes.append(Note("hidden-text", Span(start, stop)))
    if not closing and name in _MARKS and start in index.partner:
        found.marks += [(stop, _MARKS[name], 1), (index.partner[start][0], _MARKS[name], -1)]
    kind = _RUNS.get(name, "tag")
    if name in _ON_CLOSING_ONLY and not closing:
        kind = "tag"
    left = {"break": "\n", "image": attributes.get("alt", ""), "html": text[start:stop]}.get(kind, "")
    if kind == "html" and (sign := _raising(index, found, name, start, stop)):
        kind, left = "text", sign
    found.regions.append(Region(kind, Span(start, stop), Span(start, stop), left))
    return stop


def _raising(index: Index, found: Found, name: str, start: int, stop: int) -> str:
    """What stands for a tag of a power or an index; "" for one alone, and for that of 5<sup>th</sup>."""
    if start in found.raised:
        return "}"
    if start not in index.partner or ORDINAL.match(index.text, stop, stop + 20):
        return ""
    found.raised.add(index.partner[start][0])
    return RAISED[name]


_NAME = re.compile(r"[A-Za-z][A-Za-z0-9]*")


def _attributes(source: str) -> dict[str, str] | None:
    """None if this is no list of attributes: the words in `x <a and b> c` are an answer."""
    result: dict[str, str] = {}
    at = 0
    source = source.rstrip().removesuffix("/").rstrip()
    while at < len(source):
        match = _ATTRIBUTE.match(source, at)
        if not match or (match[2] is None and match[1].lower() not in _FLAGS):
            return None
        result[match[1].lower()] = (match[2] or "").strip("\"'")
        at = match.end()
    return result


def _is_tag(index: Index, start: int, name: str, closing: bool) -> bool:
    """`a<b>c` is an inequality unless the `<b>` is closed."""
    if len(name) > 1 or closing:
        return True
    line = index.text.rfind("\n", max(0, start - 8), start) + 1
    return start in index.partner or (name == "p" and not index.text[line:start].strip())


def _hides(attributes: dict[str, str]) -> bool:
    style = re.sub(r"\s+", "", attributes.get("style", "")).lower()
    if "color" in attributes:
        style += ";color:" + attributes["color"].strip().lower()
    return "hidden" in attributes or bool(_HIDING.search(style))


def _hide(index: Index, found: Found, start: int, stop: int) -> int:
    span = Span(start, stop)
    found.regions.append(Region("hidden", span, span, ""))
    found.notes.append(Note("hidden-text", span))
    return stop
