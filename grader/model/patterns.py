"""Regular expressions that most hand-ins never need, compiled when they are first asked for."""

from __future__ import annotations

import re
from typing import Any, cast


def later(source: str, flags: int = 0) -> re.Pattern[str]:
    """A pattern whose compilation, which may take a millisecond, waits for its first use."""
    return cast("re.Pattern[str]", _Pattern(source, flags))


class _Pattern:
    """Stands for the compiled pattern; its methods, once asked for, are those of the pattern itself."""

    def __init__(self, source: str, flags: int) -> None:
        self._source, self._flags = source, flags

    def __getattr__(self, name: str) -> Any:
        found = getattr(re.compile(self._source, self._flags), name)
        if callable(found):
            setattr(self, name, found)
        return found
