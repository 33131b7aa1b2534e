"""A right list of which the words say that it went goes to a person; words about the other entries change nothing."""

from __future__ import annotations

import pytest
from homework import status


@pytest.mark.parametrize(
    "answer",
    [
        "every second element is removed, that is 1, 3, 0, 1 are removed",
        "1, 3, 0, 1 drop out",
        "[1, 3, 0, 1] are thrown away",
        "[1, 3, 0, 1] is what gets lost, the rest stays",
        "The samples 1, 3, 0 and 1 are deleted.",
        "y = x without [1, 3, 0, 1]",
        "Removed: 1, 3, 0, 1",
        "the samples 1, 3, 0, 1 are simply ignored",
        "dropping 1, 3, 0, 1 leaves y",
        "We discard $[1, 3, 0, 1]$.",
        "[1, 3, 0, 1] are the entries that are not kept",
    ],
)
def test_entries_that_went_are_for_a_person(answer: str) -> None:
    """What is taken away is not what is left, even where it looks like it."""
    assert status("5a", answer) == "review"


@pytest.mark.parametrize(
    "answer",
    [
        "y = [1, 3, 0, 1], the others are removed",
        "Every second sample is removed: y = [1, 3, 0, 1]",
        "Half of the entries are dropped, so 1, 3, 0, 1 are left",
        "[1, 3, 0, 1]. All samples between are skipped.",
        "$y = [1, 3, 0, 1]$ (the other entries are discarded)",
        "1, 3, 0, 1 are kept and the rest is thrown away",
    ],
)
def test_entries_that_went_beside_those_that_stay_change_nothing(answer: str) -> None:
    """The usual reason behind a right list leaves it right."""
    assert status("5a", answer) == "right"
