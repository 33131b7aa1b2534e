"""Small things that cost a part, or nothing: imports that were forgotten or are not there, columns, matrices."""

from __future__ import annotations

from fractions import Fraction
from pathlib import Path

import pytest

from grader.grade import grade, load_rubric, parse_rubric
from grader.model.documents import Submission
from grader.model.errors import RubricError
from grader.model.results import Mark, Status
from grader.read import READERS

BITS = """
questions:
  1:
    points: 4
    code: bits(p)
    seed: slips
    reference: -sum(p * log2(p))
    cases: [{p: [0.5, 0.5]}, {p: [0.25, 0.5, 0.25], hidden: true}]
"""
PLACES = """
questions:
  1:
    points: 4
    code: places(x)
    seed: slips
    reference: {file: solution.py}
    cases: [{x: [3, 0, 4]}, {x: [0, 5, 0, 2], hidden: true}, {x: [0, 0], hidden: true}]
"""
BASIS = """
questions:
  1:
    points: 4
    code: basis(A)
    seed: slips
    cases: [{A: {normal: [4, 2]}, hidden: true, times: 2}]
    holds:
      - "norm(transpose(result) @ result - [[1, 0], [0, 1]]) < 1e-9"
      - "norm(result @ transpose(result) @ A - A) < 1e-9"
"""
CELL = "from scipy.spatial import distance\nd = distance.cdist(1, 2)\n"


def marked(rubric: str, source: str) -> Mark:
    """The mark of a hand-in of one file."""
    graded = grade(parse_rubric(rubric, "slips"), Submission("a", (READERS.load("python").read(source, "a.py"),)))
    assert graded.log == ()
    return graded.marks[0]


def bits(head: str, body: str = "np.sum(p * np.log2(p))") -> Mark:
    """The mark of a program with these first lines."""
    return marked(BITS, f"{head}def bits(p):\n    return -{body}\n")


def test_a_bare_name_of_numpy_is_an_import_that_was_forgotten() -> None:
    """`log2(p)` as `inv(A)`."""
    for mark in (bits("", "sum(p * log2(p))"), bits("import numpy as np\n", "np.sum(p * log2(p))")):
        assert (mark.credit, mark.reasons[0].id) == (Fraction(4, 5), "import-missing")


RUNS = """
questions:
  1:
    points: 4
    code: first(s)
    reference: {file: solution.py}
    cases: [{s: {text: aabc}}, {s: {text: xyyz}, hidden: true}]
"""
FORGOTTEN = {
    "groupby": "[(a, len(list(b))) for a, b in groupby(s)]",
    "Counter": "sorted(Counter(s).items())",
    "defaultdict": "sorted((a, s.count(a)) for a in defaultdict(int, [(a, 0) for a in s]))",
    "deepcopy": "sorted({a: s.count(a) for a in deepcopy(s)}.items())",
    "reduce": "reduce(lambda r, a: r if r and r[-1][0] == a else r + [(a, s.count(a))], s, [])",
    "product": "sorted({(a, s.count(a)) for a, b in product(s, s)})",
    "collections": "sorted(collections.Counter(s).items())",
}


@pytest.mark.parametrize("name", FORGOTTEN)
def test_an_import_from_the_library_is_forgotten_too(name: str, tmp_path: Path) -> None:
    """Whatever module it is of; a name that nobody knows is none."""
    (tmp_path / "solution.py").write_text("def first(s):\n    return [(a, s.count(a)) for a in sorted(set(s))]\n")
    (tmp_path / "rubric.yaml").write_text(RUNS)
    rubric = load_rubric(tmp_path / "rubric.yaml")
    for body, credit in ((FORGOTTEN[name], Fraction(4, 5)), (FORGOTTEN[name].replace(name, "mine"), Fraction(0))):
        document = READERS.load("python").read(f"def first(s):\n    return {body}\n", "a.py")
        (mark,) = grade(rubric, Submission("a", (document,))).marks
        assert mark.credit == credit, mark.reasons
        assert credit == 0 or (mark.reasons[0].id, dict(mark.reasons[0].facts)["found"]) == ("import-missing", name)


def test_what_was_forgotten_to_be_imported_is_forbidden_all_the_same() -> None:
    """A loop by the name of `reduce`, a function by its own."""
    rubric = BITS + "    forbid: {%s: 0}\n"
    source = "def bits(p):\n    return -%s\n"
    for ban, body in (
        ("loops", "reduce(lambda s, q: s + q * log2(q), p, 0)"),
        ("numpy.einsum", "einsum('i,i', p, log2(p))"),
        ("functools", "reduce(lambda s, q: s + q * log2(q), p, 0)"),
    ):
        assert marked(rubric % ban, source % body).reasons[-1].id == "forbidden-used", ban


LONG = """
questions:
  1:
    points: 4
    code: ramp(x)
    seed: slips
    reference: 2 * x
    cases: [{x: [1, 2]}, {x: {normal: 5}, hidden: true}, {x: {normal: 2000}, hidden: true}]
"""


@pytest.mark.parametrize(
    ("body", "credit"),
    [
        ("print(2 * x)", Fraction(1, 2)),  # numpy leaves out the middle of 2000 numbers
        ("print(list(2 * x))", Fraction(1, 2)),  # too many characters to be kept
        ("print(2 * x) if len(x) < 9 else 1 / 0", Fraction(1, 4)),
        ("print(2 * x if len(x) < 9 else x)", Fraction(0)),  # its end is wrong
        ("print(x)", Fraction(0)),
        ("print(2 * x if len(x) in (2, 2000) else x)", Fraction(0)),
        ("print('...')", Fraction(0)),
    ],
)
def test_what_is_printed_in_part_does_not_count(body: str, credit: Fraction) -> None:
    """A case of which the middle is left out is neither right nor wrong; the others say what it is worth."""
    assert marked(LONG, f"def ramp(x):\n    {body}\n").credit == credit


PAIR = """
questions:
  1:
    points: 4
    code: both(x)
    reference: {file: solution.py}
    cases: [{x: [1, 2]}, {x: {normal: 5}, hidden: true}]
"""


@pytest.mark.parametrize(
    ("value", "reason"),
    [
        ("{'sum': x.sum(), 'double': 2 * x}", "mapping-undecided"),
        ("{'double': 2 * x, 'x': x, 'sum': sum(x)}", "mapping-undecided"),
        ("{'sum': x.sum(), 'double': 3 * x}", "type-differs"),
        ("{'sum': x.sum()}", "type-differs"),
        ("{}", "type-differs"),
    ],
)
def test_a_dictionary_of_right_results_is_for_a_person(value: str, reason: str, tmp_path: Path) -> None:
    """All of them must be in it."""
    (tmp_path / "solution.py").write_text("def both(x):\n    return x.sum(), 2 * x\n")
    (tmp_path / "rubric.yaml").write_text(PAIR)
    document = READERS.load("python").read(f"def both(x):\n    return {value}\n", "a.py")
    (mark,) = grade(load_rubric(tmp_path / "rubric.yaml"), Submission("a", (document,))).marks
    assert (mark.credit, mark.reasons[0].id) == (None if "undecided" in reason else 0, reason)


WEIGHED = """
questions:
  1:
    points: 4
    code: twice(x)
    seed: slips
    reference: 2 * x
    cases: [{x: [0.5], weight: 5}, {x: {normal: 5}, hidden: %s}, {x: [4, 5, 6], hidden: %s, weight: 2}]
"""
INTEGERS = "def twice(x):\n    x = x.copy()\n    x *= 2.0\n    return x\n"


@pytest.mark.parametrize(("hidden", "id", "count"), [(True, "hidden-weigh", "1/3"), (False, "cases-weigh", "3/4")])
def test_what_weights_make_of_a_count_is_said(hidden: bool, id: str, count: str) -> None:
    """Two of three cases are right, and that is not what is earned; an exception of numpy is called by its name."""
    mark = marked(WEIGHED % (str(hidden).lower(), str(hidden).lower()), INTEGERS)
    facts = {reason.id: dict(reason.facts) for reason in mark.reasons}
    assert (mark.credit, facts[id]["count"]) == (Fraction(count), count)
    assert "UFuncTypeError" in str(facts["hidden-raised" if hidden else "program-raised"]["found"])
    assert not {"hidden-weigh", "cases-weigh"} & {reason.id for reason in marked(BITS, "def bits(p): return 0").reasons}


MISSING = {
    "in one line": "import numpy as np, pandas as pd\n",
    "the other way round": "import pandas as pd, numpy as np\n",
    "in two lines": "import numpy as np\nimport pandas as pd\n",
}


@pytest.mark.parametrize("name", MISSING)
def test_a_library_that_is_missing_is_for_a_person_however_it_is_imported(name: str) -> None:
    """And what stands in the line beside it is there."""
    mark = bits(MISSING[name], "pd.Series(p * np.log2(p)).sum()")
    assert (mark.status, mark.reasons[0].id) == (Status.REVIEW, "library-missing")
    assert bits(MISSING[name]).status is Status.RIGHT


def test_a_library_that_only_another_cell_needs_is_no_matter() -> None:
    """What the answer misses does not come from there."""
    mark = bits(CELL, "np.sum(p * logarithm(p))")
    assert mark.status is Status.WRONG
    assert bits(CELL, "d").reasons[0].id == "library-missing"  # but this does


def test_an_empty_column_is_a_column(tmp_path: Path) -> None:
    """`np.argwhere` gives one where it finds nothing."""
    (tmp_path / "solution.py").write_text("import numpy as np\ndef places(x):\n    return np.flatnonzero(x)\n")
    (tmp_path / "rubric.yaml").write_text(PLACES)
    source = "import numpy as np\ndef places(x):\n    return np.argwhere(x > 0)\n"
    submission = Submission("a", (READERS.load("python").read(source, "a.py"),))
    mark = grade(load_rubric(tmp_path / "rubric.yaml"), submission).marks[0]
    assert (mark.credit, mark.reasons[0].id) == (Fraction(4, 5), "column-for-vector")


def test_a_matrix_costs_its_part_where_conditions_are_asked_for() -> None:
    """As it does beside a reference."""
    mark = marked(BASIS, "import numpy as np\ndef basis(A):\n    return np.matrix(np.linalg.qr(A)[0])\n")
    assert (mark.credit, mark.reasons[0].id) == (Fraction(4, 5), "returns-matrix")
    assert marked(BASIS, "import numpy as np\ndef basis(A):\n    return np.linalg.qr(A)[0]\n").status is Status.RIGHT


def test_a_file_gives_all_names_of_a_snippet(tmp_path: Path) -> None:
    """It is run as the snippet is; a file for one name is refused, with what to write."""
    rubric = "questions: {1: {points: 2, code: [m, s], reference: %s, cases: [{u: {normal: 5}, hidden: true}]}}"
    (tmp_path / "solution.py").write_text("def mean(v):\n    return sum(v) / len(v)\nm = mean(u)\ns = sum(u)\n")
    (tmp_path / "rubric.yaml").write_text(rubric % "{file: solution.py}")
    submission = Submission("a", (READERS.load("python").read("m, s = u.mean(), u.sum()\n", "a.py"),))
    assert grade(load_rubric(tmp_path / "rubric.yaml"), submission).marks[0].status is Status.RIGHT
    (tmp_path / "rubric.yaml").write_text(rubric % "{m: {file: solution.py, function: mean}, s: sum(u)}")
    with pytest.raises(RubricError) as caught:
        load_rubric(tmp_path / "rubric.yaml")
    assert "reference: {file: solution.py}" in str(caught.value.faults)
