"""Charges on the site's own highest demand of a month, whenever the system's load is highest."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import ClassVar, Self

import numpy as np

from ..base import DAY, MONTH, Bools, Clock, Fields, Floats, Times, Whole
from ._coincident_peak import read_span
from ._peak_rule import span_means, span_numbers
from ._tariff import MeteredUse, Tariff, register_tariff
from ._time_window import TimeWindow

_QUARTER = 15  # minutes most meters of large loads average demand over


@dataclass(frozen=True, eq=False)
class DemandMonths:
    """Months of a charge on own peaks. N months.

    Args:
        months: Months of market local time, datetime64[M], shape (N,).
        usd_per_mw: What a MW of billed demand costs in each: the month's rate for the days it is in force, 0
            in months that are not billed, shape (N,).
        least_mw: Demand billed at least, from contracts and from peaks before the first month, shape (N,).
        ratchet_share: Share of a month's peak that later months are billed at least.
        ratchet_months: How many later months.
    """

    months: Times
    usd_per_mw: Floats
    least_mw: Floats
    ratchet_share: float
    ratchet_months: int

    def billed_mw(self, own_mw: Floats) -> Floats:
        """Return what is billed of each month, given its own peak, shape (N,)."""
        billed = np.maximum(own_mw, self.least_mw)
        for n, earlier in self.ratchets():
            billed[n] = max(billed[n], self.ratchet_share * own_mw[earlier].max())
        return billed

    def ratchets(self) -> Iterator[tuple[int, Whole]]:
        """Yield each month whose bill looks back, and the months it looks back on, by position."""
        if not self.ratchet_share:
            return
        for n, month in enumerate(self.months):
            back = (month - self.months[:n]).astype(np.int64)
            if (earlier := np.flatnonzero(back <= self.ratchet_months)).size:
                yield n, earlier


@register_tariff
@dataclass(frozen=True, slots=True)
class MeteredPeak(Tariff):
    """A charge on the site's own highest demand of each month.

    Args:
        usd_per_kw_month: Rate. A month that is in force or known in part is charged by its days.
        window: Months billed, and times of the week whose demand counts.
        interval_minutes: What demand is averaged over.
        ratchet_share: Share of the highest peak of the months before that is billed at least.
        ratchet_months: How many months before.
        minimum_share: Share of the contracted power that is billed at least.
        contracted_mw: Power contracted; None for the site's limit.
        past_peaks_mw: Own peaks of months before the prices begin, by month as `2026-07`, for the ratchet.
    """

    kind: ClassVar[str] = "own_peak"
    usd_per_kw_month: float = 0.0
    window: TimeWindow = field(default_factory=TimeWindow)
    interval_minutes: int = _QUARTER
    ratchet_share: float = 0.0
    ratchet_months: int = 11
    minimum_share: float = 0.0
    contracted_mw: float | None = None
    past_peaks_mw: tuple[tuple[str, float], ...] = ()

    @classmethod
    def read(cls, fields: Fields) -> Self:
        """Read its keys: those above, and those of a time window.

        Raises:
            InvalidSite: If a key is missing or wrong, or says something nothing depends on.
        """
        tariff = cls(
            name=fields.text("name"),
            **fields.span(),
            usd_per_kw_month=fields.number("usd_per_kw_month", 0, 1000),
            window=TimeWindow.read(fields),
            interval_minutes=read_span(fields, _QUARTER),
            ratchet_share=fields.number("ratchet_share", 0, 1, 0.0),
            ratchet_months=fields.whole("ratchet_months", 1, 36, 11),
            minimum_share=fields.number("minimum_share", 0, 1, 0.0),
            contracted_mw=fields.optional("contracted_mw", 1e5),
            past_peaks_mw=_past_peaks(fields),
        )
        if tariff.contracted_mw is not None and not tariff.minimum_share:
            raise fields.wrong(
                "contracted_mw", "needs minimum_share: demand without it is billed as measured"
            )
        for key in ("ratchet_months", "past_peaks_mw"):
            if key in fields and not tariff.ratchet_share:
                raise fields.wrong(key, "needs ratchet_share: nothing else looks back")
        return tariff

    def demand_months(self, clock: Clock, limit_mw: float) -> DemandMonths:
        """Return what each month of a clock is billed by.

        Args:
            clock: Local time of the intervals.
            limit_mw: The site's limit.
        """
        months = np.unique(clock.month)
        days = np.unique(clock.day[self.in_force(clock)])
        billed_days = np.array([(days.astype("datetime64[M]") == month).sum() for month in months])
        length = ((months + MONTH).astype("datetime64[D]") - months.astype("datetime64[D]")) / DAY
        counted = np.isin(months.astype(np.int64) % 12 + 1, self.window.months)
        rate = np.where(counted, self.usd_per_kw_month * 1000 * billed_days / length, 0.0)
        contracted = limit_mw if self.contracted_mw is None else self.contracted_mw
        least = np.full(len(months), self.minimum_share * contracted)
        for name, peak in self.past_peaks_mw:
            back = (months - np.datetime64(name, "M")).astype(np.int64)
            looks_back = (back >= 1) & (back <= self.ratchet_months) & (np.datetime64(name, "M") < months[0])
            least = np.where(looks_back, np.maximum(least, self.ratchet_share * peak), least)
        return DemandMonths(months, rate, least, self.ratchet_share, self.ratchet_months)

    def measured(self, clock: Clock) -> Bools:
        """Return the intervals whose demand counts, shape (T,)."""
        return self.in_force(clock) & self.window.inside(clock)

    def spans(self, clock: Clock) -> Whole:
        """Return a number of the span each interval's demand is averaged in, shape (T,)."""
        return span_numbers(clock, self.interval_minutes)

    def charge_usd(self, use: MeteredUse) -> Floats:
        """Return the bill, each month's spread evenly over the time it is in force, shape (T,)."""
        by_month = self.demand_months(use.clock, use.limit_mw)
        month = np.searchsorted(by_month.months, use.clock.month)
        demand = counted_demand_mw(use.drawn_mw, self.spans(use.clock), self.measured(use.clock))
        usd = by_month.usd_per_mw * by_month.billed_mw(monthly_peaks_mw(demand, month))
        in_force = self.in_force(use.clock)
        count = np.bincount(month, weights=in_force, minlength=len(usd))
        return np.where(in_force, (usd / np.maximum(count, 1.0))[month], 0.0)


def counted_demand_mw(drawn_mw: Floats, spans: Whole, counts: Bools) -> Floats:
    """Return the mean power of the span each interval lies in, 0 where it does not count, shape (T,)."""
    return np.where(counts, span_means(drawn_mw, spans)[spans], 0.0)


def monthly_peaks_mw(demand_mw: Floats, month: Whole) -> Floats:
    """Return the highest demand of each month, given the month of each interval by position, shape (N,)."""
    own = np.zeros(int(month[-1]) + 1)
    np.maximum.at(own, month, demand_mw)
    return own


def _past_peaks(fields: Fields) -> tuple[tuple[str, float], ...]:
    table = fields.table("past_peaks_mw", {})
    for month in table.keys:
        try:
            np.datetime64(month, "M")
            right = len(month) == len("2026-07")
        except ValueError:
            right = False
        if not right:
            raise table.wrong(month, "is no month like 2026-07")
    return tuple((month, table.number(month, 0, 1e5)) for month in sorted(table.keys))
