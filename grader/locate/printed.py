"""Labels of what a program printed: in its lines, or in the comments above what prints them."""

from __future__ import annotations

import re
from collections.abc import Mapping
from itertools import pairwise, takewhile

from grader.locate.labels import Label, plain, read_label
from grader.model.documents import Block, Document
from grader.model.patterns import later

_LETTER = later(r"^[ \t]*([a-h])[ \t]+(?=[\[(\d]|-\d)", re.M)
_WHOLE = later(r"(\d{1,2})[.-]?([a-h])[ \t]+(?=\S)")
_COMMENT = later(r"#+[ \t]*(?=\S)")
_ARROW = later(r"(?:[-=]+>|→|⇒)")
_STRINGS = r"\"[^\"\n]*\"|'[^'\n]*'"
HASH = re.compile(rf"(?:{_STRINGS}|[^#\"'\n])*+(#)")  # where the comment of a line begins
_PRINTS = later(r"print\((?:(?!\bend ?=).)*\);?[ \t]*\Z")
_SHOWS = later(r"(?!(?:import|from|for|while|if|def|class|with|return|del)\b)[^\s=#%!@][^=#]*\Z")  # as a last line


def printed_labels(document: Document) -> Mapping[int, tuple[Label, ...]]:
    """By block: the labels that lines of outputs begin with, and those that comments give to lines."""
    return {**_letters(document), **_whole(document), **_commented(document)}


def _letters(document: Document) -> dict[int, tuple[Label, ...]]:
    """What code printed, each line a letter and its value: `a [1, 3]`, `b 5`; nothing if a line is anything else."""
    found = {}
    for number, block in enumerate(document.blocks):
        if not _is_output(block):
            continue
        lines = [line for line in block.text.split("\n") if line.strip()]
        printed = list(_LETTER.finditer(block.text))
        letters = [line[1] for line in printed]
        if len(printed) == len(lines) > 1 and letters == sorted(set(letters)):
            found[number] = tuple(
                Label(line.groups(), line.start(1), (line.end(),), "%", "", True, False) for line in printed
            )
    return found


def _whole(document: Document) -> dict[int, tuple[Label, ...]]:
    """`1a (40, 80) recordings`, `1b ...`: one after the other through the outputs; between them arrays may go on."""
    found: dict[int, tuple[Label, ...]] = {}
    for number, block in enumerate(document.blocks):
        labels = _begun(block.text) if _is_output(block) else []
        if labels:
            found[number] = tuple(labels)
    paths = [(int(label.path[0]), label.path[1]) for labels in found.values() for label in labels]
    return found if len(paths) > 1 and all(a < b for a, b in pairwise(paths)) else {}


def _begun(text: str) -> list[Label]:
    labels: list[Label] = []
    at = 0
    for line in text.split("\n"):
        begun = _WHOLE.match(line)
        if begun is not None:
            stops = (at + begun.end(1), at + begun.end())
            labels.append(Label((str(int(begun[1])), begun[2]), at, stops, "%", "", True, False))
        elif line[:1] not in ("", " ", "[", "\t") or not labels:
            return []
        at += len(line) + 1
    return labels


def _commented(document: Document) -> dict[int, tuple[Label, ...]]:
    """Cells with a label in a comment above each line that prints, `# (a)`, `print(...)`: each line answers its own."""
    found: dict[int, tuple[Label, ...]] = {}
    for number, cell in enumerate(document.blocks):
        if not cell.info.startswith("cell "):
            continue
        shown = list(takewhile(lambda pair: _is_output(pair[1]), enumerate(document.blocks[number + 1 :], number + 1)))
        printed = [(block, at) for block, output in shown for at in _printed(output.text)]
        named = printing_labels(cell.text) if printed else []
        if sum(count for _, count in named) != len(printed) and len(named) != 1:
            continue
        at = 0
        for label, count in named:
            block, start = printed[at]
            label = label._replace(start=start, stops=(start,) * len(label.stops))
            found[block] = (*found.get(block, ()), label)
            at += count
    return found


def _printed(text: str) -> list[int]:
    """Where each printed value begins: a line, or as many as its brackets stay open."""
    starts: list[int] = []
    open_brackets = at = 0
    for line in text.split("\n"):
        if line.strip() and open_brackets <= 0:
            starts.append(at)
            open_brackets = 0
        open_brackets += sum(map(line.count, "[(")) - sum(map(line.count, "])"))
        at += len(line) + 1
    return starts


def printing_labels(code: str) -> list[tuple[Label, int]]:
    """The labels that the comments of a cell name, in order, and how many of its statements print below each.

    None unless every statement that prints is below one: in a loop nobody knows how often.
    """
    named: list[tuple[Label, int]] = []
    last: list[Label] = []  # of the last comment that names some; each of several has one statement
    beside = False
    lines = code.rstrip().split("\n")
    for number, line in enumerate(lines):
        hashed = HASH.match(line)
        statement, comment = (line[: hashed.start(1)], line[hashed.start(1) :]) if hashed else (line, "")
        labels = _named(comment)
        prints = _PRINTS.match(statement) or (number == len(lines) - 1 and _SHOWS.match(statement))
        if labels and (prints or not statement.strip()):
            named += [(label, 0) for label in labels]
            last, beside = labels, bool(statement.strip())
        elif prints and beside:
            return []
        if prints and not last:
            return _named_in_calls(lines)
        if prints:
            own = [at for at in range(len(named) - len(last), len(named)) if not named[at][1] or len(last) == 1]
            if not own:
                return []
            named[own[0]] = (named[own[0]][0], named[own[0]][1] + statement.count("print(") or 1)
        elif line[:1].isspace() and "print" in line:
            return []
    return named if _are_all(named) else []


def labels_in_comments(code: str) -> list[tuple[str, ...]]:
    """The paths of all labels in the comments of a cell; one letter alone may be the name of an array."""
    hashed = [(line, found.start(1)) for line in code.split("\n") if (found := HASH.match(line)) is not None]
    labels = [label for line, at in hashed for label in _named(line[at:])]
    return [label.path for label in labels] if sum(label.form == _BARE for label in labels) != 1 else []


def _are_all(named: list[tuple[Label, int]]) -> bool:
    """Whether labels follow each other, and all of them are answered; one letter alone may be the name of an array."""
    in_order = all(a.path < b.path for (a, _), (b, _) in pairwise(named))
    bare = sum(label.form == _BARE for label, _ in named) == 1
    return in_order and not bare and all(count for _, count in named)


_CALL = later(r"print\((?:[A-Za-z]\w*_|[A-Za-z]{0,8}_?(\d{1,2})_?)([a-h])\)[; \t]*\Z")


def _named_in_calls(lines: list[str]) -> list[tuple[Label, int]]:
    """`print(y_a)`, `print(y_b)`: what is printed has the names of the parts, all of it and in order."""
    calls = [_CALL.match(line) for line in lines if "print" in line]
    paths = [(str(int(call[1])), call[2]) if call[1] else (call[2],) for call in calls if call is not None]
    in_order = len(paths) == len(calls) > 1 and all(a < b for a, b in pairwise(paths))
    return [(Label(path, 0, (0,) * len(path), "%", "", True), 1) for path in paths] if in_order else []


_LETTER_ALONE = later(r"#+[ \t]*[-=*]*[ \t]*([a-h])[ \t]*[-=*]*[ \t]*")
_BARE = "#%"  # the form of a letter that is all of a comment
_AND = later(r"\s*(?:and|und|y|et|e|&|,|\+|/|;)\s*")


def _named(line: str) -> list[Label]:
    """The labels that a comment names: `# (a)`, `# 5a and 5b`, `# (c), (d)`."""
    first = comment_label(line)
    if first is None:
        bare = _LETTER_ALONE.fullmatch(line)
        return [Label((bare[1],), bare.start(1), (bare.end(1),), _BARE, "", True)] if bare else []
    named, text = [first], plain(line)
    while (more := _AND.match(text, named[-1].stop)) is not None:
        label = read_label(text, more.end())
        if label is None or label.path[-1].isdecimal() or not (label.closed or len(label.path) > 1 or label.alone):
            break
        path = (*first.path[:-1], *label.path) if len(label.path) < len(first.path) else label.path
        named.append(label._replace(path=path, stops=(label.stop,) * len(path), closed=True))
    return named


def comment_label(line: str) -> Label | None:
    """The label that a line of a comment begins with, `# (a) largest`, `# 1a`: a part, never a number alone."""
    comment = _COMMENT.match(line)
    label = read_label(plain(line[comment.end() :])) if comment is not None else None
    if comment is None or label is None or label.path[-1].isdecimal() or len(label.path[-1]) > 1:
        return None
    behind = label.stop + comment.end()
    if not (label.closed or len(label.path) > 1 or _ARROW.match(line, behind)):
        return None
    stops = tuple(stop + comment.end() for stop in label.stops)
    return label._replace(start=label.start + comment.end(), stops=stops, closed=True)


def _is_output(block: Block) -> bool:
    return block.kind == "code" and block.info.startswith("output")
