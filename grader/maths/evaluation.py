"""Computes what an expression means at given values: named axes, sums over indices, zero outside an array."""

from __future__ import annotations

from collections.abc import Callable
from fractions import Fraction
from functools import lru_cache
from operator import is_
from typing import Any

import numpy as np

from grader.maths import values
from grader.maths.access import gather, inside_of, integers, whole_number
from grader.maths.conditions import by_cases, indicator, is_condition
from grader.maths.contraction import contract
from grader.maths.orders import COMPARISONS
from grader.maths.products import product, transposed
from grader.maths.ranges import axis_length, index_range, usual_start
from grader.maths.scope import Gathered, Scope
from grader.maths.values import Value, combine, may_overflow
from grader.model.errors import Undecided, Unreadable
from grader.model.expressions import (
    Bound,
    Call,
    Cases,
    Expr,
    Group,
    Index,
    Name,
    Num,
    Op,
    Reduce,
    Relation,
    Slice,
    names_in,
)
from grader.reference.functions import FUNCTIONS, Function

CONSTANTS = {"pi": float(np.pi), "e": float(np.e), "infty": float("inf")}


def evaluate(expr: Expr, scope: Scope) -> Value:
    """The value of an expression.

    Raises Undecided, with the place, for an unknown name, shapes that do not fit, or a result too large.
    """
    rule = _EVALUATORS.get(type(expr))
    if rule is None:  # an integral, a limit: read, but not computed where names are declared
        raise Undecided("this cannot be computed here", *expr.place)
    try:
        value: Value = rule(expr, scope)
        return value
    except Unreadable as error:
        if error.stop == 0 and hasattr(expr, "place"):
            raise Undecided(error.message, *expr.place) from None
        raise
    except (ValueError, TypeError, IndexError, ArithmeticError, np.linalg.LinAlgError) as error:
        raise Undecided(f"this cannot be computed ({error})", *expr.place) from None


def _number(expr: Num, scope: Scope) -> Value:
    return Value((), expr.value)


def _name(expr: Name, scope: Scope) -> Value:
    coordinates = scope.indices.get(expr.name)
    if coordinates is not None:
        return Value((expr.name,), coordinates)
    if expr.name in scope.names:
        data = scope.names[expr.name]
        return data if isinstance(data, Value) else Value((), data)
    if expr.name in CONSTANTS:
        return Value((), CONSTANTS[expr.name])
    raise Undecided(f"the name {expr.name} is not known here", *expr.place)


def _operator(expr: Op, scope: Scope) -> Value:
    args = [evaluate(arg, scope) for arg in expr.args]
    operation = _OPERATIONS.get(expr.op)
    if operation is None:
        raise Undecided("this sign has no value here", *expr.place)
    return operation(expr, args)


def _sum(expr: Op, args: list[Value]) -> Value:
    total = args[0]
    for term in args[1:]:
        total = combine(values.add, total, term)
    return total


_OPERATIONS: dict[str, Callable[[Op, list[Value]], Value]] = {
    "add": _sum,
    "neg": lambda expr, args: combine(lambda a: values.multiply(-1, a), args[0]),
    "mul": product,
    "div": lambda expr, args: combine(values.divide, args[0], args[1]),
    "pow": lambda expr, args: combine(values.power, args[0], args[1]),
    "percent": lambda expr, args: combine(lambda a: values.divide(a, 100), args[0]),
    **dict.fromkeys(("factorial", "mod"), lambda expr, args: combine(FUNCTIONS[expr.op].call, *args)),
    "transpose": transposed,
}


def _call(expr: Call, scope: Scope) -> Value:
    if expr.function in ("shape", "size", "multiplications"):
        return _of_name(expr, scope)
    function = FUNCTIONS.get(expr.function)
    if function is None:
        raise Undecided(f"the function {expr.function} is not known", *expr.place)
    if not function.least <= len(expr.args) <= function.most:
        raise Undecided(f"{expr.function} does not take {len(expr.args)} arguments", *expr.place)
    args = [evaluate(arg, scope) for arg in expr.args]
    return apply(function, args)


def apply(function: Function, args: list[Value]) -> Value:
    """A function of values: element by element, or of whole arrays."""
    whole = not function.elementwise or (function.name in ("max", "min") and len(args) == 1)
    if not whole:
        return combine(function.call, *args)
    if any(arg.axes for arg in args):
        raise Undecided(f"{function.name} of an array with free indices is not understood")
    result = function.call(*(arg.data for arg in args))
    return Value((), result)


def _of_name(expr: Call, scope: Scope) -> Value:
    """`shape(Z)`, `size(Z)`, `multiplications(Z)`: a definition answers without computing its elements."""
    if len(expr.args) != 1:
        raise Undecided(f"{expr.function} takes one argument", *expr.place)
    arg = expr.args[0]
    if isinstance(arg, Name):
        measure = getattr(scope.names, "measure", None)
        known = measure(arg.name, expr.function) if measure else None
        if known is not None:
            return Value((), known)
    if expr.function == "multiplications":
        raise Undecided("multiplications needs the name of a forward equation", *expr.place)
    shape = np.shape(evaluate(arg, scope).data)
    return Value((), np.array(shape, dtype=int)) if expr.function == "shape" else Value((), int(np.prod(shape)))


def _index(expr: Index, scope: Scope) -> Value:
    """Elements of an array; an index outside the array gives zero."""
    if isinstance(expr.base, Num) and expr.base.value == 1 and len(expr.indices) == 1:
        held = expr.indices[0]
        held = held.items[0] if isinstance(held, Group) and len(held.items) == 1 else held  # 1_{\{a > 0\}}
        if is_condition(held):
            return indicator(evaluate(held, scope))  # 1_{a > 0}
    if isinstance(expr.base, Index) and not any([type(i) is Slice for i in (*expr.base.indices, *expr.indices)]):
        return _index(Index(expr.base.base, (*expr.base.indices, *expr.indices), expr.place), scope)  # X[i][j]
    base = evaluate(expr.base, scope)
    if base.axes:
        raise Undecided("this is indexed twice", *expr.place)
    if base.rank == 0 or len(expr.indices) > base.rank:
        raise Undecided(f"{len(expr.indices)} indices, but {base.rank} axes", *expr.place)
    if any([type(index) is Slice for index in expr.indices]):
        return Value((), base.data[tuple(slice_of(index, scope) for index in expr.indices)])
    if scope.gathered is None:
        return gather(base.data, [evaluate(index, scope) for index in expr.indices])
    return _gathered(expr, base.data, scope, scope.gathered)


def _gathered(expr: Index, data: Any, scope: Scope, known: Gathered) -> Value:
    """What `gather` takes out, remembered: the variants of one formula have most of their arrays in common."""
    names, taken = known.of(expr)
    coordinates = tuple([scope.indices.get(name) for name in names])
    for others, value in taken:
        if all(map(is_, coordinates, others)):
            return value
    value = gather(data, [evaluate(index, scope) for index in expr.indices])
    taken.append((coordinates, value))
    return value


def slice_of(index: Expr, scope: Scope) -> Any:
    """One place inside the brackets of an array that is sliced: a slice, or a whole number."""
    if not isinstance(index, Slice):
        return whole_number(evaluate(index, scope), index)
    limits = (index.start, index.stop, index.step)
    return slice(*(None if limit is None else whole_number(evaluate(limit, scope), limit) for limit in limits))


_IDENTITY = {"sum": 0, "prod": 1, "max": -np.inf, "min": np.inf}
_ALONG: dict[str, Any] = {"sum": np.sum, "prod": np.prod, "max": np.max, "min": np.min}


def _reduce(expr: Reduce, scope: Scope) -> Value:
    if not expr.bounds:
        raise Undecided(f"this {expr.op} names no index", *expr.place)
    inner = scope
    masks: list[Value] = []
    for bound in expr.bounds:
        coordinates, mask = coordinates_of(bound, expr, inner)
        inner = inner.bind({bound.index: coordinates})
        masks += mask
    factors = _factors(expr.body) if expr.op == "sum" and not masks else ()
    if len(factors) > 1 and all(len(inner.indices[bound.index]) for bound in expr.bounds):
        lengths = {bound.index: len(inner.indices[bound.index]) for bound in expr.bounds}
        total = contract([evaluate(factor, inner) for factor in factors], lengths)
        if total is not None:
            return total
    body = evaluate(expr.body, inner)
    if expr.op in ("max", "min"):
        masks += inside_of(expr, body, lambda part: evaluate(part, inner))
    return reduce_axes(expr, body, masks, inner)


def _factors(expr: Expr) -> tuple[Expr, ...]:
    """What is multiplied in a product; the expression itself if it is none."""
    if isinstance(expr, Op) and expr.op == "mul":
        return _factors(expr.args[0]) + _factors(expr.args[1])
    return (expr,)


def reduce_axes(expr: Reduce, body: Value, masks: list[Value], scope: Scope) -> Value:
    """Reduces the axes that a sum, product, maximum or minimum runs over."""
    indices = tuple(bound.index for bound in expr.bounds)
    if any(len(scope.indices[index]) == 0 for index in indices):
        return Value((), _IDENTITY[expr.op])
    missing = tuple(index for index in indices if index not in body.axes)
    if masks or (missing and expr.op in ("sum", "prod")):
        for index in missing:  # a summand without the index is added once for each of its values
            ones = Value((index,), np.ones(len(scope.indices[index]), dtype=int))
            body = combine(values.multiply, body, ones)
    for mask in masks:
        body = combine(lambda keep, x: np.where(keep, x, _IDENTITY[expr.op]), mask, body)
    over = tuple(body.axes.index(index) for index in indices if index in body.axes)
    if not over:
        return body
    left = tuple(axis for axis in body.axes if axis not in indices)
    data = body.data
    if expr.op in ("sum", "prod") and data.dtype.kind in "iu" and may_overflow(expr.op, data):
        data = data.astype(float)  # 25! does not fit into 64 bits
    with np.errstate(all="ignore"):
        result = _ALONG[expr.op](data, axis=over)
    return Value(left, result if isinstance(result, np.ndarray) and result.ndim else result.item())


def coordinates_of(bound: Bound, expr: Reduce, scope: Scope) -> tuple[np.ndarray, list[Value]]:
    """The values an index takes, and masks where its limits depend on other indices."""
    length = axis_length(bound.index, expr, scope)
    default = index_range(bound.index, length, expr, scope)
    low = None if bound.low is None else _limit(bound.low, scope)
    high = None if bound.high is None else _limit(bound.high, scope)
    if (low is None or high is None) and default is None:
        raise Undecided(f"the limits of {bound.index} are not known", *bound.place)
    if bound.high is not None and high is None:
        from_one = low is not None and not low.axes and low.data == 1
        low = usual_start(bound, low)
        if from_one and length is None and bound.index in scope.letters and default is not None:
            default = default[0] + 1, default[1] + 1  # k=1..K in W[k-1], where the rubric's k runs from 0
    first = default[0] if low is None else int(np.min(low.data))  # type: ignore[index]
    last = default[1] if high is None else int(np.max(high.data))  # type: ignore[index]
    if length is not None and low is not None and (first, last) == (1, length):
        first, last = 0, length - 1  # counted from 1 to N: the same elements in the student's own counting
    elif length is not None and getattr(scope.names, "is_students", False) and (first < 0 or last >= length):
        if expr.op not in ("sum", "max", "min") or not ((low and low.axes) or (high and high.axes)):
            raise Undecided(f"{bound.index} runs past the end of an array", *bound.place)
        first, last = max(first, 0), min(last, length - 1)  # j from a-2 to a: outside arrays are zero, no candidates
    if last - first > 1_000_000:
        raise Undecided(f"{bound.index} takes too many values", *bound.place)
    coordinates = _run(first, last)
    index = Value((bound.index,), coordinates)
    masks = [combine(np.greater_equal, index, low)] if low is not None and low.axes else []
    masks += [combine(np.less_equal, index, high)] if high is not None and high.axes else []
    return coordinates, masks


@lru_cache(maxsize=500)
def _run(first: int, last: int) -> np.ndarray:
    """The whole numbers from first to last; the same array each time, which nobody writes to."""
    return np.arange(first, last + 1)


def _limit(expr: Expr, scope: Scope) -> Value | None:
    """A limit as whole numbers; None if it uses a size that nobody declared, so that the usual range holds."""
    known = (scope.names[name] for name in names_in(expr) if name in scope.names)
    if any(data.rank if isinstance(data, Value) else np.ndim(data) for data in known):
        return None  # a size that is called as an array is: W in \\sum_{j=0}^{W-1}
    try:
        value = evaluate(expr, scope)
    except Undecided as error:
        if "not known here" in error.message:
            return None
        raise
    if value.rank:
        raise Undecided("a limit must be a number", *expr.place)
    return Value(value.axes, integers(value.data))


def _relation(expr: Relation, scope: Scope) -> Value:
    """A comparison, true or false element by element (in a rubric: `where(Z == max(Z))`)."""
    if None in expr.operands or any(op not in COMPARISONS for op in expr.ops):
        raise Undecided("this relation has no value", *expr.place)
    operands = [evaluate(operand, scope) for operand in expr.operands if operand is not None]
    result: Value | None = None
    for op, left, right in zip(expr.ops, operands, operands[1:], strict=False):
        truth = combine(lambda a, b, op=op: COMPARISONS[op](to_float(a), to_float(b)), left, right)
        result = truth if result is None else combine(np.logical_and, result, truth)
    assert result is not None
    return result


def to_float(data: Any) -> Any:
    """Exact fractions as floats, anything else as it is."""
    return float(data) if isinstance(data, Fraction) else data


def _group(expr: Group, scope: Scope) -> Value:
    """A list of numbers as a vector, a list of lists as a matrix."""
    if not expr.items:
        return Value((), np.array([]))
    if expr.brackets == "[]" and len(expr.items) == 1 and is_condition(expr.items[0]):
        return indicator(evaluate(expr.items[0], scope))  # [a > 0] is 1 or 0
    if expr.brackets == "()" and len(expr.items) == 1:  # (Z == 0)
        return evaluate(expr.items[0], scope)
    items = [evaluate(item, scope) for item in expr.items]
    if expr.brackets == "[]" and len(items) == 1 and items[0].axes and not items[0].rank:  # X[i] * [1 - U[i]]
        return items[0]
    if any(item.axes for item in items):
        raise Undecided("a list with free indices is not understood", *expr.place)
    if len({item.shape for item in items}) > 1:
        raise Undecided("rows of different lengths", *expr.place)
    data = [item.data for item in items]
    if all(isinstance(item, int) and abs(item) < 2**62 for item in data):
        return Value((), np.array(data, dtype=np.int64))
    return Value((), np.array([to_float(item) for item in data]))


_EVALUATORS: dict[type, Any] = {
    Num: _number,
    Name: _name,
    Op: _operator,
    Call: _call,
    Index: _index,
    Reduce: _reduce,
    Relation: _relation,
    Group: _group,
    Cases: lambda expr, scope: by_cases(expr, lambda part: evaluate(part, scope)),
}
