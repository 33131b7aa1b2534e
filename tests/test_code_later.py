"""What stands below an answer in its file: Python finds it when the function is called, and so does the grader."""

from __future__ import annotations

import pytest

from grader.grade import grade, parse_rubric
from grader.model.documents import Submission
from grader.model.results import Mark, Status
from grader.read import READERS

RUBRIC = """
questions:
  1:
    points: 4
    code: means(x, k)
    seed: later
    reference: correlate(x, ones(k)) / k
    cases:
      - {x: [1, 2, 3, 6], k: 2}
      - {x: {normal: 8}, k: 3, hidden: true}
    forbid: {numpy.linalg: 0}
  2:
    points: 1
    code: halved(x)
    seed: later
    reference: x / 2
    cases: [{x: 3, hidden: true}]
"""
OWN = "# Question 1\ndef means(x, k):\n    return helper(x, k)\n"
HELPER = "def helper(x, k):\n    return np.convolve(x, np.ones(k) / k, 'valid')\n"
OTHER = "# Question 2\ndef halved(x):\n    return x / 2\n"


def marked(source: str, reader: str = "python") -> tuple[Mark, ...]:
    """The marks of a hand-in of one file."""
    document = READERS.load(reader).read(source, "a.py" if reader == "python" else "a.md")
    graded = grade(parse_rubric(RUBRIC, "later"), Submission("a", (document,)))
    assert graded.log == ()
    return graded.marks


FOUND = {
    "behind the last answer": f"import numpy as np\n{OWN}{OTHER}# helpers\n{HELPER}",
    "under another question": f"import numpy as np\n{OWN}# Question 2\n{HELPER}def halved(x):\n    return x / 2\n",
    "with its import": f"{OWN}{OTHER}# helpers\nimport numpy as np\n{HELPER}",
    "a constant too": f"import numpy as np\n{OWN}{OTHER}# constants\nN, KIND = 2 * np.pi, 'valid'\n"
    + HELPER.replace("'valid'", "KIND"),
    "everything from numpy": f"{OWN}{OTHER}# helpers\nfrom numpy import *\n{HELPER.replace('np.', '')}",
    "beside what fails": f"import numpy as np\n{OWN}{OTHER}import scipy\n1 / 0\nwhile True: pass\n{HELPER}",
    "beside what does not parse": f"import numpy as np\n{OWN}{OTHER}# helpers\n{HELPER}\ndef g(:\n",
    "its own above, another below": f"import numpy as np\n{HELPER}{OWN}{OTHER}def helper(x, k):\n    return 0\n",
}


@pytest.mark.parametrize("name", FOUND)
def test_definitions_below_an_answer_are_found(name: str) -> None:
    """Wherever the file is cut into questions."""
    one, two = marked(FOUND[name])
    assert (one.status, two.status) == (Status.RIGHT, Status.RIGHT), one.reasons


def test_cells_below_an_answer_define_too() -> None:
    """A page with fences is one program, too."""
    page = f"# Question 1\n```python\nimport numpy as np\n{OWN}```\n# Question 2\n```python\n{HELPER}{OTHER}```\n"
    assert [one.status for one in marked(page, "markdown")] == [Status.RIGHT, Status.RIGHT]


WRONG = {
    "what the answer computes anew": f"import numpy as np\n{OWN}{OTHER}helper = np.vectorize(abs)\n",
    "a method in place of it": f"import numpy as np\n{OWN}{OTHER}class A:\n    helper = 1\n",
}


@pytest.mark.parametrize("name", WRONG)
def test_nothing_else_below_an_answer_is_run(name: str) -> None:
    """Code of other questions that computes something is theirs alone."""
    assert marked(WRONG[name])[0].status is Status.WRONG


def test_what_is_found_below_is_looked_at_too() -> None:
    """A helper that uses what is forbidden."""
    helper = "def helper(x, k):\n    return np.linalg.norm(np.ones(1)) * np.convolve(x, np.ones(k) / k, 'valid')\n"
    (reason, *_) = marked(f"import numpy as np\n{OWN}{OTHER}{helper}")[0].reasons
    assert reason.id == "forbidden-used"
