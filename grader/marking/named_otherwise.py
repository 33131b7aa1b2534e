"""A sentence whose subject is nothing that the question speaks of: "The error rate is 85 %", for the accuracy."""

from __future__ import annotations

import re
from functools import lru_cache

from grader.kinds.kind import View
from grader.marking.contrasts import are_synonyms
from grader.marking.cuts import clause_before
from grader.model.patterns import later
from grader.model.results import Finding
from grader.model.rubrics import Part

_REACH = 140  # characters before a value
_STEM = 5  # letters that forms of a word have in common
_SUBJECT = later(
    r"(?P<det>)\A[\s(*_-]*(?:(?:so|hence|thus|therefore|then|now|here|finally|and|also|damit)\b[\s,]*)?(?:the|its|our|die|der|das)\s+"
    r"(?P<noun>[^\W\d_][\w'’-]*(?:\s+[^\W\d_][\w'’-]*){0,7}?)\s*"
    r"(?:\$[^$]{1,20}\$\s*|\\\([^()]{1,20}\\\)\s*)?"
    r"(?:\b(?:is|are|was|were|equals?|has|have|becomes?|amounts to|comes to|ist|sind|hat"
    r"|(?:moves|loses|delivers|cuts|repeats|carries|takes|needs|costs|weighs|travels|reaches|meets|falls|rises|uses|dissipates"
    r"|consumes|stores|starts|ends|oscillates|vanishes|peaks|dissipate|take|deliver|makes)"
    r"(?: up| off| at| by| every| to)?)\b|=|:)"
    r"(?:\s+(?:spanned|located|about|approximately|roughly|thus|hence|equal to|exactly|now|given by|simply|just|also"
    r"|both|at|by|in|the|a|an|value|slope|shape|size|form|dimensions?|then|therefore))*"
    r"[\s:=≈~(\[{$*\\]*\Z"
)
_SAID_TO_BE = later(
    r"[\s$*)\]}]*(?:[^\W\d_%°]{1,3}(?:/s[²2]?)?|%|°)?[\s$]*(?:is|are)\s+(?:only |just |actually )?(?:the|a|an)\s+"
    r"(?P<noun>[^\W\d_][\w'’-]*(?:\s+[^\W\d_][\w'’-]*){0,4}?)(?=[.,;:!\n]|\s+(?:of|at|in|for|and|where|which|on|to)\b|\s*\Z)",
    holds=("is", "are"),
)
_WORD = later(r"[^\W\d_][\w'’-]*")
_VALUED = frozenset(["number", "array", "set", "shape", "positions", "equals", "formula", "gradient", "property"])
_GENERAL = frozenset(
    word[:_STEM]
    for word in "answer result value number solution total output shape size dimension quantity expression formula"
    " final sum product one count whole right correct required desired wanted asked sought following same set list"
    " vector matrix matrices array tensor function equation interval point position entry entries coordinates pair"
    " first second third last element index indices range antwort ergebnis wert lösung form anzahl other".split()
)
_PLAIN = frozenset(  # adjectives that any quantity may have
    word[:_STEM]
    for word in "correct right exact final resulting required desired actual new numerical approximate overall entire"
    " complete full simplified same given above below matrix function value values number input output data point"
    " equal general single corresponding trainable learnable total rows columns entries components coordinates".split()
)
_SORTS = frozenset(["minimum", "maximum", "saddle", "extremum", "solution", "root"])  # of points: "(1, 1) is a minimum"
_CLAUSE = frozenset(
    "each every can may must be been we which will do does exists read off get used".split()
)  # no name alone
_OF_VECTORS = frozenset("unit norma scale roots root slope inter".split())  # an eigenvector or a root all the same
_SMALL = frozenset(
    "of for in at on and or to from with by as per the a an its this that is are von der die das".split()
)


def named_otherwise(part: Part, kind: str, finding: Finding, view: View) -> str:
    """The subject of the sentence that a value ends, where none of its words is in the question's; "" otherwise."""
    if not finding.spans or not part.title or kind not in _VALUED:
        return ""
    text, start = view.answer.document.text, view.base + finding.spans[0][0]
    left, sign, _ = text[start : view.base + finding.spans[0][1]].partition("=")
    if sign and left.strip(" $\\") in (*part.labels, *part.quantities, part.name):
        return ""
    before = clause_before(view, finding, _REACH).casefold()
    found = _SUBJECT.search(before) or _SAID_TO_BE.match(text[view.base + finding.spans[0][1] :][:_REACH].casefold())
    if found is None:
        return ""
    noun = re.split(r"\band\b", found["noun"])[-1]
    if "det" not in found.groupdict() and found["noun"].split()[0] in _SORTS:
        return ""
    said = [word for word in _WORD.findall(noun) if word not in _SMALL]
    if not _CLAUSE.isdisjoint(said):
        return ""
    asked = (part.title, part.about, part.name, *part.labels, *part.quantities)
    known = _known(asked)
    if opposite := _opposite(noun, " ".join(asked).casefold()):
        return opposite
    if (ordinal := _ORDINAL.search(noun)) is not None and ordinal["which"][:_STEM] not in known:
        return found["noun"]
    plain = _GENERAL | _PLAIN | known | (_OF_VECTORS if kind == "property" else frozenset())
    unknown = [word for word in said if word[:_STEM] not in plain and len(word) >= _LEAST]
    if not unknown or any(word[:_STEM] in known for word in said):
        return found["noun"] if unknown else ""
    if all(word in unknown for word in said) and len(said) == 1 and len(said[0]) < _LEAST:
        return ""
    wanted = " ".join(asked).casefold()
    if are_synonyms(found["noun"], wanted) or any(
        not row.isdisjoint(said) and any(word in wanted for word in row) for row in _SYNONYMS
    ):
        return ""
    return found["noun"]


_OPPOSITES = tuple(
    tuple(pair.split("/"))
    for pair in "left/right upper/lower top/bottom inner/outer positive/negative inside/outside before/after".split()
)


def _opposite(said: str, asked: str) -> str:
    """The word of a name whose opposite the question has: the right support, where the left one is asked for."""
    words, wanted = set(_WORD.findall(said)), set(_WORD.findall(asked))
    for one, two in _OPPOSITES:
        for own, other in ((one, two), (two, one)):
            if own in wanted - words and other in words - wanted:
                return other
    return ""


_ORDINAL = later(
    r"\b(?P<which>second|third|half|quarter|partial|first|next)\s+(?:derivative|period|largest|smallest|minor|moment)\b",
    holds=("second", "third", "half", "quarter", "partial", "first", "next"),
)
_SYNONYMS = tuple(
    frozenset(row.split())
    for row in (
        "speed velocity",
        "length distance width displacement height",
        "time duration period",
        "chance probability likelihood posterior",
        "loss cost error",
        "average averages mean means centre centres center centers centroid centroids",
        "weights coefficients parameters",
        "zeros roots solutions eigenvalues",
        "energy work",
        "angle phase",
        "gain amplification attenuation",
        "force tension",
        "time delay",
        "count amount",
    )
)
_LEAST = 3  # letters; `z` and `dj` are names of what is computed


@lru_cache(maxsize=200)
def _known(texts: tuple[str, ...]) -> frozenset[str]:
    return frozenset(word[:_STEM] for text in texts for word in _WORD.findall(text.casefold()))
