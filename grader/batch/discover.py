"""Which submissions there are, and under which names their results are kept."""

from __future__ import annotations

import os
import re
import unicodedata
from collections import defaultdict
from collections.abc import Callable, Iterable
from pathlib import Path
from typing import NamedTuple

from grader.model.errors import UsageError

MOST_CHARACTERS, _MOST_BYTES = 120, 240  # file systems end names at 255 bytes, and ".md" is added
_EXTENSION = re.compile(r"(?<=.)\.[A-Za-z0-9]{1,12}$")
_HIDDEN = frozenset({"__macosx", "thumbs.db", "desktop.ini"})  # hidden where they come from
_PORTS = (f"{port}{number}" for port in ("com", "lpt") for number in range(1, 10))
_RESERVED = frozenset({"con", "prn", "aux", "nul", *_PORTS})
_SEPARATORS = frozenset('/\\:*?"<>|')


class Found(NamedTuple):
    """A submission's name in the results, and where it is."""

    id: str
    path: Path


class Discovery(NamedTuple):
    """All submissions, sorted by id; `skipped` are entries of given folders that are not submissions."""

    found: tuple[Found, ...]
    skipped: tuple[Path, ...]


def discover(paths: Iterable[Path], leave_out: Iterable[Path] = ()) -> Discovery:
    """Every file given, and every entry of every folder given, once each.

    Hidden entries are skipped, and so is what `leave_out` names, such as the folder of results.
    """
    left_out = {_placed(path) for path in leave_out}
    kept: dict[Path, Path] = {}
    skipped: list[Path] = []
    for path in paths:
        for entry in _entries(path):
            if entry is not path and (_is_hidden(entry.name) or _placed(entry) in left_out):
                skipped.append(entry)
            else:
                kept.setdefault(_placed(entry), entry)
    names = _ids(sorted(kept))
    found = (Found(id, kept[path]) for path, id in names.items())
    return Discovery(tuple(sorted(found, key=lambda one: one.id)), tuple(sorted(skipped)))


def single(path: Path) -> Found:
    """One hand-in, a file or a folder, whatever else there is."""
    _entries(path)
    return Found(clean_id(_stem(_placed(path))), path)


def _placed(path: Path) -> Path:
    """The absolute path; a link keeps its own name, and one that leads to itself is no trouble here."""
    return Path(os.path.abspath(path))


def _entries(path: Path) -> list[Path]:
    try:
        if path.is_dir():
            return sorted(path.iterdir())
        path.lstat()
    except OSError as error:
        reason = (error.strerror or "cannot be read").lower()
        raise UsageError(f"cannot read submissions from {path}: {reason}") from error
    return [path]


def _is_hidden(name: str) -> bool:
    return name.startswith((".", "~$")) or name.casefold() in _HIDDEN


def _stem(path: Path) -> str:
    """A folder's name has no extension: "J. Smith" is a whole name."""
    return path.name if path.is_dir() else _EXTENSION.sub("", path.name)


# From the plainest name to the most distinct one; a clash moves all who share a name on by one.
_NAMES: tuple[Callable[[Path], str], ...] = (
    _stem,
    lambda path: path.name,
    lambda path: f"{path.parent.name}-{_stem(path)}",
    lambda path: f"{path.parent.name}-{path.name}",
)


def _ids(paths: list[Path]) -> dict[Path, str]:
    """Ids that differ even where upper and lower case do not; what still clashes is numbered."""
    chosen: dict[Path, str] = {}
    clashing = paths
    for name in _NAMES:
        groups: dict[str, list[Path]] = defaultdict(list)
        for path in clashing:
            groups[clean_id(name(path)).casefold()].append(path)
        taken = {id.casefold() for id in chosen.values()}
        alone = [group[0] for key, group in groups.items() if len(group) == 1 and key not in taken]
        chosen.update((path, clean_id(name(path))) for path in alone)
        clashing = [path for path in clashing if path not in chosen]
    taken = {id.casefold() for id in chosen.values()}
    for path in clashing:
        chosen[path] = _numbered(clean_id(_NAMES[-1](path)), taken)
        taken.add(chosen[path].casefold())
    return chosen


def _numbered(id: str, taken: set[str]) -> str:
    number = 2
    while (candidate := f"{_cut(id, len(str(number)) + 1)}-{number}").casefold() in taken:
        number += 1
    return candidate


def clean_id(name: str) -> str:
    """A name that any file system takes: composed, without separators, control or invisible characters."""
    text = unicodedata.normalize("NFC", name)
    text = "".join("_" if _is_odd(char) else char for char in text)
    text = " ".join(text.split())
    if text.startswith("."):
        text = "_" + text[1:]
    text = _cut(text).rstrip(". ")
    if text.casefold().partition(".")[0] in _RESERVED:
        text = f"_{text}"
    return text or "submission"


def _is_odd(char: str) -> bool:
    return char in _SEPARATORS or unicodedata.category(char).startswith("C")


def _cut(text: str, spare: int = 0) -> str:
    text = text[: MOST_CHARACTERS - spare]
    return text.encode()[: _MOST_BYTES - spare].decode(errors="ignore")
