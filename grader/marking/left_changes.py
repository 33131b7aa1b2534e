r"""Left sides that make a right value another one: `\nabla f(2, 1) =` for the point (1, 2), `f''(x) =`, `A = UL`."""

from __future__ import annotations

import re
from collections.abc import Callable

from grader.kinds.kind import View
from grader.model.patterns import later
from grader.model.results import Finding
from grader.model.rubrics import Part

_NEAR = 60  # characters
_CLAUSE = later(r"[,;:.]\s|[$\n]|\\\[|\\\(|(?<=[\w)])\s+(?=(?:is|are|and|we|so)\b)")
_NUMBERS = r"\(\s*(?P<at>-?\d[\d.]*(?:\s*,\s*-?\d[\d.]*)*)\s*(?:\\right)?\)"
_CALL = later(rf"(?:[A-Za-z}}]|'|\\nabla)\s*(?:\\left)?{_NUMBERS}\Z")
_POINT = later(rf"\b(?:at|in|for|through)\s+\$?(?:\\left)?{_NUMBERS}")
_TWICE = later(r"'{2,3}|′{2,3}|″|\\prime\s*\\prime|\\?frac\s*\{\s*d\^|\\ddot|\bd\^\{?[2-9]\}?")
_INTEGRAL = later(r"\\int(?![A-Za-z])|∫")
_CONJUGATE = later(r"\^\s*\{?\s*(?:\*|\\ast)\s*\}?\s*\Z|\\(?:overline|bar|conj)\s*\{?\s*[A-Za-z]")
_WITH_RESPECT = later(r"\\[dt]?frac\s*\{\s*d[^{}]*\}\s*\{\s*d\s*(?P<to>[a-z])\s*\}|\bd\s?[a-z]?\s?/\s?d(?P<by>[a-z])\b")
_DERIVATIVE = re.compile(r"(?<!anti)(?<!anti-)derivative|ableitung")
_LETTER = later(r"(?<![A-Za-z\\])[a-z](?![a-z])")
_SHIFTED = later(r"[A-Za-z]_\{?\s*[a-z]\s*[-+]\s*\d\s*\}?\Z")
_FUNCTION = later(r"(?P<of>[A-Za-z])\s*(?:\(\s*[a-z]\s*\))?")
_CROSS = later(
    r"\\?(?:vec|mathbf)?\s*\{?(?P<a>[A-Za-z])\}?\s*(?:\\times|×|x)\s*\\?(?:vec|mathbf)?\s*\{?(?P<b>[A-Za-z])\}?"
)


def left_change(part: Part, finding: Finding, view: View) -> str:
    """The left side of the equation that a right value ends, where it is that of something else; "" otherwise."""
    if not finding.spans or not part.title:
        return ""
    text, (start, stop) = view.answer.document.text, (view.base + place for place in finding.spans[0])
    typed = _CLAUSE.split(text[max(view.base, start - _NEAR) : start])[-1] + text[start:stop]
    left, sign, right = typed.strip(" $").rpartition("$")[2].partition("=")
    said = left.strip(" $&")
    if not sign or not said:
        return ""
    if part.kind in _OF_VALUES and _is_function_of(said, part):
        return said
    asked = " ".join((part.title, part.about, part.name, *part.labels, *part.quantities))
    return said if any(check(said, asked, right, finding) for check in _CHECKS) else ""


_OF_VALUES = frozenset(["number", "array", "set"])
_APPLIED = later(
    r"(?:\A|\b(?:so|hence|thus|and|then|the|with)\s+)"
    r"\\?(?P<word>log|ln|lg|exp|sin|cos|tan|cot|arcsin|arccos|arctan|sqrt|max|min|Delta|Δ|δ|√)(?![A-Za-z])"
    r"[\s({]*\\?[^\W\d_]+[\u0300-\u036f]?(?:_\{?\w+\}?)?(?:\([^()]*\))?[)}]?\Z"
)
_CHANGE = ("change", "differen", "rise", "gain", "error", "uncertain", "increase", "decrease", "loss", "drop", "width")
_MEANT = {"cos": ("factor",), "ln": ("log",), "lg": ("log",), "√": ("root",), "sqrt": ("root",)}


def _is_function_of(left: str, part: Part) -> bool:
    """`log b =`, where b is asked for, and `x - mu =`, where x is."""
    asked = " ".join((part.title, part.about, part.name, *part.labels, *part.quantities)).casefold()
    applied = _APPLIED.search(left)
    if applied is not None:
        word = applied["word"].casefold()
        known = _CHANGE if word in ("delta", "δ") else _MEANT.get(word, ())
        return word not in asked and not any(one in asked for one in known)
    summed = _SUM.fullmatch(left)
    return summed is not None and any(one in part.quantities for one in summed.group("first", "last"))


_SUM = later(r"(?P<first>[^\s=+\-(){}\\]{1,8})\s*[-+−]\s*(?P<last>[^\s=+\-(){}\\]{1,8})")  # x̄ - μ


def _at_another_point(left: str, asked: str, _right: str, _finding: Finding) -> bool:
    r"""`\nabla f(2, 1) =`, where the question has "at (1, 2)"."""
    own, wanted = _CALL.search(left), [_bare(found["at"]) for found in _POINT.finditer(asked)]
    return own is not None and bool(wanted) and _bare(own["at"]) not in wanted


def _bare(numbers: str) -> str:
    return re.sub(r"\s", "", numbers)


def _of_another_order(left: str, asked: str, right: str, _finding: Finding) -> bool:
    """`f'' =`, `∫ f =` and `dy/dt =`, where a derivative is asked for that is none of these."""
    words = asked.casefold()
    if _DERIVATIVE.search(words) is None:
        return False
    if _TWICE.search(left) is not None:
        return re.search(r"second|zweite|third|higher|twice|partial|mixed|\bn-?th|''|d\^", words) is None
    if _INTEGRAL.search(left) is not None:
        return "integra" not in words and "int" not in words
    by = _WITH_RESPECT.search(left)
    letter = "" if by is None else by["to"] or by["by"]
    return bool(letter) and letter not in {*_LETTER.findall(right), *_LETTER.findall(words)}


def _of_another_term(left: str, asked: str, _right: str, _finding: Finding) -> bool:
    """`a_{n+1} =`, where the question is about a_n, and `f(x) =`, where it is about the derivative of f."""
    shifted, name = _SHIFTED.search(left), _FUNCTION.fullmatch(left)
    if shifted is not None and _set_solid(shifted[0]) not in _set_solid(asked):
        return True
    if name is None or _DERIVATIVE.search(asked.casefold()) is None:
        return False
    return re.search(rf"\bof \$?{name['of']}(?![\w'])", asked) is not None


def _set_solid(text: str) -> str:
    return re.sub(r"[\s{}]", "", text)


def _exchanged(left: str, asked: str, _right: str, _finding: Finding) -> bool:
    """`b \\times a =`, where the question has a x b."""
    found = _CROSS.fullmatch(left)
    wanted = _CROSS.search(asked) if found is not None else None
    return found is not None and wanted is not None and found.group("a", "b") == wanted.group("b", "a")


def _conjugated(left: str, asked: str, _right: str, finding: Finding) -> bool:
    """`Z^* =` before a complex number."""
    turned = isinstance(finding.value, complex) and _CONJUGATE.search(left) is not None
    return turned and re.search(r"conj|bar|\*|optim", asked.casefold()) is None


_CHECKS: tuple[Callable[[str, str, str, Finding], bool], ...] = (
    _at_another_point,
    _of_another_order,
    _of_another_term,
    _exchanged,
    _conjugated,
)
