"""What is said of a formula of whole arrays whose pieces do not fit together, or that has another shape than asked."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from fractions import Fraction
from typing import Any

import numpy as np

from grader.kinds._expected import Expected
from grader.kinds._trial import Trial
from grader.kinds.kind import View, mistake, remark
from grader.maths.extents import with_definitions
from grader.maths.fitting import Shape, written
from grader.maths.shapes import Misfit, infer
from grader.maths.sizes import Sizes
from grader.maths.worlds import World
from grader.model.errors import Unreadable
from grader.model.expressions import Op, Place, Relation, names_in
from grader.model.results import Finding, Reason, Status
from grader.notation.printing import show
from grader.notation.reading import Reading

_OPEN = frozenset(["undecided", "cannot-evaluate"])  # a formula was read, and could not be compared
_CLOSE, _OPEN_BEFORE = re.compile(r"\s*(\\right|\\[bB]igg?r?)?\s*\)"), re.compile(r"(\\left|\\[bB]igg?l?)?\s*\(\s*$")
_OTHERWISE = ("row", "column", "transpos", "stack", "broadcast", "convention", "shape", "dimension", "element")


def explained(finding: Finding, expected: Expected, trial: Trial, view: View) -> Finding:
    """The finding with words about shapes; an undecided formula that cannot be for any lengths is wrong.

    A decided mark never changes. One that is open changes only if no reading of the signs fits, and nothing
    else in the answer speaks of lengths.
    """
    if finding.status not in (Status.WRONG, Status.REVIEW) or trial.matrix is None:
        return finding
    if finding.credit is None and not any(reason.id in _OPEN for reason in finding.reasons):
        return finding
    shapes = _known(expected, trial)
    try:
        shape = infer(trial.matrix, shapes)
    except Misfit as misfit:
        settled = _is_settled(misfit, shapes, trial, view.reading())
        return _told(finding, misfit, settled, _closed(misfit.place, view))
    return _of_other_shape(finding, shape, expected)


def _told(finding: Finding, misfit: Misfit, settled: bool, place: Place) -> Finding:
    """The finding with the first piece that cannot be: in words, and as the place that the mark is about."""
    if finding.status is Status.WRONG and not misfit.certain:
        return finding  # read element by element, it was compared
    reason, spans = _sentence(misfit), (place,)
    if finding.status is Status.REVIEW and not settled:
        return Finding(finding.status, None, (reason._replace(mistake=False), *finding.reasons), finding.read_as, spans)
    # No letter stands in a formula of whole arrays, and it was not computed: only this is the reason.
    kept = () if finding.status is Status.REVIEW else (r for r in finding.reasons if r.id != "indices-left-free")
    return Finding(Status.WRONG, Fraction(0), (reason, *kept), finding.read_as, spans)


def _closed(place: Place, view: View) -> Place:
    """A place with the brackets that close right after it and opened inside, or the other way round."""
    text, (start, stop) = view.answer.document.text[view.base :], place
    surplus = text.count("(", start, stop) - text.count(")", start, stop)
    for _ in range(surplus):
        close = _CLOSE.match(text, stop)
        stop = close.end() if close else stop
    for _ in range(-surplus):
        opened = _OPEN_BEFORE.search(text[:start])
        start = opened.start() if opened else start
    return start, stop


def _sentence(misfit: Misfit) -> Reason:
    left, right = misfit.whole.args
    if misfit.what == "subtracted" and isinstance(right, Op):
        right = right.args[0]
    facts = {
        "left": show(left),
        "left_shape": str(misfit.left_shape),
        "right": show(right),
        "right_shape": str(misfit.right_shape),
        "whole": show(misfit.whole),
        "what": misfit.what,
    }
    meant = [show(turned) for turned in misfit.turned]
    if len(meant) == 2:
        return mistake("shapes-fit-either-way", **facts, meant=meant[0], other=meant[1])
    if meant:
        return mistake("shapes-fit-transposed", **facts, meant=meant[0])
    return mistake("shapes-do-not-fit", **facts)


def _is_settled(misfit: Misfit, shapes: Mapping[str, Sizes], trial: Trial, reading: Reading) -> bool:
    """Whether the answer cannot be meant otherwise: it declares no lengths of its own, in signs or in words.

    A chain `g = X^T r = X r` holds another version, and which counts is for a person.
    """
    chain = trial.claim.expr
    if isinstance(chain, Relation) and len(chain.operands) > 2:
        return False
    letters = {letter for sizes in shapes.values() for size in sizes if size is not None for letter in size.letters}
    others = [claim.expr for claim in reading.claims if claim is not trial.claim and claim.expr is not None]
    own = any(names_in(expr) & letters for expr in others)
    return misfit.certain and not own and not any(word in reading.words for word in _OTHERWISE)


def _of_other_shape(finding: Finding, shape: Shape, expected: Expected) -> Finding:
    """The finding with the shape of the whole, where that is not what is asked."""
    asked, found = expected.asked, shape.sizes
    if asked is None or found is None or shape.letters or None in (*asked, *found) or found == asked:
        return finding
    if finding.status is Status.WRONG and not any(reason.id == "formula-differs" for reason in finding.reasons):
        return finding
    if not asked or not found:
        id = "number-for-array" if asked else "array-for-number"
        reason = remark(id, asked=written(asked)) if asked else remark(id, found=written(found))
    else:
        reason = remark("result-shape-differs", found=written(found), asked=written(asked))
    reasons = (*finding.reasons, reason)
    return Finding(finding.status, finding.credit, reasons, finding.read_as, finding.spans)


def _known(expected: Expected, trial: Trial) -> dict[str, Sizes]:
    """The shapes of all names that a student may use, checked against the samples; with the student's own names."""
    worlds = expected.samples
    shapes = {
        name: sizes
        for name, sizes in expected.shapes.items()
        if name != expected.target and name in worlds[0] and all(_agrees(name, sizes, world) for world in worlds)
    }
    for name in (name for name in expected.names if "/d" in name and name != expected.target):
        sizes = shapes.get(name.rpartition("/d")[2])  # a derivative has the shape of what it is by
        if sizes is not None and all(name in world and _agrees(name, sizes, world) for world in worlds):
            shapes[name] = sizes
    own = {name: sizes for name, sizes in shapes.items() if name not in trial.local}
    return with_definitions(own, trial.local)


def _agrees(name: str, sizes: Sizes, world: World) -> bool:
    """Whether an array has these lengths in a world."""
    try:
        shape = world.measure(name, "shape")
        if shape is None:
            shape = np.shape(world[name])
    except (Unreadable, KeyError):
        return False
    lengths: Sequence[Any] = [] if not sizes else list(shape)
    values = {key: value for key, value in world.data.items() if isinstance(value, int)}
    known = all(size is None or size.letters <= values.keys() for size in sizes)
    return (
        known
        and len(lengths) == len(sizes)
        and all(size is None or size.at(values) == int(length) for size, length in zip(sizes, lengths, strict=True))
    )
