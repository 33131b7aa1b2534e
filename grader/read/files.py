"""Which bytes of a hand-in are text, in which encoding, and which reader gets them."""

from __future__ import annotations

import gc
import os
import stat
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from functools import partial
from pathlib import Path

from grader.model.documents import Document, Note, Submission
from grader.read.items import Item, NotLoaded, load_path, note

SIZE_LIMIT = 10 * 1024 * 1024
_LARGE = 256 * 1024

# Known before a reader is imported: a batch of Markdown files must not load every reader.
FORMATS = {
    ".md": "markdown", ".markdown": "markdown", "": "markdown", ".txt": "plain",
    ".tex": "latex", ".latex": "latex", ".ltx": "latex", ".ipynb": "notebook",
    ".html": "html", ".htm": "html", ".yaml": "answers", ".yml": "answers", ".json": "answers", ".csv": "answers",
    ".docx": "docx", ".pdf": "pdf", ".typ": "typst", ".org": "org", ".rst": "restructured",
    ".rest": "restructured", ".rmd": "markdown", ".qmd": "markdown",
    ".py": "python",
}  # fmt: skip
UNPACKED = frozenset({"docx", "pdf"})  # their bytes are no text

_MAGIC = (
    b"%PDF-", b"PK\x03\x04", b"PK\x05\x06", b"\x89PNG", b"\xff\xd8\xff", b"GIF8", b"\x7fELF", b"Rar!\x1a",
    b"7z\xbc\xaf", b"\x1f\x8b", b"\xd0\xcf\x11\xe0", b"RIFF", b"BZh9", b"\xfd7zXZ",
)  # fmt: skip


def read_submission(path: Path, id: str | None = None) -> Submission:
    """A file, a folder or a zip as one hand-in; whatever cannot be read becomes a note, never an exception.

    Without `id` it is the name: of a file without its last suffix, of a folder as it stands.
    """
    try:
        mode = path.stat().st_mode
    except PermissionError:
        return Submission(id or path.stem, (), (note("unreadable-file", path.name),))
    except (OSError, ValueError):  # ValueError: a NUL in the name
        return Submission(id or path.stem, (), (note("missing-file", path.name),))
    if stat.S_ISDIR(mode):
        from grader.read.bundle import read_folder

        return read_folder(path, id or path.name or path.resolve().name)
    if split_suffix(path.name)[1] == ".zip" and stat.S_ISREG(mode):
        from grader.read.bundle import read_zip

        return read_zip(path, id or path.stem)
    document, notes = read_item(Item(path.name, partial(load_path, path, path.name)))
    return Submission(id or path.stem, (document,) if document else (), notes)


def read_item(item: Item) -> tuple[Document | None, tuple[Note, ...]]:
    """One file, by the reader of its suffix, or notes that say why it was not read."""
    if item.load is None:
        return None, item.notes
    suffix = split_suffix(item.name)[1]
    if suffix not in FORMATS:
        return None, (*item.notes, note("unknown-format", item.name, ("suffix", suffix)))
    try:
        data = item.load(SIZE_LIMIT)
    except NotLoaded as error:
        return None, (*item.notes, error.note)
    with _uncollected(len(data)):
        document, notes = _read_bytes(data, item.name, FORMATS[suffix])
    if document and item.question:
        document = replace(document, question=item.question)
    return document, (*item.notes, *notes)


@contextmanager
def _uncollected(size: int) -> Iterator[None]:
    """A large file becomes millions of values that all stay: to look for cycles among them takes half of the time."""
    paused = size > _LARGE and gc.isenabled()
    if paused:
        gc.disable()
    try:
        yield
    finally:
        if paused:
            gc.enable()


def split_suffix(name: str) -> tuple[str, str]:
    """Name and suffix in lower case; a leading dot belongs to the name."""
    stem, suffix = os.path.splitext(name)
    return stem, suffix.lower()


def decode(data: bytes) -> tuple[str, str] | None:
    """The text and the encoding that gave it, or None if these bytes are no text."""
    if data.startswith((b"\xff\xfe", b"\xfe\xff")):
        return _strictly(data, ("utf-16",))
    if data.startswith(_MAGIC):
        return None
    if b"\0" in data:
        wide = _bare_utf16(data)
        return _strictly(data, (wide,)) if wide else None
    found = _strictly(data, ("utf-8-sig", "gb18030"))
    if found and found[1] == "gb18030" and not _reads_as_chinese(found[0]):
        found = None
    # Latin-1 takes every byte: Windows-1252 leaves five of them undefined.
    return found or _strictly(data, ("cp1252", "latin-1"))


def clean(text: str) -> str:
    """One kind of line end, no byte order mark."""
    return text.removeprefix("\ufeff").replace("\r\n", "\n").replace("\r", "\n")


def _read_bytes(data: bytes, name: str, format: str) -> tuple[Document | None, tuple[Note, ...]]:
    from grader.read import READERS  # the registry is defined above this module

    if format in UNPACKED and data:
        unpack = READERS.load(format).unpack
        assert unpack is not None
        return unpack(data, name), ()
    decoded = decode(data)
    if decoded is None:
        return None, (note("binary-file", name),)
    text, encoding = clean(decoded[0]), decoded[1]
    notes = () if encoding == "utf-8" else (note("wrong-encoding", name, ("encoding", encoding)),)
    if not text.strip():
        return None, (*notes, note("empty-file", name))
    return READERS.load(format).read(text, name), notes


def _strictly(data: bytes, encodings: tuple[str, ...]) -> tuple[str, str] | None:
    for encoding in encodings:
        try:
            return data.decode(encoding), encoding.removesuffix("-sig")
        except UnicodeDecodeError:
            continue
    return None


def _bare_utf16(data: bytes) -> str | None:
    """UTF-16 without a mark: in mostly Latin text nearly every second byte is NUL, the others never."""
    sample = data[:4096]
    even, odd = sample[0::2].count(0), sample[1::2].count(0)
    need = len(sample) // 2 * 0.4
    if odd > need and even == 0:
        return "utf-16-le"
    if even > need and odd == 0:
        return "utf-16-be"
    return None


def _reads_as_chinese(text: str) -> bool:
    """Whether most foreign characters are everyday ones.

    Almost any pair of bytes is some character of GB18030 ("für" too); everyday Chinese stays among the
    first level of GB 2312 and its punctuation.
    """
    foreign = [char for char in text[:20000] if char > "\x7f"]
    common = sum(1 for char in foreign if _is_common(char))
    return common > 0.7 * len(foreign)


def _is_common(char: str) -> bool:
    pair = char.encode("gb2312", "ignore")
    return len(pair) == 2 and (0xB0 <= pair[0] <= 0xD7 or pair[0] in (0xA1, 0xA3))
