"""Which formula of an answer is the one to compare, and what stands beside it: the same for every reference."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping

from grader.kinds._chain_ends import without_comparison
from grader.kinds._choosing import changed_by, corrects, rank, touches
from grader.kinds._conditions_said import Said, cases_said
from grader.kinds._expected import Expected
from grader.kinds._formula_doubts import (
    begins_at_zero,
    is_cut_short,
    is_for_negative,
    is_for_some,
    is_remark,
    is_zero_outside,
    operated,
    pads,
    taken_of,
)
from grader.kinds._formula_rivals import Claimed, rivals_of
from grader.kinds._glued_indices import with_indices_apart
from grader.kinds._gradient_letters import with_derivatives_named, with_letters_above
from grader.kinds._knowing import knowing
from grader.kinds._left_sides import names_other
from grader.kinds._letter_case import with_capitals
from grader.kinds._own_functions import with_own_functions
from grader.kinds._plain_formula import multiplied_out
from grader.kinds._raised_letters import relations_placed, with_raised_indices
from grader.kinds._ranges_said import with_said_ranges
from grader.kinds._said import local_definitions, with_indices_put_in, worked_out
from grader.kinds._spoken_products import lists_factors, multiplies, with_spoken_products
from grader.kinds._summed_elements import with_summed_elements
from grader.kinds._told_behind import at_one_place, text_behind, told_behind
from grader.kinds._told_later import changed_later
from grader.kinds._worded_definitions import with_spoken_equals, with_worded_definitions
from grader.kinds._worked_chains import begins_with_itself
from grader.kinds.kind import View, not_found, remark, review
from grader.maths import repairs
from grader.maths.worlds import Definition
from grader.model.expressions import (
    Call,
    Expr,
    Group,
    Index,
    Name,
    Num,
    Relation,
    Text,
    base_name,
    names_in,
    spelled,
    walk,
)
from grader.model.records import NamedTuple
from grader.model.results import Finding
from grader.notation.printing import show
from grader.notation.reading import Claim

_ELEMENTWISE = ("for each", "for every", "each of")  # index, entry, shape


class Chosen(NamedTuple):
    """The formula that answers, the claims it is read with, and its rivals."""

    claim: Claim
    left: Expr | None
    body: Expr
    read_as: str
    local: dict[str, Definition]
    cases: Said | None  # a condition on a number behind it
    powered: Expr | None  # the formula with its powers multiplied out
    others: tuple[Claim, ...]
    rivals: tuple[Claimed, ...]
    behind: tuple[Claimed, ...] = ()  # other formulas, further down; of one number anywhere


def find_formulas(expected: Expected, view: View) -> tuple[Claim, ...]:
    """The claims that could be this formula."""
    return tuple(one.claim for one in _all_claimed(_claims(knowing(expected, view), expected), expected))


def choose(expected: Expected, view: View) -> Finding | Chosen:
    """The formula to compare, or the finding where there is none; chosen once for a reference and all its mistakes.

    A declared mistake has truths of its own, and all else of the reference but the derivatives that it leaves open.
    """
    others = (name for name in expected.names if "/" in name and name != expected.target)
    left_open = tuple([name for name in others if name in expected.text])
    key = (
        "chosen",
        view.places,
        id(expected.coordinates),
        expected.target,
        id(expected.names),
        expected.turning,
        left_open,
    )
    made: tuple[Finding | Chosen, Expected] = view.remember(key, lambda: (_choose(expected, view), expected))
    return made[0]  # the reference is kept alive: two ids of it are in the key


def _choose(expected: Expected, view: View) -> Finding | Chosen:
    claims = _claims(view, expected)
    every = _all_claimed(claims, expected)
    found = _all_claimed(claims, expected, leading=False)
    if not found:
        return not_found(view, "a formula")
    last = max((number for number, one in enumerate(found) if corrects(one.claim)), default=0)
    found = found[last:]
    one = max(found, key=lambda c: (c.rank, c.claim.place))
    read_as = show(one.claim.expr)
    cases = cases_said(one.claim, one.body, claims, view.reading(), expected.turning)
    if cases is not None:
        return Chosen(one.claim, one.left, one.body, read_as, {}, cases, None, (), ())
    if (doubt := _unread(one, claims) or _doubted(one, expected, view)) is not None:
        return doubt
    said = [claim.expr for claim in claims if claim is not one.claim]
    ranged = with_said_ranges(one.body, one.claim, view.reading().claims)
    claim = one.claim if ranged is one.body else one.claim._replace(expr=_ending_in(one.claim.expr, ranged))
    one = one._replace(body=ranged)
    context = relations_placed(view.context, expected.samples[0].usual_letters())
    context = with_indices_apart((), context, expected.names)[1]
    above = [relation for relation in context if _names_array(relation, expected)]
    body = worked_out(one.body, one.claim, [*above, *said], expected, view)
    local = local_definitions(body, said, expected, context)
    own = local.keys() | (names_in(one.body) - expected.names.keys())
    if (doubt := _doubted_definition(one.claim, claims, own, view)) is not None:
        return doubt
    others = tuple(claim for claim in claims if claim is not one.claim and not _explains_own(claim, local))
    body, local = with_indices_put_in(body, one.left, local)
    rivals = rivals_of(one._replace(body=body), found, expected, view)
    read_as = read_as if claim is one.claim else show(claim.expr)
    powered = multiplied_out(body, expected.names)
    free = not expected.letters and not expected.target
    behind = tuple(other for other in every if (free or other.claim.place > claim.place) and not other.claim.aside)
    return Chosen(claim, one.left, body, read_as, local, None, powered, others, rivals, behind)


def _names_array(relation: Relation, expected: Expected) -> bool:
    """Whether a relation above the answer gives a whole array a letter of the student's own: G = dJ/dU."""
    left, body = relation.operands[0], relation.operands[1]
    own = isinstance(left, Name) and left.name not in expected.names and relation.ops == ("=",)
    return own and isinstance(body, Name) and body.name in expected.names


def _ending_in(expr: Expr | None, body: Expr) -> Expr:
    return expr._replace(operands=(*expr.operands[:-1], body)) if isinstance(expr, Relation) else body


def _doubted(chosen: Claimed, expected: Expected, view: View) -> Finding | None:
    """What makes a formula one for a person before it is compared: words, neighbours or names that change it."""
    claim, read_as = chosen.claim, show(chosen.claim.expr)
    words = changed_by(claim, view.reading()) or operated(claim) or taken_of(claim, chosen.body)
    words = "" if words and expected.letters and pads(claim, view) else words
    words = words or multiplies(claim, _claims(view, expected)) or lists_factors(claim, view.answer.text)
    if words and not (expected.letters and words.lstrip(", ").startswith(_ELEMENTWISE)):
        return review((claim,), read_as, remark("changed-by-words", words=words))
    told = told_behind(text_behind(view.answer.blocks, claim.place[1])) or changed_later(claim, chosen.body, view)
    if told:
        return review((claim,), read_as, remark("changed-by-words", words=told))
    if is_cut_short(claim, view, expected.names):
        message = "the formula goes on with something that cannot be read"
        return review((claim,), read_as, remark("unreadable", message=message, what="a formula"))
    condition = is_for_some(claim, view.reading(), expected.names) or is_for_negative(
        claim, view.reading(), expected.names
    )
    if condition is not None:
        return review((claim, condition), read_as, remark("changed-by-words", words=show(condition.expr)))
    indices = repairs.index_positions(chosen.body) | repairs.bound_indices(chosen.body)
    if (place := at_one_place(claim, view.reading(), indices)) is not None:
        return review((claim, place), read_as, remark("changed-by-words", words=show(place.expr)))
    beside = touches(claim, view.reading())
    beside = None if beside is not None and claim.boxed and beside.place < claim.place else beside
    beside = None if beside is not None and begins_at_zero(beside, chosen.body) else beside
    if beside is not None and not is_remark(beside, expected.names) and not is_zero_outside(beside, view):
        message = "two formulas stand side by side"
        return review((claim, beside), read_as, remark("unreadable", message=message, what="a formula"))
    other = names_other(_stated(chosen), expected.target, expected.names, chosen.body, view.answer.blocks)
    if other and not begins_with_itself(claim, expected, view):
        return review((claim,), read_as, remark("other-left-side"))
    return None


def _is_near(before: Claim | None, claim: Claim) -> bool:
    return before is not None and before.sentence == claim.sentence


def _unread(chosen: Claimed, claims: tuple[Claim, ...]) -> Finding | None:
    """Mathematics behind a formula, or of which it is the argument, that nobody can read may say anything of it."""
    before = next((claim for claim in reversed(claims) if claim.place < chosen.claim.place), None)
    taken = before if chosen.claim.before.strip() in ("of", "of the") and _is_near(before, chosen.claim) else None
    for claim in claims:
        cut = chosen.left is None and _is_near(claim, chosen.claim)  # what cannot be read may be its left side
        if claim.error is not None and (
            cut or claim.place > chosen.claim.place or claim is taken
        ):  # a root sign "of" it
            message = claim.error.message
            return review((claim,), show(chosen.claim.expr), remark("unreadable", message=message, what="a formula"))
    return None


def _all_claimed(claims: tuple[Claim, ...], expected: Expected, leading: bool = True) -> list[Claimed]:
    """The claims that could be this formula, those that only say what a letter of another stands for left out.

    Not `leading`: without equations that one further down solves.
    """
    exprs = [claim.expr for claim in claims if isinstance(claim.expr, Relation) and set(claim.expr.ops) == {"="}]
    told = (expr for expr in exprs if not _tells_index(expr, expected))
    own = frozenset(base_name(expr.operands[0]) for expr in told) - expected.names.keys() - {"", expected.target}
    found = [one for claim in claims if (one := _claimed(claim, expected, own)) is not None]
    found = [one for one in found if not _makes_room(one) and (leading or not _leads_on(one, found, expected))]
    return [one for one in found if not _only_defines(one, found, expected)] or found


def _tells_index(expr: Relation, expected: Expected) -> bool:
    """Whether an equation gives an index another letter, `r = j_1 + k_1`, where the answer is made of arrays."""
    names = names_in(expr)
    return bool(expected.letters) and not any(expected.names.get(name, 0) > 0 or "/d" in name for name in names)


def _makes_room(one: Claimed) -> bool:
    """`pool = np.zeros((B, K, C))`: an array that is filled below."""
    return isinstance(one.left, Name) and isinstance(one.body, Call) and one.body.function in ("zeros", "empty")


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
    defines = isinstance(body, Index) and left is not None  # "define delta^Z = dJ/dZ"
    if defines and left is not None and (show(left) == show(body) or base_name(body) == expected.target):
        return None
    least = 1 if expected.letters else 0  # an answer with indices is made of arrays
    known = {name for name in names_in(body) if expected.names.get(name, -1) >= least and name != expected.target}
    names_target = base_name(left) == expected.target != ""
    known |= names_in(body) & (own - {base_name(left)})
    if not names_target and (not known or (isinstance(body, Name) and left is None)):
        return None
    if isinstance(body, Name | Index) and left is None and not claim.in_maths:
        return None
    weight = 30 if names_target else 3 if left is not None else -12 if isinstance(body, Name | Index) else 0
    return Claimed(claim, left, body, rank(claim) + weight)


def _is_indicator(body: Group) -> bool:
    return body.brackets == "[]" and len(body.items) == 1 and isinstance(body.items[0], Relation)


def _stated(chosen: Claimed) -> Expr | None:
    """The equation with its left side as it is understood: of `Y^{sub}_{b,k}` that is Y."""
    expr = chosen.claim.expr
    if not isinstance(expr, Relation) or chosen.left is None:
        return expr
    return expr._replace(operands=(chosen.left, *expr.operands[1:]))


def _claims(view: View, expected: Expected) -> tuple[Claim, ...]:
    """The claims as they are understood, once for telling the parts apart and for judging them."""
    reading, names, target = view.reading(), expected.names, expected.target
    key = ("understood", id(reading), view.places, id(names), target, expected.letters, view.context)
    made: tuple[tuple[Claim, ...], object] = view.remember(key, lambda: (_understood(view, expected), (reading, names)))
    return made[0]  # the reading and the names are kept alive: their ids are in the key


def _understood(view: View, expected: Expected) -> tuple[Claim, ...]:
    names, target = expected.names, expected.target
    usual = expected.samples[0].usual_letters()
    claims = with_raised_indices(without_comparison(view.claims(view.reading())), usual)
    claims, above = with_indices_apart(claims, relations_placed(view.context, usual), names)
    claims = with_worded_definitions(claims, view.reading().after, names)
    claims = with_summed_elements(
        with_capitals(with_spoken_products(claims, view.answer.text), names), names, expected.letters
    )
    claims = with_own_functions(with_spoken_equals(claims, target, names), view, names)
    own = [one.expr for one in claims if isinstance(one.expr, Relation) and base_name(one.expr.operands[1]) != target]
    return with_derivatives_named(with_letters_above(claims, (*above, *own), names), target, names, claims)


def _only_defines(one: Claimed, found: list[Claimed], expected: Expected) -> bool:
    """ "with delta = dJ/dZ": says what a letter of another formula stands for, and is no answer itself."""
    first = one.claim.expr.operands[0] if isinstance(one.claim.expr, Relation) else None
    if isinstance(first, Call) and all(isinstance(arg, Name) for arg in first.args):  # \sigma(z) = 1/(1 + e^{-z})
        others = (node for other in found if other is not one for node in walk(other.body))
        return any(isinstance(node, Call) and node.function == first.function for node in others)
    name = base_name(one.left)
    if not name or name == expected.target or name in expected.names:
        return False
    return name not in names_in(one.body) and any(name in names_in(other.body) for other in found if other is not one)


def _leads_on(one: Claimed, found: list[Claimed], expected: Expected) -> bool:
    """Whether a scalar equation is solved for a letter further down: `m g h = 1/2 m v^2`, so `v = ...`."""
    expr = one.claim.expr
    if expected.letters or expected.target or not isinstance(expr, Relation):
        return False
    if isinstance(expr.operands[0], Name | Index | Call):
        return False
    later = [other for other in found if other.claim.place > one.claim.place and isinstance(other.left, Name)]
    solved = [base_name(other.left) for other in later if base_name(other.left) not in names_in(other.body)]
    return any(name in names_in(expr) and name not in expected.names for name in solved)


def _doubted_definition(chosen: Claim, claims: tuple[Claim, ...], own: Collection[str], view: View) -> Finding | None:
    """What makes a definition beside the formula one for a person: "G = dJ/dZ, flipped", a second one of the letter."""
    said: dict[str, str] = {}
    written = [(one, item) for one in claims if one is not chosen for item in _statements(one.expr)]
    for one, expr in written:
        left, right = expr.operands
        named = isinstance(left, Name | Index) and spelled(left) == spelled(right)  # \\delta^Z = dJ/dZ, read as dJ/dZ
        if not named and base_name(left) not in own:
            continue
        words = changed_by(one, view.reading()) or told_behind(text_behind(view.answer.blocks, one.place[1]))
        if words and words not in _DEFINING:
            return review((one,), show(chosen.expr), remark("changed-by-words", words=words))
        before = said.setdefault(str(spelled(left)), str(spelled(right)))
        if isinstance(one.expr, Group) and before != str(spelled(right)):  # without brackets, the last one counts
            return review((one,), show(chosen.expr), remark("redefined", said=show(expr)))
    return None


_DEFINING = frozenset(["let", "suppose", "assume"])  # of what is asked for they say nothing certain; here they define


def _statements(expr: Expr | None) -> Iterator[Relation]:
    """The equations of two sides that a claim makes, also in brackets: "(p = j1 - k1)"."""
    for item in expr.items if isinstance(expr, Group) else (expr,):
        if isinstance(item, Relation) and item.ops == ("=",) and item.operands[0] is not None:
            yield item


def _explains_own(claim: Claim, local: Mapping[str, Definition]) -> bool:
    """Whether a claim is one of the definitions that the formula was read with."""
    return isinstance(claim.expr, Relation) and base_name(claim.expr.operands[0]) in local
