"""Zips, read where they lie and never unpacked to a disk; whatever is wrong with one is said, not raised."""

from __future__ import annotations

import re
import stat
import struct
import unicodedata
import zipfile
import zlib
from collections import Counter, defaultdict
from collections.abc import Callable, Iterable
from functools import partial
from pathlib import Path

from grader.model.documents import Note
from grader.model.records import NamedTuple
from grader.read.files import decode
from grader.read.ignored import sift
from grader.read.items import Item, Listing, NotLoaded, note

MOST_ZIP = 50 * 1024 * 1024  # bytes of a zip inside a hand-in or a download
_MOST_AT_ONCE = 16 * 1024 * 1024  # a list of files longer than this is no homework, nor a class of students
_CHUNK = 1 << 20
_RATIO, _HARMLESS = 200, 1 << 20  # text shrinks to a fifth; a file of zeros to a thousandth

# All that zipfile and zlib raise on bytes that somebody made up; RuntimeError: a password, a feature zipfile lacks.
_BROKEN = (
    *(zipfile.BadZipFile, zipfile.LargeZipFile, zlib.error, struct.error, OSError, EOFError),
    *(RuntimeError, ValueError, OverflowError, IndexError, KeyError, MemoryError),
)
_METHODS = frozenset({zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED})  # the others grow without a bound we could set
_DRIVE = re.compile(r"[A-Za-z]:")


class Limits(NamedTuple):
    """How many files a zip may hold, and how large they may be together, ignored ones not counted."""

    files: int
    total: int


HAND_IN = Limits(2_000, 200 * 1024 * 1024)
DOWNLOAD = Limits(200_000, 1 << 40)  # a whole class: each file is opened only when its turn comes


class _Source:
    """What zipfile needs of a file, on bytes or on a path that is opened for each piece only."""

    def __init__(self, source: Path | bytes) -> None:
        self.source, self.at = source, 0
        if isinstance(source, bytes):
            self.size = len(source)
        else:
            with source.open("rb") as file:  # zipfile would take a file that may not be opened for a broken one
                self.size = file.seek(0, 2)

    def seekable(self) -> bool:
        """It is."""
        return True

    def tell(self) -> int:
        """Where the next read begins."""
        return self.at

    def seek(self, offset: int, whence: int = 0) -> int:
        """As of a file; OSError before its beginning."""
        at = offset + (0, self.at, self.size)[whence]
        if at < 0:
            raise OSError("before the beginning of the file")
        self.at = at
        return at

    def read(self, count: int = -1) -> bytes:
        """As of a file; BadZipFile where no honest zip would ask for as much."""
        count = min(count if count >= 0 else self.size, max(self.size - self.at, 0))
        if count > _MOST_AT_ONCE:
            raise zipfile.BadZipFile("a list of files without end")
        if isinstance(self.source, bytes):
            data = self.source[self.at : self.at + count]
        else:
            with self.source.open("rb") as file:
                file.seek(self.at)
                data = file.read(count)
        self.at += len(data)
        return data


class _Entry(NamedTuple):
    name: str
    info: zipfile.ZipInfo
    guessed: bool  # the encoding of its name


def of_zip(source: Path | bytes, name: str, limits: Limits = HAND_IN, prefix: str = "") -> Listing:
    """The files of a zip; their names get a prefix. Of a zip that cannot be opened only a note is left."""
    try:
        opened = zipfile.ZipFile(_Source(source))
        entries = [_entry(info) for info in opened.infolist()]
    except (PermissionError, FileNotFoundError):
        return _refused("unreadable-file", name)
    except _BROKEN:
        return _refused("zip-broken", name)
    files = [entry for entry in entries if not entry.name.endswith("/")]
    unsafe = {entry.name for entry in files if _is_unsafe(entry.name)}
    kept, ignored = sift(entry.name for entry in files if entry.name not in unsafe)
    wanted = sorted({*kept, *unsafe})
    by_name: dict[str, list[_Entry]] = defaultdict(list)
    for entry in files:
        by_name[entry.name].append(entry)
    if len(wanted) > limits.files or sum(by_name[one][0].info.file_size for one in wanted) > limits.total:
        return _refused("zip-too-much", name)
    clashes = Counter(_folded(one) for one in wanted)
    items = (_item(opened, by_name[one], prefix, clashes[_folded(one)] > 1) for one in wanted)
    return Listing(
        tuple(items),
        tuple(prefix + one for one in ignored),
        empty=tuple(prefix + one for one in _empty(entries)),
    )


def _refused(id: str, name: str) -> Listing:
    return Listing((Item(name, None, (note(id, name),)),))


def _entry(info: zipfile.ZipInfo) -> _Entry:
    """A name with `/` between folders: some programs for Windows write backslashes. It is a label, never a path."""
    name, guessed = _decoded(info)
    name = name.replace("\\", "/")
    parts = [part for part in name.split("/") if part not in ("", ".")]
    return _Entry("/" * name.startswith("/") + "/".join(parts) + "/" * name.endswith("/"), info, guessed)


def _decoded(info: zipfile.ZipInfo) -> tuple[str, bool]:
    """Without the flag for UTF-8 a name is in the code page of whoever packed it; zipfile takes it for cp437."""
    name = info.orig_filename
    if info.flag_bits & 0x800 or name.isascii():
        return name, False
    found = decode(name.encode("cp437"))
    if found and found[1] in ("utf-8", "gb18030"):
        return found[0], found[1] != "utf-8"
    return name, True


def _is_unsafe(name: str) -> bool:
    """Would it leave the folder it is unpacked in, or is it no name at all?"""
    leaves = name.startswith("/") or ".." in name.split("/") or _DRIVE.match(name) is not None
    return leaves or not name or "\0" in name


def _is_special(info: zipfile.ZipInfo) -> bool:
    """A link, a device or a pipe; a zip of Windows has no such bits."""
    kind = stat.S_IFMT(info.external_attr >> 16)
    return kind not in (0, stat.S_IFREG)


def _swells(info: zipfile.ZipInfo) -> bool:
    return info.file_size > max(_HARMLESS, _RATIO * info.compress_size)


# The first that holds is why a file is not opened.
_REFUSALS: tuple[tuple[str, Callable[[_Entry], bool]], ...] = (
    ("zip-unsafe-name", lambda entry: _is_unsafe(entry.name)),
    ("zip-link", lambda entry: _is_special(entry.info)),
    ("zip-encrypted", lambda entry: bool(entry.info.flag_bits & 0x41)),
    ("zip-damaged", lambda entry: entry.info.compress_type not in _METHODS),
    ("zip-too-much", lambda entry: _swells(entry.info)),
)


def _item(opened: zipfile.ZipFile, entries: list[_Entry], prefix: str, clashes: bool) -> Item:
    first, *others = entries
    name = prefix + first.name
    why = next((id for id, holds in _REFUSALS if holds(first)), "zip-same-name" if others else "")
    if why:
        return Item(name, None, (note(why, name),))
    remarks: Iterable[tuple[str, bool]] = (("zip-name-encoding", first.guessed), ("zip-case-clash", clashes))
    notes: tuple[Note, ...] = tuple(note(id, name) for id, holds in remarks if holds)
    return Item(name, partial(_load, opened, first.info, name), notes)


def _load(opened: zipfile.ZipFile, info: zipfile.ZipInfo, name: str, most: int) -> bytes:
    """The bytes, never more than the zip says there are; zipfile compares their check sum."""
    if info.file_size > most:
        raise NotLoaded(note("too-large", name, ("size", str(info.file_size))))
    try:
        with opened.open(info) as file:
            data = b"".join(iter(partial(file.read, _CHUNK), b""))
    except _BROKEN as error:
        raise NotLoaded(note("zip-damaged", name)) from error
    if len(data) != info.file_size:
        raise NotLoaded(note("zip-damaged", name))
    return data


def _folded(name: str) -> str:
    return unicodedata.normalize("NFC", name).casefold()


def _empty(entries: list[_Entry]) -> list[str]:
    """Folders named in the zip that hold nothing."""
    holding = {entry.name[: at + 1] for entry in entries for at in _slashes(entry.name.rstrip("/"))}
    folders = {entry.name for entry in entries if entry.name.endswith("/") and not _is_unsafe(entry.name.rstrip("/"))}
    return sorted(folders - holding)


def _slashes(name: str) -> list[int]:
    return [at for at, char in enumerate(name) if char == "/"]
