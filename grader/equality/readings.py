"""A side of a pair told in another way: without what only names its value, `\\det A = -2`, "320 parameters"."""

from __future__ import annotations

import re
from contextlib import suppress

from grader.equality.decide import kind_of
from grader.equality.keys import key
from grader.equality.normal import signed
from grader.equality.walker import constant_exponent
from grader.model.errors import Unreadable
from grader.model.expressions import Call, Expr, Group, Name, Num, Op, Relation, names_in, walk
from grader.notation.dialect import Dialect
from grader.notation.formula import read_formula
from grader.notation.respelled import with_plus_minus

# A quantity of what stands in brackets or bars: it has a value, which the right side gives.
_QUANTITIES = frozenset(
    "det trace rank nullity dim norm arg Arg re im Var Cov Corr var cov nabla grad div curl deg std Std SD E P".split()
)
_SQUARED = frozenset(["s", "sigma", "R", "chi"])  # s^2 is the name of a variance
_COMPLEX = frozenset(["z", "w"])  # |z| is asked for; |x| = 3 is an equation
_WORD = re.compile(  # a closed list: "wrong: 5", "double: 5" and "square = 9" say something else than 5 and 9
    r"\s*\$?\s*(?:\\(?:text|mathrm|operatorname)\s*\{)?(?P<word>answer|result|value|total|accuracy|precision|recall|variance"
    r"|expectation|probability|determinant|trace|rank|nullity|dimension|Var|Cov|Corr|SD|Std|dim|lim|limit|slope|area|volume|length|distance|MSE|loss)\}?"
    r"(?:\s*[(\[]\s*[A-Za-z][A-Za-z0-9_,| ]{0,12}[)\]])?\s*(?:=|\\approx|≈|:)\s*(?=\S)"
)
_NOUN = re.compile(  # what is counted, where nothing else could be: 12 apples are no 12
    r"(?<=[\d)}\]!])\s+(?P<noun>parameters?|weights|values|ways|elements|entries|terms|outcomes|possibilities|combinations"
    r"|permutations|arrangements|solutions|multiplications|additions|operations|flops|neurons|iterations|steps"
    r"|trainable parameters|free parameters|different ways)\s*\.?\s*\Z"
)


def retold(expr: Expr, text: str, other: Expr, other_text: str, dialect: Dialect) -> list[Expr]:
    """The ways in which one side of a pair may be meant, beside that in which it was read."""
    found = [unnamed(expr, other), with_both_signs(expr), as_values_of_one(expr, other)]
    single = has_decimal_comma(text) and kind_of(other) in ("scalar", "quantity")
    texts = (
        with_points(text) if single else "",
        with_plus_minus(text) if "+" in text and _has_both_signs(other) and not _has_both_signs(expr) else "",
        crossed(text, other),
        without_name(text, other_text),
        without_argument(text, other_text),
        without_noun(text, other_text),
        apart(text),
    )
    for said in texts:
        with suppress(Unreadable):
            found.append(read_formula(said, dialect).expr if said else None)
    return [one for one in found if one is not None]


def unnamed(expr: Expr, other: Expr) -> Expr | None:
    """The value of an equation whose left side is the name of a quantity; None for any other.

    Nothing of the name may occur in the value, nor in the other side: `\\det A = \\det B` says more than a value.
    """
    if not isinstance(expr, Relation) or set(expr.ops) - {"=", "~"} or isinstance(other, Relation):
        return None
    left, value = expr.operands[0], expr.operands[-1]
    if left is None or value is None or not _is_quantity(left):
        return None
    if not _named_in(left) & (names_in(value) | names_in(other)):
        return value
    return value if isinstance(left, Call) and _is_rule_for(left, value, other) else None


def _is_rule_for(left: Call, value: Expr, other: Expr) -> bool:
    """Whether `\\det(cA) = c^n \\det A` says what a quantity is, in terms of others; `\\det A = \\det B` says more."""
    if left.function not in _QUANTITIES and not left.function.startswith("nabla"):
        return False
    if any(isinstance(side, Call) and side.function == left.function for side in (value, other)):
        return False
    return all(key(node) != key(left) for side in (value, other) for node in walk(side) if isinstance(node, Call))


def _is_quantity(left: Expr) -> bool:
    if isinstance(left, Call):
        inner = left.args[0] if left.args else None
        if left.function == "abs":
            response = isinstance(inner, Call) and len(inner.function) == 1
            return response or (isinstance(inner, Name) and (inner.name in _COMPLEX or inner.name.isupper()))
        function = left.function.rstrip("'")
        known = left.function in _QUANTITIES or left.function.startswith("nabla")
        return known or (len(function) == 1 and function.isalpha())
    if isinstance(left, Op) and left.op == "pow":
        base, power = left.args
        if isinstance(base, Name) and base.name.isupper() and constant_exponent(power) == -1:
            return True  # A^{-1} = [[1, 2], [3, 4]]
        return isinstance(base, Name) and base.name in _SQUARED and isinstance(power, Num) and power.value == 2
    return False


def _named_in(left: Expr) -> frozenset[str]:
    """The letters of a name that the value must be free of: of `y(t)` that is y alone."""
    if isinstance(left, Call) and left.function in ("abs", "arg") and isinstance(left.args[0], Call):
        left = left.args[0]
    if isinstance(left, Call) and len(left.function.rstrip("'")) == 1:
        return frozenset([left.function.rstrip("'")])
    return names_in(left)


def as_values_of_one(expr: Expr, other: Expr) -> Expr | None:
    """`λ1 = 5, λ2 = 2` as the values 5 and 2 of λ, where the other side says `λ = 2, 5`; None for anything else."""
    first = other.items[0] if isinstance(other, Group) and other.brackets == "" and len(other.items) > 1 else None
    stem = first.operands[0] if isinstance(first, Relation) and first.ops == ("=",) else None
    if not isinstance(stem, Name) or not isinstance(expr, Group) or expr.brackets != "" or len(expr.items) < 2:
        return None
    values: list[Expr] = []
    for item in expr.items:
        name = item.operands[0] if isinstance(item, Relation) and item.ops == ("=",) else None
        named = isinstance(name, Name) and name.name != stem.name and name.name.rstrip("0123456789_") == stem.name
        value = item.operands[1] if named and isinstance(item, Relation) else None
        if value is None:
            return None
        values.append(value)
    values[0] = Relation((stem, values[0]), ("=",), values[0].place)
    return Group("", tuple(values), expr.place)


def without_name(text: str, other: str) -> str:
    """The text behind a word that names it, "accuracy = 80/100", where the other side has no such word; "" for none."""
    found = _WORD.match(text)
    if found is None or "=" in other or found["word"].lower() in other.lower():
        return ""
    return text[found.end() :].rstrip().removesuffix("$")


def without_argument(text: str, other: str) -> str:
    """`y(x) = ...` as `y = ...`, where the other side says it so; "" for anything else."""
    found, plain = _APPLIED.match(text), _PLAIN.match(other)
    return text[: found.start(2)] + text[found.end(2) :] if found and plain and found[1] == plain[1] else ""


_APPLIED = re.compile(r"[\s$]*([A-Za-z])\s*((?:\\left)?\s*\(\s*[A-Za-z](?:\s*,\s*[A-Za-z])*\s*(?:\\right)?\))\s*=(?!=)")
_PLAIN = re.compile(r"[\s$]*([A-Za-z])\s*=(?!=)")


def without_noun(text: str, other: str) -> str:
    """The text before a word that says what is counted, "320 parameters"; "" for none, or where both have it."""
    found = _NOUN.search(text)
    if found is None or found["noun"].split()[0] in other.lower() or "\\" in text[found.start() :]:
        return ""
    return text[: found.start()]


def apart(text: str) -> str:
    """The text with `\\sin\\theta\\, t` as `\\sin(\\theta) t`, as the blank may say; "" where there is none such."""
    found = _APART.sub(r"\1(\2) ", text)
    return found if found != text else ""


_APART = re.compile(
    r"(\\(?:sin|cos|tan|cot|sec|csc|ln|log|sinh|cosh|tanh))\s*(\\[A-Za-z]+|[A-Za-z])\s*\\[,;:]\s*(?=[A-Za-z\\])"
)


def with_both_signs(expr: Expr) -> Expr | None:
    """A list with both values of each `a \\pm b` as members of their own; None for what is no such list.

    `x = \\pm 1, \\pm i` and `x \\in \\{\\pm 1, \\pm i\\}` list values of x.
    """
    if isinstance(expr, Relation) and expr.ops == ("in",) and isinstance(expr.operands[0], Name):
        return None if expr.operands[1] is None else with_both_signs(expr.operands[1])
    if not isinstance(expr, Group) or expr.brackets not in ("", "{}") or not expr.items:
        return None
    first, *rest = expr.items
    if isinstance(first, Relation) and first.ops == ("=",) and isinstance(first.operands[0], Name):
        if first.operands[1] is None or any(isinstance(item, Relation) for item in rest):
            return None
        first = first.operands[1]
    items: list[Expr] = []
    for item in (first, *rest):
        items += [signed(item, upper=True), signed(item, upper=False)] if _has_both_signs(item) else [item]
    return expr._replace(items=tuple(items)) if len(items) > len(expr.items) else None


def _has_both_signs(expr: Expr) -> bool:
    return any(isinstance(node, Op) and node.op in ("pm", "mp") for node in walk(expr))


def has_decimal_comma(text: str) -> bool:
    """Whether a text is a number with a comma that may be a decimal one: 3,14 or 1.234,5."""
    return _DECIMAL_COMMA.fullmatch(text.strip()) is not None


def with_points(text: str) -> str:
    """A number typed with a decimal comma, 1.234,5, in the other custom."""
    return _AS_POINT.sub(".", _BLANK.sub("", text))


def crossed(text: str, other: Expr) -> str:
    """The text with each x between numbers as a cross, where nothing on the other side is called x; "" for none."""
    found = _CROSS.sub("×", text) if "x" in text or "X" in text else text
    left = re.search(r"[xX]", found.replace("\\exp", ""))
    return "" if found == text or "x" in names_in(other) or left else found


_DECIMAL_COMMA = re.compile(
    r"[$\s]*[-+−]?(?!\d{1,3},\d{3}\b)(?:\d+|\d{1,3}(?:[\s.]\d{3})+),\d+"
    r"(?:\s*(?:\\cdot|\\times|[*·×])\s*10\s*\^\s*[-\d{}]+)?[$\s]*"
)
_CROSS = re.compile(r"(?<=\d)\s+[xX]\s+(?=\d)|(?<=\d)[xX](?=10\^)")  # 1.5 x 10^3
_AS_POINT, _BLANK = re.compile(r"(?<=\d),(?=\d)"), re.compile(r"(?<=\d)[\s.](?=\d{3}(?!\d))")
