"""What discovery gives: hand-ins with their names, and what is no hand-in."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from grader.model.hand_ins import HandIn
from grader.model.records import NamedTuple

if TYPE_CHECKING:
    from grader.read.items import Listing

AUTO, PLAIN, PATTERN = "auto", "plain", "pattern"


class Ask(NamedTuple):
    """What was asked for: a layout or `auto`, the expression of the layout `pattern`, one of several assignments."""

    layout: str = AUTO
    pattern: str = ""
    assignment: str = ""


class Found(NamedTuple):
    """A submission's name in the results, and where it is; the files of it if `path` holds those of others too."""

    id: str
    path: Path
    listing: Listing | None = None
    hand_in: HandIn | None = None


class Discovery(NamedTuple):
    """All submissions, sorted by id.

    `skipped` are entries of given folders that are no submissions. `layouts` says which folders and zips were read
    as downloads, `unplaced` what in them did not look like the rest: each of that is a submission of its own.
    """

    found: tuple[Found, ...]
    skipped: tuple[Path, ...]
    layouts: tuple[tuple[Path, str], ...] = ()
    unplaced: tuple[Path, ...] = ()
