"""How downloads of learning platforms are laid out: whose each file is, by its name alone."""

from __future__ import annotations

import re

from grader.batch.layouts.layout import Layout
from grader.model.patterns import later
from grader.model.registry import Registry

# Each layout, and what a name at the top must hold before its own file is even imported; the folder itself counts
# as `./name/`. None: never found out, only asked for.
HINTS: dict[str, str | None] = {
    "canvas": r"(?:_\d+|^(?:LATE_)?anon_[A-Za-z0-9]+)_(?:\d+_|text\.html$|link\.html$)",
    "moodle": r"_assignsubmission_",
    "gradescope": r"^submission_metadata\.yml$",
    "blackboard": r"_\d{4}(?:-\d\d){5}",
    "brightspace": r"^(?:\d+[-_]){1,2}\d+(?: - .* - |_.*_)",
    "nbgrader": r"^(?:\./)?submitted/$",
    "github": r"^\./.*-submissions/$|^scores\.json$",
    "pattern": None,
    "plain": None,
}
LAYOUTS: Registry[Layout] = Registry("grader.batch.layouts", "LAYOUT", Layout, tuple(HINTS))

_ANY = later("|".join(hint for hint in HINTS.values() if hint), re.MULTILINE)


def hinted(names: list[str]) -> list[str]:
    """The layouts that names at the top of a download may belong to."""
    text = "\n".join(names)
    if not _ANY.search(text):
        return []
    return [name for name, hint in HINTS.items() if hint and re.search(hint, text, re.MULTILINE)]


def is_hinted(name: str, tops: list[str]) -> bool:
    """May this be a download? A look at the names at its top; one folder alone may have all the rest in it."""
    return bool(hinted([*tops, f"./{name}/"])) or (len(tops) == 1 and tops[0].endswith("/"))


__all__ = ["HINTS", "LAYOUTS", "Layout", "hinted", "is_hinted"]
