"""The finding for one formula: right, right but for a slip, wrong, or for a person."""

from __future__ import annotations

from collections.abc import Collection
from fractions import Fraction

from grader.kinds._expected import Expected
from grader.kinds._slips import CREDIT, Slip
from grader.kinds._term_slips import term_slip
from grader.kinds._trial import Trial
from grader.kinds.kind import mistake, partial, remark, review, right, wrong
from grader.maths import customs, repairs
from grader.model.expressions import Cases, Expr, Index, Name, Num, Reduce, names_in, walk
from grader.model.results import Finding
from grader.notation.printing import show

_OPEN = Fraction(1, 2)  # right, but a derivative such as sigma'(z) is only named


def judge_formula(expected: Expected, trial: Trial) -> Finding:
    """Compares one formula with the truth; of a difference, looks for the slip that explains it."""
    claims = (trial.claim._replace(place=trial.body.place),)  # the end of the chain is what counts
    read_as, remarks = trial.read_as(), trial.remarks
    if trial.unknown:
        custom = trial.by_other_custom(expected.truths) if _may_be_delta(trial) else None
        if custom is not None:
            return right(claims, read_as, custom, *remarks)
        return review(claims, read_as, remark("unknown-letters", letters=", ".join(trial.unknown)))
    if (finding := _judge_whole(expected, trial)) is not None:
        return finding
    equal = trial.verdict(expected.truths)
    lost = trial.whole is not None or bool(trial.free) or equal is None or trial.problem is not None
    if not equal and (trial.once("slices", lambda: repairs.has_slices(trial.body)) or (lost and _turns(trial))):
        from grader.maths import windows

        if (window := windows.by_index(trial.body)) is not trial.body and trial.is_equal(window, expected.truths):
            return right(claims, read_as, *remarks)
        return review(claims, read_as, remark("undecided"))  # matrix algebra that could not be followed
    if equal and _is_open(expected, trial):
        return partial(_OPEN, claims, read_as, mistake("derivative-left-open"), *remarks)
    if equal and customs.begins_at_one(trial.body):
        return partial(CREDIT["sums-from-one"], claims, read_as, mistake("sums-from-one"), *remarks)
    return right(claims, read_as, *remarks) if equal else _not_equal(expected, trial, equal)


def _not_equal(expected: Expected, trial: Trial, equal: bool | None) -> Finding:
    """The finding for a formula that differs, or of which nobody can tell."""
    claims = (trial.claim._replace(place=trial.body.place),)
    read_as, remarks = trial.read_as(), trial.remarks
    if equal is False and (custom := trial.by_other_custom(expected.truths)):
        return right(claims, read_as, custom, *remarks)
    if equal is False:
        whole = trial.without_limits()
        if whole is not trial.body and trial.is_equal(whole, expected.truths):
            return review(claims, read_as, remark("limits-as-numbers"))
        counted = trial.counted_from_zero()
        if counted is not None and trial.is_equal(counted, expected.truths):
            return review(claims, read_as, remark("may-count-from-one"))
        if any(trial.is_equal(value, expected.truths) for value in _values_of(trial.body)):
            return review(claims, read_as, remark("right-in-one-case"))
        if (slip := _slip(expected, trial)) is not None:
            return partial(slip.credit, claims, read_as, *slip.reasons, *remarks)
    if trial.problem is not None and not trial.free:
        return review(claims, read_as, remark("cannot-evaluate", message=trial.problem.message))
    if equal is None:
        return review(claims, read_as, remark("undecided"))
    if trial.free and trial.whole_verdict(expected.truths) is None:
        return trial.once("left free", lambda: _left_free(trial))
    return _rounded(expected, trial) or wrong(claims, read_as, remark("formula-differs"))


def _slip(expected: Expected, trial: Trial) -> Slip | None:
    """The slip that explains a formula: in one place, a factor, one term of a sum."""
    for slip in trial.slips():
        if trial.is_equal(slip.body, expected.truths):
            return slip
    if (lost := trial.without_factor(expected.truths)) is not None:
        return Slip(lost[1], CREDIT["wrong-factor"], (mistake("wrong-factor", factor=str(lost[0])),))
    return term_slip(trial, expected.truths)


def _rounded(expected: Expected, trial: Trial) -> Finding | None:
    """The finding for a formula that is right but for its rounded decimals; behind the exact one it only says more."""
    if expected.letters or trial.free:
        return None
    from grader.kinds._rounded_formulas import is_rounded, rounds_member  # of formulas without indices only

    if not is_rounded(trial, expected):
        return None
    claims = (trial.claim._replace(place=trial.body.place),)
    if rounds_member(trial, expected):
        return right(claims, trial.read_as(), *trial.remarks)
    return review(claims, trial.read_as(), remark("rounding-unclear"))


def _turns(trial: Trial) -> bool:
    return trial.once("transpose", lambda: repairs.has_transpose(trial.body))


def _values_of(body: Expr) -> tuple[Expr, ...]:
    """The values of an answer by cases: `U (1 - U) if Z > 0, else 0`."""
    return tuple(value for value, _ in body.pieces) if isinstance(body, Cases) else ()


def _left_free(trial: Trial) -> Finding:
    """Indices that nobody sums over are a mistake; of dJ/dZ X, without a single index, a person must say."""
    claims, written = (trial.claim._replace(place=trial.body.place),), trial.claim.expr
    if written is not None and not any(isinstance(node, Index) for node in walk(written)):
        return review(claims, show(written), remark("undecided"))
    if any(_stands_for_several(node, trial) for node in walk(trial.body)):  # dJ/dU_q, where q is (i, j, m)
        return review(claims, show(written), remark("unknown-letters", letters=", ".join(trial.free)))
    if "..." in trial.free:  # dJ/dU[i, ...]
        return review(claims, show(written), remark("undecided"))
    if any(name[:1].isupper() for name in trial.free):  # K_1 - 1 - k_1: a length that nobody declared
        return review(claims, show(written), remark("unknown-letters", letters=", ".join(trial.free)))
    if any(_is_named_apart(node, trial.free) for node in walk(trial.body)):
        return review(claims, show(written), remark("unknown-letters", letters=", ".join(trial.free)))
    used = names_in(trial.body) & set(trial.letters)
    if trial.left is None and len(trial.free) + len(used) == len(trial.letters):  # 2 X_{abc}: in which order?
        return review(claims, show(written), remark("unknown-letters", letters=", ".join(trial.free)))
    if any(
        isinstance(node, Reduce) and any(isinstance(one.high, Num) for one in node.bounds) for node in walk(trial.body)
    ):
        return review(claims, show(written), remark("undecided"))  # limits in numbers: of which lengths?
    return wrong(claims, show(written), mistake("indices-left-free", indices=", ".join(trial.free)))


def _stands_for_several(node: Expr, trial: Trial) -> bool:
    """Whether a letter that nobody knows is the only index of an array with more axes."""
    if not isinstance(node, Index) or len(node.indices) > 1 or not isinstance(node.base, Name):
        return False
    letter = node.indices[0]
    return trial.frame.names.get(node.base.name, 0) > 1 and isinstance(letter, Name) and letter.name in trial.free


def _is_named_apart(node: Expr, free: Collection[str]) -> bool:
    """Whether a letter only tells an array from another, dZ_p[i,j,m]: the padded one, as the words may say."""
    inner = node.base if isinstance(node, Index) else None
    letter = inner.indices[0] if isinstance(inner, Index) and len(inner.indices) == 1 else None
    return isinstance(letter, Name) and letter.name in free


def _may_be_delta(trial: Trial) -> bool:
    return all(name.startswith("delta") for name in trial.unknown)


def _is_open(expected: Expected, trial: Trial) -> bool:
    """Whether a derivative is only named where the reference works it out."""
    return any(name not in expected.text for name in repairs.open_derivatives(trial.body))


def _judge_whole(expected: Expected, trial: Trial) -> Finding | None:
    """A formula of whole arrays, `X^T (P - Y)`; None if it is none, or may yet be one that leaves indices out."""
    claims = (trial.claim._replace(place=trial.body.place),)
    read_as, remarks = trial.read_as(), (remark("whole-arrays"),)
    equal = trial.whole_verdict(expected.truths)
    if equal and _is_open(expected, trial):
        return partial(_OPEN, claims, read_as, mistake("derivative-left-open"), *remarks)
    if equal:
        return right(claims, read_as, *remarks)
    if trial.is_other_layout(expected.truths):
        return review(claims, read_as, remark("other-layout"))
    slip = trial.whole_slip(expected.truths)
    if slip is None and equal is False:
        slip = term_slip(trial, expected.truths)
    if slip is not None:
        return partial(slip.credit, claims, read_as, *slip.reasons, *remarks)
    if equal is False and (repairs.has_transpose(trial.body) or repairs.has_slices(trial.body)):
        return wrong(claims, read_as, remark("formula-differs"), *remarks)
    return None
