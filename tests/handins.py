"""Hand-ins of homework 10 made of the same answers: every way to write an answer, in every style of a hand-in."""

from __future__ import annotations

import csv
import io
import json
from collections.abc import Callable, Iterator, Mapping
from fractions import Fraction
from itertools import groupby
from pathlib import Path
from typing import Any, NamedTuple

from restyle import _html_run, _latex_run, _plain_run

from grader.model.documents import Document, Submission
from grader.read import READERS

ANSWERS = Path(__file__).parent / "golden" / "handins" / "answers.md"
Written = Mapping[str, str]  # part: words of its answer
Group = tuple[str, list[tuple[str, str]]]  # number of a problem, and its parts: letter and words
TITLES = {
    "1": "Tensors", "2": "A convolution without reversal", "3": "The cost of a layer", "4": "Back-propagation",
    "5": "Sub-sampling and pooling",
}  # fmt: skip
ASKED = {
    "1a": "What is the shape of a tensor with 1000 colour images of 256 by 256 pixels?",
    "1b": "Give the shape for 40 EEG recordings with 80 channels, sampled at 240 Hz for 10 seconds.",
    "1c": "Give the shape for 32 colour videos of 10 seconds at 30 frames per second, 512 by 512 pixels.",
    "2a": "What are the limits of the sums over k1 and k2?",
    "2b": "What is the size of Z on the valid pixels?",
    "2c": "What is the largest positive value of Z and one position where it stands?",
    "2d": "What is the largest negative value of Z and one position?",
    "2e": "Name one position where Z is 0.",
    "3a": "What are the shapes of Z and U if X has shape (48, 64, 10) and W has shape (3, 3, 10, 20)?",
    "3b": "How many input and output channels are there?",
    "3c": "How many multiplications does the convolution take?",
    "3d": "How many trainable parameters have W and b together?",
    "4a": "Find the components of dJ/dZ[i,j1,j2,m].",
    "4b": "Find the components of dJ/dW[k1,k2,n,m] in terms of dJ/dZ.",
    "4c": "Find the components of dJ/dX[i,j1,j2,n] in terms of dJ/dZ.",
    "5a": "For x = [1,2,3,2,0,10,1,0] and stride 2, what is y of sub-sampling?",
    "5b": "For the same x with stride 2 and size 2, what is y of max pooling?",
    "5c": "X has shape (B, N, C). Write the equations of both operations and give the output shapes.",
}
_SPELLED = ("One", "Two", "Three", "Four", "Five")
_ROMAN = ("i", "ii", "iii", "iv", "v")
_ORDINAL = ("First", "Second", "Third", "Fourth", "Fifth")


class Answers(NamedTuple):
    """One answer to a part: what a careful marker gives, and the ways to write it."""

    part: str
    name: str
    low: Fraction
    high: Fraction
    forms: tuple[str, ...]


class Style(NamedTuple):
    """A way to write a whole hand-in. `lines`: an answer may have several lines."""

    name: str
    reader: str
    write: Callable[[list[Group]], str]
    lines: bool = True


def answers() -> list[Answers]:
    """The answers of golden/handins/answers.md."""
    found: list[Answers] = []
    forms: list[str] = []
    for line in ANSWERS.read_text(encoding="utf-8").splitlines():
        if line.startswith("## "):
            part, name, band = line[3:].split()
            low, _, high = band.partition("-")
            found.append(Answers(part, name, Fraction(low), Fraction(high or low), ()))
            forms = []
        elif found and line.startswith("- "):
            forms.append(line[2:])
        elif found and line.startswith("  "):
            forms[-1] += "\n" + line[2:]
        if found:
            found[-1] = found[-1]._replace(forms=tuple(forms))
    return found


def hand_in(style: Style, written: Written) -> Submission:
    """The answers as one hand-in, read."""
    document = READERS.load(style.reader).read(style.write(grouped(written)), f"made.{style.reader}")
    return Submission("made", (document,))


def grouped(written: Written) -> list[Group]:
    """The answers problem by problem."""
    return [
        (number, [(part[1:], written[part]) for part in parts])
        for number, parts in groupby(written, key=lambda part: part[0])
    ]


# -- Markdown: headings and labels -----------------------------------------------------------------------------


def under(
    problem: str, part: str, between: str = "\n\n", top: str = "# Homework 10\n\nN. N.\n\n000123\n\n"
) -> Callable[[list[Group]], str]:
    """Headings or labels as templates: {n} the problem, {a} the part, {k} its number, {r} in Roman figures, {t} {q}."""

    def write(groups: list[Group]) -> str:
        pieces = []
        for number, parts in groups:
            pieces.append(_filled(problem, number, parts[0][0], 0))
            for at, (letter, words) in enumerate(parts):
                label = _filled(part, number, letter, at)
                pieces.append(label.replace("{words}", words) if "{words}" in label else f"{label}{words}")
        return top + between.join(piece for piece in pieces if piece) + "\n"

    return write


def _filled(template: str, number: str, letter: str, at: int) -> str:
    place = int(number) - 1
    values = {
        "n": number, "a": letter, "A": letter.upper(), "k": str(at + 1), "r": _ROMAN[at], "R": _ROMAN[place].upper(),
        "W": _SPELLED[place],
        "O": _ORDINAL[place], "o": _ORDINAL[at], "e": _ORDINAL[at].lower(), "S": "🅰🅱🅲🅳🅴"[at] + "\ufe0f",
        "α": "αβγδε"[at], "б": "абвгд"[at], "乙": "甲乙丙丁戊"[at], "①": "①②③④⑤"[place],
        "Z": "一二三四五"[place], "t": TITLES[number], "q": ASKED[number + letter],
    }  # fmt: skip
    for name, value in values.items():
        template = template.replace(f"{{{name}}}", value)
    return template


def indented(problem: str, part: str, by: int) -> Callable[[list[Group]], str]:
    """Parts in lists below their problem, every line of them indented."""

    def write(groups: list[Group]) -> str:
        lines = ["# Homework 10", ""]
        for number, parts in groups:
            lines += [_filled(problem, number, parts[0][0], 0), ""]
            for at, (letter, words) in enumerate(parts):
                label = _filled(part, number, letter, at)
                first, *rest = (label + words).split("\n")
                lines += [" " * by + first, *(" " * (by + 4) + line for line in rest), ""]
        return "\n".join(lines)

    return write


def rows_of_letters(groups: list[Group]) -> str:
    """For each problem a table of one row, below the letters of its parts."""
    pieces = []
    for number, parts in groups:
        letters, words = zip(*parts, strict=True)
        head = " | ".join(letters)
        pieces.append(f"### {number}\n\n| {head} |\n|{'---|' * len(parts)}\n| {' | '.join(words)} |\n")
    return "\n".join(pieces)


def running(groups: list[Group]) -> str:
    """Parts numbered through from 1 to 18, their problems not named."""
    words = [words for _, parts in groups for _, words in parts]
    return "".join(f"{number}. {each}\n\n" for number, each in enumerate(words, 1))


def one_table(groups: list[Group]) -> str:
    """A table with a row for each part."""
    rows = [f"| {number}{letter} | {words} |" for number, parts in groups for letter, words in parts]
    return "# HW10\n\n| part | answer |\n|---|---|\n" + "\n".join(rows) + "\n"


def tables(groups: list[Group]) -> str:
    """A table for each problem, without bars at the edges."""
    text = ""
    for number, parts in groups:
        text += (
            f"## {number}\n\npart | answer\n:---|:---\n" + "".join(f"({a}) | {words}\n" for a, words in parts) + "\n"
        )
    return text


def split_table(groups: list[Group]) -> str:
    """Number and letter in two columns, the number only in the first row of its problem."""
    text = "| problem | part | answer |\n|---|---|---|\n"
    for number, parts in groups:
        for at, (letter, words) in enumerate(parts):
            text += f"| {number if not at else ''} | {letter} | {words} |\n"
    return text


def in_lines(groups: list[Group]) -> str:
    """All parts of a problem in the lines of one paragraph."""
    return "".join(
        f"Problem {number}\n" + "".join(f"{a}) {words}\n" for a, words in parts) + "\n" for number, parts in groups
    )


def in_fences(groups: list[Group]) -> str:
    """Every answer between fences."""
    return "".join(
        f"## {number}\n\n" + "".join(f"### ({a})\n\n```\n{words}\n```\n\n" for a, words in parts)
        for number, parts in groups
    )


def with_summary(groups: list[Group]) -> str:
    """Short results once more in a table at the end."""
    short = [
        (n + a, words) for n, parts in groups for a, words in parts if n in "25" and a in "bae" and "\n" not in words
    ]
    rows = "".join(f"| {part} | {words} |\n" for part, words in short if "|" not in words)
    return under("## Problem {n}", "### ({a})\n\n")(groups) + f"\n## Summary\n\n| part | answer |\n|---|---|\n{rows}"


def levels(groups: list[Group]) -> str:
    """The level of the headings changes on the way."""
    return "".join(
        f"## {number}\n\n"
        + "".join(f"{'####' if number in '25' else '###'} ({a})\n\n{words}\n\n" for a, words in parts)
        for number, parts in groups
    )


def image_of_question(groups: list[Group]) -> str:
    """The problem as a picture, the answers in block quotes below it."""
    text = ""
    for number, parts in groups:
        text += f"## {number}\n\n"
        for a, words in parts:
            quoted = "\n".join("> " + line for line in words.split("\n"))
            text += f"**({a})**\n\n![](q{number}{a}.png)\n\n{quoted}\n\n"
    return text


def sheet_repeated(groups: list[Group]) -> str:
    """All questions of a problem as a list, the answers below it."""
    text = ""
    for number, parts in groups:
        text += f"## Problem {number}: {TITLES[number]}\n\n"
        text += "\n".join(f"({a}) {ASKED[number + a]}" for a, _ in parts) + "\n\n**Solution**\n\n"
        text += "".join(f"({a}) {words}\n\n" for a, words in parts)
    return text


def details(groups: list[Group]) -> str:
    """Every answer under a triangle to click at."""
    return "".join(
        f"## {number}\n\n"
        + "".join(
            f"<details>\n<summary>({a}) {ASKED[number + a]}</summary>\n\n{words}\n\n</details>\n\n"
            for a, words in parts
        )
        for number, parts in groups
    )


# -- other formats ---------------------------------------------------------------------------------------------


def _blocks(words: str) -> Document:
    return READERS.load("markdown").read(words, "form.md")


def tex(words: str) -> str:
    """The words of an answer in LaTeX."""
    return "\n\n".join("".join(map(_latex_run, block.runs)) for block in _blocks(words).blocks)


def html(words: str) -> str:
    """The words of an answer in HTML."""
    return "<br>\n".join(
        "".join(_html_run(run, at) for at, run in enumerate(block.runs)) for block in _blocks(words).blocks
    )


def bare(words: str) -> str:
    """The words of an answer without markup."""
    return "\n".join("".join(map(_plain_run, block.runs)) for block in _blocks(words).blocks)


_HEAD = r"""\documentclass{article}
\usepackage{amsmath,amssymb}
\newcommand{\R}{\mathbb{R}}
\title{Homework 10}
\author{N. N.}
\begin{document}
\maketitle
"""


def latex(problem: str, opened: str, part: str, closed: str, head: str = _HEAD) -> Callable[[list[Group]], str]:
    """A LaTeX document of templates."""

    def write(groups: list[Group]) -> str:
        text = head
        for number, parts in groups:
            text += _filled(problem, number, "a", 0) + "\n" + opened + "\n"
            for at, (letter, words) in enumerate(parts):
                text += _filled(part, number, letter, at).replace("{words}", tex(words)) + "\n"
            text += closed + "\n\n"
        return text + "\\end{document}\n"

    return write


_DESCRIBED = "\\begin{{description}}|\\item[{}] {{words}}|\\end{{description}}"


def nested_enumerate(groups: list[Group]) -> str:
    """Problems and parts as items."""
    body = "".join(
        "\\item\n\\begin{enumerate}[(a)]\n"
        + "".join(f"  \\item {tex(words)}\n" for _, words in parts)
        + "\\end{enumerate}\n"
        for _, parts in groups
    )
    return _HEAD + "\\begin{enumerate}\n" + body + "\\end{enumerate}\n\\end{document}\n"


def exam(groups: list[Group]) -> str:
    """The exam class."""
    body = "".join(
        f"\\titledquestion{{{TITLES[number]}}}[10]\n\\begin{{parts}}\n"
        + "".join(
            f"\\part[2] {ASKED[number + a]}\n\\begin{{solution}}\n{tex(words)}\n\\end{{solution}}\n"
            for a, words in parts
        )
        + "\\end{parts}\n"
        for number, parts in groups
    )
    head = "\\documentclass[answers]{exam}\n\\begin{document}\n\\begin{questions}\n"
    return f"{head}{body}\\end{{questions}}\n\\end{{document}}\n"


def web_page(problem: str, part: str) -> Callable[[list[Group]], str]:
    """A page of templates."""

    def write(groups: list[Group]) -> str:
        text = "<html><body><h1>Homework 10</h1>\n"
        for number, parts in groups:
            text += _filled(problem, number, "a", 0) + "\n"
            for at, (letter, words) in enumerate(parts):
                text += _filled(part, number, letter, at).replace("{words}", html(words)) + "\n"
        return text + "</body></html>\n"

    return write


def html_lists(groups: list[Group]) -> str:
    """Numbered lists as an editor makes them."""
    body = "".join(
        "<li>"
        + TITLES[number]
        + "<ol type='a'>"
        + "".join(f"<li>{html(words)}</li>\n" for _, words in parts)
        + "</ol></li>\n"
        for number, parts in groups
    )
    return f"<ol>\n{body}</ol>\n"


def plain_text(problem: str, part: str) -> Callable[[list[Group]], str]:
    """A text file."""

    def write(groups: list[Group]) -> str:
        return under(problem, part)([(n, [(a, bare(words)) for a, words in parts]) for n, parts in groups])

    return write


def one_line(groups: list[Group]) -> str:
    """A text file of a single line."""
    parts = [f"{number}{letter} {bare(words)}" for number, pairs in groups for letter, words in pairs]
    return f"hw10: {'; '.join(parts)}\n"


def prose(groups: list[Group]) -> str:
    """A text file whose problems are paragraphs, with parts that begin as sentences do."""
    openings = ("For", "In", "As to", "Then in", "Finally")
    return "".join(
        f"Question {number}. "
        + " ".join(f"{openings[at]} ({letter}): {bare(words)}." for at, (letter, words) in enumerate(parts))
        + "\n\n"
        for number, parts in groups
    )


def with_footnotes(groups: list[Group]) -> str:
    """Labels with marks, and the answers in footnotes at the end."""
    parts = [(number + letter, words) for number, pairs in groups for letter, words in pairs]
    marks = "".join(f"{part}) see the note[^{part}]\n\n" for part, _ in parts)
    return marks + "".join(f"[^{part}]: {words}\n\n" for part, words in parts)


def notebook(apart: bool) -> Callable[[list[Group]], str]:
    """A notebook: a cell for each part, or its heading in a cell of its own."""

    def write(groups: list[Group]) -> str:
        cells = []
        for number, parts in groups:
            cells.append(f"## Problem {number}")
            for letter, words in parts:
                cells += [f"### ({letter})", words] if apart else [f"**({letter})** {words}"]
        made = [
            {"cell_type": "markdown", "id": str(at), "metadata": {}, "source": [cell]} for at, cell in enumerate(cells)
        ]
        return json.dumps({"cells": made, "metadata": {}, "nbformat": 4, "nbformat_minor": 5})

    return write


def yaml_file(groups: list[Group]) -> str:
    """A file of answers."""
    return "".join(
        f"{number}{a}: |2\n" + "".join(f"  {line}\n" for line in words.split("\n"))
        for number, parts in groups
        for a, words in parts
    )


def csv_file(groups: list[Group]) -> str:
    """A table of answers."""
    out = io.StringIO()
    csv.writer(out, lineterminator="\n").writerows(
        [("question", "answer"), *((n + a, words) for n, parts in groups for a, words in parts)]
    )
    return out.getvalue()


def json_file(groups: list[Group]) -> str:
    """Answers by the names of the questions, those of a problem together."""
    return json.dumps({number: dict(parts) for number, parts in groups}, indent=1)


def unclosed(groups: list[Group]) -> str:
    """Rough work in a fence that nobody closed, before the third problem."""
    text = under("## Problem {n}", "### ({a})\n\n")(groups)
    return text.replace("## Problem 3", "```\nrough work\n\n## Problem 3", 1)


def solutions(groups: list[Group]) -> str:
    """The statement of each part in one environment, what solves it in the next."""
    body = "".join(
        f"\\begin{{problem}}[{number}({a})]\n{ASKED[number + a]}\n\\end{{problem}}\n"
        f"\\begin{{solution}}\n{tex(words)}\n\\end{{solution}}\n"
        for number, parts in groups
        for a, words in parts
    )
    return f"{_HEAD}{body}\\end{{document}}\n"


def continued(groups: list[Group]) -> str:
    """A list that is broken off after each part, and goes on."""
    text = _HEAD
    for number, parts in groups:
        text += f"\\section*{{Problem {number}}}\n"
        for at, (_, words) in enumerate(parts):
            text += (
                "\\begin{enumerate}\n\\renewcommand{\\labelenumi}{(\\alph{enumi})}\n"
                f"\\setcounter{{enumi}}{{{at}}}\n\\item {tex(words)}\n\\end{{enumerate}}\n\nMore below.\n\n"
            )
    return text + "\\end{document}\n"


def verbatim(words: str) -> str:
    """The words without markup, on one line, between backticks: another language's signs mean nothing there."""
    return f"`{bare(words).replace('`', '').replace(chr(10), ' ')}`"


def typst(problem: str, part: str) -> Callable[[list[Group]], str]:
    """A Typst document; the words of the answers are raw text."""

    def write(groups: list[Group]) -> str:
        made = [(n, [(a, verbatim(words)) for a, words in parts]) for n, parts in groups]
        return under(problem, part, top='#set page(paper: "a4")\n\n')(made)

    return write


def typst_functions(groups: list[Group]) -> str:
    """Problems, their parts and the answers in functions of a template."""
    return "\n".join(
        f"#problem({number}, [{TITLES[number]}])\n"
        + "".join(
            f'#subproblem("{a.upper()}", [{ASKED[number + a]}])\n#answer([{verbatim(words)}])\n' for a, words in parts
        )
        for number, parts in groups
    )


def org(problem: str, part: str) -> Callable[[list[Group]], str]:
    """Org mode, the answers as fixed lines."""

    def write(groups: list[Group]) -> str:
        made = [
            (n, [(a, "\n" + "\n".join(f": {line}" for line in bare(words).split("\n"))) for a, words in parts])
            for n, parts in groups
        ]
        return under(problem, part, top="#+title: Homework 10\n\n")(made)

    return write


def rst(groups: list[Group]) -> str:
    """reStructuredText, the answers as literal blocks."""
    text = "Homework 10\n###########\n\n"
    for number, parts in groups:
        text += f"Problem {number}\n==========\n\n"
        for a, words in parts:
            lines = "".join(f"    {line}\n" for line in bare(words).split("\n"))
            text += f"({a})\n---\n\n::\n\n{lines}\n"
    return text


def printed(groups: list[Group]) -> str:
    """A notebook whose answers are what its cells printed."""
    cells: list[dict[str, Any]] = []
    for number, parts in groups:
        cells.append({"cell_type": "markdown", "metadata": {}, "source": [f"## Problem {number}"]})
        for letter, words in parts:
            cells.append({"cell_type": "markdown", "metadata": {}, "source": [f"({letter})"]})
            output = {"output_type": "stream", "name": "stdout", "text": [bare(words) + "\n"]}
            cells.append(
                {
                    "cell_type": "code",
                    "metadata": {},
                    "execution_count": 1,
                    "source": ["print(answer)"],
                    "outputs": [output],
                }
            )
    return json.dumps({"cells": cells, "metadata": {}, "nbformat": 4, "nbformat_minor": 4})


def in_code(problem: str, part: str, cells: bool) -> Callable[[list[Group]], str]:
    """A program, or cells of code, with templates for their lines."""

    def write(groups: list[Group]) -> str:
        made = [
            "\n".join(
                [
                    _filled(problem, number, "a", 0),
                    *(
                        _filled(part, number, a, at).replace("{words}", bare(words))
                        for at, (a, words) in enumerate(parts)
                    ),
                    *(['"""'] if problem.startswith('"') else []),
                ]
            )
            for number, parts in groups
        ]
        if not cells:
            return '"""Homework 10"""\nimport numpy as np\n\n' + "\n\n".join(made) + "\n"
        shown = [
            {"cell_type": "code", "metadata": {}, "execution_count": 1, "source": [one], "outputs": []} for one in made
        ]
        return json.dumps({"cells": shown, "metadata": {}, "nbformat": 4, "nbformat_minor": 4})

    return write


def reply(sign: str, problem: str, part: str, own: str = "") -> Callable[[list[Group]], str]:
    """The quoted sheet, and below each of its questions the answer."""

    def write(groups: list[Group]) -> str:
        text = "Hello,\n\nhere is what I found.\n\n"
        for number, parts in groups:
            for at, (a, words) in enumerate(parts):
                label = ("" if at else _filled(problem, number, a, at)) + _filled(part, number, a, at)
                answer = bare(words) if sign != "> " else words
                text += f"{sign}{label}{ASKED[number + a]}\n{_filled(own, number, a, at)}{answer}\n\n"
        return text + "Best wishes\nN. N.\n"

    return write


def below_answers(groups: list[Group]) -> str:
    """The answers, and the sheet they reply to below all of them."""
    text = "".join("".join(f"{n}{a}) {bare(words)}\n" for a, words in parts) + "\n" for n, parts in groups)
    text += "Best wishes\nN. N.\n\nOn Monday X wrote:\n"
    return text + "".join(
        f"> {n}. {TITLES[n]}\n" + "".join(f"> ({a}) {ASKED[n + a]}\n" for a, _ in parts) + ">\n" for n, parts in groups
    )


def roman_enumerate(groups: list[Group]) -> str:
    """Problems and parts in Roman figures."""
    text = nested_enumerate(groups).replace("{enumerate}[(a)]", "{enumerate}[label=(\\roman*)]")
    return text.replace("\\begin{enumerate}\n", "\\begin{enumerate}[label=\\Roman*.]\n", 1)


def rst_lines(part: str) -> Callable[[list[Group]], str]:
    """reStructuredText with definitions or fields for the parts."""

    def write(groups: list[Group]) -> str:
        text = "Homework 10\n===========\n\n"
        for number, parts in groups:
            text += f"Problem {number}\n---------\n\n"
            for at, (a, words) in enumerate(parts):
                text += _filled(part, number, a, at).replace("{words}", bare(words)) + "\n"
            text += "\n"
        return text

    return write


def nested_json(groups: list[Group]) -> str:
    """Lists of problems and parts that say which they are."""
    problems = [
        {"number": int(n), "parts": [{"label": a, "answer": words} for a, words in parts]} for n, parts in groups
    ]
    return json.dumps({"problems": problems})


def listed_json(groups: list[Group]) -> str:
    """A list of parts below each problem."""
    return json.dumps({f"problem_{n}": [{a: words} for a, words in parts] for n, parts in groups})


_STRUCK = {"1a": "(1000, 256, 256)", "2b": "6x5", "2c": "3 at (0,0)", "3c": "46*62*20 = 57040", "5a": "[2,2,10,0]"}


def struck(groups: list[Group]) -> str:
    """A wrong answer struck out before the right one."""
    return under("## {n}", "### ({a})\n\n")(
        [
            (n, [(a, f"~~{_STRUCK[n + a]}~~ {words}" if n + a in _STRUCK else words) for a, words in p])
            for n, p in groups
        ]
    )


def corrected(groups: list[Group]) -> str:
    """A wrong answer first, then a correction."""
    return under("## {n}", "### ({a})\n\n")(
        [
            (n, [(a, f"{_STRUCK[n + a]}\n\nCorrection: {words}" if n + a in _STRUCK else words) for a, words in p])
            for n, p in groups
        ]
    )


def late(groups: list[Group]) -> str:
    """Corrections of some parts at the end of the file."""
    first = [(n, [(a, _STRUCK.get(n + a, words)) for a, words in parts]) for n, parts in groups]
    text = under("## Problem {n}", "({a}) ")(first) + "\n## Corrections\n\n"
    return text + "".join(f"{n}{a}) {words}\n\n" for n, parts in groups for a, words in parts if n + a in _STRUCK)


STYLES = (
    Style("number heading, bracket heading", "markdown", under("## {n}", "### ({a})\n\n")),
    Style("dots and half brackets", "markdown", under("# {n}.", "## {a})\n\n")),
    Style("number and title", "markdown", under("## {n} {t}", "### ({a})\n\n")),
    Style("number, colon, page", "markdown", under("# {n}: Problem 7, Page 51", "### {a}:\n\n")),
    Style("misspelt word", "markdown", under("## Excercise {n}", "### Part {a}\n\n")),
    Style("word, number, letter", "markdown", under("", "### Question {n}.{a})\n\n")),
    Style("question 1(a) bold", "markdown", under("", "**Question {n}({a})**\n\n")),
    Style("problem 1a colon", "markdown", under("", "Problem {n}{a}: ")),
    Style("dotted numbers", "markdown", under("# {n}", "## {n}.{k}\n\n")),
    Style("dotted numbers alone", "markdown", under("", "##### {n}.{k}\n\n")),
    Style("dotted letters", "markdown", under("", "### {n}.{a}\n\n")),
    Style("own and textbook number", "markdown", under("#### {n}) 3.2.1{n}: {t}", "({a}) ")),
    Style("bare letter", "markdown", under("## {n}", "### {a}\n\n")),
    Style("letter with title", "markdown", under("## Problem {n}", "### {a}: {q}\n\n")),
    Style("paragraph (a)", "markdown", under("## Problem {n}", "({a}) ")),
    Style("paragraph a)", "markdown", under("# {n}", "  {a}) ")),
    Style("paragraph a.", "markdown", under("**{n}.**", "{a}. ")),
    Style("indented by four", "markdown", indented("## {n}", "{a}) ", 4)),
    Style("indented by eight", "markdown", indented("{n}.", "({a}) ", 8), lines=False),
    Style("ordered list of problems", "markdown", indented("{n}. {t}", "{a}. ", 4)),
    Style("ordered list without blank", "markdown", indented("{n}.{t}", "{a}) ", 3)),
    Style("two labels, one line", "markdown", under("", "{n}. ({a}) ")),
    Style("1. a.", "markdown", under("", "{n}. {a}. ")),
    Style("parts (1) (2)", "markdown", under("## Problem {n}", "({k}) ")),
    Style("parts 1) 2)", "markdown", under("## Problem {n}", "{k}) ")),
    Style("parts 1. 2.", "markdown", under("## Problem {n}", "{k}. ")),
    Style("problem number (1)", "markdown", under("## Problem {n}", "### {n}({k})\n\n")),
    Style("Roman (ii)", "markdown", under("## Problem {n}", "({r}) ")),
    Style("Roman ii.", "markdown", under("## Problem {n}", "{r}. ")),
    Style("Roman in maths", "markdown", under("## Problem {n}", "$\\mathrm{{r}.}$ ")),
    Style("bold (a)", "markdown", under("**Problem {n}**", "**({a})** ")),
    Style("bold a)", "markdown", under("**{n}.** {t}", "**{a})** ")),
    Style("bold 1a", "markdown", under("", "**{n}{a}** ")),
    Style("bold 1a:", "markdown", under("", "**{n}{a}:** ")),
    Style("bold (a) line of its own", "markdown", under("## {n}", "**({a})**\n\n")),
    Style("bold Part A", "markdown", under("## Problem {n}", "**Part {A}**\n\n")),
    Style("capital (A)", "markdown", under("## Problem {n}", "({A}) ")),
    Style("full-width brackets", "markdown", under("## {n}", "### （{a})\n\n")),
    Style("full-width numbers", "markdown", under("## 第{n}题", "（{k}） ")),
    Style("full-width letters", "markdown", under("## 第{n}题", "（{a}）")),
    Style("setext", "markdown", under("Exercise {n}\n==========", "({a})\n---\n\n")),
    Style("question as heading", "markdown", under("## Problem {n}: {t}", "### ({a}) {q}\n\n")),
    Style("question in bold", "markdown", under("## {n}", "**({a}) {q}**\n\n")),
    Style("question as list item", "markdown", under("## {n}", "- ({a}) {q}\n\n")),
    Style("question quoted", "markdown", under("## {n}", "### ({a})\n\n> {q}\n\n")),
    Style("question in italics", "markdown", under("## {n}", "({a}) *{q}*\n\n")),
    Style("question and Answer:", "markdown", under("## {n}", "({a}) {q}\n\nAnswer: ")),
    Style("question, Answer on the same line", "markdown", under("## {n}", "({a}) {q} **Answer:** ")),
    Style("question on the same line", "markdown", under("## {n}", "({a}) {q} "), lines=False),
    Style("Solution.", "markdown", under("## {n}", "### ({a})\n\n*Solution.* ")),
    Style("Ans: as heading", "markdown", under("## Problem {n}", "### ({a}) {q}\n\n#### Ans:\n\n")),
    Style("Your answer:", "markdown", under("## Problem {n}", "({a}) {q}\n\n### Your answer:\n\n")),
    Style("coloured answer label", "markdown", under("## {n}", "({a})\n\n$\\color{blue}{\\textit Your Answer:}$ ")),
    Style("A: below the question", "markdown", under("## {n}", "**({a}) {q}**\n\nA: ")),
    Style("rules between", "markdown", under("## {n}", "({a}) ", "\n\n---\n\n")),
    Style("{{END}} between", "markdown", under("## {n}", "### ({a})\n\n{words}\n\n{{END}}")),
    Style("separator A3--------", "markdown", under("A{n}--------", "({a}) ")),
    Style("Q1 (a)", "markdown", under("", "Q{n} ({a}) ")),
    Style("Q1.a", "markdown", under("", "Q{n}.{a} \n\n")),
    Style("1(a)", "markdown", under("", "{n}({a}) ")),
    Style("1a)", "markdown", under("", "{n}{a}) ")),
    Style("II.a", "markdown", under("", "{R}.{a} ")),
    Style("1a:", "markdown", under("", "{n}{a}: ")),
    Style("1.a)", "markdown", under("", "{n}.{a}) ")),
    Style("1-a", "markdown", under("", "## {n}-{a}\n\n")),
    Style("bullets 1a:", "markdown", under("", "- {n}{a}: ")),
    Style("bullets (a)", "markdown", under("## {n}", "- ({a}) ")),
    Style("bullets bold", "markdown", under("## {n}", "* **{a})** ")),
    Style("HW10 Problem 1 (a)", "markdown", under("", "## HW10 - Problem {n} ({a})\n\n")),
    Style("Exercise 1, part a", "markdown", under("", "### Exercise {n}, part {a}\n\n")),
    Style("Part (a): below Problem", "markdown", under("# Problem {n}: {t}", "Part ({a}): ")),
    Style("answer to 1a", "markdown", under("", "Answer to {n}{a}: ")),
    Style("hash without blank", "markdown", under("##{n}.", "###({a})\n\n")),
    Style("table", "markdown", one_table, lines=False),
    Style("tables", "markdown", tables, lines=False),
    Style("table in three columns", "markdown", split_table, lines=False),
    Style("lines of a paragraph", "markdown", in_lines),
    Style("fences", "markdown", in_fences),
    Style("numbered through", "markdown", running, lines=False),
    Style("summary at the end", "markdown", with_summary),
    Style("levels change", "markdown", levels),
    Style("picture of the question", "markdown", image_of_question),
    Style("sheet repeated", "markdown", sheet_repeated),
    Style("details", "markdown", details),
    Style("struck out", "markdown", struck),
    Style("corrected", "markdown", corrected),
    Style("corrected at the end", "markdown", late),
    Style(
        "windows line ends", "markdown", lambda groups: under("## {n}", "### ({a})\n\n")(groups).replace("\n", "\r\n")
    ),
    Style("list of lettered parts", "markdown", under("## Q{n}", "{k}. ({a}) ", "\n")),
    Style("3. (2)", "markdown", under("", "{n}. ({k}) ")),
    Style("numbers alone in a line", "markdown", under("{n}", "{a}. ")),
    Style("letters alone in a line", "markdown", under("## Task {n}", "{a}\n")),
    Style("part in brackets, dot, colon", "markdown", under("## {n}", "## {a}: ")),
    Style("zero-width blanks before labels", "markdown", under("## Problem {n}", "\u200b({a}) ")),
    Style("a fence never closed", "markdown", unclosed),
    Style("text in block quotes under bold problems", "markdown", under("**Problem {n}.**", "> **({a})** ")),
    Style("answer in the heading", "markdown", under("## Problem {n}", "### ({a}) "), lines=False),
    Style("bold answer label", "markdown", under("## Problem {n}", "**Answer ({a}):** ")),
    Style("(a) Answer:", "markdown", under("## Problem {n}", "({a}) Answer: ")),
    Style("1 a)", "markdown", under("", "{n} {a}) ")),
    Style("Ex 1.a", "markdown", under("", "Ex {n}.{a}: ")),
    Style("Aufgabe 1 a)", "markdown", under("", "### Aufgabe {n} {a})\n\n")),
    Style("Problem 1, part (a)", "markdown", under("", "## Problem {n} - part ({a})\n\n")),
    Style("Solution 1a", "markdown", under("", "### Solution {n}{a}\n\n")),
    Style("labels as code", "markdown", under("## {n}", "`{a})` ")),
    Style("labels in italics", "markdown", under("## {n}", "*({a})* ")),
    Style("labels underlined", "markdown", under("## {n}", "<u>{a})</u> ")),
    Style("labels with underscores", "markdown", under("__Problem {n}__", "__({a})__ ")),
    Style("Roman problems", "markdown", under("## {R}.", "({a}) ")),
    Style("Problem in Roman", "markdown", under("## Problem {R}", "### {a})\n\n")),
    Style("Problem One", "markdown", under("## Problem {W}", "({a}) ")),
    Style("Chinese numbers", "markdown", under("## {Z}、", "（{k}）")),
    Style("题1", "markdown", under("## 题{n}", "({a}) ")),
    Style("Task 1.1", "markdown", under("", "**Task {n}.{k}** ")),
    Style("1.1.", "markdown", under("", "{n}.{k}. ")),
    Style("1.1)", "markdown", under("", "{n}.{k}) ")),
    Style("(1a)", "markdown", under("", "({n}{a}) ")),
    Style("[1a]", "markdown", under("", "[{n}{a}] ")),
    Style("1a -", "markdown", under("", "{n}{a} - ")),
    Style("1a —", "markdown", under("", "{n}{a} — ")),
    Style("1a.", "markdown", under("", "{n}{a}. ")),
    Style("#1 a)", "markdown", under("#{n}", "{a}) ")),
    Style("points beside the label", "markdown", under("## Problem {n} (10 points)", "### ({a}) [2 points]\n\n")),
    Style("points beside the label, own line", "markdown", under("**Problem {n}** (10 pts)", "({a}) (2 pts) ")),
    Style("answers quoted", "markdown", under("## Problem {n}", "({a})\n> "), lines=False),
    Style("tabs", "markdown", under("Problem {n}", "{a})\t")),
    Style("lines end in two blanks", "markdown", under("**Problem {n}**  ", "({a}) ", "  \n")),
    Style("headings in bold", "markdown", under("# **Problem {n}**", "## **({a})**\n\n")),
    Style("headings with links", "markdown", under("# [Problem {n}](#p{n})", "### ({a}) <a id='x'></a>\n\n")),
    Style("starred headings", "markdown", under("*** Problem {n} ***", "* ({a}) *\n\n")),
    Style("equals signs", "markdown", under("=== Problem {n} ===", "-- ({a}) --\n\n")),
    Style(
        "front matter",
        "markdown",
        under("## {n}", "### ({a})\n\n", top="---\ntitle: Homework 10\nauthor: N. N.\ndate: 2020-01-01\n---\n\n"),
    ),
    Style("with comments", "markdown", under("## {n} <!-- checked -->", "### ({a})\n<!-- 1234 -->\n\n")),
    Style("three stars between", "markdown", under("## Problem {n}", "({a}) ", "\n\n***\n\n")),
    Style("Q: and A:", "markdown", under("## Problem {n}", "**({a})**\n\nQ: {q}\n\nA: ")),
    Style("question in a code block", "markdown", under("## Problem {n}", "({a})\n\n```\n{q}\n```\n\n")),
    Style("Answer below a rule", "markdown", under("## Problem {n}", "### ({a})\n\n{q}\n\n---\n\n")),
    Style("all capitals", "markdown", under("PROBLEM {n}", "PART {A}: ")),
    Style("hash label", "markdown", under("", "Q#{n}{a}: ")),
    Style("p1a", "markdown", under("", "### P{n}{a}\n\n")),
    Style("Question 1 then part lines", "markdown", under("Question {n}:", "Part {a}: ")),
    Style(
        "table with the question",
        "markdown",
        lambda groups: (
            "| part | question | answer |\n|---|---|---|\n"
            + "".join(f"| {n}({a}) | {ASKED[n + a]} | {w} |\n" for n, parts in groups for a, w in parts)
        ),
        lines=False,
    ),
    Style("tex problem and solution", "latex", solutions),
    Style("tex list continued", "latex", continued),
    Style(
        "tex answers in environments",
        "latex",
        latex("\\section*{Problem {n}}", "", "({a}) \\begin{answer}\n{words}\n\\end{answer}\n", ""),
    ),
    Style(
        "tex item and number",
        "latex",
        latex("", "", "\\subsection*{{n}({a})}\n\\begin{quote}{words}\\end{quote}\n", ""),
    ),
    Style("typst headings", "typst", typst("= Problem {n}", "({a}) {words}")),
    Style("typst bold", "typst", typst("== {n}", "*({a})* {words}")),
    Style("typst functions", "typst", typst_functions),
    Style("org headings", "org", org("* Problem {n}", "** ({a})")),
    Style("org parts", "org", org("* {n}", "({a})")),
    Style("rst", "restructured", rst),
    Style("csv", "answers", csv_file),
    Style("json", "answers", json_file),
    Style("notebook, printed answers", "notebook", printed),
    Style("tex bold 1(a)", "latex", latex("", "", "\\noindent\\textbf{{n}({a})} {words}\n", "")),
    Style("tex subsection 1.a", "latex", latex("\\section{Problem {n}}", "", "\\subsection{Part {a}}\n{words}\n", "")),
    Style(
        "tex question and solution",
        "latex",
        latex("\\section*{Problem {n}}", "", "\\textbf{({a})} \\emph{{q}}\n\n\\textbf{Solution.} {words}\n", ""),
    ),
    Style(
        "tex items in bold",
        "latex",
        latex("\\section*{Problem {n}}", "\\begin{itemize}", "\\item \\textbf{({a})} {words}", "\\end{itemize}"),
    ),
    Style(
        "html table", "html", web_page("<h3>Problem {n}</h3>", "<table><tr><td>({a})</td><td>{words}</td></tr></table>")
    ),
    Style("html line breaks", "html", web_page("<p>Problem {n}</p>", "<br>({a}) {words}")),
    Style(
        "html spans",
        "html",
        web_page("<p><span style='font-size:14pt'>{n}.</span></p>", "<p><span>{a}.</span> <span>{words}</span></p>"),
    ),
    Style("plain underlined", "plain", plain_text("Problem {n}\n=========", "({a})\n")),
    Style("plain Question 1a:", "plain", plain_text("", "Question {n}{a}:\n")),
    Style("plain dashes", "plain", plain_text("Problem {n}", " - {a}) ")),
    Style("tex sections", "latex", latex("\\section*{{n}. {t}}", "", "\\subsection*{({a})}\n{words}\n", "")),
    Style("tex Problem sections", "latex", latex("\\section*{Problem {n}}", "", "\\textbf{({a})} {words}\n", "")),
    Style(
        "tex enumerate",
        "latex",
        latex("\\section*{Problem {n}}", "\\begin{enumerate}[label=(\\alph*)]", "\\item {words}", "\\end{enumerate}"),
    ),
    Style(
        "tex plain enumerate",
        "latex",
        latex("\\section{{t}}", "\\begin{enumerate}", "\\item {words}", "\\end{enumerate}"),
    ),
    Style(
        "tex labelled items",
        "latex",
        latex("\\section*{{n}}", "\\begin{enumerate}", "\\item[({a})] {words}", "\\end{enumerate}"),
    ),
    Style(
        "tex labelenumi",
        "latex",
        latex(
            "\\subsection*{Exercise {n}}",
            "\\renewcommand{\\labelenumi}{(\\alph{enumi})}\n\\begin{enumerate}",
            "\\item {words}",
            "\\end{enumerate}",
        ),
    ),
    Style(
        "tex problem environment",
        "latex",
        latex("\\begin{problem}{{n}}", "\\begin{enumerate}", "\\item {words}", "\\end{enumerate}\n\\end{problem}"),
    ),
    Style(
        "tex solution of",
        "latex",
        latex("\\section*{Problem {n}}", "", "\\noindent\\textit{Solution of ({a}).} {words}\n", ""),
    ),
    Style("tex nested enumerate", "latex", nested_enumerate),
    Style("tex exam class", "latex", exam),
    Style("tex paragraphs", "latex", latex("\\paragraph{Problem {n}}", "", "\\noindent({a}) {words}\n", "")),
    Style("html headings", "html", web_page("<h2>Problem {n}</h2>", "<h3>({a})</h3><p>{words}</p>")),
    Style("html bold", "html", web_page("<p><b>{n}. {t}</b></p>", "<p><strong>({a})</strong>&nbsp;{words}</p>")),
    Style("html div", "html", web_page("<div>Question {n}</div>", "<div>{a}) {words}</div>")),
    Style("html lists", "html", html_lists),
    Style("notebook", "notebook", notebook(False)),
    Style("notebook, heading cells", "notebook", notebook(True)),
    Style("plain (a)", "plain", plain_text("Problem {n}", "({a}) ")),
    Style("plain 1a)", "plain", plain_text("", "{n}{a}) ")),
    Style("plain indented", "plain", plain_text("{n}.", "   {a}) ")),
    Style("yaml", "answers", yaml_file),
    Style("plain underlined words", "plain", plain_text("PROBLEM {W}\n===========", "Part {A} --- ")),
    Style("plain between lines", "plain", plain_text(f"{'-' * 78}\n{{R}}.", "   {r}) ")),
    Style("plain ends [1a]", "plain", plain_text("", "{words} [{n}{a}]"), lines=False),
    Style("plain one line", "plain", one_line, lines=False),
    Style("plain prose", "plain", prose, lines=False),
    Style("tex ordinals", "latex", latex("\\section*{{O} exercise}", "", "\\paragraph{{o} part.} {words}\n", "")),
    Style("callouts", "markdown", under("> [!question] Q{n}", "> [!success] {A}\n> {words}"), lines=False),
    Style("emoji letters", "markdown", under("**{n}\ufe0f\u20e3 {t}**", "{S} ")),
    Style("emoji bullets", "markdown", under("## {n}\ufe0f\u20e3 {t}", "🔹 {a}: ")),
    Style("footnotes", "markdown", with_footnotes),
    Style("sheet number", "markdown", under("## 10.{n} {t}", "({a}) ")),
    Style("row of letters", "markdown", rows_of_letters, lines=False),
    Style("Chinese (1)", "markdown", under("## 第{Z}题", "（{k}）答：")),
    Style("tex described 1.1", "latex", latex("\\section{}", *_DESCRIBED.format("{n}.{k}").split("|"))),
    Style("tex described 1-i", "latex", latex("", *_DESCRIBED.format("{n}-{r}").split("|"))),
    Style("tex described II-2", "latex", latex("", *_DESCRIBED.format("{R}-{k}").split("|"))),
    Style("tex described b", "latex", latex("\\section*{{n}}", *_DESCRIBED.format("{a}").split("|"))),
    Style("tex Roman in Roman", "latex", roman_enumerate),
    Style("I. (i)", "markdown", under("", "{R}. ({r}) ")),
    Style("1. i)", "markdown", under("", "{n}. {r}) ")),
    Style("II-2 alone", "plain", plain_text("Exercise {R}", "{R}-{k}\n")),
    Style("II/b)", "markdown", under("", "{R}/{a}) ")),
    Style("Greek letters", "plain", plain_text("Problem {n}", "{α}) ")),
    Style("Greek letters behind a circle", "plain", plain_text("", "{①} {α}) ")),
    Style("Greek letters in maths", "markdown", under("## {n}", "$({α})$ ")),
    Style("Cyrillic letters", "markdown", under("## Задача {n}", "{б}) ")),
    Style("Cyrillic letters in bullets", "markdown", under("**Задание {n}**", "- {б}. "), lines=False),
    Style("Chinese letters", "markdown", under("## 第{n}题", "{乙}、")),
    Style("ordinals in italics", "markdown", under("## P{n}", "- *{e}:* "), lines=False),
    Style("ordinals in bold", "markdown", under("## Problem {n}", "**{o}** – "), lines=False),
    Style("arrows", "markdown", under("Q{n}", "{a} -> ")),
    Style("arrows behind 1a", "plain", plain_text("", "{n}{a} => ")),
    Style("arrows behind numbers", "markdown", under("## {n}", "{k} → ")),
    Style("i. before all", "markdown", under("# Q{n} {-}", "i. ", "\n"), lines=False),
    Style("a) before all", "plain", plain_text("Problem {n}", "a) "), lines=False),
    Style("square brackets", "markdown", under("## Problem {n}", "[{a}] ")),
    Style("1/a", "markdown", under("", "{n}/{a} ")),
    Style("<1a>", "plain", plain_text("", "<{n}{a}> ")),
    Style("1|b:", "markdown", under("", "{n}|{a}: ")),
    Style("No. 1b:", "markdown", under("", "No. {n}{a}: ")),
    Style("only Problem", "typst", typst("= Problem", "+ {words}"), lines=False),
    Style("only Question", "markdown", under("## Question", "({a}) ", top="")),
    Style("only Aufgabe", "markdown", under("**Aufgabe:**", "{k}. ", top="")),
    Style("tex only Exercise", "latex", latex("\\section*{Next exercise}", "", "({a}) {words}\n", "")),
    Style("reply", "plain", reply(">", "{n}. ", "({a}) "), lines=False),
    Style("reply in Markdown", "markdown", reply("> ", "", "**{n}{a}:** "), lines=False),
    Style("reply with labels", "plain", reply("> > ", "", "{n}({a}) ", "{n}({a}) "), lines=False),
    Style("reply above the sheet", "plain", below_answers, lines=False),
    Style("program, 1_a", "python", in_code("# ------ {n}", "# {n}_{a}   {words}", False), lines=False),
    Style("program, (a)", "python", in_code("# --- Question {n} ---", "# ({a}) {words}", False), lines=False),
    Style("program, printed", "python", in_code("", 'print("{n}{a}: {words}")', False), lines=False),
    Style("program, named", "python", in_code("", 'q{n}{a} = """{words}"""', False), lines=False),
    Style("program, text", "python", in_code('"""Problem {n}', "  {a}) {words}", False), lines=False),
    Style("cells of code, a ->", "notebook", in_code("# Q{n} (on paper)", "# {a} -> {words}", True), lines=False),
    Style("cells of code, 1.a", "notebook", in_code("", "# {n}.{a} {words}", True), lines=False),
    Style("rst definitions", "restructured", rst_lines("{a}\n   {words}"), lines=False),
    Style("rst fields", "restructured", rst_lines(":{n}{a}: {words}"), lines=False),
    Style("json lists", "answers", nested_json),
    Style("json list of parts", "answers", listed_json),
)


# -- sets of answers -------------------------------------------------------------------------------------------


class Set(NamedTuple):
    """One answer to each part, by its name; "right" where none is given."""

    name: str
    wrong: Mapping[str, str]


SETS = (
    Set("all right", {}),
    Set("wrong", {
        "1a": "no-colour", "1b": "rate-forgotten", "1c": "frames-wrong", "2a": "from-one", "2b": "transposed",
        "2c": "transposed", "2d": "closest", "2e": "wrong", "3b": "right", "3c": "channels-forgotten", "3d": "no-bias",
        "4a": "tanh", "4b": "no-sum", "4c": "nothing", "5a": "from-one", "5b": "wrong", "5c": "shape-only",
    }),
    Set("mixed", {
        "1b": "seconds-apart", "1c": "seconds-apart", "2a": "of-image", "2b": "padded", "2c": "from-one",
        "2d": "border-missed",
        "3c": "slip", "3d": "input-bias", "4a": "chain-only", "4b": "batch-forgotten", "4c": "sign", "5c": "floor-only",
    }),
)  # fmt: skip


_BARE = ("plain", "typst", "org", "restructured", "python")  # LaTeX is left to others


def covering(style: Style, rounds: int, seed: int = 0) -> Iterator[tuple[dict[str, Answers], dict[str, str]]]:
    """In each round every part takes its next form, from a place that the style and the part decide."""
    table = {(each.part, each.name): each for each in answers()}
    bared = style.reader in _BARE or style.write is printed or "cells of code" in style.name
    for which, chosen in enumerate(SETS):
        for turn in range(rounds):
            said = {part: table[part, chosen.wrong.get(part, "right")] for part in ASKED}
            written = {}
            for at, (part, each) in enumerate(said.items()):
                forms = [form for form in each.forms if style.lines or "\n" not in form]
                forms = [form for form in forms if not bared or "\\" not in bare(form)]
                written[part] = forms[(seed + 7 * turn + 5 * at + 3 * which) % len(forms)]
            yield said, written
