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
from ._start import MARGIN_DAYS
from ._volatility import fit_garch, with_clusters

WINDOW_YEARS = 4
"""Years looked back, about one halving to the next."""

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
        first_day: First day used.
        last_day: Last day used.
    """

    parameters: MarketParameters
    returns: tuple[float, ...]
    first_day: date
    last_day: date

    def returns_of(self, kind: PriceKind) -> tuple[float, ...]:
        """Past returns that a kind of price model draws from; none but for the bootstrap."""
        return self.returns if kind == "bootstrap" else ()


def estimate_market(history: NetworkHistory) -> MarketEstimate:
    """Estimate the market's parameters from the four years that end a history.

    Price: GARCH(1,1) on daily returns says how variance clusters; volatility is the root mean square of the
    14-day log returns, their mean taken as zero; the drift is zero with the standard error that four years of
    such returns leave; jumps come twice a year and bring the variance that makes the kurtosis. Fees: epochs
    of more than three times the median of the year around are busy. Network: growth of difficulty from epoch
    to epoch regressed on the mean log margin of 90 days, some epochs before: the slope from 2015 on, or from
    the first price, for profitability moves slowly, the level from the four years. Power price, its spread,
    the spread of classes, lag and retirement are assumed.

    Args:
        history: What is known.

    Raises:
        NoData: If the history is shorter than a year and a half.
    """
    last = history.last_day
    first = max(history.first_priced_day, _years_before(last, WINDOW_YEARS))
    if (last - first).days < 1.5 * DAYS_PER_YEAR:
        raise NoData("the market's parameters need a year and a half of history", hint=f"{history!r}")
    price, returns = _price(history, first)
    estimated = MarketParameters(price, _fees(history, first), _network(history, first))
    return MarketEstimate(estimated, returns, first, last)


def _years_before(day: date, years: int) -> date:
    return date.fromordinal(day.toordinal() - round(years * DAYS_PER_YEAR))


def _price(history: NetworkHistory, first: date) -> tuple[PriceModel, tuple[float, ...]]:
    step = int(EPOCH_DAYS)
    held = (history.last_day - first).days // step
    logs = [log(history[-1 - step * back].price_usd) for back in range(held, -1, -1)]
    returns = [after - before for before, after in pairwise(logs)]
    variance = fmean(value * value for value in returns)
    years = held / EPOCHS_PER_YEAR
    excess = max(0.0, fmean(value**4 for value in returns) / variance**2 - 3)
    chance = JUMPS_PER_YEAR / EPOCHS_PER_YEAR
    volatility = sqrt(variance * EPOCHS_PER_YEAR)
    model = PriceModel(
        volatility=volatility,
        drift_error=volatility / sqrt(years),
        jump_chance=chance,
        jump_share=min(0.9, sqrt(excess / (3 * (1 / chance - 1)))),
    )
    daily = np.diff([log(row.price_usd) for row in history[-(step * held + 1) :]])
    mean = fmean(returns)
    return with_clusters(model, fit_garch(daily)), tuple((value - mean) / sqrt(variance) for value in returns)


def _fees(history: NetworkHistory, first: date) -> FeeModel:
    step, start = int(EPOCH_DAYS), (first - history.first_day).days
    ends = range(len(history), start + step - 1, -step)
    levels = [_mean_fees(history, end - step, end) for end in ends][::-1]
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
    persistence, spread = _autoregression(noise)
    enter, leave = _transitions(busy)
    return FeeModel(calm, factor, enter, leave, persistence, spread)


def _mean_fees(history: NetworkHistory, begin: int, end: int) -> float:
    rows = history[begin:end]
    return sum(history.fees(row.day).btc for row in rows) / sum(row.blocks for row in rows)


def _autoregression(noise: Sequence[float]) -> tuple[float, float]:
    """Autocorrelation at one epoch, within 0 to 0.95, and the standard deviation of what it leaves."""
    before, after = noise[:-1], noise[1:]
    slope = sum(a * b for a, b in zip(before, after, strict=True)) / sum(b * b for b in before)
    slope = min(0.95, max(0.0, slope))
    rest = [b - slope * a for a, b in zip(before, after, strict=True)]
    return slope, sqrt(fmean(value * value for value in rest))


def _transitions(busy: Sequence[bool]) -> tuple[float, float]:
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


def _network(history: NetworkHistory, first: date) -> NetworkModel:
    trend, plain = Improvement(history.last_day), NetworkModel()
    growth, margins = _growth_and_margins(history, trend, plain.lag_epochs)
    response, _, _ = _regression(margins, growth)
    recent = round(min(WINDOW_YEARS, (history.last_day - first).days / DAYS_PER_YEAR) * EPOCHS_PER_YEAR)
    growth, margins = growth[-recent:], margins[-recent:]
    level = fmean(growth) - response * fmean(margins)
    errors = [grown - level - response * margin for grown, margin in zip(growth, margins, strict=True)]
    luck = 2 / BLOCKS_PER_EPOCH
    variance = fmean(error * error for error in errors)
    now = _time(history.last_day)
    return NetworkModel(
        power_usd_per_mwh=POWER_USD_PER_MWH,
        fleet_j_per_th=trend.fleet_j_per_th(now),
        new_j_per_th=trend.new_j_per_th(now),
        improvement=trend.per_year,
        growth_level=level,
        growth_response=response,
        growth_limit=sorted(growth)[int(LIMIT_QUANTILE * len(growth))] + plain.retirement,
        growth_error=_slow_error(errors, variance - luck),
        shock=sqrt(max(variance - luck, luck)),
    )


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


def _slow_error(errors: Sequence[float], variance: float) -> float:
    """Standard deviation of the growth level that lasts: of half-years' means, less what chance gives."""
    length = round(EPOCHS_PER_YEAR / 2)
    means = [fmean(errors[end - length : end]) for end in range(len(errors), length - 1, -length)]
    lasting = fmean(mean * mean for mean in means) - max(variance, 0.0) / length
    return sqrt(max(lasting, max(variance, 0.0) / len(errors)))


def _regression(x: Sequence[float], y: Sequence[float]) -> tuple[float, float, list[float]]:
    """Least squares of y on x, the slope not below 0: slope, level at x = 0, residuals."""
    mean_x, mean_y = fmean(x), fmean(y)
    slope = sum((a - mean_x) * (b - mean_y) for a, b in zip(x, y, strict=True))
    slope = max(0.0, slope / sum((a - mean_x) ** 2 for a in x))
    level = mean_y - slope * mean_x
    return slope, level, [b - level - slope * a for a, b in zip(x, y, strict=True)]
