"""How fast we are, as ratios to things measured side by side in the same run."""

from __future__ import annotations

import os
import re
import subprocess
import sys
import tempfile
import time
from collections.abc import Sequence
from compileall import compile_dir
from dataclasses import dataclass
from hashlib import sha256
from pathlib import Path
from statistics import median

ROOT = Path(__file__).resolve().parents[1]
RUBRIC, HAND_INS = ROOT / "rubrics" / "homework10.yaml", ROOT / "submissions"
SCRIPT = Path(sys.executable).with_name("grader")
GRADER = [str(SCRIPT)] if SCRIPT.exists() else [sys.executable, "-m", "grader"]
FINE = (0, 4)  # 4: a hand-in could not be read, which generated ones may well be
BATCH = 1000
SLIPS = 16  # of 256 numbers and index letters: a slip in most answers of a hand-in, and rarely the same one
_NUMBER = re.compile(r"(?<![\w^_.{\\])\d+(?![\w}.)])")
_INDEX = re.compile(r"(?<=[,\[ ])([a-z])(?=[\],])")


@dataclass(frozen=True, slots=True)
class Result:
    """One line of the table."""

    name: str
    value: float
    bar: float
    unit: str
    detail: str


def seconds(command: Sequence[str]) -> float:
    """Wall time of a process."""
    start = time.perf_counter()
    done = subprocess.run(command, cwd=ROOT, stdout=subprocess.DEVNULL, stderr=subprocess.PIPE, check=False)
    took = time.perf_counter() - start
    if done.returncode not in FINE:
        sys.exit(f"{' '.join(command)} ended with {done.returncode}:\n{done.stderr.decode(errors='replace')}")
    return took


def against(name: str, ours: Sequence[str], theirs: Sequence[str], bar: float, times: int) -> Result:
    """Ours and theirs in turn, so that a busy moment hits both; the first of each only warms the caches."""
    pairs = [(seconds(ours), seconds(theirs)) for _ in range(times + 1)][1:]
    mine, other = (median(pair[side] for pair in pairs) for side in (0, 1))
    return Result(name, mine / other, bar, "x", f"{1000 * mine:.0f} ms against {1000 * other:.0f} ms")


def vary(text: str, number: int) -> str:
    """A hand-in like this one with other numbers and letters, the same each time for the same number."""
    lines = [_varied(line, number, place) for place, line in enumerate(text.split("\n"))]
    return "\n".join([f"Hand-in {number}", "", *lines])


def _varied(line: str, number: int, place: int) -> str:
    def drawn(found: re.Match[str]) -> bytes:
        return sha256(f"{number} {place} {found.start()} {found[0]}".encode()).digest()

    def changed(found: re.Match[str]) -> str:
        chance, by, *_ = drawn(found)
        return str(int(found[0]) + by % 50) if chance < SLIPS and found.start() > 3 else found[0]

    def renamed(found: re.Match[str]) -> str:
        chance, which, *_ = drawn(found)
        return "ijmnpq"[which % 6] if chance < SLIPS else found[0]

    return line if line.startswith("#") else _INDEX.sub(renamed, _NUMBER.sub(changed, line))


def batch(work: Path) -> list[Result]:
    """A thousand different hand-ins on one core."""
    sources = [path.read_text(encoding="utf-8") for path in sorted(HAND_INS.glob("*.md"))]
    texts = {vary(sources[number % len(sources)], number) for number in range(BATCH)}
    if len(texts) < BATCH:
        sys.exit("the generated hand-ins are not all different")
    folder = work / "in"
    folder.mkdir()
    for number, text in enumerate(sorted(texts)):
        (folder / f"s{number:04}.md").write_text(text, encoding="utf-8")
    took, peak = _on_one_core([*GRADER, "grade", str(RUBRIC), str(folder), "--out", str(work / "out"), "-q"])
    each = 1000 * took / BATCH
    return [Result(f"{BATCH} hand-ins, one core", each, 15, " ms", f"peak memory {peak / 1024:.0f} MiB")]


def _on_one_core(command: Sequence[str]) -> tuple[float, int]:
    """Wall time, and the peak of memory in KiB."""
    cores = os.sched_getaffinity(0) if hasattr(os, "sched_setaffinity") else set()
    if cores:
        os.sched_setaffinity(0, {min(cores)})  # inherited by the process
    start = time.perf_counter()
    process = subprocess.Popen(command, cwd=ROOT, stdout=subprocess.DEVNULL)
    _, status, usage = os.wait4(process.pid, 0)
    took = time.perf_counter() - start
    if cores:
        os.sched_setaffinity(0, cores)
    process.returncode = code = os.waitstatus_to_exitcode(status)
    if code not in FINE:
        sys.exit(f"the batch ended with {code}")
    return took, usage.ru_maxrss // (1024 if sys.platform == "darwin" else 1)


def main() -> int:
    """Prints the table; 1 if a bar is not met."""
    python = [sys.executable, "-c"]
    for level in (0, 1):  # as after the first run, also where the environment forbids writing bytecode
        compile_dir(ROOT / "grader", quiet=1, optimize=level)
    with tempfile.TemporaryDirectory() as name:
        work = Path(name)
        one = sorted(HAND_INS.glob("*.md"))[0]
        grade = [*GRADER, "grade", str(RUBRIC), str(one), "--out", str(work / "one"), "-q"]
        results = [
            against("grader --version", [*GRADER, "--version"], [*python, "import click"], 1.5, 21),
            against("grader --help", [*GRADER, "--help"], [*python, "import click"], 1.5, 21),
            against("grader grade, one hand-in", grade, [*python, "import numpy"], 3, 11),
            *batch(work),
        ]
    for result in results:
        met = "met" if result.value <= result.bar else "NOT MET"
        figure, bar = f"{result.value:.2f}{result.unit}", f"{result.bar:g}{result.unit}"
        print(f"{result.name:28} {figure:>10}   bar {bar:<6}  {met:8} {result.detail}")
    return int(any(result.value > result.bar for result in results))


if __name__ == "__main__":
    sys.exit(main())
