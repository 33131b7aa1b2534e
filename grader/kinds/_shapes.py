"""Finds the shapes of an answer: those that an expression lists, and those that are spoken ("5 by 4")."""

from __future__ import annotations

import re
from collections.abc import Mapping
from math import prod

from grader.kinds._axis_counts import without_counts
from grader.kinds._choosing import Candidate, rank
from grader.kinds._crossed_thousands import with_thousands
from grader.kinds._lengths import lengths_of, only_words
from grader.kinds._shape_doubts import side_of
from grader.kinds._shapes_declared import declared
from grader.kinds._shapes_given import STATED
from grader.kinds._unbracketed import bracketed
from grader.kinds.kind import View
from grader.model.expressions import Call, Expr, Group, Name, Num, Op, Relation, Text
from grader.model.patterns import later
from grader.notation.reading import Claim, Reading


def _looks(expr: Expr | None) -> int:
    """A product with stars or dots may be a shape, but brackets and crosses say so more clearly."""
    last = expr.operands[-1] if isinstance(expr, Relation) else expr
    return -6 if isinstance(last, Op) and last.op == "mul" and last.sign != "×" else 0


def _is_products_result(expr: Expr | None) -> bool:
    """`46*62*20 = 57040`, `(240*10 = 2400)` and `2400 = 240*10` count elements; they do not give a shape."""
    if isinstance(expr, Group) and len(expr.items) == 1:
        expr = expr.items[0]
    if not isinstance(expr, Relation) or len(expr.operands) < 2:
        return False
    return any(_is_number(operand) for operand in (expr.operands[0], expr.operands[-1])) and any(
        isinstance(operand, Op) and operand.op in ("mul", "cross") and not _is_number(operand)
        for operand in expr.operands
    )


def _with_their_count(claims: tuple[Claim, ...], rank: int) -> list[Candidate]:
    """`5 × 4 = 20`: as many lengths as are asked for, with crosses, and behind them how many elements that makes."""
    found = []
    for claim in claims:
        equation = isinstance(claim.expr, Relation) and claim.expr.ops == ("=",)
        left, right = claim.expr.operands if equation and isinstance(claim.expr, Relation) else (None, None)
        if isinstance(left, Op) and left.op == "cross" and isinstance(right, Num):
            lengths = tuple([length for length in left.args if isinstance(length, Num)])
            whole = len(lengths) == len(left.args) and prod(one.value for one in lengths) == right.value
            found.append((claim, lengths if whole else ()))
    return [Candidate(claim, lengths) for claim, lengths in found if len(lengths) == rank and len(found) == 1]


def _is_number(expr: Expr | None) -> bool:
    """One number, perhaps with a power of ten: `7.5 * 10^9`."""
    if isinstance(expr, Op) and expr.op in ("mul", "cross") and len(expr.args) == 2:
        power = expr.args[1]
        ten = power.args[0] if isinstance(power, Op) and power.op == "pow" else None
        return isinstance(expr.args[0], Num) and isinstance(ten, Num) and ten.value == 10
    return isinstance(expr, Num)


def _joined_by(claims: tuple[Claim, ...], rank: int, text: str) -> list[tuple[Claim, tuple[Expr, ...]]]:
    """Shapes spoken as "5 by 4", or as "5 rows and 4 columns" when nothing else is there."""
    counted, claims = without_counts(claims, text)
    runs: list[list[Claim]] = []
    for claim in claims:
        if not isinstance(claim.expr, Num | Name | Op | Call):
            continue
        by = re.search(r"(^|\b)(by|x|times)$", claim.before.strip()) is not None and "\n" not in claim.before
        if runs and by and (not claim.aside or isinstance(claim.expr, Op | Call)):  # B by (1 + floor(n/s)) by C
            runs[-1].append(claim)
        else:
            runs.append([claim])
    spoken = [run for run in runs if len(run) == rank > 1]
    for sentence in dict.fromkeys(claim.sentence for claim in claims if not spoken):
        numbers = [claim for claim in claims if claim.sentence == sentence and isinstance(claim.expr, Num)]
        spoken += [numbers] if len(numbers) == rank > 1 else []
        spoken += [] if spoken else _with_products(claims, sentence, rank)
    spoken = spoken or [run for run in runs if len(run) > 1]
    pairs = (_rows_and_columns(claims) or _by_sides(claims)) if rank == 2 else []
    spoken = spoken or _worked_out_in_turn(claims, rank)
    if pairs and spoken and pairs[-1][0].place > spoken[-1][-1].place:  # a 2 by 2 window, so 5 rows and 4 columns
        spoken = []
    spoken = [_rows_first(run, claims) for run in spoken if run not in pairs] + pairs
    spoken = [run for run in spoken if counted in (0, len(run))]
    return [(_merged(run), tuple(claim.expr for claim in run if claim.expr is not None)) for run in spoken]


def _rows_and_columns(claims: tuple[Claim, ...]) -> list[list[Claim]]:
    """ "6 rows and 5 columns ... which leaves 5 rows and 4 columns": a number before each of the two words."""
    found = []
    for left, right, following in zip(claims, claims[1:], [*claims[2:], None], strict=False):
        between = _BETWEEN.fullmatch(right.before)
        behind = following is None or _COLUMN.match(following.before.strip())
        pair = [_ending(left), _ending(right)] if between and behind else []
        if pair and all(isinstance(one.expr, Num) for one in pair):
            found.append(pair)
    return found


def _ending(claim: Claim) -> Claim:
    """The result of "6 - 2 + 1 = 5 rows", and of "samples 2400 = 240 * 10"."""
    if not isinstance(claim.expr, Relation) or set(claim.expr.ops) != {"="}:
        return claim
    first, last = claim.expr.operands[0], claim.expr.operands[-1]
    return claim._replace(expr=first if isinstance(first, Num) and not isinstance(last, Num) else last)


def _worked_out_in_turn(claims: tuple[Claim, ...], rank: int) -> list[list[Claim]]:
    """ "N - K + 1 = 6 - 2 + 1 = 5" and below "M - L + 1 = 4": nothing but a chain for each length."""
    ends = [claim.expr.operands[-1] for claim in claims if isinstance(claim.expr, Relation)]
    worked = len(ends) == len(claims) == rank > 1 and all(isinstance(end, Num) for end in ends)
    if not worked or any(re.search(r"[a-z]{3}", claim.before) for claim in claims):
        return []
    starts = (claim.expr.operands[0] for claim in claims if isinstance(claim.expr, Relation))
    if not all(isinstance(start, Op) for start in starts):
        return []
    return [[claim._replace(expr=end) for claim, end in zip(claims, ends, strict=True)]]


def _by_sides(claims: tuple[Claim, ...]) -> list[list[Claim]]:
    """ "H = 6-2+1 = 5, W = 4", "rows: 5, columns: 4" and "5-by-4", each length with its place."""
    for claim in claims:
        by, length = _BY.search(claim.before), claim.expr
        if by is not None and isinstance(length, Op) and length.op == "neg" and isinstance(length.args[0], Num):
            start = claim.place[0] - len(by.group())
            first = Num(int(by[1]), (start, start + len(by[1])), by[1])
            return [[claim._replace(expr=first, place=first.place), claim._replace(expr=length.args[0])]]
    sides = {side: [claim for claim in claims if side_of(claim) == side] for side in ("high", "wide")}
    if any(len(found) != 1 for found in sides.values()):
        return []
    pair = [sides["high"][0], sides["wide"][0]]
    return [[one._replace(expr=one.expr.operands[-1] if isinstance(one.expr, Relation) else one.expr) for one in pair]]


_BY = re.compile(r"\b(\d+)-by\Z")


def _with_products(claims: tuple[Claim, ...], sentence: int, rank: int) -> list[list[Claim]]:
    """ "1000 images of 256x256 pixels and 3 channels": numbers and products that have the right count together."""
    listed: list[Claim] = []
    for claim in claims:
        if claim.sentence != sentence or claim.aside:
            continue
        if isinstance(claim.expr, Group) or _COUNTS_AXES.search(claim.before):
            return []
        if not listed and isinstance(claim.expr, Name):  # "Z has 46 x 62 pixels and 20 channels"
            continue
        ending = _ending(claim).expr  # of "240*10 = 2400 samples"
        lengths = (ending,) if isinstance(ending, Num) else lengths_of(claim.expr, rank)
        if lengths is None or not all(isinstance(length, Num) for length in lengths):
            return []
        listed += [claim._replace(expr=length, place=length.place) for length in lengths]
    return [listed] if len(listed) == rank > 2 else []


_COUNTS_AXES = later(r"\b(axes|axis|dim(ension)?s?|rank|kernels?|stride|padding)\b")  # "3 axes: 1000x256x256"
_BETWEEN = later(r"\s*(?:rows?|lines?)( and|,| x| by)?\s*")
_ROW, _COLUMN = re.compile(r"\b(rows?|heights?|high)\b"), re.compile(r"\b(col(umn)?s?|widths?|wide)\b")


def _rows_first(run: list[Claim], claims: tuple[Claim, ...]) -> list[Claim]:
    """ "4 columns and 5 rows", "width 4, height 5": the words say which length comes first."""
    if len(run) != 2:
        return run
    told = [claim for claim in claims if claim.sentence == run[0].sentence]  # "width of Z is 4, height of Z is 5"
    first = " ".join(claim.before for claim in told if claim.place <= run[0].place).split(".")[-1]
    between = " ".join(claim.before for claim in told if run[0].place < claim.place <= run[1].place) or run[1].before
    if _COLUMN.search(first) and _ROW.search(between):
        return run[::-1]
    if _COLUMN.search(between) and not _ROW.search(between.split("and")[0]) and not _ROW.search(first):
        return run[::-1]
    return run


def _merged(run: list[Claim]) -> Claim:
    exprs = tuple(claim.expr for claim in run if claim.expr is not None)
    place = (min(claim.place[0] for claim in run), max(claim.place[1] for claim in run))
    first = min(run, key=lambda claim: claim.place)
    return Claim(Group("()", exprs, place), place, first.before, first.joined, first.aside, first.boxed, first.block)


def _without_axes(found: list[Candidate]) -> list[Candidate]:
    """`1000 x 3 x 256 x 256 (N, C, H, W)`: letters directly behind as many numbers name their axes."""
    kept: list[Candidate] = []
    for candidate in found:
        last = kept[-1] if kept else None
        named = all(map(_is_word, candidate.value))
        alike = last is not None and candidate.claim.joined and len(candidate.value) == len(last.value)
        if named and alike and last is not None and all(isinstance(length, Num) for length in last.value):
            continue
        kept.append(candidate)
    return kept


def _is_word(length: Expr) -> bool:
    """Whether a length is the name of an axis: channel, R/G/B."""
    if isinstance(length, Op) and length.op == "div":
        return all(map(_is_word, length.args))
    return isinstance(length, Name | Text)


def candidates_of(rank_asked: int, view: View) -> tuple[Reading, list[Candidate]]:
    """Every shape in an answer, each with the lengths it lists."""
    reading = view.reading(grouping=False, cross_separates=True)
    return reading, view.gathered("shapes", reading, lambda: _candidates(rank_asked, view, reading), rank_asked)


def _candidates(rank_asked: int, view: View, reading: Reading) -> list[Candidate]:
    single = with_thousands(view.claims(reading))
    claims = bracketed(single, min(rank_asked, _LISTED)) if rank_asked > 1 else single
    said = _with_subjects(claims)
    found = [
        Candidate(claim, lengths, rank(full) + _nearness(len(lengths), rank_asked) + _looks(claim.expr))
        for claim, full in zip(claims, said, strict=True)
        if (lengths := lengths_of(claim.expr, rank_asked)) is not None and not _is_products_result(claim.expr)
    ]
    found = [candidate for candidate in found if not _names_array(candidate.value, view.names)]
    worded = [candidate for candidate in found if only_words(candidate.value)]
    found = [candidate for candidate in found if candidate not in worded]
    numbers = any(isinstance(length, Num) for candidate in found for length in candidate.value)
    found = [candidate for candidate in found if not (numbers and _only_names(candidate.value, view.names))]
    places = [candidate for candidate in found if _only_indices(candidate.value, view.names)]
    found = [candidate for candidate in found if candidate not in places]
    found = [one for one in found if not _MAKES_ROOM.search(one.claim.before)] or found
    found = [one for one in found if not _GENERAL.search(one.claim.before)] or found
    found = [_rounded(one, reading, view) for one in _without_sources(_without_axes(found))]
    found = found or [Candidate(claim, lengths, rank(claim)) for claim, lengths in declared(single, rank_asked)]
    if not any(len(c.value) == rank_asked for c in found):
        text = view.answer.document.text[view.base :]
        spoken = [Candidate(claim, lengths, rank(claim)) for claim, lengths in _joined_by(single, rank_asked, text)]
        spoken = spoken or _with_their_count(single, rank_asked)
        whole = [one.claim.place for one in spoken if len(one.value) == rank_asked]
        found = [one for one in found if not any(a <= one.claim.place[0] < b for a, b in whole)] + spoken
        found = _without_stretches(found, rank_asked)
    return found or worded or places  # 40 by 80 by 2400 (recording, channel, sample)


_GENERAL = later(r"\b(?:in general|generally|for the general case)\b[^.\d]{0,30}\Z", holds=("general",))
_MAKES_ROOM = later(r"= *(np|numpy)\. ?(zeros|empty)\W*\Z", holds=("zeros", "empty"))  # filled and told of below


def _nearness(count: int, asked: int) -> int:
    """What speaks for a list that has as many lengths as are asked for, or nearly so."""
    return _EXACT if count == asked else max(0, 2 - abs(count - asked))


_EXACT = 6  # more than the "are" of "(40, 2400, 80): ... Time samples are 240 x 10"
_LISTED = 3


def _only_indices(lengths: tuple[Expr, ...], names: Mapping[str, int]) -> bool:
    """`(i, j)`: where something stands, rather than how large it is."""
    small = (isinstance(length, Name) and length.name[:1].islower() and length.name not in names for length in lengths)
    return all(small)


def _names_array(lengths: tuple[Expr, ...], names: Mapping[str, int]) -> bool:
    """The 5 and the W of "X is 6 by 5, W is 2 by 2": a given array is no length."""
    return any(isinstance(length, Name) and names.get(length.name, 0) > 0 for length in lengths)


def _only_names(lengths: tuple[Expr, ...], names: Mapping[str, int]) -> bool:
    """ "46x62x20 (Z and U have the same shape)": beside numbers, names that nobody declared are no lengths."""
    return all(isinstance(length, Name) and length.name not in names for length in lengths)


def _with_subjects(claims: tuple[Claim, ...]) -> list[Claim]:
    """ "Therefore Z is 5x4": what stands before the name of the array counts as before its shape."""
    found = []
    for before, claim in zip([None, *claims], claims, strict=False):
        named = before is not None and isinstance(before.expr, Name) and before.sentence == claim.sentence
        if named and before is not None and STATED.fullmatch(claim.before.strip()):
            claim = claim._replace(before=f"{before.before} {claim.before}")
        found.append(claim)
    return found


def _without_stretches(found: list[Candidate], rank_asked: int) -> list[Candidate]:
    """ "(256, 256, 3), the picture is 256 by 256": what only says some of the lengths of a list again is no answer."""
    lists = [one for one in found if isinstance(one.claim.expr, Group) and len(one.value) <= rank_asked]
    return [one for one in found if not any(_is_stretch(one, other) for other in lists)] if lists else found


def _is_stretch(one: Candidate, whole: Candidate) -> bool:
    """Whether a list before it in its sentence holds these lengths side by side, and others."""
    follows = one.claim.place > whole.claim.place and one.claim.sentence == whole.claim.sentence
    if not follows or not all(isinstance(length, Num) for length in one.value):
        return False
    said = [getattr(length, "value", None) for length in one.value]
    listed = [getattr(length, "value", None) for length in whole.value]
    starts = range(len(listed) - len(said) + 1)
    return len(said) < len(listed) and any(listed[at : at + len(said)] == said for at in starts)


def _without_sources(found: list[Candidate]) -> list[Candidate]:
    """ "The shape goes from (B, N, C) to (B, M, C)", "(B, N, C) -> (B, M, C)": what it goes from is not the answer."""
    return [
        one
        for one, after in zip(found, [*found[1:], None], strict=False)
        if not (after and _goes_on(one.claim, after.claim))
    ]


_BECOMES = later(r"\W*(?:becomes?|turns into|shrinks to|is reduced to|reduces to|goes to)\W*")  # 6x5 becomes 5x4


def _goes_on(one: Claim, after: Claim) -> bool:
    if one.before.endswith("from"):
        return after.before.strip() in ("to", "into")
    if _BECOMES.fullmatch(after.before) and one.sentence == after.sentence:
        return True
    arrow = after.before.strip() == "=>" and one.sentence == after.sentence
    return arrow and (not one.before.strip() or (one.before.endswith((",", ":", ".")) and not one.joined))


def _rounded(one: Candidate, reading: Reading, view: View) -> Candidate:
    """ "(B, N/s, C), rounded up", "(B, N/s rounded up, C)": quotients that words behind or inside make whole."""
    if "rounded" not in view.answer.text:
        return one
    following = next((claim for claim in reading.claims if claim.place > one.claim.place), None)
    said = _ROUNDED.match(following.before if following is not None else reading.after)
    said = said or _ROUNDED_INSIDE.search(view.answer.text, *one.claim.place)
    if said is None:
        return one
    function = "ceil" if said[1] == "up" else "floor"
    lengths = tuple(
        Call(function, (length,), length.place) if isinstance(length, Op) and length.op == "div" else length
        for length in one.value
    )
    return one._replace(value=lengths)


_ROUNDED_INSIDE = later(r"\brounded (up|down)\b")
_ROUNDED = later(r"[\s,;(]*(?:(?:each|all|both|which|is|are|and|with|all) )*rounded (up|down)\b")
