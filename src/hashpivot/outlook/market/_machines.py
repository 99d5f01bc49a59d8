"""How efficient machines are, by the year they were released."""

from __future__ import annotations

from datetime import date
from functools import cache
from importlib.resources import files
from math import exp, log

from hashpivot.core import BundleError, csv_records

TREND_YEARS = 6
"""Release years the trend is drawn through: improvement has slowed, and older years would hide it."""

FLEET_AGE_YEARS = 2.0
"""Years the network's average machine is behind those delivered: assumed, half a machine's working life."""


@cache
def machine_years() -> tuple[tuple[int, float], ...]:
    """Year and median J/TH of the models released in it, from `data/machines.csv`.

    Raises:
        BundleError: If the table is damaged.
    """
    table = files("hashpivot.outlook") / "data" / "machines.csv"
    try:
        with table.open(encoding="utf-8") as lines:
            found = tuple((int(row["year"]), float(row["j_per_th"])) for row in csv_records(lines))
        if not found or min(value for _, value in found) <= 0:
            raise ValueError("no rows, or an efficiency that is not positive")
    except (OSError, ValueError, KeyError, TypeError) as error:
        raise BundleError(
            f"the table of machines is damaged: {error}", where="machines.csv", hint="install hashpivot again"
        ) from None
    return found


class Improvement:
    """The straight line of log J/TH over time through the last six release years before a day.

    Args:
        as_of: Only models of years that were over on this day are used.
    """

    def __init__(self, as_of: date) -> None:
        known = [(year + 0.5, log(value)) for year, value in machine_years() if year < as_of.year]
        known = known[-TREND_YEARS:]
        if len(known) < 2:
            known = [(year + 0.5, log(value)) for year, value in machine_years()[:2]]
        mean_time = sum(time for time, _ in known) / len(known)
        mean_log = sum(value for _, value in known) / len(known)
        spread = sum((time - mean_time) ** 2 for time, _ in known)
        slope = sum((time - mean_time) * (value - mean_log) for time, value in known) / spread
        self.per_year = max(0.0, -slope)
        self._at_zero = mean_log + self.per_year * mean_time

    def new_j_per_th(self, time: float) -> float:
        """Efficiency of the machines delivered at a time in years, `2026.77`."""
        return exp(self._at_zero - self.per_year * time)

    def fleet_j_per_th(self, time: float) -> float:
        """Efficiency of the average machine of the network: that of deliveries two years before."""
        return self.new_j_per_th(time - FLEET_AGE_YEARS)
