"""A letter of the student's own for gradients: with `G^Z = ...` for dJ/dZ asked for, `G^U` is dJ/dU."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping

from grader.maths.repairs import rename, rewrite
from grader.model.expressions import Expr, Index, Name, Op, Relation, base_name, names_in, spelled
from grader.notation.reading import Claim

_DERIVATIVE = re.compile(r"d(?P<loss>[A-Za-z]\w*)/d(?P<by>[A-Za-z]\w*)")


_ESTIMATES = frozenset(["hat", "tilde", "check"])  # \hat U is another U, no derivative


def with_derivatives_named(claims: tuple[Claim, ...], target: str, names: Mapping[str, int]) -> tuple[Claim, ...]:
    """The claims with `D_U`, `\\bar U`, `\\delta^U` as dJ/dU, if one of them gives `D_Z` and dJ/dZ is the target.

    The letter must be nobody's: no declared name, and in its place before or behind each array the same.
    """
    asked = _DERIVATIVE.fullmatch(target)
    if asked is None:
        return claims
    letters = {letter for claim in claims if (letter := _raised_letter(claim.expr, asked["by"], names))}
    if len(letters) == 1:
        (letter,) = letters
        claims = tuple(one._replace(expr=_lowered(one.expr, letter, names)) for one in claims)
    for claim in claims:
        left = base_name(claim.expr.operands[0]) if isinstance(claim.expr, Relation) else ""
        around = left not in names and _around(left, asked["by"], names)
        if around:
            meant = _meant(*around, asked["loss"], {target, *names})
            return tuple(one._replace(expr=_renamed(one.expr, meant)) for one in claims)
    return claims


def with_letters_above(
    claims: tuple[Claim, ...], context: Iterable[Relation], names: Mapping[str, int]
) -> tuple[Claim, ...]:
    """The claims with `\\delta^Z[i]` as dJ/dZ[i], where the student wrote above that this is what it means."""
    meant: dict[str, str] = {}
    for relation in context:
        if (raised := raised_by(relation, names)) is not None and base_name(relation.operands[1]) in names:
            meant[f"{raised[0]}^{raised[1]}"] = base_name(relation.operands[1])
    for letter in sorted({name.partition("^")[0] for name in meant}):
        claims = tuple(one._replace(expr=_lowered(one.expr, letter, names)) for one in claims)
    return tuple(one._replace(expr=_renamed(one.expr, meant)) for one in claims) if meant else claims


def raised_by(relation: Relation, names: Mapping[str, int]) -> tuple[str, str] | None:
    """Letter and array of `\\delta^Z[i] = dJ/dZ[i]`, which says what the letter means; None for anything else."""
    left, right = relation.operands[0], relation.operands[1]
    if (
        not isinstance(left, Op)
        or left.op != "pow"
        or relation.ops != ("=",)
        or not _DERIVATIVE.fullmatch(base_name(right))
    ):
        return None
    letter, raised = left.args
    alike = spelled(getattr(raised, "indices", ())) == spelled(getattr(right, "indices", ()))
    if not isinstance(letter, Name) or letter.name in names or not alike:
        return None
    return letter.name, base_name(raised)


def _around(name: str, by: str, names: Mapping[str, int]) -> tuple[str, str] | None:
    """What stands before and behind the array: ("D_", "") of D_Z, ("", "_bar") of Z_bar; None if nothing does."""
    before, found, behind = name.partition(by)
    letter = before.removesuffix("_").removesuffix("^") or behind.removeprefix("_")
    lone = bool(before) != bool(behind) and letter.isalpha() and letter not in names and letter not in _ESTIMATES
    joined = before.endswith(("_", "^")) or (not before and behind.startswith("_"))
    return (before, behind) if found and lone and joined else None


def _meant(before: str, behind: str, loss: str, names: set[str]) -> dict[str, str]:
    found = (match for name in names if (match := _DERIVATIVE.fullmatch(name)) is not None and match["loss"] == loss)
    return {f"{before}{match['by']}{behind}": match.group() for match in found}


def _raised_letter(expr: Expr | None, by: str, names: Mapping[str, int]) -> str:
    """The G of an equation `G^Z[i,j] = ...`, which TeX sets like a power; "" if nobody wrote one, or declared a G."""
    left = expr.operands[0] if isinstance(expr, Relation) else None
    letter, raised = left.args if isinstance(left, Op) and left.op == "pow" else (None, None)
    free = isinstance(letter, Name) and letter.name not in names
    return letter.name if free and isinstance(letter, Name) and base_name(raised) == by else ""


def _lowered(expr: Expr | None, letter: str, names: Mapping[str, int]) -> Expr | None:
    """The powers of this letter as elements of arrays, `G^Z[i,j]` of one called G^Z, or as such an array, `G^Z`."""

    def change(node: Expr) -> Expr | None:
        base, raised = node.args if isinstance(node, Op) and node.op == "pow" else (None, None)
        if base_name(base) != letter:
            return None
        if isinstance(raised, Name) and names.get(raised.name, 0) > 0:
            return Name(f"{letter}^{raised.name}", node.place)
        return (
            raised._replace(base=Name(f"{letter}^{base_name(raised)}", node.place))
            if isinstance(raised, Index)
            else None
        )

    return expr if expr is None else rewrite(expr, change)


def _renamed(expr: Expr | None, meant: Mapping[str, str]) -> Expr | None:
    return rename(expr, meant) if expr is not None and names_in(expr) & meant.keys() else expr
