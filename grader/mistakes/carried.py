"""Follow-through: an answer that is right given the student's own earlier, wrong answer."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from itertools import combinations
from typing import Any

import numpy as np

from grader.kinds.kind import View
from grader.mistakes.declared import explain
from grader.model.results import Finding, Reason, Status
from grader.prepare.parts import PreparedPart, Preparer


def carry(
    prepared: PreparedPart,
    preparer: Preparer,
    view: View,
    finding: Finding,
    earlier: Mapping[str, Any],
    truth: Mapping[str, Any],
) -> Finding:
    """The finding, or a better one in which the smallest set of own earlier answers explains the answer.

    `earlier` are the student's values by name, `truth` the reference's. An earlier answer is followed only if
    it is not degenerate, and only if the reference recomputed from it differs: otherwise following it would
    reward nonsense that makes everything after it easy.
    """
    if finding.credit is None or finding.credit == 1:
        return finding
    wrong = [name for name in prepared.uses if name in earlier and not same(earlier[name], truth[name])]
    best, doubtful = finding, None
    for names in _subsets([name for name in wrong if not is_degenerate(earlier[name], truth[name])]):
        followed = preparer.follow(prepared, {name: earlier[name] for name in names})
        if followed is None or followed.kind is None or _is_unmoved(prepared, followed):
            continue
        judged = explain(followed, view, followed.kind.judge(followed.expected, view))
        if judged.credit is None:  # what may be right for the own earlier answer is not wrong for certain
            doubtful = judged if _agrees(judged, followed) else doubtful
            continue
        credit = judged.credit * prepared.part.follow
        named = any(reason.mistake for reason in judged.reasons)
        if credit > (best.credit or 0) or (credit == best.credit and named and not _named(best)):
            status = Status.WRONG if credit == 0 else Status.RIGHT if credit == 1 else Status.PARTIAL
            reason = Reason("follows-from-earlier", (("names", ", ".join(names)),), mistake=True)
            reasons = (reason, *judged.reasons) if judged.credit else judged.reasons
            best = Finding(status, credit, reasons, judged.read_as, judged.spans, judged.value)
    return doubtful if doubtful is not None and best is finding else best


def _agrees(judged: Finding, followed: PreparedPart) -> bool:
    """Whether the value that was left open is the one that is asked for."""
    value = followed.kind.value(followed.expected) if followed.kind is not None else None
    return value is not None and judged.value is not None and same(judged.value, value)


def _named(finding: Finding) -> bool:
    return any(reason.mistake for reason in finding.reasons)


def _subsets(names: list[str]) -> Iterator[tuple[str, ...]]:
    """Smallest sets first; at most three names are ever combined."""
    for size in range(1, min(3, len(names)) + 1):
        yield from combinations(names, size)


def same(found: Any, wanted: Any) -> bool:
    """Whether two values are equal."""
    a, b = np.asarray(found, dtype=float), np.asarray(wanted, dtype=float)
    return a.shape == b.shape and bool(np.allclose(a, b, rtol=1e-9, atol=0))


def is_degenerate(found: Any, wanted: Any) -> bool:
    """Whether an earlier answer makes what follows trivial: zero, not finite, fewer axes, all ones."""
    try:
        a, b = np.asarray(found, dtype=float), np.asarray(wanted, dtype=float)
    except (TypeError, ValueError):
        return True
    if a.shape != b.shape or not np.all(np.isfinite(a)):
        return True
    zeros = (a == 0) & (b != 0)
    ones = (np.abs(a) == 1) & (np.abs(b) != 1)
    return bool(np.any(zeros) or np.all(ones))


def _is_unmoved(prepared: PreparedPart, followed: PreparedPart) -> bool:
    assert prepared.kind is not None
    return prepared.kind.describe(prepared.expected) == prepared.kind.describe(followed.expected)
