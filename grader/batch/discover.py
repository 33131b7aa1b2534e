"""Which submissions there are, and under which names their results are kept."""

from __future__ import annotations

import os
from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator
from pathlib import Path
from typing import TYPE_CHECKING

from grader.batch.found import AUTO, PLAIN, Ask, Discovery, Found
from grader.batch.names import clean_id, numbered, stem_of
from grader.model.errors import UsageError
from grader.model.records import NamedTuple

if TYPE_CHECKING:
    from grader.read.items import Listing

_HIDDEN = frozenset(  # hidden where they come from, or left by programs
    {"__macosx", "__pycache__", "node_modules", "site-packages", "thumbs.db", "desktop.ini"}
)


class _Candidate(NamedTuple):
    """A submission before it has a name: its own names from short to long, where it lies, and what is known of it."""

    stem: str
    name: str
    home: str
    found: Found


class _Scan:
    """What is gathered while the paths are gone through; a path counts once, however often it is given."""

    def __init__(self, leave_out: Iterable[Path], ask: Ask) -> None:
        self.left_out = {os.path.abspath(path) for path in leave_out}
        self.ask = ask
        self.kept: dict[tuple[str, str], _Candidate] = {}
        self.skipped: dict[Path, None] = {}
        self.layouts: dict[Path, str] = {}
        self.unplaced: dict[Path, None] = {}

    def keep(self, path: Path, place: str, is_folder: bool, listing: Listing | None = None) -> None:
        """One file or folder that is a submission; `place` is its absolute path."""
        home, name = os.path.split(place)
        candidate = _Candidate(
            name if is_folder else stem_of(name), name, os.path.basename(home), Found("", path, listing)
        )
        self.kept.setdefault((place, ""), candidate)


def discover(paths: Iterable[Path], leave_out: Iterable[Path] = (), ask: Ask | None = None) -> Discovery:
    """Every file given, and every entry of every folder given, once each; of a download every hand-in in it.

    Hidden entries are skipped, and so is what `leave_out` names, such as the folder of results. UsageError if a
    path cannot be read, or a layout that was asked for needs more to be said.
    """
    scan = _Scan(leave_out, ask or Ask())
    loose: dict[str, list[Path]] = defaultdict(list)
    for path in paths:
        names = _names(path)
        if (scan.ask.layout == PLAIN and names is not None) or not _downloaded(path, names, scan):
            if names is not None:
                _entries(path, names, scan)
            elif scan.ask.layout in (AUTO, PLAIN) or path.suffix.lower() == ".zip":
                scan.keep(path, os.path.abspath(path), False)
            else:
                loose[os.path.dirname(os.path.abspath(path))].append(path)
    for home in sorted(loose):
        _files(Path(home), loose[home], scan)
    named = _ids([scan.kept[key] for key in sorted(scan.kept)])
    return Discovery(
        tuple(sorted(named, key=lambda one: one.id)),
        tuple(sorted(scan.skipped)),
        tuple(sorted(scan.layouts.items())),
        tuple(sorted(scan.unplaced)),
    )


def single(path: Path) -> Found:
    """One hand-in, a file or a folder, whatever else there is."""
    is_folder = _names(path) is not None
    name = os.path.basename(os.path.abspath(path))
    return Found(clean_id(name if is_folder else stem_of(name)), path)


def _names(path: Path) -> list[os.DirEntry[str]] | None:
    """What is in a folder, sorted; None for a file. UsageError if there is neither."""
    try:
        if path.is_dir():
            with os.scandir(path) as entries:
                return sorted(entries, key=lambda entry: entry.name)
        path.lstat()
    except OSError as error:
        reason = (error.strerror or "cannot be read").lower()
        raise UsageError(f"cannot read submissions from {path}: {reason}") from error
    return None


def _is_hidden(name: str) -> bool:
    return name.startswith((".", "~$")) or name.casefold() in _HIDDEN


def _entries(folder: Path, entries: list[os.DirEntry[str]], scan: _Scan) -> None:
    """A plain folder: each entry is a submission."""
    home = os.path.abspath(folder)
    for entry in entries:
        place = os.path.join(home, entry.name)
        if _is_hidden(entry.name) or place in scan.left_out:
            scan.skipped[folder / entry.name] = None
        elif entry.is_symlink() and (listing := _led_out(entry, folder)):
            scan.keep(folder / entry.name, place, False, listing)
        else:
            scan.keep(folder / entry.name, place, _is_folder(entry))


def _led_out(entry: os.DirEntry[str], folder: Path) -> Listing | None:
    """For a link that leads out of the folder; one to nowhere is a file that is missing."""
    from grader.read.items import leads_out, only_link

    gone = not os.path.exists(entry.path)
    return only_link(folder / entry.name) if not gone and leads_out(entry.path, folder.resolve()) else None


def _is_folder(entry: os.DirEntry[str]) -> bool:
    try:
        return entry.is_dir()
    except OSError:  # a link to itself
        return False


# -- downloads -------------------------------------------------------------------------------------------------


def _downloaded(path: Path, entries: list[os.DirEntry[str]] | None, scan: _Scan) -> bool:
    """Takes in a folder or zip if it is a download of a class; the modules for that are imported only now."""
    if entries is None and path.suffix.lower() != ".zip":
        return False
    name = os.path.basename(os.path.abspath(path))
    listing = _zipped(path) if entries is None else _listed(path, name, entries, scan)
    return listing is not None and _take(path, name if entries is not None else stem_of(name), listing, scan)


def _zipped(path: Path) -> Listing | None:
    if not path.is_file():  # a pipe would be waited for
        return None
    from grader.read.archive import DOWNLOAD, of_zip

    listing = of_zip(path, path.name, DOWNLOAD)
    closed = any(item.load is None and item.name == path.name for item in listing.items)
    return None if closed else listing  # a zip that cannot be opened is a hand-in that says so


def _listed(path: Path, name: str, entries: list[os.DirEntry[str]], scan: _Scan) -> Listing | None:
    from grader.batch.layouts import is_hinted

    tops = [f"{one.name}/" if _is_folder(one) else one.name for one in entries if not _is_hidden(one.name)]
    if scan.ask.layout == AUTO and not is_hinted(name, tops):
        return None
    from grader.read.items import Listing, of_folder

    listing = of_folder(path)
    home = os.path.abspath(path)
    out = [one.name for one in entries if os.path.join(home, one.name) in scan.left_out]
    scan.skipped.update((path / one, None) for one in out)
    items = tuple(item for item in listing.items if item.name.partition("/")[0] not in out)
    ignored, empty = (
        tuple(name for name in names if name.partition("/")[0] not in out) for names in (listing.ignored, listing.empty)
    )
    return Listing(items, ignored, listing.notes, empty)


def _take(path: Path, name: str, listing: Listing, scan: _Scan) -> bool:
    from grader.batch.download import read_download

    download = read_download(name, listing, scan.ask)
    if download is None:
        return False
    place = os.path.abspath(path)
    for member in download.members:
        whole = member.name.rstrip("/")
        stem = whole if member.hand_in or member.name.endswith("/") else stem_of(whole)
        found = Found("", path, member.listing, member.hand_in)
        key = (place, f"{'student' if member.hand_in else 'file'} {member.name}")
        scan.kept.setdefault(key, _Candidate(stem, whole, name, found))
        if not member.hand_in:
            scan.unplaced[path / member.name] = None
    scan.skipped.update((path / one, None) for one in download.skipped)
    scan.layouts[path] = download.layout
    return True


def _files(home: Path, paths: list[Path], scan: _Scan) -> None:
    """Files named one by one, with a layout: together they are the download."""
    from functools import partial

    from grader.read.items import Item, Listing, load_path

    by_name = {path.name: path for path in paths}
    items = (Item(name, partial(load_path, by_name[name], name)) for name in sorted(by_name))
    _take(home, home.name, Listing(tuple(items)), scan)


# -- names -----------------------------------------------------------------------------------------------------

# From the plainest name to the most distinct one; a clash moves all who share a name on by one.
_NAMES: tuple[Callable[[_Candidate], str], ...] = (
    lambda one: one.stem,
    lambda one: one.name,
    lambda one: f"{one.home}-{one.stem}",
    lambda one: f"{one.home}-{one.name}",
)


def _ids(candidates: list[_Candidate]) -> Iterator[Found]:
    """Ids that differ even where upper and lower case do not; what still clashes is numbered."""
    chosen: dict[int, str] = {}
    clashing = list(range(len(candidates)))
    for name in _NAMES:
        groups: dict[str, list[int]] = defaultdict(list)
        for at in clashing:
            groups[clean_id(name(candidates[at])).casefold()].append(at)
        taken = {id.casefold() for id in chosen.values()}
        alone = [group[0] for key, group in groups.items() if len(group) == 1 and key not in taken]
        chosen.update((at, clean_id(name(candidates[at]))) for at in alone)
        clashing = [at for at in clashing if at not in chosen]
        if not clashing:
            break
    taken = {id.casefold() for id in chosen.values()}
    for at in clashing:
        chosen[at] = numbered(clean_id(_NAMES[-1](candidates[at])), taken)
        taken.add(chosen[at].casefold())
    return (candidates[at].found._replace(id=id) for at, id in chosen.items())
