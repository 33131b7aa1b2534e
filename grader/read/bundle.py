"""A hand-in of several files: each is read, a zip among them is opened, and nothing is dropped unsaid."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

from grader.model.documents import Document, Note, Submission
from grader.read.files import read_item, split_suffix
from grader.read.items import Item, Listing, NotLoaded, note, of_folder

ZIP = ".zip"


def read_folder(folder: Path, id: str) -> Submission:
    """A folder; a zip in it is opened."""
    return read_listing(of_folder(folder), id, folder.name)


def read_zip(path: Path, id: str) -> Submission:
    """A zip; a zip inside it is not opened."""
    from grader.read.archive import of_zip

    listing = of_zip(path, path.name)
    return read_listing(listing._replace(items=tuple(map(_shut, listing.items))), id, path.name)


def read_listing(listing: Listing, id: str, name: str) -> Submission:
    """The files of a hand-in in the order of their names. `name` is what the hand-in is called."""
    documents: list[Document] = []
    notes: list[Note] = []
    ignored = list(listing.ignored)
    for item in _opened(listing.items, ignored):
        document, found = read_item(item)
        notes.extend(found)
        if document:
            documents.append(document)
    documents = _as_one_program(documents, name)
    notes.extend(listing.notes)
    if not documents:
        notes.append(note("nothing-readable", name))
    return Submission(id, tuple(documents), tuple(notes), tuple(sorted(ignored)))


def _as_one_program(documents: list[Document], name: str) -> list[Document]:
    """Several files of Python are one program: each becomes a sheet of it, in the place of the first."""
    programs = [document for document in documents if document.is_program]
    if len(programs) < 2 or any(program.question for program in programs):
        return documents
    from grader.read._sheets import Sheets

    sheets = Sheets()
    for program in programs:
        sheets.add(program.name, program)
    whole = sheets.document(name)
    return [whole if document is programs[0] else document for document in documents if document not in programs[1:]]


def _is_zip(item: Item) -> bool:
    return split_suffix(item.name)[1] == ZIP


def _shut(item: Item) -> Item:
    """A zip inside a zip stays closed: there is no end to that."""
    return Item(item.name, None, (note("zip-nested", item.name),)) if item.load and _is_zip(item) else item


def _opened(items: tuple[Item, ...], ignored: list[str]) -> Iterator[Item]:
    """Every file, and instead of a zip what is in it."""
    for item in items:
        if item.load is None or not _is_zip(item):
            yield item
            continue
        from grader.read.archive import MOST_ZIP, of_zip

        try:
            listing = of_zip(item.load(MOST_ZIP), item.name, prefix=f"{item.name}/")
        except NotLoaded as error:
            yield item._replace(load=None, notes=(*item.notes, error.note))
            continue
        ignored += listing.ignored
        yield from (_shut(inner)._replace(question=item.question) for inner in listing.items)
