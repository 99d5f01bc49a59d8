"""Charges of the grid: each kind of tariff knows its marginal price, its bill and its keys in a site's file.

A new kind is a subclass of `Tariff` under `@register_tariff`. It overrides the parts it charges by; what it
leaves alone is zero. Dispatch decides by the same parts as the bill adds up.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import ClassVar, Self

import numpy as np

from ..base import Bools, Clock, Fields, Floats, Kinds

_HOURS_PER_YEAR = 8760
_SUMMER = (6, 7, 8, 9)  # months of ERCOT's four coincident peaks


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

    @property
    def peak_months(self) -> tuple[int, ...]:
        """Months whose peak hour of system load it charges for."""
        return ()

    def excludes(self, other: Tariff) -> bool:
        """Return whether both must not be in force on one day."""
        return False

    def in_force(self, clock: Clock) -> Bools:
        """Return the hours it applies to, shape (T,)."""
        return clock.between(self.start, self.end)

    def counts_peak(self, clock: Clock) -> Bools:
        """Return the hours of which the peak is sought, shape (T,)."""
        return np.isin(clock.month_of_year, self.peak_months) & self.in_force(clock)

    def energy_usd_per_mwh(self, clock: Clock) -> Floats:
        """Return the charge on each MWh used, shape (T,)."""
        return np.zeros(len(clock.ts_utc))

    def peak_usd_per_mwh(self, clock: Clock) -> Floats:
        """Return what a MWh used in an hour costs if that hour sets the month's peak, shape (T,)."""
        return np.zeros(len(clock.ts_utc))

    def minimum_mw(self, clock: Clock, limit_mw: float) -> Floats:
        """Return the power each month's peak is billed for at least, shape (T,).

        Args:
            clock: Local time of the hours.
            limit_mw: The site's limit.
        """
        return np.zeros(len(clock.ts_utc))

    def standing_usd(self, clock: Clock, limit_mw: float) -> Floats:
        """Return what is charged an hour whatever is used, shape (T,)."""
        return np.zeros(len(clock.ts_utc))

    def charge_usd(self, drawn_mw: Floats, peak: Bools, clock: Clock, limit_mw: float) -> Floats:
        """Return the bill in dollars an hour, shape (T,): the sum of the parts above.

        Args:
            drawn_mw: Power the site draws, shape (T,).
            peak: Intervals of hours that set the month's peak, shape (T,).
            clock: Local time of the hours.
            limit_mw: The site's limit.
        """
        billed = np.maximum(clock.hourly_mean(drawn_mw), self.minimum_mw(clock, limit_mw))
        energy = self.energy_usd_per_mwh(clock) * drawn_mw
        return energy + self.peak_usd_per_mwh(clock) * peak * billed + self.standing_usd(clock, limit_mw)


TARIFFS: Kinds[Tariff] = Kinds("tariff")
register_tariff = TARIFFS.register


@register_tariff
@dataclass(frozen=True, slots=True)
class CoincidentPeak(Tariff):
    """A charge on the power used in the system's peak hour of each of `months`.

    Args:
        months: Months whose peak counts.
        usd_per_kw_year: Rate, spread evenly over the months.
        minimum_share: Share of the contracted power that is billed at least.
        contracted_mw: Power contracted; None for the site's limit.
    """

    kind: ClassVar[str] = "coincident_peak"
    months: tuple[int, ...] = _SUMMER
    usd_per_kw_year: float = 0.0
    minimum_share: float = 0.0
    contracted_mw: float | None = None

    @classmethod
    def read(cls, fields: Fields) -> Self:
        """Read `months`, `usd_per_kw_year`, `minimum_share` and `contracted_mw`."""
        tariff = cls(
            name=fields.text("name"),
            **fields.span(),
            months=fields.wholes("months", 1, 12, _SUMMER),
            usd_per_kw_year=fields.number("usd_per_kw_year", 0, 10_000),
            minimum_share=fields.number("minimum_share", 0, 1, 0.0),
            contracted_mw=fields.optional("contracted_mw", 1e5),
        )
        if tariff.contracted_mw is not None and not tariff.minimum_share:
            raise fields.wrong("contracted_mw", "needs minimum_share: a peak without it is billed as used")
        return tariff

    @property
    def peak_months(self) -> tuple[int, ...]:
        """Its months."""
        return self.months

    def excludes(self, other: Tariff) -> bool:
        """Return whether the other charges for the peak of one of its months too."""
        return isinstance(other, CoincidentPeak) and bool(set(self.months) & set(other.months))

    def peak_usd_per_mwh(self, clock: Clock) -> Floats:
        """Return a month's share of the yearly rate in the hours that count, shape (T,)."""
        rate = self.usd_per_kw_year * 1000 / len(self.months)
        return np.where(self.counts_peak(clock), rate, 0.0)

    def minimum_mw(self, clock: Clock, limit_mw: float) -> Floats:
        """Return the minimum share of the contracted power in the hours that count, shape (T,)."""
        contracted = limit_mw if self.contracted_mw is None else self.contracted_mw
        return np.where(self.counts_peak(clock), self.minimum_share * contracted, 0.0)


@register_tariff
@dataclass(frozen=True, slots=True)
class EnergyCharge(Tariff):
    """A charge on each MWh used.

    Args:
        usd_per_mwh: Rate.
    """

    kind: ClassVar[str] = "energy"
    usd_per_mwh: float = 0.0

    @classmethod
    def read(cls, fields: Fields) -> Self:
        """Read `usd_per_mwh`."""
        rate = fields.number("usd_per_mwh", -1000, 10_000)
        return cls(name=fields.text("name"), **fields.span(), usd_per_mwh=rate)

    def energy_usd_per_mwh(self, clock: Clock) -> Floats:
        """Return the rate while it is in force, shape (T,)."""
        return np.where(self.in_force(clock), self.usd_per_mwh, 0.0)


@register_tariff
@dataclass(frozen=True, slots=True)
class DemandCharge(Tariff):
    """A charge on the contracted power, whatever is used.

    Args:
        usd_per_kw_year: Rate.
        contracted_mw: Power contracted; None for the site's limit.
    """

    kind: ClassVar[str] = "demand"
    usd_per_kw_year: float = 0.0
    contracted_mw: float | None = None

    @classmethod
    def read(cls, fields: Fields) -> Self:
        """Read `usd_per_kw_year` and `contracted_mw`."""
        return cls(
            name=fields.text("name"),
            **fields.span(),
            usd_per_kw_year=fields.number("usd_per_kw_year", 0, 10_000),
            contracted_mw=fields.optional("contracted_mw", 1e5),
        )

    def excludes(self, other: Tariff) -> bool:
        """Return whether the other is a demand charge too."""
        return isinstance(other, DemandCharge)

    def standing_usd(self, clock: Clock, limit_mw: float) -> Floats:
        """Return an hour's share of the yearly charge while it is in force, shape (T,)."""
        contracted = limit_mw if self.contracted_mw is None else self.contracted_mw
        hourly = self.usd_per_kw_year * 1000 / _HOURS_PER_YEAR * contracted
        return np.where(self.in_force(clock), hourly, 0.0)
