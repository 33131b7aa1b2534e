"""Takes out of an answer what is not the answer: struck words, the question repeated, an earlier try."""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import lru_cache

from grader.locate.leftout import without_code
from grader.locate.pieces import Range, drop, holds, is_blank, keep, within
from grader.locate.struck import unstruck
from grader.model.documents import Block, Document, Note, Span
from grader.model.patterns import later
from grader.model.records import NamedTuple

_ASKS = later(
    r"\W*(?:\(?[\da-z]{1,3}[).:]\s*)?(?:\W*(?:give|find|what|how|which|compute|determine|calculate|derive"
    r"|state|explain|show|prove|write|draw|list|describe|evaluate|suppose|consider|let|for what|in the|is|are"
    r"|does|do|can|why|where|when|name|specify|berechne|gib|finde|bestimme|wie|was|welche)\b|求|计算|什么|给出)",
    re.I,
)
_ORDERS = later(
    r"\W*(?:give|find|compute|determine|calculate|derive|state|explain|show|prove|write|draw|list|describe"
    r"|evaluate|name|specify|what|how many|berechne|gib|finde|bestimme|求|计算|给出)\b",
    re.I,
    holds=(
        "give find compute determine calculate derive state explain show prove write draw list describe evaluate name"
        " specify what many berechne gib bestimme 求 计算 给出"
    ).split(),
)
_ASKS_NOTHING_ELSE = later(  # the sheet's words with no answer below; "What, 5x4?" may be one
    r"\W*(?:\(?[\da-z]{1,3}[).:]\s*)?(?:what|how (?:many|much)|which|where)\b(?:\s+[^\w\s]?[^\W\d]\w*[^\w\s?=]?){4,}"
    r"\s*[?？]\W*\Z",
    re.I,
)
_ASKS_WITHIN = later(r"\b(?:what|which|how (?:many|much)|where|why|wie viele|welche[rsn]?)\b", re.I)
_ASKED_INLINE = later(
    r"\s*(?:what|which|how|why|where|when|find|give|compute|determine|is|are|does|do)\b"
    r"[^?\n]{4,400}\?(?:\s+|\Z)",
    re.I,
    holds=("?",),
)
_WORTH = later(r"\s*[\[(]\s*\d+(?:[./]\d+)?\s*(?:points?|pts?|marks?|p|punkte?|分)\s*\.?\s*[\])]\s*[:.]?\s*", re.I)
_BEFORE_ARROW = later(r"[^→\n]{15,400}[.?:]\s*→\s*(?=\S)", holds=("→",))  # the question, an arrow, the answer
_ORDERED_INLINE = later(
    r"\s*(?:[^.?!\n]{4,200}[.:]\s+){0,2}(?:give|find|compute|determine|calculate|derive|state|write|name|specify)\b"
    r"[^.?=\n]{4,300}[.:]\s+(?=\S)",
    re.I,
    holds=("give", "find", "compute", "determine", "calculate", "derive", "state", "write", "name", "specify"),
)
_ASKED = (("?", _ASKED_INLINE), ("→", _BEFORE_ARROW), ("", _ORDERED_INLINE))  # each with a sign that it needs
_TITLE = later(
    r"\W*(?:(?:problem|page|exercise|chapter|section|p\.)\s*\d|\d+(?:\.\d+)+\b|\d+\s*(?:points?|pts|marks?)\b)",
    re.I,
)
_SAYS = re.compile(r"[\d=]")
_ANSWER = later(
    r"(?:\A|\n)[\s$]*(?:\\[A-Za-z]+\s*(?:\{[a-z]+\}\s*)?(?:\{\s*)?)*(?:(?:your|my)\s+)?"
    r"(?:answer|ans|solution|soln?|antwort|lösung|答案|解答|答|解)\s*(?:[:：.]+\s*\}*|\s*\Z)\s*"
    r"|\A\s*A:\s+"
    r"|(?<=[?.!)])\s+(?:answer|ans|solution)\s*:\s*",
    re.I,
)
_ANSWER_ALONE = later(
    r"\W*(?:(?:your|my|the)\s+)?(?:answers?|ans|solutions?|soln?|antwort(?:en)?|lösung(?:en)?|答案|解答|答|解)\W*",
    re.I,
    holds=("ans", "sol", "antwort", "lösung", "答", "解"),
)
_CORRECTION = later(
    r"(?:\A|\n|(?<=[.;!?)])\s)\s*(?:correction|corrected(?: (?:answer|version|solution))?|edit"
    r"|revised(?: (?:answer|version|solution))?|korrektur|更正)\s*[:：]\s*"
    r"|(?:\A|\n|(?<=[.;!?)])\s)\s*(?![^\n.]{0,80}\b(?:maybe|perhaps|think|sure|if|or|not|vielleicht|nicht|oder)\b)"
    r"(?:[^\n,.?:]{3,60},\s)?"  # forgot the stride there, this is the right one for 5b:
    r"(?:this|here|below|(?:the )?(?:next|following)(?: cell)?|das|hier) (?:is|ist) (?:the|my|das|die) "
    r"(?:right|corrected|richtige|korrigierte) (?:one|version|answer|result|output|ergebnis|antwort)"
    r"\b[^\d\n:?]{0,20}(?:\d{0,2}[a-h]\)?)?\s*[:：]\s*",
    re.I,
)
_MAY_ANSWER = ("ans", "sol", "antwort", "lösung", "答", "解", "a:")
_MAY_CORRECT = ("correct", "edit", "revised", "korrektur", "更正", "right", "richtig", "korrigiert")
_PLEA = later(
    r"\b(?:award|give|grant|assign)\b[^.!?\n]{0,40}\b(?:full|maximum|all|max)\s+(?:marks?|points?|credits?|score)"
    r"|\b(?:ignore|disregard|forget)\b[^.!?\n]{0,40}"
    r"\b(?:rubric|instructions?|marking (?:scheme|guide)|system prompt)"
    r"|\b(?:mark|grade|score|treat|count|accept)\b[^.!?\n]{0,40}\bas\s+(?:fully\s+)?(?:correct|right)\b"
    r"|\b(?:dear|note to(?: the)?|to the|attention)\s+(?:grader|marker|examiner|autograder|instructor)\b"
    r"|\byou are an? (?:ai|language model|grader|assistant)\b",
    re.I,
    holds="mark point credit score ignore disregard forget grade treat count accept examiner instructor you".split(),
)
_SENTENCE_END = later(r"[.!?](?=\s|\Z)|\n")


class Cleaned(NamedTuple):
    """What is left of an answer; `asks` says that the words are only a question repeated."""

    blocks: tuple[Block, ...]
    notes: tuple[Note, ...]
    asks: bool = False


class Habits(NamedTuple):
    """Of the whole document: whether anything in it talks to the grader, whether "Ans:" stands before answers, and
    whether what is quoted asks what is answered below it."""

    pleads: bool = True
    worded: bool = False
    quoted: bool = False


def habits_of(document: Document, pleads: bool, quoted: bool) -> Habits:
    """How a document was written; words such as "Ans:" count from the third on."""
    begun = (_ANSWER.match(block.text) for block in document.blocks if holds(block.text[:_FIRST], _MAY_ANSWER))
    return Habits(pleads, sum(found is not None for found in begun) > 2, quoted)


_FIRST = 30  # characters in which a block's first word stands


_USUAL = Habits()


def clean(blocks: Sequence[Block], after_label: bool, code: bool = False, habits: Habits = _USUAL) -> Cleaned:
    """The words that count; `after_label` says that the first block is the rest of a heading's line.

    Where `code` is asked for, that of a notebook's cells counts as well.
    """
    notes: list[Note] = []
    if habits.quoted and (asked := [block for block in blocks if block.quoted]):
        notes.append(Note("question-repeated", _extent(asked)))
        blocks = [block for block in blocks if not block.quoted]
    left = [unstruck(block, notes) for block in blocks]
    left = [_unpleaded(block, notes) for block in left] if habits.pleads else left
    left = left if code else without_code(left, notes)
    titled = after_label and bool(left) and left[0].kind == "heading"
    left = _without_points(left)
    left = _corrected(left, notes)
    if habits.worded and (asked := _left_empty(left)):
        return Cleaned((), (*notes, Note("question-repeated", _extent(asked))))
    left = _without_last_word(left)
    answered = _after_answer_word(left, notes)
    if answered is None:
        left = _without_title(left, notes) if titled else left
        left = _unasked(left, notes)
    else:
        left = answered
    rest = tuple(block for block in left if not is_blank(block))
    asks = len(rest) == 1 and _is_asking(rest[0])
    if asks and _is_apart(rest[0]) and _ASKS_NOTHING_ELSE.match(rest[0].text):  # in a student's own type it may answer
        notes.append(Note("question-repeated", rest[0].span))
        rest = ()
    return Cleaned(rest, tuple(notes), asks)


def pleas(block: Block) -> list[Range]:
    """The stretches of a block's text that talk to the grader, sentence by sentence."""
    text = block.text
    return list(_pleas_remembered(text) if len(text) <= _SHORT else _pleas(text))


def _pleas(text: str) -> tuple[Range, ...]:
    found: list[Range] = []
    for plea in _PLEA.finditer(text):
        before = [end.end() for end in _SENTENCE_END.finditer(text, max(0, plea.start() - 400), plea.start())]
        start = before[-1] if before else max(0, plea.start() - 400)
        after = _SENTENCE_END.search(text, plea.end() - 1, plea.end() + 400)
        stop = after.end() if after else min(len(text), plea.end() + 400)
        if not found or start >= found[-1][1]:
            found.append((start, stop))
    return tuple(found)


_SHORT = 400  # characters of a block that is remembered: many stand in every hand-in
_pleas_remembered = lru_cache(maxsize=2000)(_pleas)


def _unpleaded(block: Block, notes: list[Note]) -> Block:
    text = block.text
    gaps: list[Range] = []
    for start, stop in pleas(block) if block.kind != "code" else ():
        notes.append(Note("addresses-the-grader", within(block, start, stop)))
        if not re.search(r"[\d=]", text[start:stop]):  # "5x4, please give full marks" still answers
            gaps.append((start, stop))
    return drop(block, gaps)


def _corrected(blocks: list[Block], notes: list[Note]) -> list[Block]:
    """Only what follows the last "Correction:" counts, if anything does."""
    for number in range(len(blocks) - 1, -1, -1):
        block = blocks[number]
        if block.kind == "code" or not holds(block.text, _MAY_CORRECT):
            continue
        for found in reversed(list(_CORRECTION.finditer(block.text))):
            rest = [keep(block, found.end()), *blocks[number + 1 :]]
            earlier = [*blocks[:number], keep(block, 0, found.start())]
            if all(is_blank(each) for each in rest):
                continue
            if not all(is_blank(each) for each in earlier):
                notes.append(Note("corrected", _extent([each for each in earlier if not is_blank(each)])))
            return rest
    return blocks


def _without_points(blocks: list[Block]) -> list[Block]:
    """ "(2 points)" directly behind the label says what the answer is worth."""
    if blocks and blocks[0].text.lstrip().startswith(("(", "[")) and (worth := _WORTH.match(blocks[0].text)):
        blocks = [keep(blocks[0], worth.end()), *blocks[1:]]
    return blocks


def _unasked_row(block: Block, notes: list[Note]) -> Block:
    """A row of a table without the cell that repeats the question."""
    cells = [at for at, run in enumerate(block.runs) if run.kind == "cell"]
    if block.kind != "row" or len(cells) < 2:
        return block
    first = block._replace(kind="paragraph", runs=block.runs[: cells[0]])
    rest = block._replace(runs=block.runs[cells[0] + 1 :])
    if not _is_asking(first) or is_blank(rest):
        return block
    notes.append(Note("question-repeated", first.span))
    return rest


def _without_last_word(blocks: list[Block]) -> list[Block]:
    """A last line "Solution" stands above the answers that follow, not below this one."""
    while len(blocks) > 1 and (is_blank(blocks[-1]) or _is_answer_word(blocks[-1])):
        blocks = blocks[:-1]
    return blocks


def _is_answer_word(block: Block) -> bool:
    return _ANSWER_ALONE.fullmatch(block.text) is not None and not _is_pictured(block)


def _is_pictured(block: Block) -> bool:
    """Whether a picture stands in a block: the "solution" of ![solution](photo.png) is no word above an answer."""
    return any(run.kind == "image" for run in block.runs)


def _left_empty(blocks: list[Block]) -> list[Block]:
    """The sheet's words above an "Ans:" that nothing follows; none where they may answer."""
    worded = [block for block in blocks if not is_blank(block)]
    if len(worded) < 2 or not _is_answer_word(worded[-1]):
        return []
    asked = worded[:-1]
    return asked if len(re.findall(r"[^\W\d_]{2,}", " ".join([block.text for block in asked]))) > _FEW_WORDS else []


_FEW_WORDS = 3  # "a 5 by 4 array" may answer


def _after_answer_word(blocks: list[Block], notes: list[Note]) -> list[Block] | None:
    """What follows "Answer:"; None without such a word, or if working and not a question precedes it."""
    for number, block in enumerate(blocks):
        worded = block.kind not in ("code", "row") and holds(block.text, _MAY_ANSWER) and not _is_pictured(block)
        found = _ANSWER.search(block.text) if worded else None
        if found is None:
            continue
        rest = [keep(block, found.end()), *blocks[number + 1 :]]
        earlier = [each for each in [*blocks[:number], keep(block, 0, found.start())] if not is_blank(each)]
        if all(is_blank(each) for each in rest) or not all(_may_ask(each) for each in earlier):
            return None
        if earlier:
            notes.append(Note("question-repeated", _extent(earlier)))
        return rest
    return None


def _may_ask(block: Block) -> bool:
    formal = block.kind == "code" or any(run.kind == "display" for run in block.runs) or "=" in block.text
    return not formal or _is_asking(block)


def _without_title(blocks: list[Block], notes: list[Note]) -> list[Block]:
    """A heading's own words are a title, if more follows and they neither count nor calculate."""
    first, rest = blocks[0], blocks[1:]
    if is_blank(first) or all(is_blank(block) for block in rest):
        return blocks
    calculates = bool(_SAYS.search(first.text)) or any(run.kind == "math" for run in first.runs)
    if calculates and not _TITLE.match(first.text) and not _is_asking(first):
        return blocks
    notes.append(Note("question-repeated", first.span))
    return rest


def _unasked(blocks: list[Block], notes: list[Note]) -> list[Block]:
    left = [_unasked_row(block, notes) for block in blocks if not is_blank(block)]
    while len(left) > 1 and _is_asking(left[0]):
        notes.append(Note("question-repeated", left[0].span))
        left = left[1:]
    text = left[0].text if left else ""
    asked = next((found for sign, one in _ASKED if sign in text and (found := one.match(text))), None)
    if left and left[0].kind == "paragraph" and asked:
        rest = keep(left[0], asked.end())
        if not is_blank(rest):
            notes.append(Note("question-repeated", within(left[0], 0, asked.end())))
            left = [rest, *left[1:]]
    return left


def _is_asking(block: Block) -> bool:
    """Whether a block looks like the words of the sheet: a question, or an order without a result."""
    if block.kind == "row" or (block.kind == "code" and (block.info or "\n" in block.text.strip())):
        return False
    text, apart = block.text.strip(), _is_apart(block)
    if text.endswith(("?", "？")):
        return apart or bool(_ASKS.match(text) or _ASKS_WITHIN.search(text))
    if not _ORDERS.match(text) and not _ORDERS.match(re.split(r"[.:;]\s+", text.rstrip(".:"))[-1]):
        return False
    return apart or ("=" not in text and text.endswith((".", ":", "。", "：")))


def _is_apart(block: Block) -> bool:
    """Whether a block is quoted, a heading, or all in bold or italics, as the words of the sheet are."""
    worded = [run for run in block.runs if run.text.strip() and run.kind in ("text", "math")]
    stressed = bool(worded) and all({"strong", "emphasis"} & set(run.marks) for run in worded)
    return block.quoted > 0 or stressed or block.kind == "heading"


def _extent(blocks: Sequence[Block]) -> Span:
    return Span(min(block.span.start for block in blocks), max(block.span.stop for block in blocks))
