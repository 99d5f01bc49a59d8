"""The market's parameters from its past: one written method, the same for today and for every hindcast."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from itertools import pairwise
from math import log, sqrt
from statistics import fmean, median
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from hashpivot.bitcoin import BLOCKS_PER_EPOCH, NetworkHistory, breakeven_hashprice_usd_per_ph_day
from hashpivot.core import NoData

from ..inputs import (
    EPOCH_DAYS,
    EPOCHS_PER_YEAR,
    FeeModel,
    MarketParameters,
    NetworkModel,
    PriceKind,
    PriceModel,
)
from ._machines import Improvement
from ._memory import MEMORY, MarketMemory, half_life_mean, running_means
from ._start import MARGIN_DAYS

WINDOW_YEARS = 4
"""Years looked back for jumps, fees and the limit of growth, about one halving to the next."""

VOLATILITY_YEARS = 9
"""Years looked back for volatility: with the longest half-life, older days would weigh an eighth."""

HALF_YEAR_EPOCHS = 13
"""Epochs over which forecasts of growth are compared with what came."""

FIRST_FORECAST_EPOCH = 6
"""Epochs of growth known before the first of these forecasts."""

FIRST_NETWORK_DAY = date(2015, 1, 1)
"""Hash rate before is left out: the first ASICs then multiplied it by hundreds."""

JUMPS_PER_YEAR = 2.0
"""Judged; the share of the variance that jumps bring then follows from the kurtosis."""

BUSY = 3.0
"""Fees this many times the median of the year around are busy."""

LIMIT_QUANTILE = 0.95
"""Of past growth of difficulty an epoch: the most that makers deliver."""

POWER_USD_PER_MWH = 50.0
"""Assumed median power price of the network's miners."""

DAYS_PER_YEAR = 365.25


@dataclass(frozen=True)
class MarketEstimate:
    """Parameters with what they were estimated from.

    Args:
        parameters: For the engine.
        returns: Standardised log returns of epochs' lengths, oldest first, for the bootstrap.
        first_day: First of the four years.
        last_day: Last day used.
    """

    parameters: MarketParameters
    returns: tuple[float, ...]
    first_day: date
    last_day: date

    def returns_of(self, kind: PriceKind) -> tuple[float, ...]:
        """Past returns that a kind of price model draws from; none but for the bootstrap."""
        return self.returns if kind == "bootstrap" else ()


def estimate_market(history: NetworkHistory, memory: MarketMemory = MEMORY) -> MarketEstimate:
    """Estimate the market's parameters from a history, recent days weighing more.

    Price: volatility now and its usual level are root mean squares of daily log returns, weighted by age with
    a short and a long half-life; the first reverts to the second. The drift is zero with the standard error
    that four years leave; jumps come twice a year and bring the variance that makes the kurtosis of 14-day
    returns. Fees: epochs of more than three times the median of the year around are busy. Network: growth of
    difficulty from epoch to epoch regressed on the mean log margin of 90 days, some epochs before: the slope
    from 2015 on, or from the first price, for profitability moves slowly; the level is that of the last
    epochs, and its error what such levels, taken at each epoch of the past, have missed in the half-year that
    followed. Power price, its spread, the spread of classes, lag and retirement are assumed.

    Args:
        history: What is known.
        memory: Half-lives of what is estimated.

    Raises:
        NoData: If the history is shorter than a year and a half.
    """
    last = history.last_day
    first = max(history.first_priced_day, _years_before(last, WINDOW_YEARS))
    if (last - first).days < 1.5 * DAYS_PER_YEAR:
        raise NoData("the market's parameters need a year and a half of history", hint=f"{history!r}")
    price, returns = _price(history, first, memory)
    estimated = MarketParameters(price, fee_model(history, first), _network(history, first, memory))
    return MarketEstimate(estimated, returns, first, last)


def _years_before(day: date, years: int) -> date:
    return date.fromordinal(day.toordinal() - round(years * DAYS_PER_YEAR))


def _price(
    history: NetworkHistory, first: date, memory: MarketMemory
) -> tuple[PriceModel, tuple[float, ...]]:
    """The price model, and standardised returns of epochs' lengths."""
    step = int(EPOCH_DAYS)
    held = (history.last_day - first).days // step
    logs = [log(history[-1 - step * back].price_usd) for back in range(held, -1, -1)]
    returns = [after - before for before, after in pairwise(logs)]
    mean, variance = fmean(returns), fmean(value * value for value in returns)
    excess = max(0.0, fmean(value**4 for value in returns) / variance**2 - 3)
    chance = JUMPS_PER_YEAR / EPOCHS_PER_YEAR
    now, usual = volatilities(history, memory)
    model = PriceModel(
        volatility=usual,
        volatility_factor=min(5.0, max(0.1, now / usual)),
        persistence=0.5 ** (1 / (memory.reversion * EPOCHS_PER_YEAR)),
        reaction=1 - 0.5 ** (1 / (memory.recent_volatility * EPOCHS_PER_YEAR)),
        drift_error=usual / sqrt(held / EPOCHS_PER_YEAR),
        jump_chance=chance,
        jump_share=min(0.9, sqrt(excess / (3 * (1 / chance - 1)))),
    )
    return model, tuple((value - mean) / sqrt(variance) for value in returns)


def volatilities(history: NetworkHistory, memory: MarketMemory) -> tuple[float, float]:
    """Volatility of the price a year, now and usually: of daily log returns, weighted by their age."""
    first = max(history.first_priced_day, _years_before(history.last_day, VOLATILITY_YEARS))
    rows = history[(first - history.first_day).days :]
    squares = np.diff(np.log([row.price_usd for row in rows])) ** 2
    half_lives = (memory.recent_volatility, memory.usual_volatility)
    now, usual = (
        sqrt(half_life_mean(squares, years * DAYS_PER_YEAR) * DAYS_PER_YEAR) for years in half_lives
    )
    return now, usual


def fee_model(history: NetworkHistory, first: date) -> FeeModel:
    """Two regimes of fees from a day on: epochs of more than three times the median around them are busy."""
    levels = past_fees(history, first)
    around = int(EPOCHS_PER_YEAR / 2)
    usual = [median(levels[max(0, k - around) : k + around + 1]) for k in range(len(levels))]
    busy = [level > BUSY * middle for level, middle in zip(levels, usual, strict=True)]
    calm = median(
        level for level, high in zip(levels[-2 * around :], busy[-2 * around :], strict=True) if not high
    )
    factors = [level / middle for level, middle, high in zip(levels, usual, busy, strict=True) if high]
    factor = median(factors) if factors else 2 * BUSY
    noise = [
        log(max(level, 1e-6) / (middle * (factor if high else 1)))
        for level, middle, high in zip(levels, usual, busy, strict=True)
    ]
    persistence, spread = autoregression(noise)
    enter, leave = transitions(busy)
    return FeeModel(calm, factor, enter, leave, persistence, spread)


def past_fees(history: NetworkHistory, first: date) -> list[float]:
    """Mean fees of a block, in bitcoin, in spans of an epoch's length from a day on, oldest first."""
    step = int(EPOCH_DAYS)
    ends = range(len(history), (first - history.first_day).days + step - 1, -step)
    return [_mean_fees(history, end - step, end) for end in ends][::-1]


def _mean_fees(history: NetworkHistory, begin: int, end: int) -> float:
    rows = history[begin:end]
    return sum(history.fees(row.day).btc for row in rows) / sum(row.blocks for row in rows)


def autoregression(noise: Sequence[float]) -> tuple[float, float]:
    """Autocorrelation at one epoch, within 0 to 0.95, and the standard deviation of what it leaves."""
    before, after = noise[:-1], noise[1:]
    slope = sum(a * b for a, b in zip(before, after, strict=True)) / sum(b * b for b in before)
    slope = min(0.95, max(0.0, slope))
    rest = [b - slope * a for a, b in zip(before, after, strict=True)]
    return slope, sqrt(fmean(value * value for value in rest))


def transitions(busy: Sequence[bool]) -> tuple[float, float]:
    """Chances to enter and to leave the busy regime, with half a case added to each (Jeffreys)."""
    pairs = list(pairwise(busy))
    calm, high = (
        [after for before, after in pairs if not before],
        [after for before, after in pairs if before],
    )
    enter = (sum(calm) + 0.5) / (len(calm) + 1)
    leave = (sum(not after for after in high) + 0.5) / (len(high) + 1)
    return enter, leave


class _Epoch(NamedTuple):
    """Log difficulty and log margin of one epoch, and its time in years."""

    time: float
    log_rate: float
    log_margin: float


def _network(history: NetworkHistory, first: date, memory: MarketMemory) -> NetworkModel:
    trend, plain = Improvement(history.last_day), NetworkModel()
    growth, beyond, response = past_growth(history, trend, plain.lag_epochs)
    level, error, shock = growth_forecast(beyond, memory)
    recent = round((history.last_day - first).days / DAYS_PER_YEAR * EPOCHS_PER_YEAR)
    grown = sorted(growth[-recent:].tolist())
    now = _time(history.last_day)
    return NetworkModel(
        power_usd_per_mwh=POWER_USD_PER_MWH,
        fleet_j_per_th=trend.fleet_j_per_th(now),
        new_j_per_th=trend.new_j_per_th(now),
        improvement=trend.per_year,
        growth_level=level,
        growth_response=response,
        growth_limit=grown[int(LIMIT_QUANTILE * len(grown))] + plain.retirement,
        growth_error=min(0.05, error),
        shock=min(0.3, shock),
    )


def past_growth(
    history: NetworkHistory, trend: Improvement, lag: int
) -> tuple[NDArray[np.float64], NDArray[np.float64], float]:
    """Growth of difficulty by epoch, oldest first; its part beyond what margins explain; the slope."""
    growth, margins = _growth_and_margins(history, trend, lag)
    response = _slope(margins, growth)
    return np.array(growth), np.array(growth) - response * np.array(margins), response


def growth_forecast(growth: NDArray[np.float64], memory: MarketMemory) -> tuple[float, float, float]:
    """Level of growth an epoch, its lasting error, and the shock of a single epoch.

    At each epoch of the past the level is forecast as it is today, by the mean of the epochs before, weighted
    by age. What these forecasts missed in the next epoch gives the shock, without the variance of block
    times; what they missed in the mean of the next half-year gives the error, without that of such shocks.

    Args:
        growth: Of each epoch, without what margins explain, oldest first; two years at least.
        memory: Half-lives.
    """
    levels = running_means(growth, memory.growth * EPOCHS_PER_YEAR)
    half_life = memory.growth_error * EPOCHS_PER_YEAR
    luck = 2 / BLOCKS_PER_EPOCH
    missed = half_life_mean((growth[1:] - levels[:-1]) ** 2, half_life)
    shocks = max(missed - luck, luck)
    halves = np.convolve(growth, np.full(HALF_YEAR_EPOCHS, 1 / HALF_YEAR_EPOCHS), mode="valid")
    before = levels[FIRST_FORECAST_EPOCH - 1 : len(halves) - 1]
    chance = shocks / HALF_YEAR_EPOCHS
    lasting = half_life_mean((halves[FIRST_FORECAST_EPOCH:] - before) ** 2, half_life) - chance
    return float(levels[-1]), sqrt(max(lasting, chance / 2)), sqrt(shocks)


def _growth_and_margins(
    history: NetworkHistory, trend: Improvement, lag: int
) -> tuple[list[float], list[float]]:
    """Growth of each epoch since 2015, and the mean log margin of 90 days that ended `lag` epochs before."""
    smooth = max(1, round(MARGIN_DAYS / EPOCH_DAYS))
    epochs = _epochs(history, FIRST_NETWORK_DAY, smooth + lag, trend)
    growth = [after.log_rate - before.log_rate for before, after in pairwise(epochs)]
    margins = [
        fmean(each.log_margin for each in epochs[k - lag - smooth : k - lag])
        for k in range(smooth + lag, len(growth))
    ]
    return growth[smooth + lag :], margins


def _epochs(history: NetworkHistory, first: date, before: int, trend: Improvement) -> list[_Epoch]:
    """Epochs from some before `first`, or from the first with prices, to the last whole one."""
    priced = history.day(history.first_priced_day).height_end // BLOCKS_PER_EPOCH + 1
    begin = max(priced, history.day(max(first, history.first_day)).height_end // BLOCKS_PER_EPOCH - before)
    last = (history[-1].height_end + 1) // BLOCKS_PER_EPOCH - 1
    return [_epoch(history, number, trend) for number in range(begin, last + 1)]


def _epoch(history: NetworkHistory, number: int, trend: Improvement) -> _Epoch:
    middle = history.day_of_height(number * BLOCKS_PER_EPOCH + BLOCKS_PER_EPOCH // 2)
    row, time = history.day(middle), _time(middle)
    breakeven = breakeven_hashprice_usd_per_ph_day(POWER_USD_PER_MWH, trend.fleet_j_per_th(time))
    hashprice = row.hashprice_usd_per_ph_day(history.fees(middle).btc)
    return _Epoch(time, log(row.hash_rate_ehs), log(hashprice / breakeven))


def _time(day: date) -> float:
    return day.year + (day.timetuple().tm_yday - 0.5) / DAYS_PER_YEAR


def _slope(x: Sequence[float], y: Sequence[float]) -> float:
    """Slope of least squares of y on x, not below 0."""
    mean_x, mean_y = fmean(x), fmean(y)
    slope = sum((a - mean_x) * (b - mean_y) for a, b in zip(x, y, strict=True))
    return max(0.0, slope / sum((a - mean_x) ** 2 for a in x))
