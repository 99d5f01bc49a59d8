"""A workbook of one table: the rows of any answer."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any

from ..shared import safe_url
from ._book import Book
from ._sheet import EXACT, MONEY, SHARE, Sheet

_WIDEST, _NARROWEST = 48, 9  # characters of a column


def table_workbook(title: str, rows: Sequence[Mapping[str, Any]], day: date) -> bytes:
    """Return rows as a workbook of one sheet, with a heading that filters; text is never a formula.

    Args:
        title: Of the file and, shortened, of the sheet.
        rows: Cells by column; all rows have the columns of the first.
        day: Written as the day of creation, so that the same rows give the same bytes.
    """
    return tables_workbook(title, {title: rows}, day)


def tables_workbook(title: str, tables: Mapping[str, Sequence[Mapping[str, Any]]], day: date) -> bytes:
    """Return several tables as a workbook, a sheet each; as `table_workbook`, a column `url` holds links.

    Args:
        title: Of the file.
        tables: Rows by name of the sheet.
        day: As `table_workbook`.
    """
    book = Book(title, day)
    for name, rows in tables.items():
        _fill(book.page(name), rows)
    return book.close()


def _fill(sheet: Sheet, rows: Sequence[Mapping[str, Any]]) -> None:
    columns = list(rows[0]) if rows else []
    numbers = [all(_is_number(row.get(name)) for row in rows) for name in columns]
    for place, name in enumerate(columns):
        align = {"align": "right"} if numbers[place] else {}
        sheet.text(0, place, name, bold=True, bg_color="#E7EDF3", **align)
        for number, row in enumerate(rows, start=1):
            _put(sheet, number, place, name, row.get(name))
    sheet.layout([_width(name, rows) for name in columns], freeze=(1, 0))
    if columns:
        sheet.filter(0, len(rows), len(columns))
    sheet.repeat(0)


def _put(sheet: Sheet, row: int, column: int, name: str, value: Any) -> None:
    if value is None:
        return
    if name == "url" and safe_url(str(value)):
        sheet.link(row, column, str(value), str(value))
    elif isinstance(value, int | float) and not isinstance(value, bool):
        sheet.number(row, column, value, _form(name, value))
    else:
        sheet.text(row, column, str(value))


def _form(name: str, value: float) -> str:
    """How a number is shown: the column's name ends with its unit."""
    if name.endswith("_share"):
        return SHARE
    return MONEY if name.endswith("_usd") and float(value).is_integer() else EXACT


def _is_number(value: Any) -> bool:
    return value is None or (isinstance(value, int | float) and not isinstance(value, bool))


def _width(name: str, rows: Sequence[Mapping[str, Any]]) -> int:
    longest = max([len(name), *(len(str(row.get(name) or "")) for row in rows)])
    return min(_WIDEST, max(_NARROWEST, longest + 2))
