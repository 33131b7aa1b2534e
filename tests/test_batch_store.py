"""The folder of results."""

from __future__ import annotations

from pathlib import Path

import pytest
from fakes import graded, mark

from grader.batch.store import check, opened
from grader.model.errors import UsageError
from grader.model.results import Status


def write(out: Path, *ids: str) -> None:
    """A run with one right mark each."""
    with opened(out) as add:
        for id in ids:
            add(graded(id))


def listing(out: Path) -> dict[str, bytes]:
    """All files with what they hold."""
    return {str(path.relative_to(out)): path.read_bytes() for path in sorted(out.rglob("*")) if path.is_file()}


def test_what_is_written(tmp_path: Path) -> None:
    """Grades, results and a feedback file each, and nothing besides."""
    out = tmp_path / "deep" / "out"
    write(out, "a", "b")
    files = listing(out)
    assert list(files) == ["feedback/a.md", "feedback/b.md", "grades.csv", "results.jsonl"]
    assert files["grades.csv"] == b"submission,score,max,review,error,1a\na,2,2,0,0,2\nb,2,2,0,0,2\n"
    assert files["results.jsonl"].count(b"\n") == 2
    assert not list(out.glob(".*"))


def test_same_bytes(tmp_path: Path) -> None:
    """The same results written again, or elsewhere, are the same bytes."""
    write(tmp_path / "x", "a", "b")
    first = listing(tmp_path / "x")
    write(tmp_path / "x", "a", "b")
    write(tmp_path / "y", "a", "b")
    assert listing(tmp_path / "x") == listing(tmp_path / "y") == first


def test_earlier_results_of_the_rubric_may_be_replaced(tmp_path: Path) -> None:
    """Results of the same rubric are named, so that the caller can say what is replaced."""
    assert check(tmp_path / "new", "hw") == frozenset()
    assert check(tmp_path, "hw") == frozenset()
    write(tmp_path, "a", "b")
    assert check(tmp_path, "hw") == {"a", "b"}


@pytest.mark.parametrize(
    ("name", "text", "message"),
    [
        ("notes.txt", "mine", "notes.txt"),
        ("results.jsonl", "not json\n", "not results"),
        ("results.jsonl", "[1]\n", "not results"),
        ("results.jsonl", '{"submission": "a", "rubric": "other"}\n', "results of other"),
    ],
)
def test_other_files_are_kept(tmp_path: Path, name: str, text: str, message: str) -> None:
    """A folder that holds anything but results of this rubric is refused, unless forced."""
    (tmp_path / name).write_text(text, encoding="utf-8")
    with pytest.raises(UsageError, match=message):
        check(tmp_path, "hw")
    assert check(tmp_path, "hw", force=True) == frozenset()
    assert (tmp_path / name).read_text(encoding="utf-8") == text


def test_a_file_is_no_folder(tmp_path: Path) -> None:
    """A file in the way is said, whether at the folder's own place or above it."""
    blocked = tmp_path / "file"
    blocked.write_text("mine", encoding="utf-8")
    with pytest.raises(UsageError, match="is a file"):
        check(blocked, "hw", force=True)
    with pytest.raises(UsageError, match="cannot write results"):
        write(blocked / "below", "a")
    assert blocked.read_text(encoding="utf-8") == "mine"


@pytest.mark.parametrize("error", [KeyboardInterrupt, ZeroDivisionError])
def test_an_unfinished_run_leaves_no_trace(tmp_path: Path, error: type[BaseException]) -> None:
    """After an interruption the results of the earlier run are as they were."""
    write(tmp_path, "a")
    before = listing(tmp_path)
    with pytest.raises(error), opened(tmp_path) as add:
        add(graded("a", mark(status=Status.WRONG)))
        raise error
    assert listing(tmp_path) == before
    assert not list(tmp_path.glob(".*"))
