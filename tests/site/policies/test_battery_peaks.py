"""A battery under charges on the site's own peaks: it never costs what it does not know of, and shaves."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta

import numpy as np
import pytest

from hashpivot.bitcoin import NetworkHistory
from hashpivot.site import (
    AiLoad,
    Backtest,
    Battery,
    HeatLimit,
    MeteredPeak,
    RollingHorizon,
    Site,
    ThresholdRealTime,
    TimeWindow,
    backtest,
    load_site,
    plan,
)
from hashpivot.site.economics import GridStep, supply_curve
from hashpivot.site.information import knowledge_of
from hashpivot.testing import made_up_prices

NETWORK = NetworkHistory.load()
YEAR = (date(2024, 1, 1), date(2024, 12, 31))
EVENING = TimeWindow(weekdays=(1, 2, 3, 4, 5), hours=(17, 18, 19))


@pytest.fixture(scope="module")
def site() -> Site:
    """60 MW of machines and 20 MW of a battery under a limit of 80 MW; nothing may be sent out."""
    return replace(load_site("mine_with_battery"), tariffs=(), solar=None, export_mw=0.0)


def own_peak(rate: float, window: TimeWindow | None = None, **terms: object) -> MeteredPeak:
    return MeteredPeak("own", *YEAR, usd_per_kw_month=rate, window=window or TimeWindow(), **terms)


def run(site: Site, start: date, days: int, *, seed: int = 5, regime: str = "live") -> Backtest:
    policies = (ThresholdRealTime(), RollingHorizon())
    end = start + timedelta(days - 1)
    prices = made_up_prices(seed=seed)
    return backtest(site, prices, start, end, network=NETWORK, regime=regime, policies=policies)


@pytest.mark.parametrize("regime", ["live", "lagged"])
def test_over_random_weeks_a_battery_costs_nothing_beyond_noise(site: Site, regime: str) -> None:
    """Battery, charge and weeks by chance. Forecasts err, those seen late more; in all it earns."""
    chance, noise, gains = np.random.default_rng(17), {"live": 0.001, "lagged": 0.005}[regime], []
    for seed in range(3):
        terms = {"ratchet_share": 0.8} if chance.random() < 0.3 else {"minimum_share": chance.random()}
        window = [TimeWindow(), EVENING, TimeWindow(hours=tuple(range(8, 20)))][seed % 3]
        power = float(chance.uniform(5, 20))
        with_battery = replace(
            site,
            tariffs=(own_peak(float(chance.uniform(2, 18)), window, **terms),),
            battery=Battery(power, power * float(chance.choice([1, 4])), cycle_cost_usd_per_mwh=8.0),
        )
        start = date(2024, 3, 4) + timedelta(int(chance.integers(0, 10)))
        done, without = (
            run(each, start, 14, seed=seed, regime=regime)
            for each in (with_battery, replace(with_battery, battery=None))
        )
        for policy in done.policies:
            one, other = (float(each.pnl[policy].profit_usd.sum()) for each in (done, without))
            assert one >= other - noise * abs(other), (seed, policy)
            gains.append(one - other)
    assert sum(gains) > 0


@pytest.mark.parametrize("regime", ["live", "lagged"])
def test_charging_leaves_the_peak_where_machines_put_it(site: Site, regime: str) -> None:
    dear = replace(site, tariffs=(own_peak(25.0),))
    done = run(dear, date(2024, 3, 4), 14, regime=regime)
    for policy, operation in done.operations.items():
        assert operation.plant is not None and operation.plant.charge_mw.any(), policy
        assert done.pnl[policy].drawn_mw.max() <= done.pnl[policy].machines_mw.max() * (1 + 1e-9), policy


def test_a_battery_shaves_a_peak_it_can_last_through(site: Site) -> None:
    """Three evening hours, 20 MW and 80 MWh: all of its power is kept off the peak, every evening."""
    done = run(replace(site, tariffs=(own_peak(4.0, EVENING),)), date(2024, 3, 11), 12)
    counted = EVENING.inside(done.hours.clock)
    pnl = done.pnl["rolling_horizon"]
    assert pnl.machines_mw[counted].max() - pnl.drawn_mw[counted].max() == pytest.approx(20, abs=0.1)
    without = run(replace(done.hours.site, battery=None), date(2024, 3, 11), 12)
    saved = pnl.usd["tariffs"] - without.pnl["rolling_horizon"].usd["tariffs"]
    assert saved.sum() == pytest.approx(20 * 4_000 * 12 / 31, rel=0.01)


def test_what_is_billed_anyway_is_free_to_charge_with(site: Site) -> None:
    full = replace(site, tariffs=(own_peak(25.0, minimum_share=1.0),))
    free = replace(site, tariffs=())
    done, unbilled = (run(each, date(2024, 3, 4), 10) for each in (full, free))
    for policy in done.policies:
        one, other = (each.operations[policy].plant for each in (done, unbilled))
        assert one is not None and other is not None
        assert np.allclose(one.charge_mw, other.charge_mw, atol=1e-6), policy


def test_a_peak_once_drawn_is_free_for_the_rest_of_the_month(site: Site) -> None:
    """A spike pays for a peak in the morning of the 6th: from then on the battery may charge up to it."""
    dear = replace(site, tariffs=(own_peak(25.0),))
    prices = made_up_prices()
    columns = {**prices.columns, "rt_usd_per_mwh": prices.rt.copy()}
    at = int(np.searchsorted(prices.ts_utc, np.datetime64("2024-03-06T12:00")))
    columns["rt_usd_per_mwh"][at : at + 3] = -40_000.0  # paid more to charge than the peak costs
    policies = (RollingHorizon(),)
    done = backtest(
        dear,
        prices.with_columns(columns),
        date(2024, 3, 4),
        date(2024, 3, 17),
        network=NETWORK,
        policies=policies,
    )
    pnl = done.pnl["rolling_horizon"]
    over = pnl.drawn_mw > pnl.machines_mw.max() + 1
    then = int(np.searchsorted(done.hours.prices.ts_utc, prices.ts_utc[at]))
    assert not over[:then].any() and over[then] and over[then + 3 :].any()


def test_a_battery_beside_ai_load_alone_shaves_as_well(site: Site) -> None:
    load = AiLoad("ai", firm_mw=40.0, firm_usd_per_mwh=200.0)
    alone = replace(site, machines=(), ai=(load,), tariffs=(own_peak(12.0, EVENING),))
    done = run(alone, date(2024, 3, 11), 12)
    counted = EVENING.inside(done.hours.clock)
    assert done.pnl["rolling_horizon"].drawn_mw[counted].max() == pytest.approx(20, abs=0.1)


def test_a_plan_keeps_to_the_peak_of_the_month_so_far(site: Site) -> None:
    dear = replace(site, tariffs=(own_peak(25.0),))
    made = plan(dear, made_up_prices(), hours=34, network=NETWORK)
    assert made.plant is not None
    power = np.take_along_axis(made.forecast.hours.power_mw[None], made.modes[:, :, None], 2).sum(axis=(1, 2))
    assert (power + made.plant.battery_mw).max() <= power.max() + 1e-6


def test_grid_power_beyond_a_step_costs_more(site: Site) -> None:
    hours = knowledge_of(site, made_up_prices(), NETWORK).actual
    nothing = np.zeros(hours.prices.hours)
    step = GridStep(np.where(hours.clock.hour < 12, 50.0, np.inf), nothing + 70.0)
    curve = supply_curve(hours, hours.prices.rt, nothing, nothing, steps=[step])
    plain = supply_curve(hours, hours.prices.rt, nothing, nothing)
    more = curve.cost_usd(nothing + 62.0) - plain.cost_usd(nothing + 62.0)
    assert more == pytest.approx(np.where(hours.clock.hour < 12, 12 * 70.0, 0.0))
    assert (curve.last_mwh == plain.last_mwh).all()


def test_machines_beyond_the_limit_are_planned_for_within_it(site: Site) -> None:
    """Groups of 120 MW under 80 MW, and a limit that heat lowers: the month before is planned within it."""
    more = replace(site.machines[0], name="second hall")
    crowded = replace(site, machines=(*site.machines, more), tariffs=(own_peak(10.0),))
    heat = HeatLimit(((30.0, 80.0), (40.0, 50.0)))
    prices = made_up_prices(seed=5)
    hot = prices.with_columns({**prices.columns, "temp_c": 35 + 8 * np.sin(np.arange(prices.hours) / 24)})
    start = date(2024, 3, 4)
    for tried, given in ((crowded, prices), (replace(site, tariffs=(own_peak(10.0),), heat_limit=heat), hot)):
        policies = (ThresholdRealTime(), RollingHorizon())
        done = backtest(tried, given, start, start, network=NETWORK, regime="live", policies=policies)
        assert done.result("threshold").uptime > 0
