"""Words beside a claim that change it: the words by which a row of the table is tried are in all that it finds."""

from __future__ import annotations

import re

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from grader.kinds._modifiers import change_before, change_behind, tables

ROWS = [(row, behind) for behind in (False, True) for row in tables(behind)]


@pytest.mark.parametrize(("source", "behind"), ROWS)
def test_a_row_is_tried_wherever_its_pattern_finds_something(source: str, behind: bool) -> None:
    """Looking for words first never hides what a row finds."""
    pattern = re.compile(rf"{source}(?![a-z])")
    change = change_behind if behind else change_before

    @settings(max_examples=40, deadline=None, suppress_health_check=[HealthCheck.filter_too_much, HealthCheck.too_slow])
    @given(st.from_regex(pattern))
    def found(text: str) -> None:
        assert pattern.search(text) is None or change(text) is not None

    found()


@pytest.mark.parametrize("words", ["the shape is", "which is found at", "channels :", "", " and ", "so we have ->"])
def test_words_that_only_lead_to_a_claim_change_nothing(words: str) -> None:
    """Ordinary words before a claim are no change of it."""
    assert change_before(words) is None


@pytest.mark.parametrize("words", [". the axes are image , height", ", for example at", "\n", "input channels and", ""])
def test_words_that_only_follow_a_claim_change_nothing(words: str) -> None:
    """Ordinary words behind a claim are no change of it."""
    assert change_behind(words) is None


@pytest.mark.parametrize(
    ("words", "said"), [("it is not at ", "not at"), ("dx +=", "+="), ("the log of the ", "log of the")]
)
def test_the_words_that_change_a_claim_are_told(words: str, said: str) -> None:
    """What is found is what a person would point at."""
    found = change_before(words)
    assert found is not None
    assert found.group().strip() == said
