"""Where a fact is on the page: its table, row and column, the label beside it and the header above it."""

from __future__ import annotations

import re

from lxml import etree

from ._grid import CELLS, Grid
from ._text import TextReader, inner_text
from ._visible_text import VisibleText

_TABLE = "{*}table"
_NO_LABEL = re.compile(r"[\W\d_]*")
_YEAR = re.compile(r"(19|20)\d\d")
_FOOTNOTE = re.compile(r"(?: ?(?:[(\[](?:\d{1,2}|[a-z]|[ivx]{1,4}|\*{1,4})[)\]]|\*))+$")
_TAIL = 60
_SKIP = frozenset({"exclude", "sup"})


class Layout:
    """The tables of one page, looked at only when asked.

    Args:
        root: Root element of the page.
        fact_tags: Tags of the elements that are facts; facts are known by their number among these.
        first_table: Number of its first table within the filing.
    """

    def __init__(self, root: etree._Element, fact_tags: tuple[str, ...], first_table: int = 0) -> None:
        self._root = root
        self._visible = VisibleText(root)
        self._first = first_table
        self._fact_tags = fact_tags
        self._elements: list[etree._Element] = []
        self._numbers: dict[etree._Element, int] | None = None
        self._rows: dict[etree._Element, tuple[str, etree._Element | None]] = {}
        self._grids: dict[etree._Element, Grid] = {}
        self._spanned: dict[etree._Element, bool] = {}

    def element(self, fact: int) -> etree._Element:
        """The element of a fact; found again, as holding on to thousands of them slows reading down."""
        if not self._elements:
            self._elements = list(self._root.iter(*self._fact_tags))
        return self._elements[fact]

    def label(self, fact: int) -> str:
        """The label of the row around a fact."""
        return self._label(fact)[0]

    def in_label(self, fact: int) -> bool:
        """True for a number within the words of its row's label, `net of allowance of $5`."""
        holder = self._label(fact)[1]
        return holder is not None and holder is next(self.element(fact).iterancestors(*CELLS), None)

    def _label(self, fact: int) -> tuple[str, etree._Element | None]:
        cell = next(self.element(fact).iterancestors(*CELLS), None)
        row = None if cell is None else cell.getparent()
        if row is None:
            return "", None
        known = self._rows.get(row)
        if known is None:
            known = self._rows[row] = self._find_label(row)
        return known

    def table(self, fact: int) -> int:
        """Number of the innermost table, -1 if none."""
        table = next(self.element(fact).iterancestors(_TABLE), None)
        if table is None:
            return -1
        if self._numbers is None:
            self._numbers = {found: n for n, found in enumerate(self._root.iter(_TABLE), self._first)}
        return self._numbers.get(table, -1)

    def row(self, fact: int) -> int:
        """Row in the innermost table, -1 if none."""
        return self._place(fact)[0]

    def column(self, fact: int) -> int:
        """Column in the innermost table, -1 if none."""
        return self._place(fact)[1]

    def column_header(self, fact: int) -> str:
        """Texts of the header rows over the fact's column, from the top."""
        row, column = self._place(fact)
        if row < 0:
            return ""
        return self._grid(next(self.element(fact).iterancestors(_TABLE))).header(row, column)

    def _place(self, fact: int) -> tuple[int, int]:
        cell = next(self.element(fact).iterancestors(*CELLS), None)
        table = None if cell is None else next(cell.iterancestors(_TABLE), None)
        if cell is None or table is None:
            return -1, -1
        return self._grid(table).places.get(cell, (-1, -1))

    def _grid(self, table: etree._Element) -> Grid:
        grid = self._grids.get(table)
        if grid is None:
            grid = self._grids[table] = Grid(table, self._visible)
        return grid

    def _find_label(self, row: etree._Element) -> tuple[str, etree._Element | None]:
        """The first cell with words, or a bare year in the first filled cell; else a cell spanning rows.

        The cell is given if it stands in the row itself. Hidden words are those of a hidden row only, or of a
        row without others.
        """
        if self._visible.styles.of(row).shown:
            found = _first_words(row, self._visible.of) or (self._spanning_label(row), None)
            if found[0]:
                return found
        return _first_words(row, _any_text) or ("", None)

    def _spanning_label(self, row: etree._Element) -> str:
        table = next(row.iterancestors(_TABLE), None)
        if table is None or not self._spans_rows(table):
            return ""
        texts = map(self._visible.of, self._grid(table).spanning(row))
        return _without_footnotes(next((text for text in texts if not _NO_LABEL.fullmatch(text)), ""))

    def _spans_rows(self, table: etree._Element) -> bool:
        known = self._spanned.get(table)
        if known is None:
            known = self._spanned[table] = next(table.iterfind(".//*[@rowspan]"), None) is not None
        return known


def _first_words(row: etree._Element, read: TextReader) -> tuple[str, etree._Element] | None:
    first = True
    for cell in row.iterchildren(*CELLS):
        text = read(cell)
        if not text:
            continue
        if not _NO_LABEL.fullmatch(text) or (first and _YEAR.fullmatch(text)):
            return _without_footnotes(text), cell
        first = False
    return None


def _any_text(cell: etree._Element) -> str:
    return inner_text(cell, skip=_SKIP)


def _without_footnotes(text: str) -> str:
    return text[:-_TAIL] + _FOOTNOTE.sub("", text[-_TAIL:])
