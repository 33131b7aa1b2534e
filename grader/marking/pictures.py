"""Pictures beside an answer: nobody reads them here, so what they might add is for a person."""

from __future__ import annotations

import re

from grader.model.answers import Answer
from grader.model.results import Status

_FILES = re.compile(
    r"!\[[^\]\n]*\]\(\s*<?([^)\s>]{1,200})|\bsrc\s*=\s*[\"']([^\"']{1,200})|\\includegraphics\s*(?:\[[^\]]*\])?\s*\{([^{}]{1,200})"
)
_NAMELESS = "picture"


def unread_pictures(answer: Answer, status: Status) -> str:
    """The pictures that a person must look at: all an answer consists of, or beside words that are not right; or ""."""
    return ", ".join(_only_pictures(answer) or (() if status is Status.RIGHT else _pictures_behind(answer)))


def _pictures_behind(answer: Answer) -> tuple[str, ...]:
    """The files of the pictures that stand behind words of an answer; one above all words shows the question."""
    found: list[str] = []
    worded = False
    for block in answer.blocks:
        for run in block.runs:
            if run.kind == "image" and worded:
                found.append(_file(answer, run.span.start))
            worded = worded or (run.kind != "image" and bool(run.text.strip()))
    return tuple(dict.fromkeys(found))


def _only_pictures(answer: Answer) -> tuple[str, ...]:
    """The files of the pictures of an answer that has no words besides."""
    runs = [run for block in answer.blocks for run in block.runs]
    if any(run.kind not in ("image", "break") and run.text.strip() for run in runs):
        return ()
    return tuple(dict.fromkeys(_file(answer, run.span.start) for run in runs if run.kind == "image"))


def _file(answer: Answer, at: int) -> str:
    """The name of the file of the picture whose words begin at an offset of the document."""
    text = answer.document.text
    line = text[text.rfind("\n", 0, at) + 1 : at] + text[at:].partition("\n")[0]
    before = at - (text.rfind("\n", 0, at) + 1)
    names = [(found.end(), next(filter(None, found.groups()))) for found in _FILES.finditer(line)]
    return next((name for stop, name in names if stop >= before), names[-1][1] if names else _NAMELESS)
