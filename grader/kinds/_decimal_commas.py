"""Decimal commas: `9,81·(0,5 − 0,1732) = 3,206 m/s²`. Of one with three digits behind it nobody can tell alone."""

from __future__ import annotations

import re
from collections.abc import Callable

from grader.kinds.kind import View, remark
from grader.model.patterns import later
from grader.model.results import Finding, Status

_COMMA = r"(?:,|\{,\})"
_NUMBER = later(rf"(?<![\d.,}}])(?P<whole>\d+)(?P<comma>{_COMMA})(?P<tail>\d+)(?![\d]|{_COMMA}\d|\.\d)", holds=(",",))
_POINT = later(r"(?<![\d.,\n])(?<!\n\s)\d+\.\d+(?![\d.])")
_THOUSANDS = 3
_OPENS, _CLOSES = re.compile(r"[(\[{|]\s*[-−+]?\s*\Z"), re.compile(r"\s*\\?[)\]}|]")
_LISTS = re.compile(r",\s*\Z")
_WRITTEN = frozenset(["text", "math", "display"])


def read_with_points(
    finding: Finding, view: View, judge: Callable[[View], Finding], certain: bool | None = None
) -> Finding:
    """The finding with decimal commas as points, where that earns more; a person's where thousands may be meant.

    `certain` tells whether the commas of a list can be nothing else; None where a number is asked for, which shows it.
    """
    text = view.answer.text
    if finding.status is Status.RIGHT or "," not in text or not (found := _decimals(text)):
        return finding
    listed = certain is not None
    if certain is None:
        certain = _speaks_so(text) or _speaks_so(view.answer.document.text)
    if _POINT.search(text) is not None and not _speaks_so(text):
        return finding
    told = judge(_with_points(view))
    if listed and certain:
        return told  # of `{-0,5; 1,5}` no other reading means anything
    if not told.credit or (finding.credit is not None and told.credit <= finding.credit):
        return finding
    if certain:
        return told
    doubt = remark("comma-unclear", said=found[0])
    return Finding(Status.REVIEW, None, (doubt,), told.read_as, finding.spans or told.spans)


def _decimals(text: str) -> list[str]:
    return [found[0] for found in _NUMBER.finditer(text) if not _is_listed(found)]


def _is_listed(found: re.Match[str]) -> bool:
    """Whether two numbers are the only ones in brackets, `(1,5)`, or go on with a list."""
    alone = _OPENS.search(found.string, 0, found.start()) and _CLOSES.match(found.string, found.end())
    return bool(alone) or _LISTS.search(found.string, 0, found.start()) is not None


def _speaks_so(text: str) -> bool:
    """Whether a text has a comma that can only be a decimal one, and hardly any decimal point."""
    commas = sum(_is_certain(found) for found in _NUMBER.finditer(text))
    return commas > 0 and sum(1 for _ in _POINT.finditer(text)) * 2 <= commas


def _is_certain(found: re.Match[str]) -> bool:
    """`0,801` and `9,81` are no thousands; a list has a blank behind its comma, or ends in brackets."""
    grouped = len(found["tail"]) == _THOUSANDS and not found["whole"].startswith("0")
    return not grouped and len(found["whole"]) <= _LONGEST and not _is_listed(found)


_LONGEST = 6  # digits before a decimal comma


def read_with_thousands(finding: Finding, view: View, judge: Callable[[View], Finding]) -> Finding:
    """The finding, or the better one of a list whose thousands are set apart, "1,500 and 2,500", `1\\,500; 2\\,500`."""
    if finding.status is Status.RIGHT or _GROUPED.search(view.answer.text) is None:
        return finding
    told = judge(_respelt(view, _GROUPED, lambda found: re.sub(r"\D", "", found[0]).ljust(len(found[0]))))
    return told if told.credit and told.credit > (finding.credit or 0) else finding


_GROUPED = later(r"(?<![\d.,'’])[1-9]\d{0,2}(?:(?:,|\{,\}|\\,|['’\u00a0\u202f\u2009 ])\d{3})+(?![\d'’]|[.,]\d)")


def _with_points(view: View) -> View:
    def respell(found: re.Match[str]) -> str:
        return found[0] if _is_listed(found) else f"{found['whole']}.{found['tail']}".ljust(len(found[0]))

    return _respelt(view, _NUMBER, respell)


def _respelt(view: View, pattern: re.Pattern[str], respell: Callable[[re.Match[str]], str]) -> View:
    blocks = tuple([
        block._replace(runs=tuple([
            run._replace(text=pattern.sub(respell, run.text)) if run.kind in _WRITTEN else run for run in block.runs
        ]))
        for block in view.answer.blocks
    ])  # fmt: skip
    answer = view.answer._replace(blocks=blocks)
    return View(answer, view.names, view.places, view.reasons, view.context, view.base)
