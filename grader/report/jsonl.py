"""results.jsonl: everything about a submission on one line, for programs and for the instructor."""

from __future__ import annotations

import json
from typing import Any

from grader.model.hand_ins import HandIn
from grader.model.results import Evidence, GradedSubmission, Mark, Status
from grader.report.clean import json_safe
from grader.report.numbers import json_number
from grader.report.phrases import all_sentences
from grader.report.report import Report


def line(graded: GradedSubmission) -> str:
    """One submission as a line of JSON, with its newline."""
    record: dict[str, Any] = {
        "submission": graded.submission,
        "rubric": graded.rubric,
        "score": json_number(graded.score),
        "max": json_number(graded.max),
        "least": json_number(graded.least),
        "most": json_number(graded.most),
        "review": graded.count(Status.REVIEW),
        "questions": [_mark(mark) for mark in graded.marks],
    }
    if graded.hand_in:
        record["hand_in"] = _hand_in(graded.hand_in)
    if graded.ignored:
        record["ignored"] = list(graded.ignored)
    return json_safe(json.dumps(record, ensure_ascii=False)) + "\n"


def _hand_in(hand_in: HandIn) -> dict[str, Any]:
    """Where a submission of a download comes from; a plain file or folder has nothing to say."""
    attempts = [{"attempt": one.label, "late": one.late, "files": list(one.files)} for one in hand_in.attempts]
    counted = {"attempt": attempts[-1]["attempt"], "late": hand_in.late}
    return {"layout": hand_in.layout, "student": hand_in.student, **counted, "attempts": attempts}


def _mark(mark: Mark) -> dict[str, Any]:
    points = mark.points
    return {
        "id": mark.id,
        "points": None if points is None else json_number(points),
        "max": json_number(mark.max),
        "credit": None if mark.credit is None else json_number(mark.credit),
        "status": mark.status.value,
        "read_as": mark.read_as,
        "expected": mark.expected,
        "mistakes": list(mark.mistakes),
        "feedback": " ".join(all_sentences(mark)),
        "evidence": [_evidence(one) for one in mark.evidence],
        "parts": [_mark(part) for part in mark.parts],
    }


def _evidence(one: Evidence) -> dict[str, Any]:
    cell = {"cell": one.cell} if one.cell else {}
    return {"file": one.file, **cell, "line": one.line, "text": one.text}


def _render(many: tuple[GradedSubmission, ...]) -> str:
    return "".join(map(line, sorted(many, key=lambda graded: graded.submission)))


REPORT = Report("jsonl", ".jsonl", _render)
