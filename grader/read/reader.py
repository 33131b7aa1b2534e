"""What a file format must offer to be read."""

from __future__ import annotations

from collections.abc import Callable

from grader.model.documents import Document
from grader.model.records import NamedTuple


class Reader(NamedTuple):
    """A format: `read` takes the text and the name of a file, not its path."""

    name: str
    suffixes: tuple[str, ...]  # lower case, with the dot; "" stands for a name without a suffix
    read: Callable[[str, str], Document]
    examples: tuple[str, ...]  # small texts in the format, for the tests every reader has to pass
    unpack: Callable[[bytes, str], Document] | None = None  # instead of `read`, where the bytes of a file are no text
