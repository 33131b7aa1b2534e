"""Rows of the table of sentences: what is said of pages, notebooks and files of answers that could not be read."""

from __future__ import annotations

OF_FORMATS: dict[str, tuple[str, str]] = {
    "broken-answers": ("The file of answers could not be read: {message}.", ""),
    "beside-not-read": ("What stands under {key}, beside this answer, was not read.", ""),
    "key-not-read": ("The key {key} is not the name of a question; what stands there was not read.", ""),
    "broken-markup": ("The markup of this page is broken; some of it may have been read wrongly.", ""),
    "formula-not-read": ("A formula of this page could not be read: {message}.", ""),
    "formula-beside": (
        "A formula in this answer could not be read, so a person will look at it.",
        "A formula in this answer could not be read: {message}.",
    ),
    "picture-not-read": ("Pictures are not read, so a person will look at {picture}.", ""),
    "macros-not-read": ("Commands that are defined in this page were not expanded.", ""),
    "broken-notebook": ("The notebook could not be read: {message}.", ""),
    "broken-docx": ("The document could not be read: {message}.", ""),
    "broken-pdf": ("The PDF could not be read: {message}.", ""),
    "scanned": ("This file holds pictures of pages, which are not read; a person will look at it.", ""),
    "extra-missing": (
        "Files of this format are not read here; a person will look at it.",
        "To read this file, install what it needs: pip install 'grader[{what}]'.",
    ),
    "deleted-ignored": ("What a tracked change deletes was ignored.", ""),
    "comment-ignored": ("A comment beside the text was ignored.", ""),
    "odd-cell": ("This cell holds nothing that a notebook can show; it was not read.", ""),
    "odd-output": ("This output holds nothing that a notebook can show; it was not read.", ""),
    "cell-failed": ("The code of this cell ended in an error; what it said was not read.", ""),
}
