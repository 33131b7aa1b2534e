"""What stands left of an equals sign, where it names another quantity than the one that is asked for."""

from __future__ import annotations

from collections.abc import Mapping

from grader.equality.heads import read_head
from grader.maths.evaluation import CONSTANTS
from grader.model.documents import Block
from grader.model.expressions import Call, Expr, Index, Integral, Limit, Name, Num, Op, Reduce, Relation, names_in
from grader.model.patterns import later
from grader.reference.functions import find_function

_ACCENTS = ("_dot", "_ddot", "_bar", "_hat", "_tilde", "_inv")
_QUOTIENT = later(r"d(?:\^\d+ ?)?(?P<top>[A-Za-z]\w*)/d")


def names_other(
    expr: Expr | None, target: str, names: Mapping[str, int], body: Expr, blocks: tuple[Block, ...]
) -> bool:
    """Whether an equation speaks of something else than `target`: `2 dJ/dZ = ...`, `0 = ...`, `\\ln f = ...`.

    `names` are the declared ones: `w = ...` gives another of them a value. `target` is empty where the rubric names
    nothing. `f(x) = ...` and letters of the student's own are no other quantity.
    """
    if not isinstance(expr, Relation) or expr.operands[0] is None:
        return False
    first = expr.operands[0]
    if not target and (_is_told_by_operator(first, blocks) or (expr.ops[0] == "~" and _is_formula(first, names))):
        return False
    if target and any(isinstance(one, Name) and one.name == target for one in expr.operands[1:-1]):
        return False  # \\delta Z = dJ/dZ = ...
    if target in _TRANSFERS and _is_transfer(first, names):
        return False
    if isinstance(first, Call):
        return find_function(first.function) is not None and first.function != target
    if not isinstance(first, Name | Index):
        return not (_is_applied(first, target, blocks) or _is_primed(first, names)) and _is_computed(
            first, target, names
        )
    base = first.base if isinstance(first, Index) else first
    name = base.name if isinstance(base, Name) else ""
    if not name or name == target or (name == f"{target}_hat" and target in _ESTIMATED and name not in names):
        return False
    if name.startswith("nabla_"):  # \\nabla J, of which the question asks for one
        return bool(target) and not target.startswith(f"d{name.removeprefix('nabla_')}/d")
    if name in names and (bool(target) or name in names_in(body)):
        return True
    return bool(target) and is_of(name, target)


_ESTIMATED = frozenset(["y", "Y", "p", "q", "theta", "beta", "mu", "sigma", "lambda"])  # \\hat f may be a transform


_TRANSFERS = frozenset("HGTFAK")
_TRANSFERRED = later(
    r"(?:(?P<of>[UVIYXuvy])_?(?:out|output)/(?P=of)_?(?:in|input)|([UVIuvy])_?o/\2_?i|([UVIuvy])_?a/\3_?e"
    r"|([UVIuvy])_?aus/\4_?ein|([UVIuvyXY])_?2/\5_?1|Y/X|y/x|Y/U|C/R)"
)


def _is_transfer(left: Expr, names: Mapping[str, int]) -> bool:
    """Whether a left side is an output over its input, `U_out/U_in`, `Y(s)/X(s)`: what a transfer function is."""
    if not isinstance(left, Op) or left.op != "div":
        return False
    parts = [arg.args[0] if isinstance(arg, Op) and arg.op == "mul" and arg.sign == "" else arg for arg in left.args]
    said = [part.name for part in parts if isinstance(part, Name) and part.name not in names]
    return len(said) == 2 and _TRANSFERRED.fullmatch("/".join(said)) is not None


def _is_formula(left: Expr, names: Mapping[str, int]) -> bool:
    """Whether a left side is made of declared letters: `e^x \\cos 2y \\approx 1 + x` says what comes near to it."""
    letters = names_in(left) - CONSTANTS.keys()
    return isinstance(left, Op | Call) and bool(letters) and letters <= names.keys()


def _is_told_by_operator(left: Expr, blocks: tuple[Block, ...]) -> bool:
    """Whether a left side names what is asked for: `T_2 g(x, y)`, `Hf(x, y)`."""
    if not isinstance(left, Op) or left.op != "mul":
        return False
    start, stop = left.place
    head = read_head(_RELATION.split(typed_between(blocks, start, stop + _MOST_BEHIND), maxsplit=1)[0])
    return head is not None and head.operator in ("taylor", "hessian")


_RELATION = later(r"=|≈|\\approx(?![a-z])")
_MOST_BEHIND = 20  # characters behind the last letter of a left side, up to the sign


def typed_between(blocks: tuple[Block, ...], start: int, stop: int) -> str:
    """The text between two places of one run of an answer."""
    runs = (run for block in blocks for run in block.runs if run.span.start <= start < run.span.stop)
    return next((run.text[start - run.span.start : stop - run.span.start] for run in runs), "")


def _is_computed(left: Expr, target: str, names: Mapping[str, int]) -> bool:
    """Whether a left side says something of a quantity: 2f, f^2, 1 - P, a sum of f; y' only names one."""
    known = names.keys() | {target}
    if isinstance(left, Num | Reduce | Integral | Limit) or names_in(left) <= known or (target in names_in(left)):
        return True
    return isinstance(left, Op) and left.op != "transpose"


def _is_primed(left: Expr, names: Mapping[str, int]) -> bool:
    """`f'(x)` of a letter that nobody declared, which is read as a product."""
    first = left.args[0] if isinstance(left, Op) and left.op == "mul" and left.sign == "" else None
    inner = first.args[0] if isinstance(first, Op) and first.op == "transpose" else None
    return isinstance(inner, Name) and inner.name not in names


def _is_applied(left: Expr, target: str, blocks: tuple[Block, ...]) -> bool:
    """`F(s) = ...`, which is read as a product where s is a declared number; `f'(x)` where nothing is named."""
    if not (isinstance(left, Op) and left.op == "mul" and left.sign == ""):
        return False
    called, argument = left.args
    if not target and isinstance(called, Op) and called.op == "transpose":
        called = called.args[0]
    if not (isinstance(called, Name) and called.name == (target or called.name) and isinstance(argument, Name)):
        return False
    at = argument.place[0] - 1
    runs = (run for block in blocks for run in block.runs if run.span.start <= at < run.span.stop)
    return any(run.text[at - run.span.start : at - run.span.start + 1] == "(" for run in runs)


def is_of(name: str, target: str) -> bool:
    """Whether a name is a derivative or an estimate of another one, or the other way round, or of other variables."""
    if "/d" in name and "/d" in target:
        return True
    if target in _cores(name) or name in _cores(target):
        return True
    return name.endswith(_ACCENTS) and not _cores(name).isdisjoint(_cores(target))  # \\dot f for df/dw


def _cores(name: str) -> set[str]:
    """The letters of which a name says something: E of E_dot, E' and dE/dt."""
    found = {name.rstrip("'")} | {name.removesuffix(accent) for accent in _ACCENTS}
    quotient = _QUOTIENT.match(name)
    return found | ({quotient["top"]} if quotient else set()) - {name}
