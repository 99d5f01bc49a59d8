"""What stands behind the meter hour by hour: what the sun gives, and what a battery is told to do."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Self

import numpy as np

from hashpivot.core import short_repr

from ..model import SOLAR_COLUMN, Battery, Clock, Floats, InvalidPrices, Site
from ..prices import PriceHistory

_SLACK = 1e-3  # relative: a meter's rounding, far below an error of unit
_DAYS_LOOKED_BACK = 7  # judged: long enough to even out clouds, short enough to follow the season


@short_repr
@dataclass(frozen=True, eq=False)
class PlantSchedule:
    """What a battery and solar panels do. T intervals; within one, a battery may charge and then discharge.

    Args:
        charge_mw: Mean power the battery charges with, at the meter, shape (T,).
        discharge_mw: Mean power it discharges with, shape (T,).
        curtailed_mw: Solar power that is not taken, shape (T,).
    """

    charge_mw: Floats
    discharge_mw: Floats
    curtailed_mw: Floats

    @classmethod
    def at_rest(cls, used_mw: Floats, solar_mw: Floats, export_mw: float) -> Self:
        """Return a schedule of a battery at rest; solar power is taken as far as it is used or sent out."""
        nothing = np.zeros_like(used_mw)
        return cls(nothing, nothing, np.maximum(solar_mw - used_mw - export_mw, 0.0))

    @property
    def battery_mw(self) -> Floats:
        """Mean power the battery takes; negative where it gives, shape (T,)."""
        return self.charge_mw - self.discharge_mw

    def stored_mwh(self, battery: Battery, interval_hours: float) -> Floats:
        """Return the energy stored after each interval, shape (T,)."""
        into = self.charge_mw * battery.charge_efficiency
        out = self.discharge_mw / battery.discharge_efficiency
        return battery.initial_mwh + np.cumsum(into - out) * interval_hours

    def cycle_usd(self, battery: Battery | None, interval_hours: float) -> Floats:
        """Return the battery's wear, shape (T,)."""
        rate = battery.cycle_cost_usd_per_mwh if battery else 0.0
        return self.discharge_mw * interval_hours * rate


def solar_mw(site: Site, prices: PriceHistory, clock: Clock) -> Floats:
    """Return what a site's panels can give, shape (T,): the column of the prices, or else the profile.

    Raises:
        InvalidPrices: If the column holds more than the capacity, or less than nothing.
    """
    if site.solar is None:
        return np.zeros(prices.hours)
    if not prices.known(SOLAR_COLUMN):
        shares = np.array(site.solar.profile or np.zeros(24))
        return site.solar.capacity_mw * shares[clock.hour]
    output = np.nan_to_num(prices[SOLAR_COLUMN])
    wrong = (output < 0) | (output > site.solar.capacity_mw * (1 + _SLACK))
    if wrong.any():
        t = int(wrong.argmax())
        raise InvalidPrices(
            f"{SOLAR_COLUMN} is {output[t]:g} at {prices.ts_utc[t]}, [solar] has "
            f"{site.solar.capacity_mw:g} MW of capacity",
            where=prices.zone,
            hint="give the site's own output in MW, or its capacity_mw",
        )
    return output


def expected_solar_mw(site: Site, prices: PriceHistory, clock: Clock, interval_hours: float) -> Floats:
    """Return what can be expected of the sun a day before, shape (T,): the mean of seven days at that time.

    A profile is known ahead. Days before the first count as dark.
    """
    output = solar_mw(site, prices, clock)
    if site.solar is None or not prices.known(SOLAR_COLUMN):
        return output
    day, expected = round(24 / interval_hours), np.zeros(len(output))
    for back in range(1, _DAYS_LOOKED_BACK + 1):
        expected[back * day :] += output[: -back * day or None][: max(len(output) - back * day, 0)]
    return expected / _DAYS_LOOKED_BACK
