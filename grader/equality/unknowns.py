"""Terms about which nothing is known, `a_{n-1}`, `T(n/2)`, `f'(x_n)`, as letters: equations in them are in numbers.

What is equal for any values of the terms is equal for all sequences and functions. What differs for some values differs
for a sequence that has them, where the terms do not depend on each other.
"""

from __future__ import annotations

from grader.equality.keys import key
from grader.equality.renaming import renamed
from grader.model.expressions import (
    Call,
    Derivative,
    Expr,
    Group,
    Index,
    Integral,
    Limit,
    Name,
    Op,
    Reduce,
    Relation,
    names_in,
    rebuilt,
    walk,
)
from grader.model.records import NamedTuple

_KNOWN = frozenset("PEHIONCD")  # probabilities, expectations, identities, orders of growth
_BINDING = (Reduce, Integral, Limit, Derivative)
_SYMBOLS = frozenset(["delta", "epsilon", "varepsilon", "sigma"])  # Kronecker's, Levi-Civita's, Pauli's


class Unknowns(NamedTuple):
    """Two statements with letters for such terms, and whether the terms may depend on each other."""

    gold: Relation
    answer: Relation
    dependent: bool


def as_unknowns(gold: Relation, answer: Relation) -> Unknowns | None:
    """Both with a letter for each such term; None where there are none, or the two have different ones."""
    found = [_terms_in(side) for side in (gold, answer)]
    if found[0] is None or found[1] is None or not found[0] or found[0].keys() != found[1].keys():
        return None
    one, other = _told(gold), _told(answer)
    if not isinstance(one, Relation) or not isinstance(other, Relation):
        return None
    terms = list(found[0].values())
    several = sum(isinstance(term, _BINDING) for term in terms) > 1
    inside = frozenset(name for term in terms for name in _inside(term))
    return Unknowns(one, other, several or bool(inside & (_raised(one) | _raised(other))))


def may_be_shifted(gold: Relation, answer: Relation) -> bool:
    """Whether both are about as many terms of the same sequences, other ones: a_{n+1} = 2 a_n, and a_n = 2 a_{n-1}."""
    found = []
    for side in (gold, answer):
        terms = {_label(node): node for node in walk(side) if isinstance(node, Index) and _is_unknown(node)}
        if len(terms) < _LEAST_TERMS or not all(map(_inside, terms.values())):
            return False
        found.append(terms)
    bases = [sorted(key(term.base) for term in terms.values()) for terms in found]
    return bases[0] == bases[1] and found[0].keys() != found[1].keys()


_LEAST_TERMS = 2


def _is_unknown(expr: Expr) -> bool:
    if isinstance(expr, Call):
        letter = expr.function.rstrip("'")
        return len(letter) == 1 and letter not in _KNOWN and not any(isinstance(arg, Group) for arg in expr.args)
    if isinstance(expr, Index):
        return isinstance(expr.base, Name) and expr.base.name not in _SYMBOLS
    return isinstance(expr, _BINDING) and not (isinstance(expr, Integral) and expr.high is None)


def _terms_in(expr: Expr) -> dict[str, Expr] | None:
    """The terms that nothing is known about, outside of each other, by their keys; None where others occur."""
    if _is_unknown(expr):
        return {_label(expr): expr}
    if isinstance(expr, Group):
        return None
    children: list[Expr] = []

    def seen(child: Expr) -> Expr:
        children.append(child)
        return child

    rebuilt(expr, seen)
    found: dict[str, Expr] = {}
    for child in children:
        terms = _terms_in(child)
        if terms is None:
            return None
        found |= terms
    return found


def _label(expr: Expr) -> str:
    return key(renamed(expr))


def _told(expr: Expr) -> Expr:
    return Name(f"⟨{_label(expr)}⟩", expr.place) if _is_unknown(expr) else rebuilt(expr, _told)


def _inside(term: Expr) -> frozenset[str]:
    """The letters that say which term it is."""
    places = term.indices if isinstance(term, Index) else term.args if isinstance(term, Call) else (term,)
    return frozenset(name for place in places for name in names_in(place))


def _raised(expr: Expr) -> frozenset[str]:
    """Letters in exponents of numbers and in functions: (-1)^n is no number for any n, but for a whole one."""
    found: set[str] = set()
    for node in walk(expr):
        if isinstance(node, Op) and node.op == "pow" and not names_in(node.args[0]):
            found |= names_in(node.args[1])
        elif isinstance(node, Call) or (isinstance(node, Op) and node.op == "factorial"):
            found |= names_in(node)
    return frozenset(found)
