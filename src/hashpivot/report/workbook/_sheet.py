"""The page: one sheet of a workbook and the few ways a cell of it may be filled."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from math import isfinite
from typing import Any

from hashpivot.core import Missing
from hashpivot.formula import Term

from ..shared import clean, format_missing, safe_url

MONEY = "#,##0;(#,##0);0"
MILLIONS = "#,##0.0,,;(#,##0.0,,);0.0"
SHARE = "0.0%;(0.0%);0.0%"
TIMES = '0.00"×";(0.00"×");0.00"×"'
DECIMAL = "#,##0.00;(#,##0.00);0.00"
COUNT = "#,##0;(#,##0);0"
EXACT = "#,##0.########"

_BLUE, _BLACK, _GREY, _LINK, _BAND = "#0000FF", "#000000", "#7F7F7F", "#0563C1", "#E7EDF3"
COMPUTED: dict[str, object] = {"font_color": _GREY, "italic": True}
"""How a number looks that the desk computed in a way the sheet does not repeat."""

_STARTS_FORMULA = ("=", "+", "-", "@")
_LONGEST_TIP = 255
_NONE = range(0)


@dataclass(frozen=True, slots=True)
class ComputedNumber:
    """A number the desk computed in a way the sheet does not repeat.

    Args:
        value: The number.
        note: How it was computed.
    """

    value: float
    note: str


@dataclass(frozen=True, slots=True)
class SourcedNumber:
    """A number as it was read, with its source.

    Args:
        value: The number.
        url: Sheet it was read from; empty if none is known.
        note: Source and place in it.
    """

    value: float
    url: str
    note: str


CellNumber = SourcedNumber | ComputedNumber | float
"""A number that is no formula."""


class Sheet:
    """One sheet.

    Args:
        sheet: The library's worksheet.
        name: Its name.
        style: Gives the cell format of properties.
    """

    def __init__(self, sheet: Any, name: str, style: Callable[..., Any]) -> None:
        self._sheet = sheet
        self._style = style
        self.name = name
        self._quoted = "'" + name.replace("'", "''") + "'"
        sheet.hide_gridlines(2)
        sheet.set_landscape()
        sheet.set_paper(9)
        sheet.fit_to_pages(1, 0)
        sheet.set_margins(left=0.4, right=0.4, top=0.5, bottom=0.6)
        sheet.set_footer("&L&8&A&R&8&P / &N")
        sheet.set_comments_author("hashpivot")

    def at(self, row: int, column: int) -> str:
        """The address of a cell as this sheet's formulas write it: `C5`."""
        return f"{column_letters(column)}{row + 1}"

    def outside(self, row: int, column: int) -> str:
        """The address as other sheets write it: `'RIOT'!C5`."""
        return f"{self._quoted}!{self.at(row, column)}"

    def text(self, row: int, column: int, text: str, **style: object) -> None:
        """Text, never read as a formula or as an address, not even when a user edits the cell."""
        self._put(row, column, clean(text, 1000), style)

    def link(self, row: int, column: int, text: str, url: str, **style: object) -> None:
        """Text that opens a web page, or `internal:'Sheet'!A1`; plain text if the address is not safe."""
        if url.startswith("internal:") or safe_url(url):
            self._sheet.write_url(row, column, url, string="")
            style = {"font_color": _LINK, "underline": 1} | style
        self._put(row, column, clean(text), style)

    def number(
        self,
        row: int,
        column: int,
        number: SourcedNumber | ComputedNumber | float,
        form: str,
        **style: object,
    ) -> None:
        """A number that is no formula: blue if reported, grey if the desk computed it."""
        if isinstance(number, SourcedNumber):
            self._input(row, column, number, form, style)
            return
        if isinstance(number, ComputedNumber):
            self.note(row, column, f"Computed by the desk: {number.note}")
            style = COMPUTED | style
        value = number.value if isinstance(number, ComputedNumber) else number
        self._value(row, column, value, self._style(num_format=form, **style))

    def formula(self, row: int, column: int, term: Term, form: str, **style: object) -> None:
        """A formula with its value, or `#NUM!` where that is too large for a cell."""
        look = self._style(num_format=form, **{"font_color": _BLACK} | style)
        self._sheet.write_formula(
            row, column, f"={term.text}", look, term.value if isfinite(term.value) else "#NUM!"
        )

    def allow(self, row: int, column: int, low: float, high: float, said: str) -> None:
        """Let a user enter only numbers from `low` to `high`; `said` is the message for others."""
        rule = {"validate": "decimal", "criteria": "between", "minimum": low, "maximum": high}
        self._sheet.data_validation(
            row,
            column,
            row,
            column,
            rule | {"error_title": "Out of range", "error_message": clean(said, 255)},
        )

    def place(self, row: int, column: int, chart: Any) -> None:
        """Put a chart with its upper left corner at a cell."""
        self._sheet.insert_chart(row, column, chart)

    def words(self, row: int, column: int, formula: str, value: str, **style: object) -> None:
        """A formula whose value is text."""
        self._sheet.write_formula(row, column, f"={formula}", self._style(align="center", **style), value)

    def missing(self, row: int, column: int, why: Missing, **style: object) -> None:
        """The kind of absence in grey, with the reason and what would end it in a comment."""
        self._put(row, column, format_missing(why), {"font_color": _GREY, "align": "right"} | style)
        self.note(
            row, column, f"{why.reason or 'no reason is known'}{f' (needs {why.needs})' if why.needs else ''}"
        )

    def note(self, row: int, column: int, text: str) -> None:
        """A comment."""
        lines = 2 + len(text) // 28
        self._sheet.write_comment(row, column, clean(text, 1000), {"width": 240, "height": 18 * lines})

    def band(self, row: int, texts: Sequence[str], width: int, *, numbers: range = _NONE) -> None:
        """A heading across the sheet; those of the columns in `numbers` stand to the right, as numbers do."""
        for column in range(width):
            text = clean(texts[column]) if column < len(texts) else ""
            align = {"align": "right", "text_wrap": True} if column in numbers else {}
            self._put(row, column, text, {"bold": True, "bg_color": _BAND, "valign": "bottom"} | align)

    def layout(self, widths: Sequence[int], *, freeze: tuple[int, int]) -> None:
        """Column widths in characters, and the rows and columns that stay in view."""
        for column, width in enumerate(widths):
            self._sheet.set_column(column, column, width, self._style())
        self._sheet.freeze_panes(*freeze)

    def tall(self, row: int, lines: int) -> None:
        """Give a row the height of several lines of text."""
        self._sheet.set_row(row, 13.5 * lines)

    def repeat(self, row: int) -> None:
        """Print a row at the top of every page."""
        self._sheet.repeat_rows(row)

    def break_before(self, row: int) -> None:
        """Start a printed page with this row."""
        self._sheet.set_h_pagebreaks([row])

    def span(self, row: int, first: int, last: int) -> str:
        """Cells of a row as a chart names them: `='RIOT'!$C$5:$F$5`."""
        cells = (f"${column_letters(column)}${row + 1}" for column in (first, last))
        return f"={self._quoted}!{':'.join(cells)}"

    def column_span(self, column: int, first: int, last: int) -> str:
        """Cells of a column as a chart names them: `='Season'!$C$5:$C$9`."""
        letters = column_letters(column)
        return f"={self._quoted}!${letters}${first + 1}:${letters}${last + 1}"

    def filter(self, first: int, last: int, columns: int) -> None:
        """Let a user filter a table by its headings."""
        self._sheet.autofilter(first, 0, last, columns - 1)

    def _input(
        self, row: int, column: int, number: SourcedNumber, form: str, style: dict[str, object]
    ) -> None:
        if safe_url(number.url):
            tip = clean(number.note, _LONGEST_TIP)
            self._sheet.write_url(row, column, number.url, string="", tip=tip)
        else:
            self.note(row, column, number.note)
        look = self._style(num_format=form, **{"font_color": _BLUE} | style)
        self._value(row, column, number.value, look)

    def _value(self, row: int, column: int, value: float, look: Any) -> None:
        if isfinite(value):
            self._sheet.write_number(row, column, value, look)
        else:
            self._sheet.write_string(row, column, "too large", look)

    def _put(self, row: int, column: int, text: str, style: dict[str, object]) -> None:
        if text.startswith(_STARTS_FORMULA):
            style = style | {"quote_prefix": True}
        self._sheet.write_string(row, column, text, self._style(**style))


def column_letters(column: int) -> str:
    """`A` for 0, `Z` for 25, `AA` for 26."""
    letters = ""
    column += 1
    while column:
        column, rest = divmod(column - 1, 26)
        letters = chr(65 + rest) + letters
    return letters
