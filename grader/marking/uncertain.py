"""A value with its uncertainty, `g = (9.77 ± 0.20) m/s²`, where both are asked for; and labels with Greek letters."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from functools import lru_cache

from grader.kinds._claimed import claimed
from grader.kinds._numbers import value_of
from grader.kinds.kind import View, remark
from grader.marking.subjects import APART
from grader.marking.whose import is_of_another
from grader.model.documents import Run
from grader.model.expressions import Expr, Name, Op
from grader.model.patterns import later
from grader.model.records import NamedTuple
from grader.notation.reading import Claim
from grader.notation.signs import GREEK, GREEK_GLYPHS
from grader.prepare.parts import PreparedPart

_POWER = r"\s*(?:\\cdot|\\times|·|×|\*)\s*10\s*\^\s*(?:\{\s*-?\d+\s*\}|-?\d)|[eE][-+]?\d+"
_DIGITS = rf"\d+(?:(?:\.|\{{,\}}|,)\d+)?(?:{_POWER})?"
_BOTH = later(
    rf"(?<![\d.,^_])(?P<value>[-−]?{_DIGITS})(?P<unit>(?:(?!\\pm)[^\d±;,\n$=<>]|(?<=\^)[-\d]|(?<=\^\{{)-?\d){{0,40}}?)"
    rf"(?P<sign>±|\\pm(?![A-Za-z])|\+\s?/\s?[-−]|\+[-−])\s*(?P<error>{_DIGITS})(?![\d.,]?\d|\s*\\?%)",
    holds=("±", "\\pm", "+"),
)
_CONCISE = later(r"(?<![\w.,^(])(?P<value>[-−]?\d+\.\d+)\((?P<error>\d{1,3})\)(?![\d(])", holds=(")",))  # 9.77(20)
_IS_ERROR = later(
    r"(?i:\b(?:uncertainty|uncert|errors?|err|unsicherheit|fehler|incertitude|deviation|std|sigma|margin)\b)"
    r"|[Δδσ±]|\\[Dd]elta|\\sigma|\\pm|(?i:\bdelta)|\A(?:d|u_)[A-Za-z]\Z"
)
_UNSURE = later(r"\b(?:or|not?|maybe|perhaps|wait|sorry|actually|rather|instead)\b|n't\b", re.IGNORECASE)
_ENDS = later(r"[,;\n]|\.(?=\s|\Z)|\Z")
_CLOSED = later(r"(?:\s|\\[,; ])*(?:\\right\s*)?\)")
_SIUNITX = later(r"\\(?:SI|qty|num)\s*(?:\[[^\]]*\])?\s*\{\s*\Z")
_WORDS = re.compile(r"[A-Za-z]+|\d+")
_NEAR = {False: 0.01, True: 0.05}  # how far the same value and the same uncertainty may be rounded


class _Stretch(NamedTuple):
    """Where a value and its uncertainty stand: the run, and what was found in it."""

    run: Run
    found: re.Match[str]


@lru_cache(maxsize=1000)
def spelled(label: str) -> str:
    """One spelling for a label with a Greek letter: `Δg`, `\\Delta g`, `delta·g` and `delta_g`; "" for any other.

    >>> spelled("\\\\Delta g"), spelled("Δg"), spelled("Delta·g"), spelled("value")
    ('deltag', 'deltag', 'deltag', '')
    """
    words = _WORDS.findall("".join(f" {GREEK_GLYPHS[sign]} " if sign in GREEK_GLYPHS else sign for sign in label))
    return "".join(words).lower() if any(word in GREEK for word in words) else ""


def is_symbol(expr: Expr | None) -> bool:
    """Whether an expression is the name of an uncertainty: `Δg`, which reads as a product."""
    named = isinstance(expr, Op) and expr.op == "mul" and all(isinstance(arg, Name) for arg in expr.args)
    return named and isinstance(expr, Op) and expr.args[0].name.lower() == "delta"  # type: ignore[union-attr]


def with_uncertainty(
    parts: Sequence[PreparedPart],
    view: View,
    named: Callable[[Expr | None], int | None],
    said: Callable[[str], set[int]],
) -> list[View | None] | None:
    """A view of the value and one of its uncertainty, in the order of the parts; None where none stand together.

    Another value under the name of a part, or beside its label, makes both unclear; so does another name.
    """
    if len(parts) != 2 or any(part.kind is None or part.kind.name != "number" for part in parts):
        return None
    errors = [_is_error(part) for part in parts]
    stretch = _stretch(view)
    if sum(errors) != 1 or stretch is None or _UNSURE.search(view.answer.text):
        return None
    views: list[View | None] = []
    for part, is_error in zip(parts, errors, strict=True):
        own, at = _blanked(view, stretch, is_error)
        claims = part.kind.find(part.expected, own) if part.kind is not None else ()
        mine = next((claim for claim in claims if claim.place[0] <= at < claim.place[1]), None)
        if mine is None:
            return None
        views.append(own.limited((mine.place,), own.reasons))
    value = parts[errors.index(False)]
    before, behind = stretch.run.text[: stretch.found.start()], _behind(view, stretch)
    if is_of_another(value.part.labels, before, behind) or _said_otherwise(parts, view, stretch, named, said):
        doubt = (remark("part-named-otherwise"),)
        return [one and one.limited(one.places or (), doubt) for one in views]
    return views


def _stretch(view: View) -> _Stretch | None:
    """The only value with its uncertainty, or the last one, which has a name of its own."""
    runs = [
        run for block in view.answer.blocks for run in block.runs if len(run.text) == run.span.stop - run.span.start
    ]
    found = [_Stretch(run, hit) for run in runs for hit in (*_BOTH.finditer(run.text), *_CONCISE.finditer(run.text))]
    names = [_NAME.search(one.run.text[: one.found.start()]) for one in found]
    letters = [name[1] if name else "" for name in names]
    if not found or (len(found) > 1 and (not letters[-1] or letters[-1] in letters[:-1])):
        return None
    return found[-1]


_NAME = later(r"(\\?[A-Za-z]\w*)\s*=\s*(?:\\left\s*)?\(?\s*\Z", holds=("=",))


def _blanked(view: View, stretch: _Stretch, is_error: bool) -> tuple[View, int]:
    """The answer with only the value of a stretch, or only its uncertainty, and where that begins."""
    hit = stretch.found
    run = stretch.run._replace(text=_error_alone(stretch.run.text, hit) if is_error else _alone(stretch.run.text, hit))
    blocks = [
        block._replace(runs=tuple([run if one is stretch.run else one for one in block.runs]))
        for block in view.answer.blocks
    ]
    memo = view.remember(("uncertain", run.span.start, hit.start(), is_error), dict)
    answer = view.answer._replace(blocks=tuple(blocks))
    own = View(answer, view.names, None, view.reasons, view.context, view.base, memo, view.shared)
    own_end = is_error and "sign" in hit.re.groupindex
    return own, run.span.start + (hit.start("error") if own_end else hit.end() - 1 if is_error else hit.start("value"))


def _alone(text: str, hit: re.Match[str]) -> str:
    """A text without the uncertainty, and without its unit if the value has its own."""
    if "sign" not in hit.re.groupindex:
        return _without(text, hit.end("value"), hit.end())
    has_unit = re.search(r"[^\W\d_]", hit["unit"]) is not None
    end = _ENDS.search(text, hit.end("error")) if has_unit else None
    return _without(text, hit.start("sign"), hit.end("error") if end is None else end.start())


def _error_alone(text: str, hit: re.Match[str]) -> str:
    """A text without the value and what leads to it; in the place of 9.77(20) stands 0.20, which its digits say."""
    head = text[: hit.start("value")]
    start = hit.start("value") if _SIUNITX.search(head) else 0
    if "sign" not in hit.re.groupindex:
        places = len(hit["value"].partition(".")[2])
        digits = hit["error"].rjust(places + 1, "0")
        number = f"{digits[:-places]}.{digits[-places:]}"
        return text[:start] + number.rjust(hit.end() - start) + text[hit.end() :]
    closed = _CLOSED.match(text, hit.end("error"))
    if not start and closed is not None and head.count("(") > head.count(")"):
        text = _without(text, hit.end("error"), closed.end())
    return _without(text, start, hit.start("error"))


def _without(text: str, start: int, stop: int) -> str:
    return text[:start] + " " * (stop - start) + text[stop:]


def _said_otherwise(
    parts: Sequence[PreparedPart],
    view: View,
    stretch: _Stretch,
    named: Callable[[Expr | None], int | None],
    said: Callable[[str], set[int]],
) -> bool:
    """Whether another number has the name of a part, or its label before it, and is not the one beside the sign."""
    start = stretch.run.span.start
    first, last = start + stretch.found.start(), start + stretch.found.end()
    errors = [_is_error(part) for part in parts]
    claims = {c.place: c for part in parts if part.kind for c in part.kind.find(part.expected, view)}
    for claim in claims.values():
        if claim.place[0] < last and claim.place[1] > first:
            continue
        part, words = named(claim.expr), said(APART.split(claim.before)[-1])
        part = next(iter(words)) if part is None and len(words) == 1 else part
        if part is None or (part == errors.index(True) and _is_relative(claim, stretch.found)):
            continue
        if _differs(claim, stretch.found, errors[part]):
            return True
    return False


def _is_relative(claim: Claim, hit: re.Match[str]) -> bool:
    """Whether a number is the uncertainty as a part of the value: "a relative error of 2 %"."""
    found = claimed(claim, value_of)
    texts = [hit[name].replace(",", ".").replace("−", "-") for name in ("value", "error")]
    if found is None or "sign" not in hit.re.groupindex or not all(map(_PLAIN.fullmatch, texts)):
        return False
    value, error = map(float, texts)
    percent = found.unit.strip("\\ ") == "%"
    if not value or not (percent or found.measure is None):
        return False
    return bool(abs(found.value / (100 if percent else 1) - abs(error / value)) <= _ROUNDED)


_PLAIN = later(r"-?\d+(?:\.\d+)?")
_ROUNDED = 0.003  # of a percentage told in whole numbers


def _behind(view: View, stretch: _Stretch) -> str:
    """The text of an answer behind the value and its uncertainty."""
    stop, end = stretch.run.span.start + stretch.found.end(), max(block.span.stop for block in view.answer.blocks)
    return view.answer.document.text[view.base + stop : view.base + end]


def _is_error(part: PreparedPart) -> bool:
    return any(_IS_ERROR.search(label) for label in (*part.part.labels, part.part.id))


def _differs(claim: Claim, hit: re.Match[str], is_error: bool) -> bool:
    found = claimed(claim, value_of)
    if found is None:
        return False
    if "sign" not in hit.re.groupindex and is_error:
        said = float(hit["error"]) / 10 ** len(hit["value"].partition(".")[2])
    elif re.search(_POWER, text := hit["error" if is_error else "value"]):
        return True
    else:
        said = float(text.replace("{,}", ".").replace(",", ".").replace("−", "-"))
    return bool(abs(found.value - said) > _NEAR[is_error] * abs(said))
