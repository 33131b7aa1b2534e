"""Reads a question label such as "Problem 2 (c)", "2b)" or "第3题" at one place of a text."""

from __future__ import annotations

import re
import unicodedata
from functools import lru_cache

from grader.locate.wording import word_class
from grader.model.patterns import later
from grader.model.records import NamedTuple

# Everything maps one character to one character, so that offsets stay true; of 1️⃣ the frame closes the label.
_PLAIN = str.maketrans(
    "（）［］．：，、０１２３４５６７８９ａｂｃｄｅｆｇｈ\u00a0\u200b\u2009\u202f\u3000\ufeff\ufe0f\u20e3🅰🅱🅲🅳🅴🄰🄱🄲🄳🄴🅐🅑🅒🅓🅔",
    "()[].:,.0123456789abcdefgh       )" + 3 * "ⓐⓑⓒⓓⓔ",
)

_ORNAMENT = "[\u2190-\u21ff\u25a0-\u2775\u2794-\u27bf\u2b00-\u2bff\U0001f1e6-\U0001faff]"  # a pointer, a mark, an emoji
_LEAD = re.compile(
    rf"\s*(?:[-=~*•–—►▶‣·»]{{1,12}}[ \t]+(?=\S))?(?:{_ORNAMENT}{{1,4}}[ \t]*)?"
    r"(?:\[![a-z]{1,16}\][-+]?[ \t]*)?(?:Q ?: *(?=\d)|[§#] ?(?=\d)|(?:N[or]\. ?|№ ?|N° ?)(?=\d))?"
    r"(?:(?:homework|hw|assignment|sheet|pset)\s*\d*\s*[-–—:,.]\s*(?=[^\W\d]{2,}\s*\d))?"
    r"(?:\d{1,2}[.)]?[ \t]+(?=[\[(]\d{1,2} ?[a-h][\])]))?"  # 4 [2a]: a count before the label of the sheet
    r"(?:(?:(?:ok(?:ay)?|so|now|then|next|on ?to|and|finally|lastly)[ ,]+){1,3}"  # Now question 2.
    r"(?=(?:problem|question|exercise|task)\s*\d{1,2}\s*[.:!]?\s*(?:\n|\Z)))?",
    re.I,
)
_CORRECTION = later(
    r"(?:correct(?:ions?|ed)|revis(?:ion|ed)|updated?|edit(?:ed)?|fix(?:ed)?|final|new|korrektur)"
    r"(?:\s+(?:answer|solution|version))?(?:\s+(?:to|of|for|zu))?\s*:?\s*"
    r"(?=(?:[^\W\d]{2,10}\s+)?(?:\S*\d|[ivx]{1,4}[.,]?\s*\(?(?:[ivx]{1,4}|[a-h])\)|(?<=[tofrzu] )\(?[a-h]\)))",
    re.I,
    holds=("correct", "revis", "update", "edit", "fix", "final", "new", "korrektur"),
)
_ANSWER = later(
    r"(?:my\s+|your\s+)?(?:answers?|ans|solutions?|soln?|antwort|lösung|答案|解答?|答)\s*(?:to|for|of|zu)?\s*"
    r"(?=[^\W\d]*\s*\(?\d|\(?[a-z]\)?:|\([a-z]\)(?:[.\s]|\Z))",
    re.I,
    holds=("ans", "sol", "antwort", "lösung", "解", "答"),
)
_TOWARDS = re.compile(r"(?:(?:to|zu|ad)\s+(?=\(?(?:\d{1,2}\s?)?[a-h]\))|for\s+(?=\([a-h]\):))", re.I)  # To a): 5x4
_LETTER_ANSWER = re.compile(r"A(?=\d{1,2}[a-z]?[:.)])|[AEÜ](?=\d{1,2}[ \t]+\(?a\)\s)")  # A1  a) 5x4  b) 6
_WORD = re.compile(r"([^\W\d_]{1,14})(\.?\s*(?:(?:no|nr|number)\b\.?\s*)?[#№]?\s*)", re.I)
_CHINESE = later(
    r"(?:第\s*(\d{1,2}|[一二三四五六七八九十])\s*(?:小?[题題]|[问問])\s*[:.]?|([一二三四五六七八九十])\s*[、.:])\s*",
    holds=("第", "一", "二", "三", "四", "五", "六", "七", "八", "九", "十"),
)
_SQUARE = re.compile(r"\[\s?(\d{1,2})\s?([a-zA-Z])\s?\]")  # [1a]
_NUMBER_WORDS = ("one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten")
_NUMBER_WORD = later(rf"(?:{'|'.join(_NUMBER_WORDS)})\b", re.I, holds=_NUMBER_WORDS)
_ORDINAL_WORDS = ("first", "second", "third", "fourth", "fifth", "sixth", "seventh", "eighth", "ninth", "tenth")
_ORDINAL = later(
    rf"(?:the\s+)?(?:({'|'.join(_ORDINAL_WORDS)})|(\d{{1,2}})(?:st|nd|rd|th))\s+"
    r"(?:(problem|question|exercise|task)|((?:sub-?)?(?:part|question|problem|task)))"
    r"(?=[ \t]*(?:[:.]|\n|\Z|[-–—]{1,3}\s))",
    re.I,
    holds=("problem", "question", "exercise", "task", "part"),
)
_CHINESE_NUMBERS = {sign: str(at) for at, sign in enumerate("一二三四五六七八九十", 1)}

_WRAP = re.compile(r"\\(?:mathrm|mathbf|mathit|text|textbf|textit|bf|rm)\s*\{\s*")
_FIRST = re.compile(r"(\()?\s*(?:(\d{1,3})(?!\d)|([ivx]{2,5}|[IVX]{2,5})(?![\w'’])|([A-Za-z])(?![\w'’]))")
_ROMAN_DOTTED = re.compile(  # II.iv, II.c; I-2 and II/c only with a sign behind: V-1 may be a formula
    r"([IVX]{1,4})(?:\.([a-h]|[ivx]{1,5})(?![\w.,])|[-.–/_]([a-h]|[ivx]{1,5}|\d{1,2})(?=[.:)]\s|\)|[ \t]*(?:\n|\Z)))"
)
_CIRCLED = re.compile("[①-⑳⑴-⒇⒈-⒛❶-❿➀-➓⓵-⓾⒜-⒵ⓐ-ⓩ©]")
_DOTTED = re.compile(r"\.(\d{1,2})(?!\w)")
_ATTACHED = re.compile(r"(?!\.A[ \t]+[a-z]{2})[.\-_]?([A-Za-z])(?![\w'’])|[.\-_]([ivx]{2,5})(?![\w'’])")
_BRACKET = re.compile(
    r"[ \t]*[.):,]?[ \t]*(?:parts?[ \t]*)?\([ \t]*(?:part[ \t]+)?([A-Za-z]|[ivxIVX]{2,5}|\d{1,2})[ \t]*\)", re.I
)
_APART = re.compile(r"[ \t]+([A-Za-z])(?=\)|:\s|(?:-{1,2}|–)[b-h][):.]\s|[.:]?[ \t]*(?:\n|\Z))")
_APART_SIGNED = re.compile(  # Ex. 1  a. 5x4, and Ex 1 / a
    r"[ \t]+([a-h])(?=[.:][ \t]+\S)|[ \t]*[/|][ \t]*([a-h])(?=[.:)]?[ \t]*(?:\n|\Z)|[.:)][ \t])"
)
_SIGNS = later(r"[ \t.):,;\-–]*")
_SPACED = re.compile(r"[.)][ \t]+([a-z]|[ivx]{2,5})(?=[.):](?:\s|\Z))")
_PARTWORD = later(
    r"[ \t]*[.):,;\-–/]?[ \t]*parts?[ \t]*\(?([A-Za-z]|[ivx]{2,5}|\d)(?![\w'’])\)?", re.I, holds=("part",)
)
_CLOSE = re.compile(r"[ \t]*(?:\.[-–—](?=\s)|[.):]{1,2}|(?<=[a-h])/(?=[ \t]|\n|\Z)|[ \t](?:-{1,3}|[–—])(?=\s|\Z))")
_CRIED = re.compile(r"!{1,3}(?=[ \t]*(?:\n|\Z))")  # Question 3!
_JOINT = re.compile(r"(?=(?:\s?[/+&]\s?|\s(?:and|und|et)\s)[a-h]([):.])(?:\s|\Z))")
_RANGE = re.compile(r"(?=\s?(?:-{1,2}|–|—)\s?([b-h])(?:[):.](?:\s|\Z)|[ \t]*(?:\n|\Z)))")  # 4a-c
_LISTED = re.compile(r"(?=(?:\s?[,/]\s?(?:\d{1,2})?[b-h]){1,7}[:)](?:\s|\Z))")  # 4a, b, c: and 4a/4b:
_RAISED = re.compile(r"[\^²³⁻/·](?!\(?[a-h]\))|_[\w{]")
_TOGETHER = re.compile(r"\s?(?:,|&|\+|/)\s?([a-h])\s?\)(?=\s*(?:[A-Z$:\n]|\Z))")
_CORRECTED = later(
    r"[ \t]*[\[(](?:correct|revis|again|updat|final|new|fixed|second)[^)\]\n]{0,60}[\])][ \t]*[:.]?",
    re.I,
    holds=("correct", "revis", "again", "updat", "final", "new", "fixed", "second"),
)
_REMARK = re.compile(r"[ \t]*(?:\([A-Za-z']+(?: [\w',-]+){2,14}\)|[-=~*#_–—]{2,40})[ \t]*(?:\n\s*|\Z)")
_NOTED = re.compile(r"[ \t]+\((?:[Nn]otation|I write|with|where|here|let)\b[^\n]{0,300}\)[ \t]*(?:\n|\Z)")
_END, _TAIL = re.compile(r"\s*\)"), re.compile(r"\s*")


class Label(NamedTuple):
    """A label: its components in lower case, and where in the text each of them ends.

    `form` shows the signs around the last component ("(%)", "%)", "%."); `word` is "problem", "part",
    "answer" or "" for a bare label; `closed` says that a sign ends it, `alone` that its line ends with it.
    """

    path: tuple[str, ...]
    start: int
    stops: tuple[int, ...]
    form: str
    word: str = ""
    closed: bool = False
    alone: bool = False
    upper: bool = False
    correction: bool = False

    @property
    def stop(self) -> int:
        """Where the text after the whole label begins."""
        return self.stops[-1]

    @property
    def with_chapter(self) -> bool:
        """Whether it is 1.2.c, the part of a problem of a chapter."""
        return len(self.path) == 3 and "".join(self.path[:2]).isdecimal() and self.path[2].isalpha()


def plain(text: str) -> str:
    """The text with full-width signs and odd blanks replaced, character for character."""
    return text.translate(_PLAIN)


def read_label(text: str, at: int = 0) -> Label | None:
    """The label that begins at an offset of a `plain` text, however it is written; None if there is none."""
    return _remembered(text, at) if len(text) <= _SHORT else _read_label(text, at)


def _read_label(text: str, at: int) -> Label | None:
    lead = _LEAD.match(text, at)
    start = pos = lead.end() if lead else at
    if chinese := _CHINESE.match(text, pos):
        number = _CHINESE_NUMBERS.get(chinese[1] or chinese[2], chinese[1])
        begun = _Scan(text, chinese.end(), number)
        begun.form, begun.closed = "第%", True
        begun.take(_BRACKET.match(text, begun.pos), "(%)")
        return _finish(begun, start, "problem", False)
    if square := _SQUARE.match(text, pos):
        begun = _Scan(text, square.end(1), square[1])
        begun.path.append(square[2].lower())
        begun.stops.append(square.end())
        begun.pos, begun.form, begun.closed = square.end(), "[%]", True
        return _finish(begun, start, "", False)
    if ordinal := _ORDINAL.match(text, pos):
        count = ordinal[2] or str(_ORDINAL_WORDS.index(ordinal[1].lower()) + 1)
        return _finish(_Scan(text, ordinal.end(), count), start, "part" if ordinal[4] else "problem", False)
    correction = answer = False
    if found := _CORRECTION.match(text, pos):
        correction, pos = True, found.end()
    if found := _ANSWER.match(text, pos) or _LETTER_ANSWER.match(text, pos):
        answer, pos = True, found.end()
    if found := _TOWARDS.match(text, pos):
        pos = found.end()
    word, pos = _word(text, pos)
    if word and (said := _NUMBER_WORD.match(text, pos)) is not None:
        begun = _Scan(text, said.end(), str(_NUMBER_WORDS.index(said[0].lower()) + 1))
        _parts(begun)
        return _finish(begun, start, word, correction)
    wrap = _WRAP.match(text, pos)
    scan = _components(text, wrap.end() if wrap else pos, bool(word))
    if scan is None:
        return None
    scan.wrapped = bool(wrap)
    found_label = _finish(scan, start, word or ("answer" if answer else ""), correction)
    if found_label is not None and found_label.alone and "[!" in text[at:start]:
        return found_label._replace(closed=True)  # the head of a callout: `> [!success] A`
    return found_label


_SHORT = 200  # characters of a head that is remembered: most labels stand in every hand-in
_remembered = lru_cache(maxsize=2000)(_read_label)


class _Scan:
    """A label while it is being read."""

    __slots__ = ("closed", "form", "path", "pos", "stops", "text", "upper", "wrapped")

    def __init__(self, text: str, pos: int, core: str) -> None:
        self.text, self.pos = text, pos
        self.path, self.stops = [str(int(core)) if core.isdecimal() else core.lower()], [pos]
        self.form, self.closed, self.upper, self.wrapped = "%", False, core.isupper(), False

    def take(self, found: re.Match[str] | None, form: str) -> bool:
        if found is None:
            return False
        core = next(group for group in found.groups() if group)
        signs = _SIGNS.match(self.text, found.start())
        self.stops[-1] = min(signs.end() if signs else self.pos, found.end() - len(core))
        self.path.append(str(int(core)) if core.isdecimal() else core.lower())
        self.upper = core.isupper()
        self.pos = found.end()
        self.stops.append(self.pos)
        self.form, self.closed = form, form.endswith(")")
        return True


def _word(text: str, pos: int) -> tuple[str, int]:
    found = _WORD.match(text, pos)
    if found is None or not found[0]:
        return "", pos
    kind = word_class(found[1].lower())
    if not kind or (len(found[1]) == 1 and not text[found.end() :][:1].isdecimal()):
        return "", pos
    return kind, found.end()


def _components(text: str, pos: int, worded: bool) -> _Scan | None:
    if (circled := _CIRCLED.match(text, pos)) is not None:
        return _circled(text, circled)
    if (roman := _ROMAN_DOTTED.match(text, pos)) is not None and (problem := roman[1].lower()) in _ROMANS:
        scan = _Scan(text, roman.end(1), str(_ROMANS.index(problem) + 1))
        scan.path.append(roman[2] or roman[3])
        scan.stops.append(roman.end())
        scan.pos, scan.closed = roman.end(), bool(roman[3])
        return scan
    first = _FIRST.match(text, pos)
    if first is None:
        return None
    scan = _Scan(text, first.end(), first[2] or first[3] or first[4])
    if first[2]:
        while scan.take(_DOTTED.match(text, scan.pos), "%"):
            pass
        glued = text[scan.pos : scan.pos + 1].isalpha() and scan.pos == first.end()
        if not _attached(scan) and glued and first[1]:
            return None  # (2nd, (3times
    if first[1]:
        closing = _END.match(text, scan.pos)
        together = _TOGETHER.match(text, scan.pos) if closing is None and first[4] else None
        if together is not None and ord(together[1]) == ord(scan.path[0]) + 1:
            scan.form, scan.closed = "(%)", True  # (c,d): both of them
            return scan
        if closing is None or _RAISED.match(text, closing.end()):
            return None  # (1, 3) is a position, (1-x)^{-1} and (a)/2 are formulas
        scan.pos = scan.stops[-1] = closing.end()
        scan.form, scan.closed = "(%)", True
    elif worded and len(scan.path) == 1 and scan.take(_APART_SIGNED.match(text, scan.pos), "%"):
        return scan
    _parts(scan)
    return scan


def _attached(scan: _Scan) -> bool:
    """Whether a letter is attached to the number; 1a.ii has another one."""
    if not scan.take(_ATTACHED.match(scan.text, scan.pos), "%"):
        return False
    if not _spans(scan):
        scan.take(_ATTACHED.match(scan.text, scan.pos), "%")
    return True


def _spans(scan: _Scan) -> bool:
    """Whether a later letter follows a dash: 4a-c is no part c of 4a."""
    found = _RANGE.match(scan.text, scan.pos)
    return found is not None and len(scan.path[-1]) == 1 and "a" <= scan.path[-1] < found[1].lower()


def _circled(text: str, sign: re.Match[str]) -> _Scan:
    """❶, ⒜ and ①②: signs that are closed as they stand."""
    scan = _Scan(text, sign.end(), _uncircled(sign[0]))
    if (second := _CIRCLED.match(text, scan.pos)) is not None:
        scan.path.append(_uncircled(second[0]))
        scan.stops.append(second.end())
        scan.pos = second.end()
    scan.form, scan.closed = "(%)", True
    return scan


def _uncircled(sign: str) -> str:
    if sign == "©":  # what editors make of "(c)"
        return "c"
    number = int(unicodedata.numeric(sign, 0))  # ❶ has no other form in Unicode
    return str(number) if number else unicodedata.normalize("NFKC", sign).strip("().")


def _parts(scan: _Scan) -> None:
    """Reads what follows the first word of signs: "2 (c)", "1. a.", "2, part c", "1 a)"."""
    if scan.path[-1].isdecimal() and not scan.closed and len(scan.path) == 1:  # "3.1 Z: 46x62"
        scan.take(_APART.match(scan.text, scan.pos), "%")
    for pattern, form in ((_PARTWORD, "(%)"), (_BRACKET, "(%)"), (_SPACED, "%"), (_BRACKET, "(%)")):
        found = pattern.match(scan.text, scan.pos)
        if found and _is_roman(scan):
            scan.path[0] = str(_ROMANS.index(scan.path[0]) + 1)
        if found and (scan.path[-1].isdecimal() or _below_letter(found[1])):
            scan.take(found, form)


def _is_roman(scan: _Scan) -> bool:
    """II. a): a problem counted in capitals."""
    return scan.upper and len(scan.path) == 1 and scan.path[0] in _ROMANS


_ROMANS = ("i", "ii", "iii", "iv", "v", "vi", "vii", "viii", "ix", "x", "xi", "xii")


def _below_letter(core: str) -> bool:
    """What may follow a letter inside one label: (b)(ii); but "(b) (a) says" refers, "1b. (40)" answers."""
    return core.lower().strip("ivx") == ""


def _finish(scan: _Scan, start: int, word: str, correction: bool) -> Label | None:
    text, pos = scan.text, scan.pos
    if again := _CORRECTED.match(text, pos):
        correction = scan.closed = True
        pos = scan.pos = again.end()
    if (joint := _JOINT.match(text, pos)) is not None and not scan.closed and not scan.path[-1].isdecimal():
        scan.form, scan.closed = scan.form + joint[1], True  # c/d: both of them
        return _label(scan, start, word, correction)
    several = _spans(scan) or _LISTED.match(text, pos)
    if several and not scan.closed and not scan.path[-1].isdecimal() and (word or len(scan.path) > 1):
        scan.closed = True  # 4a-c: all of them
        return _label(scan, start, word, correction)
    close = _CLOSE.match(text, pos) or (_CRIED.match(text, pos) if word else None)
    if close:
        sign = close[0].strip()[0]
        following = text[close.end() : close.end() + 1]
        glued = bool(following) and not following.isspace() and following != "}"
        letter = not scan.path[-1].isdecimal() or len(scan.path) > 1
        if sign in ".:" and glued and (following.isdecimal() or (letter and following not in "*(（$\\")):
            return None if not scan.closed else _label(scan, start, word, correction)  # 2.5, e.g., 3:45
        scan.form += "" if scan.closed else sign
        scan.closed, scan.pos = True, close.end()
    elif text[pos : pos + 1].isalnum() and not scan.closed:
        return None  # 5by, 2nd
    return _label(scan, start, word, correction)


def _label(scan: _Scan, start: int, word: str, correction: bool) -> Label:
    if scan.wrapped and scan.text[scan.pos : scan.pos + 1] == "}":
        scan.pos += 1
    tail = _TAIL.match(scan.text, scan.pos)
    stop = tail.end() if tail else scan.pos
    line = scan.text[scan.pos : stop]
    alone = stop == len(scan.text) or "\n" in line
    bare = word and len(scan.path) == 1 and not scan.closed
    if not alone and bare and (remark := _REMARK.match(scan.text, scan.pos)) is not None:
        alone = True  # Problem 2 (I count from 1 here), Problem 2 ====
        stop = remark.end()
    alone = alone or bool(bare and _NOTED.match(scan.text, scan.pos))  # Ex. 4 (notation: gU = dJ/dU)
    path, stops = tuple(scan.path), (*scan.stops[:-1], stop)
    return Label(path, start, stops, scan.form, word, scan.closed, alone, scan.upper, correction)
