"""Makes one answer of the places that claim a question: the correction wins, else the first, with rivals."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence, Set

from grader.locate.assign import Cut
from grader.locate.clean import Habits, clean
from grader.locate.joint import told_apart
from grader.locate.labels import plain, read_label
from grader.locate.leftout import is_program
from grader.locate.lettered import listed_letters
from grader.locate.pieces import holds, is_blank, keep
from grader.locate.pointers import pointing
from grader.model.answers import JOINT, Answer
from grader.model.documents import Block, Document, Note, Span
from grader.model.patterns import later
from grader.model.records import NamedTuple

_AFTER_LABEL = later(
    r"\s*[\[(–—\-:,]*\s*(?:correct(?:ed|ion)|revised|revision|again|updated?|final(?: answer| version)?|new"
    r"|second (?:try|attempt)|fixed|neu|korrigiert|korrektur)\s*(?:[\])]\s*[:.]?|:|\Z|\n)\s*",
    re.I,
    holds="correct revised revision again update final new second fixed neu korrigiert korrektur".split(),
)
_REPLACES = later(
    r"\b(?:ignore|disregard)\s+(?:the|my|what)\s+(?:\w+\s+){0,3}(?:above|previous|earlier|first|before)\b"
    r"|\b(?:ignore|disregard)\s+(?:the|my)\s+(?:above|previous|earlier|first)\b"
    r"|\binstead of\s+(?:the|my)\s+(?:\w+\s+){0,2}(?:above|answer|earlier|previous|first)\b"
    r"|\b(?:this|it)\s+(?:replaces|corrects|supersedes)\b",
    re.I,
)


_AND_LETTER = later(  # (c) and (d), 2b. - 2e.
    r"\s*(?P<sign>to|up to|through|until|bis|and|und|&|,|-{1,3}|–|—|\+|/)\s*(?:and\s+)?"
    r"[(（]?(?P<problem>\d{1,2})?(?P<letter>[a-h])"
    r"(?:\s?(?=[).:）：])|(?=[ \t]*(?:\n|\Z))|(?=\s?[,/]\s?(?:\d{1,2})?[a-h][,/:)]))[)）]?",
    re.I,
)
_RANGE = frozenset(["to", "up to", "through", "until", "bis", "-", "--", "---", "–", "—"])


def without_shared(document: Document, cuts: Sequence[Cut], questions: Sequence[str]) -> list[Cut]:
    """The cuts, without those of labels that name several parts at once.

    "b) to e)" above b), c), d) and e) answers none of them: its words prepare them all. Where nothing else stands for
    them, "(a) and (b)", the words may answer each, and nobody says which words.
    """
    found: list[Cut] = []
    covered = (-1, 0)
    for number, cut in enumerate(cuts):
        if (cut.block, cut.at) < covered and cut.block == covered[0]:
            continue
        named, stop = _named_together(document.blocks[cut.block].text, cut, questions)
        if len(named) > 1:
            behind = [one for one in cuts[number + 1 :] if one.block > cut.block or one.at >= stop]
            again = any(one.question in named for one in behind)
            covered = (cut.block, stop)
            joint, cut = cut, cut._replace(question="", clue="")
            following = next((one for one in behind if one.block > cut.block or one.at > stop), None)
            if not again and (apart := told_apart(document, joint, stop, following, named)):
                found += [cut, *apart]
                continue
            cut = cut if again else cut._replace(parts=True, among=tuple(named))
        found.append(cut)
    return found


def _named_together(text: str, cut: Cut, questions: Sequence[str]) -> tuple[list[str], int]:
    """The questions that a label names, "(c), (d) and (e)" or "(a)-(d)", and where it ends."""
    named, stop = [cut.question], cut.stop
    if letters := listed_letters(text):
        listed = [cut.question[:-1] + letter for letter in letters]
        return (listed, len(text)) if cut.question in questions and set(listed) <= set(questions) else (named, stop)
    while cut.question and (more := _AND_LETTER.match(text, stop)) is not None:
        other = cut.question[:-1] + more["letter"].lower()
        ranges = more["sign"].lower() in _RANGE
        known = other in questions and cut.question in questions and other not in named
        known = known and more["problem"] in (None, cut.question[:-1])
        if not known or (ranges and other < named[-1]):  # "(d) and (c)" may go backwards, "(d) to (c)" may not
            break
        between = questions[questions.index(named[-1]) + 1 : questions.index(other)] if ranges else ()
        named += [*between, other]
        stop = more.end()
    while (beside := _BESIDE.match(text, stop)) is not None and cut.question in questions:
        at = questions.index(named[-1]) + 1
        if at == len(questions) or questions[at][:-1] != cut.question[:-1] or not _is_next(beside[1], questions[at]):
            break
        named.append(questions[at])
        stop = beside.end()
    return named, stop


_BESIDE = later(r"[ \t]*[(（]([a-h]|\d{1,2})[)）](?=[ \t]*(?:[(（:：.。]|答|$|\n))")  # (3)(4): 6 and -6


def _is_next(sign: str, question: str) -> bool:
    """Whether a letter, or the number that counts as one, names this question: (d) and (4) name 2d."""
    letter = question[-1:]
    return sign == letter or (sign.isdecimal() and letter.isalpha() and int(sign) == ord(letter.lower()) - ord("a") + 1)


class Claim(NamedTuple):
    """One place that answers a question. `correction`: it says that it counts; `summary`: it repeats."""

    answer: Answer
    correction: bool
    summary: bool
    asks: bool
    label: Span


_USUAL = Habits()
_MAY_REPLACE = ("ignore", "disregard", "instead", "replaces", "corrects", "supersedes")


def claim(
    document: Document,
    cut: Cut,
    following: Cut | None,
    slots: Set[str] = frozenset(),
    code: bool = False,
    habits: Habits = _USUAL,
) -> Claim:
    """The words from one cut to the next, cleaned; `slots` are words that wait for the answers to its parts.

    With `code` that of a program is an answer, and stays beside words. `habits` are those of the whole document.
    """
    found = stretch(document, cut, following)
    while cut.summary and len(found) > 1 and found[-1].kind == "heading":
        found.pop()  # "Derivations", below the last row of a table
    again = found[:1] if cut.clue == "order" else []  # 5.1 (a) y = ...: an own number before the sheet's letter
    blocks = [_unlabelled(block, cut) if block.quoted or block in again else block for block in found]
    correction = cut.correction
    if blocks and (said := _AFTER_LABEL.match(blocks[0].text)):
        correction = True
        blocks[0] = keep(blocks[0], said.end())
    begun = "\n".join([block.text for block in blocks[:3]])[:400]
    if holds(begun, _MAY_REPLACE) and _REPLACES.search(begun):
        correction = True
    cleaned = clean(blocks, cut.heading, code, habits)
    left = tuple(_filled(cleaned.blocks, slots)) if slots else cleaned.blocks
    among = cut.among if cut.clue == JOINT else ()
    kept = {block.span for block in left if block.kind == "code"}  # of others, what its comments say is kept
    beside = () if code else tuple(block for block in blocks if is_program(block) and block.span not in kept)
    answer = Answer(cut.question, document, left, cut.clue, notes=cleaned.notes, context=beside, among=among)
    return Claim(answer, correction, cut.summary, cleaned.asks, document.blocks[cut.block].span)


def _unlabelled(block: Block, cut: Cut) -> Block:
    """A quoted answer without the label that its question has already: `(a) What is ..?`, `> (a) 5x4`."""
    label = read_label(plain(block.text[:_REACH]))
    same = (
        label is not None and label.closed and label.path[-1].isalpha() and cut.question.endswith("".join(label.path))
    )
    return keep(block, label.stop) if same and label is not None else block


_REACH = 40  # characters in which a label stands


def _filled(blocks: Sequence[Block], slots: Set[str]) -> Iterator[Block]:
    """The blocks without slots that were left empty: behind such a one stands the next, or nothing."""
    for block, following in zip(blocks, [*blocks[1:], None], strict=False):
        last = following is None or following.text.lstrip().startswith(tuple(slots))
        if not (last and block.text.strip() in slots):
            yield block


def stretch(document: Document, cut: Cut, following: Cut | None) -> list[Block]:
    """The blocks between two cuts, the first and the last cut to size."""
    stop = following.block if following else len(document.blocks)
    if stop == cut.block and following:
        return [keep(document.blocks[stop], cut.stop, max(cut.stop, following.at))]
    first = document.blocks[cut.block]
    own = keep(first, cut.stop) if cut.stop else first
    blocks = [own._replace(label="") if cut.at == 0 and own.label else own]
    blocks += document.blocks[cut.block + 1 : stop]
    if following and following.at:
        blocks.append(keep(document.blocks[stop], 0, following.at))
    return blocks


def settle(claims: Sequence[Claim]) -> Answer:
    """The answer among the claims to one question."""
    live = [each for each in claims if each.answer.blocks]
    live = [each for each in live if not each.asks] or live  # all questions repeated above all answers
    live = [each for each in live if not _ELSEWHERE.fullmatch(each.answer.text.strip())] or live
    ways = pointing([each.answer for each in live])
    live = [each for each in live if each.answer not in ways] if ways else live
    if not live:
        notes = tuple(note for each in claims for note in each.answer.notes)
        return claims[0].answer._replace(notes=notes)
    fixed = [each for each in live if each.correction]
    if fixed and len(live) > 1:
        replaced = next(each for each in live if each is not fixed[-1]).answer.blocks
        note = Note("corrected", Span(replaced[0].span.start, max(block.span.stop for block in replaced)))
        return fixed[-1].answer._replace(notes=(*fixed[-1].answer.notes, note))
    main = next((each for each in live if not each.summary), live[0])
    told = next((each for each in live if each.summary), None)
    if told is not None and all(each is told or _is_derivation(each) for each in live):
        derived = tuple([each.answer for each in live if each is not told])
        return told.answer._replace(derived=derived)
    rivals: dict[str, Claim] = {}
    for each in live:
        if each is not main and not _repeats(each, main):
            rivals.setdefault(_words(each), each)
    same = tuple(each.answer for each in live if each is not main and each.summary and _repeats(each, main))
    main = main._replace(answer=main.answer._replace(again=same)) if same else main
    if not rivals:
        return main.answer
    others = tuple(each.answer for each in rivals.values())
    notes = tuple(Note("answered-twice", each.label) for each in rivals.values())
    return main.answer._replace(rivals=others, notes=main.answer.notes + notes)


_ELSEWHERE = later(
    r"\W*(?:(?:see|as|siehe|s\.|cf\.?|voir|ver|vedi)\s+)?(?:above|below|oben|unten|before|earlier|ci-dessus|arriba|sopra"
    r"|(?:the )?(?:derivations?|workings?|calculations?)(?: (?:above|below))?|(?:the )?(?:next|following) cells?"
    r"|(?:the )?(?:cell|code|output|next line)s?(?: below)?)\W*",
    re.I,
)


def _is_derivation(each: Claim) -> bool:
    """Whether it stands below a heading that promises how the answers were found, and no other one of its level."""
    level = 0
    for block in each.answer.document.blocks:
        if block.span.start > each.label.start:
            break
        if block.kind == "heading":
            says = _DERIVATIONS.fullmatch(block.text.strip()) is not None
            level = max(block.level, 1) if says else 0 if block.level <= level else level
    return level > 0


_DERIVATIONS = later(
    r"\W*(?:(?:my|the|all|detailed|full)\s+)?(?:derivations?|workings?|calculations?|computations?|justifications?"
    r"|explanations?|reasoning|reasons|details|how i got (?:them|it)|herleitung(?:en)?|rechnung(?:en)?|rechenwege?"
    r"|begründung(?:en)?|nebenrechnung(?:en)?|explications?|calculs?)\W*",
    re.I,
)


def _words(each: Claim) -> str:
    return "".join(each.answer.text.split())


def _repeats(other: Claim, main: Claim) -> bool:
    """The same words; a summary may also repeat just the result."""
    if _words(other) == _words(main):
        return True
    if not other.summary:
        return False
    result = " ".join(other.answer.text.split()).rstrip(".")
    whole = " ".join(main.answer.text.split())
    return bool(re.search(rf"(?<![\w.]){re.escape(result)}(?![\w]|\.\d)", whole))


def unclaimed(document: Document, cut: Cut, following: Cut | None) -> Span | None:
    """Where the words stand that belong to nobody after a cut, None if there are none."""
    blocks = [block for block in stretch(document, cut, following) if not is_blank(block)]
    worded = [block for block in blocks if block.kind != "heading"]
    if not worded:
        return None
    return Span(worded[0].span.start, max(block.span.stop for block in worded))
