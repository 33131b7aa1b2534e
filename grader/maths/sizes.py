"""Lengths of axes with letters in them: polynomials with whole coefficients, so that `h-p+1` is `1+h-p`."""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Callable, Iterable, Mapping

from grader.model.expressions import Expr, Name, Num, Op
from grader.model.records import NamedTuple

Monomial = tuple[str, ...]  # its letters in order, each as often as it is a factor; () for the constant

_HIGHEST = 6  # power of a letter; a length that a person declares has no higher one


class Size(NamedTuple):
    """A length. Equal lengths have equal `terms`: sorted, without zeros.

    Different ones differ in general: `n` and `p` may happen to be the same number, and nothing may rest on that.
    """

    terms: tuple[tuple[Monomial, int], ...] = ()

    @property
    def constant(self) -> int | None:
        """The number, None if there are letters."""
        return None if any(monomial for monomial, _ in self.terms) else sum(factor for _, factor in self.terms)

    @property
    def letters(self) -> frozenset[str]:
        """The letters that occur."""
        return frozenset(letter for monomial, _ in self.terms for letter in monomial)

    def factor(self, monomial: Monomial) -> int:
        """The whole number before a product of letters."""
        return dict(self.terms).get(monomial, 0)

    def at(self, values: Mapping[str, int]) -> int:
        """The number for given letters. Raises KeyError for a letter that is not given."""
        return sum(factor * math.prod(values[letter] for letter in monomial) for monomial, factor in self.terms)

    def __str__(self) -> str:
        """As a person writes it: letters before numbers, and first what is added: `h - p + 1`, `1 - p`."""
        adds = any(factor > 0 for monomial, factor in self.terms if monomial)
        ordered = sorted(self.terms, key=lambda term: (not term[0] if adds else term[1] < 0, term[1] < 0, term[0]))
        text = ""
        for monomial, factor in ordered:
            size = [str(abs(factor))] if abs(factor) != 1 or not monomial else []
            sign = (" - " if factor < 0 else " + ") if text else ("-" if factor < 0 else "")
            text += sign + "·".join((*size, *monomial))
        return text or "0"


Sizes = tuple[Size | None, ...]  # the lengths of an array; None for one that is not known


def of_terms(terms: Iterable[tuple[Monomial, int]]) -> Size:
    """The sum of these terms."""
    total: Counter[Monomial] = Counter()
    for monomial, factor in terms:
        total[tuple(sorted(monomial))] += factor
    return Size(tuple(sorted((monomial, factor) for monomial, factor in total.items() if factor)))


def number(value: int) -> Size:
    """A length without letters."""
    return of_terms([((), value)])


def letter(name: str) -> Size:
    """A length that is a letter."""
    return of_terms([((name,), 1)])


def plus(*sizes: Size) -> Size:
    """The sum of lengths."""
    return of_terms(term for size in sizes for term in size.terms)


def times(left: Size, right: Size) -> Size:
    """The product of two lengths."""
    return of_terms((a + b, m * n) for a, m in left.terms for b, n in right.terms)


def minus(left: Size, right: Size) -> Size:
    """The difference of two lengths."""
    return plus(left, times(number(-1), right))


def smaller(sizes: Iterable[Size]) -> Size | None:
    """The smallest of several lengths, if that is one of them whatever the letters are; None otherwise."""
    found = list(sizes)
    for size in found:
        rest = [minus(other, size).constant for other in found]
        if all(difference is not None and difference >= 0 for difference in rest):
            return size
    return None


def size_of(expr: Expr | None) -> Size | None:
    """What an expression says of a length; None if it is no polynomial, such as `ceil(N/s)`."""
    if isinstance(expr, Num):
        return number(expr.value) if isinstance(expr.value, int) else None
    if isinstance(expr, Name):
        return letter(expr.name)
    if not isinstance(expr, Op) or expr.op not in _OPERATIONS:
        return None
    parts = [size_of(arg) for arg in expr.args]
    known = [part for part in parts if part is not None]
    return _OPERATIONS[expr.op](known) if len(known) == len(parts) else None


def _power(parts: list[Size]) -> Size | None:
    exponent = parts[1].constant
    if exponent is None or not 0 <= exponent <= _HIGHEST:
        return None
    result = number(1)
    for _ in range(exponent):
        result = times(result, parts[0])
    return result


_OPERATIONS: dict[str, Callable[[list[Size]], Size | None]] = {
    "add": lambda parts: plus(*parts),
    "neg": lambda parts: times(number(-1), parts[0]),
    "mul": lambda parts: times(parts[0], parts[1]),
    "pow": _power,
}
