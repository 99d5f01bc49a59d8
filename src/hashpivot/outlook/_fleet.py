"""A company's fleet of mining machines: plan, renewal, conversion, and what nobody planned."""

from __future__ import annotations

from collections.abc import Sequence
from math import exp, sqrt
from typing import TYPE_CHECKING

from hashpivot.core import Quarter

from ._inputs import AiContract, Mining
from ._supply import CLASSES

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

LEAST_SCALE, MOST_SCALE = 0.1, 4.0


class Fleet:
    """The fleet on all paths: hash rate and megawatts by plan, times a factor of each path's own.

    Args:
        mining: The company's inputs.
        contracts: Those that take mining megawatts.
        first: First simulated quarter.
        random: For the factor.
        paths: Number of paths.
    """

    def __init__(
        self, mining: Mining, contracts: Sequence[AiContract], first: Quarter, random: np.random.Generator,
        paths: int,
    ) -> None:  # fmt: skip
        self._mining, self._contracts, self._first = mining, contracts, first
        self._random, self._paths = random, paths
        self._ehs, self._mw = mining.hash_rate_ehs, mining.hash_rate_ehs * mining.j_per_th
        self.scale = self._moved(1.0, mining.fleet_noise * sqrt(mining.age_quarters))

    @property
    def mw(self) -> NDArray[np.float64]:
        """Megawatts on each path."""
        return self.scale * self._mw

    def classes(self) -> list[tuple[float, float]]:
        """Hash rate and megawatts of five equal classes, together those of the plan; `scale` is left out."""
        if not self._ehs:
            return []
        factors = [exp(spot * self._mining.class_spread) for spot in CLASSES]
        return [(self._ehs / len(factors), self._mw * factor / sum(factors)) for factor in factors]

    def advance(self, step: int, quarter: Quarter) -> NDArray[np.float64]:
        """Enter a quarter; what is bought for it, in EH/s, on each path."""
        import numpy as np

        mining = self._mining
        self._convert(quarter)
        j_per_th = mining.growth_j_per_th * exp(-mining.improvement * step / 4)
        planned = mining.growth_ehs if step < mining.growth_quarters else 0.0
        bought = planned + mining.renewal * self._mw / j_per_th
        self._ehs += bought - mining.renewal * self._ehs
        self._mw += planned * j_per_th
        before, self.scale = self.scale, self._moved(self.scale, mining.fleet_noise)
        rise = np.maximum(self.scale - before, 0.0)
        return bought * self.scale + self._ehs * rise

    def _convert(self, quarter: Quarter) -> None:
        """Take off the megawatts of contracts whose halls begin to be built."""
        for contract in self._contracts:
            if self._mw and quarter == max(contract.start - contract.build_quarters, self._first):
                lost = min(contract.converts_mw, self._mw)
                self._ehs *= 1 - lost / self._mw
                self._mw -= lost

    def _moved(self, scale: NDArray[np.float64] | float, spread: float) -> NDArray[np.float64]:
        """The factor after a log change of that standard deviation, within bounds."""
        import numpy as np

        moved = scale * np.exp(spread * self._random.standard_normal(self._paths))
        return np.clip(moved, LEAST_SCALE, MOST_SCALE)
