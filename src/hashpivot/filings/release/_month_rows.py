"""Tables with a month or quarter in each row, transposed to have them in columns."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date

from hashpivot.core import CellLocator, FiscalCalendar

from ._cell_number import Number, Text, row_numbers
from ._grid_rows import Cell, GridRow, is_note
from ._header_cells import covering
from ._period_header import read_period
from ._row_unit import QUANTITIES, row_unit
from ._types import (
    ReleaseColumn,
    ReleaseRow,
    ReleaseTable,
    UnreadCell,
    release_value,
    without_doubtful_points,
)
from ._unit_note import UnitNote, read_unit_note

_YEAR = re.compile(r"20\d\d")
_LONGEST = 100  # days
_LEFT_OUT = "rows of one period that cannot be told apart left out"

Period = tuple[date, date]


@dataclass(slots=True)
class _Rows:
    """The header over the numbers, and the numbers by row, each row with the label that dates it."""

    header: list[list[Cell]] = field(default_factory=list)
    dated: list[tuple[Period, str, GridRow, list[Number]]] = field(default_factory=list)
    unread: list[tuple[str, GridRow, Text]] = field(default_factory=list)


def month_rows(
    lines: list[GridRow],
    number: int,
    caption: list[str],
    calendar: FiscalCalendar | None,
    currency: str,
    problems: list[tuple[str, str]],
) -> ReleaseTable | None:
    """The table with its periods as columns; None if its rows are not periods or count nothing physical.

    Rows of one period are all left out: nothing says which counts.

    Args:
        lines: Its rows.
        number: From 0, all tables of the file counted.
        caption: Lines before it, nearest last.
        calendar: The company's fiscal calendar, None if unknown.
        currency: Of amounts.
        problems: Takes `(kind, detail)` of what had to be left out.
    """
    found = _sorted(lines, calendar)
    times = Counter(period for period, _, _, _ in found.dated)
    twice = [label for period, label, _, _ in found.dated if times[period] > 1]
    kept = [row for row in found.dated if times[row[0]] == 1]
    columns = tuple(ReleaseColumn(label, *period, currency) for period, label, _, _ in kept)
    notes = map(read_unit_note, reversed(caption))
    note = next((note for note in notes if note.scale is not None), UnitNote())
    dated = [(line, numbers) for _, _, line, numbers in kept]
    rows = without_doubtful_points(_turned(found, dated, number, currency, note), columns)
    if not any(value.unit in QUANTITIES for row in rows for value in row.values):
        return None
    problems += [(_LEFT_OUT, f"{label!r} in table {number}") for label in twice]
    return ReleaseTable(number, tuple(caption), note, columns, rows)


def _sorted(lines: list[GridRow], calendar: FiscalCalendar | None) -> _Rows:
    found, year = _Rows(), ""
    first = min((line.cells[0][0] for line in lines), default=0)
    for line in lines:
        label = line.cells[0][2] if line.cells[0][0] == first else ""
        rest = list(line.cells[1:] if label else line.cells)
        numbers, unread = row_numbers((column, text) for column, _, text in rest)
        period = _period(label, calendar) or (_period(f"{year} {label}", calendar) if year else None)
        if period is not None and (numbers or unread):
            found.dated.append((period, label, line, numbers))
            found.unread += [(label, line, cell) for cell in unread]
        elif _YEAR.fullmatch(label) and not numbers:
            year = label
        elif not found.dated and not numbers and rest and not is_note(label):
            found.header.append(rest)
    return found


def _period(label: str, calendar: FiscalCalendar | None) -> Period | None:
    """The month or quarter a row is about."""
    start, end = read_period(label, "", calendar) or (None, date.min)
    return (start, end) if start is not None and (end - start).days < _LONGEST else None


def _turned(
    found: _Rows, dated: list[tuple[GridRow, list[Number]]], number: int, currency: str, note: UnitNote
) -> Iterator[ReleaseRow]:
    """A row for each column of numbers, labelled with the header words over it."""
    placed: dict[str, list[tuple[int, GridRow, Number]]] = {}
    unread: dict[str, list[UnreadCell]] = {}
    for period, line, (column, text) in found.unread:
        cell = UnreadCell(CellLocator(number, line.number, column), period, text)
        unread.setdefault(_words_over(found.header, column), []).append(cell)
    for place, (line, numbers) in enumerate(dated):
        for each in numbers:
            placed.setdefault(_words_over(found.header, each.column), []).append((place, line, each))
    for row, label in enumerate(dict.fromkeys((*placed, *unread))):
        cells = placed.get(label, [])
        if len({place for place, _, _ in cells}) < len(cells):
            continue  # two columns under one header
        marked = any(each.mark for _, _, each in cells)
        values = tuple(
            release_value(
                place,
                each,
                *row_unit(label, "", each, marked, currency, note),
                CellLocator(number, line.number, each.column),
            )
            for place, line, each in cells
        )
        yield ReleaseRow(row, label, 0.0, "", values, unread=tuple(unread.get(label, ())))


def _words_over(header: list[list[Cell]], column: int) -> str:
    return " ".join(filter(None, (covering(cells, column, header) for cells in header)))
