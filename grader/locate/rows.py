"""Labels of the rows of a table."""

from __future__ import annotations

from grader.locate.inline import is_trusted
from grader.locate.labels import Label, read_label
from grader.model.documents import Block
from grader.model.patterns import later

_OF_PART = later(r"[ \t]*[,:;(–—-]?[ \t]*(?=[^\W\d]{3})")


def row_label(block: Block, text: str, above: Label | None = None, below: str = "") -> Label | None:
    """A table row whose first cell is a label and nothing else; "2" and "b" may stand in two cells.

    `above` is the label of the row before: "c, max pooling" is one below "b" or another "c"; `below` are the words of
    the row behind. Where the first cell repeats the question, the answer begins with the next.
    """
    cells: list[tuple[int, int]] = []  # the words of the first two cells
    start = at = 0
    for run in block.runs:
        if run.kind == "cell":
            cells.append((start, at))
            start = at + len(run.text)
            if len(cells) == 2:
                break
        at += len(run.text)
    if len(cells) < 2 and start < len(text):
        cells.append((start, len(text)))
    if len(cells) == 2 and not text[slice(*cells[0])].strip() and text[cells[1][1] :].strip():
        cells = [cells[1], (cells[1][1], len(text))]  # the number of the problem stands in its first row only
    label = read_label(text[: cells[0][1]], cells[0][0]) if len(cells) > 1 else None
    if label is not None and _is_in_turn(label, above, read_label(below)):
        return label._replace(start=0, stops=(*label.stops[:-1], cells[1][0]), form="row", alone=True)
    if label is None or not is_trusted(label, "row", text[: cells[0][1]]):
        return None
    if not label.alone and label.closed and _asks(text[label.stop : cells[0][1]], text[cells[1][0] :]):
        after = read_label(below)
        once = all(other is None or other.path != label.path for other in (above, after))
        if once and (len(label.path) > 1 or _follows(label, above) or label.path[0] == "a"):
            return label._replace(start=0, stops=(*label.stops[:-1], cells[1][0]), form="row", alone=True)
    if not label.alone:  # "5c, max pooling": which of its parts the row answers
        whole = len(label.path) > 1 or (label.closed and label.path[0] == "a") or _follows(label, above)
        named = _OF_PART.match(text, label.stop) if whole else None
        return label if named else None
    stop = cells[1][0]
    second = read_label(text[: cells[1][1]], cells[1][0])
    path, stops = label.path, (*label.stops[:-1], stop)
    if len(path) == 1 and path[0].isdecimal() and second and second.alone and second.path[0].isalpha():
        path, stops = path + second.path[:1], (*stops, start)
    return Label(path, 0, stops, "row", label.word, True, True)


_WORD = later(r"[^\W\d_]{3,}")
_FEWEST_WORDS = 3
_SYMBOL = later(r"\s*[A-Za-z](?:\[[^\]]{0,10}\])?:?\s*")  # (a) y[k] | 1 | 3 | 0 | 1


def _asks(first: str, others: str) -> bool:
    """Whether the first cell repeats the question and others answer it: "(a) 1000 images of 256 by 256 pixels |"."""
    asks = len(_WORD.findall(first)) >= _FEWEST_WORDS or _SYMBOL.fullmatch(first) is not None
    return asks and "=" not in first and bool(others.strip())


def _is_in_turn(label: Label, above: Label | None, after: Label | None) -> bool:
    """Whether it follows the label of the row above, or that of the row behind follows it."""
    return (above is not None and _succeeds(label, above)) or (after is not None and _succeeds(after, label))


def _succeeds(label: Label, above: Label) -> bool:
    """Whether a number with a letter comes right after that of the row above: "2d largest negative value" behind 2c."""
    if len(label.path) != _NUMBER_AND_LETTER or len(above.path) != _NUMBER_AND_LETTER:
        return False
    (number, letter), (before, last) = label.path, above.path
    if not (number.isdecimal() and before.isdecimal() and len(letter) == len(last) == 1 and letter.isalpha()):
        return False
    if number == before:
        return ord(letter) == ord(last) + 1
    return int(number) == int(before) + 1 and letter.lower() == "a"


_NUMBER_AND_LETTER = 2


def _follows(label: Label, above: Label | None) -> bool:
    """Whether a lone letter is that of the row above, or the next one."""
    before, own = (above.path[-1] if above else ""), label.path[-1]
    return len(before) == len(own) == 1 and own.isalpha() and ord(own) - ord(before) in (0, 1)
