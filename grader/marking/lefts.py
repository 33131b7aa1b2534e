"""What an equation gives a right value to, where that is not what is asked for: `v_0 = 4.95 m/s`, `1/V = 2∠-30° V`."""

from __future__ import annotations

import re

from grader.kinds._given_sides import is_of_given
from grader.kinds._quantities import LETTERS, alike, measures
from grader.kinds._usual_symbols import name_of, usual_symbols
from grader.model.expressions import Call, Expr, Name, Num, Op, Relation, Unit, names_in, walk
from grader.model.patterns import later
from grader.model.rubrics import Part
from grader.notation.printing import show
from grader.notation.reading import Claim
from grader.notation.signs import GREEK
from grader.prepare.parts import PreparedPart

_TITLE = later(
    r"\s*(?:(?:find|compute|calculate|determine|give|state)\s+)?(?:the\s+)?"
    r"(?:(?!part|problem|question|task|exercise|section|figure|case|plan|option|of|for|in|with|by|to|and)"
    r"[a-z]{3,}\s+){0,2}\$?(?P<symbol>[A-Za-z])\$?\s*[.:?]?\s*",
    re.IGNORECASE,
)
_OTHER_INDEX = frozenset("0 x y z i bar overline mean avg av before initial ini start".split())
_INDEXED = re.compile(r"(?P<base>[A-Za-z]+?)(?:_(?P<index>\w+)|(?P<digits>\d+))?")
_CHANGES = frozenset("conjugate det inv transpose rank trace".split())


def symbol_of(part: Part) -> str:
    """The letter that is asked for: the name of the answer, or the end of a title, "The phasor V"; "" for none."""
    if len(part.name) == 1 or part.name in GREEK:
        return part.name
    titled = _TITLE.fullmatch(part.title) if part.title else None
    return titled["symbol"] if titled is not None else ""


def other_left(claim: Claim, prepared: PreparedPart, cut: bool = False) -> str:
    """What an equation gives the value to, if it is not what is asked for.

    Of a left side that is `cut` only its last factors were read.
    """
    expr = claim.expr
    left = expr.operands[0] if isinstance(expr, Relation) and expr.ops[0] in ("=", "~") else None
    if left is None or isinstance(left, Num):
        return ""
    asked, turned = symbol_of(prepared.part), _is_complex(expr)
    other = (turned and _is_changed(left)) or _is_of_unit(left, prepared, turned) or _is_of_error(left)
    other = other or (prepared.kind is not None and prepared.kind.name == "number" and _is_multiple(left, prepared))
    other = other or (bool(prepared.part.title) and _is_before(left, prepared.part.title))
    rank = getattr(getattr(prepared.expected, "values", None), "ndim", 0)
    other = other or is_of_given(left, expr, prepared.given, rank)
    other = other or (not cut and _is_made_of(left, prepared))
    usual = name_of(left) in usual_symbols(prepared.part.title)
    return show(left) if other or (asked and not usual and _is_other(left, asked, turned)) else ""


def _is_other(left: Expr, asked: str, turned: bool) -> bool:
    """Whether a left side is another letter, the asked one with an index of something else, or made of it."""
    if isinstance(left, Name):
        found = _INDEXED.fullmatch(left.name)
        if found is None:
            return asked in left.name and left.name != asked  # y'
        if found["base"] == asked:
            return (found["index"] or found["digits"] or "") in _OTHER_INDEX
        return len(found["base"]) == 1 or found["base"] in GREEK
    if isinstance(left, Call):
        return left.function in _CHANGES or (turned and left.function in ("abs", "norm"))
    return isinstance(left, Op) and asked in names_in(left) and not _is_argument(left, asked)


def _is_before(left: Expr, title: str) -> bool:
    """`v_0`, where the title asks for no initial speed."""
    return isinstance(left, Name) and left.name in ("v0", "v_0") and _BEGINS.search(title.casefold()) is None


_BEGINS = later(r"initial|start|launch|throw|muzzle|take.?off|0")


def _is_argument(left: Op, asked: str) -> bool:
    """`V(t)`, which reads as a product."""
    first = left.args[0]
    return left.op == "mul" and len(left.args) == 2 and isinstance(first, Name) and first.name == asked


def _is_complex(expr: Expr | None) -> bool:
    nodes = list(walk(expr)) if expr is not None else []
    imaginary = any(isinstance(node, Name) and node.name in ("i", "j") for node in nodes)
    return imaginary or any(isinstance(node, Op) and node.op == "angle" for node in nodes)


def _is_changed(left: Expr) -> bool:
    """A conjugate, an inverse or an absolute value, where the value itself is a complex number."""
    if isinstance(left, Name):
        return left.name.endswith(("_bar", "_overline", "_conj"))
    if isinstance(left, Call):
        return left.function in ("abs", "norm", "conjugate")
    inverse = isinstance(left, Op) and left.op == "div" and isinstance(left.args[0], Num)
    return inverse or (isinstance(left, Op) and left.op == "pow")


def _is_multiple(left: Expr, prepared: PreparedPart) -> bool:
    """`E/2 = 12.3 J`, and `2t = 0.505 s`, where the letter is read as a unit."""
    if not isinstance(left, Op) or left.op not in ("mul", "div") or len(left.args) != 2:
        return False
    numbers = [arg for arg in left.args if isinstance(arg, Num)]
    others = [arg for arg in left.args if not isinstance(arg, Num)]
    letter = others[0] if len(numbers) == len(others) == 1 else None
    if isinstance(letter, Unit):
        rule = prepared.expected.rule
        return len(letter.text.strip()) == 1 and rule is not None and not alike(letter.text, rule.measure)
    first = left.op == "div" or left.args[0] in numbers  # but v(2) is read as v times 2
    return first and isinstance(letter, Name) and letter.name not in ("pi", "e", "i", "j")


def _is_made_of(left: Expr, prepared: PreparedPart) -> bool:
    """`2π f_c = 3.39 kHz`, `cos φ = 60°`, `τ ln 2 = 4.7 ms`: a number that is made of what is asked for alone."""
    part = prepared.part
    symbols = {*part.quantities, *usual_symbols(part.title)} - {""}
    names = names_in(left) - {"pi", "e", "i", "j"}
    if prepared.kind is None or prepared.kind.name != "number" or len(names) != 1 or not names <= symbols:
        return False
    if isinstance(left, Call):
        return left.function not in ("abs", "norm")
    return (
        isinstance(left, Op)
        and left.op in ("mul", "div", "add", "sub", "pow", "neg")
        and not _is_argument(left, *names)
    )


def _is_of_error(left: Expr) -> bool:
    """`2 Δg`, several times an uncertainty."""
    nodes = list(walk(left)) if isinstance(left, Op) and left.op in ("mul", "div") else []
    error = any(isinstance(node, Name) and node.name.lower() == "delta" for node in nodes)
    return error and any(isinstance(node, Num) for node in nodes)


def _is_of_unit(left: Expr, prepared: PreparedPart, turned: bool) -> bool:
    """Whether a letter of alternating current measures something else: Y = 3 + 4j ohm."""
    rule = getattr(prepared.expected, "rule", None)
    inner = left.args[0] if isinstance(left, Call) and len(left.args) == 1 else left
    if rule is None or not turned or not isinstance(inner, Name) or inner.name not in LETTERS:
        return False
    return not measures(LETTERS[inner.name], rule.measure)


def without_index(name: str) -> str:
    """A letter without its index: v of v_0."""
    found = _INDEXED.fullmatch(name)
    return found["base"] if found is not None else name
