"""Where a simulation starts: the network on the last known day."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from math import exp, log

from hashpivot.bitcoin import (
    BLOCKS_PER_EPOCH,
    NetworkHistory,
    breakeven_hashprice_usd_per_ph_day,
    btc_per_eh_day,
    hash_rate_ehs,
)
from hashpivot.core import Quarter, short_repr

from ..inputs import EPOCH_DAYS, EPOCHS_PER_YEAR, NetworkModel

MARGIN_DAYS = 90
"""Past days whose mean log margin drives an epoch's orders."""


@dataclass(frozen=True, slots=True)
class KnownDays:
    """The part of the first quarter that is history: sums over its days.

    Args:
        days: Number of days.
        price_usd: Sum of prices.
        hash_rate_ehs: Sum of the hash rates difficulty stands for.
        hashprice_usd: Sum of hashprices, USD per PH/s.
        btc_per_eh: Bitcoin 1 EH/s was expected to earn.
    """

    days: int = 0
    price_usd: float = 0.0
    hash_rate_ehs: float = 0.0
    hashprice_usd: float = 0.0
    btc_per_eh: float = 0.0


@short_repr
@dataclass(frozen=True, slots=True)
class MarketStart:
    """The network at the end of a day.

    Args:
        as_of: The day.
        height: Height of the next block.
        price_usd: US dollars per bitcoin.
        hash_rate_ehs: EH/s the difficulty stands for.
        epoch_days: Days since the current epoch began.
        fees_btc: Mean fees of a block over the last epoch's length.
        hashprices: Mean hashprice of each of the last epoch lengths, oldest first.
        known: The part of the first quarter that is over.
    """

    as_of: date
    height: int
    price_usd: float
    hash_rate_ehs: float
    epoch_days: float
    fees_btc: float
    hashprices: tuple[float, ...]
    known: KnownDays = KnownDays()

    @property
    def first_quarter(self) -> Quarter:
        """The quarter of the first simulated day."""
        return Quarter.containing(date.fromordinal(self.as_of.toordinal() + 1))

    def past_margins(self, network: NetworkModel) -> list[float]:
        """Log margin of the average machine at each of `hashprices`, efficiency carried back in time."""
        breakeven = breakeven_hashprice_usd_per_ph_day(network.power_usd_per_mwh, network.fleet_j_per_th)
        step = network.improvement / EPOCHS_PER_YEAR
        ages = range(len(self.hashprices) - 1, -1, -1)
        return [
            log(price / (breakeven * exp(step * age)))
            for price, age in zip(self.hashprices, ages, strict=True)
        ]


def market_start(history: NetworkHistory, epochs: int = 60) -> MarketStart:
    """The network at the end of a history.

    Args:
        history: What is known.
        epochs: Past epoch lengths (14 days) of hashprice to keep.

    Raises:
        NoData: If the history is shorter than that.
    """
    last = history[-1]
    opened = history.day_of_height((last.height_end // BLOCKS_PER_EPOCH) * BLOCKS_PER_EPOCH)
    recent = int(EPOCH_DAYS)
    days = history[-recent:]
    fees = sum(history.fees(day.day).btc for day in days) / sum(day.blocks for day in days)
    return MarketStart(
        as_of=last.day,
        height=last.height_end + 1,
        price_usd=last.price_usd,
        hash_rate_ehs=hash_rate_ehs(last.difficulty),
        epoch_days=float((last.day - opened).days),
        fees_btc=fees,
        hashprices=tuple(
            _mean_hashprice(history, len(history) - recent * age) for age in range(epochs, -1, -1)
        ),
        known=_known(history),
    )


def _mean_hashprice(history: NetworkHistory, end: int) -> float:
    rows = history[max(0, end - int(EPOCH_DAYS)) : end]
    return sum(history.hashprice_usd_per_ph_day(row.day) for row in rows) / len(rows)


def _known(history: NetworkHistory) -> KnownDays:
    """Sums over the days of a quarter already begun; none if the last day ends one."""
    last = history.last_day
    quarter = Quarter.containing(last)
    if last == quarter.end or history.first_priced_day > quarter.start:
        return KnownDays()
    rows = history[-((last - quarter.start).days + 1) :]
    fees = [history.fees(row.day).btc for row in rows]
    pairs = list(zip(rows, fees, strict=True))
    return KnownDays(
        len(rows),
        sum(row.price_usd for row in rows),
        sum(row.hash_rate_ehs for row in rows),
        sum(row.hashprice_usd_per_ph_day(fee) for row, fee in pairs),
        sum(btc_per_eh_day(row.difficulty, row.subsidy_btc, fee / row.blocks) for row, fee in pairs),
    )
