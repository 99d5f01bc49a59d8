"""Policies on real ERCOT hours, and honest information: nothing later may change a decision."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import date
from importlib.util import find_spec

import numpy as np
import pytest

from hashpivot.bitcoin import NetworkHistory
from hashpivot.core import InvalidInput, Missing
from hashpivot.site import (
    COMPONENTS,
    POLICIES,
    Backtest,
    BasisForecaster,
    Forecaster,
    IndexedPower,
    InvalidPrices,
    InvalidSite,
    MeteredPeak,
    PriceHistory,
    RealTimeForecaster,
    Site,
    TimeWindow,
    backtest,
    default_policies,
    load_site,
    parse_site,
    shortfall,
    worst_days,
)
from hashpivot.site.economics._profit_and_loss import settle_pnl
from hashpivot.site.information._forecast_schedule import ForecastSchedule
from hashpivot.site.information._knowledge import knowledge_of
from hashpivot.site.information._price_ranks import RankModel
from hashpivot.site.policies._rolling_dispatch import RollingDispatch
from hashpivot.site.solvers._foresight import dispatch_problem, perfect_foresight

from ..checks import check_operation

NETWORK = NetworkHistory.load()

SMALL = """
name = "Small"
limit_mw = 8
pool_fee = 0.01
[power]
kind = "block"
block_mw = 5
block_usd_per_mwh = 30
[[machines]]
name = "old"
model = "Bitmain Antminer S19J Pro"
count = 1000
start_cost_usd = 20
min_on_hours = 3
min_off_hours = 2
max_off_hours_per_month = 60
[[machines]]
name = "new"
model = "Antminer S21"
count = 1000
start_cost_usd = 30
restart_minutes = 20
min_on_hours = 2
min_off_hours = 4
[machines.modes.eco]
ths = 160
watts = 2500
[[ai]]
name = "jobs"
firm_mw = 0.5
firm_usd_per_mwh = 700
flexible_mw = 0.5
flexible_usd_per_mwh = 150
max_hours_per_day = 2
max_hours_per_month = 8
[[tariffs]]
name = "peaks"
kind = "coincident_peak"
months = [1, 2, 3]
usd_per_kw_year = 20
[[reserves]]
product = "rrs"
cap_mw = 2
[[reserves]]
product = "ecrs"
[[credits]]
name = "programme"
usd_per_mwh = 30
min_price_usd_per_mwh = 100
"""
START, END = date(2024, 3, 4), date(2024, 4, 5)


@pytest.fixture(scope="module")
def small() -> Site:
    return parse_site(SMALL)


def run(
    site: Site,
    table: PriceHistory,
    regime: str,
    end: date = END,
    make: Callable[[], Forecaster] = BasisForecaster,
) -> Backtest:
    policies = default_policies(make)
    return backtest(site, table, START, end, network=NETWORK, regime=regime, policies=policies)


@pytest.mark.parametrize("regime", ["live", "lagged"])
@pytest.mark.parametrize("limit", [8.0, 6.0])
def test_no_policy_breaks_a_limit_or_beats_foresight(
    small: Site, made: PriceHistory, regime: str, limit: float
) -> None:
    site = replace(small, limit_mw=limit)
    if limit < small.normal_mw + small.ai_mw:
        pytest.importorskip(
            "highspy", reason="highspy is not installed: a binding limit needs it to be proven"
        )
    done = run(site, made, regime, END if limit == 8.0 else date(2024, 3, 10))
    best = done.result("perfect_foresight").profit_usd
    for policy in POLICIES:
        check_operation(site, done.operations[policy], done.hours.clock)
        assert done.result(policy).profit_usd <= best + 1e-3 * abs(best)


def under_own_peaks(site: Site, made: PriceHistory) -> tuple[Site, PriceHistory]:
    """The site with charges on its own peaks that change what it does, at a price of its own."""
    afternoon = TimeWindow(weekdays=(1, 2, 3, 4, 5), hours=(13, 14, 15, 16))
    always = (date(2024, 1, 1), date(2024, 12, 31))
    tariffs = (
        MeteredPeak("own", *always, usd_per_kw_month=3.0, ratchet_share=0.8, ratchet_months=3),
        MeteredPeak("afternoon", *always, usd_per_kw_month=9.0, window=afternoon),
    )
    basis = np.random.default_rng(3).normal(2.0, 4.0, made.hours)
    power = replace(site.power, basis_usd_per_mwh=None)
    columns = made.columns | {"basis_usd_per_mwh": basis}
    return replace(site, power=power, tariffs=(*site.tariffs, *tariffs)), replace(made, columns=columns)


CUT = np.datetime64("2024-03-20T10", "m")


def upside_down(table: PriceHistory) -> PriceHistory:
    """What is known only after an hour, turned upside down: prices and loads from it on, what fills a gap."""
    cut = int(np.searchsorted(table.ts_utc, CUT))
    columns = {name: values.copy() for name, values in table.columns.items()}
    columns["rt_usd_per_mwh"][cut:] = columns["rt_usd_per_mwh"][cut:][::-1] * 3 - 20
    columns["load_mw"][cut:] *= 1.4
    if "basis_usd_per_mwh" in columns:
        columns["basis_usd_per_mwh"][cut:] *= -5
    ahead = cut + 48  # day-ahead columns are known to the end of the next day
    for name in ("da_usd_per_mwh", "as_rrs", "as_ecrs"):
        columns[name][ahead:] = columns[name][ahead:][::-1] * 2
    return interpolated(table.with_columns(columns))


def with_gaps(table: PriceHistory) -> PriceHistory:
    """Hours without a published price, some of them filled by one after the cut; and unknown loads."""
    cut = int(np.searchsorted(table.ts_utc, CUT))
    filled, load = table.filled.copy(), table["load_mw"].copy()
    for begin in (cut - 200, cut - 30, cut - 2, cut + 5):
        filled[begin : begin + 3] = True
    for begin in (cut - 100, cut - 25, cut - 4):
        load[begin : begin + 2] = np.nan
    return interpolated(replace(table.with_columns({**table.columns, "load_mw": load}), filled=filled))


def interpolated(table: PriceHistory) -> PriceHistory:
    """Prices of filled hours as accounting takes them: between the one before and the one after."""
    every, known = np.arange(table.hours), ~table.filled
    rt = np.interp(every, every[known], table.rt[known])
    return table.with_columns({**table.columns, "rt_usd_per_mwh": rt})


@pytest.mark.parametrize(
    ("kind", "regime", "gaps"),
    [
        ("plain", "live", False),
        ("plain", "lagged", True),
        ("learned", "live", True),
        ("learned", "lagged", False),
        ("minimum", "live", False),
        ("minimum", "lagged", True),
        ("own peak", "live", True),
        ("own peak", "lagged", False),
    ],
)
def test_the_future_changes_nothing(
    small: Site, made: PriceHistory, regime: str, kind: str, gaps: bool
) -> None:
    """Prices and loads after an hour are turned upside down: every decision up to it stays as it was.

    Each kind with each regime and with and without gaps.
    """
    make = RealTimeForecaster if kind == "learned" else BasisForecaster
    if kind == "learned":
        pytest.importorskip("lightgbm", reason="needs LightGBM (the extra `site`)")
    if kind == "minimum":
        small = replace(small, tariffs=(replace(small.tariffs[0], minimum_share=0.5),))
    if kind == "own peak":
        small, made = under_own_peaks(small, made)
    table, policies = with_gaps(made) if gaps else made, default_policies(make)[:-1]
    end = date(2024, 3, 24)
    before, after = (
        backtest(small, each, START, end, network=NETWORK, regime=regime, policies=policies)
        for each in (table, upside_down(table))
    )
    known = before.hours.prices.ts_utc < CUT
    if regime == "lagged":  # the first altered price is not seen when its own hour is decided
        known |= before.hours.prices.ts_utc == CUT
    for policy in before.policies:
        one, other = before.operations[policy], after.operations[policy]
        assert (one.modes[known] == other.modes[known]).all(), policy
        assert (one.interrupted[known] == other.interrupted[known]).all(), policy
        assert np.allclose(one.committed_mw[known], other.committed_mw[known]), policy
    seen = before.hours.prices.ts_utc <= CUT  # loads of the hour itself are not seen either
    assert np.array_equal(
        *(
            done.window.knowledge.part(done.window.first, done.window.end).peak_chances[seen]
            for done in (before, after)
        )
    )
    assert before.peak_chance[seen].any()
    assert (before.operations["rolling_horizon"].modes != after.operations["rolling_horizon"].modes).any()


def test_reserve_of_a_months_first_day_is_sold_by_what_the_afternoon_before_knew(
    small: Site, made: PriceHistory
) -> None:
    cut, midnight, end = (
        int(np.searchsorted(made.ts_utc, np.datetime64(hour, "h")))
        for hour in ("2024-03-31T19", "2024-04-01T05", "2024-04-03T05")  # 14:00 and 0:00 in Chicago
    )
    columns = made.columns | {"rt_usd_per_mwh": made.rt.copy()}
    columns["rt_usd_per_mwh"][cut:midnight] = 3_000.0
    one, other = (
        learned_for_sale(small, each, midnight, end) for each in (made, replace(made, columns=columns))
    )
    assert (one.transition == other.transition).all() and (one.tail_factor == other.tail_factor).all()


def learned_for_sale(site: Site, table: PriceHistory, first: int, end: int) -> RankModel:
    knowledge = knowledge_of(site, table, NETWORK)
    schedule = ForecastSchedule(table, knowledge.actual.clock, site.market, first, end, BasisForecaster)
    return RollingDispatch(knowledge, schedule, first, end, "live").offer_models[first]


def test_books_add_up_to_what_the_dispatch_maximised(small: Site, made: PriceHistory) -> None:
    site = replace(small, reserves=(), ai=())
    knowledge = knowledge_of(site, made, NETWORK)
    operation, proof = perfect_foresight(knowledge.actual)
    books = settle_pnl(knowledge.actual, operation)
    still = settle_pnl(knowledge.actual, replace(operation, modes=0 * operation.modes))
    off = dispatch_problem(
        knowledge.actual, knowledge.actual.rewards(np.arange(made.hours), made.rt, knowledge.actual.peak)
    )
    idle = off.rewards[:, :, 0].sum() - still.usd["wear"].sum() * -1
    gained = books.profit_usd.sum() - still.profit_usd.sum()
    assert gained == pytest.approx(proof.value_usd - idle, rel=1e-9)


def test_components_add_up_to_profit(four_years: dict[str, Backtest]) -> None:
    for done in four_years.values():
        for result in done.results():
            assert tuple(result.components) == COMPONENTS
            assert sum(result.components.values()) == pytest.approx(result.profit_usd)
        lost = done.result("perfect_foresight").profit_usd - done.result("rolling_horizon").profit_usd
        assert sum(shortfall(done).values()) == pytest.approx(lost)


def test_months_and_years_add_up(four_years: dict[str, Backtest]) -> None:
    done = four_years["live"]
    answer = done.to_dict()
    ours = [row["profit_usd"] for row in answer["by_month"] if row["policy"] == "rolling_horizon"]
    assert len(ours) == 48 and sum(ours) == pytest.approx(done.result("rolling_horizon").profit_usd, abs=1)
    assert [row["year"] for row in answer["by_year"] if row["policy"] == "rolling_horizon"] == [
        2021,
        2022,
        2023,
        2024,
    ]


def test_quality_on_ercot(four_years: dict[str, Backtest]) -> None:
    """The aims: 97.5% live, 96% lagged, and more than the best simple policy in every year."""
    for regime, aim in (("live", 0.975), ("lagged", 0.96)):
        done = four_years[regime]
        for year in done.years:
            inside = done.in_year(year)
            assert done.results(inside)[POLICIES.index("rolling_horizon")].capture >= aim, (regime, year)
            assert done.uplift_over_simple_usd(inside) > 0, (regime, year)
        check_operation(done.hours.site, done.operations["rolling_horizon"], done.hours.clock)
        check_operation(done.hours.site, done.operations["perfect_foresight"], done.hours.clock)


def test_the_best_simple_policy_is_that_of_the_years_before(four_years: dict[str, Backtest]) -> None:
    done = four_years["live"]
    simple = done.best_simple
    assert simple.names == POLICIES[:5]
    first, late = simple.beforehand(), simple.beforehand(done.in_year(2024))
    assert first == simple.beforehand(done.in_year(2021)) and {first, late} <= set(simple.names)
    years = np.any([done.in_year(year) for year in (2021, 2022, 2023)], axis=0)  # one of four more before
    best = max(simple.names, key=lambda name: done.pnl[name].profit_usd[years].sum())
    assert late == best == simple.in_hindsight(years)
    inside = done.in_year(2024)
    assert done.uplift_over_simple_usd(inside) == done.uplift_usd(late, inside)
    assert done.uplift_over_simple_usd(inside, hindsight=True) <= done.uplift_over_simple_usd(inside)
    told = done.to_dict()["best_simple_by_year"][3]
    assert told["year"] == 2024 and told["policy"] == late


def test_capture_of_flexibility_leaves_out_what_never_stopping_earns(four_years: dict[str, Backtest]) -> None:
    done = four_years["live"]
    always, rolling, best = (
        done.result(name) for name in ("always_on", "rolling_horizon", "perfect_foresight")
    )
    assert always.capture_of_flexibility == 0 and best.capture_of_flexibility == 1
    worth = best.profit_usd - always.profit_usd
    assert rolling.capture_of_flexibility == pytest.approx((rolling.profit_usd - always.profit_usd) / worth)


def test_without_days_before_no_simple_policy_is_best(small: Site, made: PriceHistory) -> None:
    known = made.part(24 * 5, made.hours)
    policies = [policy for policy in default_policies() if policy.name in ("always_on", "threshold")]
    done = backtest(small, known, date(2024, 2, 1), END, network=NETWORK, policies=policies)
    assert isinstance(done.best_simple.beforehand(), Missing)
    assert isinstance(done.uplift_over_simple_usd(policy="threshold"), Missing)
    assert done.best_simple.in_hindsight() in ("always_on", "threshold")


def test_uri(four_years: dict[str, Backtest]) -> None:
    done = four_years["live"]
    always, *_, best = done.results(done.in_uri)
    assert always.profit_usd < -80e6 and best.profit_usd > 0
    assert done.result("rolling_horizon", done.in_uri).profit_usd > 0.9 * best.profit_usd
    late = four_years["lagged"]
    assert worst_days(late, 3)[0][1] > 0
    assert late.result("rolling_horizon", late.in_uri).profit_usd > 0.9 * best.profit_usd


def test_json_keys(four_years: dict[str, Backtest]) -> None:
    answer = four_years["lagged"].to_dict()
    assert {"site", "zone", "start", "end", "regime", "policies", "by_month"} <= set(answer)
    assert [row["policy"] for row in answer["policies"]] == list(POLICIES)
    wanted = {"policy", "profit_usd", "capture", "components", "uptime", "starts", "hours_off"}
    assert all(wanted <= set(row) for row in answer["policies"])
    assert answer["regime"] == "lagged" and answer["zone"] == "LZ_WEST"


def test_switched_off_features_are_said(small: Site, made: PriceHistory) -> None:
    bare = replace(made, columns={n: made[n] for n in ("rt_usd_per_mwh", "da_usd_per_mwh")})
    done = run(small, bare, "live")
    said = " ".join(done.notes)
    for word in ("load_mw", "as_rrs", "as_ecrs"):
        assert f"no {word}" in said
    for result in done.results():
        assert result.components["reserves"] == 0 and result.components["tariffs"] == 0


def test_a_capture_of_a_loss_is_missing(small: Site, made: PriceHistory) -> None:
    old = replace(small.machines[0], max_off_hours_per_month=0)
    dear = replace(small, power=IndexedPower(), machines=(old,), ai=(), credits=())
    columns = {**made.columns, "rt_usd_per_mwh": np.abs(made.rt) + 3000.0}
    done = backtest(dear, replace(made, columns=columns), START, END, network=NETWORK)
    assert isinstance(done.result("rolling_horizon").capture, Missing)
    assert done.to_dict()["policies"][0]["capture"] is None


@pytest.mark.parametrize(
    ("start", "end", "error", "said"),
    [
        (date(2024, 3, 9), date(2024, 3, 8), InvalidInput, "cannot end"),
        (date(2024, 1, 5), date(2024, 2, 8), InvalidPrices, "hours of prices come before the start"),
        (date(2024, 3, 9), date(2025, 3, 8), InvalidPrices, "they run from 2024-01-01 to 2024-04-10"),
        (date(2023, 3, 9), date(2024, 3, 8), InvalidPrices, "do not cover"),
    ],
)
def test_periods_that_cannot_be(
    small: Site, made: PriceHistory, start: date, end: date, error: type, said: str
) -> None:
    with pytest.raises(error, match=said):
        backtest(small, made, start, end, network=NETWORK)


def test_times_longer_than_the_period_are_named(made: PriceHistory) -> None:
    site = parse_site(SMALL.replace("min_on_hours = 3", "min_on_hours = 30"))
    with pytest.raises(InvalidSite, match="min_on_hours is 30, longer than the 24 hours"):
        backtest(site, made, date(2024, 3, 20), date(2024, 3, 20), network=NETWORK)


def test_an_unknown_regime_is_named(small: Site, made: PriceHistory) -> None:
    with pytest.raises(InvalidInput, match="live and lagged"):
        backtest(small, made, START, END, regime="psychic", network=NETWORK)


def test_the_same_backtest_twice_is_the_same(small: Site, made: PriceHistory) -> None:
    assert run(small, made, "lagged").to_dict() == run(small, made, "lagged").to_dict()


def test_examples_run_over_a_month(hours: PriceHistory) -> None:
    recent = hours.part(int(np.searchsorted(hours.ts_utc, np.datetime64("2023-04-01T06", "h"))), hours.hours)
    for name in ("hedged_reserves", "ai_campus"):
        site = load_site(name)
        done = backtest(site, recent, date(2023, 8, 1), date(2023, 8, 31), regime="lagged", network=NETWORK)
        assert done.gap <= (5e-4 if find_spec("highspy") else 5e-3)
        for policy in POLICIES:
            check_operation(site, done.operations[policy], done.hours.clock)
        assert done.uplift_usd("always_on") > 0
