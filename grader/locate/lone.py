"""Labels of those in a hurry: alone on a line, before a blank and no sign, or letters that a list counts as well."""

from __future__ import annotations

import re
from collections.abc import Callable, Collection, Mapping
from itertools import groupby, pairwise

from grader.locate.labels import Label
from grader.locate.outline import roman
from grader.model.documents import Document
from grader.model.patterns import later

_LONE = re.compile(r"[ \t]*([a-hA-H])[ \t]*(?:\n\s*|\Z)")
_FEWEST = 4


def lone_letters(document: Document) -> Mapping[int, Label]:
    """The labels by block; nothing if they are few, or do not go on from a to the next or begin anew.

    One letter alone on a line may be an answer, "c"; a, b, c, a, b, c in this order are not.
    """
    found: dict[int, Label] = {}
    for number, block in enumerate(document.blocks):
        if block.kind != "paragraph" or block.label or not block.runs or block.runs[0].kind != "text":
            continue
        if (line := _LONE.match(block.text)) is not None:
            letter = line[1].lower()
            found[number] = Label((letter,), line.start(1), (line.end(),), "%", "", True, True)
    letters = [label.path[0] for label in found.values()]
    goes_on = all(later == "a" or ord(later) == ord(before) + 1 for before, later in pairwise(letters))
    return found if len(found) >= _FEWEST and letters[0] == "a" and goes_on else {}


_LONGEST_RULE = 90
_RULE = r"[-=~*#•–—_━─═▬■►◄]{0,40}"
_NUMBER = later(rf"[ \t]*(?P<sign>{_RULE}|\[)[ \t]*(\d{{1,2}})[ \t]*({_RULE}|\])[ \t]*")


def lone_numbers(document: Document) -> Mapping[int, Label]:
    """Lines that are a number and nothing else, 1 2 3 ... or backwards, each above words; nothing if they are few.

    A number alone is an answer as well, but then no words follow it up to the next. Between signs, `== 5 ==`, the
    numbers may come in any order; directly above `a)` one is enough.
    """
    found: dict[int, Label] = {}
    signed: dict[int, Label] = {}
    lettered: dict[int, Label] = {}
    for number, block in enumerate(document.blocks):
        if block.kind == "paragraph" and not block.label and block.runs:
            first = block.text.partition("\n")[0].rstrip()
            may = len(first) < _LONGEST_RULE and any(map(str.isdecimal, first)) and not any(map(str.isalpha, first))
            line = _NUMBER.fullmatch(first) if may else None
            if line is not None and bool(line["sign"]) == bool(line[3]):
                label = Label((str(int(line[2])),), 0, (len(first),), "%", "", True, True)
                (signed if line["sign"] else found)[number] = label
                if _FIRST_PART.match(block.text, len(first)):
                    lettered[number] = label
    return _counted(found, signed, document) or _rising(lettered)


_FIRST_PART = later(r"[ \t]*\n[ \t]*[(（]?a[)）.:][ \t\n]")


def _rising(found: dict[int, Label]) -> dict[int, Label]:
    counts = [int(label.path[0]) for label in found.values()]
    return found if all(before < after for before, after in pairwise(counts)) else {}


def _counted(found: dict[int, Label], signed: dict[int, Label], document: Document) -> dict[int, Label]:
    found = signed if len(signed) >= _FEWEST - 1 else found
    counts = [int(label.path[0]) for label in found.values()]
    upwards = list(range(1, len(counts) + 1))
    in_order = sorted(counts) == upwards if found is signed else counts in (upwards, upwards[::-1])
    if len(counts) < _FEWEST - 1 or not in_order:
        return {}
    ends = pairwise([*found, len(document.blocks)])
    return found if all(b - a > 1 or "\n" in document.blocks[a].text for a, b in ends) else {}


_SPACED = later(
    r"^[ \t]*([a-h])(?:[ \t]?[-–—][ \t]+(?=\S)|[ \t]+(?=[^\s=+*/<>≤≥^_,.:;)\]&|·▸•‣»¦~-]|-\d|[-–—?][ \t]*$)"
    r"|[ \t]*$(?=\n[ \t]*[b-h][ \t]+\S))",  # a part that was left out, above the next one
    re.M,
)


def spaced_letters(
    document: Document, numbers: Collection[int] = (), typed: Collection[int] = ()
) -> Mapping[int, tuple[Label, ...]]:
    """Lines that begin with a letter and a blank or dash, `a  46x62x20`, `b- 20`; nothing if they are few.

    Nobody begins a line with "b ", "c " and "d " for another reason, nor all of them in order. Below lone `numbers`
    (blocks) a letter may be left out, with the answer; blocks `typed` between fences count as well.
    """
    found = _line_labels(document, _SPACED, _begins_with_letter, typed=typed)
    placed = [(number, label.path[0]) for number, labels in found.items() for label in labels]
    letters = [letter for _, letter in placed]
    few = len(letters) < _FEWEST or "c" not in letters
    if not letters or letters[0] != "a" or (few and not any(number in typed for number in found)):
        return {}
    if numbers:
        heads = [max((head for head in numbers if head <= number), default=-1) for number, _ in placed]
        goes_on = all(a != b or x < y for (a, x), (b, y) in pairwise(zip(heads, letters, strict=True)))
    else:
        goes_on = all(later == "a" or ord(later) == ord(before) + 1 for before, later in pairwise(letters))
    return found if goes_on else {}


def _begins_with_letter(line: str) -> bool:
    return line[:1] in _LETTERS


_LETTERS = frozenset("abcdefgh")


def _begins_with_number(line: str) -> bool:
    """As "1", "A1" and "A.1" do."""
    return any(map(str.isdecimal, line[:3]))


def _begins_tersely(line: str) -> bool:
    """As "1a" does, and "ok so 1a"."""
    return any(map(str.isdecimal, line[:20])) or line[:1] in _ROMAN_SIGNS  # IV.a


_ROMAN_SIGNS = frozenset("IVX")


def _line_labels(
    document: Document,
    pattern: re.Pattern[str],
    begins: Callable[[str], bool],
    in_lists: bool = False,
    typed: Collection[int] = (),
) -> dict[int, tuple[Label, ...]]:
    """The labels, by block, that begin its lines; each group of the pattern is a component.

    `begins` says of the start of a line whether the pattern may find it; `typed` fences count.
    """
    found = {}
    for number, block in enumerate(document.blocks):
        worded = block.kind == "paragraph" and block.runs and (in_lists or block.runs[0].kind == "text")
        worded = worded or number in typed
        worded = worded and any([begins(line.lstrip(" \t")) for line in block.text.split("\n")])
        labels = tuple(
            Label(line.groups(), line.end() - len(line.group().lstrip()), _stops(line), "%", "", True, False)
            for line in (pattern.finditer(block.text) if worded and (in_lists or not block.label) else ())
        )
        if labels:
            found[number] = labels
    return found


def _stops(line: re.Match[str]) -> tuple[int, ...]:
    """Where each component ends, and behind the last the words begin."""
    return (*(line.end(group) for group in range(1, len(line.groups()))), line.end())


_TERSE = later(  # 1a (40, 80); A1.c 6; "1c, similar but with time"; "ok so 1a: a thousand images"
    r"^[ \t]*(?:(?i:(?:ok(?:ay)?|so|now|then|next|and|well|also|first|finally|lastly)[ ,]+){1,3}(?=\d{1,2}[a-h]:)"
    r"|(?:(?![IVX]{1,4}\.[a-h])[A-Z][ .]?)?(?!\d{1,2}[a-h]:))"
    r"(\d{1,2}(?=[-._ ]?[a-h])|[IVX]{1,4}(?=\.[a-h]))[-._ ]?([a-h])"
    r"(?:(?:[:,]?|(?<= [a-h])\.)[ \t]+(?!(?<=, )\(?\d?[a-h]\b)(?=\S)|[ \t]*$)",
    re.M,
)


_HEAD = later(r"^[ \t]*[A-Z][ .]?(\d{1,2})[ \t]*$", re.M)


def terse_labels(document: Document) -> Mapping[int, tuple[Label, ...]]:
    """Lines that begin with a whole label and a blank, `1a (40, 80)`, `2-b 5x4`, `A1.c 6`; nothing if they are few.

    The problems may come in any order, the parts of each of them only in their own.
    """
    found = {
        number: tuple([_with_digits(label) for label in labels])
        for number, labels in _line_labels(document, _TERSE, _begins_tersely, in_lists=True).items()
    }
    paths = [(label.path[0], label.path[1]) for labels in found.values() for label in labels]
    runs = [problem for problem, _ in groupby(problem for problem, _ in paths)]
    in_order = all(a != b or x < y for (a, x), (b, y) in pairwise(paths))
    if len(paths) < _FEWEST or not in_order or len(runs) > len(set(runs)):
        return {}
    heads = {  # A3, above A3.a
        number: tuple([label._replace(word="problem") for label in labels])
        for number, labels in _line_labels(document, _HEAD, _begins_with_number, in_lists=True).items()
    }
    return {
        number: tuple(sorted((*labels, *heads.get(number, ())), key=lambda label: label.start))
        for number, labels in found.items()
    }


def _with_digits(label: Label) -> Label:
    problem = label.path[0]
    return label if problem.isdecimal() else label._replace(path=(str(roman(problem.lower())), *label.path[1:]))


_STRESSED = later(r"(?:([a-h])|(\d{1,2}))\s*")


def stressed_labels(document: Document) -> Mapping[int, tuple[Label, ...]]:
    """Paragraphs and items that begin with a letter or a number in bold or italics, *a* 5x4; nothing if they are few.

    In an item the letter may stand alone, above code: `- **c**`.
    """
    found: dict[int, tuple[Label, ...]] = {}
    for number, block in enumerate(document.blocks):
        worded = block.kind == "paragraph" and block.label in ("", "-") and block.runs
        first = block.runs[0] if worded and len(block.runs) > (block.label == "") else None
        if first is None or not {"strong", "emphasis"} & {*first.marks} or first.kind != "text":
            continue
        label = _STRESSED.fullmatch(first.text)
        following = block.runs[1] if len(block.runs) > 1 else None
        beside = following is None or (following.kind != "break" and not following.text.startswith("\n"))
        beside = beside or [run.kind for run in block.runs[1:3]] == [
            "break",
            "display",
        ]  # a formula on lines of its own
        if label is not None and beside and (following is None or not {"strong", "emphasis"} & {*following.marks}):
            stop = len(first.text)
            found[number] = (Label((label[1] or label[2],), 0, (stop,), "%", "", True, False),)
    names = [labels[0].path[0] for labels in found.values()]
    letters = [name for name in names if name.isalpha()]
    numbers = [name for name in names if name.isdecimal()]
    goes_on = all(later == "a" or later > before for before, later in pairwise(letters))
    counts = [int(name) for name in numbers] == list(range(1, len(numbers) + 1))
    if len(letters) >= _FEWEST and letters[0] == "a" and "b" in letters and goes_on and (counts or not numbers):
        return found
    if numbers and not letters:  # **1**, **2**, **3** above their parts, and **4** before words
        placed = {number: labels[0].path[0] for number, labels in found.items()} | _bold_numbers(document)
        counts = [int(placed[number]) for number in sorted(placed)] == list(range(1, len(placed) + 1))
        return found if len(placed) >= _FEWEST - 1 and counts else {}
    return {}


def _bold_numbers(document: Document) -> dict[int, str]:
    """Paragraphs that are a number in bold and nothing else."""
    return {
        number: block.text.strip()
        for number, block in enumerate(document.blocks)
        if block.kind == "paragraph" and block.text.strip().isdecimal() and "strong" in block.runs[0].marks
    }


_DOTTED = later(r"^[ \t]*(\d{1,2})\.(\d{1,2})[ \t]+(?=[^\s=+*/<>≤≥^|&-]|-\d)", re.M)


def dotted_labels(document: Document) -> Mapping[int, tuple[Label, ...]]:
    """Lines that begin with two numbers and a blank, `1.2 (40, 80)`; nothing if they might be decimals.

    They count the parts of several problems, each from 1: 1.1, 1.2, 2.1, 2.2; the problems may come in any order.
    """
    found = _line_labels(document, _DOTTED, _begins_with_number)
    paths = [(int(label.path[0]), int(label.path[1])) for labels in found.values() for label in labels]
    counts = all(a < b if a[0] == b[0] else b[1] == 1 for a, b in pairwise(paths))
    runs = [problem for problem, _ in groupby(path[0] for path in paths)]
    enough = len(paths) >= _FEWEST and paths[0][1] == 1 and len(runs) == len(set(runs)) > 1
    return found if enough and counts else {}


_COUNTED = re.compile(r"(\d{1,2})[.)]")
_LETTERED = later(r"\s*[(（]?\s?([a-h])\s?[)）]")


def counted_letters(document: Document) -> frozenset[int]:
    """Items of a list whose number only counts their letters: `1. (a)`, `2. (b)`, `3. (c)`.

    As labels of problems and parts, 1a is followed by 1b or 2a.
    """
    found: set[int] = set()
    run: list[int] = []
    for number, block in enumerate(document.blocks):
        count = _COUNTED.fullmatch(block.label)
        if count is None:
            continue
        letter = _LETTERED.match(block.text)
        place = int(count[1])
        alike = letter is not None and ord(letter[1]) - ord("a") + 1 == place
        run = [*run, number] if alike and place == len(run) + 1 else [number] if alike and place == 1 else []
        if len(run) > 1:
            found.update(run)
    return frozenset(found)


_BARE = re.compile(r"^[ \t]*(\d{1,2})[.)][ \t]*$", re.M)


def bare_counts(document: Document) -> Mapping[int, tuple[int, tuple[Label, ...]]]:
    """Lines that are the next number of a list and nothing else, by block, with the level of the list.

    Markdown lets no empty item end a paragraph: of `1.`, a formula, `2.`, a formula without blank lines only the
    first is an item.
    """
    found: dict[int, tuple[int, tuple[Label, ...]]] = {}
    last = level = 0
    for number, block in enumerate(document.blocks):
        if count := _COUNTED.fullmatch(block.label):
            last, level = int(count[1]), block.level
        elif block.label or block.kind != "paragraph":
            last = 0
        labels = []
        for line in _BARE.finditer(block.text) if last and block.kind == "paragraph" else ():
            if int(line[1]) == last + 1 and line.start():
                last += 1
                labels.append(Label((str(last),), line.start(1), (line.end(),), "%.", "", True, True))
        if labels:
            found[number] = (level, tuple(labels))
    return found


_OWN_LINE = later(r"^[ \t]*[(（]?(?:\d{1,2}|[a-h])[)）.][ \t]*(?:\S|$)", re.M)


_LISTED = later(r"^[ \t]*\(?a(?:[ \t]{2,}|[).:][ \t]+)\S.*\n(?:.*\n)*?[ \t]*\(?b(?:[ \t]{2,}|[).:][ \t]+)\S", re.M)


def typed_in_fences(document: Document) -> frozenset[int]:
    """Blocks between fences that are no code: all of a hand-in, or the listed answers below the numbers of problems.

    There the lines stay lines.
    """
    fences = [
        k for k, block in enumerate(document.blocks) if block.kind == "code" and block.info in ("", "text", "txt")
    ]
    if not fences:
        return frozenset()
    listed = frozenset(k for k in fences if k and _LISTED.match(document.blocks[k].text))
    if listed:
        return listed
    others = [
        block for block in document.blocks if block.kind not in ("code", "heading", "rule") and block.text.strip()
    ]
    if len(fences) != 1 or others:
        return frozenset()
    return frozenset(fences) if len(_OWN_LINE.findall(document.blocks[fences[0]].text)) >= _FEWEST else frozenset()
