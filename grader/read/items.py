"""The files of a hand-in before they are read, wherever they lie: in a folder or in an archive."""

from __future__ import annotations

import os
import stat
from collections.abc import Callable
from functools import partial
from pathlib import Path

from grader.model.documents import Note
from grader.model.records import NamedTuple
from grader.read.ignored import is_ignored_file, is_ignored_folder


class NotLoaded(Exception):
    """The bytes of a file cannot be had; `note` says why."""

    def __init__(self, note: Note) -> None:
        super().__init__(note.id)
        self.note = note


class Item(NamedTuple):
    """A file: its path inside the hand-in, `/` between folders, and how to get its bytes.

    `load` takes how many bytes are welcome and raises NotLoaded. It is None for a file that must not be opened;
    then `notes` say why.
    """

    name: str
    load: Callable[[int], bytes] | None
    notes: tuple[Note, ...] = ()
    question: str = ""  # what the file was said to answer


class Listing(NamedTuple):
    """The files of a folder or an archive, sorted by name, and what of it is ignored."""

    items: tuple[Item, ...]
    ignored: tuple[str, ...] = ()
    notes: tuple[Note, ...] = ()
    empty: tuple[str, ...] = ()  # folders that hold nothing, with a slash at the end


def note(id: str, name: str, *facts: tuple[str, str]) -> Note:
    """A note on a file."""
    return Note(id, facts=(("file", name), *facts))


def load_path(path: Path, name: str, most: int) -> bytes:
    """The bytes of an ordinary file. NotLoaded if it is none, is larger than `most`, or may not be opened."""
    try:
        about = path.stat()
        if not stat.S_ISREG(about.st_mode):
            raise NotLoaded(note("unreadable-file", name))
        if about.st_size > most:
            raise NotLoaded(note("too-large", name, ("size", str(about.st_size))))
        return path.read_bytes()
    except OSError as error:
        raise NotLoaded(note("unreadable-file", name)) from error


def of_folder(folder: Path) -> Listing:
    """All files below a folder; a link that leads out of it is ignored as what is no answer is.

    A folder in it that may not be opened is a file that must not be, with a slash at the end of its name.
    """
    found: list[str] = []
    ignored: list[str] = []
    empty: list[str] = []
    denied: list[OSError] = []
    home = folder.resolve()
    for base, folders, files in os.walk(folder, onerror=denied.append):
        here = "" if base == os.fspath(folder) else Path(base).relative_to(folder).as_posix() + "/"
        if here and is_ignored_folder("", files):
            folders.clear()
            ignored.append(here)
            continue
        left = [name for name in folders if is_ignored_folder(name) or os.path.islink(os.path.join(base, name))]
        ignored += [f"{here}{name}/" for name in left]
        folders[:] = [name for name in folders if name not in left]
        for name in files:
            lost = is_ignored_file(name) or leads_out(os.path.join(base, name), home)
            (ignored if lost else found).append(here + name)
        if here and not files and not folders and not left:
            empty.append(here)
    items = [Item(name, partial(load_path, folder / name, name)) for name in found]
    items += [_shut(Path(str(error.filename)), folder) for error in denied]
    return Listing(tuple(sorted(items, key=lambda item: item.name)), tuple(sorted(ignored)), (), tuple(sorted(empty)))


def only_link(path: Path) -> Listing:
    """A link that is no file of whoever handed it in: it might show others what only its finder may read."""
    return Listing((Item(path.name, None, (note("zip-link", path.name),)),))


def _shut(path: Path, folder: Path) -> Item:
    name = path.name if path == folder else path.relative_to(folder).as_posix() + "/"
    return Item(name, None, (note("unreadable-file", name),))


def leads_out(path: str, home: Path) -> bool:
    """Is this a link out of the folder, whose path is resolved, or to nowhere?"""
    if not os.path.islink(path):
        return False
    try:
        return not Path(path).resolve(strict=True).is_relative_to(home)
    except (OSError, RuntimeError):  # a link to nowhere, or to itself
        return True
