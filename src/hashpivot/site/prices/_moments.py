"""Moments from text: offsets converted, market local time and ERCOT's delivery hours brought to UTC."""

from __future__ import annotations

import re
from datetime import UTC, datetime, timedelta
from functools import cache
from zoneinfo import ZoneInfo

import numpy as np

from ..model import Bools, InvalidPrices, Whole
from ..model import Times as Moments
from ._layout import MomentColumns
from ._raw_table import RawTable

_MOMENT = re.compile(
    r"([12]\d{3}-\d\d-\d\d[T ]\d\d(?::\d\d(?::\d\d)?)?)(?:[.,]0+)?\s*(Z|UTC|[+-]\d\d(?::?\d\d)?)?"
)
_AMERICAN = re.compile(r"(\d\d?)/(\d\d?)/([12]\d{3})[ T](\d\d?)(:\d\d(?::\d\d)?)(?: ?([AaPp])[Mm])?")
"""Month, day, year, as PJM and spreadsheets of the United States write them, by 12 or 24 hours."""
_DATE = re.compile(r"(\d{4})-(\d\d)-(\d\d)(?:[T ]00:00(?::00)?)?|(\d\d?)/(\d\d?)/(\d{4})")
_HOUR = re.compile(r"(\d{1,2})(?::00){0,2}")
_YES = {"y", "yes", "true", "1"}
_UTC_HINT = "write 2024-08-20T21:00Z, or with its offset from UTC"


def moments(table: RawTable, times: MomentColumns, zone: ZoneInfo) -> Moments:
    """Return the moment each row names, datetime64[s] in UTC, shape (N,).

    Args:
        table: The file.
        times: Where moments stand.
        zone: Market local time.

    Raises:
        InvalidPrices: If a moment cannot be read, has no offset where one is needed, or does not exist or is
            in doubt in local time: with its row.
    """
    if times.kind == "delivery":
        return _delivery(table, times, zone)
    cells = table.columns[times.name]
    if isinstance(cells, np.ndarray) and cells.dtype.kind == "M":
        return _arrow(table, times, cells, zone)
    naive, offset, given = _parsed(table, times.name)
    if times.kind == "local":
        local = np.flatnonzero(~given)
        naive[local] = _local_to_utc(naive[local], zone, None, table.where, local)
    elif times.kind == "offset" and not given.all():
        raise _no_offset(table, times.name, int((~given).argmax()) + 1)
    return naive - offset.astype("timedelta64[m]")


def _arrow(table: RawTable, times: MomentColumns, cells: Moments, zone: ZoneInfo) -> Moments:
    """Moments that Parquet holds as such; pyarrow gives those with a time zone in UTC."""
    seconds = cells.astype("datetime64[s]")
    if (seconds != cells).any():
        row = int((seconds != cells).argmax()) + 1
        raise InvalidPrices(f"{times.name} is no whole second", where=f"{table.where} row {row}")
    if times.kind == "utc" or times.name in table.zoned:
        return seconds
    if times.kind == "offset":
        raise _no_offset(table, times.name, 1)
    return _local_to_utc(seconds, zone, None, table.where, np.arange(len(seconds)))


def _no_offset(table: RawTable, name: str, row: int) -> InvalidPrices:
    return InvalidPrices(
        f"{name} {table.texts(name)[row - 1]!r} has no offset from UTC",
        where=f"{table.where} row {row}",
        hint=f"say what it is: --columns ts_utc={name!r} or --columns ts_local={name!r}",
    )


def _parsed(table: RawTable, name: str) -> tuple[Moments, Whole, Bools]:
    """Return wall times, minutes ahead of UTC, and whether an offset is given."""
    plain, offsets, given = [], [], []
    for row, text in enumerate(table.texts(name), 1):
        found = _MOMENT.fullmatch(_iso(text))
        wall = found[1].replace(" ", "T") if found else ""
        if not found or not _is_time(wall):
            what = "UTC time" if name == "ts_utc" else "time"
            raise InvalidPrices(
                f"{name} {text[:60]!r} is not a {what}", where=f"{table.where} row {row}", hint=_UTC_HINT
            )
        plain.append(wall)
        offsets.append(_minutes(found[2] or ""))
        given.append(found[2] is not None)
    return (
        np.array(plain, dtype="datetime64[s]"),
        np.array(offsets, dtype=np.int64),
        np.array(given, dtype=bool),
    )


def _iso(text: str) -> str:
    """Return a moment that is written month first as `2024-08-20 21:00`, others as they are."""
    found = _AMERICAN.fullmatch(text)
    if not found:
        return text
    month, day, year, hour, rest, half = found.groups()
    if half and not 1 <= int(hour) <= 12:
        return text
    clock = int(hour) % 12 + 12 * (half in "Pp") if half else int(hour)
    return f"{year}-{month:0>2}-{day:0>2} {clock:02}{rest}"


@cache
def _minutes(offset: str) -> int:
    if offset in ("", "Z", "UTC"):
        return 0
    digits = offset[1:].replace(":", "").ljust(4, "0")
    minutes = int(digits[:2]) * 60 + int(digits[2:])
    return -minutes if offset[0] == "-" else minutes


def _is_time(text: str) -> bool:
    try:
        np.datetime64(text, "s")
    except ValueError:
        return False
    return True


def _delivery(table: RawTable, times: MomentColumns, zone: ZoneInfo) -> Moments:
    """ERCOT's date, hour ending 1 to 24, and interval 1 to 4 or 1 to 12."""
    days = [_day(text, table.where, row) for row, text in enumerate(table.texts(times.name), 1)]
    hours = [_hour(text, table.where, row) for row, text in enumerate(table.texts(times.hour), 1)]
    minutes = np.zeros(len(days), dtype=np.int64)
    if times.interval:
        number = table.numbers(times.interval, times.interval)
        inside = np.isin(number, np.arange(1, 13))
        if not inside.all():
            row = int((~inside).argmax()) + 1
            raise InvalidPrices(
                f"{times.interval} is not 1 to 4 or 1 to 12", where=f"{table.where} row {row}"
            )
        minutes = ((number - 1) * (15 if number.max(initial=0) <= 4 else 5)).astype(np.int64)
    wall = np.array(days, dtype="datetime64[D]").astype("datetime64[s]")
    wall = wall + (np.array(hours) - 1).astype("timedelta64[h]") + minutes.astype("timedelta64[m]")
    repeated = None
    if times.repeated:
        repeated = np.array([text.lower() in _YES for text in table.texts(times.repeated)], dtype=bool)
    return _local_to_utc(wall, zone, repeated, table.where, np.arange(len(wall)))


def _day(text: str, where: str, row: int) -> str:
    found = _DATE.fullmatch(text)
    day = ""
    if found:
        day = "-".join(found.group(1, 2, 3)) if found[1] else f"{found[6]}-{found[4]:0>2}-{found[5]:0>2}"
    if not day or not _is_time(day):
        raise InvalidPrices(
            f"{text[:60]!r} is not a date", where=f"{where} row {row}", hint="write 2024-08-20"
        )
    return day


def _hour(text: str, where: str, row: int) -> int:
    found = _HOUR.fullmatch(text.removesuffix(".0"))
    if not found or not 1 <= int(found[1]) <= 24:
        raise InvalidPrices(
            f"hour {text[:60]!r} is not 1 to 24",
            where=f"{where} row {row}",
            hint="hours are those that end then",
        )
    return int(found[1])


def _local_to_utc(wall: Moments, zone: ZoneInfo, repeated: Bools | None, where: str, rows: Whole) -> Moments:
    """Return market local times in UTC.

    An autumn hour that comes twice is told by `repeated`; without it, by coming a second time, or the first
    where the newest comes first.
    """
    if repeated is None and _newest_first(wall):
        return _local_to_utc(wall[::-1], zone, None, where, rows[::-1])[::-1]
    utc = wall.copy()
    offsets: dict[int, tuple[int, int, bool]] = {}
    seen: set[int] = set()
    for n, second in enumerate(wall.astype(np.int64).tolist()):
        hour = second - second % 900
        if hour not in offsets:
            offsets[hour] = _offsets(hour, zone)
        first, later, exists = offsets[hour]
        if not exists:
            raise InvalidPrices(
                f"{wall[n]} does not exist in {zone.key}: clocks go forward",
                where=f"{where} row {int(rows[n]) + 1}",
                hint="if the column is UTC, name it ts_utc",
            )
        again = bool(repeated[n]) if repeated is not None else second in seen
        if first != later and repeated is None:
            seen.add(second)
        utc[n] = wall[n] - np.timedelta64(later if again and first != later else first, "s")
    return utc


def _newest_first(wall: Moments) -> bool:
    steps = np.diff(wall).astype(np.int64)
    return int((steps < 0).sum()) > int((steps > 0).sum())


def _offsets(second: int, zone: ZoneInfo) -> tuple[int, int, bool]:
    """Return seconds ahead of UTC the first and second time a wall time comes, and whether it does."""
    wall = datetime(1970, 1, 1) + timedelta(seconds=second)
    pair = [wall.replace(tzinfo=zone, fold=fold).utcoffset() for fold in (0, 1)]
    first, later = (int(offset.total_seconds()) if offset else 0 for offset in pair)
    back = wall.replace(tzinfo=zone).astimezone(UTC).astimezone(zone).replace(tzinfo=None)
    return first, later, back == wall
