"""Finds questions by order, where their numbering differs from the rubric's and the count leaves no doubt."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import pairwise

from grader.locate.entries import FAMILIES, Entry, Style, View
from grader.locate.outline import Node, leaves, ordinal
from grader.locate.sights import Sight


def by_order(node: Node, views: Sequence[View], base: int) -> list[tuple[Entry, str]]:
    """Parts numbered otherwise than in the rubric, if the count leaves no doubt: 1. 2. 3. for a, b, c."""
    total = len(node.children)
    for family in FAMILIES:
        if family == node.family:
            continue
        for group in _sequences(views, family):
            counts = [entry.ordinal for entry in group]
            for start in dict.fromkeys((0, base)):
                if total > 1 and (
                    counts == list(range(start + 1, start + total + 1)) or _skips_one(counts, start, total)
                ):
                    return [(entry._replace(place=entry.ordinal - start - 1), "order") for entry in group]
    return []


def _skips_one(counts: Sequence[int], start: int, total: int) -> bool:
    """Whether numbers go from the first part to the last in order, with one left out: (1), (2), (3)(4), (5)."""
    rising = all(a < b for a, b in pairwise(counts))
    return len(counts) == total - 1 > 1 and rising and (counts[0], counts[-1]) == (start + 1, start + total)


def _sequences(views: Sequence[View], family: str) -> list[list[Entry]]:
    """Bare or relative labels of one family, style by style."""
    groups: dict[Style, list[Entry]] = {}
    for sight, depth in views:
        if sight.label is None or sight.source == "inline":
            continue
        if len(sight.label.path) != depth + 1 and not _is_joint(sight.label.path[depth:]):
            continue
        count = ordinal(sight.label.path[depth], family)
        if count is not None:
            entry = Entry(sight, depth, None, count)
            groups.setdefault(entry.style, []).append(entry)
    return list(groups.values())


def _is_joint(path: Sequence[str]) -> bool:
    """Whether two numbers follow one another: (3)(4) above the answers to both."""
    return len(path) == 2 and all(map(str.isdecimal, path)) and int(path[1]) == int(path[0]) + 1


def flat(root: Node, views: Sequence[View]) -> list[tuple[Entry, Node | None]]:
    """Questions numbered through from 1, or from a, although the rubric groups them as 1a, 1b, 2a.

    Headings answer none. One may be left out, where each of the others stands below the heading of its own problem.
    """
    questions = leaves(root)
    if len(questions) <= len(root.children) or any(not child.children for child in root.children):
        return []
    first = len(leaves(root.children[0]))
    labels = [sight for sight, _ in views if sight.label is not None and sight.source != "inline"]
    families = ("number", "letter") if len(root.children) > 1 else ("number",)
    for group in [one for family in families for one in _sequences(views, family)]:
        own = {id(entry.sight) for entry in group}
        others = [sight for sight in labels if id(sight) not in own]
        counts = [entry.ordinal for entry in group]
        if counts == list(range(1, len(questions) + 1)):
            fits = all(_agrees(sight, root, group) if sight.heading else _is_numbered(sight) for sight in others)
        else:
            fits = any(entry.ordinal > first for entry in group) and _runs_on(
                root, group, [sight for sight in others if sight.heading]
            )
        if fits:
            ends = [(Entry(sight, 0, None, 0), None) for sight in others if sight.heading]
            return [*((entry, questions[entry.ordinal - 1]) for entry in group), *ends]
    return []


def _runs_on(root: Node, group: Sequence[Entry], headings: Sequence[Sight]) -> bool:
    """Whether labels that rise from problem to problem stand below the headings of the problems that they count to."""
    counts = [entry.ordinal for entry in group]
    total = len(leaves(root))
    rising = all(a < b for a, b in pairwise(counts))
    if not rising or not counts or counts[-1] > total or 2 * len(counts) < total:
        return False
    problems = [child.key for child in root.children for _ in leaves(child)]
    told = [(heading.block, heading.label.path) for heading in headings if heading.label is not None]
    if {path for _, path in told} != {(child.key,) for child in root.children} or len(told) > len(root.children):
        return False
    below = [max((place for place in told if place[0] < entry.sight.block), default=(0, ())) for entry in group]
    return all(path == (problems[count - 1],) for (_, path), count in zip(below, counts, strict=True))


def _is_numbered(sight: Sight) -> bool:
    return sight.label is not None and sight.label.path[0].isdecimal()


def _agrees(heading: Sight, root: Node, group: Sequence[Entry]) -> bool:
    """Whether the number that comes next below the heading of a problem is that of the problem's first question."""
    at = 0
    for problem in root.children:
        if heading.label is not None and heading.label.path == (problem.key,):
            following = [entry for entry in group if entry.sight.block > heading.block]
            return bool(following) and following[0] is group[at]
        at += len(leaves(problem))
    return False


def restarts(root: Node, views: Sequence[View]) -> list[tuple[Entry, Node]]:
    """Parts without their problems: (a) (b) (a) (b) (c), when every problem has just as many parts."""
    wanted = [[child.key for child in problem.children] for problem in root.children]
    if not all(wanted) or sum(map(len, wanted)) != len(leaves(root)):
        return []
    for family in FAMILIES:
        for group in _sequences(views, family):
            keys = [entry.sight.label.path[entry.depth] for entry in group if entry.sight.label]
            if keys == [key for problem in wanted for key in problem]:
                return list(zip(group, leaves(root), strict=True))
    return []
