"""A letter of the student's own for gradients: with `G^Z = ...` for dJ/dZ asked for, `G^U` is dJ/dU."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from contextlib import suppress

from grader.maths.repairs import rename, rewrite
from grader.model.errors import Unreadable
from grader.model.expressions import Expr, Index, Name, Op, Relation, base_name, names_in, spelled
from grader.model.patterns import later
from grader.notation.reading import Claim, parse_expression

_DERIVATIVE = re.compile(r"d(?P<loss>[A-Za-z]\w*)/d(?P<by>[A-Za-z]\w*)")


_ESTIMATES = frozenset(["hat", "tilde", "check"])  # \hat U is another U, no derivative


def with_derivatives_named(
    claims: tuple[Claim, ...], target: str, names: Mapping[str, int], typed: tuple[Claim, ...] = ()
) -> tuple[Claim, ...]:
    """The claims with `D_U`, `\\bar U`, `\\delta^U` as dJ/dU, if one of them gives `D_Z` and dJ/dZ is the target.

    The letter must be nobody's: no declared name, and in its place before or behind each array the same. `typed` are
    the claims before words above gave some of these letters their meaning.
    """
    asked = _DERIVATIVE.fullmatch(target)
    if asked is None:
        return claims
    letters = {letter for claim in typed or claims if (letter := _raised_letter(claim.expr, asked["by"], names))}
    if len(letters) == 1:
        meant = _meant(f"{min(letters)}^", "", asked["loss"], {target, *names})
        claims = tuple(one._replace(expr=_renamed(_lowered(one.expr, min(letters), names), meant)) for one in claims)
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


def for_each_array(context: Iterable[Relation], names: Mapping[str, int]) -> Iterator[Relation]:
    """The relations, with one about any array, `\\delta^A = dJ/dA` or `g_A = dJ/dA`, told of each declared one."""
    for relation in context:
        left, right = relation.operands[0], relation.operands[1]
        general = _DERIVATIVE.fullmatch(right.name) if isinstance(right, Name) and relation.ops == ("=",) else None
        if left is None or general is None or general["by"] in names or len(general["by"]) > 1:
            yield relation
            continue
        for name in names:
            one = _DERIVATIVE.fullmatch(name)
            if one is not None and one["loss"] == general["loss"] and (of := _of_array(left, general["by"], one["by"])):
                yield Relation((of, Name(name, relation.place)), ("=",), relation.place)


def said_gradients(text: str, names: Mapping[str, int]) -> Iterator[Relation]:
    """The relations of "gZ and gU are the gradients of J with respect to Z and U", one for each letter."""
    losses = Counter(one["loss"] for name in names if (one := _DERIVATIVE.fullmatch(name)) is not None)
    usual = [loss for loss, count in losses.items() if count == max(losses.values())]
    for said in _SAID.finditer(text):
        letters, arrays = (_BETWEEN.split(said[listed]) for listed in ("letters", "arrays"))
        if len(letters) == len(arrays) and (said["loss"] or len(usual) == 1):
            yield from _meanings(letters, arrays, said["loss"] or usual[0], names)
    for said in _FOR_ONE.finditer(text):
        yield from _meanings([said["letter"]], [said["array"]], said["loss"], names)
    for said in _ALL_SAID.finditer(text):
        letters = _BETWEEN.split(said["letters"])
        if len({letter[0] for letter in letters}) == 1 and len(letters) > 1:  # gU, gZ for the gradients of J
            yield from _meanings(letters, [letter[1:].lstrip("_") for letter in letters], said["loss"], names)


def _meanings(letters: list[str], arrays: list[str], loss: str, names: Mapping[str, int]) -> Iterator[Relation]:
    for letter, array in zip(letters, arrays, strict=True):
        with suppress(Unreadable):
            left = parse_expression(letter, names)
            if base_name(left) in names:
                continue
            meant = Name(f"d{loss}/d{array}", left.place)
            yield Relation((left, meant), ("=",), left.place)
            if letter == f"{letter[0]}{array}":  # gW, which TeX reads as a product
                glued = Op("mul", (Name(letter[0], left.place), Name(array, left.place)), left.place, "")
                yield Relation((glued, meant), ("=",), left.place)


_LETTER = r"\\?[A-Za-z](?:[\w^]|\{\w\}){0,9}"
_BETWEEN = later(r"\s*,\s*and\s+|\s*,\s*|\s+and\s+")
_LISTED = r"(?:\s*,\s*and\s+|\s*,\s*|\s+and\s+)"
_BEFORE = r"(?<![\w\\^{}])(?<![-−+*/]\s)(?<![-−+*/])"  # `-g is the gradient` says nothing of g alone
# Only the whole sentence defines: "Q is the gradient of J by Z, padded" is another array
_OVER = rf"(?=\s*(?:[.;)]|\Z|\n\s*\n|,?\s+and\s+{_LETTER}\s+(?:is|are|be|denotes?|means?|stands?)\b))"
_SAID = later(
    rf"{_BEFORE}(?P<letters>{_LETTER}(?:{_LISTED}{_LETTER})*)\s+(?:is|are|be|denotes?|means?|stands?\ for)\s+"
    r"(?:the\s+)?(?:partial\s+)?(?:gradients?|derivatives?)\s+(?:of\s+(?:the\s+)?(?:(?:loss|cost)\s+)?(?:(?P<loss>[A-Z])\s+)?)?"
    rf"(?:with\s+respect\s+to|w\.?\s?r\.?\s?t\.?|by)\s+(?P<arrays>[A-Z]\b(?:{_LISTED}[A-Z]\b)*){_OVER}",
    holds=("gradient", "derivative"),
)
_FOR_ONE = later(  # I write gZ for dJ/dZ and gU for dJ/dU
    rf"{_BEFORE}(?P<letter>{_LETTER})\$?\s+(?:for|means|denotes|abbreviates|is short for|stands for)\s+\$?"
    r"(?:\\[dt]?frac\s*\{)?(?:d|∂|\\partial\s*)(?P<loss>[A-Z])\s*(?:/|\}\s*\{)\s*(?:d|∂|\\partial\s*)(?P<array>[A-Z])\}?\$?"
    rf"(?=\s*(?:[.;)]|\Z|\n|,?\s+and\s+\$?{_LETTER}\$?\s+(?:for|means|denotes)\b|,\s+\$?{_LETTER}\$?\s+(?:for|means|denotes)\b))",
    holds=("for", "means", "denotes", "abbreviates", "short"),
)
_ALL_SAID = later(
    rf"{_BEFORE}(?P<letters>{_LETTER}(?:{_LISTED}{_LETTER})+)\s+(?:for|are|denote)\s+the\s+(?:\w+\s+)?"
    rf"(?:gradients|derivatives)\s+of\s+(?P<loss>[A-Z])\b{_OVER}",
    holds=("gradients", "derivatives"),
)


def _of_array(left: Expr, letter: str, array: str) -> Expr | None:
    """`\\delta^A` and `g_A` with the name of an array for the letter A; None for all else."""
    if isinstance(left, Name) and left.name.endswith(f"_{letter}"):
        return Name(f"{left.name.removesuffix(letter)}{array}", left.place)
    raised = isinstance(left, Op) and (left.op == "pow" or _is_glued(left)) and base_name(left.args[1]) == letter
    return rename(left, {letter: array}) if raised else None


def raised_by(relation: Relation, names: Mapping[str, int]) -> tuple[str, str] | None:
    """Letter and array of `\\delta^Z[i] = dJ/dZ[i]` or `\\delta Z = dJ/dZ`; None for anything else."""
    left, right = relation.operands[0], relation.operands[1]
    if not isinstance(left, Op) or relation.ops != ("=",) or not _DERIVATIVE.fullmatch(base_name(right)):
        return None
    if left.op != "pow" and not (_is_glued(left) and len(left.args) == 2):
        return None
    letter, raised = left.args
    indexed = letter if isinstance(letter, Index) and isinstance(raised, Name) else raised  # \\delta_{ij}^Z
    alike = spelled(getattr(indexed, "indices", ())) == spelled(getattr(right, "indices", ()))
    letter = letter.base if isinstance(letter, Index) and indexed is letter else letter
    if not isinstance(letter, Name) or letter.name in names or not alike:
        return None
    return letter.name, base_name(raised)


def _is_glued(expr: Expr) -> bool:
    """Whether a letter stands right before an array, without a sign: the `\\delta Z` that TeX reads as a product."""
    return isinstance(expr, Op) and expr.op == "mul" and not expr.sign and isinstance(expr.args[0], Name)


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
    """The G of `G^Z[i,j] = ...` or `G Z[i,j] = ...`, which TeX reads as a power or a product; "" without a letter."""
    left = expr.operands[0] if isinstance(expr, Relation) else None
    beside = isinstance(left, Op) and (left.op == "pow" or (_is_glued(left) and len(left.args) == 2))
    letter, raised = left.args if isinstance(left, Op) and beside else (None, None)
    own = base_name(letter)
    return own if own and own not in names and base_name(raised) == by else ""


def _lowered(expr: Expr | None, letter: str, names: Mapping[str, int]) -> Expr | None:
    """The powers of this letter as arrays, `G^Z[i,j]` and `G[i,j]^Z` as elements of one called G^Z; `G Z[i,j]` too."""

    def change(node: Expr) -> Expr | None:
        if not isinstance(node, Op) or (node.op != "pow" and (node.op != "mul" or node.sign)):
            return None
        base, raised = node.args[0], node.args[-1]
        if node.op == "mul" and isinstance(base, Op) and base.op == "mul" and not base.sign:  # (a G) Z
            joined = change(Op("mul", (base.args[-1], raised), (base.args[-1].place[0], node.place[1]), ""))
            before = rewrite(base.args[0], change)
            return None if joined is None or len(base.args) != 2 else Op("mul", (before, joined), node.place, "")
        if base_name(base) != letter or base_name(raised) not in names or len(node.args) != 2:
            return None
        name = Name(f"{letter}^{base_name(raised)}", node.place)
        element = raised if isinstance(raised, Index) else base if node.op == "pow" else None
        return element._replace(base=name) if isinstance(element, Index) else name

    return expr if expr is None else rewrite(expr, change)


def _renamed(expr: Expr | None, meant: Mapping[str, str]) -> Expr | None:
    return rename(expr, meant) if expr is not None and names_in(expr) & meant.keys() else expr
