"""Which submissions there are, and what they are called."""

from __future__ import annotations

import os
import unicodedata
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from grader.batch.discover import discover, single
from grader.batch.names import clean_id
from grader.model.errors import UsageError


def make(root: Path, *names: str) -> Path:
    """Files of these names, and folders for names that end in a slash."""
    for name in names:
        path = root / name
        if name.endswith("/"):
            path.mkdir(parents=True, exist_ok=True)
        else:
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_text("", encoding="utf-8")
    return root


@pytest.mark.parametrize(
    ("names", "ids"),
    [
        (["b.md", "a.md"], ["a", "b"]),
        (["a.md", "a.txt", "b.md"], ["a.md", "a.txt", "b"]),
        (["A.md", "a.txt"], ["A.md", "a.txt"]),
        (["a.md/", "a.txt"], ["a", "a.md"]),
        (["J. Smith/", "K. Lee.md"], ["J. Smith", "K. Lee"]),
        (["a.tar.gz"], ["a.tar"]),
        (["a.md", "a.txt", "a.md.txt"], ["a.md", "a.txt", "sub-a"]),
        (["README.md", "picture.png"], ["README", "picture"]),
    ],
)
def test_ids(tmp_path: Path, names: list[str], ids: list[str]) -> None:
    """A submission is called as its file or folder; those who share a name keep what tells them apart."""
    folder = make(tmp_path / "sub", *names)
    assert [one.id for one in discover([folder]).found] == ids


def test_folders_tell_namesakes_apart(tmp_path: Path) -> None:
    """Two folders' s01.md are two submissions, whatever the order of the arguments."""
    make(tmp_path, "one/s01.md", "two/s01.md", "two/s02.md")
    ids = [one.id for one in discover([tmp_path / "one", tmp_path / "two"]).found]
    assert ids == ["one-s01", "s02", "two-s01"]
    assert discover([tmp_path / "two", tmp_path / "one"]).found == discover([tmp_path / "one", tmp_path / "two"]).found


def test_deep_namesakes_are_numbered(tmp_path: Path) -> None:
    """Names that nothing tells apart get numbers rather than being overwritten."""
    make(tmp_path, "x/hw/s.md", "y/hw/s.md", "z/hw/s.md")
    found = discover([tmp_path / "x/hw", tmp_path / "y/hw", tmp_path / "z/hw"]).found
    assert [one.id for one in found] == ["hw-s.md-2", "hw-s.md-3", "hw-s.md-4"]


def test_what_is_given_twice_counts_once(tmp_path: Path) -> None:
    """A file named beside its folder is one submission."""
    make(tmp_path, "a.md")
    assert len(discover([tmp_path, tmp_path / "a.md", tmp_path / "." / "a.md"]).found) == 1


def test_what_is_skipped_is_said(tmp_path: Path) -> None:
    """Hidden entries and the folder of results are skipped and listed; everything else is a submission."""
    make(tmp_path, ".DS_Store", "__MACOSX/x", "results/grades.csv", "a.md", "b.xyz")
    result = discover([tmp_path], leave_out=[tmp_path / "results"])
    assert [one.id for one in result.found] == ["a", "b"]
    assert [path.name for path in result.skipped] == [".DS_Store", "__MACOSX", "results"]


def test_a_hidden_file_given_by_name_counts(tmp_path: Path) -> None:
    """Only entries of a folder are skipped, never what was asked for."""
    make(tmp_path, ".secret.md")
    assert [one.id for one in discover([tmp_path / ".secret.md"]).found] == ["_secret"]


def test_what_does_not_exist_is_an_error(tmp_path: Path) -> None:
    """A path that is not there is named."""
    with pytest.raises(UsageError, match="nowhere"):
        discover([tmp_path / "nowhere"])
    with pytest.raises(UsageError, match="nowhere"):
        single(tmp_path / "nowhere")


def test_names_that_are_not_text(tmp_path: Path) -> None:
    """A file name that is not UTF-8 gives an id that can be written."""
    (tmp_path / os.fsdecode(b"caf\xe9.md")).write_text("", encoding="utf-8")
    assert [one.id for one in discover([tmp_path]).found] == ["caf_"]


@pytest.mark.parametrize(
    ("name", "id"),
    [
        ("a/b\\c", "a_b_c"),
        ("..", "_"),
        ("", "submission"),
        ("a\nb\x1b[1m", "a_b_[1m"),
        ("cafe\u0301", "café"),
        ("CON", "_CON"),
        ("con.md", "_con.md"),
        ("a.", "a"),
        ("\u202eabc", "_abc"),
    ],
)
def test_clean_id(name: str, id: str) -> None:
    """Ids are file names everywhere."""
    assert clean_id(name) == id


@given(st.text(st.characters(), max_size=300))
def test_clean_id_is_a_file_name(name: str) -> None:
    """No text gives an id that is too long, hidden, or leaves the folder."""
    id = clean_id(name)
    assert id
    assert len(id) <= 121
    assert len(id.encode()) <= 241
    assert not id.startswith(".")
    assert "/" not in id
    assert unicodedata.is_normalized("NFC", id)
