"""What many tests share: the repository's own rubric, made ready once, and its hand-ins as they are marked."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import settings

from grader.grade import grade, load_rubric
from grader.model.documents import Submission
from grader.model.results import GradedSubmission
from grader.prepare.parts import PreparedRubric
from grader.read import read_submission

ROOT = Path(__file__).parents[1]
settings.register_profile("any machine", deadline=None)  # a busy machine fails no test
settings.load_profile("any machine")
SEED = ROOT.parent / "shared" / "seed" / "homework10.md"


@pytest.fixture(scope="session")
def homework() -> PreparedRubric:
    """rubrics/homework10.yaml, ready to grade with."""
    return load_rubric(ROOT / "rubrics" / "homework10.yaml")


@pytest.fixture(scope="session")
def hand_ins() -> dict[str, Submission]:
    """submissions/ by name, and as `seed` the real hand-in where it is at hand."""
    found = {path.stem: read_submission(path) for path in sorted((ROOT / "submissions").iterdir())}
    return found | ({"seed": read_submission(SEED, "seed")} if SEED.is_file() else {})


@pytest.fixture(scope="session")
def marked(homework: PreparedRubric, hand_ins: dict[str, Submission]) -> dict[str, GradedSubmission]:
    """Every hand-in, graded when nothing is broken."""
    return {name: grade(homework, submission) for name, submission in hand_ins.items()}
