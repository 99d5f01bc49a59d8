"""Where a fact is on the page: its table, row and column, the label beside it and the header above it."""

from __future__ import annotations

import re
from functools import cached_property

from lxml import etree

from ._effects import COLUMNS
from ._grid import CELLS, Grid, own_rows
from ._style_sheet import local_name
from ._text import TextReader, inner_text
from ._visible_text import VisibleText

_TABLE = "{*}table"
_NO_LABEL = re.compile(r"[\W\d_]*")
_YEAR = re.compile(r"(19|20)\d\d")
_FOOTNOTE = re.compile(r"(?: ?(?:[(\[](?:\d{1,2}|[a-z]|[ivx]{1,4}|\*{1,4})[)\]]|\*))+$")
_TAIL = 60
_SKIP = frozenset({"exclude", "sup"})


class PageParts:
    """What the layout of a page is made of, in document order; found by whoever walks the page.

    Args:
        root: Root element of the page.

    Attributes:
        facts: Elements that are facts; a fact is known by its number among these.
        tables: Elements of tables.
        sheets: Texts of style sheets.
    """

    def __init__(self, root: etree._Element) -> None:
        self.facts: list[etree._Element] = []
        self.tables: list[etree._Element] = []
        self.sheets: list[str] = []
        self._begun: list[int] = []
        self._table_of: dict[int, int] = {}
        self.root = root  # the last to be let go of: lxml frees a tree without its root twice as slowly

    def add_fact(self, element: etree._Element) -> None:
        """The next fact."""
        self.facts.append(element)
        self._begun.append(len(self.tables))

    def add(self, element: etree._Element) -> None:
        """The next table or style sheet."""
        if local_name(element) == "table":
            self.tables.append(element)
        else:
            self.sheets.append(str(element.text or ""))

    def table(self, fact: int) -> int:
        """Number of the innermost table around a fact, -1 if none."""
        known = self._table_of.get(fact)
        if known is None:
            known = self._table_of[fact] = self._innermost(fact)
        return known

    def _innermost(self, fact: int) -> int:
        table = next(self.facts[fact].iterancestors(_TABLE), None)
        if table is None:
            return -1
        last = self._begun[fact] - 1  # nearly always this one, but tables may stand in each other
        return last if self.tables[last] is table else self._numbers[table]

    @cached_property
    def _numbers(self) -> dict[etree._Element, int]:
        return {table: number for number, table in enumerate(self.tables)}


class Layout:
    """The tables of one page, looked at only when asked.

    Args:
        parts: Of the page.
        first_table: Number of its first table within the filing.
    """

    def __init__(self, parts: PageParts, first_table: int = 0) -> None:
        self._visible = VisibleText(parts.root, parts.sheets)
        self._parts = parts
        self._first = first_table
        self._labels: dict[int, tuple[str, etree._Element | None]] = {}
        self._rows: dict[etree._Element, tuple[str, etree._Element | None]] = {}
        self._grids: dict[etree._Element, Grid] = {}
        self._row_places: dict[etree._Element, dict[etree._Element, int]] = {}
        self._spanned: dict[etree._Element, bool] = {}

    def element(self, fact: int) -> etree._Element:
        """The element of a fact."""
        return self._parts.facts[fact]

    def seen(self, element: etree._Element) -> str:
        """The text of an element as a person sees it."""
        return self._visible.of(element)

    def label(self, fact: int) -> str:
        """The label of the row around a fact."""
        return self._label(fact)[0]

    def in_label(self, fact: int) -> bool:
        """True for a number within the words of its row's label, `net of allowance of $5`."""
        holder = self._label(fact)[1]
        return holder is not None and holder is next(self.element(fact).iterancestors(*CELLS), None)

    def _label(self, fact: int) -> tuple[str, etree._Element | None]:
        known = self._labels.get(fact)
        if known is None:
            cell = next(self.element(fact).iterancestors(*CELLS), None)
            row = None if cell is None else cell.getparent()
            known = self._labels[fact] = ("", None) if row is None else self._row_label(row)
        return known

    def _row_label(self, row: etree._Element) -> tuple[str, etree._Element | None]:
        known = self._rows.get(row)
        if known is None:
            known = self._rows[row] = self._find_label(row)
        return known

    def table(self, fact: int) -> int:
        """Number of the innermost table, -1 if none."""
        number = self._parts.table(fact)
        return number if number < 0 else self._first + number

    def row(self, fact: int) -> int:
        """Row in the innermost table, -1 if none."""
        cell, table = self._cell(fact)
        if cell is None or table is None:
            return -1
        if table in self._grids or next(table.iterchildren(*COLUMNS), None) is not None:
            return self._place(fact)[0]
        row = cell.getparent()
        if row is None or (self._visible.styles.of(row).shown and not self._visible.styles.of(cell).shown):
            return -1
        return self._row_numbers(table).get(row, -1)

    def _row_numbers(self, table: etree._Element) -> dict[etree._Element, int]:
        """The rows of a table, counted without placing their cells."""
        known = self._row_places.get(table)
        if known is None:
            known = self._row_places[table] = {row: number for number, row in enumerate(own_rows(table))}
        return known

    def column(self, fact: int) -> int:
        """Column in the innermost table, -1 if none."""
        return self._place(fact)[1]

    def column_header(self, fact: int) -> str:
        """Texts of the header rows over the fact's column, from the top."""
        row, column = self._place(fact)
        if row < 0:
            return ""
        return self._grid(next(self.element(fact).iterancestors(_TABLE))).header(row, column)

    def _cell(self, fact: int) -> tuple[etree._Element | None, etree._Element | None]:
        """The cell around a fact, and its table."""
        cell = next(self.element(fact).iterancestors(*CELLS), None)
        return cell, None if cell is None else next(cell.iterancestors(_TABLE), None)

    def _place(self, fact: int) -> tuple[int, int]:
        cell, table = self._cell(fact)
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
        style = self._visible.styles.of(row)
        if style.shown:
            words = _first_words(row, lambda cell: self._visible.below(style, cell))
            if words and words[0]:
                return words
            label = self._spanning_label(row)
            if label:
                return label, None
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
