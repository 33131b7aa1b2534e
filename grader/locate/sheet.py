"""What a rubric says about the sheet of answers: its questions as a tree, and the headings it tells of."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping
from fractions import Fraction
from functools import lru_cache

from grader.locate.outline import Node, components, outline
from grader.locate.sights import Known
from grader.locate.titles import stems, titles
from grader.model.records import NamedTuple
from grader.model.rubrics import Group, Headline, Rubric, headline_words, headlines

Asked = tuple[str, str, Fraction, frozenset[str]]  # id, title, points, and the slots of its parts


class Sheet(NamedTuple):
    """The questions as a tree, the headings that name them, and the slots of each question's parts."""

    root: Node
    known: Known
    slots: Mapping[str, frozenset[str]]


def sheet_of(rubric: Rubric) -> Sheet:
    """The sheet of a rubric, made once for all its submissions."""
    asked = tuple((one.id, one.title, one.points, frozenset(one.part.slots)) for one in rubric.questions)
    return _made(asked, rubric.groups)


@lru_cache(maxsize=8)
def _made(questions: tuple[Asked, ...], groups: tuple[Group, ...]) -> Sheet:
    root = outline([id for id, *_ in questions])
    lines = headlines(tuple((id, title, points) for id, title, points, _ in questions), groups)
    named = [*((one.id, one.title) for one in groups), *((id, title) for id, title, *_ in questions)]
    alone = frozenset(child.key for child in root.children if child.question and not child.children)
    known = Known(
        titles(named), _headlines(lines, root), stems(groups), alone, tuple([child.key for child in root.children])
    )
    return Sheet(root, known, {id: slots for id, *_, slots in questions})


def _headlines(headlines: tuple[Headline, ...], root: Node) -> Mapping[str, tuple[str, ...]]:
    """The headings of the rubric's own sheet of answers: each names one question and says nothing besides."""
    paths = {leaf.question: path for path, leaf in _paths(root, ())}
    known: dict[str, tuple[str, ...]] = {}
    counts = Counter(headline_words(one.text) for one in headlines)
    for one in headlines:
        path = paths.get(one.id, ()) if not one.questions else components(one.id)
        below = [paths.get(id, ()) for id in one.questions]
        if any(len(each) <= len(path) or each[: len(path)] != path for each in below):
            path = ()  # a group whose name is no part of its questions' labels
        known[headline_words(one.text)] = path
    return {words: path for words, path in known.items() if counts[words] == 1}


def _paths(node: Node, above: tuple[str, ...]) -> Iterator[tuple[tuple[str, ...], Node]]:
    for child in node.children:
        path = (*above, child.key)
        yield path, child
        yield from _paths(child, path)
