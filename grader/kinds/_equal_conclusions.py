"""The last formula of an answer, if it follows from others or says once more what the one before it says."""

from __future__ import annotations

import re

from grader.equality.answers import compare
from grader.equality.verdicts import EQUAL
from grader.kinds.kind import View
from grader.model.records import NamedTuple

_DELIMITED = ("math", "display")


class Concluded(NamedTuple):
    """A formula that an answer ends with."""

    place: tuple[int, int]
    read_as: str


def said_again(gold: str, assume: str, view: View) -> Concluded | None:
    """The last formula, if it says once more what the one before it says: "$z = 2 + 4(x-1)$, or $z = 4x - 2$"."""
    runs = [run for block in view.answer.blocks for run in block.runs]
    last = next((place for place in reversed(range(2, len(runs))) if runs[place].kind in _DELIMITED), 0)
    if not last or runs[last - 2].kind not in _DELIMITED or not _AGAIN.fullmatch(runs[last - 1].text):
        return None
    around = "".join(run.text for run in (*runs[: last - 1], *runs[last + 1 :]) if run.kind not in _DELIMITED)
    if TURNED.search(around) or any(map(str.isalnum, "".join(run.text for run in runs[last + 1 :]))):
        return None
    pair = [compare(gold, runs[place].text, assume=assume) for place in (last - 2, last)]
    place = (runs[last].span.start, runs[last].span.stop)
    return Concluded(place, pair[1].answer_as) if all(one.verdict == EQUAL for one in pair) else None


_AGAIN = re.compile(
    r"[\s,;(]*(?:or|i\.? ?e\.?|that is|which is|equivalently|in other words|simplified)"
    r"(?:,? (?:equivalently|simplified|simply|also|just|the same as))?[\s,:]*",
    re.IGNORECASE,
)


def concluded(gold: str, assume: str, view: View) -> Concluded | None:
    """The last formula, if it is right and follows from others: `$Y(1 - a) = X$, so $H = \\frac{1}{1-a}$`; or stands
    below them and has a name of its own."""
    return _following(gold, assume, view) or below_others(gold, assume, view)


def below_others(gold: str, assume: str, view: View) -> Concluded | None:
    """The right formula on a line of its own below others, which give other names their values: `a = 3/2, b = 1`, and
    then `y = 3/2 + x`."""
    blocks = [block for block in view.answer.blocks if any(run.kind in _DELIMITED for run in block.runs)]
    last = [run for run in blocks[-1].runs if run.kind in _DELIMITED] if len(blocks) > 1 else []
    around = "".join(run.text for block in view.answer.blocks for run in block.runs if run.kind not in _DELIMITED)
    if (
        len(last) != 1
        or TURNED.search(around)
        or any(run.text.strip(" .,:") for run in blocks[-1].runs if run is not last[0])
    ):
        return None
    names = [_NAMED.match(last[0].text.strip())]
    for block in blocks[:-1]:
        for run in block.runs:
            pieces = _PIECES.split(run.text) if run.kind in _DELIMITED else ()
            names += [
                _NAMED.match(piece.strip()) or _VALUED.match(piece.strip()) for piece in pieces if piece.strip(" .")
            ]
    if None in names or names[0] is None or names[0][1] in [named[1] for named in names[1:] if named is not None]:
        return None
    found = compare(gold, last[0].text, assume=assume)
    told = found.verdict == EQUAL and not is_named_otherwise(gold, last[0].text)
    return Concluded((last[0].span.start, last[0].span.stop), found.answer_as) if told else None


_PIECES = re.compile(r",(?!\\)|;|\\q?quad|\\\\")
_VALUED = re.compile(r"(\\?[A-Za-z]+'*\s*\([^()=]{1,12}\))\s*=(?!=)")  # f''(0) = -1


def _following(gold: str, assume: str, view: View) -> Concluded | None:
    runs = [run for block in view.answer.blocks for run in block.runs]
    last = next((place for place in reversed(range(1, len(runs))) if runs[place].kind in _DELIMITED), 0)
    if last > 2 and runs[last - 2].kind in _DELIMITED and _SINCE.fullmatch(runs[last].text):
        last -= 2 if _FOR.fullmatch(runs[last - 1].text) else 0  # "for $t \\ge 0$"
        runs = [*runs[: last + 1], *runs[last + 3 :]]
    if not last or any(map(str.isalnum, "".join(run.text for run in runs[last + 1 :]))):
        return None
    place = (runs[last].span.start, runs[last].span.stop)
    if not _SO.search(runs[last - 1].text) or TURNED.search(view.answer.text):
        return None
    found = compare(gold, runs[last].text, assume=assume)
    told = found.verdict == EQUAL and not is_named_otherwise(gold, runs[last].text)
    return Concluded(place, found.answer_as) if told else None


def is_named_otherwise(gold: str, text: str) -> bool:
    """Whether the reference has a name and an equation gives the value to another."""
    asked, named = _NAMED.match(gold.strip()), _NAMED.match(text[text.find("$") + 1 :].strip(" $"))
    return asked is not None and named is not None and asked[1] != named[1]


_NAMED = re.compile(r"(\\?[A-Za-z]+(?:_(?:\{\w+\}|\w))?'*)\s*(?:\(\s*[A-Za-z]\s*\))?\s*=(?!=)")


_SINCE = re.compile(r"\s*[A-Za-z]\s*(?:>=?|≥|\\geq?(?:slant)?|\\gt)\s*0\s*")
_FOR = re.compile(r"[\s,;(]*(?:for|when|where|with|if)?(?: all| every| any)?\s*")
_SO = re.compile(
    r"\b(so|hence|thus|therefore|consequently|which (gives|yields|means)|it follows|we (get|obtain)"
    r"|gives|yields)[\s,:]*(that|we (have|get|obtain))?[\s,:]*\Z",
    re.IGNORECASE,
)
TURNED = re.compile(r"\b(not?|never|but|or|wrong|instead|either|assum\w*|suppose|if)\b|n't", re.IGNORECASE)


def ends_in(gold: str, assume: str, text: str) -> tuple[int, int, str] | None:
    """Where the right statement stands that an answer comes to, between its working and what is said behind it.

    "Case 1: ... Altogether $x < -2$ or $x \\ge 1$", "$\\frac12 x^2 + C$, $C \\in \\mathbb{R}$", "$x^2$. Check: ...".
    None if words turn what is said, or if nothing stands around it.
    """
    if "," not in gold and _DECIMAL_COMMA.search(text) is not None:  # 0,5 m v^2
        found = compare(gold, _DECIMAL_COMMA.sub(".", text), assume=assume)
        if found.verdict == EQUAL:
            return (0, len(text.rstrip(" ,.")), found.answer_as)
    if (near := _APPROXIMATED.fullmatch(text)) is not None and not TURNED.search(near["left"]):
        found = compare(gold, near["right"], assume=assume)
        return (near.start("right"), near.end("right"), found.answer_as) if found.verdict == EQUAL else None
    if (told := _APART.fullmatch(text)) is not None:
        found = compare(gold, f"{told['low']} or {told['high']}", assume=assume)
        return (0, len(text.rstrip(" ,.")), found.answer_as) if found.verdict == EQUAL else None
    if (plain := _without_lead(text, assume)) is not None:
        found = compare(gold, plain[1], assume=assume)
        return (plain[0], len(text.rstrip(" ,.")), found.answer_as) if found.verdict == EQUAL else None
    check = _CHECK.search(text)
    stop = check.start() if check is not None else len(text)
    begun = [found.end() for found in _COMES_TO.finditer(text, 0, stop)]
    start = begun[-1] if begun else 0
    said = text[start:stop]
    while (remark := _DOMAIN.search(said)) is not None:
        said = said[: remark.start()]
    said = said.rstrip(" \t\n.,;")
    if len(said) == len(text.strip()) or not said or TURNED.search(text[:start] + text[stop:]):
        return None
    if TURNED.search(_ALTERNATIVE.sub(" ", said)):
        return None
    if is_named_otherwise(gold, said):
        return None
    found = compare(gold, said.strip(), assume=assume)
    return (start, start + len(said), found.answer_as) if found.verdict == EQUAL else None


_DECIMAL_COMMA = re.compile(r"(?<=\d),(?=\d)")
_APPROXIMATED = re.compile(  # \\ln(1+2x) \\approx 2x - 2x^2
    r"\s*\$?(?P<left>\\?(?:ln|log|exp|sin|cos|tan|sqrt|e\^|[a-z]+\()[^=≈$]*?)(?:\\approx(?![a-z])|≈)(?P<right>[^=≈$]+)\$?[\s.]*"
)


def _without_lead(text: str, assume: str) -> tuple[int, str] | None:
    """Intervals behind the words that they are about, "increasing on $(0, 1)$ and $(2, 3)$", and a formula before those
    of its constant, "$x^2$ (plus a constant)", each with where it begins."""
    listed = _SEVERAL.fullmatch(text)
    if listed is not None and _LEADS.fullmatch(listed["lead"]) is not None:
        return listed.start("all"), listed["all"]
    added = _CONSTANT.fullmatch(text) if "constant" in assume else None
    return None if added is None else (added.start("formula"), f"{added['formula']} + C")


_LEADS = re.compile(  # what may be said of where it holds; other words, "concave on", "except on", are another claim
    r"(?:\s*(?:it|f|the|function|solution|answer|set|is|are|so|thus|hence|therefore|strictly|monoton\w+|(?:in|de)creas\w+"
    r"|rising|falling|rises|falls|wachsend|fallend|steigend|on|for|in|auf|für|ist|und|x|both|intervals?|:|,))+\s*",
    re.IGNORECASE,
)
_RANGE = r"\$[\[\](][^$]+\$"
_SEVERAL = re.compile(
    rf"(?P<lead>[^$\n]*[A-Za-z]\s+)"
    rf"(?P<all>{_RANGE}(?:\s*(?:,|and|und|as well as)\s*(?:also )?(?:(?:on|for|in|auf) )?{_RANGE})+)[\s.]*"
)
_CONSTANT = re.compile(
    r"\s*\$?(?P<formula>[^$\n]+?)\$?,?\s*\(?\s*(?:plus|\+)\s+(?:(?:a|an|some|any|the|arbitrary|additive|integration)\s+)*const(?:ant)?"
    r"(?: of integration)?\s*\)?[\s.]*"
)
_APART = re.compile(  # "x < -1 and x > 3", which no x would meet at once
    r"\s*\$?(?P<low>(?P<letter>[a-z])\s*(?:<=?|≤|\\leq?(?![a-z]))\s*[^$<>,]{1,20}?)\$?,?\s*and\s+(?:for\s+|on\s+)?\$?"
    r"(?P<high>(?P=letter)\s*(?:>=?|≥|\\geq?(?![a-z]))\s*[^$<>,;]{1,20}?)\$?[\s.,;]*"
)
_CHECK = re.compile(r"(?:(?<=[.;!]\s)|(?<=\n))\W*(?:check|checking|verification|probe|test)\b", re.IGNORECASE)
_COMES_TO = re.compile(
    r"(?:\b(?:so|hence|thus|therefore|altogether|in total|all in all|finally|together|zusammen|insgesamt|also)\b"
    r"|\b(?:final )?(?:answer|result|solution)\b(?: is)?)[\s,:]*(?=\$)",
    re.IGNORECASE,
)
_LETTER = r"[A-Za-z](?:_\{?\w\}?)?"
_DOMAIN = re.compile(
    rf"[\s,;(]*(?:(?:with|where|for|any|all) )*\$\s*{_LETTER}(?:\s*,\s*{_LETTER})*\s*(?:\\in(?![A-Za-z])|∈)\s*"
    r"(?:\\mathbb\s*\{?\s*[RCNZQ]\s*\}?|\\R|[ℝℂℕℤ])\s*\$[\s.)]*\Z"
)
_ALTERNATIVE = re.compile(r"\$\s*or\s*\$")
