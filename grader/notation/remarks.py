r"""Remarks that end a formula in brackets of their own, as prose would: `X \qquad (\text{summed over } i, j)`."""

from __future__ import annotations

from collections.abc import Iterator, Set

from grader.model.documents import Run, Span
from grader.model.patterns import later

_SPACE = r"(?:\\q?quad(?![A-Za-z])|\\[;:, ]|~|,)\s*"
_WORDS = r"\\(?:text|textrm|textit|mbox|mathrm)\s*\{\s*[a-z]{2,}[^{}]*\}"
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
    said = found["said"] if found is not None else ""
    if found is None or len(text) != run.span.stop - start or not _is_closed(text[: found.start()]):
        yield run
        return
    if not _leaves_it_as_it_is(said):  # "(not summed)", "(squared)" change what is asked for: nothing is read
        yield run
        return
    at = found.start("said")
    yield run._replace(text=text[:at], span=Span(start, start + at))
    for kind, low, high in _pieces(text[at:]):
        yield Run(kind, text[at + low : at + high], Span(start + at + low, start + at + high))


_HARMLESS = frozenset(
    "sum summed sums over up on all and the a an in is are from to each every for with where as usual of index "
    "indices repeated occurring occur appearing appear that which einstein convention summation implied implicit "
    "understood both elementwise entrywise pointwise componentwise element entry component wise by per batch "
    "samples sample images image channels channel pixels pixel positions position examples data set row rows column "
    "columns filter filters kernel offsets offset feature maps map output input outputs inputs recordings recording "
    "training here only just chain product rule definition population variance energy bias error loss gradient "
    "given units unit si volts volt metres meters seconds newton newtons joule joules simplified height width depth "
    "time colour color colours colors frame frames video videos".split()
)
_OF_VALUES = frozenset(
    "rounded approx approximately about roughly exact exactly decimal decimals digit digits figures places significant"
    " one two three four".split()
)
_OTHER_RANGE = later(r"\\(?:neq?|not)(?![A-Za-z])|≠|!=")


def _leaves_it_as_it_is(remark: str, besides: Set[str] = frozenset()) -> bool:
    """Whether a remark only tells over what is summed, for what something holds, or in which units."""
    said = " ".join(found["words"] or "" for found in _PIECE.finditer(remark)).casefold()
    return _OTHER_RANGE.search(remark) is None and set(_WORD.findall(said)) <= _HARMLESS | besides


def changing_remark(behind: str, of_value: bool = False) -> str:
    r"""The words of a remark in brackets that may change what stands before it, `\quad(\text{squared})`; "" for others.

    Of a value, `of_value`, it may also tell how it is rounded.
    """
    found = _IN_BRACKETS.match(behind)
    if found is None or _leaves_it_as_it_is(found["said"], _OF_VALUES if of_value else frozenset()):
        return ""
    return " ".join(" ".join(one["words"] or "" for one in _PIECE.finditer(found["said"])).split())


def holds_remark(text: str) -> bool:
    """Whether a remark in brackets stands apart in a formula."""
    return _APART.search(text) is not None


_APART = later(rf"{_SPACE}\(\s*{_WORDS}", holds=("\\text", "\\mbox", "\\mathrm"))
_IN_BRACKETS = later(
    r"(?:\\q?quad(?![A-Za-z])|\\[;:,! ]|~|,|\s)*"
    r"(?P<said>\((?=[^()]*\\(?:text|textrm|textit|mbox|mathrm)\s*\{)(?:[^()]|\([^()]*\))*\))"
)
_WORD = later(r"[^\W\d_]{2,}")


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
