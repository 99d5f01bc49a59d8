"""The rent of AI data halls per kilowatt of machines and month, from announced contracts.

`python -m tools write outlook-rents` writes the contracts and these numbers into docs/methods/outlook.md.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta
from math import log
from statistics import median, stdev

from hashpivot.ledger import Contract, View

from ...inputs import KW_PER_MW, assumed

MONTHS_PER_YEAR = 12
FEWEST = 3
"""Contracts that must be known before their spread says anything."""

VINTAGE_DAYS = 365
"""Judged: contracts announced within a year of each other were signed in one market."""

EARLY_RENT, USUAL_SPREAD = 130.0, 0.2
"""Middle of the asking rents of 2018, for days before any contract was known; a spread for those days."""

MARKET_VOLATILITY = 0.09
VOLATILITY_ORIGIN = assumed(
    "root mean square yearly change of asking rents, 2018 to 2024: four readings, so barely known"
)


@dataclass(frozen=True, slots=True)
class Rents:
    """What announced contracts say about rents on a day.

    Args:
        median: USD per kW-month.
        spread: Standard deviation of logs between contracts.
        cases: Number of contracts.
        vintage: Days between which they were announced, if not all count.
    """

    median: float
    spread: float
    cases: int
    vintage: str = ""

    @property
    def origin(self) -> str:
        """Where the median came from."""
        if not self.cases:
            return assumed("no contract known by then tells its rent; asking rents of 2018")
        announced = f", announced {self.vintage}" if self.vintage else ""
        return f"contracts: median of {self.cases} that tell value, megawatts and term{announced}"


def rent_usd_per_kw_month(contract: Contract) -> float | None:
    """USD per kW-month of a contract that tells value, megawatts and term in one announcement, else None.

    Value over term; whether it holds escalators, extensions or power is not known.
    """
    value, megawatts, years = contract.contract_value_usd, contract.mw_critical_it, contract.term_years
    if contract.kind != "colocation" or contract.value_from or not (value and megawatts and years):
        return None
    return float(value / (megawatts * KW_PER_MW * years * MONTHS_PER_YEAR))


def observed_rents(view: View, day: date) -> Rents:
    """Rents of all contracts announced by a day, those over or restated since included."""
    rents = [
        usd
        for contract in view.announced_contracts
        if contract.known <= day and (usd := rent_usd_per_kw_month(contract))
    ]
    middle = median(rents) if rents else EARLY_RENT
    spread = stdev(map(log, rents)) if len(rents) >= FEWEST else USUAL_SPREAD
    return Rents(middle, spread, len(rents))


def highest_rent(view: View, day: date) -> float | None:
    """The highest rent a contract announced by a day tells, USD per kW-month; None if none tells any."""
    announced = (contract for contract in view.announced_contracts if contract.known <= day)
    return max((usd for contract in announced if (usd := rent_usd_per_kw_month(contract))), default=None)


def rents_of_vintage(view: View, day: date, around: date) -> Rents:
    """Rents of contracts announced within a year of a day and known by another; of all where they are few."""
    vintage = [
        usd
        for contract in view.announced_contracts
        if contract.known <= day
        and abs((contract.known - around).days) <= VINTAGE_DAYS
        and (usd := rent_usd_per_kw_month(contract))
    ]
    if len(vintage) < FEWEST:
        return observed_rents(view, day)
    years = f"{around - timedelta(VINTAGE_DAYS)} to {min(day, around + timedelta(VINTAGE_DAYS))}"
    return Rents(median(vintage), stdev(map(log, vintage)), len(vintage), years)


def rent_of_deal(contract: Contract, view: View, day: date) -> tuple[float, Contract] | None:
    """The latest rent that the deal a contract belongs to has told by a day, and where."""
    stages = [c for c in view.announced_contracts if c.group and c.group == contract.group and c.known <= day]
    rents = [
        (usd, stage)
        for stage in sorted(stages, key=lambda c: c.known)
        if (usd := rent_usd_per_kw_month(stage))
    ]
    return rents[-1] if rents else None
