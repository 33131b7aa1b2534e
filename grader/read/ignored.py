"""What of a hand-in is no answer: pictures beside the text, what programs leave behind, libraries."""

from __future__ import annotations

from collections.abc import Iterable

# A picture beside the answers is ordinary; every other file nobody read is worth a note.
_PICTURES = frozenset({".png", ".jpg", ".jpeg", ".gif", ".svg", ".webp", ".bmp", ".heic", ".heif", ".tif", ".tiff"})
_SUFFIXES = _PICTURES | {".pyc", ".pyo"}
_FILES = frozenset({"thumbs.db", "desktop.ini"})
_FOLDERS = frozenset({"__macosx", "__pycache__", "node_modules", "site-packages"})
_HIDDEN = (".", "~$")  # .DS_Store, .git, .venv, ._answers.md of macOS, ~$answers.docx of Word
_ENVIRONMENT = "pyvenv.cfg"  # stands in every virtual environment, whatever its folder is called


def is_ignored_folder(name: str, held: Iterable[str] = ()) -> bool:
    """A folder, by its name and the names of the files directly in it."""
    return name.startswith(_HIDDEN) or name.casefold() in _FOLDERS or _ENVIRONMENT in held


def is_ignored_file(name: str) -> bool:
    """A file, by its name without folders."""
    low = name.casefold()
    return name.startswith(_HIDDEN) or low in _FILES or low[low.rfind(".") :] in _SUFFIXES


def is_picture(name: str) -> bool:
    """A file that shows something, such as a scan: it is not read, and may all the same be an answer."""
    return name[name.rfind(".") :].casefold() in _PICTURES


def sift(names: Iterable[str]) -> tuple[list[str], list[str]]:
    """Paths of files divided into those to read and those to ignore, both sorted; `/` stands between folders.

    An ignored folder is named once, with a slash at its end: "node_modules/" stands for thousands of files.
    """
    files = sorted(set(names))
    environments = {path.rpartition("/")[0] for path in files if path.rpartition("/")[2] == _ENVIRONMENT} - {""}
    kept: list[str] = []
    ignored: dict[str, None] = {}
    for path in files:
        folder = _ignored_above(path, environments)
        if folder or is_ignored_file(path.rpartition("/")[2]):
            ignored[folder or path] = None
        else:
            kept.append(path)
    return kept, sorted(ignored)


def _ignored_above(path: str, environments: set[str]) -> str:
    """The outermost ignored folder that holds a file, or nothing."""
    at = path.find("/")
    while at >= 0:
        folder = path[:at]
        if folder in environments or is_ignored_folder(folder.rpartition("/")[2]):
            return folder + "/"
        at = path.find("/", at + 1)
    return ""
