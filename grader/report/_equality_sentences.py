"""What is said about formulas that differ: to students, to instructors."""

from __future__ import annotations

OF_EQUALITY: dict[str, tuple[str, str]] = {
    "formula-differs": (
        "This is not equal to what is asked for, and no single slip explains the difference.",
        "Differs from the reference; no single slip explains it.",
    ),
    "not-equal": ("This is not equal to what is asked for: {message}.", "Not equal: {message}."),
    "not-decided": (
        "This could not be compared with certainty ({message}), so a person will look at it.",
        "Not decided: {message}.",
    ),
}
