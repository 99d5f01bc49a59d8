"""A table of a page as rows of a label and numbers, before anything is known about its columns."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cached_property

from lxml import etree

from ..page import Grid, VisibleText, span, unstruck
from ..source import MAX_CELL_CHARACTERS, MAX_TABLE_CELLS, MAX_TABLE_WIDTH
from ._cell_number import Number, Text, row_numbers
from ._period_header import period_words
from ._unit_note import is_thousands

_WORDS = re.compile(r"[^\W\d_]{2}|^[^\W\d_]\b")
_FOOTNOTE = re.compile(r"(?:\s*(?:[(\[](?:\d{1,2}|[a-z]|[ivx]{1,4}|\*+)[)\]]|\*+|†))+$")
_NOTE = re.compile(
    r"\bthousands?\b|\bmillions?\b|\bunaudited\b|\bexpressed\b|['’$]000|\bin\s(?:us)?[$'’]?\s?000|\$,?\s?(?:in\s)?(?:k|mm?|bn)\b|\bin\s\$?\s?(?:k|mm?|bn)\b|\b(?:months?|weeks?|quarters?|years?|period)\s"
    r"(?:then )?ended\b|^as (?:of|at)\b|\bdollars\b"
)
_RESULT = re.compile(
    r"(?:total (?:net )?|net )(?:revenues?|sales)(?: ?\([^()]*\))?:?"
    r"|(?:(?:bitcoins?|btc) (?:produced|mined|held|sold)|[\w. ]{0,20}hash ?rate)(?: ?\([^()]*\))?:?",
    re.IGNORECASE,
)
_LOWER_RESULTS = tuple(
    re.compile(rf"{word} (?:\(?(?:loss|income|profit)\)?[ /]*){{1,2}}(?:from operations)?:?", re.IGNORECASE)
    for word in ("operating", "net")
)
"""Together they make an income statement, or its second half; alone net income stands in other statements."""
_INDENT = re.compile(r"(padding-left|margin-left|text-indent|padding)\s*:\s*([^;]+)", re.IGNORECASE)
_LENGTH = re.compile(r"(-?[\d.]+)\s*(pt|px|em|in|%)?")
_POINTS = {"pt": 1.0, "px": 0.75, "em": 10.0, "in": 72.0, "%": 1.0, "": 0.75}

Cell = tuple[int, int, str]
"""Grid column, columns covered, text."""


@dataclass(frozen=True)
class GridRow:
    """One row of a table.

    Args:
        number: From 0, as in the page.
        cells: Its non-empty cells, from the left.
        indent: Of its first cell, in points.
    """

    number: int
    cells: tuple[Cell, ...]
    indent: float

    @cached_property
    def _read(self) -> tuple[list[Number], list[Text]]:
        cells = [(column, text) for column, _, text in self.cells]
        if cells and cells[0][0] == 0 and re.fullmatch(r"(?:19|20)\d\d", cells[0][1]):
            cells = cells[1:]
        return row_numbers(cells)

    @property
    def numbers(self) -> list[Number]:
        """All its numbers, including years; a year in the first column is the label."""
        return self._read[0]

    @property
    def unread(self) -> list[Text]:
        """Its cells beside the first with digits that show no plain number."""
        return [cell for cell in self._read[1] if cell[0] > self.cells[0][0]]

    @cached_property
    def only_unread(self) -> bool:
        """True if it begins with words, and digits follow that give neither a number nor a part of a date."""
        texts = [text for _, text in self.unread]
        dated = any(period_words(text).says for text in texts)
        return bool(texts) and not self.numbers and not dated and bool(_WORDS.search(self.cells[0][2]))

    @property
    def only_years(self) -> bool:
        """True if it has numbers and all of them may be years of a header."""
        return bool(self.numbers) and all(number.may_be_year and not number.mark for number in self.numbers)

    def label(self, body: int) -> str:
        """The first words left of the column where the numbers begin; footnote marks removed."""
        first = [unstruck(text) for column, _, text in self.cells if column < body]
        words = next((text for text in first if _WORDS.search(text) or is_note(text)), "")
        if not words and first and re.fullmatch(r"(?:19|20)\d\d", first[0]):
            words = first[0]
        return _FOOTNOTE.sub("", words)

    @property
    def beside(self) -> str:
        """The words between its first cell and its first number, such as a column of units; empty if none."""
        end = self.numbers[0].column if self.numbers else 0
        return " ".join(text for column, _, text in self.cells[1:] if column < end and _WORDS.search(text))

    def over(self, body: int) -> list[Cell]:
        """Its cells over the numbers: a header's."""
        return [cell for cell in self.cells if cell[0] >= body or 0 < cell[0] < body < cell[0] + cell[1]]


def table_lines(table: etree._Element, visible: VisibleText) -> list[GridRow]:
    """The rows of a table with any text that is seen.

    Raises:
        ValueError: If it is larger than any statement.
    """
    if _too_large(table):
        raise ValueError("a table with more cells than any statement")
    lines = []
    for number, cells in enumerate(Grid(table, visible).rows()):
        texts = [(column, width, visible.of(cell)[:MAX_CELL_CHARACTERS]) for cell, column, width in cells]
        filled = tuple(cell for cell in texts if cell[2])
        if filled:
            lines.append(GridRow(number, filled, _indent(cells[0][0])))
    return lines


def body_column(lines: list[GridRow]) -> int | None:
    """The leftmost column numbers stand in, in rows that begin with words; None if there is no such row."""
    columns = [
        line.numbers[0].column - (1 if _marked(line) else 0)
        for line in lines
        if _WORDS.search(line.cells[0][2]) and line.numbers and not line.only_years
    ]
    unread = [line.unread[0][0] for line in lines if line.only_unread] if not columns else []
    return min(columns or unread, default=None)


def result_row(lines: list[GridRow]) -> str:
    """The label of the first row with numbers of a result, such as revenue or bitcoin mined; or ""."""
    rows = [line for line in lines if line.numbers and not line.only_years]
    labels = [_FOOTNOTE.sub("", text) for line in rows for _, _, text in line.cells]
    lower = [next(filter(kind.fullmatch, labels), "") for kind in _LOWER_RESULTS]
    return next(filter(_RESULT.fullmatch, labels), lower[0] if all(lower) else "")


def is_note(text: str) -> bool:
    """True for words about the whole table: units, periods, "unaudited"."""
    return is_thousands(text) or bool(_NOTE.search(text.lower()))


def _marked(line: GridRow) -> bool:
    """True if the first number's currency mark stands in a cell of its own."""
    first = line.numbers[0]
    return any(column == first.column - 1 for column, _, _ in line.cells[1:])


def _too_large(table: etree._Element) -> bool:
    cells = 0
    for row in table.iter("{*}tr"):
        width = 0
        for cell in row.iterchildren("{*}td", "{*}th"):
            width += span(cell, "colspan")
            cells += 1
        if width > MAX_TABLE_WIDTH or cells > MAX_TABLE_CELLS:
            return True
    return False


def _indent(cell: etree._Element) -> float:
    """Left padding, margin and first-line indent of a cell and its first child, in points."""
    total = 0.0
    for element in (cell, *cell[:1]):
        for name, written in _INDENT.findall(element.get("style") or ""):
            sizes = _LENGTH.findall(written)
            chosen = sizes[3] if name.lower() == "padding" and len(sizes) > 3 else sizes[0] if sizes else None
            if chosen and (name.lower() != "padding" or len(sizes) > 3):
                total += _points(*chosen)
    text = cell.text or ""
    return total + 3 * (len(text) - len(text.lstrip("\xa0 ")) if "\xa0" in text[:40] else 0)


def _points(number: str, unit: str) -> float:
    try:
        return float(number) * _POINTS[unit]
    except ValueError:
        return 0.0
