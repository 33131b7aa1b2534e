"""What stands below an answer in its file: Python finds it when the function is called, and so does the grader."""

from __future__ import annotations

from pathlib import Path

import pytest

from grader.grade import grade, parse_rubric
from grader.model.documents import Submission
from grader.model.results import Mark, Status
from grader.read import READERS, read_submission

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


TOOLS = f"import numpy as np\n{HELPER}"
BESIDE: dict[str, dict[str, str]] = {
    "a module behind the file that asks for it": {
        "a.py": f"from tools import helper\n{OWN}{OTHER}",
        "tools.py": TOOLS,
    },
    "the module by another name": {
        "a.py": f"import tools as t\n{OWN.replace('helper', 't.helper')}{OTHER}",
        "tools.py": TOOLS,
    },
    "one that asks for another": {
        "a.py": f"from tools import helper\n{OWN}{OTHER}",
        "tools.py": "from zeta import *\n",
        "zeta.py": TOOLS,
    },
    "in a folder": {"a.py": f"from pkg.tools import helper\n{OWN}{OTHER}", "pkg/tools.py": TOOLS},
    "with labels of its own": {
        "a.py": f"from tools import helper\n{OWN}{OTHER}",
        "tools.py": f"# (a)\nN = 1\n# (b)\n{TOOLS}",
    },
    "beside a page": {
        "a.md": f"# Question 1\n```python\nfrom tools import helper\n{OWN}```\n# Question 2\n```python\n{OTHER}```\n",
        "tools.py": TOOLS,
    },
    "beside what no parser stands": {
        "a.py": f"import numpy as np\n{HELPER}{OWN}# x\n{OTHER}",
        "x.py": "y = " + "-" * 100_000 + "1",
    },
}


@pytest.mark.parametrize("name", BESIDE)
def test_files_of_one_folder_are_one_program(name: str, tmp_path: Path) -> None:
    """Whatever their names are, and whichever question asks for what stands in the others."""
    one, two = (mark.status for mark in beside(BESIDE[name], tmp_path))
    assert (one, two) == (Status.RIGHT, Status.RIGHT)


def beside(files: dict[str, str], folder: Path) -> tuple[Mark, ...]:
    """The marks of a folder."""
    for name, text in files.items():
        (folder / name).parent.mkdir(exist_ok=True)
        (folder / name).write_text(text, encoding="utf-8")
    return grade(parse_rubric(RUBRIC, "later"), read_submission(folder, "a")).marks


def test_a_module_below_is_looked_at_and_no_other_runs(tmp_path: Path) -> None:
    """What it uses counts; and a file that nobody asks for gives no name a value."""
    banned = TOOLS.replace("np.convolve", "np.linalg.norm(np.ones(1)) * np.convolve")
    own = f"from tools import helper\n{OWN}{OTHER}"
    assert beside({"a.py": own, "tools.py": banned}, tmp_path)[0].reasons[0].id == "forbidden-used"
    (tmp_path / "tools.py").unlink()
    assert beside({"a.py": f"{OWN}{OTHER}", "unasked.py": TOOLS}, tmp_path)[0].status is Status.WRONG
