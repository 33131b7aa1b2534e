"""Sums that scatter: `dX[i, j+k, n] += dZ[i, j, m] W[k, n, m]` adds each term to the element that it belongs to."""

from __future__ import annotations

import re
from collections.abc import Sequence

from grader.kinds._attached import changed_below
from grader.kinds._expected import Expected
from grader.kinds._gradient_letters import with_derivatives_named
from grader.kinds._knowing import knowing
from grader.kinds._trial import Trial
from grader.kinds._verdict import judge_formula
from grader.kinds.kind import View, remark, review, right
from grader.maths import repairs
from grader.model.expressions import Expr, Group, Index, Name, Num, Op, Relation, base_name, names_in
from grader.model.patterns import later
from grader.model.results import Finding, Status
from grader.notation.printing import show
from grader.notation.reading import Claim

ADDS = later(r"\\mathrel\s*\{\s*\+\s*\}\s*=|\\mathrel\s*\{\s*\+=\s*\}|(?<![+=])\+=", holds=("mathrel", "+="))
_LOOP = later(r"\b(for|over)\b|\\forall|∀")
_OPENED = later(
    r"range\s*\([^()]*,|\b(if|while|break|continue)\b|\b(ones|full|empty)(_like)?\s*\(|\bcopy\s*\(|\brand"
)  # the last begin with something else than zero


def scattered(expected: Expected, view: View) -> Finding | None:
    """Right if one statement adds up what the reference sums; None for all else, which says nothing.

    The elements that it is added to may be shifted: with j for j + k the term has j - k. Letters that neither side
    holds still are summed over. Where loops are written, each of these letters has to have one.
    """
    if not expected.letters or ADDS.search(view.answer.text) is None or _OPENED.search(view.answer.text):
        return None
    retold = knowing(expected, _with_equals(view))
    claims = with_derivatives_named(retold.claims(retold.reading()), expected.target, expected.names)
    found = [one for one in claims if _names_target(one.expr, expected)]
    found = [one for one in found if not _is_start(one, found)]
    if len(found) != 1:
        return None
    (claim,) = found
    relation = claim.expr
    assert isinstance(relation, Relation)
    left, body = relation.operands[0], relation.operands[-1]
    gathered = None if not isinstance(left, Index) or body is None else _gathered(left, _without_gloss(body))
    if gathered is None:
        return None
    target, term = gathered
    trial = Trial(expected, target, term, {}, claim)
    if trial.unknown or not _loops_over(trial.free, view.answer.text):
        return None
    closed = repairs.sum_over(trial.body, trial.free) if trial.free else trial.body
    judged = judge_formula(expected, Trial(expected, target, closed, {}, claim))
    if judged.status is not Status.RIGHT:
        return None
    read_as = f"{show(target)} += {show(term)}"
    if words := changed_below(view, claim.place):
        return review((claim,), read_as, remark("changed-by-words", words=words))
    return right((claim,), read_as, remark("adds-up-terms"))


def _is_start(one: Claim, found: Sequence[Claim]) -> bool:
    """`dX = 0` before the statement that adds, every index of it a letter: where the sum begins."""
    left, body = (one.expr.operands[0], one.expr.operands[-1]) if isinstance(one.expr, Relation) else (None, None)
    whole = isinstance(left, Name) or (isinstance(left, Index) and all(isinstance(k, Name) for k in left.indices))
    return whole and isinstance(body, Num) and body.value == 0 and one.place < found[-1].place


def _with_equals(view: View) -> View:
    """The answer with `=` for `+=`, everything in its place."""
    blocks = tuple(
        block._replace(runs=tuple([run._replace(text=ADDS.sub(_padded, run.text)) for run in block.runs]))
        for block in view.answer.blocks
    )
    return View(view.answer._replace(blocks=blocks), view.names, view.places, view.reasons, view.context, view.base)


def _without_gloss(body: Expr) -> Expr:
    """`Z[j] * W[k]  (dX = dJ/dX)`: an equation in brackets behind a term says what a letter stands for."""
    if not isinstance(body, Op) or body.op != "mul" or len(body.args) < 2:
        return body
    last = body.args[-1]
    glossed = isinstance(last, Group) and len(last.items) == 1 and isinstance(last.items[0], Relation)
    kept = body.args[:-1] if glossed else body.args
    return kept[0] if len(kept) == 1 else body._replace(args=kept)


def _padded(found: re.Match[str]) -> str:
    return "=".rjust(len(found[0]))


def _names_target(expr: Expr | None, expected: Expected) -> bool:
    if not isinstance(expr, Relation) or expr.ops != ("=",) or not isinstance(expr.operands[0], Index):
        return False
    return base_name(expr.operands[0]) == expected.target and len(expr.operands[0].indices) == len(expected.letters)


def _gathered(left: Index, body: Expr) -> tuple[Index, Expr] | None:
    """The element and its term with a letter for every index: (X[j], Z[j - k]) for X[j + k] and Z[j]."""
    letters: list[Expr] = []
    moved: dict[str, Expr] = {}
    for place in left.indices:
        if isinstance(place, Name):
            letters.append(place)
            continue
        shift = _shift(place)
        if shift is None:
            return None
        letter, by = shift
        letters.append(letter)
        moved[letter.name] = Op("add", (letter, by), place.place)
    names = [letter.name for letter in letters if isinstance(letter, Name)]
    if len(set(names)) < len(names) or any(names_in(by) & (moved.keys() - {name}) for name, by in moved.items()):
        return None
    term = repairs.rewrite(body, lambda node: moved.get(node.name) if isinstance(node, Name) else None)
    return Index(left.base, tuple(letters), left.place), term


def _shift(place: Expr) -> tuple[Name, Expr] | None:
    """Of `j + k` the letter j and what is taken from it, -k; of `j - k` k."""
    if not (isinstance(place, Op) and place.op == "add" and len(place.args) == 2 and isinstance(place.args[0], Name)):
        return None
    letter, by = place.args
    assert isinstance(letter, Name)
    if isinstance(by, Name):
        return letter, Op("neg", (by,), by.place)
    back = by.args[0] if isinstance(by, Op) and by.op == "neg" else None
    return (letter, back) if isinstance(back, Name) else None


def _loops_over(free: Sequence[str], text: str) -> bool:
    """Whether loops, if any are written, run over all of these letters."""
    if _LOOP.search(text) is None:
        return True
    plain = re.sub(r"[_{}\\$]", "", text)
    looped = r"(\b(for|over)\b|forall|∀)[^:;\n+]{0,99}\b"
    return all(re.search(looped + rf"{re.escape(letter)}\b", plain) for letter in free)
