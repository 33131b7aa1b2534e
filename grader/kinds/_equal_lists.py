"""Lists in another dress than the reference's: `{2, 0, -2}` for `(2, 0, -2)`, and `X[0] = 2, X[2] = -2, X[1] = 0`."""

from __future__ import annotations

from grader.equality.answers import compare
from grader.equality.nouns import top_level
from grader.equality.verdicts import EQUAL, Comparison
from grader.kinds._lists import place_of
from grader.kinds.kind import View, remark, review, right
from grader.model.expressions import Expr, Index, Name, Relation, base_name
from grader.model.patterns import later
from grader.model.results import Finding
from grader.notation.printing import show
from grader.notation.reading import Claim

_LEAST = 3  # entries of a list in braces: (1, 2) may be an interval
_SETS = later(r"(?P<name>[^={}\[\]<>]{1,20}= )?\{(?P<inside>[^{}=<>|:]+)\}")
_TURNED = later(r"\b(not?|never|but|or|wrong|instead|either|assum\w*|suppose|if)\b|n't")


def as_list(gold: tuple[str, str], assume: str, found: Comparison, claim: Claim, view: View) -> Finding | None:
    """The finding for an answer that lists what `gold` does, as typed and as read; None where it is no such list."""
    text, shown = gold
    entries = _entries(shown)
    if len(entries) < 2 or _TURNED.search(view.answer.text.lower()):
        return None
    if len(entries) >= _LEAST and (braced := _SETS.fullmatch(found.answer_as)) is not None:
        listed = compare(text, f"({braced['inside']})", assume=assume)
        if listed.verdict == EQUAL:
            return right((claim,), found.answer_as)
        alike = compare(f"{{{', '.join(entries)}}}", f"{{{braced['inside']}}}", assume=assume).verdict == EQUAL
        return review((claim,), found.answer_as, remark("not-decided", message=found.reason)) if alike else None
    said = _one_by_one(view, len(entries))
    if said is None:
        return None
    listed = compare(text, f"({', '.join(show(value) for value in said[0])})", assume=assume)
    claims = said[1]
    return right(claims, ", ".join(show(one.expr) for one in claims)) if listed.verdict == EQUAL else None


def _entries(text: str) -> list[str]:
    """What a list in round or square brackets lists, none for anything else."""
    listed = text[:1] + text[-1:] in ("()", "[]")
    return [entry.strip() for entry in top_level(text[1:-1])] if listed else []


def _entry(left: Expr | None) -> tuple[str, int] | None:
    """The array and the place of an entry: X[2], or the slope f_y."""
    name, letter = "", ""
    if isinstance(left, Index) and len(left.indices) == 1:
        name, letter = base_name(left), base_name(left.indices[0])
        place = place_of(left)
        if isinstance(place, int):
            return name, place
    elif isinstance(left, Name):
        name, _, letter = left.name.rpartition("_")
    return (name, _COORDINATES.index(letter)) if name and letter in _COORDINATES else None


_COORDINATES = ("x", "y", "z")


def _one_by_one(view: View, count: int) -> tuple[list[Expr], tuple[Claim, ...]] | None:
    """The entries that an answer gives under the name of one array, from place 0 on, each once and in any order."""
    found: dict[int, tuple[Expr, Claim]] = {}
    names = set()
    for claim in view.claims(view.reading()):
        expr = claim.expr
        left = expr.operands[0] if isinstance(expr, Relation) and set(expr.ops) == {"="} else None
        value = expr.operands[-1] if isinstance(expr, Relation) else None
        entry = _entry(left)
        if entry is None or value is None:
            continue
        name, place = entry
        if place in found:
            return None
        names.add(name)
        found[place] = (value, claim)
    if len(names) != 1 or sorted(found) != list(range(count)):
        return None
    ordered = [found[place] for place in range(count)]
    return [value for value, _ in ordered], tuple(sorted((claim for _, claim in ordered), key=lambda one: one.place))
