"""Finds the claim in a text that is more than a formula: what is boxed, called the answer, or said last."""

from __future__ import annotations

import re

from grader.model.records import NamedTuple
from grader.notation.boxes import BOX, closing
from grader.notation.glosses import without_glosses

_CALLED = (
    "a?r?c?cos|a?r?c?sin|a?r?c?tan|exp|sqrt|log|ln|sinh|cosh|tanh|pi|alpha|beta|gamma|omega|theta|lambda|sigma|tau|mu"
)
_MATHS = re.compile(
    rf"\$\$(?P<a>.+?)\$\$|(?<!\\)\$(?!\d[\d,.]*\s+(?!(?:{_CALLED})\b)[A-Za-z]{{2}})"  # $5 per hour is a price
    r"(?P<b>[^$]+?)(?<!\\)\$|\\\((?P<c>.+?)\\\)|\\\[(?P<d>.+?)\\\]"
    r"|\\begin\{(?P<env>align|equation|gather|aligned)\*?\}(?P<e>.+?)\\end\{(?P=env)\*?\}",
    re.DOTALL,
)
_BOLD = re.compile(r"(?<![\w)\]*])\*\*(?=[^\s*])([^*\n]+)(?<=\S)\*\*(?![\w(*])")
_ANSWER = re.compile(
    r"\b(?:final\s+)?answer\b[\s*]*(?:is|are|=|:|would be|will be)?[\s:*]*|\bans\.?\s*[:=]\s*", re.IGNORECASE
)
_DOUBLED = re.compile(
    r"(?<!\\)\\\\(?=boxed|frac|left|right|text|sqrt|pi\b|begin|cdot|infty|le\b|ge\b|pm\b|mathrm|dfrac)"
)
_BETWEEN = re.compile(r"(?:[A-Za-z\s,;.$]|\\[\])(\[]|\\q?quad|\\text\s*\{[^{}]*\})*")
_NUMBER = re.compile(r"[-+−]?\d[\d,]*(?:\.\d+)?(?:\s*/\s*\d+)?(?:\s*%)?(?![xyztnkabcpqruvw](?![A-Za-z]))")
_TRAILING = re.compile(r"(?:[\s.,;:?]|(?<![a-z)])!)+$")  # but n! and (n-1)!
_ALTERNATIVES = re.compile(r"(?<=\S)\s+or\s+(?=\$?[a-z]\s*(?:[<>≤≥]|\\[lg](?:eq?|t)?(?![a-z])))")  # x < -1 or x > 4
_MOST_BOXES = 30
_MOST_SEGMENTS = 400
_VERB = re.compile(r"\b(?:is|are|equals|be)\b[\s:$]*")
_SENTENCE = re.compile(r"[.!?](?:\$\$?|\\[\])])?\s+")
_JOINING = re.compile(r"\b(?:and|or|percent|per cent|pct)\b")
_PERCENT = re.compile(r"[\s}$*]*(?:\\[)\]])?\s*(?:percent|per cent|pct)\b")
_WORD = re.compile(r"(?<![\\\w])[A-Za-z]{2,}(?!\w)")
_FORMULA = re.compile(r"[\\^_=<>(){}\[\]*+|²³⁴√·×]|[A-Za-z]\s?/|\s[−-]\s")
_ENTRY = r"\s*[-+−]?(?:\d[\d./π√]*|π|∞|oo|inf|infinity)\s*"
_LISTED = re.compile(rf"\b(?:is|are|equals)\s*(?P<list>[(\[\]]{_ENTRY}(?:,{_ENTRY})+[)\]\[])\s*\.?\s*\Z")
_LEAST_WORDS = 4
_OPENING = re.compile(r"\s*(?:there (?:are|is)|it is|we (?:get|have|need)|this (?:is|gives))\b", re.IGNORECASE)
_MOST_WORDS_AFTER = 4
_REASON = re.compile(r"(?<=[\s$,)\]])(?:because|since|denn|weil|as)\s+(?=[a-z$\\])")
_CONCLUDES = re.compile(r"\b(?:so|hence|thus|therefore|then|finally)\b")
# Words that turn a claim round, or leave it open.
_DOUBT_BEFORE = re.compile(
    r"\b(?:not?|never|none|neither|nor|wrong|incorrect|false|minus|negative|maybe|perhaps|might|could|either|or|least"
    r"|most|more|less|greater|smaller|between|unless|instead|except|without|know|first"
    r"|rather|actually|sorry|wait|correction|alternatively)\b|n't\b",
    re.IGNORECASE,
)
_DOUBT = re.compile(
    r"\b(?:not?|never|none|neither|nor|wrong|incorrect|false|minus|negative|maybe|perhaps|might|could|either|or|least|most"
    r"|more|less|greater|smaller|between|unless|instead|but|except|without|times|plus|if|for|otherwise|know|first"
    r"|rather|actually|sorry|wait|correction|alternatively|from|half|twice|double)\b|n't\b",
    re.IGNORECASE,
)
_WHERE = re.compile(r"\b(?:for|when|where|with)\b")
_SAYS_WHERE = re.compile(r"^[^=]*(?:[<>≠≤≥]|\\(?:geq?|leq?|gt|lt|neq?|in)\b)[^=]*$")
_BOUND = re.compile(r"[<>≤≥]|\\(?:le|ge|leq|geq|lt|gt)\b")
_LONGEST_BETWEEN = 60  # characters between two boxes of one list


class Stretch(NamedTuple):
    """A part of a text that may be the claim: what it says, where it begins, and why it was taken."""

    text: str
    start: int
    clue: str  # boxed, answer, maths, last number, whole text


def find_claims(text: str) -> list[Stretch]:
    """Stretches that may be the claim of a text, likeliest first; always at least one.

    Words that turn a claim round (not 12, either 11 or 12, I first got 12) leave the text as it is: unreadable.
    """
    single = _DOUBLED.sub(r"\\", text)
    if "**" in single and _WORD.search(single):
        single = _BOLD.sub(r"  \1  ", single)
    if single.startswith("**") and single.rstrip().endswith("**"):
        single = single.replace("**", "  ")
    found = [*_boxed(single)[:1], *_whole_maths(single)]
    found = found or _before_reason(single)
    if not found:
        found = [*_called_answer(single), *_explained(single), *_last_maths(single)]
    elif found[0].clue == "boxed":  # a final answer may be said after an intermediate box
        end = found[0].start + len(found[0].text)
        if _DOUBT.search(_outside_maths(single[end:])):
            found = []
        found = [said for said in _called_answer(single) if said.start > end] + found
    found = found or _told(single)
    start = len(single) - len(single.lstrip())
    if not found and (bare := without_glosses(single.rstrip())) != single.rstrip():
        found.append(Stretch(bare[start:] if bare.startswith(single[:start]) else bare, start, "unglossed"))
    found.append(Stretch(single.strip(), start, "whole text"))
    if "pct" in single or "per" in single:
        found = [_with_percent(one, single) for one in found]
    if found[0].clue == "whole text" and (number := _last_number(single)) is not None:
        found.append(number)
    return found


def _told(text: str) -> list[Stretch]:
    """What a sentence in words ends in, "The sum of the series is ln 2", "So ln 2"; nothing where words turn it."""
    found = _TOLD.fullmatch(text)
    if found is None or _DOUBT.search(found["lead"]) is not None:
        return []
    said = found["said"]
    if any(word.lower() not in _TELLING for word in _WORD.findall(found["lead"])):
        return []
    if any(word.lower() not in _NAMES for word in _WORD.findall(said)):
        return []
    return [Stretch(said, found.start("said"), "last number")]


_TOLD = re.compile(
    r"\s*(?P<lead>(?:(?:so|thus|hence|therefore|then|it is|this is|we (?:get|have|find))\b[\s,:]*)"
    r"|(?:(?:so|thus|hence|therefore|then)\s+)?(?:(?:the|its|our|my|this)\s+)?(?:[A-Za-z]{2,}\s+){1,8}?"
    r"(?:is|are|equals|equal|gives|was)\s*(?:equal to\s*)?:?\s+)"
    r"(?P<said>[^A-Za-z\s][^\n]*?|[A-Za-z]{1,4}(?![A-Za-z])[^\n]*?)[\s.]*",
    re.IGNORECASE,
)
_TELLING = frozenset(  # what is asked for may be called so; "the determinant is" may be another quantity
    "so thus hence therefore then it this we get have find the its our my is are equals equal gives was to of in for"
    " value values sum total limit series maximum minimum max min solution solutions integral derivative product"
    " function interval set expression formula general final exact".split()
)
_NAMES = frozenset(
    "ln log lg exp sin cos tan cot sec csc sinh cosh tanh arcsin arccos arctan sqrt pi or and in oo inf infinity"
    " min max abs alpha beta gamma delta theta lambda mu sigma omega phi".split()
)


def _before_reason(text: str) -> list[Stretch]:
    """The mathematics before "because ...", which says why: `$z = 2i$, because $(2i)^3 = -8i$`."""
    reason = _REASON.search(text)
    if reason is None or not _segments(text[: reason.start()]) or _DOUBT.search(_outside_maths(text)):
        return []
    if _CONCLUDES.search(text, reason.end()):
        return []
    return [*_whole_maths(text[: reason.start()]), *_last_maths(text[: reason.start()])]


def _with_percent(claim: Stretch, text: str) -> Stretch:
    """`$28$ percent`: the word behind the delimiter belongs to the number."""
    follows = claim.clue != "whole text" and claim.text.strip()[-1:].isdigit()
    if follows and _PERCENT.match(text, claim.start + len(claim.text)) is not None:
        return claim._replace(text=claim.text.rstrip() + r"\%")
    return claim


def _outside_maths(text: str) -> str:
    return "".join(text[a:b] + " " for a, b in _gaps(text, _segments(text)))


def _boxed(text: str) -> list[Stretch]:
    """What stands in boxes; several boxes one after another are one list."""
    boxes: list[tuple[int, int, int]] = []
    for opening in BOX.finditer(text):
        if not boxes or opening.start() >= boxes[-1][2]:
            boxes.append((opening.start(), opening.end(), closing(text, opening.end())))
        if len(boxes) > _MOST_BOXES:
            break
    if not boxes:
        return []
    last = [boxes[-1]]
    for box in reversed(boxes[:-1]):
        between = text[min(box[2] + 1, len(text)) : last[0][0]]
        if len(between) > _LONGEST_BETWEEN or _BETWEEN.fullmatch(between) is None or "\n\n" in between:
            break
        last.insert(0, box)
    contents = list(dict.fromkeys(text[start:stop].strip() for _, start, stop in last))
    return [
        Stretch(", ".join(contents) if len(contents) > 1 else text[last[-1][1] : last[-1][2]], last[-1][1], "boxed")
    ]


def _segments(text: str) -> list[tuple[int, int, Stretch]]:
    found: list[tuple[int, int, Stretch]] = []
    if sum(text.count(opener) for opener in ("\\(", "\\[", "\\begin", "$")) > _MOST_SEGMENTS:
        return found  # each that is never closed is looked for to the end
    for match in _MATHS.finditer(text):
        group = next(name for name in "abcde" if match[name] is not None)
        found.append((match.start(), match.end(), Stretch(match[group], match.start(group), "maths")))
    return found


def _whole_maths(text: str) -> list[Stretch]:
    """The text as mathematics alone: one piece between delimiters, or several with nothing but commas between."""
    segments = _segments(text)
    outside = "".join(text[a:b] for a, b in _gaps(text, segments))
    if len(segments) == 2 and _SAYS_WHERE.search(segments[1][2].text):
        outside = _WHERE.sub("", outside)
    if not segments or re.search(r"[A-Za-z0-9=<>\\]", _JOINING.sub("", outside)):
        return []
    if len(segments) == 1:
        return [segments[0][2]]
    both = outside.strip() == "and" and all(_BOUND.search(one.text) for _, _, one in segments)  # $x > -1$ and $x < 5$
    joined = (" and " if both else ", ").join(one.text.strip() for _, _, one in segments)
    return [Stretch(joined, segments[0][2].start, "maths")]


def _gaps(text: str, segments: list[tuple[int, int, Stretch]]) -> list[tuple[int, int]]:
    edges = [0, *(edge for start, stop, _ in segments for edge in (start, stop)), len(text)]
    return list(zip(edges[::2], edges[1::2], strict=True))


def _called_answer(text: str) -> list[Stretch]:
    """What follows "the answer is", up to the end of its sentence."""
    found = list(_ANSWER.finditer(text))
    for match in reversed(found):
        after = text[match.end() :].split("\n", maxsplit=1)[0]
        inside = _segments(after)
        if inside and inside[0][0] == 0:
            rest = re.split(r"[.;!?](?:\s|$)", after[inside[0][1] :])[0]
            if _DOUBT.search(rest) or re.search(r"[$\d\\]", rest) or len(_WORD.findall(rest)) > _MOST_WORDS_AFTER:
                return []
            return [inside[0][2]._replace(start=match.end() + inside[0][2].start, clue="answer")]
        sentence = _TRAILING.sub("", re.split(r"(?<=\D)\.\s|\.$|(?<=\d)\.\s+(?=[A-Z<])", after)[0])
        if sentence.strip() and not _DOUBT.search(_ALTERNATIVES.sub(" ", sentence)):
            said = [Stretch(sentence, match.end(), "answer")]
            verb = list(_VERB.finditer(sentence))
            if verb:  # "the final answer: the greatest number of points is 19"
                said.append(Stretch(sentence[verb[-1].end() :], match.end() + verb[-1].end(), "answer"))
            return said
    return []


_EXPLAINS = re.compile(r"[\s,;]*\b(?:where|with)\b[\s:]*")
_DEFINES = re.compile(r"\s*\\?[A-Za-z]\w*(?:_\{?\w+\}?)?\s*=[^=<>]+")
_LETTER = re.compile(r"\s*\\?[A-Za-z]\w*(?:_\{?\w+\}?)?\s*")
_MOST_WORDS_EXPLAINING = 10


def _explained(text: str) -> list[Stretch]:
    """`$npq$ where $q = 1 - p$`, `$x^2$, where $x$ is a number`: the formula that the last sentence explains."""
    segments = _segments(text)
    for place in range(1, len(segments)):
        before, after = segments[place - 1], segments[place:]
        if _EXPLAINS.fullmatch(text[before[1] : after[0][0]]) is None:
            continue
        said = "".join(text[a:b] + " " for a, b in _gaps(text, segments) if a >= before[1])
        doubtful = _DOUBT_BEFORE.search(_SENTENCE.split(text[: before[0]])[-1]) or _DOUBT.search(said)
        if doubtful or re.search(r"\d", said) or len(_WORD.findall(said)) > _MOST_WORDS_EXPLAINING:
            return []
        contents = [one.text.strip() for _, _, one in after]
        defined = [one for one in contents if _DEFINES.fullmatch(one)]
        if not all(one in defined or _LETTER.fullmatch(one) for one in contents):
            return []
        said = f" where {', '.join(defined)}" if defined else ""
        return [before[2]._replace(text=before[2].text.rstrip(" ,") + said)]
    return []


def _last_maths(text: str) -> list[Stretch]:
    """The last piece of mathematics, where the text says no number after it."""
    segments = _segments(text)
    if not segments:
        return []
    before = _SENTENCE.split(text[: segments[-1][0]])[-1]
    after = text[segments[-1][1] :]
    if (
        _DOUBT_BEFORE.search(before)
        or _DOUBT.search(after)
        or re.search(r"\d", after)
        or len(_WORD.findall(after)) > _MOST_WORDS_AFTER
    ):
        return []
    return [segments[-1][2]]


def _last_number(text: str) -> Stretch | None:
    """The only number of a last sentence in words, or the list or interval that it ends with; a formula that cannot be
    read is no such sentence."""
    start = max((end.end() for end in _SENTENCE.finditer(text.rstrip())), default=0)
    sentence = text[start:]
    listed = _LISTED.search(sentence)
    if listed is not None and len(_WORD.findall(sentence)) >= 2 and not _DOUBT.search(sentence):
        return Stretch(listed["list"], start + listed.start("list"), "last number")
    found = list(_NUMBER.finditer(sentence))
    short = len(_WORD.findall(sentence)) < _LEAST_WORDS and not _OPENING.match(sentence)
    if len(found) != 1 or short or _FORMULA.search(sentence):
        return None
    if _DOUBT.search(sentence):
        return None
    return Stretch(found[0][0], start + found[0].start(), "last number")
