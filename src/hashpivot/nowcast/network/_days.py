"""The network's history by day as arrays: what 1 EH/s earned, and what it was made of."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta
from functools import lru_cache

import numpy as np

from hashpivot.bitcoin import MORE_DAYS_HINT, NetworkHistory, btc_per_eh_day
from hashpivot.core import NoData

from ._months import Floats, Months, day_count, months_of_days

SINCE = date(2019, 1, 1)
"""First day the nowcast looks at."""


@dataclass(frozen=True, eq=False)
class Days:
    """Consecutive days of the network as far as one day's knowledge; every array has shape (days,).

    Args:
        start: First day.
        price_usd: US dollars per bitcoin at the day's end.
        difficulty: Mean difficulty of the day's blocks.
        subsidy_btc: Mean subsidy of a block.
        fees_btc: Mean fees of a block; estimated where missing.
        fees_slack_btc: Half the interval of the fees of a block, 0 where they are exact.
        blocks: Blocks of the day.
        btc_per_eh: Bitcoin 1 EH/s was expected to earn, FPPS style.
        height_end: Height of the last block.
    """

    start: date
    price_usd: Floats
    difficulty: Floats
    subsidy_btc: Floats
    fees_btc: Floats
    fees_slack_btc: Floats
    blocks: Floats
    btc_per_eh: Floats
    height_end: int

    @property
    def count(self) -> int:
        """Number of days."""
        return len(self.price_usd)

    @property
    def last(self) -> date:
        """Last day."""
        return self.start + timedelta(days=self.count - 1)

    @property
    def usd_per_eh(self) -> Floats:
        """US dollars 1 EH/s earned each day: a thousand times the hashprice."""
        return self.btc_per_eh * self.price_usd

    @property
    def months(self) -> Months:
        """The month of each day."""
        return months_of_days(self.start, self.count)

    def span(self, start: date, end: date) -> slice:
        """Where the days from `start` to `end`, both included, stand.

        Raises:
            NoData: If not all of them are known.
        """
        first = (start - self.start).days
        last = first + day_count(start, end)
        if first < 0 or last > self.count:
            raise NoData(f"no network data for all of {start} to {end}", hint=MORE_DAYS_HINT)
        return slice(first, last)

    def holds(self, start: date, end: date) -> bool:
        """True if every day from `start` to `end` is known."""
        return self.start <= start and end <= self.last


@lru_cache(maxsize=256)
def days_known(history: NetworkHistory, as_of: date) -> Days:
    """The network as it was known at the end of `as_of`; days after it are not looked at.

    Raises:
        NoData: If the history begins later than `as_of` or has no day since 2019.
    """
    if as_of < history.first_day:
        raise NoData(f"no network data is known on {as_of}", hint=f"use {history.first_day} or later")
    known = history.until(min(as_of, history.last_day))
    rows = known[max(0, (SINCE - known.first_day).days) :]
    if not rows:
        raise NoData(f"the nowcast needs network data from {SINCE} on, the history ends on {known.last_day}")
    fees = known.fees_over(rows[0].day, rows[-1].day)
    blocks = np.array([row.blocks for row in rows], dtype=float)
    per_block = np.array([fee.btc for fee in fees]) / blocks
    slack = np.array([fee.high_btc - fee.low_btc for fee in fees]) / 2 / blocks
    earned = [
        btc_per_eh_day(row.difficulty, row.subsidy_btc, each)
        for row, each in zip(rows, per_block, strict=True)
    ]
    return Days(
        rows[0].day,
        np.array([row.price_usd for row in rows]),
        np.array([row.difficulty for row in rows]),
        np.array([row.subsidy_btc for row in rows]),
        per_block,
        slack,
        blocks,
        np.array(earned),
        rows[-1].height_end,
    )
