"""Single slips, undone: variants of a student's formula, each with the name of the slip it would explain.

If a variant equals the reference, the slip is what went wrong. Working on the student's formula rather than on
the reference needs no author's formula at all, so it serves gradients that the engine derived itself.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from functools import partial
from itertools import combinations, pairwise
from typing import Any

from grader.model.expressions import (
    Bound,
    Call,
    Expr,
    Index,
    Name,
    Num,
    Op,
    Reduce,
    Slice,
    Text,
    children,
    names_in,
    nodes_of,
    rebuilt,
    spelled,
    walk,
)
from grader.reference.functions import FUNCTIONS

LONGEST = 80  # nodes of a formula of whole arrays that is tried in several readings; people write about thirty


def rewrite(expr: Expr, change: Callable[[Expr], Expr | None]) -> Expr:
    """An expression with `change` applied from the top: its result replaces a node, None leaves and descends."""

    def below(node: Expr) -> Expr:
        changed = change(node)
        return rebuilt(node, below) if changed is None else changed

    return below(expr)


def rename(expr: Expr, names: Mapping[str, str]) -> Expr:
    """An expression with names replaced, those of sums' own indices excepted."""
    return rewrite(
        expr,
        lambda node: Name(names[node.name], node.place) if isinstance(node, Name) and node.name in names else None,
    )


def left_side(expr: Expr | None, count: int) -> Expr | None:
    """`Y[b][k]` as Y[b, k]; what only tells one Y from another, as in `Y_{sub}[b, k]` and `Y_{b,k}^{max}`, left out."""
    if isinstance(expr, Op) and expr.op == "pow" and isinstance(expr.args[0], Index) and _is_label(expr.args[1]):
        expr = expr.args[0]
    while isinstance(expr, Index) and isinstance(expr.base, Index):
        if len(expr.indices) == count and len(expr.base.indices) == 1 and _numbers(expr.base.indices[0]):
            return Index(expr.base.base, expr.indices, expr.place)
        expr = Index(expr.base.base, (*expr.base.indices, *expr.indices), expr.place)
    return expr


def glued_letters(left: Expr | None) -> tuple[str, ...]:
    """The letters of `z_k` or `Y_{bkc}` on the left side, where z or Y is no declared array."""
    if isinstance(left, Name) and "_" in left.name:
        return tuple(left.name.partition("_")[2])
    alone = left.indices[0] if isinstance(left, Index) and len(left.indices) == 1 else None
    return tuple(alone.name) if isinstance(alone, Name) and alone.name.isalpha() else ()


def _numbers(expr: Expr) -> bool:
    """Whether a subscript tells one array from another: `Y_1[b, k]`, `Y_{sub}[b, k]`, `Y_{mp}[b, k]`."""
    letters = isinstance(expr, Op) and expr.op == "mul" and expr.sign == ""
    spelled = letters and all(isinstance(node, Op | Name) for node in walk(expr))
    return isinstance(expr, Num) or _is_label(expr) or spelled


def _is_label(expr: Expr) -> bool:
    return isinstance(expr, Text) or (isinstance(expr, Name) and expr.name.isalpha() and len(expr.name) > 1)


def fill_indices(expr: Expr, letters: Mapping[str, tuple[str, ...]]) -> Expr:
    """Arrays that stand without indices get their usual ones: `dJ/dU` for `dJ/dU[i,j,m]`."""

    def change(node: Expr) -> Expr | None:
        if isinstance(node, Call) and node.function in FUNCTIONS and not FUNCTIONS[node.function].elementwise:
            return node  # norm(x), softmax(Z): of the array as it stands
        if isinstance(node, Index):  # of a computed array, (X^T (P - Y))[n,k], the arrays inside stay whole
            return Index(node.base, tuple(rewrite(i, change) for i in node.indices), node.place)
        if isinstance(node, Name) and node.name in letters:
            return Index(node, tuple(Name(letter, node.place) for letter in letters[node.name]), node.place)
        return None

    return rewrite(expr, change)


def with_lengths(expr: Expr) -> Expr:
    """Bars around a whole array, `x_i / |x|`, as its length."""

    def change(node: Expr) -> Expr | None:
        if isinstance(node, Call) and node.function == "abs" and not has_indices(node):
            return Call("norm", node.args, node.place)
        return None

    return rewrite(expr, change)


def split_letters(expr: Expr, letters: tuple[str, ...]) -> Expr:
    """Below a bracket, `(X^T R)_{nk}`, letters side by side are several indices."""

    def change(node: Expr) -> Expr | None:
        if not (isinstance(node, Index) and not isinstance(node.base, Name) and len(node.indices) == 1):
            return None
        parts = _side_by_side(node.indices[0])
        return Index(node.base, parts, node.place) if len(parts) == len(letters) > 1 else None

    return rewrite(expr, change)


def _side_by_side(index: Expr) -> tuple[Expr, ...]:
    if isinstance(index, Op) and index.op == "mul" and not index.sign:
        return _side_by_side(index.args[0]) + _side_by_side(index.args[1])
    return (index,)


def matrix_variants(expr: Expr, arrays: frozenset[str]) -> Iterator[tuple[str, Expr]]:
    """Undone slips of matrix algebra: the sign, one transpose more at an array, or one less."""
    yield "wrong-sign", Op("neg", (expr,), expr.place)
    nodes = list(walk(expr))
    for old in nodes if len(nodes) <= LONGEST else ():
        if isinstance(old, Op) and old.op == "transpose":
            new = old.args[0]
        elif isinstance(old, Name) and old.name in arrays:
            new = Op("transpose", (old,), old.place)
        else:
            continue
        changed = rewrite(expr, lambda node, old=old, new=new: new if node is old else None)  # type: ignore[misc]
        yield "wrong-transpose", changed


def sum_over(expr: Expr, indices: tuple[str, ...]) -> Expr:
    """The expression summed over indices that it leaves free; of a sum, those terms that have them."""
    if isinstance(expr, Op) and expr.op == "add" and not all(names_in(arg) & {*indices} for arg in expr.args):
        owned = [tuple([index for index in indices if index in names_in(arg)]) for arg in expr.args]
        terms = tuple([sum_over(arg, own) if own else arg for arg, own in zip(expr.args, owned, strict=True)])
        return expr._replace(args=terms)
    return Reduce("sum", tuple(Bound(index, None, None, expr.place) for index in indices), expr, expr.place)


def reductions(expr: Expr) -> tuple[Reduce, ...]:
    """Every sum or maximum over an index in an expression."""
    return tuple(nodes_of(Reduce, expr))


def close_sums(expr: Expr, indices: tuple[str, ...]) -> Expr:
    """A sum sign that names no index runs over all indices left free below it."""

    def change(node: Expr) -> Expr | None:
        if isinstance(node, Reduce) and not node.bounds:
            bounds = tuple(Bound(index, None, None, node.place) for index in indices if index in names_in(node.body))
            return Reduce(node.op, bounds, rewrite(node.body, change), node.place)
        return None

    return rewrite(expr, change)


def open_derivatives(expr: Expr) -> frozenset[str]:
    """The derivatives that are only named: sigma'(z)."""
    return frozenset([node.function for node in nodes_of(Call, expr) if node.function.endswith("'")])


def has_indices(expr: Expr) -> bool:
    """Whether an array is indexed by letters, or a sum taken, anywhere in an expression."""
    return any(isinstance(node, Reduce) or (isinstance(node, Index) and not _is_sliced(node)) for node in walk(expr))


def has_slices(expr: Expr) -> bool:
    """Whether an array is sliced anywhere: `X[:, ::s, :]`. Then it is a formula of whole arrays."""
    return any(map(_is_sliced, nodes_of(Index, expr)))


def _is_sliced(access: Index) -> bool:
    return any([type(index) is Slice for index in access.indices])


def has_transpose(expr: Expr) -> bool:
    """Whether a transpose stands in an expression: then it is matrix algebra."""
    return any([node.op == "transpose" for node in nodes_of(Op, expr)])


def index_positions(expr: Expr) -> frozenset[str]:
    """Names that occur inside the brackets of an array: they can be indices."""
    found: set[str] = set()
    waiting: list[tuple[Any, bool]] = [(expr, False)]
    while waiting:
        node, inside = waiting.pop()
        kind = type(node)
        if kind is Name:
            if inside:
                found.add(node.name)
        elif kind is Index:
            waiting.append((node.base, False))
            waiting.extend([(index, True) for index in node.indices])
        elif kind is not Num:
            waiting.extend([(child, inside) for child in children(node)])
    return frozenset(found)


def flip_shifts(expr: Expr) -> Expr:
    """Every shift of an index with the other sign: `X[j+k]` for `X[j-k]`."""

    def change(node: Expr) -> Expr | None:
        if not isinstance(node, Index):
            return None
        return Index(node.base, tuple(flipped(index) for index in node.indices), node.place)

    return rewrite(expr, change)


def flipped(index: Expr) -> Expr:
    """What is added to the first term of an index taken away, and the other way round."""
    if not (isinstance(index, Op) and index.op == "add"):
        return index
    first, *rest = index.args
    turned = [
        term.args[0] if isinstance(term, Op) and term.op == "neg" else Op("neg", (term,), term.place) for term in rest
    ]
    return Op("add", (first, *turned), index.place)


def turn_differences(expr: Expr) -> Expr:
    """Every difference inside the brackets of an array the other way round: `Z[k-j]` for `Z[j-k]`."""

    def change(node: Expr) -> Expr | None:
        if not isinstance(node, Index):
            return None
        return Index(node.base, tuple([_turned(index) for index in node.indices]), node.place)

    return rewrite(expr, change)


def _turned(index: Expr) -> Expr:
    if not (isinstance(index, Op) and index.op == "add" and len(index.args) == 2):
        return index
    first, second = index.args
    if not (isinstance(second, Op) and second.op == "neg" and isinstance(second.args[0], Name)):
        return index
    return Op("add", (second.args[0], Op("neg", (first,), first.place)), index.place)


def drop_bounds(expr: Expr, indices: frozenset[str]) -> Expr:
    """Sums without the given indices: an index of the result was summed as well."""

    def change(node: Expr) -> Expr | None:
        if not (isinstance(node, Reduce) and any(bound.index in indices for bound in node.bounds)):
            return None
        kept = tuple(bound for bound in node.bounds if bound.index not in indices)
        body = rewrite(node.body, change)
        return Reduce(node.op, kept, body, node.place) if kept else body

    return rewrite(expr, change)


def without_numeric_limits(expr: Expr) -> Expr:
    """Sums of so many terms as sums over the whole axis: `sum_{k=0}^{2} W[k]`, where W has three rows."""

    def change(node: Expr) -> Expr | None:
        if not (isinstance(node, Reduce) and node.op == "sum" and any(map(counts_terms, node.bounds))):
            return None
        bounds = tuple(
            Bound(bound.index, None, None, bound.place) if counts_terms(bound) else bound for bound in node.bounds
        )
        return Reduce(node.op, bounds, rewrite(node.body, change), node.place)

    limited = any(counts_terms(bound) for node in reductions(expr) for bound in node.bounds)
    return rewrite(expr, change) if limited else expr


def counts_terms(bound: Bound) -> bool:
    """Whether limits say how many terms there are as a number: k from 0 to 2, j from a-2 to a."""
    if bound.low is None or bound.high is None or isinstance(bound.high, Num):
        return isinstance(bound.high, Num)
    letters = names_in(bound.low)
    numbered = any(isinstance(node, Num) for limit in (bound.low, bound.high) for node in walk(limit))
    return numbered and len(letters) == 1 and letters == names_in(bound.high)


def bound_indices(expr: Expr) -> frozenset[str]:
    """Every index that a sum or maximum runs over."""
    return frozenset(bound.index for node in reductions(expr) for bound in node.bounds)


def exchanges(expr: Expr, fits: Callable[[Index], bool]) -> Iterator[Expr]:
    """Every way to exchange two neighbouring positions of one array, `W[k,l,m,n]` for `W[k,l,n,m]`, that fits it."""
    accesses = [node for node in nodes_of(Index, expr) if len(node.indices) > 1]
    for access in accesses[:3]:
        for a, b in pairwise(range(min(len(access.indices), 6))):
            indices = list(access.indices)
            indices[a], indices[b] = indices[b], indices[a]
            swapped = Index(access.base, tuple(indices), access.place)
            if fits(swapped):
                yield rewrite(expr, lambda node, old=access, new=swapped: new if node is old else None)  # type: ignore[misc]
                if sum(spelled(node) == spelled(access) for node in accesses) > 1:  # U[i,j2,j1] (1 - U[i,j2,j1])
                    yield rewrite(expr, partial(_alike, spelled(access), swapped))


def _alike(old: object, new: Index, node: Expr) -> Expr | None:
    return new._replace(place=node.place) if isinstance(node, Index) and spelled(node) == old else None


def with_index_put_in(expr: Expr, letter: str, fits: Callable[[Index], bool]) -> Iterator[Expr]:
    """Every way to write a letter that stands nowhere in place of one index: `X[i,n]` for `X[i,m]`."""
    accesses = nodes_of(Index, expr)
    for access in accesses[:4]:
        for position, index in enumerate(access.indices[:6]):
            if isinstance(index, Name):
                indices = (*access.indices[:position], Name(letter, index.place), *access.indices[position + 1 :])
                fixed = Index(access.base, indices, access.place)
                if fits(fixed):
                    yield rewrite(expr, lambda node, old=access, new=fixed: new if node is old else None)  # type: ignore[misc]


def variants(expr: Expr, fits: Callable[[Index], bool]) -> Iterator[tuple[str, Expr]]:
    """Undone slips other than missing sums, each with its id, likeliest first; `fits` says what an array can take."""
    yield "wrong-shift-sign", flip_shifts(expr)
    yield "wrong-shift-sign", turn_differences(expr)
    yield "wrong-sign", Op("neg", (expr,), expr.place)
    for changed in exchanges(expr, fits):
        yield "indices-exchanged", changed
    for a, b in combinations(sorted(index_positions(expr))[:12], 2):
        if a[0] == b[0]:  # k1 and k2 exchanged throughout
            yield "indices-exchanged", rename(expr, {a: b, b: a})
    for changed in _exchanged_where_none_fits(expr, fits):
        yield "indices-exchanged", changed


def _exchanged_where_none_fits(expr: Expr, fits: Callable[[Index], bool]) -> Iterator[Expr]:
    """Two letters exchanged throughout, `dZ[i,n] * X[i,m]`, where an array cannot take one of them as it stands."""
    accesses = nodes_of(Index, expr)
    alone = [{index.name for index in access.indices if isinstance(index, Name)} for access in accesses]
    misfit = set().union(*(names for access, names in zip(accesses, alone, strict=True) if not fits(access)))
    for a, b in combinations(sorted(set().union(*alone))[:12], 2) if misfit else ():
        changed = rename(expr, {a: b, b: a}) if a[0] != b[0] and {a, b} & misfit else expr
        if changed is not expr and all(map(fits, nodes_of(Index, changed))):
            yield changed
