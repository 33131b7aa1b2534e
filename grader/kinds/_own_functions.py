"""Functions that an answer defines for itself: "with g(u) = u(1-u): dJ/dZ = dJ/dU g(U)"."""

from __future__ import annotations

from collections.abc import Mapping

from grader.kinds.kind import View
from grader.maths.evaluation import CONSTANTS
from grader.maths.repairs import rewrite
from grader.model.expressions import Expr, Name, Op, Relation, names_in
from grader.model.patterns import later
from grader.notation.reading import Claim

_OPENS = later(r"\s*(?:\\!\s*)?(?:\\(?:left|big|Big|bigg)l?\s*)?[(\[]\s*")
_CLOSES = later(r"(?:\s|[)\]]|\\(?:right|big|Big|bigg)r?\b)*")
Functions = dict[str, tuple[str, Expr]]  # by name: the letter of the argument, and the value


def with_own_functions(claims: tuple[Claim, ...], view: View, names: Mapping[str, int]) -> tuple[Claim, ...]:
    """The claims with such functions worked out, and without their definitions; a letter defined twice is none."""
    text = view.answer.document.text[view.base :]
    defined: dict[str, list[Claim]] = {}
    functions: Functions = {}
    for claim in claims:
        found = _definition(claim.expr, text, names)
        if found is not None:
            functions[found[0]] = found[1:]
            defined.setdefault(found[0], []).append(claim)
    functions = {name: made for name, made in functions.items() if len(defined[name]) == 1}
    if not functions:
        return claims
    left = [claim for claim in claims if not any(claim in defined[name] for name in functions)]
    if not left:  # `f(x) = x^2` alone is no help for an answer, but the answer
        return tuple([_named(claim, text, names) for claim in claims])
    return tuple(claim._replace(expr=_worked_out(claim.expr, functions, text)) for claim in left)


def _definition(expr: Expr | None, text: str, names: Mapping[str, int]) -> tuple[str, str, Expr] | None:
    """Name, letter and value of `g(u) = u(1-u)`, where nothing else is in the value."""
    if not isinstance(expr, Relation) or set(expr.ops) != {"="}:
        return None
    left, value = expr.operands[0], expr.operands[-1]
    if not isinstance(left, Op) or left.op != "mul" or value is None:
        return None
    name, letter = left.args[0], left.args[-1]
    if len(left.args) != 2 or not isinstance(name, Name) or not isinstance(letter, Name) or name.name in names:
        return None
    own = names_in(value) - CONSTANTS.keys()
    return (name.name, letter.name, value) if own == {letter.name} and _calls(name, letter, text) else None


def _named(claim: Claim, text: str, names: Mapping[str, int]) -> Claim:
    """`f = x^2` for `f(x) = x^2`."""
    expr, found = claim.expr, _definition(claim.expr, text, names)
    if not isinstance(expr, Relation) or found is None or not isinstance(expr.operands[0], Op):
        return claim
    return claim._replace(expr=expr._replace(operands=(expr.operands[0].args[0], *expr.operands[1:])))


def _calls(name: Name, argument: Expr, text: str) -> bool:
    """Whether brackets around the argument, and nothing else, stand behind the name."""
    start, stop = argument.place
    if _OPENS.fullmatch(text, name.place[1], start) is None:
        return False
    end = _closing(text, start)
    return end >= stop and _CLOSES.fullmatch(text, stop, end) is not None  # of s(Z)^2 that is before the power


def _closing(text: str, start: int) -> int:
    """Where the bracket closes that was opened before a place; -1 if it does not, or not soon."""
    depth = 0
    for at in range(start, min(len(text), start + _LONGEST)):
        depth += (text[at] in "([") - (text[at] in ")]")
        if depth < 0:
            return at
    return -1


_LONGEST = 400  # characters of an argument


def _worked_out(expr: Expr | None, functions: Functions, text: str) -> Expr | None:
    def change(node: Expr) -> Expr | None:
        if not isinstance(node, Op) or node.op != "mul" or len(node.args) != 2:
            return None
        before, argument = node.args
        name, power = _last_factor(before), None
        if not isinstance(name, Name) or name.name not in functions:
            return None
        if isinstance(argument, Op) and argument.op == "pow" and _calls(name, argument.args[0], text):
            argument, power = argument.args  # s(Z)^2 is the square of s(Z)
        elif not _calls(name, argument, text):
            return None
        letter, value = functions[name.name]
        inside = rewrite(argument, change)
        called = rewrite(value, lambda one: inside if isinstance(one, Name) and one.name == letter else None)
        called = called if power is None else Op("pow", (called, power), node.place)
        rest = _without_last(before)
        return called if rest is None else Op("mul", (rewrite(rest, change), called), node.place)

    return None if expr is None else rewrite(expr, change)


def _last_factor(expr: Expr) -> Expr:
    return _last_factor(expr.args[-1]) if isinstance(expr, Op) and expr.op == "mul" else expr


def _without_last(expr: Expr) -> Expr | None:
    """A product without its last factor; None for what is no product."""
    if not isinstance(expr, Op) or expr.op != "mul":
        return None
    rest = _without_last(expr.args[-1])
    kept = expr.args[:-1] if rest is None else (*expr.args[:-1], rest)
    return kept[0] if len(kept) == 1 else expr._replace(args=kept)
