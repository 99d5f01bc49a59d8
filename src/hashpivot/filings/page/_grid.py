"""A table as a grid: which cell covers which rows and columns."""

from __future__ import annotations

from lxml import etree

from ._text import inner_text

_MAX_SPAN = 1000
_SKIP = frozenset({"exclude", "sup"})
CELLS = ("{*}td", "{*}th")


class Grid:
    """The cells of one table (not of tables inside it) with their places.

    Attributes:
        places: `(row, column)` of each cell, from 0, spans counted.
    """

    def __init__(self, table: etree._Element) -> None:
        self.places: dict[etree._Element, tuple[int, int]] = {}
        self._rows = [row for row in table.iter("{*}tr") if next(row.iterancestors("{*}table")) is table]
        self._widths: dict[etree._Element, int] = {}
        self._spanning: dict[etree._Element, list[etree._Element]] = {}
        self._headers: list[list[etree._Element]] | None = None
        self._place()

    def rows(self) -> list[list[tuple[etree._Element, int, int]]]:
        """For each row its own cells, from the left: `(cell, column, columns covered)`."""
        return [
            [(cell, self.places[cell][1], self._widths[cell]) for cell in row.iterchildren(*CELLS)]
            for row in self._rows
        ]

    def spanning(self, row: etree._Element) -> list[etree._Element]:
        """Cells of earlier rows that reach down into `row`, from the left."""
        return self._spanning.get(row, [])

    def header(self, row: int, column: int) -> str:
        """Texts over `column` in the rows before the first number, from the top."""
        if self._headers is None:
            self._headers = self._header_rows()
        words = [
            inner_text(cell, skip=_SKIP)
            for cells in self._headers[:row]
            for cell in cells
            if self._covers(cell, column)
        ]
        return " ".join(word for word in words if word)

    def _covers(self, cell: etree._Element, column: int) -> bool:
        left = self.places[cell][1]
        return left <= column < left + self._widths[cell] and (left > 0 or column == 0)

    def _header_rows(self) -> list[list[etree._Element]]:
        rows: list[list[etree._Element]] = []
        for row in self._rows:
            if next(row.iter("{*}nonFraction"), None) is not None:
                break
            rows.append(list(row.iterchildren(*CELLS)))
        return rows

    def _place(self) -> None:
        reaching: dict[int, tuple[int, etree._Element]] = {}
        for number, row in enumerate(self._rows):
            reaching = {column: held for column, held in reaching.items() if held[0] > number}
            if reaching:
                self._spanning[row] = list(dict.fromkeys(held[1] for _, held in sorted(reaching.items())))
            column = 0
            for cell in row.iterchildren(*CELLS):
                while column in reaching:
                    column += 1
                width, height = _span(cell, "colspan"), _span(cell, "rowspan")
                self.places[cell] = (number, column)
                self._widths[cell] = width
                if height > 1:
                    reaching |= dict.fromkeys(range(column, column + width), (number + height, cell))
                column += width


def _span(cell: etree._Element, name: str) -> int:
    written = cell.get(name)
    if written is None:
        return 1
    return max(1, min(int(written), _MAX_SPAN)) if written.isascii() and written.isdecimal() else 1
