"""Environments of LaTeX whose text stands letter for letter, those that a document defines itself among them.

In them `%` begins no comment: `return a % b`.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from grader.model.records import NamedTuple
from grader.read._macros import group_end


class Listing(NamedTuple):
    """An environment of code: its language, if it has always the same, and how many arguments stand in braces."""

    language: str = ""
    arguments: int = 0


_KNOWN = {
    name: Listing()
    for name in (
        "verbatim verbatim* Verbatim Verbatim* BVerbatim BVerbatim* LVerbatim LVerbatim* lstlisting minted alltt python"
        " filecontents filecontents* mathematica pycode pyblock pyverbatim pyconsole pylabcode pylabblock pylabverbatim"
        " sympycode sympyblock sympyverbatim sageblock sageverbatim"
    ).split()
} | {"tcblisting": Listing("", 1), "tcblisting*": Listing("", 1)}
_DEFINES = re.compile(
    r"\\(?P<how>lstnewenvironment|newminted|(?:re)?newtcblisting|(?:New|Renew|Declare|Provide)TCBListing"
    r"|(?:Define|Recustom)VerbatimEnvironment|(?:re)?newenvironment)(?![A-Za-z@])\*?"
)
_BLANKS = re.compile(r"(?:[ \t]|%[^\n]*\n|\n(?![ \t]*\n))*")
_SETTING = re.compile(r"\[([^\[\]]{0,400})\]")
_LANGUAGE = re.compile(r"language\s*=\s*\{?(?:\[[^\]]*\])?([\w+#]+)")
_VERBATIM = re.compile(r"\\(?:VerbatimEnvironment|[vV]erbatim|lstlisting|minted|alltt)(?![A-Za-z@])")
_CALLED_CODE = re.compile(r"^code|(?<!pseudo)code\*?$|python|listing|^verb|^py|py\*?$", re.IGNORECASE)
_NO_CODE = re.compile(r"\\(?:begin|caption|item|label|[a-z]*input[a-z]*)(?![A-Za-z])|\$")
_LINE_OF_CODE = re.compile(
    r"^[ \t]*(?:>>> )?(?:(?:async )?def \w|class \w|import \w|from \w|return\b|(?:for|while|if|with) .*:"
    r"|\w[\w., \[\]]*=)",
    re.MULTILINE,
)
_MOST, _MOST_GROUPS = 200, 6  # definitions of one document, and groups behind one of them


def listings_of(text: str) -> dict[str, Listing]:
    """All environments of code that a document may use, by name."""
    found = dict(_KNOWN)
    for number, definition in enumerate(_DEFINES.finditer(text)):
        if number >= _MOST:
            break
        line = text[text.rfind("\n", 0, definition.start()) + 1 : definition.start()]
        if "%" not in line.replace("\\%", ""):
            found |= _defined(definition["how"], list(_groups(text, definition.end())))
    return found


def is_called_code(name: str) -> bool:
    """Whether an environment that nobody defines here, as where a file of the course does, is called like one of
    code: `pythoncode`."""
    return bool(_CALLED_CODE.search(name))


def is_code(body: str) -> bool:
    """Whether what stands in such an environment looks like code, and not like words around it."""
    return not _NO_CODE.search(body) and bool(_LINE_OF_CODE.search(body))


def _groups(text: str, at: int) -> Iterator[tuple[str, str]]:
    """What stands behind a command in braces and in square brackets, each with its sign."""
    for _ in range(_MOST_GROUPS):
        blank = _BLANKS.match(text, at)
        at = blank.end() if blank is not None else at
        setting = _SETTING.match(text, at)
        stop = setting.end() if setting is not None else group_end(text, at) if text.startswith("{", at) else -1
        if stop < 0:
            return
        yield text[at], text[at + 1 : stop - 1]
        at = stop


def _defined(how: str, groups: list[tuple[str, str]]) -> dict[str, Listing]:
    braced = [inside for sign, inside in groups if sign == "{"]
    leading = [inside for sign, inside in groups[:1] if sign == "["]
    if not braced:
        return {}
    name, rest = braced[0].strip(), "".join(braced[1:])
    if how == "newminted":
        name = leading[0].strip() if leading else f"{name}code"
        return {name: Listing(braced[0]), f"{name}*": Listing(braced[0], 1)}
    found = _LANGUAGE.search(rest)
    language = found[1].lower() if found is not None else ""
    if how.endswith("VerbatimEnvironment"):
        return {name: Listing(language)}
    if how.endswith("TCBListing"):
        return {name: Listing(language, braced[1].count("m") if len(braced) > 2 else 0)}
    if how in ("newenvironment", "renewenvironment") and not _is_verbatim(braced[1:2]):
        return {}
    settings = [inside for sign, inside in groups[len(leading) :] if sign == "["]  # how many, and the first of them
    count = int(settings[0]) if settings and settings[0].isdecimal() else 0
    return {name: Listing(language, max(0, count - (len(settings) > 1)))}


def _is_verbatim(begins: list[str]) -> bool:
    inner = {name for begin in begins for name in re.findall(r"\\begin\{([^{}]*)\}", begin)}
    return bool(inner & _KNOWN.keys()) or any(_VERBATIM.search(begin) for begin in begins)
