"""Brings two formulas to one spelling of the same thing: letters with two shapes, derivatives, numbered letters."""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import Any

from grader.equality.construction import CONSTRUCTED, construct
from grader.equality.dependences import with_dependence
from grader.equality.ellipsis import DOTS, filled, has_dots
from grader.equality.factors import counted, is_condition, with_inner_products
from grader.equality.idioms import by_meaning, is_idiom
from grader.equality.slopes import substitute
from grader.model.errors import Undecided
from grader.model.expressions import (
    Call,
    Cases,
    Derivative,
    Expr,
    Index,
    Name,
    Num,
    Op,
    Relation,
    names_in,
    rebuilt,
    walk,
)

_SHAPES = tuple((letter, f"var{letter}") for letter in ("phi", "epsilon", "theta", "rho", "kappa"))
_NUMBERED = re.compile(r"([A-Za-z]+)(\d+)")
_VARIANTS = frozenset(variant for _, variant in _SHAPES)
_WRITTEN_OUT = frozenset(["at", "between", "//", "Matrix", "Derivative", "diff"])
_QUOTIENT = re.compile(r"d([A-Za-z]+)/d([A-Za-z]+)")
_NOWHERE = (0, 0)


def one_spelling(gold: Expr, answer: Expr) -> tuple[Expr, Expr]:
    """Both sides with everything spelled alike. Raises Undecided where dots cannot be filled."""
    found = _occurring(gold, answer)
    if "written out" in found:
        gold, answer = (_written(expr) for expr in (gold, answer))
    if "idiom" in found:
        gold, answer = by_meaning(gold), by_meaning(answer)
    if not {name.rstrip("0123456789") for name in found}.isdisjoint(_VARIANTS):
        gold, answer = _one_shape(gold, answer)
    if "index" in found:
        bases = _indexed(gold) | _indexed(answer)
        gold, answer = (_with_indices(expr, bases) for expr in (gold, answer))
    if "slope" in found:
        gold, answer = _derivatives(*with_dependence(gold, answer))
    if DOTS in found:
        gold, answer = (filled(expr) if has_dots(expr) else expr for expr in (gold, answer))
    if "binomial" in found and "C" in found:
        gold, answer = _chosen(gold), _chosen(answer)
    if "transpose" in found:
        gold, answer = (expr if _turns(expr) else _turned(expr) for expr in (gold, answer))
    if "@" in found:
        gold, answer = with_inner_products(gold, answer)
    if "laplacian" in found or ("divergence" in found and "nabla" in found):
        gold, answer = _laplacians(gold), _laplacians(answer)
    return gold, answer


def _occurring(*exprs: Expr) -> set[str]:
    """What occurs that may need another spelling: one walk, since most formulas need none."""
    found: set[str] = set()
    for expr in exprs:
        for node in walk(expr):
            kind = type(node)
            if kind is Num:
                continue
            if kind is Name:
                found.add(node.name)  # type: ignore[union-attr]
            elif (look := _LOOKS.get(kind)) is not None:
                look(node, found)
    if any("/" in name for name in found if name != "//"):
        found.add("slope")
    return found


def _look_at_call(node: Call, found: set[str]) -> None:
    found.add(node.function if node.function not in _WRITTEN_OUT else "written out")
    if is_idiom(node):
        found.add("idiom")


def _look_at_index(node: Index, found: set[str]) -> None:
    found.add("written out" if isinstance(node.base, Num) else "index")
    if is_idiom(node):
        found.add("idiom")


def _look_at_operator(node: Op, found: set[str]) -> None:
    if node.op == "transpose":
        found.add("transpose")
    elif node.op == "mul" and node.sign == "@":
        found.add("@")
    elif node.op == "mul" and any(map(is_condition, node.args)):
        found.add("written out")
    elif is_idiom(node):
        found.add("idiom")


_LOOKS: dict[type, Callable[[Any, set[str]], None]] = {
    Call: _look_at_call,
    Index: _look_at_index,
    Op: _look_at_operator,
    Cases: lambda node, found: found.add("idiom"),
    Derivative: lambda node, found: found.add("slope"),
}


def _written(expr: Expr) -> Expr:
    if sum(isinstance(node, Call) and node.function in ("at", "between") for node in walk(expr)) > _MOST_EVALUATED:
        raise Undecided("so many values at limits are not written out", *expr.place)
    return _plain(expr)


_MOST_EVALUATED = 5  # inside each other they double what they evaluate


def _plain(expr: Expr) -> Expr:
    """What is evaluated at a point, whole quotients and indicators, by their meaning."""
    expr = rebuilt(expr, _plain)
    if isinstance(expr, Op) and expr.op == "mul":
        return expr._replace(args=tuple(counted(arg) for arg in expr.args))
    if isinstance(expr, Call) and expr.function in _WRITTEN_OUT and expr.function in CONSTRUCTED:
        return construct(expr)
    if isinstance(expr, Index) and isinstance(expr.base, Num) and expr.base.value == 1 and len(expr.indices) == 1:
        held = expr.indices[0]
        if isinstance(held, Relation) or (isinstance(held, Op) and held.op in ("and", "or")):
            zero = Num(0, expr.place, "0")
            return Cases(((expr.base, held), (zero, None)), expr.place)
    return expr


_LETTERS = "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ"


def _one_shape(gold: Expr, answer: Expr) -> tuple[Expr, Expr]:
    """Both shapes of a Greek letter are one letter, where each side has only one of the two."""
    one, other = names_in(gold), names_in(answer)
    subscripts = {name.lstrip(_LETTERS) for name in one | other}
    for shape, variant in [(s + digits, v + digits) for s, v in _SHAPES for digits in sorted(subscripts)]:
        for mine, theirs, side in ((one, other, 1), (other, one, 0)):
            if shape in mine and variant not in mine and variant in theirs and shape not in theirs:
                renamed = substitute((gold, answer)[side], variant, Name(shape, _NOWHERE))
                gold, answer = (gold, renamed) if side else (renamed, answer)
    return gold, answer


# -- numbered letters ------------------------------------------------------------------------------------------


def _indexed(expr: Expr) -> frozenset[str]:
    """Letters that carry one index which is a letter: x_i."""
    return frozenset(
        node.base.name
        for node in walk(expr)
        if isinstance(node, Index)
        and isinstance(node.base, Name)
        and len(node.indices) == 1
        and not isinstance(node.indices[0], Num)
    )


def _with_indices(expr: Expr, bases: frozenset[str]) -> Expr:
    """`x1` as the first of all x_i, where these occur."""
    if isinstance(expr, Name) and (found := _NUMBERED.fullmatch(expr.name)) is not None and found[1] in bases:
        return Index(Name(found[1], expr.place), (Num(int(found[2]), expr.place, found[2]),), expr.place)
    return rebuilt(expr, lambda child: _with_indices(child, bases))


# -- derivatives -----------------------------------------------------------------------------------------------

_Slope = tuple[str, tuple[str, ...]]  # of which letter, by which


def _derivatives(gold: Expr, answer: Expr) -> tuple[Expr, Expr]:
    """`f_x`, `y'`, `\\dot x` as the quotients that the other side writes for them."""
    written = [_quotients_in(expr) for expr in (gold, answer)]
    if not (written[0] or written[1]):
        return gold, answer
    both = written[0] | written[1]
    return _quotients(gold, both), _quotients(answer, both)


def _quotients_in(expr: Expr) -> frozenset[_Slope]:
    """The derivatives that an expression writes as quotients, of letters about which nothing else is said."""
    found: set[_Slope] = set()
    for node in walk(expr):
        if isinstance(node, Name) and (quotient := _QUOTIENT.fullmatch(node.name)) is not None:
            found.add((quotient[1], (quotient[2],)))
        elif isinstance(node, Derivative) and (letter := _letter_of(node.body)) and letter not in node.variables:
            found.add((letter, tuple(sorted(node.variables))))
    return frozenset(found)


def _letter_of(expr: Expr) -> str:
    """`f` and `f(x)`: a letter that depends on what it is derived by."""
    if isinstance(expr, Name) and len(expr.name) == 1:
        return expr.name
    if isinstance(expr, Call) and len(expr.function) == 1 and all(isinstance(arg, Name) for arg in expr.args):
        return expr.function
    return ""


def _quotients(expr: Expr, written: frozenset[_Slope]) -> Expr:
    slope = _slope_in(expr, written)
    if slope is not None:
        letter, variables = slope
        if len(variables) == 1:
            return Name(f"d{letter}/d{variables[0]}", expr.place)
        return Name(f"d^{len(variables)} {letter}/{' '.join(variables)}", expr.place)
    return rebuilt(expr, lambda child: _quotients(child, written))


def _slope_in(expr: Expr, written: frozenset[_Slope]) -> _Slope | None:
    """Which of the derivatives an expression is."""
    slope: _Slope | None = None
    if isinstance(expr, Derivative):
        slope = (_letter_of(expr.body), tuple(sorted(expr.variables)))
    elif isinstance(expr, Index) and isinstance(expr.base, Name):  # f_xy
        names = [index.name for index in expr.indices if isinstance(index, Name)]
        if len(names) == len(expr.indices):
            slope = (expr.base.name, tuple(sorted(names)))
    elif isinstance(expr, Name) and expr.name.endswith("_dot"):
        slope = (expr.name.removesuffix("_dot"), ("t",))
    elif isinstance(expr, Name) and expr.name.endswith("_ddot"):
        slope = (expr.name.removesuffix("_ddot"), ("t", "t"))
    elif isinstance(expr, Name | Call):
        slope = _primed(expr, written)
    return slope if slope in written else None


def _primed(expr: Name | Call, written: frozenset[_Slope]) -> _Slope | None:
    """`y'`, `f''(x)`: by its argument, or by the only letter by which the other side derives it so often."""
    name = expr.name if isinstance(expr, Name) else expr.function
    letter, order = name.rstrip("'"), len(name) - len(name.rstrip("'"))
    if not order:
        return None
    if isinstance(expr, Call):
        if len(expr.args) != 1 or not isinstance(expr.args[0], Name):
            return None
        return letter, (expr.args[0].name,) * order
    fitting = [slope for slope in written if slope[0] == letter and len(slope[1]) == order]
    return fitting[0] if len(fitting) == 1 and len(set(fitting[0][1])) == 1 else None


def _chosen(expr: Expr) -> Expr:
    """`C(n, k)` beside a binomial coefficient."""
    expr = rebuilt(expr, _chosen)
    if isinstance(expr, Call) and expr.function == "C" and len(expr.args) == 2:
        return Call("binomial", expr.args, expr.place)
    return expr


def _turns(expr: Expr) -> bool:
    return any(isinstance(node, Op) and node.op == "transpose" for node in walk(expr))


def _turned(expr: Expr) -> Expr:
    """`X'y` beside a formula that transposes: a prime turns too."""
    if isinstance(expr, Name) and expr.name.endswith("'") and len(expr.name) == 2:
        return Op("transpose", (Name(expr.name[:-1], expr.place),), expr.place)
    return rebuilt(expr, _turned)


def _laplacians(expr: Expr) -> Expr:
    """`\\Delta f` and `\\nabla \\cdot \\nabla f` beside `\\nabla^2 f`."""
    if isinstance(expr, Call) and expr.function == "divergence" and len(expr.args) == 1:
        (inner,) = expr.args
        if isinstance(inner, Call) and inner.function == "nabla":
            return Call("laplacian", tuple(_laplacians(arg) for arg in inner.args), expr.place)
    if isinstance(expr, Op) and expr.op == "mul" and isinstance(expr.args[0], Name) and expr.args[0].name == "Delta":
        return Call("laplacian", (_laplacians(expr.args[1]),), expr.place)
    return rebuilt(expr, _laplacians)
