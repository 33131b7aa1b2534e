"""One number out of data or out of a student's expression."""

from __future__ import annotations

import math
from fractions import Fraction
from typing import Any

import numpy as np

from grader.kinds.kind import Setup
from grader.maths.customs import in_radians
from grader.maths.evaluation import evaluate
from grader.maths.scope import Scope
from grader.model.errors import Unreadable
from grader.model.expressions import Expr, Group
from grader.model.rubrics import Node, Scalar
from grader.reference.functions import is_exact

_PLAIN = Scope({})


def read_fraction(node: Node | None, setup: Setup) -> Fraction | None:
    """A rubric's plain number, fraction or percentage that is not negative; None after recording a fault."""
    if not isinstance(node, Scalar):
        return None
    text = node.text.strip()
    try:
        value = Fraction(text[:-1]) / 100 if text.endswith("%") else Fraction(text)
    except (ValueError, ZeroDivisionError):
        value = Fraction(-1)
    if value < 0:
        setup.fault(node.place, f"{text!r} is not a number from 0 up", "write it as 0.01, 1/100 or 1%")
        return None
    return value


def read_tolerance(node: Node | None, setup: Setup) -> Fraction | None:
    """A relative tolerance. One of 1 or more, which would accept 0 for anything, is a fault: 5 was meant as 5%."""
    value = read_fraction(node, setup)
    if value is not None and value >= 1 and isinstance(node, Scalar):
        text = node.text.strip()
        hint = f"for {text} percent write {text}%" if "%" not in text else "write it as 0.01, 1/100 or 1%"
        setup.fault(node.place, f"a tolerance of {text} would accept 0 in place of the value", hint)
        return None
    return value


def scalar(data: Any) -> Any:
    """Data as one finite Python number, None if it is not."""
    if isinstance(data, np.ndarray):
        if data.size != 1:
            return None
        data = data.item()
    if isinstance(data, np.generic):
        data = data.item()
    if isinstance(data, complex):
        data = data.real if data.imag == 0 else None
    if isinstance(data, float):
        if not math.isfinite(data):
            return None
        return int(data) if data.is_integer() and abs(data) < 2**53 else data
    return data if is_exact(data) else None


def value_of(expr: Expr | None) -> Any:
    """The number an expression of a student stands for, None if it is not one; no declared name helps."""
    if expr is None or isinstance(expr, Group):
        return value_of(expr.items[0]) if isinstance(expr, Group) and len(expr.items) == 1 else None
    try:
        return scalar(evaluate(in_radians(expr), _PLAIN).data)
    except Unreadable:
        return None
