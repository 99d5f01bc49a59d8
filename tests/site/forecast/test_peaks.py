"""Chances of setting the month's peak: nothing from the future, all at once as one by one, real summers."""

from __future__ import annotations

from csv import DictReader
from pathlib import Path

import numpy as np
import pytest

from hashpivot.core import InvalidInput, NoData
from hashpivot.site.forecast import PeakForecaster, PlainFrame, known_at, known_until


@pytest.fixture(scope="module")
def summers() -> PlainFrame:
    """Two made-up summers with a daily shape and hot spells."""
    axis = np.arange(np.datetime64("2021-05-01T05", "h"), np.datetime64("2022-11-01T05", "h"))
    hour = np.arange(len(axis))
    heat = np.cumsum(np.random.default_rng(8).normal(0, 1, len(axis) // 24 + 1))[hour // 24]
    load = 50_000 + 9_000 * np.cos((hour % 24 - 16) / 24 * 2 * np.pi) + 400 * heat
    columns = {"load_mw": load, "load_fc_mw": load + np.random.default_rng(9).normal(0, 300, len(load))}
    return PlainFrame(axis, columns)


@pytest.fixture(scope="module")
def fitted(summers: PlainFrame) -> tuple[PeakForecaster, np.ndarray]:
    half = int(np.searchsorted(summers.ts_utc, np.datetime64("2022-05-15")))
    return PeakForecaster().fit(summers.part(0, half)), half + np.array([500, 1111, 1500, 2000])


def test_all_at_once_is_one_by_one(summers: PlainFrame, fitted: tuple[PeakForecaster, np.ndarray]) -> None:
    model, origins = fitted
    together = model.predict_all(summers, origins, 40)
    for origin, chances in zip(origins.tolist(), together, strict=True):
        alone = model.predict(known_at(summers, origin, 48), summers.ts_utc[origin : origin + 40])
        np.testing.assert_allclose(alone, chances, rtol=1e-12)


def test_the_future_changes_nothing(summers: PlainFrame, fitted: tuple[PeakForecaster, np.ndarray]) -> None:
    model, origins = fitted
    origin = int(origins[2])
    until = int(known_until(summers.ts_utc)[origin])
    load, forecast = summers["load_mw"].copy(), summers["load_fc_mw"].copy()
    load[origin:], forecast[until:] = 99_999, -5.0
    wild = PlainFrame(summers.ts_utc, {"load_mw": load, "load_fc_mw": forecast})
    at = origins[2:3]
    np.testing.assert_array_equal(model.predict_all(wild, at, 40), model.predict_all(summers, at, 40))


def test_only_summer_counts(summers: PlainFrame, fitted: tuple[PeakForecaster, np.ndarray]) -> None:
    model, _ = fitted
    october = np.searchsorted(summers.ts_utc, np.array(["2022-10-05"], dtype="datetime64[h]"))
    assert (model.predict_all(summers, october, 24) == 0).all()
    assert model.peaks(summers).sum() == 8


def test_real_summers(lz_west: PlainFrame) -> None:
    """Fitted before 2023: all eight peaks of 2023 and 2024 are among the likeliest tenth of hours."""
    begin = int(np.searchsorted(lz_west.ts_utc, np.datetime64("2023-06-01")))
    model = PeakForecaster().fit(lz_west.part(0, begin))
    truth = np.flatnonzero(model.peaks(lz_west))
    truth = truth[truth >= begin]
    summer = np.concatenate([np.arange(p - 300, p + 300) for p in truth])
    chance = model.predict_all(lz_west, summer, 1)[:, 0]
    at_peak = model.predict_all(lz_west, truth, 1)[:, 0]
    assert len(truth) == 8
    assert at_peak.min() > np.quantile(chance, 0.9)


def test_real_peaks_are_those_of_the_public_list(lz_west: PlainFrame, shared: Path) -> None:
    with (shared / "energy" / "ercot_4cp_approx.csv").open(encoding="utf-8") as lines:
        listed = {row["ts_utc"][:13].replace(" ", "T") for row in DictReader(lines)}
    ours = lz_west.ts_utc[PeakForecaster().peaks(lz_west)]
    assert len(ours) == 32
    assert {str(hour) for hour in ours} <= listed


def test_bad_input_is_refused(summers: PlainFrame, fitted: tuple[PeakForecaster, np.ndarray]) -> None:
    model, origins = fitted
    with pytest.raises(InvalidInput, match="load_mw is missing"):
        PeakForecaster().fit(PlainFrame(summers.ts_utc, {}))
    with pytest.raises(NoData, match="summer"):
        PeakForecaster().fit(summers.part(0, 400))
    with pytest.raises(InvalidInput, match="learned nothing"):
        PeakForecaster().predict_all(summers, origins)
    with pytest.raises(InvalidInput, match="at most 48"):
        model.predict_all(summers, origins, 49)
