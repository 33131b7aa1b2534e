"""A slip that may explain a formula, and the credit that each kind of slip leaves."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import suppress
from fractions import Fraction

import numpy as np

from grader.kinds.kind import mistake
from grader.maths.repairs import rename
from grader.maths.worlds import World
from grader.model.errors import Unreadable
from grader.model.expressions import Expr, Index, Name, base_name
from grader.model.records import NamedTuple
from grader.model.results import Reason

CREDIT = {
    "missing-sum": Fraction(1, 2),
    "missing-some-sums": Fraction(3, 5),
    "wrong-shift-sign": Fraction(3, 5),
    "wrong-sign": Fraction(3, 5),
    "wrong-factor": Fraction(3, 5),
    "wrong-transpose": Fraction(3, 5),
    "indices-exchanged": Fraction(3, 5),
    "wrong-index": Fraction(3, 5),
    "sum-too-many": Fraction(3, 5),
    "missing-shift": Fraction(1, 2),
    "wrong-shift-letter": Fraction(3, 5),
    "wrong-derivative": Fraction(1, 2),
    "sums-from-one": Fraction(3, 4),
}
EXCHANGED_SUM = Fraction(1, 2)  # one index summed in the place of another


def fitting(world: World, letters: Sequence[str], values: Sequence[np.ndarray | None]) -> Callable[[Index], bool]:
    """Tells whether letters of the answer that stand alone in the brackets of an array run inside it, by its lengths
    in a sample: a slip that is undone does not lead out of an array."""
    lengths = {letter: 0 if one is None else len(one) for letter, one in zip(letters, values, strict=True)}
    shapes: dict[str, tuple[int, ...]] = {}

    def fits(access: Index) -> bool:
        name = base_name(access)
        if name not in shapes:
            shapes[name] = ()
            with suppress(Unreadable):  # what has no value at these lengths says so elsewhere
                shapes[name] = np.shape(world[name]) if name in world else ()
        return all(
            lengths.get(index.name, 0) <= length
            for index, length in zip(access.indices, shapes[name], strict=False)
            if isinstance(index, Name)
        )

    return fits


class Slip(NamedTuple):
    """The formula with a slip undone, what the slip is, and the credit that is left."""

    body: Expr
    credit: Fraction
    reasons: tuple[Reason, ...]


def in_one_place(
    body: Expr,
    letters: Sequence[str],
    world: World,
    names: Mapping[str, int],
    worth: Mapping[str, Fraction],
    others: tuple[Reason, ...],
) -> Iterator[Slip]:
    """Slips in a single place of an array, or of one array for another of the same lengths in a sample.

    `names` are the declared names with their numbers of axes, `worth` the credit that each slip leaves
    beside the `others`.
    """
    from grader.maths.index_slips import index_slips, other_arrays

    alike: dict[tuple[int, ...], list[str]] = {}
    for name in sorted(name for name, rank in names.items() if rank > 1):
        with suppress(Unreadable):
            if name in world:
                alike.setdefault(np.shape(world[name]), []).append(name)
    for name, changed, found in (*index_slips(body, letters), *other_arrays(body, tuple(map(tuple, alike.values())))):
        reason = mistake(name, found=found) if found else mistake(name)
        yield Slip(changed, worth[name], (reason, *others))


def of_another_array(body: Expr, free: Sequence[str], letters: Sequence[str]) -> Iterator[Slip]:
    """An index of another array where one of the answer belongs: `dJ/dU[i,j,n]` in the answer's dJ/dZ[i,j,m]."""
    for letter in letters if len(free) == 1 else ():
        reason = mistake("index-of-another", found=free[0], index=letter)
        yield Slip(rename(body, {free[0]: letter}), CREDIT["wrong-index"], (reason,))
