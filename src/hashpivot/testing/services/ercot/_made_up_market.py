"""A made-up market: a value for every interval, posted when and as ERCOT posts it.

Intervals are made in UTC and then written in local time, the opposite way of a reader's.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import UTC, date, datetime, time, timedelta
from zlib import crc32

from ._ercot_report import (
    DAY_AHEAD,
    DAY_AHEAD_ANCILLARY,
    ERCOT_REPORTS,
    LOAD,
    LOAD_FORECAST,
    REAL_TIME,
    REAL_TIME_ANCILLARY,
    SOLAR,
    WIND,
    ErcotReport,
)
from ._posting import CENTRAL, ErcotPosting

_ANCILLARY = ("REGUP", "REGDN", "RRS", "NSPIN", "ECRS")
_QUARTER, _HOUR, _DAY = timedelta(minutes=15), timedelta(hours=1), timedelta(days=1)
_FORECAST_HOURS = (8, 9, 10)  # local hours at 55 minutes in which forecasts are posted
_AHEAD = 3  # days a forecast reaches; ERCOT's reach seven


def made_up_value(series: str, start: datetime) -> float:
    """The value of a series in an interval: 10 to 110 with two decimals, the same in every run.

    Args:
        series: `HB_WEST day-ahead`, `REGUP`, `TOTAL`, ...
        start: Beginning of the interval, aware.
    """
    return round(10 + crc32(f"{series} {start.astimezone(UTC):%Y-%m-%dT%H:%M}".encode()) % 10_000 / 100, 2)


def ercot_postings(
    first: date,
    last: date,
    points: Iterable[str] = ("HB_WEST",),
    reports: Iterable[ErcotReport] = ERCOT_REPORTS,
) -> list[ErcotPosting]:
    """Postings of local days, from the first to the last.

    Args:
        first: First local day.
        last: Last local day.
        points: Settlement points; those that begin with LZ have an energy-weighted price too.
        reports: Which.
    """
    points, wanted = tuple(points), {report.emil_id for report in reports}
    makers = (
        (DAY_AHEAD, lambda day: [_day_ahead(day, points)]),
        (REAL_TIME, lambda day: _real_time(day, points)),
        (DAY_AHEAD_ANCILLARY, lambda day: [_day_ahead_ancillary(day)]),
        (REAL_TIME_ANCILLARY, _real_time_ancillary),
        (LOAD, lambda day: [_load(day)]),
        (LOAD_FORECAST, _load_forecasts),
        (WIND, lambda day: _renewables(WIND, "wind", day)),
        (SOLAR, lambda day: _renewables(SOLAR, "solar", day)),
    )
    days = [first + _DAY * number for number in range((last - first).days + 1)]
    return [
        posting
        for report, make in makers
        if report.emil_id in wanted
        for day in days
        for posting in make(day)
    ]


def _starts(day: date, step: timedelta) -> list[datetime]:
    """Beginnings of a local day's intervals in UTC."""
    start, end = (datetime.combine(when, time(), CENTRAL).astimezone(UTC) for when in (day, day + _DAY))
    return [start + step * number for number in range((end - start) // step)]


def _at(day: date, hours: float) -> datetime:
    """A wall time of a local day, aware."""
    return (datetime.combine(day, time()) + timedelta(hours=hours)).replace(tzinfo=CENTRAL).astimezone(UTC)


def _hour_cells(start: datetime) -> tuple[str, str, str]:
    """Day, hour ending and flag of an hour."""
    local = start.astimezone(CENTRAL)
    return f"{local:%m/%d/%Y}", f"{local.hour + 1:02}:00", "Y" if local.fold else "N"


def _quarter_cells(start: datetime) -> tuple[str, str, str, str]:
    """Day, hour, interval and flag of a quarter of an hour."""
    local = start.astimezone(CENTRAL)
    quarter = local.minute // 15 + 1
    return f"{local:%m/%d/%Y}", str(local.hour + 1), str(quarter), "Y" if local.fold else "N"


def _day_ahead(day: date, points: Iterable[str]) -> ErcotPosting:
    rows = []
    for start in _starts(day, _HOUR):
        on, hour, flag = _hour_cells(start)
        rows += [
            (on, hour, point, f"{made_up_value(f'{point} day-ahead', start):.2f}", flag) for point in points
        ]
    return ErcotPosting(DAY_AHEAD, _at(day - _DAY, 12.5), tuple(rows))


def _real_time(day: date, points: Iterable[str]) -> Iterator[ErcotPosting]:
    for start in _starts(day, _QUARTER):
        on, hour, quarter, flag = _quarter_cells(start)
        rows = []
        for point in points:
            kinds = ("LZ", "LZEW") if point.startswith("LZ") else ("HU",)
            for kind in kinds:
                series = f"{point} real-time" if kind != "LZEW" else f"{point} energy-weighted"
                rows.append((on, hour, quarter, point, kind, f"{made_up_value(series, start):.2f}", flag))
        yield ErcotPosting(REAL_TIME, _after(start), tuple(rows))


def _after(start: datetime) -> datetime:
    """When a quarter of an hour is posted; in the repeated hour not at the same second of the clock."""
    end = start + _QUARTER
    return end + timedelta(seconds=65 if end.astimezone(CENTRAL).fold else 62)


def _day_ahead_ancillary(day: date) -> ErcotPosting:
    rows = []
    for start in _starts(day, _HOUR):
        on, hour, flag = _hour_cells(start)
        rows += [
            (on, hour, kind, f"{made_up_value(f'{kind} day-ahead', start):.2f}", flag) for kind in _ANCILLARY
        ]
    return ErcotPosting(DAY_AHEAD_ANCILLARY, _at(day - _DAY, 12.5), tuple(rows))


def _real_time_ancillary(day: date) -> Iterator[ErcotPosting]:
    for start in _starts(day, _QUARTER):
        on, hour, quarter, flag = _quarter_cells(start)
        rows = [
            (on, hour, quarter, kind, f"{made_up_value(f'{kind} real-time', start):.2f}", flag)
            for kind in _ANCILLARY
        ]
        yield ErcotPosting(REAL_TIME_ANCILLARY, _after(start), tuple(rows))


def _load(day: date) -> ErcotPosting:
    rows = []
    for start in _starts(day, _HOUR):
        on, hour, flag = _hour_cells(start)
        values = [f"{made_up_value(name, start):.2f}" for name in LOAD.headings[2:-1]]
        rows.append((on, hour, *values, flag))
    return ErcotPosting(LOAD, _at(day + _DAY, 5.8), tuple(rows))


def _load_forecasts(day: date) -> Iterator[ErcotPosting]:
    """Postings of a day for it and the next ones: two models, one of them in use."""
    for hour_posted in _FORECAST_HOURS:
        rows = []
        for start in _ahead(day):
            on, hour, flag = _hour_cells(start)
            for model, used in (("E3", "Y"), ("M", "N")):
                value = made_up_value(f"load {model} {day} {hour_posted}", start)
                rows.append((on, hour, *["1.00"] * 8, f"{value:.2f}", model, used, flag))
        yield ErcotPosting(LOAD_FORECAST, _at(day, hour_posted + 0.5), tuple(rows))


def _renewables(report: ErcotReport, kind: str, day: date) -> Iterator[ErcotPosting]:
    """Postings of a day: two days of what was generated, and a forecast of the next ones."""
    for hour_posted in _FORECAST_HOURS:
        posted = _at(day, hour_posted + 55 / 60)
        rows = []
        for start in (*_starts(day - 2 * _DAY, _HOUR), *_starts(day - _DAY, _HOUR), *_ahead(day)):
            on, hour, flag = _hour_cells(start)
            actual = f"{made_up_value(f'{kind} actual', start):.2f}" if start + _HOUR <= posted else ""
            forecast = made_up_value(f"{kind} {day} {hour_posted}", start)
            rows.append((on, hour, actual, "1.00", f"{forecast:.2f}", flag))
        yield ErcotPosting(report, posted, tuple(rows))


def _ahead(day: date) -> Iterator[datetime]:
    for number in range(_AHEAD):
        yield from _starts(day + _DAY * number, _HOUR)
