"""Entries given one by one, in the order of the title: "b_1 = 1.27, b_3 = 0.42, b_5 = 0.25", "h(1) = 2, h(2) = 3"."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from grader.kinds._lists import place_of
from grader.kinds._numbers import value_of
from grader.kinds.kind import View
from grader.model.documents import Block, Run, Span
from grader.model.expressions import Call, Expr, Name, Num, Op, Relation
from grader.model.patterns import later
from grader.model.results import Finding, Status
from grader.notation.reading import Claim
from grader.prepare.parts import PreparedPart

_NAMED = later(r"(?<![\w\\])(?P<letter>[A-Za-z])(?:_\{?(?P<low>\d+)\}?|\((?P<at>\d+)\))(?!\s*=|\w)")
_NUMBER = later(r"(?<![\w.^_{])\d+(?![\w.^/])")
_ORDINALS = ("first", "second", "third", "fourth", "fifth")
_ORDINAL = later(rf"\b({'|'.join(_ORDINALS)})\b(?: \w+){{0,2}}(?: is| are| =|:)?\s*\Z", holds=_ORDINALS)


def places_asked(prepared: PreparedPart) -> tuple[str, tuple[int, ...]]:
    """The letter and the numbers of the entries that a title names in turn, as many as the reference has.

    A letter is "" where only the numbers are told: "the heights after 1 and 2 seconds".
    """
    size = _size(prepared)
    title = f"{prepared.part.title}"
    named = [(found["letter"], int(found["low"] or found["at"])) for found in _NAMED.finditer(title)]
    letters = {letter for letter, _ in named}
    places = tuple(dict.fromkeys(place for _, place in named))
    if len(letters) == 1 and len(places) == size:
        return letters.pop(), places
    numbers = tuple(int(found[0]) for found in _NUMBER.finditer(title))
    return ("", numbers) if not named and len(numbers) == size and len(set(numbers)) == size else ("", ())


def by_places(prepared: PreparedPart, view: View, finding: Finding) -> Finding:
    """The finding, or that for the entries which an answer gives one by one, where nobody read them as a list."""
    if finding.status is not Status.REVIEW or prepared.kind is None or prepared.kind.name != "array":
        return finding
    listed = listed_by_place(prepared, view)
    told = prepared.kind.judge(prepared.expected, listed) if listed is not None else finding
    return told if told.status is Status.RIGHT else finding


def listed_by_place(prepared: PreparedPart, view: View) -> View | None:
    """The answer with the values that it gives by their places as the list that they are; None where it does not."""
    size = _size(prepared)
    if size < _FEWEST or prepared.kind is None:
        return None
    claims = view.claims(view.reading(**dict(prepared.kind.reads)))
    letter, wanted = places_asked(prepared)
    found = _by_place(claims, letter, wanted) if wanted else None
    found = found or _by_ordinal(claims, size)
    return None if found is None else _with_list(view, found)


_FEWEST = 2


def placed_elsewhere(prepared: PreparedPart, finding: Finding, view: View) -> str:
    """The places that an answer gives a right list, where the title names others: b_0, b_1, b_2 for b_1, b_3, b_5."""
    if prepared.kind is None or prepared.kind.name != "array" or _size(prepared) < _FEWEST:
        return ""
    letter, wanted = places_asked(prepared)
    if not wanted:
        return ""
    claims = view.claims(view.reading(**dict(prepared.kind.reads)))
    inside = [one for one in claims if any(low <= one.place[0] < high for low, high in finding.spans)]
    named = [left for one in inside if (left := _left_of(one)) is not None]
    other = len(named) == len(wanted) and (
        tuple(place for _, place in named) != wanted or (letter and any(name != letter for name, _ in named))
    )
    return ", ".join(f"{name}{place}" for name, place in named) if other else ""


def _size(prepared: PreparedPart) -> int:
    values = getattr(prepared.expected, "values", None)
    return int(values.size) if values is not None and values.ndim == 1 else 0


def _by_place(claims: Sequence[Claim], letter: str, wanted: tuple[int, ...]) -> list[Expr] | None:
    """The values under the wanted places in turn, each told once and under one letter."""
    told: dict[int, Expr] = {}
    letters: set[str] = set()
    for claim in claims:
        named = _left_of(claim)
        if named is None or named[1] not in wanted:
            continue
        last = claim.expr.operands[-1] if isinstance(claim.expr, Relation) else None
        if last is None or value_of(last) is None or (named[1] in told and value_of(told[named[1]]) != value_of(last)):
            return None
        told[named[1]] = last
        letters.add(named[0])
    alike = len(letters) == 1 and (not letter or letters == {letter})
    return [told[place] for place in wanted] if alike and len(told) == len(wanted) else None


def _left_of(claim: Claim) -> tuple[str, int] | None:
    """The letter and the number on the left of an equation: of `b_3 = 0.42` and of `h(2) = 6.38`."""
    expr = claim.expr
    if not isinstance(expr, Relation) or not set(expr.ops) <= {"=", "~"} or expr.operands[0] is None:
        return None
    left = expr.operands[0]
    if isinstance(left, Op) and left.op == "mul" and len(left.args) == 2:  # h(2), which reads as a product
        name, number = left.args
        return (name.name, value_of(number)) if isinstance(name, Name) and isinstance(number, Num) else None
    if isinstance(left, Call) and len(left.args) == 1 and isinstance(left.args[0], Num):
        return left.function, value_of(left.args[0])
    place = place_of(left)
    letter = re.match(r"[A-Za-z]+", getattr(left, "name", "") or getattr(getattr(left, "base", None), "name", ""))
    return (letter[0], place) if isinstance(place, int) and letter is not None else None


def _by_ordinal(claims: Sequence[Claim], size: int) -> list[Expr] | None:
    """The values of "the first iterate is 1.5, the second 1.417", all of them and nothing else."""
    told = [
        (_ORDINALS.index(found[1]), claim) for claim in claims if (found := _ORDINAL.search(claim.before.casefold()))
    ]
    values = [claim.expr for _, claim in told if isinstance(claim.expr, Num | Op) and value_of(claim.expr) is not None]
    whole = [place for place, _ in told] == list(range(size)) and len(values) == size == len(claims)
    return [value for value in values if value is not None] if whole else None


def _with_list(view: View, values: Sequence[Expr]) -> View:
    block = view.answer.blocks[0]
    runs = tuple(_runs(view.answer.blocks, values))
    places = [value.place for value in values]
    span = Span(min(start for start, _ in places), max(stop for _, stop in places))
    told = Block("paragraph", span, runs) if block.kind != "paragraph" else block._replace(runs=runs, span=span)
    answer = view.answer._replace(blocks=(told,))
    return View(answer, view.names, view.places, view.reasons, view.context, view.base, {}, view.shared)


def _runs(blocks: Sequence[Block], values: Sequence[Expr]) -> Iterator[Run]:
    every = [run for block in blocks for run in block.runs]
    for number, value in enumerate(values):
        start, stop = value.place
        for run in every:
            low, high = max(start, run.span.start), min(stop, run.span.stop)
            if low < high:
                yield run._replace(text=run.text[low - run.span.start : high - run.span.start], span=Span(low, high))
        if number + 1 < len(values):
            yield Run("text", ", ", Span(stop, stop))
