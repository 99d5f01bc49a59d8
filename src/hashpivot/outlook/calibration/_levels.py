"""Levels of a company's lines in the running quarter: the nowcast's draws, for paths of the market.

Mining and chips earn what the network pays. Their level is the draw over the pay at the same rank of the
outlook's own market, so that the first quarter of the base case has the nowcast's distribution, and a market
that a scenario changed moves it.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

import numpy as np
from numpy.typing import NDArray

from hashpivot.core import Line, NowcastDraws, Quarter, short_repr

from ..company import StartLevels
from ..market import SHARD, MarketEstimate, MarketStart, simulate_shard

PAID_BY_NETWORK = (Line.SELF_MINING, Line.CHIPS)
_SEED = 0
"""Of the market the draws are set against; any will do."""


@short_repr
@dataclass(frozen=True, eq=False)
class DrawnLevels:
    """The running quarter.

    Args:
        quarter: The quarter.
        median_usd: Median revenue by line.
        median_eh: Of lines that the network pays, the median EH/s that earns their revenue.
        paths: The draws, for the paths of an outlook.
        origin: Where they came from.
        totals_usd: Median revenue of each quarter drawn, those before the running one included.
    """

    quarter: Quarter
    median_usd: Mapping[Line, float]
    median_eh: Mapping[Line, float]
    paths: StartLevels
    origin: str
    totals_usd: Mapping[Quarter, float] = field(default_factory=dict)


def drawn_levels(nowcast: NowcastDraws, start: MarketStart, market: MarketEstimate) -> DrawnLevels | None:
    """The levels that a nowcast draws; None if its last quarter is not the one an outlook begins with.

    Args:
        nowcast: The draws.
        start: Where the market starts.
        market: The market without a scenario.
    """
    last = nowcast.last
    if last.quarter != start.first_quarter:
        return None
    order = np.argsort(last.usd_per_eh, kind="stable")
    pay = _pay(start, market, len(order))
    levels = {line: usd[order] for line, usd in last.lines_usd.items()}
    median_usd = {line: float(np.median(usd)) for line, usd in levels.items()}
    levels |= {line: levels[line] / pay for line in PAID_BY_NETWORK if line in levels}
    medians = {line: float(np.median(level)) for line, level in levels.items()}
    factors = {
        line: (level / medians[line]).astype(np.float32)
        for line, level in levels.items()
        if medians[line] > 0
    }
    return DrawnLevels(
        last.quarter,
        median_usd,
        {line: medians[line] for line in PAID_BY_NETWORK if line in medians},
        StartLevels.of(last.quarter, factors),
        f"nowcast {last.quarter}, median, as of {nowcast.as_of}",
        {each.quarter: float(np.median(each.total_usd)) for each in nowcast.quarters},
    )


def _pay(start: MarketStart, market: MarketEstimate, draws: int) -> NDArray[np.float64]:
    """What 1 EH/s earns in the first quarter: as many quantiles as there are draws, the least first."""
    paths = simulate_shard(start, market.parameters, 1, _SEED, 0, SHARD, market.returns)
    quarter = paths.at(0)
    earned = np.asarray(quarter.hashprice_usd_per_ph_day) * 1_000 * quarter.quarter.days
    return np.asarray(np.quantile(earned, (np.arange(draws) + 0.5) / draws))
