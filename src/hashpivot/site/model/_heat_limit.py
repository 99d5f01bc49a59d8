"""How the heat lowers what a site can draw: megawatts by air temperature."""

from __future__ import annotations

from dataclasses import dataclass
from itertools import pairwise
from typing import Self

import numpy as np

from .base import Fields, Floats

TEMPERATURE_COLUMN = "temp_c"
HOTTEST_C = 60.0
"""Above every air temperature measured on Earth: a higher number is in degrees Fahrenheit."""
_COLDEST_C = -60.0


@dataclass(frozen=True, slots=True)
class HeatLimit:
    """What transformers and cooling let a site draw, by air temperature.

    Args:
        points: Temperatures in degrees Celsius, rising, and the most it may draw at each in MW, not rising.
            Between two the limit is linear, above the last it stays; below the first the site's own holds.
    """

    points: tuple[tuple[float, float], ...]

    @classmethod
    def read(cls, fields: Fields, limit_mw: float) -> Self:
        """Read the table `limit_by_temperature_c`: temperatures as keys, megawatts as values.

        Raises:
            InvalidSite: If a key is no temperature, or the limit is above the site's or rises with heat.
        """
        points = tuple(
            sorted((_temperature(fields, key), fields.number(key, 0, limit_mw)) for key in fields.keys)
        )
        if not points:
            raise fields.wrong(
                "the table", "is empty: give megawatts by temperature, as { 35 = 75, 45 = 60 }"
            )
        for (cooler, more), (hotter, less) in pairwise(points):
            if cooler == hotter:
                raise fields.wrong(f"{hotter:g}", "stands twice")
            if less > more:
                raise fields.wrong(f"{hotter:g}", f"is {less:g} MW, more than the {more:g} MW at {cooler:g}")
        return cls(points)

    @property
    def lowest_mw(self) -> float:
        """The most it may draw in any heat."""
        return self.points[-1][1]

    def limit_mw(self, temperature_c: Floats, limit_mw: float) -> Floats:
        """Return the most it may draw at temperatures of shape (T,); the lowest where one is not known.

        Args:
            temperature_c: Air temperature.
            limit_mw: The site's limit where the heat does not lower it.
        """
        at, most = np.array(self.points).T
        limits = np.where(temperature_c < at[0], limit_mw, np.interp(temperature_c, at, most))
        known: Floats = np.where(np.isnan(temperature_c), self.lowest_mw, limits)
        return known


def _temperature(fields: Fields, key: str) -> float:
    try:
        temperature = float(key)
    except ValueError:
        temperature = np.nan
    if not _COLDEST_C <= temperature <= HOTTEST_C:
        raise fields.wrong(key, f"must be a temperature from {_COLDEST_C:g} to {HOTTEST_C:g} degrees Celsius")
    return temperature
