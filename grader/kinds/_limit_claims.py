"""What an answer says of indices, each of them by its name: `k1 = 0, 1 / k2 = 0, 1`, `(k1, k2) in {0, 1}^2`."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from contextlib import suppress
from itertools import pairwise

from grader.kinds._grids import in_grids
from grader.kinds._limit_values import index_name
from grader.kinds._limit_words import SAME
from grader.kinds._pairs_listed import of_pairs_listed
from grader.kinds.kind import View
from grader.maths.repairs import rename
from grader.model.errors import Unreadable
from grader.model.expressions import Bound, Expr, Group, Name, Num, Op, Reduce, Relation, children, names_in, spelled
from grader.model.patterns import later
from grader.notation.reading import Claim, Reading
from grader.notation.sums import read_bounds

_BOTH = later(r"\b(both|each|all|every|indices|beide|jeweils|alle|ambos|los dos|les deux)\b")


def claims_about(wanted: tuple[str, ...], view: View, reading: Reading) -> Iterator[Claim]:
    """The claims of an answer, in order, those about several indices taken apart."""
    for claim in _apart(_without_others(_without_counts(_answering(view, reading))), wanted):
        yield from (
            _of_pair(claim, wanted) or of_pairs_listed(claim, wanted) or _of_both(claim, wanted, reading) or (claim,)
        )


def _without_counts(claims: Sequence[Claim]) -> list[Claim]:
    """The claims but for a number that counts the values behind it: "both sums have just the two terms 0 and 1"."""
    found: list[Claim] = []
    counted = ""
    for claim, following in zip(claims, [*claims[1:], None], strict=False):
        before = f"{counted} {claim.before}".strip()
        behind = following.before if following is not None and following.sentence == claim.sentence else ""
        if isinstance(claim.expr, Num) and _TERMS.match(behind):
            counted = before
            continue
        found.append(claim._replace(before=before) if counted else claim)
        counted = ""
    return found


_TERMS = later(r"(terms?|values?|summands?|indices)\b")


def with_names_first(claims: Sequence[Claim], wanted: tuple[str, ...]) -> tuple[Claim, ...]:
    """The claims with each index before its values where all stand behind: "0 to 1 for k1 and 0..2 for k2"."""
    if any(isinstance(claim.expr, Op) for claim in claims):
        claims = _with_ranges_named(claims, wanted)
    runs: list[list[Claim]] = [[]]
    for claim in claims:
        name = isinstance(claim.expr, Name) and claim.expr.name in wanted
        if name and not runs[-1] and len(runs) > 1 and SAME.search(claim.before):
            runs[-1:] = [[claim], []]
            continue
        if name and not (_FOR.search(claim.before) and len(runs[-1]) > 1):
            return tuple(claims)
        run = runs[-1]
        if not run and not _BEGUN.fullmatch(claim.before):  # "not 0 to 1 for k1"
            return tuple(claims)
        begun = claim if run else claim._replace(before="from")
        runs[-1] = [claim._replace(before=""), *run] if name else [*run, begun]
        runs += [[]] if name else []
    ranges = all(all(isinstance(one.expr, Num) for one in run[1:]) and len(run) in (1, _WITH_ENDS) for run in runs[:-1])
    return tuple(one for run in runs for one in run) if ranges and not runs[-1] and len(runs) > 2 else tuple(claims)


def _with_ranges_named(claims: Sequence[Claim], wanted: tuple[str, ...]) -> list[Claim]:
    """The claims with `k1 = 0..1` for "0..1 for k1"."""
    found: list[Claim] = []
    for claim in claims:
        last = found[-1] if found else None
        first = found[-2] if len(found) > 1 else None
        if last is None or not _is_named(claim, wanted, _FOR) or not _is_range(last) or _is_named(first, wanted):
            found.append(claim)
            continue
        place = (last.place[0], claim.place[1])
        found[-1] = last._replace(expr=Relation((claim.expr, last.expr), ("=",), place), place=place)
    return found


def _is_range(claim: Claim) -> bool:
    return isinstance(claim.expr, Op) and claim.expr.op == "range"


def _is_named(claim: Claim | None, wanted: tuple[str, ...], words: re.Pattern[str] | None = None) -> bool:
    """Whether a claim is one of the indices alone, behind these words."""
    alone = claim is not None and isinstance(claim.expr, Name) and claim.expr.name in wanted
    return alone and (words is None or (claim is not None and words.search(claim.before) is not None))


def with_ends_named(claims: Sequence[Claim], after: str) -> tuple[Claim, ...]:
    """The claims with "0 is the lower limit and 1 the upper one" as "from 0 to 1"; `after` are the last words."""
    found = list(claims)
    behind = (*(claim.before for claim in claims[1:]), after)
    for at, (low, high) in enumerate(pairwise(claims)):
        numbers = isinstance(low.expr, Num) and isinstance(high.expr, Num)
        alone = not any(isinstance(other.expr, Num | Relation) for other in claims[at + 2 :])
        if numbers and alone and _IS_LOWER.fullmatch(high.before) and _IS_UPPER.match(behind[at + 1]):
            found[at : at + 2] = [low._replace(before=f"{low.before} from"), high._replace(before="to")]
            if at + 2 < len(found):
                rest = _IS_UPPER.sub("", behind[at + 1], count=1)
                found[at + 2] = found[at + 2]._replace(before=rest)
    return tuple(found)


def bounds_in(expr: Expr | None) -> Iterable[Bound]:
    """Every index with limits that an expression states: in relations and under sum signs."""
    waiting: list[Expr] = [expr] if expr is not None else []
    while waiting:
        node = waiting.pop(0)
        if isinstance(node, Reduce):
            yield from (bound for bound in node.bounds if bound.high is not None)
        if isinstance(node, Relation):
            with suppress(Unreadable):  # a relation that limits no index
                yield from (b for b in read_bounds([node], None) if b.high is not None or b.low is not None)
        waiting.extend(children(node))


def in_other_letters(claims: Sequence[Claim], wanted: tuple[str, ...]) -> tuple[Expr, Expr] | None:
    """The range of as many letters of the writer's own, `0 <= u <= 1, 0 <= v <= 1`, if it is one for all of them.

    Not of i and j, which elsewhere are the places of the result.
    """
    found = [bound for claim in claims for bound in bounds_in(claim.expr)]
    ranges = {bound.index: (bound.low, bound.high) for bound in found}
    ends = {tuple(spelled(end) if end is not None else "" for end in limits) for limits in ranges.values()}
    if len(ranges) != len(wanted) or len(ends) != 1 or "" in next(iter(ends)) or ranges.keys() & _PLACES:
        return None
    low, high = next(iter(ranges.values()))
    return (low, high) if low is not None and high is not None else None


_PLACES = frozenset(["i", "j", "j1", "j2"])


def said_of_both(claims: Sequence[Claim]) -> list[tuple[Expr, Expr]]:
    """The ranges that words give both indices, wherever: "k1 = 0, 1 and ..., so in the end both go from -1 to 1"."""
    return [
        (low.expr, high.expr)
        for low, high in pairwise(claims)
        if low.expr is not None and high.expr is not None and not isinstance(low.expr, Relation)
        if _BOTH_FROM.search(low.before) and _TO_END.fullmatch(high.before)
    ]


_BOTH_FROM = later(r"\b(?:both|each|sums?|they|it|indices|limits|all)\b[^.;\n]{0,40}\b(?:from|between)\s*\Z")
_TO_END = later(r"\s*(?:to|up to|and|until|through)\s*")
_END = r"(?: (?:limit|bound|value|end|one))?"
_IS_LOWER = later(rf"\s*(?:is|as)? ?(?:always )?the (?:lower|first|smallest){_END},? ?(?:and|,)\s*")
_IS_UPPER = later(rf"\s*(?:is|as)? ?(?:always )?the (?:upper|last|largest|biggest){_END}(?: limits?)?")
_FOR = later(r"^\W*for(?: the)?(?: index)?\s*\Z", holds=("for",))
_BEGUN = later(r"\W*(?:and)?\W*(?:from|so|between)?\W*")
_WITH_ENDS = 3


def _without_others(claims: Sequence[Claim]) -> Iterator[Claim]:
    """The claims but for what brackets say of other indices, "(i from 0 to 4 and j from 0 to 3)", and "two values"."""
    others, said = False, ""
    for claim, following in zip(claims, [*claims[1:], None], strict=False):
        others = claim.aside and (others or _OTHER.search(claim.before) is not None or _is_letter(claim))
        counts = following is not None and isinstance(claim.expr, Num) and _VALUES.match(following.before)
        if not others and not counts:
            yield claim._replace(before=f"{said} {claim.before}".strip()) if said else claim
        said = claim.before if counts else ""


_VALUES = later(r"\s*(?:(?:whole|possible|integer) )?(?:values|numbers|integers|possibilities)\b")


def names_others(used: Sequence[Claim], wanted: tuple[str, ...], reading: Reading) -> bool:
    """Whether limits are said of other letters: "i from 0 to 1 and j from 0 to 1", where k1 and k2 are asked.

    Beside what is said of k1 and k2 they matter only where they follow: the last range may be taken for theirs.
    """
    if any(_RANGES_OF_OTHERS.search(claim.before) for claim in reading.claims if not claim.aside):
        return True
    if any(_restricts(claim.expr, wanted) for claim in reading.claims):
        return True
    if any(claim.expr is not None and names_in(claim.expr) & {*wanted} for claim in reading.claims):
        return False
    pairs = pairwise((None, *reading.claims))
    return any(other in used and (_is_letter(one) or _OTHER.search(other.before)) for one, other in pairs if other)


def _restricts(expr: Expr | None, wanted: tuple[str, ...]) -> bool:
    """Whether a relation ties two of the indices to each other: `k_1 + k_2 \\le 1`, `k_1 \\ne k_2`."""
    if not isinstance(expr, Relation):
        return False
    sums = (operand for operand in expr.operands if isinstance(operand, Op))
    together = any(len(names_in(operand) & {*wanted}) > 1 for operand in sums)
    alone = [operand.name for operand in expr.operands if isinstance(operand, Name) and operand.name in wanted]
    return together or (len(set(alone)) > 1 and set(expr.ops) != {"="})


def _is_letter(claim: Claim | None) -> bool:
    return claim is not None and isinstance(claim.expr, Name) and claim.expr.name in _LETTERS


_RANGES_OF_OTHERS = later(
    r"(?:^|[\s,;(])(?:[xwz]|[ij](?:\s*(?:,|and)\s*[ij])?)(?:'s values)?\s*(?:is |goes |go |runs? |ranges? |lies? )*"
    r"(?:from|between)\b"
)
_LETTERS = frozenset("ijklmnpq")
_OTHER = later(r"(?:^|\W)[ijklmnpq] (?:is |goes |runs |ranges )*(?:from|in|between)\s*$")


def _answering(view: View, reading: Reading) -> tuple[Claim, ...]:
    """The claims; of a row of a table those in the first cell with an equation: "k1 = 0..1 | W is 2 by 2"."""
    claims = view.claims(reading)
    if grid := in_grids(view, claims):
        claims = tuple(claim for claim in claims if claim.place not in grid)
    block = view.answer.blocks[0] if view.answer.blocks else None
    ends = [run.span.start for run in block.runs if run.kind == "cell"] if block and block.kind == "row" else []
    for end in ends:
        if any(isinstance(claim.expr, Relation) and claim.place[0] < end for claim in claims):
            return tuple(claim for claim in claims if claim.place[0] < end)
    return claims


def _apart(claims: Iterable[Claim], wanted: tuple[str, ...]) -> Iterator[Claim]:
    """ "k1: 0 to 1 / k2: 0 to 1": a slash before an index separates, it does not divide."""
    for claim in claims:
        expr = claim.expr
        if isinstance(expr, Op) and expr.op == "div" and index_name(expr.args[1]) in wanted:
            for part in expr.args:
                before = claim.before if part is expr.args[0] else "/"
                yield claim._replace(expr=part, place=part.place, before=before, joined=False)
        elif (run_on := _run_on(expr, wanted)) is not None:  # k1 0-1 k2 0-1
            dashed, index = run_on
            yield claim._replace(expr=dashed, place=dashed.place)
            yield claim._replace(expr=index, place=index.place, before="", joined=False)
        elif isinstance(expr, Relation) and _FROM_OR_TO.search(claim.before) and _is_chain(expr, wanted):  # k1 = k2 = 0
            for one_index in expr.operands[:-1]:
                one = Relation((one_index, expr.operands[-1]), ("=",), expr.place)
                yield claim._replace(expr=one, joined=claim.joined and one_index is expr.operands[0])
        elif isinstance(expr, Relation) and (pair := _runs_into(expr, wanted)) is not None:  # k1=0,1 k2=0,1
            yield claim._replace(expr=pair[0], place=pair[0].place)
            named = Relation((pair[1], *expr.operands[1:]), expr.ops, (pair[1].place[0], expr.place[1]))
            yield claim._replace(expr=named, place=named.place, before="", joined=False)
        elif isinstance(expr, Reduce) and (listed := _summed_over(expr, wanted)) is not None:  # sum over k1=0,1
            yield claim._replace(expr=listed[0], place=listed[0].place)
            yield claim._replace(expr=listed[1], place=listed[1].place, before=",", joined=True)
        elif (parts := _slashed(expr, wanted)) is not None and isinstance(expr, Relation):  # k1 = 0, 1 / k2 = 0, 1
            value, index = parts
            yield claim._replace(expr=value, place=value.place)
            named = Relation((index, *expr.operands[1:]), expr.ops, (index.place[0], expr.place[1]))
            yield claim._replace(expr=named, place=named.place, before="/", joined=False)
        else:
            yield claim


_FROM_OR_TO = later(r"\b(from|to|until|through)\s*\Z")


def _is_chain(expr: Relation, wanted: tuple[str, ...]) -> bool:
    """Whether several indices are given one value."""
    named = len(expr.operands) > 2 and all(index_name(one) in wanted for one in expr.operands[:-1] if one is not None)
    return named and set(expr.ops) == {"="} and isinstance(expr.operands[-1], Num)


def _run_on(expr: Expr | None, wanted: tuple[str, ...]) -> tuple[Expr, Expr] | None:
    """Of `0-1 k2` the difference and the index that follows it."""
    minus = expr.args[1] if isinstance(expr, Op) and expr.op == "add" and len(expr.args) == 2 else None
    product = minus.args[0] if isinstance(minus, Op) and minus.op == "neg" else None
    if not isinstance(expr, Op) or not isinstance(product, Op) or product.op != "mul" or product.sign:
        return None
    number, index = product.args[0], product.args[-1]
    if len(product.args) != 2 or not isinstance(number, Num) or index_name(index) not in wanted:
        return None
    place = (expr.place[0], number.place[1])
    return Op("add", (expr.args[0], Op("neg", (number,), number.place)), place), index


def _runs_into(expr: Relation, wanted: tuple[str, ...]) -> tuple[Expr, Expr] | None:
    """Of `1 k2 = 0` the last value of the index before, and the next index."""
    first = expr.operands[0]
    if not isinstance(first, Op) or first.op != "mul" or first.sign or len(first.args) != 2:
        return None
    number, index = first.args
    return (number, index) if isinstance(number, Num) and index_name(index) in wanted else None


def _summed_over(expr: Reduce, wanted: tuple[str, ...]) -> tuple[Expr, Expr] | None:
    """Of "sum over k1 = 0, 1" what is said of the index, and its next value: nothing is summed there."""
    if len(expr.bounds) != 1:  # "max 1" has none
        return None
    bound = expr.bounds[0]
    if bound.index not in wanted or bound.high is not None or not isinstance(expr.body, Num):
        return None
    if not isinstance(bound.low, Num) or expr.body.value != bound.low.value + 1:
        return None
    index = Name(bound.index, bound.place)
    return Relation((index, bound.low), ("=",), (bound.place[0], bound.low.place[1])), expr.body


def _slashed(expr: Expr | None, wanted: tuple[str, ...]) -> tuple[Expr, Expr] | None:
    first = expr.operands[0] if isinstance(expr, Relation) else None
    if isinstance(first, Op) and first.op == "div" and index_name(first.args[1]) in wanted:
        return first.args[0], first.args[1]
    return None


def _of_pair(claim: Claim, wanted: tuple[str, ...]) -> tuple[Claim, ...]:
    """`(k1, k2) in {0, 1}^2` as one membership for each, and of a product of sets as well; () for anything else."""
    expr = claim.expr
    pair, sets = expr.operands if isinstance(expr, Relation) and expr.ops == ("in",) else (None, None)
    names = pair.items if isinstance(pair, Group) and pair.brackets == "()" else ()
    if len(names) < 2 or not all(index_name(name) in wanted for name in names) or not isinstance(sets, Op):
        return ()
    count = len(names)
    powered = sets.op == "pow" and isinstance(sets.args[1], Num) and sets.args[1].value == count
    each = (sets.args[0],) * count if powered else sets.args if sets.op in ("mul", "cross") else ()
    if len(each) != count or not all(isinstance(one, Group) and one.brackets == "{}" for one in each):
        return ()
    members = [
        Relation((name, one), ("in",), (name.place[0], one.place[1])) for name, one in zip(names, each, strict=True)
    ]
    return tuple(claim._replace(expr=member, joined=claim.joined and not k) for k, member in enumerate(members))


def _of_both(claim: Claim, wanted: tuple[str, ...], reading: Reading) -> tuple[Claim, ...]:
    """ "Both indices: 0 <= k <= 1" for k1 and k2; () if the letter is not theirs, or nobody says both."""
    letters = {name.rstrip("0123456789") for name in wanted}
    said = names_in(claim.expr) if isinstance(claim.expr, Relation) else frozenset()
    if len(letters) != 1 or len(wanted) < 2 or said & letters != letters or said & {*wanted}:
        return ()
    if not _BOTH.search(reading.words):
        return ()
    (letter,) = letters
    return tuple(claim._replace(expr=rename(claim.expr, {letter: name})) for name in wanted if claim.expr is not None)
