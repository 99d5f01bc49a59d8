"""What is known of one product on one day."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, timedelta

from hashpivot.core import short_repr

from ._day_state import DayState
from ._power_series import PowerSeries


@short_repr
@dataclass(frozen=True)
class PowerDay:
    """What is known of one product on one day at one point.

    Args:
        product: Its name.
        day: Local day.
        point: Settlement point, empty where the product has none.
        state: Whether it is complete, and if not, why.
        series: What there is of it, by name of the series.
        reason: More about the state, empty if there is none.
        notes: What was odd and does no harm.
        fetched: True if it came now, False if it stood in the store or nothing came.
    """

    product: str
    day: date
    point: str
    state: DayState
    series: Mapping[str, PowerSeries] = field(default_factory=dict)
    reason: str = ""
    notes: tuple[str, ...] = ()
    fetched: bool = False


def local_days(first: date, last: date) -> list[date]:
    """Every day from the first to the last, both included."""
    return [first + timedelta(days=number) for number in range((last - first).days + 1)]
