"""Files that are called like the question which they answer: problem2.md, q3a.py, 4.py."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping

from grader.locate.labels import plain, read_label
from grader.locate.outline import Node, leaves
from grader.locate.programs import Asked, code_of
from grader.model.answers import Answer
from grader.model.documents import Submission

_FILE = "file "


def announced(root: Node, name: str) -> Node | None:
    """The problem that a file is named after, if its name is nothing else."""
    stem = name.replace("\\", "/").rsplit("/", 1)[-1].rsplit(".", 1)[0]
    label = read_label(plain(stem.replace("_", " ")))
    if label is None or label.stop < len(stem):
        return None
    node = root
    for component in label.path:
        place = node.find(component)
        if place is None:
            break
        node = node.children[place]
    return node if node.key else None


def named(root: Node, submission: Submission, asked: Mapping[str, Asked]) -> dict[str, Answer]:
    """The files of a program of several files by the questions about code that these are named after."""
    found: dict[str, list[Answer]] = defaultdict(list)
    for document in submission.documents if asked else ():
        for block in code_of(document.blocks):
            node = announced(root, block.info.removeprefix(_FILE)) if block.info.startswith(_FILE) else None
            if node is None or not block.text.strip():
                continue
            for question in (leaf.question for leaf in leaves(node) if leaf.question in asked):
                found[question].append(Answer(question, document, (block,), "file name"))
    return {question: each[0]._replace(rivals=tuple(each[1:])) for question, each in found.items()}
