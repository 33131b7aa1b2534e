"""Functions of a page's own that show what they are given, `#let part(l, body) = [*(#l)* #body]`."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import TYPE_CHECKING

from grader.model.records import NamedTuple

if TYPE_CHECKING:
    from grader.read._typstwalk import SourceWalk

DEEPEST = 40  # contents in each other

_DEFINED = re.compile(r"#let[ \t]+(?P<name>[A-Za-z][\w-]*)\((?P<parameters>[\w\s,.:\"-]*)\)[ \t]*=[ \t]*")
_WRAPPED = re.compile(
    r"(?P<name>heading|text|strong|emph|block|box|align|par|underline|pad)(?:\((?P<with>[^()\[\]]*)\))?[ \t]*(?=\[)"
)
_LEVEL = re.compile(r"level:\s*([1-6])")
_PIECE = re.compile(r"#(?P<call>[A-Za-z][\w.-]*)(?P<given>\([^()]*\))?(?P<shown>\[[^\[\]]*\])?;?|\*+|\\\n|\n")


class Argument(NamedTuple):
    """A piece of a call, without its key and the blanks around it."""

    key: str
    start: int
    stop: int


class Own(NamedTuple):
    """What a function is given, the level of the heading that it makes, 0 for none, and the markup that it shows."""

    parameters: tuple[str, ...]
    level: int
    markup: str


def own_function(statement: str) -> tuple[str, Own] | None:
    """The function that a statement defines, if its body is markup, perhaps in a heading or a box."""
    found = _DEFINED.match(statement)
    if found is None:
        return None
    body, level = statement[found.end() :].strip(), 0
    while (wrapped := _WRAPPED.match(body)) is not None:
        if wrapped["name"] == "heading":
            given = _LEVEL.search(wrapped["with"] or "")
            level = int(given[1]) if given else 1
        body = body[wrapped.end() :]
        if body.count("[") == body.count("]") and body.endswith("]") and _WRAPPED.match(body[1:-1].strip()):
            body = body[1:-1].strip()
    if not (body.startswith("[") and body.endswith("]")):
        return None
    parameters = [each.partition(":")[0].strip(" .") for each in found["parameters"].split(",") if ":" not in each]
    markup = body[1:-1].strip()
    if markup.startswith("=") and (heads := re.match(r"=+(?= )", markup)) is not None:
        level, markup = len(heads[0]), markup[heads.end() :].strip()
    return found["name"], Own(tuple(filter(None, parameters)), level, markup)


def pieces(own: Own) -> Iterator[tuple[str, str]]:
    """The markup that a function shows, as `("words", ...)` of Markdown and `("given", parameter)`, in order."""
    at = 0
    for found in _PIECE.finditer(own.markup):
        if found.start() > at:
            yield "words", own.markup[at : found.start()]
        at = found.end()
        if found["call"] in own.parameters:
            yield "given", found["call"]
            at = found.end("call")
        elif found["call"] is None:
            yield "words", "**" if found[0].startswith("*") else " "
        elif found["shown"] is not None:
            yield from pieces(own._replace(markup=found["shown"][1:-1]))
    if at < len(own.markup):
        yield "words", own.markup[at:]


def show_own(walk: SourceWalk, own: Own, shown: list[Argument], start: int, stop: int) -> bool:
    """Writes what a function shows, called from `start` to `stop` with what it is given; False, with nothing written,
    where it is given less or more than it takes, or shows it in another order."""
    given = dict(zip(own.parameters, shown, strict=False))
    parts = list(pieces(own))
    long = {name for name, each in given.items() if walk.is_content(each) and walk.text[each.start] != '"'}
    contents = [given[what].start for kind, what in parts if kind == "given" and what in long]
    if len(shown) != len(own.parameters) or contents != sorted(set(contents)) or walk.depth >= DEEPEST:
        return False
    line = walk.text.rfind("\n", 0, start) + 1
    apart = "\n\n" if own.level or not walk.text[line:start].strip() else ""
    walk.view.replace(walk.view.at, f"{apart}{'#' * own.level} " if own.level else apart)
    for kind, what in parts:
        if kind == "given" and what in long:
            walk.argument(given[what])
        else:
            words = what if kind == "words" else walk.text[given[what].start : given[what].stop].strip('"')
            walk.view.replace(walk.view.at, words)
    walk.view.drop(stop)
    walk.view.replace(stop, apart)
    return True
