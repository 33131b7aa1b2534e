"""Tells steps and impulses of signals from other letters u and delta, and compares formulas with them.

`δ[n]` is 1 at 0 alone, `u[n]` is 1 from 0 on; `δ(t)` is Dirac's impulse, `u(t)` and `H(t)` are Heaviside's step. What
differs for them differs. What is equal for them alone counts only where they are plainly meant: u may be an input,
delta an error or a rate.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from grader.equality.impulses import compare_impulses
from grader.equality.keys import key
from grader.equality.places import endless_over_arrays, has_steps
from grader.equality.scalars import Habits, compare_scalars
from grader.equality.sequences import compare_sequences
from grader.equality.switched import IMPULSE, JUMP, MARKS, PULSE, STEP, is_marked, marked_in
from grader.equality.verdicts import DIFFERENT, EQUAL, UNDECIDED, Found, Unsupported
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
    children,
    names_in,
    rebuilt,
    walk,
)

_BRACKET = re.compile(r"\s*(?:\\left\s*)?\[")
_PARENTHESIS = re.compile(r"\s*(?:\\left\s*)?\(")
_STEPS = frozenset(["u", "H", "theta", "Theta"])
_APPLIED = " of ("  # a letter before a parenthesis, which may be a function or a factor
_CLOCKS = frozenset(["t", "tau"])
_TURNED = _CLOCKS | {"n"}
_VARIABLES = frozenset(["t", "omega", "Omega", "f"])  # of which an impulse is plainly one
_IMPULSES = frozenset([IMPULSE, PULSE])
_NOT_APPLIED = frozenset(["pi", "e", "i", "j"])
_Side = tuple[Expr, str]  # a formula, and the text it was read from


# -- telling ---------------------------------------------------------------------------------------------------


def with_signals(one: _Side, other: _Side) -> tuple[Expr, Expr]:
    """Both formulas with their steps and impulses marked, if any are told."""
    exprs = (one[0], other[0])
    found = [node for expr in exprs for node in walk(expr) if isinstance(node, Call | Index) and _letter(node)]
    if not found or any(_is_slope(node) for expr in exprs for node in walk(expr)):
        return exprs
    if any(_letter(node) in _bare_names(expr) for node in found for expr in exprs):  # delta (1 - s), a rate
        return exprs
    return _bracketed(one, other, found) or _called(one, other, found) or exprs


def _letter(node: Call | Index) -> str:
    """The letter of what may be a step or an impulse, "" for anything else."""
    if isinstance(node, Call):
        name, count = node.function, len(node.args)
    else:
        name, count = node.base.name if isinstance(node.base, Name) else "", len(node.indices)
    return name if count == 1 and (name == "delta" or name in _STEPS) else ""


def _is_slope(node: Expr) -> bool:
    """Whether something is derived: then u is a function that solves an equation."""
    return isinstance(node, Derivative) or (isinstance(node, Call | Name) and "'" in key(node))


def _bare_names(expr: Expr) -> frozenset[str]:
    """Letters that stand for themselves, and are neither called nor indexed."""
    found: set[str] = set()
    waiting = [expr]
    while waiting:
        node = waiting.pop()
        if isinstance(node, Name):
            found.add(node.name)
        elif isinstance(node, Index) and isinstance(node.base, Name):
            if len(node.indices) != 1:  # δ_{ij} is Kronecker's
                found.add(node.base.name)
            waiting.extend(node.indices)
        else:
            waiting.extend(children(node))
    return frozenset(found)


def _bracketed(one: _Side, other: _Side, found: list[Call | Index]) -> tuple[Expr, Expr] | None:
    """Both with `u[n]` and `δ[n]` marked; None where brackets tell nothing."""
    if any(isinstance(node, Call) for node in found):
        return None
    sides = [[node for node in walk(expr) if isinstance(node, Index) and _letter(node)] for expr, _ in (one, other)]
    for nodes, (_, text) in zip(sides, (one, other), strict=True):
        if not all(_is_bracketed(node, text) for node in nodes):
            return None
    letters = [{_letter(node) for node in nodes} & {"u", "delta"} for nodes in sides]
    exprs = (one[0], other[0])
    told = (
        "delta" in letters[0] | letters[1]
        or ("u" in letters[0] and "u" in letters[1])
        or ("u" in letters[0] | letters[1] and (_has_cases(*exprs) or endless_over_arrays(*exprs)))
    )
    return (_marked(one[0]), _marked(other[0])) if told else None


def _is_bracketed(node: Index, text: str) -> bool:
    """Whether a letter stands before a bracket, and not before a subscript."""
    return _BRACKET.match(text, node.base.place[1]) is not None and node.base.place[1] > 0


def _called(one: _Side, other: _Side, found: list[Call | Index]) -> tuple[Expr, Expr] | None:
    """Both with `u(t)` and `δ(t)` marked; None where parentheses tell nothing."""
    if any(isinstance(node, Index) for node in found):
        return None
    exprs = (one[0], other[0])
    sides = [[node for node in walk(expr) if isinstance(node, Call) and _letter(node)] for expr in exprs]
    letters = [{_letter(node) for node in nodes} for nodes in sides]
    timed = all(names_in(node.args[0]) & _CLOCKS for nodes in sides for node in nodes)
    both = letters[0] | letters[1]
    with_steps = timed and (letters[0] == letters[1] or _has_cases(*exprs)) and len(both) == 1 and both != {"theta"}
    if not (with_steps or ("delta" in both and both <= {"delta", "u"})):  # H beside δ may be the response of a system
        return None
    times = frozenset(name for nodes in sides for node in nodes for name in names_in(node.args[0]))
    applied = frozenset(name for expr, text in (one, other) for name in _applied_in(expr, text, times))
    return (_marked(_with_applied(*one, applied)), _marked(_with_applied(*other, applied)))


def _has_cases(*exprs: Expr) -> bool:
    return any(isinstance(node, Cases) for expr in exprs for node in walk(expr))


def _marked(expr: Expr) -> Expr:
    expr = rebuilt(expr, _marked)
    if isinstance(expr, Index) and (letter := _letter(expr)) in ("u", "delta"):
        return Call(STEP if letter == "u" else IMPULSE, expr.indices, expr.place)
    if isinstance(expr, Call) and (letter := _letter(expr)):
        return Call(PULSE if letter == "delta" else JUMP, expr.args, expr.place)
    if isinstance(expr, Index) and len(expr.indices) == 1 and is_marked(expr.indices[0], frozenset([PULSE])):
        return Op("mul", (expr.base, *expr.indices), expr.place, "")  # π[δ(ω-1) + δ(ω+1)]
    return expr


# -- letters before a parenthesis ------------------------------------------------------------------------------


def _last_factor(expr: Expr) -> Expr:
    while isinstance(expr, Op) and expr.op == "mul" and expr.sign == "":
        expr = expr.args[1]
    return expr


def _before_parenthesis(node: Expr, text: str) -> str:
    """The letter that stands before a parenthesis in a product: x in `x(t)`."""
    if not (isinstance(node, Op) and node.op == "mul" and node.sign == ""):
        return ""
    last = _last_factor(node.args[0])
    if not isinstance(last, Name) or len(last.name) > 1 or last.name in _NOT_APPLIED:
        return ""
    return last.name if _PARENTHESIS.match(text, last.place[1]) else ""


def _applied_in(expr: Expr, text: str, times: frozenset[str]) -> Iterator[str]:
    for node in walk(expr):
        if isinstance(node, Op) and (name := _before_parenthesis(node, text)) and name not in times:
            yield name


def _with_applied(expr: Expr, text: str, applied: frozenset[str]) -> Expr:
    """An expression with `x(t)` as a function that may be a factor."""
    if isinstance(expr, Op) and _before_parenthesis(expr, text) in applied:
        arg = _with_applied(expr.args[1], text, applied)
        return _applied_last(_with_applied(expr.args[0], text, applied), arg)
    return rebuilt(expr, lambda child: _with_applied(child, text, applied))


def _applied_last(expr: Expr, arg: Expr) -> Expr:
    if isinstance(expr, Op):
        return Op("mul", (expr.args[0], _applied_last(expr.args[1], arg)), expr.place, expr.sign)
    assert isinstance(expr, Name)
    return Call(expr.name + _APPLIED, (arg,), expr.place)


def _as_factors(expr: Expr) -> Expr:
    """An expression with all that may be factors as factors."""
    expr = rebuilt(expr, _as_factors)
    if isinstance(expr, Call) and expr.function.endswith(_APPLIED):
        name = Name(expr.function.removesuffix(_APPLIED), expr.place)
        return Op("mul", (name, *expr.args), expr.place, "")
    return expr


# -- comparing -------------------------------------------------------------------------------------------------


def without_signals(expr: Expr) -> Expr:
    """An expression as it was before its steps and impulses were marked; steps are all called u."""
    expr = rebuilt(_as_factors(expr), without_signals)
    if isinstance(expr, Call) and expr.function in (STEP, IMPULSE):
        return Index(Name("u" if expr.function == STEP else "delta", expr.place), expr.args, expr.place)
    if isinstance(expr, Call) and expr.function in (JUMP, PULSE):
        return Call("u" if expr.function == JUMP else "δ", expr.args, expr.place)
    return expr


def are_signals(gold: Expr, answer: Expr) -> bool:
    """Whether steps or impulses are marked, or sums without an end run over arrays."""
    return is_marked(gold) or is_marked(answer) or endless_over_arrays(gold, answer)


def compare_signals(gold: Expr, answer: Expr, habits: Habits) -> Found:
    """Whether two formulas with steps, impulses, or sums without an end over arrays are equal."""
    if not (is_marked(gold) or is_marked(answer)):
        return _tried(gold, answer, habits)
    found = _tried(gold, answer, habits)
    factors = (_as_factors(gold), _as_factors(answer))
    if factors != (gold, answer) and _tried(*factors, habits).verdict != found.verdict:
        return Found(UNDECIDED, "it depends on whether a letter before a parenthesis is a function or a factor")
    if found.verdict == DIFFERENT:
        rates = _compared(_as_rates(gold), _as_rates(answer), habits)
        is_rate = rates.verdict == EQUAL and not _are_meant(gold, answer)
        return Found(UNDECIDED, "they are equal if delta is a factor and no impulse") if is_rate else found
    if found.verdict == EQUAL and _are_meant(gold, answer) and _holds_for_inputs(gold, answer, habits):
        return found
    plain = _compared(without_signals(gold), without_signals(answer), habits)
    if plain.verdict == EQUAL:
        return plain
    is_step = found.verdict == EQUAL
    return Found(UNDECIDED, "they are equal if u and delta are a step and an impulse") if is_step else found


def _holds_for_inputs(gold: Expr, answer: Expr, habits: Habits) -> bool:
    """Whether an equality holds for any signal u, where it is multiplied by impulses: `u(1) δ(t-1)`, sampled."""
    sampled = any(
        call.function in (STEP, JUMP)
        for expr in (gold, answer)
        for pair in _products(expr)
        if any(is_marked(side, _IMPULSES) for side in pair)
        for side in pair
        for call in marked_in(side)
    )
    if not sampled:
        return True
    return _tried(_with_inputs(gold), _with_inputs(answer), habits).verdict == EQUAL


def _with_inputs(expr: Expr) -> Expr:
    """An expression whose steps are any signals."""
    expr = rebuilt(expr, _with_inputs)
    if isinstance(expr, Call) and expr.function == STEP:
        return Index(Name("u", expr.place), expr.args, expr.place)
    return Call("u", expr.args, expr.place) if isinstance(expr, Call) and expr.function == JUMP else expr


def _tried(gold: Expr, answer: Expr, habits: Habits) -> Found:
    is_continuous = any(call.function in (JUMP, PULSE) for call in marked_in(gold, answer))
    try:
        if is_continuous and has_steps(gold, answer):
            return Found(UNDECIDED, "steps and impulses of sequences stand beside those of continuous time")
        return (compare_impulses if is_continuous else compare_sequences)(gold, answer, habits)
    except (Undecided, Unsupported) as error:
        return Found(UNDECIDED, str(error))


def _compared(gold: Expr, answer: Expr, habits: Habits) -> Found:
    try:
        return compare_scalars(gold, answer, habits)
    except (Undecided, ArithmeticError) as error:
        return Found(UNDECIDED, str(error))


def _as_rates(expr: Expr) -> Expr:
    """An expression with `δ(1-t)` as a product."""
    expr = rebuilt(_as_factors(expr), _as_rates)
    if isinstance(expr, Call) and expr.function in (JUMP, PULSE):
        return Op("mul", (Name("u" if expr.function == JUMP else "delta", expr.place), *expr.args), expr.place, "")
    return expr


def _are_meant(gold: Expr, answer: Expr) -> bool:
    """Whether steps and impulses are plainly meant."""
    calls = marked_in(gold, answer)
    functions = {call.function for call in calls}
    if any(_multiplies_alike(expr) for expr in (gold, answer)):
        return False
    shifted = any(_is_shifted(call.args[0]) for call in calls)
    if len(functions) > 1:
        return True
    if functions == {IMPULSE}:
        return shifted or any("n" in names_in(call.args[0]) for call in calls)
    if functions == {PULSE}:
        bare = any(len(names_in(call.args[0])) == 1 and not _is_shifted(call.args[0]) for call in calls)
        return bare or any(names_in(call.args[0]) & _VARIABLES for call in calls)
    if _has_cases(gold, answer):
        return True
    turned = any(
        isinstance(node, Op) and node.op == "neg" and names_in(node) & (_CLOCKS | {"n"})
        for call in calls
        for node in walk(call.args[0])
    )
    if functions == {STEP}:
        arrays = any(isinstance(node, Index) for expr in (gold, answer) for node in walk(expr))
        return not arrays and (turned or any(_stands_outside(expr, calls) for expr in (gold, answer)))
    return turned or (shifted and not any(_has_product(expr) for expr in (gold, answer)))


def _is_shifted(arg: Expr) -> bool:
    return isinstance(arg, Op) and arg.op == "add"


def _stands_outside(expr: Expr, calls: list[Call]) -> bool:
    """Whether the letters of steps stand outside of them too: `a^n u[n]`."""
    times = frozenset(name for call in calls for name in names_in(call.args[0]))
    return bool(_bare_names(_without_marks(expr)) & times)


def _without_marks(expr: Expr) -> Expr:
    if isinstance(expr, Call) and expr.function in MARKS:
        return Num(0, expr.place, "0")
    return rebuilt(expr, _without_marks)


def _products(expr: Expr) -> Iterator[tuple[Expr, Expr]]:
    """Pairs of factors that both hold steps or impulses; a power is a product with itself."""
    for node in walk(expr):
        if isinstance(node, Op) and node.op in ("mul", "pow", "div") and is_marked(node):
            one, other = node.args if node.op != "pow" else (node.args[0], node.args[0])
            if is_marked(one) and is_marked(other):
                yield one, other


def _has_product(expr: Expr) -> bool:
    return any(True for _ in _products(expr))


def _multiplies_alike(expr: Expr) -> bool:
    """Whether steps or impulses of the same argument are multiplied: `δ[j] u[j]`, an error and what causes it."""
    for one, other in _products(expr):
        args = [{key(call.args[0]) for call in marked_in(side)} for side in (one, other)]
        if args[0] & args[1]:
            return True
    return any(isinstance(node, Relation) and is_marked(node) for node in walk(expr))
