"""Lists under the name of a part: `Z = [46, 62, 10, 20]` answers for Z, though a shape of three axes is asked."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from grader.model.expressions import Expr, Group, Op, Relation
from grader.model.patterns import later
from grader.notation.reading import Claim

Found = dict[tuple[int, int], Claim]
_SMALL = frozenset(
    "is are has have of the a an one size shape shaped dimension dimensions with being and while".split()
)
_COUNTS = later(r"\s*(?!and\b|but\b|while\b|like\b|so\b|for\b|both\b|as\b|too\b|also\b)[a-z]{3}")  # 46 x 62 pixels


def listed_under_names(
    claims: Sequence[Claim],
    after: str,
    named: Callable[[Expr | None], int | None],
    said: Callable[[str], set[int]],
    spoken: bool,
) -> Found:
    """What stands under a part's own name, by place, whether or not its kind looks for such a list.

    `named` gives the part that an expression names, `said` those that words name; `after` are the words behind the
    last claim. With `spoken` also what the words before it name: "Z is 46x62x10x20".
    """
    found: Found = {}
    behind = [*[claim.before for claim in claims[1:]], after]
    for claim, above, words in zip(claims, [None, *claims], behind, strict=False):
        expr = claim.expr
        if isinstance(expr, Relation):
            is_list = set(expr.ops) == {"="} and isinstance(expr.operands[-1], Group)
            mine = is_list and named(expr.operands[0]) is not None
        elif not spoken or not _is_list(expr) or _COUNTS.match(words):
            continue
        else:
            others = _beyond_small(claim.before)
            subject = above is not None and above.block == claim.block and not _beyond_small(above.before)
            mine = len(said(" ".join(others))) == len(others) == 1
            mine = mine or (not others and subject and above is not None and named(above.expr) is not None)
        if mine:
            found[claim.place] = claim
    return found


def _is_list(expr: Expr | None) -> bool:
    return (isinstance(expr, Group) and len(expr.items) > 1) or (isinstance(expr, Op) and expr.op == "cross")


def _beyond_small(words: str) -> set[str]:
    return {word for raw in words.split() if (word := raw.strip(":,;.")) not in _SMALL} - {""}
