"""Letters that an answer introduces in words: "let g be dJ/dU", "I write \\delta for dJ/dZ"."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from grader.model.expressions import Call, Expr, Group, Index, Name, Op, Reduce, Relation, base_name
from grader.model.patterns import later
from grader.notation.reading import Claim

_OPENS = later(r"\b(let|write|writing|denot(e|ing)|call|us(e|ing)|defin(e|ing)|abbreviat(e|ing)|set|put)( the)?\s*$")
_JOINS = later(
    r"\s*(be|denote|stand for|mean|for|as|by|as (an? )?(short(hand)?|abbreviation) (for|of)|to (mean|denote)|instead of"
    r"|in place of)( the)?( (gradient|derivative|array))?\s*"
)
_IS = later(r"\s*(?:is|means)(?: the)?\s*")
_WHERE = later(
    r"\b(?:where|with|here|and)(?: the)? (?P<name>[a-z]\w{0,7}) (?:is|means|being|denotes|stands for)(?: the)?"
    r"(?: gradient| derivative| array)?\s*$"
)
_SAYS = later(r"\s*(denotes|stands for|abbreviates|is (short(hand)?|an abbreviation) (for|of))( the)?\s*")
_ENDS = later(
    r"\s*($|[.;)\n]|[,:]?\s*"
    r"((and|so|then|thus|hence|below|here|let|i|we|write|denote|have|get|throughout|for short)\b\s*)*\W*$)"
)


def with_worded_definitions(claims: tuple[Claim, ...], after: str, names: Mapping[str, int]) -> tuple[Claim, ...]:
    """The claims, two of which become one equation where words make the first a letter for the second.

    `after` are the words behind the last claim: "let P be dJ/dZ with zeros around it" makes P something else.
    """
    claims = tuple(_in_turn(claims))
    found: list[Claim] = []
    behind = (*(claim.before for claim in claims[1:]), after)
    going_on = False
    for claim, words in zip(claims, behind, strict=False):
        if _ENDS.match(words) and (meant := _word_for(claim, names)) is not None:  # where delta is dJ/dZ
            claim = claim._replace(expr=meant, before="")
        relation = _defined(found[-1], claim, names, going_on) if found and _ENDS.match(words) else None
        if relation is None:
            going_on = bool(found) and isinstance(found[-1].expr, Relation) and claim.before.strip(" ,") == "and"
            found.append(claim)
        else:
            found[-1] = found[-1]._replace(expr=relation, place=relation.place)
    return tuple(found)


def with_spoken_equals(claims: tuple[Claim, ...], target: str, names: Mapping[str, int]) -> tuple[Claim, ...]:
    """The claims, with "Y[i, k] is X[i, s*k]" and "dZ[i] equals dU[i] times ..." as equations.

    Only elements of what is asked for, or of an array that nobody knows yet, are said to be something by "is".
    """
    found: list[Claim] = []
    for claim in claims:
        before = found[-1] if found else None
        if before is not None and _is_said_to_be(before, claim, target, names):
            place = (before.place[0], claim.place[1])
            found[-1] = before._replace(expr=Relation((before.expr, claim.expr), ("=",), place), place=place)
        else:
            found.append(claim)
    return tuple(found)


def _is_said_to_be(first: Claim, second: Claim, target: str, names: Mapping[str, int]) -> bool:
    left, right = first.expr, second.expr
    if not isinstance(left, Index) or not isinstance(right, Index | Op | Reduce | Call):
        return False
    asked = base_name(left) == target or base_name(left) not in names
    return asked and first.sentence == second.sentence and _EQUALS.fullmatch(second.before) is not None


_EQUALS = later(r"\s*(?:is|equals|is equal to|is given by|is just|is simply|becomes|will be)(?: the)?\s*")


def _in_turn(claims: tuple[Claim, ...]) -> Iterator[Claim]:
    """The claims, with two lists that words join as a definition for each: "I write gU, gZ for dJ/dU, dJ/dZ"."""
    skipped = 0
    for at, one in enumerate(claims):
        if skipped:
            skipped -= 1
            continue
        pairs = _paired(one, claims[at + 1]) if at + 1 < len(claims) else ()
        four = _two_and_two(claims[at : at + 4]) if not pairs else ()
        yield from pairs or four or (one,)
        skipped = 1 if pairs else 3 if four else 0


def _two_and_two(claims: tuple[Claim, ...]) -> tuple[Claim, ...]:
    """ "q_1 and q_2 stand for j_1 + k_1 and j_2 + k_2" as an equation for each."""
    if len(claims) != _FOUR or len({claim.sentence for claim in claims}) > 1:
        return ()
    one, two, first, second = claims
    letters = isinstance(one.expr, Name) and isinstance(two.expr, Name)
    values = isinstance(first.expr, Op | Index | Name) and isinstance(second.expr, Op | Index | Name)
    joined = all(claim.before.strip() == "and" for claim in (two, second)) and _STAND_FOR.fullmatch(first.before)
    if not letters or not values or not joined:
        return ()
    return tuple(
        letter._replace(expr=Relation((letter.expr, value.expr), ("=",), letter.place))
        for letter, value in ((one, first), (two, second))
    )


_FOUR = 4
_STAND_FOR = later(r"\s*(?:are|stand for|mean|denote|abbreviate|are short for)(?: the)?\s*")


def _paired(one: Claim, other: Claim) -> tuple[Claim, ...]:
    lists = [claim.expr for claim in (one, other)]
    if not _JOINS.fullmatch(other.before) or not _OPENS.search(one.before):
        return ()
    letters, meant = (expr.items if isinstance(expr, Group) and not expr.brackets else () for expr in lists)
    if len(letters) != len(meant) or not all(isinstance(item, Name) for item in (*letters, *meant)):
        return ()
    return tuple(
        one._replace(expr=Relation((letter, value), ("=",), letter.place), place=letter.place)
        for letter, value in zip(letters, meant, strict=True)
    )


def _word_for(claim: Claim, names: Mapping[str, int]) -> Relation | None:
    """The equation that gives a derivative the name of a word before it, which prose reads as no letter."""
    named = _WHERE.search(claim.before) if "/d" in base_name(claim.expr) else None
    if named is None or named["name"] in names:
        return None
    left = Name(named["name"], (claim.place[0], claim.place[0]))
    return Relation((left, claim.expr), ("=",), claim.place)


def _defined(first: Claim, second: Claim, names: Mapping[str, int], going_on: bool) -> Relation | None:
    """The equation that two neighbours and their words make: the side that nobody knows yet stands left.

    `going_on`: behind a first one, "... and g for dJ/dU".
    """
    sides = (first.expr, second.expr)
    if first.sentence != second.sentence or not all(map(_is_letter, sides)):
        return None
    opened = (going_on or _OPENS.search(first.before)) and _JOINS.fullmatch(second.before)
    plainly = all(isinstance(side, Name) for side in sides) and _IS.fullmatch(second.before)  # delta is dJ/dZ
    told = _IS_DERIVATIVE.fullmatch(second.before) and _indices(first.expr) == _indices(second.expr)
    if not opened and not plainly and not told and not _SAYS.fullmatch(second.before):
        return None
    meant = [base_name(side) in names or "/d" in base_name(side) for side in sides]
    if meant[0] == meant[1]:
        return None
    letter, known = sides if meant[1] else sides[::-1]
    return Relation((letter, known), ("=",), (first.place[0], second.place[1]))


_IS_DERIVATIVE = later(r"\s*(?:is|means)(?: the)?(?: (?:given|incoming|upstream))?(?: (?:gradient|derivative))?\s*")


def _indices(expr: Expr | None) -> tuple[Expr, ...]:
    """What stands in the brackets of an element, without its places; nothing for a name alone."""
    return tuple([_bare(index) for index in expr.indices]) if isinstance(expr, Index) else ()


def _bare(index: Expr) -> Expr:
    return index._replace(place=(0, 0)) if isinstance(index, Name) else index


def _is_letter(side: Expr | None) -> bool:
    """A name, with indices or with another one raised beside it: `\\delta^Z`."""
    raised = isinstance(side, Op) and side.op == "pow" and all(isinstance(arg, Name) for arg in side.args)
    return raised or isinstance(side, Name | Index)
