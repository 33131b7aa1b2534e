"""Brightspace (D2L): a folder `12345-67890 - Jane Doe - Jan 1, 2026 1000 AM/` for each time a student handed in."""

from __future__ import annotations

import re

from grader.batch.layouts.layout import Layout, Place, Places, Tree, always

_MONTHS = {name: at for at, name in enumerate("jan feb mar apr may jun jul aug sep oct nov dec".split(), start=1)}
_DAY = r"(?:(?P<month>[A-Z][a-z]{2})[a-z]* (?P<day>\d{1,2})|(?P<first>\d{1,2}) (?P<second>[A-Z][a-z]{2})[a-z]*)"
_WHEN = re.compile(_DAY + r",? (?P<year>\d{4}) (?P<hour>\d{1,2}?)[_ .]?(?P<minute>\d\d)(?:[ \u202f](?P<half>[AP])M)?")
# A name may hold hyphens, so the date is looked for from the right. Some sites put the number of the organisation in
# front, and some put underscores between the parts.
_NAME = re.compile(
    rf"(?:\d+[-_])?(?P<user>\d+)[-_]\d+(?P<sign> - |_)(?P<name>[^/]+)(?P=sign)(?P<when>{_WHEN.pattern})"
    r"(?:/(?P<path>.*)|(?P=sign)(?P<flat>[^/]+))",
    re.DOTALL,
)
_OVERVIEW = "index.html"


def _places(tree: Tree) -> Places:
    found = {name: match for name in tree.names if (match := _NAME.fullmatch(name))}
    places = {
        name: Place(f"{match['name']} {match['user']}", match["path"] or match["flat"] or "", match["when"])
        for name, match in found.items()
        if (match["month"] or match["second"]).lower() in _MONTHS
    }
    return places | ({_OVERVIEW: Place("", _OVERVIEW)} if places and _OVERVIEW in tree.names else {})


def _order(when: str) -> tuple[int, ...]:
    """A date with the time as it is written: "1205 AM" is five past midnight, "2359" needs no half of the day."""
    found = _WHEN.fullmatch(when)
    if found is None:
        return ()
    hour, half = int(found["hour"]), found["half"]
    hours = hour if half is None else hour % 12 + 12 * (half == "P")
    month, day = found["month"] or found["second"], found["day"] or found["first"]
    return int(found["year"]), _MONTHS[month.lower()], int(day), hours, int(found["minute"])


LAYOUT = Layout("brightspace", "the files of a Brightspace (D2L) dropbox", _places, always, _order)
