"""The texts of a pair told in another way, which only the two of them together suggest."""

from __future__ import annotations

import re

from grader.equality.clocks import without_clocks
from grader.equality.distributions import compare_distributions
from grader.equality.eigenpairs import compare_eigenpairs
from grader.equality.einsums import without_einsum
from grader.equality.flats import compare_flats
from grader.equality.glyphs import in_latex
from grader.equality.heads import without_heads
from grader.equality.keyboards import set_alike
from grader.equality.keyed import keyed_alike
from grader.equality.labels import without_labels
from grader.equality.moduli import compare_moduli
from grader.equality.opaque import told_plainly
from grader.equality.phrasings import told_as_formula, told_as_values
from grader.equality.pieces import pieces_alike
from grader.equality.properties import compare_properties, placed_alike
from grader.equality.quantified import compare_quantified
from grader.equality.remarks import without_remarks
from grader.equality.scalar_products import with_inner_products, with_pair
from grader.equality.subspaces import compare_subspaces
from grader.equality.tuples import with_tuples
from grader.equality.typed import signs_alike
from grader.equality.verdicts import Found
from grader.equality.wordings import worded_alike
from grader.model.patterns import later
from grader.model.records import NamedTuple

_LONGEST = 400  # characters


class Retold(NamedTuple):
    """Both texts of a pair in another telling, and why they may differ even where these are equal."""

    gold: str
    answer: str
    doubt: str = ""
    found: Found | None = None  # a verdict that the texts alone give


def retold_pair(gold: str, answer: str) -> Retold | None:
    """The pair in another telling that says the same; None where nothing suggests one."""
    if max(len(gold), len(answer)) > _LONGEST:
        return None
    one, other = signs_alike(without_remarks(gold, answer), without_remarks(answer, gold))
    one, other = keyed_alike(one, other)
    one, other = _joined(one, other), _joined(other, one)
    one, other = _TRANSFER.sub("=", one), _TRANSFER.sub("=", other)
    one, other = _without_rest(one, other), _without_rest(other, one)
    one, other = _with_both_signs(one, other), _with_both_signs(other, one)
    one, other = with_inner_products(one, other), with_inner_products(other, one)
    if (paired := (with_pair(one, other), with_pair(other, one))) != (one, other):
        return Retold(*paired, "a pair in round brackets may be an inner product or a point")
    return _retold(gold, answer, one, other)


def _retold(gold: str, answer: str, one: str, other: str) -> Retold | None:
    """Likewise, where `one` and `other` are these texts without remarks, in signs alike."""
    for compare_as in (compare_eigenpairs, compare_subspaces, compare_flats):
        if (found := compare_as(one, other)) is not None:
            return Retold(gold, answer, "", found)
    one, other = worded_alike(in_latex(one, other), in_latex(other, one))
    told = Retold(_in_letters_of(other, one), _in_letters_of(one, other))
    told = Retold(*without_labels(*set_alike(told.gold, told.answer)))
    if any(map(str.isalpha, told.gold + told.answer)):
        told = _of_words(told)
    if told.found is not None:
        return told
    if (quantified := compare_quantified(gold, answer)) is not None:
        return Retold(gold, answer, "", quantified)
    if (congruent := compare_moduli(gold, answer)) is not None:
        return Retold(gold, answer, "", congruent)
    told = Retold(without_einsum(told.gold, told.answer), without_einsum(told.answer, told.gold))
    told = Retold(*told_plainly(told.gold, told.answer))
    told = Retold(*with_tuples(_over_all(told.gold), _over_all(told.answer)))
    if (distributed := compare_distributions(told.gold, told.answer)) is not None:
        return Retold(gold, answer, "", distributed)
    if (cases := pieces_alike(told.gold, told.answer)) is not None:
        return Retold(*cases)
    if (derived := without_clocks(told.gold, told.answer)) is not None:
        told = Retold(*derived)
    if (named := without_heads(told.gold, told.answer)) is not None:
        told = Retold(*named)
    return None if told[:2] == (gold, answer) else told


_END = r"[^()\[\],;$]{1,30}"
_INTERVAL = rf"\$?\s*(?:\\left)?[\[\](]\s*{_END},\s*{_END}(?:\\right)?[\])\[]\s*\$?"
_APART_BY = r"\s*(?:,|\band\b|\bor\b|\bund\b|\bas well as\b)\s*(?:and\s+)?(?:(?:on|in|for|auf)\s+)?"
_INTERVALS = later(rf"\s*(?:(?:on|in|for|auf)\s+)?{_INTERVAL}(?:{_APART_BY}{_INTERVAL})+[\s.,;]*")
_BETWEEN_INTERVALS = later(rf"(?<=[\])\[$]){_APART_BY}(?=\$?\s*(?:\\left)?[\[\](])")


def _joined(text: str, other: str) -> str:
    """ "on (-∞, -1) and on (3, ∞)" as the union of both, where the other side is a union."""
    if not any(sign in other for sign in ("∪", "\\cup", " U ")) or _INTERVALS.fullmatch(text) is None:
        return text
    joined = _BETWEEN_INTERVALS.sub(r" ∪ ", text).replace("$", " ").strip(" .,;\n")
    return joined.removeprefix("on ").removeprefix("in ")


def _without_rest(text: str, other: str) -> str:
    """`x - x^3/6 + O(x^5)` as the polynomial, where the other side tells no rest, and its powers are lower ones."""
    found = _REST.search(text)
    if found is None or "O(" in other or "O\\left" in other or "O}" in other:
        return text
    powers = [int(power) for power in _POWERS.findall(text[: found.start()])]
    return text[: found.start()] if max(powers, default=1) < int(found["power"]) else text


_REST = later(
    r"\s*\+\s*(?:\\mathcal\s*\{?\s*O\s*\}?|[Oo]|\\mathcal O)\s*(?:\\left)?\(\s*(?:\(?\w(?:\s*-\s*\w+\))?)\s*\^\s*\{?\s*"
    r"(?P<power>\d)\s*\}?\s*(?:\\right)?\)\s*\Z"
)
_POWERS = later(r"\^\s*\{?\s*(\d+)")


def _with_both_signs(text: str, other: str) -> str:
    """`0.5 +- 0.5j` with the sign that it stands for, where the other side has several values, or an uncertainty."""
    several = any(sign in other for sign in ("±", r"\pm", "{", ",", ";", " or ", " and "))
    return _TYPED_SIGNS.sub("± ", text) if several and "+" in text else text


_SIGNAL = r"[A-Z]\s*(?:\\left)?\((?:[szf]|\\omega|j\\omega|e\^\{j\\omega\})(?:\\right)?\)"
_TRANSFER = later(  # H(z) = Y(z)/X(z) = ...: how it is defined is no value of it
    rf"=\s*(?:\\[dt]?frac\s*\{{\s*{_SIGNAL}\s*\}}\s*\{{\s*{_SIGNAL}\s*\}}|{_SIGNAL}\s*/\s*{_SIGNAL})\s*=",
)
_TYPED_SIGNS = later(r"(?<![+\-^_({])\+/?[-−](?=\s?[\d.A-Za-z\\(√])")


def _of_words(pair: Retold) -> Retold:
    """A pair of which a side is said in words, told in formulas, or decided where both are words."""
    gold, answer, *_ = pair
    if (said := compare_properties(gold, answer)) is not None:
        return Retold(gold, answer, "", said)
    if (placed := placed_alike(gold, answer)) is not None:
        found, *places = placed
        return Retold(places[0] or gold, places[1] or answer, "", found)
    for one, other, turned in ((answer, gold, False), (gold, answer, True)):
        values = told_as_values(one, other)
        formula = told_as_formula(one, other)
        told = values or ((formula, other) if formula else None)
        if told is not None:
            one, other = told
            return Retold(one, other) if turned else _of_words_of(other, one)
    return pair


def _of_words_of(gold: str, answer: str) -> Retold:
    """A pair whose answer is told in formulas; what the gold side says in words is told beside it."""
    formula = told_as_formula(gold, answer)
    return Retold(formula or gold, answer)


_CONSTANT = later(r"(?P<sign>[+-]\s*)(?:\\(?:text|mathrm|textrm)\{\s*)?const(?:ant)?(?![a-z])\.?\}?")
_ADDED = later(r"[+-]\s*C\b")
_FREQUENCY, _TYPED_FREQUENCY = (
    later(r"\\omega(?![A-Za-z])|(?<![A-Za-z])omega(?![A-Za-z])|ω"),
    later(r"(?<![A-Za-z\\])(?P<unit>[ij]?)\s?w(?P<time>[tnT]?)(?![a-zABD-KM-QS-Z_])"),  # jwt, jwRC
)


def _in_letters_of(gold: str, answer: str) -> str:
    """One side with the letters of the other for what a keyboard lacks: `+ const`, and w for an omega."""
    if "const" in answer and _ADDED.search(gold):
        answer = _CONSTANT.sub(r"\g<sign>C", answer)
    if "w" in answer and _FREQUENCY.search(gold) and not (_FREQUENCY.search(answer) or "w" in _FREQUENCY.sub("", gold)):
        answer = _TYPED_FREQUENCY.sub(r"\g<unit> omega \g<time>", answer)
    return answer


_OF_ALL = later(
    r"\\?(?P<which>max|min)(?![a-z])\s*(?:\\left)?\s*\\?[({]\s*(?P<letter>[A-Za-z])_\{?1\}?\s*,\s*(?:(?P=letter)_\{?2\}?\s*,\s*)?"
    r"(?:\\[lc]?dots[cb]?|\.{3}|…)\s*,\s*(?P=letter)_\{?(?P<count>[A-Za-z])\}?\s*(?:\\right)?\s*\\?[)}]"
)


def _over_all(text: str) -> str:
    """`\\max(X_1, \\dots, X_n)` as the greatest X_i for i from 1 to n."""
    return _OF_ALL.sub(_as_extreme, text) if "max" in text or "min" in text else text


def _as_extreme(found: re.Match[str]) -> str:
    return rf"\{found['which']}_{{1\le i\le {found['count']}}} {found['letter']}_i"
