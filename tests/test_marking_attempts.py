"""Words that say that there is no answer, and words that only sound like it."""

from __future__ import annotations

import pytest

from grader.marking.attempts import gives_none


@pytest.mark.parametrize(
    ("text", "none"),
    [
        *(
            (text, True)
            for text in ("I don't know", "no idea; sorry", "n/a", "...", "?", "-, -, -", "I had no more time, sorry.")
        ),
        ("sorry, no idea on this one", True),
        ("(sin respuesta)", True),
        ("Hmm, no idea what is meant here.", True),
        ("不会 (don't know)", True),
        ("$\\quad \\text{not done}$", True),
        ("…", True),
        ("Hmm, 5", False),
        ("sin x", False),
        ("I did not have enough time for b and c.", True),
        ("I did not have time to finish 4b, so 6", False),
        ("no idea, ran out of time. please give me some points for trying :)", True),
        *((text, False) for text in ("I don't know. 5", "sorry, 5", "No, it diverges.", "1, 3, 0, 1")),
        ("I don't know, please see 5", False),
    ],
)
def test_what_says_that_there_is_no_answer(text: str, none: bool) -> None:
    """Only what holds no answer at all counts as left blank."""
    assert gives_none(text) is none
