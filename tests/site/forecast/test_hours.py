"""Real-time and day-ahead distributions: no look-ahead, one by one as all at once, calibrated."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from hashpivot.core import InvalidInput
from hashpivot.site.forecast import (
    LEVELS,
    DayAheadForecaster,
    PlainFrame,
    Quantiles,
    RealTimeForecaster,
    coverage,
    known_at,
    known_until,
    local_hours,
    pinball,
)

pytest.importorskip("lightgbm", reason="needs LightGBM (the extra `site`)")

Forecaster = RealTimeForecaster | DayAheadForecaster
FITTED = 100 * 24
MAKERS = [RealTimeForecaster, DayAheadForecaster]


@pytest.fixture(scope="module", params=MAKERS, ids=lambda maker: maker.__name__)
def model(request: pytest.FixtureRequest, hours: PlainFrame) -> Forecaster:
    forecaster: Forecaster = request.param(origins=800, trees=30).fit(hours.part(0, FITTED))
    return forecaster


ORIGINS = np.array([FITTED, FITTED + 7, FITTED + 20, FITTED + 200, FITTED + 301])


def test_all_at_once_is_one_by_one(model: Forecaster, hours: PlainFrame) -> None:
    together = model.predict_all(hours, ORIGINS, 30).values_usd_per_mwh
    for origin, values in zip(ORIGINS.tolist(), together, strict=True):
        known = known_at(hours, origin, 48)
        alone = model.predict(known, hours.ts_utc[origin : origin + 30])
        np.testing.assert_array_equal(alone.values_usd_per_mwh, values)


def test_known_hours_may_end_with_what_is_published(model: Forecaster, hours: PlainFrame) -> None:
    origin = FITTED + 200
    known = known_at(hours, origin, 48)
    cut = known.part(0, int(known_until(hours.ts_utc)[origin]))
    ahead = hours.ts_utc[origin : origin + 40]
    assert len(cut.ts_utc) < origin + 40
    whole, short = (model.predict(table, ahead).values_usd_per_mwh for table in (known, cut))
    np.testing.assert_array_equal(short, whole)


def test_the_future_changes_nothing(model: Forecaster, hours: PlainFrame) -> None:
    """Real-time prices and actuals from the origin on, and day-ahead columns not yet published, are wild."""
    origin = FITTED + 200
    until = int(known_until(hours.ts_utc)[origin])
    columns = {name: values.copy() for name, values in hours.columns.items()}
    for name, values in columns.items():
        values[until if name.startswith("da_") or name.endswith("_fc_mw") else origin :] = -777.0
    wild = PlainFrame(hours.ts_utc, columns)
    at = np.array([origin])
    before, after = (model.predict_all(table, at, 30).values_usd_per_mwh for table in (hours, wild))
    np.testing.assert_array_equal(after, before)


def test_a_fit_does_not_see_what_follows(hours: PlainFrame) -> None:
    again = RealTimeForecaster(origins=300, trees=10)
    first = again.fit(hours.part(0, FITTED)).predict_all(hours, ORIGINS, 6)
    columns = {name: np.where(np.arange(len(v)) < FITTED, v, 1e4) for name, v in hours.columns.items()}
    changed = PlainFrame(hours.ts_utc, columns).part(0, FITTED)
    second = RealTimeForecaster(origins=300, trees=10).fit(changed).predict_all(hours, ORIGINS, 6)
    np.testing.assert_array_equal(first.values_usd_per_mwh, second.values_usd_per_mwh)


def test_quantiles_rise_and_stay_in_the_range_seen(model: Forecaster, hours: PlainFrame) -> None:
    values = model.predict_all(hours, ORIGINS, 48).values_usd_per_mwh
    assert (np.diff(values, axis=-1) >= 0).all()
    seen = [hours[name][:FITTED] for name in ("rt_usd_per_mwh", "da_usd_per_mwh")]
    assert values.min() >= min(v.min() for v in seen) - 20
    assert np.isfinite(values).all()


def test_published_day_ahead_prices_are_certain(hours: PlainFrame) -> None:
    model = DayAheadForecaster(origins=300, trees=10).fit(hours.part(0, FITTED))
    local = local_hours(hours.ts_utc)
    noon = FITTED + int(
        np.argmax(local[FITTED:] == local[FITTED:].astype("datetime64[D]") + np.timedelta64(12, "h"))
    )
    values = model.predict_all(hours, np.array([noon]), 36).values_usd_per_mwh[0]
    np.testing.assert_allclose(
        values[:12], np.tile(hours["da_usd_per_mwh"][noon : noon + 12, None], len(LEVELS))
    )
    assert (values[12:, -1] > values[12:, 0]).all()


def test_missing_columns_are_said_and_done_without(hours: PlainFrame) -> None:
    prices = {name: hours[name] for name in ("rt_usd_per_mwh", "da_usd_per_mwh")}
    bare = PlainFrame(hours.ts_utc, prices)
    model = RealTimeForecaster(origins=300, trees=10).fit(bare.part(0, FITTED))
    assert "no load_mw: forecast without it" in model.notes
    assert len(model.notes) == 8
    assert np.isfinite(model.predict_all(bare, ORIGINS, 24).values_usd_per_mwh).all()


def test_bad_input_is_refused(model: Forecaster, hours: PlainFrame) -> None:
    with pytest.raises(InvalidInput, match="at least 1440"):
        RealTimeForecaster().fit(hours.part(0, 1000))
    with pytest.raises(InvalidInput, match="rt_usd_per_mwh is missing"):
        RealTimeForecaster().fit(PlainFrame(hours.ts_utc, {"da_usd_per_mwh": hours["da_usd_per_mwh"]}))
    with pytest.raises(InvalidInput, match="learned nothing"):
        RealTimeForecaster().predict_all(hours, ORIGINS)
    with pytest.raises(InvalidInput, match="49 hours ahead"):
        model.predict_all(hours, ORIGINS, 49)
    with pytest.raises(InvalidInput, match="outside the hours"):
        model.predict(hours, hours.ts_utc[:2] - np.timedelta64(10, "h"))
    with pytest.raises(InvalidInput, match="follow one another"):
        model.predict(hours, hours.ts_utc[[500, 502]])
    with pytest.raises(InvalidInput, match="no day-ahead price"):
        gone = dict(hours.columns) | {"da_usd_per_mwh": np.full(len(hours.ts_utc), np.nan)}
        model.predict(PlainFrame(hours.ts_utc, gone), hours.ts_utc[500:510])
    with pytest.raises(InvalidInput, match="do not follow"):
        PlainFrame(np.delete(hours.ts_utc, 5), {})
    with pytest.raises(InvalidInput, match="load_mw"):
        PlainFrame(hours.ts_utc, {"load_mw": np.zeros(3)})


def test_a_library_that_is_missing_is_named(hours: PlainFrame, monkeypatch: pytest.MonkeyPatch) -> None:
    from hashpivot.core import MissingLibrary

    monkeypatch.setitem(__import__("sys").modules, "lightgbm", None)
    with pytest.raises(MissingLibrary, match="pip install"):
        RealTimeForecaster(origins=100).fit(hours.part(0, FITTED))


@given(st.lists(st.floats(-100, 1000), min_size=16, max_size=16))
def test_mean_and_median_lie_within_the_quantiles(values: list[float]) -> None:
    quantiles = Quantiles(LEVELS, np.sort(np.array([values]), axis=1))
    low, high = min(values) - 1e-9, max(values) + 1e-9
    assert low <= quantiles.mean[0] <= high
    assert low <= quantiles.median[0] <= high
    assert quantiles.at(0.5)[0] == quantiles.values_usd_per_mwh[0, 7]


def test_scores_of_a_known_distribution() -> None:
    """The uniform distribution's own quantiles: coverage is the level, pinball `level (1 - level) / 2`."""
    actual = (np.arange(100_000) + 0.5) / 100_000
    quantiles = Quantiles(LEVELS, np.tile(LEVELS, (len(actual), 1)))
    np.testing.assert_allclose(coverage(quantiles, actual), LEVELS, atol=1e-4)
    np.testing.assert_allclose(pinball(quantiles, actual), LEVELS * (1 - LEVELS) / 2, atol=1e-4)
    np.testing.assert_allclose(quantiles.mean, 0.5, atol=5e-3)


@pytest.mark.parametrize(
    ("utc", "local"),
    [
        ("2021-01-01T06", "2021-01-01T00"),
        ("2021-03-14T07", "2021-03-14T01"),
        ("2021-03-14T08", "2021-03-14T03"),
        ("2021-11-07T06", "2021-11-07T01"),
        ("2021-11-07T07", "2021-11-07T01"),
        ("2021-11-07T08", "2021-11-07T02"),
    ],
)
def test_local_time_across_the_change_of_clocks(utc: str, local: str) -> None:
    assert str(local_hours(np.array([utc], dtype="datetime64[h]"))[0]) == f"{local}:00"


def test_tomorrow_is_known_from_two_in_the_afternoon() -> None:
    axis = np.arange(np.datetime64("2021-03-13T06", "h"), np.datetime64("2021-03-15T05", "h"))
    until = known_until(axis)
    assert until[13] == 24
    assert until[14] == 47, "the day of the change has 23 hours"


def test_real_hours_are_forecast_with_calibrated_width(lz_west: PlainFrame) -> None:
    """LZ_WEST, the next hour in the summer of 2023, fitted before it."""
    start = int(np.searchsorted(lz_west.ts_utc, np.datetime64("2023-06-01")))
    model = RealTimeForecaster(origins=3000, trees=60).fit(lz_west.part(0, start))
    origins = np.arange(start, start + 92 * 24, 3)
    real, ahead = lz_west["rt_usd_per_mwh"], lz_west["da_usd_per_mwh"]
    quantiles = Quantiles(LEVELS, model.predict_all(lz_west, origins, 1).values_usd_per_mwh[:, 0])
    error = np.abs(quantiles.median - real[origins]).mean()
    assert error < 0.8 * np.abs(ahead[origins] - real[origins]).mean()
    assert error < np.abs(real[origins - 1] - real[origins]).mean()
    shares = coverage(quantiles, real[origins])
    assert shares[list(LEVELS).index(0.95)] - shares[list(LEVELS).index(0.05)] > 0.8
