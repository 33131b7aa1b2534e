"""A sheet of empty answers: a heading for each question, a place for each answer, and nothing of the key.

The headings are those of `Rubric.headlines`, which `locate` knows word for word: a format may add signs to them,
but no words.
"""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Iterator, Mapping

from grader.model.records import NamedTuple
from grader.model.rubrics import Rubric
from grader.report.clean import clean

_FORMULA = re.compile(r"(\$[^$]+\$)")
_TEX = {
    "\\": "\\textbackslash{}", "~": "\\textasciitilde{}", "^": "\\textasciicircum{}",
    **{sign: f"\\{sign}" for sign in "{}$&#_%"},
}  # fmt: skip
_MARKDOWN = re.compile(r"([\\`*_\[\]<>#&|~$])")
_SECTIONS = ("section", "subsection", "subsubsection")


class Place(NamedTuple):
    """One heading of a sheet; `answers` are the paragraphs below it, None below the heading of a group."""

    heading: str
    level: int  # 1 for the title of the sheet
    answers: tuple[str, ...] | None = None


def sheet(rubric: Rubric, form: str, answers: Mapping[str, str] | None = None) -> str:
    """The text of a sheet; `form` is a key of FORMS. `answers` to some questions may be filled in already."""
    return FORMS[form](list(_places(rubric, answers or {})))


def _places(rubric: Rubric, answers: Mapping[str, str]) -> Iterator[Place]:
    yield Place(clean(f"Answer sheet: {' '.join(rubric.title.split())}".rstrip(": ")), 1)
    slots = {question.id: question.part.slots for question in rubric.questions}
    for one in rubric.headlines:
        filled = (answers[one.id],) if one.id in answers else slots.get(one.id)
        yield Place(clean(one.text), one.depth + 2, None if one.questions else filled)


def _escaped(text: str, escape: Callable[[str], str]) -> str:
    """A line of words for people, in which formulas stand as they are."""
    return "".join(piece if place % 2 else escape(piece) for place, piece in enumerate(_FORMULA.split(text)))


def _hashes(place: Place) -> str:
    words = _escaped(place.heading, lambda text: _MARKDOWN.sub(r"\\\1", text))
    return f"{'#' * min(place.level, 6)} {words}"


def _markdown(places: list[Place]) -> str:
    return "\n\n".join(words for place in places for words in (_hashes(place), *_paragraphs(place))) + "\n"


def _paragraphs(place: Place) -> tuple[str, ...]:
    """What stands below a heading; an empty paragraph where an answer without parts belongs."""
    return () if place.answers is None else place.answers or ("",)


def _tex(places: list[Place]) -> str:
    lines = ["\\documentclass{article}", "\\usepackage{amsmath, amssymb}", "\\begin{document}", ""]
    for place in places:
        words = _escaped(place.heading, lambda text: "".join(_TEX.get(sign, sign) for sign in text))
        lines += [f"\\{_SECTIONS[min(place.level, len(_SECTIONS)) - 1]}*{{{words}}}", ""]
        for answer in _paragraphs(place):
            lines += [answer, ""]
    return "\n".join([*lines, "\\end{document}", ""])


def _notebook(places: list[Place]) -> str:
    cells = []
    for place in places:
        for words in (_hashes(place), *_paragraphs(place)):
            cells.append({"cell_type": "markdown", "metadata": {}, "source": words.splitlines(keepends=True)})
    whole = {"cells": cells, "metadata": {}, "nbformat": 4, "nbformat_minor": 4}
    return json.dumps(whole, indent=1, ensure_ascii=False) + "\n"


def _yaml(places: list[Place]) -> str:
    """Headings as keys, answers as the lines indented below them; what stands above others is a comment."""
    lines = ["# Write each answer below its key, indented by two blanks.", ""]
    for place in places:
        if place.answers is None:
            lines += [f"# {place.heading}", ""]
            continue
        answer = "\n\n".join(_paragraphs(place)).rstrip()
        lines += [
            f"{json.dumps(place.heading, ensure_ascii=False)}: |2",
            *(f"  {line}" for line in answer.split("\n")),
            "",
        ]
    return "\n".join(lines)


FORMS: Mapping[str, Callable[[list[Place]], str]] = {
    "md": _markdown, "tex": _tex, "ipynb": _notebook, "yaml": _yaml,
}  # fmt: skip
