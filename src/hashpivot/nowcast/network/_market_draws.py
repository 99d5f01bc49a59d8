"""Simulation of the network from the last known day on: price, difficulty by epoch and fees, in draws.

The price is a random walk without drift in its logarithm, with the volatility of the last year and of the
last months in equal parts. The network's hash rate starts from the block rate of the running epoch. It
changes by the mean of the last two years' epochs, by their response to what a block's subsidy was worth four
weeks earlier (so that a halving counts like a price halved), and by their scatter. The difficulty follows it
at every 2,016 blocks exactly as the protocol has it (without its limits of a factor of 4, which no draw comes
near), and the subsidy halves at its height. Fees of a block are those of the last 90 days, in the order they
came in, from a random first day on.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date, timedelta
from math import log

import numpy as np

from hashpivot.bitcoin import (
    BLOCKS_PER_EPOCH,
    BLOCKS_PER_HALVING,
    SATOSHI_PER_BTC,
    btc_per_eh_day,
    hash_rate_ehs,
    subsidy_sat,
)

from ._days import Days
from ._months import Floats, day_count, months_of_days
from ._solo_mining import BLOCKS_PER_DAY

DRAWS = 4000
VOLATILITY_DAYS = (90, 365)
"""Windows of the price's volatility: its present and its usual level, in equal parts."""
EPOCHS_LOOKED_BACK = 52
"""Difficulty epochs from which the hash rate's growth and response are estimated: two years."""
PAY_WEEKS = 4
"""Weeks by which a change of pay leads the hash rate: two epochs."""
FEE_DAYS = 90
"""Days from which fees are drawn: a quarter, as long as what is nowcast."""
LEAST_EPOCH_BLOCKS = 100.0
"""Prior weight, in blocks, of the rate the difficulty implies, so that a young epoch says little."""
_BTC_PER_EH_AT_ONE = btc_per_eh_day(1.0, 1.0)
_EHS_AT_ONE = hash_rate_ehs(1.0)


@dataclass(frozen=True, eq=False)
class Market:
    """The network by day: known days, and draws of the days after them.

    Args:
        days: What is known.
        price_usd: Drawn prices; shape (draws, days after the last known one).
        difficulty: Drawn difficulty.
        subsidy_btc: Drawn mean subsidy of a block.
        fees_btc: Drawn mean fees of a block.
        hash_rate_ehs: Drawn hash rate of the network.
        fee_chance: For each draw, where in their interval the fees of known days lie, -1 to 1.
    """

    days: Days
    price_usd: Floats
    difficulty: Floats
    subsidy_btc: Floats
    fees_btc: Floats
    hash_rate_ehs: Floats
    fee_chance: Floats
    _earned: dict[tuple[date, date], Floats] = field(default_factory=dict, init=False, repr=False)
    _factors: dict[tuple[date, date], tuple[float, ...]] = field(default_factory=dict, init=False, repr=False)

    @property
    def draws(self) -> int:
        """Number of draws."""
        return len(self.fee_chance)

    @property
    def end(self) -> date:
        """Last day drawn."""
        return self.days.last + timedelta(days=self.price_usd.shape[1])

    def price(self, start: date, end: date) -> Floats:
        """US dollars per bitcoin at each day's end; shape (draws or 1, days)."""
        return self._joined(self.days.price_usd[None, :], self.price_usd, start, end)

    def over_difficulty(self, start: date, end: date) -> Floats:
        """Blocks 1 EH/s was expected to find each day; shape (draws or 1, days)."""
        return self._joined(
            _BTC_PER_EH_AT_ONE / self.days.difficulty[None, :],
            _BTC_PER_EH_AT_ONE / self.difficulty,
            start,
            end,
        )

    def subsidy(self, start: date, end: date) -> Floats:
        """Mean subsidy of a block each day; shape (draws or 1, days)."""
        return self._joined(self.days.subsidy_btc[None, :], self.subsidy_btc, start, end)

    def fees(self, start: date, end: date) -> Floats:
        """Mean fees of a block each day, those not known exactly within their interval."""
        span = self._known(start, end)
        past, slack = self.days.fees_btc[None, span], self.days.fees_slack_btc[None, span]
        if slack.any():
            past = past + self.fee_chance[:, None] * slack
        return self._ahead(past, self.fees_btc, start, end)

    def btc_per_eh(self, start: date, end: date) -> Floats:
        """Bitcoin 1 EH/s is expected to earn each day; shape (draws or 1, days)."""
        earned = self.subsidy(start, end) + self.fees(start, end)
        return self.over_difficulty(start, end) * earned

    def usd_per_eh(self, start: date, end: date) -> Floats:
        """US dollars 1 EH/s is expected to earn each day; shape (draws or 1, days), not to be changed."""
        if (start, end) not in self._earned:  # several companies have the same quarter
            earned = self.btc_per_eh(start, end) * self.price(start, end)
            earned.flags.writeable = False
            self._earned[start, end] = earned
        return self._earned[start, end]

    def log_factors(self, start: date, end: date) -> tuple[float, ...]:
        """Logarithms of the factors of what 1 EH/s earns in a period; means over draws.

        In order: days, blocks found a day by 1 EH/s, subsidy of a block, what fees add to it, US dollars per
        bitcoin.
        """
        if (start, end) not in self._factors:
            blocks = self.over_difficulty(start, end)
            found = blocks.sum(axis=1)
            paid = (blocks * self.subsidy(start, end)).sum(axis=1)
            earned = (blocks * (self.subsidy(start, end) + self.fees(start, end))).sum(axis=1)
            dollars = self.usd_per_eh(start, end).sum(axis=1)
            days = day_count(start, end)
            ratios = (found / days, paid / found, earned / paid, dollars / earned)
            means = (float(np.mean(np.log(ratio))) for ratio in ratios)
            self._factors[start, end] = (log(days), *means)
        return self._factors[start, end]

    def network_months(self) -> dict[int, float]:
        """Mean log EH/s of the network by month, known and drawn days together."""
        drawn = np.log(self.hash_rate_ehs).mean(axis=0)
        logs = np.concatenate([np.log(self.days.difficulty * _EHS_AT_ONE), drawn])
        return _by_month(months_of_days(self.days.start, len(logs)), logs)

    def _known(self, start: date, end: date) -> slice:
        first = (start - self.days.start).days
        return slice(first, min(first + day_count(start, end), self.days.count))

    def _joined(self, known: Floats, drawn: Floats, start: date, end: date) -> Floats:
        return self._ahead(known[:, self._known(start, end)], drawn, start, end)

    def _ahead(self, past: Floats, drawn: Floats, start: date, end: date) -> Floats:
        """Known days of a period, and behind them the drawn ones."""
        ahead = (end - self.days.last).days
        if ahead <= 0:
            return past
        future = drawn[:, max(0, (start - self.days.last).days - 1) : ahead]
        if not past.shape[1]:
            return future
        return np.concatenate([np.broadcast_to(past, (len(drawn), past.shape[1])), future], axis=1)


def network_months(days: Days) -> dict[int, float]:
    """Mean log EH/s of the network by month of the known days."""
    return _by_month(days.months, np.log(days.difficulty * _EHS_AT_ONE))


def market(days: Days, end: date, seed: int, draws: int = DRAWS) -> Market:
    """Return the network up to `end`, simulated from the last known day on.

    Args:
        days: What is known.
        end: Last day wanted; nothing is drawn if it is known.
        seed: Of the random numbers; the same gives the same draws.
        draws: Number of draws.
    """
    ahead = max(0, (end - days.last).days)
    chance = np.random.default_rng(seed)
    fee_chance = chance.uniform(-1, 1, draws)
    steps = chance.standard_normal((draws, ahead))
    shocks = chance.standard_normal((draws, ahead))
    price = days.price_usd[-1] * np.exp(np.cumsum(_volatility(days) * steps, axis=1))
    fees = _fees(days, chance.integers(0, FEE_DAYS, draws), ahead)
    difficulty, subsidy, hash_rate = _chain(days, price, shocks)
    return Market(days, price, difficulty, subsidy, fees, hash_rate, fee_chance)


def _volatility(days: Days) -> float:
    """Standard deviation of a day's log price change."""
    changes = np.diff(np.log(days.price_usd[-max(VOLATILITY_DAYS) - 1 :]))
    return float(np.sqrt(np.mean([np.mean(changes[-n:] ** 2) for n in VOLATILITY_DAYS])))


def _fees(days: Days, starts: np.ndarray, ahead: int) -> Floats:
    recent = days.fees_btc[-FEE_DAYS:]
    return np.asarray(recent[(starts[:, None] + np.arange(ahead)) % len(recent)])


def _epochs(days: Days) -> tuple[Floats, Floats]:
    """Log changes of difficulty at the latest retargets, and of the subsidy's dollar value before each."""
    height = days.height_end - np.cumsum(days.blocks[::-1])[::-1] + days.blocks
    turns = np.flatnonzero(np.diff(height // BLOCKS_PER_EPOCH)) + 1
    turns = turns[(turns > 7 * PAY_WEEKS) & (turns < days.count - 1)][-EPOCHS_LOOKED_BACK - 1 :]
    levels, pay = np.log(days.difficulty[turns + 1]), np.log(days.price_usd * days.subsidy_btc)
    return np.diff(levels), (pay[turns] - pay[turns - 7 * PAY_WEEKS])[1:]


def _response(days: Days) -> tuple[float, float, float]:
    """Mean daily log growth of the hash rate, its response to four weeks' change of pay, and its scatter."""
    changes, moves = _epochs(days)
    centred = moves - moves.mean()
    slope = float(centred @ changes / (centred @ centred + 1e-9))
    left = changes - changes.mean() - slope * centred
    length = BLOCKS_PER_EPOCH / BLOCKS_PER_DAY
    return float(changes.mean()) / length, slope / length, float(left.std(ddof=2)) / np.sqrt(length)


def _chain(days: Days, price: Floats, shocks: Floats) -> tuple[Floats, Floats, Floats]:
    """Difficulty, subsidy and hash rate, day by day; each of shape (draws, days ahead)."""
    draws, ahead = price.shape
    difficulty, subsidy, hash_rate = (np.empty((draws, ahead)) for _ in range(3))
    growth, response, scatter = _response(days)
    past = 7 * PAY_WEEKS
    pay = np.empty((draws, past + ahead))
    pay[:, :past] = np.log(days.price_usd * days.subsidy_btc)[-past:]
    now = np.full(draws, days.difficulty[-1])
    height = np.full(draws, float(days.height_end))
    found, elapsed = _running_epoch(days)
    blocks, spent = np.full(draws, found), np.full(draws, elapsed)
    expected = found / BLOCKS_PER_DAY
    quick = (expected + LEAST_EPOCH_BLOCKS / BLOCKS_PER_DAY) / (elapsed + LEAST_EPOCH_BLOCKS / BLOCKS_PER_DAY)
    rate = np.log(now * _EHS_AT_ONE) + np.log(quick)
    for day in range(ahead):
        move = pay[:, past + day - 1] - pay[:, day]
        rate = rate + growth + response * move + scatter * shocks[:, day]
        ehs = np.exp(rate)
        mined = BLOCKS_PER_DAY * ehs / (now * _EHS_AT_ONE)
        difficulty[:, day], hash_rate[:, day] = now, ehs
        subsidy[:, day] = _subsidy(height, mined)
        pay[:, past + day] = np.log(price[:, day] * subsidy[:, day])
        height += mined
        blocks, spent = blocks + mined, spent + 1.0
        over = np.maximum(0.0, blocks - BLOCKS_PER_EPOCH)
        turned = over > 0
        late = over / mined
        taken = (spent - late) * BLOCKS_PER_DAY / BLOCKS_PER_EPOCH
        now = np.where(turned, now / taken, now)
        blocks, spent = np.where(turned, over, blocks), np.where(turned, late, spent)
    return difficulty, subsidy, hash_rate


def _running_epoch(days: Days) -> tuple[float, float]:
    """Blocks found in the running epoch and days spent on them."""
    found = float((days.height_end + 1) % BLOCKS_PER_EPOCH)
    left, spent = found, 0.0
    for mined in days.blocks[::-1]:
        share = min(1.0, left / mined)
        left, spent = left - share * mined, spent + share
        if left <= 0:
            break
    return found, spent


def _subsidy(height: Floats, mined: Floats) -> Floats:
    """Mean subsidy of the blocks after `height`, across a halving if one lies among them."""
    before = (height + 1) // BLOCKS_PER_HALVING
    turn = (before + 1) * BLOCKS_PER_HALVING
    later = np.clip((height + 1 + mined - turn) / mined, 0.0, 1.0)
    first, last = int(before.min()), int(before.max())
    full = np.array([subsidy_sat(h * BLOCKS_PER_HALVING) / SATOSHI_PER_BTC for h in range(first, last + 1)])
    paid = full[(before - first).astype(int)]
    return np.asarray(paid * (1 - later / 2))


def _by_month(months: np.ndarray, values: Floats) -> dict[int, float]:
    found, places = np.unique(months, return_inverse=True)
    means = np.bincount(places, values) / np.bincount(places)
    return {int(month): float(mean) for month, mean in zip(found, means, strict=True)}
