"""What an outlook knows of a company's own chips and the machines it sells."""

from __future__ import annotations

from dataclasses import dataclass

from hashpivot.core import Quarter

from ._ranges import BILLIONS, check_ranges, ranged


@dataclass(frozen=True, slots=True)
class Chips:
    """Own ASIC chips and the machines made of them.

    Args:
        first_quarter: Quarter of the first sale if the tape-out works at once; None for no programme.
        tape_out_success: Probability that a tape-out works; a failed one costs `respin_quarters`.
        respin_quarters: Quarters to the next try.
        sold_ehs: Hash rate of machines sold to outsiders a quarter, once ramped up.
        ramp_quarters: Quarters until full, in equal steps.
        price_days: Price of a TH in days of hashprice per TH.
        cost_usd_per_th: Cost of making a TH at the start, own use included; it falls as new machines use
            less energy, for the same silicon then hashes more.
        market_share_kept: Share of the sales that remains, below 1 where exports are banned.
        rd_usd: Research, development and tape-outs a quarter.
        orders_elasticity: Change of the hash rate ordered, in logs, over that of the hashprice, and so of
            the price of a TH, a quarter before.
        reference_hashprice_usd_per_ph_day: Hashprice at which `sold_ehs` is ordered; 0 for the one of the
            first quarter.
        own_j_per_th: Efficiency of the company's own machines at the start; 0 if it is that of others'.
    """

    first_quarter: Quarter | None = None
    tape_out_success: float = ranged(0.01, 1.0, "probability", 0.7)
    respin_quarters: int = ranged(1, 8, "quarters", 2)
    sold_ehs: float = ranged(0.0, 1_000.0, "EH/s per quarter", 0.0)
    ramp_quarters: int = ranged(1, 20, "quarters", 4)
    price_days: float = ranged(10.0, 3_000.0, "days", 505.0)
    cost_usd_per_th: float = ranged(0.0, 100.0, "USD per TH", 9.0)
    market_share_kept: float = ranged(0.0, 1.0, "share", 1.0)
    rd_usd: float = ranged(0.0, BILLIONS, "USD per quarter", 0.0)
    orders_elasticity: float = ranged(0.0, 5.0, "", 1.0)
    reference_hashprice_usd_per_ph_day: float = ranged(0.0, 10_000.0, "USD/PH/day", 0.0)
    own_j_per_th: float = ranged(0.0, 200.0, "J/TH", 0.0)

    def __post_init__(self) -> None:
        check_ranges(self, "chips")
