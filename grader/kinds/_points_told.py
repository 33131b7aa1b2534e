"""Points among what is said of them: matrices beside them, and remarks on each behind the list of all."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from grader.kinds._choosing import Candidate
from grader.kinds._left_sides import typed_between
from grader.kinds._points import dimension_of
from grader.kinds.kind import View
from grader.model.expressions import Group, Name, Num, Relation
from grader.model.patterns import later
from grader.notation.reading import Claim

_MATRIX = later(r"\\begin\s*\{[a-zA-Z]*(?:matrix|array)\*?\}")
_TAKEN_BACK = later(
    r"\b(not?|never|neither|nor|fail\w*|only|but|except|reject\w*|extraneous|invalid|wrong|discard\w*|impossible|exclude\w*"
    r"|first|instead|rather|either|or|maybe|perhaps|actually|sorry)\b|n't",
)
_SAID_OF = later(r"[\s$)]*(?::|[-=]>|→|[-–—]\s|,?\s*(?:which )?(?:is|are)\b|(?:a|an)\s)")  # (0, 0): saddle


def without_matrices(claims: Sequence[Claim], view: View) -> tuple[Claim, ...]:
    """The claims without matrices; what stands behind one belongs to no list that stands before it."""
    matrices = [is_typeset_matrix(claim, view) for claim in claims]
    found = zip(claims, [False, *matrices], matrices, strict=False)
    return tuple([claim._replace(joined=claim.joined and not behind) for claim, behind, matrix in found if not matrix])


def is_typeset_matrix(claim: Claim, view: View) -> bool:
    """Whether a claim is a matrix, of which the rows are no points: the Hessian at one of them."""
    expr = claim.expr.operands[-1] if isinstance(claim.expr, Relation) else claim.expr
    rows = expr.items if isinstance(expr, Group) and expr.brackets != "{}" else ()
    if len(rows) < 2 or expr is None or not all(isinstance(row, Group) and len(row.items) > 1 for row in rows):
        return False
    return _MATRIX.match(typed_between(view.answer.blocks, *expr.place)) is not None


def under_numbers(claims: Sequence[Claim]) -> tuple[Claim, ...]:
    """The points of an answer that lists them under one word with numbers in turn, and says no more; else none:
    "centroid 1: (1.5, 1), centroid 2: (4.5, 3.5)", "c1: (1.5, 1), c2: (4.5, 3.5)"."""
    heads, points = claims[::2], claims[1::2]
    if len(points) < 2 or len(heads) != len(points):
        return ()
    told = [_head(head) for head in heads]
    words, numbers = {word for word, _ in told}, [number for _, number in told]
    in_turn = numbers in (list(range(len(told))), list(range(1, len(told) + 1)))
    if (
        len(words) != 1
        or words & _ONE_AFTER_ANOTHER
        or not in_turn
        or any(point.before.strip() not in (":", "=", "is", "is at") for point in points)
    ):
        return ()
    return tuple(points) if all(isinstance(point.expr, Group) for point in points) else ()


_ONE_AFTER_ANOTHER = frozenset("attempt try guess trial step iteration round option version answer way method".split())
_NUMBERED = later(r"([A-Za-z]+)_?(\d)")
_LIST_SIGNS = later(r"^(?:[\s,;*•-]|and\b)+")


def _head(claim: Claim) -> tuple[str, int]:
    """The word and the number of "centroid 1" or c1; -1 for anything else."""
    word = _LIST_SIGNS.sub("", claim.before.replace("\n", " ")).strip()
    if isinstance(claim.expr, Num) and isinstance(claim.expr.value, int) and word.isalpha():
        return word, claim.expr.value
    found = _NUMBERED.fullmatch(claim.expr.name) if isinstance(claim.expr, Name) and not word else None
    return (found[1], int(found[2])) if found is not None else ("", -1)


def remarked_on(found: frozenset[Any], candidates: Sequence[Candidate], elements: frozenset[Any], view: View) -> str:
    """Whether points of which the last says less are all there: "right", "unsure" or "" for no.

    "The points are (0,0) and (1,2). (0,0) is a saddle, (1,2) a minimum" says all of them twice; "(0,0): saddle; (1,2):
    minimum" says each once. With a word that takes one of them back nobody knows.
    """
    said = [one.value for one in candidates]
    if not found < elements or any(not one <= elements for one in said) or frozenset().union(*said) != elements:
        return ""
    if _TAKEN_BACK.search(view.answer.text.lower()):
        return "unsure"
    last = max((place for place, one in enumerate(said) if one == elements), default=-1)
    if last >= 0:
        return "right" if frozenset().union(*said[last + 1 :]) == elements else "unsure"
    ends = [one.claim.place[1] for one in candidates]
    each = all(_SAID_OF.match(typed_between(view.answer.blocks, end, end + _NEAR)) for end in ends)
    return "right" if each else "unsure"


def takes_up(rival: Candidate, chosen: Candidate, view: View) -> bool:
    """Whether a later list only comes back to points of the chosen one: "(0,0) and (1,2). For (0,0) the Hessian is"."""
    later_on = rival.claim.place > chosen.claim.place and rival.value < chosen.value
    return later_on and dimension_of(chosen.value) != 0 and not _TAKEN_BACK.search(view.answer.text.lower())


def narrowed(chosen: Candidate, candidates: Sequence[Candidate]) -> Candidate | None:
    """What takes some of the chosen elements back behind them: "x = 1 and x = 4. Only x = 4 is positive"."""
    behind = (one for one in candidates if one.claim.place > chosen.claim.place and one.value < chosen.value)
    return next((one for one in behind if _ONLY.search(one.claim.before)), None)


_ONLY = later(r"\b(?:only|just|leav\w*|remain\w*)\b[^.]*$", holds=("only", "just", "leav", "remain"))


def points_in_words(found: frozenset[Any], elements: frozenset[Any], view: View) -> bool:
    """Whether one of too many points may be spoken of in words alone: "the origin is a saddle"."""
    return found > elements and dimension_of(found) != 0 and _SPOKEN.search(view.answer.text.lower()) is not None


_SPOKEN = later(r"\bthe (?:origin|first|second|third|former|latter|other)\b", holds=("the ",))
_NEAR = 12  # characters behind a point
