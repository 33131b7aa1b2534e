"""Whatever else there is: a regular expression with the groups student, attempt, late and question."""

from __future__ import annotations

import re

from grader.batch.layouts.layout import Layout, Place, Places, Tree, never
from grader.model.errors import UsageError

GROUPS = ("student", "attempt", "late", "question")
_ON_TIME = frozenset({"", "0", "no", "false", "ontime"})
_JOINED = str.maketrans("", "", "-_ ")


def _places(tree: Tree) -> Places:
    pattern = compiled(tree.pattern)
    found = {name: match.groupdict() for name in tree.names if (match := pattern.fullmatch(name))}
    return {
        name: Place(
            groups["student"],
            name,
            (groups["attempt"] or "") if "attempt" in groups else None,
            _is_late(groups["late"]) if "late" in groups else None,
            groups.get("question") or "",
        )
        for name, groups in found.items()
        if groups["student"]
    }


def _is_late(said: str | None) -> bool:
    """Late is whatever matched, unless it says the opposite: `(?P<late>late|on-time)`."""
    return (said or "").translate(_JOINED).lower() not in _ON_TIME


def compiled(pattern: str) -> re.Pattern[str]:
    """The expression, checked. UsageError says what is wrong with it."""
    if not pattern:
        raise UsageError("--layout pattern needs --pattern, a regular expression with a group (?P<student>...)")
    try:
        found = re.compile(pattern, re.DOTALL)
    except (re.error, OverflowError, RecursionError) as error:
        raise UsageError(f"--pattern is not a regular expression: {error}") from None
    unknown = sorted(set(found.groupindex) - set(GROUPS))
    if "student" not in found.groupindex or unknown:
        lack = f"does not know the group {unknown[0]}" if unknown else "needs a group (?P<student>...)"
        raise UsageError(f"--pattern {lack}; the groups are {', '.join(GROUPS)}")
    return found


LAYOUT = Layout("pattern", "names of your own, described by --pattern", _places, never)
