"""CommonMark's block structure, loosened where students write what it does not know."""

from __future__ import annotations

import re
from collections.abc import Callable
from functools import cache

from markdown_it import MarkdownIt
from markdown_it.ruler import RuleOptionsType
from markdown_it.rules_block import StateBlock, paragraph
from markdown_it.rules_block import code as code_rule
from markdown_it.rules_block import hr as hr_rule
from markdown_it.rules_block import lheading as lheading_rule
from markdown_it.rules_block import table as table_rule

from grader.model.patterns import later
from grader.read._fences import Fence
from grader.read._inline import PlacedInline
from grader.read._regions import HEADING_START

Rule = Callable[[StateBlock, int, int, bool], bool]

# Quotes and lists deeper than this are read as words: each level costs stack and a pass over the lines.
DEPTH = 40

_HEADING = re.compile(HEADING_START, re.MULTILINE)
_LABELLED = later(
    r"(?:[-*+]\s+)?(?:\*\*)?(?:[(（]\s?(?:[a-z]|[ivx]{1,4}|\d)\s?[)）]|(?:[a-z]|[ivx]{2,4}|\d{1,2}[a-z]?)\))(?:\*\*)?(?=[\s：:]|\Z)",
    re.IGNORECASE,
)
_ADDRESS = later(r"(?:https?|ftp|mailto|file|data|attachment):|#|\.{0,2}/|[\w%~-]+(?:/|\.[a-z])", re.IGNORECASE)


class _Parser(MarkdownIt):
    def validateLink(self, url: str) -> bool:
        """`Z[i](j)` and `[a]: 307` are mathematics and answers, no links: an address must look like one."""
        return bool(_ADDRESS.match(url))


@cache
def parser() -> MarkdownIt:
    """Built on first use, once."""
    made = _Parser("commonmark", {"maxNesting": DEPTH + 10})
    made.inline = PlacedInline()
    made.inline.ruler2.enable(["strikethrough"])
    made.inline.ruler.enable(["strikethrough"])
    made.core.ruler.enableOnly(["block"])
    rules = made.block.ruler
    rules.enable("table")
    rules.disable("html_block")  # words between two tags are words of the student
    ends_anything: RuleOptionsType = {"alt": ["paragraph", "reference", "blockquote", "list"]}
    rules.at("table", _placed(table_rule), {"alt": ["paragraph", "reference"]})
    rules.at("code", _code)
    rules.at("fence", _fence, ends_anything)
    rules.at("hr", _placed(hr_rule), ends_anything)
    rules.at("heading", _heading, {"alt": ["paragraph", "reference", "blockquote"]})
    rules.at("lheading", _placed(lheading_rule))
    rules.at("paragraph", _placed(paragraph))
    rules.before("table", "too_deep", _too_deep)
    return made


def _placed(rule: Rule) -> Rule:
    """The rule, noting where each of its lines starts: containers change that and put it back."""

    def run(state: StateBlock, start: int, stop: int, silent: bool) -> bool:
        count = len(state.tokens)
        if not rule(state, start, stop, silent):
            return False
        if len(state.tokens) > count:
            _note_lines(state, count, start)
        return True

    return run


def _code(state: StateBlock, start: int, stop: int, silent: bool) -> bool:
    """CommonMark's rule, unless the line begins with a label: `    (a) 5x4` below a heading is an answer."""
    at = state.bMarks[start] + state.tShift[start]
    if not state.is_code_block(start) or _LABELLED.match(state.src, at, state.eMarks[start]):
        return False
    if _below_letter(state, start):
        return False
    return _placed(code_rule)(state, start, stop, silent)


def _below_letter(state: StateBlock, line: int) -> bool:
    """Whether it stands below the words of `    c.  Sub-sampling`, which is an item for pandoc and no code."""
    indent = state.sCount[line]
    for above in range(line - 1, max(-1, line - _REACH), -1):
        at = state.bMarks[above] + state.tShift[above]
        if at < state.eMarks[above] and state.sCount[above] < indent:
            item = _LETTERED.match(state.src, at, state.eMarks[above])
            return item is not None and state.sCount[above] + item.end() - at == indent
    return False


_LETTERED, _REACH = re.compile(r"(?:[a-z]|[ivx]{2,4})[.)][ \t]+(?=\S)"), 60


def _note_lines(state: StateBlock, token: int, start: int) -> None:
    lines = range(start, state.line)
    meta = state.tokens[token].meta
    meta["marks"] = [state.bMarks[line] for line in lines]
    meta["starts"] = [state.bMarks[line] + state.tShift[line] for line in lines]
    meta["stops"] = [state.eMarks[line] for line in lines]
    meta["lazy"] = next((at for at, line in enumerate(lines) if state.sCount[line] < 0), 0)
    meta["indent"] = state.blkIndent
    meta["column"] = state.sCount[start]


def _fence(state: StateBlock, start: int, stop: int, silent: bool) -> bool:
    """Only the fences found beforehand, up to the end found beforehand, however either is indented."""
    fence: Fence | None = state.env["fences"].get(state.eMarks[start])
    at = state.bMarks[start] + state.tShift[start]
    if fence is None or state.src[at] not in "`~":  # the container before it comes first
        return False
    if silent:
        return True
    line = start + 1
    while line < stop and state.eMarks[line] <= fence.stop:
        line += 1
    token = state.push("fence", "code", 0)
    token.info = fence.info
    token.map = [start, line]
    state.line = line
    _note_lines(state, len(state.tokens) - 1, start)
    token.meta["indent"] = state.sCount[start]
    if state.bMarks[start] == fence.start:  # no quote; one moved to the left has deeper lines
        token.meta["indent"] = max(state.sCount[start], fence.ticks - fence.start)
    token.meta["closed"] = fence.closed and state.eMarks[line - 1] == fence.stop
    return True


def _heading(state: StateBlock, start: int, stop: int, silent: bool) -> bool:
    """CommonMark's rule, and `##1.`, `##(a)`, `###（c)` without the blank it asks for."""
    at = state.bMarks[start] + state.tShift[start]
    match = None if state.is_code_block(start) else _HEADING.match(state.src, at, state.eMarks[start])
    if match is None or match.end() > state.eMarks[start]:
        return False
    if silent:
        return True
    state.line = start + 1
    token = state.push("heading_open", f"h{match.end() - at}", 1)
    _note_lines(state, len(state.tokens) - 1, start)
    state.push("inline", "", 0)
    state.push("heading_close", token.tag, -1)
    return True


def _too_deep(state: StateBlock, start: int, stop: int, silent: bool) -> bool:
    if state.level < DEPTH or silent:
        return False
    state.env["too_deep"].append(state.bMarks[start] + state.tShift[start])
    return _DEEP(state, start, stop, False)


_DEEP = _placed(paragraph)
