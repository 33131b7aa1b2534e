"""How complex numbers with units are typed: `100 + j160`, `e^{-j71.3^\\circ}`, `1.60 V∠-71.3 degrees`.

What the parser reads otherwise is respelled at the same length, so that every place stays what it was.
"""

from __future__ import annotations

import re

from grader.model.expressions import Expr, Op, Relation, Unit, nodes_of, rebuilt
from grader.model.patterns import later

_DEGREE = r"(?:\s*°|\s*\^\s*(?:\{\s*\\circ\s*\}|\\circ(?![A-Za-z])))"
_WORD = r"(?:deg(?:rees?)?|grad)"
_DEGREES = later(
    rf"(?<=[\d.])(?:[ \t~]|\\[,; ])*(?:\\(?:text|mathrm)\s*\{{\s*{_WORD}\s*\}}|{_WORD}(?![A-Za-z]))",
    re.IGNORECASE,
    holds=("deg", "grad"),
)
_UPRIGHT = later(r"\\(?:mathrm|text|operatorname)\s*\{\s*([ij])\s*\}")  # e^{\mathrm{j} 53^\circ}
_FACTOR_FOLLOWS = re.compile(r"(?<![A-Za-z\\\d.])([ij])( |\\,)(?=[0-9.])")  # e^{i 0.927}
# 7.07 V e^(-j45°): behind a number or its unit the blank is a product.
_POWER_FOLLOWS = re.compile(r"(?<=\d) (?=e\s?\^)|(?<=\d [VAWΩ]) (?=e\s?\^)|(?<=\d [mkMµ][VAWΩ]) (?=e\s?\^)")
_FACTOR_TOUCHES = re.compile(r"(?<![\w\\^_])([ij])(\d+(?:(?:\.|\{,\})\d+)?)(?![\w^]|[.,]\d|\{,\}|\s*\^)")  # 100 + j160
_ANGLE_TOUCHES = re.compile(rf"(?<![\w\\^_])([ij])(\d+(?:(?:\.|\{{,\}})\d+)?){_DEGREE}")  # e^{-j71.3^\circ}
_COMMA = re.compile(rf"((?:(?<=[ij])|∠|\\angle)\s*\{{?\s*[-−+]?\s*\d+),(?=\d+{_DEGREE})")  # e^{-j71,3°}, ∠-71,3°


def respelled(text: str) -> str:
    """Words of degrees as their sign, and the imaginary unit before a number behind it."""
    text = _UPRIGHT.sub(lambda hit: hit[1].rjust(len(hit[0])), text)
    text = _DEGREES.sub(lambda hit: "°".ljust(len(hit[0])), text)
    text = _COMMA.sub(r"\1.", text)
    text = _ANGLE_TOUCHES.sub(lambda hit: f"{hit[2]}°{hit[1]}".ljust(len(hit[0])), text)
    text = _POWER_FOLLOWS.sub("·", text)
    text = _FACTOR_FOLLOWS.sub(lambda hit: hit[1] + "*".ljust(len(hit[2])), text)
    return _FACTOR_TOUCHES.sub(r"\2\1", text)


def with_unit_last(expr: Expr) -> Expr:
    """`1.60 V∠-71.3°` and `1.60 V e^{-1.24j}` as what they say: the unit is that of the whole product."""
    if isinstance(expr, Relation):
        return rebuilt(expr, with_unit_last)
    units = nodes_of(Unit, expr)
    if len(units) != 1 or not isinstance(expr, Op) or expr.args[-1] is units[0]:
        return expr
    bare = _bare(expr, units[0])
    if bare is None:
        return expr
    return Op("mul", (bare, units[0]), (expr.place[0], max(expr.place[1], units[0].place[1])))


def _bare(expr: Expr, unit: Unit) -> Expr | None:
    """A product, or a number with its angle, without the unit of one of its factors; None for anything else."""
    if not isinstance(expr, Op) or expr.op not in ("mul", "angle", "neg"):
        return None
    if expr.op == "mul" and expr.args[-1] is unit:
        return expr.args[0] if len(expr.args) == 2 else None
    at = next((at for at, arg in enumerate(expr.args) if unit in nodes_of(Unit, arg)), None)
    inner = None if at is None or (expr.op == "angle" and at > 0) else _bare(expr.args[at], unit)
    if inner is None or at is None:
        return None
    return Op(expr.op, (*expr.args[:at], inner, *expr.args[at + 1 :]), expr.place, expr.sign)
