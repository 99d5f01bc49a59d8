from __future__ import annotations

from datetime import date

import numpy as np
import pytest

from hashpivot.bitcoin import NetworkHistory
from hashpivot.nowcast import Days, days_known, market

HALVING_QUARTER = date(2024, 4, 1), date(2024, 6, 30)


def test_known_days_are_as_they_were(days: Days) -> None:
    found = market(days, date(2025, 6, 30), seed=1, draws=8)
    start, end = date(2025, 4, 1), date(2025, 6, 30)
    assert found.usd_per_eh(start, end).shape == (1, 91)
    assert found.usd_per_eh(start, end)[0] == pytest.approx(days.usd_per_eh[days.span(start, end)], rel=1e-12)


def test_a_running_quarter_joins_known_and_drawn_days(history: NetworkHistory) -> None:
    known = days_known(history, date(2025, 5, 15))
    found = market(known, date(2025, 6, 30), seed=1, draws=50)
    paid = found.usd_per_eh(date(2025, 4, 1), date(2025, 6, 30))
    assert paid.shape == (50, 91)
    assert (paid[:, :30] == paid[0, :30]).all()
    may = paid[:, 30:45]  # the mean fees of a month are not known before it ends
    assert 0 < (may.std(axis=0) / may.mean(axis=0)).max() < 0.01
    assert paid[:, 60].std() > 0
    assert found.price(date(2025, 6, 1), date(2025, 6, 30)).shape == (50, 30)


def test_the_price_has_no_drift_and_its_own_volatility(history: NetworkHistory) -> None:
    known = days_known(history, date(2023, 12, 31))
    found = market(known, date(2024, 3, 30), seed=5, draws=20_000)
    moves = np.log(found.price_usd[:, -1] / known.price_usd[-1])
    assert abs(np.median(moves)) < 0.01
    daily = np.diff(np.log(known.price_usd[-366:]))
    assert moves.std() == pytest.approx(daily.std() * np.sqrt(90), rel=0.35)


def test_the_halving_comes_at_its_height(history: NetworkHistory) -> None:
    """Drawn on 2024-03-31, twenty days before: it came on the evening of the 19th."""
    known = days_known(history, date(2024, 3, 31))
    found = market(known, HALVING_QUARTER[1], seed=3, draws=500)
    subsidy = found.subsidy(*HALVING_QUARTER)
    assert (subsidy[:, :15] == 6.25).all()
    assert (subsidy[:, 25:] == 3.125).all()
    first_low = (subsidy < 6.25).argmax(axis=1)
    assert np.median(first_low) in (17, 18, 19)
    blocks = (6.25 - subsidy) / 3.125
    assert (blocks[:, :-1] <= blocks[:, 1:] + 1e-12).all()


def test_difficulty_follows_hash_rate_at_each_retarget(history: NetworkHistory) -> None:
    known = days_known(history, date(2025, 3, 31))
    found = market(known, date(2025, 6, 30), seed=3, draws=200)
    changes = np.diff(np.log(found.difficulty), axis=1) != 0
    retargets = changes.sum(axis=1)
    assert ((retargets >= 5) & (retargets <= 8)).all()
    implied = found.difficulty[:, -1] * 2**32 / 600 / 1e18
    assert np.median(np.abs(np.log(found.hash_rate_ehs[:, -1] / implied))) < 0.15


def test_missing_fees_are_uncertain_not_zero(history: NetworkHistory) -> None:
    known = days_known(history, date(2026, 8, 1))
    found = market(known, date(2026, 8, 1), seed=1, draws=300)
    fees = found.fees(date(2026, 6, 10), date(2026, 7, 31)).sum(axis=1)
    assert fees.min() > 0
    assert fees.std() > 0


def test_the_same_seed_gives_the_same_draws(days: Days) -> None:
    one, two = (market(days, date(2026, 3, 31), seed=9, draws=20) for _ in range(2))
    assert np.array_equal(one.price_usd, two.price_usd)
    assert np.array_equal(one.difficulty, two.difficulty)
