"""GitHub Classroom and Classroom 50: a repository `<assignment>-<username>` for each student."""

from __future__ import annotations

from grader.batch.layouts.layout import Layout, Place, Places, Tree, shared_start

_CLONED = "-submissions"  # `gh classroom clone student-repos` makes the folder <assignment>-submissions


def _places(tree: Tree) -> Places:
    repositories = [top for top in tree.tops if top.endswith("/")]
    prefix = _prefix(tree, repositories)
    mine = [top for top in repositories if prefix and top.startswith(prefix) and top != f"{prefix}/"]
    return {
        name: Place(top[len(prefix) : -1], name.removeprefix(top))
        for name in tree.names
        if (top := name[: name.find("/") + 1]) in mine
    }


def _prefix(tree: Tree, repositories: list[str]) -> str:
    """Both parts of a name may hold hyphens: only a folder's name or the caller can say where the first one ends.

    Where the layout was asked for, it is what all names have in common.
    """
    if tree.assignment:
        return f"{tree.assignment}-"
    if tree.name.endswith(_CLONED):
        return tree.name.removesuffix("submissions")
    return shared_start(repositories, "-") if tree.forced and len(repositories) > 1 else ""


def _certain(tree: Tree, places: Places) -> bool:
    return bool(places) and tree.name.endswith(_CLONED)


LAYOUT = Layout("github", "repositories of GitHub Classroom or Classroom 50", _places, _certain)
