"""What every kind of tariff is: its marginal prices, which decide, and its bill, which settles.

A new kind is a subclass of `Tariff` under `@register_tariff`. It overrides the parts it charges by; what it
leaves alone is zero. Dispatch decides by the same parts as the bill adds up.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, fields, replace
from datetime import date
from typing import ClassVar, Self

import numpy as np

from ..base import Bools, Clock, Fields, Floats, Kinds
from ._peak_rule import PeakRule, span_means, span_numbers


@dataclass(frozen=True, eq=False)
class MeteredUse:
    """What a bill is made of. T intervals.

    Args:
        clock: Local time of the intervals.
        drawn_mw: Power the site draws, shape (T,).
        price_usd_per_mwh: Price of power at the site, before fees and taxes, shape (T,).
        peaks: Intervals that set a coincident peak, shape (T,), by rule; a rule that is missing has none.
        limit_mw: The site's limit: what is contracted unless a tariff says otherwise.
    """

    clock: Clock
    drawn_mw: Floats
    price_usd_per_mwh: Floats
    peaks: Mapping[PeakRule, Bools]
    limit_mw: float

    def peaks_of(self, rule: PeakRule) -> Bools:
        """Return the intervals that set the peaks of a rule, shape (T,)."""
        return self.peaks.get(rule, np.zeros(len(self.drawn_mw), dtype=bool))

    def averaged_mw(self, minutes: int) -> Floats:
        """Return the mean power of the span of so many minutes each interval lies in, shape (T,)."""
        spans = span_numbers(self.clock, minutes)
        return span_means(self.drawn_mw, spans)[spans]


@dataclass(frozen=True, slots=True)
class Tariff:
    """A charge with first and last day; the base of every kind.

    Args:
        name: How it is called.
        start: First day, market local time.
        end: Last day.
    """

    kind: ClassVar[str] = ""
    name: str
    start: date
    end: date

    @classmethod
    def read(cls, fields: Fields) -> Self:
        """Read the keys of this kind from a `[[tariffs]]` table.

        Raises:
            InvalidSite: If a key is missing or wrong.
        """
        raise NotImplementedError

    def at_rates(self, factor: float) -> Self:
        """Return the charge with every rate, a key that begins with `usd_per_`, multiplied."""
        rates = [each.name for each in fields(self) if each.name.startswith("usd_per_")]
        return replace(self, **{name: getattr(self, name) * factor for name in rates})

    @property
    def peak_rule(self) -> PeakRule | None:
        """Which peaks of system load it charges for; None if none."""
        return None

    @property
    def peak_months(self) -> tuple[int, ...]:
        """Months whose peaks of system load it charges for."""
        return self.peak_rule.months if self.peak_rule else ()

    def in_force(self, clock: Clock) -> Bools:
        """Return the intervals it applies to, shape (T,)."""
        return clock.between(self.start, self.end)

    def counts_peak(self, clock: Clock) -> Bools:
        """Return the intervals among which its peaks of system load are sought, shape (T,)."""
        return np.isin(clock.month_of_year, self.peak_months) & self.in_force(clock)

    def energy_usd_per_mwh(self, clock: Clock) -> Floats:
        """Return the charge on each MWh used, shape (T,)."""
        return np.zeros(len(clock.ts_utc))

    def price_share(self, clock: Clock) -> Floats:
        """Return the share of the price of power that each MWh used costs on top, shape (T,)."""
        return np.zeros(len(clock.ts_utc))

    def peak_usd_per_mwh(self, clock: Clock) -> Floats:
        """Return what a MWh used in an interval costs if it belongs to a peak of system load, shape (T,)."""
        return np.zeros(len(clock.ts_utc))

    def minimum_mw(self, clock: Clock, limit_mw: float) -> Floats:
        """Return the power each peak of system load is billed for at least, shape (T,).

        Args:
            clock: Local time of the intervals.
            limit_mw: The site's limit.
        """
        return np.zeros(len(clock.ts_utc))

    def standing_usd(self, clock: Clock, limit_mw: float) -> Floats:
        """Return what is charged an hour whatever is used, shape (T,)."""
        return np.zeros(len(clock.ts_utc))

    def charge_usd(self, use: MeteredUse) -> Floats:
        """Return the bill interval by interval, shape (T,): the sum of the parts above."""
        clock, hours = use.clock, use.clock.interval_hours
        per_mwh = self.energy_usd_per_mwh(clock) + self.price_share(clock) * use.price_usd_per_mwh
        usd = (per_mwh * use.drawn_mw + self.standing_usd(clock, use.limit_mw)) * hours
        if self.peak_rule is None:
            return usd
        drawn = use.averaged_mw(self.peak_rule.minutes)
        billed = np.maximum(drawn, self.minimum_mw(clock, use.limit_mw)) * use.peaks_of(self.peak_rule)
        return usd + self.peak_usd_per_mwh(clock) * billed * hours


TARIFFS: Kinds[Tariff] = Kinds("tariff")
register_tariff = TARIFFS.register
