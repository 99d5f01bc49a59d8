"""Power of a site by season: uptime, price and credits of its past quarters, drawn for those ahead."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from hashpivot.core import InvalidInput, Quarter

from ._ranges import check_ranges, ranged

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

SEASONS = (1, 2, 3, 4)
TERMS = ("uptime", "power_usd_per_mwh", "credits_usd_per_mw_hour")
"""What a past quarter says, by key."""


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
    """Refuse past quarters that leave a season out or stand twice.

    Raises:
        InvalidInput: Naming the season or the quarter.
    """
    held = [each.quarter for each in power]
    twice = next((quarter for quarter in held if held.count(quarter) > 1), None)
    if twice:
        raise InvalidInput(f"{twice} stands twice", where="power")
    gone = next((number for number in SEASONS if number not in {quarter.number for quarter in held}), None)
    if held and gone:
        hint = "give at least a year of whole quarters"
        raise InvalidInput(f"no quarter Q{gone} is among the site's", where="power", hint=hint)


@dataclass(frozen=True, eq=False)
class PowerTerms:
    """What power means for mining in one quarter; numbers, or shape `(paths,)`.

    Args:
        uptime: Factor on the hash rate that runs.
        usd_per_mwh: Its price.
        credits_usd_per_mw_hour: Credits for each megawatt installed and hour.
    """

    uptime: NDArray[np.float64] | float
    usd_per_mwh: NDArray[np.float64] | float
    credits_usd_per_mw_hour: NDArray[np.float64] | float


class PowerModel:
    """Power of a company on all paths.

    Each path draws for every quarter one of the site's past quarters of the same season, so that dear summers
    keep their uptime, price and credits together. Without past quarters the price is fixed.

    Args:
        past: Past quarters of the site.
        usd_per_mwh: Price without them.
        random: For the draws.
        paths: Number of paths.
    """

    def __init__(
        self, past: Sequence[PowerQuarter], usd_per_mwh: float, random: np.random.Generator, paths: int
    ) -> None:
        self._past, self._fixed = past, PowerTerms(1.0, usd_per_mwh, 0.0)
        self._random, self._paths = random, paths

    def terms(self, quarter: Quarter) -> PowerTerms:
        """The terms of a quarter; call it in order."""
        import numpy as np

        season = [each for each in self._past if each.quarter.number == quarter.number]
        if not season:
            return self._fixed
        drawn = self._random.integers(len(season), size=self._paths)
        uptime, price, credit = (np.array([getattr(each, key) for each in season])[drawn] for key in TERMS)
        return PowerTerms(uptime, price, credit)
