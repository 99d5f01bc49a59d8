"""Time of a site's dispatch by length of interval and of period: seconds of a processor.

    OMP_NUM_THREADS=1 python -m benchmarks.site_resolution [--minutes 60 15 5] [--days 91 182 365]

Prices are those of LZ_WEST with a drawn deviation in each interval shorter than an hour. Perfect foresight
decides ten groups with start costs and minimum times of 1 to 4 hours. The rolling horizon decides the site
`west_texas`, its forecasts included, seen live and late. Then comes the whole backtest with all policies,
settled. The last column is the rolling horizon's time per interval: level if time grows linearly.
"""

from __future__ import annotations

import argparse
import time
from collections.abc import Callable
from dataclasses import replace
from datetime import date, timedelta

import numpy as np

from hashpivot.bitcoin import NetworkHistory
from hashpivot.site import (
    Machines,
    Mode,
    PerfectForesight,
    PriceHistory,
    RollingHorizon,
    Site,
    backtest,
    load_site,
    load_zone,
    make_price_history,
)

LAST = date(2024, 12, 30)
BEFORE = 366 + 61
"""Days of prices the policies learn from."""
GROUPS = 10


def prices(minutes: int, days: int) -> PriceHistory:
    """Bundled prices up to the last day, with a deviation of each interval from its hour."""
    hours, each = load_zone("LZ_WEST"), 60 // minutes
    hours = hours.part(hours.hours - (days + BEFORE) * 24, hours.hours)
    ts_utc = (hours.ts_utc[:, None] + np.arange(each) * np.timedelta64(minutes, "m")).ravel()
    columns = {name: np.repeat(values, each) for name, values in hours.columns.items()}
    drawn = np.random.default_rng(1).standard_normal(len(ts_utc))
    columns["rt_usd_per_mwh"] += (each > 1) * drawn * (2 + 0.1 * np.abs(columns["rt_usd_per_mwh"]))
    return make_price_history(ts_utc, columns, "LZ_WEST", "LZ_WEST")


def ten_groups() -> Site:
    """The example's site with ten groups of different efficiency, and room for all."""
    groups = []
    for number in range(GROUPS):
        power = 8.0 + number
        modes = (Mode("eco", 30.0 * power, 0.72 * power), Mode("normal", (36.0 + 3 * number) * power, power))
        times = {"min_on_hours": 1 + number % 4, "min_off_hours": 1 + number % 3}
        groups.append(Machines(f"group {number}", modes, 40.0 + 15 * number, 10.0, **times))
    return replace(load_site("west_texas"), limit_mw=200.0, machines=tuple(groups))


def seconds(run: Callable[[], object]) -> float:
    """Processor seconds of a call."""
    begun = time.process_time()
    run()
    return time.process_time() - begun


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--minutes", type=int, nargs="+", default=(60, 15, 5))
    parser.add_argument("--days", type=int, nargs="+", default=(91, 182, 365))
    wanted = parser.parse_args()
    network = NetworkHistory.load()
    print("minutes  days  foresight, 10 groups  rolling live  rolling late  backtest  us an interval")
    for minutes in wanted.minutes:
        for days in wanted.days:
            table, start = prices(minutes, days), LAST - timedelta(days=days - 1)

            def run(site: Site, *policies: object, regime: str = "live", table=table, start=start) -> float:
                chosen = policies or None
                return seconds(
                    lambda: backtest(
                        site, table, start, LAST, network=network, regime=regime, policies=chosen
                    )
                )

            west, rolling = load_site("west_texas"), RollingHorizon()
            foresight = run(ten_groups(), PerfectForesight())
            live, late, whole = run(west, rolling), run(west, rolling, regime="lagged"), run(west)
            each = 1e6 * live / (days * 24 * 60 / minutes)
            times = f"{foresight:21.2f} {live:13.2f} {late:13.2f} {whole:9.2f} {each:15.1f}"
            print(f"{minutes:7d} {days:5d} {times}", flush=True)


if __name__ == "__main__":
    main()
