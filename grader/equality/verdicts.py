"""What a comparison ends in, and what may stop one."""

from __future__ import annotations

from grader.model.records import NamedTuple

EQUAL, DIFFERENT, UNDECIDED, UNREADABLE = "equal", "different", "undecided", "unreadable"


class Comparison(NamedTuple):
    """The verdict on a pair.

    `verdict` is equal, different, undecided or unreadable; `reason` says why in a sentence; `gold_as` and `answer_as`
    are the two formulas as they were read, "" where one could not be.
    """

    verdict: str
    reason: str
    gold_as: str = ""
    answer_as: str = ""
    place: tuple[int, int] = (0, 0)  # where the claim stands in the answer's text


class Found(NamedTuple):
    """A verdict on two expressions, with its reason."""

    verdict: str
    reason: str


class Undefined(ArithmeticError):
    """An expression has no value at a point."""


class Inexact(ArithmeticError):
    """A value is no rational number, or too long a one to be written out."""


class Unsupported(ArithmeticError):
    """This way of computing cannot evaluate an expression; a more careful one may."""


class NotScalar(ArithmeticError):
    """A list, a set or a matrix stands where a number was expected."""
