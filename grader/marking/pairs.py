"""Two numbers with a slash between them, "10 / 20", where two are asked for: no quotient."""

from __future__ import annotations

from collections.abc import Sequence

from grader.kinds.kind import View
from grader.model.expressions import Num, Op
from grader.model.patterns import later
from grader.prepare.parts import PreparedPart


def is_pair(parts: Sequence[PreparedPart], view: View) -> bool:
    """Whether "10 / 20" is all of an answer with two numbers: then it is no quotient."""
    kind = parts[0].kind
    claims = view.reading(**dict(kind.reads)).claims if kind is not None and kind.name == "number" else ()
    expr = claims[0].expr if len(claims) == 1 and not claims[0].in_maths else None
    if kind is not None and kind.name == "number" and _WORDED_PAIR.fullmatch(view.answer.text):
        return True
    numbers = isinstance(expr, Op) and expr.op == "div" and all(isinstance(arg, Num) for arg in expr.args)
    return numbers and len(_SLASHED.findall(view.answer.text)) == 1


_WORDED_PAIR = later(r"[^\d/]{0,20}\d+\s?/\s?[^\d/]{1,20}\d+[^\d/]{0,20}", holds=("/",))  # in 10 / out 20
_SLASHED = later(r"\d\s*/\s*\d")


def apart(view: View) -> View:
    """The view with a semicolon in the place of the slash."""
    blocks = [
        block._replace(runs=tuple([run._replace(text=run.text.replace("/", ";")) for run in block.runs]))
        for block in view.answer.blocks
    ]
    answer = view.answer._replace(blocks=tuple(blocks))
    memo = view.remember(("apart",), dict)
    return View(answer, view.names, view.places, view.reasons, view.context, view.base, memo, view.shared)
