"""The words of a verdict that are none: "true" and "false" before a noun, as in "aliases and true tones"."""

from __future__ import annotations

import re

from grader.model.patterns import later

_VERDICT_WORD = later(r"\b(?:true|false|yes|no)\b", re.IGNORECASE)
_ADJECTIVE = later(  # "as a true tone", "aliases and true tones"; but "it is a true statement" is a verdict
    r"(?<!\bis )(?<!\bare )(?<!\bwas )(?<!\bbe )(?<!\bit's )(?<!\bit’s )"
    r"\b(?:an?|the|any|every|each|some|all|of|two|its|their|other|such|between|from|with|like|than|and|or|into|for|as)"
    r"\s+(?P<one>true|false)\s+(?P<noun>[a-z]{3,})\b(?!['’])"
    r"|(?:\A|[.,;:!?\n]\s{0,3}|\b(?:so|and|because|since|as|thus|hence)\s+)(?P<many>true|false)\s+(?P<nouns>[a-z]{3,}s)\b(?!['’])",
    re.IGNORECASE,
    holds=("true", "false"),
)
_NO_NOUN = frozenset(
    "statement statements claim claims answer answers sentence proposition assertion one ones thing things conclusion"
    " option choice verdict fact story because since when unless only for and but not then here everywhere always"
    " sometimes never also too again anyway indeed enough this that these those there they you with without was were"
    " has does says means holds seems looks gives follows makes perhaps thus hence whereas although though while until"
    " under over from the are can will would should may might must see just even either neither about after before"
    " otherwise however given who what which where why how all any both some yes his hers ours its".split()
)


def without_adjectives(text: str) -> str:
    """The text without "true" and "false" before a noun, behind a word that is a verdict: "False, a true tone is"."""
    found = [hit for hit in _ADJECTIVE.finditer(text) if _is_before_noun((hit["noun"] or hit["nouns"]).lower())]
    places = [hit.span("one" if hit["one"] else "many") for hit in found]
    first = next((hit.start() for hit in _VERDICT_WORD.finditer(text) if hit.span() not in places), None)
    for low, high in places:
        if first is not None and first < low:
            text = text[:low] + " " * (high - low) + text[high:]
    return text


def _is_before_noun(word: str) -> bool:
    return word not in _NO_NOUN and not word.endswith("ly")
