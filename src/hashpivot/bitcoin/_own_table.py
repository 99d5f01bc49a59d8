"""A user's table of network days: read and checked row by row, appended to."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterator, Mapping, Sequence
from datetime import date, timedelta
from itertools import pairwise
from math import isfinite
from pathlib import Path

from hashpivot.core import (
    CsvRow,
    InvalidInput,
    NotCsv,
    UnreadableFile,
    UnwritableFile,
    csv_rows,
    named_path,
    read_text,
    write_text,
)

from ._day import NetworkDay, issuance_btc

REQUIRED = ("date", "price_usd", "difficulty", "blocks", "height_end")
"""Columns a user's table must have; `fees_btc` may stand beside them, other columns are not read."""

FEES = "fees_btc"
_FIRST_DAY, _LAST_DAY = date(2009, 1, 3), date(2200, 1, 1)
_ONE = timedelta(days=1)


def read_days(path: str | Path, covered: tuple[date, date] | None = None) -> tuple[NetworkDay, ...]:
    """The days of a CSV table with the columns `date`, `price_usd`, `difficulty`, `blocks`, `height_end`.

    `fees_btc` may be given too, blank where not known. Other columns are not read.

    Args:
        path: The table.
        covered: First and last day of the table it extends; the rows may leave out days of that one.

    Raises:
        UnreadableFile: If the file cannot be read.
        InvalidInput: If it is no CSV, a column, number or day is missing or wrong, naming the row.
    """
    path = named_path(path)
    names, rows = _table(path)
    twice = next((name for name in (*REQUIRED, FEES) if names.count(name) > 1), None)
    if twice:
        raise InvalidInput(f"column {twice} stands twice", where=str(path), hint="rename or remove one")
    missing = [name for name in REQUIRED if name not in names]
    if missing:
        raise InvalidInput(
            f"no column {missing[0]}",
            where=str(path),
            hint=f"columns are {', '.join(REQUIRED)} and, where known, fees_btc",
        )
    days = tuple(_days(names, rows, path))
    if not days:
        raise InvalidInput("the table has no row", where=str(path))
    for before, after in pairwise(days):
        if not _leaves_out_covered(before, after, covered):
            _follow(before, after, path)
    return days


def _table(path: Path) -> tuple[list[str], list[CsvRow]]:
    """The header of a table and its rows, without those of empty lines.

    Raises:
        UnreadableFile: If the file cannot be read, or is not UTF-8.
        InvalidInput: If it is no CSV, or a row has another number of cells than the header.
    """
    try:
        header, *rows = [row for row in csv_rows(read_text(path)) if row.cells] or [CsvRow(1, [])]
    except UnicodeDecodeError:
        hint = "save it as `CSV UTF-8 (comma delimited)`"
        raise UnreadableFile("is not UTF-8", where=str(path), hint=hint) from None
    except NotCsv as error:
        where = f"{path} line {error.line}"
        raise InvalidInput(f"is no CSV: {error}", where=where, hint="check its quotes") from None
    except OSError as error:
        raise UnreadableFile(f"cannot be read: {error.strerror}", where=str(path)) from None
    odd = next((row for row in rows if len(row.cells) != len(header.cells)), None)
    if odd:
        raise InvalidInput(
            f"has {len(odd.cells)} cells, the header {len(header.cells)}", where=f"{path} line {odd.line}"
        )
    return header.cells, rows


def write_days(path: Path, days: Sequence[NetworkDay]) -> None:
    """Append days to a user's table, all or none: the file is written aside and put in place.

    Rows that stand keep every cell, also in columns that are not read. A table without `fees_btc` gets it.

    Args:
        path: The table; made, with its folder, if there is none.
        days: Days that follow on its last, each with a price.

    Raises:
        UnreadableFile, InvalidInput: If the table cannot be read.
        UnwritableFile: If it cannot be written; it is then as it was.
    """
    held, rows = _table(path) if path.exists() else ([], [])
    names = [*(held or REQUIRED)]
    names += [] if FEES in names else [FEES]
    made = io.StringIO()
    table = csv.writer(made, lineterminator="\n")
    table.writerow(names)
    table.writerows(row.cells + [""] * (len(names) - len(held)) for row in rows)
    table.writerows([cells.get(name, "") for name in names] for cells in map(_cells, days))
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        write_text(made.getvalue(), path)
    except OSError as error:
        hint = "check space and permissions"
        raise UnwritableFile(f"cannot be written: {error.strerror}", where=str(path), hint=hint) from None


def _cells(row: NetworkDay) -> dict[str, object]:
    fees = "" if row.fees_btc is None else f"{row.fees_btc:.8f}"
    return {
        "date": row.day.isoformat(),
        "price_usd": _plain(row.price_usd),
        "difficulty": _plain(row.difficulty),
        "blocks": row.blocks,
        "height_end": row.height_end,
        FEES: fees,
    }


def _plain(value: float) -> float:
    return int(value) if value.is_integer() else value


def _days(names: Sequence[str], rows: Sequence[CsvRow], path: Path) -> Iterator[NetworkDay]:
    for line, cells in rows:
        row, where = dict(zip(names, cells, strict=True)), f"{path} line {line}"
        try:
            day = date.fromisoformat(row["date"])
        except (TypeError, ValueError):
            raise InvalidInput(
                f"{row['date']!r} is not a day", where=where, hint="write 2026-10-07"
            ) from None
        price, difficulty = _amount(row, "price_usd", where), _amount(row, "difficulty", where)
        blocks, height = _whole(row, "blocks", where), _whole(row, "height_end", where)
        fees = _amount(row, "fees_btc", where, least=0.0) if row.get("fees_btc") else None
        if not _FIRST_DAY <= day <= _LAST_DAY:
            raise InvalidInput(f"{day} is no day of the network", where=where, hint="write 2026-10-07")
        if blocks > height + 1:
            raise InvalidInput(f"{blocks} blocks do not fit below height {height}", where=where)
        issued = issuance_btc(height, blocks)
        flag = "missing" if fees is None else "exact"
        yield NetworkDay(day, price, difficulty, blocks, issued, fees, flag, height)


def _amount(row: Mapping[str, str | None], name: str, where: str, least: float | None = None) -> float:
    """The number in a column: above zero, or at least `least`."""
    text = row[name] or ""
    try:
        value = float(text)
    except ValueError:
        raise InvalidInput(f"{name} {text!r} is not a number", where=where) from None
    if not isfinite(value) or (value <= 0 if least is None else value < least):
        wanted = "above zero" if least is None else f"at least {least:g}"
        raise InvalidInput(f"{name} {text} must be {wanted}", where=where)
    return value


def _whole(row: Mapping[str, str | None], name: str, where: str) -> int:
    value = _amount(row, name, where)
    if value != int(value):
        raise InvalidInput(f"{name} {row[name]} must be a whole number", where=where)
    return int(value)


def _leaves_out_covered(before: NetworkDay, after: NetworkDay, covered: tuple[date, date] | None) -> bool:
    """True if there are days between the two, and the table that is extended has them all."""
    first, last = before.day + _ONE, after.day - _ONE
    return covered is not None and covered[0] <= first <= last <= covered[1]


def _follow(before: NetworkDay, after: NetworkDay, path: Path) -> None:
    if before.day != after.day - _ONE:
        raise InvalidInput(
            f"{after.day} follows on {before.day}",
            where=str(path),
            hint="one row a day, in order, without gaps but for days the bundled table has",
        )
    if after.height_end - before.height_end != after.blocks:
        raise InvalidInput(
            f"{after.blocks} blocks on {after.day} do not lead from height {before.height_end:,} to "
            f"{after.height_end:,}",
            where=str(path),
        )
