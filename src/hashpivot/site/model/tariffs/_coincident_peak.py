"""Charges on the power used while the system's load is highest."""

from __future__ import annotations

from dataclasses import dataclass
from typing import ClassVar, Self

import numpy as np

from ..base import Clock, Fields, Floats
from ._peak_rule import PeakRule
from ._tariff import Tariff, register_tariff

_SUMMER = (6, 7, 8, 9)  # months of ERCOT's four coincident peaks
SPANS = (5, 15, 30, 60)
"""Minutes demand may be averaged over."""


@register_tariff
@dataclass(frozen=True, slots=True)
class CoincidentPeak(Tariff):
    """A charge on the power used in the system's highest interval of each month, or a season's highest ones.

    Args:
        months: Months whose peak counts.
        usd_per_kw_year: Rate, spread evenly over the peaks of a year.
        minimum_share: Share of the contracted power that is billed at least.
        contracted_mw: Power contracted; None for the site's limit.
        interval_minutes: Length of the interval; shorter ones of loads and power are averaged to it.
        peak_days: Days of the whole season whose highest interval counts; 0 if each month's highest counts.
    """

    kind: ClassVar[str] = "coincident_peak"
    months: tuple[int, ...] = _SUMMER
    usd_per_kw_year: float = 0.0
    minimum_share: float = 0.0
    contracted_mw: float | None = None
    interval_minutes: int = 60
    peak_days: int = 0

    @classmethod
    def read(cls, fields: Fields) -> Self:
        """Read its keys: those above.

        Raises:
            InvalidSite: If a key is missing or wrong, or power is contracted that nothing depends on.
        """
        tariff = cls(
            name=fields.text("name"),
            **fields.span(),
            months=fields.wholes("months", 1, 12, _SUMMER),
            usd_per_kw_year=fields.number("usd_per_kw_year", 0, 10_000),
            minimum_share=fields.number("minimum_share", 0, 1, 0.0),
            contracted_mw=fields.optional("contracted_mw", 1e5),
            interval_minutes=read_span(fields, 60),
            peak_days=fields.whole("peak_days", 1, 31, 0),
        )
        if tariff.contracted_mw is not None and not tariff.minimum_share:
            raise fields.wrong("contracted_mw", "needs minimum_share: a peak without it is billed as used")
        return tariff

    @property
    def peak_rule(self) -> PeakRule:
        """Which peaks it charges for."""
        return PeakRule(self.months, self.interval_minutes, self.peak_days)

    def peak_usd_per_mwh(self, clock: Clock) -> Floats:
        """Return a peak's share of the yearly rate for each MWh in it, where peaks are sought, shape (T,)."""
        rate = self.usd_per_kw_year * 1000 / self.peak_rule.peaks_a_year
        return np.where(self.counts_peak(clock), rate / self.peak_rule.hours(clock), 0.0)

    def minimum_mw(self, clock: Clock, limit_mw: float) -> Floats:
        """Return the minimum share of the contracted power where peaks are sought, shape (T,)."""
        contracted = limit_mw if self.contracted_mw is None else self.contracted_mw
        return np.where(self.counts_peak(clock), self.minimum_share * contracted, 0.0)


def read_span(fields: Fields, default: int) -> int:
    """Read `interval_minutes`.

    Raises:
        InvalidSite: If it is none of `SPANS`.
    """
    minutes = fields.whole("interval_minutes", SPANS[0], SPANS[-1], default)
    if minutes not in SPANS:
        raise fields.wrong("interval_minutes", f"must be one of {', '.join(map(str, SPANS))}, not {minutes}")
    return minutes
