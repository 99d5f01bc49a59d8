"""Credits by hand: what a programme pays over whole months and years."""

from __future__ import annotations

from datetime import date, datetime
from zoneinfo import ZoneInfo

import numpy as np
import pytest

from hashpivot.site.model import Clock, Credit

ALL = tuple(range(1, 13)), tuple(range(24))


def clock(first: str, after: str, zone: str, minutes: int) -> Clock:
    begin, end = (
        np.datetime64(int(datetime.fromisoformat(day).replace(tzinfo=ZoneInfo(zone)).timestamp()), "s")
        for day in (first, after)
    )
    step = np.timedelta64(minutes, "m")
    return Clock(
        np.arange(begin.astype("datetime64[m]"), end.astype("datetime64[m]"), step), ZoneInfo(zone), minutes
    )


@pytest.mark.parametrize(
    ("first", "after", "zone", "minutes", "months"),
    [
        ("2024-06-01", "2024-07-01", "America/Chicago", 60, 1),  # 720 hours
        ("2024-02-01", "2024-03-01", "America/Chicago", 15, 1),  # 696
        ("2024-03-01", "2024-04-01", "America/New_York", 60, 1),  # 743: clocks go forward
        ("2024-10-01", "2024-11-01", "Europe/Oslo", 15, 1),  # 745: clocks go back
        ("2024-04-01", "2024-05-01", "Australia/Adelaide", 30, 1),
        ("2023-07-01", "2024-07-01", "America/Edmonton", 60, 12),
    ],
)
def test_capacity_is_paid_by_the_month(first: str, after: str, zone: str, minutes: int, months: int) -> None:
    """USD 3,000 a MW and month on 20 MW: USD 60,000 a month, however many hours it has."""
    credit = Credit("programme", 0.0, 3000.0, date(2020, 1, 1), date(2030, 1, 1), *ALL)
    hours = clock(first, after, zone, minutes)
    paid = credit.capacity_usd(20.0, hours) * hours.interval_hours
    assert paid.sum() == pytest.approx(60_000 * months)
