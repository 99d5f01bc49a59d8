"""Power of the quarters ahead, by the season of a site's past quarters."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Protocol

import numpy as np

from hashpivot.core import Quarter
from hashpivot.formula import Number, mean

from ...inputs import TERMS, PowerQuarter


@dataclass(frozen=True, eq=False)
class PowerTerms:
    """What power means for mining in one quarter.

    Args:
        uptime: Factor on the hash rate that runs.
        usd_per_mwh: Its price.
        credits_usd_per_mw_hour: Credits for each megawatt installed and hour.
    """

    uptime: Number
    usd_per_mwh: Number
    credits_usd_per_mw_hour: Number


class PowerAhead(Protocol):
    """Power of a company ahead."""

    def terms(self, quarter: Quarter) -> PowerTerms:
        """The terms of a quarter; call it in order."""
        ...


class SeasonalPower:
    """Power as the site's past quarters of the same season were on average.

    Args:
        past: Past quarters of the site.
        usd_per_mwh: Price without them; uptime is then 1 and there are no credits.
    """

    def __init__(self, past: Sequence[PowerQuarter], usd_per_mwh: Number) -> None:
        self._past, self._fixed = past, PowerTerms(1.0, usd_per_mwh, 0.0)

    def terms(self, quarter: Quarter) -> PowerTerms:
        """See `PowerAhead`."""
        season = of_season(self._past, quarter)
        if not season:
            return self._fixed
        return PowerTerms(*(mean([getattr(past, key) for past in season]) for key in TERMS))


class DrawnPower:
    """Power as in one of the site's past quarters of the same season, drawn for each path and quarter.

    Expensive summers so keep their uptime, price and credits together. Without past quarters the price is
    fixed.

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
        """See `PowerAhead`; arrays of shape `(paths,)`."""
        season = of_season(self._past, quarter)
        if not season:
            return self._fixed
        drawn = self._random.integers(len(season), size=self._paths)
        return PowerTerms(*(np.array([getattr(past, key) for past in season])[drawn] for key in TERMS))


def of_season(past: Sequence[PowerQuarter], quarter: Quarter) -> list[PowerQuarter]:
    """The past quarters of the same season."""
    return [each for each in past if each.quarter.number == quarter.number]
