"""Local time of intervals: against the standard library, over changes of clocks and in zones off the hour."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from hashpivot.site.model import Clock, intervals

ZONES = (
    "America/Chicago",
    "Europe/Oslo",
    "Australia/Adelaide",
    "Asia/Kathmandu",
    "Asia/Kolkata",
    "America/St_Johns",
    "Australia/Lord_Howe",  # clocks change by half an hour
    "UTC",
)


def clock(start: datetime, zone: str, minutes: int, count: int) -> Clock:
    begin = np.datetime64(start.replace(tzinfo=None), "m")
    return Clock(begin + np.arange(count) * np.timedelta64(minutes, "m"), ZoneInfo(zone), minutes)


@settings(max_examples=60, deadline=None)
@given(
    st.datetimes(datetime(2015, 1, 1), datetime(2030, 1, 1)),
    st.sampled_from(ZONES),
    st.sampled_from((5, 15, 30, 60)),
)
def test_local_time_is_that_of_the_standard_library(start: datetime, zone: str, minutes: int) -> None:
    start = start.replace(minute=start.minute // minutes * minutes % 60, second=0, microsecond=0)
    seen = clock(start, zone, minutes, 300)
    for n in range(0, 300, 7):
        local = (start.replace(tzinfo=UTC) + n * timedelta(minutes=minutes)).astimezone(ZoneInfo(zone))
        assert seen.local[n].item() == local.replace(tzinfo=None)
        assert (seen.hour[n], seen.minute_of_day[n]) == (local.hour, local.hour * 60 + local.minute)


@pytest.mark.parametrize("minutes", [5, 15, 30, 60])
def test_days_of_23_and_25_hours_have_their_intervals(minutes: int) -> None:
    for day, hours in ((10, 23), (11, 24)):
        seen = clock(datetime(2024, 3, 9), "America/Chicago", minutes, 96 * 60 // minutes)
        assert (seen.day == np.datetime64(f"2024-03-{day}")).sum() == hours * 60 // minutes
    autumn = clock(datetime(2024, 11, 2), "America/Chicago", minutes, 72 * 60 // minutes)
    inside = autumn.day == np.datetime64("2024-11-03")
    assert inside.sum() == 25 * 60 // minutes and (autumn.hour[inside] == 1).sum() == 2 * 60 // minutes
    assert len(np.unique(autumn.hour_number[inside])) == 25


@pytest.mark.parametrize("zone", ["Australia/Adelaide", "Asia/Kathmandu"])
def test_hours_of_zones_off_the_hour_begin_where_their_clocks_do(zone: str) -> None:
    seen = clock(datetime(2025, 1, 20), zone, 5, 60)
    begins = np.flatnonzero(np.diff(seen.hour_number)) + 1
    assert (seen.minute_of_day[begins] % 60 == 0).all() and (np.diff(begins) == 12).all()
    values = np.arange(60.0)
    mean = seen.hourly_mean(values)
    inside = slice(begins[0], begins[1])
    assert np.allclose(mean[inside], values[inside].mean())
    hourly = clock(datetime(2025, 1, 20, 4), zone, 60, 2)
    assert str(hourly.local[0])[11:] == {"Australia/Adelaide": "14:30", "Asia/Kathmandu": "09:45"}[zone]
    assert hourly.hour_number.tolist() == [0, 1] and (hourly.hourly_mean(values[:2]) == values[:2]).all()


@given(st.floats(0, 1000), st.sampled_from((5, 15, 30, 60)))
def test_a_part_of_an_interval_counts_as_a_whole(hours: float, minutes: int) -> None:
    count = intervals(hours, minutes)
    assert (count - 1) * minutes / 60 < hours + 1e-6 and count * minutes / 60 >= hours - 1e-6
    assert intervals(int(hours), minutes) == int(hours) * 60 // minutes


def test_hours_of_months_in_which_clocks_change_and_of_leap_years() -> None:
    year = clock(datetime(2024, 1, 1, 6), "America/Chicago", 60, 8784)
    by_month = {int(m): float(h) for m, h in zip(year.month_of_year, year.hours_of("M"), strict=True)}
    assert by_month == {
        1: 744,
        2: 696,
        3: 743,
        4: 720,
        5: 744,
        6: 720,
        7: 744,
        8: 744,
        9: 720,
        10: 744,
        11: 721,
        12: 744,
    }
    assert set(year.hours_of("Y")) == {8784}
    oslo = clock(datetime(2023, 12, 31, 23), "Europe/Oslo", 15, 40_000)
    assert oslo.hours_of("Y")[[0, -1]].tolist() == [8784, 8760]
