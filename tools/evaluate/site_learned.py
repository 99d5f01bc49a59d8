"""Boosted trees against the plain forecaster of real-time prices; takes a quarter of an hour.

python -m tools write site-learned
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import date

from hashpivot.bitcoin import NetworkHistory
from hashpivot.site import (
    BasisForecaster,
    RealTimeForecaster,
    RollingHorizon,
    ThresholdRealTime,
    backtest,
    load_site,
    load_zone,
)

from ..parts import Made
from .site_policies import END, START, joined, periods


def make() -> Made:
    """The table of the page."""
    return {"site-learned": joined(learned())}


def learned() -> Iterator[str]:
    """Profit by each forecaster, USD m: in the years one was chosen on, and in those of the page."""
    policies = (
        ThresholdRealTime(),
        RollingHorizon(BasisForecaster, name="plain"),
        RollingHorizon(RealTimeForecaster, name="trees"),
    )
    prices, network = load_zone("LZ_WEST"), NetworkHistory.load()
    heads = [f"{regime}, {policy.name}" for regime in ("live", "lagged") for policy in policies]
    yield f"| site | period | {' | '.join(heads)} |"
    yield "| --- | --- " + "| ---: " * len(heads) + "|"
    for start, end in ((date(2018, 1, 1), date(2020, 12, 30)), (START, END)):
        for name in ("west_texas", "hedged_reserves"):
            bare = replace(load_site(name), tariffs=())
            done = [
                backtest(bare, prices, start, end, network=network, regime=regime, policies=policies)
                for regime in ("live", "lagged")
            ]
            for period, inside in periods(done[0]):
                profits = [pnl.profit_usd[inside].sum() for test in done for pnl in test.pnl.values()]
                cells = [f"{usd / 1e6:,.2f}" for usd in profits]
                yield f"| {name} | {period} | {' | '.join(cells)} |"
