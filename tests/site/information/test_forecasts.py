"""Forecasts issued one after another: daily ones moved by the last price, hourly ones by themselves."""

from zoneinfo import ZoneInfo

import numpy as np
import pytest

from hashpivot.site import PriceHistory, RealTimeForecaster
from hashpivot.site.information._daily_forecasts import DailyForecasts, ForecastVintage
from hashpivot.site.information._forecast_schedule import ForecastSchedule
from hashpivot.site.information._price_ranks import (
    EDGES,
    RANKS,
    RankModel,
    rank_transitions,
    staying,
    tail_factors,
)
from hashpivot.site.markets import load_market

CHICAGO = ZoneInfo("America/Chicago")
PLAIN = RankModel(np.eye(RANKS), np.eye(RANKS), np.ones(RANKS))


def days(made: PriceHistory, last: float) -> DailyForecasts:
    """A forecast of 10 to 90 USD/MWh for ten hours, in whose first hour the price was `last`."""
    prices = made.rt.copy()
    prices[100] = last
    table = PriceHistory(made.ts_utc, {**made.columns, "rt_usd_per_mwh": prices}, "z", made.filled)
    middle = np.tile(np.linspace(10, 90, RANKS), (10, 1))
    return DailyForecasts(table, [ForecastVintage(100, 110, (middle[:, 1:] + middle[:, :-1]) / 2, middle)])


@pytest.mark.parametrize(
    ("last", "factor"), [(10, 1.0), (50, 1.0), (90, 1.0), (-5, 10 / 25), (300, 315 / 105), (-500, 1 / 25)]
)
def test_a_forecast_is_moved_by_how_far_the_last_price_lay_outside(
    made: PriceHistory, last: float, factor: float
) -> None:
    prices = np.array([[20.0, 40.0]])
    moved = days(made, last).shift_to_last_price(np.array([101]), prices, PLAIN)
    assert moved == pytest.approx((prices + 15) * factor - 15)


def test_a_forecast_is_raised_no_further_than_to_the_highest_price_seen(made: PriceHistory) -> None:
    moved = days(made, 9000.0).shift_to_last_price(np.array([101]), np.array([[20.0, 4000.0, 9500.0]]), PLAIN)
    assert moved.tolist() == [[pytest.approx(35 * 9015 / 105 - 15), 9000.0, 9500.0]]


def test_where_no_forecast_was_nothing_is_moved(made: PriceHistory) -> None:
    prices = np.array([[20.0, 40.0]])
    assert (days(made, 9000.0).shift_to_last_price(np.array([60]), prices, PLAIN) == prices).all()


def test_rows_of_ranks_add_up_and_lean_to_their_shares() -> None:
    nothing = rank_transitions(np.array([], dtype=int), np.array([], dtype=int))
    assert nothing == pytest.approx(np.tile(np.diff(EDGES), (RANKS, 1)))
    seen = rank_transitions(np.full(1000, 3), np.full(1000, 5))
    assert seen.sum(axis=1) == pytest.approx(1) and seen[3, 5] > 0.95


def test_few_counts_lean_to_how_often_any_rank_stays() -> None:
    ranks = np.repeat(np.arange(RANKS), 4)  # a price that holds for four intervals
    stays = staying(ranks[:-1], ranks[1:])
    assert staying(ranks[:0], ranks[:0]) == 0 and 0.6 < stays < 0.8
    rows = rank_transitions(np.array([2]), np.array([2]), stays)
    assert rows.sum(axis=1) == pytest.approx(1) and (np.diag(rows) >= stays).all()


def test_a_tail_is_how_far_real_prices_lay_above_typical_ones() -> None:
    ranks, typical = np.repeat([2, 8], 20), np.full((40, RANKS), 100.0)
    factor = tail_factors(ranks, typical, np.repeat([50.0, 250.0], 20))
    assert factor[8] == 2.5 and factor[2] == 1.0
    assert tail_factors(ranks[:25], typical[:25], np.full(25, 1e6))[8] == 1.0


def test_hourly_forecasts_see_the_hour_before(made: PriceHistory) -> None:
    """One issued just after a spike is above the one issued just before it, for the same hour."""
    pytest.importorskip("lightgbm", reason="needs LightGBM (the extra `site`)")
    first, end = 1500, 1600
    spiked = made.rt.copy()
    spiked[1550] = 2000.0
    table = PriceHistory(made.ts_utc, {**made.columns, "rt_usd_per_mwh": spiked}, "z", made.filled)
    plain, after = (
        ForecastSchedule(t, t.clock(CHICAGO), load_market("ercot"), first, end, RealTimeForecaster).newest
        for t in (made, table)
    )
    (one,), (other,) = (now.lattice(1551, 1552, PLAIN).prices for now in (plain, after))
    assert other[0, 4] > one[0, 4]
    assert (after.rank[first:end] >= 0).all() and (after.rank[:1464] == -1).all()
    same = [now.lattice(1500, 1550, PLAIN).prices for now in (plain, after)]
    assert (same[0] == same[1]).all()
