"""What stands below a slash."""

from __future__ import annotations

from typing import TYPE_CHECKING

from grader.model.expressions import Expr, Num, Op
from grader.notation.powers import POWER

if TYPE_CHECKING:
    from grader.notation.parser import Parser


def with_power_of_ten(parser: Parser, op: str, left: Expr, right: Expr) -> Expr:
    """What stands below a slash with the power of ten behind it: `3.2·10^{-4} / 2.0·10^{-5}` divides two numbers."""
    sign, ten, power = (parser.peek(ahead) for ahead in range(3))
    if op != "div" or not isinstance(right, Num) or sign is None or ten is None or power is None:
        return right
    if sign.kind != "op" or sign.text not in _TIMES or ten.text != "10" or power.text != "^" or not _in_tens(left):
        return right
    parser.advance()
    tens = parser.expression(POWER)
    return Op("mul", (right, tens), (right.place[0], tens.place[1]), sign.text)


_TIMES = frozenset(["·", "×", "*"])


def _in_tens(expr: Expr) -> bool:
    """Whether an expression ends with a power of ten."""
    last = expr.args[-1] if isinstance(expr, Op) and expr.op == "mul" else expr
    return isinstance(last, Op) and last.op == "pow" and isinstance(last.args[0], Num) and last.args[0].value == 10
