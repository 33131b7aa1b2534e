"""Blackboard: `HW1_jdoe_attempt_2026-01-01-10-00-00_hw.md`, and beside it a receipt that ends in `.txt`."""

from __future__ import annotations

import re
from collections.abc import Mapping

from grader.batch.layouts.layout import Layout, Place, Places, Tree, always, shared_start

# The word is "attempt" in the language of the site.
_NAME = re.compile(
    r"(?P<head>[^/]+?)_(?P<word>[^\W\d_]+)_(?P<stamp>\d{4}(?:-\d\d){5})(?:_(?P<file>[^/]+)|(?P<receipt>\.txt))"
)
_TYPED = re.compile(rb"^Submission Field:[ \t]*\r?$(?P<text>.*?)(?=^Files:|\Z)", re.MULTILINE | re.DOTALL)
# "Name: Ann Ahr (aahr)", in any language
_USER = re.compile(rb"(?:\xef\xbb\xbf)?[^\r\n]*\(([^()\r\n]+)\)[ \t]*\r?(?:\n|\Z)")
_SAID = re.compile(
    rb"^(?:Comments:|There (?:is|are) no student (?:submission text data|comments) for this assignment\.)[ \t]*\r?$",
    re.MULTILINE,
)


def _places(tree: Tree) -> Places:
    found = {name: match for name in tree.names if (match := _NAME.fullmatch(name))}
    prefix = _prefix(found, tree)
    places: dict[str, Place] = {}
    for name, match in found.items():
        if tree.assignment and not match["head"].startswith(prefix):
            continue
        student = match["head"].removeprefix(prefix).rstrip() or match["head"]  # "Group 1 " may end in a blank
        place = Place(student, match["file"] or "receipt.txt", match["stamp"])
        places[name] = _receipt(place, tree.load(name)) if match["receipt"] else place
    return places


def _prefix(found: Mapping[str, re.Match[str]], tree: Tree) -> str:
    """What is the assignment's in `HW_1_b_beck`, since either part may hold underscores.

    A receipt begins with the name of the student, the user name in brackets behind it: what stands before that user
    name is the assignment, if all files begin so. Without a receipt it is what all have in common.
    """
    if tree.assignment:
        return f"{tree.assignment}_"
    heads = sorted({match["head"] for match in found.values()})
    said = {
        prefix
        for name, match in found.items()
        if match["receipt"] and (prefix := _before(match["head"], tree.load(name) or b""))
    }
    fitting = [prefix for prefix in said if all(head.startswith(prefix) for head in heads)]
    if len(fitting) == 1:
        return fitting[0]
    return shared_start(heads, "_") if heads else ""


def _before(head: str, receipt: bytes) -> str:
    """What stands before the user name that a receipt tells; empty if it tells none, or another one."""
    said = _USER.match(receipt)
    user = said[1].decode("utf-8", "replace").strip() if said else ""
    head = head.rstrip()
    return head.removesuffix(user) if user and head.endswith(f"_{user}") else ""


def _receipt(place: Place, data: bytes | None) -> Place:
    """A receipt is read for what the student typed. In another language than English that cannot be told."""
    found = _TYPED.search(data) if data is not None else None
    if found is None:
        return place._replace(aside=True, note="receipt-unclear")
    return place._replace(shown=_typed) if _typed(data or b"").strip() else place._replace(aside=True)


def _typed(data: bytes) -> bytes:
    """What the student typed, on the lines on which it stands in the receipt."""
    found = _TYPED.search(data)
    return b"\n" * data.count(b"\n", 0, found.start("text")) + _SAID.sub(b"", found["text"]) if found else b""


LAYOUT = Layout("blackboard", "the assignment files of a Blackboard column", _places, always)
