"""What the quantities of statistics are usually called: `E[X] = 1.7` and `\\mu = 1.7` give an expectation."""

from __future__ import annotations

from grader.model.expressions import Call, Expr, Index, Name, Op
from grader.model.patterns import later

_MEAN = ("E", "EX", "mu", "m", "mean", "M")
_SYMBOLS = (
    (later(r"\b(?:expectations?|expected values?|mean|average)\b"), _MEAN),
    (later(r"\bvariance\b"), ("Var", "var", "V", "sigma^2", "s^2")),
    (later(r"\bstandard deviation\b"), ("sigma", "s", "SD", "sd", "std")),
    (later(r"\bcovariance\b"), ("Cov", "cov")),
    (later(r"\bcorrelation\b"), ("rho", "r", "Corr", "corr")),
    (later(r"\bprobability\b"), ("P", "p", "Pr")),
)
STATISTICS = frozenset(symbol for _, symbols in _SYMBOLS for symbol in symbols)


def usual_symbols(title: str) -> tuple[str, ...]:
    """The symbols of the quantity that a title asks for; none where it names none of them, or more than one."""
    found = [symbols for pattern, symbols in _SYMBOLS if pattern.search(title.casefold())]
    return found[0] if len(found) == 1 else ()


def name_of(left: Expr | None) -> str:
    """The name that a left side begins with, whatever it is taken of: Var of `Var(X)`, `sigma^2`; "" for none."""
    if isinstance(left, Call):
        return left.function
    if isinstance(left, Index):
        return name_of(left.base)
    if isinstance(left, Op) and left.op == "mul" and left.sign == "":
        return name_of(left.args[0])
    if isinstance(left, Op) and left.op == "pow" and isinstance(left.args[0], Name):
        return f"{left.args[0].name}^{getattr(left.args[1], 'value', '')}"
    return left.name if isinstance(left, Name) else ""
