"""The folder of results: nothing of others is overwritten, and a run is in it whole or not at all."""

from __future__ import annotations

import json
import os
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from itertools import count
from pathlib import Path

from grader.model.errors import UsageError
from grader.model.results import GradedSubmission

GRADES, RESULTS, FEEDBACK = "grades.csv", "results.jsonl", "feedback"
_ELSEWHERE = "name another folder with --out"


def check(out: Path, rubric: str, force: bool = False) -> frozenset[str]:
    """May results of this rubric be written here? The ids of earlier results that may be replaced.

    UsageError if it is no folder, or holds anything but results of the same rubric.
    """
    with _saying(out):
        if not out.exists():
            return frozenset()
        if not out.is_dir():
            raise UsageError(f"{out} is a file, not a folder; {_ELSEWHERE}")
        held = sorted(entry.name for entry in out.iterdir() if not entry.name.startswith("."))
        if not held or force:
            return frozenset()
        earlier = _earlier(out / RESULTS)
    if earlier is None:
        raise UsageError(f"{out} holds files that are not results, such as {held[0]}; {_ELSEWHERE}, or use --force")
    others = sorted(earlier.keys() - {rubric})
    if others:
        raise UsageError(f"{out} holds results of {others[0]}; {_ELSEWHERE}, or use --force")
    return frozenset(id for ids in earlier.values() for id in ids)


def _earlier(path: Path) -> dict[str, set[str]] | None:
    """Rubric names and submission ids of a file of results; None if it is not ours."""
    earlier: dict[str, set[str]] = {}
    if not path.is_file():
        return None
    try:
        with path.open(encoding="utf-8") as lines:
            for line in lines:
                record = json.loads(line)
                earlier.setdefault(str(record["rubric"]), set()).add(str(record["submission"]))
    except (ValueError, KeyError, TypeError):
        return None
    return earlier


@contextmanager
def opened(out: Path) -> Iterator[Callable[[GradedSubmission], None]]:
    """A function that takes graded submissions, sorted by id.

    They are written beside the old results and take their place at the end; after an exception the folder is
    as it was.
    """
    from grader.report import csv, jsonl, markdown

    with _saying(out):
        out.mkdir(parents=True, exist_ok=True)
        stage = _new_folder(out)
    try:
        with _saying(out):
            (stage / FEEDBACK).mkdir()
            grades = (stage / GRADES).open("w", encoding="utf-8", newline="")
            results = (stage / RESULTS).open("w", encoding="utf-8", newline="")
        with grades, results:
            empty = True

            def add(graded: GradedSubmission) -> None:
                nonlocal empty
                with _saying(out):
                    if empty:
                        grades.write(csv.header(graded))
                        empty = False
                    grades.write(csv.row(graded))
                    results.write(jsonl.line(graded))
                    page = stage / FEEDBACK / f"{graded.submission}.md"
                    page.write_bytes(markdown.page(graded).encode("utf-8"))

            yield add
        with _saying(out):
            _move(stage, out)
    finally:
        _remove(stage)


def _new_folder(out: Path) -> Path:
    """A folder that nothing else uses; two runs at once never share one."""
    for number in count():
        stage = out / f".unfinished-{os.getpid()}-{number}"
        with suppress(FileExistsError):
            stage.mkdir(mode=0o700)
            return stage
    raise AssertionError("count() never ends")


def _remove(stage: Path) -> None:
    """After a run that went well there are only empty folders, which need no library that is slow to import."""
    try:
        with suppress(FileNotFoundError):
            (stage / FEEDBACK).rmdir()
        stage.rmdir()
    except OSError:
        import shutil

        shutil.rmtree(stage, ignore_errors=True)


def _move(stage: Path, out: Path) -> None:
    """results.jsonl comes last: it vouches for the rest. The feedback of a first run is moved as a whole."""
    if os.path.lexists(out / FEEDBACK):
        for page in sorted((stage / FEEDBACK).iterdir()):
            os.replace(page, out / FEEDBACK / page.name)
    else:
        os.rename(stage / FEEDBACK, out / FEEDBACK)
    for name in (GRADES, RESULTS):
        os.replace(stage / name, out / name)


@contextmanager
def _saying(out: Path) -> Iterator[None]:
    try:
        yield
    except OSError as error:
        reason = (error.strerror or "the folder cannot be used").lower()
        raise UsageError(f"cannot write results to {out}: {reason}; {_ELSEWHERE}") from error
