"""PDF files that hold text. Where the page alone would say how signs belong together, a person looks."""

from __future__ import annotations

import re
from dataclasses import dataclass, field

from grader.model.documents import Document, Note, Span
from grader.read._pdfpages import Missing, NotOpened, Page, Piece, pages_of
from grader.read._sheets import Sheets
from grader.read._written import Written
from grader.read.plain import _DOTTED, _LABEL
from grader.read.reader import Reader

_SAME, _NEAR = 0.12, 0.95  # of the size of the letters: one line, and what belongs to it above and below
_WORD = r"(?:(?:problem|question|exercise|part|task|aufgabe|answer|solution)\s+)?"
_HEAD = re.compile(
    rf"\s*{_WORD}[(\[]?\w{{1,4}}(?:\.\w{{1,3}}){{0,2}}[)\].:]+(?:\s*\([a-z]{{1,3}}\))?(?=\s)", re.IGNORECASE
)
_FOLIO = re.compile(r"\W*(?:page\s*)?\d{1,3}(?:\s*(?:/|of)\s*\d{1,3})?\W*", re.IGNORECASE)
# Signs whose reach only the page shows, and what fonts without names give.
_UNSURE = re.compile("[√∑∏∫∬∮⎛-⎳ˆ˜¯˙¨˘\ufffd\ue000-\uf8ff\x00-\x08\x0b-\x1f\x7f-\x9f]|\\(cid:|/[a-z]+\\d+")
_MESSAGE = "a page does not say how signs above and below each other belong together"


@dataclass(slots=True)
class _Line:
    pieces: list[Piece] = field(default_factory=list)
    sure: bool = True

    @property
    def words(self) -> str:
        return re.sub(r"\s+", " ", "".join(piece.words for piece in self.pieces)).strip()

    @property
    def size(self) -> float:
        return max((piece.size for piece in self.pieces), default=0.0)

    @property
    def y(self) -> float:
        return self.pieces[0].y if self.pieces else 0.0


def read(text: str, name: str) -> Document:
    """A PDF whose bytes were taken for Latin-1."""
    return unpack(text.encode("latin-1", "replace"), name)


def unpack(data: bytes, name: str) -> Document:
    """All pages, each with its own count of lines. What cannot be read becomes a note."""
    try:
        pages = pages_of(data)
    except Missing:
        return Document(name, "", (), (Note("extra-missing", Span(0, 0), (("what", "pdf"),)),))
    except NotOpened as error:
        return Document(name, "", (), (Note("broken-pdf", Span(0, 0), (("message", str(error)),)),))
    lines = [_lines(page, number) for number, page in enumerate(pages, start=1)]
    if not any(line.words for each in lines for line in each):
        return Document(name, "", (), (Note("scanned", Span(0, 0)),))
    sizes = sorted(line.size for each in lines for line in each for _ in line.words)
    sheets = Sheets()
    for number, each in enumerate(lines, start=1):
        sheets.add(f"page {number}", _page(each, sizes[len(sizes) // 2]))
    return sheets.document(name)


def _lines(page: Page, folio: int) -> list[_Line]:
    """Pieces in the order in which they are drawn, those of one line together."""
    lines: list[_Line] = []
    for piece in page.pieces:
        last = lines[-1] if lines else None
        if piece.picture or last is None or last.pieces[0].picture:
            lines.append(_Line([piece], piece.sure))
            continue
        size = max(piece.size, last.size)
        apart = min(abs(piece.y - other.y) for other in last.pieces[-40:])
        if apart > _NEAR * size:
            lines.append(_Line([piece], piece.sure))
            continue
        last.sure = last.sure and piece.sure and apart <= _SAME * size and abs(piece.y - last.y) <= _SAME * size
        last.pieces.append(piece)
    struck = sorted(y for _, _, y in page.rules)
    for line in lines:
        if _UNSURE.search(line.words) or _crossed(line, page.rules if struck else []):
            line.sure = False
    return [line for number, line in enumerate(lines) if not _is_folio(lines, number, folio)]


def _crossed(line: _Line, rules: list[tuple[float, float, float]]) -> bool:
    """Whether a line was drawn through the words, or between what stands above and below each other."""
    left = min(piece.x for piece in line.pieces)
    heights = [piece.y for piece in line.pieces]
    low, high = min(heights) + 0.12 * line.size, max(heights) + 0.7 * line.size
    return any(low < y < high and right > left for _, right, y in rules)


def _is_folio(lines: list[_Line], number: int, page: int) -> bool:
    """The number of a page, alone at its top or bottom, is no answer."""
    if number not in (0, len(lines) - 1) or not _FOLIO.fullmatch(lines[number].words):
        return False
    if len(lines) == 1:
        return page > 1 and lines[number].words == str(page)
    other = lines[1] if number == 0 else lines[-2]
    return other.pieces[0].picture or abs(other.y - lines[number].y) > 1.8 * max(lines[number].size, other.size)


def _page(lines: list[_Line], size: float) -> Document:
    page = Written()
    before: _Line | None = None
    for line in lines:
        if before is not None:
            if _parts(before, line, size):
                page.close("heading" if _is_heading(before, size) else "", 2 if _is_heading(before, size) else 0)
            else:
                page.line()
        _write(page, line)
        before = line
    if before is not None:
        page.close("heading" if _is_heading(before, size) else "", 2 if _is_heading(before, size) else 0)
    return page.document("")


def _is_heading(line: _Line, size: float) -> bool:
    return line.sure and size * 1.12 < line.size and not line.pieces[0].picture and len(line.words) < 80


def _parts(before: _Line, line: _Line, size: float) -> bool:
    """Whether a paragraph ends between two lines."""
    if line.pieces[0].picture or before.pieces[0].picture or _is_heading(before, size) or _is_heading(line, size):
        return True
    down = before.y - line.y
    words = line.words
    return not 0 < down < 1.75 * max(before.size, line.size) or bool(
        _LABEL.match(words) or _DOTTED.match(words) or _HEAD.match(words + " ")
    )


def _write(page: Written, line: _Line) -> None:
    if line.pieces[0].picture:
        page.words("[picture]", "image")
        return
    words = line.words
    if line.sure:
        page.words(words)
        return
    label = _HEAD.match(words + " ")
    page.words(words[: label.end()] + " " if label else "")
    page.not_read(_MESSAGE, words[label.end() if label else 0 :].strip() or "formula")


_EXAMPLE = """%PDF-1.4
1 0 obj << /Type /Catalog /Pages 2 0 R >> endobj
2 0 obj << /Type /Pages /Kids [3 0 R] /Count 1 >> endobj
3 0 obj << /Type /Page /Parent 2 0 R /MediaBox [0 0 300 300] /Contents 4 0 R
/Resources << /Font << /F << /Type /Font /Subtype /Type1 /BaseFont /Helvetica >> >> >> >> endobj
4 0 obj << /Length 77 >> stream
BT /F 12 Tf 50 250 Td (Problem 1) Tj 0 -30 Td (\\(a\\) The shape is 5 x 4.) Tj ET
endstream endobj
trailer << /Root 1 0 R >>
startxref
0
%%EOF
"""

READER = Reader("pdf", (".pdf",), read, (_EXAMPLE,), unpack)
