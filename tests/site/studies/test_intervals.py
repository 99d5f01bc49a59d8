"""Backtests, plans and power months at 5, 15, 30 and 60 minutes: the same dollars, energy and hours."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, datetime

import numpy as np
import pytest

from hashpivot.bitcoin import NetworkHistory
from hashpivot.site import (
    AlwaysOn,
    Backtest,
    BasisForecaster,
    PerfectForesight,
    PriceHistory,
    RealTimeForecaster,
    RollingHorizon,
    Site,
    ThresholdRealTime,
    backtest,
    information_bound,
    parse_site,
    plan,
    power_months,
)
from hashpivot.testing import made_up_prices

from ..checks import in_intervals, runs

NETWORK = NetworkHistory.load()
START, END = date(2024, 7, 5), date(2024, 8, 6)
HOURS_LONG = {5: 12, 15: 4, 30: 2, 60: 1}
PLAIN = (AlwaysOn(), ThresholdRealTime(), PerfectForesight())

SITE = """
name = "Every part"
limit_mw = 12
pool_fee = 0.01
[power]
kind = "block"
block_mw = 5
block_usd_per_mwh = 30
adder_usd_per_mwh = 2
[[machines]]
name = "old"
model = "Bitmain Antminer S19J Pro"
count = 1000
start_cost_usd = 20
restart_minutes = 10
min_on_hours = 3
min_off_hours = 2
[[machines]]
name = "new"
model = "Antminer S21 Pro"
count = 900
stop_cost_usd = 15
min_on_hours = 1
min_off_hours = 4
[[ai]]
name = "inference"
firm_mw = 1
firm_usd_per_mwh = 300
flexible_mw = 2
flexible_usd_per_mwh = 90
max_hours_per_day = 3
max_hours_per_month = 20
sla_penalty_usd_per_mwh = 400
[[tariffs]]
name = "peaks"
kind = "coincident_peak"
months = [6, 7, 8, 9]
usd_per_kw_year = 60
[[tariffs]]
name = "demand"
kind = "demand"
usd_per_kw_year = 12
[[tariffs]]
name = "energy"
kind = "energy"
usd_per_mwh = 1.5
[[reserves]]
product = "rrs"
[[credits]]
name = "summer"
usd_per_mwh = 12
capacity_usd_per_mw_month = 900
months = [7, 8]
hours = [15, 16, 17]
"""


@pytest.fixture(scope="module")
def site() -> Site:
    return parse_site(SITE)


@pytest.fixture(scope="module")
def summer() -> PriceHistory:
    return made_up_prices(110, start=date(2024, 5, 1))


@pytest.fixture(scope="module")
def hourly(site: Site, summer: PriceHistory) -> Backtest:
    return backtest(site, summer, START, END, network=NETWORK, policies=PLAIN)


@pytest.mark.parametrize("minutes", [5, 15, 30])
def test_prices_repeated_within_the_hour_bring_the_same(
    site: Site, summer: PriceHistory, hourly: Backtest, minutes: int
) -> None:
    done = backtest(site, in_intervals(summer, minutes), START, END, network=NETWORK, policies=PLAIN)
    for policy, pnl in hourly.pnl.items():
        for component, usd in pnl.usd.items():
            assert done.pnl[policy].usd[component].sum() == pytest.approx(usd.sum(), rel=1e-9, abs=1e-6), (
                policy,
                component,
            )
        one, other = done.result(policy), hourly.result(policy)
        assert one.drawn_mwh == pytest.approx(other.drawn_mwh) and one.starts == other.starts
        assert one.hours_off == pytest.approx(other.hours_off, abs=1e-6)
    months = [power_months(each, "threshold") for each in (done, hourly)]
    for one_month, other_month in zip(*months, strict=True):
        assert one_month.capacity_mwh == pytest.approx(other_month.capacity_mwh)
        assert one_month.drawn_mwh == pytest.approx(other_month.drawn_mwh)
        assert one_month.uptime == pytest.approx(other_month.uptime)
        assert one_month.power_cost_usd == pytest.approx(other_month.power_cost_usd)


@pytest.mark.parametrize("minutes", [5, 30])
def test_a_minimum_demand_and_a_budget_bring_the_same(site: Site, summer: PriceHistory, minutes: int) -> None:
    old = replace(site.machines[0], max_off_hours_per_month=20)
    tariffs = (replace(site.tariffs[0], minimum_share=0.5),)
    least = replace(site, machines=(old, site.machines[1]), ai=(), tariffs=tariffs, reserves=())
    start, end = date(2024, 7, 25), date(2024, 8, 3)
    profits = [
        backtest(least, prices, start, end, network=NETWORK, policies=[PerfectForesight()])
        .result("perfect_foresight")
        .profit_usd
        for prices in (summer, in_intervals(summer, minutes))
    ]
    assert profits[1] == pytest.approx(profits[0], rel=1e-9)


@pytest.mark.parametrize(("minutes", "regime"), [(5, "lagged"), (15, "live"), (30, "lagged")])
def test_hours_of_the_site_file_are_kept_at_every_interval(
    site: Site, summer: PriceHistory, minutes: int, regime: str
) -> None:
    """Prices that scatter within the hour: times on and off, allowances and ramps still count in hours."""
    prices = in_intervals(summer, minutes, scatter=40.0)
    ramped = replace(site.machines[1], ramp_mw_per_hour=site.machines[1].modes[-1].power_mw * 1.5)
    policies = [RollingHorizon(), PerfectForesight()]
    varied = replace(site, machines=(site.machines[0], ramped), reserves=())
    done = backtest(
        varied, prices, START, date(2024, 7, 16), network=NETWORK, regime=regime, policies=policies
    )
    each = HOURS_LONG[minutes]
    for operation in done.operations.values():
        for g, group in enumerate(varied.machines):
            stretches = runs((operation.modes[:, g] > 0).tolist())
            for number, (on, length) in enumerate(stretches[:-1]):
                if number or not on:
                    assert length >= each * (group.min_on_hours if on else group.min_off_hours)
        days = done.hours.clock.day
        off = operation.interrupted[:, 0]
        assert max(off[days == day].sum() for day in np.unique(days)) <= 24 * each
    assert done.result("perfect_foresight").starts > 3


@pytest.mark.parametrize(("kind", "regime"), [("plain", "lagged"), ("learned", "live")])
def test_the_future_changes_nothing_within_the_hour(
    site: Site, summer: PriceHistory, regime: str, kind: str
) -> None:
    """Prices from 10:20 UTC of a day on are turned upside down: no decision up to then changes."""
    if kind == "learned":
        pytest.importorskip("lightgbm", reason="needs LightGBM (the extra `site`)")
    make = RealTimeForecaster if kind == "learned" else BasisForecaster
    prices = in_intervals(summer, 5, scatter=20.0)
    moment = np.datetime64("2024-07-11T10:20")
    cut = int(np.searchsorted(prices.ts_utc, moment))
    columns = {name: values.copy() for name, values in prices.columns.items()}
    columns["rt_usd_per_mwh"][cut:] = columns["rt_usd_per_mwh"][cut:][::-1] * 3 - 20
    hour = cut - cut % 12  # a load is that of its hour
    columns["load_mw"][hour:] *= 1.4
    policies = [RollingHorizon(make)]
    made = [
        backtest(
            site,
            each,
            date(2024, 7, 8),
            date(2024, 7, 14),
            network=NETWORK,
            regime=regime,
            policies=policies,
        )
        for each in (prices, replace(prices, columns=columns))
    ]
    one, other = (done.operations["rolling_horizon"] for done in made)
    known = made[0].hours.prices.ts_utc < moment + (regime == "lagged")
    assert (one.modes[known] == other.modes[known]).all()
    assert (one.interrupted[known] == other.interrupted[known]).all()
    assert (one.modes != other.modes).any()


def test_the_information_bound_scales(site: Site, summer: PriceHistory) -> None:
    small = replace(site, ai=(), reserves=())
    policies = [RollingHorizon(), PerfectForesight()]
    done = [
        backtest(small, prices, START, date(2024, 7, 20), network=NETWORK, policies=policies)
        for prices in (summer, in_intervals(summer, 30))
    ]
    best = [each.result("perfect_foresight").profit_usd for each in done]
    bounds = [float(information_bound(each).adjusted_bound_usd.sum()) for each in done]
    assert bounds[0] == pytest.approx(best[0], rel=0.1) and bounds[1] == pytest.approx(bounds[0], rel=0.02)


def test_a_plan_begins_in_the_interval_asked_for(site: Site, summer: PriceHistory) -> None:
    made = plan(site, in_intervals(summer, 15), datetime(2024, 7, 10, 14, 20), 5, network=NETWORK)
    rows = made.to_dict()["hours"]
    assert len(rows) == 20 and rows[0]["local"] == "2024-07-10T14:15"  # type: ignore[index, arg-type]
    assert rows[-1]["ts_utc"] == "2024-07-11T00:00Z"  # type: ignore[index]


@pytest.mark.parametrize("minutes", [5, 15, 60])
def test_machines_without_a_minimum_switch_in_every_interval(summer: PriceHistory, minutes: int) -> None:
    """Without costs and times the best of an interval is to run where that earns something, so too live."""
    text = 'name = "free"\nlimit_mw = 9\n[power]\nkind = "indexed"\n[[machines]]\nname = "m"\n'
    text += 'model = "Antminer S21"\ncount = 2000\nmin_on_hours = 0\nmin_off_hours = 0\n'
    prices = in_intervals(summer, minutes)
    noise = np.random.default_rng(3).normal(0, 90, prices.hours)
    prices = prices.with_columns({**prices.columns, "rt_usd_per_mwh": prices.rt + noise})
    last = date(2024, 7, 7)
    done = backtest(parse_site(text), prices, START, last, network=NETWORK, policies=PLAIN)
    best = np.maximum(done.pnl["always_on"].profit_usd, 0.0).sum()
    assert done.pnl["perfect_foresight"].profit_usd.sum() == pytest.approx(best)
    wanted = done.pnl["threshold"].profit_usd
    assert (wanted > -1e-6).mean() > 0.99 and done.pnl["threshold"].starts.sum() > 5
