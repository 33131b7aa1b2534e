"""Two sides told alike before they are compared, where only the pair shows what is meant: samples of a signal."""

from __future__ import annotations

from grader.equality.letters import is_algebra_of_matrices
from grader.equality.samples import samples_alike
from grader.equality.slopes import substitute
from grader.model.expressions import Call, Expr, Index, Name, Num, Op, base_name, names_in, rebuilt, spelled, walk
from grader.model.patterns import later

_Side = tuple[Expr, str]  # a formula, and the text it was read from


def told_alike(gold: _Side, answer: _Side) -> tuple[Expr, Expr]:
    """Both formulas, each given with the text it was read from, in one way of telling them."""
    gold, answer = _with_one_constant(gold, answer)
    gold, answer = _with_units_apart(gold, answer), _with_units_apart(answer, gold)
    answer = _with_capital_constants(gold[0], answer[0]), answer[1]
    gold, answer = _with_plain_identity(gold, answer[0]), _with_plain_identity(answer, gold[0])
    if any("iag" in text for _, text in (gold, answer)):
        gold, answer = (_with_diagonals(gold[0]), gold[1]), (_with_diagonals(answer[0]), answer[1])
    return samples_alike(gold, answer)


_GLUED = later(r"[ij](\d{1,3})")
_CONSTANT = later(r"C\d")


def _with_units_apart(side: _Side, other: _Side) -> _Side:
    """`8.66 - j5` as 8.66 - 5 i, where the other side has the imaginary unit, or another number under it, and no j5."""
    names, others = names_in(side[0]), names_in(other[0])
    glued = [(name, found[1]) for name in sorted(names - others) if (found := _GLUED.fullmatch(name)) is not None]
    if len(glued) != 1 or names - {glued[0][0], "pi", "e"} or not others or others - {"i", "j", "pi", "e"}:
        return side
    (name, digits), place = glued[0], side[0].place
    product = Op("mul", (Num(int(digits), place, digits), Name("i", place)), place, "")
    return substitute(side[0], name, product), side[1]


def _with_capital_constants(gold: Expr, answer: Expr) -> Expr:
    """`c_1 e^x + c_2` as C_1 e^x + C_2: constants of integration are the same in small letters, if all are."""
    names, others = names_in(gold), names_in(answer)
    capitals = [name for name in sorted(names - others) if _CONSTANT.fullmatch(name)]
    small = [name.lower() for name in capitals]
    if not capitals or not set(small) <= others - names:
        return answer
    for name in capitals:
        answer = substitute(answer, name.lower(), Name(name, answer.place))
    return answer


_IDENTITY = "I"


def _with_plain_identity(side: _Side, other: Expr) -> _Side:
    """`I_d`, `I_{d \\times d}` in an algebra of matrices as I, where the other side has an identity without a size.

    Not with two sizes, nor beside an I without one: these say more than the other side does.
    """
    expr = side[0]
    if "I" not in side[1] or not is_algebra_of_matrices(other) or not is_algebra_of_matrices(expr):
        return side
    sizes = {_size_of_identity(node) for node in walk(expr)} - {""}
    names = {base_name(node.base) for node in walk(other) if isinstance(node, Index)}
    if len(sizes) != 1 or _IDENTITY not in names_in(other) or _IDENTITY in names:
        return side
    told = _with_identity(expr)
    alone = sum(isinstance(node, Name) and node.name == _IDENTITY for node in walk(told))
    return (told, side[1]) if alone == sum(bool(_size_of_identity(node)) for node in walk(expr)) else side


def _with_identity(expr: Expr) -> Expr:
    return Name(_IDENTITY, expr.place) if _size_of_identity(expr) else rebuilt(expr, _with_identity)


def _size_of_identity(node: Expr) -> str:
    """The size in `I_d`, `I_{d,d}` and `I_{d \\times d}`; "" for anything else."""
    if not isinstance(node, Index) or not isinstance(node.base, Name) or node.base.name != _IDENTITY:
        return ""
    (first, *others) = node.indices
    if isinstance(first, Op) and first.op == "mul" and first.sign == "×" and not others:
        first, *others = first.args
    alike = isinstance(first, Name) and all(spelled(other) == spelled(first) for other in others)
    return first.name if isinstance(first, Name) and alike and len(others) <= 1 else ""


def _with_diagonals(expr: Expr) -> Expr:
    """`diag(p)` of one letter as the matrix with that vector on its diagonal; `diag(1, 2)` lists its entries."""
    if isinstance(expr, Call) and expr.function in ("diag", "Diag") and isinstance(expr.args[0], Name | Index):
        return Call("diagonal", expr.args, expr.place) if len(expr.args) == 1 else expr
    return rebuilt(expr, _with_diagonals)


def _with_one_constant(gold: _Side, answer: _Side) -> tuple[_Side, _Side]:
    """Planck's h as 2 pi h-bar, where one side is told with the one and the other with the other."""
    if not any(sign in gold[1] + answer[1] for sign in ("hbar", "ħ", "ℏ")):
        return gold, answer
    names = [names_in(side[0]) & {"h", "hbar"} for side in (gold, answer)]
    if sorted(map(sorted, names)) != [["h"], ["hbar"]]:
        return gold, answer
    one, other = (
        (_in_h_bar(side[0]) if "h" in own else side[0], side[1])
        for side, own in zip((gold, answer), names, strict=True)
    )
    return one, other


def _in_h_bar(expr: Expr) -> Expr:
    turn = Op("mul", (Num(2, expr.place, "2"), Name("pi", expr.place)), expr.place, "")
    return substitute(expr, "h", Op("mul", (turn, Name("hbar", expr.place)), expr.place, ""))
