"""Run the outlook's hindcasts with other seeds: what the pages say must not depend on the seed."""

from __future__ import annotations

from collections.abc import Iterable
from statistics import fmean

from hashpivot.bitcoin import NetworkHistory

from ..evaluate import outlook_companies, outlook_market

LARGEST_SPREAD = 0.08  # of a share within a band: with about 40 cases one case moves it by 0.025


def run(seeds: Iterable[int]) -> tuple[float, int]:
    """Coverage of the 80% interval by quantity and horizon, over seeds.

    Returns:
        The largest difference between two seeds, and how many shares were compared.
    """
    history = NetworkHistory.load()
    shares = [_shares(history, seed) for seed in seeds]
    spreads = [max(share[key] for share in shares) - min(share[key] for share in shares) for key in shares[0]]
    return max(spreads), len(spreads)


def _shares(history: NetworkHistory, seed: int) -> dict[tuple[str, int], float]:
    """Share of outcomes within the 80% interval, by quantity and quarters ahead."""
    ranks: dict[tuple[str, int], list[float]] = {}
    for case in outlook_market.cases(history, seed):
        ranks.setdefault((case.target, case.horizon), []).append(case.rank)
    for forecast in outlook_companies.forecasts(history, seed):
        ranks.setdefault(("total_revenue", forecast.horizon), []).append(forecast.rank)
    return {key: fmean(abs(rank - 0.5) <= 0.4 for rank in several) for key, several in ranks.items()}
