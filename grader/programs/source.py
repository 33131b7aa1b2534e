"""The text of a program in an answer: its files, and where each of its lines stands."""

from __future__ import annotations

import ast
import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from textwrap import dedent

from grader.model.answers import Answer
from grader.model.documents import Block
from grader.model.records import NamedTuple

_PROMPT = re.compile(r"(?:>>>|\.\.\.) ?|In ?\[[\d ]*\]: ?")
_STARTS = re.compile(r"(?:>>>|In ?\[[\d ]*\]:)", re.MULTILINE)
_PRINTED = re.compile(r"Out ?\[[\d ]*\]:")
_MAGIC = re.compile(r"[ \t]*[%!](?!=)")
_TIMED = re.compile(r"([ \t]*)%time[ \t]+(?=\w)")  # what it times is run, and assigns
_SPACES = str.maketrans({"\xa0": " ", "\u2007": " ", "\u202f": " ", "\u200b": "", "\ufeff": ""})
_OTHER = re.compile(
    r"(?:\{?\.?|cell )(?!(?:file|cell|code|text|txt|plain|plaintext|none|python|py|python3|ipython|pycon|sage)\b)\w",
    re.IGNORECASE,
)
_TAGGED = re.compile(r"(?:\{?\.?|cell )(?:python|py|python3|ipython|pycon|sage)\b|file ", re.IGNORECASE)
_CODE = re.compile(
    r"^[ \t]*(?:>>> )?(?:def \w+ ?\(|class \w|import \w|from \w|return\b|\w[\w, ]* ?=(?!=))", re.MULTILINE
)
_FILE = "file "
LATER = "later "  # before the language of a block of an answer's context: it stands below the answer


class Program(NamedTuple):
    """Files with their sources. Lines are counted through all of them, so that a number names one line.

    `places` are offsets of lines in the answer, as its blocks count them; None for what stands outside it. `alone` are
    the files without those that are below the answer and named by it, which are the last ones. `asked` are functions
    that the rubric asks for.
    """

    files: tuple[tuple[str, str], ...]
    places: tuple[tuple[int, int] | None, ...]
    language: str = ""  # another one than Python, by its tag
    loose: bool = False  # words that look like code, not set apart as such
    main: int = 0  # the file in which the answer itself begins
    later: str = ""  # what stands below the answer in that file, with its lines counted on from all these
    alone: tuple[tuple[str, str], ...] = ()
    asked: frozenset[str] = frozenset()

    def place(self, line: int) -> tuple[int, int] | None:
        """Where a line stands, counted from 1."""
        return self.places[line - 1] if 0 < line <= len(self.places) else None

    def line(self, number: int) -> str:
        """The words of a line."""
        for _, source in self.files:
            lines = source.split("\n")
            if 0 < number <= len(lines) and lines[number - 1].strip():
                return lines[number - 1].strip()
        return ""

    def file(self, number: int) -> str:
        """The file in which a line stands, if it is another than that of the answer."""
        for place, (name, source) in enumerate(self.files):
            lines = source.split("\n")
            if 0 < number <= len(lines) and lines[number - 1].strip():
                return name if place != self.main else ""
        return ""

    @property
    def sources(self) -> tuple[str, ...]:
        """The texts of the files."""
        return tuple(source for _, source in self.files)


def program_of(answer: Answer, base: int) -> Program | None:
    """The program that an answer holds, None without any code. `base` is where the answer begins in its document."""
    blocks = [block for block in answer.blocks if block.kind == "code" and block.info != "output" and block.text]
    if not blocks:
        return None
    python = [block for block in blocks if block.info == "unfenced" or not _OTHER.match(block.info)]
    if not python or all(block.info == "output" for block in python):
        return Program((), (), blocks[0].info.removeprefix("cell "))
    if any(_TAGGED.match(block.info) for block in python):  # beside these, a fence without a tag is mostly output
        python = [block for block in python if _TAGGED.match(block.info) or _CODE.search(block.text)]
    files: dict[str, list[str]] = {}
    places: list[tuple[int, int] | None] = []
    above = [block for block in answer.context if not block.info.startswith(LATER)]
    for block in above:
        _add(files, places, block, [None] * (block.text.count("\n") + 1))
    for block in python:
        _add(files, places, block, _offsets(block, answer.document.text, base))
    main = list(files).index(_file_of(python[0]))
    alone = _texts(files)
    rest = [block._replace(info=block.info.removeprefix(LATER)) for block in answer.context[len(above) :]]
    below = [line for block in rest if _file_of(block) == alone[main][0] for line in _cleaned(block.text)]
    for block in _named([*alone, ("", "\n".join(below))], [one for one in rest if _file_of(one) != alone[main][0]]):
        _add(files, places, block, [None] * (block.text.count("\n") + 1))
    texts = _texts(files)
    later = "\n".join([*[""] * len(places), *below]) if below else ""
    loose = all(block.info == "unfenced" for block in python)
    alone = alone if texts != alone else ()
    return Program(texts, tuple(places), "", loose, main, later, alone, answer.functions)


def _texts(files: Mapping[str, list[str]]) -> tuple[tuple[str, str], ...]:
    return tuple((name, "\n".join(lines)) for name, lines in files.items())


_WORD = re.compile(r"\w+")


def _named(files: Iterable[tuple[str, str]], rest: Sequence[Block]) -> Iterator[Block]:
    """Of what stands in files below an answer, those of files that its program names, and that these name in turn."""
    paths = {_file_of(block): {*_WORD.findall(_file_of(block).removesuffix(".py"))} for block in rest}
    words = {word for _, text in files for word in _WORD.findall(text)}
    kept: set[str] = set()
    while more := {name for name, path in paths.items() if name not in kept and name and not words.isdisjoint(path)}:
        kept |= more
        words |= {word for block in rest if _file_of(block) in more for word in _WORD.findall(block.text)}
    return (block for block in rest if _file_of(block) in kept)


def _file_of(block: Block) -> str:
    return block.info.removeprefix(_FILE) if block.info.startswith(_FILE) else ""


def _add(
    files: dict[str, list[str]], places: list[tuple[int, int] | None], block: Block, own: list[tuple[int, int] | None]
) -> None:
    """One more block at the end of its file; every other file is as long in empty lines."""
    lines = files.setdefault(_file_of(block), [])
    lines += [""] * (len(places) - len(lines))
    lines += _cleaned(block.text)
    places += own


def _offsets(block: Block, text: str, base: int) -> list[tuple[int, int] | None]:
    """Where each line of a block stands, if the block has as many lines as the document has there."""
    runs = [run for run in block.runs if run.text]
    start, stop = runs[0].span.start, runs[-1].span.stop
    raw = text[base + start : base + stop].split("\n")
    if len(raw) != block.text.count("\n") + 1:
        return [(block.span.start, block.span.stop)] * (block.text.count("\n") + 1)
    places: list[tuple[int, int] | None] = []
    for line in raw:
        places.append((start, start + len(line)))
        start += len(line) + 1
    return places


def _cleaned(text: str) -> list[str]:
    """The lines without prompts, what was printed between them, and orders to a notebook."""
    lines = dedent(text.translate(_SPACES).expandtabs() if ">>>" in text else text.translate(_SPACES)).split("\n")
    if _STARTS.search("\n".join(line.lstrip() for line in lines[:1])) or _STARTS.match(text.lstrip()):
        lines = list(_unprompted(lines))
    return _without_magic(lines) if any(map(_MAGIC.match, lines)) else lines


def _without_magic(lines: list[str]) -> list[str]:
    """The lines without orders to a notebook; `% n` on a line of its own inside brackets is the rest of a division."""
    try:
        ast.parse("\n".join(lines))
    except (SyntaxError, ValueError, RecursionError, MemoryError):
        kept: list[str] = []
        depth = 0
        for line in lines:
            magic = depth <= 0 and _MAGIC.match(line)
            kept.append(_TIMED.sub(r"\1", line) if magic and _TIMED.match(line) else "" if magic else line)
            depth += 0 if magic else sum(map(line.count, "([{")) - sum(map(line.count, ")]}"))
        return kept
    return lines


def _unprompted(lines: Iterable[str]) -> Iterable[str]:
    """Of a session at a prompt only what was typed; below `In [1]:` lines have no prompt of their own."""
    typed = notebook = False
    for line in lines:
        found = _PROMPT.match(line)
        if found:
            notebook = line.startswith("In")
            typed = True
            yield line[found.end() :]
        elif _PRINTED.match(line) or not line.strip():
            typed = typed and not _PRINTED.match(line) and notebook
            yield ""
        else:
            yield (re.sub(r"^ {0,3}\.\.\.: ?", "", line) if notebook and typed else "")
