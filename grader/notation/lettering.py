"""Sets what an expression is made of as LaTeX: numbers, names, units."""

from __future__ import annotations

from grader.model.expressions import Name, Num, Unit
from grader.notation.signs import GREEK

_NAMES = {
    "ℝ": r"\mathbb{R}", "ℕ": r"\mathbb{N}", "ℤ": r"\mathbb{Z}", "ℚ": r"\mathbb{Q}", "ℂ": r"\mathbb{C}", "...": r"\dots",
    "pi": r"\pi", "True": "True", "False": "False",
}  # fmt: skip
_ACCENTS = ("hat", "bar", "tilde", "dot", "ddot", "check")


def set_number(expr: Num) -> str:
    """A number as it was typed."""
    text = expr.text or str(expr.value)
    head, bracket, period = text.partition("(")
    return rf"{head}\overline{{{period[:-1]}}}" if bracket else text


def set_name(expr: Name) -> str:
    """A name: Greek letters, accents, primes, numbers below, derivatives."""
    name = expr.name
    if name in _NAMES:
        return _NAMES[name]
    top, slash, low = name.partition("/")
    if slash and top[:1] == low[:1] == "d":
        return rf"\frac{{\partial {set_letter(top[1:])}}}{{\partial {set_letter(low[1:])}}}"
    stem = name.rstrip("'")
    return set_letter(stem) + "'" * (len(name) - len(stem))


def set_letter(name: str) -> str:
    """A letter without its primes; a longer name stays in one piece."""
    letter, _, accent = name.rpartition("_")
    if accent in _ACCENTS and letter:
        return rf"\{accent}{{{set_letter(letter)}}}"
    stem = name.rstrip("0123456789")
    if stem and stem != name:
        return f"{set_letter(stem)}_{{{name[len(stem) :]}}}"
    if name in GREEK:
        return "\\" + name
    if (best := name.removesuffix("_star")) != name:  # w^* = ...
        return f"{set_letter(best)}^{{*}}"
    return name if len(name) == 1 else rf"\mathit{{{name}}}"


def set_unit(expr: Unit) -> str:
    """A unit behind its number."""
    if expr.text == "$":
        return r"\$"
    if expr.text.startswith("\\"):
        return rf"\si{{{expr.text}}}"
    return rf"\text{{ {expr.text.replace('{', '').replace('}', '')}}}"
