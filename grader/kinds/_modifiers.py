"""Words beside a claim that make it say something else: "not 6", "6 squared", "the log of 6", "6 for each"."""

from __future__ import annotations

import re

_NOT = (
    r"(not|never|(is|are|was)n(\W{0,3}\s?t)?|(does|do|did|could|would|should|has|had)n\W{0,3}\s?t( \w+)?"
    r"|(can|won)\W{0,3}\s?t be|cannot be)"
)
_SMALL = r"( at| in| on| be| the| it| quite| exactly| really| equal to| equals?)*"

# Directly before a claim.
_BEFORE = (
    rf"{_NOT}{_SMALL}",
    r"suppose|supposing|assume|assuming|opposite of|theta|(derivative|integral|sum|mean|median) of( the)?",
    r"outside( of)?",
    r"reverse|flip|cumsum|argmax|argmin|sorted|diff",
    r"minus|negative|unequal to|(different|differs?) from|wrong(ly)?( to (say|write|claim))?",
    r"(less|fewer|more|greater|larger|bigger|smaller|lower|higher|shorter|longer) than",
    r"(greater|less|smaller|larger) or equal( to)?|at most|at least|up to|under|over|below|above|between",
    r"exceeds|in excess of|bounded by|almost|nearly|no|starts at|begins at|(up|down) (from|to)",
    r"thrice|triple( of)?|quadruple|close to|divisible by|given\s*:?|let|try|trying",
    r"(might|may|could|would)( \w+)? (think|say|guess|expect|believe|get)",
    r"(some|many|most|others?)( people| students| books)? (thinks?|says?|gets?|believes?|claims?)",
    r"(upper|lower) (bound|limit)( is| of| :)?|(off|away) from",
    r"page|theorem|lemma|table|figure|fig|exercise|chapter|section|room|problem",
    r"twice|half|half of|double( of)?|((two|three|four|five|six|ten) times)",
    r"(a |one |two |three )?(third|quarter|fifth|tenth|fraction|multiple|divisor|factor|power)s? of",
    r"(square|root|inverse|complement|permutation|negative|reciprocal|log|logarithm|sine|cosine|transpose|reverse|norm)"
    r" of( the)?",
    r"determinant of( the)?|det|transpose|sort|(reversed|transposed|shuffled?|normali[sz]ed?):?",
    r"(reduced|increased|decreased|increases|decreases|multiply|multiplied|divide|divided|multiplies|divides) by",
    r"something like|(sort|kind) of|along the lines of|divides|add|subtract|instead of|rather than",
    r"anything but|anywhere but|all (\w+ )?but|far from|except|unlike",
    r"(do|did|does|would)(n\W{0,3}\s?t| not) (think|believe|say)( that)?( it| this)?( is| was|'s)?",
    r"doubt|hardly|disbelieve|refuse to believe( it\W?s| it is| that it is)?|nobody (would|will) (write|say)",
    r"other than|out of|near|next to|(left|right) of|(orthogonal|parallel|perpendicular) to|multiples of",
    r"(hundred|thousand|million)( and)?",
    r"(if (there|it|we|the|you)|without (the|a|any)|ignoring)\b[a-z ]{1,30},?",
)

# Directly behind it.
_BEHIND = (
    r"(is|are|was|were) (rejected|excluded|extraneous|discarded|impossible|too|given|ruled out|spurious)|leads to",
    r"(does|do|did) ?n[o\W]{1,3}t|(is|are|was|were) not|not\W*\n|fails?\b|but (never|reversed|transposed|exchanged)",
    r"is an? (upper|lower) (bound|limit)|at (best|worst)\b|,? ?but squared|and everything"
    r"|((counted|counting|starting) )?from the (end|bottom|right|back)\b",
    r"and (more|others)\b|among (the )?others?|on(wards?)?\W*$|before,|if\b",
    r",? ?i (can|do)\W{0,3}n?o?\W{0,3}t? (tell|know|decide|say)",
    r"squared|cubed|factorial|million|billion|thousand|hundred|dozen|percent|reversed|transposed|exclusive",
    r"(hal(f|ves)|thirds?|quarters?|fifths?|sixths?|sevenths?|eighths?|ninths?|tenths?) ?(,|\.|$|of\b)",
    r"per\b|each\b(?! (of|has|have|with|having)( the| a)? (shape|size|dim))|apiece|a piece|for each\b|for every\b",
    r"not counting|\(?(excluding|ignoring)\b|backwards?\b|inverted\b|flattened\b|averaged\b|in reverse\b|but average",
    r"(read )?from right to left|with (a )?(minus|negative) sign|evaluated at|and then repeat|exchanged\b",
    r"\? ?(no\b|i doubt|not)|for a batch\b|for relu\b",
    r"without|except|only\b|up to|otherwise|twice\b|mod\b",
    r"(and )?(then )?summ(ed|ing|ation)( up)? over|then (take|divide|multiply|add|subtract)",
    r"(\w+ )?(is |are |which is )?(\w+ )?(wrong|incorrect|false)\b|isn\b|\(?(wrong|incorrect|hex|base)\b",
    r"(would|could|must|can)( \w+)? be( the)? (wrong|incorrect|false)",
    r"or (its|the|something|so|maybe|perhaps|rather|possibly)\b|or (\w+ )?(hundred|thousand|million)\b|together with",
    r"or more|or less|at most|at least|(more|less|fewer) than|to the \w*( ?power)?",
    r"in (some|any|another) order|(times|plus|minus) (the|a|one|two|three|more|n)\b|but (twice|half|not|i disagree)",
    r"(half|some|most) of (which|them)|of which\b|before (adding|subtracting|dividing|multiplying)|now it"
    r"|when\b(?! (i|we|you|one)? ?(start|count|begin|number|index))",
)
CHANGES_BEFORE = re.compile(
    rf"\b({'|'.join(_BEFORE)})\s*\(?\s*$"
    r"|[+*/-]\s?=\s*$"  # an assignment that adds: dX[i] += ...
    r"|(?<![-=])[±∓<>≤≥≠]\s*$"  # an arrow, ->, changes nothing
)
CHANGES_AFTER = re.compile(
    rf"^[\s,(]*({'|'.join(_BEHIND)})"
    r"|^ ?[*/+^·×](?!\*) ?[^\s*]"  # a formula that goes on with what is no mathematics: "s[j] * foo"
)
OPERATES = re.compile(r"^\s*(times|plus|minus|divided by|multiplied by|to the power( of)?|over)\s*$")
