"""Matrices as people type them without TeX, told as `[[1, 2], [3, 4]]`: line by line, `(1 2; 3 4)`, row by row.

Blanks set entries apart only where the rows are as many and as long as those that are asked for; any other grid of
numbers stays as it was typed.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from grader.kinds._around_matrices import stands_alone
from grader.kinds._spelled_rows import ROW, rows_of, spelled_rows, told
from grader.kinds._stretches import OTHER, Stretch, retold, text_of, words_of
from grader.kinds.kind import View
from grader.model.documents import Block
from grader.model.patterns import later
from grader.model.records import NamedTuple


class Line(NamedTuple):
    """A line of an answer: its block, where it begins in the block's words, and what stands on it."""

    block: int
    start: int
    text: str

    @property
    def stop(self) -> int:
        """Where it ends."""
        return self.start + len(self.text)


def with_matrices_told(view: View, shape: tuple[int, ...]) -> View:
    """The answer with its typed matrices as lists of lists, where a matrix of this shape is asked for."""
    blocks, memo = view.remember(("matrices", shape), lambda: (with_matrices(view.answer.blocks, shape), {}))
    if blocks == view.answer.blocks:
        return view
    answer = view.answer._replace(blocks=blocks)
    return View(answer, view.names, view.places, view.reasons, view.context, view.base, memo, view.shared)


def with_matrices(blocks: tuple[Block, ...], shape: Sequence[int]) -> tuple[Block, ...]:
    """The blocks with each matrix of a shape that is typed without TeX as a list of lists, in its own place."""
    if len(shape) != 2 or min(shape) < 2:
        return blocks
    blocks = tuple(_with_rows_in_maths(block, shape) for block in blocks)
    words = [words_of(block) for block in blocks]
    found = [[*_in_line(text, shape), *spelled_rows(text, shape)] for text in words]
    for number, stretch in _line_by_line(words, blocks, shape):
        if stretch is None:  # what one of them says is not known: nor, then, which of them counts
            return blocks
        if not any(stretch.start < one.stop and one.start < stretch.stop for one in found[number]):
            found[number].append(stretch)
    return tuple(
        retold(block, [one for one in stretches if not _TURNS.search(text[: one.start])])
        for block, text, stretches in zip(blocks, words, found, strict=True)
    )


_TURNS = later(  # in the sentence, or directly before: no matrix that is handed in
    r"\b(?:if|were|would|should|suppose|assum\w+|swap\w*|exchang\w*|interchang\w*)\b[^.\n]*\n?[ \t]*\Z"
    r"|(?:\bof|[-+/^])\s*\Z",
    re.IGNORECASE,
)


# -- one line ------------------------------------------------------------------------------------------------------

_SEMICOLONS = later(rf"[\[(][ \t]*(?P<rows>{ROW}(?:[ \t]*;\s*{ROW})+)[ \t]*[\])]")
_NESTED = later(rf"\[\s*(?P<rows>\[[ \t]*{ROW}[ \t]*\](?:\s*[,;]?\s*\[[ \t]*{ROW}[ \t]*\])+)\s*\]")
_BARE = later(rf"(?:(?<=\A)|(?<=[\n=]))[ \t]*(?P<rows>{ROW}(?:[ \t]*;[ \t]*{ROW})+)(?=[ \t]*\.?[ \t]*(?:\n|\Z))")
_EACH_ROW = later(ROW)
_LONGEST = 2000  # characters of a block that has rows in its lines
_WIDEST = 200  # of a line that is a row


def _in_line(text: str, shape: Sequence[int]) -> Iterator[Stretch]:
    """`(4/3, -1/3; -5/3, 2/3)`, `[1 2; 3 4]`, `[[1 2] [3 4]]`."""
    if ("[" not in text and ";" not in text) or len(text) > _LONGEST:
        return
    for pattern in (_SEMICOLONS, _NESTED, _BARE):
        for found in pattern.finditer(text):
            rows = rows_of(_EACH_ROW.findall(found["rows"]), shape, safe=found[0].startswith("["))
            if rows and found[0][0] + found[0][-1] not in ("[)", "(]"):
                yield Stretch(found.start("rows") if pattern is _BARE else found.start(), found.end(), told(rows))


_FRACTION = r"(?:\\[dt]?frac\s*(?:\{\s*\d+\s*\}\s*\{\s*\d+\s*\}|\d\s?\d))"
_IN_MATHS = later(rf"[(\[](?P<rows>(?:\s|-|\d|\.|/|,|;|\\[ ,;]|{_FRACTION})+)(?P<right>\\right\s*)?[)\]](?!\s*[\^'])")
_GAP = later(r"(?<=[\d}])(?:\s|\\[ ,;])+(?=-?(?:\d|\\[dt]?frac))")


def _with_rows_in_maths(block: Block, shape: Sequence[int]) -> Block:
    """`(4, -1; -5, 2)` and `[4\\ -1; -5\\ 2]` in mathematics as `(4,-1; -5,2)`; every sign keeps its place."""

    def spelled(found: re.Match[str]) -> str:
        inside = found["rows"]
        rows = inside.split(";")
        entries = [_SEPARATOR.split(row.strip()) for row in rows]
        if [len(row) for row in entries] != [shape[1]] * shape[0] or len({"," in row for row in rows}) > 1:
            return found[0]
        if "," not in inside:
            inside = _GAP.sub(lambda gap: ",".ljust(len(gap[0])), inside)
        return f"({inside}{found['right'] or ''})"

    if not any(run.kind in ("math", "display") and ";" in run.text for run in block.runs):
        return block
    return block._replace(
        runs=tuple(
            run._replace(text=_IN_MATHS.sub(spelled, run.text)) if run.kind in ("math", "display") else run
            for run in block.runs
        )
    )


_SEPARATOR = later(r"\s*,\s*|(?<=[\d}])(?:\s|\\[ ,;])+(?=-?(?:\d|\\[dt]?frac))")


# -- several lines -------------------------------------------------------------------------------------------------

_BARS = "⎡⎢⎣⎛⎜⎝⌈⌊|│∣‖║⎤⎥⎦⎞⎟⎠⌉⌋"
_PAIRS = {"[": "]", "(": ")", "{": "}"}
_NAME = rf".*?(?:[=:*·⋅×]|\b(?:is|times)\b|(?:[=*·⋅×]|\A)[ \t]*\(?\d+/\d+\)?(?=[ \t]*[\[({{{_BARS}]))[ \t]*"
_LINE = later(
    rf"(?P<name>{_NAME}|[ \t]*)(?P<open>[\[({{]{{1,2}}|[{_BARS}]|)[ \t]*(?P<row>{ROW})[ \t]*"
    rf"(?P<close>[\])}}]{{1,2}}|[{_BARS}]|)[ \t]*(?:,|;|\.|\\\\?)?[ \t]*"
)
_JOINED = later(r"(?P<sign>[=*·⋅×]|\btimes)\s*\Z")
_DETERMINANT = later(r"\bdet[^.\n=]*=?\s*\Z", re.IGNORECASE)

Rows = list[tuple[Line, re.Match[str]]]
Told = tuple[int, Stretch | None]  # in which block, and what it says, if that is known


def _line_by_line(words: list[str], blocks: tuple[Block, ...], shape: Sequence[int]) -> Iterator[Told]:
    """Rows on lines of their own, one below the other; nothing where a line above or below them is one more."""
    group: Rows = []
    above: Line | None = None
    texts = [text_of(block) for block in blocks]
    for line in (*_lines(words, blocks), None):
        row = None if line is None or len(line.text) > _WIDEST else _LINE.fullmatch(line.text)
        if group and not (line is not None and row is not None and _is_below(group[-1][0], line, blocks)):
            if len(group) == shape[0]:
                yield from _matrix(group, above, texts, shape)
                above = group[-1][0]
            group = []
        if line is not None and row is not None:
            group.append((line, row))


def _lines(words: list[str], blocks: tuple[Block, ...]) -> Iterator[Line]:
    for number, (text, block) in enumerate(zip(words, blocks, strict=True)):
        at = 0
        for line in text.split("\n") if block.kind in ("paragraph", "code") else [OTHER]:
            if line.strip():
                yield Line(number, at, line)
            at += len(line) + 1


def _is_below(last: Line, line: Line, blocks: tuple[Block, ...]) -> bool:
    """Whether a line may go on with the rows of another: in one block, or each in a paragraph of its own."""
    alike = bool(blocks[last.block].label) == bool(blocks[line.block].label)
    next_block = line.block == last.block + 1 and alike and not last.start and not line.start
    return line.block == last.block or next_block


def _matrix(group: Rows, other: Line | None, texts: list[str], shape: Sequence[int]) -> Iterator[Told]:
    """The stretch of a matrix, which may stand below another; where each row has a block of its own, those below the
    first say nothing more."""
    brackets = _brackets([row["open"] for _, row in group], [row["close"] for _, row in group])
    rows = rows_of([row["row"] for _, row in group], shape, safe=brackets in ("[]", "|"))
    named = [number for number, (_, row) in enumerate(group) if row["name"].strip()]
    first, last = group[0][0], group[-1][0]
    before = texts[first.block][: first.start]
    name = group[named[0]][1]["name"] if named else ""
    above, below = "\n".join((*texts[: first.block], before)), "\n".join(texts[last.block :])[last.stop :]
    if other is not None and above.rstrip().endswith(other.text.rstrip()):
        above = ""
    if not rows or brackets is None or len(named) > 1:
        return
    if (brackets == "|" and _DETERMINANT.search(before + name)) or (named and named != [0] and not brackets):
        return
    sign = None if named else _JOINED.search(before)
    if not stands_alone("" if named else above, below, sign is not None):
        yield first.block, None
        return
    said = name.strip() if sign is None else "*" if sign["sign"] == "times" else sign["sign"]
    start = first.start if sign is None else sign.start()
    if named == [0]:
        said, start = "", first.start + len(name)
    stop = last.stop if first.block == last.block else first.stop
    yield first.block, Stretch(start, stop, f"{said} {told(rows)}".lstrip())
    if first.block != last.block:
        yield from ((line.block, Stretch(line.start, line.stop, "")) for line, _ in group[1:])


def _brackets(opens: list[str], closes: list[str]) -> str | None:
    """The brackets of rows: a pair around each, or around all; none at all; None where they do not fit."""
    if not any(opens) and not any(closes):
        return ""
    if all(one and one in _BARS for one in (*opens, *closes)):
        return "|"
    first, last = opens[0], closes[-1]
    if not first or "".join(_PAIRS.get(sign, "") for sign in reversed(first)) != last:
        return None
    around_each = len(first) > 1 or opens[1] == first
    inner = (first[-1], last[0]) if around_each else ("", "")
    fits = set(opens[1:]) == {inner[0]} and set(closes[:-1]) == {inner[1]}
    return first[0] + last[-1] if fits else None
