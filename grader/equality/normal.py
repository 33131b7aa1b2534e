"""Brings the two sides of a pair to comparable kinds: what a value is called, both signs of ±, chains of equalities."""

from __future__ import annotations

from itertools import pairwise

from grader.equality.chains import check_chain, exactly, step_to
from grader.equality.construction import CONSTRUCTED, construct
from grader.equality.descriptions import listed_members
from grader.equality.keys import key
from grader.equality.merged import merged_sets
from grader.equality.roles import CONSTANTS
from grader.equality.scalars import Habits, is_rounded
from grader.equality.solved import without_equations
from grader.equality.verdicts import DIFFERENT, EQUAL, UNDECIDED
from grader.model.errors import Undecided
from grader.model.expressions import (
    Call,
    Expr,
    Group,
    Index,
    Name,
    Num,
    Op,
    Relation,
    Text,
    names_in,
    rebuilt,
    walk,
)

_SIGNS = ("pm", "mp")


def normalised(expr: Expr) -> Expr:
    """An expression without constructors at its top, and with both signs of ± written out."""
    expr = without_equations(expr)
    if isinstance(expr, Text) and expr.words.strip().lower() in ("true", "false"):
        return Name(expr.words.strip().capitalize(), expr.place)
    if isinstance(expr, Call) and expr.function in CONSTRUCTED:
        expr = construct(expr)
    if isinstance(expr, Group) and (members := listed_members(expr)) is not None:
        return members
    if any(isinstance(node, Op) and node.op in _SIGNS for node in walk(expr)):
        signs = (signed(expr, upper=True), signed(expr, upper=False))
        return normalised(Group("", signs, expr.place))
    if isinstance(expr, Op) and expr.op in ("or", "and"):
        if (values := _solutions(expr.args) or _alternatives(expr)) is not None:
            return Group("", values, expr.place)
        if expr.op == "and" and _name_each(expr.args):  # x = 1 and y = 2
            return Group("", expr.args, expr.place)
        if all(map(_is_number, expr.args)):  # 6 and 8, i and -i
            return Group("", expr.args, expr.place)
    if isinstance(expr, Group) and expr.brackets == "" and (listed := _listed_values(expr)) is not None:
        return listed
    if isinstance(expr, Group) and expr.brackets == "" and (values := _solutions(expr.items)) is not None:
        return Group("", values, expr.place)
    if isinstance(expr, Relation):
        return _relation(expr)
    return merged_sets(expr) if isinstance(expr, Op) and expr.op == "union" else expr


def _is_number(expr: Expr) -> bool:
    """Whether it is a number that is written out, perhaps a complex one; not a letter alone."""
    if any(isinstance(node, Relation) or (isinstance(node, Op) and node.op in _LOGIC) for node in walk(expr)):
        return False
    alone = isinstance(expr, Name) and expr.name not in CONSTANTS and expr.name not in _IMAGINARY
    return not alone and names_in(expr) <= CONSTANTS | _IMAGINARY


_LOGIC, _IMAGINARY = frozenset(["and", "or", "not"]), frozenset(["i", "j"])


def _listed_values(expr: Group) -> Expr | None:
    """`x = 1, 2, 3`: several values of one letter; None where anything else is listed."""
    first, *rest = expr.items
    named = isinstance(first, Relation) and first.ops == ("=",) and isinstance(first.operands[0], Name)
    if not named or not rest or not isinstance(first, Relation) or first.operands[1] is None:
        return None
    if not all(isinstance(item, Num | Op) and exactly(item) is not None for item in (first.operands[1], *rest)):
        return None
    return Group("", (first.operands[1], *rest), expr.place)


def _alternatives(expr: Op) -> tuple[Expr, ...] | None:
    """The values of `x = 1 + \\sqrt 3` or `1 - \\sqrt 3`, of one letter; None where anything else is said."""
    first, *rest = expr.args
    named = expr.op == "or" and isinstance(first, Relation) and first.ops == ("=",)
    if not named or not isinstance(first, Relation) or not isinstance(first.operands[0], Name):
        return None
    values = [value for value in (first.operands[1], *rest) if value is not None]
    plain = all(isinstance(value, Num | Op | Call) and not names_in(value) - CONSTANTS for value in values)
    logical = any(isinstance(value, Op) and value.op in ("and", "or", "not") for value in values)
    return tuple(values) if plain and not logical else None


def name_others(gold: Expr, answer: Expr) -> bool:
    """Whether both give values to several letters, and not to the same ones."""
    named = _labels_of(gold)
    return bool(named) and bool(others := _labels_of(answer)) and named != others


def _labels_of(expr: Expr) -> frozenset[str]:
    """The letters to which several equations give values: x = 1, y = 2."""
    items = expr.items if isinstance(expr, Group) and expr.brackets == "" else expr.args if isinstance(expr, Op) else ()
    if len(items) < 2 or (isinstance(expr, Op) and expr.op not in ("and", "or")):
        return frozenset()
    names: set[str] = set()
    for item in items:
        if not (isinstance(item, Relation) and item.ops == ("=",) and isinstance(item.operands[0], Name)):
            return frozenset()
        names.add(item.operands[0].name.rstrip("0123456789"))  # x_1 and x_2 are two values of x
    return frozenset(names)


def _name_each(items: tuple[Expr, ...]) -> bool:
    """Whether equations give one value to each of several letters, in terms of none of them."""
    names: list[str] = []
    values: list[Expr] = []
    for item in items:
        if not (isinstance(item, Relation) and item.ops == ("=",) and isinstance(item.operands[0], Name | Index)):
            return False
        names.append(key(item.operands[0]))
        values += [operand for operand in item.operands[1:] if operand is not None]
    return len(set(names)) == len(names) > 1 and not any(set(names) & names_in(value) for value in values)


def signed(expr: Expr, upper: bool) -> Expr:
    """One of the two readings of both signs: all upper ones, or all lower ones."""
    if isinstance(expr, Op) and expr.op in _SIGNS:
        args = tuple(signed(arg, upper) for arg in expr.args)
        minus = (expr.op == "pm") != upper
        last = Op("neg", (args[-1],), expr.place) if minus else args[-1]
        return last if len(args) == 1 else Op("add", (args[0], last), expr.place)
    return rebuilt(expr, lambda child: signed(child, upper))


def _solutions(items: tuple[Expr, ...]) -> tuple[Expr, ...] | None:
    """The values of `x = 1, x = -3`: one letter, several values."""
    found: list[Expr] = []
    names = set()
    for item in items:
        if isinstance(item, Call) and item.function == "Eq":
            item = construct(item)
        if not (isinstance(item, Relation) and item.ops == ("=",) and isinstance(item.operands[0], Name)):
            return None
        names.add(item.operands[0].name)
        assert item.operands[1] is not None
        found.append(item.operands[1])
    return tuple(found) if len(names) == 1 and len(found) > 1 else None


def _relation(expr: Relation) -> Expr:
    """`= 5` is 5; `x \\in {1, 2}` is that set."""
    if expr.operands[0] is None:
        if expr.ops[0] not in ("=", "~"):  # \\ne 12 is not 12
            return expr
        operands, ops = expr.operands[1:], expr.ops[1:]
        only = operands[0]
        assert only is not None
        return normalised(only) if not ops else Relation(operands, ops, expr.place)
    if (told := _with_end(expr)) is not None:
        return told
    if expr.ops == ("=",) and isinstance(expr.operands[0], Name) and expr.operands[1] is not None:
        value = expr.operands[1]
        if isinstance(value, Group) and value.brackets == "{}" and len(value.items) > 1:  # k = {1, 2, 3}
            return value
    if expr.ops == ("in",) and isinstance(expr.operands[0], Name) and expr.operands[1] is not None:
        inner = normalised(expr.operands[1])
        is_pair = isinstance(inner, Group) and len(inner.items) == 2 and inner.brackets in ("()", "[]")
        return Op("union", (inner, inner), expr.place) if is_pair else inner
    return expr


def _with_end(expr: Relation) -> Relation | None:
    """`0 < x < 2/L = 1/3` with the number at its end in place of letters that stand for it; None for anything else."""
    *_, middle, symbol, end = (None, *expr.operands) if len(expr.operands) > 2 else (None,) * 4
    if middle is None or symbol is None or end is None or expr.ops[-1] != "=" or names_in(end) or not names_in(symbol):
        return None
    if not set(expr.ops[:-1]) <= {"<", "<="} or names_in(middle) & names_in(symbol):
        return None
    return Relation((*expr.operands[:-2], end), expr.ops[:-1], expr.place)


# -- a pair ----------------------------------------------------------------------------------------------------


def pair_up(gold: Expr, answer: Expr) -> tuple[Expr, Expr]:
    """Both sides with the same amount of naming: `x = 5` against 5 is 5 against 5."""
    if _is_equation(gold) and not _is_statement(answer):
        gold = _value_for(gold, answer)
    elif _is_equation(answer) and not _is_statement(gold):
        answer = _value_for(answer, gold)
    gold, answer = _each_named(gold, answer), _each_named(answer, gold)
    gold, answer = _named_values(gold, answer), _named_values(answer, gold)
    return _as_regions(gold, answer)


def _is_statement(expr: Expr) -> bool:
    """Something that is compared as a statement or a set of solutions, not as a value."""
    if isinstance(expr, Group) and expr.brackets in ("", "{}"):
        return any(isinstance(item, Relation) for item in expr.items)
    return isinstance(expr, Relation) or (isinstance(expr, Op) and expr.op in ("and", "or", "not"))


def _is_equation(expr: Expr) -> bool:
    return isinstance(expr, Relation) and all(op in ("=", "~") for op in expr.ops)


def _value_for(relation: Expr, other: Expr) -> Expr:
    """The value that an equation gives to what it names: the right side of `x = 5`, the last of a chain."""
    assert isinstance(relation, Relation)
    if isinstance(other, Op) and other.op in ("and", "or", "not"):
        return relation
    operands = [operand for operand in relation.operands if operand is not None]
    named, values = operands[:-1], operands[-1]
    if _is_label(values) and not _is_label(operands[0]):  # 5 = x
        named, values = operands[1:], operands[0]
    if any(isinstance(name, Name) and name.name in names_in(values) for name in named):  # x^2 = x
        return relation
    if not _is_label(named[0]) and not isinstance(named[0], Text):
        return _computed(operands, relation, other)
    if "~" in relation.ops and not names_in(values):
        return _of_rounded(relation, other)
    check_chain([operand for operand in operands if not _is_label(operand)], relation)
    return normalised(values)


def _of_rounded(relation: Relation, other: Expr) -> Expr:
    """`x = \\sqrt 2 \\approx 1.41`: the number before the sign and what it is rounded to say the same."""
    values = [operand for operand in relation.operands if operand is not None and not names_in(operand) - CONSTANTS]
    for one, last in pairwise(values):
        if not is_rounded(one, last):
            raise Undecided("this chain of equalities contradicts itself", *relation.place)
    for value in reversed(values):
        if key(value) == key(other) or _same_number(value, other):
            return normalised(value)
    return normalised(values[-1])


def _same_number(one: Expr, other: Expr) -> bool:
    return _compared(one, other) == EQUAL


def _is_label(expr: Expr) -> bool:
    """Something that only names the value: x, y(x), (p, q)."""
    if isinstance(expr, Group):
        return bool(expr.items) and all(_is_label(item) for item in expr.items)
    if isinstance(expr, Call):
        plain = all(isinstance(arg, Name | Relation | Group) for arg in expr.args)
        return expr.function not in CONSTRUCTED and len(expr.function) <= 2 and plain
    if isinstance(expr, Op) and expr.op in ("mul", "div"):  # AB, NO/BO: segments
        return all(
            _is_label(arg) and isinstance(arg, Op | Name) and names_in(arg) == _capitals(arg) for arg in expr.args
        )
    return isinstance(expr, Name | Index | Text) and not (isinstance(expr, Name) and expr.name in ("pi", "e", "infty"))


def _capitals(expr: Expr) -> frozenset[str]:
    return frozenset(name for name in names_in(expr) if name.isupper())


def _computed(operands: list[Expr], relation: Relation, other: Expr) -> Expr:
    """The last of a chain that begins with what is computed: `3 + 4 = 7`, `\\int_0^1 x dx = 1/2`.

    Its members have to be equal; `\\ln f = x^2` gives no value. One that begins with what is asked for, and ends with
    something else, gives the wrong value.
    """
    if "~" in relation.ops and not any(names_in(operand) - CONSTANTS for operand in operands):
        return _of_rounded(relation, other)
    if all(exactly(operand) is not None for operand in operands):
        check_chain(operands, relation)
        return operands[-1]
    last = operands[-1]
    verdicts = {step_to(one, last) for one in operands[:-1]}
    if verdicts == {EQUAL} or (len(operands) > 2 and DIFFERENT not in verdicts):
        return normalised(last)
    begins = len(operands) == 2 and _compared(operands[0], other) == EQUAL and _compared(last, other) == DIFFERENT
    return normalised(last) if begins else relation


def _compared(one: Expr, other: Expr) -> str:
    """The verdict on two members; undecided where they have no value."""
    from grader.equality.decide import decide

    try:
        return decide(one, other, Habits()).verdict
    except ArithmeticError:
        return UNDECIDED


def _each_named(expr: Expr, other: Expr) -> Expr:
    """`(x, y) = (1, 2)` as x = 1, y = 2 beside such equations."""
    bare = isinstance(other, Group) and other.brackets == "" and any(isinstance(item, Relation) for item in other.items)
    if not (bare and isinstance(expr, Relation) and expr.ops == ("=",)):
        return expr
    names, values = expr.operands
    if not (isinstance(names, Group) and isinstance(values, Group) and len(names.items) == len(values.items) > 1):
        return expr
    if not all(isinstance(name, Name | Index) for name in names.items):
        return expr
    pairs = zip(names.items, values.items, strict=True)
    return Group("", tuple(Relation((name, value), ("=",), expr.place) for name, value in pairs), expr.place)


def _named_values(expr: Expr, other: Expr) -> Expr:
    """`x = 1, y = 2` against (1, 2): the values in the order given."""
    if not (
        isinstance(expr, Group) and expr.brackets == "" and isinstance(other, Group) and other.brackets in ("()", "")
    ):
        return expr
    if not all(_is_equation(item) for item in expr.items) or len(expr.items) != len(other.items):
        return expr
    if any(isinstance(item, Relation) for item in other.items):
        return expr
    items = [item for item in expr.items if isinstance(item, Relation)]
    names = [item.operands[0] for item in items]
    if not all(name is not None and _is_label(name) for name in names):
        return expr
    shown = [key(name) for name in names if name is not None]
    if len(set(shown)) < len(shown):
        return expr
    if other.brackets == "()":  # y = 1, x = 2 is the point (2, 1)
        items = [item for _, item in sorted(zip(shown, items, strict=True), key=lambda pair: pair[0])]
    return Group(
        other.brackets, tuple(item.operands[-1] for item in items if item.operands[-1] is not None), expr.place
    )


def _as_regions(gold: Expr, answer: Expr) -> tuple[Expr, Expr]:
    """(1, 2) and [1, 2] beside a union, an inequality or a half-open interval are intervals too."""
    from grader.equality.decide import kind_of

    kinds = (kind_of(gold), kind_of(answer))
    if "region" in kinds or "relation" in kinds or "logic" in kinds:
        gold, answer = (_interval(expr, kind) for expr, kind in zip((gold, answer), kinds, strict=True))
    return gold, answer


def _interval(expr: Expr, kind: str) -> Expr:
    if kind == "list" and isinstance(expr, Group) and len(expr.items) == 2:
        return Op("union", (expr, expr), expr.place)
    return expr
