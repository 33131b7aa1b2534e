"""Compares pairs from files of other systems' tests, and counts what went wrong; beside math-verify if it is installed.

    python benchmarks/corpora.py FILE.jsonl ... [--all] [--wrong]

A line of a file holds `gold`, `answer` and `expected` (are they equal?), and may hold `headline` (false: a matter of
form or of a house rule, counted only with --all). The programs take turns, file by file, each in a process of its own:
the memory of one slows the other down where both share it.
"""

from __future__ import annotations

import argparse
import json
import statistics
import subprocess
import sys
import time
from collections import Counter
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

from grader.equality.answers import compare

Verdict = str
Checker = Callable[[dict[str, Any]], Verdict]
SLOW = 1.0  # seconds


def grader(row: dict[str, Any]) -> Verdict:
    """What grader says."""
    return compare(row["gold"], row["answer"], row.get("gold_syntax") == "sympy").verdict


def math_verify() -> Checker | None:
    """What math-verify says, each side parsed as its users do; None if it is not installed."""
    try:
        from math_verify import ExprExtractionConfig, LatexExtractionConfig, parse, verify
    except ImportError:
        return None
    configs = [LatexExtractionConfig(), ExprExtractionConfig()]

    def check(row: dict[str, Any]) -> Verdict:
        one, other = (parse(_delimited(row[which]), extraction_config=configs) for which in ("gold", "answer"))
        if not one or not other:
            return "unreadable"
        return "equal" if verify(one, other) else "different"

    return check


def _delimited(text: str) -> str:
    return text if "$" in text or "\\boxed" in text or "\\(" in text else f"${text}$"


def rows_of(path: Path, everything: bool) -> Iterator[dict[str, Any]]:
    """The pairs of a file that count."""
    for line in path.read_text("utf-8").splitlines():
        row = json.loads(line)
        if everything or row.get("headline", True):
            yield row


class Tally:
    """Outcomes and times of one program on one file."""

    def __init__(self) -> None:
        self.outcomes: Counter[str] = Counter()
        self.times: list[float] = []
        self.wrong: list[tuple[str, dict[str, Any], str]] = []

    def take(self, checker: Checker, row: dict[str, Any]) -> None:
        """Compares one pair."""
        started = time.perf_counter()
        try:
            verdict = checker(row)
        except Exception as error:  # a crash is counted, whatever it is
            verdict = f"crash {error!r}"
        self.times.append(time.perf_counter() - started)
        outcome = _outcome(verdict.split()[0], row["expected"])
        self.outcomes[outcome] += 1
        if outcome != "right":
            self.wrong.append((outcome, row, verdict))

    def line(self, name: str) -> str:
        """One row of the table."""
        counts = [self.outcomes[outcome] for outcome in OUTCOMES]
        total = max(1, len(self.times))
        ordered = sorted(self.times) or [0.0]
        times = [statistics.median(ordered), *(ordered[int(q * (len(ordered) - 1))] for q in (0.95, 0.99)), ordered[-1]]
        share = 100 * self.outcomes["right"] / total
        cells = "".join(f"{count:>9}" for count in counts)
        return f"{name:<34}{total:>6}{share:>8.1f}{cells}" + "".join(f"{1000 * one:>9.2f}" for one in times)


OUTCOMES = ("false accept", "false reject", "undecided", "unreadable", "crash")
_HEAD = ("false+", "false-", "undecid.", "unread.", "crashes", "median", "p95", "p99", "max ms")


def _outcome(verdict: str, expected: bool) -> str:
    if verdict == "crash":
        return verdict
    if verdict == "equal":
        return "right" if expected else "false accept"
    if not expected:
        return "right"  # anything but equal leaves a different answer without its mark
    return "false reject" if verdict == "different" else verdict


PROGRAMS: dict[str, Callable[[], Checker | None]] = {"grader": lambda: grader, "math-verify": math_verify}


def measured(program: str, path: Path, everything: bool) -> Tally:
    """One program on one file, in a process of its own."""
    command = [sys.executable, __file__, str(path), "--only", program, *(["--all"] if everything else [])]
    ended = subprocess.run(command, capture_output=True, text=True, check=True)
    tally = Tally()
    outcomes, tally.times, tally.wrong = json.loads(ended.stdout.splitlines()[-1])
    tally.outcomes = Counter(outcomes)
    return tally


def taken(program: str, path: Path, everything: bool) -> None:
    """Compares the pairs of one file in this process; prints what was found as JSON."""
    checker = PROGRAMS[program]()
    assert checker is not None
    checker({"gold": r"\sin^2 x", "answer": r"1 - \cos^2 x"})  # what is imported late is no part of a comparison
    tally = Tally()
    for row in rows_of(path, everything):
        tally.take(checker, row)
    print(json.dumps([tally.outcomes, tally.times, tally.wrong]))


def main() -> None:
    """Prints one row a file and program."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("files", nargs="+", type=Path)
    parser.add_argument("--all", action="store_true", help="rows that ask for more than equality, too")
    parser.add_argument("--wrong", action="store_true", help="list every pair that grader did not decide right")
    parser.add_argument("--only", choices=PROGRAMS, help="one program, one file, in this process")
    options = parser.parse_args()
    if options.only:
        taken(options.only, options.files[0], options.all)
        return
    programs = [name for name, load in PROGRAMS.items() if load() is not None]
    print(f"{'':<34}{'pairs':>6}{'right %':>8}" + "".join(f"{head:>9}" for head in _HEAD))
    totals = {name: Tally() for name in programs}
    for path in sorted(options.files):
        for name, total in totals.items():
            tally = measured(name, path, options.all)
            print(tally.line(f"{path.stem}, {name}"), flush=True)
            total.outcomes += tally.outcomes
            total.times += tally.times
            total.wrong += tally.wrong
    for name, total in totals.items():
        print(total.line(f"all, {name}"))
    if len(programs) > 1:
        ratio = statistics.median(totals["math-verify"].times) / statistics.median(totals["grader"].times)
        print(f"math-verify takes {ratio:.1f} times as long at the median")
    if options.wrong:
        for outcome, row, verdict in totals["grader"].wrong:
            print(f"{outcome}: {row['gold'][-100:]!r} | {row['answer'][-100:]!r} | {verdict[:120]}")


if __name__ == "__main__":
    main()
