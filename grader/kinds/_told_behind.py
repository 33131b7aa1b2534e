"""Words behind a formula, mathematics among them, that make another one of it: "but c should be squared"."""

from __future__ import annotations

from collections.abc import Container, Iterable

from grader.model.documents import Block
from grader.model.expressions import Name, Num, Relation
from grader.model.patterns import later
from grader.notation.reading import Claim, Reading

_CHANGED = (
    "flipped|mirrored|reversed|transposed|rotated|replaced|swapped|exchanged|squared|cubed|doubled|halved|negated"
    "|left out|omitted|dropped|conjugated|inverted"
)
_TOLD = later(
    r"[\s,;(\[–-]*(?:"
    r"but (?:the |that |with )?\S{1,14} (?:should|must|has to|ought to|needs to)\b"
    r"|(?:all |everything |the whole (?:thing )?|which is )*under (?:a|the|one) (?:square )?(?:root|radical)\b"
    r"|(?:the )?(?:square|root|square root|inverse|reciprocal|negative|derivative|half|double|logarithm|log) of"
    r" (?:which|this|that|it|all)\b"
    rf"|(?:where|with|and|but)(?: with)? (?:the )?\S{{1,14}}(?: \w+)? (?:is |are |being )?(?:{_CHANGED})\b"
    rf"|(?:{_CHANGED})\b"
    r"|(?:is |this is |now )*(?:crossed out|struck (?:out|through)|deleted|halved)\b"
    r"|(?:and |then |all |this |it |is )*(?:multiplied|divided|scaled) by\b"
    r"|(?:times|multiplied (?:by|with)|mal|minus|divided by) (?!the (?:outer|sum))(?=\w)"  # times one minus U
    r"|over (?:two|three|four|five|ten|\d)\b)",
    holds=(
        *"should,must,has to,ought to,needs to,root,radical, of which, of this, of that, of it, of all".split(","),
        *_CHANGED.split("|"),
        *"crossed,struck,deleted,multiplied,divided,scaled,times,mal,minus,over".split(","),
    ),
)
_ENDS = later(r"[.;!?\n]\s|\n")
_LONGEST = 120  # characters behind a formula
_CLOSING = " $)]}"  # where a formula ends in brackets, its place may be without them


def told_behind(text: str) -> str:
    """Such words at the start of what stands behind a formula, in its sentence; "" where there are none."""
    said = _ENDS.split(text[:_LONGEST].lstrip(_CLOSING))[0].lower().replace("$", "")
    found = _TOLD.match(said)
    return found[0].strip(" ,;(") if found is not None else _factor_behind(text)


_BRACKET = later(r" ?([(\[][^=<>,;:]{3,100}?[)\]])")
_WORD = later(r"[^\W\d_]{3}")
_TERMS = later(r"[\w)\]] ?[-+−] ?[\w(\[]")


def _factor_behind(text: str) -> str:
    """A sum in brackets directly behind, `sum_i s_i (x_i ? w - y_i)`: one that could be read would be a factor."""
    bracket = _BRACKET.match(text)
    is_sum = bracket is not None and _TERMS.search(bracket[1]) and not _WORD.search(bracket[1])
    return bracket[1] if bracket is not None and is_sum else ""


def text_behind(blocks: Iterable[Block], at: int) -> str:
    """What stands behind a place of an answer, in its block."""
    runs = next((block.runs for block in blocks if block.span.start <= at <= block.span.stop), ())
    return "".join([run.text[max(0, at - run.span.start) :] for run in runs if at <= run.span.stop])[:_LONGEST]


_FOR = later(r"[\s,;(]*(?:where|with|for|if|when|at|and)(?: only)?\s*")


def at_one_place(claim: Claim, reading: Reading, indices: Container[str]) -> Claim | None:
    """What gives an index of a formula one value, "where $k_1 = 0$"; a range, "k_1 = 0, 1", is none of it."""
    behind = [other for other in reading.claims if other.place > claim.place and other.sentence == claim.sentence]
    expr = behind[0].expr if behind else None
    if not isinstance(expr, Relation) or expr.ops != ("=",) or not _FOR.fullmatch(behind[0].before):
        return None
    index, value = expr.operands
    if not isinstance(index, Name) or index.name not in indices or not isinstance(value, Num):
        return None
    rest = behind[1].before if len(behind) > 1 else reading.after
    goes_on = (len(behind) > 1 and behind[1].joined) or _GOES_ON.match(rest) is not None
    return None if goes_on else behind[0]


_GOES_ON = later(r"[\s,]*(?:\.\.|…|to\b|through\b|up to\b|or\b|and\b|until\b|,|:)")
