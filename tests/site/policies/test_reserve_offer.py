"""Reserve is offered by what is known as the day-ahead market closes, and by nothing later."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

import numpy as np
import pytest

from hashpivot.bitcoin import NetworkHistory
from hashpivot.site import BasisForecaster, Forecaster, PriceHistory, RealTimeForecaster, Site, parse_site
from hashpivot.site.information import ForecastSchedule, knowledge_of
from hashpivot.site.model import Floats
from hashpivot.site.policies import DispatchWindow, RollingHorizon, ThresholdDayAhead, ThresholdRealTime
from hashpivot.site.policies._reserve_offer import least_price_usd_per_mw, reserve_offer

NETWORK = NetworkHistory.load()
SITE = """
name = "S"
limit_mw = 10
[power]
kind = "indexed"
[[machines]]
name = "m"
model = "Antminer S21"
count = 1000
[[reserves]]
product = "rrs"
shortfall_multiple = 1
[[reserves]]
product = "ecrs"
cap_mw = 1
"""
GATE = np.datetime64("2024-03-20T15", "h")
"""10:00 in Chicago."""
MIDNIGHT, NEXT = np.datetime64("2024-03-21T05", "h"), np.datetime64("2024-03-22T05", "h")
"""The day that is offered."""


@pytest.fixture
def site() -> Site:
    return parse_site(SITE)


def at(made: PriceHistory, moment: np.datetime64) -> int:
    return int(np.searchsorted(made.ts_utc, moment))


def turned(made: PriceHistory, *, reserve: bool) -> PriceHistory:
    """Everything that is published after the gate turned upside down."""
    gate, midnight = at(made, GATE), at(made, MIDNIGHT)
    columns = {name: values.copy() for name, values in made.columns.items()}
    for name, first in (("rt_usd_per_mwh", gate), ("load_mw", gate), ("da_usd_per_mwh", midnight)):
        columns[name][first:] = columns[name][first:][::-1] * -4 + 300
    if reserve:
        for name in ("as_rrs", "as_ecrs"):
            columns[name][midnight:] = columns[name][midnight:][::-1] * 3
    return replace(made, columns=columns)


def offers(
    site: Site, made: PriceHistory, make: Callable[[], Forecaster] = BasisForecaster
) -> tuple[Floats, Floats]:
    """Least prices, and what is sold, on the day after the gate."""
    first, end = at(made, MIDNIGHT), at(made, NEXT)
    window = DispatchWindow(knowledge_of(site, made, NETWORK), first, end)
    rolling = RollingHorizon(make).dispatch(window)
    scenarios = rolling.at_gate(first, end, rolling.offer_models[first])
    every = np.arange(first, end)
    return (
        least_price_usd_per_mw(rolling.hours, every, scenarios),
        reserve_offer(rolling.hours, every, scenarios),
    )


@pytest.mark.parametrize("kind", ["plain", "learned"])
def test_what_is_published_after_the_gate_changes_no_offer(site: Site, made: PriceHistory, kind: str) -> None:
    if kind == "learned":
        pytest.importorskip("lightgbm", reason="needs LightGBM (the extra `site`)")
    make = RealTimeForecaster if kind == "learned" else BasisForecaster
    least, sold = offers(site, made, make)
    energy, reserve = (turned(made, reserve=also) for also in (False, True))
    assert (offers(site, energy, make)[0] == least).all() and (offers(site, energy, make)[1] == sold).all()
    assert (offers(site, reserve, make)[0] == least).all()
    before = turned(made, reserve=False)
    before.columns["rt_usd_per_mwh"][: at(made, GATE)] += 200
    assert (offers(site, before, make)[0] != least).any()


def test_what_clears_above_the_least_price_is_sold(site: Site, made: PriceHistory) -> None:
    least, sold = offers(site, made)
    hours = knowledge_of(site, made, NETWORK).known
    first, end = at(made, MIDNIGHT), at(made, NEXT)
    clears = hours.reserve_prices.best[first:end]
    assert ((sold[:, 0] > 0) == (clears > least[:, 0])).all()


@pytest.mark.parametrize("policy", [ThresholdRealTime(), ThresholdDayAhead(), RollingHorizon()])
def test_no_policy_sells_reserve_by_prices_of_after_the_gate(
    site: Site, made: PriceHistory, policy: RollingHorizon
) -> None:
    first, end = at(made, MIDNIGHT), at(made, NEXT)
    one, other = (
        policy.operate(DispatchWindow(knowledge_of(site, table, NETWORK), first, end)).committed_mw
        for table in (made, turned(made, reserve=False))
    )
    assert (one == other).all()


def test_every_hour_is_forecast_from_before_the_gate_of_its_day(site: Site, made: PriceHistory) -> None:
    clock = made.clock(site.zoneinfo)
    schedule = ForecastSchedule(made, clock, site.market, 1500, made.hours, BasisForecaster)
    for t in range(1500, made.hours, 5):
        issued = schedule.offers.issued_at(t)
        assert clock.hour[issued] == 10 and clock.day[issued] + np.timedelta64(1, "D") == clock.day[t]


def test_offers_know_neither_the_hashprice_nor_the_heat_of_the_day(site: Site, made: PriceHistory) -> None:
    hot = replace(site, machines=(replace(site.machines[0], derate_per_c=0.02),))
    warm = made.with_columns({**made.columns, "temp_c": np.full(made.hours, 30.0)})
    hotter = {**warm.columns, "temp_c": np.where(np.arange(made.hours) < at(made, GATE), 30.0, 45.0)}
    assert (offers(hot, warm)[0] == offers(hot, warm.with_columns(hotter))[0]).all()
    first, end = at(made, MIDNIGHT), at(made, NEXT)
    window = DispatchWindow(knowledge_of(site, made, NETWORK), first, end)
    gate = at(made, GATE)
    known = window.knowledge.known.hashprice_usd_per_ph_day
    assert (window.at_gate.hashprice_usd_per_ph_day == known[gate]).all()
    assert (known[gate : first + 1] != known[gate]).any()
