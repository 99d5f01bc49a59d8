"""The market engine: one shard of paths, walked together from difficulty epoch to difficulty epoch.

All paths stand at the same block height; how long a span took, hence the date, is each path's own. Single
precision is enough for the market (seven digits, against a chance variation of 2% an epoch) and halves the
time; money is counted elsewhere, in double precision. Every array is one shard long and reused, so that a
shard stays in the processor's cache.
"""

from __future__ import annotations

from math import log, sqrt

import numpy as np
from numpy.typing import NDArray

from hashpivot.bitcoin import BLOCKS_PER_EPOCH

from ..inputs import EPOCH_DAYS, EPOCHS_PER_YEAR, MarketParameters
from ._draws import Draws
from ._forward import ForwardCurve
from ._quarters import QuarterSums
from ._spans import Span, spans
from ._start import MARGIN_DAYS, MarketStart
from ._supply import HIGHEST, LOWEST, STEPS_PER_UNIT, full_margin_of, log_share_table

BLOCKS_PER_DAY = 144.0
MOST_VARIANCE = 9.0
"""Over its long-run level: three times the volatility; jump on jump would else
multiply without bound."""
_WITH_JUMPS = ("garch", "jump_diffusion")
STATE = (
    "log_price", "price", "fee_noise", "busy", "log_installed", "log_cost", "log_rate", "days", "margin",
    "variance",
)  # fmt: skip
LOG_MOST_RETARGET = log(4.0)
SMOOTH = max(1, round(MARGIN_DAYS / EPOCH_DAYS))
LOG_BLOCKS_PER_PH_DAY = log(BLOCKS_PER_DAY / 1_000)


class MarketWalk:
    """The state of one shard, and its steps.

    Args:
        start: Where it starts.
        parameters: The market's.
        draws: Random numbers of the shard.
        paths: Its size.
        sums: Where quarters are added up.
    """

    def __init__(
        self, start: MarketStart, parameters: MarketParameters, draws: Draws, paths: int, sums: QuarterSums
    ) -> None:
        self.parameters, self.draws, self.sums = parameters, draws, sums
        self._constants(start)
        self.state = {name: np.zeros(paths, dtype=np.float32) for name in STATE}
        self._work = np.empty((6, paths), dtype=np.float32)
        self._index = np.empty(paths, dtype=np.intp)
        self._place(start)
        self.halving_day = np.full(paths, np.nan, dtype=np.float32)

    def run(self, last_day: float) -> None:
        """Step until every path is past `last_day`, in days from the start."""
        for number, span in enumerate(spans(self._height)):
            if not float(self.state["days"].min()) < last_day:  # so that a day that is no number ends it too
                return
            self._step(number, span)

    def _constants(self, start: MarketStart) -> None:
        price, fees, network = self.parameters.price, self.parameters.fees, self.parameters.network
        variance = price.volatility**2 / EPOCHS_PER_YEAR
        jumps = price.jump_share if price.kind in _WITH_JUMPS and price.jump_chance else 0.0
        calm = variance * (1 - jumps)
        wild = calm + (variance * jumps / price.jump_chance if jumps else 0.0)
        chance = price.jump_chance if jumps else 0.0
        self._calm, self._jump = sqrt(calm), sqrt(wild) - sqrt(calm)
        self._clusters = price.kind == "garch"
        self._excess = price.volatility_factor**2 - 1
        self._persistence = price.persistence
        self._variance_floor = 1 - price.persistence
        self._variance_kept = price.persistence - price.reaction
        self._reaction = price.reaction / variance if variance else 0.0
        self._drift = 0.0 if price.forward else price.drift / EPOCHS_PER_YEAR
        self._chance = chance
        self._calm_fee, self._busy_fee = log(fees.calm_btc), log(fees.busy_factor)
        self._forward = ForwardCurve.of(price, start)
        self._table = log_share_table(network)
        self._height = start.height
        self._elapsed: NDArray[np.float32] | float = start.epoch_days

    def _place(self, start: MarketStart) -> None:
        """Put every path where the network is; draw what stays with a path."""
        price, network = self.parameters.price, self.parameters.network
        state, once = self.state, self.draws.once()
        state["log_price"][:] = log(start.price_usd * price.start_factor)
        np.exp(state["log_price"], out=state["price"])
        state["variance"][:] = price.volatility_factor**2
        past = start.past_margins(network)[-(network.lag_epochs + SMOOTH) :]
        state["log_rate"][:] = log(start.hash_rate_ehs)
        state["log_cost"][:] = log(start.hashprices[-1]) - past[-1]
        log_fee = log(max(start.fees_btc, 1e-5))
        busy = log_fee > self._calm_fee + self._busy_fee / 2
        state["busy"][:] = float(busy)
        state["fee_noise"][:] = log_fee - self._calm_fee - busy * self._busy_fee
        paths = state["days"].size
        self._margins = np.empty((network.lag_epochs + SMOOTH, paths), dtype=np.float32)
        self._margins[:] = np.array(past, dtype=np.float32)[:, None]
        self._ordered = self._margins[:SMOOTH].sum(axis=0)
        self._path_drift = once[0] * np.float32(price.drift_error / EPOCHS_PER_YEAR) + np.float32(self._drift)
        self._path_growth = once[1] * np.float32(network.growth_error) + np.float32(
            network.growth_level + network.retirement
        )
        stopped = past[-1] - full_margin_of(past[-1], network)
        state["log_installed"][:] = log(start.hash_rate_ehs) + stopped
        state["log_installed"] += self._not_yet_in_difficulty(start)

    def _not_yet_in_difficulty(self, start: MarketStart) -> NDArray[np.float32]:
        """Growth since the middle of the epoch by which difficulty was set."""
        network = self.parameters.network
        growth = self._ordered * (network.growth_response / SMOOTH) + (self._path_growth - network.retirement)
        behind: NDArray[np.float32] = growth * (0.5 + min(start.epoch_days / EPOCH_DAYS, 1.0))
        return behind

    def _step(self, number: int, span: Span) -> None:
        normals, uniforms = self.draws.step()
        if span.halves:
            self.halving_day[:] = self.state["days"]
        reward, pace, took, epochs, spare, other = self._work
        self._rewards(span, normals[2], uniforms[1], reward, spare)
        self._margin(reward, spare)
        self._look_up(spare, pace)
        self._pace(span, normals[3], pace, took, epochs)
        self._grow(number, span.blocks / BLOCKS_PER_EPOCH, epochs, normals[1], spare, other)
        self._move_price(number, epochs, normals[0], uniforms[0], spare, other)
        self.sums.add(self.state, reward, took, spare)
        self.state["days"] += took
        self._retarget(span, pace, took, spare)

    def _rewards(
        self,
        span: Span,
        noise: NDArray[np.float32],
        uniform: NDArray[np.float32],
        reward: NDArray[np.float32],
        spare: NDArray[np.float32],
    ) -> None:
        """Bitcoin a block brings: the regime moves on, then fees, then the subsidy on top."""
        fees, busy, own = self.parameters.fees, self.state["busy"], self.state["fee_noise"]
        np.multiply(busy, np.float32(1 - fees.leave_busy - fees.enter_busy), out=spare)
        spare += np.float32(fees.enter_busy)
        np.less(uniform, spare, out=busy)
        own *= np.float32(fees.persistence)
        np.multiply(noise, np.float32(fees.noise), out=spare)
        own += spare
        np.multiply(busy, np.float32(self._busy_fee), out=reward)
        reward += own
        reward += np.float32(self._calm_fee)
        np.exp(reward, out=reward)
        reward += np.float32(span.subsidy_btc)

    def _margin(self, reward: NDArray[np.float32], full: NDArray[np.float32]) -> None:
        """Log margin of the average machine, now, and in `full` if everything installed ran."""
        margin, state = self.state["margin"], self.state
        np.log(reward, out=full)
        full += state["log_price"]
        full -= state["log_cost"]
        full += np.float32(LOG_BLOCKS_PER_PH_DAY)
        np.subtract(full, state["log_rate"], out=margin)
        full -= state["log_installed"]

    def _look_up(self, margin: NDArray[np.float32], out: NDArray[np.float32]) -> None:
        """Log share running at the margin there would be if everything ran."""
        np.subtract(margin, np.float32(LOWEST), out=out)
        out *= np.float32(STEPS_PER_UNIT)
        np.clip(out, np.float32(0), np.float32((HIGHEST - LOWEST) * STEPS_PER_UNIT), out=out)
        np.copyto(self._index, out, casting="unsafe")
        np.take(self._table, self._index, out=out, mode="clip")

    def _pace(
        self, span: Span, normal: NDArray[np.float32], pace: NDArray[np.float32], took: NDArray[np.float32],
        epochs: NDArray[np.float32],
    ) -> None:  # fmt: skip
        """Turn the log share running into the log pace of blocks over the target, days and epochs taken."""
        pace += self.state["log_installed"]
        pace -= self.state["log_rate"]
        np.multiply(normal, np.float32(1 / sqrt(span.blocks)), out=took)
        pace -= took
        np.negative(pace, out=epochs)
        np.exp(epochs, out=epochs)
        np.multiply(epochs, np.float32(span.blocks / BLOCKS_PER_DAY), out=took)
        epochs *= np.float32(span.blocks / BLOCKS_PER_EPOCH)

    def _grow(
        self, number: int, share: float, epochs: NDArray[np.float32], shock: NDArray[np.float32],
        spare: NDArray[np.float32], other: NDArray[np.float32],
    ) -> None:  # fmt: skip
        """Deliver what was ordered at the margins of some epochs ago, scrap what is old, shock the rest."""
        network, installed, cost = (
            self.parameters.network,
            self.state["log_installed"],
            self.state["log_cost"],
        )
        np.multiply(self._ordered, np.float32(network.growth_response / SMOOTH), out=spare)
        spare += self._path_growth
        np.clip(spare, np.float32(0), np.float32(network.growth_limit), out=spare)
        spare *= epochs
        installed += spare
        np.multiply(epochs, np.float32(network.retirement), out=other)
        installed -= other
        np.multiply(shock, np.float32(network.shock * sqrt(share)), out=other)
        installed += other
        newest = self._newest_cost - network.improvement * number / EPOCHS_PER_YEAR
        np.subtract(np.float32(newest), cost, out=other)
        other *= spare
        cost += other
        self._order(number)

    @property
    def _newest_cost(self) -> float:
        """Log breakeven of the machines delivered at the start."""
        network = self.parameters.network
        return log(0.024 * network.new_j_per_th * network.power_usd_per_mwh)

    def _order(self, number: int) -> None:
        """Let the window of past margins that drives deliveries move on by one epoch."""
        held = len(self._margins)
        oldest, entering = self._margins[number % held], self._margins[(number + SMOOTH) % held]
        self._ordered += entering
        self._ordered -= oldest
        oldest[:] = self.state["margin"]

    def _move_price(
        self, number: int, epochs: NDArray[np.float32], normal: NDArray[np.float32],
        uniform: NDArray[np.float32], spare: NDArray[np.float32], other: NDArray[np.float32],
    ) -> None:  # fmt: skip
        """Move the price over the span; leave half of old plus new in `spare`."""
        log_price, price = self.state["log_price"], self.state["price"]
        np.multiply(self._path_drift, epochs, out=spare)
        log_price += spare
        if self._forward:
            log_price += self._forward.growth(self.state["days"], epochs)
        factor = 1.0 if self._clusters else sqrt(1 + self._excess * self._persistence**number)
        if self._chance:
            np.less(uniform, np.float32(self._chance), out=other)
            other *= np.float32(self._jump * factor)
            other += np.float32(self._calm * factor)
            other *= normal
        else:
            np.multiply(normal, np.float32(self._calm * factor), out=other)
        if self._clusters:
            self._cluster(other, spare)
        np.sqrt(epochs, out=spare)
        other *= spare
        log_price += other
        np.copyto(spare, price)
        np.exp(log_price, out=price)
        spare += price
        spare *= np.float32(0.5)

    def _cluster(self, move: NDArray[np.float32], spare: NDArray[np.float32]) -> None:
        """Scale an epoch's move by today's volatility; let the move set the next epoch's.

        The variance is relative to its long-run level, so that it reverts to one.
        """
        variance = self.state["variance"]
        np.sqrt(variance, out=spare)
        move *= spare
        np.multiply(move, move, out=spare)
        spare *= np.float32(self._reaction)
        variance *= np.float32(self._variance_kept)
        variance += spare
        variance += np.float32(self._variance_floor)
        np.minimum(variance, np.float32(MOST_VARIANCE), out=variance)

    def _retarget(
        self, span: Span, pace: NDArray[np.float32], took: NDArray[np.float32], spare: NDArray[np.float32]
    ) -> None:
        """At the end of an epoch, set difficulty by the time it took, by at most a factor of four."""
        if span.opens_epoch:
            self._elapsed = 0.0
        if not span.ends_epoch:
            self._elapsed = self._elapsed + took
            return
        if not span.opens_epoch:
            np.add(took, self._elapsed, out=spare)
            np.log(spare, out=pace)
            np.subtract(np.float32(log(EPOCH_DAYS)), pace, out=pace)
        np.clip(pace, np.float32(-LOG_MOST_RETARGET), np.float32(LOG_MOST_RETARGET), out=pace)
        self.state["log_rate"] += pace
