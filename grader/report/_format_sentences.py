"""Rows of the table of sentences: what is said of pages and of files of answers that could not be read."""

from __future__ import annotations

OF_FORMATS: dict[str, tuple[str, str]] = {
    "broken-answers": ("The file of answers could not be read: {message}.", ""),
    "key-not-read": ("The key {key} is not the name of a question; what stands there was not read.", ""),
    "broken-markup": ("The markup of this page is broken; some of it may have been read wrongly.", ""),
    "formula-not-read": ("A formula of this page could not be read: {message}.", ""),
    "macros-not-read": ("Commands that are defined in this page were not expanded.", ""),
}
