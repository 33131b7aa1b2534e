"""A set of numbers or tuples, in any order."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from fractions import Fraction
from typing import Any

import numpy as np

from grader.kinds._arrays import read_array
from grader.kinds._both_signs import with_both_signs
from grader.kinds._choosing import Candidate, choose, hesitates, rank
from grader.kinds._doubts import continued
from grader.kinds._elements import EQUAL, Element, elements_of, listed, says
from grader.kinds._interval import is_printed, may_be_interval
from grader.kinds._lists_written import with_points_typed
from grader.kinds._numbers import value_of
from grader.kinds._points import dimension_of, with_points
from grader.kinds._points_told import narrowed, points_in_words, remarked_on, takes_up, under_numbers, without_matrices
from grader.kinds._set_rounding import rounding_of, snapped
from grader.kinds._set_units import units_of, without_unit_of_all
from grader.kinds._sets_written import written_out
from grader.kinds._values_as_points import with_values_as_points
from grader.kinds.kind import (
    Example,
    Kind,
    Setup,
    View,
    mistake,
    not_found,
    partial,
    remark,
    review,
    right,
    wrong,
)
from grader.model.expressions import Expr, Group, Index, Name, Op, Relation
from grader.model.patterns import later
from grader.model.records import NamedTuple
from grader.model.results import Finding
from grader.model.rubrics import Mapping
from grader.model.vocabulary import QUANTITY, Field
from grader.notation.printing import show
from grader.notation.reading import Claim

_BETWEEN = re.compile(r"[\s,;/∨]*((and|or|und|oder)\b)?\s*")
_OUTSIDE = later(r"(.*[\s:=])?([rnzqc]|ℝ|ℕ|ℤ|ℚ|ℂ|reals?|numbers)\W*", re.DOTALL)  # R \ {1, 4}
_TAKES_OUT = re.compile(r"\b(but )?(not|without|except|excluding|minus)\b[a-z ]*$|[\\∖]\s*$")


class Expected(NamedTuple):
    """The elements."""

    elements: frozenset[Element]


def prepare(fields: Mapping, setup: Setup) -> Expected | None:
    """Computes the elements: entries of a vector, or rows of a matrix as tuples."""
    node = fields.get("set")
    values = None if node is None else read_array(node, setup)
    if values is None:
        return None
    return Expected(frozenset(_plain(element) for element in np.atleast_1d(values)))


def _plain(element: Any) -> Element:
    if isinstance(element, np.ndarray):
        return tuple(_plain(item) for item in element)
    number = element.item() if hasattr(element, "item") else element
    return int(number) if isinstance(number, float) and number.is_integer() else number


def _bare(claims: Sequence[Claim], dimension: int | None) -> list[Candidate]:
    """`1, 4` or "1 and 4" without braces, `x = 1` and `x = 4` in words or in lines of their own.

    Elements of another dimension than is asked for are something else: "(1, 1) with f = -1".
    """
    if dimension and (points := under_numbers(claims)):
        listed = _joined([point._replace(joined=True) for point in points])
        return [] if listed is None else [listed]
    runs: list[list[Claim]] = []
    apart = False  # whether words stand before what is between two elements: "(1, 1) is one with f = -1, (0, 0)"
    for claim in claims if not dimension else with_points(claims, dimension):
        if _is_beside(claim.expr, dimension):
            apart = apart or (bool(dimension) and not claim.joined)
            continue
        if runs and not apart and _goes_on(runs[-1][-1], claim):
            runs[-1].append(claim)
        else:
            runs.append([claim])
        apart = False
    return [found for run in runs if (found := _joined(_without_equations(run))) is not None]


def _is_beside(expr: Expr | None, dimension: int | None) -> bool:
    """Whether a claim is neither an element of the dimension that is asked for, nor says what the elements are not."""
    states = not isinstance(expr, Relation) or says(expr)
    member = expr.operands[-1] if isinstance(expr, Relation) else expr
    listed = member is None or (isinstance(member, Group) and member.brackets == "{}")  # no point: x in {0, 1}
    elements = None if listed or member is None else elements_of(Group("{}", (member,), member.place))
    if isinstance(expr, Relation) and not set(expr.ops) <= EQUAL:  # x != 1; a point has no "det H = 9 > 0"
        return bool(dimension) and "=" in expr.ops and "!=" not in expr.ops
    if dimension is not None and elements is not None:
        return dimension_of(elements) != dimension
    return elements is None and (states or bool(dimension))


def _without_equations(run: list[Claim]) -> list[Claim]:
    """The run without an equation that its roots stand behind: `x^2 - 5x + 4 = 0, x_1 = 1, x_2 = 4`."""
    first = run[0].expr
    solved = isinstance(first, Relation) and first.ops == ("=",) and isinstance(first.operands[0], Op)
    named = all(isinstance(claim.expr, Relation) and says(claim.expr) for claim in run[1:])
    return run[1:] if solved and named and len(run) > 2 else run


def _goes_on(last: Claim, claim: Claim) -> bool:
    """Whether a claim belongs to the list of the one before: joined, or again about the same name."""
    if "=>" in claim.before:
        return False
    again = _name(claim) and _name(last)[:1] == _name(claim)[:1] and _BETWEEN.fullmatch(claim.before)
    return claim.joined or bool(again)


def _name(claim: Claim) -> str:
    left = claim.expr.operands[0] if isinstance(claim.expr, Relation) else None
    base = left.base if isinstance(left, Index) else left
    return base.name if isinstance(base, Name) else ""


def _joined(run: list[Claim]) -> Candidate | None:
    """The set of a run; None if it says what the elements are not, or speaks of several unknowns."""
    if any(isinstance(c.expr, Relation) and not says(c.expr) for c in run):
        return None
    if len({_name(c)[:1] for c in run if _name(c)}) > 1:  # x = 1, y = 4
        return None
    exprs = tuple(c.expr.operands[-1] if isinstance(c.expr, Relation) else c.expr for c in run)
    place = (run[0].place[0], run[-1].place[1])
    group = Group("{}", tuple(expr for expr in exprs if expr is not None), place)
    merged = Claim(group, place, run[0].before, False, run[0].aside, run[0].boxed, run[0].block)
    elements = elements_of(group)
    return None if elements is None else Candidate(merged, elements, rank(merged) + len(run))


def candidates_of(view: View, dimension: int | None = None) -> list[Candidate]:
    """Every set in an answer; with `dimension` only those whose elements have as many coordinates, 0 for numbers."""
    claims = view.claims(view.reading(grouping=False))
    if dimension:
        claims = without_matrices(claims, view)
    else:
        claims = with_both_signs(claims)
    found = [Candidate(c, e, rank(c)) for c in claims if (e := elements_of(c.expr)) is not None]
    if dimension is not None:
        found = [one for one in found if not one.value or dimension_of(one.value) == dimension]
    if dimension:  # "(0, 0): the Hessian is [[0, 3], [3, 2]]" is about a point
        matrices = [one for one in found if _is_matrix(one.claim.expr)]
        found = [one for one in found if one not in matrices]
        valued = with_values_as_points(claims) if dimension == _PAIR else claims
        return found or _bare(claims, dimension) or (_bare(valued, dimension) if valued != claims else []) or matrices
    return found or _bare(claims, dimension)


_PAIR = 2


def _is_matrix(expr: Expr | None) -> bool:
    last = expr.operands[-1] if isinstance(expr, Relation) else expr
    rows = last.items if isinstance(last, Group) and last.brackets == "[]" else ()
    return any(isinstance(row, Group) and row.brackets == "[]" for row in rows)


def _braced(claim: Claim) -> bool:
    return isinstance(claim.expr, Group) and claim.expr.brackets == "{}"


def _behind(claim: Claim, view: View) -> Iterator[Claim]:
    """The claims behind one in its block."""
    claims = view.claims(view.reading(grouping=False))
    return (other for other in claims if other.block == claim.block and other.place[0] >= claim.place[1])


def _numbers(view: View) -> frozenset[Element]:
    """Every number of an answer that stands for itself or that a name equals."""
    reading = view.reading(grouping=False)
    exprs = [c.expr.operands[-1] if isinstance(c.expr, Relation) else c.expr for c in view.claims(reading)]
    found = {value for expr in exprs if (value := value_of(expr)) is not None}
    return frozenset(found | ({1} if "one" in reading.words.split() else set()))


def _takes_out(claim: Claim) -> str:
    """The words by which a sentence takes elements out again: "1, 4 and 5, but not 4"."""
    found = _TAKES_OUT.search(claim.before) or (_OUTSIDE.fullmatch(claim.before) if _braced(claim) else None)
    return found.group().strip() if found else ""


def _seen(expected: Expected, view: View) -> View:
    dimension = dimension_of(expected.elements)
    if dimension:
        return with_points_typed(view, dimension)
    told: tuple[View, View] = view.remember(("without units", view.places), lambda: (without_unit_of_all(view), view))
    return told[0]


def find(expected: Expected, view: View) -> tuple[Claim, ...]:
    """The claims that could be a set."""
    found = candidates_of(_seen(expected, view), dimension_of(expected.elements))
    return tuple([candidate.claim for candidate in found])


def judge(expected: Expected, view: View) -> Finding:
    """Compares the claimed set with the reference."""
    view = _seen(expected, view)
    found_there = candidates_of(view, dimension_of(expected.elements))
    candidates = [one._replace(value=snapped(one.value, expected.elements)) for one in found_there]
    chosen, rivals = choose(written_out(candidates, view.answer.text))
    if chosen is None:
        return not_found(view, "a set")
    read_as, found = show(chosen.claim.expr), chosen.value
    reading = view.reading(grouping=False)
    differing = [rival for rival in rivals if rival.value != found]
    if found == expected.elements:
        others = [one for one in candidates if one.value != found and one not in rivals]
        differing += [one for one in others if hesitates((one.claim, chosen.claim), reading)]
        differing = [rival for rival in differing if not takes_up(rival, chosen, view)]
    if differing and expected.elements in (found, *(rival.value for rival in differing)):
        return review((chosen.claim, *(r.claim for r in differing)), read_as, remark("several-answers"))
    taken = next((words for words in map(_takes_out, _behind(chosen.claim, view)) if words), "")
    taken = taken or _takes_out(chosen.claim) or continued(chosen.claim, reading)
    if taken:
        return review((chosen.claim,), read_as, remark("changed-by-words", words=taken))
    if found == expected.elements and (less := narrowed(chosen, candidates)) is not None:
        return review((chosen.claim, less.claim), read_as, remark("several-answers"))
    if found == expected.elements and may_be_interval(chosen.claim.expr) and not is_printed(chosen.claim, view):
        message = "square brackets around two numbers may mean an interval"
        return review((chosen.claim,), read_as, remark("unreadable", message=message, what="a set"))
    if found == expected.elements:
        return right((chosen.claim,), read_as)
    if found < expected.elements <= found | _numbers(view):  # "one and four", "x = 1 / x = 4"
        return review((chosen.claim,), read_as, remark("several-answers"))
    told = remarked_on(found, candidates, expected.elements, view) if dimension_of(expected.elements) else ""
    if told:
        every = tuple([one.claim for one in candidates])
        return right(every, read_as) if told == "right" else review(every, read_as, remark("several-answers"))
    if points_in_words(found, expected.elements, view):
        return review((chosen.claim,), read_as, remark("several-answers"))
    return _differing(expected, view, chosen)


def _by_name(view: View) -> list[frozenset[Element]]:
    """The values of each name, "it is sqrt(10) at k = 1 and at k = 3", wherever they stand."""
    named: dict[str, set[Element]] = {}
    for claim in view.claims(view.reading(grouping=False)):
        value = value_of(claim.expr.operands[-1]) if isinstance(claim.expr, Relation) and says(claim.expr) else None
        if value is not None and (name := _name(claim)):
            named.setdefault(name, set()).add(value)
    return [frozenset(values) for values in named.values()]


def _differing(expected: Expected, view: View, chosen: Candidate) -> Finding:
    """The finding for a set that is not the reference."""
    read_as, found = show(chosen.claim.expr), chosen.value
    rounded = rounding_of(found, expected.elements)
    if rounded == "fine":
        return right((chosen.claim,), read_as)
    if rounded:
        return review((chosen.claim,), read_as, remark("rounding-unclear"))
    if found.isdisjoint(expected.elements) and expected.elements in _by_name(view):
        return review((chosen.claim,), read_as, remark("several-answers"))
    extra, missing = found - expected.elements, expected.elements - found
    common = len(found & expected.elements)
    if dimension_of(expected.elements) == 0 and (units := units_of(view)):
        return review((chosen.claim,), read_as, remark("units-in-set", units=", ".join(sorted(units))))
    if not common:
        return wrong((chosen.claim,), read_as, remark("set-differs"))
    credit = Fraction(max(0, common - len(extra)), len(expected.elements))
    facts = {"extra": listed(extra), "count": len(missing)}
    return partial(credit, (chosen.claim,), read_as, mistake("set-incomplete" if missing else "set-too-large", **facts))


KIND = Kind(
    name="set",
    doc="a set of numbers or tuples, in any order",
    fields=(Field("set", "expression", "the elements: a list, or an expression", required=True), QUANTITY),
    prepare=prepare,
    judge=judge,
    describe=lambda expected: f"{{{listed(expected.elements)}}}",
    find=find,
    model_answer=lambda expected: f"{{{listed(expected.elements)}}}",
    reads={"grouping": False},
    in_words=r"\b(none|all|empty|every)\b",
    examples=(
        Example("set: [[1.5, 1], [4.5, 3]]", "centroid 1: (1.5, 1)\n\ncentroid 2: (4.5, 3)", "right"),
        Example("set: [[1.5, 1], [4.5, 3]]", "c1: (1.5, 1), c2: (4.5, 3)", "right"),
        Example("set: [[1.5, 1], [4.5, 3]]", "c1: (1.5, 1), c2: (4.5, 4)", "wrong"),
        Example("set: [[1.5, 1], [4.5, 3]]", "try 1: (1.5, 1), try 2: (4.5, 3)", "review"),
        Example("set: [1, 4]", "$\\{4, 1\\}$", "right"),
        Example("set: [1, 4]", "Samples 1 and 4", "right"),
        Example("set: [1, 4, 6]", "$\\{1, 4\\}$", "partial"),
        Example("set: [1, 4]", "$\\{2, 3\\}$", "wrong"),
        Example("set: [[0, 0], [3/2, 9/4]]", "$(0,0)$, $(\\frac32,\\frac94)$ and $(\\frac13,\\frac14)$", "partial"),
        Example("set: [1, 4]", "none of them", "review"),
        Example("set: [1, 4]", "$x^2-5x+4=0$, $x_1=1$, $x_2=4$", "right"),
        Example("set: [1, 4]", "$x^2-5x+4=0$, $x_1=1$, $x_2=3$", "wrong"),
        Example("set: [1, 4]", "$\\sigma(A) = \\{1, 4\\}$", "right"),
        Example("set: [1, 4]", "$(1, 4)$", "review"),
        Example("set: [[0, 0], [1, 2]]", "So $x = 0$ or $x = 1$. The points are $(0,0)$ and $(1,2)$.", "right"),
        Example("set: [[0, 0], [1, 2]]", "So $x = 0$ or $x = 1$. The points are $(0,0)$ and $(2,1)$.", "wrong"),
        Example("set: [[0, 0], [1, 2]]", "So $x = 0$ or $x = 1$.", "review"),
        Example("set: [[0, 0], [1, 2]]", "$x \\in \\{0, 1\\}$: $P_1 = (0,0)$ and $P_2 = (1,2)$", "right"),
        Example("set: [[0, 0], [1, 2]]", "$x = y = 0$ and $y = 2, x = 1$", "right"),
        Example("set: [[0, 0], [1, 2]]", "$x = y = 0$ and $y = 1, x = 2$", "wrong"),
        Example("set: [[0, 0], [1, 2]]", "$x = 0$ or $x = 1$, $y = 2$", "review"),
        Example("set: [[0, 0], [1, 2]]", "$(x, y) \\in \\{(0, 0), (1, 2)\\}$", "right"),
        Example("set: [[0, 0], [1, 2]]", "$(y, x) \\in \\{(0, 0), (2, 1)\\}$", "review"),
        Example(
            "set: [[0, 0], [1, 2]]",
            "$(0,0)$ and $(1,2)$. For $(1,2)$ it is $\\begin{pmatrix}1&2\\\\2&1\\end{pmatrix}$",
            "right",
        ),
        Example(
            "set: [[0, 0], [1, 2]]", "$(0,0)$ and $(2,1)$, as $H=\\begin{pmatrix}0&0\\\\1&2\\end{pmatrix}$", "wrong"
        ),
        Example("set: [[0, 0], [1, 2]]", "Points: (0,0) and (1,2). (0,0) is a saddle, (1,2) a minimum", "right"),
        Example("set: [[0, 0], [1, 2]]", "(0,0): saddle; (1,2): minimum", "right"),
        Example("set: [[0, 0], [1, 2]]", "(0,0) and (1,2). But (0,0) does not count, so (1,2)", "review"),
        Example("set: [[0, 0], [1, 2]]", "Candidates (0,0) and (1,2). Only (0,0) is critical.", "review"),
        Example("set: [[0, 0]]", "The points are (0,0) and (1,2). The origin is a saddle.", "review"),
        Example("set: [[0, 0], [1, 2]]", "$(x, y) = (0, 0)$ or $(x, y) = (1, 2)$", "right"),
    ),
)
