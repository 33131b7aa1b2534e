"""Points by their names or their order, told as the points: "P_1 is a minimum", "the first is a saddle"."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence

from grader.kinds._stretches import Stretch, retold, text_of
from grader.kinds.kind import View
from grader.marking.naming import labels_of
from grader.model.documents import Block, Run
from grader.model.patterns import later
from grader.prepare.parts import PreparedPart

_NUMBER = r"[-−]?\s?\d+(?:[./]\d+)?"
_POINT = rf"\(\s*{_NUMBER}(?:\s*[,|;]\s*{_NUMBER})+\s*\)"
_NAME = r"[A-Z](?:_?\d|_\{\d\})?"
_BESIDE = r"[A-CEK-MP-TW](?:_?\d|_\{\d\})?(?=\s*\()"  # P(1, 2), but D(1, 2) and H(1, 2) are values there
_DEFINED = rf"(?<![\w\\])(?P<name>{_BESIDE}|{_NAME}(?=\s*[=:]))\s*[=:]?\s*(?P<point>{_POINT})(?!\s*[=<>])"
_BETWEEN = r"(?:\s|,|;|\\[,;: ]|\\q?quad|\\text\s*\{\s*and\s*\}|\band\b)+"
_DEFINITION = later(_DEFINED)
_DEFINITIONS = later(rf"\s*{_DEFINED}(?:{_BETWEEN}(?<![\w\\]){_NAME}\s*[=:]?\s*{_POINT})*\s*[.,;]?\s*")
_MENTION = later(rf"(?<![\w\\(=])(?P<name>{_NAME})(?![\w(=]|\s*[=(\[^+*/-])")
_COORDINATES = later(
    rf"(?<![\w\\(^])x\s*=\s*(?P<x>{_NUMBER}){_BETWEEN}y\s*=\s*(?P<y>{_NUMBER})(?![\w.^(]|\s*(?:[=+*/-]|(?:or|{_BETWEEN})\s*z\s*=))"
)
_LISTED = later(rf"{_POINT}(?:[\s$]*(?:,|and|,\s*and)[\s$]*{_POINT})+")
_NTH = {"first": 0, "second": 1, "third": 2, "fourth": 3, "former": 0, "latter": 1, "last": -1}
_ORDINAL = later(
    rf"\b[Tt]he (?P<nth>{'|'.join(_NTH)})(?: (?:one|(?:critical |stationary )?point))?"
    r"(?=\s*(?:,|:|\(|is\b|a\b|an\b|gives\b|must be\b|turns\b|will be\b|being\b))"
)
EACH_POINT = later(_POINT)
_MATHS = frozenset(["math", "display"])


def with_points_said(parts: Sequence[PreparedPart], view: View) -> View:
    """The answer with points in the place of their names, where all parts ask for points."""
    if not all(part.kind is not None and part.kind.name == "set" for part in parts):
        return view
    if any(not isinstance(one, tuple) for part in parts for one in part.expected.elements):
        return view
    labels = tuple(sorted({label for part in parts for label in labels_of(part)}))
    made, memo = view.remember(("points", labels), lambda: (with_points(view.answer.blocks, labels), {}))
    if made == view.answer.blocks:
        return view
    answer = view.answer._replace(blocks=made)
    return View(answer, view.names, view.places, view.reasons, view.context, view.base, memo, view.shared)


def with_points(blocks: tuple[Block, ...], labels: Sequence[str]) -> tuple[Block, ...]:
    """The blocks with each mention of a point as the point itself; as they are where a name stands for two."""
    texts = [text_of(block) for block in blocks]
    named: dict[str, str] = {}
    for text in texts:
        for found in _DEFINITION.finditer(text):
            name, point = _plain(found["name"]), found["point"].replace("|", ",")
            if named.setdefault(name, point) != point:
                return blocks
    if len(set(named.values())) < len(named):
        return blocks
    ordered, only_named = _in_order("\n".join(texts)), _are_only_named("\n".join(texts), named, labels)
    return tuple(
        retold(block, [*_named(block, text, named, only_named), *_counted(block, text, ordered)])
        for block, text in zip(blocks, texts, strict=True)
    )


def _plain(name: str) -> str:
    return re.sub(r"[_{}]", "", name)


def _runs(block: Block) -> Iterator[tuple[Run, int]]:
    at = 0
    for run in block.runs:
        yield run, at
        at += max(1, len(run.text))


def _are_only_named(text: str, named: Mapping[str, str], labels: Sequence[str]) -> bool:
    """Whether points are given their names first, and all that is said of them is said under these names."""
    defined = list(_DEFINITION.finditer(text))
    mentions = [one for one in _MENTION.finditer(text) if defined and one.start() > defined[-1].end()]
    if {_plain(one["name"]) for one in mentions} < set(named) or not mentions:
        return False
    begun = max(text.rfind(sign, 0, defined[0].start()) for sign in ".\n") + 1
    told = text[begun : mentions[0].start()].lower()
    return not any(label.lower() in told for label in labels)


def _named(block: Block, text: str, named: Mapping[str, str], only_named: bool) -> Iterator[Stretch]:
    """What names stand for: all of a formula that is nothing else, and the names among words."""
    for run, at in _runs(block):
        stop = at + len(run.text)
        if run.kind in _MATHS:
            told = _formula(run.text, named)
            if told:
                yield Stretch(at, stop, "" if only_named and _DEFINITIONS.fullmatch(run.text) else told)
        elif run.kind == "text":
            taken = [*_DEFINITION.finditer(run.text), *_COORDINATES.finditer(run.text)]
            for found in taken:
                blank = only_named and "point" in found.groupdict()
                yield Stretch(at + found.start(), at + found.end(), "" if blank else _said(found))
            for found in _MENTION.finditer(run.text):
                inside = any(one.start() <= found.start() < one.end() for one in taken)
                if not inside and (point := named.get(_plain(found["name"]))) is not None:
                    yield Stretch(at + found.start(), at + found.end(), point)


def _formula(text: str, named: Mapping[str, str]) -> str:
    """The points that a formula says and nothing else; "" for any other."""
    if (found := _COORDINATES.fullmatch(text.strip(" .,;"))) is not None:
        return _said(found)
    if _DEFINITIONS.fullmatch(text):
        return " and ".join(_said(one) for one in _DEFINITION.finditer(text))
    return named.get(_plain(text.strip(" .,;")), "")


def _said(found: re.Match[str]) -> str:
    if "point" in found.groupdict():
        return found["point"].replace("|", ",")
    return f"({found['x']}, {found['y']})"


# -- points by their order -----------------------------------------------------------------------------------------


def _in_order(text: str) -> tuple[str, ...]:
    """The points of the only list before the first of them is spoken of by its place; none if there are others."""
    ordinal = _ORDINAL.search(text)
    before = text[: ordinal.start()] if ordinal is not None else ""
    lists = list(_LISTED.finditer(before))
    points = [one[0] for one in EACH_POINT.finditer(before)]
    if len(lists) != 1 or len(set(points)) != len(points):
        return ()
    listed = [one[0] for one in EACH_POINT.finditer(lists[0][0])]
    return tuple(listed) if listed == points else ()


def _counted(block: Block, text: str, points: Sequence[str]) -> Iterator[Stretch]:
    for run, at in _runs(block):
        for found in _ORDINAL.finditer(run.text) if points and run.kind == "text" else ():
            number = _NTH[found["nth"]]
            fits = len(points) == 2 if found["nth"] in ("former", "latter") else number < len(points)
            if fits:
                yield Stretch(at + found.start(), at + found.end(), points[number])
