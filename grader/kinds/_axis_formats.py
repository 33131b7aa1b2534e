"""Orders of axes by their usual names, "NCHW", "channels last", beside a shape that has another one."""

from __future__ import annotations

from collections.abc import Sequence

from grader.model.patterns import later

_FORMAT = later(r"\b[nb][ctdhw]{2,4}\b")
_LAST = later(r"\bchannels?[- ]last\b", holds=("last",))
_FIRST = later(r"\bchannels?[- ]first\b", holds=("first",))
_CHANNELS = ("channel", "colour", "color", "rgb")


def contradicts_format(
    words: Sequence[Sequence[str]], found: Sequence[object], wanted: Sequence[object], text: str
) -> bool:
    """Whether a text in small letters names an order in which the channels stand elsewhere than in the shape `found`.

    `words` are those of each axis of the reference, `wanted` its lengths.
    """
    own = [length for names, length in zip(words, wanted, strict=False) if any(name in _CHANNELS for name in names)]
    if len(own) != 1 or list(found).count(own[0]) != 1:
        return False
    at, count = list(found).index(own[0]), len(found)
    named = [one[0] for one in _FORMAT.finditer(text) if len(one[0]) == count and one[0].count("c") == 1]
    if any(name.index("c") != at for name in named):
        return True
    return (_LAST.search(text) is not None and at != count - 1) or (_FIRST.search(text) is not None and at > 1)
