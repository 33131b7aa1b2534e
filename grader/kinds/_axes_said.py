"""What is said of single axes: "axis 1 is the height", "the last is the colour", "40 channels, 80 recordings"."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from grader.kinds._axis_words import usual
from grader.model.patterns import later

_WORD = r"([^\W\d_]+(?: [^\W\d_]+)?)"
_LINK = r"\s*(?:is|are|=|:|-+>|→|for|means|represents|stands for|,)?\s*(?:the |an? )?"
_NUMBERED = later(rf"\b(?:axis|dim(?:ension)?|achse)\s*(\d){_LINK}{_WORD}")
_ORDINALS = ("first", "second", "third", "fourth", "fifth")
_ORDERED = later(
    rf"\b({'|'.join(_ORDINALS)}|last)\s+(?:(?:axis|dim(?:ension)?|one|index|entry)\b\s*)?"
    rf"(?:(?:is|are|=|:|for|means|represents|stands for)\s*(?:the |an? )?|(?<=one )(?:the |an? )){_WORD}"
)
_COUNTED = later(
    r"(?<![\w.,^-])(?<!by )(?<!x )(?<!× )(\d+) "
    r"(?!(?:and|as|by|with|of|or|to|in|at|for|per|times|is|are|the|an?|means)\b)([^\W\d_]{2,})(?: ([^\W\d_]{2,}))?"
)
_NUMBER_OF = later(
    r"(?<![\w.,^-])(\d+)(?:(?: is| are|:| =)?(?: the)? (?:number|count|amount) of (?:the )?|(?: is| are| =)? the )"
    r"([^\W\d_]{2,})(?: ([^\W\d_]{2,}))?",
    holds=("number", "count", "amount", " the "),
)
_VALUES = frozenset(["number", "numbers"])  # 3 numbers for every pixel
_MAY = ("axis", "dim", "achse", "last", *_ORDINALS)
Words = tuple[tuple[str, ...], ...]


def misnamed(words: Words, found: Sequence[object], wanted: Sequence[object], text: str) -> bool:
    """Whether the words give an axis of the shape `found` the name of one that has another length.

    `words` are those of each axis of the reference, `wanted` its lengths. Axes may be counted from 0 or from 1.
    """
    if any(word in text for word in _MAY):
        numbered = [(int(number[1]), axis_of(head_of(number[2]), words)) for number in _NUMBERED.finditer(text)]
        if numbered and all(_contradicts(numbered, base, found, wanted) for base in (0, 1)):
            return True
        if _contradicts(list(_ordinals(text, words, len(found))), 0, found, wanted):
            return True
    found_counts = (*_COUNTED.finditer(text), *_NUMBER_OF.finditer(text))
    counted = [(int(said[1]), said[2], said[3] or "") for said in found_counts if said[2] not in _VALUES]
    if any(denied(words, count, f"{head} {other}", wanted) for count, head, other in counted):
        return True
    told = [(count, _counted_axis(head, other, words)) for count, head, other in counted]
    lengths = [_length(length) for length in wanted]
    if any(axis is not None and count not in lengths for count, axis in told):
        return False  # "X has 6 rows and 5 columns, so Z is 5 x 4" is of two arrays
    right = {axis for count, axis in told if axis is not None and lengths[axis] == count}
    return any(axis is not None and axis not in right and lengths[axis] != count for count, axis in told)


def denied(words: Words, length: object, name: str, wanted: Sequence[object]) -> bool:
    """Whether a name is one that the rubric denies an axis of this length: `frames: [frame, not second]`."""
    own = [synonyms for synonyms, other in zip(words, wanted, strict=False) if _length(length) == _length(other)]
    no = [word.removeprefix("not ") for synonyms in own for word in synonyms if word.startswith("not ")]
    return bool(no) and any(re.search(rf"\b{re.escape(word)}", name) for word in no)


def _length(signature: object) -> object:
    """A length, of the values that it has for several sizes the first."""
    return signature[0] if isinstance(signature, tuple) else signature


def _ordinals(text: str, words: Words, count: int) -> Iterator[tuple[int, int | None]]:
    for said in _ORDERED.finditer(text):
        yield count - 1 if said[1] == "last" else _ORDINALS.index(said[1]), axis_of(head_of(said[2]), words)


def _contradicts(
    said: Sequence[tuple[int, int | None]], base: int, found: Sequence[object], wanted: Sequence[object]
) -> bool:
    places = [(number - base, axis) for number, axis in said if axis is not None]
    if base and any(number < 0 for number, _ in places):
        return True  # an axis 0 is not counted from 1
    return any(place >= len(found) or found[place] != wanted[axis] for place, axis in places)


def _counted_axis(word: str, head: str, words: Words) -> int | None:
    """The axis that is counted: of "1000 colour images" the last word says what, also where it is that of none."""
    axis = axis_of(head, words)
    other = axis is None and len(head) > 3 and head.endswith("s") and head not in _NO_NOUNS
    return axis if axis is not None else None if other else axis_of(word, words)


_NO_NOUNS = frozenset(["plus", "minus", "this", "thus", "less", "across", "always", "times"])


def axis_of(phrase: str, words: Words) -> int | None:
    """The one axis that a phrase names, None for none or several."""
    hits = axes_of(phrase, words)
    return next(iter(hits)) if len(hits) == 1 else None


def axes_of(phrase: str, words: Words) -> frozenset[int]:
    """The axes that a phrase names by the words of the rubric, or by such as are usual for these."""
    return _axes(phrase, words) or _axes(usual(phrase), words)


def _axes(phrase: str, words: Words) -> frozenset[int]:
    """The axes whose words stand in a phrase; single letters must stand alone: t is no "the"."""
    return frozenset(
        axis
        for axis, synonyms in enumerate(words)
        for word in synonyms
        if word and re.search(rf"\b{re.escape(word.rstrip('s'))}{'' if len(word) > 1 else chr(92) + 'b'}", phrase)
    )


_GENERAL = frozenset("axis axes dim dimension index number no count id size position achse index nummer".split())


_GOES_ON = frozenset(["and", "the", "then", "with", "of", "und"])  # axis 1 is the frame and


def head_of(name: str) -> str:
    """The word of a name that says what it is: the last of "EEG sensors", all of "frame index"."""
    last = re.split(r"[\s-]+", name.strip())[-1]
    return name if last in _GENERAL else last if last not in _GOES_ON else name.split(maxsplit=1)[0]
