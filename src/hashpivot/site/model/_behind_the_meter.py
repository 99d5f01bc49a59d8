"""What stands behind the meter beside machines and AI load: a battery and solar power."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import Self

from .base import Fields

SOLAR_COLUMN = "site_solar_mw"
"""Column of a price file that holds what the site's solar panels could give."""


@dataclass(frozen=True, slots=True)
class Battery:
    """A battery behind the site's meter.

    Args:
        power_mw: Most it charges or discharges with, at the meter.
        energy_mwh: Energy it stores when full.
        charge_efficiency: Share of the energy charged that is stored.
        discharge_efficiency: Share of the energy taken from the store that comes out.
        cycle_cost_usd_per_mwh: Wear of each MWh discharged.
        min_soc: Lowest state of charge, a share of `energy_mwh`.
        max_soc: Highest state of charge.
        initial_soc: State of charge before the first interval.
    """

    power_mw: float
    energy_mwh: float
    charge_efficiency: float = 0.95
    discharge_efficiency: float = 0.95
    cycle_cost_usd_per_mwh: float = 0.0
    min_soc: float = 0.0
    max_soc: float = 1.0
    initial_soc: float = 0.5

    @classmethod
    def read(cls, fields: Fields) -> Self:
        """Read `[battery]`.

        Raises:
            InvalidSite: If a key is missing, wrong or unknown, or the states of charge are out of order.
        """
        lowest = fields.number("min_soc", 0, 1, 0.0)
        highest = fields.number("max_soc", 0, 1, 1.0)
        battery = cls(
            power_mw=fields.number("power_mw", 0, 1e5, open_low=True),
            energy_mwh=fields.number("energy_mwh", 0, 1e6, open_low=True),
            charge_efficiency=fields.number("charge_efficiency", 0.3, 1, 0.95),
            discharge_efficiency=fields.number("discharge_efficiency", 0.3, 1, 0.95),
            cycle_cost_usd_per_mwh=fields.number("cycle_cost_usd_per_mwh", 0, 1e4, 0.0),
            min_soc=lowest,
            max_soc=highest,
            initial_soc=fields.number("initial_soc", 0, 1, min(max(0.5, lowest), highest)),
        )
        fields.done()
        if not lowest < highest:
            raise fields.wrong("max_soc", f"must be above min_soc {lowest:g}, not {highest:g}")
        if not lowest <= battery.initial_soc <= highest:
            raise fields.wrong(
                "initial_soc",
                f"must be from min_soc {lowest:g} to max_soc {highest:g}, not {battery.initial_soc:g}",
            )
        return battery

    @property
    def min_mwh(self) -> float:
        """Least energy stored."""
        return self.min_soc * self.energy_mwh

    @property
    def max_mwh(self) -> float:
        """Most energy stored."""
        return self.max_soc * self.energy_mwh

    def holding(self, stored_mwh: float | None) -> Self:
        """Return the same battery with so much energy stored at first; the same one for None."""
        if stored_mwh is None:
            return self
        inside = min(max(stored_mwh, self.min_mwh), self.max_mwh)
        return replace(self, initial_soc=inside / self.energy_mwh)

    @property
    def initial_mwh(self) -> float:
        """Energy stored before the first interval."""
        return self.initial_soc * self.energy_mwh


@dataclass(frozen=True, slots=True)
class Solar:
    """Solar power behind the site's meter; what cannot be used or sent out is curtailed.

    Args:
        capacity_mw: Most it gives, at the meter.
        profile: Share of the capacity it gives in each hour of the day, 24 of them, market local time, where
            the prices have no column `site_solar_mw`; empty if they must have it.
    """

    capacity_mw: float
    profile: tuple[float, ...] = ()

    @classmethod
    def read(cls, fields: Fields) -> Self:
        """Read `[solar]`.

        Raises:
            InvalidSite: If a key is missing, wrong or unknown.
        """
        profile = fields.numbers("profile", 0, 1) if "profile" in fields else ()
        if profile and len(profile) != 24:
            raise fields.wrong("profile", f"must be 24 shares, one an hour of the day, not {len(profile)}")
        solar = cls(fields.number("capacity_mw", 0, 1e5, open_low=True), profile)
        fields.done()
        return solar
