"""A user's table of network days: read and checked row by row, appended to."""

from __future__ import annotations

import csv
import io
import os
from collections.abc import Iterator, Mapping, Sequence
from datetime import date, timedelta
from itertools import pairwise
from math import isfinite
from pathlib import Path

from hashpivot.core import InvalidInput, UnreadableFile, read_text

from ._day import NetworkDay, issuance_btc

REQUIRED = ("date", "price_usd", "difficulty", "blocks", "height_end")
"""Columns a user's table must have; `fees_btc` may stand beside them, other columns are not read."""

FEES = "fees_btc"
_FIRST_DAY, _LAST_DAY = date(2009, 1, 3), date(2200, 1, 1)
_ONE = timedelta(days=1)


def read_days(path: Path, covered: tuple[date, date] | None = None) -> tuple[NetworkDay, ...]:
    """The days of a CSV table with the columns `date`, `price_usd`, `difficulty`, `blocks`, `height_end`.

    `fees_btc` may be given too, blank where not known. Other columns are not read.

    Args:
        path: The table.
        covered: First and last day of the table it extends; the rows may leave out days of that one.

    Raises:
        UnreadableFile: If the file cannot be read.
        InvalidInput: If a column, number or day is missing or wrong, naming the row.
    """
    try:
        text = read_text(path)
    except UnicodeDecodeError:
        hint = "save it as `CSV UTF-8 (comma delimited)`"
        raise UnreadableFile("is not UTF-8", where=str(path), hint=hint) from None
    except OSError as error:
        raise UnreadableFile(f"cannot be read: {error.strerror}", where=str(path)) from None
    lines = csv.DictReader(text.splitlines())
    try:
        return _checked(lines, path, covered)
    except csv.Error:  # a cell of more than 131,072 characters
        where = f"{path} line {lines.line_num + 1}"
        raise InvalidInput("a cell is too long", where=where, hint="check its quotes") from None


def _checked(
    lines: csv.DictReader[str], path: Path, covered: tuple[date, date] | None
) -> tuple[NetworkDay, ...]:
    missing = [name for name in REQUIRED if name not in (lines.fieldnames or ())]
    if missing:
        raise InvalidInput(
            f"no column {missing[0]}",
            where=str(path),
            hint=f"columns are {', '.join(REQUIRED)} and, where known, fees_btc",
        )
    days = tuple(_days(lines, path))
    if not days:
        raise InvalidInput("the table has no row", where=str(path))
    for before, after in pairwise(days):
        if not _leaves_out_covered(before, after, covered):
            _follow(before, after, path)
    return days


def write_days(path: Path, days: Sequence[NetworkDay]) -> None:
    """Append days to a user's table, all or none: the file is written aside and put in place.

    Rows that stand keep every cell, also in columns that are not read. A table without `fees_btc` gets it.

    Args:
        path: The table; made, with its folder, if there is none.
        days: Days that follow on its last, each with a price.

    Raises:
        UnreadableFile: If the table cannot be read or written; it is then as it was.
    """
    try:
        text = read_text(path) if path.exists() else ""
        lines = csv.DictReader(text.splitlines())
        names = [*(lines.fieldnames or REQUIRED)]
        names += [] if FEES in names else [FEES]
        made = io.StringIO()
        table = csv.DictWriter(made, names, restval="", extrasaction="ignore", lineterminator="\n")
        table.writeheader()
        table.writerows(lines)
        table.writerows(map(_cells, days))
        _replace(path, made.getvalue())
    except OSError as error:
        hint = "check space and permissions"
        raise UnreadableFile(f"cannot be written: {error.strerror}", where=str(path), hint=hint) from None


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


def _replace(path: Path, text: str) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    aside = path.with_name(f".{path.name}.{os.getpid()}")
    try:
        with aside.open("w", encoding="utf-8", newline="") as file:
            file.write(text)
            file.flush()
            os.fsync(file.fileno())
        aside.replace(path)
    finally:
        aside.unlink(missing_ok=True)


def _days(lines: csv.DictReader[str], path: Path) -> Iterator[NetworkDay]:
    for row in lines:
        where = f"{path} line {lines.line_num}"
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
