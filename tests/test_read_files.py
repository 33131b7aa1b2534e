"""Which files are read, in which encoding, and what is said about the others."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from grader.model.documents import Submission
from grader.read import files, read_submission


def ids(submission: Submission) -> list[str]:
    """The notes by name."""
    return [note.id for note in submission.notes]


@pytest.mark.parametrize(
    ("data", "text", "encoding"),
    [
        (b"a\xc3\xa9\r\nb\rc\n", "a\u00e9\nb\nc\n", None),
        (b"\xef\xbb\xbf# a", "# a", None),
        ("# é中".encode("utf-16"), "# é中", "utf-16"),
        (b"\xfe\xff" + "# é".encode("utf-16-be"), "# é", "utf-16"),
        ("# answer is 6".encode("utf-16-le"), "# answer is 6", "utf-16-le"),
        ("# answer is 6".encode("utf-16-be"), "# answer is 6", "utf-16-be"),
        ("答案是（六），大小为 5".encode("gb18030"), "答案是（六），大小为 5", "gb18030"),
        ("für die Größe 5×4".encode("cp1252"), "für die Größe 5×4", "cp1252"),
        ("é".encode("latin-1"), "é", "cp1252"),
        (b"a \x81 b", "a \x81 b", "latin-1"),
    ],
)
def test_encodings(tmp_path: Path, data: bytes, text: str, encoding: str | None) -> None:
    """Text comes out the same whatever its encoding; anything but UTF-8 is noted for a person."""
    path = tmp_path / "hw.md"
    path.write_bytes(data)
    submission = read_submission(path)
    assert submission.documents[0].text == text
    expected = [] if encoding is None else [(("file", "hw.md"), ("encoding", encoding))]
    assert [note.facts for note in submission.notes if note.id == "wrong-encoding"] == expected


@pytest.mark.parametrize(
    ("name", "data", "note"),
    [
        ("hw.md", b"", "empty-file"),
        ("hw.md", b" \n\t", "empty-file"),
        ("hw.md", b"%PDF-1.7 text", "binary-file"),
        ("hw.md", b"a\x00\x00\x00b\x01", "binary-file"),
        ("hw.md", b"\xff\xfea", "binary-file"),
        ("hw.odt", b"PK", "unknown-format"),
        ("hw.docx", b"", "empty-file"),
        ("hw.md", b"x" * (files.SIZE_LIMIT + 1), "too-large"),
    ],
)
def test_unreadable_files(tmp_path: Path, name: str, data: bytes, note: str) -> None:
    """What cannot be read becomes a note and no document."""
    path = tmp_path / name
    path.write_bytes(data)
    submission = read_submission(path)
    assert submission.documents == ()
    assert ids(submission) == [note]


@pytest.mark.parametrize("name", ["hw.md", "hw.MARKDOWN", "hw", "hw.txt"])
def test_formats_and_ids(tmp_path: Path, name: str) -> None:
    """A known suffix in any case, or none, is read; the id is the name without it."""
    path = tmp_path / name
    path.write_text("a")
    submission = read_submission(path)
    assert submission.id == "hw"
    assert [document.name for document in submission.documents] == [name]
    assert read_submission(path, id="x").id == "x"


def test_missing_files(tmp_path: Path) -> None:
    """A path that leads nowhere is noted, even an impossible one."""
    for path in (tmp_path / "no.md", Path("a\0b.md"), tmp_path / ("x" * 5000)):
        assert ids(read_submission(path)) == ["missing-file"]


def test_folders(tmp_path: Path) -> None:
    """A folder is its readable files in order, without hidden ones, leftovers and links that lead out."""
    (tmp_path / "outside.md").write_text("secret")
    home = tmp_path / "alice.smith"
    for name in ("b.md", "a/c.txt", ".hidden.md", "__MACOSX/d.md", ".git/e.md", "f.png", "g.odt"):
        path = home / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text("text")
    os.symlink(tmp_path / "outside.md", home / "link.md")
    os.symlink(home / "b.md", home / "inner.md")
    os.symlink(home / "nowhere", home / "broken.md")
    os.symlink(home, home / "loop")
    submission = read_submission(home)
    assert submission.id == "alice.smith"
    assert [document.name for document in submission.documents] == ["a/c.txt", "b.md", "inner.md"]
    assert [note.facts[0] for note in submission.notes] == [("file", "g.odt")]


def test_empty_folder(tmp_path: Path) -> None:
    """A folder without anything to read says so."""
    assert ids(read_submission(tmp_path)) == ["nothing-readable"]


def test_too_large_is_not_read(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """The size is looked at before the first byte is read."""
    path = tmp_path / "hw.md"
    path.write_bytes(b"x" * 100)
    monkeypatch.setattr(files, "SIZE_LIMIT", 99)
    monkeypatch.setattr(Path, "read_bytes", lambda self: pytest.fail("was read"))
    assert read_submission(path).notes[0].facts == (("file", "hw.md"), ("size", "100"))


def test_permission_denied(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A file we may not open is noted."""
    path = tmp_path / "hw.md"
    path.write_text("a")

    def deny(self: Path) -> bytes:
        raise PermissionError(self)

    monkeypatch.setattr(Path, "read_bytes", deny)
    assert ids(read_submission(path)) == ["unreadable-file"]


def test_special_files(tmp_path: Path) -> None:
    """A pipe named like a hand-in is not waited for."""
    path = tmp_path / "hw.md"
    os.mkfifo(path)
    assert ids(read_submission(path)) == ["unreadable-file"]


def test_formats_match_the_readers() -> None:
    """The table of suffixes is what the readers themselves declare."""
    from grader.read import READERS

    declared = {suffix: reader.name for reader in READERS.all() for suffix in reader.suffixes}
    assert declared == files.FORMATS


def test_what_is_no_text_is_unpacked() -> None:
    """The formats whose bytes are no text are those whose readers take bytes."""
    from grader.read import READERS

    assert {reader.name for reader in READERS.all() if reader.unpack} == files.UNPACKED
