"""Rows of the table of sentences: what is said of the unit and the form of a number."""

from __future__ import annotations

OF_UNITS: dict[str, tuple[str, str]] = {
    "unit-missing": ("This is right, but its unit is missing.", "Right; the unit is missing."),
    "unit-wrong-dimension": (
        "{unit} is a unit of something else than what is asked for.",
        "The unit {unit} has another dimension than the one asked for.",
    ),
    "unit-wrong-scale": (
        "The number would be right in another unit: {unit} is off by a factor of {times}.",
        "The number is that of the reference, but {unit} is off by a factor of {times}.",
    ),
    "unit-unreadable": (
        "The unit {unit} could not be read ({message}), so a person will look at it.",
        "The unit {unit} could not be read: {message}.",
    ),
    "unit-unclear": (
        "It is not clear which unit {unit} stands for, so a person will look at it.",
        "The unit {unit} does not fit as it is read, but may be meant otherwise.",
    ),
    "unit-not-asked": (
        "This has a unit ({unit}) that was not asked for, so a person will look at it.",
        "The number differs, but it has a unit ({unit}) and the rubric names none: it may be right in another unit.",
    ),
    "units-differ": (
        "The entries have different units, so a person will look at it.",
        "Entries with different units, or only some with one.",
    ),
    "temperature-or-difference": (
        "It is not clear whether {unit} is a temperature or a difference of temperatures; a person will look at it.",
        "Right as a difference of temperatures, and wrong as a temperature: {unit}.",
    ),
    "percent-unclear": (
        "It is not clear whether this is a number or a percentage ({number}), so a person will look at it.",
        "Off by a factor of 100, which a percent sign may explain: {number}.",
    ),
    "figures-differ": (
        "The value is right, but it is not given with the number of significant figures asked for.",
        "Right value, wrong number of significant figures.",
    ),
    "decimals-differ": (
        "The value is right, but it is not given with the number of decimals asked for.",
        "Right value, wrong number of decimals.",
    ),
    "form-differs": ("The value is right, but it is not written in the form asked for: {form}.", ""),
    "not-exact": (
        "This is a rounded value; asked is the exact one, with its roots, fractions or constants.",
        "Rounded, where the exact value is asked for.",
    ),
    "not-in-lowest-terms": ("The value is right, but it is not a fraction in lowest terms: can you cancel?", ""),
    "not-factored": ("The value is right, but it is not written as a product of primes.", ""),
    "angle-without-degrees": (
        "The angle has no sign of degrees, so a person will look at it.",
        "Right if the angle is in degrees, wrong in radians; it has no sign of degrees.",
    ),
    "rounding-unclear": (
        "This is close, but not equal; a person will look whether it is only rounded.",
        "Close to the reference, but not equal; give a `tolerance` to decide this.",
    ),
}
