"""What an answer says of a right shape to make it another one: "with height 48", `(N, W, H, C) = ...`, "X is 5x4"."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import TYPE_CHECKING

from grader.kinds._axes_said import axis_of
from grader.kinds._shapes_given import shape_of
from grader.kinds.kind import View
from grader.model.expressions import Name, names_in
from grader.model.patterns import later
from grader.model.results import Finding
from grader.notation.reading import Claim, Reading

if TYPE_CHECKING:
    from grader.kinds._near_shapes import Expected

_IS = r"[ \t]*(?:is|are|was|being|of|=|:)?[ \t]*(?:the |of )?"
_NAMED = later(  # height 48, rows = 48
    rf"\b(?=[a-z])(?<!\d )(?<!\\)(?!times\b)([a-z]{{3,}}+){_IS}(\d+)\b(?![ \t]*(?:[a-z]{{2,}}|[x×·*\\=+−–-]|,\s*\d))"
)
_NUMBERED = later(  # 64 being the width
    r"\b(?=\d)(?<!axis )(?<!axes )(?<!dim )(?<!dimension )(?<!index )(?<![x×] )(?<!by )(?<!times )"
    r"(\d+) (?:is|are|being|for) (?:the |of )?(?:number of )?([a-z]{3,})(?! size)"
)
_TWO_NAMED = later(r"\band (\d+) (?:the )(?:number of )?([a-z]{3,})", holds=("and ",))  # ... and 2400 the channels
_NAME = r"([^\W\d_][^\W\d_ ]{2,}(?: [^\W\d_]{3,}){0,2})"
_NAME_AND_LENGTH = later(rf"{_NAME} ?\((\d+)\)")  # channels (40)
_LENGTH_AND_NAME = later(
    rf"(?<![\w.,(])(\d+) ?(?:\({_NAME}\)|(?:[–—=:→]|->|-(?= )) ?(?:the )?{_NAME})"
)  # 40 (channels), 40 = channels
_LISTED_BEFORE = later(r"(?:[x×*·\d({\[]|\\times|\btimes|\bby|\d\s*,)[\s$]*\Z")
_TUPLES = later(r"[(\[]\s*([A-Za-z]\w*(?:\s*,\s*[A-Za-z]\w*)+)\s*[)\]]\s*=\s*[(\[]\s*(\d+(?:\s*,\s*\d+)+)\s*[)\]]")
_LETTERS = {  # usual letters of axes, and words of which one is among those of the rubric's axis
    "n": ("image", "picture", "sample", "batch", "example", "recording", "video"),
    "b": ("image", "picture", "sample", "batch", "example", "recording", "video"),
    "h": ("height", "row", "vertical"),
    "w": ("width", "column", "horizontal"),
    "c": ("channel", "colour", "color", "rgb"),
    "t": ("time", "frame", "sample"),
}
_LIST = r"[(\[]\s*\d+(?:\s*,\s*\d+)+\s*,?\s*[)\]]\)?"
_LISTS = later(_LIST)
_CASES = later(
    rf"{_LIST}\s*,?\s*(?:if|when|unless|otherwise)\b|\b(?:else|otherwise)\W*(?:[a-z.]*\W?)?{_LIST}"
    rf"|{_LIST}\s*,?\s*(?:before|after|for)\b[^\n]{{0,40}}?{_LIST}\s*,?\s*(?:before|after|for)\b",
    re.IGNORECASE,
)
_CONCLUDES = later(r"\b(?:so|thus|hence|therefore|result|final|overall)\b", re.IGNORECASE)
_DENIED = later(
    r"\A\W*(?:wrong|incorrect|false)\b|\b(?:is|are) (?:wrong|incorrect)\b|\b[A-Z] is (?:smaller|larger)\W*\Z",
    holds=("wrong", "incorrect", "false", " is "),
)
_SHAPE_OF = later(r"\b(?:shape|size|dimensions?) of\s*\Z")
_IS_SHAPE = later(r"\s*(?:is|has|has (?:the )?(?:shape|size)|is of (?:shape|size))[\s:]*")
_NEAR = 120  # characters behind a shape


def said_otherwise(expected: Expected, finding: Finding, view: View) -> str:
    """The words that contradict a right shape or leave it for one of several cases; "" if there are none."""
    text = view.answer.text
    stop = view.base + finding.spans[-1][1]
    end = view.base + max((block.span.stop for block in view.answer.blocks), default=0)
    behind = view.answer.document.text[stop : min(end, stop + _NEAR)]
    found = _DENIED.search(behind)
    return (
        (found[0].strip(" -–,(") if found is not None else "")
        or _concluded_otherwise(expected, behind)
        or _index_ranges(expected, text)
        or _other_length(expected, text)
        or _one_of_cases(text)
        or _of_given(expected, finding, view)
    )


_PRODUCT = r"\d+(?:\s*(?:\\times|[x×·*]|by)\s*\d+)+"
_CONCLUDED = later(  # a capital letter between them names another array
    rf"(?i:\bi\.\s?e\.|\bthat is\b|\bso\b|\bhence\b|\bthus\b|\btherefore\b|\bthen\b|\bor\b|\bfinally\b|->|→|⇒"
    rf"|\\(?:Rightarrow|to)\b)[^.;\n\d(\[A-Z]{{0,30}}(?P<list>{_LIST}|{_PRODUCT})"
)


def _concluded_otherwise(expected: Expected, behind: str) -> str:
    """What an answer comes to behind a right shape and is another one: "(32, 10*30, 3), i.e. (32, 10, 30, 3)"."""
    lengths = [length[0] for length in expected.lengths]
    for found in _CONCLUDED.finditer(behind):
        numbers = [int(one) for one in re.findall(r"\d+", found["list"])]
        same = sorted(numbers) == sorted(lengths) if expected.any_order else numbers == lengths
        if not same and all(isinstance(length, int) for length in lengths):
            return found[0].strip()
    return ""


_RANGE = later(
    r"\b(?P<index>[ijxy])\b[^.;\n\d=]{0,16}(?:=|\bfrom\b|\bin\b)\s*\$?(?P<low>[01])\s*(?:,?\s*(?:\.\.+|…|\\[lc]?dots)\s*,?|\s*to\s*|\s*[-–]\s*)"
    r"\$?(?P<high>\d+)\b",
)


def _index_ranges(expected: Expected, text: str) -> str:
    """Ranges of i and j that are none of the lengths: "i from 0 to 5 and j from 0 to 4, so 5 x 4"."""
    lengths = [length[0] for length in expected.lengths]
    found = {one["index"]: one for one in _RANGE.finditer(text.casefold())}
    if expected.any_order or len(lengths) != 2 or not {"i", "j"} <= found.keys():
        return ""
    counts = [int(found[index]["high"]) - int(found[index]["low"]) + 1 for index in "ij"]
    return "" if counts == lengths else f"{found['i'][0]}, {found['j'][0]}"


def _other_length(expected: Expected, text: str) -> str:
    """An axis that words give the length of another one."""
    lengths = [length[0] for length in expected.lengths]
    for words, count, axis in _pairs(expected, text):
        if axis is not None and axis < len(lengths) and lengths[axis] != count and count in lengths:
            return words
    return ""


def _pairs(expected: Expected, text: str) -> Iterator[tuple[str, int, int | None]]:
    small = text.casefold()
    for found in _NAMED.finditer(small):
        yield found[0], int(found[2]), axis_of(found[1], expected.words)
    for found in (*_NUMBERED.finditer(small), *_TWO_NAMED.finditer(small)):
        yield found[0], int(found[1]), axis_of(found[2], expected.words)
    for found in _NAME_AND_LENGTH.finditer(small):
        yield found[0], int(found[2]), axis_of(found[1], expected.words)
    for found in _LENGTH_AND_NAME.finditer(small):
        if found[3] and _LISTED_BEFORE.search(small[: found.start()]):
            continue  # 40 x 80 x 2400: recording, channel, sample
        yield found[0], int(found[1]), axis_of(found[2] or found[3], expected.words)
    for found in _TUPLES.finditer(text):
        letters, numbers = re.split(r"\s*,\s*", found[1]), re.split(r"\s*,\s*", found[2])
        for letter, number in zip(letters, numbers, strict=False) if len(letters) == len(numbers) else ():
            yield found[0], int(number), _axis_of_letter(letter.casefold(), expected)


def _axis_of_letter(letter: str, expected: Expected) -> int | None:
    """The axis that a letter or a word stands for."""
    usual = _LETTERS.get(letter, ())
    if not usual:
        return axis_of(letter, expected.words) if len(letter) > 1 else None
    hits = [axis for axis, words in enumerate(expected.words) if any(word.startswith(usual) for word in words)]
    return hits[0] if len(hits) == 1 else None


def _one_of_cases(text: str) -> str:
    """One of two shapes that words tell apart: "(64, 48, 3) for colour, (64, 48) for grey images"."""
    lists = {re.sub(r"[^\d,]", "", found[0]).strip(",") for found in _LISTS.finditer(text)}
    found = _CASES.search(text) if len(lists) > 1 and not _CONCLUDES.search(text) else None
    return found[0] if found is not None else ""


def _of_given(expected: Expected, finding: Finding, view: View) -> str:
    """The name of a given array of another shape that words give this one to: "X is 5x4"."""
    reading = view.reading(grouping=False, cross_separates=True)
    claims = view.claims(reading)
    at = next((k for k, one in enumerate(claims) if one.place[0] >= finding.spans[0][0]), 0)
    claim, last = (claims[at], claims[at - 1]) if at else (None, None)
    if claim is None or last is None or not isinstance(last.expr, Name) or last.sentence != claim.sentence:
        return ""
    if not (_IS_SHAPE.fullmatch(claim.before) or _SHAPE_OF.search(last.before)):
        return ""
    names = expected.samples[0].student_scope().names
    known = shape_of(last.expr.name, names) if last.expr.name in names else ()
    lengths = tuple(one[0] for one in expected.lengths)
    return "" if len(known) != len(lengths) or known == lengths else _words(last, claim)


def _words(last: Claim, claim: Claim) -> str:
    name = last.expr.name if isinstance(last.expr, Name) else ""
    return f"{name} {claim.before.strip()}"


_STATES = later(r"(?:(?P<letter>[a-z]) )?(?:is|has|=|:)(?: of)?(?: the)?(?: an?)?(?: size| shape)?(?: of)?")
_TAKES_BACK = later(r"\b(?:no|not|wait|actually|or|sorry|wrong|nein|nicht)\b|n['’]t\b", re.IGNORECASE)
_SO = later(r"\b(?:so|thus|hence|therefore|then|also|daher)\s*$", re.IGNORECASE)


def is_of_factor(factor: Claim, product: Claim, reading: Reading) -> bool:
    """Whether two shapes are those of a factor and of the product that it leads to: "P^T is 3x5, so P^T Q is 3x7"."""
    first, then = (_subject(claim, reading) for claim in (factor, product))
    if reading.claims[-1].place != product.place or _TAKES_BACK.search(reading.words) is not None:
        return False
    if first is None or then is None or first[0].place >= then[0].place:
        return False
    return bool(first[1]) and first[1] < then[1] and _SO.search(then[0].before.rstrip(" ,")) is not None


def _subject(claim: Claim, reading: Reading) -> tuple[Claim, frozenset[str]] | None:
    """The formula of which a shape is told, and its letters; None where no formula stands before "is"."""
    said = _STATES.fullmatch(claim.before.strip())
    at = next((at for at, one in enumerate(reading.claims) if one.place == claim.place), 0)
    named = reading.claims[at - 1] if at else None
    if said is None or named is None or named.expr is None:
        return None
    letters = {name.casefold() for name in names_in(named.expr)} | ({said["letter"]} if said["letter"] else set())
    return named, frozenset(letters)
