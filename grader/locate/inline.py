"""Labels beside other words: markers of items, bold words, at later lines of a block, and in the middle of a line."""

from __future__ import annotations

import re
from bisect import bisect_right

from grader.locate.labels import Label, plain, read_label
from grader.model.documents import Block, Run
from grader.model.patterns import later
from grader.model.records import NamedTuple

REACH = 160  # a label is short; longer heads are never read
_INLINE = later(
    r"(?<=[\s;,.|])(?:"  # before all of them: most places are done with by this
    r"(?<=[\s;,.])(?=\(\s?(?:\d{1,2}\s?)?(?:[a-zA-Z]|[ivx]{1,5}|\d{1,2})\s?\)(?=[\s:]))"
    r"|(?<=[.;,!?]\s)(?=(?:\d{1,2}\s?)?[a-z](?:\)|[.:]\s))"
    r"|(?<=;\s)(?=\d{1,2}:\s)"  # 1c: (1.4, 3.4); 2: 2 and 5
    r"|(?<=[.;,!?]\s)(?<!\d,\s)(?=\d{1,2}[.)]\s)"  # "they are -3, 0, 0, 3. In row 3": the end of a list
    r"|(?<=[.;!?]\s)(?=(?:[Pp]art|PART|[Tt]eil|[Qq]uestion)\s\(?[a-h]\)?:\s)"  # "... of X. Part b: it is 5x4"
    r"|(?<=[.;!?]\s)(?=[Ff]or\s\([a-h]\):\s)"
    r"|(?<=\s)(?=[a-z]\)\s)"  # a) 5x4 b) 6 at (1,3)
    r"|(?<=[\s;|])(?=\d{1,2}[a-h]\)[\s:]))"  # 1a) 5x4 1b) 6 at (1,3)
)
_WIDE = later(  # of the text as it stands: no blank is behind it
    r"(?<=[\s。；，;,.|])(?=（\s?(?:[a-zA-Z]|[ivx]{1,5}|\d{1,2})\s?）)", holds=("（",)
)
_REFERS = later(
    r"(?:\b(?:in|of|part|parts|from|see|question|problem|and|or|as|by|to|with|for|eq|equation|using|like|than"
    r"|at|is|option|choice|answer|on)|(?<![\w])[A-Za-z]|[=+*/<>^])\s*\Z",
    re.I,
)
_APPLIES = later(r"(?:(?<!\w)[A-Za-z]|[=+*/<>^])\s*\Z")  # U (b) may be a function's value


class Inner(NamedTuple):
    """A label at an offset of a block's text; `source` is "line" or "inline"."""

    at: int
    label: Label
    source: str


def is_trusted(label: Label, source: str, head: str) -> bool:
    """Whether signs that may be a label are one in this kind of place, with these words behind: not in "2D array"."""
    rest = head[label.stop :]
    letter = len(label.path) == 1 and not label.path[0].isdecimal()
    if letter and label.upper and label.form.endswith(":") and not label.word and source != "heading":
        return False  # A: the answer is 5
    if label.word == "answer" and len(label.path) == 1 and not (label.closed or (source == "heading" and label.alone)):
        return False  # Ans 12; but a heading "Solution of 1"
    sized = len(label.path) > 1 and label.path[1] == "d" and not (label.closed or label.alone or label.word)
    if sized and rest.strip():
        return False  # 2D convolution
    return source != "heading" or not letter or label.closed or label.alone or bool(label.word)


def moved(label: Label, shift: int) -> Label:
    """The label with its offsets counted from so many characters further up."""
    stops = tuple(max(0, stop + shift) for stop in label.stops)
    return Label(
        label.path,
        max(0, label.start + shift),
        stops,
        label.form,
        label.word,
        label.closed,
        label.alone,
        label.upper,
        label.correction,
    )


def item_label(prefix: str, head: str) -> Label | None:
    """A marker that is a label without a sign, `\\item[1.2]`, `\\item[V-3]`: what stands before an item ends there."""
    marker = prefix[:-1]
    if not marker or " " in marker or not marker[-1].isalnum() or head == prefix:
        return None
    label = read_label(marker)
    if label is None or label.stop < len(marker):
        return None
    return label._replace(stops=(*label.stops[:-1], len(prefix)), closed=True, alone=False)


def plausible(label: Label) -> bool:
    """Beside other words a label needs a sign that ends it: "6", "5 by 4" and "a large" are none; 1.2.c is one."""
    if label.with_chapter:
        return True
    lettered = any(not component.isdecimal() for component in label.path[1:])
    return label.closed or (label.alone and (bool(label.word) or lettered))  # 1.5 is a decimal


def inner_labels(block: Block, text: str, first: Label | None) -> list[Inner]:
    """Labels at later lines of a paragraph and, where one began the block, in the middle of its lines.

    `first` is the block's first label: in "(a) p (b)" the p is an answer, in "it is f (b)" the f has an argument.
    """
    ranges, begun = _maths(block), first.stop if first else -1
    starts = [end.end() for end in re.finditer("\n", text)] if "\n" in text else []
    found: list[Inner] = []
    for at in starts:
        head = text[at : at + REACH]
        label = None if _covered(ranges, at) else read_label(head)
        refers = (
            label is not None and label.with_chapter and _REFERS.search(text[max(0, at - REACH) : at])
        )  # as in 1.2.b
        if label and is_trusted(label, "line", head) and plausible(label) and not refers:
            found.append(Inner(at, moved(label, at), "line"))  # of whichever item it goes on
    again = {first.path[-1:]} if first is not None and len(first.path) > 1 else set()  # **Ex. 4.** **(a)**, read as 4a
    own = [inner for inner in bold_labels(block, text) if inner.at >= begun or inner.label.path not in again]
    bold = {inner.at: inner for inner in (*_spoken(text, first, found), *own)}
    if begun < 0 and not found and not bold:
        return found
    lines, end = {inner.at for inner in found}, max(begun, 0)
    last = first.path[-1] if first else ""
    spots = [*_INLINE.finditer(text), *_WIDE.finditer(block.text)] if begun >= 0 or lines else []
    for at in sorted({*bold, *(spot.start() for spot in spots)}):
        if at in lines or (at not in bold and (at < end or _covered(ranges, at))):
            continue
        inner = bold.get(at) or _inline(text, at, end, last, _covered(ranges, at - 2))
        if inner is not None and begun >= 0 and not found and not text[begun:at].strip():
            inner = inner._replace(source="line")  # **Ex. 1** **a.** 5x4, and below **b.** 6
        if inner is not None:
            found.append(inner)
            end, last = inner.label.stop, inner.label.path[-1]
    return sorted(found, key=lambda inner: inner.at)


_SPOKEN = later(
    r"(?:\A|[.;:!?]\s+|\n\s*)(?:(?:and\s+)?(?:as\s+)?(?:for|in|to)|finally,?|lastly,?|then)\s+(?:(?:for|in)\s+)?(?:the\s+)?"
    r"(?=part\s+\(?[a-h]\)?[,:]?\s|\([a-h]\))"
    r"|(?:\A|[.;:!?]\s+|\n\s*|,\s+(?=\(|and\b|while\b|but\b)|\s+(?=and\b))(?:(?:and|while|but|then|finally,?|lastly,?|also)\s+){0,2}"
    r"(?:(?:for|in)\s+(?=\([a-h]\))|(?=\([a-h]\)\s+(?:is|are|was|has|gives?|would|should|will|must|becomes?|equals?|I|we|it)\b))",
    re.I,
)
_TOGETHER = later(r"\s*(?:and|&|,|/)\s*\(([a-h])\)")  # For (c) and (d): the largest value ...


def _spoken(text: str, first: Label | None, lines: list[Inner]) -> list[Inner]:
    """ "Problem 1. For part (a) the shape is ... In (b) ... Finally (c) ...": one after the other, behind the label.

    Without a label they begin the block, below that of a problem.
    """
    told = first is not None and first.path[-1] == "a" and _VERB.match(text, first.stop) is not None
    if (first is not None and not told and not first.path[-1].isdecimal()) or not ("part" in text or "(a)" in text):
        return []
    begin = first.stop if first is not None else 0
    found: list[Inner] = []
    waiting = {inner.label.path[-1] for inner in lines}
    letter = "b" if told else "a"
    for spot in _SPOKEN.finditer(text, max(0, begin - 2)):
        label = read_label(text[spot.end() : spot.end() + REACH])
        if label is None:
            continue
        while found and letter in waiting:
            letter = chr(ord(letter) + 1)
        if label.path != (letter,) or (not found and not told and text[begin : spot.start()].strip()):
            break
        found.append(Inner(spot.end(), moved(label, spot.end())._replace(closed=True), "inline"))
        letter = chr(ord(letter) + 1)
        together = _TOGETHER.match(text, spot.end() + label.stop)
        if together is not None and together[1] == letter:
            begin = together.start(1) - 1
            other = Label((letter,), begin, (together.end(),), "(%)", "", True)
            found.append(Inner(begin, other, "inline"))
            letter = chr(ord(letter) + 1)
    return found if len(found) + len(waiting) + told > 1 else []


_VERB = later(r"\s*(?:is|are|gives?|becomes?|equals?|comes? out|I get|we get)\b", re.I)  # (a) gives 5x4 and (b) gives 6


def bold_labels(block: Block, text: str) -> list[Inner]:
    """Bold words behind the first that are a whole label and nothing else: **2b** 5x4 **2c** 6 at (1,3)."""
    read = ((at, read_label(text[at : at + REACH])) for at in _bold(block))
    return [
        Inner(at, moved(label, at), "line" if text[:at].rstrip(" ").endswith("\n") else "inline")
        for at, label in read
        if label is not None
    ]


def _bold(block: Block) -> list[int]:
    """Where they are in the block's text."""
    found: list[int] = []
    at = 0
    for run in block.runs:
        words = plain(run.text)
        worded = run.kind == "text" or escaped_letter(run)
        if at and worded and "strong" in run.marks and (label := read_label(words.strip())) is not None:
            begins = at and block.text[:at].rstrip(" ").endswith("\n") and not label.path[0].isdecimal()
            whole = label.stop == len(words.strip()) and (label.closed or len(label.path) > 1 or begins)
            found += [at + len(words) - len(words.lstrip())] if whole else []
        at += len(run.text)
    return found


def escaped_letter(run: Run) -> bool:
    """Whether a run is a letter alone in escaped brackets, `**\\(c\\)**`: editors make a sign of the unescaped ones."""
    return run.kind == "math" and len(run.text) == 1 and "a" <= run.text <= "h"


def _inline(text: str, at: int, end: int, last: str, after_math: bool) -> Inner | None:
    """The label at a place of a line; `end` and `last` are where the one before it ends, and its last component."""
    label = read_label(text[at : at + REACH])
    if label is None or not label.closed or _is_open(text[end:at], label):
        return None
    label, behind = moved(label, at), text[max(0, at - 20) : at]
    alone = after_math or len(text[end:at].strip()) == 1
    adds = _ADDS.search(behind) is not None and _is_next(last, label) and any(map(str.isdecimal, text[end:at]))
    if alone or adds or not _REFERS.search(behind) or (_APPLIES.search(behind) and _goes_on(last, label, text)):
        return Inner(at, label, "inline")
    return None


def _is_open(between: str, label: Label) -> bool:
    """Whether the bracket of a label only closes one that words before it opened: 3 (x + b) is no b)."""
    return label.form == "%)" and between.count("(") > between.count(")")


_ADDS = later(r"[,;]\s+and\s*\Z")  # (a) this leaves 2, 2, 10, 0, and (b) that leaves 2, 3, 10, 1


def _is_next(last: str, label: Label) -> bool:
    letter = label.path[-1]
    return len(last) == len(letter) == 1 and ord(letter) == ord(last) + 1 and label.form == "(%)"


def _goes_on(last: str, label: Label, text: str) -> bool:
    """Whether a letter in brackets comes after the last one, and before the next: (a) ... U (b) ... (c)."""
    letter = label.path[-1]
    if not _is_next(last, label):
        return False
    return re.search(rf"\(\s?{chr(ord(letter) + 1)}\s?\)\s", text[label.stop :]) is not None


def _maths(block: Block) -> tuple[list[int], list[int]]:
    starts, stops, at = [], [], 0
    for run in block.runs:
        if run.kind in ("math", "display", "code", "html", "image") and block.kind != "code":
            starts.append(at)
            stops.append(at + len(run.text))
        at += len(run.text)
    return starts, stops


def _covered(ranges: tuple[list[int], list[int]], at: int) -> bool:
    nearest = bisect_right(ranges[0], at) - 1
    return nearest >= 0 and at < ranges[1][nearest]


_APART = later(r"(?:\\q?quad(?![A-Za-z])|\\[ ;~]|~){1,4}\s*")


def clear_of_math(block: Block, label: Label, text: str) -> Label | None:
    """The label, None if it would cut a formula in two: $(a)$ is a label, $(a)+b$ is not."""
    at = 0
    for run in block.runs:
        end = at + len(run.text)
        if run.kind in ("math", "display") and at < label.stop < end:
            if text[at : label.stop].strip():
                apart = _APART.match(text, label.stop, end)  # $(a)\quad x = 3$
                if apart is None or label.start != at:
                    return None
                return label._replace(stops=(*label.stops[:-1], apart.end()), closed=True)
            return label._replace(stops=tuple(min(stop, at) for stop in label.stops))  # blanks inside "\\[ 5 \\]"
        if end >= label.stop:
            break
        at = end
    return label
