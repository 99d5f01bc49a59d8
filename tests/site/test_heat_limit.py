"""A limit that falls with the heat: never exceeded, never seen ahead, and worth what brute force says."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, datetime
from itertools import product

import numpy as np
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from hashpivot.bitcoin import NetworkHistory
from hashpivot.core import InvalidInput
from hashpivot.site import (
    POLICIES,
    InvalidOperation,
    InvalidPrices,
    InvalidSite,
    Operation,
    PriceHistory,
    RollingHorizon,
    Site,
    backtest,
    information_bound,
    make_price_history,
    parse_site,
    plan,
)
from hashpivot.site.information._knowledge import knowledge_of
from hashpivot.site.policies._feasibility import check_operation
from hashpivot.site.policies._target_modes import nearest_modes
from hashpivot.site.solvers._foresight import perfect_foresight
from hashpivot.testing import made_up_prices

NETWORK = NetworkHistory.load()
TEXT = """
name = "Hot"
limit_mw = 10
limit_by_temperature_c = {{ {curve} }}
[power]
kind = "indexed"
basis_usd_per_mwh = 0
[[machines]]
name = "old"
model = "Bitmain Antminer S19J Pro"
count = 1000
start_cost_usd = 20
min_on_hours = {on}
min_off_hours = 2
derate_from_c = 30
derate_per_c = 0.01
[[machines]]
name = "new"
model = "Antminer S21"
count = 1500
start_cost_usd = 30
min_on_hours = {on}
[machines.modes.eco]
ths = 160
watts = 2500
{more}
[[reserves]]
product = "rrs"
cap_mw = 2
"""
AI = '[[ai]]\nname = "jobs"\nfirm_mw = 1\nfirm_usd_per_mwh = 700'
BATTERY = "[battery]\npower_mw = 2\nenergy_mwh = 4"
START, END = date(2024, 3, 4), date(2024, 3, 9)


def site_of(curve: str = "30 = 9, 40 = 6, 45 = 4", on: int = 3, more: str = "") -> Site:
    return parse_site(TEXT.format(curve=curve, on=on, more=more))


def heated(made: PriceHistory, seed: int = 1, spread: float = 9.0) -> PriceHistory:
    chance = np.random.default_rng(seed)
    warm = 30 + 10 * np.sin(np.arange(made.hours) / 24 * 2 * np.pi) + chance.normal(0, spread, made.hours)
    warm[: 70 * 24] = 25.0
    return with_temperature(made, np.clip(warm, -10, 56))


def with_temperature(made: PriceHistory, temperature: np.ndarray) -> PriceHistory:
    return made.with_columns({**made.columns, "temp_c": temperature})


def counted_limit(site: Site, prices: PriceHistory) -> np.ndarray:
    """The limit hour by hour, counted plainly."""
    points, limits = site.heat_limit.points, []
    for degrees in prices["temp_c"]:
        limit = site.limit_mw
        for (cooler, more), (hotter, less) in zip(points, [*points[1:], (1e9, points[-1][1])], strict=True):
            if degrees >= cooler:
                limit = more + (less - more) * (degrees - cooler) / (hotter - cooler)
        limits.append(limit)
    return np.array(limits)


def drawn(site: Site, operation: Operation) -> np.ndarray:
    power = [np.array([0.0, *(mode.power_mw for mode in group.modes)]) for group in site.machines]
    battery = 0.0 if operation.plant is None else operation.plant.battery_mw
    return sum(row[operation.modes[:, g]] for g, row in enumerate(power)) + site.ai_mw + battery


def test_the_curve_is_linear_between_its_points_and_the_site_s_own_limit_below_them() -> None:
    heat = site_of("35 = 8, 45 = 6, -5.5 = 9".replace("-5.5", '"-5.5"')).heat_limit
    assert heat.points == ((-5.5, 9.0), (35.0, 8.0), (45.0, 6.0)) and heat.lowest_mw == 6
    found = heat.limit_mw(np.array([-20.0, -5.5, 35.0, 40.0, 50.0, np.nan]), 10.0)
    np.testing.assert_allclose(found, [10, 9, 8, 7, 6, 6])


@pytest.mark.parametrize(
    ("curve", "more", "why"),
    [
        ("", "", "the table is empty"),
        ("hot = 4", "", "hot must be a temperature from -60 to 60"),
        ("95 = 4", "", "95 must be a temperature"),
        ("35 = 12", "", "35 must be a number from 0 to 10"),
        ("35 = 5, 40 = 6", "", "40 is 6 MW, more than the 5 MW at 35"),
        ('35 = 5, "35.0" = 4', "", "35 stands twice"),
        ("35 = 0.5", AI, "falls to 0.5 MW, less than the 1 MW of"),
        ("35 = 4", "max_off_hours_per_month = 9", "leave one of them out"),
    ],
)
def test_a_curve_that_cannot_be_is_an_error(curve: str, more: str, why: str) -> None:
    text = TEXT.format(curve=curve, on=1, more=more if more == AI else "")
    if more and more != AI:
        text = text.replace("count = 1000", f"count = 1000\n{more}")
    with pytest.raises(InvalidSite, match=why):
        parse_site(text)


def test_without_temperatures_nothing_is_decided_and_single_ones_missing_are_said(made: PriceHistory) -> None:
    with pytest.raises(InvalidPrices, match="limit_by_temperature_c needs the column temp_c"):
        backtest(site_of(), made, START, END, network=NETWORK)
    warm = heated(made)
    warm.columns["temp_c"][63 * 24 + 30] = np.nan
    done = backtest(site_of(), warm, START, END, network=NETWORK)
    assert any("missing in 1 hour: the limit of the greatest heat, 4 MW" in note for note in done.hours.notes)
    assert done.hours.limit_mw[np.isnan(done.hours.prices["temp_c"])].tolist() == [4.0]


@settings(max_examples=12, deadline=None, suppress_health_check=list(HealthCheck))
@given(
    seed=st.integers(0, 10**6),
    lowest=st.floats(1.0, 9.0),
    on=st.integers(1, 6),
    regime=st.sampled_from(["live", "lagged"]),
    more=st.sampled_from(["", AI, BATTERY]),
)
def test_no_policy_ever_draws_more_than_the_heat_allows(
    seed: int, lowest: float, on: int, regime: str, more: str
) -> None:
    pytest.importorskip("highspy", reason="highspy is not installed: a binding limit needs it to be proven")
    site = site_of(f"30 = 9.5, 38 = {(lowest + 9.5) / 2}, 44 = {lowest}", on, more)
    prices = heated(made_up_prices(), seed)
    done = backtest(site, prices, START, END, network=NETWORK, regime=regime)
    best = done.result("perfect_foresight").profit_usd
    for policy in POLICIES:
        over = drawn(site, done.operations[policy]) - counted_limit(site, done.hours.prices)
        assert over.max() <= 1e-6, policy
        assert done.result(policy).profit_usd <= best + 1e-3 * abs(best)


@pytest.mark.parametrize("on", [1, 3])
def test_foresight_is_the_best_of_all_operations(made: PriceHistory, on: int) -> None:
    hours = 5
    site = replace(site_of(on=on), reserves=())
    chance = np.random.default_rng(on)
    for _ in range(5):
        cut = made.part(0, hours).columns | {"temp_c": chance.uniform(28, 48, hours)}
        cut["rt_usd_per_mwh"] = chance.normal(60, 40, hours)
        prices = make_price_history(made.ts_utc[:hours], cut, "made", "made")
        known = knowledge_of(site, prices, NETWORK).actual
        _, solution = perfect_foresight(known)
        rewards = known.rewards(np.arange(hours), prices.rt, np.zeros(hours))
        best = max(
            worth
            for old in product(range(2), repeat=hours)
            for new in product(range(3), repeat=hours)
            if (worth := brute(known, rewards, np.array([old, new]).T, on)) is not None
        )
        assert solution.value_usd == pytest.approx(best, rel=6e-4) and solution.bound_usd >= best - 1e-6


def brute(known, rewards: np.ndarray, modes: np.ndarray, on: int) -> float | None:
    power = np.take_along_axis(known.power_mw[None], modes[:, :, None], 2)[:, :, 0]
    if (power.sum(axis=1) > counted_limit(known.site, known.prices) + 1e-9).any():
        return None
    total = np.take_along_axis(rewards, modes[:, :, None], 2).sum()
    for g, group in enumerate(known.site.machines):
        was, since = True, 99
        for t, mode in enumerate(modes[:, g]):
            if (mode > 0) == was:
                since += 1
                continue
            if since < (on if was else group.min_off_hours):
                return None
            total -= known.start_usd[t, g] if mode else known.stop_usd[g]
            was, since = bool(mode), 1
    return float(total)


def test_what_is_over_the_limit_of_the_heat_is_not_settled(made: PriceHistory) -> None:
    site, prices = site_of(), heated(made)
    hours = knowledge_of(site, prices, NETWORK, 80 * 24, 82 * 24).part(80 * 24, 82 * 24).actual
    on = np.ones((48, 2), dtype=np.int64) * [1, 2]
    operation = Operation(on, np.zeros((48, 0), dtype=bool), np.zeros((48, 2)))
    with pytest.raises(InvalidOperation, match="MW left for them"):
        check_operation(hours, operation, "mine")
    kept = nearest_modes(hours, on > 0)
    check_operation(hours, replace(operation, modes=kept), "mine")


@pytest.mark.parametrize("regime", ["live", "lagged"])
def test_no_temperature_to_come_changes_a_decision(made: PriceHistory, regime: str) -> None:
    pytest.importorskip("highspy", reason="highspy is not installed: a binding limit needs it to be proven")
    site, warm, cut = site_of(), heated(made), np.datetime64("2024-03-15T10", "h")
    later = warm.ts_utc >= cut
    turned = with_temperature(made, np.where(later, 56 - warm["temp_c"], warm["temp_c"]))
    runs = [
        backtest(site, p, START, date(2024, 3, 18), network=NETWORK, regime=regime) for p in (warm, turned)
    ]
    before = runs[0].hours.prices.ts_utc < cut
    for policy in POLICIES[:-1]:
        first, second = (run.operations[policy] for run in runs)
        np.testing.assert_array_equal(first.modes[before], second.modes[before])
        np.testing.assert_array_equal(first.committed_mw[before], second.committed_mw[before])


def test_no_temperature_to_come_says_what_stored_energy_is_worth(made: PriceHistory) -> None:
    """Later the limit leaves nothing to charge with; in the hours before, it is not known."""
    site = parse_site(
        'name = "Hot"\nlimit_mw = 8\nlimit_by_temperature_c = { 30 = 6.4, 40 = 4.4 }\nexport_mw = 3\n'
        '[power]\nkind = "indexed"\n'
        '[[machines]]\nname = "hall"\nmodel = "Antminer S21"\ncount = 1337\n'
        "[battery]\npower_mw = 2\nenergy_mwh = 5\n"
    )
    cool = np.full(made.hours, 20.0)
    later = made.clock(site.zoneinfo).ts_utc >= np.datetime64("2024-03-06T00")
    runs = []
    for temperature in (cool, np.where(later, 45.0, cool)):
        prices = with_temperature(made, temperature)
        done = backtest(site, prices, START, END, network=NETWORK, policies=[RollingHorizon()])
        runs.append(done.operations["rolling_horizon"].plant.battery_mw)
    before = int((~later[made.clock(site.zoneinfo).day >= np.datetime64(START)]).sum())
    assert (runs[0][:before] == runs[1][:before]).all()
    assert (runs[0][before:] != runs[1][before : len(runs[0])]).any()


def test_a_plan_knows_the_heat_now_and_expects_that_of_the_day_before(made: PriceHistory) -> None:
    site = site_of()
    prices = with_temperature(made, np.full(made.hours, 20.0))
    hot = prices["temp_c"].copy()
    at = datetime(2024, 3, 20, 12)
    now = int(np.flatnonzero(prices.clock(site.zoneinfo).local == np.datetime64(at))[0])
    hot[now] = 50.0
    for temperature, most in ((prices["temp_c"], 10.0), (hot, 4.0)):
        made_plan = plan(site, with_temperature(made, temperature), at, network=NETWORK)
        mw = [sum(g["power_mw"] for g in hour["groups"]) for hour in made_plan.to_dict()["hours"]]
        assert mw[0] <= most and (most == 4.0 or mw[0] > 4.0)


def test_an_information_bound_on_reserve_is_refused(made: PriceHistory) -> None:
    done = backtest(site_of(), heated(made), START, END, network=NETWORK)
    with pytest.raises(InvalidInput, match="heat lowers the limit"):
        information_bound(done)
