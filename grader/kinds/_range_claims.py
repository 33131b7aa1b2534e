"""Ranges that an answer gives its indices and that are those of others: "Y[i,k,n] = X[i,s*k,n], k = 0, ..., N-1"."""

from __future__ import annotations

import re
from collections.abc import Collection, Sequence

from grader.kinds._expected import Expected
from grader.kinds._formula_choice import Chosen
from grader.kinds._ranges_said import said_behind
from grader.kinds._trial import Trial
from grader.maths.evaluation import evaluate
from grader.maths.ranges import axis_length, is_all_but_kernel
from grader.maths.repairs import counts_terms, index_positions, reductions
from grader.model.errors import Unreadable
from grader.model.expressions import Expr, Index, Name, Num, base_name, names_in, walk
from grader.notation.printing import show
from grader.notation.reading import Claim

_NUMBERED = re.compile(r"[A-Z]_?\d+")


def other_range(expected: Expected, chosen: Chosen, claims: Sequence[Claim]) -> str:
    """The range of an index of the left side that is not the one which its axis has; "" if none is given.

    Counted from 1, a range is one longer at both ends, which an index of no other length than its own may be.
    """
    if not isinstance(chosen.left, Index):
        return ""
    own = {index.name for index in chosen.left.indices if isinstance(index, Name)}
    said = said_behind(own, chosen.claim, claims)
    if not said:
        return ""
    bare = _only_alone(own, chosen.body)
    for frame in (expected, *(expected.further() if expected.further is not None else ())):
        trial = Trial(frame, chosen.left, chosen.body, dict(chosen.local), chosen.claim)
        axes = dict(zip(trial.letters, trial.frame.letters, strict=False))
        for name, (low, high) in said.items():
            coordinates = trial.frame.coordinates[0].get(axes.get(name, ""))
            ends = _value(low, trial), _value(high, trial)
            if coordinates is None or None in ends or not len(coordinates):
                continue
            first, last = int(coordinates[0]), int(coordinates[-1])
            if ends != (first, last) and (name not in bare or ends != (first + 1, last + 1)):
                return f"{name} = {show(low)}..{show(high)}"
    return ""


def _only_alone(own: Collection[str], body: Expr) -> frozenset[str]:
    """The indices that stand alone wherever they stand: counted from 1, they are the same; s*k is another one."""
    places = [index for node in walk(body) if isinstance(node, Index) for index in node.indices]
    return frozenset(own) - {name for place in places if not isinstance(place, Name) for name in names_in(place)}


def _value(limit: Expr, trial: Trial) -> int | None:
    try:
        value = evaluate(limit, trial.frame.samples[0].student_scope())
    except Unreadable:
        return None
    return int(value.data) if not value.axes and not value.rank and value.data == int(value.data) else None


def borrowed_limit(body: Expr, known: Collection[str]) -> str:
    """The limit of a sum that has the name of another index: j1 up to K1 - 1, where k1 stands elsewhere; "" if none."""
    indices = index_positions(body) | {bound.index for node in reductions(body) for bound in node.bounds}
    for node in reductions(body):
        for bound in node.bounds:
            free = bound.high is None or is_all_but_kernel(bound.high)  # j1 up to H - K1
            for name in names_in(bound.high) - set(known) if bound.high is not None and not free else ():
                own = name.replace("_", "").lower()
                if _NUMBERED.fullmatch(name) and own != bound.index and own in indices:
                    return name
    return ""


def foreign_limit(body: Expr, expected: Expected) -> str:
    """A letter of the sheet's own kind that limits a sum over an axis with another name: i up to D in `X[i,n]: [N, D]`.

    Only where the sheet uses the name of the axis elsewhere too, so that everybody knows it; "" for none.
    """
    known = expected.names.keys() | index_positions(body) | {*expected.letters}
    for node in reductions(body):
        for bound in node.bounds:
            strange = sorted(names_in(bound.high) - known) if bound.high is not None else []
            lengths = _named_lengths(bound.index, node, expected) if strange else []
            if lengths and all(length <= expected.names.keys() for length in lengths):
                return strange[0]
    return ""


def _named_lengths(index: str, expr: Expr, expected: Expected) -> list[frozenset[str]]:
    """The letters in the length of each axis that an index runs along by itself, where there are any."""
    found = []
    for node in walk(expr):
        sizes = expected.shapes.get(base_name(node), ()) if isinstance(node, Index) else ()
        for size, place in zip(sizes, node.indices if isinstance(node, Index) else (), strict=False):
            if size is not None and size.letters and isinstance(place, Name) and place.name == index:
                found.append(size.letters)
    return found


def is_numbered(expected: Expected, body: Expr) -> bool:
    """Whether a sum has so many terms as a number says, `sum_{k=0}^{2}`, over an axis that has no one length here.

    At lengths up to that number it is right all the same, since an array is zero outside.
    """
    for node in reductions(body):
        for bound in node.bounds:
            if not counts_terms(bound) or node.op != "sum":
                continue
            lengths = {axis_length(bound.index, node, world.student_scope()) for world in expected.samples}
            if not isinstance(bound.high, Num) or len(lengths) > 1:
                return True
    return False


def unlimited_window(body: Expr) -> str:
    """The index of a largest or smallest value of which nothing says how far it runs, `max_j X[s*k+j]`; "" for none.

    An index that stands alone in a place of an array runs along the whole axis.
    """
    for node in reductions(body):
        places = [place for inner in walk(node.body) if isinstance(inner, Index) for place in inner.indices]
        alone = {place.name for place in places if isinstance(place, Name)}
        for bound in node.bounds if node.op in ("max", "min") else ():
            if bound.low is None and bound.high is None and bound.index not in alone:
                return bound.index
    return ""
