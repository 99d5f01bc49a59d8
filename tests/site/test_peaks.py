"""Chances of coincident peaks: from the past only, and worth something."""

from zoneinfo import ZoneInfo

import numpy as np
import pytest

from hashpivot.site import Table
from hashpivot.site._hours import peak_hours
from hashpivot.site._peaks import peak_probability

CHICAGO = ZoneInfo("America/Chicago")
SUMMER = (6, 7, 8, 9)


@pytest.fixture(scope="module")
def chance(hours: Table) -> np.ndarray:
    return peak_probability(hours, hours.clock(CHICAGO), SUMMER)


def test_peaks_are_those_of_ercot(hours: Table, west) -> None:
    found = hours.ts_utc[peak_hours(west, hours, hours.clock(CHICAGO))]
    assert len(found) == 32
    assert {str(hour) for hour in found} >= {"2023-08-10T22", "2024-08-20T22", "2021-07-26T21"}


def test_loads_of_the_hour_and_later_do_not_matter(hours: Table, chance: np.ndarray) -> None:
    cut = int(np.searchsorted(hours.ts_utc, np.datetime64("2023-07-20T20", "h")))
    columns = {**hours.columns, "load_mw": hours["load_mw"].copy()}
    columns["load_mw"][cut:] *= np.random.default_rng(0).uniform(0.5, 1.5, hours.hours - cut)
    again = peak_probability(Table(hours.ts_utc, columns, "z", hours.filled), hours.clock(CHICAGO), SUMMER)
    assert np.array_equal(again[: cut + 1], chance[: cut + 1]) and not np.array_equal(again, chance)


def test_chances_are_calibrated_and_find_the_peaks(hours: Table, chance: np.ndarray, west) -> None:
    clock = hours.clock(CHICAGO)
    peaks = peak_hours(west, hours, clock)
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


def test_without_loads_there_is_no_chance(made: Table) -> None:
    bare = Table(made.ts_utc, {n: made[n] for n in ("rt_usd_per_mwh", "da_usd_per_mwh")}, "z", made.filled)
    assert not peak_probability(bare, bare.clock(CHICAGO), SUMMER).any()
