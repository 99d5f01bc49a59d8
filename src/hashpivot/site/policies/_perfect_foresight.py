"""Perfect foresight as a policy: what all others are measured by."""

from __future__ import annotations

from dataclasses import dataclass

from ..economics import Operation
from ..solvers import perfect_foresight
from ._policy import DispatchWindow


@dataclass(frozen=True, slots=True)
class PerfectForesight:
    """The best anyone could have done, every price and peak known beforehand."""

    name: str = "perfect_foresight"
    title: str = "perfect foresight"

    def operate(self, window: DispatchWindow) -> Operation:
        """Decide every hour of a window; the operation says how near to the best it is proven to be.

        Raises:
            Unsolvable: If no operation keeps all limits.
        """
        return perfect_foresight(window.actual)[0]
