"""Price distributions of an ERCOT load zone, walked forward: error, pinball loss, coverage.

    python -m benchmarks.ercot_forecast --data ../shared/data/energy

Models are fitted at the start of every quarter on the hours before it and forecast through it. MAE is that of
the median; "last known" is the latest real-time price (or the day-ahead price of a day before),
"day-ahead" the day-ahead price itself. Pinball is the mean over the levels; below each level stands the share
of hours at or under that quantile.
"""

from __future__ import annotations

import argparse
import time
from collections.abc import Iterator
from dataclasses import dataclass, field
from itertools import pairwise
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from benchmarks.ercot import ercot
from hashpivot.site.forecast import (
    LEVELS,
    DayAheadForecaster,
    PlainFrame,
    Quantiles,
    RealTimeForecaster,
    coverage,
    local_hours,
    pinball,
)

Array = NDArray[np.float64]
Places = NDArray[np.int64]
SHOWN = (0.01, 0.05, 0.1, 0.5, 0.9, 0.95, 0.99)


@dataclass(frozen=True)
class Case:
    """A question: which price, told when, how far ahead.

    Args:
        title: What is forecast.
        price: Its column.
        hour: Local hour of the origins; every hour without.
        leads: Hours ahead that count.
        lag: Age of the "last known" price against the hour, 0 for the one just before the origin.
    """

    title: str
    price: str
    hour: int | None
    leads: range
    lag: int

    def origins(self, local: NDArray[np.datetime64], begin: int, end: int) -> Places:
        """Places of the origins from `begin` to `end`."""
        places = np.arange(begin, end, dtype=np.int64)
        if self.hour is None:
            return places
        hour = (local - local.astype("datetime64[D]")).astype("timedelta64[h]").astype(np.int64)
        return places[hour[places] == self.hour]


CASES = {
    RealTimeForecaster: (
        Case("real time, the next hour", "rt_usd_per_mwh", None, range(1), 0),
        Case("real time, the sixth hour", "rt_usd_per_mwh", None, range(5, 6), 0),
        Case("real time, tomorrow, told at 14:00", "rt_usd_per_mwh", 14, range(10, 34), 48),
    ),
    DayAheadForecaster: (
        Case("day-ahead, tomorrow, told at 10:00", "da_usd_per_mwh", 10, range(14, 38), 24),
    ),
}


@dataclass
class Answers:
    """Quantiles of a case's hours and what came, gathered quarter by quarter."""

    values: list[Array] = field(default_factory=list)
    hours: list[Places] = field(default_factory=list)
    last: list[Array] = field(default_factory=list)


def quarters(table: PlainFrame, first: int, last: int) -> Iterator[tuple[int, int, int]]:
    """Year, first hour and hour after the last of every quarter, in UTC."""
    for year in range(first, last + 1):
        starts = [f"{year}-{month:02}-01" for month in (1, 4, 7, 10)] + [f"{year + 1}-01-01"]
        places = np.searchsorted(table.ts_utc, np.array(starts, dtype="datetime64[h]"))
        for begin, end in pairwise(places):
            yield year, int(begin), int(min(end, len(table.ts_utc) - 48))


def ask(
    model: RealTimeForecaster | DayAheadForecaster,
    case: Case,
    table: PlainFrame,
    origins: Places,
    to: Answers,
) -> None:
    """Forecast a case from its origins."""
    leads = np.array(case.leads)
    predicted = model.predict_all(table, origins, int(leads[-1]) + 1).values_usd_per_mwh[:, leads]
    hours = origins[:, None] + leads
    known = hours - case.lag if case.lag else np.broadcast_to(origins[:, None] - 1, hours.shape)
    to.values.append(predicted.reshape(-1, len(LEVELS)))
    to.hours.append(hours.ravel())
    to.last.append(table[case.price][known].ravel())


def row(name: str, case: Case, table: PlainFrame, answers: Answers) -> str:
    """A line of a case's table."""
    hours, last = np.concatenate(answers.hours), np.concatenate(answers.last)
    quantiles, actual = Quantiles(LEVELS, np.vstack(answers.values)), table[case.price][hours]
    errors = [quantiles.median - actual, table["da_usd_per_mwh"][hours] - actual, last - actual]
    mae = [f"{np.abs(error).mean():8.2f}" for error in errors]
    if case.price == "da_usd_per_mwh":
        mae[1] = f"{'':8}"
    shares = dict(zip(LEVELS.tolist(), coverage(quantiles, actual), strict=True))
    bias = f"{(quantiles.mean - actual).mean():8.2f}{pinball(quantiles, actual).mean():9.3f}"
    return f"{name:6}{''.join(mae)}{bias}" + "".join(f"{shares[level]:7.3f}" for level in SHOWN)


def main(arguments: list[str] | None = None) -> None:
    parser = argparse.ArgumentParser(description="Measure price distributions on ERCOT.")
    parser.add_argument("--data", type=Path, required=True, help="folder of the ercot_*.parquet files")
    parser.add_argument("--zone", default="lz_west")
    parser.add_argument("--years", type=int, nargs=2, default=(2021, 2024), help="first and last")
    options = parser.parse_args(arguments)
    table = ercot(options.data, options.zone)
    local = local_hours(table.ts_utc)
    for forecaster, cases in CASES.items():
        answers: dict[tuple[Case, int], Answers] = {}
        started = time.perf_counter()
        for year, begin, end in quarters(table, *options.years):
            model = forecaster().fit(table.part(0, begin))
            for case in cases:
                to = answers.setdefault((case, year), Answers())
                ask(model, case, table, case.origins(local, begin, end), to)
        taken = time.perf_counter() - started
        for case in cases:
            print(f"\n{options.zone}: {case.title}")
            levels = "".join(f"{level:7.2f}" for level in SHOWN)
            print(f"{'year':6}{'MAE':>8}{'day-ah.':>8}{'last':>8}{'bias':>8}{'pinball':>9}{levels}")
            whole = Answers()
            for year in range(options.years[0], options.years[1] + 1):
                part = answers[case, year]
                print(row(str(year), case, table, part))
                for name in ("values", "hours", "last"):
                    getattr(whole, name).extend(getattr(part, name))
            print(row("all", case, table, whole))
        print(f"{forecaster.__name__}: {taken:.0f} s", flush=True)


if __name__ == "__main__":
    main()
