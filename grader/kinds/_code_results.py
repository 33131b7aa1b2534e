"""The names that a rubric gives to the several results of a function, so that each earns its share."""

from __future__ import annotations

import re

from grader.kinds.kind import Setup
from grader.model.rubrics import Mapping, Node, Scalar, Sequence
from grader.programs.cases import Task
from grader.programs.positions import unvaried

_IDENTIFIER = re.compile(r"[^\W\d]\w*")


def read_positions(fields: Mapping, setup: Setup) -> tuple[str, ...]:
    """The names under `results`, in the order of what comes back; none without them, or after a fault."""
    node = fields.get("results")
    if node is None:
        return ()
    items = node.items if isinstance(node, Sequence) else (node,)
    names = tuple(item.text.strip() for item in items if isinstance(item, Scalar))
    asked = fields.get("code")
    if not isinstance(asked, Scalar) or "(" not in asked.text:
        setup.fault(node.place, "`results` are those of a function", "the names of a snippet stand under `code`")
    elif len(names) < 2 or len(set(names)) < len(names) or not all(map(_IDENTIFIER.fullmatch, names)):
        setup.fault(node.place, "`results` names at least two values that come back", "such as `[labels, inertia]`")
    elif fields.get("holds") is not None:
        setup.fault(node.place, "`results` does not go with `holds`", "conditions are on the one `result`")
    else:
        return names
    return ()


def check_positions(task: Task, node: Node, setup: Setup) -> None:
    """Records a fault unless the reference gives so many values in each case, and not always the same."""
    wanted = [case.expected[0] for case in task.cases if not case.raises and case.expected]
    if not all(isinstance(one, tuple | list) and len(one) == len(task.positions) for one in wanted):
        names = ", ".join(task.positions)
        setup.fault(node.place, f"the reference does not give {names} in every case", "a tuple of so many values")
        return
    for name in unvaried(task):
        words = "add a case that tells, or leave `results` out"
        setup.fault(node.place, f"the result `{name}` is the same in every case", words)
