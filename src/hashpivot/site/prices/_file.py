"""Price histories from a user's CSV or Parquet files."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from pathlib import Path
from zoneinfo import ZoneInfo

import numpy as np

from ..model import Floats, InvalidPrices
from ..model import Times as Moments
from ._layout import check_map, unread_notes
from ._plausible import doubts, end_doubts
from ._price_history import REQUIRED, PriceHistory, make_price_history
from ._raw_table import read_raw
from ._series import FileSeries, PriceReading, file_series, joined

_REAL, _AHEAD = REQUIRED
_TWO_DAYS = np.timedelta64(48, "h")


def read_prices(
    path: str | Path | Sequence[str | Path],
    *,
    zone: str = "",
    fill_gaps: bool = False,
    open_end: bool = False,
    columns: Mapping[str, str] | None = None,
    timezone: str = "America/Chicago",
    hour_ending: bool = False,
    currency: str = "USD",
    usd_rate: float | None = None,
) -> PriceHistory:
    """Read prices from CSV or Parquet, every 5, 15, 30 or 60 minutes.

    Columns: `ts_utc` (UTC, or with an offset from it; beginning of the interval), `rt_usd_per_mwh`,
    `da_usd_per_mwh`, optionally `load_mw`, `wind_mw`, `solar_mw`, their day-ahead forecasts `load_fc_mw`,
    `wind_fc_mw`, `solar_fc_mw`, reserve prices `as_regup`, `as_regdn`, `as_rrs`, `as_nspin`, `as_ecrs`, the
    same in real time as `rt_as_regup` and so on, calls as `regup_called` and so on, and `temp_c`. Names of
    gridstatus (Interval Start, Market, Location, SPP, LMP) and ERCOT (DeliveryDate, HourEnding, DeliveryHour,
    DeliveryInterval, SettlementPoint, SettlementPointPrice, DSTFlag) are known. Other columns are left alone.

    Args:
        path: The file, or several that give different columns.
        zone: How its prices are called, and the location whose rows are taken where several have some; the
            file's name if empty.
        fill_gaps: Fill gaps of up to three hours by interpolation.
        open_end: Let the last hours have no real-time price: they are yet to come.
        columns: Column of the file by our name, such as `{"rt_usd_per_mwh": "LMP"}`; also for `ts_utc`,
            `ts_local` (market local time without an offset) and `location`.
        timezone: Market local time, for moments without an offset.
        hour_ending: Moments are the ends of intervals, where a column's name does not say.
        currency: Currency of prices whose column does not say.
        usd_rate: Dollars per unit of that currency.

    Raises:
        UnreadableFile: If a file cannot be read.
        InvalidPrices: If a column is missing, an hour stands twice, a price is missing, with its row; if the
            location is not told, or prices are not in dollars and no rate is given.
        MissingLibrary: If it is Parquet and pyarrow is not installed.
    """
    files = [Path(file) for file in ([path] if isinstance(path, str | Path) else path)]
    if not files:
        raise InvalidPrices("no file of prices is named")
    reading = PriceReading(zone, timezone, columns, hour_ending, currency)
    tables = [read_raw(file) for file in files]
    names = [name for table in tables for name in table.columns]
    check_map(names, columns or {}, str(files[0]))
    series = joined([part for table in tables for part in file_series(table, reading)])
    series = _in_dollars(series, usd_rate)
    series, stood_in = _with_day_ahead(series)
    history = make_price_history(
        series.ts_utc,
        series.columns,
        zone or files[0].stem,
        series.where,
        fill_gaps=fill_gaps,
        open_end=open_end,
    )
    unread = unread_notes([name for name in names if name not in (columns or {}).values()], series.columns)
    doubted = (*doubts(history.columns), *end_doubts(history.clock(ZoneInfo(timezone))))
    notes = (*doubted, *unread, *series.notes)
    return replace(history, notes=(*history.notes, *notes), stood_in=stood_in)


def _in_dollars(series: FileSeries, usd_rate: float | None) -> FileSeries:
    """Return a series with prices converted.

    Raises:
        InvalidPrices: If they are in another currency and no rate is given, or a rate is and all are in
            dollars.
    """
    foreign = series.currencies
    if not foreign and usd_rate is None:
        return series
    if not foreign:
        raise InvalidPrices("all prices are in dollars", where=series.where, hint="leave out --usd-rate")
    name, currency = next(iter(foreign.items()))
    if usd_rate is None:
        raise InvalidPrices(
            f"{name} is in {currency}, not in dollars",
            where=series.where,
            hint=f"give the dollars per {currency}, such as --usd-rate 1.1",
        )
    if not 0 < usd_rate < np.inf:
        raise InvalidPrices(f"a rate of {usd_rate:g} dollars cannot be", where=series.where)
    columns = {
        name: values * usd_rate if name in foreign else values for name, values in series.columns.items()
    }
    note = f"prices in {currency} are converted at {usd_rate:g} USD"
    return replace(series, columns=columns, notes=(*series.notes, note))


def _with_day_ahead(series: FileSeries) -> tuple[FileSeries, tuple[str, ...]]:
    """Return a series with a day-ahead price, and which columns only stand in.

    A file of gridstatus or ERCOT may hold the real-time price alone. That of two days before stands in.
    """
    if _AHEAD in series.columns or series.ours or _REAL not in series.columns or not len(series.ts_utc):
        return series, ()
    stand_in = _two_days_before(series.ts_utc, series.columns[_REAL])
    note = "no day-ahead price: the real-time price two days before stands in for it"
    columns = {**series.columns, _AHEAD: stand_in}
    return replace(series, columns=columns, notes=(*series.notes, note)), (_AHEAD,)


def _two_days_before(ts_utc: Moments, real: Floats) -> Floats:
    row = np.searchsorted(ts_utc, ts_utc - _TWO_DAYS, side="right") - 1
    return real[np.maximum(row, 0)]
