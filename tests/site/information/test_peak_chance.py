"""Chances of coincident peaks: from the past only, and worth something."""

from datetime import date
from zoneinfo import ZoneInfo

import numpy as np
import pytest

from hashpivot.bitcoin import NetworkHistory
from hashpivot.site import PriceHistory, Site
from hashpivot.site.economics import peak_hours
from hashpivot.site.forecast import PeakForecaster, next_hours_peaks
from hashpivot.site.information._knowledge import knowledge_of

NETWORK = NetworkHistory.load()

CHICAGO = ZoneInfo("America/Chicago")
SUMMER = (6, 7, 8, 9)


@pytest.fixture(scope="module")
def chance(hours: PriceHistory) -> np.ndarray:
    return next_hours_peaks(hours, SUMMER)[:, 0]


def peaks_of(site: Site, hours: PriceHistory) -> np.ndarray:
    """Hours that set a peak by any rule."""
    return np.any(list(peak_hours(site, hours, hours.clock(CHICAGO)).by_rule.values()), axis=0)


def test_peaks_are_those_of_ercot(hours: PriceHistory, west) -> None:
    found = hours.ts_utc[peaks_of(west, hours)]
    assert len(found) == 32
    assert {str(hour) for hour in found} >= {"2023-08-10T22:00", "2024-08-20T22:00", "2021-07-26T21:00"}


def test_loads_of_the_hour_and_later_do_not_matter(hours: PriceHistory, chance: np.ndarray) -> None:
    cut = int(np.searchsorted(hours.ts_utc, np.datetime64("2023-07-20T20", "h")))
    columns = {**hours.columns, "load_mw": hours["load_mw"].copy()}
    columns["load_mw"][cut:] *= np.random.default_rng(0).uniform(0.5, 1.5, hours.hours - cut)
    again = next_hours_peaks(PriceHistory(hours.ts_utc, columns, "z", hours.filled), SUMMER)[:, 0]
    assert np.array_equal(again[: cut + 1], chance[: cut + 1]) and not np.array_equal(again, chance)


def test_chances_are_calibrated_and_find_the_peaks(hours: PriceHistory, chance: np.ndarray, west) -> None:
    clock = hours.clock(CHICAGO)
    peaks = peaks_of(west, hours)
    test = clock.local >= np.datetime64("2018-01-01")
    assert (
        chance.min() >= 0 and chance.max() < 1 and (chance[~np.isin(clock.month_of_year, SUMMER)] == 0).all()
    )
    assert 0.7 < chance[test].sum() / peaks[test].sum() < 1.4
    # 28 peaks in seven years: 27 lie among the 150 likeliest hours of their year.
    found = 0
    for year in range(2018, 2025):
        inside = np.flatnonzero(clock.local.astype("datetime64[Y]") == np.datetime64(str(year)))
        likeliest = inside[np.argsort(-chance[inside])[:150]]
        found += int(peaks[likeliest].sum())
    assert found >= 27


def test_without_loads_there_is_no_chance(made: PriceHistory, west: Site) -> None:
    bare = PriceHistory(
        made.ts_utc, {n: made[n] for n in ("rt_usd_per_mwh", "da_usd_per_mwh")}, "z", made.filled
    )
    assert not knowledge_of(west, bare, NETWORK).peak_chance.any()


def test_the_chance_of_the_next_hour_is_sharper_than_the_forecast_of_two_days(
    hours: PriceHistory, chance: np.ndarray
) -> None:
    inside = hours.clock(CHICAGO).between(date(2018, 6, 1), date(2018, 9, 30))
    summer = np.flatnonzero(inside)
    general = PeakForecaster().fit(hours.part(0, int(summer[0])))
    peaks = general.peaks(hours)[summer]
    told = (general.predict_all(hours, summer, 1)[:, 0], chance[summer])
    loss = [-np.log(np.where(peaks, p, 1 - p)).sum() for p in told]
    assert peaks.sum() == 4 and loss[1] < 0.9 * loss[0]


def test_a_gap_in_the_loads_leaves_a_chance(hours: PriceHistory, chance: np.ndarray) -> None:
    """An unknown load is stood in for: the hours after it are not taken for harmless."""
    cut = int(np.searchsorted(hours.ts_utc, np.datetime64("2023-08-10T18", "m")))
    load = hours["load_mw"].copy()
    load[cut : cut + 3] = np.nan
    after = np.arange(cut, cut + 6)
    wanted = np.isin(np.arange(hours.hours), after)
    loads = hours.with_columns({**hours.columns, "load_mw": load})
    again = next_hours_peaks(loads, SUMMER, wanted=wanted)[:, 0]
    assert again[after].sum() > 0.3 * chance[after].sum() > 0 and not again[~wanted].any()
