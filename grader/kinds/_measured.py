"""Finds the units that stand behind the numbers of an answer, and takes them out of its words.

A unit is taken out by blanks of the same length, so that what is left is read as any other answer and every place
stays what it was; then the units go back into the expressions, as the nodes of `model.expressions`. This keeps the
letters of units apart from the names of formulas: nothing is a unit but what stands right behind a value.

Where the SI leaves a choice, `reference.units` says what is read. Besides, for prose: `in` is an inch only if no word
follows ("9.81 in total"), and of several words the longest run that is a unit counts.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Iterable, Iterator
from functools import lru_cache

from grader.kinds._phasors_written import respelled
from grader.model.documents import Block, Run
from grader.model.records import NamedTuple
from grader.reference.units import Unit as Measure
from grader.reference.units import parse_unit

_WRITTEN = frozenset(["text", "math", "display", "code"])  # runs whose words may hold a unit
_INNER = r"\{(?:[^{}\n]|\{(?:[^{}\n]|\{[^{}\n]*\})*\})*\}"  # braces, three deep: \mathrm{m\,s^{-2}}
_UPRIGHT = rf"\\(?:text(?:rm|sf|up|normal|it)?|math(?:rm|sf|it|bf|normal)|operatorname|mbox|unit|si)\s*{_INNER}"
_SPACE = r"(?:[ \t~\u00a0\u2009\u202f]|\\[,;:!> ]|\\q?quad(?![A-Za-z])|\{\})"
_RING = r"\^\s*(?:\{\s*\\circ\s*\}|\\circ(?![A-Za-z]))"
_DEGREE = rf"{_RING}(?:{_SPACE}*(?:\\(?:text|mathrm)\{{[CF]\}}|[CF](?![A-Za-z])))?"
# Not the operators of LaTeX that siunitx has as abbreviations, \pm and \in, nor \min, \sec, \bar, \cal.
_MACRO = r"\\(?:%|\$|mu(?![A-Za-z])|AA(?![A-Za-z])|(?!(?:min|sec|deg|bar|cal)(?![A-Za-z]))[A-Za-z]{3,})"
_PIECE = rf"""{_UPRIGHT} | \\[dt]?frac\s*{_INNER}\s*{_INNER} | {_DEGREE} | \{{\\rm\s[^{{}}\n]*\}}
    | °[CF]?(?![A-Za-z]) | [^\W\d_]+ | [%‰€£¥¢′″] | {_MACRO}"""
_BRACKETS = r"\[[^\[\]\n]+\]|\([^()\n]+\)"
_FIRST = re.compile(rf"(?P<gap>{_SPACE}*(?:\\cdot\s*(?=\\))?)(?P<unit>{_BRACKETS}|{_PIECE})", re.VERBOSE)
_SIGN = r"(?:/|÷|⁄|·|⋅|\*|×|\\cdot(?![A-Za-z])|\.(?=[A-Za-z])|-(?=[A-Za-z]))"
_POWER = r"\^\s*(?:\{[^{}\n]*\}|[-+−]?\d+) | \*\*\s*[-+]?\d+ | [⁰-⁹¹²³⁺⁻]+ | (?<=[^\W\d])[-−]?\d+(?![\d.,])"
_NEXT = re.compile(
    rf"{_POWER} | \([^()\n]*\) | {_SPACE}*{_SIGN}{_SPACE}*(?=[A-Za-zµμΩ°(\\]) | {_SPACE}+ | {_PIECE}", re.VERBOSE
)
_WORDS = "zero|two|three|four|five|six|seven|eight|nine|ten|eleven|twelve|twenty"
# The end of a list that is turned, (1, 2)^T, or stands between angle brackets.
_TURNED = r"\^\s*(?:T(?![A-Za-z])|\\(?:top|intercal|mathsf\s*T|mathrm\s*T)(?![A-Za-z]))|ᵀ|['′]"
_LIST_ENDS = rf"(?<=[)\]}}])(?:{_TURNED})|\\rangle(?![A-Za-z])|⟩"
_ENDS = rf"{_LIST_ENDS}|[\d)}}\]π½⅓⅔¼¾²³⁰-⁹]|\\pi(?![A-Za-z])|(?<![^\W\d_])(?i:{_WORDS}|[a-z]{{3,5}}teen)(?![^\W\d_])"
_VALUE_ENDS = re.compile(_ENDS)
_COMPLEX_ENDS = re.compile(_ENDS + r"|(?<![A-Za-z\\])[ij](?![A-Za-z])|°|\\circ(?![A-Za-z])")
ANGLE = re.compile(r"°|\^\s*\{?\s*\\circ\s*\}?")
_NO_UNITS = re.compile(r"(?:\\\w+\{)?\s*(?:i|j|e|pi|π)\s*\}?(?:[/^].*)?")  # numbers, where they stand behind others
_GOES_ON = re.compile(
    rf"{_SPACE}*(?:[/^·⋅÷]|\\cdot(?![A-Za-z])|\*{{1,2}}(?!\s)){_SPACE}*(?!e\s*\^)[^\W\d]|{_SPACE}*[\^_]|[\w(]"
)
_SIUNITX = re.compile(
    rf"\\(?:SI|qty)\s*(?:\[[^\]\n]*\])?\s*\{{([^{{}}\n]*)\}}\s*({_INNER})|\\(num|ang)\s*\{{([^{{}}\n]*)\}}"
)
_CURRENCY = re.compile(r"(?P<unit>\\\$|€|£|¥)\s*(?P<number>\d[\d.,]*\d|\d)")
_CLOSERS = re.compile(rf"(?:[\s)\]}}{{*]|\\right(?![A-Za-z])|\\cdot(?![A-Za-z])|{_SPACE})*")
_UNIT_LIKE = re.compile(rf"(?:{_UPRIGHT}|[^\W\d_]+(?:[/^][\w^/()-]+|(?=[ \t]*(?:[.,;:!?)\]]|\n|$))))")
_BLANKS = ("\\,", "\\;", "\\:", "\\!", "\\>", "~")  # `\\text{V}\\,\\angle`: the unit ends before them
_MOST_PIECES = 14


# `(in ms)` says the unit, and no inch; `in lb` is one of torque.
_SAID = r"(?:(?:all|both|given|measured)\s+)?in\s+(?!(?:lbf?|oz)\b)"
_UPRIGHT_WORDS = re.compile(r"\\(?:text(?:rm|normal)?|mathrm|mbox)\s*\{([^{}]*)\}")
_SAID_IN = re.compile(rf"\s*[(\[]\s*{_SAID}([^\s()\[\]][^()\[\]]*)[)\]]\s*|\s*{_SAID}([^\W\d].*)")


class Found(NamedTuple):
    """A unit in an answer: its words, their place, and what they mean; None, with why, if nobody can tell."""

    text: str
    place: tuple[int, int]
    measure: Measure | None
    message: str = ""


def _place(found: Found) -> tuple[int, int]:
    return found.place


def _start(found: Found) -> int:
    return found.place[0]


class Sheet(NamedTuple):
    """An answer's blocks without their units, the units, and the text of the answer by the places of its blocks."""

    blocks: tuple[Block, ...]
    units: tuple[Found, ...]
    text: str

    def behind(self, stop: int) -> Found | None:
        """The unit right behind a value that stops here; closing brackets and blanks may stand between."""
        at = bisect_left(self.units, (stop, stop), key=_place)
        found = self.units[at] if at < len(self.units) else None
        return found if found is not None and _CLOSERS.fullmatch(self.text, stop, found.place[0]) else None

    def within(self, start: int, stop: int) -> tuple[Found, ...]:
        """The units in a stretch."""
        return self.units[bisect_left(self.units, start, key=_start) : bisect_left(self.units, stop, key=_start)]

    def around(self, start: int, stop: int) -> Sheet:
        """The same sheet with only the units of one claim: those inside it, and one right behind, or behind degrees."""
        behind = self.behind(stop)
        further = self.behind(behind.place[1]) if behind is not None and ANGLE.fullmatch(behind.text) else None
        inside = (unit for unit in self.within(start, stop) if unit is not behind)
        return self._replace(units=(*inside, *(unit for unit in (behind, further) if unit is not None)))


def sheet_of(blocks: Iterable[Block], imaginary: bool = False) -> Sheet:
    """Takes the units out of an answer.

    In an answer that may be complex a unit may stand behind `i` or `j`, and degrees belong to an angle: 5∠53.13° V.
    There `i 0.9` is a product too: what the parser would read otherwise is respelled.
    """
    blocks = tuple(blocks)
    text = _text(blocks)
    if imaginary:
        text = respelled(text)
    taken: list[tuple[int, int]] = []
    units = [*_siunitx(text, taken), *_currencies(text, taken)]
    masked = _blanked(text, [*taken, *(unit.place for unit in units)])  # no value ends in what is taken already
    covered = 0
    letters = _assigned(text)
    for end in (_COMPLEX_ENDS if imaginary else _VALUE_ENDS).finditer(masked):
        found = _unit_at(masked, end.end()) if end.start() >= covered else None
        if found is not None and _is_below_one(masked, found.place):
            continue
        if found is not None and not (imaginary and ANGLE.match(found.text)) and not _is_letter(found, letters, text):
            units += _turned(masked, found)
            covered = units[-1].place[1]
    taken += [unit.place for unit in units]
    blank = _blanked(text, taken)
    cut = tuple(_with_text(block, blank) for block in blocks)
    return Sheet(cut, tuple(sorted(units, key=lambda unit: unit.place)), text)


def _turned(text: str, found: Found) -> list[Found]:
    """A unit; behind the angle of a function that of the whole: `4 sin 30° s` is no number of degree seconds."""
    start = found.place[0]
    ring = ANGLE.match(found.text)
    if ring is None or ring.end() == len(found.text) or not _FUNCTION.search(text, max(0, start - 30), start):
        return [found]
    whole = _unit_at(text, start + ring.end())
    return [_read(text, start, start + ring.end()), *([whole] if whole is not None else ())]


_FUNCTION = re.compile(r"(?:sin|cos|tan|cot|sec|csc)[^A-Za-z=\n]*\Z")


def _assigned(text: str) -> frozenset[str]:
    """The letters to which an answer itself gives values, "t = 4.06 s"; not those of units, "5 m = 500 cm"."""
    given = _GIVEN.finditer(text)
    named = [hit[1] for hit in given if text[: hit.start()].rstrip(" \t~")[-1:] not in _VALUE_STOPS]
    return frozenset([*named, *(hit[1] or hit[2] for hit in _POLYNOMIAL.finditer(text))])


_VALUE_STOPS = (*"0123456789)]}",)  # as the second t of "5 t = 5000 kg" has before it
_GIVEN = re.compile(r"(?<![A-Za-z0-9\\^_/])(?<!_\{)([A-Za-z])\s*(?:=|≈|\\approx)")


def _is_below_one(text: str, place: tuple[int, int]) -> bool:
    """Whether what looks like a unit are letters behind pi in the bracket of `1/(2 pi RC)`."""
    opener = text.rfind("(", 0, place[0])
    inside = text[opener + 1 : place[0]].rstrip(" ~,\\")
    turns = inside.endswith(("\\pi", "π")) or text.startswith("π", place[0])
    behind = _CLOSES.match(text, place[1]) is not None and turns and ")" not in inside
    return opener > 0 and behind and _ONE_OVER.search(text, max(0, opener - 12), opener) is not None


_CLOSES = re.compile(r"\s*(?:\\right\s*)?\)")
_ONE_OVER = re.compile(r"(?<![\d.])1\s*/\s*(?:\\left\s*)?\Z")


def _is_letter(found: Found, letters: frozenset[str], text: str) -> bool:
    """Whether what looks like a unit is a letter of the answer: the t of `20 + 15t - 4.9t^2` beside "t = 4.06 s"."""
    start, stop = found.place
    name = _EXPONENT.sub("", found.text)
    if name not in letters:
        return False
    if _MORE_TERMS.match(text, stop) is not None:
        return True
    stated = _STATED.search(text, max(0, start - _NEAR), start) is not None and _ENDED.match(text, stop) is not None
    return not stated and _APART.search(text, max(0, start - _NEAR), start) is None


_APART, _NEAR = re.compile(rf"(?:{_SPACE}|\s)\Z"), 16  # characters
_STATED, _ENDED = re.compile(r"(?:=|≈|\\approx)\s*-?\d[\d.]*\Z"), re.compile(r"\s*(?:[,;.]|\n|\Z|and\b)")  # t = 4.8s,
_SQUARED = r"\s*(?:\^\s*\{?[2-9]|²|³)"
_POLYNOMIAL = re.compile(
    rf"(?<=[\d ])([A-Za-z])\s?[-+−][^=\n]{{0,30}}?\1{_SQUARED}"
    rf"|([A-Za-z]){_SQUARED}\}}?\s?[-+−]\s?[\d.]{{0,9}}\s?\2(?![\w^²³])"
)
_EXPONENT = re.compile(r"(?:\^\s*\{?\d+\}?|\*\*\d+|[²³])\Z")
_MORE_TERMS = re.compile(r"\s*[-+−]\s*[\d.\\]")


def _text(blocks: tuple[Block, ...]) -> str:
    """The words at their places: markup is blank, and what no unit crosses is a line end."""
    page = ["\n"] * max((block.span.stop for block in blocks), default=0)
    for block in blocks:
        page[block.span.start : block.span.stop] = " " * (block.span.stop - block.span.start)
        for run in block.runs:
            start, stop = run.span.start, run.span.stop
            escaped = run.kind in _WRITTEN and len(run.text) + 1 == stop - start
            own = run.kind in _WRITTEN and len(run.text) == stop - start
            page[start:stop] = run.text if own else "\\" + run.text if escaped else "\n" * (stop - start)
    return "".join(page)


def _blanked(text: str, places: list[tuple[int, int]]) -> str:
    page = list(text)
    for start, stop in places:
        page[start:stop] = " " * (stop - start)
    return "".join(page)


def _with_text(block: Block, text: str) -> Block:
    runs = tuple(
        Run(run.kind, text[run.span.start : run.span.stop], run.span, run.marks)
        if run.kind in _WRITTEN and len(run.text) == run.span.stop - run.span.start
        else run
        for run in block.runs
    )
    return Block(block.kind, block.span, runs, block.level, block.label, block.info, block.quoted)


def _siunitx(text: str, taken: list[tuple[int, int]]) -> Iterator[Found]:
    r"""`\SI{9.81}{\metre}`, `\qty{...}{...}`, `\num{...}`, `\ang{45}`: the number stays, the rest is taken out."""
    for hit in _SIUNITX.finditer(text):
        start, stop = hit.span(1) if hit[3] is None else hit.span(4)
        taken += [(hit.start(), start), (stop, stop + 1)]
        if hit[3] is None:
            taken += [(hit.start(2), hit.start(2) + 1), (hit.end(2) - 1, hit.end(2))]
            yield _read(text, hit.start(2) + 1, hit.end(2) - 1)
        elif hit[3] == "ang":
            yield Found("°", (stop, stop + 1), parse_unit("°"))


def _currencies(text: str, taken: list[tuple[int, int]]) -> Iterator[Found]:
    """`€5`: the unit stands before its number, and counts as if it stood behind."""
    for hit in _CURRENCY.finditer(text):
        if not re.match(r"\s*[^\W\d]", text[hit.end() : hit.end() + 2]):
            taken.append(hit.span("unit"))
            yield Found(hit["unit"], (hit.end(), hit.end()), parse_unit(hit["unit"]))


def _read(text: str, start: int, stop: int) -> Found:
    words = text[start:stop]
    return Found(words.strip(), (start, stop), *meaning(words))


@lru_cache(maxsize=4096)
def meaning(words: str) -> tuple[Measure | None, str]:
    """What the words of a unit mean; None, and why, if nobody can tell."""
    said = _said_in(words)
    try:
        return parse_unit(said or words), ""
    except ValueError as error:
        return None, str(error)


def _unit_at(text: str, at: int) -> Found | None:
    """The longest unit right behind a value; without a meaning if it looks like one and cannot be read."""
    first = _FIRST.match(text, at)
    if first is None:
        return None
    start, ends = first.start("unit"), [first.end()]
    while len(ends) < _MOST_PIECES and (piece := _NEXT.match(text, ends[-1])) is not None:
        ends.append(piece.end())
    for stop in reversed(ends):
        words = text[start:stop]
        if (
            words != words.rstrip()
            or words.endswith(_BLANKS)
            or _GOES_ON.match(text, stop)
            or _is_prose(words, text[stop:])
        ):
            continue
        found = _read(text, start, stop)
        if found.measure is not None:
            return _continued(text, found)
    like = _UNIT_LIKE.match(text, start)
    return None if like is None or _NO_UNITS.fullmatch(like[0]) else _read(text, start, like.end())


def _continued(text: str, found: Found) -> Found:
    """The unit, or with the unit behind it if that has no meaning: `J/g K` is neither J/g nor J/(g K) for sure."""
    start, stop = found.place
    further = _FIRST.match(text, stop)
    if further is None or not re.search(r"/|\\per|\bper\b|\\frac", found.text) or further["unit"].lower() == "in":
        return found
    more = _read(text, start, further.end())
    return found if meaning(further["unit"])[0] is None or more.measure is not None else more


def _said_in(words: str) -> str:
    """The unit of `(in ms)`, "in ms" and `\\text{(in ms)}`; "" for other words."""
    said = _SAID_IN.fullmatch(_UPRIGHT_WORDS.sub(r"\1", words)) if "in" in words else None
    return "" if said is None else said[1] or said[2]


def _is_prose(words: str, after: str) -> bool:
    """Whether `in` is the word, and no inch."""
    pieces = words.lower().split()
    inside = "in" in pieces[1:] and not _said_in(words)
    return inside or (pieces == ["in"] and re.match(r"\s+[^\W\d]", after) is not None)
