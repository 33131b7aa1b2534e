"""A foreseen wrong formula as one of what its question asks for."""

from __future__ import annotations

from typing import Any

import numpy as np

from grader.kinds._expected import Expected
from grader.kinds.kind import Setup
from grader.maths.worlds import Definition


def named_as_asked(definition: Definition, setup: Setup) -> Definition:
    """A declared mistake under a name that nothing else has, `g[n] = ...`, as one of what is asked for, dJ/dw[n]."""
    frame = setup.frame
    if not isinstance(frame, Expected) or not frame.target or definition.name in ("", frame.target, *setup.names):
        return definition
    alike = len(definition.letters) == len(frame.letters)
    return definition._replace(name=frame.target) if alike else definition


def as_in(frame: Any, expected: Expected) -> Expected:
    """A mistake with names and coordinates of the right answer, where they are equal: by these objects it is
    remembered what was chosen of an answer."""
    if not isinstance(frame, Expected) or frame.target != expected.target or frame.names != expected.names:
        return expected
    pairs = zip(frame.coordinates, expected.coordinates, strict=False)
    alike = len(frame.coordinates) == len(expected.coordinates) and all(
        [*one] == [*other] and all(np.array_equal(one[letter], other[letter]) for letter in one) for one, other in pairs
    )
    return expected._replace(names=frame.names, coordinates=frame.coordinates) if alike else expected
