"""How fast a small function of a student runs, isolated and warm, beside a plain process that imports numpy.

    python benchmarks/sandbox.py [BACKEND ...]

Both sides run in turn; the first of each is thrown away. Then one run never ends while others go on: what they take
meanwhile is printed beside what they took before. Ends with 1 if the warm run is not the faster one, or if the
endless one doubled the time of the others.
"""

from __future__ import annotations

import statistics
import subprocess
import sys
import time
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor

from grader.sandbox.running import AUTO, choose, run
from grader.sandbox.values import Array, Call, Ended, Limits, Returned

ROUNDS, BESIDE = 31, 200
SOURCE = """
import numpy as np
def correlate(x, k):
    h, w = x.shape[0] - k.shape[0] + 1, x.shape[1] - k.shape[1] + 1
    return np.array([[(x[i:i + k.shape[0], j:j + k.shape[1]] * k).sum() for j in range(w)] for i in range(h)])
"""
SHAPES = (((8, 9), (3, 2)), ((5, 5), (5, 5)), ((1, 7), (1, 3)), ((12, 4), (2, 4)), ((6, 6), (1, 1)))
PLAIN = SOURCE + f"for a, b in {SHAPES}: correlate(np.ones(a), np.ones(b))\n"


def array(shape: tuple[int, int]) -> Array:
    """Zeros; what is in them takes no time."""
    return Array("<f8", shape, bytes(8 * shape[0] * shape[1]))


CALLS = tuple(Call("correlate", (array(a), array(b))) for a, b in SHAPES)


def seconds(work: Callable[[], object]) -> float:
    """How long it took."""
    began = time.perf_counter()
    work()
    return time.perf_counter() - began


def isolated(backend: str) -> None:
    """One hand-in with its five calls."""
    assert all(isinstance(answer, Returned) for answer in run(SOURCE, CALLS, Limits(), backend).answers)


def plain() -> None:
    """The same without any protection, in a fresh interpreter."""
    subprocess.run([sys.executable, "-c", PLAIN], check=True)


def compared(backend: str) -> bool:
    """Prints both medians and their ratio."""
    pairs = [(seconds(lambda: isolated(backend)), seconds(plain)) for _ in range(ROUNDS + 1)][1:]
    ours, theirs = (statistics.median(column) for column in zip(*pairs, strict=True))
    print(
        f"{backend:<12} {ours * 1e3:7.1f} ms   plain process {theirs * 1e3:7.1f} ms   "
        f"{theirs / ours:5.1f} times as fast"
    )
    return ours < theirs


def undelayed(backend: str) -> bool:
    """Prints what runs take beside one that never ends, with a processor left for them."""
    alone = statistics.median(seconds(lambda: isolated(backend)) for _ in range(BESIDE))
    with ThreadPoolExecutor(1) as pool:
        endless = pool.submit(run, "while True: pass", (), Limits(load=4.0), backend)
        time.sleep(0.2)
        times = []
        while not endless.done() and len(times) < BESIDE:
            times.append(seconds(lambda: isolated(backend)))
        assert isinstance(endless.result().load, Ended)
    beside, worst = statistics.median(times), max(times)
    print(
        f"{backend:<12} {alone * 1e3:7.1f} ms   beside an endless loop {beside * 1e3:7.1f} ms, "
        f"at most {worst * 1e3:.1f} ms"
    )
    return beside < 2 * alone


def main() -> int:
    """Each backend named, or the one that `auto` takes."""
    names = sys.argv[1:] or [choose(AUTO).name]
    met = [(compared(name), undelayed(name)) for name in names]
    return 0 if all(map(all, met)) else 1


if __name__ == "__main__":
    raise SystemExit(main())
