"""The site's own peaks so far, by each charge's window and length of demand: what a state keeps of them."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import datetime

import numpy as np

from hashpivot.core import short_repr

from ..model import INTERVALS, MINUTE, Clock, Floats, MeteredPeak, OwnPeakSoFar, Site, utc_minute

_STEP = min(INTERVALS)
GRID = ""
"""Name under which powers and peaks are those of the whole site from the grid: no group has it."""
_MOST_MONTHS = 37
"""Months kept: this one, and as many as a ratchet may look back."""


@short_repr
@dataclass(frozen=True, slots=True)
class OwnPeak:
    """What a charge on own peaks has measured of the site's groups.

    Args:
        tariff: Its name.
        months: Highest demand of each group, MW by name, by month such as `2024-08`; the site's own from
            the grid under the empty name.
        span_mw_minutes: Power times minutes of each group in the span of demand that is not over.
        span_minutes: Minutes of that span so far.
    """

    tariff: str
    months: Mapping[str, Mapping[str, float]] = field(default_factory=dict)
    span_mw_minutes: Mapping[str, float] = field(default_factory=dict)
    span_minutes: int = 0

    def so_far(self, groups: Iterable[str]) -> OwnPeakSoFar:
        """Return it as decisions take it, for groups in order."""
        names = list(groups)
        return OwnPeakSoFar(
            {np.datetime64(month, "M"): _row(mw, names) for month, mw in self.months.items()},
            _row(self.span_mw_minutes, names),
            self.span_minutes,
            {np.datetime64(month, "M"): mw.get(GRID, 0.0) for month, mw in self.months.items()},
        )


def own_peaks_after(
    site: Site, peaks: Iterable[OwnPeak], start: datetime, end: datetime, mw: Mapping[str, float]
) -> tuple[OwnPeak, ...]:
    """Return own peaks after a time in which each group drew the same power.

    Args:
        site: The site.
        peaks: Those before.
        start: Beginning of that time, UTC.
        end: Its end.
        mw: Power of each group by name, and that from the grid as `GRID`.
    """
    tariffs = [tariff for tariff in site.tariffs if isinstance(tariff, MeteredPeak)]
    if not tariffs:
        return ()
    before, first = {peak.tariff: peak for peak in peaks}, utc_minute(start)
    clock = Clock(np.arange(first, utc_minute(end) + _STEP * MINUTE, _STEP * MINUTE), site.zoneinfo, _STEP)
    return tuple(
        _after(tariff, before.get(tariff.name, OwnPeak(tariff.name)), clock, mw) for tariff in tariffs
    )


def _after(tariff: MeteredPeak, peak: OwnPeak, clock: Clock, mw: Mapping[str, float]) -> OwnPeak:
    """Return a charge's peaks after all but the last interval of a clock, which tells what is over."""
    spans, counts, month = tariff.spans(clock), tariff.measured(clock), clock.month
    months = {name: dict(highest) for name, highest in peak.months.items()}
    energy, minutes = dict(peak.span_mw_minutes), peak.span_minutes
    ends = [*(np.flatnonzero(np.diff(spans)) + 1).tolist(), len(spans) - 1]
    begin = 0
    for end in dict.fromkeys(ends):
        minutes += (end - begin) * _STEP
        energy = {name: energy.get(name, 0.0) + power * (end - begin) * _STEP for name, power in mw.items()}
        if end == len(spans) - 1 and spans[end] == spans[end - 1]:
            break  # this span is not over
        if counts[end - 1]:
            highest = months.setdefault(str(month[end - 1]), {})
            for name, total in energy.items():
                highest[name] = max(highest.get(name, 0.0), round(total / minutes, 6))
        begin, energy, minutes = end, {}, 0
    kept = dict(sorted(months.items())[-_MOST_MONTHS:])
    return OwnPeak(tariff.name, kept, energy, minutes)


def _row(mw: Mapping[str, float], names: list[str]) -> Floats:
    return np.array([mw.get(name, 0.0) for name in names])
