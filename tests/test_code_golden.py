"""Programs as a teacher would mark them: the hand-ins of golden/code, one by one."""

from __future__ import annotations

import re
from fractions import Fraction
from pathlib import Path
from tempfile import TemporaryDirectory

import pytest

from grader.grade import grade, load_rubric, parse_rubric
from grader.model.documents import Submission
from grader.model.results import Mark, Status
from grader.prepare.parts import PreparedRubric
from grader.read import READERS
from grader.report.sentences import explain

ROOT = Path(__file__).parents[1]
FOLDER = Path(__file__).parent / "golden" / "code"
CASE = re.compile(
    r"^## (?P<title>[^\n]+)\n\n(?P<status>\w+) ?(?P<credit>[\d/]*) ?(?P<reason>[\w-]*)\n\n"
    r"````(?P<info>\S+)\n(?P<text>.*?)^````$",
    re.MULTILINE | re.DOTALL,
)
RUBRIC = re.compile(
    r"\A# [^\n]+\n\n```yaml\n(?P<rubric>.*?)```\n(\n```python solution.py\n(?P<solution>.*?)```\n)?", re.DOTALL
)


def cases() -> list[object]:
    """Every hand-in of every page."""
    found = []
    for path in sorted(FOLDER.glob("*.md")):
        page = path.read_text(encoding="utf-8")
        assert len(CASE.findall(page)) == page.count("\n## "), path.name
        for case in CASE.finditer(page):
            found.append(pytest.param(path, *case.groups()[1:], id=f"{path.stem}: {case['title']}"))
    return found


RUBRICS: dict[str, PreparedRubric] = {}


def rubric_of(path: Path) -> PreparedRubric:
    """The rubric at the top of a page, or the one that is called like it."""
    if path.stem not in RUBRICS:
        own = RUBRIC.match(path.read_text(encoding="utf-8"))
        file = ROOT / "rubrics" / f"{path.stem}.yaml"
        if own and own["solution"]:
            RUBRICS[path.stem] = beside(own["rubric"], own["solution"])
        else:
            RUBRICS[path.stem] = parse_rubric(own["rubric"], path.stem) if own else load_rubric(file)
    return RUBRICS[path.stem]


def beside(rubric: str, solution: str) -> PreparedRubric:
    """A rubric with the program that its references name."""
    with TemporaryDirectory() as folder:
        (Path(folder) / "solution.py").write_text(solution, encoding="utf-8")
        (Path(folder) / "rubric.yaml").write_text(rubric, encoding="utf-8")
        return load_rubric(Path(folder) / "rubric.yaml")


def mark_of(rubric: PreparedRubric, info: str, text: str) -> Mark:
    """The mark of a hand-in: a file of Python, or a fence, or a whole file of another format."""
    if info in READERS.names:
        reader, name = (info, "answer") if info != "python" else ("python", "answer.py")
    else:
        reader, name = "markdown", "answer.md"
        text = text if info == "text-only" else f"```{info}\n{text}```\n"
    graded = grade(rubric, Submission("answer", (READERS.load(reader).read(text, name),)))
    assert graded.log == ()
    return graded.marks[0]


@pytest.mark.parametrize(("path", "status", "credit", "reason", "info", "text"), cases())
def test_marked_as_a_teacher_would(path: Path, status: str, credit: str, reason: str, info: str, text: str) -> None:
    """Status, credit and the first reason are those of the page, and every reason is a whole sentence."""
    mark = mark_of(rubric_of(path), info, text)
    told = [explain(one) for one in mark.reasons]
    found = (mark.status, mark.credit, mark.reasons[0].id if mark.reasons else "")
    assert found == (Status(status), Fraction(credit) if credit else None, reason), (mark.read_as, told)
    assert not any(sentence.startswith("Remark") for sentence in told)
