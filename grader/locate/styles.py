"""All layouts in which a whole document may be labelled."""

from __future__ import annotations

from collections.abc import Collection, Mapping

from grader.locate.alphabets import ordinal_words, other_letters, repeated_letters
from grader.locate.asked import asked_letters
from grader.locate.headed_lines import headed_lines
from grader.locate.labels import Label
from grader.locate.layouts import aligned, barred, grid
from grader.locate.lettered import lettered_items
from grader.locate.listing import (
    arrowed_labels,
    capital_letters,
    checked_labels,
    numbered_lines,
    roman_labels,
    spoken_letters,
    tagged_rows,
)
from grader.locate.lone import dotted_labels, spaced_letters, stressed_labels, terse_labels
from grader.locate.printed import printed_labels
from grader.locate.run_on import run_on
from grader.locate.signed import signed_labels
from grader.model.documents import Document


def labels_of_layouts(
    document: Document, numbers: Mapping[int, Label], typed: Collection[int]
) -> dict[int, tuple[Label, ...]]:
    """Labels by block; `numbers` are those of lines that are the number of a problem and nothing else, `typed` the
    fences that hold no code.

    Unusual signs count only where they label more than the layouts that are known.
    """
    listed = {
        **lettered_items(document, numbers),
        **aligned(document),
        **spaced_letters(document, numbers, typed),
        **printed_labels(document),
        **stressed_labels(document),
        **terse_labels(document),
        **dotted_labels(document),
        **barred(document),
        **grid(document),
        **ordinal_words(document),
        **arrowed_labels(document),
        **repeated_letters(document),
        **other_letters(document),
        **numbered_lines(document),
        **spoken_letters(document),
        **checked_labels(document),
        **roman_labels(document),
        **tagged_rows(document),
        **capital_letters(document),
        **asked_letters(document),
        **run_on(document),
        **headed_lines(document),
    }
    signed = signed_labels(document)
    return {**listed, **signed} if sum(map(len, signed.values())) > sum(map(len, listed.values())) else listed
