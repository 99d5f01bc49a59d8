"""How well the outlook's market would have done: a hindcast.

    python -m tools write outlook-market

From the eve of every quarter since 2017Q1, parameters are estimated anew on the history up to that day and
the quarters ahead simulated (4,096 paths). The mean price, difficulty and hashprice of the quarter 1, 2 and
4 quarters ahead is then looked up among the paths. The random walk is the plain alternative: the last 90
days' mean, log returns of quarter means since 2013 scaled by the root of time.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from itertools import pairwise
from math import erf, fsum, log, sqrt
from statistics import fmean

from hashpivot.bitcoin import NetworkHistory, NetworkPeriod
from hashpivot.core import Quarter
from hashpivot.outlook import MarketPaths, estimate_market, market_start, simulate_shard

from ..bundle.collected import long_history
from ..parts import Made

FIRST, PATHS, SEED = Quarter(2017, 1), 4_096, 1
HORIZONS, BANDS = (1, 2, 4), (0.5, 0.8, 0.95)
TARGETS: dict[str, tuple[Callable[[NetworkPeriod], float], str]] = {
    "price": (lambda period: period.mean_price_usd, "price_usd"),
    "difficulty": (lambda period: period.mean_hash_rate_ehs, "hash_rate_ehs"),
    "hashprice": (lambda period: period.mean_hashprice_usd_per_ph_day, "hashprice_usd_per_ph_day"),
}


@dataclass(frozen=True)
class Case:
    """Where the truth fell among the paths, and in the random walk's distribution."""

    target: str
    horizon: int
    origin: Quarter
    rank: float
    walk: float


def cases(history: NetworkHistory, seed: int = SEED) -> Iterator[Case]:
    """Every forecast from every eve."""
    periods = dict(history.quarters())
    for origin in periods:
        if origin < FIRST:
            continue
        known = history.until(date.fromordinal(origin.start.toordinal() - 1))
        paths = simulate(known, seed)
        for horizon in HORIZONS:
            actual = periods.get(origin + (horizon - 1))
            if actual:
                yield from compare(known, periods, paths, origin, horizon, actual)


def simulate(known: NetworkHistory, seed: int) -> MarketPaths:
    """The paths of a market estimated on what was known."""
    estimate = estimate_market(known)
    start = market_start(known)
    return simulate_shard(start, estimate.parameters, max(HORIZONS), seed, 0, PATHS)


def compare(
    known: NetworkHistory,
    periods: dict[Quarter, NetworkPeriod],
    paths: MarketPaths,
    origin: Quarter,
    horizon: int,
    actual: NetworkPeriod,
) -> Iterator[Case]:
    """Where what came falls among the paths, by quantity."""
    for name, (value, array) in TARGETS.items():
        truth = value(actual)
        rank = float((getattr(paths, array)[horizon - 1] < truth).mean())
        past = [value(period) for quarter, period in periods.items() if Quarter(2013, 1) <= quarter < origin]
        yield Case(name, horizon, origin, rank, walk_rank(past, truth, horizon))


def walk_rank(past: Sequence[float], truth: float, horizon: int) -> float:
    """Where the truth falls in a random walk from the last quarter's mean."""
    steps = [log(after / before) for before, after in pairwise(past)]
    spread = sqrt(fmean(step * step for step in steps) * horizon)
    return 0.5 * (1 + erf(log(truth / past[-1]) / spread / sqrt(2)))


def coverage(ranks: Sequence[float], band: float) -> float:
    """Share of ranks within the central band."""
    return fmean(abs(rank - 0.5) <= band / 2 for rank in ranks)


def histogram(ranks: Sequence[float], bins: int = 5) -> str:
    """How many ranks fall into each of equal bins."""
    counts = [0] * bins
    for rank in ranks:
        counts[min(bins - 1, int(rank * bins))] += 1
    return " ".join(map(str, counts))


def report(found: Sequence[Case]) -> str:
    """The table of the page."""
    head = ["quantity", "quarters ahead", "cases", "in 50%", "in 80%", "in 95%", "mean PIT", "PIT by fifths"]
    walk = ["random walk 50%", "80%", "95%"]
    rows = [[*head, *walk], ["---"] * len([*head, *walk])]
    for target in TARGETS:
        for horizon in HORIZONS:
            some = [case for case in found if (case.target, case.horizon) == (target, horizon)]
            ranks, walks = [case.rank for case in some], [case.walk for case in some]
            rows.append(
                [
                    target, str(horizon), str(len(some)), *(f"{coverage(ranks, band):.0%}" for band in BANDS),
                    f"{fsum(ranks) / len(ranks):.2f}", histogram(ranks),
                    *(f"{coverage(walks, band):.0%}" for band in BANDS),
                ]
            )  # fmt: skip
    return "".join(f"| {' | '.join(row)} |\n" for row in rows)


def make() -> Made:
    """The table of the page."""
    return {"outlook-market": report(list(cases(long_history())))}
