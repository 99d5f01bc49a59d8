"""The day-ahead committee: nothing is read from the future, and it learns what can be learned."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest

from hashpivot.core import InvalidInput
from hashpivot.site.forecast import (
    BernsteinWeights,
    CommitteeMember,
    DailyPanel,
    DayAheadCommittee,
    RollingWeights,
    WeightLearner,
)
from hashpivot.site.forecast.day_ahead._boosting import BoostedDays
from hashpivot.site.forecast.day_ahead._lear import Lear
from hashpivot.site.forecast.day_ahead._networks import NeuralDays
from hashpivot.site.forecast.learning import Networks, Single

pytest.importorskip("lightgbm", reason="needs LightGBM (the extra `site`)")

MEMBERS: list[CommitteeMember] = [
    Lear(56),
    BoostedDays(trees=20, renew=7),
    NeuralDays(members=2, hidden=(16,), epochs=5, renew=10, batch=16, daily_steps=3),
    NeuralDays(members=2, hidden=(16,), blocks=2, epochs=5, renew=10, batch=16, daily_steps=3),
]
FIRST, LAST = 120, 140


def naive(panel: DailyPanel) -> float:
    prices = panel.prices_usd_per_mwh
    return float(np.abs(prices[FIRST:LAST] - prices[FIRST - 7 : LAST - 7]).mean())


@pytest.mark.parametrize("member", MEMBERS, ids=lambda member: member.name)
def test_the_future_changes_nothing(member: CommitteeMember, panel: DailyPanel) -> None:
    """Prices from day 130 on and drivers after it are wild: forecasts up to day 130 stay to the last bit."""
    prices, drivers = panel.prices_usd_per_mwh.copy(), panel.drivers.copy()
    prices[130:] = 1e4 - 37 * prices[130:]
    drivers[:, 131:] *= -50
    changed = DailyPanel(panel.days, prices, drivers)
    before, after = member.walk(panel, FIRST, LAST), member.walk(changed, FIRST, LAST)
    np.testing.assert_array_equal(after[: 131 - FIRST], before[: 131 - FIRST])
    assert np.abs(after[131 - FIRST :] - before[131 - FIRST :]).max() > 1


@pytest.mark.parametrize("member", MEMBERS, ids=lambda member: member.name)
def test_what_is_known_is_enough(member: CommitteeMember, panel: DailyPanel) -> None:
    """The last forecast of a walk is the same on a panel that ends that day, its price not known."""
    whole = member.walk(panel, FIRST, 131)
    np.testing.assert_array_equal(member.walk(panel.until(130), FIRST, 131)[-1], whole[-1])


def test_the_committee_beats_last_week(panel: DailyPanel) -> None:
    committee = DayAheadCommittee(tuple((member, 1.0) for member in MEMBERS))
    walk = committee.walk(panel, FIRST, LAST)
    actual = panel.prices_usd_per_mwh[FIRST:LAST]
    assert walk.members.shape == (len(MEMBERS), LAST - FIRST, 24)
    assert np.abs(walk.combined - actual).mean() < 0.5 * naive(panel)


def test_the_linear_member_finds_the_driver(panel: DailyPanel) -> None:
    forecast = Lear(84).walk(panel, FIRST, LAST)
    assert np.abs(forecast - panel.prices_usd_per_mwh[FIRST:LAST]).mean() < 0.35 * naive(panel)


def test_real_days_are_forecast(nord_pool: DailyPanel) -> None:
    """Three weeks of Nord Pool before the test window: last week is off by 5.51, these members by 1.68."""
    first, last = 1400, 1421
    committee = DayAheadCommittee(((Lear(84), 1.0), (BoostedDays(window=300, trees=50), 1.0)))
    prices = nord_pool.prices_usd_per_mwh
    walk = committee.walk(nord_pool, first, last)
    weekly = np.abs(prices[first - 7 : last - 7] - prices[first:last]).mean()
    assert np.abs(walk.combined - prices[first:last]).mean() < 0.35 * weekly


@pytest.mark.parametrize("way", [RollingWeights(), BernsteinWeights()], ids=lambda way: type(way).__name__)
def test_weights_learn_from_the_past_alone(way: WeightLearner) -> None:
    chance = np.random.default_rng(2)
    actual = chance.normal(40, 5, (100, 24))
    forecasts = np.stack([actual + chance.normal(0, size, actual.shape) for size in (0.5, 8.0)])
    combined = way.combine(forecasts, actual, np.ones(2))
    changed = actual.copy()
    changed[60:] = -1e3
    again = way.combine(forecasts, changed, np.ones(2))
    np.testing.assert_array_equal(again[:61], combined[:61])
    error = np.abs(combined - actual)
    np.testing.assert_allclose(combined[0], forecasts[:, 0].mean(axis=0))
    assert error[60:].mean() < 0.3 * error[:1].mean()
    unknown = actual.copy()
    unknown[-1] = np.nan
    np.testing.assert_array_equal(way.combine(forecasts, unknown, np.ones(2)), combined)
    np.testing.assert_allclose(way.combine(forecasts[:1], actual, np.ones(1)), forecasts[0])


def test_weights_differ_by_the_hour() -> None:
    """One member knows the night, the other the day: by the hour both are used where they are good."""
    chance = np.random.default_rng(3)
    actual = chance.normal(40, 5, (200, 24))
    forecasts = np.stack([actual + chance.normal(0, 4, actual.shape) for _ in range(2)])
    forecasts[0, :, :12], forecasts[1, :, 12:] = actual[:, :12], actual[:, 12:]
    together = BernsteinWeights(own=0.0).combine(forecasts, actual, np.ones(2))
    apart = BernsteinWeights(own=1.0).combine(forecasts, actual, np.ones(2))
    assert np.abs(apart - actual)[100:].mean() < 0.5 * np.abs(together - actual)[100:].mean()


@pytest.mark.parametrize("blocks", [1, 3])
def test_slopes_of_the_networks_are_right(blocks: int) -> None:
    """Backward pass against small changes of every kind of part, without dropout."""
    networks = Networks((5, 7, 6, 3), 2, 0.0, 0.0, 0.9, 3, blocks=blocks, history=2)
    chance = np.random.default_rng(4)
    inputs, targets = (chance.normal(size=(20, n)).astype(np.float32) for n in (5, 3))

    def forward() -> tuple[list[list[Single]], list[list[Single]], Single]:
        return networks._forward(inputs, networks._parts, np.float32(0))

    def loss() -> float:
        return float(np.abs(forward()[2].astype(np.float64) - targets).sum()) / len(inputs)

    activations, masks, outputs = forward()
    error = np.sign(outputs - targets) / np.float32(len(inputs))
    slopes = networks._backward(activations, masks, error)
    assert len(slopes) == len(networks._parts) == 6 * blocks + 1
    for part, slope in zip(networks._parts, slopes, strict=True):
        place = np.unravel_index(int(np.abs(slope).argmax()), slope.shape)
        kept, step = part[place], np.float32(1e-3)
        part[place] = kept + step
        above = loss()
        part[place] = kept - step
        below = loss()
        part[place] = kept
        assert slope[place] != 0
        assert (above - below) / (2e-3) == pytest.approx(float(slope[place]), rel=0.05, abs=0.01)


def test_bad_panels_are_refused(panel: DailyPanel) -> None:
    with pytest.raises(InvalidInput, match="is missing"):
        replace(panel, days=np.delete(np.append(panel.days, panel.days[-1] + 1), 50))
    with pytest.raises(InvalidInput, match="do not fit"):
        replace(panel, prices_usd_per_mwh=panel.prices_usd_per_mwh[:, :23])
    with pytest.raises(InvalidInput, match="history"):
        DayAheadCommittee().walk(panel, 20, 30)
    with pytest.raises(InvalidInput, match="cannot forecast"):
        DayAheadCommittee().walk(panel, 120, 151)
    prices = panel.prices_usd_per_mwh.copy()
    prices[60, 3] = np.nan
    with pytest.raises(InvalidInput, match="a price of 2020-03-01 is not a number"):
        DayAheadCommittee().walk(replace(panel, prices_usd_per_mwh=prices), 120, 130)
