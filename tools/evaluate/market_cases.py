"""Forecasts of the outlook's market from weekly origins, what came, and how they are scored.

On every Sunday parameters are estimated on the history up to that day and the year ahead simulated. The mean
price, hashprice and difficulty of days 1 to 91, 92 to 182 and 274 to 364 is then looked up among the paths:
1, 2 and 4 quarters ahead.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta
from itertools import islice
from math import exp, log
from statistics import fmean

import numpy as np
from numpy.typing import NDArray

from hashpivot.bitcoin import NetworkHistory
from hashpivot.outlook import MarketEstimate, MarketParameters, estimate_market, market_start
from hashpivot.outlook.market._draws import SeededDraws
from hashpivot.outlook.market._engine import MarketWalk
from hashpivot.outlook.market._quarters import HASHPRICE, PRICE, RATE, QuarterSums
from hashpivot.outlook.market._start import KnownDays, MarketStart

FIRST, CHOSEN_BY, PATHS, SEED = date(2017, 1, 1), date(2021, 12, 31), 4_096, 1
HORIZONS, WINDOW_DAYS, BAND = (1, 2, 4), 91, 0.8
WEEKS = WINDOW_DAYS // 7
QUANTITIES = {"price": PRICE, "hashprice": HASHPRICE, "difficulty": RATE}

Log = NDArray[np.float64]
Parameters = Callable[[NetworkHistory, MarketEstimate], MarketParameters]
Model = Callable[[NetworkHistory, MarketStart, MarketEstimate, int], Mapping[str, Log]]
"""Gives log means by quantity, shape `(4 quarters, paths)`."""


@dataclass(frozen=True)
class Window:
    """Ninety-one days, in the place of a calendar quarter."""

    end: date
    days: int = WINDOW_DAYS


@dataclass(frozen=True)
class Case:
    """What one model said of one quantity from one origin, and what came; logs."""

    model: str
    target: str
    horizon: int
    origin: date
    low: float
    high: float
    truth: float
    rank: float

    @property
    def inside(self) -> bool:
        """Whether the 80% band held the outcome."""
        return self.low <= self.truth <= self.high

    @property
    def score(self) -> float:
        """Interval score (Winkler) of the 80% band, of logs."""
        miss = max(0.0, self.low - self.truth, self.truth - self.high)
        return self.high - self.low + 2 / (1 - BAND) * miss


def engine(parameters: Parameters) -> Model:
    """The engine with parameters made from a history and the package's estimate."""

    def model(
        history: NetworkHistory, start: MarketStart, estimate: MarketEstimate, seed: int
    ) -> Mapping[str, Log]:
        return simulated(start, parameters(history, estimate), seed)

    return model


def simulated(start: MarketStart, parameters: MarketParameters, seed: int = SEED) -> Mapping[str, Log]:
    """Log means by quantity over the windows ahead."""
    windows = [Window(start.as_of + timedelta(WINDOW_DAYS * (k + 1))) for k in range(max(HORIZONS))]
    sums = QuarterSums(replace(start, known=KnownDays()), windows, PATHS)  # type: ignore[arg-type]
    MarketWalk(start, parameters, SeededDraws(seed, 0, PATHS), PATHS, sums).run(sums.last_day)
    means = np.log(sums.means().astype(np.float64))
    return {name: means[row] for name, row in QUANTITIES.items()}


def truths(history: NetworkHistory) -> dict[str, tuple[date, Log]]:
    """Running sums of each quantity over the days from `FIRST` on."""
    rows = history[(FIRST - history.first_day).days :]
    values = {
        "price": [row.price_usd for row in rows],
        "hashprice": [row.hashprice_usd_per_ph_day(history.fees(row.day).btc) for row in rows],
        "difficulty": [row.hash_rate_ehs for row in rows],
    }
    return {name: (rows[0].day, window_sums(held)) for name, held in values.items()}


def window_sums(values: Sequence[float]) -> Log:
    """Running sums, from zero."""
    return np.cumsum([0.0, *values])


def outcome(sums: tuple[date, Log], origin: date, horizon: int) -> float:
    """Log mean of the window that ends `horizon` windows after an origin."""
    first, total = sums
    end = (origin - first).days + 1 + WINDOW_DAYS * horizon
    return log((total[end] - total[end - WINDOW_DAYS]) / WINDOW_DAYS)


def origins(first: date, last: date) -> list[date]:
    """Sundays from one day to another."""
    start = first + timedelta((6 - first.weekday()) % 7)
    return [start + timedelta(7 * week) for week in range((last - start).days // 7 + 1)]


def cases(
    history: NetworkHistory,
    models: Mapping[str, Model],
    first: date,
    last: date,
    seed: int = SEED,
    weeks: int = 1,
) -> Iterator[Case]:
    """Every forecast of the models from origins so many weeks apart whose outcome is known by `last`."""
    sums = truths(history)
    for origin in islice(origins(first, last - timedelta(WINDOW_DAYS)), None, None, weeks):
        known = history.until(origin)
        start, estimate = market_start(known), estimate_market(known)
        for name, model in models.items():
            yield from cases_of(name, model(known, start, estimate, seed), origin, sums, last)


def cases_of(
    name: str, said: Mapping[str, Log], origin: date, sums: Mapping[str, tuple[date, Log]], last: date
) -> Iterator[Case]:
    """What a model said from an origin, beside what was known of it by `last`."""
    for horizon in HORIZONS:
        if origin + timedelta(WINDOW_DAYS * horizon) > last:
            continue
        for target in QUANTITIES:
            truth = outcome(sums[target], origin, horizon)
            yield forecast_case(name, target, horizon, origin, said[target][horizon - 1], truth)


def forecast_case(name: str, target: str, horizon: int, origin: date, paths: Log, truth: float) -> Case:
    """The band of paths beside what came; logs."""
    low, high = np.quantile(paths, [(1 - BAND) / 2, (1 + BAND) / 2])
    rank = float((paths < truth).mean())
    return Case(name, target, horizon, origin, float(low), float(high), truth, rank)


def cell(found: Sequence[Case], model: str, target: str, horizon: int) -> list[Case]:
    """Cases of one model, quantity and horizon."""
    return [case for case in found if (case.model, case.target, case.horizon) == (model, target, horizon)]


def score(some: Sequence[Case]) -> float:
    """Mean interval score."""
    return fmean(case.score for case in some)


def coverage(some: Sequence[Case]) -> float:
    """Share of outcomes within the 80% band."""
    return fmean(case.inside for case in some)


def share(some: Sequence[Case]) -> str:
    """Coverage as text; nothing without cases."""
    return f"{coverage(some):.0%}" if some else ""


def coverage_interval(some: Sequence[Case], draws: int = 4_000) -> tuple[float, float]:
    """90% interval of the coverage by a circular block bootstrap; a block is as long as the horizon."""
    inside = np.array([case.inside for case in some], dtype=np.float64)
    length = min(len(inside), WEEKS * some[0].horizon)
    blocks = -(-len(inside) // length)
    starts = np.random.default_rng(SEED).integers(0, len(inside), (draws, blocks))
    taken = (starts[:, :, None] + np.arange(length)) % len(inside)
    means = inside[taken.reshape(draws, -1)[:, : len(inside)]].mean(axis=1)
    low, high = np.quantile(means, [0.05, 0.95])
    return float(low), float(high)


def relative_score(found: Sequence[Case], model: str, rival: str, target: str) -> float:
    """Geometric mean over horizons of the interval score over that of a rival."""
    ratios = [
        log(score(cell(found, model, target, horizon)) / score(cell(found, rival, target, horizon)))
        for horizon in HORIZONS
    ]
    return exp(fmean(ratios))


def markdown(rows: Sequence[Sequence[str]]) -> str:
    """Rows as a table."""
    return "".join(f"| {' | '.join(row)} |\n" for row in rows)
