"""A sign for ranges that a student introduces, `[n] = {0, ..., n-1}`, read as the ranges that it stands for."""

from __future__ import annotations

from dataclasses import replace

from grader.model.documents import Block, Document, Run
from grader.model.patterns import later

_DOTS = r"(?:\\[lc]?dots[cb]?|\.\.\.?|…)"
_DECLARED = later(
    rf"\[\s*([A-Za-z])\s*\]\s*(?::?=|≔|\\coloneqq|\\equiv|means|denotes|stands for|is|for)\s*\\?\{{\s*([01])\s*,\s*"
    rf"(?:\d\s*,\s*)?{_DOTS}\s*,\s*\1\s*(-\s*1)?\s*\\?\}}",
    holds=("[",),
)
_IN = later(r"(?:\\in(?![A-Za-z])|∈|\\times(?![A-Za-z])|×)\s*(?=\[)", holds=("[",))
_BEFORE_TIMES = later(r"\s*(?:\\times(?![A-Za-z])|×)\s*\[")
_LONGEST = 12  # ranges that are written out


def with_own_ranges(document: Document) -> Document:
    """The document with `k \\in [2]` as `k \\in {0, 1}`, where the student says once what `[n]` means."""
    found = [said for block in document.blocks if "[" in block.text for said in _DECLARED.finditer(block.text)]
    meant = {(said[2], bool(said[3])) for said in found}
    if len(meant) != 1:
        return document
    low, shorter = meant.pop()
    blocks = tuple(_spelled(block, int(low), shorter) for block in document.blocks)
    return replace(document, blocks=blocks)


def _spelled(block: Block, low: int, shorter: bool) -> Block:
    runs = tuple(_spelled_run(run, low, shorter) if run.kind in ("math", "display") else run for run in block.runs)
    return block if runs == block.runs else block._replace(runs=runs)


def _spelled_run(run: Run, low: int, shorter: bool) -> Run:
    text = run.text
    at = 0
    while (sign := _IN.search(text, at)) is not None:
        at = sign.end()
        while (stop := _closing(text, at)) is not None:
            written = _range(text[at + 1 : stop].strip(), low, shorter)
            text = text[:at] + written + text[stop + 1 :]
            at += len(written)
            times = _BEFORE_TIMES.match(text, at)
            if times is None:
                break
            at = times.end() - 1
    return run if text == run.text else run._replace(text=text)


def _closing(text: str, at: int) -> int | None:
    """Where the bracket that opens here closes, if it holds one size and no list."""
    depth = 0
    for k in range(at, len(text)):
        depth += (text[k] in "[(") - (text[k] in "])")
        if text[k] == "," and depth == 1:
            return None
        if not depth:
            return k if text[k] == "]" and k > at + 1 else None
    return None


def _range(size: str, low: int, shorter: bool) -> str:
    if size.isdecimal() and int(size) <= _LONGEST:
        return "\\{" + ",".join(map(str, range(low, int(size) + (not shorter)))) + "\\}"
    last = f"{size}-1" if shorter else size
    return f"\\{{{low},\\dots,{last}\\}}"
