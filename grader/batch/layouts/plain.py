"""One file or one folder for each student, called as the student is."""

from __future__ import annotations

from collections import Counter

from grader.batch.layouts.layout import Layout, Place, Places, Tree, never
from grader.batch.names import stem_of


def _places(tree: Tree) -> Places:
    """A folder's name has no extension; files that differ only in it are hand-ins of their own.

    A zip of the folder `homework` is called homework.zip, and all in it lies in that folder.
    """
    if tree.tops == (f"{tree.name}/",):
        inner = tree._replace(name="", names=tuple(name.removeprefix(tree.tops[0]) for name in tree.names))
        return {tree.tops[0] + name: place for name, place in _places(inner).items()}
    stems = {top: top[:-1] if top.endswith("/") else stem_of(top) for top in tree.tops}
    shared = Counter(stem.casefold() for stem in stems.values())
    names = {top: stem if shared[stem.casefold()] == 1 else top.rstrip("/") for top, stem in stems.items()}
    tops = {name: name[: name.find("/") + 1] or name for name in tree.names}
    return {name: Place(names[top], name.removeprefix(top) or name.rstrip("/")) for name, top in tops.items()}


LAYOUT = Layout("plain", "a file or a folder for each student", _places, never)
