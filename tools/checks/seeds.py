"""Run the outlook's hindcasts with other seeds: what the pages say must not depend on the seed."""

from __future__ import annotations

from collections.abc import Iterable

from hashpivot.bitcoin import NetworkHistory

from ..bundle.collected import long_history
from ..evaluate import outlook_companies, outlook_market

# A rank among 1,024 paths has a standard error of 0.9 points at the ends of the 80% interval. Of 15 to 45
# cases a few lie within three of these of an end, and two or three of them change sides from seed to seed.
MOST_CASES = 3


def run(seeds: Iterable[int]) -> tuple[int, float, int]:
    """Count the outcomes within the 80% interval by quantity and horizon, over seeds.

    Returns:
        The largest difference between two seeds in cases, the largest as a share of the cases, and how many
        counts were compared.
    """
    histories = long_history(), NetworkHistory.load()
    counts = [_within(*histories, seed) for seed in seeds]
    cases, shares = [], []
    for key, (_, total) in counts[0].items():
        within = [count[key][0] for count in counts]
        cases.append(max(within) - min(within))
        shares.append(cases[-1] / total)
    return max(cases), max(shares), len(cases)


def _within(
    long: NetworkHistory, shipped: NetworkHistory, seed: int
) -> dict[tuple[str, int], tuple[int, int]]:
    """Outcomes within the 80% interval and all of them, by quantity and quarters ahead.

    Args:
        long: The history the market's hindcasts of the pages stand on.
        shipped: The one the companies' do.
        seed: Of the random numbers.
    """
    ranks: dict[tuple[str, int], list[float]] = {}
    for case in outlook_market.cases(long, seed):
        ranks.setdefault((case.target, case.horizon), []).append(case.rank)
    for forecast in outlook_companies.forecasts(shipped, seed):
        ranks.setdefault(("total_revenue", forecast.horizon), []).append(forecast.rank)
    return {
        key: (sum(abs(rank - 0.5) <= 0.4 for rank in several), len(several)) for key, several in ranks.items()
    }
