"""The breakeven thresholds most sites run by: policies without a forecast."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from ..economics import Operation
from ..model import Bools
from ..solvers import power_cost
from ._policy import DispatchWindow
from ._reserve_offer import capped_offer
from ._target_modes import nearest_modes


@dataclass(frozen=True, slots=True)
class ThresholdRealTime:
    """Each group runs while the real-time price it sees is below its breakeven."""

    name: str = "threshold"
    title: str = "threshold"

    def operate(self, window: DispatchWindow) -> Operation:
        """Decide every hour of a window.

        Raises:
            Unsolvable: If the site's limit cannot be kept.
        """
        return _operation(window, ~_too_expensive(window))


@dataclass(frozen=True, slots=True)
class ThresholdDayAhead:
    """The threshold, with the day-ahead price as second opinion.

    Lagged, a group is also off where the day-ahead price of the hour is above its breakeven; live, where
    that is so and the hour before was too expensive: it sits out the pause between two spikes.
    """

    name: str = "threshold_day_ahead"
    title: str = "threshold + day-ahead"

    def operate(self, window: DispatchWindow) -> Operation:
        """Decide every hour of a window.

        Raises:
            Unsolvable: If the site's limit cannot be kept.
        """
        hours = window.known
        expensive_ahead = hours.prices.da[:, None] >= hours.breakeven_usd_per_mwh
        expensive_now = _too_expensive(window)
        before = np.vstack([expensive_now[:1], expensive_now[:-1]])
        off = expensive_now | (expensive_ahead & (before if window.live else True))
        return _operation(window, ~off)


def _too_expensive(window: DispatchWindow) -> Bools:
    """Return where the price a group sees is not below its breakeven, shape (T, G)."""
    expensive: Bools = window.price_signal[:, None] >= window.known.breakeven_usd_per_mwh
    return expensive


def _operation(window: DispatchWindow, wanted_on: Bools) -> Operation:
    """Return the operation nearest to wanted; reserve is sold where the day before's price was cheap."""
    hours = window.known
    cheap_ahead = window.da_at_gate[:, None] < hours.breakeven_usd_per_mwh
    committed = capped_offer(hours, cheap_ahead * hours.normal_reserve_mw)
    return Operation(nearest_modes(hours, wanted_on), _interruptions(window), committed)


def _interruptions(window: DispatchWindow) -> Bools:
    """Return AI load interrupted wherever the price seen makes it worth while, shape (T, L)."""
    hours = window.known
    nothing = np.zeros(hours.prices.hours)
    cost = power_cost(hours, window.price_signal, nothing)
    off = window.no_interruptions()
    for number, load in enumerate(hours.site.ai):
        off[:, number] = load.interruptions_in_time(cost, hours.clock, nothing)
    return off
