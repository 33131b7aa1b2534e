"""Compares two written formulas: reads both, settles what only the pair can settle, and decides."""

from __future__ import annotations

import re
from collections.abc import Mapping
from functools import partial

from grader.equality.alike import told_alike
from grader.equality.components import as_components, is_marked
from grader.equality.congruences import compare_congruences
from grader.equality.conjugates import with_conjugates
from grader.equality.decide import decide
from grader.equality.entries import leaves_out
from grader.equality.entrywise import by_entries
from grader.equality.fields import are_evaluated, with_fields
from grader.equality.gathered import agree_as_matrices
from grader.equality.iterated import compare_iterated
from grader.equality.keys import ordered_key
from grader.equality.letters import is_algebra_of_matrices
from grader.equality.lines import compare_lines
from grader.equality.logarithms import with_one_logarithm
from grader.equality.multiples import is_linear
from grader.equality.namings import named_anew, values_of_same
from grader.equality.progressions import compare_families, equal_when_renamed, other_parameter
from grader.equality.raised import may_go_on, with_whole_exponents
from grader.equality.readings import has_decimal_comma, retold, unnamed, with_points
from grader.equality.roles import CONSTANTS
from grader.equality.scalars import NOTHING, Habits
from grader.equality.signals import with_signals
from grader.equality.slashes import Side, with_slashes
from grader.equality.slopes import substitute, with_function
from grader.equality.solutions import compare_general_solutions
from grader.equality.spans import compare_spans
from grader.equality.structures import declared, read_structures
from grader.equality.tensors import compare_indexed
from grader.equality.variants import one_spelling
from grader.equality.vectors import compare_vectors
from grader.equality.verdicts import DIFFERENT, EQUAL, UNDECIDED, UNREADABLE, Comparison, Found
from grader.maths.customs import all_below
from grader.model.errors import Undecided, Unreadable
from grader.model.expressions import Expr, Group, Index, Name, Op, Reduce, Relation, names_in, walk
from grader.notation.claims import find_claims
from grader.notation.dialect import USUAL_FUNCTIONS, Dialect
from grader.notation.formula import functions_in, read_formula, words_in
from grader.notation.printing import show
from grader.notation.typesetting import latex

_TURNING = re.compile(r"(?<![A-Za-z])e\s*\^\s*\{[^{}]*(?<![A-Za-z])I(?![A-Za-z])[^{}]*\}")  # e^{I\\pi}
_START = (0, 0)
LONGEST_TEXT = 20_000
_VECTORS = re.compile(r"\\(?:vec|mathbf|boldsymbol|bm|pmb|odot|otimes|wedge|operatorname\{tr|nabla)\b|[⊙@⊗]|\btr\b")
_MARKED_GREEK = re.compile(r"\\(?:vec|mathbf|boldsymbol|bm|pmb)\s*\{?\s*(?:\\[a-z]|[α-ω])")
_THOUSANDS_IN_LIST = re.compile(r"[(\[{][^()\[\]{}]*\d,0\d\d(?!\d)")


def compare_as_typed(
    gold: str, answer: str, python: bool = False, assume: str = "", typeset: bool = False
) -> Comparison:
    """Whether an answer says the same as the gold formula, each as it stands; the options are those of `compare`."""
    show_as = partial(_shown, typeset=typeset)
    structures = read_structures(assume) if assume else {}
    dialect = Dialect(
        free=True,
        words=words_in(gold) | words_in(answer),
        functions=USUAL_FUNCTIONS | functions_in(gold, answer),
        units=True,
    )
    if (spans := compare_spans(gold, answer, dialect)) is not None:
        return Comparison(spans.verdict, spans.reason, gold, answer)
    sides: list[Side] = []
    for text, which in ((gold, "gold"), (answer, "answer")):
        try:
            sides.append(_read(text, dialect, names_in(sides[0].expr) if sides else frozenset()))
        except Undecided as error:
            shown = show_as(sides[0].expr) if sides else ""
            return Comparison(UNDECIDED, f"the {which}: {error.message}", shown)
        except Unreadable as error:
            shown = show_as(sides[0].expr) if sides else ""
            return Comparison(UNREADABLE, _complaint(which, text, error), shown, "", (error.start, error.stop))
    one, other = sides
    if python:
        one, other = (side._replace(expr=_with_constants(side.expr, one.expr)) for side in (one, other))
    alike = told_alike((one.expr, one.text), (other.expr, other.text))
    one, other = one._replace(expr=alike[0]), other._replace(expr=alike[1])
    try:
        found, one, other = with_slashes(one, other, lambda a, b: _settled(a, b, dialect, structures))
    except RecursionError:
        found = Found(UNDECIDED, "this is nested too deeply to be compared")
    if found.verdict == EQUAL and bool(_THOUSANDS_IN_LIST.search(gold)) != bool(_THOUSANDS_IN_LIST.search(answer)):
        found = Found(UNDECIDED, "a comma with three digits behind it may separate thousands or entries")
    if found.verdict == EQUAL and other.only_for:
        found = Found(UNDECIDED, f"it is said for {other.only_for} only")
    place = (other.start, other.start + len(other.text.rstrip()))
    return Comparison(found.verdict, found.reason, show_as(one.expr), show_as(other.expr), place)


def _settled(one: Side, other: Side, dialect: Dialect, structures: Mapping[str, str]) -> tuple[Found, Side, Side]:
    """The verdict, and the two sides as they were read for it."""
    if not structures and (vectors := _of_vectors(one, other)) is not None:
        return vectors, one, other
    found = _decide(one, other, structures)
    if found.verdict == EQUAL:
        reason = _uncertain(one, other, structures)
        return Found(UNDECIDED, reason) if reason else found, one, other
    for pair in _other_readings(one, other, dialect):
        again = _reconsidered(_decide(*pair, structures), *pair)
        named = any(_links(side) > _links(told) for side, told in zip((one, other), pair, strict=True))
        named = named and isinstance(pair[0].expr, Relation) == isinstance(pair[1].expr, Relation)
        if again.verdict == EQUAL or (named and found.verdict == UNDECIDED and again.verdict == DIFFERENT):
            return again, *pair
    told = with_one_logarithm(one.expr, other.expr)
    for compare_as in (compare_indexed, compare_general_solutions):
        if (settled := compare_as(*told, Habits(frozenset(), structures))) is not None:
            return settled, one, other
    return _reconsidered(found, one, other), one, other


def _of_vectors(one: Side, other: Side) -> Found | None:
    """The verdict on formulas with vectors that are marked as such in both; None where none are."""
    if "\\" not in one.text + other.text:
        return None
    return compare_vectors(one.expr, other.expr, (one.text, other.text))


def _shown(expr: Expr, typeset: bool) -> str:
    """A formula as it was read; nothing where it is nested too deeply to be shown."""
    try:
        return latex(expr) if typeset else show(expr)
    except RecursionError:
        return ""


def _with_constants(expr: Expr, gold: Expr) -> Expr:
    """An expression with the constants E and I of sympy, where the gold formula has them."""
    for letter, constant in (("E", "e"), ("I", "i")):
        if letter in names_in(gold):
            expr = substitute(expr, letter, Name(constant, _START))
    return expr


def _reconsidered(found: Found, one: Side, other: Side) -> Found:
    """A difference that rests on one of two customs is for a person, or none."""
    if found.verdict != DIFFERENT:
        return found
    names = names_in(one.expr) | names_in(other.expr)
    if "j" in names and "i" not in names and "j" not in indices_in(one.expr) | indices_in(other.expr):
        again = decide(*settle(one, other), Habits(frozenset(["i", "j"])))
        if again.verdict == EQUAL:
            return again
    if other_parameter(one.expr, other.expr, Habits(), decide):
        return Found(EQUAL, "they differ in the name of the parameter")
    if equal_when_renamed(one.expr, other.expr, Habits(), decide):
        return Found(UNDECIDED, "they are equal if the letter in which they differ is any whole number")
    if any(may_go_on(side.text) for side in (one, other)):
        first, second = (side._replace(expr=with_whole_exponents(side.expr)) for side in (one, other))
        if (first.expr, second.expr) != (one.expr, other.expr) and _decide(first, second).verdict == EQUAL:
            return Found(UNDECIDED, "they are equal if all that follows the exponent stands in it")
    if any("/" in side.text for side in (one, other)):
        below = [all_below(side.expr) for side in (one, other)]
        for pair in ((below[0], other.expr), (one.expr, below[1])):
            if (
                pair != (one.expr, other.expr)
                and _decide(one._replace(expr=pair[0]), other._replace(expr=pair[1])).verdict == EQUAL
            ):
                return Found(UNDECIDED, "they are equal if all that follows the slash stands below it")
    return found


def _complaint(which: str, text: str, error: Unreadable) -> str:
    piece = text[error.start : error.stop].strip()
    where = f" at `{piece[:40]}`" if piece and piece not in error.message else ""
    return f"the {which} cannot be read{where}: {error.message}"


def _read(text: str, dialect: Dialect, asked: frozenset[str]) -> Side:
    """The claim of a text. Raises Unreadable, with offsets into the text, if none of it can be read.

    `asked`: letters of the gold formula, for which a definition in the answer puts no value.
    """
    if len(text) > LONGEST_TEXT:
        raise Unreadable("this text is too long to be read")
    first: Unreadable | None = None
    for claim in find_claims(text):
        try:
            formula = read_formula(claim.text, dialect)
        except RecursionError:
            raise Unreadable("this is nested too deeply to be read") from None
        except Unreadable as error:
            if has_decimal_comma(claim.text):  # 1 234,5
                try:
                    return Side(claim.text, read_formula(with_points(claim.text), dialect).expr)
                except Unreadable:
                    pass
            moved = Unreadable(error.message, error.start + claim.start, error.stop + claim.start, error.expected)
            first = first or moved
            continue
        expr, only_for = by_entries(formula.expr), ""
        for definition in formula.where:
            name, value = definition.operands[0], definition.operands[-1]
            if isinstance(name, Name) and isinstance(value, Name) and name.name == value.name:
                continue  # "where lam = λ", which both are lambda
            if isinstance(name, Name) and name.name in asked:
                only_for = show(definition)
            elif isinstance(name, Name) and value is not None and definition.ops == ("=",):
                expr = substitute(expr, name.name, value)
            elif (applied := with_function(expr, definition)) is not None:
                expr = applied
            else:  # a condition, "where n > 1", is part of what is said
                expr = Group("", (expr, definition), (expr.place[0], definition.place[1]))
        return Side(claim.text, expr, claim.start, only_for)
    assert first is not None
    raise first


def _decide(gold: Side, answer: Side, structures: Mapping[str, str] = NOTHING) -> Found:
    try:
        one, other = settle(gold, answer)
    except Undecided as error:
        return Found(UNDECIDED, error.message)
    habits = Habits(_imaginary(gold, answer) - frozenset(structures), structures)
    try:
        families = compare_congruences(one, other, habits, decide) or compare_iterated(one, other)
        families = families or compare_lines(one, other) or compare_families(one, other, habits, decide)
    except Undecided as error:
        return Found(UNDECIDED, error.message)
    return families or decide(one, other, habits)


# -- what only the pair can settle -----------------------------------------------------------------------------


def _imaginary(gold: Side, answer: Side) -> frozenset[str]:
    """Letters that stand for the imaginary unit: i, but for an index; j beside an i."""
    indices = indices_in(gold.expr) | indices_in(answer.expr)
    names = names_in(gold.expr) | names_in(answer.expr)
    if is_marked(gold.text, answer.text):
        return frozenset()
    found = {"i"} - indices
    if "j" in names and "j" not in indices and found and ("i" in names or _has_angle(gold, answer)):
        found.add("j")
    if _python_constant("I", gold, answer) and found:
        found.add("I")
    return frozenset(found)


def _has_angle(*sides: Side) -> bool:
    """Whether a phasor stands in a formula: 5∠53° is 3 + 4j."""
    return any(isinstance(node, Op) and node.op == "angle" for side in sides for node in walk(side.expr))


def indices_in(expr: Expr) -> frozenset[str]:
    """Names that count: indices of sums, and what stands in subscripts."""
    found: set[str] = set()
    for node in walk(expr):
        if isinstance(node, Reduce):
            found.update(bound.index for bound in node.bounds)
        elif isinstance(node, Index):
            found.update(name for index in node.indices for name in names_in(index))
    return frozenset(found)


def _python_constant(letter: str, gold: Side, answer: Side) -> bool:
    """Whether a capital stands for a constant: on one side alone, which is typed as for a computer, with stars."""
    for one, other in ((gold, answer), (answer, gold)):
        if letter in names_in(one.expr) and letter not in names_in(other.expr):
            typed = (letter == "I" and _TURNING.search(one.text)) or (
                "\\" not in one.text and re.search(rf"\*\s*{letter}\b|\b{letter}\s*\*|,\s*{letter}\s*\)", one.text)
            )
            return bool(typed)
    return False


def settle(gold: Side, answer: Side) -> tuple[Expr, Expr]:
    """Both sides with one meaning for `E`, for bars and for `log`."""
    one, other = with_signals((gold.expr, gold.text), (answer.expr, answer.text))
    one, other = as_components(*with_fields(one, other), (gold.text, answer.text))
    one, other = one_spelling(one, other)
    if _python_constant("E", gold, answer):
        one, other = (substitute(expr, "E", Name("e", expr.place)) for expr in (one, other))
    return with_one_logarithm(*with_conjugates(one, other))


def _other_readings(gold: Side, answer: Side, dialect: Dialect) -> list[tuple[Side, Side]]:
    """The pair with one side told in another way, where something suggests it."""
    found: list[tuple[Side, Side]] = []
    for one, other in ((gold, answer), (answer, gold)):
        pair = (one.expr, one.text, other.expr, other.text)
        sides = [one._replace(expr=expr) for expr in (*retold(*pair, dialect), *named_anew(*pair, dialect))]
        found += [(side, answer) if one is gold else (gold, side) for side in sides]
    if (values := values_of_same(gold.expr, answer.expr)) is not None:
        found.append((gold._replace(expr=values[0]), answer._replace(expr=values[1])))
    for one, other in list(found):  # P(A) = 0.7, and 0.5 + 0.2 = 0.7
        if one is gold and (value := unnamed(one.expr, other.expr)) is not None:
            found.append((one._replace(expr=value), other))
        elif other is answer and (value := unnamed(other.expr, one.expr)) is not None:
            found.append((one, other._replace(expr=value)))
    return found


def _links(side: Side) -> int:
    """How many relations a side is a chain of: A^{-1} = ... has one, its value none."""
    return len(side.expr.ops) if isinstance(side.expr, Relation) else 0


def _uncertain(gold: Side, answer: Side, structures: Mapping[str, str]) -> str:
    """Why an equality may not be one: vectors, whose products do not commute."""
    if leaves_out(gold.expr) != leaves_out(answer.expr):
        return "whether the value that is left out is one of those that are summed is not certain"
    if not any(_VECTORS.search(side.text) for side in (gold, answer)):
        return ""
    if is_algebra_of_matrices(gold.expr) or is_algebra_of_matrices(answer.expr) or _as_vectors(gold, answer):
        return ""
    if are_evaluated(gold.expr, answer.expr):
        return ""
    if structures and declared(structures, names_in(gold.expr) | names_in(answer.expr)):
        return ""
    if not any(_MARKED_GREEK.search(side.text) for side in (gold, answer)) and all(
        is_linear(side.expr) for side in (gold, answer)
    ):
        return ""
    sides = unnamed(gold.expr, answer.expr) or gold.expr, unnamed(answer.expr, gold.expr) or answer.expr
    one, other = one_spelling(*sides)
    if agree_as_matrices(one, other):  # (A + B)^2 = A^2 + AB + BA + B^2
        return ""
    if ordered_key(one) != ordered_key(other) and (product_signs(one) or product_signs(other)):
        return "they are equal for numbers, but these may be vectors or matrices, whose products are not"
    return ""


def _as_vectors(gold: Side, answer: Side) -> bool:
    """Whether both were compared as lists of components."""
    pair = (gold.expr, answer.expr)
    return as_components(*pair, (gold.text, answer.text)) != pair


def product_signs(expr: Expr) -> frozenset[str]:
    """The signs of products in which letters stand on both sides."""
    return frozenset(
        node.sign
        for node in walk(expr)
        if isinstance(node, Op) and node.op == "mul" and all(names_in(arg) - CONSTANTS for arg in node.args)
    )
