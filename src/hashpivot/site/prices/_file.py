"""Price histories from a user's CSV or Parquet file."""

from __future__ import annotations

import csv
import re
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Any

import numpy as np

from hashpivot.core import UnreadableFile, optional_library

from ..model import Floats, InvalidPrices, Times
from ._price_history import OPTIONAL, REQUIRED, PriceHistory, make_price_history

_PARQUET = b"PAR1"
_TIME = "ts_utc"
_UTC_FORMAT = re.compile(r"[12]\d{3}-\d\d-\d\dT\d\d(:\d\d(:\d\d)?(\.0+)?)?")


def read_prices(
    path: str | Path, *, zone: str = "", fill_gaps: bool = False, open_end: bool = False
) -> PriceHistory:
    """Read prices from CSV or Parquet, every 5, 15, 30 or 60 minutes.

    Columns: `ts_utc` (UTC, beginning of the interval), `rt_usd_per_mwh`, `da_usd_per_mwh`, optionally
    `load_mw`, `wind_mw`, `solar_mw`, their day-ahead forecasts `load_fc_mw`, `wind_fc_mw`, `solar_fc_mw`,
    `as_regup`, `as_regdn`, `as_rrs`, `as_nspin`, `as_ecrs` and `temp_c`. Other columns are left alone.

    Args:
        path: The file.
        zone: How its prices are called; the file's name if empty.
        fill_gaps: Fill gaps of up to three hours by interpolation.
        open_end: Let the last intervals have no real-time price: they are yet to come.

    Raises:
        UnreadableFile: If the file cannot be read.
        InvalidPrices: If a column is missing, an interval stands twice, a price is missing: with its row.
        MissingLibrary: If it is Parquet and pyarrow is not installed.
    """
    file = Path(path)
    ts_utc, columns = (_parquet if _is_parquet(file) else _csv)(file)
    return make_price_history(
        ts_utc, columns, zone or file.stem, str(path), fill_gaps=fill_gaps, open_end=open_end
    )


def _is_parquet(path: Path) -> bool:
    try:
        with path.open("rb") as file:
            return file.read(4) == _PARQUET
    except (OSError, ValueError) as error:
        why = getattr(error, "strerror", None) or str(error)
        raise UnreadableFile(f"cannot be read: {why}", where=str(path)) from None


def _parquet(path: Path) -> tuple[Times, dict[str, Floats]]:
    parquet = optional_library("pyarrow.parquet", "a Parquet file", "site")
    try:
        table = parquet.read_table(path)
        columns = {name: table.column(name).to_numpy() for name in _kept(table.column_names, path)}
    except InvalidPrices:
        raise
    except Exception as error:
        raise UnreadableFile(f"is no Parquet table: {str(error)[:200]}", where=str(path)) from None
    times = columns.pop(_TIME)
    if times.dtype.kind != "M":
        times = _times((str(value) for value in times), path)
    return times, {name: _as_floats(name, values, path) for name, values in columns.items()}


def _as_floats(name: str, values: Any, path: Path) -> Floats:
    try:
        floats: Floats = np.asarray(values, dtype=np.float64)
    except (TypeError, ValueError):
        raise InvalidPrices(f"column {name} does not hold numbers", where=str(path)) from None
    return floats


def _csv(path: Path) -> tuple[Times, dict[str, Floats]]:
    try:
        with path.open(encoding="utf-8-sig", newline="") as lines:
            rows = csv.reader(lines)
            header = next(rows, [])
            kept = _kept(header, path)
            positions = [header.index(name) for name in kept]
            cells = list(_cells(rows, positions, len(header), path))
    except (OSError, ValueError, csv.Error) as error:
        why = getattr(error, "strerror", None) or "is not a CSV text in UTF-8"
        raise UnreadableFile(f"cannot be read: {why}", where=str(path)) from None
    by_column = dict(zip(kept, zip(*cells, strict=True) if cells else [()] * len(kept), strict=True))
    times = _times(by_column.pop(_TIME), path)
    return times, {name: _numbers(name, values, path) for name, values in by_column.items()}


def _cells(rows: Iterator[list[str]], positions: list[int], width: int, path: Path) -> Iterator[list[str]]:
    for number, row in enumerate(rows, 1):
        if row and len(row) != width:
            raise InvalidPrices(f"has {len(row)} cells, the header {width}", where=f"{path} row {number}")
        if row:
            yield [row[position] for position in positions]


def _kept(names: list[str], path: Path) -> list[str]:
    for name in (_TIME, *REQUIRED):
        if names.count(name) != 1:
            what = "is missing" if name not in names else "stands twice"
            hint = f"columns are {_TIME}, {', '.join((*REQUIRED, *OPTIONAL))}"
            raise InvalidPrices(f"column {name} {what}", where=str(path), hint=hint)
    return [_TIME, *(name for name in (*REQUIRED, *OPTIONAL) if name in names)]


def _times(values: Iterable[str], path: Path) -> Times:
    """UTC times: a trailing Z or +00:00 is taken off, another offset is refused."""
    plain = [text.strip().removesuffix("Z").removesuffix("+00:00").replace(" ", "T") for text in values]
    for number, text in enumerate(plain, 1):
        if not _UTC_FORMAT.fullmatch(text) or not _is_time(text):
            raise InvalidPrices(
                f"ts_utc {text!r} is not a UTC time",
                where=f"{path} row {number}",
                hint="write 2024-08-20T21:00Z",
            )
    return np.array(plain, dtype="datetime64[s]")


def _is_time(text: str) -> bool:
    try:
        np.datetime64(text, "s")
    except ValueError:
        return False
    return True


def _numbers(name: str, values: Iterable[str], path: Path) -> Floats:
    texts = list(values)
    try:
        return np.array([float(text) if text.strip() else np.nan for text in texts])
    except ValueError:
        row = next(number for number, text in enumerate(texts, 1) if text.strip() and not _is_number(text))
        raise InvalidPrices(f"{name} {texts[row - 1]!r} is not a number", where=f"{path} row {row}") from None


def _is_number(text: str) -> bool:
    try:
        float(text)
    except ValueError:
        return False
    return True
