"""The one table from reasons and notes to sentences, for students and for instructors.

To add a row: `"id": ("what the student reads", "what the instructor reads"),`. A name in braces is replaced
by the fact of that name. The student's wording says what to look at and never what is right: it must not use
the fact `expected`. An empty second wording means that both read the same.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from functools import lru_cache
from typing import Literal

from grader.model.documents import Note
from grader.model.results import Reason, Status
from grader.report._code_sentences import OF_CODE
from grader.report._doubt_sentences import OF_DOUBT
from grader.report._equality_sentences import OF_EQUALITY
from grader.report._format_sentences import OF_FORMATS
from grader.report._formula_sentences import OF_FORMULAS
from grader.report._property_sentences import OUR_FACTS
from grader.report._property_sentences import ROWS as PROPERTY_ROWS
from grader.report._unit_sentences import OF_UNITS

Audience = Literal["student", "instructor"]

STATUS_WORDS: dict[Status, str] = {
    Status.RIGHT: "right",
    Status.PARTIAL: "partly right",
    Status.WRONG: "not right",
    Status.BLANK: "no answer found",
    Status.REVIEW: "needs a person",
    Status.ERROR: "needs a person",
}

SENTENCES: dict[str, tuple[str, str]] = {
    # What a status means when nothing more is known.
    "right": ("This is right.", "Agrees with the reference."),
    "partial": ("Part of this is right.", ""),
    "wrong": ("This is not right.", "Differs from the reference."),
    "blank": ("No answer was found.", ""),
    "review": ("A person will mark this answer.", "The answer could not be decided; please mark it."),
    "error": (
        "A person will mark this answer: the grader failed here, and that is not your mistake.",
        "The grader failed on this question (a bug of ours); please mark it and report the bug.",
    ),
    # What a reader repaired, ignored or could not read.
    "missing-file": ("The file could not be found.", ""),
    "nothing-readable": ("Nothing in this hand-in could be read; a person will look at it.", ""),
    "empty-file": ("The file is empty.", ""),
    "binary-file": ("The file holds no text that could be read.", ""),
    "too-large": ("The file is larger than what is read.", ""),
    "unknown-format": ("Files of this format are not read.", ""),
    "wrong-encoding": (
        "The file was not saved as UTF-8; it was read as {encoding}.",
        "The file is not UTF-8; letters may be wrong where {encoding} is not what it was saved as.",
    ),
    "unreadable-file": ("The file could not be opened.", ""),
    "zip-broken": ("This is no zip, or it is cut off or damaged, so nothing in it could be read.", ""),
    "zip-damaged": ("This file in the zip is damaged, or packed in a way that is not read.", ""),
    "zip-encrypted": ("This file in the zip is locked with a password.", ""),
    "zip-nested": ("A zip inside a zip is not opened.", ""),
    "zip-unsafe-name": (
        "The name of this file in the zip leads out of its folder, so the file was not opened.",
        "Its name leads out of the folder it would be unpacked in; it was not opened.",
    ),
    "zip-link": ("This is a link, not a file of the hand-in, so there is nothing to read.", ""),
    "zip-too-much": ("This is far larger unpacked than any homework, so it was not opened.", ""),
    "zip-same-name": ("Several files in the zip have this name, and nothing says which one counts.", ""),
    "zip-case-clash": (
        "The names of two files in the zip differ only in upper and lower case; both were read.",
        "",
    ),
    "zip-name-encoding": ("The name of this file is not UTF-8, and may be shown wrongly.", ""),
    "not-in-the-download": ("The download names this hand-in, but holds no file of it.", ""),
    "receipt-unclear": (
        "A person will look whether there is more to this hand-in.",
        "A receipt in an unknown form; please look whether the student wrote an answer into it.",
    ),
    "nested-too-deep": ("Lists or quotes are nested too deeply to be read.", ""),
    "unclosed-math": ("A formula is opened and never closed.", ""),
    "unclosed-fence": ("A code block is opened and never closed.", ""),
    "hidden-text": ("Text that is not visible on the page was ignored.", ""),
    **OF_FORMATS,
    **OF_CODE,
    "macro-bomb": ("The command {macro} leads back to itself, or grows without end; it was left as it stands.", ""),
    "not-included": ("Another file is to be put in here, {what}; it is read only if it is handed in itself.", ""),
    "stderr-not-read": ("What the program complained of was not read.", ""),
    "output-not-read": ("An output of this kind is not read: {what}.", ""),
    "output-cut": ("This output is very long; only its beginning was read.", ""),
    "formula-left-out": (
        "A formula was typed as code beside the words, and code is not read here.",
        "A formula was typed as code beside the words; what is missing may stand there.",
    ),
    "code-left-out": ("The code of a cell is not marked where words or its output stand beside it.", ""),
    # How the answers were found.
    "question-repeated": ("The words of the question itself were left out.", ""),
    "struck-out": ("Words that were struck out do not count.", ""),
    "answered-twice": (
        "There are two different answers to this question; a person will decide which one counts.",
        "Two different answers, which would earn different marks.",
    ),
    "corrected": ("What is marked as a correction counts, not what it replaces.", ""),
    "unknown-question": (
        "There is a label {label}, but no such question on this sheet: what stands there was not marked.",
        "A label that the rubric does not have: {label}.",
    ),
    "unassigned": (
        "Some words stand under a problem but under none of its parts; they were not marked.",
        "",
    ),
    "no-question-found": ("No question of this sheet was found in the hand-in.", ""),
    "addresses-the-grader": (
        "A sentence speaks to the grader; it is worth nothing and takes nothing away.",
        "",
    ),
    "not-found": ("No answer to this question was found in the hand-in.", ""),
    "nothing-written": ("The question was found, but nothing is written under it.", ""),
    "no-attempt": (
        "This says that there is no answer; it counts as left blank.",
        "The student gives no answer.",
    ),
    "part-missing": ("Nothing in the answer speaks to this part.", "Nothing found for this part: {what}."),
    "may-be-hidden": (
        "No answer was found, but part of the hand-in could not be read, so a person will look for it.",
        "Not found, but the hand-in has words that could not be read or placed ({note}); please look for it.",
    ),
    # What a person decides.
    "code-only": (
        "There is only code here, and nothing that it printed; a person will read it.",
        "Only the code of a cell, without an output that was saved.",
    ),
    "for-a-person": ("A person marks this question.", "This question is always marked by a person."),
    "parts-undecided": (
        "A person still has to look at one part, so the points are open.",
        "At least one part is undecided.",
    ),
    "unreadable": (
        "This could not be read ({message}), so a person will look at it.",
        "Could not be read as {what}: {message}.",
    ),
    "no-answer-found": (
        "No answer was recognised in these words, so a person will look at it. Asked for: {what}.",
        "Words are there, but no answer was recognised in them. Asked for: {what}.",
    ),
    "rounded-otherwise": (
        "Close to what is asked for, but not rounded to it: a digit differs. A person will look at it.",
        "Within half a percent, yet some entry is not the expected one at its last decimal: a slip, or coarse steps.",
    ),
    "chain-inconsistent": (
        "The two sides of an equals sign in this chain are not equal; a person will look at it.",
        "Two members of this chain are different numbers; please decide which one is meant.",
    ),
    "other-layout": (
        "This is the transposed array: whether that is the layout of this course, a person will decide.",
        "The answer is right but for the layout: it is the transposed array.",
    ),
    "kronecker-delta": ("`delta` with two indices was read as Kronecker's delta.", ""),
    "counted-from-one": ("This was read with all indices counted from 1, as its sums are.", ""),
    "cases-in-words": ("What you say for odd and for even numbers was read as one formula.", ""),
    "whole-arrays": ("This was read as a formula of whole arrays.", ""),
    **OF_DOUBT,
    "other-quantity": (
        "You give this value to {said}, and {asked} is asked for; a person will look at it.",
        "The value is right, but it is given to {said} and not to {asked}.",
    ),
    "other-left-side": (
        "The left side of this equation is not what was asked for; a person will look at it.",
        "The left side is not the one asked for; please decide what is meant.",
    ),
    "depends-on-undecided": (
        "This may follow from your earlier answer, which a person has yet to look at.",
        "This may follow from an earlier answer that is still undecided.",
    ),
    "nearer-to-mistake": (
        "A person will look at this value.",
        "Right within the tolerance, but nearer to a declared mistake ({say}).",
    ),
    "several-answers": (
        "There is more than one answer here, and they differ; a person will decide which one counts.",
        "Several different answers stand here; please decide which one counts.",
    ),
    "undecided": (
        "This could be neither confirmed nor refuted, so a person will look at it.",
        "Equality could be neither shown nor refuted.",
    ),
    "cannot-evaluate": (
        "This was read, but could not be computed ({message}), so a person will look at it.",
        "Read, but not computable: {message}.",
    ),
    "unknown-letters": (
        "It is not clear what {letters} stands for, so a person will look at it.",
        "Names that the rubric does not know: {letters}.",
    ),
    "axis-in-words": (
        "Lengths are given in words ({letters}), so a person will look at it.",
        "Words stand where lengths are expected: {letters}.",
    ),
    "left-open": (
        "Some lengths are left open by dots, so a person will look at it.",
        "Lengths are left open by dots.",
    ),
    "limits-unclear": (
        "First or last value of an index is not clear, so a person will look at it.",
        "First or last value of an index could not be computed.",
    ),
    "idea-denied": (
        "A person will read this text.",
        "A key idea is denied, or both stated and denied ({count} in all); please read it.",
    ),
    "idea-not-found": (
        "A person will read this text.",
        "Key ideas not found in these words: {count}; please read it.",
    ),
    # How an answer was understood.
    "duplicate-label": (
        "Both values carry the same label; they were read in the order in which they stand.",
        "",
    ),
    "letter-read-as": ("{found} was read as {letter}.", ""),
    "indices-omitted": ("Indices that were left out were read as the usual ones.", ""),
    "transposed-but-said": (
        "Row and column stand in the other order than asked; you said so, and most of the credit stays.",
        "Row and column exchanged, but said.",
    ),
    "follows-from-earlier": (
        "This was compared with what follows from your own earlier answer, which was not right.",
        "Compared with what follows from the student's own earlier answer: {names}.",
    ),
    # Numbers.
    "arithmetic-slip": ("The set-up is right, but {found} is not what it comes to.", ""),
    "factor-missing": ("A factor is missing from this product.", "The factor {factor} is missing."),
    "number-differs": ("{found} is not right.", "{found} differs from the reference."),
    **OF_UNITS,
    **OF_EQUALITY,
    # Shapes.
    "axes-exchanged": ("The lengths are right, but they stand in the wrong order.", ""),
    "axes-misnamed": ("The lengths are right, but an axis is called by the wrong name.", ""),
    "one-length-wrong": (
        "All lengths but one are right: look again at axis {axis}.",
        "One length is wrong: axis {axis} is given as {found}.",
    ),
    "lengths-off-alike": (
        "Two lengths are off by the same amount: look again at what happens at the borders.",
        "Two lengths are off by {by} each.",
    ),
    "lengths-alike": ("Two lengths are wrong in the same way; all others are right.", ""),
    "axis-missing": (
        "An axis is missing: this array has more axes than you give.",
        "Missing: {axis}.",
    ),
    "axis-too-many": ("There is an axis too many: {found} does not belong here.", ""),
    "shape-differs": (
        "This is not the shape: look again at how many axes there are and how long each is.",
        "The shape differs in more than one way; lengths given: {found}.",
    ),
    # Arrays, positions, limits, sets.
    "transposed": ("Row and column are exchanged.", ""),
    "array-size-differs": ("{found} is not the size of what is asked for.", "The size differs: {found}."),
    "one-entry-wrong": ("All entries but one are right: look again at position {where}, counted from 0.", ""),
    "entries-differ": (
        "Some entries are not right: look at position {where}, counted from 0.",
        "Entries that differ: {count}, first at {where}.",
    ),
    "counts-from-one": ("This counts from 1; indices start at 0 here.", "Consistently counted from 1."),
    "outside-the-array": ("There is no such position: it lies outside the array.", "Outside the array."),
    "position-differs": (
        "The value asked for does not stand at this position.",
        "Not one of the right positions.",
    ),
    "positions-missing": ("These positions are right, but there are more.", "Positions not named: {count}."),
    "some-positions-wrong": ("Some positions are right, but not all: look again at {wrong}.", ""),
    "limits-missing": ("No limits are given for {names}.", ""),
    "limits-wrong": ("The limits of {names} are not right.", ""),
    "set-differs": ("None of these elements belongs to the set asked for.", ""),
    "set-incomplete": (
        "Elements are missing from this set.",
        "Elements missing: {count}; elements too many: {extra}.",
    ),
    "set-too-large": ("Some elements do not belong here: {extra}.", ""),
    # Properties of vectors and matrices.
    **PROPERTY_ROWS,
    **OF_FORMULAS,
    # Choices and prose.
    "choice-differs": ("This is not the right choice.", ""),
    "choices-incomplete": ("Some of the choices are right, but they are not all, or some are too many.", ""),
    "idea-missing": ("A key idea is missing: say more about why.", "Key ideas missing: {count}."),
}

Quote = Callable[[str], str]

# Facts that are words of ours. All others may be the student's notation, which is set apart.
_WORDS = frozenset({"what", "message", "count", "by", "line", "axis", "form", "times", "total"} | OUR_FACTS)
_PLACEHOLDER = re.compile(r"\{(\w+)\}")
_SEPARATORS = re.compile(r"[\W_]+")


@lru_cache(maxsize=2000)
def explain(reason: Reason, audience: Audience = "student", quote: Quote = str, plain: Quote | None = None) -> str:
    """The sentence for a reason. `quote` is applied to every fact that may hold the student's own words,
    `plain` to the others; it is `quote` unless given.

    The instructor's own sentence for a declared mistake is returned as it stands.
    """
    return reason.say or _sentence(reason.id, dict(reason.facts), audience, quote, plain or quote)


def describe(note: Note, audience: Audience = "student", quote: Quote = str, plain: Quote | None = None) -> str:
    """The sentence for a note, after the place it is about if the facts name a file, line or question."""
    facts = dict(note.facts)
    place = quote(facts["file"]) if facts.get("file") else ""
    if place and facts.get("cell"):
        place = f"{place}, {facts['cell']}"
    if place and facts.get("line"):
        place = f"{place}, line {facts['line']}"
    elif not place and facts.get("question"):
        place = f"Question {quote(facts['question'])}"
    sentence = _sentence(note.id, facts, audience, quote, plain or quote)
    return (f"{place}: " if place else "") + sentence


def placeholders(template: str) -> frozenset[str]:
    """The facts that a wording needs."""
    return frozenset(_PLACEHOLDER.findall(template))


def _sentence(id: str, facts: dict[str, str], audience: Audience, quote: Quote, plain: Quote) -> str:
    student, instructor = SENTENCES.get(id, ("", ""))
    template = (instructor or student) if audience == "instructor" else student
    if not template or not placeholders(template) <= facts.keys():
        return f"Remark: {_SEPARATORS.sub(' ', id).strip()}."
    return _PLACEHOLDER.sub(lambda match: (plain if match[1] in _WORDS else quote)(facts[match[1]]), template)
