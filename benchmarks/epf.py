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
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from hashpivot.site.forecast import DailyPanel, DayAheadCommittee

Array = NDArray[np.float64]
ENSEMBLES = ("dnn_ensemble", "lear_ensemble")
MODELS = ("dnn_1", "dnn_2", "dnn_3", "dnn_4", "lear_56", "lear_84", "lear_1092", "lear_1456", *ENSEMBLES)


@dataclass(frozen=True)
class Market:
    """One market: its panel, the days to forecast, the published forecasts of the same days."""

    panel: DailyPanel
    first: int
    last: int
    published: dict[str, Array]


def load(data: Path, published: Path, name: str) -> Market:
    """A market of the two files; hours are in order, 24 a day."""
    ours = _rows(data, name, ("price", "exog_1", "exog_2"))
    theirs = _rows(published, name, MODELS)
    days = ours["ts_local"][::24].astype("datetime64[D]")
    prices, *drivers = (ours[column].reshape(-1, 24) for column in ("price", "exog_1", "exog_2"))
    models = {model: theirs[model].reshape(-1, 24) for model in MODELS}
    first = int(np.flatnonzero(days == theirs["ts_local"][0].astype("datetime64[D]"))[0])
    last = first + len(theirs["ts_local"]) // 24
    return Market(DailyPanel(days, prices, np.stack(drivers)), first, last, models)


def _rows(path: Path, market: str, columns: tuple[str, ...]) -> dict[str, NDArray[Any]]:
    import pyarrow.compute as compute
    from pyarrow import parquet

    table = parquet.read_table(path, columns=["market", "ts_local", *columns])
    table = table.filter(compute.equal(compute.cast(table["market"], "string"), market)).sort_by("ts_local")
    if not table.num_rows:
        raise SystemExit(f"{path} holds no market {market}; it holds {', '.join(markets(path))}")
    numbers = {column: table[column].to_numpy().astype(np.float64) for column in columns}
    return {"ts_local": table["ts_local"].to_numpy(), **numbers}


def markets(path: Path) -> list[str]:
    """Markets in a file, in its order."""
    import pyarrow.compute as compute
    from pyarrow import parquet

    column = parquet.read_table(path, columns=["market"])["market"]
    return [str(name) for name in compute.unique(compute.cast(column, "string")).to_pylist()]


def run(name: str, market: Market, before: int) -> None:
    """Walk one market and print its table."""
    first, last = (market.first - before, market.first) if before else (market.first, market.last)
    started = time.perf_counter()
    finished: dict[str, float] = {}
    walk = DayAheadCommittee().walk(
        market.panel, first, last, lambda member: finished.update({member: time.perf_counter()})
    )
    laps = np.diff([started, *finished.values()])
    seconds = dict(zip(finished, laps.tolist(), strict=True))
    taken = time.perf_counter() - started
    forecasts = dict(zip(walk.names, walk.members, strict=True)) | {"hashpivot committee": walk.combined}
    if not before:
        forecasts |= {f"published {model}": values for model, values in market.published.items()}
        mean = np.mean([market.published[model] for model in ENSEMBLES], axis=0)
        forecasts["published mean of both ensembles"] = mean
    days, prices = market.panel.days, market.panel.prices_usd_per_mwh
    forecasts["naive, same hour a week earlier"] = prices[first - 7 : last - 7]
    print(f"\n{name}: {days[first]} to {days[last - 1]}, {last - first} days, {taken:.0f} s")
    print("\n".join(rows(forecasts, prices[first:last], seconds)), flush=True)


def rows(forecasts: dict[str, Array], actual: Array, seconds: dict[str, float]) -> Iterator[str]:
    """Lines of the table; the last forecast is the one errors are relative to."""
    errors = {model: float(np.abs(forecast - actual).mean()) for model, forecast in forecasts.items()}
    naive = list(errors.values())[-1]
    yield f"{'model':36}{'MAE':>8}{'rMAE':>8}{'seconds':>9}"
    for model, error in errors.items():
        cost = f"{seconds[model]:9.0f}" if model in seconds else ""
        yield f"{model:36}{error:8.3f}{error / naive:8.3f}{cost}"


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
