"""The outlook's market model written twice more, as plainly as can be: a loop over paths, and plain NumPy.

Both take the random numbers the engine took and are compared with it, so they are a test of it as much as a
measure of its speed. Single steps are commented in the engine.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import islice
from math import exp, log, nan, sqrt
from typing import Any

import numpy as np
from numpy.typing import NDArray

from hashpivot.core import Quarter
from hashpivot.outlook import MarketParameters, MarketStart, spans
from hashpivot.outlook.inputs._market import EPOCHS_PER_YEAR
from hashpivot.outlook.market._engine import LOG_BLOCKS_PER_PH_DAY, MOST_VARIANCE, SMOOTH
from hashpivot.outlook.market._supply import HIGHEST, LOWEST, full_margin_of, log_share_table

Array = NDArray[np.float64]
FOUR = log(4)


@dataclass(frozen=True)
class Setting:
    """What both versions need, worked out once."""

    start: MarketStart
    parameters: MarketParameters
    once: NDArray[np.float32]
    steps: Sequence[tuple[NDArray[np.float32], NDArray[np.float32]]]
    quarters: Sequence[Quarter]

    @property
    def ends(self) -> list[float]:
        return [float(quarter.end.toordinal() - self.start.as_of.toordinal()) for quarter in self.quarters]

    @property
    def past(self) -> list[float]:
        network = self.parameters.network
        return self.start.past_margins(network)[-(network.lag_epochs + SMOOTH) :]

    @property
    def volatilities(self) -> tuple[float, float, float]:
        """Of a calm epoch, of one with a jump, and the chance of a jump."""
        price = self.parameters.price
        variance = price.volatility**2 / EPOCHS_PER_YEAR
        calm = variance * (1 - price.jump_share)
        return sqrt(calm), sqrt(calm + variance * price.jump_share / price.jump_chance), price.jump_chance

    def next_variance(self, variance: Any, move: Any) -> Any:
        """The next epoch's variance over its usual level, after a move of the log price."""
        price = self.parameters.price
        if price.kind != "garch":
            return 1 + price.persistence * (variance - 1)
        excess = move**2 / (price.volatility**2 / EPOCHS_PER_YEAR) - variance
        return np.minimum(1 + price.persistence * (variance - 1) + price.reaction * excess, MOST_VARIANCE)

    @property
    def variance_at_start(self) -> float:
        return self.parameters.price.volatility_factor**2

    @property
    def busy_at_start(self) -> bool:
        fees = self.parameters.fees
        return log(self.start.fees_btc) > log(fees.calm_btc) + log(fees.busy_factor) / 2


def loop(setting: Setting) -> Array:
    """Mean price, hash rate, hashprice and sum of bitcoin per EH/s; shape `(4, quarters, paths)`."""
    paths = setting.once.shape[1]
    return np.stack([_one_path(setting, path) for path in range(paths)], axis=-1)


def _one_path(s: Setting, path: int) -> Array:
    start, fees, network = s.start, s.parameters.fees, s.parameters.network
    calm, wild, chance = s.volatilities
    table = log_share_table(network)
    margins, count = list(s.past), len(s.past)
    price_log = log(start.price_usd * s.parameters.price.start_factor)
    rate = log(start.hash_rate_ehs)
    cost = log(start.hashprices[-1]) - margins[-1]
    drift = s.parameters.price.drift / EPOCHS_PER_YEAR
    drift += float(s.once[0, path]) * s.parameters.price.drift_error / EPOCHS_PER_YEAR
    level = network.growth_level + float(s.once[1, path]) * network.growth_error
    growth = network.growth_response * sum(margins[:SMOOTH]) / SMOOTH + level
    installed = rate + margins[-1] - full_margin_of(margins[-1], network)
    installed += growth * (0.5 + min(start.epoch_days / 14, 1))
    busy = s.busy_at_start
    noise = log(start.fees_btc) - log(fees.calm_btc) - busy * log(fees.busy_factor)
    newest = log(0.024 * network.new_j_per_th * network.power_usd_per_mwh)
    variance = s.variance_at_start
    days, elapsed, sums, ends = 0.0, start.epoch_days, _known(s), s.ends
    for number, (span, (normals, uniforms)) in enumerate(zip(spans(start.height), s.steps, strict=False)):
        z_price, z_rate, z_fee, z_luck = (float(value) for value in normals[:, path])
        u_jump, u_fee = (float(value) for value in uniforms[:, path])
        busy = u_fee < (1 - fees.leave_busy if busy else fees.enter_busy)
        noise = fees.persistence * noise + fees.noise * z_fee
        reward = span.subsidy_btc + fees.calm_btc * (fees.busy_factor if busy else 1) * exp(noise)
        full = price_log + log(reward) - cost + LOG_BLOCKS_PER_PH_DAY
        margins.append(full - rate)
        place = min(max((full - installed - LOWEST) / (HIGHEST - LOWEST), 0.0), 1.0) * (len(table) - 1)
        pace = float(table[int(place)]) + installed - rate - z_luck / sqrt(span.blocks)
        epochs = span.blocks / 2016 * exp(-pace)
        took = span.blocks / 144 * exp(-pace)
        ordered = sum(margins[number : number + SMOOTH]) / SMOOTH
        delivered = network.growth_response * ordered + level + network.retirement
        delivered = min(max(delivered, 0.0), network.growth_limit) * epochs
        installed += delivered - network.retirement * epochs
        installed += network.shock * sqrt(span.blocks / 2016) * z_rate
        cost += delivered * (newest - network.improvement * number / EPOCHS_PER_YEAR - cost)
        before = exp(price_log)
        move = (wild if u_jump < chance else calm) * z_price * sqrt(variance)
        variance = s.next_variance(variance, move)
        price_log += drift * epochs + move * sqrt(epochs)
        mean_price = (before + exp(price_log)) / 2
        btc = 144 * reward / exp(rate)
        for quarter, end in enumerate(ends):
            begin = ends[quarter - 1] if quarter else 0.0
            inside = max(0.0, min(days + took, end) - max(days, begin))
            if inside:
                values = (mean_price, exp(rate), btc * mean_price / 1_000, btc)
                for row, value in enumerate(values):
                    sums[row, quarter] += inside * value
        days += took
        elapsed = took + (0.0 if span.opens_epoch else elapsed)
        if span.ends_epoch:
            rate += min(max(log(14 / elapsed) if not span.opens_epoch else pace, -FOUR), FOUR)
    assert len(margins) > count
    return _means(s, sums)


def vectorised(s: Setting) -> Array:
    """The same with an array of all paths where the loop has a number, and quarters added up at the end."""
    paths, start, fees, network = s.once.shape[1], s.start, s.parameters.fees, s.parameters.network
    calm, wild, chance = s.volatilities
    table = log_share_table(network).astype(np.float64)
    grid = np.linspace(LOWEST, HIGHEST, len(table))
    once = s.once.astype(np.float64)
    margins = [np.full(paths, margin) for margin in s.past]
    price_log = np.full(paths, log(start.price_usd * s.parameters.price.start_factor))
    rate = np.full(paths, log(start.hash_rate_ehs))
    cost = np.full(paths, log(start.hashprices[-1]) - s.past[-1])
    drift = (s.parameters.price.drift + once[0] * s.parameters.price.drift_error) / EPOCHS_PER_YEAR
    level = network.growth_level + once[1] * network.growth_error
    growth = network.growth_response * np.mean(margins[:SMOOTH], axis=0) + level
    installed = rate + s.past[-1] - full_margin_of(s.past[-1], network)
    installed = installed + growth * (0.5 + min(start.epoch_days / 14, 1))
    busy = np.full(paths, s.busy_at_start)
    noise = np.full(paths, log(start.fees_btc) - log(fees.calm_btc)) - busy * log(fees.busy_factor)
    newest = log(0.024 * network.new_j_per_th * network.power_usd_per_mwh)
    variance = np.full(paths, s.variance_at_start)
    days, elapsed = [np.zeros(paths)], np.full(paths, start.epoch_days)
    values: list[Array] = []
    for number, span in enumerate(islice(spans(start.height), len(s.steps))):
        normals, uniforms = (numbers.astype(np.float64) for numbers in s.steps[number])
        busy = uniforms[1] < np.where(busy, 1 - fees.leave_busy, fees.enter_busy)
        noise = fees.persistence * noise + fees.noise * normals[2]
        reward = span.subsidy_btc + fees.calm_btc * np.where(busy, fees.busy_factor, 1.0) * np.exp(noise)
        full = price_log + np.log(reward) - cost + LOG_BLOCKS_PER_PH_DAY
        margins.append(full - rate)
        share = np.interp(full - installed, grid, table)
        pace = share + installed - rate - normals[3] / sqrt(span.blocks)
        epochs = span.blocks / 2016 * np.exp(-pace)
        took = span.blocks / 144 * np.exp(-pace)
        ordered = np.mean(margins[number : number + SMOOTH], axis=0)
        delivered = network.growth_response * ordered + level + network.retirement
        delivered = np.clip(delivered, 0.0, network.growth_limit) * epochs
        installed = installed + delivered - network.retirement * epochs
        installed = installed + network.shock * sqrt(span.blocks / 2016) * normals[1]
        cost = cost + delivered * (newest - network.improvement * number / EPOCHS_PER_YEAR - cost)
        before = np.exp(price_log)
        move = np.where(uniforms[0] < chance, wild, calm) * normals[0] * np.sqrt(variance)
        variance = s.next_variance(variance, move)
        price_log = price_log + drift * epochs + move * np.sqrt(epochs)
        mean_price = (before + np.exp(price_log)) / 2
        btc = 144 * reward / np.exp(rate)
        values.append(np.array([mean_price, np.exp(rate), btc * mean_price / 1_000, btc]))
        days.append(days[-1] + took)
        elapsed = took + (0.0 if span.opens_epoch else elapsed)
        if span.ends_epoch:
            change = pace if span.opens_epoch else np.log(14 / elapsed)
            rate = rate + np.clip(change, -FOUR, FOUR)
    return _quarters(s, np.array(days), np.array(values))


def _quarters(s: Setting, days: Array, values: Array) -> Array:
    sums = np.repeat(_known(s)[:, :, None], days.shape[1], axis=2)
    for quarter, end in enumerate(s.ends):
        begin = s.ends[quarter - 1] if quarter else 0.0
        inside = np.maximum(0.0, np.minimum(days[1:], end) - np.maximum(days[:-1], begin))
        sums[:, quarter] += np.einsum("kp,krp->rp", inside, values)
    return _means(s, sums)


def _known(s: Setting) -> Array:
    sums, known = np.zeros((4, len(s.quarters))), s.start.known
    sums[:, 0] = known.price_usd, known.hash_rate_ehs, known.hashprice_usd, known.btc_per_eh
    return sums


def _means(s: Setting, sums: Array) -> Array:
    lengths = np.array([quarter.days for quarter in s.quarters], dtype=np.float64)
    divisors = np.array([lengths, lengths, lengths, np.full(len(lengths), 1.0)])
    return sums / divisors.reshape(divisors.shape + (1,) * (sums.ndim - 2)) if sums.size else sums * nan
