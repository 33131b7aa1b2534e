"""Parts counted in another alphabet, `α) 5x4`, `б) 6`, `乙、-6`, or in words: `first: 5x4`, `second: 6`."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from itertools import pairwise

from grader.locate.labels import Label, plain, read_label
from grader.model.documents import Block, Document
from grader.model.patterns import later

_FEWEST = 4
_ALPHABETS = (
    "αβγδεζηθ",
    "абвгдежз",
    "甲乙丙丁戊己庚辛",
    "アイウエオカキク",
    "가나다라마바사아",
    "אבגדהוזח",
    "أبجدهوزح",
)
_NAMED = ("alpha", "beta", "gamma", "delta", "epsilon", "zeta", "eta", "theta")
_SIGNS = "".join(_ALPHABETS)
_PLACES = {sign: place for alphabet in _ALPHABETS for place, sign in enumerate(alphabet)}
_PLACES |= {sign.upper(): place for sign, place in _PLACES.items() if sign.upper() != sign}
_PLACES |= {"ϵ": 4, "ا": 0} | {f"\\{name}": place for place, name in enumerate(_NAMED)} | {"\\varepsilon": 4}
_LETTER = later(
    rf"\(?\s?([{_SIGNS}{_SIGNS.upper()}ϵا]|\\(?:alpha|beta|gamma|delta|(?:var)?epsilon|zeta|eta|theta)(?![a-z]))"
    r"\s?(?:[).:、．]{1,2}|[-–—](?=\s))[ \t]*"
)
_MAY_BEGIN = re.compile(
    rf"(?:[{_SIGNS}{_SIGNS.upper()}ϵا]|\\(?:alpha|beta|gamma|delta|(?:var)?epsilon|zeta|eta|theta))\s?[).:、．–—-]"
)
_GLUED = later(rf"(\d{{1,2}})[.\-_]?(?=[{_SIGNS}ϵا][.):])")  # 1α) 5x4
_LINE = re.compile(r"^[ \t]*(?=\S)", re.M)


def other_letters(document: Document) -> Mapping[int, tuple[Label, ...]]:
    """Lines that begin with a letter of another alphabet and a sign, perhaps behind the number of their problem.

    One alphabet from its first letter on, and below each problem none before the one above it; nothing if they are few.
    """
    found: dict[int, tuple[Label, ...]] = {}
    places: list[int] = []
    for number, block in enumerate(document.blocks):
        if block.kind not in ("paragraph", "row") or not _MAY_BEGIN.search(block.text):
            continue
        labels = tuple(_of_lines(block))
        if any(label.path[-1].isalpha() for label in labels):
            found[number] = labels
            places += [ord(label.path[-1]) - ord("a") for label in labels if label.path[-1].isalpha()]
    goes_on = all(b == 0 or b > a for a, b in pairwise(places))
    return found if len(places) >= _FEWEST and places[0] == 0 and 1 in places and goes_on else {}


def _of_lines(block: Block) -> Iterator[Label]:
    text = plain(block.text)
    for line in _LINE.finditer(text):
        at = line.end()
        problem = read_label(text[at : at + _REACH])
        number = problem is not None and len(problem.path) == 1 and problem.path[0].isdecimal()
        behind = at + problem.stop if problem is not None and number else at
        if (glued := _GLUED.match(text, at)) is not None:
            problem, number, behind = Label((glued[1],), at, (glued.end(),), "%"), True, glued.end()
        letter = _LETTER.match(text, behind)
        if letter is not None:
            above = problem.path if problem is not None and number else ()
            name = chr(ord("a") + _PLACES[letter[1]])
            yield Label((*above, name), at, (*(behind,) * len(above), letter.end()), "%)", "", True)
        elif problem is not None and number and (problem.word or problem.alone):
            yield problem._replace(start=at, stops=(behind,))


_REACH = 80  # characters of a line in which labels stand

_ORDINALS = (
    ("first", "1st", "erstens", "primero", "primo", "premièrement", "第一"),
    ("second", "2nd", "zweitens", "segundo", "secondo", "deuxièmement", "第二"),
    ("third", "3rd", "drittens", "tercero", "terzo", "troisièmement", "第三"),
    ("fourth", "4th", "viertens", "cuarto", "quarto", "quatrièmement", "第四"),
    ("fifth", "5th", "fünftens", "quinto", "quinto", "cinquièmement", "第五"),
)
_ORDINAL = {word: place for place, words in enumerate(_ORDINALS) for word in words}
_COUNTED = later(
    r"[ \t]*(?:the\s+)?(" + "|".join(_ORDINAL) + r")(?:ly)?(?:\s+(?:one|part|question|item|answer|tensor|case))?"
    r"\s*(?:[:.,)：，、]|[-–—](?=\s))\s*(?=\S)",
    re.I,
)


def ordinal_words(document: Document) -> Mapping[int, tuple[Label, ...]]:
    """Items and paragraphs one behind the other that begin with `First: 5x4`, `Second: 6`, from the first on."""
    found: dict[int, tuple[Label, ...]] = {}
    run: dict[int, tuple[Label, ...]] = {}
    for number, block in enumerate(document.blocks):
        word = _COUNTED.match(block.text) if block.kind == "paragraph" else None
        place = _ORDINAL[word[1].lower()] if word is not None else -1
        if place == 0 or (block.kind == "heading" and run):
            run = {}
        if word is not None and place == len(run):
            run[number] = (Label((str(place + 1),), 0, (word.end(),), "%th", "", True),)
            found |= run if len(run) > 1 else {}
    return found


_REPEATED = re.compile(r"^[ \t]*(\(?)([aAiI])([.)])[ \t]+(?=\S)", re.M)
_OTHER = re.compile(r"^[ \t]*\(?(?:[b-hB-H]|i{2,3}|iv|vi{0,3}|I{2,3}|IV|VI{0,3})[.)][ \t]", re.M)


def repeated_letters(document: Document) -> Mapping[int, tuple[Label, ...]]:
    """`i.` before every line of a list, as pandoc lets one write it: it is shown as i, ii, iii, and `a)` as a, b, c.

    Only where all labels of the document are typed like that; a heading, or the number of a problem, begins anew.
    """
    spots: list[tuple[int, re.Match[str]]] = []
    for number, block in enumerate(document.blocks):
        if block.kind == "paragraph" and not block.label:
            if _OTHER.search(block.text):
                return {}
            spots += [(number, line) for line in _REPEATED.finditer(block.text)]
    if len(spots) < _FEWEST or len({line.groups() for _, line in spots}) > 1:
        return {}
    found: dict[int, list[Label]] = {}
    count, last = 0, -1
    for number, line in spots:
        count = 1 if any(map(_begins_anew, document.blocks[last + 1 : number + 1])) else count + 1
        name = _ROMANS[count - 1] if line[2] in "iI" else chr(ord("a") + count - 1)
        label = Label((name,), line.start(2), (line.end(),), f"{line[1]}%{line[3]}", "", True)
        found.setdefault(number, []).append(label)
        last = number
        if count == len(_ROMANS):
            return {}
    names = [label.path[0] for labels in found.values() for label in labels]
    few = len(names) < 2 * sum(name in ("a", "i") for name in names)
    return {} if few else {number: tuple(labels) for number, labels in found.items()}


_ROMANS = ("i", "ii", "iii", "iv", "v", "vi", "vii", "viii", "ix")


def _begins_anew(block: Block) -> bool:
    """Whether it is the heading of a problem, or begins with its number."""
    if block.kind == "heading" or block.label:
        return True
    label = read_label(plain(block.text[:_REACH])) if block.kind == "paragraph" else None
    return label is not None and label.path[0].isdecimal() and (label.closed or label.alone)
