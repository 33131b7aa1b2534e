"""GitHub Classroom and Classroom 50: a repository `<assignment>-<username>` for each student."""

from __future__ import annotations

import json
from collections import defaultdict
from collections.abc import Iterator, Mapping
from typing import Any

from grader.batch.layouts.layout import Layout, Place, Places, Tree, natural, shared_start
from grader.model.records import NamedTuple

_CLONED = "-submissions"  # `gh classroom clone student-repos` makes the folder <assignment>-submissions
_SCORES = "scores.json"  # of Classroom 50: the history of each repository
_RECORDS = frozenset({_SCORES, "result.json"})  # what its workflows may leave inside a repository
_TAG = "submit/"  # what each submission is tagged with, and its time: submit/20260101T100000Z-0a1b2c3


class _Submission(NamedTuple):
    tag: str
    late: bool | None


def _places(tree: Tree) -> Places:
    histories = _histories(tree)
    repositories = [top for top in tree.tops if top.endswith("/")]
    prefix = _prefix(tree, repositories, histories)
    mine = [top for top in repositories if prefix and top.startswith(prefix) and top != f"{prefix}/"]
    places = {_SCORES: Place("", _SCORES)} if _SCORES in tree.names and mine else {}
    for name in tree.names:
        top = name[: name.find("/") + 1]
        if top in mine:
            student = top[len(prefix) : -1]
            place = Place(student, name.removeprefix(top), aside=_is_record(tree, name, top))
            history = histories.get(student.casefold())
            places[name] = _dated(place, history) if history else place
    return places


def _is_record(tree: Tree, name: str, top: str) -> bool:
    """Is this file the platform's, and no file of answers that a student called so?"""
    return name.removeprefix(top).casefold() in _RECORDS and bool(_submissions(tree.load(name)))


def _dated(place: Place, history: list[_Submission]) -> Place:
    """A clone has the files of the last submission."""
    *earlier, last = sorted(history, key=lambda one: natural(one.tag))
    return place._replace(attempt=last.tag, late=last.late, earlier=tuple(one.tag for one in earlier))


def _prefix(tree: Tree, repositories: list[str], histories: Mapping[str, Any]) -> str:
    """Both parts of a name may hold hyphens: only a folder's name, the caller or the scores can say where one ends.

    Where the layout was asked for, it is what all names have in common.
    """
    if tree.assignment:
        return f"{tree.assignment}-"
    if tree.name.endswith(_CLONED):
        return tree.name.removesuffix("submissions")
    starts = {start for top in repositories for start in _starts(top, histories)}
    common = [start for start in starts if all(top.startswith(start) for top in repositories)]
    if len(common) == 1:
        return common[0]
    return shared_start(repositories, "-") if tree.forced and len(repositories) > 1 else ""


def _starts(top: str, histories: Mapping[str, Any]) -> Iterator[str]:
    """What stands before the name of a student of whom there are scores."""
    name = top[:-1]
    for at, char in enumerate(name):
        if char == "-" and name[at + 1 :].casefold() in histories:
            yield name[: at + 1]


def _histories(tree: Tree) -> dict[str, list[_Submission]]:
    """The submissions of each user in lower case."""
    found: dict[str, dict[str, _Submission]] = defaultdict(dict)
    for owner, submission in _submissions(tree.load(_SCORES)) if _SCORES in tree.names else ():
        if owner:
            found[owner][submission.tag] = submission
    return {owner: list(submissions.values()) for owner, submissions in found.items()}


def _submissions(data: bytes | None) -> list[tuple[str, _Submission]]:
    """Owners and submissions, as far as scores tell: whatever is odd in them is no submission."""
    try:
        scores = json.loads(data or b"null")
    except (ValueError, RecursionError):
        return []
    found: list[tuple[str, _Submission]] = []
    waiting: list[tuple[Any, str]] = [(scores, "")]
    while waiting:
        value, owner = waiting.pop()
        if isinstance(value, dict):
            said, tag, late = value.get("owner"), value.get("submission"), value.get("late")
            owner = said.casefold() if isinstance(said, str) else owner
            if isinstance(tag, str) and tag.startswith(_TAG):
                found.append((owner, _Submission(tag, late if isinstance(late, bool) else None)))
        if isinstance(value, dict | list):
            waiting += ((one, owner) for one in (value.values() if isinstance(value, dict) else value))
    return found


def _certain(tree: Tree, places: Places) -> bool:
    return bool(places) and (tree.name.endswith(_CLONED) or _SCORES in places)


LAYOUT = Layout("github", "repositories of GitHub Classroom or Classroom 50", _places, _certain)
