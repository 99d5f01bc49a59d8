"""Reserve cleared again in real time (ERCOT from 5 December 2025): three days computed by hand."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import numpy as np
import pytest

from hashpivot.bitcoin import NetworkHistory
from hashpivot.site import DispatchWindow, Operation, PriceHistory, Site, make_price_history, parse_site
from hashpivot.site.economics import settle_pnl
from hashpivot.site.information import knowledge_of
from hashpivot.site.policies import RollingHorizon
from hashpivot.site.solvers import perfect_foresight

NETWORK = NetworkHistory.load()
SITE = """
name = "S"
limit_mw = 20
[power]
kind = "indexed"
[[machines]]
name = "m"
model = "Antminer S21"
count = 1000
modes.normal = { ths = 400, watts = 10_000 }
min_off_hours = 1
[[reserves]]
product = "rrs"
deployed_share = 0.01
deployment_cost_usd_per_mwh = 100
"""
AFTER, BEFORE = np.datetime64("2025-12-10T06", "h"), np.datetime64("2025-11-10T06", "h")
"""Midnight in Texas, with reserve cleared again in real time and without."""
OFF = 18


def day(ahead: float, now: float, spike: float, *, begin: np.datetime64 = AFTER) -> PriceHistory:
    """A day at one day-ahead and one real-time price of reserve, the latter higher at 18:00."""
    real = np.full(24, now)
    real[OFF] = spike
    flat = np.full(24, 40.0)
    columns = {"rt_usd_per_mwh": flat, "da_usd_per_mwh": flat}
    columns |= {"as_rrs": np.full(24, ahead), "rt_as_rrs": real}
    return make_price_history(begin + np.arange(24), columns, "z", "made")


def reserve_usd(history: PriceHistory, site: Site, *, award_mw: float, off: bool) -> float:
    hours = knowledge_of(site, history, NETWORK).actual
    modes = np.ones((24, 1), dtype=np.int64)
    modes[OFF] = not off
    operation = Operation(modes, np.zeros((24, 0), dtype=bool), np.full((24, 1), award_mw))
    return float(settle_pnl(hours, operation).usd["reserves"].sum())


@pytest.fixture
def site() -> Site:
    """Ten megawatts of machines, all of it reserve; a megawatt held costs 1% x USD 100 by being called."""
    return parse_site(SITE)


def test_an_award_that_is_held_is_kept(site: Site) -> None:
    """10 MW sold at 12, real time at 7 all day, the machines run: nothing is bought back."""
    by_hand = 24 * 10 * 12.0  # the day-ahead award: 2,880
    by_hand -= 24 * 10 * 0.01 * 100  # called 1% of the time at USD 100: 240
    assert by_hand == 2_640
    history = day(12, 7, 7)
    assert reserve_usd(history, site, award_mw=10, off=False) == pytest.approx(by_hand)


def test_what_is_not_held_is_bought_back_at_the_real_time_price(site: Site) -> None:
    """10 MW sold at 12; off at 18:00, when reserve costs 500 in real time."""
    by_hand = 24 * 10 * 12.0  # the award is paid for every hour: 2,880
    by_hand -= 10 * 500.0  # the hour off is bought back at that hour's price: 5,000
    by_hand -= 23 * 10 * 0.01 * 100  # called only while it is held: 230
    assert by_hand == -2_350
    history = day(12, 7, 500)
    assert reserve_usd(history, site, award_mw=10, off=True) == pytest.approx(by_hand)


def test_what_was_not_sold_ahead_is_sold_in_real_time(site: Site) -> None:
    """4 MW sold at 12, 10 MW held: the other 6 MW are sold at 7, and at 500 at 18:00."""
    by_hand = 24 * 4 * 12.0  # 1,152
    by_hand += 23 * 6 * 7.0 + 1 * 6 * 500.0  # 966 + 3,000
    by_hand -= 24 * 10 * 0.01 * 100  # 240, on all that is held
    assert by_hand == 4_878
    history = day(12, 7, 500)
    assert reserve_usd(history, site, award_mw=4, off=False) == pytest.approx(by_hand)


def test_before_it_the_hour_off_is_forgone_and_fined(site: Site) -> None:
    by_hand = 23 * 10 * (12 - 1.0) - 10 * (12 - 1.0)  # held 23 hours; a fine of one price
    history = day(12, 7, 500, begin=BEFORE)
    assert reserve_usd(history, site, award_mw=10, off=True) == pytest.approx(by_hand)


def test_without_real_time_prices_it_is_forgone_and_said(site: Site) -> None:
    history = day(12, 7, 500)
    columns = {name: values for name, values in history.items() if name != "rt_as_rrs"}
    bare = replace(history, columns=columns)
    assert reserve_usd(bare, site, award_mw=10, off=True) == pytest.approx(23 * 10 * (12 - 1.0))
    notes = knowledge_of(site, bare, NETWORK).actual.notes
    assert any("no rt_as_rrs: from 2025-12-05 on" in note for note in notes)


@pytest.mark.parametrize("dates", ["end = 2025-12-09", "start = 2025-12-20"])
def test_a_product_not_in_force_does_not_keep_others_from_being_cleared(site: Site, dates: str) -> None:
    """Its real-time price is not needed in an hour in which it is not sold."""
    other = parse_site(f'{SITE}[[reserves]]\nproduct = "nspin"\n{dates}\n')
    history = day(12, 7, 500)
    history = history.with_columns({**history.columns, "as_nspin": np.full(24, 3.0)})
    alone, beside = (reserve_usd(history, each, award_mw=10, off=True) for each in (site, other))
    assert beside == pytest.approx(alone) == pytest.approx(-2_350)
    assert not any("rt_as_nspin" in note for note in knowledge_of(other, history, NETWORK).actual.notes)


def test_foresight_sells_ahead_only_what_real_time_pays_less(site: Site) -> None:
    """Real time pays 500 at 18:00, more than the 12 of the day before: nothing is sold ahead then."""
    history = day(12, 7, 500)
    operation, _ = perfect_foresight(knowledge_of(site, history, NETWORK).actual)
    sold = operation.committed_mw[:, 0]
    assert sold[OFF] == 0 and (np.delete(sold, OFF) == pytest.approx(10))


def two_months(chance: np.random.Generator) -> PriceHistory:
    count = 100 * 24
    ts_utc = np.datetime64("2025-10-20T05", "h") + np.arange(count)
    ahead = 40 + 10 * np.sin(np.arange(count) / 24 * 2 * np.pi) + chance.normal(0, 3, count)
    columns = {
        "rt_usd_per_mwh": ahead * np.exp(chance.normal(0, 0.4, count)),
        "da_usd_per_mwh": ahead,
        "as_rrs": chance.gamma(2, 4, count),
        "rt_as_rrs": chance.gamma(1, 5, count),
    }
    return make_price_history(ts_utc, columns, "z", "made")


@pytest.mark.parametrize("regime", ["live", "lagged"])
def test_real_time_reserve_prices_to_come_change_no_decision(site: Site, regime: str) -> None:
    made = two_months(np.random.default_rng(3))
    cut = made.hours - 10 * 24
    columns = {name: values.copy() for name, values in made.columns.items()}
    columns["rt_as_rrs"][cut:] = columns["rt_as_rrs"][cut:][::-1] * 90
    window = [
        DispatchWindow(knowledge_of(site, table, NETWORK), cut - 20 * 24, made.hours, regime)
        for table in (made, replace(made, columns=columns))
    ]
    one, other = (RollingHorizon().operate(each) for each in window)
    known = 20 * 24 + (regime == "lagged")
    assert (one.modes[:known] == other.modes[:known]).all()
    offered = 20 * 24 + 5  # the days whose gate was before the change
    assert np.allclose(one.committed_mw[:offered], other.committed_mw[:offered])
    assert (one.committed_mw != other.committed_mw).any()
    assert date.fromisoformat(str(made.ts_utc[cut])[:10]) > date(2025, 12, 5)
