"""nbgrader: `submitted/<student>/<assignment>/`, with the time of the hand-in in `timestamp.txt`."""

from __future__ import annotations

import re

from grader.batch.layouts.layout import Layout, Place, Places, Tree
from grader.model.errors import UsageError

_NAME = re.compile(r"(?P<student>[^/]+)/(?P<assignment>[^/]+)/(?P<path>.*)", re.DOTALL)
_STEP, _STAMP = "submitted", "timestamp.txt"
_COURSE = frozenset(
    {"source/", "release/", "submitted/", "autograded/", "feedback/", "gradebook.db", "nbgrader_config.py"}
)


def _places(tree: Tree) -> Places:
    course = f"{_STEP}/" in tree.tops and (tree.forced or _COURSE.issuperset(tree.tops))
    root = f"{_STEP}/" if course else ""
    if not course and tree.name != _STEP and not tree.forced:
        return {}
    found = {name: match for name in tree.names if (match := _NAME.fullmatch(name.removeprefix(root)))}
    inside = {name: match for name, match in found.items() if name.startswith(root)}
    wanted = tree.assignment or _only(sorted({match["assignment"] for match in inside.values()}), tree, course)
    places = {name: Place("", name) for name in tree.names if not name.startswith(root)}
    for name, match in inside.items():
        mine = match["assignment"] == wanted
        places[name] = Place(match["student"] * mine, match["path"], aside=match["path"] == _STAMP)
    return places if wanted else {}


def _only(assignments: list[str], tree: Tree, sure: bool) -> str:
    """The one assignment there is. UsageError if there are several and this is nbgrader's for sure."""
    if len(assignments) > 1 and (sure or tree.forced):
        raise UsageError(f"{tree.name} holds several assignments ({', '.join(assignments)}); choose with --assignment")
    return assignments[0] if len(assignments) == 1 else ""


def _certain(tree: Tree, places: Places) -> bool:
    return bool(places)


LAYOUT = Layout("nbgrader", "a course of nbgrader, or its folder `submitted`", _places, _certain)
