"""AI training: blocks, checkpoints, notice and hours allowed, against all ways to interrupt."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from functools import cache
from itertools import product
from zoneinfo import ZoneInfo

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from hashpivot.bitcoin import NetworkHistory
from hashpivot.site import Clock, InvalidSite, PriceHistory, TrainingLoad, backtest, load_site, parse_site
from hashpivot.site.model import _training_load

NETWORK = NetworkHistory.load()
TEXT = """
name = "T"
limit_mw = 100
[power]
kind = "indexed"
[[ai]]
kind = "training"
name = "t"
flexible_mw = 10
flexible_usd_per_mwh = 60
{keys}
"""


def clock_of(hours: int, minutes: int = 60, start: str = "2024-03-31T22:00") -> Clock:
    step = np.timedelta64(minutes, "m")
    return Clock(np.datetime64(start, "m") + np.arange(hours) * step, ZoneInfo("UTC"), minutes)


def earned(load: TrainingLoad, off: np.ndarray, cost: np.ndarray, clock: Clock) -> float:
    return float((load.income_usd(off, clock) - cost * load.drawn_mw(off)).sum() * clock.interval_hours)


@settings(max_examples=60, deadline=None)
@given(
    st.integers(0, 2**31), st.integers(1, 3), st.integers(0, 6), st.integers(0, 4), st.sampled_from([30, 60])
)
def test_the_best_blocks_are_the_best_of_all(
    seed: int, block: int, monthly: int, daily: int, minutes: int
) -> None:
    chance, clock = np.random.default_rng(seed), clock_of(9, minutes)
    load = TrainingLoad(
        "t",
        flexible_mw=2.0,
        flexible_usd_per_mwh=60.0,
        max_hours_per_day=daily,
        max_hours_per_month=monthly,
        checkpoint_usd=float(chance.choice([0, 40, 150])),
        min_block_hours=block,
    )
    cost = chance.uniform(20, 160, 9)
    found = load.best_interruptions(cost, clock)
    assert not load.forbidden(found, clock).any()
    ways = (np.array(way) for way in product([False, True], repeat=9))
    best = max(earned(load, way, cost, clock) for way in ways if not load.forbidden(way, clock).any())
    assert earned(load, found, cost, clock) == pytest.approx(best)
    in_time = load.interruptions_in_time(cost, clock, np.zeros(9))
    assert not load.forbidden(in_time, clock).any()


@pytest.mark.parametrize(("block", "monthly", "daily"), [(1, 5, 2), (3, 9, 24), (4, 12, 3)])
def test_months_sought_one_by_one_are_as_good_as_a_year_sought_at_once(
    block: int, monthly: int, daily: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The table is as long as a month, whatever the period."""
    chance, clock = np.random.default_rng(block), clock_of(70 * 24, start="2024-01-20T00:00")
    load = TrainingLoad(
        "t",
        flexible_mw=2.0,
        flexible_usd_per_mwh=60.0,
        max_hours_per_day=daily,
        max_hours_per_month=monthly,
        checkpoint_usd=40.0,
        min_block_hours=block,
    )
    cost = 20 + 60 * chance.gamma(1.0, 0.8, 70 * 24)
    states = (block + 1) * (monthly + 1) * (daily % 24 + 1)
    monkeypatch.setattr(_training_load, "_MOST_CHOICES", 31 * 24 * states)
    found = load.best_interruptions(cost, clock)
    assert not load.forbidden(found, clock).any()
    never = earned(load, np.zeros(len(cost), dtype=bool), cost, clock)
    assert earned(load, found, cost, clock) - never == pytest.approx(at_once(load, cost, clock))


def at_once(load: TrainingLoad, cost: np.ndarray, clock: Clock) -> float:
    """What interruptions gain at best, sought over all hours in one piece, state by state."""
    fresh, block = (load.max_hours_per_month, load.max_hours_per_day), load.min_block_hours
    gain = load.interruption_gain_usd(cost)

    @cache
    def best(t: int, age: int, month: int, day: int) -> float:
        if t == len(cost):
            return 0.0
        if t and clock.month[t] != clock.month[t - 1]:
            month = fresh[0]
        if t and clock.day[t] != clock.day[t - 1]:
            day = fresh[1]
        on = best(t + 1, 0, month, day) if age in (0, block) else -np.inf
        if not month or not day:
            return on
        off = best(t + 1, min(age + 1, block), month - 1, day - 1)
        return max(on, off + gain[t] - (0 if age else load.checkpoint_usd))

    for t in range(len(cost), 0, -24):  # fill the cache from the end: no deep recursion
        for state in product(range(block + 1), range(fresh[0] + 1), range(fresh[1] + 1)):
            best(t, *state)
    return best(0, 0, *fresh)


def test_all_hours_of_a_day_are_those_of_the_day_clocks_go_back_too() -> None:
    """25 hours, none of which the day's default of 24 forbids."""
    load, zone = TrainingLoad("t", flexible_mw=1.0, flexible_usd_per_mwh=60.0), ZoneInfo("America/Chicago")
    clock = Clock(np.datetime64("2024-11-03T05:00", "m") + np.arange(25) * np.timedelta64(60, "m"), zone)
    assert len(np.unique(clock.day)) == 1
    dear = np.full(25, 900.0)
    assert load.best_interruptions(dear, clock).all()
    assert load.interruptions_in_time(dear, clock, np.zeros(25)).all()
    assert replace(load, max_hours_per_day=23).best_interruptions(dear, clock).sum() == 23


def test_a_checkpoint_is_paid_once_a_block() -> None:
    load, clock = TrainingLoad("t", flexible_mw=10.0, checkpoint_usd=500.0), clock_of(8, 15)
    off = np.array([0, 1, 1, 1, 0, 0, 1, 1], dtype=bool)
    usd = load.income_usd(off, clock) * clock.interval_hours
    assert usd.sum() == pytest.approx(-1000) and np.flatnonzero(usd).tolist() == [1, 6]


def test_a_block_that_ends_too_soon_is_forbidden() -> None:
    load, clock = TrainingLoad("t", flexible_mw=1.0, min_block_hours=3), clock_of(8)
    off = np.array([1, 1, 0, 1, 1, 1, 0, 1], dtype=bool)
    assert np.flatnonzero(load.forbidden(off, clock)).tolist() == [2]


@pytest.mark.parametrize("regime", ["live", "lagged"])
def test_with_notice_no_real_time_price_interrupts(made: PriceHistory, regime: str) -> None:
    load = TrainingLoad(
        "t", flexible_mw=10.0, flexible_usd_per_mwh=38.0, min_block_hours=2, notice_minutes=30
    )
    site = replace(load_site("ai_campus"), ai=(load,))
    turned = made.with_columns({**made.columns, "rt_usd_per_mwh": 60 - made.rt})
    days = date(2024, 3, 11), date(2024, 3, 16)
    one, other = (backtest(site, prices, *days, network=NETWORK, regime=regime) for prices in (made, turned))
    for policy in ("threshold", "threshold_day_ahead"):
        off = one.operations[policy].interrupted
        assert off.any() and (off == other.operations[policy].interrupted).all()
    best = one.result("perfect_foresight").profit_usd
    assert all(result.profit_usd <= best * (1 + one.gap) + 1 for result in one.results())


def test_its_keys_are_read_and_checked() -> None:
    site = parse_site(
        TEXT.format(
            keys="checkpoint_usd = 900\nmin_block_hours = 4\nnotice_minutes = 30\nmax_hours_per_month = 40"
        )
    )
    assert site.ai[0].checkpoint_usd == 900 and site.ai[0].min_block_hours == 4
    for keys, key in (
        ("min_block_hours = 0", "min_block_hours"),
        ("min_block_hours = 9\nmax_hours_per_month = 8", "min_block_hours"),
        ("notice_minutes = -5", "notice_minutes"),
        ("sla_penalty_usd_per_mwh = 3", "sla_penalty_usd_per_mwh"),
    ):
        with pytest.raises(InvalidSite, match=key):
            parse_site(TEXT.format(keys=keys))
