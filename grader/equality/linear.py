"""Expressions of the first degree with rational coefficients, and vectors of them."""

from __future__ import annotations

from fractions import Fraction

from grader.equality.scalars import exact_value
from grader.model.errors import Undecided
from grader.model.expressions import Call, Expr, Group, Name, Op, names_in

Form = dict[str, Fraction]  # the coefficient of each letter; that of "" is the constant
_LISTS = ("()", "[]")
_VECTORS = frozenset(["r", "x", "X", "v", "p"])


def minus(one: Form, other: Form) -> Form:
    """The difference of two forms, without the letters that cancel."""
    return _plus(one, _times(Fraction(-1), other))


def form_of(expr: Expr) -> Form | None:
    """An expression as a form; None where it is not of the first degree, or no number."""
    if not names_in(expr):
        value = _number(expr)
        return None if value is None else {"": value}
    if isinstance(expr, Name):
        return {expr.name: Fraction(1)}
    if isinstance(expr, Group) and expr.brackets == "()" and len(expr.items) == 1:
        return form_of(expr.items[0])
    return _RULES[expr.op](expr) if isinstance(expr, Op) and expr.op in _RULES else None


def _number(expr: Expr) -> Fraction | None:
    try:
        return None if isinstance(expr, Group) else exact_value(expr)
    except (ArithmeticError, Undecided):
        return None


def _of_sum(expr: Op) -> Form | None:
    total: Form = {}
    for arg in expr.args:
        term = form_of(arg)
        if term is None:
            return None
        total = _plus(total, term)
    return total


def _of_opposite(expr: Op) -> Form | None:
    inner = form_of(expr.args[0])
    return None if inner is None else _times(Fraction(-1), inner)


def _of_product(expr: Op) -> Form | None:
    one, other = (form_of(arg) for arg in expr.args)
    if one is None or other is None:
        return _of_dot(expr)
    for scalar, form in ((one, other), (other, one)):
        if not any(scalar):
            return _times(scalar.get("", Fraction(0)), form)
    return None


def _of_quotient(expr: Op) -> Form | None:
    top, below = (form_of(arg) for arg in expr.args)
    if top is None or below is None or any(below) or not below.get(""):
        return None
    return _times(1 / below[""], top)


def _of_dot(expr: Op) -> Form | None:
    """`\\vec r \\cdot (1, -2, 2)`, where r is (x, y, z), and the product of two lists of coordinates."""
    if expr.sign not in ("·", "", "*"):
        return None
    for vector, normal in (expr.args, expr.args[::-1]):
        weights = coordinates_of(normal, ()) if isinstance(normal, Group) else None
        if weights is None or any(name for weight in weights for name in weight if name):
            continue
        axes = ("x", "y", "z", "w")[: len(weights)]
        entries = coordinates_of(vector, axes)
        if entries is None or len(entries) != len(weights):
            continue
        total: Form = {}
        for weight, entry in zip(weights, entries, strict=True):
            total = _plus(total, _times(weight.get("", Fraction(0)), entry))
        return total
    return None


_RULES = {"add": _of_sum, "neg": _of_opposite, "mul": _of_product, "div": _of_quotient}


def _plus(one: Form, other: Form) -> Form:
    total = {name: one.get(name, Fraction(0)) + other.get(name, Fraction(0)) for name in {**one, **other}}
    return {name: value for name, value in total.items() if value}


def _times(scalar: Fraction, form: Form) -> Form:
    return {name: scalar * value for name, value in form.items() if scalar * value}


def coordinates_of(expr: Expr, axes: tuple[str, ...]) -> list[Form] | None:
    """The coordinates of a list, of a sum of vectors and of multiples of them, r being the point with these axes."""
    if isinstance(expr, Name):
        return [{name: Fraction(1)} for name in axes] if axes and expr.name in _VECTORS else None
    if isinstance(expr, Group):
        return _of_list(expr, axes)
    if isinstance(expr, Call) and (len(expr.function) == 1 or expr.function in _SCALARS):
        listed = len(expr.args) > 1  # t(1, 1, -1), and t((1, 0) + 2 (0, 1))
        entries = [form_of(arg) for arg in expr.args] if listed else coordinates_of(expr.args[0], axes)
        return None if entries is None else _scaled({expr.function: Fraction(1)}, [*entries])
    if not isinstance(expr, Op):
        return None
    if expr.op == "transpose":
        return coordinates_of(expr.args[0], axes)
    if expr.op in ("neg", "add"):
        return _added([coordinates_of(arg, axes) for arg in expr.args], -1 if expr.op == "neg" else 1)
    if expr.op == "mul" and expr.sign in ("", "·", "*"):
        for scalar, vector in (expr.args, expr.args[::-1]):
            entries = coordinates_of(vector, axes) if form_of(vector) is None else None
            form = form_of(scalar) if entries is not None else None
            if entries is not None and form is not None:
                return _scaled(form, [*entries])
    return None


_SCALARS = frozenset(["lambda", "mu", "alpha", "beta", "sigma", "tau"])


def _of_list(expr: Group, axes: tuple[str, ...]) -> list[Form] | None:
    """A row or a column; in brackets of one item stands what is summed."""
    if expr.brackets not in _LISTS:
        return None
    if len(expr.items) == 1:
        return coordinates_of(expr.items[0], axes)
    rows = [item.items[0] if isinstance(item, Group) and len(item.items) == 1 else item for item in expr.items]
    entries = [None if isinstance(row, Group) else form_of(row) for row in rows]
    known = [entry for entry in entries if entry is not None]
    return known if len(known) == len(entries) > 1 else None


def _scaled(form: Form, entries: list[Form | None]) -> list[Form] | None:
    """Each entry times a form, one of the two being a number."""
    found: list[Form] = []
    for entry in entries:
        if entry is None or (any(form) and any(entry)):
            return None
        number, other = (entry, form) if any(form) else (form, entry)
        found.append(_times(number.get("", Fraction(0)), other))
    return found


def _added(terms: list[list[Form] | None], sign: int) -> list[Form] | None:
    known = [term for term in terms if term is not None]
    if len(known) < len(terms) or len({len(term) for term in known}) != 1:
        return None
    total: list[Form] = [{} for _ in known[0]]
    for term in known:
        total = [_plus(one, _times(Fraction(sign), entry)) for one, entry in zip(total, term, strict=True)]
    return total
