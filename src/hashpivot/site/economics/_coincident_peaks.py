"""The intervals that set coincident peaks, found in the loads of the prices."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np

from ..model import Bools, Clock, PeakRule, Site, rule_peaks
from ..prices import PriceHistory


@dataclass(frozen=True, eq=False)
class CoincidentPeaks:
    """Intervals that set a peak of system load, by rule; a slice of it is that part of the intervals.

    Args:
        by_rule: Which intervals do, shape (T,), for each rule of the site's tariffs.
    """

    by_rule: Mapping[PeakRule, Bools]

    def __getitem__(self, part: slice) -> CoincidentPeaks:
        return CoincidentPeaks({rule: peaks[part] for rule, peaks in self.by_rule.items()})


def peak_hours(site: Site, prices: PriceHistory, clock: Clock) -> CoincidentPeaks:
    """Return the intervals that set peaks, of whole months and seasons whose loads are known.

    The peak is the month's or season's, whenever a tariff is in force; one outside of that charges nothing.
    """
    load = prices["load_mw"] if prices.known("load_mw") else np.full(prices.hours, np.nan)
    found = {}
    for rule, counted in counted_by_rule(site, clock).items():
        period = rule.period(clock)
        sought = np.isin(period, np.unique(period[counted])) & np.isin(clock.month_of_year, rule.months)
        found[rule] = rule_peaks(rule, load, clock, sought) & counted
    return CoincidentPeaks(found)


def counted_by_rule(site: Site, clock: Clock) -> dict[PeakRule, Bools]:
    """Return the intervals among which peaks are sought, shape (T,), for each rule of the site's tariffs."""
    counted: dict[PeakRule, Bools] = {}
    for tariff in site.tariffs:
        if (rule := tariff.peak_rule) is not None:
            counts = tariff.counts_peak(clock)
            counted[rule] = counted[rule] | counts if rule in counted else counts
    return counted


def counted_hours(site: Site, clock: Clock) -> Bools:
    """Return the intervals among which any peak is sought, shape (T,)."""
    counted = np.zeros(len(clock.ts_utc), dtype=bool)
    for counts in counted_by_rule(site, clock).values():
        counted |= counts
    return counted
