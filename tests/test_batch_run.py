"""Grading one by one."""

from __future__ import annotations

from pathlib import Path

import pytest
from fakes import graded, install, load_rubric, mark

from grader.batch.discover import discover
from grader.batch.run import run, unreadable
from grader.model.documents import Note
from grader.model.results import Status


def test_one_by_one(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A submission is read only when its turn comes, and what cannot be read is graded too."""
    install(monkeypatch)
    (tmp_path / "hw.yaml").write_text("", encoding="utf-8")
    (tmp_path / "a.md").write_text("1a: right", encoding="utf-8")
    (tmp_path / "b.png").write_bytes(b"\x89PNG")
    (tmp_path / "c.md").write_text("1a: interrupt", encoding="utf-8")
    steps: list[int] = []
    found = discover([tmp_path], leave_out=[tmp_path / "hw.yaml"]).found
    results = run(load_rubric(tmp_path / "hw.yaml"), found, lambda: steps.append(1))  # type: ignore[arg-type]
    assert next(results).submission == "a"
    second = next(results)
    assert (second.submission, len(steps), unreadable(second)) == ("b", 1, True)
    with pytest.raises(KeyboardInterrupt):
        next(results)


@pytest.mark.parametrize(
    ("note", "shown", "expected"),
    [
        ("unknown-format", False, True),
        ("unknown-format", True, False),
        ("nothing-readable", False, True),
        ("empty-file", False, False),
        ("unclosed-math", False, False),
    ],
)
def test_unreadable(note: str, shown: bool, expected: bool) -> None:
    """Unreadable is what a note says and no evidence denies; an empty file is blank, not unreadable."""
    part = mark("value") if shown else mark("value", evidence=())
    one = mark(status=Status.REVIEW, evidence=(), parts=(part,))
    assert unreadable(graded("s", one, notes=(Note(note),))) is expected
