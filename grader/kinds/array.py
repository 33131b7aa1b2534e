"""A vector or matrix, entry by entry."""

from __future__ import annotations

import re
from fractions import Fraction

import numpy as np

from grader.kinds._around_matrices import changed_around
from grader.kinds._arrays import array_of, complex_array_of, is_coarse, is_rounded, read_array, without_dust
from grader.kinds._choosing import Candidate, choose, hesitates, operated, rank, touches
from grader.kinds._counted import miscounted
from grader.kinds._doubts import continued, renames
from grader.kinds._entry_units import reading_in, with_units
from grader.kinds._explaining import explaining
from grader.kinds._imaginary import complex_value
from grader.kinds._interval import intervals, is_interval
from grader.kinds._lists import (
    bare_lists,
    entries,
    is_said,
    of_another,
    of_one_size,
    stacked,
    turns_components,
    without_systems,
    worked_out,
)
from grader.kinds._lists_of_working import is_worked_out_in_turn
from grader.kinds._lists_written import with_lists_typed
from grader.kinds._numbers import read_tolerance, value_of
from grader.kinds._overtaken import goes_on, overtaken, says_again
from grader.kinds._scaled_lists import part_of, says_two_lists, with_factors
from grader.kinds._taken_away import taken_away
from grader.kinds._typed_matrices import with_matrices_told
from grader.kinds._units import UNIT_FIELDS, Rule, for_mistakes, read_rule
from grader.kinds._value_tables import gives_entries, is_ruled, with_values_listed
from grader.kinds.kind import Example, Kind, Setup, View, mistake, not_found, partial, remark, review, right, wrong
from grader.model.expressions import Group, Index, Relation, base_name
from grader.model.patterns import later
from grader.model.records import NamedTuple
from grader.model.results import Finding, Status
from grader.model.rubrics import Mapping, Scalar
from grader.model.vocabulary import QUANTITY, Field
from grader.notation.printing import show
from grader.notation.reading import Claim, Reading

_ONE_SLIP, _TRANSPOSED = Fraction(2, 5), Fraction(1, 2)
_ROUNDED = 0.02  # between the lists of one chain
_LEAST = 4  # entries that an array must have for one wrong entry to be a slip


class Expected(NamedTuple):
    """The reference entries."""

    values: np.ndarray
    text: str
    tolerance: float
    orientation: bool  # whether a row and a column are told apart
    rule: Rule | None = None  # the unit that is asked for
    rounds: bool = False  # without a tolerance of the rubric a real entry is the exact one rounded

    @property
    def imaginary(self) -> bool:
        """Whether its entries are complex numbers: then `i` and `j` are the imaginary unit in answers."""
        return self.values.dtype.kind == "c"


def prepare(fields: Mapping, setup: Setup) -> Expected | None:
    """Computes the array."""
    node = fields.get("array")
    values = None if node is None else read_array(node, setup, imaginary=True)
    if values is None:
        return None
    tolerance = read_tolerance(fields.get("tolerance"), setup)
    limit = float(tolerance) if tolerance is not None else 1e-9 if values.dtype.kind in "iub" else 5e-3
    rounds = tolerance is None and values.dtype.kind == "f"
    oriented = fields.get("orientation")
    strict = isinstance(oriented, Scalar) and oriented.text == "strict"
    return Expected(np.atleast_1d(values), "", limit, strict, read_rule(fields, setup), rounds)


def find(expected: Expected, view: View) -> tuple[Claim, ...]:
    """The claims that could be an array."""
    view = with_matrices_told(view, expected.values.shape)
    view = with_lists_typed(view, expected.values.size, expected.imaginary)
    reading = _reading(view, expected.rule, expected.imaginary)
    return tuple(candidate.claim for candidate in candidates_of(view, reading, expected.imaginary))


def _reading(view: View, rule: Rule | None, imaginary: bool) -> Reading:
    reading = reading_in(view, rule, imaginary=imaginary)
    return view.gathered("factors", reading, lambda: with_factors(reading, view))


def candidates_of(view: View, reading: Reading, imaginary: bool = False) -> list[Candidate]:
    """Every array in an answer; with `imaginary`, of complex numbers."""
    return view.gathered("arrays", reading, lambda: _candidates(view.claims(reading), imaginary), imaginary)


def _candidates(claims: tuple[Claim, ...], imaginary: bool) -> list[Candidate]:
    read, evaluate = (complex_array_of, complex_value) if imaginary else (array_of, value_of)
    claims = worked_out(without_systems(claims), evaluate)
    why = explaining(claims, concluded=False)
    told = [(c, array) for c in claims if (array := read(c.expr)) is not None]
    found = [Candidate(c, array, rank(c) - _WHY * (c.place in why)) for c, array in told]
    found = [candidate for candidate in found if not _names_elements(candidate.claim)]
    lists = bare_lists(claims, read, evaluate)
    longest = max((len(candidate.value) for candidate in lists), default=0)
    if found and all(len(candidate.value) < min(longest, 3) for candidate in found):
        return lists  # "windows (1,2), (3,2) give 2, 3, 10, 1"
    return found or entries(claims, evaluate) or lists


_WHY = 8  # less for what only says why: "since A times it is [[1, 0], [0, 1]]"


def _names_elements(claim: Claim) -> bool:
    """`x[0], x[2] = 1, 3`: what stands in the brackets is a place, not the answer."""
    return isinstance(claim.expr, Index)


def close(found: np.ndarray, wanted: np.ndarray, tolerance: float) -> np.ndarray:
    """Entry by entry: |a - b| <= tolerance * max(1, |b|)."""
    return np.asarray(np.abs(found - wanted) <= tolerance * np.maximum(1, np.abs(wanted)))


def judge(expected: Expected, view: View) -> Finding:
    """Compares the claimed array with the reference, and its units with the one asked for."""
    view = with_values_listed(view, expected.values.size if expected.values.ndim == 1 else 0)
    view = with_matrices_told(view, expected.values.shape)
    view = with_lists_typed(view, expected.values.size, expected.imaginary)
    reading = _reading(view, expected.rule, expected.imaginary)
    finding = _judged(expected, view, reading)
    if expected.rule is None:
        return finding
    measured = with_units(finding, view, expected.rule, lambda told: _judged(expected, view, told))
    if finding.status is not Status.RIGHT or measured.status is Status.RIGHT or not is_interval(expected.values):
        return measured
    return _said_again(expected, finding, view, reading, expected.rule) or measured


def _said_again(expected: Expected, finding: Finding, view: View, reading: Reading, rule: Rule) -> Finding | None:
    """What the two ends say that stand with their units behind an interval without: "8 ± 1, from 7 ms to 9 ms"."""
    ends = intervals(view.claims(reading), view.answer.text, spoken=True)
    if not ends or ends[-1].claim.place[0] in [start for start, _ in finding.spans]:
        return None
    claim = ends[-1].claim
    if not _equal(ends[-1].value, expected.values, expected):
        return review((claim,), finding.read_as, remark("several-answers"))
    again = right((claim,), show(claim.expr), value=ends[-1].value)
    again = with_units(again, view, rule, lambda told: _judged(expected, view, told))
    return again if again.status is Status.RIGHT else None


def _judged(expected: Expected, view: View, reading: Reading) -> Finding:
    """What the numbers of an answer say, in the unit of the reference."""
    candidates = candidates_of(view, reading, expected.imaginary)
    if expected.values.ndim == 2:
        candidates = stacked(candidates, reading)
    if not candidates and not expected.imaginary and is_interval(expected.values):
        candidates = intervals(view.claims(reading), view.answer.text)
    chosen, rivals = choose(of_one_size(candidates, expected.values.size))
    if chosen is None:
        return not_found(view, "a list of numbers")
    claim, found, wanted = chosen.claim, chosen.value, expected.values
    read_as = show(claim.expr)
    doubt = _doubt(chosen, rivals, reading)
    if doubt is not None:
        return doubt
    if not expected.orientation and wanted.ndim == 1 and found.ndim == 2 and 1 in found.shape:
        found = found.ravel()  # a column or a row for a vector
    is_right = _equal(found, wanted, expected)
    others = [c for c in rivals if _equal(c.value, wanted, expected) != is_right]
    if is_right:
        if (doubt := _contradicted(expected, claim, found, reading, view)) is not None:
            return doubt
        others = [c for c in others if c.claim.block == claim.block and claim.joined]
        differing = [c for c in candidates if not _equal(c.value, wanted, expected)]
        others += [c for c in differing if renames(c.claim, claim) or says_again(claim, c, wanted.size)]
        alike = [c for c in differing if c.value.size == found.size and c not in others]
        others += [c for c in alike if goes_on(claim, c.claim) or hesitates((claim, c.claim), reading)]
    else:
        asked = [c for c in candidates if _equal(c.value, wanted, expected)]
        others += [c for c in asked if c not in others and hesitates((claim, c.claim), reading)]
    if (first := overtaken(chosen, candidates, lambda value: _equal(value, wanted, expected))) is not None:
        others = [*others, first]
    if others:
        return review((claim, *(c.claim for c in others)), read_as, remark("several-answers"), value=found)
    if not is_right and found.size != wanted.size and "|" in view.answer.text:  # 2 | 3 | 10: bars, or no bars
        message = "bars may set entries apart, or stand for an absolute value"
        return review((claim,), read_as, remark("unreadable", message=message, what="a list of numbers"))
    counted = is_said(wanted, reading)  # 1,3,0,1 (4 elements)
    commas = found.size == 2 * wanted.size and bool(_DECIMALS.search(view.answer.text))  # [50,7; 54,1]
    sized = counted or commas or gives_entries(view.claims(reading), wanted.size)
    if not is_right and ((found.size != wanted.size and sized) or is_ruled(view.answer.blocks)):
        return review((claim,), read_as, remark("several-answers"))
    return right((claim,), read_as, value=found) if is_right else _miss(expected, claim, found)


def _contradicted(expected: Expected, claim: Claim, found: np.ndarray, reading: Reading, view: View) -> Finding | None:
    """The finding for a right array of which words, equations beside it or its last decimals say something else."""
    read_as = show(claim.expr)
    if expected.rounds and not is_rounded(found, expected.values):
        return review((claim,), read_as, remark("rounded-otherwise"), value=found)
    if hesitant := _OR.search(view.answer.text):
        return review((claim,), read_as, remark("changed-by-words", words=hesitant[0]), value=found)
    words = changed_around(view.answer.blocks, claim, found.ndim) or taken_away(view.answer.blocks, claim)
    if words := words or miscounted(found.shape, view.answer.text):
        return review((claim,), read_as, remark("changed-by-words", words=words), value=found)
    if says_two_lists(claim.expr, array_of, lambda one, other: bool(np.all(close(one, other, _ROUNDED)))):
        return review((claim,), read_as, remark("chain-inconsistent"), value=found)
    if (entry := _other_entry(claim, reading, found)) is not None:
        return review((claim, entry), read_as, remark("entry-differs", said=show(entry.expr)), value=found)
    return None


_DECIMALS = later(r"\d,\d+\s*;(?:\s|\\[ ,;:!])*-?\d+,\d", holds=(";",))
_OR = later(r"\((?:or|maybe|perhaps|possibly|oder|vielleicht|ou) [^()]*\d")  # 300 Hz (or 200 Hz)


def _other_entry(claim: Claim, reading: Reading, wanted: np.ndarray) -> Claim | None:
    """A claim that gives an entry another value, or one that there is not: "y = [1, 3, 0, 1] and y[2] = 10"."""
    named = base_name(claim.expr.operands[0]) if isinstance(claim.expr, Relation) else ""
    for other in reading.claims if named and wanted.ndim == 1 else ():
        expr = other.expr
        left = expr.operands[0] if isinstance(expr, Relation) and expr.ops == ("=",) else None
        if not isinstance(expr, Relation) or not isinstance(left, Index) or base_name(left) != named:
            continue
        place, value = value_of(left.indices[0]), value_of(expr.operands[1])
        if not isinstance(place, int) or place < 0 or len(left.indices) != 1 or value is None:
            continue
        if place >= wanted.size or not close(np.asarray(value), np.asarray(wanted[place]), 0.01):
            return other
    return None


def _doubt(chosen: Candidate, rivals: tuple[Candidate, ...], reading: Reading) -> Finding | None:
    """Why a list does not stand for itself: what stands beside it, words that go on, a second thought."""
    claim, read_as = chosen.claim, show(chosen.claim.expr)
    beside = touches(claim, reading)
    if beside is not None:  # 1/5 [[3, -1], [-1, 2]]
        message = "a factor or another list stands beside it"
        return review((claim, beside), read_as, remark("unreadable", message=message, what="a list of numbers"))
    if words := continued(claim, reading) or operated(claim, reading) or part_of(claim, reading):
        return review((claim,), read_as, remark("changed-by-words", words=words))
    if turns_components(claim.expr):
        return review((claim,), read_as, remark("takes-back", said=show(claim.expr)))
    if of_another(claim.expr, chosen.value.ndim > 1):
        return review((claim,), read_as, remark("equation-unsolved"))
    if hesitates([c.claim for c in rivals] + [claim], reading):
        claims = (claim, *(c.claim for c in rivals))
        return review(claims, read_as, remark("several-answers"), value=chosen.value)
    return None


def _miss(expected: Expected, claim: Claim, found: np.ndarray) -> Finding:
    """An array that is not the reference: transposed, of another size, or with entries that differ."""
    wanted, read_as = expected.values, show(claim.expr)
    flat = found.ndim < wanted.ndim  # [1 2; 3 4], or rows that were not seen to belong together
    if flat or found.size == 1 < wanted.size:  # [2 -1] may be two entries, or a difference
        message = "the entries are not set apart"
        return review((claim,), read_as, remark("unreadable", message=message, what="a list of numbers"))
    if found.ndim == 2 and _equal(found.T, wanted, expected):
        return partial(_TRANSPOSED, (claim,), read_as, mistake("transposed"), value=found)
    if found.shape != wanted.shape and isinstance(claim.expr, Group) and not claim.expr.brackets:
        message = "the entries that are named are not as many as asked for"
        return review((claim,), read_as, remark("unreadable", message=message, what="a list of numbers"))
    if found.shape != wanted.shape:
        return wrong((claim,), read_as, remark("array-size-differs", found=_size(found)), value=found)
    if expected.rounds and is_coarse(found, wanted):
        return review((claim,), read_as, remark("rounding-unclear"), value=found)
    differs = ~close(found, wanted, expected.tolerance)
    where = ", ".join(str(tuple(int(k) for k in place)).replace(",)", ")") for place in np.argwhere(differs)[:6])
    if differs.sum() == 1 and wanted.size >= _LEAST:
        return partial(_ONE_SLIP, (claim,), read_as, mistake("one-entry-wrong", where=where), value=found)
    return wrong((claim,), read_as, remark("entries-differ", where=where, count=int(differs.sum())), value=found)


def _equal(found: np.ndarray, wanted: np.ndarray, expected: Expected) -> bool:
    if not expected.orientation and wanted.ndim == 1 and found.ndim == 2 and 1 in found.shape:
        found = found.ravel()
    return found.shape == wanted.shape and bool(np.all(close(found, wanted, expected.tolerance)))


def _size(found: np.ndarray) -> str:
    return " by ".join(str(length) for length in found.shape) + (" entries" if found.ndim == 1 else "")


def _written(expected: Expected) -> str:
    shown = str(without_dust(expected.values.tolist()))
    if expected.imaginary:  # (2+2j) in Python's spelling
        shown = re.sub(r"\(([^()]+)\)", lambda found: found[1], shown)
    return shown + (f" {expected.rule.text}" if expected.rule is not None else "")


_DOC = "a vector or matrix of numbers"

KIND = Kind(
    name="array",
    doc=_DOC,
    fields=(
        Field("array", "expression", "the reference entries: nested lists, or an expression", required=True),
        Field("tolerance", "number", "accepted distance of an entry, relative above 1 and absolute below"),
        *UNIT_FIELDS,
        Field("orientation", "text", "`strict` tells a row from a column", options=("free", "strict")),
        QUANTITY,
    ),
    prepare=prepare,
    judge=judge,
    describe=_written,
    value=lambda expected: None if expected.imaginary else expected.values,
    find=find,
    model_answer=_written,
    reads={"grouping": False},
    in_words="",
    doubt=lambda _, view: remark("no-answer-found", what=_DOC) if is_worked_out_in_turn(view) else None,
    calculates=True,
    for_mistakes=for_mistakes,
    examples=(
        Example("array: [2, 3, 10, 1]", "$$\\mathbf y = [2, 3, 10, 1]$$", "right"),
        Example("array: [2, 3, 10, 1]", "y = 2, 3, 10, 1", "right"),
        Example("array: [2, 3, 10, 1]", "[2, 3, 10, 2]", "partial"),
        Example("array: [1.5, 2.25]", "[1.5, 2.3]", "review"),
        Example("array: [[1, 2], [3, 4]]", "$\\begin{bmatrix}1 & 2\\\\3 & 4\\end{bmatrix}$", "right"),
        Example("array: [2, 3]", "I do not see it", "review"),
        Example("array: [2, 3]", "$y = [2, 3]$, so $y[2] = 4$", "review"),
        Example("array: [2, 3]", "$u = \\frac12(4, 6) = (2, 3)$", "right"),
        Example("array: [2, 3]", "$u = \\frac12(4, 8) = (2, 3)$", "review"),
        Example("array: [1, 0, 3, -2]", "1 0 -3 2", "wrong"),
        Example("array: [1, 0, 3, -2]", "1 0 3 - 2", "review"),
        Example("array: [2, 2+2*i, -2, 2-2*i]", "$\\{2; 2+2j; -2; 2-2j\\}$", "right"),
        Example("array: [2, 2+2*i, -2, 2-2*i]", "[ 2.+0.j  2.+2.j -2.+0.j  2.-2.j]", "right"),
        Example("array: [2, 2+2*i, -2, 2-2*i]", "[2, 2+2j, 2, 2-2j]", "partial"),
        Example("array: [2, 2+2*i, -2, 2-2*i]", "[2, 2-2j, -2, 2+2j]", "wrong"),
        Example("{array: [2, 3], unit: m/s}", "$(2, 3)\\,\\text{m/s}$", "right"),
        Example("{array: [2, 3], unit: m/s}", "[2 m/s, 300 cm/s]", "right"),
        Example("array: [50.437, 54.363]", "50.44 < mu < 54.36", "right"),
        Example("array: [50.437, 54.363]", "50.44 < mu < 54.46", "review"),
        Example("array: [50.4, 54.4]", "50.4 < mu < 54.4", "right"),
        Example("array: [50.4, 54.4]", "50.4 < mu < 55.4", "wrong"),
        Example("array: [50.4, 54.4]", "50.4 < mu and 54.4", "review"),
        Example("{array: [2, 3], unit: m/s}", "[2, 3]", "partial"),
        Example("{array: [2, 3], unit: m/s}", "[2, 3] km/s", "wrong"),
        Example("array: [51.02, 52.98]", "Lower limit: 51.02, upper limit: 52.98", "right"),
        Example("{array: [2, 3], unit: m/s}", "[2 m/s, 3]", "review"),
    ),
)
