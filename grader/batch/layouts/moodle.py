"""Moodle: a folder `Jane Doe_123456_assignsubmission_file_/` for each student and kind of answer, or flat names."""

from __future__ import annotations

import re

from grader.batch.layouts.layout import Layout, Place, Places, Tree, always

# `<name>_<participant>`, but members of no group hand in as "Default group", which has no number.
# Underscores in a name become blanks before Moodle joins the parts; the last one is older than Moodle 4.1.
_NAME = re.compile(
    r"(?P<student>[^/]+?)_assignsubmission_(?P<plugin>[a-z0-9]+)(?:_?/(?P<path>.*)|_(?P<flat>[^/]+))", re.DOTALL
)


def _places(tree: Tree) -> Places:
    found = {name: match for name in tree.names if (match := _NAME.fullmatch(name))}
    return {name: Place(match["student"], match["path"] or match["flat"] or "") for name, match in found.items()}


LAYOUT = Layout("moodle", "all submissions of a Moodle assignment", _places, always)
