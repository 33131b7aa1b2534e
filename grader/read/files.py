"""Which bytes of a hand-in are text, in which encoding, and which reader gets them."""

from __future__ import annotations

import os
import stat
from pathlib import Path

from grader.model.documents import Document, Note, Submission

SIZE_LIMIT = 10 * 1024 * 1024

# Known before a reader is imported: a batch of Markdown files must not load every reader.
FORMATS = {
    ".md": "markdown", ".markdown": "markdown", "": "markdown", ".txt": "plain",
    ".tex": "latex", ".latex": "latex", ".ltx": "latex", ".ipynb": "notebook",
}  # fmt: skip

# A picture beside the answers is ordinary; every other file nobody read is worth a note.
_PICTURES = frozenset({".png", ".jpg", ".jpeg", ".gif", ".svg", ".webp", ".bmp"})

_MAGIC = (
    b"%PDF-", b"PK\x03\x04", b"PK\x05\x06", b"\x89PNG", b"\xff\xd8\xff", b"GIF8", b"\x7fELF", b"Rar!\x1a",
    b"7z\xbc\xaf", b"\x1f\x8b", b"\xd0\xcf\x11\xe0", b"RIFF", b"BZh9", b"\xfd7zXZ",
)  # fmt: skip


def read_submission(path: Path, id: str | None = None) -> Submission:
    """A file or a folder as one hand-in; whatever cannot be read becomes a note, never an exception.

    Without `id` it is the name: of a file without its last suffix, of a folder as it stands.
    """
    try:
        mode = path.stat().st_mode
    except PermissionError:
        return Submission(id or path.stem, (), (_note("unreadable-file", path.name),))
    except (OSError, ValueError):  # ValueError: a NUL in the name
        return Submission(id or path.stem, (), (_note("missing-file", path.name),))
    if stat.S_ISDIR(mode):
        documents, notes = _read_folder(path)
        return Submission(id or path.name or path.resolve().name, documents, notes)
    document, notes = _read_file(path, path.name)
    return Submission(id or path.stem, (document,) if document else (), notes)


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


def _note(id: str, name: str, *facts: tuple[str, str]) -> Note:
    return Note(id, facts=(("file", name), *facts))


def _read_folder(folder: Path) -> tuple[tuple[Document, ...], tuple[Note, ...]]:
    documents: list[Document] = []
    notes: list[Note] = []
    denied: list[OSError] = []
    for path in _files_of(folder, denied):
        name = path.relative_to(folder).as_posix()
        suffix = split_suffix(path.name)[1]
        if suffix in _PICTURES:
            continue
        document, found = _read_file(path, name)
        notes.extend(found)
        if document:
            documents.append(document)
    notes.extend(_note("unreadable-file", os.path.basename(str(error.filename))) for error in denied)
    if not documents:
        notes.append(_note("nothing-readable", folder.name))
    return tuple(documents), tuple(notes)


def _files_of(folder: Path, denied: list[OSError]) -> list[Path]:
    found: list[Path] = []
    home = folder.resolve()
    for base, folders, files in os.walk(folder, onerror=denied.append):
        folders[:] = [name for name in folders if not name.startswith(".") and name != "__MACOSX"]
        paths = (Path(base, name) for name in files if not name.startswith("."))
        found.extend(path for path in paths if not path.is_symlink() or _stays_in(path, home))
    return sorted(found, key=lambda path: path.relative_to(folder).as_posix())


def _stays_in(link: Path, home: Path) -> bool:
    try:
        return link.resolve(strict=True).is_relative_to(home)
    except (OSError, RuntimeError):  # a link to nowhere, or to itself
        return False


def _read_file(path: Path, name: str) -> tuple[Document | None, tuple[Note, ...]]:
    suffix = split_suffix(path.name)[1]
    if suffix not in FORMATS:
        return None, (_note("unknown-format", name, ("suffix", suffix)),)
    try:
        about = path.stat()
        if not stat.S_ISREG(about.st_mode):
            return None, (_note("unreadable-file", name),)
        if about.st_size > SIZE_LIMIT:
            return None, (_note("too-large", name, ("size", str(about.st_size))),)
        data = path.read_bytes()
    except OSError:
        return None, (_note("unreadable-file", name),)
    return _read_bytes(data, name, FORMATS[suffix])


def _read_bytes(data: bytes, name: str, format: str) -> tuple[Document | None, tuple[Note, ...]]:
    from grader.read import READERS  # the registry is defined above this module

    decoded = decode(data)
    if decoded is None:
        return None, (_note("binary-file", name),)
    text, encoding = clean(decoded[0]), decoded[1]
    notes = () if encoding == "utf-8" else (_note("wrong-encoding", name, ("encoding", encoding)),)
    if not text.strip():
        return None, (*notes, _note("empty-file", name))
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
