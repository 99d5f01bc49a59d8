"""Demand response programmes and curtailment credits."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Self

import numpy as np

from .base import Bools, Clock, Fields, Floats


@dataclass(frozen=True, slots=True)
class Credit:
    """A demand response programme or curtailment credit.

    Args:
        name: How it is called.
        usd_per_mwh: Paid for each MWh the machines leave unused of their normal power, in hours that count.
        capacity_usd_per_mw_month: Paid for the machines' normal power each month, whatever happens.
        start: First day, market local time.
        end: Last day.
        months: Months that count.
        hours: Hours of the day that count, by their beginning, market local time.
        min_price_usd_per_mwh: Real-time price from which an hour counts; None if every hour does.
    """

    name: str
    usd_per_mwh: float
    capacity_usd_per_mw_month: float
    start: date
    end: date
    months: tuple[int, ...]
    hours: tuple[int, ...]
    min_price_usd_per_mwh: float | None = None

    @classmethod
    def read(cls, fields: Fields) -> Self:
        """Read a `[[credits]]` table.

        Raises:
            InvalidSite: If a key is missing, wrong or unknown.
        """
        credit = cls(
            name=fields.text("name"),
            usd_per_mwh=fields.number("usd_per_mwh", 0, 10_000, 0.0),
            capacity_usd_per_mw_month=fields.number("capacity_usd_per_mw_month", 0, 1e6, 0.0),
            **fields.span(),
            months=fields.wholes("months", 1, 12, tuple(range(1, 13))),
            hours=fields.wholes("hours", 0, 23, tuple(range(24))),
            min_price_usd_per_mwh=fields.optional("min_price_usd_per_mwh", 1e5),
        )
        fields.done()
        return credit

    def counts(self, clock: Clock) -> Bools:
        """Return the hours that count by the calendar, shape (T,)."""
        in_months = np.isin(clock.month_of_year, self.months)
        return clock.between(self.start, self.end) & in_months & np.isin(clock.hour, self.hours)

    def unused_usd_per_mwh(self, counts: Bools, rt_usd_per_mwh: Floats) -> Floats:
        """Return what a MWh left unused is paid, given which hours count by the calendar; shapes agree."""
        lowest = self.min_price_usd_per_mwh
        paid = counts if lowest is None else counts & (rt_usd_per_mwh >= lowest)
        return np.where(paid, self.usd_per_mwh, 0.0)

    def capacity_usd(self, normal_mw: float, clock: Clock) -> Floats:
        """Return what the machines' normal power is paid an hour, shape (T,): over a month, its rate."""
        rate = self.capacity_usd_per_mw_month * normal_mw / clock.hours_of("M")
        return np.where(clock.between(self.start, self.end), rate, 0.0)
