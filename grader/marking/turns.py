"""Words by which an answer turns: what stands before them may no longer be meant."""

from __future__ import annotations

import re

from grader.model.patterns import later

_WORDS = "not?|never|but|wrong|instead|rather|actually|wait|or|only|except|maybe|should|correct\\w*|oops|sorry"
TURNS = later(rf"\b(?:{_WORDS})\b|n['’]t\b", re.IGNORECASE)
ORDERS = later(
    rf"\b(?:{_WORDS}|first|then|although|unless|if)\b|n['’]t\b", re.IGNORECASE
)  # and what sets values in order
