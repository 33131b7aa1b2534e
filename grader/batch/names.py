"""Names under which results are kept: file names everywhere, and no two alike."""

from __future__ import annotations

import re
import unicodedata

MOST_CHARACTERS, _MOST_BYTES = 120, 240  # file systems end names at 255 bytes, and ".md" is added
_EXTENSION = re.compile(r"(?<=.)\.[A-Za-z0-9]{1,12}$")
_PORTS = (f"{port}{number}" for port in ("com", "lpt") for number in range(1, 10))
_RESERVED = frozenset({"con", "prn", "aux", "nul", *_PORTS})
_SEPARATORS = frozenset('/\\:*?"<>|')


def stem_of(name: str) -> str:
    """The name of a file without its extension. A folder's name has none: "J. Smith" is a whole name."""
    return _EXTENSION.sub("", name)


def numbered(id: str, taken: set[str]) -> str:
    """The id with the first number that makes it differ from those taken, which are in lower case."""
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
