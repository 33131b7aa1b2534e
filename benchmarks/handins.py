"""Grades the same answers in every style of a hand-in, and prints which share of the marks is a careful marker's.

    python benchmarks/handins.py [ROUNDS] [--misses]

ROUNDS (4 without one) is how many ways to write each answer every style is tried with; with --misses every part with
another mark is printed. Ends with 1 if a bar is missed: 95 % as expected, 5 % for a person, no full marks wrongly.
"""

from __future__ import annotations

import sys
from collections import Counter
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
sys.path.insert(0, str(ROOT / "tests"))

from handins import STYLES, Answers, covering, hand_in  # noqa: E402

from grader.grade import grade, load_rubric  # noqa: E402
from grader.model.results import Mark  # noqa: E402

EXPECTED, REVIEWED = 0.95, 0.05


def outcome(mark: Mark, said: Answers) -> str:
    """What became of one part."""
    if mark.credit is None:
        return "for a person"
    if said.low <= mark.credit <= said.high:
        return "as expected"
    return "full marks wrongly" if mark.credit == 1 else "another mark"


def main() -> int:
    """Prints the table."""
    rounds = next((int(word) for word in sys.argv[1:] if word.isdecimal()), 4)
    homework = load_rubric(ROOT / "rubrics" / "homework10.yaml")
    counts: Counter[str] = Counter()
    for seed, style in enumerate(STYLES):
        for said, written in covering(style, rounds, seed):
            for mark in grade(homework, hand_in(style, written)).marks:
                kind = outcome(mark, said[mark.id])
                counts[kind] += 1
                if kind != "as expected" and "--misses" in sys.argv:
                    print(f"{style.name}, {mark.id}: {kind}, {written[mark.id]!r} read as {mark.read_as!r}")
    total = counts.total()
    for kind in ("as expected", "for a person", "another mark", "full marks wrongly"):
        print(f"{kind:20}{counts[kind]:8}{counts[kind] / total:9.2%}")
    fine = counts["as expected"] >= EXPECTED * total and counts["for a person"] <= REVIEWED * total
    return 0 if fine and not counts["full marks wrongly"] else 1


if __name__ == "__main__":
    sys.exit(main())
