"""The lengths that an expression lists as a shape: `(5, 4)`, `5 x 4`, `\\mathbb{R}^{5 x 4}`, `Z in (H, W)`."""

from __future__ import annotations

from itertools import pairwise
from typing import TypeGuard

from grader.model.expressions import Call, Expr, Group, Index, Name, Num, Op, Reduce, Relation, Text, walk
from grader.model.patterns import later

_STATES = ("=", "in", "~")  # what stands on the right of these is a shape, or says one in words
_TIMES = ("*", "·", "×")


def lengths_of(expr: Expr | None, rank: int) -> tuple[Expr, ...] | None:
    """The lengths that an expression lists; None if it is no shape.

    `rank` is the number of axes asked for: a lone number is a shape only where one axis is asked.
    """
    if isinstance(expr, Relation):
        return _in_turn(expr, rank) or _stated(expr, rank)
    if isinstance(expr, Group):
        expr = _with_thousands(expr, rank)
        if len(expr.items) == 1:
            inner = expr.items[0]
            if expr.brackets == "[]" and isinstance(inner, Group) and inner.brackets == "[]":
                return None  # [[3, 4, 5]] is an array of one row
            return lengths_of(expr.items[0], rank) or (expr.items if rank == 1 else None)
        if any(isinstance(item, Group) for item in expr.items):
            return None
        return _listed(expr.items, rank)
    if rank == 1 and _is_one_length(expr):
        return (expr,)
    if isinstance(expr, Op) and expr.op == "add" and len(expr.args) == 2:  # (5, 4) - (N, C)
        left, right = expr.args
        if not (isinstance(left, Group) and _is_minus(right) and isinstance(right.args[0], Group)):
            return None
        named = all(isinstance(item, Name) for item in right.args[0].items)
        return lengths_of(left, rank) if named else None
    if isinstance(expr, Op) and expr.op == "cross":
        return tuple([_whole(_worked_out(arg)) for arg in expr.args])
    if isinstance(expr, Op) and expr.op == "pow":  # \mathbb{R}^{n \times p}
        base = expr.args[0]
        return lengths_of(expr.args[1], rank) if isinstance(base, Name) and base.name in "RNCZℝℕℂℤ" else None
    if _is_product(expr):
        return tuple(map(_whole, _flat(expr)))
    return None


def _stated(expr: Relation, rank: int) -> tuple[Expr, ...] | None:
    """The lengths that an equation ends with: those of `Z = (5, 4)`, no names behind them."""
    shapes = [lengths_of(operand, rank) for operand in expr.operands if operand is not None]
    found = [lengths for lengths in shapes if lengths is not None]
    found = [lengths for lengths in found if not only_words(lengths)] or found
    found = _without_letters(found)
    stated = (expr.ops[-1] in _STATES and not _is_elementwise(expr)) or lengths_of(expr.operands[-1], rank)
    return found[-1] if found and stated else None


def _in_turn(chain: Relation, rank: int) -> tuple[Expr, ...]:
    """`48-3+1 = 46 x 64-3+1 = 62 x 20`: each length is worked out before the next is named; empty for other chains."""
    if set(chain.ops) != {"="} or any(operand is None for operand in chain.operands):
        return ()
    members = [_crossed(operand) for operand in chain.operands if operand is not None]
    worked = all(isinstance(one[-1], Op) for one in members[:-1]) and all(
        isinstance(one[0], Num) for one in members[1:]
    )
    count = sum(map(len, members)) - len(members) + 1
    if rank < 2 or count != rank or len(members[-1]) == rank or not worked:
        return ()
    return tuple(length for one in members for length in (one if one is members[-1] else one[:-1]))


def _crossed(operand: Expr) -> tuple[Expr, ...]:
    return operand.args if isinstance(operand, Op) and operand.op == "cross" else (operand,)


def _without_letters(found: list[tuple[Expr, ...]]) -> list[tuple[Expr, ...]]:
    """Of `(1000, 256, 256, 3) = (N, H, W, C)` the numbers: the letters say what they are."""
    if len(found) < 2 or len(found[-1]) != len(found[-2]) or not all(isinstance(one, Name) for one in found[-1]):
        return found
    return found[:-1] if all(isinstance(one, Num) for one in found[-2]) else found


def _is_one_length(expr: Expr | None) -> TypeGuard[Expr]:
    """`N - K + 1`, `(N-K)//s + 1` or `N`: a formula for one length, where no more are asked."""
    if isinstance(expr, Op) and expr.op not in ("add", "neg", "div"):
        return False
    return isinstance(expr, Num | Name | Op | Call) and not any(isinstance(node, Group) for node in walk(expr))


def _is_elementwise(expr: Relation) -> bool:
    """`Y(b,k,c) = X(b,s*k,c)`: the letters in the brackets are indices."""
    left, right = expr.operands[0], expr.operands[-1]
    letters = isinstance(left, Group) and all(isinstance(item, Name) for item in left.items)
    return letters and right is not None and any(isinstance(node, Index | Reduce) for node in walk(right))


def _with_thousands(group: Group, rank: int) -> Group:
    """`(40, 80, 2,400)`: where all other commas have blanks, one without stands inside a number."""
    items, gaps = group.items, [b.place[0] - a.place[1] for a, b in pairwise(group.items)]
    tight = [k for k, gap in enumerate(gaps) if gap == 1]
    if len(items) != rank + 1 or rank < 2 or len(tight) != 1:
        return group
    k = tight[0]
    left, right = items[k : k + 2]
    if not (isinstance(left, Num) and isinstance(right, Num) and len(right.text) == 3 and 1 <= left.value < 1000):
        return group
    place, text = (left.place[0], right.place[1]), left.text + right.text
    whole = Num(int(text), place, text) if text.isdecimal() else None
    return group if whole is None else Group(group.brackets, (*items[:k], whole, *items[k + 2 :]), group.place)


def _is_minus(expr: Expr) -> TypeGuard[Op]:
    return isinstance(expr, Op) and expr.op == "neg"


def _listed(items: tuple[Expr, ...], rank: int) -> tuple[Expr, ...]:
    if len(items) == rank and not all(map(_is_crossed, items)):  # (40, 80, 10 x 240)
        return tuple([_as_product(_whole(_labelled(item))) for item in items])
    return tuple([_whole(length) for item in items for length in _spread(_labelled(item))])


def _as_product(item: Expr) -> Expr:
    return Op("mul", item.args, item.place, "×") if isinstance(item, Op) and item.op == "cross" else item


def _is_crossed(item: Expr) -> bool:
    return isinstance(item, Op) and (item.op == "cross" or (item.op == "mul" and item.sign == "×"))


def _spread(item: Expr) -> tuple[Expr, ...]:
    """`(300, 512x512, 3)`: the cross inside a list separates as a comma does."""
    if not (isinstance(item, Op) and (item.op == "cross" or (item.op == "mul" and item.sign == "×"))):
        return (item,)
    lengths = _flat(item) if item.op == "mul" else item.args
    return lengths if all(isinstance(length, Num) for length in lengths) else (item,)


def _whole(length: Expr) -> Expr:
    """`2.400` is no length, but a number with its thousands set apart."""
    if isinstance(length, Num) and _DOTTED.fullmatch(length.text):
        digits = length.text.replace(".", "")
        return Num(int(digits), length.place, digits)
    return length


_DOTTED = later(r"[1-9]\d{0,2}(?:\.\d{3})+", holds=(".",))


def only_words(lengths: tuple[Expr, ...]) -> bool:
    """Whether these are names of axes, not lengths: (image, height, width)."""
    lengths = tuple([_first_of(length) for length in lengths])
    if not all(isinstance(length, Text | Name) for length in lengths):
        return False
    return any(isinstance(length, Text) or (isinstance(length, Name) and len(length.name) > 2) for length in lengths)


def _first_of(length: Expr) -> Expr:
    """The R of `R/G/B`, which names one axis."""
    while isinstance(length, Op) and length.op == "div" and all(isinstance(arg, Name | Op) for arg in length.args):
        length = length.args[0]
    return length


def _labelled(item: Expr) -> Expr:
    """`N=32` inside a shape stands for 32."""
    if isinstance(item, Relation) and item.ops == ("=",) and item.operands[1] is not None:
        return item.operands[1]
    return item


def _worked_out(length: Expr) -> Expr:
    """`32 x (10*30 = 300) x 512`: what the working in brackets comes to."""
    if isinstance(length, Group) and len(length.items) == 1:
        return _labelled_last(length.items[0])
    return length


def _labelled_last(item: Expr) -> Expr:
    chain = isinstance(item, Relation) and set(item.ops) == {"="} and item.operands[-1] is not None
    return item.operands[-1] if chain and isinstance(item, Relation) and item.operands[-1] is not None else item


def _is_product(expr: Expr | None) -> TypeGuard[Op]:
    return isinstance(expr, Op) and expr.op == "mul" and expr.sign in _TIMES


def flat_product(expr: Expr | None) -> tuple[Expr, ...]:
    """The lengths that crosses keep apart, or an expression alone."""
    if isinstance(expr, Op) and expr.op == "cross":
        return expr.args
    return _flat(expr) if expr is not None else ()


def _flat(expr: Expr) -> tuple[Expr, ...]:
    if _is_product(expr):
        return tuple(factor for arg in expr.args for factor in _flat(arg))
    return (expr,)
