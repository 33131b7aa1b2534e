"""Sums, products and transposes of matrices that are written out, entry by entry."""

from __future__ import annotations

from collections.abc import Callable
from itertools import permutations

from grader.equality.construction import CONSTRUCTED, construct
from grader.equality.lengths import MOST_ENTRIES, Rows, norm_of, of_vectors, rows_of
from grader.equality.scalars import exact_value
from grader.equality.slopes import substitute
from grader.equality.spans import rank
from grader.equality.walker import constant_exponent
from grader.model.errors import Undecided
from grader.model.expressions import Call, Expr, Group, Num, Op, names_in, walk

_MOST_DETERMINANT = 4
_MOST_INVERSE = 3
_MOST_POWER = 8
_NOWHERE = (0, 0)


def has_matrix(expr: Expr) -> bool:
    """Whether a list in brackets stands inside an operation."""
    return isinstance(expr, Op | Call) and any(
        (isinstance(node, Group) and node.brackets in ("[]", "()")) or _is_built(node)
        for node in walk(expr)
        if node is not expr
    )


def _is_built(node: Expr) -> bool:
    return isinstance(node, Call) and node.function in ("Matrix", "matrix")


def written_out(expr: Expr) -> Expr:
    """An expression of matrices as one matrix or number. Raises Undecided where that is not possible."""
    if isinstance(expr, Call) and expr.function in CONSTRUCTED:
        return written_out(construct(expr))
    if isinstance(expr, Op) and expr.op == "mul" and _is_turned_list(expr.args[0]):  # (1, 2)^T (3, 4)
        one, other = (written_out(arg) for arg in expr.args)
        if isinstance(one, Group) and isinstance(other, Group) and (dotted := of_vectors("·", one, other)) is not None:
            return dotted
    if isinstance(expr, Op) and expr.op in _OPERATORS:
        return _OPERATORS[expr.op](expr, [written_out(arg) for arg in expr.args])
    if isinstance(expr, Call) and expr.function in _CALLS:
        arg = written_out(expr.args[0])
        return _CALLS[expr.function](expr, arg) if isinstance(arg, Group) else Call(expr.function, (arg,), expr.place)
    return expr


def _is_turned_list(expr: Expr) -> bool:
    """Whether a list without rows is turned, which stands for a column by itself."""
    inner = expr.args[0] if isinstance(expr, Op) and expr.op == "transpose" else None
    return isinstance(inner, Group) and not any(isinstance(item, Group) for item in inner.items)


def with_identity(one: Expr, other: Expr) -> tuple[Expr, Expr]:
    """Both with the identity written out that one of them is a multiple of: `[[2, 0], [0, 2]]` and `2I`."""
    for table, expr in ((one, other), (other, one)):
        rows = table.items if isinstance(table, Group) and table.brackets in ("[]", "()") else ()
        square = len(rows) > 1 and all(isinstance(row, Group) and len(row.items) == len(rows) for row in rows)
        if square and not isinstance(expr, Group) and names_in(expr) == {"I"} and "I" not in names_in(table):
            eye = [[Num(int(i == j), _NOWHERE, str(int(i == j))) for j in range(len(rows))] for i in range(len(rows))]
            whole = substitute(expr, "I", _square([list(row) for row in eye]))
            return (table, whole) if table is one else (whole, table)
    return one, other


def _group(rows: Rows, like: Expr) -> Group:
    if len(rows[0]) == 1 and isinstance(like, Group) and not isinstance(like.items[0], Group):
        return Group("[]", tuple(row[0] for row in rows), like.place)
    return Group("[]", tuple(Group("[]", tuple(row), like.place) for row in rows), like.place)


def _entrywise(like: Expr, change: Callable[[Expr], Expr]) -> Group:
    assert isinstance(like, Group)
    return _group([[change(entry) for entry in row] for row in rows_of(like)], like)


def _add(expr: Op, args: list[Expr]) -> Expr:
    if not any(isinstance(arg, Group) for arg in args):
        return Op("add", tuple(args), expr.place)
    tables = []
    for arg in args:
        if not isinstance(arg, Group):
            raise Undecided("a number is added to a matrix", *expr.place)
        tables.append(rows_of(arg))
    if len({(len(table), len(table[0])) for table in tables}) > 1:
        raise Undecided("matrices of different shapes are added", *expr.place)
    rows = [
        [Op("add", tuple(table[i][j] for table in tables), expr.place) for j in range(len(tables[0][0]))]
        for i in range(len(tables[0]))
    ]
    return _group([list(row) for row in rows], args[0])


def _negate(expr: Op, args: list[Expr]) -> Expr:
    if not isinstance(args[0], Group):
        return Op("neg", (args[0],), expr.place)
    return _entrywise(args[0], lambda entry: Op("neg", (entry,), expr.place))


def _multiply(expr: Op, args: list[Expr]) -> Expr:
    one, other = args
    if isinstance(one, Group) and isinstance(other, Group):
        return of_vectors(expr.sign, one, other) or _product(one, other)
    if isinstance(one, Group) or isinstance(other, Group):
        table, factor = (one, other) if isinstance(one, Group) else (other, one)
        return _entrywise(table, lambda entry: Op("mul", (factor, entry), expr.place))
    return Op("mul", (one, other), expr.place)


def _product(one: Group, other: Group) -> Expr:
    left, right = rows_of(one), rows_of(other)
    if len(left[0]) != len(right):
        raise Undecided("matrices whose shapes do not fit are multiplied", *one.place)
    if len(left) * len(right) * len(right[0]) > 4 * MOST_ENTRIES:
        raise Undecided("matrices too large to be multiplied here", *one.place)
    rows: Rows = [
        [
            Op("add", tuple(Op("mul", (left[i][k], right[k][j]), _NOWHERE) for k in range(len(right))), _NOWHERE)
            for j in range(len(right[0]))
        ]
        for i in range(len(left))
    ]
    return _group(rows, other)


def _divide(expr: Op, args: list[Expr]) -> Expr:
    top, bottom = args
    if isinstance(bottom, Group):
        raise Undecided("a division by a matrix", *expr.place)
    if isinstance(top, Group):
        return _entrywise(top, lambda entry: Op("div", (entry, bottom), expr.place))
    return Op("div", (top, bottom), expr.place)


def _power(expr: Op, args: list[Expr]) -> Expr:
    base, exponent = args
    if not isinstance(base, Group):
        return Op("pow", (base, exponent), expr.place)
    if constant_exponent(exponent) == -1:
        return _inverse(expr, base)
    if not (isinstance(exponent, Num) and isinstance(exponent.value, int) and 0 < exponent.value <= _MOST_POWER):
        raise Undecided("this power of a matrix is not written out here", *expr.place)
    result: Expr = base
    for _ in range(exponent.value - 1):
        assert isinstance(result, Group)
        result = _product(result, base)
    return result


def _transpose(expr: Expr, args: list[Expr]) -> Expr:
    if not isinstance(args[0], Group):
        return args[0]
    if not any(isinstance(item, Group) for item in args[0].items):  # (1, 2, 3)^T is a column
        return args[0]
    rows = rows_of(args[0])
    return Group(
        "[]", tuple(Group("[]", tuple(column), args[0].place) for column in zip(*rows, strict=True)), args[0].place
    )


def _determinant(expr: Expr, arg: Expr) -> Expr:
    """Leibniz's formula."""
    assert isinstance(arg, Group)
    rows = rows_of(arg)
    size = len(rows)
    if size != len(rows[0]):
        raise Undecided("a determinant of a matrix that is not square", *arg.place)
    if size > _MOST_DETERMINANT:
        raise Undecided("this determinant is too large to be written out", *arg.place)
    terms: list[Expr] = []
    for order in permutations(range(size)):
        term = rows[0][order[0]]
        for i in range(1, size):
            term = Op("mul", (term, rows[i][order[i]]), _NOWHERE)
        odd = sum(order[i] > order[j] for i in range(size) for j in range(i + 1, size)) % 2
        terms.append(Op("neg", (term,), _NOWHERE) if odd else term)
    return Op("add", tuple(terms), _NOWHERE) if len(terms) > 1 else terms[0]


def _inverse(expr: Expr, arg: Expr) -> Expr:
    """By cofactors."""
    assert isinstance(arg, Group)
    rows = rows_of(arg)
    whole = _determinant(expr, arg)
    size = len(rows)
    if size > _MOST_INVERSE:
        raise Undecided("this inverse is too large to be written out", *arg.place)
    if size == 1:
        return _group([[Op("div", (Num(1, _NOWHERE, "1"), rows[0][0]), _NOWHERE)]], arg)
    entries: Rows = []
    for i in range(size):
        entries.append([])
        for j in range(size):
            minor = [[rows[r][c] for c in range(size) if c != i] for r in range(size) if r != j]
            cofactor = _determinant(expr, _square(minor))
            signed = Op("neg", (cofactor,), _NOWHERE) if (i + j) % 2 else cofactor
            entries[-1].append(Op("div", (signed, whole), _NOWHERE))
    return _square(entries)


def _square(rows: Rows) -> Group:
    return Group("[]", tuple(Group("[]", tuple(row), _NOWHERE) for row in rows), _NOWHERE)


def _trace(expr: Expr, arg: Expr) -> Expr:
    assert isinstance(arg, Group)
    rows = rows_of(arg)
    return Op("add", tuple(rows[i][i] for i in range(min(len(rows), len(rows[0])))), _NOWHERE)


def _rank(arg: Expr, missing: bool = False) -> Expr:
    """How many rows of a matrix of rational numbers are independent, or how many columns that leaves."""
    assert isinstance(arg, Group)
    rows = [[exact_value(entry) for entry in row] for row in rows_of(arg)]
    known = [[entry for entry in row if entry is not None] for row in rows]
    if known != rows:
        raise Undecided("the rank of a matrix with other entries than rational numbers", *arg.place)
    found = len(rows[0]) - rank(known) if missing else rank(known)
    return Num(found, arg.place, str(found))


_OPERATORS: dict[str, Callable[[Op, list[Expr]], Expr]] = {
    "add": _add,
    "neg": _negate,
    "mul": _multiply,
    "div": _divide,
    "pow": _power,
    "transpose": _transpose,
}
_CALLS: dict[str, Callable[[Expr, Expr], Expr]] = {
    "det": _determinant,
    "inv": _inverse,
    "trace": _trace,
    "norm": norm_of,
    "rank": lambda expr, arg: _rank(arg),
    "nullity": lambda expr, arg: _rank(arg, missing=True),
    "transpose": lambda expr, arg: _transpose(expr, [arg]),
}
