"""Equations for other names, each led by the label of a part: "the minimum is f(1) = 2"."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from grader.marking.naming import parts_said
from grader.marking.subjects import FILLER, clause_before, subject_of
from grader.model.expressions import Expr, Relation
from grader.notation.reading import Claim


def each_led(claims: Sequence[Claim], labels: Sequence[tuple[str, ...]]) -> list[list[Claim]] | None:
    """One equation for each part, led by its label: "for sub sampling Y = ..., for max pooling Y = ...".

    Behind the values of the parts stand those of other quantities, of which there are none.
    """
    count = len(labels)
    led = [led_by(claim, labels, count, most=2) for claim in claims if subject_of(claim.expr)]
    if len(claims) != count or sorted(led) != list(range(count)):
        return None
    return [*([claims[led.index(part)]] for part in range(count)), []]


def named_apart(
    assigned: list[list[Claim]], value: Claim, claims: Sequence[Claim], named: Callable[[Expr | None], int | None]
) -> list[list[Claim]]:
    """The only value that was read goes to the part that it names, not also to one that another equation names.

    `mu_1 = \\foo{x}`, which nobody can read, beside `mu_2 = (4.5, 3.5)`: the first has its own equation.
    """
    own = named(value.expr)
    for claim in claims if own is not None else ():
        part = named(claim.expr) if isinstance(claim.expr, Relation) else None
        if claim is not value and part is not None and part != own and assigned[part] == [value]:
            assigned = [*assigned[:part], [claim], *assigned[part + 1 :]]
    return assigned


def led_by(claim: Claim, labels: Sequence[tuple[str, ...]], count: int, most: int = 1) -> int:
    """The part of an equation for another name that a label leads, "the minimum is f(1) = 2"; else `count`.

    The label is among the last words, of which there are `most`.
    """
    words = [word for word in clause_before(claim).split() if word not in FILLER]
    said = parts_said(" ".join(words[-most:]), labels)
    return next(iter(said)) if len(said) == 1 else count
