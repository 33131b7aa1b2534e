"""Which of several claims is the answer: what is boxed, concluded or last, and what is only explanation."""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import lru_cache
from itertools import pairwise
from typing import Any

from grader.kinds._modifiers import OPERATES, change_before, change_behind
from grader.model.expressions import Call, Expr, Group, Name, Op, Reduce, Relation, names_in
from grader.model.patterns import later
from grader.model.records import NamedTuple
from grader.notation.reading import Claim, Reading

# Words directly before a claim, and what they say about it. The last few words count.
_CUES: tuple[tuple[re.Pattern[str], int], ...] = (
    (later(r"\b(final(ly)?|overall)\b[^.\n]*$", holds=("final", "overall")), 8),
    (later(r"\b(exactly|exact value)[ :a-z]{0,12}$", holds=("exact",)), 34),  # about 5.1 million (exactly 5133600)
    (
        later(
            r"\b(answer|result|solution|ans)\b[ :\n.]*(is|are|=|will be|would be)?[ :\n]*$",
            holds=("result", "solution", "ans"),
        ),
        8,
    ),
    (
        later(
            r"(\b(total|totally|altogether|together|combined|in all|in sum|insgesamt)\b|\ball(?= *:)"
            r"|一共|总共|共计|共)[ a-z,:]*$",
            holds=("total", "together", "combined", "in sum", "insgesamt", "all", "共"),
        ),
        14,
    ),
    (
        later(
            r"(\b(so|i\.? ?e\.?|therefore|thus|hence|gives?|"
            r"giving|get|obtain|yields?|mak(es|ing)|leav(es|ing))|[-=]>)[ a-z,:]*$",
            holds=("so", "i", "therefore", "thus", "hence", "get", "mak", "leav", ">"),
        ),
        12,
    ),
    (
        later(
            r"\b(is|are|be|becomes?|equals?|has|have|should be|there are|there is)[ :a-z]{0,24}$",
            holds=("is", "are", "be", "equal", "has", "have"),
        ),
        4,
    ),
    (
        later(
            r"(\b(rows?|column|col|index|position|at|along|line|question|part|problem|step|section|equation|zeile|spalte|ligne"
            r"|colonne|fila|columna)|第|行|列)[ :]*$",
            holds=(
                "row col index position at along line question part problem step section zeile spalte ligne fila"
                " 第 行 列"
            ).split(),
        ),
        -12,
    ),
    (
        later(
            r"\b(roughly|about|approx\w*|around|circa|rund|etwa)[ :]*$",
            holds=("roughly", "about", "approx", "around", "circa", "rund", "etwa"),
        ),
        -14,
    ),
    (later(r"\b(only|just|not)[ :]*$", holds=("only", "just", "not")), -12),
    (later(r"\bthe$"), -12),  # so the 10 has to go
    (later(r"\bequals?[ :]*$", holds=("equal",)), 8),  # 46 x 62 pixels, times 20 channels, ..., equals 5133600
    (later(r"\b(forgot(ten)?|overlooked|left out)\b[^.\n]*$", holds=("forgot", "overlooked", "left out")), -14),
    (later(r"\b(to be exact|exactly|precisely)[ :]*$", holds=("to be exact", "exactly", "precisely")), 10),
    (
        later(
            r"\b(without|otherwise|(in|for) comparison|compared (to|with)|dense"
            r"|would (be|have|need|take|cost|stay|remain|become|give|get|come))\b"
            r"[^.\n]*$",
            holds=("without", "otherwise", " comparison", "compared ", "would ", "dense"),
        ),
        -16,
    ),
    (
        later(
            r"\b(check|verify|verification|test|proof|probe)\b[^.\n]*$",
            holds=("check", "verify", "verification", "test", "proof", "probe"),
        ),
        -12,
    ),
    (
        later(
            r"\b(stride|kernel|(?<!of )size|padding|filter|batch)( of| =| is)?[ :]*$",
            holds=("stride", "kernel", "size", "padding", "filter", "batch"),
        ),
        -4,
    ),
)


_EXPLAINS = re.compile(r"\b(of which|compare|since|because|as|where|with|using|while|from|instead of|not)[ a-z]{0,20}$")
_FOR_EACH = re.compile(
    r"\b(each|every|per)(?! the \w+ (is|are|has)\b)[ a-z]{0,20}$|\bfor (one|a single)\b[ a-z]{0,20}:?$"
)
_RESULTS, TOTAL = frozenset(["total", "totals", "sum", "altogether", "result", "answer"]), 14
_STATED = 12
_LESS = 8  # for words that say why, or count for one of several


class Candidate(NamedTuple):
    """A claim with what it says (`value`) and how much speaks for it."""

    claim: Claim
    value: Any
    rank: int = 0


def _cued(clause: str) -> int:
    """How much the words before a claim speak for it."""
    before = _BOTH_ASKED.sub("", clause).strip(" ,;\n")
    explains = _EXPLAINS.search(before) or (not clause.endswith((",", ";")) and _FOR_EACH.search(before))
    score = -_LESS if explains else 0  # but "and one bias each, 20 * 91 = 1820"
    return score + sum([weight for pattern, weight in _CUES if pattern.search(before)])


_BOTH_ASKED = later(  # "Largest value and one position: 6 at (1, 3)": the value comes first
    r"\b(?:value|maximum|minimum|max|min|largest|smallest)\b[^.\n\d]{0,30}\band (?:(?:one|an?|its|the|any|some) ){0,2}"
    r"(?:positions?|index|place|location)\W{0,4}\Z",
    re.I,
)
_SHORT = 200  # characters of words that are remembered: "the shape is" and the like stand before many claims
_cued_short = lru_cache(maxsize=1000)(_cued)


def rank(claim: Claim, labels: Sequence[str] = ()) -> int:
    """How much speaks for a claim being the answer."""
    score = 100 if claim.boxed else 0
    score -= 20 if claim.aside else 0
    clause = claim.before.rsplit(".", 1)[-1].rstrip(" \n")  # the sentence it stands in
    score += _cued_short(clause) if len(clause) <= _SHORT else _cued(clause)
    if isinstance(claim.expr, Relation):
        first = claim.expr.operands[0]
        if first is None and claim.expr.ops == ("=",):
            return score + _STATED  # "57040 outputs x 90 multiplications each = 5133600"
        if isinstance(first, Name) and first.name.lower() in _RESULTS:
            return score + 5 + TOTAL
        if isinstance(first, Name) and len(claim.expr.operands) == 2 and first.name.lower() not in labels:
            listed = isinstance(claim.expr.operands[1], Group)
            score -= 0 if listed else 3  # "at i = 1": the name says that it is something else; y = [1, 3] does not
        elif isinstance(first, Call | Reduce) and len(claim.expr.operands) == 2:
            score -= 3  # \\sum_i x_i y_i = 29, norm(A) = 7
        else:
            score += 5
    return score


_POINTS = later(r"\b(above|below)[ .:]*\n\s*$", holds=("above", "below"))  # "the shape is printed below"
_NEAR = 60  # characters before a claim that may change it


_LIMIT = later(r"(?:upper|lower) (?:bound|limit)")
_BOTH_LIMITS = later(
    r"\blower (?:bound|limit)\b.*\bupper (?:bound|limit)\b|\bupper (?:bound|limit)\b.*\blower (?:bound|limit)\b", re.S
)


_RUNS = later(r"\b(?:goes|go|runs?|ranges?|counts?|iterates?|loops?) over\b", holds=("over",))


def changed_by(claim: Claim, reading: Reading) -> str:
    """The words beside a claim that make it say something else ("not 6", "6 squared"); "" if there are none."""
    before = change_before(_POINTS.sub("", claim.before[-_NEAR:]).replace("\n", " "))
    following = next((other for other in reading.claims if other.place > claim.place), None)
    after = change_behind(following.before if following is not None else reading.after)
    if before and _LIMIT.match(before.group()) and _BOTH_LIMITS.search(reading.words):
        before = None  # "lower limit: 51.02, upper limit: 52.98"
    operated = OPERATES.search(following.before) if following is not None else None
    if (
        after
        and after.group().strip() == "for each"
        and _is_shape(claim.expr)
        and _OF_BOTH.search(following.before if following is not None else reading.after)
    ):
        after = None  # "(B, N, C) for each of the two"
    if after and after.group().strip(" ,(") in ("when", "if") and following is not None and is_place(following.expr):
        after = None  # "6 when i = 1 and j = 3"
    earlier = [other for other in reading.claims if other.place < claim.place and other.sentence == claim.sentence]
    if after and following is None and _ADDS_APART.fullmatch(reading.after):
        after = None
    runs = earlier and (isinstance(earlier[-1].expr, Name) or _RUNS.search(reading.words))
    if before and before.group().strip() == "over" and runs:
        before = None  # n goes over 10 channels, m over 20
    if before and earlier and before.group().strip() in ("down to", "up to") and _ends_at(earlier[-1], claim):
        before = None
    found = before or after or operated
    if found is None and earlier and claim.before.strip() in ("to", "through", "until"):  # 5 to 6
        return "" if _goes_to(earlier[-1], claim) or _ends_at(earlier[-1], claim) else claim.before.strip()
    numbered = bool(earlier) and not isinstance(earlier[-1].expr, Name)  # Z:(46, 62, 20)
    if numbered and claim.before.strip() == ":" and claim.place[0] - earlier[-1].place[1] == 1:  # 3:8
        return ":"
    return found.group().strip() if found else ""


_INDICES = frozenset(["i", "j", "k", "row", "col", "column"])


def is_place(expr: Expr | None) -> bool:
    """Whether it says where something stands: `i = 1`."""
    name = expr.operands[0] if isinstance(expr, Relation) and expr.ops == ("=",) else None
    return isinstance(name, Name) and name.name in _INDICES


def without_places(claims: Sequence[Claim]) -> Sequence[Claim]:
    """Without `i = 2, j = 3` beside a number: together they say where it stands."""
    named = [claim.expr.operands[0] if isinstance(claim.expr, Relation) else None for claim in claims]
    names = [one.name if isinstance(one, Name) else "" for one in named]
    if not any(set(pair) <= set(names) for pair in _PAIRS):
        return claims
    return [claim for claim, name in zip(claims, names, strict=True) if name not in _COORDINATES] or claims


_PAIRS = (("i", "j"), ("row", "col"), ("row", "column"))
_COORDINATES = frozenset(name for pair in _PAIRS for name in pair)


def _is_shape(expr: Expr | None) -> bool:
    """A list, or a product of lengths that are not all numbers."""
    return isinstance(expr, Group) or (isinstance(expr, Op) and expr.op in ("mul", "cross") and bool(names_in(expr)))


_OF_BOTH = later(r"^[\s,]*for each( (one )?of (the two|them|these|both)\b|\W*$)")


# behind a number of multiplications: "..., and the additions come on top"
_ADDS_APART = later(
    r"[\s,.;(]*(?:and |but )?(?:the |its )?additions (?:come|are|go|count) "
    r"(?:on top|extra|separate(?:ly)?|apart|in addition)(?: of (?:that|this|it|them|these))?[\s.)]*",
    re.IGNORECASE,
    holds=("additions",),
)


def _goes_to(earlier: Claim, claim: Claim) -> bool:
    """ "The shape goes from (B, N, C) to (B, M, C)": it ends there."""
    lists = isinstance(earlier.expr, Group) and isinstance(claim.expr, Group)
    return lists and _FROM_SHAPE.search(earlier.before) is not None


def _ends_at(earlier: Claim, claim: Claim) -> bool:
    """ "The tone folds from 5.2 kHz down to 2.8 kHz": it ends there; a range from one to the other does not."""
    return claim.before.strip() in ("to", "down to", "up to") and _MOVES_FROM.search(earlier.before) is not None


_MOVES_FROM = later(
    r"\b(fold(s|ed)?|alias(es|ed)|goes|moved?s?|drop(s|ped)?|falls?|fell|shift(s|ed)?|maps|mapped|change[sd]?|rises?|rose"
    r"|(de|in)crease[sd]?|reduce[sd]?|lower(s|ed)|raise[sd]|grows?|shrinks?)\b[^.;]{0,80}\bfrom\s*$",
    holds=("from",),
)


_FROM_SHAPE = later(r"\b(shapes?|sizes?|dimensions?)( \w+){0,4} from\s*$")


def operated(claim: Claim, reading: Reading) -> str:
    """The word of arithmetic between a claim and the one before it: "three times 120"; "" if none stands there."""
    found = None if isinstance(claim.expr, Relation) else OPERATES.match(claim.before)
    earlier = found and any(one.place < claim.place and one.sentence == claim.sentence for one in reading.claims)
    if found and found.group().strip() == "over" and _RUNS.search(reading.words):
        return ""  # n runs over 10 channels, m over 20
    return found.group().strip() if found and earlier else ""


_HESITATES = later(
    r"\b(or|maybe|perhaps|possibly|alternatively|wait|actually|sorry|rather|correction"
    r"|no(?! ?\. ?[,;)]| (?:sums?|ind(?:ex|ices)|shift|factor|bias|padding|flip|need|other|further|more)\b))\b"
    r"|\bif\b.*\b(then|means?|meant)\b",
    re.IGNORECASE,
    holds=("or", "maybe", "perhaps", "possibly", "alternatively", "no", "wait", "actually", "rather", "then", "mean"),
)


def hesitates(claims: Sequence[Claim], reading: Reading) -> bool:
    """Whether words such as "or", "no, wait" stand between claims of one kind: two answers left standing."""
    if len(claims) < 2:
        return False
    places = sorted(claim.place for claim in claims)
    between = [c.before for c in reading.claims if places[0][0] < c.place[0] <= places[-1][0]]
    return any(_HESITATES.search(words) for words in (*between, " ".join(between)))


_CORRECTS = later(
    r"\n\W*(no|wait|sorry|correction|oops|actually)\b[^\n]*:\s*$|\n\W*correction\b[^\n]*,\s*$",
    holds=("no", "wait", "sorry", "correction", "oops", "actually"),
)


def corrects(claim: Claim) -> bool:
    """Whether a line of words before a claim says that it replaces what stands above: "wait, also over the batch:"."""
    return _CORRECTS.search(claim.before) is not None


_WORDED = re.compile(r"[a-z]{3}")


def touches(claim: Claim, reading: Reading) -> Claim | None:
    """A claim directly beside another, with not even a comma between: together they say something else."""
    for left, right in pairwise(reading.claims):
        beside = "\n" not in right.before and not right.before.strip(" |*") and left.block == right.block
        remarked = left.aside and not right.aside and _WORDED.search(left.before)  # "(with stride 1) [1, 3, 0, 1]"
        if claim in (left, right) and beside and not remarked:
            return right if left is claim else left
    return None


def choose(candidates: Sequence[Candidate]) -> tuple[Candidate | None, tuple[Candidate, ...]]:
    """The best candidate, and rivals of (nearly) the same rank that say something else.

    Of equals, the last counts: an answer ends with its result. A rival is one that no cue sets apart.
    """
    if not candidates:
        return None, ()
    best = max(range(len(candidates)), key=lambda k: (candidates[k].rank, k))
    chosen = candidates[best]
    rivals = tuple(c for c in candidates if c is not chosen and c.rank >= chosen.rank - 2)
    return chosen, rivals
