"""Words beside a claim that make it say something else: "not 6", "6 squared", "the log of 6", "6 for each"."""

from __future__ import annotations

import re
from functools import cache

from grader.model.patterns import Worded, later, stems_of, worded

_NOT = (
    r"(not|never|((isn|aren|wasn)(\W{1,3}\s?t)?|isnt|arent|wasnt)|((can|won)\W{1,3}\s?t|cant|wont|cannot) be"
    r"|((doesn|don|didn|couldn|wouldn|shouldn|hasn|hadn)\W{0,3}\s?t|dont)(?! forget)( \w+)?)"
    r"( at| in| on| be| the| it| even| quite| exactly| really| equal to| equals?)*"
)

_THAN = r"(less|fewer|more|greater|larger|bigger|smaller|lower|higher|shorter|longer) than"
_AT_MOST = (
    r"(greater|less|smaller|larger) or equal( to)?|at most|at least|up to|under|below|above|between"
    r"|(?<!goes )(?<!runs )(?<!go )(?<!run )(?<!ranges )(?<!range )over"
)
_THINK = r"(some|many|most|others?)( people| students| books)? (thinks?|says?|gets?|believes?|claims?)"
_PER = (
    r"(?!(one |an? |1 )?bias(es)? (per|for (each|every))"
    r" (out\w*|filter|kernel|feature map|map|neuron|class|channel)\b)"
    r"(\w+ ){1,2}(per (pixel|channel|image|filter|sample|output|position|element|layer|map)|without"
    r"|for (each|every)( single)?( (in|out)put| feature)? (pixel|channel|filter|output|position|element|map|kernel))\b"
)
_WITHOUT = r"without\b(?! (the |all )?(terms|summands|those|indices|positions|places) [^.\n]{0,40}\b(outside|beyond)\b)"
_ONLY = (
    r"only\b(?! (where|when|if|for|those) [^.\n]{0,40}\b(exists?|valid|defined|inside|within|in range)\b"
    r"| (where|when|if|for those) the (index|indices|positions?|pixels?|entry|entries) of\b)"
)
# Words of which one is in all that a row finds, where they are fewer than the words of the row.
_TELLING = {
    _THAN: "than",
    _AT_MOST: "equal most least up under below above between over",
    _THINK: "think thinks say says get gets believe claim",
    _PER: "per without each every",
    _WITHOUT: "without",
    _ONLY: "only",
    _NOT: "not never isn aren wasn isnt arent wasnt can won cant wont cannot"
    " doesn don didn couldn wouldn shouldn hasn hadn dont",
}

# Directly before a claim.
_BEFORE = (
    _NOT,
    r"(not|never|doesn\W{1,3}t|doesnt|don\W{1,3}t|dont|cannot)( \w+)? (to|by|around|near|from)"
    r"|oscillates? (around|about|between)"
    r"|(second|third) (largest|smallest|highest|lowest)",
    r"suppose|supposing|assume|assuming|opposite of|theta|(derivative|integral|sum|mean|median) of( the)?",
    r"outside( of)?|(gradient|derivative|sensitivity) (at|of|for|by|wrt|to|in|on|with respect to)( the)?",
    r"reverse|flip|cumsum|argmax|argmin|sorted|diff",
    r"minus|(?<!most )(?<!largest )(?<!biggest )(?<!smallest )(?<!lowest )negative",
    r"unequal to|(different|differs?) from|wrong(ly)?( to (say|write|claim))?",
    _THAN,
    _AT_MOST,
    r"neither|nor|(wrong|incorrect|not)\s*:|exceeds|in excess of|bounded by|almost|nearly|no"
    r"|starts at|begins at|(up|down) (from|to)",
    r"exponential( function)? of( the)?|none of( the)?",
    r"thrice|triple( of)?|quadruple|close to|divisible by|given\s*:?|let|try|trying",
    r"(might|may|could|would)( \w+)? (think|say|guess|expect|believe|get)",
    _THINK,
    r"(upper|lower) (bound|limit)( is| of| :)?|(off|away) from",
    r"page|theorem|lemma|(?<!same )(?<!the )(?<!my )table|figure|fig|exercise|chapter|section|room|problem",
    r"(twice|half|half of|double( of)?)( the)?|(third|quarter|square|root|fraction) of( the)?"
    r"|((two|three|four|five|six|ten) times)",
    r"(a |one |two |three )?(third|quarter|fifth|tenth|fraction|multiple|divisor|factor|power)s? of",
    r"(squares?|roots?|inverses?|complement|permutations?|negatives?|reciprocals?|log|logs|logarithms?|sine|cosine|transpose"
    r"|reverse|norm|halves|doubles|multiples|powers|opposites?|midpoint|line through|segment from)"
    r" of( the)?",
    r"determinant of( the)?|det|transpose|sort|(reversed|transposed|shuffled?|normali[sz]ed?):?",
    r"(reduced|increased|decreased|increases|decreases|multiply|multiplied|divide|divided|multiplies|divides) by",
    r"(line|plane|curve|circle|segment) (through|from)",
    r"something like|(sort|kind) of|along the lines of|divides|add|subtract|instead of|rather than",
    r"anything but|anywhere but|all (\w+ )?but|far from|except|unlike",
    r"((don|didn|doesn|wouldn)\W{0,3}\s?t|dont|(do|did|does|would) not) (think|believe|say)( that)?( it| this)?"
    r"( is| was|'s)?",
    r"doubt( that)?( it| this)?( is|\W?s)?",
    r"hardly|disbelieve|refuse to believe( it\W?s| it is| that it is)?|nobody (would|will) (write|say)",
    r"other than|out of|near|next to|(left|right) of|(orthogonal|parallel|perpendicular) to|multiples of",
    r"(hundred|thousand|million)( and)?",
    r"(if (there|it|we|the|you)|without (the|a|any)|ignoring)\b[a-z ]{1,30},?",
    r"(directly |inversely )?proportional to( the)?|conjugate of( the)?|square root of( the)?",
    r"(everything|all) but|mixed up|i first (thought|had|got)( of)?",
)

# Directly behind it.
_BEHIND = (
    r"(is|are|was|were) (rejected|excluded|extraneous|discarded|impossible|too|given|ruled out|spurious)|leads to",
    r"((does|do|did) n|doesn|don|didn)[o\W]{1,3}t(?! forget)|donot|(is|are|was|were) not|not\W*\n|fails?\b"
    r"|but (never|reversed|transposed|exchanged)",
    r"is an? (upper|lower) (bound|limit)|at (best|worst)\b|,? ?but squared|and everything"
    r"|((counted|counting|starting) )?from the (end|bottom|right|back)\b",
    r"and (one |two |three |some |many |several |a few )?(more|others)\b|among (the )?others?|(on|onwards?)\W*$|before,"
    r"|if\b(?! (we|you|one|i)? ?(start|begin|number|index|count(ed|ing|s)?( \w+)? (from|at|with)))"
    r"(?! (we|you|one|i)? ?(only |just )?(use|take|keep|consider|count|want)s? (only |just )?(the )?valid)",
    r",? ?i (can|do)\W{0,3}n?o?\W{0,3}t? (tell|know|decide|say)",
    r"flipped|upsampled|downsampled|decimated|normali[sz]ed\b|squared|cubed|factorial|million|billion|thousand|hundred|dozen|percent|reversed|transposed|exclusive",
    r"(half|halves|thirds?|quarters?|fifths?|sixths?|sevenths?|eighths?|ninths?|tenths?) ?(,|\.|$|of\b)",
    _PER,
    r"(divided|multiplied) by( the| a)?\b",
    r"per\b|each\b(?! (\w+ )?(of|has|have|with|having)( the| a)? (shape|size|dim))"
    r"(?! (dim\w*|axis|entry|number|length)( \w+)?? ?(:|：|is|are|means|stands))|apiece|a piece",
    r"for each\b|for every\b",
    r"not counting|\(?(excluding|ignoring)\b|backwards?\b|inverted\b|flattened\b|averaged\b|in reverse\b|but average",
    r"(read )?from right to left|with (a )?(minus|negative) sign|evaluated at|and then repeat|exchanged\b",
    r"\? ?(no\b|i doubt|not)|for a batch\b|for relu\b",
    r"(is |are )?(nonzero|non-zero)|except|up to|otherwise|twice\b(?! (the same|as output))|mod\b",
    _WITHOUT,
    r"(and )?(then )?sum(med|ming|mation)?( up)? over"
    r"|(and )?then (transposed|inverted|exchanged|take|divide|multiply|adds|add|subtract)",
    r"(\w+ )?(is |are |which is )?(\w+ )?(wrong|incorrect|false)\b|isn\b|\(?(wrong|incorrect|hex|base)\b",
    r"(would|could|must|can)( \w+)? be( the)? (wrong|incorrect|false)",
    r"or (its|the|something|so|maybe|perhaps|rather|possibly)\b|or (\w+ )?(hundred|thousand|million)\b|together with",
    r"or more|or less|at most|at least|(more|less|fewer) than|to the \w*( ?power)?",
    _ONLY,
    r"[(\[–-]? ?(withdrawn|never ?mind|scratch that|forget (it|that|this)|wrong\W*$|doubled|halved|tripled|conjugated)",
    r"and (this |it |that |all )*times\b|(and )?(all|everything|each (entry|row)) (times|divided|multiplied|over)\b",
    r"(and )?(then |also |all |this |it |is )*(multiplied|divided|increased|reduced|decreased|raised|scaled) (by|to)\b"
    r"|(all |everything )?under (a|the) (square )?root|provided\b|as long as\b|scaled by",
    r"but (with|\w+ (should|must|has to)|the \w+ (should|must|entry)|friction|i forgot|it makes)\b"
    r"|,? ?but (this|that|it)( is|s| was| holds| counts)? (only|just) (for|of|per|one|the)\b",
    r"with the \w+ (\w+ )?(dropped|exchanged|swapped|removed|replaced|left out)|(and )?then (squared|doubled|halved)",
    r"(and )?(then )?(delayed|advanced|shifted|moved|translated|reflected|rotated|mirrored|accumulated|negated)"
    r" (by|in|about|up|down|left|right|to|from|from \d)\b|(delayed|mirrored|negated|accumulated|upside down)\b|modulo\b"
    r"|in absolute value|elementwise;|halfway\b|(above|below|past|beyond) (the|a|an|its) \w+",
    r"(with|but) (alternating|opposite|reversed) (signs?|order)|in the (opposite|reverse) (direction|order)"
    r"|with (one|its|the|all|both|two|height|rows?|columns?|width)\b[^,.;\n]{0,30}?"
    r"\b(doubled|halved|flipped|changed|swapped|exchanged|excluded|negated|reversed|set to|omitted|missing|off)",
    r"(and )?after (transposing|inverting|swapping|reversing|flipping|negating|squaring)|as column and row"
    r"|(,|\() ?(both|all|each) (transposed|inverted|negated|reversed|swapped|exchanged)|(too|way) (low|high|small)\b",
    r"rms\b|peak[- ]to[- ]peak|would be\b|(is|are) no\b|(is|are) (only|just|merely)\b|arent\b|aren\b|isnt\b|isn\b"
    r"|rather than\b|unless\b|and every (further|other)\b|for (even|odd)\b"
    r"|(lower|higher|less|worse|better|more|later|earlier)( than| and| ?[,.]| that)|excluded\b|only because\b",
    r"in (some|any|another) order|(times|plus|minus) (the|a|one|two|three|more|n)\b|but (twice|half|not|i disagree)",
    r"(half|some|most) of (which|them)|of which\b|before (adding|subtracting|dividing|multiplying)|now it"
    r"|when\b(?! (i|we|you|one)? ?(start|count|begin|number|index|(max[- ]?)?pool|(sub|down)[- ]?sampl))",
)
_SYMBOLS_BEFORE = later(
    r"=\s*[-−]\s*$"  # P = - with the list on the line below
    r"|[+*/-]\s?=\s*$"  # an assignment that adds: dX[i] += ...
    r"|(?<![-=])(?:[<>]|±|∓|≤|≥|≠)\s*$",  # an arrow, ->, changes nothing
    holds="=<>±∓≤≥≠",
)
_SYMBOLS_BEHIND = later(
    r"^ ?(?:[*/+^]|·|×)(?!\*) ?[^\s*]", holds=("*", "/", "+", "^", "·", "×")
)  # it goes on with what is no mathematics: "s[j] * foo"
OPERATES = later(
    r"^\s*(times|plus|minus|divided by|multiplied by|to the power( of)?|over)\s*$",
    holds=("times", "plus", "minus", "divided by", "multiplied by", "to the power", "over"),
)


def tables(behind: bool) -> tuple[str, ...]:
    """The rows of the table for what stands before or behind a claim, as patterns of their own."""
    if behind:
        return tuple(rf"^[\s,(]*({row})" for row in _BEHIND)
    return tuple(rf"\b({row})\s*\(?\s*$" for row in _BEFORE)


@cache
def _rows(behind: bool) -> tuple[frozenset[str], tuple[Worded, ...]]:
    """The stems of all rows, of which most texts have none, and the rows."""
    told = [_TELLING.get(row, "") for row in (_BEHIND if behind else _BEFORE)]
    rows = tuple(map(worded, tables(behind), told))
    return frozenset().union(*[row.stems for row in rows]), rows


def change_before(text: str) -> re.Match[str] | None:
    """What at the end of a text changes the claim that follows it."""
    return _first(text, _SYMBOLS_BEFORE, *_rows(behind=False))


def change_behind(text: str) -> re.Match[str] | None:
    """What at the start of a text changes the claim before it, behind its unit too: "300 Hz lower"."""
    found = _first(text, _SYMBOLS_BEHIND, *_rows(behind=True))
    unit = _UNIT.match(text) if found is None else None
    return found if unit is None else _first(text[unit.end() :], _SYMBOLS_BEHIND, *_rows(behind=True))


_UNIT = later(
    r"[\s$]*(?:[kMGmµ]?(?:Hz|V|W|J|N|s|m|g|Ω|Pa|F|H)(?:/s[²2]?)?|m/s\^2|%|°|degrees|years|samples|weights|parameters)[\s$]+"
    r"(?=[a-z(,])",
    re.IGNORECASE,
)


def _first(
    text: str, symbols: re.Pattern[str], stems: frozenset[str], rows: tuple[Worded, ...]
) -> re.Match[str] | None:
    said = stems & stems_of(text)
    found = [row.search(text, said) for row in rows] if said else []
    return min(filter(None, (symbols.search(text), *found)), key=_order, default=None)


def _order(match: re.Match[str]) -> tuple[int, int]:
    return match.start(), -match.end()
