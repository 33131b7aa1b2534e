r"""Terms with a brace, and what is written below it: `\underbrace{\partial Z/\partial W}_{X_{i+k}}`."""

from __future__ import annotations

from grader.model.patterns import later

_BRACE = later(r"\\(?:under|over)brace\s*(?=\{)", holds=("brace",))
_NOTE = later(r"\s*[_^]\s*(?=\{)")
_DERIVATIVE = later(r"\\partial|\\frac\s*\{\s*d|\\nabla")
_SUM = later(r"[-+=<>≤≥±,&]|\\(?:pm|mp|leq?|geq?|cdot|frac|text)")
_INDEXED = later(
    r"\[|_|\\partial|\(|\\frac|\^"
)  # a factor of a formula; below a number, (\underbrace{80}_{\text{time}}), stands its axis
_CHANGES = later(r"\{\s*=\s*-?\d|\b(?:not|no|squared|multiplied|divided|times|wrong|negated|inverted)\b")
_INDICES = later(r"\[[^\[\]]*\]|_\{[^{}]*\}")
_WORDS = later(r"\\(?:text|mbox|mathrm|scriptsize)")


def with_braces_read(text: str) -> str:
    """LaTeX of the same length in which a braced term stands alone.

    What is below it is a remark, but for a derivative, which is there worked out: that counts in its place.
    """
    at = 0
    while (found := _BRACE.search(text, at)) is not None:
        at, end = found.end(), _closing(text, found.end())
        note = _NOTE.match(text, end) if end > at else None
        stop = _closing(text, note.end()) if note is not None else 0
        if note is None or stop <= note.end():
            continue
        term, below = text[at:end], text[note.end() : stop]
        if _CHANGES.search(below) and not ("^" in term and "squared" in below):
            continue  # a note that takes the term back: nothing is read
        if _DERIVATIVE.search(term) and not _WORDS.search(below) and not _DERIVATIVE.search(below):
            text = text[: found.start()] + " " * (note.end() - found.start()) + _without_sign(below) + text[stop:]
        elif not _WORDS.search(below) or _INDEXED.search(term):
            alone = f" {term[1:-1]} " if _SUM.search(_INDICES.sub("", term)) is None else term
            text = text[:at] + alone + " " * (stop - end) + text[stop:]
    return text


def _without_sign(below: str) -> str:
    """`{= X_{i+k}}` without its sign."""
    inner = below[1:].lstrip()
    return "{" + " " * (len(below) - len(inner)) + inner[1:] if inner.startswith("=") else below


def _closing(text: str, start: int) -> int:
    """Behind the bracket that closes the one at `start`; `start` where nothing does."""
    depth = 0
    for at in range(start, len(text)):
        escaped = at > 0 and text[at - 1] == "\\"
        depth += 0 if escaped else {"{": 1, "}": -1}.get(text[at], 0)
        if not depth:
            return at + 1
    return start
