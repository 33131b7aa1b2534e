"""Any bytes to any reader, for as long as you like: `python benchmarks/fuzzing.py SECONDS [SUFFIX...]`.

With atheris installed (`pip install atheris`) what was tried guides what is tried next; without it valid files are
broken at random. The first file that is neither read nor refused is written to `crash.bin`, and the run ends.
"""

from __future__ import annotations

import importlib
import pkgutil
import sys
import time
from pathlib import Path

ROOT = Path(__file__).parents[1]
sys.path[:0] = [str(ROOT), str(ROOT / "tests")]

from mutants import mutant, packed_mutant, seeds  # noqa: E402
from test_read_markdown import check  # noqa: E402

from grader.read import files  # noqa: E402
from grader.read.items import Item  # noqa: E402

SLOW = 5.0  # seconds for a file of 20 kB


def once(name: str, data: bytes) -> None:
    """Reads the file, and checks what every document promises."""
    start = time.perf_counter()
    document, notes = files.read_item(Item(name, lambda most: data))
    assert document is not None or notes
    if document is not None:
        check(document)
    assert time.perf_counter() - start < SLOW, "too slow"


def tried(name: str, data: bytes) -> None:
    """The same; what fails is kept."""
    try:
        once(name, data)
    except BaseException:
        Path("crash.bin").write_bytes(data)
        print(f"failed on {name}; the bytes are in crash.bin", file=sys.stderr)
        raise


def broken_at_random(seconds: float, suffixes: list[str]) -> None:
    """Valid files with accidents, in a fixed order."""
    files_known = [pair for pair in seeds() if not suffixes or Path(pair[0]).suffix in suffixes]
    end, count = time.monotonic() + seconds, 0
    counts: dict[str, int] = {}
    while time.monotonic() < end:
        name, data = files_known[count % len(files_known)]
        other = files_known[count * 7919 % len(files_known)][1]
        made = mutant(data, other, count)
        if data.startswith(b"PK") and count % 2:
            made = packed_mutant(data, count)
        tried(name, made)
        count += 1
        counts[Path(name).suffix] = counts.get(Path(name).suffix, 0) + 1
    print(f"{count} files, none of which failed: {counts}")


def guided(seconds: float, suffixes: list[str]) -> None:
    """By atheris: the first byte chooses the format."""
    import atheris

    for module in pkgutil.iter_modules([str(ROOT / "grader" / "read")], "grader.read."):
        importlib.import_module(module.name)  # a reader is imported when it is used; only what is there is watched

    known = sorted({Path(name).suffix for name, _ in seeds()})
    known = [suffix for suffix in known if not suffixes or suffix in suffixes]
    corpus = Path("fuzz-corpus")
    corpus.mkdir(exist_ok=True)
    for number, (name, data) in enumerate(seeds()):
        if Path(name).suffix in known:
            (corpus / str(number)).write_bytes(bytes([known.index(Path(name).suffix)]) + data)

    def test(data: bytes) -> None:
        if data:
            tried(f"x{known[data[0] % len(known)]}", data[1:])

    atheris.instrument_all()
    atheris.Setup([sys.argv[0], f"-max_total_time={int(seconds)}", "-max_len=4000", str(corpus)], test)
    atheris.Fuzz()


if __name__ == "__main__":
    arguments = sys.argv[1:]
    run = guided if "--guided" in arguments else broken_at_random
    arguments = [each for each in arguments if each != "--guided"]
    run(float(arguments[0]) if arguments else 60.0, arguments[1:])
