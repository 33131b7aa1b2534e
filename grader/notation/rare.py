"""Readers of what few answers hold, imported when the first one does."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from grader.model.expressions import Expr
    from grader.notation.parser import Parser


def read_bars(parser: Parser) -> Expr:
    """`|x|`, `||x||`."""
    from grader.notation import bars

    return bars.read_bars(parser)


def read_norm(parser: Parser) -> Expr:
    """`\\|x\\|_1`."""
    from grader.notation import bars

    return bars.read_norm(parser)


def read_cases(parser: Parser) -> Expr:
    """`\\begin{cases} x & x > 0 \\\\ 0 & x \\le 0 \\end{cases}`."""
    from grader.notation import cases

    return cases.read_cases(parser)


def read_turned_interval(parser: Parser) -> Expr:
    """`]a, b]`."""
    from grader.notation import intervals

    return intervals.read_turned_interval(parser)
