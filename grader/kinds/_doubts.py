"""What makes the number of an answer doubtful: words, formulas and other numbers beside it."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import Any

from grader.kinds._choosing import Candidate, changed_by, operated, touches
from grader.kinds._numbers import value_of
from grader.kinds.kind import View, remark, review
from grader.model.expressions import Call, Expr, Index, Integral, Name, Num, Op, Reduce, Relation, names_in, walk
from grader.model.patterns import later
from grader.model.results import Finding, Reason
from grader.notation.printing import show
from grader.notation.reading import Claim, Reading
from grader.notation.spaces import OF_MATRICES

_NO_UNITS = frozenset("abcdeijknopqruvwxyz")
_UNKNOWNS = frozenset("xyz")
_IMAGINARY = frozenset("ij")
_RATES = ("_dot", "_ddot")
_CONTINUES = later(r"[\s,;]*(\.{3}|etc\b|and so (?:on|forth)\b)", holds=(".", "etc", "and so "))


def unclear(claim: Claim, view: View, reading: Reading, imaginary: bool = False) -> Finding | None:
    """Why the number of an answer does not stand for itself: words beside it, or mathematics that nobody can read."""
    read_as = show(claim.expr)
    words = changed_by(claim, reading) or operated(claim, reading)
    if words:
        return review((claim,), read_as, remark("changed-by-words", words=words))
    for other in view.claims(reading):
        touching = claim.place[0] - other.place[1] <= 1  # 5 cis(0.9)
        if other.error is not None and (other.place > claim.place or touching):
            return review((other,), read_as, remark("unreadable", message=other.error.message, what="a number"))
    if is_equation(claim.expr, imaginary) and not _is_worked_out(claim):
        return review((claim,), read_as, remark("equation-unsolved"))
    beside = touches(claim, reading)
    if beside is not None and beside.place > claim.place and _goes_on(beside):
        message = "a number, and directly behind it something else"
        return review((claim, beside), read_as, remark("unreadable", message=message, what="a number"))
    return None


_SUBJECT = later(
    r"\bthe (?!equation|condition|relation|constraint|solution)(?:\w+ ){1,3}(?:is|equals|becomes)[\s$]*\Z",
    holds=("the ",),
)


def _is_worked_out(claim: Claim) -> bool:
    """Whether a formula and its value are said of what a sentence speaks of: "The loss is -ln(1 - p) = 1.62"."""
    left = claim.expr.operands[0] if isinstance(claim.expr, Relation) else None
    calls = left is not None and any(isinstance(node, Call) for node in walk(left))
    return calls and not _is_multiple(left) and _SUBJECT.search(claim.before) is not None


def is_equation(expr: Expr | None, imaginary: bool = False) -> bool:
    """Whether a number is what an expression of letters is, and not a letter itself: "2n = 120", "9 = x + y".

    Where an answer is complex, `imaginary`, i and j are no letters: `10/(1 + j) = 5 - 5j` is worked out.
    """
    if not isinstance(expr, Relation) or len(expr.operands) != 2:
        return False
    first, last = expr.operands
    if imaginary and first is not None and names_in(first) and names_in(first) <= _IMAGINARY:
        return False
    if _is_zero(first) or _is_zero(last):
        other = last if _is_zero(first) else first
        if isinstance(other, Op) and other.op == "add" and len(names_in(other)) == 1:
            return True  # 20 + 15t - 4.9t^2 = 0
    if isinstance(first, Num):
        return _is_of_letters(last)
    if _is_multiple(first):
        return True
    named_so = isinstance(first, Name) and (first.name.endswith(_RATES) or re.fullmatch("[xyz]{2,3}", first.name))
    return bool(named_so) or (_is_of_letters(first) and not _is_value_of_function(first))


def _is_multiple(expr: Expr | None) -> bool:
    """Whether it is several times a named quantity: 2 det A, twice an integral over D."""
    if not isinstance(expr, Op) or expr.op != "mul" or len(expr.args) != 2 or not isinstance(expr.args[0], Num):
        return False
    other = expr.args[1]
    over_region = isinstance(other, Integral) and other.low is not None and other.high is None
    return over_region or (isinstance(other, Call) and other.function in OF_MATRICES and bool(names_in(other)))


def _is_zero(expr: Expr | None) -> bool:
    return isinstance(expr, Num) and expr.value == 0


def _is_value_of_function(expr: Expr | None) -> bool:
    """ "f(2)" and "f'(2)", which read as products of a letter and the number in brackets behind it."""
    if isinstance(expr, Call) and expr.function in ("max", "min") and len(expr.args) == 1:
        return isinstance(expr.args[0], Name)  # \\min f
    if not isinstance(expr, Op) or expr.op != "mul" or expr.sign or len(expr.args) != 2:
        return False
    function, number = expr.args
    inner = function.args[0] if isinstance(function, Op) and function.op == "transpose" else function
    return isinstance(inner, Name) and number.place[0] > function.place[1] and value_of(number) is not None


def _is_of_letters(expr: Expr | None) -> bool:
    """Whether an expression is a letter's double, its square or inverse, or unknowns taken together."""
    if isinstance(expr, Reduce):
        return expr.op == "sum" and not expr.bounds and isinstance(expr.body, Name)
    if not isinstance(expr, Op | Call):
        return False
    nodes = list(walk(expr))
    letters = [node.name for node in nodes if isinstance(node, Name)]
    if not letters or any(isinstance(node, Index | Reduce) for node in nodes):  # not cos(pi/4), nor C_10
        return False
    if len(letters) > 1:  # a product of vectors has its dot or its transpose
        dotted = any(isinstance(node, Op) and (node.sign == "·" or node.op == "transpose") for node in nodes)
        return isinstance(expr, Op) and set(letters) <= _UNKNOWNS and not dotted
    letter = letters[0]
    if len(letter) == 1 and letter.isupper():  # of a matrix; R^2 is a name
        power = isinstance(expr, Op) and expr.op == "pow" and (letter != "R" or value_of(expr.args[1]) != 2)
        return power or (isinstance(expr, Op) and expr.op in ("neg", "transpose"))
    return re.fullmatch("[a-df-z]", letter) is not None


def _goes_on(beside: Claim) -> bool:
    """Whether mathematics behind a number makes it another one: `0.447 e^{-1.1 i}`, `5 $x$`; not the m of "50 m"."""
    expr = beside.expr
    if not isinstance(expr, Name | Op | Call | Index) or value_of(expr) is not None:
        return False
    if beside.aside and isinstance(expr, Index) and all(isinstance(index, Num) for index in expr.indices):
        return False  # -6 (Z[2,0])
    if isinstance(expr, Name) and not beside.in_maths:
        return expr.name in _NO_UNITS  # "120 n", but "50 m"
    return bool(names_in(expr))


def continued(claim: Claim, reading: Reading) -> str:
    """The words behind a list that let it go on: "1, 4, 5, ..."."""
    following = next((other for other in reading.claims if other.place[0] >= claim.place[1]), None)
    found = _CONTINUES.match(following.before if following is not None else reading.after)
    return found[1] if found else ""


def conflicts(rival: Candidate, chosen: Candidate) -> bool:
    """Whether another number stands as a second answer: "6 or 7", or a chain whose result is not used."""
    later = max(rival.claim, chosen.claim, key=lambda claim: claim.place)
    if later.joined or later.before.split()[-1:] == ["or"]:
        return True
    if rival.value.value in _numbers_in(chosen.claim.expr):
        return False
    alone = not re.search(r"[a-z]", rival.claim.before.split("\n")[-1]) and not re.search(r"[a-z]", chosen.claim.before)
    return isinstance(rival.claim.expr, Relation) or rival.rank > 0 or alone


def renames(later: Claim, claim: Claim) -> bool:
    """Whether a later equation gives the same name another number: "x = 5, where x = 3"."""
    name, again = _left(claim), _left(later)
    return later.place > claim.place and isinstance(name, Name) and show(name) == show(again)


_OPERATION = later(
    r"\s*(additions?|adds|sums|subtractions?|multiplications?|mults|products|divisions?|comparisons?|macs|flops)\b",
    holds="addition adds sums subtraction multiplication mults products division comparison macs flops".split(),
)


def counts_another(one: Claim, claim: Claim, reading: Reading) -> bool:
    """Whether two numbers count two kinds of operations: "5133600 additions and 57040 multiplications"."""
    behind = {
        before.place: following
        for before, following in zip(
            reading.claims, [*(c.before for c in reading.claims[1:]), reading.after], strict=True
        )
    }
    kinds = [_OPERATION.match(behind.get(each.place, "")) for each in (one, claim)]
    said = {_SAME_OPERATION.get(name := found[1].rstrip("s"), name) for found in kinds if found}
    return all(kinds) and len(said) == len(kinds)


_SAME_OPERATION = {"product": "multiplication", "mult": "multiplication", "addition": "sum"}


_ABOUT = later(r"\b(about|roughly|approx\w*|around|circa|ca\.?|some|nearly|almost|over|rund|etwa)\s*$|[~≈]\s*$")


def is_about(claim: Claim) -> bool:
    """Whether a number is said to be a rough one: "about 5 million"."""
    return _ABOUT.search(claim.before) is not None


def is_far(earlier: Any, value: Any) -> bool:
    """Whether the member before the last says another number, beyond rounding."""
    if isinstance(earlier, int) and isinstance(value, int):
        return earlier != value
    return bool(abs(earlier - value) > 0.01 * max(abs(earlier), abs(value)))


def _numbers_in(expr: Expr | None) -> set[Any]:
    """The values of all parts of an expression."""
    return {value_of(node) for node in walk(expr)} if expr is not None else set()


def solved(chosen: Candidate, candidates: Sequence[Candidate]) -> Candidate:
    """The solution, where what was chosen only checks it or leads to it: "x = 5; indeed x^2 = 25", "2x = 10; x = 5"."""
    first = _left(chosen.claim)
    names = names_in(first) if isinstance(first, Op | Call) else frozenset()
    if len(names) != 1:
        return chosen
    same = [c for c in candidates if isinstance(left := _left(c.claim), Name) and left.name in names]
    return same[-1] if same else chosen


def _left(claim: Claim) -> Expr | None:
    return claim.expr.operands[0] if isinstance(claim.expr, Relation) else None


_DASH = later(r"(?:\A|\n)\s*[-–−]\s*\Z")


def may_be_minus(chosen: Candidate, wanted: Any, view: View) -> bool:
    """ "- 48" where -48 is right: the bullet of a list, or the sign of the number?"""
    value = chosen.value.value
    if isinstance(value, complex) or isinstance(wanted, complex) or not value or value != -wanted:
        return False
    blocks = view.answer.blocks
    held = [block for block in blocks if block.span.start <= view.base + chosen.claim.place[0] < block.span.stop]
    bullet = any(block.label == "-" for block in (*held, *blocks))
    return bullet or _DASH.search(chosen.claim.before) is not None


_SPOKEN_SUM = later(r"\d\$?\s+(?:for|in|of|from)\s[^.;\n=]{1,20}[+]\s?\$?\s?\d")


def spoken_sum(finding: Finding, view: View) -> Reason | None:
    """ "1800 for W + 20 for b": a sum whose terms have names, and whose total is not written."""
    return remark("adds-up") if _SPOKEN_SUM.search(view.answer.text) else None
