"""Run the outlook's hindcasts with other seeds: what the pages say must not depend on the seed."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from math import sqrt

from hashpivot.bitcoin import NetworkHistory

from ..bundle.collected import long_history
from ..evaluate import outlook_companies, outlook_market

# The pages state shares of cases within the 80% interval. A share of n cases has a standard error of
# sqrt(0.8 * 0.2 / n) however many paths are drawn, and a reader has to allow for it. Seeds may move a share
# by as much to either side, not more: then it is the paths that are too few.
MOST_STANDARD_ERRORS = 1.0
_SPREAD = 0.8 * 0.2


@dataclass(frozen=True, slots=True)
class Apart:
    """The count of outcomes within the 80% interval that depends most on the seed.

    Args:
        least: The fewest of any seed.
        most: The most of any seed.
        total: Cases it is a count of.
    """

    least: int
    most: int
    total: int

    @property
    def standard_errors(self) -> float:
        """Half the range of the seeds, in standard errors of the share."""
        return (self.most - self.least) / 2 / sqrt(_SPREAD * self.total)


def run(seeds: Iterable[int], step: int = 1) -> tuple[Apart, int]:
    """Count the outcomes within the 80% interval by quantity and horizon, over seeds.

    Args:
        seeds: Of the random numbers.
        step: Of the origins of the hindcasts, every so many.

    Returns:
        The count furthest apart between seeds, and how many counts were compared.
    """
    histories = long_history(), NetworkHistory.load()
    counts = [_within(*histories, seed, step) for seed in seeds]
    apart = []
    for key, (_, total) in counts[0].items():
        within = [count[key][0] for count in counts]
        apart.append(Apart(min(within), max(within), total))
    return max(apart, key=lambda one: one.standard_errors), len(apart)


def _within(
    long: NetworkHistory, shipped: NetworkHistory, seed: int, step: int
) -> dict[tuple[str, int], tuple[int, int]]:
    """Outcomes within the 80% interval and all of them, by quantity and quarters ahead.

    Args:
        long: The history the market's hindcasts of the pages stand on.
        shipped: The one the companies' do.
        seed: Of the random numbers.
        step: Of the origins, every so many.
    """
    ranks: dict[tuple[str, int], list[float]] = {}
    for case in outlook_market.judged(long, seed, step):
        ranks.setdefault((case.target, case.horizon), []).append(case.rank)
    for forecast in outlook_companies.forecasts(shipped, seed, step):
        if forecast.line is not None:
            continue
        ranks.setdefault(("total_revenue", forecast.horizon), []).append(forecast.rank)
    return {
        key: (sum(abs(rank - 0.5) <= 0.4 for rank in several), len(several)) for key, several in ranks.items()
    }
