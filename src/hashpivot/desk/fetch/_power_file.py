"""The hourly tables of fetched power data, in the form `hashpivot site --prices` reads."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from hashpivot.core import UnreadableFile, UnwritableFile, csv_rows, home, read_text, write_text
from hashpivot.sources.power import PowerSeries

_TIME = "ts_utc"
_FIRST = (_TIME, "rt_usd_per_mwh", "da_usd_per_mwh")
Hours = dict[str, dict[str, str]]
"""Cells by column, by beginning of the hour as it is written."""


@dataclass(frozen=True, slots=True)
class PowerFile:
    """What became of one table.

    Args:
        path: The file.
        point: Settlement point whose prices it holds, empty if none.
        found: Hourly values that were fetched.
        new: Those that it did not hold.
        changed: Those it held with another value, which is replaced.
        unchanged: Those it held.
        hours: Hours it holds now.
    """

    path: Path
    point: str
    found: int = 0
    new: int = 0
    changed: int = 0
    unchanged: int = 0
    hours: int = 0

    def to_dict(self) -> dict[str, Any]:
        """One file in the JSON contract of `hashpivot fetch power`."""
        return {
            "path": str(self.path),
            "point": self.point,
            "found": self.found,
            "new": self.new,
            "changed": self.changed,
            "unchanged": self.unchanged,
            "hours": self.hours,
        }


def power_folder() -> Path:
    """Where the tables stand: `power` in the user's home folder."""
    return home() / "power"


def power_path(market: str, point: str) -> Path:
    """The table of a market's point, or of a market's series without prices."""
    return power_folder() / (f"{market}_{point}.csv" if point else f"{market}.csv")


def write_hours(path: Path, point: str, series: Iterable[PowerSeries]) -> PowerFile:
    """Put the hourly means of series into a table, at once or not at all.

    Other hours and columns stay as they are. An hour without all its intervals is left out.

    Args:
        path: The table; made if it does not exist.
        point: Settlement point.
        series: What was fetched; the name of each is its column.

    Raises:
        UnreadableFile: If it cannot be read as such a table.
        UnwritableFile: If it cannot be written; it is then as it was.
    """
    from filelock import FileLock

    fetched = _fetched(series)
    if not fetched:
        return PowerFile(path, point, hours=len(_read(path)))
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        with FileLock(path.with_name(f".{path.name}.lock")):
            held = _read(path)
            made = _merged(held, fetched, PowerFile(path, point))
            if made.new or made.changed:
                _write(path, held)
            return made
    except OSError as error:
        raise UnwritableFile(
            f"cannot be written: {error.strerror or error}",
            where=str(path),
            hint="check space and permissions",
        ) from None


def _fetched(series: Iterable[PowerSeries]) -> Hours:
    hours: Hours = {}
    for one in series:
        for start, value in one.hourly().items():
            hours.setdefault(_hour(start), {})[one.name] = _cell(value)
    return hours


def _merged(held: Hours, fetched: Mapping[str, Mapping[str, str]], file: PowerFile) -> PowerFile:
    """Put what was fetched into what is held, and count."""
    new = changed = unchanged = 0
    for hour, cells in fetched.items():
        row = held.setdefault(hour, {})
        for name, cell in cells.items():
            before = row.get(name, "")
            new += not before
            unchanged += before == cell
            changed += bool(before) and before != cell
            row[name] = cell
    return PowerFile(file.path, file.point, new + changed + unchanged, new, changed, unchanged, len(held))


def _read(path: Path) -> Hours:
    try:
        rows = [row.cells for row in csv_rows(read_text(path))]
    except FileNotFoundError:
        return {}
    except (OSError, ValueError) as error:
        reason = getattr(error, "strerror", None) or "it is no CSV text in UTF-8"
        raise UnreadableFile(f"cannot be read: {reason}", where=str(path), hint=_AWAY) from None
    heads = rows[0] if rows else []
    if _TIME not in heads:
        raise UnreadableFile(f"has no column {_TIME}", where=str(path), hint=_AWAY)
    hours: Hours = {}
    for number, row in enumerate(rows[1:], 1):
        if not row:
            continue
        cells = dict(zip(heads, row, strict=False))
        hour = _written_hour(cells.pop(_TIME, ""))
        if len(row) != len(heads) or hour is None or hour in hours:
            raise UnreadableFile("is no row of hours", where=f"{path} row {number}", hint=_AWAY)
        hours[hour] = cells
    return hours


_AWAY = "move the file away; a new one is written from what is in the store"


def _write(path: Path, hours: Hours) -> None:
    names = {name for cells in hours.values() for name in cells} - set(_FIRST)
    heads = [*_FIRST, *sorted(names)]
    text = io.StringIO(newline="")
    writer = csv.writer(text, lineterminator="\n")
    writer.writerow(heads)
    for hour, cells in sorted(hours.items()):
        writer.writerow([hour, *(cells.get(name, "") for name in heads[1:])])
    write_text(text.getvalue(), path)


def _hour(start: datetime) -> str:
    return f"{start.astimezone(UTC):%Y-%m-%dT%H:00Z}"


def _written_hour(text: str) -> str | None:
    """An hour as we write it, from any form of UTC that the reader takes."""
    try:
        moment = datetime.fromisoformat(text.strip())
    except ValueError:
        return None
    moment = moment if moment.tzinfo else moment.replace(tzinfo=UTC)
    return _hour(moment) if not (moment.utcoffset() or moment.minute or moment.second) else None


def _cell(value: float) -> str:
    text = f"{value:.6f}".rstrip("0").rstrip(".")
    return "0" if text == "-0" else text
