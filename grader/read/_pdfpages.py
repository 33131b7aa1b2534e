"""What is drawn on the pages of a PDF, piece by piece, with its place, and whether it can be trusted."""

from __future__ import annotations

import struct
import zlib
from dataclasses import dataclass, field
from io import BytesIO
from logging import CRITICAL, getLogger
from typing import Any

from grader.model.records import NamedTuple

MOST_PAGES = 100
_MOST_STEPS = 400_000  # drawing operations of a whole file: forms inside of forms have no end
_MOST_BYTES = 20 * 1024 * 1024  # of the drawing operations of a file, unpacked
_SHOWS = frozenset({b"Tj", b"TJ", b"'", b'"'})
# All that pypdf and what it stands on raise on bytes that somebody made up.
BROKEN = (
    *(ValueError, LookupError, TypeError, AttributeError, ArithmeticError, AssertionError, RuntimeError),
    *(OSError, EOFError, MemoryError, zlib.error, struct.error),
)


class Missing(Exception):
    """The library that opens these files is not installed."""


class NotOpened(Exception):
    """A file that cannot be read; the message says why."""


class Piece(NamedTuple):
    """Words that were drawn together, or a picture; lengths are in points, from the lower left corner."""

    words: str
    x: float = 0.0
    y: float = 0.0
    size: float = 0.0
    sure: bool = True  # everything in it is seen, and stands on one line
    picture: bool = False


@dataclass(slots=True)
class Page:
    """The pieces of a page in the order in which they are drawn, and the lines: from, to, and how high."""

    pieces: list[Piece] = field(default_factory=list)
    rules: list[tuple[float, float, float]] = field(default_factory=list)


def pages_of(data: bytes) -> list[Page]:
    """All pages. Raises Missing without pypdf, NotOpened for what is no PDF, is locked, or has no end."""
    try:
        from pypdf import PdfReader
        from pypdf.errors import DependencyError, PyPdfError
    except ImportError:
        raise Missing from None
    getLogger("pypdf").setLevel(CRITICAL)  # what it remarks on broken files would be printed between our sentences
    steps = [0]
    try:
        reader = PdfReader(BytesIO(data))
        if reader.is_encrypted and not reader.decrypt(""):
            raise NotOpened("it is locked with a password")
        if len(reader.pages) > MOST_PAGES:
            raise NotOpened(f"it has more than {MOST_PAGES} pages")
        return [_Walk(page, steps).run() for page in reader.pages]
    except DependencyError:
        raise NotOpened("it is locked in a way that is not read") from None
    except (PyPdfError, *BROKEN):
        raise NotOpened("it is damaged") from None


class _Walk:
    """Follows the drawing of one page, as pypdf reports it."""

    def __init__(self, page: Any, steps: list[int]) -> None:
        self.page, self.steps = page, steps
        self.out = Page()
        self.mode, self.white, self.rise = 0, False, 0.0
        self.saved: list[tuple[int, bool, float]] = []
        self.shown: list[tuple[float, bool]] = []  # height and visibility of what was drawn since the last piece
        self.last: tuple[float, bool] = (0.0, True)
        self.at = (0.0, 0.0)

    def run(self) -> Page:
        """All pieces of the page."""
        contents = self.page.get_contents()
        self.count(len(contents.get_data()) * _MOST_STEPS // _MOST_BYTES if contents is not None else 0)
        self.page.extract_text(visitor_operand_before=self.operation, visitor_text=self.text)
        return self.out

    def count(self, steps: int = 1) -> None:
        """NotOpened when the whole file has asked for too much."""
        self.steps[0] += steps
        if self.steps[0] > _MOST_STEPS:
            raise NotOpened("it holds more than any homework")

    def operation(self, operator: bytes, operands: Any, cm: Any, tm: Any) -> None:
        """Called before each drawing operation."""
        self.count()
        if operator in _SHOWS:
            whole = _product(tm, cm)
            self.last = (whole[5] + self.rise * whole[3], self.mode not in (3, 7) and not self.white)
            self.shown.append(self.last)
        elif operator == b"q":
            self.saved.append((self.mode, self.white, self.rise))
        elif operator == b"Q" and self.saved:
            self.mode, self.white, self.rise = self.saved.pop()
        elif operator == b"Tr":
            self.mode = int(_numbers(operands)[0])
        elif operator == b"Ts":
            self.rise = _numbers(operands)[0]
        elif operator in (b"g", b"rg", b"sc", b"scn"):
            numbers = _numbers(operands)
            self.white = len(numbers) in (1, 3) and min(numbers) > 0.97
        elif operator == b"k":
            self.white = max(_numbers(operands)) < 0.03
        elif operator in (b"re", b"m", b"l"):
            self._rule(operator, _numbers(operands), cm)
        elif operator in (b"Do", b"INLINE IMAGE", b"BI"):
            self._picture(operator, operands, cm)

    def _rule(self, operator: bytes, numbers: list[float], cm: Any) -> None:
        """A line across strikes words out, or stands between the halves of a fraction."""
        x, y = _point(cm, *numbers[:2])
        if operator == b"re":
            right, top = _point(cm, numbers[0] + numbers[2], numbers[1] + numbers[3])
            if abs(top - y) < 3 and abs(right - x) > 2:
                self.out.rules.append((min(x, right), max(x, right), (y + top) / 2))
        elif operator == b"l" and abs(self.at[1] - y) < 1 and abs(self.at[0] - x) > 2:
            self.out.rules.append((min(x, self.at[0]), max(x, self.at[0]), y))
        self.at = (x, y)

    def _picture(self, operator: bytes, operands: Any, cm: Any) -> None:
        x, y = _point(cm, 0.0, 0.0)
        if operator == b"Do":
            drawn: Any = self.page["/Resources"].get("/XObject", {}).get(operands[0])
            if drawn is None or drawn.get_object().get("/Subtype") != "/Image":
                return
        width, height = abs(float(cm[0])), abs(float(cm[3]))
        if width > 12 and height > 12:  # smaller ones are bullets and logos
            self.out.pieces.append(Piece("", x, y, picture=True))

    def text(self, text: str, cm: Any, tm: Any, font: Any, size: float) -> None:
        """Called with the words drawn since the last call."""
        drawn, self.shown = self.shown or [self.last], []
        words = text.replace("\n", " ")
        if not words.strip():
            if words and self.out.pieces:
                self.out.pieces[-1] = self.out.pieces[-1]._replace(words=self.out.pieces[-1].words + " ")
            return
        whole = _product(tm, cm)
        height = abs(float(size)) * (abs(whole[3]) or abs(whole[1]) or 1.0)
        name = str(font.get("/BaseFont", "")) if font else ""
        level = max(y for y, _ in drawn) - min(y for y, _ in drawn) <= 0.1 * height or "\n" in text
        sure = level and all(seen for _, seen in drawn) and "CMEX" not in name.upper() and whole[1] == 0
        self.out.pieces.append(Piece(words, whole[4], drawn[0][0], height, sure))


def _numbers(operands: Any) -> list[float]:
    found = [float(one) for one in operands if isinstance(one, int | float)]
    return found or [0.0]


def _product(a: Any, b: Any) -> list[float]:
    """The matrix by which `a` is followed by `b`; PDF 32000-1, 8.3.4."""
    return [
        a[0] * b[0] + a[1] * b[2],
        a[0] * b[1] + a[1] * b[3],
        a[2] * b[0] + a[3] * b[2],
        a[2] * b[1] + a[3] * b[3],
        a[4] * b[0] + a[5] * b[2] + b[4],
        a[4] * b[1] + a[5] * b[3] + b[5],
    ]


def _point(cm: Any, x: float, y: float = 0.0) -> tuple[float, float]:
    return (x * cm[0] + y * cm[2] + cm[4], x * cm[1] + y * cm[3] + cm[5])
