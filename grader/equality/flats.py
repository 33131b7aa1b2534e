"""Lines, planes and subspaces, each written by equations, by a point and directions, as a set or as a span.

`\\frac{x-1}{2} = \\frac{y+3}{-1}`, `(x, y) = (1 + 2t, -3 - t)` and `x + 2y = -5` are one line. Equations are those of
the first degree in the coordinates; a parameter stands for any real number.
"""

from __future__ import annotations

import re
from fractions import Fraction
from itertools import pairwise

from grader.equality.linear import Form, coordinates_of, form_of, minus
from grader.equality.spans import rank, spanned
from grader.equality.subspaces import space_of
from grader.equality.verdicts import DIFFERENT, EQUAL, Found
from grader.model.errors import Undecided, Unreadable
from grader.model.expressions import Call, Expr, Group, Name, Op, Relation, base_name, names_in, walk
from grader.model.patterns import later
from grader.model.records import NamedTuple
from grader.notation.dialect import USUAL_FUNCTIONS, Dialect
from grader.notation.formula import read_formula
from grader.notation.printing import show

_LONGEST = 400  # characters
_DIALECT = Dialect(free=True, functions=USUAL_FUNCTIONS)
_AXES = (("x", "y"), ("x", "y", "z"), ("x", "y", "z", "w"), ("x1", "x2"), ("x1", "x2", "x3"), ("x1", "x2", "x3", "x4"))
_PARAMETERS = frozenset("s t u v k r a b c d h p q m n l lambda mu alpha beta sigma tau nu kappa".split())
_MOST_PARAMETERS = 3
_VECTORS = ("r", "x", "X", "v", "u", "P", "p", "l", "L", "g", "E")
_LIKELY = later(r"span|\\vec|[(\[<{⟨]|pmatrix|bmatrix|=.*=|∈|\\in(?![a-z])", re.DOTALL)
_LETTERS = r"(?:\\(?:operatorname|text|mathrm|mathcal)\s*\{\s*\w+\s*\}|\\?[A-Za-z]{1,4})"
_OWNER = r"(?:\(\s*[^()=]{1,12}\)|(?<=[\s}])[A-Z](?:\s*\^\s*\\?\w)?)"
_SET_FOLLOWS = r"(?=\\?(?:left)?\s*\\?\{|\\?(?:operatorname|text|mathrm)?\s*\{?span|gen|\\vec|\\mathbf)"
_HEAD = later(
    rf"[\s$]*(?P<name>{_LETTERS}\s*(?:_\s*(?:\{{[^{{}}]*\}}|[\w-]))?\s*{_OWNER}?(?:\s*\^\s*\{{?\s*(?:\\perp|⊥)\s*\}}?|⊥)?"
    rf"|(?:the )?(?:null ?space|kernel|column space|row space|image|range) of [A-Z])\s*(?:=|:)"
    rf"(?:\s|\\[,; ])*{_SET_FOLLOWS}"
)


class _Flat(NamedTuple):
    """Points as equations in their coordinates, or as a point with directions; `axes` as far as they are named."""

    equations: tuple[Form, ...]
    axes: tuple[str, ...]
    point: tuple[Fraction, ...] = ()
    directions: tuple[tuple[Fraction, ...], ...] = ()
    plain: bool = False  # nothing says that the letter in it stands for every number
    clock: str = ""  # r(t) is where something is at the time t


def compare_flats(gold: str, answer: str) -> Found | None:
    """The verdict on two lines, planes or subspaces that are written in different ways; None for anything else."""
    if max(len(gold), len(answer)) > _LONGEST or not (_LIKELY.search(gold) or _LIKELY.search(answer)):
        return None
    heads = [found["name"].replace("$", "") if (found := _HEAD.match(text)) else "" for text in (gold, answer)]
    if all(heads) and not _named_alike(heads[0], heads[1]):
        return None
    size = 3 if any(_IN_SPACE.search(text) for text in (gold, answer)) else 2
    one = _flat(gold, size)
    other = _flat(answer, size) if one is not None else None
    if one is None or other is None or not _are_told_apart(one, other):
        return None
    if one.clock and other.clock:
        same = (one.point, one.directions) == (other.point, other.directions)
        return Found(EQUAL if same else DIFFERENT, f"both are {'the same at' if same else 'elsewhere at some'} times")
    axes = _common_axes(one, other)
    if not axes:
        return None
    first, second = _placed(one, axes), _placed(other, axes)
    if first is None or second is None or not (first.directions or second.directions):
        return None
    if _same(first, second):
        return Found(EQUAL, "both are the same line, plane or space")
    return Found(DIFFERENT, "these are different lines, planes or spaces")


def _named_alike(one: str, other: str) -> bool:
    bare = [re.sub(r"\\(?:operatorname|text|mathrm|mathcal|perp)|[\s{}\\()^]", "", head) for head in (one, other)]
    spaces = [space_of(head) for head in (one, other)]
    return bare[0].replace("⊥", "") == bare[1].replace("⊥", "") or (None not in spaces and spaces[0] == spaces[1])


def _are_told_apart(one: _Flat, other: _Flat) -> bool:
    """Whether at least one is no plain equation, and parameters stand for every number in both where both have some."""
    if one.equations and other.equations:
        return max(len(one.equations), len(other.equations)) > 1 or not (one.plain and other.plain)
    value = any(len(flat.equations) == len(flat.axes) == 1 for flat in (one, other))  # x = 2 may be a number
    return (bool(one.equations or other.equations) and not value) or not (one.plain and other.plain)


def _common_axes(one: _Flat, other: _Flat) -> tuple[str, ...]:
    """The coordinates of both; () where they are not of one space."""
    sizes = {len(flat.point) for flat in (one, other) if flat.point}
    named = {*one.axes, *other.axes}
    for axes in _AXES:
        if named <= {*axes} and sizes <= {len(axes)} and (sizes or named == {*axes}):
            return axes
    return ()


def _same(one: _Flat, other: _Flat) -> bool:
    between = [b - a for a, b in zip(one.point, other.point, strict=True)]
    rows = [[*row] for row in one.directions]
    both = [*rows, *([*row] for row in other.directions)]
    size = len(rows)
    return size == len(other.directions) and rank(both) == size and rank([*rows, between]) == size


# -- reading ---------------------------------------------------------------------------------------------------


def _flat(text: str, size: int) -> _Flat | None:
    """What a text describes; None where that is no line, plane or space."""
    head = _HEAD.match(text)
    body = text[head.end() :] if head is not None else text
    if (rows := spanned(body, _DIALECT)) is not None:
        return _of_rows([Fraction(0)] * len(rows[0]), rows, (), plain=False)
    try:
        expr = read_formula(_in_round_brackets(_with_axes(body, size)), _DIALECT).expr
        if isinstance(expr, Group) and expr.brackets == "{|}":
            return _of_set(expr)
        items = expr.items if isinstance(expr, Group) and expr.brackets == "" else (expr,)
        return _of_statements(list(items), in_set=False)
    except (Unreadable, Undecided, ArithmeticError, RecursionError):
        return None


_MARKED = r"\\(?:mathbf|vec|hat|boldsymbol|bm)\s*\{?\s*"
_UNIT_VECTOR = later(rf"(?<![A-Za-z\\_^])(?:{_MARKED})?\\?(?P<axis>[ijk]|imath|jmath)(?:math)?\}}?(?![A-Za-z])")
_IN_SPACE = later(
    rf"(?<![A-Za-z\\])z(?![A-Za-z])|{_MARKED}k(?![A-Za-z])|(?<![A-Za-z\\])[ij](?![A-Za-z]).*[-+]\s*\d*k(?![A-Za-z])",
    re.DOTALL,
)


def _with_axes(text: str, size: int) -> str:
    """`i + 3j` as a sum of the vectors along the axes, in as many coordinates as are needed."""
    places = {found["axis"][0] for found in _UNIT_VECTOR.finditer(text)}
    if not {"i", "j"} <= places or size < len(places):
        return text
    rows = {name: f" ({', '.join(str(int(k == name)) for k in 'ijk'[:size])}) " for name in "ijk"}
    return _UNIT_VECTOR.sub(lambda found: rows[found["axis"][0]], text)


_ANGLED = later(r"<(?P<inside>[^<>=]*,[^<>=]*)>")
_DOTTED_ANGLED = later(r"\s*<[^<>=]*,[^<>=]*>\s*(?:[·*.]|\\cdot)\s*<[^<>=]*,[^<>=]*>\s*=[^<>]*")
_BEGINS_ANGLED = later(r"(?:[^<>=]*=)?[\s$\w]*<[^<>=]*,[^<>=]*>(?:\s*[-+]\s*\w*\s*\*?\s*<[^<>=]*,[^<>=]*>)*[\s$.]*")
_TURNED = later(r"(?<=[)\]}])\s*(?:\^\s*\{?\s*(?:T|\\top|\\intercal|\\mathsf\{T\})\s*\}?|ᵀ|')")
_INDEXED = later(r"(?<![A-Za-z\\_])(?P<letter>\\?[a-z]+)\s*\*?\s*\[(?P<inside>[^\[\]]*,[^\[\]]*)\]")


def _in_round_brackets(text: str) -> str:
    """`<1, 2> + t<3, 4>`, `t[3, 4]` and `(3, 4)^T` as vectors in round brackets."""
    if "<" in text and (_BEGINS_ANGLED.fullmatch(text) or _DOTTED_ANGLED.fullmatch(text)):
        text = _ANGLED.sub(r"(\g<inside>)", text)
    text = text.replace("⟨", "(").replace("⟩", ")").replace(r"\langle", "(").replace(r"\rangle", ")")
    text = _INDEXED.sub(r"\g<letter> (\g<inside>)", text)
    return _TURNED.sub("", text)


def _of_set(expr: Group) -> _Flat | None:
    """`{(x, y, z) : x + y = z}`, `{(t, -t) : t ∈ ℝ}`."""
    head, condition = expr.items if len(expr.items) == 2 else (None, None)
    if isinstance(head, Relation):
        where = head.operands[-1]
        if head.ops != ("in",) or not isinstance(where, Op) or where.op != "pow" or not _is_reals(where.args[0]):
            return None
        head = head.operands[0]
    if head is None or condition is None:
        return None
    said = list(condition.args) if isinstance(condition, Op) and condition.op == "and" else [condition]
    axes = tuple(one.name for one in head.items if isinstance(one, Name)) if isinstance(head, Group) else ()
    if isinstance(head, Group) and len(axes) == len(head.items) and axes in _AXES:
        found = _of_statements(said, in_set=True)
        return found._replace(axes=axes, plain=False) if found is not None and found.equations else None
    free = _declared(said)
    point = coordinates_of(head, ())
    return None if free is None or point is None else _of_point(point, (), free, plain=False)


def _of_statements(items: list[Expr], in_set: bool) -> _Flat | None:
    """Equations of the coordinates, or what each of them is by parameters."""
    domains: list[Expr] = [
        item for item in items if isinstance(item, Name) or (isinstance(item, Relation) and "in" in item.ops)
    ]
    said = [item for item in items if item not in domains]
    free = _declared(domains) if domains else frozenset()
    if free is None or not said:
        return None
    if len(said) == 1 and not in_set and (vector := _value_of_vector(said[0])) is not None:
        axes, value, summed = vector
        point = coordinates_of(value, ())
        found = None if point is None else _of_point(point, axes, free, plain=not (summed or domains))
        return found._replace(clock=_clock(said[0])) if found is not None else None
    equations: list[Form] = []
    for item in said:
        if not isinstance(item, Relation) or set(item.ops) != {"="}:
            return None
        for left, right in pairwise(item.operands):
            if left is None or right is None or (forms := _equations(left, right)) is None:
                return None
            equations += forms
    typed = {name for item in said for name in names_in(item)}
    dotted = any(isinstance(node, Group) for item in said for node in walk(item))
    dotted = dotted or any(name and name not in typed for form in equations for name in form)  # r · (1, 2) = 3
    return _of_equations(equations, free, plain=not (domains or dotted))


def _of_equations(equations: list[Form], free: frozenset[str], plain: bool) -> _Flat | None:
    """Equations in coordinates alone, or one for each coordinate with parameters on its right side."""
    named = {name for form in equations for name in form if name}
    axes = next((axes for axes in _AXES if named <= {*axes}), None)
    if axes is not None:
        if not free <= {*axes}:
            return None
        return _Flat(tuple(equations), tuple(name for name in axes if name in named), plain=plain)
    for axes in _AXES:
        own = [[name for name in form if name in axes] for form in equations]
        if len(equations) == len(axes) and all(len(names) == 1 for names in own) and {n for [n] in own} == {*axes}:
            solved = {n: form for [n], form in zip(own, equations, strict=True)}
            point = [{k: -v / solved[n][n] for k, v in solved[n].items() if k != n} for n in axes]
            return _of_point(point, axes, free, plain)
    return None


def _equations(left: Expr, right: Expr) -> list[Form] | None:
    """Two numbers that are equal, or two vectors entry by entry."""
    vectors = coordinates_of(left, _AXES[1]), coordinates_of(right, _AXES[1])
    if isinstance(left, Group) and vectors[0] is not None and vectors[1] is not None:
        if len(vectors[0]) != len(vectors[1]):
            return None
        return [minus(one, other) for one, other in zip(vectors[0], vectors[1], strict=True)]
    one, other = form_of(left), form_of(right)
    return None if one is None or other is None else [minus(one, other)]


def _value_of_vector(expr: Expr) -> tuple[tuple[str, ...], Expr, bool] | None:
    """The names of the coordinates, the value, and whether it is a sum with multiples of vectors."""
    axes: tuple[str, ...] = ()
    if isinstance(expr, Relation):
        left, value = expr.operands[0], expr.operands[-1]
        if expr.ops != ("=",) or left is None or value is None:
            return None
        entries = coordinates_of(left, ()) if isinstance(left, Group) else None
        if entries is not None:
            axes = tuple(name for entry in entries for name in entry if name)
            if axes not in _AXES:
                return None
        elif not _is_vector(left):
            return None
        expr = value
    if form_of(expr) is not None or (not isinstance(expr, Group | Op) and not axes):
        return None
    return axes, expr, isinstance(expr, Op)


def _is_vector(left: Expr) -> bool:
    """A name of a point, r, and r(t)."""
    if isinstance(left, Call | Op):
        args = left.args if isinstance(left, Call) else left.args[1:]
        named = left.function if isinstance(left, Call) else base_name(left.args[0]) if left.op == "mul" else ""
        return named in _VECTORS and len(args) == 1 and isinstance(args[0], Name)
    return isinstance(left, Name) and left.name in _VECTORS


def _clock(expr: Expr) -> str:
    left = expr.operands[0] if isinstance(expr, Relation) else None
    return show(left) if isinstance(left, Call | Op) else ""


def _of_point(point: list[Form], axes: tuple[str, ...], free: frozenset[str], plain: bool) -> _Flat | None:
    """A point with the directions in which its parameters move it."""
    letters = sorted({name for form in point for name in form if name})
    allowed = free if free else _PARAMETERS
    if not letters or len(letters) > _MOST_PARAMETERS or not {*letters} <= allowed or {*letters} & {*axes}:
        return None
    rows = [[form.get(letter, Fraction(0)) for form in point] for letter in letters]
    return _of_rows([form.get("", Fraction(0)) for form in point], rows, axes, plain)


def _of_rows(point: list[Fraction], rows: list[list[Fraction]], axes: tuple[str, ...], plain: bool) -> _Flat | None:
    """A point and independent directions, fewer than there are coordinates."""
    kept: list[list[Fraction]] = []
    for row in rows:
        if rank([*kept, row]) > len(kept):
            kept.append(row)
    if not 0 < len(kept) < len(point):
        return None
    return _Flat((), axes, tuple(point), tuple(tuple(row) for row in kept), plain)


def _declared(domains: list[Expr]) -> frozenset[str] | None:
    """The letters that stand for every real number, `s, t ∈ ℝ`; None where anything else is said of one."""
    found: set[str] = set()
    for domain in domains:
        if isinstance(domain, Relation):
            if domain.ops != ("in",) or not _is_reals(domain.operands[-1]):
                return None
            domain = domain.operands[0] or domain
        names = domain.items if isinstance(domain, Group) else (domain,)
        if not all(isinstance(one, Name) for one in names):
            return None
        found |= {one.name for one in names if isinstance(one, Name)}
    return frozenset(found)


def _is_reals(expr: Expr | None) -> bool:
    return isinstance(expr, Name) and expr.name in ("ℝ", "R")


# -- solving ---------------------------------------------------------------------------------------------------


def _placed(flat: _Flat, axes: tuple[str, ...]) -> _Flat | None:
    """A flat as a point and directions along these axes; None where its equations have no solution."""
    if not flat.equations:
        return flat
    rows = [[form.get(name, Fraction(0)) for name in axes] + [-form.get("", Fraction(0))] for form in flat.equations]
    pivots: list[int] = []
    for column in range(len(axes)):
        place = next((k for k in range(len(pivots), len(rows)) if rows[k][column]), None)
        if place is None:
            continue
        own = len(pivots)
        rows[own], rows[place] = rows[place], rows[own]
        rows[own] = [entry / rows[own][column] for entry in rows[own]]
        for k, row in enumerate(rows):
            if k != own:
                rows[k] = [a - row[column] * b for a, b in zip(row, rows[own], strict=True)]
        pivots.append(column)
    if any(row[-1] for row in rows[len(pivots) :]):
        return None
    solved = dict(zip(pivots, rows, strict=False))
    point = tuple(solved[k][-1] if k in solved else Fraction(0) for k in range(len(axes)))
    directions = tuple(
        tuple(-solved[k][column] if k in solved else Fraction(k == column) for k in range(len(axes)))
        for column in range(len(axes))
        if column not in pivots
    )
    return flat._replace(point=point, directions=directions)
