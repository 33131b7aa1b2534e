"""Downloads of learning platforms: whose each file is, which attempt counts, and what was late."""

from __future__ import annotations

import errno
import json
import os
import re
from collections.abc import Callable
from pathlib import Path

import pytest
from click.testing import CliRunner
from downloads import DOWNLOADS, METADATA, NOTHING_TYPED, RECEIPT, Files, on_disk, zipped
from test_read_archive import ATTACKS, REMARKS

from grader.batch.discover import discover
from grader.batch.found import Ask, Discovery
from grader.batch.layouts import HINTS, LAYOUTS
from grader.batch.layouts.layout import natural, shared_start
from grader.cli import main
from grader.model.errors import UsageError

RUBRIC = "questions:\n  1: {points: 1, number: 2*3}\n  2: {points: 1, number: 3+4}\n"


def as_folder(tmp_path: Path, files: Files) -> Path:
    """The download, unpacked by its owner."""
    return on_disk(tmp_path / "download", files)


def as_zip(tmp_path: Path, files: Files) -> Path:
    """The download as it came."""
    path = tmp_path / "download.zip"
    path.write_bytes(zipped(files))
    return path


def hand_ins(found: Discovery) -> list[tuple[str, list[str], bool | None, list[str]]]:
    """Student, labels of attempts, lateness and the files that are read of each."""
    assert all(one.listing is not None and one.hand_in is not None for one in found.found)
    return [
        (
            one.hand_in.student,
            [attempt.label for attempt in one.hand_in.attempts],
            one.hand_in.late,
            [item.name for item in one.listing.items],
        )
        for one in found.found
        if one.listing is not None and one.hand_in is not None
    ]


def grade(tmp_path: Path, *args: str | Path) -> tuple[str, dict[str, dict[str, object]]]:
    """What is printed, and the results by submission."""
    (tmp_path / "hw.yaml").write_text(RUBRIC, encoding="utf-8")
    command = ["grade", str(tmp_path / "hw.yaml"), *map(str, args), "--out", str(tmp_path / "out")]
    result = CliRunner().invoke(main, command, prog_name="grader")
    assert result.exception is None or isinstance(result.exception, SystemExit), result.exception
    lines = (tmp_path / "out" / "results.jsonl").read_text(encoding="utf-8").splitlines()
    return result.output, {record["submission"]: record for record in map(json.loads, lines)}


@pytest.mark.parametrize("pack", [as_folder, as_zip])
@pytest.mark.parametrize("layout", DOWNLOADS)
def test_layouts(tmp_path: Path, layout: str, pack: Callable[[Path, Files], Path]) -> None:
    """Each layout is recognised, unpacked or as a zip, and every student is there with the files that count."""
    files, expected = DOWNLOADS[layout]
    found = discover([pack(tmp_path, files)])
    assert [name for _, name in found.layouts] == [layout]
    assert hand_ins(found) == expected
    assert found.unplaced == ()


# Names as sites with other settings write them: the layout, and for each student the attempts, lateness and files.
WRITTEN: list[tuple[str, list[str], list[tuple[str, list[str], bool | None, list[str]]]]] = [
    (
        "canvas",  # without names, where LATE comes first
        ["anon_1aB3x_90001_hw.md", "LATE_anon_2cD4y_90002_hw.md", "anon_3eF5z_text.html"],
        [
            ("anon_1aB3x", [""], False, ["hw.md"]),
            ("anon_2cD4y", [""], True, ["hw.md"]),
            ("anon_3eF5z", [""], False, ["text.html"]),
        ],
    ),
    (
        "canvas",  # names of other scripts, groups, files called as students call them, an address typed in
        ["müllerjörg_LATE_11_901_My homework (final) v1.2.md", "team7_12_902_a.b.c.md", "李明_13_link.html"],
        [
            ("müllerjörg_11", [""], True, ["My homework (final) v1.2.md"]),
            ("team7_12", [""], False, ["a.b.c.md"]),
            ("李明_13", [""], False, ["link.html"]),
        ],
    ),
    (
        "moodle",  # teams, and those who are in none
        ["Team 3_17_assignsubmission_file/hw.md", "Default group_assignsubmission_file/hw.md"],
        [("Default group", [""], None, ["hw.md"]), ("Team 3_17", [""], None, ["hw.md"])],
    ),
    (
        "moodle",  # without names, and with the name of the account before that of the person
        [
            "Participant_1234_assignsubmission_file/hw.md",
            "s124_Bo Beck_1235_assignsubmission_file_/hw.md",
            "Cy_1236_assignsubmission_onlinetext_onlinetext.html",
        ],
        [
            ("Cy_1236", [""], None, ["onlinetext.html"]),
            ("Participant_1234", [""], None, ["hw.md"]),
            ("s124_Bo Beck_1235", [""], None, ["hw.md"]),
        ],
    ),
    (
        "blackboard",  # groups, whose names may end in a blank, and a site in German
        ["HW1_Group 1 _Versuch_2026-01-01-10-00-00_hw.md", "HW1_Group 2 _Versuch_2026-01-01-10-00-00_my_hw.md"],
        [
            ("Group 1", ["2026-01-01-10-00-00"], None, ["hw.md"]),
            ("Group 2", ["2026-01-01-10-00-00"], None, ["my_hw.md"]),
        ],
    ),
    (
        "brightspace",  # months in full, the day first, a sign between hours and minutes
        [
            "12345-67890 - Ann Ahr - January 12, 2026 1149 AM/hw.md",
            "12346-67890 - Bo Beck - Feb 2, 2026 9_26 PM/hw.md",
            "12347-67890 - Cy Cole - 2 February, 2026 2126/hw.md",
            "12347-67890 - Cy Cole - 13 January, 2026 0926/hw.md",
        ],
        [
            ("Ann Ahr 12345", ["January 12, 2026 1149 AM"], None, ["hw.md"]),
            ("Bo Beck 12346", ["Feb 2, 2026 9_26 PM"], None, ["hw.md"]),
            ("Cy Cole 12347", ["13 January, 2026 0926", "2 February, 2026 2126"], None, ["hw.md"]),
        ],
    ),
]


@pytest.mark.parametrize(("layout", "names", "expected"), WRITTEN)
def test_names_as_sites_write_them(
    tmp_path: Path, layout: str, names: list[str], expected: list[tuple[str, list[str], bool | None, list[str]]]
) -> None:
    """Anonymous downloads, groups, other scripts and other dates are recognised as well."""
    found = discover([as_folder(tmp_path, dict.fromkeys(names, "1: 6"))])
    assert [name for _, name in found.layouts] == [layout]
    assert sorted(hand_ins(found)) == sorted(expected)


SCORES = {
    "hw1": [
        {"owner": "Ann", "history": [
            {"submission": "submit/20260102T100000Z-abc", "late": True},
            {"submission": "submit/20260101T100000Z-bcd", "late": False},
        ]},
        {"owner": "bo-beck", "submission": "submit/20260101T100000Z-abd", "late": False},
        {"owner": "cy", "submission": "submit/20260101T100000Z-abe", "late": "no"},
    ]
}  # fmt: skip
NAMED = "Name: A B ({})\n\nSubmission Field:\n\nFiles:\n"
STAMP = "2026-01-01-10-00-00"
# Downloads whose files say more than their names do: the layout, the files, and what is expected of each student.
TOLD: dict[str, tuple[str, dict[str, str], list[tuple[str, list[str], bool | None, list[str]]]]] = {
    "only teams without a number": (
        "moodle",
        {"Default group_assignsubmission_file/hw.md": ""},
        [("Default group", [""], None, ["hw.md"])],
    ),
    "a file called like a folder of another": (
        "moodle",
        {"Ann_1_assignsubmission_file_Bo_2_assignsubmission_file_hw.md": "", "Bo_2_assignsubmission_file_hw.md": ""},
        [("Ann_1", [""], None, ["Bo_2_assignsubmission_file_hw.md"]), ("Bo_2", [""], None, ["hw.md"])],
    ),
    "user names that begin alike": (
        "blackboard",
        {
            f"HW_1_b_beck_attempt_{STAMP}.txt": NAMED.format("b_beck"),
            f"HW_1_b_beck_attempt_{STAMP}_hw.md": "",
            f"HW_1_b_cole_attempt_{STAMP}_hw.md": "",
        },
        [("b_beck", [STAMP], None, ["hw.md"]), ("b_cole", [STAMP], None, ["hw.md"])],
    ),
    "one student alone, whose name has brackets, too": (
        "blackboard",
        {
            f"HW_1_b_beck_attempt_{STAMP}.txt": "\ufeffNaam: Bo (B.) Beck (b_beck)  \r\n",
            f"HW_1_b_beck_attempt_{STAMP}_hw.md": "",
        },
        [("b_beck", [STAMP], None, ["hw.md"])],
    ),
    "a receipt with a user name of somewhere else": (
        "blackboard",
        {f"HW_1_ann_attempt_{STAMP}.txt": NAMED.format("jo"), f"HW_1_bo_attempt_{STAMP}_hw.md": ""},
        [("ann", [STAMP], None, []), ("bo", [STAMP], None, ["hw.md"])],
    ),
    "an organisation in front": (
        "brightspace",
        {
            "9999_12345-67890_Ann Ahr_Jan 1, 2026 1400/hw.md": "",
            "9999_12345-67890_Ann Ahr_Jan 1, 2026 905/hw.md": "",
            "12346-67890 - Bo Beck - Jan 1, 2026 1000\u202fAM/hw.md": "",
        },
        [
            ("Ann Ahr 12345", ["Jan 1, 2026 905", "Jan 1, 2026 1400"], None, ["hw.md"]),
            ("Bo Beck 12346", ["Jan 1, 2026 1000\u202fAM"], None, ["hw.md"]),
        ],
    ),
    "a folder that is not in the metadata": (
        "gradescope",
        {
            "submission_metadata.yml": "submission_1:\n  :submitters:\n  - :sid: '7'\n",
            "submission_1/hw.md": "",
            "submission_2/a/hw.md": "",
        },
        [("7", [""], None, ["hw.md"]), ("submission_2", [""], None, ["a/hw.md"])],
    ),
    "a student called like a folder that is not in the metadata": (
        "gradescope",
        {
            "submission_metadata.yml": "submission_1:\n  :submitters:\n  - :name: submission_2\n",
            "submission_1/hw.md": "",
            "submission_2/hw.md": "",
        },
        [
            ("submission_2", [""], None, ["hw.md"]),
            ("submission_2 (not in submission_metadata.yml)", [""], None, ["hw.md"]),
        ],
    ),
    "a file for each in the metadata": (
        "gradescope",
        {"submission_metadata.yml": "1.md:\n  :submitters:\n  - :sid: '7'\n", "1.md": ""},
        [("7", [""], None, ["1.md"])],
    ),
    "the scores of a classroom": (
        "github",
        {
            **dict.fromkeys(["cs-hw1-ann/hw.md", "cs-hw1-bo-beck/hw.md", "cs-hw1-cy/hw.md", "cs-hw1-di/hw.md"], ""),
            "scores.json": json.dumps(SCORES),
        },
        [
            ("ann", ["submit/20260101T100000Z-bcd", "submit/20260102T100000Z-abc"], True, ["hw.md"]),
            ("bo-beck", ["submit/20260101T100000Z-abd"], False, ["hw.md"]),
            ("cy", ["submit/20260101T100000Z-abe"], None, ["hw.md"]),
            ("di", [""], None, ["hw.md"]),
        ],
    ),
    "scores inside of repositories, and answers called so": (
        "github",
        {
            "hw-submissions/hw-ann/hw.md": "",
            "hw-submissions/hw-ann/scores.json": json.dumps(SCORES),
            "hw-submissions/hw-ann/result.json": '{"submission": "submit/20260101T100000Z-abd", "score": 3}',
            "hw-submissions/hw-bo/scores.json": '{"1": 6}',
        },
        [("ann", [""], None, ["hw.md"]), ("bo", [""], None, ["scores.json"])],
    ),
}


@pytest.mark.parametrize("case", TOLD)
def test_what_files_tell(tmp_path: Path, case: str) -> None:
    """Receipts, metadata and scores say who the students are, and what no answer is."""
    layout, files, expected = TOLD[case]
    found = discover([as_folder(tmp_path, files)])
    assert [name for _, name in found.layouts] == [layout]
    assert hand_ins(found) == expected
    assert found.unplaced == ()


@pytest.mark.parametrize(
    "scores", ["", "{", "[" * 100_000, '{"owner": 1}', '{"owner": "x", "submission": "submit/1"}', "\xff", "[NaN]"]
)
def test_scores_that_say_nothing(tmp_path: Path, scores: str) -> None:
    """Scores that cannot be read, or are of others, make no download of a folder."""
    found = discover([as_folder(tmp_path, {"cs-hw1-ann/hw.md": "", "cs-hw1-bo/hw.md": "", "scores.json": scores})])
    assert found.layouts == ()


@pytest.mark.parametrize(
    ("word", "late"),
    [("late", True), ("Late2", True), ("ontime", False), ("On-Time", False), ("NO", False), ("False", False),
     ("0", False), ("1", True), ("", False)],
)  # fmt: skip
def test_words_for_lateness(tmp_path: Path, word: str, late: bool) -> None:
    """The group `late` may match a word that says the opposite."""
    folder = as_folder(tmp_path, {f"ann_{word}.md": ""})
    found = discover([folder], ask=Ask("pattern", r"(?P<student>\w+?)_(?P<late>[-\w]*)\.md"))
    assert [(one[0], one[2]) for one in hand_ins(found)] == [("ann", late)]


def test_bad_zips_of_students_in_a_download(tmp_path: Path) -> None:
    """Whatever is wrong with one student's zip is said in that student's results; all others are graded."""
    bad = [data for data, notes, _ in ATTACKS.values() if notes and not REMARKS & set(notes)]
    names = {f"bad{number}_{1000 + number}": data for number, data in enumerate(bad)}
    files: dict[str, str | bytes] = {
        f"{name}_{90_000 + at}_hw.zip": data for at, (name, data) in enumerate(names.items())
    }
    files |= {"ahrann_1_80001_hw.zip": zipped({"a.md": "1: 6", "b.md": "2: 7"}), "beckbo_2_80002_hw.md": "1: 6\n\n2: 7"}
    output, records = grade(tmp_path, as_zip(tmp_path, files))
    assert "Read as canvas" in output
    assert [records[id]["score"] for id in ("ahrann_1", "beckbo_2")] == [2, 2]
    for name in names:
        statuses = [one["status"] for one in records[name]["questions"]]  # type: ignore
        assert statuses in (["right", "review"], ["review", "right"], ["review", "review"]), name


@pytest.mark.parametrize("layout", DOWNLOADS)
def test_layouts_asked_for(tmp_path: Path, layout: str) -> None:
    """Asking for a layout gives what recognising it gives."""
    files, expected = DOWNLOADS[layout]
    assert hand_ins(discover([as_folder(tmp_path, files)], ask=Ask(layout))) == expected


@pytest.mark.parametrize("layout", DOWNLOADS)
def test_nothing_is_lost(tmp_path: Path, layout: str) -> None:
    """Every file of a download is read, listed with an earlier attempt, ignored or skipped."""
    files, _ = DOWNLOADS[layout]
    output, records = grade(tmp_path, as_zip(tmp_path, files))
    told = output + json.dumps(list(records.values()))
    assert [name for name in files if not name.endswith("/") and name.rpartition("/")[2] not in told] == [
        name
        for name in files
        if "/.git/" in name or "/__MACOSX/" in name  # these folders are listed as a whole
    ]


@pytest.mark.parametrize("layout", DOWNLOADS)
def test_the_order_of_files_is_nothing(tmp_path: Path, layout: str) -> None:
    """A tree made in another order, and a zip packed in another order, give the same bytes."""
    files, _ = DOWNLOADS[layout]
    backwards = dict(reversed(files.items()))
    written = []
    for number, pack in enumerate((as_folder, as_zip) * 2):
        home = tmp_path / str(number)
        home.mkdir()
        grade(home, pack(home, backwards if number > 1 else files))
        written.append({path.name: path.read_bytes() for path in (home / "out").rglob("*.*")})
    assert all(one == written[0] for one in written)


@pytest.mark.parametrize(
    "names",
    [
        ["hw_2026_1_ann.md", "hw_2026_2_bo.md"],  # one "user", 2026
        ["ann_01_2026_hw.md", "bo_02_2026_hw.md"],  # one upload twice
        ["ann_2026_001_hw.md", "bo_2026_002_hw.md"],  # one user with two names
        ["Ann_11111_90001_hw.md", "Bo_22222_90002_hw.md"],  # Canvas writes names in lower case
        ["ahrann_11111_90001_hw.md", "beckbo_22222_90002_hw.md", "notes.md"],
        ["Ann_1_assignsubmission_file_/hw.md", "Bo/hw.md"],
        ["HW1_ann_attempt_2026-01-01-10-00-00_hw.md", "bo.md"],
        ["submission_metadata.yml/x.md", "submission_101/hw.md"],
        ["submitted/hw.md", "drafts/hw.md"],
        ["hw-1-ann/hw.md", "hw-1-bo/hw.md"],
        ["ann/submitted/hw.md", "bo/submitted/hw.md"],
    ],
)
def test_what_is_not_certain_is_plain(tmp_path: Path, names: list[str]) -> None:
    """Names that only look like a platform's are a file or folder for each student, as ever."""
    folder = on_disk(tmp_path / "in", dict.fromkeys(names, "1: 6"))
    found = discover([folder])
    assert found.layouts == ()
    assert [one.path.name for one in found.found] == sorted({name.partition("/")[0] for name in names})
    assert all(one.listing is None and one.hand_in is None for one in found.found)


def test_a_zip_that_is_no_download_is_one_hand_in(tmp_path: Path) -> None:
    """A zip of unknown names is a student's; with `--layout plain` it is a class."""
    path = as_zip(tmp_path, {"ann/hw.md": "1: 6", "bo.md": "1: 5", "bo.txt": "2: 7"})
    assert [one.id for one in discover([path]).found] == ["download"]
    assert [one.id for one in discover([path], ask=Ask("plain")).found] == ["ann", "bo.md", "bo.txt"]


def test_a_zip_of_a_folder(tmp_path: Path) -> None:
    """A zip in which all lies in a folder of its own name is that folder."""
    path = as_zip(tmp_path, {"download/ann.md": "1: 6", "download/bo.md": "1: 5"})
    found = discover([path], ask=Ask("plain"))
    assert [(one.id, [item.name for item in one.listing.items]) for one in found.found if one.listing] == [
        ("ann", ["ann.md"]),
        ("bo", ["bo.md"]),
    ]


@pytest.mark.parametrize(
    ("pattern", "files", "expected"),
    [
        (
            r"(?P<student>\w+?)(?:_v(?P<attempt>\d+))?(?P<late>_late)?\.md",
            {"ann.md": "1: 5", "ann_v2.md": "1: 5", "ann_v10_late.md": "1: 6", "bo.md": "1: 6"},
            [("ann", ["", "2", "10"], True, ["ann_v10_late.md"]), ("bo", [""], False, ["bo.md"])],
        ),
        (
            r"(?P<student>[^/]+)/q(?P<question>\d)\.md",
            {"ann/q1.md": "6", "ann/q2.md": "7"},
            [("ann", [""], None, ["ann/q1.md", "ann/q2.md"])],
        ),
    ],
)
def test_patterns(
    tmp_path: Path, pattern: str, files: Files, expected: list[tuple[str, list[str], bool | None, list[str]]]
) -> None:
    """The groups of an expression say whose a file is, which attempt, whether late, and what it answers."""
    found = discover([as_folder(tmp_path, files)], ask=Ask("pattern", pattern))
    assert hand_ins(found) == expected


def test_a_file_answers_the_question_of_its_name(tmp_path: Path) -> None:
    """The group `question` stands for a label that is not in the text; one file alone may carry it."""
    folder = as_folder(tmp_path, {"x-2-ann.md": "It is 7.", "x-1-bo.md": "It is 6.", "x-2-bo.md": "It is 8."})
    _, records = grade(tmp_path, folder, "--pattern", r"x-(?P<question>\d)-(?P<student>\w+)\.md")
    statuses = {id: [one["status"] for one in record["questions"]] for id, record in records.items()}  # type: ignore
    assert statuses == {"ann": ["blank", "right"], "bo": ["right", "wrong"]}


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (["--layout", "pattern"], "needs --pattern"),
        (["--pattern", "("], "not a regular expression"),
        (["--pattern", ".*"], "needs a group (?P<student>...)"),
        (["--pattern", "(?P<student>a)(?P<name>b)"], "does not know the group name"),
        (["--pattern", "(?P<student>a)", "--layout", "canvas"], "leave out --layout canvas"),
        (["--layout", "canvass"], "canvas"),
        (["--layout", "gradescope"], "nothing in download is named as in the layout gradescope"),
    ],
)
def test_wrong_usage(tmp_path: Path, arguments: list[str], said: str) -> None:
    """What cannot be done is said before anything is read, and ends with 2."""
    folder = as_folder(tmp_path, {"a.md": "1: 6"})
    (tmp_path / "hw.yaml").write_text(RUBRIC, encoding="utf-8")
    command = ["grade", str(tmp_path / "hw.yaml"), str(folder), "--out", str(tmp_path / "out"), *arguments]
    result = CliRunner().invoke(main, command, prog_name="grader")
    assert (result.exit_code, said in result.stderr) == (2, True), result.stderr
    assert not (tmp_path / "out").exists()


def test_what_has_no_place_is_graded_by_itself(tmp_path: Path) -> None:
    """With a layout asked for, a file that does not fit is a hand-in under its own name, and that is said."""
    files = DOWNLOADS["canvas"][0] | {"someone.md": "1: 6", "folder/a.md": "1: 6", "folder/b.md": "2: 7"}
    output, records = grade(tmp_path, as_folder(tmp_path, files), "--layout", "canvas")
    assert {"someone", "folder", "ahrann_11111"} <= records.keys()
    assert "hand_in" not in records["someone"]
    assert records["folder"]["score"] == 2
    assert "Not named as the others are, so each by itself" in output


def test_several_assignments_are_not_mixed(tmp_path: Path) -> None:
    """With more than one assignment in a course nothing is chosen; --assignment chooses."""
    files = DOWNLOADS["nbgrader"][0] | {"submitted/ann/hw2/hw.md": "1: 0"}
    folder = as_folder(tmp_path, files)
    with pytest.raises(UsageError, match=r"hw1, hw2.*--assignment"):
        discover([folder])
    assert hand_ins(discover([folder], ask=Ask(assignment="hw1"))) == DOWNLOADS["nbgrader"][1]


@pytest.mark.parametrize(
    ("ask", "students"),
    [(Ask("github"), ["jo", "lu-may"]), (Ask("github", assignment="a-1"), ["b-jo", "b-lu-may"])],
)
def test_repositories(tmp_path: Path, ask: Ask, students: list[str]) -> None:
    """What all repositories begin with is the assignment, unless its name is given."""
    folder = as_folder(tmp_path, {"a-1-b-jo/hw.md": "", "a-1-b-lu-may/hw.md": ""})
    assert [one.id for one in discover([folder], ask=ask).found] == students


def test_files_named_one_by_one(tmp_path: Path) -> None:
    """Files of a download that the shell names are plain hand-ins, and a download where a layout is asked for."""
    folder = as_folder(tmp_path, DOWNLOADS["canvas"][0])
    paths = sorted(folder.iterdir())
    assert len(discover(paths).found) == len(paths)
    found = [one for one in hand_ins(discover(paths, ask=Ask("canvas"))) if one[0] == "ahrann_11111"]
    assert found == [("ahrann_11111", ["1", "2"], False, ["hw-1.md", "photo.png"])]


def test_two_downloads_with_the_same_student(tmp_path: Path) -> None:
    """A student in two downloads has two hand-ins, told apart by where they come from."""
    paths = []
    for name in ("one", "two"):
        paths.append(tmp_path / f"{name}.zip")
        paths[-1].write_bytes(zipped(DOWNLOADS["moodle"][0]))
    ids = [one.id for one in discover(paths).found]
    assert [id for id in ids if "Ann" in id] == ["one-Ann Ahr_1234", "two-Ann Ahr_1234"]


@pytest.mark.parametrize(
    "metadata", ["[", "- a", "a: b", "&a [*a]", "? [a]\n: {}\n", "\x00", "!!python/object/apply:os.getcwd []"]
)
def test_metadata_that_cannot_be_read(tmp_path: Path, metadata: str) -> None:
    """Metadata that is not Gradescope's is said with what to do; no object is ever made of it."""
    files = {"submission_metadata.yml": metadata, "submission_101/hw.md": "1: 6"}
    with pytest.raises(UsageError, match="--layout plain"):
        discover([as_folder(tmp_path, files)])


def test_metadata_without_symbols(tmp_path: Path) -> None:
    """Keys without Ruby's colon are the same keys."""
    files = DOWNLOADS["gradescope"][0] | {
        "assignment_1_export/submission_metadata.yml": re.sub(r" :(?=\w)", " ", METADATA)
    }
    assert hand_ins(discover([as_folder(tmp_path, files)])) == DOWNLOADS["gradescope"][1]


def test_a_student_twice_in_the_metadata(tmp_path: Path) -> None:
    """Two folders of one student are two hand-ins, never mixed."""
    metadata = METADATA.replace("'1004'", "'1001'")
    files = {"submission_metadata.yml": metadata, "submission_101/hw.md": "1: 6", "submission_103/hw.md": "1: 5"}
    ids = [one.id for one in discover([as_folder(tmp_path, files)]).found]
    assert ids == ["1001 submission_101", "1001 submission_103", "1003+bo@example.org"]


def test_results_of_a_download(tmp_path: Path) -> None:
    """Attempts, lateness and what was ignored stand in the results; the last attempt has the marks."""
    output, records = grade(tmp_path, as_zip(tmp_path, DOWNLOADS["canvas"][0]))
    ann = records["ahrann_11111"]
    assert ann["score"] == 1
    assert ann["hand_in"] == {
        "layout": "canvas",
        "student": "ahrann_11111",
        "attempt": "2",
        "late": False,
        "attempts": [
            {"attempt": "1", "late": False, "files": ["ahrann_11111_90001_hw.md"]},
            {"attempt": "2", "late": False, "files": ["ahrann_11111_90002_hw-1.md", "ahrann_11111_90003_photo.png"]},
        ],
    }
    assert ann["ignored"] == ["photo.png"]
    assert "Several attempts; the last one counts:\n  ahrann_11111: 1, 2\nLate: beckbo_22222.\n" in output
    typed, pictured = records["dahldi_44444"], records["eideed_55555"]  # a text box, and pictures alone
    assert [one["status"] for one in typed["questions"]] == ["right", "blank"]  # type: ignore
    assert [one["status"] for one in pictured["questions"]] == ["review", "review"]  # type: ignore
    assert "Could not be read: eideed_55555." in output


def test_receipts_of_blackboard(tmp_path: Path) -> None:
    """What was typed into a receipt is read on its own lines; a receipt nobody understands goes to a person."""
    _, records = grade(tmp_path, as_zip(tmp_path, DOWNLOADS["blackboard"][0]))
    typed = records["b_beck@example.org"]["questions"][0]  # type: ignore
    assert typed["evidence"] == [{"file": "receipt.txt", "line": 7, "text": "1: 6"}]
    assert [one["status"] for one in records["ccole"]["questions"]] == ["right", "review"]  # type: ignore
    assert [one["status"] for one in records["aahr"]["questions"]] == ["right", "blank"]  # type: ignore
    assert records["aahr"]["ignored"] == ["receipt.txt"]
    assert NOTHING_TYPED in RECEIPT.format(NOTHING_TYPED)


def test_the_folder_of_results_is_no_file_of_a_download(tmp_path: Path) -> None:
    """Rubric and results inside a download are left out, and the layout is still certain."""
    folder = as_folder(tmp_path, DOWNLOADS["canvas"][0] | {"hw.yaml": "", "out/a.md": "", "out/b/": "", "out/.x": ""})
    found = discover([folder], leave_out=[folder / "hw.yaml", folder / "out"])
    assert hand_ins(found) == DOWNLOADS["canvas"][1]


def test_a_zip_of_a_student_inside_a_download(tmp_path: Path) -> None:
    """A student's zip inside the zip of a class is opened; its files have their own paths."""
    inner = zipped({"work/problem1.md": "6", "work/problem2.md": "7", ".DS_Store": ""})
    files = {"ahrann_11111_90001_hw.zip": inner, "beckbo_22222_90002_hw.md": "1: 5"}
    path = tmp_path / "class.zip"
    path.write_bytes(zipped(files))
    _, records = grade(tmp_path, path)
    ann = records["ahrann_11111"]
    assert ann["score"] == 2
    places = [one["evidence"][0]["file"] for one in ann["questions"]]  # type: ignore
    assert places == ["hw.zip/work/problem1.md", "hw.zip/work/problem2.md"]
    assert ann["ignored"] == ["hw.zip/.DS_Store"]


def test_a_folder_that_may_not_be_opened_is_a_hand_in(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A student whose folder cannot be looked into is in the results, and waits for a person."""
    folder = as_folder(tmp_path, DOWNLOADS["moodle"][0])
    scandir = os.scandir

    def deny(path: str) -> object:
        if str(path).endswith("Bo B. Beck_1235_assignsubmission_file"):
            raise PermissionError(errno.EACCES, "Permission denied", str(path))
        return scandir(path)

    monkeypatch.setattr(os, "scandir", deny)
    _, records = grade(tmp_path, folder)
    assert [one["status"] for one in records["Bo B. Beck_1235"]["questions"]] == ["review", "review"]  # type: ignore


def test_layouts_name_themselves() -> None:
    """Every layout says what it is, and a hint is a part of the one line that registers it."""
    assert [layout.name for layout in LAYOUTS.all()] == list(HINTS)
    assert all(layout.doc for layout in LAYOUTS.all())
    assert {name for name, hint in HINTS.items() if hint} == DOWNLOADS.keys()


@pytest.mark.parametrize(
    ("labels", "ordered"),
    [
        (["10", "2", ""], ["", "2", "10"]),
        (["b", "a10", "a9"], ["a9", "a10", "b"]),
        (["9" * 5000, "1"], ["1", "9" * 5000]),
    ],
)
def test_natural_order(labels: list[str], ordered: list[str]) -> None:
    """Labels are ordered as people count."""
    assert sorted(labels, key=natural) == ordered


def test_what_names_share() -> None:
    """The shared beginning ends at a sign, never inside a word."""
    assert shared_start(["HW_1_jo", "HW_1_jim"], "_") == "HW_1_"
    assert shared_start(["HW_1_jo"], "_") == "HW_1_"
    assert shared_start(["ab", "cd"], "_") == ""


def test_discovery_keeps_plain_folders_plain(tmp_path: Path) -> None:
    """A folder for each student is read as ever: the id is the folder, the paths are inside it."""
    folder = as_folder(tmp_path, {"ann/a.md": "1: 6", "ann/b.md": "2: 7", "bo/hw.md": "1: 5"})
    _, records = grade(tmp_path, folder)
    assert {id: record["score"] for id, record in records.items()} == {"ann": 2, "bo": 0}
    assert not any("hand_in" in record for record in records.values())
