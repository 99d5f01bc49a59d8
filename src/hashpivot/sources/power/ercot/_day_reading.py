"""From the rows of a day to series: every interval at its moment in UTC, or an error."""

from __future__ import annotations

import math
import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import datetime, time, timedelta

from ..series import MarketClock, PowerSeries
from ._day_document import DayDocument
from ._product import MarketProduct, ProductColumn
from ._report_table import POSTED, ReportTable, changed, folded, wall_time

_HOUR = ("hourending", "deliveryhour")
_INTERVAL = ("deliveryinterval",)
_REPEATED = ("dstflag", "repeatedhourflag")
_YES, _NO = {"y", "true", "1"}, {"n", "false", "0"}
_HOUR_CELL = re.compile(r"(\d{1,2})(?::00)?(?::00)?")
_TWICE = "whose hour ending 02:00 comes twice"
_ABSENT = "it has no column DSTFlag; every hour of this day comes once, so none is in doubt"


@dataclass(frozen=True, slots=True)
class DayReading:
    """The series of a day.

    Args:
        series: By name; a series without a value is there, empty.
        notes: What was odd and does no harm.
    """

    series: dict[str, PowerSeries]
    notes: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class _Cell:
    column: ProductColumn
    wall: datetime
    repeated: bool | None
    value: float
    posted: datetime


def read_day(product: MarketProduct, document: DayDocument, clock: MarketClock) -> DayReading:
    """Read the rows of a day.

    Args:
        product: Whose they are.
        document: The rows.
        clock: Of the market.

    Returns:
        A series for every column of the product that exists on that day.

    Raises:
        UnexpectedAnswer: If a column is missing, a cell cannot be what it should be, one posting gives an
            interval two values, or the repeated hour of autumn is not marked as ERCOT marks it.
    """
    where = document.parts[0].where if document.parts else ""
    cells = [cell for part in document.parts for cell in _cells(product, part, document, clock)]
    _check_repeated_hour(cells, document, clock, where)
    newest: dict[tuple[str, datetime], _Cell] = {}
    for cell in cells:
        try:
            start = clock.start(cell.wall, repeated=bool(cell.repeated))
        except ValueError as error:
            raise changed(where, str(error)) from None
        _take(newest, (cell.column.name, start), cell, where)
    return DayReading(_series(product, document, newest), _notes(document))


def _series(
    product: MarketProduct, document: DayDocument, newest: dict[tuple[str, datetime], _Cell]
) -> dict[str, PowerSeries]:
    by_name: dict[str, dict[datetime, float]] = {
        column.name: {} for column in product.valid_columns(document.day)
    }
    for (name, start), held in sorted(newest.items()):
        by_name[name][start] = held.value
    return {
        name: PowerSeries(name, document.point, product.minutes, product.unit, values)
        for name, values in by_name.items()
    }


def _take(
    newest: dict[tuple[str, datetime], _Cell], key: tuple[str, datetime], cell: _Cell, where: str
) -> None:
    held = newest.get(key)
    if held is None or cell.posted > held.posted:
        newest[key] = cell
    elif cell.posted == held.posted and cell.value != held.value:
        raise changed(where, f"two values for {key[0]} at {cell.wall:%Y-%m-%d %H:%M}")


def _check_repeated_hour(cells: list[_Cell], document: DayDocument, clock: MarketClock, where: str) -> None:
    """Both passes of the hour must be marked apart: without that, one would silently replace the other."""
    if not clock.has_repeated_hour(document.day):
        return
    by_name: dict[str, list[_Cell]] = {}
    for cell in cells:
        by_name.setdefault(cell.column.name, []).append(cell)
    for of_column in by_name.values():
        twice = [cell for cell in of_column if clock.comes_twice(cell.wall)]
        marks = {cell.repeated for cell in twice}
        if None in marks:
            raise changed(where, f"no column DSTFlag on the day {_TWICE}")
        if marks == {True}:
            raise changed(where, f"every hour ending 02:00 is marked as repeated on the day {_TWICE}")
        if marks == {False} and (_has_later(of_column, clock) or _differ(twice)):
            raise changed(where, f"no hour is marked as repeated on the day {_TWICE}")


def _has_later(cells: list[_Cell], clock: MarketClock) -> bool:
    """True if there is an hour after the repeated one: both passes of it are over."""
    return any(cell.wall.hour > 1 and not clock.comes_twice(cell.wall) for cell in cells)


def _differ(cells: list[_Cell]) -> bool:
    """True if an interval has two values."""
    values: dict[datetime, float] = {}
    return any(values.setdefault(cell.wall, cell.value) != cell.value for cell in cells)


def _cells(
    product: MarketProduct, table: ReportTable, document: DayDocument, clock: MarketClock
) -> Iterator[_Cell]:
    hour, interval = table.place(_HOUR), table.place(_INTERVAL) if product.minutes < 60 else None
    flag, posted = table.place_or_none(_REPEATED), table.place_or_none(POSTED)
    drop = {
        place: cells
        for heading, cells in product.drop.items()
        if (place := table.places.get(heading)) is not None
    }
    values = _value_places(product, table, document)
    earliest, latest = product.postings(document.day)
    for row in table.rows:
        if any(folded(row[place]) in cells for place, cells in drop.items()):
            continue
        moment = wall_time(row[posted], table.where) if posted is not None else table.posted
        if product.by_posting and moment is not None and not earliest <= moment < latest:
            continue
        wall = _wall(row[hour], "1" if interval is None else row[interval], product, document, table)
        repeated = None if flag is None else _mark(row[flag], table)
        for column, place in values(row):
            if row[place]:
                value = _number(row[place], column, table)
                yield _Cell(column, wall, repeated, value, moment or datetime.min)


_Row = tuple[str, ...]
_ValuePlaces = Callable[[_Row], list[tuple[ProductColumn, int]]]


def _value_places(product: MarketProduct, table: ReportTable, document: DayDocument) -> _ValuePlaces:
    """A function from a row to its columns and the places of their values."""
    columns = product.valid_columns(document.day)
    if not product.value:
        places = [(column, table.place(column.sources)) for column in columns]
        return lambda row: places
    key, value = table.place(product.key), table.place(product.value)
    by_source = {source: column for column in columns for source in column.sources}
    whole = next((column for column in columns if not column.sources), None)

    def of_row(row: _Row) -> list[tuple[ProductColumn, int]]:
        column = whole or by_source.get(folded(row[key]))
        return [(column, value)] if column else []

    return of_row


def _wall(
    hour: str, interval: str, product: MarketProduct, document: DayDocument, table: ReportTable
) -> datetime:
    found = _HOUR_CELL.fullmatch(hour)
    number = int(found[1]) if found else 0
    step = int(interval) if interval.isdecimal() else 0
    if not 1 <= number <= 24 or not 1 <= step <= 60 // product.minutes:
        raise changed(table.where, f"hour ending {hour[:20]!r}, interval {interval[:20]!r} cannot be")
    begins = timedelta(hours=number - 1, minutes=(step - 1) * product.minutes)
    return datetime.combine(document.day, time()) + begins


def _mark(cell: str, table: ReportTable) -> bool:
    text = cell.lower()
    if text not in _YES | _NO:
        raise changed(table.where, f"DSTFlag {cell[:20]!r} is neither yes nor no")
    return text in _YES


def _number(cell: str, column: ProductColumn, table: ReportTable) -> float:
    try:
        value = float(cell)
    except ValueError:
        value = math.nan
    if not math.isfinite(value):
        raise changed(table.where, f"{column.name} {cell[:20]!r} is no number")
    return value


def _notes(document: DayDocument) -> tuple[str, ...]:
    absent = any(part.rows and part.place_or_none(_REPEATED) is None for part in document.parts)
    return (_ABSENT,) if absent else ()
