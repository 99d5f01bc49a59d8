"""Charges on the site's own peaks, ready for decisions: intervals that count, their month, its rate."""

from __future__ import annotations

from dataclasses import dataclass, replace

import numpy as np

from ..model import (
    Bools,
    Clock,
    DemandMonths,
    Floats,
    MeteredPeak,
    Site,
    Whole,
    counted_demand_mw,
    monthly_peaks_mw,
)
from ._charges import with_tax


@dataclass(frozen=True, eq=False)
class OwnPeakCharge:
    """One charge on own peaks over the intervals of a clock. T intervals, N months, S spans of demand.

    Args:
        tariff: The tariff.
        by_month: What each month is billed by, taxes included.
        whole_month_usd_per_mw: What a MW of billed demand costs in each if it is whole, shape (N,).
        month: Month of each interval, by position, shape (T,).
        spans: Span each interval's demand is averaged in, shape (T,).
        counts: Intervals whose demand counts, shape (T,).
    """

    tariff: MeteredPeak
    by_month: DemandMonths
    whole_month_usd_per_mw: Floats
    month: Whole
    spans: Whole
    counts: Bools

    def demand_mw(self, drawn_mw: Floats) -> Floats:
        """Return the mean power of the span each interval lies in, 0 where it does not count, shape (T,)."""
        return counted_demand_mw(drawn_mw, self.spans, self.counts)

    def own_mw(self, drawn_mw: Floats) -> Floats:
        """Return the own peak of each month, shape (N,)."""
        return monthly_peaks_mw(self.demand_mw(drawn_mw), self.month)

    def usd(self, own_mw: Floats) -> Floats:
        """Return what each month is charged, given its own peak, shape (N,)."""
        return self.by_month.usd_per_mw * self.by_month.billed_mw(own_mw)


def own_peak_charges(site: Site, clock: Clock) -> list[OwnPeakCharge]:
    """Return the charges on own peaks that are due in some month of a clock, dearest first."""
    charges = [
        _charge(site, clock, tariff)
        for tariff in site.tariffs
        if isinstance(tariff, MeteredPeak) and tariff.usd_per_kw_month and tariff.measured(clock).any()
    ]
    return sorted(charges, key=lambda charge: -charge.by_month.usd_per_mw.max())


def _charge(site: Site, clock: Clock, tariff: MeteredPeak) -> OwnPeakCharge:
    by_month = tariff.demand_months(clock, site.limit_mw)
    month, in_force = np.searchsorted(by_month.months, clock.month), tariff.in_force(clock)
    taxed = np.bincount(month, weights=with_tax(site, clock, tariff.name) * in_force)
    factor = taxed / np.maximum(np.bincount(month, weights=in_force), 1.0)
    billed = by_month.usd_per_mw > 0
    whole = np.where(billed, tariff.usd_per_kw_month * 1000 * factor, 0.0)
    by_month = replace(by_month, usd_per_mw=by_month.usd_per_mw * factor)
    return OwnPeakCharge(tariff, by_month, whole, month, tariff.spans(clock), tariff.measured(clock))
