"""What Obsidian does not print: names of blocks at the ends of lines, `^p1a`, and `%% comments %%`."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from grader.model.documents import Note, Span
from grader.read._regions import Region

_NAME = re.compile(r"(?:(?<=\S)[ \t]+|^[ \t]*)\^(?P<name>[A-Za-z][A-Za-z0-9-]{1,40})[ \t]*$", re.MULTILINE)
_MAY_NAME = re.compile(r"\^[A-Za-z][A-Za-z0-9-]{1,40}[ \t]*$", re.MULTILINE)  # looked for by its first sign
_COMMENT = re.compile(r"(?<!%)%%(?!%)[^%\n]{1,500}%%(?!%)|^%%[ \t]*\n(?:(?!%%)[^\n]*\n){1,200}%%[ \t]*$", re.MULTILINE)
_LONG = 4  # characters of a name that is no exponent
_ALONE = re.compile(  # a line of its own; `^T` below the rows of a matrix and `^2` are exponents
    r"^[ \t]*\^(?:\d+[A-Za-z][A-Za-z0-9-]*|[A-Za-z]+\d[A-Za-z0-9-]*|[A-Za-z][A-Za-z0-9-]{3,40})[ \t]*$", re.MULTILINE
)
OWN_MARKS = ("%%", "^", "[!", "[[", "==")  # one of which all that is looked for here begins with
_CALLOUT = re.compile(r"(?:^|(?<=\n))(?:[ \t]*>)+[ \t]*(?P<mark>\[![A-Za-z-]{2,20}\][-+]?[ \t]*)")
_WORD = r"[^\W\d_][\w ./#-]{2,60}"
_LINK = re.compile(rf"\[\[(?:{_WORD}\|)?(?={_WORD}\]\])|(?<=[\w.)])\]\](?![\]\[])")
_HIGHLIGHT = re.compile(r"(?<![=<>!:\w])==(?=[^\s=][^=\n]{0,200}(?<!\s)==(?![=\w]))|(?<=[^\s=])==(?![=\w])")


def unprinted(
    text: str, taken: Sequence[Region], literal: Sequence[tuple[int, int]]
) -> tuple[list[Region], list[Note]]:
    """The regions that are not seen, outside of mathematics and code, and notes on comments."""
    regions: list[Region] = []
    notes: list[Note] = []
    spans = sorted([*(region.span for region in taken), *(Span(*one) for one in literal)])
    names = list(_NAME.finditer(text)) if "^" in text and _MAY_NAME.search(text) else []
    names = names if len(names) > 1 else [one for one in names if len(one["name"]) >= _LONG]
    comments = list(_COMMENT.finditer(text)) if "%%" in text else []
    names += [*_ALONE.finditer(text)] if "^" in text else []
    for found in _free(sorted([*names, *comments, *_marks(text)], key=lambda one: one.start()), spans):
        span = Span(*found.span("mark" if "mark" in found.re.groupindex else 0))
        hidden = found[0].lstrip().startswith("%%")
        regions.append(Region("hidden" if hidden else "tag", span, span, ""))
        notes += [Note("hidden-text", span)] if hidden else []
    return regions, notes


def _marks(text: str) -> list[re.Match[str]]:
    """What only sets or links words: `> [!question]-`, `[[batch]]`, `==1820==`; these in pairs, or not at all."""
    found = [*_CALLOUT.finditer(text)] if "[!" in text else []
    links = [*_LINK.finditer(text)] if "[[" in text else []
    opened = sum(link[0].startswith("[[") for link in links)
    found += links if 2 * opened == len(links) else []
    signs = [*_HIGHLIGHT.finditer(text)] if "==" in text else []
    return found + (signs if len(signs) % 2 == 0 else [])


def _free(found: Sequence[re.Match[str]], spans: Sequence[Span]) -> Iterator[re.Match[str]]:
    """Those that meet none of the spans, nor one of themselves."""
    at = behind = 0
    for one in found:
        while at < len(spans) and spans[at].stop <= one.start():
            at += 1
        if one.start() >= behind and (at == len(spans) or spans[at].start >= one.end()):
            behind = one.end()
            yield one
