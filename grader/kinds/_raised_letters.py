"""Which axes the indices above others are: in `X^{(i)}_{u,v,c}` the sample, which comes first by custom."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence

from grader.maths.repairs import rewrite
from grader.model.errors import Unreadable
from grader.model.expressions import Call, Expr, Index, Name, Relation, base_name, nodes_of
from grader.notation.raised_indices import RAISED
from grader.notation.reading import Claim

Letters = Mapping[str, tuple[str, ...]]


def with_raised_indices(claims: tuple[Claim, ...], usual: Letters) -> tuple[Claim, ...]:
    """The claims with the indices that stand above others at their axes; what is left open cannot be read."""
    written = [claim.expr for claim in claims if claim.expr is not None]
    if not any(map(_has_raised, written)):
        return claims
    told = iter(placed(written, usual))
    return tuple([claim if claim.expr is None else _told(claim, next(told)) for claim in claims])


def _told(claim: Claim, expr: Expr) -> Claim:
    if left := next(_raised(expr), None):
        open_yet = Unreadable("it is open which axes these indices are", *left.place)
        return claim._replace(expr=None, error=open_yet)
    return claim._replace(expr=expr)


def relations_placed(relations: tuple[Relation, ...], usual: Letters) -> tuple[Relation, ...]:
    """What the student wrote above, with such indices at their axes."""
    if not any(map(_has_raised, relations)):
        return relations
    return tuple([expr for expr in placed(relations, usual) if isinstance(expr, Relation)])


def placed(exprs: Sequence[Expr], usual: Letters) -> list[Expr]:
    """Expressions with the indices that stand above others at their axes, as far as that is clear.

    A letter of the sheet (`usual`: by array) stands where it does on the sheet, unless it stands above an array that
    has none such there. One of the student's own stands where it does below in another array, `W^{(d)}_{p,q,c}` beside
    `Z_{i,u,v,d}`; else, if it is alone, it counts the samples and comes first.
    """
    raised = [node for expr in exprs for node in _raised(expr)]
    sheet = {base_name(node): _usual(base_name(node), usual) for node in _indexed(exprs)}
    strange = {one.name for node in raised for one in above(node) if isinstance(one, Name)}
    strange -= {name for name in strange if all(name in sheet[base_name(n)] for n in raised if name in _above(n))}
    roles = _roles(exprs, sheet, strange)

    def put(node: Expr) -> Expr | None:
        return _put(node, sheet[base_name(node)], strange, roles) if isinstance(node, Index) and above(node) else None

    return [rewrite(expr, put) for expr in exprs]


def _indexed(exprs: Iterable[Expr]) -> Iterator[Index]:
    return (node for expr in exprs for node in nodes_of(Index, expr))


def _has_raised(expr: Expr) -> bool:
    return any(True for _ in _raised(expr))


def _raised(expr: Expr) -> Iterator[Index]:
    return (node for node in nodes_of(Index, expr) if above(node))


def above(node: Index) -> tuple[Expr, ...]:
    """The indices above the others."""
    last = node.indices[-1] if node.indices else None
    return last.args if isinstance(last, Call) and last.function == RAISED else ()


def _usual(name: str, usual: Letters) -> tuple[str, ...]:
    """The letters of an array on the sheet; a derivative by an array has those of the array."""
    return usual.get(name) or usual.get(name.partition("/d")[2], ())


def _above(node: Index) -> frozenset[str]:
    return frozenset([base_name(one) for one in above(node)])


def _roles(exprs: Iterable[Expr], sheet: Letters, strange: set[str]) -> dict[str, frozenset[str]]:
    """For each letter, those of the sheet whose place it takes below in some array.

    Beside a letter above that counts the samples, since it never stands below, those below come next.
    """
    arrays = [node for node in _indexed(exprs) if sheet[base_name(node)]]
    lowered = {one.name for node in arrays for one in node.indices if isinstance(one, Name)}
    found: dict[str, frozenset[str]] = {}
    for node in arrays:
        own = sheet[base_name(node)]
        open_yet = _above(node) & strange & lowered
        whole = None if open_yet else _put(node, own, strange, {}) if above(node) else node
        indices = whole.indices if whole is not None and len(whole.indices) == len(own) else ()
        for index, letter in zip(indices, own, strict=False):
            if isinstance(index, Name):
                found[index.name] = found.get(index.name, frozenset()) | {letter}
    return found


def _put(node: Index, own: tuple[str, ...], strange: set[str], roles: Mapping[str, frozenset[str]]) -> Index | None:
    raised, below = above(node), list(node.indices[:-1])
    places = [_place(index, own, strange, roles) for index in raised]
    if len(raised) == 1 and places == [None]:
        places = [0]
    known = sorted([(place, index) for place, index in zip(places, raised, strict=True) if place is not None], key=_at)
    if len({place for place, _ in known}) < len(raised):
        return None
    for place, index in known:
        below.insert(place, index)
    return Index(node.base, tuple(below), node.place)


def _at(placed: tuple[int, Expr]) -> int:
    return placed[0]


def _place(index: Expr, own: tuple[str, ...], strange: set[str], roles: Mapping[str, frozenset[str]]) -> int | None:
    """The axis of a letter above: its own on the sheet, or that of the one letter whose role it has."""
    if not isinstance(index, Name):
        return None
    if index.name in own and index.name not in strange:
        return own.index(index.name)
    places = {own.index(letter) for letter in roles.get(index.name, ()) if letter in own}
    return min(places) if len(places) == 1 else None
