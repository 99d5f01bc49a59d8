"""Always on: the machines never stop."""

from __future__ import annotations

from dataclasses import dataclass
from typing import ClassVar

import numpy as np

from ..economics import Operation
from ._policy import DispatchWindow
from ._reserve_offer import capped_offer
from ._target_modes import nearest_modes


@dataclass(frozen=True, slots=True)
class AlwaysOn:
    """Every group in normal mode in every hour, as far as the limit allows; all its reserve sold."""

    name: str = "always_on"
    title: str = "always on"
    simple: ClassVar[bool] = True

    def operate(self, window: DispatchWindow) -> Operation:
        """Decide every hour of a window.

        Raises:
            Unsolvable: If the site's limit cannot be kept.
        """
        hours = window.actual
        on = np.ones((hours.prices.hours, len(hours.site.machines)), dtype=bool)
        committed = capped_offer(hours, on * hours.normal_reserve_mw)
        return Operation(nearest_modes(hours, on), window.no_interruptions(), committed)
