"""Canvas: `doejane_LATE_12345_67890_hw.md`, name, lateness, user and upload before the student's own file name."""

from __future__ import annotations

import re
from collections import defaultdict

from grader.batch.layouts.layout import Layout, Place, Places, Tree

# The name is in lower case and LATE is not. A text typed in has no number of its own; without names LATE comes first.
_REST = r"_(?:(?P<upload>\d{1,18})_(?P<file>[^/]+)|(?P<typed>(?:text|link)\.html))"
_NAMED = re.compile(r"(?P<student>(?P<name>[^/]*?)(?:_(?P<late>LATE))?_(?P<user>\d{1,18}))" + _REST)
_ANONYMOUS = re.compile(r"(?:(?P<late>LATE)_)?(?P<student>(?P<name>anon)_(?P<user>[A-Za-z0-9]+))" + _REST)
_AGAIN = re.compile(r"(.+)-(\d{1,3})((?:\.[^.]*)?)", re.DOTALL)


def _match(name: str) -> re.Match[str] | None:
    found = _ANONYMOUS.fullmatch(name) or _NAMED.fullmatch(name)
    return found if found and found["name"] == found["name"].lower() else None


def _places(tree: Tree) -> Places:
    found = {name: match for name in tree.names if (match := _match(name))}
    by_user: dict[str, dict[str, int]] = defaultdict(dict)
    for match in found.values():
        if match["file"]:
            by_user[_student(match)][match["file"]] = int(match["upload"])
    places: dict[str, Place] = {}
    for name, match in found.items():
        student, file = _student(match), match["file"] or match["typed"]
        attempt = _attempts(by_user[student]).get(file)
        places[name] = Place(student, file, attempt, late=bool(match["late"]))
    return places


def _student(match: re.Match[str]) -> str:
    return "_".join(filter(None, (match["name"], match["user"])))


def _attempts(files: dict[str, int]) -> dict[str, str]:
    """Canvas calls the second upload of hw.md hw-1.md. Only a full row of names, each uploaded after the one before,
    is that: a student's own part-1.md and part-2.md are two files of one attempt."""
    rows: dict[str, list[str]] = {}
    for file in files:
        row = [file]
        while (following := _again(file, len(row))) in files and files[following] > files[row[-1]]:
            row.append(following)
        numbered = {name for name in files if (hit := _AGAIN.fullmatch(name)) and hit[1] + hit[3] == file}
        if len(row) > 1 and numbered == set(row[1:]):
            rows[file] = row
    most = max(map(len, rows.values()), default=0)
    older = {name: str(at) for row in rows.values() for at, name in enumerate(row[:-1], start=1)}
    return {file: older.get(file, str(most)) for file in files} if rows else {}


def _again(file: str, number: int) -> str:
    stem, dot, suffix = file.rpartition(".")
    return f"{stem}-{number}.{suffix}" if dot and stem else f"{file}-{number}"


def _certain(tree: Tree, places: Places) -> bool:
    """Each upload has a number of its own, each user one name, and there are several: hw_2026_1_ann.md is no Canvas."""
    matches = [match for name in tree.names if (match := _match(name))]
    uploads = [match["upload"] for match in matches if match["upload"]]
    names: dict[str, set[str]] = defaultdict(set)
    for match in matches:
        names[match["user"]].add(match["name"])
    alone = all(len(of_one) == 1 for of_one in names.values())
    return len(uploads) == len(set(uploads)) and len(names) > 1 and alone


LAYOUT = Layout("canvas", "the submissions of a Canvas assignment, downloaded together", _places, _certain)
