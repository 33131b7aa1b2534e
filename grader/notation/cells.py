"""The cells of a typeset matrix: one that is left empty in a triangular or diagonal matrix is zero."""

from __future__ import annotations

from typing import TYPE_CHECKING

from grader.model.expressions import Expr, Num

if TYPE_CHECKING:
    from grader.notation.tokens import Token


class Cells:
    """Rows that grow cell by cell."""

    def __init__(self) -> None:
        self._rows: list[list[Expr | None]] = [[]]
        self._filled = False  # whether the cell that is open holds something
        self._parted = False  # whether the row that is open has signs between cells
        self._place = (0, 0)

    def take(self, item: Expr) -> None:
        """What stands in the cell that is open; two beside each other are two cells."""
        self._rows[-1].append(item)
        self._filled, self._place = True, item.place

    def end(self, token: Token) -> None:
        """The sign between two cells, or the end of a row; lines and edges say nothing."""
        self._place = (token.start, token.stop)
        if token.kind == "amp":
            if not self._filled:
                self._rows[-1].append(None)
            self._filled, self._parted = False, True
        elif token.kind == "row":
            self._close()
            self._rows.append([])

    def _close(self) -> None:
        if self._parted and not self._filled:
            self._rows[-1].append(None)
        self._filled = self._parted = False

    def rows(self) -> list[list[Expr]]:
        """The rows with something in them; empty cells are zeros in a square matrix, and nothing in any other."""
        self._close()
        rows = [row for row in self._rows if any(cell is not None for cell in row)]
        if not any(cell is None for row in rows for cell in row):
            return [[cell for cell in row if cell is not None] for row in rows]
        width = max(map(len, rows))
        columns = [at for at in range(width) if any(at < len(row) and row[at] is not None for row in rows)]
        square = len(columns) == len(rows) > 1
        zero = Num(0, self._place, "0")
        if not square:
            return [[cell for cell in row if cell is not None] for row in rows]
        return [[(row[at] if at < len(row) else None) or zero for at in columns] for row in rows]
