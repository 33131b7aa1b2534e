"""Gradescope: an export with `submission_metadata.yml`, which says who handed in each folder, and how often."""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Container
from typing import Any

from grader.batch.layouts.layout import Layout, Place, Places, Tree, always
from grader.model.errors import UsageError

_ABOUT = "submission_metadata.yml"
_FOLDER = re.compile(r"submission_\d+")


def _places(tree: Tree) -> Places:
    if _ABOUT not in tree.names:
        return {}
    about = _about(tree)
    owners = {key: _owner(entry, key) for key, entry in about.items()}
    shared = Counter(owners.values())
    inside: dict[str, list[str]] = defaultdict(list)
    for name in tree.names:
        inside[name.partition("/")[0]].append(name)
    places = {_ABOUT: Place("", _ABOUT)}
    for key, student in owners.items():
        if shared[student] > 1:
            student = f"{student} {key}"  # two hand-ins of one student here are not attempts: those are in the history
        earlier = _field(about[key], "history")
        count = len(earlier) if isinstance(earlier, list) else 0
        labels = [str(number) for number in range(1, count + 2)]
        for name in inside.get(key, [f"{key}/"]):
            path = name.removeprefix(f"{key}/")
            places[name] = Place(student, path, labels[-1] if count else None, earlier=tuple(labels[:-1]))
    # Of others nobody knows whose they are, and they must not be lost.
    for top in filter(_FOLDER.fullmatch, inside.keys() - about.keys()):
        unknown = _unlike(top, shared)
        places.update((name, Place(unknown, name.removeprefix(f"{top}/"))) for name in inside[top])
    return places


def _unlike(name: str, taken: Container[str]) -> str:
    """The name, or more of it where a student has it."""
    while name in taken:
        name = f"{name} (not in {_ABOUT})"
    return name


def _about(tree: Tree) -> dict[str, dict[str, Any]]:
    """The metadata. It is written by Ruby, so keys begin with a colon; UsageError if it cannot be read."""
    import yaml

    data = tree.load(_ABOUT)
    try:
        about = yaml.load(data or b"", yaml.BaseLoader)  # texts only: no objects, no dates
    except (yaml.YAMLError, ValueError, RecursionError):
        about = None
    sound = isinstance(about, dict) and all(isinstance(entry, dict) for entry in about.values())
    if not sound or not all(isinstance(key, str) for key in about):
        raise UsageError(f"cannot read {_ABOUT} of {tree.name}; use --layout plain to do without")
    return dict(about)


def _owner(entry: dict[str, Any], key: str) -> str:
    """The number of the student, or the address, or the name; of a group all of them."""
    listed = _field(entry, "submitters")
    people = [one for one in listed if isinstance(one, dict)] if isinstance(listed, list) else []
    known = [next(filter(_is_text, (_field(one, name) for name in ("sid", "email", "name"))), "") for one in people]
    return "+".join(sorted(filter(None, known))) or key


def _field(entry: dict[str, Any], name: str) -> Any:
    """A field, whose name is a symbol of Ruby or a plain text."""
    return entry.get(f":{name}", entry.get(name))


def _is_text(value: object) -> bool:
    return isinstance(value, str) and bool(value.strip()) and value not in ("null", "~")


LAYOUT = Layout("gradescope", "the export of a Gradescope assignment", _places, always)
