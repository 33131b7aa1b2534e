"""Downloads for tests: trees of made-up names, on disk or in a zip."""

from __future__ import annotations

import warnings
import zipfile
from collections.abc import Iterable, Mapping
from io import BytesIO
from pathlib import Path

Files = Mapping[str, str | bytes]


def on_disk(root: Path, files: Files) -> Path:
    """The files below a folder, made in the order given; a name that ends in a slash is an empty folder."""
    for name, text in files.items():
        path = root / name
        if name.endswith("/"):
            path.mkdir(parents=True)
            continue
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(text.encode() if isinstance(text, str) else text)
    return root


def zipped(files: Files | Iterable[tuple[str, str | bytes]]) -> bytes:
    """The files in a zip, in the order given."""
    pairs = files.items() if isinstance(files, Mapping) else files
    out = BytesIO()
    with warnings.catch_warnings(), zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        warnings.simplefilter("ignore")  # names that stand there twice are what some tests are about
        for name, text in pairs:
            info = zipfile.ZipInfo(name)
            info.compress_type = zipfile.ZIP_DEFLATED
            archive.writestr(info, text)
    return out.getvalue()


METADATA = """---
submission_101:
  :submitters:
  - :name: Ann Ahr
    :sid: '1001'
    :email: ann@example.org
  :created_at: 2026-01-02 10:00:00.000000000 Z
  :history:
  - :created_at: 2026-01-01 10:00:00.000000000 Z
    :score: 0.0
submission_102:
  :submitters:
  - :name: Bo Beck
    :sid: ''
    :email: bo@example.org
  - :name: Cy Cole
    :sid: '1003'
  :created_at: 2026-01-02 10:00:00.000000000 Z
  :history: []
submission_103:
  :submitters:
  - :name: Di Dahl
    :sid: '1004'
"""
RECEIPT = """Name: Ann Ahr (aahr)
Assignment: HW1
Date Submitted: Thursday, January 1, 2026 10:00:00 AM EST
Current Grade: Needs Grading

Submission Field:
{}

Comments:
There are no student comments for this assignment.

Files:
\tOriginal filename: hw.md
\tFilename: HW1_aahr_attempt_2026-01-01-10-00-00_hw.md
"""
NOTHING_TYPED = "There is no student submission text data for this assignment."

# Each layout: a download, and of each hand-in in it the student, the labels of attempts, lateness and files read.
DOWNLOADS: dict[str, tuple[dict[str, str], list[tuple[str, list[str], bool | None, list[str]]]]] = {
    "canvas": (
        {
            "ahrann_11111_90001_hw.md": "1: 5",
            "ahrann_11111_90002_hw-1.md": "1: 6",
            "ahrann_11111_90003_photo.png": "",
            "beckbo_LATE_22222_90004_my_own_work.md": "1: 6",
            "colecy_33333_90005_part-1.md": "1: 6",
            "colecy_33333_90006_part-2.md": "2: 7",
            "dahldi_44444_text.html": "<p>1: 6</p>",
            "eideed_55555_90007_photo.jpg": "",
        },
        [
            ("ahrann_11111", ["1", "2"], False, ["hw-1.md"]),
            ("beckbo_22222", [""], True, ["my_own_work.md"]),
            ("colecy_33333", [""], False, ["part-1.md", "part-2.md"]),
            ("dahldi_44444", [""], False, ["text.html"]),
            ("eideed_55555", [""], False, []),
        ],
    ),
    "moodle": (
        {
            "Ann Ahr_1234_assignsubmission_file_/work/hw.md": "1: 6",
            "Ann Ahr_1234_assignsubmission_file_/.DS_Store": "",
            "Ann Ahr_1234_assignsubmission_onlinetext_/onlinetext.html": "<p>1: 6</p>",
            "Bo B. Beck_1235_assignsubmission_file/hw.md": "1: 5",
            "Cy Cole_1236_assignsubmission_file_my_hw.md": "1: 6",
            "Di Dahl_1237_assignsubmission_file_/": "",
        },
        [
            ("Ann Ahr_1234", [""], None, ["onlinetext.html", "work/hw.md"]),
            ("Bo B. Beck_1235", [""], None, ["hw.md"]),
            ("Cy Cole_1236", [""], None, ["my_hw.md"]),
            ("Di Dahl_1237", [""], None, []),
        ],
    ),
    "gradescope": (
        {
            "assignment_1_export/submission_metadata.yml": METADATA,
            "assignment_1_export/submission_101/hw.md": "1: 6",
            "assignment_1_export/submission_102/a/hw.md": "1: 6",
            "assignment_1_export/submission_102/__MACOSX/._hw.md": "",
        },
        [
            ("1001", ["1", "2"], None, ["hw.md"]),
            ("1003+bo@example.org", [""], None, ["a/hw.md"]),
            ("1004", [""], None, []),
        ],
    ),
    "blackboard": (
        {
            "HW_1_aahr_attempt_2026-01-01-10-00-00.txt": RECEIPT.format(NOTHING_TYPED),
            "HW_1_aahr_attempt_2026-01-01-10-00-00_hw.md": "1: 5",
            "HW_1_aahr_attempt_2026-01-02-09-00-00.txt": RECEIPT.format(NOTHING_TYPED),
            "HW_1_aahr_attempt_2026-01-02-09-00-00_hw.md": "1: 6",
            "HW_1_b_beck@example.org_attempt_2026-01-01-10-00-00.txt": RECEIPT.format("1: 6"),
            "HW_1_ccole_poging_2026-01-01-10-00-00.txt": "Naam: Cy Cole (ccole)\n",
            "HW_1_ccole_poging_2026-01-01-10-00-00_hw.md": "1: 6",
        },
        [
            ("aahr", ["2026-01-01-10-00-00", "2026-01-02-09-00-00"], None, ["hw.md"]),
            ("b_beck@example.org", ["2026-01-01-10-00-00"], None, ["receipt.txt"]),
            ("ccole", ["2026-01-01-10-00-00"], None, ["hw.md"]),
        ],
    ),
    "brightspace": (
        {
            "index.html": "",
            "12345-67890 - Ann Ahr - Jan 1, 2026 1000 AM/hw.md": "1: 5",
            "12345-67890 - Ann Ahr - Jan 1, 2026 1205 PM/hw.md": "1: 6",
            "12345-67890 - Ann Ahr - Dec 31, 2025 926 PM/hw.md": "1: 4",
            "12346-67890 - Bo - Beck-Cole - Jan 1, 2026 1205 AM - hw.md": "1: 6",
        },
        [
            (
                "Ann Ahr 12345",
                ["Dec 31, 2025 926 PM", "Jan 1, 2026 1000 AM", "Jan 1, 2026 1205 PM"],
                None,
                ["hw.md"],
            ),
            ("Bo - Beck-Cole 12346", ["Jan 1, 2026 1205 AM"], None, ["hw.md"]),
        ],
    ),
    "nbgrader": (
        {
            "source/hw1/hw.md": "1: key",
            "nbgrader_config.py": "",
            "submitted/ann/hw1/hw.md": "1: 6",
            "submitted/ann/hw1/timestamp.txt": "2026-01-01 10:00:00 UTC",
            "submitted/bo.beck/hw1/a/hw.md": "1: 5",
        },
        [("ann", [""], None, ["hw.md"]), ("bo.beck", [""], None, ["a/hw.md"])],
    ),
    "github": (
        {
            "hw-1-submissions/hw-1-ann/hw.md": "1: 6",
            "hw-1-submissions/hw-1-ann/.git/config": "",
            "hw-1-submissions/hw-1-bo-beck/hw.md": "1: 5",
        },
        [("ann", [""], None, ["hw.md"]), ("bo-beck", [""], None, ["hw.md"])],
    ),
}
