"""A question that was not found is blank, unless something that nobody could read or place may hold its answer."""

from __future__ import annotations

import re
from itertools import chain

from grader.kinds.kind import remark
from grader.marking.attempts import gives_none
from grader.marking.outcomes import undecided
from grader.model.answers import Located
from grader.model.beside import is_beside
from grader.model.documents import Block, Note, Submission
from grader.model.patterns import later
from grader.model.results import Mark, Status
from grader.model.rubrics import Question
from grader.prepare.parts import PreparedPart

# Notes after which a question that was not found may still have been answered somewhere we could not see.
HIDES_ANSWERS = frozenset(
    [
        "missing-file",
        "nothing-readable",
        "binary-file",
        "too-large",
        "unknown-format",
        "unreadable-file",
        "unclosed-math",
        "unclosed-fence",
        "no-question-found",
        "no-label-found",
        "nested-too-deep",
        "macro-bomb",
        "broken-answers",
        "key-not-read",
        "broken-markup",
        "formula-not-read",
        "not-included",
        "broken-notebook",
        "broken-docx",
        "broken-pdf",
        "scanned",
        "extra-missing",
        "odd-cell",
        "odd-output",
        "program-not-read",
        "output-not-read",
        "output-cut",
        "zip-broken",
        "zip-damaged",
        "zip-encrypted",
        "zip-nested",
        "zip-unsafe-name",
        "zip-link",
        "zip-too-much",
        "zip-same-name",
        "receipt-unclear",
        "not-in-the-download",
    ]
)


_WHOLE_FILES = frozenset(["binary-file", "unknown-format", "too-large", "unreadable-file"])


def _is_beside(note: Note) -> bool:
    return any(key == "file" and is_beside(name) for key, name in note.facts)


def hidden(
    question: Question, prepared: PreparedPart, submission: Submission, located: Located, above: tuple[str, ...] = ()
) -> Mark | None:
    """For a person, with what may hide the answer; None if nothing does. `above` are the questions before this one."""
    notes = (
        *submission.notes,
        *located.notes,
        *(note for document in submission.documents for note in document.notes),
    )
    if prepared.part.kind == "code":  # `requirements.txt`, `data.npy`: no answer to a question for code
        notes = tuple(note for note in notes if note.id not in _WHOLE_FILES or not _is_beside(note))
    hiding = next((note.id for note in notes if note.id in HIDES_ANSWERS), "")
    if not hiding and _is_beside_code(question, located, above):
        hiding = "code-left-out"
    if not hiding and (_is_named_elsewhere(question, located) or _is_named_by_nobody(question, located)):
        hiding = "unassigned"
    if not hiding and _may_stand_above_all(located, above):
        hiding = "unassigned"
    if not hiding and not _may_be_among_others(question, located):
        twice = {
            fact for note in notes if note.id == "answered-twice" for name, fact in note.facts if name == "question"
        }
        if twice.isdisjoint((*above[:1], *_problem_above(question, located, above))):
            return None
        hiding = "answered-twice"  # two answers under one label, and none under the next: a slip in the label?
    reason = remark("may-be-hidden", note=hiding or "unassigned")
    return undecided(question, prepared, Status.REVIEW, reason)


def _problem_above(question: Question, located: Located, above: tuple[str, ...]) -> list[str]:
    """The questions of the problem before this one, if this one has no answer at all: its number was not seen?"""

    def problem(name: str) -> str:
        found = _PROBLEM.match(name)
        return found[0] if found is not None else name

    own = problem(question.id)
    if any(problem(answer.question) == own for answer in located.answers):
        return []
    before = next((problem(name) for name in above if problem(name) != own), "")
    return [name for name in above if problem(name) == before]


def _is_beside_code(question: Question, located: Located, above: tuple[str, ...]) -> bool:
    """Whether code of a notebook, or what it printed, stands under another part of the same problem, or right above."""
    problem = _PROBLEM.match(question.id)
    nearest = next((answer for id in above if (answer := located.get(id)) is not None), None)
    for answer in located.answers:
        other = _PROBLEM.match(answer.question)
        if answer is not nearest and (problem is None or other is None or problem[0] != other[0]):
            continue
        if any(note.id == "code-left-out" for note in answer.notes):
            return True
        if any(block.info.startswith(("output", "cell ")) for block in answer.blocks):
            return True
    return False


def _is_named_elsewhere(question: Question, located: Located) -> bool:
    """Whether its label stands inside another answer, where it was not taken for one: "1a) 5x4 and 1b): 6".

    In an answer of the same problem its letter is enough: "(a) and (b) are both 5x4", "Part b is 5x4".
    """
    parts = _PARTED.fullmatch(question.id)
    if parts is None:
        lettered = len(question.id) == 1 and question.id.isalpha() and _is_signed_elsewhere(question, located)
        return lettered or (question.id.isdecimal() and _begins_a_line(question, located))
    whole = re.compile(rf"(?<!\w){parts[1]}\s?[.-]?\s?\(?{parts[2]}(?:\s?(?:\)|[:=]\s)|[ \t]*\n)", re.IGNORECASE)
    letter = re.compile(
        rf"(?:\bpart\s+\(?{parts[2]}\b|(?:\A|\n)\W*(?:(?:zu|to|ad|for)\s+)?\(?{parts[2]}[).:]|(?:\A|[.;,!?&+-]\s?|\n\s*|\band\s)\({parts[2]}\))(?=[\s&:.,)*_-]*[\w$\[\\]|[\s,&]*\()",
        re.IGNORECASE,
    )
    begun = re.compile(rf"(?:\A|\n)\W*(?:[^\W\d]+[ ,]+){{0,3}}{parts[1]}{parts[2]}\b")  # ok so 1a is a thousand images
    for each in (*located.answers, *located.loose):
        if any(not _REFERS.search(found[0][: -len(question.id)]) for found in begun.finditer(each.text)):
            return True
    joint = re.compile(rf"(?:\A|\n)\W*\((?:[a-h]\s?[,+&/]\s?)*{parts[2]}(?:\s?[,+&/]\s?[a-h])*\)", re.IGNORECASE)
    for answer in located.answers:
        if answer.question.startswith(parts[1]) and joint.search(answer.text):
            return True
        beside = answer.question.startswith(parts[1]) and not answer.question[len(parts[1])].isdecimal()
        for found in chain(whole.finditer(answer.text), letter.finditer(answer.text) if beside else ()):
            if not _REFERS.search(answer.text[max(0, found.start() - 20) : found.start()]):
                return True
    return False


def _begins_a_line(question: Question, located: Located) -> bool:
    """Whether the number of a question without parts begins a line or a clause in another answer: "Q2 5", "; 2: 5"."""
    begun = re.compile(
        rf"(?:\A|\n|;\s)[ \t]*(?:(?:Q|Ex|Problem|Question|Exercise|Task|Aufgabe)\W{{0,2}}{question.id}\b"
        rf"|\[{question.id}\]|{question.id}(?:[:)]|\.(?=\s)))",
        re.IGNORECASE,
    )
    return any(begun.search(each.text) is not None for each in (*located.answers, *located.loose))


def _is_signed_elsewhere(question: Question, located: Located) -> bool:
    """Whether a letter that is a whole label stands in brackets inside another answer: "7 (a), 12 (b), 30 (c)"."""
    signed = re.compile(rf"(?<![\w)])\({re.escape(question.id)}\)", re.IGNORECASE)
    return any(
        not _REFERS.search(answer.text[max(0, found.start() - 20) : found.start()])
        for answer in located.answers
        for found in signed.finditer(answer.text)
    )


def _is_named_by_nobody(question: Question, located: Located) -> bool:
    """Whether its letter stands among words that belong to no question, or its problem begins inside another answer.

    "Aufgabe / Problem 1" is read as no label, and below it "a)" has no problem; "Problem 2 (counted from 1)" is none
    either, and what stands below it seems to go on with problem 1, as below a heading "Two".
    """
    parts = _PARTED.fullmatch(question.id)
    if parts is None:
        return False
    letter = re.compile(
        rf"(?:\A|\n)\W*(?:\(?{parts[2]}[).:]\s*\S|{parts[1]}\W{{0,3}}{parts[2]}\W)", re.IGNORECASE
    )  # also "4 a - 5"
    of_nobody = [block for each in located.loose if question.id not in each.among for block in each.blocks]
    if any(letter.match(block.text) for block in of_nobody):
        return True
    unknown = {fact for note in located.notes if note.id == "unknown-question" for _, fact in note.facts}
    if unknown & {parts[2], question.id, f"{parts[1]}.{parts[2]}"}:
        return True
    if any(answer.question.startswith(parts[1]) for answer in located.answers if _PARTED.fullmatch(answer.question)):
        return False
    problem = re.compile(rf"(?:\A|\n)\W*{_PROBLEMS}\s*{parts[1]}\b", re.IGNORECASE)
    blocks = [block for answer in located.answers for block in answer.blocks]
    return any(problem.search(block.text) or letter.search(block.text) for block in blocks)


_PROBLEMS = r"(?:problem|question|exercise|task|aufgabe|ex\.?|exercice|ejercicio)"
_PARTED = later(r"(\d{1,2})([a-z])")
_REFERS = later(
    r"\b(?:in|of|from|see|question|problem|part|as|by|to|with|eq|equation|using|like|than|at|is|on|above|(?:to )?use)"
    r"\W*\Z",
    re.IGNORECASE,
)
_PROBLEM = later(r"\d+|[^\W\d_]+")


def _may_stand_above_all(located: Located, above: tuple[str, ...]) -> bool:
    """Whether formulas or rows of a table that belong to no question stand above the first answer, and none is before
    this one: a label that nobody read, in the row behind the head of a table."""
    if not located.answers or any(located.get(id) is not None for id in above):
        return False
    first: dict[int, int] = {}  # where the answers of each document begin
    for answer in located.answers:
        begin = min((block.span.start for block in answer.blocks), default=len(answer.document.text))
        first[id(answer.document)] = min(begin, first.get(id(answer.document), begin))
    return any(
        block.span.stop <= first.get(id(each.document), 0) and _tells_values(block)
        for each in located.loose
        for block in each.blocks
    )


def _tells_values(block: Block) -> bool:
    told = [block.text] if block.kind == "row" else [r.text for r in block.runs if r.kind in ("math", "display")]
    return any(map(str.isdecimal, "".join(told)))


def _may_be_among_others(question: Question, located: Located) -> bool:
    """Whether words stand under its problem that has no parts, or results that a program printed above its parts.

    "4. did not get to this" is no answer to any of them; what stands above the first label, with numbers in it, may be
    that of a part before it.
    """
    for each in located.loose:
        if question.id in each.among and not gives_none(each.text.strip()):
            found = [place for place, other in enumerate(each.among) if located.get(other) is not None]
            before = not found or each.among.index(question.id) < found[0]
            worded = [block for block in each.blocks if block.kind != "heading" and not (found and block.quoted)]
            worded = [block for block in worded if not found or any(map(str.isdecimal, block.text))]
            if (before and worded) or any(block.info.startswith("output") for block in each.blocks):
                return True
    return False
