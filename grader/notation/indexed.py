"""Index notation on the way from a program to a formula: elements of arrays, and what is computed of them."""

from __future__ import annotations

import ast
from collections.abc import Iterator, Mapping
from typing import Any

from grader.model.records import NamedTuple


class Unclear(Exception):
    """A program, or a part of one, that is not made of what is understood here."""


class Term(NamedTuple):
    """A summand of an index: `-k1`, `2*i`, `s*k`."""

    sign: int
    scale: str  # "" for 1
    name: str  # a letter, the name of a size, or a number


Place = tuple[Term, ...]  # one index: j + k1


class Element(NamedTuple):
    """An element of an array, `X[i, j+k1]`; a name without places is a number."""

    name: str
    places: tuple[Place, ...]


class Made(NamedTuple):
    """What is computed of others: the sign of an operator, the name of a function, or `sum` with its letters."""

    how: str
    parts: tuple[Any, ...]  # Element, Made, or the text of a number
    letters: tuple[tuple[str, str], ...] = ()  # of a sum, each with its last value, "" for a whole axis


def place_of(node: ast.expr, sign: int = 1) -> Place:
    """An index as a sum: `j + k1`, `s*k - 1`."""
    if isinstance(node, ast.Name):
        return (Term(sign, "", node.id),)
    if isinstance(node, ast.Constant) and type(node.value) is int:
        return (Term(sign, "", str(node.value)),)
    if isinstance(node, ast.UnaryOp) and isinstance(node.op, ast.USub):
        return place_of(node.operand, -sign)
    if isinstance(node, ast.BinOp) and isinstance(node.op, ast.Add | ast.Sub):
        turned = sign if isinstance(node.op, ast.Add) else -sign
        return (*place_of(node.left, sign), *place_of(node.right, turned))
    if isinstance(node, ast.BinOp) and isinstance(node.op, ast.Mult):
        (left, *more), (right, *others) = place_of(node.left), place_of(node.right)
        if not more and not others and left.sign == right.sign == 1 and not left.scale and not right.scale:
            return (Term(sign, left.name, right.name),)
    raise Unclear("an index")


def renamed(body: Any, letters: Mapping[str, str]) -> Any:
    """A body with other letters."""
    return replaced(body, {old: (Term(1, "", new),) for old, new in letters.items()})


def replaced(body: Any, places: Mapping[str, Place]) -> Any:
    """A body with sums in place of letters. Raises Unclear where a letter is scaled."""
    if not places or isinstance(body, str):
        return body
    if isinstance(body, Element):
        return body._replace(places=tuple(_placed(place, places) for place in body.places))
    inner = {letter: place for letter, place in places.items() if letter not in {name for name, _ in body.letters}}
    return body._replace(parts=tuple(replaced(part, inner) for part in body.parts))


def _placed(place: Place, places: Mapping[str, Place]) -> Place:
    found: list[Term] = []
    for term in place:
        put = places.get(term.name)
        if term.scale in places:
            raise Unclear("a product of indices")
        if put is None:
            found.append(term)
        elif len(put) == 1 and put[0].sign == 1 and not put[0].scale:
            found.append(term._replace(name=put[0].name))
        elif term.scale:
            raise Unclear("a scaled index")
        else:
            found.extend(Term(term.sign * one.sign, one.scale, one.name) for one in put)
    return tuple(found)


def letters_of(body: Any) -> Iterator[str]:
    """Every name in the indices of a body."""
    if isinstance(body, Element):
        yield from (term.name for place in body.places for term in place)
        yield from (term.scale for place in body.places for term in place if term.scale)
    elif isinstance(body, Made):
        for part in body.parts:
            yield from letters_of(part)


# -- as text ---------------------------------------------------------------------------------------------------------


def shown(body: Any) -> str:
    """A body as plain text that reads as a formula: `sum_{k1, m} dZ[i, p-k1, m]*W[k1, m]`."""
    if isinstance(body, str):
        return body
    if isinstance(body, Element):
        return body.name + (f"[{', '.join(map(shown_place, body.places))}]" if body.places else "")
    parts = [shown(part) for part in body.parts]
    if body.how == "sum":
        whole = [letter for letter, last in body.letters if not last]
        signs = [f"sum_{{{', '.join(whole)}}}"] if whole else []
        signs += [f"sum_{{{letter}=0}}^{{{last}}}" for letter, last in body.letters if last]
        return f"({' '.join(signs)} {_bracketed(body.parts[0], parts[0])})"
    if body.how == "neg":
        return f"(-{_bracketed(body.parts[0], parts[0])})"
    if len(parts) == 1:
        return f"{body.how}({parts[0]})"
    return f" {body.how} ".join(_bracketed(part, text) for part, text in zip(body.parts, parts, strict=True))


def _bracketed(part: Any, text: str) -> str:
    return f"({text})" if isinstance(part, Made) and len(part.parts) > 1 else text


def shown_place(place: Place) -> str:
    """An index: `j - k1`."""
    text = ""
    for term in sorted(place, key=lambda one: one.sign < 0):
        sign = ("-" if term.sign < 0 else "+") if text or term.sign < 0 else ""
        text += sign + (f"{term.scale}*" if term.scale else "") + term.name
    return text
