"""results.jsonl: everything about a submission on one line, for programs and for the instructor."""

from __future__ import annotations

import json
from typing import Any

from grader.model.results import Evidence, GradedSubmission, Mark, Status
from grader.report.clean import json_safe
from grader.report.numbers import json_number
from grader.report.phrases import all_sentences
from grader.report.report import Report


def line(graded: GradedSubmission) -> str:
    """One submission as a line of JSON, with its newline."""
    record = {
        "submission": graded.submission,
        "rubric": graded.rubric,
        "score": json_number(graded.score),
        "max": json_number(graded.max),
        "least": json_number(graded.least),
        "most": json_number(graded.most),
        "review": graded.count(Status.REVIEW),
        "questions": [_mark(mark) for mark in graded.marks],
    }
    return json_safe(json.dumps(record, ensure_ascii=False)) + "\n"


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
