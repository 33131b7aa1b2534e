"""A formula: evaluated at sampled values on named axes, so that any equal form counts."""

from __future__ import annotations

from dataclasses import replace
from functools import partial

from grader.kinds._attached import attached
from grader.kinds._conditions_said import Said
from grader.kinds._expected import Expected
from grader.kinds._formula_choice import Chosen, choose, find_formulas
from grader.kinds._formula_doubts import (
    SUMLESS,
    adds_up,
    by_convention,
    explains_index,
    is_drawn,
    says_sum,
    spoken_sums,
    unread_beside,
    with_repeated_summed,
)
from grader.kinds._further import Further
from grader.kinds._knowing import knowing
from grader.kinds._mistaken import as_in, named_as_asked
from grader.kinds._plain_formula import as_mathematics, spoken_formula
from grader.kinds._range_claims import borrowed_limit, foreign_limit, is_numbered, other_range, unlimited_window
from grader.kinds._recalled import compared
from grader.kinds._redefined import redefined, redefined_function
from grader.kinds._references import evaluated, evaluated_in_all, turning_names
from grader.kinds._said import said_twice
from grader.kinds._slashes import SLASH, is_right_below, with_slashes
from grader.kinds._trial import Trial
from grader.kinds._unit_steps import Asked, is_positive, stepped
from grader.kinds._verdict import judge_formula
from grader.kinds.kind import Example, Kind, Setup, View, remark, review, right
from grader.maths import repairs
from grader.maths.clips import without_clips
from grader.maths.customs import in_radians
from grader.maths.evaluation import CONSTANTS, evaluate
from grader.maths.extents import sizes_of
from grader.maths.ranges import free_indices
from grader.maths.values import Value
from grader.maths.worlds import Definition, read_definition
from grader.model.errors import Unreadable
from grader.model.expressions import Expr, Relation, names_in
from grader.model.results import Finding, Status
from grader.model.rubrics import Mapping as Fields
from grader.model.rubrics import Scalar
from grader.model.vocabulary import QUANTITY, Field
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
    definition = named_as_asked(definition, setup)
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
    expected = as_in(setup.frame, expected)._replace(is_mistake=setup.frame is not None)
    expected = expected._replace(further=Further(expected, setup.samples, partial(evaluated, definition)))
    if not (turning := turning_names(definition, setup.world.definitions)):
        return expected
    from grader.kinds._meeting import at_meeting_cases

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
    return frame._replace(truths=truths, text=node.text, meeting=None, further=None, is_mistake=True)


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


# -- judging ---------------------------------------------------------------------------------------------------


def judge(expected: Expected, view: View) -> Finding:
    """Compares the student's formula with the truth, then looks for the slip that explains a difference.

    A unit step is 1 where its variable is positive.
    """
    asked = Asked(expected.text, expected.names, partial(is_positive, expected))
    return stepped(_with_slips(expected, view), view, partial(_with_slips, expected), asked)


def _with_slips(expected: Expected, view: View) -> Finding:
    if view.holds_code():
        from grader.kinds._programmed import programmed

        if (told := programmed(expected, view, _judge)) is not None:
            return told
    finding = _judge(expected, view)
    if finding.status is not Status.RIGHT and (retold := as_mathematics(view, expected.names)) is not None:
        again = _judge(expected, retold)  # all of it is the formula, as in V / (R e^(t/RC)), not a piece of it
        finding = again if again.status is not Status.REVIEW or finding.credit is not None else finding
    if finding.status is not Status.RIGHT and (spoken := spoken_formula(expected, view, _judge)) is not None:
        return spoken
    sumless = any(reason.id in SUMLESS for reason in finding.reasons)
    if (sumless or finding.status is Status.REVIEW) and not view.holds_code():
        from grader.kinds._scattered import scattered

        if (added := scattered(expected, view)) is not None:
            return added
    if sumless and adds_up(view):
        return Finding(Status.REVIEW, None, (remark("sum-in-words"),), finding.read_as, finding.spans)
    if finding.status not in (Status.WRONG, Status.PARTIAL):
        return finding
    if is_drawn(view):
        message = "a sign is drawn over several lines"
        return review((), finding.read_as, remark("unreadable", message=message, what="a formula"))
    if (second := _right_behind(expected, view)) is not None:
        spans = (*finding.spans, second.place)
        return Finding(Status.REVIEW, None, (remark("several-answers"),), finding.read_as, spans)
    if not is_right_below(expected, view):
        return finding
    reason = remark("unreadable", message=SLASH, what="a formula")
    return Finding(Status.REVIEW, None, (reason,), finding.read_as, finding.spans)


def _right_behind(expected: Expected, view: View) -> Claim | None:
    """A right formula behind the chosen one: "thus the cdf is F, and the density is its derivative, f"."""
    chosen = choose(expected, knowing(expected, view))
    for one in () if isinstance(chosen, Finding) else chosen.behind[-_LAST:]:
        trial = Trial(expected, one.left, one.body, {}, one.claim)
        if not trial.unknown and trial.verdict(expected.truths):
            return one.claim
    return None


_LAST = 2  # formulas behind the chosen one that are looked at


def _judge(expected: Expected, view: View) -> Finding:
    view = knowing(expected, view)
    chosen = choose(expected, view)
    if isinstance(chosen, Finding):
        return chosen
    taken = {*expected.names, *chosen.local, *(names_in(chosen.left) if chosen.left is not None else ())}
    chosen = chosen._replace(body=without_clips(in_radians(chosen.body), taken, expected.shapes))
    chosen, beside = with_slashes(chosen, expected, view)
    if beside:
        return review((chosen.claim,), chosen.read_as, remark("unreadable", message=SLASH, what="a formula"))
    if chosen.cases is not None:
        return _by_cases(chosen, chosen.cases, expected, view)
    finding = _judge_chosen(expected, chosen, view)
    if finding.status is not Status.RIGHT:
        return finding
    if words := other_range(expected, chosen, view.reading().claims) or attached(expected, chosen, view):
        return review((chosen.claim,), chosen.read_as, remark("changed-by-words", words=words))
    if is_numbered(expected, chosen.body):
        return review((chosen.claim,), chosen.read_as, remark("limits-as-numbers"))
    if letter := borrowed_limit(chosen.body, expected.names) or foreign_limit(chosen.body, expected):
        return review((chosen.claim,), chosen.read_as, remark("unknown-letters", letters=letter))
    if letter := "" if expected.is_mistake else unlimited_window(chosen.body):
        return review((chosen.claim,), chosen.read_as, remark("range-left-out", letter=letter))
    return finding


def _judge_chosen(expected: Expected, chosen: Chosen, view: View) -> Finding:
    """The finding for the formula that counts, and what its answer says beside it."""
    claim, read_as = chosen.claim, chosen.read_as
    finding, trial = compared(expected, claim, chosen.left, chosen.body, chosen.local, view)
    if chosen.powered is not None:
        again = judge_formula(expected, Trial(expected, chosen.left, chosen.powered, chosen.local, claim))
        if finding.status is Status.RIGHT and again.status in (Status.WRONG, Status.PARTIAL):
            message = "this power may be one of a matrix, or element by element"
            return review((claim,), read_as, remark("unreadable", message=message, what="a formula"))
        finding = again if again.status is Status.RIGHT and expected.meeting is None else finding
    written, claims = chosen.claim.expr or chosen.body, view.claims(view.reading())
    if (other := said_twice(written, claims, expected)) is not None:
        return review((claim, other), read_as, remark("several-answers"))
    if finding.credit and (other := redefined(chosen.body, chosen.others, expected.samples, expected.target)):
        return review((claim, other), read_as, remark("redefined", said=show(other.expr)))
    if finding.credit and (other := redefined_function(chosen.body, chosen.others)) is not None:
        return review((claim, other), read_as, remark("redefined", said=show(other.expr)))
    unsure = chosen.left is None and finding.status is not Status.RIGHT  # "multiply A with B and add up over i"
    others = (compared(expected, c.claim, c.left, c.body, {}, view)[0] for c in chosen.rivals)
    if chosen.rivals and (unsure or any(other.status != finding.status for other in others)):
        return review((claim, *(c.claim for c in chosen.rivals)), read_as, remark("several-answers"))
    spoken = spoken_sums(claims, expected.names)
    sumless = any(reason.id in SUMLESS for reason in finding.reasons)
    if sumless and (spoken or by_convention(view) or says_sum(view, chosen.body)):
        return _with_spoken_sums(expected, chosen, view, spoken)
    if (told := explains_index(finding, chosen.others)) is not None:
        return review((claim, told[1]), read_as, remark("unknown-letters", letters=told[0]))
    if finding.credit and not spoken <= repairs.bound_indices(chosen.body):  # summed over something else as well
        return review((claim,), read_as, remark("sum-in-words"))
    if trial is None:
        return finding
    from grader.kinds._fit import explained

    return explained(finding, expected, trial, view)


def _with_spoken_sums(expected: Expected, chosen: Chosen, view: View, spoken: frozenset[str]) -> Finding:
    """Right if the sums that words name, or a convention, make it so; what else words say of sums is for a person."""
    doubtful = review((chosen.claim,), chosen.read_as, remark("sum-in-words"))
    trial = Trial(expected, chosen.left, chosen.body, chosen.local, chosen.claim)
    if spoken and spoken <= {*trial.free}:
        closed = repairs.sum_over(trial.body, tuple([name for name in trial.free if name in spoken]))
    elif by_convention(view):
        closed = with_repeated_summed(trial)
    else:
        return doubtful
    again = judge_formula(expected, Trial(expected, chosen.left, closed, chosen.local, chosen.claim))
    return again if again.status is Status.RIGHT or (spoken and again.credit) else doubtful


def _by_cases(chosen: Chosen, said: Said, expected: Expected, view: View) -> Finding:
    """A formula with a condition on a number behind it: right if it is as a whole, and else for a person."""
    condition = show(said.condition.expr)
    if said.whole is not None:
        finding, _ = compared(expected, chosen.claim, chosen.left, said.whole, {}, view)
        if finding.status is Status.RIGHT:
            return right(said.claims, show(said.whole), remark("condition-beside", condition=condition))
    return review(said.claims, chosen.read_as, remark("changed-by-words", words=condition))


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
        QUANTITY,
    ),
    prepare=prepare,
    judge=judge,
    describe=lambda expected: expected.text,
    find=find_formulas,
    compounds=True,
    for_mistakes=mistake_setup,
    model_answer=lambda expected: expected.text,
    in_words="",
    doubt=unread_beside,
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
        Example("{formula: 'x/(2*y)', symbols: {x: positive, y: positive}}", "$x/2y$", "review"),
        Example("{formula: 'x/(2*y)', symbols: {x: positive, y: positive}}", "$x/3y$", "wrong"),
        Example("{formula: 'x/(y*z)', symbols: {x: real, y: positive, z: positive}}", "$x/yz$", "right"),
        Example("{formula: 'x*z/y', symbols: {x: real, y: positive, z: positive}}", "$x/yz$", "review"),
        Example("{formula: 'x*z/y', symbols: {x: real, y: positive, z: positive}}", "$x/y\\cdot z$", "right"),
        Example("{formula: 1 + x, symbols: {x: real}}", "$T_1 f(x) = 1 + x$", "right"),
        Example("{formula: 1 + x, symbols: {x: real}}", "$T_1 f(x) = 1 - x$", "wrong"),
        Example("{formula: 1 + x, symbols: {x: real}}", "$2T_1 f(x) = 1 + x$", "review"),
        Example("{formula: 1 + x, symbols: {x: real}}", "$e^x \\approx (1 + x/2)^2 \\approx 1 + x$", "right"),
        Example("{formula: 1 + x, symbols: {x: real}}", "$e^x \\approx 1 + 2x$", "wrong"),
        Example("{formula: 1 + x, symbols: {x: real}}", "$\\ln f \\approx 1 + x$", "review"),
        Example("{formula: y = 1 + x, symbols: {x: real}}", "$\\hat y = 1 + x$", "right"),
        Example("{formula: y = 1 + x, symbols: {x: real}}", "$\\dot y = 1 + x$", "review"),
        Example("{formula: 'x/2', symbols: {x: positive}}", "$x\\cos 60^\\circ$", "right"),
        Example("{formula: 'x/2', symbols: {x: positive}}", "$x\\sin 60^\\circ$", "wrong"),
    ),
)
