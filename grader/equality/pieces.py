"""Functions told piece by piece, "2x for 0 < x < 1, 0 otherwise" and `f(x) = 2x,\\ 0 < x < 1`, as cases."""

from __future__ import annotations

import re

from grader.equality.heads import Head, headed, same_thing
from grader.equality.nouns import top_level
from grader.equality.properties import plain_words
from grader.equality.verdicts import EQUAL
from grader.model.patterns import later
from grader.model.records import NamedTuple

_LONGEST = 300  # characters
_CASES = later(r"\\begin\{d?cases\}(?P<rows>.*)\\end\{d?cases\}", re.DOTALL)
_BRACED = later(r"\\?\{(?P<rows>[^{}]*,[^{}]*;[^{}]*)\\?\}")
_OTHERWISE = r"(?:otherwise|elsewhere|else)"
_ASIDE = later(rf"\(\s*(?:and )?(?P<value>[^()]{{1,12}}?),? {_OTHERWISE}\s*\)", re.IGNORECASE)
_REST = later(
    rf"(?:and )?(?P<value>\S.*?),? {_OTHERWISE}|(?:and |or )?{_OTHERWISE},?(?: it is)? (?P<behind>\S.*)", re.IGNORECASE
)
_PIECE = later(
    r"(?:and )?(?P<value>\S.*?),? (?:if|for|when|where|on)(?: all)? (?P<condition>.+?)(?: else (?P<rest>.+))?",
    re.IGNORECASE,
)
_CONDITION = later(r"[<>≤≥≠∈]|\\(?:leq?|geq?|neq?|in|lt|gt)(?![a-z])| in ")
_BEGUN = later(r"^(?:if|for|when|where|and) ", re.IGNORECASE)
_MEMBER = later(r"(?<=[a-z]) in (?=[\[(])")
_SAID = later(r"(?<![\\A-Za-z{])(?!exp|sin|cos|tan|log|sqrt|max|min|abs)[A-Za-z]{3,}")
_CLOSED = later(r"<=|>=|≤|≥|\\(?:leq?|geq?)(?:slant)?(?![a-z])")
_BETWEEN = later(r"\s*([^<>]+?)\s*<\s*([a-z])\s*<\s*([^<>]+?)\s*")
_INTERVAL = later(r"((?:∈|\\in)\s*)\[?\(?([^\[\]()]*)[\])]")


class Piecewise(NamedTuple):
    """The pieces of a function with their conditions, and what it is elsewhere; None where nothing is said of that."""

    head: Head | None
    pieces: tuple[tuple[str, str], ...]
    rest: str | None


def pieces_alike(gold: str, answer: str) -> tuple[str, str, str] | None:
    """Both as cases, of a density with open ends, and why an equality of these may be none.

    None where neither tells pieces, or they are told of other things.
    """
    one, other = read_pieces(gold), read_pieces(answer)
    if one is None and other is None:
        return None
    if one is None or other is None:
        told, bare = (one, answer) if one is not None else (other, gold)
        value = headed(bare)
        if told is None or (told.rest is None and len(told.pieces) < 2):
            return None
        if value is not None and (told.head is None or not _agree(value.head, told.head)):
            return None
        plain = bare if value is None else value.value
        return (_as_cases(told), plain, "") if one is not None else (plain, _as_cases(told), "")
    if one.head is not None and other.head is not None and not _agree(one.head, other.head):
        return None
    if _is_density(one, other):
        return _as_cases(_opened(one)), _as_cases(_opened(other)), ""
    if _may_be_density(one, other):
        sure = any(_has_mass_one(side) for side in (one, other))
        doubt = "" if sure else "they are equal if this is a density, whose ends do not matter"
        return _as_cases(_opened(one)), _as_cases(_opened(other)), doubt
    if (one.rest is None) != (other.rest is None) or (len(one.pieces) == 1 and one.rest is None):
        return None
    return _as_cases(one), _as_cases(other), ""


def _agree(one: Head, other: Head) -> bool:
    return one == other or same_thing(one, other)


def _is_density(one: Piecewise, other: Piecewise) -> bool:
    """Whether both tell a density: named f, of a variable X, or zero outside of a single piece."""
    heads = [side.head for side in (one, other) if side.head is not None]
    if not heads or any(head.name != "f" or head.order for head in heads):
        return False
    if any((side.rest or "0").strip() != "0" for side in (one, other)):
        return False
    single = len(one.pieces) == len(other.pieces) == 1
    return any(head.owner.isupper() for head in heads) or (single and (one.rest, other.rest) != (None, None))


def _may_be_density(one: Piecewise, other: Piecewise) -> bool:
    """Whether both tell a function f on one interval, of which neither says what it is elsewhere."""
    heads = [side.head for side in (one, other) if side.head is not None]
    named = bool(heads) and all(head.name == "f" and not head.order for head in heads)
    return named and all(len(side.pieces) == 1 and side.rest is None for side in (one, other))


def _has_mass_one(side: Piecewise) -> bool:
    """Whether a function on an interval has the integral 1 there, as a density has."""
    from grader.equality.compare import compare_as_typed

    value, condition = side.pieces[0]
    between = _BETWEEN.fullmatch(_CLOSED.sub("<", condition).replace("\\infty", "∞"))
    if between is None:
        return False
    low, letter, high = between.groups()
    integral = rf"\int_{{{low}}}^{{{high}}} {value} \, d{letter}"
    return compare_as_typed(integral, "1").verdict == EQUAL


def _opened(side: Piecewise) -> Piecewise:
    """A density with open ends, which have no probability, and zero elsewhere."""
    pieces = []
    for value, condition in side.pieces:
        inside = _CLOSED.sub(lambda found: "<" if found[0][0] in "<≤" or "\\l" in found[0] else ">", condition)
        pieces.append((value, _INTERVAL.sub(r"\1(\2)", inside)))
    return Piecewise(side.head, tuple(pieces), "0")


def _as_cases(side: Piecewise) -> str:
    rows = [f"{value} & {condition}" for value, condition in side.pieces]
    if side.rest is not None:
        rows.append(rf"{side.rest} & \text{{otherwise}}")
    body = r" \\ ".join(rows)
    return rf"\begin{{cases}}{body}\end{{cases}}"


def read_pieces(text: str) -> Piecewise | None:
    """The pieces that a text tells; None where it tells none."""
    if len(text) > _LONGEST or not (_CONDITION.search(text) or "cases" in text):
        return None
    named = headed(text)
    head, said = (None, text) if named is None else (named.head, named.value)
    cases = _CASES.fullmatch(said.strip(" $."))
    if cases is not None:
        rows = [row.split("&", 1) for row in re.split(r"\\\\(?:\[[^\]]*\])?", cases["rows"]) if row.strip()]
        return _of_rows(head, rows) if all(len(row) == 2 for row in rows) else None
    plain = plain_words(said)
    if (braced := _BRACED.fullmatch(plain)) is not None:
        rows = [row.split(",", 1) for row in braced["rows"].split(";")]
        return _of_rows(head, rows) if all(len(row) == 2 for row in rows) else None
    return _of_clauses(head, [one for one in top_level(_ASIDE.sub(r", \g<value> otherwise", plain)) if one])


def _of_rows(head: Head | None, rows: list[list[str]]) -> Piecewise | None:
    pieces: list[tuple[str, str]] = []
    rest: str | None = None
    for value, condition in rows:
        said = _BEGUN.sub("", plain_words(condition).strip(" ,"))
        if re.fullmatch(_OTHERWISE, said, re.IGNORECASE):
            rest = value.strip(" ,")
        else:
            pieces.append((value.strip(" ,"), said))
    return _checked(head, pieces, rest)


def _of_clauses(head: Head | None, clauses: list[str]) -> Piecewise | None:
    pieces: list[tuple[str, str]] = []
    rest: str | None = None
    waiting = ""
    for clause in clauses:
        if rest is not None:
            return None
        if (last := _REST.fullmatch(clause)) is not None and " else " not in clause:
            rest = last["value"] or last["behind"]
        elif (piece := _PIECE.fullmatch(clause)) is not None and not waiting:
            pieces.append((piece["value"], piece["condition"]))
            rest = piece["rest"]
        elif _CONDITION.search(clause) and (waiting or pieces):
            condition = _BEGUN.sub("", clause)
            if waiting:
                pieces.append((waiting, condition))
            else:
                pieces[-1] = (pieces[-1][0], rf"{pieces[-1][1]} \text{{ and }} {condition}")
            waiting = ""
        elif not waiting and not pieces:
            waiting = clause
        else:
            return None
    return None if waiting else _checked(head, pieces, rest)


def _checked(head: Head | None, pieces: list[tuple[str, str]], rest: str | None) -> Piecewise | None:
    """Pieces with conditions in signs; None where something else is said in words."""
    told = [(value, _MEMBER.sub(r" \\in ", condition)) for value, condition in pieces]
    values = [value for value, _ in told] + [rest or "0"]
    conditions = [condition.replace(r"\text{ and }", "") for _, condition in told]
    if not told or any(_SAID.search(part) for part in (*values, *conditions)):
        return None
    if not all(map(_CONDITION.search, conditions)) or any(map(_CONDITION.search, values)):
        return None
    return Piecewise(head, tuple(told), rest)
