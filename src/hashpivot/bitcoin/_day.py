"""One day of the network."""

from __future__ import annotations

from datetime import date
from typing import NamedTuple

from ._economics import hash_rate_ehs, hashprice_usd_per_ph_day


class NetworkDay(NamedTuple):
    """One UTC day of median time past.

    A block belongs to the day its median time past lies in, about five blocks earlier than its header time.

    Args:
        day: The day.
        price_usd: US dollars per bitcoin at its end.
        difficulty: Mean over its blocks.
        blocks: Number of its blocks.
        issuance_btc: Bitcoin its blocks created, fees not included.
        fees_btc: Fees of its blocks; None where not known.
        fees_flag: `exact`, `approx` or `missing`.
        height_end: Height of its last block.
    """

    day: date
    price_usd: float
    difficulty: float
    blocks: int
    issuance_btc: float
    fees_btc: float | None
    fees_flag: str
    height_end: int

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
