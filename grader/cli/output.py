"""Standard output that outlives its reader: `grader lint r.yaml | head -1` ends as it would have ended anyway."""

from __future__ import annotations

import io
import os
import sys


class Patient(io.FileIO):
    """A file to which a write after its reader has gone is lost, and no error: the exit code stays what it is."""

    def write(self, data: object) -> int:
        """Writes bytes; once nobody reads, to nowhere."""
        try:
            return super().write(data)  # type: ignore[arg-type]
        except BrokenPipeError:
            nowhere = os.open(os.devnull, os.O_WRONLY)
            os.dup2(nowhere, self.fileno())
            os.close(nowhere)
            return super().write(data)  # type: ignore[arg-type]


def outlive_reader() -> None:
    """Puts such a file below standard output, unless that is a terminal or no file at all."""
    try:
        number, terminal = sys.stdout.fileno(), sys.stdout.isatty()
    except (AttributeError, OSError, ValueError):
        return
    if not terminal:
        sys.stdout.flush()
        buffered = io.BufferedWriter(Patient(number, "w", closefd=False))
        sys.stdout = io.TextIOWrapper(buffered, encoding=sys.stdout.encoding, errors="backslashreplace")
