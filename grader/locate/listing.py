"""Labels of hand-ins that are one column of lines: numbers and letters above or before answers, or behind dots."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from itertools import pairwise

from grader.locate.labels import Label, plain, read_label
from grader.locate.layouts import Stretch
from grader.model.documents import Block, Document
from grader.model.patterns import later

_FEWEST = 4
_OUTLINE = re.compile(r"^[ \t]*(?:(\d{1,2})|([a-h])(?:[ \t]+(?=\S)|))[ \t]*(?:$|(?<=[ \t]))", re.M)


def numbered_lines(document: Document) -> Mapping[int, tuple[Label, ...]]:
    """Lines that are a problem's number and nothing else, and below each its letters: `1`, ` a 5x4`, ` b`, `2`, ` a 6`.

    Nothing unless the numbers go on from 1 and under each of them the letters from a; a letter may have no answer.
    """
    found: dict[int, tuple[Label, ...]] = {}
    for number, block in enumerate(document.blocks):
        if block.kind != "paragraph" or block.label or not _may_list(block):
            continue
        labels = _outlined(block.text)
        if len(labels) >= _FEWEST:
            found[number] = labels
    return found


def _may_list(block: Block) -> bool:
    return block.text.lstrip()[:1].isdecimal() and "\n" in block.text


def _outlined(text: str) -> tuple[Label, ...]:
    labels: list[Label] = []
    problem, letter = 0, ""
    for line in _OUTLINE.finditer(text):
        begin = line.start() + len(line[0]) - len(line[0].lstrip())
        if line[1] and int(line[1]) == problem + 1:
            problem, letter = problem + 1, chr(ord("a") - 1)
            labels.append(Label((line[1],), begin, (line.end(),), "%", "problem", True, True))
        elif line[2] and letter and ord(line[2]) == ord(letter) + 1:
            letter = line[2]
            labels.append(Label((str(problem), letter), begin, (line.start(2), line.end()), "%", "", True))
        elif line[2] and letter:
            return ()
    numbers = [label for label in labels if len(label.path) == 1]
    return tuple(labels) if len(labels) >= 2 * len(numbers) > 2 else ()


_SPOKEN = later(r"\s*(?:(?:as\s+)?for|in|to)\s+(?:the\s+)?(?:part\s+)?\(([a-h])\)[,:]?\s+(?=\S)", re.I)


def spoken_letters(document: Document) -> Mapping[int, tuple[Label, ...]]:
    """Paragraphs that begin with "For (a)", "In part (b)": one after the other, from a on.

    "In (a) we found" may refer as well, but not where the next paragraphs go on with (b) and (c).
    """
    found: dict[int, tuple[Label, ...]] = {}
    run: dict[int, tuple[Label, ...]] = {}
    last = -1
    for number, block in enumerate(document.blocks):
        spoken = _SPOKEN.match(block.text) if block.kind == "paragraph" and not block.label else None
        if spoken is None:
            continue
        letter = spoken[1].lower()
        goes_on = run and ord(letter) == ord("a") + len(run) and _no_heading(document.blocks[last:number])
        run = run if goes_on else {}
        if goes_on or letter == "a":
            run[number] = (Label((letter,), 0, (spoken.end(),), "(%)", "", True),)
            last = number
        if len(run) > 1:
            found.update(run)
    return found


def _no_heading(blocks: Sequence[Block]) -> bool:
    return all(block.kind != "heading" for block in blocks)


_CAPITAL = re.compile(r"^[ \t]*(?:[-*•–][ \t]+)?([A-H]):(?=[ \t\n]|\Z)[ \t]*", re.M)


def capital_letters(document: Document) -> Mapping[int, tuple[Label, ...]]:
    """Lines that begin with `A: 5x4`, `B: 6`: in each list from A on; nothing where "A:" only stands for "answer"."""
    found: dict[int, tuple[Label, ...]] = {}
    letters: list[str] = []
    for number, block in enumerate(document.blocks):
        if block.kind not in ("paragraph", "item") or ":" not in block.text:
            continue
        lines = [line for line in _CAPITAL.finditer(block.text) if not block.label or line.start() == 0]
        if lines:
            found[number] = tuple(
                Label((one[1].lower(),), one.start(1), (one.end(),), "%:", "", True, False, True) for one in lines
            )
            letters += [one[1] for one in lines]
    whole = all(one == "A" or ord(one) == ord(before) + 1 for before, one in pairwise(["@", *letters]))
    return found if whole and len(letters) >= _FEWEST and letters.count("A") <= letters.count("B") else {}


_ARROW = later(r">|→|⇒|↦|\\to\b|ghtarrow")
_ARROWED = later(
    r"^[ \t]*(?:(\d{1,2})[-._ ]?)?\(?([a-h]|\d(?=[ \t)]))\)?[ \t]*"
    r"(?:[-=]+>|→|⇒|↦|\\(?:to|rightarrow|Rightarrow)\b)[ \t]*",
    re.M,
)


def arrowed_labels(document: Document) -> Mapping[int, tuple[Label, ...]]:
    """Lines that begin with a letter or a number and an arrow, `a -> 5x4`, `2b => 6`, from the first on.

    `10 -> 20` may be an answer: a number counts only where the next lines go on from 1.
    """
    found: dict[int, tuple[Label, ...]] = {}
    for number, block in enumerate(document.blocks):
        if block.kind == "paragraph" and block.label in ("", "-", "*", "+") and _ARROW.search(block.text):
            labels = [
                Label(
                    tuple(filter(None, line.groups())),
                    line.end() - len(line[0].lstrip()),
                    (line.end(),),
                    "%>",
                    "",
                    True,
                )
                for line in _ARROWED.finditer(block.text)
            ]
            if labels:
                stops = [(*label.stops * len(label.path),) for label in labels]
                found[number] = tuple(label._replace(stops=one) for label, one in zip(labels, stops, strict=True))
    names = [label.path for labels in found.values() for label in labels]
    lasts = [path[-1] for path in names]
    first = "1" if lasts[:1] == ["1"] else "a"
    goes_on = all(b[-1] == first or (a < b and len(a) == len(b)) for a, b in pairwise(names))
    alike = all(last.isalpha() == (first == "a") for last in lasts)
    exact = first == "a" or all(b == "1" or int(b) == int(a) + 1 for a, b in pairwise(lasts))
    return found if len(names) > 1 and lasts[0] == first and alike and goes_on and exact else {}


_CHECKED = later(
    r"\s*\[[ xX✓✔]?\]\s*(?:(\d{1,2})[.\s]?)?\(?([a-h])\)?[ \t]*(?:→|⇒|-+>|=>|[.:)–—]|-(?=\s)|$)[ \t]*", re.M
)


def checked_labels(document: Document) -> Mapping[int, tuple[Label, ...]]:
    """Items of lists of tasks, `- [x] a → 5x4`, `- [ ] b`; nothing if they are few."""
    found = {}
    for number, block in enumerate(document.blocks):
        checked = _CHECKED.match(block.text) if block.text.lstrip()[:1] == "[" and block.label else None
        if checked is not None:
            path = tuple(component for component in checked.groups() if component)
            stops = (*(checked.end(1),) * (len(path) - 1), checked.end())
            found[number] = (Label(path, 0, stops, "%", "", True),)
    return found if len(found) >= _FEWEST else {}


_ROMAN = re.compile(r"^[ \t]*(\d{1,2})[-._](i{1,3}|iv|vi{0,3}|ix|x)(?:[ \t]+(?=\S)|[ \t]*$)", re.M)


def roman_labels(document: Document) -> Mapping[int, tuple[Label, ...]]:
    """Lines that begin with a number and a roman one, `1-i  5x4`; nothing if they are few or out of order."""
    found: dict[int, tuple[Label, ...]] = {}
    for number, block in enumerate(document.blocks):
        if block.kind == "paragraph" and block.runs and block.runs[0].kind == "text":
            lines = _ROMAN.finditer(block.text) if "i" in block.text or "v" in block.text else ()
            labels = tuple(Label(one.groups(), one.start(1), (one.end(1), one.end()), "%", "", True) for one in lines)
            if labels:
                found[number] = labels
    paths = [label.path for labels in found.values() for label in labels]
    in_order = all(a != b or x <= y for (a, x), (b, y) in pairwise(paths))  # twice, if it is corrected
    return found if len(paths) >= _FEWEST and in_order else {}


_TAGGED = later(r"\\tag\*?\{\(?(?:(\d{1,2})[.\s]?\(?)?([a-h]|[ivx]{1,5})\)?\.?\)?\}")
_ROW_BEGIN = later(r"\\begin\{[a-z]+\*?\}\s*|\\\\\s*(?:\[[^\]]*\]\s*)?")
_REACH = 60  # blocks of one problem
_ROMANS = ("i", "ii", "iii", "iv", "v", "vi", "vii", "viii")


def tagged_rows(document: Document) -> Mapping[int, tuple[Label, ...]]:
    """Rows of a display that end with labels, `x = 1 \\tag{4a} \\\\`: each counts from where its row begins.

    `\\tag{a}`, `\\tag*{(i)}` without the problem count from the first on, where nothing else below it has a label.
    """
    found: dict[int, tuple[Label, ...]] = {}
    for number, block in enumerate(document.blocks):
        tags = list(_TAGGED.finditer(block.text)) if block.kind == "paragraph" and "\\tag" in block.text else []
        whole = all(tag[1] for tag in tags)
        if len(tags) < 2 or not (whole or (_counts(tags) and _is_open(document.blocks, number))):
            continue
        starts = [begin.end() for begin in _ROW_BEGIN.finditer(block.text)]
        labels, least = [], 0
        for tag in tags:
            start = max((at for at in starts if at <= tag.start()), default=least)
            path = (str(int(tag[1])), tag[2]) if tag[1] else (tag[2],)
            labels.append(Label(path, start, (start,) * len(path), "(%)", "", True))
            least = tag.end()
        if len({label.start for label in labels}) == len(labels):
            found[number] = tuple(labels)
    return found


def _counts(tags: Sequence[re.Match[str]]) -> bool:
    """Whether they are a, b, c or i, ii, iii, without the number of a problem."""
    names = [tag[2] for tag in tags if not tag[1]]
    return len(names) == len(tags) and names in (list("abcdefgh"[: len(names)]), list(_ROMANS[: len(names)]))


def _is_open(blocks: Sequence[Block], number: int) -> bool:
    """Whether the labels around a block are those of problems: its own, or the nearest above it, and the next one."""
    before, behind = blocks[max(0, number - _REACH) : number + 1], blocks[number + 1 : number + _REACH]
    above = next((label for block in reversed(before) if (label := _begun(block)) is not None), None)
    below = next((label for block in behind if (label := _begun(block)) is not None), None)
    own = above is not None and _is_problem(above) and len(above.path) == 1
    return own and (below is None or _is_problem(below))


def _begun(block: Block) -> Label | None:
    """What a block begins with that may be a label."""
    label = read_label(plain(f"{block.label} {block.text[:80]}".lstrip())) if block.kind != "code" else None
    return label if label is not None and (label.closed or label.word or block.kind == "heading") else None


def _is_problem(label: Label) -> bool:
    return label.path[0].isdecimal() or (label.upper and label.path[0] in _ROMANS)


_ENDING = later(
    r"(?:(?:\.{3,}|…+|(?:\. ){3,}|[-–—_]{3,}|\s{3,})\s*[(\[]?(\d{1,2})[.]?\s?[(\[]?([a-h])[)\]]{0,2}\.?"
    r"|[ \t]\[(\d{1,2})[.]?([a-h])\])[ \t]*$",
    re.M,
)
_MAY_END = later(r"\d\.?\s?[(\[]?[a-h][)\]]{0,2}\.?[ \t]*$", re.M)  # of all these lines, and looked for faster


def ended_lines(document: Document) -> list[Stretch]:
    """Where answers begin whose labels stand behind dots at the ends of lines: `(40, 80) ..... 1(a)`; none if few.

    An answer of several lines goes up to its label. In such a document no line begins with a label.
    """
    found: list[Stretch] = []
    paths: list[tuple[str, ...]] = []
    for number, block in enumerate(document.blocks):
        if block.kind != "paragraph" or not block.runs:
            continue
        start = 0
        text = block.text
        for end in _ENDING.finditer(text) if _MAY_END.search(text) else ():
            path = (str(int(end[1] or end[3])), end[2] or end[4])
            if not paths and "\n" in text[start : end.start()].strip():  # a title above the first
                start = text.rstrip(" \t\n").rfind("\n", start, end.start()) + 1
            found.append(Stretch(number, start, Label(path, start, (start, start), "(%)", "", True)))
            found.append(Stretch(number, end.start(), None))
            paths.append(path)
            start = min(len(text), end.end() + 1)
    whole = len(paths) >= _FEWEST and all(a < b for a, b in pairwise(paths))
    return found if whole and not any(map(_begins, document.blocks)) else []


def _begins(block: Block) -> bool:
    label = read_label(block.text[:80]) if block.kind in ("paragraph", "heading") else None
    return label is not None and label.closed and (len(label.path) > 1 or bool(label.word))
