"""The chance of a peak as hours begin: from the past only, whatever the size of loads."""

from __future__ import annotations

import numpy as np
import pytest

from hashpivot.core import InvalidInput
from hashpivot.site.forecast import PlainFrame, next_hours_peaks
from hashpivot.site.forecast.peaks._billing_months import BillingMonths
from hashpivot.site.forecast.peaks._expected_load import LEADS, LoadInputs, LoadMoments

EVERY_MONTH = tuple(range(1, 13))


@pytest.fixture(scope="module")
def loads() -> PlainFrame:
    """Eight months of made-up loads with a daily shape and hot spells."""
    axis = np.arange(np.datetime64("2021-01-01T06", "h"), np.datetime64("2021-09-01T05", "h"))
    hour, chance = np.arange(len(axis)), np.random.default_rng(8)
    heat = np.cumsum(chance.normal(0, 1, len(axis) // 24 + 1))[hour // 24]
    load = 50_000 + 9_000 * np.cos((hour % 24 - 16) / 24 * 2 * np.pi) + 400 * heat
    return PlainFrame(axis, {"load_mw": load + chance.normal(0, 150, len(axis))})


@pytest.fixture(scope="module")
def chances(loads: PlainFrame) -> np.ndarray:
    return next_hours_peaks(loads, EVERY_MONTH)


def test_three_hours_are_told_and_the_first_is_the_next(loads: PlainFrame, chances: np.ndarray) -> None:
    assert chances.shape == (len(loads.ts_utc), 3)
    august = np.flatnonzero(loads.ts_utc >= np.datetime64("2021-08-01T05", "h"))
    peak = august[loads["load_mw"][august].argmax()]
    for lead in range(3):
        assert chances[peak - lead, lead] > np.quantile(chances[august, lead], 0.97)
    assert 0.3 < chances[august, 0].sum() < 3


def test_the_future_changes_no_chance(loads: PlainFrame, chances: np.ndarray) -> None:
    cut = int(np.searchsorted(loads.ts_utc, np.datetime64("2021-07-20T20", "h")))
    load = loads["load_mw"].copy()
    load[cut:] = load[cut:][::-1] * 1.5
    again = next_hours_peaks(PlainFrame(loads.ts_utc, {"load_mw": load}), EVERY_MONTH)
    assert np.array_equal(again[: cut + 1], chances[: cut + 1])
    assert not np.array_equal(again, chances)


def test_the_size_of_loads_does_not_matter(loads: PlainFrame, chances: np.ndarray) -> None:
    small = PlainFrame(loads.ts_utc, {"load_mw": loads["load_mw"] / 1000})
    assert np.allclose(next_hours_peaks(small, EVERY_MONTH), chances, atol=1e-9)


def test_hours_that_are_not_wanted_have_none(loads: PlainFrame, chances: np.ndarray) -> None:
    wanted = loads.ts_utc >= np.datetime64("2021-08-10", "h")
    asked = next_hours_peaks(loads, EVERY_MONTH, wanted=wanted)
    assert not asked[~wanted].any()
    assert np.allclose(asked[wanted], chances[wanted], rtol=1e-9, atol=1e-15)


def test_before_four_months_are_known_there_is_none(loads: PlainFrame, chances: np.ndarray) -> None:
    assert not chances[loads.ts_utc < np.datetime64("2021-05-01T05", "h")].any()
    assert chances[loads.ts_utc >= np.datetime64("2021-05-01T05", "h")].any()
    with pytest.raises(InvalidInput, match="load_mw is missing"):
        next_hours_peaks(PlainFrame(loads.ts_utc, {}), EVERY_MONTH)


def test_an_hour_of_the_next_month_is_given_none(loads: PlainFrame, chances: np.ndarray) -> None:
    last = int(np.searchsorted(loads.ts_utc, np.datetime64("2021-08-01T04", "h")))  # 23:00 in Texas
    assert not chances[last, 1:].any() and not chances[last - 1, 2].any()


def test_the_load_expected_beats_a_day_before_moved(loads: PlainFrame) -> None:
    inputs = LoadInputs.of(loads["load_mw"], loads.ts_utc)
    half, every = len(loads.ts_utc) // 2, np.ones(len(loads.ts_utc), dtype=bool)
    expected = (LoadMoments() + inputs.moments(0, half, every)).fit()
    later = np.arange(half, len(every) - LEADS)
    path = expected.path(inputs, later)
    load = inputs.load
    plain = load[later - 24] + load[later - 1] - load[later - 25]
    assert np.abs(path[:, 0] - load[later]).mean() < 0.9 * np.abs(plain - load[later]).mean()
    own = np.abs(path[:, 3] - load[later + 3]).mean()
    assert 0.5 < own / expected.error[inputs.hour[later], 3, 3].mean() < 1.2


def test_months_begun_late_end_in_a_month_that_counts() -> None:
    local = np.arange(np.datetime64("2021-05-01", "h"), np.datetime64("2021-10-01", "h"))
    load = 1000.0 + np.random.default_rng(1).random(len(local))
    months = BillingMonths.of(LoadInputs.of(load, local), (6, 7), 10)
    begins = local[np.flatnonzero(months.whole[1:] & (months.month[1:] != months.month[:-1])) + 1]
    assert [str(hour) for hour in begins] == ["2021-05-11T00", "2021-06-11T00"]
    assert months.peak.sum() == 2 and months.peaks_before(np.datetime64("2021-07-10T00")) == 1
    first = np.flatnonzero(months.whole)[:720]
    assert months.peak[first[load[first].argmax()]] or len(first) != 720
