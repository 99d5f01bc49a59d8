"""The penalty of short-window LEARs: fixed in deviations of the price, or in proportion to the noise.

    python -m benchmarks.lear_penalty --data ../shared/data/energy

Mean absolute error on days before the test windows of NP, PJM and DE, and on ERCOT west from 2017 to 2020
(drivers: load and wind as they came), every `--step` days. The published LEAR finds its penalty anew every
day and hour; ours was fixed at 0.015 deviations until it was found to be too small where spikes are many.
"""

from __future__ import annotations

import argparse
from collections.abc import Iterator
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from benchmarks.epf import load
from benchmarks.ercot import ercot
from hashpivot.site.forecast import DailyPanel
from hashpivot.site.forecast.day_ahead._lear import STRENGTHS, LinearDays, fit_days
from hashpivot.site.forecast.learning import lasso

Array = NDArray[np.float64]
FIXED = (0.0075, 0.015, 0.03, 0.06)
"""Penalties in deviations of the stabilised price."""


def panels(folder: Path) -> Iterator[tuple[str, DailyPanel, int]]:
    """Markets by name, and the day their test windows begin."""
    for name in ("NP", "PJM", "DE"):
        market = load(folder / "epf_benchmark.parquet", folder / "epf_published_forecasts.parquet", name)
        yield name, market.panel, market.first
    panel = ercot_days(folder)
    yield "ERCOT", panel, len(panel)


def ercot_days(folder: Path) -> DailyPanel:
    """The west zone's day-ahead prices of 2017 to 2020, on days of 24 hours of standard time."""
    table = ercot(folder, "lz_west")
    standard = table.ts_utc - np.timedelta64(6, "h")
    first, last = np.searchsorted(standard, np.array(["2017-01-02", "2021-01-01"], dtype="datetime64[h]"))
    prices, *drivers = (
        np.asarray(table[column])[first:last].reshape(-1, 24)
        for column in ("da_usd_per_mwh", "load_mw", "wind_mw")
    )
    return DailyPanel(standard[first:last:24].astype("datetime64[D]"), prices, np.stack(drivers))


def forecasts(panel: DailyPanel, day: int, window: int) -> dict[str, Array]:
    """The day's 24 prices by each way to set the penalty."""
    span = range(day - window, day)
    fits = {f"{strength} of the noise": fit_days(panel, span, 1, None, (strength,)) for strength in STRENGTHS}
    fits["mean of these"] = mean = fit_days(panel, span, 1)
    found = {name: fit.prices(fit.fitted[-1]) for name, fit in fits.items()}
    return {f"{size} fixed": _fixed(panel, span, mean, size) for size in FIXED} | found


def _fixed(panel: DailyPanel, span: range, fit: LinearDays, size: float) -> Array:
    targets = fit.scale.transform(panel.prices_usd_per_mwh[span.start : span.stop])
    design, days = fit.design[:-1], len(span)
    moment = design.T @ (targets - fit.intercept) / days
    weights = lasso(design.T @ design / days, moment, size * float(targets.std()))
    return fit.prices(fit.design[-1] @ weights + fit.intercept)


def main(arguments: list[str] | None = None) -> None:
    parser = argparse.ArgumentParser(description="Measure penalties of short-window LEARs.")
    parser.add_argument("--data", type=Path, required=True, help="folder of the epf_* and ercot_* files")
    parser.add_argument("--window", type=int, default=56, help="days a LEAR learns from")
    parser.add_argument("--step", type=int, default=29, help="every so many days")
    options = parser.parse_args(arguments)
    for name, panel, last in panels(options.data):
        days = range(max(120, options.window + 10), last, options.step)
        errors: dict[str, list[float]] = {}
        for day in days:
            for way, prices in forecasts(panel, day, options.window).items():
                errors.setdefault(way, []).append(
                    float(np.abs(prices - panel.prices_usd_per_mwh[day]).mean())
                )
        print(f"\n{name}: LEAR {options.window}, {len(days)} days")
        for way, sizes in errors.items():
            print(f"{way:20}{np.mean(sizes):8.3f}", flush=True)


if __name__ == "__main__":
    main()
