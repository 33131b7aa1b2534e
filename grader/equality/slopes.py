"""Derivatives of expressions, written out by the rules of calculus."""

from __future__ import annotations

from collections.abc import Callable
from functools import lru_cache
from itertools import islice

from grader.equality.special import FUNCTIONS
from grader.model.errors import Undecided
from grader.model.expressions import (
    Bound,
    Call,
    Cases,
    Derivative,
    Expr,
    Index,
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

LARGEST = 4_000  # nodes; products of many factors grow with every derivative
_MOST_DERIVATIVES = 6  # inside each other
_NOWHERE = (0, 0)
_ZERO, _ONE = Num(0, _NOWHERE, "0"), Num(1, _NOWHERE, "1")

# The slope of each function at x (Abramowitz and Stegun, "Handbook of Mathematical Functions", 1964, chapter 4).
_SLOPES = {
    "exp": "exp(x)", "log": "1/x", "sqrt": "1/(2*sqrt(x))", "abs": "sign(x)", "log10": "1/(x*log(10))",
    "log2": "1/(x*log(2))", "expm1": "exp(x)", "log1p": "1/(1+x)", "erf": "2/sqrt(pi)*exp(-x^2)",
    "erfc": "-2/sqrt(pi)*exp(-x^2)",
    "sin": "cos(x)", "cos": "-sin(x)", "tan": "1/cos(x)^2", "cot": "-1/sin(x)^2",
    "sec": "sin(x)/cos(x)^2", "csc": "-cos(x)/sin(x)^2", "sinh": "cosh(x)", "cosh": "sinh(x)", "tanh": "1/cosh(x)^2",
    "coth": "-1/sinh(x)^2", "sech": "-sinh(x)/cosh(x)^2", "csch": "-cosh(x)/sinh(x)^2", "arcsin": "1/sqrt(1-x^2)",
    "arccos": "-1/sqrt(1-x^2)", "arctan": "1/(1+x^2)", "arccot": "-1/(1+x^2)", "arcsinh": "1/sqrt(x^2+1)",
    "arccosh": "1/sqrt(x^2-1)", "arctanh": "1/(1-x^2)", "sigmoid": "sigmoid(x)*(1-sigmoid(x))",
    "arcsec": "1/(abs(x)*sqrt(x^2-1))", "arccsc": "-1/(abs(x)*sqrt(x^2-1))", "arccoth": "1/(1-x^2)",
    "arcsech": "-1/(x*sqrt(1-x^2))", "arccsch": "-1/(abs(x)*sqrt(1+x^2))",
}  # fmt: skip


def differentiate(expr: Expr, by: str) -> Expr:
    """The derivative of an expression by a name. Raises Undecided where there is no rule."""
    if sum(len(node.variables) for node in walk(expr) if isinstance(node, Derivative)) > _MOST_DERIVATIVES:
        raise Undecided("so many derivatives are not written out", *expr.place)
    found = _slope(expr, by)
    if sum(1 for _ in islice(walk(found), LARGEST + 1)) > LARGEST:
        raise Undecided("this derivative is too long to be written out", *expr.place)
    return found


def _slope(expr: Expr, by: str) -> Expr:
    if not _depends(expr, by):
        return _ZERO
    rule = _RULES.get(type(expr))
    if rule is None:
        raise Undecided("this has no derivative here", *expr.place)
    found: Expr = rule(expr, by)
    return found


def _depends(expr: Expr, by: str) -> bool:
    if isinstance(expr, Integral) and expr.high is None and expr.variable == by:
        return True
    return by in names_in(expr)


def _add(*terms: Expr) -> Expr:
    kept = tuple(term for term in terms if term is not _ZERO)
    return Op("add", kept, _NOWHERE) if len(kept) > 1 else kept[0] if kept else _ZERO


def _times(one: Expr, other: Expr) -> Expr:
    if one is _ZERO or other is _ZERO:
        return _ZERO
    if one is _ONE or other is _ONE:
        return other if one is _ONE else one
    return Op("mul", (one, other), _NOWHERE)


def _over(one: Expr, other: Expr) -> Expr:
    return _ZERO if one is _ZERO else Op("div", (one, other), _NOWHERE)


def _minus(expr: Expr) -> Expr:
    return _ZERO if expr is _ZERO else Op("neg", (expr,), _NOWHERE)


def _power(base: Expr, exponent: Expr) -> Expr:
    return Op("pow", (base, exponent), _NOWHERE)


def _of_power(expr: Op, by: str) -> Expr:
    base, exponent = expr.args
    if not _depends(exponent, by):
        lowered = _power(base, _add(exponent, Num(-1, _NOWHERE, "-1")))
        return _times(_times(exponent, lowered), _slope(base, by))
    inner = _times(_slope(exponent, by), Call("log", (base,), _NOWHERE))
    if _depends(base, by):
        inner = _add(inner, _over(_times(exponent, _slope(base, by)), base))
    return _times(expr, inner)


def _of_quotient(expr: Op, by: str) -> Expr:
    top, bottom = expr.args
    first = _over(_slope(top, by), bottom)
    return _add(first, _minus(_over(_times(top, _slope(bottom, by)), _power(bottom, Num(2, _NOWHERE, "2")))))


_OPERATORS: dict[str, Callable[[Op, str], Expr]] = {
    "add": lambda expr, by: _add(*(_slope(arg, by) for arg in expr.args)),
    "neg": lambda expr, by: _minus(_slope(expr.args[0], by)),
    "mul": lambda expr, by: _add(
        _times(_slope(expr.args[0], by), expr.args[1]), _times(expr.args[0], _slope(expr.args[1], by))
    ),
    "div": _of_quotient,
    "pow": _of_power,
}


def _of_operator(expr: Op, by: str) -> Expr:
    rule = _OPERATORS.get(expr.op)
    if rule is None:
        raise Undecided("this has no derivative here", *expr.place)
    return rule(expr, by)


def slope_of(function: str) -> Expr | None:
    """The derivative of a function at x; None for a function that nobody defined.

    Raises Undecided for `Gamma`, which is computed but has no rule.
    """
    if function in _SLOPES:
        return _known(function)
    variable = Name("x", _NOWHERE)
    return _of_call(Call(function, (variable,), _NOWHERE), variable.name) if function in FUNCTIONS else None


@lru_cache
def _known(function: str) -> Expr:
    from grader.notation.dialect import Dialect
    from grader.notation.formula import read_formula

    return read_formula(_SLOPES[function], Dialect(free=True)).expr


def _of_call(expr: Call, by: str) -> Expr:
    if (rule := _OF_SEVERAL.get((expr.function, len(expr.args)))) is not None:
        return rule(expr, by)
    if expr.function in _SLOPES and len(expr.args) == 1:
        return _times(substitute(_known(expr.function), "x", expr.args[0]), _slope(expr.args[0], by))
    if expr.function in FUNCTIONS:  # what is computed is none of the functions that nobody defined
        raise Undecided(f"the derivative of {expr.function} is not known here", *expr.place)
    if len(expr.args) == 1:  # a function that nobody defined: f'
        return _times(Call(expr.function + "'", expr.args, expr.place), _slope(expr.args[0], by))
    terms = [
        _times(Call(f"{expr.function}'{place}", expr.args, expr.place), _slope(arg, by))
        for place, arg in enumerate(expr.args)
    ]
    return _add(*terms)


def _of_logarithm(expr: Call, by: str) -> Expr:
    """`\\log_b x` is the quotient of two logarithms, of which both may vary: `\\log_x 2`."""
    one, base = (Call("log", (arg,), expr.place) for arg in expr.args)
    return _of_quotient(Op("div", (one, base), expr.place), by)


def _of_extreme(sign: str) -> Callable[[Call, str], Expr]:
    """The slope of the larger or the smaller of two values; none where both are the same."""
    turned = {"<": ">", ">": "<"}[sign]

    def rule(expr: Call, by: str) -> Expr:
        one, other = expr.args
        first, second = (Relation(expr.args, (op,), expr.place) for op in (sign, turned))
        return Cases(((_slope(one, by), first), (_slope(other, by), second)), expr.place)

    return rule


def _of_relu(expr: Call, by: str) -> Expr:
    return _of_extreme(">")(Call("max", (expr.args[0], _ZERO), expr.place), by)


def _of_step(between: Callable[[Expr], Relation]) -> Callable[[Call, str], Expr]:
    """The slope of what is constant between its jumps, where it has none."""
    return lambda expr, by: Cases(((_ZERO, between(expr.args[0])),), expr.place)


def _off_zero(expr: Expr) -> Relation:
    return Relation((expr, _ZERO), ("!=",), expr.place)


def _off_whole(expr: Expr) -> Relation:
    return Relation((Call("floor", (expr,), expr.place), expr), ("!=",), expr.place)


_OF_SEVERAL: dict[tuple[str, int], Callable[[Call, str], Expr]] = {
    ("log", 2): _of_logarithm,
    ("max", 2): _of_extreme(">"),
    ("min", 2): _of_extreme("<"),
    ("relu", 1): _of_relu,
    ("sign", 1): _of_step(_off_zero),
    ("floor", 1): _of_step(_off_whole),
    ("ceil", 1): _of_step(_off_whole),
}


def _of_sum(expr: Reduce, by: str) -> Expr:
    limits = [limit for bound in expr.bounds for limit in (bound.low, bound.high) if limit is not None]
    if expr.op not in ("sum", "prod") or any(_depends(limit, by) for limit in limits):
        raise Undecided("this has no derivative here", *expr.place)
    if expr.op == "prod":  # each factor in turn, where none is zero
        return _times(expr, Reduce("sum", expr.bounds, _over(_slope(expr.body, by), expr.body), expr.place))
    return Reduce("sum", expr.bounds, _slope(expr.body, by), expr.place)


def _of_entry(expr: Index, by: str) -> Expr:
    if isinstance(expr.base, Num):  # \mathbb 1[x > 0], which jumps
        raise Undecided("the derivative of an indicator is not known here", *expr.place)
    return Call("index'", (expr,), expr.place)


def _of_integral(expr: Integral, by: str) -> Expr:
    """Leibniz's rule."""
    if expr.high is None and expr.low is None and by == expr.variable:
        return substitute(expr.body, by, Name(by, expr.place))
    terms: list[Expr] = []
    if by != expr.variable and _depends(expr.body, by):
        terms.append(Integral(_slope(expr.body, by), expr.variable, expr.low, expr.high, expr.place))
    if expr.high is not None:
        terms.append(_times(substitute(expr.body, expr.variable, expr.high), _slope(expr.high, by)))
    if expr.low is not None:
        terms.append(_minus(_times(substitute(expr.body, expr.variable, expr.low), _slope(expr.low, by))))
    return _add(*terms)


def _of_inner(expr: Derivative, by: str) -> Expr:
    body = expr.body
    for variable in expr.variables:
        body = _slope(body, variable)
    return _slope(body, by)


def substitute(expr: Expr, name: str, value: Expr) -> Expr:
    """An expression with a name replaced wherever it is free."""
    if isinstance(expr, Name):
        return value if expr.name == name else expr
    if isinstance(expr, Integral) and expr.variable == name:
        return expr
    if isinstance(expr, Reduce):
        if any(bound.index == name for bound in expr.bounds):
            return expr
        bounds = tuple(
            Bound(one.index, _in_limit(one.low, name, value), _in_limit(one.high, name, value), one.place)
            for one in expr.bounds
        )
        return Reduce(expr.op, bounds, substitute(expr.body, name, value), expr.place)
    return rebuilt(expr, lambda child: substitute(child, name, value))


def _in_limit(limit: Expr | None, name: str, value: Expr) -> Expr | None:
    return None if limit is None else substitute(limit, name, value)


_RULES: dict[type, Callable[..., Expr]] = {
    Name: lambda expr, by: _ONE,
    Op: _of_operator,
    Call: _of_call,
    Reduce: _of_sum,
    Integral: _of_integral,
    Derivative: _of_inner,
    Limit: lambda expr, by: expr._replace(body=_slope(expr.body, by)),
    Cases: lambda expr, by: expr._replace(pieces=tuple((_slope(value, by), when) for value, when in expr.pieces)),
    Index: _of_entry,
}


def with_function(expr: Expr, definition: Relation) -> Expr | None:
    """An expression with a function applied as a definition says, "where s(x) = 1/(1 + e^{-x})"; None without one."""
    named, body = definition.operands[0], definition.operands[-1]
    if definition.ops != ("=",) or not isinstance(named, Call) or len(named.args) != 1 or body is None:
        return None
    letter = named.args[0]
    if not isinstance(letter, Name) or any(isinstance(n, Call) and n.function == named.function for n in walk(body)):
        return None

    def applied(node: Expr) -> Expr:
        node = rebuilt(node, applied)
        if isinstance(node, Call) and node.function == named.function and len(node.args) == 1:
            return substitute(body, letter.name, node.args[0])
        return node

    return applied(expr)
