"""Words further away from a right answer that make it hold for less, or be something else: "only for odd k".

What stands directly beside a claim is looked at in `_modifiers`; these words mean the same wherever they stand.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from grader.kinds._turned_later import turned
from grader.kinds.kind import View
from grader.model.expressions import Place
from grader.model.patterns import later

_OF_FORMULAS = later(
    r"\bonly (?:the first|odd|even|one(?! (?:term|summand|factor|path|contribution)\b)"
    r"|for odd|for even|for the first)\b|\bodd\b|\bwraps? around\b|\bwrapped around\b"
    r"|\bnearest\b|\breplaced by\b|\b(?:isn.?t|is not|aren.?t|are not) needed\b"
    r"|\b(?:is|are|stays?|with \$?[a-z]\$?) fixed\b|\bopposite sign\b|\bmodulo\b"
    r"|\b(?:for|of) (?:the first|a single|only one) (?:image|sample|example|recording)\b"
    r"|\blearning rate\b"
    r"|\b(?:the )?first (?:image|sample|example|recording|channel|batch)(?: of the batch)? only\b"
    r"|\bmirrored at\b|\bover the size of\b"
    r"|\bconvolved with\b|\b(?:mean|average) over\b|\bsummed over the batch\b|\breversed\b|\bwith (?:the )?mirrored\b"
    r"|\btransposed\b|\babsolute values?\b|\bbrackets mean rounding\b|\bpooled too\b|\bover all channels\b"
    r"|\bfor (?:the )?(?:inner|interior|central|middle)\b|\bwhole gradient is\b"
    r"|\botherwise (?:the |this |its )?(?:gradient|derivative)\b|\bbut only for\s*(?:\Z|,|and\b)"
    r"|\b(?:are|is) exchanged\b|\bexchanged in\b|\bthen flipped\b|\bclipped\b|\bnormali[sz]ed\b|\bis the relu\b"
    r"|\bapproximately\b|\bonly positive\b|\bfrom the other side\b|\bmeans the padded\b|\bmatrix product\b"
    r"|\bonly the first has\b|\bneither has\b|\bover the whole signal\b|\bminus sign\b",
    holds=(
        "exchanged flipped clipped normal relu approximately positive other padded matrix"
        " opposite modulo single one only odd wrap nearest replaced needed fixed rate first mirrored over convolved"
        " mean average summed"
        " reversed transposed absolute rounding pooled neither minus inner interior central middle whole otherwise"
    ).split(),
)
_OF_LISTS = later(
    r"\bdoubled\b|\bpadded to\b|\brepeated (?:twice|once)\b|\brotated\b|\bargmax\b|\bminim(?:a|um)\b|\bleft out\b"
    r"|\bmeans? of\b|\bsums? of (?:the )?pairs\b|\bzeros in between\b|\bdescending\b|\bfollowed by\b|\bis the input\b"
    r"|\bthe indices\b|\bthe first (?:two|three) of\b"
    r"|\bby averaging\b|\bminus (?:the )?mean\b|\bwith zero padding\b|\bare the positions\b|\bodd ones\b"
    r"|\bindices of\b|\b(?:we|i) (?:remove|throw away|skip|drop|discard)\b|\bafter max pooling\b|\bhalved\b"
    r"|\bwould be for\b|\brejection\b",
    holds=(
        "averaging minus zero positions odd indices remove throw skip drop discard"
        " doubled padded repeated rotated argmax minim left mean sum zeros descending followed input indices first"
        " pooling halved would rejection"
    ).split(),
)
_OF_NUMBERS = later(
    r"\A(?!.*multiplic).*\badditions\b(?! (?:come|are|go|count) (?:on top|extra|separate|apart))"
    r"|\bno bias(?:es)?\b|\bbias(?:es)? (?:is |are )?(?:excluded|left out|not included)\b|\bexcl\.? (?:the )?bias"
    r"|\bweights and as many bias|\b(?:only (?:the )?weights|weights only)\b|\bnot counting (?:the )?b\b"
    r"|\bhalf of them\b|\bwould be right\b|\bfor one of\b|\bw alone\b"
    r"|\bso (?:it is |this is |in all )?(?:twice|double|half) (?:that|this|as many|as much)\b(?! of)"
    r"|\bnon-trainable\b|\bdoes not happen\b|\bdoesn.t happen\b|\bcomplement has\b|\bwith replacement\b|\bput back\b",
    re.DOTALL,
    holds=(
        "bias weights counting additions half would one alone trainable happen complement replacement back twice double"
    ).split(),
)
_OF_SETS = later(
    r"\band also\b|\bas well as their\b|\bextraneous\b|\bonly one of\b|\bdomain\b|\bno solutions?\b|\bmultiplicities\b",
    holds="also well extraneous only domain solution multiplicit".split(),
)
_OF_SHAPES = later(
    r"\b(?:one|each|every|a single) (?:image|recording|video|sample) has (?:the )?(?:shape|size|dim)|\btransposed?\b"
    r"|\bfor (?:one|a single|only one) (?:image|picture|recording|video|sample)\b"
    r"|\binvalid\b|\bpadding to\b",
    holds="one each every single transpose invalid padding".split(),
)
# Of whatever kind: somebody else's answer, and what is left open.
_OF_ALL = later(
    r"\b(?:do not|don.?t|doesn.?t|can.?t|cannot) (?:think|believe|agree|say)\b[^.;]{0,30}\b(?:right|correct|true|so)\b"
    r"|\bi (?:do not|don.?t) agree\b|\bnot sure (?:which|whether|if)\b|\bcould be (?:either|both|the other)\b"
    r"|\bleave (?:it|that|this) open\b"
    r"|\b(?:a|my|the|our) (?:classmate|friend|neighbou?r|colleague|partner|(?:text)?book|answer key|internet)\w*"
    r" (?:has|had|says?|said|wrote|gets?|got|thinks?|claims?)\b"
    r"|\b(?:chatgpt|chat gpt|gpt|copilot|gemini|google|someone|somebody)"
    r" (?:says?|said|told|gives?|gave|thinks?|claims?)\b"
    r"|\bwould have been\b",
    holds=(
        "think believe agree say sure either open classmate friend neighbo colleague partner book key internet could be"
        " gpt copilot gemini google someone somebody would"
    ).split(),
)
_WORDS = {
    "formula": _OF_FORMULAS,
    "gradient": _OF_FORMULAS,
    "array": _OF_LISTS,
    "number": _OF_NUMBERS,
    "set": _OF_SETS,
    "shape": _OF_SHAPES,
}


def qualified(kind: str, view: View, spans: Sequence[Place] = ()) -> str:
    """Such words beside an answer of this kind, which stands at `spans`; "" if there are none."""
    pattern, reading = _WORDS.get(kind), view.reading()
    found = _OF_ALL.search(reading.words) or (pattern.search(reading.words) if pattern is not None else None)
    if found is None and pattern is _OF_FORMULAS and spans:  # above it, "I forgot the sums" tells of another answer
        behind = (claim.before for claim in reading.claims if claim.place > spans[0])
        found = _FORGOT.search(" ; ".join([*behind, reading.after]))
    return found.group()[-_LONGEST:].strip() if found is not None else turned(kind, view, spans)


_FORGOT = later(r"\bforgot\b", holds=("forgot",))
_LONGEST = 40  # characters that are shown
