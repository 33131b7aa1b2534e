"""What Obsidian does not print: names of blocks at the ends of lines, `^p1a`, and `%% comments %%`."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from grader.model.documents import Note, Span
from grader.read._regions import Region

_NAME = re.compile(r"(?:(?<=\S)[ \t]+|^[ \t]*)\^(?P<name>[A-Za-z][A-Za-z0-9-]{1,40})[ \t]*$", re.MULTILINE)
_MAY_NAME = re.compile(r"\^[A-Za-z][A-Za-z0-9-]{1,40}[ \t]*$", re.MULTILINE)  # looked for by its first sign
_COMMENT = re.compile(r"(?<!%)%%(?!%)[^%\n]{1,500}%%(?!%)|^%%(?!%)[^%]{1,5000}%%[ \t]*$", re.MULTILINE)
_LONG = 4  # characters of a name that is no exponent
_PART = re.compile(r"(?<=[.!?;:])[ \t]+\^\d{1,2}[a-h][ \t]*$|(?<=\$\$)[ \t]+\^\d{1,2}[a-h][ \t]*$", re.MULTILINE)
_EMBEDDED = re.compile(  # ![[scan.png|300]]
    r"!\[\[[^\]\n|]{1,200}\.(?:png|jpe?g|gif|svg|webp|bmp|heic|tiff?|pdf)(?:[#|][^\]\n]{0,200})?\]\]", re.IGNORECASE
)
_ALONE = re.compile(  # a line of its own; `^T` below the rows of a matrix and `^2` are exponents
    r"^[ \t]*\^(?:\d+[A-Za-z][A-Za-z0-9-]*|[A-Za-z]+\d[A-Za-z0-9-]*|[A-Za-z][A-Za-z0-9-]{3,40})[ \t]*$", re.MULTILINE
)
OWN_MARKS = ("%%", "^", "[!", "[[", "==")  # one of which all that is looked for here begins with
_CALLOUT = re.compile(r"(?:^|(?<=\n))(?:[ \t]*>)+[ \t]*(?P<mark>\[![A-Za-z-]{2,20}\][-+]?[ \t]*)")
_LINK = re.compile(  # [[batch]], [[notes#^4c|5a]], with \\| in a table; [[x]] and [[1, 2]] are lists
    r"(?<!!)(?P<open>\[\[(?:[^\W\d_#^][^\[\]\n|]{2,200}\||(?=[^\W\d_][\w ./#-]{2,60}\]\])))"
    r"[^\[\]\n|]{1,200}(?P<close>\]\])"
)
_HIGHLIGHT = re.compile(r"(?<![=<>!:\w])==(?=[^\s=](?:[^=\n]|=(?!=)){0,200}(?<!\s)==(?![=\w]))|(?<=[^\s=])==(?![=\w])")


def unprinted(
    text: str, taken: Sequence[Region], literal: Sequence[tuple[int, int]]
) -> tuple[list[Region], list[Note]]:
    """The regions that are not seen, outside of mathematics and code, and notes on comments."""
    spans = sorted([*(region.span for region in taken), *(Span(*one) for one in literal)])
    names = list(_NAME.finditer(text)) if "^" in text and _MAY_NAME.search(text) else []
    names = names if len(names) > 1 else [one for one in names if len(one["name"]) >= _LONG]
    names += [*_ALONE.finditer(text), *_PART.finditer(text)] if "^" in text else []
    found = [Region("tag", Span(*one.span()), Span(*one.span()), "") for one in names]
    found += [Region("tag", span, span, "") for span in _marks(text)]
    for sign, kind, pattern in (("%%", "hidden", _COMMENT), ("![[", "image", _EMBEDDED)):
        places = [Span(*one.span()) for one in pattern.finditer(text)] if sign in text else []
        found += [Region(kind, span, span, "") for span in places]
    regions = list(_free(sorted(found, key=lambda one: one.span.start), spans))
    return regions, [Note("hidden-text", one.span) for one in regions if one.kind == "hidden"]


def _marks(text: str) -> list[Span]:
    """What only sets or links words: `> [!question]-`, `[[batch]]`, `==1820==`; these in pairs, or not at all."""
    found = [one.span("mark") for one in _CALLOUT.finditer(text)] if "[!" in text else []
    links = [*_LINK.finditer(text)] if "[[" in text else []
    found += [one.span(side) for one in links for side in ("open", "close")]
    signs = [one.span() for one in _HIGHLIGHT.finditer(text)] if "==" in text else []
    return [Span(*one) for one in (*found, *(signs if len(signs) % 2 == 0 else ()))]


def _free(found: Sequence[Region], spans: Sequence[Span]) -> Iterator[Region]:
    """Those that meet none of the spans, nor one of themselves."""
    at = behind = 0
    for one in found:
        start, stop = one.span
        while at < len(spans) and spans[at].stop <= start:
            at += 1
        if start >= behind and (at == len(spans) or spans[at].start >= stop):
            behind = stop
            yield one
