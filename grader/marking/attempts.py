"""Tells an answer from words that say there is none."""

from __future__ import annotations

import re

from grader.model.patterns import later

_NO_ATTEMPT = later(
    r"""^\W*(
      (i\W?m\ )? (sorry\W*)? (i\ )? (really\ )?
      (do\ not | don.?t | dont | didn.?t | did\ not | could\ not | couldn.?t)
      \ (know | understand | get\ (this|it) | solve | do)
      (\ (it | (this|that)(\ (one|part|question))? | the\ answer | how(\ to.*)?
        | (what|which|where|why|how)\ [a-z\ ]+))?
    | idk | (i\ have\ )? no\ (idea|clue|answer|time)(\ (how|about|what|left)\b[\w\ ]*)?
    | (i\ )? (ran|run)\ out\ of\ time | (left\ )? (empty|blank|open) | no\ solution\ (yet|found)
    | (i\ )? (did\ not|didn.?t)\ (have|get|find)\ (the\ )? (time|to\ (this|it)(\ one)?)
    | (i\ )? (give|gave)\ up | not\ (sure|done|attempted|finished)(\ (how|about|what)\ .*)?
    | i\ (have\ not|haven.?t|did\ not|didn.?t|do\ not|don.?t)\ (understood|understand)\ (this|that|it)(\ one|\ part)?
    | unfinished | skip(ped)? | (todo | to\ do | tbd)(\W*all\W*)?
    | n/?a | none\ yet | blank | \?+ | [-–—._]+ | \.{2,}
    )\W*(sorry|yet|here|for\ this\ (one|part))?\W*$""",
    re.IGNORECASE | re.VERBOSE,
)
# What such words begin with: most answers are told apart by their first word.
_BEGINNING = re.compile(r"\W*([^\W\d_]*)(\d?)")
_BEGINNINGS = frozenset(
    "i im sorry really do don dont did didn didnt could couldn couldnt idk no ran run left empty blank open give gave"
    " not unfinished skip skipped todo to tbd n na none yet here for".split()
)
_SHORT = 80  # characters of an answer that says there is none


_PIECES = re.compile(r"[.,;!?\n]+\s*|\s*[:;]-?[)(]\s*")
_PLEADS = re.compile(r"\s*(please|pls|sorry|sry)\b[^\d$]*", re.IGNORECASE)


def gives_none(text: str) -> bool:
    """Whether the words of an answer say that there is none: "I don't know", "ran out of time", "?"."""
    if len(text) > _SHORT:
        return False
    if _is_none(text):
        return True
    pieces = [piece for piece in _PIECES.split(text) if piece.strip() and not _PLEADS.fullmatch(piece)]
    return bool(pieces) and all(map(_is_none, pieces))


def _is_none(text: str) -> bool:
    begun = _BEGINNING.match(text)
    assert begun is not None  # it can match nothing
    word, digit = begun.groups()
    if digit if not word else word.lower() not in _BEGINNINGS:
        return False
    return _NO_ATTEMPT.match(text) is not None
