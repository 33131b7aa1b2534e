"""What an answer says of names: that two parts are one ("U shape = Z shape"), or what was given (X is 48x64x10)."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from itertools import pairwise

from grader.kinds.kind import View
from grader.marking.subjects import clause_before, clause_behind
from grader.model.expressions import Expr, Name, Num, Op, Relation, Text, walk
from grader.model.patterns import later
from grader.notation.reading import Claim, Reading

_SIZE = r"(shape|size|dim(ension)?s?)"
_LINKED = (
    rf"('?s )?{_SIZE}( is| equals| =)?( (the |that )?({_SIZE} )?(of|as))?"
    rf"|(=|is|has|equals)( the)?( same)? {_SIZE}( of| as)"
)
_NAMED = later(r"(?:^|[\s(])([a-z])( is| has)?( the)?( shape| size)?( of|:)?\s*$")
_INPUT = later(
    r"\b(input|image)s?( \w+)? (is|has|with|of)( (a|the))?( shape| size)?( of)?\s*$", holds=("input", "image")
)
_WORDED = later(rf"(?:^|[\s,;.])([a-z]\w?) ?(?:{_LINKED}) ?$")
_LINKS = later(_LINKED)
_STATED = later(rf"('?s )?(is|are|has|with|of|:|=)?( ?(the )?{_SIZE}( is| of| =|:)*)?")


def linked(claims: Sequence[Claim], part_of: Callable[[Expr | None], int | None]) -> Iterator[tuple[int, int]]:
    """The parts that an equation of their names, or of the shapes of these, makes one: `U = Z`, "U shape = Z shape"."""
    for claim in claims:
        if isinstance(claim.expr, Relation) and set(claim.expr.ops) == {"="} and len(claim.expr.operands) == 2:
            yield from _different(*map(part_of, claim.expr.operands))
    for name, other in pairwise(claims):
        if isinstance(name.expr, Name) and name.sentence == other.sentence and _LINKS.fullmatch(other.before.strip()):
            yield from _different(part_of(name.expr), part_of(_right_alone(other.expr)))
        elif worded := _WORDED.search(other.before):  # a name that nobody declared is a word
            yield from _different(part_of(Name(worded[1], other.place)), part_of(_right_alone(other.expr)))


def _different(one: int | None, other: int | None) -> Iterator[tuple[int, int]]:
    if one is not None and other is not None and one != other:
        yield one, other


def _right_alone(expr: Expr | None) -> Expr | None:
    """The right side of `= Z`, which has no left."""
    return expr.operands[1] if isinstance(expr, Relation) and expr.operands[0] is None else expr


def without_given(
    candidates: Sequence[Claim], view: View, reading: Reading, labels: Sequence[tuple[str, ...]]
) -> list[Claim]:
    """The candidates but for those said of an array that is given and no part: "X is (48, 64, 10), Z is ..."."""
    before = {claim.place: name for name, claim in pairwise(view.claims(reading))}
    kept = [claim for claim in candidates if not _is_of_given(claim, before.get(claim.place), view, labels)]
    return kept or list(candidates)


def without_ends(candidates: Sequence[Claim]) -> list[Claim]:
    """The candidates but for the end of a range, the K - 1 of "For k = 0, ..., K - 1"."""
    kept = [one for one in candidates if not _AFTER_DOTS.search(one.before) or isinstance(one.expr, Num | Relation)]
    return kept or list(candidates)


_AFTER_DOTS = later(r"\.\.\. ?,?\s*\Z", holds=("...",))


def words_said(reading: Reading) -> str:
    """The words of an answer, with those that stand as items in brackets: "6 (second row, fourth column)"."""
    nodes = (node for claim in reading.claims if claim.expr is not None for node in walk(claim.expr))
    return " ".join([reading.words, *(node.words for node in nodes if isinstance(node, Text))])


_SO = later(
    r"\s*(?:[a-z]+ )?(?:,? ?(?:and |so|hence|thus|therefore|that is|i\.e\.|which means|meaning)"
    r"(?: (?:we have|there are|it has))?|=>)\s*"
)


def without_reasons(candidates: Sequence[Claim], names_part: Callable[[str], bool]) -> list[Claim]:
    """The candidates but for a number that the next repeats as its result: "20 filters, so 20 output channels"."""
    following = [*candidates[1:], None]
    return [one for one, after in zip(candidates, following, strict=True) if not _is_repeated(one, after, names_part)]


def without_counts(
    candidates: Sequence[Claim], view: View, reading: Reading, names_part: Callable[[str], bool], needed: int
) -> list[Claim]:
    """The candidates but for numbers in words beside no label, "Two pivots, so ...", where enough are left."""
    text = view.answer.document.text
    kept = []
    for claim in candidates:
        behind = next((other.before for other in reading.claims if other.place > claim.place), reading.after)
        worded = text[view.base + claim.place[0] : view.base + claim.place[1]].isalpha()
        if not worded or names_part(f"{clause_before(claim)} {clause_behind(behind)}"):
            kept.append(claim)
    return kept if needed <= len(kept) < len(candidates) else list(candidates)


def _is_repeated(one: Claim, after: Claim | None, names_part: Callable[[str], bool]) -> bool:
    if after is None or not isinstance(one.expr, Num) or not isinstance(after.expr, Num):
        return False
    repeats = one.expr.value == after.expr.value and _SO.fullmatch(after.before) is not None
    return repeats and not names_part(after.before)  # "10 in so 10 out" is two answers


def _is_of_given(claim: Claim, before: Claim | None, view: View, labels: Sequence[tuple[str, ...]]) -> bool:
    if isinstance(claim.expr, Num):  # "W has 10 input and 20 output channels"
        return False
    if isinstance(claim.expr, Relation):
        name = claim.expr.operands[0]
    elif isinstance(claim.expr, Op) and claim.expr.op == "mul" and not claim.expr.sign:
        name = claim.expr.args[0]  # X (48, 64, 10) convolved with ...
    elif _INPUT.search(claim.before) and not any("input" in own for own in labels):
        return True
    elif (worded := _NAMED.search(claim.before)) is not None:  # "X (48, 64, 10) convolved with ..."
        named = {given.lower() for given, rank in view.names.items() if rank > 0 and len(given) == 1}
        return worded[1] in named and not any(worded[1] in own for own in labels)
    else:
        said = before is not None and before.sentence == claim.sentence and _STATED.fullmatch(claim.before.strip())
        name = before.expr if before is not None and said else None
    given = isinstance(name, Name) and view.names.get(name.name, 0) > 0
    return given and isinstance(name, Name) and not any(name.name.lower() in own for own in labels)
