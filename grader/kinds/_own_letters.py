"""The letters that a student uses for the indices of the answer, and rows of tables written without theirs."""

from __future__ import annotations

from grader.kinds._expected import ANONYMOUS, Expected
from grader.maths import repairs
from grader.maths.ranges import axis_length, free_indices
from grader.maths.rows import with_entries
from grader.maths.scope import Scope
from grader.maths.worlds import Definition
from grader.model.expressions import Expr, Index, Name, names_in


def own_letters(left: Expr | None, body: Expr, known: frozenset[str], frame: Expected, scope: Scope) -> tuple[str, ...]:
    """The student's letter for each index of the answer: from the left side, where it is used."""
    canonical, used = frame.letters, names_in(body)
    glued = repairs.glued_letters(left)
    if len(glued) == len(canonical) and set(glued) <= repairs.index_positions(body):
        return glued
    if not isinstance(left, Index) or len(left.indices) != len(canonical):
        other = len(canonical) == 1 and canonical[0] not in used  # of several, nothing would say which is which
        return _by_length(body, known, frame, scope) if other or canonical[:1] == ANONYMOUS[:1] else canonical
    given = [index.name if isinstance(index, Name) else "" for index in left.indices]
    if not frame.target and sorted(given) == sorted(canonical):
        return canonical  # a reference without a left side says nothing of an order
    # A letter may also be the name of an array: b for the batch, where the rubric has a bias b.
    free = used - known | repairs.index_positions(body)
    letters = [
        mine if mine in free or (mine and mine[0] != theirs[0]) else theirs  # j_i, for j1
        for mine, theirs in zip(given, canonical, strict=True)
    ]
    return tuple(letters) if len(set(letters)) == len(letters) else canonical


def _by_length(body: Expr, known: frozenset[str], frame: Expected, scope: Scope) -> tuple[str, ...]:
    """For an answer whose letters nobody wrote: the letters left free, each at the axis of its length."""
    canonical, free = frame.letters, free_indices(body, known | set(frame.letters))
    coordinates = frame.coordinates[0]
    lengths = {letter: axis_length(letter, body, scope) for letter in free}
    found = [[mine for mine in free if lengths[mine] == len(coordinates[theirs])] for theirs in canonical]
    if len(free) == len(canonical) and all(len(mine) == 1 for mine in found):
        return tuple(mine for (mine,) in found)
    return canonical


def with_rows(
    left: Expr | None, body: Expr, local: dict[str, Definition], frame: Expected
) -> tuple[Expr, dict[str, Definition]]:
    """Rows of tables, `x_i^T w`, written entry by entry, in a formula and in what it defines."""
    names, world = dict(frame.names) | dict.fromkeys(local, 0), frame.samples[0]
    lengths = {letter: len(values) for letter, values in frame.coordinates[0].items()}
    alone = frame.letters[0] if len(frame.letters) == 1 and not isinstance(left, Index) else ""
    defined = {
        name: one._replace(body=with_entries(one.body, names, world, {}, "")) if isinstance(one.body, Expr) else one
        for name, one in local.items()
    }
    return with_entries(body, names, world, lengths, alone), defined
