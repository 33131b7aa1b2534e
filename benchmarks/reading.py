"""How long a hand-in takes to read, and whether ten times as much takes ten times as long.

`python benchmarks/reading.py` prints milliseconds for a Markdown hand-in of usual size (the best of many runs, since
other work on the machine only ever adds), and for each reader the seconds for a file of 1 MB, and how many times as
long one of 10 MB takes: 10 where the cost is linear. `--memory` gives the same for the memory at its peak, in MB and
with 4 MB. `--quick` compares with 2 MB only.
"""

from __future__ import annotations

import statistics
import sys
import time
import tracemalloc
import zipfile
from collections.abc import Callable
from pathlib import Path

ROOT = Path(__file__).parents[1]
sys.path[:0] = [str(ROOT), str(ROOT / "tests")]

from mutants import docx  # noqa: E402

from grader.read import files  # noqa: E402
from grader.read.items import Item  # noqa: E402

MB = 1024 * 1024
HOMEWORK = r"""# Homework 10

## 1

(a) The input has 1000 images with 3 channels each: `(1000, 3, 256, 256)`.

(b) There are 10 input channels and 20 output channels.

(c) $3\times3\times10\times20 + 20 = 1820$ parameters

(d) The output is $(N, 20, \lfloor\frac{H-3}{2}\rfloor+1, \lfloor\frac{W-3}{2}\rfloor+1)$, so 46x62x20.

## 2

(a) $$\frac{\partial J}{\partial W[k,n]} = \sum_i \frac{\partial J}{\partial Z[i,k]} X[i,n]$$

(b) $$\frac{\partial J}{\partial X[i,n]} = \sum_k \frac{\partial J}{\partial Z[i,k]} W[k,n]$$

(c) $\frac{\partial J}{\partial b[k]} = \sum_i \frac{\partial J}{\partial Z[i,k]}$ because each bias is added to a row.

## 3

1. The maximum is at $(0,2)$ and $(1,2)$, its value is **4**.
2. The gradient is 1 there and 0 elsewhere:

| position | gradient |
|----------|----------|
| $(0,2)$  | 1        |
| $(1,2)$  | 1        |

## 4

(a) Let $f(x)_i = \max(0, x_i)$. Then $\frac{\partial f_i}{\partial x_j} = 1$ if $i=j$ and $x_i>0$, otherwise $0$.

(b) The chain rule gives
$$\begin{aligned}
\frac{\partial J}{\partial x_j} &= \sum_i \frac{\partial J}{\partial y_i}\frac{\partial y_i}{\partial x_j} \\
&= \frac{\partial J}{\partial y_j} \cdot [x_j > 0]
\end{aligned}$$

## 5

The set is $\{1, 4\}$, since samples 1 and 4 have the *largest* loss; ~~samples 2 and 3~~.

```python
def relu(x):
    return np.maximum(0, x)
```

So the answer is $y = [1, 3, 0, 1]^T$ with a loss of about 0.42.

## 6

(a) In total `7*7*3*16 + 16 = 2368` weights, of which $16$ are biases, at stride 2 and padding 3.

(b) $224 \to 112$, so the output has the shape $(N, 16, 112, 112)$, and pooling halves it again to $(N, 16, 56, 56)$.
"""
BODIES = {
    ".md": HOMEWORK + "\n",
    ".txt": "Homework\n\n1. The shape is (5, 4)\n   and $x = 3$.\n(a) 3*3*10 = 90\n\n",
    ".tex": "\\section*{Problem 1}\n\\begin{enumerate}\n\\item[(a)] It is $5 \\times 4$ and \\textbf{6}. % seen\n"
    "\\end{enumerate}\n\\[ \\frac{1}{2} \\]\n\n",
    ".html": "<h2>Problem 1</h2><p>(a) The shape is \\(5 \\times 4\\).</p><ol type=a><li>x<sub>1</sub> = 3</ol>\n",
    ".typ": "= Problem 1\n\n(a) The *shape* is $5 times 4$, #strike[6].\n\n+ first\n+ $x = a/b$\n\n#answer[$x$]\n\n",
    ".org": "* Problem 1\n(a) The *shape* is \\(5 \\times 4\\).\n1. first\n| a | 6 |\n|---+---|\n| b | 7 |\n\n",
    ".rst": "Problem 1\n=========\n\n(a) The **shape** is :math:`5 \\times 4`.\n\n#. one\n\n.. math::\n\n   x = 3\n\n",
    ".csv": "1a,(1000)\n",
    ".yaml": "",
    ".json": "",
    ".ipynb": "",
    ".docx": "<w:p><w:r><w:t>(a) The shape is </w:t></w:r><m:oMath><m:f><m:num><m:r><m:t>1</m:t></m:r></m:num><m:den>"
    "<m:r><m:t>2</m:t></m:r></m:den></m:f></m:oMath></w:p>",
}
# Nothing but beginnings: what nobody closes must not be looked for again and again.
OPENINGS = {
    ".md": "$x [ ** `a <b> (",
    ".tex": "$x { \\begin{a} \\[ %\n",
    ".html": "<p><b><table><td><!-",
    ".typ": '$x [ #a( " /* ` + b\n',
    ".org": "* \\( [[ #+begin_src +a =b\n",
    ".rst": ":math:` `` .. math::\n `a < +-\n",
    ".txt": "$x \\( \\[ (a\n",
}


def whole(suffix: str, body: str, size: int) -> bytes:
    """A file of about this size."""
    count = size // max(len(body), 1)
    if suffix == ".docx":
        return docx(body * count, packing=zipfile.ZIP_STORED)
    if suffix == ".csv":
        return ("question,answer\n" + "".join(f"{number}a,({number})\n" for number in range(size // 14))).encode()
    if suffix == ".yaml":
        return "".join(f"{number}: (1000, {number})\n" for number in range(size // 20)).encode()
    if suffix == ".json":
        return ("{" + ",".join(f'"{number}":"(1000, 3)"' for number in range(size // 20)) + "}").encode()
    if suffix == ".ipynb":
        cell = '{"cell_type":"markdown","source":"## 1\\n\\n(a) It is $5 \\\\times 4$."}'
        return ('{"nbformat":4,"cells":[' + ",".join([cell] * (size // len(cell))) + "]}").encode()
    return (body * count).encode()


def seconds(name: str, data: bytes) -> float:
    """Of one reading, from the bytes to the document, without what other processes take."""
    start = time.process_time()
    files.read_item(Item(name, lambda most: data))
    return time.process_time() - start


def peak(name: str, data: bytes) -> float:
    """The megabytes that one reading holds at most, those of the file itself left out."""
    tracemalloc.start()
    files.read_item(Item(name, lambda most: data))
    most = tracemalloc.get_traced_memory()[1] / MB
    tracemalloc.stop()
    return most


def milliseconds(run: Callable[[], float], times: int) -> tuple[float, float]:
    """The best and the median of several runs."""
    found = [run() * 1000 for _ in range(times)]
    return min(found), statistics.median(found)


def main() -> None:
    """Prints both tables."""
    data = HOMEWORK.encode()
    seconds("x.md", data)
    best, middle = milliseconds(lambda: seconds("x.md", data), 200)
    print(f"Markdown, {len(data)} bytes: best {best:.2f} ms, median {middle:.2f} ms")
    measure, unit, large = (peak, "MB", 4) if "--memory" in sys.argv else (seconds, "s", 10)
    large = 2 if "--quick" in sys.argv else large
    print(f"format  what      {unit:>5} for 1 MB   times as much for {large} MB")
    chosen = [each for each in sys.argv[1:] if each.startswith(".")]
    for what, bodies in (("honest", BODIES), ("openings", OPENINGS)):
        for suffix, body in bodies.items():
            if chosen and suffix not in chosen:
                continue
            small, big = (measure(f"x{suffix}", whole(suffix, body, size * MB)) for size in (1, large))
            print(f"{suffix:7} {what:9} {small:5.2f} {'':10} {big / small:5.1f}", flush=True)


if __name__ == "__main__":
    main()
