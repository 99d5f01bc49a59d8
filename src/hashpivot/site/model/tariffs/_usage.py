"""Charges on each MWh used, on its price, and on power contracted."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from typing import ClassVar, Self

import numpy as np

from ..base import Clock, Fields, Floats
from ._tariff import Tariff, register_tariff
from ._time_window import TimeWindow


@register_tariff
@dataclass(frozen=True, slots=True)
class EnergyCharge(Tariff):
    """A charge on each MWh used in some hours.

    Args:
        usd_per_mwh: Rate.
        window: Months, weekdays and hours it is charged in.
    """

    kind: ClassVar[str] = "energy"
    usd_per_mwh: float = 0.0
    window: TimeWindow = field(default_factory=TimeWindow)

    @classmethod
    def read(cls, fields: Fields) -> Self:
        """Read `usd_per_mwh` and the keys of a time window."""
        rate = fields.number("usd_per_mwh", -1000, 10_000)
        return cls(fields.text("name"), **fields.span(), usd_per_mwh=rate, window=TimeWindow.read(fields))

    def energy_usd_per_mwh(self, clock: Clock) -> Floats:
        """Return the rate while it is in force, shape (T,)."""
        return np.where(self.in_force(clock) & self.window.inside(clock), self.usd_per_mwh, 0.0)


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

    def standing_usd(self, clock: Clock, limit_mw: float) -> Floats:
        """Return an hour's share of its year's charge while it is in force, shape (T,)."""
        contracted = limit_mw if self.contracted_mw is None else self.contracted_mw
        hourly = self.usd_per_kw_year * 1000 * contracted / clock.hours_of("Y")
        return np.where(self.in_force(clock), hourly, 0.0)


@register_tariff
@dataclass(frozen=True, slots=True)
class PassThrough(Tariff):
    """Fees that follow the price of power: a share of it, and the power lost on the way.

    Args:
        share: Share of the price of each MWh used that is charged on top.
        losses: MWh lost for each MWh used, charged at the price.
        usd_per_mwh: Added to each MWh used.
    """

    kind: ClassVar[str] = "pass_through"
    share: float = 0.0
    losses: float = 0.0
    usd_per_mwh: float = 0.0

    @classmethod
    def read(cls, fields: Fields) -> Self:
        """Read `share`, `losses` and `usd_per_mwh`."""
        return cls(
            fields.text("name"),
            **fields.span(),
            share=fields.number("share", -0.9, 1, 0.0),
            losses=fields.number("losses", 0, 0.5, 0.0),
            usd_per_mwh=fields.number("usd_per_mwh", -1000, 10_000, 0.0),
        )

    def at_rates(self, factor: float) -> Self:
        """Return the fees multiplied, the share of the price too; what is lost on the way stays."""
        return replace(Tariff.at_rates(self, factor), share=self.share * factor)

    def energy_usd_per_mwh(self, clock: Clock) -> Floats:
        """Return what is added to each MWh while it is in force, shape (T,)."""
        return np.where(self.in_force(clock), self.usd_per_mwh, 0.0)

    def price_share(self, clock: Clock) -> Floats:
        """Return the share of the price, losses included, while it is in force, shape (T,)."""
        return np.where(self.in_force(clock), self.share + self.losses, 0.0)


@register_tariff
@dataclass(frozen=True, slots=True)
class BillTax(Tariff):
    """A tax or surcharge on other charges of the bill.

    Args:
        share: Share of what they come to.
        on: What it is on: `power`, and names of tariffs other than taxes; empty for all of them.
    """

    kind: ClassVar[str] = "tax"
    share: float = 0.0
    on: tuple[str, ...] = ()

    @classmethod
    def read(cls, fields: Fields) -> Self:
        """Read `share` and `on`."""
        share = fields.number("share", 0, 1)
        return cls(fields.text("name"), **fields.span(), share=share, on=fields.texts("on"))

    def rate(self, clock: Clock, name: str) -> Floats:
        """Return the share of the charge of this name, or of `power`, that is due, shape (T,)."""
        due = self.in_force(clock) & (not self.on or name in self.on)
        return np.where(due, self.share, 0.0)
