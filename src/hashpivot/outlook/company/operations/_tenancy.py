"""Whether what was let is still let: tenants are lost, and others come at the market's rate."""

from __future__ import annotations

from hashpivot.formula import Number, equal, if_, indicator, min_, ratio

from ...inputs import USD_PER_MW_QUARTER, Colocation
from ..shared import Chance

HALLS, GPUS, CONTRACTS = 1, 2, 3
"""Places of what runs at the start, and of the first contract."""


class Tenancy:
    """One tenant and the one after.

    Args:
        place: Number of what is let.
        yearly: Probability of a loss in a year.
        empty_quarters: Mean quarters without a tenant.
        chance: When the tenant is lost.

    Attributes:
        share: Of the rate that is paid: 1, 0 while nobody does, then what the market pays of it, at most 1.
    """

    def __init__(self, place: int, yearly: float, empty_quarters: float, chance: Chance) -> None:
        self._loss = chance.loss(place, yearly, empty_quarters)
        self.share: Number = 1.0

    @property
    def lasts(self) -> bool:
        """True if no tenant is lost on any path."""
        return self._loss is None

    @property
    def let(self) -> Number:
        """1 while there is a tenant."""
        return 1.0 if self._loss is None else indicator(self.share > 0)

    def paid(self, signed: Number) -> Number:
        """What is paid of the rent signed."""
        return signed if self._loss is None else signed * self.share

    def advance(self, step: int, market: Number) -> None:
        """Enter a quarter.

        Args:
            step: Quarters since the first.
            market: What the market pays, over the rate.
        """
        if self._loss is None or not step:
            return
        lost, again = self._loss
        back = if_(equal(again, step), min_(1.0, market), self.share)
        self.share = if_(equal(lost, step), 0.0, back)


def market_share(signed_usd: Number, megawatts: Number, colocation: Colocation) -> Number:
    """What the market paid at the start for halls of so many megawatts, over what is signed; 1 if none."""
    market = megawatts * colocation.market_usd_per_kw_month * USD_PER_MW_QUARTER
    return if_(megawatts > 0, ratio(market, signed_usd, 1.0), 1.0)
