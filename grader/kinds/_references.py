"""A reference formula in the sampled worlds in which answers are compared with it."""

from __future__ import annotations

from collections.abc import Mapping
from contextlib import suppress
from typing import Any

import numpy as np

from grader.kinds._ordered_samples import counts, worlds_in_order
from grader.kinds.kind import Setup
from grader.maths.conditions import turns_in
from grader.maths.dependence import reachable
from grader.maths.evaluation import evaluate
from grader.maths.rounding import is_rounded
from grader.maths.values import Value
from grader.maths.worlds import Definition, World
from grader.model.errors import Misfit, Unreadable
from grader.model.expressions import Reduce, names_in, walk

FORMULA_SAMPLES = 2  # size assignments at which a formula is evaluated; 24 values of each free number in each
_VARIED_SAMPLES = 10  # where something is rounded, lengths that divide each other and that do not; n below 3 and above

_LEAST_VALUES = 3
_MOST_TRIED = 40

Evaluated = tuple[Value, dict[str, np.ndarray], World]


def evaluated(definition: Definition, world: World) -> Evaluated:
    """The reference in one world, the values of its letters, and the world in which these letters are known."""
    named = world.with_letters(_bound_ranges(definition.body, world, definition))
    scope = named.coordinates(definition)
    return evaluate(definition.body, named.scope(scope)), scope, named


def _bound_ranges(expr: Any, world: World, definition: Definition) -> dict[str, tuple[int, int]]:
    """The limits that the reference itself writes are the usual ranges of these letters."""
    found: dict[str, tuple[int, int]] = {}
    scope = world.scope(world.coordinates(definition))
    for node in walk(expr):
        if isinstance(node, Reduce):
            for bound in node.bounds:
                if bound.low is not None and bound.high is not None:
                    low, high = (evaluate(limit, scope).data for limit in (bound.low, bound.high))
                    if isinstance(low, int) and isinstance(high, int):
                        found[bound.index] = (low, high)
    return found


def turning_names(definition: Definition, known: Mapping[str, Definition]) -> frozenset[str]:
    """The names in whatever decides which course a reference takes: x of [x > 4]."""
    turns = (turn for body in reachable(definition.body, known) for turn in turns_in(body))
    return frozenset(name for turn in turns for side in turn for name in names_in(side))


def _is_starved(definition: Definition, found: list[Evaluated]) -> bool:
    """Whether some index has fewer than three values in all samples: `X[2*k]` and `X[3*k]` begin alike."""
    lengths = [{letter: len(values) for letter, values in coordinates.items()} for _, coordinates, _ in found]
    return any(max(one[letter] for one in lengths) < _LEAST_VALUES for letter in definition.letters)


def _evaluated_where_it_fits(definition: Definition, setup: Setup, count: int) -> list[Evaluated]:
    """The reference in so many samples, and in more until each index has enough values; an index without any, 0..N-K
    of a kernel longer than its input, says that these lengths do not fit."""
    found: list[Evaluated] = []
    misfit: Misfit | None = None
    for at in range(_MOST_TRIED):
        enough = len(found) >= count or (at >= _VARIED_SAMPLES and len(found) >= FORMULA_SAMPLES)
        if enough and not _is_starved(definition, found):
            break
        try:
            found.append(evaluated(definition, setup.samples[at]))
        except IndexError:  # there are no more
            break
        except Misfit as error:
            misfit = error
    if misfit is not None and not found:
        raise misfit
    return sorted(found, key=lambda one: _is_starved(definition, [one]))  # the first one is looked at first


def evaluated_in_all(definition: Definition, setup: Setup) -> list[Evaluated]:
    """The reference in each sample: in more where it rounds or distinguishes cases, and on both sides of these."""
    known = setup.world.definitions
    bodies = reachable(definition.body, known)
    turns = any(next(turns_in(body), None) is not None for body in bodies)
    varied = turns or is_rounded(definition.body, known) or counts(bodies, setup.samples[0])
    found = _evaluated_where_it_fits(definition, setup, _VARIED_SAMPLES if varied else FORMULA_SAMPLES)
    worlds = [world for _, _, world in found]
    more = list(worlds_in_order(bodies, worlds))
    if turns:
        from grader.kinds._sides import worlds_on_both_sides  # most references turn nowhere

        more += worlds_on_both_sides(bodies, worlds)
    for world in more:
        with suppress(Unreadable):
            found.append(evaluated(definition, world))
    return found
