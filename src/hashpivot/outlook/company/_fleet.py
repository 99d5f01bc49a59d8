"""A company's fleet of mining machines: plan, renewal, conversion, and what nobody planned."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from math import exp, sqrt
from typing import TYPE_CHECKING

from hashpivot.core import Quarter

from ..inputs import AiContract, Mining
from ..market import CLASSES

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

LEAST_SCALE, MOST_SCALE = 0.1, 4.0
THS_PER_EHS = 1e6


class Fleet:
    """The fleet on all paths.

    Args:
        mining: The company's inputs.
        contracts: Those that take mining megawatts.
        first: First simulated quarter.
        random: For changes nobody planned.
        paths: Number of paths.

    Attributes:
        ehs: Hash rate installed on each path.
        mw: Megawatts it draws when all of it runs.
    """

    def __init__(
        self, mining: Mining, contracts: Sequence[AiContract], first: Quarter, random: np.random.Generator,
        paths: int,
    ) -> None:  # fmt: skip
        import numpy as np

        self._mining, self._contracts, self._first = mining, contracts, first
        self._random, self._scale = random, np.ones(paths)
        change = self._change(mining.fleet_noise * sqrt(mining.age_quarters))
        self.ehs = mining.hash_rate_ehs * change
        self.mw = self.ehs * mining.j_per_th

    def classes(self) -> Iterator[tuple[NDArray[np.float64], NDArray[np.float64]]]:
        """Hash rate and megawatts of five equal classes, together those of the fleet."""
        factors = [exp(spot * self._mining.class_spread) for spot in CLASSES]
        return ((self.ehs / len(factors), self.mw * (factor / sum(factors))) for factor in factors)

    def advance(
        self, step: int, quarter: Quarter, usd_per_th: NDArray[np.float64], funds_usd: NDArray[np.float64]
    ) -> NDArray[np.float64]:
        """Enter a quarter; what is spent on machines for it, in dollars, on each path.

        The plan is bought in any case; renewal and growth beyond plan only as far as there are funds.

        Args:
            step: Quarters since the first.
            quarter: The quarter.
            usd_per_th: Price of new machines.
            funds_usd: What may be spent on machines nobody has to buy.
        """
        import numpy as np

        mining = self._mining
        self._convert(quarter)
        j_per_th = mining.growth_j_per_th * exp(-mining.improvement * step / 4)
        planned = mining.growth_ehs if step < mining.growth_quarters else 0.0
        change = self._change(mining.fleet_noise)
        shrunk, grown = np.minimum(change, 1.0), np.maximum(change - 1.0, 0.0)
        self.ehs, self.mw = self.ehs * shrunk, self.mw * shrunk
        wanted = self.mw * (mining.renewal + grown) / j_per_th
        price = THS_PER_EHS * usd_per_th
        bought = np.minimum(wanted, np.maximum(funds_usd / price - planned, 0.0))
        part = bought / np.where(wanted > 0, wanted, 1.0)
        self.ehs = self.ehs * (1 - mining.renewal * part) + bought + planned
        self.mw = self.mw * (1 + grown * part) + planned * j_per_th
        return (bought + planned) * price

    def _convert(self, quarter: Quarter) -> None:
        """Take off the megawatts of contracts whose halls begin to be built."""
        import numpy as np

        for contract in self._contracts:
            if quarter == max(contract.start - contract.build_quarters, self._first):
                left = np.maximum(self.mw - contract.converts_mw, 0.0) / np.where(self.mw > 0, self.mw, 1.0)
                self.ehs, self.mw = self.ehs * left, self.mw * left

    def _change(self, spread: float) -> NDArray[np.float64]:
        """A factor on the fleet of that standard deviation in logs; all factors so far stay within bounds."""
        import numpy as np

        moved = self._scale * np.exp(spread * self._random.standard_normal(self._scale.size))
        before, self._scale = self._scale, np.clip(moved, LEAST_SCALE, MOST_SCALE)
        return self._scale / before
