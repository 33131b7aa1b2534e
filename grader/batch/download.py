"""A folder or a zip that was downloaded from a learning platform: its layout, and the hand-ins in it."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping
from functools import partial
from itertools import chain

from grader.batch.found import AUTO, Ask
from grader.batch.layouts import LAYOUTS, Layout, hinted
from grader.batch.layouts.layout import Place, Places, Tree
from grader.model.errors import UsageError
from grader.model.hand_ins import Attempt, HandIn
from grader.model.records import NamedTuple
from grader.read.items import Item, Listing, NotLoaded, note

_MOST_METADATA = 20 * 1024 * 1024


class Member(NamedTuple):
    """A hand-in of a download. Without `hand_in` its files did not fit the layout; `name` is then theirs."""

    name: str
    listing: Listing
    hand_in: HandIn | None = None


class Download(NamedTuple):
    """All of a download: hand-ins, and names that are nobody's."""

    layout: str
    members: tuple[Member, ...]
    skipped: tuple[str, ...]


def read_download(name: str, listing: Listing, ask: Ask) -> Download | None:
    """The hand-ins of a download, by the layout asked for or by the only one that is certain; else None.

    UsageError if nothing fits the layout asked for, or more has to be said.
    """
    find = _sure if ask.layout == AUTO else _asked
    tree = _tree(name, listing, ask)
    found = find(tree, listing)
    if found and found[1]:
        return _gathered(*found, listing, "")
    top, inside = _unwrapped(tree, listing)
    within = find(_tree(top[:-1], inside, ask), inside) if top else None
    if within and within[1]:
        return _gathered(*within, inside, top)
    if found and tree.names:
        raise UsageError(f"nothing in {name} is named as in the layout {ask.layout}; see --layout")
    return None


def _tree(name: str, listing: Listing, ask: Ask) -> Tree:
    items = {item.name: item for item in listing.items}
    names = tuple(sorted({*items, *listing.ignored, *listing.empty}))
    return Tree(name, names, partial(_loaded, items), ask.pattern, ask.assignment, ask.layout)


def _loaded(items: Mapping[str, Item], name: str) -> bytes | None:
    item = items.get(name)
    try:
        return item.load(_MOST_METADATA) if item and item.load else None
    except NotLoaded:
        return None


def _asked(tree: Tree, listing: Listing) -> tuple[Layout, Places]:
    layout = LAYOUTS.load(tree.asked)
    return layout, layout.places(tree)


def _sure(tree: Tree, listing: Listing) -> tuple[Layout, Places] | None:
    """The one layout in which every file has a place, and whose names can be nothing else."""
    wanted = {*(item.name for item in listing.items), *listing.empty}
    sure: list[tuple[Layout, Places]] = []
    for layout in map(LAYOUTS.load, hinted([*tree.tops, f"./{tree.name}/"])):
        places = layout.places(tree)
        if wanted <= places.keys() and layout.certain(tree, places):
            sure.append((layout, places))
    return sure[0] if len(sure) == 1 else None


def _unwrapped(tree: Tree, listing: Listing) -> tuple[str, Listing]:
    """A zip often holds one folder with all the rest: the download is that folder. An empty name: it is not so."""
    paths = [*(item.name for item in listing.items), *listing.empty]
    tops = {path[: path.find("/") + 1] for path in paths}
    top = next(iter(tops)) if len(tops) == 1 else ""
    if not top or top in paths:
        return "", listing
    items = tuple(item._replace(name=item.name.removeprefix(top)) for item in listing.items)
    ignored = tuple(path.removeprefix(top) for path in listing.ignored if path.startswith(top))
    return top, Listing(items, ignored, listing.notes, tuple(path.removeprefix(top) for path in listing.empty))


# -- whose is what ---------------------------------------------------------------------------------------------


def _gathered(layout: Layout, places: Places, listing: Listing, prefix: str) -> Download:
    items = {item.name: item for item in listing.items}
    students: dict[str, dict[str, Place]] = defaultdict(dict)
    for name in sorted(places):
        if places[name].student:
            students[places[name].student][name] = places[name]
    ignored = frozenset(listing.ignored)
    members = [_member(layout, student, _Owned(owned, items, ignored)) for student, owned in students.items()]
    nobodys = [name for name, place in places.items() if not place.student]
    loose = [name for name in (*items, *listing.empty) if name not in places]
    unplaced = (Member(name, _part(listing, names)) for name, names in _groups(loose, places).items())
    lost = (name for name in listing.ignored if name not in places)
    skipped = sorted({prefix + name for name in (*nobodys, *lost)})
    return Download(layout.name, (*members, *unplaced), tuple(skipped))


def _groups(names: Iterable[str], places: Places) -> Mapping[str, list[str]]:
    """What has no place: whole folders, unless some files in them have one."""
    mixed = {name.partition("/")[0] for name in places}
    groups: dict[str, list[str]] = defaultdict(list)
    for name in names:
        top = name[: name.find("/") + 1]
        groups[top if top and top[:-1] not in mixed else name].append(name)
    return groups


def _part(listing: Listing, names: list[str]) -> Listing:
    wanted = set(names)
    return Listing(tuple(item for item in listing.items if item.name in wanted))


class _Owned(NamedTuple):
    """What belongs to one student."""

    places: Mapping[str, Place]
    items: Mapping[str, Item]  # of the whole download
    ignored: frozenset[str]  # likewise

    def has(self, name: str) -> bool:
        """Is the file there, and not only mentioned?"""
        return name in self.items or name in self.ignored


def _member(layout: Layout, student: str, owned: _Owned) -> Member:
    by_label: dict[str, list[str]] = defaultdict(list)
    for name, place in owned.places.items():
        if place.attempt is not None:
            by_label[place.attempt].append(name)
    earlier = chain.from_iterable(place.earlier for place in owned.places.values())
    labels = sorted({*by_label, *earlier}, key=lambda label: (layout.order(label), label)) or [""]
    by_label[labels[-1]] += [name for name, place in owned.places.items() if place.attempt is None]
    attempts = tuple(_attempt(label, by_label[label], owned) for label in labels)
    counted = {name: owned.places[name] for name in sorted(by_label[labels[-1]])}
    listing = _listing(student, owned._replace(places=counted))
    return Member(student, listing, HandIn(layout.name, student, attempts))


def _attempt(label: str, names: list[str], owned: _Owned) -> Attempt:
    said = {owned.places[name].late for name in names}
    late = True if True in said else (False if said == {False} else None)
    return Attempt(label, late, tuple(sorted(filter(owned.has, names))))


def _listing(student: str, owned: _Owned) -> Listing:
    """The files that count, called as the student called them, or as the download does where two are called alike."""
    alike = Counter(place.path for place in owned.places.values())
    paths = {name: place.path if alike[place.path] == 1 else name for name, place in owned.places.items()}
    read = [name for name, place in owned.places.items() if name in owned.items and not place.aside]
    kept = [_shown(owned.items[name], paths[name], owned.places[name]) for name in read]
    ignored = sorted(paths[name] for name in owned.places if owned.has(name) and name not in read)
    notes = [note(place.note, place.path) for place in owned.places.values() if place.note]
    if not any(map(owned.has, owned.places)):
        notes.append(note("not-in-the-download", student))
    return Listing(tuple(sorted(kept, key=lambda item: item.name)), tuple(ignored), tuple(notes))


def _shown(item: Item, path: str, place: Place) -> Item:
    load, shown = item.load, place.shown
    if load is None or shown is None:
        return Item(path, load, item.notes, place.question)
    return Item(path, lambda most: shown(load(most)), item.notes, place.question)
