"""The sentences for what stands beside an answer and may take it back: a part of the one table in `sentences`."""

from __future__ import annotations

OF_DOUBT: dict[str, tuple[str, str]] = {
    "condition-beside": ("This was read with the condition that stands behind it, {condition}.", ""),
    "given-put-in": ("This was compared with the given numbers in place of their letters, {letters}.", ""),
    "other-value-there": (
        "The position is a right one, but {said} is not what stands there; a person will look at it.",
        "The position is right; the value said to be there, {said}, is not.",
    ),
    "entry-differs": (
        "The list is the right one, but {said} does not agree with it; a person will look at it.",
        "The list is right; the entry named beside it, {said}, does not agree with it.",
    ),
    "adds-up": (
        "What stands here adds up to the answer, but the sum itself is not given; a person will look at it.",
        "The numbers add up to the answer, which is not written itself.",
    ),
    "may-count-from-one": (
        "This is right if all indices are counted from 1, which is not said, so a person will look at it.",
        "",
    ),
    "taken-back-elsewhere": (
        "Another place of the hand-in speaks of this answer ({words}); a person will decide whether it still counts.",
        "",
    ),
    "joint-order": (
        "One label stands above the answers to several parts, and nothing says which part each of them answers; "
        "a person will look at it.",
        "",
    ),
    "order-alone": (
        "Your hand-in has no numbers, and its order could not be confirmed; a person will match the answers.",
        "No labels; taken in order, fewer than half of the answers are right. Please match them to the questions.",
    ),
    "differs-elsewhere": (
        "This agrees with what is asked for at some lengths and values, but not at all; a person will look at it.",
        "Equal at the first samples, but not at further ones (other lengths, signs, magnitudes or equal numbers).",
    ),
    "differs-where-cases-meet": (
        "This is right except, it seems, exactly where the cases meet (such as > in the place of >=); a person looks.",
        "Equal elsewhere, but not where the cases of the reference meet, or without a value there: an edge, < for <=?",
    ),
    "right-in-one-case": (
        "This is right in one of your cases, and the question has no cases; a person will look at it.",
        "Right, but only under a condition that the reference does not have.",
    ),
    "limits-as-numbers": (
        "The limits of your sum are numbers, where the sizes on this sheet are letters; a person will look at it.",
        "Right over the whole axis, but the limits are numbers and the sizes letters; do they belong to this sheet?",
    ),
    "range-left-out": (
        "Nothing says from where to where {letter} runs, so a person will look at it.",
        "Right if {letter} runs over the whole window; the student does not say so.",
    ),
    "changed-by-words": (
        "The words {words} beside this answer change what it says; a person will read it.",
        "The words {words} stand beside what was read; please decide what is meant.",
    ),
    "may-be-the-question": (
        "These may be the words of the question and not an answer, so a person will look at them.",
        "What was read is not right, and the words may only repeat the question: a quotation, or the sheet's own.",
    ),
    "comma-unclear": (
        "The comma of {said} may be a decimal one, or set thousands apart, so a person will look at it.",
        "With a decimal comma this is right; as thousands it is not.",
    ),
    "units-in-set": (
        "Units stand behind these numbers ({units}), and the question names none; a person will look at them.",
        "Not equal as they stand; the question has no unit, and the student writes {units}.",
    ),
    "redefined": (
        "{said} says something else of a name than the question does, so a person will look at it.",
        "{said} contradicts what is given; the formula would be right with what is given.",
    ),
    "false-equation": (
        "{said} is not true, so a person will look at this answer.",
        "The answer is right, but {said}, beside it, is not.",
    ),
    "takes-back": (
        "{said} beside this answer says something else, so a person will look at it.",
        "{said} stands beside an answer that has the property; please decide what is meant.",
    ),
    "sum-in-words": (
        "A sum is spoken of in words, but not written in the formula; a person will look at it.",
        "The sum is missing in the formula, but the words speak of one.",
    ),
    "equation-unsolved": (
        "This equation was not solved for its letter, so a person will look at it.",
        "The number is that of an expression of the letter, not of the letter itself.",
    ),
    "not-evaluated": (
        "This equals the answer, but is not worked out, so a person will decide whether it is one.",
        "Equal to the answer, but as a derivative, integral, limit or series that is still to be worked out.",
    ),
    "part-named-otherwise": (
        "This value has the name of something else, so a person will decide whether it answers this part.",
        "The only value left for this part has a name that is none of its labels.",
    ),
    "order-unclear": (
        "You name the column before the row: a person will decide which place is meant.",
        "Right if row and column stand in the usual order, but the student says otherwise.",
    ),
    "axes-unknown": (
        "The lengths are right, but the names of the axes are not known here, so a person will look at their order.",
        "The lengths are right; please see whether the names of the axes stand in the same order.",
    ),
    "axes-otherwise": (
        "The lengths are right, but your words seem to name the axes in another order, so a person will look at it.",
        "The lengths are right; please see whether the words name the axes in the same order.",
    ),
    "counting-unclear": (
        "You say that you count from 1, and this sheet counts from 0: a person will decide which place is meant.",
        "Right if counted from 0, but the student says to count from 1.",
    ),
}
