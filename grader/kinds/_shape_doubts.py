"""What beside a right shape makes it another one: how many such arrays, whose shape it is, which axis comes first."""

from __future__ import annotations

import re
from collections.abc import Sequence

from grader.kinds._axes_said import axis_of
from grader.kinds._choosing import Candidate, changed_by, operated
from grader.kinds._counted import counts_apart, miscounted
from grader.kinds._told_later import axis_taken_away
from grader.kinds.kind import View, remark
from grader.model.expressions import Group, Index, Name, Num, Op, Relation, Text, base_name, walk
from grader.model.patterns import later
from grader.model.records import NamedTuple
from grader.model.results import Finding, Reason
from grader.notation.printing import show
from grader.notation.reading import Claim, Reading

_ARRAYS = (
    r"(matri(x|ces)|arrays?|tensors?|vectors?|images?|pictures?|maps?|kernels?|filters?|channels?|samples?|copies"
    r"|blocks?|tables?|grids?|patches|windows?|slices|frames|layers?|items?|pieces|of them)"
)
_SHAPED = r"( (of|with|each|having|in|is|are|the|a|shape|shaped|size|sized|dimensions?|format))*"
_SEVERAL = later(rf"\s*(\w+ )?(different )?{_ARRAYS}?{_SHAPED}\s*\(?\s*")
_MANY = later(
    r"\b((batch|list|stack|tuple|set|array|collection|sequence|pair) of(?! (shape|size|dim))|batches|lists|stacks"
    r"|tuples|sets|arrays|matrices|several|many|multiple|all|every"
    r"|(?<!shape of )(?<!output of )(?<!size of )each(?! (of|has|with|having)( the| a)? (sh|si|dim))( of the)?)"
    r"( of)?( (several|many|the|n))?"
    rf"( {_ARRAYS})?{_SHAPED}\s*\Z",
    holds=(
        "batch list stack tuple set array collection sequence pair matrices several many multiple all every each"
    ).split(),
)
_INPUT = later(
    r"\b(input|original)( (\w+))?( (is|has|have|of|with|are|was|the|shape|size|dimensions?|:|=))*\s*\Z",
    holds=("input", "original"),
)
_SHAPE_OF = later(r"[\s(:=]*((is|has|have|of|the|shape|size|dimensions?)\s*)*")
_GOES_ON = later(r"\s*((plus|minus|and an?|with an?|times|without|extra)\s+\w+|[b-wyz]\b(?! ?=)|\))")
_WIDE, _HIGH = r"(w|width|col(umn)?s?|horizontal)", r"(h|height|rows?|vertical)"
_TURNED = later(
    rf"[(\[]\s*(x\s*[,×x]\s*y|{_WIDE}\s*[,×x]\s*{_HIGH})\s*[)\]]|\b{_WIDE} ?(×|x|by|times|-by-) ?{_HIGH}\b"
    r"|\bcol(umn)?s? first\b|\bwidth first\b|\bcolumn.major\b"
)
_OF_TWO = later(r"\b[A-Z]\b\W{1,4}and\W{1,4}[A-Z]\b[^.\d]{0,20}[\d(]")
_COUNT = later(r"\d{1,9}(?=\s)")
_COLUMN_AXIS = later(r"\b(col(?:umn)?s?|width|wide|w|x)\b")


class IndexNames(NamedTuple):
    """What index letters may say of axes: the words of each axis, the lengths written, and those of the reference."""

    words: tuple[tuple[str, ...], ...]
    found: Sequence[object]
    wanted: Sequence[object]

    def contradicted_by(self, expr: object, text: str) -> bool:
        """Whether the indices of an array name an axis at a place of another length: `X[vid, fr, c, y, x]`.

        What a letter is said to be counts, "column c", `c < 512 (column)`; else what it stands for by itself.
        """
        if not isinstance(expr, Index) or len(expr.indices) != len(self.found):
            return False
        said = [self._axis(index.name, text) if isinstance(index, Name) else None for index in expr.indices]
        return any(axis is not None and self.found[k] != self.wanted[axis] for k, axis in enumerate(said))

    def _axis(self, letter: str, text: str) -> int | None:
        words = [word for found in _named(letter).finditer(text) for word in found.groups() if word]
        told = [axis for word in words if (axis := axis_of(word.lower(), self.words)) is not None]
        return told[0] if told else axis_of(letter.lower(), self.words)


def _named(letter: str) -> re.Pattern[str]:
    """What stands before or, in brackets, behind a letter: "column $c$", "c < 512 (column)"."""
    alone = rf"(?<![\w\\]){re.escape(letter)}(?!\w)"
    behind = rf"{alone}\s*(?:(?:[<=≤∈:]|\\l[te]q?)[^,;()\[\]\n]{{0,10}})?\(([^\W\d_]{{3,}})\)"
    return re.compile(rf"([^\W\d_]{{3,}})\s+\$?{alone}(?!\s*\[)|{behind}")


def shape_doubt(
    claim: Claim, axes: tuple[str, ...], view: View, reading: Reading, names: IndexNames | None = None
) -> Reason | None:
    """Why a person should look at a right shape; None if it stands for itself. `axes` are the names of the rubric's."""
    start, stop = claim.place
    nodes = list(walk(claim.expr)) if claim.expr is not None else []
    lengths = [int(node.value) for node in nodes if isinstance(node, Num)]
    symbolic = any(isinstance(node, Name) for node in nodes)
    counted = ("" if symbolic else miscounted(lengths, view.answer.text)) or _counts_apart(claim, view)
    if counted := counted or axis_taken_away(claim, view):
        return remark("changed-by-words", words=counted)
    if names is not None and any(names.contradicted_by(one.expr, view.answer.text) for one in reading.claims):
        return remark("order-unclear")
    claims = view.claims(reading)
    inside = [one for one in claims if start <= one.place[0] < stop]
    words = next((words for one in inside if (words := changed_by(one, reading)) and words != "times"), "")
    words = (
        words
        or operated(inside[0] if inside else claim, reading)
        or _around(claim, claims)
        or _behind(inside, claims, reading)
    )
    if words.strip() == "each" and (_OF_TWO.search(view.answer.text) or _is_of_all_parts(claim, view, reading)):
        words = ""  # "Z and U: 46 x 62 x 20 each"
    if words and not _is_length(words, inside):
        return remark("changed-by-words", words=words)
    if (said := _of_another(claim, claims)) is not None:
        return remark("takes-back", said=show(said))
    if len(axes) == 2 and not _COLUMN_AXIS.search(axes[0].lower()) and _TURNED.search(view.answer.text.lower()):
        return remark("order-unclear")
    return remark("order-unclear") if len(axes) == 2 and _is_turned(inside, view.answer.text.lower()) else None


def _is_of_all_parts(claim: Claim, view: View, reading: Reading) -> bool:
    """Whether an answer to several parts ends with "46 x 62 x 20 each", or with "shape (B, L, C) each"."""
    last = max((one.place for one in reading.claims), default=claim.place)
    worded = claim.before.rpartition(";")[2].rpartition(".")[2].strip(" |,:")
    bare = not re.search(r"[a-z]{2}", _SHAPE_WORD.sub("", worded))
    within = claim.place[0] <= last[0] < claim.place[1]
    return view.places is not None and within and bare and _ENDS_WITH_EACH.fullmatch(reading.after) is not None


_SHAPE_WORD = later(r"\b(?:the )?(?:output )?(?:shapes?|sizes?|dims?|dimensions?)\b")
_ENDS_WITH_EACH = later(r"\W*each\W*")


def _counts_apart(claim: Claim, view: View) -> str:
    """Words that count arrays, where the lengths were gathered from a sentence and do not stand in brackets."""
    begins = view.answer.document.text[view.base + claim.place[0] :][:1]
    return "" if begins in "([" else counts_apart(view.answer.text)


_TELLS = later(
    r"\b(sampled|recorded|measured|stored|collected|taken|consists?|contains?|holds?|suppose|consider|given"
    r"|per (second|minute|hour)|(we|you) have|[a-z]{3,}s of(?= \d))\b",
    re.IGNORECASE,
)


_ORDERS = later(
    r"(?:\A|[.:;]\s+)(?:write|give|find|compute|determine|state)\s+(?:down\s+)?(?:the|its|an?)\s", re.IGNORECASE
)


_PAIR = 2


def question_doubt(finding: Finding, view: View) -> Reason | None:
    """Why lengths gathered from a sentence that are not right may be the words of the question, and no answer.

    "40 EEG recordings; each has 80 channels, sampled at 240 Hz for 10 seconds"; "give the output shapes".
    """
    if _ORDERS.search(view.answer.text):
        return remark("may-be-the-question")
    reading = view.reading(grouping=False, cross_separates=True)
    claims = view.claims(reading)
    inside = [one for one in claims if any(start <= one.place[0] < stop for start, stop in finding.spans)]
    sentences = {one.sentence for one in inside}
    told = [one for one in claims if one.sentence in sentences]
    followed = _is_followed_by_number(inside, reading)
    if (len(told) < 2 and not followed) or (len(inside) == 1 and not _is_bare(inside[0])):
        return None
    lengths = [node for one in inside if one.expr is not None for node in walk(one.expr) if isinstance(node, Num)]
    others = any(one is not inside[0] and isinstance(one.expr, Num) for one in told)
    said, at = view.answer.document.text, view.base + inside[0].place[0]
    others = (others and not _CONCLUDED.search(said[max(0, at - _NEAR) : at].casefold())) or followed
    if len(inside) == 1 and len(lengths) == _PAIR and others:
        return remark("no-answer-found", what="the shape of an array")  # Z has 46 x 62 pixels and 20 channels
    first, last = min(one.place[0] for one in told), max(one.place[1] for one in told)
    words = view.answer.document.text[view.base + first : view.base + last]  # with the units: "240 Hz"
    words = " ".join([told[0].before, words, reading.after])
    return remark("may-be-the-question") if _TELLS.search(words) else None


_NEAR = 60
_CONCLUDED = later(  # "6 - 2 = 4 and 5 - 2 = 3, so Z is 4 x 3"
    r"\b(?:so|thus|hence|therefore|then)\b[^.;\d]{0,25}?\b(?:is|are|has|have|in|of|shape|size|dimensions?)[^\w.;]*"
    r"(?:\\mathbb[\s{]*r[\s}^{]*)?\Z",
    holds=("so", "thus", "hence", "therefore", "then"),
)


def _is_followed_by_number(inside: list[Claim], reading: Reading) -> bool:
    """Whether a number goes on behind a product of lengths: "46x62 and 10", "46x62 pixels and 20 channels"."""
    behind = [one for one in reading.claims if inside and one.place > inside[-1].place]
    following = behind[0] if behind and behind[0].sentence == inside[-1].sentence else None
    return (
        following is not None
        and isinstance(following.expr, Num)
        and _GOES_ON_WITH.fullmatch(following.before) is not None
    )


_GOES_ON_WITH = later(r"\s*([a-z]+ )?(and|with|,|plus|times)\s*")


def _is_bare(claim: Claim) -> bool:
    """Whether a shape is spoken of without brackets: the 256 by 256 of "1000 colour images of 256 by 256 pixels"."""
    return not isinstance(claim.expr, Group | Relation)


_SIDES = later(
    r"\b(\d+) ?(?:pixels? )?(?:(wide\b|col(?:umn)?s?\b|列|Spalten\b|colonnes\b|columnas\b)"
    r"|tall\b|high\b|rows?\b|行|Zeilen\b)",
    re.I,
)


_SIDE_IS = later(r"\b(?:(width|col(?:umn)?s)|height|rows)\s*(?:is|of|=|:)?\s*(\d+)\b")


def _is_turned(inside: list[Claim], text: str) -> bool:
    """Whether "5 wide and 4 tall", or "width = 5, height = 4", stands beside (5, 4)."""
    said = {bool(found[2]): int(found[1]) for found in _SIDES.finditer(text)}
    said = said or {bool(found[1]): int(found[2]) for found in _SIDE_IS.finditer(text)}
    if len(inside) != 1 or not isinstance(inside[0].expr, Group | Op):
        return False
    nodes = [node for one in inside if one.expr is not None for node in walk(one.expr)]
    lengths = [node.value for node in sorted(nodes, key=lambda node: node.place) if isinstance(node, Num)][-2:]
    return len(said) == len(lengths) == 2 and [said[True], said[False]] == lengths and said[True] != said[False]


def _is_length(words: str, inside: list[Claim]) -> bool:
    """Whether the number that the words begin with is a length of the shape: "the 1000 images is (1000, 256, 256)"."""
    count = _COUNT.match(words)
    nodes = (node for one in inside if one.expr is not None for node in walk(one.expr))
    return count is not None and any(isinstance(node, Num) and node.value == int(count[0]) for node in nodes)


def _around(claim: Claim, claims: tuple[Claim, ...]) -> str:
    """The words before a shape that give it to many arrays, or to the input."""
    if found := _MANY.search(claim.before) or _INPUT.search(claim.before):
        return found.group().strip()
    last = next((one for one in reversed(claims) if one.place[1] <= claim.place[0]), None)
    if last is None or last.sentence != claim.sentence or last.aside or claim.aside or not isinstance(last.expr, Num):
        return ""
    counts = _SEVERAL.fullmatch(claim.before) and "\n" not in claim.before
    if last.before.strip() == "by" and not claim.before.strip():  # 5 by 4 (5 rows, 4 columns)
        return ""
    return f"{last.expr.text} {claim.before}".strip() if counts else ""


def _behind(inside: list[Claim], claims: tuple[Claim, ...], reading: Reading) -> str:
    """The words behind a shape by which it goes on: "plus channels", the `n)` of `(2, 3 n)`."""
    last = inside[-1].place if inside else (0, 0)
    following = next((one for one in claims if one.place > last), None)
    words = following.before if following is not None else reading.after
    found = _GOES_ON.match(words)
    spoken = len(inside) > 1 or not isinstance(inside[-1].expr if inside else None, Group)
    if found is None or (not found[2] and not (spoken and inside and inside[-1].aside)):
        return ""
    return found.group().strip()


def _of_another(claim: Claim, claims: tuple[Claim, ...]) -> Relation | Op | None:
    """The transpose whose shape it is: "W^T has shape (2, 3)"."""
    if isinstance(claim.expr, Relation):
        return claim.expr if _is_transpose(claim.expr.operands[0]) else None
    last = next((one for one in reversed(claims) if one.place[1] <= claim.place[0]), None)
    near = last is not None and last.sentence == claim.sentence and _SHAPE_OF.fullmatch(claim.before)
    return last.expr if near and last is not None and isinstance(last.expr, Op) and _is_transpose(last.expr) else None


def _is_transpose(expr: object) -> bool:
    return isinstance(expr, Op) and expr.op == "transpose" and isinstance(expr.args[0], Name)


_LEFT = later(
    r"(?P<high>h|height|rows|n_?rows?|n_h|höhe|zeilen)|(?P<wide>w|width|cols?|columns|n_?cols?|n_w|breite|spalten)",
    re.IGNORECASE,
)


_OF_RESULT = later(r"_?(?:out|output|result|new)\Z", holds=("out", "result", "new"))  # H_out
_SAID_LEFT = later(r"(?<!\w)(height|rows|width|cols|columns|höhe|zeilen|breite|spalten)\s*(:?)\s*\Z")


def side_of(claim: Claim) -> str:
    """ "high" or "wide", if the claim says one of the two: `H = 6 - 2 + 1 = 5`, "rows: 6 - 2 + 1 = 5", "rows: 5"."""
    left = claim.expr.operands[0] if isinstance(claim.expr, Relation) and set(claim.expr.ops) == {"="} else None
    name = base_name(left) or (left.words if isinstance(left, Text) else "")
    name = "" if isinstance(left, Index) and not _OF_RESULT.fullmatch(base_name(left.indices[0])) else name
    name = _OF_RESULT.sub("", name) or name
    chain = left is not None
    said = _SAID_LEFT.search(claim.before.lower()) if not name and (chain or isinstance(claim.expr, Num)) else None
    if said is not None and (chain or said[2]):  # "rows 6 - 2 + 1 = 5", but only the chain itself
        name = said[1]
    found = _LEFT.fullmatch(name)
    return "" if found is None else str(found.lastgroup)


def written_behind(chosen: Candidate, candidates: list[Candidate], view: View) -> Candidate | None:
    """The shape that is written out behind lengths gathered from a sentence: "... and 3 channels. Shape: 256 x 256"."""
    start, stop = chosen.claim.place
    reading = view.reading(grouping=False, cross_separates=True)
    if sum(start <= one.place[0] < stop for one in view.claims(reading)) < 2:
        return None
    for one in candidates:
        if one.claim.place[0] >= stop and len(one.value) > 1 and not one.claim.aside:
            product = isinstance(one.claim.expr, Op) and one.claim.expr.op == "mul"
            if not product or _NAMES_SHAPE.search(one.claim.before):
                return one
    return None


_NAMES_SHAPE = later(r"\b(shape|size|tensor|dimensions?|matrix|array)\b|:\s*\Z")
