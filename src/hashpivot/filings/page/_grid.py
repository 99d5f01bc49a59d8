"""A table as a grid: which cell covers which rows and columns."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterator

from lxml import etree

from ..source import MAX_HEADER_ROWS, MAX_SPAN, MAX_SPANNED
from ._computed_style import ComputedStyle
from ._effects import COLUMNS
from ._visible_text import VisibleText

CELLS = ("{*}td", "{*}th")


def own_rows(table: etree._Element) -> list[etree._Element]:
    """The rows of a table, without those of tables inside it."""
    return [row for row in table.iter("{*}tr") if next(row.iterancestors("{*}table")) is table]


class Grid:
    """The cells of one table (not of tables inside it) with their places; hidden ones take none from others.

    Args:
        table: The table.
        visible: Reads the texts of its page.

    Attributes:
        places: `(row, column)` of each cell, from 0, spans counted. Hidden rows count as rows, and their
            cells have places as if they were shown; hidden cells of other rows have none.
    """

    def __init__(self, table: etree._Element, visible: VisibleText) -> None:
        self.places: dict[etree._Element, tuple[int, int]] = {}
        self._visible = visible
        self._rows = own_rows(table)
        self._widths: dict[etree._Element, int] = {}
        self._spanning: dict[etree._Element, list[etree._Element]] = {}
        self._headers: list[tuple[int, list[int], list[etree._Element]]] | None = None
        self._texts: dict[etree._Element, str] = {}
        self._collapsed = set(self._collapsed_columns(table))
        self._place()

    def rows(self) -> Iterator[list[tuple[etree._Element, int, int]]]:
        """For each row its own cells that are shown, from the left: `(cell, column, columns covered)`."""
        for row in self._rows:
            cells = row.iterchildren(*CELLS) if self._visible.styles.of(row).shown else ()
            yield [(cell, self.places[cell][1], self._widths[cell]) for cell in cells if cell in self.places]

    def spanning(self, row: etree._Element) -> list[etree._Element]:
        """Cells of earlier rows that reach down into `row`, from the left."""
        return self._spanning.get(row, [])

    def header(self, row: int, column: int) -> str:
        """Texts over `column` in the rows before the first number, from the top."""
        if self._headers is None:
            self._headers = list(self._header_rows())[-MAX_HEADER_ROWS:]
        words = []
        for number, lefts, cells in self._headers:
            place = bisect_right(lefts, column) - 1
            if number < row and place >= 0 and self._covers(cells[place], column):
                words.append(self._header_text(cells[place]))
        return " ".join(word for word in words if word)

    def _header_text(self, cell: etree._Element) -> str:
        known = self._texts.get(cell)
        if known is None:
            known = self._texts[cell] = self._visible.of(cell)
        return known

    def _covers(self, cell: etree._Element, column: int) -> bool:
        left = self.places[cell][1]
        return left <= column < left + self._widths[cell] and (left > 0 or column == 0)

    def _header_rows(self) -> Iterator[tuple[int, list[int], list[etree._Element]]]:
        for number, row in enumerate(self._rows):
            if next(row.iter("{*}nonFraction"), None) is not None:
                break
            cells = [cell for cell in row.iterchildren(*CELLS) if cell in self.places]
            yield number, [self.places[cell][1] for cell in cells], cells

    def _place(self) -> None:
        reaching: list[tuple[int, int, int, etree._Element]] = []  # first column, one beyond, rows left, cell
        looked_at = 0
        for number, row in enumerate(self._rows):
            style = self._visible.styles.of(row)
            if reaching:
                self._spanning[row] = [cell for _, _, _, cell in reaching]
                looked_at += len(reaching)
            begun: list[tuple[int, int, int, etree._Element]] = []
            column = passed = 0
            for cell in self._shown_cells(row, style) if style.shown else row.iterchildren(*CELLS):
                while passed < len(reaching) and reaching[passed][0] <= column:
                    column = max(column, reaching[passed][1])
                    passed += 1
                width, height = span(cell, "colspan"), span(cell, "rowspan")
                if not self._collapsed.issuperset(range(column, column + width)):
                    self.places[cell] = (number, column)
                    self._widths[cell] = width
                if height > 1:
                    begun.append((column, column + width, height, cell))
                column += width
            if looked_at >= MAX_SPANNED:
                reaching = []
                continue
            if not style.shown:
                continue
            reaching = sorted(
                ((left, end, rows - 1, cell) for left, end, rows, cell in (*reaching, *begun) if rows > 1),
                key=lambda reach: reach[0],
            )

    def _shown_cells(self, row: etree._Element, style: ComputedStyle) -> Iterator[etree._Element]:
        for cell in row.iterchildren(*CELLS):
            if self._visible.styles.below(style, cell).shown:
                yield cell

    def _collapsed_columns(self, table: etree._Element) -> Iterator[int]:
        """Columns that `<col style="visibility: collapse">` hides."""
        column = 0
        for part in table.iterchildren(*COLUMNS):
            for col in list(part.iterchildren("{*}col")) or [part]:
                width = span(col, "span")
                if not self._visible.styles.of(col).shown:
                    yield from range(column, column + width)
                column += width


def span(cell: etree._Element, name: str) -> int:
    """The columns or rows an attribute such as `colspan` says a cell covers."""
    written = (cell.get(name) or "").strip()
    if not (written.isascii() and written.isdecimal()):
        return 1
    return MAX_SPAN if len(written) > 9 else max(1, min(int(written), MAX_SPAN))
