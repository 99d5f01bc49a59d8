"""One day of the network."""

from __future__ import annotations

from datetime import date
from typing import NamedTuple

from hashpivot.core import NoData

from ._economics import hash_rate_ehs, hashprice_usd_per_ph_day
from ._protocol import SATOSHI_PER_BTC, issuance_sat, subsidy_sat

MORE_DAYS_HINT = "add rows of more days to network.csv in HASHPIVOT_HOME (docs/methods/bitcoin.md)"
"""What ends the absence of a price, of counted blocks, or of a day after the bundled table."""


def issuance_btc(height_end: int, blocks: int) -> float:
    """Bitcoin created by so many blocks that end at a height, as the protocol has it."""
    first, each = height_end - blocks + 1, subsidy_sat(height_end)
    created = blocks * each if subsidy_sat(first) == each else issuance_sat(first, height_end)
    return created / SATOSHI_PER_BTC


class NetworkDay(NamedTuple):
    """One UTC day of median time past.

    A block belongs to the day its median time past lies in, about five blocks earlier than its header time.

    Args:
        day: The day.
        close_usd: US dollars per bitcoin at its end; None where the table has no price.
        difficulty: Mean over its blocks.
        blocks: Number of its blocks.
        issuance_btc: Bitcoin its blocks created by the protocol, fees not included.
        fees_btc: Fees of its blocks; None where not known.
        fees_flag: `exact`, `approx`, `estimated` (the mean of its month) or `missing`.
        height_end: Height of its last block.
        price_flag: `close` of an exchange, `observed` within three hours after the day's end, `estimated`
            from the days around, or `missing`.
        blocks_flag: `counted`, or `interpolated` between blocks of known time (docs/methods/bitcoin.md).
    """

    day: date
    close_usd: float | None
    difficulty: float
    blocks: int
    issuance_btc: float
    fees_btc: float | None
    fees_flag: str
    height_end: int
    price_flag: str = "close"
    blocks_flag: str = "counted"

    @property
    def price_usd(self) -> float:
        """US dollars per bitcoin at its end.

        Raises:
            NoData: If the table has no price of the day.
        """
        if self.close_usd is None:
            raise NoData(f"no bitcoin price of {self.day} is in the network table", hint=MORE_DAYS_HINT)
        return self.close_usd

    @property
    def subsidy_btc(self) -> float:
        """Mean subsidy of its blocks; between two subsidies on the day of a halving."""
        return self.issuance_btc / self.blocks

    @property
    def hash_rate_ehs(self) -> float:
        """Hash rate in EH/s its difficulty stands for, without the chance of the day's block count."""
        return hash_rate_ehs(self.difficulty)

    @property
    def subsidy_hashprice_usd_per_ph_day(self) -> float:
        """Hashprice without fees, in USD per PH/s per day."""
        return self.hashprice_usd_per_ph_day(0.0)

    def hashprice_usd_per_ph_day(self, fees_btc: float) -> float:
        """Hashprice in USD per PH/s per day if the day's blocks brought `fees_btc` in all."""
        return hashprice_usd_per_ph_day(
            self.difficulty, self.subsidy_btc, fees_btc / self.blocks, self.price_usd
        )
