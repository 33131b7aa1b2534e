"""Functions that stand for a construct with a notation of its own: `Integral(x, (x, 0, 1))`, `Eq(a, b)`."""

from __future__ import annotations

from collections.abc import Callable

from grader.equality.slopes import differentiate, substitute
from grader.model.errors import Undecided
from grader.model.expressions import (
    Bound,
    Call,
    Cases,
    Derivative,
    Expr,
    Group,
    Integral,
    Limit,
    Name,
    Num,
    Op,
    Reduce,
    Relation,
    names_in,
    rebuilt,
    walk,
)

_MOST_TIMES = 20


def construct(call: Call) -> Expr:
    """What such a call means. Raises Undecided where its arguments make no sense."""
    try:
        return CONSTRUCTED[call.function](call)
    except (IndexError, ValueError):
        raise Undecided(f"{call.function} does not take these arguments", *call.place) from None


def _ranged(expr: Expr) -> tuple[str, Expr | None, Expr | None]:
    """`x`, `(x, b)` or `(x, a, b)`."""
    items = expr.items if isinstance(expr, Group) else (expr,)
    if not isinstance(items[0], Name):
        raise ValueError
    low = items[1] if len(items) == 3 else None
    high = items[-1] if len(items) > 1 else None
    return items[0].name, low, high


def _integral(call: Call) -> Expr:
    ranges = call.args[1:]
    if (
        call.function != "Integral" and len(ranges) == 3 and all(not isinstance(arg, Group) for arg in ranges)
    ):  # integrate(f, x, 0, 1)
        ranges = (Group("()", ranges, call.place),)
    body = call.args[0]
    for one in ranges or (Name("x", call.place),):
        variable, low, high = _ranged(one)
        body = Integral(body, variable, low, high, call.place)
    return body


def _derivative(call: Call) -> Expr:
    variables: list[str] = []
    for arg in call.args[1:]:
        items = arg.items if isinstance(arg, Group) else (arg,)
        for item in items:
            if isinstance(item, Name):
                variables.append(item.name)
            elif isinstance(item, Num) and isinstance(item.value, int) and 0 < item.value < _MOST_TIMES:
                variables += [variables[-1]] * (item.value - 1)
            else:
                raise ValueError
    return Derivative(call.args[0], tuple(variables) or ("x",), call.place)


def _diagonal(call: Call) -> Expr:
    """`diag(1, 2, 3)`: the matrix with these numbers on its diagonal."""
    entries = call.args[0].items if len(call.args) == 1 and isinstance(call.args[0], Group) else call.args
    if len(entries) < 2 or any(isinstance(entry, Group) or _may_be_matrix(entry) for entry in entries):
        raise ValueError
    zero = Num(0, call.place, "0")
    rows = [
        Group("[]", tuple(entry if row == column else zero for column in range(len(entries))), call.place)
        for row, entry in enumerate(entries)
    ]
    return Group("[]", tuple(rows), call.place)


def _may_be_matrix(expr: Expr) -> bool:
    """Whether a capital, which may be a matrix itself, stands alone."""
    return isinstance(expr, Name) and expr.name[:1].isupper()


def _limit(call: Call) -> Expr:
    body, variable, target = call.args[:3]
    if not isinstance(variable, Name):
        raise ValueError
    side = ""
    if len(call.args) > 3:
        words = call.args[3]
        last = words.operands[-1] if isinstance(words, Relation) else words
        side = last.name.strip("'\"") if isinstance(last, Name) else ""
    return Limit(body, variable.name, target, side if side in ("+", "-") else "", call.place)


def _reduced(op: str) -> Callable[[Call], Expr]:
    def build(call: Call) -> Expr:
        bounds = []
        for arg in reversed(call.args[1:]):
            index, low, high = _ranged(arg)
            bounds.append(Bound(index, low, high, call.place))
        return Reduce(op, tuple(bounds), call.args[0], call.place)

    return build


def _related(sign: str) -> Callable[[Call], Expr]:
    return lambda call: Relation((call.args[0], call.args[1]), (sign,), call.place)


def _joined(op: str) -> Callable[[Call], Expr]:
    return lambda call: call.args[0] if len(call.args) == 1 and op != "not" else Op(op, call.args, call.place)


def _interval(brackets: str) -> Callable[[Call], Expr]:
    def build(call: Call) -> Expr:
        opens = [isinstance(arg, Name) and arg.name == "True" for arg in call.args[2:4]] + [False, False]
        left = "(" if opens[0] else brackets[0]
        right = ")" if opens[1] else brackets[1]
        return Group(f"{left}{right}", (call.args[0], call.args[1]), call.place)

    return build


def _grouped(brackets: str) -> Callable[[Call], Expr]:
    def build(call: Call) -> Expr:
        only = call.args[0] if len(call.args) == 1 else None
        if isinstance(only, Group) and only.brackets in ("[]", "()"):
            return Group(brackets, only.items, call.place)
        return Group(brackets, call.args, call.place)

    return build


def _matrix(call: Call) -> Expr:
    """A list of numbers is a column."""
    rows = _grouped("[]")(call)
    assert isinstance(rows, Group)
    if any(isinstance(row, Group) for row in rows.items):
        return rows
    return Group("[]", tuple(Group("[]", (row,), row.place) for row in rows.items), call.place)


def _evaluated(call: Call) -> Expr:
    """A formula at a point; one that does not name the letter that is replaced stays what it is."""
    body, at = call.args
    assert isinstance(at, Relation)
    name, value = at.operands
    if not isinstance(name, Name) or value is None:
        raise ValueError
    body = _derived(body)
    if name.name not in names_in(body) or any(isinstance(node, Derivative) for node in walk(body)):
        return Call(f"value for {name.name}", (body, value), call.place)
    return substitute(body, name.name, value)


def _derived(expr: Expr) -> Expr:
    """Derivatives written out, since a number is put in only behind that; dy/dx of a letter stays what it is."""
    if not isinstance(expr, Derivative):
        return rebuilt(expr, _derived)
    body = _derived(expr.body)
    if not set(expr.variables) <= names_in(body):
        return expr
    for variable in expr.variables:
        body = differentiate(body, variable)
    return body


def _between(call: Call) -> Expr:
    body, low, high = call.args
    first, last = (_evaluated(Call("at", (body, limit), call.place)) for limit in (low, high))
    return Op("add", (last, Op("neg", (first,), call.place)), call.place)


def _piecewise(call: Call) -> Expr:
    pieces: list[tuple[Expr, Expr | None]] = []
    for arg in call.args:
        if not (isinstance(arg, Group) and len(arg.items) == 2):
            raise ValueError
        value, when = arg.items
        pieces.append((value, None if isinstance(when, Name) and when.name == "True" else when))
    return Cases(tuple(pieces), call.place)


CONSTRUCTED: dict[str, Callable[[Call], Expr]] = {
    **dict.fromkeys(("Integral", "integrate", "int"), _integral),
    **dict.fromkeys(("Derivative", "diff"), _derivative),
    **dict.fromkeys(("Limit", "limit"), _limit),
    "Sum": _reduced("sum"),
    **dict.fromkeys(("Product", "product"), _reduced("prod")),
    "Eq": _related("="),
    "Ne": _related("!="),
    "Lt": _related("<"),
    "Le": _related("<="),
    "Gt": _related(">"),
    "Ge": _related(">="),
    "And": _joined("and"),
    "Or": _joined("or"),
    "Not": _joined("not"),
    "Union": _joined("union"),
    "Intersection": _joined("intersection"),
    "Complement": _joined("difference"),
    "Interval": _interval("[]"),
    "Interval.open": _interval("()"),
    "Interval.Lopen": _interval("(]"),
    "Interval.Ropen": _interval("[)"),
    **dict.fromkeys(("FiniteSet", "Set"), _grouped("{}")),
    **dict.fromkeys(("Matrix", "matrix"), _matrix),
    "Tuple": _grouped("()"),
    **dict.fromkeys(("diag", "Diag"), _diagonal),
    "Transpose": lambda call: Op("transpose", call.args, call.place),
    "Piecewise": _piecewise,
    "at": _evaluated,
    "between": _between,
    "//": lambda call: Call("floor", (Op("div", call.args, call.place),), call.place),
}
