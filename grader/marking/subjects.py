"""What the words beside a value say it is: the name of a quantity that no part asks for, or one nobody knows."""

from __future__ import annotations

import re

from grader.model.expressions import Call, Expr, Index, Name, Op, Reduce, Relation
from grader.model.patterns import later, worded
from grader.notation.reading import Claim

# Names of values that are asked for side by side; any of them that no part has as a label is another quantity.
_QUANTITY = (
    r"(standard|mean|average|absolute|median) (deviation|error)|std|sd|stdev|se|mean|median|mode|average|variance"
    r"|skewness|kurtosis|covariance|correlation|interquartile range|iqr|range|(lower |upper )?quartile|percentile"
    r"|expectation|expected value|probability|odds|minimum|maximum|min|max|smallest|largest|lowest|highest"
    r"|real part|imaginary part|modulus|argument|conjugate|determinant|trace|rank|nullity"
    r"|radius|diameter|circumference|perimeter|area|volume|hypot\w+|cathet\w+|width|height|depth"
    r"|slope|intercept|gradient|derivative|integral|antiderivative|asymptote|period|frequency|amplitude|phase"
    r"|speed|velocity|acceleration|displacement|momentum|impulse|force|mass|weight|work|power|energy|pressure"
    r"|temperature|density|voltage|current|resistance|charge|wavelength"
    r"|precision|recall|accuracy|sensitivity|specificity|f1|difference|ratio|quotient|remainder|gcd|lcm"
    r"|numerator|denominator|supremum|infimum|sup|inf|local \w+"
)
_COPULA = r"( ?(is|are|was|=|:|equals?|would be|will be|must be|of \w+|value))*"
_NAMED = worded(rf"\b({_QUANTITY}){_COPULA} ?\Z", _QUANTITY)
_NAMED_BEHIND = worded(rf"\A ?((is|are|being|for|as|=|:|the|a|its|their|my|in) )*({_QUANTITY})\b", _QUANTITY)
_HEAD = later(rf"\s*({_QUANTITY})\s*")
APART = re.compile(r"[,;.\n|]|\b(?:and|but|so|while)\b")  # clauses
_LEADING = re.compile(r"(.*?)([,;.\n|]|\band\b|\bbut\b|\bso\b|\bwhile\b|\Z)", re.DOTALL)
FILLER = frozenset(
    "a all also an answer are as be both by calculate compute computed equal equals find finally first for found from"
    " get gets give gives giving has have hence here i in is it its makes must my of only or other our part question"
    " result results second secondly so solution that the them then there therefore third this thus to total value"
    " values was we were which will with yields one number count obtain x not say says therefor exactly about"
    " hold holds".split()
)


def names_another(claim: Claim, behind: str) -> bool:
    """Whether words directly beside a value, or its left side, are the name of a quantity: "standard deviation 9"."""
    name = subject_of(claim.expr)
    if name and _NAMED.search(name.lower()):
        return True
    tail = clause_before(claim)
    return (_NAMED.search(tail) if tail else _NAMED_BEHIND.search(clause_behind(behind))) is not None


def is_quantity(words: str) -> bool:
    """Whether words are the name of a quantity and nothing else, as in the head of a table."""
    return _HEAD.fullmatch(words) is not None


def is_named(claim: Claim) -> bool:
    """Whether a value has any name of its own before it: a left side, or a word that says more than "is" or "get"."""
    if subject_of(claim.expr):
        return True
    words = re.findall(r"[^\W\d_]+", clause_before(claim))
    return any(word not in FILLER for word in words)


def subject_of(expr: Expr | None) -> str:
    """The name on the left of an equation, that of an array or of a function there, "" for anything else."""
    if isinstance(expr, Relation):
        expr = expr.operands[0]
    elif not isinstance(expr, Reduce | Call):
        return ""
    if isinstance(expr, Op) and expr.op in ("mul", "pow"):  # E (X), sigma^2
        expr = expr.args[0]
    if isinstance(expr, Index):
        expr = expr.base
    if isinstance(expr, Name):
        return expr.name
    if isinstance(expr, Call):
        return expr.function
    return expr.op if isinstance(expr, Reduce) else ""


def clause_before(claim: Claim) -> str:
    """The words before a claim that belong to it alone, also at the end of the line above: `Max-pooling / Y = 2`."""
    return " ".join(APART.split(claim.before.rstrip())[-1].split())


def clause_behind(words: str) -> str:
    """Of the words behind a claim those that belong to it alone."""
    found = _LEADING.match(words)
    return " ".join(found[1].split()) if found else ""
