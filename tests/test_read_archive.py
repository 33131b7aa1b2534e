"""Zips as hand-ins: all files of them, and a clear word on whatever is wrong, never an end of the run."""

from __future__ import annotations

import json
import os
import stat
import zipfile
from collections.abc import Callable
from io import BytesIO
from pathlib import Path

import pytest
from click.testing import CliRunner
from downloads import on_disk, zipped
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from grader.batch.run import _UNREAD
from grader.cli import main
from grader.marking.hidden import HIDES_ANSWERS
from grader.model.documents import Submission
from grader.read import archive, read_submission
from grader.read.archive import Limits, of_zip
from grader.read.ignored import sift
from grader.report.sentences import SENTENCES

RUBRIC = "questions:\n  1: {points: 1, number: 2*3}\n  2: {points: 1, number: 3+4}\n"
REMARKS = {"zip-case-clash", "zip-name-encoding"}  # the file is read all the same


def with_info(name: str, change: Callable[[zipfile.ZipInfo], None], text: str = "2: 7") -> bytes:
    """A zip of a good file, and of one whose entry is changed."""
    out = BytesIO()
    with zipfile.ZipFile(out, "w") as made:
        made.writestr("good.md", "1: 6")
        info = zipfile.ZipInfo(name)
        change(info)
        made.writestr(info, text)
    return out.getvalue()


def a_link(info: zipfile.ZipInfo) -> None:
    """A symbolic link, as Info-ZIP writes it."""
    info.create_system, info.external_attr = 3, (stat.S_IFLNK | 0o777) << 16


def a_device(info: zipfile.ZipInfo) -> None:
    """A device file."""
    info.create_system, info.external_attr = 3, (stat.S_IFCHR | 0o666) << 16


def packed(method: int) -> Callable[[zipfile.ZipInfo], None]:
    """Compressed in a certain way."""

    def change(info: zipfile.ZipInfo) -> None:
        info.compress_type = method

    return change


def encrypted(data: bytes) -> bytes:
    """The flag of a password on the last entry, in both places where it stands."""
    changed = bytearray(data)
    changed[data.rindex(b"PK\x03\x04") + 6] |= 1
    changed[data.rindex(b"PK\x01\x02") + 8] |= 1
    return bytes(changed)


def other_bytes(data: bytes) -> bytes:
    """Stored text changed behind the back of its check sum."""
    return data.replace(b"2: 7", b"2: 8")


def named(raw: bytes) -> bytes:
    """A name in an old code page: no flag says which."""
    name = "x" * len(raw)
    return with_info(f"{name}.md", lambda info: None).replace(name.encode(), raw)


def same_name(*names: str) -> bytes:
    """Several files, which may have one name."""
    return zipped([("good.md", "1: 6"), *((name, f"2: {7 + at}") for at, name in enumerate(names))])


GOOD = zipped({"good.md": "1: 6", "more.md": "2: 7"})
SWOLLEN = zipped({"good.md": "1: 6", "big.md": b"0" * (3 << 20)})
# What is wrong, the notes that say so, and the documents that are read all the same.
ATTACKS: dict[str, tuple[bytes, list[str], list[str]]] = {
    "parent": (same_name("../../evil.md"), ["zip-unsafe-name"], ["good.md"]),
    "parent inside": (same_name("a/../../evil.md"), ["zip-unsafe-name"], ["good.md"]),
    "absolute": (same_name("/etc/passwd"), ["zip-unsafe-name"], ["good.md"]),
    "drive": (same_name("C:\\evil.md"), ["zip-unsafe-name"], ["good.md"]),
    "share": (same_name("\\\\host\\evil.md"), ["zip-unsafe-name"], ["good.md"]),
    "backslashes": (same_name("..\\..\\evil.md"), ["zip-unsafe-name"], ["good.md"]),
    "honest backslashes": (same_name("work\\hw.md"), [], ["good.md", "work/hw.md"]),
    "link": (with_info("link.md", a_link, "/etc/passwd"), ["zip-link"], ["good.md"]),
    "device": (with_info("null.md", a_device), ["zip-link"], ["good.md"]),
    "ratio": (SWOLLEN, ["zip-too-much"], ["good.md"]),
    "nested": (zipped({"good.md": "1: 6", "inner.zip": GOOD}), ["zip-nested"], ["good.md"]),
    "encrypted": (encrypted(with_info("secret.md", lambda info: None)), ["zip-encrypted"], ["good.md"]),
    "check sum": (other_bytes(with_info("hw.md", lambda info: None)), ["zip-damaged"], ["good.md"]),
    "bzip2": (with_info("hw.md", packed(zipfile.ZIP_BZIP2)), ["zip-damaged"], ["good.md"]),
    "lzma": (with_info("hw.md", packed(zipfile.ZIP_LZMA)), ["zip-damaged"], ["good.md"]),
    "one name twice": (same_name("hw.md", "hw.md"), ["zip-same-name"], ["good.md"]),
    "one name in two ways": (same_name("a/hw.md", "a\\hw.md"), ["zip-same-name"], ["good.md"]),
    "case clash": (same_name("HW.md", "hw.md"), ["zip-case-clash"] * 2, ["HW.md", "good.md", "hw.md"]),
    "UTF-8 without a flag": (named("Lösung".encode()), [], ["Lösung.md", "good.md"]),
    "GBK": (named("作业答案".encode("gbk")), ["zip-name-encoding"], ["good.md", "作业答案.md"]),
    "cp437": (named("Lösung".encode("cp437")), ["zip-name-encoding"], ["Lösung.md", "good.md"]),
    "nothing": (zipped({}), ["nothing-readable"], []),
    "no zip": (b"1: 6\n2: 7\n", ["zip-broken", "nothing-readable"], []),
    "empty file": (b"", ["zip-broken", "nothing-readable"], []),
    "cut off": (GOOD[: len(GOOD) // 2], ["zip-broken", "nothing-readable"], []),
    "list cut off": (GOOD[:-30], ["zip-broken", "nothing-readable"], []),
    "list damaged": (GOOD.replace(b"PK\x01\x02", b"PK\x09\x02"), ["zip-broken", "nothing-readable"], []),
    "list elsewhere": (GOOD[20:], ["zip-damaged"], ["more.md"]),
    "no UTF-8": (zipped({"ä.md": "1: 6"}).replace("ä".encode(), b"\xff\xfe"), ["zip-broken", "nothing-readable"], []),
    "only pictures": (zipped({"a.png": "", "b.JPG": ""}), ["nothing-readable"], []),
}  # fmt: skip


def read(tmp_path: Path, data: bytes) -> Submission:
    """A zip as a hand-in."""
    path = tmp_path / "s01.zip"
    path.write_bytes(data)
    return read_submission(path)


@pytest.mark.parametrize("attack", ATTACKS)
def test_attacks(tmp_path: Path, attack: str) -> None:
    """Each fault of a zip is said, files without fault are read, and nothing is written anywhere."""
    data, notes, documents = ATTACKS[attack]
    submission = read(tmp_path, data)
    assert [document.name for document in submission.documents] == documents
    assert [note.id for note in submission.notes] == notes
    assert [path.name for path in tmp_path.rglob("*")] == ["s01.zip"]


def test_attacks_go_to_a_person(tmp_path: Path) -> None:
    """In a batch of bad zips no question is a zero because its file could not be read, and the good ones are graded."""
    (tmp_path / "hw.yaml").write_text(RUBRIC, encoding="utf-8")
    bad = {name: data for name, (data, notes, _) in ATTACKS.items() if notes and not REMARKS & set(notes)}
    on_disk(tmp_path / "in", {"good.zip": GOOD} | {f"{name}.zip": data for name, data in bad.items()})
    command = ["grade", str(tmp_path / "hw.yaml"), str(tmp_path / "in"), "--out", str(tmp_path / "out")]
    result = CliRunner().invoke(main, command, prog_name="grader")
    assert result.exit_code == 4, result.output
    assert "Traceback" not in result.output
    lines = (tmp_path / "out" / "results.jsonl").read_text(encoding="utf-8").splitlines()
    records = {record["submission"]: record for record in map(json.loads, lines)}
    assert records["good"]["score"] == 2
    for name in bad:
        statuses = [question["status"] for question in records[name]["questions"]]
        assert statuses in (["right", "review"], ["review", "right"], ["review", "review"]), name


def test_too_many_files_and_too_large_in_all(tmp_path: Path) -> None:
    """Count and sum are limits of the whole zip; files that are ignored do not count."""
    many = zipped({f"node_modules/{n}.md": "" for n in range(50)} | {"a.md": "12345", "b.md": "12345"})
    ids = {
        limits: [note.id for item in of_zip(many, "s.zip", limits).items for note in item.notes]
        for limits in (Limits(2, 10), Limits(1, 10), Limits(2, 9))
    }
    assert list(ids.values()) == [[], ["zip-too-much"], ["zip-too-much"]]


def test_a_list_of_files_without_end(monkeypatch: pytest.MonkeyPatch) -> None:
    """A list of files that no homework has is not even read."""
    monkeypatch.setattr(archive, "_MOST_AT_ONCE", 64)
    assert [item.notes[0].id for item in of_zip(GOOD, "s.zip").items] == ["zip-broken"]


def test_a_zip_that_says_it_is_small(tmp_path: Path) -> None:
    """A file is never longer than its zip says, whatever unpacks."""
    data = zipped({"a.md": b"1: 6\n" * 5000})
    size = (25000).to_bytes(4, "little")
    submission = read(tmp_path, data.replace(size, (100).to_bytes(4, "little")))
    assert [note.id for note in submission.notes] == ["zip-damaged", "nothing-readable"]


def test_files_that_overlap(tmp_path: Path) -> None:
    """Many names for the same bytes, the trick of the smallest bombs, are bounded by what they claim to be."""
    entry = zipped({"a.md": b"0" * 1000})
    at = entry.index(b"PK\x01\x02")
    one, end = entry[at : entry.index(b"PK\x05\x06")], entry[entry.index(b"PK\x05\x06") :]
    count = archive.HAND_IN.files + 1
    names = b"".join(one.replace(b"a.md", f"{n:04}".encode()) for n in range(count))
    tail = end[:8] + count.to_bytes(2, "little") * 2 + len(names).to_bytes(4, "little") + end[16:]
    submission = read(tmp_path, entry[:at] + names + tail)
    assert [note.id for note in submission.notes] == ["zip-too-much", "nothing-readable"]


@pytest.mark.parametrize("order", [1, -1])
def test_files_stand_in_the_order_of_their_names(tmp_path: Path, order: int) -> None:
    """The order inside a zip is chance; its files are read as those of a folder are."""
    files = {"b.md": "b", "a/z.md": "z", "a.md": "a", "folder/": ""}
    submission = read(tmp_path, zipped(dict(list(files.items())[::order])))
    assert [document.name for document in submission.documents] == ["a.md", "a/z.md", "b.md"]
    folder = read_submission(on_disk(tmp_path / "s01", files))
    assert folder.documents == submission.documents


LEFT = {
    "hw.md": "1: 6",
    "photo.PNG": "",
    "deep/.DS_Store": "",
    "__MACOSX/._hw.md": "",
    ".git/config": "",
    ".git/objects/aa/bb": "",
    "node_modules/x/index.md": "1: 0",
    "my env/pyvenv.cfg": "",
    "my env/lib/a.md": "1: 0",
    "code/__pycache__/a.pyc": "",
    "code/b.pyc": "",
    "~$hw.docx": "",
    "Thumbs.db": "",
}
IGNORED = [
    *(".git/", "Thumbs.db", "__MACOSX/", "code/__pycache__/", "code/b.pyc", "deep/.DS_Store", "my env/"),
    *("node_modules/", "photo.PNG", "~$hw.docx"),
]


def test_what_is_no_answer_is_ignored_and_listed(tmp_path: Path) -> None:
    """Leftovers of programs are left out of a folder and of a zip alike, and named, a folder of them once."""
    for submission in (read(tmp_path, zipped(LEFT)), read_submission(on_disk(tmp_path / "s01", LEFT))):
        assert [document.name for document in submission.documents] == ["hw.md"]
        assert list(submission.ignored) == IGNORED
        assert submission.notes == ()


def test_links_that_lead_out_of_a_folder_are_listed(tmp_path: Path) -> None:
    """A link to a file elsewhere is not followed, and is named."""
    home = on_disk(tmp_path / "s01", {"hw.md": "1: 6"})
    (tmp_path / "other.md").write_text("2: 7", encoding="utf-8")
    os.symlink(tmp_path / "other.md", home / "other.md")
    os.symlink(tmp_path, home / "up")
    submission = read_submission(home)
    assert [document.name for document in submission.documents] == ["hw.md"]
    assert submission.ignored == ("other.md", "up/")


def test_zips_in_a_folder(tmp_path: Path) -> None:
    """A zip beside other files is opened, one inside it is not; each file keeps its own path."""
    files = {"a.zip": zipped({"x.md": "1: 6", "inner.zip": GOOD}), "b.md": "2: 7", "c.zip": b"no"}
    submission = read_submission(on_disk(tmp_path / "s01", files))
    assert [document.name for document in submission.documents] == ["a.zip/x.md", "b.md"]
    told = [(note.id, dict(note.facts)["file"]) for note in submission.notes]
    assert told == [("zip-nested", "a.zip/inner.zip"), ("zip-broken", "c.zip")]


def test_a_zip_that_may_not_be_opened(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A zip without permission is unreadable, not broken."""

    def deny(*_: object) -> None:
        raise PermissionError

    path = tmp_path / "s01.zip"
    path.write_bytes(GOOD)
    monkeypatch.setattr(Path, "open", deny)
    assert [note.id for note in read_submission(path).notes] == ["unreadable-file", "nothing-readable"]


def test_every_fault_has_a_sentence_and_hides_answers() -> None:
    """A fault of a zip has words, and a question not found beside it waits for a person."""
    ids = {note for _, notes, _ in ATTACKS.values() for note in notes}
    assert ids <= SENTENCES.keys()
    assert ids - REMARKS <= HIDES_ANSWERS
    assert SENTENCES.keys() >= _UNREAD


@given(st.binary(max_size=400))
@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], deadline=None)
def test_any_bytes_end_in_a_message(tmp_path: Path, data: bytes) -> None:
    """Whatever a file called .zip holds, it is a hand-in with a word on what is wrong."""
    submission = read(tmp_path, data)
    assert submission.documents or submission.notes


@given(st.data())
@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], deadline=None, max_examples=300)
def test_any_damage_ends_in_a_message(tmp_path: Path, data: st.DataObject) -> None:
    """A real zip with bytes changed, cut out or put in is read as far as it can be, and never ends the run."""
    changed = bytearray(zipped({"good.md": "1: 6" * 20, "more/ä.md": "2: 7", "inner.zip": GOOD, "a.png": ""}))
    for _ in range(data.draw(st.integers(1, 4))):
        at = data.draw(st.integers(0, len(changed) - 1))
        length = data.draw(st.sampled_from([0, 1, 1, 1, 4]))
        changed[at : at + length] = data.draw(st.binary(max_size=4))
    submission = read(tmp_path, bytes(changed))
    assert submission.documents or submission.notes or submission.ignored


@given(st.lists(st.text(st.sampled_from("ab./_~"), min_size=1, max_size=12), max_size=12))
def test_sifting_keeps_every_name(names: list[str]) -> None:
    """Each path is kept, ignored, or lies in an ignored folder, and in one of these only."""
    kept, ignored = sift(names)
    for name in names:
        inside = [folder for folder in ignored if folder.endswith("/") and name.startswith(folder)]
        assert (name in kept) + (name in ignored) + bool(set(inside) - {name}) == 1
