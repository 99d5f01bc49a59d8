"""How the half-lives of the market's estimates were chosen: on what was known by the end of 2021.

The criterion was written down and committed before any outcome from 2022 was scored for these candidates:

- Volatility (recent, usual, reversion): the lowest QLIKE loss of the variance forecast against the variance
  realised over the next 91, 182 and 364 days, the three means added, on Sundays from 2014. Realised variance
  says more than bands do: five years hold five independent outcomes of a year.
- Growth of difficulty (level, error): the lowest interval score of difficulty on Sundays from 2017, relative
  to the engine before, geometric mean over 1, 2 and 4 quarters.
- Candidates within 1% of the lowest are tied, and the tie goes to the shortest memory, because a choice of
  constant widths on the same years failed from 2022 on: times change, and a shorter memory follows.
- Nothing else is fitted: no factor on a width, drift and its error as they were.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from datetime import date, timedelta
from itertools import product
from math import log
from statistics import fmean

import numpy as np
from numpy.typing import NDArray

from hashpivot.bitcoin import NetworkHistory
from hashpivot.outlook import estimate_market, market_start
from hashpivot.outlook.market._estimate import growth_forecast, past_growth, volatilities
from hashpivot.outlook.market._machines import Improvement
from hashpivot.outlook.market._memory import MarketMemory

from .market_before import parameters_before
from .market_cases import (
    FIRST,
    HORIZONS,
    QUANTITIES,
    WEEKS,
    WINDOW_DAYS,
    Case,
    cases_of,
    cell,
    coverage,
    markdown,
    origins,
    relative_score,
    score,
    simulated,
    truths,
)

CHOSEN_BY, FIRST_VARIANCE = date(2021, 12, 31), date(2014, 1, 1)
TIED, SHOWN, SMOOTHED_DAYS = 1.01, 12, 14
BEFORE = "engine before"

VOLATILITY = [
    MarketMemory(recent_volatility=recent, usual_volatility=usual, reversion=reversion)
    for recent, usual, reversion in product(
        (0.1, 0.25, 0.5, 1.0), (1.0, 2.0, 3.0, 5.0), (0.25, 0.5, 1.0, 2.0)
    )
    if recent < usual
]
GROWTH = [
    MarketMemory(growth=level, growth_error=error)
    for level, error in product((0.25, 0.5, 1.0, 2.0, 4.0), (0.5, 1.0, 2.0, 4.0))
]
RECORD_YEARS = (0.5, 1.0, 2.0, 4.0)


def shortest(losses: Mapping[MarketMemory, float]) -> MarketMemory:
    """The shortest memory of those tied with the lowest loss."""
    limit = TIED * min(losses.values())
    return min((memory for memory, loss in losses.items() if loss <= limit), key=_length)


def _length(memory: MarketMemory) -> tuple[float, ...]:
    return (
        memory.usual_volatility, memory.reversion, memory.recent_volatility,
        memory.growth_error, memory.growth,
    )  # fmt: skip


def variance_losses(history: NetworkHistory) -> dict[MarketMemory, list[float]]:
    """QLIKE loss of each candidate's variance, by horizon."""
    logs = np.log([row.price_usd for row in history[(history.first_priced_day - history.first_day).days :]])
    squares = (logs[SMOOTHED_DAYS:] - logs[:-SMOOTHED_DAYS]) ** 2 * 365.25 / SMOOTHED_DAYS
    found: dict[MarketMemory, list[list[float]]] = {memory: [[] for _ in HORIZONS] for memory in VOLATILITY}
    for origin in origins(FIRST_VARIANCE, CHOSEN_BY - timedelta(WINDOW_DAYS)):
        known = history.until(origin)
        place = (origin - history.first_priced_day).days
        for memory in VOLATILITY:
            now, usual = volatilities(known, memory)
            for losses, horizon in zip(found[memory], HORIZONS, strict=True):
                days = WINDOW_DAYS * horizon
                if origin + timedelta(days) <= CHOSEN_BY:
                    realised = float(squares[place + 1 : place + days - SMOOTHED_DAYS + 1].mean())
                    losses.append(_qlike(realised / _mean_variance(now, usual, memory.reversion, days)))
    return {memory: [fmean(losses) for losses in held] for memory, held in found.items()}


def _mean_variance(now: float, usual: float, half_life: float, days: int) -> float:
    """Mean variance over days, from `now` towards `usual`."""
    rate = log(2) / half_life * days / 365.25
    return float(usual**2 + (now**2 - usual**2) * -np.expm1(-rate) / rate)


def _qlike(ratio: float) -> float:
    return ratio - log(ratio) - 1


def growth_cases(history: NetworkHistory) -> Iterator[Case]:
    """Forecasts with each candidate's growth, the price as the package has it, and the engine before."""
    sums = truths(history)
    for origin in origins(FIRST, CHOSEN_BY - timedelta(WINDOW_DAYS)):
        known = history.until(origin)
        start, estimate = market_start(known), estimate_market(known)
        said = simulated(start, parameters_before(known, estimate))
        yield from cases_of(BEFORE, said, origin, sums, CHOSEN_BY)
        network = estimate.parameters.network
        _, beyond, _ = past_growth(known, Improvement(origin), network.lag_epochs)
        for memory in GROWTH:
            level, error, shock = growth_forecast(beyond, memory)
            changed = replace(
                network, growth_level=level, growth_error=min(0.05, error), shock=min(0.3, shock)
            )
            said = simulated(start, replace(estimate.parameters, network=changed))
            yield from cases_of(str(GROWTH.index(memory)), said, origin, sums, CHOSEN_BY)


def growth_scores(found: Sequence[Case]) -> dict[MarketMemory, float]:
    """Score of difficulty of each candidate relative to the engine before."""
    return {
        memory: relative_score(found, str(number), BEFORE, "difficulty")
        for number, memory in enumerate(GROWTH)
    }


def with_record_factor(some: Sequence[Case], half_life: float) -> list[Case]:
    """One cell's bands about their middle, each as much wider as the trailing record asks.

    The factor is the one that would have held 80% of the outcomes known by then, weighted by age; one
    before there are any.
    """
    sides = [(case.high - case.low) / 2 for case in some]
    middles = [(case.high + case.low) / 2 for case in some]
    misses = np.array(
        [abs(case.truth - middle) / side for case, middle, side in zip(some, middles, sides, strict=True)]
    )
    lag = WEEKS * some[0].horizon
    factors = [_factor(misses[: max(0, place - lag + 1)], half_life) for place in range(len(some))]
    return [
        replace(case, low=middle - factor * side, high=middle + factor * side)
        for case, middle, side, factor in zip(some, middles, sides, factors, strict=True)
    ]


def _factor(misses: NDArray[np.float64], half_life: float) -> float:
    if not len(misses):
        return 1.0
    weights = 0.5 ** (np.arange(len(misses))[::-1] / (half_life * 365.25 / 7))
    order = misses.argsort()
    share = weights[order].cumsum() / weights.sum()
    return float(misses[order][share.searchsorted(0.8)])


def volatility_table(losses: Mapping[MarketMemory, Sequence[float]]) -> str:
    """The lowest losses of variance; the chosen one is marked."""
    totals = {memory: sum(held) for memory, held in losses.items()}
    chosen = shortest(totals)
    head = ["recent", "usual", "reversion", "loss", "1 quarter", "2", "4", "chosen"]
    rows = [
        [
            f"{memory.recent_volatility:g}", f"{memory.usual_volatility:g}", f"{memory.reversion:g}",
            f"{totals[memory]:.3f}", *(f"{loss:.3f}" for loss in losses[memory]), _mark(memory == chosen),
        ]
        for memory in sorted(totals, key=lambda memory: totals[memory])[:SHOWN]
    ]  # fmt: skip
    return markdown([head, ["---"] * len(head), *rows])


def growth_table(found: Sequence[Case]) -> str:
    """The lowest scores of difficulty; the chosen one is marked."""
    scores = growth_scores(found)
    chosen = shortest(scores)
    head = ["level", "error", "score", *(f"in 80%, {horizon} quarters" for horizon in HORIZONS), "chosen"]
    rows = []
    for memory in sorted(scores, key=lambda memory: scores[memory])[:SHOWN]:
        name = str(GROWTH.index(memory))
        held = [f"{coverage(cell(found, name, 'difficulty', horizon)):.0%}" for horizon in HORIZONS]
        halves = [f"{memory.growth:g}", f"{memory.growth_error:g}"]
        rows.append([*halves, f"{scores[memory]:.3f}", *held, _mark(memory == chosen)])
    return markdown([head, ["---"] * len(head), *rows])


def record_table(found: Sequence[Case], model: str) -> str:
    """What a factor learned from a model's own trailing record would have changed, score over score."""
    head = ["half-life, years", *(f"{target}, {horizon}" for target in QUANTITIES for horizon in HORIZONS)]
    cells = [cell(found, model, target, horizon) for target in QUANTITIES for horizon in HORIZONS]
    rows = [
        [f"{years:g}", *(f"{score(with_record_factor(some, years)) / score(some):.3f}" for some in cells)]
        for years in RECORD_YEARS
    ]
    return markdown([head, ["---"] * len(head), *rows])


def _mark(chosen: bool) -> str:
    return "yes" if chosen else ""
