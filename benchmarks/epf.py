"""The day-ahead committee on the open EPF benchmark, beside the published models.

    python -m benchmarks.epf --data epf_benchmark.parquet --published epf_published_forecasts.parquet

One configuration for every market (`hashpivot.site.forecast.DayAheadCommittee`), walked forward over the
days the published forecasts cover (Lago et al. 2021: 728 days). LEAR members are fitted anew every day,
boosted trees every 28 days, networks every 182 days and updated every day between; the weights of the
members come from their past errors alone. The published forecasts are read for the table, never for ours.
`--before DAYS` walks the days before the window instead: the only days settings were chosen on.
"""

from __future__ import annotations

import argparse
import time
from dataclasses import dataclass
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from hashpivot.site.forecast import DailyPanel, DayAheadCommittee

Array = NDArray[np.float64]
PUBLISHED = ("dnn_ensemble", "lear_ensemble")


@dataclass(frozen=True)
class Market:
    """One market: its panel, the days to forecast, the published forecasts of the same days."""

    panel: DailyPanel
    first: int
    last: int
    published: dict[str, Array]


def load(data: Path, published: Path, market: str) -> Market:
    """A market of the two files; hours are in order, 24 a day."""
    ours, theirs = _rows(data, market), _rows(published, market)
    days = ours["ts_local"][::24].astype("datetime64[D]")
    prices, *drivers = (ours[name].reshape(-1, 24) for name in ("price", "exog_1", "exog_2"))
    first = int(np.flatnonzero(days == theirs["ts_local"][0].astype("datetime64[D]"))[0])
    models = {name: column.reshape(-1, 24) for name, column in theirs.items() if name != "ts_local"}
    return Market(
        DailyPanel(days, prices, np.stack(drivers)), first, first + len(models["real_price"]), models
    )


def _rows(path: Path, market: str) -> dict[str, NDArray[np.generic]]:
    import pyarrow.compute as compute
    from pyarrow import parquet

    table = parquet.read_table(path)
    table = table.filter(compute.equal(compute.cast(table["market"], "string"), market)).sort_by("ts_local")
    wanted = [name for name in table.column_names if name != "market" and not name.endswith("_name")]
    columns = {name: table[name].to_numpy() for name in wanted}
    return {name: c if name == "ts_local" else c.astype(np.float64) for name, c in columns.items()}


def markets(path: Path) -> list[str]:
    """Markets in a file, in its order."""
    import pyarrow.compute as compute
    from pyarrow import parquet

    column = parquet.read_table(path, columns=["market"])["market"]
    return [str(name) for name in compute.unique(compute.cast(column, "string")).to_pylist()]


def run(name: str, market: Market, before: int) -> None:
    """Walk and print one market's table."""
    first, last = (market.first - before, market.first) if before else (market.first, market.last)
    started = lap = time.perf_counter()
    seconds: dict[str, float] = {}

    def done(member: str) -> None:
        nonlocal lap
        now = time.perf_counter()
        seconds[member], lap = now - lap, now

    walk = DayAheadCommittee().walk(market.panel, first, last, done)
    taken = time.perf_counter() - started
    prices = market.panel.prices_usd_per_mwh
    actual, weekly = prices[first:last], prices[first - 7 : last - 7]
    table = {f"  {member}": forecast for member, forecast in zip(walk.names, walk.members, strict=True)}
    table = {"hashpivot": walk.combined} | table
    if not before:
        table |= {
            f"published {key}": market.published[key] for key in market.published if key != "real_price"
        }
        mean = np.mean([market.published[key] for key in PUBLISHED], axis=0)
        table["published mean of both ensembles"] = mean
    naive = float(np.abs(weekly - actual).mean())
    days = market.panel.days
    print(f"\n{name}: {days[first]} to {days[last - 1]}, {last - first} days, {taken:.0f} s")
    print(f"{'model':36}{'MAE':>8}{'rMAE':>8}{'seconds':>9}")
    for model, forecast in table.items():
        error = float(np.abs(forecast - actual).mean())
        cost = f"{seconds[model.strip()]:9.0f}" if model.strip() in seconds else ""
        print(f"{model:36}{error:8.3f}{error / naive:8.3f}{cost}")
    print(f"{'naive, same hour a week earlier':36}{naive:8.3f}{1:8.3f}", flush=True)


def main(arguments: list[str] | None = None) -> None:
    parser = argparse.ArgumentParser(description="Forecast the EPF benchmark markets.")
    parser.add_argument("--data", type=Path, required=True, help="epf_benchmark.parquet")
    parser.add_argument("--published", type=Path, required=True, help="epf_published_forecasts.parquet")
    parser.add_argument("--market", help="one market instead of all in the file")
    parser.add_argument(
        "--before", type=int, default=0, help="walk so many days before the test window instead"
    )
    options = parser.parse_args(arguments)
    for name in [options.market] if options.market else markets(options.published):
        run(name, load(options.data, options.published, name), options.before)


if __name__ == "__main__":
    main()
