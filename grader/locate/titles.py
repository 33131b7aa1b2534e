"""Which question a heading without a number names: one with the title of the rubric, or words like it."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from itertools import pairwise

from grader.locate.inline import is_trusted
from grader.locate.labels import plain, read_label
from grader.locate.outline import components
from grader.model.documents import Document
from grader.model.rubrics import Group

Path = tuple[str, ...]

_WORDS = re.compile(r"[\W_]+")
_ARTICLE = re.compile(r"\W*(?:the|a|an)\s+", re.I)
_STEMS = re.compile(r"[^\W\d_]{4,}")
_COMMON = frozenset(
    {"with", "without", "from", "into", "your", "this", "that", "problem", "question", "exercise", "part"}
)
_SHORTEST = 3  # letters of a title; less says nothing
_STEM = 6  # letters in which two words for one thing agree: convolution, convolutional
_ENOUGH = 0.6  # of the titles must be found among the headings of one level


def title_words(text: str) -> str:
    """A title reduced to what must agree: letters and digits, without an article before them."""
    return _WORDS.sub("", _ARTICLE.sub("", text, count=1).casefold())


def titles(named: Iterable[tuple[str, str]]) -> Mapping[str, Path]:
    """What a heading without a number can name: a title of the rubric, or an id that is a word."""
    paths: dict[str, Path] = {}
    for id, title in named:
        path = components(id)
        for words in {title_words(title), id.casefold()}:
            if len(words) < _SHORTEST or words.isdecimal():
                continue
            known = paths.get(words, path)
            same = [a for a, b in zip(known, path, strict=False) if a == b]
            paths[words] = tuple(same) if known[: len(same)] == tuple(same) else ()
    return paths


def stems(groups: Iterable[Group]) -> Mapping[Path, frozenset[str]]:
    """The words that tell the titles of the problems, shortened."""
    found = {components(group.id): _stems(group.title) for group in groups}
    return {path: words for path, words in found.items() if words and len(path) == 1}


def _stems(text: str) -> frozenset[str]:
    words = _STEMS.findall(text.casefold().replace("-", ""))  # back-propagation, backprop
    return frozenset(word[:_STEM] for word in words if word not in _COMMON)


def named(document: Document, known: Mapping[Path, frozenset[str]]) -> Mapping[int, Path]:
    """Blocks whose headings name a problem in other words, if those of one level name nearly all, in order.

    Between two of them, as many others as there are problems between are these: "Two-dimensional convolution".
    """
    levels: dict[int, list[tuple[int, Path]]] = {}
    others: dict[int, list[int]] = {}
    for number, block in enumerate(document.blocks):
        text = plain(block.text)
        label = read_label(text) if block.kind == "heading" else None
        if block.kind != "heading" or (label is not None and is_trusted(label, "heading", text)):
            continue  # "2D convolution" is no problem 2, part d
        if path := _alike(_stems(block.text), known):
            levels.setdefault(block.level, []).append((number, path))
        else:
            others.setdefault(block.level, []).append(number)
    for level in sorted(levels):
        if _covers([path for _, path in levels[level]], list(known)):
            return dict(_with_others(levels[level], others.get(level, []), list(known)))
    return {}


def _with_others(
    found: Sequence[tuple[int, Path]], others: Sequence[int], wanted: Sequence[Path]
) -> list[tuple[int, Path]]:
    """The headings found, and those between two of them that can only be the problems between."""
    filled = list(found)
    for (number, path), (following, later) in pairwise(found):
        between = [other for other in others if number < other < following]
        missing = wanted[wanted.index(path) + 1 : wanted.index(later)]
        if len(between) == len(missing):
            filled += zip(between, missing, strict=True)
    return sorted(filled)


_NOTHING_ELSE = re.compile(
    r"(?:(?:next|new|another|nächste|neue)\s+)?(problem|question|exercise|task|aufgabe|frage|übung|exercice|ejercicio|problema"
    r"|pregunta|esercizio|exercício|opgave|uppgift|oppgave|oefening|zadanie|задача|задание|问题|习题|題目|题目|問題|問)"
    r"\s*[:.#]?(?:\n\W+)?",
    re.I,
)


def untitled(document: Document, problems: Sequence[str]) -> Mapping[int, Path]:
    """Headings, or lines alone, that say nothing but "Problem": exactly as many as the rubric has problems."""
    found: dict[str, list[int]] = {}
    for number, block in enumerate(document.blocks):
        if block.kind in ("heading", "paragraph") and not block.label and len(block.text) <= _LONGEST:
            said = _NOTHING_ELSE.fullmatch(plain(block.text).strip())
            if said is not None:
                found.setdefault(said[1].casefold(), []).append(number)
    fitting = [numbers for numbers in found.values() if len(numbers) == len(problems)]
    if len(fitting) != 1 or len(found) != 1 or len(problems) < 2:
        return {}
    return {number: (key,) for number, key in zip(fitting[0], problems, strict=True)}


_LONGEST = 40  # characters of such a heading, and of the line below it


def _alike(words: frozenset[str], known: Mapping[Path, frozenset[str]]) -> Path:
    """The one title that says the same, or more, or less."""
    like = [path for path, title in known.items() if words and (words <= title or title <= words)]
    return like[0] if len(like) == 1 else ()


def _covers(found: Sequence[Path], wanted: Sequence[Path]) -> bool:
    order = [wanted.index(path) for path in found]
    return len(found) > 1 and order == sorted(set(order)) and len(found) >= _ENOUGH * len(wanted)
