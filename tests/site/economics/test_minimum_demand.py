"""A minimum billing demand: settled, and seen by every decision it changes."""

from dataclasses import replace
from datetime import date
from itertools import product

import numpy as np
import pytest

from hashpivot.bitcoin import NetworkHistory
from hashpivot.site import Backtest, Battery, CoincidentPeak, DemandCharge, PriceHistory, Site, backtest
from hashpivot.site.economics._hourly import HourlyEconomics
from hashpivot.site.economics._minimum_demand import marginal, parts_mw
from hashpivot.site.information._knowledge import knowledge_of
from hashpivot.site.model import NotForThisSite
from hashpivot.site.solvers._foresight import perfect_foresight

NETWORK = NetworkHistory.load()

START, END = date(2024, 3, 4), date(2024, 4, 5)
PEAK = CoincidentPeak("peaks", START, date(2024, 3, 31), tuple(range(1, 13)), 60.0)


def with_minimum(west: Site, share: float) -> Site:
    free = tuple(
        replace(g, start_cost_usd=0.0, restart_minutes=0.0, min_on_hours=1, min_off_hours=1)
        for g in west.machines
    )
    return replace(west, machines=free, tariffs=(replace(PEAK, minimum_share=share),))


def peak_hours(done: Backtest) -> np.ndarray:
    return np.flatnonzero(done.hours.peak & (done.hours.peak_usd_per_mwh > 0))


@pytest.mark.parametrize("share", [0.0, 0.3, 0.6, 0.8])
def test_the_bill_is_the_power_used_or_the_minimum(west: Site, made: PriceHistory, share: float) -> None:
    done = backtest(with_minimum(west, share), made, START, END, network=NETWORK)
    [peak] = peak_hours(done)
    for pnl in done.pnl.values():
        billed = max(pnl.drawn_mw[peak], share * west.limit_mw)
        assert pnl.usd["tariffs"].sum() == pytest.approx(-billed * 60_000 / 12)


def test_below_the_minimum_nothing_is_saved_by_stopping(west: Site, made: PriceHistory) -> None:
    free = backtest(replace(west, tariffs=()), made, START, END, network=NETWORK)
    for share, same in ((1.0, True), (0.0, False)):
        done = backtest(with_minimum(west, share), made, START, END, network=NETWORK)
        [peak] = peak_hours(done)
        stops = done.operations["perfect_foresight"].modes[peak] == 0
        assert stops.all() != same
        assert (done.operations["rolling_horizon"].modes[peak] > 0).any() or not same
    assert (free.operations["perfect_foresight"].modes[peak] > 0).any()


@pytest.mark.parametrize("share", [0.2, 0.45, 0.6, 0.75, 0.9])
def test_foresight_is_as_good_as_trying_everything(west: Site, made: PriceHistory, share: float) -> None:
    """Hours stand alone here: every combination of modes is tried in the peak hour, the best elsewhere."""
    hours = knowledge_of(with_minimum(west, share), made, NETWORK).actual
    _, proof = perfect_foresight(hours)
    best = everything(hours)
    assert proof.value_usd <= best + 1e-6 * abs(best)
    assert proof.bound_usd >= best - 1e-6 * abs(best)
    assert proof.gap < 5e-4


CHEAP = CoincidentPeak("cheap", START, date(2024, 3, 31), tuple(range(1, 13)), 1.0, minimum_share=0.9)


@pytest.mark.parametrize("share", [0.0, 0.45, 0.6])
def test_a_minimum_is_that_of_its_own_charge(west: Site, made: PriceHistory, share: float) -> None:
    """A cheap charge with a large minimum says nothing of a dear one with a small minimum."""
    site = with_minimum(west, share)
    site = replace(site, tariffs=(CHEAP, *site.tariffs))
    hours = knowledge_of(site, made, NETWORK).actual
    [peak] = np.flatnonzero(hours.peak & (hours.peak_usd_per_mwh > 0))
    at, price = np.array([peak]), hours.prices.rt[[peak]]
    free, due = (hours.rewards(at, price, np.array([chance]))[0] for chance in (0.0, 1.0))
    stay = np.subtract(free, due, where=hours.possible, out=np.zeros(free.shape)).max(axis=1).sum()
    drawn = hours.power_mw.max(axis=1).sum()
    assert stay >= 5000 * max(drawn - share * site.limit_mw, 0.0) * (1 - 1e-9)
    _, proof = perfect_foresight(hours)
    best = everything(hours)
    assert proof.value_usd <= best + 1e-6 * abs(best)
    assert proof.bound_usd >= best - 1e-6 * abs(best)
    assert proof.gap < 5e-4
    done = backtest(site, made, START, END, network=NETWORK)
    foresight = done.result("perfect_foresight")
    assert all(result.profit_usd <= foresight.profit_usd * (1 + done.gap) + 1 for result in done.results())


def test_what_foresight_does_not_know_of_minimums_is_left_out(west: Site, made: PriceHistory) -> None:
    site = replace(with_minimum(west, 0.0), battery=Battery(5.0, 10.0))
    hours = knowledge_of(replace(site, tariffs=(CHEAP, *site.tariffs)), made, NETWORK).actual
    with pytest.raises(NotForThisSite, match="minimum_share"):
        perfect_foresight(hours)


def everything(hours: HourlyEconomics) -> float:
    free = hours.rewards(np.arange(hours.prices.hours), hours.prices.rt, np.zeros(hours.prices.hours))
    total = free.max(axis=2).sum()
    for t in np.flatnonzero(hours.peak & (hours.peak_usd_per_mwh > 0)):
        found = []
        for modes in product(*(np.flatnonzero(row) for row in hours.possible)):
            drawn = sum(hours.power_mw[g, mode] for g, mode in enumerate(modes))
            bill = sum(
                charge.usd_per_mwh[t] * max(drawn - charge.minimum_mw[t], 0.0)
                for charge in hours.peak_charges
            )
            found.append(sum(free[t, g, mode] for g, mode in enumerate(modes)) - bill)
        total += max(found) - free[t].max(axis=1).sum()
    return float(total)


def test_a_minimum_is_given_to_the_worthiest_that_can_run() -> None:
    worth, most = np.array([[30.0, 90.0, 60.0]] * 5), np.array([10.0, 20.0, 30.0])
    room = np.array([0.0, 12.0, 25.0, 55.0, 100.0])
    parts = parts_mw(room, worth, np.array([5.0, 15.0, 30.0]), most)
    assert parts.tolist() == [[0, 0, 0], [10, 2, 0], [5, 20, 0], [5, 20, 30], [10, 20, 30]]
    assert marginal(room, worth, most).tolist() == [90, 90, 60, 30, 0]


def test_a_demand_charge_is_on_what_is_contracted(west: Site, made: PriceHistory) -> None:
    charge = DemandCharge("connection", START, END, usd_per_kw_year=12.0, contracted_mw=50.0)
    done = backtest(replace(west, tariffs=(charge,)), made, START, END, network=NETWORK)
    hours = done.hours.prices.hours
    for pnl in done.pnl.values():
        assert pnl.usd["tariffs"].sum() == pytest.approx(-50 * 12_000 * hours / 8784)  # a leap year


def test_a_month_with_a_load_missing_is_told(west: Site, made: PriceHistory) -> None:
    load = made["load_mw"].copy()
    load[np.flatnonzero(np.isin(made.clock(west.zoneinfo).month, np.datetime64("2024-03")))[300]] = np.nan
    table = PriceHistory(made.ts_utc, made.columns | {"load_mw": load}, made.zone, made.filled)
    done = backtest(with_minimum(west, 0.5), table, START, END, network=NETWORK)
    assert any("missing in hours of 2024-03" in note for note in done.hours.notes)
    assert not len(peak_hours(done))
