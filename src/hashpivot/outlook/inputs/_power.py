"""Past quarters of a site's power: uptime, price and credits."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from hashpivot.core import InvalidInput, Quarter

from ._ranges import check_ranges, ranged

SEASONS = (1, 2, 3, 4)
TERMS = ("uptime", "power_usd_per_mwh", "credits_usd_per_mw_hour")
"""Keys of what a past quarter says."""


@dataclass(frozen=True, slots=True)
class PowerQuarter:
    """A past quarter of the company's site.

    Args:
        quarter: The quarter.
        uptime: Share of the time its machines ran.
        power_usd_per_mwh: Power cost for each MWh used, tariffs included, credits not taken off.
        credits_usd_per_mw_hour: Power sold again, reserve and curtailment credits, for each hour and
            megawatt installed.
    """

    quarter: Quarter
    uptime: float = ranged(0.01, 1.0, "share")
    power_usd_per_mwh: float = ranged(0.0, 10_000.0, "USD/MWh")
    credits_usd_per_mw_hour: float = ranged(-1_000.0, 10_000.0, "USD/MWh", 0.0)

    def __post_init__(self) -> None:
        check_ranges(self, f"power {self.quarter}")


def check_seasons(power: Sequence[PowerQuarter]) -> None:
    """Refuse past quarters that leave a season out or are given twice.

    Raises:
        InvalidInput: Naming the season or the quarter.
    """
    quarters = [past.quarter for past in power]
    twice = next((quarter for quarter in quarters if quarters.count(quarter) > 1), None)
    if twice:
        raise InvalidInput(f"{twice} stands twice", where="power")
    seasons = {quarter.number for quarter in quarters}
    gone = next((number for number in SEASONS if number not in seasons), None)
    if quarters and gone:
        hint = "give at least a year of whole quarters"
        raise InvalidInput(f"no quarter Q{gone} is among the site's", where="power", hint=hint)
