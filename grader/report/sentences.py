"""The one table from reasons and notes to sentences, for students and for instructors.

To add a row: `"id": ("what the student reads", "what the instructor reads"),`. A name in braces is replaced
by the fact of that name. The student's wording must not use the fact `expected`. An empty second wording
means that both read the same.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import Literal

from grader.model.documents import Note
from grader.model.results import Reason, Status

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
    "blank": ("No answer was found for this question.", ""),
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
        "Some characters of the file could not be read and were replaced.",
        "The file is not UTF-8.",
    ),
    "unreadable-file": ("The file could not be opened.", ""),
    "nested-too-deep": ("Lists or quotes are nested too deeply to be read.", ""),
    "unclosed-math": ("A formula is opened and never closed.", ""),
    "unclosed-fence": ("A code block is opened and never closed.", ""),
    "hidden-text": ("Text that is not visible on the page was ignored.", ""),
    # How the answers were found.
    "question-repeated": ("The words of the question itself were left out.", ""),
    "struck-out": ("Words that were struck out do not count.", ""),
    "answered-twice": ("There are two different answers to this question.", ""),
    "corrected": ("What is marked as a correction counts, not what it replaces.", ""),
    "unknown-question": ("The label {label} is not a question of this sheet.", ""),
    "unassigned": ("Some words stand under a problem, but under none of its parts.", ""),
    "no-question-found": ("No question of this sheet was found in the hand-in.", ""),
    "addresses-the-grader": (
        "A sentence speaks to the grader; it is worth nothing and takes nothing away.",
        "",
    ),
    # Numbers.
    "unreadable": ("This could not be read as {what}: {message}.", ""),
    "no-answer-found": ("There should be {what} here, but none was found.", ""),
    "several-answers": ("There is more than one answer here, so a person will decide.", ""),
    "arithmetic-slip": ("The set-up is right, but {found} is not what it comes to.", ""),
    "factor-missing": ("A factor is missing.", "The factor {factor} is missing."),
    "number-differs": ("{found} is not right.", ""),
}

_PLACEHOLDER = re.compile(r"\{(\w+)\}")
_SEPARATORS = re.compile(r"[\W_]+")


def explain(reason: Reason, audience: Audience = "student", quote: Callable[[str], str] = str) -> str:
    """The sentence for a reason. `quote` is applied to every fact, which may hold the student's own words.

    The instructor's own sentence for a declared mistake is returned as it stands.
    """
    return reason.say or _sentence(reason.id, dict(reason.facts), audience, quote)


def describe(note: Note, audience: Audience = "student", quote: Callable[[str], str] = str) -> str:
    """The sentence for a note, after the place it is about if the facts name a file, line or question."""
    facts = dict(note.facts)
    place = quote(facts["file"]) if facts.get("file") else ""
    if place and facts.get("line"):
        place = f"{place}, line {facts['line']}"
    elif not place and facts.get("question"):
        place = f"Question {quote(facts['question'])}"
    return (f"{place}: " if place else "") + _sentence(note.id, facts, audience, quote)


def placeholders(template: str) -> frozenset[str]:
    """The facts that a wording needs."""
    return frozenset(_PLACEHOLDER.findall(template))


def _sentence(id: str, facts: dict[str, str], audience: Audience, quote: Callable[[str], str]) -> str:
    student, instructor = SENTENCES.get(id, ("", ""))
    template = (instructor or student) if audience == "instructor" else student
    if not template or not placeholders(template) <= facts.keys():
        return f"Remark: {_SEPARATORS.sub(' ', id).strip()}."
    return _PLACEHOLDER.sub(lambda match: quote(facts[match[1]]), template)
