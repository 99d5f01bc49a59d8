"""What to convert: the frontier and the hashprice at which it flips."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta

import numpy as np
import pytest

from hashpivot.bitcoin import NetworkHistory
from hashpivot.core import Missing
from hashpivot.site import (
    Allocation,
    Battery,
    InvalidSite,
    Machines,
    MeteredPeak,
    PerfectForesight,
    PriceHistory,
    RollingHorizon,
    Site,
    default_period,
    dispatch_window,
    load_site,
)
from hashpivot.site.economics import settle_pnl
from hashpivot.testing import made_up_prices

NETWORK = NetworkHistory.load()


@pytest.fixture(scope="module")
def site() -> Site:
    return load_site("mine_weighing_ai")


@pytest.fixture(scope="module")
def quarter(hours: PriceHistory) -> PriceHistory:
    return hours.part(hours.hours - 2200, hours.hours)


@pytest.fixture(scope="module")
def made(site: Site, quarter: PriceHistory) -> Allocation:
    return Allocation(site, quarter)


def test_a_megawatt_is_worth_the_same_at_the_flip(made: Allocation) -> None:
    flip = made.flip_usd_per_ph_day
    assert isinstance(flip, float) and 5 < flip < 200
    assert made.mining_npv_usd_per_mw(flip) == pytest.approx(made.ai_npv_usd_per_mw, rel=1e-6)


def test_the_best_split_flips_there(site: Site, quarter: PriceHistory, made: Allocation) -> None:
    flip = made.flip_usd_per_ph_day
    assert isinstance(flip, float) and site.conversion is not None
    for factor, most in ((0.98, True), (1.02, False)):
        terms = replace(site.conversion, hashprices_usd_per_ph_day=(flip * factor,), probabilities=(1.0,))
        best = Allocation(replace(site, conversion=terms), quarter).best()
        idle = site.limit_mw - made.machines_mw
        assert best.ai_mw == pytest.approx(200 if most else idle)  # what mines nothing is converted anyway


def test_mining_is_worth_more_at_higher_hashprice_and_if_it_may_stop(made: Allocation) -> None:
    values = [made.mining_npv_usd_per_mw(h) for h in (20, 40, 60, 100)]
    assert values == sorted(values)
    for hashprice in (20.0, 60.0, 100.0):
        assert made.mining_npv_usd_per_mw(hashprice) > made.always_on_npv_usd_per_mw(hashprice)


def test_investment_and_delay_lower_what_ai_is_worth(
    site: Site, quarter: PriceHistory, made: Allocation
) -> None:
    assert site.conversion is not None
    dear = replace(site.conversion, capex_usd_per_mw=site.conversion.capex_usd_per_mw + 1e6)
    late = replace(site.conversion, months_to_energise=site.conversion.months_to_energise + 12)
    values = [
        Allocation(replace(site, conversion=terms), quarter).ai_npv_usd_per_mw for terms in (dear, late)
    ]
    assert values[0] == pytest.approx(made.ai_npv_usd_per_mw - 1e6)
    assert values[1] < made.ai_npv_usd_per_mw


def test_no_flip_says_why(site: Site, quarter: PriceHistory) -> None:
    assert site.conversion is not None
    hopeless = replace(site.conversion, capex_usd_per_mw=1e9)
    flip = Allocation(replace(site, conversion=hopeless), quarter).flip_usd_per_ph_day
    assert isinstance(flip, Missing) and "any hashprice" in flip.reason


def test_the_frontier_keeps_what_must_stay_flexible(made: Allocation, site: Site) -> None:
    splits = made.splits()
    assert {0, 25, 50, 75, 100, 125, 150, 175, 200} <= {s.ai_mw for s in splits}
    for s in splits:
        assert s.ai_mw + s.mining_mw + s.idle_mw == pytest.approx(site.limit_mw) and s.flexible_mw == 40
    assert all(s.worst_usd <= s.expected_usd for s in splits)


def with_terms(site: Site, quarter: PriceHistory, **terms: object) -> Allocation:
    assert site.conversion is not None
    return Allocation(replace(site, conversion=replace(site.conversion, **terms)), quarter)


def scaled(group: Machines, factor: float, efficiency: float = 1.0) -> Machines:
    modes = [
        replace(m, power_mw=m.power_mw * factor, hashrate_ph=m.hashrate_ph * factor * efficiency)
        for m in group.modes
    ]
    return replace(group, modes=tuple(modes))


def test_only_machines_there_are_mine(site: Site, quarter: PriceHistory, made: Allocation) -> None:
    few = Allocation(replace(site, machines=(scaled(site.machines[0], 0.1),)), quarter)
    assert few.machines_mw == pytest.approx(28.84) and made.machines_mw == pytest.approx(288.4)
    for h in (35.0, 110.0):  # a start costs the same and is spread over less
        assert few.mining_npv_usd_per_mw(h) == pytest.approx(made.mining_npv_usd_per_mw(h), rel=0.1)
    none, whole = few.split(0.0), made.split(0.0)
    assert none.mining_mw == pytest.approx(28.84) and none.idle_mw == pytest.approx(271.16)
    assert none.npv_usd[-1] == pytest.approx(whole.npv_usd[-1] / 10, rel=0.1)
    assert any("stand idle" in note for note in few.notes)


def test_more_machines_have_a_price(site: Site, quarter: PriceHistory) -> None:
    small = replace(site, machines=(scaled(site.machines[0], 0.5),))
    worth = Allocation(small, quarter)
    value = sum(
        p * worth.mining_npv_usd_per_mw(h)
        for p, h in zip(worth.terms.probabilities, worth.terms.hashprices_usd_per_ph_day, strict=True)
    )
    for price, buys in ((0.9 * value, True), (1.1 * value, False)):
        split = with_terms(small, quarter, machines_usd_per_mw=price).split(0.0)
        assert (split.bought_mw > 0) == buys and (split.idle_mw == 0) == buys
        gain = split.expected_usd - worth.split(0.0).expected_usd
        assert gain == pytest.approx(split.bought_mw * (value - price), abs=1.0)
    assert Allocation(small, quarter).split(0.0).bought_mw == 0


def test_the_best_split_may_lie_between_steps(site: Site, quarter: PriceHistory) -> None:
    """Old machines make room first; AI is worth more than they are and less than the new ones."""
    old, new = scaled(site.machines[0], 66.6 / 288.4, 0.4), scaled(site.machines[0], 233.4 / 288.4)
    both = replace(site, machines=(replace(old, name="old"), new))
    made = Allocation(both, quarter)
    ends = [made.split(mw).expected_usd for mw in (0.0, 66.6, 166.6)]
    ai = made.ai_npv_usd_per_mw
    worth = [ai - (ends[1] - ends[0]) / 66.6, ai - (ends[2] - ends[1]) / 100]
    assert worth[0] < worth[1]
    dearer = ai - sum(worth) / 2
    made = with_terms(both, quarter, capex_usd_per_mw=made.terms.capex_usd_per_mw + dearer)
    assert made.best().ai_mw == pytest.approx(66.6)
    assert made.best().ai_mw in [split.ai_mw for split in made.splits()]
    assert all(split.expected_usd <= made.best().expected_usd for split in made.splits())


def test_an_averse_operator_splits_inside(site: Site, quarter: PriceHistory) -> None:
    """The lowest of two scenarios that move against each other has its peak where they cross."""
    made = with_terms(site, quarter, hashprices_usd_per_ph_day=(30.0, 45.0), probabilities=(0.5, 0.5))
    averse = Allocation(replace(made.site, risk_aversion=1.0), quarter)
    grid = [averse.split(mw).worst_usd for mw in range(201)]
    assert averse.best().worst_usd >= max(grid) - 1e-6 * abs(max(grid))


def test_a_tiny_step_is_bounded_work(site: Site, quarter: PriceHistory) -> None:
    made = with_terms(site, quarter, step_mw=0.001)
    assert len(made.splits()) <= 202 and any("too small to show" in note for note in made.notes)
    assert made.best().ai_mw == with_terms(site, quarter, step_mw=25.0).best().ai_mw


def test_decisions_are_those_of_the_rolling_horizon(site: Site, quarter: PriceHistory) -> None:
    """What is known when an hour is decided is worth less than foresight, and more than never stopping."""
    made = Allocation(site, quarter)
    flat = np.full(quarter.hours, 50.0)
    days = default_period(site, quarter)
    window = dispatch_window(site, quarter, *days, network=NETWORK)
    at_50 = replace(window, knowledge=window.knowledge.with_hashprice(50.0))
    assert flat[0] == at_50.actual.hashprice_usd_per_ph_day[0]
    foreseen = settle_pnl(at_50.actual, PerfectForesight().operate(at_50)).profit_usd.sum()
    ours = settle_pnl(at_50.actual, RollingHorizon().operate(at_50)).profit_usd.sum()
    [[year]] = made._margins.usd_per_year(np.array([50.0]))
    hours = at_50.actual.prices.hours
    assert year * hours / 8760 < foreseen
    assert year * hours / 8760 == pytest.approx(ours, rel=0.02)  # interpolated between hashprices


def test_a_site_without_terms_is_named(west: Site, quarter: PriceHistory) -> None:
    with pytest.raises(InvalidSite, match="conversion"):
        Allocation(west, quarter)


def test_power_for_ai_pays_charges_on_own_peaks(site: Site, quarter: PriceHistory, made: Allocation) -> None:
    days = made.prices.hours / 24
    charge = MeteredPeak("own", date(2020, 1, 1), date(2026, 12, 31), usd_per_kw_month=8.0)
    charged = Allocation(replace(site, tariffs=(*site.tariffs, charge)), quarter)
    more = charged.power_usd_per_mwh - made.power_usd_per_mwh
    assert more == pytest.approx(8_000 * (days / 30.5) / (days * 24), rel=0.03)
    assert charged.mining_npv_usd_per_mw(60.0) < made.mining_npv_usd_per_mw(60.0)


def test_both_uses_are_valued_beside_a_battery(site: Site, quarter: PriceHistory) -> None:
    """A battery of next to nothing changes nothing; one that trades lowers what power for AI costs."""
    _, last = default_period(site, quarter)
    batteries = (Battery(mw, 4 * mw, cycle_cost_usd_per_mwh=2.0) for mw in (1e-6, 30.0))
    made, tiny, real = (
        Allocation(replace(site, battery=each), quarter, last - timedelta(13), last)
        for each in (None, *batteries)
    )
    assert tiny.power_usd_per_mwh == pytest.approx(made.power_usd_per_mwh, rel=1e-6)
    for hashprice in (35.0, 110.0):
        usd = made.mining_npv_usd_per_mw(hashprice)
        assert tiny.mining_npv_usd_per_mw(hashprice) == pytest.approx(usd, rel=1e-6)
    assert real.power_usd_per_mwh < made.power_usd_per_mwh
    assert real.mining_npv_usd_per_mw(60.0) > made.mining_npv_usd_per_mw(60.0)
    assert any("battery" in note for note in real.notes)


def test_reserve_cleared_in_real_time_counts_in_what_machines_are_worth(site: Site) -> None:
    prices = made_up_prices(days=130, start=date(2025, 9, 1))
    real = {f"rt_{name}": prices[name] for name in ("as_rrs", "as_ecrs")}
    prices = prices.with_columns({**prices.columns, **real})
    reserves = load_site("hedged_reserves").reserves
    period = date(2025, 12, 6), date(2026, 1, 4)
    with_reserve, without = (
        Allocation(replace(site, reserves=sold), prices, *period).mining_npv_usd_per_mw(60.0)
        for sold in (reserves, ())
    )
    assert with_reserve > without
