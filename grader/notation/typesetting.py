"""Shows an expression as LaTeX: what was read, never simplified. Read again, it is the same expression."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from grader.model.expressions import (
    Bound,
    Call,
    Cases,
    Derivative,
    Expr,
    Group,
    Index,
    Integral,
    Limit,
    Name,
    Num,
    Op,
    Reduce,
    Relation,
    Slice,
    Text,
    Unit,
    base_name,
    rebuilt,
    walk,
)
from grader.notation.dialect import USUAL_FUNCTIONS
from grader.notation.differences import AT, BETWEEN
from grader.notation.freely import CALLED
from grader.notation.lettering import set_letter, set_name, set_number, set_unit
from grader.notation.printing import ADD, ATOM, LOOSE, MUL, NEG, POW
from grader.notation.signs import GREEK
from grader.notation.tied import OVER

_JOINED = {
    "cross": r" \times ", "union": r" \cup ", "intersection": r" \cap ", "difference": r" \setminus ",
    "and": r" \land ", "or": r" \lor ", "pm": r" \pm ", "mp": r" \mp ", "mod": r" \bmod ", "angle": r" \angle ",
}  # fmt: skip
_BEFORE = {"pm": r"\pm ", "mp": r"\mp ", "not": r"\lnot "}
_BEHIND = {"transpose": r"^{\top}", "factorial": "!", "factorial2": "!!", "percent": r"\%", "degree": r"^{\circ}"}
_PRODUCTS = {"": " ", "·": r" \cdot ", "×": r" \times ", "⊙": r" \odot ", "*": " * ", "@": " @ "}
_RELATIONS = {
    "=": "=", "<": "<", ">": ">", "<=": r"\le", ">=": r"\ge", "!=": r"\ne", "~": r"\approx", "in": r"\in",
    "notin": r"\notin", "subset": r"\subset", "subseteq": r"\subseteq", "propto": r"\propto",
}  # fmt: skip
_COMMANDS = frozenset(
    "sin cos tan cot sec csc sinh cosh tanh coth arcsin arccos arctan exp log ln det gcd arg max min".split()
)
_INFIX = {"⊗": r" \otimes ", "⊕": r" \oplus ", "//": " // "}
_OPERATORS = {
    "divergence": r"\nabla \cdot ",
    "curl": r"\nabla \times ",
    "laplacian": r"\nabla^{2} ",
    "nabla": r"\nabla ",
}
_REDUCERS = {
    "sum": r"\sum",
    "prod": r"\prod",
    "max": r"\max",
    "min": r"\min",
    "argmax": r"\arg\max",
    "argmin": r"\arg\min",
}
_LONG = (Reduce, Relation, Derivative, Integral, Limit)


def latex(expr: Expr | None) -> str:
    """An expression as LaTeX, with brackets where the reading needs them."""
    return "" if expr is None else _SHOWN[type(expr)](expr)


def _round(inner: str) -> str:
    return rf"\left({inner}\right)"


def _tight(expr: Expr, level: int) -> str:
    loose = LOOSE[expr.op] if isinstance(expr, Op) else ADD if isinstance(expr, _LONG) else ATOM
    if isinstance(expr, Call) and expr.function in _INFIX:
        loose = ADD if expr.function == "⊗" else MUL
    elif _takes_limits(expr) or (isinstance(expr, Op) and expr.op == "div" and expr.sign == "frac"):
        loose = POW
    elif isinstance(expr, Group) and not expr.brackets:  # {1,2} in braces of TeX
        return f"{{{latex(expr)}}}"
    return _round(latex(expr)) if loose < level else latex(expr)


def _takes_limits(expr: Expr) -> bool:
    """Whether what is raised behind this would be one of its limits."""
    return isinstance(expr, Call) and expr.function in (AT, BETWEEN)


def _list(items: tuple[Expr, ...]) -> str:
    return ", ".join(latex(item) for item in items)


# -- operators -------------------------------------------------------------------------------------------------


def _operator(expr: Op) -> str:
    level, args = LOOSE[expr.op], expr.args
    if expr.op == "neg":
        return f"-{_tight(args[0], MUL + 1)}"
    if expr.op in _JOINED and len(args) > 1:
        return _JOINED[expr.op].join(_tight(item, level + 1) for item in args)
    if expr.op == "range":
        return rf"{latex(args[0])} \dots {latex(args[1])}"
    if expr.op == "pow":
        return f"{_tight(args[0], POW + 1)}^{{{latex(args[1])}}}"
    if expr.op == "div" and expr.sign == "frac":
        return rf"\frac{{{latex(args[0])}}}{{{latex(args[1])}}}"
    first = _tight(args[0], level)
    if expr.op == "add":
        return first + "".join(_term(term) for term in args[1:])
    if expr.op in _BEHIND:
        return _tight(args[0], POW + 1) + _BEHIND[expr.op]
    if len(args) == 1:
        return _BEFORE[expr.op] + first
    if expr.op == "mul":
        return _product(expr, first)
    return f"{first} / {_tight(args[1], MUL + 1)}"


def _term(term: Expr) -> str:
    if isinstance(term, Op) and term.op == "neg":
        return f" - {_tight(term.args[0], MUL)}"
    return f" + {_tight(term, NEG)}"


def _product(expr: Op, first: str) -> str:
    """A product, with brackets where the factors side by side would be read as something else."""
    left, right = expr.args
    sign = _PRODUCTS.get(expr.sign, r" \cdot ")
    if isinstance(right, Unit):
        return first + sign.rstrip() + latex(right)
    second = _tight(right, MUL + 1)
    if expr.sign == "":
        begins = second.lstrip("{")
        if (
            (begins[:1].isdigit() and not _is_measured(left))
            or begins[:1] in ".|"
            or (isinstance(right, Op) and right.op == "div")
        ):
            second = _round(second)
        if isinstance(left, Op) and left.op == "degree":
            first = _round(first)
        last = left.args[1] if isinstance(left, Op) and left.op == "mul" else left
        if _would_call(last) and second.startswith(r"\left("):
            second = f"{{{second}}}"
    return first + sign + second


def _would_call(factor: Expr) -> bool:
    """Whether brackets behind a factor would be its argument: u_n (1 - n), span (1, 2)^T."""
    return (isinstance(factor, Index) and base_name(factor) in USUAL_FUNCTIONS) or (
        isinstance(factor, Name) and factor.name in CALLED
    )


def _is_measured(expr: Expr) -> bool:
    """Whether a product ends in a unit, or in a letter that would take brackets for its argument: 1 h 30 min."""
    last = expr.args[1] if isinstance(expr, Op) and expr.op == "mul" else expr
    return isinstance(last, Unit) or (isinstance(last, Name) and last.name in USUAL_FUNCTIONS)


# -- functions and what binds a letter -------------------------------------------------------------------------


def _call(expr: Call) -> str:
    function, args = expr.function, expr.args
    if function in _SPECIAL and (len(args) == 1 or function in ("binomial", AT, BETWEEN, "∂")):
        return _SPECIAL[function](args)
    if function in _INFIX:
        return _INFIX[function].join(_tight(arg, POW) for arg in args)
    if function in _OPERATORS and len(args) == 1:
        return _OPERATORS[function] + _tight(args[0], MUL + 1)
    if function.startswith("nabla_") and len(args) == 1:
        by = latex(Name(function.removeprefix("nabla_"), expr.place))
        return rf"\nabla_{{{by}}}{_round(latex(args[0]))}"
    if function == "log" and len(args) == 2:
        return rf"\log_{{{latex(args[1])}}}{_round(latex(args[0]))}"
    if function == "norm" and len(args) == 2:
        return rf"\left\|{latex(args[0])}\right\|_{{{latex(args[1])}}}"
    last = args[-1] if args else None
    inner = _list(args)
    if isinstance(last, Group) and last.brackets == "|":
        inner = rf"{_list(args[:-1])} \mid {_list(last.items)}"
    stem = function.rstrip("'")
    if stem in _COMMANDS:
        named = "\\" + stem
    else:
        named = set_letter(stem) if len(stem) == 1 or stem in GREEK else rf"\operatorname{{{stem}}}"
    return named + "'" * (len(function) - len(stem)) + _round(inner)


_SPECIAL: dict[str, Callable[[tuple[Expr, ...]], str]] = {
    "∂": lambda args: _round(rf"\frac{{\partial}}{{\partial {latex(args[1])}}} {_tight(args[0], MUL)}"),
    "abs": lambda args: _between_bars(args[0]),
    "norm": lambda args: rf"\left\|{latex(args[0])}\right\|",
    "sqrt": lambda args: rf"\sqrt{{{latex(args[0])}}}",
    "floor": lambda args: rf"\left\lfloor {latex(args[0])}\right\rfloor",
    "ceil": lambda args: rf"\left\lceil {latex(args[0])}\right\rceil",
    "binomial": lambda args: rf"\binom{{{latex(args[0])}}}{{{latex(args[1])}}}",
    AT: lambda args: rf"\left.{latex(_in_words(args[0]))}\right|_{{{latex(args[1])}}}",
    BETWEEN: lambda args: rf"\left.{latex(_in_words(args[0]))}\right|_{{{latex(args[1])}}}^{{{latex(args[2])}}}",
    "superscript": lambda args: latex(args[0]),
}


def _between_bars(inner: Expr) -> str:
    """An absolute value; in words where other bars inside it would close its own."""
    if any(isinstance(node, Call) and node.function in ("abs", AT, BETWEEN, "P") for node in walk(inner)):
        return rf"\operatorname{{abs}}{_round(latex(inner))}"
    return rf"\left|{latex(inner)}\right|"


def _in_words(expr: Expr) -> Expr:
    """An expression without bars, where the bar of a limit follows: absolute values as functions with that name."""
    expr = rebuilt(expr, _in_words)
    return expr._replace(function="Abs") if isinstance(expr, Call) and expr.function == "abs" else expr


def _index(expr: Index) -> str:
    only = expr.indices[0] if len(expr.indices) == 1 else None
    if isinstance(only, Call) and only.function == "superscript":
        return f"{_tight(expr.base, POW + 1)}^{{{_label(only.args[0])}}}"
    base = _tight(expr.base, POW + 1)
    product = isinstance(only, Op) and only.op == "mul" and not only.sign  # x_{2 n} has two indices
    if isinstance(only, Num) and isinstance(expr.base, Num):  # 1011_{2}
        return f"{base}_{{{latex(only)}}}"
    if isinstance(only, Num) or product:  # x_1 is another name than x[1]
        return f"{base}[{latex(only)}]"
    return f"{base}_{{{_list(expr.indices)}}}"


def _label(expr: Expr) -> str:
    return latex(expr) if isinstance(expr, Group) else f"({latex(expr)})"


def _reduce(expr: Reduce) -> str:
    sign = _REDUCERS.get(expr.op, rf"\operatorname{{{expr.op}}}")
    return f"{sign}{_bounds(expr.bounds)} {_tight(expr.body, MUL)}".rstrip()


def _bounds(bounds: tuple[Bound, ...]) -> str:
    if not bounds:
        return ""
    only = bounds[0] if len(bounds) == 1 else None
    if only is not None and only.low is not None and only.high is not None:
        return f"_{{{set_letter(only.index)} = {latex(only.low)}}}^{{{latex(only.high)}}}"
    return f"_{{{', '.join(_bound(bound) for bound in bounds)}}}"


def _bound(bound: Bound) -> str:
    letter = set_letter(bound.index)
    if isinstance(bound.low, Call) and bound.low.function == OVER:
        return rf"{letter} \in {_list(bound.low.args)}"
    if bound.low is not None and bound.high is not None:
        return rf"{letter} = {latex(bound.low)} \dots {latex(bound.high)}"
    if bound.low is not None:
        return f"{letter} = {latex(bound.low)}"
    return letter if bound.high is None else rf"{letter} \le {latex(bound.high)}"


def _derivative(expr: Derivative) -> str:
    several = len(set(expr.variables)) > 1
    sign = r"\partial " if several else "d"
    order = f"^{{{len(expr.variables)}}}" if len(expr.variables) > 1 else ""
    if several:
        by = " ".join(rf"\partial {set_letter(name)}" for name in expr.variables)
    else:
        by = f"d {set_letter(expr.variables[0])}{order}"
    return rf"\frac{{{sign.strip()}{order}}}{{{by}}} {_tight(expr.body, MUL)}"


def _integral(expr: Integral) -> str:
    low = f"_{{{latex(expr.low)}}}" if expr.low is not None else ""
    high = f"^{{{latex(expr.high)}}}" if expr.high is not None else ""
    return rf"\int{low}{high} {_tight(expr.body, MUL)} \, d {set_letter(expr.variable)}"


def _limit(expr: Limit) -> str:
    side = f"^{{{expr.side}}}" if expr.side else ""
    target = latex(expr.target) if not side else _tight(expr.target, POW)
    return rf"\lim_{{{set_letter(expr.variable)} \to {target}{side}}} {_tight(expr.body, MUL)}"


def _cases(expr: Cases) -> str:
    rows = [f"{latex(value)} & {_OTHERWISE if when is None else latex(when)}" for value, when in expr.pieces]
    return rf"\begin{{cases}} {_NEXT_ROW.join(rows)} \end{{cases}}"


_OTHERWISE, _NEXT_ROW = r"\text{otherwise}", r" \\ "


# -- lists and statements --------------------------------------------------------------------------------------


def _group(expr: Group) -> str:
    if expr.brackets == "{|}":
        return rf"\left\{{{latex(expr.items[0])} \mid {_list(expr.items[1:])}\right\}}"
    if _is_matrix(expr):
        rows = (" & ".join(latex(entry) for entry in row.items) for row in expr.items if isinstance(row, Group))
        return rf"\begin{{bmatrix}} {_NEXT_ROW.join(rows)} \end{{bmatrix}}"
    if not expr.brackets:
        return _list(expr.items)
    opener, closer = (r"\{", r"\}") if expr.brackets == "{}" else (expr.brackets[0], expr.brackets[-1])
    return rf"\left{opener}{_list(expr.items)}\right{closer}"


def _is_matrix(expr: Group) -> bool:
    rows = [item for item in expr.items if isinstance(item, Group) and item.brackets == "[]" and item.items]
    return expr.brackets == "[]" and bool(rows) and len(rows) == len(expr.items) and not any(map(_is_matrix, rows))


def _relation(expr: Relation) -> str:
    pieces = [_operand(expr.operands[0])]
    for op, operand in zip(expr.ops, expr.operands[1:], strict=True):
        pieces += [_RELATIONS.get(op, op), _operand(operand)]
    return " ".join(piece for piece in pieces if piece)


def _operand(expr: Expr | None) -> str:
    return "" if expr is None else _tight(expr, 0)


def _slice(expr: Slice) -> str:
    step = f":{latex(expr.step)}" if expr.step else ""
    return f"{latex(expr.start)}:{latex(expr.stop)}{step}"


_SHOWN: dict[type, Callable[[Any], str]] = {
    Num: set_number,
    Name: set_name,
    Text: lambda expr: rf"\text{{{expr.words}}}",
    Call: _call,
    Index: _index,
    Slice: _slice,
    Group: _group,
    Relation: _relation,
    Reduce: _reduce,
    Op: _operator,
    Derivative: _derivative,
    Integral: _integral,
    Limit: _limit,
    Cases: _cases,
    Unit: set_unit,
}
