r"""Remarks that end a formula in brackets of their own, as prose would: `X \qquad (\text{summed over } i, j)`."""

from __future__ import annotations

from collections.abc import Iterator

from grader.model.documents import Run, Span
from grader.model.patterns import later

_SPACE = r"(?:\\q?quad(?![A-Za-z])|\\[;:, ]|~|,)\s*"
_WORDS = r"\\(?:text|textrm|textit|mbox|mathrm)\s*\{\s*[a-z]{2,}\s[^{}]*\}"
_REMARK = later(
    rf"{_SPACE}(?P<said>\(\s*{_WORDS}(?:[^()\\&]|\\(?!begin|end|\\)|{_WORDS}|\([^()]*\))*\)\s*[.,;]?\s*|"
    r"\\text\s*\{\s*\(?sum(?:med)? (?:over|up|on)[^{}]*\}[^&\\]*(?:\\[;:, ][^&\\]*)*)\Z",
    holds=("\\text", "\\mbox", "\\mathrm"),
)
_PIECE = later(r"\\(?:text|textrm|textit|mbox|mathrm)\s*\{(?P<words>[^{}]*)\}|(?P<maths>[^()\\]*[A-Za-z][^()\\]*)")


def with_remark_apart(run: Run) -> Iterator[Run]:
    """A formula, and the words and formulas of the remark that ends it, each a run; any other run as it is."""
    start, text = run.span.start, run.text
    found = _REMARK.search(text) if run.kind in ("math", "display") and "\\" in text else None
    if found is None or len(text) != run.span.stop - start or not _is_closed(text[: found.start()]):
        yield run
        return
    at = found.start("said")
    yield run._replace(text=text[:at], span=Span(start, start + at))
    for kind, low, high in _pieces(text[at:]):
        yield Run(kind, text[at + low : at + high], Span(start + at + low, start + at + high))


def _is_closed(maths: str) -> bool:
    return maths.count("{") == maths.count("}") and maths.count("\\begin") == maths.count("\\end")


def _pieces(remark: str) -> Iterator[tuple[str, int, int]]:
    """The words of a remark and its formulas, each with its place in it."""
    at = 0
    for found in _PIECE.finditer(remark):
        kind = "text" if found["words"] is not None else "math"
        group = "words" if kind == "text" else "maths"
        if found.start() > at:
            yield "text", at, found.start()
        yield kind, found.start(group), found.end(group)
        at = found.end()
    if at < len(remark):
        yield "text", at, len(remark)
