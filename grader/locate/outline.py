"""Turns the question ids of a rubric into a tree of problems and parts."""

from __future__ import annotations

import re
from collections.abc import Sequence

from grader.model.records import NamedTuple

_COMPONENT = re.compile(r"\d+|[^\W\d_]+")
_ROMAN = {"i": 1, "v": 5, "x": 10}
_ROMAN_WORD = re.compile(r"[ivx]+\Z")


class Node(NamedTuple):
    """A problem or part; `question` is the rubric's id, empty for a problem that only has parts."""

    key: str
    question: str = ""
    children: tuple[Node, ...] = ()

    @property
    def family(self) -> str:
        """How the children are numbered: "number", "letter", "roman", or "" when there is no one way."""
        keys = tuple(child.key for child in self.children)
        families = {_family(keys, key) for key in keys}
        return families.pop() if len(families) == 1 else ""

    def find(self, raw: str) -> int | None:
        """The place of a component among the children."""
        return next((at for at, child in enumerate(self.children) if child.key == raw), None)


def roman(word: str) -> int:
    """The number a roman numeral up to 39 stands for, 0 if it is none."""
    if not _ROMAN_WORD.match(word):
        return 0
    values = [_ROMAN[letter] for letter in word]
    total = sum(-v if v < max(values[at:]) else v for at, v in enumerate(values))
    return total if "iiii" not in word else 0


def ordinal(raw: str, family: str) -> int | None:
    """Which place in its sequence a component has if it is of this family: "b" is letter 2, "ii" roman 2."""
    if family == "number":
        return int(raw) if raw.isdecimal() else None
    if family == "letter":
        return ord(raw) - 96 if len(raw) == 1 and "a" <= raw <= "z" else None
    return roman(raw) or None


def components(identifier: str) -> tuple[str, ...]:
    """The path an id stands for: "2b" is ("2", "b"), "Q4" is ("4",), "bonus" is ("bonus",)."""
    found = [word.lower() for word in _COMPONENT.findall(identifier)]
    found = [str(int(word)) if word.isdecimal() else word for word in found]
    if len(found) > 1 and not found[0].isdecimal() and (len(found[0]) > 1 or found[0] in "qp"):
        found = found[1:]  # Q4, problem_4: the word before the number says nothing
    return tuple(found) or (identifier.lower(),)


def outline(ids: Sequence[str]) -> Node:
    """The tree of all ids; its root has no key."""
    paths: dict[tuple[str, ...], str] = {}
    for identifier in ids:
        path = components(identifier)
        if path in paths:  # "Q4" beside "P4": the prefix matters after all
            path = (identifier.lower(),)
        paths.setdefault(path, identifier)
    return _grow((), paths)


def _grow(prefix: tuple[str, ...], paths: dict[tuple[str, ...], str]) -> Node:
    depth = len(prefix)
    below: dict[str, dict[tuple[str, ...], str]] = {}
    for path, identifier in paths.items():
        if len(path) > depth:
            below.setdefault(path[depth], {})[path] = identifier
    children = tuple(_grow((*prefix, key), some) for key, some in below.items())
    return Node(prefix[-1] if prefix else "", paths.get(prefix, ""), children)


def _family(keys: tuple[str, ...], key: str) -> str:
    if key.isdecimal():
        return "number"
    if roman(key) and "i" in keys and not {"a", "h"} & set(keys):
        return "roman"
    return "letter" if len(key) == 1 and key.isalpha() else "word"


def leaves(node: Node) -> list[Node]:
    """All nodes that are questions, in the order of the rubric."""
    own = [node] if node.question else []
    return own + [leaf for child in node.children for leaf in leaves(child)]
