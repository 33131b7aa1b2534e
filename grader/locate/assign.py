"""Decides which of the possible labels are labels, and of which question."""

from __future__ import annotations

from collections.abc import Sequence

from grader.locate.entries import Entry, View, entries
from grader.locate.order import by_order, flat, restarts
from grader.locate.outline import Node, leaves
from grader.locate.sights import Sight
from grader.locate.walk import Walk
from grader.model.documents import KEY, Document
from grader.model.records import NamedTuple


class Cut(NamedTuple):
    """From here on the words belong to `question` ("": to nobody), up to the next cut.

    `clue` is empty for a cut that only ends an answer; `key` is the label of a question the rubric lacks.
    """

    block: int
    at: int  # where the label begins, and the words before it end
    stop: int  # where the words after the label begin
    question: str
    clue: str = ""
    unknown: str = ""
    parts: bool = False  # a problem that has only parts
    summary: bool = False
    correction: bool = False
    heading: bool = False
    among: tuple[str, ...] = ()  # of a problem with parts: their questions


def assign(root: Node, found: Sequence[Sight], within: Node | None = None) -> list[Cut]:
    """The cuts of one document in order; `within` is the problem that the file's name announces."""
    sheet = _sheet_number(root, found)
    views = [(sight, _used(root, sight, sheet)) for sight in found]
    cuts = [_ordered(*pair) for pair in flat(root, views)] if within is None else []
    if not cuts:
        cuts = _place(root, views, top=True)
    if within is not None:
        cuts = cuts if any(cut.heading for cut in cuts) else _implied(within, views)
    elif not any(cut.clue or cut.unknown for cut in cuts):
        if len(root.children) == 1 and root.children[0].children:
            cuts = _place(root.children[0], views, top=True)
        else:
            cuts = [_ordered(*pair) for pair in restarts(root, views)] or cuts
    deepest = {(cut.block, cut.at): cut for cut in cuts}  # the cut of a part comes after its problem's
    return [deepest[place] for place in sorted(deepest)]


def with_keys(document: Document, cuts: list[Cut]) -> list[Cut]:
    """The cuts of a file of answers: each of its keys ends what stands beside the key before.

    A key inside of a question without parts is left to that question: `{x: 3, y: 4}` may be its answer.
    """
    begun = {cut.block: cut for cut in cuts}
    added: list[Cut] = []
    level, owned = 0, False
    for number, block in enumerate(document.blocks):
        if block.info != KEY:
            continue
        own = begun.get(number)
        if own is None and owned and block.level > level:
            continue
        if own is None:
            own = Cut(number, 0, len(block.text), "", unknown=block.text.strip(), heading=True)
            added.append(own)
        level, owned = block.level, bool(own.question or own.unknown)
    return sorted([*cuts, *added], key=lambda cut: (cut.block, cut.at))


def _used(root: Node, sight: Sight, sheet: str) -> int:
    """A rubric of parts only (a, b, c) has no use for the problem number in "1a", nor any for the sheet's in "10.1"."""
    path = sight.label.path if sight.label else ()
    if sheet and len(path) > 1 and path[0] == sheet:
        return 1
    return int(root.family == "letter" and len(path) > 1 and path[0].isdecimal())


def _sheet_number(root: Node, found: Sequence[Sight]) -> str:
    """The number of the whole sheet before those of its problems, "10.1", "10.2"; "" where there is none."""
    headed = [one.label.path for one in found if one.heading and one.label is not None]
    whole = [path for path in headed if len(path) > 1 and path[0].isdecimal() and path[1].isdecimal()]
    first = {path[0] for path in whole}
    if len(first) != 1 or len({path[1] for path in whole}) < _FEWEST_PROBLEMS:
        return ""
    if root.find(whole[0][0]) is not None and not _is_chapter(whole[0][0], whole, found):
        return ""
    return whole[0][0] if all(root.find(path[1]) is not None for path in whole) else ""


def _is_chapter(number: str, headed: Sequence[tuple[str, ...]], found: Sequence[Sight]) -> bool:
    """Whether 1 is the number of a chapter, though there is a problem 1: headings 1.1, 1.2 above 1.1.a, 1.2.b."""
    parts = [one.label.path for one in found if one.label is not None and one.label.with_chapter]
    lettered = {path[1] for path in parts if path[0] == number}
    return len(lettered) >= _FEWEST_PROBLEMS and lettered <= {path[1] for path in headed}


_FEWEST_PROBLEMS = 2


def _implied(node: Node, views: Sequence[View]) -> list[Cut]:
    holder = Node("", children=(node,))
    return _below(holder, 0, Cut(0, 0, 0, node.question, "file name"), list(views), 0)


def _place(node: Node, views: Sequence[View], top: bool = False, base: int = 0) -> list[Cut]:
    """The cuts for the children of a node and everything below, from the sights of its stretch."""
    events = _events(node, views, top)
    if not any(event.place is not None for event, _ in events):
        events += by_order(node, views, base)
    return _cuts(node, views, events, base)


def _cuts(node: Node, views: Sequence[View], events: list[tuple[Entry, str]], base: int) -> list[Cut]:
    events = sorted(events, key=lambda event: (event[0].sight.block, event[0].sight.at))
    position = {id(sight): at for at, (sight, _) in enumerate(views)}
    cuts: list[Cut] = []
    closes = ""
    for number, (entry, clue) in enumerate(events):
        begin = position[id(entry.sight)]
        stop = position[id(events[number + 1][0].sight)] if number + 1 < len(events) else len(views)
        closes = entry.sight.closes or (closes if closes != "end" else "")
        found = [_cut(node, entry, clue)]
        if entry.place is not None and node.children[entry.place].children:
            own = [(entry.sight, entry.depth + 1)] if entry.rest else []
            inner = own + [_deeper(view, entry, node) for view in views[begin + 1 : stop]]
            found = _below(node, entry.place, found[0], inner, base)
        if closes in ("summary", "corrections"):
            found = [
                cut._replace(
                    summary=cut.summary or closes == "summary",
                    correction=cut.correction or closes == "corrections",
                )
                for cut in found
            ]
        cuts += found
    return cuts


def _below(node: Node, place: int, own: Cut, inner: list[View], base: int) -> list[Cut]:
    """The cut of a problem and those of its parts; a problem of one part needs no label for it."""
    child = node.children[place]
    before = base + sum(len(each.children) for each in node.children[:place])
    below = _place(child, inner, base=before)
    questions = leaves(child)
    own = own._replace(among=tuple([leaf.question for leaf in questions]))
    if below or child.question:
        return [own, *below]
    if len(questions) == 1 and not any(_partlike(view) for view in inner):
        return [own._replace(question=questions[0].question, clue="order")]
    return [own._replace(parts=True)]


def _partlike(view: View) -> bool:
    sight, depth = view
    path = sight.label.path if sight.label else ()
    return len(path) > depth and not path[depth].isdecimal()


def _deeper(view: View, entry: Entry, node: Node) -> View:
    """A label that repeats the problem's number ("2b" under 2) is read from its next component on."""
    sight, depth = view
    label = sight.label
    if label is None or len(label.path) < depth + 2 or entry.place is None:
        return view
    same = label.path[depth] == node.children[entry.place].key
    return (sight, depth + 1) if same else view


def _cut(node: Node, entry: Entry, clue: str) -> Cut:
    sight, label = entry.sight, entry.sight.label
    if label is None:
        return Cut(sight.block, sight.at, 0, "")
    heading = sight.heading
    if entry.place is None:
        return Cut(sight.block, sight.at, label.stop, "", unknown=".".join(label.path), heading=heading)
    child = node.children[entry.place]
    return Cut(
        sight.block,
        sight.at,
        label.stops[entry.depth],
        child.question,
        clue,
        summary=sight.source == "row",
        correction=label.correction,
        heading=heading,
    )


def _events(node: Node, views: Sequence[View], top: bool) -> list[tuple[Entry, str]]:
    """The entries that are labels, by what others of their style say; what closes a hand-in only at the top."""
    seen = entries(node, views)
    seen = [entry for entry in seen if entry.sight.label is not None or bool(entry.sight.closes) == top]
    walk = Walk(node, seen)
    return [(entry, _clue(node, entry)) for entry in seen if walk.takes(entry)]


def _clue(node: Node, entry: Entry) -> str:
    label = entry.sight.label
    if label and entry.place is not None and label.path[entry.depth] != node.children[entry.place].key:
        return "order"
    return "heading" if entry.sight.heading else "label"


def _ordered(entry: Entry, leaf: Node | None) -> Cut:
    if leaf is None:
        return _cut(Node(""), entry, "")._replace(unknown="")
    cut = _cut(Node("", children=(leaf,)), entry._replace(place=0), "order")
    return cut._replace(stop=entry.sight.label.stop if entry.sight.label else cut.stop)
