"""Two months of prices before the first decision, and nothing else: what they teach is used."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

import numpy as np

from hashpivot.bitcoin import NetworkHistory
from hashpivot.site import (
    PriceHistory,
    RollingHorizon,
    backtest,
    default_period,
    load_zone,
    parse_site,
)
from hashpivot.site.information._forecast_schedule import learning_spans

NETWORK = NetworkHistory.load()
SITE = parse_site("""
name = "S"
limit_mw = 100
[power]
kind = "indexed"
[[machines]]
name = "m"
model = "Antminer S21"
count = 20000
""")
FILE_DAYS = 90
_QUARTERS = 4


def quarters(since: str) -> PriceHistory:
    """Prices of 90 days alone, each hour repeated four times."""
    zone = load_zone("LZ_WEST")
    first = int(np.searchsorted(zone.ts_utc, np.datetime64(since, "m")))
    part = zone.part(first, first + FILE_DAYS * 24)
    names = ("rt_usd_per_mwh", "da_usd_per_mwh")
    steps = np.arange(_QUARTERS) * np.timedelta64(15, "m")
    return replace(
        part,
        ts_utc=(part.ts_utc[:, None] + steps).ravel(),
        columns={name: np.repeat(part[name], _QUARTERS) for name in names},
        filled=np.repeat(part.filled, _QUARTERS),
        minutes=15,
        gaps={},
    )


def test_a_spike_no_forecast_has_seen_is_sat_out() -> None:
    prices = quarters("2020-01-05T06")
    prices.columns["rt_usd_per_mwh"][:] = 20.0 + 5 * np.sin(np.arange(prices.hours) / 15)
    prices.columns["da_usd_per_mwh"][:] = 20.0
    first, last = default_period(SITE, prices)
    spike = prices.hours - 10 * 96
    prices.columns["rt_usd_per_mwh"][spike : spike + 8] = 800.0  # three times the breakeven
    for regime, late in (("live", 0), ("lagged", 1)):
        test = backtest(
            SITE, prices, first, last, network=NETWORK, regime=regime, policies=[RollingHorizon()]
        )
        off = test.operations["rolling_horizon"].modes[:, 0] == 0
        begin = spike - test.window.first
        assert off[begin + late : begin + 8].all()


def test_the_first_year_is_decided_week_by_week() -> None:
    zone = load_zone("LZ_WEST").part(0, 500 * 24)
    clock = zone.clock(SITE.zoneinfo)
    spans = learning_spans(zone, clock)
    year = 366 * 24
    _, hours = np.unique(spans[:year], return_counts=True)
    assert hours.max() <= timedelta(days=7) / timedelta(hours=1) + 1  # an hour more in autumn
    assert (np.diff(spans) >= 0).all()
    changes = np.flatnonzero(np.diff(spans[year:]))
    assert (clock.month[year:][changes] != clock.month[year:][changes + 1]).all()
