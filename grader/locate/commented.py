"""Code whose comments are the labels of answers, where no question asks for code: `# 1a (rows, columns)`."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace
from itertools import pairwise

from grader.locate.labels import Label, plain, read_label
from grader.locate.pieces import lines_of, stands_as_typed
from grader.locate.printed import HASH, comment_label
from grader.model.documents import Block, Document, Run, Span
from grader.model.patterns import later
from grader.model.records import NamedTuple

_LANGUAGES = frozenset({"", "python", "py", "python3", "{python}", "code", "text", "txt"})
# What a line of code says is only read where nothing has to be run for it.
_GIVEN = later(
    r"[ \t]*(?:[A-Za-z_]\w*(?:\.\w+|\[[\w, ]*\]|\(\)){0,2}(?:[ \t]*,[ \t]*[A-Za-z_]\w*){0,3}"  # Z.max() == 6
    r"[ \t]*={1,2}(?!=)[ \t]*){0,3}"
    r"[-\d(\[{][\d\s()\[\],.*/+_-]*[ \t]*"
)
_ARROW = later(r"[ \t]*(?:[-=]+>|→|⇒|:)[ \t]*")
_CHECKS = later(r"(?:assert\b|print[ (]|if __name__)")
_SIGNS = "#%-=*~_ \t"  # around the number of a problem: `# ------ 2`


class _Line(NamedTuple):
    """A line of code; offsets count from the start of the document. `hash` is where its comment begins."""

    start: int
    stop: int
    hash: int
    label: Label | None


def with_commented(document: Document) -> Document:
    """The document, with the code that is a list of answers as paragraphs: the words of comments, and what is given.

    Code in which one answer has to be run to be known stays as it is; in a program, that answer alone.
    """
    if document.is_program:
        return _read_program(document)
    if not any(block.kind == "code" and _may_answer(block) for block in document.blocks):
        return document
    blocks: list[Block] = []
    lettered = _beside_letters(document.blocks)
    for number, (block, following) in enumerate(zip(document.blocks, [*document.blocks[1:], None], strict=True)):
        shown = following if following is not None and following.info.startswith("output") else None
        made = _paragraphs(document.text, block, shown, number in lettered)
        blocks += [block] if made is None else made
    return document if tuple(blocks) == document.blocks else replace(document, blocks=tuple(blocks))


def _beside_letters(blocks: Sequence[Block]) -> set[int]:
    """The blocks under headings below which words have letters of their own: comments beside them may be steps."""
    found: set[int] = set()
    section: list[int] = []
    lettered = False
    for number, block in enumerate([*blocks, _END]):
        if block.kind == "heading":
            found |= set(section) if lettered else set()
            section, lettered = [], False
        section.append(number)
        label = read_label(plain(f"{block.label} {block.text}".lstrip(" -*+"))) if block.kind == "paragraph" else None
        lettered = lettered or (label is not None and not label.path[-1].isdecimal())
    return found


_END = Block("heading", Span(0, 0), ())


def _may_answer(block: Block) -> bool:
    return "#" in block.text or ("=" in block.text and _NAMED.search(block.text) is not None)


def _read_program(document: Document) -> Document:
    """A file of Python whose comments are the labels of all its answers; one that holds none stays as it is."""
    whole = Span(0, len(document.text))
    info = next(block.info for block in document.blocks if block.is_program)
    lines = [_said(document.text, line) or line for line in _lines(document.text, whole)]
    lines = _numbered(document.text, _spoken(document.text, lines))
    if not _are_parts([line.label for line in lines if line.label is not None and len(line.label.path) > 1]):
        return document
    blocks: list[Block] = []
    for group in _groups(lines):
        label, span = group[0].label, Span(group[0].start, group[-1].stop)
        place = _words(document.text, group[0].hash, group[0].stop)
        made = _answer(document.text, group, 0) if label is not None and len(label.path) > 1 else None
        if made is not None:
            blocks.append(made)
            continue
        if label is not None:
            blocks.append(_heading(label, place))
            beside = document.text[group[0].start : group[0].hash].strip()
            below = document.text.find("\n", group[0].stop, span.stop) + 1
            span = span if beside else Span(below or span.stop, span.stop)
        code = document.text[span.start : span.stop].rstrip()
        span = Span(span.start, span.start + len(code))
        blocks += [Block("code", span, (Run("code", code, span),), 0, "", info)] if code.strip() else []
    return replace(document, blocks=tuple(blocks))


_STRING = r"(?:f(?=[^{}\n]*$)|r)?(?P<quote>\"{3}|'{3}|[\"'])(?P<said>(?:(?!(?P=quote))[^\\\n])+)(?P=quote)"
_PRINTED = later(rf"print\({_STRING}[ \t]*(?:,[ \t]*(?P<given>[^\n]+?))?[ \t]*\)[; \t]*$")
_NAMED = later(  # q1a = (1000, 256, 256, 3), answer_2b = "5 by 4", answers["2b"] = "5 by 4"
    r"^(?:(?:q|p|a|ans|answer|question|problem|ex|exercise|task|sol|solution|result|aufgabe|frage|antwort|loesung)_?|[a-z]{1,12}\[[\"'])?"
    r"(?P<label>\d{1,2}_?[a-h])(?:_[a-z]\w*|[\"']\])?[ \t]*(?::[^=\n]+)?=(?!=)[ \t]*(?P<given>[^\n]+?)[ \t]*$",
    re.I | re.M,
)
_QUOTED = later(_STRING)


def _said(text: str, line: _Line) -> _Line | None:
    """What a line prints or keeps for a question: `print("1a: 5x4")`, `q1a = (5, 4)`; None if it is another line."""
    code = text[line.start : line.hash]
    printed = _PRINTED.match(code) if line.label is None and code.startswith("print") else None
    if printed is not None:
        label = read_label(plain(printed["said"]))
        begin, stop = (line.start + at for at in printed.span("said"))
        if not printed["given"]:  # the second line of what is printed for a question has no label
            whole = label is not None and len(label.path) > 1
            return _Line(begin, stop, begin, label if whole else None)
        labelled = label is not None and label.stop == len(printed["said"]) and len(label.path) > 1
        return _kept(text, line, label if labelled else None, line.start + printed.start("given"), printed["given"])
    named = _NAMED.match(code) if line.label is None and code[:1].isalpha() else None
    label = read_label(named["label"]) if named is not None else None
    return _kept(text, line, label, line.start + named.start("given"), named["given"]) if named is not None else None


_TRIPLE = later(r"^[ \t]*[fr]?(\"{3}|'{3})")


def _spoken(text: str, lines: Sequence[_Line]) -> list[_Line]:
    """The lines, those of a text between triple quotes as if they were comments."""
    found: list[_Line] = []
    quote = ""
    for line in lines:
        words = text[line.start : line.stop]
        begun = _TRIPLE.match(words) if not quote else None
        begin = line.start + (begun.end() if begun else len(words) - len(words.lstrip()))
        quote = begun[1] if begun else quote
        if not quote:
            found.append(line)
            continue
        end = text.find(quote, begin, line.stop)
        stop = line.stop if end < 0 else end
        quote = quote if end < 0 else ""
        label = read_label(plain(text[begin:stop]))
        whole = label is not None and (label.closed or len(label.path) > 1) and not label.path[-1].isdecimal()
        found.append(_Line(begin, stop, begin, label if whole else None))
    return found


def _kept(text: str, line: _Line, label: Label | None, begin: int, given: str) -> _Line | None:
    """The line as if only what is given stood on it, and its comment."""
    if label is None or len(label.path) < 2:
        return None
    label = label._replace(stops=(0,) * len(label.stops))
    words = _QUOTED.fullmatch(given)
    if words is not None:
        begin, stop = begin + words.start("said"), begin + words.end("said")
        return _Line(begin, stop, begin, label)
    return _Line(begin, line.stop, max(line.hash, begin), label)


def _heading(label: Label, place: Span) -> Block:
    return Block("heading", place, (Run("text", "".join(label.path), place),), 1 + len(label.path))


def _numbered(text: str, lines: Sequence[_Line]) -> list[_Line]:
    """The lines, where a comment with the number of a problem, `# Q2`, `# ---- 2`, counts for the letters below it."""
    numbered: list[_Line] = []
    problem = ""
    for line in lines:
        label = line.label
        if label is None and not text[line.start : line.hash].strip() and line.hash < line.stop:
            label = _problem(text[line.hash : line.stop])
        if label is not None and label.path[0].isdecimal():
            problem = label.path[0]
        elif label is not None and problem:
            label = label._replace(path=(problem, *label.path), stops=(label.stops[0], *label.stops))
        numbered.append(line._replace(label=label))
    return numbered


def _problem(comment: str) -> Label | None:
    """The number of a problem, alone between signs or behind its word."""
    words = plain(comment.strip(_SIGNS))
    label = read_label(words)
    if label is None or len(label.path) > 1 or not label.path[0].isdecimal():
        return None
    return label if label.word or not words[label.stop :].strip() else None


def _groups(lines: Sequence[_Line]) -> list[list[_Line]]:
    """The lines from each label on, and before the first of them."""
    groups: list[list[_Line]] = [[]]
    for line in lines:
        if line.label is not None:
            groups.append([])
        groups[-1].append(line)
    return [group for group in groups if group]


def _paragraphs(text: str, block: Block, shown: Block | None, lettered: bool) -> list[Block] | None:
    info = block.info.removeprefix("cell ").split(" ")[0].lower()
    if block.kind != "code" or info not in _LANGUAGES or not _may_answer(block) or not stands_as_typed(text, block):
        return None
    whole = block.runs[0].span
    kept = list(_lines(text, whole))
    kept = kept if shown is not None else [_said(text, line) or line for line in kept]
    lines = _numbered(text, kept)
    labels = [line.label for line in lines if line.label is not None and not line.label.path[-1].isdecimal()]
    if not _are_parts(labels) or (shown is not None and not _are_labelled(shown)):
        return None
    first = next(number for number, line in enumerate(lines) if line.label is labels[0])
    before = Span(whole.start, lines[first].start)
    code = text[before.start : before.stop].rstrip()
    head = [block._replace(span=before, runs=(Run("code", code, before),))] if code.strip() else []
    above = next((line for line in lines[:first] if line.label is not None), None)
    if above is not None and above.label is not None:  # `# Q5`: what stands above is of another problem
        head = [_heading(above.label, _words(text, above.hash, above.stop)), *head]
    groups = [group for group in _groups(lines[first:]) if group[0].label in labels]
    if shown is not None:
        groups = [[line for line in group if not _PRINTS.match(text, line.start, line.hash)] for group in groups]
    made = [_answer(text, group, block.quoted) for group in groups]
    answers = [one for one in made if one is not None]
    if len(answers) == len(made):
        return [*head, *answers]
    if shown is not None or lettered:
        return None
    for group, one in zip(groups, made, strict=True):
        head += [one] if one is not None else _with_code(text, group, block)
    return head


def _with_code(text: str, lines: Sequence[_Line], block: Block) -> list[Block]:
    """The label of an answer that has to be run with its comment, the code, and the comments below the code."""
    first, label = lines[0], lines[0].label
    begin = first.hash + (label.stop if label is not None else 0)
    words = _words(text, begin, first.stop)
    sign = f"{''.join(label.path)})" if label is not None else ""
    runs = (Run("text", text[words.start : words.stop], words),) if words.start < words.stop else ()
    made = [Block("paragraph", Span(first.hash, first.stop), runs, 1, sign, "", block.quoted)]
    held = [number for number, line in enumerate(lines) if text[line.start : line.hash].strip()]
    start, stop = lines[min(held)].start, lines[max(held)].stop
    made.append(block._replace(span=Span(start, stop), runs=(Run("code", text[start:stop], Span(start, stop)),)))
    for line in lines[max(held) + 1 :]:
        words = _words(text, line.hash, line.stop)
        said = (Run("text", text[words.start : words.stop], words),)
        made += [Block("paragraph", words, said, 1, "", "", block.quoted)] if said[0].text else []
    return made


def _are_labelled(shown: Block) -> bool:
    """Whether all that a cell printed has labels of its own: the comments beside are other answers."""
    labels = [read_label(plain(line)) for line in shown.text.split("\n") if line.strip()]
    return all(label is not None and not label.path[-1].isdecimal() for label in labels)


_PRINTS = later(r"[ \t]*print[ \t]*\(.*\)[; \t]*$")


def _are_parts(labels: Sequence[Label]) -> bool:
    """In order, and either several or with their problem: one "# a)" alone may be a step."""
    in_order = all(a.path < b.path for a, b in pairwise(labels))
    return in_order and bool(labels) and (len(labels) > 1 or len(labels[0].path) > 1)


def _lines(text: str, whole: Span) -> Iterator[_Line]:
    for at, stop in lines_of(text, whole):
        found = HASH.match(text, at, stop)
        begin = found.start(1) if found else stop
        yield _Line(at, stop, begin, comment_label(text[begin:stop]) if found else None)


def _answer(text: str, lines: Sequence[_Line], quoted: int) -> Block | None:
    """A paragraph with the label of its first line; None if one of its lines is code that has to be run."""
    label = lines[0].label
    runs: list[Run] = []
    for line in lines:
        begin = line.hash + (label.stop if line is lines[0] and label is not None else 0)
        words = _words(text, begin, line.stop)
        code = text[line.start : line.hash]
        said = line is lines[0] and any(map(str.isdecimal, text[words.start : words.stop]))
        said = said and not (_GIVEN.fullmatch(code) and any(map(str.isdecimal, code)))  # both then: `5 * 4  # 2b = 20`
        if runs and _CHECKS.match(code):  # it tests what was said
            break
        if code.strip() and not said:  # x[::2]  # 5a -> [1, 3, 0, 1]: the comment says what it gives
            if not _GIVEN.fullmatch(code):
                return None
            start = line.start + len(code) - len(code.lstrip())
            place = Span(start, start + len(code.strip()))
            runs.append(Run("code", text[place.start : place.stop], place))
        if words.start < words.stop:
            runs += [Run("text", " ", Span(line.hash, line.hash + 1))] if code.strip() and not said else []
            runs.append(Run("text", text[words.start : words.stop], words))
        if runs and runs[-1].kind != "break":
            runs.append(Run("break", "\n", Span(line.stop, line.stop + 1)))
    span = Span(lines[0].start, lines[-1].stop)
    sign = f"{''.join(label.path)})" if label is not None else ""
    return Block("paragraph", span, tuple(runs[:-1]), 1, sign, "", quoted)


def _words(text: str, begin: int, stop: int) -> Span:
    """A comment without its sign, and without an arrow behind its label."""
    while begin < stop and text[begin] in "# \t":
        begin += 1
    arrow = _ARROW.match(text, begin, stop)
    begin = arrow.end() if arrow else begin
    return Span(begin, begin + len(text[begin:stop].rstrip()))
