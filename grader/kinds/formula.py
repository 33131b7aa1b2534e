"""A formula: evaluated at sampled values on named axes, so that any equal form counts."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from typing import NamedTuple

from grader.kinds._choosing import changed_by, corrects, hesitates, rank, touches
from grader.kinds._conditions_said import cases_said
from grader.kinds._fit import explained
from grader.kinds._formula_doubts import SUMLESS, by_convention, is_remark, operated, says_sum, with_repeated_summed
from grader.kinds._gradient_letters import with_derivatives_named
from grader.kinds._left_sides import names_other
from grader.kinds._meeting import at_meeting_cases
from grader.kinds._plain_formula import as_mathematics, multiplied_out
from grader.kinds._recalled import compared
from grader.kinds._redefined import redefined
from grader.kinds._references import evaluated_in_all, turning_names
from grader.kinds._said import local_definitions, worked_out
from grader.kinds._trial import Expected, Trial
from grader.kinds._verdict import judge_formula
from grader.kinds.kind import (
    Example,
    Kind,
    Setup,
    View,
    not_found,
    remark,
    review,
    right,
)
from grader.maths import repairs
from grader.maths.evaluation import CONSTANTS, evaluate
from grader.maths.extents import sizes_of
from grader.maths.ranges import free_indices
from grader.maths.values import Value
from grader.maths.worlds import Definition, read_definition
from grader.model.errors import Unreadable
from grader.model.expressions import Expr, Group, Index, Name, Num, Relation, Text, base_name, names_in
from grader.model.results import Finding, Status
from grader.model.rubrics import Mapping as Fields
from grader.model.rubrics import Scalar
from grader.model.vocabulary import Field
from grader.notation.printing import show
from grader.notation.reading import Claim


def prepare(fields: Fields, setup: Setup) -> Expected | None:
    """Evaluates the reference at every sample; records a fault where it cannot be."""
    node = fields.get("formula")
    expr = setup.parse(node)
    if expr is None or not isinstance(node, Scalar):
        return None
    if setup.frame is not None and not isinstance(expr, Relation):
        return _in_frame(expr, node, setup)
    definition = _definition(expr, setup)
    if definition is None:
        setup.fault(node.place, "the left side must be a name, or a name with index letters", "Y[i,k] = ...")
        return None
    try:
        found = evaluated_in_all(definition, setup)
    except Unreadable as error:
        setup.fault(node.place, f"cannot evaluate the formula: {error.message}", _suggest(error, setup))
        return None
    truths, coordinates, samples = zip(*found, strict=True)
    if any(truth.rank for truth in truths):
        setup.fault(node.place, "the formula stands for a whole array", "give it indices")
        return None
    expected = Expected(
        definition.name,
        definition.letters,
        truths,
        coordinates,
        samples,
        {**setup.names, **public_sizes(definition, setup), **_target(definition)},
        node.text,
        setup.shapes,
        sizes_of(definition, setup.shapes),
    )
    turning = turning_names(definition, setup.world.definitions)
    return expected._replace(turning=turning, meeting=at_meeting_cases(expected, definition))


def _target(definition: Definition) -> dict[str, int]:
    return {definition.name: len(definition.letters)} if definition.name else {}


def public_sizes(definition: Definition, setup: Setup) -> dict[str, int]:
    """Sizes that the formulas themselves write, `1/N sum[i] ...`, are known to the student as well."""
    every = (definition, *setup.world.definitions.values())
    bodies = [body for d in every for body in (d.body, *d.highs)]
    written = {name for body in bodies if isinstance(body, Expr) for name in names_in(body)}
    return dict.fromkeys(sorted(written & setup.samples[0].hidden), 0)


def _in_frame(expr: Expr, node: Scalar, setup: Setup) -> Expected | None:
    """A declared mistake: the same indices over the same values as the right answer."""
    frame: Expected = setup.frame
    try:
        truths = tuple(
            _with_letters(evaluate(expr, world.scope(coordinates)), frame.letters)
            for world, coordinates in zip(frame.samples, frame.coordinates, strict=True)
        )
    except Unreadable as error:
        setup.fault(node.place, f"cannot evaluate the formula: {error.message}", _suggest(error, setup))
        return None
    return frame._replace(truths=truths, text=node.text, meeting=None)


def _with_letters(value: Value, letters: tuple[str, ...]) -> Value:
    """A whole array, `X^T (P - Y)`, as one over the index letters of the answer."""
    return Value(letters, value.data) if not value.axes and 0 < value.rank == len(letters) else value


def mistake_setup(expected: Expected | None, setup: Setup) -> Setup:
    """Declared mistakes may use every name that the right answer may use."""
    if expected is None:
        return setup
    return replace(setup, names=expected.names, frame=expected)


def _suggest(error: Unreadable, setup: Setup) -> str:
    return "declare it under symbols, given or let" if "not known here" in error.message else ""


def _definition(expr: Expr, setup: Setup) -> Definition | None:
    if (
        isinstance(expr, Relation)
        and expr.ops == ("=",)
        and expr.operands[0] is not None
        and expr.operands[1] is not None
    ):
        return read_definition(expr.operands[0], expr.operands[1])
    known = frozenset(setup.names) | CONSTANTS.keys()
    letters = tuple(letter for letter in free_indices(expr, known) if letter in repairs.index_positions(expr))
    return Definition("", expr, letters, (None,) * len(letters))


# -- reading ---------------------------------------------------------------------------------------------------


class Claimed(NamedTuple):
    """A formula of a student: its left side (None without one) and the last member of its chain."""

    claim: Claim
    left: Expr | None
    body: Expr
    rank: int


def _all_claimed(claims: tuple[Claim, ...], expected: Expected) -> list[Claimed]:
    """The claims that could be this formula, those that only say what a letter of another stands for left out."""
    exprs = [claim.expr for claim in claims if isinstance(claim.expr, Relation) and set(claim.expr.ops) == {"="}]
    own = frozenset(base_name(expr.operands[0]) for expr in exprs) - expected.names.keys() - {"", expected.target}
    found = [one for claim in claims if (one := _claimed(claim, expected, own)) is not None]
    return [one for one in found if not _only_defines(one, found, expected)] or found


def _claimed(claim: Claim, expected: Expected, own: frozenset[str]) -> Claimed | None:
    """A claim as a formula of declared names, or of a student's `own` names."""
    expr = claim.expr
    left: Expr | None = None
    if isinstance(expr, Relation):
        if any(op not in ("=", "~") for op in expr.ops) or expr.operands[-1] is None:
            return None
        left, body = repairs.left_side(expr.operands[0], len(expected.letters)), expr.operands[-1]
        if not isinstance(left, Name | Index | None):
            left = None
    elif expr is not None:
        body = expr
    else:
        return None
    if isinstance(body, Num | Text) or (isinstance(body, Group) and not _is_indicator(body)):
        return None
    least = 1 if expected.letters else 0  # an answer with indices is made of arrays
    known = {name for name in names_in(body) if expected.names.get(name, -1) >= least and name != expected.target}
    names_target = base_name(left) == expected.target != ""
    known |= names_in(body) & (own - {base_name(left)})
    if not names_target and (not known or (isinstance(body, Name) and left is None)):
        return None
    if isinstance(body, Name | Index) and left is None and not claim.in_maths:
        return None
    return Claimed(claim, left, body, rank(claim) + (30 if names_target else 3 if left is not None else 0))


def _is_indicator(body: Group) -> bool:
    return body.brackets == "[]" and len(body.items) == 1 and isinstance(body.items[0], Relation)


def _stated(chosen: Claimed) -> Expr | None:
    """The equation with its left side as it is understood: of `Y^{sub}_{b,k}` that is Y."""
    expr = chosen.claim.expr
    if not isinstance(expr, Relation) or chosen.left is None:
        return expr
    return expr._replace(operands=(chosen.left, *expr.operands[1:]))


def find(expected: Expected, view: View) -> tuple[Claim, ...]:
    """The claims that could be this formula."""
    return tuple(one.claim for one in _all_claimed(_claims(view.named(expected.names), expected), expected))


def _claims(view: View, expected: Expected) -> tuple[Claim, ...]:
    return with_derivatives_named(view.claims(view.reading()), expected.target, expected.names)


def _only_defines(one: Claimed, found: list[Claimed], expected: Expected) -> bool:
    """ "with delta = dJ/dZ": says what a letter of another formula stands for, and is no answer itself."""
    name = base_name(one.left)
    if not name or name == expected.target or name in expected.names:
        return False
    return name not in names_in(one.body) and any(name in names_in(other.body) for other in found if other is not one)


_ELEMENTWISE = ("for each", "for every", "each of")  # index, entry, shape


def _with_spoken_sums(expected: Expected, chosen: Claimed, local: dict[str, Definition], view: View) -> Finding:
    """Right if the convention that the answer names makes it so; what words say of sums is otherwise for a person."""
    doubtful = review((chosen.claim,), show(chosen.claim.expr), remark("sum-in-words"))
    if not by_convention(view):
        return doubtful
    closed = with_repeated_summed(Trial(expected, chosen.left, chosen.body, local, chosen.claim))
    again = judge_formula(expected, Trial(expected, chosen.left, closed, local, chosen.claim))
    return again if again.status is Status.RIGHT else doubtful


def _explains_own(claim: Claim, local: Mapping[str, Definition]) -> bool:
    """Whether a claim is one of the definitions that the formula was read with."""
    return isinstance(claim.expr, Relation) and base_name(claim.expr.operands[0]) in local


# -- judging ---------------------------------------------------------------------------------------------------


def judge(expected: Expected, view: View) -> Finding:
    """Compares the student's formula with the truth, then looks for the slip that explains a difference."""
    finding = _judge(expected, view)
    if finding.status is Status.REVIEW and (retold := as_mathematics(view, expected.names)) is not None:
        again = _judge(expected, retold)
        return finding if again.status is Status.REVIEW else again
    return finding


def _judge(expected: Expected, view: View) -> Finding:
    view = view.named(expected.names)
    claims = _claims(view, expected)
    found = _all_claimed(claims, expected)
    if not found:
        return not_found(view, "a formula")
    last = max((number for number, one in enumerate(found) if corrects(one.claim)), default=0)
    found = found[last:]
    chosen = max(found, key=lambda c: (c.rank, c.claim.place))
    read_as = show(chosen.claim.expr)
    if (behind := _by_cases(chosen, claims, expected, view) or _unread(chosen, claims)) is not None:
        return behind
    words = changed_by(chosen.claim, view.reading()) or operated(chosen.claim)
    if words and not (expected.letters and words.lstrip(", ").startswith(_ELEMENTWISE)):
        return review((chosen.claim,), read_as, remark("changed-by-words", words=words))
    beside = touches(chosen.claim, view.reading())
    if beside is not None and not is_remark(beside, expected.names):
        message = "two formulas stand side by side"
        return review((chosen.claim, beside), read_as, remark("unreadable", message=message, what="a formula"))
    if names_other(_stated(chosen), expected.target, expected.names, chosen.body, view.answer.blocks):
        return review((chosen.claim,), read_as, remark("other-left-side"))
    said = [claim.expr for claim in claims if claim is not chosen.claim]
    chosen = chosen._replace(body=worked_out(chosen.body, chosen.claim, said, expected, view))
    local = local_definitions(chosen.body, said, expected, view.context)
    finding, trial = compared(expected, chosen.claim, chosen.left, chosen.body, local, view)
    if (powered := multiplied_out(chosen.body, expected.names)) is not None:
        again = judge_formula(expected, Trial(expected, chosen.left, powered, local, chosen.claim))
        if finding.status is Status.RIGHT and again.status in (Status.WRONG, Status.PARTIAL):
            message = "this power may be one of a matrix, or element by element"
            return review((chosen.claim,), read_as, remark("unreadable", message=message, what="a formula"))
        finding = again if again.status is Status.RIGHT and expected.meeting is None else finding
    others_said = (claim for claim in claims if claim is not chosen.claim and not _explains_own(claim, local))
    if finding.credit and (other := redefined(chosen.body, others_said, expected.samples, expected.target)):
        reason = remark("redefined", said=show(other.expr))
        return review((chosen.claim, other), read_as, reason)
    rivals = [
        c for c in found if c.claim is not chosen.claim and c.rank == chosen.rank and show(c.body) != show(chosen.body)
    ]
    unsettled = [c for c in found if c.claim is not chosen.claim and hesitates((c.claim, chosen.claim), view.reading())]
    rivals += [c for c in unsettled if c not in rivals and show(c.body) != show(chosen.body)]  # "2x + 1, or maybe 2x"
    unsure = chosen.left is None and finding.status is not Status.RIGHT  # "multiply A with B and add up over i"
    others = (compared(expected, c.claim, c.left, c.body, {}, view)[0] for c in rivals)
    if rivals and (unsure or any(other.status != finding.status for other in others)):
        return review((chosen.claim, *(c.claim for c in rivals)), read_as, remark("several-answers"))
    if any(reason.id in SUMLESS for reason in finding.reasons) and (by_convention(view) or says_sum(view)):
        return _with_spoken_sums(expected, chosen, local, view)
    return finding if trial is None else explained(finding, expected, trial, view)


def _by_cases(chosen: Claimed, claims: tuple[Claim, ...], expected: Expected, view: View) -> Finding | None:
    """A formula with a condition on a number behind it: right if it is as a whole, and else for a person."""
    said = cases_said(chosen.claim, chosen.body, claims, view.reading(), expected.turning)
    if said is None:
        return None
    condition = show(said.condition.expr)
    if said.whole is not None:
        finding, _ = compared(expected, chosen.claim, chosen.left, said.whole, {}, view)
        if finding.status is Status.RIGHT:
            return right(said.claims, show(said.whole), remark("condition-beside", condition=condition))
    return review(said.claims, show(chosen.claim.expr), remark("changed-by-words", words=condition))


def _unread(chosen: Claimed, claims: tuple[Claim, ...]) -> Finding | None:
    """Mathematics behind a formula that nobody can read may say anything of it."""
    for claim in claims:
        if claim.error is not None and claim.place > chosen.claim.place:
            message = claim.error.message
            return review((claim,), show(chosen.claim.expr), remark("unreadable", message=message, what="a formula"))
    return None


KIND = Kind(
    name="formula",
    doc="a formula, in any equal form",
    fields=(
        Field(
            "formula",
            "expression",
            "the reference, with or without its left side: Y[i,k] = X[i,s*k]",
            required=True,
        ),
    ),
    prepare=prepare,
    judge=judge,
    describe=lambda expected: expected.text,
    find=find,
    compounds=True,
    for_mistakes=mistake_setup,
    model_answer=lambda expected: expected.text,
    in_words="",
    examples=(
        Example("{formula: 'x*(y+1)', symbols: {x: real, y: real}}", "$xy + x$", "right"),
        Example("{formula: 'x*(y+1)', symbols: {x: real, y: real}}", "$xy + 1$", "wrong"),
        Example("{formula: 'x*(y+1)', symbols: {x: real, y: real}}", "$x \\cdot q$", "review"),
        Example("{formula: 'sum[i] a[i]*b[i]', symbols: {'a[i]': [N], 'b[i]': [N]}}", "$\\sum_k a_k b_k$", "right"),
        Example(
            "{formula: 'g = sum[i] a[i]*b[i]', symbols: {'a[i]': [N], 'b[i]': [N]}}",
            "$g = a_i b_i$",
            "partial",
        ),
        Example("{formula: 'x*(y+1)', symbols: {x: real, y: real}}", "$x(y + $", "review"),
    ),
)
